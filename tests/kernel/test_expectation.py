"""Expectations over finite sets: what holds is proved, near misses are refuted, and the rest is refused by name."""

from __future__ import annotations

import pytest
from sympy import Eq, IndexedBase, Integer, Lt, Rational, Sum, Symbol, evaluate, log, symbols

from checker import Covariance, Givens, IndexSet, Model, P, RandomVariable, Variable, Variance, decide
from checker import Expectation as Mean
from checker.derivation import Transition
from checker.kernel import Unproved, prove
from checker.verdict import Proved, Refuted

K, M, k, j = symbols("K M k j", integer=True, positive=True)
a, b = symbols("a b", real=True)
p = Symbol("p", positive=True)
f, alpha, beta = IndexedBase("f", real=True), IndexedBase("alpha", positive=True), IndexedBase("beta", positive=True)
X, Y = RandomVariable("X"), RandomVariable("Y")
x, y = symbols("x y", integer=True, positive=True)
bit = Symbol("x", integer=True, nonnegative=True)

with evaluate(False):
    BOTH = (Variable(X, x, IndexSet(1, K)), Variable(Y, y, IndexSet(1, M)))
    SETS = {k: IndexSet(1, K), j: IndexSet(1, M)}
    ANY = Givens(SETS, model=Model(BOTH, ()))
    COIN = Givens(model=Model((Variable(X, bit, IndexSet(0, 1)),), (Eq(P(Eq(X, 1)), p),)), facts=(Lt(p, 1),))
    DIE = Givens(
        {k: IndexSet(1, 6)}, model=Model((Variable(X, x, IndexSet(1, 6)),), (Eq(P(Eq(X, k)), Rational(1, 6)),))
    )
    APART = Givens(
        SETS,
        model=Model(BOTH, (Eq(P(Eq(X, k)), alpha[k]), Eq(P(Eq(Y, j)), beta[j]))),
        facts=(Eq(Sum(alpha[k], (k, 1, K)), 1), Eq(Sum(beta[j], (j, 1, M)), 1)),
    )
    Z = Eq(Y, j)
    TRUE = [
        (ANY, Mean(a * X + b * Y), a * Mean(X) + b * Mean(Y)),
        (ANY, Mean(b), b),
        (ANY, Variance(X), Mean(X**2) - Mean(X) ** 2),
        (ANY, Variance(a * X + b), a**2 * Variance(X)),
        (ANY, Variance(X + Y), Variance(X) + Variance(Y) + 2 * Covariance(X, Y)),
        (ANY, Mean(X, given=Z), Sum(k * P(Eq(X, k), given=Z), (k, 1, K))),
        (ANY, Mean(Mean(X, given=Y)), Mean(X)),
        (ANY, Mean(X * Y), Mean(Y * Mean(X, given=Y))),
        (ANY, Mean(Mean(X * Y, given=Y)), Mean(Y * Mean(X, given=Y))),
        (ANY, Variance(X), Mean(Variance(X, given=Y)) + Variance(Mean(X, given=Y))),
        (ANY, Mean(f[X]), Sum(f[k] * P(Eq(X, k)), (k, 1, K))),
        (ANY, Mean(log(P(X))), Sum(P(Eq(X, k)) * log(P(Eq(X, k))), (k, 1, K))),
        (COIN, Mean(X), p),
        (COIN, Variance(X), p * (1 - p)),
        (DIE, Variance(X), Rational(35, 12)),
        (APART, Mean(X * Y), Mean(X) * Mean(Y)),
        (APART, Mean(f[X]), Sum(f[k] * alpha[k], (k, 1, K))),
    ]
    FALSE = [
        (ANY, Mean(X**2), Mean(X) ** 2),
        (ANY, Variance(a * X + b), a * Variance(X)),
        (ANY, Variance(X + Y), Variance(X) + Variance(Y)),
        (ANY, Mean(X * Y), Mean(X) * Mean(Y)),
        (ANY, Mean(X, given=Z), Mean(X)),
        (ANY, Mean(Mean(X, given=Y)), Mean(Y)),
        (ANY, Mean(Mean(X, given=Y)), Mean(X, given=Y)),
        (ANY, Mean(X * Y), Mean(X) * Mean(Mean(Y, given=X))),
        (ANY, Variance(Mean(X, given=Y)), Integer(0)),
        (ANY, Variance(X), Mean(Variance(X, given=Y))),
        (ANY, Mean(1 / X), 1 / Mean(X)),
        (COIN, Variance(X), p**2),
        (DIE, Mean(X), Integer(3)),
        (APART, Variance(X * Y), Variance(X) * Variance(Y)),
    ]


