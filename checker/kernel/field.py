"""Field arithmetic: the ring operations, and quotients by what is not zero.

p/q            = p · q⁻¹;  the inverse of a sum of several terms is taken factor by factor, each factor an atom
p · p⁻¹        = 1         where p ≠ 0, which is a condition
a/b = c/d      by one common denominator: a form is zero if its numerator is
"""

from __future__ import annotations

from collections.abc import Iterator

from flint import fmpq
from sympy import Add, Basic, Dummy, Float, Integer, Mul, Pow, Rational, Symbol
from sympy.core.numbers import ComplexInfinity, Half, Infinity, NaN, NegativeInfinity, NegativeOne, One, Pi, Zero

from checker.kernel import dispatch
from checker.kernel.context import FIELD, Condition, Context, is_bound
from checker.kernel.dispatch import builder, deriver, form_of, head, printer
from checker.kernel.form import (
    LAWS,
    MAX_DIGITS,
    MAX_TERMS,
    ONE,
    ZERO,
    Atom,
    Exponent,
    Form,
    Mono,
    OutsideTheories,
    Polynomials,
    combined,
    factors,
    inverse_mono,
    mono_of,
    number,
    of,
    product,
    total,
)
from checker.kernel.positivity import nonzero, positive


@head(FIELD, Integer, Rational, Zero, One, NegativeOne, Half)
def _(ctx: Context, expression: Rational) -> Form:
    if max(abs(expression.p), expression.q).bit_length() > 4 * MAX_DIGITS:
        raise OutsideTheories("a number with too many digits")
    return number(expression.p).scale(number(expression.q).number ** -1)


@head(FIELD, Float)
def _(ctx: Context, expression: Float) -> Form:
    exact = Rational(str(expression))
    raise OutsideTheories(f"the float {expression} is not exact; write {exact}")


@head(FIELD, NaN, ComplexInfinity, Infinity, NegativeInfinity)
def _(ctx: Context, expression: Symbol) -> Form:
    raise OutsideTheories(f"{expression} is not a number")


PI = Atom("pi", (), positive=True)


@head(FIELD, Pi)
def _(ctx: Context, expression: Symbol) -> Form:
    return of(PI)


@printer("pi")
def _(ctx: Context, atom: Atom) -> Symbol:
    from sympy import pi

    return pi


@builder("idx")
def _(ctx: Context, args: tuple[object, ...]) -> Form:
    name, indices = args
    return ctx.member(name, indices)  # type: ignore[arg-type]


INDEX_LETTERS = ("i", "l", "m", "r", "s", "t", "q", "h", "i'", "l'", "m'", "r'")
"""What bound indices of a normal form are called, where the statement does not use the letter."""


@printer("sym")
def _(ctx: Context, atom: Atom) -> Symbol:
    name = atom.args[0]
    if name in ctx.expressions:
        return ctx.expressions[name]
    if "#" in name:
        return Symbol(name.split("#")[0].removeprefix("s:").rstrip("~"), integer=True)
    level, place = (int(part) for part in name[1:].split("_"))
    letters = [letter for letter in INDEX_LETTERS if f"s:{letter}" not in ctx.expressions]
    return Symbol(letters[(3 * (level - 1) + place) % len(letters)], integer=True)


@printer("idx")
def _(ctx: Context, atom: Atom) -> Symbol:
    from sympy import IndexedBase

    return IndexedBase(ctx.expressions[atom.args[0]])[tuple(dispatch.to_sympy(ctx, i) for i in atom.args[1])]


@printer("opaque")
def _(ctx: Context, atom: Atom) -> Symbol:
    template = next(expression for expression, number in ctx.opaque.items() if str(number) == atom.args[0])
    return template.xreplace({
        Dummy(f"_{i}", dummy_index=i): dispatch.to_sympy(ctx, place) for i, place in enumerate(atom.args[1])
    })  # fmt: skip


@head(FIELD, Add)
def _(ctx: Context, expression: Add) -> Form:
    return total(form_of(ctx, arg) for arg in expression.args)


@head(FIELD, Mul)
def _(ctx: Context, expression: Mul) -> Form:
    if not expression.is_commutative:
        raise OutsideTheories("a product of things that do not commute")
    return product(form_of(ctx, arg) for arg in expression.args)


@head(FIELD, Pow)
def _(ctx: Context, expression: Pow) -> Form:
    base, exponent = form_of(ctx, expression.base), form_of(ctx, expression.exp)
    whole = exponent.integer_value
    if whole is None:
        return dispatch.rebuild_recording(ctx, "power of forms", (base, exponent))
    if whole < 0:
        require_nonzero(ctx, base, expression.base)
        return inverse(base) ** -whole
    if abs(whole) > 10**6:
        raise OutsideTheories(f"an exponent of {whole}, which is too large")
    return base**whole


def require_nonzero(ctx: Context, form: Form, written: Basic | None = None) -> None:
    """Record form ≠ 0 as a condition, unless the givens imply it; raises where it is zero."""
    if not form or not reduced(form):
        raise OutsideTheories("a division by zero, or the logarithm of zero")
    if not nonzero(_above(form)):
        ctx.require(Condition("nonzero", form, written=ctx.as_written(written)))


