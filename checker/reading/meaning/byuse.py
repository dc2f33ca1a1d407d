"""Vectors by use: what is transposed before a vector, or stands in a norm, is a vector of some dimension.

    wᵀx_n     w and each x_n are vectors of one dimension, where nothing else is said of them
    ‖x − u‖²  x and u are

Small letters are columns. A letter beside a capital of which nothing is said is left alone, since that may be a matrix,
and so is what stands somewhere with a letter that is declared to be a number or a matrix, or as a number: x², x + 1.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import replace
from types import MappingProxyType

from sympy import Expr, Symbol

from checker.reading.known.names import is_normal, is_transpose, letter_key, name_of
from checker.reading.known.scope import REAL, SIZE, Kind, Scope, Shaped
from checker.reading.syntax import (
    Applied,
    Bracket,
    Chance,
    Letter,
    Node,
    Number,
    Product,
    Scripted,
    Total,
    children,
    walk,
)
from checker.reading.tex.tokens import Unreadable

UNCLEAR = "?"
"""Stands among names of which nothing is concluded."""


def vectors_in(trees: Iterable[Node], scope: Scope) -> tuple[frozenset[str], ...]:
    """The names that are vectors of one dimension, by families; those that stand beside unknown capitals among them."""
    found: list[set[str]] = []
    for tree in trees:
        for each in walk(tree):
            for names in _together(each, scope):
                touching = [group for group in found if group & names]
                found = [group for group in found if not group & names] + [names.union(*touching)]
    return tuple(frozenset(group) for group in found)


def vectors_by_place(trees: Iterable[Node], scope: Scope) -> frozenset[str]:
    """The families that stand as vectors in these trees: transposed, at the end of such a product, in N(x | μ, Σ)."""
    found: set[str] = set()
    for each in (node for tree in trees for node in walk(tree)):
        if isinstance(each, Product):
            inner = [part for factor in each.factors if (part := _transposed(factor, scope)) is not None]
            if inner:
                found |= set().union(*(_names(part, scope) for part in (*inner, each.factors[-1])))
        elif isinstance(each, Chance) and _is_of_vector(each, scope):
            found |= _names(each.events[0], scope) | _names(each.given[0], scope)
    return frozenset(found)


def _is_of_vector(node: Chance, scope: Scope) -> bool:
    """N(x | μ, Σ) and its like."""
    alone = is_normal(node) and (len(node.events), len(node.given)) == (1, 2)
    return alone and _is_spread_of_vector(node.given[1], scope)


def _is_spread_of_vector(node: Node, scope: Scope) -> bool:
    """Σ, diag(…), σ² I, or the bare σ² of a family."""
    if isinstance(node, Applied):
        return node.function == "diag"
    if isinstance(node, Product):
        return any(isinstance(factor, Letter) and factor.name == "I" for factor in node.factors)
    name = name_of(node, scope) if isinstance(node, (Letter, Scripted)) else None
    if name is None or name.indices:
        return False
    return name.letter == "Sigma" or f"{name.key}[]" in scope.kinds and name.key not in scope.kinds


def with_vectors(scope: Scope) -> Scope:
    """The scope in which the names that are vectors by use alone are vectors."""
    kept = {key: kind for key, kind in scope.kinds.items() if scope.by_use.get(key) is not kind}
    scope = replace(scope, kinds=MappingProxyType(kept), by_use=MappingProxyType({}))
    found: dict[str, Kind] = {}
    for group in scope.vectors:
        dimension = _dimension(group, scope)
        if dimension is None:
            continue
        for key in group:
            if key not in scope.kinds and scope.definition_of(key) is None:
                found[key] = Kind(REAL.assumptions, None, (dimension,), indices=int(key.endswith("[]")))
    for shaped in scope.matrices:
        found.update(_matrices(shaped, scope))
    return scope.knowing(kinds=found, by_use=found) if found else scope


def by_their_shapes(scope: Scope, names: Container[str]) -> dict[str, str]:
    """Those of the names that have shapes as matrices beside others by their use alone, with these."""
    keys = sorted(key for each in scope.matrices for key, *_ in each.names if key in scope.by_use)
    shapes = {key: scope.by_use[key].shape for key in keys if key.removesuffix("[]") in names}
    return {key.removesuffix("[]"): " × ".join(map(str, (*shape, 1)[:2])) for key, shape in shapes.items()}


def _matrices(shaped: Shaped, scope: Scope) -> dict[str, Kind]:
    """The kinds of names with these shapes; none where one may be something else."""
    sizes: dict[str, set[Expr]] = {}
    for key, *dimensions in shaped.names:
        bare, kind = key.removesuffix("[]"), scope.kinds.get(key)
        if bare in scope.index_sets or bare in scope.sizes or bare in scope.random or bare in scope.lexicon.indices:
            return {}
        dimensions = [each for each in dimensions if each != "1"]
        if kind is not None and len(kind.shape) != len(dimensions):
            return {}
        if kind is None and (scope.definition_of(key) is not None or f"{key}[]" in scope.kinds):
            return {}
        for number, dimension in enumerate(dimensions):
            place = scope.places.get((key, len(dimensions), number))
            known = {kind.shape[number]} if kind is not None else {place.upper} if place and place.lower == 1 else set()
            sizes.setdefault(dimension, set()).update(known)
    if any(len(found) > 1 for found in sizes.values()) or not all(_is_number(each, scope) for each in shaped.beside):
        return {}
    size = {each: next(iter(known), Symbol(_called(each), **dict(SIZE.assumptions))) for each, known in sizes.items()}
    return {
        key: Kind(
            REAL.assumptions, None, tuple(size[d] for d in dimensions if d != "1"), indices=int(key.endswith("[]"))
        )
        for key, *dimensions in shaped.names
        if key not in scope.kinds
    }


def _called(dimension: str) -> str:
    word, _, key = dimension.partition(" ")
    return f"{word}({key.removesuffix('[]')})"


def _is_number(key: str, scope: Scope) -> bool:
    kind = scope.kinds.get(key)
    return key in scope.sizes or kind is not None and not kind.shape


def _dimension(group: frozenset[str], scope: Scope) -> Expr | None:
    """The dimension that is declared of one of them, or some dimension; None where they may be something else."""
    known: set[Expr] = set()
    for key in group:
        bare = key.removesuffix("[]")
        kind = scope.kinds.get(key)
        if bare in scope.index_sets or bare in scope.sizes or bare in scope.random or bare in scope.lexicon.indices:
            return None
        if not _is_small(bare) or kind is not None and len(kind.shape) != 1:
            return None
        definition = scope.definition_of(key)
        if kind is None and (definition is not None or f"{key}[]" in scope.kinds):
            return None
        place = scope.places.get((key, 1, 0)) if f"{key}[]" not in group else None
        known |= {kind.shape[0]} if kind is not None else {place.upper} if place and place.lower == 1 else set()
    letter = min(key.removesuffix("[]") for key in group)
    if len(known) > 1:
        return None
    return known.pop() if known else Symbol(f"dim({letter})", **dict(SIZE.assumptions))


def _is_small(key: str) -> bool:
    return key[:1].islower()


def _together(node: Node, scope: Scope) -> Iterator[set[str]]:
    """The names that a node shows to be vectors of one dimension; with "?" those that it shows to be something else."""
    for key in _numbers(node, scope):
        yield {key, UNCLEAR}
    if isinstance(node, Bracket) and node.kind == "‖‖" and len(node.items) == 1:
        names = _names(node.items[0], scope)
        yield from [names] if names else []
    if not isinstance(node, Product):
        return
    capitals = {key for factor in node.factors for key in _unknown_capitals(factor, scope)}
    for one, other in zip(node.factors, node.factors[1:], strict=False):
        inner = _transposed(one, scope)
        if inner is None:
            continue
        left, right = _names(inner, scope), _names(other, scope)
        if left and right:
            yield left | right | capitals
        elif left or right:
            yield left | right | capitals | {UNCLEAR}


def _numbers(node: Node, scope: Scope) -> Iterator[str]:
    """The names that stand as numbers: with a power, beside a number in a sum, under a function of a number."""
    inside: list[Node] = []
    if isinstance(node, Scripted) and isinstance(node.sup, Number) and not node.bracketed:
        inside = [replace(node, sup=None) if node.sub else node.base]
    elif isinstance(node, Total) and any(isinstance(term, Number) for _, term in node.terms):
        inside = [term for _, term in node.terms]
    elif isinstance(node, Applied):
        inside = list(node.arguments)
    for each in inside:
        yield from _names(each, scope) if isinstance(each, (Letter, Scripted)) else ()


def _transposed(node: Node, scope: Scope) -> Node | None:
    """What is transposed."""
    if isinstance(node, Scripted) and node.sup is not None and not node.bracketed and is_transpose(node.sup, scope):
        return replace(node, sup=None) if node.sub else node.base
    return None


def _names(node: Node, scope: Scope) -> set[str]:
    """The families of the terms of a vector: x, x_n, x − μ; nothing where a term is anything else."""
    if isinstance(node, Bracket) and node.kind == "()" and len(node.items) == 1:
        return _names(node.items[0], scope)
    if isinstance(node, Total):
        parts = [_names(term, scope) for _, term in node.terms]
        return set().union(*parts) if all(parts) else set()
    if not isinstance(node, (Letter, Scripted)):
        return set()
    try:
        name = name_of(node, scope)
    except Unreadable:
        return set()
    if name is None or name.power is not None or len(name.indices) > 1:
        return set()
    return {name.family} if not any(isinstance(index, Number) for index in name.indices) else set()


def _unknown_capitals(node: Node, scope: Scope) -> Iterator[str]:
    for each in [node, *children(node)]:
        base = each.base if isinstance(each, Scripted) else each
        if isinstance(base, Letter) and base.name[:1].isupper() and base.name not in ("T", "E"):
            yield letter_key(base)
