"""Values at which inequalities hold: names that one which fails reads are drawn anew until all hold.

Of N_cd ≤ N_c for all c and d hardly any random numbers have all at once, so that a draw is mended, not thrown away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from checker.evaluate.grounding import Ground, holds
from checker.evaluate.names import Key
from checker.evaluate.randomness import Stream
from checker.evaluate.state import State

STEPS = 24
"""How many relations are mended at most."""
DRAWS = 4
"""How many values are tried for a name."""


def satisfied(
    relations: Sequence[Ground],
    state: State,
    random: Stream,
    names: Callable[[Ground], Iterable[Key]],
    restart: Callable[[Key], None],
) -> bool:
    """Whether all relations hold, where they must with other values of the names that may be changed.

    names: those that a relation reads and that may be changed. restart: gives one another random value.
    """
    for _ in range(STEPS):
        failing = [relation for relation in relations if not holds(relation, state)]
        if not failing:
            return True
        if not _mended(random.choice(failing), state, random, names, restart):
            return False
    return False


def _mended(
    relation: Ground,
    state: State,
    random: Stream,
    names: Callable[[Ground], Iterable[Key]],
    restart: Callable[[Key], None],
) -> bool:
    """Give one name another value, with which the relation holds where one is found; False where none may change."""
    free = random.shuffled(names(relation))
    for key in free:
        before = state.values[key]
        for _ in range(DRAWS):
            restart(key)
            if holds(relation, state):
                return True
        state.assign(key, before)
    if free:
        restart(free[0])
    return bool(free)
