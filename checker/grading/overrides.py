"""Marks set by hand: a CSV file with the columns student, part, marks and comment, in any order.

student,part,marks,comment
alice,q2.c,4.5,"the sign is a slip of the pen"
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from checker.catalogue import near, near_or_all
from checker.marks import PartMarks, Student
from checker.record import DerivationRecord, PartRecord

COLUMNS = ("student", "part", "marks", "comment")
_DECIMAL = re.compile(r"[0-9]{1,9}(\.[0-9]*)?|\.[0-9]+")


@dataclass(frozen=True)
class Override:
    """One row; `line` is where it begins in the file."""

    line: int
    student: str
    part: str
    marks: float
    comment: str


@dataclass(frozen=True)
class Problem:
    """What is wrong with a row."""

    line: int
    message: str


def read(text: str) -> tuple[list[Override], list[Problem]]:
    """The rows of the file, and what is wrong with the others."""
    try:
        rows = list(_rows(text.removeprefix("\ufeff")))
    except csv.Error as error:
        return [], [Problem(1, f"this is no CSV file: {error}")]
    line, header = rows[0] if rows else (1, [])
    columns = {name.strip().casefold(): place for place, name in enumerate(header)}
    missing = [name for name in COLUMNS if name not in columns]
    if missing:
        return [], [Problem(line, f"the first row must name the columns {', '.join(COLUMNS)}; no {', '.join(missing)}")]
    overrides, problems = [], []
    for line, row in rows[1:]:
        cells = {name: row[columns[name]].strip() if columns[name] < len(row) else "" for name in COLUMNS}
        marks = _number(cells["marks"])
        if marks is None:
            problems.append(Problem(line, f"the marks {cells['marks']!r} are no number from 0 up, as in 2.5"))
        else:
            overrides.append(Override(line, cells["student"], cells["part"], marks, cells["comment"]))
    return overrides, problems


def applied(students: Sequence[Student], overrides: Sequence[Override]) -> tuple[list[Student], list[Problem]]:
    """The students with these marks, and what is wrong with the overrides that do not apply."""
    wanted: dict[tuple[str, str], Override] = {}
    problems = []
    names = {student.name.casefold(): student for student in students}
    for override in overrides:
        student = names.get(override.student.casefold())
        problem = _problem(override, student, [each.name for each in students])
        if student and not problem:
            first = wanted.setdefault((student.name, override.part), override)
            if first is not override:
                problem = f"line {first.line} sets {override.part} of {student.name} already"
        if problem:
            problems.append(Problem(override.line, problem))
    return [_overridden(student, wanted) for student in students], problems


def _problem(override: Override, student: Student | None, known: Sequence[str]) -> str:
    if student is None:
        return f"there is no student {override.student!r}; {near(override.student, known) or 'marks.csv names all'}"
    parts = {f"{record.name}.{part.name}": part for record in student.derivations for part in record.parts if part.name}
    part = parts.get(override.part)
    if part is None:
        return f"there is no part {override.part!r}; {near_or_all(override.part, parts)}"
    if part.max_marks is not None and override.marks > part.max_marks:
        return f"{override.marks:g} marks are more than {override.part} is worth, which is {part.max_marks:g}"
    return ""


def _overridden(student: Student, wanted: Mapping[tuple[str, str], Override]) -> Student:
    own = {part: override for (name, part), override in wanted.items() if name == student.name}
    done: set[str] = set()
    return replace(student, derivations=tuple(_record(record, own, done) for record in student.derivations))


def _record(record: DerivationRecord, own: Mapping[str, Override], done: set[str]) -> DerivationRecord:
    """The record with what is set of its parts; a part that is there twice has it where it is first, else nothing."""
    parts = []
    for part in record.parts:
        name = f"{record.name}.{part.name}"
        if name in done:
            parts.append(replace(part, marked=None, max_marks=None))
        elif name in own:
            marked = _set(part, own[name])
            parts.append(replace(part, marked=marked, max_marks=marked.max_marks))
            done.add(name)
        else:
            parts.append(part)
    return replace(record, parts=tuple(parts))


def _set(part: PartRecord, override: Override) -> PartMarks:
    if part.marked is None:
        most = override.marks if part.max_marks is None else part.max_marks
        return PartMarks(override.marks, most, up_to=override.marks, overridden=override.comment)
    return replace(
        part.marked,
        marks=override.marks,
        up_to=override.marks,
        person=(),
        overridden=override.comment,
        given=part.marked.marks,
    )


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold something, each with the line where it begins."""
    reader = csv.reader(io.StringIO(text, newline=""))
    line = 1
    for row in reader:
        if any(cell.strip() for cell in row):
            yield line, row
        line = reader.line_num + 1


def _number(text: str) -> float | None:
    return float(text) if _DECIMAL.fullmatch(text) else None
