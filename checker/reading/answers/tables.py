"""A table of an answer as lines, one for each cell: the quantity of the question's table, and the count that is stated.

Rows and columns are found by their headings, whichever way the table lies. The counts are judged under the question's
definitions, or under those of a convention that the answer states, where more of its counts are right so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from sympy import Expr, Symbol

from checker.conventions import under, values_of
from checker.derivation import Givens, Transition
from checker.printing import latex
from checker.reading.answers.counts import Count, NotACount, read_count
from checker.reading.answers.headings import meant, says
from checker.reading.documents.blocks import Display, Table
from checker.reading.documents.plain import table_rows
from checker.reading.known.scope import Scope
from checker.reading.lines.course import NOTHING
from checker.reading.lines.records import Cell, Line
from checker.reading.tex.tokens import Place, Unreadable
from checker.slips import Slips
from checker.tables import Convention, CountTable, Heading

HEADER_ROWS = 3
"""Among how many rows the headings are looked for; a title may stand above them."""
NAME_COLUMNS = 2
"""Among how many columns the names of rows are looked for; a number may stand before them."""
MOST_CELLS = 5_000
MOST_CHANGES = 6
"""How many conventions of a table are tried together."""


@dataclass(frozen=True)
class Entry:
    """A cell of an answer: which one of the question's, what stands in it, and where."""

    row: str
    column: str
    text: str
    place: Place
    problem: str = ""


@dataclass(frozen=True)
class Stray:
    """A row or column of a table that may be one of the question's, and is not for certain."""

    text: str
    place: Place
    is_row: bool


@dataclass(frozen=True)
class Layout:
    """A table whose headings were found."""

    entries: tuple[Entry, ...]
    strays: tuple[Stray, ...]
    rows: frozenset[str]
    columns: frozenset[str]


def table_in(display: Display) -> Table | None:
    """The array that a display consists of, as a table; None where it is anything else."""
    match = _ARRAY.fullmatch(display.source.text)
    if match is None or r"\begin" in match["inside"]:
        return None
    rows = table_rows(match["inside"])
    first = match.start("inside")
    places = tuple(display.source.place_of(first + at) for _, at in rows)
    return Table(tuple(cells for cells, _ in rows), display.place, places) if rows else None


_ARRAY = re.compile(
    r"\s*\\begin\s*\{(?P<name>array|tabular)\}\s*(?:\[[^\]]*\]\s*)?\{(?:[^{}]|\{[^{}]*\})*\}(?P<inside>.*)"
    r"\\end\s*\{(?P=name)\}\s*[.,]?\s*",
    re.DOTALL,
)


# --- where the headings stand -----------------------------------------------------------------------------------------


def laid_out(table: Table, asked: CountTable) -> Layout | None:
    """The cells of a table by the question's headings; None where it has not two rows or columns of the question's."""
    if sum(map(len, table.rows)) > MOST_CELLS:
        return None
    found = [each for across in (False, True) for each in _layouts(table, asked, across)]
    best = max(found, key=lambda each: len(each.rows) + len(each.columns), default=None)
    return best if best is not None and len(best.rows) + len(best.columns) > 2 else None


def _layouts(table: Table, asked: CountTable, across: bool) -> Iterator[Layout]:
    """The table with its headings in each of the first rows and columns. across: the layers lie side by side."""
    width = max(map(len, table.rows), default=0)
    grid = [(*row, *[""] * (width - len(row))) for row in table.rows]
    down, over = (asked.columns, asked.rows) if across else (asked.rows, asked.columns)
    for top in range(min(HEADER_ROWS, len(grid))):
        heads = {at: heading for at, text in enumerate(grid[top]) if (heading := _meant(text, over, across))}
        for side in range(min(NAME_COLUMNS, width)):
            names = {at: head for at in range(top + 1, len(grid)) if (head := _meant(grid[at][side], down, not across))}
            names = names or ({} if across else _numbered(grid, top, side, asked.rows))
            columns = {at: heading for at, heading in heads.items() if at != side}
            if names and columns:
                yield _layout(table, grid, (top, side), (names, columns), across)


def _meant(text: str, headings: Sequence[Heading], rows: bool) -> Heading | None:
    """The heading; a bare number is a layer's nowhere, since other rows may be counted too."""
    return meant(text, headings) if not rows or re.search("[A-Za-z]", text) else None


def _numbered(grid: Sequence[Sequence[str]], top: int, side: int, rows: Sequence[Heading]) -> dict[int, Heading]:
    """The rows below "Layer" that are 1, 2, … up to the number of all rows of the question."""
    below = range(top + 1, top + 1 + len(rows))
    numbers = [re.sub(r"[\s$.]", "", grid[at][side]) for at in range(top + 1, len(grid))]
    if not re.search(r"\blayers?\b", grid[top][side], re.IGNORECASE) or numbers != [
        str(n) for n, _ in enumerate(below, 1)
    ]:
        return {}
    found = {at: meant(f"layer {number}", rows) for at, number in zip(below, numbers, strict=True)}
    return {at: heading for at, heading in found.items() if heading is not None}


