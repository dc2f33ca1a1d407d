"""Which goals a chain states, rightly or wrongly.

A chain states left = right where one member is what the goal has on the left, at some values of its indices and up to
sign, and another one is written in the goal's words. That both sides are the goal's is decided as every step is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise, permutations, product
from typing import Any

from sympy import Add, Basic, Eq, Expr, Indexed, Integer, Mul, Number, Pow, Product, Sum, Symbol, sympify

from checker.check import decide, holds, holds_by
from checker.derivation import Derivation, Givens, Part, Transition
from checker.expressions import Partial, Probability
from checker.grading.chains import Chain
from checker.grading.goals import Asked, Condition, Goal, Own, Word, known_symbols, words_of
from checker.kernel.context import CONDITIONING, FIELD, PROBABILITY, THEORIES
from checker.reading.lines.givens import read
from checker.reading.lines.records import Line
from checker.reading.syntax import Relation
from checker.reading.tex.tokens import Unreadable
from checker.verdict import Proved, Refuted, Supported, Undecided, Verdict

Meaning = Mapping[Symbol, Basic]
"""What the solution's own names are in an answer: λ ↦ −μ."""
NO_MEANING: Meaning = {}
_ONE = Integer(1)
BY_ARITHMETIC = frozenset((FIELD,))
"""The theories by which no step is made towards a result."""
WITHOUT_PROBABILITY = THEORIES - PROBABILITY


@dataclass(frozen=True)
class Statement:
    """A chain states a goal, by these of its lines, the last of which has the result: right, wrong, or not decided."""

    chain: Chain
    lines: tuple[int, ...]
    verdict: Verdict
    result: Basic

    @property
    def goes_on(self) -> bool:
        """The line with the result says something else than the member before it."""
        before = [each.tree for each, after in pairwise(self.chain.members) if after.line == self.lines[-1]]
        return self.result not in before

    @property
    def right(self) -> bool:
        return isinstance(self.verdict, (Proved, Supported))

    @property
    def wrong(self) -> bool:
        return isinstance(self.verdict, Refuted)


