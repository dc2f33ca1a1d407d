"""LaTeX mathematics as tokens that know where they stand.

Comments and empty groups of spacing vanish; \\text{…} and its like are one token of words. Macros are not known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

COMMAND, LETTER, DIGIT, SYMBOL, OPEN, CLOSE = "command", "letter", "digit", "symbol", "open", "close"
SUB, SUP, ALIGN, ROW, SPACE, WORDS, BEGIN, END = "sub", "sup", "align", "row", "space", "words", "begin", "end"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a file; both count from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Token:
    """One token. `text` is a command with its backslash, a character, the words of a \\text or an environment's name.

    spaced: white space stands before it.
    """

    kind: str
    text: str
    place: Place
    spaced: bool = False


class Unreadable(Exception):
    """What cannot be read for certain: what was found, where, and what would be readable."""

    def __init__(self, message: str, place: Place | None = None) -> None:
        super().__init__(message)
        self.message, self.place = message, place


class Beyond(Unreadable):
    """What is read as what it is, and no theory decides; the message names it."""


@dataclass(frozen=True)
class Source:
    """A stretch of a file: its text, and the place of its first character.

    Where lines were cut (a quoted block, a list item), `starts` gives the column of each further line.
    """

    text: str
    place: Place
    starts: tuple[int, ...] = ()

    def place_of(self, offset: int) -> Place:
        """The place of the character at `offset`."""
        before = self.text.count("\n", 0, offset)
        if not before:
            return Place(self.place.line, self.place.column + offset)
        column = offset - self.text.rindex("\n", 0, offset)
        start = self.starts[before - 1] if before <= len(self.starts) else 1
        return Place(self.place.line + before, column + start - 1)


TEXT_COMMANDS = frozenset(
    r"\text \textrm \textit \textbf \textsf \texttt \textnormal \textup \mbox \hbox \intertext \shortintertext "
    r"\emph \textsc \fbox".split()
)
"""Commands whose argument is words, perhaps with mathematics between dollar signs."""
LETTER_STYLES = {r"\textbf": r"\mathbf", r"\textit": r"\mathit", r"\textrm": r"\mathrm", r"\textsf": r"\mathsf"}
"""Those that people put around a single letter to change its looks."""
_LETTER = re.compile(r"[^\W\d_]|\\[A-Za-z]+")
SPACES = frozenset(r"\, \; \: \! \> \/ \quad \qquad \enspace \thinspace \hfill \space \~ \medspace".split()) | {
    "\\ ",
    "\\\n",
    "\\\t",
}

_TOKEN = re.compile(
    r"(?P<comment>%[^\n]*(?:\n[ \t]*)?)|(?P<row>\\\\(?:\*|\s*\[[^\]\n]{0,20}\])?|\\cr\b|\\newline\b)"
    r"|(?P<command>\\[A-Za-z@]+|\\.)|(?P<space>\s+|~)|(?P<any>[^\\])",
    re.DOTALL,
)
LONGEST = 100_000
"""Characters of a formula; one with fewer may still have too many tokens."""
_KINDS = {"{": OPEN, "}": CLOSE, "_": SUB, "^": SUP, "&": ALIGN}


def tokenize(source: Source) -> tuple[Token, ...]:
    """The tokens of a stretch of mathematics. Raises Unreadable where a brace of a \\text or environment is missing."""
    return tuple(_tokens(source))


def _tokens(source: Source) -> Iterator[Token]:
    text, offset, spaced = source.text, 0, False
    if len(text) > LONGEST:
        raise Unreadable(f"a formula of {len(text)} characters; at most {LONGEST} are read", source.place)
    lines = _Lines(source)
    while offset < len(text):
        match = _TOKEN.match(text, offset)
        if match is None:
            raise Unreadable("a backslash ends the formula", lines.place(offset))
        start, offset = offset, match.end()
        kind, found = match.lastgroup, match[0]
        if kind == "comment":
            continue
        if kind == "space":
            spaced = True
            continue
        place = lines.place(start)
        if kind == "row":
            yield Token(ROW, "\\\\", place, spaced)
        elif kind == "command":
            if found in TEXT_COMMANDS:
                words, end = _group(source, offset, found, place)
                if words is not None and found in LETTER_STYLES and _LETTER.fullmatch(words.strip()):
                    yield Token(COMMAND, LETTER_STYLES[found], place, spaced)
                elif words is None:
                    yield Token(COMMAND, found, place, spaced)
                else:
                    yield Token(WORDS, words, place, spaced)
                    offset = end
            elif found in (r"\begin", r"\end"):
                name, end = _group(source, offset, found, place)
                if name is None:
                    raise Unreadable(f"{found} without the name of an environment, as in {found}{{align}}", place)
                yield Token(BEGIN if found == r"\begin" else END, name.strip(), place, spaced)
                offset = end
            elif found in SPACES:
                yield Token(SPACE, found, place, spaced)
            else:
                yield Token(COMMAND, found, place, spaced)
        else:
            yield Token(_kind_of(found), found, place, spaced)
        spaced = False


def _kind_of(character: str) -> str:
    if character in _KINDS:
        return _KINDS[character]
    if "0" <= character <= "9":
        return DIGIT
    return LETTER if character.isalpha() else SYMBOL


def _group(source: Source, offset: int, command: str, place: Place) -> tuple[str | None, int]:
    """The text of the braces behind a command and where they end; None where no brace follows."""
    text = source.text
    while offset < len(text) and text[offset] in " \t\n*":
        offset += 1
    if offset >= len(text) or text[offset] != "{":
        return None, offset
    depth, at = 0, offset
    while at < len(text):
        if text[at] == "\\":
            at += 2
            continue
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        at += 1
        if not depth:
            return text[offset + 1 : at - 1], at
    raise Unreadable(f"the brace of {command}{{ is never closed", place)


class _Lines:
    """Places of ascending offsets, counted as one goes."""

    def __init__(self, source: Source) -> None:
        self.source, self.breaks = source, [m.start() for m in re.finditer("\n", source.text)]
        self.next = 0

    def place(self, offset: int) -> Place:
        while self.next < len(self.breaks) and self.breaks[self.next] < offset:
            self.next += 1
        first = self.source.place
        if not self.next:
            return Place(first.line, first.column + offset)
        starts = self.source.starts
        start = starts[self.next - 1] if self.next <= len(starts) else 1
        return Place(first.line + self.next, offset - self.breaks[self.next - 1] + start - 1)
