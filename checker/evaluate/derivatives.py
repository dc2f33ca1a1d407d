"""Derivatives: the coordinate is perturbed freely at the instance, and the slope is read off.

A fact that ties the coordinate to others does not move them; a definition that is written in it does.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy
from flint import fmpq
from sympy import Indexed, Symbol

from checker.evaluate.arithmetic import ONE, ZERO, Number
from checker.evaluate.compiling import Closure, Compiler, builds
from checker.evaluate.errors import Refused
from checker.evaluate.jets import slope
from checker.evaluate.names import Key, base_name, symbol_name
from checker.evaluate.state import State
from checker.expressions import Partial

MAX_ORDER = 6
TWO_CONVENTIONS = "a derivative by an entry of a symmetric matrix off its diagonal, for which there are two conventions"


@builds(Partial)
def partial(compiler: Compiler, expression: Any) -> Closure:
    return _derivative(compiler, expression.expression, list(expression.variables))


@builds(sympy.Derivative)
def derivative(compiler: Compiler, expression: Any) -> Closure:
    variables: list[Any] = []
    for variable, count in expression.variable_count:
        variables += [variable] * _order(count)
    return _derivative(compiler, expression.expr, variables)


def _order(count: Any) -> int:
    # unevaluated, SymPy writes the order of Derivative(f, x, x) as 1 + 1
    parts = count.args if isinstance(count, sympy.Add) else (count,)
    order = sum(int(part) if part.is_Integer else MAX_ORDER + 1 for part in parts)
    if not 0 <= order <= MAX_ORDER:
        raise Refused(f"a derivative of order {count}")
    return order


def _derivative(compiler: Compiler, expression: Any, variables: list[Any]) -> Closure:
    if len(variables) > MAX_ORDER:
        raise Refused(f"a derivative of order {len(variables)}")
    outer, compiler.reached = compiler.reached, set()
    run = compiler.number(expression)
    for variable in variables:
        run = _slope(run, *_coordinate(compiler, variable))
    compiler.reached |= outer
    return run


def _coordinate(compiler: Compiler, variable: Any) -> tuple[Callable[[State], Key], Number]:
    """The key of the coordinate at an instance, and the power of it by which the derivative is."""
    if isinstance(variable, sympy.Pow) and variable.exp.is_Rational and not variable.exp.is_zero:
        key, inner = _coordinate(compiler, variable.base)
        return key, inner * fmpq(variable.exp.p, variable.exp.q)
    if isinstance(variable, Symbol):
        name = symbol_name(variable)
        if name in compiler.scope:
            raise Refused(f"a derivative with respect to the bound index {name}")
        _needs_writing(compiler, (name, 0), variable)
        if (name, 0) not in compiler.definitions:
            compiler.use(variable, name)
            compiler.usage.differentiated[name] = None
        return (lambda e: name), ONE
    if isinstance(variable, Indexed):
        # compiled for its uses: the places where its indices stand
        compiler.number(variable)
        name = base_name(variable.base)
        _needs_writing(compiler, (name, len(variable.indices)), variable)
        indices = [compiler.index(index) for index in variable.indices]
        if variable.base in compiler.givens.symmetric and len(indices) > 1:
            return _entry_of_symmetric(name, indices), ONE
        return (lambda e: (name, *[index(e) for index in indices])), ONE
    raise Refused(f"a derivative with respect to {type(variable).__name__}")


def _entry_of_symmetric(name: str, indices: list[Any]) -> Callable[[State], Key]:
    """The coordinate S_ij = S_ji. Off the diagonal people mean different things by the derivative in it."""
    *leading, first, second = indices

    def key(e: State) -> Key:
        row, column = sorted((first(e), second(e)))
        if row != column:
            e.doubt = TWO_CONVENTIONS
        return (name, *[index(e) for index in leading], row, column)

    return key


def _needs_writing(compiler: Compiler, key: Key, variable: Any) -> None:
    """A defined name is a coordinate only of what is written in it."""
    if key in compiler.definitions and key not in compiler.reached:
        raise Refused(f"a derivative with respect to the defined name {variable}, in which nothing is written")


def _slope(run: Closure, key_of: Callable[[State], Key], exponent: Number) -> Closure:
    def derived(e: State) -> Number:
        key = key_of(e)
        level = e.move(key, exponent)
        try:
            value = run(e)
        finally:
            e.rest(key)
        found = slope(value, level)
        return ZERO if found is None else found

    return derived
