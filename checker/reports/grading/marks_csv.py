"""marks.csv: one row a student, for spreadsheets, in which no cell that somebody else wrote is a formula."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO

from checker.marks import Student
from checker.reports.grading import phrases, survey
from checker.reports.words import marks
from checker.visible import one_line

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")


def text(students: Sequence[Student]) -> str:
    """The file by RFC 4180. A part that a student's record lacks, or that was not marked, is an empty cell."""
    parts = survey.part_names(students)
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(["student", *map(safe, parts), "total", "max", "needs person", "comment"])
    writer.writerows(_row(student, parts) for student in students)
    return stream.getvalue()


def safe(said: str) -> str:
    """Text that a spreadsheet shows and does not calculate: with an apostrophe where it would begin a formula."""
    shown = one_line(said)
    return f"'{shown}" if said.startswith(_FORMULA) or shown.startswith(_FORMULA) else shown


def _row(student: Student, parts: Sequence[str]) -> list[str]:
    found = phrases.marks_by_part(student)
    person = "yes" if phrases.needs_person(student) else ""
    said = [*student.person, *(f"{name}: {phrases.override(marked)}" for name, marked in phrases.overrides(student))]
    cells = [marks(found[name]) if name in found else "" for name in parts]
    return [safe(student.name), *cells, marks(student.marks), marks(student.max_marks), person, safe("; ".join(said))]
