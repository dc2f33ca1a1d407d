"""What is kept comes back; what is damaged does not; a file is there whole or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.grading.answers import Marked
from checker.grading.store import FOLDER, opened
from tests.grading.records import marks, part, record

VALUE = Marked(record(part("a", "proved", "refuted", marked=marks())), (":3:1: a notice",))


def scratches(report):
    return list((report / FOLDER).glob("run-*"))


def test_what_is_kept_comes_back_in_the_next_run(tmp_path):
    with opened(tmp_path / "new" / "report") as store:
        assert store.get("key", Marked) is None
        store.put("key", VALUE)
    with opened(tmp_path / "new" / "report") as store:
        assert store.get("key", Marked) == VALUE
        assert store.get("other", Marked) is None
    assert scratches(tmp_path / "new" / "report") == []


@pytest.fixture(scope="module")
def entry(tmp_path_factory):
    report = tmp_path_factory.mktemp("report")
    with opened(report) as store:
        store.put("key", VALUE)
    return report / FOLDER / "key.json"


@given(st.data())
def test_a_damaged_entry_counts_as_not_there(entry, data):
    sound = entry.read_bytes()
    try:
        place = data.draw(st.integers(0, len(sound) - 1))
        kind = data.draw(st.sampled_from(["cut", "flip", "zero"]))
        flipped = bytes([sound[place] ^ (1 << data.draw(st.integers(0, 7)))])
        changed = {"cut": sound[:place], "flip": sound[:place] + flipped + sound[place + 1 :], "zero": b"\0" * place}
        entry.write_bytes(changed[kind])
        with opened(entry.parent.parent) as store:
            assert store.get("key", Marked) in (None, VALUE)
            if kind != "flip":
                assert store.get("key", Marked) is None
    finally:
        entry.write_bytes(sound)


@pytest.mark.parametrize("text", ["", "[]", "{}", "[" * 100_000, '{"schema":1}', '{"schema":0,"digest":"","value":{}}'])
def test_any_other_text_counts_as_not_there(tmp_path, text):
    with opened(tmp_path) as store:
        (tmp_path / FOLDER / "key.json").write_text(text)
        assert store.get("key", Marked) is None


def test_a_write_that_fails_leaves_what_was_there(tmp_path, monkeypatch):
    with opened(tmp_path) as store:
        store.put("key", VALUE)
        monkeypatch.setattr(os, "replace", lambda *paths: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        with pytest.raises(OSError, match="No space"):
            store.put("key", Marked(record()))
        assert store.get("key", Marked) == VALUE
        assert {path.name for path in store.scratch.iterdir()} == {"lock"}


def test_files_of_a_report_are_there_once_all_are_written(tmp_path):
    with opened(tmp_path) as store:
        (tmp_path / "index.html").write_text("old")
        with pytest.raises(FileNotFoundError), store.written_at_once(tmp_path) as staged:
            _write_half(staged)
        assert (tmp_path / "index.html").read_text() == "old"
        with store.written_at_once(tmp_path) as staged:
            (staged / "students").mkdir()
            (staged / "students" / "alice.html").write_text("alice")
            (staged / "index.html").write_text("new")
            assert (tmp_path / "index.html").read_text() == "old"
    assert (tmp_path / "index.html").read_text() == "new"
    assert (tmp_path / "students" / "alice.html").read_text() == "alice"


def _write_half(staged):
    (staged / "index.html").write_text("half")
    (staged / "no folder" / "alice.html").write_text("no")


def test_files_have_the_rights_of_other_files(tmp_path):
    other = tmp_path / "other"
    other.touch()
    with opened(tmp_path) as store:
        store.put("key", VALUE)
        with store.written_at_once(tmp_path) as staged:
            (staged / "index.html").write_text("")
    for path in (tmp_path / FOLDER / "key.json", tmp_path / "index.html"):
        assert path.stat().st_mode == other.stat().st_mode


KILLED = """
import os, signal, sys
from pathlib import Path
from checker.grading.store import opened
with opened(Path(sys.argv[1])) as store:
    (store.scratch / "half").write_text("half")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_a_killed_run_left_is_swept_and_a_living_run_is_not(tmp_path):
    with opened(tmp_path) as living:
        subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False, timeout=60)
        assert len(scratches(tmp_path)) == 2
        with opened(tmp_path) as other:
            assert sorted(scratches(tmp_path)) == sorted([living.scratch, other.scratch])
        living.put("key", VALUE)
        assert living.get("key", Marked) == VALUE


def test_runs_that_share_a_folder_do_not_break_each_other(tmp_path):
    failures = []

    def run(number):
        try:
            for _ in range(20):
                with opened(tmp_path) as store:
                    store.put("same", VALUE)
                    store.put(str(number), VALUE)
                    assert store.get("same", Marked) == store.get(str(number), Marked) == VALUE
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


# --- files of a report that have no place any more ------------------------------------------------------------------


def reported(report, **files):
    """Write a report with pages of these students, by name."""
    with opened(report) as store, store.written_at_once(report) as staged:
        (staged / "students").mkdir()
        (staged / "index.html").write_text("all")
        for name, text in files.items():
            (staged / "students" / f"{name}.html").write_text(text)


def pages(report):
    return {path.stem: path.read_text() for path in (report / "students").iterdir()}


def test_the_page_of_a_student_who_left_is_removed(tmp_path):
    reported(tmp_path, alice="1", bob="2")
    reported(tmp_path, alice="1")
    assert pages(tmp_path) == {"alice": "1"}
    reported(tmp_path, bob="3")
    assert pages(tmp_path) == {"bob": "3"}


def test_what_somebody_else_wrote_or_changed_stays(tmp_path):
    reported(tmp_path, alice="1", bob="2", carol="3")
    (tmp_path / "students" / "notes.html").write_text("mine")
    (tmp_path / "students" / "bob.html").write_text("2, with a remark")
    reported(tmp_path, alice="1")
    assert pages(tmp_path) == {"alice": "1", "bob": "2, with a remark", "notes": "mine"}


def test_files_of_a_format_that_is_not_asked_for_again_stay(tmp_path):
    with opened(tmp_path) as store, store.written_at_once(tmp_path) as staged:
        (staged / "markus").mkdir()
        (staged / "markus" / "alice.jsonl").write_text("{}")
        (staged / "junit.xml").write_text("<>")
    reported(tmp_path, alice="1")
    assert (tmp_path / "markus" / "alice.jsonl").exists()
    assert (tmp_path / "junit.xml").exists()


@pytest.mark.parametrize("damage", ["", "[]", '{"students/bob.html": 1}', '{"../other.html": "x", "/etc/hosts": "y"}'])
def test_a_damaged_list_of_files_removes_nothing(tmp_path, damage):
    reported(tmp_path / "report", alice="1", bob="2")
    (tmp_path / "other.html").write_text("other")
    (tmp_path / "report" / FOLDER / "written").write_text(damage)
    reported(tmp_path / "report", alice="1")
    assert pages(tmp_path / "report") == {"alice": "1", "bob": "2"}
    assert (tmp_path / "other.html").exists()
