"""The output of a custom tester of MarkUs: a JSON object a line; a test for each part, then notes on the answer.

Source: the wiki of MarkUs's autotester, "Custom tester".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from checker.marks import Student
from checker.record import Step
from checker.reports.grading import phrases
from checker.reports.grading.scores import PERSON_TAG, Score, scores, summary_lines
from checker.reports.words import message
from checker.visible import one_line


def documents(student: Student) -> Iterator[dict[str, Any]]:
    """The objects for one student, in their order. Raises ValueError as `scores` does."""
    found = scores(student)
    for score in found:
        yield _test(score)
    notes = [note for score in found if (note := _annotation(score)) is not None]
    if notes:
        yield {"annotations": notes}
    if student.person:
        said = "; ".join(one_line(reason) for reason in student.person)
        yield {"tags": [{"name": PERSON_TAG, "description": said}]}
    yield {"overall_comment": "\n".join(summary_lines(student))}


def _test(score: Score) -> dict[str, Any]:
    # "partial" of nothing would be an invitation to read it as something, so it is said only of marks in between
    status = "fail" if score.none else "pass" if score.full else "partial"
    return {
        "name": score.label,
        "output": score.text,
        "marks_earned": score.marks,
        "marks_total": score.max_marks,
        "status": status,
        "time": round(1000 * sum(step.record.seconds for step in score.part.steps)),
    }


def _annotation(score: Score) -> dict[str, Any] | None:
    """A note at the first wrong step, where it stands on a line of a file."""
    step = phrases.first_wrong(score.part)
    if step is None or not step.record.source_line or not score.derivation.source:
        return None
    column = max(step.shown.column, 1)
    return {
        "filename": one_line(score.derivation.source),
        "content": _content(score, step),
        "line_start": step.record.source_line,
        "line_end": step.record.source_line,
        "column_start": column,
        "column_end": column,
    }


def _content(score: Score, step: Step) -> str:
    said = [step.record.hint, message(step)]
    return one_line("; ".join([f"{score.name}: the first wrong step", *filter(None, said)]))
