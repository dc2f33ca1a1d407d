"""Finite sums over index sets whose sizes are symbols.

    Σ (a f + b g)          = a Σ f + b Σ g            a, b free of the index
    Σ_{i=l}^{u} 1          = u − l + 1                u ≥ l − 1, a condition;  Σ i^k by Faulhaber's formula
    Σ_i Σ_j f(i,j)         one sum over {i, j}, its indices named by canonical order; independent factors separate
    Σ_{i=l}^{u} 1[i=t] f(i)= f(t)                     t in l..u, else 0
    Σ_i Σ_{j≤i} f          = Σ_{i,j} 1[j≤i] f
    Σ_{i=1}^{n+1} f(i)     = Σ_{i=1}^{n} f(i) + f(n+1);  shifts make the least offset of i in f(x[i+c]) zero

A summand is reduced to one fraction before anything is split.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import permutations
from itertools import product as cartesian

from flint import fmpq, fmpq_poly
from sympy import Basic, Sum

from checker.kernel import dispatch
from checker.kernel.context import SUMS, Condition, Context, current, is_bound
from checker.kernel.dispatch import binder, deriver, form_of, head, printer, substitute
from checker.kernel.field import inverse, reduced, require_nonzero
from checker.kernel.form import (
    ONE,
    ZERO,
    Atom,
    Exponent,
    Form,
    Mono,
    OutsideTheories,
    combined,
    number,
    of,
    product,
    total,
)
from checker.kernel.indices import always_at_least, granted_least, is_member
from checker.kernel.positivity import integer, nonnegative, positive, real

Bounds = tuple[Form, Form]
Variables = dict[str, Bounds]

MAX_EXPLICIT = 64
MAX_SPLIT = 8
MAX_ALIKE = 4


@head(SUMS, Sum)
def _(ctx: Context, expression: Sum) -> Form:
    return bind(ctx, expression, list(expression.limits), sum_over)


def bind(ctx: Context, expression: Basic, limits: list[Basic], close: object) -> Form:
    """Open the outermost limit (the last), form what is inside, and close."""
    if not limits:
        return form_of(ctx, expression.function)
    *inner, outermost = limits
    if len(outermost) != 3:
        raise OutsideTheories("a sum without bounds")
    symbol, lower, upper = outermost
    bounds = (form_of(ctx, lower), form_of(ctx, upper))
    for bound in bounds:
        if not integer(bound):
            raise OutsideTheories("a bound of a sum that may not be an integer")
    name = ctx.fresh(ctx.name("s", symbol), bounds)
    before = ctx.bound
    ctx.bound = {**before, symbol: name}
    empty = not always_at_least(ctx, bounds[1] - bounds[0], 0)
    ctx.maybe_empty += empty
    try:
        inside = bind(ctx, expression, inner, close)
    finally:
        ctx.bound = before
        ctx.maybe_empty -= empty
    return close(ctx, {name: bounds}, inside)  # type: ignore[operator,no-any-return]


# --- sums ------------------------------------------------------------------------------------------------------


def sum_over(ctx: Context, variables: Variables, form: Form) -> Form:
    """Σ over opened indices of a form."""
    if not form:
        return ZERO
    if not variables:
        return form
    ctx.step(len(form))
    for name, bounds in variables.items():
        explicit = explicit_range(bounds)
        if explicit is not None and not any(name in b.free for v in variables.values() for b in v):
            rest = {n: b for n, b in variables.items() if n != name}
            return total(sum_over(ctx, rest, substitute(form, {name: number(i)})) for i in explicit)
    return total(_sum_mono(ctx, variables, mono).scale(c) for mono, c in reduced(form))


def explicit_range(bounds: Bounds) -> range | None:
    """The values of an index with few numeric values; none where upper < lower.

    Where ranges are left whole, only a range of one value, or of none, is written out.
    """
    lower, upper = bounds[0].integer_value, bounds[1].integer_value
    if lower is None or upper is None or upper - lower >= MAX_EXPLICIT:
        return None
    if upper > lower:
        ctx = current()
        ctx.met_numbers = True
        if ctx.whole_ranges:
            return None
    return range(lower, upper + 1)


def _sum_mono(ctx: Context, variables: Variables, mono: Mono) -> Form:
    names = frozenset(variables)
    outer = combined(tuple(p for p in mono if not p[0].free & names))
    inner = [p for p in mono if p[0].free & names]
    for atom, exponent in inner:
        if atom.head == "sum" and isinstance(exponent, int) and exponent > 0:
            opened = _opened_box(ctx, atom, variables, exponent)
            if opened is not None:
                more, bodies = opened
                rest = combined(tuple(p for p in inner if p[0] is not atom))
                return outer * sum_over(ctx, {**variables, **more}, product([rest, *bodies]))
    for atom, _ in inner:
        if atom.head == "eq":
            collapsed = _collapse(ctx, variables, atom, tuple(p for p in inner if p[0] is not atom))
            if collapsed is not None:
                return outer * collapsed
    parts = [outer]
    for component, atoms in _components(variables, inner):
        parts.append(_component(ctx, component, atoms))
    return product(parts)


def _collapse(ctx: Context, variables: Variables, indicator: Atom, rest: Mono) -> Form | None:
    """Σ_v 1[v = t] f(v) = f(t) for t in the range of v."""
    gap = indicator.args[0] - indicator.args[1]
    for name, bounds in variables.items():
        target = solved_for_index(ctx, gap, name)
        if target is None or not integer(target) or any(b.free & frozenset(variables) for b in bounds):
            continue
        remaining = {n: b for n, b in variables.items() if n != name}
        if any(name in b.free for v in remaining.values() for b in v):
            continue
        inside = within(ctx, target, bounds)
        return sum_over(ctx, remaining, substitute(combined(rest), {name: target}) * inside)
    return None


def solved_for_index(ctx: Context, gap: Form, name: str) -> Form | None:
    """t with gap = ±(name − t), where the index occurs once, alone."""
    mine = [(mono, c) for mono, c in gap if any(name in a.free for a, _ in mono)]
    if len(mine) != 1 or mine[0][1] not in (1, -1):
        return None
    mono, c = mine[0]
    if len(mono) != 1 or mono[0][0].head != "sym" or mono[0][1] != 1:
        return None
    rest = gap - Form({mono: c})
    return rest.scale(-c)


def within(ctx: Context, index: Form, bounds: Bounds) -> Form:
    """1[index in bounds]: 0 or 1 where that is known; else 1 under a condition, or indicators.

    The condition is on a free index, or on all values of a family whose set is not declared.
    """
    member = is_member(ctx, index, bounds)
    if member is not None:
        return ONE if member else ZERO
    gaps = [gap for gap in (index - bounds[0], bounds[1] - index) if not always_at_least(ctx, gap, 0)]
    one_sided = index.is_number and len(gaps) == 1
    condition = Condition("least", gaps[0]) if one_sided else Condition("member", index, bounds)
    if ctx.grant(condition) or _family_granted(ctx, index, bounds):
        return ONE
    return product(dispatch.rebuild(ctx, "least", (gap,)) for gap in gaps)


def _family_granted(ctx: Context, index: Form, bounds: Bounds) -> bool:
    """All values of the family lie within the bounds, as a condition."""
    lone = index.lone_atom
    if lone is None or lone.head != "idx" or lone.args[0] in ctx.value_sets or ctx.sealed:
        return False
    if any(is_bound(name) for bound in bounds for name in bound.free):
        return False
    condition = Condition("member", index, bounds)
    ctx.conditions[condition.key] = condition
    return True


def _components(variables: Variables, atoms: list[tuple[Atom, Exponent]]) -> list[tuple[Variables, Mono]]:
    """The variables grouped by the atoms (and ranges) that tie them together."""
    groups: list[set[str]] = [{name} | _tied(bounds, variables) for name, bounds in variables.items()]
    groups += [set(atom.free & variables.keys()) for atom, _ in atoms]
    merged: list[set[str]] = []
    for group in groups:
        touching = [m for m in merged if m & group]
        for m in touching:
            merged.remove(m)
            group = group | m
        merged.append(group)
    return [
        ({n: b for n, b in variables.items() if n in group}, tuple(p for p in atoms if p[0].free & group))
        for group in merged
    ]


def _tied(bounds: Bounds, variables: Variables) -> set[str]:
    return set((bounds[0].free | bounds[1].free) & variables.keys())


def _component(ctx: Context, variables: Variables, mono: Mono) -> Form:
    if len(variables) == 1:
        name, bounds = next(iter(variables.items()))
        known = _closed(ctx, name, bounds, mono)
        if known is not None:
            return known
    for fact in ctx.sum_facts:
        rewritten = fact(ctx, variables, mono)
        if rewritten is not None:
            return rewritten  # type: ignore[no-any-return]
    for law in (_counted, _apart, _triangular):
        rewritten = law(ctx, variables, mono)
        if rewritten is not None:
            return rewritten
    for name in variables:
        moved = _normal_range(ctx, variables, name, mono)
        if moved is not None:
            return moved
    return of(sum_atom(ctx, variables, mono))


def _closed(ctx: Context, name: str, bounds: Bounds, mono: Mono) -> Form | None:
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


def _counted(ctx: Context, variables: Variables, mono: Mono) -> Form | None:
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
            return sum_over(ctx, rest_variables, rest * size)
    return None


def _apart(ctx: Context, variables: Variables, mono: Mono) -> Form | None:
    """1/((i + a)(i + b)) = (1/(i + a) − 1/(i + b)) / (b − a), for numbers a ≠ b, and so for more linear factors."""
    for name in variables:
        index = ctx.index(name)
        linear = {p: _linear(_base(p[0]), index) for p in mono if p[1] == -1}
        offsets = {p: offset for p, offset in linear.items() if offset is not None}
        rest = tuple(p for p in mono if p not in offsets)
        if len(offsets) < 2 or len(set(offsets.values())) < len(offsets):
            continue
        parts = []
        for p, offset in offsets.items():
            slope = fmpq(1)
            for q, other in offsets.items():
                slope = slope * (other - offset) * _slope(q[0], index) if q != p else slope
            parts.append(combined((*rest, p)).scale(1 / slope))
        return total(sum_over(ctx, variables, part) for part in parts)
    return None


def _base(atom: Atom) -> Form:
    return atom.args[0] if atom.head == "poly" else of(atom)


def _slope(atom: Atom, index: Form) -> fmpq:
    return _base(atom).terms[next(iter(index.terms))]


def _linear(form: Form, index: Form) -> fmpq | None:
    """c of a form a (i + c) with rational numbers a ≠ 0 and c, for the index i."""
    slope = form.terms.get(next(iter(index.terms)))
    rest = form if slope is None else form - index.scale(slope)
    return None if slope is None or not rest.is_number else rest.number / slope


def _triangular(ctx: Context, variables: Variables, mono: Mono) -> Form | None:
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
            every, equal = sum_over(ctx, variables, body), sum_over(ctx, half, diagonal)
            return (every + equal if gap == 0 else every - equal).scale(fmpq(1, 2))
        if _look(ctx, first, variables, rest) > _look(ctx, second, variables, rest):
            lesser = dispatch.rebuild(ctx, "least", (-atom.args[0] - ONE,))
            return sum_over(ctx, variables, body) - sum_over(ctx, variables, body * lesser)
        if gap == -1:
            equal = dispatch.rebuild(ctx, "eq", (ctx.index(first), ctx.index(second)))
            lesser = dispatch.rebuild(ctx, "least", (atom.args[0] + ONE,))
            return sum_over(ctx, variables, body * lesser) - sum_over(ctx, variables, body * equal)
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


def _normal_range(ctx: Context, variables: Variables, name: str, mono: Mono) -> Form | None:
    """The sum with the range of one index in normal position, or None where it is."""
    lower, upper = variables[name]
    if any(name in b.free for v in variables.values() for b in v):
        return None
    body = Form({mono: ONE.number})
    places = _places(ctx, name, mono)
    index = ctx.index(name)
    if places and all(sign < 0 for sign, _ in places):
        return sum_over(ctx, variables, substitute(body, {name: lower + upper - index}))
    if len({sign for sign, _ in places}) == 2:
        return _forwards(ctx, variables, name, mono)
    low = lower.integer_value
    offsets = [offset for sign, offset in places if sign > 0 and offset is not None]
    symbolic = _symbolic_offset(ctx, name, mono) if not offsets else None
    if symbolic is not None:
        return _moved_sum(ctx, variables, name, body, (lower + symbolic, upper + symbolic), -symbolic)
    shift = -min(offsets) if offsets else (low - 1 if low is not None else 0)
    if shift:
        step = number(shift)
        return _moved_sum(ctx, variables, name, body, (lower - step, upper - step), step)
    if low is None:
        return _from_one(ctx, variables, name, body)
    if upper.is_number or low == 1 or abs(low - 1) > MAX_SPLIT:
        return _normal_upper(ctx, variables, name, body)
    missing = range(low, 1) if low < 1 else range(1, low)
    ends = _at(ctx, variables, name, body, [number(i) for i in missing])
    if ends is None:
        return _normal_upper(ctx, variables, name, body)
    if not granted_least(ctx, upper - number(max(low, 1) - 1)):
        return _normal_upper(ctx, variables, name, body)
    return _moved_sum(ctx, variables, name, body, (ONE, upper)) + (ends if low < 1 else -ends)


def _moved_sum(ctx: Context, variables: Variables, name: str, body: Form, bounds: Bounds, step: Form = ZERO) -> Form:
    """Σ over j in `bounds` of the body at name = j + step. A range belongs to its name for good, so j is a new one."""
    new = ctx.fresh(name, bounds)
    moved = {**{n: b for n, b in variables.items() if n != name}, new: bounds}
    return sum_over(ctx, moved, substitute(body, {name: ctx.index(new) + step}))


def _forwards(ctx: Context, variables: Variables, name: str, mono: Mono) -> Form | None:
    """Σ_i x[i] z[u − i] read from the end that gives the lesser key."""
    lower, upper = variables[name]
    turned = substitute(Form({mono: ONE.number}), {name: lower + upper - ctx.index(name)}).single
    if turned is None or turned[1] != 1:
        return None
    here, there = (sum_atom(ctx, variables, m) for m in (mono, turned[0]))
    return of(there) if there.key < here.key else None


def _from_one(ctx: Context, variables: Variables, name: str, body: Form) -> Form | None:
    """Σ_{i=l}^{u} = Σ_{i=1}^{u} − Σ_{i=1}^{l−1}, for 1 ≤ l ≤ u + 1."""
    lower, upper = variables[name]
    if any(is_bound(place) for place in lower.free) or not always_at_least(ctx, lower, 1):
        return None
    if not granted_least(ctx, upper - lower + ONE):
        return None
    parts = []
    for end in (upper, lower - ONE):
        parts.append(_moved_sum(ctx, variables, name, body, (ONE, end)))
    return parts[0] - parts[1]


def _normal_upper(ctx: Context, variables: Variables, name: str, body: Form) -> Form | None:
    lower, upper = variables[name]
    steps = steps_past(upper)
    if steps is None:
        return None
    extra, base, places = steps
    ends = _at(ctx, variables, name, body, places)
    if ends is None:
        return None
    if not granted_least(ctx, (base if extra > 0 else upper) - lower + ONE):
        return None
    return _moved_sum(ctx, variables, name, body, (lower, base)) + (ends if extra > 0 else -ends)


def steps_past(upper: Form) -> tuple[int, Form, list[Form]] | None:
    """For an upper bound base + c: c, base, and the places between them."""
    extra = upper.number
    if upper.is_number or extra == 0 or extra.q != 1 or abs(extra) > MAX_SPLIT:
        return None
    base, count = upper - number(extra), int(extra.p)
    steps = range(1, count + 1) if count > 0 else range(count + 1, 1)
    return count, base, [base + number(i) for i in steps]


def _at(ctx: Context, variables: Variables, name: str, body: Form, places: list[Form]) -> Form | None:
    """The terms at the given places, or None where one is undefined."""
    rest = {n: b for n, b in variables.items() if n != name}
    try:
        return total(sum_over(ctx, rest, substitute(body, {name: place})) for place in places)
    except OutsideTheories:
        return None


def _places(ctx: Context, name: str, mono: Mono) -> list[tuple[int, int | None]]:
    """(sign, offset) for each x[±i + c], f(i + c) and 1/(i + c) in the summand; None for a c that is not a number."""
    found: list[tuple[int, int | None]] = []
    index = ctx.index(name)

    def inside(form: Form) -> None:
        for inner, _ in form:
            for atom, _ in inner:
                if name in atom.free:
                    walk(atom)

    def argument(form: Form) -> None:
        linear = _linear(form, index)
        if linear is not None:
            found.append((1, int(linear.p // linear.q)))
        inside(form)

    def place(form: Form) -> None:
        for sign in (1, -1):
            rest = form - index.scale(sign)
            if name in form.free and name not in rest.free:
                found.append((sign, rest.integer_value if rest.is_number else None))
        inside(form)

    def walk(atom: Atom) -> None:
        _forms(atom.args, place if atom.head == "idx" else argument)

    for atom, exponent in mono:
        if atom.head == "sym" and name in atom.free and not (isinstance(exponent, int) and exponent > 0):
            found.append((1, 0))
        elif name in atom.free:
            walk(atom)
    return found


def _symbolic_offset(ctx: Context, name: str, mono: Mono) -> Form | None:
    """k where the index occurs in families only as i + k, with one k that is not a number and free of other indices."""
    found: set[Form] = set()

    def walk(atom: Atom) -> None:
        if atom.head == "idx":
            found.update(place - ctx.index(name) for place in atom.args[1] if name in place.free)
        _forms(atom.args, inside)

    def inside(form: Form) -> None:
        for inner in form.atoms():
            if name in inner.free:
                walk(inner)

    for atom, _ in mono:
        walk(atom)
    if len(found) != 1:
        return None
    offset = found.pop()
    return None if offset.is_number or any(is_bound(free) for free in offset.free) else offset


def _forms(args: tuple[object, ...], visit: Callable[[Form], None]) -> None:
    for arg in args:
        if isinstance(arg, Form):
            visit(arg)
        elif isinstance(arg, tuple):
            _forms(arg, visit)


def sum_atom(ctx: Context, variables: Variables, mono: Mono) -> Atom:
    """The atom of a connected sum, its indices named b⟨level⟩_0, b⟨level⟩_1, … in the order of the least key."""
    level = 1 + max((a.level for a, _ in mono), default=0)
    level = max(level, 1 + max((b.level for v in variables.values() for b in v), default=0))
    names = list(variables)
    best: tuple[str, tuple[tuple[str, Form, Form], ...], Form] | None = None
    for order in _orders(ctx, variables, mono):
        mapping = {n: bound_name(ctx, f"b{level}_{i}", variables[n]) for i, n in enumerate(order)}
        ranges = tuple(
            (f"b{level}_{i}", substitute(variables[n][0], mapping), substitute(variables[n][1], mapping))
            for i, n in enumerate(order)
        )
        key = ",".join(f"{low.key}..{high.key}" for _, low, high in ranges)
        with ctx.seal():
            body = substitute(Form({mono: ONE.number}), mapping)
        key = f"{key}:{body.key}"
        if best is None or key < best[0]:
            best = key, ranges, body
    if best is None:
        raise OutsideTheories("a sum without an index")
    _, ranges, body = best
    free = frozenset().union(*(a.free for a, _ in mono), *(b.free for v in variables.values() for b in v)) - set(names)
    filled = all(always_at_least(ctx, upper - lower, 0) for lower, upper in variables.values())
    return Atom(
        "sum", (ranges, body), free=free, level=level, positive=filled and positive(body),
        nonnegative=nonnegative(body), real=real(body), integer=integer(body),
    )  # fmt: skip


def _orders(ctx: Context, variables: Variables, mono: Mono) -> Iterator[tuple[str, ...]]:
    """The orders of the indices that agree with how each occurs; more than one where some occur alike."""
    if len(variables) == 1:
        yield tuple(variables)
        return
    alike: dict[str, list[str]] = {}
    for name in variables:
        alike.setdefault(_look(ctx, name, variables, mono), []).append(name)
    groups = [alike[look] for look in sorted(alike)]
    if any(len(group) > MAX_ALIKE for group in groups):
        raise OutsideTheories(f"a sum over more than {MAX_ALIKE} indices that occur alike")
    for order in cartesian(*(permutations(group) for group in groups)):
        yield tuple(name for group in order for name in group)


def _look(ctx: Context, name: str, variables: Variables, mono: Mono) -> str:
    """How an index occurs, with the names of all indices masked."""

    def masked(text: str) -> str:
        for other in variables:
            text = text.replace(f"sym({other})", "@" if other == name else "_")
        return _symmetric_look(ctx, text) if ctx.symmetric else text

    lower, upper = variables[name]
    return "|".join([masked(lower.key), masked(upper.key), *sorted(masked(f"{a.key}^{e}") for a, e in mono)])


def _symmetric_look(ctx: Context, text: str) -> str:
    """The last two indices of members of symmetric families, whose order came from the names, in the order they look.

    Only indices that are symbols or numbers are put in order: of others the names may stay to be seen, and what is
    alike may look different, so that equal sums may get different forms.
    """
    for family in sorted(ctx.symmetric):
        text = re.sub(
            rf"(idx\({re.escape(family)},\[(?:[^\[\]]*,)?)({_INDEX_LOOK}),({_INDEX_LOOK})\]",
            lambda found: found[1] + ",".join(sorted((found[2], found[3]))) + "]",
            text,
        )
    return text


_INDEX_LOOK = r"[^\[\],]+"


def bound_name(ctx: Context, name: str, bounds: Bounds) -> Form:
    ctx.ranges[name] = bounds
    ctx.expressions.pop(name, None)
    return ctx.index(name)


def opened(ctx: Context, atom: Atom) -> tuple[Variables, Form]:
    """The indices, under new names, and the body of a sum or product atom."""
    ranges, body = atom.args
    mapping: dict[str, Form] = {}
    variables: Variables = {}
    for name, lower, upper in ranges:
        bounds = (substitute(lower, mapping), substitute(upper, mapping))
        new = ctx.fresh(f"s:{_letter(name)}", bounds)
        variables[new] = bounds
        mapping[name] = ctx.index(new)
    with ctx.seal():
        return variables, substitute(body, mapping)


def _letter(name: str) -> str:
    return "ijlmrst"[int(name.split("_")[1]) % 7]


def _opened_box(ctx: Context, atom: Atom, variables: Variables, copies: int) -> tuple[Variables, list[Form]] | None:
    """Copies of a sum to merge with the sum around it; ranges that depend on its indices become indicators."""
    more: Variables = {}
    bodies: list[Form] = []
    for _ in range(copies):
        inner, body = opened(ctx, atom)
        for name, bounds in inner.items():
            boxed = _boxed(ctx, name, bounds, variables)
            if boxed is None:
                return None
            box, within_box = boxed
            new = ctx.fresh(name, box)
            more[new] = box
            factor = product(dispatch.rebuild(ctx, "least", (gap(ctx.index(new)),)) for gap in within_box)
            body = substitute(body, {name: ctx.index(new)}) * factor
        bodies.append(body)
    return more, bodies


Gap = Callable[[Form], Form]
"""Of an index, what must not be negative."""


def _boxed(ctx: Context, name: str, bounds: Bounds, variables: Variables) -> tuple[Bounds, list[Gap]] | None:
    """Σ_{j=l}^{i+c} over i ≤ u as Σ_{j=l}^{u+c} 1[j ≤ i+c]: the range l..u+c, and the gaps i + c − j."""
    lower, upper = bounds
    gaps: list[Gap] = []
    for outer, (low, high) in variables.items():
        if outer in upper.free:
            rest = upper - ctx.index(outer)
            if outer in rest.free or not always_at_least(ctx, upper - lower + ONE, 0):
                return None
            gaps.append(lambda index, end=upper: end - index)  # type: ignore[misc]
            upper = high + rest
        if outer in lower.free:
            rest = lower - ctx.index(outer)
            if outer in rest.free or not always_at_least(ctx, upper - lower + ONE, 0):
                return None
            gaps.append(lambda index, end=lower: index - end)  # type: ignore[misc]
            lower = low + rest
    return (lower, upper), gaps


@binder("sum")
def _(ctx: Context, atom: Atom, change: dispatch.Derivation) -> Form:
    return sum_over(ctx, *changed(ctx, atom, change))


def changed(ctx: Context, atom: Atom, change: dispatch.Derivation) -> tuple[Variables, Form]:
    variables, body = opened(ctx, atom)
    for name, (lower, upper) in variables.items():
        variables[name] = ctx.ranges[name] = (change(lower), change(upper))
    return variables, change(body)


@deriver("sum")
def _(ctx: Context, atom: Atom, derive: dispatch.Derivation) -> Form:
    variables, body = opened(ctx, atom)
    for bounds in variables.values():
        for bound in bounds:
            if derive(bound):
                raise OutsideTheories("a derivative by what a sum's bound depends on")
    return sum_over(ctx, variables, derive(body))


@printer("sum")
def _(ctx: Context, atom: Atom) -> Basic:
    return Sum(printed_body(ctx, atom), *limits_of(ctx, atom))


def limits_of(ctx: Context, atom: Atom) -> list[tuple[Basic, ...]]:
    return [
        (dispatch.PRINTERS["sym"](ctx, Atom("sym", (name,))), dispatch.to_sympy(ctx, low), dispatch.to_sympy(ctx, high))
        for name, low, high in reversed(atom.args[0])
    ]


def printed_body(ctx: Context, atom: Atom) -> Basic:
    return dispatch.to_sympy(ctx, atom.args[1])
