"""Determinants: each law with what is nearly one, and that it is the same for any names of the indices."""

from dataclasses import replace

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st
from sympy import Eq, IndexedBase, Integer, Product, Sum, log, symbols

from checker.check import decide
from checker.derivation import Givens, IndexSet, Transition
from checker.expressions import Determinant, Partial, indicator
from checker.kernel import Proof, prove

n, m = symbols("n m", integer=True, positive=True)
i, j, k, q, r, s = symbols("i j k q r s", integer=True, positive=True)
c, d = symbols("c d", positive=True)
t = sympy.Symbol("t", real=True)
A, B, G, S, T, v = (IndexedBase(name, real=True) for name in "ABGSTv")


def det(entry, row=i, column=j, size=n):
    return Determinant(entry, row, column, size)


def times(left, right):
    """The entry at (i, j) of a product of matrices."""
    return Sum(left[i, q] * right[q, j], (q, 1, n))


def inverse(one, other):
    return Eq(Sum(one[r, q] * other[q, s], (q, 1, n)), indicator(r, s), evaluate=False)


GIVENS = Givens(
    index_sets={**{name: IndexSet(1, n) for name in (r, s)}, k: IndexSet(1, m)},
    facts=(inverse(G, A), inverse(A, G)),
    symmetric=frozenset({S}),
    definite=frozenset({S}),
)


def verdict(left, right, relation="="):
    return decide(Transition(1, relation, left, right), GIVENS).verdict.name


TRUE = [
    (det(c * A[i, j]), c**n * det(A[i, j])),
    (det(A[j, i]), det(A[i, j])),
    (det(A[r, s], r, s), det(A[i, j])),
    (det(times(A, B)), det(A[i, j]) * det(B[i, j])),
    (det(times(A, B)), det(times(B, A))),
    (det(Sum(A[i, q] * B[q, k] * T[k, j], (q, 1, n), (k, 1, n))), det(A[i, j]) * det(B[i, j]) * det(T[i, j])),
    (det(indicator(i, j)), Integer(1)),
    (det(v[i] * indicator(i, j)), Product(v[i], (i, 1, n))),
    (det(G[i, j]) * det(A[i, j]), Integer(1)),
    (log(det(c * S[i, j])), n * log(c) + log(det(S[i, j]))),
    (det(B[i, j], size=2), B[1, 1] * B[2, 2] - B[1, 2] * B[2, 1]),
    (det(B[i, j], size=1), B[1, 1]),
    (Sum(log(det(S[i, j])), (k, 1, m)), m * log(det(S[i, j]))),
    (Partial(det(A[i, j]), A[r, s]), det(A[i, j]) * G[s, r]),
    (Partial(log(det(S[i, j])) * t, t), log(det(S[i, j]))),
    (Partial(G[r, s], A[i, j]), -G[r, i] * G[j, s]),
]

FALSE = [
    (det(c * A[i, j]), c * det(A[i, j])),
    (det(A[i, j] + B[i, j]), det(A[i, j]) + det(B[i, j])),
    (det(times(A, B)), det(A[i, j]) + det(B[i, j])),
    (det(Sum(A[i, q] * B[j, q], (q, 1, m))), det(A[i, j]) * det(B[i, j])),
    (det(v[i] * indicator(i, j)), Sum(v[i], (i, 1, n))),
    (det(G[i, j]), det(A[i, j])),
    (det(T[i, j]) * det(A[i, j]), Integer(1)),
    (det(B[i, j], size=2), B[1, 1] * B[2, 2] + B[1, 2] * B[2, 1]),
    (Partial(det(A[i, j]), A[r, s]), det(A[i, j]) * G[r, s]),
    (Partial(G[r, s], A[i, j]), -G[r, j] * G[i, s]),
    (Partial(G[r, s], A[i, j]), Integer(0)),
    (Sum(log(det(S[i, j])), (k, 1, m)), log(det(S[i, j]))),
    (det(A[i, j] + Sum(B[i, q], (q, 1, n))), det(A[i, j] + Sum(B[q, q], (q, 1, n)))),
]


@pytest.mark.parametrize(("left", "right"), TRUE)
def test_laws(left, right):
    assert verdict(left, right) == "proved"


@pytest.mark.parametrize(("left", "right"), FALSE)
def test_near_misses(left, right):
    assert verdict(left, right) == "refuted"


@pytest.mark.parametrize(("leading", "proved"), [(k, True), (r, False)])
def test_an_inverse_in_one_row_is_no_inverse(leading, proved):
    """Σ_q T_rrq B_qs = 1[r=s] tells of one row of each matrix T_k."""
    fact = Eq(Sum(T[leading, r, q] * B[q, s], (q, 1, n)), indicator(r, s), evaluate=False)
    statement = Transition(1, "=", det(T[leading, i, j]) * det(B[i, j]), Integer(1))
    assert isinstance(prove(statement, replace(GIVENS, facts=(fact,))), Proof) is proved


def test_a_determinant_is_positive_only_of_what_is_definite():
    assert verdict(det(S[i, j]), Integer(0), ">") == "proved"
    assert verdict(det(B[i, j]), Integer(0), ">") == "refuted"


def test_a_sum_over_more_terms_than_rows_is_no_product_of_squares():
    """Cauchy and Binet: det(A Bᵀ) of n × m matrices is no product of determinants."""
    assert verdict(det(Sum(A[i, q] * B[q, j], (q, 1, m))), det(A[i, j]) * det(B[i, j])) != "proved"


def test_what_all_entries_have_in_common_comes_out_once_for_each_row():
    assert verdict(det(-A[i, j], size=2), det(A[i, j], size=2)) == "proved"
    assert verdict(det(-A[i, j], size=3), det(A[i, j], size=3)) == "refuted"


@given(st.sampled_from([A[i, j] + c * indicator(i, j), A[i, j] * v[i], times(A, B) + B[i, j], A[i, j] + v[i] * v[j]]))
def test_a_matrix_and_its_transpose_have_one_determinant(entry):
    turned = entry.xreplace({i: j, j: i})
    assert verdict(det(entry), det(turned)) == "proved"
    assert verdict(det(entry), det(turned.xreplace({i: r, j: s}), r, s)) == "proved"
    assert verdict(det(entry), -det(turned)) == "refuted"
