"""The givens as LaTeX, a statement each, for a person who reads what was made of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sympy import Basic, Indexed, IndexedBase, Symbol

from checker.derivation import Givens, IndexSet
from checker.printing import latex


def stated(givens: Givens) -> tuple[str, ...]:
    """What is given: sets, signs, what is symmetric, the model, definitions, facts, independence; in this order."""
    return (
        *_sets({**givens.index_sets, **givens.value_sets}),
        *_signs(givens),
        *_matrices(givens),
        *_model(givens),
        *map(latex, givens.definitions),
        *map(latex, givens.facts),
        *(_independent(each.events, each.given) for each in givens.independence),
        *(rf"\text{{exactly one of }} {_listed(map(latex, events))}" for events in givens.exclusive),
    )


def _sets(sets: Mapping[Any, IndexSet]) -> Iterator[str]:
    """The names of each set together."""
    names: dict[IndexSet, list[str]] = {}
    for name, index_set in sets.items():
        names.setdefault(index_set, []).append(latex(name))
    for index_set, members in names.items():
        yield rf"{_listed(members)} \in {_set(index_set)}"


def _set(index_set: IndexSet) -> str:
    if index_set.only:
        return rf"\{{{_listed(map(str, index_set.only))}\}}"
    return rf"\{{{latex(index_set.lower)}, \dots, {latex(index_set.upper)}\}}"


def _signs(givens: Givens) -> Iterator[str]:
    """What is known of the names that are neither an index, nor a size, nor defined."""
    trees = [*givens.definitions, *givens.facts, *(givens.model.factors if givens.model else ())]
    families = {node.base for tree in trees for node in tree.atoms(Indexed)}
    labels = {family.label for family in families}
    symbols = {s for tree in trees for s in tree.free_symbols if isinstance(s, Symbol) and s not in labels}
    defined = {getattr(each.args[0], "base", each.args[0]) for each in givens.definitions}
    kinds: dict[str, list[str]] = {}
    for name in sorted((families | symbols) - defined, key=str):
        label = name.label if isinstance(name, IndexedBase) else name
        if not label.is_integer and name not in givens.value_sets:
            kinds.setdefault(_kind(label), []).append(latex(name))
    for kind, members in sorted(kinds.items()):
        if kind:
            yield f"{_listed(members)} {kind}"


def _kind(label: Symbol) -> str:
    if label.is_positive:
        return "> 0"
    if label.is_nonnegative:
        return r"\geq 0"
    return r"\in \mathbb{R}" if label.is_real else ""


def _matrices(givens: Givens) -> Iterator[str]:
    for families, words in (
        (givens.definite, "symmetric, positive definite"),
        (givens.symmetric - givens.definite, "symmetric"),
    ):
        if families:
            yield rf"{_listed(sorted(map(latex, families)))} \text{{ {words}}}"


def _model(givens: Givens) -> Iterator[str]:
    if givens.model is None:
        return
    yield from map(latex, givens.model.factors)
    if givens.model.samples is not None:
        values = _listed(latex(each.value) for each in givens.model.variables)
        yield rf"\text{{independent samples of }} ({values}), \text{{ numbered }} {_set(givens.model.samples)}"


def _independent(events: Iterable[Basic], given: Iterable[Basic]) -> str:
    behind = _listed(map(latex, given))
    return rf"{_listed(map(latex, events))} \text{{ independent{' given ' if behind else ''}}} {behind}".rstrip()


def _listed(parts: Iterable[str]) -> str:
    return ", ".join(parts)