class Recognition:
    """Recognises the goals of one part in the chains of an answer."""

    def __init__(self, derivation: Derivation, asked: Asked) -> None:
        self.derivation, self.asked, self.part = derivation, asked, asked.part
        self.parameters = frozenset(
            str(getattr(parameter, "label", parameter)) for parameter in asked.part.givens.parameters
        )
        self._known: dict[Any, Verdict] = {}
        self._proved: dict[Any, bool] = {}
        self._words: dict[Any, frozenset[Word]] = {}

    # --- goals

    def statements(self, goal: Goal, chains: Sequence[Chain], meanings: Sequence[Meaning]) -> list[Statement]:
        """Where the goal is stated, in the order of the text. meanings: of the solution's own names."""
        found: list[Statement] = []
        for chain in chains:
            for meaning in meanings if goal.own else (NO_MEANING,):
                found += self._in_chain(goal, chain, meaning, chains)
        return found

    def _in_chain(self, goal: Goal, chain: Chain, meaning: Meaning, chains: Sequence[Chain]) -> Iterator[Statement]:
        own = self._own_meanings(chain)
        worded = [not m.imposed and not m.unwritten and self._worded(goal, m.tree, own, meaning) for m in chain.members]
        pieces = list(self._in_pieces(goal, chain, chains)) if isinstance(goal.left, Probability) else []
        if not any(worded) and not pieces:
            return
        for at, member in enumerate(chain.members):
            if member.tree is None or worded[at] and (at or not _names(member.tree) & own.keys()):
                continue  # of what is written in the goal's words only a name of the answer's own may be its left side
            sides = self._sides(goal, member.tree, chain, meaning, either=goal.milestone and not at)
            if sides is None:
                continue
            right, power = sides
            before: tuple[int, Verdict] | None = None
            for other, fits in enumerate(worded):
                tree = chain.members[other].tree
                if fits and other != at and tree is not None:
                    value = tree if power == 1 else Pow(tree, power, evaluate=False)
                    if before is not None and chain.is_proved(before[0], other):
                        verdict = before[1]  # equal to a member of which it is known
                    else:
                        verdict = self._equal(value, right, chain.givens, meaning, chain.vague)
                    before = (other, verdict) if isinstance(verdict, (Proved, Refuted)) else None
                    yield Statement(chain, chain.links(at, other), verdict, tree)
            for other, tree, lines in pieces:
                if other > at:
                    verdict = self._equal(tree, right, chain.givens, meaning, chain.vague)
                    yield Statement(chain, tuple(sorted({*chain.links(at, other), *lines})), verdict, tree)
            return  # what stands behind the first is a later form of it

    def _in_pieces(
        self, goal: Goal, chain: Chain, chains: Sequence[Chain]
    ) -> Iterator[tuple[int, Basic, tuple[int, ...]]]:
        """Members in the goal's words with what other chains find for a probability in them, and the lines of these.

        p(x|y) p(y)/p(x), where p(x) = Σ_y p(x|y) p(y).
        """
        for at, member in enumerate(chain.members[1:], 1):
            inside = member.tree.atoms(Probability) if member.tree is not None else set()
            for other in chains if inside and member.line is not None else ():
                head = other.head.tree
                if other is chain or head not in inside or head is None or member.tree is None:
                    continue
                if self._sides(goal, head, other, NO_MEANING) is not None:
                    continue
                for piece in other.members[1:]:
                    if piece.tree is None or piece.line is None:
                        continue
                    if (piece.tree.free_symbols - head.free_symbols) & set(other.givens.index_sets):
                        continue
                    tree = member.tree.xreplace({head: piece.tree})
                    if self._worded(goal, tree, self._own_meanings(chain), NO_MEANING):
                        yield at, tree, other.lines[: other.lines.index(piece.line) + 1]

    def leads_to(self, goal: Goal, chain: Chain) -> bool:
        """The chain is a step towards a result: it says more of its function, or of probabilities, than what is given,
        and more than arithmetic does. That it holds is not asked."""
        trees = [member.tree for member in chain.members if member.tree is not None]
        likely = not isinstance(goal.left, (Partial, Indexed))  # what probabilities say something of
        if len(trees) < 2 or not any(tree == goal.left or likely and tree.has(Probability) for tree in trees):
            return False
        first, last = trees[0], trees[-1]
        if self._is_factor(first) or isinstance(first, Number) or isinstance(last, Number):
            return False
        names: dict[Basic, Symbol] = {}
        if holds_by(Transition(1, "=", _plain(first, names), _plain(last, names)), BY_ARITHMETIC):
            return False
        return _is_compound(first) and _is_compound(last) or not self._is_restated(first, last)

    def is_proportion(self, goal: Goal, line: Line) -> bool:
        """The line says what the probability that is asked for is proportional to, in other words than itself."""
        statement = line.statement
        if not isinstance(goal.left, Probability) or line.sign != "prop" or not isinstance(statement, Relation):
            return False
        try:
            found = read(line.scope, [statement.left, statement.right])
        except (Unreadable, RecursionError):
            return False
        head, right = found.trees
        alike = [*words_of(head, self.parameters)] == [*words_of(goal.left, self.parameters)]
        return alike and isinstance(head, Probability) and not isinstance(right, Probability)

    def _is_restated(self, first: Basic, last: Basic) -> bool:
        """Both sides are the same whatever the probabilities in them are, by what is given: ℓ = ℓ + log 1."""
        given = self.derivation.givens
        stated = {definition.args[0]: definition.args[1] for definition in given.definitions}
        names: dict[Basic, Basic] = {}
        sides = []
        for tree in (first, last):
            whole = tree.xreplace(stated)
            for each in whole.atoms(Probability):
                names.setdefault(each, Symbol(f"t{len(names)}", positive=True))
            sides.append(whole.xreplace(names))
        if holds_by(Transition(1, "=", *sides), WITHOUT_PROBABILITY, Givens(given.index_sets, facts=given.facts)):
            return True
        if (
            stated
            and any(tree.has(*stated) for tree in (first, last))
            and holds_by(
                Transition(1, "=", first, last),
                WITHOUT_PROBABILITY | {CONDITIONING},
                Givens(given.index_sets, definitions=given.definitions, parameters=given.parameters),
            )
        ):
            return True
        alone = isinstance(first, Probability) and isinstance(last, Probability)
        return alone and holds_by(Transition(1, "=", first, last), PROBABILITY | BY_ARITHMETIC)

    def _is_factor(self, tree: Basic) -> bool:
        """A probability that the question's model gives."""
        if not isinstance(tree, Probability) or self.derivation.givens.model is None:
            return False
        (own,) = words_of(tree, self.parameters)
        factors = (factor.args[0] for factor in self.derivation.givens.model.factors)
        return any(own in words_of(factor, self.parameters) for factor in factors)

    def lacking(self, goal: Goal, statement: Statement) -> frozenset[Word]:
        """What the right result is about, and the statement's is not."""
        own = self._own_meanings(statement.chain)
        return frozenset(words_of(goal.right, self.parameters)) - self._words_of(statement.result, own)

    def lost(self, chain: Chain, number: int) -> frozenset[Word]:
        """What a member before that line is about, by itself or in a probability, and the line's own is not."""
        own = self._own_meanings(chain)
        return frozenset().union(
            *(
                _single(self._words_of(before.tree, own)) - _single(self._words_of(after.tree, own))
                for before, after in pairwise(chain.members)
                if after.line == number and before.tree is not None and after.tree is not None
            )
        )

    def is_about(self, goal: Goal, chain: Chain, meanings: Sequence[Meaning]) -> bool:
        """The chain begins with the goal's left side, as it is written."""
        head = chain.head.tree
        return head is not None and any(
            head == goal.left.xreplace({**meaning, **indices})
            for meaning in (meanings if goal.own else (NO_MEANING,))
            for indices in _assignments(goal.indices, head, chain.givens)
        )

    def by_another(self, goal: Goal, chain: Chain) -> Basic | None:
        """The variable of the derivative that the chain begins with, where the goal's is another power of it."""
        head = chain.head.tree
        if not isinstance(head, Partial) or not isinstance(goal.left, Partial) or not isinstance(head.args[0], Symbol):
            return None
        (mine, *more), (wanted, *others) = head.variables, goal.left.variables
        alike = not more and not others and _bases(mine) == _bases(wanted) != []
        return mine if alike and isinstance(mine, Pow) != isinstance(wanted, Pow) else None

    def _worded(self, goal: Goal, tree: Basic | None, own: dict[Any, Basic], meaning: Meaning) -> bool:
        """The tree is written in the words of the goal."""
        if tree is None or not isinstance(tree, Expr):
            return False
        allowed = set(goal.words)
        for symbol, value in meaning.items():
            if symbol.name in allowed:
                allowed |= {s.name for s in value.free_symbols}
        return self._words_of(tree, own) <= allowed

    def _words_of(self, tree: Basic, own: dict[Any, Basic]) -> frozenset[Word]:
        """The words of a member; of one chain for every goal of the part."""
        key = tree, tuple(own.items())
        known = self._words.get(key)
        if known is None:
            known = self._words[key] = frozenset(words_of(tree, self.parameters, own))
        return known

    def _own_meanings(self, chain: Chain) -> dict[Any, Basic]:
        """What the names stand for that the answer defines itself, and the question does not."""
        stated = {definition.args[0] for definition in self.derivation.givens.definitions}
        found: dict[Any, Basic] = {}
        for definition in chain.givens.definitions:
            name, body = definition.args
            if name not in stated:
                found[name.base if isinstance(name, Indexed) else name] = body
        return found

    def _sides(
        self, goal: Goal, tree: Basic, chain: Chain, meaning: Meaning, either: bool = False
    ) -> tuple[Basic, int] | None:
        """What the other side has to be where the tree is the goal's left side, and the power to raise it to first.

        either: or what is that but for its sign.
        """
        if isinstance(tree, Mul) and len(tree.args) == 2 and tree.args[0] == -1 and not isinstance(goal.left, Indexed):
            found = self._sides(goal, tree.args[1], chain, meaning, either)  # −ℓ = … says what ℓ is
            return (_times(-1, found[0]), found[1]) if found is not None and found[1] == 1 else None
        left, scale = goal.left.xreplace(dict(meaning)), _ONE
        if isinstance(goal.left, Symbol) and isinstance(left, Mul):  # the solution's λ is −μ/2: μ = −2 right
            scale, left = left.args
        for indices in _assignments(goal.indices, tree, chain.givens):
            wanted, right = left.xreplace(indices), partial(goal.right.xreplace, {**meaning, **indices})
            if tree == wanted:
                return _times(_inverse(scale), right()), 1
            if isinstance(wanted, Pow) and wanted.base == tree and wanted.exp in (2, -1):
                return right(), int(wanted.exp)
            factor = self._factor(tree, wanted, chain.givens, indices, meaning, either)
            if factor is not None:
                return _times(factor, right()), 1
        return None

    def _factor(
        self,
        tree: Basic,
        wanted: Basic,
        givens: Givens,
        indices: Mapping[Symbol, Basic],
        meaning: Meaning,
        either: bool = False,
    ) -> Basic | None:
        """1 or −1 where the tree is that times what is wanted at these indices, else None.

        either: also of what is no derivative. Of a function that has the meaning's names also the factor that this has:
        L = 2ℓ + λ g.
        """
        if not _alike(_by_stated_names(tree, givens), wanted):
            return None
        givens = _placed(givens, self.part, indices)
        for factor in _factors(meaning):
            if self._same(tree, _times(factor, wanted), givens, meaning):
                return factor
            if not isinstance(wanted, Partial) and not either:
                return None  # only a function's sign is the answer's own to choose
        return None

    # --- the solution's own names

    def meanings(self, chains: Sequence[Chain]) -> list[Meaning]:
        """What the solution's own names may be in the answer: of λ that it is ±μ in a function like the solution's.

        An answer's function F is like the solution's L where ∂F/∂v = ±∂L/∂v at the same v, or a multiple by a number or
        a size, as of F = 2ℓ + μ g: then λ is μ/2.
        """
        if not self.asked.owned:
            return [NO_MEANING]
        found: list[Meaning] = []
        for own in self.asked.owned:
            variables = self._variables(own)
            known: set[Basic] = set()
            for chain in chains:
                for function, variable in _functions(chain):
                    body = self._own_meanings(chain).get(function, function)
                    if body in known:
                        continue
                    like = list(self._like(own, variables, function, variable, chain))
                    known |= {body} if like else set()
                    found += [meaning for meaning in like if meaning not in found]
            for chain in chains:
                found += [meaning for meaning in self._imposed_meanings(own, chain) if meaning not in found]
        return found

    def _imposed_meanings(self, own: Own, chain: Chain) -> Iterator[Meaning]:
        """What they are in an equation that an answer imposes, ∂f/∂x = λ ∂g/∂x, which says what the solution's does."""
        for before, after in pairwise(chain.members):
            if not after.imposed or before.tree is None or after.tree is None:
                continue
            equation = Eq(before.tree, after.tree, evaluate=False)
            for meaning in self._choices(own, self._new_symbols(equation, chain)):
                if any(self.follows_from(each, equation, chain.givens, [meaning]) for each in self.asked.conditions):
                    yield meaning
                    return

    def _variables(self, own: Own) -> list[Basic]:
        """By what the solution takes derivatives of its own function."""
        sides = [side for t in self.part.transitions for side in (t.lhs, t.rhs)]
        partials = [p for side in sides for p in side.atoms(Partial) if p.args[0] == own.written]
        return list(dict.fromkeys(variable for p in partials for variable in p.variables))

    def _like(
        self, own: Own, variables: list[Basic], function: Basic, variable: Basic | None, chain: Chain
    ) -> Iterator[Meaning]:
        body = self._own_meanings(chain).get(function, function)
        for meaning in self._choices(own, self._new_symbols(body, chain)):
            if any(self._same_slope(own, wanted, function, variable, chain, meaning) for wanted in variables):
                yield meaning
                return

    def _new_symbols(self, tree: Basic, chain: Chain) -> list[Symbol]:
        """The symbols of a tree that are not the question's, those that the answer defines last."""
        known = known_symbols(self.derivation)
        free = [s for s in sorted(tree.free_symbols, key=str) if isinstance(s, Symbol)]
        defined = self._own_meanings(chain)
        return sorted((s for s in free if s not in known and not s.is_integer), key=lambda s: s in defined)

    def _choices(self, own: Own, symbols: Sequence[Symbol]) -> Iterator[Meaning]:
        """Which of the symbols, and with which signs and factors, the solution's unknowns may be; or their inverses."""
        sets = self.part.givens.index_sets.values()
        sizes = {s for each in sets for s in each.upper.free_symbols if isinstance(s, Symbol)}
        scales = [_ONE, Integer(2), *sorted(sizes, key=str)]
        for scale in [*scales, *map(_inverse, scales[1:])]:
            for chosen in permutations(symbols, len(own.unknowns)):
                for signs in product((1, -1), repeat=len(chosen)):
                    factors = [_times(sign, scale) for sign in signs]
                    values = [_times(factor, symbol) for factor, symbol in zip(factors, chosen, strict=True)]
                    yield dict(zip(own.unknowns, values, strict=True))
        for chosen in permutations(symbols, len(own.unknowns)):
            for sign in (1, -1):
                yield dict(zip(own.unknowns, (_times(sign, _inverse(symbol)) for symbol in chosen), strict=True))

    def _same_slope(
        self, own: Own, wanted: Basic, function: Basic, variable: Basic | None, chain: Chain, meaning: Meaning
    ) -> bool:
        mine = variable if variable is not None else wanted
        if type(mine) is not type(wanted) or isinstance(wanted, Indexed) and mine.base != wanted.base:
            return False
        left = Partial(function, mine)
        right = Partial(own.body.xreplace(dict(meaning)), mine)
        indices = dict(zip(wanted.indices, mine.indices, strict=False)) if isinstance(wanted, Indexed) else {}
        givens = _placed(chain.givens, self.part, indices)
        return any(self._same(left, _times(factor, right), givens, meaning) for factor in _factors(meaning))

    # --- conditions

    def follows_from(self, condition: Condition, equation: Basic, givens: Givens, meanings: Sequence[Meaning]) -> bool:
        """An equation of an answer follows from a condition of the solution."""
        for meaning in meanings if condition.own else (NO_MEANING,):
            for indices in _assignments(condition.indices, equation, givens):
                premise = condition.equation.xreplace(indices)
                if not _alike_names(premise, equation, givens):
                    continue
                merged = self._with_own(_placed(givens, self.part, indices), meaning)
                if holds(Transition(1, "=>", premise, equation), merged):
                    return True
        return self._follows_without_unknowns(condition, equation, givens)

    def _follows_without_unknowns(self, condition: Condition, equation: Basic, givens: Givens) -> bool:
        """It follows from the condition at several indices, without the solution's own unknowns: n_k α_K = n_K α_k."""
        unknowns = [unknown for own in self.asked.owned for unknown in own.unknowns]
        families = {n.base for p in condition.equation.atoms(Partial) for v in p.variables for n in v.atoms(Indexed)}
        written = {n.indices for n in equation.atoms(Indexed) if n.base in families}
        if not unknowns or len(written) < 2:
            return False
        meaning = {unknown: Symbol(f"{unknown}*", real=True) for unknown in unknowns}
        for indices in _assignments(condition.indices, equation, givens):
            if tuple(indices.values()) in written:
                merged = self._with_own(_placed(givens, self.part, indices), meaning)
                premise = condition.equation.xreplace(indices)
                return holds(Transition(1, "=>", premise, equation), merged)
        return False

    def is_derivative_of(self, condition: Condition, tree: Basic, givens: Givens, meanings: Sequence[Meaning]) -> bool:
        """A member of an answer is, up to sign, what the condition says is zero."""
        for meaning in meanings if condition.own else (NO_MEANING,):
            for indices in _assignments(condition.indices, tree, givens):
                wanted = condition.equation.args[0].xreplace(indices)
                if tree == wanted or self._factor(tree, wanted, givens, indices, meaning) is not None:
                    return True
        return False

    # --- deciding

    def _same(self, left: Basic, right: Basic, givens: Givens, meaning: Meaning) -> bool:
        """The sides are proved equal."""
        key = _key(left, right, givens, meaning)
        known = self._proved.get(key)
        if known is None:
            known = self._proved[key] = holds(Transition(1, "=", left, right), self._with_own(givens, meaning))
        return known

    def _equal(self, left: Basic, right: Basic, givens: Givens, meaning: Meaning, vague: str = "") -> Verdict:
        key = _key(left, right, givens, meaning)
        known = self._known.get(key)
        if known is None:
            known = decide(Transition(1, "=", left, right), self._with_own(givens, meaning), show=False).verdict
            self._known[key] = known
        if vague and not isinstance(known, Proved):
            return Undecided(vague)
        return known

    def _with_own(self, givens: Givens, meaning: Meaning) -> Givens:
        """The givens of the answer and of the question's part, with what its own names stand for."""
        part = self.part.givens
        own = [Eq(own.name, own.body.xreplace(dict(meaning)), evaluate=False) for own in self.asked.owned]
        stated = [*self.derivation.givens.definitions, *(own if meaning or not self.asked.owned else [])]
        names = {definition.args[0] for definition in stated}
        theirs = [definition for definition in givens.definitions if definition.args[0] not in names]
        return replace(
            givens,
            index_sets={**part.index_sets, **givens.index_sets},
            value_sets={**part.value_sets, **givens.value_sets},
            definitions=(*stated, *theirs),
            facts=tuple(dict.fromkeys((*part.facts, *givens.facts))),
            model=part.model or givens.model,
            parameters=part.parameters | givens.parameters,
        )


