"""Sentences that say that the components of a vector are independent, given what stands behind the bar.

p(x | y) = Π_j p(x_j | y)       or in words: x_1, …, x_D are independent given y
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sympy import Integer

from checker.derivation import IndexSet
from checker.reading.known.names import Name, letter_key, name_of, single
from checker.reading.known.scope import Components, Scope
from checker.reading.meaning import dots
from checker.reading.meaning.terms import Meaning
from checker.reading.syntax import Big, Bracket, Chance, Dots, Letter, Node, Relation, Scripted, same
from checker.reading.words.draft import Draft

_INDEPENDENT = (
    r"(?:is|are|be|being)\s+(?:all\s+|assumed\s+(?:to be\s+)?)?"
    r"(?:(?:conditionally|mutually|statistically)\s+)?independent\b"
)
_SAID = re.compile(rf"\b{_INDEPENDENT}")
_OF_THESE = re.compile(rf"\W*(?:(?:of|in)\s+(?:an?|the|each|every)\s+\w+\W*)?{_INDEPENDENT}.*", re.DOTALL)
"""The words from the names of components on: "x_1, …, x_D of a text are independent"."""
_OF_PARTS = re.compile(
    r"\b(?:features?|components?|coordinates?|attributes?|entries|pixels?|words?)(?:\s+of)?\s+" + _INDEPENDENT
)
_NOT_ALL = re.compile(r"\b(?:some|most|many|few|two|three|pairs?|subsets?|certain|first|last|other|if|when|whether)\b")
_GIVEN = re.compile(r"\b(?:given|conditional(?:ly)? (?:up)?on|conditioned (?:up)?on)\s+(?:\w+\s+){0,3}$")
_CLASS = re.compile(
    r"\b(?:given|conditional(?:ly)? (?:up)?on)\s+(?:the|its|their|each|a)\s+(?:class|label|category)\b"
    r"(?!\s*(?:and|or|,)\W)"
)
_AND_MORE = re.compile(r"\W*(?:and|or)?\W*")


def componentwise(draft: Draft, nodes: Sequence[Node], words: Sequence[str]) -> list[Node]:
    """Declare that the components of a vector are independent, given one variable; the nodes that say so, or none."""
    said = next((at for at, text in enumerate(words) if _SAID.search(text)), None)
    if said is None or _NOT_ALL.search(" ".join(words[: said + 1])):
        return []
    behind = _behind(draft, nodes, words, said)
    found = _vector(draft, nodes[:said], words[: said + 1])
    called = _CLASS.search(" ".join(words[said:])) is not None
    if behind is None or found is None or not (_is_finite(draft.scope, behind) or called):
        return []
    key, members, mine = found
    wholes = [node for node in nodes[:said] if isinstance(node, Relation) and _is_list_of(node, key, draft.scope)]
    if not declare(draft, key, members, behind):
        return []
    for node in wholes:
        assert isinstance(node, Relation)
        draft.scope = draft.scope.knowing(wholes={single(node.left): key})
    return [*mine, *wholes, *([nodes[said]] if said < len(nodes) else [])]


def _behind(draft: Draft, nodes: Sequence[Node], words: Sequence[str], said: int) -> str | None:
    """The one variable that the independence is given, in a formula right behind the words or as "the class"."""
    after = words[said][words[said].rfind("independent") :]
    if said < len(nodes) and _GIVEN.search(after):
        more = said + 1 < len(nodes) and not isinstance(nodes[said + 1], Relation)
        behind = None if more and _AND_MORE.fullmatch(words[said + 1]) else _conditioned(nodes[said], draft.scope)
        return behind.key if behind is not None and not behind.indices else None
    if not _CLASS.search(after):
        return None
    scope = draft.scope
    finite = {key for key in (*scope.variables, *scope.kinds) if key.isalpha() and _is_finite(scope, key)}
    finite = finite or set(scope.index_sets)
    return finite.pop() if len(finite) == 1 else None


def _is_finite(scope: Scope, key: str) -> bool:
    """A variable with finitely many values, and no parameter."""
    kind = scope.kinds.get(key)
    return bool(scope.variables.get(key) or scope.index_sets.get(key) or kind is not None and kind.values)


def _vector(draft: Draft, nodes: Sequence[Node], words: Sequence[str]) -> tuple[str, IndexSet, Sequence[Node]] | None:
    """The vector whose components the words are about, with the index set, and the nodes that name them.

    words: those before each node, and those that say that they are independent.
    """
    scope = draft.scope
    plain = [node for node in nodes if not isinstance(node, Relation)]
    ends = max((at for at, node in enumerate(nodes, 1) if not isinstance(node, Relation)), default=0)
    if plain and not _OF_THESE.fullmatch(" ".join(words[ends:])):
        return None
    run = dots.run_of(plain)
    if run is not None:
        member = run.block[0]
        whole = run.start == 0 and run.end == len(plain) and run.lower == 1 and len(run.block) == 1
        if (
            not whole
            or not isinstance(member, Scripted)
            or not isinstance(member.base, Letter)
            or member.sup is not None
        ):
            return None
        return letter_key(member.base), IndexSet(1, Meaning(scope).index(run.upper)), plain
    name = name_of(plain[0], scope) if len(plain) == 1 and isinstance(plain[0], Scripted) else None
    if name is not None and len(name.indices) == 1 and not name.above and name.power is None:
        within = _members(scope, name.key) or scope.index_sets.get(single(name.indices[0]))
        return (name.key, within, plain) if within is not None else None
    if len(plain) > 1 or not _OF_PARTS.search(" ".join(words)):
        return None
    vectors = {key for key, kind in scope.kinds.items() if len(kind.shape) == 1 and not key.endswith("[]")}
    families = {key[:-2] for key, kind in scope.kinds.items() if key.endswith("[]") and not kind.shape}
    families = families or {key for key, arity, _ in scope.places if arity == 1 and key not in scope.index_sets}
    found = {single(node) for node in plain} & vectors if plain else vectors or families
    key = found.pop() if len(found) == 1 else ""
    within = _members(scope, key)
    return (key, within, plain) if within is not None else None


def _members(scope: Scope, key: str) -> IndexSet | None:
    """The set of the one index of a family, or of a vector's components."""
    return scope.place_of(key, 1, 0) or scope.inferred.get((key, 1, 0))


