"""What an answer earned, as plain data for every report. Does not import SymPy.

    LineStatus   what a line of an answer is worth to what rests on it
    Support      a line that a result rests on
    Credit       what a target or a milestone earned, and why
    PartMarks    the marks of a part
    Student      all that one student handed in, marked
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from checker.record import DerivationRecord

VALID, WRONG, FOLLOWS, OPEN = "valid", "wrong", "follow-through", "open"
"""A line that holds and rests on lines that hold; a step that does not hold; a step that is right in itself but rests on
a wrong one; a line that could not be decided or read, or that rests on such a line."""

REACHED, ALONE, COMPENSATED, FOLLOWED, PARTLY, MISSED, ABSENT, PERSON = (
    "reached", "result alone", "right after a wrong step", "follow-through", "in part", "wrong", "not stated", "for a person",
)  # fmt: skip
"""How a target or milestone fared. PARTLY: only milestones on the way to it were reached."""


@dataclass(frozen=True)
class Support:
    """A line that a result rests on: the part it stands in, its number there, and its line in the file."""

    part: str
    number: int
    source_line: int


@dataclass(frozen=True)
class Credit:
    """What a target, or a milestone on the way to one, earned.

    outcome: one of REACHED … PERSON. marks: provisional where a person has to look; up_to: what they may come to.
    formula: the result that was to be reached, as LaTeX. supports: the lines that the result rests on, the line that
    states it last. message: why, in a sentence. milestone_of: the title of the target, "" for a target.
    """

    title: str
    formula: str
    outcome: str
    marks: float
    max_marks: float
    up_to: float
    supports: tuple[Support, ...] = ()
    message: str = ""
    milestone_of: str = ""


@dataclass(frozen=True)
class PartMarks:
    """The marks of a part of an answer.

    statuses: VALID, WRONG, FOLLOWS or OPEN, for each transition. first_wrong: the number of the first wrong step.
    person: why a person has to look, empty where nobody has to. overridden: the comment of whoever set the marks by
    hand, None where nobody did; `marks` are then theirs, and `given` ours.
    """

    marks: float
    max_marks: float
    up_to: float
    credits: tuple[Credit, ...] = ()
    statuses: tuple[str, ...] = ()
    first_wrong: int | None = None
    person: tuple[str, ...] = ()
    overridden: str | None = None
    given: float | None = None


@dataclass(frozen=True)
class Student:
    """What one student handed in: the record of each question asked, whose parts carry their marks.

    files: as they were named, in order. problems: files or places that could not be read, each a line. sources: the text of
    each file that could be read, by its name, for pages that show lines as they were written.
    """

    name: str
    files: tuple[str, ...]
    derivations: tuple[DerivationRecord, ...]
    problems: tuple[str, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)

    @property
    def marks(self) -> float:
        """The sum over all parts."""
        return sum(part.marks or 0 for derivation in self.derivations for part in derivation.parts)

    @property
    def max_marks(self) -> float:
        """What could have been earned."""
        return sum(part.max_marks or 0 for derivation in self.derivations for part in derivation.parts)

    @property
    def person(self) -> tuple[str, ...]:
        """Why a person has to look, over all parts, each with its part; and the files that could not be read."""
        reasons = [
            f"{derivation.name}.{part.name}: {reason}"
            for derivation in self.derivations
            for part in derivation.parts
            if part.marked is not None
            for reason in part.marked.person
        ]
        return (*self.problems, *reasons)
