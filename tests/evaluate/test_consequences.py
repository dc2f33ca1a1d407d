"""E2 follows from E1: sought are points where E1 is shown to hold; dropped solutions are found."""

from __future__ import annotations

import pytest

from checker.evaluate import Agreement, Inconclusive
from tests.evaluate.claims import agrees, differs, found, open_because, with_facts

HOLDS = [
    ("=>", "Eq(a*x, a)", "Eq(x, 1)"),
    ("=>", "Eq(x, z)", "Eq(x**2, z**2)"),
    ("=>", "Eq(u*(u - a), 0)", "Or(Eq(u, a), Eq(u, 0))"),
    ("=>", "Eq(g, sqrt(a))", "Eq(g**2, a)"),
    ("=>", "Eq(a**3, 2*a)", "Eq(a, sqrt(2))"),
    ("=>", "Eq(x**2 - 3*x + 1, 0)", "Or(Eq(x, (3 + sqrt(5))/2), Eq(x, (3 - sqrt(5))/2))"),
    ("=>", "And(Eq(x + z, 3), Eq(x - z, 1))", "And(Eq(x, 2), Eq(z, 1))"),
    ("=>", "And(Lt(0, x), Lt(x, z))", "Lt(x**2, z**2)"),
    ("=>", "Eq(log(a), a - 2)", "Eq(a, exp(a - 2))"),
    ("=>", "Eq(Sum(X[n] - u, (n, 1, N))/a, 0)", "Eq(u, Sum(X[n], (n, 1, N))/N)"),
    ("=>", "Eq(lam*Al[k], Pn[k])", "Eq(lam*Sum(Al[k], (k, 1, K)), Sum(Pn[k], (k, 1, K)))"),
    ("<=>", "Eq(a*x + b, c)", "Eq(x, (c - b)/a)"),
    ("<=>", "Eq(exp(-a*x), p)", "Eq(x, -log(p)/a)"),
    ("<=>", "Eq(a**2, b)", "Eq(a, sqrt(b))"),
    ("<=>", "Eq(x*z, 0)", "Or(Eq(x, 0), Eq(z, 0))"),
    ("<=>", "Lt(2*x, z)", "Lt(x, z/2)"),
    ("<=>", "Eq(Sum(C[k]/lam, (k, 1, K)), 1)", "Eq(lam, Sum(C[k], (k, 1, K)))"),
    ("<=", "2*x*z", "x**2 + z**2"),
    ("<=", "log(a)", "a - 1"),
]

FAILS = [
    ("=>", "Eq(x*z, x)", "Eq(z, 1)"),
    ("=>", "Eq(u*(u - a), 0)", "Eq(u, a)"),
    ("=>", "Eq(g**2, a)", "Eq(g, sqrt(a))"),
    ("=>", "Eq(x**2, 4)", "Eq(x, 2)"),
    ("=>", "Eq(x**3, 2*x)", "Eq(x**2, 2)"),
    ("=>", "Eq(x**2 - 3*x + 1, 0)", "Eq(x, (3 + sqrt(5))/2)"),
    ("=>", "And(Eq(x + z, 3), Eq(x - z, 1))", "And(Eq(x, 2), Eq(z, 2))"),
    ("=>", "Lt(x, z)", "Lt(x**2, z**2)"),
    ("=>", "Eq(Sum(X[n] - u, (n, 1, N))/a, 0)", "Eq(u, Sum(X[n], (n, 1, N)))"),
    ("=>", "Eq(mu**2, exp(2*u))", "Eq(log(mu), u)"),
    ("<=>", "Eq(x, z)", "Eq(x**2, z**2)"),
    ("<=>", "Eq(log(a), a - 2)", "Eq(log(a), a - 3)"),
    ("<=>", "Eq(sin(x), 0)", "Eq(x, 0)"),
    ("<=>", "Eq(x*z, 0)", "Eq(x, 0)"),
    ("<=>", "Lt(-2*x, z)", "Lt(x, -z/2)"),
    ("<=>", "Eq(exp(-a*x), p)", "Eq(x, log(p)/a)"),
    ("<=>", "Eq(Sum(C[k]/lam, (k, 1, K)), 1)", "Eq(lam, K*C[k])"),
    ("<", "x", "x**2"),
    ("<", "log(a)", "a - 1"),
    (">=", "x**2", "x"),
]


def label(row):
    return " ".join((row[1], row[0], row[2]))


@pytest.mark.parametrize("row", HOLDS, ids=label)
def test_a_true_consequence_holds_at_every_point_found(row):
    assert agrees(found(*row))


@pytest.mark.parametrize("row", FAILS, ids=label)
def test_a_false_consequence_fails_at_a_point_where_the_hypotheses_hold(row):
    assert differs(found(*row))


