"""Functions of which nothing is said: what is equal by equal arguments, and what is not."""

import pytest
import sympy
from sympy import Add, Derivative, Function, IndexedBase, Integer, Mul, Product, Sum, Symbol, log

from checker.derivation import Givens, IndexSet, Transition
from checker.kernel import Proof, Unproved, prove

N = Symbol("N", integer=True, positive=True)
n, m, k = (Symbol(name, integer=True, positive=True) for name in "nmk")
a, b = Symbol("a", real=True), Symbol("b", real=True)
x = IndexedBase("x", real=True)
f, g, h = Function("f", real=True), Function("g", positive=True), Function("h", real=True)
GIVENS = Givens({k: IndexSet(1, N)})


def total(function, index):
    return Sum(function(x[index], index), (index, 1, N))


with sympy.evaluate(False):
    TRUE = [
        (f(Add(a, b)), f(Add(b, a))),
        (Add(f(a), f(b)), Add(f(b), f(a))),
        (Mul(f(a), f(a)), f(a) ** 2),
        (f(Mul(2, Add(a, b))), f(Add(Mul(2, a), Mul(2, b)))),
        (total(f, n), total(f, m)),
        (log(Product(g(x[n], k), (n, 1, N))), Sum(log(g(x[m], k)), (m, 1, N))),
        (log(Mul(g(a), g(b))), Add(log(g(a)), log(g(b)))),
        (Derivative(Mul(b, f(a)), b), f(a)),
    ]
    FALSE = [
        (f(Add(a, b)), Add(f(a), f(b))),
        (f(a), f(b)),
        (f(a), h(a)),
        (f(a, b), f(b, a)),
        (f(a, Integer(1)), f(a)),
        (f(Mul(2, a)), Mul(2, f(a))),
        (total(f, n), Sum(f(x[n], k), (n, 1, N))),
        (log(Product(g(x[n], k), (n, 1, N))), Sum(log(g(x[k], k)), (n, 1, N))),
    ]


def claimed(pair):
    return prove(Transition(1, "=", *pair), GIVENS)


@pytest.mark.parametrize("pair", TRUE, ids=str)
def test_equal_arguments_have_equal_values(pair):
    assert isinstance(claimed(pair), Proof)


@pytest.mark.parametrize("pair", FALSE, ids=str)
def test_other_arguments_may_have_other_values(pair):
    assert isinstance(claimed(pair), Unproved)


def test_the_logarithm_of_a_value_that_may_be_negative_is_not_split():
    with sympy.evaluate(False):
        pair = log(Mul(f(a), f(b))), Add(log(f(a)), log(f(b)))
    assert isinstance(claimed(pair), Unproved)


def test_the_derivative_by_an_argument_is_refused_by_name():
    with sympy.evaluate(False):
        answer = claimed((Derivative(f(a), a), Integer(0)))
    assert isinstance(answer, Unproved)
    assert "derivative" in answer.reason
