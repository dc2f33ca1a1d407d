"""Derivatives by exact forward automatic differentiation.

A Jet is value + slope·ε with ε² = 0, for one perturbation; the parts may be jets of outer perturbations, so a second
derivative is a jet of jets. `level` tells perturbations apart: the inner derivative has the higher level.

    (a + a'ε)(b + b'ε) = ab + (a'b + ab')ε         f(a + a'ε) = f(a) + f'(a)a'ε
"""

from __future__ import annotations

from checker.evaluate.arithmetic import Number
from checker.evaluate.names import Key


class Gradient:
    """The slopes in many names at once: what stands for a slope where all names of an equation are perturbed."""

    __slots__ = ("slopes",)

    def __init__(self, slopes: dict[Key, Number]) -> None:
        self.slopes = slopes

    def __add__(self, other: Number) -> Gradient:
        if type(other) is not Gradient:
            return self  # only zero is ever added
        slopes = dict(self.slopes)
        for key, number in other.slopes.items():
            slopes[key] = slopes[key] + number if key in slopes else number
        return Gradient(slopes)

    __radd__ = __add__

    def __neg__(self) -> Gradient:
        return Gradient({key: -number for key, number in self.slopes.items()})

    def __mul__(self, other: Number) -> Gradient:
        return Gradient({key: number * other for key, number in self.slopes.items()})

    __rmul__ = __mul__


class Jet:
    """value + slope·ε, with ε of the perturbation `level`."""

    __slots__ = ("level", "slope", "value")

    def __init__(self, level: int, value: Number, slope: Number) -> None:
        self.level, self.value, self.slope = level, value, slope

    def __add__(self, other: Number) -> Jet:
        if type(other) is Jet:
            if other.level == self.level:
                return Jet(self.level, self.value + other.value, self.slope + other.slope)
            if other.level > self.level:
                return Jet(other.level, self + other.value, other.slope)
        return Jet(self.level, self.value + other, self.slope)

    __radd__ = __add__

    def __neg__(self) -> Jet:
        return Jet(self.level, -self.value, -self.slope)

    def __sub__(self, other: Number) -> Number:
        return self + (-other)

    def __rsub__(self, other: Number) -> Number:
        return -self + other

    def __mul__(self, other: Number) -> Jet:
        if type(other) is Jet:
            if other.level == self.level:
                return Jet(self.level, self.value * other.value, self.slope * other.value + self.value * other.slope)
            if other.level > self.level:
                return Jet(other.level, self * other.value, self * other.slope)
        return Jet(self.level, self.value * other, self.slope * other)

    __rmul__ = __mul__


def primal(value: Number) -> Number:
    """The number without its perturbations."""
    while type(value) is Jet:
        value = value.value
    return value


def slope(value: Number, level: int) -> Number | None:
    """The coefficient of the perturbation `level`, which must be the innermost; None where there is none."""
    if type(value) is Jet and value.level == level:
        return value.slope
    return None
