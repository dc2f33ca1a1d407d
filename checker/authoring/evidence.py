"""Instances at which a step was compared, with the values of both sides. Runs in a worker; imports SymPy."""

from __future__ import annotations

from pathlib import Path

from sympy import Basic, Expr
from sympy.core.relational import Relational

from checker.evaluate import Instance, sample
from checker.evaluate.errors import Refused
from checker.evaluate.formatting import exact_text, name, side_text
from checker.evaluate.instances import Contradiction
from checker.evaluate.names import Key
from checker.loading import load
from checker.rules import rule_names

MOST_NAMES = 12


def instances(file: Path, part: str, number: int, seed: int | None) -> tuple[str, ...]:
    """Some of the instances that are tried for a step, each on a line."""
    derivation = load(file, rule_names())
    chosen = next(each for each in derivation.parts if each.name == part)
    transition = chosen.transitions[number - 1]
    try:
        found = sample(transition, chosen.givens, seed)
        return tuple(_line(instance, transition.lhs, transition.rhs) for instance in found)
    except (Refused, Contradiction) as reason:
        return (f"none can be drawn: {reason}",)


def _line(instance: Instance, lhs: Basic, rhs: Basic) -> str:
    """The values of the names, then those of both sides."""
    sides = [_value(instance, side) for side in (lhs, rhs)]
    state = instance.state
    shown = [f"{name(key)} = {exact_text(value)}" for key, value in state.values.items() if _is_named(key)]
    more = ", …" if len(shown) > MOST_NAMES else ""
    return f"{', '.join(shown[:MOST_NAMES])}{more}: {' and '.join(sides)}"


def _is_named(key: Key) -> bool:
    """No bound name, nor the size of an index set that has no name."""
    return "#" not in (key if isinstance(key, str) else key[0])


def _value(instance: Instance, side: Basic) -> str:
    if isinstance(side, Relational):
        return f" {side.rel_op} ".join(side_text(instance.value(member)) for member in side.args)
    return side_text(instance.value(side)) if isinstance(side, Expr) else "…"
