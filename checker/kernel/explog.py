"""Exponentials, logarithms, and all powers that are not whole numbers.

    exp(Σ cᵢ mᵢ)   = Π exp(mᵢ)^cᵢ           mᵢ monomials, cᵢ rational
    log(p · z)     = log p + log z          p > 0;  log of a number by its primes
    log(exp m)     = m                      m real
    a^g            = exp(g log a)           a ≠ 0 (principal value);  a^c for rational c is split where a > 0
    (z^½)²         = z;  log(x²) = 2 log|x| and √(x²) = |x| for real x
    (a b)^n        = a^n b^n                n an integer

Logs and roots of what may be negative are principal values, and are not split.
"""

from __future__ import annotations

from fractions import Fraction
from math import floor
from typing import Any

from flint import fmpq, fmpz
from sympy import Abs, Integer, Pow, Symbol, exp, log
from sympy.core.numbers import Exp1, ImaginaryUnit

from checker.kernel import dispatch
from checker.kernel.context import EXP_LOG, Condition, Context, current
from checker.kernel.dispatch import builder, deriver, form_of, head, printer
from checker.kernel.field import PI, factored, inverse, reduced, require_nonzero
from checker.kernel.form import (
    LAWS,
    ONE,
    Atom,
    Exponent,
    Form,
    Mono,
    OutsideTheories,
    combined,
    guard_power,
    mono_of,
    number,
    of,
    product,
    total,
    whole,
)
from checker.kernel.positivity import integer, nonnegative, nonzero, positive, real

I = Atom("i", (), nonzero=True, combines=True)  # noqa: E741
MAX_BITS = 160


@head(EXP_LOG, exp)
def _(ctx: Context, expression: exp) -> Form:
    return exp_of(form_of(ctx, expression.args[0]))


@head(EXP_LOG, Exp1)
def _(ctx: Context, expression: Exp1) -> Form:
    return exp_of(ONE)


@head(EXP_LOG, log)
def _(ctx: Context, expression: log) -> Form:
    if len(expression.args) > 1:
        raise OutsideTheories("a logarithm with a base; write log(x)/log(b)")
    inside = form_of(ctx, expression.args[0])
    require_nonzero(ctx, inside, expression.args[0])
    ctx.logs.append((inside, not ctx.maybe_empty))
    return log_of(inside)


@head(EXP_LOG, Abs)
def _(ctx: Context, expression: Abs) -> Form:
    inside = form_of(ctx, expression.args[0])
    if not real(inside):
        raise OutsideTheories("the absolute value of what may not be real")
    return abs_of(inside)


@head(EXP_LOG, ImaginaryUnit)
def _(ctx: Context, expression: ImaginaryUnit) -> Form:
    return of(I)


def prime(p: int) -> Atom:
    """A prime, which only occurs with exponents strictly between 0 and 1."""
    return Atom("prime", (p,), positive=True, combines=True)


def exp_of(form: Form) -> Form:
    """exp of a form."""
    return product(_exp_term(mono, _fraction(c)) for mono, c in reduced(form))


def _fraction(c: fmpq) -> Exponent:
    return whole(Fraction(int(c.p), int(c.q)))


def _exp_term(mono: Mono, c: Exponent) -> Form:
    if len(mono) == 1 and mono[0][0].head == "log" and mono[0][1] == 1:
        return root(mono[0][0].args[0], c)
    return of(_exp_atom(mono), c)


def _exp_atom(mono: Mono) -> Atom:
    inside = Form({mono: ONE.number})
    special = any(a.head in ("poly", "i") for a, _ in mono) or len(mono) == 1 and mono[0][0].head == "log"
    doubtful = [log.args[0] for log in _logs(inside) if not positive(log.args[0])]
    is_real = real(inside)
    return Atom(
        "exp", (inside,), positive=is_real and not doubtful, nonnegative=is_real,
        nonzero=all(map(nonzero, doubtful)), combines=special,
    )  # fmt: skip


def _logs(form: Form) -> list[Atom]:
    """The logarithms in a form, at any depth: x^a is exp(a log x) also where x may be zero."""
    if "log(" not in form.key:
        return []
    found = [atom for atom in form.atoms() if atom.head == "log"]
    for atom in form.atoms():
        for arg in atom.args if atom.head in ("sum", "product", "poly") else ():
            found += _logs(arg) if isinstance(arg, Form) else []
    return found


