"""What web pages are made of: text made harmless, verdicts, typeset lines, the steps of a part, the first wrong one."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator

from checker.marks import FOLLOWS
from checker.notation.plain import UNICODE
from checker.record import DerivationRecord, PartRecord, Step
from checker.reports import words
from checker.reports.mathml import code, typeset
from checker.visible import visible


def text(said: str) -> str:
    """What somebody wrote, as text of a page."""
    return html.escape(visible(said))


def verdict(name: str) -> str:
    """The verdict in its colour, with its sign."""
    mark = words.MARKS[name]
    return f'<span class="verdict {name}"><span aria-hidden="true">{mark}</span> {name}</span>'


def line(relation: str, latex: str, as_written: bool = False) -> str:
    """One side of a step, typeset, after its relation."""
    sign = html.escape(words.RELATIONS.get(relation, relation))
    formula = code(latex) if as_written else typeset(latex)
    return f'<div class="math"><span class="sign">{sign}</span><span class="side">{formula}</span></div>'


def first_wrong(derivation: DerivationRecord, part: PartRecord, step: Step, href: str) -> Iterator[str]:
    """Both sides of a wrong step, message, counterexample, hint, and how it was read; `href` leads to its row."""
    record = step.record
    where = text(words.where(derivation, part))
    yield '<aside class="wrong" aria-label="First wrong step">'
    stands = text(words.place(derivation, record))
    link = f'<a href="{href}">{where}, step {record.number}</a>'
    yield f'<p><strong>First wrong step:</strong> {link} <span class="quiet">{stands}</span></p>'
    yield f"{line('', record.lhs)}{line(record.relation, record.rhs)}"
    yield _message(step) + _counterexample(step)
    if step.shown.understood:
        yield f'<p class="quiet">read as {text(step.shown.understood)}</p>'
    yield "</aside>"


def steps(
    derivation: DerivationRecord,
    part: PartRecord,
    key: str,
    *,
    label: str,
    explain: bool = False,
    line_href: Callable[[int], str] | None = None,
) -> Iterator[str]:
    """The steps of a part as a table, and the conditions and trusts of their proofs below it.

    The row of a step has the id `key`-NUMBER. `label` is the attribute that names the table. `line_href` says where
    a line of the file is shown, "" where it is not.
    """
    lines = words.numbered(derivation, part)
    yield f'<table role="table" class="steps" {label}><thead role="rowgroup"><tr role="row">'
    reasons = any(words.reason(step) for step in part.steps)
    for name in ["step", *["line"] * lines, "formula", *["reason"] * reasons, "verdict"]:
        yield f'<th role="columnheader" scope="col" class="{name}">{name}</th>'
    yield '</tr></thead><tbody role="rowgroup">'
    before = None
    for place, step in enumerate(part.steps):
        cells = [f'<th role="rowheader" scope="row" class="step">{step.record.number}</th>']
        if lines:
            cells.append(f'<td role="cell" class="line">{_source_line(step, line_href)}</td>')
        begins = step.record.lhs != before or not step.record.rhs
        cells.append(f'<td role="cell" class="formula">{_formula(step, begins)}{_remarks(step, explain)}</td>')
        if reasons:
            cells.append(f'<td role="cell" class="reason">{_reason(step)}</td>')
        cells.append(f'<td role="cell" class="verdict">{verdict(step.record.verdict)}{_status(part, place)}</td>')
        classes = f"{_looks(part, place)}{' begins' if begins else ''}"
        yield f'<tr role="row" id="{key}-{step.record.number}" class="{classes}">{"".join(cells)}</tr>'
        before = step.record.rhs
    yield "</tbody></table>"
    yield from _kept(part)


def _status(part: PartRecord, place: int) -> str:
    status = words.status(part, place)
    if not status:
        return ""
    first = " (first)" if words.is_first_wrong(part, part.steps[place]) else ""
    return f' <span class="status {status}">{status}{first}</span>'


def _looks(part: PartRecord, place: int) -> str:
    """The class of a row: its verdict, but what follows from a wrong line is no error of its own."""
    if words.status(part, place) == FOLLOWS:
        return FOLLOWS
    first = " first" if words.is_first_wrong(part, part.steps[place]) else ""
    return part.steps[place].record.verdict + first


def _source_line(step: Step, line_href: Callable[[int], str] | None) -> str:
    number = step.record.source_line
    href = line_href(number) if line_href and number else ""
    return f'<a href="{href}">{number}</a>' if href else str(number or "")


def _formula(step: Step, begins: bool) -> str:
    record = step.record
    as_written = record.verdict == "unreadable"
    first = line("", record.lhs, as_written) if begins else ""
    return first + (line(record.relation, record.rhs, as_written) if record.rhs else "")


def _reason(step: Step) -> str:
    caution = "" if step.record.rule_ok else ' <span class="caution">(not by this rule)</span>'
    return text(words.reason(step)) + caution


def _remarks(step: Step, explain: bool) -> str:
    return _message(step) + _counterexample(step) + _why(step, explain)


def _message(step: Step) -> str:
    said = words.message(step)
    return f'<p class="message">{text(said)}</p>' if said else ""


def _counterexample(step: Step) -> str:
    record = step.record
    if not record.counterexample:
        return ""
    hint = f'<p class="hint"><strong>Hint:</strong> {text(record.hint)}</p>' if record.hint else ""
    return f'<p class="witness">{_upper(text(words.counterexample(record, UNICODE.name)))}</p>{hint}'


def _upper(said: str) -> str:
    return re.sub(r"^[a-z]", lambda match: match[0].upper(), f"{said}.")


def _why(step: Step, explain: bool) -> str:
    rows = "".join(f"<dt>{label}</dt><dd>{text(value)}</dd>" for label, value in words.evidence(step))
    time = words.duration(step.record.seconds)
    rows += f"<dt>time</dt><dd>{time}</dd>"
    opened = " open" if explain else ""
    return f"<details{opened}><summary>why</summary><dl>{rows}</dl></details>"


def _kept(part: PartRecord) -> Iterator[str]:
    for label, what in (("if", "conditions"), ("trusting", "trusts")):
        kept = words.kept(part, what)
        if kept:
            yield f'<p class="kept"><span class="quiet">{label}</span> {text("; ".join(kept))}</p>'
