"""Sentences that declare: index sets, types and signs, definitions, the model, facts, and what is said in words.

A sentence changes the scope of all that follows it.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from checker.reading.grammar.formula import parse_list
from checker.reading.known.indices import is_shifted
from checker.reading.known.letters import left_outside, letters_in
from checker.reading.known.names import is_transpose, name_of
from checker.reading.known.scope import REAL, Definition, Scope, Shorthand
from checker.reading.layout.pieces import Member
from checker.reading.lexicon import Lexicon
from checker.reading.meaning.naming import definition_of, is_new, overloading, plain_name, softmax_of, using
from checker.reading.syntax import (
    Bracket,
    Call,
    Chance,
    Derivative,
    Gradient,
    IndicatorOf,
    Letter,
    Node,
    Number,
    Relation,
    Scripted,
    names_in,
    same,
    walk,
)
from checker.reading.tex.tokens import DIGIT, Token, Unreadable
from checker.reading.words.distributing import (
    distribute,
    drawn,
    is_distributed,
    laws,
    letters_distributed,
    moments,
    without_independence,
)
from checker.reading.words.draft import CONDITIONAL, Draft
from checker.reading.words.factors import density_of, is_of_new_data, probability
from checker.reading.words.frequencies import counts
from checker.reading.words.indicating import indicators
from checker.reading.words.kinds import array_defined, is_range, kinds_in, members_in, places_in, ranged
from checker.reading.words.said import in_words
from checker.reading.words.sentences import (
    AFTER_NO_FACT,
    BEFORE_FIRST,
    CONCLUSION,
    DOUBT,
    MODEL,
    NO_DECLARATION,
    SPOKEN_OF,
    Chain,
    Clause,
    Said,
    before_conclusion,
    before_main_clause,
    constraint,
    declares,
    defines,
    holds_fixed,
    is_place,
    only_names,
    states,
)


def _members(chain: Chain, lexicon: Lexicon) -> list[Node]:
    """The members of a chain with signs; several names between commas as a list."""
    lists = [parse_list(m.items, lexicon, m.place) for m in chain.members]
    return [n[0] if len(n) == 1 else Bracket("", n, m.place) for n, m in zip(lists, chain.members, strict=True)]


_CALLING = re.compile(
    r"\b(?:call|denote|name)\s+(?:it|this|that|them|these|the\s+\w+(?:\s+\w+)?)(?:\s+by)?\W*$", re.IGNORECASE
)


class Declarer(Draft):
    """Reads the clauses of one declaring sentence into the scope."""

    def sentence(self, clauses: Sequence[Clause]) -> Scope:
        """The scope after the sentence."""
        indicated, clauses = indicators(before_main_clause(constraint(clauses)))
        for name, condition in indicated:
            self.indicate(name, condition)
        if not declares(clauses):
            self.unsure(clauses)
            return self.scope
        clauses = drawn(self, before_conclusion(clauses))
        nodes: list[tuple[str, Node]] = []
        words = ""
        distributed = [clause for clause in clauses if isinstance(clause, Chain) and is_distributed(clause)]
        for at, clause in enumerate(clauses):
            if isinstance(clause, Said):
                spoken = without_independence(clause.text) if distributed else clause.text
                words = f"{words} {spoken}"
                continue
            if clause in distributed:
                continue
            follows = clauses[at + 1] if at + 1 < len(clauses) else None
            after = follows.text if isinstance(follows, Said) else ""
            read = self.read(clause)
            plain = BEFORE_FIRST.fullmatch(words.lower()) if not nodes else states(words.lower())
            plain = plain or only_names(words.lower()) and all(self.names_anew(node) for node in read)
            if nodes and _PLACE.search(nodes[-1][0]) and _AT_WHICH.search(words):
                plain, read = False, [node for node in read if not isinstance(node, Relation)]
            if not plain or AFTER_NO_FACT.match(after):
                self.loose.update(id(node) for node in read)
                doubtful = not defines(clauses) or bool(DOUBT.search(f"{words} {after}".lower()))
                doubtful = doubtful and not (
                    nodes == [] and _NAMING.fullmatch(words) and not DOUBT.search(after.lower())
                )
                self.doubtful.update(id(node) for node in read if doubtful and not (nodes == [] and _of(words, node)))
            if len(read) == 1 and self.is_condition(words, read[0]):
                self.conditions |= letters_in(read[0])
                words = ""
                continue
            if is_place(words, after) and self.restricts(read):
                self.gap(clause, Unreadable("what holds at some points only is not read in a declaration"))
                words = ""
                continue
            self.conditions |= self.in_part(words, read, after) | self.narrowed(read)
            if nodes and _FOR.search(words) and (parts := self.in_subset([node for _, node in nodes], read)):
                self.conditions |= parts
                words = ""
                continue
            if _SOME.search(words) and self.restricts(read) and self.families(*read):
                self.gap(clause, Unreadable(CONDITIONAL))
                words = ""
                continue
            for node in read:
                nodes.append((words, node))
                words = ""
        nodes = [(words, node) for words, node in nodes if not self.is_partial(node)]
        nodes_only = [node for _, node in nodes]
        for _, node in nodes:
            kinds_in(self, node)
        for node in nodes_only:
            places_in(self, node)
        members_in(self, nodes_only)
        text = " ".join(c.text for c in clauses if isinstance(c, Said))
        for clause in distributed:
            distribute(self, clause, text)
        if distributed:
            text = without_independence(text)
        said = [*(w for w, _ in nodes), words]
        self.modelled = bool(MODEL.search(text.lower()))
        counted = counts(self, nodes_only, said)
        done = [node for count, _, of in counted for node in (count, of)]
        if described := moments(self, nodes_only, said) or laws(self, nodes_only, said):
            done += described
            text, said = without_independence(text), [without_independence(words) for words in said]
        handled = [*done, *in_words(self, text.lower(), nodes_only, said, done)]
        for count, body, _ in counted:
            self.define_count(count, body)
        for node in nodes_only:
            if not any(node is done for done in handled):
                self.statement(node)
        self.scope = using(self.scope, *(node for node in nodes_only if isinstance(node, Relation)))
        return self.scope

    def indicate(self, name: Chain, condition: Chain) -> None:
        """A name that is 1 where a condition holds and 0 elsewhere; of one that has a meaning it says nothing."""
        names, conditions = self.read(name), self.read(condition)
        known = len(names) == len(conditions) == 1 and (
            self.is_delta(names[0], conditions[0]) or self.define(names[0], IndicatorOf(conditions[0], names[0].place))
        )
        if not known:
            self.gap(name, Unreadable("the indicator that the words define is not understood"))

    def is_delta(self, node: Node, condition: Node) -> bool:
        """Kronecker's δ of the two that the condition compares, which is what it is without words."""
        if not isinstance(node, Call | Scripted) or not isinstance(condition, Relation) or condition.sign != "=":
            return False
        base = node.function if isinstance(node, Call) else node.base
        if not isinstance(base, Letter) or base.name != "delta":
            return False
        name = name_of(node, self.scope) if isinstance(node, Scripted) else None
        own = node.arguments if isinstance(node, Call) else name.indices if name is not None else ()
        sides = condition.left, condition.right
        return len(own) == 2 and any(all(map(same, own, pair)) for pair in (sides, sides[::-1]))

    def aside(self, clauses: Sequence[Clause]) -> None:
        """What a sentence that does not open as a declaration says of a new name: the Lagrangian is $L = …$.

        For answers, whose own names are theirs to define, as displays define them without further words. What new
        letters are by which they write something else, as $a_j = w_j/W$, is not known.
        """
        if any(isinstance(clause, Said) and SPOKEN_OF.search(clause.text) for clause in clauses):
            return
        self.rewritten(clauses)
        self.counted(clauses)
        self.called(clauses)
        for node in self.new_names(clauses):
            if self.names_anew(node) and self.define(node.left, node.right):
                self.scope = using(self.scope, node)

    def called(self, clauses: Sequence[Clause]) -> None:
        """Of a name that a sentence gives to what it speaks of, "call it $c$", is not known what it is."""
        for said, chain in pairwise(clauses):
            named = (
                isinstance(said, Said) and isinstance(chain, Chain) and not chain.signs and _CALLING.search(said.text)
            )
            node = self.read(chain)[0] if named and isinstance(chain, Chain) else None
            name = name_of(node, self.scope) if isinstance(node, (Letter, Scripted)) else None
            if name is not None and self.scope.definition_of(name.family) is None:
                self.note_gap(frozenset({name.key}), Unreadable(f"what is called {name.key} is not understood"))

    def counted(self, clauses: Sequence[Clause]) -> None:
        """Names that the words say are counts: "$N_k$: number of samples in class $k$"."""
        before = self.scope, list(self.problems)
        nodes: list[Node] = []
        words = [""]
        for clause in clauses:
            if isinstance(clause, Said):
                words[-1] += f" {clause.text}"
                continue
            for node in self.read(clause):
                nodes.append(node)
                words.append("")
        self.scope, self.problems = before
        for count, body, _ in counts(self, nodes, words):
            self.define_count(count, body)

    def define_count(self, count: Node, body: Node) -> None:
        """In an answer also of a name that formulas have used before."""
        name = plain_name(count, self.scope)
        if name is not None and self.answering:
            self.scope = replace(self.scope, used=self.scope.used - {name.family})
        self.define(count, body)

    def rewritten(self, clauses: Sequence[Clause]) -> None:
        """Note the new letters in what is written in another way: "we can write $a_j = w_j/W$".

        Of a softmax of new letters, which any positive numbers that sum to 1 are, it is known what they are.
        """
        for said, clause in pairwise(clauses):
            if not isinstance(said, Said) or not isinstance(clause, Chain) or not clause.signs:
                continue
            before = self.scope, list(self.problems)
            nodes = [node for node in self.read(clause) if isinstance(node, Relation)]
            self.scope, self.problems = before
            if not nodes or plain_name(nodes[0].left, self.scope) is None or self.names_anew(nodes[0]):
                continue
            names = [name for node in nodes for each in names_in(node.right) if (name := plain_name(each, self.scope))]
            several = bool(_REWRITING.search(said.text))
            letters = frozenset(n.key for n in names if is_new(n, self.scope) and (several or n.indices))
            if letters and len(nodes) == 1 and (softmax := softmax_of(nodes[0], self.scope)) is not None:
                definition, fact = softmax
                facts = tuple(each for each in self.scope.fact_trees if each is not fact)
                definitions = (*self.scope.definitions, definition)
                self.scope = replace(self.scope, definitions=definitions, fact_trees=facts)
            else:
                self.note_gap(letters, Unreadable("what is written by these letters is not understood"))

    def hold(self, clauses: Sequence[Clause]) -> None:
        """A name that the words hold fixed is no longer what it was defined as where something is differentiated.

        That it has the value of its definition holds from here on, which a derivative does not see.
        """
        for before, clause, after in zip(clauses, clauses[1:], [*clauses[2:], None], strict=False):
            if not isinstance(before, Said) or not isinstance(clause, Chain) or clause.signs:
                continue
            if not holds_fixed(before.text, after.text if isinstance(after, Said) else ""):
                continue
            for node in self.read(clause):
                name = plain_name(node, self.scope)
                definition = self.scope.definition_of(name.family) if name is not None else None
                if definition is not None and not definition.parameters:
                    kept = tuple(each for each in self.scope.definitions if each.family != definition.family)
                    self.scope = replace(self.scope, definitions=kept)
                    self.set_kind(definition.family, REAL)
                    equation = Relation("=", definition.left, definition.body, definition.left.place)
                    self.scope = replace(self.scope, held=(*self.scope.held, equation))

    def name(self, clauses: Sequence[Clause]) -> None:
        """Define the new names that a formula of these explains."""
        for node in self.new_names(clauses):
            if self.define(node.left, node.right):
                self.scope = using(self.scope, node)

    def mention(self, clauses: Sequence[Clause]) -> None:
        """Note what such a sentence says of new names, which in a document defines nothing."""
        self.called(clauses)
        spoken = [*self.new_names(clauses), *self.new_facts(clauses)]
        self.scope = replace(self.scope, spoken=(*self.scope.spoken, *spoken))

    def explains(self, before: Sequence[Clause], where: Sequence[Clause]) -> bool:
        """Whether equations and inequalities behind "where" are of names in the formulas before it, not known yet.

        As in "$L = a x$ where $a = 2$"; "the points where $x = y$" are some of all.
        """
        scope, problems = self.scope, list(self.problems)
        letters = letters_in(*(node for clause in before if isinstance(clause, Chain) for node in self.read(clause)))
        stated = [node for clause in where if isinstance(clause, Chain) and clause.signs for node in self.read(clause)]
        explained = all(
            node.sign == "in"
            or is_range(node)
            or isinstance(node.left, Call)
            and self.names_anew(node)
            or bool(letters_in(node.left, node.right) & letters)
            and (self.names_anew(node) or self.is_of_undeclared(node))
            for node in stated
            if isinstance(node, Relation)
        )
        self.scope, self.problems = scope, problems
        return explained

    def new_facts(self, clauses: Sequence[Clause]) -> Iterator[Relation]:
        """The equations by which a sentence describes what is declared nowhere: "with $\\sum_k r_{nk} = 1$"."""
        words = " ".join(clause.text for clause in clauses if isinstance(clause, Said))
        if SPOKEN_OF.search(words):
            return
        describes = _DESCRIBING.search(words) and not (NO_DECLARATION.search(words) or CONCLUSION.search(words))
        wanted = self.tells_of if describes else self.is_of_chance
        for clause in clauses:
            if not isinstance(clause, Chain) or [sign.sign for sign in clause.signs] != ["="]:
                continue
            node = self.read_if(clause, lambda each: not self.names_anew(each) and wanted(each))
            if node is not None:
                yield node

    def is_of_chance(self, node: Relation) -> bool:
        """It says what number a probability is."""
        return isinstance(node.left, Chance) and not letters_in(node.right)

    def tells_of(self, node: Relation) -> bool:
        """It says something of names of which nothing else is said, or what number a probability is."""
        return self.is_of_undeclared(node) or self.is_of_chance(node)

    def is_of_undeclared(self, node: Relation) -> bool:
        """It says something of names of which nothing else is said, and gives no derivative."""
        names = [name_of(each, self.scope) for each in names_in(node.left)]
        derived = any(isinstance(each, (Derivative, Gradient, Chance)) for each in walk(node))
        return not derived and any(name is not None and self.scope.is_undeclared(name.family) for name in names)

    def new_names(self, clauses: Sequence[Clause]) -> Iterator[Relation]:
        """The equations of a sentence with a new name alone on the left, the first of R_k = Σ_n r_nk > 0; in an answer
        also of the constraint g(α) = Σ_k α_k − 1 = 0."""
        for clause in clauses:
            signs = [sign.sign for sign in clause.signs] if isinstance(clause, Chain) else []
            if self.answering and isinstance(clause, Chain) and signs == ["=", "="] and _is_number(clause.members[-1]):
                signs.pop()
            if isinstance(clause, Chain) and signs[:1] in (["="], [":="]) and not {"=", ":="} & set(signs[1:]):
                node = self.read_if(clause, self.names_anew)
                if node is not None:
                    yield node

    def read_if(self, chain: Chain, wanted: Callable[[Relation], bool]) -> Relation | None:
        """The first relation of a chain, where it is wanted; else None, and nothing of the reading is kept."""
        before = self.scope, list(self.problems)
        nodes = self.read(chain)
        node = nodes[0] if nodes else None
        if isinstance(node, Relation) and wanted(node):
            return node
        self.scope, self.problems = before
        return None

    def names_anew(self, node: Node) -> bool:
        """An equation with a new name alone on the left, which becomes the name of the right side, no other name."""
        if not isinstance(node, Relation) or node.sign not in ("=", ":="):
            return False
        try:
            return isinstance(definition_of(node.left, node.right, self.scope), Definition)
        except Unreadable:
            return False

    def is_condition(self, words: str, node: Node) -> bool:
        """k > 1 in "for k > 1"."""
        if not isinstance(node, Relation) or node.sign not in ("<", ">", "<=", ">=", "!=") or self.is_beginning(node):
            return False
        names = [plain_name(side, self.scope) for side in (node.left, node.right)]
        on_index = any(name is not None and self.is_index(name) for name in names)
        return on_index and bool(re.search(r"\b(?:for|when|whenever|if)(?:\s+(?:all|every|each|any))?\W*$", words))

    def restricts(self, read: Sequence[Node]) -> bool:
        """An equation or an inequality, and no definition."""
        signs = {node.sign for node in read if isinstance(node, Relation)}
        return bool(signs & {"<", ">", "<=", ">=", "!=", "="}) and not all(map(self.names_anew, read))

    def in_part(self, words: str, read: Sequence[Node], after: str) -> set[str]:
        """The indices that such words take from their sets in part: n in "for even $n$", "for some $n$"."""
        partly = _IN_PART.search(words) or _PARITY.match(after)
        names = [plain_name(node, self.scope) for node in read] if partly else []
        return {name.key for name in names if name is not None and not name.indices and self.is_index(name)}

    def narrowed(self, read: Sequence[Node]) -> set[str]:
        """The indices that an inequality holds to a part of their sets: n in "$x_n = 0$, $n > 1$".

        Not by ≠: "Given $i, j$ with $i \\neq j$ and $h_k$" declares the indices, and h of all.
        """
        found: set[str] = set()
        for node in read:
            if isinstance(node, Relation) and node.sign in ("<", ">", "<=", ">="):
                names = [plain_name(side, self.scope) for side in (node.left, node.right)]
                letters = {name.key for name in names if name is not None and not name.indices}
                if letters >= letters_in(node) and not self.is_beginning(node):
                    found |= letters & (self.scope.lexicon.indices | set(self.scope.index_sets))
        return found

    def in_subset(self, before: Sequence[Node], read: Sequence[Node]) -> set[str]:
        """The index that a membership behind "for" holds to a part of the set that it is known to have."""
        node = read[0] if len(read) == 1 else None
        if not isinstance(node, Relation) or not (node.sign == "in" or is_range(node)):
            return set()
        name = plain_name(node.left, self.scope)
        if name is None or name.indices:
            return set()
        if not self.is_index(name):  # by its use in the text, as where all members are written with numbers
            begins = node.right.items[0] if isinstance(node.right, Bracket) and node.right.items else None
            from_one = isinstance(begins, Number) and begins.text == "1"
            return {name.key} & self.families(*before) if begins is not None and not from_one else set()
        trial = Declarer(self.scope)
        for each in before:
            kinds_in(trial, each)
        known = trial.scope.index_sets.get(name.key)
        kinds_in(trial, node)
        found = trial.scope.index_sets.get(name.key)
        parts = known is not None and found is not None and is_shifted((found.lower, found.upper), known)
        return {name.key} if parts else set()

    def is_beginning(self, node: Relation) -> bool:
        """n ≥ 1 and n > 0, which hold of all indices that are not said to begin before."""
        name = plain_name(node.left, self.scope)
        begins = self.scope.index_sets.get(name.key) if name is not None else None
        first = begins.lower if begins is not None else 1
        bound = node.right.text if isinstance(node.right, Number) else ""
        return bound.isdigit() and str(first) == (bound if node.sign == ">=" else str(int(bound) + (node.sign == ">")))

    def families(self, *nodes: Node) -> set[str]:
        """The letters that stand alone as indices of names in these."""
        found: set[str] = set()
        for each in (each for node in nodes for each in names_in(node)):
            with contextlib.suppress(Unreadable):  # ℝ^p is no name
                name = name_of(each, self.scope)
                indices = name.indices if name is not None else ()
                plain = [plain_name(index, self.scope) for index in indices]
                found |= {index.key for index in plain if index is not None and not index.indices}
        return found

    def is_partial(self, node: Node) -> bool:
        """It holds at some members of a family only, which is no declaration of the family; it is noted as a gap."""
        if not isinstance(node, Relation) or not self.conditions & self.families(node):
            return False
        name = plain_name(node.left, self.scope)
        if is_range(node) or node.sign in ("in", "subset") and name is not None and not name.indices:
            return False
        self.gap_in(node, Unreadable(CONDITIONAL, node.place))
        return True

    def unsure(self, clauses: Sequence[Clause]) -> None:
        """Of a sentence that opens as a declaration and is none, what it says of its letters is not known."""
        problem = Unreadable("the sentence opens as a declaration, and its words do not declare")
        for clause in clauses:
            if isinstance(clause, Chain) and clause.signs:
                self.gap(clause, problem)

    def read(self, chain: Chain) -> list[Node]:
        """The links of a chain as relations; a list of names alone as they are.

        Where an index stands outside of its sum and nowhere else, the sum goes on to where it stands.
        """
        lexicon = self.scope.lexicon
        try:
            if not chain.signs:
                return list(parse_list(chain.members[0].items, lexicon, chain.members[0].place))
            members = _members(chain, lexicon)
            if left_outside(members, self.scope):
                whole = _members(chain, replace(lexicon, whole=True))
                members = members if left_outside(whole, self.scope) else whole
        except Unreadable as problem:
            self.problems.append(problem)
            self.gap(chain, problem)
            return []
        pairs = zip(chain.signs, pairwise(members), strict=True)
        return [ranged(Relation(s.sign, a, b, s.place), self.scope) for s, (a, b) in pairs]

    # --- definitions, model, facts

    def statement(self, node: Node) -> None:
        try:
            if isinstance(node, Relation) and node.sign in ("=", ":="):
                self.equation(node)
        except Unreadable as problem:
            self.gap_in(node, problem)

    def equation(self, node: Relation) -> None:
        left, right = node.left, node.right
        if is_range(node):
            return
        name = plain_name(left, self.scope)
        index = name is not None and (name.key in self.scope.index_sets or name.key in self.scope.lexicon.indices)
        if name is not None and index and not name.indices:
            raise Unreadable(f"'{name.key} = …' gives an index a value, which is no definition", left.place)
        if name is not None and not name.indices and name.key in self.scope.variables:
            raise Unreadable(
                f"'{name.key} = …' says that a random variable takes a value, which is no definition", left.place
            )
        density = density_of(node)
        if density is not None and (isinstance(left, Chance) or is_of_new_data(*density, self.scope)):
            probability(self, *density)
            return
        if isinstance(left, Scripted) and left.sup is not None and is_transpose(left.sup, self.scope):
            return  # A^T = A, seen above
        if isinstance(left, Bracket) and left.kind == "":
            raise Unreadable("a list is no left side of a definition", left.place)
        if id(node) in self.doubtful and not self.answering and self.names_anew(node):
            self.scope = replace(self.scope, spoken=(*self.scope.spoken, node))
        if id(node) not in self.doubtful and not self.define(left, right):
            self.add_fact(node)
            if isinstance(left, Call) and all(isinstance(each, Letter) for each in left.arguments):
                function = name_of(left.function, self.scope)
                if function is not None and self.scope.functions_of(function.key):
                    self.scope = replace(self.scope, restated=self.scope.restated | {function.key})

    def define(self, left: Node, right: Node) -> bool:
        """Take left = right for the definition of a new name; False where the left side is no new name alone."""
        scope = overloading(left, self.scope)
        defined = definition_of(left, right, scope)
        if defined is None:
            return False
        self.scope = scope
        name = plain_name(left, self.scope)
        if name is not None and self.known & {name.family, f"{name.key}[]"}:
            return False  # of a question neither its names nor its families by their names are new
        if isinstance(defined, Shorthand):
            self.scope = replace(self.scope, aliases=(*self.scope.aliases, defined))
            long = plain_name(defined.long, self.scope)
            if long is not None and name is not None and long.key in self.scope.lexicon.functions:
                functions = self.scope.lexicon.functions | {name.key}
                self.scope = replace(self.scope, lexicon=replace(self.scope.lexicon, functions=functions))
        else:
            self.scope = replace(self.scope, definitions=(*self.scope.definitions, defined))
            kind = array_defined(self.scope, defined)
            if kind is not None:
                self.set_kind(defined.family, kind)
            if defined.parameters:
                functions = self.scope.lexicon.functions | {defined.key}
                self.scope = replace(self.scope, lexicon=replace(self.scope.lexicon, functions=functions))
        return True

    def finish(self) -> Scope:
        """Turn what is left into facts."""
        for node in self.pending:
            if isinstance(node, Relation) and node.sign in ("<", ">", "<=", ">=", "!="):
                self.add_fact(node)
            elif isinstance(node, Relation) and node.sign not in ("in", "succ", "succeq", "subset"):
                self.gap_in(node, Unreadable(f"'{node.sign}' in a declaration is not understood", node.place))
            elif isinstance(node, Relation) and node.sign in ("in", "subset"):
                self.gap_in(
                    node, Unreadable("this set is not understood; write \\mathbb{R} or \\{1,\\dots,N\\}", node.place)
                )
        self.pending = []
        return self.scope


