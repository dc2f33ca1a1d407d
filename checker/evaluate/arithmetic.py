"""Numbers: exact rationals (fmpq) while they last, then real and complex balls (arb, acb).

A ball contains the true value; two disjoint balls are two different numbers. Nothing here rounds silently: what has
no value raises Undefined, and what the precision cannot tell raises Uncertain.
"""

from __future__ import annotations

from typing import Any

from flint import acb, arb, ctx, fmpq, fmpz

from checker.evaluate.errors import NotReal, Refused, TooLarge, Uncertain, Undefined, ZeroDenominator

Number = Any
"""fmpq, arb or acb (python-flint has no types to check against); inside derivatives also a Jet."""

ZERO, ONE, TWO, HALF = fmpq(0), fmpq(1), fmpq(2), fmpq(1, 2)
SMALL = tuple(fmpq(i) for i in range(257))

EXACT_BITS = 6000
"""Rationals larger than this go on as balls, so that no sum of fractions grows without limit."""

LARGEST_EXPONENT = 1 << 62

FIRST_PRECISION, LAST_PRECISION = 128, 2048


def integer(value: int) -> Number:
    """The rational number of an int."""
    return SMALL[value] if 0 <= value <= 256 else fmpq(value)


def exact(value: Number) -> bool:
    """Whether the value is one number, not a range of them."""
    return type(value) is fmpq or bool(value.is_exact())


def ball(value: Number) -> Number:
    """The real ball of a rational; balls as they are."""
    return arb(value) if type(value) is fmpq else value


def checked(value: Number) -> Number:
    """A ball that is a number; raises Uncertain for NaN and for infinite radius."""
    if not value.is_finite():
        raise Uncertain
    return value


def trimmed(value: Number) -> Number:
    """A rational of bounded size, or its ball."""
    if type(value) is fmpq and value.height_bits() > EXACT_BITS:
        return arb(value)
    return value


def real(value: Number) -> Number:
    """An arb for a real number; raises NotReal for what is shown not to be real, Uncertain where it may be."""
    if type(value) is not acb:
        return value
    if value.imag.is_zero():
        return value.real
    if value.imag.contains(0):
        raise Uncertain
    raise NotReal


def sign(value: Number) -> int:
    """-1, 0 or 1 for a real number; raises Uncertain where the ball does not tell."""
    if type(value) is fmpq:
        return 0 if not value else (1 if value > 0 else -1)
    value = real(value)
    if value > 0:
        return 1
    if value < 0:
        return -1
    if value.is_zero():
        return 0
    raise Uncertain


def reciprocal(value: Number) -> Number:
    if type(value) is fmpq:
        if not value:
            raise ZeroDenominator
        return 1 / value
    if value.is_zero():
        raise ZeroDenominator
    result = 1 / value
    if not result.is_finite():
        raise Uncertain
    return result


def integer_power(base: Number, exponent: int) -> Number:
    """base**exponent; 0**0 is 1, as polynomials need."""
    if exponent < 0:
        return reciprocal(integer_power(base, -exponent))
    if type(base) is fmpq:
        if exponent > 1 and base.height_bits() * exponent > EXACT_BITS and abs(base) != 1:
            return checked(arb(base) ** fmpz(exponent))
        return base**exponent
    return checked(base**exponent)


def _exact_root(value: fmpz, degree: int) -> fmpz | None:
    root = value.root(degree)
    return root if root**degree == value else None


def _rational_root(value: Number, degree: int) -> Number | None:
    """The exact root of a positive rational, where it is one."""
    top = _exact_root(value.p, degree)
    bottom = _exact_root(value.q, degree) if top is not None else None
    return None if top is None or bottom is None else fmpq(top, bottom)


def power(base: Number, exponent: Number, real_only: bool) -> Number:
    """base**exponent, the principal value; with `real_only` a value that is not real raises NotReal."""
    if type(exponent) is fmpq:
        if exponent.q == 1:
            if exponent.height_bits() > 60:
                return _general_power(base, exponent, real_only)
            return integer_power(base, int(exponent.p))
        if type(base) is fmpq:
            if not base:
                return _power_of_zero(exponent)
            degree = exponent.q
            if base > 0 and degree <= 64 and abs(exponent.p) <= 4096:
                root = _rational_root(base, int(degree))
                if root is not None:
                    return integer_power(root, int(exponent.p))
    return _general_power(base, exponent, real_only)


