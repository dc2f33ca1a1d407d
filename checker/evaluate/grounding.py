"""Relations at an instance: a free index runs over its whole set, And is split, and of an Or one part is chosen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product

from checker.evaluate.errors import Refused, Undefined
from checker.evaluate.program import Program
from checker.evaluate.randomness import Stream
from checker.evaluate.relations import Line, Truth, truth
from checker.evaluate.sampling import choices
from checker.evaluate.state import State

MAX_GROUND = 400
"""Of relations that are evaluated at each value."""


@dataclass(frozen=True)
class Ground:
    """A relation at one value of each of its free indices."""

    line: Line
    binding: tuple[tuple[str, int], ...]


@contextmanager
def bound(state: State, binding: tuple[tuple[str, int], ...]) -> Iterator[None]:
    """The state with these index values; puts the old ones back."""
    before = [(name, state.ints.get(name), state.values.get(name)) for name, _ in binding]
    for name, value in binding:
        state.assign_int(name, value)
    try:
        yield
    finally:
        for name, index, number in before:
            if index is None:
                state.ints.pop(name, None)
                state.values.pop(name, None)
            else:
                state.ints[name], state.values[name] = index, number
        state.memo.clear()


def simple(line: Line, random: Stream) -> list[Line]:
    """The relations that make up a line, with one part chosen of each Or."""
    if line.head == "And":
        return [relation for part in line.parts for relation in simple(part, random)]
    if line.head == "Or" and line.parts:
        return simple(random.choice(line.parts), random)
    return [line]


def index_names(line: Line, program: Program) -> list[str]:
    """The free indices of a line; not those that stand for a value, as an observed class."""
    return [name for name in line.symbols if name in program.indices and not program.is_value(name)]


def ground(
    line: Line,
    program: Program,
    state: State,
    among: list[Line],
    limit: int = MAX_GROUND,
    names: list[str] | None = None,
) -> list[Ground]:
    """The relation at all values of its free indices that satisfy the relations between indices in `among`.

    names: other indices than its free ones, also those that stand for a value. Raises Refused for more than the limit.
    """
    names = index_names(line, program) if names is None else names
    if not names:
        return [Ground(line, ())]
    try:
        ranges = [choices(program.indices[name], state) for name in names]
    except Undefined:
        return []
    count = 1
    for possible in ranges:
        count *= len(possible)
    if count > limit:
        raise Refused(f"a relation for {count} values of its free indices; the limit is {limit}")
    relevant = [relation for relation in among if set(index_names(relation, program)) <= set(names)]
    found = []
    for values in product(*ranges):
        binding = tuple(zip(names, values, strict=True))
        if not relevant or _allowed(relevant, state, binding):
            found.append(Ground(line, binding))
    return found


def _allowed(relations: list[Line], state: State, binding: tuple[tuple[str, int], ...]) -> bool:
    with bound(state, binding):
        return all(truth(relation, state) is Truth.TRUE for relation in relations)


def holds(relation: Ground, state: State) -> bool:
    """Whether the relation is shown to hold (a near equation is not)."""
    with bound(state, relation.binding):
        return truth(relation.line, state) is Truth.TRUE
