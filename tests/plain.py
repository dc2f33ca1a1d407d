"""A second opinion on a transition, in plain fractions and floats; shares no code with the kernel or the evaluator.

It takes a claim at small sizes and random values, as it is written, and says whether the two sides are the same there.
Derivatives are dual numbers; the hypotheses of a consequence are solved by Newton's method. It proves nothing: it is
what a careful person with a pocket calculator would find.
"""

from __future__ import annotations

import cmath
import itertools
import math
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache, cached_property
from typing import Any

from sympy import (
    Abs,
    Add,
    And,
    Basic,
    Derivative,
    Eq,
    Ge,
    Gt,
    Indexed,
    IndexedBase,
    Integer,
    KroneckerDelta,
    Le,
    Lt,
    Mul,
    Ne,
    Not,
    Or,
    Pow,
    Product,
    Rational,
    Sum,
    Symbol,
    atan,
    binomial,
    cos,
    cosh,
    exp,
    factorial,
    log,
    sin,
    sinh,
    tan,
    tanh,
)
from sympy.core.numbers import Exp1, Pi

from checker.derivation import Givens, IndexSet, Model, Transition
from checker.expressions import ComplementEvent, Each, Event, Indicator, Partial, Probability, RandomVariable

WANTED = 12
"""At how many instances a claim is looked at."""
MOST_TURNS = 20
"""After so many steps towards a solution another start costs less than going on."""

Key = tuple[str, tuple[int, ...]]
Scope = Mapping[str, Any]


class NoValue(Exception):
    """Nothing to compare here: undefined, out of range, or not known to this little evaluator."""


NOTHING_HERE = (NoValue, ZeroDivisionError, OverflowError, TypeError, ValueError)


# --- numbers: ints, fractions and floats, or duals of them -------------------------------------------------------


@dataclass(frozen=True)
class Dual:
    """value + slope·ε with ε² = 0."""

    value: Any
    slope: Any

    def __add__(self, other: Any) -> Dual:
        other = dual(other)
        return Dual(self.value + other.value, self.slope + other.slope)

    def __mul__(self, other: Any) -> Dual:
        other = dual(other)
        return Dual(self.value * other.value, self.slope * other.value + self.value * other.slope)

    __radd__, __rmul__ = __add__, __mul__


def dual(number: Any) -> Dual:
    return number if isinstance(number, Dual) else Dual(number, 0)


def value_of(number: Any) -> Any:
    return number.value if isinstance(number, Dual) else number


def power(base: Any, exponent: Any) -> Any:
    if isinstance(exponent, Dual):
        return exponential(exponent * logarithm(base))
    if isinstance(base, Dual):
        return Dual(power(base.value, exponent), exponent * power(base.value, exponent - 1) * base.slope)
    if base == 0 and exponent <= 0:
        raise NoValue
    if isinstance(exponent, int) or exponent == int(exponent):
        return Fraction(base) ** int(exponent) if isinstance(base, int) else base ** int(exponent)
    if base < 0:
        raise NoValue
    return float(base) ** float(exponent)


def exponential(number: Any) -> Any:
    if isinstance(number, Dual):
        inner = exponential(number.value)
        return Dual(inner, inner * number.slope)
    return math.exp(number)


def logarithm(number: Any) -> Any:
    if isinstance(number, Dual):
        return Dual(logarithm(number.value), number.slope / number.value)
    if number == 0:
        raise NoValue
    return math.log(number) if number > 0 else cmath.log(number)


