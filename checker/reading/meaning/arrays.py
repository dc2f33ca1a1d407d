"""Vectors and matrices by components: sums, products, transposes of arrays whose entries are expressions.

    (A + B)_ij = A_ij + B_ij      (A B)_ik = Σ_j A_ij B_jk      (A^T)_ij = A_ji

An array is a matrix; a vector has one column.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import TypeAlias

from sympy import Abs, Add, Eq, Expr, Integer, Mul, Pow, Rational, Sum, Symbol

from checker.expressions import Indicator
from checker.reading.tex.tokens import Beyond, Place, Unreadable

ONE = Integer(1)
UNSIZED = Symbol("any size", integer=True, positive=True)
"""The number of rows and columns of an identity matrix of which no size is said: that of what stands beside it."""

Entry = Callable[[Expr, Expr], Expr]
_FRESH: Iterator[int] = count(1)


@dataclass(frozen=True)
class Array:
    """rows × columns entries; `entry` gives the one at (row, column), which are index expressions from 1."""

    rows: Expr
    columns: Expr
    entry: Entry
    on_diagonal: Callable[[Expr], Expr] | None = None
    """The entries of a diagonal matrix by their places, where it is known to be one."""

    @property
    def shape(self) -> tuple[Expr, Expr]:
        return self.rows, self.columns


Value: TypeAlias = Expr | Array


def fresh_index() -> Symbol:
    """An index symbol that occurs nowhere else."""
    return Symbol(f"s_{next(_FRESH)}", integer=True, positive=True)


def restart() -> None:
    """Number fresh indices from 1 again: a statement is the same tree whenever it is read."""
    global _FRESH
    _FRESH = count(1)


def identity(size: Expr = UNSIZED) -> Array:
    """The identity matrix."""
    return Array(size, size, lambda i, j: Indicator(Eq(i, j, evaluate=False)))


def diagonal(size: Expr, entry: Callable[[Expr], Expr]) -> Array:
    """The diagonal matrix with these entries."""
    return Array(
        size, size, lambda i, j: Mul(Indicator(Eq(i, j, evaluate=False)), entry(i), evaluate=False), on_diagonal=entry
    )


def literal(rows: list[list[Expr]]) -> Array:
    """A matrix that is written out; at symbolic places it is Σ 1[i = a] 1[j = b] of its entries."""

    def entry(i: Expr, j: Expr) -> Expr:
        if isinstance(i, Integer) and isinstance(j, Integer):
            return rows[int(i) - 1][int(j) - 1]
        terms = [
            Mul(
                *(Indicator(Eq(at, place, evaluate=False)) for at, place in pairs if at != place), value, evaluate=False
            )
            for a, row in enumerate(rows, 1)
            for b, value in enumerate(row, 1)
            if value != 0 and not _differ(*(pairs := ((i, Integer(a)), (j, Integer(b)))))
        ]
        return Add(*terms, evaluate=False) if terms else Integer(0)

    return Array(Integer(len(rows)), Integer(len(rows[0])), entry)


def _differ(*pairs: tuple[Expr, Expr]) -> bool:
    """Whether one of the pairs is of two different numbers."""
    return any(isinstance(at, Integer) and at != place for at, place in pairs)


def inverse_of_multiple(array: Array) -> Array:
    """The inverse of a multiple of the identity matrix."""

    def entry(i: Expr, j: Expr) -> Expr:
        return Mul(Pow(array.entry(i, i), Integer(-1), evaluate=False), Indicator(Eq(i, j, evaluate=False)))

    return Array(*array.shape, entry)


def inverse_written_out(array: Array) -> Array:
    """The inverse of a square matrix with few rows: its cofactors over its determinant."""
    places = [Integer(place) for place in range(1, int(array.rows) + 1)]
    whole = Pow(determinant_written_out(array), Integer(-1), evaluate=False)

    def cofactor(i: Expr, j: Expr) -> Expr:
        minor = [[array.entry(r, c) for c in places if c != j] for r in places if r != i]
        return Mul(Integer(-1) ** (i + j), _expanded(minor), whole, evaluate=False)

    return literal([[cofactor(j, i) for j in places] for i in places])


def determinant_written_out(array: Array) -> Expr:
    """The determinant of a square matrix with few rows."""
    places = [Integer(place) for place in range(1, int(array.rows) + 1)]
    return _expanded([[array.entry(i, j) for j in places] for i in places])


def _expanded(rows: list[list[Expr]]) -> Expr:
    """The determinant along the first row."""
    if not rows:
        return ONE
    terms = [
        Mul(
            Integer(-1) ** place, value, _expanded([row[:place] + row[place + 1 :] for row in rows[1:]]), evaluate=False
        )
        for place, value in enumerate(rows[0])
    ]
    return _add(terms)


def common_shape(arrays: Sequence[Array], place: Place) -> tuple[Expr, Expr]:
    """The shape that arrays side by side have. Raises Unreadable where they differ, Beyond where none is said."""
    sized = [array.shape for array in arrays if array.rows != UNSIZED]
    if not sized:
        return UNSIZED, UNSIZED
    for shape in sized[1:]:
        if shape != sized[0]:
            raise Unreadable(f"{_size(sized[0])} stands beside {_size(shape)}", place)
    if len(sized) < len(arrays) and sized[0][0] != sized[0][1]:
        raise Unreadable(f"{_size(sized[0])} stands beside an identity matrix", place)
    return sized[0]


def require_size(size: Expr) -> Expr:
    """The size. Raises Beyond where it is that of an identity matrix of which none is said."""
    if size == UNSIZED:
        raise Beyond("an identity matrix whose size is not said")
    return size


def collapsed(array: Array) -> Value:
    """A 1 × 1 array as its entry."""
    return array.entry(ONE, ONE) if array.shape == (ONE, ONE) else array


def scalar(value: Value, place: Place) -> Expr:
    """The value as a number. Raises Unreadable where it is an array."""
    if isinstance(value, Array):
        raise Unreadable("a vector or matrix stands where a number is expected", place)
    return value


def member(array: Array, indices: tuple[Expr, ...], place: Place) -> Expr:
    """The entry at one index of a vector, or at two of a matrix. Raises Unreadable for another number of them."""
    if array.columns == 1 and len(indices) == 1:
        return array.entry(indices[0], Integer(1))
    if len(indices) == 2:
        return array.entry(*indices)
    raise Unreadable("an array with the wrong number of indices", place)


def total(values: list[tuple[int, Value]], place: Place) -> Value:
    """The signed sum of values. Raises Unreadable where the shapes differ."""
    arrays = [value for _, value in values if isinstance(value, Array)]
    if not arrays:
        return _add([signed(sign, value) for sign, value in values if isinstance(value, Expr)])
    shape = common_shape(arrays, place)
    kept = [(sign, v) for sign, v in values if not (isinstance(v, Expr) and v == 0)]
    for _, value in kept:
        if not isinstance(value, Array):
            raise Unreadable("a number is added to an array", place)

    def entry(i: Expr, j: Expr) -> Expr:
        return _add([signed(sign, value.entry(i, j)) for sign, value in kept if isinstance(value, Array)])

    return Array(*shape, entry)


def signed(sign: int, value: Expr) -> Expr:
    return value if sign == 1 else Mul(Integer(-1), value, evaluate=False)


def _add(terms: list[Expr]) -> Expr:
    return terms[0] if len(terms) == 1 else Add(*terms, evaluate=False)


def product(values: list[Value], place: Place, dots: Sequence[int] = ()) -> Value:
    """The product of values in their order; w · x of two columns is wᵀx. Raises Unreadable where shapes do not fit.

    dots: the numbers of the factors with the sign of an inner product before them.
    """
    result: Value = values[0]
    scalars: list[Expr] = [values[0]] if isinstance(values[0], Expr) else []
    array: Array | None = values[0] if isinstance(values[0], Array) else None
    for number, value in enumerate(values[1:], 1):
        if isinstance(value, Expr):
            scalars.append(value)
        elif array is None:
            array = value
        else:
            columns = number in dots and array.columns == value.columns == ONE and array.rows == value.rows
            combined = collapsed(_times(transposed(array) if columns else array, value, place))
            array = combined if isinstance(combined, Array) else None
            if isinstance(combined, Expr):
                scalars.append(combined)
    result = scalars[0] if len(scalars) == 1 else Mul(*scalars, evaluate=False) if scalars else ONE
    return result if array is None else scaled(result, array) if scalars else array


def scaled(factor: Expr, array: Array) -> Array:
    return Array(*array.shape, lambda i, j: Mul(factor, array.entry(i, j), evaluate=False))


def _times(left: Array, right: Array, place: Place) -> Array:
    if UNSIZED in (left.columns, right.rows):
        return _times_multiple(left, right)
    if left.columns != right.rows:
        raise Unreadable(f"{_size(left.shape)} is multiplied by {_size(right.shape)}", place)
    inner = left.columns

    def entry(i: Expr, k: Expr) -> Expr:
        if isinstance(inner, Integer) and inner <= 12:
            places = [Integer(n) for n in range(1, int(inner) + 1)]
            return _add([Mul(left.entry(i, j), right.entry(j, k), evaluate=False) for j in places])
        j = fresh_index()
        return Sum(Mul(left.entry(i, j), right.entry(j, k), evaluate=False), (j, 1, inner))

    return Array(left.rows, right.columns, entry)


def _times_multiple(left: Array, right: Array) -> Array:
    """The product where one array is a multiple of an identity matrix that has the size of the other."""
    if left.rows == UNSIZED:
        return Array(*right.shape, lambda i, k: Mul(left.entry(i, i), right.entry(i, k), evaluate=False))
    return Array(*left.shape, lambda i, k: Mul(left.entry(i, k), right.entry(k, k), evaluate=False))


def transposed(array: Array) -> Array:
    return Array(array.columns, array.rows, lambda i, j: array.entry(j, i))


def mapped(array: Array, change: Callable[[Expr], Expr]) -> Array:
    """The array with a change made to each entry."""
    return Array(*array.shape, lambda i, j: change(array.entry(i, j)))


def trace(array: Array, place: Place) -> Expr:
    if array.rows != array.columns:
        raise Unreadable(f"the trace of {_size(array.shape)}", place)
    j = fresh_index()
    return Sum(array.entry(j, j), (j, 1, require_size(array.rows)))


def frobenius(array: Array) -> Expr:
    """The root of the sum of the squares of all entries."""
    i, j = fresh_index(), fresh_index()
    square = Pow(array.entry(i, j), Integer(2), evaluate=False)
    inner = square.xreplace({j: ONE}) if array.columns == 1 else Sum(square, (j, 1, require_size(array.columns)))
    return Pow(Sum(inner, (i, 1, require_size(array.rows))), Rational(1, 2), evaluate=False)


def summed_size(vector: Array) -> Expr:
    """The sum of the absolute values of a vector's entries."""
    i = fresh_index()
    return Sum(Abs(vector.entry(i, ONE), evaluate=False), (i, 1, vector.rows))


def _size(shape: tuple[Expr, Expr]) -> str:
    return f"an array of {shape[0]} × {shape[1]}"
