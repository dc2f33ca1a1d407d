"""The letters that an answer writes for those of its question: π for α, J for ℓ.

A letter of the question's list stands for the question's own where the answer does not use that one, uses one of the
list alone, and says nothing else of it; a function's must not be the left side of an equation either, since that would
define it, unless it looks like the question's and has its arguments: l(θ; D) for ℓ(θ; D). Of what can be read in two
ways nothing is assumed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from sympy import Basic, Eq, Indexed, IndexedBase

from checker.printing import latex
from checker.reading.documents.blocks import Document
from checker.reading.grammar.formula import parse, parse_list
from checker.reading.known.names import name_of
from checker.reading.known.scope import Scope, Shorthand
from checker.reading.layout.pieces import Member, Piece, Sign
from checker.reading.lines.formulas import Formulas
from checker.reading.syntax import Call, Chance, Node, Relation, names_in, same
from checker.reading.tex.tokens import Place, Source, Unreadable, tokenize
from checker.reading.tex.trees import items_of

ORIGIN = Place(1, 1)
LOOK_ALIKE = {"ell": "l"}
"""Letters of questions, and those that look like them."""


def with_spellings(document: Document, scope: Scope, spellings: Mapping[Basic, Sequence[str]]) -> Scope:
    """The scope of a question, in which the letters that the answer writes for its own stand for these."""
    if not spellings:
        return scope
    words = frozenset(letters for each in spellings.values() for letters in each if letters.isalpha() and letters[1:])
    scope = replace(scope, lexicon=replace(scope.lexicon, names=scope.lexicon.names | words))
    text = _Text(document, scope, spellings)
    found = [alias for own, others in spellings.items() if (alias := text.alias(own, others)) is not None]
    functions = frozenset(
        name.key for each in found if (name := name_of(each.short, scope)) is not None and not name.indices
    )
    lexicon = replace(scope.lexicon, functions=scope.lexicon.functions | functions)
    return replace(scope, aliases=(*scope.aliases, *found), lexicon=lexicon)


class _Text:
    """The names in the formulas of an answer: used anywhere, declared in a sentence, or left of an equation."""

    def __init__(self, document: Document, scope: Scope, spellings: Mapping[Basic, Sequence[str]]) -> None:
        self.spellings = spellings
        formulas = Formulas(document, scope)
        self.scope = formulas.scope
        self.used: set[str] = set()
        self.said: set[str] = set()
        self.left: set[str] = set()
        self.alike: set[str] = set()
        for pieces in formulas.all:
            self._look(pieces)
        for pieces in formulas.declared():
            self.said |= {
                family
                for at, piece in enumerate(pieces[:-1])
                for family in self._left_sides(pieces[at : at + 2])
                if not self._says_the_same(family, piece, pieces[at + 2 : at + 3])
            }

    def alias(self, own: Basic, others: Sequence[str]) -> Shorthand | None:
        """The only one of the letters that the text uses, for the question's own, which it does not use."""
        letters_of_indices = sorted(self.scope.lexicon.indices, key=lambda name: (len(name), name))
        index = "" if not isinstance(own, IndexedBase) else next(iter(letters_of_indices), None)
        if index is None:
            return None
        script = f"_{{{index}}}" if index else ""
        stated = self._node(f"{latex(own)}{script}")
        letters = {family: node for each in others if (family := self._family(node := self._node(each + script)))}
        alike = self.alike & set(letters) - self.said - self.scope.lexicon.indices
        if alike:
            return Shorthand(letters[alike.pop()], stated)
        here = [family for family in letters if family in self.used and family not in LOOK_ALIKE.values()]
        if (
            self._is_used(self._family(stated))
            or len(here) != 1
            or here[0] in self.said | (set() if index else self.left)
        ):
            return None
        return Shorthand(letters[here[0]], stated)

    def _is_used(self, family: str) -> bool:
        """The question's own letter has its meaning in the text, and does not only number something in it."""
        return family in self.used and (family not in self.scope.lexicon.bound or family in self.scope.plain)

    def _node(self, text: str) -> Node:
        names = self.scope.lexicon.names
        return parse(items_of(tokenize(Source(text, ORIGIN)), names), self.scope.lexicon, ORIGIN)

    def _family(self, node: Node) -> str:
        try:
            name = name_of(node.function if isinstance(node, Call) else node, self.scope)
        except Unreadable:
            return ""
        return name.family if name is not None else ""

    def _look(self, pieces: Sequence[Piece]) -> None:
        for piece in pieces:
            if isinstance(piece, Member):
                self.alike |= {LOOK_ALIKE["ell"] for node in self._nodes(piece) if self._is_alike(node)}
                self.used |= {self._family(each) for node in self._nodes(piece) for each in names_in(node)}
        self.left |= set(self._left_sides(pieces))

    def _is_alike(self, node: Node) -> bool:
        """l(θ; D), with the question's parameters and the data."""
        if not isinstance(node, Call) or self._family(node) != LOOK_ALIKE["ell"] or len(node.arguments) != 2:
            return False
        first, second = (name_of(each, self.scope) for each in node.arguments)
        return first is not None and second is not None and (first.key, second.letter) == ("theta", "D")

    def _left_sides(self, pieces: Sequence[Piece]) -> Iterator[str]:
        for at, piece in enumerate(pieces[:-1]):
            following = pieces[at + 1]
            if isinstance(piece, Member) and isinstance(following, Sign) and following.sign in ("=", ":="):
                yield from map(self._family, self._nodes(piece)[-1:])

    def _says_the_same(self, family: str, left: Piece, behind: Sequence[Piece]) -> bool:
        """π_k = p(y = k) says of the letter for α_k what the question's model says of α_k."""
        model = self.scope.model
        if model is None or not behind or not isinstance(left, Member) or not isinstance(behind[0], Member):
            return False
        named, body = (self._nodes(member) for member in (left, behind[0]))
        if len(named) != 1 or len(body) != 1 or not isinstance(chance := body[0], Chance) or len(chance.events) != 1:
            return False
        name, event = name_of(named[0], self.scope), chance.events[0]
        if name is None or not isinstance(event, Relation) or event.sign != "=" or len(name.indices) != 1:
            return False
        variable = name_of(event.left, self.scope)
        if variable is None or not same(event.right, name.indices[0]):
            return False
        return any(
            isinstance(factor.rhs, Indexed)
            and not factor.lhs.given
            and [each.lhs.name for each in factor.lhs.events if isinstance(each, Eq)] == [variable.key]
            and family
            in {self._family(self._node(f"{each}_{{k}}")) for each in self.spellings.get(factor.rhs.base, ())}
            for factor in model.factors
        )

    def _nodes(self, member: Member) -> Sequence[Node]:
        try:
            return parse_list(member.items, self.scope.lexicon, member.place)
        except (Unreadable, RecursionError):
            return ()
