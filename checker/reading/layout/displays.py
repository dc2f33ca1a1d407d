"""The layout of a display: rows and columns to chains of members, arrows between them, and the words beside them.

What is found here depends on the signs alone, so that the number of transitions does not hang on what can be read.
"""

from __future__ import annotations

from collections.abc import Sequence

from checker.reading.layout.beside import goes_on, is_remark, plain
from checker.reading.layout.collecting import Row
from checker.reading.layout.lists import settled
from checker.reading.layout.marks import scan
from checker.reading.layout.pieces import ROWS, Gap, Member, Piece, Remark, Sign
from checker.reading.layout.rows import by_column, rows_of
from checker.reading.tex import tokens as t
from checker.reading.tex.items import Item, is_a, is_operator, text_of
from checker.reading.tex.signs import ADDITIVE, ARROWS, CLOSING, RELATIONS
from checker.reading.tex.tokens import Place, Token


def pieces_of(items: Sequence[Item]) -> tuple[Piece, ...]:
    """The members, signs, gaps and remarks of a display, in reading order."""
    return settled(_collected(items, strict=True))


def _collected(items: Sequence[Item], strict: bool) -> list[Piece]:
    """The pieces; not `strict`: brackets that are never closed are closed at the end of their row."""
    row = Row(strict=strict)
    first = True
    for columns in by_column(rows_of(items)):
        if not any(columns):
            continue
        if first:
            row.indented = _is_indented(columns)
        else:
            _next_row(row, columns)
        first = False
        _columns(row, columns)
    if strict and row.unclosed() > 0:
        return _collected(items, strict=False)
    row.close()
    return row.pieces


def _is_indented(columns: list[list[Item]]) -> bool:
    """A row without anything where left sides stand, that begins with no relation there."""
    left, right = ([item for item in column if not is_a(item, t.SPACE)] for column in (*columns, [], [])[:2])
    return len(columns) > 1 and not left and bool(right) and text_of(right[0]) not in RELATIONS


def _begins_anew(columns: list[list[Item]]) -> bool:
    """A row with a left side of its own, and its relation in the next column."""
    left, right = ([item for item in column if not is_a(item, t.SPACE)] for column in (*columns, [], [])[:2])
    return bool(left) and bool(right) and text_of(right[0]) in RELATIONS


def _goes_on_aligned(columns: list[list[Item]]) -> bool:
    """A row that begins with a relation where the relations stand, and has no left side."""
    left, right = ([item for item in column if not is_a(item, t.SPACE)] for column in (*columns, [], [])[:2])
    return len(columns) > 1 and not left and bool(right) and text_of(right[0]) in RELATIONS


def _relates(row: Row) -> bool:
    """Whether the last row has a relation."""
    for piece in reversed(row.pieces):
        if isinstance(piece, Sign) or isinstance(piece, Gap) and piece.word in ROWS:
            return isinstance(piece, Sign)
    return False


def _next_row(row: Row, columns: list[list[Item]]) -> None:
    """Whether the next row goes on with the last one, or begins anew."""
    flat = [item for column in columns for item in column if not is_a(item, t.SPACE)]
    first = flat[0] if flat else None
    if row.strict and row.unclosed() > 0 or row.open and is_operator(row.open[-1]):
        return
    gap = "indented" if _is_indented(columns) and not row.indented else "row"
    gap = "aligned" if _goes_on_aligned(columns) else gap
    if not row.open:
        if row.pieces and isinstance(row.pieces[-1], Sign):
            if _begins_anew(columns):
                row.add(Gap("missing", first.place if first else Place(1, 1)))
            return
        if not isinstance(first, Token) or text_of(first) not in ADDITIVE:
            row.add(Gap(gap, first.place if first else Place(1, 1)))
            return
    if text_of(first) in ("-", "−") and _begins_anew(columns) and _relates(row):
        row.add(Gap(gap, first.place if first else Place(1, 1)))
        return
    if is_operator(first):
        _reopen(row)
        return
    if text_of(first) in CLOSING and row.unclosed() >= 0 and text_of(first) not in (r"\rangle",):
        return
    row.add(Gap(gap, first.place if first else Place(1, 1)))


def _reopen(row: Row) -> None:
    """A row that starts with + goes on with the member above it, across remarks."""
    if row.open:
        return
    for at in range(len(row.pieces) - 1, -1, -1):
        piece = row.pieces[at]
        if isinstance(piece, Member):
            row.reopen(at)
            return
        if not isinstance(piece, (Remark, Gap)):
            return


def _columns(row: Row, columns: list[list[Item]]) -> None:
    pairs = [[*columns[at], *(columns[at + 1] if at + 1 < len(columns) else ())] for at in range(0, len(columns), 2)]
    for number, column in enumerate(pairs):
        solid = [item for item in column if not is_a(item, t.SPACE)]
        if not solid:
            continue
        beside = number >= 1 and row.open != []
        if beside and row.unclosed() <= 0 and not goes_on(solid[0]) and not _ends_open(row):
            if is_remark(solid):
                row.add(Remark(plain(solid), solid[0].place))
                continue
            row.add(Gap("beside", solid[0].place))
        scan(row, column)


def _ends_open(row: Row) -> bool:
    return bool(row.open) and is_operator(row.open[-1])


def relations_shown(tokens: Sequence[Token]) -> int:
    """How many relations a display shows whose braces do not match.

    Those outside braces count, an arrow with the relation that follows as one.
    """
    depth, count, arrow = 0, 0, False
    unclosed = sum((token.kind == t.OPEN) - (token.kind == t.CLOSE) for token in tokens)
    for token in tokens:
        depth = max(depth + (token.kind == t.OPEN) - (token.kind == t.CLOSE), 0)
        if depth > max(unclosed, 0):
            continue
        if token.text in ARROWS:
            count, arrow = count + 1, True
        elif token.text in RELATIONS:
            count, arrow = count + (not arrow), False
    return count
