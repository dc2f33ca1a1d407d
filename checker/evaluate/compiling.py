"""SymPy trees to closures: a tree is walked once, and then evaluated at many instances.

A closure takes a State and returns a number or jet (or an int for an index, a bool for a condition). The tree is
taken as it is written: nothing is simplified, so x/x has no value at x = 0. Each module of heads adds its builders to
BUILDERS; a head that is not there is refused by name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import sympy
from sympy import Indexed, Symbol
from sympy.core.function import AppliedUndef

from checker.derivation import Givens, IndexSet
from checker.evaluate.arithmetic import Number, whole
from checker.evaluate.comparisons import Comparison
from checker.evaluate.errors import Refused
from checker.evaluate.jets import primal
from checker.evaluate.names import Key, assumptions_of, base_name, domain_of, symbol_name
from checker.evaluate.state import State
from checker.evaluate.usage import Place, Range, Usage

Closure = Callable[[State], Number]
IndexClosure = Callable[[State], int]
Condition = Callable[[State], bool]

MAX_NODES, MAX_DEPTH = 20_000, 160
_INTEGERS = {type(sympy.Integer(i)) for i in (-1, 0, 1, 2)}


@dataclass(frozen=True)
class Definition:
    """name(placeholders) = body."""

    name: str
    placeholders: tuple[Any, ...]
    body: Any


@dataclass
class Compiled:
    """A compiled definition: where its placeholders go, and the defined names that it is written in."""

    run: Closure
    slots: list[int]
    weight: int
    reached: set[Key]
    used: dict[str, None]


class Compiler:
    """Walks expressions under one set of givens, and collects how names are used.

    `text` collects the structure that was read, from which the seed is taken. `nodes` counts what was compiled,
    `branching` says
    that a function with branches was read, `used` are the free symbols and `reached` the defined names that the
    expression at hand is written in. `laws` are the joint distributions; `sampled` are families that are read at the
    sample at hand, x[i] as x[n, i]. `valued` are symbols whose values are indices, as an observed class is;
    `equations` are definitions of other shapes; `comparisons` are those inside expressions, `constants` the numbers;
    `narrow` says why the instances are special ones, at which agreement says nothing.
    """

    def __init__(self, givens: Givens) -> None:
        self.givens = givens
        self.usage = Usage()
        self.text: list[str] = []
        self.nodes = 0
        self.scope: dict[str, int | None] = {}
        self.slot_count = 0
        self.reached: set[Key] = set()
        self.used: dict[str, None] = {}
        self.branching = False
        self.valued: set[str] = set()
        self.depth = 0
        self.laws: dict[str, Any] = {}
        self.sampled: frozenset[str] = frozenset()
        self.families: dict[Any, str] = {}
        self.definitions: dict[Key, Definition] = {}
        self._compiled: dict[Key, Compiled | None] = {}
        self._told: set[Any] = set()
        self._in_index = False
        self.equations: list[Any] = []
        self.comparisons: list[Comparison] = []
        self.constants: dict[Number, None] = {}
        self.narrow = ""
        for equation in givens.definitions:
            found = _definition(equation)
            if found is None:
                self.equations.append(equation)
            else:
                self.definitions[found[0]] = found[1]
        self._declare()

    def _declare(self) -> None:
        for symbol, index_set in self.givens.index_sets.items():
            self.usage.ranges["symbol", symbol_name(symbol)] = self.range(index_set)
        for base, index_set in self.givens.value_sets.items():
            if isinstance(base, Symbol):
                self.valued.add(symbol_name(base))
            place = ("symbol", symbol_name(base)) if isinstance(base, Symbol) else ("value", base_name(base))
            self.usage.ranges[place] = self.range(index_set)
        for variable in self.givens.model.variables if self.givens.model is not None else ():
            if variable.domain is not None:
                within = self.range(variable.domain)
                self.usage.ranges["random", variable.variable.name] = within
                if isinstance(variable.value, Symbol):
                    name = symbol_name(variable.value)
                    self.valued.add(name)
                    self.usage.ranges["symbol", name] = self.usage.ranges["value", name] = within

    def range(self, index_set: IndexSet) -> Range:
        return replace(self.bounds(index_set.lower, index_set.upper), only=index_set.only)

    def bounds(self, lower: Any, upper: Any) -> Range:
        """The range between two bounds."""
        outer, self.used = self.used, {}
        first, last = self.bound(lower), self.bound(upper)
        names, self.used = tuple(self.used), {**outer, **self.used}
        return Range(first, last, names)

    def number(self, expression: Any) -> Closure:
        """The closure of an expression; raises Refused for what is not known."""
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise Refused(f"an expression of more than {MAX_NODES} nodes")
        head = type(expression)
        builder = BUILDERS.get(head)
        if builder is None:
            if not isinstance(expression, AppliedUndef):
                raise Refused(f"no numeric value for {head.__name__}")
            builder = BUILDERS[AppliedUndef]
        self.text.append(head.__name__)
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise Refused(f"an expression nested more than {MAX_DEPTH} deep")
        closure = builder(self, expression)
        self.depth -= 1
        return closure

    def numbers(self, expressions: Iterable[Any]) -> list[Closure]:
        return [self.number(expression) for expression in expressions]

    def condition(self, expression: Any) -> Condition:
        """The closure of a relation or of And/Or/Not of such; raises Refused for what is not known."""
        self.nodes += 1
        builder = CONDITIONS.get(type(expression))
        if builder is None:
            raise Refused(f"no truth value for {type(expression).__name__}")
        self.text.append(type(expression).__name__)
        return builder(self, expression)

    def compared(self, left: Closure, right: Closure, head: str = "", source: Any = None) -> int:
        """Note a comparison; returns its number."""
        self.comparisons.append(Comparison(left, right, head, source))
        return len(self.comparisons) - 1

    def index(self, expression: Any) -> IndexClosure:
        """The closure of an index; at an instance it raises Undefined where the value is not an integer."""
        if type(expression) in _INTEGERS:
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
                return lambda e: e.ints[name] if name in e.ints else e.draw_index(name)
        before, self._in_index = self._in_index, True
        run = self.number(expression)
        self._in_index = before
        return lambda e: whole(primal(run(e)))

    def bound(self, expression: Any) -> IndexClosure:
        """The closure of a bound of a sum, product or set: its free symbols are sizes."""
        if isinstance(expression, sympy.core.numbers.Infinity | sympy.core.numbers.NegativeInfinity):
            raise Refused("a sum or product without end")
        self._note_sizes(expression)
        return self.index(expression)

    def _note_sizes(self, expression: Any) -> None:
        if isinstance(expression, Symbol):
            name = symbol_name(expression)
            if (name, 0) in self.definitions:
                self._note_sizes(self.definitions[name, 0].body)
            elif name not in self.scope:
                self.usage.bounds[name] = None
        elif isinstance(expression, Indexed):
            self.usage.family_bounds[base_name(expression.base)] = None
        elif isinstance(expression, sympy.Add | sympy.Mul | sympy.Pow | sympy.Min | sympy.Max):
            for argument in expression.args:
                self._note_sizes(argument)

    def use(self, symbol: Any, name: str) -> None:
        """Note a free symbol and what SymPy is told of it."""
        self.text.append(name)
        self.used[name] = None
        if symbol not in self._told:
            self._told.add(symbol)
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
        """Note that two expressions are compared: if one is an index, so is the other, of the same set."""
        one, other = self.place(left), self.place(right)
        if one is not None and other is not None:
            self.usage.join(one, other)
        for place, number in ((one, right), (other, left)):
            if place is not None and type(number) in _INTEGERS:
                self.usage.note_number(place, int(number))

    @contextmanager
    def restoring(self) -> Iterator[None]:
        """Leaves no trace of an expression that was refused half-way."""
        before = self.scope, self.reached, self.used, self.depth, self._in_index, self.sampled
        try:
            yield
        except Refused:
            self.scope, self.reached, self.used, self.depth, self._in_index, self.sampled = before
            self._compiled = {key: found for key, found in self._compiled.items() if found is not None}
            raise

    def new_slot(self) -> int:
        self.slot_count += 1
        return self.slot_count - 1

    def bind(self, name: str, slot: int | None) -> dict[str, int | None]:
        """Bind a name to a slot (None: a local number); returns the scope to put back."""
        before = self.scope
        self.scope = {**before, name: slot}
        return before

    def definition(self, key: Key) -> Compiled:
        """A definition's body, compiled once; raises Refused for a circular one."""
        found = self._compiled.get(key)
        if found is None:
            found = self._compile_definition(key)
        self.reached |= found.reached
        self.used.update(found.used)
        return found

    def _compile_definition(self, key: Key) -> Compiled:
        if key in self._compiled:
            raise Refused(f"a circular definition of {key[0]}")
        self._compiled[key] = None
        definition = self.definitions[key]
        outer = self.scope, self.reached, self.used, self._in_index, self.nodes
        self.scope, self.reached, self.used, self._in_index = {}, {key}, {}, False
        slots = [self.new_slot() for _ in definition.placeholders]
        for placeholder, slot in zip(definition.placeholders, slots, strict=True):
            numeric = key[1] == "function"
            self.scope[symbol_name(placeholder)] = None if numeric else slot
        run = self.number(definition.body)
        found = Compiled(run, slots, self.nodes - outer[4], self.reached, self.used)
        self.scope, self.reached, self.used, self._in_index, _ = outer
        self._compiled[key] = found
        return found


def _definition(equation: Any) -> tuple[Key, Definition] | None:
    """The key and content of Eq(name, expression); None for another shape, which is an equation that holds."""
    if not isinstance(equation, sympy.Eq):
        raise Refused("a definition that is not an equation")
    name, body = equation.args
    if isinstance(name, Symbol):
        return (symbol_name(name), 0), Definition(symbol_name(name), (), body)
    if isinstance(name, Indexed) and all(isinstance(index, Symbol) for index in name.indices):
        base = base_name(name.base)
        return (base, len(name.indices)), Definition(base, tuple(name.indices), body)
    if isinstance(name, AppliedUndef) and all(isinstance(argument, Symbol) for argument in name.args):
        text = str(name.func)
        return (text, "function", len(name.args)), Definition(text, tuple(name.args), body)
    return None


BUILDERS: dict[type, Callable[[Compiler, Any], Closure]] = {}
CONDITIONS: dict[type, Callable[[Compiler, Any], Condition]] = {}
"""For each SymPy head the function that compiles it."""


def builds(*heads: type) -> Callable[[Any], Any]:
    """Registers a builder for these heads."""

    def register(builder: Any) -> Any:
        for head in heads:
            BUILDERS[head] = builder
        return builder

    return register
