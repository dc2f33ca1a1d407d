"""What only changes the looks of a formula is dropped; the braces of an argument stay, as a Group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from checker.reading.tex import tokens as t
from checker.reading.tex.colours import COLOURS, is_seen
from checker.reading.tex.items import Environment, Group, Item, text_of
from checker.reading.tex.runs import words_joined
from checker.reading.tex.signs import ARGUMENTS, DROPPED, DROPPED_WITH_ARGUMENT, FUNCTIONS, SHOWN, TRANSPARENT
from checker.reading.tex.tokens import Token, Unreadable

_SPLIT_INSIDE = {r"\choose", r"\over", r"\atop", r"\brack"}
_TAKES_SCRIPT = (t.SUB, t.SUP)
_WITH_ARGUMENT = {"array", "alignat", "alignat*", "alignedat", "tabular", "subarray", "xalignat", "IEEEeqnarray",
                  "IEEEeqnarray*", "tblr", "NiceArray"}  # fmt: skip


def tidied(items: Sequence[Item], names: frozenset[str]) -> tuple[Item, ...]:
    found: list[Item] = []
    at = 0
    while at < len(items):
        item = items[at]
        at += 1
        if isinstance(item, Group):
            found += _free_group(item, items, at, found, names)
        elif isinstance(item, Environment):
            inside = item.items[1:] if item.name in _WITH_ARGUMENT and item.items else item.items
            found.append(replace(item, items=tidied(inside, names)))
        elif item.kind in _TAKES_SCRIPT:
            found.append(item)
            at = _argument(items, at, found, names)
        elif item.kind != t.COMMAND:
            found.append(item)
        else:
            at = _command(item, items, at, found, names)
    return tuple(words_joined(found, names))


def _free_group(
    group: Group, items: Sequence[Item], at: int, found: list[Item], names: frozenset[str]
) -> tuple[Item, ...]:
    """A group that is no argument: its items, or itself where its braces matter."""
    inside = tidied(group.items, names)
    scripted = at < len(items) and _kind(items[at]) in _TAKES_SCRIPT
    split = any(isinstance(item, Token) and item.text in _SPLIT_INSIDE for item in inside)
    of_function = bool(found) and isinstance(found[-1], Token) and found[-1].text.lstrip("\\") in FUNCTIONS
    thousands = len(inside) == 1 and text_of(inside[0]) == ","
    if split or thousands or (scripted or of_function) and inside:
        return (Group(inside, group.place, spaced=group.spaced),)
    return inside


def _kind(item: Item) -> str:
    return item.kind if isinstance(item, Token) else ""


def _argument(items: Sequence[Item], at: int, found: list[Item], names: frozenset[str]) -> int:
    """Append the one item that is an argument, with its own arguments where it is a command."""
    while at < len(items) and (_kind(items[at]) == t.SPACE or _is_dropped(items[at])):
        at += 1
    if at >= len(items):
        return at
    item = items[at]
    if isinstance(item, Group):
        found.append(Group(tidied(item.items, names), item.place, spaced=item.spaced))
        return at + 1
    if isinstance(item, Token) and item.kind == t.COMMAND:
        inside: list[Item] = []
        at = _command(item, items, at + 1, inside, names)
        found.append(Group(tuple(inside), item.place))
        return at
    if isinstance(item, Token) and item.kind in (t.SUB, t.SUP):  # x^_i, x_^2: a script of nothing
        raise Unreadable("a script of a script without braces", item.place)
    found.append(Group((item,), item.place))
    return at + 1


def _is_dropped(item: Item) -> bool:
    return isinstance(item, Token) and item.text in DROPPED


def _command(item: Token, items: Sequence[Item], at: int, found: list[Item], names: frozenset[str]) -> int:
    text = item.text
    if text in (r"\left", r"\right", r"\middle") or text.startswith((r"\big", r"\Big")) and text in DROPPED:
        return _delimiter(item, items, at, found)
    if text in DROPPED:
        return at
    if text in (r"\hspace", r"\hskip"):
        found.append(replace(item, kind=t.SPACE, text=r"\quad"))
    if text in COLOURS:
        _require_seen(item, items, at)
    if text in DROPPED_WITH_ARGUMENT:
        return _skipped(items, at, DROPPED_WITH_ARGUMENT[text])
    if text in TRANSPARENT:
        return _transparent(item, items, at, found, names)
    upright = items[at] if at < len(items) and text in (r"\mathrm", r"\mathsf", r"\mathit", r"\rm") else None
    if isinstance(upright, Token) and upright.text in ("d", "e", "T") and text != r"\rm":
        found.append(replace(upright, place=item.place, spaced=item.spaced))
        return at + 1
    if isinstance(upright, Group) and len(upright.items) == 1 and text_of(upright.items[0]) in ("d", "e", "T"):
        found.append(replace(upright.items[0], place=item.place, spaced=item.spaced))
        return at + 1
    found.append(item)
    if text == r"\operatorname" and at < len(items) and text_of(items[at]) == "*":
        at += 1
    if text == r"\sqrt" and at < len(items) and text_of(items[at]) == "[":
        close = next((i for i in range(at, len(items)) if text_of(items[i]) == "]"), None)
        if close is None:
            raise Unreadable("the '[' of \\sqrt[ is never closed", item.place)
        found.append(Group(tidied(items[at + 1 : close], names), item.place, box=True))
        at = close + 1
    for _ in range(ARGUMENTS.get(text, 0)):
        at = _argument(items, at, found, names)
    return at


def _require_seen(command: Token, items: Sequence[Item], at: int) -> None:
    """Raises Unreadable for a colour in which a formula may not be seen."""
    argument = items[at] if at < len(items) else None
    name = "".join(map(text_of, argument.items)) if isinstance(argument, Group) else ""
    if not is_seen(name, behind=command.text == r"\colorbox"):
        raise Unreadable(f"'{command.text}' with a colour in which it may not be seen", command.place)


def _delimiter(item: Token, items: Sequence[Item], at: int, found: list[Item]) -> int:
    """\\left( is (, \\left. is nothing, \\left| is a bar that opens and \\right| one that closes."""
    while at < len(items) and _kind(items[at]) == t.SPACE:
        at += 1
    text = text_of(items[at]) if at < len(items) else ""
    directed = item.text in (r"\left", r"\right")
    if text == "." and directed:
        return at + 1
    side = {"left": "l", "right": "r"}.get(item.text.lstrip("\\")) or {"l": "l", "r": "r"}.get(item.text[-1])
    bar = {"|": "vert", r"\vert": "vert", r"\|": "Vert", r"\Vert": "Vert"}.get(text)
    if bar and side and item.text not in (r"\middle",):
        token = items[at]
        assert isinstance(token, Token)
        found.append(replace(token, kind=t.COMMAND, text=f"\\{side}{bar}"))
        return at + 1
    return at


def _skipped(items: Sequence[Item], at: int, arguments: int) -> int:
    for _ in range(arguments):
        if at < len(items) and text_of(items[at]) == "*":
            at += 1
        if at < len(items) and text_of(items[at]) == "[":
            at = next((i + 1 for i in range(at, len(items)) if text_of(items[i]) == "]"), at)
        if at < len(items):
            at += 1
    return at


def _transparent(item: Token, items: Sequence[Item], at: int, found: list[Item], names: frozenset[str]) -> int:
    """A box is one operand, or, where it holds a relation, nothing; the note under a brace is dropped."""
    at = _skipped(items, at, TRANSPARENT[item.text])
    inside: list[Item] = []
    at = _argument(items, at, inside, names)
    if not inside:
        return at
    group = inside[0]
    assert isinstance(group, Group)
    found.append(replace(group, box=True, mark=SHOWN.get(item.text, "")))
    if item.text in (r"\underbrace", r"\overbrace"):
        while at + 1 < len(items) and _kind(items[at]) in _TAKES_SCRIPT:
            at += 2
    return at
