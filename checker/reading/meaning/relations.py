"""Relations: both sides as numbers; ± as two relations; arrays compared at free indices."""

from __future__ import annotations

from dataclasses import replace

from sympy import And, Basic, Eq, Expr, Ge, Gt, Le, Lt, Ne, Or

from checker.reading.meaning import arrays, dots
from checker.reading.meaning.arrays import Array, Value
from checker.reading.meaning.context import Context
from checker.reading.syntax import Node, Relation, Several, Total, is_set, walk
from checker.reading.tex.tokens import Beyond, Place, Unreadable

RELATIONS: dict[str, type] = {"=": Eq, "!=": Ne, "<": Lt, ">": Gt, "<=": Le, ">=": Ge, ":=": Eq}


def relation_of(m: Context, node: Node) -> Basic:
    """A relation, or several joined by "and" or "or", as SymPy has it. Raises Unreadable for anything else."""
    if isinstance(node, Several):
        parts = [relation_of(m, part) for part in node.parts]
        return (And if node.word == "and" else Or)(*parts, evaluate=False)
    if not isinstance(node, Relation):
        raise Unreadable("a relation is expected here, as in a = b", node.place)
    if node.sign not in RELATIONS:
        raise Unreadable(f"the sign '{node.sign}' is not read inside a formula", node.place)
    if m.depth == 0:
        m.statements = [node]
    pairs = _sides(m, node.left, node.right, node.place)
    relations = [RELATIONS[node.sign](left, right, evaluate=False) for left, right in pairs]
    if len(relations) == 1:
        return relations[0]
    return (And if m.pairs else Or)(*relations, evaluate=False)


def _sides(m: Context, left: Node, right: Node, place: Place) -> list[tuple[Expr, Expr]]:
    """Both sides as numbers; ± makes pairs, which both hold where ± stands on both sides; arrays are compared at
    free indices.

    Raises Unreadable where their shapes differ.
    """
    if _has_plus_minus(left) or _has_plus_minus(right):
        m.pairs = _has_plus_minus(left) and _has_plus_minus(right)
        return [pair for sign in (1, -1) for pair in _sides(m, _with_sign(left, sign), _with_sign(right, sign), place)]
    for side in (left, right):
        if is_set(side):
            raise Beyond("a set", side.place)
    values = m.value(left), m.value(right)
    return [_compared(m, *values, place)]


def _compared(m: Context, left: Value, right: Value, place: Place) -> tuple[Expr, Expr]:
    if isinstance(left, Expr) and isinstance(right, Expr):
        return left, right
    rows, columns = arrays.common_shape([side for side in (left, right) if isinstance(side, Array)], place)
    for side in (left, right):
        if isinstance(side, Expr) and side != 0:
            raise Beyond("an array beside a name that is not declared as one", place)
    if m.depth:
        raise Beyond("an equation of vectors or matrices inside a formula", place)
    i, j = m.position("row", arrays.require_size(rows)), m.position("col", columns)
    entries = [side.entry(i, j) if isinstance(side, Array) else side for side in (left, right)]
    return entries[0], entries[1]


def _has_plus_minus(node: Node) -> bool:
    return any(isinstance(each, Total) and any(abs(sign) == 2 for sign, _ in each.terms) for each in walk(node))


def _with_sign(node: Node, sign: int) -> Node:
    def change(child: Node) -> Node:
        return _with_sign(child, sign)

    if isinstance(node, Total):
        terms = tuple((sign * s // 2 if abs(s) == 2 else s, change(term)) for s, term in node.terms)
        return replace(node, terms=terms)
    return dots.mapped(node, change)
