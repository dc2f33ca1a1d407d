"""A hint says what the slip looks like, for slips of many kinds; it is silent where nothing simple explains it."""

from __future__ import annotations

from time import perf_counter

import pytest
from sympy import Eq, Sum, evaluate

from checker.derivation import Givens, IndexSet, Model, Transition, Variable
from checker.evaluate import Difference, compare
from checker.expressions import Event, P, RandomVariable
from checker.hints import hint
from tests.notation import GIVENS, NAMES, read

EQUALITIES = {
    "a sign": ("a - b", "b - a", "the sides differ by a factor −1 (a sign)"),
    "a sign within": ("Sum((A[n] - u)**2*B[n], (n, 1, N))", "Sum((A[n] + u)**2*B[n], (n, 1, N))", "the other sign of"),
    "a factor 2": ("(a + b)**2 - (a - b)**2", "2*a*b", "the sides differ by a factor 2"),
    "a lost half": ("Partial(u**2/2 + u*v, u)", "2*u + v", "the factor 2"),
    "a factor N": ("Sum(a, (n, 1, N))", "a", "factor N"),
    "a lost term": ("Sum(A[n] + u*B[n], (n, 1, N))", "Sum(A[n], (n, 1, N))", "with the term u B_n"),
    "a lost square": ("Sum((A[n] - u)**2, (n, 1, N))", "Sum(A[n] - u, (n, 1, N))", "² for"),
    "a dropped sum": ("Sum(A[n]*B[n], (n, 1, N)) + a", "A[n]*B[n] + a", "with the sum over n"),
    "an added sum": ("A[n]", "Sum(A[n], (n, 1, N))", "without the sum over n"),
    "a product for a sum": ("Sum(log(Pn[n]), (n, 1, N))", "Product(log(Pn[n]), (n, 1, N))", "∑ for ∏"),
    "a bound": ("Sum(A[n], (n, 1, N))", "Sum(A[n], (n, 1, N - 1))", "with the sum over n from 1 to N"),
    "swapped indices": ("Sum(W[k, i]*A[i], (i, 1, D))", "Sum(W[i, k]*A[i], (i, 1, D))", "with W_ki for W_ik"),
    "another index": ("Partial(Sum(A[n]**2, (n, 1, N)), A[m])", "2*A[n]", "with A_m for A_n"),
    "a lost indicator": (
        "Partial(Sum(C[Y[n]], (n, 1, N)), C[k])", "Sum(1, (n, 1, N))", "with the indicator 1[y_n = k]"
    ),
    "an added indicator": ("Sum(A[n], (n, 1, N))", "Sum(Indicator(Eq(Y[n], k))*A[n], (n, 1, N))", "without the"),
    "another size": ("Sum(a, (k, 1, K)) + b", "N*a + b", "with K for N"),
    "a lost log": ("log(a*b)", "a + log(b)", "with the logarithm of a"),
    "the log of a sum": ("log(a + b)", "log(a) + log(b)", "with the logarithm of the sum"),
    "a sum of logs": ("Sum(log(Pn[n]), (n, 1, N))", "log(Sum(Pn[n], (n, 1, N)))", "with the sum of the logarithms"),
    "upside down": ("Partial(log(a*s), s)", "s", "1/s for s"),
}  # fmt: skip


@pytest.mark.parametrize("name", EQUALITIES)
def test_an_equality_with(name):
    lhs, rhs, words = EQUALITIES[name]
    assert words.lower() in hinted(Transition(1, "=", read(lhs), read(rhs))).lower()


CONSEQUENCES = {
    "a lost solution": ("Eq(u**2, u)", "Eq(u, 1)", "the solution u = 0 is lost"),
    "a root": ("Eq(u**2, 4)", "Eq(u, 2)", "a root has two signs: u = −2 is possible as well"),
    "a division": ("Eq(u*v, u*w)", "Eq(v, w)", "it divides by u, which may be 0"),
    "a sign": ("Eq(u + v, 0)", "Eq(u, v)", "the sides differ by a factor −1 (a sign)"),
    "a product upside down": ("Eq(a*b, c)", "Eq(b, a*c)", "1/a for a"),
}


@pytest.mark.parametrize("name", CONSEQUENCES)
def test_a_consequence_with(name):
    before, after, words = CONSEQUENCES[name]
    assert words in hinted(Transition(1, "=>", read(before), read(after)))


def test_an_equivalence_that_holds_one_way():
    claim = Transition(1, "<=>", read("Eq(u, v)"), read("Eq(u**2, v**2)"))
    assert hinted(claim) == "it holds from left to right only"


def test_an_inequality_the_other_way_round():
    assert hinted(Transition(1, "<", read("a + b"), read("a"))) == "it holds the other way round"
    assert hinted(Transition(1, "<", read("a + b"), read("b + a"))) == "the sides are equal"


A, B = Event("A"), Event("B")
X, Y = RandomVariable("x"), RandomVariable("y")
K, k, y, x = NAMES["K"], NAMES["k"], NAMES["Y"], NAMES["X"]
CLASSES = IndexSet(1, K)
MIXTURE = Givens({k: CLASSES}, {y: CLASSES}, model=Model((Variable(Y, y, CLASSES), Variable(X, x))))


def probabilities():
    with evaluate(False):
        return {
            "a bar the wrong way": (P(A, given=B), P(B, given=A), Givens(), "with p(a | b) for p(b | a)"),
            "a lost prior": (P(A, given=B), P(B, given=A) / P(B), Givens(), "the prior p(a)"),
            "a lost weight": (
                P(X), Sum(P(X, given=Eq(Y, k)), (k, 1, K)), MIXTURE, "with the prior p(y = k)"
            ),
        }  # fmt: skip


@pytest.mark.parametrize("name", probabilities())
def test_a_probability_with(name):
    lhs, rhs, givens, words = probabilities()[name]
    assert words in hinted(Transition(1, "=", lhs, rhs), givens).lower()


@pytest.mark.parametrize(("lhs", "rhs"), [("sin(u)", "exp(v) + w"), ("a", "u**3 - v*w")])
def test_nothing_is_said_where_nothing_simple_explains_it(lhs, rhs):
    assert hinted(Transition(1, "=", read(lhs), read(rhs))) == ""


def test_a_hint_is_the_same_in_every_run():
    claim = Transition(1, "=", read("Sum((A[n] - u)**2*B[n], (n, 1, N))"), read("Sum((A[n] - u)*B[n], (n, 1, N))"))
    assert len({hinted(claim) for _ in range(3)}) == 1


def test_a_hint_counts_its_work():
    terms = " + ".join(f"Sum((A[n] - u)**{i}*log(Pn[n] + {i})*W[n, m]/s**{i}, (n, 1, N))" for i in range(2, 12))
    claim = Transition(1, "=", read("sin(u)"), read(terms))
    start = perf_counter()
    hinted(claim)
    assert perf_counter() - start < 5


def hinted(transition: Transition, givens: Givens = GIVENS) -> str:
    finding = compare(transition, givens)
    assert isinstance(finding, Difference)
    return hint(transition, givens, finding)
