"""What conditioning, a model, independence and total probability give, and near misses of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sympy import Eq, IndexedBase, Integer, Product, Sum, Symbol, evaluate, exp, log

from checker.derivation import Independence, IndexSet, Model, Transition, Variable
from checker.expressions import Each, Event, Indicator, P, Partial, RandomVariable
from checker.kernel import EXP_LOG, THEORIES, Proof, Unproved, prove
from tests.notation import GIVENS, NAMES

A, B, C = map(Event, "ABC")
X, Y, Z, T = map(RandomVariable, "xyzt")
K, N, k, l, n, m, p, q, t, u, theta = (NAMES[name] for name in "K N k l n m p q t u theta".split())  # noqa: E741
LABEL, DATA = Symbol("yy", integer=True, positive=True), IndexedBase("xx", real=True)
OTHER = Symbol("zz", integer=True, positive=True)


def model(*factors, samples=None, domain=None, other=None):
    """Labels y and z, in 1..K unless something else is said, with these factors."""
    variables = Variable(Y, LABEL, domain or IndexSet(1, K)), Variable(Z, OTHER, other or IndexSet(1, K))
    return replace(GIVENS, model=Model(variables, factors, samples))


def bayesian():
    """A parameter t with a density, and x given t."""
    factors = Eq(P(T), exp(-q * t)), Eq(P(X, given=T), t * exp(-t * DATA[1]))
    return replace(GIVENS, model=Model((Variable(T, t), Variable(X, DATA)), factors))


OPEN, SAMPLED = model(), model(samples=IndexSet(1, N))
COIN = model(Eq(P(Eq(Y, 1)), p), Eq(P(Eq(Y, 2)), q), domain=IndexSet(1, 2))
LIST = Each([Y[n]], (n, 1, N))
APART = replace(GIVENS, independence=(Independence((A, B), (C,)),))


CHAIN = model(Eq(P(Eq(Y, k)), NAMES["Al"][k]), Eq(P(Eq(Z, l), given=Eq(Y, k)), NAMES["W"][k, l]))
HALF = model(Eq(P(Eq(Y, 1)), p))
FROM_ZERO = model(Eq(P(Eq(Y, 0)), p), domain=IndexSet(0, K))
RATES = [Eq(P(Eq(Y, 1), given=Eq(Z, case)), rate) for case, rate in ((1, p), (2, q))]
BY_CASES = model(*RATES, Eq(P(Eq(Z, k)), NAMES["Al"][k]), domain=IndexSet(1, 2), other=IndexSet(1, 2))
TWICE = model(Eq(P(Eq(Y, 1)), p), Eq(P(Eq(Y, 1)), q), domain=IndexSet(1, 2))
FORKED = model(Eq(P(Eq(Y, 1)), p), Eq(P(Eq(Z, l), given=Eq(Y, k)), NAMES["W"][k, l]), domain=IndexSet(1, 2))


def rows():
    with evaluate(False):
        yield "the observed value and another", OPEN, P(Y, Eq(Y, 1)), P(Y), None
        yield "a factor that is stated for one of K values", HALF, P(Eq(Y, k)), p, None
        yield "the other values of such a factor", HALF, P(Eq(Y, k)), Indicator(Eq(k, 1)) * p, None
        yield "the other values where the first is stated", FROM_ZERO, P(Eq(Y, k)), Integer(0), None
        yield "what one case leaves", BY_CASES, P(Eq(Y, 2), given=Eq(Z, 1)), 1 - q, 1 - p
        members = NAMES["Al"], NAMES["W"], NAMES["A"]
        through = Sum(members[0][k] * members[1][k, 1], (k, 1, K))
        yield "a variable that is summed out", CHAIN, P(Eq(Z, 1)), members[1][1, 1], through
        yield (
            "given what has a number for each value",
            FORKED,
            P(Eq(Z, l), given=Eq(Y, k)),
            members[1][l, k],
            members[1][k, l],
        )
        inner = Sum(P(Eq(Z, l), given=Eq(Y, k)) * members[2][k], (l, 1, K), (k, 1, K))
        yield "a factor summed beside another index", OPEN, inner, K * inner, Sum(members[2][k], (k, 1, K))
        yield "two values at once", OPEN, P(Eq(Y, 1), Eq(Y, 2)), P(Eq(Y, 1)), Integer(0)
        yield "values that may be one", OPEN, P(Eq(Y, k), Eq(Y, l)), P(Eq(Y, k)), None
        yield "a factor for each value", COIN, P(Eq(Y, 1)), p + q, p
        both = P(Eq(Y[n], 1)) * P(Eq(Y[m], 1))
        yield "samples that may be one", SAMPLED, P(Eq(Y[n], 1), Eq(Y[m], 1)), both, None
        pair = P(Eq(Y[n], 1)) * P(Eq(Y[n + 1], 1))
        yield "samples that are two", SAMPLED, P(Eq(Y[n], 1), Eq(Y[n + 1], 1)), P(Eq(Y[n], 1)) ** 2, pair
        yield "a list of what need not be independent", OPEN, P(LIST), Product(P(Y[n]), (n, 1, N)), None
        yield "a list of samples", SAMPLED, P(LIST), P(Y[1]) ** N, Product(P(Y[n]), (n, 1, N))
        yield "a list of samples and an event", SAMPLED, P(LIST, A), Product(P(Y[n]), (n, 1, N)), None
        every, fewer = (Sum(P(Eq(Y, k)), (k, low, K)) for low in (1, 2))
        yield "the sum over all values", OPEN, every, Integer(2), Integer(1)
        yield "the sum over some values", OPEN, fewer, Integer(1), 1 - P(Eq(Y, 1))
        yield "a density that is integrated out", bayesian(), P(X), P(X, given=T) * P(T), P(X)
        yield "a bar", bayesian(), P(X, T), P(X, given=T), P(X, given=T) * P(T)
        given_c = P(A, given=C) * P(B, given=C)
        yield "independent given C", APART, P(A, B, given=C), P(A) * P(B), given_c
        yield "independent given C alone", APART, P(A, B), P(A) * P(B), None


ROWS = list(rows())


@pytest.mark.parametrize(("name", "givens", "lhs", "wrong", "right"), ROWS, ids=[row[0] for row in ROWS])
def test_the_right_side_is_proved_and_the_near_miss_is_not(name, givens, lhs, wrong, right):
    assert isinstance(prove(Transition(1, "=", lhs, wrong), givens), Unproved)
    assert right is None or isinstance(prove(Transition(1, "=", lhs, right), givens), Proof)


def test_what_stands_behind_a_bar_is_not_impossible_as_a_condition():
    with evaluate(False):
        statement = Transition(1, "=", P(A, given=B) * P(B), P(A, B))
    proof = prove(statement, GIVENS)
    assert isinstance(proof, Proof)
    assert [condition.lhs for condition in proof.conditions] == [P(B)]


def unknown():
    with evaluate(False):
        yield "of an event", GIVENS, P(A), THEORIES
        yield "of a value", OPEN, P(Eq(Y, 1)), THEORIES
        yield "of a list", OPEN, P(LIST), THEORIES
        yield "under what is not looked into", GIVENS, exp(theta + P(A)), THEORIES - {EXP_LOG}


UNKNOWN = list(unknown())


@pytest.mark.parametrize(("name", "givens", "inside", "theories"), UNKNOWN, ids=[row[0] for row in UNKNOWN])
def test_a_probability_of_which_nothing_is_known_may_depend_on_any_name(name, givens, inside, theories):
    with evaluate(False):
        statement = Transition(1, "=", Partial(inside, theta), Integer(0))
    answer = prove(statement, givens, theories)
    assert isinstance(answer, Unproved)
    assert "the derivative of" in answer.reason


def test_what_is_integrated_out_is_held_fixed_by_the_evidence_and_nothing_else_is():
    with evaluate(False):
        by_prior = Transition(1, "=", Partial(P(X), q), Integer(0))
        by_data = Transition(1, "=", Partial(P(X), DATA[1]), Integer(0))
        by_parameter = Transition(1, "=", Partial(log(P(T, given=X)), t), 1 / t - DATA[1] - q)
    assert isinstance(prove(by_prior, bayesian()), Unproved)
    assert isinstance(prove(by_data, bayesian()), Unproved)
    assert isinstance(prove(by_parameter, bayesian()), Proof)