def _above(form: Form) -> Form:
    """A product without its divisions: 1/x does not vanish, and that x does not is recorded where it was written."""
    single = form.single
    return form if single is None else Form({tuple((a, e) for a, e in single[0] if e > 0): single[1]})


def require_denominators(ctx: Context, form: Form) -> None:
    """What a law has divided by is not zero: by the givens, or as a condition, which may be about a bound index."""
    for atom, exponent in _powers(form):
        base = atom.args[0] if atom.head == "poly" else of(atom)
        if exponent < 0 and not nonzero(base):
            ctx.require(Condition("nonzero", base, law=True, inside=any(map(is_bound, base.free))))


def _powers(form: Form) -> Iterator[tuple[Atom, Exponent]]:
    """The atoms of a form with their exponents, those under its sums and products too."""
    for mono in form.terms:
        for atom, exponent in mono:
            yield atom, exponent
            if atom.head in dispatch.BINDERS:
                yield from _powers(atom.args[1])


def poly(form: Form) -> Atom:
    """The atom of an irreducible sum of several terms; it occurs with negative exponents only."""
    sign = positive(form)
    return Atom("poly", (form,), positive=sign, real=all(a.real for a in form.atoms()), nonzero=True, combines=True)


@builder("poly")
def _(ctx: Context, args: tuple[Form, ...]) -> Form:
    return args[0]


@printer("poly")
def _(ctx: Context, atom: Atom) -> Symbol:
    return dispatch.to_sympy(ctx, atom.args[0])


@deriver("poly")
def _(ctx: Context, atom: Atom, derive: dispatch.Derivation) -> Form:
    return derive(atom.args[0])


def _expand_positive_powers(mono: Mono) -> Form | None:
    """(p⁻¹)⁻² is p², multiplied out."""
    grown = [(a, e) for a, e in mono if a.head == "poly" and e > 0]
    if not grown:
        return None
    rest = combined(tuple(pair for pair in mono if pair not in grown))
    return product([rest, *(a.args[0] ** int(e) for a, e in grown)])


LAWS.append(_expand_positive_powers)


def inverse(form: Form) -> Form:
    """1/form. Raises where the form is zero; that it is not is the caller's condition."""
    if not form:
        raise OutsideTheories("a division by zero")
    form = reduced(form)
    single = form.single
    if single is not None:
        mono, c = single
        return combined(tuple((a, -e) for a, e in mono)).scale(1 / c)
    c, mono, parts = factored(form)
    inverted = [combined(tuple((a, -e) for a, e in mono)).scale(1 / c)]
    inverted += [factor**-k if k < 0 else of(poly(factor), -k) for factor, k in parts]
    return product(inverted)


def denominators(form: Form) -> dict[Atom, int]:
    """The factors in denominators with their highest power."""
    found: dict[Atom, int] = {}
    for mono in form.terms:
        for atom, exponent in mono:
            if atom.head == "poly":
                found[atom] = max(found.get(atom, 0), int(-exponent))
    return found


def over(form: Form, below: dict[Atom, int]) -> Form:
    """form · Π p^k, multiplied out: the numerator over the common denominator Π p^k."""
    parts = []
    size = len(form)
    for atom, k in below.items():
        size *= len(atom.args[0]) ** k
        if size > MAX_TERMS * 50:
            raise OutsideTheories("fractions whose common denominator is too large")
    for mono, c in form:
        missing = dict(below)
        rest = []
        for atom, exponent in mono:
            if atom in missing:
                missing[atom] += int(exponent)
            else:
                rest.append((atom, exponent))
        parts.append(product([combined(tuple(rest)).scale(c), *(a.args[0] ** k for a, k in missing.items() if k)]))
    return total(parts)


def reduced(form: Form) -> Form:
    """The form as one fraction in lowest terms, written out over its denominator."""
    below = denominators(form)
    if not below:
        return form
    above = over(form, below)
    if not above:
        return ZERO
    for atom in list(below):
        while below[atom] > 0:
            quotient = divided(above, atom.args[0])
            if quotient is None:
                break
            above = quotient
            below[atom] -= 1
    return above * Form({mono_of({a: -k for a, k in below.items()}): ONE.number})


def divided(form: Form, divisor: Form) -> Form | None:
    """The exact quotient, or None."""
    own = Polynomials([form])
    stripped = form * inverse_mono(own)
    ring = Polynomials([stripped, divisor])
    quotient, remainder = divmod(ring.into(stripped), ring.into(divisor))
    return None if len(remainder) else ring.back(quotient) * own.monomial()


def factored(form: Form) -> tuple[fmpq, Mono, list[tuple[Form, int]]]:
    """form = c · monomial · Π factor^k with integer k, the form in lowest terms."""
    form = reduced(form)
    below = denominators(form)
    above = over(form, below)
    c, mono, parts = factors(above)
    return c, mono, parts + [(atom.args[0], -k) for atom, k in below.items() if k]
