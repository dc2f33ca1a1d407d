"""Functions that have a name, and their arguments, with brackets or without."""

from __future__ import annotations

from checker.reading.grammar.brackets import group
from checker.reading.grammar.parser import Parser
from checker.reading.grammar.scripts import raised, subscript, superscript
from checker.reading.syntax import Applied, Node, Scripted, Total
from checker.reading.tex import tokens as t
from checker.reading.tex.items import Group, is_a, place_of, shown, split
from checker.reading.tex.signs import CLOSING, OPENING
from checker.reading.tex.tokens import Place, Token, Unreadable


def function(p: Parser, name: str, place: Place) -> Node:
    sub: tuple[Node, ...] = ()
    power: Node | None = None
    while is_a(p.next, t.SUB) or is_a(p.next, t.SUP):
        script = p.take()
        if is_a(script, t.SUB):
            sub = subscript(p, p.argument("a subscript"))
        else:
            found = superscript(p, p.argument("a superscript"))
            if not isinstance(found, tuple):
                raise Unreadable(f"a mark behind {name} is not read", place)
            power = found[0]
    start = p.at
    arguments = arguments_of(p, name)
    if name == "log" and power is None and is_a(p.next, t.SUP) and not p.lexicon.other:
        p.at = start  # log (x)^2 is the logarithm of the power
        arguments = (raised(p),)
    node: Node = Applied(name, arguments, place, sub)
    if power is None:
        return node
    if isinstance(power, Total):
        raise Unreadable(f"{name}^{{-1}} is read neither as an inverse nor as a quotient", place)
    return Scripted(node, (), power, place)


def arguments_of(p: Parser, name: str) -> tuple[Node, ...]:
    item = p.next
    if item is None:
        raise Unreadable(f"{name} needs an argument", p.here())
    if isinstance(item, Token) and item.text in OPENING and OPENING[item.text] in ("()", "[]", "{}"):
        p.at += 1
        inside, close = p.inside(item)
        if CLOSING[close] != OPENING[item.text]:
            raise Unreadable(f"'{OPENING[item.text][0]}' is closed by '{CLOSING[close][1]}'", item.place)
        if not inside:
            raise Unreadable(f"{name} needs an argument", item.place)
        return tuple(p.whole(part, place_of(part, item.place)) for part in split(inside, {","}))
    if isinstance(item, Group) and name == "exp":
        p.at += 1
        return (p.whole(item.items, item.place),)
    if isinstance(item, Group) and not _factor_follows(p):
        return (group(p),)
    if not p.begins(item):
        raise Unreadable(f"{name} needs an argument before {shown(item)}", item.place)
    return (p.product(stop=True),)


def _factor_follows(p: Parser) -> bool:
    after = p.after()
    return after is not None and (p.begins(after) or is_a(after, t.SUP) or is_a(after, t.SUB))
