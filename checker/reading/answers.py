"""A student's answer: a document read under the givens of a question.

What the question states is known beforehand: its symbols with their signs and sets, its model, definitions and facts.
The letters of indices are the answer's own; their sets follow from the places where they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from sympy import Basic, Indexed, IndexedBase, Product, Sum, Symbol

from checker.derivation import Derivation, IndexSet
from checker.loading import load
from checker.printing import latex
from checker.reading.blocks import Document
from checker.reading.grammar.formula import parse
from checker.reading.grammar.lexicon import Lexicon
from checker.reading.reader import read_text
from checker.reading.records import PartText, Reading
from checker.reading.scope import Definition, Kind, Scope
from checker.reading.syntax import Node
from checker.reading.tokens import Place, Source, tokenize
from checker.reading.trees import items_of
from checker.rules import rule_names

ORIGIN = Place(1, 1)
SIGNS = ("positive", "nonnegative", "negative", "real", "integer")


def read_answer(document: Document, question: Path) -> Reading:
    """The answer's lines, its parts named as the question's. Raises Refused where the question does not load."""
    derivation = load(question, rule_names())
    reading = read_text(document, scope_of_question(derivation))
    names = [part.name for part in derivation.parts]
    titles = {part.name: part.title for part in derivation.parts}
    return replace(reading, parts=_matched(reading.parts, names, titles))


# --- the scope of a question --------------------------------------------------------------------------------------


def scope_of_question(derivation: Derivation) -> Scope:
    """What the question states, as the scope in which an answer begins."""
    givens = derivation.givens
    trees = [*givens.definitions, *givens.facts, *(givens.model.factors if givens.model else ())]
    sets = [*givens.index_sets.values(), *givens.value_sets.values()]
    sizes = {s.name for index_set in sets for s in index_set.upper.free_symbols if isinstance(s, Symbol)}
    indices = {symbol.name for symbol in givens.index_sets}
    kinds = dict(_kinds(trees, givens.value_sets, sizes | indices))
    variables = givens.model.variables if givens.model else ()
    lexicon = Lexicon(numbers=frozenset(key.removesuffix("[]") for key in kinds))
    scope = Scope(
        index_sets={symbol.name: index_set for symbol, index_set in givens.index_sets.items()},
        kinds=kinds,
        places=dict(_places(derivation)),
        fact_trees=tuple(givens.facts),
        model=givens.model,
        variables={v.variable.name: v.domain for v in variables},
        parameters=frozenset(str(p.label) if isinstance(p, IndexedBase) else str(p) for p in givens.parameters),
        samples=givens.model.samples if givens.model else None,
        independence=givens.independence,
        exclusive=givens.exclusive,
        sizes=frozenset(sizes),
        superscripts=frozenset(v.variable.name for v in variables)
        if givens.model and givens.model.samples
        else frozenset(),
        lexicon=lexicon,
    )
    definitions = tuple(_definition(definition, lexicon) for definition in givens.definitions)
    functions = frozenset(definition.key for definition in definitions)
    return replace(scope, definitions=definitions, lexicon=replace(lexicon, functions=functions))


def _kinds(trees: list[Basic], value_sets: Any, taken: set[str]) -> Iterator[tuple[str, Kind]]:
    """The kinds of the symbols and families in the givens."""
    families = {node.base for tree in trees for node in tree.atoms(Indexed)} | {
        base for base in value_sets if isinstance(base, IndexedBase)
    }
    labels = {str(base.label) for base in families}
    for base in families:
        yield f"{base.label}[]", Kind(_assumptions(base), value_sets.get(base))
    symbols = {s for tree in trees for s in tree.free_symbols if isinstance(s, Symbol)}
    for symbol in symbols:
        if symbol.name not in taken | labels:
            yield symbol.name, Kind(_assumptions(symbol), value_sets.get(symbol))


def _assumptions(symbol: Any) -> tuple[tuple[str, bool], ...]:
    known = symbol.assumptions0 if isinstance(symbol, Symbol) else symbol.label.assumptions0
    if known.get("positive"):
        found = [("positive", True)]
    elif known.get("nonnegative"):
        found = [("nonnegative", True)]
    else:
        found = [("real", True)] if known.get("real") else []
    return (*found, ("integer", True)) if known.get("integer") else tuple(found)


def _definition(equation: Basic, lexicon: Lexicon) -> Definition:
    left, right = (_parsed(latex(side), lexicon) for side in equation.args)
    name = equation.args[0]
    key = str(name.base.label) if isinstance(name, Indexed) else str(name)
    indices = tuple(_parsed(latex(i), lexicon) for i in name.indices) if isinstance(name, Indexed) else ()
    return Definition(key, left, right, indices=indices)


def _parsed(text: str, lexicon: Lexicon) -> Node:
    return parse(items_of(tokenize(Source(text, ORIGIN))), lexicon, ORIGIN)


def _places(derivation: Derivation) -> Iterator[tuple[tuple[str, int, int], IndexSet]]:
    """The set of each index of each family, from the sums and index sets of the question and its solution."""
    givens = derivation.givens
    trees: list[tuple[Basic, Any]] = [
        (tree, givens.index_sets)
        for tree in (*givens.definitions, *givens.facts, *(givens.model.factors if givens.model else ()))
    ]
    for part in derivation.parts:
        for transition in part.transitions:
            trees += [(side, part.givens.index_sets) for side in (transition.lhs, transition.rhs)]
    for tree, index_sets in trees:
        yield from _places_in(tree, dict(index_sets), givens.value_sets)


def _places_in(
    tree: Basic, sets: dict[Any, IndexSet], value_sets: Any
) -> Iterator[tuple[tuple[str, int, int], IndexSet]]:
    if isinstance(tree, (Sum, Product)):
        sets = {**sets, **{limits[0]: IndexSet(limits[1], limits[2]) for limits in tree.limits if len(limits) == 3}}
    if isinstance(tree, Indexed):
        for number, index in enumerate(tree.indices):
            found = sets.get(index) if isinstance(index, Symbol) else None
            if isinstance(index, Indexed):
                found = value_sets.get(index.base)
            if found is not None:
                yield (str(tree.base.label), len(tree.indices), number), found
    for arg in tree.args:
        yield from _places_in(arg, sets, value_sets)


# --- parts ----------------------------------------------------------------------------------------------------------

_PART = re.compile(
    r"^\W*(?:(?:(?:q(?:uestion)?|problem|exercise|part)\W*\d*|\d+)\W*(?:part\W*)?(?P<named>[a-z]|[ivx]+)(?![a-z])"
    r"|[\(\[]?(?P<alone>[a-z]|[ivx]+)(?:[\)\].:]|\s*$))",
    re.IGNORECASE,
)
"""How a heading names a part: (a), a., 2a, "Part a", "Question 2 (a)"; a letter that begins a sentence names none."""


def _matched(parts: tuple[PartText, ...], names: list[str], titles: dict[str, str]) -> tuple[PartText, ...]:
    """The parts that a heading names, in the answer's order, then the missing ones, empty; the rest in parts ""."""
    found: list[PartText] = []
    for part in parts:
        match = _PART.match(part.title)
        part_name = (match["named"] or match["alone"]).lower() if match else ""
        name = part_name if part_name in names else ""
        if name or part.lines:
            found.append(PartText(name, titles.get(name, part.title), part.lines))
    missing = [name for name in names if not any(part.name == name for part in found)]
    return (*found, *(PartText(name, titles[name], ()) for name in missing))
