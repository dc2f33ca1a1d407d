"""A second opinion on a claim, from its own numbers: sizes, values and random joint tables, in fractions and floats.

Neither the kernel nor the evaluator has a part in it. It proves nothing; that a claim is false it shows by numbers at
which the two sides plainly differ. An index counts only where it is in the set of the place where it stands, as the
true step shows that set; and only sizes of at least 2 count, as what fails at 1 alone is no mistake.
"""

from __future__ import annotations

import random
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from sympy import And, Basic, Eq, Indexed, Or, Product, Sum, Symbol, Tuple, true
from sympy.core.relational import Relational

from checker.derivation import Givens, IndexSet, Transition
from checker.expressions import Each, RandomVariable
from tests.plain import NOTHING_HERE as UNDEFINED
from tests.plain import Instance, NoValue, closure, everywhere, label_of, observed, solve, value_of

INSTANCES = 8
ATTEMPTS = 24
PATIENCE = 0.4
"""Seconds of computing for looking for points; then those that were found must do."""
FAR = 4
"""By how much smaller numbers are drawn, every second time, where equations must be met."""
IDENTITY = 1e-6, 1e-9
CONCLUSION = 1e-3, 1e-3
"""By how much sides must differ, relatively and absolutely: hypotheses are solved by Newton's method, less exactly."""
NEAR_ZERO = 1e-2
"""What must not vanish, or be positive, is no smaller: hypotheses are met to nine digits only."""
NOTHING_HERE = (*UNDEFINED, AttributeError, LookupError, RecursionError)
"""Also what a claim of an unusual shape raises: of that there is no opinion."""
COMPARISONS = ("<", ">", "<=", ">=")