def _power_of_zero(exponent: Number) -> Number:
    way = sign(exponent)
    if way < 0:
        raise ZeroDenominator
    return ONE if way == 0 else ZERO


def _general_power(base: Number, exponent: Number, real_only: bool) -> Number:
    if type(base) is fmpq and not base:
        return _power_of_zero(exponent)
    if type(base) is fmpq and base == 1:
        return ONE
    if type(exponent) is acb and not exponent.imag.is_zero():
        if real_only:
            raise NotReal
        return checked(acb(ball(base)) ** exponent)
    exponent = _bounded(real(exponent))
    if type(base) is not acb and sign(base) > 0:
        return checked(ball(base) ** ball(exponent))
    if type(base) is not acb and sign(base) == 0:
        return _power_of_zero(exponent)
    if type(exponent) is arb:
        whole = exponent.unique_fmpz()
        if whole is None and exponent.contains_integer():
            raise Uncertain
    if real_only:
        raise NotReal
    return checked(acb(ball(base)) ** ball(exponent))


def _bounded(value: Number) -> Number:
    """An exponent that is not so large that nothing can be said of the power."""
    if type(value) is not acb and abs(value) > LARGEST_EXPONENT:
        raise TooLarge("a power with too large an exponent")
    return value


def exponential(value: Number) -> Number:
    _bounded(value)
    if type(value) is fmpq:
        return ONE if not value else checked(arb(value).exp())
    return checked(value.exp())


def logarithm(value: Number, real_only: bool) -> Number:
    """The principal logarithm."""
    if type(value) is acb:
        value = value.real if value.imag.is_zero() else value
    if type(value) is acb:
        if real_only:
            raise NotReal
        return checked(value.log())
    if type(value) is fmpq and value == 1:
        return ZERO
    way = sign(value)
    if way == 0:
        raise Undefined
    if way > 0:
        return checked(ball(value).log())
    if real_only:
        raise NotReal
    return acb(checked(ball(-value).log()), arb.pi())


def compare(left: Number, right: Number) -> int | None:
    """-1, 0 or 1 for real numbers, 0 only where both are exact; None where the balls overlap."""
    if type(left) is fmpq and type(right) is fmpq:
        return (left > right) - (left < right)
    left, right = real(left), real(right)
    if left < right:
        return -1
    if left > right:
        return 1
    return 0 if exact(left) and exact(right) else None


def disjoint(left: Number, right: Number) -> bool:
    """Whether two numbers are shown to differ."""
    if type(left) is fmpq and type(right) is fmpq:
        return bool(left != right)
    if type(left) is acb or type(right) is acb:
        return not acb(ball(left)).overlaps(acb(ball(right)))
    return not ball(left).overlaps(ball(right))


def _narrow(value: Number) -> bool:
    """Whether a ball is so narrow that overlapping with it counts as agreement."""
    if type(value) is fmpq:
        return True
    if type(value) is acb:
        middle, radius = abs(value).mid(), value.real.rad() + value.imag.rad()
    else:
        middle, radius = abs(value.mid()), value.rad()
    if radius.is_zero():
        return True
    # a ball around zero has no relative width: it must be far narrower, which takes 256 bits
    bound = middle * NARROW if not value.contains(0) else NARROW_AT_ZERO
    return bool(radius < bound)


NARROW, NARROW_AT_ZERO = arb(10) ** -25, arb(10) ** -60


def same(left: Number, right: Number) -> bool:
    """Whether two numbers that are not disjoint agree to high precision."""
    if type(left) is fmpq and type(right) is fmpq:
        return bool(left == right)
    return _narrow(left) and _narrow(right) and not disjoint(left, right)


class precision:  # noqa: N801
    """`with precision(bits):` sets the working precision of balls and puts the old one back."""

    def __init__(self, bits: int) -> None:
        self.bits = bits

    def __enter__(self) -> None:
        self.before = ctx.prec
        ctx.prec = self.bits

    def __exit__(self, *_: object) -> None:
        ctx.prec = self.before


def whole(value: Number) -> int:
    """The int that a number is; raises Undefined where it is none, and Refused where there is no number at all."""
    if value is None:
        raise Refused("an index that has no value here, as of a factor for other values")
    if type(value) is fmpq:
        if value.q != 1:
            raise Undefined
        if value.height_bits() > 60:
            raise Refused("a bound or an index that is too large")
        return int(value.p)
    if type(value) is acb or not value.contains_integer():
        raise Undefined
    raise Uncertain
