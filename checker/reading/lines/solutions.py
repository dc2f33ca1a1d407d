"""Solutions: a letter with a hat, a star or MLE behind an equation that is imposed on it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from checker.reading.known.names import name_of
from checker.reading.known.scope import Shorthand
from checker.reading.lines.course import Course
from checker.reading.meaning.naming import is_new
from checker.reading.syntax import Letter, Node, Phrase, Relation, Scripted, children, same, spelled, walk
from checker.reading.tex.tokens import Beyond

_SOLVING = re.compile(
    r"\b(?:mles?|likelihood|estimat\w+|optim\w+|minim\w+|maxim\w+|extrem\w+|solv\w+|zero|0|vanish\w*|stationary|critical)\b",
    re.IGNORECASE,
)
_MARKS = ("hat", "star")
_LABELS = ("ML", "MLE", "MAP", "ml", "mle", "map", "opt", "OLS", "ols")


def note_solutions(c: Course, left: Node, right: Node) -> None:
    """A known letter with a hat, a star or MLE after an imposed equation is that variable's solution.

    Raises Beyond for two of its forms in one statement, as in θ̂ − θ or θ_MAP ≤ θ_ML, which are not the same there.
    """
    if not c.imposed_letters:
        return
    forms: dict[str, set[str]] = defaultdict(set)
    for node in _names(left, right):
        bare = name_of(without_marks(node), c.scope)
        if bare is not None and bare.key in c.imposed_letters:
            forms[bare.family].add(_marks_of(node))
            if len(forms[bare.family]) > 1:
                raise Beyond(f"{bare.key} beside another form of it, with a hat, a star or a label", node.place)
    for node in (*walk(left), *walk(right)):
        plain = without_marks(node)
        if plain is node:
            continue
        name, bare = name_of(node, c.scope), name_of(plain, c.scope)
        if name is None or bare is None or name.power is None and not is_new(name, c.scope):
            continue
        if bare.key in c.imposed_letters:
            shorthand = Shorthand(node, plain)
            c.scope = replace(c.scope, aliases=(*c.scope.aliases, shorthand))


def is_solution(words: str, left: Node) -> bool:
    """The words before x = …, or a mark on x, say that it is where a derivative is zero."""
    return bool(_SOLVING.search(words)) or without_marks(left) is not left


def solved_before(c: Course, left: Node, right: Node) -> tuple[Relation, ...]:
    """μ = μ̂ of a solution σ̂² = … with μ̂ on its right, which is known from before: both are the solution's.

    Only on the right of a letter that is itself a solution of what is imposed.
    """
    if not c.imposed_letters or not any(_solves(c, node) for node in _names(left)):
        return ()
    marked = {spelled(node): node for node in _names(right) if _solves(c, node)}
    pairs = [(without_marks(node), node) for node in marked.values()]
    return tuple(
        Relation("=", plain, node, node.place)
        for plain, node in pairs
        if not any(same(each.short, node) and same(each.long, plain) for each in c.scope.aliases)
    )


def _solves(c: Course, node: Node) -> bool:
    """The name has the mark of a solution, of a letter of what is imposed."""
    plain = without_marks(node)
    bare = name_of(plain, c.scope) if plain is not node else None
    return bare is not None and name_of(node, c.scope) is not None and bare.key in c.imposed_letters


def _names(*roots: Node) -> Iterator[Node]:
    """The letters and the scripted names, but for the letters in these."""
    for root in roots:
        if isinstance(root, Letter) or isinstance(root, Scripted) and isinstance(root.base, Letter):
            yield root
        else:
            yield from _names(*children(root))


def _marks_of(node: Node) -> str:
    """The marks that a name has beyond its plain form, to be compared."""
    letter = node.base if isinstance(node, Scripted) else node
    marks = [each for each in letter.accents if each in _MARKS] if isinstance(letter, Letter) else []
    scripts = (*node.sub, node.sup) if isinstance(node, Scripted) else ()
    return " ".join([*marks, *(s.text for s in scripts if isinstance(s, Phrase) and s.text in _LABELS)])


def without_marks(node: Node) -> Node:
    """The name without its hats, stars and labels of solutions."""
    while (plain := _without_mark(node)) is not None:
        node = plain
    return node


def _without_mark(node: Node) -> Node | None:
    """The name without its hat, star or MLE."""
    if isinstance(node, Letter) and node.accents and node.accents[-1] in _MARKS:
        return replace(node, accents=node.accents[:-1])
    if isinstance(node, Scripted) and isinstance(node.base, Letter):
        if node.base.accents and node.base.accents[-1] in _MARKS:
            return replace(node, base=replace(node.base, accents=node.base.accents[:-1]))
        labels = [s for s in node.sub if isinstance(s, Phrase) and s.text in _LABELS]
        if labels:
            sub = tuple(s for s in node.sub if s not in labels)
            if sub or node.sup is not None or node.primes:
                return replace(node, sub=sub)
            return node.base
        if isinstance(node.sup, Phrase) and node.sup.text in _LABELS:
            return replace(node, sup=None) if node.sub else node.base
    return None
