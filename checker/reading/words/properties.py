"""What words say of the names beside them: signs, integers, symmetric, definite and invertible matrices.

    Let $a$ and $b$ be nonzero.     Let $A$ be invertible.     for a positive integer $m$

Words that say something of a name and are not understood are noted, so that nothing is refuted for want of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from checker.reading.known.letters import letters_in
from checker.reading.known.names import name_of
from checker.reading.syntax import Bracket, Dots, Letter, Node, Number, Product, Relation, Scripted, Total
from checker.reading.tex.tokens import Unreadable
from checker.reading.words.draft import Added, Draft, listed
from checker.reading.words.kinds import kinds_in, positive_definite, symmetric

_ADVERB = (
    r"(?:strictly|both|all|each|some|any|fixed|given|known|unknown|arbitrary|the|an?|real|rational|square|and),?\s{1,9}"
)
_IS = rf"\W{{0,9}}(?:is|are|be|being|stay|remain)\s{{1,9}}(?:{_ADVERB}){{0,6}}"
_OF = rf"(?:^|.*\W)(?:{_ADVERB}){{0,6}}"
_NOUN = r"(?:numbers?|scalars?|constants?|reals?|parameters?|weights?|variables?|coefficients?|quantit\w+|values?)"
_MATRIX = r"(?:(?:\s|and){1,9}(?:real|square|symmetric)){0,3}(?:\s{1,9}matri\w{1,9})?"
_SIGN = r"(?P<sign>(?:strictly )?positive|non-?negative|negative|non-?zero)"
_SIGNED = (
    rf"(?:{_SIGN}(?:,?\s{{1,9}}(?:and )?(?:real|rational))?(?:\s{{1,9}}(?:{_NOUN}|(?P<integer>integers?)))?|"
    r"(?P<only>integers?))"
)
_END = r"(?=\s*$|\s*[,.;:()]|\s+(?:and|or|with|where|such|so|for|then|that|satisfying|consider|let|we|the)\b)"
_AFTER_SIGN = re.compile(rf"{_IS}{_SIGNED}{_END}")
_BEFORE_SIGN = re.compile(rf"{_OF}{_SIGNED}\s{{0,9}}$")
_SIGNS = {"positive": (">",), "negative": ("<",), "nonnegative": (">=",), "nonzero": ("!=",)}

_DEFINITE = r"(?:symmetric(?:,| and)?\s{1,9}){0,1}(?:strictly\s{1,9})?positive[- ]definite"
_AFTER_DEFINITE = re.compile(rf"{_IS}{_DEFINITE}{_MATRIX}{_END}")
_AFTER_SYMMETRIC = re.compile(rf"{_IS}symmetric\b")
_INVERTIBLE = r"(?:invertible|non-?singular|regular)"
_AFTER_INVERTIBLE = re.compile(
    rf"(?:{_IS}(?:(?:symmetric|positive[- ]definite)(?: and|,)?\s{{1,9}})?|\W{{0,9}}){_INVERTIBLE}{_MATRIX}{_END}"
)
_BEFORE_INVERTIBLE = re.compile(rf"{_OF}{_INVERTIBLE}(?:\s{{1,9}}matri\w{{1,9}})?\s{{0,9}}$")
_RANK = re.compile(
    r"\W{0,9}(?:(?:is|are|be)\s{1,9}(?:the|an?|our)\s{1,9}(?:[\w-]{1,30}\s{1,9}){0,4})?"
    r"(?:(?:has|have|having|with|is|are|be|of)\s{1,9}){1,2}(?:an?\s)?full[- ]"
    r"(?P<which>column[- ]|row[- ])?rank\b"
)
_BEHIND = {
    "definite": _AFTER_DEFINITE, "symmetric": _AFTER_SYMMETRIC, "invertible": _AFTER_INVERTIBLE, "rank": _RANK,
    "sign": _AFTER_SIGN,
}  # fmt: skip
_BINARY = re.compile(
    rf"{_OF}(?:(?:an?|observed|random|latent|hidden|independent|i\.?i\.?d\.?)\s{{1,9}}){{0,3}}binary\s{{1,9}}(?:random\s{{1,9}})?"
    r"(?:features?|variables?|labels?|outcomes?|indicators?|observations?|samples?|data|values?|targets?|inputs?|attributes?)?\s{0,9}$"
)
_NUMBER = re.compile(rf"{_OF}(?:numbers?|scalars?|constants?|reals?)\s{{0,9}}$")
_IN_FRONT = {"invertible": _BEFORE_INVERTIBLE, "sign": _BEFORE_SIGN, "number": _NUMBER, "binary": _BINARY}
"""What words say behind a name, and in front of it."""

_UNKNOWN = re.compile(
    r"\b(?:orthogonal|orthonormal|unitary|unit|(?:semi-?)?definite|semidefinite|projections?|projectors?|idempotent|"
    r"involut\w+|nilpotent|antisymmetric|skew\S*|triangular|diagonal|tridiagonal|banded|toeplitz|circulant|singular|"
    r"trace-?less|zero[- ]trace|rank|kernel|null[- ]?space|eigen\w+|commut\w+|simplex|means?|average|median|variance|"
    r"maxim\w+(?![- ]likelihood)|minim\w+|estimat\w+|convex|concave|monoton\w+|increasing|decreasing|"
    r"even|odd|prime|coprime|periodic|bounded|stochastic|permutations?|rotations?|reflections?|normali[sz]\w+|"
    r"cent(?:er|re)d|mean-?free|zero[- ]mean|standardi[sz]ed|whitened|probability vectors?|distributions?|distributed|"
    r"uniform(?:ly)?|bernoulli|binomial|poisson|uncorrelated|correlated|pairwise|exchangeable|exclusive|disjoint|"
    r"complementary|mutually|parallel|perpendicular|collinear|proportional|inverse|identical(?:ly)?|"
    r"sum(?:s|ming)? (?:up )?to|adds? up|add(?:s|ing)? to|positive|"
    r"negative(?![- ]log|[- ]likelihood)|non-?negative|non-?zero|integers?|"
    r"invertible|non-?singular|distinct)\b"
)
"""Words behind a name that say something of it; where they are not understood above, it is not known in full."""
_CALLED = re.compile(
    r"\W*(?:which\s+|that\s+)?(?:is|are|be|denotes?)\s+(?:the|its|their|our)\s+(?:(?!not\b|no\b)[\w-]+\s+){0,3}?"
    r"(?:means?|average|variance|estimat\w+|distribution)\b"
)
_ONLY_CALLED = re.compile(r"\W*(?:is|are|denotes?)\s+(?:the|its|their|a)\s+(?:\w+\s+)?(?:variance|mean)\W*")
_COUNT = re.compile(r"\b(?:counts?|number of|total|how (?:many|often))\b|\bno\.\s+of\b|#")
"""Words that say what a member of a family counts; of a bare letter they only say what size it is."""
_ALIKE = re.compile(r"\bindependent(?:ly)?,?(?: and| &)? identically distributed\b|\bmutually(?=\s+independent\b)")
"""What is said in full is independence, which is understood elsewhere."""
_UNKNOWN_BEFORE = re.compile(
    r"(?:^|.*\s)(?:orthogonal|orthonormal|unitary|unit|semi-?definite|idempotent|nilpotent|triangular|diagonal|singular|"
    r"trace-?less|commuting|eigen\w+|convex|concave|increasing|decreasing|even|odd|prime|stochastic|permutation|rotation|"
    r"normali[sz]ed|cent(?:er|re)d|distinct|uncorrelated|exclusive|disjoint|complementary|parallel|perpendicular)"
    r"\s{1,9}(?:matri\w{1,9}|vectors?|numbers?|integers?|variables?|events?|functions?)?\s{0,9}$"
)


_EVENT = re.compile(r"\W*(?:be|is|denotes?|means?|being)?\W*(?:the\s+events?\s+)?that\b", re.IGNORECASE)
"""What an event is, which says nothing of its name: "let $T$ be the event that the test is positive"."""
_UNITS = re.compile(
    r"\b(?:hidden|output|input|activation|linear|logistic|sigmoid|tanh|single)\s+units?\b", re.IGNORECASE
)
"""What a network consists of."""


_NEXT = re.compile(r",\s*(?:and\s+)?(?:the|an?|our|its|their|another)\s+(?:[\w'-]+\s+){1,5}$", re.IGNORECASE)
"""What the next name is called: "for a number $c$, the estimator $T = c X$"."""
_MAIN_CLAUSE = re.compile(
    r"\s+(?:the|our|this|we|its)\s+(?:[\w'-]+\s+){1,6}(?:is|are|becomes?|reads?)\s*$", re.IGNORECASE
)
"""A main clause that goes on behind a name: "with $a > 1$ the function to maximise is"."""


def properties_in(draft: Draft, nodes: Sequence[Node], words: Sequence[str]) -> list[Node]:
    """Declare what the words behind each name, or right before it, say of it; the nodes of which they say it."""
    done: list[Node] = []
    for subjects, before, after in _groups(nodes, words):
        if _said(draft, _names_in(subjects), after, _BEHIND):
            done += subjects
        elif _said(draft, _names_in(subjects[:1]), before, _IN_FRONT):
            done += subjects[:1]
    return done


def _groups(nodes: Sequence[Node], words: Sequence[str]) -> Iterator[tuple[list[Node], str, str]]:
    """Names that one property is said of: $a$, $b$ and $c$, with the words before the first and behind the last.

    The words behind a set are of the names with values in it.
    """
    nodes, words, start = list(nodes), list(words), 0
    for at in range(len(nodes) - 1, 0, -1):
        node = nodes[at]
        if isinstance(node, Bracket) and node.kind == "{}":
            words[at : at + 2] = [f"{words[at]} {words[at + 1]}"]
            del nodes[at]
    for at, node in enumerate(nodes):
        joined = at + 1 < len(nodes) and re.fullmatch(r"\W*(?:and|or)?\W*", words[at + 1])
        if joined and _is_name(node) and _is_name(nodes[at + 1]):
            continue
        yield list(nodes[start : at + 1]), words[start], words[at + 1]
        start = at + 1


def _is_name(node: Node) -> bool:
    return not isinstance(node, Relation) or node.sign == "in"


def _names_in(nodes: Sequence[Node]) -> list[Node]:
    within = [node.left if isinstance(node, Relation) and node.sign == "in" else node for node in nodes]
    items = [each for node in within if not isinstance(node, Relation) for each in listed(node)]
    return [each for each in items if not isinstance(each, Dots)]


def _said(draft: Draft, names: Sequence[Node], words: str, patterns: Mapping[str, re.Pattern[str]]) -> bool:
    """Whether the words say something of the names that is understood; it is declared."""
    for what, pattern in patterns.items():
        found = pattern.match(words)
        if found and names:
            said = [_SAYS[what](draft, each, found) for each in names]  # of each of them
            return all(said)
    return False


def _definite(draft: Draft, node: Node, found: re.Match[str]) -> bool:
    name = name_of(node, draft.scope) if isinstance(node, (Letter, Scripted)) else None
    if name is None or name.power is not None:
        return False
    positive_definite(draft, name.key)
    return True


def _symmetric(draft: Draft, node: Node, found: re.Match[str]) -> bool:
    """Declare it; False, since the words may go on with what is not understood."""
    name = name_of(node, draft.scope) if isinstance(node, (Letter, Scripted)) else None
    if name is not None and name.power is None and not name.indices:
        symmetric(draft, name.key)
    return False


def _signed(draft: Draft, node: Node, found: re.Match[str]) -> bool:
    """Declare that a name is a number of this sign; False where it is no number."""
    name = name_of(node, draft.scope) if isinstance(node, (Letter, Scripted)) else None
    if name is None or name.power is not None or name.key in draft.scope.lexicon.functions:
        return False
    kind = draft.scope.kinds.get(name.family) or draft.scope.kinds.get(name.key)
    if kind is not None and kind.shape:
        return False
    sign = (found["sign"] or "").replace("-", "").replace("strictly ", "")
    if found["integer"] or found["only"]:
        numbers = Letter("N" if sign == "positive" else "Z", node.place, (), "blackboard")
        kinds_in(draft, Relation("in", node, numbers, node.place))
    for each in _SIGNS.get(sign, ()) if not (found["integer"] and sign == "positive") else ():
        kinds_in(draft, Relation(each, node, Number("0", node.place), node.place))
    return True


def _binary(draft: Draft, node: Node, found: re.Match[str]) -> bool:
    """Declare that a name is 0 or 1, of which nothing else is said."""
    name = name_of(node, draft.scope) if isinstance(node, (Letter, Scripted)) else None
    if name is None or name.power is not None or not draft.scope.is_undeclared(name.family):
        return bool(name is not None and draft.scope.kinds.get(name.family))
    numbers = tuple(Number(each, node.place) for each in "01")
    kinds_in(draft, Relation("in", node, Bracket("{}", numbers, node.place), node.place))
    return True


def _number(draft: Draft, node: Node, found: re.Match[str]) -> bool:
    """Declare a real number, of which nothing else is said."""
    name = name_of(node, draft.scope) if isinstance(node, (Letter, Scripted)) else None
    if name is None or name.power is not None or not draft.scope.is_undeclared(name.family):
        return False
    kinds_in(draft, Relation("in", node, Letter("R", node.place, (), "blackboard"), node.place))
    return True


def _invertible(draft: Draft, node: Node, found: re.Match[str]) -> bool:
    """Note that a matrix has an inverse; False where it is not said of what is known to be square."""
    name = name_of(node, draft.scope) if isinstance(node, (Letter, Scripted)) else None
    kind = draft.scope.kinds.get(name.family) if name is not None and name.power is None else None
    square = kind is not None and len(kind.shape) == 2 and kind.shape[0] == kind.shape[1]
    return (square or isinstance(node, (Product, Total, Bracket))) and _note_invertible(draft, node)


def _full_rank(draft: Draft, node: Node, found: re.Match[str]) -> bool:
    """Of a matrix of full column rank, XᵀX has an inverse."""
    which = (found["which"] or "")[:3]
    if not which:
        return _invertible(draft, node, found)
    transposed = Scripted(node, (), Letter("top", node.place), node.place)
    return _note_invertible(draft, Product((transposed, node) if which == "col" else (node, transposed), node.place))


def _note_invertible(draft: Draft, node: Node) -> bool:
    letters = letters_in(node)
    if draft.answering and letters & {key.removesuffix("[]") for key in draft.known}:
        draft.problems.append(Added(node, draft.scope))
    else:
        draft.scope = replace(draft.scope, invertible=(*draft.scope.invertible, node))
    return True


_SAYS = {
    "definite": _definite, "symmetric": _symmetric, "invertible": _invertible, "rank": _full_rank, "sign": _signed,
    "number": _number, "binary": _binary,
}  # fmt: skip


def unknown_in(draft: Draft, nodes: Sequence[Node], words: Sequence[str], known: Sequence[Node]) -> None:
    """Note the names of which the words behind or right before them say what is not understood."""
    for subjects, before, after in _groups(nodes, words):
        node = subjects[-1]
        if any(each is other for each in subjects for other in known) or _only_called(node, after):
            continue
        after = _NEXT.sub("", after) if node is not nodes[-1] else after
        if _MAIN_CLAUSE.match(after):
            continue
        if _EVENT.match(after):
            continue
        after, before = (_ALIKE.sub("", each) for each in (after, before))
        after, before = (_UNITS.sub(" ", each) for each in (after, before))
        said = after if _UNKNOWN.search(after) or isinstance(node, Scripted) and _COUNT.search(after) else ""
        said = said or (before if _UNKNOWN_BEFORE.match(before) else "")
        if said:
            draft.note_gap(
                letters_in(*subjects) | _families(subjects, draft),
                Unreadable(f"'{said.strip(' .,;')}' is not understood"),
            )


def _families(nodes: Sequence[Node], draft: Draft) -> frozenset[str]:
    """The families among the names, N[] for N_k, which may be new beside a size N."""
    names = (name_of(node, draft.scope) for node in nodes if isinstance(node, Scripted))
    return frozenset(name.family for name in names if name is not None and name.indices)


def _only_called(node: Node, after: str) -> bool:
    """The words only say what the left side of an equation is called, or what has been said: v > 0 is the variance."""
    if not isinstance(node, Relation):
        return False
    if node.sign in ("=", ":="):
        return bool(_CALLED.match(after))
    return node.sign in ("<", ">") and bool(_ONLY_CALLED.fullmatch(after))
