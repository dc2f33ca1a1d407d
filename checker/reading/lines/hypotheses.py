"""The hypotheses of a claim: imposed equations and conclusions before it, the nearest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from checker.reading.known.letters import definitions_through, letters_in
from checker.reading.known.scope import Scope
from checker.reading.lines.givens import read
from checker.reading.lines.records import Judged, Line
from checker.reading.lines.zeroed import found_in
from checker.reading.syntax import Node, Relation
from checker.reading.tex.tokens import Unreadable

MOST_HYPOTHESES = 8
COMPARISONS = ("<", ">", "<=", ">=")


@dataclass(frozen=True)
class Hypothesis:
    """What a claim may use, and the number of the line that says so, counted over the text from 0; -1: unknown.

    wrong: that line is refuted.
    """

    node: Node
    at: int
    wrong: bool = False


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
