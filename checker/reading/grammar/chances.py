"""What a bracket behind a name makes: probabilities, expectations, and calls."""

from __future__ import annotations

from collections.abc import Sequence

from checker.reading.grammar.parser import Parser
from checker.reading.grammar.scripts import subscript
from checker.reading.grammar.statements import holds_statement, statement
from checker.reading.known.families import WORDS
from checker.reading.lexicon import CHANCE, EXPECTATIONS
from checker.reading.syntax import Call, Chance, Complement, Dots, Expectation, Letter, Node, Number, Quotient, Scripted
from checker.reading.tex import tokens as t
from checker.reading.tex.items import (
    Group,
    Item,
    holds_alone,
    is_a,
    is_script,
    letters_in,
    only_dots,
    place_of,
    split,
    text_of,
)
from checker.reading.tex.signs import (
    ACCENTS,
    ADDITIVE,
    BARS,
    DIVISION,
    FUNCTIONS,
    LETTER_COMMANDS,
    MULTIPLICATIVE,
    OPENING,
    STYLES,
)
from checker.reading.tex.tokens import Beyond, Place, Token, Unreadable

DOUBLE_BARS = {r"\|", r"\Vert", r"\parallel"}
"""What stands between the two arguments of a divergence."""


def applied(p: Parser, node: Node) -> Node | None:
    """The call, probability, expectation or indicator that a bracket behind the name makes; None for a product."""
    item = p.next
    used_as_function = p.lexicon.functions | p.lexicon.twofold
    if isinstance(node, Letter) and node.name == "Gamma" and node.name in used_as_function and is_a(item, t.LETTER):
        raise Beyond("'Gamma' beside a letter, which may be the gamma function's value or a product", node.place)
    if not isinstance(item, Token) or item.text not in OPENING or OPENING[item.text] not in ("()", "[]", "{}"):
        return None
    letter = _head(node)
    if letter is None:
        return None
    if _is_mean(p, letter, OPENING[item.text]):
        return _mean(p, node, letter)
    if letter.name in ("O", "o") and isinstance(node, Letter) and letter.name not in p.lexicon.numbers:
        raise Beyond(f"an order of magnitude {letter.name}(…)", letter.place)
    if _is_operator_name(node, letter, p) and OPENING[item.text] != "{}":
        raise Beyond(f"'{letter.name}(…)', which may be a function's value or a product", letter.place)
    inside = p.ahead()
    sections = split(inside, {*BARS, ";"})
    compared = split(inside, DOUBLE_BARS)
    if letter.name not in CHANCE and len(compared) == 2 and all(map(_is_one_name, compared)):
        if _goes_on_a_word(p, node):
            raise Beyond(f"a function whose name ends in '{letter.name}'", letter.place)
        p.at += 1  # D(p ‖ q) is a function of two
        p.inside(item)
        return Call(node, tuple(p.whole(part, item.place) for part in compared), item.place, OPENING[item.text])
    family = letter.name in WORDS and letter.name not in p.lexicon.functions | p.lexicon.numbers
    density = letter.name in CHANCE or family or letter.name == "N" and letter.style == "script"
    has_bar = (len(split(inside, set(BARS))) == 2 or density and len(sections) == 2) and all(sections)
    if has_bar and letter.name not in CHANCE and letter.name not in p.lexicon.functions and _goes_on_a_word(p, node):
        raise Beyond(f"a function whose name ends in '{letter.name}'", letter.place)
    if _is_chance(p, letter, inside, has_bar, isinstance(node, Letter)):
        if isinstance(node, Scripted) and node.sup is not None and not node.bracketed:
            return None
        p.at += 1
        p.inside(item)
        return _chance(p, node, sections, item.place)
    is_function = (family or letter.name in p.lexicon.functions) and OPENING[item.text] == "()"
    is_family = letter.name in p.lexicon.bracketed and OPENING[item.text] == "[]"
    lists = len(split(inside, {",", ";"})) > 1 and not item.spaced and OPENING[item.text] == "()"
    single = len(inside) == 1 and set(letters_in(inside[0])) <= p.lexicon.indices and is_a(inside[0], t.LETTER)
    is_family |= OPENING[item.text] == "[]" and single and isinstance(node, Scripted) and not item.spaced
    if letter.name in p.lexicon.twofold - p.lexicon.numbers - p.lexicon.functions and OPENING[item.text] == "()":
        if holds_alone(inside, letter.name):
            return None  # h(1 − h)
        raise Beyond(f"'{letter.name}(…)', which may be a function's value or a product", letter.place)
    if not (is_function or is_family or lists) or holds_statement(inside):
        if not item.spaced and OPENING[item.text] != "{}" and _is_one_name(inside) and not _is_factor(p, letter):
            raise Beyond(f"'{letter.name}(…)', which may be a function's value or a product", letter.place)
        return None
    if lists and not is_function and _goes_on_a_word(p, node):
        raise Beyond(f"a function whose name ends in '{letter.name}'", letter.place)
    if isinstance(node, Scripted) and node.sup is not None and not node.bracketed and is_function:
        raise Beyond(f"a superscript of the function {letter.name} before its argument", letter.place)
    p.at += 1
    p.inside(item)
    parts = split(inside, {",", ";"})
    arguments = p.several(parts, item.place)
    return Call(node, arguments, item.place, OPENING[item.text])


