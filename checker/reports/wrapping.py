"""Breaks long formulas where a person would: outside brackets first, before + and − rather than between factors."""

from __future__ import annotations

import re
from unicodedata import combining

_OPENING, _CLOSING = "([{", ")]}"
_OPERATOR = re.compile(r"[-+−=<>≤≥≠∧∨∈|] ")
_BIG = re.compile(r"(?:[∑∏∫]|sum_|prod_|int_)\S*$")


def width(text: str) -> int:
    """Columns on a terminal; a combining accent takes none."""
    return sum(not combining(character) for character in text)


def wrapped(formula: str, columns: int, indent: str = "  ", *, source: bool = False) -> list[str]:
    """The formula in lines of at most `columns`; those after the first are indented.

    A formula breaks at blanks only; the `source` of one, in LaTeX, also before a command or an operator.
    """
    lines: list[str] = []
    rest, depth = formula, 0
    while rest:
        start = indent if lines else ""
        room = max(columns - len(start), 1)
        place, depth = (len(rest), 0) if width(rest) <= room else _break(rest, room, depth, source)
        lines.append(start + rest[:place].rstrip())
        rest = rest[place:].lstrip()
    return lines


def _break(text: str, room: int, depth: int, source: bool) -> tuple[int, int]:
    """Where to break, and how many brackets are open there."""
    places = []
    for place, character in enumerate(text[: room + 1]):
        depth += (character in _OPENING) - (character in _CLOSING)
        if character == " " or (source and _may_begin(text, place)):
            places.append((-depth, _fitness(text, place), place))
    late = [place for place in places if place[2] > room // 3]  # a short line and a long rest is the last choice
    if not late:
        return max(places, key=lambda place: place[2])[2] if places else room, depth
    outermost, _, place = max(late)
    return place, -outermost


def _may_begin(text: str, place: int) -> bool:
    """Whether a line of LaTeX may begin at this command or operator."""
    return place > 0 and text[place] in "\\+-" and text[place - 1] not in "\\_^{([=+-"


def _fitness(text: str, place: int) -> int:
    """How well the place is fit to break at: before an operator, between factors, behind a ∑."""
    if _OPERATOR.match(text, place + 1) or text[place] in "+-":
        return 2
    return 0 if _BIG.search(text[:place]) else 1
