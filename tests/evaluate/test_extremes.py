"""A false claim that holds at random values fails at those it names, where its sides meet, or at coincidences."""

from __future__ import annotations

import pytest
from sympy import IndexedBase, Symbol, evaluate, sign

from checker.derivation import Givens, Transition
from checker.evaluate import Agreement, Difference, Inconclusive, compare
from tests.evaluate.claims import NOTHING, agrees, differs, found, open_because, with_facts

NAMED = [
    ("=", "Indicator(Eq(ix, 57))", "0"),
    ("=", "Indicator(Lt(M0, 1000))", "1"),
    ("=", "Indicator(Gt(M0, 10))", "0"),
    ("=", "Sum(Indicator(Eq(n, 50)), (n, 1, N))", "0"),
    ("=", "Sum(Indicator(Gt(n, 6)), (n, 1, N))", "0"),
    ("=", "Sum(Indicator(Eq(n**2, 3249)), (n, 1, N))", "0"),
    ("=", "Sum(A[n], (n, 5, N))", "0"),
    ("=", "Indicator(Gt(N, 20))", "0"),
    ("=", "Indicator(Eq(i, j + 20))", "0"),
    ("=", "Indicator(Eq(Y[n], 50))", "0"),
    ("=", "Abs(a - 10**6)", "10**6 - a"),
    ("=", "Abs(x - z - 50)", "50 + z - x"),
    (">", "(x - 10000)**2", "0"),
    (">=", "x**2", "Rational(1, 10**6)*x"),
    (">", "x**2 - 100*x", "-2400"),
    (">", "(x - 3)**2 + (z - 5)**2", "Rational(1, 100)"),
    ("=", "Indicator(Gt(x**2 + z**2, Rational(1, 100)))", "1"),
    ("=", "asin(sin(x))", "x"),
    ("=", "Abs(cos(x))", "cos(x)"),
    ("=", "Abs(cos(x/100))", "cos(x/100)"),
    ("=>", "Gt(x, 0)", "Ne(x, 57)"),
    ("=", "Indicator(And(Gt(x, 100), Lt(x, 101)))", "0"),
]

JOINTLY = [
    ("=", "Indicator(Eq(x, 57))*Indicator(Eq(z, 12))", "0"),
    ("=", "Indicator(Eq(x, 57))*Indicator(Eq(ix, 12))*Indicator(Eq(g, x + 1))", "0"),
    ("=", "Indicator(And(Eq(x, 57), Gt(z, 100)))", "0"),
    ("=", "Sum(Indicator(Eq(X[n], 7))*Indicator(Eq(Z[n], 5)), (n, 1, N))", "0"),
    ("=", "Indicator(Lt(x, 57))*Indicator(Lt(z, 12))", "Indicator(Lt(x, 57)) + Indicator(Lt(z, 12)) - 1"),
]

EQUALITIES = [
    ("=", "Indicator(Eq(a, b))", "0"),
    ("=", "Indicator(Eq(x, z))", "Indicator(Eq(x, -z))"),
    ("=", "Indicator(Eq(x**2, 4))", "Indicator(Eq(x, 2))"),
    ("=", "Indicator(Eq(A[i], A[j]))", "Indicator(Eq(i, j))"),
    ("=", "Indicator(Eq(ix**2, 49))", "Indicator(Eq(ix, 7))"),
    ("=", "Indicator(Eq(x*z, 12))", "0"),
    ("=", "Indicator(Eq(x, z + g))", "0"),
    ("=", "Sum(Indicator(Eq(X[n], 2)), (n, 1, N))", "0"),
    ("=", "Sum(Indicator(Eq(X[n], X[m])), (n, 1, N), (m, 1, N))", "N"),
    ("=>", "Eq(x, Indicator(Eq(a, b)))", "Eq(x, 0)"),
    ("=>", "Eq(x**2, z)", "Ne(z, 4)"),
    ("=>", "Eq(x**2, z)", "Gt(z, 0)"),
]

SLOPE = "Sum(Indicator(Eq(Y[n], k))*(T[n, i] - Mu[k, i])**2/(2*Sg[j]**2), (n, 1, N))"
COINCIDENCES = [
    ("=", "Indicator(Eq(Y[n], k))*Indicator(Eq(Y[m], k))", "Indicator(Eq(n, m))*Indicator(Eq(Y[n], k))"),
    (
        "=",
        f"Partial({SLOPE}, Mu[k, i])",
        "Sum(Indicator(Eq(Y[n], k))*(Mu[k, i] - T[n, i])/Sg[i]**2, (n, 1, N))",
    ),
    ("=", "KroneckerDelta(i, j)*KroneckerDelta(j, 2)", "0"),
    ("=", "Sum(Sum(Indicator(Eq(Y[n], k)), (n, 1, N))**2, (k, 1, K))", "N"),
]

