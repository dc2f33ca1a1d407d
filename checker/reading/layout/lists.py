"""Lists and ranges that commas took apart, put together again after all rows."""

from __future__ import annotations

from collections.abc import Sequence

from checker.reading.layout.pieces import Gap, Member, Piece, Sign
from checker.reading.tex import tokens as t
from checker.reading.tex.items import only_dots, text_of
from checker.reading.tex.signs import DOTS
from checker.reading.tex.tokens import Token


def settled(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Lists and ranges put together again: i = 1, …, N is one member, and x_i, μ_k ∈ R one statement."""
    leads = _leads_to_sign(pieces)
    found: list[Piece] = []
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        at += 1
        if isinstance(piece, Member):
            begins = not found or not isinstance(found[-1], Sign)
            items = [*piece.items]
            while (following := _listed(pieces, at, begins and leads[at])) is not None:
                items += [Token(t.SYMBOL, ",", pieces[at].place), *following.items]
                at += 2
            piece = Member(tuple(items), piece.place)
        found.append(piece)
    return tuple(found)


def _listed(pieces: Sequence[Piece], at: int, before_sign: bool) -> Member | None:
    """The member behind a comma that stands inside a list: between dots, or between names before a sign."""
    before, gap, following = (*pieces[at - 1 : at + 2], None, None)[:3]
    if (
        not isinstance(gap, Gap)
        or gap.word != ","
        or not isinstance(before, Member)
        or not isinstance(following, Member)
    ):
        return None
    return following if before_sign or only_dots(following.items) or text_of(before.items[-1]) in DOTS else None


def _leads_to_sign(pieces: Sequence[Piece]) -> list[bool]:
    """Whether the members between commas end in a relation, from each place on."""
    found = [False]
    for piece in reversed(pieces):
        if isinstance(piece, Sign):
            found.append(not piece.arrow)
        else:
            in_list = isinstance(piece, Member) or isinstance(piece, Gap) and piece.word == ","
            found.append(in_list and found[-1])
    return found[::-1]
