"""A statement compiled for evaluation: its sides, the facts it stands under, and the roles of its names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

from checker.derivation import Givens
from checker.evaluate import (  # noqa: F401  (they register their heads)
    algebra,
    binders,
    conditions,
    derivatives,
    expectations,
    matrices,
    probabilities,
)
from checker.evaluate.compiling import Compiler
from checker.evaluate.errors import Refused
from checker.evaluate.inverses import inverses_in
from checker.evaluate.names import Domain, Key, base_name
from checker.evaluate.relations import Line, compile_line
from checker.evaluate.usage import Range

REAL, FIXED = Domain(), Domain(fixed=True)
LAST_RESORT = (1, 3)


@dataclass
class Program:
    """The compiled statement.

    `sizes` and `indices` are the free sizes and index symbols, in order of appearance, as far as anything that was
    compiled tells. `failures` counts how often
    Newton's method found nothing at some sizes; `extra` are expressions that were compiled later, `ranges` the ranges
    asked for, `relevant` the sizes on which anything depends, `unread` why a fact could not be read. `definite` are
    families of positive definite matrices, whose entries are drawn together. `existing` are the facts that say no more
    than that an inverse exists. `doubt` is why a failure did not count as one, if that was found.
    """

    compiler: Compiler
    lines: list[Line]
    facts: list[Line]
    sizes: list[str] = field(default_factory=list)
    _indices: dict[str, Range | None] = field(default_factory=dict)
    seed: int = 0
    failures: dict[tuple[int, ...], int] = field(default_factory=dict)
    extra: dict[Any, Line] = field(default_factory=dict)

    ranges: dict[str | tuple[str], Range | tuple[int, int] | None] = field(default_factory=dict)
    relevant: set[str] = field(default_factory=set)
    unread: str = ""
    doubt: str = ""
    definite: frozenset[str] = frozenset()
    existing: frozenset[Any] = frozenset()
    _stale: bool = False
    """More was compiled since the names were told apart."""

    @property
    def indices(self) -> dict[str, Range | None]:
        if self._stale:
            settle(self)
        return self._indices

    def grow(self) -> None:
        """Take note that another expression was compiled. Raises Refused as `settle` does.

        What else is known of indices is asked only where a name has no value yet.
        """
        self.sizes = self.compiler.usage.sizes(())
        self._stale = True
        _require_continuous(self)

    def is_value(self, name: str) -> bool:
        """Whether an index symbol stands for one value, and so does not run over a set in a hypothesis."""
        compiler = self.compiler
        if ("symbol", name) in compiler.usage.ranges:
            return name in compiler.valued
        return name in compiler.usage.symbols and not compiler.usage.symbols[name].integer

    def domain(self, key: Key) -> Domain:
        """The declared domain of a symbol or a family's entries."""
        usage = self.compiler.usage
        if isinstance(key, str):
            return usage.symbols.get(key, REAL)
        if key[0] in self.definite:
            return FIXED
        return usage.families.get(key[0], REAL)

    def value_range(self, key: Key) -> Range | tuple[int, int] | None:
        """The range of a name whose values are indices; None for other names."""
        place = key if isinstance(key, str) else (key[0],)
        if self._stale:
            settle(self)
        if place not in self.ranges:
            self.ranges[place] = self._range(place)
        return self.ranges[place]

    def _range(self, place: str | tuple[str]) -> Range | tuple[int, int] | None:
        usage = self.compiler.usage
        if isinstance(place, str):
            if place not in self.indices and ("symbol", place) not in usage.ranges:
                return None
            return self.indices.get(place) or usage.range_of(("symbol", place)) or LAST_RESORT
        if not usage.index_family(place[0]):
            return None
        return usage.range_of(("value", place[0])) or LAST_RESORT


def compiled(lines: Iterable[Any], facts: Iterable[Any], givens: Givens) -> Program:
    """Compile a statement: `lines` are expressions or relations. Raises Refused for what is not known."""
    compiler = Compiler(givens)
    lines = tuple(lines)
    inverses, said = inverses_in(givens, lines)
    for key, inverse in inverses.items():
        compiler.definitions.setdefault(key, inverse.definition)
    existing = [inverse.exists for inverse in inverses.values()]
    facts = [fact for fact in facts if fact not in said] + existing
    read = [compile_line(compiler, line) for line in lines]
    seed = crc32("\n".join(compiler.text).encode())
    definite = frozenset(map(base_name, givens.definite))
    program = Program(compiler, read, [], seed=seed, definite=definite, existing=frozenset(existing))
    for fact in (*facts, *compiler.equations):
        try:
            program.facts.append(compile_line(compiler, fact))
        except Refused as refusal:
            # what agrees without the fact agrees with it, but a difference would not count
            program.unread = program.unread or str(refusal)
    settle(program)
    return program


def settle(program: Program) -> None:
    """Tell sizes, indices and other names apart, once everything is compiled."""
    usage = program.compiler.usage
    program.sizes = usage.sizes(())
    program._indices, program._stale = usage.index_symbols(program.sizes), False
    program.ranges.clear()
    program.relevant = {name for line in (*program.lines, *program.facts) for name in line.symbols}
    places = [("value", name) for name in usage.families] + [("symbol", name) for name in program.indices]
    for within in (usage.range_of(place) for place in places if place in usage.edges or place in usage.ranges):
        program.relevant.update(within.names if within is not None else ())
    _require_continuous(program)


def _require_continuous(program: Program) -> None:
    """No derivative is taken by an index, a size or an integer. Raises Refused where one is."""
    usage = program.compiler.usage
    for name in usage.differentiated:
        if name in program.sizes or usage.is_index(name, program.sizes):
            raise Refused(f"a derivative with respect to {name}, which is an index or a size")
        if usage.symbols[name].integer:
            raise Refused(f"a derivative with respect to {name}, which is an integer")
