"""Factorials and binomials of integers.

(b + c)!   = b! (b + 1) … (b + c)            c a whole number, b without one, b ≥ 0, a condition
(b − c)!   = b! / (b (b − 1) … (b − c + 1))  b ≥ c
n!         a number for a number n; else a positive integer, defined for n ≥ 0, which is a condition
C(n, k)    = n! / (k! (n − k)!)              0 ≤ k ≤ n, a condition
C(n, c)    = n (n − 1) … (n − c + 1) / c!    c a whole number, any n
C(n, n−c)  = C(n, c)                        n ≥ 0
C(n, k)    = 0                               k < 0, or 0 ≤ n < k
Γ(n)       = (n − 1)!                        n a positive integer
Γ(b + c)   = Γ(b) b (b + 1) … (b + c − 1)    b and b + c positive, c a whole number

The number in n + c is taken out, so that factorials of one n at different shifts are rational functions times one atom.
A binomial whose condition is neither known nor may be asked for is an atom of its own. The factorial of what is not an
integer is refused, and so is Γ of what is not known to be positive.
"""

from __future__ import annotations

from math import factorial as factorial_of

from sympy import Basic, binomial, factorial, gamma

from checker.kernel import dispatch
from checker.kernel.context import FACTORIALS, Condition, Context, is_bound
from checker.kernel.dispatch import builder, deriver, form_of, head, printer
from checker.kernel.field import inverse
from checker.kernel.form import ONE, ZERO, Atom, Form, OutsideTheories, number, of, product
from checker.kernel.indices import always_at_least
from checker.kernel.positivity import integer, nonnegative, positive

MAX_NUMBER = 1_000
MAX_SHIFT = 30


@head(FACTORIALS, factorial)
def _(ctx: Context, expression: factorial) -> Form:
    inside = form_of(ctx, expression.args[0])
    _require_integer(inside, "a factorial")
    if not _not_negative(ctx, inside) and not inside.is_number:
        if any(is_bound(name) for name in inside.free):
            raise OutsideTheories("the factorial of what may be negative, inside a sum or product")
        ctx.require(Condition("least", inside, written=ctx.as_written(expression.args[0])))
    return factorial_form(ctx, inside)


@head(FACTORIALS, binomial)
def _(ctx: Context, expression: binomial) -> Form:
    above, below = (form_of(ctx, arg) for arg in expression.args)
    return binomial_form(ctx, above, below)


@head(FACTORIALS, gamma)
def _(ctx: Context, expression: gamma) -> Form:
    return gamma_form(ctx, form_of(ctx, expression.args[0]))


def gamma_form(ctx: Context, inside: Form) -> Form:
    """Γ(inside), of what is known to be positive."""
    if not positive(inside):
        raise OutsideTheories("the gamma function of what may not be positive")
    if integer(inside):
        return factorial_form(ctx, inside - ONE)
    whole = inside.number
    shift = int(whole.p // whole.q)
    base = inside - number(shift)
    if not shift or abs(shift) > MAX_SHIFT or not positive(base):
        return of(Atom("gamma", (inside,), positive=True))
    atom = of(Atom("gamma", (base,), positive=True))
    if shift < 0:
        return atom * product(inverse(inside + number(i)) for i in range(-shift))
    return atom * product(base + number(i) for i in range(shift))


def _require_integer(form: Form, what: str) -> None:
    if not integer(form):
        raise OutsideTheories(f"{what} of what may not be an integer")


def _not_negative(ctx: Context, form: Form) -> bool:
    return always_at_least(ctx, form, 0) or nonnegative(form)


def factorial_form(ctx: Context, inside: Form) -> Form:
    """inside!, for an integer that is not negative (the caller's condition)."""
    _require_integer(inside, "a factorial")
    value = inside.integer_value
    if value is not None:
        return _number(value)
    shift = int(inside.number.p)
    base = inside - number(shift)
    if shift == 0 or abs(shift) > MAX_SHIFT:
        return _atom(inside)
    if shift < 0:
        # (b − c)! is defined, so that b ≥ c and none of b, b − 1, … is zero
        return _atom(base) * product(inverse(base - number(i)) for i in range(-shift))
    if not _not_negative(ctx, base) and not ctx.grant(Condition("least", base)):
        return _atom(inside)
    return _atom(base) * product(base + number(i) for i in range(1, shift + 1))


def _number(value: int) -> Form:
    if value < 0:
        raise OutsideTheories(f"the factorial of {value}, which is negative")
    if value > MAX_NUMBER:
        raise OutsideTheories(f"the factorial of {value}, which is too large")
    return number(factorial_of(value))


def _atom(inside: Form) -> Form:
    return of(Atom("factorial", (inside,), positive=True, integer=True))


def binomial_form(ctx: Context, above: Form, below: Form) -> Form:
    """C(above, below), for integers; for any `above` where `below` is a number."""
    count = below.integer_value
    if count is not None and count <= MAX_SHIFT:
        return _falling(above, count) if count >= 0 else ZERO
    _require_integer(above, "a binomial coefficient")
    _require_integer(below, "a binomial coefficient")
    if always_at_least(ctx, -below, 1) or always_at_least(ctx, below - above, 1) and _not_negative(ctx, above):
        return ZERO
    rest = (above - below).integer_value
    if rest is not None and 0 <= rest <= MAX_SHIFT and _not_negative(ctx, above):
        return _falling(above, rest)
    missing = [gap for gap in (below, above - below) if not _not_negative(ctx, gap)]
    if missing and not _granted(ctx, above, below, missing):
        return of(Atom("binomial", (above, below), real=True, integer=True))
    parts = [factorial_form(ctx, part) for part in (above, below, above - below)]
    return parts[0] * inverse(parts[1]) * inverse(parts[2])


def _granted(ctx: Context, above: Form, below: Form, missing: list[Form]) -> bool:
    if any(gap.is_number for gap in missing):
        return False
    one = len(missing) == 1
    return ctx.grant(Condition("least", missing[0]) if one else Condition("member", below, (ZERO, above)))


def _falling(above: Form, count: int) -> Form:
    """above (above − 1) … (above − count + 1) / count!."""
    whole = product(above - number(i) for i in range(count))
    return whole.scale(ONE.number / factorial_of(count))


@builder("factorial")
def _(ctx: Context, args: tuple[Form]) -> Form:
    return factorial_form(ctx, args[0])


@builder("binomial")
def _(ctx: Context, args: tuple[Form, Form]) -> Form:
    return binomial_form(ctx, *args)


@builder("gamma")
def _(ctx: Context, args: tuple[Form]) -> Form:
    return gamma_form(ctx, args[0])


@deriver("factorial")
@deriver("binomial")
@deriver("gamma")
def _(ctx: Context, atom: Atom, derive: dispatch.Derivation) -> Form:
    if any(derive(arg) for arg in atom.args):
        raise OutsideTheories(f"the derivative of a {atom.head} by what it depends on")
    return ZERO


@printer("factorial")
def _(ctx: Context, atom: Atom) -> Basic:
    return factorial(dispatch.to_sympy(ctx, atom.args[0]), evaluate=False)


@printer("gamma")
def _(ctx: Context, atom: Atom) -> Basic:
    return gamma(dispatch.to_sympy(ctx, atom.args[0]), evaluate=False)


@printer("binomial")
def _(ctx: Context, atom: Atom) -> Basic:
    return binomial(*(dispatch.to_sympy(ctx, arg) for arg in atom.args), evaluate=False)
