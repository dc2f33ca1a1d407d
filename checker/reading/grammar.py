"""The grammar of formulas: items to syntax trees, by precedence climbing over what is printed.

    expression = ['+'|'−'] product (('+'|'−') product)*
    product    = factor ((· | × | * | / | side by side) factor)*
    factor     = atom scripts* brackets?

A sum's body is the product behind it, a function without brackets takes the factors that follow, and a slash divides by
the factors that follow it side by side. What cannot be read raises Unreadable with its place.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from checker.reading import tokens as t
from checker.reading.signs import (
    ACCENTS,
    ADDITIVE,
    ARROWS,
    BARS,
    BIG,
    CLOSING,
    DIVISION,
    DOT,
    DOTS,
    FUNCTIONS,
    LABELS,
    LETTER_COMMANDS,
    LIMITED,
    MULTIPLICATIVE,
    OPENING,
    RELATIONS,
    STYLES,
)
from checker.reading.syntax import (
    Applied,
    Big,
    Bracket,
    Call,
    CaseList,
    Chance,
    Complement,
    Derivative,
    Dots,
    Expectation,
    Gradient,
    IndicatorOf,
    Letter,
    Matrix,
    Node,
    Number,
    Phrase,
    Postfix,
    Product,
    Quotient,
    Relation,
    Scripted,
    Several,
    Total,
)
from checker.reading.tokens import Beyond, Place, Token, Unreadable
from checker.reading.trees import Environment, Group, Item

CHANCE = {"p", "P", "Pr"}
EXPECTATIONS = {"E": "E", "Var": "Var", "Cov": "Cov", "var": "Var", "cov": "Cov", "Corr": "Corr"}


@dataclass(frozen=True)
class Lexicon:
    """What the grammar must know of names.

    functions: letters that are functions; bracketed: families written with square brackets, T[i,k]; numbers: letters
    that are declared as quantities, so that p(1−p) is a product; names: names of several letters.
    indices: letters that are indices, so that μ_{new} is a label and μ_{nkj} has three indices. values: letters that
    stand alone for a quantity somewhere, so that p(1−p) may be a product. other: read what can be read in two ways in
    the second way: a function without brackets ends at · and /, a power behind its brackets is that of the function's
    value, a slash between numbers divides by the next factor only, a sum goes on over + where its index does.
    """

    functions: frozenset[str] = frozenset()
    bracketed: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    indices: frozenset[str] = frozenset()
    values: frozenset[str] = frozenset()
    other: bool = False


DEEPEST = 80
"""How deeply quantities may stand in one another; every reader of trees goes as deep as they do."""


def parse(items: Sequence[Item], lexicon: Lexicon, place: Place, depth: int = 0) -> Node:
    """The tree of an expression. Raises Unreadable where the items are none, or nested too deeply."""
    parser = _Parser(items, lexicon, place, depth)
    node = parser.expression()
    parser.end()
    return node


def parse_list(items: Sequence[Item], lexicon: Lexicon, place: Place, depth: int = 0) -> tuple[Node, ...]:
    """Expressions between commas, as x_i, μ_{ki} before ∈."""
    return tuple(
        Dots(_at(part, place)) if _only_dots(part) else parse(part, lexicon, _at(part, place), depth)
        for part in _split(items, {","})
    )


def parse_statement(items: Sequence[Item], lexicon: Lexicon, place: Place, depth: int = 0) -> Node:
    """An expression, or a relation, a chain of relations ("and"), or alternatives ("or")."""
    for words in ("or", "and"):
        parts = _split_words(items, words)
        if len(parts) > 1:
            return Several(words, tuple(parse_statement(p, lexicon, _at(p, place), depth) for p in parts), place)
    return _chain(items, lexicon, place, depth)


def _chain(items: Sequence[Item], lexicon: Lexicon, place: Place, depth: int) -> Node:
    parts, signs = _relations(items)
    if not signs:
        return parse(items, lexicon, place, depth)
    members = [_member(part, lexicon, _at(part, place), depth) for part in parts]
    links = [
        Relation(RELATIONS.get(s.text) or ARROWS[s.text], a, b, s.place)
        for s, a, b in zip(signs, members, members[1:], strict=False)
    ]
    return links[0] if len(links) == 1 else Several("and", tuple(links), place)


def _member(items: Sequence[Item], lexicon: Lexicon, place: Place, depth: int) -> Node:
    nodes = parse_list(items, lexicon, place, depth)
    return nodes[0] if len(nodes) == 1 else Bracket("", nodes, place)


def _at(items: Sequence[Item], place: Place) -> Place:
    return items[0].place if items else place


def _text(item: Item | None) -> str:
    return item.text if isinstance(item, Token) else ""


def _is(item: Item | None, kind: str) -> bool:
    return isinstance(item, Token) and item.kind == kind


def _only_dots(items: Sequence[Item]) -> bool:
    return len(items) == 1 and _text(items[0]) in DOTS


def _split(items: Sequence[Item], signs: set[str]) -> list[list[Item]]:
    """The items between signs that stand outside all brackets; bars count as signs where they are named."""
    parts: list[list[Item]] = [[]]
    depth = 0
    for item in items:
        text = _text(item)
        depth += (text in OPENING) - (text in CLOSING)
        if depth <= 0 and text in signs:
            parts.append([])
        elif not _is(item, t.SPACE):
            parts[-1].append(item)
    return parts


def _split_words(items: Sequence[Item], word: str) -> list[list[Item]]:
    parts: list[list[Item]] = [[]]
    signs = {"or": {r"\lor", r"\vee"}, "and": {r"\land", r"\wedge"}}[word]
    for item in items:
        if _is(item, t.WORDS) and _text(item).strip().lower() == word or _text(item) in signs:
            parts.append([])
        else:
            parts[-1].append(item)
    return [part for part in parts if part]


def _relations(items: Sequence[Item]) -> tuple[list[list[Item]], list[Token]]:
    parts: list[list[Item]] = [[]]
    signs: list[Token] = []
    depth = 0
    for item in items:
        text = _text(item)
        depth += (text in OPENING) - (text in CLOSING)
        if depth <= 0 and isinstance(item, Token) and (text in RELATIONS or text in ARROWS):
            parts.append([])
            signs.append(item)
        elif not _is(item, t.SPACE):
            parts[-1].append(item)
    return parts, signs


class _Parser:
    """One stretch of items being read from left to right; `depth` counts what is open around the next item."""

    def __init__(self, items: Sequence[Item], lexicon: Lexicon, place: Place, depth: int = 0) -> None:
        self.items = [item for item in items if not _is(item, t.SPACE) and not _is(item, t.ALIGN)]
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
        return _text(self.next)

    def here(self) -> Place:
        if self.at < len(self.items):
            return self.items[self.at].place
        return self.items[-1].place if self.items else self.place

    def take(self) -> Item:
        item = self.items[self.at]
        self.at += 1
        return item

    def end(self) -> None:
        if self.next is not None:
            raise Unreadable(f"{_shown(self.next)} cannot be read here", self.here())

    def fail(self, message: str) -> Unreadable:
        return Unreadable(message, self.here())

    def nested(self, further: int) -> None:
        """Refuse what would stand too deeply, `further` levels below this one."""
        if self.depth + further > DEEPEST:
            raise Unreadable(f"the formula is nested more than {DEEPEST} deep", self.here())

    def inner(self, items: Sequence[Item], place: Place) -> _Parser:
        return _Parser(items, self.lexicon, place, self.depth + 1)

    def insert(self, items: Sequence[Item]) -> None:
        """Read those items next."""
        self.items[self.at : self.at] = items
        self.names_end, self.last_terms = 0, None

    def whole(self, items: Sequence[Item], place: Place) -> Node:
        parser = self.inner(items, place)
        node = parser.expression()
        parser.end()
        return node

    def statement(self, items: Sequence[Item], place: Place) -> Node:
        return parse_statement(items, self.lexicon, place, self.depth + 1)

    def argument(self, what: str) -> Group:
        item = self.next
        if not isinstance(item, Group):
            raise self.fail(f"{what} needs an argument")
        self.at += 1
        return item

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
            sign = ADDITIVE[_text(self.items[self.at - 1])]
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
        return at < len(self.items) and (self.begins(self.items[at]) or _text(self.items[at]) in MULTIPLICATIVE)

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
                number = self.lexicon.other and isinstance(factors[-1], Number) and _is(self.next, t.DIGIT)
                below = self.factor() if number else self.product(stop=True, beside=True)
                factors, dots = [Quotient(_product(factors, place, dots), below, place)], []
            elif self.next is not None and self.begins(self.next):
                if stop and factors and self.stops():
                    break
                digit = bool(factors) and (_is(self.next, t.DIGIT) or self.text == ".")
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
        return _product(factors, place, dots)

    def missing(self) -> Unreadable:
        if self.next is None:
            return Unreadable("something is missing at the end", self.here())
        if self.at and _text(self.items[self.at - 1]) in BARS and (_is(self.next, t.SUB) or _is(self.next, t.SUP)):
            return Unreadable("a bar with what is put in, as in f|_{x=a}, is not read", self.here())
        return Unreadable(f"a quantity is missing before {_shown(self.next)}", self.here())

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
        return text.lstrip("\\") in FUNCTIONS and _is(self.next, t.COMMAND) or text in BIG

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
            return text == "." and item is self.next and _is(self.after(), t.DIGIT)
        return text not in ADDITIVE and text not in MULTIPLICATIVE and text not in DIVISION and text not in (
            r"\forall", r"\exists", r"\cap", r"\cup", r"\land", r"\lor", r"\wedge", r"\vee", r"\setminus", r"\colon",
            r"\mid", r"\choose", r"\over", r"\middle", r"\neg", r"\lnot", r"\otimes", r"\oplus", r"\odot", r"\circ",
        )  # fmt: skip

    # --- factors

    def factor(self) -> Node:
        node = self.atom()
        return self.trailed(node)

    def trailed(self, node: Node) -> Node:
        """The node with its scripts, primes, factorials and arguments."""
        for further in itertools.count():
            self.nested(further)
            if self.next is None:
                return node
            if _is(self.next, t.SUB) or _is(self.next, t.SUP) or self.text == "'":
                node = self.scripted(node)
            elif self.text == "!" and not _text(self.after()) == "=":
                if _text(self.after()) == "!":
                    raise self.fail("a double factorial is not read")
                node = Postfix("factorial", node, self.take().place)
            else:
                applied = self.applied(node)
                if applied is None:
                    return node
                node = applied
        raise AssertionError

    def after(self) -> Item | None:
        return self.items[self.at + 1] if self.at + 1 < len(self.items) else None

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
        if isinstance(item, Group):
            return self.group()
        if isinstance(item, Environment):
            return self.environment()
        text = item.text
        if text in OPENING or text in BARS:
            return self.bracket()
        if item.kind == t.DIGIT or text == "." and _is(self.after(), t.DIGIT):
            return self.number()
        if item.kind == t.LETTER:
            return self.letter()
        if item.kind == t.WORDS:
            return self.words()
        if item.kind == t.COMMAND:
            return self.command()
        raise Unreadable(f"a quantity is missing before {_shown(item)}", item.place)

    def group(self) -> Node:
        group = self.take()
        assert isinstance(group, Group)
        texts = [_text(item) for item in group.items]
        for sign in (r"\choose", r"\over", r"\atop"):
            if sign in texts:
                at = texts.index(sign)
                above = self.whole(group.items[:at], group.place)
                below = self.whole(group.items[at + 1 :], group.place)
                if sign == r"\over":
                    return Quotient(above, below, group.place)
                return Applied("binomial", (above, below), group.place)
        if not group.items:
            return Bracket("", (), group.place)
        if self.holds_statement(group.items):
            return self.statement(group.items, group.place)
        node = self.whole(group.items, group.place)
        scripted = _is(self.next, t.SUP) or _is(self.next, t.SUB)
        if scripted and not group.box and isinstance(node, (Total, Product, Quotient)) and not _fraction(group):
            raise Unreadable("the script behind these braces, which do not show, belongs to all or to the last", group.place)
        return Bracket("()", (node,), group.place) if isinstance(node, (Total, Product)) else node

    def holds_statement(self, items: Sequence[Item]) -> bool:
        return bool(_relations(items)[1])

    def number(self) -> Node:
        place, digits = self.here(), ""
        while self.next is not None and (_is(self.next, t.DIGIT) or self.text == "." and _is(self.after(), t.DIGIT)):
            item = self.next
            assert isinstance(item, Token)
            if digits and item.spaced and item.text != ".":
                raise Unreadable("two numbers side by side; write · between factors", item.place)
            digits += item.text
            self.at += 1
            if self.thousands():
                self.at += 1
        return Number(digits, place) if digits != "1" else self.maybe_indicator(Number(digits, place))

    def thousands(self) -> bool:
        """{,} between three digits, as in 1{,}000."""
        item = self.next
        return isinstance(item, Group) and [_text(each) for each in item.items] == [","]

    def letter(self) -> Node:
        item = self.take()
        assert isinstance(item, Token)
        if len(item.text) > 3 and item.text not in self.lexicon.names and item.text.isalpha():
            raise Unreadable(f"'{item.text}' may be a word or a product of letters; write \\text{{{item.text}}}", item.place)
        if not item.text.isascii():
            raise Unreadable(f"the letter '{item.text}' is no letter of mathematics", item.place)
        node = Letter(item.text, item.place)
        if item.text in ("I", "1"):
            return self.maybe_indicator(node)
        if item.text == "d" and self.is_slashed_derivative():
            self.at -= 1
            return self.slashed_derivative()
        return node

    def words(self) -> Node:
        item = self.take()
        assert isinstance(item, Token)
        words = item.text.strip()
        if words in FUNCTIONS:
            return self.function(FUNCTIONS[words], item.place)
        if words in EXPECTATIONS:
            return self.expectation(EXPECTATIONS[words], item.place)
        if words in CHANCE:
            return Letter(words, item.place, style="roman")
        if words in ("argmax", "argmin", "arg max", "arg min"):
            return self.limited(words.replace(" ", ""), item.place)
        if not words:
            return self.atom()
        if not re.fullmatch(r"[^\W\d_][\w \-'.,]*", words):
            raise Unreadable(f"the words '{words}' in a formula are no name", item.place)
        if len(words) == 1:
            return Letter(words, item.place)
        if self.text in ("(", "[") and not self.next.spaced and re.fullmatch(r"[A-Za-z][\w-]*", item.text):  # type: ignore[union-attr]
            raise Beyond(f"the function {words}", item.place)
        return Phrase(" ".join(words.split()), item.place)

    # --- scripts

    def scripted(self, base: Node) -> Node:
        place = self.here()
        sub: tuple[Node, ...] | None = None
        sup: Node | None = None
        bracketed, primes = False, 0
        marks: list[str] = []
        while self.next is not None:
            if self.text == "'":
                self.at += 1
                primes += 1
            elif _is(self.next, t.SUB) and sub is None:
                self.at += 1
                group = self.argument("a subscript")
                sub = self.subscript(group)
            elif _is(self.next, t.SUP) and sup is None:
                self.at += 1
                group = self.argument("a superscript")
                found = self.superscript(group)
                if found == "star":
                    marks.append("star")
                elif isinstance(found, int):
                    primes += found
                elif isinstance(found, tuple):
                    sup, bracketed = found
            else:
                break
        if marks and isinstance(base, Letter):
            base = replace(base, accents=(*base.accents, *marks))
        elif marks and isinstance(base, Scripted) and isinstance(base.base, Letter):
            base = replace(base, base=replace(base.base, accents=(*base.base.accents, *marks)))
        elif marks:
            raise Unreadable("a star belongs behind a name", place)
        if sub is None and sup is None and not primes:
            return base
        if isinstance(base, Letter) and sub and len(sub) == 1 and isinstance(sub[0], Relation | Several) and _one(base):
            return self.raised(IndicatorOf(sub[0], place), sup, place)
        return Scripted(base, sub or (), sup, place, bracketed, primes)

    def raised(self, node: Node, sup: Node | None, place: Place) -> Node:
        return node if sup is None else Scripted(node, (), sup, place)

    def superscript(self, group: Group) -> tuple[Node, bool] | str | int:
        """The node and whether it stands in brackets; "star", or a number of primes."""
        texts = [_text(item) for item in group.items]
        if texts and set(texts) <= {"*", r"\star", r"\ast"}:
            return "star"
        if texts and set(texts) <= {"'", r"\prime"}:
            return len(texts)
        if not group.items:
            raise Unreadable("the superscript is empty", group.place)
        if _is(group.items[0], t.SUP) and len(group.items) == 2 and isinstance(group.items[1], Group):
            return self.superscript(group.items[1])
        if len(group.items) == 1 and texts[0] in ADDITIVE:
            return Letter({1: "plus", -1: "minus"}.get(ADDITIVE[texts[0]], "pm"), group.place), False
        if _in_brackets(group.items):
            inside = group.items[1:-1]
            if inside and not self.holds_statement(inside):
                nodes = parse_list(inside, self.lexicon, group.place, self.depth + 1)
                return (nodes[0] if len(nodes) == 1 else Bracket("", nodes, group.place)), True
        if self.holds_statement(group.items) and texts[0] not in ("1", "I") and not _has_indicator(group.items):
            return self.statement(group.items, group.place), False
        return self.whole(group.items, group.place), False

    def subscript(self, group: Group) -> tuple[Node, ...]:
        found: list[Node] = []
        items = group.items
        if any(_text(item) in BARS for item in items):
            raise Beyond("an index with a condition", group.place)
        if self.holds_statement(items):
            return (self.statement(items, group.place),)
        for part in _split(items, {","}):
            if not part:
                raise Unreadable("an index is missing", group.place)
            found += self.indices(part, group.place)
        return tuple(found)

    def indices(self, items: list[Item], place: Place) -> list[Node]:
        """The indices that stand side by side; a word is a label."""
        if _only_dots(items):
            return [Dots(place)]
        if len(items) == 1 and _text(items[0]) in ADDITIVE:
            return [Letter("plus" if _text(items[0]) == "+" else "minus", place)]
        label = _label(items, self.lexicon)
        if label:
            return [Phrase(label, _at(items, place))]
        if len(items) > 1 and any(_text(item) in BARS for item in items):
            return [self.label_with_bar(items, place)]
        side_by_side = _letters_and_digits(items)
        if len(side_by_side) > 1:
            return [self.whole(part, _at(part, place)) for part in side_by_side]
        colon = [i for i, item in enumerate(items) if _text(item) == ":"]
        if colon:
            ends = [self.whole(items[: colon[0]], place), self.whole(items[colon[0] + 1 :], place)]
            return [Bracket(":", tuple(ends), place)]
        if any(_text(item) in ("*", r"\cdot", r"\bullet") for item in items) and len(items) == 1:
            return [Letter("dot", place)]
        if any(_text(item) in MULTIPLICATIVE | DIVISION for item in items):
            return [self.whole(items, place)]
        node = self.whole(items, place)
        if isinstance(node, Product):
            return list(node.factors)
        return [node]

    def label_with_bar(self, items: list[Item], place: Place) -> Node:
        """y|x in μ_{y|x} is a label; with an index in it, it would be another for each index."""
        letters = {letter for item in items for letter in _letters_in(item)}
        if letters & self.lexicon.indices or not all(isinstance(item, Token) for item in items):
            raise Beyond("a subscript with a bar and an index", _at(items, place))
        return Phrase("".join(map(_text, items)).replace("\\mid", "|").replace("\\", ""), _at(items, place))

    # --- brackets

    def bracket(self) -> Node:
        opening = self.take()
        assert isinstance(opening, Token)
        if opening.text in BARS and opening.text not in OPENING:
            return self.between_bars(opening)
        kind = OPENING[opening.text]
        if kind in ("||", "‖‖"):
            return self.between_bars(opening)
        inside, close = self.inside(opening)
        if opening.text == "[" and close == "]" and _is_iverson(inside):
            return IndicatorOf(self.statement(_stripped(inside), opening.place), opening.place)
        return self.bracketed(kind, close, inside, opening.place)

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

    def bracketed(self, kind: str, close: str, inside: list[Item], place: Place) -> Node:
        closed = CLOSING[close]
        if kind != closed:
            if {kind, closed} == {"()", "[]"} and len(_split(inside, {","})) == 2:
                kind = kind[0] + closed[1]
            else:
                raise Unreadable(f"'{kind[0]}' is closed by '{closed[1]}'", place)
        if not inside:
            return Bracket(kind, (), place)
        if self.holds_statement(inside):
            condition = self.statement(inside, place)
            if kind == "[]":
                return IndicatorOf(condition, place)
            return Bracket(kind, (condition,), place)
        parts = _split(inside, {","})
        if len(parts) == 1 and any(_text(item) in (":", r"\colon") for item in inside) and kind == "{}":
            raise Beyond("a set by a condition", place)
        nodes = tuple(Dots(_at(p, place)) if _only_dots(p) else self.whole(p, _at(p, place)) for p in parts)
        return Bracket(kind, nodes, place)

    def between_bars(self, opening: Token) -> Node:
        kind = OPENING.get(opening.text) or BARS[opening.text]
        directed = opening.text in OPENING
        self.bars += not directed
        start_bars = self.bars
        if directed:
            inside, _ = self.inside(opening)
            node = self.whole(inside, opening.place)
        else:
            node = self.expression()
            if BARS.get(self.text) != kind:
                raise Unreadable("the bar '|' is never closed", opening.place)
            self.at += 1
            self.bars = start_bars - 1
        return Bracket(kind, (node,), opening.place)

    def environment(self) -> Node:
        item = self.take()
        assert isinstance(item, Environment)
        name = item.name.rstrip("*")
        rows = _table(item.items)
        if name in ("cases", "dcases", "rcases"):
            return CaseList(tuple(self.case(row, item.place) for row in rows), item.place)
        if name.endswith("matrix") or name == "array":
            cells = tuple(tuple(self.cell(cell, item.place) for cell in row) for row in rows)
            matrix = Matrix(cells, item.place)
            return Bracket("||", (matrix,), item.place) if name == "vmatrix" else matrix
        raise Unreadable(f"the environment {item.name} inside a formula is not read", item.place)

    def cell(self, items: list[Item], place: Place) -> Node:
        if not items or _only_dots(items):
            return Dots(place)
        return self.whole(items, _at(items, place))

    def case(self, row: list[list[Item]], place: Place) -> tuple[Node, Node | None]:
        value = self.whole(_without_commas(row[0]), place)
        rest = [i for cell in row[1:] for i in cell]
        words = " ".join(_text(i) for i in rest if _is(i, t.WORDS)).lower()
        condition = [i for i in rest if not _is(i, t.WORDS)]
        condition = _without_commas(condition)
        if not condition:
            if any(word in words for word in ("otherwise", "else", "o.w")):
                return value, None
            raise Unreadable("a case needs its condition", _at(row[0], place))
        return value, self.statement(condition, _at(condition, place))

    # --- commands

    def command(self) -> Node:
        item = self.take()
        assert isinstance(item, Token)
        text, place = item.text, item.place
        name = text.lstrip("\\")
        if text in (r"\frac", r"\dfrac", r"\tfrac", r"\cfrac", r"\nicefrac", r"\sfrac"):
            return self.fraction(place)
        if text == r"\sqrt":
            return self.root(place)
        if text in (r"\binom", r"\dbinom", r"\tbinom"):
            above, below = self.argument(text), self.argument(text)
            return Applied("binomial", (self.whole(above.items, place), self.whole(below.items, place)), place)
        if text in BIG:
            return self.big(BIG[text], place)
        if text == r"\underset":
            return self.underset(place)
        if text in (r"\Sigma", r"\Pi", r"\pi") and self.is_sign():
            return self.big("sum" if text == r"\Sigma" else "product", place)
        if name in LIMITED or text == r"\arg":
            if text == r"\arg":
                follow = self.take() if self.next is not None else None
                name = f"arg{_text(follow).lstrip(chr(92))}"
                if name not in LIMITED:
                    raise Unreadable("\\arg is read before \\max and \\min only", place)
            return self.limited(name, place)
        if text == r"\Pr":
            return Letter("Pr", place, style="roman")
        if name in FUNCTIONS:
            return self.function(FUNCTIONS[name], place)
        if text in STYLES:
            return self.styled(text, place)
        if text in ACCENTS:
            return self.accented(ACCENTS[text], place)
        if text == r"\partial":
            return self.differential(place)
        if text == r"\nabla":
            return self.gradient(place)
        if text in DOTS:
            return Dots(place)
        if text in LETTER_COMMANDS:
            return self.greek(LETTER_COMMANDS[text], place)
        raise Unreadable(f"the command {text} is not known", place)

    def greek(self, name: str, place: Place) -> Node:
        return Letter(name, place)

    def is_sign(self) -> bool:
        """Σ or Π with an equation below is the sign of a sum or product: Σ_{i=1}^N."""
        sub = self.after()
        if not _is(self.next, t.SUB):
            return _is(self.next, t.SUP) and self.at + 3 < len(self.items) and _is(self.items[self.at + 2], t.SUB) and (
                isinstance(below := self.items[self.at + 3], Group) and any(_text(i) == "=" for i in below.items)
            )
        return isinstance(sub, Group) and any(_text(i) == "=" for i in sub.items)

    def fraction(self, place: Place) -> Node:
        above, below = self.argument(r"\frac"), self.argument(r"\frac")
        if not above.items or not below.items:
            raise Unreadable("the fraction has nothing above or below its line", place)
        derivative = self.derivative(above, below, place)
        if derivative is not None:
            return derivative
        return Quotient(self.whole(above.items, above.place), self.whole(below.items, below.place), place)

    def root(self, place: Place) -> Node:
        index: tuple[Node, ...] = ()
        item = self.next
        if isinstance(item, Group) and item.box:
            self.at += 1
            index = (self.whole(item.items, item.place),)
        body = self.argument(r"\sqrt")
        return Applied("sqrt", (self.whole(body.items, body.place), *index), place)

    def styled(self, command: str, place: Place) -> Node:
        group, style = self.argument(command), STYLES[command]
        if command == r"\operatorname" and not group.items and isinstance(self.next, Group):
            group = self.argument(command)
        letters = "".join(_text(item) for item in group.items)
        plain = all(_is(item, t.LETTER) or _is(item, t.DIGIT) for item in group.items)
        command_name = letters.lstrip("\\") if len(group.items) == 1 else letters
        if style == "roman" and (plain or command_name in FUNCTIONS or command_name in LIMITED):
            return self.roman(command_name, place)
        if style == "roman" and len(group.items) == 1 and _is(group.items[0], t.WORDS):
            return self.roman(letters, place)
        if style == "roman" and group.items and isinstance(group.items[0], Token) and group.items[0].text in STYLES:
            self.insert(group.items)
            return self.atom()
        if style in ("blackboard", "script") and letters in ("1", "I") or style == "bold" and letters == "1":
            return self.maybe_indicator(Letter(letters, place, style=style))
        if style == "blackboard" and letters == "E":
            return self.expectation("E", place)
        if style == "blackboard" and letters == "P":
            return Letter("P", place, style="roman")
        if len(group.items) > 1 and plain and style in ("", "bold"):
            return Letter(letters, place) if letters in self.lexicon.names else self.whole(group.items, group.place)
        node = self.whole(group.items, group.place)
        return _with_style(node, style, command)

    def roman(self, name: str, place: Place) -> Node:
        if name in FUNCTIONS:
            return self.function(FUNCTIONS[name], place)
        if name in EXPECTATIONS:
            return self.expectation(EXPECTATIONS[name], place)
        if name in CHANCE:
            return Letter(name, place, style="roman")
        if name in LIMITED:
            return self.limited(name, place)
        if name in ("1", "I"):
            return self.maybe_indicator(Letter(name, place, style="blackboard"))
        return Letter(name, place, style="" if len(name) == 1 else "roman")

    def accented(self, accent: str, place: Place) -> Node:
        group = self.argument(f"\\{accent}")
        if accent == "bar" and any(_text(i) in (",", r"\cup", r"\cap") for i in group.items):
            raise Unreadable("a bar over several things is not read", place)
        node = self.whole(group.items, group.place)
        return _with_accent(node, accent)

    # --- functions

    def function(self, name: str, place: Place) -> Node:
        sub: tuple[Node, ...] = ()
        power: Node | None = None
        while _is(self.next, t.SUB) or _is(self.next, t.SUP):
            script = self.take()
            if _is(script, t.SUB):
                sub = self.subscript(self.argument("a subscript"))
            else:
                found = self.superscript(self.argument("a superscript"))
                if not isinstance(found, tuple):
                    raise Unreadable(f"a mark behind {name} is not read", place)
                power = found[0]
        start = self.at
        arguments = self.arguments(name)
        if name == "log" and power is None and _is(self.next, t.SUP) and not self.lexicon.other:
            self.at = start  # log (x)^2 is the logarithm of the power
            arguments = (self.raised_bracket(),)
        node: Node = Applied(name, arguments, place, sub)
        if power is None:
            return node
        if isinstance(power, Total):
            raise Unreadable(f"{name}^{{-1}} is read neither as an inverse nor as a quotient", place)
        return Scripted(node, (), power, place)

    def raised_bracket(self) -> Node:
        """A bracket with its power."""
        node = self.atom()
        while _is(self.next, t.SUP) or _is(self.next, t.SUB):
            node = self.scripted(node)
        return node

    def arguments(self, name: str) -> tuple[Node, ...]:
        item = self.next
        if item is None:
            raise Unreadable(f"{name} needs an argument", self.here())
        if isinstance(item, Token) and item.text in OPENING and OPENING[item.text] in ("()", "[]", "{}"):
            self.at += 1
            inside, close = self.inside(item)
            if CLOSING[close] != OPENING[item.text]:
                raise Unreadable(f"'{OPENING[item.text][0]}' is closed by '{CLOSING[close][1]}'", item.place)
            if not inside:
                raise Unreadable(f"{name} needs an argument", item.place)
            return tuple(self.whole(part, _at(part, item.place)) for part in _split(inside, {","}))
        if isinstance(item, Group) and name == "exp":
            self.at += 1
            return (self.whole(item.items, item.place),)
        if isinstance(item, Group) and not self.factor_follows():
            return (self.group(),)
        if not self.begins(item):
            raise Unreadable(f"{name} needs an argument before {_shown(item)}", item.place)
        return (self.product(stop=True),)

    def factor_follows(self) -> bool:
        after = self.after()
        return after is not None and (self.begins(after) or _is(after, t.SUP) or _is(after, t.SUB))

    def limited(self, name: str, place: Place) -> Node:
        below: tuple[Node, ...] = ()
        if _is(self.next, t.SUB):
            self.at += 1
            below = self.conditions(self.argument("what stands below"))
        if not below and name in FUNCTIONS:
            return Applied(name, self.arguments(name), place)
        if isinstance(self.next, Token) and self.text in OPENING:
            node = self.atom()
            return Big(name, below, None, node, place)
        return Big(name, below, None, self.product(), place)

    # --- big operators

    def underset(self, place: Place) -> Node:
        """\\underset{θ}{argmax} is argmax_θ, and \\underset{x ~ p}{E} is E_x."""
        below, operator = self.argument(r"\underset"), self.argument(r"\underset")
        script = Token(t.SUB, "_", place)
        self.insert([*operator.items, script, below])
        return self.atom()

    def big(self, sign: str, place: Place) -> Node:
        below: tuple[Node, ...] = ()
        above: Node | None = None
        while _is(self.next, t.SUB) or _is(self.next, t.SUP):
            script = self.take()
            group = self.argument("what stands below the sign")
            if _is(script, t.SUB):
                below = self.conditions(group)
            else:
                above = self.statement(group.items, group.place) if group.items else None
        if sign == "integral":
            return self.integral(below, above, place)
        start = self.here()
        if self.text == "+":
            raise self.missing()
        if self.lexicon.other and self.index_goes_on(below):
            return Big(sign, below, above, self.expression(), place)
        minus = self.sign()
        body = self.product()
        if minus is not None:
            body = Total(((minus, body),), start)
        return Big(sign, below, above, body, place)

    def index_goes_on(self, below: tuple[Node, ...]) -> bool:
        """Whether a term behind the sum's has its index."""
        letters = {each.name for part in below[:1] for each in _left_letters(part)}
        if self.last_terms is None:
            self.last_terms = _last_terms(self.items)
        return any(self.last_terms.get(letter, -1) >= self.at for letter in letters)

    def conditions(self, group: Group) -> tuple[Node, ...]:
        """What stands below a sign: i=1; i, j; i : y_i = k; j | k = K."""
        items = list(group.items)
        if len(items) == 2 and _text(items[0]) == r"\substack" and isinstance(items[1], Group):
            rows = _table(items[1].items)
            return tuple(self.statement([i for c in row for i in c], group.place) for row in rows)
        first, *rest = _split(items, {":", r"\colon", *BARS})
        found = [self.statement(part, _at(part, group.place)) for part in _split(first, {",", ";"}) if part]
        for section in rest:
            for part in _split(section, {",", ";"}):
                if part:
                    found.append(Several("where", (self.statement(part, _at(part, group.place)),), group.place))
        return tuple(found)

    def integral(self, below: tuple[Node, ...], above: Node | None, place: Place) -> Node:
        """∫ body dx: up to the last d before a name outside brackets."""
        depth, last = 0, -1
        for at in range(self.at, len(self.items) - 1):
            text = _text(self.items[at])
            depth += (text in OPENING) - (text in CLOSING)
            if depth < 0 or not depth and (text in RELATIONS or text in ARROWS):
                break
            following = self.items[at + 1]
            is_name = _is(following, t.LETTER) or _text(following) in LETTER_COMMANDS or _text(following) in STYLES
            if not depth and text == "d" and is_name:
                last = at
                break
        if last < 0:
            raise Unreadable("the integral names no variable, as in \\int f(x) dx", place)
        inside = self.items[self.at : last]
        self.at = last + 1
        variable = self.factor_of_name()
        body = self.whole(inside, place) if inside else Number("1", place)
        return Big("integral", (variable, *below), above, body, place)

    def factor_of_name(self) -> Node:
        node = self.atom()
        while _is(self.next, t.SUB) or _is(self.next, t.SUP) or self.text == "'":
            node = self.scripted(node)
        return node

    # --- derivatives

    def derivative(self, above: Group, below: Group, place: Place) -> Node | None:
        """A fraction that is a derivative, or None."""
        sign = _differential(above.items)
        if not sign or _differential(below.items) != sign or len(below.items) < 2:
            return None
        if sign == "d" and not _name_follows(below.items, 1):
            return None
        if sign == "d" and len(above.items) > 1 and (_is(above.items[1], t.SUB) or _is_operator(above.items[1])):
            return None
        top = self.inner(above.items[1:], above.place)
        order = top.order()
        variables = self.variables(below, sign, order)
        if top.next is not None:
            body = top.expression()
            top.end()
        else:
            body = self.differentiated(place)
        return Derivative(sign, body, variables, place)

    def order(self) -> int:
        if not _is(self.next, t.SUP):
            return 1
        self.at += 1
        group = self.argument("the order of a derivative")
        texts = "".join(_text(item) for item in group.items)
        if not texts.isdigit() or not 1 <= int(texts) <= 6:
            raise Unreadable("the order of a derivative is a number from 1 to 6", group.place)
        return int(texts)

    def variables(self, below: Group, sign: str, order: int) -> tuple[Node, ...]:
        reader = self.inner(below.items, below.place)
        found: list[Node] = []
        while reader.next is not None:
            if _differential(reader.items[reader.at :]) != sign:
                raise reader.fail("below a derivative's line stand its variables, as in \\partial x \\partial y")
            reader.at += 1
            if _is(reader.next, t.SUP):  # ∂²/∂²θ, as some write it
                if reader.order() != order:
                    raise reader.fail("the orders above and below the line of a derivative differ")
            found.append(reader.factor_of_name())
        if len(found) == order:
            return tuple(found)
        spread: list[Node] = []
        for node in found:
            power = _power_of(node)
            spread += [node] if power is None else [power[0]] * power[1]
        if len(spread) == order:
            return tuple(spread)
        if len(found) == 1 and order > 1 and _power_of(found[0]) is None:
            return tuple(found * order)
        raise Unreadable(f"the derivative is of order {order} above its line, and not below it", below.place)

    def differentiated(self, place: Place) -> Node:
        """What an operator d/dx applies to: a bracket that follows, or the factors up to + or −."""
        item = self.next
        if isinstance(item, Token) and item.text in OPENING and OPENING[item.text] in ("()", "[]", "{}"):
            start = self.at
            node = self.atom()
            while _is(self.next, t.SUP) or _is(self.next, t.SUB):
                node = self.scripted(node)
            if not _is_transposed(node):
                return node
            self.at = start  # a row vector is half of a product
        sign = self.sign()
        if sign is not None:
            return Total(((sign, self.product()),), place)
        if item is None or not self.begins(item):
            raise Unreadable("the derivative is of nothing", place)
        return self.product()

    def is_slashed_derivative(self) -> bool:
        """df/dx: d, a name, a slash, d, a name."""
        at = self.names_end = self.end_of_names()
        if at >= len(self.items) or _text(self.items[at]) != "/":
            return False
        return at > self.at and at + 1 < len(self.items) and _text(self.items[at + 1]) == "d" and _name_follows(self.items, at + 2)

    def end_of_names(self) -> int:
        """Where the names and scripts that stand here end; what was looked at is not looked at again."""
        at = max(self.at, self.names_end)
        while at < len(self.items) and (
            isinstance(self.items[at], Group) or _name_follows(self.items, at) or _is_script(self.items[at])
        ):
            at += 1
        return at

    def slashed_derivative(self) -> Node:
        place = self.take().place
        body = self.factor_of_name()
        if self.text != "/":
            raise self.fail("a derivative written with a slash is of one name, as in df/dx")
        self.at += 2
        return Derivative("d", body, (self.factor_of_name(),), place)

    def differential(self, place: Place) -> Node:
        """∂f/∂x on one line, or ∂_x f."""
        if _is(self.next, t.SUB):
            self.at += 1
            variables = self.subscript(self.argument("the variable of \\partial"))
            if len(variables) != 1 or not isinstance(variables[0], Scripted):
                raise Beyond("a partial derivative by an index", place)
            return Derivative("partial", self.differentiated(place), variables, place)
        order = self.order()
        depth, slash = 0, -1
        for at in range(self.at, len(self.items) - 1):
            text = _text(self.items[at])
            depth += (text in OPENING) - (text in CLOSING)
            if not depth and text == "/" and _text(self.items[at + 1]) == r"\partial":
                slash = at
                break
        if slash < 0:
            raise Unreadable("\\partial is read in a derivative only, as in \\partial f/\\partial x", place)
        inside = self.items[self.at : slash]
        self.at = slash + 1
        below: list[Item] = []
        while self.text == r"\partial":
            below.append(self.take())
            start = self.at
            self.factor_of_name()
            below += self.items[start : self.at]
        variables = self.variables(Group(tuple(below), place), "partial", order)
        body = self.whole(inside, place) if inside else self.differentiated(place)
        return Derivative("partial", body, variables, place)

    def gradient(self, place: Place) -> Node:
        variable: Node | None = None
        while _is(self.next, t.SUB) or _is(self.next, t.SUP):
            script = self.take()
            group = self.argument("the variable of \\nabla")
            if _is(script, t.SUP):
                raise Beyond("a Hessian written \\nabla^2", place)
            variable = self.whole(group.items, group.place)
        return Gradient(variable, self.differentiated(place), place)

    # --- brackets behind a name

    def applied(self, node: Node) -> Node | None:
        """The call, probability, expectation or indicator that a bracket behind the name makes; None for a product."""
        item = self.next
        if not isinstance(item, Token) or item.text not in OPENING or OPENING[item.text] not in ("()", "[]", "{}"):
            return None
        letter = _head(node)
        if letter is None:
            return None
        if letter.name == "E" and OPENING[item.text] == "[]" and "E" not in self.lexicon.numbers | self.lexicon.functions:
            sub = node.sub if isinstance(node, Scripted) else ()
            return self.expected("E", letter.place, sub)
        if letter.name in ("O", "o") and isinstance(node, Letter) and letter.name not in self.lexicon.numbers:
            raise Beyond(f"an order of magnitude {letter.name}(…)", letter.place)
        inside = self.ahead()
        sections = _split(inside, {*BARS, ";"})
        density = letter.name in CHANCE or letter.name == "N" and letter.style == "script"
        has_bar = (len(_split(inside, set(BARS))) == 2 or density and len(sections) == 2) and all(sections)
        if self.is_chance(letter, inside, has_bar, isinstance(node, Letter)):
            if isinstance(node, Scripted) and node.sup is not None and not node.bracketed:
                return None
            self.at += 1
            self.inside(item)
            return self.chance(node, sections, item.place)
        is_function = letter.name in self.lexicon.functions and OPENING[item.text] == "()"
        is_family = letter.name in self.lexicon.bracketed and OPENING[item.text] == "[]"
        lists = len(_split(inside, {",", ";"})) > 1 and not item.spaced and OPENING[item.text] == "()"
        if not (is_function or is_family or lists) or self.holds_statement(inside):
            return None
        if isinstance(node, Scripted) and node.sup is not None and not node.bracketed and is_function:
            return None
        self.at += 1
        self.inside(item)
        parts = _split(inside, {",", ";"})
        arguments = tuple(Dots(_at(p, item.place)) if _only_dots(p) else self.whole(p, _at(p, item.place)) for p in parts)
        return Call(node, arguments, item.place, OPENING[item.text])

    def ahead(self) -> list[Item]:
        """The items in the bracket that opens here."""
        start, opening = self.at, self.next
        assert isinstance(opening, Token)
        self.at += 1
        inside, _ = self.inside(opening)
        self.at = start
        return inside

    def is_chance(self, letter: Letter, inside: list[Item], has_bar: bool, bare: bool) -> bool:
        if letter.accents and not has_bar:
            return False
        if letter.name in self.lexicon.functions and not has_bar:
            return False
        if has_bar:
            return letter.name not in self.lexicon.numbers or letter.name in CHANCE
        if letter.name not in CHANCE:
            return False
        if letter.style == "roman" or self.holds_statement(inside):
            return True
        if not _is_arithmetic(inside):
            return letter.name not in self.lexicon.numbers
        if bare and letter.name not in self.lexicon.numbers | self.lexicon.values:
            raise Unreadable(f"'{letter.name}(…)' may be a probability or a product", letter.place)
        return False

    def chance(self, head: Node, sections: list[list[Item]], place: Place) -> Node:
        events = self.events(sections[0], place)
        given = tuple(node for section in sections[1:] for node in self.events(section, place))
        return Chance(head, events, given, place)

    def events(self, items: list[Item], place: Place) -> tuple[Node, ...]:
        found = []
        for part in _split(items, {",", r"\cap", r"\land", r"\wedge"}):
            if not part:
                raise Unreadable("an event is missing", place)
            found.append(self.event(part, place))
        return tuple(found)

    def event(self, items: list[Item], around: Place, depth: int = 0) -> Node:
        if not items:
            raise Unreadable("an event is missing", around)
        self.nested(depth)
        place = items[0].place
        if _only_dots(items):
            return Dots(place)
        if _text(items[0]) in (r"\neg", r"\lnot", r"\sim"):
            return Complement(self.event(items[1:], place, depth + 1), place)
        if len(items) > 2 and _is(items[-2], t.SUP) and _superscript_text(items[-1]) in ("c", "complement"):
            return Complement(self.event(items[:-2], place, depth + 1), place)
        if any(_text(item) in (r"\cup", r"\lor", r"\vee") for item in items):
            raise Beyond("a union of events", place)
        return self.statement(items, place)

    def expectation(self, operator: str, place: Place) -> Node:
        sub: tuple[Node, ...] = ()
        while _is(self.next, t.SUB):
            self.at += 1
            sub = self.subscript(self.argument("a subscript"))
        return self.expected(operator, place, sub)

    def expected(self, operator: str, place: Place, sub: tuple[Node, ...]) -> Node:
        item = self.next
        if not isinstance(item, Token) or item.text not in OPENING:
            if operator == "E" or operator in EXPECTATIONS.values():
                if item is not None and self.begins(item):
                    return Expectation(operator, (self.product(stop=True),), (), place, sub)
            raise Unreadable(f"{operator} needs an argument in brackets, as in {operator}[X]", place)
        self.at += 1
        inside, _ = self.inside(item)
        sections = _split(inside, {*BARS, ";"})
        if not all(sections):
            raise Unreadable(f"{operator} needs an argument", place)
        first = tuple(self.whole(part, _at(part, place)) for part in _split(sections[0], {","}))
        given = tuple(node for section in sections[1:] for node in self.events(section, place))
        return Expectation(operator, first, given, place, sub)

    def maybe_indicator(self, node: Node) -> Node:
        """1 or I before a condition in brackets."""
        item = self.next
        if _is(item, t.SUB) and isinstance(node, Letter) and node.style == "blackboard":
            group = self.after()
            if isinstance(group, Group) and group.items:
                if _relations(group.items)[1]:
                    self.at += 2
                    return IndicatorOf(self.statement(group.items, group.place), node.place)
                inside = group.items
                if _text(inside[0]) in OPENING and _relations(inside[1:-1])[1]:
                    self.at += 2
                    return IndicatorOf(self.statement(inside[1:-1], group.place), node.place)
        if not isinstance(item, Token) or item.text not in OPENING or OPENING[item.text] not in ("()", "[]", "{}"):
            return node
        inside_items = self.ahead()
        if not _relations(inside_items)[1]:
            if isinstance(node, Letter) and node.style == "blackboard" and node.name == "1":
                raise Unreadable(r"'\mathbb{1}' needs a condition, as in \mathbb{1}[y = k]", node.place)
            return node
        self.at += 1
        self.inside(item)
        parts = _split(inside_items, {","})
        if len(parts) > 1 and all(_relations(part)[1] for part in parts):
            conditions = tuple(self.statement(part, item.place) for part in parts)
            return IndicatorOf(Several("and", conditions, item.place), node.place)
        return IndicatorOf(self.statement(inside_items, item.place), node.place)


