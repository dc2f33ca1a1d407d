"""Big operators: sums and products over indices, integrals, limits."""

from __future__ import annotations

from collections.abc import Callable

import sympy
from sympy import Expr, Mul, Pow, Symbol

from checker.derivation import IndexSet
from checker.expressions import Indicator, Unknown
from checker.reading.known.names import name_of
from checker.reading.meaning import arrays
from checker.reading.meaning.arrays import Array, Value
from checker.reading.meaning.bounds import OverSet, bounds_of
from checker.reading.meaning.context import Context
from checker.reading.meaning.relations import relation_of
from checker.reading.syntax import Big
from checker.reading.tex.tokens import Place, Unreadable


def big(m: Context, node: Big) -> Value:
    if node.sign in ("sum", "product"):
        return _sum(m, node)
    if node.sign == "integral":
        return _integral(m, node)
    names = {"limit": "a limit", "max": "a maximum", "min": "a minimum", "argmax": "an argmax", "argmin": "an argmin"}
    what = names.get(node.sign, node.sign)
    if node.sign in ("limit", "max", "min"):
        return m.quantity(what, node)
    return Unknown(what)


def _integral(m: Context, node: Big) -> Value:
    variable = name_of(node.below[0], m.scope)
    if variable is None or variable.indices:
        return Unknown("an integral")
    symbol = Symbol(variable.key, real=True)
    limits: tuple[Expr, ...] = (symbol,)
    if len(node.below) == 2 and node.above is not None:
        limits = (symbol, m.number(node.below[1]), m.number(node.above))
    with m.binding([(variable.key, symbol)]):
        body = m.number(node.body)
    if len(limits) == 1:
        return Unknown("an integral without bounds", body)
    return sympy.Integral(body, limits)


def _sum(m: Context, node: Big) -> Value:
    try:
        bounds, conditions = bounds_of(m, node)
    except OverSet as over:
        return Unknown(over.message.partition(",")[0])
    letters = [(key, symbol) for key, symbol, _, _ in bounds]
    m.over |= {key: IndexSet(lower, upper) for key, _, lower, upper in bounds}
    with m.binding(letters):
        factors = [Indicator(relation_of(m, condition)) for condition in conditions]
        body = m.value(node.body)
    if factors:
        body = _where(node.sign, body, factors, node.place)
    return bind(node.sign, body, [(symbol, lower, upper) for _, symbol, lower, upper in bounds])


def _where(sign: str, body: Value, factors: list[Expr], place: Place) -> Value:
    if sign == "sum":
        return arrays.product([*factors, body], place)
    exponent = factors[0] if len(factors) == 1 else Mul(*factors, evaluate=False)
    return Pow(arrays.scalar(body, place), exponent, evaluate=False)


def bind(sign: str, body: Value, bounds: list[tuple[Symbol, Expr, Expr]]) -> Value:
    head: Callable[..., Expr] = sympy.Sum if sign == "sum" else sympy.Product

    def bind(entry: Expr) -> Expr:
        for limits in reversed(bounds):
            entry = head(entry, limits)
        return entry

    if isinstance(body, Array):
        if sign != "sum":
            raise Unreadable("a product of matrices over an index is not read")
        return arrays.mapped(body, bind)
    return bind(body)
