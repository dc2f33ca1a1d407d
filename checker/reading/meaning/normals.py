"""N(x | μ, σ²), the density of the normal distribution: of a number, and of a vector with a matrix or with variances.

    N(x_i | μ_ki, σ_i²)      N(x | μ_k, Σ)      N(x | μ_k, σ²), the product of the first over i

Whether a bare σ is the variance or its root is not known.
"""

from __future__ import annotations

import sympy
from sympy import Add, Expr, Integer, Mul, Pow, Rational

from checker.expressions import Unknown
from checker.reading.known.names import Name, name_of
from checker.reading.meaning import arrays
from checker.reading.meaning.arrays import Array, Value
from checker.reading.meaning.brackets import determinant
from checker.reading.meaning.context import Context
from checker.reading.meaning.inverses import inverse_of
from checker.reading.meaning.symbols import members
from checker.reading.syntax import Chance, Node, Product, Relation, spelled
from checker.reading.tex.tokens import Beyond


def normal(m: Context, node: Chance) -> Value:
    """The density of the normal distribution with that mean and variance.

    Source: Bishop, Pattern Recognition and Machine Learning (2006), eq. (1.46).
    """
    if (
        len(node.events) != 1
        or len(node.given) != 2
        or any(isinstance(n, Relation) for n in (*node.events, *node.given))
    ):
        return Unknown("a normal density of several variables")
    spread = name_of(node.given[1], m.scope)
    if spread is not None and _is_unsaid(m, spread, node.given[1]):
        if spread.letter == "Sigma":
            return Unknown("a normal density of a vector")  # nobody writes Σ for a variance
        raise Beyond(f"a normal density in which {spread.key} may be the variance or its root", node.given[1].place)
    if isinstance(node.given[1], Product) and any(members(m, factor) for factor in node.given[1].factors):
        raise Beyond("a normal density with one variance for all components of what is a family", node.place)
    x, mean = (m.value(part) for part in (*node.events, node.given[0]))
    if isinstance(x, Array) and isinstance(mean, Array) and (found := members(m, node.given[1])) is not None:
        return _of_vector(m, node, x, mean, arrays.diagonal(*found))
    values = [x, mean, m.value(node.given[1])]
    if any(isinstance(value, Array) for value in values):
        return _with_matrix(m, node, values)
    x, mean, variance = (value for value in values if isinstance(value, Expr))
    gap = Add(x, Mul(Integer(-1), mean, evaluate=False), evaluate=False)
    exponent = Mul(
        Rational(-1, 2),
        Pow(gap, Integer(2), evaluate=False),
        Pow(variance, Integer(-1), evaluate=False),
        evaluate=False,
    )
    scale = Pow(Mul(Integer(2), sympy.pi, variance, evaluate=False), Rational(-1, 2), evaluate=False)
    return Mul(scale, sympy.exp(exponent, evaluate=False), evaluate=False)


def _is_unsaid(m: Context, spread: Name, node: Node) -> bool:
    """A Σ of which nothing is said, or a σ that may be the variance or its root."""
    if spread.power is not None or m.alias(node, m.scope.aliases) is not None:
        return False
    if spread.letter == "Sigma":
        return m.scope.is_undeclared(spread.family)
    return spread.letter == "sigma" and m.scope.definition_of(spread.family) is None


def _with_matrix(m: Context, node: Chance, values: list[Value]) -> Value:
    x, mean, spread = values
    if not (isinstance(x, Array) and isinstance(mean, Array) and isinstance(spread, Array)):
        return Unknown("a normal density of a vector and numbers")
    return _of_vector(m, node, x, mean, spread)


def _of_vector(m: Context, node: Chance, x: Array, mean: Array, spread: Array) -> Value:
    """N(x | μ, Σ) for vectors.

    Source: Bishop, Pattern Recognition and Machine Learning (2006), eq. (1.52).
    """
    if x.columns != 1 or mean.shape != x.shape or spread.shape != (x.rows, x.rows):
        return Unknown("a normal density of vectors whose sizes differ")
    gap = arrays.total([(1, x), (-1, mean)], node.place)
    assert isinstance(gap, Array)
    inner = inverse_of(m, spread, node.place, spelled(node.given[1]))
    square = arrays.scalar(arrays.product([arrays.transposed(gap), inner, gap], node.place), node.place)
    volume = determinant(m, arrays.scaled(Mul(Integer(2), sympy.pi, evaluate=False), spread), node.place)
    half = Mul(Rational(-1, 2), square, evaluate=False)
    return Mul(Pow(volume, Rational(-1, 2), evaluate=False), sympy.exp(half, evaluate=False), evaluate=False)
