"""Formulas: the tables of the grammar put together, and the entry points."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from checker.reading.grammar.brackets import bracket, environment, group
from checker.reading.grammar.chances import applied
from checker.reading.grammar.commands import command
from checker.reading.grammar.names import letter, number, words
from checker.reading.grammar.parser import BRACKET, ENVIRONMENT, GROUP, Parser
from checker.reading.grammar.scripts import script
from checker.reading.lexicon import Lexicon
from checker.reading.syntax import Dots, Node, Postfix
from checker.reading.tex import tokens as t
from checker.reading.tex.items import Item, only_dots, place_of, split, text_of
from checker.reading.tex.tokens import Place


def _factorial(p: Parser, node: Node) -> Node | None:
    if p.text != "!" or text_of(p.after()) == "=":
        return None
    if text_of(p.after()) == "!":
        raise p.fail("a double factorial is not read")
    return Postfix("factorial", node, p.take().place)


ATOMS: Mapping[str, Callable[[Parser], Node]] = {
    GROUP: group, ENVIRONMENT: environment, BRACKET: bracket, t.DIGIT: number, t.LETTER: letter, t.WORDS: words,
    t.COMMAND: command,
}  # fmt: skip


class Formula(Parser):
    """A parser in which an item of each kind is read by its reader."""

    atoms = ATOMS
    trails = (script, _factorial, applied)


PARSED = 1024
"""How many trees are kept: a text is gone through for its letters before it is read, mostly with the same lexicon."""


def parse(items: Sequence[Item], lexicon: Lexicon, place: Place) -> Node:
    """The tree of an expression. Raises Unreadable where the items are none, or nested too deeply."""
    return _parsed(tuple(items), lexicon, place)


@lru_cache(maxsize=PARSED)
def _parsed(items: tuple[Item, ...], lexicon: Lexicon, place: Place) -> Node:
    parser = Formula(items, lexicon, place)
    node = parser.expression()
    parser.end()
    return node


def parse_list(items: Sequence[Item], lexicon: Lexicon, place: Place) -> tuple[Node, ...]:
    """Expressions between commas, as x_i, μ_{ki} before ∈."""
    return tuple(
        Dots(place_of(part, place)) if only_dots(part) else parse(part, lexicon, place_of(part, place))
        for part in split(items, {","})
    )
