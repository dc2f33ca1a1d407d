"""A table of counts as part of a question: what an author writes, as frozen data.

Heading      a row or a column: its title, and how else it is written
Convention   another way to count, which an answer may choose where it says so
Slip         a factor that a wrong count is often off by, and why
LayerKind    a kind of layer, with the formulas for its counts
CountTable   the table: its headings, the quantity in each cell, and these
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from sympy import Basic, Rational, Symbol


@dataclass(frozen=True)
class Heading:
    """A row or a column. names: how else answers call it, in words and numbers (`conv 1`), whatever the case."""

    title: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Convention:
    """Another way to count: definitions that take the place of the question's, where an answer says one of `words`."""

    title: str
    words: tuple[str, ...]
    definitions: tuple[Basic, ...]


@dataclass(frozen=True)
class Slip:
    """A wrong count in one of the rows is `factor` times the right one, since `reason`."""

    factor: Rational
    reason: str
    rows: tuple[str, ...]


@dataclass(frozen=True)
class LayerKind:
    """A kind of layer: the formulas for its counts, as Eq(letter, formula).

    words: by which an answer names the kind. shapes: what the letters of the formulas may stand for, as definitions;
    an answer chooses one for all its formulas of the kind, the first where several would do.
    """

    title: str
    words: tuple[str, ...]
    formulas: tuple[Basic, ...]
    shapes: tuple[tuple[Basic, ...], ...] = ((),)


@dataclass(frozen=True)
class CountTable:
    """cells: the quantity by the titles of row and column, defined by the givens. marks: for one cell.

    beside: names of rows that are none of the question's, as of layers without weights.
    """

    rows: tuple[Heading, ...]
    columns: tuple[Heading, ...]
    cells: Mapping[tuple[str, str], Symbol]
    marks: float
    conventions: tuple[Convention, ...] = ()
    slips: tuple[Slip, ...] = ()
    kinds: tuple[LayerKind, ...] = ()
    beside: tuple[str, ...] = ()

    @property
    def max_marks(self) -> float:
        """What the whole table can earn."""
        return self.marks * len(self.cells)


def count_table(
    rows: Mapping[tuple[str, ...], Sequence[Symbol]],
    columns: Iterable[tuple[str, ...]],
    marks: float,
    conventions: Iterable[Convention] = (),
    slips: Iterable[Slip] = (),
    kinds: Iterable[LayerKind] = (),
    beside: Iterable[str] = (),
) -> CountTable:
    """The table with those rows, each with a quantity for each column; of a heading's names the first is its title.

    Raises ValueError where a row has not one quantity for each column, or a title stands twice.
    """
    across = tuple(Heading(names[0], names) for names in columns)
    down = tuple(Heading(names[0], names) for names in rows)
    for headings in (across, down):
        titles = [heading.title for heading in headings]
        if twice := [title for title in titles if titles.count(title) > 1]:
            raise ValueError(f"the table has {twice[0]!r} twice")
    cells: dict[tuple[str, str], Symbol] = {}
    for heading, quantities in zip(down, rows.values(), strict=True):
        if len(quantities) != len(across):
            raise ValueError(f"the row {heading.title!r} has {len(quantities)} quantities for {len(across)} columns")
        cells |= {(heading.title, column.title): each for column, each in zip(across, quantities, strict=True)}
    return CountTable(
        down, across, MappingProxyType(cells), marks, tuple(conventions), tuple(slips), tuple(kinds), tuple(beside)
    )
