"""The rows and columns of a display; environments and boxes that only arrange them are unwrapped."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import replace

from checker.reading.tex import tokens as t
from checker.reading.tex.items import Environment, Group, Item, is_a, is_operator, text_of, unclosed
from checker.reading.tex.signs import ADDITIVE, ARROWS, CLOSING, OPENING, RELATIONS

ROWS = {
    "aligned", "align", "align*", "alignat", "alignat*", "alignedat", "split", "gather", "gather*", "gathered",
    "multline", "multline*", "multlined", "eqnarray", "eqnarray*", "equation", "equation*", "flalign", "flalign*",
    "displaymath", "math", "IEEEeqnarray", "IEEEeqnarray*", "subequations", "dmath", "dmath*", "center", "dcases*",
    "xalignat", "minipage", "alignedat*", "flushleft", "empheq", "spreadlines",
}  # fmt: skip
"""Environments of rows; others (cases, matrices) are parts of a formula."""
TABLES = {"array", "tabular"}
"""Environments of rows where they hold relations, and else matrices."""
_BRACES = (r"\{", r"\lbrace")


def rows_of(items: Sequence[Item]) -> list[list[list[Item]]]:
    """Rows of columns; environments of rows are unwrapped, and boxes that hold a relation or a column."""
    rows: list[list[list[Item]]] = [[[]]]
    for item in _with_cases(_unwrapped(_system(items))):
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
    if len(solid) > 1 and text_of(solid[0]) in _BRACES and unclosed(solid) > 0:
        solid = solid[1:]
    if (
        len(solid) == 1
        and isinstance(solid[0], Environment)
        and solid[0].name.rstrip("*") in ("cases", "dcases", "rcases", *ROWS, *TABLES)
        and holds_relation(solid[0].items)
    ):
        return solid[0].items
    return items


def _unwrapped(items: Iterable[Item]) -> list[Item]:
    found: list[Item] = []
    depth, related = 0, False  # of what stands before the item in its row
    for item in items:
        inside = _arranged(item, depth > 0, related)
        if inside is None:
            found.append(item)
        else:
            found += inside
        text = text_of(item)
        if is_a(item, t.ROW):
            depth, related = 0, False
        depth += (text in OPENING) - (text in CLOSING)
        related |= text in RELATIONS
    return found


def _arranged(item: Item, bracketed: bool, related: bool) -> list[Item] | None:
    """What the environment or box only arranges; None where it is a part of a formula, as a vector is.

    bracketed: it stands in brackets; related: behind a relation of its row.
    """
    if isinstance(item, Group) and item.box:
        inside = _unwrapped(item.items)
        return inside if _shows_relation(inside) else None
    if not isinstance(item, Environment) or item.name not in ROWS | TABLES:
        return None
    inside = _unwrapped(item.items)
    if item.name in TABLES:
        lines = not bracketed and not related and _shows_relation(inside, breaks=False)
        return inside if lines or _goes_on(inside, table=True) else None
    return inside if not bracketed or _shows_relation(inside, breaks=False) or _goes_on(inside) else None


def _goes_on(items: Sequence[Item], table: bool = False) -> bool:
    """Each row is joined to the next one by an operator; in a table, `a \\\\ -b` may be two entries."""
    rows: list[list[Item]] = [[]]
    for item in items:
        if table and is_a(item, t.ALIGN):
            return False
        if is_a(item, t.ROW):
            rows.append([])
        elif not is_a(item, t.SPACE) and not is_a(item, t.ALIGN):
            rows[-1].append(item)
    rows = [row for row in rows if row]
    opens = [is_operator(row[0]) and not (table and ADDITIVE.get(text_of(row[0]), 1) != 1) for row in rows[1:]]
    return all(opening or is_operator(row[-1]) for opening, row in zip(opens, rows, strict=False))


def _with_cases(items: list[Item]) -> list[Item]:
    """With `= \\left\\{ \\begin{array}{ll} value & condition … \\right.` as cases."""
    found: list[Item] = []
    for at, item in enumerate(items):
        if _is_table_of_cases(item) and _opens_cases(found, items[at:]):
            assert isinstance(item, Environment)
            while text_of(found.pop()) not in _BRACES:
                pass
            found.append(replace(item, name="cases"))
        else:
            found.append(item)
    return found


def _is_table_of_cases(item: Item) -> bool:
    return isinstance(item, Environment) and item.name in TABLES and any(is_a(each, t.ALIGN) for each in item.items)


def _opens_cases(before: Sequence[Item], behind: Sequence[Item]) -> bool:
    """A brace stands right before, behind a relation, and is not closed in the row."""
    last = list(itertools.islice((each for each in reversed(before) if not is_a(each, t.SPACE)), 2))
    row = list(itertools.takewhile(lambda item: not is_a(item, t.ROW), behind))
    return len(last) == 2 and text_of(last[0]) in _BRACES and text_of(last[1]) in RELATIONS and unclosed(row) >= 0


def holds_relation(items: Iterable[Item]) -> bool:
    return _shows_relation(_unwrapped(items))


def _shows_relation(items: Iterable[Item], breaks: bool = True) -> bool:
    """A relation outside brackets, or, where breaks count, the end of a row or column."""
    depth = 0
    for item in items:
        text = text_of(item)
        depth += (text in OPENING) - (text in CLOSING)
        if depth <= 0 and (text in RELATIONS or text in ARROWS):
            return True
        if breaks and (is_a(item, t.ALIGN) or is_a(item, t.ROW)):
            return True
    return False


def rest_of(items: Sequence[Item], at: int) -> list[Item]:
    return [item for item in items[at:] if not is_a(item, t.SPACE)]
