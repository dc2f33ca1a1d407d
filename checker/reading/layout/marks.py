"""The signs of a row: relations and arrows, punctuation and wide spaces, and what is stacked on a sign."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from checker.reading.layout.beside import goes_on, is_aside, is_number_of_equation, plain, take_words
from checker.reading.layout.collecting import Row
from checker.reading.layout.phrases import says_count
from checker.reading.layout.pieces import Gap, Piece, Remark, Sign
from checker.reading.layout.rows import holds_relation, rest_of
from checker.reading.tex import tokens as t
from checker.reading.tex.items import Group, Item, is_a, is_operator, text_of
from checker.reading.tex.signs import ARROWS, CLOSING, OPENING, OPENINGS, RELATIONS
from checker.reading.tex.tokens import Token

_EXPLAINS = re.compile(r"[\s,(]*(?:since|because|recall|due to|as|using|note|noting)\b", re.IGNORECASE)
"""How words begin that say with a formula behind them why the one before them holds."""
_REMARKS = re.compile(r"\s*(?:\\?#|//|←)")
_CONCLUDES = re.compile(r"[\s,]*(?:so|thus|hence|therefore|then|we|this|it)\b", re.IGNORECASE)


def scan(row: Row, items: Sequence[Item]) -> None:
    depth = max(row.unclosed(), 0) if row.strict else 0
    ahead = _ahead(items)
    at = 0
    while at < len(items):
        item, text = items[at], text_of(items[at])
        at += 1
        if text in OPENING:
            depth += 1 if row.strict or ahead.unclosed[at - 1] <= 0 else 0
        elif text in CLOSING:
            depth = max(depth - 1, 0)
        if depth or not isinstance(item, Token):
            row.open.append(item)
        elif text in OPENINGS:
            row.close()
            solid = rest_of(items, at)
            if len(solid) > 1 and is_a(solid[0], t.WORDS) and text_of(solid[1]) in RELATIONS:
                row.open.append(solid[0])  # what begins here has words on its left
                at = next(n for n in range(at, len(items)) if items[n] is solid[0]) + 1
        elif text in (r"\forall", r"\exists") and (row.open or row.pieces and isinstance(row.pieces[-1], Gap)):
            row.add(Remark(plain(items[at - 1 :]), item.place))
            return
        elif text in (r"\overset", r"\underset", r"\stackrel", r"\xrightarrow", r"\xRightarrow"):
            at = _stacked(row, item, items, at)
        elif RELATIONS.get(text) == "<-" and ahead.words[at]:
            row.add(Remark(plain(items[at:]), item.place))  # an arrow from a remark to the formula
            return
        elif item.kind == t.WORDS and _REMARKS.match(item.text) and not says_count(item.text.strip()):
            row.add(Remark(plain(items[at - 1 :]), item.place))
            return
        elif text in RELATIONS:
            row.add(Sign(RELATIONS[text], item.place))
            while (
                at + 1 < len(items)
                and isinstance(below := items[at + 1], Group)
                and (is_a(items[at], t.SUB) or is_a(items[at], t.SUP))
            ):  # what stands below or above the sign, as in ∝_θ
                if RELATIONS[text] == "prop" and is_a(items[at], t.SUB):
                    row.pieces.append(Remark(f"proportional in ${plain(below.items)}$", items[at].place))
                at += 2
        elif text in ARROWS:
            row.add(Sign(ARROWS[text], item.place, arrow=True))
        elif text in (",", ";", "."):
            _punctuation(row, item, ahead.solid[at])
        elif text in (r"\quad", r"\qquad"):
            _wide(row, item, items, at, ahead)
            at, row.skip = at + row.skip, 0
        elif item.kind == t.WORDS and ahead.relation[at] and _EXPLAINS.match(item.text) and _is_complete(row):
            end = _end_of_reason(items, at)
            row.add(Remark(plain(items[at - 1 : end]), item.place))
            at = end
        elif item.kind == t.WORDS:
            take_words(row, item, ahead.solid[at], ahead.relation[at])
        elif item.kind != t.SPACE:
            row.open.append(item)


@dataclass(frozen=True)
class _Ahead:
    """What stands behind each place in a row, the end included: the next item that is no space, whether a relation
    outside brackets, how many brackets more are opened than closed, and whether words."""

    solid: list[Item | None]
    relation: list[bool]
    unclosed: list[int]
    words: list[bool]


def _ahead(items: Sequence[Item]) -> _Ahead:
    """Found in one pass from the end, so that a long row costs no more than its length."""
    found = _Ahead([None], [False], [0], [False])
    # a relation is outside the brackets from here on where as many or more follow it unclosed
    deepest: int | None = None
    for item in reversed(items):
        text = text_of(item)
        unclosed = found.unclosed[-1] + (text in OPENING) - (text in CLOSING)
        if text in RELATIONS or text in ARROWS or not isinstance(item, Token) and holds_relation([item]):
            deepest = unclosed if deepest is None else max(deepest, unclosed)
        found.solid.append(found.solid[-1] if is_a(item, t.SPACE) else item)
        found.relation.append(deepest is not None and unclosed <= deepest)
        found.unclosed.append(unclosed)
        found.words.append(found.words[-1] or is_a(item, t.WORDS))
    for each in (found.solid, found.relation, found.unclosed, found.words):
        each.reverse()
    return found


def _stacked(row: Row, item: Token, items: Sequence[Item], at: int) -> int:
    """\\overset{why}{=}, \\underset{θ}{\\propto}: the sign, with what is said by that.

    a \\overset{!}{=} b is imposed; what is = as x → 0 is ≈.
    """
    groups = [each for each in items[at : at + 2] if isinstance(each, Group)]
    if item.text in (r"\xrightarrow", r"\xRightarrow"):
        row.add(Sign("=>", item.place, arrow=True))
        return at + 1
    if len(groups) == 2 and len(groups[1].items) == 1:
        text = text_of(groups[1].items[0])
        if text in RELATIONS:
            words = " ".join(text_of(each) for each in groups[0].items)
            sign = _sign_with(RELATIONS[text], words)
            row.add(Sign(sign, item.place, imposed=sign == "=" and bool(_IMPOSED.fullmatch(words))))
            if sign == "prop" and item.text == r"\underset":
                row.pieces.append(Remark(f"proportional in ${plain(groups[0].items)}$", item.place))
            elif any(is_a(each, t.WORDS) for each in groups[0].items) or sign == "~":
                row.pieces.append(Remark(words, item.place))
            return at + 2
        if text in ARROWS:
            row.add(Sign(ARROWS[text], item.place, arrow=True))
            return at + 2
    row.open.append(item)
    row.open.extend(groups)
    return at + len(groups)


_IMPOSED = re.compile(r"\W*(?:!|set|want|must|should|required?)\W*", re.IGNORECASE)


def _sign_with(sign: str, words: str) -> str:
    """What a sign is with these words over or below it."""
    if "def" in words.lower() or words in ("△", r"\triangle", r"\Delta"):
        return ":="
    if sign == "=" and any(ARROWS.get(word) for word in words.split()):
        return "~="
    return sign


def _punctuation(row: Row, item: Token, following: Item | None) -> None:
    if item.text == "." and following is None:
        row.close()
    elif item.text == ".":
        row.open.append(item)
    else:
        row.add(Gap(item.text, item.place))


def _wide(row: Row, item: Token, items: Sequence[Item], at: int, ahead: _Ahead) -> None:
    """A wide space parts statements where a new one begins behind it; else it is only space."""
    following = ahead.solid[at]
    if following is not None and is_number_of_equation(row.open):
        row.open = []
        return
    if following is None or goes_on(following) or not row.open or row.unclosed() > 0 or is_operator(row.open[-1]):
        return
    if isinstance(following, Token) and following.kind == t.WORDS and _EXPLAINS.match(following.text):
        return
    if text_of(following) in ("(", "[") and _one_bracket(items, at, ahead) and is_aside(rest := rest_of(items, at)):
        inside = tuple(rest[1:-1]) if holds_relation(rest[1:-1]) else ()
        row.add(Remark(plain(rest), rest[0].place, inside))
        row.skip = len(items) - at
        return
    if ahead.relation[at] and row.pieces and _has_sign(row.pieces):
        row.add(Gap(",", item.place))


def _is_complete(row: Row) -> bool:
    """A relation with both sides stands before it in the row."""
    return bool(row.open) and row.unclosed() <= 0 and not is_operator(row.open[-1]) and _has_sign(row.pieces)


def _end_of_reason(items: Sequence[Item], at: int) -> int:
    """Where a reason ends that begins before that place: at a wide space, an arrow, or words that conclude."""
    for place in range(at, len(items)):
        text = text_of(items[place])
        concludes = is_a(items[place], t.WORDS) and _CONCLUDES.match(text)
        if text in ARROWS or text in (r"\quad", r"\qquad") or concludes:
            return place
    return len(items)


def _one_bracket(items: Sequence[Item], at: int, ahead: _Ahead) -> bool:
    """The bracket that opens next is closed by the last item."""
    depth = 0
    for place in range(at, len(items)):
        text = text_of(items[place])
        depth += (text in OPENING) - (text in CLOSING)
        if not depth and not is_a(items[place], t.SPACE):
            return text in (")", "]") and ahead.solid[place + 1] is None
    return False


def _has_sign(pieces: Sequence[Piece]) -> bool:
    for piece in reversed(pieces):
        if isinstance(piece, Gap):
            return False
        if isinstance(piece, Sign):
            return True
    return False