def _key(left: Basic, right: Basic, givens: Givens, meaning: Meaning) -> Any:
    return left, right, tuple(meaning.items()), givens.definitions, tuple(givens.index_sets.items())


def _plain(tree: Basic, names: dict[Basic, Symbol]) -> Basic:
    """The tree with names for all but its sums, products and powers of numbers."""
    if isinstance(tree, (Add, Mul)) or isinstance(tree, Pow) and isinstance(tree.exp, Integer):
        return tree.func(*(_plain(arg, names) for arg in tree.args))
    if isinstance(tree, Number):
        return tree
    return names.setdefault(tree, Symbol(f"t{len(names)}", real=True))


def _is_compound(tree: Basic) -> bool:
    """It says something of several probabilities, which algebra alone may put in another form."""
    return len(tree.atoms(Probability)) > 1 or any(each.has(Probability) for each in tree.atoms(Sum, Product))


def _bases(variable: Basic) -> list[Basic]:
    return [node.base for node in variable.atoms(Indexed)]


def _names(tree: Basic) -> set[Basic]:
    """The symbols and families in a tree."""
    return {*tree.free_symbols, *(node.base for node in tree.atoms(Indexed))}


def _times(factor: Basic | int, tree: Basic) -> Basic:
    if tree == 1:
        return sympify(factor)
    return tree if factor == 1 else Mul(factor, tree, evaluate=False)


