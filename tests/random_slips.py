"""Slips at random in the steps of q1 and q2: one, or one on top of another, always the same for a seed.

python -m tests.random_slips 5000        tries that many, and tells which are accepted
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from checker.check import decide
from checker.derivation import Part, Transition
from checker.verdict import Verdict
from tests.derivations.loaded import steps
from tests.plain import is_false
from tests.slips import Slip, slips

NAMES = ("q1", "q2")


def random_slips(seed: int) -> Iterator[tuple[Part, Slip]]:
    """Slips that the plain second opinion shows to be false, without end."""
    source = random.Random(seed)
    every = [step for name in NAMES for step in steps(name)]
    while True:
        part, transition = source.choice(every)
        slip = _slip(source, part, transition)
        if slip is not None and is_false(slip.transition, part.givens) is True:
            yield part, slip


def _slip(source: random.Random, part: Part, transition: Transition) -> Slip | None:
    first = source.choice(_slips(_Step(part, transition)))
    if source.random() < 0.7:
        return first
    more = slips(first.transition, part.givens)
    second = source.choice(more)
    return replace(second, kind=f"{first.kind}, {second.kind}")


class _Step:
    """A step as a key of a cache: by what it says."""

    def __init__(self, part: Part, transition: Transition) -> None:
        self.part, self.transition = part, transition

    def __hash__(self) -> int:
        return hash((self.transition.lhs, self.transition.rhs))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Step) and other.transition == self.transition


@cache
def _slips(step: _Step) -> list[Slip]:
    return slips(step.transition, step.part.givens)


def verdict(part: Part, slip: Slip) -> Verdict:
    return decide(slip.transition, part.givens, show=False).verdict


def main(count: int, seed: int) -> None:
    """Print the slips that are accepted, and how many got which verdict."""
    found: Counter[str] = Counter()
    for number, (part, slip) in enumerate(random_slips(seed), 1):
        given = verdict(part, slip)
        found[given.name] += 1
        if given.name in ("proved", "supported"):
            print(f"{given.name}: {slip.kind} in {part.name}{slip.transition.number}: {slip.transition.rhs}")
        if number == count:
            break
    print(dict(found))


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 5000, int(sys.argv[2]) if sys.argv[2:] else 1)
