"""Instances obey the facts, the sets, and the signs; contradictions are noticed."""

from __future__ import annotations

import pytest
from sympy import Eq, Gt, IndexedBase, Integer, Sum, Symbol, evaluate, symbols

from checker.check import decide
from checker.derivation import Givens, IndexSet, Transition
from checker.evaluate import Inconclusive, compare
from checker.evaluate.arithmetic import whole
from checker.evaluate.errors import Refused
from checker.expressions import Indicator, indicator
from checker.verdict import Proved, Undecided
from tests.evaluate.claims import agrees, claim, differs, found, with_facts

ROWS = [
    (("Eq(p + q, 1)",), "(1 - p)*(1 - q)", "p*q", "p + q"),
    (("Eq(Sum(Al[k], (k, 1, K)), 1)",), "2*Sum(Al[k], (k, 1, K))", "2", "Sum(Al[k]**2, (k, 1, K))"),
    (("Eq(Sum(G[n, k], (k, 1, K)), 1)",), "Sum(Sum(G[n, k], (n, 1, N)), (k, 1, K))", "N", "K"),
    (("Eq(x, 3)", "Eq(z, x + 1)"), "z", "4", "3"),
    (("Eq(log(a) + x, 3)",), "a", "exp(3 - x)", "exp(x)"),
    (("Eq(a**2 + b**2, 25)", "Eq(a, 3)"), "b", "4", "5"),
    (("Eq(a**2, 2)",), "a", "sqrt(2)", "-sqrt(2)"),
    (("Ge(N, 3)",), "Indicator(Ge(N, 3))", "1", "0"),
    (("Ne(k, l)",), "KroneckerDelta(k, l)", "0", "1"),
    (("Lt(x, z)",), "Indicator(Lt(x, z))", "1", "0"),
    (("And(Lt(0, u), Lt(u, 1))",), "Indicator(Lt(u**2, u))", "1", "0"),
    (("Lt(Mu[j, i], Mu[j, i + 1])",), "Indicator(Lt(Mu[1, 1], Mu[1, 2]))", "1", "0"),
    (("Le(Mu[k, i], A[k])",), "Indicator(Le(Mu[k, i], A[k]))*Mu[k, i]", "Mu[k, i]", "A[k]"),
    (("Le(X[n], A[i])", "Eq(X[1] + x, 1)"), "Indicator(Le(X[n], A[i]))*(X[1] + x)", "1", "x"),
]


@pytest.mark.parametrize(("facts", "lhs", "rhs", "slip"), ROWS, ids=[row[0][0] for row in ROWS])
def test_facts_hold_at_every_instance(facts, lhs, rhs, slip):
    givens = with_facts(*facts)
    assert agrees(found("=", lhs, rhs, givens))
    assert differs(found("=", lhs, slip, givens))


@pytest.mark.parametrize(
    "facts",
    [
        ("Lt(x, 0)", "Gt(x, 0)"),
        ("Eq(x + z, 1)", "Eq(x + z, 2)"),
        ("Eq(a + b, -1)",),
        ("Eq(a, -1)",),
        ("Eq(0*x, 1)",),
        ("Lt(N, 1)",),
    ],
)
def test_facts_that_contradict_each_other_are_noticed(facts):
    finding = found("=", "x", "x", with_facts(*facts))
    assert isinstance(finding, Inconclusive)
    assert finding.contradictory


def test_a_bound_of_every_member_of_a_large_family_holds():
    pixels = {Symbol("i", integer=True): IndexSet(1, 784), Symbol("k", integer=True): IndexSet(1, 4)}
    i, k = pixels
    family = IndexedBase("F")
    givens = Givens(index_sets=pixels, facts=(Gt(family[k, i], 0),))
    assert agrees(compare(Transition(1, ">", family[2, 784], family[2, 784] - family[2, 783]), givens))
    assert differs(compare(Transition(1, "<", family[2, 784], Integer(0)), givens))


def test_what_is_contradictory_at_one_size_only_is_no_contradiction():
    # no x lies between 0 and N - 1 at N = 1
    assert agrees(found("=", "Indicator(Lt(x, N))", "1", with_facts("Gt(x, 0)", "Lt(x, N - 1)")))


def test_facts_that_no_instance_was_found_for_are_not_called_contradictory():
    finding = found("=", "x", "x", with_facts("Eq(x**4 + x + 5, 0)"))
    assert isinstance(finding, Inconclusive)
    assert not finding.contradictory


def test_an_unreadable_fact_forbids_a_difference_but_not_agreement():
    x = Symbol("x", real=True)
    odd = Eq(Symbol("A", commutative=False) * x, 1)
    assert agrees(found("=", x, x, Givens(facts=(odd,))))
    assert isinstance(found("=", x, x + 1, Givens(facts=(odd,))), Inconclusive)


def test_signs_and_types_come_from_the_symbols():
    whole = Symbol("m", integer=True)
    negative, even = Symbol("x", negative=True), Symbol("n", even=True)
    assert agrees(found("=", (-1) ** (2 * whole), 1, Givens()))
    assert differs(found("=", (-1) ** whole, 1, Givens()))
    assert agrees(found("=", abs(negative), -negative, Givens()))
    assert agrees(found("=", (-1) ** (even + 2), 1, Givens()))


def test_an_observed_class_takes_its_values():
    y, k = symbols("y k", integer=True)
    x, sizes = IndexedBase("x", real=True), Symbol("K", integer=True, positive=True)
    givens = Givens({k: IndexSet(1, sizes)}, {y: IndexSet(1, sizes)})
    chosen = Sum(indicator(y, k) * x[k], (k, 1, sizes))
    assert agrees(found("=", chosen, x[y], givens))
    assert differs(found("=", chosen, x[1], givens))


