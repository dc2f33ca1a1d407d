"""What an answer has to state, from the question's own solution.

A goal is the equation between where a chain begins and a line of it, or what an arrow points to. An answer states it in
its own form, in the words that the line is written in: with no probabilities where the line has none, and so on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from typing import Any

import sympy
from sympy import Basic, Eq, Indexed, IndexedBase, Integral, Product, Sum, Symbol, Tuple

from checker.derivation import Derivation, Part, Target, Transition
from checker.expressions import Each, Partial, Probability, RandomVariable, Unknown

Word = str | tuple[str, frozenset[str], frozenset[str]]
"""A name, the name of a construct, or what stands before and behind the bar of a probability."""


@dataclass(frozen=True)
class Goal:
    """left = right, for all values of `indices`; an answer's right side has no word that is not in `words`.

    own: names of the solution that an answer may choose itself, as a Lagrangian and its multiplier. shown: the goal as
    the solution writes it. milestone: it is a line on the way to a target.
    """

    title: str
    part: str
    shown: Basic
    left: Basic
    right: Basic
    indices: tuple[Symbol, ...]
    words: frozenset[Word]
    own: frozenset[Symbol]
    milestone: bool = False


@dataclass(frozen=True)
class Own:
    """A name that the solution of a part introduces: name = body; `unknowns` are the body's own symbols.

    The name is one that no answer uses, since an answer's L need not be the solution's.
    """

    name: Symbol
    written: Symbol
    body: Basic
    unknowns: tuple[Symbol, ...]


@dataclass(frozen=True)
class Condition:
    """An equation that the solution imposes, derivative = 0, at all values of its indices."""

    equation: Eq
    indices: tuple[Symbol, ...]
    own: frozenset[Symbol]


@dataclass(frozen=True)
class Wanted:
    """A target with its goal, and its milestones with theirs."""

    target: Target
    goal: Goal
    milestones: tuple[Goal, ...]


@dataclass(frozen=True)
class Asked:
    """A part of a question as it is marked."""

    part: Part
    wanted: tuple[Wanted, ...]
    owned: tuple[Own, ...]
    conditions: tuple[Condition, ...]


@lru_cache(maxsize=8)
def asked(derivation: Derivation) -> tuple[Asked, ...]:
    """The parts of a question, in order."""
    with sympy.evaluate(False):
        return tuple(_asked(derivation, part) for part in derivation.parts)


def _asked(derivation: Derivation, part: Part) -> Asked:
    owned = tuple(_owned(derivation, part))
    own = frozenset(symbol for each in owned for symbol in (each.name, *each.unknowns))
    solution = _Solution(part, own, {each.written: each.name for each in owned})
    wanted = tuple(_wanted(solution, target) for target in part.targets)
    return Asked(part, wanted, owned, tuple(_conditions(solution)))


@dataclass(frozen=True)
class _Solution:
    """The solution of a part; `renamed` are its own functions, by names that no answer uses."""

    part: Part
    own: frozenset[Symbol]
    renamed: dict[Symbol, Symbol]

    def its(self, tree: Basic) -> Basic:
        """The tree with indices and functions that no answer uses."""
        return unbound(tree.xreplace(self.renamed))

    def indices(self, tree: Basic) -> tuple[Symbol, ...]:
        """The free index symbols of a tree."""
        return tuple(s for s in sorted(_free(tree), key=str) if s in self.part.givens.index_sets)


def _wanted(solution: _Solution, target: Target) -> Wanted:
    milestones = tuple(_goal(solution, each.title, each.step, target.step) for each in target.milestones)
    return Wanted(target, _goal(solution, target.title, target.step, target.step), milestones)


def _goal(solution: _Solution, title: str, step: int, until: int) -> Goal:
    """The goal that a step reaches; of a milestone the words of all lines up to its target's are allowed."""
    part = solution.part
    transition = part.transitions[step - 1]
    if transition.relation == "=>":
        relation = transition.rhs
        if not isinstance(relation, Eq):
            raise ValueError(f"the target {title!r} is no equation")
        left, right = relation.args
        written: list[Basic] = [right]
    else:
        left, right = _head(part.transitions, step), transition.rhs
        written = [each.rhs for each in part.transitions[step - 1 : until] if each.relation == transition.relation]
    shown = Eq(left, right, evaluate=False)
    left, right = solution.its(left), solution.its(right)
    words = frozenset(word for tree in (right, *written) for word in words_of(tree, _parameters(part)))
    mentioned = frozenset(s for tree in (left, right) for s in _free(tree)) & solution.own
    return Goal(title, part.name, shown, left, right, solution.indices(left), words, mentioned, step < until)


def _head(transitions: tuple[Transition, ...], step: int) -> Basic:
    """Where the chain of a step begins."""
    at = step - 1
    while at and transitions[at - 1].relation == "=" and transitions[at - 1].rhs == transitions[at].lhs:
        at -= 1
    return transitions[at].lhs


