"""The lines of an answer to a question with a table of counts: its tables and its formulas, beside its displays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from checker.derivation import Derivation, Part
from checker.reading.answers.layers import chains_of, formula_lines, formulas_said
from checker.reading.answers.tables import Layout, Sheet, laid_out, table_in
from checker.reading.documents.blocks import Block, Display, Document, Heading, Paragraph, Table, Words
from checker.reading.known.scope import Scope
from checker.reading.lines.records import Line, PartText, Reading
from checker.tables import CountTable


def without_counts(document: Document, derivation: Derivation) -> Document:
    """The document without the displays that are tables of the question or formulas for its counts.

    What is left is read as any answer is; `with_counts` adds the lines of the rest.
    """
    kept: list[Block] = []
    for part, blocks in _stretches(document.blocks):
        asked = _asked(part, blocks, document, derivation)
        table = asked.table if asked is not None else None
        kept += blocks if table is None else [each for block in blocks for each in _left(block, document, table)]
    return replace(document, blocks=tuple(kept))


def with_counts(reading: Reading, document: Document, derivation: Derivation, scope: Scope) -> Reading:
    """The reading of `without_counts`, and in each part with a table, at their places, the lines of its counts."""
    headed = [each for each in _stretches(document.blocks) if isinstance(each[1][0], Heading)]
    quiet = len(reading.parts) - len(headed)
    parts = list(reading.parts)
    for at, (part, blocks) in enumerate(headed, quiet):
        asked = _asked(part, blocks, document, derivation)
        if asked is not None and asked.table is not None:
            lines = list(_lines(blocks, document, asked.table, asked, scope))
            parts[at] = _joined(parts[at], lines, at)
    return replace(reading, parts=tuple(parts))


def _stretches(blocks: Sequence[Block]) -> Iterator[tuple[str, list[Block]]]:
    """The blocks from one heading to the next, with the part that it names."""
    name, stretch = "", list[Block]()
    for block in blocks:
        if isinstance(block, Heading):
            if stretch:
                yield name, stretch
            name, stretch = block.part or "", []
        stretch.append(block)
    if stretch:
        yield name, stretch


def _asked(name: str, blocks: Sequence[Block], document: Document, derivation: Derivation) -> Part | None:
    """The part of the question whose counts a stretch may state: it is of that part, or of none.

    What is of none counts where its table stands there, or where the answer does not name the part.
    """
    for part in derivation.parts:
        table = part.table
        if table is not None and name in (part.name, ""):
            named = {block.part for block in document.blocks if isinstance(block, Heading)}
            if name or part.name not in named or any(_layout(block, table) for block in blocks):
                return part
    return None


def _left(block: Block, document: Document, asked: CountTable) -> Iterator[Block]:
    """What is left of a block without formulas for counts; a sentence around them declares nothing by them."""
    if isinstance(block, Display):
        if _layout(block, asked) is None and not chains_of(block.source, document.macros, asked):
            yield block
    elif isinstance(block, Paragraph):
        pieces = (p for p in block.pieces if isinstance(p, Words) or not chains_of(p.source, document.macros, asked))
        yield replace(block, pieces=tuple(pieces))
    else:
        yield block


def _layout(block: Block, asked: CountTable) -> Layout | None:
    table = table_in(block) if isinstance(block, Display) else block
    return laid_out(table, asked) if isinstance(table, Table) else None


def _lines(blocks: Sequence[Block], document: Document, table: CountTable, part: Part, scope: Scope) -> Iterator[Line]:
    layouts = [layout for block in blocks if (layout := _layout(block, table)) is not None]
    sheet = Sheet(table, part.givens, scope, layouts, _words(blocks))
    yield from formula_lines(list(formulas_said(blocks, document.macros, table)), table, sheet, scope)
    yield from sheet.lines()


def _words(blocks: Sequence[Block]) -> str:
    """All words of a part, and those in its tables, paragraph by paragraph."""
    texts = []
    for block in blocks:
        if isinstance(block, Paragraph):
            pieces = (piece.text if isinstance(piece, Words) else piece.source.text for piece in block.pieces)
            texts.append("".join(pieces))
        elif isinstance(block, Table):
            texts += [". ".join(row) for row in block.rows]
    return "\n".join(texts)


def _joined(part: PartText, lines: Sequence[Line], at: int) -> PartText:
    """The lines of a part in the order of the text."""
    both = sorted([*part.lines, *lines], key=lambda line: (line.place.line, line.place.column))
    numbered = tuple(replace(line, part=at, number=number) for number, line in enumerate(both, 1))
    return replace(part, lines=numbered)
