"""Other spellings of a sign made one: Unicode as commands, digits above and below the line as scripts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from checker.reading.tex import tokens as t
from checker.reading.tex.signs import BLACKBOARD, LATIN_LOOKS, SUBSCRIPT_DIGITS, SUPERSCRIPT_DIGITS, UNICODE
from checker.reading.tex.tokens import Token

_DENIED = {r"\in": r"\notin", r"\equiv": r"\neq"}
"""What a sign is behind \\not; behind others it stays, and cannot be read."""


def unified(tokens: Sequence[Token]) -> list[Token]:
    """Unicode signs as commands, superscript digits as superscripts, := as one sign, \\not= as \\neq."""
    found: list[Token] = []
    for token in tokens:
        if token.kind in (t.LETTER, t.SYMBOL):
            token = _from_unicode(token, found)
        if token.kind == t.SYMBOL and found:
            token = _joined(found, token)
        if token.text in _DENIED and found and found[-1].text == r"\not":
            found.pop()
            token = replace(token, text=_DENIED[token.text])
        found.append(token)
    return found


def _from_unicode(token: Token, found: list[Token]) -> Token:
    if token.text in SUPERSCRIPT_DIGITS:
        found.append(Token(t.SUP, "^", token.place))
        return Token(t.DIGIT, SUPERSCRIPT_DIGITS[token.text], token.place)
    if token.text in SUBSCRIPT_DIGITS:
        found.append(Token(t.SUB, "_", token.place))
        return Token(t.DIGIT, SUBSCRIPT_DIGITS[token.text], token.place)
    if token.text in BLACKBOARD:
        found += [Token(t.COMMAND, r"\mathbb", token.place, token.spaced), Token(t.OPEN, "{", token.place)]
        kind = t.DIGIT if BLACKBOARD[token.text].isdigit() else t.LETTER
        found.append(Token(kind, BLACKBOARD[token.text], token.place))
        return Token(t.CLOSE, "}", token.place)
    text = UNICODE.get(token.text) or LATIN_LOOKS.get(token.text)
    if text is None:
        return token
    if text.isalpha():
        return replace(token, text=text)
    kind = t.COMMAND if text.startswith("\\") else t.SYMBOL
    return replace(token, text=text, kind=kind)


def _joined(found: list[Token], token: Token) -> Token:
    last = found[-1]
    adjacent = not token.spaced
    if token.text == "." and len(found) > 1 and last.text == "." == found[-2].text:
        del found[-2:]
        return replace(token, text=r"\dots", kind=t.COMMAND, spaced=False)
    if token.text == "=" and last.text == ":" and adjacent:
        found.pop()
        return replace(token, text=":=", place=last.place, spaced=last.spaced)
    if token.text == "=" and last.text == r"\not":
        found.pop()
        return replace(token, text=r"\neq", kind=t.COMMAND, place=last.place)
    if token.text == "|" and last.text == "|" and adjacent:
        found.pop()
        return replace(token, text=r"\|", kind=t.COMMAND, place=last.place, spaced=last.spaced)
    return token
