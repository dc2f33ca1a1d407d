"""Determinants of square matrices, given by their entries in a row index r and a column index c from 1 to n.

det(s·A)              = sⁿ det A                    s free of r and c
det(1[r=c]·f(r, c))   = Π_r f(r, r)
det(Σ_l A_rl B_lc)    = det A · det B               l from 1 to n
det(Aᵀ)               = det A
det(A⁻¹)              = 1 / det A                   where a fact says that the family is the inverse of A
∂ det A               = det A · Σ_rc A⁻¹_cr ∂A_rc   (Jacobi) likewise

For n of 1 to 3 it is written out. That of a positive definite matrix is positive.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations
from typing import Any

from sympy import Basic

from checker.expressions import Determinant
from checker.kernel import dispatch
from checker.kernel.binding import Variables, bound_name, changed, limits_of, opened, printed_body
from checker.kernel.context import DETERMINANTS, Context
from checker.kernel.dispatch import binder, deriver, form_of, head, printer, substitute
from checker.kernel.field import inverse, reduced
from checker.kernel.form import ONE, ZERO, Atom, Form, Mono, OutsideTheories, combined, number, of, product, total
from checker.kernel.inverses import inverses
from checker.kernel.positivity import real
from checker.kernel.products import product_over
from checker.kernel.sums import sum_over

MAX_WRITTEN_OUT = 3


@dataclass(frozen=True)
class Square:
    """The opened row and column index of a matrix, and how many rows it has."""

    row: str
    column: str
    size: Form

    @property
    def bounds(self) -> tuple[Form, Form]:
        return ONE, self.size

    def at(self, form: Form, row: Form, column: Form) -> Form:
        """The entry of the matrix at another place."""
        return substitute(form, {self.row: row, self.column: column})


@head(DETERMINANTS, Determinant)
def _(ctx: Context, expression: Determinant) -> Form:
    size = form_of(ctx, expression.size)
    row, column = (ctx.fresh(ctx.name("s", symbol), (ONE, size)) for symbol in expression.places)
    before = ctx.bound
    ctx.bound = {**before, **dict(zip(expression.places, (row, column), strict=True))}
    try:
        entry = form_of(ctx, expression.entry)
    finally:
        ctx.bound = before
    return determinant_of(ctx, Square(row, column, size), entry)


def determinant_of(ctx: Context, square: Square, entry: Form) -> Form:
    """The determinant of the matrix with this entry, whose row and column index are open."""
    entry = reduced(entry)
    if not entry:
        return ZERO
    rows = square.size.integer_value
    if rows is not None and rows <= MAX_WRITTEN_OUT:
        return _written_out(square, entry, rows)
    single = entry.single
    found = None if single is None else _of_single(ctx, square, *single)
    return of(_atom(ctx, square, entry)) if found is None else found


def _written_out(square: Square, entry: Form, rows: int) -> Form:
    """Leibniz's formula."""
    places = [number(place) for place in range(1, rows + 1)]
    return total(
        product(square.at(entry, places[i], places[j]) for i, j in enumerate(order)).scale(_signature(order))
        for order in permutations(range(rows))
    )


def _signature(order: tuple[int, ...]) -> int:
    inversions = sum(later < earlier for i, earlier in enumerate(order) for later in order[i + 1 :])
    return -1 if inversions % 2 else 1


def _of_single(ctx: Context, square: Square, mono: Mono, coefficient: Any) -> Form | None:
    """The determinant of a matrix whose entries are products; None where no law applies."""
    names = {square.row, square.column}
    outer = combined(tuple(pair for pair in mono if not pair[0].free & names)).scale(coefficient)
    inner = tuple(pair for pair in mono if pair[0].free & names)
    if not inner:
        return None  # all entries are equal
    if outer != ONE:
        scale = dispatch.rebuild(ctx, "power of forms", (outer, square.size))
        return scale * determinant_of(ctx, square, combined(inner))
    return _diagonal(ctx, square, inner) or _of_product(ctx, square, inner) or _of_inverse(ctx, square, inner)


def _diagonal(ctx: Context, square: Square, mono: Mono) -> Form | None:
    ends = {ctx.index(square.row), ctx.index(square.column)}
    for place, (atom, exponent) in enumerate(mono):
        if atom.head == "eq" and exponent == 1 and set(atom.args) == ends:
            rest = combined(mono[:place] + mono[place + 1 :])
            on_diagonal = substitute(rest, {square.column: ctx.index(square.row)})
            return product_over(ctx, {square.row: square.bounds}, on_diagonal)
    return None


