"""Numbers that are written as rounded: 2/3 = 0.67 is false, and may be meant as ≈."""

from __future__ import annotations

from sympy import Add, Integer, Mul, Rational

from checker.check import decide
from checker.derivation import Transition
from checker.reading.known.scope import Scope
from checker.reading.lines.givens import read
from checker.reading.syntax import Node, Number, Relation, Total
from checker.reading.tex.tokens import Unreadable
from checker.verdict import Proved, Supported


def rounded(scope: Scope, statement: Node) -> str:
    """Why an equation of numbers that is false may be meant to be: one side is the other with fewer digits; or ""."""
    if not isinstance(statement, Relation) or statement.sign != "=":
        return ""
    places = [n for side in (statement.left, statement.right) if (n := _decimal_places(side)) is not None]
    if not places:
        return ""
    try:
        found = read(scope, [statement.left, statement.right])
    except Unreadable:
        return ""
    left, right = found.trees
    if left.free_symbols | right.free_symbols:
        return ""
    difference = Add(left, Mul(Integer(-1), right, evaluate=False), evaluate=False)
    half = Rational(1, 2 * 10 ** min(places))
    for sign, end in (("<=", half), (">=", -half)):
        if not isinstance(decide(Transition(1, sign, difference, end), found.givens).verdict, (Proved, Supported)):
            return ""
    digits = f"{min(places)} decimal place{'s' if min(places) > 1 else ''}"
    return f"the sides are equal to {digits} and no further; write \\approx, or the exact number"


def _decimal_places(node: Node) -> int | None:
    """The digits behind the point of a number that is written out."""
    if isinstance(node, Total) and len(node.terms) == 1:
        return _decimal_places(node.terms[0][1])
    return len(node.text.partition(".")[2]) or None if isinstance(node, Number) else None
