"""The command line. Results go to standard output, all else to standard error; SymPy is imported by the worker only.

    python -m checker                        lists the derivations
    python -m checker q2 q1.a                checks derivations and parts of them; `all` checks all
    python -m checker notes.md paper.tex     checks documents
    python -m checker q2 --answer alice.tex  checks an answer to a question
    python -m checker equal 'x + x' '2x'     checks one equality
    python -m checker grade q1 q2 --answers submissions/ --out report/   marks a folder of answers
    python -m checker new q3                 starts a derivation file
    python -m checker rules                  lists the reasons that a step can name
    python -m checker explain q2.c.3         shows why a step holds

Exit status: 0 every step passes; 1 a step is refuted; 3 a step is undecided or unreadable, or there was nothing to
check; 2 the command is wrong (an unknown name, no such file, a derivation file that cannot be loaded). Whatever is
wrong, the rest is still checked.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
import time
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path

from checker import authoring, progress, requested
from checker.arguments import TIMEOUT, parse
from checker.catalogue import by_file, folders, found_in, source_of
from checker.crew import cores
from checker.record import DerivationRecord, exit_status
from checker.run import Options, Request, Run, TextRequest, several
from checker.visible import one_line
from checker.work import Caller, InProcess, started

WRONG_COMMAND = 2
INTERRUPTED, READER_GONE = 130, 141
"""As the shell says of a program that SIGINT or SIGPIPE ended."""
PRELOAD = "checker.preload"


def main(arguments: Sequence[str] | None = None, folder: Path | None = None) -> int:
    """Run the command; returns the exit status. Derivations are those of `folder`, where one is given."""
    _never_on_another_stream()
    try:
        options = parse(arguments)
        places = folders(options.path) if folder is None else [*map(Path, options.path), folder]
        status = _Command(options, places).run()
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of our output has gone, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return READER_GONE
    except OSError as error:  # the disk is full, as /dev/full always is
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        with contextlib.suppress(OSError):
            print(f"the results cannot be written: {error.strerror or error}", file=sys.stderr)
        return WRONG_COMMAND
    except KeyboardInterrupt:
        print("\ninterrupted", file=sys.stderr)
        return INTERRUPTED
    return status


def _never_on_another_stream() -> None:
    """Where a stream is closed, what is meant for it is lost: `print(file=None)` would print it on standard output."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115


