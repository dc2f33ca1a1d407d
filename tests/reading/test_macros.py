"""Macros: how a text defines them, and what they expand to, within a budget."""

import pickle
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.reading.documents.definitions import collect
from checker.reading.documents.files import document_of
from checker.reading.tex.macros import NO_MACROS, Macro, expand, macros_of
from checker.reading.tex.tokens import Place, Source, Unreadable, tokenize


def expanded(formula: str, definitions: str = "") -> str:
    macros, _ = collect(definitions)
    return shown(expand(tokenize(Source(formula, Place(1, 1))), macros))


def shown(tokens) -> str:
    return " ".join(token.text for token in tokens)


def spelled(formula: str) -> str:
    return shown(tokenize(Source(formula, Place(1, 1))))


DEFINITIONS = [
    (r"\newcommand{\R}{\mathbb{R}}", r"\R^n", r"\mathbb{R}^n"),
    (r"\newcommand\R{\mathbb{R}}", r"\R^n", r"\mathbb{R}^n"),
    (r"\newcommand*{\R}{\mathbb{R}}", r"\R", r"\mathbb{R}"),
    (r"\renewcommand{\vec}[1]{\mathbf{#1}}", r"\vec{x} \vec y \vec\mu", r"\mathbf{x} \mathbf{y} \mathbf{\mu}"),
    (r"\newcommand{\D}[2]{\frac{d #1}{d #2}}", r"\D{f(x)}x", r"\frac{d f(x)}{d x}"),
    (r"\newcommand{\s}[2][2]{#2^#1}", r"\s{x} + \s[n]{y}", "x^2 + y^n"),
    (r"\providecommand{\half}{\frac12}", r"\half", r"\frac12"),
    (r"\DeclareMathOperator{\sgn}{sgn}", r"\sgn x", r"\operatorname{sgn} x"),
    (r"\DeclareMathOperator*{\argmax}{arg\,max}", r"\argmax_x", r"\operatorname{argmax}_x"),
    (r"\DeclareMathOperator{\E}{\mathbb{E}}", r"\E[X]", r"\mathbb{E}[X]"),
    (r"\def\x{y}", r"\x", "y"),
    (r"\def\x#1#2{#2#1}", r"\x ab", "ba"),
    (r"\gdef\x#1{[#1]}", r"\x{ab}", "[ab]"),
    (r"\let\eps\varepsilon", r"\eps", r"\varepsilon"),
    (r"\let\eps=\varepsilon", r"\eps", r"\varepsilon"),
    (r"\let\old\phi \renewcommand{\phi}{\old_1}", r"\phi", r"\phi_1"),
    (r"\let\phi\varphi \let\varphi\phi", r"\phi", r"\varphi"),
    (r"\DeclarePairedDelimiter{\norm}{\lVert}{\rVert}", r"\norm{x}\norm*{y}\norm[\big]{z}", None),
    (r"\NewDocumentCommand{\f}{m m}{#1/#2}", r"\f{a}{b}", "a/b"),
    (r"\NewDocumentCommand{\f}{O{2} m}{#2^#1}", r"\f{a}\f[3]{b}", "a^2b^3"),
    (r"\newcommand{\eq}{&=}", r"a \eq b", "a &= b"),
    (r"\newcommand{\bb}{\mathbb}", r"\bb R", r"\mathbb R"),
    (r"\newcommand{\a}{\b\b}\newcommand{\b}{\c{1}}\newcommand{\c}[1]{#1+}", r"\a", "1+1+"),
    (r"\newcommand{\exp}{e}", r"\exp", "e"),
    (r"\newcommand{\x}{a}\renewcommand{\x}{b}", r"\x", "b"),
    (r"\newcommand{\x}{a}\providecommand{\x}{b}", r"\x", "a"),
    (r"\long\def\x{a}", r"\x", "a"),
    (r"\newcommand {\x} [1] {a#1}", r"\x b", "ab"),
    (r"\newcommand{\as}[1]{\text{as #1}}", r"\as{n grows}", r"\text{as n grows}"),
    (r"\newcommand{\xn}{x^{(n)}}", r"\frac{\xn_i - a}{b}", r"\frac{x^{(n)}_i - a}{b}"),
    (r"\newcommand{\1}[1]{1[#1]}", r"\1{a=b}", "1[a=b]"),
]


@pytest.mark.parametrize(("definitions", "formula", "meaning"), DEFINITIONS, ids=[d for d, _, _ in DEFINITIONS])
def test_a_definition_means_what_it_means_in_tex(definitions, formula, meaning):
    meaning = meaning or r"\lVert x \rVert \lVert y \rVert \lVert z \rVert"
    assert expanded(formula, definitions) == spelled(meaning)
    macros, spans = collect(definitions)
    rest = "".join(c for i, c in enumerate(definitions) if not any(a <= i < b for a, b in spans))
    assert macros
    assert not rest.strip()


@pytest.mark.parametrize(
    "text",
    [
        r"\newcommand{\a}",
        r"\newcommand{\a}{",
        r"\def",
        r"\let\a",
        r"\\newcommand{\a}{b}",
        r"\newcommands{\a}{b}",
        r"\letter\a\b",
    ],
)
def test_what_is_no_definition_defines_nothing(text):
    assert collect(text) == (NO_MACROS, ())


def test_an_environment_that_is_defined_is_no_text_and_its_inside_defines_nothing():
    text = r"\newenvironment{e}[1][x]{\renewcommand{\a}{#1}\section{\a}}{\end}after"
    macros, spans = collect(text)
    assert not macros
    assert text[spans[0][1] :] == "after"


