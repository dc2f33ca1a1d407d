"""Symmetric families: A[i, j] and A[j, i] are one, whatever bound indices are called, and no other family is."""

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st
from sympy import Eq, IndexedBase, Sum, Symbol, symbols

from checker.check import decide
from checker.derivation import Givens, IndexSet, Transition
from checker.expressions import Partial, indicator

n = Symbol("n", integer=True, positive=True)
i, j, k = symbols("i j k", integer=True, positive=True)
A, B, x, y = (IndexedBase(name, real=True) for name in "ABxy")
GIVENS = Givens(index_sets={s: IndexSet(1, n) for s in (i, j)}, symmetric=frozenset({A}))


def verdict(left, right, relation="="):
    return decide(Transition(1, relation, left, right), GIVENS).verdict.name


def both(term):
    return Sum(term, (i, 1, n), (j, 1, n))


def test_the_indices_of_a_symmetric_family_change_places():
    assert verdict(A[i, j], A[j, i]) == "proved"
    assert verdict(B[i, j], B[j, i]) == "refuted"
    assert verdict(A[i, j] * B[i, j], A[j, i] * B[j, i]) == "refuted"


@given(st.permutations([A[i, k], A[k, j], x[i], y[j]]), st.booleans(), st.booleans())
def test_sums_have_one_form_however_the_indices_stand(factors, turned, swapped):
    with sympy.evaluate(False):
        term = sympy.Mul(*factors)
        if turned:
            term = term.xreplace({A[i, k]: A[k, i]})
        if swapped:
            term = term.xreplace({i: j, j: i, x: y, y: x})
    left = Sum(A[i, k] * A[k, j] * x[i] * y[j], (i, 1, n), (j, 1, n), (k, 1, n))
    assert verdict(left, Sum(term, (i, 1, n), (j, 1, n), (k, 1, n))) == "proved"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (both(A[i, j] * x[i] ** 2 * y[j]), both(A[i, j] * x[i] * y[j] ** 2)),
        (both(B[i, j] * x[i] * y[j]), both(B[j, i] * x[i] * y[j])),
        (Sum(A[i, j] * x[i], (i, 1, n)), Sum(A[i, j] * x[j], (i, 1, n))),
    ],
)
def test_what_only_looks_alike_is_refuted(left, right):
    assert verdict(left, right) == "refuted"


def test_an_entry_and_the_one_across_the_diagonal_are_one_variable():
    """∂/∂A_ij of A_ij + A_ji is 2; it is not called wrong to let entries vary by themselves: 1 + 1[i=j]."""
    slope = Partial(A[i, j] + A[j, i], A[i, j])
    assert verdict(slope, sympy.Integer(2)) == "proved"
    assert verdict(slope, 1 + indicator(i, j)) == "undecided"
    assert verdict(slope, sympy.Integer(3)) == "refuted"
    assert verdict(Partial(both(A[i, j] * x[i] * y[j]), A[1, 2]), x[1] * y[2] + x[2] * y[1]) == "proved"
    assert verdict(Partial(both(A[i, j] * x[i] * y[j]), A[1, 1]), x[1] * y[1]) == "proved"
    assert verdict(Partial(both(A[i, j] * x[i] * y[j]), A[1, 1]), 2 * x[1] * y[1]) == "refuted"


def test_a_consequence_may_use_either_order():
    given = Eq(Sum(A[i, k] * x[k], (k, 1, n)), y[i])
    assert verdict(given, Eq(Sum(A[k, i] * x[k], (k, 1, n)), y[i]), "=>") == "proved"
    given = Eq(Sum(B[i, k] * x[k], (k, 1, n)), y[i])
    assert verdict(given, Eq(Sum(B[k, i] * x[k], (k, 1, n)), y[i]), "=>") == "refuted"
