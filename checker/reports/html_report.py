"""The record as one web page that stands on its own: no script, no font, nothing to fetch; mathematics as MathML."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from typing import TextIO

from checker.notation.plain import UNICODE
from checker.record import DerivationRecord, PartRecord, Step, summary
from checker.reports import words
from checker.reports.mathml import code, typeset
from checker.reports.style import CSS
from checker.reports.writing import write_references
from checker.visible import visible

_MEANINGS = {
    "proved": "true wherever the givens allow and both sides are defined: proved, and confirmed on instances",
    "supported": "not proved, but both sides agree on several random instances",
    "refuted": "false: there is a counterexample, values that the givens allow at which it fails",
    "undecided": "none of these within the limits; not a pass",
    "unreadable": "the text could not be read there",
    "assumed": "nothing to check: a definition, or a condition that the text imposes",
}


def write(derivations: Iterable[DerivationRecord], seconds: float, stream: TextIO, *, explain: bool = False) -> None:
    """The page; with `explain` the reasons of each step are unfolded."""
    checked = list(derivations)
    write_references("".join(f"{line}\n" for line in _page(checked, seconds, explain)), stream)


def fragment(derivation: DerivationRecord, *, explain: bool = False) -> str:
    """One derivation as HTML to stand inside a page of others, as a notebook's output does; its style is its own."""
    style = CSS.replace(":root", ":scope").replace("body {", ":scope {")
    body = "".join(_derivation(derivation, f"checker-{re.sub(r'[^A-Za-z0-9]+', '-', derivation.name)}", explain))
    return f'<div class="checker"><style>@scope {{{style}}}</style>{body}</div>'


def _page(checked: list[DerivationRecord], seconds: float, explain: bool) -> Iterator[str]:
    title = _text(f"Checked: {', '.join(derivation.source or derivation.name for derivation in checked)}")
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}</title>\n<style>{CSS}</style>\n</head>\n<body>"
    yield f"<header><h1>{title}</h1>{_counts(checked, seconds)}</header>"
    if len(checked) > 1:
        yield _contents(checked)
    yield "<main>"
    for place, derivation in enumerate(checked, start=1):
        yield from _derivation(derivation, f"d{place}", explain)
    yield "</main>"
    yield f"<footer>{_legend()}</footer>\n</body>\n</html>"


def _text(text: str) -> str:
    return html.escape(visible(text))


def _verdict(verdict: str) -> str:
    mark = words.MARKS[verdict]
    return f'<span class="verdict {verdict}"><span aria-hidden="true">{mark}</span> {verdict}</span>'


def _counts(checked: list[DerivationRecord], seconds: float) -> str:
    counts = summary(checked)
    steps = words.several(sum(counts.values()), "step")
    shown = " ".join(f"<li>{count} {_verdict(verdict)}</li>" for verdict, count in counts.items() if count)
    said = f'<ul class="counts">{shown}</ul>' if shown else "<p>nothing to check</p>"
    return f'<p class="quiet">{steps}, {seconds:.2f} s</p>{said}'


def _contents(checked: list[DerivationRecord]) -> str:
    lines = (
        f'<li><a href="#d{place}">{_text(each.source if each.text else each.name)}</a> {_verdict(each.verdict)}</li>'
        for place, each in enumerate(checked, start=1)
    )
    return f'<nav aria-label="What was checked"><ul>{"".join(lines)}</ul></nav>'


def _legend() -> str:
    rows = "".join(f"<dt>{_verdict(verdict)}</dt><dd>{meaning}</dd>" for verdict, meaning in _MEANINGS.items())
    return f"<details><summary>What the verdicts mean</summary><dl>{rows}</dl></details>"


def _derivation(derivation: DerivationRecord, key: str, explain: bool) -> Iterator[str]:
    yield f'<section id="{key}" aria-labelledby="{key}-title">'
    title = f' <span class="title">{_text(derivation.title)}</span>' if derivation.title else ""
    yield f'<h2 id="{key}-title">{_text(derivation.name)}{title} {_verdict(derivation.verdict)}</h2>'
    if derivation.source:
        yield f'<p class="quiet">{_text(derivation.source)}</p>'
    yield from _first_wrong(derivation, key)
    if not derivation.steps:
        yield "<p>There is nothing to check.</p>"
    for place, part in enumerate(derivation.parts, start=1):
        if not words.silent(derivation, part):
            yield from _part(derivation, part, f"{key}-{place}", explain)
    yield "</section>"


