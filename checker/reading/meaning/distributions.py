"""Probabilities of what is distributed as a name says: x_n ∼ Poisson(λ).

    p(x_1, …, x_N | λ) = Π_n p(x_n | λ)                    where the x_n are independent
    p(θ | x)           = p(x | θ) p(θ) / p(x)              where θ has a distribution itself

p(x) for a θ that has a distribution is an integral: a quantity of which no more is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sympy
from sympy import Expr, Integer, Mul, Pow, Symbol

from checker.derivation import IndexSet
from checker.expressions import RandomVariable, Unknown
from checker.reading.known.families import Family
from checker.reading.known.letters import letters_in, letters_through
from checker.reading.known.names import Name
from checker.reading.known.scope import Distribution, Scope
from checker.reading.meaning import dots
from checker.reading.meaning.arrays import Array, Value
from checker.reading.meaning.context import Context
from checker.reading.meaning.naming import plain_name
from checker.reading.meaning.shorthands import instance
from checker.reading.syntax import Chance, Letter, Node, Number, Relation, Scripted
from checker.reading.tex.tokens import Beyond, Place

MARGINAL = "a marginal distribution"
JOINT = "a joint distribution of what is not said to be independent"


@dataclass(frozen=True)
class _Observed:
    """A name before or behind the bar with its value, or all its members in a range of their index."""

    of: Distribution
    indices: tuple[Node, ...]
    value: Node
    within: IndexSet | None = None


def by_distributions(m: Context, node: Chance) -> Value | None:
    """p(x | θ) by what is said of the distribution of x; None where nothing is, or of the names behind the bar."""
    if m.scope.model is not None or not m.scope.distributions:
        return None
    events, given = _observed(m, node.events), _observed(m, node.given, parameters=True)
    if not events:
        return None
    if given is None or not _is_known_together(m, [*events, *given]):
        m.abstracted.append(JOINT)
        return None
    behind = {key for each in given for key in letters_in(*each.of.parameters)}
    if not behind & {each.of.key for each in events}:
        known = {each.of.key for each in (*events, *given)}
        return _joint(m, node, events, known)
    everything = _joint(m, node, [*events, *given], {each.of.key for each in (*events, *given)})
    below = _joint(m, Chance(node.head, node.given, (), node.place), given, {each.of.key for each in given})
    return Mul(everything, Pow(below, Integer(-1), evaluate=False), evaluate=False)


def _observed(m: Context, nodes: Sequence[Node], parameters: bool = False) -> list[_Observed] | None:
    """The names with their distributions; parameters: names that have none may stand among them."""
    found: list[_Observed] = []
    items = list(nodes)
    while (run := dots.run_of(items)) is not None:
        each = _one(m, run.block[0]) if len(run.block) == 1 and not run.start else None
        if each is None or not each.of.independent:
            return None
        found.append(_Observed(each.of, each.indices, each.value, IndexSet(Integer(run.lower), m.index(run.upper))))
        items = items[run.end :]
    for node in items:
        each = _one(m, node)
        if each is not None:
            found.append(each)
        elif not parameters or not _is_parameter(m, node):
            return None
    return found


def _is_parameter(m: Context, node: Node) -> bool:
    """A name that a distribution is stated with, or its power, and not data of which nothing is known."""
    if isinstance(node, Scripted) and isinstance(node.sup, Number):
        node = Scripted(node.base, node.sub, None, node.place) if node.sub else node.base
    name = plain_name(node, m.scope) if not isinstance(node, Relation) else None
    stated = [*(each for of in m.scope.distributions for each in of.parameters), *(f.right for f in m.scope.factors)]
    return name is not None and (
        name.key in m.scope.parameters or any(name.key in letters_through(m.scope, each) for each in stated)
    )


def _is_known_together(m: Context, observed: Sequence[_Observed]) -> bool:
    """Each two are said to be independent, or one is a parameter of the other's distribution."""
    above = {each.of.key: letters_in(*each.of.parameters) for each in observed}

    def depends(key: str, on: str, seen: frozenset[str] = frozenset()) -> bool:
        if on in above[key]:
            return True
        return any(depends(each, on, seen | {key}) for each in above[key] & above.keys() - seen - {key})

    def known(one: _Observed, other: _Observed) -> bool:
        if one.of is other.of:
            apart = zip(one.indices, other.indices, strict=True)
            return one.of.independent and any(
                isinstance(i, Number) and isinstance(j, Number) and i.text != j.text for i, j in apart
            )
        a, b = one.of.key, other.of.key
        return depends(a, b) or depends(b, a) or are_independent(m.scope, a, b)

    return all(known(one, other) for at, one in enumerate(observed) for other in observed[:at])


