"""Counts in words as formulas: the number of samples in class k is Σ_n 1[y_n = k], and that of all samples N."""

from __future__ import annotations

from sympy import Expr, IndexedBase, Sum, Symbol

from checker.derivation import IndexSet
from checker.expressions import indicator
from checker.printing import latex
from checker.reading.grammar.formula import parse
from checker.reading.known.scope import Scope
from checker.reading.syntax import Letter, Node
from checker.reading.tex.tokens import Source, tokenize
from checker.reading.tex.trees import items_of


def labels(scope: Scope) -> list[str]:
    """The families whose values are a finite set and whose index runs over the samples."""
    families = [key[:-2] for key, kind in scope.kinds.items() if key.endswith("[]") and kind.values is not None]
    return [family for family in families if scope.place_of(family, 1, 0) is not None or scope.samples is not None]


def frequency(scope: Scope, labels: str, index: Letter) -> Node | None:
    """Σ_n 1[y_n = k], as it would be written."""
    samples: IndexSet | None = scope.place_of(labels, 1, 0) or scope.samples
    if samples is None:
        return None
    letter = next(each for each in "nijmt" if each != index.name)
    bound = Symbol(letter, integer=True, positive=True)
    term = indicator(IndexedBase(labels)[bound], Symbol(index.name))
    text = latex(Sum(term, (bound, samples.lower, samples.upper)))
    if labels in scope.superscripts:
        text = text.replace(latex(IndexedBase(labels)[bound]), f"{latex(Symbol(labels))}^{{({letter})}}")
    return parse(items_of(tokenize(Source(text, index.place))), scope.lexicon, index.place)


def samples_of(scope: Scope) -> Expr | None:
    """How many samples there are, where that is certain."""
    sets = {scope.place_of(label, 1, 0) or scope.samples for label in labels(scope)}
    samples = sets.pop() if len(sets) == 1 else None
    return samples.upper if samples is not None and samples.lower == 1 else None
