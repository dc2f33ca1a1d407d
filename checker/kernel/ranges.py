"""Ranges in normal position: shifted so that the least offset in f(x[i+c]) is zero, else from one, and up to a size.

Σ_{i=l}^{u} f(i)       = Σ_{i=l−c}^{u−c} f(i+c)
Σ_{i=l}^{u} x[c−i]     = Σ_{i=l}^{u} x[c−l−u+i]
Σ_{i=1}^{n+1} f(i)     = Σ_{i=1}^{n} f(i) + f(n+1)            n + 1 ≥ 1, a condition
Σ_{i=l}^{u} f(i)       = Σ_{i=1}^{u} f(i) − Σ_{i=1}^{l−1} f(i)      1 ≤ l ≤ u + 1
"""

from __future__ import annotations

from collections.abc import Callable

from checker.kernel.binding import Bounds, Variables, linear, sum_atom
from checker.kernel.context import Context, is_bound
from checker.kernel.dispatch import substitute
from checker.kernel.form import ONE, ZERO, Atom, Form, Mono, OutsideTheories, number, of
from checker.kernel.indices import always_at_least, granted_least
from checker.kernel.summation import Summands

MAX_SPLIT = 8


def normal_range(ctx: Context, variables: Variables, name: str, mono: Mono) -> Summands | None:
    """The sums that a sum is with the range of one index in normal position, or None where it is."""
    lower, upper = variables[name]
    if any(name in b.free for v in variables.values() for b in v):
        return None
    body = Form({mono: ONE.number})
    places = _places(ctx, name, mono)
    index = ctx.index(name)
    if places and all(sign < 0 for sign, _ in places):
        return [(variables, substitute(body, {name: lower + upper - index}))]
    if len({sign for sign, _ in places}) == 2:
        return _forwards(ctx, variables, name, mono)
    low = lower.integer_value
    offsets = [offset for sign, offset in places if sign > 0 and offset is not None]
    symbolic = _symbolic_offset(ctx, name, mono) if not offsets else None
    if symbolic is not None:
        return [_moved(ctx, variables, name, body, (lower + symbolic, upper + symbolic), -symbolic)]
    shift = -min(offsets) if offsets else (low - 1 if low is not None else 0)
    if shift:
        step = number(shift)
        return [_moved(ctx, variables, name, body, (lower - step, upper - step), step)]
    if low is None:
        return _from_one(ctx, variables, name, body)
    if upper.is_number or low == 1 or abs(low - 1) > MAX_SPLIT:
        return _normal_upper(ctx, variables, name, body)
    missing = range(low, 1) if low < 1 else range(1, low)
    ends = _at(variables, name, body, [number(i) for i in missing])
    if ends is None:
        return _normal_upper(ctx, variables, name, body)
    if not granted_least(ctx, upper - number(max(low, 1) - 1)):
        return _normal_upper(ctx, variables, name, body)
    return [_moved(ctx, variables, name, body, (ONE, upper)), *(ends if low < 1 else _negative(ends))]


def _moved(
    ctx: Context, variables: Variables, name: str, body: Form, bounds: Bounds, step: Form = ZERO
) -> tuple[Variables, Form]:
    """Σ over j in `bounds` of the body at name = j + step. A range belongs to its name for good, so j is a new one."""
    new = ctx.fresh(name, bounds)
    moved = {**{n: b for n, b in variables.items() if n != name}, new: bounds}
    return moved, substitute(body, {name: ctx.index(new) + step})


def _negative(summands: Summands) -> Summands:
    return [(variables, -form) for variables, form in summands]


def _forwards(ctx: Context, variables: Variables, name: str, mono: Mono) -> Summands | None:
    """Σ_i x[i] z[u − i] read from the end that gives the lesser key."""
    lower, upper = variables[name]
    turned = substitute(Form({mono: ONE.number}), {name: lower + upper - ctx.index(name)}).single
    if turned is None or turned[1] != 1:
        return None
    here, there = (sum_atom(ctx, variables, m) for m in (mono, turned[0]))
    return [({}, of(there))] if there.key < here.key else None


def _from_one(ctx: Context, variables: Variables, name: str, body: Form) -> Summands | None:
    """Σ_{i=l}^{u} = Σ_{i=1}^{u} − Σ_{i=1}^{l−1}, for 1 ≤ l ≤ u + 1."""
    lower, upper = variables[name]
    if any(is_bound(place) for place in lower.free) or not always_at_least(ctx, lower, 1):
        return None
    if not granted_least(ctx, upper - lower + ONE):
        return None
    whole, before = (_moved(ctx, variables, name, body, (ONE, end)) for end in (upper, lower - ONE))
    return [whole, *_negative([before])]


def _normal_upper(ctx: Context, variables: Variables, name: str, body: Form) -> Summands | None:
    lower, upper = variables[name]
    steps = steps_past(upper)
    if steps is None:
        return None
    extra, base, places = steps
    ends = _at(variables, name, body, places)
    if ends is None:
        return None
    if not granted_least(ctx, (base if extra > 0 else upper) - lower + ONE):
        return None
    return [_moved(ctx, variables, name, body, (lower, base)), *(ends if extra > 0 else _negative(ends))]


def steps_past(upper: Form) -> tuple[int, Form, list[Form]] | None:
    """For an upper bound base + c: c, base, and the places between them."""
    extra = upper.number
    if upper.is_number or extra == 0 or extra.q != 1 or abs(extra) > MAX_SPLIT:
        return None
    base, count = upper - number(extra), int(extra.p)
    steps = range(1, count + 1) if count > 0 else range(count + 1, 1)
    return count, base, [base + number(i) for i in steps]


def _at(variables: Variables, name: str, body: Form, places: list[Form]) -> Summands | None:
    """The terms at the given places, or None where one is undefined."""
    rest = {n: b for n, b in variables.items() if n != name}
    try:
        return [(rest, substitute(body, {name: place})) for place in places]
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
        offset = linear(form, index)
        if offset is not None:
            found.append((1, int(offset.p // offset.q)))
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
