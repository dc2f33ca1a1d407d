"""a ∝ b in v: a/b is the same at all values of v.

v is a name, or what stands before the bar of a probability p(v|w). The other values are those of another instance, and
count where all facts hold at them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import sympy
from sympy import Indexed, IndexedBase, Symbol

from checker.evaluate.arithmetic import Number, disjoint, integer, same
from checker.evaluate.errors import Refused, Undefined
from checker.evaluate.events import declared
from checker.evaluate.functions import reciprocal
from checker.evaluate.grounding import bound
from checker.evaluate.instances import Demands, Instance, bindings, realise
from checker.evaluate.names import Key, base_name, symbol_name
from checker.evaluate.program import Program, settle
from checker.evaluate.randomness import Stream, stream
from checker.evaluate.relations import Line, Truth, at_precisions, compile_line, truth, value
from checker.evaluate.sampling import choices
from checker.evaluate.state import State
from checker.expressions import Probability, RandomVariable

CHANGES = 2


def variables(program: Program, to: Iterable[Any]) -> set[str]:
    """The names that vary; raises Refused for what is neither a name nor a probability of variables."""
    found = _all_names(program, to)
    if not found:
        raise Refused("a proportionality of which it is not said in what")
    if any(name == known for name in found for known, _ in program.compiler.definitions):
        raise Refused("a proportionality in a name that has a definition")
    return found


def _all_names(program: Program, to: Iterable[Any]) -> set[str]:
    found: set[str] = set()
    for each in to:
        if isinstance(each, Symbol):
            found.add(symbol_name(each))
        elif isinstance(each, IndexedBase):
            found.add(base_name(each))
        elif isinstance(each, Probability):
            for event in each.events:
                found |= _names(program, event)
        else:
            raise Refused(f"a proportionality in {type(each).__name__}, which is no name")
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


def together(program: Program, left: Any) -> Line | None:
    """p(v, w) for p(v | w), which is proportional to it in v and takes no integral over v; None for what is none."""
    if not isinstance(left, Probability):
        return None
    parameters = program.compiler.givens.parameters
    behind = [event for event in left.given if event not in parameters]
    line = compile_line(program.compiler, Probability((*left.events, *behind), set(left.given) - set(behind)))
    settle(program)
    return line


@dataclass
class Proportion:
    """Judges whether the ratio of two expressions stays the same when some names change."""

    program: Program
    left: Line
    right: Line
    names: set[str]
    wanted: Demands
    joint: Line | None = None

    def __call__(self, instance: Instance) -> bool | None:
        outcomes = [self._stays(instance, number) for number in range(CHANGES)]
        if False in outcomes:
            return False
        return True if True in outcomes else None

    def _stays(self, instance: Instance, number: int) -> bool | None:
        state = instance.state
        try:
            found: bool | None = at_precisions(state, lambda: self._attempt(instance, number, self.left))
            if found is False and state.integrated is not None and self.joint is not None:
                state.integrated = None
                found = at_precisions(state, lambda: self._attempt(instance, number, self.joint or self.left))
        except Undefined:
            return None
        if state.integrated is not None and not self.names <= state.integrated:
            raise Refused("a proportionality in what an integral depends on")
        return None if found is False and not instance.refutes else found

    def _attempt(self, instance: Instance, number: int, left: Line) -> bool | None:
        state = instance.state
        state.budget.spend(2 * (left.weight + self.right.weight))
        before = self._ratio(state, left)
        with self.changed(instance, number) as allowed:
            if not allowed:
                return None
            after = self._ratio(state, left)
        if disjoint(before, after):
            return False
        return True if same(before, after) else None

    def _ratio(self, state: State, left: Line) -> Number:
        return left.sides[0](state) * reciprocal(self.right.sides[0](state))

    @contextmanager
    def changed(self, instance: Instance, number: int) -> Iterator[bool]:
        """The instance with other values of the variables, for a while, and whether the facts hold there."""
        state = instance.state
        values, ints = dict(state.values), dict(state.ints)
        try:
            yield self._change_all(instance, number) and self._facts_hold(instance)
        finally:
            state.values.clear()
            state.values.update(values)
            state.ints.clear()
            state.ints.update(ints)
            state.memo.clear()

    def _change_all(self, instance: Instance, number: int) -> bool:
        """Change what the sides read of the variables; False where there are no other values, or they are the same."""
        state, seed = instance.state, instance.recipe.seed + 17 * (number + 1)
        other: Instance | None = None
        before = {k: v for k, v in state.values.items() if (k if isinstance(k, str) else k[0]) in self.names}
        for key in before:
            if self.program.value_range(key) is not None:
                self._change_index(instance, key, stream(seed, ("changed", key)))
                continue
            other = other or realise(self.program, self.wanted, replace(instance.recipe, seed=seed), state.budget)
            if other is None:
                return False
            state.assign(key, other.state.read(key))
        return not before or any(state.values[key] != number for key, number in before.items())

    def _change_index(self, instance: Instance, key: Key, random: Stream) -> None:
        state, within = instance.state, self.program.value_range(key)
        possible = choices(within, state)
        other = possible[random.below(len(possible))]
        if isinstance(key, str):
            state.assign_int(key, other)
        else:
            state.assign(key, integer(other))

    def _facts_hold(self, instance: Instance) -> bool:
        for line in self.wanted.others:
            for relation in bindings(line, self.program, self.wanted, instance):
                with bound(instance.state, relation.binding):
                    if truth(relation.line, instance.state) not in (Truth.TRUE, Truth.NEAR):
                        return False
        return True

    def sides(self, instance: Instance) -> tuple[Number | None, Number | None]:
        """The ratio at the instance, and at other values of the variables."""

        def ratio(state: State) -> Number:
            return self._ratio(state, self.left)

        before = value(ratio, instance.state)
        after = before
        for number in range(CHANGES):
            with self.changed(instance, number) as allowed:
                after = value(ratio, instance.state) if allowed else before
            if before is not None and after is not None and disjoint(before, after):
                break
        return before, after
