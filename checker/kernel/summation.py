"""Laws of finite sums: each answers what a sum is as sums of other summands, or None where it does not apply.

Σ_{i=l}^{u} 1   = u − l + 1            u ≥ l − 1, a condition;  Σ i^k by Faulhaber's formula
Σ_{i=l}^{u} r^i = (r^{u+1} − r^l)/(r − 1)           r ≠ 1, a condition
Σ_i 1[i ≥ t]    = u − t + 1            l ≤ t ≤ u + 1
Σ_i 1/((i+a)(i+b)) by partial fractions
Σ_{i,j} 1[i ≥ j] f(i,j) by the triangle's half, or with the greater index first
"""

from __future__ import annotations

from collections.abc import Callable

from flint import fmpq, fmpq_poly

from checker.kernel import dispatch
from checker.kernel.binding import Bounds, Variables, linear, look, solved_for_index
from checker.kernel.context import Context, is_bound
from checker.kernel.dispatch import substitute
from checker.kernel.field import inverse, require_nonzero
from checker.kernel.form import ONE, Atom, Form, Mono, combined, number, of, total
from checker.kernel.indices import always_at_least, granted_least

Summands = list[tuple[Variables, Form]]
"""Forms with the opened indices over which each is summed; what is closed has none."""


def closed(ctx: Context, name: str, bounds: Bounds, mono: Mono) -> Form | None:
    """Σ 1 and Σ i^k."""
    size = bounds[1] - bounds[0] + ONE
    if not mono:
        return size if granted_least(ctx, size) else None
    if len(mono) == 1 and mono[0][0].head == "sym" and isinstance(mono[0][1], int) and 0 < mono[0][1] <= 20:
        if not granted_least(ctx, size):
            return None
        return faulhaber(mono[0][1], bounds[1]) - faulhaber(mono[0][1], bounds[0] - ONE)
    return _geometric(ctx, name, bounds, mono) if ctx.closed_forms else None


def _geometric(ctx: Context, name: str, bounds: Bounds, mono: Mono) -> Form | None:
    """Σ_{i=l}^{u} r^i = (r^{u+1} − r^l)/(r − 1), and Σ i r^i by its derivative, r ≠ 1."""
    index = ctx.index(name)
    exponent = total(a.args[0].scale(number(e).number) for a, e in mono if a.head == "exp")
    slope = exponent * inverse(index)
    rest = combined(tuple(p for p in mono if p[0].head != "exp"))
    if not exponent or name in slope.free or rest not in (ONE, index):
        return None
    power = dispatch.BUILDERS["exp"]
    ratio = power(ctx, (slope,))
    if any(is_bound(free) for free in ratio.free) or not granted_least(ctx, bounds[1] - bounds[0] + ONE):
        return None
    require_nonzero(ctx, ratio - ONE)
    first, last = power(ctx, (slope * bounds[0],)), power(ctx, (slope * (bounds[1] + ONE),))
    if rest == ONE:
        return (last - first) * inverse(ratio - ONE)
    above = bounds[1] * last * (ratio - ONE) - last - (bounds[0] - ONE) * first * (ratio - ONE) + first
    return above * inverse(ratio - ONE) ** 2


def faulhaber(k: int, upper: Form) -> Form:
    """Σ_{i=1}^{upper} i^k = (B_{k+1}(upper + 1) − B_{k+1}(1)) / (k + 1), the polynomial of Faulhaber."""
    values = [fmpq(0)]
    for i in range(1, k + 2):
        values.append(values[-1] + fmpq(i) ** k)
    polynomial = fmpq_poly([0])
    for i, value in enumerate(values):
        basis = fmpq_poly([1])
        for j in range(k + 2):
            if j != i:
                basis = basis * fmpq_poly([-j, 1]) / fmpq(i - j)
        polynomial = polynomial + basis * value
    return total((upper**power).scale(c) for power, c in enumerate(polynomial.coeffs()))


