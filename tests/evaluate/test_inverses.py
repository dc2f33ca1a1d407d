"""Families that facts define as inverses of matrices."""

import pytest
from sympy import Eq, IndexedBase, Integer, Sum, Symbol, symbols

from checker.check import decide
from checker.derivation import Givens, IndexSet, Transition
from checker.evaluate import Agreement, Difference, compare
from checker.expressions import indicator

n, m = symbols("n m", integer=True, positive=True)
i, j, k, r = symbols("i j k r", integer=True, positive=True)
A, B, G, H, X = (IndexedBase(name, real=True) for name in "ABGHX")
SETS = {s: IndexSet(1, n) for s in (i, j)}


def inverse(left, right):
    """Σ_l left_il right_lj = 1[i = j]"""
    return Eq(Sum(left[i, r] * right[r, j], (r, 1, n)), indicator(i, j), evaluate=False)


def found(left, right, *facts, sets=SETS):
    return compare(Transition(1, "=", left, right), Givens(index_sets=sets, facts=facts))


ONE_OF_TWO = Sum(G[i, r] * A[r, j], (r, 1, n)), indicator(i, j)


@pytest.mark.parametrize("fact", [inverse(A, G), inverse(G, A)])
def test_a_matrix_times_its_inverse_is_the_identity_on_either_side(fact):
    assert isinstance(found(*ONE_OF_TWO, fact), Agreement)
    assert isinstance(found(Sum(A[i, r] * G[r, j], (r, 1, n)), indicator(i, j), fact), Agreement)
    assert isinstance(found(Sum(A[i, r] * G[j, r], (r, 1, n)), indicator(i, j), fact), Difference)
    assert isinstance(found(G[i, j] * A[i, j], Integer(1), fact), Difference)


def test_without_the_fact_it_is_any_family():
    assert isinstance(found(*ONE_OF_TWO), Difference)


def test_a_matrix_with_an_inverse_has_full_rank():
    """Xᵀ X with X of m rows and n columns is singular where m < n: no instance may be taken there."""
    product = Sum(X[k, r] * X[k, j], (k, 1, m))
    fact = Eq(Sum(G[i, r] * product, (r, 1, n)), indicator(i, j), evaluate=False)
    right = Eq(Sum(Sum(X[k, i] * X[k, r], (k, 1, m)) * G[r, j], (r, 1, n)), indicator(i, j), evaluate=False)
    assert isinstance(found(right.lhs, right.rhs, fact), Agreement)


def test_each_of_a_family_of_matrices_has_its_own_inverse():
    sets = {**SETS, k: IndexSet(1, m)}
    fact = Eq(Sum(G[k, i, r] * A[k, r, j], (r, 1, n)), indicator(i, j), evaluate=False)
    left = Sum(A[k, i, r] * G[k, r, j], (r, 1, n))
    assert isinstance(found(left, indicator(i, j), fact, sets=sets), Agreement)
    assert isinstance(found(left.xreplace({G: H}), indicator(i, j), fact, sets=sets), Difference)


def test_a_fact_about_other_indices_defines_nothing():
    """Σ_l G_il A_lj = 1[i = j] for i, j in 1..m and l in 1..n says that A has a left inverse."""
    sets = {s: IndexSet(1, m) for s in (i, j)}
    right = Sum(A[i, r] * G[r, j], (r, 1, n))
    assert not isinstance(found(right, indicator(i, j), inverse(G, A), sets=sets), Agreement)


def test_two_matrices_with_one_inverse_are_equal():
    given = Givens(index_sets=SETS, facts=(inverse(G, A), inverse(G, B)))
    assert decide(Transition(1, "=", A[i, j], B[i, j]), given).verdict.name != "refuted"


def test_two_that_are_inverses_of_each_other_are_defined_once():
    facts = inverse(G, A), inverse(A, G)
    assert isinstance(found(*ONE_OF_TWO, *facts), Agreement)
    assert isinstance(found(A[i, j], G[i, j], *facts), Difference)


def test_from_a_matrix_that_is_the_inverse_of_a_singular_one_nothing_is_proved():
    """Every entry of the matrix is 1."""
    fact = Eq(Sum(G[i, r] * Symbol("c", positive=True), (r, 1, n)), indicator(i, j), evaluate=False)
    assert not isinstance(found(G[i, j], G[i, j] + 1, fact), Agreement)
