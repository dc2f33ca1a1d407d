"""Making a counterexample small: small sizes, one-digit values, and only the names that matter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import product

from flint import fmpq

from checker.evaluate import formatting
from checker.evaluate.arithmetic import Number
from checker.evaluate.compiling import Closure
from checker.evaluate.errors import Refused, Uncertain, Undefined
from checker.evaluate.instances import Contradiction, Instance
from checker.evaluate.names import Key
from checker.evaluate.relations import Line
from checker.evaluate.sampling import Recipe, Style, choices
from checker.evaluate.state import State
from checker.verdict import Counterexample

Fails = Callable[[Recipe], Instance | None]
"""The instance of a recipe, if the claim is still shown to fail there."""

SIMPLEST = tuple(fmpq(*pair) for pair in ((1, 1), (2, 1), (0, 1), (-1, 1), (3, 1), (1, 2), (-2, 1), (1, 4), (1, 3)))
MAX_NAMES, MAX_TRIES = 14, 160


def shrunk(instance: Instance, fails: Fails) -> Instance:
    """A simpler instance at which the claim fails as well, or the same one."""
    tries = _Tries(fails)
    instance = _smaller(instance, tries)
    return _simpler(instance, tries)


class _Tries:
    """Asks at most MAX_TRIES times, so that shrinking stays cheap."""

    def __init__(self, fails: Fails) -> None:
        self.fails, self.left = fails, MAX_TRIES

    def __call__(self, recipe: Recipe) -> Instance | None:
        if self.left <= 0:
            return None
        self.left -= 1
        try:
            return self.fails(recipe)
        except (Refused, Contradiction):
            return None


def _smaller(instance: Instance, fails: _Tries) -> Instance:
    recipe = instance.recipe
    for sizes in _rows(recipe.sizes):
        for pattern in (0, 1, 2):
            for number in (1, 2):
                indices = recipe.indices if number == 1 else {}
                smaller = replace(recipe, seed=recipe.seed + number, sizes=sizes, indices=indices, pattern=pattern)
                found = fails(replace(smaller, style=Style.PLAIN, signs={}))
                if found is not None:
                    return found
    return fails(replace(recipe, style=Style.PLAIN)) or instance


def _rows(sizes: object) -> Iterator[dict[str, int]]:
    """Smaller sizes, the smallest sum first."""
    current = dict(sizes)  # type: ignore[call-overload]
    names = list(current)
    rows = [row for row in product((1, 2, 3), repeat=min(len(names), 4)) if sum(row) <= sum(list(current.values())[:4])]
    for row in sorted(rows, key=lambda row: (sum(row), row))[:14]:
        yield {**{name: min(current[name], 2) for name in names}, **dict(zip(names, row, strict=False))}


def _simpler(instance: Instance, fails: _Tries) -> Instance:
    """One name after the other gets the simplest value with which the claim still fails and all is simpler."""
    for key in instance.drawn[:MAX_NAMES]:
        current = instance.state.values.get(key)
        for candidate in _candidates(instance, key):
            if candidate == current:
                break
            recipe = replace(instance.recipe, overrides={**instance.recipe.overrides, key: candidate})
            found = fails(recipe)
            if found is not None and _length(found) <= _length(instance):
                instance = found
                break
    return instance


def _length(instance: Instance) -> int:
    """How much there is to read."""
    return sum(len(formatting.exact_text(value)) for value in instance.state.values.values())


def _candidates(instance: Instance, key: Key) -> list[Number]:
    within = instance.program.value_range(key)
    if within is not None:
        try:
            possible = choices(within, instance.state)
        except Undefined:
            return []
        return [fmpq(value) for value in possible[:3]]
    domain = instance.domain(key)
    allowed = [value for value in SIMPLEST if domain.contains(value)]
    # what was solved for began with a random value, as numbers do that are scaled to sum to one
    return allowed[:2] if key in instance.solved else allowed


def values(instance: Instance, shown_lines: Iterable[Line]) -> dict[str, str]:
    """The names that the statement reads, the sizes, and the indices of the lines shown, with their values."""
    state = instance.state
    read = dict.fromkeys(symbol for line in shown_lines for symbol in line.symbols)
    shown: dict[Key, Number] = {}
    for name in (*instance.program.sizes, *instance.program.indices):
        if name in read and name in state.values:
            shown[name] = state.values[name]
    names = dict.fromkeys(_base(key) for key in _read(instance, instance.program.lines))
    found = dict.fromkeys((*instance.drawn, *instance.solved))
    keys = [key for key in found if _base(key) in names and key in state.values]
    order = {name: place for place, name in enumerate(names)}
    for key in sorted(keys, key=lambda key: _place(key, order)):
        shown[key] = state.values[key]
    return {formatting.name(key): formatting.exact_text(value) for key, value in shown.items()}


def _base(key: Key) -> str:
    return key if isinstance(key, str) else str(key[0])


def _read(instance: Instance, lines: Iterable[Line]) -> list[Key]:
    """The names that the lines read at the instance."""
    state = instance.state
    found: dict[Key, None] = {}

    def reading(e: State) -> None:
        for run in (side for line in lines for side in _sides(line)):
            try:
                run(e)
            except (Undefined, Uncertain):
                continue
        found.update(e.trace or {})

    state.traced(reading)
    return list(found)


def _sides(line: Line) -> Iterator[Closure]:
    yield from line.sides
    for part in line.parts:
        yield from _sides(part)


def _place(key: Key, order: dict[str, int]) -> tuple[int, tuple[int, ...]]:
    """Names as they were first read, the entries of a family by their indices."""
    return (order[key], ()) if isinstance(key, str) else (order[key[0]], key[1:])


def counterexample(
    instance: Instance, shown: Iterable[Line], left: Number | None, right: Number | None
) -> Counterexample:
    """The instance with the values of both sides."""
    return Counterexample(values(instance, shown), *formatting.side_texts(left, right))
