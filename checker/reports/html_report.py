"""The record as one web page that stands on its own: no script, no font, nothing to fetch; mathematics as MathML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TextIO

from checker.record import DerivationRecord, PartRecord, summary
from checker.reports import words
from checker.reports.html_parts import first_wrong, steps, text, verdict
from checker.reports.style import CSS
from checker.reports.writing import write_references

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


_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""Besides the escaping: no script, and nothing from elsewhere."""


def _page(checked: list[DerivationRecord], seconds: float, explain: bool) -> Iterator[str]:
    title = text(f"Checked: {', '.join(derivation.source or derivation.name for derivation in checked)}")
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
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


def _counts(checked: list[DerivationRecord], seconds: float) -> str:
    counts = summary(checked)
    steps = words.several(sum(counts.values()), "step")
    shown = " ".join(f"<li>{count} {verdict(name)}</li>" for name, count in counts.items() if count)
    said = f'<ul class="counts">{shown}</ul>' if shown else "<p>nothing to check</p>"
    return f'<p class="quiet">{steps}, {seconds:.2f} s</p>{said}'


def _contents(checked: list[DerivationRecord]) -> str:
    lines = (
        f'<li><a href="#d{place}">{text(each.source if each.text else each.name)}</a> {verdict(each.verdict)}</li>'
        for place, each in enumerate(checked, start=1)
    )
    return f'<nav aria-label="What was checked"><ul>{"".join(lines)}</ul></nav>'


def _legend() -> str:
    rows = "".join(f"<dt>{verdict(name)}</dt><dd>{meaning}</dd>" for name, meaning in _MEANINGS.items())
    return f"<details><summary>What the verdicts mean</summary><dl>{rows}</dl></details>"


def _derivation(derivation: DerivationRecord, key: str, explain: bool) -> Iterator[str]:
    yield f'<section id="{key}" aria-labelledby="{key}-title">'
    title = f' <span class="title">{text(derivation.title)}</span>' if derivation.title else ""
    yield f'<h2 id="{key}-title">{text(derivation.name)}{title} {verdict(derivation.verdict)}</h2>'
    if derivation.source:
        yield f'<p class="quiet">{text(derivation.source)}</p>'
    yield from _first_wrong(derivation, key)
    if not derivation.steps:
        yield "<p>There is nothing to check.</p>"
    for place, part in enumerate(derivation.parts, start=1):
        if not words.silent(derivation, part):
            yield from _part(derivation, part, f"{key}-{place}", explain)
    yield "</section>"


def _first_wrong(derivation: DerivationRecord, key: str) -> Iterator[str]:
    wrong = words.first_refuted(derivation)
    if wrong is not None:
        part, step = wrong
        place = next(place for place, each in enumerate(derivation.parts, start=1) if each is part)
        yield from first_wrong(derivation, part, step, f"#{key}-{place}-{step.record.number}")


def _part(derivation: DerivationRecord, part: PartRecord, key: str, explain: bool) -> Iterator[str]:
    heading = words.heading(part)
    if heading:
        yield f'<h3 id="{key}">{text(heading)} {verdict(part.verdict)}</h3>'
    if not part.steps:
        yield "<p>No steps, so nothing is checked.</p>"
        return
    label = f'aria-labelledby="{key}"' if heading else 'aria-label="The steps"'
    yield from steps(derivation, part, key, label=label, explain=explain)
