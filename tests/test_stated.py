"""The givens in LaTeX: everything that is given is said, once, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from sympy import Eq, IndexedBase, Lt, Sum, Symbol, evaluate, symbols

from checker.derivation import Givens, Independence, IndexSet
from checker.expressions import Event
from checker.loading import load
from checker.printing import latex
from checker.rules import rule_names
from checker.stated import stated

N, K = symbols("N K", integer=True, positive=True)
n, k, j = symbols("n k j", integer=True, positive=True)
x, y, s = IndexedBase("x", real=True), IndexedBase("y", integer=True), IndexedBase("s", positive=True)
p, m = Symbol("p", nonnegative=True), Symbol("m", real=True)
A, B, C = map(Event, "ABC")


def test_sets_signs_definitions_facts_and_independence_are_said():
    with evaluate(False):
        givens = Givens(
            index_sets={n: IndexSet(1, N), k: IndexSet(1, K), j: IndexSet(1, K)},
            value_sets={y: IndexSet.of(-1, 1)},
            definitions=(Eq(m, Sum(x[n] * s[n], (n, 1, N))),),
            facts=(Lt(p, 1),),
            independence=(Independence((A, B), (C,)),),
            exclusive=((A, C),),
            symmetric=frozenset((IndexedBase("S"), IndexedBase("V"))),
            definite=frozenset((IndexedBase("V"),)),
        )
    assert stated(givens) == (
        r"n \in \{1, \dots, N\}",
        r"k, j \in \{1, \dots, K\}",
        r"y \in \{-1, 1\}",
        "s > 0",
        r"p \geq 0",
        r"x \in \mathbb{R}",
        r"V \text{ symmetric, positive definite}",
        r"S \text{ symmetric}",
        *map(latex, (*givens.definitions, *givens.facts)),
        r"A, B \text{ independent given } C",
        r"\text{exactly one of } A, C",
    )


def test_nothing_given_is_nothing_said():
    assert stated(Givens()) == ()


@pytest.mark.parametrize("name", ["q1", "q2"])
def test_every_definition_fact_and_factor_of_a_question_is_said_once(name):
    givens = load(Path(f"derivations/{name}.py"), rule_names()).givens
    said = stated(givens)
    wanted = [*givens.definitions, *givens.facts, *(givens.model.factors if givens.model else ())]
    assert all(said.count(latex(each)) == 1 for each in wanted)
