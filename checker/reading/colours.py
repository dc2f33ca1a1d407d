"""Colours in which a formula is surely seen on white paper: names of LaTeX's colours and mixtures of them.

Whatever else is written, as white, a colour of the text's own, or one in numbers, may hide what it colours.
"""

from __future__ import annotations

import re

COLOURS = frozenset((r"\color", r"\textcolor", r"\colorbox", r"\fcolorbox"))
"""The commands that take a colour."""
_DARK = frozenset(
    "black red green blue cyan magenta gray darkgray brown olive orange purple teal violet "
    "red-orange maroon navy crimson".split()
)
"""The predefined colours of LaTeX's package xcolor that are dark enough, and a few of browsers."""
_LIGHT = frozenset("white yellow lightgray lime pink cyan green".split())
"""Colours on which black is seen."""
_LEAST = 40
"""The share of a dark colour, in percent, that a mixture must have."""
_SHARE = re.compile(r"[0-9]{1,3}")


def is_seen(colour: str, *, behind: bool = False) -> bool:
    """Whether a formula in the colour, or before it where it is `behind`, is surely seen."""
    first, *rest = colour.lower().replace(" ", "").split("!")
    if behind:
        mixed = len(rest) == 1 and bool(_SHARE.fullmatch(rest[0]))
        return first in _LIGHT and not rest or mixed and int(rest[0]) <= _LEAST
    shares, others = rest[::2], rest[1::2]
    named = first in _DARK and all(each in _DARK for each in others)
    numbers = all(_SHARE.fullmatch(each) for each in shares)
    mixed_with_white = len(rest) % 2 == 1
    return named and numbers and (not mixed_with_white or int(shares[-1]) >= _LEAST)
