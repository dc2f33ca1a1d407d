"""Big operators: sums, products, integrals, and functions with something below, as max."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from checker.reading.grammar.functions import arguments_of
from checker.reading.grammar.parser import Parser
from checker.reading.grammar.scripts import scripted_name
from checker.reading.grammar.statements import statement
from checker.reading.syntax import (
    Applied,
    Big,
    Letter,
    Node,
    Number,
    Product,
    Relation,
    Scripted,
    Several,
    Total,
    children,
    walk,
)
from checker.reading.tex import tokens as t
from checker.reading.tex.items import Group, Item, is_a, letters_in, place_of, split, table, text_of
from checker.reading.tex.signs import (
    ADDITIVE,
    ARROWS,
    BARS,
    BIG,
    CLOSING,
    FUNCTIONS,
    LETTER_COMMANDS,
    OPENING,
    RELATIONS,
    STYLES,
)
from checker.reading.tex.tokens import Beyond, Place, Token, Unreadable


def big(p: Parser, sign: str, place: Place) -> Node:
    below: tuple[Node, ...] = ()
    above: Node | None = None
    while is_a(p.next, t.SUB) or is_a(p.next, t.SUP):
        script = p.take()
        group = p.argument("what stands below the sign")
        if is_a(script, t.SUB):
            below = _conditions(p, group)
        else:
            above = statement(p, group.items, group.place) if group.items else None
    if sign == "integral":
        return _integral(p, below, above, place)
    start = p.here()
    if p.text == "+":
        raise p.missing()
    if (p.lexicon.other or p.lexicon.whole) and _index_goes_on(p, below):
        return Big(sign, below, above, p.expression(), place)
    minus = p.sign()
    body = p.product()
    if minus is None and sign == "product" and isinstance(body, Product):
        product = Big(sign, below, above, body, place)
        return _up_to_its_index(product, body) if p.lexicon.other else _without_rebinding(product, body)
    if minus is not None:
        body = Total(((minus, body),), start)
    return Big(sign, below, above, body, place)


def _up_to_its_index(node: Big, body: Product) -> Node:
    """The product over the factors up to the last one with its index; those behind it are factors of the product."""
    letters = _indices(node)
    having = [at for at, factor in enumerate(body.factors, 1) if _has_free(factor, letters)]
    return _cut(node, body, having[-1]) if having else _without_rebinding(node, body)


def _without_rebinding(node: Big, body: Product) -> Node:
    """The product over the factors before the first one that binds its index again, where none behind it has it:
    Π_i σ^{-1} exp(Σ_i x_i) is two factors."""
    letters = _indices(node)
    start = max((at for at, factor in enumerate(body.factors, 1) if _has_free(factor, letters)), default=1)
    behind = enumerate(body.factors[start:], start)
    return _cut(node, body, next((at for at, factor in behind if _binds(factor, letters)), len(body.factors)))


def _binds(node: Node, letters: set[str]) -> bool:
    return any(isinstance(each, Big) and _indices(each) & letters for each in walk(node))


def _indices(node: Big) -> set[str]:
    return {each.name for part in node.below[:1] for each in _left_letters(part)}


def _has_free(node: Node, letters: set[str]) -> bool:
    """Whether a tree has one of the letters outside of what binds it."""
    if isinstance(node, Letter):
        return node.name in letters
    bound = _indices(node) if isinstance(node, Big) else set()
    return any(_has_free(child, letters - bound) for child in children(node)) if letters - bound else False


def _cut(node: Big, body: Product, count: int) -> Node:
    """The product over so many of the factors, and the others behind it."""
    inside, behind = body.factors[:count], body.factors[count:]
    if not behind:
        return node
    within = inside[0] if len(inside) == 1 else Product(inside, body.place)
    return Product((replace(node, body=within), *behind), node.place)


def limited(p: Parser, name: str, place: Place) -> Node:
    below: tuple[Node, ...] = ()
    if is_a(p.next, t.SUB):
        p.at += 1
        below = _conditions(p, p.argument("what stands below"))
    if not below and name in FUNCTIONS:
        return Applied(name, arguments_of(p, name), place)
    if name in ("argmax", "argmin"):
        return Big(name, below, None, p.expression(), place)  # what is maximised is no term of anything else
    body = p.product()
    if name in ("max", "min", "sup", "inf") and p.text in ADDITIVE and _index_goes_on(p, below):
        raise Beyond(f"a {name} over a sum; write brackets around what it is of", place)
    return Big(name, below, None, body, place)


def underset(p: Parser, place: Place) -> Node:
    """\\underset{θ}{argmax} is argmax_θ, and \\underset{x ~ p}{E} is E_x."""
    below, operator = p.argument(r"\underset"), p.argument(r"\underset")
    script = Token(t.SUB, "_", place)
    p.insert([*operator.items, script, below])
    return p.atom()


def _conditions(p: Parser, group: Group) -> tuple[Node, ...]:
    """What stands below a sign: i=1; i, j; i : y_i = k; j | k = K."""
    items = list(group.items)
    if len(items) == 2 and text_of(items[0]) == r"\substack" and isinstance(items[1], Group):
        rows = table(items[1].items)
        return tuple(statement(p, [i for c in row for i in c], group.place) for row in rows)
    first, *rest = split(items, {":", r"\colon", *BARS})
    found = [statement(p, part, place_of(part, group.place)) for part in split(first, {",", ";"}) if part]
    for section in rest:
        for part in split(section, {",", ";"}):
            if part:
                found.append(Several("where", (statement(p, part, place_of(part, group.place)),), group.place))
    return tuple(found)


def _index_goes_on(p: Parser, below: tuple[Node, ...]) -> bool:
    """Whether a term behind the sum's has its index."""
    letters = {each.name for part in below[:1] for each in _left_letters(part)}
    if p.last_terms is None:
        p.last_terms = _last_terms(p.items)
    return any(p.last_terms.get(letter, -1) >= p.at for letter in letters)


