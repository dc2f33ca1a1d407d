"""The record of a run: plain data, from verdicts, for every report. Does not import SymPy.

A transition's record is exactly what JSON shows of it (`TransitionRecord`, the contract); what only a person needs
(the formulas on one line, the normal form) stands beside it (`Shown`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from checker.verdict import (
    WORST_FIRST,
    Assumed,
    Outcome,
    Proved,
    Refuted,
    Supported,
    Undecided,
    Unreadable,
)

if TYPE_CHECKING:
    from checker.marks import PartMarks

Found: TypeAlias = tuple[str, str, tuple[int, ...]]
"""What was found of a line of a text: its verdict, its role, and the lines that it uses, counted from 0."""

SCHEMA = 1
SUMMARY_ORDER = ("proved", "supported", "refuted", "undecided", "unreadable", "assumed")


@dataclass(frozen=True)
class Claim:
    """What a transition says, before it is judged: LaTeX for the record, one-line text for the terminal."""

    number: int
    source_line: int
    relation: str
    lhs: str
    rhs: str
    rule: str
    lhs_text: str = ""
    rhs_text: str = ""
    column: int = 0


@dataclass(frozen=True)
class PartOutline:
    """A part and what its transitions say, not yet judged. position: where it stands in an answer."""

    name: str
    title: str
    max_marks: float | None
    claims: tuple[Claim, ...]
    position: int = 0


@dataclass(frozen=True)
class Outline:
    """A derivation and its parts, or, where its file is refused, the problems; notices are of what may be a slip.

    givens: what a derivation may use, as LaTeX.
    """

    title: str = ""
    parts: tuple[PartOutline, ...] = ()
    problems: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    givens: tuple[str, ...] = ()


@dataclass(frozen=True)
class Judgement:
    """What was found about a transition."""

    rule_ok: bool = True
    verdict: str = "undecided"
    method: str = ""
    theories: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    trusts: tuple[str, ...] = ()
    instances: int = 0
    counterexample: Mapping[str, Any] | None = None
    message: str = ""
    hint: str = ""
    seconds: float = 0.0
    normal_form: str = ""
    notes: tuple[str, ...] = ()
    role: str = ""
    understood: str = ""
    uses: tuple[int, ...] = ()


@dataclass(frozen=True)
class TransitionRecord:
    """One transition in JSON, field by field and in this order."""

    number: int
    source_line: int
    relation: str
    lhs: str
    rhs: str
    rule: str
    rule_ok: bool
    verdict: str
    method: str
    theories: tuple[str, ...]
    conditions: tuple[str, ...]
    trusts: tuple[str, ...]
    instances: int
    counterexample: Mapping[str, Any] | None
    message: str
    hint: str
    seconds: float


@dataclass(frozen=True)
class Shown:
    """What a person is shown beside the record."""

    lhs: str = ""
    rhs: str = ""
    normal_form: str = ""
    notes: tuple[str, ...] = ()
    role: str = ""
    understood: str = ""
    column: int = 0


@dataclass(frozen=True)
class Step:
    """A transition's record, and what a person is shown besides."""

    record: TransitionRecord
    shown: Shown = field(default_factory=Shown)


@dataclass(frozen=True)
class PartRecord:
    name: str
    title: str
    steps: tuple[Step, ...]
    max_marks: float | None = None
    marked: PartMarks | None = None
    """What an answer earned here; None where nothing is marked."""

    @property
    def marks(self) -> float | None:
        return None if self.marked is None or self.max_marks is None else self.marked.marks

    @property
    def verdict(self) -> str:
        return worst(step.record.verdict for step in self.steps)


@dataclass(frozen=True)
class DerivationRecord:
    name: str
    title: str
    source: str
    parts: tuple[PartRecord, ...]
    unreadable: bool = False
    """The file could not be loaded, then there are no parts; or something in a text could not be read at all."""
    text: bool = False
    """Read from what a person wrote, and not loaded."""

    @property
    def verdict(self) -> str:
        """The worst of its parts. The parts of a text are its headings, of which one without a step says nothing."""
        parts = [part.verdict for part in self.parts if part.steps or not self.text]
        return worst([*parts, "unreadable"] if self.unreadable else parts)

    @property
    def steps(self) -> list[Step]:
        return [step for part in self.parts for step in part.steps]


