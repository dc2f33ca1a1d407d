"""Functions that have a name: logarithms and their like, roots, binomials."""

from __future__ import annotations

from typing import Any

import sympy
from sympy import Expr, Integer, Mul, Pow, Rational, Sum

from checker.expressions import Unknown
from checker.reading.meaning import arrays, dots
from checker.reading.meaning.arrays import Array, Value
from checker.reading.meaning.brackets import determinant
from checker.reading.meaning.context import Context
from checker.reading.meaning.symbols import members
from checker.reading.syntax import Applied
from checker.reading.tex.tokens import Unreadable

_FUNCTIONS: dict[str, Any] = {
    "log": sympy.log, "exp": sympy.exp, "sin": sympy.sin, "cos": sympy.cos, "tan": sympy.tan, "cot": sympy.cot,
    "sec": sympy.sec, "csc": sympy.csc, "sinh": sympy.sinh, "cosh": sympy.cosh, "tanh": sympy.tanh,
    "coth": sympy.coth, "arcsin": sympy.asin, "arccos": sympy.acos, "arctan": sympy.atan, "arsinh": sympy.asinh,
    "arcosh": sympy.acosh, "artanh": sympy.atanh, "sgn": sympy.sign,
}  # fmt: skip


def applied(m: Context, node: Applied) -> Value:
    if node.function == "sqrt":
        return _root(m, node)
    if node.function == "binomial":
        above, below = (m.number(a) for a in node.arguments)
        return sympy.binomial(above, below, evaluate=False)
    if node.function == "tr":
        value = m.value(node.arguments[0])
        if isinstance(value, Array):
            return arrays.trace(value, node.place)
        scalar = (value.has(Sum) or value.is_number) and not value.has(Unknown)
        return value if scalar else m.quantity("a trace", node)
    if node.function in ("det", "rank", "dim"):
        value = m.value(node.arguments[0])
        if node.function == "det" and isinstance(value, Array):
            return determinant(m, value, node.place)
        return m.quantity(node.function, node) if isinstance(value, Array) else Unknown(node.function, value)
    if node.function == "diag":
        return _diagonal(m, node)
    if node.function in ("max", "min"):
        parts = [m.number(a) for a in node.arguments]
        return m.quantity(f"a {node.function}imum", node, *parts)
    known = _FUNCTIONS.get(node.function)
    if known is None or len(node.arguments) != 1:
        return Unknown(f"the function {node.function}", *[m.number(a) for a in node.arguments])
    argument = m.number(node.arguments[0])
    if node.function == "log":
        m.restrict(argument)
        if node.sub:
            base = m.number(node.sub[0])
            below = Pow(sympy.log(base, evaluate=False), Integer(-1), evaluate=False)
            return Mul(sympy.log(argument, evaluate=False), below, evaluate=False)
    elif node.sub:
        raise Unreadable(f"a subscript of {node.function} is not read", node.place)
    return known(argument, evaluate=False)


def _diagonal(m: Context, node: Applied) -> Value:
    """diag(a_1, …, a_D), by the entries that its dots stand for; diag(σ²) by the members of the family."""
    if len(node.arguments) == 1 and (found := members(m, node.arguments[0])) is not None:
        return arrays.diagonal(*found)
    run = dots.run_of(node.arguments)
    if run is None or run.start or run.end != len(node.arguments) or len(run.block) != 1 or run.lower != 1:
        return Unknown("a diagonal matrix whose entries are not written as a_1, …, a_D")
    (block,), bound = run.block, m.bound

    def entry(index: Expr) -> Expr:
        now, m.bound = m.bound, {**bound, dots.INDEX: index}
        try:
            return m.number(block)
        finally:
            m.bound = now

    return arrays.diagonal(m.index(run.upper), entry)


def _root(m: Context, node: Applied) -> Expr:
    inside = m.number(node.arguments[0])
    m.restrict(inside)
    if len(node.arguments) == 1:
        return Pow(inside, Rational(1, 2), evaluate=False)
    return Pow(inside, Pow(m.number(node.arguments[1]), Integer(-1), evaluate=False), evaluate=False)
