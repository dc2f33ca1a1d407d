"""Positive definite matrices: random ones, and whether those are definite whose entries were solved for."""

from __future__ import annotations

from collections.abc import Mapping

from flint import fmpq

from checker.evaluate.arithmetic import ZERO, Number
from checker.evaluate.matrices import MAX_SIZE, expanded
from checker.evaluate.names import Key
from checker.evaluate.randomness import stream


def definite_entry(seed: int, key: Key, plain: bool) -> Number:
    """An entry of a random positive definite matrix L Lᵀ, L lower triangular with a positive diagonal.

    key: (family, …, row, column). plain: of small whole numbers.
    """
    *matrix, row, column = key
    return sum(
        (_triangular(seed, (*matrix, row, inner), plain) * _triangular(seed, (*matrix, column, inner), plain)
         for inner in range(1, min(row, column) + 1)),
        ZERO,
    )  # fmt: skip


def _triangular(seed: int, key: Key, plain: bool) -> Number:
    random = stream(seed, ("triangular", key))
    on_diagonal = key[-1] == key[-2]
    if plain:
        return fmpq(1 + random.below(2)) if on_diagonal else fmpq(random.below(3) - 1)
    return random.fraction() if on_diagonal or random.below(2) else -random.fraction()


def is_definite(entries: Mapping[tuple[int, int], Number]) -> bool:
    """Whether a symmetric matrix, of the entries with row ≤ column, is shown to be positive definite.

    By Sylvester's criterion: all leading minors are positive. False where an entry is missing.
    """
    size = max(column for _, column in entries)
    if size > MAX_SIZE or len(entries) < size * (size + 1) // 2:
        return False
    rows = [[entries[min(i, j), max(i, j)] for j in range(1, size + 1)] for i in range(1, size + 1)]
    return all(expanded([row[:count] for row in rows[:count]]) > 0 for count in range(1, size + 1))
