"""Distributions by name: densities or masses, values, means and variances; adding one is adding a row.

Source: Bishop, Pattern Recognition and Machine Learning (2006), appendix B; for the geometric and the binomial
distribution, DeGroot and Schervish, Probability and Statistics (4th ed., 2012), sections 5.2 and 5.5.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import sympy
from sympy import Expr, Integer, Rational

from checker.derivation import IndexSet
from checker.reading.known.scope import POSITIVE, REAL, Kind

COUNT = Kind((("integer", True), ("nonnegative", True)))
BINARY = Kind((("integer", True), ("nonnegative", True)), IndexSet(Integer(0), Integer(1)))
FROM_ONE = Kind((("integer", True), ("positive", True)))
UNIT = "unit"
"""A parameter between 0 and 1."""
ABOVE = "positive"
ANY = "real"
SIZE = "size"

Formula = Callable[..., Expr]


@dataclass(frozen=True)
class Family:
    """A distribution by its names: its density at x with these parameters, and what its values are.

    density: None where it has several formulas. within: what each parameter is. also: what the same names mean
    elsewhere, with another density at the same parameters. letters: those of the last parameter by which it is custom
    that this one is meant.
    """

    title: str
    names: tuple[str, ...]
    within: tuple[str, ...]
    values: Kind
    density: Formula | None
    mean: Formula
    variance: Formula
    also: str = ""
    letters: frozenset[str] = frozenset()


def _gamma(x: Expr) -> Expr:
    return sympy.gamma(x, evaluate=False)


def _geometric(x: Expr, p: Expr, first: int) -> Expr:
    return p * (1 - p) ** (x - first)


FAMILIES = (
    Family(
        "the Bernoulli distribution", ("Bernoulli", "Bern", "Ber"), (UNIT,), BINARY,
        lambda x, p: p**x * (1 - p) ** (1 - x), lambda p: p, lambda p: p * (1 - p),
    ),
    Family(
        "the binomial distribution", ("Binomial", "Binom", "Bin", "B"), (SIZE, UNIT), COUNT,
        lambda x, n, p: sympy.binomial(n, x) * p**x * (1 - p) ** (n - x),
        lambda n, p: n * p, lambda n, p: n * p * (1 - p),
    ),
    Family(
        "the geometric distribution of the number of trials", ("Geometric", "Geom", "Geo"), (UNIT,), FROM_ONE,
        lambda x, p: _geometric(x, p, 1), lambda p: 1 / p, lambda p: (1 - p) / p**2,
        also="the geometric distribution of the number of failures",
    ),
    Family(
        "the geometric distribution of the number of failures", (), (UNIT,), COUNT,
        lambda x, p: _geometric(x, p, 0), lambda p: (1 - p) / p, lambda p: (1 - p) / p**2,
    ),
    Family(
        "the Poisson distribution", ("Poisson", "Poi", "Pois", "Po"), (ABOVE,), COUNT,
        lambda x, a: a**x * sympy.exp(-a) / sympy.factorial(x), lambda a: a, lambda a: a,
    ),
    Family(
        "the exponential distribution by its rate", ("Exponential", "Exp", "Expo", "exp"), (ABOVE,), POSITIVE,
        lambda x, a: a * sympy.exp(-a * x), lambda a: 1 / a, lambda a: 1 / a**2,
        also="the exponential distribution by its scale", letters=frozenset(("lambda", "eta", "r")),
    ),
    Family(
        "the exponential distribution by its scale", (), (ABOVE,), POSITIVE,
        lambda x, a: sympy.exp(-x / a) / a, lambda a: a, lambda a: a**2,
    ),
    Family(
        "the gamma distribution by its rate", ("Gamma", "Gam", "Ga"), (ABOVE, ABOVE), POSITIVE,
        lambda x, a, b: b**a * x ** (a - 1) * sympy.exp(-b * x) / _gamma(a), lambda a, b: a / b, lambda a, b: a / b**2,
        also="the gamma distribution by its scale", letters=frozenset(("b", "beta", "lambda")),
    ),
    Family(
        "the gamma distribution by its scale", (), (ABOVE, ABOVE), POSITIVE,
        lambda x, a, b: x ** (a - 1) * sympy.exp(-x / b) / (b**a * _gamma(a)),
        lambda a, b: a * b, lambda a, b: a * b**2,
    ),
    Family(
        "the beta distribution", ("Beta", "Be"), (ABOVE, ABOVE), Kind(POSITIVE.assumptions),
        lambda x, a, b: _gamma(a + b) / (_gamma(a) * _gamma(b)) * x ** (a - 1) * (1 - x) ** (b - 1),
        lambda a, b: a / (a + b), lambda a, b: a * b / ((a + b) ** 2 * (a + b + 1)),
    ),
    Family(
        "the normal distribution", ("N", "Normal", "Gaussian"), (ANY, ABOVE), REAL,
        lambda x, m, v: sympy.exp(Rational(-1, 2) * (x - m) ** 2 / v) / sympy.sqrt(2 * sympy.pi * v),
        lambda m, v: m, lambda m, v: v,
    ),
    Family(
        "the uniform distribution", ("Uniform", "Unif", "U"), (ANY, ANY), REAL,
        None, lambda a, b: (a + b) / 2, lambda a, b: (b - a) ** 2 / 12,
    ),
    Family(
        "the Laplace distribution", ("Laplace", "Lap"), (ANY, ABOVE), REAL,
        lambda x, m, b: sympy.exp(-sympy.Abs(x - m) / b) / (2 * b), lambda m, b: m, lambda m, b: 2 * b**2,
    ),
)  # fmt: skip
"""The table."""

NAMED = {name: family for family in FAMILIES for name in family.names}
TITLED = {family.title: family for family in FAMILIES}
WORDS = frozenset(name for name in NAMED if len(name) > 1 and name != "exp")
"""Names of several letters, which stand for nothing else before a bracket."""


def families(name: str, parameters: int) -> tuple[Family, ...]:
    """What a name with so many parameters may mean, what is custom first."""
    family = NAMED.get(name)
    if family is None or len(family.within) != parameters:
        return ()
    return (family, TITLED[family.also]) if family.also else (family,)
