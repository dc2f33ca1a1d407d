"""SymPy trees to closures: a tree is walked once, and then evaluated at many instances.

A closure takes a State and returns a number or jet (or an int for an index, a bool for a condition). The tree is
taken as it is written: nothing is simplified, so x/x has no value at x = 0. Each module of heads adds its builders to
BUILDERS; a head that is not there is refused by name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import sympy
from flint import fmpq
from sympy import Indexed, Symbol
from sympy.core.function import AppliedUndef

from checker.derivation import Givens, IndexSet
from checker.evaluate import functions
from checker.evaluate.arithmetic import ONE, Number, integer, trimmed, whole
from checker.evaluate.errors import Refused, Undefined
from checker.evaluate.jets import primal
from checker.evaluate.names import Key, assumptions_of, base_name, domain_of, symbol_name
from checker.evaluate.state import State
from checker.evaluate.usage import Place, Range, Usage

Closure = Callable[[State], Number]
IndexClosure = Callable[[State], int]
Condition = Callable[[State], bool]

BUILDERS: dict[type, Callable[[Compiler, Any], Closure]] = {}
"""For each SymPy head the function that compiles it."""

MAX_NODES = 20_000


def builds(*heads: type) -> Callable[[Any], Any]:
    """Registers a builder for these heads."""

    def register(builder: Any) -> Any:
        for head in heads:
            BUILDERS[head] = builder
        return builder

    return register


@dataclass(frozen=True)
class Definition:
    """name(placeholders) = body."""

    placeholders: tuple[Any, ...]
    body: Any


@dataclass
class Compiled:
    """A compiled definition, with the defined names it is written in."""

    run: Closure
    weight: int
    reached: set[Key] = field(default_factory=set)


class Compiler:
    """Walks expressions under one set of givens, and collects how names are used.

    `text` collects the structure that was read, from which the seed is taken.
    """

    def __init__(self, givens: Givens) -> None:
        self.givens = givens
        self.usage = Usage()
        self.text: list[str] = []
        self.nodes = 0
        self.scope: dict[str, int | None] = {}
        self.slot_count = 0
        self.reached: set[Key] = set()
        self.definitions = _definitions(givens)
        self._compiled: dict[Key, Compiled | None] = {}
        self._domains: set[Any] = set()
        self._in_index = False
        self.families: dict[Any, str] = {}
        self._declare()

    def _declare(self) -> None:
        for symbol, index_set in self.givens.index_sets.items():
            name = symbol_name(symbol)
            self.usage.ranges["symbol", name] = self.range(index_set)
        for base, index_set in self.givens.value_sets.items():
            if isinstance(base, Symbol):
                place: Place = ("symbol", symbol_name(base))
            else:
                place = ("value", base_name(base))
            self.usage.ranges[place] = self.range(index_set)

    def range(self, index_set: IndexSet) -> Range:
        """The range of a declared index set."""
        return self.bounds(index_set.lower, index_set.upper)

    def bounds(self, lower: Any, upper: Any) -> Range:
        return Range(f"{lower}:{upper}", self.bound(lower), self.bound(upper))

    def number(self, expression: Any) -> Closure:
        """The closure of an expression; raises Refused for what is not known."""
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise Refused(f"an expression of more than {MAX_NODES} nodes")
        head = type(expression)
        builder = BUILDERS.get(head)
        if builder is None:
            if isinstance(expression, AppliedUndef):
                builder = BUILDERS[AppliedUndef]
            else:
                raise Refused(f"no numeric value for {head.__name__}")
        self.text.append(head.__name__)
        return builder(self, expression)

    def numbers(self, expressions: Any) -> list[Closure]:
        return [self.number(expression) for expression in expressions]

    def index(self, expression: Any) -> IndexClosure:
        """The closure of an index; it raises Undefined where the value is not an integer."""
        head = type(expression)
        if head in _INTEGERS:
            value = int(expression)
            self.text.append(str(value))
            return lambda e: value
        if isinstance(expression, Symbol):
            name = symbol_name(expression)
            slot = self.scope.get(name)
            if slot is not None:
                self.text.append(f"#{slot}")
                return lambda e: e.slots[slot]
            if name not in self.scope and (name, 0) not in self.definitions:
                self.use(expression, name)
                self.usage.indices[name] = None
                return _free_index(name)
        return self._computed_index(expression)

    def _computed_index(self, expression: Any) -> IndexClosure:
        before, self._in_index = self._in_index, True
        run = self.number(expression)
        self._in_index = before

        def value(e: State) -> int:
            return whole(primal(run(e)))

        return value

    def bound(self, expression: Any) -> IndexClosure:
        """The closure of a bound of a sum, product or set: its free symbols are sizes."""
        if isinstance(expression, sympy.core.numbers.Infinity | sympy.core.numbers.NegativeInfinity):
            raise Refused("a sum or product without end")
        if isinstance(expression, Symbol):
            self._note_bound(expression)
        elif not expression.is_Integer:
            for symbol in expression.free_symbols:
                if type(symbol) is Symbol:
                    self._note_bound(symbol)
            if isinstance(expression, Indexed):
                self.usage.family_bounds[base_name(expression.base)] = None
        before, self._in_index = self._in_index, False
        closure = self.index(expression)
        self._in_index = before
        return closure

    def _note_bound(self, symbol: Symbol) -> None:
        name = symbol_name(symbol)
        if name not in self.scope and (name, 0) not in self.definitions and name not in self._family_labels():
            self.usage.bounds[name] = None

    def _family_labels(self) -> dict[str, Any]:
        return {}

    def use(self, symbol: Any, name: str) -> None:
        """Note a free symbol and what SymPy is told of it."""
        self.text.append(name)
        if symbol not in self._domains:
            self._domains.add(symbol)
            self.usage.symbols[name] = domain_of(assumptions_of(symbol))
        if self._in_index:
            self.usage.indices[name] = None

    def use_family(self, base: Any) -> str:
        """Note a family and what SymPy is told of it; returns its name."""
        name = self.families.get(base)
        if name is None:
            name = self.families[base] = base_name(base)
            self.usage.families[name] = domain_of(assumptions_of(base))
        self.text.append(name)
        if self._in_index:
            self.usage.family_indices[name] = None
        return name

    def place(self, expression: Any) -> Place | None:
        """Where a simple index expression stands in the graph of uses."""
        if isinstance(expression, Symbol):
            name = symbol_name(expression)
            if name in self.scope:
                slot = self.scope[name]
                return None if slot is None else ("bound", slot)
            return ("symbol", name)
        if isinstance(expression, Indexed):
            return ("value", base_name(expression.base))
        return None

    def join(self, left: Any, right: Any) -> None:
        """Note that two expressions are compared, so that both are indices of one set if either is an index."""
        one, other = self.place(left), self.place(right)
        if one is not None and other is not None:
            self.usage.join(one, other)

    def new_slot(self) -> int:
        self.slot_count += 1
        return self.slot_count - 1

    def bind(self, name: str, slot: int | None) -> dict[str, int | None]:
        """Bind a name (to a slot, or as a local number); returns the scope to put back."""
        before = self.scope
        self.scope = {**before, name: slot}
        return before

    def definition(self, key: Key, definition: Definition) -> Compiled:
        """A definition's body, compiled once; raises Refused for a circular one."""
        if key in self._compiled:
            found = self._compiled[key]
            if found is None:
                raise Refused(f"a circular definition of {key[0]}")
            self.reached |= found.reached
            return found
        self._compiled[key] = None
        outer = self.scope, self.reached, self._in_index, self.nodes
        self.scope, self.reached, self._in_index = {}, set(), False
        slots = self._bind_placeholders(definition.placeholders)
        body = self.number(definition.body)
        found = Compiled(_with_placeholders(slots, body), self.nodes - outer[3], {key, *self.reached})
        self._compiled[key] = found
        self.scope, self.reached, self._in_index = outer[:3]
        self.reached |= found.reached
        return found

    def _bind_placeholders(self, placeholders: tuple[Any, ...]) -> list[int]:
        slots = []
        for placeholder in placeholders:
            slots.append(self.new_slot())
            self.scope[symbol_name(placeholder)] = slots[-1]
        return slots


def _with_placeholders(slots: list[int], body: Closure) -> Closure:
    def run(e: State) -> Number:
        return body(e)

    run.slots = slots  # type: ignore[attr-defined]
    return run


def _definitions(givens: Givens) -> dict[Key, Definition]:
    return {}


_INTEGERS = {type(sympy.Integer(i)) for i in (-1, 0, 1, 2)}


def _free_index(name: str) -> IndexClosure:
    return lambda e: 0


