"""The core of the grammar: a parser that goes over items, and sums, products and factors.

How an atom is read, and what may stand behind it, is said by tables that `formula` puts together.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import ClassVar, Self

from checker.reading.lexicon import Lexicon
from checker.reading.syntax import Dots, Node, Number, Phrase, Product, Quotient, Total
from checker.reading.tex import tokens as t
from checker.reading.tex.items import Environment, Group, Item, is_a, only_dots, place_of, shown, split, text_of
from checker.reading.tex.signs import (
    ADDITIVE,
    ARROWS,
    BARS,
    BIG,
    CLOSING,
    DIVISION,
    DOT,
    DOTS,
    FUNCTIONS,
    MULTIPLICATIVE,
    OPENING,
    RELATIONS,
)
from checker.reading.tex.tokens import Place, Token, Unreadable

DEEPEST = 80
"""How deeply quantities may stand in one another; every reader of trees goes as deep as they do."""

GROUP, ENVIRONMENT, BRACKET = "group", "environment", "bracket"
"""The kinds of what is no letter, number, word or command."""


class Parser:
    """One stretch of items being read from left to right; `depth` counts what is open around the next item.

    atoms: how an item of each kind is read. trails: what may stand behind an atom and belong to it; both are put
    together in `formula`. bars: how many bars are open. names_end, last_terms: what was found by looking ahead.
    """

    atoms: ClassVar[Mapping[str, Callable[[Parser], Node]]]
    trails: ClassVar[Sequence[Callable[[Parser, Node], Node | None]]]

    def __init__(self, items: Sequence[Item], lexicon: Lexicon, place: Place, depth: int = 0) -> None:
        self.items = [item for item in items if not is_a(item, t.SPACE) and not is_a(item, t.ALIGN)]
        self.lexicon, self.place, self.at, self.bars, self.depth = lexicon, place, 0, 0, depth
        self.names_end = 0
        self.last_terms: dict[str, int] | None = None
        self.nested(0)

    # --- reading items

    @property
    def next(self) -> Item | None:
        return self.items[self.at] if self.at < len(self.items) else None

    @property
    def text(self) -> str:
        return text_of(self.next)

    def here(self) -> Place:
        if self.at < len(self.items):
            return self.items[self.at].place
        return self.items[-1].place if self.items else self.place

    def take(self) -> Item:
        item = self.items[self.at]
        self.at += 1
        return item

    def after(self) -> Item | None:
        return self.items[self.at + 1] if self.at + 1 < len(self.items) else None

    def end(self) -> None:
        if self.next is not None:
            raise Unreadable(f"{shown(self.next)} cannot be read here", self.here())

    def fail(self, message: str) -> Unreadable:
        return Unreadable(message, self.here())

    def nested(self, further: int) -> None:
        """Refuse what would stand too deeply, `further` levels below this one."""
        if self.depth + further > DEEPEST:
            raise Unreadable(f"the formula is nested more than {DEEPEST} deep", self.here())

    def inner(self, items: Sequence[Item], place: Place) -> Self:
        return type(self)(items, self.lexicon, place, self.depth + 1)

    def insert(self, items: Sequence[Item]) -> None:
        """Read those items next."""
        self.items[self.at : self.at] = items
        self.names_end, self.last_terms = 0, None

    def argument(self, what: str) -> Group:
        item = self.next
        if not isinstance(item, Group):
            raise self.fail(f"{what} needs an argument")
        self.at += 1
        return item

    def inside(self, opening: Token) -> tuple[list[Item], str]:
        """The items up to the bracket that closes this one, and that bracket."""
        depth, start = 1, self.at
        while self.at < len(self.items):
            text = self.text
            depth += (text in OPENING) - (text in CLOSING)
            self.at += 1
            if not depth:
                return self.items[start : self.at - 1], text
        raise Unreadable(f"the '{opening.text.lstrip(chr(92))}' is never closed", opening.place)

    def ahead(self) -> list[Item]:
        """The items in the bracket that opens here."""
        start, opening = self.at, self.next
        assert isinstance(opening, Token)
        self.at += 1
        inside, _ = self.inside(opening)
        self.at = start
        return inside

    def whole(self, items: Sequence[Item], place: Place) -> Node:
        """Those items as one expression."""
        parser = self.inner(items, place)
        node = parser.expression()
        parser.end()
        return node

    def several(self, parts: Iterable[Sequence[Item]], place: Place) -> tuple[Node, ...]:
        """Each part as an expression, or as dots."""
        return tuple(
            Dots(place_of(part, place)) if only_dots(part) else self.whole(part, place_of(part, place))
            for part in parts
        )

    def listed(self, items: Sequence[Item], place: Place) -> tuple[Node, ...]:
        """Expressions between commas."""
        return self.several(split(items, {","}), place)

    # --- sums and products

    def expression(self) -> Node:
        place = self.here()
        if self.next is None:
            raise Unreadable("there is nothing to read here", place)
        terms: list[tuple[int, Node]] = []
        sign = self.sign()
        terms.append((1 if sign is None else sign, self.term()))
        while (sign := self.sign()) is not None:
            terms.append((sign, self.term()))
        return terms[0][1] if len(terms) == 1 and terms[0][0] == 1 else Total(tuple(terms), place)

    def sign(self) -> int | None:
        """The sign that stands here, several taken together: − − is +."""
        found: int | None = None
        while self.text in ADDITIVE:
            self.at += 1
            sign = ADDITIVE[text_of(self.items[self.at - 1])]
            if found is not None and abs(found * sign) > 2:
                raise self.fail("± behind ±")
            found = sign if found is None else found * sign
        return found

    def term(self) -> Node:
        if isinstance(self.next, Token) and self.next.text in DOTS and not self.goes_on(self.at + 1):
            return Dots(self.take().place)
        return self.product()

    def goes_on(self, at: int) -> bool:
        """Whether a factor stands at that item, so that the dots before it are a product's."""
        return at < len(self.items) and (self.begins(self.items[at]) or text_of(self.items[at]) in MULTIPLICATIVE)

    def product(self, stop: bool = False, beside: bool = False) -> Node:
        """Factors up to + and −. stop: also up to a function or a big operator, once there is a factor; beside: only
        factors side by side."""
        place = self.here()
        factors: list[Node] = []
        dots: list[int] = []
        slashes = 0
        while True:
            text = self.text
            if text in ADDITIVE and not factors:
                raise self.missing()
            if stop and factors and self.lexicon.other and (text in MULTIPLICATIVE or text in DIVISION):
                break
            if text in MULTIPLICATIVE and factors and not beside:
                self.at += 1
                dots += [len(factors)] if text in DOT else []
                factors.append(self.signed_factor())
            elif text in DIVISION and factors and not beside:
                slashes += 1
                self.nested(slashes)
                self.at += 1
                number = self.lexicon.other and isinstance(factors[-1], Number) and is_a(self.next, t.DIGIT)
                below = self.factor() if number else self.product(stop=True, beside=True)
                factors, dots = [Quotient(_product_of(factors, place, dots), below, place)], []
            elif self.next is not None and self.begins(self.next):
                if stop and factors and self.stops():
                    break
                digit = bool(factors) and (is_a(self.next, t.DIGIT) or self.text == ".")
                at = self.here()
                factors.append(self.factor())
                if digit and isinstance(factors[-1], Number):
                    raise Unreadable("a number right behind a factor; write \\cdot before it, or _ for an index", at)
            else:
                break
        if not factors:
            raise self.missing()
        if len(factors) > 1:
            for factor in factors:
                if isinstance(factor, Phrase) and " " in factor.text:
                    raise Unreadable("words in the middle of a formula", factor.place)
        return _product_of(factors, place, dots)

    def missing(self) -> Unreadable:
        if self.next is None:
            return Unreadable("something is missing at the end", self.here())
        if self.at and text_of(self.items[self.at - 1]) in BARS and (is_a(self.next, t.SUB) or is_a(self.next, t.SUP)):
            return Unreadable("a bar with what is put in, as in f|_{x=a}, is not read", self.here())
        return Unreadable(f"a quantity is missing before {shown(self.next)}", self.here())

    def signed_factor(self) -> Node:
        place = self.here()
        if self.text == "+":
            raise Unreadable("a quantity is missing before '+'", place)
        sign = self.sign()
        factor = self.factor()
        return factor if sign in (None, 1) else Total(((sign or 1, factor),), place)

    def stops(self) -> bool:
        """A function or a big operator, which ends the factors of a function without brackets."""
        text = self.text
        if self.lexicon.other and text == r"\exp":
            return False
        return text.lstrip("\\") in FUNCTIONS and is_a(self.next, t.COMMAND) or text in BIG

    def begins(self, item: Item) -> bool:
        if isinstance(item, (Group, Environment)):
            return True
        text = item.text
        if text in BARS:
            return not self.bars
        if text in OPENING or item.kind in (t.LETTER, t.DIGIT, t.WORDS):
            return True
        if text in CLOSING or text in RELATIONS or text in ARROWS or item.kind in (t.SUP, t.SUB):
            return text == r"\lvert" or text == r"\lVert"
        if item.kind == t.SYMBOL:
            return text == "." and item is self.next and is_a(self.after(), t.DIGIT)
        return text not in ADDITIVE and text not in MULTIPLICATIVE and text not in DIVISION and text not in (
            r"\forall", r"\exists", r"\cap", r"\cup", r"\land", r"\lor", r"\wedge", r"\vee", r"\setminus", r"\colon",
            r"\mid", r"\choose", r"\over", r"\middle", r"\neg", r"\lnot", r"\otimes", r"\oplus", r"\odot", r"\circ",
        )  # fmt: skip

    def factor(self) -> Node:
        node = self.atom()
        return self.trailed(node)

    def trailed(self, node: Node) -> Node:
        """The node with its scripts, primes, factorials and arguments."""
        for further in itertools.count():
            self.nested(further)
            for trail in self.trails:
                found = trail(self, node)
                if found is not None:
                    node = found
                    break
            else:
                return node
        raise AssertionError

    def atom(self) -> Node:
        self.depth += 1
        self.nested(0)
        node = self.plain_atom()
        self.depth -= 1
        return node

    def plain_atom(self) -> Node:
        item = self.next
        if item is None:
            raise self.missing()
        read = self.atoms.get(self.kind(item))
        if read is None:
            raise Unreadable(f"a quantity is missing before {shown(item)}", item.place)
        return read(self)

    def kind(self, item: Item) -> str:
        """The kind of the next item, by which it is read."""
        if isinstance(item, Group):
            return GROUP
        if isinstance(item, Environment):
            return ENVIRONMENT
        if item.text in OPENING or item.text in BARS:
            return BRACKET
        return t.DIGIT if item.text == "." and is_a(self.after(), t.DIGIT) else item.kind


def _product_of(factors: list[Node], place: Place, dots: Sequence[int] = ()) -> Node:
    return factors[0] if len(factors) == 1 else Product(tuple(factors), place, tuple(dots))
