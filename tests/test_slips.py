"""The slips that are made on purpose are what their names say, and false ones are told from true ones."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sympy import Sum, evaluate

from checker.derivation import Givens, Transition
from checker.expressions import Event, P, indicator
from tests.notation import GIVENS, NAMES, read
from tests.plain import is_false
from tests.slips import slips

A, B = Event("A"), Event("B")
N, x, n, s, k = NAMES["N"], NAMES["X"], NAMES["n"], NAMES["s"], NAMES["k"]
Y, Mu = NAMES["Y"], NAMES["Mu"]

MADE = {
    "sign": ("a - b", "a + b"),
    "factor 2": ("a + b", "2*a + b"),
    "factor 1/2": ("a", "Rational(1, 2)*a"),
    "root for square": ("s**2*a", "s*a"),
    "exponent off": ("a**3", "a**2"),
    "upside down": ("a/b", "a*b"),
    "term lost": ("a + b + c", "a + c"),
    "factor lost": ("a*b", "b"),
    "index swapped": ("Mu[k, i]", "Mu[i, k]"),
    "index replaced": ("Mu[k, i]", "Mu[l, i]"),
    "sum dropped": ("Sum(A[n], (n, 1, N))", "A[n]"),
    "product for sum": ("Sum(A[n], (n, 1, N))", "Product(A[n], (n, 1, N))"),
    "bound off by one": ("Sum(A[n], (n, 1, N))", "Sum(A[n], (n, 1, N - 1))"),
    "wrong bound": ("Sum(A[n], (n, 1, N))", "Sum(A[n], (n, 1, K))"),
    "wrong size": ("N*a", "K*a"),
    "indicator added": ("Sum(A[n], (n, 1, N))", "Sum(A[n]*Indicator(Eq(Y[n], k)), (n, 1, N))"),
    "log dropped": ("log(a)", "a"),
    "log of a sum split": ("log(a + b)", "log(a) + log(b)"),
    "log of a product as a product": ("log(a*b)", "log(a)*log(b)"),
}  # fmt: skip


@pytest.mark.parametrize("kind", MADE)
def test_a_slip_is_of_its_kind(kind):
    before, after = (read(source) for source in MADE[kind])
    made = [slip for slip in slips(Transition(1, "=", before, before), GIVENS) if slip.transition.rhs == after]
    assert [slip.kind for slip in made] == [kind]


def test_indicators_priors_and_bars_are_lost_as_well():
    with evaluate(False):
        line = Sum(indicator(Y[n], k) * x[n], (n, 1, N)) * P(A, given=B)
        kinds = {slip.kind for slip in slips(Transition(1, "=", line, line), GIVENS)}
        prior = P(A, given=B) * P(B)
        dropped = [s.kind for s in slips(Transition(1, "=", prior, prior), GIVENS) if s.transition.rhs == P(A, given=B)]
    assert {"indicator dropped", "conditioning swapped", "conditioning dropped", "joint for conditional"} <= kinds
    assert dropped == ["prior dropped"]


def test_the_original_is_not_among_its_slips():
    line = read("Sum(A[n], (n, 1, N)) + a*b")
    assert all(slip.transition.rhs != line for slip in slips(Transition(1, "=", line, line), GIVENS))


def test_both_sides_of_an_equation_are_changed():
    conclusion = read("Eq(a, b + c)")
    made = [slip.transition.rhs for slip in slips(Transition(1, "=>", conclusion, conclusion), GIVENS)]
    assert read("Eq(a, b)") in made
    assert read("Eq(2*a, b + c)") in made


def test_an_inequality_is_turned():
    claim = Transition(1, ">", read("a"), read("0"))
    assert replace(claim, relation="<") in [slip.transition for slip in slips(claim, GIVENS)]


PLAIN = Givens()


@pytest.mark.parametrize(
    ("lhs", "rhs", "false"),
    [("(a + b)**2", "a**2 + 2*a*b + b**2", False), ("(a + b)**2", "a**2 + b**2", True),
     ("exp(log(a))", "a", False), ("log(a*b)", "log(a) + log(b)", False), ("log(a + b)", "log(a) + log(b)", True),
     ("Sum(k, (k, 1, 4))", "10", False), ("Product(k, (k, 1, 4))", "24", False), ("Partial(a**3, a)", "3*a**2", False),
     ("Partial(a**4, a**2)", "2*a**2", False), ("Partial(a**4, a**2)", "4*a**3", True)],
)  # fmt: skip
def test_the_plain_second_opinion_computes(lhs, rhs, false):
    assert is_false(Transition(1, "=", read(lhs), read(rhs)), PLAIN) is false


def test_the_plain_second_opinion_solves_what_is_assumed():
    claim = Transition(1, "=>", read("Eq(a*b, 6)"), read("Eq(b, 6/a)"))
    assert is_false(claim, PLAIN) is False
    assert is_false(replace(claim, rhs=read("Eq(b, a/6)")), PLAIN) is True


def test_the_plain_second_opinion_has_none_where_nothing_is_defined():
    assert is_false(Transition(1, "=", read("a/(b - b)"), read("a")), PLAIN) is None
