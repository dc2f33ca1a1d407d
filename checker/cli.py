"""The command line. Results go to standard output, all else to standard error; SymPy is imported by the worker only.

    python -m checker            lists the derivations
    python -m checker q2 q1.a    checks derivations and parts of them; `all` checks all

Exit status: 0 every step passes; 1 a step is refuted; 3 a step is undecided or unreadable, or there was nothing to
check; 2 the command is wrong (an unknown name, a derivation file that cannot be loaded). Whatever is wrong, the rest is
still checked.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from checker import __version__
from checker.catalogue import FOLDER, derivation_files, near_or_all
from checker.record import DerivationRecord, exit_status
from checker.run import Options, Request, Run
from checker.work import started

WRONG_COMMAND = 2
INTERRUPTED, READER_GONE = 130, 141
"""As the shell says of a program that SIGINT or SIGPIPE ended."""
TIMEOUT = 10.0
PRELOAD = "checker.preload"


def main(arguments: Sequence[str] | None = None, folder: Path = FOLDER) -> int:
    """Run the command; returns the exit status."""
    try:
        status = _Command(_parser().parse_args(arguments), folder).run()
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of our output has gone, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return READER_GONE
    except KeyboardInterrupt:
        print("\ninterrupted", file=sys.stderr)
        return INTERRUPTED
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m checker",
        description="Checks derivations step by step. Without a name it lists the derivations.",
        epilog="exit status: 0 all steps pass, 1 a step is refuted, 3 a step is undecided or unreadable or there is "
        "nothing to check, 2 the command is wrong",
    )
    parser.add_argument("names", nargs="*", metavar="name", help="a derivation (q2), a part of one (q2.c), or all")
    parser.add_argument("--format", choices=("rich", "json"), default="rich", help="default: rich")
    parser.add_argument("--explain", action="store_true", help="say of each step why it holds")
    parser.add_argument(
        "--timeout", type=_seconds, metavar="SECONDS", help=f"time limit of one step (default: {TIMEOUT:g})"
    )
    parser.add_argument("--seed", type=int, help="choose other random instances")
    parser.add_argument("--strict", action="store_true", help="take a step that is only supported for undecided")
    parser.add_argument(
        "--in-process", action="store_true", help="start no other process; then no time or memory limit holds"
    )
    parser.add_argument("--version", action="version", version=f"checker {__version__}")
    return parser


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds above 0")
    return seconds


class _Command:
    """One run of the command, which remembers whether anything was wrong with how it was called."""

    def __init__(self, options: argparse.Namespace, folder: Path) -> None:
        self.options, self.files = options, derivation_files(folder)
        self.wrong = False

    def run(self) -> int:
        start = time.perf_counter()
        requests = self._requests()
        if self.options.names and not requests:
            return WRONG_COMMAND
        with self._run() as run:
            if not self.options.names:
                return self._list(run)
            checked = self._check(run, requests, start)
        return WRONG_COMMAND if self.wrong else exit_status(checked)

    def _requests(self) -> list[Request]:
        """What to check, each derivation once; says what names are unknown."""
        wanted: dict[str, frozenset[str] | None] = {}
        for given in self.options.names:
            name, _, part = given.partition(".")
            if given == "all":
                wanted |= dict.fromkeys(self.files)
            elif name not in self.files:
                self._complain(f"there is no derivation {name!r}; {near_or_all(name, self.files)}")
            else:
                before = wanted.get(name, frozenset())
                wanted[name] = before | {part} if part and before is not None else None
        return [Request(name, self.files[name], parts) for name, parts in wanted.items()]

    @contextlib.contextmanager
    def _run(self) -> Iterator[Run]:
        options = self.options
        if options.in_process and options.timeout:
            _say("--timeout has no effect with --in-process: a step cannot be stopped there")
        settings = Options(options.timeout or TIMEOUT, options.seed, options.strict, options.explain, _one_line_style())
        with started(PRELOAD, _say, in_process=options.in_process) as caller, _progress() as progress:
            yield Run(caller, settings, self._complain, progress)

    def _list(self, run: Run) -> int:
        from checker.reports.terminal import show_list, terminal

        outlines = {name: run.outline(file) for name, file in self.files.items()}
        for outline in outlines.values():
            for problem in outline.problems:
                self._complain(problem)
        show_list(outlines, terminal(sys.stdout))
        return WRONG_COMMAND if self.wrong else 0

    def _check(self, run: Run, requests: list[Request], start: float) -> list[DerivationRecord]:
        if self.options.format == "json":
            from checker.reports import json_report

            checked = [run.check(request) for request in requests]
            json_report.write(checked, time.perf_counter() - start, sys.stdout)
            return checked
        from checker.reports.terminal import show, show_summary, terminal

        out, checked = terminal(sys.stdout, explain=self.options.explain), []
        for request in requests:
            checked.append(run.check(request))
            run.progress("")
            show(checked[-1], out)
        show_summary(checked, time.perf_counter() - start, out)
        return checked

    def _complain(self, message: str) -> None:
        self.wrong = True
        _say(message)


def _say(message: str) -> None:
    print(message, file=sys.stderr)


def _ignore(step: str) -> None:
    """Progress that nobody watches."""


def _show_progress(step: str) -> None:
    sys.stderr.write(f"\r\x1b[K{step}")
    sys.stderr.flush()


@contextlib.contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """Names the step being checked on a terminal's standard error, and nothing elsewhere."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield _ignore
        return
    try:
        yield _show_progress
    finally:
        _show_progress("")


def _one_line_style() -> str:
    return "unicode" if (sys.stdout.encoding or "").lower().startswith("utf") else "ascii"
