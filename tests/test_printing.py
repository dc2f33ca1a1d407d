"""Printing: LaTeX, Unicode and ASCII of unevaluated trees."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import (
    And,
    Derivative,
    E,
    Eq,
    Function,
    I,
    IndexedBase,
    Integer,
    Integral,
    KroneckerDelta,
    Lt,
    Mul,
    Ne,
    Pow,
    Product,
    Rational,
    Sum,
    Symbol,
    evaluate,
    exp,
    factorial,
    log,
    oo,
    pi,
    sin,
    sqrt,
    symbols,
)
from sympy.parsing.sympy_parser import convert_xor, implicit_multiplication, parse_expr, standard_transformations

from checker.expressions import Each, Event, Indicator, P, Partial, RandomVariable, indicator
from checker.printing import ascii, latex, unicode

N, K, D = symbols("N K D", integer=True, positive=True)
n, k, j, i = symbols("n k j i", integer=True)
a, b, c, lam, ell, theta = symbols("a b c lambda ell theta")
x, mu, y, alpha, sigma = map(IndexedBase, ["x", "mu", "y", "alpha", "sigma"])
X, Y, A, B = RandomVariable("x"), RandomVariable("y"), Event("A"), Event("B")

with evaluate(False):
    ROWS = [
        # signs and sums
        (a - b, "a - b", "a − b"),
        (-a + b, "-a + b", "−a + b"),
        (-(a + b), "-(a + b)", "−(a + b)"),
        (a - (b - c), "a - (b - c)", "a − (b − c)"),
        (a + Integer(-3), "a - 3", "a − 3"),
        (Rational(-3, 4) + a, r"-\frac{3}{4} + a", "−3/4 + a"),
        # products, fractions, powers
        (Mul(1, a), "a", "a"),
        (Mul(Mul(a, b), c), "a b c", "a b c"),
        (a * (b + c), "a (b + c)", "a (b + c)"),
        (Mul(6, 6, 256), r"6 \cdot 6 \cdot 256", "6·6·256"),
        (-2 * a, "-2 a", "−2a"),
        (Rational(1, 2) * a, r"\frac{1}{2} a", "(1/2) a"),
        (a / 2, r"\frac{a}{2}", "a/2"),
        (a * b / c, r"\frac{a b}{c}", "a b/c"),
        (a / (b * c), r"\frac{a}{b c}", "a/(b c)"),
        (a / b / c, r"\frac{a}{b c}", "a/(b c)"),
        (1 / (a / b), r"\frac{1}{\frac{a}{b}}", "1/(a/b)"),
        (a / (-b), r"\frac{a}{-b}", "a/(−b)"),
        ((a + b) ** 2, "(a + b)^{2}", "(a + b)²"),
        ((-a) ** 2, "(-a)^{2}", "(−a)²"),
        (Pow(-1, n), "(-1)^{n}", "(−1)^n"),
        ((a**b) ** c, "(a^{b})^{c}", "(a^b)^c"),
        (a ** (-b), "a^{-b}", "a^(−b)"),
        (a ** Rational(-1, 2), "a^{-1/2}", "a^(−1/2)"),
        (1 / sqrt(a + b), r"\frac{1}{\sqrt{a + b}}", "1/√(a + b)"),
        (log(a) ** 2, r"(\log(a))^{2}", "(log(a))²"),
        (exp(-(a**2) / 2), r"\exp\left(-\frac{a^{2}}{2}\right)", "exp(−a²/2)"),
        (E**a, "e^{a}", "e^a"),
        (sin(a) * I, r"\sin(a) \mathrm{i}", "sin(a) ⅈ"),
        (factorial(n - 1), "(n - 1)!", "(n − 1)!"),
        # names and indices
        (sigma[j] ** 2, r"\sigma_{j}^{2}", "σ_j²"),
        (mu[k, j], r"\mu_{kj}", "μ_kj"),
        (mu[y[n], i], r"\mu_{y_{n},i}", "μ_{y_n,i}"),
        (x[1, 2], "x_{1,2}", "x_{1,2}"),
        (x[10], "x_{10}", "x_{10}"),
        (x[n + 1], "x_{n+1}", "x_{n+1}"),
        (Symbol("N_k"), "N_{k}", "N_k"),
        (Symbol("mu_hat"), r"\hat{\mu}", "μ\u0302"),
        (Symbol("nll"), r"\mathrm{nll}", "nll"),
        (lam, r"\lambda", "λ"),
        (Function("f")(a, b), "f(a, b)", "f(a, b)"),
        (KroneckerDelta(j, k), r"\delta_{jk}", "δ_jk"),
        # sums, products, integrals
        (Sum(x[n] - a, (n, 1, N)), r"\sum_{n=1}^{N} (x_{n} - a)", "∑_{n=1}^N (x_n − a)"),
        (Sum(x[n], (n, 1, N)) - a, r"\sum_{n=1}^{N} x_{n} - a", "∑_{n=1}^N x_n − a"),
        (Sum(-x[n], (n, 1, N)), r"\sum_{n=1}^{N} (-x_{n})", "∑_{n=1}^N (−x_n)"),
        (Sum(x[n], (n, 1, N)) * a, r"\left(\sum_{n=1}^{N} x_{n}\right) a", "(∑_{n=1}^N x_n) a"),
        (a * Sum(x[n], (n, 1, N)), r"a \sum_{n=1}^{N} x_{n}", "a ∑_{n=1}^N x_n"),
        (Sum(x[n], (n, 1, N)) / N, r"\frac{\sum_{n=1}^{N} x_{n}}{N}", "(∑_{n=1}^N x_n)/N"),
        (N / 2 * Sum(x[n], (n, 1, N)), r"\frac{N}{2} \sum_{n=1}^{N} x_{n}", "(N/2) ∑_{n=1}^N x_n"),
        (Sum(x[n, i], (i, 1, n), (n, 1, N)), r"\sum_{n=1}^{N} \sum_{i=1}^{n} x_{ni}", "∑_{n=1}^N ∑_{i=1}^n x_ni"),
        (Product(2 * a, (n, 1, N - 1)), r"\prod_{n=1}^{N - 1} 2 a", "∏_{n=1}^{N − 1} 2a"),
        (Integral(a**2, (a, 0, oo)), r"\int_{0}^{\infty} a^{2} \, da", "∫_{0}^{∞} a² da"),
        # derivatives
        (Partial(ell, mu[k, j]), r"\frac{\partial \ell}{\partial \mu_{kj}}", "∂ℓ/∂μ_kj"),
        (Partial(ell, sigma[j] ** 2), r"\frac{\partial \ell}{\partial \sigma_{j}^{2}}", "∂ℓ/∂σ_j²"),
        (Partial(ell, a, b), r"\frac{\partial^{2} \ell}{\partial b \partial a}", "∂²ℓ/(∂b ∂a)"),
        (Partial(ell, a, a), r"\frac{\partial^{2} \ell}{\partial a^{2}}", "∂²ℓ/∂a²"),
        (Partial(a + b, a), r"\frac{\partial}{\partial a} (a + b)", "∂/∂a (a + b)"),
        (Partial(log(a), a) * b, r"\left(\frac{\partial}{\partial a} \log(a)\right) b", "(∂/∂a log(a)) b"),
        (2 * Partial(ell, a), r"2 \frac{\partial \ell}{\partial a}", "2(∂ℓ/∂a)"),
        (Derivative(a**2, a), r"\frac{d}{d a} (a^{2})", "d/da (a²)"),
        # conditions and indicators
        (Eq(mu[k, j], a / b), r"\mu_{kj} = \frac{a}{b}", "μ_kj = a/b"),
        (And(Eq(a, b), Lt(c, 1)), r"a = b \land c < 1", "a = b ∧ c < 1"),
        (indicator(y[n], k) * a, r"\mathbb{1}[y_{n} = k] a", "1[y_n = k] a"),
        (a * Indicator(Ne(j, k)), r"a \mathbb{1}[j \neq k]", "a·1[j ≠ k]"),
        # probability
        (P(Eq(Y, k), given=[X, mu]), r"p(y = k \mid x, \mu)", "p(y = k | x, μ)"),
        (P(A, given=~B), r"P(A \mid \bar{B})", "P(A | ¬B)"),
        (Y[n], "y^{(n)}", "y^(n)"),
        (
            P(Each([Y[n], X[n]], (n, 1, N)), given=[theta]),
            r"p(y^{(1)}, x^{(1)}, \dots, y^{(N)}, x^{(N)} \mid \theta)",
            "p(y^(1), x^(1), …, y^(N), x^(N) | θ)",
        ),
        (log(2 * pi * sigma[i] ** 2), r"\log(2 \pi \sigma_{i}^{2})", "log(2π σ_i²)"),
    ]


@pytest.mark.parametrize(("tree", "tex", "line"), ROWS, ids=[tex for _, tex, _ in ROWS])
def test_a_tree_is_printed_as_it_would_be_written(tree, tex, line):
    assert latex(tree) == tex
    assert unicode(tree) == line
    assert ascii(tree).isascii()


def test_ascii_spells_letters_and_signs_out():
    with evaluate(False):
        tree = -Sum(indicator(y[n], k) * (x[n, j] - mu[k, j]) / sigma[j] ** 2, (n, 1, N))
    assert ascii(tree) == "-sum_{n=1}^N 1[y_n = k] (x_nj - mu_kj)/sigma_j^2"


def test_what_is_not_known_is_printed_as_a_function():
    assert unicode(Function("Foo")(a)) == "Foo(a)"


def _unevaluated(make, *arguments):
    with evaluate(False):
        return make(*arguments)


LEAVES = st.sampled_from([a, b, c, Integer(1), Integer(2), Integer(-3), Rational(1, 2), Rational(-3, 4)])


def _grown(trees):
    pair = st.tuples(trees, trees)
    return st.one_of(
        pair.map(lambda two: _unevaluated(lambda p, q: p + q, *two)),
        pair.map(lambda two: _unevaluated(lambda p, q: p - q, *two)),
        pair.map(lambda two: _unevaluated(lambda p, q: p * q, *two)),
        pair.map(lambda two: _unevaluated(lambda p, q: p / q, *two)),
        trees.map(lambda tree: _unevaluated(lambda p: -p, tree)),
        trees.map(lambda tree: _unevaluated(lambda p: p**2, tree)),
        trees.map(lambda tree: _unevaluated(lambda p: 1 / p**3, tree)),
        trees.map(lambda tree: _unevaluated(log, tree)),
    )


@given(st.recursive(LEAVES, _grown, max_leaves=8))
def test_what_is_printed_reads_back_as_the_same_value(tree):
    point = {a: Fraction(131, 100), b: Fraction(207, 100), c: Fraction(-61, 100)}
    transformations = (*standard_transformations, implicit_multiplication, convert_xor)
    with evaluate(False):
        read = parse_expr(ascii(tree), local_dict={"a": a, "b": b, "c": c}, transformations=transformations)
    assert _value(tree, point) == _value(read, point)


def test_what_is_printed_reads_back_where_a_denominator_is_zero_only_in_exact_arithmetic():
    with evaluate(False):
        tree = 1 / ((-a + c) + (a - c)) ** 3
        read = parse_expr(
            ascii(tree), local_dict={"a": a, "c": c}, transformations=(*standard_transformations, convert_xor)
        )
    point = {a: Fraction(131, 100), c: Fraction(-61, 100)}
    assert _value(tree, point) is None
    assert _value(read, point) is None


def _value(tree, point):
    """The exact value at a point, or None where there is none; not by SymPy, whose 0 · zoo depends on the shape."""
    try:
        return _exact(tree, point)
    except ZeroDivisionError:
        return None


def _exact(tree, point):
    """In rational arithmetic, so that a zero is a zero in any order of the terms. What a logarithm is does not matter
    to how it is printed: any function that is rational and has no poles stands for it."""
    if tree in point:
        return point[tree]
    if tree.is_Rational:
        return Fraction(int(tree.p), int(tree.q))
    values = [_exact(argument, point) for argument in tree.args]
    if tree.is_Add:
        return sum(values)
    if tree.is_Mul:
        return math.prod(values)
    if tree.is_Pow:
        return values[0] ** values[1]
    (argument,) = values
    return (3 * argument + 7) / (argument**2 + 5)