def _layout(
    table: Table,
    grid: Sequence[Sequence[str]],
    corner: tuple[int, int],
    found: tuple[Mapping[int, Heading], Mapping[int, Heading]],
    across: bool,
) -> Layout:
    names, heads = found
    top, side = corner
    times = Counter([*names.values(), *heads.values()])
    entries = []
    for at, name in names.items():
        for column, head in heads.items():
            row, of = (head.title, name.title) if across else (name.title, head.title)
            again = next((each.title for each in (name, head) if times[each] > 1), "")
            problem = f"{again} stands in the table twice" if again else ""
            entries.append(Entry(row, of, grid[at][column], table.places[at], problem))
    strays = [
        Stray(grid[at][side], table.places[at], not across)
        for at in range(top + 1, len(grid))
        if at not in names and grid[at][side] and any(grid[at][column] for column in heads)
    ]
    strays += [
        Stray(text, table.places[top], across)
        for at, text in enumerate(grid[top])
        if text and at not in heads and at != side and at > min(heads, default=0) - 1
    ]
    titles = [frozenset(heading.title for heading in each.values()) for each in found]
    rows, columns = reversed(titles) if across else titles
    return Layout(tuple(entries), tuple(strays), rows, columns)


# --- lines ------------------------------------------------------------------------------------------------------------


class Sheet:
    """What an answer says of the question's table: its cells, and the words around them."""

    def __init__(self, asked: CountTable, givens: Givens, scope: Scope, layouts: Sequence[Layout], words: str) -> None:
        self.asked, self.scope, self.layouts = asked, scope, layouts
        self.read = [(entry, self._count(entry)) for layout in layouts for entry in layout.entries]
        stated = [convention for convention in asked.conventions if says(words, convention.words)]
        self.chosen = self._chosen(givens, stated[:MOST_CHANGES])
        self.givens = under(givens, self.chosen)
        self.slips = Slips(asked, givens, self.chosen, stated)
        self.values, self.usual = values_of(self.givens), values_of(givens)

    def lines(self) -> Iterator[Line]:
        """One line for each member of each cell, and one for each heading that is not clear."""
        for entry, count in self.read:
            yield from self._of_cell(entry, count)
        rows = frozenset(title for layout in self.layouts for title in layout.rows)
        columns = frozenset(title for layout in self.layouts for title in layout.columns)
        for layout in self.layouts:
            for stray in layout.strays:
                if self._is_missed(stray, rows, columns):
                    what = "which layer" if stray.is_row else "what"
                    message = f"{what} '{stray.text[:40]}' stands for in the table is not clear"
                    yield Line(
                        0, 0, stray.place, "=", stray.text, "", self.scope, NOTHING,
                        problem=Unreadable(message, stray.place), cell=Cell("", "", of_table=True),
                    )  # fmt: skip

    def _is_missed(self, stray: Stray, rows: frozenset[str], columns: frozenset[str]) -> bool:
        """A heading of the question was not found that this one may be."""
        headings, found = (self.asked.rows, rows) if stray.is_row else (self.asked.columns, columns)
        beside = any(name in stray.text.lower() for name in self.asked.beside)
        return len(found) < len(headings) and not beside

    def _count(self, entry: Entry) -> Count | NotACount | None:
        if entry.problem:
            return NotACount(entry.problem) if entry.text else None
        names = next(heading.names for heading in self.asked.columns if heading.title == entry.column)
        try:
            return read_count(entry.text, names)
        except NotACount as problem:
            return problem

    def _chosen(self, givens: Givens, stated: Sequence[Convention]) -> tuple[Convention, ...]:
        """The conventions that the answer states and goes by: those under which most of its counts are right."""
        subsets = [each for size in range(len(stated) + 1) for each in combinations(stated, size)]
        return max(subsets, key=lambda each: self._right_under(under(givens, each)))

    def _right_under(self, givens: Givens) -> int:
        values = values_of(givens)
        return sum(
            isinstance(count, Count) and values.get(self.asked.cells[entry.row, entry.column]) == count.value
            for entry, count in self.read
        )

    def _of_cell(self, entry: Entry, count: Count | NotACount | None) -> Iterator[Line]:
        quantity = self.asked.cells[entry.row, entry.column]
        shown = latex(quantity)
        if count is None:
            return
        cell = Cell(entry.row, entry.column, of_table=True)
        if isinstance(count, NotACount):
            problem = Unreadable(str(count), entry.place)
            yield Line(0, 0, entry.place, "=", shown, entry.text, self.scope, NOTHING, problem=problem, cell=cell)
            return
        tree: Expr = quantity
        for member in count.members:
            stated = replace(
                cell,
                claim=Transition(0, "=", tree, member.tree),
                givens=self.givens,
                hint=self.slips.hint(entry.row, entry.column, member.value) if tree is quantity else "",
                note=self._note(quantity),
                ends=member is count.members[-1],
                right=self.values.get(quantity) == count.value,
            )
            sign = "~=" if count.about else "="
            yield Line(0, 0, entry.place, sign, shown, member.shown, self.scope, NOTHING, cell=stated)
            tree, shown = member.tree, member.shown

    def _note(self, quantity: Symbol) -> str:
        """The conventions that the answer goes by, where they change the count."""
        if not self.chosen or self.values.get(quantity) == self.usual.get(quantity):
            return ""
        return "counted with " + " and ".join(each.title for each in self.chosen)
