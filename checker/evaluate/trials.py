"""One claim, judged at instance after instance: sizes above 1 first, then sizes of 1."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from itertools import product

from flint import fmpq

from checker.evaluate.arithmetic import Number
from checker.evaluate.comparisons import Comparison, Watch
from checker.evaluate.contradictions import contradictory
from checker.evaluate.errors import Refused
from checker.evaluate.extremes import Extremes
from checker.evaluate.findings import Agreement, Difference, Finding, Inconclusive
from checker.evaluate.instances import Demands, Instance, demands, realise, size_rows
from checker.evaluate.program import Program
from checker.evaluate.relations import Line, truth
from checker.evaluate.sampling import Recipe, Style
from checker.evaluate.shrink import counterexample, shrunk, values
from checker.evaluate.state import Budget
from checker.printing import unicode
from checker.verdict import Counterexample

RETRIES = 4
ENOUGH_WORK = 20_000
"""Nodes after which no more than `enough` agreeing instances are sought, and sizes are made 1 only all at once."""

CONFIRMING_WORK = 5_000
"""Nodes after which an agreeing instance is enough where there is a proof."""

WITNESS_WORK = 300_000
"""Nodes after which no more instances are sought for what has a proof, where none was found."""

SEVERAL = 2
"""Instances without which an agreement says nothing."""
OTHER_SIZES = ((4, Style.GENERIC), (4, Style.PLAIN), (3, Style.PLAIN))
"""Where one size is changed, what the others are then, and how values are drawn."""

LARGE, OTHER_INTEGERS = 5, (2, 3, 1)
"""Where one index or integer is changed: what sizes and other integers are then, and the values that are tried."""

FACTS_WORK, SEARCHES = 500_000, 24
SHOWING_WORK = 1_500_000
"""Nodes that making a counterexample small may take."""
NOT_COMPUTED = "not computed"
"""In place of a side that takes more work than that."""

MAX_SIGNS = 2
MORE_ABOVE_ONE = 12
GRID = tuple(
    fmpq(*pair)
    for pair in ((0, 1), (1, 1), (-1, 1), (1, 2), (2, 1), (-1, 2), (-2, 1), (1, 10), (10, 1), (-10, 1), (9, 10), (3, 1))
)
GRID_LENGTHS = {1: 12, 2: 7, 3: 4}
MAX_GRID_NAMES = 3

Judge = Callable[[Instance], bool | None]
"""True where the claim holds at an instance, False where it is shown to fail, None where it has no meaning.

