"""The marks of a part, for programs that count with them: nothing that was not marked is written as a number."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from checker.marks import PartMarks, Student
from checker.record import DerivationRecord, PartRecord
from checker.reports import words
from checker.reports.grading import phrases
from checker.visible import one_line

PERSON_TAG = "needs a person"


@dataclass(frozen=True)
class Score:
    """A part that can earn marks: its full name, what it is about, its marks, and the account of them in lines."""

    name: str
    title: str
    marks: float
    max_marks: float
    person: tuple[str, ...]
    account: tuple[str, ...]
    derivation: DerivationRecord
    part: PartRecord

    @property
    def label(self) -> str:
        """q2.a The posterior of a class."""
        return one_line(f"{self.name} {self.title}")

    @property
    def full(self) -> bool:
        return self.marks >= self.max_marks

    @property
    def none(self) -> bool:
        return self.marks <= 0

    @property
    def text(self) -> str:
        return "\n".join(self.account)


def scores(student: Student) -> list[Score]:
    """The parts of a student that can earn marks.

    Raises ValueError where one was not marked, or its marks are no number from 0 on: a program that reads them may
    take a missing score, or one of a test without points, for full marks.
    """
    return list(_scores(student))


def _scores(student: Student) -> Iterator[Score]:
    for derivation, part in phrases.parts(student):
        if not part.max_marks:
            continue
        name = phrases.full_name(derivation, part)
        marked = _marked(student, name, part)
        account = tuple(phrases.account(derivation, part))
        marks, most = words.number(marked.marks), words.number(part.max_marks)
        yield Score(name, part.title, marks, most, marked.person, account, derivation, part)


def _marked(student: Student, name: str, part: PartRecord) -> PartMarks:
    if part.marked is None:
        raise ValueError(f"{one_line(student.name)}: {name} was not marked")
    if not math.isfinite(part.marked.marks) or part.marked.marks < 0:
        raise ValueError(f"{one_line(student.name)}: the marks of {name} are {part.marked.marks}")
    return part.marked


def totals(found: list[Score]) -> tuple[float, float]:
    """The marks of all parts, and what could have been earned."""
    return words.number(sum(each.marks for each in found)), words.number(sum(each.max_marks for each in found))


def summary_lines(student: Student) -> list[str]:
    """The marks in all, and what a person has to look at."""
    problems = [f"could not be read: {one_line(problem)}" for problem in student.problems]
    provisional = ["the marks are provisional: a person has to look"] if student.person else []
    return [f"{phrases.total(student)} marks", *provisional, *problems]
