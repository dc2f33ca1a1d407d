"""The state of one declaration: the scope as it grows, and what could not be understood."""

from __future__ import annotations

from dataclasses import replace

from checker.reading.known.letters import letters_in
from checker.reading.known.names import Name, name_of
from checker.reading.known.scope import Gap, Kind, Scope
from checker.reading.meaning.naming import known_names
from checker.reading.syntax import Bracket, Letter, Node, Relation, Scripted, same
from checker.reading.tex.tokens import Token, Unreadable
from checker.reading.words.sentences import Chain


class Added(Unreadable):
    """What an answer says of what the question gives, in a scope."""

    def __init__(self, statement: Node, scope: Scope) -> None:
        super().__init__("what an answer adds to the givens of the question does not count", statement.place)
        self.statement, self.scope = statement, scope


CONDITIONAL = "what holds under a condition on an index is not read in a declaration"


class Draft:
    """The scope as a sentence changes it. `problems` are what could not be understood.

    known: names of a question, of which an answer declares no more. pending: what may turn out to be facts. loose: the
    ids of nodes that the words do not state; doubtful: and do not define either. conditions: letters of which the
    sentence says something only where a condition holds. modelled: its words speak of a model.
    """

    def __init__(self, scope: Scope, question: Scope | None = None) -> None:
        """question: what a question states; then only new names may be declared, and what would add to it is noted."""
        self.scope, self.answering = scope, question is not None
        self.known = known_names(question) if question is not None else frozenset()
        self.problems: list[Unreadable] = []
        self.pending: list[Node] = []
        self.loose: set[int] = set()
        self.doubtful: set[int] = set()
        self.conditions: set[str] = set()
        self.modelled = False

    def number(self, letter: str) -> None:
        """A letter is a number, and no function."""
        lexicon = replace(self.scope.lexicon, numbers=self.scope.lexicon.numbers | {letter})
        self.scope = replace(self.scope, lexicon=lexicon)

    def set_kind(self, key: str, kind: Kind) -> None:
        """A name, or a family by its name with "[]", is of a kind."""
        self.scope = self.scope.knowing(kinds={key: kind})
        self.number(key.removesuffix("[]"))

    def size(self, key: str) -> None:
        """A letter that is nothing else is a size."""
        if key not in self.scope.kinds and key not in self.scope.index_sets:
            self.scope = replace(self.scope, sizes=self.scope.sizes | {key})

    def parameter(self, node: Node) -> None:
        """A name, or each of a list of them, is a parameter."""
        for each in listed(node):
            name = name_of(each, self.scope)
            if name is not None:
                self.scope = replace(self.scope, parameters=self.scope.parameters | {name.key})

    def is_index(self, name: Name) -> bool:
        """The text uses the letter as an index, or it is one by custom."""
        key = name.key
        if key in self.scope.outcomes and key not in self.scope.lexicon.indices:
            return False
        return key in self.scope.lexicon.indices or key.rstrip("'") in "ijklmndcst" and key not in self.scope.plain

    def add_fact(self, node: Node) -> None:
        """What the sentence states of what is declared; what an answer states is noted and does not count."""
        if id(node) in self.loose:
            return
        if self.conditions & letters_in(node):
            self.gap_in(node, Unreadable(CONDITIONAL, node.place))
            return
        if self.answering:
            if not self.is_known(node):
                self.gap_in(node, Added(node, self.scope))
            return
        if not any(same(node, fact) for fact in self.scope.facts):
            self.scope = replace(self.scope, facts=(*self.scope.facts, node))

    def is_known(self, node: Node) -> bool:
        """It is a definition that is known already, or says of what a list of parameters is made up: θ = {α, μ, σ}."""
        if not isinstance(node, Relation) or node.sign not in ("=", ":="):
            return False
        name = name_of(node.left, self.scope) if isinstance(node.left, (Letter, Scripted)) else None
        if name is None:
            return False
        definition = self.scope.definition_of(name.family)
        if definition is not None:
            return same(definition.left, node.left) and same(definition.body, node.right)
        return name.key in self.scope.parameters and isinstance(node.right, Bracket) and len(node.right.items) > 1

    # --- what is not understood

    def gap(self, chain: Chain, problem: Unreadable) -> None:
        """Remember that something is said of the letters in a formula that is not known."""
        letters = frozenset(
            item.text.lstrip("\\") for member in chain.members for item in member.items if isinstance(item, Token)
        )
        families = {f"{letter}[]" for letter in letters}
        self.note_gap(letters | families, problem, strict=any(sign.sign == "in" for sign in chain.signs))

    def note_gap(self, letters: frozenset[str], problem: Unreadable, strict: bool = False) -> None:
        """Remember that what is said of these letters is not known in full."""
        if self.answering:
            bare = {key.removesuffix("[]") for key in self.known}
            letters -= bare | self.known | self.scope.lexicon.indices | set(self.scope.index_sets)
        if letters:
            self.scope = replace(self.scope, gaps=(*self.scope.gaps, Gap(letters, problem.message, strict)))

    def gap_in(self, node: Node, problem: Unreadable) -> None:
        """A problem, and a gap for the letters that a tree says something of."""
        self.problems.append(problem)
        left = node.left if isinstance(node, Relation) and node.sign == "in" else node
        letters = letters_in(left)
        self.note_gap(letters, problem, strict=left is not node)


def listed(node: Node) -> list[Node]:
    """The nodes of a list a, b, c; of another node, itself."""
    return list(node.items) if isinstance(node, Bracket) and node.kind == "" else [node]
