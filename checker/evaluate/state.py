"""What a compiled expression is evaluated on: the values of names, bound indices, perturbations, and the work done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from checker.evaluate.arithmetic import ONE, Number, integer
from checker.evaluate.errors import Refused
from checker.evaluate.functions import power, reciprocal
from checker.evaluate.jets import Gradient, Jet
from checker.evaluate.names import Key

MAX_LEVEL = 12


class Source(Protocol):
    """Where the values of names come from that have none yet."""

    def draw(self, state: State, key: Key) -> Number:
        """The value of a symbol or an entry."""

    def draw_index(self, state: State, name: str) -> int:
        """The value of a free index."""


class Budget:
    """Counts evaluated nodes, and refuses beyond a limit (never the clock: a verdict does not depend on load)."""

    def __init__(self, limit: int) -> None:
        self.limit = self.left = limit

    def spend(self, nodes: int) -> None:
        self.left -= nodes
        if self.left < 0:
            raise Refused(f"more work than the limit of {self.limit} evaluated nodes")

    @property
    def spent(self) -> int:
        return self.limit - self.left


class State:
    """One assignment, filled as names are asked for.

    values: numbers of symbols and entries. ints: the same of sizes and free indices, as ints. slots: bound indices.
    sample: the indices of the sample at hand. memo: values of definitions, kept while no name changes. store: the joint
    distribution. moved: for each perturbed coordinate its levels and powers, outermost first. tracked: names in which
    the gradient is taken, to solve equations. trace: the names read, if wanted. observer: told of comparisons.
    integrated: names on which no integral depends, where random numbers stood in for integrals. doubt: what was
    evaluated that people mean in two ways, so that what fails here may hold in the other.
    """

    def __init__(self, source: Source, seed: int, slots: int, budget: Budget) -> None:
        self.source = source
        self.seed = seed
        self.budget = budget
        self.slots: list[int] = [0] * slots
        self.values: dict[Key, Number] = {}
        self.ints: dict[str, int] = {}
        self.locals: dict[str, Number] = {}
        self.sample: tuple[int, ...] = ()
        self.memo: dict[Any, Any] = {}
        self.store: dict[str, Any] = {}
        self.moved: dict[Key, list[tuple[int, Number]]] = {}
        self.trace: dict[Key, None] | None = None
        self.watched = False
        self.tracked: set[Key] | None = None
        self.tracked_level = 0
        self.level = 0
        self.real_only = False
        self.integrated: frozenset[str] | None = None
        self.doubt = ""
        self.observer: Callable[[int, bool | None, State], None] | None = None

    def assign(self, key: Key, value: Number) -> None:
        self.values[key] = value
        self.memo.clear()

    def assign_int(self, name: str, value: int) -> None:
        self.ints[name] = value
        self.values[name] = integer(value)
        self.memo.clear()

    def read(self, key: Key) -> Number:
        """The value of a name, drawn where it has none yet, with the perturbations that are under way."""
        value = self.values.get(key)
        if value is None:
            value = self.values[key] = self.source.draw(self, key)
        if self.watched:
            if self.trace is not None:
                self.trace[key] = None
            if self.tracked is not None and key in self.tracked:
                value = Jet(self.tracked_level, value, Gradient({key: ONE}))
            if key in self.moved:
                value = self.perturbed(key, value)
        return value

    def draw_index(self, name: str) -> int:
        """The value of a free index that has none yet."""
        self.assign_int(name, self.source.draw_index(self, name))
        return self.ints[name]

    def perturbed(self, key: Key, value: Number) -> Number:
        """The value as a function of its perturbations, v**p being moved where a derivative is by v**p."""
        for level, exponent in self.moved[key]:
            rate = ONE
            if exponent != 1:
                rate = reciprocal(exponent * power(value, exponent - 1, self.real_only))
            value = Jet(level, value, rate)
        return value

    def move(self, key: Key, exponent: Number) -> int:
        """Begin a perturbation of a coordinate; returns its level."""
        self.level += 1
        if self.level > MAX_LEVEL:
            raise Refused(f"derivatives nested more than {MAX_LEVEL} deep")
        self.moved.setdefault(key, []).append((self.level, exponent))
        self.watched = True
        return self.level

    def rest(self, key: Key) -> None:
        """End the innermost perturbation, which is of this coordinate."""
        self.level -= 1
        self.moved[key].pop()
        if not self.moved[key]:
            del self.moved[key]
        self._watch()

    def _watch(self) -> None:
        self.watched = bool(self.moved) or self.trace is not None or self.tracked is not None

    def gradient(self, run: Callable[[State], Number], keys: set[Key]) -> tuple[Number, dict[Key, Number]]:
        """The value of an expression, and its slopes in those of the names on which it depends."""
        self.level += 1
        self.tracked, self.tracked_level, self.watched = keys, self.level, True
        try:
            found = run(self)
        finally:
            self.level -= 1
            self.tracked = None
            self._watch()
        if type(found) is not Jet:
            return found, {}
        return found.value, found.slope.slopes if type(found.slope) is Gradient else {}

    def traced(self, run: Callable[[State], Any]) -> dict[Key, None]:
        """The names that an evaluation reads."""
        before, self.trace, self.watched = self.trace, {}, True
        try:
            run(self)
        finally:
            found, self.trace = self.trace, before
            self._watch()
        return found
