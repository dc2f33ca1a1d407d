"""Where mathematics begins and ends in a text: $…$, $$…$$, \\(…\\), \\[…\\] and environments.

Every search stops where the same delimiter opens again or after a fixed length, so that a text of a million unclosed
ones is still read in one pass.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from checker.reading.tex.tokens import Place

DISPLAYED = frozenset(
    "equation align alignat flalign xalignat xxalignat gather multline eqnarray displaymath dmath dgroup "
    "IEEEeqnarray empheq split aligned alignedat gathered cases".split()
)
"""Environments, named without their star, that are displayed mathematics where they stand outside mathematics."""

CODE, INLINE, DISPLAY, BROKEN = "code", "inline", "display", "broken"
_NESTED_DOLLARS = 10
_NESTED_LENGTH = 2_000


@dataclass(frozen=True)
class Span:
    """A stretch of a text: code, mathematics (its inside runs from `first` to `last`), or what is broken and why."""

    kind: str
    start: int
    end: int
    first: int = 0
    last: int = 0
    environment: str = ""
    message: str = ""


class Lines:
    """Places of offsets in a text."""

    def __init__(self, text: str, first_line: int = 1) -> None:
        self.starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self.first_line = first_line

    def start_of(self, offset: int) -> int:
        """The offset at which the line of the character at `offset` starts."""
        return self.starts[bisect_right(self.starts, offset) - 1]

    def place(self, offset: int) -> Place:
        """The place of the character at `offset`."""
        line = bisect_right(self.starts, offset) - 1
        return Place(self.first_line + line, offset - self.starts[line] + 1)


def blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with the spans, ascending and disjoint, made white; every other character keeps its place."""
    parts, at = [], 0
    for start, end in spans:
        parts += [text[at:start], re.sub(r"[^\n]", " ", text[start:end])]
        at = end
    return "".join([*parts, text[at:]])


def bare_name(environment: str) -> str:
    """An environment's name without its star."""
    return environment.rstrip("*")


def environment_span(text: str, start: int, first: int, name: str, closers: Iterable[str] = ()) -> Span:
    """The environment opened at `start`, whose inside begins at `first`. closers: macros that also end it."""
    for match in _environment_marks(name, frozenset(closers)).finditer(text, first):
        if match["end"]:
            return Span(DISPLAY, start, match.end(), _behind_arguments(text, first, name), match.start(), name)
        if match["begin"]:
            return _unclosed(text, start, first, rf"\begin{{{name}}} is never closed", match.start())
    return _unclosed(text, start, first, rf"\begin{{{name}}} is never closed")


@lru_cache(maxsize=256)
def _environment_marks(name: str, closers: frozenset[str]) -> re.Pattern[str]:
    macros = [re.escape(closer) + r"(?![A-Za-z@])" for closer in sorted(closers)]
    ends = "|".join([rf"\\end\s*\{{\s*{re.escape(name)}\s*\}}", *macros])
    return re.compile(rf"\\\\|\\%|%[^\n]*|(?P<begin>\\begin\s*\{{\s*{re.escape(name)}\s*\}})|(?P<end>{ends})")


_ARGUMENT = re.compile(r"\s*\{[^{}]{0,200}\}")
_OPTION = re.compile(r"[ \t]*\[[^\]\n]{0,200}\]")
_WITH_ARGUMENT = frozenset("alignat xalignat xxalignat alignedat IEEEeqnarray empheq".split())
_WITH_OPTION = frozenset("dmath dgroup IEEEeqnarray empheq".split())


def _behind_arguments(text: str, first: int, name: str) -> int:
    """Where the mathematics begins: behind the {2} of alignat and its like."""
    if bare_name(name) in _WITH_OPTION and (option := _OPTION.match(text, first)):
        first = option.end()
    if bare_name(name) in _WITH_ARGUMENT and (argument := _ARGUMENT.match(text, first)):
        first = argument.end()
    return first


def dollars_span(text: str, start: int, comments: bool) -> Span:
    """The display opened by $$ at `start`."""
    first = start + 2
    marks = re.compile(r"\\.|%[^\n]*|\$\$" if comments else r"\\.|\$\$", re.DOTALL)
    closing = next((m.start() for m in marks.finditer(text, first) if m[0] == "$$"), None)
    if closing is None or _belongs_to_another(text, first, closing):
        return _unclosed(text, start, first, "$$ is never closed", closing)
    return Span(DISPLAY, start, closing + 2, first, closing, "$$")


