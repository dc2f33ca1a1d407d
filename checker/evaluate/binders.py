"""Finite sums and products: a sum with upper < lower is 0, a product 1."""

from __future__ import annotations

from typing import Any

import sympy

from checker.evaluate.arithmetic import ONE, ZERO, Number, trimmed
from checker.evaluate.compiling import Closure, Compiler, IndexClosure, builds
from checker.evaluate.errors import Refused
from checker.evaluate.names import symbol_name
from checker.evaluate.state import State

MAX_TERMS = 20_000


@builds(sympy.Sum)
def summation(compiler: Compiler, expression: Any) -> Closure:
    return _nested(compiler, expression, _sum)


@builds(sympy.Product)
def product(compiler: Compiler, expression: Any) -> Closure:
    return _nested(compiler, expression, _product)


def _nested(compiler: Compiler, expression: Any, loop: Any) -> Closure:
    """Loops for all limits; in SymPy's order the last limit is the outermost."""
    before, outer = compiler.scope, []
    for limit in reversed(expression.limits):
        if len(limit) != 3:
            raise Refused(f"{type(expression).__name__} without bounds")
        symbol, lower, upper = limit
        slot = compiler.new_slot()
        dependent = any(
            symbol_name(free) in compiler.scope
            for free in (lower.free_symbols | upper.free_symbols)
            if isinstance(free, sympy.Symbol)
        )
        bounds = compiler.bounds(lower, upper)
        if not dependent:
            compiler.usage.ranges["bound", slot] = bounds
        compiler.bind(symbol_name(symbol), slot)
        outer.append((slot, bounds.lower, bounds.upper))
    start = compiler.nodes
    body = compiler.number(expression.function)
    compiler.scope = before
    for slot, low, high in reversed(outer):
        body = loop(slot, low, high, body, compiler.nodes - start)
    return body


def terms(e: State, lower: IndexClosure, upper: IndexClosure, weight: int) -> range:
    """The values of a bound index; raises Refused for too many."""
    first, last = lower(e), upper(e)
    count = last - first + 1
    if count > MAX_TERMS:
        raise Refused(f"a sum or product of {count} terms; the limit is {MAX_TERMS}")
    if count > 0:
        e.budget.spend(count * weight)
    return range(first, last + 1)


def _sum(slot: int, lower: IndexClosure, upper: IndexClosure, body: Closure, weight: int) -> Closure:
    def run(e: State) -> Number:
        total: Number = ZERO
        slots = e.slots
        for value in terms(e, lower, upper, weight):
            slots[slot] = value
            total = trimmed(total + body(e))
        return total

    return run


def _product(slot: int, lower: IndexClosure, upper: IndexClosure, body: Closure, weight: int) -> Closure:
    def run(e: State) -> Number:
        total: Number = ONE
        slots = e.slots
        for value in terms(e, lower, upper, weight):
            slots[slot] = value
            total = trimmed(total * body(e))
        return total

    return run