class _Command:
    """One run of the command, which remembers whether anything was wrong with how it was called."""

    def __init__(self, options: argparse.Namespace, places: Sequence[Path]) -> None:
        self.options, self.places = options, places
        self.files, self.twice = found_in(places)
        if options.command == "check" and not options.answer:
            options.names, named = by_file(options.names)
            self.files |= named
        self.wrong = False
        self.bar: progress.Bar | progress.NoBar = progress.NoBar()

    def run(self) -> int:
        for folder in self.options.path:
            if not Path(folder).is_dir() and self.options.command != "new":
                self._complain(f"there is no folder {folder!r}, which --path names")
        if self.options.command in authoring.COMMANDS:
            return authoring.run(self.options, self.files, self._say)
        if self.options.command == "grade":
            return self._grade()
        if self.options.watch:
            return authoring.watch(self.options, self.files, self._once)
        return self._once()

    def _once(self) -> int:
        start = time.perf_counter()
        self._complain_of_twins()
        wanted = self._wanted()
        if not wanted and (self.wrong or self.options.names):
            return WRONG_COMMAND
        with self._run() as run:
            if not wanted:
                return self._list(run)
            checked = self._check(run, wanted, start)
        return WRONG_COMMAND if self.wrong else exit_status(checked)

    def _wanted(self) -> list[Request | TextRequest]:
        options = self.options
        if options.command == "equal":
            return requested.equality(options.lhs, options.rhs, options.given)
        if options.answer:
            return requested.answered(options.names, options.answer, self.files, self._complain)
        return requested.named(options.names, self.files, self._complain)

    @contextlib.contextmanager
    def _run(self) -> Iterator[Run]:
        options = self.options
        settings = Options(options.timeout or TIMEOUT, options.seed, options.strict, options.explain, _one_line_style(),
                           options.text_timeout)  # fmt: skip
        with self._started() as caller, progress.shown() as self.bar:
            yield Run(caller, settings, self._complain, self._say, self.bar.show)

    def _started(self) -> contextlib.AbstractContextManager[Caller]:
        options = self.options
        return started(PRELOAD, self._say, in_process=options.in_process, memory=options.memory << 20)

    def _grade(self) -> int:
        from checker.grading.command import grade

        options = self.options
        if options.in_process and options.timeout:
            self._say("--timeout has no effect on grade --in-process: a step cannot be stopped there")
        seconds = options.timeout or TIMEOUT
        settings = Options(seconds, options.seed, options.strict, text_seconds=options.text_timeout)
        return grade(options, settings, self.files, PRELOAD, self._say)

    def _list(self, run: Run) -> int:
        from checker.reports.terminal import show_list, terminal

        outlines = {name: run.outline(file) for name, file in self.files.items()}
        for outline in outlines.values():
            for problem in outline.problems:
                self._complain(problem)
        show_list(outlines, terminal(sys.stdout))
        return WRONG_COMMAND if self.wrong else 0

    def _check(self, run: Run, wanted: list[Request | TextRequest], start: float) -> list[DerivationRecord]:
        if self.options.format == "rich":
            return self._check_and_show(run, wanted, start)
        with self._records(run, wanted) as records:
            checked = list(records)
        self.bar.clear()
        report = import_module(f"checker.reports.{self.options.format}_report")
        report.write(checked, time.perf_counter() - start, sys.stdout, explain=self.options.explain)
        return checked

    def _check_and_show(self, run: Run, wanted: list[Request | TextRequest], start: float) -> list[DerivationRecord]:
        from checker.reports.terminal import Growing, show, show_summary, terminal

        out, checked = terminal(sys.stdout, explain=self.options.explain), []
        if len(wanted) == 1 and isinstance(wanted[0], TextRequest):
            growing = Growing(out, self.bar.clear)
            checked.append(run.check_text(wanted[0], growing.show))
            growing.end(checked[-1])
        else:
            with self._records(run, wanted) as records:
                for record in records:
                    self.bar.clear()
                    show(record, out)
                    checked.append(record)
        show_summary(checked, time.perf_counter() - start, out)
        return checked

    @contextlib.contextmanager
    def _records(self, run: Run, wanted: list[Request | TextRequest]) -> Iterator[Iterator[DerivationRecord]]:
        """The records in the order in which they are wanted; several are worked on at a time where that can be."""
        jobs = min(self.options.jobs or cores(), len(wanted))
        if jobs == 1 or isinstance(run.caller, InProcess):
            yield (run.check(each) if isinstance(each, Request) else run.check_text(each) for each in wanted)
            return
        with contextlib.closing(several(run, wanted, self._started, jobs)) as records:
            yield records

    def _complain_of_twins(self) -> None:
        """Of two derivations of one name the nearest is checked, and it is said."""
        names = {name.partition(".")[0] for name in self.options.names} if self.options.command == "check" else set()
        for name, files in self.twice.items():
            if not self.options.names or names & {name, "all"}:
                where = " and ".join(map(source_of, files))
                self._complain(f"there are two derivations named {name!r}: {where}; rename one, the first is taken")

    def _complain(self, message: str) -> None:
        self.wrong = True
        self._say(message)

    def _say(self, message: str) -> None:
        self.bar.clear()
        print(one_line(message), file=sys.stderr)


def _one_line_style() -> str:
    return "unicode" if (sys.stdout.encoding or "").lower().startswith("utf") else "ascii"
