"""Inequalities: the sign of a difference, from signs and from given inequalities (lemmas).

    Σ_i h_i >= 0        where h_i >= 0 for every i of the range
    c·g >= 0            where c > 0 and g >= 0 is given, at indices that occur in h

Sums over one range, with factors that do not depend on it, are put under one Σ before the sign is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sympy import And, Basic, Ge, Gt, Le, Lt

from checker.kernel.context import FACTS, POSITIVITY, SUMS, Context
from checker.kernel.dispatch import substitute
from checker.kernel.field import inverse, reduced
from checker.kernel.form import Atom, Form, combined
from checker.kernel.positivity import holds_at, index_matches, nonnegative, positive
from checker.kernel.setup import line
from checker.kernel.sums import opened

Lemma = tuple[tuple[str, Basic], Form]
"""A given inequality with its label, and the form of which it says that it is not negative."""


def not_negative(ctx: Context, gap: Form, hypotheses: Iterable[Basic] = ()) -> bool:
    """Whether the form is known to be >= 0 wherever the givens and hypotheses hold."""
    if not ctx.allows(POSITIVITY):
        return False
    lemmas = list(_lemmas(ctx, hypotheses))
    if _signed(ctx, gap, lemmas) or nonnegative(gap):
        return True
    bodies = _under_one_sum(ctx, gap) if ctx.allows(SUMS) else None
    return bodies is not None and all(_signed(ctx, body, lemmas) or nonnegative(body) for body in bodies)


def _lemmas(ctx: Context, hypotheses: Iterable[Basic]) -> Iterator[Lemma]:
    if not ctx.allows(FACTS):
        return
    for kind, relations in (("fact", ctx.givens.facts), ("hypothesis", hypotheses)):
        for relation in relations:
            for part in relation.args if isinstance(relation, And) else (relation,):
                if isinstance(part, (Le, Lt, Ge, Gt)):
                    with ctx.quiet():
                        gap = reduced(line(ctx, part.gts) - line(ctx, part.lts))
                    if not ctx.tied(part, gap):
                        yield (kind, part), gap


def _signed(ctx: Context, form: Form, lemmas: list[Lemma]) -> bool:
    """The form is a given one times what is positive."""
    for label, lemma in lemmas:
        mappings = (mapping for mapping in index_matches(ctx, lemma, form) if holds_at(ctx, lemma.free, mapping))
        for mapping in ({}, *mappings):
            given = substitute(lemma, mapping) if mapping else lemma
            with ctx.quiet():
                factor = reduced(form * inverse(given)) if given else given
            if positive(factor):
                ctx.use(FACTS)
                ctx.trusts[label] = None
                return True
    return False


def _under_one_sum(ctx: Context, form: Form) -> list[Form] | None:
    """What stands under the sums, one for each range, at new indices; None where not all of the form is sums."""
    bodies: dict[str, tuple[list[str], Form]] = {}
    for mono, c in form:
        sums = [atom for atom, exponent in mono if atom.head == "sum" and exponent == 1]
        if len(sums) != 1:
            return None
        (atom,) = sums
        outer = combined(tuple(pair for pair in mono if pair[0] != atom)).scale(c)
        variables, body = opened(ctx, atom)
        key = _range_key(atom)
        if key not in bodies:
            bodies[key] = list(variables), outer * body
            continue
        names, known = bodies[key]
        moved = substitute(body, {new: ctx.index(old) for new, old in zip(variables, names, strict=True) if new != old})
        bodies[key] = names, known + outer * moved
    return [reduced(body) for _, body in bodies.values()]


def _range_key(atom: Atom) -> str:
    return str([(lower.key, upper.key) for _, lower, upper in atom.args[0]])
