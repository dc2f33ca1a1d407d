"""Runs with real workers that are killed, interrupted, refused, or share a folder."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from checker.grading.plain import from_plain
from checker.grading.store import FOLDER
from checker.marks import Student
from tests.grading.records import untimed

CHECKOUT = Path(__file__).resolve().parents[2]
ANSWER = r"""# (d)
The {number}th answer. With a multiplier for the constraint, the Lagrangian is
$$ L = \ell + {letter} \left( \sum_{{k=1}}^K \alpha_k - 1 \right). $$
Setting its derivative to zero,
$$ \frac{{\partial L}}{{\partial \alpha_k}} = -\sum_{{n=1}}^N \mathbb{{1}}[y_n = k]/\alpha_k + {letter} = 0 $$
and so
$$ \alpha_k = \frac{{1}}{{{letter}}} \sum_{{n=1}}^N \mathbb{{1}}[y_n = k] $$
"""
LETTERS = (r"\lambda", r"\nu", r"\beta", "b")
COUNT = 12


@pytest.fixture
def answers(tmp_path):
    (tmp_path / "in").mkdir()
    for number in range(COUNT):
        text = ANSWER.format(number=number, letter=LETTERS[number % len(LETTERS)])
        (tmp_path / "in" / f"student{number:02}.md").write_text(text)
    return tmp_path


def command(place, out="out", *more):
    words = ["grade", "q2", "--answers", str(place / "in"), "--out", str(place / out), "--jobs", "2", *more]
    return [sys.executable, "-m", "tests.grading.run_command", *words]


def begun(place, out="out"):
    return subprocess.Popen(
        command(place, out),
        cwd=CHECKOUT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def finished(place, out="out"):
    done = subprocess.run(command(place, out), cwd=CHECKOUT, capture_output=True, text=True, timeout=300, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return results(place, out)


def results(place, out="out"):
    """The students with what was found, whatever time it took."""
    data = json.loads((place / out / "results.json").read_text())["students"]
    return {each["name"]: [untimed(one) for one in from_plain(Student, each).derivations] for each in data}


def kept(place, out="out"):
    return {path.name: path.stat().st_mtime_ns for path in (place / out / FOLDER).glob("*.json")}


def wait_for(condition, process):
    end = time.monotonic() + 120
    while not condition():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < end
        time.sleep(0.005)


def test_a_run_that_is_killed_goes_on_where_it_stopped(answers):
    whole = finished(answers, "whole")
    assert len(whole) == COUNT
    assert all(found[0].verdict in ("proved", "supported") for found in whole.values())
    process = begun(answers)
    wait_for(lambda: len(kept(answers)) >= 3, process)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    before = kept(answers)
    assert 3 <= len(before) < COUNT
    assert not (answers / "out" / "results.json").exists()
    assert finished(answers) == whole
    after = kept(answers)
    assert len(after) == COUNT
    assert before.items() <= after.items(), "what was kept was not marked again"
    assert not list((answers / "out" / FOLDER).glob("run-*"))


def test_a_run_that_is_interrupted_says_how_to_go_on(answers):
    process = begun(answers)
    wait_for(lambda: len(kept(answers)) >= 3, process)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, "")
    assert err.startswith("interrupted: ")
    assert f"of {COUNT} answers are marked; the same command goes on from there" in err
    before = kept(answers)
    assert 3 <= len(before) < COUNT
    assert not list((answers / "out" / FOLDER).glob("run-*"))
    assert len(finished(answers)) == COUNT
    assert before.items() <= kept(answers).items()


def test_two_runs_at_once_do_not_break_each_other(answers):
    processes = [begun(answers) for _ in range(2)]
    for process in processes:
        _, err = process.communicate(timeout=300)
        assert (process.returncode, err) == (0, "")
    assert results(answers) == finished(answers, "alone")


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_folder_that_is_read_only_is_an_error(answers):
    (answers / "out").mkdir(mode=0o500)
    done = subprocess.run(command(answers), cwd=CHECKOUT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert "cannot write to" in done.stderr
    assert "Permission denied" in done.stderr


LIMITED = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (8000, 8000)); "
RUN = "from tests.grading.run_command import run; sys.exit(run())"


def test_where_the_disk_is_full_what_was_made_survives(answers):
    """A limit on the size of files stands in for a full disk: entries fit, the report does not."""
    words = command(answers)[3:]
    script = f"{LIMITED}import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); {RUN}"
    done = subprocess.run(
        [sys.executable, "-c", script, *words], cwd=CHECKOUT, capture_output=True, text=True, timeout=300, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "cannot write to" in done.stderr
    assert "the same command goes on from there" in done.stderr
    before = kept(answers)
    assert len(before) == COUNT
    assert {path.name for path in (answers / "out").iterdir()} == {FOLDER}
    assert len(finished(answers)) == COUNT
    assert kept(answers) == before
