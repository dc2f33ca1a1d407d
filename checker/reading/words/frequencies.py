"""Counts that a sentence defines in words: N_k is the number of samples in class k, or how often class k appears.

It is Σ_n 1[y_n = k] for the only variable of the samples that has finitely many values, or for the one that is named:
"the number of samples with y_n = k".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from sympy import IndexedBase, Sum, Symbol

from checker.derivation import IndexSet
from checker.expressions import indicator
from checker.printing import latex
from checker.reading.grammar.formula import parse
from checker.reading.known.names import Name, name_of
from checker.reading.known.scope import Scope
from checker.reading.meaning.naming import is_new
from checker.reading.syntax import Letter, Node, Relation, Scripted, same
from checker.reading.tex import tokens as t
from checker.reading.tex.items import Item, is_a, place_of, text_of
from checker.reading.tex.tokens import Place, Source, tokenize
from checker.reading.tex.trees import items_of
from checker.reading.words.draft import Draft

_SAMPLES = (
    r"(?:training\s+|data\s+|labell?ed\s+)*(?:samples?|examples?|points?|data\s?points?|data|observations?|instances?|cases|"
    r"inputs?|images?|elements?|members?|items?|vectors?|rows?|x'?s)"
)
_COUNT = r"(?:(?:total|whole)\s+)?(?:(?:number|count|amount|no\.|nr\.)\s+of|\\?#\s*(?:of)?)"
_IS = r"\W*(?:is|be|are|denotes?|counts?|equals?|for|as|represents?|means)?\W*(?:the\s+)?"
_NUMBER = (
    rf"\W*(?:counts?\s+(?:the\s+|all\s+)?|(?:is|be|denotes?|says|counts?)\s+how\s+many\s+){_SAMPLES}"
    rf"|{_IS}{_COUNT}\s+(?:the\s+|all\s+)?{_SAMPLES}"
)
_BELONGING = (
    r"(?:\s+(?:that|which|are|is|belong(?:s|ing)?|labell?ed|assigned|fall(?:s|ing)?|have|has|having|with|in|of|from|to|"
    r"as|into|by|the|a|our|this|training|data|set|dataset|whose|equal(?:s|ling)?|being|corresponding))*"
)
_TIMES = r"\W*(?:(?:is|be|are|denotes?|counts?|equals?)\s+)?(?:how\s+(?:many\s+times|often)|the\s+number\s+of\s+times)"
_CLASS = r"\s+(?:class|label|category)\W*"
_OF_CLASS = re.compile(rf"(?:(?:{_NUMBER}){_BELONGING}|{_TIMES}(?:\s+(?:that|the|a))*){_CLASS}")
_SIZE_OF_CLASS = re.compile(
    rf"{_IS}(?:total\s+)?(?:sizes?|counts?|cardinality|frequency|(?:number|count)\s+of\s+(?:occurrences|instances|appearances))"
    rf"\s+(?:of|for)(?:\s+(?:the|each))?{_CLASS}"
)
_OF_LABELS = re.compile(rf"{_IS}{_COUNT}\s+(?:the\s+|all\s+)?(?:labels?|targets?|outputs?){_BELONGING}\W*")
_CLASS_COUNT = re.compile(
    rf"{_IS}(?:(?:class|label|per-class)\s+(?:counts?|sizes?)"
    rf"|{_COUNT}\s+{_SAMPLES}\s+(?:per|in each|of each)\s+class)\W*"
)
_IN_TH = re.compile(rf"(?:{_NUMBER}){_BELONGING}\s*(?:the\s*)?")
_TH_CLASS = re.compile(r"[\s\-‐–]{0,9}(?:th|st|nd|rd)?\s{1,9}(?:class|category)\b.*", re.DOTALL)
_WITH = re.compile(rf"(?:{_NUMBER})(?:{_BELONGING}|\s+(?:for\s+which|where|such\s+that|satisfying))\W*")
_TIMES_OF = re.compile(
    rf"(?:{_TIMES}|{_IS}{_COUNT}\s+(?:times|occurrences))(?:\s+(?:that|of|when|where|we\s+have))*\W*"
)
_MORE = re.compile(
    r"\s*(?:with|for\s+which|whose|that|which|such|having|divided|minus|plus|times|over|per|or|up\s+to|before|after|among|"
    r"squared|only|at\s+(?:least|most)|more|less|where)\b"
)
"""Words behind what is counted that say that not all of it is, or that the name is no count alone."""
_OF_NAMED = re.compile(rf"{_IS}{_COUNT}\s+(?:the\s+|all\s+)?")
_EQUALLING = re.compile(
    r"\W*(?:s\b)?(?:\s*(?:that|which|are|is|being|equal(?:s|ling)?|to|with|in|of|from|belong(?:s|ing)?|class|label))*\W*"
)


def counts(draft: Draft, nodes: list[Node], words: list[str]) -> list[tuple[Node, Node, Node]]:
    """Each count that is defined: its name, what it is, and the node that says of what. words: what stands before each
    node, and behind the last."""
    found: list[tuple[Node, Node, Node]] = []
    for at, count in enumerate(nodes):
        name = name_of(count, draft.scope) if isinstance(count, Scripted) else None
        if name is None or len(name.indices) != 1 or not _may_be_counted(name, draft):
            continue
        behind = [word.lower() for word in words[at + 1 : at + 4]]
        body, of = _counted(draft.scope, name, nodes[at + 1 : at + 3], behind)
        ends = next((number for number, node in enumerate(nodes[at + 1 : at + 3]) if node is of), -1) + 1
        if body is not None and not (ends and len(behind) > ends and _MORE.match(behind[ends])):
            found.append((count, body, of or count))
    return found


def _may_be_counted(name: Name, draft: Draft) -> bool:
    """The name is new; in an answer formulas may have used it before."""
    scope = replace(draft.scope, used=draft.scope.used - {name.family}) if draft.answering else draft.scope
    return is_new(name, scope)


def _counted(scope: Scope, name: Name, nodes: list[Node], words: list[str]) -> tuple[Node | None, Node | None]:
    """What is counted, and the node that says it: by the words between the name and the nodes behind it."""
    (index,) = name.indices
    if not isinstance(index, Letter):
        return None, None
    first = words[0] if words else ""
    labels = _labels(scope)
    only = _frequency(scope, labels[0], index) if len(labels) == 1 else None
    plain = re.fullmatch(rf"(.*)\b{re.escape(index.name.lower())}\b[\s.,;:)]*", first, re.DOTALL)
    if _CLASS_COUNT.fullmatch(first) or plain and _says_class(plain[1]):
        return only, None
    if not nodes:
        return None, None
    of = nodes[0]
    if same(of, index) and (_says_class(first) or _OF_LABELS.fullmatch(first)):
        return only, of
    if same(of, index) and _IN_TH.fullmatch(first) and len(words) > 1 and _TH_CLASS.fullmatch(words[1]):
        return only, of
    if (_WITH.fullmatch(first) or _TIMES_OF.fullmatch(first)) and (body := _where(scope, of, index)) is not None:
        return body, of
    if len(nodes) > 1 and _OF_NAMED.fullmatch(first) and _EQUALLING.fullmatch(words[1]):
        if same(nodes[1], index) and _is_of_samples(scope, of):
            return only, nodes[1]
        if isinstance(of, Letter) and (body := _where(scope, nodes[1], index)) is not None:
            return body, nodes[1]
    return None, None


def _says_class(words: str) -> bool:
    return bool(_OF_CLASS.fullmatch(words) or _SIZE_OF_CLASS.fullmatch(words))


def _where(scope: Scope, of: Node, index: Letter) -> Node | None:
    """How many samples there are with y_n = k."""
    if not isinstance(of, Relation) or of.sign != "=" or not same(of.right, index):
        return None
    labelled = name_of(of.left, scope) if isinstance(of.left, (Letter, Scripted)) else None
    return _frequency(scope, labelled.key, index) if labelled and labelled.key in _labels(scope) else None


def _is_of_samples(scope: Scope, node: Node) -> bool:
    """y_n or x_n: what there is one of for each sample."""
    name = name_of(node, scope) if isinstance(node, (Letter, Scripted)) else None
    return name is not None and (name.key in _labels(scope) or name.key in scope.superscripts)


def in_words(items: Sequence[Item], scope: Scope) -> Node | None:
    """ "number of samples in class k" as a formula; None for anything else."""
    solid = [item for item in items if not is_a(item, t.SPACE)]
    labels = _labels(scope) if len(solid) == 2 and is_a(solid[0], t.WORDS) else []
    if len(labels) != 1 or not _says_class(text_of(solid[0]).lower()):
        return None
    index = parse([solid[1]], scope.lexicon, place_of([solid[1]], Place(1, 1)))
    return _frequency(scope, labels[0], index) if isinstance(index, Letter) else None


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
