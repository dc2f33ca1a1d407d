"""Checks whole derivations through a caller: outlines a file, has each transition decided, keeps the record."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from checker.catalogue import near_or_all, source_of
from checker.record import (
    Claim,
    DerivationRecord,
    Judgement,
    Outline,
    PartOutline,
    PartRecord,
    Step,
    step_of,
)
from checker.work import LOADING_SECONDS, Caller, Lost


@dataclass(frozen=True)
class Request:
    """A derivation to check, as a whole (parts None) or some of its parts."""

    name: str
    file: Path
    parts: frozenset[str] | None = None


@dataclass(frozen=True)
class Options:
    """How each step is decided; `style` is the one-line notation for the terminal, "unicode" or "ascii"."""

    seconds: float
    seed: int | None = None
    strict: bool = False
    explain: bool = False
    style: str = "unicode"


@dataclass(frozen=True)
class Run:
    """Derivations being checked; `complain` is told what is wrong with a request, `progress` each step's name."""

    caller: Caller
    options: Options
    complain: Callable[[str], None]
    progress: Callable[[str], None] = lambda step: None

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
        parts = [part.name for part in outline.parts]
        for name in sorted((request.parts or frozenset()).difference(parts)):
            if not outline.problems:
                self.complain(f"{request.name} has no part {name!r}; {near_or_all(name, parts)}")
        wanted = [part for part in outline.parts if request.parts is None or part.name in request.parts]
        checked = tuple(self._part(request, part) for part in wanted)
        source, unreadable = source_of(request.file), bool(outline.problems)
        return DerivationRecord(request.name, outline.title, source, checked, unreadable)

    def _part(self, request: Request, part: PartOutline) -> PartRecord:
        steps = tuple(self._step(request, part.name, claim) for claim in part.claims)
        return PartRecord(part.name, part.title, steps, max_marks=part.max_marks)

    def _step(self, request: Request, part: str, claim: Claim) -> Step:
        self.progress(f"{request.name}.{part} step {claim.number}")
        return step_of(claim, self._judgement(request.file, part, claim.number))

    def _judgement(self, file: Path, part: str, number: int) -> Judgement:
        options, start = self.options, time.perf_counter()
        try:
            judgement: Judgement = self.caller.call(
                "checker.worker:decide",
                options.seconds,
                file,
                part,
                number,
                options.seed,
                options.strict,
                options.explain,
            )
        except Lost as lost:
            seconds = round(time.perf_counter() - start, 6)
            self.outline(file)  # a new worker loads the file before the clock of the next step runs
            return Judgement(message=str(lost), seconds=seconds)
        return judgement
