"""A text as an outline of claims, and the judgement of one claim after those before it.

What is read is kept for the next call in the same process; any process can take over, since a judgement depends only on
the text, the place, and what was found before.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

import sympy

from checker.loading import Refused
from checker.reading.documents.blocks import Display, Document, Problem
from checker.reading.documents.files import document_of, read_document
from checker.reading.layout.displays import pieces_of
from checker.reading.layout.pieces import Sign
from checker.reading.lines.judging import judge as judge_line
from checker.reading.lines.reader import read_text
from checker.reading.lines.records import Judged, Line, PartText, Reading
from checker.reading.tex.macros import NO_MACROS
from checker.reading.tex.tokens import Place, Source, Unreadable, tokenize
from checker.reading.tex.trees import items_of
from checker.reading.words.sentences import opens_declaration
from checker.record import Claim, Found, Outline, PartOutline
from checker.subject import Subject
from checker.verdict import Outcome

_KEPT: OrderedDict[Any, Reading] = OrderedDict()
MOST_KEPT = 8


def outline(subject: Subject) -> Outline:
    """What a text says; its problems where it, or a place in it, cannot be read."""
    try:
        reading = _reading(subject)
    except OSError as error:
        return Outline(problems=(f"{subject.path}: cannot be read: {error.strerror or error}",))
    except ValueError as error:
        return Outline(problems=(str(error),))
    except Refused as refused:
        return Outline(problems=tuple(map(str, refused.problems)))
    source = str(subject.path or "equal")
    problems = tuple(_problem(source, problem) for problem in reading.problems)
    marks = _max_marks(subject)
    return Outline(reading.title, tuple(_part(part, marks.get(part.name)) for part in reading.parts), problems)


def _max_marks(subject: Subject) -> dict[str, float | None]:
    """What each part of an answer can earn."""
    if subject.question is None:
        return {}
    from checker.reading.answers.answer import question_of

    return {part.name: part.max_marks for part in question_of(subject.question).parts}


def judge(
    subject: Subject,
    index: int,
    history: tuple[Found, ...],
    *,
    seed: int | None,
    explain: bool,
) -> Outcome:
    """The verdict on the claim of that number, counted over all parts from 0; `history` is of those before it."""
    lines = _reading(subject).lines
    before = [Judged(line, *found) for line, found in zip(lines, history, strict=False)]
    with sympy.evaluate(False):
        return judge_line(lines[index], before, seed=seed, explain=explain)


def with_judgements(subject: Subject, history: tuple[Found, ...]) -> tuple[Reading, list[Judged]]:
    """A text as it was read, and its lines with what was found of each."""
    reading = _reading(subject)
    return reading, [Judged(line, *found) for line, found in zip(reading.lines, history, strict=True)]


def _problem(source: str, problem: Unreadable) -> str:
    place = f":{problem.place.line}:{problem.place.column}" if problem.place else ""
    return f"{source}{place}: {problem.message}"


def _part(part: PartText, max_marks: float | None) -> PartOutline:
    return PartOutline(part.name, part.title, max_marks, tuple(_claim(line) for line in part.lines), part.position)


def _claim(line: Line) -> Claim:
    return Claim(
        number=line.number,
        source_line=line.place.line,
        relation=line.shown_sign,
        lhs=line.left,
        rhs=line.right,
        rule=line.rule,
        column=line.place.column,
    )


def _reading(subject: Subject) -> Reading:
    stamp = subject.path.stat().st_mtime_ns if subject.path else 0
    key = (subject, stamp)
    known = _KEPT.get(key)
    if known is None:
        with sympy.evaluate(False):
            known = _read(subject)
        _KEPT[key] = known
        while len(_KEPT) > MOST_KEPT:
            _KEPT.popitem(last=False)
    return known


def _read(subject: Subject) -> Reading:
    if subject.kind == "equality":
        return read_text(_equality(subject), claims=True)
    assert subject.path is not None
    document = read_document(subject.path)
    if subject.kind == "answer":
        from checker.reading.answers.answer import read_answer

        assert subject.question is not None
        return read_answer(document, subject.question, subject.asked or (subject.question,))
    return read_text(document)


def _is_statement(side: str) -> bool:
    """Whether a side holds a relation of its own."""
    try:
        pieces = pieces_of(items_of(tokenize(Source(side, Place(1, 1)))))
    except Unreadable:
        return False
    return any(isinstance(piece, Sign) for piece in pieces)


def _sentence(given: str) -> str:
    """What is given as a sentence that declares: a formula alone, or words with formulas between $."""
    if "$" not in given:
        return f"Given ${given}$"
    words = given.strip().rstrip(".")
    return words if opens_declaration(words) else f"Assume {words}"


def _equality(subject: Subject) -> Document:
    """One equality as a document: its givens as sentences, then a display."""
    text = "".join(f"{_sentence(given)}.\n\n" for given in subject.givens)
    document = document_of(text, "md", "equal")
    signs = ("=", r"\iff")
    for given in subject.givens:
        if "$" not in given and not _is_statement(given):
            right = "write a relation, as in x > 0, or a sentence with its formulas between $, as in $A$ is invertible"
            problem = Problem(f"the given '{given}' says nothing of a name; {right}", Place(1, 1))
            return Document("equal", "", (problem,), NO_MACROS)
    equation, other = map(_is_statement, (subject.lhs, subject.rhs))
    if equation != other:
        problem = Problem("one side is an equation and the other is not", Place(1, 1))
        return Document("equal", "", (*document.blocks, problem), NO_MACROS)
    formula = f"{subject.lhs} {signs[equation]} {subject.rhs}"
    display = Display("$$", Source(formula, Place(1, 1)), Place(1, 1))
    return Document("equal", "", (*document.blocks, display), NO_MACROS)
