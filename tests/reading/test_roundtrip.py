"""What is printed as LaTeX reads back as what it was: the kernel proves both equal or the evaluator agrees."""

from collections import Counter

import sympy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sympy import Eq, IndexedBase, Integer, Ne, Product, Rational, Sum, Symbol, evaluate, exp, log

from checker.check import decide
from checker.derivation import Transition
from checker.expressions import Indicator, Partial
from checker.kernel import Proof, prove
from checker.printing import latex
from checker.reading.tex.tokens import Unreadable
from tests.reading.texts import lines, understood

DECLARED = (
    r"Given $n, m \in \{1,\dots,N\}$, $k, j \in \{1,\dots,K\}$, $a, b > 0$, $c \in \mathbb{R}$, $x_n \in \mathbb{R}$, "
    r"$\mu_{kn} \in \mathbb{R}$, $\sigma_k > 0$ and $y_n \in \{1,\dots,K\}$."
)
"""What the trees below are made of."""

N, K = (Symbol(name, integer=True, positive=True) for name in "NK")
n, m, k, j = (Symbol(name, integer=True, positive=True) for name in "nmkj")
a, b = (Symbol(name, positive=True) for name in "ab")
c = Symbol("c", real=True)
x, mu = IndexedBase("x", real=True), IndexedBase("mu", real=True)
sigma, y = IndexedBase("sigma", positive=True), IndexedBase("y", integer=True, positive=True)

POSITIVE = st.sampled_from([a, b, sigma[k], sigma[j], sigma[y[n]], Integer(2), Integer(3), Rational(1, 2)])
LEAVES = st.sampled_from(
    [
        *(a, b, c, x[n], x[m], x[1], mu[k, n], mu[j, m], mu[y[n], n], sigma[k], sigma[j], sigma[y[n]], K, N),
        *(Integer(1), Integer(2), Integer(-3), Rational(1, 2), Rational(-3, 4), sympy.pi),
    ]
)
CONDITIONS = st.sampled_from([Eq(y[n], k), Eq(k, j), Ne(k, j), Eq(y[n], j), Eq(n, m), Eq(k, 1)])
INDICES = st.sampled_from([(n, 1, N), (m, 1, N), (k, 1, K), (j, 1, K)])


def _unevaluated(make, *arguments):
    with evaluate(False):
        return make(*arguments)


def _grown(trees):
    pair = st.tuples(trees, trees)
    return st.one_of(
        pair.map(lambda two: _unevaluated(lambda p, q: p + q, *two)),
        pair.map(lambda two: _unevaluated(lambda p, q: p - q, *two)),
        pair.map(lambda two: _unevaluated(lambda p, q: p * q, *two)),
        st.tuples(trees, POSITIVE).map(lambda two: _unevaluated(lambda p, q: p / q, *two)),
        st.tuples(POSITIVE, trees).map(lambda two: _unevaluated(lambda p, q: p / (1 + q**2), *two)),
        trees.map(lambda tree: _unevaluated(lambda p: -p, tree)),
        trees.map(lambda tree: _unevaluated(lambda p: p**2, tree)),
        POSITIVE.map(lambda tree: _unevaluated(lambda p: p**-2, tree)),
        POSITIVE.map(lambda tree: _unevaluated(lambda p: p ** Rational(1, 2), tree)),
        POSITIVE.map(lambda tree: _unevaluated(log, tree)),
        trees.map(lambda tree: _unevaluated(lambda p: log(1 + p**2), tree)),
        trees.map(lambda tree: _unevaluated(exp, tree)),
        st.tuples(CONDITIONS, trees).map(lambda two: _unevaluated(lambda q, p: Indicator(q) * p, *two)),
        st.tuples(trees, INDICES).map(lambda two: _unevaluated(Sum, *two)),
        st.tuples(POSITIVE, INDICES).map(lambda two: _unevaluated(Product, *two)),
    )


TREES = st.recursive(LEAVES, _grown, max_leaves=6)
DERIVATIVES = st.tuples(TREES, st.sampled_from([c, x[n], mu[k, n], sigma[k], _unevaluated(lambda: sigma[k] ** 2)])).map(
    lambda two: _unevaluated(Partial, *two)
)


def _read_back(tree):
    """The statement `its LaTeX = 0`, read."""
    return understood(lines(f"{DECLARED}\n\n$$\n{latex(tree)} = 0\n$$\n")[0])


def _check(tree, seen: Counter) -> None:
    found = _read_back(tree)
    statement = Transition(1, "=", tree, found.trees[0].lhs)
    seen["all"] += 1
    with evaluate(False):
        if isinstance(prove(statement, found.givens), Proof):
            seen["proved"] += 1
            return
        # what the kernel does not know is at least not different
        assert decide(statement, found.givens, seed=1).verdict.name != "refuted", latex(tree)


def test_what_is_printed_reads_back_as_what_it_was():
    seen: Counter = Counter()

    @settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
    @given(TREES)
    def property_holds(tree):
        _check(tree, seen)

    property_holds()
    assert seen["proved"] > 0.8 * seen["all"] > 80


def test_derivatives_that_are_printed_read_back():
    seen: Counter = Counter()

    @settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
    @given(DERIVATIVES)
    def property_holds(tree):
        _check(tree, seen)

    property_holds()
    assert seen["proved"] > 0.5 * seen["all"] > 30


def test_another_tree_is_not_read():
    """The comparison can tell: a tree with one leaf changed is not proved to be what was printed."""
    seen: Counter = Counter()

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(TREES)
    def property_holds(tree):
        other = _unevaluated(lambda p: p + b, tree)
        found = _read_back(other)
        with evaluate(False):
            assert not isinstance(prove(Transition(1, "=", tree, found.trees[0].lhs), found.givens), Proof)
        seen["all"] += 1

    property_holds()
    assert seen["all"] > 20


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(TREES)
def test_what_is_printed_can_be_read(tree):
    try:
        _read_back(tree)
    except Unreadable as problem:
        raise AssertionError(f"{latex(tree)}: {problem.message}") from problem