def smooth(compute: Callable[[Any], Any], slope: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A function of real numbers and of duals, by its derivative."""

    def run(number: Any) -> Any:
        if isinstance(number, Dual):
            return Dual(run(number.value), slope(number.value) * number.slope)
        return compute(number)

    return run


def whole(compute: Callable[..., int]) -> Callable[..., Any]:
    """A function of integers >= 0."""

    def run(*numbers: Any) -> Any:
        if any(isinstance(n, Dual) or n != int(n) or n < 0 for n in numbers):
            raise NoValue
        return compute(*map(int, numbers))

    return run


def sum_of(numbers: Iterable[Any]) -> Any:
    total: Any = 0
    for number in numbers:
        total = total + number
    return total


def product_of(numbers: Iterable[Any]) -> Any:
    total: Any = 1
    for number in numbers:
        total = total * number
    return total


def same(left: Any, right: Any, noise: float = 1e-10) -> bool:
    if isinstance(left, int | Fraction) and isinstance(right, int | Fraction):
        return left == right
    return bool(abs(left - right) <= noise + 1e-7 * max(abs(left), abs(right)))


# --- instances ---------------------------------------------------------------------------------------------------


@dataclass
class Instance:
    """Sizes and values; what is not there yet is drawn when it is first looked up."""

    givens: Givens
    sizes: Mapping[str, int]
    random: random.Random
    values: dict[Key, Any] = field(default_factory=dict)
    limits: Mapping[tuple[str, int], int] = field(default_factory=dict)
    """By family and place the largest index there is; what is not listed has none."""
    smaller: int = 1
    """By how much the drawn numbers are smaller: large ones are far from Σα = 1."""
    lifted: Key | None = None
    _positive: set[str] = field(default_factory=set)

    def look(self, label: Symbol, indices: tuple[int, ...]) -> Any:
        if not indices and label.name in self.sizes:
            return self.sizes[label.name]
        key = (label.name, indices)
        if any(index > self.limits.get((label.name, place), index) for place, index in enumerate(indices)):
            raise NoValue("an index out of its range")
        if key not in self.values:
            self.values[key] = self._drawn(label)
            if label.is_positive:
                self._positive.add(label.name)
        value = self.values[key]
        return Dual(value, 1) if key == self.lifted else value

    def _drawn(self, label: Symbol) -> Any:
        index_set = self._sets.get(label.name)
        if index_set is not None:
            return self.random.choice(self.members(index_set))
        if label.is_integer:
            return self.random.randint(1, 4)
        size = Fraction(self.random.randint(1, 12), self.random.randint(3, 5) * self.smaller)
        return size if label.is_positive or self.random.random() < 0.5 else -size

    def unknown(self) -> list[Key]:
        """The numbers that may be moved until a hypothesis holds: neither data, nor integers, nor chances."""
        data = observed(self.givens.model) if self.givens.model else set()
        fixed = (int, bool)
        return [k for k, v in self.values.items() if k[0] not in data and not isinstance(v, fixed) and " " not in k[0]]

    def is_positive(self, key: Key) -> bool:
        return key[0] in self._positive

    @cached_property
    def _sets(self) -> dict[str, IndexSet]:
        valued = {label_of(base).name: s for base, s in self.givens.value_sets.items()}
        return valued | {symbol.name: s for symbol, s in self.givens.index_sets.items()}

    def members(self, index_set: IndexSet) -> Sequence[int]:
        if index_set.only:
            return index_set.only
        lower, upper = (int(closure(bound)(self, {})) for bound in (index_set.lower, index_set.upper))
        return range(lower, upper + 1)

    def slope(self, run: Closure, key: Key, scope: Scope) -> Any:
        if self.lifted is not None:
            raise NoValue("a derivative within a derivative")
        self.lifted = key
        try:
            return dual(run(self, scope)).slope
        finally:
            self.lifted = None


Closure = Callable[[Instance, Scope], Any]


def label_of(value: Symbol | IndexedBase) -> Symbol:
    return getattr(value, "label", value)


def observed(model: Model) -> set[str]:
    """The names of the observed values."""
    return {label_of(variable.value).name for variable in model.variables}


# --- expressions -------------------------------------------------------------------------------------------------


@cache
def closure(tree: Basic) -> Closure:
    """What evaluates the tree; `scope` has the bound indices."""
    for heads, compiled in _HEADS:
        if isinstance(tree, heads):
            return compiled(tree)
    raise NoValue(type(tree).__name__)


def _number(tree: Rational) -> Closure:
    value = int(tree.p) if tree.q == 1 else Fraction(int(tree.p), int(tree.q))
    return lambda at, scope: value


def _named(tree: Any) -> Closure:
    label = tree.base.label if isinstance(tree, Indexed) else tree
    indices = [closure(index) for index in getattr(tree, "indices", ())]

    def run(at: Instance, scope: Scope) -> Any:
        where = tuple(int(index(at, scope)) for index in indices)
        if not where and label.name in scope:
            return scope[label.name]
        for definition in at.givens.definitions:
            if getattr(getattr(definition.lhs, "base", definition.lhs), "name", "") == label.name:
                places = [place.name for place in getattr(definition.lhs, "indices", ())]
                value = closure(definition.rhs)(at, dict(zip(places, where, strict=True)))
                by_it = at.lifted is not None and at.lifted[0] == label.name
                return Dual(value_of(value), int(at.lifted == (label.name, where))) if by_it else value
        if label.name in scope.get("observed", ()):
            where = scope["sample"] + where
        return at.look(label, where)

    return run


def _of_parts(combine: Callable[[Iterable[Any]], Any]) -> Callable[[Basic], Closure]:
    def compiled(tree: Basic) -> Closure:
        parts = [closure(arg) for arg in tree.args]
        return lambda at, scope: combine(part(at, scope) for part in parts)

    return compiled


def _power(tree: Pow) -> Closure:
    base, exponent = closure(tree.base), closure(tree.exp)
    return lambda at, scope: power(base(at, scope), exponent(at, scope))


def _function(compute: Callable[[Any], Any]) -> Callable[[Basic], Closure]:
    def compiled(tree: Basic) -> Closure:
        inner = closure(tree.args[0])
        return lambda at, scope: compute(inner(at, scope))

    return compiled


def _big(tree: Sum | Product) -> Closure:
    body, scopes = closure(tree.args[0]), _scopes(tree.limits)
    combine = sum_of if isinstance(tree, Sum) else product_of
    return lambda at, scope: combine(body(at, inner) for inner in scopes(at, scope))


def _scopes(limits: Iterable[Any]) -> Callable[[Instance, Scope], Iterator[Scope]]:
    """All values of the bound indices; of a Sum's limits the first is the innermost."""
    outer_first = [(index.name, closure(lower), closure(upper)) for index, lower, upper in reversed(tuple(limits))]

    def run(at: Instance, scope: Scope, depth: int = 0) -> Iterator[Scope]:
        if depth == len(outer_first):
            yield scope
            return
        name, lower, upper = outer_first[depth]
        for value in range(int(lower(at, scope)), int(upper(at, scope)) + 1):
            yield from run(at, {**scope, name: value}, depth + 1)

    return run


def _indicator(tree: Indicator) -> Closure:
    condition = closure(tree.condition)
    return lambda at, scope: int(condition(at, scope))


def _delta(tree: KroneckerDelta) -> Closure:
    left, right = (closure(arg) for arg in tree.args)
    return lambda at, scope: int(left(at, scope) == right(at, scope))


def _derivative(tree: Derivative) -> Closure:
    if len(tree.args) != 2 or tree.args[1][1] != 1:
        raise NoValue("a derivative of a higher order")
    return closure(Partial(tree.args[0], tree.args[1][0]))


def _relation(tree: Basic) -> Closure:
    left, right = (closure(arg) for arg in tree.args)
    holds = {
        Eq: same, Ne: lambda a, b: not same(a, b), Lt: lambda a, b: a < b, Gt: lambda a, b: a > b,
        Le: lambda a, b: a <= b, Ge: lambda a, b: a >= b,
    }[type(tree)]  # fmt: skip
    return lambda at, scope: holds(value_of(left(at, scope)), value_of(right(at, scope)))


def _partial(tree: Partial) -> Closure:
    (variable,) = tree.variables
    base, exponent = (variable.base, variable.exp) if isinstance(variable, Pow) else (variable, Integer(1))
    label = base.base.label if isinstance(base, Indexed) else base
    indices = [closure(index) for index in getattr(base, "indices", ())]
    inside, degree = closure(tree.expression), closure(exponent)

    def run(at: Instance, scope: Scope) -> Any:
        key = (label.name, tuple(int(index(at, scope)) for index in indices))
        by_power = degree(at, scope) * power(at.look(label, key[1]), degree(at, scope) - 1)
        return at.slope(inside, key, scope) * power(by_power, -1)

    return run


# --- probabilities by the model ----------------------------------------------------------------------------------

Fact = tuple[str, tuple[int, ...], int | None]
"""(variable, sample, value); the value None is the observed one."""


def _probability(tree: Probability) -> Closure:
    given, events = _facts(tree.given), _facts(tree.events)

    def run(at: Instance, scope: Scope) -> Any:
        known = given(at, scope)
        return _joint(at, [*known, *events(at, scope)]) * power(_joint(at, known), -1)

    return run


def _facts(events: Iterable[Any]) -> Callable[[Instance, Scope], list[Fact]]:
    """What stands in a probability; parameters are left out."""
    found: list[Callable[[Instance, Scope], list[Fact]]] = []
    for event in events:
        if isinstance(event, Each):
            found.append(_listed(_scopes([event.limits]), _facts(event.events)))
        elif isinstance(event, (RandomVariable, Eq)):
            found.append(_fact(event))
        elif isinstance(event, (Event, ComplementEvent)):
            found.append(_occurrence(event))
    return lambda at, scope: [fact for each in found for fact in each(at, scope)]


def _listed(scopes: Any, facts: Any) -> Callable[[Instance, Scope], list[Fact]]:
    return lambda at, scope: [fact for inner in scopes(at, scope) for fact in facts(at, inner)]


def _fact(event: Any) -> Callable[[Instance, Scope], list[Fact]]:
    variable, stated = (event.lhs, closure(event.rhs)) if isinstance(event, Eq) else (event, None)
    indices = [closure(index) for index in variable.indices]

    def run(at: Instance, scope: Scope) -> list[Fact]:
        where = tuple(int(index(at, scope)) for index in indices)
        return [(variable.name, where, None if stated is None else int(stated(at, scope)))]

    return run


def _occurrence(event: Event | ComplementEvent) -> Callable[[Instance, Scope], list[Fact]]:
    """An event is a variable that is 1 where it occurs, and else 0."""
    known = event.event if isinstance(event, ComplementEvent) else event
    indices = [closure(index) for index in known.indices]
    occurs = int(event is known)
    return lambda at, scope: [(f"event {known.name}", tuple(int(i(at, scope)) for i in indices), occurs)]


def _joint(at: Instance, facts: list[Fact]) -> Any:
    events = [fact for fact in facts if fact[0].startswith("event ")]
    if events and len(events) < len(facts):
        raise NoValue("events beside variables")
    return _of_events(at, events) if events else _of_samples(at, facts)


LATENT = 8
"""Given one of as many hidden causes the events are independent, and so dependent on each other where it is hidden."""


def _of_events(at: Instance, facts: list[Fact]) -> Any:
    """The probability of what is said of events: mixed over hidden causes, and over what decides some of them."""
    said: dict[Any, int] = {}
    for name, indices, occurs in facts:
        if said.setdefault((name, indices), occurs or 0) != (occurs or 0):
            return Fraction(0)
    causes = {key: _causes(at, key) for key in said}
    unsaid = sorted({cause for found in causes.values() for cause in found or ()} - set(said))
    total: Any = 0
    for values in itertools.product((0, 1), repeat=len(unsaid)):
        world = said | dict(zip(unsaid, values, strict=True))
        for hidden in range(LATENT):
            total = total + _chance(at, ("cause", (hidden,))) * _of_world(at, world, hidden)
    return total / sum(_chance(at, ("cause", (hidden,))) for hidden in range(LATENT))


def _of_world(at: Instance, world: Mapping[Any, int], hidden: int) -> Any:
    total: Any = 1
    groups = {group for key in world if (group := _exclusive_group(at, key))}
    for key, occurs in world.items():
        if _exclusive_group(at, key) is None:
            causes = _causes(at, key)
            state = (hidden,) if causes is None else tuple(world[cause] for cause in causes)
            chance = _chance(at, (f"{key[0]} {key[1]} given", state))
            total = total * (chance if occurs else 1 - chance)
    for group in groups:
        weights = {key: _chance(at, (f"{key[0]} {key[1]} given", (hidden,))) for key in group}
        possible = [key for key in group if all(world.get(k, int(k == key)) == int(k == key) for k in group)]
        total = total * sum(weights[key] for key in possible) / sum(weights.values())
    return total


def _chance(at: Instance, key: Key) -> Fraction:
    """A number between 0 and 1, the same each time."""
    if key not in at.values:
        at.values[key] = Fraction(at.random.randint(1, 19), 20)
    return at.values[key]  # type: ignore[no-any-return]


def _key_of(event: Basic) -> Any:
    if not isinstance(event, Event) or not all(index.is_Integer for index in event.indices):
        raise NoValue("independence of what is no event")
    return f"event {event.name}", tuple(int(index) for index in event.indices)


def _causes(at: Instance, key: Any) -> tuple[Any, ...] | None:
    """What alone decides the chance of an event that is independent of others given it; None: the hidden cause."""
    found = [said for said in at.givens.independence if key in map(_key_of, said.events)]
    if len(found) > 1:
        raise NoValue("independent in two ways")
    return tuple(map(_key_of, found[0].given)) if found else None


def _exclusive_group(at: Instance, key: Any) -> tuple[Any, ...] | None:
    groups = [tuple(map(_key_of, group)) for group in at.givens.exclusive]
    return next((group for group in groups if key in group), None)


def _of_samples(at: Instance, facts: list[Fact]) -> Any:
    samples = {sample for _, sample, _ in facts}
    return product_of(_of_sample(at, sample, [(n, v) for n, s, v in facts if s == sample]) for sample in samples)


def _of_sample(at: Instance, sample: tuple[int, ...], facts: list[tuple[str, int | None]]) -> Any:
    model = at.givens.model
    if model is None:
        raise NoValue("no model")
    finite = {v.variable.name: v for v in model.variables if v.domain is not None}
    wanted = [name for name in (v.variable.name for v in model.variables) if name in finite or name in dict(facts)]
    _check_order(model, wanted)
    total: Any = 0
    for values in itertools.product(*(at.members(v.domain) for v in finite.values() if v.domain)):
        chosen = dict(zip(finite, values, strict=True))
        if all(_agrees(at, finite, chosen, sample, *fact) for fact in facts):
            total = total + product_of(_factor(at, name, chosen, sample) for name in wanted)
    return total


def _check_order(model: Model, wanted: list[str]) -> None:
    """No integral is taken: what a finite variable depends on has a value."""
    names = [v.variable.name for v in model.variables]
    if any(before not in wanted for name in wanted for before in names[: names.index(name)]):
        raise NoValue("the integral over a variable")


def _agrees(at: Instance, finite: Any, chosen: Any, sample: tuple[int, ...], name: str, value: int | None) -> bool:
    if name not in chosen:
        return True
    return bool(chosen[name] == (at.look(label_of(finite[name].value), sample) if value is None else value))


def _factor(at: Instance, name: str, chosen: Mapping[str, int], sample: tuple[int, ...]) -> Any:
    model = at.givens.model
    assert model is not None
    for factor in model.factors:
        (event,) = factor.lhs.events
        if (event.lhs if isinstance(event, Eq) else event).name == name:
            stated = [e for e in (event, *factor.lhs.given) if isinstance(e, Eq)]
            if any(e.rhs.is_Integer and int(e.rhs) != chosen[e.lhs.name] for e in stated):
                continue  # the factor of another value
            scope: dict[str, Any] = {e.rhs.name: chosen[e.lhs.name] for e in stated if not e.rhs.is_Integer}
            scope |= {"sample": sample, "observed": observed(model)}
            return closure(factor.rhs)(at, scope)
    return _unknown_factor(at, model, name, chosen, sample)


def _unknown_factor(at: Instance, model: Model, name: str, chosen: Mapping[str, int], sample: tuple[int, ...]) -> Any:
    """What the model does not say: random, by the values of the variables before; of a finite variable it sums to 1."""
    before = itertools.takewhile(lambda v: v.variable.name != name, model.variables)
    earlier = tuple(chosen.get(v.variable.name, 0) for v in before)
    domain = next(v.domain for v in model.variables if v.variable.name == name)
    if domain is None:
        return 3 * _chance(at, (f"density of {name}", sample + earlier))
    seen = sample if any(v.domain is None for v in model.variables) and model.variables[0].domain is None else ()
    weights = {v: _chance(at, (f"chance of {name}", (*seen, *earlier, v))) for v in at.members(domain)}
    return weights[chosen[name]] / sum(weights.values())


_HEADS: tuple[tuple[Any, Callable[[Any], Closure]], ...] = (
    (Rational, _number),
    (Pi, lambda tree: lambda at, scope: math.pi),
    ((Symbol, Indexed), _named),
    (Add, _of_parts(sum_of)),
    (Mul, _of_parts(product_of)),
    (Pow, _power),
    (Exp1, lambda tree: lambda at, scope: math.e),
    (exp, _function(exponential)),
    (log, _function(logarithm)),
    (sin, _function(smooth(math.sin, math.cos))),
    (cos, _function(smooth(math.cos, lambda v: -math.sin(v)))),
    (tan, _function(smooth(math.tan, lambda v: 1 / math.cos(v) ** 2))),
    (sinh, _function(smooth(math.sinh, math.cosh))),
    (cosh, _function(smooth(math.cosh, math.sinh))),
    (tanh, _function(smooth(math.tanh, lambda v: 1 / math.cosh(v) ** 2))),
    (atan, _function(smooth(math.atan, lambda v: 1 / (1 + float(v) ** 2)))),
    (Abs, _function(smooth(abs, lambda v: 1 if v > 0 else -1))),
    (factorial, _function(whole(math.factorial))),
    (binomial, _of_parts(lambda numbers: whole(math.comb)(*numbers))),
    (KroneckerDelta, _delta),
    (And, _of_parts(all)),
    (Or, _of_parts(any)),
    (Not, _function(lambda truth: not truth)),
    (Derivative, _derivative),
    ((Sum, Product), _big),
    (Indicator, _indicator),
    ((Eq, Ne, Lt, Gt, Le, Ge), _relation),
    (Partial, _partial),
    (Probability, _probability),
)


# --- whether a claim is false ------------------------------------------------------------------------------------


def is_false(transition: Transition, givens: Givens, wanted: int = WANTED) -> bool | None:
    """Whether an instance shows the claim to be false; None where hardly any instance had a value."""
    hypotheses = (*givens.facts, *transition.hypotheses)
    if transition.relation == "=>":
        hypotheses += (transition.lhs,)
    agreed = 0
    instances = _instances(_Hashed(givens), hypotheses)
    for instance in instances:
        values = dict(instance.values)
        try:
            if not _holds(instance, transition):
                return True
            agreed += 1
        except NOTHING_HERE:
            continue
        finally:
            instance.values = values
        if agreed == wanted:
            return False
    return False if agreed >= min(4, len(instances)) > 0 else None


def _holds(at: Instance, transition: Transition) -> bool:
    if transition.relation == "=>":
        _check_indices(at, transition.rhs)
        return all(same(*pair, noise=1e-7) for pair in everywhere(at, transition.rhs))
    sides = transition.lhs, transition.rhs
    for side in sides:
        _check_indices(at, side)
    left, right = (value_of(closure(side)(at, {})) for side in sides)
    if transition.relation == "=":
        return same(left, right)
    return bool({"<": left < right, ">": left > right, "<=": left <= right, ">=": left >= right}[transition.relation])


def everywhere(at: Instance, relation: Basic) -> Iterator[tuple[Any, Any]]:
    """Both sides of an equation, for all values of its free indices."""
    left, right, scopes = _sides(relation, tuple(at.givens.index_sets.items()))
    for scope in scopes(at, {}):
        yield value_of(left(at, scope)), value_of(right(at, scope))


@cache
def _sides(relation: Basic, index_sets: tuple[tuple[Symbol, IndexSet], ...]) -> tuple[Closure, Closure, Any]:
    free = relation.free_symbols
    limits = [(symbol, s.lower, s.upper) for symbol, s in index_sets if symbol in free]
    return closure(relation.args[0]), closure(relation.args[1]), _scopes(limits)


@dataclass(frozen=True)
class _Hashed:
    """Givens as a key of a cache: by identity."""

    givens: Givens

    def __hash__(self) -> int:
        return id(self.givens)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Hashed) and other.givens is self.givens


