"""JUnit's XML of a class: a suite for each part of each student, a test case for each step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import StringIO

from checker.marks import Student
from checker.record import DerivationRecord
from checker.reports import junit_report


def text(students: Sequence[Student]) -> str:
    """The whole document; the names of questions follow those of students."""
    stream = StringIO()
    records = [record for student in students for record in _records(student)]
    seconds = sum(step.record.seconds for record in records for step in record.steps)
    junit_report.write(records, seconds, stream)
    return stream.getvalue()


def _records(student: Student) -> Iterator[DerivationRecord]:
    for derivation in student.derivations:
        yield replace(derivation, name=f"{student.name}.{derivation.name}")
    if student.problems:
        files = ", ".join(student.files)
        yield DerivationRecord(student.name, "", files, (), unreadable=True, text=True)