_BLANK_LINE = re.compile(r"\n[ \t>]*(?=\n)")
_COMMANDS = re.compile(r"\\(?:text\w*|mbox|intertext|tag|label)\s*\{[^{}]*\}|\\[A-Za-z]+")
_PROSE = re.compile(r"(?:[A-Za-z]{2,}[ ,]+){3}[A-Za-z]{2,}")
_ONE_LINE_DISPLAY = re.compile(r"[ \t>]*\$\$[^$\n]*[=\\_^<>+][^$\n]*\$\$[ \t]*$", re.MULTILINE)


def _belongs_to_another(text: str, first: int, closing: int) -> bool:
    """Whether the $$ at `closing` rather opens a display: prose lies between, or its line is a display itself."""
    inside = text[first:closing]
    if "\n" not in inside:
        return False
    line = text.rfind("\n", 0, closing) + 1
    if _ONE_LINE_DISPLAY.match(text, line) and not text[line:closing].strip(" \t>"):
        return True
    return bool(_BLANK_LINE.search(inside)) and bool(_PROSE.search(_COMMANDS.sub(" ", inside)))


def _unclosed(text: str, start: int, first: int, message: str, stop: int | None = None) -> Span:
    """What is lost with a delimiter that is never closed: the rest of its paragraph, at most up to `stop`."""
    stop = len(text) if stop is None else stop
    blank = _BLANK_LINE.search(text, first, stop)
    return Span(BROKEN, start, blank.start() if blank else stop, message=message)


_SQUARE = re.compile(r"(\\+)([\[\]])")
_SQUARE_OR_COMMENT = re.compile(r"(?:\\\\)*\\%|(\\+)([\[\]])|%[^\n]*")
_LENGTH = re.compile(r"-?[\d.]+ ?(?:pt|em|ex|mm|cm|in|mu|\\)")


def square_span(text: str, start: int, doubled: bool = False, comments: bool = False) -> Span:
    """The display opened by \\[ at `start`, or by \\\\[ where Markdown's own escapes are doubled."""
    first = start + 2 + doubled
    message = f"{text[start:first]} is never closed"
    for match in (_SQUARE_OR_COMMENT if comments else _SQUARE).finditer(text, first):
        count, closes = len(match[1] or ""), match[2] == "]"
        if closes and (count % 2 == 1 or (doubled and count == 2)):
            last = match.end() - 2 - (doubled and count == 2)
            return Span(DISPLAY, start, match.end(), first, last, "\\[")
        opens = count == 2 if doubled else count % 2 == 1
        if match[2] == "[" and opens and not _LENGTH.match(text, match.end()):
            return _unclosed(text, start, first, message, match.start())
    return _unclosed(text, start, first, message)


def round_span(text: str, start: int, doubled: bool, limit: int | None = None) -> Span | None:
    """The inline formula opened by \\( or \\\\( at `start`; None where its paragraph ends first, or another opens."""
    first = start + 2 + doubled
    marks = re.compile(r"\\{1,2}[()]|\n[ \t>]*\n" if doubled else r"\\\\|\\[()]|\n[ \t>]*\n")
    for match in marks.finditer(text, first, len(text) if limit is None else limit):
        if match[0][-1] == ")":
            return Span(INLINE, start, match.end(), first, match.start(), "\\(")
        if match[0][-1] != "\\":
            break
    return None


_DOLLAR = re.compile(r"\\.|(?P<end>\$)|(?P<blank>\n[ \t>]*\n)|[{}]", re.DOTALL)
_DOLLAR_OR_COMMENT = re.compile(r"\\.|(?P<end>\$)|(?P<blank>\n[ \t>]*\n)|[{}]|%[^\n]*", re.DOTALL)


def dollar_span(text: str, start: int, comments: bool, limit: int | None = None) -> Span | None:
    """The inline formula opened by $ at `start`; None where its paragraph ends first.

    limit: where it ends at the latest. Dollars within open braces, as in \\text{if $x$}, belong to the formula.
    """
    ends: list[int] = []
    depth = 0
    marks = _DOLLAR_OR_COMMENT if comments else _DOLLAR
    for match in islice(marks.finditer(text, start + 1, len(text) if limit is None else limit), 50_000):
        if match["blank"] or (ends and match.start() - start > _NESTED_LENGTH) or len(ends) > _NESTED_DOLLARS:
            break
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if match["end"]:
            ends.append(match.start())
            if depth <= 0:
                return _dollar(start, match.start())
    return _dollar(start, ends[0]) if ends else None


def _dollar(start: int, end: int) -> Span:
    return Span(INLINE, start, end + 1, start + 1, end, "$")
