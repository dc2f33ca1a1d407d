"""Comparing the two sides of a transition at several instances."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from checker.derivation import Givens, Transition
from checker.evaluate.arithmetic import Number
from checker.evaluate.errors import Refused
from checker.evaluate.findings import Agreement, Difference, Finding, Inconclusive
from checker.evaluate.instances import Contradiction, Demands, Instance, demands, realise, size_rows
from checker.evaluate.program import Program, compiled
from checker.evaluate.relations import identical, value
from checker.evaluate.sampling import Recipe, Style
from checker.evaluate.shrink import counterexample, shrunk
from checker.evaluate.state import Budget

WORK = 1_500_000
RETRIES = 4

Judge = Callable[[Instance], bool | None]
"""True where the claim holds at an instance, False where it is shown to fail, None where it has no meaning."""

Sides = Callable[[Instance], tuple[Number | None, Number | None]]
"""The values of the two sides that differ."""


def compare(transition: Transition, givens: Givens, *, seed: int | None = None, instances: int = 3) -> Finding:
    """Evaluate a transition at instances that the givens allow.

    The default seed comes from the statement, so that the finding is the same in every run.
    """
    try:
        if transition.relation == "=" and not transition.hypotheses:
            return _identity(transition, givens, seed, instances)
    except Refused as refusal:
        return Inconclusive(str(refusal))
    except Contradiction as contradiction:
        return Inconclusive(str(contradiction), contradictory=True)
    return Inconclusive(f"no evaluation of {transition.relation!r}")


def _identity(transition: Transition, givens: Givens, seed: int | None, instances: int) -> Finding:
    program = compiled((transition.lhs, transition.rhs), givens.facts, givens)
    left, right = program.lines
    if left.head or right.head:
        raise Refused("a relation where an expression is expected")
    weight = left.weight + right.weight

    def judge(instance: Instance) -> bool | None:
        return identical(left.sides[0], right.sides[0], instance.state, weight)

    def sides(instance: Instance) -> tuple[Number | None, Number | None]:
        return value(left.sides[0], instance.state), value(right.sides[0], instance.state)

    wanted = demands(program, program.facts)
    return Trial(program, wanted, judge, sides, Budget(WORK), program.seed if seed is None else seed).run(instances)


@dataclass
class Trial:
    """One claim, judged at instance after instance."""

    program: Program
    wanted: Demands
    judge: Judge
    sides: Sides
    budget: Budget
    seed: int
    met: int = 0

    def run(self, count: int) -> Finding:
        """The finding after `count` instances with sizes above 1, and those with sizes 1."""
        rows = size_rows(self.program, self.wanted, self.budget)
        agreeing = 0
        for recipe in self._recipes(rows, count):
            found = self._judged(recipe)
            if found is None:
                continue
            instance, holds = found
            if not holds:
                return self._difference(instance, agreeing + 1)
            agreeing += 1
            if self.budget.spent > self.budget.limit // 3:
                break
        conditions = self._at_size_one(rows[0])
        if isinstance(conditions, Instance):
            return self._difference(conditions, agreeing + 1)
        if agreeing:
            return Agreement(agreeing, conditions)
        if self.met == 0 and self.wanted.others:
            return Inconclusive("no instance was found that satisfies what is given")
        return Inconclusive("nowhere are both sides defined, as far as was tried")

    def _recipes(self, rows: list[dict[str, int]], count: int) -> Iterator[Recipe]:
        for number in range(count):
            yield Recipe(self.seed + 7 * number, rows[number % len(rows)], pattern=number % 3)

    def _judged(self, recipe: Recipe) -> tuple[Instance, bool] | None:
        """An instance of the recipe at which the claim has a meaning, with other values where it must; or None."""
        for retry in range(RETRIES + 1):
            style = Style.GENERIC if retry < RETRIES - 1 else Style.PLAIN
            pattern = recipe.pattern if retry < 2 else 2
            instance = realise(
                self.program,
                self.wanted,
                replace(recipe, seed=recipe.seed + 1000 * retry, style=style, pattern=pattern),
                self.budget,
            )
            if instance is None:
                continue
            self.met += 1
            holds = self.judge(instance)
            if holds is not None:
                return instance, holds
        return None

    def _at_size_one(self, row: dict[str, int]) -> tuple[str, ...] | Instance:
        """The sizes that must be at least 2, or an instance where the claim fails with larger sizes as well."""
        failing = [name for name in self.program.sizes if self._fails({**row, name: 1})]
        if not failing and len(row) > 1 and self._fails(dict.fromkeys(row, 1)):
            failing = self.program.sizes
        if not failing:
            return ()
        for number, recipe in enumerate(self._recipes([row, dict.fromkeys(row, 2)], 4)):
            found = self._judged(replace(recipe, seed=recipe.seed + 100 + number, pattern=2))
            if found is not None and not found[1]:
                return found[0]
        return tuple(f"{name} >= 2" for name in failing)

    def _fails(self, row: dict[str, int]) -> bool:
        found = self._judged(Recipe(self.seed + 50, row, pattern=0))
        return found is not None and not found[1]

    def _difference(self, instance: Instance, instances: int) -> Difference:
        def fails(recipe: Recipe) -> Instance | None:
            made = realise(self.program, self.wanted, recipe, self.budget)
            return made if made is not None and self.judge(made) is False else None

        small = shrunk(instance, fails)
        return Difference(counterexample(small, *self.sides(small)), small, instances)


