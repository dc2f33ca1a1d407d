"""Counts that a sentence defines in words: N_k is the number of samples in class k, or how often class k appears.

It is Σ_n 1[y_n = k] for the only variable of the samples that has finitely many values, or for the one that is named:
"the number of samples with y_n = k".
"""

from __future__ import annotations

import re

from sympy import IndexedBase, Sum, Symbol

from checker.derivation import IndexSet
from checker.expressions import indicator
from checker.printing import latex
from checker.reading.draft import Draft
from checker.reading.grammar.formula import parse
from checker.reading.names import Name, name_of
from checker.reading.naming import is_new
from checker.reading.scope import Scope
from checker.reading.syntax import Letter, Node, Relation, Scripted, same
from checker.reading.tokens import Source, tokenize
from checker.reading.trees import items_of

_SAMPLES = r"(?:training\s+|data\s+)*(?:samples?|examples?|points?|data|observations?|instances?|cases|inputs?|images?)"
_NUMBER = (
    rf"\W*(?:counts?\s+(?:the\s+|all\s+)?|(?:is|be|denotes?|says|counts?)\s+how\s+many\s+){_SAMPLES}"
    rf"|\W*(?:is|be|are|denotes?|counts?|equals?|for|as)?\s*(?:the\s+)?(?:total\s+)?(?:number|count)\s+of\s+{_SAMPLES}"
)
_BELONGING = (
    r"(?:\s+(?:that|which|are|is|belong(?:s|ing)?|labell?ed|assigned|fall(?:s|ing)?|have|has|having|with|in|of|from|to|"
    r"as|into|by|the|a))*"
)
_TIMES = r"\W*(?:(?:is|be|are|denotes?|counts?|equals?)\s+)?(?:how\s+(?:many\s+times|often)|the\s+number\s+of\s+times)"
_OF_CLASS = re.compile(rf"(?:(?:{_NUMBER}){_BELONGING}|{_TIMES}(?:\s+(?:that|the|a))*)\s+(?:class|label|category)\W*")
_WITH = re.compile(rf"(?:{_NUMBER})(?:{_BELONGING}|\s+(?:for\s+which|where|such\s+that|satisfying))\W*")


def counts(draft: Draft, nodes: list[Node], words: list[str]) -> list[tuple[Node, Node, Node]]:
    """Each count that is defined: its name, what it is, and the node that says of what. words: what stands before each
    node, and behind the last."""
    found: list[tuple[Node, Node, Node]] = []
    for at in range(len(nodes) - 1):
        count, of = nodes[at], nodes[at + 1]
        name = name_of(count, draft.scope) if isinstance(count, Scripted) else None
        if name is None or len(name.indices) != 1 or not is_new(name, draft.scope):
            continue
        body = _body(draft.scope, name, of, words[at + 1].lower())
        if body is not None:
            found.append((count, body, of))
    return found


def _body(scope: Scope, name: Name, of: Node, between: str) -> Node | None:
    (index,) = name.indices
    if not isinstance(index, Letter):
        return None
    if _OF_CLASS.fullmatch(between) and same(of, index):
        labels = _labels(scope)
        return _frequency(scope, labels[0], index) if len(labels) == 1 else None
    if _WITH.fullmatch(between) and isinstance(of, Relation) and of.sign == "=" and same(of.right, index):
        labelled = name_of(of.left, scope) if isinstance(of.left, (Letter, Scripted)) else None
        return _frequency(scope, labelled.key, index) if labelled and labelled.key in _labels(scope) else None
    return None


def _labels(scope: Scope) -> list[str]:
    """The families whose values are a finite set and whose index runs over the samples."""
    families = [key[:-2] for key, kind in scope.kinds.items() if key.endswith("[]") and kind.values is not None]
    return [family for family in families if scope.place_of(family, 1, 0) is not None or scope.samples is not None]


def _frequency(scope: Scope, labels: str, index: Letter) -> Node | None:
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
