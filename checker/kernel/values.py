"""Names that take one of a few numbers: y in {0, 1}, a family y_i in {−1, 1}, or y y = 1 given as a fact.

f(y)      = f(w) + Σ_{v ≠ w} 1[y=v] (f(v) − f(w))      y one of the numbers v, w the last of them
Π_v (y − v) = 0, given                                   y is one of the numbers v

So written, what is a function of y is one polynomial in the indicators 1[y=v], v ≠ w, and has no other y in it: under
sums over the index of a family, in exponents, and as an index. A fact about a family says it of the members in its
index set only. This is tried where the plain normal forms differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flint import fmpq
from sympy import And, Basic, Eq

from checker.kernel import dispatch
from checker.kernel.binding import opened
from checker.kernel.context import FACTS, INDICATORS, Context
from checker.kernel.dispatch import form_of
from checker.kernel.form import ONE, Atom, Form, Mono, OutsideTheories, factors, number, of, total
from checker.kernel.indicators import equal
from checker.kernel.indices import is_member
from checker.kernel.sums import sum_over

MAX_VALUES = 4
MAX_NAMES = 4
"""How many names one product is split by."""


@dataclass(frozen=True)
class Few:
    """The values of a name; of a family at `indices` only, where a fact says it, with free index symbols for all."""

    values: tuple[fmpq, ...]
    indices: tuple[Form, ...] | None = None
    fact: Basic | None = None


def few(bounds: tuple[Form, Form], only: tuple[int, ...]) -> Few | None:
    """The values of a small numeric set."""
    lower, upper = bounds[0].integer_value, bounds[1].integer_value
    if lower is None or upper is None or not (only or upper - lower < MAX_VALUES):
        return None
    values = only or tuple(range(lower, upper + 1))
    return Few(tuple(map(fmpq, values))) if 0 < len(values) <= MAX_VALUES else None


def few_by_fact(ctx: Context, fact: Basic) -> Iterator[tuple[str, Few]]:
    """The names that a fact restricts to a few values, as y y = 1 does; none where it is about tied indices only."""
    if isinstance(fact, And):
        for part in fact.args:
            yield from few_by_fact(ctx, part)
    if not isinstance(fact, Eq):
        return
    try:
        with ctx.quiet():
            gap = form_of(ctx, fact.lhs) - form_of(ctx, fact.rhs)
    except OutsideTheories:
        return
    if ctx.tied(fact, gap):
        return
    atoms = gap.atoms()
    atom = next(iter(atoms)) if len(atoms) == 1 else None
    if atom is None or atom.head not in ("sym", "idx") or any(not _natural(m) for m in gap.terms):
        return
    roots = _roots(gap)
    if roots is not None and 1 < len(roots) <= MAX_VALUES:
        yield atom.args[0], Few(roots, atom.args[1] if atom.head == "idx" else None, fact)


def _natural(mono: Mono) -> bool:
    return all(isinstance(e, int) and 0 < e <= 2 * MAX_VALUES for _, e in mono)


def _roots(form: Form) -> tuple[fmpq, ...] | None:
    """The roots of a polynomial in one atom, where all of them are rational."""
    _, mono, parts = factors(form)
    roots = {fmpq(0)} if mono else set()
    for factor, _ in parts:
        slope = factor - number(factor.number)
        single = slope.single
        if single is None or len(single[0]) != 1 or single[0][0][1] != 1:
            return None
        roots.add(-factor.number / single[1])
    return tuple(sorted(roots))


def split(ctx: Context, form: Form) -> Form:
    """The form with every name of few values in indicators of its values."""
    form = total(_split(ctx, mono, frozenset()).scale(c) for mono, c in form)
    return dispatch.rewrite(form, lambda atom: _split_sum(ctx, atom) if atom.head == "sum" else None)


def _split_sum(ctx: Context, atom: Atom) -> Form:
    variables, body = opened(ctx, atom)
    changed = split(ctx, body)
    return of(atom) if changed == body else sum_over(ctx, variables, changed)


def _split(ctx: Context, mono: Mono, done: frozenset[Atom]) -> Form:
    ctx.step()
    whole = Form({mono: ONE.number})
    target = next((atom for atom in _targets(ctx, mono) if atom not in done), None)
    if target is None or len(done) >= MAX_NAMES:
        return whole
    known = _few(ctx, target)
    if known is None:
        return whole
    ctx.use(INDICATORS)
    if known.fact is not None:
        ctx.use(FACTS)
        ctx.trusts[("fact", known.fact)] = None
    at = [_at(ctx, whole, target, value, done) for value in known.values]
    parts = [equal(of(target), number(v)) * (f - at[-1]) for v, f in zip(known.values[:-1], at[:-1], strict=True)]
    return total([at[-1], *parts])


def _at(ctx: Context, form: Form, target: Atom, value: fmpq, done: frozenset[Atom]) -> Form:
    """The form with the number in place of the name, split by the other names."""
    replaced = dispatch.rewrite(form, {target: number(value)}.get)
    return total(_split(ctx, mono, done | {target}).scale(c) for mono, c in replaced)


def _targets(ctx: Context, mono: Mono) -> list[Atom]:
    found: dict[Atom, None] = {}
    for atom, _ in mono:
        _collect(ctx, atom, found)
    return sorted(found, key=lambda atom: atom.key)


def _collect(ctx: Context, arg: object, found: dict[Atom, None]) -> None:
    """The names of few values in an atom, at any depth; not those of an index that is bound inside it."""
    if isinstance(arg, Atom):
        named = arg.head in ("sym", "idx") and arg.args[0] in ctx.few
        if named and all(":" in name for name in arg.free) and _few(ctx, arg) is not None:
            found[arg] = None
        _collect(ctx, arg.args, found)
    elif isinstance(arg, Form):
        for atom in arg.atoms():
            _collect(ctx, atom, found)
    elif isinstance(arg, tuple):
        for item in arg:
            _collect(ctx, item, found)


def _few(ctx: Context, atom: Atom) -> Few | None:
    known: Few | None = ctx.few.get(atom.args[0])
    if known is None or known.indices is None:
        return known
    if len(known.indices) != len(atom.args[1]):
        return None
    mapping: dict[str, Form] = {}
    for want, have in zip(known.indices, atom.args[1], strict=True):
        lone = want.lone_atom
        if lone is not None and lone.head == "sym" and lone.args[0] in ctx.free_indices:
            if mapping.setdefault(lone.args[0], have) != have:
                return None
        elif want.free & ctx.free_indices or want != have:
            return None
    inside = (have == ctx.index(n) or is_member(ctx, have, ctx.ranges[n]) for n, have in mapping.items())
    return known if all(inside) else None
