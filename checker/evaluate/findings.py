"""What a comparison finds: agreement, a shown difference, or neither."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from checker.verdict import Counterexample

if TYPE_CHECKING:
    from checker.evaluate.instances import Instance


@dataclass(frozen=True)
class Agreement:
    """Both sides agree at every one of `instances` instances; `conditions` ("N >= 2") exclude where they do not."""

    instances: int
    conditions: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Difference:
    """The sides are shown to differ at an instance that the givens allow.

    `shrunk` makes it small and says it for a reader, which costs as much as finding it: only what is shown needs that.
    """

    shrunk: Callable[[], tuple[Counterexample, Instance]] = field(compare=False, repr=False)
    instances: int = 0

    @property
    def counterexample(self) -> Counterexample:
        """The small instance as text."""
        return self.shrunk()[0]

    @property
    def instance(self) -> Instance:
        """The small instance."""
        return self.shrunk()[1]


@dataclass(frozen=True)
class Inconclusive:
    """Nothing was shown, and why.

    contradictory: the givens or hypotheses are shown to hold nowhere; unwitnessed: no instance was found at which they
    all hold, nor was it shown that there is none; of_facts: not even one at which the facts hold. unseen: both sides
    agree, but of a condition in them only one outcome was seen, or of a size only one value.
    """

    reason: str
    contradictory: bool = False
    unwitnessed: bool = False
    of_facts: bool = False
    unseen: bool = False


Finding = Agreement | Difference | Inconclusive
