"""What "setting it to zero" sets to zero: what the derivatives displayed before it were found to be."""

from __future__ import annotations

import re
from collections.abc import Sequence

from checker.reading.course import Course
from checker.reading.cues import gets_from_zero, sets_to_zero
from checker.reading.names import letter_key
from checker.reading.records import Line
from checker.reading.syntax import Derivative, Gradient, Letter, Node, Number, Relation, Several, walk

_SEVERAL = re.compile(r"\b(?:them|these|both|each|all|derivatives|gradients|partials|equations)\b", re.IGNORECASE)
_MOST = 6
"""Derivatives that "them" may mean."""


def zeroed(c: Course, words: str) -> tuple[Relation, ...]:
    """D = 0 for the derivative that stands before such words in its part, for all of them where they are several.

    D is the last member of the chain that begins with the derivative. Nothing where the words set nothing to zero, or
    no derivative stands before them.
    """
    if not (sets_to_zero(words) or gets_from_zero(words)):
        return ()
    found: dict[int, Relation] = {}
    begun: dict[int, Node] = {}
    for line in c.lines:
        statement = line.statement
        if line.problem is not None or line.sign != "=" or not isinstance(statement, Relation):
            continue
        head = begun.setdefault(line.chain, statement.left)
        if isinstance(head, (Derivative, Gradient)) and line.role != "imposed" and not line.arrow:
            zero = Number("0", line.place)
            found[line.chain] = Relation("=", statement.right, zero, line.place)
    return tuple(found.values())[-(_MOST if _SEVERAL.search(words) else 1) :]


def premise_for(equations: Sequence[Relation]) -> Node | None:
    """What x = … follows from: all that is set to zero."""
    if not equations:
        return None
    return equations[0] if len(equations) == 1 else Several("and", tuple(equations), equations[0].place)


def found_in(premise: Node, line: Line) -> bool:
    """The line found what the premise sets to zero."""
    statement = line.statement
    equations = premise.parts if isinstance(premise, Several) else (premise,)
    return isinstance(statement, Relation) and any(
        isinstance(each, Relation) and each.left is statement.right for each in equations
    )


def letters_in(node: Node) -> frozenset[str]:
    """The letters of a tree."""
    return frozenset(letter_key(each) for each in walk(node) if isinstance(each, Letter))