class Opinion:
    """What can be said of claims that resemble a true step, under its givens."""

    def __init__(self, transition: Transition, givens: Givens) -> None:
        self.transition, self.givens = transition, givens
        self._points: dict[tuple[Basic, ...], list[Instance]] = {}

    def is_false(self, claim: Transition) -> bool | None:
        """Whether numbers show that the claim is false; None where there were hardly any."""
        if claim.relation == "<=>":
            ways = (replace(claim, relation="=>"), replace(claim, relation="=>", lhs=claim.rhs, rhs=claim.lhs))
            found = [self.is_false(way) for way in ways]
            return True if True in found else None if None in found else False
        hypotheses = (*self.givens.facts, *claim.hypotheses)
        if claim.relation == "=>" and claim.lhs != true:
            hypotheses += (claim.lhs,)
        agreed = 0
        for point in self._at(hypotheses, bool(claim.hypotheses) or claim.relation == "=>"):
            try:
                if not _holds(point, claim):
                    return True
                agreed += 1
            except NOTHING_HERE:
                continue
        return False if agreed >= 3 else None

    def forget(self, most: int) -> None:
        """Let the points go where they are of more than as many sets of hypotheses."""
        if len(self._points) > most:
            self._points.clear()

    def _at(self, hypotheses: tuple[Basic, ...], consequence: bool) -> Iterator[Instance]:
        """Points where the hypotheses hold; found once, since many claims share them."""
        known = self._points.setdefault(hypotheses, [])
        yield from known
        source = random.Random(len(known))
        wanted = INSTANCES // 2 if consequence else INSTANCES
        end = time.process_time() + PATIENCE
        for attempt in range(0 if known else ATTEMPTS):
            if time.process_time() > end:
                return
            smaller = FAR if hypotheses and attempt % 3 else 1
            point = Instance(self.givens, self._sizes(source, 3 if consequence else 4), source, smaller=smaller)
            try:
                point.limits = {place: int(closure(b)(point, {})) for place, b in self._bounds.items()}
                _draw_values(point)
                _settle(point, hypotheses)
            except NOTHING_HERE:
                continue
            known.append(point)
            yield point
            if len(known) == wanted:
                return

    def _sizes(self, source: random.Random, largest: int) -> dict[str, int]:
        """Sizes from 2 on, no two the same where that can be; indices that are in no set are 1 or 2."""
        names = sorted(self._size_names)
        possible = range(2, largest + 1)
        sizes = source.sample(possible, len(possible)) * (1 + len(names) // len(possible))
        found = dict(zip(names, sizes, strict=False))
        if self.givens.model and self.givens.model.samples is not None:
            upper = self.givens.model.samples.upper
            if isinstance(upper, Symbol) and upper.name in found:  # enough samples for each class to have one
                found[upper.name] = max(3, *found.values())
        return found | {name: source.randint(1, 2) for name in sorted(self._loose_indices)}

    @cached_property
    def _trees(self) -> list[Basic]:
        claim, givens = self.transition, self.givens
        relations = [
            *claim.hypotheses,
            *givens.facts,
            *givens.definitions,
            *(givens.model.factors if givens.model else ()),
        ]
        return [claim.lhs, claim.rhs, *relations]

    @cached_property
    def _size_names(self) -> set[str]:
        """Names of the integers at which sets, sums and products end."""
        ends: set[Basic] = set()
        model = self.givens.model
        sets = [*self.givens.index_sets.values(), *self.givens.value_sets.values()]
        sets += [s for s in (model.samples, *(v.domain for v in model.variables)) if s is not None] if model else []
        for index_set in sets:
            ends |= index_set.upper.free_symbols | index_set.lower.free_symbols
        bound: set[Basic] = set(self.givens.index_sets)
        for tree in self._trees:
            for limits in _limits_of(tree):
                bound.add(limits[0])
                ends |= limits[1].free_symbols | limits[2].free_symbols
        defined = {getattr(d.lhs, "base", d.lhs) for d in self.givens.definitions}
        return {s.name for s in ends - bound - defined if isinstance(s, Symbol)}

    @cached_property
    def _loose_indices(self) -> set[str]:
        """Symbols of integers that are indices and in no set."""
        free: set[Basic] = set().union(*(tree.free_symbols for tree in self._trees))
        used = {
            s
            for t in self._trees
            for node in t.atoms(Indexed, RandomVariable)
            for i in node.indices
            for s in i.free_symbols
        }
        return {
            s.name for s in free & used if isinstance(s, Symbol) and s.is_integer and s not in self.givens.index_sets
        } - self._size_names

    @cached_property
    def _bounds(self) -> Mapping[tuple[str, int], Basic]:
        """By family and place where the indices end that stand there, where they all end at one size."""
        found: dict[tuple[str, int], set[Basic | None]] = defaultdict(set)
        sets: dict[Basic, Basic] = {index: s.upper for index, s in self.givens.index_sets.items()}
        for tree in self._trees:
            _note_places(tree, sets, self.givens.value_sets, found)
        free = observed(self.givens.model) if self.givens.model else set()  # samples put an index before theirs
        return {p: end for p, (end, *more) in found.items() if end is not None and not more and p[0] not in free}


def _limits_of(tree: Basic) -> Iterator[tuple[Basic, ...]]:
    for node in tree.atoms(Sum, Product):
        yield from node.limits
    for each in tree.atoms(Each):
        yield each.limits


def _note_places(tree: Basic, sets: Mapping[Basic, Basic], values: Mapping[Any, IndexSet], found: Any) -> None:
    inside = dict(sets)
    if isinstance(tree, (Sum, Product)):
        inside |= {limits[0]: limits[2] for limits in tree.limits}
    if isinstance(tree, Each):
        inside |= {tree.limits[0]: tree.limits[2]}
    if isinstance(tree, Indexed):
        for place, index in enumerate(tree.indices):
            value_set = values.get(index.base) if isinstance(index, Indexed) else values.get(index)
            end = value_set.upper if value_set is not None else inside.get(index)
            found[tree.base.label.name, place].add(end if end is not None and end.free_symbols else None)
    for arg in tree.args:
        if not isinstance(tree, Tuple) or isinstance(arg, Basic):
            _note_places(arg, inside, values, found)


def _draw_values(point: Instance) -> None:
    """Data that are values of a set: each value occurs, where there are samples enough."""
    for base, index_set in point.givens.value_sets.items():
        label = label_of(base)
        size = max(point.sizes.values(), default=4)
        if label is base or (label.name, 0) not in point.limits:
            continue
        count = point.limits[label.name, 0]
        members = list(point.members(index_set))
        values = (members + point.random.choices(members, k=size))[:count]
        point.random.shuffle(values)
        point.values.update({(label.name, (n,)): value for n, value in enumerate(values, 1)})


# --- hypotheses ----------------------------------------------------------------------------------------------------


def _settle(point: Instance, hypotheses: tuple[Basic, ...]) -> None:
    """Draw values at which all hold. Raises NoValue where none were found."""
    parts = [part for hypothesis in hypotheses for part in _parts(hypothesis)]
    equations = tuple(part for part in parts if isinstance(part, Eq))
    if equations:
        solve(point, equations)
    for part in parts:
        if not isinstance(part, Eq) and not all(_true(point, part, *pair) for pair in everywhere(point, part)):
            raise NoValue("a hypothesis that does not hold")
    if any(point.is_positive(key) and not point.values[key] > NEAR_ZERO for key in point.unknown()):
        raise NoValue("a number of the wrong sign")


def _parts(relation: Basic) -> Iterator[Basic]:
    if isinstance(relation, And):
        for arg in relation.args:
            yield from _parts(arg)
    elif isinstance(relation, Relational):
        yield relation
    elif relation != true:
        raise NoValue("a hypothesis that is no relation")


def _true(point: Instance, relation: Basic, left: Any, right: Any) -> bool:
    signs = {"<": left < right, ">": left > right, "<=": left <= right, ">=": left >= right}
    return bool(signs[relation.rel_op] if relation.rel_op in signs else abs(left - right) > NEAR_ZERO)


# --- the claim -----------------------------------------------------------------------------------------------------


def _holds(point: Instance, claim: Transition) -> bool:
    if claim.relation == "=>":
        return _relation_holds(point, claim.rhs)
    left, right = (value_of(closure(side)(point, {})) for side in (claim.lhs, claim.rhs))
    if claim.relation == "=":
        return not _differ(left, right, *IDENTITY)
    if claim.relation in COMPARISONS:
        return _compare(claim.relation, left, right)
    raise NoValue(claim.relation)


def _relation_holds(point: Instance, relation: Basic) -> bool:
    if isinstance(relation, And):
        return all(_relation_holds(point, arg) for arg in relation.args)
    if isinstance(relation, Or):
        return any(_relation_holds(point, arg) for arg in relation.args)
    if isinstance(relation, Eq):
        return not any(_differ(*pair, *CONCLUSION) for pair in everywhere(point, relation))
    if isinstance(relation, Relational) and relation.rel_op in COMPARISONS:
        return all(_compare(relation.rel_op, *pair) for pair in everywhere(point, relation))
    raise NoValue("a conclusion of another kind")


def _differ(left: Any, right: Any, relative: float, absolute: float) -> bool:
    """Whether two numbers plainly differ; a NaN has no value."""
    gap, size = abs(left - right), max(abs(left), abs(right))
    if gap != gap or size > 1e12:
        raise NoValue("no number to compare")
    return bool(gap > max(absolute, relative * size))


def _compare(sign: str, left: Any, right: Any) -> bool:
    """Whether a comparison holds; what is nearly equal is left open."""
    if left != right and not _differ(left, right, *IDENTITY):
        raise NoValue("too near to compare")
    return bool({"<": left < right, ">": left > right, "<=": left <= right, ">=": left >= right}[sign])
