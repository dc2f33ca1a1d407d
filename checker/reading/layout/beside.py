"""Words in a row of a display: a function, a quantity, "and", or a remark beside the formula."""

from __future__ import annotations

import re
from collections.abc import Sequence

from checker.reading.layout.collecting import Row
from checker.reading.layout.phrases import says_count
from checker.reading.layout.pieces import Gap, Remark, Sign
from checker.reading.layout.rows import holds_relation
from checker.reading.tex import tokens as t
from checker.reading.tex.items import Item, is_a, is_operator, text_of
from checker.reading.tex.runs import OPERATORS
from checker.reading.tex.signs import ARROWS, CLOSING, FUNCTIONS, LIMITED, OPENINGS, RELATIONS
from checker.reading.tex.tokens import Token

_CONNECTIVES = {"and": "and", "or": "or", "&": "and"}
_BESIDE = re.compile(
    r"\W*(?:for|if|when|where|since|because|by|so|then|thus|hence|as|with|all|otherwise|else|i\.?e|from|using|let|"
    r"note|but|we|is|are|the|this|given|that|to|therefore|subject|such|s\.?t\.?|assuming|only|in|on|at|while|whenever|due|"
    r"up|per|each|every|any|see|recall|here|def|definition|plug|after|which|or|and|also|\(|\[|#|\.|,|-)(?:\W|$)",
    re.IGNORECASE,
)
"""How words begin that stand beside a formula and not in it."""
_ARITHMETIC = re.compile(r"\W*(?:[-+*/^=<>·×]|times\b|plus\b|minus\b|divided\b|over\b|squared\b|\d)", re.IGNORECASE)
"""How words begin that are part of a formula."""
_ONE_WORD = re.compile(r"[A-Za-z][\w-]*")


def take_words(row: Row, item: Token, following: Item | None, related: bool) -> None:
    """Words in a row: a function, a quantity, "and", or a remark. related: a relation stands behind them in the row."""
    words = item.text.strip()
    if words in FUNCTIONS or words in LIMITED:
        row.open.append(Token(t.COMMAND, f"\\{words}", item.place, item.spaced))
    elif words.strip(" ,.").lower() in _CONNECTIVES:
        row.add(Gap(_CONNECTIVES[words.strip(" ,.").lower()], item.place))
    elif not words.strip(" ,.:;"):
        return
    elif (
        words in OPERATORS
        or len(words) == 1
        and words.isalpha()
        or _is_operand(row, words, following, item.text != words, related)
    ):
        row.open.append(item)
    else:
        row.add(Remark(words, item.place))


def _is_operand(row: Row, words: str, following: Item | None, spaced: bool, related: bool) -> bool:
    """Whether the words are a quantity of the formula; in doubt they are, so that no part of a formula is lost."""
    before = row.open[-1] if row.open else None
    if before is not None and is_operator(before):
        return True
    if isinstance(following, Token) and following.kind in (t.SUB, t.SUP):
        return True
    if row.open and _ARITHMETIC.match(words):
        return True
    if text_of(following) in ("(", "[") and not following.spaced and not spaced and _ONE_WORD.fullmatch(words):  # type: ignore[union-attr]
        return not _BESIDE.match(words)
    if not row.open and related and says_count(words):
        return True
    if not row.open:
        last = row.pieces[-1] if row.pieces else None
        if isinstance(last, Sign):
            return not last.arrow and not words.startswith("(") and not (_BESIDE.match(words) and following is not None)
        if text_of(following) in RELATIONS:
            return not _BESIDE.match(words) and len(words.split()) < 4
        return following is not None and is_operator(following) and " " not in words
    if following is None or goes_on(following) and not is_operator(following):
        return False
    return not _BESIDE.match(words)


def goes_on(item: Item) -> bool:
    text = text_of(item)
    return text in RELATIONS or text in ARROWS or is_operator(item) or text in CLOSING or text in OPENINGS


def is_remark(items: Sequence[Item]) -> bool:
    """(why) in brackets, words, or an equation's number."""
    if any(is_a(item, t.WORDS) for item in items):
        return not any(text_of(item) in RELATIONS for item in items)
    texts = [text_of(item) for item in items]
    return texts[0] == "(" and texts[-1] == ")" and all(is_a(item, t.DIGIT) for item in items[1:-1])


def is_number_of_equation(items: Sequence[Item]) -> bool:
    """(2) alone."""
    if len(items) < 3 or text_of(items[0]) != "(" or text_of(items[-1]) != ")":
        return False
    return all(is_a(item, t.DIGIT) for item in items[1:-1])


def is_aside(items: Sequence[Item]) -> bool:
    """Words, a relation, or an equation's number in brackets."""
    return any(is_a(item, t.WORDS) for item in items) or holds_relation(items[1:-1]) or is_number_of_equation(items)


def plain(items: Sequence[Item]) -> str:
    return " ".join(filter(None, map(text_of, items))).strip("() ")
