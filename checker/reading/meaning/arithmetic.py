"""Numbers, sums, products and quotients, with dots in them."""

from __future__ import annotations

import sympy
from sympy import Expr, Integer, Mul, Pow, Rational

from checker.reading.meaning import arrays, dots
from checker.reading.meaning.arrays import Array, Value
from checker.reading.meaning.context import Context
from checker.reading.meaning.operators import bind
from checker.reading.syntax import Dots, Node, Number, Postfix, Product, Quotient, Total
from checker.reading.tex.tokens import Unreadable


def number(m: Context, node: Number) -> Expr:
    whole, _, part = node.text.partition(".")
    value = Integer(int(whole or "0"))
    return value if not part else Rational(int((whole or "0") + part), 10 ** len(part))


def total(m: Context, node: Total) -> Value:
    terms = list(node.terms)
    if any(isinstance(term, Dots) for _, term in terms):
        return _dotted_sum(m, node)
    return arrays.total([(sign, m.value(term)) for sign, term in terms], node.place)


def _dotted_sum(m: Context, node: Total) -> Value:
    run = dots.run_of([term for _, term in node.terms])
    if run is None or len(run.block) != 1 or any(sign != 1 for sign, _ in node.terms[run.start : run.end]):
        raise Unreadable("no rule is seen in what the dots stand for, as in a_1 + a_2 + \\dots + a_N", node.place)
    parts = [(sign, m.value(term)) for sign, term in node.terms[: run.start]]
    parts.append((1, _summed(m, "sum", run, run.block[0])))
    parts += [(sign, m.value(term)) for sign, term in node.terms[run.end :]]
    return arrays.total(parts, node.place)


def product(m: Context, node: Product) -> Value:
    if any(isinstance(factor, Dots) for factor in node.factors):
        return _dotted_product(m, node)
    return arrays.product([m.value(factor) for factor in node.factors], node.place, node.dots)


def _dotted_product(m: Context, node: Product) -> Value:
    run = dots.run_of(node.factors)
    if run is None:
        raise Unreadable("no rule is seen in what the dots stand for, as in p_1 p_2 \\cdots p_N", node.place)
    values = [m.value(factor) for factor in node.factors[: run.start]]
    values.append(_summed(m, "product", run, Product(run.block, node.place) if len(run.block) > 1 else run.block[0]))
    values += [m.value(factor) for factor in node.factors[run.end :]]
    return arrays.product(values, node.place)


def _summed(m: Context, sign: str, run: dots.Run, block: Node) -> Value:
    symbol = arrays.fresh_index()
    bounds = [(symbol, Integer(run.lower), m.index(run.upper))]
    with m.binding([(dots.INDEX, symbol)]):
        return bind(sign, m.value(block), bounds)


def quotient(m: Context, node: Quotient) -> Value:
    above, below = m.value(node.above), m.value(node.below)
    divisor = Pow(arrays.scalar(below, node.below.place), Integer(-1), evaluate=False)
    if isinstance(above, Array):
        return arrays.scaled(divisor, above)
    if isinstance(above, Integer) and isinstance(below, Integer) and below != 0:
        return Rational(above, below)
    return divisor if above == 1 else Mul(above, divisor, evaluate=False)


def postfix(m: Context, node: Postfix) -> Expr:
    inside = m.number(node.base)
    m.count(inside)
    return sympy.factorial(inside, evaluate=False)
