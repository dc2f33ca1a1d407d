"""Independence as it is said in words: of events and variables, and of samples."""

from __future__ import annotations

import re
from dataclasses import replace

from sympy import Basic

from checker.derivation import Independence, IndexSet
from checker.expressions import RandomVariable
from checker.reading.known.letters import letters_in
from checker.reading.known.names import letter_key, name_of
from checker.reading.known.scope import Scope
from checker.reading.meaning.chances import event_of
from checker.reading.meaning.terms import Meaning
from checker.reading.syntax import Bracket, Chance, Letter, Node, Relation, Scripted, walk
from checker.reading.tex.tokens import Unreadable
from checker.reading.words.draft import Draft

OTHER_INDEPENDENCE = re.compile(
    r"pairwise|\bfails?\b|\bdependent\b|linearly|algebraically|\bnon-?\s?i|independently|independent variables? of|"
    r"sometimes|conditionally independent(?!.*\b(?:given|condition(?:ed|al(?:ly)?)? (?:on|upon))\b)(?<!given.)"
)
"""Words with "independent" in them that do not make events independent of one another."""

_ALIKE = re.compile(r"\bi\.?\s?i\.?\s?d\b|identically distributed")
_OF = re.compile(r"\bindependent of\s*$")


def independent(draft: Draft, nodes: list[Node], words: list[str]) -> list[Node]:
    """A and B are independent (given C); the samples are i.i.d."""
    plain: list[Node] = [node for node in nodes if not isinstance(node, Relation)]
    alike = any(_ALIKE.search(text) for text in words)
    samples = _samples(draft, nodes, alike)
    if samples is not None:
        draft.scope = replace(draft.scope, samples=samples)
        for node in plain:
            _sampled(draft, node)
        for before, node in zip(words, nodes, strict=False):
            if re.search(r"\bgiven\b|conditional", before) and isinstance(node, Letter):
                draft.parameter(node)
                draft.scope = replace(draft.scope, required=draft.scope.required | {letter_key(node)})
        return plain
    statements = _independence(nodes, words)
    meaning = Meaning(draft.scope)

    for events, behind in statements:
        if len(events) < 2:
            letters = letters_in(*plain)
            draft.note_gap(letters, Unreadable("what is independent of what is not understood"))
            continue
        try:
            first = tuple(_variable(e, draft.scope) or event_of(meaning, e) for e in events)
            given = tuple(_variable(e, draft.scope) or event_of(meaning, e) for e in behind)
        except Unreadable as problem:
            draft.gap_in(Bracket("", (*events, *behind), events[0].place), problem)
            continue
        draft.scope = replace(draft.scope, independence=(*draft.scope.independence, Independence(first, given)))
    return plain


def _samples(draft: Draft, nodes: list[Node], alike: bool) -> IndexSet | None:
    """The index set of the samples that the sentence names: (x^{(1)}, y^{(1)}), …, or (x^{(i)}, y^{(i)}).

    alike: they are said to be identically distributed, so that x_n is a sample, too.
    """
    for node in nodes:
        for each in walk(node):
            if isinstance(each, Scripted):
                name = name_of(each, draft.scope)
                sampled = name is not None and (name.key in draft.scope.superscripts or alike and _is_member(each))
                if name is None or not name.indices or not sampled:
                    continue
                index = name_of(name.indices[0], draft.scope)
                if index is not None and index.key in draft.scope.index_sets:
                    return draft.scope.index_sets[index.key]
                if index is not None and index.key in draft.scope.sizes:
                    return IndexSet(1, Meaning(draft.scope).index(name.indices[0]))
    return None


def _is_member(node: Scripted) -> bool:
    """x_n, for a letter n."""
    single = len(node.sub) == 1 and isinstance(node.sub[0], Letter)
    return single and isinstance(node.base, Letter) and node.sup is None


def _sampled(draft: Draft, node: Node) -> None:
    for each in walk(node):
        if isinstance(each, Scripted) and isinstance(each.base, Letter):
            key = letter_key(each.base)
            if key in draft.scope.superscripts and key not in draft.scope.variables:
                kind = draft.scope.kinds.get(f"{key}[]") or draft.scope.kinds.get(key)
                draft.scope = draft.scope.knowing(variables={key: kind.values if kind else None})


def _independence(nodes: list[Node], words: list[str]) -> list[tuple[list[Node], list[Node]]]:
    """(what is independent, given what), from the words before each node and behind the last one.

    "A and B are independent given C, independent given D"; "given C, A and B are independent".
    """
    found: list[tuple[list[Node], list[Node]]] = []
    subjects: list[Node] = []
    behind: list[Node] = []
    ahead: list[Node] = []
    said = False
    for place, text in enumerate(words):
        if not said and re.search(r"\b(?:where|such that|so that|suppose|assume)\b", text):
            subjects = []  # "random variables X, Y and Z, where X and Y are independent"
        if not said and _OF.search(text) and place < len(nodes):
            subjects, said = [*subjects, *_items(nodes[place])], True
            if not any(re.search(r"given|condition", each) for each in words[place + 1 :]):
                found.append((subjects, []))
                break
            continue
        if said and behind and re.search(r"\band (?:also )?(?:given|conditional(?:ly)? on)\W*$", text):
            found.append((subjects, behind))
            behind = []
        if "independent" in text:
            if said and behind:
                found.append((subjects, behind))
            elif not said:
                said = True
            behind = []
            is_given = bool(re.search(r"given|condition", text.rpartition("independent")[2]))
            if not is_given:
                found.append((subjects, ahead))
                break
        if place == len(nodes):
            break
        node = nodes[place]
        if said and behind and isinstance(node, Relation) and isinstance(node.left, Chance):
            break  # "…, with $P(S|D) = 0.9$"
        items = _items(node)
        if said:
            behind += items
        elif not place and re.search(r"\b(?:given|conditional(?:ly)? on)\W*$", text) and not isinstance(node, Relation):
            ahead += items
        else:
            subjects += items
    if said and behind:
        found.append((subjects, behind))
    return found


def _items(node: Node) -> list[Node]:
    """The names in a list, or of which it is said what set they are in; a set is none."""
    names = node.left if isinstance(node, Relation) and node.sign == "in" else node
    if isinstance(names, Bracket):
        return list(names.items) if names.kind in ("", "()") else []
    return [names]


def _variable(node: Node, scope: Scope) -> Basic | None:
    """A declared random variable in a statement of independence."""
    name = name_of(node, scope)
    if name is not None and name.key in scope.variables and not name.indices:
        return RandomVariable(name.key)
    return None
