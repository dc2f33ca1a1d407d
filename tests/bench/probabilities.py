"""The cases of family 8 (probability with symbols), which have no SymPy source, read from their LaTeX.

What the model of a row says is a sentence before the equality: classes C_1, …, C_K are exclusive, and where components
x_i stand in it, they are independent given the class.
"""

from __future__ import annotations

from typing import Any

import sympy
from sympy import Basic

from checker.derivation import Givens
from checker.reading.documents.files import document_of
from checker.reading.lines.givens import read
from checker.reading.lines.reader import read_text

DECLARED = {
    "joint": "",
    "ci": "Assume that $A$ and $B$ are independent given $C$.",
    "classes": r"Let exactly one of $C_1,\dots,C_K$ occur.",
}
COMPONENTS = r"Assume that $x_1,\dots,x_D$ are independent given the class."


def statement(row: dict[str, Any]) -> tuple[Basic, Basic, Givens] | None:
    """Both sides with their givens; None for a model that no sentence here says."""
    if row["model"] not in DECLARED:
        return None
    parts = "x_{i}" in f"{row['latex_lhs']}{row['latex_rhs']}"
    words = f"{DECLARED[row['model']]} {COMPONENTS if parts else ''}"
    display = f"$$\n{row['latex_lhs']} = {row['latex_rhs']}\n$$"
    with sympy.evaluate(False):
        (line,) = read_text(document_of(f"{words}\n\n{display}\n", "md", row["id"])).lines
        understood = read(line.scope, [line.statement])
    (equation,) = understood.trees
    return equation.lhs, equation.rhs, understood.givens
