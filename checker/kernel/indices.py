"""What the index sets say of integer forms: bounds, membership, and being different; signs of monomials."""

from __future__ import annotations

from checker.kernel.context import Condition, Context
from checker.kernel.form import Atom, Form, Mono, total


def mono_sign(mono: Mono) -> tuple[bool, bool]:
    """(known positive, known non-negative), wherever it is defined: what is divided by does not vanish."""
    strict = True
    for atom, exponent in mono:
        whole = isinstance(exponent, int)
        even = whole and exponent % 2 == 0
        nonzero = atom.nonzero or whole and exponent < 0
        if atom.positive or nonzero and (even and atom.real or atom.nonnegative):
            continue
        strict = False
        if not (even and atom.real or atom.nonnegative):
            return False, False
    return strict, True


def least(form: Form) -> int | None:
    """An integer lower bound of a form that is linear in positive integers with non-negative coefficients."""
    bound = 0
    for mono, c in form:
        if not mono or c >= 0 and all(atom.integer and atom.positive and e > 0 for atom, e in mono):
            bound += int(c.p // c.q)
        elif not (c >= 0 and mono_sign(mono)[1]):
            return None
    return bound


def bounds_of(ctx: Context, atom: Atom) -> tuple[Form, Form] | None:
    """The declared (lower, upper) of an index symbol, or of a member of a family whose values are indices."""
    if atom.head in ("sym", "idx"):
        table = ctx.ranges if atom.head == "sym" else ctx.value_sets
        return table.get(atom.args[0])
    return None


def extreme(ctx: Context, form: Form, *, upper: bool) -> Form:
    """A form that is never below (above, for `upper` false) the given one, with bounded indices put at their ends."""
    for _ in range(4):
        parts, changed = [], False
        for mono, c in form:
            bounds = bounds_of(ctx, mono[0][0]) if len(mono) == 1 and mono[0][1] == 1 else None
            if bounds is None:
                parts.append(Form({mono: c}))
            else:
                changed = True
                parts.append(bounds[int((c > 0) == upper)].scale(c))
        form = total(parts)
        if not changed:
            break
    return form


def always_at_least(ctx: Context, form: Form, value: int) -> bool:
    """Known: form >= value."""
    for candidate in (form, extreme(ctx, form, upper=False)):
        bound = least(candidate)
        if bound is not None and bound >= value:
            return True
    return False


def sure_to_differ(ctx: Context, left: Form, right: Form) -> bool:
    """Known: left ≠ right."""
    gap = left - right
    return always_at_least(ctx, gap, 1) or always_at_least(ctx, -gap, 1)


def is_member(ctx: Context, form: Form, bounds: tuple[Form, Form]) -> bool | None:
    """Whether lower <= form <= upper; None where the givens do not tell."""
    lower, upper = bounds
    if always_at_least(ctx, form - lower, 0) and always_at_least(ctx, upper - form, 0):
        return True
    if always_at_least(ctx, form - upper, 1) or always_at_least(ctx, lower - form, 1):
        return False
    return None


def granted_least(ctx: Context, form: Form) -> bool:
    """form >= 0 is known, or recorded as a condition."""
    return always_at_least(ctx, form, 0) or ctx.grant(Condition("least", form))