def _owned(derivation: Derivation, part: Part) -> Iterator[Own]:
    """The definitions of a part that the question does not state."""
    known = known_symbols(derivation)
    for definition in part.givens.definitions:
        if definition not in derivation.givens.definitions and isinstance(definition.args[0], Symbol):
            name, body = definition.args
            unknowns = (s for s in sorted(_free(body), key=str) if s not in known and not s.is_integer)
            yield Own(Symbol(f"{name.name}*", real=True), name, unbound(body), tuple(unknowns))


@lru_cache(maxsize=8)
def known_symbols(derivation: Derivation) -> frozenset[Basic]:
    """The symbols and families that the question states."""
    givens = derivation.givens
    factors = givens.model.factors if givens.model else ()
    trees = (*givens.definitions, *givens.facts, *factors, *givens.parameters)
    return frozenset(s for tree in trees for s in (*tree.free_symbols, *tree.atoms(Symbol)))


def _conditions(solution: _Solution) -> Iterator[Condition]:
    """The equations that the solution imposes: where a chain of arrows begins."""
    reached: list[Basic] = []
    for transition in solution.part.transitions:
        first = transition.lhs
        if (
            transition.relation == "=>"
            and isinstance(first, Eq)
            and first not in reached
            and first.args[0].has(Partial)
        ):
            equation = solution.its(first)
            yield Condition(equation, solution.indices(first), frozenset(_free(equation)) & solution.own)
        reached += [first, transition.rhs]


def _free(tree: Basic) -> set[Symbol]:
    return {s for s in tree.free_symbols if isinstance(s, Symbol)}


def _parameters(part: Part) -> frozenset[str]:
    return frozenset(_name(each) for each in part.givens.parameters)


# --- bound indices --------------------------------------------------------------------------------------------------


def unbound(tree: Basic) -> Basic:
    """The tree with bound indices that no answer uses, so that another name can be put in for a free one."""
    return _renamed(tree, count(1))


def _renamed(tree: Basic, numbers: Iterator[int]) -> Basic:
    if not tree.args:
        return tree
    args = [_renamed(arg, numbers) for arg in tree.args]
    if isinstance(tree, (Sum, Product)):
        body, *limits = args
        for limit in limits:
            if isinstance(limit[0], Symbol):
                body, limits = _with_other(limit[0], numbers, body, limits)
        return tree.func(body, *limits)
    if isinstance(tree, Each):
        events, limits = args
        events, (limits,) = _with_other(limits[0], numbers, events, [limits])
        return tree.func(events, limits)
    return tree.func(*args)


def _with_other(index: Symbol, numbers: Iterator[int], body: Basic, limits: list[Basic]) -> tuple[Basic, list[Basic]]:
    other = Symbol(f"{index.name}{next(numbers)}", **index.assumptions0)
    return body.xreplace({index: other}), [limit.xreplace({index: other}) for limit in limits]


# --- words ----------------------------------------------------------------------------------------------------------


def words_of(tree: Basic, parameters: frozenset[str], meanings: dict[Any, Basic] | None = None) -> Iterator[Word]:
    """The words of a tree: names but for those of indices and sizes, probabilities, derivatives, integrals.

    meanings: what an answer's own names stand for; their words are taken in their stead.
    """
    meanings = meanings or {}
    if isinstance(tree, Probability):
        yield "P", _sorts(tree.events) - parameters, _sorts(tree.given) - parameters
        return
    name = tree.base if isinstance(tree, Indexed) else tree
    if name in meanings:
        rest = {key: value for key, value in meanings.items() if key != name}
        yield from words_of(meanings[name], parameters, rest)
        return
    if isinstance(tree, (Partial, Integral, Unknown)):
        yield type(tree).__name__
    if isinstance(tree, Indexed):
        yield str(tree.base.label)
        for index in tree.indices:
            yield from words_of(index, parameters, meanings)
        return
    if isinstance(tree, Symbol) and not tree.is_integer and "(" not in tree.name:  # p(μ, σ) is read as a name
        yield tree.name
    for arg in tree.args:
        if not (isinstance(tree, (Sum, Product)) and isinstance(arg, Tuple)):
            yield from words_of(arg, parameters, meanings)


def _sorts(events: Iterable[Basic]) -> frozenset[str]:
    """The names of variables, of events and parameters; "each" beside those of a joint list."""
    found: set[str] = set()
    for event in events:
        if isinstance(event, Each):
            found |= _sorts(event.events) | {"each"}
        else:
            found.add(_name(event.args[0] if isinstance(event, Eq) else event))
    return frozenset(found)


def _name(event: Basic) -> str:
    if isinstance(event, IndexedBase):
        return str(event.label)
    if isinstance(event, Indexed):
        return str(event.base.label)
    return event.name if isinstance(event, (RandomVariable, Symbol)) else str(event)
