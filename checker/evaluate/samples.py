"""Instances for those who want to evaluate further expressions, such as guesses at what a slip was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from checker.derivation import Givens, Transition
from checker.evaluate.arithmetic import disjoint, same
from checker.evaluate.errors import Refused
from checker.evaluate.instances import Instance, demands, realise, size_rows
from checker.evaluate.program import compiled
from checker.evaluate.sampling import Recipe
from checker.evaluate.state import Budget

WORK = 500_000


def sample(transition: Transition, givens: Givens, seed: int | None = None, count: int = 3) -> list[Instance]:
    """Up to `count` instances at which the facts and hypotheses hold, of sizes above 1.

    For "=>" the left side holds as well. Raises Refused and Contradiction as evaluating the transition does.
    """
    program = compiled((transition.lhs, transition.rhs, *transition.hypotheses), givens.facts, givens)
    left, _, *hypotheses = program.lines
    known = [*program.facts, *hypotheses, *([left] if transition.relation == "=>" else [])]
    wanted, budget = demands(program, known), Budget(WORK)
    rows = size_rows(program, wanted, budget)
    start, found = program.seed if seed is None else seed, list[Instance]()
    for number in range(3 * count):
        recipe = Recipe(start + 7 * number, rows[number % len(rows)], pattern=(0, 2, 1)[number % 3])
        instance = realise(program, wanted, recipe, budget)
        found += [] if instance is None else [instance]
        if len(found) == count:
            break
    return found


def agree(lhs: Any, rhs: Any, instances: Sequence[Instance]) -> bool | None:
    """Whether two expressions agree at all instances where both are defined; None where they are so nowhere."""
    met = None
    for instance in instances:
        try:
            left, right = instance.value(lhs), instance.value(rhs)
        except Refused:
            return None
        if left is None or right is None:
            continue
        if disjoint(left, right) or not same(left, right):
            return False
        met = True
    return met
