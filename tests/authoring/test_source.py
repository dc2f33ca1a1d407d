"""Expressions as Python source: what is written says the same when it is loaded."""

from __future__ import annotations

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st
from sympy import Add, Eq, IndexedBase, Integer, Mul, Pow, Rational, Sum, Symbol, log

import checker
from checker import Event, P, Partial, RandomVariable, decide, indicator
from checker.authoring.source import Names, NoForm, Writer
from checker.derivation import Givens, Transition
from checker.expressions import Unknown

x, y = Symbol("x", positive=True), Symbol("y", positive=True)
N, k = Symbol("N", integer=True, positive=True), Symbol("k", integer=True, positive=True)
a = IndexedBase("a", real=True)


def loaded(expression):
    """The expression that its source makes where a derivation file is loaded."""
    names = Names()
    text = Writer(names)(expression)
    scope = dict(vars(sympy)) | {name: getattr(checker, name) for name in checker.PUBLIC}
    with sympy.evaluate(False):
        for line in names.declarations():
            exec(line, scope)
        return sympy.sympify(eval(text, scope))


def grown(inner):
    pair = st.tuples(inner, inner)
    return (
        pair.map(lambda p: Add(*p, evaluate=False))
        | pair.map(lambda p: Mul(*p, evaluate=False))
        | pair.map(lambda p: Mul(p[0], Pow(p[1], -1, evaluate=False), evaluate=False))
        | inner.map(lambda e: Mul(-1, e, evaluate=False))
        | st.tuples(inner, st.sampled_from([2, 3, -1, -2])).map(lambda p: Pow(*map(sympy.sympify, p), evaluate=False))
    )


LEAVES = st.sampled_from([x, y, Integer(2), Integer(3), Rational(1, 2), Rational(-2, 3), Integer(-5)])


@given(st.recursive(LEAVES, grown, max_leaves=8))
def test_an_expression_is_the_same_when_it_is_loaded(expression):
    point = {x: Rational(3, 7), y: Rational(11, 5)}
    first, second = (_at(each, point) for each in (expression, loaded(expression)))
    assert first == second


def _at(expression, point):
    """The value at a point, computed from the leaves on."""
    if expression.args:
        return expression.func(*(_at(argument, point) for argument in expression.args))
    return point.get(expression, expression)


with sympy.evaluate(False):
    WHOLE = [
        Sum(indicator(a[k], 2) * a[k], (k, 1, N)),
        Partial(log(x) * y**2, x),
        P(RandomVariable("u")[k], Eq(RandomVariable("v"), 1), given=[Event("A"), ~Event("B")]),
        Eq(x, Pow(y, Rational(1, 2))),
        sympy.Le(x, sympy.exp(-y) / 3),
        sympy.Product(a[k], (k, 1, N)) / sympy.factorial(N),
    ]


@pytest.mark.parametrize("expression", WHOLE, ids=str)
def test_what_derivations_are_made_of_is_the_same_when_it_is_loaded(expression):
    again = loaded(expression)
    if isinstance(expression, sympy.core.relational.Relational):
        assert [type(again), *map(sympy.simplify, again.args)] == [
            type(expression),
            *map(sympy.simplify, expression.args),
        ]
    elif expression.has(P(x).func):
        assert again == expression
    else:
        assert decide(Transition(1, "=", expression, again), Givens()).verdict.name == "proved"


def test_a_division_of_two_numbers_is_no_float():
    with sympy.evaluate(False):
        expression = Mul(2, Pow(3, -1, evaluate=False), x, evaluate=False)
    assert not loaded(expression).atoms(sympy.Float)


def test_names_of_python_and_two_things_of_one_name_get_names_of_their_own():
    names = Names()
    write = Writer(names)
    texts = [write(each) for each in (Symbol("lambda"), Symbol("N"), IndexedBase("N")[k], Symbol("Sum"), Symbol("E"))]
    assert len({*texts}) == len(texts)
    assert all(text.split("[")[0].isidentifier() for text in texts)
    assert not {"lambda", "Sum", "E"} & {*texts}


def test_what_no_theory_knows_has_no_form():
    with pytest.raises(NoForm, match="the determinant"):
        Writer(Names())(Unknown("the determinant", x))
