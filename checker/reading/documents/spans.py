"""The code and the mathematics of a Markdown text, found in one pass over it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.reading.documents.delimiters import (
    BROKEN,
    CODE,
    DISPLAYED,
    Span,
    bare_name,
    dollar_span,
    dollars_span,
    environment_span,
    round_span,
    square_span,
)

_OPENING = re.compile(
    r"^(?P<before>[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*)(?P<fence>`{3,}|~{3,})"
    r"|(?P<comment><!--)|<(?P<raw>pre|code|script|style|textarea)\b|(?P<code>`+)"
    r"|(?P<bracket>\\{1,2}[(\[])|\\begin[ ]?\{(?P<environment>[A-Za-z]{1,20}\*?)\}|\\.|(?P<dollars>\$\$?)",
    re.MULTILINE | re.DOTALL,
)
_LONGEST_CODE_SPAN = 5_000


def spans_of(text: str) -> Iterator[Span]:
    """The spans of code, comments (their message is `comment`), mathematics and broken mathematics, in order."""
    finder, at = _Finder(text), 0
    while match := _OPENING.search(text, at):
        span = finder.span(match)
        at = match.end() if span is None else max(span.end, match.end())
        if span is not None:
            yield span


class _Finder:
    """Finds where what opens is closed; remembers what has no closing, so as not to look again."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.unclosed: set[str] = set()
        self.block_end = 0

    def span(self, match: re.Match[str]) -> Span | None:
        """The span that opens at the match; None where nothing does."""
        start = match.start()
        if match["fence"]:
            return self._fence(match)
        if match["comment"]:
            end = self._after("-->", match.end())
            return Span(CODE, start, end, message="comment") if end else self._unclosed_comment(match)
        if match["raw"]:
            end = self._after(f"</{match['raw'].lower()}>", match.end())
            return Span(CODE, start, end) if end else None
        if match["code"]:
            return self._code_span(start, match["code"])
        if match["bracket"]:
            return self._bracketed(start, match["bracket"])
        if match["environment"]:
            name = match["environment"]
            return environment_span(self.text, start, match.end(), name) if bare_name(name) in DISPLAYED else None
        if match["dollars"] == "$$":
            return dollars_span(self.text, start, comments=False)
        return self._dollar(start) if match["dollars"] else None

    def _unclosed_comment(self, match: re.Match[str]) -> Span:
        return Span(BROKEN, match.start(), match.end(), message="the comment <!-- is never closed")

    def _after(self, closing: str, at: int) -> int | None:
        end = -1 if closing in self.unclosed else self.text.find(closing, at)
        if end < 0:
            self.unclosed.add(closing)
            return None
        return end + len(closing)

    def _fence(self, match: re.Match[str]) -> Span | None:
        fence = match["fence"]
        line_end = self.text.find("\n", match.end())
        line_end = len(self.text) if line_end < 0 else line_end
        if fence[0] == "`" and "`" in self.text[match.end() : line_end]:
            return self._code_span(match.start("fence"), fence)
        closing = re.compile(rf"^[ \t>]*{fence[0]}{{{len(fence)},}}[ \t]*$", re.MULTILINE).search(self.text, line_end)
        return Span(CODE, match.start(), closing.end() if closing else len(self.text))

    def _code_span(self, start: int, ticks: str) -> Span | None:
        """Code between equal runs of backticks in one paragraph."""
        first = start + len(ticks)
        limit = min(first + _LONGEST_CODE_SPAN, len(self.text))
        closing = re.compile(rf"(?<!`){ticks}(?!`)|\n[ \t>]*\n").search(self.text, first, limit)
        return Span(CODE, start, closing.end()) if closing and closing[0] == ticks else None

    def _bracketed(self, start: int, opening: str) -> Span | None:
        doubled = len(opening) == 3
        if opening[-1] == "(":
            span = round_span(self.text, start, doubled, self._block_end(start))
        else:
            span = square_span(self.text, start, doubled)
        if span is None or span.kind == BROKEN:
            return span
        return None if _PLAIN.fullmatch(self.text, span.first, span.last) else span

    def _dollar(self, start: int) -> Span | None:
        """An inline formula; None for an amount of money."""
        span = dollar_span(self.text, start, comments=False, limit=self._block_end(start))
        if span is None or not self.text[span.first : span.last].strip():
            return None
        inside = self.text[span.first : span.last]
        beside_digit = self.text[max(start - 1, 0) : start].isdigit() or self.text[span.end : span.end + 1].isdigit()
        if beside_digit and not _COMMAND.search(inside):
            return None
        lopsided = inside[-1].isspace() and not inside[0].isspace()
        return None if _MONEY.match(inside) and (lopsided or _WORD_AFTER.match(inside)) else span

    def _block_end(self, start: int) -> int:
        """Where the block of the offset ends, which no inline formula crosses."""
        if start >= self.block_end:
            line = self.text.rfind("\n", 0, start) + 1
            kinds = ((_ITEM, _ITEM_END), (_HEADING, _HEADING_END))
            ending = next((ending for kind, ending in kinds if kind.match(self.text, line)), _END)
            end = ending.search(self.text, start)
            self.block_end = end.start() if end else len(self.text)
        return self.block_end


_COMMAND = re.compile(r"\\[A-Za-z]")
_ITEM = re.compile(r"[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]")
_HEADING = re.compile(r"[ \t>]*(?:#{1,6}[ \t]|\|)")
_HEADING_END = re.compile(r"\n")
_END = re.compile(r"\n(?=[ \t>]*(?:\n|#{1,6}[ \t]|\||`{3}|~{3}|<!--))")
_ITEM_END = re.compile(r"\n(?=[ \t>]*(?:\n|#{1,6}[ \t]|\||`{3}|~{3}|<!--|(?:[-*+]|\d{1,9}[.)])[ \t]))")
_PLAIN = re.compile(r"\s*(?:\d+(?:\s*,\s*\d+)*|[A-Za-z.'’-]{2,}(?:[\s,]+[A-Za-z.'’-]+)+)\s*")
"""What stands between escaped brackets as text: a number, words."""
_MONEY = re.compile(r"\d[\d.,]*")
_WORD_AFTER = re.compile(r"\d[\d.,]*[kKmMbB]?[\s,;.]+[A-Za-z]{2,}(?:[\s,;.]|\Z)")