def are_independent(scope: Scope, *names: str) -> bool:
    """The text says that the names are independent."""
    return any(
        set(names) <= {each.name for each in said.events if isinstance(each, RandomVariable)} and not said.given
        for said in scope.independence
    )


def _one(m: Context, node: Node) -> _Observed | None:
    """x, x_n, or x = v; the letter of a family alone is all of it."""
    value = node.right if isinstance(node, Relation) and node.sign == "=" else node
    name = plain_name(node.left if isinstance(node, Relation) else node, m.scope)
    if name is None:
        return None
    of = m.scope.distribution_of(name.key, len(name.indices)) or _prior(m, name)
    if of is not None:
        return _Observed(of, name.indices, value)
    return _whole(m, name, node)


def _prior(m: Context, name: Name) -> Distribution | None:
    """What is stated as p(λ) = … of a parameter λ of what has a distribution."""
    parameters = {key for each in m.scope.distributions for key in letters_in(*each.parameters)}
    if name.indices or name.key not in parameters:
        return None
    for factor in m.scope.factors:
        own = plain_name(factor.left.events[0], m.scope) if len(factor.left.events) == 1 else None
        if own is not None and own.key == name.key and not factor.left.given:
            return Distribution(name.key, (), (), (), density=factor.right)
    return None


def _whole(m: Context, name: Name, node: Node) -> _Observed | None:
    """All members of a family, by its letter."""
    of = m.scope.distribution_of(name.key, 1) if not name.indices and isinstance(node, Letter) else None
    within = m.scope.place_of(name.key, 1, 0)
    if of is None or within is None or not of.independent or not m.scope.is_undeclared(name.key):
        return None
    index = Letter(dots.INDEX, node.place)
    return _Observed(of, (index,), Scripted(node, (index,), None, node.place), within)


def _joint(m: Context, node: Chance, observed: Sequence[_Observed], known: set[str]) -> Expr:
    """The product of the densities, each given the others; a quantity where a random parameter is not among them."""
    random = {each.key for each in m.scope.distributions}
    random |= {key for each in observed for key in letters_in(*each.of.parameters) if _is_random(m, key)}
    if any(letters_in(*each.of.parameters) & random - known for each in observed):
        m.abstracted.append(MARGINAL)
        events = tuple(each.value for each in observed)
        return m.quantity(MARGINAL, Chance(node.head, events, (), node.place), positive=True)
    parts = [_density_of(m, each) for each in observed]
    return parts[0] if len(parts) == 1 else Mul(*parts, evaluate=False)


def _is_random(m: Context, key: str) -> bool:
    """A prior is stated for a parameter."""
    return _prior(m, Name(key, (), None, Place(1, 1), key)) is not None


def _density_of(m: Context, observed: _Observed) -> Expr:
    if observed.within is None:
        return density(m, observed.of, observed.indices, observed.value)
    index = Symbol("n_", integer=True, positive=True)
    with m.binding([(dots.INDEX, index)]):
        body = density(m, observed.of, observed.indices, observed.value)
    return sympy.Product(body, (index, observed.within.lower, observed.within.upper))


def density(m: Context, of: Distribution, indices: Sequence[Node], value: Node) -> Expr:
    """The density of a distribution, for these indices of its name, at a value."""
    if of.density is not None:
        return m.number(of.density)
    if not of.families:
        raise Beyond(f"the distribution of {of.key}, of which only the mean and the variance are said", value.place)
    x = m.value(value)
    parameters = [m.value(each) for each in _parameters(of, indices)]
    return formula(of.families[0], x, parameters)


def formula(family: Family, x: Value, parameters: Sequence[Value]) -> Expr:
    """The density of a family at x."""
    if family.density is None or any(isinstance(each, Array) for each in (x, *parameters)):
        return Unknown(f"the density of {family.title}")
    with sympy.evaluate(False):
        return family.density(x, *parameters)


def _parameters(of: Distribution, indices: Sequence[Node]) -> list[Node]:
    letters = {place.name: index for place, index in zip(of.indices, indices, strict=True) if isinstance(place, Letter)}
    return [instance(each, letters) for each in of.parameters]


def parameters_at(m: Context, of: Distribution, indices: Sequence[Expr]) -> list[Expr] | None:
    """The parameters, or the mean and the variance, for these indices of the name; None where one is no number."""
    places = [
        (place.name, index) for place, index in zip(of.indices, indices, strict=True) if isinstance(place, Letter)
    ]
    with m.binding(places):
        values = [m.value(each) for each in of.moments or of.parameters]
    return [each for each in values if isinstance(each, Expr)] if all(isinstance(v, Expr) for v in values) else None