def log_of(form: Form) -> Form:
    """log of a form that is not zero (the caller's condition), so that non-negative factors are positive."""
    if not form:
        raise OutsideTheories("a division by zero, or the logarithm of zero")
    if form.is_number and form.number == 1:
        return number(0)
    c, mono, parts = factored(form)
    found = [_log_number(abs(int(c.p))), -_log_number(int(c.q))]
    rest = ONE if c > 0 else -ONE
    for atom, exponent in mono:
        of_atom = dispatch.LOGARITHMS[atom.head](current(), atom) if atom.head in dispatch.LOGARITHMS else None
        if of_atom is not None:
            found.append(of_atom.scale(_rational(exponent)))
        elif atom.head == "exp" and real(atom.args[0]):
            found.append(atom.args[0].scale(_rational(exponent)))
        elif atom.nonnegative or positive(of(atom)):
            found.append(_log_atom(of(atom)).scale(_rational(exponent)))
        elif positive(-of(atom)) and isinstance(exponent, int):
            found.append(_log_atom(-of(atom)).scale(exponent))
            rest = rest.scale(-1 if exponent % 2 else 1)
        elif atom.real and isinstance(exponent, int) and exponent % 2 == 0:
            found.append(_log_atom(abs_of(of(atom))).scale(exponent))
        else:
            rest = rest * of(atom, exponent)
    for factor, k in parts:
        if nonnegative(factor):
            found.append(_log_atom(factor).scale(k))
        elif positive(-factor):
            found.append(_log_atom(-factor).scale(k))
            rest = rest.scale(-1 if k % 2 else 1)
        elif real(factor) and k % 2 == 0:
            found.append(_log_atom(abs_of(factor)).scale(k))
        else:
            rest = rest * (factor**k if k > 0 else inverse(factor) ** -k)
    if rest == -ONE:
        found.append(of(I) * of(PI))
    elif rest != ONE:
        found.append(of(Atom("log", (rest,))))
    return total(found)


def _rational(value: Exponent) -> fmpq:
    return number(value).number


def _log_atom(form: Form) -> Form:
    if form == ONE:
        return number(0)
    above_one = form.is_number and form.number > 1
    return of(Atom("log", (form,), real=True, positive=above_one))


def _log_number(value: int) -> Form:
    if value == 1:
        return number(0)
    return total(_log_atom(number(p)).scale(k) for p, k in _primes(value))


def _primes(value: int) -> list[tuple[int, int]]:
    if value.bit_length() > MAX_BITS:
        raise OutsideTheories(f"the prime factors of a number of {value.bit_length()} bits")
    return [(int(p), int(k)) for p, k in fmpz(value).factor()]


def abs_of(form: Form) -> Form:
    """|form|, for a real form."""
    c, mono, parts = factored(form)
    found = [number(1).scale(abs(c))]
    for base, k in [(of(a), e) for a, e in mono] + list(parts):
        known = (
            base
            if nonnegative(base)
            else -base
            if nonnegative(-base)
            else of(Atom("abs", (base,), nonnegative=True, combines=True))
        )
        found.append(dispatch.power(current(), known, k))
    return product(found)


def root(form: Form, exponent: Exponent) -> Form:
    """form^exponent, principal value, for a rational exponent."""
    if isinstance(exponent, int):
        return form**exponent if exponent >= 0 else inverse(form) ** -exponent
    if not form:
        if exponent > 0:
            return form
        raise OutsideTheories("a division by zero")
    c, mono, parts = factored(form)
    found = [_number_root(abs(int(c.p)), exponent), _number_root(int(c.q), -exponent)]
    rest = ONE if c > 0 else -ONE
    for atom, k in mono:
        if atom.nonnegative:
            found.append(of(atom, whole(k * exponent)))
        elif atom.real and isinstance(k, int) and k % 2 == 0:
            found.append(dispatch.power(current(), abs_of(of(atom)), whole(k * exponent)))
        else:
            rest = rest * of(atom, k)
    for factor, k in parts:
        if positive(factor):
            found.append(_root_atom(factor, whole(k * exponent)))
        elif positive(-factor):
            found.append(_root_atom(-factor, whole(k * exponent)))
            rest = rest.scale(-1 if k % 2 else 1)
        elif real(factor) and k % 2 == 0:
            found.append(dispatch.power(current(), abs_of(factor), whole(k * exponent)))
        else:
            rest = rest * (factor**k if k > 0 else inverse(factor) ** -k)
    if rest == -ONE:
        found.append(_exp_term(mono_of({I: 1, PI: 1}), exponent))
    elif rest != ONE:
        found.append(_root_atom(rest, exponent))
    return product(found)


def _number_root(value: int, exponent: Exponent) -> Form:
    if value == 1:
        return ONE
    guard_power(number(value).number, floor(abs(Fraction(exponent))) + 1)
    return product(of(prime(p), whole(k * exponent)) for p, k in _primes(value))


