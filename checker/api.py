"""Checking from a program or a notebook: what is checked is plain, and what is found shows itself.

    verify("notes.md")                    a document, or a derivation's file
    verify(derivation)                    what an author builds
    equal(r"\\sum_{n=1}^N c", "N c", given=[r"n \\in \\{1,\\dots,N\\}"])

All of it runs in this process, where nothing can stop a step that hangs; for answers of others use the command.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from checker.check import decide
from checker.derivation import Derivation
from checker.loading import load as load_file
from checker.record import DerivationRecord, PartRecord, TransitionRecord, judged, step_of
from checker.rules import rule_names
from checker.run import Options, Run, TextRequest
from checker.subject import SUFFIXES, Subject
from checker.work import InProcess
from checker.worker import claim_of


@dataclass(frozen=True)
class Result:
    """What was found: `verdict` is the worst of all steps, `record` has parts and steps, `seconds` is what it took."""

    record: DerivationRecord
    seconds: float = 0.0

    @property
    def verdict(self) -> str:
        """proved, supported, refuted, undecided, unreadable or assumed; a result without a step is undecided."""
        return self.record.verdict

    @property
    def steps(self) -> list[TransitionRecord]:
        """Each step with its `number`, `relation`, `verdict`, `rule_ok`, `counterexample`, … as in JSON."""
        return [step.record for step in self.record.steps]

    def __str__(self) -> str:
        from checker.reports.terminal import show, terminal

        out = StringIO()
        show(self.record, terminal(out))
        return out.getvalue()

    def __repr__(self) -> str:
        return f"<{self.record.name}: {len(self.steps)} steps, {self.verdict}>"

    def _repr_html_(self) -> str:
        from checker.reports.html_report import fragment

        return fragment(self.record)


def load(file: str | Path) -> Derivation:
    """The derivation in a file. Raises `checker.loading.Refused`, which names each problem with its line."""
    return load_file(Path(file), rule_names())


def verify(what: Derivation | str | Path, *, seed: int | None = None, explain: bool = False) -> Result:
    """Check a derivation, the file of one (.py), or a document (.md, .tex, .ipynb, .txt).

    seed: for other random instances. explain: proofs say their common normal form. Raises Refused for a derivation file
    that is not well formed, and ValueError for a document that cannot be read at all, or another kind of file.
    """
    start = time.perf_counter()
    if isinstance(what, Derivation):
        return Result(_checked(what, "", seed, explain), time.perf_counter() - start)
    path = Path(what)
    if path.suffix == ".py":
        return Result(_checked(load(path), str(path), seed, explain), time.perf_counter() - start)
    if path.suffix.lower() not in SUFFIXES:
        raise ValueError(f"{str(path)!r} is neither a derivation (.py) nor a document ({', '.join(SUFFIXES)})")
    return _text(TextRequest(path.stem, str(path), Subject("document", path)), seed, explain, start)


def equal(lhs: str, rhs: str, given: Iterable[str] = (), *, seed: int | None = None, explain: bool = False) -> Result:
    """Check one equality of LaTeX; each `given` is a formula that declares, such as "x > 0"."""
    subject = Subject("equality", lhs=lhs, rhs=rhs, givens=tuple(given))
    return _text(TextRequest("equal", "", subject), seed, explain, time.perf_counter())


def _checked(derivation: Derivation, source: str, seed: int | None, explain: bool) -> DerivationRecord:
    parts = []
    for part in derivation.parts:
        outcomes = [(t, decide(t, part.givens, seed=seed, explain=explain)) for t in part.transitions]
        steps = tuple(step_of(claim_of(t, "unicode"), judged(outcome)) for t, outcome in outcomes)
        parts.append(PartRecord(part.name, part.title, steps, max_marks=part.max_marks))
    return DerivationRecord(derivation.name, derivation.title, source, tuple(parts))


def _text(request: TextRequest, seed: int | None, explain: bool, start: float) -> Result:
    problems: list[str] = []
    run = Run(InProcess(), Options(0, seed, explain=explain), problems.append, problems.append)
    record = run.check_text(request)
    if record.unreadable and not record.steps:
        raise ValueError("; ".join(problems))
    return Result(record, time.perf_counter() - start)