def _is_mean(p: Parser, letter: Letter, kind: str) -> bool:
    """E[X], and E(X) in a text where E is the expectation."""
    named = letter.name == "E" and "E" not in p.lexicon.numbers | p.lexicon.functions
    return named and (kind == "[]" or kind == "()" and p.lexicon.means)


def _mean(p: Parser, node: Node, letter: Letter) -> Node:
    if not isinstance(node, Scripted):
        return expected(p, "E", letter.place, ())
    if node.primes or node.bracketed or node.sup is not None and not isinstance(node.sup, Number):
        raise Beyond("an expectation with something above its E", letter.place)
    mean = expected(p, "E", letter.place, node.sub)
    return mean if node.sup is None else Scripted(mean, (), node.sup, letter.place)  # E²[X] is the square of E[X]


def _is_one_name(items: Sequence[Item]) -> bool:
    """A name with its scripts, around which no one writes brackets to multiply by it."""
    written = [item for item in items if not is_a(item, t.SPACE)]
    if len(written) > 1 and text_of(written[0]) in (*STYLES, *ACCENTS) and isinstance(written[1], Group):
        named, scripts = bool(letters_in(written[1])), written[2:]
    else:
        named = bool(written) and (is_a(written[0], t.LETTER) or text_of(written[0]) in LETTER_COMMANDS)
        scripts = written[1:]
    return named and all(isinstance(each, Group) or is_script(each) for each in scripts)


def _is_operator_name(node: Node, letter: Letter, p: Parser) -> bool:
    """Π_C(x + a) is a projection, and S_{λ/ρ}(x + a) has a parameter below it."""
    if letter.name in p.lexicon.numbers or not isinstance(node, Scripted):
        return False
    return letter.name == "Pi" or any(isinstance(each, Quotient) for each in node.sub)


def _is_factor(p: Parser, letter: Letter) -> bool:
    """The letter is declared as a quantity, or is a number."""
    return letter.name in p.lexicon.numbers | {"pi", "e"}


def _goes_on_a_word(p: Parser, node: Node) -> bool:
    """A capital stands right before the letter, as in KL(…) and Wi(…)."""
    if not isinstance(node, Letter) or p.at < 2:
        return False
    before, last = p.items[p.at - 2], p.items[p.at - 1]
    return is_a(before, t.LETTER) and text_of(before).isupper() and isinstance(last, Token) and not last.spaced


def _is_chance(p: Parser, letter: Letter, inside: list[Item], has_bar: bool, bare: bool) -> bool:
    if letter.accents and not has_bar:
        return False
    if letter.name in p.lexicon.functions and not has_bar:
        return False
    if has_bar:
        return letter.name not in p.lexicon.numbers or letter.name in CHANCE
    if letter.name not in CHANCE:
        return False
    if letter.style == "roman" or holds_statement(inside):
        return True
    if not _is_arithmetic(inside):
        return letter.name not in p.lexicon.numbers
    if bare and letter.name not in p.lexicon.numbers | p.lexicon.values:
        raise Unreadable(f"'{letter.name}(…)' may be a probability or a product", letter.place)
    return False


