"""Indicators 1[a = b] and 1[d ≥ 0] of indices.

1[a=b] · f(a)  = 1[a=b] · f(b)         f defined at both; never the variable of a binder
1[c]²          = 1[c]
1[a=b]         = 0 or 1                where the index sets say so
1[i=j]         = 0                     where i ≠ j is given, for these very symbols
1[d<0]         = 1 − 1[d ≥ 0]          d integer
1[d≥0]         = 1[d=0]                d ≤ 0 by the index sets
1[d≥0]         = 1 − 1[d=−1]           d integer, d ≥ −1 by the index sets
"""

from __future__ import annotations

from itertools import combinations

from sympy import And, Basic, Eq, Ge, Gt, Integer, KroneckerDelta, Le, Lt, Ne, Not, Or
from sympy.logic.boolalg import BooleanFalse, BooleanTrue

from checker.expressions import Indicator
from checker.kernel import dispatch
from checker.kernel.context import FACTS, INDICATORS, Context, current, is_bound
from checker.kernel.dispatch import builder, form_of, head, printer, rewrite
from checker.kernel.form import (
    LAWS,
    ONE,
    ZERO,
    Atom,
    Form,
    Mono,
    OutsideTheories,
    combined,
    content,
    mono_times,
    number,
    of,
    product,
    total,
)
from checker.kernel.indices import always_at_least, bounds_of, sure_to_differ
from checker.kernel.positivity import integer


@head(INDICATORS, Indicator)
def _(ctx: Context, expression: Indicator) -> Form:
    return _condition(ctx, expression.condition)


@head(INDICATORS, KroneckerDelta)
def _(ctx: Context, expression: KroneckerDelta) -> Form:
    return equal(*(form_of(ctx, arg) for arg in expression.args[:2]))


def _condition(ctx: Context, condition: Basic) -> Form:
    if isinstance(condition, (BooleanTrue, BooleanFalse)):
        return ONE if condition else ZERO
    if isinstance(condition, (And, Or, Not)):
        parts = [_condition(ctx, arg) for arg in condition.args]
        if isinstance(condition, Not):
            return ONE - parts[0]
        if isinstance(condition, And):
            return product(parts)
        return ONE - product(ONE - part for part in parts)
    left, right = (form_of(ctx, arg) for arg in condition.args)
    if isinstance(condition, Eq):
        return equal(left, right)
    if isinstance(condition, Ne):
        return ONE - equal(left, right)
    if isinstance(condition, (Lt, Le, Gt, Ge)):
        if not integer(left - right):
            raise OutsideTheories("an indicator of an inequality between what may not be integers")
        gap = left - right if isinstance(condition, (Gt, Ge)) else right - left
        return at_least_zero(gap - ONE if isinstance(condition, (Lt, Gt)) else gap)
    raise OutsideTheories(f"an indicator of {type(condition).__name__}")


def equal(left: Form, right: Form) -> Form:
    """1[left = right]."""
    plain = _plain_equal(left, right)
    single = plain.single
    return combined(single[0]) if single else plain


def _plain_equal(left: Form, right: Form) -> Form:
    if left == right:
        return ONE
    if sure_to_differ(current(), left, right) or _apart(left, right):
        return ZERO
    first, second = sorted((left, right), key=lambda form: form.key)
    atom = Atom("eq", (first, second), nonnegative=True, integer=True, combines=True)
    return Form({((atom, 1),): ONE.number})


def _apart(left: Form, right: Form) -> bool:
    ctx = current()
    return bool(ctx.apart) and ctx.allows(FACTS) and ctx.apart_by(left - right) is not None


def at_least_zero(gap: Form) -> Form:
    """1[gap ≥ 0], for an integer gap."""
    if always_at_least(current(), gap, 0):
        return ONE
    if always_at_least(current(), -gap, 1):
        return ZERO
    if always_at_least(current(), -gap, 0):
        return _vanishes(gap)
    if always_at_least(current(), gap, -1):
        return ONE - _vanishes(gap + ONE)
    if not any(is_bound(name) for name in gap.free) and content(gap - number(gap.number)) < 0:
        return ONE - of(_least_atom(-gap - ONE))
    return of(_least_atom(gap))


