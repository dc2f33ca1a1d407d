"""Dots: a_1 + a_2 + … + a_N as a term, its index and its bounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from checker.reading.syntax import Dots, Letter, Node, Number, Phrase, is_numeral, same

INDEX = "·"
"""The name of the index that dots run over."""


@dataclass(frozen=True)
class Run:
    """items[:start], then the block for INDEX = lower, …, upper, then items[end:]."""

    start: int
    end: int
    block: tuple[Node, ...]
    lower: int
    upper: Node


def run_of(items: Sequence[Node]) -> Run | None:
    """The run that the first dots among the items stand for; None where no rule is seen in it."""
    at = next((i for i, item in enumerate(items) if isinstance(item, Dots)), None)
    if at is None:
        return None
    for size in range(min(at, len(items) - at - 1), 0, -1):
        found = _run(items, at, size)
        if found is not None:
            return found
    return None


def _run(items: Sequence[Node], at: int, size: int) -> Run | None:
    last = items[at + 1 : at + 1 + size]
    nearest = items[at - size : at]
    ends: list[tuple[int, Node]] = []
    block: list[Node] = []
    for low, high in zip(nearest, last, strict=True):
        general = _generalised(low, high, ends)
        if general is None:
            return None
        block.append(general)
    if not ends or any(e[0] != ends[0][0] or not same(e[1], ends[0][1]) for e in ends):
        return None
    lower, start = ends[0][0], at - size
    while start >= size and _is_block(items[start - size : start], block, lower - 1):
        start, lower = start - size, lower - 1
    if isinstance(ends[0][1], Number) and int(ends[0][1].text) <= lower:
        return None
    before = items[start - size : start] if start >= size else ()
    if before and all(_generalised(a, b, []) is not None for a, b in zip(before, last, strict=True)):
        return None  # 1 + 3 + … + n: the step is not one
    counts = at - start >= 2 * size
    if not counts and any(isinstance(each, Letter) and each.name == INDEX for each in block):
        return (
            None if not isinstance(ends[0][1], Letter) else Run(start, at + 1 + size, tuple(block), lower, ends[0][1])
        )
    return Run(start, at + 1 + size, tuple(block), lower, ends[0][1])


def _is_block(items: Sequence[Node], block: Sequence[Node], value: int) -> bool:
    return all(same(item, at_value(each, value)) for item, each in zip(items, block, strict=True))


def at_value(node: Any, value: int) -> Any:
    """The template with a number for its index."""
    if isinstance(node, Letter) and node.name == INDEX:
        return Number(str(value), node.place)
    if isinstance(node, Phrase):
        return Phrase(node.text.replace(INDEX, str(value)), node.place)
    return _mapped(node, lambda child: at_value(child, value))


def _generalised(low: Any, high: Any, ends: list[tuple[int, Node]]) -> Any:
    """A template of which both are instances; None where there is none. Appends what the index is in each."""
    if isinstance(low, Node) and isinstance(high, Node):
        if same(low, high):
            return low
        if isinstance(low, Number) and low.text.isdigit():
            ends.append((int(low.text), high))
            return Letter(INDEX, low.place)
        if type(low) is not type(high):
            return None
        if isinstance(low, Phrase) and isinstance(high, Phrase):
            return _generalised_words(low, high, ends)
        changes = {}
        for each in fields(low):
            if each.name == "place":
                continue
            value = _generalised(getattr(low, each.name), getattr(high, each.name), ends)
            if value is None and getattr(low, each.name) is not None:
                return None
            changes[each.name] = value
        return replace(low, **changes)
    if isinstance(low, tuple) and isinstance(high, tuple) and len(low) == len(high):
        parts = tuple(_generalised(a, b, ends) for a, b in zip(low, high, strict=True))
        return None if any(p is None and a is not None for p, a in zip(parts, low, strict=True)) else parts
    return low if low == high else None


def _generalised_words(low: Phrase, high: Phrase, ends: list[tuple[int, Node]]) -> Phrase | None:
    """ "count of class 1" and "count of class K" as "count of class ·"."""
    pairs = list(zip(low.text.split(), high.text.split(), strict=False))
    other = [n for n, (a, b) in enumerate(pairs) if a != b]
    if len(low.text.split()) != len(high.text.split()) or len(other) != 1 or not is_numeral(pairs[other[0]][0]):
        return None
    first, last = pairs[other[0]]
    ends.append((int(first), Number(last, high.place) if is_numeral(last) else Letter(last, high.place)))
    words = [INDEX if n == other[0] else a for n, (a, _) in enumerate(pairs)]
    return Phrase(" ".join(words), low.place)


def _mapped(node: Any, change: Any) -> Any:
    if isinstance(node, tuple):
        return tuple(_mapped(item, change) if not isinstance(item, Node) else change(item) for item in node)
    if isinstance(node, Node):
        changes = {
            each.name: change(value) if isinstance(value := getattr(node, each.name), Node) else _mapped(value, change)
            for each in fields(node) if each.name != "place"
        }  # fmt: skip
        return replace(node, **changes)
    return node


def mapped(node: Node, change: Any) -> Node:
    """The node with `change` applied to each node directly below it."""
    result = _mapped(node, change)
    assert isinstance(result, Node)
    return result
