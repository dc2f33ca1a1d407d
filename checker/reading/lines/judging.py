"""How a line is judged: an identity, a consequence of the hypotheses before it, a definition, or a claim.

The hypotheses are taken the nearest first, as far back as an instance can satisfy them together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import sympy
from sympy import And, Basic, Eq, Ge, Gt, IndexedBase, Le, Lt, Sum, Symbol, true

from checker.check import CONTRADICTION, decide, provable, shown
from checker.derivation import IndexSet, Transition
from checker.expressions import Expectation as Moment
from checker.expressions import Probability
from checker.printing import unicode
from checker.reading.known.letters import definitions_through, letters_in
from checker.reading.known.names import Name, name_of
from checker.reading.known.scope import UNSAID, Distribution, Scope, some_set
from checker.reading.lines.givens import Read, read
from checker.reading.lines.members import apart
from checker.reading.lines.records import Cell, Judged, Line, Restriction
from checker.reading.lines.zeroed import found_in
from checker.reading.meaning.chances import is_density
from checker.reading.meaning.distributions import MARGINAL
from checker.reading.meaning.expectations import WEIGHTS
from checker.reading.meaning.naming import plain_name
from checker.reading.meaning.shorthands import instance, matches
from checker.reading.syntax import (
    Call,
    Chance,
    Expectation,
    Letter,
    Node,
    Product,
    Relation,
    Scripted,
    Several,
    names_in,
    same,
    spelled,
    walk,
    without_brackets,
)
from checker.reading.tex.tokens import Beyond, Unreadable
from checker.reading.words.declarations import Declarer
from checker.verdict import Assumed, Outcome, Proved, Refuted, Supported, Undecided, Verdict
from checker.verdict import Unreadable as UnreadableVerdict

MOST_HYPOTHESES = 8
UNSATISFIED = "no instance was found that satisfies what is given"
"""How the evaluator says so."""
USUAL_COUNTS = (1, 2, 3, 5)
"""How many of the nearest hypotheses are tried besides all; others only where all leave it undecided."""
UNSAID_ZERO = "it follows where the derivative before it is zero, which is not said"
UNCHECKED = {"~=": r"\approx", "~": r"\sim", "in": r"\in", "!=": r"\neq"}
ONE_SIZE = some_set("")
"""The set of all indices of which none is said."""
PRIMES = 3
"""How many primes name another value of a variable: more than anybody writes."""
COMPARISONS = {"<": Lt, ">": Gt, "<=": Le, ">=": Ge}


@dataclass(frozen=True)
class Hypothesis:
    """What a claim may use, and the number of the line that says so, counted over the text from 0; -1: unknown.

    wrong: that line is refuted.
    """

    node: Node
    at: int
    wrong: bool = False


def judge(line: Line, before: Sequence[Judged], *, seed: int | None, explain: bool) -> Outcome:
    """The verdict on a line after the lines before it in its part."""
    if isinstance(line.problem, Beyond):
        return Outcome(Undecided(f"no theory for {line.problem.message}"), role="claim")
    if line.problem is not None:
        return _unreadable(line, line.problem)
    try:
        return shown(_judged(line, before, seed, explain))
    except Beyond as beyond:
        return Outcome(Undecided(f"no theory for {beyond.message}"), role="claim")
    except Unreadable as problem:
        return _unreadable(line, problem)
    except RecursionError:
        return Outcome(Undecided("the formula is nested too deeply"), role="claim")


def _unreadable(line: Line, problem: Unreadable) -> Outcome:
    """The problem with its place; of a side that stands in an earlier row, it is said so."""
    place = problem.place or line.place
    earlier = "" if place.line >= line.place.line else f"the left side, on line {place.line}: "
    return Outcome(UnreadableVerdict(earlier + problem.message, place.line, place.column))


def _judged(line: Line, before: Sequence[Judged], seed: int | None, explain: bool) -> Outcome:
    if line.role in ("definition", "imposed", "given"):
        words = {"definition": "a definition", "imposed": "imposed by the text", "given": "given"}[line.role]
        return Outcome(Assumed(words), role=line.role, understood=_understood(line))
    if line.restriction is not None:
        return _restricted(line, line.restriction, before, seed, explain)
    if line.role == "equivalence":
        return _equivalence(line, before, seed, explain)
    if line.sign == "prop":
        return _proportional(line, seed, explain)
    if line.cell is not None and line.cell.claim is not None and line.sign == "=":
        return _counted(line.cell, line.cell.claim, seed, explain)
    if line.sign in UNCHECKED or line.sign not in ("=", ":=", *COMPARISONS):
        return Outcome(Undecided(f"a line with the sign {line.shown_sign} is not checked"), role="claim")
    return _claim(line, before, seed, explain)


def _restricted(
    line: Line, restriction: Restriction, before: Sequence[Judged], seed: int | None, explain: bool
) -> Outcome:
    """The verdict on a line with a condition: without it where it holds so, else under it; see `conditions`."""
    free = replace(line, restriction=None)
    outcome = _judged(free, before, seed, explain)
    if _passes(outcome) or outcome.role == "consequence":
        return outcome
    equations = tuple(Hypothesis(each, -1) for each in restriction.equations)
    known = replace(free, scope=restriction.scope)
    if line.role == "equivalence":
        under = _equivalence(known, before, seed, explain, equations)
    elif line.sign == "prop":
        under = _proportional(known, seed, explain) if not equations else outcome
    elif line.sign in ("=", ":=", *COMPARISONS):
        under = _claim(known, before, seed, explain, equations)
    else:
        return outcome
    conditions = [_condition(known, each) for each in restriction.relations]
    said = " and ".join(conditions)
    if isinstance(under.verdict, Refuted):
        also = f"also where {said}" if restriction.counts else ""
        return replace(under, role="claim", message="; ".join(filter(None, (under.message, also))))
    if not restriction.counts:
        if not isinstance(outcome.verdict, Refuted) or not _passes(under):
            return outcome  # only what is shown to hold under the condition is excused by it
        verdict: Verdict = Undecided(
            f"it is false in general, and {under.verdict.name} where {said} ({restriction.words})"
        )
        return replace(outcome, verdict=verdict, message="", showing=None)
    if isinstance(under.verdict, Proved) and under.verdict.instances:
        printed = {f"hypothesis {each}" for each in conditions}
        verdict = replace(
            under.verdict,
            conditions=tuple(dict.fromkeys((*conditions, *under.verdict.conditions))),
            trusts=tuple(trust for trust in under.verdict.trusts if trust not in printed),
        )
    elif isinstance(under.verdict, Supported):
        verdict = replace(under.verdict, reason=f"{under.verdict.reason}, where {said}")
    elif isinstance(under.verdict, Proved):
        verdict = Undecided(f"it follows where {said}, of which no instance was found")
    else:
        verdict = under.verdict
    return replace(under, verdict=verdict, role="claim")


def _condition(line: Line, relation: Relation) -> str:
    return unicode(read(line.scope, [relation]).trees[0])


def _counted(cell: Cell, claim: Transition, seed: int | None, explain: bool) -> Outcome:
    """What a cell of the question's table states; the hint is the table's, which knows its other counts."""
    outcome = decide(claim, cell.givens, seed=seed, explain=explain)
    if isinstance(outcome.verdict, Refuted) and cell.hint:
        outcome = replace(outcome, verdict=replace(outcome.verdict, hint=cell.hint))
    message = "; ".join(filter(None, (outcome.message, cell.note)))
    shown = unicode(Eq(claim.lhs, claim.rhs, evaluate=False))
    return replace(outcome, message=message, role="identity", understood=shown)


def _understood(line: Line) -> str:
    try:
        found = read(line.scope, [line.statement])
    except Unreadable:
        return ""
    return unicode(found.trees[0])


# --- claims ---------------------------------------------------------------------------------------------------------


def _claim(
    line: Line, before: Sequence[Judged], seed: int | None, explain: bool, under: tuple[Hypothesis, ...] = ()
) -> Outcome:
    outcome = _claimed(line, before, seed, explain, under)
    if line.whole is not None and isinstance(outcome.verdict, Refuted):
        whole = _claimed(replace(line, statement=line.whole, second=None), before, seed, explain, under)
        if _passes(whole):
            said = f"an index stands outside of its sum; with the sum around it ({whole.understood}) it would hold"
            return replace(outcome, verdict=Undecided(said), showing=None, message="")
    if line.vanishing is not None and isinstance(outcome.verdict, Refuted):
        solved = _claimed(replace(line, premise=line.vanishing, second=None), before, seed, explain, under)
        if isinstance(solved.verdict, Proved):
            unsaid = replace(outcome, verdict=Undecided(UNSAID_ZERO), showing=None, message="")
            return solved if line.solving else unsaid
    if line.second is None:
        return outcome
    other = _claimed(replace(line, statement=line.second, second=None), before, seed, explain, under)
    if _passes(outcome) == _passes(other) and type(outcome.verdict) is type(other.verdict):
        return outcome
    said = f"read in another way ({other.understood or 'with another scope'}) it would be {other.verdict.name}"
    return replace(outcome, message="; ".join(filter(None, (outcome.message, said))))


def _passes(outcome: Outcome) -> bool:
    return isinstance(outcome.verdict, (Proved, Supported))


def _claimed(
    line: Line, before: Sequence[Judged], seed: int | None, explain: bool, under: tuple[Hypothesis, ...] = ()
) -> Outcome:
    return claimed(line, hypotheses_of(line, before), seed, explain, under)


def claimed(
    line: Line,
    hypotheses: Sequence[Hypothesis],
    seed: int | None = None,
    explain: bool = False,
    under: tuple[Hypothesis, ...] = (),
) -> Outcome:
    """The verdict on a claim as an identity, or else as a consequence of the hypotheses, the nearest first.

    under: what is known in any case. What has no proof is evaluated only where that may say more than that under all
    hypotheses it is refuted.
    """
    proved, last = _nearest_or_all(line, hypotheses, seed, explain, under)
    if proved is not None:
        return proved
    if last is not None and isinstance(last.verdict, Refuted):
        return replace(last, role="claim")
    alone = best = _decided(line, under, seed, explain)
    refuted: list[Outcome] = []
    contradictory = undecided = False
    for count in _counts(len(hypotheses)):
        if count not in USUAL_COUNTS and count < len(hypotheses) and not undecided:
            continue
        outcome = _decided(line, [*hypotheses[:count], *under], seed, explain)
        if isinstance(outcome.verdict, Proved):
            return replace(outcome, role="consequence")
        wrong = any(each.wrong for each in hypotheses) and _unsatisfied(outcome)
        contradictory |= count == len(hypotheses) and (_contradictory(outcome) or wrong)
        undecided |= count == len(hypotheses) and isinstance(outcome.verdict, Undecided)
        if isinstance(outcome.verdict, Supported) and not isinstance(best.verdict, Supported):
            best = replace(outcome, role="consequence")
        if isinstance(outcome.verdict, Refuted):
            refuted.append(outcome)
        if (
            isinstance(outcome.verdict, Undecided)
            and count == len(hypotheses)
            and not isinstance(best.verdict, Supported)
        ):
            best = outcome
    if isinstance(best.verdict, Supported):
        return replace(best, role=best.role or "identity")
    if contradictory and refuted:
        return replace(refuted[-1], role="claim")
    if hypotheses:
        return replace(best, role="claim")
    return replace(alone, role="identity")


def _nearest_or_all(
    line: Line, hypotheses: Sequence[Hypothesis], seed: int | None, explain: bool, under: Sequence[Hypothesis]
) -> tuple[Outcome | None, Outcome | None]:
    """The outcome where the claim is proved alone, from the nearest hypothesis or from all, in this order.

    Else that under all hypotheses, where there are any.
    """
    for count in dict.fromkeys((0, min(1, len(hypotheses)), len(hypotheses))):
        used = [*hypotheses[:count], *under]
        if _may_be_proved(line, used):
            outcome = _decided(line, used, seed, explain)
            if isinstance(outcome.verdict, Proved):
                return replace(outcome, role="consequence" if count else "identity"), None
    return None, _decided(line, [*hypotheses, *under], seed, explain) if hypotheses else None


def follows(line: Line, hypotheses: Sequence[Hypothesis]) -> bool:
    """Whether the verdict on a claim is `proved`, as `claimed` says."""
    counts = (0, *_counts(len(hypotheses)))
    usual = all(count in (0, *USUAL_COUNTS, len(hypotheses)) for count in counts)
    if usual and not any(_may_be_proved(line, hypotheses[:count]) for count in counts):
        return False
    return isinstance(claimed(line, hypotheses).verdict, Proved)


def _may_be_proved(line: Line, hypotheses: Sequence[Hypothesis]) -> bool:
    """There is a proof under these hypotheses, perhaps since matrices are invertible."""
    return any(
        provable(transition, found.givens)
        for invertible in ((False, True) if line.scope.invertible else (False,))
        for transition, found in [stated(line, [each.node for each in hypotheses], invertible)]
    )


def _counts(most: int) -> list[int]:
    """How many hypotheses may be tried, in this order: the nearest one, all, and the numbers between."""
    return list(dict.fromkeys((1, most, *range(2, most)))) if most else []


def _contradictory(outcome: Outcome) -> bool:
    return isinstance(outcome.verdict, Undecided) and outcome.verdict.reason.startswith(CONTRADICTION)


def _unsatisfied(outcome: Outcome) -> bool:
    """No instance was found at which all hypotheses hold: beside a wrong line they hardly do."""
    return isinstance(outcome.verdict, Undecided) and outcome.verdict.reason.endswith(UNSATISFIED)


def hypotheses_of(line: Line, before: Sequence[Judged]) -> list[Hypothesis]:
    """What may be used: imposed equations and stand-alone conclusions of the part, the nearest first."""
    found: dict[Node, int] = {}
    if line.premise is not None:
        found[line.premise] = _premise_at(line.premise, before)
    spent = [judged.line.premise for judged in before if judged.verdict == "proved"]  # what was found from it is used
    waiting = [each for each in line.standing if not any(each.equation is premise for premise in spent)]
    for at, judged in reversed(list(enumerate(before))):
        if judged.line.part != line.part:
            break
        while waiting and waiting[-1].after >= judged.line.number:
            equation = waiting.pop().equation
            found.setdefault(equation, _premise_at(equation, before))
        for node in _left_behind(judged):
            found.setdefault(node, at)
        if len(found) >= MOST_HYPOTHESES:
            break
    for each in reversed(waiting):
        found.setdefault(each.equation, _premise_at(each.equation, before))
    for at, judged in reversed(list(enumerate(before))):
        shown = judged.verdict in ("proved", "supported") and judged.role == "identity"
        if shown and _of_held(line.scope, judged.line):
            found.setdefault(judged.line.statement, at)
    kept = list(found.items())[:MOST_HYPOTHESES]
    return [
        Hypothesis(node, at, at >= 0 and before[at].verdict == "refuted") for node, at in kept if _readable(line, node)
    ]


def _of_held(scope: Scope, line: Line) -> bool:
    """An equation on what is held fixed by now, which was found while it was known what it is."""
    if not scope.held or line.scope.held or line.sign != "=":
        return False
    held = {key for each in scope.held if isinstance(each, Relation) for key in letters_in(each.left)}
    bodies = [line.statement, *(definition.body for definition in definitions_through(scope, line.statement))]
    return bool((held - scope.lexicon.indices) & letters_in(*bodies))


def _premise_at(premise: Node, before: Sequence[Judged]) -> int:
    """The number of the line that the arrow stands behind, or that found what words set to zero."""
    for at in range(len(before) - 1, -1, -1):
        line = before[at].line
        if premise in (line.imposed, line.statement) or found_in(premise, line):
            return at
    return -1


def _readable(line: Line, node: Node) -> bool:
    try:
        read(line.scope, [node])
    except Unreadable:
        return False
    return True


def _left_behind(judged: Judged) -> list[Node]:
    """What a judged line leaves as a hypothesis."""
    line = judged.line
    if line.problem is not None or judged.role in ("definition", "given", ""):
        return []
    if line.role == "equivalence":
        return [line.imposed] if line.imposed is not None else []
    if judged.role == "imposed":
        return [line.imposed or line.statement]
    if line.restriction is not None or judged.role == "identity" or line.sign not in ("=", *COMPARISONS):
        return []
    if judged.role == "claim" and not (line.alone and judged.verdict in ("refuted", "undecided")):
        return []
    if judged.role == "claim" and judged.verdict == "undecided" and not line.alone:
        return []
    return [line.statement]


def _decided(line: Line, hypotheses: Sequence[Hypothesis], seed: int | None, explain: bool) -> Outcome:
    """The claim under these hypotheses, whichever distributions are meant by their names; see `_decided_as`.

    What holds for any values of what is held fixed is not asked for those that it was defined to have.
    """
    if line.scope.held:
        general = _decided_as(replace(line, scope=replace(line.scope, held=())), hypotheses, seed, explain)
        if isinstance(general.verdict, Proved):
            return general
    outcome = _decided_as(line, hypotheses, seed, explain)
    for other, of in _otherwise(line, [each.node for each in hypotheses]):
        custom = _passes(outcome) and of.sure
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
                ends = "all end at one size" if index_set == ONE_SIZE else f"end at {unicode(index_set.upper)}"
                verdict = Undecided(f"the set of {letters} is not said; it is not false where its indices {ends}")
                return replace(outcome, verdict=verdict, understood=other.understood, message="")
    outcome = replace(_with_conditions(outcome, found, conclusion), uses=_used(outcome, found, hypotheses, first))
    outcome = _in_words(outcome, found, hypotheses)
    if isinstance(outcome.verdict, Refuted) and _is_beside_stated(line.scope, line.statement):
        unsaid = _decided_as(replace(line, scope=replace(line.scope, chances=())), hypotheses, seed, explain)
        outcome = unsaid if isinstance(unsaid.verdict, Proved) else outcome
    outcome = _unless_spoken(outcome, line, hypotheses, seed)
    if line.scope.distributions and not _of_chance(conclusion):
        return outcome  # each probability in it is a formula
    return _unless_unsaid(outcome, line, [each.node for each in hypotheses])


def _of_chance(tree: Basic) -> bool:
    """Probabilities stand in it, or expectations over a distribution of which nothing is said."""
    return bool(tree.has(Probability, Moment)) or WEIGHTS in tree.atoms(IndexedBase)


def _unless_unsaid(outcome: Outcome, line: Line, hypotheses: Sequence[Node] = ()) -> Outcome:
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
    other = _decided(replace(line, scope=declarer.scope), hypotheses, seed, False)
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


def _with_conditions(outcome: Outcome, found: Read, conclusion: Basic) -> Outcome:
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


# --- proportionality ----------------------------------------------------------------------------------------------


def _proportional(line: Line, seed: int | None, explain: bool) -> Outcome:
    """a ∝ b in the variables before the bar of the head, or by an identity from which it follows."""
    statement = line.statement
    assert isinstance(statement, Relation)
    found = read(line.scope, [statement.left, statement.right, *_in(line)])
    trees, givens = apart(found.trees, found.trees[2:], found.givens)
    found = replace(found, trees=trees, givens=givens)
    transition = Transition(
        line.number, r"\propto", found.trees[0], found.trees[1], variables=found.trees[2:], rule=line.rule
    )
    outcome = decide(transition, found.givens, seed=seed, explain=explain)
    if line.head:  # what is integrated over, or given, does not depend on what stands before the bar
        found = replace(found, abstracted=tuple(each for each in found.abstracted if each != MARGINAL))
    if isinstance(outcome.verdict, Proved):
        return _shown_proportion(outcome, found)
    for sides in _crossed(statement.left, statement.right):
        identity = replace(line, sign="=", statement=Relation("=", *sides, statement.place))
        try:
            proof = _decided(identity, [], seed, explain)
        except Unreadable:
            continue
        if isinstance(proof.verdict, Proved):
            return replace(proof, role="claim")
    shown = _shown_proportion(outcome, found)
    return shown if line.scope.distributions and not _of_chance(found.trees[0]) else _unless_unsaid(shown, line)


def _in(line: Line) -> tuple[Node, ...]:
    """What a proportionality is in: where p(θ | x) is a formula, the θ before the bar, and not the probability."""
    head = line.head[0] if line.head else None
    if not isinstance(head, Chance) or read(line.scope, [head]).trees[0].has(Probability):
        return line.head
    return tuple(each.left if isinstance(each, Relation) else each for each in head.events)


def _shown_proportion(outcome: Outcome, found: Read) -> Outcome:
    shown = f"{unicode(found.trees[0])} ∝ {unicode(found.trees[1])}"
    return replace(_with_conditions(outcome, found, found.trees[0]), understood=shown, role="claim")


def _crossed(left: Node, right: Node) -> Iterator[tuple[Node, Node]]:
    """The equations that each make left/right the same for all values of what stands before the bar of `left`.

    p(v|w) = b; p(v|w) p(w) = b; and a(v) b(v′) = a(v′) b(v), where v is observed at a value that is a name.
    """
    if not isinstance(left, Chance):
        return
    yield left, right
    if left.given:
        yield Product((left, replace(left, events=left.given, given=())), left.place), right
    names = [event.right for event in left.events if isinstance(event, Relation) and event.sign == "="]
    if names and len(names) == len(left.events) and all(isinstance(each, Letter) for each in names):
        primed: dict[str, Node] = {
            name.name: Scripted(name, (), None, name.place, primes=PRIMES) for name in names if isinstance(name, Letter)
        }
        yield (
            Product((left, instance(right, primed)), left.place),
            Product((instance(left, primed), right), left.place),
        )


# --- equivalences -----------------------------------------------------------------------------------------------------


def _equivalence(
    line: Line, before: Sequence[Judged], seed: int | None, explain: bool, under: tuple[Hypothesis, ...] = ()
) -> Outcome:
    assert isinstance(line.statement, Several)
    left, right = line.statement.parts
    hypotheses = hypotheses_of(line, before)
    best: Outcome | None = None
    for used in ([*under], [*hypotheses[:1], *under], [*hypotheses, *under]):
        if best is not None and not hypotheses:
            continue
        found = read(line.scope, [left, right, *(each.node for each in used)])
        transition = Transition(
            line.number, "<=>", found.trees[0], found.trees[1], hypotheses=tuple(found.trees[2:]), rule=line.rule
        )
        outcome = decide(transition, found.givens, seed=seed, explain=explain, show=False)
        understood = f"{unicode(found.trees[0])} ⇔ {unicode(found.trees[1])}"
        outcome = replace(_with_conditions(outcome, found, found.trees[0]), understood=understood, role="identity")
        if isinstance(outcome.verdict, Proved) or best is None:
            best = outcome
        if isinstance(outcome.verdict, Proved):
            break
    assert best is not None
    return best
