"""Equations that are linear in the entries of one array, as those of an inverse matrix: solved all at once, exactly.

Only where every equation ties several entries together; others are solved one by one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flint import fmpq, fmpq_mat

from checker.evaluate.arithmetic import ZERO, Number
from checker.evaluate.errors import TooLarge, Uncertain, Undefined
from checker.evaluate.grounding import Ground
from checker.evaluate.names import Key

if TYPE_CHECKING:
    from checker.evaluate.solving import System

MAX_ENTRIES = 16


def solved_families(system: System) -> None:
    """Give the entries of arrays the values that solve the groups of equations which determine them."""
    groups: dict[int, list[Ground]] = {}
    for equation in system.equations:
        groups.setdefault(id(equation.line), []).append(equation)
    for group in groups.values():
        if 1 < len(group) <= MAX_ENTRIES and not all(map(system.vanishes, group)):
            _solve(system, group)


def _solve(system: System, group: list[Ground]) -> None:
    read = dict.fromkeys(key for equation in group for key in system.names_of(equation))
    families: dict[str, list[Key]] = {}
    for key in read:
        if not isinstance(key, str) and key not in system.fixed:
            families.setdefault(str(key[0]), []).append(key)
    for keys in families.values():
        if len(keys) == len(group) and _solved_for(system, group, keys):
            system.solved.update(dict.fromkeys(keys))
            system.fixed |= set(read)
            return


def _solved_for(system: System, group: list[Ground], keys: list[Key]) -> bool:
    """Whether the entries were given values at which all equations of the group hold exactly."""
    rows = _rows(system, group, keys)
    if rows is None or all(sum(map(bool, row[:-1])) < 2 for row in rows):
        return False
    before = {key: system.state.values[key] for key in keys}
    reduced, rank = fmpq_mat(rows).rref()
    for i in range(rank):
        pivot = next(j for j in range(len(keys) + 1) if reduced[i, j])
        if pivot == len(keys):
            return _put_back(system, before)
        system.state.assign(keys[pivot], before[keys[pivot]] + reduced[i, len(keys)])
    if all(system.domain(key).contains(system.state.values[key]) for key in keys) and all(map(system.vanishes, group)):
        return True
    return _put_back(system, before)


def _rows(system: System, group: list[Ground], keys: list[Key]) -> list[list[fmpq]] | None:
    """The slopes in the entries, and what is missing to zero; None where these are not all exact."""
    rows = []
    for equation in group:
        try:
            value, slopes = system.slopes(equation, set(keys))
        except (Undefined, Uncertain, TooLarge):
            return None
        row = [*(slopes.get(key, ZERO) for key in keys), -value]
        if not all(type(entry) is fmpq for entry in row):
            return None
        rows.append(row)
    return rows


def _put_back(system: System, values: dict[Key, Number]) -> bool:
    for key, number in values.items():
        system.state.assign(key, number)
    return False
