"""Inequalities: the sign of a difference, from signs and from given inequalities (lemmas).

    Σ_i h_i >= 0        where h_i >= 0 for every i of the range
    c·g >= 0            where c > 0 and g >= 0 is given, at indices that occur in h
    −m log t >= m(1 − t)  where m >= 0 and t > 0: log t lies below its tangent at 1

Sums over one range, with factors that do not depend on it, are put under one Σ before the sign is asked for.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from flint import fmpq
from sympy import And, Basic, Ge, Gt, Le, Lt

from checker.kernel.binding import opened
from checker.kernel.context import EXP_LOG, FACTS, POSITIVITY, SUMS, Context
from checker.kernel.dispatch import substitute
from checker.kernel.field import inverse, reduced
from checker.kernel.form import ZERO, Atom, Form, Mono, combined, number, product, total
from checker.kernel.positivity import holds_at, index_matches, nonnegative, positive
from checker.kernel.setup import line

MOST_POWERS = 8

Lemma = tuple[tuple[str, Basic], Form]
"""A given inequality with its label, and the form of which it says that it is not negative."""


def not_negative(ctx: Context, gap: Form, hypotheses: Iterable[Basic] = ()) -> bool:
    """Whether the form is known to be >= 0 wherever the givens and hypotheses hold."""
    if not ctx.allows(POSITIVITY):
        return False
    lemmas = list(_lemmas(ctx, hypotheses))
    if _not_negative(ctx, gap, lemmas):
        return True
    bodies = _under_one_sum(ctx, gap) if ctx.allows(SUMS) else None
    return bodies is not None and all(_not_negative(ctx, body, lemmas) for body in bodies)


def _not_negative(ctx: Context, form: Form, lemmas: list[Lemma]) -> bool:
    return _signed(ctx, form, lemmas) or nonnegative(form) or _above_tangents(ctx, form)


def _above_tangents(ctx: Context, form: Form) -> bool:
    """The form is not negative even where its logarithms are put at their tangents, together or one by one."""
    if not ctx.allows(EXP_LOG):
        return False
    weighted: dict[Mono, list[tuple[Atom, fmpq]]] = {}
    rest = ZERO
    for mono, c in form:
        logs = [(atom, e) for atom, e in mono if atom.head == "log"]
        if not logs:
            rest = rest + combined(mono).scale(c)
        elif len(logs) > 1 or logs[0][1] != 1 or not positive(logs[0][0].args[0]):
            return False
        else:
            weighted.setdefault(tuple(pair for pair in mono if pair not in logs), []).append((logs[0][0], c))
    together = [(combined(mono), terms) for mono, terms in weighted.items()]
    apart = [(factor, [term]) for factor, terms in together for term in terms]
    for groups in (together, apart) if len(apart) > len(together) else (together,):
        bounds = [_tangent(factor, terms) for factor, terms in groups]
        known = [bound for bound in bounds if bound is not None]
        if known and len(known) == len(bounds) and nonnegative(reduced(total([rest, *known]))):
            ctx.use(EXP_LOG)
            return True
    return False


def _tangent(factor: Form, terms: list[tuple[Atom, fmpq]]) -> Form | None:
    """m(1 − t) for the terms Σ_i c_i f log a_i = −m log t, where m >= 0 is c·f; None where that is not known."""
    unit = _unit(terms)
    weight = factor.scale(unit)
    powers = [(atom.args[0], int((c / unit).p)) for atom, c in terms]
    if any(abs(power) > MOST_POWERS for _, power in powers) or not nonnegative(weight):
        return None
    argument = product(inverse(inside) ** n if n > 0 else inside**-n for inside, n in powers)
    return weight * (number(1) - argument)


def _unit(terms: list[tuple[Atom, fmpq]]) -> fmpq:
    """The largest positive number of which all coefficients are multiples."""
    numerator, denominator = 0, 1
    for _, c in terms:
        numerator, denominator = math.gcd(numerator, abs(int(c.p))), math.lcm(denominator, int(c.q))
    return fmpq(numerator, denominator)


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
