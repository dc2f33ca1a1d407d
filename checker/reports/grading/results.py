"""results.json: what was found of each student, with the derivations as the contract of `--format json` has them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from checker.marks import Credit, PartMarks, Student
from checker.record import SCHEMA, as_json, summary
from checker.reports.grading import phrases, survey
from checker.reports.words import number


def pieces(students: Sequence[Student]) -> Iterator[str]:
    """The document, a student at a time, so that a large class need not be held as text."""
    yield f'{{"schema": {SCHEMA},\n "students": ['
    for place, student in enumerate(students):
        yield f"{',' if place else ''}\n  {dumped(_student(student))}"
    yield f'],\n "summary": {dumped(_summary(students))}}}\n'


def dumped(found: Mapping[str, Any]) -> str:
    """JSON on one line."""
    return json.dumps(found, allow_nan=False)


def _student(student: Student) -> dict[str, Any]:
    derivations = as_json(student.derivations, 0)["derivations"]
    for part in (part for derivation in derivations for part in derivation["parts"]):
        part.update({name: part[name] if part[name] is None else number(part[name]) for name in ("marks", "max_marks")})
    return {
        "name": student.name,
        "files": list(student.files),
        "marks": number(student.marks),
        "max_marks": number(student.max_marks),
        "person": list(student.person),
        "problems": list(student.problems),
        "derivations": derivations,
        "credits": _by_part(student, lambda marked: [_credit(credit) for credit in marked.credits]),
        "statuses": _by_part(student, lambda marked: list(marked.statuses)),
        "overridden": {
            name: {"comment": marked.overridden, "given": None if marked.given is None else number(marked.given)}
            for name, marked in phrases.overrides(student)
        },
    }


def _by_part(student: Student, of: Callable[[PartMarks], list[Any]]) -> dict[str, dict[str, list[Any]]]:
    """By question and part; what is recorded of one part twice is put together, in the order of the record."""
    found: dict[str, dict[str, list[Any]]] = {}
    for derivation, part in phrases.parts(student):
        if part.marked is not None:
            found.setdefault(derivation.name, {}).setdefault(part.name, []).extend(of(part.marked))
    return found


def _credit(credit: Credit) -> dict[str, Any]:
    return asdict(credit) | {name: number(getattr(credit, name)) for name in ("marks", "max_marks", "up_to")}


def _summary(students: Sequence[Student]) -> dict[str, Any]:
    mean, median = survey.middle([student.marks for student in students])
    return {
        "students": len(students),
        "needs_person": sum(map(phrases.needs_person, students)),
        "unreadable": sum(map(phrases.unreadable, students)),
        "overridden": sum(bool(phrases.overrides(student)) for student in students),
        "mean": mean,
        "median": median,
        "max_marks": max((number(student.max_marks) for student in students), default=0),
        "verdicts": summary(derivation for student in students for derivation in student.derivations),
    }
