"""What can be said of a transition, and why: plain frozen data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True)
class Proved:
    """True wherever the givens allow and both sides are defined: the kernel's proof, confirmed by the evaluator."""

    theories: tuple[str, ...]
    conditions: tuple[str, ...] = ()
    trusts: tuple[str, ...] = ()
    method: str = "normal form"
    instances: int = 0
    normal_form: str = ""
    name = "proved"


@dataclass(frozen=True)
class Supported:
    """Not proved, yet both sides agree on every one of several random instances."""

    instances: int
    reason: str = ""
    name = "supported"


@dataclass(frozen=True)
class Counterexample:
    """An instance that the givens allow, at which the two sides are shown to differ.

    `values` maps each name ("N", "x_1", "mu_{2,1}") to an exact number as text; `lhs` and `rhs` are plain digits.
    """

    values: Mapping[str, str]
    lhs: str
    rhs: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", MappingProxyType(dict(self.values)))


NOT_SHOWN = Counterexample({}, "", "")
"""That of a refutation which nobody has asked to see."""


@dataclass(frozen=True)
class Refuted:
    """Shown to be false by a counterexample; `hint` names the slip where it is simple."""

    counterexample: Counterexample
    hint: str = ""
    instances: int = 0
    name = "refuted"


@dataclass(frozen=True)
class Undecided:
    """Neither proved nor refuted within the limits; never a pass."""

    reason: str
    name = "undecided"


@dataclass(frozen=True)
class Unreadable:
    """The text could not be read: where (1-based line and column) and what would be readable."""

    reason: str
    line: int = 0
    column: int = 0
    name = "unreadable"


@dataclass(frozen=True)
class Assumed:
    """Nothing to check: a definition of a new name, or a condition that the text imposes."""

    reason: str = ""
    name = "assumed"


Verdict = Proved | Supported | Refuted | Undecided | Unreadable | Assumed

WORST_FIRST = ("refuted", "unreadable", "undecided", "supported", "proved", "assumed")
"""The names of the verdicts; a part is as good as its worst transition."""


ROLES = ("identity", "consequence", "definition", "imposed", "given", "claim")
"""What a line of a text can be."""


@dataclass(frozen=True)
class Outcome:
    """A verdict with the rule's answer and the time it took to decide (seconds, without reading and imports)."""

    verdict: Verdict
    rule_ok: bool = True
    message: str = ""
    seconds: float = 0.0
    notes: tuple[str, ...] = field(default=())
    role: str = ""
    """What part a line of a text plays: one of ROLES, or "" where that is not known."""
    understood: str = ""
    """The statement of a text as it was understood, on one line."""
    uses: tuple[int, ...] = ()
    """The lines of the text that a consequence rests on, counted from 0."""
    showing: Callable[[], Refuted] | None = field(default=None, compare=False, repr=False)
    """What makes the counterexample of a refuted step small, and finds out what the slip looks like."""