# --- small questions ----------------------------------------------------------------------------------------------


def _product(factors: list[Node], place: Place, dots: Sequence[int] = ()) -> Node:
    return factors[0] if len(factors) == 1 else Product(tuple(factors), place, tuple(dots))


def _letters_and_digits(items: Sequence[Item]) -> list[list[Item]]:
    """j, 1 for the items of j1: letters, and numbers behind them; empty where there is anything else."""
    found: list[list[Item]] = []
    for item in items:
        if not isinstance(item, Token) or item.kind not in (t.LETTER, t.DIGIT):
            return []
        if item.kind == t.DIGIT and found and _is(found[-1][-1], t.DIGIT):
            found[-1].append(item)
        else:
            found.append([item])
    return found


def _shown(item: Item) -> str:
    if isinstance(item, Environment):
        return rf"\begin{{{item.name}}}"
    return f"'{item.text}'" if isinstance(item, Token) else "'{'"


def _fraction(group: Group) -> bool:
    return bool(group.items) and _text(group.items[0]) in (r"\frac", r"\dfrac", r"\tfrac")


def _one(letter: Letter) -> bool:
    return letter.name in ("1", "I") and letter.style in ("blackboard", "bold", "roman")


def _in_brackets(items: Sequence[Item]) -> bool:
    """The first bracket is closed by the last one."""
    if len(items) < 2 or _text(items[0]) not in ("(", "[") or _text(items[-1]) not in (")", "]"):
        return False
    depth = 0
    for at, item in enumerate(items):
        depth += (_text(item) in OPENING) - (_text(item) in CLOSING)
        if not depth:
            return at == len(items) - 1
    return False


