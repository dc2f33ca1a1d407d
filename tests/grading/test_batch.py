"""Answers marked at a time: once each, in any order, by any number of threads, again only where something changed."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from checker import crew
from checker.grading.answers import Question
from checker.grading.batch import Interrupted, Task, marked
from checker.grading.store import FOLDER, opened
from checker.run import Options
from checker.work import Lost
from tests.grading.records import starting, untimed

OPTIONS = Options(10.0)
QUESTION = Question("q2", "", Path("q2.py"), ())


@pytest.fixture
def tasks(tmp_path):
    made = []
    for number in range(12):
        path = tmp_path / f"{number}.md"
        path.write_text(f"# a\nx = {number} ; proved ; claim\n{number} = y ; refuted ; claim\n")
        made.append(Task(f"key{number}", QUESTION, path))
    return made


def mark(tasks, report, *, jobs=3, calls=None, progress=lambda done, wanted: None, **more):
    with opened(report) as store:
        return marked(tasks, OPTIONS, store, starting([] if calls is None else calls, **more), jobs, progress)


def test_every_answer_is_marked_by_any_number_of_threads_in_any_order(tasks, tmp_path):
    alone = mark(tasks, tmp_path / "1", jobs=1)
    assert [each.record.steps[0].record.rhs for each in alone.values()] == [str(number) for number in range(12)]
    assert [each.record.verdict for each in alone.values()] == ["refuted"] * 12
    several = mark(tasks[::-1], tmp_path / "2", jobs=5)
    assert {key: untimed(each.record) for key, each in alone.items()} == {
        key: untimed(each.record) for key, each in several.items()
    }


def test_what_has_been_marked_is_not_marked_again(tasks, tmp_path):
    first = mark(tasks[:5], tmp_path / "r")
    calls = []
    assert mark(tasks[:5], tmp_path / "r", calls=calls) == first
    assert calls == []
    mark(tasks[3:7], tmp_path / "r", calls=calls)
    assert calls.count("checker.worker:outline_text") == 2


def test_a_damaged_entry_is_marked_anew(tasks, tmp_path):
    first = mark(tasks[:5], tmp_path / "r")
    (tmp_path / "r" / FOLDER / "key3.json").write_text("{")
    calls = []
    again = mark(tasks[:5], tmp_path / "r", calls=calls)
    assert calls.count("checker.worker:outline_text") == 1
    assert {key: untimed(each.record) for key, each in again.items()} == {
        key: untimed(each.record) for key, each in first.items()
    }


def test_what_is_the_same_is_marked_once(tasks, tmp_path):
    twin = Task("key0", QUESTION, tasks[1].path)
    calls = []
    assert len(mark([tasks[0], twin], tmp_path / "r", calls=calls)) == 1
    assert calls.count("checker.worker:outline_text") == 1


def test_progress_counts_what_was_there_and_what_is_new(tasks, tmp_path):
    mark(tasks[:3], tmp_path / "r")
    told = []
    mark(tasks[:5], tmp_path / "r", progress=lambda done, wanted: told.append((done, wanted)))
    assert told == [(3, 5), (4, 5), (5, 5)]


def test_a_lost_worker_costs_one_step(tasks, tmp_path):
    def before(function, arguments):
        if function.endswith("judge_text") and arguments[1] == 0 and arguments[0].path.stem == "2":
            raise Lost("it crashed")

    found = mark(tasks[:4], tmp_path / "r", before=before)
    verdicts = {key: [step.record.verdict for step in each.record.steps] for key, each in found.items()}
    assert verdicts.pop("key2") == ["undecided", "refuted"]
    assert set(map(tuple, verdicts.values())) == {("proved", "refuted")}


def test_an_answer_that_cannot_be_read_costs_no_other(tasks, tmp_path):
    def before(function, arguments):
        if function.endswith("outline_text") and arguments[0].path.stem == "2":
            raise Lost("out of memory")

    found = mark(tasks[:4], tmp_path / "r", before=before)
    assert found["key2"].record.unreadable
    assert not found["key2"].record.parts
    assert found["key2"].notices == (": could not be read: out of memory",)
    assert not found["key1"].record.unreadable


def test_a_file_that_cannot_be_written_ends_the_run_and_keeps_the_rest(tasks, tmp_path, monkeypatch):
    full = OSError(28, "No space left on device")
    with opened(tmp_path / "r") as store:
        puts = []

        real = type(store).put

        def put(self, key, value):
            puts.append(key)
            if len(puts) > 3:
                raise full
            real(self, key, value)

        monkeypatch.setattr(type(store), "put", put)
        with pytest.raises(OSError, match="No space left"):
            marked(tasks, OPTIONS, store, starting([]), 2)
    assert threading.active_count() == 1
    monkeypatch.undo()
    calls = []
    assert len(mark(tasks, tmp_path / "r", calls=calls)) == 12
    assert calls.count("checker.worker:outline_text") == 9


def test_a_run_that_is_interrupted_goes_on_where_it_stopped(tasks, tmp_path):
    """Interrupted while workers compute: they are killed, and nothing is kept of their answers."""
    killed = threading.Event()

    def before(function, arguments):
        if function.endswith("judge_text") and int(arguments[0].path.stem) >= 6:
            assert killed.wait(20)
            raise Lost("the worker process was ended by SIGKILL")

    def progress(done, wanted):
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(Interrupted) as stopped:
        mark(tasks, tmp_path / "r", before=before, kill=killed.set, progress=progress)
    assert threading.active_count() == 1
    assert (stopped.value.done, stopped.value.wanted) == (4, 12)
    kept = {path.stem for path in (tmp_path / "r" / FOLDER).glob("*.json")}
    assert 4 <= len(kept) <= 6
    assert kept <= {f"key{number}" for number in range(6)}
    calls = []
    again = mark(tasks, tmp_path / "r", calls=calls)
    assert [step.record.verdict for step in again["key6"].record.steps] == ["proved", "refuted"]
    assert calls.count("checker.worker:outline_text") == 12 - len(kept)


def test_workers_are_replaced_now_and_then(tasks, tmp_path, monkeypatch):
    monkeypatch.setattr(crew, "TASKS_OF_A_WORKER", 5)
    begun = []
    begin = starting([])

    def started():
        begun.append(1)
        return begin()

    with opened(tmp_path / "r") as store:
        assert len(marked(tasks, OPTIONS, store, started, 1)) == 12
    assert len(begun) == 3


def test_a_record_names_no_file_of_its_own(tasks, tmp_path):
    (found,) = mark(tasks[:1], tmp_path / "r").values()
    assert found.record.source == ""
    assert str(tmp_path) not in repr(found)
