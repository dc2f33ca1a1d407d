"""Comparisons inside expressions: conditions of indicators and cases, and what absolute values turn at.

A condition that was true at every instance, or false at every one, says nothing of the other case; so it is noted how
each came out, and where.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from checker.evaluate.arithmetic import Number

if TYPE_CHECKING:
    from checker.evaluate.instances import Instance
    from checker.evaluate.state import State

MAX_SIGHTS = 3


@dataclass(frozen=True)
class Comparison:
    """Two sides that are compared. `head` is "Eq", "Ne", "Lt", …, or "" where a value only turns, as |x| does at 0."""

    left: Callable[[State], Number]
    right: Callable[[State], Number]
    head: str
    source: Any

    @property
    def of_equality(self) -> bool:
        return self.head in ("Eq", "Ne")


@dataclass(frozen=True, eq=False)
class Sight:
    """Where a comparison was made: the instance, its free indices, the bound ones, and local numbers."""

    instance: Instance
    ints: dict[str, int]
    slots: tuple[int, ...]
    locals: dict[str, Number]
    sample: tuple[int, ...]

    def difference(self, comparison: Comparison) -> Callable[[State], Number]:
        """left − right as it was compared here, as a function of the values of names."""

        def run(e: State) -> Number:
            before = list(e.slots), e.locals, e.sample
            e.slots[: len(self.slots)], e.locals, e.sample = self.slots, self.locals, self.sample
            try:
                return comparison.left(e) + -comparison.right(e)
            finally:
                e.slots[:], e.locals, e.sample = before

        return run


@dataclass
class Watch:
    """How the comparisons of a statement came out: for each one the outcomes, and where they were seen."""

    seen: dict[int, dict[bool | None, list[Sight]]] = field(default_factory=dict)

    @contextmanager
    def at(self, instance: Instance) -> Iterator[Callable[[], None]]:
        """Watch an instance for a while; what was seen counts once the function that this yields is called."""
        sights: dict[tuple[int, bool | None], Sight] = {}

        def note(number: int, outcome: bool | None, e: State) -> None:
            if (number, outcome) not in sights:
                sights[number, outcome] = Sight(instance, dict(e.ints), tuple(e.slots), dict(e.locals), e.sample)

        def keep() -> None:
            for (number, outcome), sight in sights.items():
                found = self.seen.setdefault(number, {}).setdefault(outcome, [])
                if len(found) == MAX_SIGHTS:
                    found.pop()  # the first ones, and the last
                found.append(sight)

        instance.state.observer = note
        instance.state.memo.clear()
        try:
            yield keep
        finally:
            instance.state.observer = None

    def one_sided(self, comparisons: list[Comparison]) -> list[int]:
        """The conditions that came out in one way only, except equations that always hold, as identities do."""
        rows = ((number, set(self.seen.get(number, ())) - {None}) for number in range(len(comparisons)))
        return [
            number
            for number, outcomes in rows
            if len(outcomes) == 1 and comparisons[number].head and not _identity(comparisons[number], outcomes)
        ]


def _identity(comparison: Comparison, outcomes: set[bool | None]) -> bool:
    return comparison.of_equality and outcomes == {comparison.head == "Eq"}