@pytest.mark.parametrize(
    ("formula", "meaning"),
    [
        (r"x \in \R^n, \N, \Z", r"x \in \mathbb{R}^n, \mathbb{N}, \mathbb{Z}"),
        (r"\E[X] + \Var(X)", r"\mathbb{E}[X] + \operatorname{Var}(X)"),
        (r"\P(A \given B)", r"P(A \mid B)"),
        (r"\argmax_x \1[y=k]", r"\operatorname{argmax}_x \mathbb{1}[y=k]"),
        (r"\norm{x}^2 + \abs{y}", r"\lVert x \rVert^2 + \lvert y \rvert"),
        (r"\bx^\T\bmu + \bSigma + \vx + \xv + \boldx", None),
        (r"\beta \bar x \pi \div \equiv \bf", r"\beta \bar x \pi \div \equiv \bf"),
        (r"\mcL + \cC", r"\mathcal{L} + \mathcal{C}"),
        (r"\pd{f}{x}", r"\frac{\partial f}{\partial x}"),
        (r"\dv{f}{x} \dv{x} \dv[2]{f}{x}", r"\frac{d f}{d x} \frac{d}{d x} \frac{d^{2} f}{d x^{2}}"),
        (r"\pdv{f}{x}{y}", r"\frac{\partial^2 f}{\partial x \partial y}"),
        (r"\paren{a} \brac{b} \set{c} \floor{d}", r"(a) [b] \{c\} \lfloor d \rfloor"),
        (r"\T + A^{\T}", r"\T + A^{\top}"),
        (r"\norm x", r"\norm x"),
        (r"\int f \dd x", r"\int f \mathrm{d} x"),
    ],
)
def test_customary_macros_need_no_definition(formula, meaning):
    meaning = meaning or (
        r"\mathbf{x}^\top\boldsymbol{\mu} + \boldsymbol{\Sigma} + \mathbf{x} + \mathbf{x} + \mathbf{x}"
    )
    assert expanded(formula) == spelled(meaning)


def test_a_definition_goes_before_custom():
    assert expanded(r"\R \P \norm{x}", r"\def\R{r}\def\P{\mathbb{P}}\def\norm#1{|#1|_2}") == spelled(
        r"r \mathbb{P} |x|_2"
    )


def test_what_comes_out_stands_at_the_call_and_arguments_at_their_own_place():
    macros, _ = collect(r"\newcommand{\f}[1]{a #1 b}")
    tokens = expand(tokenize(Source("x\n \\f{yz}", Place(3, 5))), macros)
    assert [(t.text, t.place.line, t.place.column) for t in tokens] == [
        ("x", 3, 5),
        ("a", 4, 2),
        ("y", 4, 5),
        ("z", 4, 6),
        ("b", 4, 2),
    ]


BOMBS = [
    r"\def\x{\x}",
    r"\def\x{\y}\def\y{\x}",
    r"\def\x{a\x}",
    r"\def\x{\x\x}",
    "".join(rf"\def\{a}{{\{b}\{b}}}" for a, b in zip("xabcdefghijklmno", "abcdefghijklmnop", strict=True))
    + r"\def\p{z}",
    "".join(rf"\def\{a}{{\{b}\{b}}}" for a, b in zip("xabcdefghijklmno", "abcdefghijklmnop", strict=True))
    + r"\def\p{}",
    r"\def\x{\y{}}\def\y#1{\y{#1#1a}}",
]


@pytest.mark.parametrize("definitions", BOMBS)
def test_a_macro_bomb_is_unreadable_and_named(definitions):
    start = time.process_time()
    with pytest.raises(Unreadable, match=r"the macro \\[a-z] expands") as caught:
        expanded(r"a + \x", definitions)
    assert caught.value.place == Place(1, 5)
    assert time.process_time() - start < 2


def test_a_long_formula_without_macros_is_no_bomb():
    assert len(expanded("a+" * 30_000).split()) == 60_000


@pytest.mark.parametrize(
    ("formula", "message"),
    [
        (r"{\f}", "lacks an argument"),
        (r"\f", "lacks an argument"),
        (r"\f & b", "lacks an argument"),
        (r"\f{a", "never closed"),
    ],
)
def test_a_missing_argument_is_unreadable(formula, message):
    with pytest.raises(Unreadable, match=message):
        expanded(formula, r"\def\f#1{#1}")


def test_a_body_that_cannot_be_read_is_named_with_its_macro():
    with pytest.raises(Unreadable, match=r"the macro \\x cannot be read"):
        expand(tokenize(Source(r"\x", Place(1, 1))), macros_of({r"\x": Macro(0, None, "a\\")}))


def test_macros_are_a_value():
    macros, _ = collect(r"\def\x{y}")
    assert pickle.loads(pickle.dumps(macros)) == macros
    assert hash(macros) == hash(collect(r"\def\x{y}")[0])
    assert pickle.loads(pickle.dumps(document_of("$x$", "md", "a"))) == document_of("$x$", "md", "a")


PIECES = [
    r"\a",
    r"\b",
    r"\norm",
    r"\dv",
    r"\T",
    "{",
    "}",
    "[",
    "]",
    "x",
    "#1",
    "&",
    r"\\",
    "^",
    r"\text{#1 a}",
    " ",
    r"\bx",
]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES), max_size=8).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=15).map("".join),
)
def test_expansion_ends_whatever_is_defined(body, formula):
    macros = macros_of({r"\a": Macro(1, None, body), r"\b": Macro(2, "x", body + r"\a"), r"\x": Macro(0, None, body)})
    start = time.process_time()
    try:
        tokens = expand(tokenize(Source(formula, Place(1, 1))), macros)
    except Unreadable:
        tokens = ()
    assert time.process_time() - start < 2
    assert not any(token.text in macros for token in tokens)