def _has_indicator(items: Sequence[Item]) -> bool:
    return any(_text(i) in (r"\mathbb", r"\mathbbm", r"\mathbf", r"\mathds", r"\mathrm", r"\delta") for i in items) or any(
        _text(a) in ("1", "I") and _text(b) in OPENING for a, b in zip(items, items[1:], strict=False)
    )


def _is_iverson(items: Sequence[Item]) -> bool:
    """[[y = k]]"""
    return len(items) > 2 and _text(items[0]) == "[" and _text(items[-1]) == "]" and bool(_relations(items[1:-1])[1])


def _stripped(items: Sequence[Item]) -> Sequence[Item]:
    return items[1:-1]


def _label(items: Sequence[Item], lexicon: Lexicon) -> str:
    """The word that a subscript is, or ""."""
    if len(items) == 1 and _is(items[0], t.WORDS):
        return _text(items[0]).strip()
    if len(items) == 2 and _text(items[0]) in (r"\mathrm", r"\operatorname", r"\mathsf", r"\mathit") and isinstance(
        items[1], Group
    ):
        text = "".join(_text(item) for item in items[1].items)
        return text if len(text) > 1 else ""
    if len(items) > 1 and all(_is(item, t.LETTER) and _text(item).isascii() for item in items):
        text = "".join(_text(item) for item in items)
        if all(letter in lexicon.indices for letter in text):
            return ""
        return text if text.lower() in LABELS or len(text) > 2 and not set(text) & lexicon.indices else ""
    if len(items) == 1 and isinstance(items[0], Token) and len(items[0].text) > 1 and items[0].kind == t.LETTER:
        return items[0].text
    if len(items) == 1 and _text(items[0]) in (r"\max", r"\min"):
        return _text(items[0]).lstrip("\\")
    return ""


