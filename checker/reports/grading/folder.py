"""The report of a class, written into a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from checker.marks import Student
from checker.reports.grading import (
    gradescope,
    index_page,
    junit,
    marks_csv,
    markus,
    prairielearn,
    results,
    student_page,
)
from checker.reports.grading.files import file_names, put
from checker.reports.grading.scores import scores

_OF_STUDENT: Mapping[str, tuple[str, Callable[[Student], Iterable[str]]]] = {
    "gradescope": ("json", lambda student: [results.dumped(gradescope.document(student)), "\n"]),
    "markus": ("jsonl", lambda student: (f"{results.dumped(each)}\n" for each in markus.documents(student))),
    "prairielearn": ("json", lambda student: [results.dumped(prairielearn.document(student)), "\n"]),
}
"""The formats with a file for each student: its ending, and the text."""

FORMATS = (*_OF_STUDENT, "junit")


def write(
    students: Sequence[Student],
    out: Path,
    *,
    title: str,
    formats: Sequence[str] = (),
    givens: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> None:
    """Write index.html, a page for each student, marks.csv, results.json, and the formats that are named.

    `givens` are those of each question by its name, as LaTeX, for the pages.

    Each file is written whole or not at all, and none outside `out`, whatever students are called; index.html comes
    last, so that all its links lead somewhere. Raises ValueError for a format that is not one of FORMATS and, before
    anything is written, for one in which the marks of a student cannot be said; OSError where writing fails.
    """
    unknown = [name for name in formats if name not in FORMATS]
    if unknown:
        raise ValueError(f"there is no format {unknown[0]}; there are {', '.join(FORMATS)}")
    _check(students, formats)
    files = file_names([student.name for student in students])
    for student, file, near in zip(students, files, student_page.neighbours(students, files), strict=True):
        put(out / "students", f"{file}.html", student_page.pieces(student, near, title, givens))
        for name, (ending, text) in _OF_STUDENT.items():
            if name in formats:
                put(out / name, f"{file}.{ending}", text(student))
    if "junit" in formats:
        put(out, "junit.xml", [junit.text(students)])
    put(out, "marks.csv", [marks_csv.text(students)])
    put(out, "results.json", results.pieces(students))
    put(out, "index.html", index_page.pieces(students, files, title))


def _check(students: Sequence[Student], formats: Sequence[str]) -> None:
    """Raise before anything is written where a program would be told marks that there are not."""
    for student in students:
        if any(name in _OF_STUDENT for name in formats):
            scores(student)
        if "prairielearn" in formats:
            prairielearn.document(student)
