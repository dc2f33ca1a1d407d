"""What a notation is, and how tightly a printed text holds together. Does not import SymPy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol


class Level(IntEnum):
    """How tightly a text holds together; OPEN reaches as far to the right as a product does (∑_n …)."""

    OR = 1
    AND = 2
    RELATION = 3
    SUM = 4
    OPEN = 5
    QUOTIENT = 6
    PRODUCT = 7
    POWER = 8
    ATOM = 9


class Style(Protocol):
    """A notation: strings in, strings out."""

    @property
    def signs(self) -> Mapping[str, str]: ...
    def name(self, name: str) -> str: ...
    def indexed(self, base: str, indices: Sequence[str]) -> str: ...
    def sample(self, base: str, indices: Sequence[str]) -> str: ...
    def function(self, name: str) -> str: ...
    def bracketed(self, inside: str, kind: str = "()") -> str: ...
    def quotient(self, numerator: Text, denominator: Text) -> Text: ...
    def rational(self, numerator: str, denominator: str) -> Text: ...
    def power(self, base: str, exponent: Text) -> str: ...
    def root(self, inside: Text) -> Text: ...
    def big(self, sign: str, index: str, lower: str, upper: str) -> str: ...
    def integral(self, variable: str, lower: str, upper: str, body: str) -> str: ...
    def complement(self, event: str) -> str: ...
    def binomial(self, upper: str, lower: str) -> str: ...
    def differential(self, sign: str, order: str, what: str) -> str: ...
    def joined(self, left: str, right: str, *, left_is_number: bool) -> str: ...


@dataclass(frozen=True)
class Text:
    """A printed expression and how tightly it holds together."""

    text: str
    level: Level = Level.ATOM

    def fitted(self, level: Level, style: Style) -> str:
        """The text where at least `level` is needed: in brackets where it is looser."""
        return self.text if self.level >= level else style.bracketed(self.text)
