"""An answer cut into the parts of its question, as students mark them.

    ## (c)      (c) By Bayes …      c.      Part c:      2(c)      Q2 c      **c)**      \\item[(c)]

The strongest kind of marks that names a part is what counts: headings, else words that stand alone or before a colon,
else the markers of lists and paragraphs; so that a list (a), (b) within a part that has a heading stays in it. What a
mark of another question opens is not of this one, unless no mark names a question that was asked: then students count
their questions in their own way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import zip_longest

from checker.reading.documents.blocks import Block, Document, Heading, Paragraph, Words

BELOW_ALL = 7
"""The level of a mark that is no heading."""


class Kind(IntEnum):
    """What a mark is, the strongest last."""

    MARKER = 1
    WORDS = 2
    HEADING = 3


@dataclass(frozen=True)
class Mark:
    """What a block says of where it stands: the number of a question, a part, or both; "" where it names none.

    dotted: it is a number with a dot, as 2.3, which may also be a section's. listed: it is the number of a list's item.
    """

    kind: Kind
    question: str
    part: str
    dotted: bool = False
    listed: bool = False


@dataclass(frozen=True)
class Question:
    """A question that is asked: its name, its parts."""

    name: str
    parts: tuple[str, ...]

    @property
    def number(self) -> str:
        """The number in its name: 2 of q2."""
        match = re.search(r"\d+$", self.name)
        return match[0].lstrip("0") if match else ""


def cut(document: Document, questions: Sequence[Question], asked: int) -> Document:
    """The document with the blocks of one question, those in no question with the first one's.

    Each of its headings begins a part, named by `part`; every other heading of the answer is gone.
    """
    marks = _with_bare_numbers(document.blocks, [_mark(block, questions) for block in document.blocks], questions)
    marks = _with_small_words(document.blocks, marks)
    marks = _with_counted_headings(document.blocks, marks, questions)
    marks = _by_letters(marks, questions, asked)
    marks = _with_first(marks, questions, asked)
    kinds = {mark.kind for mark in marks if mark and mark.part and _of(mark, questions, asked)}
    numbered = any(mark and mark.question in {q.number for q in questions} for mark in marks)
    cutter = _Cutter(questions, asked, max(kinds, default=Kind.HEADING), numbered)
    cutter.now = _meant(document.name, questions, [] if numbered else marks)
    return replace(document, blocks=tuple(cutter.blocks(document.blocks, marks)))


def _by_letters(marks: Sequence[Mark | None], questions: Sequence[Question], asked: int) -> list[Mark | None]:
    """The marks with the letters of the parts for their numbers, where an answer that names no letter counts its parts.

    Part 1, Part 2, … or (i), (ii), … are then (a), (b), …, and so are the items 1., 2., … of a list that has one for
    each part; else a number says nothing of a part.
    """
    question = questions[asked]
    own = [
        m for m in marks if m and m.part and (m.question == question.number or len(questions) == 1 and not m.question)
    ]
    lettered = any(mark.part in question.parts for mark in own)
    strongest = max((mark.kind for mark in own), default=Kind.HEADING)
    own = [mark for mark in own if mark.kind == strongest]
    numbers = [_number_of(mark) for mark in own]
    listed = any(mark.listed for mark in own)
    counted = (
        not lettered
        and (numbers == list(range(1, len(question.parts) + 1)) if listed else len({n for n in numbers if n}) > 1)
        and all(0 < n <= len(question.parts) for n in numbers)
        and numbers == sorted(numbers)
    )
    found: list[Mark | None] = []
    for mark in marks:
        if mark is None or not mark.part.isdigit() and not (counted and mark in own):
            found.append(mark)
        elif counted and mark in own:
            found.append(replace(mark, part=question.parts[_number_of(mark) - 1]))
        else:
            found.append(replace(mark, part="") if mark.question and not mark.dotted else None)
    return found


def _with_first(marks: Sequence[Mark | None], questions: Sequence[Question], asked: int) -> Sequence[Mark | None]:
    """The marks, the first part's as strong as those of the others: "2. (a)", and "(b)", "(c)" for the rest.

    Where marks of the strongest kind name that part alone, and those of one weaker kind all that follow, once each.
    """
    own = [mark for mark in marks if mark and mark.part and _of(mark, questions, asked)]
    strongest = max((mark.kind for mark in own), default=Kind.MARKER)
    named = [mark for mark in own if mark.kind == strongest]
    others = [mark for mark in own if mark.kind != strongest]
    parts = questions[asked].parts
    alone = len(named) == 1 and named[0].part == parts[0] and own[0] is named[0]
    if not alone or len({mark.kind for mark in others}) != 1 or [mark.part for mark in others] != [*parts[1:]]:
        return marks
    return [replace(mark, kind=others[0].kind) if mark is named[0] else mark for mark in marks]


def _number_of(mark: Mark) -> int:
    """The number of a part, in digits or as a Roman numeral; 0 where it is none."""
    return int(mark.part) if mark.part.isdigit() else _ROMAN.get(mark.part, 0)


def _meant(name: str, questions: Sequence[Question], marks: Sequence[Mark | None]) -> int | None:
    """The question before any mark: the only one, the one that the file is named after, or the only one with all parts
    that are marked in it.

    None where several may be meant.
    """
    named = [at for at, q in enumerate(questions) if re.search(rf"(?<![a-z]){q.name}(?!\d)", name.lower())]
    every = {part for question in questions for part in question.parts}
    parts = {mark.part for mark in marks if mark and mark.part in every}
    fitting = [at for at, question in enumerate(questions) if parts and parts.issubset(question.parts)]
    candidates = [range(1)] if len(questions) == 1 else [named, fitting]
    return next((found[0] for found in candidates if len(found) == 1), None)


def _of(mark: Mark, questions: Sequence[Question], asked: int) -> bool:
    """The mark names a part that the question has."""
    return mark.part in questions[asked].parts


class _Cutter:
    """Goes through the blocks of an answer; knows in which question and part each one is."""

    def __init__(self, questions: Sequence[Question], asked: int, kind: Kind, numbered: bool) -> None:
        self.questions, self.asked, self.kind, self.numbered = questions, asked, kind, numbered
        self.now: int | None = None
        self.part = ""
        self.level = self.question_level = 0

    def blocks(self, blocks: Sequence[Block], marks: Sequence[Mark | None]) -> Iterator[Block]:
        inside: tuple[str, bool] | None = None
        for block, mark in zip(blocks, marks, strict=True):
            self._enter(block, mark)
            if not self._here:
                inside = None
                continue
            is_heading = isinstance(block, Heading)
            here = (self.part, self._foreign)
            if inside != here or is_heading and not self.part:
                yield Heading(block.title if isinstance(block, Heading) else "", 1, block.place, *here)
            inside = here
            if not is_heading:
                yield block

    @property
    def _here(self) -> bool:
        """In the question that is read, or in none that is asked and it is the first."""
        return self.now == self.asked or self.asked == 0 and (self.now is None or self._foreign)

    @property
    def _foreign(self) -> bool:
        """In a question that was not asked."""
        return self.now is not None and self.now < 0

    def _enter(self, block: Block, mark: Mark | None) -> None:
        level = block.level if isinstance(block, Heading) else BELOW_ALL
        if mark is not None and mark.question and self.numbered:
            self.now = next((at for at, q in enumerate(self.questions) if q.number == mark.question), -1)
            self.part, self.level, self.question_level = "", level, level
        if mark is not None and mark.part and mark.kind == self.kind:
            parts = self.questions[self.now].parts if self.now is not None and self.now >= 0 else ()
            self.part, self.level = mark.part if mark.part in parts and not self._foreign else "", level
        elif isinstance(block, Heading) and (mark is None or not mark.question) and level <= self.level:
            self.part = ""
            if level <= self.question_level:
                self.level = level


# --- marks ----------------------------------------------------------------------------------------------------------

_QUESTION = r"(?:q(?:uestion|n)?|problem|exercise|ex|task|aufgabe)\s*\.?\s*#?\s*(?P<question>\d{1,2})"
_LETTER = r"(?P<part>[a-z]|[ivx]{1,4})"
_PATTERNS = (
    re.compile(rf"{_QUESTION}\s*[.,:\-–—]?\s*(?:part\s*)?[(\[]?{_LETTER}(?P<end>[)\]]|(?![\w(]))", re.IGNORECASE),
    re.compile(rf"{_QUESTION}\s*\.\s*(?P<part>\d)(?P<end>)(?![\d.])", re.IGNORECASE),
    re.compile(rf"{_QUESTION}(?P<end>)(?!\s*[\d(])", re.IGNORECASE),
    re.compile(
        rf"(?P<question>\d{{1,2}})\.\d{{1,2}}\s*[.:]?\s*(?:part\s*)?[(\[]{_LETTER}(?P<end>[)\]])", re.IGNORECASE
    ),
    re.compile(rf"(?P<question>\d{{1,2}})\s*\.?\s*[(\[]?{_LETTER}(?P<end>[)\]]|(?![\w(]))", re.IGNORECASE),
    re.compile(r"(?:sub)?part\s*[(\[]?(?P<part>\d)(?P<end>[)\]]|(?![\w(.]))", re.IGNORECASE),
    re.compile(rf"(?:sub)?part\s*[(\[]?{_LETTER}(?P<end>[)\]]|(?![\w(]))", re.IGNORECASE),
    re.compile(rf"[(\[]{_LETTER}(?P<end>[)\]])", re.IGNORECASE),
    re.compile(rf"{_LETTER}(?P<end>[)\].:])", re.IGNORECASE),
    re.compile(rf"{_LETTER}(?P<end>\s*\Z)", re.IGNORECASE),
)
"""How a title names a question, a part, or both."""
_SMALL = re.compile(r"\(?(?P<part>[a-z])[.)]\s+(?!and\b|or\b|to\b|we\b)[a-z]")
_BARE = re.compile(r"[\s*_#.-]*0?(?P<number>\d{1,2})\s*[.):]?[\s*_]*")
_NUMBERED = re.compile(r"(?P<question>\d{1,2})\.(?P<part>\d)(?![\d.])")
"""How a heading names a question and the number of a part."""
_ITEM = re.compile(r"\(?(?P<number>[1-9]\d?)[.)]")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8}
_OPEN = re.compile(r"[\s\W]*", re.ASCII)


def _with_bare_numbers(
    blocks: Sequence[Block], marks: Sequence[Mark | None], questions: Sequence[Question]
) -> Sequence[Mark | None]:
    """The marks, and headings that are numbers alone as those of questions: "## 1." with its (a) and (b).

    Only where each question that is asked has one, and letters name parts: else they may be the parts. A number alone
    in a paragraph, or a list's, is that of a question where a letter follows directly: "2." before "(a)".
    """
    known = {question.number for question in questions}
    marks = [
        Mark(Kind.WORDS, number, "")
        if (number := _alone(block)) in known and following is not None and following.part.isalpha()
        else mark
        for block, mark, following in zip_longest(blocks, marks, marks[1:])
    ]
    numbers = [
        match["number"] if isinstance(block, Heading) and (match := _BARE.fullmatch(block.title)) else ""
        for block in blocks
    ]
    lettered = any(mark and mark.part and not mark.question for mark in marks)
    if not lettered or not known <= set(filter(None, numbers)):
        return marks
    return [Mark(Kind.HEADING, number, "") if number else mark for number, mark in zip(numbers, marks, strict=True)]


def _with_small_words(blocks: Sequence[Block], marks: Sequence[Mark | None]) -> Sequence[Mark | None]:
    """The marks, and those of paragraphs that go on in small letters, "d. lagrangian:", next to a marked letter.

    Only where no other mark names that letter: "i. e." and "(a) and (b) are alike" name no part.
    """
    small = [_SMALL.match(_opening(block)) if mark is None else None for block, mark in zip(blocks, marks, strict=True)]
    letters = [match["part"].lower() for match in small if match]
    named = {mark.part for mark in marks if mark}
    every = named | set(letters)
    found: list[Mark | None] = []
    for mark, match in zip(marks, small, strict=True):
        letter = match["part"].lower() if match else ""
        beside = {chr(ord(letter) - 1), chr(ord(letter) + 1)} & every if letter else set()
        certain = bool(beside) and letters.count(letter) == 1 and letter not in named
        found.append(Mark(Kind.MARKER, "", letter) if certain else mark)
    return found


def _with_counted_headings(
    blocks: Sequence[Block], marks: Sequence[Mark | None], questions: Sequence[Question]
) -> Sequence[Mark | None]:
    """The marks, and headings without a title, which LaTeX counts, as the parts of the only question.

    Only where nothing else names a part, and there are as many of one level as the question has parts.
    """
    empty = [at for at, block in enumerate(blocks) if isinstance(block, Heading) and not block.title.strip()]
    levels = {block.level for at in empty if isinstance(block := blocks[at], Heading)}
    if len(questions) > 1 or len(levels) != 1 or any(mark and mark.part for mark in marks):
        return marks
    parts = questions[0].parts
    if len(empty) != len(parts):
        return marks
    named = {at: Mark(Kind.HEADING, "", part) for at, part in zip(empty, parts, strict=True)}
    return [named.get(at, mark) for at, mark in enumerate(marks)]


def _opening(block: Block) -> str:
    """The words that a paragraph opens with."""
    first = block.pieces[0] if isinstance(block, Paragraph) and block.pieces else None
    return first.text if isinstance(first, Words) and not block.marker else ""  # type: ignore[union-attr]


def _alone(block: Block) -> str:
    """The number that is all that a paragraph says, "" where it says anything else."""
    if not isinstance(block, Paragraph) or len(block.pieces) > 1 or block.pieces and block.marker:
        return ""
    text = block.marker or "".join(piece.text for piece in block.pieces if isinstance(piece, Words))
    match = _BARE.fullmatch(text)
    return match["number"] if match else ""


def _mark(block: Block, questions: Sequence[Question]) -> Mark | None:
    """What a block says of where it stands."""
    if isinstance(block, Heading):
        title = block.title.lstrip(" *_#.-")
        found = _named(title)
        if found is None and (match := _NUMBERED.match(title)):
            return Mark(Kind.HEADING, match["question"].lstrip("0"), match["part"], dotted=True)
        return Mark(Kind.HEADING, found[0], found[1]) if found else None
    if not isinstance(block, Paragraph):
        return None
    if block.marker and (found := _named(block.marker)) and not found[0] and found[1]:
        return Mark(Kind.MARKER, "", found[1])
    if match := _ITEM.fullmatch(block.marker):
        return Mark(Kind.MARKER, "", match["number"], listed=True)
    first = block.pieces[0] if block.pieces else None
    if not isinstance(first, Words):
        return None
    return _in_words(first.text, alone=len(block.pieces) == 1)


def _named(title: str) -> tuple[str, str] | None:
    """The question's number and the part that a title opens with, None where it opens with neither."""
    for pattern in _PATTERNS:
        match = pattern.match(title)
        if match is not None:
            names = match.groupdict()
            return (names.get("question") or "").lstrip("0"), (names.get("part") or "").lower()
    return None


def _in_words(text: str, *, alone: bool) -> Mark | None:
    """A paragraph that opens with a mark: nothing else stands in it, or a colon, a dash or a bracket sets it apart."""
    for pattern in _PATTERNS:
        match = pattern.match(text)
        if match is None:
            continue
        rest, names = text[match.end() :], match.groupdict()
        question, part = (names.get("question") or "").lstrip("0"), (names.get("part") or "").lower()
        ended = not rest.strip(" .:)\\") and alone
        set_apart = bool(re.match(r"\s*[:.–—]\s|\s*[:–—]|\s*-\s", rest)) or bool(
            names.get("end") in (")", "]", ".", ":") and re.match(r"\s+(?:[A-Z]|$)", rest)
        )
        if pattern is _PATTERNS[-1]:
            return Mark(Kind.MARKER, "", part) if alone else None
        if ended or set_apart:
            worded = bool(question) or text.lower().startswith(("part", "subpart"))
            return Mark(Kind.WORDS if worded else Kind.MARKER, question, part)
        return None
    return None
