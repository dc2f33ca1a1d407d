"""Several texts and derivations checked at a time: each as it is alone, and shown in the order that was asked for."""

from __future__ import annotations

import contextlib
import threading
from pathlib import Path

import pytest

from checker.record import Claim, Judgement, Outline, PartOutline
from checker.run import Options, Progress, Run, TextRequest, several
from checker.subject import Subject

REQUESTS = [TextRequest(name, f"{name}.md", Subject("document", Path(f"{name}.md"))) for name in "abcd"]


class Reader:
    """Finds one proved step in each text, and of each text something to be noticed; `a` is the last to be found."""

    def __init__(self, found):
        self.found = found

    def call(self, function, seconds, *arguments):
        name = arguments[0].path.stem
        if function.endswith("outline_text"):
            part = PartOutline(name, "", None, (Claim(1, 1, "=", name, name, ""),))
            return Outline(name, (part,), (f"{name} is odd",))
        if name == "a":
            assert self.found.wait(20), "the others are not checked beside it"
        elif name == "d":
            self.found.set()
        return Judgement(verdict="proved", role="claim")


def checked(said, progress=lambda progress: None):
    found = threading.Event()

    @contextlib.contextmanager
    def started():
        yield Reader(found)

    run = Run(Reader(found), Options(3.0), pytest.fail, said, progress)
    return several(run, REQUESTS, started, 2)


def test_the_records_come_in_the_order_asked_for_and_each_behind_what_was_noticed_of_it():
    said = []
    for record in checked(said.append):
        said.append(record.name)
    assert said == ["a is odd", "a", "b is odd", "b", "c is odd", "c", "d is odd", "d"]


def test_progress_counts_what_was_asked_for():
    told = []
    assert len(list(checked(lambda message: None, told.append))) == 4
    assert told[:2] == [Progress("a", 0, 4), Progress("a", 1, 4)]
    assert {each.steps for each in told} == {4}


def test_whoever_stops_looking_ends_the_work():
    records = checked(lambda message: None)
    next(records)
    records.close()
    assert threading.active_count() == 1
