"""A student's answer: a document read under the givens of a question.

What the question states is known beforehand: its symbols with their signs and sets, its model, definitions and facts.
The letters of indices are the answer's own; their sets follow from the places where they stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from sympy import Basic, Eq, Indexed, IndexedBase, Product, Sum, Symbol

from checker.check import holds
from checker.derivation import Derivation, IndexSet, Transition
from checker.loading import load
from checker.printing import latex
from checker.reading.answers.counted import with_counts, without_counts
from checker.reading.answers.cutting import Question, cut
from checker.reading.answers.othernames import with_spellings
from checker.reading.documents.blocks import Block, Document, Heading
from checker.reading.grammar.formula import parse
from checker.reading.known.names import name_of
from checker.reading.known.scope import Definition, Kind, Scope
from checker.reading.lexicon import Lexicon
from checker.reading.lines.givens import read
from checker.reading.lines.reader import read_text
from checker.reading.lines.records import PartText, Reading
from checker.reading.meaning.naming import known_names
from checker.reading.syntax import Node, walk
from checker.reading.tex.tokens import Place, Source, Unreadable, tokenize
from checker.reading.tex.trees import items_of
from checker.reading.words.draft import Added
from checker.rules import rule_names

ORIGIN = Place(1, 1)
QUESTIONS_KEPT = 8
MOST_STATED = 100
"""Nodes of what an answer says of the givens, for it to be tried whether it follows from them."""


def read_answer(document: Document, question: Path, asked: Sequence[Path]) -> Reading:
    """The answer's lines, its parts named as the question's. `asked` are all questions that it may answer.

    Raises Refused where a question does not load.
    """
    questions, at = [_question(file) for file in asked], list(asked).index(question)
    derivation = question_of(question)
    cut_out = cut(document, questions, at)
    scope = with_spellings(cut_out, scope_of_question(derivation), derivation.spellings)
    segments = _segments(cut_out.blocks)
    ranks = [_rank(segment[0], questions[at]) for segment in segments]
    order = sorted(range(len(segments)), key=ranks.__getitem__)
    own = [number for number in order if not ranks[number][0]]
    if own != sorted(own):
        blocks = tuple(block for number in sorted(own) for block in segments[number])
        scope = _knowing(read_text(without_counts(replace(cut_out, blocks=blocks), derivation), scope), scope)
    in_order = replace(cut_out, blocks=tuple(block for number in order for block in segments[number]))
    reading = with_counts(read_text(without_counts(in_order, derivation), scope), in_order, derivation, scope)
    parts = (replace(part, position=number) for number, part in zip(order, reading.parts, strict=True))
    problems = tuple(each for each in reading.problems if not _is_stated(each))
    return replace(reading, parts=_merged(tuple(parts), derivation), problems=problems)


def _segments(blocks: Sequence[Block]) -> list[list[Block]]:
    """The blocks from each heading to the next."""
    found: list[list[Block]] = []
    for block in blocks:
        if isinstance(block, Heading) or not found:
            found.append([])
        found[-1].append(block)
    return found


def _rank(first: Block, question: Question) -> tuple[bool, int]:
    """Parts are read in the question's order, so that what one defines is known in those that follow from it.

    What stands in no part comes first, and what answers another question last.
    """
    part = first.part if isinstance(first, Heading) else ""
    foreign = isinstance(first, Heading) and first.foreign
    return foreign, question.parts.index(part) if part in question.parts else -1


def _knowing(reading: Reading, scope: Scope) -> Scope:
    """The scope with the names that a part defines, read in the order of the text, for parts that are read before it.

    Of those that the question has, or that are defined twice, nothing.
    """
    lines = reading.lines
    new = [each for each in lines[-1].scope.definitions if each not in scope.definitions] if lines else []
    families = [each.family for each in new]
    known = known_names(scope) | {name.family for s in scope.aliases if (name := name_of(s.short, scope))}
    once = {family for family in families if families.count(family) == 1} - known
    kept = [each for each in new if not each.parameters and each.family in once]
    return replace(scope, definitions=(*scope.definitions, *kept))


def _is_stated(problem: Unreadable) -> bool:
    """What an answer says of the givens follows from them."""
    if not isinstance(problem, Added) or sum(1 for _ in walk(problem.statement)) > MOST_STATED:
        return False
    try:
        found = read(problem.scope, [problem.statement])
    except (Unreadable, RecursionError):
        return False
    (said,) = found.trees
    return not found.gap and isinstance(said, Eq) and holds(Transition(1, "=", *said.args), found.givens)


def question_of(file: Path) -> Derivation:
    """The question in a file, loaded once. Raises Refused where it does not load."""
    stamp = file.stat().st_mtime_ns if file.exists() else 0
    return _loaded(file, stamp)


@lru_cache(maxsize=QUESTIONS_KEPT)
def _loaded(file: Path, stamp: int) -> Derivation:
    return load(file, rule_names())


def _question(file: Path) -> Question:
    derivation = question_of(file)
    return Question(derivation.name, tuple(part.name for part in derivation.parts))


# --- the scope of a question --------------------------------------------------------------------------------------


@lru_cache(maxsize=QUESTIONS_KEPT)
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
    for base in sorted(families, key=str):
        yield f"{base.label}[]", Kind(_assumptions(base), value_sets.get(base))
    symbols = {s for tree in trees for s in tree.free_symbols if isinstance(s, Symbol)}
    for symbol in sorted(symbols, key=str):
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


def _merged(parts: tuple[PartText, ...], derivation: Derivation) -> tuple[PartText, ...]:
    """The parts that the answer has, a part of the question once; then the missing ones, empty."""
    titles = {part.name: part.title for part in derivation.parts}
    found: dict[str, PartText] = {}
    for number, part in enumerate(parts):
        if not part.name and not part.lines:
            continue
        key = part.name or f" {number}"
        before = found[key].lines if key in found else ()
        lines = (*before, *(replace(line, number=len(before) + line.number) for line in part.lines))
        position = min(found[key].position if key in found else part.position, part.position)
        title = titles.get(part.name, part.title)
        found[key] = PartText(part.name, title, lines, foreign=part.foreign, position=position)
    last = len(parts)
    missing = [
        PartText(name, title, (), missing=True, position=last) for name, title in titles.items() if name not in found
    ]
    return (*found.values(), *missing)
