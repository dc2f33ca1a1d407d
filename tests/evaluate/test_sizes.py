"""Sizes: several are tried, never only 1; what fails at 1 alone is a condition, not a counterexample."""

from __future__ import annotations

import pytest
from sympy import Le, Symbol, evaluate, factorial

from checker.derivation import Givens, IndexSet
from checker.evaluate import Agreement
from tests.evaluate.claims import NOTHING, agrees, differs, found, with_facts


@pytest.mark.parametrize(
    ("lhs", "rhs", "conditions"),
    [
        ("Sum(X[n], (n, 2, N)) - X[2]", "Sum(X[n], (n, 3, N))", ("N >= 2",)),
        ("Indicator(Ge(N, 2))", "1", ("N >= 2",)),
        ("Indicator(Ge(N, 2))*Indicator(Ge(K, 2))", "1", ("N >= 2", "K >= 2")),
        ("Sum(X[n], (n, 1, N))/(N - 1)", "Sum(X[n], (n, 1, N))/(N - 1)", ()),
    ],
)
def test_what_fails_at_size_one_only_gets_a_condition(lhs, rhs, conditions):
    finding = found("=", lhs, rhs)
    assert isinstance(finding, Agreement), finding
    assert finding.conditions == conditions


@pytest.mark.parametrize(
    ("lhs", "rhs"),
    [
        ("Sum(X[n], (n, 1, N))", "X[1]"),
        ("Sum(X[n], (n, 1, N))**2", "Sum(X[n]**2, (n, 1, N))"),
        ("Sum(T[n, k], (n, 1, N), (k, 1, K))", "Sum(T[n, n], (n, 1, N))"),
    ],
)
def test_what_holds_at_size_one_only_is_refuted(lhs, rhs):
    finding = found("=", lhs, rhs)
    assert differs(finding)
    assert "2" in (finding.counterexample.values.get("N"), finding.counterexample.values.get("K"))


def test_sizes_that_differ_are_drawn_different():
    assert differs(found("=", "Sum(c, (n, 1, N))", "Sum(c, (k, 1, K))"))
    assert differs(found("=", "Sum(c, (n, 1, N))", "Sum(c, (k, 1, K))", NOTHING))


def test_sizes_obey_facts_on_them():
    assert agrees(found("=", "N + K", "5", with_facts("Eq(N + K, 5)")))
    assert differs(found("=", "N", "K", with_facts("Eq(N + K, 6)")))


def test_a_bound_of_another_set_is_noticed_whichever_set_is_longer():
    assert differs(found("=", "Sum(KroneckerDelta(i, j)*X[i], (i, 1, K))", "X[j]"))
    assert differs(found("=", "Sum(KroneckerDelta(k, l)*X[k], (k, 1, D))", "X[l]"))
    assert differs(found("=", "Sum(KroneckerDelta(i, j), (j, 1, K))*K", "K"))
    assert agrees(found("=", "Sum(KroneckerDelta(k, l)*X[k], (k, 1, K))", "X[l]"))


def test_an_index_that_had_one_value_only_is_given_another():
    """(n - m²)! has a meaning at m = 1 at most sizes, and is (n - m)! there."""
    m, size = Symbol("m", integer=True, positive=True), Symbol("N", integer=True, positive=True)
    bounded = Givens(index_sets={m: IndexSet(1, size)})
    free = Givens(facts=(Le(m, Symbol("n", integer=True, positive=True)),))
    with evaluate(False):
        assert differs(found("=", factorial(size - m * m), factorial(size - m), bounded))
        n = Symbol("n", integer=True, positive=True)
        assert differs(found("=", factorial(n - m * m), factorial(n - m), free))
        assert agrees(found("=", factorial(n - m) * (n - m + 1), factorial(n - m + 1), free))
