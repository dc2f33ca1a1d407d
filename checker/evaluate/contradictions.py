"""Whether givens contradict themselves, where that is simple to show.

Linear equations may have no solution, or only some that x ≠ 0 excludes; equations of any kind may differ by a constant,
as xy = 1 and xy = 2 do; and one side may have no value in common with the other, as sin x and 2. An equation counts as
linear, and a combination as constant, if this is so of the exact values at several random points; so one in which the
names decide between cases (indicators, absolute values) counts as neither: Σ_i 1[t_i = k] is 0 at nearly all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any

from flint import fmpq, fmpq_mat

from checker.evaluate import spans
from checker.evaluate.arithmetic import Number, disjoint, precision, same
from checker.evaluate.errors import Uncertain, Undefined
from checker.evaluate.grounding import Ground
from checker.evaluate.instances import Contradiction, Demands, prepared, system_of
from checker.evaluate.names import Key
from checker.evaluate.newton import PROOF_BITS
from checker.evaluate.program import Program
from checker.evaluate.randomness import stream
from checker.evaluate.relations import SIGNS
from checker.evaluate.sampling import Recipe, Style, drawn
from checker.evaluate.solving import System
from checker.evaluate.state import Budget, State

MAX_NAMES = 40
MAX_COMBINED, CHECKS = 12, 4


def contradictory(program: Program, wanted: Demands, recipe: Recipe, budget: Budget) -> bool:
    """Whether nothing can satisfy what is wanted at these sizes; False says only that this was not shown."""
    try:
        state = prepared(program, wanted, recipe, budget)
        system = None if state is None else system_of(program, wanted, state, recipe)
        return system is not None and _no_solution(system)
    except Contradiction:
        return True
    except (Undefined, Uncertain):
        return False


def _no_solution(system: System) -> bool:
    if any(other.line.head == "Or" and not other.line.parts for other in system.others):
        return True
    if any(never(ground.line.head, ground.line.source) for ground in (*system.equations, *system.others)):
        return True
    equations = [ground for ground in system.equations if not _has_cases(system, ground)]
    unequal = [ground for ground in system.others if ground.line.head == "Ne" and not _has_cases(system, ground)]
    names = list(dict.fromkeys(key for ground in (*equations, *unequal) for key in system.names_of(ground)))
    if len(names) > MAX_NAMES:
        return False
    if _differ_by_a_constant(system, equations, names):
        return True
    rows = [row for row in (_linear(system, equation, names) for equation in equations) if row is not None]
    if not rows:
        return False
    reduced, rank = fmpq_mat(rows).rref()
    apart = (_linear(system, ground, names) for ground in unequal)
    if any(row is not None and fmpq_mat([*rows, row]).rank() == rank for row in apart):
        return True  # the equations say that both sides of ≠ are the same
    return any(_impossible(system, names, [reduced[i, j] for j in range(len(names) + 1)]) for i in range(rank))


def never(head: str, source: Any) -> bool:
    """Whether a relation holds at no values of its names, by what its two sides can be."""
    found = None if source is None or head not in SIGNS else spans.difference(*source.args)
    if found is None:
        return False
    signs = SIGNS[head]
    return bool(
        (found.positive and 1 not in signs)
        or ((-found).positive and -1 not in signs)
        or (found.nonnegative and not {0, 1} & {*signs})
        or ((-found).nonnegative and not {0, -1} & {*signs})
    )


def _has_cases(system: System, ground: Ground) -> bool:
    """Whether the names of a relation decide between cases in it: what is compared reads names that may change."""
    state, comparisons = system.state, system.program.compiler.comparisons
    changing, decided = set(system.names_of(ground)), False

    def note(number: int, found: bool | None, e: State) -> None:
        nonlocal decided
        compared = comparisons[number]
        e.memo.clear()
        decided = decided or any(key in changing for side in (compared.left, compared.right) for key in e.traced(side))

    state.observer = note
    try:
        system.value(ground)
    finally:
        state.observer = None
        state.memo.clear()
    return decided


def _differ_by_a_constant(system: System, equations: list[Ground], names: list[Key]) -> bool:
    """Whether lhs − rhs of some equations add up, with factors, to a constant that is not zero."""
    if not 2 <= len(equations) <= MAX_COMBINED:
        return False
    state, before, random = system.state, dict(system.state.values), stream(11, names)
    rows: list[list[Number | None]] = []
    try:
        for _ in range(len(equations) + CHECKS):
            for key in names:
                state.assign(key, drawn(system.domain(key), random, Style.GENERIC))
            rows.append([system.value(equation) for equation in equations])
    finally:
        state.values.update(before)
        state.memo.clear()
    columns = [column for column in zip(*rows, strict=True) if None not in column]
    exact = [column for column in columns if all(type(value) is fmpq for value in column)]
    if any(_constant_gap(one, other) for one, other in combinations(columns, 2)):
        return True
    if not exact:
        return False
    ones = tuple(fmpq(1) for _ in rows)
    rank = fmpq_mat([list(row) for row in zip(*exact, strict=True)]).rank()
    return bool(fmpq_mat([list(row) for row in zip(*exact, ones, strict=True)]).rank() == rank)


def _constant_gap(one: Sequence[Number], other: Sequence[Number]) -> bool:
    """Whether two equations differ by the same number at all points, which is not zero."""
    with precision(PROOF_BITS):
        gaps = [a - b for a, b in zip(one, other, strict=True)]
        return all(disjoint(gap, fmpq(0)) and same(gap, gaps[0]) for gap in gaps)


def _linear(system: System, equation: Ground, names: list[Key]) -> list[Number] | None:
    """The coefficients and the right-hand side of a linear equation; None where it is not shown to be one."""
    state = system.state
    before = {key: state.values[key] for key in names}

    def at(point: list[Number]) -> Number | None:
        for key, coordinate in zip(names, point, strict=True):
            state.assign(key, coordinate)
        value = system.value(equation)
        return value if type(value) is fmpq else None

    random = stream(7, names)
    start = [random.fraction() - 2 for _ in names]
    constant = at(start)
    found = [at([*start[:i], start[i] + 1, *start[i + 1 :]]) for i in range(len(names))]
    row = None
    if constant is not None and all(value is not None for value in found):
        row = [value - constant for value in found]
        for _ in range(3):
            point = [10 * (random.fraction() - 2) for _ in names]
            steps = sum((a * (x - s) for a, x, s in zip(row, point, start, strict=True)), fmpq(0))
            if at(point) != constant + steps:
                row = None
                break
    for key, value in before.items():
        state.assign(key, value)
    if row is None or constant is None:
        return None
    return [*row, sum((a * s for a, s in zip(row, start, strict=True)), fmpq(0)) - constant]


def _impossible(system: System, names: list[Key], row: list[Number]) -> bool:
    """Whether a·x = b has no solution with every x in its domain: no coefficient, or only signs that cannot be."""
    terms = [(a, key) for a, key in zip(row[:-1], names, strict=True) if a]
    total = row[-1]
    if not terms:
        return bool(total != 0)
    if len(terms) == 1:
        return system.domain(terms[0][1]).excludes(total / terms[0][0])
    if all(system.domain(key).positive and a > 0 for a, key in terms):
        strict = any(system.domain(key).excludes(fmpq(0)) for _, key in terms)
        return bool(total < 0 or (strict and total == 0))
    return False