WHOLE = [
    ("=", "factorial(M)*(ix - M)", "factorial(M)*factorial(ix - M)"),
    ("=", "Indicator(Le(2**M, 40))", "1"),
    ("<", "factorial(M0)", "200"),
]

TRUE = [
    ("=", "Indicator(Eq(i, j)) + Indicator(Ne(i, j))", "1"),
    ("=", "Sum(Indicator(Eq(Y[n], k)), (k, 1, K))", "1"),
    ("=", "Abs(x)**2", "x**2"),
    ("=", "Indicator(Lt(x, z)) + Indicator(Eq(x, z)) + Indicator(Gt(x, z))", "1"),
    ("=", "Indicator(Eq(x**2, 4))", "Indicator(Eq(x, 2)) + Indicator(Eq(x, -2))"),
    ("=", "Indicator(Eq(a**2, 4))", "Indicator(Eq(a, 2))"),
    ("=", "Indicator(Eq(x, z))*x", "Indicator(Eq(x, z))*z"),
    ("=", "Indicator(Lt(A[i], A[j]))", "Indicator(Gt(A[j], A[i]))"),
    ("=", "Indicator(Eq(Y[n], k))*Indicator(Eq(Y[n], l))", "Indicator(Eq(k, l))*Indicator(Eq(Y[n], k))"),
    ("=", "Indicator(Le(2*x*z, x**2 + z**2))", "1"),
    ("=", "Sum(Indicator(Lt(n, m)), (n, 1, N))", "m - 1"),
    (">=", "(x - 10000)**2", "0"),
    (">=", "x**2 - 100*x", "-2500"),
]

CONSTANT = [
    ("=", "Indicator(Eq(a, -b))", "0"),
    ("=", "Indicator(Eq(x**2 + 1, 0))", "0"),
    ("=", "Indicator(Eq(k, 0))*A[k]", "0"),
    ("=", "Indicator(Eq(i, D + 1))", "0"),
    ("=", "Indicator(Eq(2*ix, 7))", "0"),
    ("=", "Indicator(Ge(x**2, 0))", "1"),
    ("=", "Indicator(Gt(exp(x), 0))", "1"),
    ("=", "Indicator(Lt(Abs(sin(x)), 2))", "1"),
    ("=", "Indicator(And(Gt(x, 1), Lt(x, 0)))", "0"),
    ("=", "Indicator(Le(Y[n], K))", "1"),
    ("=", "Sum(Indicator(Le(n, N)), (n, 1, N))", "N"),
    ("=", "Indicator(Eq(A[i], A[i]))", "1"),
]


def label(row):
    return " ".join((row[1], row[0], row[2]))


@pytest.mark.parametrize("row", NAMED + JOINTLY + EQUALITIES + COINCIDENCES + WHOLE, ids=label)
def test_what_fails_at_special_values_only_is_refuted(row):
    assert differs(found(*row))


@pytest.mark.parametrize("row", JOINTLY + EQUALITIES + COINCIDENCES, ids=label)
def test_no_seed_supports_it(row):
    assert not any(isinstance(found(*row, seed=seed), Agreement) for seed in range(12))


@pytest.mark.parametrize("row", TRUE + CONSTANT, ids=label)
def test_what_is_true_at_special_values_too_agrees(row):
    assert all(agrees(found(*row, seed=seed)) for seed in (None, 0, 1, 2))


def test_a_sign_turns_at_the_number_it_names():
    x = Symbol("x", real=True)
    with evaluate(False):
        assert differs(compare(Transition(1, "=", sign(x - 100), x * 0 - 1), Givens()))
        assert agrees(compare(Transition(1, "=", sign(x - 100) ** 3, sign(x - 100)), Givens()))


@pytest.mark.parametrize(
    ("lhs", "rhs"),
    [
        ("Indicator(Eq(exp(x), 3))", "0"),
        ("Indicator(Eq(a**2, 2))", "0"),
        ("Indicator(Eq(a**5 + a, 7))", "0"),
        ("Indicator(Le(log(a), a - 1))", "1"),
    ],
)
def test_a_condition_with_one_outcome_only_says_nothing_of_the_other(lhs, rhs):
    finding = found("=", lhs, rhs)
    assert "were seen" in open_because(finding)
    assert finding.unseen


