"""Bound indices: under which names sums are opened and closed, and the box that holds dependent ranges.

Closed, the indices of a sum or product are named b⟨level⟩_0, b⟨level⟩_1, … in the order that gives the least key, so
that equal sums are one atom; opened, each gets a new name, to which its range belongs for good.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import permutations
from itertools import product as cartesian

from flint import fmpq
from sympy import Basic

from checker.kernel import dispatch
from checker.kernel.context import Context, current
from checker.kernel.dispatch import substitute
from checker.kernel.form import ONE, Atom, Form, Mono, OutsideTheories, product
from checker.kernel.indices import always_at_least
from checker.kernel.positivity import integer, nonnegative, positive, real

Bounds = tuple[Form, Form]
Variables = dict[str, Bounds]

MAX_EXPLICIT = 64
MAX_ALIKE = 4


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


def linear(form: Form, index: Form) -> fmpq | None:
    """c of a form a (i + c) with rational numbers a ≠ 0 and c, for the index i."""
    slope = form.terms.get(next(iter(index.terms)))
    rest = form if slope is None else form - index.scale(slope)
    return None if slope is None or not rest.is_number else rest.number / slope


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
        alike.setdefault(look(ctx, name, variables, mono), []).append(name)
    groups = [alike[look] for look in sorted(alike)]
    if any(len(group) > MAX_ALIKE for group in groups):
        raise OutsideTheories(f"a sum over more than {MAX_ALIKE} indices that occur alike")
    for order in cartesian(*(permutations(group) for group in groups)):
        yield tuple(name for group in order for name in group)


def look(ctx: Context, name: str, variables: Variables, mono: Mono) -> str:
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


def changed(ctx: Context, atom: Atom, change: dispatch.Derivation) -> tuple[Variables, Form]:
    variables, body = opened(ctx, atom)
    for name, (lower, upper) in variables.items():
        variables[name] = ctx.ranges[name] = (change(lower), change(upper))
    return variables, change(body)


def opened_box(ctx: Context, atom: Atom, variables: Variables, copies: int) -> tuple[Variables, list[Form]] | None:
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


def limits_of(ctx: Context, atom: Atom) -> list[tuple[Basic, ...]]:
    return [
        (dispatch.PRINTERS["sym"](ctx, Atom("sym", (name,))), dispatch.to_sympy(ctx, low), dispatch.to_sympy(ctx, high))
        for name, low, high in reversed(atom.args[0])
    ]


def printed_body(ctx: Context, atom: Atom) -> Basic:
    return dispatch.to_sympy(ctx, atom.args[1])
