"""Shorthands: whether a formula is an instance of a pattern, and a formula at such an instance."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from checker.reading.known.letters import names_a_family
from checker.reading.known.names import letter_key
from checker.reading.known.scope import Scope
from checker.reading.meaning import dots
from checker.reading.syntax import INCIDENTAL, Letter, Node, Scripted, same


def matches(pattern: Any, node: Any, scope: Scope, mapping: dict[str, Node]) -> bool:
    """Whether the node is an instance of the pattern, whose index letters are placeholders in its indices."""
    if (
        isinstance(pattern, Letter)
        and isinstance(node, Node)
        and pattern.name in scope.lexicon.indices
        and not pattern.accents
    ):
        known = mapping.setdefault(pattern.name, node)
        return same(known, node)
    if isinstance(pattern, Node):
        if type(pattern) is not type(node):
            return False
        if isinstance(pattern, Letter) and isinstance(node, Letter):
            return letter_key(pattern) == letter_key(node)
        names = [f for f in pattern.__dataclass_fields__ if f not in INCIDENTAL]
        return all(matches(getattr(pattern, f), getattr(node, f), scope, mapping) for f in names)
    if isinstance(pattern, tuple):
        return (
            isinstance(node, tuple)
            and len(pattern) == len(node)
            and all(matches(p, n, scope, mapping) for p, n in zip(pattern, node, strict=True))
        )
    return bool(pattern == node)


def instance(node: Node, mapping: dict[str, Node]) -> Node:
    """The node with placeholders replaced."""
    if isinstance(node, Letter) and not node.accents and node.name in mapping:
        return mapping[node.name]
    return dots.mapped(node, lambda child: instance(child, mapping))


def with_indices(node: Node, mapping: dict[str, Node]) -> Node:
    """The node with letters replaced, but for the names of families."""
    if isinstance(node, Letter):
        return instance(node, mapping)
    found = dots.mapped(node, lambda child: with_indices(child, mapping))
    if isinstance(node, Scripted) and isinstance(found, Scripted) and names_a_family(node):
        return replace(found, base=node.base)
    return found