def test_a_refused_fact_does_not_disturb_the_facts_after_it():
    x, y = symbols("x y", real=True)
    n, N = symbols("n N", integer=True, positive=True)
    odd = Symbol("A", commutative=False)
    givens = Givens(facts=(Eq(Sum(odd * n, (n, 1, N)), 1), Eq(y, x + n)))
    assert agrees(found("=", y - x, n, givens))


CONTRADICTORY = [
    ("Eq(x*z, 1)", "Eq(x*z, 2)"),
    ("Eq(x*z, 1)", "Eq(2*x*z, 3)"),
    ("Eq(x*z, 1)", "Eq(z*g, 2)", "Eq(x*z + z*g, 4)"),
    ("Eq(log(a) + z, 1)", "Eq(log(a) + z, 2)"),
    ("Eq(sin(x), 2)",),
    ("Eq(cos(x)*sin(z), 3)",),
    ("Eq(exp(x), 0)",),
    ("Eq(tanh(x), 1)",),
    ("Eq(x**2 + z**2, -1)",),
    ("Eq(x**2, -a)",),
    ("Eq(Indicator(Gt(x, 0)), 2)",),
    ("Lt(x**2, 0)",),
    ("Eq(Sum(C[k], (k, 1, K)), -1)",),
    ("Eq(x, 0)", "Ne(x, 0)"),
    ("Eq(x + z, 1)", "Eq(x - z, 3)", "Ne(x, 2)"),
    ("Eq(x, z)", "Ne(x - z, 0)"),
]


@pytest.mark.parametrize("facts", CONTRADICTORY, ids=" and ".join)
def test_simple_contradictions_are_shown_and_nothing_is_proved_from_them(facts):
    finding = found("=", "x", "x", with_facts(*facts))
    assert isinstance(finding, Inconclusive)
    assert finding.contradictory
    assert isinstance(decide(claim("=", "x*z*g", "g"), with_facts(*facts)).verdict, Undecided)


@pytest.mark.parametrize(
    "facts",
    [
        ("Eq(x*z, 1)", "Eq(x*z*g, 2)"),
        ("Eq(x*z, 1)", "Eq(2*x*z, 2)"),
        ("Eq(exp(x), Rational(1, 10))",),
        ("Eq(tanh(x), Rational(1, 2))",),
        ("Eq(x**2 + z**2, 1)",),
        ("Eq(x**2, 0)",),
        ("Eq(Indicator(Gt(x, 0)), 1)",),
    ],
    ids=" and ".join,
)
def test_what_is_like_a_contradiction_and_is_none_has_instances(facts):
    assert agrees(found("=", "x", "x", with_facts(*facts)))


@pytest.mark.parametrize("facts", [("Eq(cos(x)**2, 1)",), ("Le(x**2, 0)",), ("Eq(sin(x), 1)",)])
def test_what_is_hard_to_satisfy_is_no_contradiction(facts):
    finding = found("=", "x", "x", with_facts(*facts))
    assert not (isinstance(finding, Inconclusive) and finding.contradictory)


def test_a_proof_that_rests_on_facts_without_an_instance_is_undecided():
    facts = ("Eq(x*z, 1)", "Eq(x**2*z**2, 2)")  # no instance, and not shown to contradict each other
    assert found("=", "x", "x", with_facts(*facts)).of_facts
    assert isinstance(decide(claim("=", "x*z*g", "g"), with_facts(*facts)).verdict, Undecided)
    assert isinstance(decide(claim("=", "x*z*g", "g"), with_facts(facts[0])).verdict, Proved)


def test_a_proof_from_hypotheses_that_are_hard_to_solve_stands():
    hard = claim("=>", "Eq(x**4 + x, -5)", "Eq(2*x**4 + 2*x, -10)")
    outcome = decide(hard, with_facts("Eq(p + q, 1)"))
    assert isinstance(outcome.verdict, Proved)
    assert "no instance was found" in outcome.message
    assert not found("=>", hard.lhs, hard.rhs, with_facts("Eq(p + q, 1)")).of_facts


@pytest.mark.parametrize("seed", [None, 0, 1, 2])
def test_a_solution_on_the_boundary_of_a_sign_is_none(seed):
    givens = with_facts("Eq(X[n]*(X[n] - 2), 0)")  # p = -X_1 is 0 or -2, and p > 0
    finding = found("<=>", "Eq(p + X[1], 0)", "Eq(Sum(p + X[1], (k, 1, K)), 0)", givens, seed=seed)
    assert isinstance(finding, Inconclusive)
    assert agrees(found("<=>", "Eq(p - X[1], 0)", "Eq(Sum(p - X[1], (k, 1, K)), 0)", givens, seed=seed))


def test_an_index_without_a_value_is_refused():
    with pytest.raises(Refused, match="no value"):
        whole(None)


def test_cases_that_random_points_do_not_meet_are_no_contradiction():
    x, mean, y = (IndexedBase(name, real=True) for name in ("x", "theta", "t"))
    i, k, d, N, K, D = symbols("i k d N K D", integer=True, positive=True)
    with evaluate(False):
        slope = (x[i, d] / mean[k, d] - (1 - x[i, d]) / (1 - mean[k, d])) * Indicator(Eq(y[i], k))
        average = Sum(x[i, d] * Indicator(Eq(y[i], k)), (i, 1, N)) / Sum(Indicator(Eq(y[i], k)), (i, 1, N))
        step = Transition(1, "=>", Eq(Sum(slope, (i, 1, N)), 0), Eq(mean[k, d], average))
    for sets in ({k: IndexSet(1, K), d: IndexSet(1, D)}, {}):
        assert isinstance(decide(step, Givens(sets)).verdict, Proved)
