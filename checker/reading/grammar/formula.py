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
from checker.reading.syntax import Dots, Node, Postfix, moved
from checker.reading.tex import tokens as t
from checker.reading.tex.items import Item, only_dots, place_of, spelling_of, split, text_of
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


PARSED = 4096
"""How many trees are kept: a text is gone through for its letters before it is read, and others say much the same."""
PLACES = 4
"""At how many places each of them is kept."""

Placed = tuple[tuple[Place, ...], Node]
"""The places of items, and their tree."""


def parse(items: Sequence[Item], lexicon: Lexicon, place: Place) -> Node:
    """The tree of an expression. Raises Unreadable where the items are none, or nested too deeply.

    What was read before is known again wherever it stands: the grammar looks up no names but those in the items.
    """
    spelling = spelling_of(items)
    known = _known(spelling.said, lexicon.among(spelling.words, spelling.letters))
    places = (*spelling.places, place)
    node = next((tree for where, tree in known if where == places), None)
    if node is None:
        node = _moved(known[0], places) if known else None
        if node is None:
            parser = Formula(items, lexicon, place)
            node = parser.expression()
            parser.end()
        known[:] = [(places, node), *known[: PLACES - 1]]
    return node


@lru_cache(maxsize=PARSED)
def _known(said: tuple[object, ...], lexicon: Lexicon) -> list[Placed]:
    """The trees of items that say so; none at first."""
    return []


def _moved(known: Placed, places: tuple[Place, ...]) -> Node | None:
    """The tree at other places; None where two items of one place come to stand at two."""
    before, node = known
    moves = dict(zip(before, places, strict=True))
    return moved(node, moves) if tuple(map(moves.get, before)) == places else None


def parse_list(items: Sequence[Item], lexicon: Lexicon, place: Place) -> tuple[Node, ...]:
    """Expressions between commas, as x_i, μ_{ki} before ∈."""
    return tuple(
        Dots(place_of(part, place)) if only_dots(part) else parse(part, lexicon, place_of(part, place))
        for part in split(items, {","})
    )
