"""PrairieLearn's results.json: a test for each part, and the score as a share of all marks.

Source: https://prairielearn.readthedocs.io/en/latest/externalGrading/
"""

from __future__ import annotations

import json
from typing import Any

from checker.marks import Student
from checker.reports.grading import phrases
from checker.reports.grading.scores import Score, scores, summary_lines, totals
from checker.visible import one_line

LARGEST = 1_000_000
"""Bytes that PrairieLearn takes."""
_SHORTENED = (4000, 1000, 200, 0)


def document(student: Student) -> dict[str, Any]:
    """The document for one student, its accounts cut where it would be larger than PrairieLearn takes.

    What could not be read is not gradable. Raises ValueError as `scores` does, and where there is nothing to mark:
    a share of no marks is no number.
    """
    if phrases.unreadable(student):
        return _cut({"gradable": False, "format_errors": _unread(student), "message": "", "tests": []})
    found = scores(student)
    marks, most = totals(found)
    if most <= 0:
        raise ValueError(f"{one_line(student.name)}: there are no marks to be had, so there is no score")
    said = [*summary_lines(student), *(f"for a person: {one_line(reason)}" for reason in student.person)]
    return _cut(
        {
            "gradable": True,
            "score": min(marks / most, 1),
            "format_errors": [],
            "message": "\n".join(said),
            "tests": [_test(score) for score in found],
        }
    )


def _unread(student: Student) -> list[str]:
    problems = [one_line(problem) for problem in student.problems]
    return problems or [
        f"{one_line(derivation.source)}: something in it could not be read"
        for derivation in student.derivations
        if derivation.unreadable
    ]


def _test(score: Score) -> dict[str, Any]:
    return {
        "name": score.label,
        "points": score.marks,
        "max_points": score.max_marks,
        "message": "for a person" if score.person else "",
        "output": score.text,
    }


def _cut(found: dict[str, Any]) -> dict[str, Any]:
    """The document itself, or with its longest texts cut until it is small enough."""
    if _fits(found):
        return found
    for longest in _SHORTENED:
        cut = {
            **found,
            "format_errors": [_short(each, longest) for each in found["format_errors"][:50]],
            "message": _short(found["message"], longest),
            "tests": [{**test, "output": _short(test["output"], longest)} for test in found["tests"]],
        }
        if _fits(cut):
            return cut
    raise ValueError(f"the results are larger than {LARGEST} bytes, even without their texts")


def _fits(found: dict[str, Any]) -> bool:
    return len(json.dumps(found, indent=1).encode()) < LARGEST


def _short(said: str, longest: int) -> str:
    return said if len(said) <= longest else f"{said[:longest]} …"
