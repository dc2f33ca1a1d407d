"""a ∝ b: a/b is the same at all values of the variables before the bar of the head probability a = p(v|w)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import sympy
from sympy import Indexed, IndexedBase, Symbol

from checker.evaluate.arithmetic import Number, disjoint, integer, same
from checker.evaluate.errors import Refused, Undefined
from checker.evaluate.events import declared
from checker.evaluate.functions import reciprocal
from checker.evaluate.instances import Instance
from checker.evaluate.names import Key, base_name, symbol_name
from checker.evaluate.program import Program
from checker.evaluate.randomness import Stream, stream
from checker.evaluate.relations import Line, at_precisions, value
from checker.evaluate.sampling import Style, choices, drawn
from checker.evaluate.state import State
from checker.expressions import Probability, RandomVariable

CHANGES = 2


def variables(program: Program, head: Any) -> set[str]:
    """The names of the variables before the bar; raises Refused where the head is no probability of variables."""
    if not isinstance(head, Probability):
        raise Refused("a proportionality whose left side is not a probability")
    found: set[str] = set()
    for event in head.events:
        found |= _names(program, event)
    return found


def _names(program: Program, event: Any) -> set[str]:
    if isinstance(event, RandomVariable):
        known = declared(program.compiler, event.name)
        if known is None:
            raise Refused(f"a proportionality in {event.name}, whose observed value has no name")
        return {base_name(known.value) if isinstance(known.value, IndexedBase) else symbol_name(known.value)}
    if isinstance(event, sympy.Eq) and isinstance(event.args[1], Symbol):
        return {symbol_name(event.args[1])}
    if isinstance(event, sympy.Eq) and isinstance(event.args[1], Indexed):
        return {base_name(event.args[1].base)}
    raise Refused(f"a proportionality in {type(event).__name__}")


@dataclass
class Proportion:
    """Judges whether the ratio of two expressions stays the same when some names change."""

    program: Program
    left: Line
    right: Line
    names: set[str]

    def __call__(self, instance: Instance) -> bool | None:
        outcomes = [self._stays(instance, number) for number in range(CHANGES)]
        if False in outcomes:
            return False
        return True if True in outcomes else None

    def _stays(self, instance: Instance, number: int) -> bool | None:
        state = instance.state
        try:
            found: bool | None = at_precisions(state, lambda: self._attempt(instance, number))
        except Undefined:
            return None
        return found

    def _attempt(self, instance: Instance, number: int) -> bool | None:
        state = instance.state
        state.budget.spend(2 * (self.left.weight + self.right.weight))
        before = self._ratio(state)
        with self.changed(instance, number):
            after = self._ratio(state)
        if disjoint(before, after):
            return False
        return True if same(before, after) else None

    def _ratio(self, state: State) -> Number:
        return self.left.sides[0](state) * reciprocal(self.right.sides[0](state))

    @contextmanager
    def changed(self, instance: Instance, number: int) -> Iterator[None]:
        """The instance with other values of the variables, for a while."""
        state = instance.state
        values, ints = dict(state.values), dict(state.ints)
        for key in list(state.values):
            name = key if isinstance(key, str) else key[0]
            if name in self.names:
                self._change(instance, key, stream(instance.recipe.seed + 17 * (number + 1), ("changed", key)))
        try:
            yield
        finally:
            state.values.clear()
            state.values.update(values)
            state.ints.clear()
            state.ints.update(ints)
            state.memo.clear()

    def _change(self, instance: Instance, key: Key, random: Stream) -> None:
        state, within = instance.state, self.program.value_range(key)
        if within is None:
            state.assign(key, drawn(instance.domain(key), random, Style.GENERIC))
            return
        possible = choices(within, state)
        other = possible[random.below(len(possible))]
        if isinstance(key, str):
            state.assign_int(key, other)
        else:
            state.assign(key, integer(other))

    def sides(self, instance: Instance) -> tuple[Number | None, Number | None]:
        """The ratio at the instance, and at other values of the variables."""
        for number in range(CHANGES):
            before = value(self._ratio, instance.state)
            with self.changed(instance, number):
                after = value(self._ratio, instance.state)
            if before is not None and after is not None and disjoint(before, after):
                return before, after
        return before, after