def _table(items: Sequence[Item]) -> list[list[list[Item]]]:
    """Rows of cells; empty rows are dropped."""
    rows: list[list[list[Item]]] = [[[]]]
    for item in items:
        if _is(item, t.ROW):
            rows.append([[]])
        elif _is(item, t.ALIGN):
            rows[-1].append([])
        elif not _is(item, t.SPACE):
            rows[-1][-1].append(item)
    return [row for row in rows if any(row)]


def _without_commas(items: Sequence[Item]) -> list[Item]:
    kept = list(items)
    while kept and _text(kept[-1]) in (",", ";", "."):
        kept.pop()
    return kept


def _with_style(node: Node, style: str, command: str) -> Node:
    if isinstance(node, Letter):
        return replace(node, style=node.style or style)
    if isinstance(node, Scripted):
        return replace(node, base=_with_style(node.base, style, command))
    if isinstance(node, (Number, Bracket, Total, Product, Phrase, Quotient)):
        return node
    raise Unreadable(f"{command} around this is not read", node.place)


def _with_accent(node: Node, accent: str) -> Node:
    if isinstance(node, Letter):
        return replace(node, accents=(*node.accents, accent))
    if isinstance(node, Scripted) and node.sup is not None and not node.bracketed:
        raise Unreadable(f"a {accent} over a power is not read; give what it stands for a name", node.place)
    if isinstance(node, Scripted):
        return replace(node, base=_with_accent(node.base, accent))
    if isinstance(node, Call):
        return replace(node, function=_with_accent(node.function, accent))
    if isinstance(node, Phrase):
        return replace(node, text=f"{node.text}_{accent}")
    raise Unreadable(f"a {accent} over more than one name is not read", node.place)


