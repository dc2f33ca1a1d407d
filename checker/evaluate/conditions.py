"""Relations, And/Or/Not, and the heads that are built on them: indicators, Kronecker deltas, piecewise values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy
from sympy.logic.boolalg import BooleanFalse, BooleanTrue

from checker.evaluate.arithmetic import ONE, ZERO, Number, compare, disjoint, exact
from checker.evaluate.compiling import CONDITIONS, Closure, Compiler, Condition, builds
from checker.evaluate.errors import Refused, Uncertain, Undefined
from checker.evaluate.jets import Jet, primal
from checker.evaluate.state import State
from checker.expressions import Indicator

ORDERS: dict[type, tuple[int, ...]] = {
    sympy.Lt: (-1,),
    sympy.Le: (-1, 0),
    sympy.Gt: (1,),
    sympy.Ge: (0, 1),
}
"""The signs of lhs − rhs for which an inequality holds."""

HEADS: dict[type, str] = {
    sympy.Eq: "Eq",
    sympy.Ne: "Ne",
    sympy.Lt: "Lt",
    sympy.Le: "Le",
    sympy.Gt: "Gt",
    sympy.Ge: "Ge",
}


def equal(left: Number, right: Number) -> bool:
    """Whether two numbers are equal; raises Uncertain where the balls overlap."""
    moving = type(left) is Jet or type(right) is Jet
    left, right = primal(left), primal(right)
    if disjoint(left, right):
        return False
    if not (exact(left) and exact(right)):
        raise Uncertain
    if moving:
        raise Undefined
    return True


def ordered(left: Number, right: Number, signs: tuple[int, ...]) -> bool:
    """Whether lhs − rhs has one of these signs; raises Uncertain where the balls overlap."""
    order = compare(primal(left), primal(right))
    if order is None:
        raise Uncertain
    if order == 0 and (type(left) is Jet or type(right) is Jet):
        raise Undefined
    return order in signs


def _equation(compiler: Compiler, expression: Any) -> Condition:
    compiler.join(*expression.args)
    left, right = compiler.numbers(expression.args)
    if isinstance(expression, sympy.Ne):
        return _watched(compiler, expression, left, right, lambda a, b: not equal(a, b))
    return _watched(compiler, expression, left, right, equal)


def _watched(
    compiler: Compiler, expression: Any, left: Closure, right: Closure, test: Callable[[Number, Number], bool]
) -> Condition:
    """The condition that two sides pass a test; who observes the state is told how it came out."""
    number = compiler.compared(left, right, HEADS.get(type(expression), "Eq"), expression)

    def run(e: State) -> bool:
        found = test(left(e), right(e))
        if e.observer is not None:
            e.observer(number, found, e)
        return found

    return run


def _inequality(compiler: Compiler, expression: Any) -> Condition:
    compiler.branching = True
    left, right = compiler.numbers(expression.args)
    signs = ORDERS[type(expression)]
    return _watched(compiler, expression, left, right, lambda a, b: ordered(a, b, signs))


def _values(parts: list[Condition], e: State) -> list[bool]:
    # all of them: a part without a value leaves the whole without one
    return [part(e) for part in parts]


def _all(compiler: Compiler, expression: Any) -> Condition:
    parts = [compiler.condition(part) for part in expression.args]
    return lambda e: all(_values(parts, e))


def _any(compiler: Compiler, expression: Any) -> Condition:
    parts = [compiler.condition(part) for part in expression.args]
    return lambda e: any(_values(parts, e))


def _not(compiler: Compiler, expression: Any) -> Condition:
    part = compiler.condition(expression.args[0])
    return lambda e: not part(e)


CONDITIONS.update(
    {
        sympy.Eq: _equation,
        sympy.Ne: _equation,
        **dict.fromkeys(ORDERS, _inequality),
        sympy.And: _all,
        sympy.Or: _any,
        sympy.Not: _not,
        BooleanTrue: lambda compiler, expression: lambda e: True,
        BooleanFalse: lambda compiler, expression: lambda e: False,
    }
)


@builds(Indicator)
def indicator(compiler: Compiler, expression: Any) -> Closure:
    condition = compiler.condition(expression.condition)
    return lambda e: ONE if condition(e) else ZERO


@builds(sympy.KroneckerDelta)
def kronecker_delta(compiler: Compiler, expression: Any) -> Closure:
    if len(expression.args) != 2:
        raise Refused("KroneckerDelta with a range")
    condition = _equation(compiler, expression)
    return lambda e: ONE if condition(e) else ZERO


@builds(sympy.Piecewise)
def piecewise(compiler: Compiler, expression: Any) -> Closure:
    branches = [(compiler.condition(condition), compiler.number(value)) for value, condition in expression.args]

    def run(e: State) -> Number:
        for condition, value in branches:
            if condition(e):
                return value(e)
        raise Undefined

    return run
