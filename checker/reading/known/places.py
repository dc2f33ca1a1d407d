"""Which positions of families are indexed by one set: those where one index stands, in a formula or under one sign.

In a_{nk} = Σ_d w_{kd} x_{nd} the first index of a and that of x range over one set, and where p_{nk} = exp(a_{nk}) / …
and Σ_{n=1}^N Σ_k p_{nk} are read too, that set is 1..N. So a bound that is left out is filled in as a reader does,
though the family never stands under a sum that has it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from checker.reading.known.names import letter_key, single
from checker.reading.known.scope import Tied
from checker.reading.syntax import Big, Letter, Node, Phrase, Product, Relation, Scripted, Several, children

Position = tuple[str, int, int]
"""A family, how many indices it has, and which of them; (x, 0, 0) is the one index of x^{(i)}."""


class Joined:
    """Classes of positions; grows formula by formula. A forest of sets that are joined (Galler and Fischer 1964)."""

    def __init__(self) -> None:
        self._above: dict[Position, Position] = {}
        self._letters: dict[Position, dict[str, None]] = {}

    def look(self, trees: Iterable[Node]) -> None:
        """Join what an index of this formula ties; trees: its members."""
        free: dict[str, Position] = {}
        for each in trees:
            self._look(each, free)

    def classes(self, mixed: Collection[str]) -> dict[Position, Tied]:
        """The class of each position; mixed: families written both as x^{(i)} and as x_d, which are two positions."""
        for family, count, _ in list(self._above):
            if not count:
                self._tie((family, 0, 0), (family, 2 if family in mixed else 1, 0))
        members: dict[Position, list[Position]] = {}
        for position in self._above:
            members.setdefault(self._top(position), []).append(position)
        found = {}
        for positions in members.values():
            letters = dict.fromkeys(letter for each in positions for letter in self._letters.get(each, ()))
            found.update(dict.fromkeys(positions, Tied(tuple(letters), tuple(positions))))
        return found

    def _look(self, node: Node, letters: dict[str, Position]) -> None:
        if isinstance(node, Big):
            bound = set(_bound(node))
            inner = {letter: place for letter, place in letters.items() if letter not in bound}
            for each in (*node.below, node.body):
                self._look(each, inner)
            letters.update({letter: place for letter, place in inner.items() if letter not in bound})
            return
        if isinstance(node, Scripted) and isinstance(node.base, Letter):
            indices = indices_of(node)
            arity = 0 if node.bracketed and len(indices) == 1 else len(indices)
            for number, index in enumerate(indices):
                letter = single(index)
                if letter:
                    self._note((letter_key(node.base), arity, number), letter, letters)
        for child in children(node):
            self._look(child, letters)

    def _note(self, position: Position, letter: str, letters: dict[str, Position]) -> None:
        self._letters.setdefault(position, {})[letter] = None
        self._tie(position, letters.setdefault(letter, position))

    def _tie(self, one: Position, other: Position) -> None:
        for each in (one, other):
            self._above.setdefault(each, each)
        self._above[self._top(one)] = self._top(other)

    def _top(self, position: Position) -> Position:
        while self._above[position] != position:
            position = self._above[position]
        return position


def _bound(node: Big) -> Iterator[str]:
    """The letters that a sum or product binds."""
    for below in node.below:
        for factor in below.factors if isinstance(below, Product) else (below,):
            for part in factor.parts if isinstance(factor, Several) else (factor,):
                yield single(part.left if isinstance(part, Relation) else part)


def indices_of(node: Scripted) -> Sequence[Node]:
    """The indices of a name as they stand: the bracketed one above it first."""
    first = (node.sup,) if node.bracketed and node.sup is not None else ()
    return (*first, *(each for each in node.sub if not isinstance(each, Phrase)))
