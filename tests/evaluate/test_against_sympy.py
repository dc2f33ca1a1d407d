"""Values agree with those that SymPy gives when the same numbers are put in: a second engine, for tests only."""

from __future__ import annotations

import sympy
from flint import acb, arb
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sympy import Integer, Rational, Symbol, evaluate

from checker.derivation import Givens
from checker.evaluate import sample
from checker.evaluate.arithmetic import ball, precision
from tests.evaluate.claims import agrees, claim, differs, found

X, Y = Symbol("x", real=True), Symbol("y", positive=True)
FUNCTIONS = [sympy.exp, sympy.sin, sympy.log, sympy.atan]
LEAVES = st.sampled_from([X, Y, Integer(2), Integer(-1), Rational(1, 3)])


def _grown(children):
    pair = st.tuples(children, children)
    return st.one_of(
        pair.map(lambda ab: ab[0] + ab[1]),
        pair.map(lambda ab: ab[0] * ab[1]),
        st.tuples(children, st.sampled_from([2, 3, -1, Rational(1, 2)])).map(lambda ab: sympy.Pow(*ab)),
        st.tuples(st.sampled_from(FUNCTIONS), children).map(lambda fa: fa[0](fa[1])),
    )


def unevaluated(strategy):
    def build(draw):
        with evaluate(False):
            return draw(strategy)

    return st.composite(build)()


EXPRESSIONS = unevaluated(st.recursive(LEAVES, _grown, max_leaves=6))
POLYNOMIALS = unevaluated(
    st.recursive(
        LEAVES,
        lambda children: st.one_of(
            st.tuples(children, children).map(lambda ab: ab[0] + ab[1]),
            st.tuples(children, children).map(lambda ab: ab[0] * ab[1]),
            children.map(lambda a: a**2),
        ),
        max_leaves=6,
    )
)


def rational(number):
    return Rational(int(number.p), int(number.q))


@settings(max_examples=60, deadline=None)
@given(EXPRESSIONS)
def test_a_value_is_what_sympy_computes(expression):
    instance = sample(claim("=", X, Y), Givens())[0]
    value = instance.value(expression)
    assume(value is not None)
    expected = expression.subs({X: rational(instance.value(X)), Y: rational(instance.value(Y))}).evalf(30)
    assume(expected.is_finite)
    with precision(128):
        real, imaginary = (arb(str(part)) for part in expected.as_real_imag())
        difference = abs(acb(ball(value)) - acb(real, imaginary))
        assert difference < arb("1e-20") * (1 + abs(real) + abs(imaginary))


@settings(max_examples=40, deadline=None)
@given(POLYNOMIALS)
def test_an_expanded_polynomial_agrees_and_one_more_does_not(polynomial):
    expanded = sympy.expand(polynomial.doit())
    assert agrees(found("=", polynomial, expanded, Givens()))
    with evaluate(False):
        assert differs(found("=", polynomial, expanded + 1, Givens()))


@settings(max_examples=40, deadline=None)
@given(EXPRESSIONS)
def test_a_derivative_is_what_sympy_differentiates(expression):
    slope = sympy.diff(expression.doit(), Y)
    with evaluate(False):
        finding = found("=", sympy.Derivative(expression, Y), slope, Givens())
    assert type(finding).__name__ != "Difference", finding
