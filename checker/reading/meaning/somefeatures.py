"""Probabilities of some components of a vector whose components are independent given a class, and of the class.

p(x | y)        = Π_j p(x_j | y)                            at the observed y
p(x_1, x_2 | y) = p(x_1 | y) p(x_2 | y)
p(x_1, x_2)     = Σ_k p(y = k) p(x_1 | y = k) p(x_2 | y = k)
p(y | x_1)      = p(y) p(x_1 | y) / p(x_1)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sympy import Add, Eq, Expr, Integer, Mul, Pow, Product, Sum, Symbol

from checker.expressions import Probability, RandomVariable
from checker.reading.known.indices import index_assumptions
from checker.reading.known.names import Name, name_of
from checker.reading.meaning.components import features_of, observed_family, whole_of
from checker.reading.meaning.context import Context
from checker.reading.meaning.features import density_at
from checker.reading.syntax import Chance, Complement, Dots, Node, Relation
from checker.reading.tex.tokens import Beyond

MOST_CLASSES = 10
"""How many classes are added up one by one."""


@dataclass(frozen=True)
class _Events:
    """Components by their indices, each with the value at which it is taken or None, and the class or None."""

    components: tuple[tuple[Expr, Expr | None], ...]
    label: Expr | None


def some_features(m: Context, node: Chance) -> Expr | None:
    """The probability by those of single components; None where it is of something else."""
    if m.scope.model is not None:
        return None
    whole = _of_whole(m, node)
    if whole is not None:
        return whole
    names = [name for each in (*node.events, *node.given) if (name := _name(m, each)) is not None]
    keys = {name.key for name in names if m.scope.vector_of(name.key) is not None and name.indices}
    if len(keys) != 1:
        return None
    key = keys.pop()
    behind = m.scope.components[key].behind
    before, given = _events(m, node.events, key, behind), _events(m, node.given, key, behind)
    if before is None or given is None or before.label is not None and given.label is not None:
        return None
    if len(before.components) + len(given.components) == 1 and before.label is None:
        return None  # one feature alone
    components = (*before.components, *given.components)
    indices = [index for index, _ in components]
    if len(set(indices)) < len(indices) or len(indices) > 1 and not all(index.is_number for index in indices):
        raise Beyond(f"components of {key} of which it is not seen that they are different", node.place)
    if given.label is not None:
        densities = [_density(m, key, index, taken, given.label, node) for index, taken in before.components]
        return Mul(*densities, evaluate=False)
    everything = _joint(m, key, components, before.label, node)
    if not node.given:
        return everything
    below = _joint(m, key, given.components, None, node)
    return Mul(everything, Pow(below, Integer(-1), evaluate=False), evaluate=False)


def _of_whole(m: Context, node: Chance) -> Expr | None:
    """p(x | y), of all components, at the observed y."""
    key = whole_of(m, node.events)
    given = _events(m, node.given, key, m.scope.components[key].behind) if key else None
    if given is None or given.components or given.label is None or any(isinstance(e, Relation) for e in node.given):
        return None
    domain = m.scope.variables.get(m.scope.components[key].behind)
    m.variables.setdefault(m.scope.components[key].behind, domain)
    members = m.scope.components[key].members
    place = Symbol("j_", **index_assumptions(members.lower))
    density = _density(m, key, place, None, given.label, node)
    return Product(density, (place, members.lower, members.upper))


def _name(m: Context, node: Node) -> Name | None:
    node = m.alias(node, m.scope.events) or node
    if isinstance(node, Relation):
        node = node.left
    return None if isinstance(node, (Complement, Dots)) else name_of(node, m.scope)


def _events(m: Context, nodes: Sequence[Node], key: str, behind: str) -> _Events | None:
    """The components and the class among events; parameters are left out. None where other events are among them."""
    components: list[tuple[Expr, Expr | None]] = []
    label: Expr | None = None
    for each in nodes:
        event = m.alias(each, m.scope.events) or each
        name = _name(m, event)
        if name is None or name.power is not None or isinstance(event, Relation) and event.sign != "=":
            return None
        value = event.right if isinstance(event, Relation) else None
        if name.key == key and len(name.indices) == 1 and not name.above:
            components.append((m.index(name.indices[0]), None if value is None else m.number(value)))
        elif name.key == behind and not name.indices and label is None:
            label = m.plain(behind, m.scope.kinds.get(behind)) if value is None else m.index(value)
        elif name.key not in m.scope.parameters:
            return None
    return _Events(tuple(components), label)


def _joint(
    m: Context, key: str, components: Sequence[tuple[Expr, Expr | None]], label: Expr | None, node: Chance
) -> Expr:
    """The probability of the components together with the class, or of all classes."""
    behind = m.scope.components[key].behind
    domain = m.scope.variables.get(behind)
    m.variables.setdefault(behind, domain)
    if label is not None:
        return _with_label(m, key, components, label, node)
    if domain is None or domain.only:
        raise Beyond(f"components of {key} without {behind}, of whose values nothing is said", node.place)
    numbered = domain.lower.is_Integer and domain.upper.is_Integer
    if numbered and int(domain.upper) - int(domain.lower) < MOST_CLASSES:
        values = range(int(domain.lower), int(domain.upper) + 1)
        return Add(*(_with_label(m, key, components, Integer(each), node) for each in values), evaluate=False)
    index = Symbol("k_", **index_assumptions(domain.lower))
    return Sum(_with_label(m, key, components, index, node), (index, domain.lower, domain.upper))


def _with_label(
    m: Context, key: str, components: Sequence[tuple[Expr, Expr | None]], label: Expr, node: Chance
) -> Expr:
    variable = RandomVariable(m.scope.components[key].behind)
    observed = label == m.plain(variable.name, m.scope.kinds.get(variable.name))
    weight = Probability([variable if observed else Eq(variable, label, evaluate=False)], [])
    return Mul(weight, *(_density(m, key, index, taken, label, node) for index, taken in components), evaluate=False)


def _density(m: Context, key: str, index: Expr, taken: Expr | None, label: Expr, node: Chance) -> Expr:
    for statement in features_of(m, key):
        (condition,) = statement.lhs.given
        stated = condition.rhs if isinstance(condition, Eq) else label
        if isinstance(stated, Symbol) or stated == label:
            return density_at(statement, observed_family(m.scope, key), label, [], index, taken)
    raise Beyond(f"one feature of {key} beside a value for which it is not stated", node.place)
