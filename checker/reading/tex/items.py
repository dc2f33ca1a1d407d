"""Items of a formula, tokens with what braces and environments enclose, and small questions on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from checker.reading.tex import tokens as t
from checker.reading.tex.signs import ADDITIVE, CLOSING, DIVISION, DOTS, LETTER_COMMANDS, MULTIPLICATIVE, OPENING
from checker.reading.tex.tokens import Place, Token


@dataclass(frozen=True, slots=True)
class Group:
    """Items in braces; a box is one operand. mark: the command that shows something around it, \\boxed or \\cancel."""

    items: tuple[Item, ...]
    place: Place
    box: bool = False
    spaced: bool = False
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Environment:
    """\\begin{name} … \\end{name} inside a formula."""

    name: str
    items: tuple[Item, ...]
    place: Place
    spaced: bool = False


Item = Token | Group | Environment


def text_of(item: Item | None) -> str:
    return item.text if isinstance(item, Token) else ""


def is_a(item: Item | None, kind: str) -> bool:
    return isinstance(item, Token) and item.kind == kind


def place_of(items: Sequence[Item], place: Place) -> Place:
    return items[0].place if items else place


def only_dots(items: Sequence[Item]) -> bool:
    return len(items) == 1 and text_of(items[0]) in DOTS


def is_operator(item: Item | None) -> bool:
    return text_of(item) in ADDITIVE or text_of(item) in MULTIPLICATIVE or text_of(item) in DIVISION


def is_script(item: Item | None) -> bool:
    return is_a(item, t.SUB) or is_a(item, t.SUP) or text_of(item) == "'"


def shown(item: Item) -> str:
    if isinstance(item, Environment):
        return rf"\begin{{{item.name}}}"
    return f"'{item.text}'" if isinstance(item, Token) else "'{'"


def holds_alone(items: Sequence[Item], letter: str) -> bool:
    """Whether the letter, with no bracket behind it, stands among these items."""
    for at, item in enumerate(items):
        if isinstance(item, (Group, Environment)):
            if holds_alone(item.items, letter):
                return True
        elif letter in letters_in(item):
            behind = at + 1
            while behind < len(items) and (is_script(items[behind]) or isinstance(items[behind], Group)):
                behind += 1
            if behind == len(items) or OPENING.get(text_of(items[behind])) != "()":
                return True
    return False


def letters_in(item: Item) -> list[str]:
    if isinstance(item, Token):
        if item.kind == t.LETTER:
            return [item.text]
        return [LETTER_COMMANDS[item.text]] if item.text in LETTER_COMMANDS else []
    return [letter for inner in item.items for letter in letters_in(inner)]


@dataclass(frozen=True, slots=True)
class Spelling:
    """What items say wherever they stand, the places of these, and of what the names in them may consist.

    words: letters, words and commands, without their backslash; letters: the characters of those that are no commands.
    """

    said: tuple[object, ...]
    places: tuple[Place, ...]
    words: frozenset[str]
    letters: frozenset[str]


def spelling_of(items: Sequence[Item]) -> Spelling:
    said: list[object] = []
    places: list[Place] = []
    words: set[str] = set()
    letters: set[str] = set()
    _spell(items, said, places, words, letters)
    return Spelling(tuple(said), tuple(places), frozenset(words), frozenset(letters))


def _spell(items: Sequence[Item], said: list[object], places: list[Place], words: set[str], letters: set[str]) -> None:
    for item in items:
        places.append(item.place)
        if type(item) is Token:
            kind, text = item.kind, item.text
            said += (kind, text, item.spaced)
            if kind == t.COMMAND:
                words.update((text[1:], LETTER_COMMANDS.get(text, "")))
            elif kind in (t.LETTER, t.WORDS):
                words.add(text.strip())
                letters.update(text)
        elif isinstance(item, Group):
            said += (Group, item.box, item.spaced)
            _spell(item.items, said, places, words, letters)
            said.append(None)
        elif isinstance(item, Environment):
            said += (Environment, item.name, item.spaced)
            _spell(item.items, said, places, words, letters)
            said.append(None)


def unclosed(items: Sequence[Item]) -> int:
    return sum((text_of(item) in OPENING) - (text_of(item) in CLOSING) for item in items)


def split(items: Sequence[Item], signs: set[str]) -> list[list[Item]]:
    """The items between signs that stand outside all brackets; bars count as signs where they are named."""
    parts: list[list[Item]] = [[]]
    depth = 0
    for item in items:
        text = text_of(item)
        depth += (text in OPENING) - (text in CLOSING)
        if depth <= 0 and text in signs:
            parts.append([])
        elif not is_a(item, t.SPACE):
            parts[-1].append(item)
    return parts


def table(items: Sequence[Item]) -> list[list[list[Item]]]:
    """Rows of cells; empty rows are dropped."""
    rows: list[list[list[Item]]] = [[[]]]
    for item in items:
        if is_a(item, t.ROW):
            rows.append([[]])
        elif is_a(item, t.ALIGN):
            rows[-1].append([])
        elif not is_a(item, t.SPACE):
            rows[-1][-1].append(item)
    return [row for row in rows if any(row)]


def without_commas(items: Sequence[Item]) -> list[Item]:
    kept = list(items)
    while kept and text_of(kept[-1]) in (",", ";", "."):
        kept.pop()
    return kept
