"""The heads hold what they are given: nothing is evaluated, and text least of all."""

from __future__ import annotations

import pytest
from sympy import Eq, Symbol, SympifyError, Tuple, evaluate

from checker.derivation import Derivation, Givens, IndexSet
from checker.expressions import Event, Indicator, P, Partial, RandomVariable, indicator

A, B = Event("A"), Event("B")
X = RandomVariable("x")
n = Symbol("n", integer=True, positive=True)


@pytest.mark.parametrize(
    "make",
    [
        lambda text: Indicator(text),
        lambda text: Partial(text, n),
        lambda text: Partial(n, text),
        lambda text: X[text],
        lambda text: IndexSet(1, text),
        lambda text: Derivation("q", "", Givens()).part("a", "").start(text),
    ],
)
def test_text_is_refused_and_not_evaluated(make):
    with pytest.raises(SympifyError):
        make("__import__('os').getcwd()")


def test_what_stands_behind_the_bar_is_a_list_or_one_thing():
    assert P(A, given=B) == P(A, given=[B])
    assert P(A, given=[B, ~A]).given == (B, ~A)
    assert P(X[n]).events == (X[n],)


def test_a_complement_of_a_complement_is_the_event():
    assert ~~A == A


def test_conditions_stay_as_written():
    with evaluate(False):
        same = indicator(n, n)
    assert same.condition == Eq(n, n, evaluate=False)


def test_a_sample_keeps_its_variable():
    assert X[n].bare == X
    assert X[n].indices == (n,)
    assert isinstance(X[n].args, tuple)
    assert Tuple(X[n])[0].name == "x"


def test_a_derivative_needs_a_variable():
    with pytest.raises(ValueError, match="needs a variable"):
        Partial(n)
