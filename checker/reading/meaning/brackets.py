"""Brackets, bars, matrices that are written out."""

from __future__ import annotations

import sympy
from sympy import Expr, Rational

from checker.expressions import Determinant, Unknown
from checker.reading.meaning import arrays
from checker.reading.meaning.arrays import Array, Value
from checker.reading.meaning.context import Context
from checker.reading.syntax import Big, Bracket, Dots, Matrix, Number, Relation, Several, Total, chosen
from checker.reading.tex.tokens import Beyond, Place, Unreadable


def bracket(m: Context, node: Bracket) -> Value:
    if node.kind in ("||", "‖‖"):
        return _bars(m, node)
    if node.kind == "⟨⟩" and len(node.items) == 2:
        pair = [m.value(item) for item in node.items]
        if all(isinstance(each, Array) and each.columns == 1 for each in pair):
            return arrays.product([arrays.transposed(pair[0]), pair[1]], node.place)
    if len(node.items) == 1 and node.kind in ("()", "[]", "{}"):
        item = node.items[0]
        if isinstance(item, Relation | Several):
            raise Unreadable(
                "a relation in brackets is no number; an indicator is written \\mathbb{1}[y = k]", node.place
            )
        return m.value(item)
    if node.kind in ("()", "[]") and len(node.items) > 1 and not any(isinstance(i, Dots) for i in node.items):
        return arrays.literal([[m.number(item) for item in node.items]])
    raise Beyond({"⟨⟩": "an inner product", "{}": "a set", "": "a list"}.get(node.kind, "a list"), node.place)


def _bars(m: Context, node: Bracket) -> Value:
    inside = m.alias(node.items[0], m.scope.aliases) or node.items[0]
    if node.kind == "||" and (of := chosen(inside)) is not None:
        element = Relation("in", of[0], inside, node.place)
        return m.value(Big("sum", (element,), None, Number("1", node.place), node.place))
    value = m.value(node.items[0])
    if node.kind == "‖‖":
        if isinstance(value, Array) and value.columns == 1:
            square = arrays.product([arrays.transposed(value), value], node.place)
            return sympy.Pow(arrays.scalar(square, node.place), Rational(1, 2), evaluate=False)
        return Unknown("a norm", *([value] if isinstance(value, Expr) else []))
    if isinstance(value, Array):
        return determinant(m, value, node.place)
    return sympy.Abs(value, evaluate=False)


def determinant(m: Context, value: Array, place: Place) -> Expr:
    """The determinant of an array. Raises Unreadable where it is not square, or no size is said."""
    if value.rows != value.columns:
        raise Unreadable("the determinant of an array that is not square", place)
    size = arrays.require_size(value.rows)
    row, column = arrays.fresh_index(), arrays.fresh_index()
    return Determinant(value.entry(row, column), row, column, size)


def matrix(m: Context, node: Matrix) -> Value:
    if any(isinstance(cell, Dots) for row in node.rows for cell in row):
        return Unknown("a matrix with dots")
    if [len(row) for row in node.rows] == [1] and isinstance(node.rows[0][0], Total):
        raise Beyond("an array with one entry, which may lack a separator", node.place)
    rows = [[m.value(cell) for cell in row] for row in node.rows]
    if len({len(row) for row in rows}) != 1 or any(isinstance(cell, Array) for row in rows for cell in row):
        raise Unreadable("a matrix of blocks, or with rows of different length, is not read", node.place)
    return arrays.collapsed(arrays.literal(rows))