def _vanishes(gap: Form) -> Form:
    """1[gap = 0], written as 1[i = …] for an index i of the gap where it can be solved for one."""
    ctx = current()
    for mono, c in sorted(gap, key=lambda term: Form({term[0]: ONE.number}).key):
        if c in (1, -1) and len(mono) == 1 and mono[0][1] == 1 and bounds_of(ctx, mono[0][0]) is not None:
            index = of(mono[0][0])
            return equal(index, index - gap.scale(c))
    return equal(gap, ZERO)


def _least_atom(gap: Form) -> Atom:
    return Atom("least", (gap,), nonnegative=True, integer=True, combines=True)


@builder("eq")
def _(ctx: Context, args: tuple[Form, Form]) -> Form:
    return equal(*args)


@builder("least")
def _(ctx: Context, args: tuple[Form]) -> Form:
    return at_least_zero(args[0])


@printer("eq")
def _(ctx: Context, atom: Atom) -> Basic:
    return Indicator(Eq(*(dispatch.to_sympy(ctx, arg) for arg in atom.args), evaluate=False))


@printer("least")
def _(ctx: Context, atom: Atom) -> Basic:
    return Indicator(Ge(dispatch.to_sympy(ctx, atom.args[0]), Integer(0), evaluate=False))


def _once(mono: Mono) -> Form | None:
    """1[c]^k = 1[c]."""
    if not any(a.head in ("eq", "least") and e != 1 for a, e in mono):
        return None
    for atom, exponent in mono:
        if atom.head in ("eq", "least") and exponent < 0:
            raise OutsideTheories("a division by an indicator")
    return combined(tuple((a, 1 if a.head in ("eq", "least") else e) for a, e in mono))


def _rank(form: Form) -> tuple[int, str]:
    """Which of several equal indices stands for all: numbers first, bound indices last."""
    if form.is_number:
        return 0, form.key
    bound = any(is_bound(name) for name in form.free)
    atom = form.lone_atom
    if atom is None:
        return 5, form.key
    return (1 if atom.head == "sym" else 2) + (2 if bound else 0), form.key


def _one_for_all(mono: Mono) -> Form | None:
    """In a product with 1[a=b], the other factors are written with one of a and b."""
    equalities = [atom for atom, _ in mono if atom.head == "eq"]
    if not equalities:
        return None
    classes: list[set[Form]] = []
    for atom in equalities:
        joined = set(atom.args)
        for known in [c for c in classes if c & joined]:
            joined |= known
            classes.remove(known)
        classes.append(joined)
    replaced: dict[Atom, Form] = {}
    wanted: list[Form] = []
    for members in classes:
        first, *others = sorted(members, key=_rank)
        if current().apart and any(_apart(a, b) for a, b in combinations(others, 2)):
            return ZERO
        for other in others:
            lone = other.lone_atom
            if lone is not None and not _inside(lone, first):
                replaced[lone] = first
            wanted.append(_plain_equal(first, other))
    rest = tuple((a, e) for a, e in mono if a.head != "eq")
    changed = rewrite(combined(rest), replaced.get) if _mentions(rest, replaced) else None
    if (
        changed is None
        and {a for w in wanted for a in w.atoms()} == set(equalities)
        and all(len(w) == 1 for w in wanted)
    ):
        return None
    result = changed if changed is not None else combined(rest)
    for part in wanted:
        if not part:
            return ZERO
        result = _times(result, part)
    return result


def _times(form: Form, indicator: Form) -> Form:
    """The product where `form` is already written with the representatives."""
    lone = indicator.lone_atom
    if lone is None:
        return form * indicator
    terms: dict[Mono, object] = {}
    parts: list[Form] = []
    for mono, c in form:
        joined = mono_times(mono, ((lone, 1),))
        if any(a.head == "eq" for a, _ in mono):
            parts.append(combined(joined).scale(c))
        else:
            terms[joined] = c
    return total([Form(terms), *parts])  # type: ignore[arg-type]


def _inside(atom: Atom, form: Form) -> bool:
    return atom.key in form.key


def _mentions(rest: Mono, replaced: dict[Atom, Form]) -> bool:
    return any(old.key in atom.key for atom, _ in rest for old in replaced)


LAWS += [_once, _one_for_all]
