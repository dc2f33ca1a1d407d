"""A name that a text defines again: for another thing under another heading, or for what may be another.

L = H + λ(Σ p_k − 1)   under one heading, and L = uᵀSu + λ(1 − uᵀu) under the next, are two functions
r = xᵀy                and r = xᵀx behind "(b)" may be two numbers, or the second a claim
"""

from __future__ import annotations

from dataclasses import replace

from checker.reading.known.letters import letters_in
from checker.reading.known.names import name_of
from checker.reading.known.scope import Definition, Scope
from checker.reading.lines.chains import Link
from checker.reading.lines.course import Course
from checker.reading.meaning.naming import occurs_in
from checker.reading.syntax import Letter, Node, Relation
from checker.reading.tex.tokens import Beyond, Place

_MULTIPLIERS = frozenset(("lambda", "mu", "nu", "alpha", "beta", "gamma", "eta"))


def forget_other(c: Course, link: Link, relation: Relation) -> None:
    """Forget what a name was defined as under another heading, where the display gives it a formula of other things.

    Raises Beyond where the name may be defined anew or the display a claim; what it was is not put in from then on.
    """
    left = relation.left
    if c.question is not None or not link.first or link.arrow or link.sign not in ("=", ":="):
        return
    name = name_of(left, c.scope) if isinstance(left, Letter) else None
    known = c.scope.definition_of(name.family) if name is not None and name.power is None else None
    if name is None or known is None or known.parameters or occurs_in(name.family, relation.right, c.scope):
        return
    before = _part_of(c, known)
    if before is not None and before < len(c.parts) - 1 and _is_apart(known.body, relation.right, c.scope):
        _forget(c, known)
    elif before is not None and not _same_letters(known.body, relation.right) and _is_before(known, c.marked):
        _forget(c, known)
        c.scope = replace(c.scope, used=c.scope.used | {name.family})
        raise Beyond(f"{name.key} of other names than before the question began, which may be another one", left.place)


def _part_of(c: Course, known: Definition) -> int | None:
    """The part in which a display defines the name; None where words do."""
    place = known.left.place
    return next(
        (
            number
            for number, (_, _, lines) in enumerate(c.parts)
            for line in lines
            if line.role == "definition" and isinstance(line.statement, Relation) and line.statement.left.place == place
        ),
        None,
    )


def _is_before(known: Definition, marked: Place | None) -> bool:
    """The name was defined before the item of a list that the text is in."""
    place = known.left.place
    return marked is not None and (place.line, place.column) < (marked.line, marked.column)


def _forget(c: Course, known: Definition) -> None:
    kept = tuple(each for each in c.scope.definitions if each.family != known.family)
    c.scope = replace(c.scope, definitions=kept, used=c.scope.used - {known.family})


def _is_apart(one: Node, other: Node, scope: Scope) -> bool:
    """The formulas, with what their names are defined as, have no quantity in common but multipliers."""
    mine, others = _quantities(one, scope), _quantities(other, scope)
    shared = {key for key in mine & others if key not in _MULTIPLIERS or not scope.is_undeclared(key)}
    return bool(mine - others) and bool(others - mine) and not shared


def _quantities(node: Node, scope: Scope) -> frozenset[str]:
    """The letters of a formula and of what defines them, but for indices and sizes."""
    found: set[str] = set()
    waiting = [node]
    while waiting:
        for key in letters_in(waiting.pop()) - found:
            found.add(key)
            waiting += [each.body for each in scope.definitions if each.key == key]
    return frozenset(found - scope.lexicon.indices - scope.sizes - set(scope.index_sets))


def _same_letters(one: Node, other: Node) -> bool:
    return letters_in(one) == letters_in(other)
