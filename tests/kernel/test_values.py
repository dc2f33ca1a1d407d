"""Names of a few values, and index symbols that are given as different."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sympy import evaluate

from checker.derivation import Givens, IndexSet, Model, Transition, Variable
from checker.expressions import Each, Event, P, RandomVariable
from checker.kernel import FACTS, INDICATORS, THEORIES, Proof, Unproved, prove
from tests.kernel.statements import ENTAILED_OF_FEW, FALSE_OF_FEW, NOT_ENTAILED_OF_FEW, TRUE_OF_FEW
from tests.notation import FEW, GIVENS, NAMES, read


def answer(relation, lhs, rhs, givens=FEW, hypotheses=(), facts=()):
    claim = Transition(1, relation, read(lhs), read(rhs), hypotheses=tuple(map(read, hypotheses)))
    return prove(claim, replace(givens, facts=tuple(map(read, facts))))


@pytest.mark.parametrize(("lhs", "rhs"), TRUE_OF_FEW)
def test_what_holds_at_every_value_is_proved(lhs, rhs):
    assert isinstance(answer("=", lhs, rhs), Proof)
    assert isinstance(answer("=", rhs, lhs), Proof)


@pytest.mark.parametrize(("lhs", "rhs"), FALSE_OF_FEW)
def test_what_fails_at_a_value_is_not_proved(lhs, rhs):
    assert isinstance(answer("=", lhs, rhs), Unproved)


@pytest.mark.parametrize(("lhs", "rhs"), ENTAILED_OF_FEW)
def test_an_equation_may_be_solved_over_the_values(lhs, rhs):
    assert isinstance(answer("=>", lhs, rhs), Proof)


@pytest.mark.parametrize(("lhs", "rhs"), NOT_ENTAILED_OF_FEW)
def test_what_does_not_follow_at_every_value_is_not_proved(lhs, rhs):
    assert isinstance(answer("=>", lhs, rhs), Unproved)


@pytest.mark.parametrize(
    ("relation", "lhs", "rhs", "hypotheses"),
    [
        ("=>", "Eq(z/A[sgn], 0)", "Eq(w/A[-1], 0)", ["Eq(z*w, z)"]),
        ("=>", "Eq(A[sgn]*z, A[sgn])", "Eq(z, 1)", ["Ne(A[1], 0)"]),
    ],
)
def test_a_branch_that_is_not_taken_divides_by_what_may_be_zero(relation, lhs, rhs, hypotheses):
    assert isinstance(answer(relation, lhs, rhs, hypotheses=hypotheses), Unproved)


@pytest.mark.parametrize(
    ("lhs", "rhs", "fact"),
    [
        ("Sum(X[n]**2, (n, 1, N))", "N", "Eq(X[n]*X[n], 1)"),
        ("Sum(X[n], (n, 1, N))", "2*Sum(Indicator(Eq(X[n], 1)), (n, 1, N)) - N", "Eq(X[n]**2, 1)"),
        ("exp(mu*x)", "1 - x + x*exp(mu)", "Eq(x*(x - 1), 0)"),
        ("log(2 + x)", "Indicator(Eq(x, 1))*log(3) + Indicator(Eq(x, 0))*log(2)", "Eq(x**2, x)"),
    ],
)
def test_a_fact_may_say_the_values_and_is_trusted(lhs, rhs, fact):
    proof = answer("=", lhs, rhs, GIVENS, facts=[fact])
    assert isinstance(proof, Proof)
    assert ("fact", read(fact)) in proof.trusts
    assert isinstance(answer("=", lhs, rhs, GIVENS), Unproved)


@pytest.mark.parametrize("tie", ["Ne(n, 1)", "n >= 2"])
def test_a_fact_about_the_values_of_tied_indices_is_none_about_all(tie):
    facts = "Eq(X[n]**2, 1)", tie
    assert isinstance(answer("=", "Sum(X[n]**2, (n, 1, N))", "N", GIVENS, facts=facts), Unproved)
    assert isinstance(answer("=", "X[1]**2", "1", GIVENS, facts=facts), Unproved)


def test_values_are_split_by_indicators_and_facts_alone():
    claim = Transition(1, "=", read("Sum(Bit[n]**2, (n, 1, N))"), read("Sum(Bit[n], (n, 1, N))"))
    assert isinstance(prove(claim, FEW, THEORIES - {INDICATORS}), Unproved)
    given = replace(GIVENS, facts=(read("Eq(Bit[n]**2, Bit[n])"),))
    assert isinstance(prove(claim, given), Proof)
    assert isinstance(prove(claim, given, THEORIES - {FACTS}), Unproved)


def test_indices_that_are_given_as_different_have_no_common_indicator():
    quotient = "exp(A[j])/Sum(exp(A[k]), (k, 1, D))"
    slope = f"Partial({quotient}, A[i])"
    wanted = "-exp(A[i])*exp(A[j])/Sum(exp(A[k]), (k, 1, D))**2"
    proof = answer("=", slope, wanted, facts=["Ne(i, j)"])
    assert isinstance(proof, Proof)
    assert ("fact", read("Ne(i, j)")) in proof.trusts
    assert isinstance(answer("=", slope, wanted), Unproved)
    assert isinstance(answer("=", "Indicator(Eq(i, k))*Indicator(Eq(j, k))", "0", facts=["Ne(j, i)"]), Proof)


def test_a_hypothesis_about_indices_that_are_tied_holds_at_their_values_only():
    summed = "=>", "Eq(A[n], B[n])", "Eq(Sum(A[n], (n, 1, N)), Sum(B[n], (n, 1, N)))"
    assert isinstance(answer(*summed, facts=["n >= 1", "n <= N"]), Proof)
    assert isinstance(answer(*summed, facts=["n >= 2"]), Unproved)
    assert isinstance(answer(*summed, hypotheses=["n < N"]), Unproved)
    every = "=", "Sum(A[n], (n, 1, N))", "0"
    assert isinstance(answer(*every, hypotheses=["Eq(A[n], 0)"]), Proof)
    assert isinstance(answer(*every, hypotheses=["Eq(A[n], 0)", "Gt(gamma(n), 2)"]), Unproved)


def test_a_set_of_values_that_is_no_range_is_none_for_an_index_or_a_random_variable():
    gap = IndexSet.of(-1, 1)
    claim = Transition(1, "=", read("x"), read("x"))
    y = Variable(RandomVariable("y"), NAMES["ix"], gap)
    assert "not a range" in prove(claim, Givens({NAMES["ix"]: gap})).reason
    assert "no range" in prove(claim, Givens(model=Model((y,)))).reason


# --- joint lists beside other events ---------------------------------------------------------------------------

X, Y, A, B = RandomVariable("x"), RandomVariable("y"), Event("A"), Event("B")
n, k, N = (NAMES[name] for name in "nkN")


def lists():
    with evaluate(False):
        data = Each([Y[n], X[n]], (n, 1, N))
        fewer = Each([Y[n], X[n]], (n, 1, N - 1))
        other = Each([Y[n]], (n, 1, N))
        yield True, P(data, given=A), P(data, A) / P(A)
        yield True, P(A, given=data), P(data, given=A) * P(A) / P(data)
        yield True, P(data, A, B), P(data, given=[A, B]) * P(A, given=B) * P(B)
        yield True, P(data, A, ~A), read("0")
        yield True, P(Each([X[k], Y[k]], (k, 1, N)), A), P(data, A)
        yield False, P(data, given=A), P(data, A)
        yield False, P(data, given=A), P(data)
        yield False, P(data, A), P(data) * P(A)
        yield False, P(data, given=A), P(fewer, given=A)
        yield False, P(data, given=A), P(other, given=A)
        yield False, P(data, given=A), P(data, given=B)


@pytest.mark.parametrize(("holds", "lhs", "rhs"), list(lists()))
def test_a_joint_list_may_stand_beside_events(holds, lhs, rhs):
    assert isinstance(prove(Transition(1, "=", lhs, rhs), Givens()), Proof) is holds
