"""Families that a fact says are inverses of matrices.

    Σ_l G_il A_lj = 1[i = j]  or  Σ_l A_il G_lj = 1[i = j]  for all i, j, l from 1 to n

Such a family is a function of the matrix: ∂G_ij = −Σ_rc G_ir ∂A_rc G_cj. And A f = 0 only where f = 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sympy import Basic, Eq, Expr, Indexed, Mul, Sum, Symbol

from checker.derivation import IndexSet
from checker.expressions import Indicator
from checker.kernel.context import FACTS, Context
from checker.kernel.dispatch import form_of, substitute
from checker.kernel.form import ONE, Form, OutsideTheories
from checker.kernel.positivity import holds_at
from checker.kernel.sums import sum_over

ROW, COLUMN = "place:row of a matrix", "place:column of a matrix"
"""The names of the indices in the entry of a matrix."""


@dataclass(frozen=True)
class Inverse:
    """family[leading, r, c] is an entry of the inverse of the matrix `entry`, whose indices are ROW and COLUMN.

    leading: names of free index symbols; it holds for all values of their sets.
    """

    family: str
    leading: tuple[str, ...]
    entry: Form
    size: Form
    fact: Basic

    def trust(self, ctx: Context) -> None:
        """Note that a proof rests on the fact. Raises OutsideTheories where facts are not to be used."""
        if not ctx.allows(FACTS):
            raise OutsideTheories("an inverse, by a rule that uses no facts")
        ctx.use(FACTS)
        ctx.trusts[("fact", self.fact)] = None

    def matrix_at(self, ctx: Context, leading: tuple[Form, ...], row: Form, column: Form) -> Form | None:
        """An entry of the matrix; None where the fact does not speak of these leading indices."""
        if len(leading) != len(self.leading):
            return None
        places = dict(zip(self.leading, leading, strict=True))
        if not holds_at(ctx, frozenset(self.leading), places):
            return None
        return substitute(self.entry, {**places, ROW: row, COLUMN: column})


def inverses(ctx: Context) -> Iterator[Inverse]:
    """What the facts say are inverses; nothing where indices are tied, since facts then hold at some of them only."""
    if ctx.ties:
        return
    for fact in ctx.givens.facts:
        yield from _read(ctx, fact)


def _read(ctx: Context, fact: Basic) -> Iterator[Inverse]:
    if not (isinstance(fact, Eq) and isinstance(fact.lhs, Sum) and isinstance(fact.rhs, Indicator)):
        return
    condition, limits = fact.rhs.condition, fact.lhs.limits
    if not isinstance(condition, Eq) or len(limits) != 1 or len(limits[0]) != 3:
        return
    (inner, lower, upper), ends = limits[0], condition.args
    if len({inner, *ends}) < 3 or not all(isinstance(end, Symbol) for end in ends):
        return
    if lower != 1 or any(ctx.givens.index_sets.get(end) != IndexSet(lower, upper) for end in ends):
        return
    factors = _factors(fact.lhs.function)
    for place, member in enumerate(factors):
        rest = Mul(*factors[:place], *factors[place + 1 :], evaluate=False)
        if isinstance(member, Indexed) and len(member.indices) > 1 and not rest.has(member.base):
            for i, j in (ends, ends[::-1]):
                yield from _as_inverse(ctx, fact, member, rest, (i, inner, j), upper)


def _factors(tree: Basic) -> list[Basic]:
    if isinstance(tree, Mul):
        return [factor for arg in tree.args for factor in _factors(arg)]
    return [] if tree == 1 else [tree]


def _as_inverse(
    ctx: Context, fact: Basic, member: Indexed, rest: Expr, places: tuple[Symbol, Symbol, Symbol], size: Expr
) -> Iterator[Inverse]:
    """The member as one of the inverse of the other factor: G_il A_lj, or A_il G_lj."""
    i, inner, j = places
    *leading, first, last = member.indices
    at = {(i, inner): (inner, j), (inner, j): (i, inner)}.get((first, last))
    known = all(isinstance(symbol, Symbol) and symbol in ctx.givens.index_sets for symbol in leading)
    if at is None or not known or len({*leading, *places}) < len(leading) + 3:
        return
    before = ctx.bound
    ctx.bound = {**before, at[0]: ROW, at[1]: COLUMN}
    try:
        with ctx.quiet():
            bounds = ONE, form_of(ctx, size)
            ctx.ranges[ROW] = ctx.ranges[COLUMN] = bounds
            entry = form_of(ctx, rest)
    finally:
        ctx.bound = before
    if not entry.free & {ctx.name("s", symbol) for symbol in places}:
        names = tuple(ctx.name("s", symbol) for symbol in leading)
        yield Inverse(ctx.name("f", member.base.label), names, entry, bounds[1], fact)


def multiplied(ctx: Context, form: Form) -> Iterator[tuple[Form, Inverse]]:
    """Σ_j A_ij f_j for a form f_i with a free index i and a matrix A with an inverse: 0 for all i only where f is."""
    for known in inverses(ctx) if ctx.allows(FACTS) else ():
        if known.leading or f"idx({known.family}," not in form.key:
            continue
        for name in sorted(form.free & ctx.free_indices - known.entry.free):
            dependent = any(name in bound.free for other in form.free & ctx.free_indices for bound in ctx.ranges[other])
            if ctx.ranges[name] != (ONE, known.size) or dependent:
                continue
            inner = ctx.fresh(name, ctx.ranges[name])
            weight = known.matrix_at(ctx, (), ctx.index(name), ctx.index(inner))
            assert weight is not None
            yield sum_over(ctx, {inner: ctx.ranges[name]}, weight * substitute(form, {name: ctx.index(inner)})), known