def judged(outcome: Outcome, *, strict: bool = False) -> Judgement:
    """The outcome as plain data. With `strict` a supported step is undecided."""
    evidence = _EVIDENCE[type(outcome.verdict)](outcome.verdict)
    message = "; ".join(text for text in (outcome.message, evidence.pop("message", "")) if text)
    name = outcome.verdict.name
    if strict and name == "supported":
        name = "undecided"
        message = "; ".join(text for text in ("supported by instances, but not proved (--strict)", message) if text)
    return Judgement(
        rule_ok=outcome.rule_ok,
        verdict=name,
        message=message,
        seconds=round(outcome.seconds, 6),
        notes=tuple(outcome.notes),
        role=outcome.role,
        understood=outcome.understood,
        uses=outcome.uses,
        **evidence,
    )


def _of_proved(verdict: Proved) -> dict[str, Any]:
    return {
        "method": verdict.method,
        "theories": tuple(verdict.theories),
        "conditions": tuple(verdict.conditions),
        "trusts": tuple(verdict.trusts),
        "instances": verdict.instances,
        "normal_form": verdict.normal_form,
    }


def _of_supported(verdict: Supported) -> dict[str, Any]:
    return {"method": "instances", "instances": verdict.instances, "message": verdict.reason}


def _of_refuted(verdict: Refuted) -> dict[str, Any]:
    witness = verdict.counterexample
    counterexample = {"values": dict(witness.values), "lhs": witness.lhs, "rhs": witness.rhs}
    return {
        "method": "counterexample",
        "instances": verdict.instances,
        "counterexample": counterexample,
        "hint": verdict.hint,
    }


def _of_unreadable(verdict: Unreadable) -> dict[str, Any]:
    place = f"{verdict.line}:{verdict.column}: " if verdict.line else ""
    return {"message": place + verdict.reason}


def _of_reason(verdict: Undecided | Assumed) -> dict[str, Any]:
    return {"message": verdict.reason}


_EVIDENCE: Mapping[type, Any] = {
    Proved: _of_proved,
    Supported: _of_supported,
    Refuted: _of_refuted,
    Undecided: _of_reason,
    Unreadable: _of_unreadable,
    Assumed: _of_reason,
}


def step_of(claim: Claim, judgement: Judgement) -> Step:
    """The claim and what was found about it, as one step of the record."""
    found = {name: value for name, value in vars(judgement).items() if name in TransitionRecord.__dataclass_fields__}
    record = TransitionRecord(
        number=claim.number,
        source_line=claim.source_line,
        relation=claim.relation,
        lhs=claim.lhs,
        rhs=claim.rhs,
        rule=claim.rule,
        **found,
    )
    shown = Shown(
        lhs=claim.lhs_text,
        rhs=claim.rhs_text,
        normal_form=judgement.normal_form,
        notes=judgement.notes,
        role=judgement.role,
        understood=judgement.understood,
        column=claim.column,
    )
    return Step(record, shown)


def worst(verdicts: Iterable[str]) -> str:
    """The worst of the verdicts; `undecided` of none, since nothing is not a pass."""
    return min(verdicts, key=WORST_FIRST.index, default="undecided")


def summary(derivations: Iterable[DerivationRecord]) -> dict[str, int]:
    """How many transitions have each verdict."""
    counts = Counter(step.record.verdict for derivation in derivations for step in derivation.steps)
    return {verdict: counts[verdict] for verdict in SUMMARY_ORDER}


def exit_status(derivations: Iterable[DerivationRecord]) -> int:
    """0: every transition passes and at least one is proved or supported; 1: one is refuted; 3: anything else."""
    checked = list(derivations)
    counts = summary(checked)
    if counts["refuted"]:
        return 1
    passed = all(derivation.verdict in ("proved", "supported", "assumed") for derivation in checked)
    return 0 if passed and counts["proved"] + counts["supported"] else 3


def as_json(derivations: Iterable[DerivationRecord], seconds: float) -> dict[str, Any]:
    """The whole run by the contract: every field always there, strings never null."""
    checked = list(derivations)
    return {
        "schema": SCHEMA,
        "derivations": [_derivation_as_json(derivation) for derivation in checked],
        "summary": summary(checked),
        "seconds": round(seconds, 3),
    }


def _derivation_as_json(derivation: DerivationRecord) -> dict[str, Any]:
    return {
        "name": derivation.name,
        "title": derivation.title,
        "source": derivation.source,
        "verdict": derivation.verdict,
        "parts": [_part_as_json(part) for part in derivation.parts],
    }


def _part_as_json(part: PartRecord) -> dict[str, Any]:
    return {
        "name": part.name,
        "title": part.title,
        "verdict": part.verdict,
        "marks": part.marks,
        "max_marks": part.max_marks,
        "transitions": [asdict(step.record) for step in part.steps],
    }
