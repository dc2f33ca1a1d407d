"""How a line is judged: by the part that it plays, and under the conditions that stand beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sympy import Eq

from checker.check import decide, shown
from checker.derivation import Transition
from checker.printing import unicode
from checker.reading.lines.claims import claimed
from checker.reading.lines.deciding import passes, with_conditions
from checker.reading.lines.givens import read
from checker.reading.lines.hypotheses import COMPARISONS, Hypothesis, hypotheses_of
from checker.reading.lines.proportions import proportional
from checker.reading.lines.records import Cell, Judged, Line, Restriction
from checker.reading.lines.rounding import rounded
from checker.reading.syntax import Relation, Several
from checker.reading.tex.tokens import Beyond, Unreadable
from checker.verdict import Assumed, Outcome, Proved, Refuted, Supported, Undecided, Verdict
from checker.verdict import Unreadable as UnreadableVerdict

UNSAID_ZERO = "it follows where the derivative before it is zero, which is not said"


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
        return proportional(line, seed, explain)
    if line.cell is not None and line.cell.claim is not None and line.sign == "=":
        return _counted(line.cell, line.cell.claim, seed, explain)
    if line.sign not in ("=", ":=", *COMPARISONS):
        return Outcome(Undecided(f"a line with the sign {line.shown_sign} is not checked"), role="claim")
    outcome = _claim(line, before, seed, explain)
    if isinstance(outcome.verdict, Refuted) and (why := rounded(line.scope, line.statement)):
        return replace(outcome, verdict=Undecided(why), showing=None)
    return outcome


def _restricted(
    line: Line, restriction: Restriction, before: Sequence[Judged], seed: int | None, explain: bool
) -> Outcome:
    """The verdict on a line with a condition: without it where it holds so, else under it; see `conditions`."""
    free = replace(line, restriction=None)
    outcome = _judged(free, before, seed, explain)
    if passes(outcome) or outcome.role == "consequence":
        return outcome
    equations = tuple(Hypothesis(each, -1) for each in restriction.equations)
    known = replace(free, scope=restriction.scope)
    if line.role == "equivalence":
        under = _equivalence(known, before, seed, explain, equations)
    elif line.sign == "prop":
        under = proportional(known, seed, explain) if not equations else outcome
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
        if not isinstance(outcome.verdict, Refuted) or not passes(under):
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
        if passes(whole):
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
    if passes(outcome) == passes(other) and type(outcome.verdict) is type(other.verdict):
        return outcome
    said = f"read in another way ({other.understood or 'with another scope'}) it would be {other.verdict.name}"
    return replace(outcome, message="; ".join(filter(None, (outcome.message, said))))


def _claimed(
    line: Line, before: Sequence[Judged], seed: int | None, explain: bool, under: tuple[Hypothesis, ...] = ()
) -> Outcome:
    return claimed(line, hypotheses_of(line, before), seed, explain, under)


# --- proportionality ----------------------------------------------------------------------------------------------


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
        outcome = replace(with_conditions(outcome, found, found.trees[0]), understood=understood, role="identity")
        if isinstance(outcome.verdict, Proved) or best is None:
            best = outcome
        if isinstance(outcome.verdict, Proved):
            break
    assert best is not None
    return best