def distributing(clauses: Sequence[Clause], scope: Scope) -> Scope:
    """The scope in which it is known of which letters "x ∼ N(0, 1)" says something."""
    chains = [each for each in clauses if isinstance(each, Chain) and any(sign.sign == "~" for sign in each.signs)]
    found = frozenset(letter for chain in chains for letter in letters_distributed(chain))
    return replace(scope, distributed=scope.distributed | found) if found else scope


_FOR = re.compile(r"\bfor(?:\s+(?:all|every|each|any))?\s*$", re.IGNORECASE)
_PARITY = re.compile(r"\W*(?:even|odd)\b", re.IGNORECASE)
_SOME = re.compile(r"\b(?:some|most|one|few|several|there\s+(?:is|are)|exists?)(?:\s+an?)?\s*$", re.IGNORECASE)
"""Words before what holds of some members of a family: "where some $x_n > 0$", "there is $x_n > 0$"."""
_IN_PART = re.compile(
    r"\bfor\s+(?:(?:at\s+least|exactly|at\s+most|only)\s+)?(?:some|most|few|many|even|odd|certain|one|infinitely\s+many|"
    r"finitely\s+many|(?:a|one)\s+(?:fixed|given|single|particular|certain|few))\s+(?:[\w-]+\s+){0,2}$",
    re.IGNORECASE,
)
_NAMING = re.compile(
    r"\W*(?:\(?(?:[ivx]{1,4}|[a-h]|\d{1,2})[.)]\s*)?(?:with|under|for|consider)\s+(?:the|an?|our|this|one|two)\s+"
    r"(?:(?!(?:case|lemma|claims?|event|assumption|hypothesis|equations?|identity|fact|result|bound|values?|choice|problem|claim)\b)"
    r"[a-z'-]+[\s:]+){1,4}",
    re.IGNORECASE,
)
"""Words before what has a name in passing, and is named so: "with the loss $L = …$"."""
_PLACE = re.compile(
    r"\b(?:boundar(?:y|ies)|regions?|points?|lines?|surfaces?|planes?|hyperplanes?|cases?|places?|intervals?|edges?|contours?|"
    r"locus|limits?|subsets?|half-?spaces?|sets?)\s*$",
    re.IGNORECASE,
)
_AT_WHICH = re.compile(r"^\W*(?:where|(?:at|on|for|in|along)\s+which)\W*$", re.IGNORECASE)
"""A place, and what holds there alone: "the boundary $B$, where $x = 0$"."""
_DESCRIBING = re.compile(r"\b(?:is|are|with|where|such that|satisf\w+|subject to)\b", re.IGNORECASE)
_REWRITING = re.compile(
    r"\b(?:write|writing|parametri[sz]\w+|reparametri[sz]\w+|express|substitut\w+)\W*$", re.IGNORECASE
)
_FUNCTION = re.compile(
    r"\W*(?:for|consider)(?:\s+(?:the|an?|this|our))?(?:\s+(?:scalar|simple|quadratic|convex|smooth|real|following))*"
    r"(?:\s+(?:function|map|mapping|loss|objective|cost|error|energy|polynomial))*\W*",
    re.IGNORECASE,
)


def _of(words: str, node: Node) -> bool:
    """ "For $f(x) = …$", "Consider the function $f(x) = …$": a function of letters alone is so only by definition."""
    return (
        bool(_FUNCTION.fullmatch(words))
        and isinstance(node, Relation)
        and isinstance(node.left, Call)
        and all(isinstance(each, Letter) for each in node.left.arguments)
    )


def _is_number(member: Member) -> bool:
    return all(isinstance(item, Token) and item.kind == DIGIT for item in member.items)