def _differential(items: Sequence[Item]) -> str:
    """ "partial" or "d", by the first item."""
    if not items:
        return ""
    text = _text(items[0])
    if text == r"\partial":
        return "partial"
    if text == "d" and (_is(items[0], t.LETTER)):
        return "d"
    return ""


def _name_follows(items: Sequence[Item], at: int) -> bool:
    if at >= len(items):
        return False
    item = items[at]
    return (
        _is(item, t.LETTER) or _text(item) in LETTER_COMMANDS or _text(item) in STYLES or _text(item) in ACCENTS
        or isinstance(item, Group) or _text(item) == "("
    )  # fmt: skip


def _is_script(item: Item) -> bool:
    return _is(item, t.SUB) or _is(item, t.SUP) or _text(item) == "'"


def _is_operator(item: Item) -> bool:
    return _text(item) in ADDITIVE or _text(item) in MULTIPLICATIVE or _text(item) in DIVISION


def _power_of(node: Node) -> tuple[Node, int] | None:
    """x² as (x, 2)."""
    if isinstance(node, Scripted) and isinstance(node.sup, Number) and node.sup.text.isdigit() and not node.bracketed:
        order = int(node.sup.text)
        if 1 <= order <= 6:
            base = node.base if not node.sub and not node.primes else replace(node, sup=None)
            return base, order
    return None


