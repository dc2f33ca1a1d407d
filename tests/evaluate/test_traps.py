"""Trees are taken as they are written, and what is undefined counts for nothing."""

from __future__ import annotations

import pytest
import sympy
from sympy import Float, Function, Integer, MatrixSymbol, Piecewise, Symbol, evaluate, symbols

from checker.evaluate import Inconclusive
from tests.evaluate.claims import NOTHING, agrees, differs, found, open_because
from tests.notation import read

x, y = symbols("x y")


@pytest.mark.parametrize(
    ("lhs", "rhs"),
    [("1/(x - x)", "5"), ("0*log(0*x)", "0"), ("log(x - x)", "x"), ("(x - x)**(-1)*0", "0"), ("tan(pi/2)", "1")],
)
def test_what_is_defined_nowhere_neither_agrees_nor_differs(lhs, rhs):
    assert "defined" in open_because(found("=", lhs, rhs))


def test_x_over_x_is_one_where_it_is_defined():
    assert agrees(found("=", "x/x", "1"))
    assert differs(found("=", "x/x", "2"))


@pytest.mark.parametrize(
    ("lhs", "rhs"),
    [
        ("sqrt(x**2)", "x"),
        ("log(x*z)", "log(x) + log(z)"),
        ("log(x**2)", "2*log(x)"),
        ("sqrt(x*z)", "sqrt(x)*sqrt(z)"),
        ("(x**2)**Rational(3, 2)", "x**3"),
        ("Abs(x)", "x"),
        ("(-8)**Rational(1, 3)", "-2"),
        ("acos(cos(x))", "x"),
    ],
)
def test_branches_are_told_apart_by_sign(lhs, rhs):
    assert differs(found("=", lhs, rhs))


@pytest.mark.parametrize(
    ("lhs", "rhs"),
    [
        ("sqrt(x**2)", "Abs(x)"),
        ("sqrt(a*b)", "sqrt(a)*sqrt(b)"),
        ("log(a**2)", "2*log(a)"),
        ("log(-x**2 - 1)", "log(x**2 + 1) + I*pi"),
        ("asin(sin(atan(x)))", "atan(x)"),
    ],
)
def test_true_statements_with_branches_agree(lhs, rhs):
    assert agrees(found("=", lhs, rhs))


def test_a_function_may_fail_at_zero_alone():
    with evaluate(False):
        assert differs(found("=", sympy.sign(x) ** 2, Integer(1), NOTHING))


def test_an_empty_sum_is_zero_and_an_empty_product_one():
    assert agrees(found("=", "Sum(n, (n, 5, 1))", "0"))
    assert differs(found("=", "Sum(n, (n, 5, 1))", "-9"))
    assert agrees(found("=", "Product(n, (n, 5, 1))", "1"))


def test_a_kronecker_delta_outside_its_range_is_zero():
    assert agrees(found("=", "Sum(KroneckerDelta(i, 5)*X[i], (i, 1, 3))", "0"))
    assert differs(found("=", "Sum(KroneckerDelta(i, 5)*X[i], (i, 1, 3))", "X[5]"))


def test_zero_to_the_zero_is_one_as_polynomials_need():
    assert agrees(found("=", "Sum(0**n, (n, 0, 3))", "1"))


def test_a_rounded_number_is_refused_with_the_exact_one():
    with evaluate(False):
        reason = open_because(found("=", x * Float("0.5"), x / 2, NOTHING))
    assert "1/2" in reason


@pytest.mark.parametrize(
    ("lhs", "names"),
    [
        (MatrixSymbol("A", 2, 2)[0, 1], "MatrixElement"),
        (Symbol("A", commutative=False) * x, "A does not commute"),
        (sympy.Integral(x, (x, 0, 1)), "Integral"),
        (sympy.zeta(x), "zeta"),
        (sympy.oo, "infinity"),
        (sympy.Sum(x, (y, 1, sympy.oo)), "end"),
        (sympy.Limit(x, x, 0), "Limit"),
    ],
)
def test_what_is_not_known_is_named(lhs, names):
    assert names in open_because(found("=", lhs, x, NOTHING))


def test_nan_and_complex_infinity_are_undefined():
    assert isinstance(found("=", sympy.zoo, x, NOTHING), Inconclusive)
    assert isinstance(found("=", sympy.nan, sympy.nan, NOTHING), Inconclusive)


def test_a_relation_is_not_an_expression():
    assert "relation" in open_because(found("=", "Eq(a, b)", "Eq(a, b)"))


@pytest.mark.parametrize("relation", [":=", r"\approx", r"\sim", r"\in", r"\neq"])
def test_other_relations_are_left_open(relation):
    assert relation.strip("\\") in open_because(found(relation, "a", "b"))


def test_piecewise_values_are_chosen_by_their_conditions():
    with evaluate(False):
        absolute = Piecewise((x, x > 0), (-x, True))
        positive = Piecewise((x, x > 0), (0, True))
    assert agrees(found("=", absolute, sympy.Abs(x), NOTHING))
    assert differs(found("=", positive, sympy.Abs(x), NOTHING))


def test_an_unknown_function_is_the_same_for_the_same_arguments():
    f = Function("f")
    with evaluate(False):
        assert agrees(found("=", f(x + y), f(y + x), NOTHING))
        assert differs(found("=", f(x + y), f(x) + f(y), NOTHING))
        assert differs(found("=", f(x), f(y), NOTHING))


def test_extremes_and_indicators_of_numbers():
    with evaluate(False):
        assert agrees(found("=", sympy.Max(x, y) + sympy.Min(x, y), x + y, NOTHING))
        assert differs(found("=", sympy.Max(x, y), x, NOTHING))
    assert agrees(found("=", "Indicator(Lt(x, z)) + Indicator(Ge(x, z))", read("1")))
