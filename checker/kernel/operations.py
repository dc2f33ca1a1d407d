"""Named operations: what one equation that holds gives besides what it can be solved for.

h_j = 0 for every j in S                          Σ_{j∈S} h_j = 0;  Σ_{j∈S} g_ij h_j = 0 for a given family g
p_k t + q_k = 0 for every k in S                  p_j q_k = p_k q_j for j in S
a = b, both positive                              log a = log b;  log a = b gives a = exp b
a t^k = b, t positive, or k odd                   t is the root of b/a
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from checker.kernel import dispatch
from checker.kernel.binding import opened
from checker.kernel.context import Context
from checker.kernel.field import inverse, reduced
from checker.kernel.form import ONE, Atom, Form, combined, of
from checker.kernel.hypotheses import Equation, Search, linear_atoms, split_off
from checker.kernel.positivity import holds_at, index_matches, nonzero, positive
from checker.kernel.sums import sum_over

SHORT = 4
"""Terms of an equation that is summed over an index which the conclusion has, as λα_k = n_k for the total of α: the
total of a longer one is seldom of use there, and the search is long without it."""


@dataclass(frozen=True)
class Learnt:
    """A new equation, and what it shows to be positive; whether it is of use only where rules make it simpler."""

    equation: Equation
    positive: Form | None = None
    weighted: bool = False


def consequences(search: Search, equation: Equation, known: list[Equation], goal: Form) -> Iterator[Learnt]:
    ctx = search.ctx
    form = equation.form
    for name in sorted(form.free & ctx.free_indices):
        if equation.pointwise or _others_depend(ctx, name, form):
            continue
        if name in goal.free and len(form) > SHORT:
            continue
        summed = sum_over(ctx, *_opened(ctx, name, form))
        yield Learnt(replace(equation, form=summed))
    yield from _multiplied(ctx, equation, known)
    yield from _at_another_index(ctx, equation, goal)
    yield from _exponentials(search, equation)
    yield from _logarithms(search, equation, goal)
    yield from _roots(search, equation, goal)


def _opened(ctx: Context, name: str, form: Form) -> tuple[dict[str, tuple[Form, Form]], Form]:
    bounds = ctx.ranges[name]
    new = ctx.fresh(name, bounds)
    return {new: bounds}, dispatch.substitute(form, {name: ctx.index(new)})


def _others_depend(ctx: Context, name: str, form: Form) -> bool:
    """The set of another index symbol depends on this one, so that not all pairs of their values are meant."""
    return any(name in bound.free for other in form.free & ctx.free_indices for bound in ctx.ranges[other])


def _multiplied(ctx: Context, equation: Equation, known: list[Equation]) -> Iterator[Learnt]:
    """Σ_j g_ij h_j = 0, for an inverse g of which another equation says that Σ_j g_ij a_jk = 1[i=k]."""
    if equation.pointwise:
        return
    tried: set[str] = set()
    for name in sorted(equation.form.free & ctx.free_indices):
        if _others_depend(ctx, name, equation.form):
            continue
        for other in known:
            for sums in linear_atoms(other.form) if _tells_inverse(ctx, other) else ():
                for new, family in _weights(ctx, sums, name):
                    bounds = ctx.ranges[new]
                    key = dispatch.substitute(family, {new: ctx.index(name)}).key
                    if key in tried:
                        continue
                    tried.add(key)
                    moved = dispatch.substitute(equation.form, {name: ctx.index(new)})
                    yield Learnt(replace(equation, form=sum_over(ctx, {new: bounds}, family * moved)), weighted=True)


def _at_another_index(ctx: Context, equation: Equation, goal: Form) -> Iterator[Learnt]:
    """The equation at one value of its index symbols and at another, without a name that both have and the goal not.

    n_k/α_k = λ for every k gives n_k α_j = n_j α_k, also where λ may vanish.
    """
    if not equation.general(ctx):
        return
    for atom in linear_atoms(equation.form):
        if atom.head != "sym" or atom.key in goal.key or atom.free & ctx.free_indices:
            continue
        slope, rest = split_off(equation.form, atom)
        for mapping in index_matches(ctx, equation.form, goal):
            moved = {name: index for name, index in mapping.items() if index != ctx.index(name)}
            if moved and holds_at(ctx, equation.form.free, moved):
                there, others = (dispatch.substitute(each, moved) for each in (slope, rest))
                yield Learnt(replace(equation, form=rest * there - slope * others))


def _tells_inverse(ctx: Context, equation: Equation) -> bool:
    """The equation is about 1[i=k] for all i and k, as Σ_j g_ij a_jk = 1[i=k]."""
    return equation.general(ctx) and any(
        a.head == "eq" and len(a.free & ctx.free_indices) == 2 for a in equation.form.atoms()
    )


def _weights(ctx: Context, sums: Atom, name: str) -> Iterator[tuple[str, Form]]:
    """Members g[i, j] of families in a sum over j, j over the set of the index of that name, i a free index."""
    if sums.head != "sum" or len(sums.args[0]) > 3:
        return
    variables, body = opened(ctx, sums)
    for new, bounds in variables.items():
        if bounds != ctx.ranges[name]:
            continue
        for atom in sorted(body.atoms(), key=lambda a: a.key):
            places = {i.lone_atom for i in atom.args[1]} if atom.head == "idx" else set()
            names = {a.args[0] for a in places if a is not None and a.head == "sym"}
            if len(places) == len(names) > 1 and new in names and names - {new} <= ctx.free_indices:
                yield new, of(atom)


def _exponentials(search: Search, equation: Equation) -> Iterator[Learnt]:
    """c·log a + b = 0 gives a = exp(−b/c): the line is real and defined, so a > 0."""
    logs = [a for a in equation.form.atoms() if a.head == "log"]
    for log in logs[:3]:
        single = [(m, c) for m, c in equation.form if any(a == log for a, _ in m)]
        if len(single) == 1 and len(single[0][0]) == 1 and single[0][0][0][1] == 1:
            rest = equation.form - Form(dict(single))
            scaled = rest.scale(-1 / single[0][1])
            if positive(log.args[0]) or log.real:
                exponential = dispatch.BUILDERS["exp"](search.ctx, (scaled,))
                yield Learnt(replace(equation, form=log.args[0] - exponential))
    if len(logs) > 1:
        collected = [(m, c) for m, c in equation.form if len(m) == 1 and m[0][0].head == "log" and m[0][1] == 1]
        if collected and all(m[0][0].real for m, _ in collected):
            inside = Form(dict(collected))
            rest = equation.form - inside
            both = [dispatch.BUILDERS["exp"](search.ctx, (side,)) for side in (inside, -rest)]
            gap = both[0] - both[1]
            yield Learnt(replace(equation, form=gap))


def _logarithms(search: Search, equation: Equation, goal: Form) -> Iterator[Learnt]:
    """a = b with both sides positive gives log a = log b."""
    if not any(a.head == "exp" for a in equation.form.atoms()) and "log(" not in goal.key:
        return
    above = Form({m: c for m, c in equation.form if c > 0})
    below = -Form({m: c for m, c in equation.form if c < 0})
    if above and below and positive(above) and positive(below):
        log = dispatch.BUILDERS["log"]
        yield Learnt(replace(equation, form=log(search.ctx, (above,)) - log(search.ctx, (below,))))


def _roots(search: Search, equation: Equation, goal: Form) -> Iterator[Learnt]:
    """a t² = b with t positive and a ≠ 0 gives t = √(b/a), which is positive; and so for other powers.

    An odd power is one to one on the reals, so that t³ = b³ gives t = b for any real t and b.
    """
    if equation.pointwise:
        return
    yield from _odd_roots(search, equation)
    for atom in sorted(equation.form.atoms(), key=lambda a: a.key):
        if atom.head not in ("sym", "idx", "sum", "exp") or not atom.positive:
            continue
        powers = {e for m in equation.form.terms for a, e in m if a == atom}
        if len(powers) != 1 or next(iter(powers)) == 1:
            continue
        slope, rest = split_off(equation.form, atom)
        if not nonzero(slope) or any(atom.key in a.key for a in (slope.atoms() | rest.atoms())):
            continue
        value = -rest * inverse(slope)
        search.ctx.positives.append(value)
        try:
            rooted = dispatch.power(search.ctx, value, 1 / Fraction(next(iter(powers))))
        finally:
            search.ctx.positives.pop()
        yield Learnt(replace(equation, form=of(atom) - rooted), value)


def _odd_roots(search: Search, equation: Equation) -> Iterator[Learnt]:
    for atom in sorted(equation.form.atoms(), key=lambda a: a.key):
        powers = {e for m in equation.form.terms for a, e in m if a == atom}
        exponent = next(iter(powers))
        if not atom.real or len(powers) != 1 or not isinstance(exponent, int) or exponent % 2 == 0 or exponent < 3:
            continue
        slope, rest = split_off(equation.form, atom)
        value = reduced(-rest * inverse(slope)).single if nonzero(slope) else None
        if value is None:
            continue
        if positive(Form(dict([value]))):
            rooted = dispatch.power(search.ctx, Form(dict([value])), Fraction(1, exponent))
            yield Learnt(replace(equation, form=of(atom) - rooted))
            continue
        if not all(a.real and isinstance(e, int) and e % exponent == 0 for a, e in value[0]):
            continue
        c, whole = value[1], Fraction(1, exponent)
        size = dispatch.power(search.ctx, ONE.scale(abs(c)), whole)
        base = combined(tuple((a, e // exponent) for a, e in value[0]))
        yield Learnt(replace(equation, form=of(atom) - base * (size if c > 0 else -size)))
