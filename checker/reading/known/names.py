"""Names: which part of a scripted letter is its name, which are its indices, and which is a power."""

from __future__ import annotations

from dataclasses import dataclass, replace

from checker.notation.names import LETTERS
from checker.reading.known.scope import Scope
from checker.reading.syntax import (
    Bracket,
    Chance,
    Dots,
    Letter,
    Node,
    Number,
    Phrase,
    Product,
    Relation,
    Scripted,
    Several,
    Total,
    is_numeral,
    spelled,
    walk,
)
from checker.reading.tex.tokens import Beyond, Place, Unreadable

INDEX = "·"
"""The index that dots run over (`dots`)."""
STYLES = {"script": "_cal", "blackboard": "_bb", "fraktur": "_frak"}


@dataclass(frozen=True)
class Name:
    """A name with its indices; what is left of a superscript is the power, or a transpose ("T").

    above: the first index is written above, as that of a sample is.
    """

    key: str
    indices: tuple[Node, ...]
    power: Node | None
    place: Place
    letter: str
    bold: bool = False
    words: bool = False
    above: bool = False

    @property
    def family(self) -> str:
        """The key under which the kind of a family stands; that of a plain name is the name."""
        return f"{self.key}[]" if self.indices else self.key


def letter_key(letter: Letter) -> str:
    """The name of a letter: its accents and its style, where that makes another name."""
    accents = "".join(f"_{accent}" for accent in letter.accents)
    return letter.name + accents + STYLES.get(letter.style, "")


def single(node: Node) -> str:
    """The key of an index letter, perhaps with primes; "" for anything else."""
    if isinstance(node, Letter):
        return letter_key(node)
    if isinstance(node, Scripted) and isinstance(node.base, Letter) and not node.sub and node.sup is None:
        return letter_key(node.base) + "'" * node.primes
    return ""


def name_of(node: Node, scope: Scope) -> Name | None:
    """The name that a node is, or None. Raises Unreadable where a power and an index both fit."""
    name = _name_of(node, scope)
    if name is not None and (name.key, len(name.indices)) in scope.overloaded:
        return replace(name, key=f"{name.key}⁽{_ABOVE[len(name.indices)]}⁾")
    return name


def _has_number(key: str, number: Number, scope: Scope) -> bool:
    """z_1 is a name, where the letter has no other indices, or is declared so, and is no component of a vector z."""
    kind = scope.kinds.get(key)
    alone = key in scope.numbered and f"{key}[]" not in scope.kinds and not (kind is not None and kind.shape)
    return alone or f"{key}_{number.text}" in scope.kinds


_ABOVE = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_NO_PART_OF_A_LABEL = "_{}.~$"
"""All else in it tells labels apart: A+ and A-, xx|z and x|xz."""


def _name_of(node: Node, scope: Scope) -> Name | None:
    if isinstance(node, Letter):
        return Name(letter_key(node), (), None, node.place, node.name, node.style == "bold")
    if isinstance(node, Phrase):
        key, indices = phrase_name(node, scope)
        return Name(key, indices, None, node.place, node.text, words=True)
    if not isinstance(node, Scripted) or not isinstance(node.base, (Letter, Phrase)):
        return None
    base = node.base
    key = letter_key(base) if isinstance(base, Letter) else phrase_key(base)
    labels = [s.text for s in node.sub if isinstance(s, Phrase)]
    sub = tuple(s for s in node.sub if not isinstance(s, Phrase))
    for label in labels:
        key += f"_{''.join(c for c in label if c not in _NO_PART_OF_A_LABEL and not c.isspace())}"
    if any(isinstance(s, (Bracket, Dots, Relation, Several)) for s in sub):
        raise Beyond("an index that is a range or a condition", node.place)
    if len(sub) == 1 and isinstance(sub[0], Letter) and _is_label(sub[0], scope):
        key, sub = f"{key}_{letter_key(sub[0])}", ()
    elif len(sub) > 1 and (greek := [each for each in sub if _is_greek_quantity(each, scope)]):
        key, sub = "_".join([key, *map(single, greek)]), tuple(each for each in sub if each not in greek)
    elif len(sub) > 1 and set(under := [single(each) for each in sub]) <= scope.random:
        key, sub = f"{key}_{''.join(under)}", ()  # H_{XY}
    if len(sub) == 1 and isinstance(sub[0], Number) and _has_number(key, sub[0], scope):
        key, sub = f"{key}_{sub[0].text}", ()  # a name with a number, which is no member of a family
    key += "'" * node.primes
    sup = node.sup
    letter = base.name if isinstance(base, Letter) else base.text
    bold = isinstance(base, Letter) and base.style == "bold"
    if sup is None:
        return Name(key, sub, None, node.place, letter, bold)
    if _is_index(node, key, sub, sup, scope):
        first = sup.items if isinstance(sup, Bracket) and sup.kind == "" else (sup,)
        if isinstance(sup, Product) and all(isinstance(factor, (Letter, Number)) for factor in sup.factors):
            first = sup.factors  # y^{(pr)} has two indices, as y_{pr} has
        return Name(key, (*first, *sub), None, node.place, letter, bold, above=True)
    return Name(key, sub, sup, node.place, letter, bold)


