"""Where the difference of two compared sides changes its sign: the roots of polynomials in one name at a time.

Values at, just below and just above a root, and where the difference is least, are those at which a false claim shows
that holds at random values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flint import arb, fmpq, fmpq_poly

from checker.evaluate.arithmetic import Number, precision
from checker.evaluate.errors import Refused, Uncertain, Undefined
from checker.evaluate.names import Domain, Key
from checker.evaluate.state import State

MAX_DEGREE = 4
POINTS = tuple(map(fmpq, (0, 1, 2, 3, 4, 5, 6)))
"""More than determine a polynomial of that degree, which is then checked at the rest."""

SHIFT = fmpq(1, 1000)
FINE_BITS = 128


@dataclass(frozen=True)
class Difference:
    """left − right at a state, as a function of single names."""

    run: Callable[[State], Number]
    state: State

    def value(self) -> Number | None:
        """The exact value; None where there is none."""
        try:
            with precision(FINE_BITS):
                self.state.memo.clear()
                found = self.run(self.state)
        except (Undefined, Uncertain, Refused):
            return None
        return found if type(found) is fmpq else None

    def names(self) -> list[Key]:
        try:
            return list(self.state.traced(self.run))
        except (Undefined, Uncertain, Refused):
            return []

    def polynomial(self, key: Key) -> Any:
        """The difference as a polynomial in one name; None where it is none of low degree, or not exact."""
        before = self.state.values[key]
        poly = polynomial(lambda x: self._at(key, x))
        self._put(key, before)
        return poly

    def _at(self, key: Key, value: Number) -> Number | None:
        self._put(key, value)
        return self.value()

    def _put(self, key: Key, value: Number) -> None:
        if isinstance(key, str) and key in self.state.ints:
            self.state.assign_int(key, int(value.p))
        else:
            self.state.assign(key, value)


def polynomial(at: Callable[[Number], Number | None]) -> Any:
    """The polynomial that has these values; None where it is none of low degree, or they are not exact."""
    found = []
    for x in POINTS:
        y = at(x)
        if y is None:
            return None
        found.append((x, y))
    poly = _through(found[: MAX_DEGREE + 1])
    return poly if all(poly(x) == y for x, y in found[MAX_DEGREE + 1 :]) else None


def _through(rows: Sequence[tuple[Number, Number]]) -> Any:
    """The polynomial through these points, by Newton's divided differences."""
    poly, basis = fmpq_poly([]), fmpq_poly([1])
    for x, y in rows:
        poly += basis * ((y - poly(x)) / basis(x))
        basis *= fmpq_poly([-x, 1])
    return poly


def places(poly: Any) -> list[Number]:
    """The real roots of a polynomial and of its derivative, as far as they are rational, or else close to them."""
    found: dict[Number, None] = {}
    for one in (poly, poly.derivative()):
        if one.degree() >= 1:
            found.update(dict.fromkeys(_roots(one)))
    return list(found)


def irrational(poly: Any) -> list[arb]:
    """The real roots that are not rational, as balls."""
    factors = [factor for factor, _ in poly.numer().factor()[1] if factor.degree() > 1] if poly.degree() > 1 else []
    return [root.real for factor in factors for root, _ in factor.complex_roots() if root.imag.contains(0)]


def _roots(poly: Any) -> Iterator[Number]:
    for factor, _ in poly.numer().factor()[1]:
        if factor.degree() == 1:
            yield fmpq(-int(factor[0]), int(factor[1]))
            continue
        for root, _ in factor.complex_roots():
            if root.imag.contains(0):
                yield _near(root.real)


def _near(value: arb) -> Number:
    scale = 1 << 40
    middle = (value * scale).mid().floor().unique_fmpz()
    return fmpq(0) if middle is None else fmpq(middle, scale)


def around(place: Number, domain: Domain) -> list[Number]:
    """Values at a place, just beside it, and further away, as far as the domain allows."""
    if domain.integer:
        whole = fmpq(place.floor())
        values = [place, whole, whole + 1, whole - 1, whole + 2]
    else:
        small = SHIFT * max(abs(place), fmpq(1))
        values = [place, place + small, place - small, place + 1, place - 1]
    return [value for value in dict.fromkeys(values) if domain.contains(value)]
