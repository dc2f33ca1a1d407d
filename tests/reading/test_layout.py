"""Displays as rows and chains: which relations a display shows, between what, and how many transitions they make."""

import pytest

from tests.reading.texts import lines, problems, reading, roles, sides, signs


def display(body: str) -> str:
    return f"$$\n{body}\n$$\n"


def environment(name: str, body: str) -> str:
    return f"\\begin{{{name}}}\n{body}\n\\end{{{name}}}\n"


def shown(text: str) -> str:
    """The lines of a text as `left sign right`, with bars between."""
    return " | ".join(f"{left} {sign} {right}" for left, sign, right in sides(text)).replace(r"\quad", "")


# --- where displays come from ---------------------------------------------------------------------------------------

CHAIN = "a = b | b = c"

CHAINS = {
    "align": environment("align", r"a &= b \\ &= c"),
    "align*": environment("align*", r"a &= b \\ &= c"),
    "align with the sign before the mark": environment("align*", r"a =& b \\ =& c"),
    "aligned": display(environment("aligned", r"a &= b \\ &= c")),
    "aligned in square brackets": "\\[\n\\begin{aligned} a &= b \\\\ &= c \\end{aligned}\n\\]\n",
    "split": environment("equation", environment("split", r"a &= b \\ &= c")),
    "eqnarray": environment("eqnarray", r"a &=& b \\ &=& c"),
    "eqnarray*": environment("eqnarray*", r"a & = & b \\ & = & c \nonumber"),
    "array": display(r"\begin{array}{rcl} a & = & b \\ & = & c \end{array}"),
    "gather": environment("gather", r"a = b \\ = c"),
    "multline": environment("multline", r"a = b \\ = c"),
    "flalign": environment("flalign*", r"a &= b \\ &= c"),
    "alignat": environment("alignat*", r"{2} a &= b \\ &= c"),
    "one row": display("a = b = c"),
    "two rows without marks": display(r"a = b \\ = c"),
    "marks in a display without environment": display(r"a &= b \\ &= c"),
    "a display a line": display("a = b") + "\n" + display("= c"),
    "across words": display("a = b") + "\nwhich is\n\n" + display("= c"),
    "one formula a line": "$$a = b$$\n$$= c$$\n",
    "the left side on a row of its own": environment("align*", r"& a \\ &= b \\ &= c"),
    "a row that ends with the sign": environment("align*", r"a &= \\ & b \\ &= c"),
    "the sign on both rows": environment("align*", r"a &= b = \\ &= c"),
    "an arrow before a sign": environment("align*", r"a &= b \\ \Rightarrow &= c"),
    "space in rows": environment("align*", r"a &= b \\[4pt] \\ &= c \\"),
    "intertext": environment("align*", r"a &= b \\ \intertext{and this is} &= c"),
    "a boxed relation": environment("align*", r"\boxed{a = b} \\ &= c"),
    "tags and labels": environment("align", r"a &= b \tag{1} \label{eq:a} \\ &= c \notag"),
    "punctuation": environment("align*", r"a &= b, \\ &= c."),
    "a comment": display("a = b % = d\n = c"),
    "a double sign": display("a == b = c"),
    "numbers of equations": environment("align*", r"a &= b & (1) \\ &= c & (2)"),
    "tex": "\\begin{equation*} a = b = c \\end{equation*}",
}


@pytest.mark.parametrize("text", CHAINS.values(), ids=CHAINS)
def test_a_chain_is_a_transition_a_relation(text):
    assert shown(text) == CHAIN


CONTINUED = [
    (r"a &= b \\ &+ c \\ &- d", "a = b+c-d"),
    (r"a &= b \\ &\quad + c", "a = b+c"),
    (r"a &= b + \\ & c", "a = b+c"),
    (r"a &= b \\ &\cdot c", r"a = b\cdotc"),
    (r"a &= b \\ &\times c", r"a = b\timesc"),
    (r"a &= (b \\ & + c)", "a = (b+c)"),
    (r"a &= \left( b \right. \\ & \left. + c \right)", "a = (b+c)"),
    (r"a &= \Big[ b \\ & + c \Big]", "a = [b+c]"),
    (r"a &= \{ b \\ & + c \} + d", r"a = \{b+c\}+d"),
    (r"a &= b, \\ &+ c", "a = b+c"),
    (r"a &= (b \\ & + c) \\ &= e", "a = (b+c) | (b+c) = e"),
    (r"a &= b \\ &+ c \\ &= e", "a = b+c | b+c = e"),
    (r"a &= b \\ - c \\ &= d", "a = b-c | b-c = d"),
    (r"a & \\ -c &= d", "a-c = d"),
    # a left side of its own
    (r"a &= b \\ -c &= d", "a = b | -c = d"),
]


