"""Blocks as they are written one after the other, and the markers of LaTeX's lists."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from checker.reading.documents.blocks import Block, Formula, Paragraph, Words
from checker.reading.tex.tokens import Place

PART = re.compile(r"\s*(\((?:[a-z]|[ivx]{1,4})\)|[a-z]\)|[A-Za-z]\.(?=\s*\Z))(?=\s|\Z)(?!\s+(?:and|or|to)\b|,)\s*")
"""The marker of a part at the beginning of a paragraph: `(a)`, `(ii)`, `b)`, or `c.` alone."""


NUMBER = re.compile(r"\(?\d{1,2}[.)]")
"""The marker of a numbered item."""


PART_ALONE = re.compile(r"[ \t>]*\(?[a-z]\)[ \t]*(?:\\\\)?[ \t]*(?:\n|\Z)")
"""A line that holds nothing but the marker of a part."""


class Writer:
    """Gathers words and formulas into paragraphs, and paragraphs and other blocks into a list."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._pieces: list[Words | Formula] = []
        self._texts: list[str] = []
        self._text_place: Place | None = None
        self._marker, self._place = "", Place(1, 1)

    def begin_item(self, marker: str, place: Place) -> None:
        """Ends the paragraph; the next one starts a list item."""
        self.end_paragraph()
        self._marker, self._place = marker, place

    def words(self, text: str, place: Place) -> None:
        """Text at `place`, on one line as far as its first letter, joined to the words before it."""
        if self._text_place is None and text.strip():
            self._text_place = Place(place.line, place.column + len(text) - len(text.lstrip()))
        self._texts.append(text)

    def formula(self, formula: Formula) -> None:
        """An inline formula, as the next piece."""
        self._end_words()
        self._pieces.append(formula)

    def block(self, block: Block) -> None:
        """A block of its own, which ends the paragraph before it."""
        self.end_paragraph()
        self._blocks.append(block)

    def end_paragraph(self) -> None:
        """Makes a paragraph of the pieces so far. Without pieces there is one only where a list item begins."""
        self._end_words()
        if NUMBER.fullmatch(self._marker) and self._opens_part():
            self._blocks.append(Paragraph((), self._place, self._marker))  # "2. (a)": a question and its part
            self._marker = ""
        if not self._marker:
            self._take_marker()
        if self._pieces or self._marker:
            first = self._pieces[0] if self._pieces else None
            place = first.source.place if isinstance(first, Formula) else first.place if first else self._place
            self._blocks.append(Paragraph(_trimmed(self._pieces), place, self._marker))
        self._pieces, self._marker = [], ""

    def _opens_part(self) -> bool:
        """The paragraph begins with the marker of a part."""
        first = self._pieces[0] if self._pieces else None
        return isinstance(first, Words) and PART.match(first.text) is not None

    def _take_marker(self) -> None:
        """Makes the `(a)` that begins the words of a paragraph its marker."""
        first = self._pieces[0] if self._pieces else None
        match = PART.match(first.text) if isinstance(first, Words) else None
        if match is None or not isinstance(first, Words):
            return
        self._marker, self._place = match[1], first.place
        if rest := first.text[match.end() :]:
            place = Place(first.place.line, first.place.column + match.end())
            self._pieces[0] = Words(rest, place)
        else:
            del self._pieces[0]

    def finished(self) -> tuple[Block, ...]:
        """All blocks, in order."""
        self.end_paragraph()
        return tuple(self._blocks)

    def _end_words(self) -> None:
        text = re.sub(r"\s+", " ", "".join(self._texts))
        if self._text_place is not None:
            self._pieces.append(Words(text, self._text_place))
        self._texts, self._text_place = [], None


def _trimmed(pieces: list[Words | Formula]) -> tuple[Words | Formula, ...]:
    """The pieces without white space at the paragraph's ends."""
    trimmed = list(pieces)
    if trimmed and isinstance(trimmed[0], Words):
        trimmed[0] = replace(trimmed[0], text=trimmed[0].text.lstrip())
    if trimmed and isinstance(trimmed[-1], Words):
        trimmed[-1] = replace(trimmed[-1], text=trimmed[-1].text.rstrip())
    return tuple(trimmed)


LISTS = frozenset(
    "itemize enumerate description compactenum compactitem inparaenum parts subparts questions tasks".split()
)
_ITEMS = {"parts": "part", "subparts": "subpart", "questions": "question", "tasks": "task"}
_STYLES = {
    "itemize": "-",
    "compactitem": "-",
    "description": "",
    "parts": "(a)",
    "subparts": "i.",
    "questions": "1.",
    "tasks": "a)",
}
_DEPTHS = ("1.", "(a)", "i.", "A.")


@dataclass
class List:
    """An open list: its environment, the style of its markers, and how many items it has had."""

    name: str
    option: str
    depth: int
    count: int = 0
    style: str = field(init=False)

    def __post_init__(self) -> None:
        self.style = _style(self.option) or _STYLES.get(self.name, _DEPTHS[min(self.depth, 4) - 1])

    @property
    def items(self) -> tuple[str, ...]:
        """The commands that open an item."""
        return ("item", _ITEMS.get(self.name, "item"))

    def next_marker(self, label: str) -> str:
        """The marker of the next item: its own label, or the style's next number."""
        if label and self.name not in _ITEMS:
            return re.sub(r"\\[A-Za-z]+\s*|[{}$]", "", label) or "-"
        self.count += 1
        return _PLACEHOLDER.sub(lambda match: _COUNTERS[match[0]](self.count), self.style, count=1)


_COMMANDS = {r"\alph": "a", r"\roman": "i", r"\arabic": "1", r"\Alph": "A", r"\Roman": "I"}
_PLACEHOLDER = re.compile(r"[aAiI1]")
_LABEL = re.compile(r"label\s*=\s*(\{(?:[^{}]|\{[^{}]*\})*\}|[^,]*)")


def _style(option: str) -> str:
    """The style that a list's option asks for, as in (a), [label=\\roman*)] or [(i)]; "" where it asks for none."""
    match = _LABEL.search(option)
    style = match[1] if match else option
    for command, letter in _COMMANDS.items():
        style = style.replace(f"{command}*", letter).replace(command, letter)
    style = re.sub(r"\\[A-Za-z]+\s*|[{}*]", "", style).strip()
    return style if re.fullmatch(r"\(?[aAiI1][.):]*\)?", style) else ""


def _alphabetic(count: int) -> str:
    return chr(ord("a") + (count - 1) % 26)


def _roman(count: int) -> str:
    numerals = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
    written = ""
    for value, numeral in numerals:
        written += numeral * (count // value)
        count %= value
    return written


_COUNTERS: dict[str, Callable[[int], str]] = {
    "a": _alphabetic,
    "A": lambda count: _alphabetic(count).upper(),
    "i": _roman,
    "I": lambda count: _roman(count).upper(),
    "1": str,
}
