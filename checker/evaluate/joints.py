"""Joint distributions: random ones that obey what is given, and those of a model's factors.

An unknown joint is a chain: the probability of each atom given all atoms before it is a random number with a name such
as P(B|A), which facts can be solved for like any other name. Atoms that are independent given others do not occur
behind each other's bar. A density has values at its observed points only, and these are random positive numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from flint import fmpq
from sympy import IndexedBase

from checker.evaluate.arithmetic import ONE, ZERO, Number
from checker.evaluate.compiling import Compiler
from checker.evaluate.errors import Refused, Undefined
from checker.evaluate.events import Atom, Happening, Point, Values, declared, domain
from checker.evaluate.names import Domain, base_name, symbol_name
from checker.evaluate.state import State

UNIT = Domain(lower=fmpq(0), upper=fmpq(1))
POSITIVE = Domain(lower=fmpq(0), lower_open=True)
MAX_CONFIGURATIONS = 20_000
WORK_OF_A_SHARE = 8
"""Drawing a probability that differs from those before it, against one sum or product."""

Config = dict[Atom, Any]


def merged(happening: Iterable[Happening]) -> dict[Atom, Values] | None:
    """One assignment for each atom; None where they contradict each other."""
    found: dict[Atom, Values] = {}
    for atom, values in happening:
        before = found.get(atom)
        if before is None:
            found[atom] = values
        elif isinstance(values, Point) or isinstance(before, Point):
            if not (isinstance(values, Point) and isinstance(before, Point) and values.label == before.label):
                return None
        else:
            found[atom] = before & values
    return found if all(isinstance(values, Point) or values for values in found.values()) else None


@dataclass(frozen=True)
class Statement:
    """Members that are independent of each other where `given` holds; None: at any value of the atom."""

    members: tuple[frozenset[Atom], ...]
    given: tuple[tuple[Atom, frozenset[Any] | None], ...]


@dataclass
class Joint:
    """The unknown joint distribution of an instance; atoms are added as they are met.

    groups: for an event of which exactly one of several occurs, the group's atom and the event's place in it.
    """

    compiler: Compiler
    statements: tuple[Statement, ...]
    groups: dict[Atom, tuple[Atom, int]]
    sizes: dict[Atom, int]
    order: list[Atom] = field(default_factory=list)

    def probability(self, e: State, assignment: dict[Atom, Values]) -> Number:
        """The probability, or the density, of an assignment."""
        assigned = self.in_groups(assignment)
        if assigned is None:
            return ZERO
        for atom in assigned:
            if atom not in self.order:
                self.order.append(atom)
        last = max((self.order.index(atom) for atom in assigned), default=-1)
        return self._sum(e, assigned, self.order[: last + 1], 0, {})

    def in_groups(self, assignment: dict[Atom, Values]) -> dict[Atom, Values] | None:
        """Assignments of events in groups, as assignments of the groups; None where they contradict."""
        found: list[Happening] = []
        for atom, values in assignment.items():
            if atom in self.groups and not isinstance(values, Point):
                group, place = self.groups[atom]
                every = frozenset(range(self.sizes[group]))
                allowed = frozenset([place]) if True in values else every - {place}
                found.append((group, allowed))
            else:
                found.append((atom, values))
        return merged(found)

    def _sum(self, e: State, assigned: dict[Atom, Values], order: list[Atom], place: int, config: Config) -> Number:
        if place == len(order):
            return ONE
        e.budget.spend(WORK_OF_A_SHARE + place * place // 16)  # it is named by all that is before it
        atom = order[place]
        values = assigned.get(atom)
        if isinstance(values, Point):
            density = self._density(e, atom, values, config)
            return density * self._sum(e, assigned, order, place + 1, {**config, atom: values.label})
        possible = self.values(e, atom)
        if possible is None:
            # a density that is not mentioned integrates to one
            return self._sum(e, assigned, order, place + 1, config)
        if values is not None:
            values = values & frozenset(possible)
        total: Number = ZERO
        rest: Number = ONE
        missing = len(possible) if values is None else len(values)
        for number, value in enumerate(possible):
            if not missing:
                break
            final = number == len(possible) - 1
            share = rest if final else rest * self._share(e, atom, possible, number, config)
            rest = rest + -share
            if values is None or value in values:
                missing -= 1
                total = total + share * self._sum(e, assigned, order, place + 1, {**config, atom: value})
        return total

    def values(self, e: State, atom: Atom) -> list[Any] | None:
        """The values of an atom; None for a density."""
        kind, name, _ = atom
        if kind == "group":
            return list(range(self.sizes[atom]))
        if kind == "event":
            return [True, False]
        within = domain(self.compiler, name)
        if within is None:
            return None
        return list(within.values(e))

    def _share(self, e: State, atom: Atom, possible: list[Any], number: int, config: Config) -> Number:
        """The probability of one value where the values before it do not occur."""
        before = [self.text(atom, value, False) for value in possible[:number]]
        key = self._name("P", self.text(atom, possible[number], True), self._relevant(atom, config), before)
        return _read(self.compiler, e, key, UNIT)

    def _density(self, e: State, atom: Atom, point: Point, config: Config) -> Number:
        where = atom_text(atom) if point.value is None else f"{atom_text(atom)}={point.label}"
        return _read(self.compiler, e, self._name("p", where, self._relevant(atom, config), []), POSITIVE)

    def _relevant(self, atom: Atom, config: Config) -> Config:
        """The configuration without what the atom is independent of."""
        gone: set[Atom] = set()
        for statement in self.statements:
            mine = next((member for member in statement.members if atom in member), None)
            if mine is not None and all(
                given in config and (values is None or config[given] in values) for given, values in statement.given
            ):
                gone.update(*(member for member in statement.members if member is not mine))
                kept = {given for given, _ in statement.given}
                gone -= kept
        return {other: value for other, value in config.items() if other not in gone}

    def _name(self, head: str, event: str, config: Config, before: list[str]) -> str:
        behind = [self.text(atom, value, True) for atom, value in config.items()] + before
        return f"{head}({event}|{','.join(behind)})" if behind else f"{head}({event})"

    def text(self, atom: Atom, value: Any, occurs: bool) -> str:
        """How an atom's value is written: A, ~A, y_2=1."""
        kind, _, _ = atom
        if kind == "event":
            return atom_text(atom) if value is occurs else f"~{atom_text(atom)}"
        if kind == "group":
            event = next(event for event, member in self.groups.items() if member == (atom, value))
            return f"{'' if occurs else '~'}{atom_text(event)}"
        if self.compiler.usage.range_of(("random", atom[1])) is None:
            return atom_text(atom) if not isinstance(value, str) else f"{atom_text(atom)}={value}"
        return f"{atom_text(atom)}{'=' if occurs else '!='}{value}"

    def obeys(self, e: State) -> bool:
        """Whether all independence statements hold; a chain satisfies them one by one, and not always together."""
        return len(self.statements) < 2 or all(self._factorises(e, statement) for statement in self.statements)

    def _factorises(self, e: State, statement: Statement) -> bool:
        atoms = [atom for member in statement.members for atom in member]
        choices = [self.values(e, atom) for atom in atoms]
        if any(choice is None for choice in choices):
            return True
        count = 1
        for choice in choices:
            count *= len(choice or ())
        if count > 256:
            raise Refused("independence of too many events")
        known = {atom: values for atom, values in statement.given if values is not None}
        open_atoms = [atom for atom, values in statement.given if values is None]
        given_choices = [self.values(e, atom) or [None] for atom in open_atoms]
        for outcome in product(*given_choices):
            given: dict[Atom, Values] = dict(known)
            given.update({a: frozenset([v]) for a, v in zip(open_atoms, outcome, strict=True) if v is not None})
            if not self._product_holds(e, statement, atoms, choices, given):
                return False
        return True

    def _product_holds(
        self, e: State, statement: Statement, atoms: list[Atom], choices: Any, given: dict[Atom, Values]
    ) -> bool:
        base = self.probability(e, given)
        for outcome in product(*choices):
            chosen: dict[Atom, Values] = {a: frozenset([v]) for a, v in zip(atoms, outcome, strict=True)}
            left = self.probability(e, {**given, **chosen})
            right: Number = ONE
            for member in statement.members:
                part = {atom: values for atom, values in chosen.items() if atom in member}
                right = right * self.probability(e, {**given, **part})
                left = left * base
            if left != right * base:
                return False
        return True


