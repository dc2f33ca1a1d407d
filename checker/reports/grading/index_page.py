"""The page of the class: its students in a table, its marks, and where it goes wrong."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence

from checker.marks import Student
from checker.reports.grading import charts, phrases, survey
from checker.reports.grading.page import href, link, page
from checker.reports.grading.survey import Surveyed
from checker.reports.html_parts import text
from checker.reports.words import marks, number, several
from checker.visible import one_line


def pieces(students: Sequence[Student], files: Sequence[str], title: str) -> Iterator[str]:
    """The page; `files` are the names of the students' pages, without folder and ending."""
    return page(title, _body(students, files, title), kind="index")


def student_href(file: str, target: str = "") -> str:
    """The address of a student's page, from the page of the class."""
    return href(f"students/{file}.html", target)


def _body(students: Sequence[Student], files: Sequence[str], title: str) -> Iterator[str]:
    parts = survey.surveyed(students)
    yield f"<header><h1>{text(title)}</h1>"
    yield from _counts(students)
    yield "</header>"
    if not students:
        yield "<main><p>There are no answers.</p></main>"
        return
    yield '<nav aria-label="On this page"><ul><li><a href="#students">Students</a></li>'
    yield '<li><a href="#marks">Marks</a></li><li><a href="#wrong">Where it goes wrong</a></li></ul></nav>'
    yield '<main><section aria-labelledby="students"><h2 id="students">Students</h2>'
    yield _CONTROLS
    yield from _table(students, files, parts)
    yield "</section>"
    yield from _marks(students)
    yield from _wrong(students, files, parts)
    yield '</main><footer><p class="quiet">The same numbers: <a href="marks.csv">marks.csv</a>, for spreadsheets; '
    yield '<a href="results.json">results.json</a>, for programs.</p></footer>'


_CONTROLS = """<form id="controls" class="controls" hidden>
<label for="words">Filter <input id="words" type="search" placeholder="name or flag" autocomplete="off"></label>
<label for="person"><input id="person" type="checkbox"> needs a person</label>
<p id="shown" role="status" class="quiet"></p></form>"""


def _counts(students: Sequence[Student]) -> Iterator[str]:
    mean, median = survey.middle([student.marks for student in students])
    most = max((student.max_marks for student in students), default=0)
    found = [
        several(len(students), "student"),
        f"mean {marks(mean)}, median {marks(median)} of {marks(most)}" if students else "",
        _flagged(sum(map(phrases.needs_person, students)), "needs a person", "need a person"),
        _flagged(sum(map(phrases.unreadable, students)), "has what could not be read", "have what could not be read"),
        _flagged(sum(bool(phrases.overrides(student)) for student in students), "with marks set by hand"),
    ]
    yield f'<ul class="counts">{"".join(f"<li>{each}</li>" for each in found if each)}</ul>'


def _flagged(count: int, one: str, many: str = "") -> str:
    return f"{count} {one if count == 1 else many or one}" if count else ""


# The table


def _table(students: Sequence[Student], files: Sequence[str], parts: Sequence[Surveyed]) -> Iterator[str]:
    yield '<div class="scrolled" role="region" aria-labelledby="students" tabindex="0">'
    yield '<table id="class"><caption>Marks by part and in all</caption><thead><tr><th scope="col">student</th>'
    for part in parts:
        yield f'<th scope="col" class="number">{text(part.name)} {_most(part.max_marks)}</th>'
    yield '<th scope="col" class="number">total</th><th scope="col" data-first="descending">flags</th>'
    yield "</tr></thead><tbody>"
    for student, file in zip(students, files, strict=True):
        yield from _row(student, file, parts)
    yield "</tbody></table></div>"


def _row(student: Student, file: str, parts: Sequence[Surveyed]) -> Iterator[str]:
    found = phrases.marks_by_part(student)
    person = "yes" if phrases.needs_person(student) else "no"
    yield f'<tr data-person="{person}"><th scope="row">{link(student_href(file), phrases.name(student))}</th>'
    for surveyed in parts:
        earned = found.get(surveyed.name)
        if earned is None:
            yield '<td class="number quiet" data-value="">–</td>'
            continue
        share = earned / surveyed.max_marks
        looks = "full" if share >= 1 else "none" if share <= 0 else "some"
        yield f'<td class="number {looks}" data-value="{number(earned)}">{marks(earned)}</td>'
    total = f"{marks(student.marks)} {_most(student.max_marks)}"
    yield f'<td class="number total" data-value="{number(student.marks)}">{total}</td>'
    yield from _flags(student, file)
    yield "</tr>"


def _most(value: float) -> str:
    return f'<span class="quiet">/{marks(value)}</span>'


def _flags(student: Student, file: str) -> Iterator[str]:
    person, unreadable = phrases.needs_person(student), phrases.unreadable(student)
    overridden = [name for name, _ in phrases.overrides(student)]
    weight = 4 * person + 2 * unreadable + bool(overridden)
    yield f'<td class="flags" data-value="{weight}">'
    if unreadable:
        yield '<span class="flag unreadable">unreadable</span>'
    if person:
        places = [
            link(student_href(file, key), phrases.full_name(derivation, part))
            for key, derivation, part in phrases.keyed(student)
            if part.marked is not None and part.marked.person
        ]
        where = f": {', '.join(places)}" if places else ""
        why = html.escape(one_line("; ".join(student.person)))
        yield f'<span class="flag undecided" title="{why}">needs a person{where}</span>'
    if overridden:
        yield f'<span class="flag supported">overridden: {text(", ".join(overridden))}</span>'
    yield "</td>"


# Pictures


def _marks(students: Sequence[Student]) -> Iterator[str]:
    yield '<section aria-labelledby="marks"><h2 id="marks">Marks</h2>'
    most = max(student.max_marks for student in students)
    columns = survey.histogram([student.marks for student in students], most)
    if columns:
        yield from charts.histogram(columns, "marks-in-words", f"Marks of {several(len(students), 'student')}")
    else:
        yield "<p>There are no marks to be had.</p>"
    yield "</section>"


def _wrong(students: Sequence[Student], files: Sequence[str], parts: Sequence[Surveyed]) -> Iterator[str]:
    yield '<section aria-labelledby="wrong"><h2 id="wrong">Where it goes wrong</h2><div class="parts">'
    for place, part in enumerate(parts, start=1):
        yield from _part(students, files, part, f"part{place}")
    yield "</div></section>"


def _part(students: Sequence[Student], files: Sequence[str], part: Surveyed, key: str) -> Iterator[str]:
    def to_student(place: int) -> str:
        return link(student_href(files[place]), phrases.name(students[place]))

    answers = len(part.marks)
    mean, median = survey.middle(part.marks)
    full = sum(each >= part.max_marks for each in part.marks)
    yield f'<article aria-labelledby="{key}"><h3 id="{key}">{text(f"{part.name} {part.title}")}</h3>'
    yield f'<p class="quiet">mean {marks(mean)}, median {marks(median)} of {marks(part.max_marks)}; '
    yield f"{full} of {several(answers, 'student')} with all marks</p>"
    for heading, groups, fine in (
        ("First result that is not reached", part.targets, survey.ALL_REACHED),
        ("First wrong step of the answer", part.steps, survey.NO_STEP),
        ("Slips, by the hints of wrong steps", part.slips, ""),
    ):
        if groups:
            yield f"<h4>{heading}</h4>"
            yield from charts.bars(groups, answers, to_student, fine)
    yield "</article>"
