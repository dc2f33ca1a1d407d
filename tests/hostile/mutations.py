"""Texts that nobody wrote: pieces of real rows, changed a token at a time.

A change keeps most of what a row says, so that the reading of it goes far, and what is read is decided.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random

OWN = (Path(__file__).parents[1] / "documents", Path(__file__).parents[1] / "answers")
"""Where texts are taken from if no file is named."""
_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|[A-Za-z]|\d+|\s+|.", re.DOTALL)
_DISPLAY = re.compile(
    r"\$\$(.+?)\$\$|\\\[(.+?)\\\]|\\begin\{(?:align|equation)\*?\}(.+?)\\end\{(?:align|equation)", re.DOTALL
)
LONGEST = 240
"""Characters of a row: longer ones are cut, since a hundred short ones say more than one long one."""
GIVENS = (
    "",
    "",
    "",
    "Let $x > 0$ and $a \\in \\mathbb{R}$.",
    "Given $n \\in \\{1,\\dots,N\\}$ and $x_n > 0$.",
    "Given $n \\in \\{1,\\dots,N\\}$, $k \\in \\{1,\\dots,K\\}$, $y_n \\in \\{1,\\dots,K\\}$, $\\sum_k \\alpha_k = 1$.",
    "Let $X \\in \\mathbb{R}^{N \\times D}$ and $w \\in \\mathbb{R}^D$.",
    "Let $p(y=k) = \\alpha_k$ for $k \\in \\{1,\\dots,K\\}$.",
    "Suppose that $A$ and $B$ are independent.",
    "Let $f(x) = x^2$ where $x > 0$.",
    "Setting to zero:",
    "Assume $x_1, \\dots, x_N$ are i.i.d. given $\\theta$.",
)
PIECES = tuple(
    r"= = = + - \cdot / ^ _ ^2 ^{-1} _n _{n} _{n,k} ' ! ( ) [ ] \{ \} { } | \| , ; \quad \\ & \; \left( \right) "
    r"\frac{1}{2} \frac{a}{b} \sqrt{x} \log \exp \ln \sin \cosh \sum_{n=1}^N \sum_k \prod_{n=1}^N \partial "
    r"\frac{\partial}{\partial x} \frac{d}{dx} \nabla \int_0^1 \mathbb{1}[y=k] \mathbb{E}[x] p(x|y) P(A) \Pr "
    r"\hat \bar \mathbf \vec \infty \pi e i 0 1 -1 2 100 \propto \sim \approx \in \Rightarrow \iff \le \ge < > \neq "
    r"\max_k \arg\max \lim_{n\to\infty} \begin{cases} \end{cases} \begin{pmatrix} \end{pmatrix} \dots \cdots "
    r"\text{and} \text{if } ^T ^\top \det \binom{n}{k} \Gamma(x) \lambda \sigma_i^2 \mu_{kj} x_n N K "
    r"\lfloor \rfloor \neg \cap \cup \mid \% \$ \, \! ~ $ $$ % # \def\a{b} \a".split(" ")
)
NUMBERS = tuple("0 00 1 2 7 10 100 65537 10000000000 3.5 0.1 .5 1e9 999999999999 -1 1/0".split())
CHARACTERS = "\0\x1b\u202e\u200b\ufeff\u0301αΣ∑∂∞≤²₁𝟙𝑥\U0001f600\u00a0\ud7ffé\u2028'\"`<>&;"


def rows_of(paths: Sequence[Path]) -> list[str]:
    """The rows in files and folders: `latex`, `lhs` and `rhs` in lines of JSON, the displays of other texts."""
    rows: dict[str, None] = {}
    for path in paths:
        files = sorted(each for each in path.rglob("*") if each.is_file()) if path.is_dir() else [path]
        for file in files:
            if file.suffix in (".md", ".tex", ".ipynb", ".txt", ".jsonl"):
                rows |= dict.fromkeys(_rows(file))
    return [row[:LONGEST] for row in rows if row.strip()]


def _rows(file: Path) -> Iterator[str]:
    text = file.read_text(encoding="utf-8", errors="replace")
    if file.suffix == ".jsonl":
        for line in text.splitlines():
            found = json.loads(line)
            sides = found.get("lhs_latex", found.get("lhs")), found.get("rhs_latex", found.get("rhs"))
            if isinstance(found.get("latex"), str):
                yield found["latex"]
            elif all(isinstance(side, str) for side in sides):
                yield f"{sides[0]} = {sides[1]}"
    else:
        for match in _DISPLAY.finditer(text):
            yield from re.split(r"\\\\", next(group for group in match.groups() if group))


# --- changes ----------------------------------------------------------------------------------------------------------


def tokens_of(text: str) -> list[str]:
    return _TOKEN.findall(text)


def changed(row: str, random: Random, rows: Sequence[str]) -> str:
    """The row after one to four changes."""
    tokens = tokens_of(row) or ["x"]
    for _ in range(random.choice((1, 1, 1, 1, 2, 2, 3))):
        tokens = random.choice(_CHANGES)(tokens, random, rows) or ["x"]
    return "".join(tokens)[: 3 * LONGEST]


def _span(tokens: Sequence[str], random: Random) -> tuple[int, int]:
    start = random.randrange(len(tokens) + 1)
    return start, min(len(tokens), start + random.choice((1, 1, 1, 2, 3, 5, 8)))


def _dropped(tokens: list[str], random: Random, rows: Sequence[str]) -> list[str]:
    start, end = _span(tokens, random)
    return tokens[:start] + tokens[end:]


def _repeated(tokens: list[str], random: Random, rows: Sequence[str]) -> list[str]:
    start, end = _span(tokens, random)
    return tokens[:start] + tokens[start:end] * random.choice((2, 2, 2, 3, 10, 40)) + tokens[end:]


def _moved(tokens: list[str], random: Random, rows: Sequence[str]) -> list[str]:
    start, end = _span(tokens, random)
    rest = tokens[:start] + tokens[end:]
    place = random.randrange(len(rest) + 1)
    return rest[:place] + tokens[start:end] + rest[place:]


def _inserted(tokens: list[str], random: Random, rows: Sequence[str]) -> list[str]:
    place = random.randrange(len(tokens) + 1)
    return [*tokens[:place], random.choice(PIECES), *tokens[place:]]


def _replaced(tokens: list[str], random: Random, rows: Sequence[str]) -> list[str]:
    place = random.randrange(len(tokens))
    return [*tokens[:place], random.choice(PIECES), *tokens[place + 1 :]]


def _numbered(tokens: list[str], random: Random, rows: Sequence[str]) -> list[str]:
    places = [place for place, token in enumerate(tokens) if token.isalnum()] or [0]
    place = random.choice(places)
    return [*tokens[:place], random.choice(NUMBERS), *tokens[place + 1 :]]


def _spliced(tokens: list[str], random: Random, rows: Sequence[str]) -> list[str]:
    other = tokens_of(random.choice(rows))
    return tokens[: random.randrange(len(tokens) + 1)] + other[random.randrange(len(other) + 1) :]


def _grafted(tokens: list[str], random: Random, rows: Sequence[str]) -> list[str]:
    other = tokens_of(random.choice(rows))
    start, end = _span(other, random)
    place, after = _span(tokens, random)
    return tokens[:place] + other[start:end] + tokens[after:]


def _nested(tokens: list[str], random: Random, rows: Sequence[str]) -> list[str]:
    start, end = _span(tokens, random)
    opening, closing = random.choice(_AROUND)
    depth = random.choice((1, 1, 1, 1, 2, 3, 30))
    return [*tokens[:start], *[opening] * depth, *tokens[start:end], *[closing] * depth, *tokens[end:]]


def _piece(tokens: list[str], random: Random) -> list[str]:
    """A few tokens side by side, if possible such that brackets match."""
    piece: list[str] = []
    for _ in range(4):
        start = random.randrange(len(tokens) + 1)
        piece = tokens[start : start + random.choice((3, 6, 12))]
        if all(piece.count(opening) == piece.count(closing) for opening, closing in ("()", "{}", "[]")):
            break
    return piece


def _equated(tokens: list[str], random: Random, rows: Sequence[str]) -> list[str]:
    """Both sides the same but for a change, so that a proof is near."""
    side = _piece(tokens, random)
    return [*side, " = ", *random.choice(_SMALL)(side or ["x"], random, rows)]


def _spoilt(tokens: list[str], random: Random, rows: Sequence[str]) -> list[str]:
    place = random.randrange(len(tokens) + 1)
    return [*tokens[:place], random.choice(CHARACTERS), *tokens[place:]]


_Change = Callable[[list[str], Random, Sequence[str]], list[str]]
_AROUND = (
    ("(", ")"), ("{", "}"), (r"\frac{", "}{x}"), (r"\sqrt{", "}"), (r"\log(", ")"), (r"\exp(", ")"), ("^{", "}"),
    ("_{", "}"), (r"\left[", r"\right]"), ("|", "|"), (r"\sum_{n=1}^N(", ")"), (r"\frac{\partial}{\partial x}(", ")"),
    (r"\mathbb{1}[", "]"), ("p(", ")"), (r"\begin{aligned}", r"\end{aligned}"), (r"\hat{", "}"),
    (r"\sum_{k=1}^{", "}a_k"),    (r"\text{", "}"), ("(", ")^{-1}"), ("(", ")!"), (r"\prod_{n=1}^{", "} n"),
)  # fmt: skip
_SMALL: tuple[_Change, ...] = (_dropped, _moved, _inserted, _replaced, _numbered, _grafted)
_CHANGES: tuple[_Change, ...] = (
    _dropped, _repeated, _moved, _inserted, _inserted, _replaced, _replaced, _numbered, _spliced, _grafted, _nested,
    _equated, _equated, _spoilt,
)  # fmt: skip

# --- texts ------------------------------------------------------------------------------------------------------------

KINDS = ("md", "md", "md", "md", "tex", "ipynb")


def text_of(random: Random, rows: Sequence[str]) -> tuple[str, str]:
    """A text and its kind: a sentence of givens as it may be, and one or a few changed rows, or pieces of rows."""
    said = random.choice(GIVENS)
    if said and not random.randrange(6):
        said = changed(said, random, rows)
    if random.randrange(3):
        tokens = tokens_of(random.choice(rows))
        displays = ["".join(_equated(tokens, random, rows))]
    else:
        row = min((random.choice(rows) for _ in range(4)), key=len)  # short ones more often
        displays = [changed(row, random, rows) for _ in range(random.choice((1, 1, 1, 1, 2, 4)))]
    return written(said, displays, kind := random.choice(KINDS), random.choice(("$$", r"\[", "align*"))), kind


def written(said: str, displays: Sequence[str], kind: str, how: str = "$$") -> str:
    """A sentence and displays as a text of that kind."""
    opening, closing = {"$$": ("$$", "$$"), r"\[": (r"\[", r"\]")}.get(how, (rf"\begin{{{how}}}", rf"\end{{{how}}}"))
    text = said + "".join(f"\n\n{opening}\n{display}\n{closing}\n" for display in displays)
    if kind == "ipynb":
        return json.dumps({"cells": [{"cell_type": "markdown", "source": text}]})
    return text