def step(lhs, rhs):
    return Transition(1, "=", lhs, rhs)


@pytest.mark.parametrize(("givens", "lhs", "rhs"), TRUE)
def test_what_holds_is_proved(givens, lhs, rhs):
    verdict = decide(step(lhs, rhs), givens).verdict
    assert isinstance(verdict, Proved), verdict
    assert "expectation" in verdict.theories


@pytest.mark.parametrize(("givens", "lhs", "rhs"), FALSE)
def test_a_near_miss_is_refuted(givens, lhs, rhs):
    assert isinstance(decide(step(lhs, rhs), givens).verdict, Refuted)


def test_a_conditional_expectation_needs_a_condition_of_positive_probability():
    with evaluate(False):
        verdict = decide(step(Mean(X + 1, given=Z), Mean(X, given=Z) + 1), ANY).verdict
    assert isinstance(verdict, Proved)
    assert len(verdict.conditions) == 1


@pytest.mark.parametrize(
    ("variable", "why"),
    [(RandomVariable("W"), "no range of integers"), (X[k], "a sample")],
)
def test_what_has_no_finite_set_is_refused_by_name(variable, why):
    with evaluate(False):
        answer = prove(step(Mean(variable + 1), Mean(variable) + 1), ANY)
    assert isinstance(answer, Unproved)
    assert why in answer.reason


# --- what all other values leave ---------------------------------------------------------------------------------


A, B, C = RandomVariable("A"), RandomVariable("B"), RandomVariable("C")
i, m = symbols("i m", integer=True, nonnegative=True)
w, g = IndexedBase("w", positive=True), IndexedBase("g", positive=True)
values = symbols("va vb vc", integer=True, nonnegative=True)


def network(*factors, size=1):
    variables = [Variable(each, value, IndexSet(0, size)) for each, value in zip((B, A, C), values, strict=True)]
    with evaluate(False):
        return Givens({i: IndexSet(0, size), m: IndexSet(0, size)}, model=Model(tuple(variables), factors))


with evaluate(False):
    ALARM = network(Eq(P(Eq(B, 1)), p), Eq(P(Eq(A, 1), given=Eq(B, i)), w[i]), Eq(P(Eq(C, 1), given=Eq(A, m)), g[m]))
    OVERLAPPING = network(
        Eq(P(Eq(B, 1)), p), Eq(P(Eq(A, 1), given=Eq(B, 1)), w[1]), Eq(P(Eq(A, 0), given=Eq(B, i)), w[i])
    )
    THREE = network(Eq(P(Eq(B, 1)), p), size=2)


@pytest.mark.parametrize(
    ("lhs", "rhs", "holds"),
    [
        (P(Eq(B, 0)), 1 - p, True),
        (P(Eq(A, 0), given=Eq(B, i)), 1 - w[i], True),
        (P(Eq(A, 1)), p * w[1] + (1 - p) * w[0], True),
        (P(Eq(C, 1), given=Eq(B, 1)), w[1] * g[1] + (1 - w[1]) * g[0], True),
        (P(Eq(B, 0)), p, False),
        (P(Eq(A, 0), given=Eq(B, i)), 1 - w[0], False),
        (P(Eq(C, 1), given=Eq(B, 1)), w[1] * g[1] + w[0] * g[0], False),
    ],
)
def test_where_one_value_of_two_is_stated_the_other_has_the_rest(lhs, rhs, holds):
    verdict = decide(step(lhs, rhs), ALARM).verdict
    assert isinstance(verdict, Proved if holds else Refuted), verdict


def test_nothing_is_left_over_for_one_of_two_values():
    assert not isinstance(decide(step(P(Eq(B, 0)), 1 - p), THREE).verdict, Proved)


def test_what_may_be_stated_twice_leaves_nothing():
    assert not isinstance(decide(step(P(Eq(A, 0), given=Eq(B, 0)), 1 - w[1]), OVERLAPPING).verdict, Proved)