def _is_list_of(node: Relation, key: str, scope: Scope) -> bool:
    """d = (w_1, …, w_n) for the family w."""
    items = node.right.items if isinstance(node.right, Bracket) and node.sign == "=" else ()
    names = [name_of(each, scope) for each in items if not isinstance(each, Dots)]
    return bool(single(node.left) and names) and all(name is not None and name.key == key for name in names)


def product_of_components(draft: Draft, left: Chance, right: Node) -> bool:
    """Declare p(x | y) = Π_j p(x_j | y), perhaps of a sample; False where the equation is another one."""
    if not isinstance(right, Big) or right.sign != "product" or not isinstance(right.body, Chance):
        return False
    inner = right.body
    if any(len(each) != 1 for each in (left.events, left.given, inner.events, inner.given)):
        return False
    whole, member = (
        name_of(each.events[0], draft.scope) if _is_name(each.events[0]) else None for each in (left, inner)
    )
    behind = _conditioned(left.given[0], draft.scope)
    if whole is None or member is None or behind is None or not same(left.given[0], inner.given[0]):
        return False
    *sample, index = member.indices or (None,)
    if member.key != whole.key or index is None or not _are_same(sample, whole.indices):
        return False
    if not _are_same(sample, behind.indices) or not _is_finite(draft.scope, behind.key):
        return False
    members = _range(draft.scope, right, member)
    if members is None:
        return False
    return declare(draft, whole.key, members, behind.key, len(sample))


def _is_name(node: Node) -> bool:
    return isinstance(node, Letter) or isinstance(node, Scripted) and isinstance(node.base, Letter)


def _conditioned(node: Node, scope: Scope) -> Name | None:
    """The variable of y, or of y = k for any k, perhaps written C_k."""
    node = Meaning(scope).alias(node, scope.events) or node
    if isinstance(node, Relation):
        node = node.left if node.sign == "=" and single(node.right) else node
    name = name_of(node, scope) if _is_name(node) else None
    return name if name is not None and name.power is None else None


def _are_same(one: Sequence[Node], other: Sequence[Node]) -> bool:
    return len(one) == len(other) <= 1 and all(map(same, one, other))


def _range(scope: Scope, product: Big, member: Name) -> IndexSet | None:
    """The index set of the product, which runs over the last index of the member."""
    letter = single(member.indices[-1])
    if len(product.below) != 1 or not letter:
        return None
    below = product.below[0]
    if isinstance(below, Relation) and below.sign == "=" and single(below.left) == letter and product.above is not None:
        meaning = Meaning(scope)
        lower = meaning.index(below.right)
        return IndexSet(lower, meaning.index(product.above)) if isinstance(lower, Integer) else None
    arity = len(member.indices)
    known = scope.place_of(member.key, arity, arity - 1) or scope.index_sets.get(letter)
    return known if single(below) == letter else None


def declare(draft: Draft, key: str, members: IndexSet, behind: str, sampled: int = 0) -> bool:
    """The members of the family are independent, given the variable behind the bar.

    sampled: how many indices of samples stand before theirs. False, and nothing is declared, where they are known to be
    others.
    """
    scope, place = draft.scope, (key, sampled + 1, sampled)
    known = scope.place_of(*place)
    if known is not None and known != members:
        return False
    kind = scope.kinds.get(behind)
    domain = scope.variables.get(behind) or scope.index_sets.get(behind) or (kind.values if kind is not None else None)
    draft.scope = scope.knowing(
        components={key: Components(members, behind)}, wholes={key: key}, variables={key: None, behind: domain},
        places={place: members},
    )  # fmt: skip
    return True