def _integral(p: Parser, below: tuple[Node, ...], above: Node | None, place: Place) -> Node:
    """∫ body dx: up to the last d before a name outside brackets."""
    depth, last = 0, -1
    for at in range(p.at, len(p.items) - 1):
        text = text_of(p.items[at])
        depth += (text in OPENING) - (text in CLOSING)
        if depth < 0 or not depth and (text in RELATIONS or text in ARROWS):
            break
        if not depth and text == "d" and _is_name(p.items[at + 1]):
            last = at
            break
    if last < 0:
        raise Unreadable("the integral names no variable, as in \\int f(x) dx", place)
    inside = p.items[p.at : last]
    p.at = last + 1
    variable = scripted_name(p)
    if p.text == "d" and _is_name(p.after()):
        raise Beyond("an integral over several variables", place)
    if not inside and p.next is not None and p.begins(p.next):
        raise Beyond("an integral whose variable stands before what is integrated", place)
    body = p.whole(inside, place) if inside else Number("1", place)
    return Big("integral", (variable, *below), above, body, place)


def _is_name(item: Item | None) -> bool:
    return is_a(item, t.LETTER) or text_of(item) in LETTER_COMMANDS or text_of(item) in STYLES


def _last_terms(items: Sequence[Item]) -> dict[str, int]:
    """Where the last term begins, outside all brackets and without a sum over it, that has the letter."""
    starts: list[int] = []
    depth = 0
    for at, item in enumerate(items):
        text = text_of(item)
        depth += (text in OPENING) - (text in CLOSING)
        if not depth and text in ADDITIVE:
            starts.append(at)
    found: dict[str, int] = {}
    for start, end in itertools.pairwise([*starts, len(items)]):
        term = items[start:end]
        below = [each for at, item in enumerate(term) if text_of(item) in BIG for each in term[at + 1 : at + 5]]
        bound = {letter for each in below if isinstance(each, Group) for letter in letters_in(each)}
        found |= {letter: start for item in term for letter in letters_in(item) if letter not in bound}
    return found


def _left_letters(part: Node) -> list[Letter]:
    left = part.left if isinstance(part, Relation) else part
    left = left.base if isinstance(left, Scripted) else left
    return [left] if isinstance(left, Letter) else []
