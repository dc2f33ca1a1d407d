"""The record in Markdown: a table for each part, formulas between dollar signs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TextIO

from checker.notation.plain import UNICODE
from checker.record import DerivationRecord, PartRecord, Step, summary
from checker.reports import words
from checker.reports.writing import write_references
from checker.visible import one_line

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|$~!&]")
_IN_MATHEMATICS = {r"\|": r"\Vert ", "|": r"\vert ", "<": r"\lt ", ">": r"\gt "}
_SIGN = re.compile(r"\\\||\\.|[|<>]")
_RELATIONS = {"=>": r"\Rightarrow", "<=>": r"\Leftrightarrow", "<=": r"\le", ">=": r"\ge", "<": r"\lt", ">": r"\gt"}


def write(derivations: Iterable[DerivationRecord], seconds: float, stream: TextIO, *, explain: bool = False) -> None:
    """The report; with `explain` each step's reasons in a list below the table."""
    lines = _report(list(derivations), seconds, explain)
    write_references("".join(f"{line}\n" for line in lines), stream)


def _report(checked: list[DerivationRecord], seconds: float, explain: bool) -> Iterator[str]:
    counts = summary(checked)
    shown = ", ".join(f"{count} {verdict}" for verdict, count in counts.items() if count)
    yield f"# Checked: {_text(', '.join(derivation.source or derivation.name for derivation in checked))}"
    yield f"\n{words.several(sum(counts.values()), 'step')}: {shown or 'nothing to check'} in {seconds:.2f} s"
    for derivation in checked:
        yield from _derivation(derivation, explain)


def _text(text: str) -> str:
    """Words that stand for themselves, on one line, also in the cell of a table."""
    return _SPECIAL.sub(lambda match: "&amp;" if match[0] == "&" else rf"\{match[0]}", one_line(text))


def _verdict(verdict: str) -> str:
    return f"{_text(words.MARKS[verdict])} {verdict}"


def _derivation(derivation: DerivationRecord, explain: bool) -> Iterator[str]:
    title = f" {_text(derivation.title)}" if derivation.title else ""
    yield f"\n## {_text(derivation.name)}{title}: {_verdict(derivation.verdict)}"
    if derivation.source:
        yield f"\n{_text(derivation.source)}"
    yield from _first_wrong(derivation)
    for part in derivation.parts:
        if not words.silent(derivation, part):
            yield from _part(derivation, part, explain)


def _first_wrong(derivation: DerivationRecord) -> Iterator[str]:
    wrong = words.first_refuted(derivation)
    if wrong is None:
        return
    part, step = wrong
    place = _text(words.place(derivation, step.record))
    step_name = f"{_text(words.where(derivation, part))}, step {step.record.number}"
    yield f"\n> **First wrong step:** {step_name}{f' ({place})' if place else ''}"
    yield f">\n> {_formula(step, begins=True)}"
    yield f">\n> {_counterexample(step)}"
    if step.record.hint:
        yield f">\n> Hint: {_text(step.record.hint)}"
    if words.message(step):
        yield f">\n> {_text(words.message(step))}"
    if step.shown.understood:
        yield f">\n> Read as: {_text(step.shown.understood)}"


def _part(derivation: DerivationRecord, part: PartRecord, explain: bool) -> Iterator[str]:
    heading = words.heading(part)
    if heading:
        yield f"\n### {_text(heading)}: {_verdict(part.verdict)}"
    if not part.steps:
        yield "\nNo steps, so nothing is checked."
        return
    lines = words.numbered(derivation, part)
    yield f"\n| step |{' line |' if lines else ''} formula | reason | verdict | remark |"
    yield f"| ---: |{' ---: |' if lines else ''} --- | --- | --- | --- |"
    before = None
    for step in part.steps:
        record = step.record
        line = [str(record.source_line or "")] if lines else []
        cells = [_formula(step, record.lhs != before), _text(words.reason(step)), _verdict(record.verdict)]
        yield f"| {' | '.join([str(record.number), *line, *cells, _remark(step)])} |"
        before = record.rhs
    yield from _kept(part)
    if explain:
        yield from _reasons(part)


def _formula(step: Step, begins: bool) -> str:
    record = step.record
    sign = _RELATIONS.get(record.relation, record.relation)
    if record.verdict == "unreadable" or any(sign in record.lhs + record.rhs for sign in "$`"):
        return _code(f"{record.lhs} {record.relation} {record.rhs}" if record.rhs else record.lhs)
    return f"${_mathematics(record.lhs) if begins else '{}'} {sign} {_mathematics(record.rhs)}$"


def _mathematics(latex: str) -> str:
    return _SIGN.sub(lambda match: _IN_MATHEMATICS.get(match[0], match[0]), one_line(latex)).strip()


def _code(text: str) -> str:
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    return f"{fence} {one_line(text)} {fence}".replace("|", r"\|")


def _remark(step: Step) -> str:
    record = step.record
    said = [_text(words.message(step)), _counterexample(step), _text(record.hint)]
    return "; ".join(filter(None, said))


def _counterexample(step: Step) -> str:
    return _text(words.counterexample(step.record, UNICODE.name))


def _kept(part: PartRecord) -> Iterator[str]:
    for label, what in (("if", "conditions"), ("trusting", "trusts")):
        kept = words.kept(part, what)
        if kept:
            yield f"\n{label} {_text('; '.join(kept))}"


def _reasons(part: PartRecord) -> Iterator[str]:
    yield ""
    for step in part.steps:
        why = "; ".join(f"{label} {_text(value)}" for label, value in words.evidence(step))
        yield f"- step {step.record.number}: {why or 'no more is known'}"