@pytest.mark.parametrize("seed", range(8))
def test_other_seeds_find_the_dropped_solution_too(seed):
    assert differs(found("=>", "Eq(x*z, x)", "Eq(z, 1)", seed=seed))
    assert differs(found("=>", "Eq(g**2, a)", "Eq(g, sqrt(a))", seed=seed))
    assert agrees(found("<=>", "Eq(a**2, b)", "Eq(a, sqrt(b))", seed=seed))


CONSTRAINT = with_facts("Eq(Sum(Al[k], (k, 1, K)), 1)")


def test_the_multiplier_follows_from_the_constraint():
    stationary = "Eq(C[k]/Al[k] - lam, 0)"
    assert agrees(found("=>", stationary, "Eq(Al[k], C[k]/lam)", CONSTRAINT))
    assert agrees(found("=>", stationary, "Eq(lam, Sum(C[k], (k, 1, K)))", CONSTRAINT))
    assert agrees(found("=>", stationary, "Eq(Al[k], C[k]/Sum(C[l], (l, 1, K)))", CONSTRAINT))
    assert differs(found("=>", stationary, "Eq(lam, K*C[k])", CONSTRAINT))
    assert differs(found("=>", stationary, "Eq(Al[k], C[k])", CONSTRAINT))


def test_earlier_equations_are_hypotheses():
    assert agrees(found("=>", "Eq(x, z)", "Eq(x, 2)", hypotheses=("Eq(z, 2)",)))
    assert differs(found("=>", "Eq(x, z)", "Eq(x, 3)", hypotheses=("Eq(z, 2)",)))
    assert agrees(found("=", "x", "z", hypotheses=("Eq(x - z, 0)",)))
    assert differs(found("=", "x", "2*z", hypotheses=("Eq(x - z, 0)", "Ne(x, 0)")))


def test_a_hypothesis_said_twice_does_not_hide_a_slip():
    assert agrees(found("=>", "Eq(p, exp(-a))", "Eq(a, -log(p))", hypotheses=("Eq(log(p), -a)",)))
    assert differs(found("=>", "Eq(p, exp(-a))", "Eq(a, log(p))", hypotheses=("Eq(log(p), -a)",)))


def test_a_zero_denominator_of_the_conclusion_is_a_condition_not_a_counterexample():
    assert agrees(found("=>", "Eq(lam*u, v)", "Eq(u, v/lam)"))


def test_a_class_without_samples_does_not_count_against_its_mean():
    zero = "Eq(Sum(Indicator(Eq(Y[n], k))*(X[n] - Z[k]), (n, 1, N)), 0)"
    mean = "Sum(Indicator(Eq(Y[n], k))*X[n], (n, 1, N))/Sum(Indicator(Eq(Y[n], k)), (n, 1, N))"
    assert agrees(found("=>", zero, f"Eq(Z[k], {mean})"))
    assert differs(found("=>", zero, "Eq(Z[k], Sum(Indicator(Eq(Y[n], k))*X[n], (n, 1, N))/N)"))


def test_the_maximum_of_a_transcendental_likelihood_is_found_by_enclosure():
    likelihood = "Sum(log(exp(-(X[n] - u)**2/(2*a))/sqrt(2*pi*a)), (n, 1, N))"
    stationary = f"Eq(Partial({likelihood}, a), 0)"
    assert agrees(found("=>", stationary, "Eq(a, Sum((X[n] - u)**2, (n, 1, N))/N)"))
    assert differs(found("=>", stationary, "Eq(a, Sum((X[n] - u)**2, (n, 1, N))/(2*N))"))


@pytest.mark.parametrize("hypothesis", ["And(Eq(x, 1), Eq(x, 2))", "Eq(0*x, 1)", "Eq(a, -1)"])
def test_nothing_follows_from_a_contradiction(hypothesis):
    finding = found("=>", hypothesis, "Eq(x, 3)")
    assert isinstance(finding, Inconclusive)
    assert finding.contradictory


def test_where_no_point_is_found_nothing_is_said():
    finding = found("=>", "Eq(x**4 + x, -5)", "Eq(x, 3)")
    assert isinstance(finding, Inconclusive)
    assert finding.unwitnessed
    assert not finding.contradictory


def test_an_equivalence_with_a_side_that_never_holds_says_so():
    finding = found("<=>", "Eq(x**2, -a)", "Eq(1, 2)")
    assert isinstance(finding, Inconclusive | Agreement)


def test_conditions_on_indices_limit_the_indices():
    assert agrees(found("=", "X[k]*KroneckerDelta(k, l)", "0", hypotheses=("Ne(k, l)",)))
    picked = "Sum(KroneckerDelta(l, m)*X[l], (l, 1, K))"
    assert agrees(found("=", picked, "X[m]", hypotheses=("And(Le(1, m), Le(m, K))",)))
    assert differs(found("=", picked, "X[m]"))


def test_a_relation_is_needed_on_both_sides_of_an_arrow():
    assert "relation" in open_because(found("=>", "x", "Eq(x, 1)"))
    assert "relation" in open_because(found("=>", "Eq(x, 1)", "x"))
