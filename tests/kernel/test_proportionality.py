"""Proportionality: a/b does not depend on what is said to vary, and nothing that might depend on it is overlooked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import Eq, Function, Gt, IndexedBase, Product, Sum, Symbol, evaluate, exp, log, symbols, sympify

from checker.check import decide
from checker.derivation import Givens, IndexSet, Model, Transition, Variable
from checker.expressions import P, RandomVariable
from checker.kernel import Proof, prove
from checker.verdict import Proved, Refuted, Supported

N, K = symbols("N K", integer=True, positive=True)
n, k = symbols("n k", integer=True, positive=True)
a, b, c, t, s = symbols("a b c t s", positive=True)
u = Symbol("u", real=True)
x, theta = IndexedBase("x", real=True), IndexedBase("theta", positive=True)
T, X = RandomVariable("t"), RandomVariable("x")
PRIOR = Eq(P(T), t ** (a - 1) * exp(-b * t))
LIKELIHOOD = Eq(P(X, given=T), Product(t * exp(-t * x[n]), (n, 1, N)))
GIVENS = Givens(
    {n: IndexSet(1, N)}, model=Model((Variable(T, t), Variable(X, x)), (PRIOR, LIKELIHOOD)), definitions=(Eq(c, 2 * s),)
)
SIMPLEX = Givens({k: IndexSet(1, K)}, facts=(Eq(Sum(theta[k], (k, 1, K)), 1),))


def claim(lhs, rhs, *variables):
    return Transition(1, r"\propto", sympify(lhs), sympify(rhs), variables=variables)


TRUE = {
    "a constant factor": (claim(a * t**2, t**2, t), GIVENS),
    "a constant in an exponent": (claim(exp(-(t - a) ** 2), exp(2 * a * t - t**2), t), GIVENS),
    "the whole family": (claim(a * Product(theta[k], (k, 1, K)), Product(theta[k], (k, 1, K)), theta), SIMPLEX),
    "a gamma posterior": (
        claim(P(T, given=X), t ** (N + a - 1) * exp(-t * (b + Sum(x[n], (n, 1, N)))), P(T, given=X)), GIVENS,
    ),
    "a definition of other names": (claim(c * t, t, t), GIVENS),
}  # fmt: skip

FALSE = {
    "another power": (claim(a * t**2, t, t), GIVENS),
    "a term that depends on it": (claim(t**2 + a, t**2, t), GIVENS),
    "one member of the family": (claim(theta[1] * theta[2], theta[2], theta), SIMPLEX),
    "the exponent of a posterior": (
        claim(P(T, given=X), t ** (N + a) * exp(-t * (b + Sum(x[n], (n, 1, N)))), P(T, given=X)), GIVENS,
    ),
    "a definition of the name": (claim(c * t, t, s), GIVENS),
    "a member of what varies": (claim(u * x[1] ** 2, u * x[2], Symbol("x", real=True)), GIVENS),
    "the name itself of a family that varies": (
        claim(Symbol("x", real=True) ** 2, Symbol("x", real=True), x), Givens(),
    ),
    "under a logarithm": (claim(log(2 * t), log(t), t), Givens(facts=(Gt(t, 1),))),
}  # fmt: skip


@pytest.mark.parametrize("name", TRUE)
def test_is_proved(name):
    transition, givens = TRUE[name]
    assert isinstance(decide(transition, givens).verdict, Proved)


@pytest.mark.parametrize("name", FALSE)
def test_is_refuted(name):
    transition, givens = FALSE[name]
    assert isinstance(decide(transition, givens).verdict, Refuted)


UNDECIDED = {
    "an integral hides a prior that is lost": (claim(P(X, given=T) * P(T) / P(X), P(X, given=T), t), GIVENS),
    "the evidence depends on the parameters of the model": (claim(P(X), 1, a), GIVENS),
    "the evidence depends on the data": (claim(P(X), 1, x), GIVENS),
    "a fact ties another name to it": (claim(a, 1, t), Givens(facts=(Eq(a, 2 * t),))),
    "a name that has a definition": (claim(a * c, c, c), GIVENS),
    "an unknown function of it": (claim(Function("g")(t), 1, t), GIVENS),
    "nothing is said to vary": (claim(a * t, t), GIVENS),
    "what varies is no name": (claim(a * t, t, t + 1), GIVENS),
    "to nothing": (claim(a * t, t - t, t), GIVENS),
}


@pytest.mark.parametrize("name", UNDECIDED)
def test_is_not_proved_where(name):
    transition, givens = UNDECIDED[name]
    assert not isinstance(prove(transition, givens), Proof)
    assert not isinstance(decide(transition, givens).verdict, (Proved, Supported))


@given(st.integers(-3, 3), st.integers(-3, 3), st.integers(1, 5))
def test_powers_are_proportional_if_and_only_if_they_are_the_same(p, q, factor):
    with evaluate(False):
        verdict = decide(claim(factor * t**p * (1 + t**2), t**q * (a + a * t**2), t), Givens()).verdict
    assert isinstance(verdict, Proved if p == q else Refuted)
