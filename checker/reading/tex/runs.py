"""Letters in a row: those that are a function's name, or a name that the text uses, become one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from checker.reading.tex import tokens as t
from checker.reading.tex.items import Item
from checker.reading.tex.signs import PLAIN_FUNCTIONS
from checker.reading.tex.tokens import Token

OPERATORS = frozenset(("Var", "Cov", "Corr", "var", "cov"))
"""Operators that plain letters in a row are taken for."""


def words_joined(items: Sequence[Item], names: frozenset[str]) -> list[Item]:
    """Runs of plain letters that are a function's name or a name that the text uses become one."""
    found: list[Item] = []
    at = 0
    while at < len(items):
        run = _run(items, at)
        if len(run) > 1:
            found += _named(run, names)
        else:
            found.append(items[at])
        at += max(len(run), 1)
    return found


def _run(items: Sequence[Item], at: int) -> list[Token]:
    run: list[Token] = []
    while at < len(items):
        item = items[at]
        if not isinstance(item, Token) or item.kind != t.LETTER or not item.text.isascii() or run and item.spaced:
            break
        run.append(item)
        at += 1
    return run


def _named(run: list[Token], names: frozenset[str]) -> list[Token]:
    text = "".join(token.text for token in run)
    if text in names:
        return [replace(run[0], text=text)]
    if len(text) > 2 and text.istitle() and text not in OPERATORS:
        return [replace(run[0], text=text, kind=t.WORDS)]
    if (
        len(text) > 3
        and text not in PLAIN_FUNCTIONS
        and not text.endswith(("log", "exp", "ln"))
        and not text.startswith(("log", "exp"))
    ):
        return [replace(run[0], text=text)]  # a word, which the grammar refuses
    if text in PLAIN_FUNCTIONS or text == "Pr":
        return [replace(run[0], text=f"\\{text}", kind=t.COMMAND)]
    if text in OPERATORS:
        return [replace(run[0], text=text, kind=t.WORDS)]
    for function in ("log", "exp", "ln"):
        rest = len(text) - len(function)
        if 0 < rest <= 2 and text.endswith(function):
            return [*run[:rest], replace(run[rest], text=f"\\{function}", kind=t.COMMAND)]
        if 0 < rest <= 1 and text.startswith(function):
            return [replace(run[0], text=f"\\{function}", kind=t.COMMAND), *run[len(function) :]]
    return run
