"""What stands inside P(…): events compiled to assignments of atoms.

An atom is what may happen one way or another: ("event", name, indices), a random variable ("variable", name, sample),
or a group of events of which exactly one occurs. An assignment says which values of an atom are meant: a frozenset for
events and finite variables, a point for a density.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import sympy
from flint import fmpq
from sympy import Indexed, IndexedBase, Symbol

from checker.evaluate.arithmetic import Number, whole
from checker.evaluate.compiling import Closure, Compiler, IndexClosure
from checker.evaluate.errors import Refused
from checker.evaluate.jets import Jet, primal
from checker.evaluate.names import base_name, symbol_name
from checker.evaluate.state import State
from checker.evaluate.usage import Range
from checker.expressions import ComplementEvent, Each, Event, RandomVariable

Atom = tuple[str, str, tuple[int, ...]]


@dataclass(frozen=True)
class Point:
    """Where a density is taken: the number for a scalar, None for a vector at its observed components."""

    value: Number | None
    label: Any


Values = frozenset[Any] | Point
Happening = tuple[Atom, Values]
Happenings = Callable[[State], list[Happening]]


def happenings(compiler: Compiler, events: Iterable[Any]) -> Happenings:
    """The closure of a list of events; raises Refused for what is none."""
    parts = [_happening(compiler, event) for event in events]

    def run(e: State) -> list[Happening]:
        return [item for part in parts for item in part(e)]

    return run


def conditions(compiler: Compiler, given: Iterable[Any]) -> Happenings:
    """The same behind the bar, where parameters may stand too."""
    return happenings(compiler, (event for event in given if not _is_parameter(compiler, event)))


def _is_parameter(compiler: Compiler, event: Any) -> bool:
    if isinstance(event, (RandomVariable, Event)):
        return False
    base = event.base if isinstance(event, Indexed) else event
    label = base.label if isinstance(base, IndexedBase) else base
    found = any(name in compiler.givens.parameters for name in (event, base, label))
    if not found and isinstance(event, Symbol | IndexedBase | Indexed):
        raise Refused(f"{event} behind the bar, which is not declared as a parameter")
    return found


def _happening(compiler: Compiler, event: Any) -> Happenings:
    if isinstance(event, Event):
        return _event(compiler, event, True)
    if isinstance(event, ComplementEvent):
        return _event(compiler, event.event, False)
    if isinstance(event, RandomVariable):
        return _observed(compiler, event)
    if isinstance(event, sympy.Eq) and isinstance(event.args[0], RandomVariable):
        return _equals(compiler, event.args[0], event.args[1])
    if isinstance(event, Each):
        return _each(compiler, event)
    raise Refused(f"no probability of {type(event).__name__}")


def _event(compiler: Compiler, event: Event, occurs: bool) -> Happenings:
    name = event.name
    compiler.text.append(f"{name}:{occurs}")
    for position, index in enumerate(event.indices):
        place = compiler.place(index)
        if place is not None:
            compiler.usage.join(("position", f"event {name}", len(event.indices), position), place)
    indices = [compiler.index(index) for index in event.indices]
    values = frozenset([occurs])
    return lambda e: [(("event", name, tuple(index(e) for index in indices)), values)]


def _sample(compiler: Compiler, variable: RandomVariable) -> list[IndexClosure]:
    for position, index in enumerate(variable.indices):
        place = compiler.place(index)
        if place is not None:
            compiler.usage.join(("position", f"variable {variable.name}", len(variable.indices), position), place)
    return [compiler.index(index) for index in variable.indices]


def declared(compiler: Compiler, name: str) -> Any:
    """The model's variable of that name, or None."""
    model = compiler.givens.model
    variables = model.variables if model is not None else ()
    return next((variable for variable in variables if variable.variable.name == name), None)


def domain(compiler: Compiler, name: str) -> Range | None:
    """The finite set of a variable's values; None for a density."""
    return compiler.usage.range_of(("random", name))


def outcome(name: str) -> str:
    """The name, in a scope, of the value that a variable takes inside an expectation over it."""
    return f"outcome of {name}"


def _observed(compiler: Compiler, variable: RandomVariable) -> Happenings:
    """A variable at its observed value: y, or for a sample y[n]; a vector is taken at its observed components.

    Inside an expectation over it, at the value that it takes there.
    """
    name, sample = variable.name, _sample(compiler, variable)
    compiler.text.append(name)
    slot = compiler.scope.get(outcome(name))
    if slot is not None and not sample:
        return lambda e: [(("variable", name, ()), frozenset([e.slots[slot]]))]
    known = declared(compiler, name)
    value = known.value if known is not None else Symbol(name)
    vector = isinstance(value, IndexedBase)
    base = base_name(value) if vector else symbol_name(value)
    if known is None:
        compiler.usage.join(("random", name), ("symbol", base))
        compiler.usage.join(("random", name), ("value", base))

    def run(e: State) -> list[Happening]:
        at = tuple(index(e) for index in sample)
        atom = ("variable", name, at)
        if domain(compiler, name) is not None:
            return [(atom, frozenset([whole(primal(e.read((base, *at) if at else base)))]))]
        if vector or known is None:
            return [(atom, Point(None, at))]
        return [(atom, _point(e.read((base, *at) if at else base)))]

    return run


def _point(value: Number) -> Point:
    plain = primal(value)
    return Point(value, str(plain) if type(value) is not Jet else ("moved", str(plain)))


def _equals(compiler: Compiler, variable: RandomVariable, value: Any) -> Happenings:
    """A variable at a value that is written."""
    name, sample = variable.name, _sample(compiler, variable)
    compiler.text.append(f"{name}=")
    if isinstance(value, IndexedBase):
        return _observed(compiler, variable)
    if declared(compiler, name) is None:
        for place in (compiler.place(value), ("symbol", name), ("value", name)):
            if place is not None:
                compiler.usage.join(("random", name), place)
    number: Closure = compiler.number(value)

    def run(e: State) -> list[Happening]:
        atom = ("variable", name, tuple(index(e) for index in sample))
        found = number(e)
        if domain(compiler, name) is None:
            return [(atom, _point(found))]
        if type(primal(found)) is fmpq and primal(found).q != 1:
            return [(atom, frozenset())]
        return [(atom, frozenset([whole(primal(found))]))]

    return run


def _each(compiler: Compiler, event: Each) -> Happenings:
    symbol, lower, upper = event.limits
    slot = compiler.new_slot()
    bounds = compiler.bounds(lower, upper)
    compiler.usage.ranges["bound", slot] = bounds
    before = compiler.bind(symbol_name(symbol), slot)
    inner = happenings(compiler, event.events)
    compiler.scope = before

    def run(e: State) -> list[Happening]:
        found: list[Happening] = []
        for index in range(bounds.lower(e), bounds.upper(e) + 1):
            e.slots[slot] = index
            found += inner(e)
        return found

    return run
