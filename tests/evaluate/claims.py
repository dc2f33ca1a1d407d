"""Short ways to ask the evaluator about a claim that is written as source."""

from __future__ import annotations

from typing import Any

from sympy import sympify

from checker.derivation import Givens, Transition
from checker.evaluate import Agreement, Difference, Finding, Inconclusive, compare
from tests.notation import GIVENS, read

NOTHING = Givens()


def tree(line: Any) -> Any:
    return read(line) if isinstance(line, str) else sympify(line)


def claim(relation: str, lhs: Any, rhs: Any, hypotheses: tuple[Any, ...] = ()) -> Transition:
    return Transition(1, relation, tree(lhs), tree(rhs), hypotheses=tuple(map(tree, hypotheses)))


def found(relation: str, lhs: Any, rhs: Any, givens: Givens = GIVENS, hypotheses: Any = (), **limits: Any) -> Finding:
    return compare(claim(relation, lhs, rhs, hypotheses), givens, **limits)


def with_facts(*facts: Any) -> Givens:
    return Givens(GIVENS.index_sets, GIVENS.value_sets, facts=tuple(map(tree, facts)))


def with_definitions(*definitions: Any) -> Givens:
    return Givens(GIVENS.index_sets, GIVENS.value_sets, definitions=tuple(map(tree, definitions)))


def agrees(finding: Finding) -> bool:
    assert isinstance(finding, Agreement), finding
    assert finding.instances > 0
    return not finding.conditions


def differs(finding: Finding) -> bool:
    assert isinstance(finding, Difference), finding
    return True


def open_because(finding: Finding) -> str:
    assert isinstance(finding, Inconclusive), finding
    return finding.reason
