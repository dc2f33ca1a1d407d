"""Drawing sizes (1 to 4, different ones), indices (equal and different ones) and values (generic small numbers)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from flint import fmpq

from checker.evaluate.arithmetic import Number, integer
from checker.evaluate.definite import definite_entry, is_definite
from checker.evaluate.errors import Undefined
from checker.evaluate.names import Domain, Key
from checker.evaluate.program import Program
from checker.evaluate.randomness import Stream, stream
from checker.evaluate.state import Budget, State
from checker.evaluate.usage import Range

SIZES = ((3, 2, 4, 2, 3), (2, 3, 2, 4, 3), (4, 2, 3, 3, 2), (2, 4, 3, 2, 3))
"""For each instance the sizes in order of appearance: neighbours differ, and none is 1."""

SMALL_SIZES = ((3, 2, 2, 2, 3), (2, 3, 2, 2, 3), (2, 2, 3, 2, 2), (3, 2, 3, 2, 2))
"""The same where equations are to be solved, for each value of their free indices."""


class Style(Enum):
    """How values are drawn."""

    GENERIC = "distinct rationals"
    PLAIN = "one-digit numbers"
    SPECIAL = "mostly 0, 1 and -1"


PLAIN = tuple(fmpq(*pair) for pair in ((1, 1), (2, 1), (3, 1), (4, 1), (5, 1), (1, 2), (6, 1), (3, 2)))


@dataclass(frozen=True)
class Recipe:
    """From what an instance is made: all of it follows from these."""

    seed: int
    sizes: Mapping[str, int]
    indices: Mapping[str, int] = field(default_factory=dict)
    pattern: int = 2
    style: Style = Style.GENERIC
    signs: Mapping[Key, int] = field(default_factory=dict)
    overrides: Mapping[Key, Number] = field(default_factory=dict)


@dataclass
class Draws:
    """The source of values of one instance; keeps generic values distinct."""

    program: Program
    recipe: Recipe
    domains: dict[Key, Domain] = field(default_factory=dict)
    """Of names, and of members of families, where they are narrower than what is declared."""
    used: set[tuple[int, int]] = field(default_factory=set)
    drawn: dict[Key, None] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    """The indices that are being drawn."""
    closed: set[Key] = field(default_factory=set)
    """Definite matrices whose entries were solved for: no more are drawn."""

    def domain(self, key: Key) -> Domain:
        """The domain of a name here."""
        name = key if isinstance(key, str) else key[0]
        return self.domains.get(key) or self.domains.get(name) or self.program.domain(key)

    def draw(self, state: State, key: Key) -> Number:
        """A value for a symbol or entry; raises Undefined where its domain is empty."""
        name = key if isinstance(key, str) else key[0]
        if isinstance(key, str) and key in self.program.indices:
            state.draw_index(key)
            return state.values[key]
        override = self.recipe.overrides.get(key)
        self.drawn[key] = None
        within = self.program.value_range(key)
        if name in self.program.definite:
            if key[:-2] in self.closed:
                raise Undefined  # what was found is definite without this entry
            return self._definite_entry(key)
        if override is not None:
            return self._allowed(state, key, override)
        random = stream(self.recipe.seed, key)
        if within is not None:
            return integer(self._class(state, key, within, random))
        if name in self.program.compiler.usage.family_bounds or isinstance(key, str) and key in self.program.sizes:
            return integer(1 + random.below(3))
        domain = self.domain(key)
        value = self._distinct(domain, random)
        if key in self.recipe.signs and domain.contains(-value):
            return abs(value) * self.recipe.signs[key]
        return value

    def _definite_entry(self, key: Key) -> Number:
        return definite_entry(self.recipe.seed, key, self.recipe.style is not Style.GENERIC)

    def still_definite(self, state: State) -> bool:
        """Whether the definite matrices of which entries were given values are so with these; they are then closed."""
        matrices: dict[Key, dict[tuple[int, int], Number]] = {}
        for key, value in state.values.items():
            if key[0] in self.program.definite and not isinstance(key, str):
                matrices.setdefault(key[:-2], {})[key[-2:]] = value
        changed = {
            matrix: entries
            for matrix, entries in matrices.items()
            if not all(_equal(value, self._definite_entry((*matrix, *place))) for place, value in entries.items())
        }
        self.closed.update(changed)
        return all(map(is_definite, changed.values()))

    def _allowed(self, state: State, key: Key, value: Number) -> Number:
        """A value that was asked for; raises Undefined where the name cannot have it, as at other sizes."""
        within = self.program.value_range(key)
        domain = self.domain(key)
        if not domain.contains(value) if within is None else value not in choices(within, state):
            raise Undefined
        return value

    def draw_index(self, state: State, name: str) -> int:
        """The value of a free index in its range."""
        if name in self.recipe.indices:
            return self.recipe.indices[name]
        if name in self.asked:
            raise Undefined  # the sets of two indices depend on each other
        self.asked.add(name)
        try:
            possible = choices(self.program.indices.get(name), state)
        finally:
            self.asked.discard(name)
        return possible[stream(self.recipe.seed, name).below(len(possible))]

    def _class(self, state: State, key: Key, within: Any, random: Stream) -> int:
        """An index value of a family: one after the other first, so that every class occurs; then at random."""
        possible = choices(within, state)
        count = len(possible)
        if self.recipe.pattern < 2 and not isinstance(key, str):
            return possible[int(sum(key[1:]) - 1 + self.recipe.pattern) % count]
        return possible[random.below(count)]

    def _distinct(self, domain: Domain, random: Stream) -> Number:
        if self.recipe.style is not Style.GENERIC:
            return drawn(domain, random, self.recipe.style)
        for _ in range(8):
            value = drawn(domain, random, Style.GENERIC)
            mark = (int(value.p), int(value.q))
            if mark not in self.used:
                break
        self.used.add(mark)
        return value


def _equal(one: Number, other: Number) -> bool:
    return type(one) is fmpq and bool(one == other)


def choices(within: Range | tuple[int, int] | None, state: State) -> Sequence[int]:
    """The indices of a set; raises Undefined where it is empty."""
    if within is None:
        return range(1, 4)
    possible = range(within[0], within[1] + 1) if isinstance(within, tuple) else within.values(state)
    if not possible:
        raise Undefined
    return possible


def drawn(domain: Domain, random: Stream, style: Style) -> Number:
    """A value in the domain; raises Undefined where the domain is empty."""
    if domain.empty:
        raise Undefined
    for _ in range(40):
        value = _candidate(domain, random, style)
        if domain.contains(value):
            return value
    raise Undefined


def _candidate(domain: Domain, random: Stream, style: Style) -> Number:
    if style is Style.SPECIAL and random.below(4):
        value = fmpq((0, 1, -1, 0)[random.below(4)])
        if domain.contains(value):
            return value
    if domain.integer:
        size = fmpq(random.below(6 if style is Style.GENERIC else 4))
    elif style is Style.GENERIC:
        size = random.fraction()
    else:
        size = PLAIN[random.below(len(PLAIN)) * random.below(len(PLAIN)) // len(PLAIN)]
    lower, upper = domain.lower, domain.upper
    if lower is not None and upper is not None:
        if domain.integer:
            return fmpq(lower.ceil() + random.below(int(upper.floor() - lower.ceil()) + 1))
        parts = 3 + random.below(9)
        return lower + (upper - lower) * fmpq(1 + random.below(parts - 1), parts)
    if lower is not None:
        return lower + size
    if upper is not None:
        return upper - size
    return size if random.below(2) else -size


def size_choices(program: Program, number: int, small: bool) -> dict[str, int]:
    """The sizes of the number-th instance."""
    row = (SMALL_SIZES if small else SIZES)[number % len(SIZES)]
    return {name: row[i % len(row)] for i, name in enumerate(program.sizes)}


def index_choices(program: Program, state: State, pattern: int, seed: int) -> dict[str, int]:
    """Free indices: pattern 0 draws different ones in turn, pattern 1 equal ones, and others are random.

    Raises Undefined where an index has no value.
    """
    chosen: dict[str, int] = {}
    for place, (name, within) in enumerate(program.indices.items()):
        possible = choices(within, state)
        if pattern == 0:
            chosen[name] = possible[place % len(possible)]
        elif pattern == 1:
            chosen[name] = possible[-1]
        else:
            chosen[name] = possible[stream(seed, name).below(len(possible))]
    return chosen


def blank(program: Program, recipe: Recipe, budget: Budget) -> State:
    """A state with the sizes of the recipe, before indices are drawn."""
    state = State(Draws(program, recipe), recipe.seed, program.compiler.slot_count, budget)
    for name, value in recipe.sizes.items():
        state.assign_int(name, value)
    return state
