"""Files as documents: Markdown, LaTeX and notebooks become blocks in order, each with its place in the file.

Whatever the bytes are, there is a Document: what cannot be read is a Problem in it, and the rest is read.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable
from pathlib import Path

from checker.reading.documents.blocks import (
    Block,
    Display,
    Document,
    Formula,
    Heading,
    Paragraph,
    Problem,
    Table,
    Words,
)
from checker.reading.documents.hidden import in_latex, in_markdown, without_hidden
from checker.reading.tex.colours import own_colours
from checker.reading.tex.macros import NO_MACROS, Macro, Macros, macros_of
from checker.reading.tex.tokens import Place

__all__ = [
    "KINDS",
    "LARGEST",
    "MOST_LINES",
    "Block",
    "Display",
    "Document",
    "Formula",
    "Heading",
    "Paragraph",
    "Problem",
    "Table",
    "Words",
    "document_of",
    "read_document",
]

LARGEST = 20_000_000
"""Bytes of the largest file that is read."""

MOST_LINES = 200_000
"""Lines of the longest text that is read to its end."""

Content = tuple[str, tuple[Block, ...], Macros]
"""A title ("" where there is none), blocks, and the text's own macros."""


def read_document(path: Path) -> Document:
    """The document in a file. Raises OSError where there is none, ValueError where its suffix is none of KINDS."""
    kind = path.suffix.lower().removeprefix(".")
    if kind not in KINDS:
        raise ValueError(f"{path.name}: a document ends with .md, .tex or .ipynb")
    if path.stat().st_size > LARGEST:
        return _only(path.stem, f"the file is larger than {LARGEST // 1_000_000} MB and was not read")
    data = path.read_bytes()
    text, problems = decoded(data)
    if "\0" in text:
        return _only(path.stem, "this is a binary file, not text")
    return document_of(text, kind, path.stem, problems)


def document_of(text: str, kind: str, name: str, problems: tuple[Problem, ...] = ()) -> Document:
    """The document in a text. kind: `md`, `tex` or `ipynb`; problems: what was wrong before, which comes first."""
    text, cut = _shortened(text.replace("\r\n", "\n").replace("\r", "\n"))
    title, blocks, macros = KINDS[kind](text)
    top = next((block.title for block in blocks if isinstance(block, Heading) and block.level == 1), "")
    return Document(name, title or top or name, (*problems, *blocks, *cut), macros)


def _shortened(text: str) -> tuple[str, tuple[Problem, ...]]:
    """The first MOST_LINES lines, and a Problem where there are more."""
    if text.count("\n") < MOST_LINES:
        return text, ()
    lines = text.split("\n", MOST_LINES)
    problem = Problem(f"the text has more than {MOST_LINES} lines; the rest was not read", Place(MOST_LINES + 1, 1))
    return "\n".join(lines[:MOST_LINES]), (problem,) if lines[MOST_LINES] else ()


def _only(name: str, message: str) -> Document:
    return Document(name, name, (Problem(message, Place(1, 1)),), NO_MACROS)


_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decoded(data: bytes) -> tuple[str, tuple[Problem, ...]]:
    """The text of a file, its undecodable bytes replaced, and a Problem that names the first of them."""
    mark, encoding = next((pair for pair in _MARKS if data.startswith(pair[0])), (b"", "utf-8"))
    data = data[len(mark) :]
    try:
        return data.decode(encoding), ()
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, errors="replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        message = f"byte 0x{data[error.start]:02x} in line {line} is not {encoding.upper()}; save the file as UTF-8"
        return data.decode(encoding, errors="replace"), (Problem(message, Place(line, column)),)


def _markdown(text: str) -> Content:
    from checker.reading.documents import markdown

    macros, text = markdown.definitions(text)
    return "", tuple(without_hidden(markdown.read(text), text, in_markdown(text))), macros


def _latex(text: str) -> Content:
    from checker.reading.documents import latex

    macros, text = latex.definitions(text)
    blocks = without_hidden(latex.read(text, macros), text, in_latex(text, macros))
    return latex.title_of(text, macros), tuple(blocks), macros


def _notebook(text: str) -> Content:
    from checker.reading.documents import markdown, notebooks

    cells, problems = notebooks.cells_of(text)
    table: dict[str, Macro] = {}
    blocks: list[Block] = list(problems)
    for cell in cells:
        macros, shown = markdown.definitions(cell.text)
        table.update(macros)
        blocks += without_hidden(markdown.read(shown, cell.first_line), shown, in_markdown(shown), cell.first_line)
    return "", tuple(blocks), macros_of(table, own_colours("\n".join(cell.text for cell in cells)))


KINDS: dict[str, Callable[[str], Content]] = {
    "md": _markdown, "markdown": _markdown, "txt": _markdown, "tex": _latex, "ipynb": _notebook,
}  # fmt: skip
"""The readers by a file's suffix."""