@pytest.mark.parametrize(("body", "expected"), CONTINUED, ids=lambda text: text)
def test_a_row_that_goes_on_is_one_member(body, expected):
    assert shown(environment("align*", body)) == expected


# --- separate lines -------------------------------------------------------------------------------------------------

SEPARATE = [
    (r"a = b, c = d", "a = b | c = d"),
    (r"a = b; c = d", "a = b | c = d"),
    (r"a = b, \quad c = d", "a = b | c = d"),
    (r"a = b \quad c = d", "a = b | c = d"),
    (r"a = b \qquad c = d", "a = b | c = d"),
    (r"a = b \text{ and } c = d", "a = b | c = d"),
    (r"a = b \quad \text{and} \quad c = d", "a = b | c = d"),
    (r"a = b \\ c = d", "a = b | c = d"),
    (r"a = b \text{ so } c = d", "a = b | c = d"),
    (r"\begin{gathered} a = b \\ c = d \end{gathered}", "a = b | c = d"),
    (r"\begin{aligned} &a = b \\ &c = d \end{aligned}", "a = b | c = d"),
    (r"\begin{aligned} a &= b & c &= d \end{aligned}", "a = b | c = d"),
    (r"\begin{array}{l} a = b \\ c = d \end{array}", "a = b | c = d"),
    (r"a \le b < c", "a <= b | b < c"),
    (r"a \leq b, c \geq d", "a <= b | c >= d"),
    (r"f(x, y) = a, g(x, y) = b", "f(x,y) = a | g(x,y) = b"),
    (r"x = 1.5, y = 2.", "x = 1.5 | y = 2"),
    (r"x_1, \dots, x_N = a", r"x_{1},\dots,x_{N} = a"),
    # a system: every displayed relation is a transition
    (r"\left\{ \begin{array}{l} a = b \\ c = d \end{array} \right.", "a = b | c = d"),
    (r"\left\{ \begin{aligned} a &= b \\ c &= d \end{aligned} \right.", "a = b | c = d"),
    (r"\begin{cases} a = b \\ c = d \end{cases}", "a = b | c = d"),
    # wide space by length
    (r"a = b \hspace{1cm} c = d", "a = b | c = d"),
]


@pytest.mark.parametrize(("body", "expected"), SEPARATE, ids=lambda text: text)
def test_relations_side_by_side_are_separate_lines(body, expected):
    assert shown(display(body)) == expected


def test_two_chains_side_by_side_go_on_each_in_its_column():
    # otherwise `d = e` would be claimed, which the page does not say
    found = shown(environment("align*", r"a &= b & c &= d \\ &= e & &= f"))
    assert set(found.split(" | ")) == {"a = b", "c = d", "b = e", "d = f"}


SIGNS = [
    (r"a := b", ":="),
    (r"a \triangleq b", ":="),
    (r"a \coloneqq b", ":="),
    (r"a \overset{\text{def}}{=} b", ":="),
    (r"a \overset{(1)}{=} b", "="),
    (r"a \stackrel{\text{Bayes}}{=} b", "="),
    (r"a \equiv b", "="),
    (r"a \le b", "<="),
    (r"a \geqslant b", ">="),
    (r"a < b", "<"),
    (r"a \gt b", ">"),
    (r"a \neq b", r"\neq"),
    (r"a \not= b", r"\neq"),
    (r"a \approx b", r"\approx"),
    (r"a \simeq b", r"\approx"),
    (r"a \propto b", r"\propto"),
    (r"a \propto_{\theta} b", r"\propto"),
    (r"x \sim \mathcal{N}(\mu, \sigma^2)", r"\sim"),
    (r"x \in \mathbb{R}", r"\in"),
    (r"a ≤ b", "<="),
    (r"a ≈ b", r"\approx"),
    (r"a ∝ b", r"\propto"),
    (r"x ∈ S", r"\in"),
]


@pytest.mark.parametrize(("body", "sign"), SIGNS, ids=lambda text: text)
def test_each_sign_is_one_of_the_contract(body, sign):
    assert signs(display(body)) == [sign]


# --- ⇒ and ⇔ ----------------------------------------------------------------------------------------------------------

