"""Hostile sizes end quickly and in words, on work counted, never on the clock."""

from __future__ import annotations

import time

import pytest
from sympy import Derivative, Integer, Product, Sum, Symbol, binomial, evaluate, exp, factorial, gamma, sin

from checker.evaluate import Difference, Inconclusive
from tests.evaluate.claims import NOTHING, agrees, differs, found, open_because

x, n, k = Symbol("x"), Symbol("n", integer=True), Symbol("k", integer=True)


def tower(height):
    value = Integer(9)
    for _ in range(height):
        value = 9**value
    return value


def nested(function, depth):
    value = x
    for _ in range(depth):
        value = function(value)
    return value


with evaluate(False):
    HOSTILE = {
        "9^9^9^9": (tower(3), "exponent"),
        "exp exp exp exp 9": (nested(exp, 4).xreplace({x: Integer(9)}), "exponent"),
        "a power of 10^40": (x ** (Integer(10) ** 40), "exponent"),
        "a billion terms": (Sum(n, (n, 1, 10**9)), "1000000000 terms"),
        "a million factors": (Product(n, (n, 1, 10**6)), "1000000 terms"),
        "a hundred million terms in two sums": (Sum(Sum(n * k, (n, 1, 10**4)), (k, 1, 10**4)), "work"),
        "a thousand brackets": (nested(sin, 1000), "deep"),
        "many derivatives": (Derivative(x**30, (x, 20)), "order 20"),
        "a long number": (Integer(10) ** 20000 + x, "defined"),
    }


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_ends_quickly_and_in_words(name):
    expression, reason = HOSTILE[name]
    start = time.process_time()
    finding = found("=", expression, x, NOTHING)
    assert time.process_time() - start < 2
    assert isinstance(finding, Inconclusive | Difference)
    if isinstance(finding, Inconclusive):
        assert reason in finding.reason


def test_a_literal_of_too_many_digits_is_refused():
    assert "digits" in open_because(found("=", Integer(10**30000), x, NOTHING))


def test_large_numbers_are_compared_as_balls():
    with evaluate(False):
        quotient = factorial(Integer(10) ** 9) / factorial(Integer(10) ** 9 - 1)
        assert agrees(found("=", quotient, Integer(10) ** 9, NOTHING))
        assert differs(found("=", binomial(10**9, 5 * 10**8), binomial(10**9, 5 * 10**8 - 1), NOTHING))
        assert agrees(found("=", nested(lambda value: value**9, 30), nested(lambda value: value**9, 30), NOTHING))
        assert isinstance(found("=", gamma(Integer(10) ** 4000), x, NOTHING), Inconclusive)


def test_a_long_sum_of_fractions_stays_cheap():
    start = time.process_time()
    with evaluate(False):
        assert differs(found("=", Sum(1 / n, (n, 1, 5000)), Sum(1 / n, (n, 1, 4999)), NOTHING))
    assert time.process_time() - start < 3


def test_work_does_not_depend_on_the_clock():
    with evaluate(False):
        question = Sum(Sum(Sum(sin(n * k), (n, 1, 300)), (k, 1, 300)), (n, 1, 300))
    assert {open_because(found("=", question, x, NOTHING)) for _ in range(2)} == {
        "more work than the limit of 1500000 evaluated nodes"
    }
