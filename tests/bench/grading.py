"""Marks a class: time and memory an answer, and a run that is killed in the middle and finished by the next.

The processor's time is that of all processes of a run, its workers too. What a run takes that marks answers in which
nothing stands is its start: the command, its workers and the question. Other programs on the machine lengthen the time
by the clock, and what shares a core with them the processor's time too.

    python -m tests.bench.grading [--count 1000] [--jobs 2] [FOLDER]

The answers are variants of those in FOLDER (`tests/answers` where none is given): other letters for bound indices and
the multiplier, and in every second one a slip (a sign, a factor, a lost sum). No two of them are the same text.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from checker.subject import SUFFIXES

CHECKOUT = Path(__file__).resolve().parents[2]
ANSWERS = CHECKOUT / "tests" / "answers"
LETTERS = {
    r"\\lambda\b": (r"\\lambda", r"\\beta", r"\\gamma", r"\\nu"),
    r"(?<![A-Za-z\\])l(?![A-Za-z])": ("l", "m", "c", "r"),
}
PR_SET_CHILD_SUBREAPER = 36
STEP_SECONDS = "600"
"""No step is to be given up because others use the machine."""
SLIPS = ((" + ", " - "), (r"\frac{1}{2}", ""), (r"\sum_{n=1}^N", ""), ("= -", "= "), (r"\log", r"2 \log"))


def variants(folder: Path, count: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """Names and texts of answers, each of them once."""
    randomness = random.Random(seed)
    files = sorted(file for file in folder.iterdir() if file.suffix in SUFFIXES)
    for number in range(count):
        file = files[number % len(files)]
        text = file.read_text(encoding="utf-8")
        for pattern, letters in LETTERS.items():
            text = re.sub(pattern, randomness.choice(letters), text)
        if number % 2:
            text = _with_slip(text, randomness)
        yield f"student{number:04d}{file.suffix}", f"{text}\n\n{_comment(str(number), file.suffix)}"


def _with_slip(text: str, randomness: random.Random) -> str:
    """The text with one thing wrong in one place."""
    old, new = randomness.choice([slip for slip in SLIPS if slip[0] in text] or [("", "")])
    places = [match.start() for match in re.finditer(re.escape(old), text)] if old else []
    if not places:
        return text
    at = randomness.choice(places)
    return text[:at] + new + text[at + len(old) :]


class _Graded:
    """A run of the command: its seconds, the processor's seconds, and the most memory that it and its workers held."""

    def __init__(self, answers: Path, out: Path, jobs: int, kill_after: float | None = None) -> None:
        command = [sys.executable, "-m", "checker", "grade", "q2", "--answers", str(answers), "--out", str(out)]
        start, self.memory = time.perf_counter(), 0
        before = _processor_of_children()
        process = subprocess.Popen(
            [*command, "--jobs", str(jobs), "--timeout", STEP_SECONDS],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        while process.poll() is None:
            self.memory = max(self.memory, _resident(process.pid))
            if kill_after is not None and time.perf_counter() - start > kill_after:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
            time.sleep(0.05)
        self.seconds = time.perf_counter() - start
        _wait_for_orphans()
        self.processor = _processor_of_children() - before
        self.status = process.returncode


def _adopt_orphans() -> None:
    """Have the system make what a run leaves behind children of this process: the fork server, which has waited for the
    workers, ends after the command, and the time of a process counts for who waits for it."""
    if sys.platform != "linux" or ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0):
        raise SystemExit("the processor's time of workers can be measured on Linux only")


def _wait_for_orphans() -> None:
    with contextlib.suppress(ChildProcessError):
        while True:
            os.wait()


def _processor_of_children() -> float:
    """The processor's seconds of all processes that were waited for, and of those that they waited for."""
    times = os.times()
    return times.children_user + times.children_system


def _resident(group: int) -> int:
    """Bytes that the processes of a group hold, as Linux counts them; 0 elsewhere."""
    total = 0
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if os.getpgid(int(entry.name)) == group:
                total += int((entry / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        except (OSError, ValueError):
            continue
    return total


def _results(out: Path) -> str:
    """What was found, without the times that it took."""
    return re.sub(r'"seconds": [0-9.e-]+', '"seconds": 0', json.dumps(json.loads((out / "results.json").read_text())))


def _comment(text: str, suffix: str) -> str:
    return f"% {text}\n" if suffix == ".tex" else f"<!-- {text} -->\n"


def _start(place: Path, jobs: int) -> _Graded:
    """A run in which each worker marks an answer without anything in it."""
    empty = place / "empty"
    empty.mkdir()
    for number in range(jobs):
        (empty / f"student{number}.md").write_text(_comment(str(number), ".md"), encoding="utf-8")
    return _Graded(empty, place / "none", jobs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=ANSWERS)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    _adopt_orphans()
    with tempfile.TemporaryDirectory() as place:
        answers = Path(place) / "answers"
        answers.mkdir()
        for name, text in variants(options.folder, options.count):
            (answers / name).write_text(text, encoding="utf-8")
        start = _start(Path(place), options.jobs)
        whole = _Graded(answers, Path(place) / "whole", options.jobs)
        _report(options.count, options.jobs, start, whole, Path(place) / "whole")
        killed = _Graded(answers, Path(place) / "again", options.jobs, kill_after=whole.seconds / 2)
        rest = _Graded(answers, Path(place) / "again", options.jobs)
        same = _results(Path(place) / "again") == _results(Path(place) / "whole")
        print(f"killed after {killed.seconds:.1f} s, finished in {rest.seconds:.1f} s more; the same results: {same}")


def _report(answers: int, jobs: int, start: _Graded, whole: _Graded, out: Path) -> None:
    steps = sum(json.loads((out / "results.json").read_text())["summary"]["verdicts"].values())
    print(
        f"{answers} answers, {steps} steps: {whole.seconds:.1f} s with {jobs} processes, "
        f"{whole.processor:.1f} s of the processor; {start.processor:.1f} s of it to start"
    )
    marking = whole.processor - start.processor
    each, step = marking / answers, marking / max(steps, 1)
    print(f"once started, on one core: {each * 1000:.0f} ms an answer, and {step * 15000:.0f} ms for 15 steps")
    print(f"most memory of all processes: {whole.memory / 2**20:.0f} MiB")


if __name__ == "__main__":
    main()
