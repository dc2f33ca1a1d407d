"""What was read once is known again where a scope says the same, and nowhere else."""

from __future__ import annotations

import pytest
import sympy

from checker.reading.documents.files import document_of
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
