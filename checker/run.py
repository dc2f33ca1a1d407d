"""Checks derivations and texts through a caller: outlines one, has each transition decided, keeps the record."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from checker.arguments import TEXT_TIMEOUT
from checker.catalogue import near_or_all, source_of
from checker.crew import Crew, Started
from checker.marks import OPEN, VALID, PartMarks
from checker.record import (
    Claim,
    DerivationRecord,
    Found,
    Judgement,
    Outline,
    PartOutline,
    PartRecord,
    Step,
    step_of,
)
from checker.subject import Subject
from checker.visible import one_line
from checker.work import LOADING_SECONDS, Caller, Lost

TEXT_SECONDS = TEXT_TIMEOUT
"""The limit for all steps of one text: a text of many steps, each within its own limit, could hold up a whole class."""
MARKING_SECONDS = 60.0
"""The limit for the marks of one answer; each decision in it has a limit of its own work."""


MOST_OF_A_REASON = 160
"""Characters of why a step is open, in what is said to a person."""


@dataclass(frozen=True)
class Request:
    """A derivation to check, as a whole (parts None) or some of its parts, or one step of its part."""

    name: str
    file: Path
    parts: frozenset[str] | None = None
    step: int | None = None


@dataclass(frozen=True)
class TextRequest:
    """A text to check; `name` and `source` are what its record says."""

    name: str
    source: str
    subject: Subject


@dataclass(frozen=True)
class Options:
    """How each step is decided; `style` is the one-line notation for the terminal, "unicode" or "ascii"."""

    seconds: float
    seed: int | None = None
    strict: bool = False
    explain: bool = False
    style: str = "unicode"
    text_seconds: float = TEXT_SECONDS


@dataclass(frozen=True)
class Progress:
    """How far the checking has come: the step being checked, the number of those done and of all; or so of requests."""

    step: str
    done: int
    steps: int


@dataclass(frozen=True)
class Run:
    """Derivations and texts being checked.

    `complain` is told what is wrong with a request, `notice` what cannot be read in a text, `progress` each step.
    """

    caller: Caller
    options: Options
    complain: Callable[[str], None]
    notice: Callable[[str], None] = lambda message: None
    progress: Callable[[Progress], None] = lambda progress: None

    def outline(self, file: Path) -> Outline:
        """What the file says; its problems where it cannot be loaded."""
        try:
            outline: Outline = self.caller.call("checker.worker:outline", LOADING_SECONDS, file, self.options.style)
        except Lost as lost:
            return Outline(problems=(f"{source_of(file)}: could not be loaded: {lost}",))
        return outline

    def check(self, request: Request) -> DerivationRecord:
        """The record of one request; `unreadable` and without parts where the file cannot be loaded."""
        outline = self.outline(request.file)
        for problem in outline.problems:
            self.complain(problem)
        for notice in outline.notices:
            self.notice(notice)
        parts = [part.name for part in outline.parts]
        for name in sorted((request.parts or frozenset()).difference(parts)):
            if not outline.problems:
                self.complain(f"{request.name} has no part {name!r}; {near_or_all(name, parts)}")
        wanted = [part for part in outline.parts if request.parts is None or part.name in request.parts]
        watch = _Watch(self, request.name, sum(len(part.claims) for part in wanted))
        checked = tuple(self._part(request, part, watch) for part in wanted)
        source, unreadable = source_of(request.file), bool(outline.problems)
        return DerivationRecord(request.name, outline.title, source, checked, unreadable)

    def check_text(
        self, request: TextRequest, grown: Callable[[DerivationRecord], None] = lambda record: None
    ) -> DerivationRecord:
        """The record of a text; `grown` sees it before its first part is checked, and after each.

        Of an answer it sees all parts at once, with their marks.
        """
        outline = self.read(request)
        for problem in outline.problems:
            self.notice(problem)
        if not outline.problems and not any(part.claims for part in outline.parts):
            self.notice(f"{request.source or request.name}: nothing to check")
        record = DerivationRecord(request.name, outline.title, request.source, (), bool(outline.problems), text=True)
        grown(record)
        watch = _Watch(self, request.name, sum(len(part.claims) for part in outline.parts))
        history: list[Found] = []
        for part in outline.parts:
            record = replace(record, parts=(*record.parts, self._text_part(request, part, history, watch)))
            if request.subject.kind != "answer":
                grown(record)
        if request.subject.kind == "answer" and record.parts:  # what a line is worth is known when all are judged
            record = _in_its_order(self._marked(request, record, tuple(history)), outline)
            grown(record)
        return record

    def _marked(self, request: TextRequest, record: DerivationRecord, history: tuple[Found, ...]) -> DerivationRecord:
        """The record of an answer with its marks; where they cannot be worked out, every part is for a person."""
        try:
            marks = self.caller.call("checker.worker:mark_text", MARKING_SECONDS, request.subject, history)
        except Lost as lost:
            reason = f"the marks could not be worked out: {lost}"
            self.notice(f"{request.source}: {reason}")
            marks = tuple(_unmarked(part, reason) for part in record.parts)
        parts = (
            replace(part, marked=_with_reasons(part, each)) for part, each in zip(record.parts, marks, strict=True)
        )
        return replace(record, parts=tuple(parts))

    def _part(self, request: Request, part: PartOutline, watch: _Watch) -> PartRecord:
        claims = [claim for claim in part.claims if request.step in (None, claim.number)]
        steps = tuple(self._step(request, part.name, claim, watch) for claim in claims)
        return PartRecord(part.name, part.title, steps, max_marks=part.max_marks)

    def _step(self, request: Request, part: str, claim: Claim, watch: _Watch) -> Step:
        watch.begin(part, claim)
        options = self.options
        arguments = (request.file, part, claim.number, options.seed, options.strict, options.explain)
        return step_of(claim, self._judgement("decide", arguments, lambda: self.outline(request.file)))

    def _text_part(self, request: TextRequest, part: PartOutline, history: list[Found], watch: _Watch) -> PartRecord:
        steps = []
        for claim in part.claims:
            watch.begin(part.name, claim)
            late = watch.seconds > self.options.text_seconds
            judgement = Judgement(message=self._too_late) if late else self._text_judgement(request, tuple(history))
            history.append((judgement.verdict, judgement.role, judgement.uses))
            steps.append(step_of(claim, judgement))
        return PartRecord(part.name, part.title, tuple(steps), max_marks=part.max_marks)

    @property
    def _too_late(self) -> str:
        return f"not tried: the steps before it took the {self.options.text_seconds:g} s that a text may take"

    def _text_judgement(self, request: TextRequest, history: tuple[Found, ...]) -> Judgement:
        options = self.options
        arguments = (request.subject, len(history), history, options.seed, options.strict, options.explain)
        return self._judgement("judge_text", arguments, lambda: self.read(request))

    def read(self, request: TextRequest) -> Outline:
        """What a text says; its problems where it cannot be read."""
        try:
            outline: Outline = self.caller.call(
                "checker.worker:outline_text", LOADING_SECONDS, request.subject, self.options.style
            )
        except Lost as lost:
            return Outline(problems=(f"{request.source or request.name}: could not be read: {lost}",))
        return outline

    def _judgement(self, function: str, arguments: tuple[object, ...], prepare: Callable[[], Outline]) -> Judgement:
        """What the worker finds; where it is lost its successor is prepared, before the clock of the next step runs."""
        start = time.perf_counter()
        try:
            judgement: Judgement = self.caller.call(f"checker.worker:{function}", self.options.seconds, *arguments)
        except Lost as lost:
            seconds = round(time.perf_counter() - start, 6)
            prepare()
            return Judgement(message=str(lost), seconds=seconds)
        return judgement


def several(
    run: Run, wanted: Sequence[Request | TextRequest], started: Started, jobs: int
) -> Generator[DerivationRecord, None, None]:
    """The records of all that is wanted, in its order, checked by so many workers at a time instead of the run's own.

    What is wrong with a request, and what is noticed, is said before its record; the progress counts requests.
    """

    def work(request: Request | TextRequest, caller: Caller) -> tuple[DerivationRecord, list[Callable[[], None]]]:
        said: list[Callable[[], None]] = []
        alone = Run(
            caller,
            run.options,
            lambda message: said.append(partial(run.complain, message)),
            lambda message: said.append(partial(run.notice, message)),
        )
        return alone.check(request) if isinstance(request, Request) else alone.check_text(request), said

    found: dict[int, tuple[DerivationRecord, list[Callable[[], None]]]] = {}
    given = 0
    with Crew(wanted, work, started, jobs) as crew:
        run.progress(Progress(wanted[0].name, 0, len(wanted)))
        for number, result in crew.results():
            found[number] = result
            while given in found:
                record, said = found[given]
                for say in said:
                    say()
                yield record
                given += 1
            if given < len(wanted):
                run.progress(Progress(wanted[given].name, len(found), len(wanted)))


def _with_reasons(part: PartRecord, marks: PartMarks) -> PartMarks:
    """The marks, with why each step that a person has to look at is open."""
    why = {
        f"step {step.number} (line {step.source_line}) is {step.verdict}": one_line(step.message)[:MOST_OF_A_REASON]
        for step in (each.record for each in part.steps)
        if step.message
    }
    said = (f"{reason}: {why[reason]}" if reason in why else reason for reason in marks.person)
    return replace(marks, person=tuple(said))


def _unmarked(part: PartRecord, reason: str) -> PartMarks:
    """A part that a person has to mark."""
    most = part.max_marks or 0
    statuses = tuple(OPEN if step.record.verdict != "proved" else VALID for step in part.steps)
    return PartMarks(0, most, most, statuses=statuses, person=(reason,))


def _in_its_order(record: DerivationRecord, outline: Outline) -> DerivationRecord:
    """The record with its parts in the order in which they stand in the answer."""
    places = sorted(range(len(record.parts)), key=lambda at: outline.parts[at].position)
    return replace(record, parts=tuple(record.parts[at] for at in places))


class _Watch:
    """Counts the steps of one derivation as they begin, for the progress of its run."""

    def __init__(self, run: Run, name: str, steps: int) -> None:
        self._run, self._name, self._steps, self._begun = run, name, steps, 0
        self._start = time.perf_counter()

    @property
    def seconds(self) -> float:
        """Since the first step could begin."""
        return time.perf_counter() - self._start

    def begin(self, part: str, claim: Claim) -> None:
        where = f"{self._name}.{part}" if part else self._name
        self._run.progress(Progress(f"{where} step {claim.number}", self._begun, self._steps))
        self._begun += 1
