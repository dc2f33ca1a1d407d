"""The givens under conventions that an answer states, and the numbers that they come to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from sympy import Basic, Rational
from sympy import evaluate as sympy_evaluate

from checker.derivation import Givens
from checker.tables import Convention

GIVENS_KEPT = 128
"""How many givens are remembered with their values: those of a question under some of its conventions."""


def under(givens: Givens, conventions: Iterable[Convention]) -> Givens:
    """The givens with the definitions of the conventions in place of those of the same names."""
    others = {equation.args[0]: equation for convention in conventions for equation in convention.definitions}
    kept = (equation for equation in givens.definitions if equation.args[0] not in others)
    return replace(givens, definitions=(*kept, *others.values()))


@lru_cache(maxsize=GIVENS_KEPT)
def values_of(givens: Givens) -> Mapping[Basic, Fraction]:
    """The values of all names whose definitions come down to numbers; for hints and choices, not for verdicts."""
    bodies = {equation.args[0]: equation.args[1] for equation in givens.definitions}
    found: dict[Basic, Rational | None] = {}

    def value(name: Basic) -> Rational | None:
        if name not in found:
            found[name] = None  # of a name that is defined by itself there is no value
            body = bodies.get(name)
            parts = {symbol: value(symbol) for symbol in body.free_symbols} if body is not None else {}
            if body is not None and None not in parts.values():
                number = body.xreplace(parts).doit()
                found[name] = number if isinstance(number, Rational) else None
        return found[name]

    with sympy_evaluate(True):
        values = {name: value(name) for name in bodies}
    return {name: Fraction(int(each.p), int(each.q)) for name, each in values.items() if each is not None}
