"""Markdown documents as blocks.

Mathematics is found first, in the raw text, where its place is known; markdown-it then reads the text with a mark in
each formula's stead, so that no `_`, `*`, `|` or line that starts with `-` inside a formula is taken for Markdown.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from checker.reading.documents.blocks import Block, Display, Formula, Heading, Problem, Table
from checker.reading.documents.definitions import collect
from checker.reading.documents.delimiters import BROKEN, CODE, DISPLAY, INLINE, Lines, Span, blanked
from checker.reading.documents.outline import Writer
from checker.reading.documents.sources import has_mathematics, source_of
from checker.reading.documents.spans import spans_of
from checker.reading.tex.macros import Macros
from checker.reading.tex.tokens import Source

_LONGEST_INLINE = 50_000
"""Characters of a paragraph beyond which its markup is left as it is: markdown-it takes quadratic time on some."""


def definitions(text: str) -> tuple[Macros, str]:
    """The macros that a text defines outside code, and the text with their definitions made white."""
    code = [(span.start, span.end) for span in spans_of(text) if span.kind == CODE]
    macros, found = collect(text, code)
    return macros, blanked(text, found)


def read(text: str, first_line: int = 1) -> tuple[Block, ...]:
    """The blocks of a Markdown text whose definitions were made white. first_line: the number of its first line."""
    return _Reader(_Marked(text, first_line)).read()


_FRONT_MATTER = re.compile(r"---[ \t]*\n(?:(?:[A-Za-z_][\w .-]*:|[ \t#]|- )[^\n]*\n|\n)*(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_MARKS = re.compile(r"[\ue000\ue001]")
_MARK = re.compile(r"\ue000(\d+)\ue001")


class _Marked:
    """A text with a mark in place of each formula, and the way back from its offsets to places in the file."""

    def __init__(self, text: str, first_line: int) -> None:
        self.text = _MARKS.sub("\ufffd", text)
        self.lines = Lines(text, first_line)
        self.spans: list[Span] = []
        self._from, self._to = [0], [0]
        self.marked = self._written()
        self.starts = Lines(self.marked).starts

    def _written(self) -> str:
        parts: list[str] = []
        at = length = 0
        front = _FRONT_MATTER.match(self.text)
        if front:
            at = front.end()
            parts.append("\n" * self.text.count("\n", 0, at))
            length = len(parts[0])
            self._from.append(length)
            self._to.append(at)
        for span in spans_of(self.text):
            if span.start < at or (span.kind == CODE and not span.message):
                continue
            mark = "" if span.kind == CODE else f"\ue000{len(self.spans)}\ue001"
            parts += [self.text[at : span.start], mark]
            length += span.start - at + len(mark)
            at = span.end
            self._from.append(length)
            self._to.append(at)
            if mark:
                self.spans.append(span)
        return "".join([*parts, self.text[at:]])

    def original(self, offset: int) -> int:
        """The offset in the text of an offset in the marked text."""
        i = bisect_right(self._from, offset) - 1
        return self._to[i] + offset - self._from[i]

    def line(self, number: int) -> str:
        """A line of the marked text, counted from 0."""
        end = self.starts[number + 1] - 1 if number + 1 < len(self.starts) else len(self.marked)
        return self.marked[self.starts[number] : end]

    def start_of(self, content: str, line: int) -> int:
        """The offset in the text at which an inline content that begins on a line of the marked text begins."""
        first = content.lstrip().split("\n", 1)[0].strip()
        line = min(line, len(self.starts) - 1)
        return self.original(self.starts[line] + max(self.line(line).find(first), 0))

    def source(self, span: Span) -> Source:
        """The mathematics of a span."""
        return source_of(self.text, span.first, span.last, self.lines, self._quotes(span.start))

    def _quotes(self, offset: int) -> int:
        prefix = _CONTAINERS.match(self.text, self.lines.start_of(offset), offset)
        return prefix[0].count(">") if prefix else 0

    def unmarked(self, text: str) -> str:
        """A text with the LaTeX in place of the marks."""
        return _MARK.sub(lambda match: self.source(self.spans[int(match[1])]).text, text)


_CONTAINERS = re.compile(r"[ \t]*(?:(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))[ \t]*)*")


@lru_cache(maxsize=1)
def _blocks_parser() -> MarkdownIt:
    """CommonMark's blocks with tables; no reference definitions, which would swallow footnotes."""
    return MarkdownIt("commonmark").enable("table").disable(["reference", "inline", "text_join"])


