"""What a step needs is implied by the givens, or printed as a condition, or else the step is refuted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checker.check import CONTRADICTION, decide
from checker.derivation import Transition
from checker.verdict import Proved, Refuted, Supported, Undecided
from tests.notation import GIVENS, read


def verdict(lhs, rhs, relation="=", givens=GIVENS, hypotheses=()):
    statement = Transition(1, relation, read(lhs), read(rhs), hypotheses=tuple(map(read, hypotheses)))
    return decide(statement, givens).verdict


def given(*facts, **changes):
    return replace(GIVENS, facts=tuple(map(read, facts)), **changes)


PRINTED = {
    "division by what may vanish": ("=", "x*z/x", "z", "x ≠ 0"),
    "division by a difference": ("=", "(x**2 - z**2)/(x - z)", "x + z", "x - z"),
    "0/0 in a quotient of sums": ("=", "Sum(A[n]*x, (n, 1, N))/Sum(A[n], (n, 1, N))", "x", "A"),
    "the limits of an empty sum": ("=", "Sum(1, (n, mi, M))", "M - mi + 1", "≥ 0"),
    "an index outside of its set": ("=", "Sum(Indicator(Eq(k, ix))*A[k], (k, 1, K))", "A[ix]", "1 ≤ ix ≤ K"),
    "a derivative by a member outside": ("=", "Partial(Sum(A[k]**2, (k, 1, K)), A[ix])", "2*A[ix]", "1 ≤ ix ≤ K"),
    "solving by dividing": ("=>", "Eq(x*z, w)", "Eq(z, w/x)", "x ≠ 0"),
    "a size of zero": ("=", "Sum(X[n], (n, 1, M0))/M0*M0", "Sum(X[n], (n, 1, M0))", "M_0 ≠ 0"),
    "one class only": ("=", "Sum(A[k]/(K - 1), (k, 1, K))", "Sum(A[k], (k, 1, K))/(K - 1)", "K - 1"),
    "the geometric sum at one": ("=", "Sum(p**k, (k, 0, K))", "(1 - p**(K + 1))/(1 - p)", "p"),
    "a standard deviation that may be zero": ("=", "(x/h)**2*h**2", "x**2", "h ≠ 0"),
    "a prior that may be zero": ("=", "T[k]*X[k]/T[k]", "X[k]", "≠ 0"),
}  # fmt: skip


@pytest.mark.parametrize("name", PRINTED)
def test_what_the_givens_do_not_say_is_printed(name):
    relation, lhs, rhs, words = PRINTED[name]
    found = verdict(lhs, rhs, relation)
    assert isinstance(found, Proved)
    assert any(words.replace("-", "−") in c.replace("-", "−") for c in found.conditions), found.conditions


IMPLIED = {
    "positive names do not vanish": ("=", "a*x/a", "x"),
    "a positive standard deviation": ("=", "(x/s)**2*s**2", "x**2"),
    "the priors are positive": ("=", "Al[k]*x/Al[k]", "x"),
    "a sum of positives": ("=", "Sum(Pn[n]*x, (n, 1, N))/Sum(Pn[n], (n, 1, N))", "x"),
    "the log of a product of positives": ("=", "log(a*b)", "log(a) + log(b)"),
    "an index in its set": ("=", "Sum(Indicator(Eq(k, l))*A[k], (k, 1, K))", "A[l]"),
    "a value in its set": ("=", "Sum(Indicator(Eq(Y[n], k))*A[k], (k, 1, K))", "A[Y[n]]"),
    "sizes are at least one": ("=", "Sum(x, (n, 1, N))/N", "x"),
    "one size more than one": ("=", "Sum(X[n], (n, 1, N + 1))", "Sum(X[n], (n, 1, N)) + X[N + 1]"),
    "the last term of a sum that has one": ("=", "Sum(X[n], (n, 1, N - 1)) + X[N]", "Sum(X[n], (n, 1, N))"),
}


@pytest.mark.parametrize("name", IMPLIED)
def test_what_the_givens_say_is_no_condition(name):
    relation, lhs, rhs = IMPLIED[name]
    found = verdict(lhs, rhs, relation)
    assert isinstance(found, Proved)
    assert found.conditions == ()


REFUTED = {
    "the log of what may be negative": ("=", "log(x**2)", "2*log(x)"),
    "the root of a square": ("=", "sqrt(x**2)", "x"),
    "a root of a product of negatives": ("=", "sqrt(x*z)", "sqrt(x)*sqrt(z)"),
    "the log of a product of negatives": ("=", "log(x*z)", "log(x) + log(z)"),
    "a factor that may vanish is cancelled": ("=>", "Eq(x*z, x)", "Eq(z, 1)"),
    "a root has two signs": ("=>", "Eq(x**2, a)", "Eq(x, sqrt(a))"),
    "the sum that leaves one out": ("=", "Sum(A[k]*Indicator(Ne(k, l)), (k, 1, K))", "Sum(A[k], (k, 1, K))"),
    "the sum that leaves one out, its size": ("=", "Sum(Indicator(Ne(k, l)), (k, 1, K))", "K"),
    "a double sum without its diagonal": (
        "=", "Sum(Sum(A[k]*A[l]*Indicator(Ne(k, l)), (k, 1, K)), (l, 1, K))", "Sum(A[k], (k, 1, K))**2",
    ),
    "true for one class only": ("=", "Sum(A[k], (k, 1, K))**2", "Sum(A[k]**2, (k, 1, K))"),
    "true for one sample only": ("=", "log(Sum(Pn[n], (n, 1, N)))", "Sum(log(Pn[n]), (n, 1, N))"),
    "true for two classes only": ("=", "Sum(x, (k, 1, K))", "2*x"),
    "an inequality times what may be negative": ("=>", "Gt(x, z)", "Gt(w*x, w*z)"),
    "a term of a sum that may be empty": ("=", "Sum(X[n], (n, mi, M))", "X[mi] + Sum(X[n], (n, mi + 1, M))"),
    "zero is not positive": (">", "x**2", "0"),
    "a sum with one negative term": (">", "a - b", "0"),
    "a reciprocal turns the order, if the signs agree": ("=>", "Gt(x, z)", "Lt(1/x, 1/z)"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUTED)
def test_what_fails_without_its_condition_is_refuted(name):
    relation, lhs, rhs = REFUTED[name]
    assert isinstance(verdict(lhs, rhs, relation), Refuted)


MEMBERS = {
    "a member beyond the set": ("=>", "Gt(A[n], 0)", "Gt(A[N + 1], 0)", ()),
    "a member before the set": ("=>", "Gt(A[n], 0)", "Gt(A[0], 0)", ()),
    "a sum beyond the set": ("=>", "Gt(A[n], 0)", "Gt(Sum(A[n], (n, 1, N + 1)), 0)", ()),
    "the last for all": ("=>", "Gt(A[N], 0)", "Gt(A[1], 0)", ()),
    "the first for all": ("=>", "Gt(A[1], 0)", "Gt(A[n], 0)", ()),
    "the one that is left out": (">", "A[1]", "0", ("Ne(k, 1)", "Gt(A[k], 0)")),
    "a fact about the set alone": ("=", "Abs(A[N + 1])", "A[N + 1]", ("Gt(A[n], 1)",)),
}


@pytest.mark.parametrize("name", MEMBERS)
def test_what_is_given_of_some_members_is_not_given_of_the_others(name):
    relation, lhs, rhs, facts = MEMBERS[name]
    assert isinstance(verdict(lhs, rhs, relation, given(*facts)), Refuted)


def test_what_leaves_out_one_member_is_right_with_it():
    found = verdict("Sum(A[k]*Indicator(Ne(k, l)), (k, 1, K))", "Sum(A[k], (k, 1, K)) - A[l]")
    assert isinstance(found, Proved)


def test_an_undeclared_index_that_may_lie_outside_is_not_left_unsaid():
    """Either i is said to lie in 1..N, or nothing is proved."""
    found = verdict("Sum(X[n]*Indicator(Eq(n, ix)), (n, 1, N)) + X[ix]", "2*X[ix]")
    assert isinstance(found, Proved)
    assert any("≤ ix ≤ N" in condition for condition in found.conditions)


def test_nothing_is_proved_where_no_index_is_in_both_sets():
    assert isinstance(verdict("Sum(X[n]*Indicator(Eq(n, N + 1)), (n, 1, N))", "X[N + 1]"), Refuted)


@pytest.mark.parametrize("sides", [("x/(z - z)", "x/(z - z)"), ("x/(z - z)", "1"), ("log(x - x)", "log(z - z)")])
def test_nothing_is_proved_of_what_is_nowhere_defined(sides):
    assert isinstance(verdict(*sides), Undecided)


@pytest.mark.parametrize("end", ["0", "-1", "N - N"])
def test_an_empty_sum_is_zero_and_an_empty_product_one(end):
    assert isinstance(verdict(f"Sum(X[n], (n, 1, {end}))", "0"), Proved if end != "-1" else (Proved, Refuted))
    assert not isinstance(verdict(f"Product(X[n], (n, 1, {end}))", "0"), (Proved, Supported))


# --- what is given contradicts itself ------------------------------------------------------------------------------

CONTRADICTORY = {
    "a sign and its opposite": ("Gt(x, 0)", "Lt(x, 0)"),
    "a declared sign and a fact": ("Lt(a, 0)",),
    "two sums": ("Eq(Sum(Al[k], (k, 1, K)), 1)", "Eq(Sum(Al[k], (k, 1, K)), 2)"),
    "two values": ("Eq(x, 1)", "Eq(x, 2)"),
    "a value and a bound": ("Eq(x, 1)", "Lt(x, 0)"),
    "bounds that cross": ("Gt(x, 2)", "Lt(x, 1)"),
    "a square below zero": ("Lt(x**2, 0)",),
    "a square that is −1": ("Eq(x**2, -1)",),
    "zero and not zero": ("Eq(x, 0)", "Ne(x, 0)"),
    "a sum of positives that is zero": ("Eq(Sum(Al[k], (k, 1, K)), 0)",),
}
CLAIMS = (("=", "x", "x + 1"), ("=", "Sum(Al[k], (k, 1, K))", "3"), ("=>", "Eq(z, z)", "Eq(x, 7)"), (">", "x", "5"))


@pytest.mark.parametrize("name", CONTRADICTORY)
@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: f"{claim[1]} {claim[0]} {claim[2]}")
def test_nothing_is_proved_from_contradictory_facts(name, claim):
    relation, lhs, rhs = claim
    assert not isinstance(verdict(lhs, rhs, relation, given(*CONTRADICTORY[name])), (Proved, Supported))


@pytest.mark.parametrize("name", CONTRADICTORY)
def test_nothing_is_proved_from_contradictory_hypotheses(name):
    found = verdict("Eq(z, z)", "Eq(x, 7)", "=>", hypotheses=CONTRADICTORY[name])
    assert not isinstance(found, (Proved, Supported))


@pytest.mark.parametrize("name", CONTRADICTORY)
def test_a_contradiction_is_reported(name):
    found = verdict("z", "z + 0", "=", given(*CONTRADICTORY[name]))
    assert isinstance(found, Undecided)
    assert CONTRADICTION in found.reason or "contradict" in found.reason, found.reason
