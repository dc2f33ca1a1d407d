"""Names and where their values may lie.

A name's key is "x" for a symbol and ("x", 1, 2) for an entry of a family: a symbol and a family of one name, or
families of one name with different numbers of indices, are independent.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from flint import fmpq
from sympy import Dummy, IndexedBase, Symbol

from checker.evaluate.arithmetic import Number
from checker.evaluate.errors import Refused

Key = Any
"""A str, or a tuple of a str and ints."""


@dataclass(frozen=True)
class Domain:
    """An interval of rationals or integers; None is unbounded, and a bound may be excluded."""

    integer: bool = False
    lower: Number | None = None
    upper: Number | None = None
    lower_open: bool = False
    upper_open: bool = False
    nonzero: bool = False
    declared: bool = True
    parity: int | None = None
    fixed: bool = False

    def contains(self, value: Number) -> bool:
        """Whether a number or ball certainly lies inside; never where no value may be given (`fixed`)."""
        if self.fixed:
            return False
        if self.lower is not None and not (value > self.lower if self.lower_open else value >= self.lower):
            return False
        if self.upper is not None and not (value < self.upper if self.upper_open else value <= self.upper):
            return False
        if self.nonzero and not (value > 0 or value < 0):
            return False
        return not self.integer or (type(value) is fmpq and value.q == 1 and self._even_or_odd(value))

    def excludes(self, value: Number) -> bool:
        """Whether a number or ball certainly lies outside."""
        if self.lower is not None and (value <= self.lower if self.lower_open else value < self.lower):
            return True
        if self.upper is not None and (value >= self.upper if self.upper_open else value > self.upper):
            return True
        return bool(self.nonzero and value == 0)

    def _even_or_odd(self, value: Number) -> bool:
        return self.parity is None or int(value.p) % 2 == self.parity

    @property
    def positive(self) -> bool:
        return self.lower is not None and self.lower >= 0

    @property
    def empty(self) -> bool:
        """Whether nothing lies inside."""
        if self.lower is None or self.upper is None:
            return False
        if self.integer:
            first = self.lower.ceil() + (1 if self.lower_open and self.lower.q == 1 else 0)
            last = self.upper.floor() - (1 if self.upper_open and self.upper.q == 1 else 0)
            return bool(first > last)
        if self.lower == self.upper:
            return self.lower_open or self.upper_open or (self.nonzero and self.lower == 0)
        return bool(self.lower > self.upper)

    def above(self, bound: Number, strict: bool) -> Domain:
        """The part that is above `bound`."""
        if self.lower is not None and (self.lower > bound or (self.lower == bound and not strict)):
            return self
        return replace(self, lower=bound, lower_open=strict)

    def below(self, bound: Number, strict: bool) -> Domain:
        """The part that is below `bound`."""
        if self.upper is not None and (self.upper < bound or (self.upper == bound and not strict)):
            return self
        return replace(self, upper=bound, upper_open=strict)


def symbol_name(symbol: Symbol) -> str:
    """The name as a key; raises Refused for what does not commute."""
    if symbol.is_commutative is False:
        raise Refused(f"{symbol.name} does not commute")
    if isinstance(symbol, Dummy):
        return f"{symbol.name}#{symbol.dummy_index}"
    return str(symbol.name)


def base_name(base: Any) -> str:
    """The name of a family; raises Refused where its label is not a symbol."""
    label = base.label if isinstance(base, IndexedBase) else base
    if not isinstance(label, Symbol):
        raise Refused(f"no numeric value for {type(label).__name__} with an index")
    return symbol_name(label)


def assumptions_of(name: Any) -> dict[str, bool]:
    """What SymPy is told of a symbol, an indexed base and its label, or an undefined function."""
    told = dict(getattr(getattr(name, "label", None), "assumptions0", {}))
    told.update(name.assumptions0)
    return told


def domain_of(told: dict[str, bool]) -> Domain:
    """The domain that SymPy's assumptions say; nothing said is a real number.

    Raises Refused for a name that is not real.
    """
    if told.get("imaginary") or told.get("real") is False:
        raise Refused("a name that is declared not real")
    parity = 0 if told.get("even") else 1 if told.get("odd") else None
    domain = Domain(integer=bool(told.get("integer")), declared="real" in told, parity=parity)
    if told.get("zero"):
        return replace(domain, lower=fmpq(0), upper=fmpq(0))
    if told.get("nonnegative"):
        domain = domain.above(fmpq(0), bool(told.get("positive")))
    if told.get("nonpositive"):
        domain = domain.below(fmpq(0), bool(told.get("negative")))
    return replace(domain, nonzero=bool(told.get("nonzero")))
