"""Numbers and names: letters, words, and letters in another style or with an accent."""

from __future__ import annotations

import re
from dataclasses import replace

from checker.reading.grammar.chances import expectation
from checker.reading.grammar.derivatives import is_slashed_derivative, slashed_derivative
from checker.reading.grammar.functions import function
from checker.reading.grammar.indicators import maybe_indicator
from checker.reading.grammar.operators import limited
from checker.reading.grammar.parser import Parser
from checker.reading.known.families import WORDS
from checker.reading.layout.phrases import says_class, says_count
from checker.reading.lexicon import CHANCE, EXPECTATIONS
from checker.reading.syntax import (
    MAX_DIGITS,
    Bracket,
    Call,
    Letter,
    Node,
    Number,
    Phrase,
    Product,
    Quotient,
    Scripted,
    Total,
)
from checker.reading.tex import tokens as t
from checker.reading.tex.items import Group, is_a, text_of
from checker.reading.tex.signs import FUNCTIONS, LIMITED, STYLES
from checker.reading.tex.tokens import Beyond, Place, Token, Unreadable


def number(p: Parser) -> Node:
    place, digits = p.here(), ""
    while p.next is not None and (is_a(p.next, t.DIGIT) or p.text == "." and is_a(p.after(), t.DIGIT)):
        item = p.next
        assert isinstance(item, Token)
        if digits and item.spaced and item.text != ".":
            raise Unreadable("two numbers side by side; write · between factors", item.place)
        if item.text == "." and "." in digits:
            raise Unreadable("a number with two decimal points", item.place)
        digits += item.text
        p.at += 1
        if _thousands(p):
            p.at += 1
    if len(digits) > MAX_DIGITS:
        raise Unreadable(f"a number of {len(digits)} digits; at most {MAX_DIGITS} are read", place)
    return Number(digits, place) if digits != "1" else maybe_indicator(p, Number(digits, place))


def _thousands(p: Parser) -> bool:
    """{,} between three digits, as in 1{,}000."""
    item = p.next
    return isinstance(item, Group) and [text_of(each) for each in item.items] == [","]


def letter(p: Parser) -> Node:
    item = p.take()
    assert isinstance(item, Token)
    if len(item.text) > 3 and item.text not in p.lexicon.names and item.text.isalpha():
        raise Unreadable(
            f"'{item.text}' may be a word or a product of letters; write \\text{{{item.text}}}", item.place
        )
    if not item.text.isascii():
        raise Unreadable(f"the letter '{item.text}' is no letter of mathematics", item.place)
    node = Letter(item.text, item.place)
    if item.text in ("I", "1"):
        return maybe_indicator(p, node)
    if item.text == "d" and is_slashed_derivative(p):
        p.at -= 1
        return slashed_derivative(p)
    return node


def words(p: Parser) -> Node:
    item = p.take()
    assert isinstance(item, Token)
    words = item.text.strip()
    if words in FUNCTIONS:
        return function(p, FUNCTIONS[words], item.place)
    if words in EXPECTATIONS:
        return expectation(p, EXPECTATIONS[words], item.place)
    if words in CHANCE:
        return Letter(words, item.place, style="roman")
    if words in ("argmax", "argmin", "arg max", "arg min"):
        return limited(p, words.replace(" ", ""), item.place)
    if not words:
        return p.atom()
    counted = words.replace("\\#", "#").replace("$", "")
    if says_class(counted.lower()) and isinstance(p.next, Token) and p.next.kind == t.LETTER:
        counted = f"{counted} {p.take().text}"  # type: ignore[union-attr]
    if says_count(counted):
        return Phrase(" ".join(counted.split()), item.place)
    if not re.fullmatch(r"[^\W\d_][\w \-'.,]*", words):
        raise Unreadable(f"the words '{words}' in a formula are no name", item.place)
    if len(words) == 1:
        return Letter(words, item.place)
    if p.text == "(" and words in p.lexicon.functions | WORDS:
        return Letter(words, item.place, style="roman")
    if p.text in ("(", "[") and not p.next.spaced and re.fullmatch(r"[A-Za-z][\w-]*", item.text):  # type: ignore[union-attr]
        raise Beyond(f"the function {words}", item.place)
    return Phrase(" ".join(words.split()), item.place)


