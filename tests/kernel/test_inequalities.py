"""Inequalities by the signs of summands and by given inequalities, and near misses of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import Eq, Ge, IndexedBase, Integer, Le, Ne, Sum, evaluate, log, symbols

from checker.check import decide
from checker.derivation import Givens, IndexSet, Transition
from checker.kernel import Proof, prove
from checker.verdict import Proved, Refuted
from tests.notation import GIVENS, read

K, M = symbols("K M", integer=True, positive=True)
i, j = symbols("i j", integer=True, positive=True)
p, q = IndexedBase("p", positive=True), IndexedBase("q", positive=True)
u, v, w = (IndexedBase(name, real=True) for name in "uvw")
s, t = symbols("s t", real=True)

SETS = {i: IndexSet(1, K), j: IndexSet(1, K)}
LEMMA = Givens(SETS, facts=(Le(log(q[i] / p[i]), q[i] / p[i] - 1),))
ORDER = Givens(SETS, facts=(Le(u[i], v[i]),))


def claim(lhs, relation, rhs):
    return Transition(1, relation, lhs, rhs)


TRUE = {
    "a lemma under a sum": (claim(
        Sum(p[i] * log(q[i] / p[i]), (i, 1, K)), "<=", Sum(q[i], (i, 1, K)) - Sum(p[i], (i, 1, K))), LEMMA),
    "a lemma times a positive": (claim(p[j] * u[j], "<=", p[j] * v[j]), ORDER),
    "other names of the index": (claim(Sum(p[j] * u[j], (j, 1, K)), "<=", Sum(p[i] * v[i], (i, 1, K))), ORDER),
    "a factor before the sum": (claim(q[1] * Sum(v[i], (i, 1, K)), ">=", q[1] * Sum(u[i], (i, 1, K))), ORDER),
    "squares under a sum": (claim(Sum(u[i] ** 2 + v[i] ** 2, (i, 1, K)), ">=", Sum(2 * u[i] * v[i], (i, 1, K))),
                            Givens(SETS)),
}  # fmt: skip

FALSE = {
    "a weight that may be negative": (claim(w[j] * u[j], "<=", w[j] * v[j]), ORDER),
    "the other way round": (claim(Sum(p[i] * u[i], (i, 1, K)), ">=", Sum(p[i] * v[i], (i, 1, K))), ORDER),
    "different weights": (claim(Sum(p[i] * u[i], (i, 1, K)), "<=", Sum(q[i] * v[i], (i, 1, K))), ORDER),
    "different ranges": (claim(Sum(u[i], (i, 1, K)), "<=", Sum(v[i], (i, 1, K - 1))), ORDER),
    "one index for another": (claim(u[i], "<=", v[j]), ORDER),
    "the lemma with the quotient upside down": (claim(
        Sum(p[i] * log(p[i] / q[i]), (i, 1, K)), "<=", Sum(q[i], (i, 1, K)) - Sum(p[i], (i, 1, K))), LEMMA),
}  # fmt: skip


@pytest.mark.parametrize("name", TRUE)
def test_is_proved(name):
    transition, givens = TRUE[name]
    verdict = decide(transition, givens).verdict
    assert isinstance(verdict, Proved), verdict
    assert bool(verdict.trusts) == bool(givens.facts)


@pytest.mark.parametrize("name", FALSE)
def test_is_refuted(name):
    transition, givens = FALSE[name]
    assert not isinstance(prove(transition, givens), Proof)
    assert isinstance(decide(transition, givens).verdict, Refuted)


def test_a_lemma_between_tied_indices_is_not_one_for_all():
    givens = Givens(SETS, facts=(Ne(i, j), Le(u[i], v[j])))
    assert not isinstance(prove(claim(u[i], "<=", v[i]), givens), Proof)


def test_a_lemma_that_may_hold_with_equality_gives_no_strict_inequality():
    transition = claim(Sum(p[i] * u[i], (i, 1, K)), "<", Sum(p[i] * v[i], (i, 1, K)))
    assert not isinstance(prove(transition, ORDER), Proof)


def test_what_is_imposed_is_a_lemma_as_well():
    conclusion = Ge(Sum(p[i] * v[i], (i, 1, K)), Sum(p[i] * u[i], (i, 1, K)))
    assert isinstance(decide(Transition(1, "=>", Le(u[i], v[i]), conclusion), Givens(SETS)).verdict, Proved)
    assert isinstance(decide(Transition(1, "=>", Ge(u[i], v[i]), conclusion), Givens(SETS)).verdict, Refuted)


@given(st.integers(-3, 3), st.integers(-3, 3))
def test_a_multiple_of_a_lemma_follows_if_and_only_if_it_is_not_negative(c, d):
    with evaluate(False):
        lhs = Sum(Integer(c) * (v[i] - u[i]) * p[i], (i, 1, K)) + Sum(Integer(d) * (v[j] - u[j]) * q[j], (j, 1, K))
        transition = claim(lhs, ">=", Integer(0))
    verdict = decide(transition, ORDER).verdict
    if c >= 0 and d >= 0 and c * d == 0:
        assert isinstance(verdict, Proved), verdict
    if c < 0 or d < 0:
        assert not isinstance(verdict, Proved)


def test_equations_are_no_lemmas():
    givens = Givens(SETS, facts=(Eq(u[i], v[i] + 1),))
    assert isinstance(decide(claim(u[i], "<=", v[i]), givens).verdict, Refuted)


@pytest.mark.parametrize(
    ("relation", "lhs", "rhs", "holds"),
    [
        ("<", "-N/x**2", "0", True),
        (">", "1/xn", "0", True),
        ("<", "0", "1/x**2 + z**2", True),
        ("<", "-x**2", "0", False),
        (">", "1/x", "0", False),
        (">", "xn", "0", False),
        (">", "1/x**3", "0", False),
    ],
)
def test_what_is_divided_by_does_not_vanish(relation, lhs, rhs, holds):
    proof = prove(Transition(1, relation, read(lhs), read(rhs)), GIVENS)
    assert isinstance(proof, Proof) is holds
    if holds:
        assert [str(condition) for condition in proof.conditions] in (["Ne(x, 0)"], ["Ne(xn, 0)"])


@pytest.mark.parametrize(
    ("relation", "lhs", "rhs", "holds"),
    [
        ("<=", "log(a)", "a - 1", True),
        (">=", "log(a)", "1 - 1/a", True),
        ("<=", "log(a) + log(b)", "a + b - 2", True),
        ("<=", "a*log(b/a)", "b - a", True),
        ("<=", "Sum(Pn[k]*log(Qn[k]/Pn[k]), (k, 1, K))", "Sum(Qn[k] - Pn[k], (k, 1, K))", True),
        ("<", "log(a)", "a - 1", False),
        ("<=", "log(x)", "x - 1", False),
        (">=", "log(a)", "1 - a", False),
        ("<=", "Sum(A[k]*log(Qn[k]/Pn[k]), (k, 1, K))", "Sum(A[k]*(Qn[k]/Pn[k] - 1), (k, 1, K))", False),
        ("<=", "Sum(Pn[k]*log(Qn[k]/Pn[k]), (k, 1, K))", "Sum(Pn[k]*(Pn[k]/Qn[k] - 1), (k, 1, K))", False),
        ("<=", "log(a)*log(b)", "(a - 1)*(b - 1)", False),
    ],
)
def test_a_logarithm_lies_below_its_tangent_at_one(relation, lhs, rhs, holds):
    transition = Transition(1, relation, read(lhs), read(rhs))
    assert isinstance(prove(transition, GIVENS), Proof) is holds
    assert isinstance(decide(transition, GIVENS).verdict, Proved if holds else Refuted)
