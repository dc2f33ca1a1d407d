"""Enclosures of what a real expression can be, whatever values its names have: sin x in [-1, 1], exp x > 0, x² ≥ 0.

They show that an equation has no solution (sin x = 2), or that a condition never changes (exp x > 0). Names take what
is declared of them; an expression that may not be real has no span.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import prod
from typing import Any

import sympy
from flint import fmpq
from sympy import Indexed, Symbol

from checker.evaluate.arithmetic import ONE, ZERO, Number
from checker.evaluate.names import assumptions_of
from checker.expressions import Indicator

MAX_BITS = 2000


@dataclass(frozen=True)
class Span:
    """An interval of the real line; None is unbounded, and a bound may be excluded."""

    lower: Number | None = None
    upper: Number | None = None
    lower_open: bool = False
    upper_open: bool = False

    @property
    def positive(self) -> bool:
        return self.lower is not None and (self.lower > 0 or (self.lower == 0 and self.lower_open))

    @property
    def nonnegative(self) -> bool:
        return self.lower is not None and self.lower >= 0

    def __neg__(self) -> Span:
        lower = None if self.upper is None else -self.upper
        upper = None if self.lower is None else -self.lower
        return Span(lower, upper, self.upper_open, self.lower_open)

    def __add__(self, other: Span) -> Span:
        lower = None if self.lower is None or other.lower is None else self.lower + other.lower
        upper = None if self.upper is None or other.upper is None else self.upper + other.upper
        return Span(lower, upper, self.lower_open or other.lower_open, self.upper_open or other.upper_open)

    def __mul__(self, other: Span) -> Span:
        if self == other == point(ZERO):
            return self
        for one, two in ((self, other), (other, self)):
            if one.lower == one.upper and one.lower is not None:
                return _scaled(two, one.lower)
        if self.nonnegative and other.nonnegative:
            upper = None if self.upper is None or other.upper is None else self.upper * other.upper
            return Span(
                ZERO if not self.lower or not other.lower else self.lower * other.lower,
                upper,
                self.positive and other.positive and not (self.lower and other.lower),
            )
        ends = [end for end in (self.lower, self.upper, other.lower, other.upper) if end is not None]
        if len(ends) == 4:
            corners = [one * two for one in ends[:2] for two in ends[2:]]
            return Span(min(corners), max(corners))
        if (-self).nonnegative:
            return -(-self * other)
        if (-other).nonnegative:
            return -(self * -other)
        return REALS

    def excludes_zero(self) -> bool:
        return self.positive or (-self).positive


REALS = Span()


def point(value: Number) -> Span:
    return Span(value, value)


def _scaled(span: Span, factor: Number) -> Span:
    if not factor:
        return point(ZERO)
    if factor < 0:
        return -_scaled(span, -factor)
    lower = None if span.lower is None else span.lower * factor
    upper = None if span.upper is None else span.upper * factor
    return Span(lower, upper, span.lower_open, span.upper_open)


def span(expression: Any) -> Span | None:
    """An interval that holds every value the expression can have; None where it may not be real, or is not known."""
    rule = RULES.get(type(expression))
    if rule is not None:
        return rule(expression)
    if expression.is_Rational:
        if expression.p.bit_length() + expression.q.bit_length() > MAX_BITS:
            return None
        return point(fmpq(int(expression.p), int(expression.q)))
    if isinstance(expression, Symbol):
        return _declared(expression)
    if expression in (sympy.pi, sympy.E):
        return Span(ONE, fmpq(4), True, True)
    return None


def _declared(name: Any) -> Span | None:
    told = assumptions_of(name)
    if told.get("real") is False or told.get("commutative") is False:
        return None
    least = ONE if told.get("integer") and told.get("positive") else ZERO
    if told.get("nonnegative"):
        return Span(least, None, bool(told.get("positive")) and not least)
    if told.get("nonpositive"):
        return Span(None, ZERO, False, bool(told.get("negative")))
    return REALS


def _all(rule: Callable[[list[Span]], Span]) -> Callable[[Any], Span | None]:
    def run(expression: Any) -> Span | None:
        found = [span(argument) for argument in expression.args]
        known = [one for one in found if one is not None]
        return rule(known) if len(known) == len(found) else None

    return run


def _sum(spans: list[Span]) -> Span:
    return sum(spans, point(ZERO))


def _power(expression: Any) -> Span | None:
    base, exponent = expression.args
    if base is sympy.E:
        return _exponential([one]) if (one := span(exponent)) is not None else None
    inside = span(base)
    if inside is None:
        return None
    if inside.positive:
        return Span(ZERO, None, True) if span(exponent) is not None else None
    if exponent.is_Integer and exponent.p > 0:
        if exponent.p % 2 == 0:
            furthest = _furthest(inside)
            upper = None if furthest is None or exponent.p > 9 else furthest ** int(exponent.p)
            return Span(ZERO, upper, inside.excludes_zero())
        return Span(ZERO) if inside.nonnegative else REALS
    return Span(ZERO) if inside.nonnegative and exponent.is_Rational and exponent > 0 else None


def _exponential(spans: list[Span]) -> Span:
    return Span(ZERO, None, True)


def _absolute(spans: list[Span]) -> Span:
    return Span(ZERO, _furthest(spans[0]), spans[0].excludes_zero())


def _furthest(one: Span) -> Number | None:
    """A bound of the absolute value."""
    return None if one.lower is None or one.upper is None else max(abs(one.lower), abs(one.upper))


def _log(expression: Any) -> Span | None:
    inside = span(expression.args[0])
    return REALS if inside is not None and inside.positive and len(expression.args) == 1 else None


def _body(expression: Any) -> Span | None:
    """A finite sum of what is not negative is not negative."""
    inside = span(expression.function)
    if inside is None:
        return None
    if inside.nonnegative:
        return Span(ZERO)
    return Span(None, ZERO) if (-inside).nonnegative else REALS


RULES: dict[type, Callable[[Any], Span | None]] = {
    sympy.Add: _all(_sum),
    sympy.Mul: _all(lambda spans: prod(spans, start=point(ONE))),
    sympy.Pow: _power,
    sympy.exp: _all(_exponential),
    sympy.log: _log,
    sympy.Abs: _all(_absolute),
    sympy.sin: _all(lambda spans: Span(-ONE, ONE)),
    sympy.cos: _all(lambda spans: Span(-ONE, ONE)),
    sympy.tanh: _all(lambda spans: Span(-ONE, ONE, True, True)),
    sympy.cosh: _all(lambda spans: Span(ONE)),
    sympy.atan: _all(lambda spans: Span(fmpq(-2), fmpq(2), True, True)),
    sympy.sign: _all(lambda spans: Span(-ONE, ONE)),
    sympy.Sum: _body,
    Indicator: lambda expression: Span(ZERO, ONE),
    sympy.KroneckerDelta: lambda expression: Span(ZERO, ONE),
    Indexed: lambda expression: _declared(expression.args[0]),
}


def difference(left: Any, right: Any) -> Span | None:
    """What left − right can be."""
    one, other = span(left), span(right)
    return None if one is None or other is None else one + -other
