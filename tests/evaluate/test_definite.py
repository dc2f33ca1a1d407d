"""Positive definite matrices: instances have them, also where equations determine their entries."""

from __future__ import annotations

import pytest
from sympy import Eq, IndexedBase, Integer, Symbol

from checker.derivation import Givens, IndexSet, Transition
from checker.evaluate import Agreement, Difference, Inconclusive, compare
from checker.expressions import Partial

i, j, D = Symbol("i", integer=True), Symbol("j", integer=True), Symbol("D", integer=True, positive=True)
S, A = IndexedBase("S"), IndexedBase("A")
GIVENS = Givens(index_sets={i: IndexSet(1, D), j: IndexSet(1, D)}, symmetric=frozenset({S}), definite=frozenset({S}))


def consequence(hypothesis, lhs, rhs, relation="="):
    return compare(Transition(1, relation, lhs, rhs, hypotheses=(hypothesis,)), GIVENS)


def test_entries_are_solved_for():
    assert isinstance(consequence(Eq(2 * S[i, j], A[i, j] + A[j, i]), S[i, j], (A[i, j] + A[j, i]) / 2), Agreement)
    assert isinstance(consequence(Eq(2 * S[i, j], A[i, j] + A[j, i]), S[i, j], A[i, j] + A[j, i]), Difference)


def test_what_was_solved_for_is_definite():
    """A₁₂² < A₁₁ A₂₂ holds of every solution, though of few A."""
    hypothesis = Eq(S[i, j], (A[i, j] + A[j, i]) / 2)
    determinant = A[1, 1] * A[2, 2] - ((A[1, 2] + A[2, 1]) / 2) ** 2
    assert not isinstance(consequence(hypothesis, determinant, Integer(0), ">"), Difference)
    assert isinstance(consequence(hypothesis, determinant, Integer(0), "<"), Difference)


@pytest.mark.parametrize("number", [0, -1])
def test_no_matrix_is_definite_with_a_diagonal_that_is_not_positive(number):
    assert isinstance(consequence(Eq(S[i, i], number), Integer(1), Integer(1)), Inconclusive)


def test_the_derivative_by_an_entry_moves_both():
    """S₁₂ = S₂₁ is one variable; what people may mean otherwise is not called wrong."""
    quadratic = A[1, 1] * S[1, 2] + A[2, 2] * S[2, 1]
    slope = Partial(quadratic, S[1, 2])
    assert isinstance(compare(Transition(1, "=", slope, A[1, 1] + A[2, 2]), GIVENS), Agreement)
    assert isinstance(compare(Transition(1, "=", slope, A[1, 1]), GIVENS), Inconclusive)
    assert isinstance(compare(Transition(1, "=", Partial(S[1, 1] ** 2, S[1, 1]), S[1, 1]), GIVENS), Difference)
