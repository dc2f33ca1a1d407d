"""A true identity agrees at every instance; its near miss, the same with one slip, does not."""

from __future__ import annotations

import pytest

from tests.evaluate.claims import NOTHING, agrees, differs, found

ROWS = [
    ("(a + b)**2", "a**2 + 2*a*b + b**2", "a**2 + b**2"),
    ("1/(1/a + 1/b)", "a*b/(a + b)", "a + b"),
    ("(a**3 - b**3)/(a - b)", "a**2 + a*b + b**2", "a**2 - a*b + b**2"),
    ("log(a*b/c)", "log(a) + log(b) - log(c)", "log(a) + log(b)/log(c)"),
    ("exp(p*log(q))", "q**p", "p**q"),
    ("(a**b)**c", "a**(b*c)", "a**(b**c)"),
    ("sqrt(a**2*b)", "a*sqrt(b)", "a*b"),
    ("exp(u)/(exp(u) + exp(v))", "1/(1 + exp(v - u))", "1/(1 + exp(u - v))"),
    ("cos(u + v)", "cos(u)*cos(v) - sin(u)*sin(v)", "cos(u)*cos(v) + sin(u)*sin(v)"),
    ("1 - tanh(u)**2", "1/cosh(u)**2", "1/sinh(u)**2"),
    ("tan(u/2)", "sin(u)/(1 + cos(u))", "sin(u)/(1 - cos(u))"),
    ("Sum(W[n] + Z[n], (n, 1, N))", "Sum(W[n], (n, 1, N)) + Sum(Z[n], (n, 1, N))", "Sum(W[n], (n, 1, N)) + Z[1]"),
    ("Sum(c, (n, 1, N))", "N*c", "c"),
    ("Sum(W[n + 1], (n, 0, N - 1))", "Sum(W[n], (n, 1, N))", "Sum(W[n], (n, 0, N - 1))"),
    ("log(Product(Pn[n], (n, 1, N)))", "Sum(log(Pn[n]), (n, 1, N))", "log(Sum(Pn[n], (n, 1, N)))"),
    ("Sum(KroneckerDelta(l, k)*W[l], (l, 1, K))", "W[k]", "Sum(W[l], (l, 1, K))"),
    (
        "Sum(Indicator(Eq(Y[n], k))*Mu[Y[n], i], (n, 1, N))",
        "Mu[k, i]*Sum(Indicator(Eq(Y[n], k)), (n, 1, N))",
        "N*Mu[k, i]",
    ),
    ("Sum(Indicator(Eq(Y[n], k)), (k, 1, K))", "1", "K"),
    ("Sum(X[n], (n, 1, N))", "Sum(X[n], (n, 1, N - 1)) + X[N]", "Sum(X[n], (n, 1, N)) + X[N]"),
    (
        "Sum(Sum(T[n, k], (k, 1, n)), (n, 1, N))",
        "Sum(Sum(T[n, k], (n, k, N)), (k, 1, N))",
        "Sum(Sum(T[n, k], (k, 1, N)), (n, 1, N))",
    ),
    (
        "Sum(X[k]**2, (k, 1, K))*Sum(Z[n], (n, 1, N))",
        "Sum(Sum(X[k]**2*Z[n], (k, 1, K)), (n, 1, N))",
        "Sum(X[k]**2*Z[k], (k, 1, K))",
    ),
    ("Sum(n, (n, 1, N))", "N*(N + 1)/2", "N*(N - 1)/2"),
    ("Product(n, (n, 1, N))", "factorial(N)", "N**N"),
    ("exp(I*pi)", "-1", "1"),
    ("log(-a)", "log(a) + I*pi", "log(a) - I*pi"),
]


@pytest.mark.parametrize(("lhs", "rhs", "slip"), ROWS, ids=[row[0] for row in ROWS])
def test_a_true_identity_agrees_and_its_near_miss_differs(lhs, rhs, slip):
    assert agrees(found("=", lhs, rhs))
    assert differs(found("=", lhs, slip))


@pytest.mark.parametrize(("lhs", "rhs", "slip"), ROWS, ids=[row[0] for row in ROWS])
def test_without_declared_sets_the_ranges_come_from_use(lhs, rhs, slip):
    assert agrees(found("=", lhs, rhs, NOTHING))
    assert differs(found("=", lhs, slip, NOTHING))


@pytest.mark.parametrize("seed", range(12))
def test_other_seeds_say_the_same(seed):
    square, expanded = "Sum((X[n] - u)**2, (n, 1, N))", "Sum(X[n]**2, (n, 1, N)) - 2*u*Sum(X[n], (n, 1, N))"
    assert agrees(found("=", square, f"{expanded} + N*u**2", seed=seed))
    assert differs(found("=", square, f"{expanded} + u**2", seed=seed))


def test_bound_and_free_names_of_one_spelling_are_told_apart():
    assert agrees(found("=", "Sum(k*X[k], (k, 1, K)) + X[k]", "X[k] + Sum(l*X[l], (l, 1, K))"))
    assert differs(found("=", "Sum(k*X[k], (k, 1, K)) + X[k]", "X[l] + Sum(l*X[l], (l, 1, K))"))


def test_a_symbol_a_family_and_a_matrix_of_one_name_are_independent():
    assert differs(found("=", "W[1]", "W[1, 1]"))
    assert differs(found("=", "C[1]", "c"))


def test_entries_outside_the_set_of_an_index_have_values_too():
    assert agrees(found("=", "Sum(X[n], (n, 1, N + 1))", "Sum(X[n], (n, 1, N)) + X[N + 1]"))
    assert differs(found("=", "Sum(X[n], (n, 0, N))", "Sum(X[n], (n, 1, N))"))


def test_equal_and_different_indices_are_both_tried():
    assert differs(found("=", "KroneckerDelta(k, l)", "0"))
    assert differs(found("=", "KroneckerDelta(k, l)", "1"))
