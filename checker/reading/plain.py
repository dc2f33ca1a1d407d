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
    r"|\\(?:cline|cmidrule)(?:\([^)]*\))?\{[^{}]*\}|\\(?:multicolumn|multirow)\*?\{[^{}]*\}\{[^{}]*\}"
)


def table_rows(text: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a tabular's inside; cells as plain text, empty rows left out."""
    rows: list[list[str]] = [[]]
    at = 0
    for match in _CELLS.finditer(text):
        if match[0] == "&" or match["more"] is not None or match[0] == r"\tabularnewline":
            rows[-1].append(_cell(text[at : match.start()]))
            at = match.end()
            if match[0] != "&":
                rows.append([])
    rows[-1].append(_cell(text[at:]))
    return tuple(tuple(row) for row in rows if any(row))


def _cell(text: str) -> str:
    return plain_text(_RULES.sub(" ", text))
