"""One claim under given hypotheses: what the engine finds, and what of it stands where the text leaves gaps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import sympy
from sympy import And, Basic, Eq, Ge, Gt, IndexedBase, Le, Lt, Sum, Symbol, true

from checker.check import decide
from checker.derivation import IndexSet, Transition
from checker.expressions import Expectation as Moment
from checker.expressions import Probability
from checker.printing import unicode
from checker.reading.known.letters import definitions_through, letters_in
from checker.reading.known.names import Name, name_of
from checker.reading.known.scope import UNSAID, Distribution, Scope, some_set
from checker.reading.lines.givens import Read, read
from checker.reading.lines.hypotheses import Hypothesis
from checker.reading.lines.records import Line
from checker.reading.meaning.byuse import by_their_shapes
from checker.reading.meaning.chances import is_density
from checker.reading.meaning.expectations import WEIGHTS
from checker.reading.meaning.naming import plain_name
from checker.reading.meaning.shorthands import matches
from checker.reading.syntax import (
    Call,
    Chance,
    Expectation,
    Node,
    Relation,
    names_in,
    same,
    spelled,
    walk,
    without_brackets,
)
from checker.reading.tex.tokens import Unreadable
from checker.reading.words.declarations import Declarer
from checker.verdict import Outcome, Proved, Refuted, Supported, Undecided

ONE_SIZE = some_set("")
"""The set of all indices of which none is said."""


def decided(line: Line, hypotheses: Sequence[Hypothesis], seed: int | None, explain: bool) -> Outcome:
    """The claim under these hypotheses, whichever distributions are meant by their names; see `_decided_as`.

    What holds for any values of what is held fixed is not asked for those that it was defined to have.
    """
    if line.scope.held:
        general = _decided_as(replace(line, scope=replace(line.scope, held=())), hypotheses, seed, explain)
        if isinstance(general.verdict, Proved):
            return general
    outcome = _decided_as(line, hypotheses, seed, explain)
    for other, of in _otherwise(line, [each.node for each in hypotheses]):
        custom = passes(outcome) and of.sure
        if custom or type(outcome.verdict) is type(_decided_as(other, hypotheses, seed, False).verdict):
            continue
        titles = " or ".join(each.title for each in of.families)
        return replace(outcome, verdict=Undecided(f"{of.key} may have {titles}"), message="", showing=None)
    return outcome


def _otherwise(line: Line, hypotheses: Sequence[Node]) -> Iterator[tuple[Line, Distribution]]:
    """The line in which a distribution is what its name means elsewhere, where that makes another claim of it."""
    nodes = [line.statement, *hypotheses]
    for number, of in enumerate(line.scope.distributions):
        if len(of.families) < 2:
            continue
        changed = [*line.scope.distributions]
        changed[number] = replace(of, families=of.families[1:])
        scope = replace(line.scope, distributions=tuple(changed))
        if read(scope, nodes).trees != read(line.scope, nodes).trees:
            yield replace(line, scope=scope), of


def _decided_as(
    line: Line, hypotheses: Sequence[Hypothesis], seed: int | None, explain: bool, invertible: bool = False
) -> Outcome:
    """The claim under these hypotheses, as an identity where there are none.

    That matrices are invertible is used only where the claim is false without it.
    """
    transition, found = stated(line, [each.node for each in hypotheses], invertible)
    conclusion = found.trees[0]
    first = bool(hypotheses) and line.premise is not None and hypotheses[0].node is line.premise
    outcome = decide(transition, found.givens, seed=seed, explain=explain, show=False)
    if isinstance(outcome.verdict, Refuted) and not invertible and line.scope.invertible:
        return _decided_as(line, hypotheses, seed, explain, invertible=True)
    if isinstance(outcome.verdict, Refuted) and found.unsaid:
        known = (*line.scope.sets, *line.scope.places.values(), *_summed_over(found.trees), ONE_SIZE)
        for index_set in dict.fromkeys(known):
            scope = replace(line.scope, index_sets={**line.scope.index_sets, **dict.fromkeys(found.unsaid, index_set)})
            other = _decided_as(replace(line, scope=scope), hypotheses, seed, explain, invertible)
            if not isinstance(other.verdict, Refuted):
                letters = " and ".join(sorted(found.unsaid))
                ends = "end at one size" if index_set == ONE_SIZE else f"end at {unicode(index_set.upper)}"
                verdict = Undecided(
                    f"over what the sums with {letters} run is not said, and it is not false where they all {ends}"
                )
                return replace(outcome, verdict=verdict, understood=other.understood, message="")
    shaped = by_their_shapes(line.scope, {each.name for each in conclusion.atoms(Symbol)})
    if isinstance(outcome.verdict, Refuted) and shaped:
        said = f"it is false where {', '.join(shaped)} are of the shapes that the display asks for, which no words say"
        return replace(outcome, verdict=Undecided(said), message="", showing=None)
    outcome = replace(with_conditions(outcome, found, conclusion), uses=_used(outcome, found, hypotheses, first))
    outcome = _in_words(outcome, found, hypotheses)
    if isinstance(outcome.verdict, Refuted) and _is_beside_stated(line.scope, line.statement):
        unsaid = _decided_as(replace(line, scope=replace(line.scope, chances=())), hypotheses, seed, explain)
        outcome = unsaid if isinstance(unsaid.verdict, Proved) else outcome
    outcome = _unless_spoken(outcome, line, hypotheses, seed)
    if line.scope.distributions and not of_chance(conclusion):
        return outcome  # each probability in it is a formula
    return unless_unsaid(outcome, line, [each.node for each in hypotheses])


def of_chance(tree: Basic) -> bool:
    """Probabilities stand in it, or expectations over a distribution of which nothing is said."""
    return bool(tree.has(Probability, Moment)) or WEIGHTS in tree.atoms(IndexedBase)


def unless_unsaid(outcome: Outcome, line: Line, hypotheses: Sequence[Node] = ()) -> Outcome:
    """A formula for a probability of which nothing is said, or only a distribution by ∼, is not refuted."""
    statement = line.statement
    if not isinstance(outcome.verdict, Refuted) or not isinstance(statement, Relation):
        return outcome
    sides = [_has_chance(side) for side in (statement.left, statement.right)]
    if not any(sides):
        return outcome
    scope = line.scope
    known = (
        scope.model is not None or scope.factors or scope.chances or any(map(_has_chance, (*scope.facts, *hypotheses)))
    )
    if scope.distributed:
        return replace(
            outcome, verdict=Undecided("what ∼ says of a distribution is not used"), message="", showing=None
        )
    if _is_beside_stated(scope, statement):
        beside = "what is stated of a density is not used for other probabilities of its variables"
        return replace(outcome, verdict=Undecided(beside), message="", showing=None)
    if known or all(sides) or scope.independence or scope.exclusive:
        return outcome
    return replace(outcome, verdict=Undecided("nothing is said of this probability"), message="", showing=None)


def _is_beside_stated(scope: Scope, statement: Node) -> bool:
    """It has a probability of what stands in a density that is written for its formula, and not that density."""
    stated = [short.short for short in scope.chances if isinstance(short.short, Chance)]
    letters = letters_in(*(event for chance in stated for event in (*chance.events, *chance.given)))
    chances = [each for each in walk(statement) if isinstance(each, Chance) and not is_density(each)]
    others = [each for each in chances if not any(matches(short, each, scope, {}) for short in stated)]
    return any(letters & letters_in(*each.events, *each.given) for each in others)


def _has_chance(node: Node) -> bool:
    return any(isinstance(each, (Chance, Expectation)) and not _is_density(each) for each in walk(node))


def _is_density(node: Node) -> bool:
    return isinstance(node, Chance) and is_density(node)


def _is_said(bound: Basic) -> bool:
    """A number or a size, and not the size of a set of which nothing is said."""
    return bool(bound.is_Integer or isinstance(bound, Symbol) and not bound.name.startswith(UNSAID))


def _summed_over(trees: Sequence[Basic]) -> list[IndexSet]:
    """The sets that sums and products range over, of which each bound is a number or a size."""
    limits = (limit for each in trees for node in each.atoms(Sum, sympy.Product) for limit in node.limits)
    plain = (bounds for _, *bounds in limits if all(_is_said(bound) for bound in bounds))
    return sorted({IndexSet(*bounds) for bounds in plain}, key=str)  # in one order, whatever the hashes are


def _in_words(outcome: Outcome, found: Read, hypotheses: Sequence[Hypothesis]) -> Outcome:
    """What a proof trusts: that a matrix is an inverse in words, and equations of vectors and matrices as written."""
    if not isinstance(outcome.verdict, Proved) or not outcome.verdict.trusts:
        return outcome
    said = {f"fact {unicode(fact)}": _in_greek(words) for fact, words in found.inverses}
    for each, tree in zip(hypotheses, found.trees[1:], strict=True):
        if isinstance(each.node, Relation) and any(str(symbol) in ("row", "col") for symbol in tree.free_symbols):
            sides = [without_brackets(spelled(side)) for side in (each.node.left, each.node.right)]
            said[f"hypothesis {unicode(tree)}"] = f"hypothesis {_in_greek(f' {each.node.sign} '.join(sides))}"
    trusts = tuple(dict.fromkeys(said.get(each, each) for each in outcome.verdict.trusts))
    return replace(outcome, verdict=replace(outcome.verdict, trusts=trusts))


def _in_greek(text: str) -> str:
    return re.sub("[A-Za-z]{2,}", lambda word: unicode(Symbol(word[0])), text)


def _unless_spoken(outcome: Outcome, line: Line, hypotheses: Sequence[Hypothesis], seed: int | None) -> Outcome:
    """What is false only since a sentence that says what a name is does not declare it is not refuted."""
    if not isinstance(outcome.verdict, Refuted) or not line.scope.spoken:
        return outcome
    waiting = [line.statement, *(each.node for each in hypotheses)]
    waiting += [definition.body for node in waiting[:] for definition in definitions_through(line.scope, node)]
    named = {name.key for node in waiting for name in _names(line, node)}
    declarer, said = Declarer(replace(line.scope, spoken=(), used=frozenset())), ""
    for node in reversed(line.scope.spoken):  # what is said later may rest on what is said before
        assert isinstance(node, Relation)
        left = node.left.function if isinstance(node.left, Call) else node.left
        name = plain_name(left, line.scope)
        if name is not None and name.key in named and declarer.define(node.left, node.right):
            said = said or spelled(left)
            named |= {each.key for each in _names(line, node.right)}
        elif not same(node, line.statement) and named & {each.key for each in _names(line, left)}:
            declarer.add_fact(node)
            families = (each.key for each in _names(line, node.left) if each.key not in line.scope.lexicon.indices)
            said = said or next((key for key in families if key in named), spelled(left))
    if not said:
        return outcome
    other = decided(replace(line, scope=declarer.scope), hypotheses, seed, False)
    if isinstance(other.verdict, Refuted):
        return outcome
    verdict = Undecided(
        f"it is not false by what the text says of {said} in passing; "
        "a sentence that declares opens with 'Let', 'where', …"
    )
    return replace(outcome, verdict=verdict, message="")


def _names(line: Line, node: Node) -> Iterator[Name]:
    for each in names_in(node):
        try:
            name = name_of(each, line.scope)
        except Unreadable:
            continue
        if name is not None:
            yield name


def _used(outcome: Outcome, found: Read, hypotheses: Sequence[Hypothesis], first: bool) -> tuple[int, ...]:
    """The lines that the verdict rests on: what the proof trusts, and what the claim itself names; else all."""
    trusts = outcome.verdict.trusts if isinstance(outcome.verdict, Proved) else ()
    used = {
        each.at
        for number, (each, tree) in enumerate(zip(hypotheses, found.trees[1:], strict=True))
        if first and not number or any(f"hypothesis {unicode(part)}" in trusts for part in (tree, *_conjuncts(tree)))
    }
    return tuple(sorted((used or {each.at for each in hypotheses}) - {-1}))


def _conjuncts(tree: Basic) -> tuple[Basic, ...]:
    return tree.args if isinstance(tree, And) else ()


def stated(line: Line, hypotheses: Sequence[Node], invertible: bool = False) -> tuple[Transition, Read]:
    """The claim under these hypotheses as a transition, and what was read; see `read`. Raises Unreadable."""
    found = read(line.scope, [line.statement, *hypotheses], invertible)
    conclusion, rest = found.trees[0], found.trees[1:]
    if rest:
        first = line.premise is not None and hypotheses[0] is line.premise
        start, rest = (rest[0], rest[1:]) if first else (true, rest)
        transition = Transition(line.number, "=>", start, conclusion, hypotheses=tuple(rest))
    else:
        transition = _plain(line, conclusion)
    return replace(transition, rule=line.rule) if transition.relation == "=" else transition, found


def _plain(line: Line, conclusion: Basic) -> Transition:
    if isinstance(conclusion, (Eq, Lt, Gt, Le, Ge)):
        sign = {Eq: "=", Lt: "<", Gt: ">", Le: "<=", Ge: ">="}[type(conclusion)]
        return Transition(line.number, sign, conclusion.lhs, conclusion.rhs)
    return Transition(line.number, "=>", Eq(0, 0, evaluate=False), conclusion)


def with_conditions(outcome: Outcome, found: Read, conclusion: Basic) -> Outcome:
    """The verdict with what the reading restricted; what only an abstraction refutes is not refuted."""
    verdict = outcome.verdict
    if found.strict and isinstance(verdict, (Proved, Supported)):
        verdict = Undecided(f"it holds for real numbers; what its names are was not understood: {found.gap}")
    elif isinstance(verdict, Refuted) and found.gap:
        verdict = Undecided(f"it is false as far as the declarations were understood; one was not: {found.gap}")
    elif isinstance(verdict, Refuted) and found.abstracted:
        what = " and ".join(found.abstracted)
        verdict = Undecided(f"it is false for arbitrary values of {what}, of which no theory knows more")
    elif isinstance(verdict, Proved) and found.conditions:
        verdict = replace(verdict, conditions=tuple(dict.fromkeys((*found.conditions, *verdict.conditions))))
    elif isinstance(verdict, Supported) and found.abstracted:
        verdict = Undecided(f"not proved: {verdict.reason}; no theory knows {' and '.join(found.abstracted)}")
    elif isinstance(verdict, Supported) and found.inverses and len(found.trees) > 1:
        verdict = Undecided(f"not proved: {verdict.reason}; few instances have an inverse and meet what is given")
    elif isinstance(verdict, Supported) and found.conditions:
        verdict = replace(verdict, reason=f"{verdict.reason}, where {' and '.join(found.conditions)}")
    return replace(outcome, verdict=verdict, understood=unicode(conclusion))


def passes(outcome: Outcome) -> bool:
    return isinstance(outcome.verdict, (Proved, Supported))