@lru_cache(maxsize=1)
def _inline_parser() -> MarkdownIt:
    return MarkdownIt("commonmark")


class _Reader:
    """Walks over markdown-it's tokens and writes blocks."""

    def __init__(self, marked: _Marked) -> None:
        self.marked, self.writer = marked, Writer()
        self.seen: set[int] = set()

    def read(self) -> tuple[Block, ...]:
        tokens = _blocks_parser().parse(self.marked.marked) if self.marked.marked.strip() else []
        at = 0
        while at < len(tokens):
            at = self._token(tokens, at)
        return self._with_lost(self.writer.finished())

    def _token(self, tokens: Sequence[Token], at: int) -> int:
        """Writes what the token at `at` opens; returns where to go on."""
        token = tokens[at]
        if token.type == "heading_open":
            self._heading(token, tokens[at + 1])
            return at + 3
        if token.type == "table_open":
            end = next((i for i in range(at, len(tokens)) if tokens[i].type == "table_close"), len(tokens))
            self._table(token, tokens[at:end])
            return end
        if token.type == "list_item_open":
            self._item(token)
        elif token.type == "inline":
            self._paragraph(token)
        elif token.type == "html_block":
            self._text(_without_tags(token.content), self._start(token))
        elif token.type == "code_block":
            self._indented(token)
        elif token.type == "fence":
            self.seen.update(int(number) for number in _MARK.findall(token.content))
        return at + 1

    def _paragraph(self, token: Token) -> None:
        lines = token.content.split("\n")
        if _TABBED.fullmatch(token.content) and len({line.count("\t") for line in lines}) == 1:
            first = token.map[0] if token.map else 0
            rows = [[_text_of(cell) for cell in line.split("\t")] for line in lines]
            self._rows(rows, range(first, first + len(rows)))
        else:
            self._text(_text_of(token.content), self._start(token))

    def _start(self, token: Token) -> int:
        line = token.map[0] if token.map else 0
        return self.marked.start_of(token.content.lstrip("\n"), line)

    def _item(self, token: Token) -> None:
        line = token.map[0] if token.map else 0
        place = self.marked.lines.place(self.marked.start_of(token.info + token.markup, line))
        self.writer.begin_item(token.info + token.markup, place)

    def _indented(self, token: Token) -> None:
        """An indented block is code, unless a display opens it: many indent their displays."""
        first = _MARK.match(token.content.strip())
        if first and self.marked.spans[int(first[1])].kind != INLINE:
            self._text(token.content, self._start(token))
        else:
            self.seen.update(int(number) for number in _MARK.findall(token.content))

    def _heading(self, opening: Token, inline: Token) -> None:
        text = _text_of(inline.content)
        title = " ".join(self.marked.unmarked(text).split())
        line = opening.map[0] if opening.map else 0
        place = self.marked.lines.place(self.marked.start_of(inline.content or self.marked.line(line), line))
        self.writer.block(Heading(title, int(opening.tag[1:]), place))
        self._displays_in(text)

    def _displays_in(self, text: str) -> None:
        """Writes the displays of a text that is kept as it stands: a title, a cell."""
        for number in map(int, _MARK.findall(text)):
            self.seen.add(number)
            if self.marked.spans[number].kind != INLINE:
                self._mathematics(number)

    def _table(self, opening: Token, tokens: Sequence[Token]) -> None:
        rows: list[list[str]] = []
        lines: list[int] = []
        for token in tokens:
            if token.type == "tr_open":
                rows.append([])
                lines.append(token.map[0] if token.map else 0)
            elif token.type == "inline":
                rows[-1].append(_text_of(_TIMES.sub(r"\\\g<0>", token.content)))
        self._rows(rows, lines)

    def _rows(self, rows: Sequence[Sequence[str]], lines: Sequence[int]) -> None:
        """A table, and the displays in its cells; each row stands on a line of the marked text."""
        cells = tuple(tuple(" ".join(self.marked.unmarked(cell).split()) for cell in row) for row in rows)
        places = tuple(self.marked.lines.place(self.marked.start_of(self.marked.line(line), line)) for line in lines)
        self.writer.block(Table(cells, places[0], places))
        for row in rows:
            self._displays_in(" ".join(row))

    def _text(self, text: str, start: int) -> None:
        """A paragraph of words and marks that begins at an offset."""
        at = 0
        for match in _MARK.finditer(text):
            self._words(text[at : match.start()], start)
            self._mathematics(int(match[1]))
            at, start = match.end(), self.marked.spans[int(match[1])].end
        self._words(text[at:], start)
        self.writer.end_paragraph()

    def _words(self, text: str, start: int) -> None:
        first, *parts = _BEFORE_PART.split(text)
        self._line_of_words(first, start)
        for part in parts:
            self.writer.end_paragraph()
            start = max(self.marked.text.find(part.split("\n", 1)[0].strip(), start), start)
            self._line_of_words(part, start)

    def _line_of_words(self, text: str, start: int) -> None:
        if text:
            space = _SPACE_AND_QUOTES.match(self.marked.text, start)
            offset = min(space.end() if space else start, len(self.marked.text))
            place = self.marked.lines.place(offset)
            self.writer.words(" " if text[0].isspace() else "", place)
            self.writer.words(text.lstrip(), place)

    def _mathematics(self, number: int) -> None:
        span = self.marked.spans[number]
        if number in self.seen and span.kind == INLINE:
            return
        self.seen.add(number)
        place = self.marked.lines.place(span.start)
        if span.kind == BROKEN:
            self.writer.block(Problem(span.message, place))
            return
        source = self.marked.source(span)
        if has_mathematics(source):
            if span.kind == DISPLAY:
                self.writer.block(Display(span.environment, source, place))
            else:
                self.writer.formula(Formula(source))

    def _with_lost(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """The blocks, and every formula that Markdown dropped (in an address, nested too deep), by place."""
        lost = [number for number in range(len(self.marked.spans)) if number not in self.seen]
        if not lost:
            return blocks
        writer = Writer()
        self.writer = writer
        for number in lost:
            self._mathematics(number)
            writer.end_paragraph()
        return tuple(sorted([*blocks, *writer.finished()], key=lambda block: (block.place.line, block.place.column)))


_SPACE_AND_QUOTES = re.compile(r"(?:\s|(?<=\n)[ \t]*>)*")
_BEFORE_PART = re.compile(r"\n(?=\(?[a-z]\)[ \t]*\n)")
_TABBED = re.compile(r"(?:[^\t\n]*\t){2,}[^\t\n]*(?:\n(?:[^\t\n]*\t){2,}[^\t\n]*)+")
"""Lines of three or more cells with tabs between them."""
_TIMES = re.compile(r"(?<=[\d)])\*(?=\s?[\d(])|(?<=[\d)]\s)\*(?=\s?[\d(])")
"""A star between numbers, which multiplies them."""
_TAGS = re.compile(r"</?[A-Za-z][^<>]*>")


def _without_tags(text: str) -> str:
    return _TAGS.sub(" ", text)


def _text_of(content: str) -> str:
    """The plain text of an inline token's content, with the marks of formulas in it."""
    if len(content) > _LONGEST_INLINE:
        return content
    parsed = _inline_parser().parseInline(content)
    return "".join(_texts(parsed[0].children or [])) if parsed else ""


def _texts(children: Sequence[Token]) -> Iterator[str]:
    for child in children:
        if child.type in ("softbreak", "hardbreak"):
            yield "\n"
        elif child.type == "html_inline":
            yield " " if child.content.lower().startswith("<br") else ""
        elif child.children:
            yield from _texts(child.children)
        else:
            yield child.content
