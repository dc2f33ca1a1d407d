"""The rows and columns of a display; environments and boxes that only arrange them are unwrapped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from checker.reading.tex import tokens as t
from checker.reading.tex.items import Environment, Group, Item, is_a, text_of, unclosed
from checker.reading.tex.signs import ARROWS, CLOSING, OPENING, RELATIONS

ROWS = {
    "aligned", "align", "align*", "alignat", "alignat*", "alignedat", "split", "gather", "gather*", "gathered",
    "multline", "multline*", "multlined", "eqnarray", "eqnarray*", "equation", "equation*", "flalign", "flalign*",
    "displaymath", "math", "IEEEeqnarray", "IEEEeqnarray*", "subequations", "dmath", "dmath*", "array", "tabular",
    "center", "dcases*", "xalignat", "minipage", "alignedat*", "flushleft", "empheq", "spreadlines",
}  # fmt: skip
"""Environments of rows; others (cases, matrices) are parts of a formula."""


def rows_of(items: Sequence[Item]) -> list[list[list[Item]]]:
    """Rows of columns; environments of rows are unwrapped, and boxes that hold a relation or a column."""
    rows: list[list[list[Item]]] = [[[]]]
    for item in _unwrapped(_system(items)):
        if is_a(item, t.ROW):
            rows.append([[]])
        elif is_a(item, t.ALIGN):
            rows[-1].append([])
        else:
            rows[-1][-1].append(item)
    return rows


def by_column(rows: list[list[list[Item]]]) -> list[list[list[Item]]]:
    """The rows; of chains side by side that go on below, one pair of columns after the other."""
    pairs = max(len(row) + 1 for row in rows) // 2
    goes_on = any(
        text_of(rest_of([*row[2 * n], *row[min(2 * n + 1, len(row) - 1)]], 0)[0]) in RELATIONS
        for row in rows[1:]
        for n in range(1, pairs)
        if len(row) > 2 * n
        and rest_of(row[2 * n] + row[min(2 * n + 1, len(row) - 1)], 0)
        and holds_relation([item for column in row[2 * n - 2 : 2 * n] for item in column])
    )
    if pairs < 2 or not goes_on:
        return rows
    return [row[2 * n : 2 * n + 2] for n in range(pairs) for row in rows if any(row[2 * n : 2 * n + 2])]


def _system(items: Sequence[Item]) -> Sequence[Item]:
    """The rows of a system behind one big brace, or of `cases` that hold relations and stand alone."""
    solid = [item for item in items if not is_a(item, t.SPACE)]
    if len(solid) > 1 and text_of(solid[0]) in (r"\{", r"\lbrace") and unclosed(solid) > 0:
        solid = solid[1:]
    if (
        len(solid) == 1
        and isinstance(solid[0], Environment)
        and solid[0].name.rstrip("*") in ("cases", "dcases", "rcases", *ROWS)
        and holds_relation(solid[0].items)
    ):
        return solid[0].items
    return items


def _unwrapped(items: Iterable[Item]) -> list[Item]:
    found: list[Item] = []
    for item in items:
        rows = isinstance(item, Environment) and item.name in ROWS
        inside = _unwrapped(item.items) if rows or isinstance(item, Group) and item.box else []  # type: ignore[union-attr]
        if rows or _shows_relation(inside):
            found += inside
        else:
            found.append(item)
    return found


def holds_relation(items: Iterable[Item]) -> bool:
    return _shows_relation(_unwrapped(items))


def _shows_relation(items: Iterable[Item]) -> bool:
    """A relation outside brackets, or the end of a row or column."""
    depth = 0
    for item in items:
        text = text_of(item)
        depth += (text in OPENING) - (text in CLOSING)
        if depth <= 0 and (text in RELATIONS or text in ARROWS) or is_a(item, t.ALIGN) or is_a(item, t.ROW):
            return True
    return False


def rest_of(items: Sequence[Item], at: int) -> list[Item]:
    return [item for item in items[at:] if not is_a(item, t.SPACE)]
