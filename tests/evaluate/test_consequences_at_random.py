"""What follows from an equation by a sound operation is never refuted, whatever the equation."""

from __future__ import annotations

import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Basic, Eq, Integer, Or, Symbol, evaluate

from checker.derivation import Givens
from checker.evaluate import Agreement, Difference
from tests.evaluate.claims import found
from tests.evaluate.test_against_sympy import EXPRESSIONS, POLYNOMIALS

Z = Symbol("z", real=True)
OPERATIONS = [
    ("square", lambda a, b: Eq(a**2, b**2)),
    ("exp", lambda a, b: Eq(sympy.exp(a), sympy.exp(b))),
    ("move", lambda a, b: Eq(a - b, 0)),
    ("multiply", lambda a, b: Eq(a * Z, b * Z)),
    ("weaken", lambda a, b: Basic.__new__(Or, Eq(a, b), Eq(Z, 1))),
    ("halve", lambda a, b: Eq(a / 2, b / 2)),
]
useful = {"points": 0, "tries": 0}


@settings(max_examples=120, deadline=None)
@given(POLYNOMIALS, EXPRESSIONS, st.sampled_from(OPERATIONS))
def test_a_sound_operation_is_never_refuted(left, right, operation):
    with evaluate(False):
        hypothesis, conclusion = Eq(left, right), operation[1](left, right)
    finding = found("=>", hypothesis, conclusion, Givens())
    assert not isinstance(finding, Difference), finding
    useful["tries"] += 1
    useful["points"] += isinstance(finding, Agreement)


def test_most_of_those_equations_had_points():
    assert useful["points"] >= useful["tries"] // 3 > 0


@settings(max_examples=60, deadline=None)
@given(POLYNOMIALS, EXPRESSIONS)
def test_an_equation_does_not_imply_the_same_with_one_more(left, right):
    with evaluate(False):
        finding = found("=>", Eq(left, right), Eq(left, right + Integer(1)), Givens())
    assert not isinstance(finding, Agreement), finding
