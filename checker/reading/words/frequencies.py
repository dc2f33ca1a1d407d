"""Counts that a sentence defines in words: N_k is the number of samples in class k, or how often class k appears.

It is Σ_n 1[y_n = k] for the only variable of the samples that has finitely many values, or for the one that is named:
"the number of samples with y_n = k".
"""

from __future__ import annotations

import re
from dataclasses import replace

from checker.reading.known.names import Name, name_of
from checker.reading.known.scope import Scope
from checker.reading.layout.phrases import BELONGING, COUNT, IS, NUMBER, SAMPLES, TIMES, says_class
from checker.reading.meaning.naming import is_new
from checker.reading.meaning.tallies import frequency, labels
from checker.reading.syntax import Letter, Node, Relation, Scripted, same
from checker.reading.words.draft import Draft

_OF_LABELS = re.compile(rf"{IS}{COUNT}\s+(?:the\s+|all\s+)?(?:labels?|targets?|outputs?){BELONGING}\W*")
_CLASS_COUNT = re.compile(
    rf"{IS}(?:(?:class|label|per-class)\s+(?:counts?|sizes?)"
    rf"|{COUNT}\s+{SAMPLES}\s+(?:per|in each|of each)\s+class)\W*"
)
_IN_TH = re.compile(rf"(?:{NUMBER}){BELONGING}\s*(?:the\s*)?")
_TH_CLASS = re.compile(r"[\s\-‐–]{0,9}(?:th|st|nd|rd)?\s{1,9}(?:class|category)\b.*", re.DOTALL)
_WITH = re.compile(rf"(?:{NUMBER})(?:{BELONGING}|\s+(?:for\s+which|where|such\s+that|satisfying))\W*")
_TIMES_OF = re.compile(rf"(?:{TIMES}|{IS}{COUNT}\s+(?:times|occurrences))(?:\s+(?:that|of|when|where|we\s+have))*\W*")
_MORE = re.compile(
    r"\s*(?:with|for\s+which|whose|that|which|such|having|divided|minus|plus|times|over|per|or|up\s+to|before|after|among|"
    r"squared|only|at\s+(?:least|most)|more|less|where)\b"
)
"""Words behind what is counted that say that not all of it is, or that the name is no count alone."""
_GOING_ON = r"[\s.,;:()]*(?:[\s,;(]+(?:so|thus|hence|therefore|i\.\s?e\.|appears|occurs|is\s+(?:seen|observed))\b.*)?"
"""What may stand behind a count that is said in full."""
_OF_NAMED = re.compile(rf"{IS}{COUNT}\s+(?:the\s+|all\s+)?")
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
    known = labels(scope)
    only = frequency(scope, known[0], index) if len(known) == 1 else None
    plain = re.fullmatch(rf"(.*)\b{re.escape(index.name.lower())}\b{_GOING_ON}", first, re.DOTALL)
    if _CLASS_COUNT.fullmatch(first) or plain and says_class(plain[1]):
        return only, None
    if not nodes:
        return None, None
    of = nodes[0]
    if same(of, index) and (says_class(first) or _OF_LABELS.fullmatch(first)):
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


def _where(scope: Scope, of: Node, index: Letter) -> Node | None:
    """How many samples there are with y_n = k."""
    if not isinstance(of, Relation) or of.sign != "=" or not same(of.right, index):
        return None
    labelled = name_of(of.left, scope) if isinstance(of.left, (Letter, Scripted)) else None
    return frequency(scope, labelled.key, index) if labelled and labelled.key in labels(scope) else None


def _is_of_samples(scope: Scope, node: Node) -> bool:
    """y_n or x_n: what there is one of for each sample."""
    name = name_of(node, scope) if isinstance(node, (Letter, Scripted)) else None
    return name is not None and (name.key in labels(scope) or name.key in scope.superscripts)