def test_an_equivalence_is_not_supported_by_conditions_that_were_not_seen():
    never = "Eq(x, x + Indicator(Eq(exp(z), 3)))"
    assert not isinstance(found("<=>", never, "Eq(z, z)"), Agreement)


def test_what_the_givens_say_of_a_condition_counts():
    assert agrees(found("=", "Indicator(Lt(x, z))", "1", with_facts("Lt(x, z)")))
    assert agrees(found("=", "Indicator(Ne(k, l))*A[k]", "A[k]", with_facts("Ne(k, l)")))
    assert differs(found("=", "Indicator(Lt(x, 500))", "1", with_facts("Gt(x, 0)")))
    assert differs(found("=", "Indicator(Eq(a, b))", "0", with_facts("Eq(a + b, 1)")))


@pytest.mark.parametrize("seed", range(6))
def test_bounds_that_depend_on_sizes_hold_at_special_sizes_too(seed):
    below = with_facts("Lt(x, K)", "Gt(x, 0)")
    assert agrees(found("=", "Indicator(Lt(x, K))*Abs(x - K)", "K - x", below, seed=seed))
    assert agrees(found("<", "x/100", "K/100", below, seed=seed))
    assert differs(found("=", "Indicator(Lt(x, 50))", "1", below, seed=seed))


def test_a_proof_needs_no_special_values():
    assert agrees(found("=", "Indicator(Eq(a, b))", "0", confirming=True))


def test_the_declared_range_of_a_class_holds_at_special_values():
    y = IndexedBase("Y", integer=True, positive=True)
    finding = found("=", "Indicator(Eq(Y[n], 50))", "0")
    assert isinstance(finding, Difference)
    assert int(finding.counterexample.values["Y_1"]) == 50
    assert y.name == "Y"


def test_too_much_work_at_special_sizes_is_no_agreement_where_it_matters():
    finding = found("=", "Sum(Indicator(Eq(n, 10**6)), (n, 1, N))", "0", NOTHING)
    assert isinstance(finding, Inconclusive)
    assert agrees(found("=", "Sum(A[n]/10**6, (n, 1, N))", "Sum(A[n], (n, 1, N))/10**6", NOTHING))


TIES = [
    (("Le(A[n], Z[n])",), "<", "Sum(A[n], (n, 1, N))", "Sum(Z[n], (n, 1, N))", "<="),
    (("Le(A[n], Z[n])",), "<", "Sum(exp(A[n]), (n, 1, N))", "Sum(exp(Z[n]), (n, 1, N))", "<="),
    (("Le(A[n], Z[n])", "Gt(z, 0)"), ">", "Sum(z*Z[n], (n, 1, N))", "Sum(z*A[n], (n, 1, N))", ">="),
    ((), "<", "Sum(X[n], (n, 1, N))**2", "N*Sum(X[n]**2, (n, 1, N))", "<="),
    ((), ">", "Sum((N*X[n] - Sum(X[m], (m, 1, N)))**2, (n, 1, N))", "0", ">="),
]
"""Facts, and a claim that is false where values are equal, with the relation with which it is true."""


@pytest.mark.parametrize("row", TIES, ids=str)
@pytest.mark.parametrize("seed", [None, 1, 2, 3])
def test_a_strict_inequality_is_tried_where_values_are_equal(row, seed):
    facts, strict, lhs, rhs, weak = row
    assert differs(found(strict, lhs, rhs, with_facts(*facts), seed=seed))
    assert agrees(found(weak, lhs, rhs, with_facts(*facts), seed=seed))


DELTA = "KroneckerDelta"
BESIDE = [
    (f"{{}}{DELTA}(K, k)*A[K] + Sum({DELTA}(i, k)*A[i], (i, 1, K - 1))", "A[k]"),
    (f"{{}}{DELTA}(1, k)*A[1] + Sum({DELTA}(i, k)*A[i], (i, 2, K))", "A[k]"),
    ("Partial(Sum(A[i]**2, (i, 1, N - 1)) + {}A[N]**2, A[k])", "2*A[k]"),
]


@pytest.mark.parametrize("row", BESIDE, ids=str)
@pytest.mark.parametrize("seed", [None, 1, 2, 3])
def test_an_undeclared_index_takes_the_values_that_stand_beside_a_sum(row, seed):
    written, other = row
    assert agrees(found("=", written.format(""), other, NOTHING, seed=seed))
    assert differs(found("=", written.format("2*"), other, NOTHING, seed=seed))
