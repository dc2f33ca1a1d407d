"""How a text uses its letters: which are indices, sizes, families of samples, exponents, outcomes.

The whole text is looked at before any of it is read, since a formula may use what is only seen later to be an index.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from checker.derivation import IndexSet
from checker.reading.grammar.formula import parse_list
from checker.reading.known.names import letter_key, like_index, single
from checker.reading.known.places import Joined, indices_of
from checker.reading.known.scope import Scope
from checker.reading.layout.pieces import Member, Piece, Sign
from checker.reading.lexicon import Lexicon
from checker.reading.meaning.byuse import vectors_in
from checker.reading.meaning.shapes import transposed_in
from checker.reading.meaning.terms import Meaning
from checker.reading.syntax import (
    Big,
    Bracket,
    Chance,
    IndicatorOf,
    Letter,
    Node,
    Number,
    Product,
    Quotient,
    Relation,
    Scripted,
    Several,
    Total,
    children,
    shape,
    walk,
)
from checker.reading.tex import tokens as t
from checker.reading.tex.items import is_a
from checker.reading.tex.tokens import Unreadable


@dataclass
class Usage:
    """What is counted over all formulas of a text.

    bare: by name, what stands above it without brackets and may be an index. powered: names with what is surely a
    power. ranges, values_of: the bounds of the sums over an index of a family, or over the values of a variable, by
    their shape.
    """

    indices: set[str] = field(default_factory=set)
    below: set[str] = field(default_factory=set)
    stepped: set[str] = field(default_factory=set)
    summed: set[str] = field(default_factory=set)
    values: set[str] = field(default_factory=set)
    exponents: set[str] = field(default_factory=set)
    sizes: set[str] = field(default_factory=set)
    superscripts: set[str] = field(default_factory=set)
    numbered: set[str] = field(default_factory=set)
    lettered: set[str] = field(default_factory=set)
    bare: dict[str, list[Node]] = field(default_factory=lambda: defaultdict(list))
    powered: set[str] = field(default_factory=set)
    plain: set[str] = field(default_factory=set)
    outcomes: set[str] = field(default_factory=set)
    ranges: dict[tuple[str, int, int], dict[Any, tuple[Node, Node]]] = field(default_factory=lambda: defaultdict(dict))
    values_of: dict[str, dict[Any, tuple[Node, Node]]] = field(default_factory=lambda: defaultdict(dict))
    joined: Joined = field(default_factory=Joined)
    trees: list[Node] = field(default_factory=list)


def usage_of(formulas: Iterable[Sequence[Piece]], lexicon: Lexicon) -> Usage:
    """How the letters of all readable members are used."""
    usage = Usage()
    for pieces in formulas:
        trees: list[Node] = []
        for at, piece in enumerate(pieces):
            if isinstance(piece, Member):
                try:
                    nodes = parse_list(piece.items, lexicon, piece.place)
                except (Unreadable, RecursionError):
                    continue
                beside = [p for p in pieces[max(at - 1, 0) : at + 2] if isinstance(p, Sign)]
                listed = any(sign.sign in ("in", "!=", "<", ">", "<=", ">=") for sign in beside)
                for node in nodes:
                    named = len(pieces) == len(nodes) == 1  # "class $k$" only names it
                    if isinstance(node, Letter) and (named or _is_compared(pieces, at)):
                        usage.plain.add(letter_key(node))  # an index may be compared: when i = k
                        continue
                    _look(usage, node, value=not (listed and isinstance(node, (Letter, Scripted))))
                trees += nodes
        usage.joined.look(trees)
        usage.trees += trees
    usage.indices |= usage.summed | usage.stepped | (usage.below - usage.values)
    return usage


def _is_compared(pieces: Sequence[Piece], at: int) -> bool:
    """The member is equated with a single letter or digit, and with nothing else."""
    others = [n for n in (at - 2, at + 2) if 0 <= n < len(pieces) and isinstance(pieces[n], Member)]
    signs = [p for p in pieces[max(at - 1, 0) : at + 2] if isinstance(p, Sign)]
    return bool(signs) and all(sign.sign == "=" for sign in signs) and all(_is_single(pieces[n]) for n in others)


def _is_single(piece: Piece) -> bool:
    return (
        isinstance(piece, Member)
        and len(piece.items) == 1
        and (is_a(piece.items[0], t.LETTER) or is_a(piece.items[0], t.DIGIT))
    )


def _look(usage: Usage, node: Node, value: bool) -> None:
    """Walk a tree; `value`: the node stands where a number does, and not where an index does."""
    if isinstance(node, Letter):
        if value:
            usage.plain.add(letter_key(node))
            usage.values.add(letter_key(node))
        return
    if isinstance(node, Scripted):
        _look_scripted(usage, node)
        return
    if isinstance(node, Big):
        _look_big(usage, node)
        return
    if isinstance(node, Relation) and node.sign in ("=", "!="):
        for side in (node.left, node.right):  # an index is compared in an indicator
            _look(usage, side, value=not isinstance(side, Letter))
        return
    if isinstance(node, Chance):
        for event in node.events:
            name = event.left if isinstance(event, Relation) else event
            base = name.base if isinstance(name, Scripted) else name
            if isinstance(base, Letter):
                usage.outcomes.add(letter_key(base))
        for each in (*node.events, *node.given):
            _look(usage, each, value=not isinstance(each, Letter))
        return
    for child in children(node):
        _look(usage, child, value)


def _look_scripted(usage: Usage, node: Scripted) -> None:
    base = node.base
    if isinstance(base, Letter) and (node.sub or node.bracketed):
        alone = len(node.sub) == 1 and isinstance(node.sub[0], Number) and not node.bracketed
        (usage.numbered if alone else usage.lettered).add(letter_key(base))
    for index in node.sub:
        usage.stepped |= _steps_of(index)
        for each in walk(index):
            if isinstance(each, Letter):
                usage.below.add(letter_key(each))
            elif isinstance(each, Scripted) and isinstance(each.base, Letter) and each.primes and not each.sub:
                usage.below.add(letter_key(each.base) + "'" * each.primes)
        for inner in _outermost_scripted(index):
            _look_scripted(usage, inner)
    if not isinstance(base, Letter):
        _look(usage, base, value=True)
    if node.sup is not None:
        _look_superscript(usage, node, node.sup)
    elif isinstance(base, Letter):
        usage.plain.add(letter_key(base) if not node.sub else f"{letter_key(base)}[]")


def _steps_of(index: Node) -> set[str]:
    """The letter of n + 1: an integer wherever it stands."""
    terms = [term for _, term in index.terms] if isinstance(index, Total) else []
    letters = {letter_key(term) for term in terms if isinstance(term, Letter)}
    return letters if len(letters) == 1 and all(isinstance(each, (Letter, Number)) for each in terms) else set()


def _outermost_scripted(node: Node) -> Iterator[Scripted]:
    """The names with scripts in an index, but for those in one another."""
    if isinstance(node, Scripted):
        yield node
        return
    for child in children(node):
        yield from _outermost_scripted(child)


def _look_superscript(usage: Usage, node: Scripted, sup: Node) -> None:
    key = letter_key(node.base) if isinstance(node.base, Letter) else ""
    if node.bracketed and key:
        if _index_like(sup):
            usage.superscripts.add(key)
            for each in walk(sup):
                if isinstance(each, Letter):
                    usage.below.add(letter_key(each))
            return
    elif key.endswith("_bb"):
        return
    elif key and isinstance(sup, Letter) and sup.name not in ("T", "top", "star", "plus", "minus", "dagger"):
        usage.bare[key].append(sup)
        return  # x^i alone does not say whether i is a number
    elif key and isinstance(sup, Total) and _index_like(sup) and isinstance(sup.terms[0][1], Letter):
        usage.bare[key].append(sup)
        return  # x^{t+1} neither
    elif key:
        usage.plain.add(key if not node.sub else f"{key}[]")
        if isinstance(sup, Number | Total | Quotient) and not (isinstance(sup, Number) and sup.text == "1"):
            usage.powered.add(key)
    usage.exponents |= _letters_of_number(sup)
    _look(usage, sup, value=True)


def _letters_of_number(node: Node) -> set[str]:
    """The letters of which a number is made: n and k of n-k, but no index of a name, and none in an indicator."""
    if isinstance(node, Scripted):
        return _letters_of_number(node.base)
    if isinstance(node, Letter):
        return {letter_key(node)}
    if isinstance(node, Relation | IndicatorOf | Several):
        return set()
    return {letter for child in children(node) for letter in _letters_of_number(child)}


def _index_like(node: Node) -> bool:
    """A letter, a number, or a letter ± a number: what stands in x^{(i)}."""
    if isinstance(node, Bracket):
        return all(_index_like(item) for item in node.items)
    if isinstance(node, Product):
        return all(isinstance(factor, Letter) for factor in node.factors)
    if isinstance(node, Total):
        return all(_index_like(term) for _, term in node.terms) and len(node.terms) == 2
    return isinstance(node, Letter) or isinstance(node, Number) and node.text.isdigit()


def _look_big(usage: Usage, node: Big) -> None:
    parts = [p for below in node.below for p in (below.factors if isinstance(below, Product) else (below,))]
    for part in parts:
        links = part.parts if isinstance(part, Several) else (part,)
        for link in links:
            letter = link.left if isinstance(link, Relation) else link
            if isinstance(letter, Letter) and node.sign in ("sum", "product"):
                usage.summed.add(letter_key(letter))
            elif isinstance(letter, Scripted) and isinstance(letter.base, Letter) and letter.primes and not letter.sub:
                usage.summed.add(letter_key(letter.base) + "'" * letter.primes)
            if isinstance(link, Relation):
                _look(usage, link, value=False)
                if _from_zero(link) and isinstance(letter, Letter):
                    usage.exponents.add(letter_key(letter))  # samples have no number 0
    upper = node.above.right if isinstance(node.above, Relation) else node.above
    if upper is not None and node.sign in ("sum", "product"):
        _sizes_in(usage, upper)
        for part in parts:
            if isinstance(part, Relation) and part.sign == "=" and single(part.left):
                _ranged_over(usage, node.body, single(part.left), (part.right, upper))
    _look(usage, node.body, value=True)


def _from_zero(link: Relation) -> bool:
    return link.sign == "=" and isinstance(link.right, Number) and link.right.text == "0"


def _ranged_over(usage: Usage, body: Node, letter: str, bounds: tuple[Node, Node]) -> None:
    """Note what families have the index, and what variables are compared with it, in the body of a sum over it."""
    for each in walk(body):
        if isinstance(each, Scripted) and isinstance(each.base, Letter):
            indices = indices_of(each)
            for number, index in enumerate(indices):
                if single(index) == letter:
                    usage.ranges[letter_key(each.base), len(indices), number][shape(bounds)] = bounds
        if isinstance(each, Relation) and each.sign == "=" and single(each.right) == letter:
            base = each.left.base if isinstance(each.left, Scripted) else each.left
            if isinstance(base, Letter):
                usage.values_of[letter_key(base)][shape(bounds)] = bounds


def _sizes_in(usage: Usage, node: Node) -> None:
    for each in walk(node):
        if isinstance(each, Letter) and not each.accents and each.name != "infinity":
            usage.sizes.add(letter_key(each))


def scope_of(usage: Usage, lexicon: Lexicon) -> Scope:
    """The scope in which a text begins: nothing declared, and how its letters are used."""
    indices = frozenset(usage.indices - usage.sizes)
    known = lexicon.functions | usage.outcomes | usage.superscripts | usage.lettered | set(usage.bare)
    scope = Scope(
        lexicon=replace(lexicon, indices=indices, values=frozenset(usage.values), bound=frozenset(usage.summed)),
        sizes=frozenset(usage.sizes - usage.summed),
        superscripts=frozenset(usage.superscripts),
        exponents=frozenset(usage.exponents),
        plain=frozenset(usage.plain),
        outcomes=frozenset(usage.outcomes),
        numbered=frozenset(usage.numbered - known),
    )
    scope = replace(scope, bare_superscripts=_indexed_above(usage), unclear=_unclear_above(usage, scope))
    places = {place: found for place, bounds in usage.ranges.items() if (found := _only_set(scope, bounds))}
    values = {key: found for key, bounds in usage.values_of.items() if (found := _only_set(scope, bounds))}
    mixed = {key.removesuffix("[]") for key in usage.plain if key.endswith("[]")}
    unclear = {place for place in usage.ranges if place not in places}
    tied = {
        place: replace(each, positions=()) if unclear & set(each.positions) else each
        for place, each in usage.joined.classes(mixed).items()
    }
    scope = scope.knowing(places=places, inferred=places, domains=values, tied=tied)
    return replace(scope, vectors=vectors_in(usage.trees, scope), transposed=transposed_in(usage.trees, scope))


def _indexed_above(usage: Usage) -> frozenset[str]:
    """The names with letters above them, more than once, that never stand alone or to a power: x^i for x_i."""
    others = usage.plain | usage.superscripts | usage.powered | {"e", "pi"}
    letters = {
        key: [letter_key(each) for each in above if isinstance(each, Letter)] for key, above in usage.bare.items()
    }
    return frozenset(
        key
        for key, above in letters.items()
        if len(above) > 1 and key not in others and not set(above) & usage.exponents
    )


def _unclear_above(usage: Usage, scope: Scope) -> frozenset[str]:
    """The names that have above them what may be an index, and also what is none: x^i beside x^{i+j} with a j that
    is no index."""
    may_be = {key: {like_index(each, scope) for each in above} for key, above in usage.bare.items()}
    return frozenset(key for key, found in may_be.items() if len(found) > 1)


def _only_set(scope: Scope, bounds: dict[Any, tuple[Node, Node]]) -> IndexSet | None:
    """The index set, where all sums have the same bounds, which are numbers or sizes."""
    if len(bounds) != 1:
        return None
    (ends,) = bounds.values()
    if not all(isinstance(end, Number) or isinstance(end, Letter) and letter_key(end) in scope.sizes for end in ends):
        return None
    meaning = Meaning(scope)
    lower, upper = (meaning.index(end) for end in ends)
    return IndexSet(lower, upper)


def joined(before: Scope, text: Scope) -> Scope:
    """What is known beforehand, with how the text uses its letters."""
    lexicon = replace(
        text.lexicon,
        functions=text.lexicon.functions | before.lexicon.functions,
        numbers=before.lexicon.numbers | text.lexicon.numbers,
        names=text.lexicon.names | before.lexicon.names,
        indices=(text.lexicon.indices | before.lexicon.indices) - before.sizes,
    )
    return replace(
        before,
        lexicon=lexicon,
        sizes=before.sizes | (text.sizes - set(before.index_sets)),
        superscripts=before.superscripts | text.superscripts,
        tied=text.tied,
        bare_superscripts=text.bare_superscripts,
        unclear=text.unclear,
        exponents=before.exponents | text.exponents,
        plain=before.plain | text.plain,
        outcomes=before.outcomes | text.outcomes,
        numbered=frozenset(key for key in text.numbered if before.is_undeclared(f"{key}[]")),
    )