def _chance(p: Parser, head: Node, sections: list[list[Item]], place: Place) -> Node:
    first, *others = (events(p, section, place) for section in sections)
    return Chance(head, first, tuple(node for given in others for node in given), place)


def events(p: Parser, items: list[Item], place: Place) -> tuple[Node, ...]:
    found = []
    for part in split(items, {",", r"\cap", r"\land", r"\wedge"}):
        if not part:
            raise Unreadable("an event is missing", place)
        found.append(_event(p, part, place))
    return tuple(found)


def _event(p: Parser, items: list[Item], around: Place, depth: int = 0) -> Node:
    if not items:
        raise Unreadable("an event is missing", around)
    p.nested(depth)
    place = items[0].place
    result = _result(items)
    if result:
        positive = Letter("+", place)
        return positive if result == "+" else Complement(positive, place)
    if only_dots(items):
        return Dots(place)
    if text_of(items[0]) in (r"\neg", r"\lnot", r"\sim"):
        return Complement(_event(p, items[1:], place, depth + 1), place)
    if len(items) > 2 and is_a(items[-2], t.SUP) and _superscript_text(items[-1]) in ("c", "complement"):
        return Complement(_event(p, items[:-2], place, depth + 1), place)
    if any(text_of(item) in (r"\cup", r"\lor", r"\vee") for item in items):
        raise Beyond("a union of events", place)
    return statement(p, items, place)


def expectation(p: Parser, operator: str, place: Place) -> Node:
    sub: tuple[Node, ...] = ()
    while is_a(p.next, t.SUB):
        p.at += 1
        sub = subscript(p, p.argument("a subscript"))
    return expected(p, operator, place, sub)


def expected(p: Parser, operator: str, place: Place, sub: tuple[Node, ...]) -> Node:
    item = p.next
    if not isinstance(item, Token) or item.text not in OPENING:
        if item is not None and p.begins(item) and (operator == "E" or operator in EXPECTATIONS.values()):
            return Expectation(operator, (p.product(stop=True),), (), place, sub)
        raise Unreadable(f"{operator} needs an argument in brackets, as in {operator}[X]", place)
    p.at += 1
    inside, _ = p.inside(item)
    sections = split(inside, {*BARS, ";"})
    if not all(sections):
        raise Unreadable(f"{operator} needs an argument", place)
    first = tuple(p.whole(part, place_of(part, place)) for part in split(sections[0], {","}))
    given = tuple(node for section in sections[1:] for node in events(p, section, place))
    return Expectation(operator, first, given, place, sub)


def _head(node: Node) -> Letter | None:
    if isinstance(node, Letter):
        return node
    if isinstance(node, Scripted) and isinstance(node.base, Letter):
        return node.base
    return None


def _result(items: Sequence[Item]) -> str:
    """The result of a test, + or −, which stands alone and is no sign before a number."""
    written = [text_of(item) for item in items if not is_a(item, t.SPACE)]
    return written[0] if len(written) == 1 and written[0] in ("+", "-") else ""


def _is_arithmetic(items: Sequence[Item]) -> bool:
    """Signs that no event has."""
    if any(map(_result, split(items, {*BARS, ","}))):
        return False
    if any(text_of(i) in ADDITIVE or text_of(i) in MULTIPLICATIVE or text_of(i) in DIVISION for i in items):
        return True
    return (
        bool(items)
        and all(is_a(item, t.DIGIT) for item in items)
        or any(text_of(i) in (r"\frac", r"\sum", r"\prod") or text_of(i) in FUNCTIONS for i in items)
    )


def _superscript_text(item: Item) -> str:
    return "".join(text_of(i) for i in item.items).lstrip("\\") if isinstance(item, Group) else ""
