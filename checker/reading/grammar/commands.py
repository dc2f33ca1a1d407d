"""Commands: what each is read as, and fractions and roots."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from checker.reading.grammar.brackets import counted
from checker.reading.grammar.derivatives import differential, fraction_of_differentials, gradient
from checker.reading.grammar.functions import function
from checker.reading.grammar.indicators import maybe_indicator
from checker.reading.grammar.names import accented, styled
from checker.reading.grammar.operators import big, limited, underset
from checker.reading.grammar.parser import Parser
from checker.reading.syntax import Applied, Dots, Letter, Node, Quotient
from checker.reading.tex import tokens as t
from checker.reading.tex.items import Environment, Group, Item, is_a, text_of
from checker.reading.tex.signs import ACCENTS, BIG, DOTS, FUNCTIONS, LETTER_COMMANDS, LIMITED, STYLES
from checker.reading.tex.tokens import Place, Token, Unreadable


def command(p: Parser) -> Node:
    item = p.take()
    assert isinstance(item, Token)
    text, place = item.text, item.place
    name = text.lstrip("\\")
    if text in (r"\frac", r"\dfrac", r"\tfrac", r"\cfrac", r"\nicefrac", r"\sfrac"):
        return _fraction(p, place)
    if text == r"\#":
        return counted(p)
    if text == r"\sqrt":
        return _root(p, place)
    if text in (r"\binom", r"\dbinom", r"\tbinom"):
        above, below = p.argument(text), p.argument(text)
        return Applied("binomial", (p.whole(above.items, place), p.whole(below.items, place)), place)
    if text in BIG:
        return big(p, BIG[text], place)
    if text == r"\underset":
        return underset(p, place)
    if text in (r"\Sigma", r"\Pi", r"\pi") and _is_sign(p):
        return big(p, "sum" if text == r"\Sigma" else "product", place)
    if text in (r"\Sigma", r"\Pi") and name not in p.lexicon.numbers and _may_be_sign(p):
        sign = r"\sum" if text == r"\Sigma" else r"\prod"
        raise Unreadable(f"'{text}' may be a name or the sign of a sum or product, which is written {sign}", place)
    if name in LIMITED or text == r"\arg":
        if text == r"\arg":
            follow = p.take() if p.next is not None else None
            name = f"arg{text_of(follow).lstrip(chr(92))}"
            if name not in LIMITED:
                raise Unreadable("\\arg is read before \\max and \\min only", place)
        return limited(p, name, place)
    if text == r"\Pr":
        return Letter("Pr", place, style="roman")
    if name in FUNCTIONS:
        return function(p, FUNCTIONS[name], place)
    if text in STYLES:
        return styled(p, text, place)
    if text in ACCENTS:
        return accented(p, ACCENTS[text], place)
    if text == r"\partial":
        return differential(p, place)
    if text == r"\nabla":
        return gradient(p, place)
    if text in DOTS:
        return Dots(place)
    if text == r"\delta":
        return maybe_indicator(p, Letter("delta", place))
    if text in LETTER_COMMANDS:
        return Letter(LETTER_COMMANDS[text], place)
    raise Unreadable(f"the command {text} is not known", place)


def _is_sign(p: Parser) -> bool:
    """Σ or Π with an equation below is the sign of a sum or product: Σ_{i=1}^N."""
    sub = p.after()
    if not is_a(p.next, t.SUB):
        return (
            is_a(p.next, t.SUP)
            and p.at + 3 < len(p.items)
            and is_a(p.items[p.at + 2], t.SUB)
            and (isinstance(below := p.items[p.at + 3], Group) and any(text_of(i) == "=" for i in below.items))
        )
    return isinstance(sub, Group) and any(text_of(i) == "=" for i in sub.items)


def _may_be_sign(p: Parser) -> bool:
    """Σ_j before factors with that index, with nothing above it, as in Σ_j y_j log p_j: it may be a sum."""
    below = p.items[p.at + 1] if is_a(p.next, t.SUB) and p.at + 1 < len(p.items) else None
    inside = [each for each in (below.items if isinstance(below, Group) else (below,)) if each is not None]
    if len(inside) != 1 or not is_a(inside[0], t.LETTER) or not text_of(inside[0]).islower():
        return False
    factors = p.items[p.at + 2 :]
    end = next((n for n, item in enumerate(factors) if text_of(item) in _ENDS), len(factors))
    return not (end and is_a(factors[0], t.SUP)) and _has_index(factors[:end], text_of(inside[0]))


_ENDS = frozenset(("+", "-", "=", ",", ")", "]", "|", r"\}", r"\mid"))


def _has_index(items: Sequence[Item], letter: str) -> bool:
    """A script among the items holds the letter."""
    for before, item in pairwise([None, *items]):
        script = before is not None and (is_a(before, t.SUB) or is_a(before, t.SUP))
        held = item.items if isinstance(item, (Group, Environment)) else (item,)
        if script and any(text_of(each) == letter for each in held if each is not None):
            return True
        if isinstance(item, (Group, Environment)) and _has_index(item.items, letter):
            return True
    return False


def _fraction(p: Parser, place: Place) -> Node:
    above, below = p.argument(r"\frac"), p.argument(r"\frac")
    if not above.items or not below.items:
        raise Unreadable("the fraction has nothing above or below its line", place)
    derivative = fraction_of_differentials(p, above, below, place)
    if derivative is not None:
        return derivative
    return Quotient(p.whole(above.items, above.place), p.whole(below.items, below.place), place)


def _root(p: Parser, place: Place) -> Node:
    index: tuple[Node, ...] = ()
    item = p.next
    if isinstance(item, Group) and item.box:
        p.at += 1
        index = (p.whole(item.items, item.place),)
    body = p.argument(r"\sqrt")
    return Applied("sqrt", (p.whole(body.items, body.place), *index), place)
