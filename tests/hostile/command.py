"""The command, run in a process that is forked from this one: what it prints, and whether that may be shown to anybody.

The modules are imported once, and so is SymPy, from which the workers are forked as the fork server would do it.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import multiprocessing
import os
import re
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

STEP = 4
"""The limit of a step, in seconds, that is set with --timeout."""
SECONDS = 240.0
"""Of the clock, after which a command is stopped."""
MEMORY = 2_400
"""MiB that the largest process may take: what a worker may, and what the command itself needs."""
MODULES = ("checker.cli", "checker.worker", "checker.reading.session", "checker.grading.session", "checker.hints")
"""What each command would import again in a process of its own."""
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
"""What no report may hold, whatever a text says: escape sequences, turned writing, broken characters."""


@dataclass(frozen=True)
class Result:
    """How a command ended. status: as the shell says, negative for a signal; None where it had to be stopped.

    seconds: of the processor, its workers' too, so that other programs do not matter. memory: MiB of the largest
    process.
    """

    words: tuple[str, ...]
    status: int | None
    out: str
    err: str
    seconds: float
    memory: int

    @property
    def problems(self) -> list[str]:
        """What no user should see, a line each."""
        found = []
        if self.status is None:
            found.append("it had to be stopped")
        elif self.status not in (0, 1, 2, 3):
            found.append(f"exit status {self.status}")
        for what in ("Traceback", "the checker failed", "Exception ignored", "Warning:"):
            if what in self.err or what in self.out:
                found.append(f"{what} is shown")
        for name, text in (("standard output", self.out), ("standard error", self.err)):
            if control := CONTROLS.search(text):
                found.append(f"{control[0]!r} in {name}")
        if self.memory > MEMORY:
            found.append(f"{self.memory} MiB of memory")
        return found + (self._of_json() if self.status in (0, 1, 3) and "json" in self.words else [])

    @property
    def said(self) -> str:
        return f"{self.out[-2000:]}\n{self.err[-2000:]}"

    def _of_json(self) -> list[str]:
        try:
            record = json.loads(self.out)
        except ValueError as error:
            return [f"standard output is no JSON: {error}"]
        return [] if record["schema"] == 1 and record["derivations"] else ["a record without derivations"]


def run(
    words: Sequence[str], folder: Path, seconds: float = SECONDS, *, before: Callable[[], None] | None = None,
    onto: str | None = None,
) -> Result:  # fmt: skip
    """The command with these words, in a folder.

    before: what its process does first, as planting a fault that its workers inherit. onto: a file in the place of
    standard output, "" for none at all.
    """
    for module in MODULES:
        importlib.import_module(module)

    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        start = time.monotonic()
        pid = os.fork()
        if not pid:
            _child(words, folder, out.fileno(), err.fileno(), before, onto)
        status, spent, memory = _awaited(pid, start + seconds)
        shown = []
        for file in (out, err):
            file.seek(0)
            shown.append(file.read().decode("utf-8", "surrogateescape"))
        return Result(tuple(words), status, shown[0], shown[1], spent, memory)


def _child(
    words: Sequence[str], folder: Path, out: int, err: int, before: Callable[[], None] | None, onto: str | None
) -> None:
    """Never returns."""
    status = 70
    try:
        os.setsid()
        os.dup2(out, 1)
        os.dup2(err, 2)
        os.chdir(folder)
        for number, descriptor in ((1, "stdout"), (2, "stderr")):
            setattr(sys, descriptor, open(number, "w", encoding="utf-8", errors="strict", closefd=False))  # noqa: SIM115
            setattr(sys, f"__{descriptor}__", getattr(sys, descriptor))
        if onto is not None:
            sys.stdout = open(onto, "w", encoding="utf-8") if onto else None  # noqa: SIM115
        if before is not None:
            before()
        import checker.preload  # noqa: F401  (in the fork: it makes the process that imports it a worker's)

        with forking():
            from checker.cli import main

            try:
                status = main(list(words))
            except SystemExit as left:
                status = left.code if isinstance(left.code, int) else 1
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        with contextlib.suppress(Exception):
            sys.stdout.flush()
        with contextlib.suppress(Exception):
            sys.stderr.flush()
        os._exit(status)


@contextlib.contextmanager
def forking() -> Any:
    """Workers are forked from this process, which has imported what they need, and not from a fork server."""
    context = multiprocessing.get_context("fork")
    server = SimpleNamespace(ensure_running=lambda: None)
    usual = SimpleNamespace(Pipe=context.Pipe, Process=context.Process, set_forkserver_preload=lambda modules: None)
    contexts = SimpleNamespace(get_context=lambda kind: usual)
    with patch("checker.work.multiprocessing", contexts), patch("checker.work.forkserver", server):
        yield


def _awaited(pid: int, end: float) -> tuple[int | None, float, int]:
    while True:
        done, status, usage = os.wait4(pid, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024
        if time.monotonic() > end:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(pid, signal.SIGKILL)
            os.wait4(pid, 0)
            return None, 0.0, 0
        time.sleep(0.005)


# --- commands at random -----------------------------------------------------------------------------------------------

FORMATS = ("rich", "json", "html", "markdown", "junit", "github")


def forked(data: bytes, kind: str, random: Random) -> Result:
    """A text through a command that fits it: as a document, as an answer, or cut in two as an equality."""
    with tempfile.TemporaryDirectory() as folder:
        words = ["--timeout", str(STEP), "--format", random.choice(FORMATS)]
        words += ["--explain"] * (not random.randrange(4)) + ["--strict"] * (not random.randrange(8))
        words += ["--seed", str(random.randrange(100))] * (not random.randrange(4))
        (Path(folder) / f"text.{kind}").write_bytes(data)
        how = random.randrange(10)
        if how < 3:
            words += [random.choice(("q1", "q2")), "--answer", f"text.{kind}"]
        elif how < 5:
            formula = data.decode("utf-8", "replace").replace("$$", "").replace("\0", "").strip()
            cut = len(formula) // 2
            words = ["equal", formula[:cut], formula[cut:], *words]
        else:
            words += [f"text.{kind}"]
        return run(words, Path(folder))
