"""The class: its marks, and for each part where it goes wrong first and which slips are common."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median

from checker.marks import REACHED, PartMarks, Student
from checker.record import PartRecord
from checker.reports.grading import phrases
from checker.reports.words import number
from checker.visible import one_line

MOST_COLUMNS = 20
_WIDTHS = (0.25, 0.5, 1, 2, 2.5, 5, 10, 20, 25, 50, 100)
ALL_REACHED = "every target reached"
NO_STEP = "no wrong step"


@dataclass(frozen=True)
class Column:
    """A column of a histogram: the students with marks from `low` to below `high`; the last has them all."""

    low: float
    high: float
    count: int


@dataclass(frozen=True)
class Group:
    """Students of whom the same is said, by their places in the class, in their order."""

    said: str
    students: tuple[int, ...]


@dataclass(frozen=True)
class Surveyed:
    """A part over the class: who answered it, its marks, and what goes wrong, the most frequent first.

    targets: by the first result that was not reached; steps: by the first wrong step; slips: by the hints of wrong
    steps, a student under each slip once.
    """

    name: str
    title: str
    max_marks: float
    marks: tuple[float, ...]
    targets: tuple[Group, ...]
    steps: tuple[Group, ...]
    slips: tuple[Group, ...]


def part_names(students: Iterable[Student]) -> list[str]:
    """The full names of all parts that can earn marks, in the order in which questions give them."""
    return list(_markable(students))


def histogram(marks: Sequence[float], most: float) -> list[Column]:
    """Columns of equal width from nothing to the most, few enough to be read; the last is for all marks and more."""
    if not marks or most <= 0:
        return []
    width = next((width for width in _WIDTHS if most / width < MOST_COLUMNS), most / MOST_COLUMNS)
    last = math.floor(number(most / width))
    places = [min(max(math.floor(number(each / width)), 0), last) for each in marks]
    return [Column(number(at * width), number((at + 1) * width), places.count(at)) for at in range(last + 1)]


def middle(marks: Sequence[float]) -> tuple[float, float]:
    """The mean and the median; zeros where there is none."""
    return (number(fmean(marks)), number(median(marks))) if marks else (0, 0)


def surveyed(students: Sequence[Student]) -> list[Surveyed]:
    """Each part that can earn marks, over the students that have it."""
    return [_part(name, part, students) for name, part in _markable(students).items()]


def _markable(students: Iterable[Student]) -> Mapping[str, PartRecord]:
    found: dict[str, PartRecord] = {}
    for student in students:
        for derivation, part in phrases.parts(student):
            if part.max_marks:
                found.setdefault(phrases.full_name(derivation, part), part)
    return found


def _part(name: str, example: PartRecord, students: Sequence[Student]) -> Surveyed:
    answers = [
        (place, part, part.marked)
        for place, student in enumerate(students)
        for derivation, part in phrases.parts(student)
        if phrases.full_name(derivation, part) == name and part.marked is not None
    ]
    return Surveyed(
        name,
        example.title,
        example.max_marks or 0,
        tuple(marks[name] for marks in map(phrases.marks_by_part, students) if name in marks),
        _grouped((_first_missed(marked), place) for place, _, marked in answers if marked.credits),
        _grouped((_first_wrong(marked), place) for place, part, marked in answers if part.steps),
        _grouped((slip, place) for place, part, _ in answers for slip in _slips(part)),
    )


def _first_missed(marked: PartMarks) -> str:
    missed = (credit for credit in marked.credits if credit.outcome != REACHED)
    return next((f"{one_line(credit.title)}: {credit.outcome}" for credit in missed), ALL_REACHED)


def _first_wrong(marked: PartMarks) -> str:
    return NO_STEP if marked.first_wrong is None else f"step {marked.first_wrong}"


def _slips(part: PartRecord) -> list[str]:
    hints = (one_line(step.record.hint) for step in part.steps if step.record.verdict == "refuted")
    return list(dict.fromkeys(hint for hint in hints if hint))


def _grouped(said: Iterable[tuple[str, int]]) -> tuple[Group, ...]:
    groups: dict[str, dict[int, None]] = {}
    for what, place in said:
        groups.setdefault(what, {})[place] = None
    found = [Group(what, tuple(places)) for what, places in groups.items()]
    return tuple(sorted(found, key=lambda group: (-len(group.students), _natural(group.said))))


def _natural(said: str) -> tuple[str, int]:
    head, _, tail = said.rpartition(" ")
    return (head, int(tail)) if tail.isascii() and tail.isdigit() and len(tail) < 9 else (said, 0)
