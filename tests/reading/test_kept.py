"""What was read once is known again where a scope says the same, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest
import sympy

from checker.reading.documents.files import document_of
from checker.reading.grammar.formula import _known
from checker.reading.lines.givens import Read, read
from checker.reading.lines.reader import read_text

CLAIM = r"$$\sum_{n=1}^N \log x_n^2 = 2 \sum_{n=1}^N \log x_n$$"
GIVEN = r"Given $n \in \{1,\dots,N\}$ and $x_n > 0$."


def last_read(text: str) -> Read:
    with sympy.evaluate(False):
        line = read_text(document_of(text, "md", "text")).lines[-1]
        return read(line.scope, [line.statement])


def test_a_line_of_another_text_is_known_wherever_it_stands() -> None:
    assert last_read(f"{GIVEN}\n\n{CLAIM}\n") is last_read(f"{GIVEN}\n\nSo\n\n$$1 = 1$$\n\nand\n\n{CLAIM}\n")


@pytest.mark.parametrize(
    "given",
    [
        r"Given $n \in \{1,\dots,N\}$ and $x_n \in \mathbb{R}$.",
        r"Given $n \in \{1,\dots,N\}$, $N \geq 2$ and $x_n > 0$.",
        r"Given $n \in \{1,\dots,N\}$ and $x_n > 0$. Let $x_n = e^{n}$.",
    ],
)
def test_of_other_declarations_it_is_read_anew(given: str) -> None:
    known, other = (last_read(f"{each}\n\n{CLAIM}\n") for each in (GIVEN, given))
    assert (known.trees, known.givens) != (other.trees, other.givens)


ANSWERS = Path(__file__).resolve().parents[1] / "answers"


def trees_of(text: str) -> list[object]:
    """What each line of a text says, where its parts stand, or why it cannot be read."""
    lines = read_text(document_of(text, "tex", "text")).lines
    return [(line.statement, line.second, line.whole, str(line.problem)) for line in lines]


@pytest.mark.parametrize("answer", sorted(ANSWERS.glob("*.tex")), ids=lambda file: file.stem)
def test_a_formula_that_was_read_elsewhere_stands_where_it_stands(answer: Path) -> None:
    text = answer.read_text()
    _known.cache_clear()
    alone = trees_of(text)
    _known.cache_clear()
    trees_of("\n\n" + text.replace("$$", "$$  ").replace(r"\begin{align*}", r"\begin{align*}  "))
    assert trees_of(text) == alone


def test_a_formula_is_read_anew_where_its_letters_are_others() -> None:
    value = trees_of(r"Let $p(x) = x^2$. $$p(1-p) = 2$$")
    product = trees_of(r"Given $0 < p < 1$. $$p(1-p) = 2$$")
    assert value != product


def test_two_items_of_one_place_that_come_to_stand_at_two() -> None:
    macro = r"\newcommand{\s}{x+x}"
    assert trees_of(f"{macro} $$\\s = 2 x$$")[0] is not None
    ((relation, *_),) = trees_of(r"$$x+x = 2 x$$")
    assert [term.place.column for _, term in relation.left.terms] == [3, 5]  # type: ignore[attr-defined]
