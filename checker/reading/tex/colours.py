"""Colours in which a formula is surely seen on white paper: LaTeX's own, those of a text, and mixtures.

Whatever else is written, as white, a name that the text does not define, or a colour in numbers, may hide what it
colours.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

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
_BRIGHTEST = 0.7
"""Of white 1, of black 0: what is brighter may not be seen on white."""
_DEFINED = re.compile(
    r"\\(?:define|provide)color\*?\s*(?:\[[^\]]*\])?\s*\{(?P<name>[^{}]+)\}\s*\{(?P<model>\w+)\}\s*\{(?P<numbers>[^{}]*)\}"
    r"|\\colorlet\*?\s*(?:\[[^\]]*\])?\s*\{(?P<let>[^{}]+)\}\s*\{(?P<mixture>[^{}]*)\}"
)


def own_colours(text: str) -> dict[str, str]:
    """The colours that a text defines, each with a colour of LaTeX's that is seen where it is: black or white.

    A name that is defined as both, and every name where the paper has a colour, counts as white.
    """
    found: dict[str, str] = {}
    coloured = r"\pagecolor" in text
    for match in _DEFINED.finditer(text):
        name = (match["name"] or match["let"]).strip()
        if match["name"]:
            brightness = _brightness(match["model"], match["numbers"])
            dark = brightness is not None and brightness <= _BRIGHTEST
        else:
            dark = is_seen(resolved(match["mixture"], found))
        seen = "black" if dark and not coloured else "white"
        found[name] = seen if found.get(name, seen) == seen else "white"
    return found


def _brightness(model: str, numbers: str) -> float | None:
    """How bright a colour is, from 0 to 1; None where that is not understood."""
    try:
        if model == "HTML":
            parts = [int(numbers.strip()[at : at + 2], 16) / 255 for at in (0, 2, 4)]
        else:
            parts = [float(part) / (255 if model == "RGB" else 1) for part in numbers.split(",")]
    except ValueError:
        return None
    if not all(0 <= part <= 1 for part in parts):
        return None
    return _grey(model, parts)


def _grey(model: str, parts: Sequence[float]) -> float | None:
    if model == "gray" and len(parts) == 1:
        return parts[0]
    if model == "cmyk" and len(parts) == 4:
        return _grey("rgb", [(1 - part) * (1 - parts[3]) for part in parts[:3]])
    if model in ("rgb", "RGB", "HTML") and len(parts) == 3:
        return 0.299 * parts[0] + 0.587 * parts[1] + 0.114 * parts[2]
    return None


def resolved(colour: str, own: Mapping[str, str]) -> str:
    """A colour with the text's own names replaced."""
    return "!".join(own.get(part.strip(), part.strip()) for part in colour.split("!"))


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