def atom_text(atom: Atom) -> str:
    """The name of an atom with its indices."""
    _, name, indices = atom
    text = ",".join(str(index) for index in indices)
    if not text:
        return name
    return f"{name}_{text}" if len(text) == 1 else f"{name}_{{{text}}}"


def _read(compiler: Compiler, e: State, key: str, within: Domain) -> Number:
    if e.moved:
        raise Refused("a derivative of an unknown probability")
    compiler.usage.symbols.setdefault(key, within)
    return e.read(key)


Factor = Callable[[State, tuple[int, ...], dict[str, Any]], Number | None]
"""A factor's value at a sample and at values of the variables; None where the factor is for other values."""


@dataclass
class Generative:
    """The joint distribution of a model's variables, for each sample on its own.

    variables: their names in generative order. parents: the variables behind the bar of each one's factors.
    """

    compiler: Compiler
    variables: list[str]
    factors: dict[str, list[Factor]]
    parents: dict[str, list[str]]

    def probability(self, e: State, assignment: dict[Atom, Values]) -> Number:
        """The probability or density of an assignment, of several samples where they are said to be independent."""
        total: Number = ONE
        samples = dict.fromkeys(atom[2] for atom in assignment)
        model = self.compiler.givens.model
        if len(samples) > 1 and (model is None or model.samples is None):
            raise Refused("several samples that are not said to be independent")
        for sample in samples:
            values = {atom[1]: value for atom, value in assignment.items() if atom[2] == sample}
            total = total * self._one(e, sample, values)
        return total

    def _one(self, e: State, sample: tuple[int, ...], values: dict[str, Values]) -> Number:
        needed = self._ancestors(values)
        if any(name not in values and domain(self.compiler, name) is None for name in needed):
            return self._integral(e, sample, values)
        return self._sum(e, sample, values, [name for name in self.variables if name in needed], {})

    def _integral(self, e: State, sample: tuple[int, ...], values: dict[str, Values]) -> Number:
        """A random positive number in place of an integral, at which nothing is refuted."""
        free = {name for name in self._ancestors(values) if name not in values}
        known = [declared(self.compiler, name) for name in free if domain(self.compiler, name) is None]
        named = [v.value for v in known if v is not None]
        own = frozenset(base_name(v) if isinstance(v, IndexedBase) else symbol_name(v) for v in named)
        e.integrated = own if e.integrated is None else e.integrated & own
        events = ",".join(f"{_value_name(name, _point(value), sample)}" for name, value in sorted(values.items()))
        return _read(self.compiler, e, f"p({events})", POSITIVE)

    def _ancestors(self, names: Iterable[str]) -> set[str]:
        found = set(names)
        for name in reversed(self.variables):
            if name in found:
                found.update(self.parents[name])
        return found

    def _sum(
        self, e: State, sample: tuple[int, ...], values: dict[str, Values], names: list[str], config: dict[str, Any]
    ) -> Number:
        if not names:
            return ONE
        e.budget.spend(1)
        name, rest = names[0], names[1:]
        wanted = values.get(name)
        if isinstance(wanted, Point):
            share = self._factor(e, sample, name, {**config, name: wanted})
            return share * self._sum(e, sample, values, rest, {**config, name: wanted})
        within = domain(self.compiler, name)
        assert within is not None, "what has a density is assigned, or the whole is an integral"
        total: Number = ZERO
        for value in within.values(e):
            if wanted is None or value in wanted:
                share = self._factor(e, sample, name, {**config, name: value})
                total = total + share * self._sum(e, sample, values, rest, {**config, name: value})
        return total

    def _factor(self, e: State, sample: tuple[int, ...], name: str, config: dict[str, Any]) -> Number:
        found = self._stated(e, sample, name, config)
        if found is not None:
            return found
        within = domain(self.compiler, name)
        if within is None or not self.factors[name]:
            return self._unknown(e, sample, name, config)
        return self._last(e, sample, name, config, within.values(e))

    def _stated(self, e: State, sample: tuple[int, ...], name: str, config: dict[str, Any]) -> Number | None:
        for factor in self.factors[name]:
            found = factor(e, sample, config)
            if found is not None:
                return found
        return None

    def _last(
        self, e: State, sample: tuple[int, ...], name: str, config: dict[str, Any], possible: Iterable[int]
    ) -> Number:
        """What the other values leave, as p(y=0) where p(y=1) is stated."""
        rest: Number = ONE
        for value in possible:
            if value != config[name]:
                other = self._stated(e, sample, name, {**config, name: value})
                if other is None:
                    return self._unknown(e, sample, name, config)
                rest = rest + -other
        return rest

    def _unknown(self, e: State, sample: tuple[int, ...], name: str, config: dict[str, Any]) -> Number:
        """A random conditional distribution, the same for every sample; a density at every observed point its own."""
        behind = [_value_name(other, value, sample) for other, value in config.items() if other != name]
        bar = f"|{','.join(behind)}" if behind else ""
        within = domain(self.compiler, name)
        if within is None:
            return _read(self.compiler, e, f"p({_value_name(name, config[name], sample)}{bar})", POSITIVE)
        rest: Number = ONE
        possible = within.values(e)
        passed: list[str] = []
        for value in possible:
            given = ",".join([*behind, *passed])
            key = f"P({name}={value}{'|' if given else ''}{given})"
            share = rest if value == possible[-1] else rest * _read(self.compiler, e, key, UNIT)
            if value == config[name]:
                return share
            rest = rest + -share
            passed.append(f"{name}!={value}")
        raise Undefined


def _point(value: Values) -> Any:
    return value if isinstance(value, Point) else "|".join(sorted(map(str, value)))


def _value_name(name: str, value: Any, sample: tuple[int, ...]) -> str:
    if isinstance(value, Point) and value.value is None:
        return atom_text(("variable", name, sample))
    return f"{name}={value.label if isinstance(value, Point) else value}"
