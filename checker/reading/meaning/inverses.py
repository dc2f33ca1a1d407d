"""Inverses of matrices: families with the facts that they are inverses."""

from __future__ import annotations

from typing import Any

from sympy import Add, Eq, Expr, Indexed, IndexedBase, Integer, Mul, Ne, Pow, Sum, Symbol

from checker.expressions import Indicator, Unknown
from checker.reading.meaning import arrays
from checker.reading.meaning.arrays import Array
from checker.reading.meaning.context import Context, factors
from checker.reading.syntax import Node, spelled, without_brackets
from checker.reading.tex.tokens import Place, Unreadable

MAX_WRITTEN_OUT = 3
PRIMES = "'''"
"""Primes that nobody writes, so that the indices of the facts are no others."""


def inverse_of(m: Context, base: Array, place: Place, text: str) -> Array:
    """G = A⁻¹ as a family with the facts Σ_l G_il A_lj = Σ_l A_il G_lj = 1[i = j], which say that A is invertible.

    text: A as plain text, for the family's name. Equal matrices have one inverse, however they are written.
    """
    if base.rows != base.columns:
        raise Unreadable("the inverse of an array that is not square", place)
    size = base.rows
    if (entries := base.on_diagonal) is not None:
        return arrays.diagonal(size, lambda i: Pow(entries(i), Integer(-1), evaluate=False))
    if size == arrays.UNSIZED:
        return arrays.inverse_of_multiple(base)
    if isinstance(size, Integer) and size <= MAX_WRITTEN_OUT:
        return arrays.inverse_written_out(base)
    i, j = (m.position(f"{name}{PRIMES}", size) for name in "rc")
    inner = Symbol(f"l{PRIMES}", integer=True, positive=True)
    arrays.restart()
    written = base.entry(i, j)
    leading = sorted(
        (s for s in written.free_symbols if isinstance(s, Symbol) and s not in (i, j) and _is_index(m, s)), key=str
    )  # Σ_k^{-1} is another matrix for each k
    general = [_any(m, symbol) for symbol in leading]
    entry = written.xreplace({s: g for s, g in zip(leading, general, strict=True) if g is not None})
    if entry.free_symbols & m.bound_symbols:
        return Array(size, size, lambda a, b: Unknown("an inverse under an index"))
    places = [s if g is None else g for s, g in zip(leading, general, strict=True)]
    name = f"{text[1:-1] if text.startswith('((') and text.endswith('))') else text}^-1"
    while m.inverse_names.setdefault(name, entry) != entry:  # the same text of another matrix
        name += "'"
    name = next(each for each, known in m.inverse_names.items() if known == entry)
    family = IndexedBase(name, real=True)
    inverse = Array(size, size, lambda a, b: Indexed(family, *leading, a, b))
    factors = [
        (Indexed(family, *places, i, inner), entry.xreplace({i: inner})),
        (entry.xreplace({j: inner}), Indexed(family, *places, inner, j)),
    ]
    if _symmetric(m, entry, i, j):
        m.symmetric.add(family)
    unit = Indicator(Eq(i, j, evaluate=False))
    for pair in factors:
        product = Sum(Mul(*pair, evaluate=False), (inner, 1, size))
        fact = m.inverses[product] = Eq(product, unit, evaluate=False)
        m.inverse_words[fact] = f"{name.replace('^-1', '⁻¹')} is the inverse of {without_brackets(text)}"
    return inverse


def note_inverse(m: Context, node: Node) -> None:
    """That a matrix has an inverse is known from here on. Raises Unreadable where it is no square matrix."""
    value = m.value(node)
    if not isinstance(value, Array):
        raise Unreadable("what has an inverse is no matrix here", node.place)
    if isinstance(value.rows, Integer) and value.rows <= MAX_WRITTEN_OUT and value.rows == value.columns:
        m.conditions.append(Ne(arrays.determinant_written_out(value), 0, evaluate=False))
    else:
        inverse_of(m, value, node.place, spelled(node))


def _any(m: Context, index: Symbol) -> Symbol | None:
    """An index that stands for any of the set of this one, from 1; None where the set is not known, or depends."""
    index_set = m.over.get(index.name) if index in m.bound_symbols else m.scope.index_sets.get(index.name)
    if index_set is None or index_set.lower != 1 or index_set.only or index_set.upper.free_symbols & m.bound_symbols:
        return None
    place = m.position(f"{index.name}{PRIMES}", index_set.upper)
    return place if isinstance(place, Symbol) else None


def _is_index(m: Context, symbol: Symbol) -> bool:
    scope = m.scope
    if symbol in m.bound_symbols:
        return True
    return symbol.name in {*m.ranges, *scope.index_sets} or symbol.name in scope.lexicon.indices - scope.sizes


def _symmetric(m: Context, entry: Expr, i: Expr, j: Expr) -> bool:
    """The entry does not change when its indices change places, up to the order of factors and terms."""
    swapped = entry.xreplace({i: j, j: i})
    return bool(_sorted(m, entry) == _sorted(m, swapped))


def _sorted(m: Context, node: Any) -> Any:
    """The node as data that is the same for every order of factors, terms, and indices of symmetric families."""
    if isinstance(node, Mul):
        written = (factor for factor in factors(node) if factor != 1)  # sums add ones in front
        return ("Mul", *sorted((_sorted(m, factor) for factor in written), key=str))
    parts = [_sorted(m, arg) for arg in node.args] if node.args else []
    if isinstance(node, Add):
        parts = sorted(parts, key=str)
    if isinstance(node, Indexed) and node.base in m.symmetric:
        parts[-2:] = sorted(parts[-2:], key=str)
    return (type(node).__name__, str(node) if not node.args else "", tuple(map(str, parts)))
