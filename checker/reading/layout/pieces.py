"""The pieces of a display: members, signs, and the gaps and remarks between them."""

from __future__ import annotations

from dataclasses import dataclass

from checker.reading.tex.items import Item
from checker.reading.tex.tokens import Place


@dataclass(frozen=True)
class Member:
    """One side of a relation: its items."""

    items: tuple[Item, ...]
    place: Place


@dataclass(frozen=True)
class Sign:
    """A sign between members ("=", "<=", …) or between statements ("=>", "<=>"), as the tables name it.

    imposed: what stands over it says that the relation is imposed.
    """

    sign: str
    place: Place
    arrow: bool = False
    imposed: bool = False


@dataclass(frozen=True)
class Gap:
    """What separates statements: "row", "," or the words "and", "or"; "indented": a row behind the left sides;
    "aligned": a row that goes on where relations stand."""

    word: str
    place: Place


@dataclass(frozen=True)
class Remark:
    """Words beside a formula; of those in brackets with a relation also what stands inside, (N_k = …)."""

    words: str
    place: Place
    inside: tuple[Item, ...] = ()


Piece = Member | Sign | Gap | Remark

ROWS = ("row", "indented", "aligned")
"""The words of the gaps between rows."""