def _inverse(tree: Basic) -> Basic:
    """1/tree, of 1 and −1 themselves."""
    return tree if tree in (1, -1) else Pow(tree, -1, evaluate=False)


def _factors(meaning: Meaning) -> list[Basic]:
    """1 and −1; where a name is a multiple of an answer's, λ ↦ −μ/2, also that factor's inverse, −2, and 2."""
    scales = [value.args[0] for value in meaning.values() if isinstance(value, Mul)]
    found = [_ONE, Integer(-1), *(factor for each in scales for factor in (_inverse(each), _times(-1, _inverse(each))))]
    return list(dict.fromkeys(found))


def _functions(chain: Chain) -> Iterator[tuple[Basic, Basic | None]]:
    """The functions that a chain defines or takes derivatives of, each with the variable of the derivative."""
    for member in chain.members:
        if member.tree is not None:
            for partial in sorted(member.tree.atoms(Partial), key=str):
                yield partial.args[0], partial.variables[0]
        if member.defines and member.tree is not None:
            yield member.tree, None
    for definition in chain.givens.definitions:
        if isinstance(definition.args[0], Symbol):
            yield definition.args[0], None


def _assignments(indices: tuple[Symbol, ...], tree: Basic, givens: Givens) -> Iterator[dict[Symbol, Basic]]:
    """Which index of the answer each index of a goal may be."""
    sizes = {s for each in givens.index_sets.values() for s in each.upper.free_symbols}
    free = [s for s in sorted(tree.free_symbols, key=str) if isinstance(s, Symbol) and s.is_integer and s not in sizes]
    fixed = sorted({i for node in tree.atoms(Indexed) for i in node.indices if isinstance(i, Integer)}, key=int)
    chosen = [s for s in free if not _is_size(s, tree)] + fixed
    for values in permutations(chosen, len(indices)):
        yield dict(zip(indices, values, strict=True))