def phrase_name(phrase: Phrase, scope: Scope) -> tuple[str, tuple[Node, ...]]:
    """A name of words: an index letter among them is its index, as in "count of class k".

    A number or size is one where the words are known with an index there.
    """
    words = phrase.text.split()
    known = {definition.key for definition in scope.definitions}
    places = [n for n, word in enumerate(words) if word in scope.lexicon.indices or word == INDEX]
    if not places and len(words) > 1:
        for n, word in enumerate(words):
            if (is_numeral(word) or word in scope.sizes) and _words_key(words, [n]) in known:
                places = [n]
    indices: list[Node] = []
    for n in places:
        word = words[n]
        indices.append(Number(word, phrase.place) if is_numeral(word) else Letter(word, phrase.place))
    return _words_key(words, places), tuple(indices)


def _words_key(words: list[str], places: list[int]) -> str:
    text = "-".join("·" if n in places else word for n, word in enumerate(words))
    return "".join(c if c.isalnum() or c == "·" else "-" for c in text).strip("-") or "text"


def phrase_key(phrase: Phrase) -> str:
    return "".join(c if c.isalnum() else "-" for c in phrase.text).strip("-") or "text"


def _is_label(letter: Letter, scope: Scope) -> bool:
    """A quantity below a name is a label: μ_x for the mean of x."""
    key = letter_key(letter)
    if key in scope.random and key == key.upper():
        return True
    if key in scope.index_sets or key in scope.sizes:
        return False
    if key.upper() in scope.random:
        return True
    if key in scope.lexicon.bound and scope.definition_of(key) is not None:
        return False  # the name of a function, by which the text sums: an index there
    kind = scope.kinds.get(key)
    if kind is not None and kind.values is None and not kind.shape:
        return not dict(kind.assumptions).get("integer")
    return False


def _is_greek_quantity(node: Node, scope: Scope) -> bool:
    """A Greek letter that stands alone for a quantity, and nowhere as an index: β in τ_{β,o}."""
    key = single(node)
    return key in LETTERS and key in scope.plain and key not in scope.lexicon.indices | scope.lexicon.bound


def _is_index(node: Scripted, key: str, sub: tuple[Node, ...], sup: Node, scope: Scope) -> bool:
    """Whether the superscript is an index. Raises Unreadable where both readings fit."""
    if node.bracketed:
        if key in scope.superscripts:
            return True
        return like_index(sup, scope) and f"{key}[]" not in scope.kinds and not _is_quantity(key, sub, scope)
    if key in scope.bare_superscripts and key not in scope.unclear:
        if isinstance(sup, (Letter, Number, Scripted, Total)) and like_index(sup, scope):
            if isinstance(sup, Number) and key in scope.plain:
                raise Unreadable(f"'{key}^{sup.text}' may be a power or the index {sup.text}", node.place)
            return True
        return False
    if isinstance(sup, Number) and sup.text == "0" and not sub and _is_unknown(key, scope):
        raise Unreadable(f"'{key}^0' may be a power or a name; write {key}_0 or declare it", node.place)
    if not _may_be_index(key, sup, scope):
        return False
    if isinstance(sup, Letter) and key in scope.superscripts:
        return True
    family = f"{key}[]" if sub else key
    letters = {each.name for each in walk(sup) if isinstance(each, Letter)}
    sure = letters <= scope.exponents and not scope.bare_superscripts  # beside y^i for y_i it is not
    if not (sure and family in scope.plain) and _is_unknown(key, scope) and not scope.is_known(family):
        shown = sup.name if isinstance(sup, Letter) else spelled(sup)[1:-1]
        raise Unreadable(
            f"'{key}^{shown}' may be a power or a sample; write {key}^{{({shown})}} or declare it", node.place
        )
    return False


def _may_be_index(key: str, sup: Node, scope: Scope) -> bool:
    """Whether a superscript without brackets may be an index: a letter of one, or as others above the name are."""
    if key in scope.unclear and isinstance(sup, Letter | Total):
        return not is_transpose(sup, scope)
    return (
        isinstance(sup, Letter)
        and sup.name in scope.lexicon.indices | set(scope.index_sets)
        and sup.name not in ("T", "e")
    )


def _is_unknown(key: str, scope: Scope) -> bool:
    """Neither declared nor defined, and no constant."""
    return not (scope.is_known(key) or f"{key}[]" in scope.kinds or key in scope.index_sets or key in ("e", "pi"))


def _is_quantity(key: str, sub: tuple[Node, ...], scope: Scope) -> bool:
    return not sub and key in scope.kinds


def like_index(node: Node, scope: Scope) -> bool:
    """A number, an index letter or a size, perhaps ± a number."""
    if isinstance(node, Number):
        return node.text.isdigit()
    if isinstance(node, Letter):
        return node.name in scope.lexicon.indices or node.name in scope.sizes or node.name in scope.index_sets
    if isinstance(node, Scripted):
        return (
            isinstance(node.base, Letter) and node.sup is None and (bool(node.primes) or node.base.name in scope.sizes)
        )
    if isinstance(node, Total):
        return all(like_index(term, scope) for _, term in node.terms)
    if isinstance(node, Product):
        return all(isinstance(factor, Letter) and like_index(factor, scope) for factor in node.factors)
    if isinstance(node, Bracket) and node.kind == "":
        return all(like_index(item, scope) for item in node.items)
    return False


def is_transpose(power: Node, scope: Scope) -> bool:
    """^T or ^⊤, where T is no quantity of the text."""
    if not isinstance(power, Letter) or power.accents:
        return False
    if power.name == "top":
        return True
    return power.name == "T" and "T" not in scope.kinds and "T" not in scope.sizes and "T" not in scope.index_sets


def is_normal(node: Chance) -> bool:
    """N(x | μ, σ²), the density of the normal distribution."""
    head = node.head.base if isinstance(node.head, Scripted) else node.head
    return isinstance(head, Letter) and head.name == "N" and head.style == "script"
