"""The record as annotations of a GitHub workflow: a command for each step that does not pass, and a notice of counts.

The form is that of "Workflow commands for GitHub Actions", `::error file=…,line=…,title=…::message`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from checker.record import DerivationRecord, Step, summary
from checker.reports import words
from checker.visible import visible

_LEVELS = {"refuted": "error", "undecided": "warning", "unreadable": "warning"}


def write(derivations: Iterable[DerivationRecord], seconds: float, stream: TextIO, *, explain: bool = False) -> None:
    """An error for each refuted step, a warning for each undecided or unreadable one; with `explain` all the others."""
    checked = list(derivations)
    for derivation in checked:
        if derivation.unreadable:
            _command(stream, "error", derivation, 0, derivation.name, "it could not be read; the log says why")
        for part in derivation.parts:
            for step in part.steps:
                level = _LEVELS.get(step.record.verdict, "notice" if explain else "")
                if level:
                    title = f"{words.where(derivation, part)}, step {step.record.number}: {step.record.verdict}"
                    _command(stream, level, derivation, step.record.source_line, title, _message(step, explain))
    counts = ", ".join(f"{count} {verdict}" for verdict, count in summary(checked).items() if count)
    stream.write(f"::notice title=checker::{_escaped(counts or 'nothing to check')} in {seconds:.2f} s\n")


def _message(step: Step, explain: bool) -> str:
    record = step.record
    lines = [
        f"{record.lhs} {words.RELATIONS.get(record.relation, record.relation)} {record.rhs}",
        words.counterexample(record),
        f"hint: {record.hint}" if record.hint else "",
        record.message,
        *(f"{label}: {value}" for label, value in words.evidence(step) if explain),
    ]
    return "\n".join(filter(None, lines))


def _command(stream: TextIO, level: str, derivation: DerivationRecord, line: int, title: str, message: str) -> None:
    place = {"file": derivation.source, "line": str(line or ""), "title": title}
    said = ",".join(f"{name}={_escaped(value, property_too=True)}" for name, value in place.items() if value)
    stream.write(f"::{level} {said}::{_escaped(message)}\n")


def _escaped(text: str, *, property_too: bool = False) -> str:
    """The text with what a command's syntax takes for its own written as %XX; in a property also : and the comma."""
    text = visible(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if property_too else text
