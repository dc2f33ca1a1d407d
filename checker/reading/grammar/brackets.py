"""Brackets, bars, braces, and the environments of a formula."""

from __future__ import annotations

import re
from collections.abc import Sequence

from checker.reading.grammar.indicators import is_iverson
from checker.reading.grammar.parser import Parser
from checker.reading.grammar.statements import holds_statement, statement
from checker.reading.syntax import (
    Applied,
    Bracket,
    CaseList,
    Dots,
    IndicatorOf,
    Matrix,
    Node,
    Product,
    Quotient,
    Several,
    Total,
)
from checker.reading.tex import tokens as t
from checker.reading.tex.items import (
    Environment,
    Group,
    Item,
    is_a,
    only_dots,
    place_of,
    split,
    table,
    text_of,
    without_commas,
)
from checker.reading.tex.signs import BARS, CLOSING, OPENING
from checker.reading.tex.tokens import Beyond, Place, Token, Unreadable


def group(p: Parser) -> Node:
    group = p.take()
    assert isinstance(group, Group)
    texts = [text_of(item) for item in group.items]
    for sign in (r"\choose", r"\over", r"\atop"):
        if sign in texts:
            at = texts.index(sign)
            above = p.whole(group.items[:at], group.place)
            below = p.whole(group.items[at + 1 :], group.place)
            if sign == r"\over":
                return Quotient(above, below, group.place)
            return Applied("binomial", (above, below), group.place)
    if not group.items:
        return Bracket("", (), group.place)
    if holds_statement(group.items):
        return statement(p, group.items, group.place)
    node = p.whole(group.items, group.place)
    scripted = is_a(p.next, t.SUP) or is_a(p.next, t.SUB)
    if scripted and not group.box and isinstance(node, (Total, Product, Quotient)) and not _is_fraction(group):
        raise Unreadable(
            "the script behind these braces, which do not show, belongs to all or to the last", group.place
        )
    return Bracket("()", (node,), group.place) if isinstance(node, (Total, Product)) else node


def bracket(p: Parser) -> Node:
    opening = p.take()
    assert isinstance(opening, Token)
    if opening.text in BARS and opening.text not in OPENING:
        return _between_bars(p, opening)
    kind = OPENING[opening.text]
    if kind in ("||", "‖‖"):
        return _between_bars(p, opening)
    inside, close = p.inside(opening)
    if opening.text == "[" and close == "]" and is_iverson(inside):
        return IndicatorOf(statement(p, inside[1:-1], opening.place), opening.place)
    return _bracketed(p, kind, close, inside, opening.place)


def _bracketed(p: Parser, kind: str, close: str, inside: list[Item], place: Place) -> Node:
    closed = CLOSING[close]
    if kind != closed:
        if {kind, closed} == {"()", "[]"} and len(split(inside, {","})) == 2:
            kind = kind[0] + closed[1]
        else:
            raise Unreadable(f"'{kind[0]}' is closed by '{closed[1]}'", place)
    if not inside:
        return Bracket(kind, (), place)
    if kind == "{}" and (by_condition := _by_condition(p, inside, place)) is not None:
        return by_condition
    if holds_statement(inside):
        condition = statement(p, inside, place)
        if kind == "[]":
            return IndicatorOf(condition, place)
        return Bracket(kind, (condition,), place)
    parts = split(inside, {","})
    nodes = p.several(parts, place)
    return Bracket(kind, nodes, place)


_SUCH_THAT = {":", r"\colon", r"\mid", "|", r"\vert"}


def _by_condition(p: Parser, inside: list[Item], place: Place) -> Node | None:
    """{n : y_n = k}: what is in the set, and "where" its condition. Raises Beyond where they are not read."""
    parts = split(inside, _SUCH_THAT)
    if len(parts) == 1:
        return None
    if len(parts) > 2 or not holds_statement(parts[1]):
        if any(text_of(item) in (":", r"\colon") for item in inside):
            raise Beyond("a set by a condition", place)
        return None
    element, condition = (statement(p, part, place_of(part, place)) for part in parts)
    return Bracket("{}", (element, Several("where", (condition,), place)), place)