def _counted(ctx: Context, variables: Variables, mono: Mono) -> Summands | None:
    """Σ_i 1[i ≥ t] = u − t + 1, where l ≤ t ≤ u + 1, for an index that occurs nowhere else."""
    for name, (lower, upper) in variables.items():
        mine = [p for p in mono if name in p[0].free]
        if len(mine) != 1 or mine[0][0].head != "least" or any(name in b.free for v in variables.values() for b in v):
            continue
        gap = mine[0][0].args[0]
        target = solved_for_index(ctx, gap, name)
        if target is None:
            continue
        rest_variables = {n: b for n, b in variables.items() if n != name}
        coefficient = next(c for m, c in gap if any(name in a.free for a, _ in m))
        if coefficient > 0:
            fits = always_at_least(ctx, target - lower, 0) and always_at_least(ctx, upper + ONE - target, 0)
            size = upper - target + ONE
        else:
            fits = always_at_least(ctx, upper - target, 0) and always_at_least(ctx, target + ONE - lower, 0)
            size = target - lower + ONE
        if fits:
            rest = combined(tuple(p for p in mono if p is not mine[0]))
            return [(rest_variables, rest * size)]
    return None


def _apart(ctx: Context, variables: Variables, mono: Mono) -> Summands | None:
    """1/((i + a)(i + b)) = (1/(i + a) − 1/(i + b)) / (b − a), for numbers a ≠ b, and so for more linear factors."""
    for name in variables:
        index = ctx.index(name)
        factors = [(p, linear(_base(p[0]), index)) for p in mono if p[1] == -1]
        offsets = {p: offset for p, offset in factors if offset is not None}
        rest = tuple(p for p in mono if p not in offsets)
        if len(offsets) < 2 or len(set(offsets.values())) < len(offsets):
            continue
        parts = []
        for p, offset in offsets.items():
            slope = fmpq(1)
            for q, other in offsets.items():
                slope = slope * (other - offset) * _slope(q[0], index) if q != p else slope
            parts.append(combined((*rest, p)).scale(1 / slope))
        return [(variables, part) for part in parts]
    return None


def _base(atom: Atom) -> Form:
    return atom.args[0] if atom.head == "poly" else of(atom)


def _slope(atom: Atom, index: Form) -> fmpq:
    return _base(atom).terms[next(iter(index.terms))]


def _triangular(ctx: Context, variables: Variables, mono: Mono) -> Summands | None:
    """Σ_{i,j} 1[i ≥ j] f(i,j) for a symmetric f is half of Σ_{i,j} f + Σ_i f(i,i).

    For any other f the index that comes first, by how it occurs, is the greater one, and the diagonal is counted in.
    """
    for position, (atom, exponent) in enumerate(mono):
        pair = _compared(ctx, variables, atom)
        if pair is None or exponent != 1:
            continue
        first, second, gap = pair
        rest = mono[:position] + mono[position + 1 :]
        if any(a.head == "least" for a, _ in rest):
            return None
        body = combined(rest)
        swapped = substitute(body, {first: ctx.index(second), second: ctx.index(first)})
        if swapped == body and gap in (0, -1):
            diagonal = substitute(body, {second: ctx.index(first)})
            half = {n: b for n, b in variables.items() if n != second}
            return [(variables, body.scale(fmpq(1, 2))), (half, diagonal.scale(fmpq(1 if gap == 0 else -1, 2)))]
        if look(ctx, first, variables, rest) > look(ctx, second, variables, rest):
            lesser = dispatch.rebuild(ctx, "least", (-atom.args[0] - ONE,))
            return [(variables, body), (variables, -body * lesser)]
        if gap == -1:
            equal = dispatch.rebuild(ctx, "eq", (ctx.index(first), ctx.index(second)))
            lesser = dispatch.rebuild(ctx, "least", (atom.args[0] + ONE,))
            return [(variables, body * lesser), (variables, -body * equal)]
    return None


def _compared(ctx: Context, variables: Variables, atom: Atom) -> tuple[str, str, int] | None:
    """(i, j, c) for 1[i − j + c ≥ 0] with summed i and j over one range."""
    if atom.head != "least":
        return None
    for first in variables:
        for second in variables:
            gap = atom.args[0] - ctx.index(first) + ctx.index(second)
            if first != second and gap.is_number and variables[first] == variables[second]:
                return first, second, gap.integer_value or 0
    return None


LAWS: tuple[Callable[[Context, Variables, Mono], Summands | None], ...] = (_counted, _apart, _triangular)
"""Tried in this order after the facts of the givens."""
