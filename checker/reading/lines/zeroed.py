"""What "setting it to zero" sets to zero: what the derivatives displayed before it were found to be."""

from __future__ import annotations

import re
from collections.abc import Sequence

from checker.reading.grammar.formula import parse
from checker.reading.known.letters import letters_in
from checker.reading.lines.course import Course
from checker.reading.lines.records import Line, Zeroed
from checker.reading.syntax import (
    Call,
    Derivative,
    Gradient,
    Letter,
    Node,
    Number,
    Relation,
    Scripted,
    Several,
    same,
    walk,
)
from checker.reading.tex.tokens import Place, Source, Unreadable, tokenize
from checker.reading.tex.trees import items_of
from checker.reading.words.cues import gets_from_zero, sets_to_zero, settings, stationary, vanishing

_SEVERAL = re.compile(r"\b(?:them|these|both|each|all|derivatives|gradients|partials|equations)\b", re.IGNORECASE)
_BY = re.compile(r"(?:with respect to|w\.?\s?r\.?\s?t\.?)\s+\$([^$]+)\$", re.IGNORECASE)
_MOST = 6
"""Derivatives that "them" may mean."""


def zeroed(c: Course, words: str) -> tuple[Zeroed, ...]:
    """D = 0 for the derivative that stands before such words in its part, for all of them where they are several.

    D is the last member of the chain that begins with the derivative. Nothing where the words set nothing to zero, or
    no derivative stands before them.
    """
    if not (sets_to_zero(words) or gets_from_zero(words)):
        return ()
    return _found_before(c, words)[-(_MOST if _SEVERAL.search(words) else 1) :]


def _found_before(c: Course, words: str, *, named: bool = False) -> tuple[Zeroed, ...]:
    """D = 0 for each derivative that stands before the words in its part, those by what the words name.

    named: of functions by their names alone.
    """
    variable = _variable(c, words)
    found: dict[int, Zeroed] = {}
    begun: dict[int, Node] = {}
    for line in c.lines:
        statement = line.statement
        if line.problem is not None or line.sign != "=" or not isinstance(statement, Relation):
            continue
        head = begun.setdefault(line.chain, statement.left)
        if variable is not None and not _is_by(head, variable) or named and not _is_of_a_name(head):
            continue
        if is_derivative(head) and line.role != "imposed" and not line.arrow:
            zero = Number("0", line.place)
            equation = Relation("=", statement.right, zero, line.place)
            found[line.chain] = Zeroed(equation, _differentiated_by(head), len(c.lines))
    return tuple(found.values())


def unsaid(c: Course, left: Node) -> tuple[Zeroed, ...]:
    """D = 0 for the last derivative of a named function by x, for x = …, where nothing in its part is imposed on x."""
    heads: dict[int, Node] = {}
    for line in c.lines:
        if not isinstance(line.statement, Relation):
            continue
        head = heads.setdefault(line.chain, line.statement.left)
        equation = line.imposed or (line.statement if line.role == "imposed" else None)
        by = _differentiated_by(head) or (letters_in(equation) if equation is not None else frozenset())
        if equation is not None and any(isinstance(each, Letter) and each.name in by for each in walk(left)):
            return ()
    found = _found_before(c, "", named=True)
    return tuple([each for each in found if is_by(each, left)][-1:])


def is_derivative(node: Node) -> bool:
    """∂f/∂x, ∇f, or f'(x)."""
    if isinstance(node, Call):
        return isinstance(node.function, Scripted) and node.function.primes > 0
    return isinstance(node, (Derivative, Gradient))


def _variable(c: Course, words: str) -> Node | None:
    """What the derivative is by, where the words say it: "with respect to $\\mu$"."""
    named = _BY.findall(words)
    return _parsed(c, named[0]) if len(set(named)) == 1 else None


def _parsed(c: Course, formula: str) -> Node | None:
    place = Place(1, 1)
    try:
        return parse(items_of(tokenize(Source(formula, place))), c.scope.lexicon, place)
    except (Unreadable, RecursionError):
        return None


def _is_by(head: Node, variable: Node) -> bool:
    """The derivative is by the variable, or by what is not said."""
    if isinstance(head, Derivative):
        return any(same(each, variable) for each in head.variables)
    return not isinstance(head, Gradient) or head.variable is None or same(head.variable, variable)


def _is_of_a_name(head: Node) -> bool:
    body = head.body if isinstance(head, (Derivative, Gradient)) else None
    return isinstance(body, (Letter, Scripted, Call))


def _differentiated_by(head: Node) -> frozenset[str]:
    """The letters of what a derivative is by."""
    if isinstance(head, Derivative):
        nodes = list(head.variables)
    elif isinstance(head, Gradient):
        nodes = [head.variable] if head.variable is not None else []
    else:
        nodes = list(head.arguments) if isinstance(head, Call) else []
    bases = [node.base if isinstance(node, Scripted) else node for node in nodes]
    return frozenset(base.name for base in bases if isinstance(base, Letter))


def standing(c: Course, words: str) -> tuple[Zeroed, ...]:
    """D = 0 for what the sentences before a display set to zero, wherever in them, and for what they say is zero."""
    found = [each for sentence in settings(words) for each in zeroed(c, sentence)]
    found += [each for sentence in stationary(words) for each in _found_before(c, sentence)[-_MOST:]]
    for formula in vanishing(words):
        node = _parsed(c, formula[: formula.rindex("=")])
        if node is not None and is_derivative(node):
            equation = Relation("=", node, Number("0", node.place), node.place)
            found.append(Zeroed(equation, _differentiated_by(node), len(c.lines)))
    return tuple(found)


def is_by(each: Zeroed, node: Node) -> bool:
    """What is set to zero is a derivative by a letter of a tree, whatever hat it wears."""
    return any(isinstance(letter, Letter) and letter.name in each.letters for letter in walk(node))


def premise_for(found: Sequence[Zeroed], left: Node) -> Node | None:
    """What x = … follows from: what is set to zero of the derivatives by x, or all that is."""
    equations = [each.equation for each in found if is_by(each, left)] or [each.equation for each in found]
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