def counted(p: Parser) -> Node:
    """#{n : y_n = k}, how many there are, as |{n : y_n = k}|."""
    sign = p.items[p.at - 1]
    if isinstance(p.next, Token) and p.next.kind == t.WORDS:
        p.insert([Token(t.WORDS, f"# {p.take().text.lstrip()}", place_of([sign], p.here()))])  # type: ignore[union-attr]
        return p.atom()
    if p.text not in OPENING or OPENING[p.text] != "{}":
        raise Unreadable("'#' counts a set, as in \\#\\{n : y_n = k\\}", sign.place)
    return Bracket("||", (bracket(p),), sign.place)


def _between_bars(p: Parser, opening: Token) -> Node:
    kind = OPENING.get(opening.text) or BARS[opening.text]
    directed = opening.text in OPENING
    p.bars += not directed
    start_bars = p.bars
    if directed:
        inside, _ = p.inside(opening)
        node = p.whole(inside, opening.place)
    else:
        node = p.expression()
        if BARS.get(p.text) != kind:
            raise Unreadable("the bar '|' is never closed", opening.place)
        p.at += 1
        p.bars = start_bars - 1
    return Bracket(kind, (node,), opening.place)


def environment(p: Parser) -> Node:
    item = p.take()
    assert isinstance(item, Environment)
    name = item.name.rstrip("*")
    rows = table(item.items)
    if name in ("cases", "dcases", "rcases"):
        return CaseList(tuple(_case(p, row, item.place) for row in rows), item.place)
    if name.endswith("matrix") or name == "array":
        cells = tuple(tuple(_cell(p, cell, item.place) for cell in row) for row in rows)
        matrix = Matrix(cells, item.place)
        return Bracket("||", (matrix,), item.place) if name == "vmatrix" else matrix
    raise Unreadable(f"the environment {item.name} inside a formula is not read", item.place)


def _cell(p: Parser, items: list[Item], place: Place) -> Node:
    if not items or only_dots(items):
        return Dots(place)
    return p.whole(items, place_of(items, place))


def _case(p: Parser, row: list[list[Item]], place: Place) -> tuple[Node, Node | None]:
    value = p.whole(without_commas(row[0]), place)
    rest = [i for cell in row[1:] for i in cell]
    words = " ".join(text_of(i) for i in rest if is_a(i, t.WORDS)).lower()
    condition = _between_words(rest)
    if not condition:
        if any(word in words for word in ("otherwise", "else", "o.w")):
            return value, None
        raise Unreadable("a case needs its condition", place_of(row[0], place))
    if _DENYING.search(words) or any(is_a(i, t.WORDS) and not _JOINING.fullmatch(text_of(i)) for i in condition):
        raise Unreadable("these words in the condition of a case are not read", place_of(condition, place))
    parts = [part for part in split(condition, {","}) if part]
    stated = [statement(p, part, place_of(part, place)) for part in parts]
    if len(stated) == 1 or not all(map(holds_statement, parts)):
        return value, statement(p, condition, place_of(condition, place))
    return value, Several("and", tuple(stated), place_of(condition, place))


_DENYING = re.compile(r"\b(?:not|unless|except|no|never)\b")
_JOINING = re.compile(r"\W*(?:and|or)\W*", re.IGNORECASE)
"""Words between the relations of a condition."""


def _between_words(items: Sequence[Item]) -> list[Item]:
    """What stands between the words that lead to a condition and those behind it."""
    solid = [at for at, i in enumerate(items) if not is_a(i, t.WORDS) and not is_a(i, t.SPACE)]
    return without_commas(items[solid[0] : solid[-1] + 1]) if solid else []


def _is_fraction(group: Group) -> bool:
    return bool(group.items) and text_of(group.items[0]) in (r"\frac", r"\dfrac", r"\tfrac")