ARROWS = [
    (r"a = b \Rightarrow c = d", "a = b | c => d"),
    (r"a = b \implies c = d = e", "a = b | c => d | d = e"),
    (r"a = b \Rightarrow c = d \Rightarrow e = f", "a = b | c => d | e => f"),
    (r"a = b = c \Rightarrow d = e", "a = b | b = c | d => e"),
    (r"a = b \\ \Rightarrow c = d", "a = b | c => d"),
    (r"a = b \\ \Rightarrow \quad c = d", "a = b | c => d"),
    (r"a = b \quad \Longrightarrow \quad c = d", "a = b | c => d"),
    (r"a = b ⇒ c = d", "a = b | c => d"),
    (r"a = b \therefore c = d", "a = b | c = d"),
    (r"a = b \Leftrightarrow c = d", "a=b <=> c=d"),
    (r"a = b \iff c = d", "a=b <=> c=d"),
    (r"a = b \Leftrightarrow c = d \Leftrightarrow e = f", "a=b <=> c=d | c=d <=> e=f"),
    (r"a = b \\ \iff c = d \\ \iff e = f", "a=b <=> c=d | c=d <=> e=f"),
    (r"a < b \iff c < d", "a<b <=> c<d"),
    # the arrow ⇒ is one more transition than the ⇔ behind it
    (r"a = b \Rightarrow c = d \iff e = f", "a = b | c => d | c=d <=> e=f"),
]


@pytest.mark.parametrize(("body", "expected"), ARROWS, ids=lambda text: text)
def test_an_arrow_is_one_transition(body, expected):
    assert shown(display(body)) == expected


def test_an_arrow_goes_on_from_the_display_before():
    assert shown(display("a = b") + display(r"\Rightarrow c = d")) == "a = b | c => d"
    assert shown(display("a = b") + display(r"\iff c = d")) == "a = b | a=b <=> c=d"


def test_a_part_goes_on_with_nothing():
    """The row is shown all the same: what it goes on with cannot be read."""
    found = reading("# one\n\n" + display("a = b") + "\n# two\n\n" + display("= c"))
    assert [len(part.lines) for part in found.parts] == [1, 1]


# --- words beside formulas --------------------------------------------------------------------------------------------

BESIDE = [
    (r"a = b \text{ for all } k", "a = b"),
    (r"a = b \quad \text{by Bayes' rule}", "a = b"),
    (r"a = b \quad (\text{since } c > 0)", "a = b"),
    (r"a = b \quad \forall k", "a = b"),
    (r"a = b && (\text{why})", "a = b"),
    (r"a = b & \text{(why)}", "a = b"),
    (r"\text{Hence } a = b", "a = b"),
    (r"\text{so that} \quad a = b", "a = b"),
    (r"\therefore a = b", "a = b"),
    (r"a = b \qquad (2)", "a = b"),  # 2b otherwise
    (r"(2) \quad a = b", "a = b"),
    (r"a = b \qquad (k = 1, \dots, K)", r"a = b"),
]


@pytest.mark.parametrize(("body", "expected"), BESIDE, ids=lambda text: text)
def test_words_beside_a_formula_are_no_part_of_it(body, expected):
    assert shown(display(body)) == expected


OPERANDS = [
    (r"a = b + \text{const}", r"a = b+\text{const}"),
    (r"\text{LHS} = a", r"\text{LHS} = a"),
    (r"a = \text{count} \cdot b", r"a = \text{count}\cdotb"),
    (r"a = b (c + d)", "a = b(c+d)"),
    (r"a = b \quad (c + d)", "a = b(c+d)"),
    (r"a = \boxed{b}", r"a = \boxed{b}"),
    (r"a = \frac{b\cancel{c}}{\bcancel{c}}", r"a = \frac{b\cancel{c}}{\cancel{c}}"),
    (r"a = \underbrace{b}_{why}", r"a = {b}"),
]


@pytest.mark.parametrize(("body", "expected"), OPERANDS, ids=lambda text: text)
def test_words_in_a_formula_stay_in_it(body, expected):
    assert shown(display(body)) == expected


@pytest.mark.parametrize(
    "body",
    [
        "x = 3, 4",  # x = 3 otherwise
        r"x = 3, \; y",
    ],
)
def test_nothing_of_a_row_is_dropped_in_silence(body):
    (line,) = lines("Given $x > 0$.\n\n" + display(body))
    assert line.problem is not None or "," in line.right


# --- reasons ----------------------------------------------------------------------------------------------------------


def rules(text: str) -> list[str]:
    return [line.rule for line in lines(text)]


def test_a_reason_beside_a_row_is_that_row_s():

    body = r"a &= b && \text{by Bayes' rule} \\ &= c \\ &= d && (\text{law of total probability})"
    assert rules(environment("align*", body)) == ["bayes", "", "total-probability"]


