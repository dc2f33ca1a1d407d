"""What the names of a statement are used for: which are sizes, which are indices, and over which sets these range.

Places where an index may stand are joined with the indices that stand there: the second position of mu with the k of
Σ_{k≤K} mu[j, k] and with the free i of mu[1, i], a value y[n] with what it is compared with. An index without a
declared set ranges over the set of a bound index that it is joined with, and over the first or last values that stand
beside it: in A[K] + Σ_{i<K} A[i] and A[k], k may be K.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from flint import fmpq

from checker.evaluate.names import Domain

Place = tuple[Any, ...]
"""("symbol", name), ("bound", slot), ("position", family, arity, i), or ("value", family)."""

IndexFunction = Callable[[Any], int]


@dataclass(frozen=True)
class Range:
    """The integers from lower to upper, as functions of an instance, or `only` those listed.

    `names` are the sizes that the bounds depend on.
    """

    lower: IndexFunction
    upper: IndexFunction
    names: tuple[str, ...] = ()
    only: tuple[int, ...] = ()

    def values(self, state: Any) -> Sequence[int]:
        """The integers at an instance, in order."""
        return self.only or range(self.lower(state), self.upper(state) + 1)


@dataclass
class Usage:
    """Collected while expressions are compiled; asked when instances are drawn."""

    symbols: dict[str, Domain] = field(default_factory=dict)
    families: dict[str, Domain] = field(default_factory=dict)
    indices: dict[str, None] = field(default_factory=dict)
    bounds: dict[str, None] = field(default_factory=dict)
    family_indices: dict[str, None] = field(default_factory=dict)
    family_bounds: dict[str, None] = field(default_factory=dict)
    differentiated: dict[str, None] = field(default_factory=dict)
    ranges: dict[Place, Range] = field(default_factory=dict)
    edges: dict[Place, dict[Place, None]] = field(default_factory=dict)
    firsts: dict[Place, int] = field(default_factory=dict)
    """By place the smallest positive number that stands there."""

    def join(self, one: Place, other: Place) -> None:
        self.edges.setdefault(one, {})[other] = None
        self.edges.setdefault(other, {})[one] = None

    def note_number(self, place: Place, number: int) -> None:
        """Note a number that stands in a place or is compared with what does."""
        if number > 0:
            self.firsts[place] = min(number, self.firsts.get(place, number))

    def range_of(self, place: Place) -> Range | None:
        """The nearest declared or bound range that the place is joined with, or None.

        Of Σ_{n≥m} x[n] and x[m], m is no index in m..N: a range does not tell where the index is that it depends on.
        """
        seen = {place: None}
        queue = [place]
        for here in queue:
            if here in self.ranges and place[-1] not in self.ranges[here].names:
                return self.ranges[here]
            for neighbour in self.edges.get(here, ()):
                if neighbour not in seen:
                    seen[neighbour] = None
                    queue.append(neighbour)
        return None

    def sizes(self, declared: Iterable[str]) -> list[str]:
        """The names of sizes in order of appearance; `declared` are index names, which are none.

        Nor is one a bound that is declared as an integer which may be zero or less.
        """
        indices = set(declared)
        free = (name for name in self.bounds if name not in indices and ("symbol", name) not in self.ranges)
        return [name for name in free if name not in self.symbols or not self._may_vanish(self.symbols[name])]

    @staticmethod
    def _may_vanish(domain: Domain) -> bool:
        return domain.declared and domain.integer and not domain.excludes(fmpq(0))

    def index_symbols(self, sizes: Iterable[str]) -> dict[str, Range | None]:
        """Free index symbols with their ranges (None where nothing tells)."""
        taken = set(sizes)
        names = [name for name in dict.fromkeys((*self.indices, *self.symbols)) if self.is_index(name, taken)]
        return {name: self._reaching(("symbol", name), taken) for name in names}

    def is_index(self, name: str, sizes: Collection[str]) -> bool:
        """Whether a free symbol is an index."""
        if name in sizes:
            return False
        if name in self.indices or name not in self.symbols:
            return name in self.indices
        place = ("symbol", name)
        told = place in self.ranges or place in self.edges and self._takes_integers(self.symbols[name])
        return told and self.range_of(place) is not None

    def _reaching(self, place: Place, sizes: set[str]) -> Range | None:
        """The range of an index; if it is that of a bound index, with the ends that stand beside it."""
        within = self.range_of(place)
        if within is None or within.only or place in self.ranges:
            return within
        joined = self._joined(place)
        first = min((self.firsts[other] for other in joined if other in self.firsts), default=None)
        ends = tuple(str(name) for kind, name, *_ in joined if kind == "symbol" and name in sizes)
        if first is None and not ends:
            return within
        lower, upper = within.lower, within.upper
        return Range(
            lower if first is None else lambda e: min(lower(e), first),
            lambda e: max(upper(e), *(e.ints[name] for name in ends)) if ends else upper(e),
            tuple(dict.fromkeys((*within.names, *ends))),
        )

    def _joined(self, place: Place) -> list[Place]:
        """All places that are joined with this one."""
        found = {place: None}
        queue = [place]
        for here in queue:
            new = [other for other in self.edges.get(here, ()) if other not in found]
            found.update(dict.fromkeys(new))
            queue.extend(new)
        return queue

    def index_family(self, family: str) -> bool:
        """Whether the values of a family are indices."""
        place = ("value", family)
        if family in self.family_indices or place in self.ranges:
            return True
        integers = family not in self.families or self._takes_integers(self.families[family])
        return integers and place in self.edges and self.range_of(place) is not None

    def _takes_integers(self, domain: Domain) -> bool:
        """What is compared with an index is one, unless it is declared to be real: 1[k = x] is 0 for x = 3/2."""
        return domain.integer or not domain.declared
