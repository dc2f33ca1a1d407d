"""Statements: relations, chains of them, and what "and" and "or" join."""

from __future__ import annotations

from collections.abc import Sequence

from checker.reading.grammar.parser import Parser
from checker.reading.syntax import Bracket, Node, Relation, Several
from checker.reading.tex import tokens as t
from checker.reading.tex.items import Item, is_a, place_of, text_of
from checker.reading.tex.signs import ARROWS, CLOSING, OPENING, RELATIONS
from checker.reading.tex.tokens import Place, Token


def statement(p: Parser, items: Sequence[Item], place: Place) -> Node:
    """An expression, or a relation, a chain of relations ("and"), or alternatives ("or")."""
    for word in ("or", "and"):
        parts = _split_words(items, word)
        if len(parts) > 1:
            return Several(word, tuple(statement(p, part, place_of(part, place)) for part in parts), place)
    return _chain(p, items, place)


def _chain(p: Parser, items: Sequence[Item], place: Place) -> Node:
    parts, signs = relations(items)
    if not signs:
        return p.whole(items, place)
    members = [_member(p, part, place_of(part, place)) for part in parts]
    links = [
        Relation(RELATIONS.get(s.text) or ARROWS[s.text], a, b, s.place)
        for s, a, b in zip(signs, members, members[1:], strict=False)
    ]
    return links[0] if len(links) == 1 else Several("and", tuple(links), place)


def _member(p: Parser, items: Sequence[Item], place: Place) -> Node:
    nodes = p.listed(items, place)
    return nodes[0] if len(nodes) == 1 else Bracket("", nodes, place)


def holds_statement(items: Sequence[Item]) -> bool:
    """Whether a relation or an arrow stands outside all brackets."""
    return bool(relations(items)[1])


def relations(items: Sequence[Item]) -> tuple[list[list[Item]], list[Token]]:
    """The stretches between the relations that stand outside all brackets, and those relations."""
    parts: list[list[Item]] = [[]]
    signs: list[Token] = []
    depth = 0
    for item in items:
        text = text_of(item)
        depth += (text in OPENING) - (text in CLOSING)
        if depth <= 0 and isinstance(item, Token) and (text in RELATIONS or text in ARROWS):
            parts.append([])
            signs.append(item)
        elif not is_a(item, t.SPACE):
            parts[-1].append(item)
    return parts, signs


def _split_words(items: Sequence[Item], word: str) -> list[list[Item]]:
    parts: list[list[Item]] = [[]]
    signs = {"or": {r"\lor", r"\vee"}, "and": {r"\land", r"\wedge"}}[word]
    for item in items:
        if is_a(item, t.WORDS) and text_of(item).strip().lower() == word or text_of(item) in signs:
            parts.append([])
        else:
            parts[-1].append(item)
    return [part for part in parts if part]
