"""A claim with no more than what bears on it, and in canonical letters, so that what is found of it is known again.

    bearing               the givens without definitions and sets of names of which the claim does not come to speak
    in_canonical_letters  a name that only the claim and the definitions have becomes one of r1, r2, …, as it occurs

The renaming is one to one and keeps all assumptions, so that the claim and its givens stay the same but for their
letters. What the facts, the model, value sets, parameters and events speak of keeps its name, and so does a name that
is not one plain letter: others may mean something to those who read it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache
from itertools import count
from typing import Any

from sympy import Basic, Dummy, Indexed, Symbol, evaluate, preorder_traversal
from sympy.core.function import AppliedUndef

from checker.derivation import Givens, Transition
from checker.expressions import Event, RandomVariable
from checker.notation.names import LETTERS

CLAIMS_KEPT, TREES_KEPT = 4000, 4096


def in_canonical_letters(transition: Transition, givens: Givens) -> tuple[Transition, Givens]:
    """The claim and its givens in canonical letters."""
    trees = (transition.lhs, transition.rhs, *transition.hypotheses, *transition.variables)
    everything = (*trees, *givens.definitions, *givens.index_sets)
    fixed = _names_among(replace(givens, definitions=(), index_sets={}))
    fixed |= _names_among(list(givens.index_sets.values())).union(*map(_of_others, everything))
    new = (f"r{number}" for number in count(1))
    letters: dict[str, str] = {}
    symbols: dict[Basic, Basic] = {}
    taken = fixed.union(*map(_names_in, everything))
    for symbol in (symbol for tree in everything for symbol in _symbols(tree)):
        name = symbol.name
        if name in fixed or isinstance(symbol, Dummy) or not _is_letter(name):
            continue
        if name not in letters:
            letters[name] = next(each for each in new if each not in taken)
        symbols[symbol] = Symbol(letters[name], **symbol.assumptions0)
    if not symbols:
        return transition, givens

    def renamed(trees: Iterable[Basic]) -> tuple[Basic, ...]:
        return tuple(tree.xreplace(symbols) for tree in trees)

    with evaluate(False):  # else x/x would be 1, which needs no x ≠ 0
        lhs, rhs = renamed((transition.lhs, transition.rhs))
        hypotheses, variables = renamed(transition.hypotheses), renamed(transition.variables)
        definitions = renamed(givens.definitions)
    index_sets = {symbols.get(symbol, symbol): of for symbol, of in givens.index_sets.items()}
    in_order = dict(sorted(index_sets.items(), key=lambda each: str(each[0])))
    claim = replace(transition, lhs=lhs, rhs=rhs, hypotheses=hypotheses, variables=variables)
    return claim, replace(givens, definitions=definitions, index_sets=in_order)


def bearing(transition: Transition, givens: Givens) -> Givens:
    """The givens that bear on a claim."""
    sides = (transition.lhs, transition.rhs, *transition.hypotheses, *transition.variables)
    return _mentioned(frozenset[str]().union(*map(_names_in, sides)), givens)


@lru_cache(maxsize=CLAIMS_KEPT)
def _mentioned(names: frozenset[str], givens: Givens) -> Givens:
    """The givens without definitions and sets of indices of names that no claim with these names comes to speak of."""
    known = names | _names_among(replace(givens, definitions=(), index_sets={}))
    waiting: list[Any] = [*givens.definitions, *givens.index_sets.items()]
    found = waiting
    while found:
        found = [each for each in waiting if _names_among(_defined(each)) & known]
        waiting = [each for each in waiting if each not in found]
        known |= _names_among(found)
    definitions = tuple(each for each in givens.definitions if each not in waiting)
    index_sets = {symbol: of for symbol, of in givens.index_sets.items() if (symbol, of) not in waiting}
    return replace(givens, definitions=definitions, index_sets=index_sets)


def _defined(given: Any) -> Any:
    """What a definition is of; an index with its set is of its bounds as well, since a claim on A[N] is about 1..N."""
    if not isinstance(given, Basic):
        return given
    name = given.args[0]
    return name.base if isinstance(name, Indexed) else name


def _names_among(given: Any) -> frozenset[str]:
    """The names in what is given, whatever holds it."""
    if isinstance(given, Basic):
        return _names_in(given) | _of_others(given)
    if is_dataclass(given):
        given = [getattr(given, each.name) for each in fields(given)]
    elif isinstance(given, Mapping):
        given = given.items()
    parts = given if isinstance(given, Collection) and not isinstance(given, str) else ()
    return frozenset[str]().union(*map(_names_among, parts))


@lru_cache(maxsize=TREES_KEPT)
def _names_in(tree: Basic) -> frozenset[str]:
    """The names of the symbols and families in a tree."""
    return frozenset(symbol.name for symbol in tree.atoms(Symbol))


@lru_cache(maxsize=TREES_KEPT)
def _of_others(tree: Basic) -> frozenset[str]:
    """The names of random variables, events and functions in a tree, which are no symbols."""
    functions = frozenset(str(function.func) for function in tree.atoms(AppliedUndef))
    return functions | {each.name for each in tree.atoms(RandomVariable, Event)}


@lru_cache(maxsize=TREES_KEPT)
def _symbols(tree: Basic) -> tuple[Symbol, ...]:
    """The symbols of a tree, labels of families among them, in the order in which they stand."""
    return tuple(dict.fromkeys(_walked(tree)))


def _walked(tree: Basic) -> Iterator[Symbol]:
    return (node for node in preorder_traversal(tree) if isinstance(node, Symbol))


def _is_letter(name: str) -> bool:
    return name in LETTERS or len(name) == 1 and name.isascii() and name.isalpha()