@cache
def _instances(hashed: _Hashed, hypotheses: tuple[Basic, ...]) -> list[Instance]:
    """Instances with at least two classes and features, at which the hypotheses hold."""
    givens, source = hashed.givens, random.Random(len(hypotheses))
    wanted = 4 if any(hypothesis.has(Partial) for hypothesis in hypotheses) else WANTED
    found: list[Instance] = []
    for attempt in range(8 * wanted):
        classes, features = ((2, 3), (3, 2), (2, 2))[attempt % 3]
        sizes = {"K": classes, "D": features, "N": source.randint(3, 4)}
        instance = Instance(givens, sizes if givens.model else {}, source)
        try:
            _draw_every_class(instance)
            solve(instance, hypotheses)
        except NOTHING_HERE:
            continue
        found.append(instance)
        if len(found) == wanted:
            break
    return found


def _draw_every_class(at: Instance) -> None:
    for base, index_set in at.givens.value_sets.items():
        members = list(at.members(index_set))
        values = members + at.random.choices(members, k=at.sizes["N"] - len(members))
        at.random.shuffle(values)
        at.values.update({(base.label.name, (n,)): value for n, value in enumerate(values, 1)})


def _check_indices(at: Instance, tree: Basic) -> None:
    """Refuse an instance where an index is outside of the set of its place: μ_jk with j > K has no value."""
    for index, size in _places(tree):
        limit = at.sizes.get(size)
        if limit is not None and at.look(index, ()) > limit:
            raise NoValue("an index out of its range")


