"""Indicators, and cases as sums over them."""

from __future__ import annotations

import sympy
from sympy import Add, Basic, Eq, Expr, Indexed, IndexedBase, Integer, Mul, Ne, Pow, Rational, Sum, Symbol, log, pi

from checker.expressions import Indicator, Unknown
from checker.reading.meaning.arrays import Value
from checker.reading.meaning.context import Context
from checker.reading.meaning.relations import relation_of
from checker.reading.syntax import CaseList, IndicatorOf


def indicator(m: Context, node: IndicatorOf) -> Expr:
    return Indicator(relation_of(m, node.condition))


def cases(m: Context, node: CaseList) -> Value:
    """Cases as sums over indicators, where every value is defined in every case."""
    values = [m.number(value) for value, _ in node.rows]
    if any(not _total_function(value) for value in values):
        return Unknown("cases with values that are not defined everywhere")
    rest: Expr = Integer(1)
    terms: list[Expr] = []
    before: Basic | None = None
    for (_, condition), value in zip(node.rows, values, strict=True):
        if condition is None or before is not None and _is_complement(before, relation_of(m, condition)):
            terms.append(Mul(rest, value, evaluate=False))
            return Add(*terms, evaluate=False) if len(terms) > 1 else terms[0]
        before = relation_of(m, condition) if not terms else None
        here = Indicator(relation_of(m, condition))
        terms.append(Mul(rest, here, value, evaluate=False))
        rest = Mul(rest, Add(Integer(1), Mul(Integer(-1), here, evaluate=False), evaluate=False), evaluate=False)
    return Unknown("cases without an otherwise")


def _is_complement(relation: Basic, other: Basic) -> bool:
    """y ≠ k beside y = k: one of the two holds."""
    return {type(relation), type(other)} == {Eq, Ne} and set(relation.args) == set(other.args)


def _total_function(value: Expr) -> bool:
    return all(
        isinstance(node, (Add, Mul, Symbol, Indexed, IndexedBase, Rational, sympy.Tuple, Sum, Indicator))
        or node == pi
        or isinstance(node, log)
        and bool(node.args[0].is_positive)
        or isinstance(node, Pow)
        and isinstance(node.exp, Integer)
        and (node.exp > 0 or bool(node.base.is_positive))
        or isinstance(node, sympy.core.relational.Relational)
        for node in sympy.preorder_traversal(value)
    )
