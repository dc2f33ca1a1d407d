"""The pieces of a display being collected, with the member that is still open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from checker.reading.layout.pieces import Member, Piece
from checker.reading.tex import tokens as t
from checker.reading.tex.items import Item, is_a, text_of, unclosed


@dataclass
class Row:
    """Pieces of a display being collected. indented: its first row begins behind the left sides."""

    pieces: list[Piece] = field(default_factory=list)
    open: list[Item] = field(default_factory=list)
    skip: int = 0
    strict: bool = True
    counted: list[Item] = field(default_factory=list)
    count: int = 0
    balance: int = 0
    closed: tuple[Member, int] | None = None
    indented: bool = False

    def close(self) -> None:
        """End the member that is being collected."""
        items = trimmed(self.open)
        if items:
            member = Member(tuple(items), items[0].place)
            self.pieces.append(member)
            self.closed = member, self.unclosed()
        self.open = []

    def reopen(self, at: int) -> None:
        """Go on with the member that is the piece at that place."""
        member = self.pieces.pop(at)
        assert isinstance(member, Member)
        self.open = list(member.items)
        if self.closed is not None and self.closed[0] is member:
            self.counted, self.count, self.balance = self.open, len(self.open), self.closed[1]

    def unclosed(self) -> int:
        """How many brackets are open in the member that is being collected; counted as it grows."""
        if self.counted is not self.open:
            self.counted, self.count, self.balance = self.open, 0, 0
        self.balance += unclosed(self.open[self.count :])
        self.count = len(self.open)
        return self.balance

    def add(self, piece: Piece) -> None:
        self.close()
        self.pieces.append(piece)


def trimmed(items: Sequence[Item]) -> list[Item]:
    kept = list(items)
    while kept and (text_of(kept[-1]) in (",", ";", ".", ":") or is_a(kept[-1], t.SPACE)):
        kept.pop()
    while kept and (is_a(kept[0], t.SPACE) or text_of(kept[0]) in (",", ";")):
        kept.pop(0)
    return kept
