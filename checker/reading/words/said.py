"""What a sentence says in words: random names, parameters, exclusive events, identity matrices, rows."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import takewhile

from checker.derivation import IndexSet
from checker.reading.known.names import letter_key, name_of
from checker.reading.known.scope import Kind, Shorthand
from checker.reading.meaning.chances import event_of
from checker.reading.meaning.naming import is_new, plain_name
from checker.reading.meaning.terms import Meaning
from checker.reading.syntax import Bracket, Chance, Dots, Letter, Node, Product, Relation, Scripted, walk
from checker.reading.tex.tokens import Unreadable
from checker.reading.words.componentwise import componentwise
from checker.reading.words.draft import Draft, listed
from checker.reading.words.independence import OTHER_INDEPENDENCE, independent
from checker.reading.words.kinds import kinds_in, shape_of
from checker.reading.words.properties import properties_in, unknown_in

_IS_A = r"\W*(?:is|be|denotes?|for)\s+(?:the|an?)?\W*"


def in_words(draft: Draft, text: str, nodes: list[Node], said: list[str], done: list[Node]) -> list[Node]:
    """What the sentence says in words; returns the nodes that are thereby understood. done: those that are already."""
    handled: list[Node] = []
    exclusive: list[Node] = []
    lower = [words.lower() for words in said]
    handled += _meant(draft, nodes, lower)
    if re.search(r"exactly one (?:of|among)|exclusive and exhaustive|form a partition", text):
        exclusive = _exclusive(draft, nodes)
        handled += exclusive
    if re.search(r"parameters?\b", text):
        for node, after in zip(nodes, lower[1:], strict=False):
            if not isinstance(node, Relation) and re.search(
                r"^\W*(?:(?:is|are|be|denotes?)\W*)?(?:the |a |our )*(?:model )?parameter", after
            ):
                draft.parameter(node)
                handled.append(node)
    if "random variable" in text:
        handled += _values_in(draft, nodes, lower)
        for node in nodes:
            _random(draft, node)
    for node, after in zip(nodes, lower[1:], strict=False):
        if not isinstance(node, Relation) and re.match(r"\W*(?:is|are)\s+(?:a\s+)?random\b", after):
            _random(draft, node)
    if re.search(r"\bi\.?\s?i\.?\s?d\b|independent", text) and not OTHER_INDEPENDENCE.search(text):
        handled += componentwise(draft, nodes, lower) or independent(draft, nodes, lower)
    done = [*done, *properties_in(draft, nodes, lower)]
    unknown_in(draft, nodes, lower, [*done, *exclusive])
    if "identity matrix" in text:
        handled += _identity(draft, nodes, lower)
    if re.search(r"(?:does|do) not depend|constant in", text):
        handled += _constant(draft, nodes)
    if re.search(r"-th row|th row of|rows? of", text):
        handled += _row(draft, nodes)
    return handled


def _meant(draft: Draft, nodes: list[Node], words: list[str]) -> list[Node]:
    """y_k means y = k."""
    found: list[Node] = []
    for at in range(1, len(nodes)):
        short, long = nodes[at - 1], nodes[at]
        if re.fullmatch(r"\W*(?:to )?(?:means?|denotes?|stands? for|abbreviates?)\W*", words[at]) and not isinstance(
            short, Relation
        ):
            name = plain_name(short, draft.scope)
            event = plain_name(long.left, draft.scope) if isinstance(long, Relation) else None
            same_letter = name is not None and event is not None and event.key == name.key and bool(name.indices)
            if name is None or not same_letter and (not is_new(name, draft.scope) or name.family in draft.known):
                problem = Unreadable("this name has a meaning already", short.place)
                draft.gap_in(short, problem)
            elif isinstance(long, Relation) and long.sign == "=":
                draft.scope = replace(draft.scope, events=(*draft.scope.events, Shorthand(short, long)))
            else:
                draft.scope = replace(draft.scope, aliases=(*draft.scope.aliases, Shorthand(short, long)))
            found += [short, long]
    return found


def _random(draft: Draft, node: Node) -> None:
    names = listed(node.left) if isinstance(node, Relation) and node.sign == "in" else [node]
    for each in names:
        name = name_of(each, draft.scope) if not isinstance(each, Relation) else None
        if name is None or name.indices or name.power is not None:
            continue
        kind = draft.scope.kinds.get(name.key)
        domain = kind.values if kind is not None else draft.scope.index_sets.get(name.key)
        if domain is not None or not isinstance(node, Relation):
            draft.scope = draft.scope.knowing(variables={name.key: domain})
            draft.scope = replace(draft.scope, random=draft.scope.random | {name.key})


def _values_in(draft: Draft, nodes: list[Node], said: list[str]) -> list[Node]:
    """Random variables X and Y with values in A: each of them in A; "in A and B": the first in A, the second in B."""
    start = next(
        (at for at, words in enumerate(said) if re.search(r"\bvalues?\s+(?:in|from)\W*(?:the set)?\W*$", words)), 0
    )
    names = [each for node in nodes[:start] if not isinstance(node, Relation) for each in listed(node)]
    sets = list(takewhile(lambda node: isinstance(node, Bracket) and node.kind == "{}", nodes[start:]))
    if not start or len(sets) not in (1, len(names)):
        return []
    for name, within in zip(names, sets * len(names) if len(sets) == 1 else sets, strict=True):
        kinds_in(draft, Relation("in", name, within, name.place))
    return sets


def _exclusive(draft: Draft, nodes: list[Node]) -> list[Node]:
    events = [event for node in nodes if not isinstance(node, Relation) for event in listed(node)]
    if len(events) < 2:
        return []
    meaning = Meaning(draft.scope)

    if any(isinstance(e, Dots) for e in events):
        return _family_of_events(draft, events)
    trees = tuple(event_of(meaning, e) for e in events)
    draft.scope = replace(draft.scope, exclusive=(*draft.scope.exclusive, trees))
    return [node for node in nodes if not isinstance(node, Relation)]


def _family_of_events(draft: Draft, events: list[Node]) -> list[Node]:
    """Exactly one of C_1, …, C_K occurs: the values of a variable, so that C_k is C = k."""
    first, last = events[0], events[-1]
    if not (isinstance(first, Scripted) and isinstance(last, Scripted) and isinstance(first.base, Letter)):
        return []
    if len(first.sub) != 1 or len(last.sub) != 1:
        return []
    for each in walk(last.sub[0]):
        if isinstance(each, Letter):
            draft.size(letter_key(each))
    meaning = Meaning(draft.scope)
    index_set = IndexSet(meaning.index(first.sub[0]), meaning.index(last.sub[0]))
    letter = next((k for k, s in draft.scope.index_sets.items() if s == index_set), "k")
    lexicon = replace(draft.scope.lexicon, indices=draft.scope.lexicon.indices | {letter})
    short = replace(first, sub=(Letter(letter, first.place),))
    long = Relation("=", first.base, Letter(letter, first.place), first.place)
    draft.scope = replace(draft.scope, events=(*draft.scope.events, Shorthand(short, long)), lexicon=lexicon)
    draft.scope = draft.scope.knowing(
        variables={letter_key(first.base): index_set}, places={(letter_key(first.base), 1, 0): index_set}
    )
    return list(events)


def _identity(draft: Draft, nodes: list[Node], words: list[str]) -> list[Node]:
    """I is the p × p identity matrix; or the identity matrix, where all square matrices have one size."""
    found: list[Node] = []
    for at, node in enumerate(nodes):
        if not isinstance(node, Letter):
            continue
        after = words[at + 1]
        if at + 1 < len(nodes) and "identity" in words[at + 2] and re.fullmatch(_IS_A, after):
            sizes = nodes[at + 1]
            parts = sizes.factors if isinstance(sizes, Product) else (sizes,)
            shape = shape_of(draft, parts[0]) * 2
            found.append(sizes)
        elif re.match(rf"{_IS_A}identity", after):
            squares = {k.shape for k in draft.scope.kinds.values() if len(k.shape) == 2 and k.shape[0] == k.shape[1]}
            if len(squares) != 1:
                draft.gap_in(node, Unreadable("the size of the identity matrix is not said", node.place))
                continue
            shape = squares.pop()
        else:
            continue
        draft.scope = draft.scope.knowing(kinds={letter_key(node): Kind((("identity", True),), None, shape)})
        found.append(node)
    return found


def _constant(draft: Draft, nodes: list[Node]) -> list[Node]:
    """p(x_i | C_k) does not depend on π: it is a member of a family of numbers."""
    found: list[Node] = []
    for node in nodes:
        if not isinstance(node, Chance) or draft.answering:
            continue
        letters = [each.name for each in walk(node) if isinstance(each, Letter)]
        places = tuple(Letter(name, node.place) for name in dict.fromkeys(letters) if name in draft.scope.index_sets)
        name = Letter("".join(letters), node.place, style="roman")
        constant = Scripted(name, places, None, node.place) if places else name
        draft.scope = replace(draft.scope, chances=(*draft.scope.chances, Shorthand(node, constant)))
        found.append(node)
    return found


def _row(draft: Draft, nodes: list[Node]) -> list[Node]:
    """x_i^T is the i-th row of X."""
    plain: list[Node] = [node for node in nodes if not isinstance(node, Relation)]
    if len(plain) < 2:
        return []
    first, matrix = plain[0], plain[-1]
    name = name_of(first, draft.scope) if isinstance(first, Scripted) else None
    whole = name_of(matrix, draft.scope)
    if name is None or whole is None or len(name.indices) != 1:
        return []
    kind = draft.scope.kinds.get(whole.key)
    if kind is None or len(kind.shape) != 2:
        return []
    draft.scope = draft.scope.knowing(
        kinds={f"{name.key}[]": Kind((("row of", True), (whole.key, True)), None, kind.shape[1:])},
        places={(name.key, 1, 0): IndexSet(1, kind.shape[0])},
    )
    return plain