def _first_wrong(derivation: DerivationRecord, key: str) -> Iterator[str]:
    wrong = words.first_refuted(derivation)
    if wrong is None:
        return
    part, step = wrong
    part_place = next(place for place, each in enumerate(derivation.parts, start=1) if each is part)
    number = step.record.number
    link = f'<a href="#{key}-{part_place}-{number}">{_text(words.where(derivation, part))}, step {number}</a>'
    yield '<aside class="wrong" aria-label="First wrong step">'
    stands = _text(words.place(derivation, step.record))
    yield f'<p><strong>First wrong step:</strong> {link} <span class="quiet">{stands}</span></p>'
    yield f"{_line('', step.record.lhs)}{_line(step.record.relation, step.record.rhs)}"
    yield _message(step) + _counterexample(step)
    if step.shown.understood:
        yield f'<p class="quiet">read as {_text(step.shown.understood)}</p>'
    yield "</aside>"


# A part


def _part(derivation: DerivationRecord, part: PartRecord, key: str, explain: bool) -> Iterator[str]:
    heading = words.heading(part)
    if heading:
        yield f'<h3 id="{key}">{_text(heading)} {_verdict(part.verdict)}</h3>'
    if not part.steps:
        yield "<p>No steps, so nothing is checked.</p>"
        return
    lines = words.numbered(derivation, part)
    label = f'aria-labelledby="{key}"' if heading else 'aria-label="The steps"'
    yield f'<table role="table" {label}><thead role="rowgroup"><tr role="row">'
    reasons = any(words.reason(step) for step in part.steps)
    for name in ["step", *["line"] * lines, "formula", *["reason"] * reasons, "verdict"]:
        yield f'<th role="columnheader" scope="col" class="{name}">{name}</th>'
    yield '</tr></thead><tbody role="rowgroup">'
    before = None
    for step in part.steps:
        yield _row(step, f"{key}-{step.record.number}", before, lines, reasons, explain)
        before = step.record.rhs
    yield "</tbody></table>"
    yield from _kept(part)


def _row(step: Step, key: str, before: str | None, lines: bool, reasons: bool, explain: bool) -> str:
    record = step.record
    begins = record.lhs != before or not record.rhs
    classes = f"{record.verdict}{' begins' if begins else ''}"
    cells = [f'<th role="rowheader" scope="row" class="step">{record.number}</th>']
    if lines:
        cells.append(f'<td role="cell" class="line">{record.source_line or ""}</td>')
    cells.append(f'<td role="cell" class="formula">{_formula(step, begins)}{_remarks(step, explain)}</td>')
    if reasons:
        caution = "" if record.rule_ok else ' <span class="caution">(not by this rule)</span>'
        cells.append(f'<td role="cell" class="reason">{_text(words.reason(step))}{caution}</td>')
    cells.append(f'<td role="cell" class="verdict">{_verdict(record.verdict)}</td>')
    return f'<tr role="row" id="{key}" class="{classes}">{"".join(cells)}</tr>'


def _formula(step: Step, begins: bool) -> str:
    record = step.record
    as_written = record.verdict == "unreadable"
    first = _line("", record.lhs, as_written) if begins else ""
    return first + (_line(record.relation, record.rhs, as_written) if record.rhs else "")


def _line(relation: str, latex: str, as_written: bool = False) -> str:
    sign = html.escape(words.RELATIONS.get(relation, relation))
    formula = code(latex) if as_written else typeset(latex)
    return f'<div class="math"><span class="sign">{sign}</span><span class="side">{formula}</span></div>'


def _remarks(step: Step, explain: bool) -> str:
    return _message(step) + _counterexample(step) + _why(step, explain)


def _message(step: Step) -> str:
    said = words.message(step)
    return f'<p class="message">{_text(said)}</p>' if said else ""


def _counterexample(step: Step) -> str:
    record = step.record
    if not record.counterexample:
        return ""
    hint = f'<p class="hint"><strong>Hint:</strong> {_text(record.hint)}</p>' if record.hint else ""
    return f'<p class="witness">{_upper(_text(words.counterexample(record, UNICODE.name)))}</p>{hint}'


def _upper(text: str) -> str:
    return re.sub(r"^[a-z]", lambda match: match[0].upper(), f"{text}.")


def _why(step: Step, explain: bool) -> str:
    rows = "".join(f"<dt>{label}</dt><dd>{_text(value)}</dd>" for label, value in words.evidence(step))
    time = words.duration(step.record.seconds)
    rows += f"<dt>time</dt><dd>{time}</dd>"
    opened = " open" if explain else ""
    return f"<details{opened}><summary>why</summary><dl>{rows}</dl></details>"


def _kept(part: PartRecord) -> Iterator[str]:
    for label, what in (("if", "conditions"), ("trusting", "trusts")):
        kept = words.kept(part, what)
        if kept:
            yield f'<p class="kept"><span class="quiet">{label}</span> {_text("; ".join(kept))}</p>'
