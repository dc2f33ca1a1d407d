"""The page of a student: marks by part and what each rests on, the lines with their verdicts, the first wrong ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from checker.marks import Student, Support
from checker.record import DerivationRecord, PartRecord
from checker.reports.grading import answer, credits, phrases
from checker.reports.grading.page import href, link, page
from checker.reports.html_parts import first_wrong, steps, text
from checker.reports.mathml import typeset


@dataclass(frozen=True)
class Neighbours:
    """The students before and after one, and the next that needs a person: the file of a page and a name each."""

    before: tuple[str, str] | None = None
    after: tuple[str, str] | None = None
    person: tuple[str, str] | None = None


def neighbours(students: Sequence[Student], files: Sequence[str]) -> list[Neighbours]:
    """Of each student, in the order of the class."""
    named = [(file, phrases.name(student)) for file, student in zip(files, students, strict=True)]
    found: list[Neighbours] = []
    person = None
    for place in reversed(range(len(named))):
        before = named[place - 1] if place else None
        after = named[place + 1] if place + 1 < len(named) else None
        found.append(Neighbours(before, after, person))
        person = named[place] if phrases.needs_person(students[place]) else person
    return found[::-1]


def pieces(
    student: Student, near: Neighbours, title: str, givens: Mapping[str, Sequence[str]] = MappingProxyType({})
) -> Iterator[str]:
    """The page; `givens` are those of each question by its name, as LaTeX."""
    head = "".join(
        f'<link rel="{relation}" href="{_href(there)}">\n'
        for relation, there in (("prev", near.before), ("next", near.after))
        if there is not None
    )
    return page(f"{phrases.name(student)}: {title}", _body(student, near, title, givens), kind="student", head=head)


def _href(there: tuple[str, str]) -> str:
    return href(f"{there[0]}.html")


def _body(student: Student, near: Neighbours, title: str, givens: Mapping[str, Sequence[str]]) -> Iterator[str]:
    yield from _navigation(near, title)
    yield f'<header><p class="quiet">{text(title)}</p><h1>{text(phrases.name(student))}</h1>'
    yield f'<p class="total"><strong>{phrases.total(student)}</strong> marks{_provisional(student)}</p>'
    if student.files:
        yield f'<p class="quiet">{text(", ".join(student.files))}</p>'
    yield "</header><main>"
    yield from _person(student)
    yield from _marks(student)
    for place, derivation in enumerate(student.derivations, start=1):
        yield from _question(student, derivation, f"d{place}")
    yield from answer.shown(student)
    names = dict.fromkeys(derivation.name for derivation in student.derivations)
    yield from _givens({name: givens[name] for name in names if givens.get(name)})
    yield "</main>"


def _givens(givens: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """What the questions state, which all verdicts rest on; closed, since it is the same on all pages."""
    if not givens:
        return
    yield '<section aria-labelledby="givens"><h2 id="givens">What is given</h2>'
    for name, formulas in givens.items():
        yield f'<details class="givens"><summary>{text(name)}: {len(formulas)} givens</summary><ul>'
        yield from (f"<li>{typeset(formula)}</li>" for formula in formulas)
        yield "</ul></details>"
    yield "</section>"


def _provisional(student: Student) -> str:
    return ' <span class="quiet">(provisional)</span>' if phrases.needs_person(student) else ""


def _navigation(near: Neighbours, title: str) -> Iterator[str]:
    yield '<nav aria-label="Students"><a href="../index.html">All students</a>'
    for label, there in (("Previous", near.before), ("Next", near.after), ("Next for a person", near.person)):
        if there is None:
            yield f'<span class="quiet">{label}: none</span>'
        else:
            yield f"<span>{label}: {link(_href(there), there[1])}</span>"
    yield "</nav>"


def _person(student: Student) -> Iterator[str]:
    if not phrases.needs_person(student):
        return
    yield '<aside class="person" aria-labelledby="person"><h2 id="person">For a person to look at</h2><ul>'
    for problem in student.problems:
        yield f"<li><strong>not read:</strong> {text(problem)}</li>"
    for key, derivation, part in phrases.keyed(student):
        for reason in part.marked.person if part.marked is not None else ():
            yield f"<li>{link(f'#{key}', phrases.full_name(derivation, part))}: {text(reason)}</li>"
    yield "</ul></aside>"


def _marks(student: Student) -> Iterator[str]:
    """The marks by part, as far as there are parts that can earn some."""
    parts = [(key, derivation, part) for key, derivation, part in phrases.keyed(student) if part.max_marks]
    if not parts:
        return
    yield '<table class="marks"><caption>Marks by part</caption><thead><tr><th scope="col">part</th>'
    yield '<th scope="col" class="number">marks</th><th scope="col">remarks</th></tr></thead><tbody>'
    for key, derivation, part in parts:
        name = link(f"#{key}", f"{phrases.full_name(derivation, part)} {part.title}")
        marked = part.marked
        yield f'<tr><th scope="row">{name}</th><td class="number">{phrases.earned(marked) if marked else "–"}</td>'
        yield f"<td>{'; '.join(_notes(part, key))}</td></tr>"
    yield f'</tbody><tfoot><tr><th scope="row">total</th><td class="number">{phrases.total(student)}</td>'
    yield "<td></td></tr></tfoot></table>"


def _notes(part: PartRecord, key: str) -> Iterator[str]:
    wrong = phrases.first_wrong(part)
    if wrong is not None:
        yield link(f"#{key}-{wrong.record.number}", f"first wrong: step {wrong.record.number}")
    if part.marked is None:
        yield "not marked"
    elif part.marked.overridden is not None:
        yield text(phrases.override(part.marked))


# A question and its parts


def _question(student: Student, derivation: DerivationRecord, key: str) -> Iterator[str]:
    yield f'<section aria-labelledby="{key}"><h2 id="{key}">{text(derivation.name)} '
    yield f'<span class="title">{text(derivation.title)}</span></h2>'
    if derivation.source:
        yield f'<p class="quiet">{text(derivation.source)}</p>'
    for place, part in enumerate(derivation.parts, start=1):
        if part.steps or part.max_marks:
            yield from _part(student, derivation, part, f"{key}-{place}")
    yield "</section>"


def _part(student: Student, derivation: DerivationRecord, part: PartRecord, key: str) -> Iterator[str]:
    name, marked = phrases.full_name(derivation, part), part.marked
    earned = f' <span class="earned">{phrases.earned(marked)}</span>' if marked is not None and part.max_marks else ""
    heading = f"{name} {part.title}" if part.name else "Outside the parts of the question"
    yield f'<h3 id="{key}">{text(heading)}{earned}</h3>'
    if marked is not None and marked.overridden is not None:
        yield f'<p class="override">{text(phrases.override(marked))}</p>'
    for reason in marked.person if marked is not None else ():
        yield f'<p class="look"><strong>For a person:</strong> {text(reason)}</p>'
    wrong = phrases.first_wrong(part)
    if wrong is not None:
        yield from first_wrong(derivation, part, wrong, f"#{key}-{wrong.record.number}")
    yield from credits.table(
        derivation, part, f"{name}: what earned marks", lambda each: _support(derivation, key, each)
    )
    if not part.steps:
        yield "<p>Nothing was handed in for this part that could be checked.</p>"
        return
    yield from steps(
        derivation,
        part,
        key,
        label=f'aria-label="{text(name)}: the steps"',
        line_href=lambda number: answer.line_href(student, derivation.source, number),
    )


def _support(derivation: DerivationRecord, key: str, support: Support) -> str:
    """The address of the row of a supporting line."""
    for place, part in enumerate(derivation.parts, start=1):
        if part.name == support.part and any(step.record.number == support.number for step in part.steps):
            return f"#{key.partition('-')[0]}-{place}-{support.number}"
    return ""
