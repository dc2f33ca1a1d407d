"""Stretches of LaTeX as plain text, for titles and the cells of tables."""

from __future__ import annotations

import re

CHARACTERS = {
    r"\&": "&",
    r"\%": "%",
    r"\$": "$",
    r"\#": "#",
    r"\_": "_",
    r"\{": "{",
    r"\}": "}",
    "\\ ": " ",
    r"\,": " ",
}
"""What escaped characters are in text."""

_MATHEMATICS = re.compile(r"\\\((.*?)\\\)|(?<!\\)\$((?:\\.|[^$\\])*)\$", re.DOTALL)
_TEXT_MARKS = re.compile(
    r"\\(?:label|ref|eqref|cite|vspace|hspace|footnotemark|textcolor|color)\*?\s*(?:\[[^\]]*\])?\{[^{}]*\}|(?<!\\)%[^\n]*\n?"
    r"|\\(?:begin|end)\{[^{}]*\}|\\[A-Za-z@]+\*?[ \t]*|\\\\(?:\[[^\]]*\])?|(?P<character>\\.)|[{}]|(?P<tie>~)",
    re.DOTALL,
)


def plain_text(text: str) -> str:
    """Text without its markup, on one line; mathematics is kept as LaTeX, without its delimiters."""
    parts, at = [], 0
    for match in _MATHEMATICS.finditer(text):
        parts += [_without_markup(text[at : match.start()]), match[1] or match[2] or ""]
        at = match.end()
    return " ".join("".join([*parts, _without_markup(text[at:])]).split())


def _without_markup(text: str) -> str:
    def kept(match: re.Match[str]) -> str:
        if match["character"]:
            return CHARACTERS.get(match[0], "")
        return " " if match["tie"] or match[0].startswith("\\\\") else ""

    return _TEXT_MARKS.sub(kept, text)


_CELLS = re.compile(
    r"\\&|\\\\(?P<more>\*?(?:\s*\[[^\]\n]{0,20}\])?)|\\tabularnewline|\\.|&|(?<!\\)%[^\n]*|\$(?:\\.|[^$\\])*\$",
    re.DOTALL,
)
_RULES = re.compile(
    r"\\(?:hline|toprule|midrule|bottomrule|endhead|endfirsthead|endfoot|endlastfoot|centering)(?![A-Za-z])(?:\[[^\]]*\])?"
    r"|\\(?:cline|cmidrule)(?:\([^)]*\))?\{[^{}]*\}|\\(?:multicolumn|multirow)\*?(?:\[[^\]]*\])?\{[^{}]*\}\{[^{}]*\}"
    r"|\\(?:rowcolor|cellcolor)(?:\[[^\]]*\])?\{[^{}]*\}"
)
_ABOVE = re.compile(
    r"\s+|\\(?:hline|toprule|midrule|bottomrule)(?![A-Za-z])(?:\[[^\]]*\])?|\\(?:cline|cmidrule)(?:\([^)]*\))?\{[^{}]*\}"
)
_SPANNING = re.compile(r"\\multicolumn\s*\{\s*(\d{1,2})\s*\}")


def table_rows(text: str) -> tuple[tuple[tuple[str, ...], int], ...]:
    """The rows of a tabular's inside, each with its offset; cells as plain text, empty rows left out."""
    rows: list[tuple[list[str], int]] = [([], 0)]
    at = 0
    for match in _CELLS.finditer(text):
        if match[0] == "&" or match["more"] is not None or match[0] == r"\tabularnewline":
            rows[-1][0].extend(_cells(text[at : match.start()]))
            at = match.end()
            if match[0] != "&":
                rows.append(([], at))
    rows[-1][0].extend(_cells(text[at:]))
    return tuple((tuple(cells), _first_letter(text, at)) for cells, at in rows if any(cells))


def _first_letter(text: str, at: int) -> int:
    """Where a row begins, behind the lines that are drawn above it."""
    while match := _ABOVE.match(text, at):
        at = match.end()
    return at


def _cells(text: str) -> list[str]:
    spanning = _SPANNING.search(text)
    return [plain_text(_RULES.sub(" ", text)), *[""] * (int(spanning[1]) - 1 if spanning else 0)]
