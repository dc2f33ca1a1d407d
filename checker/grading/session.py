"""The marks of an answer whose claims have been judged, for the commands."""

from __future__ import annotations

from checker.grading.marking import mark
from checker.marks import PartMarks
from checker.reading.answers.answer import question_of
from checker.reading.session import with_judgements
from checker.record import Found
from checker.subject import Subject


def marked(subject: Subject, history: tuple[Found, ...]) -> tuple[PartMarks, ...]:
    """The marks of each part of an answer; `history` has (verdict, role, uses) of all its claims."""
    assert subject.question is not None
    return mark(*with_judgements(subject, history), question_of(subject.question))
