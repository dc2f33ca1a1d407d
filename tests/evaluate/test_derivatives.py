"""Derivatives: each coordinate is perturbed freely, definitions move along, facts do not."""

from __future__ import annotations

import pytest
import sympy
from sympy import Derivative, Eq, Function, Symbol, evaluate

from checker.derivation import Givens
from checker.evaluate.functions import FUNCTIONS
from tests.evaluate.claims import NOTHING, agrees, differs, found, open_because, with_definitions, with_facts

ROWS = [
    ("Partial(a**b, a)", "b*a**(b - 1)", "b*a**b"),
    ("Partial(a**b, b)", "a**b*log(a)", "b*a**(b - 1)"),
    ("Partial(sqrt(a**2 + x**2), x)", "x/sqrt(a**2 + x**2)", "1/(2*sqrt(a**2 + x**2))"),
    ("Partial(log(1 + exp(u)), u, u)", "exp(u)/(1 + exp(u))**2", "exp(u)/(1 + exp(u))"),
    ("Partial(exp(u*v), u, v)", "(1 + u*v)*exp(u*v)", "u*v*exp(u*v)"),
    ("Derivative(exp(-x**2/2), x, x)", "(x**2 - 1)*exp(-x**2/2)", "(1 - x**2)*exp(-x**2/2)"),
    ("Partial(Partial(u**2*v**3, u), v)", "6*u*v**2", "6*u**2*v"),
    ("Partial(u*Partial(u**2*v, v), u)", "3*u**2", "2*u"),
    ("Partial(Sum(W[n]*Z[n], (n, 1, N)), W[n])", "Z[n]", "Sum(Z[n], (n, 1, N))"),
    ("Partial(Sum(X[n]**2, (n, 1, N)), X[n], X[m])", "2*KroneckerDelta(n, m)", "2"),
    (
        "Partial(exp(Z[k])/Sum(exp(Z[j]), (j, 1, K)), Z[l])",
        "exp(Z[k])/Sum(exp(Z[j]), (j, 1, K))*(KroneckerDelta(k, l) - exp(Z[l])/Sum(exp(Z[j]), (j, 1, K)))",
        "exp(Z[k])/Sum(exp(Z[j]), (j, 1, K))*(1 - exp(Z[l])/Sum(exp(Z[j]), (j, 1, K)))",
    ),
    (
        "Partial(Sum(Sum((X[n, i] - Mu[Y[n], i])**2/(2*Sg[i]**2), (i, 1, D)), (n, 1, N)), Mu[k, j])",
        "-Sum(Indicator(Eq(Y[n], k))*(X[n, j] - Mu[k, j])/Sg[j]**2, (n, 1, N))",
        "-Sum((X[n, j] - Mu[k, j])/Sg[j]**2, (n, 1, N))",
    ),
    (
        "Partial(Sum(Sum(log(Sg[i]**2) + X[n, i]**2/Sg[i]**2, (i, 1, D)), (n, 1, N)), Sg[j]**2)",
        "N/Sg[j]**2 - Sum(X[n, j]**2/Sg[j]**4, (n, 1, N))",
        "N/Sg[j] - Sum(X[n, j]**2/Sg[j]**4, (n, 1, N))",
    ),
    ("Partial(Sg[j]**3, Sg[j]**2, Sg[j]**2)", "3/(4*Sg[j])", "3/(2*Sg[j])"),
    ("Partial(log(p), p)", "1/p", "1/p**2"),
]


@pytest.mark.parametrize(("lhs", "rhs", "slip"), ROWS, ids=[row[0] for row in ROWS])
def test_a_true_derivative_agrees_and_its_near_miss_differs(lhs, rhs, slip):
    assert agrees(found("=", lhs, rhs))
    assert differs(found("=", lhs, slip))


SMOOTH = [head for head in FUNCTIONS if head not in (sympy.floor, sympy.ceiling, sympy.sign, sympy.digamma)]


