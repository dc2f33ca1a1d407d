"""Tokens as items: braces and environments nested, what only changes the looks dropped, other spellings made one.

Braces that show nothing vanish, so that what is read is what is printed; those of an argument stay as a Group.
"""

from __future__ import annotations

from collections.abc import Sequence

from checker.reading.tex import tokens as t
from checker.reading.tex.items import Environment, Group, Item
from checker.reading.tex.looks import tidied
from checker.reading.tex.signs import CLOSING, OPENING
from checker.reading.tex.spellings import unified
from checker.reading.tex.tokens import Place, Token, Unreadable

MAX_DEPTH = 60
MAX_TOKENS = 20_000


def items_of(tokens: Sequence[Token], names: frozenset[str] = frozenset()) -> tuple[Item, ...]:
    """The items of a formula; `names` are the names of several letters that the text uses.

    Raises Unreadable for braces and environments that do not match, and for formulas that are too long or too deep.
    """
    if len(tokens) > MAX_TOKENS:
        raise Unreadable(f"the formula has {len(tokens)} signs; at most {MAX_TOKENS} are read", tokens[0].place)
    found, at = _nested(tuple(unified(tokens)), 0, 0)
    if at < len(tokens) and at < len(tuple(unified(tokens))):
        raise Unreadable("a '}' or \\end closes nothing", _place_at(tokens, at))
    items = tidied(found, names)
    _check_brackets(items, 0)
    return items


def _check_brackets(items: Sequence[Item], around: int) -> None:
    """Refuse brackets that are nested too deeply, `around` of which are open, before anyone looks for their ends."""
    depth = around
    for item in items:
        if not isinstance(item, Token):
            _check_brackets(item.items, depth)
        elif item.text in OPENING:
            depth += 1
            if depth > MAX_DEPTH:
                raise Unreadable(f"the brackets are nested more than {MAX_DEPTH} deep", item.place)
        elif item.text in CLOSING:
            depth = max(depth - 1, around)


def _place_at(tokens: Sequence[Token], at: int) -> Place:
    return tokens[min(at, len(tokens) - 1)].place


def _nested(tokens: Sequence[Token], at: int, depth: int, end: str = "") -> tuple[list[Item], int]:
    if depth > MAX_DEPTH:
        raise Unreadable(f"the braces are nested more than {MAX_DEPTH} deep", tokens[at].place)
    found: list[Item] = []
    while at < len(tokens):
        token = tokens[at]
        if token.kind == t.OPEN:
            inside, at = _nested(tokens, at + 1, depth + 1, "}")
            found.append(Group(tuple(inside), token.place, spaced=token.spaced))
        elif token.kind == t.BEGIN:
            inside, at = _nested(tokens, at + 1, depth + 1, token.text)
            found.append(Environment(token.text, tuple(inside), token.place, token.spaced))
        elif token.kind in (t.CLOSE, t.END):
            if (token.text if token.kind == t.END else "}") != end:
                what = rf"\end{{{token.text}}}" if token.kind == t.END else "'}'"
                raise Unreadable(f"{what} closes nothing that is open here", token.place)
            return found, at + 1
        else:
            found.append(token)
            at += 1
    if end:
        raise Unreadable(f"{_opening(end)} is never closed", tokens[-1].place if tokens else None)
    return found, at


def _opening(end: str) -> str:
    return "'{'" if end == "}" else rf"\begin{{{end}}}"
