"""Random numbers that depend only on a seed and a name: the same in every process, and cheap to begin."""

from __future__ import annotations

from typing import Any
from zlib import crc32

from flint import fmpq

from checker.evaluate.arithmetic import Number

_MASK = (1 << 64) - 1
_DENOMINATORS = (1, 2, 3, 3, 4, 5, 5, 7)


class Stream:
    """SplitMix64."""

    __slots__ = ("state",)

    def __init__(self, state: int) -> None:
        self.state = state & _MASK

    def below(self, n: int) -> int:
        """A random int in 0, …, n − 1."""
        self.state = (self.state + 0x9E3779B97F4A7C15) & _MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _MASK
        return (z ^ (z >> 31)) % n

    def fraction(self) -> Number:
        """A positive rational up to 4, often below 1; never 1 or 2, at which too many false formulas hold."""
        q = _DENOMINATORS[self.below(8)]
        value = fmpq(1 + self.below(4 * q if self.below(2) else q + q // 2), q)
        return value if value != 1 and value != 2 else value + fmpq(1, 3 + self.below(4))

    def choice(self, items: Any) -> Any:
        return items[self.below(len(items))]

    def shuffled(self, items: Any) -> list[Any]:
        """The items in a random order."""
        rest, result = list(items), []
        while rest:
            result.append(rest.pop(self.below(len(rest))))
        return result


def stream(seed: int, key: Any) -> Stream:
    """The stream of a name at a seed."""
    return Stream(seed * 0x632BE59BD9B4E019 + crc32(repr(key).encode()) * 0x2545F4914F6CDD1D)