_FAMILIES = {"mu": ("K", "D"), "sigma": ("D",), "alpha": ("K",), "y": ("N",)}


@cache
def _places(tree: Basic) -> tuple[tuple[Symbol, str], ...]:
    free = tree.free_symbols
    found = []
    for node in tree.atoms(Indexed):
        sizes = _FAMILIES.get(node.base.label.name, ("N", "D") if len(node.indices) == 2 else ("D",))
        found += [(i, s) for i, s in zip(node.indices, sizes, strict=True) if isinstance(i, Symbol) and i in free]
    return tuple(found)


# --- points where hypotheses hold --------------------------------------------------------------------------------


def solve(at: Instance, equations: tuple[Basic, ...]) -> None:
    """Move the drawn values, as little as possible, until the equations hold: damped Gauss–Newton steps."""
    residuals = _residuals(at, equations)
    unknown = at.unknown()
    positive = [key for key in unknown if at.is_positive(key)]
    rows: list[list[float]] = []
    for turn in range(MOST_TURNS):
        if all(abs(r) < 1e-12 for r in residuals):
            return
        if turn % 3 == 0:
            rows = _jacobian(at, equations, unknown, residuals)
        step = dict(zip(unknown, _least_step(rows, residuals), strict=True))
        scale = min([1.0, *(float(at.values[k]) / (2 * step[k]) for k in positive if step[k] > 0)])
        at.values.update({key: float(at.values[key]) - scale * change for key, change in step.items()})
        if max(map(abs, step.values()), default=0.0) < 1e-14:
            break
        residuals = _residuals(at, equations)
    if any(abs(r) > 1e-9 for r in _residuals(at, equations)) or any(abs(at.values[key]) > 50 for key in unknown):
        raise NoValue("no point where the hypotheses hold was found")