def styled(p: Parser, command: str, place: Place) -> Node:
    group, style = p.argument(command), STYLES[command]
    if command == r"\operatorname" and not group.items and isinstance(p.next, Group):
        group = p.argument(command)
    letters = "".join(text_of(item) for item in group.items)
    plain = all(is_a(item, t.LETTER) or is_a(item, t.DIGIT) for item in group.items)
    command_name = letters.lstrip("\\") if len(group.items) == 1 else letters
    if style == "roman" and (plain or command_name in FUNCTIONS or command_name in LIMITED):
        return _roman(p, command_name, place)
    if style == "roman" and len(group.items) == 1 and is_a(group.items[0], t.WORDS):
        return _roman(p, letters, place)
    if style == "roman" and group.items and isinstance(group.items[0], Token) and group.items[0].text in STYLES:
        p.insert(group.items)
        return p.atom()
    if style in ("blackboard", "script") and letters in ("1", "I") or style == "bold" and letters == "1":
        return maybe_indicator(p, Letter(letters, place, style=style))
    if style == "blackboard" and letters == "E":
        return expectation(p, "E", place)
    if style == "blackboard" and letters == "P":
        return Letter("P", place, style="roman")
    if len(group.items) > 1 and plain and style in ("", "bold"):
        return Letter(letters, place) if letters in p.lexicon.names else p.whole(group.items, group.place)
    node = p.whole(group.items, group.place)
    return _with_style(node, style, command)


def _roman(p: Parser, name: str, place: Place) -> Node:
    if name in FUNCTIONS:
        return function(p, FUNCTIONS[name], place)
    if name in EXPECTATIONS:
        return expectation(p, EXPECTATIONS[name], place)
    if name in CHANCE:
        return Letter(name, place, style="roman")
    if name in LIMITED:
        return limited(p, name, place)
    if name in ("1", "I"):
        return maybe_indicator(p, Letter(name, place, style="blackboard"))
    known = p.lexicon.functions | p.lexicon.numbers | p.lexicon.names | WORDS
    if len(name) > 1 and p.text in ("(", "[") and name not in known:
        raise Beyond(f"the function {name}", place)
    return Letter(name, place, style="" if len(name) == 1 else "roman")


def accented(p: Parser, accent: str, place: Place) -> Node:
    group = p.argument(f"\\{accent}")
    if accent == "bar" and any(text_of(i) in (",", r"\cup", r"\cap") for i in group.items):
        raise Unreadable("a bar over several things is not read", place)
    node = p.whole(group.items, group.place)
    return _with_accent(node, accent)


def _with_style(node: Node, style: str, command: str) -> Node:
    if isinstance(node, Letter):
        return replace(node, style=node.style or style)
    if isinstance(node, Scripted):
        return replace(node, base=_with_style(node.base, style, command))
    if isinstance(node, (Number, Bracket, Total, Product, Phrase, Quotient)):
        return node
    raise Unreadable(f"{command} around this is not read", node.place)


def _with_accent(node: Node, accent: str) -> Node:
    if isinstance(node, Letter):
        return replace(node, accents=(*node.accents, accent))
    if isinstance(node, Scripted) and node.sup is not None and not node.bracketed:
        raise Unreadable(f"a {accent} over a power is not read; give what it stands for a name", node.place)
    if isinstance(node, Scripted):
        return replace(node, base=_with_accent(node.base, accent))
    if isinstance(node, Call):
        return replace(node, function=_with_accent(node.function, accent))
    if isinstance(node, Phrase):
        return replace(node, text=f"{node.text}_{accent}")
    raise Unreadable(f"a {accent} over more than one name is not read", node.place)
