"""Gradescope's results.json: a test for each part.

Gradescope knows passed and failed only: a part that a person has to look at has neither, and a tag.
Source: https://gradescope-autograders.readthedocs.io/en/latest/specs/
"""

from __future__ import annotations

from typing import Any

from checker.marks import Student
from checker.reports.grading.scores import PERSON_TAG, Score, scores, summary_lines, totals


def document(student: Student) -> dict[str, Any]:
    """The document for one student. Raises ValueError as `scores` does."""
    found = scores(student)
    return {
        "score": totals(found)[0],
        "output": "\n".join(summary_lines(student)),
        "output_format": "text",
        "test_output_format": "text",
        "visibility": "after_published",
        "stdout_visibility": "hidden",
        "tests": [_test(each, bool(student.problems)) for each in found],
    }


def _test(score: Score, unreadable: bool) -> dict[str, Any]:
    person = bool(score.person) or unreadable
    status = {} if person else {"status": "passed" if score.full else "failed"}
    return {
        "name": score.label,
        "number": score.name,
        "score": score.marks,
        "max_score": score.max_marks,
        **status,
        "output": score.text,
        "output_format": "text",
        "tags": [PERSON_TAG] if person else [],
    }
