"""Marked records made by hand, and a caller that finds what each line of an answer says (see tests.fake_session)."""

from __future__ import annotations

import contextlib
import json
from dataclasses import replace

from checker.grading.plain import to_plain
from checker.marks import FOLLOWS, PARTLY, REACHED, VALID, WRONG, Credit, PartMarks, Student, Support
from checker.record import DerivationRecord, PartRecord, judged
from tests import fake_session
from tests.reports.records import step


def credit(title="the prior", marks=1.0, outcome=REACHED, **fields):
    return Credit(title, r"\alpha_k", outcome, marks, 2.0, up_to=1.5, supports=(Support("d", 2, 14),), **fields)


def marks(given=3.0, most=4.0, person=(), **fields):
    credits = (credit(), credit("λ", 0.5, PARTLY, message="only the derivative", milestone_of="the prior"))
    statuses = (VALID, WRONG, FOLLOWS)
    return PartMarks(given, most, given + 0.5, credits, statuses, first_wrong=2, person=tuple(person), **fields)


def part(name="a", *verdicts, marked=None, most=4.0):
    steps = tuple(step(verdict, number) for number, verdict in enumerate(verdicts, start=1))
    return PartRecord(name, f"part {name}", steps, most, marked)


def record(*parts, name="q2", source="alice.md", title="a title", **fields):
    return DerivationRecord(name, title, source, parts, text=True, **fields)


def student(name="alice", *records, **fields):
    return Student(name, (f"{name}.md",), records or (record(part("a", "proved", marked=marks())),), **fields)


def write_plainly(students, out, *, title, formats=(), givens=None):
    """Stands in for the report: its data, and a page."""
    (out / "students").mkdir()
    (out / "index.html").write_text(title, encoding="utf-8")
    text = json.dumps({"formats": formats, "students": [to_plain(each) for each in students]})
    (out / "results.json").write_text(text, encoding="utf-8")


class Caller:
    """Finds what a text says of itself. `before` is called before anything is found, `kill` when a run is stopped."""

    def __init__(self, calls, before, kill):
        self.calls, self.before, self.kill = calls, before, kill

    def call(self, function, seconds, *arguments):
        self.calls.append(function)
        self.before(function, arguments)
        if function == "checker.worker:outline_text":
            return fake_session.outline(arguments[0])
        if function == "checker.worker:mark_text":
            return fake_session.marked(*arguments)
        subject, index, history, seed, strict, explain = arguments
        return judged(fake_session.judge(subject, index, history, seed=seed, explain=explain), strict=strict)


def starting(calls, before=lambda function, arguments: None, kill=lambda: None):
    @contextlib.contextmanager
    def started():
        yield Caller(calls, before, kill)

    return started


def untimed(value):
    """A record without the seconds that its steps took."""
    parts = tuple(
        replace(each, steps=tuple(replace(one, record=replace(one.record, seconds=0.0)) for one in each.steps))
        for each in value.parts
    )
    return replace(value, parts=parts)
