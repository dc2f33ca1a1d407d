"""Derivatives: fractions of differentials, those with a slash, operators, and gradients."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from checker.reading.grammar.parser import Parser
from checker.reading.grammar.scripts import raised, scripted_name, subscript
from checker.reading.syntax import Derivative, Gradient, Letter, Node, Number, Scripted, Total, is_numeral
from checker.reading.tex import tokens as t
from checker.reading.tex.items import Group, Item, is_a, is_operator, is_script, text_of
from checker.reading.tex.signs import ACCENTS, CLOSING, LETTER_COMMANDS, OPENING, STYLES
from checker.reading.tex.tokens import Beyond, Place, Token, Unreadable


def fraction_of_differentials(p: Parser, above: Group, below: Group, place: Place) -> Node | None:
    """A fraction that is a derivative, or None."""
    if _is_variation(p, above) and _is_variation(p, below) and len(below.items) > 1:
        raise Beyond("a functional derivative", place)
    sign = _differential(above.items)
    if not sign or _differential(below.items) != sign or len(below.items) < 2:
        return None
    if sign == "d" and not _name_follows(below.items, 1):
        return None
    if sign == "d" and len(above.items) > 1 and (is_a(above.items[1], t.SUB) or is_operator(above.items[1])):
        return None
    top = p.inner(above.items[1:], above.place)
    order = _order(top)
    variables = _variables(p, below, sign, order)
    if top.next is not None:
        body = top.expression()
        top.end()
    else:
        body = _differentiated(p, place)
    return Derivative(sign, body, variables, place)


def _is_variation(p: Parser, group: Group) -> bool:
    return bool(group.items) and text_of(group.items[0]) == r"\delta" and "delta" not in p.lexicon.numbers


def _order(p: Parser) -> int:
    if not is_a(p.next, t.SUP):
        return 1
    p.at += 1
    group = p.argument("the order of a derivative")
    texts = "".join(text_of(item) for item in group.items)
    if not is_numeral(texts) or not 1 <= int(texts) <= 6:
        raise Unreadable("the order of a derivative is a number from 1 to 6", group.place)
    return int(texts)


def _variables(p: Parser, below: Group, sign: str, order: int) -> tuple[Node, ...]:
    reader = p.inner(below.items, below.place)
    found: list[Node] = []
    while reader.next is not None:
        if _differential(reader.items[reader.at :]) != sign:
            raise reader.fail("below a derivative's line stand its variables, as in \\partial x \\partial y")
        reader.at += 1
        if is_a(reader.next, t.SUP) and _order(reader) != order:  # ∂²/∂²θ, as some write it
            raise reader.fail("the orders above and below the line of a derivative differ")
        found.append(scripted_name(reader))
    if len(found) == order:
        return tuple(found)
    spread: list[Node] = []
    for node in found:
        power = _power_of(node)
        spread += [node] if power is None else [power[0]] * power[1]
    if len(spread) == order:
        return tuple(spread)
    if len(found) == 1 and order > 1 and _power_of(found[0]) is None:
        return tuple(found * order)
    raise Unreadable(f"the derivative is of order {order} above its line, and not below it", below.place)


def _differentiated(p: Parser, place: Place) -> Node:
    """What an operator d/dx applies to: a bracket that follows, or the factors up to + or −."""
    item = p.next
    if isinstance(item, Token) and item.text in OPENING and OPENING[item.text] in ("()", "[]", "{}"):
        start = p.at
        node = raised(p)
        if not _is_transposed(node):
            return node
        p.at = start  # a row vector is half of a product
    sign = p.sign()
    if sign is not None:
        return Total(((sign, p.product()),), place)
    if item is None or not p.begins(item):
        raise Unreadable("the derivative is of nothing", place)
    return p.product()


def is_slashed_derivative(p: Parser) -> bool:
    """df/dx: d, a name, a slash, d, a name."""
    at = p.names_end = _end_of_names(p)
    if at >= len(p.items) or text_of(p.items[at]) != "/":
        return False
    return at > p.at and at + 1 < len(p.items) and text_of(p.items[at + 1]) == "d" and _name_follows(p.items, at + 2)


def _end_of_names(p: Parser) -> int:
    """Where the names and scripts that stand here end; what was looked at is not looked at again."""
    at = max(p.at, p.names_end)
    while at < len(p.items) and (
        isinstance(p.items[at], Group) or _name_follows(p.items, at) or is_script(p.items[at])
    ):
        at += 1
    return at


def slashed_derivative(p: Parser) -> Node:
    place = p.take().place
    body = scripted_name(p)
    if p.text != "/":
        raise p.fail("a derivative written with a slash is of one name, as in df/dx")
    p.at += 2
    return Derivative("d", body, (scripted_name(p),), place)


def differential(p: Parser, place: Place) -> Node:
    """∂f/∂x on one line, or ∂_x f."""
    if is_a(p.next, t.SUB):
        p.at += 1
        variables = subscript(p, p.argument("the variable of \\partial"))
        if len(variables) != 1 or not isinstance(variables[0], Scripted):
            raise Beyond("a partial derivative by an index", place)
        return Derivative("partial", _differentiated(p, place), variables, place)
    order = _order(p)
    depth, slash = 0, -1
    for at in range(p.at, len(p.items) - 1):
        text = text_of(p.items[at])
        depth += (text in OPENING) - (text in CLOSING)
        if not depth and text == "/" and text_of(p.items[at + 1]) == r"\partial":
            slash = at
            break
    if slash < 0:
        raise Unreadable("\\partial is read in a derivative only, as in \\partial f/\\partial x", place)
    inside = p.items[p.at : slash]
    p.at = slash + 1
    below: list[Item] = []
    while p.text == r"\partial":
        below.append(p.take())
        start = p.at
        scripted_name(p)
        below += p.items[start : p.at]
    variables = _variables(p, Group(tuple(below), place), "partial", order)
    body = p.whole(inside, place) if inside else _differentiated(p, place)
    return Derivative("partial", body, variables, place)


def gradient(p: Parser, place: Place) -> Node:
    variable: Node | None = None
    order = 1
    while is_a(p.next, t.SUB) or is_a(p.next, t.SUP):
        script = p.take()
        group = p.argument("the variable of \\nabla")
        if is_a(script, t.SUP):
            if [text_of(item) for item in group.items] != ["2"]:
                raise Beyond("a power of \\nabla other than the second", place)
            order = 2
        else:
            variable = p.whole(group.items, group.place)
    return Gradient(variable, _differentiated(p, place), place, order)


def _differential(items: Sequence[Item]) -> str:
    """ "partial" or "d", by the first item."""
    if not items:
        return ""
    text = text_of(items[0])
    if text == r"\partial":
        return "partial"
    if text == "d" and (is_a(items[0], t.LETTER)):
        return "d"
    return ""


def _name_follows(items: Sequence[Item], at: int) -> bool:
    if at >= len(items):
        return False
    item = items[at]
    return (
        is_a(item, t.LETTER) or text_of(item) in LETTER_COMMANDS or text_of(item) in STYLES or text_of(item) in ACCENTS
        or isinstance(item, Group) or text_of(item) == "("
    )  # fmt: skip


def _power_of(node: Node) -> tuple[Node, int] | None:
    """x² as (x, 2)."""
    if isinstance(node, Scripted) and isinstance(node.sup, Number) and node.sup.text.isdigit() and not node.bracketed:
        order = int(node.sup.text)
        if 1 <= order <= 6:
            base = node.base if not node.sub and not node.primes else replace(node, sup=None)
            return base, order
    return None


def _is_transposed(node: Node) -> bool:
    return isinstance(node, Scripted) and isinstance(node.sup, Letter) and node.sup.name in ("T", "top")
