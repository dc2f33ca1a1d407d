"""Instances at which a claim may fail that agreed at random ones: coincidences, extreme values, and turning points.

Tried only where there is no proof. Each stage has its own budget, and what is too much work is left out:

    coincidences   free indices equal and different, values of indices in every combination
    ties           where ≤ is =, and where names have one value: u ≤ v does not give Σ u < Σ v
    values         around the constants that the statement names, near zero, and large
    sizes          larger ones, and around these constants
    turns          where compared sides meet, one name after the other
    jointly        where several comparisons come out otherwise at once, as in 1[x = 2] 1[z = 3]
    equalities     where compared sides are equal, solved for together with what is given
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import combinations, islice, product
from typing import Any

from flint import fmpq

from checker.evaluate.arithmetic import ZERO, Number
from checker.evaluate.comparisons import Comparison, Sight, Watch
from checker.evaluate.contradictions import contradictory, never
from checker.evaluate.errors import Refused, Uncertain, Undefined
from checker.evaluate.instances import Contradiction, Demands, Instance, prepared
from checker.evaluate.names import Key
from checker.evaluate.program import Program
from checker.evaluate.randomness import stream
from checker.evaluate.relations import Line
from checker.evaluate.sampling import Recipe, choices
from checker.evaluate.state import Budget, State
from checker.evaluate.turning import Difference, around, irrational, places, polynomial

STAGE_WORK = 200_000
MOST, MOST_SOLVED = 300, 40
"""How many instances a stage tries, and how many where each one is a solution of equations."""

MAX_NAMES, MAX_ENTRIES, MAX_CONSTANTS, MAX_COMPARISONS, MAX_TURNED, MAX_AT_ONCE = 6, 2, 5, 16, 3, 4
SPREAD = tuple(
    fmpq(*pair)
    for pair in (
        (0, 1),
        (1, 1000),
        (-1, 1000),
        (3, 1),
        (-3, 1),
        (10, 1),
        (-10, 1),
        (25, 1),
        (100, 1),
        (-100, 1),
        (1000, 1),
        (-1000, 1),
        (10**6, 1),
        (-(10**6), 1),
    )
)
TOGETHER = tuple(fmpq(*pair) for pair in ((0, 1), (1, 1000), (-1, 1000), (1, 1), (3, 1), (1000, 1), (-1000, 1)))
TIED = tuple(fmpq(*pair) for pair in ((0, 1), (1, 1), (2, 1), (1, 2), (-1, 1)))
WHOLE = {1: range(13), 2: range(9), 3: (0, 1, 2, 5, 7)}
LARGER = (5, 7)
LARGEST = 2000

Asked = tuple[Instance, bool] | None
Ask = Callable[[Recipe, Demands, Budget], Asked]
"""The instance of a recipe and whether the claim holds there; None where it has no meaning there."""

Turned = tuple[Instance, Key, Number]

Trying = Iterator[tuple[Recipe, Demands]]


@dataclass
class Extremes:
    """The search. `claims` are relations whose sides are compared by the claim itself.

    turned: for comparisons the values of names at which they come out otherwise. refused: comparisons at whose turning
    points the claim was too much work, or has no exact value. followed: comparisons that are polynomials in each of
    their names, so that every turning point was seen, with the number of these names; None for others.
    """

    program: Program
    wanted: Demands
    ask: Ask
    rows: list[dict[str, int]]
    seed: int
    watch: Watch
    claims: list[Line]
    solved: bool
    agreeing: int = 0
    budget: Budget = field(default_factory=lambda: Budget(STAGE_WORK))
    refused: set[int] = field(default_factory=set)
    followed: dict[int, int | None] = field(default_factory=dict)
    at: int = -1
    turned: dict[int, list[Turned]] = field(default_factory=dict)

    def failing(self) -> Instance | None:
        """An instance at which the claim is shown to fail, or None."""
        for stage in (
            self._coincidences,
            self._ties,
            self._values,
            self._sizes,
            self._turns,
            self._jointly,
            self._equalities,
        ):
            self.budget, self.at = Budget(STAGE_WORK), -1
            try:
                for recipe, wanted in islice(stage(), MOST_SOLVED if self.solved else MOST):
                    found = self._asked(recipe, wanted)
                    if found is not None and not found[1]:
                        return found[0]
            except (Refused, Contradiction, Undefined, Uncertain):
                continue
        return None

    def _asked(self, recipe: Recipe, wanted: Demands | None = None) -> Asked:
        """What the claim says at the recipe; raises Refused where the stage has no work left."""
        try:
            found = self.ask(recipe, wanted or self.wanted, self.budget)
        except (Refused, Contradiction) as refusal:
            if self.at >= 0 and isinstance(refusal, Refused):
                self.refused.add(self.at)
            if self.budget.left < 0:
                raise
            return None
        self.agreeing += found is not None and found[1]
        return found

    def _start(self, row: dict[str, int], indices: dict[str, int] | None = None) -> Instance | None:
        """An instance to begin from, whose names are drawn."""
        for number in range(4):
            found = self._asked(Recipe(self.seed + 500 + number, row, indices or {}, pattern=0 if number < 2 else 2))
            if found is not None:
                return found[0]
        return None

    # coincidences

    def _coincidences(self) -> Trying:
        program = self.program
        row = self.rows[0] if self.wanted.sizes else dict.fromkeys(program.sizes, 2)
        if not program.indices and not any(map(program.compiler.usage.index_family, program.compiler.usage.families)):
            return
        random = stream(self.seed, "coincidences")
        for indices in random.shuffled(self._index_rows(row, 3))[:16]:
            recipe = Recipe(self.seed + 600, row, indices)
            yield recipe, self.wanted
            start = self._start(row, indices)
            if start is None:
                continue
            keys = [key for key in start.drawn if not isinstance(key, str) and program.value_range(key)][:4]
            allowed = [choices(program.value_range(key), start.state)[:3] for key in keys]
            for values in random.shuffled(product(*allowed))[:16] if keys else ():
                overrides = {key: fmpq(value) for key, value in zip(keys, values, strict=True)}
                yield replace(start.recipe, overrides=overrides), self.wanted

    def _index_rows(self, row: dict[str, int], most: int) -> list[dict[str, int]]:
        """Values of the free indices at these sizes: the first ones of each set in every combination."""
        state = prepared(self.program, replace(self.wanted, indices=()), Recipe(self.seed, row), self.budget)
        if state is None:
            return []
        names = list(self.program.indices)[:4]
        sets = [choices(self.program.indices[name], state) for name in names]
        return [dict(zip(names, values, strict=True)) for values in product(*(one[:most] for one in sets))]

    def _corners(self, row: dict[str, int]) -> Iterator[dict[str, int]]:
        """Free indices at either end of their sets."""
        state = prepared(self.program, replace(self.wanted, indices=()), Recipe(self.seed, row), self.budget)
        if state is None:
            return
        names = list(self.program.indices)[:3]
        sets = [choices(self.program.indices[name], state) for name in names]
        for values in product(*((one[0], one[-1]) for one in sets)):
            yield dict(zip(names, values, strict=True))

    # ties

    def _ties(self) -> Trying:
        """Where each ≤ that is given is =, one or all at once, and where all names have one value."""
        weak = [line for line in self.wanted.others if line.head in ("Le", "Ge")]
        if not weak and not any(line.head in ("Lt", "Gt", "Ne") for line in self.claims):
            return
        for tied in dict.fromkeys((tuple(weak), *((line,) for line in weak))) if weak else ():
            others = [replace(line, head="Eq") if line in tied else line for line in self.wanted.others]
            for number in range(2):
                recipe = Recipe(self.seed + 650 + number, self.rows[number % len(self.rows)], pattern=number)
                yield recipe, replace(self.wanted, others=tuple(others))
        for row in self.rows[:2]:
            start = self._start(row)
            if start is not None:
                free = [key for key in start.drawn if self._free(key)]
                for value in TIED:
                    yield (
                        self._with(start, {key: value for key in free if start.domain(key).contains(value)}),
                        self.wanted,
                    )

    # values

    def _values(self) -> Trying:
        start = self._start(self.rows[0])
        if start is None:
            return
        keys = self._names(start)
        whole = [key for key in keys if start.domain(key).integer][:3]
        for values in product(*([fmpq(value) for value in WHOLE[len(whole)]] for _ in whole)) if whole else ():
            if all(start.domain(key).contains(value) for key, value in zip(whole, values, strict=True)):
                yield self._with(start, dict(zip(whole, values, strict=True))), self.wanted
        for value in TOGETHER:
            yield self._with(start, {key: value for key in keys if start.domain(key).contains(value)}), self.wanted
        for value in dict.fromkeys((*SPREAD, *self._near_constants())):
            for key in keys:
                if start.domain(key).contains(value):
                    yield self._with(start, {key: value}), self.wanted

    def _names(self, start: Instance) -> list[Key]:
        """The names that were drawn and may have any value, of a family the first few entries."""
        found: list[Key] = []
        for key in start.drawn:
            entries = sum(not isinstance(other, str) and other[0] == key[0] for other in found)
            if self._free(key) and (isinstance(key, str) or entries < MAX_ENTRIES):
                found.append(key)
        return found[:MAX_NAMES]

    def _free(self, key: Key) -> bool:
        name = key if isinstance(key, str) else key[0]
        bounds = self.program.compiler.usage.family_bounds
        return self.program.value_range(key) is None and name not in bounds and key not in self.program.sizes

    def _constants(self) -> list[Number]:
        """The numbers that stand in the statement and are not small, the last ones read being those of the facts."""
        found = dict.fromkeys(abs(value) for value in self.program.compiler.constants)
        return [value for value in found if value > 2 or 0 < value < fmpq(1, 4)][:MAX_CONSTANTS]

    def _near_constants(self) -> Iterator[Number]:
        for constant in self._constants():
            for value in (constant, constant + 1, constant - 1, constant / 2, constant * 2, constant * 3):
                yield value
                yield -value
            yield constant * fmpq(999, 1000)
            yield constant * fmpq(1001, 1000)

    @staticmethod
    def _with(start: Instance, overrides: dict[Key, Number]) -> Recipe:
        return replace(start.recipe, overrides={**start.recipe.overrides, **overrides})

    # sizes

    def _sizes(self) -> Trying:
        named = [int(value.p) for value in self._constants() if value.q == 1 and value <= LARGEST]
        around_named = (size for value in named for size in (value, value + 1, value - 1))
        names = [name for name in self.program.sizes if name in self.program.relevant][:3]
        for size in dict.fromkeys((*LARGER, *around_named)):
            for name in names:
                row = {**self.rows[0], name: size}
                for indices in self._corners(row):
                    yield Recipe(self.seed + 700, row, indices), self.wanted
                if self.program.indices:
                    yield Recipe(self.seed + 701, row), self.wanted

    # turns

    def _compared(self) -> Iterator[tuple[int, Comparison, list[Sight]]]:
        """Comparisons with where they were made; a relation of the claim has no number, which is −1."""
        for number, outcomes in list(self.watch.seen.items())[:MAX_COMPARISONS]:
            comparison = self.program.compiler.comparisons[number]
            sights = [
                sight
                for outcome, found in outcomes.items()
                for sight in found
                if not (comparison.of_equality and outcome is (comparison.head == "Eq"))
            ]
            yield number, comparison, sights
        start = self._start(self.rows[0]) if self.claims else None
        if start is not None:
            sight = Sight(start, dict(start.state.ints), tuple(start.state.slots), {}, ())
            for line in self.claims:
                yield -1, Comparison(line.sides[0], line.sides[1], line.head, line.source), [sight]

    def _turns(self) -> Trying:
        for number, comparison, sights in self._compared():
            for sight in sights:
                self.at = number
                yield from ((recipe, self.wanted) for recipe in self._turn(number, comparison, sight))

    def _turn(self, number: int, comparison: Comparison, sight: Sight) -> Iterator[Recipe]:
        """Recipes at which the sides meet, one name after the other, each staying where they are closest."""
        state = sight.instance.state
        before = dict(state.values), dict(state.ints)
        for name, index in sight.ints.items():
            state.assign_int(name, index)
        difference = Difference(sight.difference(comparison), state)
        read = [key for key in difference.names() if key not in state.ints]
        values = {key: state.values[key] for key in read if type(state.values[key]) is fmpq}
        names = list(values)[:MAX_NAMES]
        if len(names) < len(read):
            self.followed[number] = None
        for key in (*names, *(names if len(names) > 1 else ())):
            poly = difference.polynomial(key)
            if poly is None:
                self.followed[number] = None
                continue
            candidates = [value for place in places(poly) for value in self._allowed(sight.instance, key, place)]
            for value in candidates:
                yield self._recipe(sight, {**values, key: value})
            yield from self._beyond(number, sight, values, key, places(poly))
            if comparison.of_equality and any(map(sight.instance.domain(key).contains, irrational(poly))):
                self.refused.add(number)  # equal there, which no evaluation with balls can tell
            found = [value for value in candidates if _turns_at(comparison, poly, values[key], value)]
            self.turned.setdefault(number, []).extend((sight.instance, key, value) for value in found[:MAX_TURNED])
            if candidates:
                values[key] = _closest(poly, values[key], candidates)
                state.assign(key, values[key])
        if number not in self.followed:
            self.followed[number] = len(names)
        yield from self._turns_of_sizes(number, comparison, sight, difference)
        state.values, state.ints = dict(before[0]), dict(before[1])
        state.memo.clear()

    def _jointly(self) -> Trying:
        yield from self._equal_at_once()
        instances = dict.fromkeys(instance for found in self.turned.values() for instance, _, _ in found)
        for instance in instances:
            rows = [
                [(key, value) for other, key, value in found if other is instance][: 2 * MAX_TURNED]
                for number, found in self.turned.items()
                if number >= 0
            ]
            rows = [row for row in rows if row]
            drawn = ((key, instance.state.values.get(key)) for key in instance.drawn)
            values = {key: value for key, value in drawn if type(value) is fmpq and self._free(key)}
            for count in range(len(rows), 1, -1):
                for some in combinations(rows, count):
                    for changes in product(*some):
                        if len({key for key, _ in changes}) == count:
                            yield self._with(instance, {**values, **dict(changes)}), self.wanted

    def _equal_at_once(self) -> Trying:
        """Several comparisons whose sides are equal, solved for together: one may be in terms of the other."""
        unequal = [
            (comparison, sights[0])
            for number, comparison, sights in self._compared()
            if comparison.of_equality and sights and number >= 0
        ][:MAX_AT_ONCE]
        for count in range(2, len(unequal) + 1):
            for some in combinations(unequal, count):
                yield self._recipe(some[0][1], {}), self._equal(*some)

    def _allowed(self, instance: Instance, key: Key, place: Number) -> list[Number]:
        within = self.program.value_range(key)
        if within is None:
            return around(place, instance.domain(key)) if self._free(key) else []
        return [place] if place.q == 1 and int(place.p) in choices(within, instance.state) else []

    def _beyond(
        self, number: int, sight: Sight, values: dict[Key, Number], key: Key, found: list[Number]
    ) -> Iterator[Recipe]:
        """Places that the name has at larger sizes only: a class beyond K, or a number where x < K is given."""
        ranged = self.program.value_range(key) is not None
        domain = self.program.domain(key)
        for place in found:
            size = int(place.ceil()) + (0 if ranged else 2)
            if not self.program.sizes or size < 2 or self._allowed(sight.instance, key, place):
                continue
            if size > LARGEST:
                self.refused.add(number)
                continue
            for value in [fmpq(size)] if ranged else around(place, domain) if self._free(key) else []:
                yield self._recipe(sight, {**values, key: value}, dict.fromkeys(self.program.sizes, size))

    def _recipe(self, sight: Sight, overrides: dict[Key, Number], sizes: dict[str, int] | None = None) -> Recipe:
        recipe = sight.instance.recipe
        indices = {name: sight.ints[name] for name in self.program.indices if name in sight.ints}
        overrides = {**recipe.overrides, **overrides}
        return replace(recipe, indices=indices, overrides=overrides, sizes={**recipe.sizes, **(sizes or {})})

    def _turns_of_sizes(
        self, number: int, comparison: Comparison, sight: Sight, difference: Difference
    ) -> Iterator[Recipe]:
        """Sizes at which sides meet that compare sizes and indices."""
        for key in list(difference.state.ints):
            names = [key] if key in self.program.sizes else self.program.sizes
            for size in self._whole_places(number, difference, difference.polynomial(key)):
                recipe = self._recipe(sight, {}, dict.fromkeys(names, size))
                if key in self.program.indices:
                    recipe = replace(recipe, indices={**recipe.indices, key: size})
                yield recipe
        for slot in range(len(sight.slots)):
            at = partial(self._at_slot, comparison, sight, slot)
            for size in self._whole_places(number, difference, polynomial(at)):
                yield self._recipe(sight, {}, dict.fromkeys(self.program.sizes, size))

    def _whole_places(self, number: int, difference: Difference, poly: Any) -> Iterator[int]:
        if poly is None:
            if not difference.names():
                self.followed[number] = None
            return
        for size in dict.fromkeys(size for place in places(poly) for size in (int(place.floor()), int(place.ceil()))):
            if size > LARGEST:
                self.refused.add(number)
            elif size >= 2:
                yield size

    @staticmethod
    def _at_slot(comparison: Comparison, sight: Sight, slot: int, value: Number) -> Number | None:
        slots = (*sight.slots[:slot], int(value.p), *sight.slots[slot + 1 :])
        return Difference(replace(sight, slots=slots).difference(comparison), sight.instance.state).value()

    # equalities

    def _equalities(self) -> Trying:
        for number, comparison, sights in self._compared():
            never = comparison.of_equality and number in self.watch.one_sided(self.program.compiler.comparisons)
            if never or self.solved and (number < 0 or comparison.of_equality):
                for sight in sights:
                    for retry in range(3):
                        recipe = self._recipe(sight, {})
                        yield replace(recipe, seed=recipe.seed + 31 * retry), self._equal((comparison, sight))

    def _equal(self, *rows: tuple[Comparison, Sight]) -> Demands:
        """What is wanted, and that the sides of these comparisons are equal."""
        equations = (Line(None, "Eq", (sight.difference(one), _zero), (), 20, ()) for one, sight in rows)
        return replace(self.wanted, others=(*self.wanted.others, *equations))

    # what was not seen

    def unsettled(self) -> Comparison | None:
        """A condition that was seen to hold only, or only to fail, and is not shown to be so by what is given."""
        for number in self.watch.one_sided(self.program.compiler.comparisons):
            if not self._settled(number):
                return self.program.compiler.comparisons[number]
        return None

    def _settled(self, number: int) -> bool:
        comparison = self.program.compiler.comparisons[number]
        if _constant(comparison):
            return True
        names = self.followed.get(number)
        if number in self.refused or names is None and not comparison.of_equality:
            return False
        if not comparison.of_equality or names in (0, 1):
            return names is not None
        return all(self._impossible(comparison, sight) for found in self.watch.seen[number].values() for sight in found)

    def _impossible(self, comparison: Comparison, sight: Sight) -> bool:
        """Whether the sides cannot be equal by what is given; not told where they read what is not solved for."""
        read = Difference(sight.difference(comparison), sight.instance.state).names()
        if not all(map(self._free, read)):
            return False
        try:
            wanted, recipe = self._equal((comparison, sight)), self._recipe(sight, {})
            return contradictory(self.program, wanted, recipe, Budget(STAGE_WORK))
        except Refused:
            return False


def _turns_at(comparison: Comparison, poly: Any, start: Number, value: Number) -> bool:
    """Whether the comparison comes out otherwise at a value than where it started."""
    if comparison.of_equality:
        return bool(poly(value) == 0)
    return bool((poly(value) > 0) != (poly(start) > 0) or (poly(value) < 0) != (poly(start) < 0))


def _closest(poly: Any, start: Number, candidates: list[Number]) -> Number:
    """The value at which a polynomial has come closest to zero from the side where it started, or gone beyond."""
    ranked = sorted((poly(value), value) for value in candidates)
    return ranked[-1 if poly(start) < 0 else 0][1]


def _zero(e: State) -> Number:
    return ZERO


def _constant(comparison: Comparison) -> bool:
    """Whether a condition is the same at all values of its names, by what its sides can be."""
    opposite = {"Eq": "Ne", "Ne": "Eq", "Lt": "Ge", "Ge": "Lt", "Gt": "Le", "Le": "Gt"}[comparison.head]
    return any(never(head, comparison.source) for head in (comparison.head, opposite))
