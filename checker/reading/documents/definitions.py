"""The macros that a text defines.

Definitions may stand anywhere and hold for the whole text; of two definitions of one name the later holds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from checker.reading.tex.colours import own_colours
from checker.reading.tex.macros import Macro, Macros, macros_of

_LONGEST_BODY = 10_000
_DEEPEST = 100

_DEFINING = re.compile(
    r"\\\\|(?P<prefix>(?:\\(?:global|long|protected)\s*)*)\\(?P<how>newcommand|renewcommand|providecommand"
    r"|DeclareRobustCommand|DeclareMathOperator|DeclarePairedDelimiter|[NRP][a-z]*DocumentCommand|[gex]?def|let"
    r"|newenvironment|renewenvironment)(?![A-Za-z@])\*?"
)
_NAME = r"\s*(?:\{\s*(\\(?:[A-Za-z@]+|[^A-Za-z@\s]))\s*\}|(\\(?:[A-Za-z@]+|[^A-Za-z@\s])))"
_COUNT = re.compile(r"\s*\[\s*(\d)\s*\]")
_PARAMETERS = re.compile(r"\s*((?:#\d)*)\s*(?=\{)")
_LET = re.compile(r"\s*=?\s*(\\(?:[A-Za-z@]+|[^A-Za-z@\s])|[^\s\\{}])")
_SIMPLE_FORM = re.compile(r"(?:O\{(?P<default>[^{}]*)\}|(?P<none>o))?(?P<rest>m*)")


class _NotOne(Exception):
    """What looked like a definition is none that can be read."""


class _Cursor:
    """Reads a definition's parts one after the other."""

    def __init__(self, text: str, at: int) -> None:
        self.text, self.at = text, at

    def take(self, pattern: str | re.Pattern[str]) -> re.Match[str]:
        """The match here. Raises _NotOne."""
        match = self.maybe(pattern)
        if match is None:
            raise _NotOne
        return match

    def maybe(self, pattern: str | re.Pattern[str]) -> re.Match[str] | None:
        match = re.compile(pattern).match(self.text, self.at)
        if match:
            self.at = match.end()
        return match

    def name(self) -> str:
        match = self.take(_NAME)
        return str(match[1] or match[2])

    def count(self) -> int:
        match = self.maybe(_COUNT)
        return int(match[1]) if match else 0

    def default(self) -> str | None:
        match = self.maybe(r"\s*\[([^\]]{0,500})\]")
        return match[1] if match else None

    def group(self) -> str:
        """The text within the braces that open here."""
        self.take(r"\s*(?=\{)")
        end = group_end(self.text, self.at, _LONGEST_BODY)
        if end is None:
            raise _NotOne
        start, self.at = self.at, end
        return self.text[start + 1 : end - 1]


_BRACES = re.compile(r"\\.|[{}]|%[^\n]*", re.DOTALL)


def group_end(text: str, start: int, longest: int) -> int | None:
    """The offset behind the brace that closes the one at `start`; None where there is none within `longest`.

    Nor where braces nest too deep, so that a text of nothing but open braces is read in reasonable time.
    """
    depth = 0
    for match in _BRACES.finditer(text, start, start + longest):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if not depth:
            return match.end()
        if depth > _DEEPEST:
            break
    return None


def collect(text: str, hidden: Sequence[tuple[int, int]] = ()) -> tuple[Macros, tuple[tuple[int, int], ...]]:
    """The macros defined in a text, and where their definitions stand. hidden: ascending spans not to look at."""
    table: dict[str, Macro] = {}
    spans: list[tuple[int, int]] = []
    at, skipped = 0, 0
    while match := _DEFINING.search(text, at):
        at = match.end()
        while skipped < len(hidden) and hidden[skipped][1] <= match.start():
            skipped += 1
        if match["how"] is None or (skipped < len(hidden) and hidden[skipped][0] <= match.start()):
            continue
        try:
            at = _definition(match["how"], _Cursor(text, at), table)
        except _NotOne:
            continue
        spans.append((match.start(), at))
    return macros_of(table, own_colours(text)), tuple(spans)


def _definition(how: str, cursor: _Cursor, table: dict[str, Macro]) -> int:
    """Reads one definition into the table; returns where it ends."""
    if how.endswith("environment"):
        _environment(cursor)
        return cursor.at
    name = cursor.name()
    macro = _READERS.get(how, _document_command)(cursor, table)
    if macro is not None and not (how.lower().startswith("provide") and name in table):
        table[name] = macro
    return cursor.at


def _environment(cursor: _Cursor) -> None:
    cursor.group()
    if cursor.count():
        cursor.default()
    cursor.group()
    cursor.group()


def _command(cursor: _Cursor, table: dict[str, Macro]) -> Macro:
    count = cursor.count()
    default = cursor.default() if count else None
    if cursor.maybe(r"\s*(?=\{)"):
        return Macro(count, default, cursor.group())
    return Macro(count, default, cursor.take(r"\s*(\\[A-Za-z@]+|[^\s\\{}])")[1])


def _operator(cursor: _Cursor, table: dict[str, Macro]) -> Macro:
    return Macro(0, None, operator_body(cursor.group()))


def operator_body(name: str) -> str:
    """The name of an operator as LaTeX: `arg\\,max` is one word, what is no word is taken as it is."""
    word = re.sub(r"\\[,;:! ]|[~\s{}-]|\\(?:rm|math(?:rm|bf|sf|it)|text)(?![A-Za-z])", "", name)
    return rf"\operatorname{{{word}}}" if word.isalnum() else name


def _plain_definition(cursor: _Cursor, table: dict[str, Macro]) -> Macro:
    parameters = cursor.take(_PARAMETERS)[1]
    return Macro(len(parameters) // 2, None, cursor.group())


def _let(cursor: _Cursor, table: dict[str, Macro]) -> Macro:
    old = str(cursor.take(_LET)[1])
    return table.get(old, Macro(0, None, old, final=True))


def _paired(cursor: _Cursor, table: dict[str, Macro]) -> Macro:
    left, right = cursor.group(), cursor.group()
    return Macro(2, "", f"{left} #2 {right}", starred=True)


def _document_command(cursor: _Cursor, table: dict[str, Macro]) -> Macro | None:
    start = cursor.at
    cursor.group()
    form = re.sub(r"\s|\+", "", cursor.text[start : cursor.at].strip()[1:-1])
    body = cursor.group()
    starred = form.startswith("s")
    simple = _SIMPLE_FORM.fullmatch(form.removeprefix("s"))
    if simple is None or "\\IfBoolean" in body or "\\IfNoValue" in body:
        return None
    default = "" if simple["none"] else simple["default"]
    return Macro(len(simple["rest"]) + (default is not None), default, body, starred=starred)


_READERS = {
    "newcommand": _command,
    "renewcommand": _command,
    "providecommand": _command,
    "DeclareRobustCommand": _command,
    "DeclareMathOperator": _operator,
    "DeclarePairedDelimiter": _paired,
    "def": _plain_definition,
    "gdef": _plain_definition,
    "edef": _plain_definition,
    "xdef": _plain_definition,
    "let": _let,
}
