"""Indicators: 1 or I before a condition, and brackets that hold one."""

from __future__ import annotations

from collections.abc import Sequence

from checker.reading.grammar.parser import Parser
from checker.reading.grammar.statements import relations, statement
from checker.reading.syntax import IndicatorOf, Letter, Node, Several
from checker.reading.tex import tokens as t
from checker.reading.tex.items import Group, Item, is_a, split, text_of
from checker.reading.tex.signs import OPENING
from checker.reading.tex.tokens import Token, Unreadable


def maybe_indicator(p: Parser, node: Node) -> Node:
    """1 or I before a condition in brackets."""
    item = p.next
    if is_a(item, t.SUB) and isinstance(node, Letter) and node.style == "blackboard":
        group = p.after()
        if isinstance(group, Group) and group.items:
            if relations(group.items)[1]:
                p.at += 2
                return IndicatorOf(statement(p, group.items, group.place), node.place)
            inside = group.items
            if text_of(inside[0]) in OPENING and relations(inside[1:-1])[1]:
                p.at += 2
                return IndicatorOf(statement(p, inside[1:-1], group.place), node.place)
    if not isinstance(item, Token) or item.text not in OPENING or OPENING[item.text] not in ("()", "[]", "{}"):
        return node
    inside_items = p.ahead()
    if not relations(inside_items)[1]:
        if isinstance(node, Letter) and node.style == "blackboard" and node.name == "1":
            raise Unreadable(r"'\mathbb{1}' needs a condition, as in \mathbb{1}[y = k]", node.place)
        return node
    p.at += 1
    p.inside(item)
    parts = split(inside_items, {","})
    if len(parts) > 1 and all(relations(part)[1] for part in parts):
        conditions = tuple(statement(p, part, item.place) for part in parts)
        return IndicatorOf(Several("and", conditions, item.place), node.place)
    return IndicatorOf(statement(p, inside_items, item.place), node.place)


def is_iverson(items: Sequence[Item]) -> bool:
    """[[y = k]]"""
    return len(items) > 2 and text_of(items[0]) == "[" and text_of(items[-1]) == "]" and bool(relations(items[1:-1])[1])