def _is_transposed(node: Node) -> bool:
    return isinstance(node, Scripted) and isinstance(node.sup, Letter) and node.sup.name in ("T", "top")


def _last_terms(items: Sequence[Item]) -> dict[str, int]:
    """Where the last term begins, outside all brackets and without a sum of its own, that has the letter."""
    starts: list[int] = []
    depth = 0
    for at, item in enumerate(items):
        text = _text(item)
        depth += (text in OPENING) - (text in CLOSING)
        if not depth and text in ADDITIVE:
            starts.append(at)
    found: dict[str, int] = {}
    for start, end in itertools.pairwise([*starts, len(items)]):
        if not any(_text(item) in BIG for item in items[start:end]):
            found |= {letter: start for item in items[start:end] for letter in _letters_in(item)}
    return found


def _left_letters(part: Node) -> list[Letter]:
    left = part.left if isinstance(part, Relation) else part
    return [left] if isinstance(left, Letter) else []


def _letters_in(item: Item) -> list[str]:
    if isinstance(item, Token):
        return [item.text] if item.kind == t.LETTER else []
    return [letter for inner in item.items for letter in _letters_in(inner)]


def _head(node: Node) -> Letter | None:
    if isinstance(node, Letter):
        return node
    if isinstance(node, Scripted) and isinstance(node.base, Letter):
        return node.base
    return None


def _is_arithmetic(items: Sequence[Item]) -> bool:
    """Signs that no event has."""
    if any(_text(i) in ADDITIVE or _text(i) in MULTIPLICATIVE or _text(i) in DIVISION for i in items):
        return True
    return bool(items) and all(_is(item, t.DIGIT) for item in items) or any(
        _text(i) in (r"\frac", r"\sum", r"\prod") or _text(i) in FUNCTIONS for i in items
    )


def _superscript_text(item: Item) -> str:
    return "".join(_text(i) for i in item.items).lstrip("\\") if isinstance(item, Group) else ""
