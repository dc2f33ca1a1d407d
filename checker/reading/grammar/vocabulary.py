"""The words of a text's formulas: names of several letters, and letters that are functions or families.

They are found from the items alone, before anything is parsed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from checker.reading.layout.pieces import Member, Piece, Sign
from checker.reading.lexicon import CHANCE, EXPECTATIONS, Lexicon
from checker.reading.tex import tokens as t
from checker.reading.tex.items import Environment, Group, Item, holds_alone, is_a, text_of
from checker.reading.tex.signs import (
    ACCENTS,
    CLOSING,
    DOTS,
    FUNCTIONS,
    LETTER_COMMANDS,
    OPENING,
    PLAIN_FUNCTIONS,
    STYLES,
)
from checker.reading.tex.tokens import Token

FUNCTION_LETTERS = frozenset("f g h F G H V phi varphi psi Phi Psi sigma Gamma zeta".split())
"""Letters that are read as functions where the text always has brackets right behind them."""


def names_of(tokens: Iterable[Sequence[Token]], declared: Iterable[Sequence[Token]]) -> frozenset[str]:
    """The names of several letters: runs of letters none of which the text uses alone, or that are declared so."""
    runs: Counter[str] = Counter()
    alone: set[str] = set()
    for formula in tokens:
        for run in _runs(formula):
            if len(run) == 1:
                alone.add(run)
            else:
                runs[run] += 1
    known = {run for run in map(_whole_left_side, declared) if run}
    known |= {
        run for run in runs
        if (run.isupper() and len(run) > 1 or len(run) > 3) and not set(run) & alone and run not in PLAIN_FUNCTIONS
    }  # fmt: skip
    known |= {run for run in runs if run.isupper() and len(run) > 2 and any(a == b for a, b in pairwise(run))}  # NLL
    return frozenset(name for name in known if name not in FUNCTIONS and name not in CHANCE)


def _runs(tokens: Sequence[Token]) -> Iterator[str]:
    run = ""
    for token in tokens:
        letter = token.kind == t.LETTER and token.text.isascii()
        if run and (not letter or token.spaced):
            yield run
            run = ""
        if letter:
            run += token.text
    if run:
        yield run


def _whole_left_side(tokens: Sequence[Token]) -> str:
    """NLL of NLL = …, in a declaration."""
    run = ""
    for token in tokens:
        if token.kind == t.LETTER and token.text.isascii() and not (run and token.spaced):
            run += token.text
        elif token.text in ("=", ":=", ":") and len(run) > 1:
            return run
        else:
            return ""
    return ""


def lexicon_of(formulas: Sequence[Sequence[Piece]], names: frozenset[str]) -> Lexicon:
    """The functions of a text: names before bracketed names as a whole left side, f(x) = …, or a whole formula."""
    functions: set[str] = set()
    bracketed: set[str] = set()
    indexed: set[str] = set()
    for pieces in formulas:
        for at, piece in enumerate(pieces):
            following = pieces[at + 1] if at + 1 < len(pieces) else None
            if isinstance(piece, Member) and len(pieces) == 1:
                head, kind = _applied_name(piece.items)
                if kind == "()":
                    functions.add(head)
            if not isinstance(piece, Member) or not isinstance(following, Sign):
                continue
            for items in _parts(piece.items):
                head, kind = _applied_name(items)
                if kind == "()" and following.sign in ("=", ":=", "prop", "in") and len(items) == len(piece.items):
                    (indexed if _is_sample(items) else functions).add(head)
                elif kind == "[]" and _only_indices(items):
                    bracketed.add(head)
    applied, plain = _applied_and_plain(formulas)
    functions |= applied - plain
    sampled = _called_otherwise(formulas, indexed - functions)
    functions |= indexed - sampled
    means = any(map(_has_means, formulas))
    return Lexicon(
        frozenset(functions - CHANCE - {"E"} if means else functions - CHANCE),
        frozenset(bracketed),
        names=names,
        twofold=frozenset(applied & plain - functions) | sampled,
        digitwise=frozenset(
            _digitwise(piece.items for pieces in formulas for piece in pieces if isinstance(piece, Member))
        ),
        means=means,
    )


_MEAN = r"(?<!\S)E (?:_ [^()\[\]]+ )?"
_APPLIED = re.compile(rf"(?<!\\mathbb ){_MEAN}\(")
_MOMENTS = re.compile(rf"(?<!\S)(?:{'|'.join(EXPECTATIONS.keys() - {'E'})}|\\mathbb E)(?!\S)|{_MEAN}\[")


def _has_means(pieces: Sequence[Piece]) -> bool:
    """E stands before round brackets in a formula with variances, covariances or other expectations."""
    text = " ".join(_texts(item) for piece in pieces if isinstance(piece, Member) for item in piece.items)
    return bool(_APPLIED.search(text) and _MOMENTS.search(text))


def _texts(item: Item) -> str:
    """The texts of tokens, with spaces between them."""
    return " ".join(map(_texts, item.items)) if isinstance(item, (Group, Environment)) else item.text


def _digitwise(formulas: Iterable[Sequence[Item]]) -> Iterator[str]:
    """The letters with an index that begins with 0, as w_{01}: it is no number."""
    waiting = list(formulas)
    while waiting:
        items = waiting.pop()
        for at, item in enumerate(items):
            if isinstance(item, (Group, Environment)):
                waiting.append(item.items)
            if not isinstance(item, Group) or at < 2 or not is_a(items[at - 1], t.SUB):
                continue
            texts = ["" if not is_a(each, t.DIGIT) else text_of(each) for each in item.items]
            number = [i for i, text in enumerate(texts) if text and (not i or not texts[i - 1])]
            if any(texts[i] == "0" and i + 1 < len(texts) and texts[i + 1] for i in number):
                name = _first_letter(items[at - 2 :])
                yield from [name] if name else []


def _applied_and_plain(formulas: Sequence[Sequence[Piece]]) -> tuple[set[str], set[str]]:
    """The letters of functions that stand right before a bracket somewhere, and those that stand alone somewhere."""
    applied: set[str] = set()
    plain: set[str] = set()

    def look(items: Sequence[Item]) -> None:
        for at, item in enumerate(items):
            before = items[at - 1] if at else None
            if isinstance(before, Token) and (before.kind in (t.SUB, t.SUP) or before.text in ACCENTS):
                continue  # a label, an index or an accent says nothing of how the letter is used
            if isinstance(item, (Group, Environment)):
                look(item.items)
                continue
            name = item.text if item.kind == t.LETTER else LETTER_COMMANDS.get(item.text, "")
            if name in FUNCTION_LETTERS:
                behind = at + 1
                while behind < len(items) and _is_script(items[behind]):
                    behind += 1
                after = items[behind] if behind < len(items) else None
                bracket = isinstance(after, Token) and OPENING.get(after.text) == "()"
                bracket = bracket and not holds_alone(_bracketed(items, behind), name)  # h(1 − h) is a product
                if not bracket and _is_end(before) and _is_end(after):
                    continue  # a whole argument, as in L(θ, φ; x)
                (applied if bracket else plain).add(name)

    for pieces in formulas:
        for piece in pieces:
            if isinstance(piece, Member):
                look(piece.items)
    return applied, plain


def _bracketed(items: Sequence[Item], at: int) -> Sequence[Item]:
    """What stands in the bracket that opens there."""
    depth = 0
    for end in range(at, len(items)):
        text = text_of(items[end])
        depth += (OPENING.get(text) == "()") - (CLOSING.get(text) == "()")
        if not depth:
            return items[at + 1 : end]
    return items[at + 1 :]


_COUNTING = frozenset("ijklmnt")
"""Letters of samples in brackets: y(i)."""


def _is_sample(items: Sequence[Item]) -> bool:
    """y(i) for the i-th sample."""
    inside = [item for item in items[-2:-1] if isinstance(item, Token)]
    return len(items) == 4 and bool(inside) and inside[0].text in _COUNTING


def _called_otherwise(formulas: Sequence[Sequence[Piece]], letters: set[str]) -> frozenset[str]:
    """The letters that stand before brackets with more in them than an index: y(wᵀx) in a text of samples y(i).

    It is not certain which is a value of the letter, and which a product.
    """
    found: set[str] = set()
    waiting = [piece.items for pieces in formulas for piece in pieces if isinstance(piece, Member)] if letters else []
    while waiting:
        items = waiting.pop()
        for at, item in enumerate(items):
            if isinstance(item, (Group, Environment)):
                waiting.append(item.items)
            elif text_of(item) in letters and at + 1 < len(items) and OPENING.get(text_of(items[at + 1])) == "()":
                inside = _bracketed(items, at + 1)
                if any(
                    is_a(each, t.LETTER) and text_of(each) not in _COUNTING or not _is_count(each) for each in inside
                ):
                    found.add(text_of(item))
    return frozenset(found)


def _is_count(item: Item) -> bool:
    return isinstance(item, Token) and (item.kind in (t.LETTER, t.DIGIT, t.SPACE) or item.text in "+-,;")


def _is_end(item: Item | None) -> bool:
    return isinstance(item, Token) and item.text in ("(", ")", ",", ";", "|", r"\mid")


def _parts(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """The items between commas outside brackets."""
    depth, start = 0, 0
    for at, item in enumerate(items):
        text = item.text if isinstance(item, Token) else ""
        depth += (text in OPENING) - (text in CLOSING)
        if not depth and text == ",":
            yield items[start:at]
            start = at + 1
    yield items[start:]


def _applied_name(items: Sequence[Item]) -> tuple[str, str]:
    """(f, "()") for the items f(x, y) and (T, "[]") for T_j[i,k]; empty for any others."""
    letter = _first_letter(items)
    if not letter or letter == "N" and text_of(items[0]) in (r"\mathcal", r"\mathscr", r"\cal"):
        return "", ""  # 𝒩(μ, σ²) is a distribution, and N a number
    at = next((i for i, item in enumerate(items) if isinstance(item, Token) and item.text in OPENING), len(items))
    if at == len(items) or not isinstance(items[-1], Token):
        return "", ""
    opening, closing = items[at], items[-1]
    assert isinstance(opening, Token)
    kind = OPENING[opening.text]
    if CLOSING.get(closing.text) != kind or not _only_names(items[at + 1 : -1], digits=kind == "[]"):
        return "", ""
    if any(not _is_script(item) for item in items[_head_length(items) : at]):
        return "", ""
    return letter, kind


def _only_indices(items: Sequence[Item]) -> bool:
    """In the square brackets stand plain letters and numbers, as in T[i,k]; what is bold or Greek is an argument."""
    opened = next(i for i, item in enumerate(items) if isinstance(item, Token) and OPENING.get(item.text) == "[]")
    return all(
        isinstance(item, Token) and (item.kind in (t.LETTER, t.DIGIT, t.SPACE) or item.text in (",", "'"))
        for item in items[opened + 1 : -1]
    )


def _first_letter(items: Sequence[Item]) -> str:
    if not items:
        return ""
    first = items[0]
    if isinstance(first, Token) and first.kind == t.LETTER:
        return first.text
    if isinstance(first, Token) and first.text in LETTER_COMMANDS:
        return LETTER_COMMANDS[first.text]
    if isinstance(first, Token) and first.kind == t.WORDS and re.fullmatch(r"[A-Za-z]{2,}", first.text.strip()):
        return first.text.strip()
    if isinstance(first, Token) and first.kind == t.COMMAND and len(items) > 1 and isinstance(items[1], Group):
        inside = items[1].items
        letters = "".join(text_of(item) for item in inside)
        if STYLES.get(first.text) == "roman" and len(inside) > 1 and all(is_a(item, t.LETTER) for item in inside):
            return letters  # \mathrm{NLL}
        return _first_letter(inside)
    return ""


def _head_length(items: Sequence[Item]) -> int:
    return (
        2
        if len(items) > 1
        and isinstance(items[1], Group)
        and isinstance(items[0], Token)
        and (items[0].kind == t.COMMAND)
        else 1
    )


def _is_script(item: Item) -> bool:
    return isinstance(item, Group) or isinstance(item, Token) and (item.kind in (t.SUB, t.SUP) or item.text == "'")


def _only_names(items: Sequence[Item], digits: bool = False) -> bool:
    """Letters with scripts, and dots, between commas: no operator, no bracket, and a number only with `digits`."""
    if not items:
        return False
    for item in items:
        if isinstance(item, Environment):
            return False
        if isinstance(item, Group):
            continue
        if item.kind in (t.LETTER, t.SUB, t.SUP, t.SPACE) or item.text in (",", ";", "'"):
            continue
        if digits and item.kind == t.DIGIT:
            continue
        if item.kind == t.COMMAND and (
            item.text in LETTER_COMMANDS or item.text.startswith((r"\math", r"\bold", r"\bm"))
        ):
            continue
        if item.text in DOTS or item.text in (r"\vec", r"\hat", r"\tilde", r"\textbf", r"\cdot", r"\|"):
            continue
        return False
    return True