A judge of a claim with free indices leaves those at which the claim fails in the instance."""

Sides = Callable[[Instance], tuple[Number | None, Number | None]]
"""The values of the two sides that differ."""


@dataclass
class Trial:
    """A claim under what is given (`wanted`); `shown` are the lines whose names a counterexample lists.

    confirmed_at: the number of agreeing instances that suffice, where there is a proof. `hypotheses` are lines whose
    conditions are watched as well as those of the claim.
    """

    program: Program
    wanted: Demands
    judge: Judge
    sides: Sides
    shown: Sequence[Line]
    budget: Budget
    seed: int
    styles: tuple[Style, ...] = (Style.GENERIC,)
    retries: int = RETRIES
    enough: int = 2
    grid: bool = False
    confirmed_at: int | None = None
    met: int = 0
    hypotheses: Sequence[Line] = ()
    watch: Watch = field(default_factory=Watch)
    seen: dict[str, set[int]] = field(default_factory=dict)
    """Of each size the values of more than 1 at which the claim was found to hold."""
    integers: dict[str, set[int]] = field(default_factory=dict)
    """Of each free index, and each name of an integer, the values at which it was."""

    def run(self, count: int) -> Finding:
        """The finding after `count` instances with sizes above 1, and those with sizes of 1."""
        rows = size_rows(self.program, self.wanted, self.budget)
        agreeing = 0
        for recipe in self._recipes(rows, count):
            found = self._judged(recipe, rows)
            if found is None:
                if self.confirmed_at and not self.met and self.budget.spent > WITNESS_WORK:
                    break
                continue
            instance, holds = found
            if not holds:
                return self._difference(instance, agreeing + 1)
            agreeing += 1
            if self.confirmed_at and (agreeing == self.confirmed_at or self.budget.spent > CONFIRMING_WORK):
                return Agreement(agreeing, () if self._costly else self._unless_one(rows[0]))
            if agreeing >= self.enough and self.budget.spent > ENOUGH_WORK:
                break
        for recipe in (*self._last_indices(rows), *self._orthants(rows[0]), *self._grid(rows[0])):
            found = self._judged(recipe)
            if found is not None:
                if not found[1]:
                    return self._difference(found[0], agreeing + 1)
                agreeing += 1
        if agreeing and self.confirmed_at is None:
            other = self._at_other_sizes()
            if other is not None:
                return self._difference(other, agreeing + 1) if isinstance(other, Instance) else other
            other = self._at_other_integers()
            if other is not None:
                return self._difference(other, agreeing + 1) if isinstance(other, Instance) else other
        extremes = self._extremes(rows) if agreeing and self.confirmed_at is None else None
        failing = extremes.failing() if extremes is not None else None
        conditions = failing or self._at_size_one(rows)
        if isinstance(conditions, Instance):
            return self._difference(conditions, agreeing + 1)
        if not agreeing:
            return self._nowhere(rows)
        if self.confirmed_at is None and agreeing < SEVERAL:
            return Inconclusive(
                f"both sides agree, but at {agreeing} instances only, as no more were found", unseen=True
            )
        if self.confirmed_at is None and self.program.compiler.narrow:
            return Inconclusive(f"both sides agree, but {self.program.compiler.narrow}", unseen=True)
        unsettled = extremes.unsettled() if extremes is not None else None
        return Agreement(agreeing, conditions) if unsettled is None else _unseen(unsettled)

    def _at_other_sizes(self) -> Instance | Inconclusive | None:
        """Where all instances had one value of a size, those with another: K classes in K samples leave only K = 2.

        The sizes beside it are as large as may be, so that the hypotheses can hold.
        """
        if self.wanted.sizes:
            return None
        for name in self.program.sizes:
            if name not in self.program.relevant or len(self.seen.get(name, ())) != 1:
                continue
            (only,) = self.seen[name]
            found = None
            for number, (others, style) in enumerate(OTHER_SIZES):
                row = {**dict.fromkeys(self.program.sizes, others), name: 3 if only != 3 else 2}
                try:
                    found = self._judged(Recipe(self.seed + 500 + number, row, pattern=number % 2, style=style))
                except Refused:
                    break
                if found is not None:
                    break
            if found is None:
                return Inconclusive(f"both sides agree, but all instances have {name} = {only}", unseen=True)
            if not found[1]:
                return found[0]
        return None

    def _at_other_integers(self) -> Instance | Inconclusive | None:
        """Where an index or an integer had one value wherever the claim has a meaning, others: (n − m²)! leaves m = 1.

        The sizes and integers beside it are as large as may be, so that the claim can have a meaning.
        """
        if self.wanted.sizes or any(line.head in ("Eq", "Or") for line in self.wanted.others):
            return None  # what is given may say which value it has
        alone = [(key, next(iter(seen))) for key, seen in self.integers.items() if len(seen) == 1]
        for key, only in alone:
            found = None
            for value in (each for each in OTHER_INTEGERS if each != only):
                found = self._judged(self._with_integer(key, value))
                if found is not None:
                    break
            if found is None:
                return Inconclusive(f"both sides agree, but all instances have {key} = {only}", unseen=True)
            if found is not None and not found[1]:
                return found[0]
        return None

    def _with_integer(self, key: str, value: int) -> Recipe:
        others = {other: fmpq(LARGE) for other in self.integers if other not in self.program.indices}
        sizes = dict.fromkeys(self.program.sizes, LARGE)
        if key in self.program.indices:
            return Recipe(self.seed + 600 + value, sizes, {key: value}, style=Style.PLAIN, overrides=others)
        return Recipe(self.seed + 600 + value, sizes, style=Style.PLAIN, overrides={**others, key: fmpq(value)})

    def _extremes(self, rows: list[dict[str, int]]) -> Extremes:
        """The search for special instances, each asked once and under its own budget."""

        def ask(recipe: Recipe, wanted: Demands, budget: Budget) -> tuple[Instance, bool] | None:
            instance = realise(self.program, wanted, recipe, budget)
            holds = None if instance is None else self._asked(instance)
            return None if instance is None or holds is None else (instance, holds)

        claims = [part for line in self.shown for part in _relation(line) if part.head != "Eq"]
        solved = any(line.head in ("Eq", "Or") for line in self.wanted.others)
        return Extremes(self.program, self.wanted, ask, rows, self.seed, self.watch, claims, solved)

    def _asked(self, instance: Instance) -> bool | None:
        """What the claim says at an instance; how its conditions come out is noted where it has a meaning."""
        if self.confirmed_at is not None or not self.program.compiler.comparisons:
            return self.judge(instance)
        with self.watch.at(instance) as keep:
            for line in self.hypotheses:
                truth(line, instance.state)
            holds = self.judge(instance)
            if holds is not None:
                keep()
        return holds

    @property
    def _costly(self) -> bool:
        """An instance is a solution of equations, not just drawn."""
        return any(line.head in ("Eq", "Or") for line in self.wanted.others)

    def _unless_one(self, row: dict[str, int]) -> tuple[str, ...]:
        """The sizes that must be at least 2 by what is shown where they are 1."""
        return tuple(f"{name} >= 2" for name in self.program.sizes if self._fails({**row, name: 1}))

    def _last_indices(self, rows: list[dict[str, int]]) -> Iterator[Recipe]:
        """Free indices at the ends of their sets, whichever set is longer: Σ_{i≤K} for Σ_{i≤D} shows at i > K only."""
        several = sum(name in self.program.relevant for name in self.program.sizes) > 1
        if self.program.indices and several and self.styles == (Style.GENERIC,):
            for number, row in enumerate(rows):
                yield Recipe(self.seed + 200 + number, row, pattern=1)

    def _orthants(self, row: dict[str, int]) -> Iterator[Recipe]:
        """Every combination of signs of a few names, where a function has branches (log, roots, absolute values)."""
        if not self.program.compiler.branching or self.styles != (Style.GENERIC,):
            return
        recipe = Recipe(self.seed + 300, row, pattern=0)
        instance = realise(self.program, self.wanted, recipe, self.budget)
        if instance is None:
            return
        self.judge(instance)  # draws the names that it reads
        free = [key for key in instance.drawn if instance.may_be_negative(key)][:MAX_SIGNS]
        for signs in product((-1, 1), repeat=len(free)) if free else ():
            yield replace(recipe, signs=dict(zip(free, signs, strict=True)))
        yield replace(recipe, style=Style.SPECIAL)

    def _grid(self, row: dict[str, int]) -> Iterator[Recipe]:
        """Simple values of a few names in every combination: an inequality may fail in a narrow range only."""
        if not self.grid:
            return
        recipe = Recipe(self.seed + 400, row, pattern=0)
        instance = realise(self.program, self.wanted, recipe, self.budget)
        if instance is None:
            return
        self.judge(instance)  # draws the names that it reads
        free = [key for key in instance.drawn if self.program.value_range(key) is None][:MAX_GRID_NAMES]
        if not free:
            return
        choices = [
            [value for value in GRID[: GRID_LENGTHS[len(free)]] if instance.domain(key).contains(value)] for key in free
        ]
        for chosen in product(*choices):
            yield replace(recipe, overrides=dict(zip(free, chosen, strict=True)))

    def _nowhere(self, rows: list[dict[str, int]]) -> Inconclusive:
        if self.met:
            return Inconclusive("nowhere are both sides defined, as far as was tried")
        ones = [dict.fromkeys(self.program.sizes, 1)]
        if all(map(self._contradictory, rows + ones)):
            return Inconclusive("what is given contradicts itself", contradictory=True)
        reason = "no instance was found that satisfies what is given"
        return Inconclusive(reason, unwitnessed=True, of_facts=not self._facts_hold_somewhere([*rows, *ones]))

    def _contradictory(self, row: dict[str, int]) -> bool:
        try:
            return contradictory(self.program, self.wanted, Recipe(self.seed, row), Budget(FACTS_WORK))
        except Refused:
            return False

    def _facts_hold_somewhere(self, rows: list[dict[str, int]]) -> bool:
        """Whether an instance is found at which the facts hold, whatever the hypotheses say."""
        program, budget = self.program, Budget(FACTS_WORK)
        wanted = demands(program, program.facts)
        for number in range(SEARCHES if program.facts else 0):
            style = (Style.GENERIC, Style.PLAIN, Style.SPECIAL)[number % 3]
            recipe = Recipe(self.seed + 800 + number, rows[number % len(rows)], pattern=number % 3, style=style)
            try:
                if realise(program, wanted, recipe, budget) is not None:
                    return True
            except Refused:
                return True  # too much work says nothing against the facts
        return not program.facts

    def _recipes(self, rows: list[dict[str, int]], count: int) -> Iterator[Recipe]:
        for number in range(count):
            style = self.styles[number % len(self.styles)]
            yield Recipe(self.seed + 7 * number, rows[number % len(rows)], pattern=number % 3, style=style)
        if self.program.indices:  # indices at the ends of their sets, where a slip in a bound shows
            yield Recipe(self.seed + 7 * count, rows[0], pattern=1, style=self.styles[0])

    def _judged(self, recipe: Recipe, rows: Sequence[dict[str, int]] = ()) -> tuple[Instance, bool] | None:
        """An instance of the recipe at which the claim has a meaning, with other values where it must; or None.

        Where `rows` are given, other sizes are tried as well.
        """
        for retry in range(self.retries + 1):
            changed = replace(recipe, seed=recipe.seed + 1000 * retry)
            if retry and rows:
                changed = replace(changed, sizes=rows[(recipe.pattern + retry) % len(rows)])
            if retry >= 2:
                changed = replace(changed, pattern=2, style=Style.PLAIN if retry > 2 else recipe.style)
            instance = realise(self.program, self.wanted, changed, self.budget)
            if instance is None:
                continue
            self.met += 1
            holds = self._asked(instance)
            if holds is not None:
                self._note_sizes(instance)
                self._note_integers(instance)
                return instance, holds
        return None

    def _note_sizes(self, instance: Instance) -> None:
        for name, size in instance.recipe.sizes.items():
            if size > 1:
                self.seen.setdefault(name, set()).add(size)

    def _note_integers(self, instance: Instance) -> None:
        drawn = {key: instance.state.values.get(key) for key in instance.drawn if isinstance(key, str)}
        whole = {
            key: int(value)
            for key, value in drawn.items()
            if isinstance(value, fmpq) and value.q == 1 and instance.domain(key).integer
        }
        indices = {name: instance.state.ints[name] for name in self.program.indices if name in instance.state.ints}
        for name, value in {**whole, **indices}.items():
            self.integers.setdefault(name, set()).add(value)

    def _at_size_one(self, rows: list[dict[str, int]]) -> tuple[str, ...] | Instance:
        """The sizes that must be at least 2, or an instance where the claim fails with larger sizes as well."""
        row = rows[0]
        relevant = [name for name in self.program.sizes if name in self.program.relevant]
        alone = relevant if self.budget.spent < ENOUGH_WORK or len(relevant) == 1 else []
        failing = [name for name in alone if self._fails({**row, name: 1})]
        if not failing and len(relevant) > 1 and self._fails(dict.fromkeys(row, 1)):
            failing = relevant
        if not failing:
            return ()
        for number in range(MORE_ABOVE_ONE):
            larger = rows[number % len(rows)] if number % 2 else dict.fromkeys(rows[0], 2)
            found = self._judged(Recipe(self.seed + 100 + number, larger, pattern=number % 3))
            if found is not None and not found[1]:
                return found[0]
        return tuple(f"{name} >= 2" for name in failing)

    def _fails(self, row: dict[str, int]) -> bool:
        found = self._judged(Recipe(self.seed + 50, row, pattern=0))
        return found is not None and not found[1]

    def _difference(self, instance: Instance, instances: int) -> Finding:
        if self.program.unread:
            return Inconclusive(self.program.unread)
        return Difference(cache(partial(self._shown, instance)), instances)

    def _shown(self, instance: Instance) -> tuple[Counterexample, Instance]:
        """The instance made small, and what it says; with a budget of its own, whenever it is asked for."""
        self.budget = instance.state.budget = Budget(SHOWING_WORK)

        def fails(recipe: Recipe) -> Instance | None:
            made = realise(self.program, self.wanted, recipe, self.budget)
            return made if made is not None and self.judge(made) is False else None

        def fails_in_reals(recipe: Recipe) -> Instance | None:
            made = fails(recipe)
            return made if made is not None and self._real(made) else None

        small = shrunk(instance, fails_in_reals)
        if not self._real(small):
            small = shrunk(instance, fails)
        small.state.budget = Budget(SHOWING_WORK)  # what is left of the other one may be too little for this
        try:
            self.judge(small)
            return counterexample(small, self.shown, *self.sides(small)), small
        except Refused:  # the sides differ at a lower precision than they would be shown with
            return Counterexample(values(small, self.shown), NOT_COMPUTED, NOT_COMPUTED), small

    def _real(self, instance: Instance) -> bool:
        try:
            sides = self.sides(instance)
        except Refused:
            return False
        return all(side is None or not hasattr(side, "imag") or side.imag.contains(0) for side in sides)


def _relation(line: Line) -> Iterator[Line]:
    """The relations that make up a line."""
    if line.parts:
        for part in line.parts:
            yield from _relation(part)
    elif line.head and len(line.sides) == 2:
        yield line


def _unseen(comparison: Comparison) -> Inconclusive:
    outcome = "different" if comparison.of_equality else "in one order"
    left, right = (unicode(side) for side in comparison.source.args[:2])
    return Inconclusive(f"both sides agree, but {left} and {right} were seen {outcome} only", unseen=True)
