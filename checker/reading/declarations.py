"""Sentences that declare: index sets, types and signs, definitions, the model, facts, and what is said in words.

A sentence declares where it opens with one of OPENERS. It changes the scope of all that follows it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from sympy import Basic, Expr, Integer

from checker.derivation import Independence, IndexSet
from checker.expressions import RandomVariable
from checker.reading.chances import domain_of
from checker.reading.grammar import CHANCE, parse_list
from checker.reading.layout import Gap as Separator
from checker.reading.layout import Member, Piece, Remark, Sign
from checker.reading.meaning import Meaning, index_assumptions
from checker.reading.names import Name, is_transpose, letter_key, name_of
from checker.reading.scope import POSITIVE, REAL, SIZE, Definition, Factor, Gap, Kind, Scope, Shorthand
from checker.reading.syntax import (
    Bracket,
    Call,
    Chance,
    Dots,
    Letter,
    Node,
    Number,
    Phrase,
    Product,
    Relation,
    Scripted,
    Total,
    names_in,
    same,
    walk,
)
from checker.reading.tokens import Token, Unreadable

OPENERS = re.compile(
    r"^\W*(?:(?:and|also|now|we|then|so|first|next|again|that is|i\.e\.)\W+)*"
    r"(given|let|assume|assuming|suppose|define|denote|write|consider|here|where|with|for)\b",
    re.IGNORECASE,
)
"""How a sentence that declares opens."""

NO_DECLARATION = re.compile(
    r"\b(?:show|shows|prove|proves|verify|compute|calculate|derive|evaluate|simplify|expand|differentiate|rewrite|solve|check|see|conclude|get|gets|obtain|find|claim|want|wants|wish|aim|whether|if|"
    r"unless|not|false|no|never|cannot|can't|contradiction|would|should|could|might|guess|conjecture|goal|proof|"
    r"impossible|wrong|when|whenever|except|in case|it follows|we have|yields?|gives?|implies|neither|nor|isn't|doesn't|aren't)\b",
    re.IGNORECASE,
)
"""Words of sentences that speak of something without saying that it holds."""

_SAID = (
    r"(?:(?:is|are|being|be|an?|the|of|all|both|real|positive|negative|invertible|symmetric|square|fixed|known|random|"
    r"variables?|vectors?|matrix|matrices|scalars?|constants?|parameters?|numbers?|integers?|data|samples?|observations?|"
    r"labels?|features?|identity|non-?zero|non-?negative|distinct|unknown|does|do|not|depend|on|independent|i\.?\s?i\.?\s?d|"
    r"for|each|every|any|and|our|some|its|full|rank|column|row|diagonal|orthogonal|model|class|size|set|where|with)\W+)*"
)
BEFORE_FIRST = re.compile(
    r"\W*(?:(?:and|also|now|we|then|next|first|moreover|further|furthermore|let|us|given|assume|assuming|suppose|define|"
    r"denote|write|consider|with|where|by|that|the|an?|class|model|prior|priors|constraints?|conditions?|fact)[^\w:?]*)+"
)
"""The words from the opening of a sentence to a fact that it states; a conclusion or an aside has others."""
BEFORE_FACT = re.compile(
    rf"\W*{_SAID}[^\w:?]*(?:(?:and|also|with|where|such|that|subject|to|satisfying|satisfy|satisfies|under|model|"
    r"the|an?|class|prior|priors|constraints?|conditions?|fact|by|we|have|given|likelihood)[^\w:?]*)*"
)
"""The words between what a sentence declares and a fact that it goes on with."""
AFTER_NO_FACT = re.compile(
    r"\W*(?:were\b|come\b|comes\b|by\b|because\b|fails?\b|otherwise\b|is (?:excluded|wrong|false|impossible|absurd)|\?)"
    r"|.*\?\s*$|.*\bcontradict",
    re.IGNORECASE | re.DOTALL,
)
"""How words go on behind what is no fact."""
CONCLUSION = re.compile(r"\b(?:so|thus|hence|therefore|then|implies|consequently|whence|because|since|why)\b", re.IGNORECASE)

OTHER_INDEPENDENCE = re.compile(
    r"pairwise|\bfails?\b|\bdependent\b|linearly|algebraically|\bnon-?\s?i|independently|independent variables? of|"
    r"sometimes|conditionally independent(?!.*\b(?:given|condition(?:ed|al(?:ly)?)? (?:on|upon))\b)(?<!given.)"
)
"""Words with "independent" in them that do not make events independent of one another."""

NONNEGATIVE = Kind((("nonnegative", True),))
NEGATIVE = Kind((("negative", True),))


@dataclass(frozen=True)
class Said:
    """Words of a sentence."""

    text: str


@dataclass(frozen=True)
class Chain:
    """Members of a formula with the signs between them."""

    members: tuple[Member, ...]
    signs: tuple[Sign, ...]


Clause = Said | Chain


def opens_declaration(words: str) -> bool:
    """Whether a sentence that begins with these words declares."""
    return bool(OPENERS.match(words.lstrip()))


def chains_of(pieces: Sequence[Piece]) -> list[Clause]:
    """The chains of a formula between its commas and words, and its words."""
    found: list[Clause] = []
    members: list[Member] = []
    signs: list[Sign] = []

    def close() -> None:
        if members:
            found.append(Chain(tuple(members), tuple(signs[: len(members) - 1])))
        members.clear()
        signs.clear()

    for piece in pieces:
        if isinstance(piece, Member):
            if len(members) > len(signs):
                close()
            members.append(piece)
        elif isinstance(piece, Sign):
            if members:
                signs.append(piece)
        else:
            close()
            if isinstance(piece, Remark):
                found.append(Said(piece.words))
            elif isinstance(piece, Separator) and piece.word in ("and", "or"):
                found.append(Said(piece.word))
    close()
    return found


class Declarer:
    """Reads the clauses of one declaring sentence into the scope. `problems` are what could not be understood."""

    def __init__(self, scope: Scope, question: Scope | None = None) -> None:
        """question: what a question states; then only new names may be declared, and what would add to it is noted."""
        self.scope, self.answering = scope, question is not None
        self.known = known_names(question) if question is not None else frozenset()
        self.problems: list[Unreadable] = []
        self.pending: list[Node] = []
        self.loose: set[int] = set()
        self.conditions: set[str] = set()

    def sentence(self, clauses: Sequence[Clause]) -> Scope:
        """The scope after the sentence."""
        if not declares(clauses):
            self.unsure(clauses)
            return self.scope
        clauses = _before_conclusion(clauses)
        nodes: list[tuple[str, Node]] = []
        words = ""
        for at, clause in enumerate(clauses):
            if isinstance(clause, Said):
                words = f"{words} {clause.text}"
                continue
            follows = clauses[at + 1] if at + 1 < len(clauses) else None
            after = follows.text if isinstance(follows, Said) else ""
            read = self.read(clause)
            if not (BEFORE_FIRST if not nodes else BEFORE_FACT).fullmatch(words.lower()) or AFTER_NO_FACT.match(after):
                self.loose.update(id(node) for node in read)
            if len(read) == 1 and self.is_condition(words, read[0]):
                self.conditions |= {letter_key(each) for each in walk(read[0]) if isinstance(each, Letter)}
                words = ""
                continue
            for node in read:
                nodes.append((words, node))
                words = ""
        nodes_only = [node for _, node in nodes]
        for _, node in nodes:
            self.kinds_in(node)
        for node in nodes_only:
            self.places_in(node)
        text = " ".join(c.text for c in clauses if isinstance(c, Said))
        said = [*(w for w, _ in nodes), words]
        handled = self.in_words(text.lower(), nodes_only, said)
        for node in nodes_only:
            if not any(node is done for done in handled):
                self.statement(node)
        self.scope = using(self.scope, *(node for node in nodes_only if isinstance(node, Relation)))
        return self.scope

    def is_condition(self, words: str, node: Node) -> bool:
        """k > 1 in "for k > 1"."""
        if not isinstance(node, Relation) or node.sign not in ("<", ">", "<=", ">=", "!="):
            return False
        names = [_plain_name(side, self.scope) for side in (node.left, node.right)]
        on_index = any(name is not None and self.is_index(name) for name in names)
        return on_index and bool(re.search(r"\b(?:for|when|whenever|if)(?:\s+(?:all|every|each|any))?\W*$", words))

    def unsure(self, clauses: Sequence[Clause]) -> None:
        """Of a sentence that opens as a declaration and is none, what it says of its letters is not known."""
        problem = Unreadable("the sentence opens as a declaration, and its words do not declare")
        for clause in clauses:
            if isinstance(clause, Chain) and clause.signs:
                self.gap(clause, problem)

    def read(self, chain: Chain) -> list[Node]:
        """The links of a chain as relations; a list of names alone as they are."""
        lexicon = self.scope.lexicon
        try:
            lists = [parse_list(m.items, lexicon, m.place) for m in chain.members]
            if not chain.signs:
                return list(lists[0])
            members = [n[0] if len(n) == 1 else Bracket("", n, m.place) for n, m in zip(lists, chain.members, strict=True)]
        except Unreadable as problem:
            self.problems.append(problem)
            self.gap(chain, problem)
            return []
        return [Relation(s.sign, a, b, s.place) for s, (a, b) in zip(chain.signs, pairwise(members), strict=True)]

    def gap(self, chain: Chain, problem: Unreadable) -> None:
        """Remember that something is said of the letters in a formula that is not known."""
        letters = frozenset(
            item.text.lstrip("\\") for member in chain.members for item in member.items if isinstance(item, Token)
        )
        self.note_gap(letters, problem, strict=any(sign.sign == "in" for sign in chain.signs))

    def note_gap(self, letters: frozenset[str], problem: Unreadable, strict: bool = False) -> None:
        if self.answering:
            bare = {key.removesuffix("[]") for key in self.known}
            letters -= bare | self.scope.lexicon.indices | set(self.scope.index_sets)
        if letters:
            self.scope = replace(self.scope, gaps=(*self.scope.gaps, Gap(letters, problem.message, strict)))

    def gap_in(self, node: Node, problem: Unreadable) -> None:
        self.problems.append(problem)
        left = node.left if isinstance(node, Relation) and node.sign == "in" else node
        letters = frozenset(letter_key(each) for each in walk(left) if isinstance(each, Letter))
        self.note_gap(letters, problem, strict=left is not node)

    # --- types and signs

    def kinds_in(self, node: Node) -> None:
        try:
            if isinstance(node, Relation) and node.sign == "=" and _ranged(node):
                self.membership(replace(node, sign="in", right=replace(node.right, kind="{}")))  # type: ignore[call-arg]
            elif isinstance(node, Relation) and node.sign == "in":
                self.membership(node)
            elif isinstance(node, Relation) and node.sign in ("<", ">", "<=", ">=", "!="):
                self.sign(node)
            elif isinstance(node, Relation) and node.sign in ("=", ":="):
                self.symmetry(node)
            elif isinstance(node, Relation) and node.sign == "succ":
                name = name_of(node.left, self.scope)
                if name is not None:
                    self.scope = replace(self.scope, plain=self.scope.plain | {f"{name.key}>0"})
        except Unreadable as problem:
            self.gap_in(node, problem)

    def names(self, node: Node) -> list[Node]:
        return list(node.items) if isinstance(node, Bracket) and node.kind == "" else [node]

    def membership(self, node: Relation) -> None:
        for left in self.names(node.left):
            if isinstance(left, Dots):
                continue
            name = name_of(left, self.scope)
            if isinstance(left, Call) and left.kind == "[]":
                inner = name_of(left.function, self.scope)
                name = inner and replace(inner, indices=(*inner.indices, *left.arguments))
            if name is None or name.power is not None and not self.becomes_index(left):
                self.pending.append(replace(node, left=left))
                continue
            if name.power is not None:
                name = name_of(left, self.scope) or name
            self.declare(name, node.right, left)

    def becomes_index(self, node: Node) -> bool:
        """x^i ∈ …: the superscript is an index, since a power is not declared."""
        if not isinstance(node, Scripted) or not isinstance(node.base, Letter) or node.sup is None:
            return False
        if not isinstance(node.sup, Letter):
            return False
        self.scope = replace(self.scope, bare_superscripts=self.scope.bare_superscripts | {letter_key(node.base)})
        return True

    def declare(self, name: Name, within: Node, left: Node) -> None:
        if name.family in self.known:
            return
        found = self.kind_of(within)
        if found is None:
            self.pending.append(Relation("in", left, within, left.place))
            return
        kind, index_set, facts = found
        key = name.family
        if index_set is not None and not index_set.only and not name.indices and self.is_index(name):
            self.scope = self.scope.knowing(index_sets={name.key: index_set})
            kinds = {k: v for k, v in self.scope.kinds.items() if k != name.key}
            self.scope = replace(self.scope, kinds=kinds)
            if name.letter not in self.scope.lexicon.indices:
                lexicon = replace(self.scope.lexicon, indices=self.scope.lexicon.indices | {name.key})
                self.scope = replace(self.scope, lexicon=lexicon)
        else:
            if index_set is not None:
                kind = replace(kind, values=index_set)
            self.set_kind(key, kind)
        for fact in facts:
            self.add_fact(fact(left))
        if name.letter in CHANCE and not name.indices:
            self.number(name.letter)

    def number(self, letter: str) -> None:
        lexicon = replace(self.scope.lexicon, numbers=self.scope.lexicon.numbers | {letter})
        self.scope = replace(self.scope, lexicon=lexicon)

    def set_kind(self, key: str, kind: Kind) -> None:
        self.scope = self.scope.knowing(kinds={key: kind})
        self.number(key.removesuffix("[]"))
        if kind.shape and not key.endswith("[]"):
            pass

    def is_index(self, name: Name) -> bool:
        """The text uses the letter as an index, or it is one by custom."""
        key = name.key
        if key in self.scope.outcomes and key not in self.scope.lexicon.indices:
            return False
        return key in self.scope.lexicon.indices or key.rstrip("'") in "ijklmndcst" and key not in self.scope.plain

    def kind_of(self, node: Node) -> tuple[Kind, IndexSet | None, list] | None:  # type: ignore[type-arg]
        """The kind of the members of a set, the set where it is a range of integers, and facts on each member."""
        blackboard = _blackboard(node)
        if blackboard is not None:
            return self.numbers_of(*blackboard)
        if isinstance(node, Bracket) and node.kind == "{}":
            return self.listed(node)
        if isinstance(node, Bracket) and node.kind in ("[]", "()", "[)", "(]") and len(node.items) == 2:
            return self.interval(node)
        return None

    def numbers_of(self, letter: str, sup: Node | None, sub: Node | None) -> tuple[Kind, None, list] | None:  # type: ignore[type-arg]
        if letter == "R":
            marks = [n for n in (sup, sub) if n is not None]
            positive = any(isinstance(n, Letter) and n.name == "plus" for n in marks) or (
                isinstance(sub, Total) or isinstance(sub, Relation)
            )
            shape = () if sup is None or isinstance(sup, Letter) and sup.name == "plus" else self.shape(sup)
            assumptions = NONNEGATIVE.assumptions if positive else REAL.assumptions
            return Kind(assumptions, None, shape), None, []
        if letter == "N":
            return SIZE, None, []
        if letter == "Z":
            return Kind((("integer", True),)), None, []
        return None

    def shape(self, node: Node) -> tuple[Expr, ...]:
        sizes = node.factors if isinstance(node, Product) else (node,)
        meaning = Meaning(self.scope)
        for size in sizes:
            for each in walk(size):
                if isinstance(each, Letter):
                    self.size(letter_key(each))
        meaning = Meaning(self.scope)
        if len(sizes) > 2:
            raise Unreadable("an array of more than two dimensions is not read", node.place)
        return tuple(meaning.index(size) for size in sizes)

    def size(self, key: str) -> None:
        if key not in self.scope.kinds and key not in self.scope.index_sets:
            self.scope = replace(self.scope, sizes=self.scope.sizes | {key})

    def listed(self, node: Bracket) -> tuple[Kind, IndexSet | None, list] | None:  # type: ignore[type-arg]
        items = node.items
        if items and isinstance(items[-1], Dots) and len(items) >= 2:
            first = items[0]
            if isinstance(first, Number) and first.text == "0":
                return Kind((("integer", True), ("nonnegative", True))), None, []
            return SIZE, None, []
        if len(items) >= 3 and isinstance(items[-2], Dots):
            for each in walk(items[-1]):
                if isinstance(each, Letter):
                    self.size(letter_key(each))
            meaning = Meaning(self.scope)
            index_set = IndexSet(meaning.index(items[0]), meaning.index(items[-1]))
            return Kind(tuple(index_assumptions(index_set.lower).items())), index_set, []
        values = [_integer(item) for item in items]
        if not values or any(value is None for value in values):
            return None
        numbers = sorted(value for value in values if value is not None)
        if numbers == list(range(numbers[0], numbers[0] + len(numbers))):
            index_set = IndexSet(Integer(numbers[0]), Integer(numbers[-1]))
            return Kind(tuple(index_assumptions(index_set.lower).items())), index_set, []
        if len(numbers) <= 4:
            return Kind((("integer", True),)), IndexSet.of(*numbers), []
        return None

    def interval(self, node: Bracket) -> tuple[Kind, None, list]:  # type: ignore[type-arg]
        low, high = node.items
        strict_low, strict_high = node.kind[0] == "(", node.kind[1] == ")"
        kind = REAL
        if isinstance(low, Number) and float(low.text) >= 0:
            kind = POSITIVE if strict_low or float(low.text) > 0 else NONNEGATIVE

        def below(left: Node) -> Node:
            return Relation("<" if strict_high else "<=", left, high, node.place)

        def above(left: Node) -> Node:
            return Relation(">" if strict_low else ">=", left, low, node.place)

        infinite = any(isinstance(n, Letter) and n.name == "infinity" for n in walk(high))
        facts = [] if infinite else [below]
        unbounded = any(isinstance(n, Letter) and n.name == "infinity" for n in walk(low))
        if not unbounded and not (isinstance(low, Number) and low.text == "0"):
            facts.append(above)
        return kind, None, facts

    def sign(self, node: Relation) -> None:
        """σ > 0, 0 < p, a ≠ 0 for names; anything else is a fact."""
        for left in self.names(node.left):
            relation = replace(node, left=left)
            if _is_name(relation.right, self.scope) and not _is_name(relation.left, self.scope):
                relation = Relation(_TURNED[node.sign], relation.right, relation.left, node.place)
            name = _plain_name(relation.left, self.scope)
            bound = relation.right
            if name is None or not isinstance(bound, Number):
                self.pending.append(relation)
                continue
            self.signed(name, relation, float(bound.text))

    def signed(self, name: Name, relation: Relation, bound: float) -> None:
        key, sign = name.family, relation.sign
        if name.family in self.known:
            self.pending.append(relation)
            return
        if any(isinstance(index, Number) for index in name.indices):
            self.pending.append(relation)
            return
        before = self.scope.kinds.get(key)
        defined = self.scope.definition_of(name.family) is not None
        positive = sign == ">" and bound >= 0 or sign == ">=" and bound > 0
        if name.key in self.scope.index_sets or defined or before is not None and (before.values or before.shape):
            self.pending.append(relation)
            return
        if positive:
            self.set_kind(key, _joined(before, POSITIVE))
        elif sign == ">=" and bound == 0:
            self.set_kind(key, _joined(before, NONNEGATIVE))
        elif sign == "<" and bound <= 0 and before is None:
            self.set_kind(key, NEGATIVE)
        elif before is None:
            self.set_kind(key, REAL)
        elif bound == 0 and sign != "!=":
            self.pending.append(relation)  # x > 0 and x < 0
        if bound != 0 or sign in ("!=", "<="):
            self.pending.append(relation)

    def symmetry(self, node: Relation) -> None:
        """A^T = A makes A symmetric."""
        for one, other in ((node.left, node.right), (node.right, node.left)):
            if isinstance(one, Scripted) and one.sup is not None and is_transpose(one.sup, self.scope):
                name = name_of(other, self.scope)
                inner = name_of(one, self.scope)
                if name is not None and inner is not None and name.key == inner.key and name.power is None:
                    kind = self.scope.kinds.get(name.key)
                    if kind is not None and len(kind.shape) == 2 and kind.shape[0] == kind.shape[1]:
                        marks = {name.key, f"{name.key}=T"}
                        self.scope = replace(self.scope, plain=self.scope.plain | marks)

    def places_in(self, node: Node) -> None:
        """The set of each index of a declared family."""
        if isinstance(node, Relation):
            for side in (node.left, node.right):
                for left in self.names(side):
                    self.place(left)

    def place(self, node: Node) -> None:
        name = None
        try:
            if isinstance(node, Call) and node.kind == "[]":
                inner = name_of(node.function, self.scope)
                name = inner and replace(inner, indices=(*inner.indices, *node.arguments))
            else:
                name = name_of(node, self.scope)
        except Unreadable:
            return
        if name is None:
            return
        for number, index in enumerate(name.indices):
            letter = name_of(index, self.scope)
            if letter is not None and letter.key in self.scope.index_sets:
                self.scope = self.scope.knowing(places={(name.key, len(name.indices), number): self.scope.index_sets[letter.key]})

    # --- definitions, model, facts

    def statement(self, node: Node) -> None:
        try:
            if isinstance(node, Relation) and node.sign in ("=", ":="):
                self.equation(node)
        except Unreadable as problem:
            self.gap_in(node, problem)

    def finish(self) -> Scope:
        """Turn what is left into facts."""
        for node in self.pending:
            if isinstance(node, Relation) and node.sign in ("<", ">", "<=", ">=", "!="):
                self.add_fact(node)
            elif isinstance(node, Relation) and node.sign not in ("in", "succ", "succeq", "subset"):
                self.gap_in(node, Unreadable(f"'{node.sign}' in a declaration is not understood", node.place))
            elif isinstance(node, Relation) and node.sign in ("in", "subset"):
                self.gap_in(node, Unreadable("this set is not understood; write \\mathbb{R} or \\{1,\\dots,N\\}", node.place))
        self.pending = []
        return self.scope

    def equation(self, node: Relation) -> None:
        left, right = node.left, node.right
        if _ranged(node):
            return
        name = _plain_name(left, self.scope)
        if name is not None and not name.indices and name.key in self.scope.index_sets | dict.fromkeys(self.scope.lexicon.indices):
            raise Unreadable(f"'{name.key} = …' gives an index a value, which is no definition", left.place)
        if name is not None and not name.indices and name.key in self.scope.variables:
            raise Unreadable(f"'{name.key} = …' says that a random variable takes a value, which is no definition", left.place)
        if isinstance(left, Chance):
            self.chance(left, right)
            return
        if isinstance(left, Scripted) and left.sup is not None and is_transpose(left.sup, self.scope):
            return  # A^T = A, seen above
        if isinstance(left, Bracket) and left.kind == "":
            raise Unreadable("a list is no left side of a definition", left.place)
        if not self.define(left, right):
            self.add_fact(node)

    def define(self, left: Node, right: Node, displayed: bool = False) -> bool:
        """Take left = right for the definition of a new name; False where the left side is no new name alone."""
        defined = definition_of(left, right, self.scope)
        if defined is None or (name := _plain_name(left, self.scope)) is not None and name.family in self.known:
            return False
        if isinstance(defined, Shorthand):
            self.scope = replace(self.scope, aliases=(*self.scope.aliases, defined))
            long = _plain_name(defined.long, self.scope)
            if long is not None and name is not None and long.key in self.scope.lexicon.functions:
                functions = self.scope.lexicon.functions | {name.key}
                self.scope = replace(self.scope, lexicon=replace(self.scope.lexicon, functions=functions))
        else:
            self.scope = replace(self.scope, definitions=(*self.scope.definitions, defined))
            if defined.parameters:
                functions = self.scope.lexicon.functions | {defined.key}
                self.scope = replace(self.scope, lexicon=replace(self.scope.lexicon, functions=functions))
        return True

    def add_fact(self, node: Node) -> None:
        if id(node) in self.loose:
            return
        if self.conditions & {letter_key(each) for each in walk(node) if isinstance(each, Letter)}:
            self.gap_in(node, Unreadable("what holds under a condition on an index is not read in a declaration", node.place))
            return
        if self.answering:
            self.problems.append(Unreadable("what an answer adds to the givens of the question does not count", node.place))
            return
        if not any(same(node, fact) for fact in self.scope.facts):
            self.scope = replace(self.scope, facts=(*self.scope.facts, node))

    def allowed(self, left: Chance, right: Chance) -> bool:
        """Other spellings that an answer may use: p(y) for p(y = k), p(x, y) for the list of all samples."""
        bare = all(isinstance(event, Letter) for event in left.events)
        if any(isinstance(event, Dots) for event in right.events):
            return bare and len(left.given) == len(right.given) and all(map(same, left.given, right.given))
        if len(left.events) != len(right.events) or not all(map(same, left.given, right.given)):
            return False
        return all(
            same(a, b) or isinstance(b, Relation) and (same(a, b.left) or self.is_new_event(a))
            for a, b in zip(left.events, right.events, strict=True)
        )

    def is_new_event(self, node: Node) -> bool:
        name = _plain_name(node, self.scope)
        return name is not None and name.family not in self.known

    def chance(self, left: Chance, right: Node) -> None:
        """p(y=k) = α_k as a factor of the model; p(y) = p(y=k) as a shorthand; P(A) = 1/2 as a fact."""
        if self.answering and not isinstance(right, Chance):
            self.add_fact(Relation("=", left, right, left.place))
            return
        if self.answering and isinstance(right, Chance) and not self.allowed(left, right):
            self.add_fact(Relation("=", left, right, left.place))
            return
        if isinstance(right, Chance):
            if len(left.events) == len(right.events):
                pairs = list(zip(left.events, right.events, strict=True))
                if all(isinstance(r, Relation) or same(e, r) for e, r in pairs) and not all(same(e, r) for e, r in pairs):
                    short = tuple(Shorthand(e, r) for e, r in pairs if not same(e, r))
                    self.scope = replace(self.scope, events=(*self.scope.events, *short))
                    for _, r in pairs:
                        self.outcome(r)
                    return
                if all(same(e, r) for e, r in pairs):
                    self.extra_parameters(left, right)
                    return
            self.scope = replace(self.scope, chances=(*self.scope.chances, Shorthand(left, right)))
            return
        if any(isinstance(each, Chance) for each in walk(right)) or self.is_indexed_outcome(left):
            self.scope = replace(self.scope, chances=(*self.scope.chances, Shorthand(left, right)))
            return
        if len(left.events) == 1 and self.outcome(left.events[0]):
            for event in left.given:
                if isinstance(event, Relation):
                    self.outcome(event)
            self.scope = replace(self.scope, factors=(*self.scope.factors, Factor(left, right)))
            self.conditioned(left)
            return
        self.add_fact(Relation("=", left, right, left.place))

    def conditioned(self, left: Chance) -> None:
        """A name behind the bar of a factor that is no variable is a parameter."""
        for node in left.given:
            name = name_of(node, self.scope) if not isinstance(node, Relation) else None
            if name is not None and not name.indices and name.power is None and name.key not in self.scope.variables:
                self.scope = replace(self.scope, parameters=self.scope.parameters | {name.key})

    def extra_parameters(self, left: Chance, right: Chance) -> None:
        """P(y) = P(y | θ): θ may stand behind the bar or not."""
        for node in (*left.given, *right.given):
            name = name_of(node, self.scope)
            if name is not None and not any(same(node, other) for other in (*left.given, *right.given) if other is not node):
                self.scope = replace(self.scope, parameters=self.scope.parameters | {name.key})

    def is_indexed_outcome(self, left: Chance) -> bool:
        """p(c | x) for an index c."""
        return any(isinstance(e, Letter) and letter_key(e) in self.scope.index_sets for e in left.events)

    def outcome(self, event: Node) -> bool:
        """Note the variable of y = k or x; False for an event by name."""
        value = event.right if isinstance(event, Relation) else None
        node = event.left if isinstance(event, Relation) else event
        name = name_of(node, self.scope)
        if name is None or name.power is not None:
            return False
        kind = self.scope.kinds.get(name.key) or self.scope.kinds.get(f"{name.key}[]")
        domain = domain_of(name, self.scope)
        if domain is None and value is not None:
            letter = name_of(value, self.scope)
            if letter is not None and letter.key in self.scope.index_sets:
                domain = self.scope.index_sets[letter.key]
        known = (
            value is not None or kind is not None or name.bold or name.key in self.scope.superscripts
            or name.key in self.scope.variables or _component_kind(name, self.scope)
        )  # fmt: skip
        if not known:
            return False
        before = self.scope.variables.get(name.key)
        self.scope = self.scope.knowing(variables={name.key: domain or before})
        return True

    # --- words

    def in_words(self, text: str, nodes: list[Node], said: list[str]) -> list[Node]:
        """What the sentence says in words; returns the nodes that are thereby understood."""
        handled: list[Node] = []
        lower = [words.lower() for words in said]
        handled += self.meant(nodes, lower)
        if re.search(r"exactly one (?:of|among)|exclusive and exhaustive|form a partition", text):
            handled += self.exclusive(nodes)
        if re.search(r"\bi\.?\s?i\.?\s?d\b|independent", text) and not OTHER_INDEPENDENCE.search(text):
            handled += self.independent(nodes, lower)
        if re.search(r"parameters?\b", text):
            for node, after in zip(nodes, lower[1:], strict=False):
                if not isinstance(node, Relation) and re.search(r"^\W*(?:is|are|be|denotes?)?\W*(?:the |a |our )*(?:model )?parameter", after):
                    self.parameter(node)
                    handled.append(node)
        if "random variable" in text:
            for node in nodes:
                self.random(node)
        for node, after in zip(nodes, lower[1:], strict=False):
            if not isinstance(node, Relation) and re.match(r"\W*(?:is|are)\s+(?:a\s+)?random\b", after):
                self.random(node)
        if "identity matrix" in text:
            handled += self.identity(nodes, lower)
        if re.search(r"(?:does|do) not depend|constant in", text):
            handled += self.constant(nodes)
        if re.search(r"-th row|th row of|rows? of", text):
            handled += self.row(nodes)
        return handled

    def meant(self, nodes: list[Node], words: list[str]) -> list[Node]:
        """y_k means y = k."""
        found: list[Node] = []
        for at in range(1, len(nodes)):
            short, long = nodes[at - 1], nodes[at]
            if re.fullmatch(r"\W*(?:to )?(?:means?|denotes?|stands? for|abbreviates?)\W*", words[at]) and not isinstance(short, Relation):
                name = _plain_name(short, self.scope)
                event = _plain_name(long.left, self.scope) if isinstance(long, Relation) else None
                same_letter = name is not None and event is not None and event.key == name.key and bool(name.indices)
                if name is None or not same_letter and (not is_new(name, self.scope) or name.family in self.known):
                    problem = Unreadable("this name has a meaning already", short.place)
                    self.gap_in(short, problem)
                elif isinstance(long, Relation) and long.sign == "=":
                    self.scope = replace(self.scope, events=(*self.scope.events, Shorthand(short, long)))
                else:
                    self.scope = replace(self.scope, aliases=(*self.scope.aliases, Shorthand(short, long)))
                found += [short, long]
        return found

    def parameter(self, node: Node) -> None:
        for each in self.names(node):
            name = name_of(each, self.scope)
            if name is not None:
                self.scope = replace(self.scope, parameters=self.scope.parameters | {name.key})

    def random(self, node: Node) -> None:
        names = self.names(node.left) if isinstance(node, Relation) and node.sign == "in" else [node]
        for each in names:
            name = name_of(each, self.scope) if not isinstance(each, Relation) else None
            if name is None or name.indices or name.power is not None:
                continue
            kind = self.scope.kinds.get(name.key)
            domain = kind.values if kind is not None else None
            if domain is not None or not isinstance(node, Relation):
                self.scope = self.scope.knowing(variables={name.key: domain})
                self.scope = replace(self.scope, random=self.scope.random | {name.key})

    def exclusive(self, nodes: list[Node]) -> list[Node]:
        events = [event for node in nodes if not isinstance(node, Relation) for event in self.names(node)]
        if len(events) < 2:
            return []
        meaning = Meaning(self.scope)
        from checker.reading.chances import _event, _events  # the events of P(…)

        if any(isinstance(e, Dots) for e in events):
            return self.family_of_events(events)
        trees = tuple(_event(meaning, e) for e in events)
        self.scope = replace(self.scope, exclusive=(*self.scope.exclusive, trees))
        return [node for node in nodes if not isinstance(node, Relation)]

    def family_of_events(self, events: list[Node]) -> list[Node]:
        """Exactly one of C_1, …, C_K occurs: the values of a variable, so that C_k is C = k."""
        first, last = events[0], events[-1]
        if not (isinstance(first, Scripted) and isinstance(last, Scripted) and isinstance(first.base, Letter)):
            return []
        if len(first.sub) != 1 or len(last.sub) != 1:
            return []
        for each in walk(last.sub[0]):
            if isinstance(each, Letter):
                self.size(letter_key(each))
        meaning = Meaning(self.scope)
        index_set = IndexSet(meaning.index(first.sub[0]), meaning.index(last.sub[0]))
        letter = next((k for k, s in self.scope.index_sets.items() if s == index_set), "k")
        lexicon = replace(self.scope.lexicon, indices=self.scope.lexicon.indices | {letter})
        short = replace(first, sub=(Letter(letter, first.place),))
        long = Relation("=", first.base, Letter(letter, first.place), first.place)
        self.scope = replace(self.scope, events=(*self.scope.events, Shorthand(short, long)), lexicon=lexicon)
        self.scope = self.scope.knowing(
            variables={letter_key(first.base): index_set}, places={(letter_key(first.base), 1, 0): index_set}
        )
        return list(events)

    def independent(self, nodes: list[Node], words: list[str]) -> list[Node]:
        """A and B are independent (given C); the samples are i.i.d."""
        plain = [node for node in nodes if not isinstance(node, Relation)]
        samples = self.samples(nodes)
        if samples is not None:
            self.scope = replace(self.scope, samples=samples)
            for node in plain:
                self.sampled(node)
            for before, node in zip(words, nodes, strict=False):
                if re.search(r"\bgiven\b|conditional", before) and isinstance(node, Letter):
                    self.parameter(node)
                    self.scope = replace(self.scope, required=self.scope.required | {letter_key(node)})
            return plain
        statements = _independence(nodes, words)
        meaning = Meaning(self.scope)
        from checker.reading.chances import _event

        for events, behind in statements:
            if len(events) < 2:
                continue
            try:
                first = tuple(_variable(meaning, e, self.scope) or _event(meaning, e) for e in events)
                given = tuple(_variable(meaning, e, self.scope) or _event(meaning, e) for e in behind)
            except Unreadable as problem:
                self.problems.append(problem)
                continue
            self.scope = replace(self.scope, independence=(*self.scope.independence, Independence(first, given)))
        return plain

    def samples(self, nodes: list[Node]) -> IndexSet | None:
        """The index set of the samples that the sentence names: (x^{(1)}, y^{(1)}), …, or (x^{(i)}, y^{(i)})."""
        for node in nodes:
            for each in walk(node):
                if isinstance(each, Scripted):
                    name = name_of(each, self.scope)
                    if name is None or not name.indices or name.key not in self.scope.superscripts:
                        continue
                    index = name_of(name.indices[0], self.scope)
                    if index is not None and index.key in self.scope.index_sets:
                        return self.scope.index_sets[index.key]
                    if index is not None and index.key in self.scope.sizes:
                        return IndexSet(1, Meaning(self.scope).index(name.indices[0]))
        return None

    def sampled(self, node: Node) -> None:
        for each in walk(node):
            if isinstance(each, Scripted) and isinstance(each.base, Letter):
                key = letter_key(each.base)
                if key in self.scope.superscripts and key not in self.scope.variables:
                    kind = self.scope.kinds.get(f"{key}[]") or self.scope.kinds.get(key)
                    self.scope = self.scope.knowing(variables={key: kind.values if kind else None})

    def identity(self, nodes: list[Node], words: list[str]) -> list[Node]:
        """I is the p × p identity matrix."""
        found: list[Node] = []
        for at, node in enumerate(nodes):
            if isinstance(node, Letter) and at + 1 < len(nodes) and "is" in words[at + 1].split():
                sizes = nodes[at + 1]
                parts = sizes.factors if isinstance(sizes, Product) else (sizes,)
                shape = self.shape(parts[0])
                self.scope = self.scope.knowing(kinds={letter_key(node): Kind((("identity", True),), None, shape * 2)})
                found += [node, sizes]
        return found

    def constant(self, nodes: list[Node]) -> list[Node]:
        """p(x_i | C_k) does not depend on π: it is a member of a family of numbers."""
        found: list[Node] = []
        for node in nodes:
            if not isinstance(node, Chance) or self.answering:
                continue
            letters = [each.name for each in walk(node) if isinstance(each, Letter)]
            places = tuple(
                Letter(name, node.place) for name in dict.fromkeys(letters) if name in self.scope.index_sets
            )
            name = Letter("".join(letters), node.place, style="roman")
            constant = Scripted(name, places, None, node.place) if places else name
            self.scope = replace(self.scope, chances=(*self.scope.chances, Shorthand(node, constant)))
            found.append(node)
        return found

    def row(self, nodes: list[Node]) -> list[Node]:
        """x_i^T is the i-th row of X."""
        plain = [node for node in nodes if not isinstance(node, Relation)]
        if len(plain) < 2:
            return []
        first, matrix = plain[0], plain[-1]
        name = name_of(first, self.scope) if isinstance(first, Scripted) else None
        whole = name_of(matrix, self.scope)
        if name is None or whole is None or len(name.indices) != 1:
            return []
        kind = self.scope.kinds.get(whole.key)
        if kind is None or len(kind.shape) != 2:
            return []
        self.scope = self.scope.knowing(
            kinds={f"{name.key}[]": Kind((("row of", True), (whole.key, True)), None, kind.shape[1:])},
            places={(name.key, 1, 0): IndexSet(1, kind.shape[0])},
        )
        return plain


def _independence(nodes: list[Node], words: list[str]) -> list[tuple[list[Node], list[Node]]]:
    """(what is independent, given what), from the words before each node and behind the last one.

    "A and B are independent given C, independent given D"; "given C, A and B are independent".
    """
    found: list[tuple[list[Node], list[Node]]] = []
    subjects: list[Node] = []
    behind: list[Node] = []
    ahead: list[Node] = []
    said = False
    for place, text in enumerate(words):
        if "independent" in text:
            if said and behind:
                found.append((subjects, behind))
            elif not said:
                said = True
            behind = []
            is_given = bool(re.search(r"given|condition", text.rpartition("independent")[2]))
            if not is_given:
                found.append((subjects, ahead))
                break
        if place == len(nodes):
            break
        node = nodes[place]
        names = node.left if isinstance(node, Relation) and node.sign == "in" else node
        items = list(names.items) if isinstance(names, Bracket) and names.kind in ("", "()") else [names]
        if said:
            behind += items
        elif not place and re.search(r"\b(?:given|conditional(?:ly)? on)\W*$", text) and not isinstance(node, Relation):
            ahead += items
        else:
            subjects += items
    if said and behind:
        found.append((subjects, behind))
    return found


def _before_conclusion(clauses: Sequence[Clause]) -> list[Clause]:
    """The clauses up to "so", "then", …, behind which a sentence declares no more."""
    found: list[Clause] = []
    for clause in clauses:
        if isinstance(clause, Said) and any(isinstance(each, Chain) for each in found) and CONCLUSION.search(clause.text):
            break
        found.append(clause)
    return found


def declares(clauses: Sequence[Clause]) -> bool:
    """Whether the words of a sentence leave no doubt that it declares."""
    words = " ".join(clause.text for clause in clauses if isinstance(clause, Said))
    words = re.sub(r"(?:does|do) not depend|not (?:equal to )?(?:zero|0)\b", "", words)
    if NO_DECLARATION.search(words):
        return False
    return not any(isinstance(c, Said) and c.text.strip().lower() == "or" for c in clauses)


def using(scope: Scope, *nodes: Node) -> Scope:
    """The scope in which the names of these trees are no longer new."""
    used: set[str] = set()
    for node in nodes:
        for each in names_in(node):
            try:
                name = name_of(each, scope)
            except Unreadable:
                continue
            if name is not None:
                used.add(name.family)
    return scope if used <= scope.used else replace(scope, used=scope.used | used)


def known_names(scope: Scope) -> frozenset[str]:
    """The names of which a scope says something."""
    defined = {definition.family for definition in scope.definitions}
    return frozenset(set(scope.kinds) | defined | set(scope.variables) | set(scope.sizes))


def _ranged(node: Relation) -> bool:
    """i = 1, …, N"""
    right = node.right
    return isinstance(right, Bracket) and right.kind == "" and any(isinstance(item, Dots) for item in right.items)


# --- small questions ------------------------------------------------------------------------------------------------

_TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "!=": "!="}


def definition_of(left: Node, right: Node, scope: Scope) -> Definition | Shorthand | None:
    """What left = right defines, where the left side is a name alone that is new; None otherwise."""
    while isinstance(left, Bracket) and left.kind == "()" and len(left.items) == 1:
        left = left.items[0]
    if same(left, right):
        return None
    if isinstance(left, Call) and left.kind == "()":
        name = name_of(left.function, scope)
        if name is None or name.power is not None:
            return None
        if not is_new(name, scope) or any(_is_arithmetic(a) for a in left.arguments):
            return None
        if occurs_in(name.family, right, scope):
            return None
        if name.indices and (scope.functions_of(name.key) or any(isinstance(i, Number) for i in name.indices)):
            return None
        return Definition(name.key, left, right, parameters=left.arguments, indices=name.indices)
    name = name_of(left, scope)
    if name is None or name.power is not None:
        return None
    if not is_new(name, scope):
        return None
    if _is_alias(left, right, scope):
        return Shorthand(left, right)
    if name.indices and not _placeholders(name, scope):
        return None
    if occurs_in(name.family, right, scope):
        return None
    return Definition(name.key, left, right, indices=name.indices)


def occurs_in(family: str, node: Node, scope: Scope) -> bool:
    """Whether a name, or a member of a family, stands in a tree."""
    for each in names_in(node):
        try:
            name = name_of(each, scope)
        except Unreadable:
            continue
        if name is not None and name.family == family:
            return True
    return False


def is_new(name: Name, scope: Scope) -> bool:
    """Nothing is said yet of the name, and no line has used it."""
    key, family = name.key, name.family
    if key.endswith("'") and (scope.definition_of(key.rstrip("'")) or key.rstrip("'") in scope.lexicon.functions):
        return False
    return (
        family not in scope.kinds
        and not (key in scope.kinds and scope.kinds[key].shape)
        and not (name.bold and f"{key}[]" in scope.kinds)
        and family not in scope.index_sets
        and scope.definition_of(family) is None
        and family not in scope.used
        and not any(name_of(s.short, scope) and name_of(s.short, scope).family == family for s in scope.aliases)  # type: ignore[union-attr]
        and not (key == "pi" and not name.indices)
        and not any({key, name.letter} & gap.letters for gap in scope.gaps)
        and key not in scope.variables
        and key not in scope.random
    )


def _is_arithmetic(node: Node) -> bool:
    return not isinstance(node, (Letter, Scripted, Bracket, Dots))


def _is_alias(left: Node, right: Node, scope: Scope) -> bool:
    """a_k = α_k, y^j = y^{(j)}, d = D: one name for another, with the same indices."""
    a, b = name_of(left, scope), name_of(right, scope)
    if a is None or b is None or b.power is not None or a.family == b.family:
        return False
    if _stands_for(right, a.family, scope):
        return False
    if len(a.indices) != len(b.indices) or not all(map(same, a.indices, b.indices)):
        return False
    return bool(a.indices) and _placeholders(a, scope) or not a.indices and not b.indices


def _stands_for(node: Node, family: str, scope: Scope) -> bool:
    """Whether a name leads to another through the names that it is short for."""
    for _ in scope.aliases:
        name = name_of(node, scope)
        if name is None:
            return False
        longer = [s.long for s in scope.aliases if (short := name_of(s.short, scope)) and short.family == name.family]
        if not longer:
            return name.family == family
        node = longer[0]
    name = name_of(node, scope)
    return name is not None and name.family == family


def _placeholders(name: Name, scope: Scope) -> bool:
    """The indices are different index letters."""
    keys = []
    for index in name.indices:
        letter = name_of(index, scope)
        if letter is None or letter.indices or letter.power is not None or letter.key in scope.sizes:
            return False
        keys.append(letter.key)
    return len(set(keys)) == len(keys)


def _plain_name(node: Node, scope: Scope) -> Name | None:
    try:
        if isinstance(node, Call) and node.kind == "[]":
            inner = name_of(node.function, scope)
            return inner and replace(inner, indices=(*inner.indices, *node.arguments))
        name = name_of(node, scope)
    except Unreadable:
        return None
    return name if name is not None and name.power is None else None


def _is_name(node: Node, scope: Scope) -> bool:
    return _plain_name(node, scope) is not None


def _joined(before: Kind | None, kind: Kind) -> Kind:
    """A sign beside what was said of the name before."""
    if before is None:
        return kind
    kept = tuple(a for a in before.assumptions if a[0] != "real" and a not in kind.assumptions)
    return replace(before, assumptions=(*kept, *kind.assumptions))


def _blackboard(node: Node) -> tuple[str, Node | None, Node | None] | None:
    """(letter, superscript, subscript) of ℝ^{n × p} and its like."""
    if isinstance(node, Letter) and (node.style == "blackboard" or node.name == "R" and node.style == "bold"):
        return node.name, None, None
    if isinstance(node, Scripted) and isinstance(node.base, Letter) and node.base.style in ("blackboard", "bold"):
        if node.base.name in "RNZ":
            return node.base.name, node.sup, node.sub[0] if node.sub else None
    return None


def _integer(node: Node) -> int | None:
    if isinstance(node, Number) and node.text.isdigit():
        return int(node.text)
    if isinstance(node, Total) and len(node.terms) == 1 and node.terms[0][0] == -1:
        value = _integer(node.terms[0][1])
        return None if value is None else -value
    return None


def _component_kind(name: Name, scope: Scope) -> bool:
    return f"{name.key}[]" in scope.kinds


def _variable(meaning: Meaning, node: Node, scope: Scope) -> Basic | None:
    """A declared random variable in a statement of independence."""
    name = name_of(node, scope)
    if name is not None and name.key in scope.variables and not name.indices:
        return RandomVariable(name.key)
    return None
