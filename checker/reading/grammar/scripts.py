"""Scripts behind a base: indices, labels, powers, stars and primes."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from checker.reading.grammar.parser import Parser
from checker.reading.grammar.statements import holds_statement, statement
from checker.reading.lexicon import Lexicon
from checker.reading.syntax import (
    Bracket,
    Dots,
    IndicatorOf,
    Letter,
    Node,
    Number,
    Phrase,
    Product,
    Relation,
    Scripted,
    Several,
)
from checker.reading.tex import tokens as t
from checker.reading.tex.items import Group, Item, is_a, is_script, letters_in, only_dots, place_of, split, text_of
from checker.reading.tex.signs import ADDITIVE, BARS, CLOSING, DIVISION, LABELS, MULTIPLICATIVE, OPENING
from checker.reading.tex.tokens import Beyond, Place, Token, Unreadable

SOLUTIONS = frozenset(("ML", "MLE", "MAP", "OLS", "opt"))
"""Labels of solutions that also stand above a name."""
CUSTOMARY = frozenset("ijklmncdst")
"""Letters that are indices where they stand below a name."""


def script(p: Parser, node: Node) -> Node | None:
    """The node with its scripts and primes."""
    return scripted(p, node) if is_script(p.next) else None


def scripted(p: Parser, base: Node) -> Node:
    place = p.here()
    sub: tuple[Node, ...] | None = None
    sup: Node | None = None
    bracketed, primes = False, 0
    marks: list[str] = []
    while p.next is not None:
        if p.text == "'":
            p.at += 1
            primes += 1
        elif is_a(p.next, t.SUB) and sub is None:
            p.at += 1
            group = p.argument("a subscript")
            sub = subscript(p, group, isinstance(base, Letter) and base.name in p.lexicon.digitwise)
        elif is_a(p.next, t.SUP) and sup is None:
            p.at += 1
            group = p.argument("a superscript")
            found = superscript(p, group)
            if found == "star":
                marks.append("star")
            elif isinstance(found, int):
                primes += found
            elif isinstance(found, tuple):
                sup, bracketed = found
        else:
            break
    if marks and isinstance(base, Letter):
        base = replace(base, accents=(*base.accents, *marks))
    elif marks and isinstance(base, Scripted) and isinstance(base.base, Letter):
        base = replace(base, base=replace(base.base, accents=(*base.base.accents, *marks)))
    elif marks:
        raise Unreadable("a star belongs behind a name", place)
    if isinstance(sup, Phrase):  # μ^{ML} is μ_{ML}, and (σ²)^{ML} is σ_{ML}²
        label, sub, sup = sup, sub or (), None
        inner = base.items[0] if isinstance(base, Bracket) and base.kind == "()" and len(base.items) == 1 else None
        if isinstance(inner, Scripted):
            return replace(inner, sub=(*inner.sub, label))
        sub = (*sub, label)
    if sub is None and sup is None and not primes:
        return base
    condition = _condition(sub) if sub and len(sub) == 1 and _is_one(base, sub[0]) else None
    if condition is not None:
        indicator = IndicatorOf(condition, place)
        return indicator if sup is None else Scripted(indicator, (), sup, place)
    return Scripted(base, sub or (), sup, place, bracketed, primes)


def scripted_name(p: Parser) -> Node:
    """A name with its scripts and primes."""
    node = p.atom()
    while is_a(p.next, t.SUB) or is_a(p.next, t.SUP) or p.text == "'":
        node = scripted(p, node)
    return node


def raised(p: Parser) -> Node:
    """A bracket with its power."""
    node = p.atom()
    while is_a(p.next, t.SUP) or is_a(p.next, t.SUB):
        node = scripted(p, node)
    return node


def superscript(p: Parser, group: Group) -> tuple[Node, bool] | str | int:
    """The node and whether it stands in brackets; "star", or a number of primes."""
    texts = [text_of(item) for item in group.items]
    if texts and set(texts) <= {"*", r"\star", r"\ast"}:
        return "star"
    if texts and set(texts) <= {"'", r"\prime"}:
        return len(texts)
    if not group.items:
        raise Unreadable("the superscript is empty", group.place)
    if is_a(group.items[0], t.SUP) and len(group.items) == 2 and isinstance(group.items[1], Group):
        return superscript(p, group.items[1])
    if "".join(texts) in SOLUTIONS:
        return Phrase("".join(texts), group.place), False
    if len(group.items) == 1 and texts[0] in ADDITIVE:
        return Letter({1: "plus", -1: "minus"}.get(ADDITIVE[texts[0]], "pm"), group.place), False
    if _in_brackets(group.items):
        inside = group.items[1:-1]
        if inside and not holds_statement(inside):
            nodes = p.listed(inside, group.place)
            return (nodes[0] if len(nodes) == 1 else Bracket("", nodes, group.place)), True
    if holds_statement(group.items) and texts[0] not in ("1", "I") and not _has_indicator(group.items):
        return statement(p, group.items, group.place), False
    return p.whole(group.items, group.place), False


def subscript(p: Parser, group: Group, digitwise: bool = False) -> tuple[Node, ...]:
    """The indices of a subscript; digitwise: each digit is one."""
    found: list[Node] = []
    items = group.items
    if holds_statement(items):
        return (statement(p, items, group.place),)
    for part in split(items, {","}):
        if not part:
            raise Unreadable("an index is missing", group.place)
        found += _indices(p, part, group.place, digitwise)
    return tuple(found)


def _indices(p: Parser, items: list[Item], place: Place, digitwise: bool) -> list[Node]:
    """The indices that stand side by side; a word is a label."""
    if only_dots(items):
        return [Dots(place)]
    if len(items) == 1 and text_of(items[0]) in ADDITIVE:
        return [Letter("plus" if text_of(items[0]) == "+" else "minus", place)]
    label = _label(items, p.lexicon)
    if label:
        return [Phrase(label, place_of(items, place))]
    if len(items) > 1 and any(text_of(item) in BARS for item in items):
        return [_label_with_bar(p, items, place)]
    side_by_side = _letters_and_digits(items, digitwise)
    if len(side_by_side) > 1:
        return [p.whole(part, place_of(part, place)) for part in side_by_side]
    colon = [i for i, item in enumerate(items) if text_of(item) == ":"]
    if colon:
        ends = [p.whole(items[: colon[0]], place), p.whole(items[colon[0] + 1 :], place)]
        return [Bracket(":", tuple(ends), place)]
    if any(text_of(item) in ("*", r"\cdot", r"\bullet") for item in items) and len(items) == 1:
        return [Letter("dot", place)]
    if any(text_of(item) in MULTIPLICATIVE | DIVISION for item in items):
        return [p.whole(items, place)]
    node = p.whole(items, place)
    if isinstance(node, Product):
        return list(node.factors)
    return [node]


def _label_with_bar(p: Parser, items: list[Item], place: Place) -> Node:
    """y|x in μ_{y|x} is a label; with an index in it, it would be another for each index."""
    letters = {letter for item in items for letter in letters_in(item)}
    indices = p.lexicon.bound | p.lexicon.indices & CUSTOMARY
    if letters & indices or not all(isinstance(item, Token) for item in items):
        raise Beyond("a subscript with a bar and an index", place_of(items, place))
    return Phrase("".join(map(text_of, items)).replace("\\mid", "|").replace("\\", ""), place_of(items, place))


def _label(items: Sequence[Item], lexicon: Lexicon) -> str:
    """The word that a subscript is, or ""."""
    if len(items) == 1 and is_a(items[0], t.WORDS):
        return text_of(items[0]).strip()
    if (
        len(items) == 2
        and text_of(items[0]) in (r"\mathrm", r"\operatorname", r"\mathsf", r"\mathit")
        and isinstance(items[1], Group)
    ):
        text = "".join(text_of(item) for item in items[1].items)
        return text if len(text) > 1 else ""
    if len(items) > 1 and all(is_a(item, t.LETTER) and text_of(item).isascii() for item in items):
        text = "".join(text_of(item) for item in items)
        if all(letter in lexicon.indices for letter in text):
            return ""
        return text if text.lower() in LABELS or len(text) > 2 and not set(text) & lexicon.indices else ""
    if len(items) == 1 and isinstance(items[0], Token) and len(items[0].text) > 1 and items[0].kind == t.LETTER:
        return items[0].text
    if len(items) == 1 and text_of(items[0]) in (r"\max", r"\min"):
        return text_of(items[0]).lstrip("\\")
    return ""


def _letters_and_digits(items: Sequence[Item], digitwise: bool) -> list[list[Item]]:
    """j, 1 for the items of j1: letters, and numbers behind them; empty where there is anything else."""
    found: list[list[Item]] = []
    for item in items:
        if not isinstance(item, Token) or item.kind not in (t.LETTER, t.DIGIT):
            return []
        if item.kind == t.DIGIT and found and is_a(found[-1][-1], t.DIGIT) and not digitwise:
            found[-1].append(item)
        else:
            found.append([item])
    return found


def _in_brackets(items: Sequence[Item]) -> bool:
    """The first bracket is closed by the last one."""
    if len(items) < 2 or text_of(items[0]) not in ("(", "[") or text_of(items[-1]) not in (")", "]"):
        return False
    depth = 0
    for at, item in enumerate(items):
        depth += (text_of(item) in OPENING) - (text_of(item) in CLOSING)
        if not depth:
            return at == len(items) - 1
    return False


def _has_indicator(items: Sequence[Item]) -> bool:
    return any(
        text_of(i) in (r"\mathbb", r"\mathbbm", r"\mathbf", r"\mathds", r"\mathrm", r"\delta") for i in items
    ) or any(text_of(a) in ("1", "I") and text_of(b) in OPENING for a, b in itertools.pairwise(items))


def _condition(sub: tuple[Node, ...]) -> Node | None:
    """The condition below an indicator, perhaps in brackets: y = k, {y = k}."""
    if isinstance(sub[0], IndicatorOf):
        return sub[0].condition
    inside = sub[0].items[0] if isinstance(sub[0], Bracket) and len(sub[0].items) == 1 else sub[0]
    return inside if isinstance(inside, Relation | Several) else None


def _is_one(base: Node, sub: Node) -> bool:
    """1, 1 and I of a style, and Kronecker's δ; a plain I before what stands in brackets."""
    if isinstance(base, Number):
        return base.text == "1"
    if not isinstance(base, Letter):
        return False
    if base.name == "I" and not base.style and isinstance(sub, Bracket | IndicatorOf):
        return True
    return base.name in ("1", "I") and base.style in ("blackboard", "bold", "roman") or base.name == "delta"
