"""What goes wrong around the checker costs what it touches: the rest is decided, and the exit status tells."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import checker.worker
from checker.grading.store import FOLDER
from tests.hostile.command import run

TEXT = "Let $x > 0$.\n\n$$\nx = x\n$$\n\n$$\nx + x = 2x\n$$\n\n$$\n\\log x^2 = 2 \\log x\n$$\n"
ANSWER = (
    r"\section*{(a)}\[ p(y=k \mid x) = \frac{p(x \mid y=k)\, p(y=k)}{p(x)} \]\[ x + x = 2x \]\[ x x = x^2 \]" + "\n"
)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def eat() -> None:
    eaten = []
    while True:
        eaten.append(bytearray(10**8))


def abort_in_flint() -> None:
    import flint

    flint.fmpz(1) << (8 * 10**10)


def hang_in_flint() -> None:
    import flint

    context = flint.fmpz_mpoly_ctx.get([f"x{index}" for index in range(8)], flint.Ordering.lex)
    sum(context.gens(), context.constant(1)) ** 60


def recurse() -> None:
    recurse()


def fail() -> None:
    raise KeyError("\x1b[31m")


def at_step(number: int, fault: Callable[[], None]) -> Callable[[], None]:
    """Plants the fault in the decision of the step of that number, from 0."""

    def plant() -> None:
        judge = checker.worker.judge_text

        def judged(subject: Any, index: int, *more: Any) -> Any:
            if index == number:
                fault()
            return judge(subject, index, *more)

        checker.worker.judge_text = judged  # type: ignore[assignment]

    return plant


FAULTS = {
    "killed": (die, "the worker process was ended by SIGKILL"),
    "out of memory": (eat, "out of memory"),
    "FLINT aborts": (abort_in_flint, "memory"),
    "FLINT hangs": (hang_in_flint, "no answer within 1 s"),
    "endless recursion": (recurse, "nested too deeply"),
    "a fault of ours": (fail, "the checker failed, please report this"),
}


@pytest.mark.parametrize(("fault", "reason"), FAULTS.values(), ids=FAULTS)
def test_a_fault_costs_one_step_of_a_text(tmp_path, fault, reason):
    (tmp_path / "t.md").write_text(TEXT)
    seconds = "1" if fault is hang_in_flint else "20"
    words = [
        "t.md",
        "--format",
        "json",
        "--timeout",
        seconds,
        "--memory",
        "1800",
    ]  # beyond what the process of the tests has itself
    result = run(words, tmp_path, before=at_step(1, fault))
    steps = json.loads(result.out)["derivations"][0]["parts"][0]["transitions"]
    assert [step["verdict"] for step in steps] == ["proved", "undecided", "proved"]
    assert reason in steps[1]["message"]
    assert result.status == 3
    assert result.memory < 1900


def marks(place: Path) -> list[tuple[str, float, list[str]]]:
    students = json.loads((place / "out" / "results.json").read_text())["students"]
    steps = [
        [s["verdict"] for d in each["derivations"] for p in d["parts"] for s in p["transitions"]] for each in students
    ]
    return [(each["name"], each["marks"], verdicts) for each, verdicts in zip(students, steps, strict=True)]


def test_a_run_whose_workers_are_killed_is_made_good_by_the_next(tmp_path):
    (tmp_path / "in").mkdir()
    for name in ("alice", "bob"):
        (tmp_path / "in" / f"{name}.tex").write_text(ANSWER + name)
    words = ["grade", "q2", "--answers", "in", "--out", "out", "--jobs", "2"]
    broken = run(words, tmp_path, before=at_step(1, die))
    assert (broken.status, broken.problems) == (0, [])
    assert {verdicts[1] for _, _, verdicts in marks(tmp_path)} == {"undecided"}
    assert not list((tmp_path / "out" / FOLDER).glob("*.json")), "what was lost from outside is not kept"
    again = run(words, tmp_path)
    assert (again.status, again.problems) == (0, [])
    assert {verdicts[1] for _, _, verdicts in marks(tmp_path)} == {"proved"}
    assert len(list((tmp_path / "out" / FOLDER).glob("*.json"))) == 2


def test_an_interrupt_during_a_step_ends_the_command_and_its_worker(tmp_path):
    (tmp_path / "t.md").write_text(TEXT)

    def interrupt() -> None:
        (tmp_path / "worker").write_text(str(os.getpid()))
        os.kill(os.getppid(), signal.SIGINT)
        time.sleep(60)

    result = run(["t.md"], tmp_path, before=at_step(1, interrupt))
    assert (result.status, result.err.strip()) == (130, "interrupted")
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "worker").read_text()), 0)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no file that is always full")
@pytest.mark.parametrize("words", [["t.md"], ["t.md", "--format", "json"], ["t.md", "--format", "html"], ["rules"], []])
def test_results_that_cannot_be_written_are_no_result(tmp_path, words):
    (tmp_path / "t.md").write_text(TEXT)
    result = run(words, tmp_path, onto="/dev/full")
    assert (result.status, result.err.strip()) == (2, "the results cannot be written: No space left on device")


def test_a_stream_that_is_closed_gets_nothing_and_harms_nothing(tmp_path):
    (tmp_path / "t.md").write_text(TEXT)
    result = run(["t.md", "--format", "json"], tmp_path, onto="")
    assert (result.status, result.out, result.err) == (0, "", "")


@pytest.mark.parametrize("place", ["out", "out/.checker", "file/out"])
def test_a_file_where_the_report_should_be_is_an_error(tmp_path, place):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "alice.tex").write_text(ANSWER)
    blocked = tmp_path / (place if place != "file/out" else "file")
    blocked.parent.mkdir(exist_ok=True)
    blocked.write_text("mine")
    out = "file/out" if place == "file/out" else "out"
    result = run(["grade", "q2", "--answers", "in", "--out", out], tmp_path)
    assert (result.status, result.problems) == (2, [])
    assert result.err.strip()
    assert blocked.read_text() == "mine"
