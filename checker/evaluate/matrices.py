"""Matrices as numbers: the entries of an inverse, and determinants."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import sympy
from sympy import Expr, Symbol

from checker.evaluate.arithmetic import ONE, ZERO, Number, sign
from checker.evaluate.compiling import Closure, Compiler, builds
from checker.evaluate.errors import Refused, Uncertain, Undefined, ZeroDenominator
from checker.evaluate.functions import reciprocal
from checker.evaluate.jets import primal
from checker.evaluate.names import symbol_name
from checker.evaluate.state import State
from checker.expressions import Determinant

ROW, COLUMN = Symbol("⟨row⟩", integer=True), Symbol("⟨column⟩", integer=True)
MAX_SIZE = 6

Rows = list[list[Number]]


class InverseEntry(Expr):  # type: ignore[misc]
    """The entry at (at_row, at_column) of the inverse of the matrix of `entry`, in ROW and COLUMN from 1 to size."""

    is_commutative = True

    def __new__(cls, entry: Expr, size: Expr, at_row: Expr, at_column: Expr) -> InverseEntry:
        return Expr.__new__(cls, entry, size, at_row, at_column)  # type: ignore[no-any-return]


@builds(InverseEntry)
def inverse_entry(compiler: Compiler, expression: Any) -> Closure:
    matrix, size, *place = expression.args
    at_row, at_column = (compiler.index(each) for each in place)
    own = {symbol_name(each) for each in place}
    outer = [slot for name, slot in compiler.scope.items() if slot is not None and name not in own]
    whole = _rows(compiler, matrix, (ROW, COLUMN), size)
    number = compiler.slot_count

    def found(e: State) -> Number:
        i, j = at_row(e), at_column(e)
        key = ("inverse", number, *(e.slots[slot] for slot in outer))
        known = None if e.watched else e.memo.get(key)
        if known is None:
            known = inverted(whole(e))
            if not e.watched:
                e.memo[key] = known
        if not (1 <= i <= len(known) and 1 <= j <= len(known)):
            raise Undefined
        return known[i - 1][j - 1]

    return found


@builds(Determinant)
def determinant(compiler: Compiler, expression: Any) -> Closure:
    whole = _rows(compiler, expression.entry, expression.places, expression.size)
    return lambda e: expanded(whole(e))


def _rows(compiler: Compiler, entry: Any, places: tuple[Any, Any], size: Any) -> Callable[[State], Rows]:
    """The entries of a matrix at a state."""
    slots = [compiler.new_slot() for _ in places]
    bounds = compiler.bounds(sympy.Integer(1), size)
    before, start = compiler.scope, compiler.nodes
    for place, slot in zip(places, slots, strict=True):
        compiler.usage.ranges["bound", slot] = bounds
        compiler.bind(symbol_name(place), slot)
    run = compiler.number(entry)
    compiler.scope = before
    weight = compiler.nodes - start
    row, column = slots

    def rows(e: State) -> Rows:
        count = bounds.upper(e)
        if count > MAX_SIZE:
            raise Refused(f"a matrix of {count} rows; the limit is {MAX_SIZE}")
        e.budget.spend(count * count * (weight + count * (1 + len(e.tracked or ()))))
        found = []
        for i in range(1, count + 1):
            values = []
            for j in range(1, count + 1):
                e.slots[row], e.slots[column] = i, j
                values.append(run(e))
            found.append(values)
        return found

    return rows


def inverted(rows: Rows) -> Rows:
    """The inverse, by Gauss and Jordan's elimination.

    Raises ZeroDenominator where there is none, Uncertain where balls do not tell.
    """
    size = len(rows)
    wide = [[*row, *(ONE if i == j else ZERO for j in range(size))] for i, row in enumerate(rows)]
    for column in range(size):
        pivot = _pivot([row[column] for row in wide[column:]]) + column
        wide[column], wide[pivot] = wide[pivot], wide[column]
        factor = reciprocal(wide[column][column])
        wide[column] = [number * factor for number in wide[column]]
        for other in range(size):
            if other != column:
                times = -wide[other][column]
                wide[other] = [a + times * b for a, b in zip(wide[other], wide[column], strict=True)]
    return [row[size:] for row in wide]


def _pivot(numbers: list[Number]) -> int:
    """The place of a number that is not zero."""
    unsure = False
    for place, number in enumerate(numbers):
        try:
            if sign(primal(number)):
                return place
        except Uncertain:
            unsure = True
    if unsure:
        raise Uncertain
    raise ZeroDenominator


def expanded(rows: Rows) -> Number:
    """The determinant by Laplace's expansion, which divides by nothing and so keeps derivatives where it is zero."""

    @cache
    def minor(row: int, columns: tuple[int, ...]) -> Number:
        if not columns:
            return ONE
        total: Number = ZERO
        for place, column in enumerate(columns):
            term = rows[row][column] * minor(row + 1, columns[:place] + columns[place + 1 :])
            total = total + (term if place % 2 == 0 else -term)
        return total

    return minor(0, tuple(range(len(rows))))
