"""The answer's files as they were written, line by line, each line with the steps that stand on it."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from checker.marks import Student
from checker.record import PartRecord, Step
from checker.reports import words
from checker.reports.grading import phrases
from checker.reports.html_parts import text

MOST_LINES, LONGEST_LINE = 3000, 1000
"""Of a file that are shown."""


@dataclass(frozen=True)
class Standing:
    """A step that stands on a line: the address of its row, what it is called, and how it was judged."""

    href: str
    name: str
    verdict: str
    status: str
    first: bool


def line_href(student: Student, source: str, number: int) -> str:
    """The address of a line of a file; "" where the page does not show it."""
    file = list(student.sources).index(source) + 1 if source in student.sources else 0
    lines = student.sources[source].count("\n") + 1 if file else 0
    return f"#f{file}-{number}" if 1 <= number <= min(lines, MOST_LINES) else ""


def shown(student: Student) -> Iterator[str]:
    """All files that could be read."""
    if not student.sources:
        return
    yield '<section aria-labelledby="written"><h2 id="written">The answer as it was written</h2>'
    for place, (name, source) in enumerate(student.sources.items(), start=1):
        yield f'<h3 id="f{place}">{text(name)}</h3>'
        yield from _file(source, f"f{place}", _standing(student, name))
    yield "</section>"


def _standing(student: Student, source: str) -> Mapping[int, list[Standing]]:
    found: dict[int, list[Standing]] = {}
    for key, derivation, part in phrases.keyed(student):
        if derivation.source == source:
            for place, step in enumerate(part.steps):
                name = phrases.full_name(derivation, part)
                found.setdefault(step.record.source_line, []).append(_of(key, name, part, place, step))
    return found


def _of(key: str, name: str, part: PartRecord, place: int, step: Step) -> Standing:
    number, verdict = step.record.number, step.record.verdict
    first = words.is_first_wrong(part, step)
    return Standing(f"#{key}-{number}", f"{name} {number}", verdict, words.status(part, place), first)


def _file(source: str, key: str, standing: Mapping[int, list[Standing]]) -> Iterator[str]:
    lines = source.split("\n")
    yield '<ol class="source">'
    for number, line in enumerate(lines[:MOST_LINES], start=1):
        steps = standing.get(number, [])
        looks = "first" if any(step.first for step in steps) else "checked" if steps else ""
        cut = " …" if len(line) > LONGEST_LINE else ""
        marks = "".join(map(_mark, steps))
        yield f'<li id="{key}-{number}" class="{looks}"><code>{text(line[:LONGEST_LINE])}{cut}</code>{marks}</li>'
    yield "</ol>"
    if len(lines) > MOST_LINES:
        yield f"<p>{words.several(len(lines) - MOST_LINES, 'more line')} not shown.</p>"


def _mark(step: Standing) -> str:
    said = " ".join(filter(None, [step.verdict, step.status and f"({step.status})"]))
    sign = f'<span aria-hidden="true">{words.MARKS[step.verdict]}</span>'
    return (
        f' <a class="mark {step.verdict}" href="{step.href}" title="{html.escape(said)}">{sign} {text(step.name)}'
        f'<span class="unseen"> {html.escape(said)}</span></a>'
    )