def _of_product(ctx: Context, square: Square, mono: Mono) -> Form | None:
    """det(A B) = det A · det B, where the entry is one sum with an index that parts row from column."""
    if len(mono) != 1 or mono[0][0].head != "sum" or mono[0][1] != 1:
        return None
    variables, body = opened(ctx, mono[0][0])
    single = body.single
    if single is None or any(b.free & variables.keys() for bounds in variables.values() for b in bounds):
        return None
    for middle, bounds in variables.items():
        parted = _parted(square, single[0], variables, middle) if bounds == square.bounds else None
        if parted is not None:
            left, right = (
                sum_over(ctx, {n: b for n, b in variables.items() if n in part[1]}, combined(part[0]))
                for part in parted
            )
            first = determinant_of(ctx, Square(square.row, middle, square.size), left.scale(single[1]))
            return first * determinant_of(ctx, Square(middle, square.column, square.size), right)
    return None


Part = tuple[Mono, set[str]]
"""Factors, and the indices of the sum in them."""


def _parted(square: Square, mono: Mono, variables: Variables, middle: str) -> tuple[Part, Part] | None:
    """The factors that hang together with the row, and with the column, without the middle index."""
    names = (variables.keys() | {square.row, square.column}) - {middle}
    left = _reached(mono, square.row, names)
    right = _reached(mono, square.column, names)
    if left[1] & right[1] or len(left[0]) + len(right[0]) != len(mono) or len(left[1] | right[1]) != len(names):
        return None
    return (left[0], left[1] - {square.row}), (right[0], right[1] - {square.column})


def _reached(mono: Mono, start: str, names: set[str]) -> Part:
    reached: set[str] = {start}
    before: set[str] = set()
    while reached != before:
        before = set(reached)
        for atom, _ in mono:
            if atom.free & reached:
                reached |= atom.free & names
    return tuple(pair for pair in mono if pair[0].free & reached), reached


def _of_inverse(ctx: Context, square: Square, mono: Mono) -> Form | None:
    if len(mono) != 1 or mono[0][0].head != "idx" or mono[0][1] != 1:
        return None
    family, places = mono[0][0].args
    if {*places[-2:]} != {ctx.index(square.row), ctx.index(square.column)}:
        return None
    for known in inverses(ctx):
        if known.family == family and known.size == square.size and not _is_prior(family, known.entry):
            entry = known.matrix_at(ctx, places[:-2], ctx.index(square.row), ctx.index(square.column))
            if entry is not None:
                known.trust(ctx)
                return inverse(determinant_of(ctx, square, entry))
    return None


def _is_prior(family: str, entry: Form) -> bool:
    """Of two families that are inverses of each other, the one of which the other's determinant is written."""
    atom = entry.lone_atom
    return atom is not None and atom.head == "idx" and (len(family), family) < (len(atom.args[0]), atom.args[0])


# --- the atom --------------------------------------------------------------------------------------------------


def _atom(ctx: Context, square: Square, entry: Form) -> Atom:
    """The atom, with that of a matrix and its transpose which has the lesser key."""
    level = 1 + max(entry.level, square.size.level)
    indices = [bound_name(ctx, f"b{level}_{place}", square.bounds) for place in (0, 1)]
    with ctx.seal():
        body = min((square.at(entry, *order) for order in (indices, indices[::-1])), key=lambda form: form.key)
    ranges = tuple((f"b{level}_{place}", *square.bounds) for place in (0, 1))
    free = (entry.free | square.size.free) - {square.row, square.column}
    definite = _definite(ctx, square, entry)
    return Atom("det", (ranges, body), free=free, level=level, positive=definite, real=real(entry))


def _definite(ctx: Context, square: Square, entry: Form) -> bool:
    """The matrix is one of a family of positive definite ones."""
    atom = entry.lone_atom
    if atom is None or atom.head != "idx" or atom.args[0] not in ctx.definite:
        return False
    return {*atom.args[1][-2:]} == {ctx.index(square.row), ctx.index(square.column)}


def _opened_square(ctx: Context, variables: Variables) -> Square:
    row, column = variables
    if variables[row] != variables[column]:
        raise OutsideTheories("a determinant of what is not square")
    return Square(row, column, variables[row][1])


@binder("det")
def _(ctx: Context, atom: Atom, change: dispatch.Derivation) -> Form:
    variables, entry = changed(ctx, atom, change)
    return determinant_of(ctx, _opened_square(ctx, variables), entry)


@deriver("det")
def _(ctx: Context, atom: Atom, derive: dispatch.Derivation) -> Form:
    variables, entry = opened(ctx, atom)
    square = _opened_square(ctx, variables)
    slope = derive(entry)
    if not slope:
        return ZERO
    row, column = ctx.index(square.row), ctx.index(square.column)
    for known in inverses(ctx):
        if not known.leading and known.size == square.size and known.matrix_at(ctx, (), row, column) == entry:
            known.trust(ctx)
            return of(atom) * sum_over(ctx, variables, ctx.member(known.family, (column, row)) * slope)
    raise OutsideTheories("the derivative of a determinant")


@printer("det")
def _(ctx: Context, atom: Atom) -> Basic:
    (row, _, size), (column, _, _) = reversed(limits_of(ctx, atom))
    return Determinant(printed_body(ctx, atom), row, column, size)