@pytest.mark.parametrize("head", SMOOTH, ids=lambda head: head.__name__)
def test_every_function_of_the_table_has_the_derivative_that_sympy_says(head):
    u = Symbol("u", positive=True)
    # acosh and its like are real above 1 only, asin and atanh below
    argument = 1 + u if head is sympy.acosh else u / 8
    expected = sympy.diff(head(argument), u).rewrite(sympy.gamma).replace(sympy.polygamma, _digamma)
    with evaluate(False):
        assert agrees(found("=", Derivative(head(argument), u), expected, NOTHING))
        assert differs(found("=", Derivative(head(argument), u), expected + 1, NOTHING))


def _digamma(order, argument):
    assert order == 0
    return sympy.digamma(argument, evaluate=False)


def test_a_fact_that_ties_coordinates_together_does_not_move_them():
    givens = with_facts("Eq(Sum(Al[k], (k, 1, K)), 1)")
    assert agrees(found("=", "Partial(Sum(Al[k], (k, 1, K)), Al[l])", "1", givens))
    lagrangian = "Sum(log(Al[k]), (k, 1, K)) - lam*(Sum(Al[k], (k, 1, K)) - 1)"
    assert agrees(found("=", f"Partial({lagrangian}, Al[l])", "1/Al[l] - lam", givens))
    assert differs(found("=", f"Partial({lagrangian}, Al[l])", "1/Al[l]", givens))


def test_definitions_are_seen_through():
    givens = with_definitions("Eq(g, x**2)", "Eq(h, 3*g + x)")
    assert agrees(found("=", "Partial(h, x)", "6*x + 1", givens))
    assert agrees(found("=", "Partial(h, g)", "3", givens))
    assert differs(found("=", "Partial(h, g)", "0", givens))


def test_a_defined_name_in_which_nothing_is_written_is_no_coordinate():
    assert "g" in open_because(found("=", "Partial(x**2, g)", "1", with_definitions("Eq(g, x**2)")))


def test_a_defined_family_is_evaluated_at_its_indices():
    givens = with_definitions("Eq(A[i, j], Sum(X[n, i]*X[n, j], (n, 1, N)))")
    assert agrees(found("=", "A[i, j]", "A[j, i]", givens))
    slopes = "KroneckerDelta(i, k)*X[n, j] + KroneckerDelta(j, k)*X[n, i]"
    assert agrees(found("=", "Partial(A[i, j], X[n, k])", slopes, givens))
    assert differs(found("=", "A[i, j]", "A[i, i]", givens))


def test_a_circular_definition_is_refused():
    assert "circular" in open_because(found("=", "g", "h", with_definitions("Eq(g, h + 1)", "Eq(h, g + 1)")))


def test_a_defined_function_is_its_definition():
    f, x = Function("f"), Symbol("x")
    givens = Givens(definitions=(Eq(f(x), x**2 + 1),))
    with evaluate(False):
        assert agrees(found("=", f(x + 1), x**2 + 2 * x + 2, givens))
        assert agrees(found("=", Derivative(f(x), x), 2 * x, givens))


def test_the_product_rule_holds_for_an_unknown_function():
    f, x = Function("f"), Symbol("x")
    with evaluate(False):
        assert agrees(found("=", Derivative(x * f(x), x), f(x) + x * Derivative(f(x), x), NOTHING))
        assert differs(found("=", Derivative(x * f(x), x), f(x), NOTHING))


NO_COORDINATES = [("Partial(N*a, N)", "N"), ("Partial(X[n]*n, n)", "n"), ("Partial(a, sin(a))", "sin")]


@pytest.mark.parametrize(("lhs", "names"), NO_COORDINATES)
def test_a_derivative_by_an_index_or_a_size_is_refused(lhs, names):
    assert names in open_because(found("=", lhs, "1"))


def test_where_a_function_has_a_corner_it_has_no_derivative():
    assert "defined" in open_because(found("=", "Partial(Abs(x - x + u - u), x)", "0"))
    assert agrees(found("=", "Partial(Abs(x), x)", "x/Abs(x)"))
