"""Indicators that a sentence defines in words.

t_{nk} is 1 if y_n = k and 0 otherwise;  t_{nk} = 1 when y_n = k, else 0;  t_{nk} is the indicator of y_n = k
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from checker.reading.tex.items import text_of
from checker.reading.words.sentences import Chain, Clause, Said

_NAME, _CONDITION = r"«(?P<name>\d+)»", r"«(?P<condition>\d+)»"
_OTHERWISE = r"(?:0|zero)\s*,?\s*(?:otherwise|else|if not|in all other cases|for all others?)\b"
_PATTERNS = (
    re.compile(
        rf"{_NAME}\W*(?:(?:be|is|are|as|equals?|takes?|has)\s+)?(?:equal\s+to\s+|the\s+value\s+)?(?:1|one)\s*,?\s*"
        rf"(?:if|when|whenever|iff|if\s+and\s+only\s+if)\s*{_CONDITION}\s*[,;]?\s*(?:(?:and|or|else|but)\s+)?"
        rf"(?:(?:be|is|equals?)\s+)?(?:equal\s+to\s+)?"
        rf"(?:{_OTHERWISE}|otherwise\s*,?\s*(?:0|zero)\b|(?<=else )(?:0|zero)\b)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_NAME}\W*(?:be|is|denotes?|are|for|as)\s+(?:the\s+|an?\s+)?indicator(?:\s+(?:function|variable))?"
        rf"(?:\s+(?:of|for|that|whether))?(?:\s+(?:the\s+)?event)?(?:\s+(?:that|whether|of))?\s*{_CONDITION}",
        re.IGNORECASE,
    ),
)


def indicators(clauses: Sequence[Clause]) -> tuple[list[tuple[Chain, Chain]], list[Clause]]:
    """Each name that is defined so with its condition, and the clauses without what says it."""
    text = " ".join("".join(_written(at, clause) for at, clause in enumerate(clauses)).split())
    found: list[tuple[Chain, Chain]] = []
    for pattern in _PATTERNS:
        while match := pattern.search(text):
            name, condition = (clauses[int(match[part])] for part in ("name", "condition"))
            if not isinstance(name, Chain) or not isinstance(condition, Chain) or not condition.signs:
                break
            found.append((Chain(name.members[:1], ()), condition))
            text = f"{text[: match.start()]} and {text[match.end() :]}"
    return found, _clauses(text, clauses) if found else list(clauses)


def _written(at: int, clause: Clause) -> str:
    """Words as they are, 1 and 0 as words, and a formula by its number; x = 1 as x is 1."""
    if isinstance(clause, Said):
        return f" {clause.text.replace('«', ' ').replace('»', ' ')} "
    last = "".join(text_of(item) for item in clause.members[-1].items).strip()
    if last in ("0", "1") and not clause.signs:
        return f" {last} "
    if last in ("0", "1") and [sign.sign for sign in clause.signs] == ["="]:
        return f" «{at}» is 1 " if last == "1" else " 0 "
    return f" «{at}» "


def _clauses(text: str, clauses: Sequence[Clause]) -> list[Clause]:
    found: list[Clause] = []
    for number, piece in enumerate(re.split(r"«(\d+)»", text)):
        if number % 2:
            found.append(clauses[int(piece)])
        elif piece.strip():
            found.append(Said(piece))
    return found
