"""The table of functions: for each SymPy head its value on numbers and its derivative.

A row is (value, derivative): `value` takes a number, `derivative` takes the argument (a number or a jet) and may use
any function of the table. All functions here take numbers or jets and the flag `real_only`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import sympy
from flint import acb, arb, fmpq

from checker.evaluate import arithmetic
from checker.evaluate.arithmetic import HALF, ONE, TWO, ZERO, Number, ball, checked
from checker.evaluate.errors import NotReal, Refused, Uncertain, Undefined, ZeroDenominator
from checker.evaluate.jets import Jet, primal

Function = Callable[[Number, bool], Number]
LARGEST_BITS = 100_000
"""Of an exact number where slopes are computed with it; a solution may be an exact one of many digits."""


def reciprocal(value: Number) -> Number:
    if type(value) is Jet:
        inverse = reciprocal(value.value)
        return Jet(value.level, inverse, -(inverse * inverse * value.slope))
    return arithmetic.reciprocal(value)


def integer_power(base: Number, exponent: int) -> Number:
    if type(base) is Jet:
        if exponent == 0:
            return ONE
        lower = integer_power(base.value, exponent - 1)
        value = lower * base.value
        if type(value) is fmpq and value.height_bits() > LARGEST_BITS:
            value = ball(value)  # a power of a power, and so on
        return Jet(base.level, value, lower * base.slope * fmpq(exponent))
    return arithmetic.integer_power(base, exponent)


def power(base: Number, exponent: Number, real_only: bool) -> Number:
    if type(exponent) is fmpq and exponent.q == 1 and exponent.height_bits() < 60:
        return integer_power(base, int(exponent.p))
    if type(base) is not Jet and type(exponent) is not Jet:
        return arithmetic.power(base, exponent, real_only)
    level = max(number.level for number in (base, exponent) if type(number) is Jet)
    u, du = _parts(base, level)
    v, dv = _parts(exponent, level)
    value = power(u, v, real_only)
    change: Number = ZERO
    if du is not None:
        change = v * power(u, v - 1, real_only) * du
    if dv is not None:
        change = change + value * log(u, real_only) * dv
    return Jet(level, value, change)


def _parts(number: Number, level: int) -> tuple[Number, Number | None]:
    if type(number) is Jet and number.level == level:
        return number.value, number.slope
    return number, None


def lifted(value: Function, derivative: Function) -> Function:
    """A function of numbers as one of numbers and jets."""

    def apply(argument: Number, real_only: bool) -> Number:
        if type(argument) is Jet:
            inner = argument.value
            return Jet(argument.level, apply(inner, real_only), derivative(inner, real_only) * argument.slope)
        return value(argument, real_only)

    return apply


def _entire(method: str, at_zero: Number | None = None) -> Function:
    """A function that is defined everywhere, or gives a NaN ball where it is not."""

    def value(argument: Number, real_only: bool) -> Number:
        if type(argument) is fmpq:
            if at_zero is not None and not argument:
                return at_zero
            argument = arb(argument)
        return checked(getattr(argument, method)())

    return value


def _pole(sine: str, cosine: str) -> Function:
    """sine/cosine; raises ZeroDenominator where the cosine is exactly zero."""

    def value(argument: Number, real_only: bool) -> Number:
        argument = ball(argument)
        return checked(getattr(argument, sine)()) * arithmetic.reciprocal(checked(getattr(argument, cosine)()))

    return value


def _inverse(method: str, inside: Callable[[Number], bool | None], at: dict[int, Number]) -> Function:
    """An inverse function, real where `inside` holds of the argument and else complex."""

    def value(argument: Number, real_only: bool) -> Number:
        if type(argument) is fmpq and argument.q == 1 and int(argument.p) in at:
            return at[int(argument.p)]
        argument = ball(argument)
        if type(argument) is acb:
            return checked(getattr(argument, method)())
        if inside(argument):
            return checked(getattr(argument, method)())
        if real_only:
            # not certainly inside: certainly outside gives a NaN at every precision
            if argument.is_exact():
                raise NotReal
            raise Uncertain
        return checked(getattr(acb(argument), method)())

    return value


def _absolute(value: Number, real_only: bool) -> Number:
    if type(value) is Jet:
        way = arithmetic.sign(primal(value))
        if way == 0:
            raise Undefined
        return value if way > 0 else -value
    if type(value) is acb:
        return checked(abs(value))
    return abs(value)


def _sign(value: Number, real_only: bool) -> Number:
    way = arithmetic.sign(primal(value))
    if way == 0 and type(value) is Jet:
        raise Undefined
    return fmpq(way)


def _floor(value: Number, real_only: bool) -> Number:
    value = arithmetic.real(primal(value))
    if type(value) is fmpq:
        return fmpq(value.floor())
    whole = value.floor().unique_fmpz()
    if whole is None:
        raise Uncertain
    return fmpq(whole)


def _ceiling(value: Number, real_only: bool) -> Number:
    return -_floor(-value, real_only)


def _gamma(value: Number, real_only: bool) -> Number:
    if type(value) is fmpq:
        if value.q == 1:
            if value <= 0:
                raise Undefined
            if value <= 1000:
                return fmpq(math.factorial(int(value.p) - 1))
        value = arb(value)
    return checked(value.gamma())


def _log_gamma(value: Number, real_only: bool) -> Number:
    if arithmetic.sign(value) <= 0:
        raise Undefined
    return checked(ball(value).lgamma())


def log_plain(value: Number, real_only: bool) -> Number:
    return arithmetic.logarithm(value, real_only)


exp: Function = lifted(lambda v, r: arithmetic.exponential(v), lambda v, r: exp(v, r))
log: Function = lifted(log_plain, lambda v, r: reciprocal(v))
sin: Function = lifted(_entire("sin", ZERO), lambda v, r: cos(v, r))
cos: Function = lifted(_entire("cos", ONE), lambda v, r: -sin(v, r))
tan: Function = lifted(_pole("sin", "cos"), lambda v, r: reciprocal(integer_power(cos(v, r), 2)))
cot: Function = lifted(_pole("cos", "sin"), lambda v, r: -reciprocal(integer_power(sin(v, r), 2)))
sinh: Function = lifted(_entire("sinh", ZERO), lambda v, r: cosh(v, r))
cosh: Function = lifted(_entire("cosh", ONE), lambda v, r: sinh(v, r))
tanh: Function = lifted(_entire("tanh", ZERO), lambda v, r: reciprocal(integer_power(cosh(v, r), 2)))
gamma: Function = lifted(_gamma, lambda v, r: gamma(v, r) * digamma(v, r))
digamma: Function = lifted(_entire("digamma"), lambda v, r: _refuse("the derivative of the digamma function"))
atan: Function = lifted(_entire("atan", ZERO), lambda v, r: reciprocal(v * v + ONE))
asinh: Function = lifted(_entire("asinh", ZERO), lambda v, r: _inverse_root(v * v + ONE, r))


def _refuse(what: str) -> Number:
    raise Refused(what)


def _inverse_root(value: Number, real_only: bool) -> Number:
    return power(value, -HALF, real_only)


def sec(value: Number, real_only: bool) -> Number:
    return reciprocal(cos(value, real_only))


def csc(value: Number, real_only: bool) -> Number:
    return reciprocal(sin(value, real_only))


def sech(value: Number, real_only: bool) -> Number:
    return reciprocal(cosh(value, real_only))


def csch(value: Number, real_only: bool) -> Number:
    return reciprocal(sinh(value, real_only))


def coth(value: Number, real_only: bool) -> Number:
    return cosh(value, real_only) * reciprocal(sinh(value, real_only))


def factorial(value: Number, real_only: bool) -> Number:
    return gamma(value + ONE, real_only)


_UNIT = _inverse("asin", lambda v: bool(abs(v) <= 1), {0: ZERO})
_UNIT_COS = _inverse("acos", lambda v: bool(abs(v) <= 1), {1: ZERO})
_ABOVE_ONE = _inverse("acosh", lambda v: bool(v >= 1), {1: ZERO})
_INSIDE_UNIT = _inverse("atanh", lambda v: bool(abs(v) < 1), {0: ZERO})


def _atanh(value: Number, real_only: bool) -> Number:
    if type(value) is fmpq and abs(value) == 1:
        raise ZeroDenominator
    return _INSIDE_UNIT(value, real_only)


FUNCTIONS: dict[type, Function] = {
    sympy.exp: exp,
    sympy.log: log,
    sympy.sin: sin,
    sympy.cos: cos,
    sympy.tan: tan,
    sympy.cot: cot,
    sympy.sec: sec,
    sympy.csc: csc,
    sympy.asin: lifted(_UNIT, lambda v, r: _inverse_root(ONE - v * v, r)),
    sympy.acos: lifted(_UNIT_COS, lambda v, r: -_inverse_root(ONE - v * v, r)),
    sympy.atan: atan,
    sympy.sinh: sinh,
    sympy.cosh: cosh,
    sympy.tanh: tanh,
    sympy.coth: coth,
    sympy.sech: sech,
    sympy.csch: csch,
    sympy.asinh: asinh,
    sympy.acosh: lifted(_ABOVE_ONE, lambda v, r: _inverse_root(v - ONE, r) * _inverse_root(v + ONE, r)),
    sympy.atanh: lifted(_atanh, lambda v, r: reciprocal(ONE - v * v)),
    sympy.erf: lifted(
        _entire("erf", ZERO), lambda v, r: exp(-(v * v), r) * (TWO * arithmetic.reciprocal(arb.pi().sqrt()))
    ),
    sympy.gamma: gamma,
    sympy.loggamma: lifted(_log_gamma, lambda v, r: digamma(v, r)),
    sympy.digamma: digamma,
    sympy.factorial: factorial,
    sympy.Abs: _absolute,
    sympy.sign: _sign,
    sympy.floor: _floor,
    sympy.ceiling: _ceiling,
}


BRANCHING = {sympy.log, sympy.Abs, sympy.sign, sympy.asin, sympy.acos, sympy.acosh, sympy.atanh, sympy.floor}
"""Functions that are given by different formulas for numbers of different signs."""


def binomial(n: Number, k: Number, real_only: bool) -> Number:
    """n over k: the falling product for an integer k, gamma functions elsewhere."""
    if type(k) is fmpq and k.q == 1:
        if k < 0:
            return ZERO
        if type(n) is fmpq and n.q == 1 and n >= k and 2 * k > n:
            k = n - k
        if k <= 1000:
            return _falling(n, int(k.p))
    return gamma(n + ONE, real_only) * reciprocal(gamma(k + ONE, real_only) * gamma(n - k + ONE, real_only))


def _falling(n: Number, k: int) -> Number:
    result: Number = ONE
    for i in range(k):
        result = arithmetic.trimmed(result * (n - fmpq(i)) * fmpq(1, i + 1))
    return result


def largest(values: list[Number], way: int) -> Number:
    """The maximum (way = 1) or minimum (way = -1) of real numbers."""
    best = values[0]
    for value in values[1:]:
        best = _larger(best, value, way)
    return best


def _larger(left: Number, right: Number, way: int) -> Number:
    order = arithmetic.compare(primal(left), primal(right))
    jets = type(left) is Jet or type(right) is Jet
    if order is None:
        if jets:
            raise Uncertain
        left, right = arithmetic.real(ball(left)), arithmetic.real(ball(right))
        return left.max(right) if way > 0 else left.min(right)
    if order == 0 and jets:
        raise Undefined
    return left if order * way >= 0 else right


CONSTANTS: dict[Any, Callable[[], Number]] = {
    sympy.pi: arb.pi,
    sympy.E: arb.const_e,
    sympy.EulerGamma: arb.const_euler,
    sympy.Catalan: arb.const_catalan,
    sympy.GoldenRatio: lambda: (ONE + arb(5).sqrt()) / 2,
    sympy.I: lambda: acb(0, 1),
}