def _residuals(at: Instance, equations: tuple[Basic, ...]) -> list[float]:
    return [float(left - right) for equation in equations for left, right in everywhere(at, equation)]


def _jacobian(at: Instance, equations: tuple[Basic, ...], unknown: list[Key], here: list[float]) -> list[list[float]]:
    columns = []
    for key in unknown:
        before = at.values[key]
        at.values[key] = float(before) + 1e-6
        columns.append([(b - a) / 1e-6 for a, b in zip(here, _residuals(at, equations), strict=True)])
        at.values[key] = before
    return [list(row) for row in zip(*columns, strict=True)]


def _least_step(rows: list[list[float]], residuals: list[float]) -> list[float]:
    """The shortest s with J s = r, by (J Jᵀ + small) z = r, s = Jᵀ z."""
    size = len(rows)
    gram = [[sum(a * b for a, b in zip(p, q, strict=True)) + (1e-12 if p is q else 0.0) for q in rows] for p in rows]
    table = [[*gram[i], residuals[i]] for i in range(size)]
    for i in range(size):
        pivot = max(range(i, size), key=lambda r: abs(table[r][i]))
        table[i], table[pivot] = table[pivot], table[i]
        for r in range(size):
            if r != i and table[i][i]:
                ratio = table[r][i] / table[i][i]
                table[r] = [a - ratio * b for a, b in zip(table[r], table[i], strict=True)]
    z = [table[i][size] / table[i][i] if table[i][i] else 0.0 for i in range(size)]
    return [sum(rows[i][c] * z[i] for i in range(size)) for c in range(len(rows[0]) if rows else 0)]
