"""What a syntax tree means in a scope: SymPy expressions, built without evaluation.

An undeclared name is a real number, restricted by its use: under a logarithm or a root it is positive, which is said.
Vectors and matrices are read by components. What no theory knows becomes an Unknown that names it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from checker.reading.meaning.arithmetic import number, postfix, product, quotient, total
from checker.reading.meaning.arrays import Value
from checker.reading.meaning.brackets import bracket, matrix
from checker.reading.meaning.calls import call
from checker.reading.meaning.cases import cases, indicator
from checker.reading.meaning.chances import chance
from checker.reading.meaning.context import Context, Reader
from checker.reading.meaning.derivatives import derivative, gradient
from checker.reading.meaning.expectations import expectation
from checker.reading.meaning.functions import applied
from checker.reading.meaning.operators import big
from checker.reading.meaning.scripts import named
from checker.reading.syntax import (
    Applied,
    Big,
    Bracket,
    Call,
    CaseList,
    Chance,
    Complement,
    Derivative,
    Dots,
    Expectation,
    Gradient,
    IndicatorOf,
    Letter,
    Matrix,
    Number,
    Phrase,
    Postfix,
    Product,
    Quotient,
    Relation,
    Scripted,
    Several,
    Total,
)
from checker.reading.tex.tokens import Unreadable


def _no_number(m: Context, node: Any) -> Value:
    what = {"Dots": "dots", "Complement": "a complement", "Relation": "a relation", "Several": "a relation"}
    raise Unreadable(f"{what.get(type(node).__name__, 'this')} stands where a number is expected", node.place)


READERS: Mapping[type, Reader] = {
    Number: number, Letter: named, Phrase: named, Scripted: named, Total: total, Product: product,
    Quotient: quotient, Bracket: bracket, Matrix: matrix, Applied: applied, Postfix: postfix, Call: call,
    Big: big, Derivative: derivative, Gradient: gradient, IndicatorOf: indicator, CaseList: cases,
    Expectation: expectation, Chance: chance, Dots: _no_number, Complement: _no_number, Relation: _no_number,
    Several: _no_number,
}  # fmt: skip


class Meaning(Context):
    """A context in which a node of each kind is read by its reader."""

    readers = READERS