def _is_size(symbol: Symbol, tree: Basic) -> bool:
    """The symbol bounds a sum of the tree."""
    return any(symbol in limit[1:] for node in tree.atoms(Sum, Product) for limit in node.limits)


def _placed(givens: Givens, part: Part, indices: Mapping[Any, Any]) -> Givens:
    """The givens with the sets of the goal's indices for the answer's."""
    sets = {
        value: part.givens.index_sets[index]
        for index, value in indices.items()
        if index in part.givens.index_sets and isinstance(value, Symbol)
    }
    return replace(givens, index_sets={**givens.index_sets, **sets}) if sets else givens


def _alike(tree: Basic, wanted: Basic) -> bool:
    """The trees may be equal for another reason than that they have one value: one is not a formula for the other."""
    if isinstance(wanted, (Indexed, Pow)):
        return False  # only as it is written
    if isinstance(wanted, Partial):
        return isinstance(tree, Partial) and tree.variables == wanted.variables
    if isinstance(wanted, Probability):
        return isinstance(tree, Probability)
    return not isinstance(tree, Indexed)


def _by_stated_names(tree: Basic, givens: Givens) -> Basic:
    """A derivative by what its variable is defined as, where the answer has its own letter: v_i = σ_i²."""
    if not isinstance(tree, Partial):
        return tree
    meanings = [each.args for each in givens.definitions]
    variables = [
        body.xreplace(dict(zip(name.indices, variable.indices, strict=True)))
        for variable in tree.variables
        for name, body in meanings
        if isinstance(name, Indexed) and isinstance(variable, Indexed) and name.base == variable.base
    ]
    return Partial(tree.args[0], *variables) if len(variables) == len(tree.variables) else tree


def _alike_names(premise: Basic, equation: Basic, givens: Givens) -> bool:
    """The equation may follow from the premise: the variable of a derivative stands in both."""
    bases = {node.base for p in premise.atoms(Partial) for v in p.variables for node in v.atoms(Indexed)}
    if not bases:
        return True
    names = {node.base for node in equation.atoms(Indexed)}
    own = {node.base for d in givens.definitions for node in d.args[1].atoms(Indexed)}
    return bool(bases & (names | own))


def _single(words: frozenset[Word]) -> frozenset[Word]:
    """The words, of probabilities those that stand in them."""
    return frozenset().union(*(word[1] | word[2] if isinstance(word, tuple) else {word} for word in words))
