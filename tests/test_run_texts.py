"""Checking texts through a caller: the order of steps, their history, and what a lost worker costs."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.record import Claim, Judgement, Outline, PartOutline
from checker.run import Options, Run, TextRequest
from checker.subject import Subject
from checker.work import Lost

SUBJECT = Subject("document", Path("notes.md"))


def outline(*sizes, problems=()):
    parts = (
        PartOutline(f"Part {place}", "", None, tuple(Claim(n + 1, 10 + n, "=", "a", "b", "") for n in range(size)))
        for place, size in enumerate(sizes, start=1)
    )
    return Outline("", tuple(parts), tuple(problems))


class Reader:
    """Answers as a worker that reads texts does; a verdict "lost" is no answer."""

    def __init__(self, said, *verdicts):
        self.said, self.verdicts, self.calls = said, list(verdicts), []

    def call(self, function, seconds, *arguments):
        self.calls.append((function, seconds, *arguments))
        if function == "checker.worker:outline_text":
            if isinstance(self.said, Exception):
                raise self.said
            return self.said
        assert function == "checker.worker:judge_text"
        verdict = self.verdicts[arguments[1]]
        if verdict == "lost":
            raise Lost("no answer within 3 s; the worker was stopped")
        return Judgement(verdict=verdict, role="claim")

    def judged(self):
        return [call[2:] for call in self.calls if call[0].endswith("judge_text")]


def check(reader, *, grown=lambda record: None, progress=lambda progress: None, **options):
    notices = []
    run = Run(reader, Options(3.0, **options), pytest.fail, notices.append, progress)
    return run.check_text(TextRequest("notes", "notes.md", SUBJECT), grown), notices


def test_steps_are_counted_over_all_parts_and_each_is_told_of_those_before_it():
    reader = Reader(outline(2, 0, 1), "proved", "refuted", "assumed")
    record, notices = check(reader, seed=7, strict=True, explain=True)
    proved, refuted = ("proved", "claim", ()), ("refuted", "claim", ())
    assert reader.judged() == [
        (SUBJECT, 0, (), 7, True, True),
        (SUBJECT, 1, (proved,), 7, True, True),
        (SUBJECT, 2, (proved, refuted), 7, True, True),
    ]
    assert [[step.record.number for step in part.steps] for part in record.parts] == [[1, 2], [], [1]]
    assert notices == []
    assert record.text


def test_a_lost_worker_costs_one_step_and_the_next_one_reads_the_text_again():
    reader = Reader(outline(3), "proved", "lost", "proved")
    record, _ = check(reader)
    assert [step.record.verdict for step in record.steps] == ["proved", "undecided", "proved"]
    assert record.steps[1].record.message == "no answer within 3 s; the worker was stopped"
    assert reader.judged()[2][2] == (("proved", "claim", ()), ("undecided", "", ()))
    names = [call[0].partition(":")[2] for call in reader.calls]
    assert names == ["outline_text", "judge_text", "judge_text", "outline_text", "judge_text"]


def test_a_text_whose_reading_is_lost_is_unreadable():
    record, notices = check(Reader(Lost("out of memory")))
    assert (record.verdict, record.parts) == ("unreadable", ())
    assert notices == ["notes.md: could not be read: out of memory"]


def test_problems_are_notices_and_make_a_text_unreadable():
    record, notices = check(Reader(outline(1, problems=["notes.md:3:1: no end"]), "proved"))
    assert (record.verdict, notices) == ("unreadable", ["notes.md:3:1: no end"])
    assert check(Reader(outline(1, problems=["x"]), "refuted"))[0].verdict == "refuted"


def test_a_text_without_steps_is_undecided_and_says_so():
    record, notices = check(Reader(outline(0)))
    assert (record.verdict, notices) == ("undecided", ["notes.md: nothing to check"])


def test_the_record_grows_by_parts():
    seen = []
    check(Reader(outline(1, 2), *["proved"] * 3), grown=seen.append)
    assert [[len(part.steps) for part in record.parts] for record in seen] == [[], [1], [1, 2]]


def test_progress_says_how_many_of_all():
    seen = []
    check(Reader(outline(1, 2), *["proved"] * 3), progress=seen.append)
    assert [(each.step, each.done, each.steps) for each in seen] == [
        ("notes.Part 1 step 1", 0, 3), ("notes.Part 2 step 1", 1, 3), ("notes.Part 2 step 2", 2, 3),
    ]  # fmt: skip
