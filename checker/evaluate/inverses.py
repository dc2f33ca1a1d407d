"""Inverses of matrices: a family that a fact defines as one has its entries from the numbers of the matrix.

    Σ_l G_il A_lj = 1[i = j]  or  Σ_l A_il G_lj = 1[i = j]  for all i, j, l in 1, …, n      G = A⁻¹

Else each of the n² equations would have to be solved at every instance.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import sympy
from sympy import Expr, Indexed, Symbol

from checker.derivation import Givens, IndexSet
from checker.evaluate.compiling import Definition
from checker.evaluate.matrices import COLUMN, ROW, InverseEntry
from checker.evaluate.names import Key, base_name
from checker.expressions import Indicator, Partial

AT_ROW, AT_COLUMN = Symbol("⟨at row⟩", integer=True), Symbol("⟨at column⟩", integer=True)


@dataclass(frozen=True)
class Inverse:
    """family[leading indices, row, column] is an entry of the inverse of the matrix of `entry`."""

    key: Key
    family: Any
    leading: tuple[Symbol, ...]
    entry: Expr
    size: Expr

    @property
    def definition(self) -> Definition:
        """The family as a defined one."""
        body = InverseEntry(self.entry, self.size, AT_ROW, AT_COLUMN)
        return Definition(base_name(self.family), (*self.leading, AT_ROW, AT_COLUMN), body)

    @property
    def exists(self) -> Any:
        """A relation that is true where the matrix has an inverse, for all values of the leading indices."""
        first = Indexed(self.family, *self.leading, sympy.Integer(1), sympy.Integer(1))
        return sympy.Ge(sympy.Mul(sympy.Integer(0), first, evaluate=False), 0, evaluate=False)


def inverses_in(givens: Givens, lines: Iterable[Any]) -> tuple[dict[Key, Inverse], list[Any]]:
    """The families that facts define as inverses, and the facts that say nothing else.

    Of two that are inverses of each other, the one by which a line takes a derivative is free.
    """
    free = {
        variable.base
        for line in (*lines, *givens.definitions)
        for partial in _partials(line)
        for variable in partial.variables
        if isinstance(variable, Indexed)
    }
    found: dict[Key, Inverse] = {}
    said: list[Any] = []
    tied = {symbol for fact in givens.facts if not isinstance(fact, sympy.Eq) for symbol in fact.free_symbols}
    for fact in givens.facts:
        if isinstance(fact, sympy.Eq) and fact.rhs.free_symbols & tied:
            continue  # it holds at some values of its indices only
        # of A and A^-1 the latter is the one to define
        for inverse in sorted(_inverses(fact, givens.index_sets), key=lambda each: -len(each.key[0])):
            if inverse.family in free:
                continue
            known = found.get(inverse.key)
            if known is None and _written_in(inverse.entry, inverse.key[0], found):
                continue
            if known is None or _same(known, inverse):
                found[inverse.key] = inverse
                said.append(fact)
                break
    return found, said


def _partials(tree: Any) -> Iterator[Partial]:
    """The partial derivatives in a tree, which may be nested deeper than Python calls."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Partial):
            yield node
        waiting.extend(node.args)


def _written_in(entry: Expr, name: str, found: dict[Key, Inverse]) -> bool:
    """Whether a matrix is written in a family, perhaps through inverses."""
    names = {base_name(each.base) for each in entry.atoms(Indexed)}
    inner = (inverse.entry for key, inverse in found.items() if key[0] in names)
    return name in names or any(_written_in(each, name, found) for each in inner)


def _inverses(fact: Any, index_sets: Any) -> Iterable[Inverse]:
    """What a fact of the shape Σ_l A_il B_lj = 1[i = j] says is an inverse, in each of the two ways to read it."""
    if not (isinstance(fact, sympy.Eq) and isinstance(fact.lhs, sympy.Sum) and isinstance(fact.rhs, Indicator)):
        return
    total, condition = fact.lhs, fact.rhs.condition
    if not isinstance(condition, sympy.Eq) or len(total.limits) != 1:
        return
    inner, lower, size = total.limits[0]
    within = IndexSet(lower, size)
    i, j = condition.args
    if lower != 1 or not all(index_sets.get(each) == within for each in (i, j)) or len({i, j, inner}) < 3:
        return
    factors = _factors(total.function)
    for place, family in enumerate(factors):
        entry = sympy.Mul(*factors[:place], *factors[place + 1 :], evaluate=False)
        if not isinstance(family, Indexed) or len(family.indices) < 2 or entry.has(family.base):
            continue
        *leading, first, second = family.indices
        if not all(isinstance(each, Symbol) and each not in (i, j, inner) for each in leading):
            continue
        key = (base_name(family.base), len(family.indices))
        if (first, second) == (i, inner):
            places = {inner: ROW, j: COLUMN}
        elif (first, second) == (inner, j):
            places = {i: ROW, inner: COLUMN}
        else:
            continue
        with sympy.evaluate(False):
            matrix = entry.xreplace(places)
        if not matrix.free_symbols & {i, j, inner}:
            yield Inverse(key, family.base, tuple(leading), matrix, size)


def _factors(tree: Any) -> list[Any]:
    if isinstance(tree, sympy.Mul):
        return [factor for arg in tree.args for factor in _factors(arg)]
    return [] if tree == 1 else [tree]


def _same(one: Inverse, other: Inverse) -> bool:
    return (one.leading, one.size) == (other.leading, other.size) and _shape(one.entry) == _shape(other.entry)


def _shape(tree: Any, names: dict[Any, Any] | None = None) -> Any:
    """The tree with bound indices named by their order."""
    names = names or {}
    if isinstance(tree, sympy.Mul):
        return (sympy.Mul, *(_shape(factor, names) for factor in _factors(tree)))
    if isinstance(tree, sympy.Sum | sympy.Product):
        for limit in reversed(tree.limits):
            names = {**names, limit[0]: len(names)}
    if not tree.args or isinstance(tree, Symbol):
        return names.get(tree, tree)
    return (type(tree), *(_shape(arg, names) for arg in tree.args))