def _root_atom(form: Form, exponent: Exponent) -> Form:
    """form^exponent as whole power times the principal root with an exponent between 0 and 1."""
    times = floor(exponent)
    outside = form**times if times >= 0 else inverse(form) ** -times
    if times == exponent:
        return outside
    inside = Form({((Atom("log", (form,), real=positive(form)), 1),): ONE.number})
    atom = Atom("exp", (inside,), positive=positive(form), nonzero=nonzero(form), combines=True)
    return outside * Form({((atom, exponent - times),): ONE.number})


@builder("power")
def _(ctx: Context, args: tuple[Form, Exponent]) -> Form:
    return root(*args)


@builder("power of forms")
def _(ctx: Context, args: tuple[Form, Form]) -> Form:
    base, exponent = args
    if exponent.is_number:
        rational = _fraction(exponent.number)
        if rational < 0:
            require_nonzero(ctx, base)
        ctx.roots.append((base, not ctx.maybe_empty))
        return root(base, rational)
    if not ctx.allows(EXP_LOG):
        raise OutsideTheories("a power with a symbolic exponent")
    if not base:
        raise OutsideTheories("a power of zero with a symbolic exponent")
    if base == ONE:
        return ONE
    if not nonzero(base) and not positive(exponent):
        ctx.require(Condition("nonzero", base, law=not positive(-exponent)))  # 0^a is 0 for a > 0
    if not integer(exponent):
        ctx.roots.append((base, False))  # (−1)^a is real for a = 2
        return exp_of(exponent * log_of(base))
    c, mono, parts = factored(base)
    found = [exp_of(exponent * log_of(number(1).scale(abs(c))))]
    if c < 0:
        found.append(exp_of(exponent * of(I) * of(PI)))
    bases: list[tuple[Form, Exponent]] = [(of(atom), k) for atom, k in mono] + list(parts)
    found += [exp_of(exponent.scale(_rational(k)) * log_of(part)) for part, k in bases]
    return product(found)


@builder("exp")
def _(ctx: Context, args: tuple[Form]) -> Form:
    return exp_of(args[0])


def _raised(ctx: Context, args: tuple[Any, ...], exponent: Exponent) -> Form | None:
    """exp(f)^c is exp(c f), which is not a principal root; of a root √z it is one."""
    lone = args[0].lone_atom
    return None if lone is not None and lone.head == "log" else exp_of(args[0].scale(_rational(exponent)))


dispatch.POWERS["exp"] = _raised


@builder("log")
def _(ctx: Context, args: tuple[Form]) -> Form:
    return log_of(args[0])


@builder("abs")
def _(ctx: Context, args: tuple[Form]) -> Form:
    return abs_of(args[0])


@deriver("exp")
def _(ctx: Context, atom: Atom, derive: dispatch.Derivation) -> Form:
    return of(atom) * derive(atom.args[0])


@deriver("log")
def _(ctx: Context, atom: Atom, derive: dispatch.Derivation) -> Form:
    return derive(atom.args[0]) * inverse(atom.args[0])


@deriver("abs")
def _(ctx: Context, atom: Atom, derive: dispatch.Derivation) -> Form:
    return derive(atom.args[0]) * inverse(atom.args[0]) * of(atom)


@printer("exp")
def _(ctx: Context, atom: Atom) -> Symbol:
    inside = atom.args[0]
    lone = inside.lone_atom
    if lone is not None and lone.head == "log":
        return dispatch.to_sympy(ctx, lone.args[0])
    return exp(dispatch.to_sympy(ctx, inside), evaluate=False)


def _printed_power(ctx: Context, atom: Atom, exponent: Exponent) -> Symbol:
    lone = atom.args[0].lone_atom
    if lone is not None and lone.head == "log":
        value = Integer(exponent.numerator) / Integer(exponent.denominator)
        return Pow(dispatch.to_sympy(ctx, lone.args[0]), value, evaluate=False)
    return exp(dispatch.to_sympy(ctx, atom.args[0].scale(_rational(exponent))), evaluate=False)


dispatch.POWER_PRINTERS["exp"] = _printed_power


@printer("log")
def _(ctx: Context, atom: Atom) -> Symbol:
    return log(dispatch.to_sympy(ctx, atom.args[0]), evaluate=False)


@printer("abs")
def _(ctx: Context, atom: Atom) -> Symbol:
    return Abs(dispatch.to_sympy(ctx, atom.args[0]), evaluate=False)


@printer("prime")
def _(ctx: Context, atom: Atom) -> Symbol:
    return Integer(atom.args[0])


@printer("i")
def _(ctx: Context, atom: Atom) -> Symbol:
    return Pow(Integer(-1), Integer(1) / 2, evaluate=True)


