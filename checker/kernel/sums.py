"""Finite sums over index sets whose sizes are symbols.

    Σ (a f + b g)          = a Σ f + b Σ g            a, b free of the index
    Σ_i Σ_j f(i,j)         one sum over {i, j}, its indices named by canonical order; independent factors separate
    Σ_{i=l}^{u} 1[i=t] f(i)= f(t)                     t in l..u, else 0
    Σ_i Σ_{j≤i} f          = Σ_{i,j} 1[j≤i] f

A summand is reduced to one fraction before anything is split. Closed forms and other laws are in `summation`, the
position of a range in `ranges`, the names of indices in `binding`.
"""

from __future__ import annotations

from itertools import chain

from sympy import Basic, Sum

from checker.kernel import dispatch
from checker.kernel.binding import (
    Bounds,
    Variables,
    changed,
    explicit_range,
    limits_of,
    opened,
    opened_box,
    printed_body,
    solved_for_index,
    sum_atom,
)  # fmt: skip
from checker.kernel.context import SUMS, Condition, Context, is_bound
from checker.kernel.dispatch import binder, deriver, form_of, head, printer, substitute
from checker.kernel.field import reduced
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
from checker.kernel.indices import always_at_least, is_member
from checker.kernel.positivity import integer
from checker.kernel.ranges import normal_range
from checker.kernel.summation import LAWS, closed


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


def _sum_mono(ctx: Context, variables: Variables, mono: Mono) -> Form:
    names = frozenset(variables)
    outer = combined(tuple(p for p in mono if not p[0].free & names))
    inner = [p for p in mono if p[0].free & names]
    for atom, exponent in inner:
        if atom.head == "sum" and isinstance(exponent, int) and exponent > 0:
            opened = opened_box(ctx, atom, variables, exponent)
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
        known = closed(ctx, name, bounds, mono)
        if known is not None:
            return known
    for fact in ctx.sum_facts:
        rewritten = fact(ctx, variables, mono)
        if rewritten is not None:
            return rewritten  # type: ignore[no-any-return]
    laws = (law(ctx, variables, mono) for law in LAWS)
    moves = (normal_range(ctx, variables, name, mono) for name in variables)
    for summands in chain(laws, moves):
        if summands is not None:
            return total(sum_over(ctx, *each) for each in summands)
    return of(sum_atom(ctx, variables, mono))


@binder("sum")
def _(ctx: Context, atom: Atom, change: dispatch.Derivation) -> Form:
    return sum_over(ctx, *changed(ctx, atom, change))


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
