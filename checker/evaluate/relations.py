"""Lines: an expression, or a relation or And/Or of relations, and how they are judged at an instance.

Values are sought at rising precision until balls are disjoint or narrow. In relations values are real, and a line
that has no real value is false; a zero denominator is told apart, since it is a condition that is printed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

import sympy
from flint import fmpq

from checker.evaluate.arithmetic import (
    FIRST_PRECISION,
    LAST_PRECISION,
    ZERO,
    Number,
    compare,
    disjoint,
    exact,
    precision,
    real,
    same,
)
from checker.evaluate.compiling import Closure, Compiler
from checker.evaluate.errors import Refused, Uncertain, Undefined, ZeroDenominator
from checker.evaluate.state import State

PRECISIONS = [FIRST_PRECISION << i for i in range(5) if FIRST_PRECISION << i <= LAST_PRECISION]

CLOSE_PRECISION = 8192
"""At which numbers that agree are compared once more."""


class Truth(Enum):
    """What is shown of a line at an instance."""

    TRUE = "true"
    FALSE = "false"
    NOT_REAL = "not real"  # false as well, since no real value is there
    UNDEFINED = "undefined"  # a zero denominator, or no precision was enough
    NEAR = "near"  # equal to high precision, as far as balls can tell


@dataclass(frozen=True)
class Line:
    """A compiled line. `head` is "" for an expression, "And", "Or", or one of = ≠ < ≤ > ≥ in SymPy's letters.

    `symbols` are the free symbols that it is written in.
    """

    source: Any
    head: str
    sides: tuple[Closure, ...]
    parts: tuple[Line, ...]
    weight: int
    symbols: tuple[str, ...]


HEADS: dict[type, str] = {
    sympy.Eq: "Eq",
    sympy.Ne: "Ne",
    sympy.Lt: "Lt",
    sympy.Le: "Le",
    sympy.Gt: "Gt",
    sympy.Ge: "Ge",
}
SIGNS = {"Lt": (-1,), "Le": (-1, 0), "Gt": (1,), "Ge": (0, 1), "Eq": (0,), "Ne": (-1, 1)}


def compile_line(compiler: Compiler, source: Any) -> Line:
    """Compile an expression or a relation; raises Refused for what is not known."""
    start, outer = compiler.nodes, compiler.used
    with compiler.restoring():
        compiler.used = {}
        head, sides, parts = _compiled(compiler, source)
    symbols, compiler.used = tuple(compiler.used), {**outer, **compiler.used}
    return Line(source, head, sides, parts, compiler.nodes - start + 1, symbols)


def _compiled(compiler: Compiler, source: Any) -> tuple[str, tuple[Closure, ...], tuple[Line, ...]]:
    if type(source) in HEADS:
        head = HEADS[type(source)]
        compiler.text.append(head)
        return head, tuple(compiler.numbers(source.args)), ()
    if isinstance(source, sympy.And | sympy.Or):
        compiler.text.append(type(source).__name__)
        return type(source).__name__, (), tuple(compile_line(compiler, part) for part in source.args)
    if isinstance(source, sympy.logic.boolalg.BooleanAtom):
        return ("And" if source else "Or"), (), ()
    return "", (compiler.number(source),), ()


def at_precisions(state: State, attempt: Callable[[], Any]) -> Any:
    """The first result of `attempt` that is not None, at rising precision; None where none is found.

    Raises Undefined where the attempt does.
    """
    for bits in PRECISIONS:
        with precision(bits):
            state.memo.clear()
            try:
                result = attempt()
            except Uncertain:
                continue
            if result is not None:
                return result
    return None


def value(run: Closure, state: State, wide: bool = False) -> Number | None:
    """A number or narrow ball; None where there is none. A `wide` ball is better than none where a person reads it."""
    last = None

    def attempt() -> Number | None:
        nonlocal last
        last = run(state)
        return last if same(last, last) else None

    try:
        found = at_precisions(state, attempt)
    except Undefined:
        return None
    return last if found is None and wide else found


def identical(left: Closure, right: Closure, state: State, weight: int, *, closely: bool = True) -> bool | None:
    """True where two complex values agree, False where they are shown to differ, None where either is undefined.

    closely: what agrees to high precision is compared once more far beyond it, unless it is equal as rationals.
    """
    rational = False

    def attempt() -> bool | None:
        nonlocal rational
        state.budget.spend(weight)
        one, other = left(state), right(state)
        rational = type(one) is fmpq and type(other) is fmpq
        if disjoint(one, other):
            return False
        return True if same(one, other) else None

    state.real_only = False
    try:
        found: bool | None = at_precisions(state, attempt)
        if found and (rational or not closely):
            state.budget.spend(weight)  # as the closer look does: how many instances are tried depends on the work
            return True
        return found and not _differ(left, right, state, weight)
    except Undefined:
        return None


def _differ(left: Closure, right: Closure, state: State, weight: int) -> bool:
    """Whether numbers that agree to high precision are shown to differ far beyond it, as 1 + exp(−200) and 1 do."""
    with precision(CLOSE_PRECISION):
        state.memo.clear()
        state.budget.spend(weight)
        try:
            one, other = left(state), right(state)
        except (Uncertain, Undefined):
            return False
        return not (exact(one) and exact(other)) and disjoint(one, other)


def truth(line: Line, state: State) -> Truth:
    """What is shown of a relation at an instance, among the real numbers; raises Refused for an expression."""
    if line.head in ("And", "Or"):
        return _combined(line, [truth(part, state) for part in line.parts])
    if not line.head:
        raise Refused(f"{type(line.source).__name__} is not a relation")
    state.real_only = True
    try:
        found: Truth | None = at_precisions(state, lambda: _relation(line, state))
    except ZeroDenominator:
        return Truth.UNDEFINED
    except Undefined:
        return Truth.NOT_REAL
    finally:
        state.real_only = False
    if found is Truth.NEAR and _differ(line.sides[0], line.sides[1], state, line.weight):
        return Truth.FALSE if line.head == "Eq" else Truth.UNDEFINED
    return found or Truth.UNDEFINED


def _relation(line: Line, state: State) -> Truth | None:
    state.budget.spend(line.weight)
    left, right = real(line.sides[0](state)), real(line.sides[1](state))
    order = compare(left, right)
    if order is not None:
        return Truth.TRUE if order in SIGNS[line.head] else Truth.FALSE
    if line.head in ("Eq", "Le", "Ge") and same(left, right):
        return Truth.NEAR
    return None


def _combined(line: Line, found: list[Truth]) -> Truth:
    if line.head == "And":
        order = (Truth.FALSE, Truth.NOT_REAL, Truth.UNDEFINED, Truth.NEAR, Truth.TRUE)
        return min(found, key=order.index, default=Truth.TRUE)
    order = (Truth.TRUE, Truth.NEAR, Truth.UNDEFINED, Truth.NOT_REAL, Truth.FALSE)
    return min(found, key=order.index, default=Truth.FALSE)


def residual(line: Line) -> Closure:
    """lhs − rhs of an equation."""
    left, right = line.sides
    return lambda e: left(e) + -right(e)


__all__ = ["SIGNS", "ZERO", "Line", "Truth", "compile_line", "identical", "residual", "truth", "value"]
