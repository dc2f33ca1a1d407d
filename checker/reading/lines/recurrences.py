"""What a recurrence says at the places of a statement: T_{n+1} = 2T_n + 1 with T_0 = 1, of T_2, or of T_{m+2}.

Its index runs from where the sequence begins, as far as one likes; each instance follows from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from sympy import Add, Basic, Eq, Expr, Indexed, IndexedBase, Integer, Symbol, evaluate

MOST_STEPS = 12


class TooMany(Exception):
    """More steps than MOST_STEPS lie between the places."""


def steps(facts: Sequence[Basic], trees: Iterable[Basic], endless: Callable[[Symbol], bool]) -> list[Basic]:
    """Instances of the recurrences among the facts between the places at which the trees have members of a sequence.

    endless: whether no set is known of an index. Raises TooMany where the places are too far apart.
    """
    found: list[Basic] = []
    trees = [*trees, *facts]
    for fact in facts:
        for index, base, offsets in _recurrences(fact, endless):
            others = [each for each in trees if each is not fact]
            for start, first, last in _stretches(base, others, facts):
                count = last - max(offsets) - (first - min(offsets)) + 1
                if count > MOST_STEPS:
                    raise TooMany
                found += [_at(fact, index, start, first - min(offsets) + step) for step in range(count)]
    return [each for each in dict.fromkeys(found) if each not in facts]


def _recurrences(fact: Basic, endless: Callable[[Symbol], bool]) -> Iterator[tuple[Symbol, IndexedBase, set[int]]]:
    """The index, the sequence, and how far its members in the equation stand from the index."""
    if not isinstance(fact, Eq):
        return
    for base in sorted({each.base for each in fact.atoms(Indexed)}, key=str):
        places = [_place(each) for each in fact.atoms(Indexed) if each.base == base]
        letters = {place[0] for place in places if place is not None}
        offsets = {place[1] for place in places if place is not None}
        index = next(iter(letters)) if None not in places and len(letters) == 1 else None
        if isinstance(index, Symbol) and index in fact.free_symbols and len(offsets) > 1 and endless(index):
            yield index, base, offsets


def _stretches(base: IndexedBase, trees: Sequence[Basic], facts: Sequence[Basic]) -> Iterator[tuple[Expr, int, int]]:
    """From where to where the trees have members of the sequence: at letters, and at numbers from its beginning."""
    places: dict[Expr, list[int]] = {}
    for each in trees:
        free = each.free_symbols
        for node in each.atoms(Indexed):
            place = _place(node) if node.base == base else None
            if place is not None and (place[0] == 0 or place[0] in free):
                places.setdefault(place[0], []).append(place[1])
    begun = [p[1] for f in facts for n in f.atoms(Indexed) if n.base == base and (p := _place(n)) and p[0] == 0]
    for start, offsets in places.items():
        if start != 0:
            yield start, min(offsets), max(offsets)
        elif begun:
            yield start, min(begun), max(offsets)


def _place(node: Indexed) -> tuple[Expr, int] | None:
    """A letter, or 0, and how far from it the only index is; None where it is anything else."""
    if len(node.indices) != 1:
        return None
    with evaluate(True):
        offset, rest = node.indices[0].doit().as_coeff_Add()
    if not isinstance(offset, Integer) or not (rest == 0 or isinstance(rest, Symbol)):
        return None
    return rest, int(offset)


def _at(fact: Basic, index: Symbol, start: Expr, step: int) -> Basic:
    """The recurrence with start + step for its index."""
    moved: dict[Basic, Expr] = {index: _sum(start, step)}
    for node in fact.atoms(Indexed):
        place = _place(node)
        if place is not None and place[0] == index:
            moved[node] = Indexed(node.base, _sum(start, place[1] + step))
    with evaluate(False):
        return fact.xreplace(moved)


def _sum(start: Expr, step: int) -> Expr:
    if start == 0 or step == 0:
        return start if step == 0 else Integer(step)
    return Add(start, step, evaluate=False)