# --- laws of products ------------------------------------------------------------------------------------------


def _whole_powers(mono: Mono) -> Form | None:
    """i⁴ = 1; 2^{3/2} = 2·2^{1/2}; (z^½)² = z; |x|² = x²."""
    rest: list[tuple[Atom, Exponent]] = []
    outside: list[Form] = []
    for atom, exponent in mono:
        split = WHOLE[atom.head](atom, exponent) if atom.head in WHOLE else None
        if split is None:
            rest.append((atom, exponent))
        else:
            outside.append(split)
    return product([combined(tuple(rest)), *outside]) if outside else None


def _power_of_i(atom: Atom, exponent: Exponent) -> Form | None:
    if exponent == 1:
        return None
    sign = number(1 if exponent % 4 < 2 else -1)
    return sign * of(atom) if exponent % 2 else sign


def _power_of_prime(atom: Atom, exponent: Exponent) -> Form | None:
    times = floor(exponent)
    if times == 0:
        return None
    guard_power(number(atom.args[0]).number, times)
    outside = number(Fraction(atom.args[0]) ** times)
    return outside if exponent == times else outside * Form({((atom, exponent - times),): ONE.number})


def _power_of_root(atom: Atom, exponent: Exponent) -> Form | None:
    lone = atom.args[0].lone_atom
    if lone is None or lone.head != "log" or floor(exponent) == 0:
        return None
    return _root_atom(lone.args[0], exponent)


def _power_of_abs(atom: Atom, exponent: Exponent) -> Form | None:
    even = isinstance(exponent, int) and exponent % 2 == 0
    return dispatch.power(current(), atom.args[0], exponent) if even else None


WHOLE = {"i": _power_of_i, "prime": _power_of_prime, "exp": _power_of_root, "abs": _power_of_abs}


QUARTER = Fraction(1, 2)
"""A quarter of a turn, in units of π."""
TURN = mono_of({I: 1, PI: 1})
COSINES: dict[Fraction, tuple[Fraction, int]] = {
    Fraction(1, 6): (Fraction(1, 2), 3),
    Fraction(1, 4): (Fraction(1, 2), 2),
    Fraction(1, 3): (Fraction(1, 2), 1),
    Fraction(1, 2): (Fraction(0), 1),
    Fraction(2, 3): (Fraction(-1, 2), 1),
    Fraction(3, 4): (Fraction(-1, 2), 2),
    Fraction(5, 6): (Fraction(-1, 2), 3),
}
"""cos(cπ) as r·√n, for 0 < c < 1."""


def _cosine(c: Fraction) -> Form:
    r, n = COSINES[c]
    return root(number(n), Fraction(1, 2)).scale(_rational(r))


def _turns(mono: Mono) -> Form | None:
    """exp(iπ) = −1, and the turns by a sixth and a quarter; exp(2πi n) = 1 for integers n."""
    for position, (atom, exponent) in enumerate(mono):
        if atom.head != "exp" or not atom.combines:
            continue
        inside = next(iter(atom.args[0].terms))
        if not {(I, 1), (PI, 1)} <= set(inside):
            continue
        others = mono[:position] + mono[position + 1 :]
        if inside == TURN:
            c = Fraction(exponent) % 2
            if c == exponent and c < 1 and c not in COSINES:
                continue
            sign = 1 if c < 1 else -1
            c %= 1
            turned = ONE if c == 0 else _turned(atom, c)
            return product([combined(others), turned.scale(sign)])
        steps = Form({tuple(p for p in inside if p[0] not in (I, PI)): ONE.number})
        if integer(steps) and isinstance(exponent, int) and exponent not in (0, 1):
            return product([combined(others), of(atom) if exponent % 2 else ONE])
    return None


def _turned(atom: Atom, c: Fraction) -> Form:
    if c not in COSINES:
        return Form({((atom, c),): ONE.number})
    return of(I) if c == QUARTER else _cosine(c) + _cosine(abs(QUARTER - c)) * of(I)


def _recombine(mono: Mono) -> Form | None:
    """exp(a/(a+b)) · exp(b/(a+b)) = exp(1): exponents over sums are added before they are split."""
    mine = [(a, e) for a, e in mono if a.head == "exp" and any(x.head == "poly" for x in a.args[0].atoms())]
    if len(mine) < 2:
        return None
    exponent = total(a.args[0].scale(_rational(e)) for a, e in mine)
    low = reduced(exponent)
    if low == exponent:
        return None
    return product([combined(tuple(pair for pair in mono if pair not in mine)), exp_of(low)])


LAWS += [_whole_powers, _turns, _recombine]
