"""What a document consists of: blocks in order, each with its place in the file.

A sentence is a Paragraph of words and inline formulas; a display stands between paragraphs as a block of its own.
"""

from __future__ import annotations

from dataclasses import dataclass

from checker.reading.tex.macros import Macros
from checker.reading.tex.tokens import Place, Source


@dataclass(frozen=True)
class Words:
    """Plain words, markup removed, runs of white space made one space (also at the ends). `place`: the first letter."""

    text: str
    place: Place


@dataclass(frozen=True)
class Formula:
    """Mathematics within a sentence, without its delimiters."""

    source: Source


@dataclass(frozen=True)
class Heading:
    """A heading, level 1 the highest; mathematics in the title is kept as LaTeX without dollars.

    part: in an answer the part of the question that begins here, "" for what is in none; None in other documents.
    foreign: what begins here answers another question.
    """

    title: str
    level: int
    place: Place
    part: str | None = None
    foreign: bool = False


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, or what stands of it beside its displays. Where a list item opens with a display it is empty.

    marker: the list marker where it starts a list item: `(a)`, `1.`, `-`, what stands in \\item[…]; else "".
    """

    pieces: tuple[Words | Formula, ...]
    place: Place
    marker: str = ""


@dataclass(frozen=True)
class Display:
    """Displayed mathematics. `environment` is `$$`, `\\[` or a name as in `align*`; `source` is what stands inside.

    place: where the delimiter opens; source.place: where the mathematics begins. hidden: a reader may not see it.
    """

    environment: str
    source: Source
    place: Place
    hidden: bool = False


@dataclass(frozen=True)
class Table:
    """A table outside mathematics, its cells as plain text with mathematics as LaTeX without dollars.

    A cell that spans several columns is followed by empty ones. places: where each row stands.
    """

    rows: tuple[tuple[str, ...], ...]
    place: Place
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Problem:
    """What could not be read. What follows it was read."""

    message: str
    place: Place


Block = Heading | Paragraph | Display | Table | Problem


@dataclass(frozen=True)
class Document:
    """A file as it was read. `name` is its stem; `macros` are its own definitions, wherever they stand in it."""

    name: str
    title: str
    blocks: tuple[Block, ...]
    macros: Macros
