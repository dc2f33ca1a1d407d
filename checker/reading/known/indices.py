"""Indices: the assumptions of their symbols, and whether they are in their sets."""

from __future__ import annotations

import sympy
from sympy import Add, Expr, Indexed, IndexedBase, Integer, Mul, Symbol

from checker.derivation import IndexSet


def index_assumptions(lower: Expr) -> dict[str, bool]:
    """The assumptions of an index symbol, by where its set begins."""
    if isinstance(lower, Integer):
        if lower >= 1:
            return {"integer": True, "positive": True}
        if lower == 0:
            return {"integer": True, "nonnegative": True}
        return {"integer": True}
    if not all(isinstance(each, _COUNTS) for each in sympy.preorder_traversal(lower)):
        return {"integer": True}  # of functions within one another SymPy asks again and again
    with sympy.evaluate(True):  # SymPy's own reasoning builds expressions, and fails on those that stay as written
        positive = lower.is_positive
    return {"integer": True, "positive": True} if positive else {"integer": True}


_COUNTS = (Integer, Symbol, Indexed, IndexedBase, Add, Mul)


def is_outside(index: Expr, index_set: IndexSet) -> bool:
    """Surely no member of the set."""
    above, below = _gap(index, index_set.upper), _gap(index_set.lower, index)
    return above is not None and above > 0 or below is not None and below > 0


def is_shifted(bounds: tuple[Expr, Expr], index_set: IndexSet) -> bool:
    """Another range whose ends are known numbers away from those of the set, as 2..K beside 1..K."""
    gaps = [_gap(end, other) for end, other in zip(bounds, (index_set.lower, index_set.upper), strict=True)]
    return None not in gaps and any(gaps)


def _gap(left: Expr, right: Expr) -> int | None:
    """left - right, where it is a known number."""
    with sympy.evaluate(True):  # what is read is built without
        gap = sympy.expand(left - right)
    return int(gap) if gap.is_Integer else None