def test_a_reason_over_a_sign_is_that_sign_s():

    assert rules(display(r"a \overset{\text{Bayes}}{=} b = c")) == ["bayes", ""]


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("By Bayes' rule,", "bayes"),
        ("By the law of total probability", "total-probability"),
        ("The product rule gives", "product-rule"),
        ("We marginalize:", "total-probability"),
        ("By Bayes' rule. Then", ""),
        ("By Bayes' rule and the product rule", ""),
        ("By algebra", ""),
    ],
)
def test_words_before_a_row_name_its_rule(words, rule):
    assert rules(f"{words}\n\n" + display("a = b")) == [rule]


# --- the count does not depend on what can be read ------------------------------------------------------------------

UNREADABLE = [
    (r"\foo a = b = c", 2),
    (r"a = \foo{b}", 1),
    (r"a = \foo{b} \Rightarrow c = d", 2),
    (r"a = \foo{b} \iff c = d", 1),
    (r"a &= \foo \\ &= b \\ &= c", 3),
    (r"a = b } c = d = e", 3),
    (r"a = { b = c", 2),
    (r"a = (b = c", 2),
    (r"\begin{aligned} a &= [0, 1 \\ &= c \\ &= d \end{aligned}", 3),
    (r"\sum_{i=1}^N x_i = b }", 1),
    (r"a = b \Rightarrow c = d }", 2),
    (r"a < b < c }", 2),
    (r"a \sim b }", 1),
]


@pytest.mark.parametrize(("body", "count"), UNREADABLE, ids=lambda text: str(text))
def test_an_unreadable_row_gives_as_many_transitions_as_it_shows_relations(body, count):
    found = problems(display(body))
    assert len(found) == count
    assert any(found)


NONE = {
    "inline": "Thus $a = b$ and $c = d$.",
    "inline in brackets": r"Thus \(a = b\).",
    "in a code block": "```\n$$a = b$$\n```",
    "in a comment": "<!-- $$a = b$$ -->",
    "without a relation": display("a + b"),
    "a mapping": display(r"f: \mathbb{R} \to \mathbb{R}"),
}


@pytest.mark.parametrize("text", NONE.values(), ids=NONE)
def test_what_displays_no_relation_is_no_transition(text):
    assert lines(text) == []


@pytest.mark.parametrize(
    "body",
    [
        r"a = \sum_{i=1}^N x_i",
        r"a = \sum_{i : y_i = k} x_i",
        r"a = P(X = 1)",
        r"a = \mathbb{1}[y = k]",
        r"a = \mathbb{1}_{y = k}",
        r"a = \begin{cases} 1 & x = 1 \\ 0 & \text{otherwise} \end{cases}",
        r"a = \prod_{\substack{i = 1 \\ i \neq j}}^N x_i",
        r"a = \underbrace{b}_{= c}",
        r"a = \frac{1}{2} \big|_{x = 0}",
    ],
)
def test_a_relation_inside_a_formula_is_no_transition(body):
    assert len(lines(display(body))) == 1


def test_a_link_of_a_chain_that_goes_on_in_the_next_display_does_not_stand_alone():
    # a refuted link must not become a hypothesis
    assert [line.alone for line in lines(display("a = b") + display("= c"))] == [False, False]
    assert [line.alone for line in lines(display("a = b") + display("c = d"))] == [True, True]


def test_what_stands_beside_a_row_ends_with_it():
    found = shown(environment("align*", r"a &= b && x = 0 \\ &= c \\ &= d"))
    assert set(found.split(" | ")) == {"a = b", "b = c", "c = d", "x = 0"}


def test_a_missing_side_is_not_the_row_below():
    found = reading(environment("align*", r"x &= \\ y &= \\ a &= b")).lines
    assert [bool(line.problem) for line in found] == [True, True, False]


def test_a_row_in_between_leaves_it_open_which_one_goes_on():
    rows = r"f &= 1 + 1 \\ & \quad S = 3 \\ &= 2"
    assert problems(f"$$\n\\begin{{aligned}}{rows}\\end{{aligned}}\n$$\n")[:2] == ["", ""]
    assert "which of them goes on" in problems(f"$$\n\\begin{{aligned}}{rows}\\end{{aligned}}\n$$\n")[2]
    behind = rows.replace("f &=", "& f =")
    assert problems(f"$$\n\\begin{{aligned}}{behind}\\end{{aligned}}\n$$\n") == ["", "", ""]


def test_a_range_without_commas_is_no_product():
    assert roles("$$\nx_i = i, \\quad i = 1 \\dots N\n$$\n") == ["definition", "given"]
    assert roles("$$\nF = 1 \\cdot 2 \\cdots n\n$$\n") == ["definition"]
