"""The density of one feature, p(x_i | y = k), of which a question says what it is, or a text how features depend."""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Basic, Eq, Expr, Indexed, IndexedBase, Mul, Sum, Symbol

from checker.derivation import Variable
from checker.expressions import Probability, RandomVariable
from checker.reading.known.names import Name, name_of
from checker.reading.meaning.components import features_of, observed_family, stated_features
from checker.reading.meaning.context import Context
from checker.reading.syntax import Chance, Complement, Dots, Node, Relation, Scripted
from checker.reading.tex.tokens import Beyond


def feature(m: Context, node: Chance) -> Expr | None:
    """p(x_i | y = k) by what is known of it; None where the probability is of something else.

    Raises Beyond for one feature beside what nothing is said of.
    """
    if len(node.events) != 1:
        return None
    event = node.events[0]
    name = _name(m, event.left if isinstance(event, Relation) else event)
    if name is None or not name.indices:
        return None
    known = _known(m, name.key)
    whose = _indices(m, name, event) if known else None
    if whose is None:
        return None
    *sample, index = whose
    taken = _valued(m, name.key, event)
    if not node.given and m.scope.model is None:
        return _marginal(m, known, sample, index, taken, node)
    for statement, family in known:
        (condition,) = statement.lhs.given
        value = _value(m, node.given, condition, sample, {str(index), *map(str, sample)}, name)
        stated = condition.rhs if isinstance(condition, Eq) else value
        if isinstance(stated, Symbol) or stated == value:
            return density_at(statement, family, value, sample, index, taken)
    raise Beyond(f"one feature of {name.key} beside a value for which it is not stated", node.place)


def _known(m: Context, key: str) -> list[tuple[Eq, IndexedBase]]:
    """What is said of the density of a component of the family, with the family of the observed values."""
    if m.scope.model is not None:
        stated = [each for each in m.scope.model.features if each.lhs.events[0].name == key]
        return [(each, _variable(m, key).value) for each in stated]
    return [(each, observed_family(m.scope, key)) for each in features_of(m, key)]


def _marginal(
    m: Context,
    known: Sequence[tuple[Eq, IndexedBase]],
    sample: Sequence[Expr],
    index: Expr,
    taken: Expr | None,
    node: Chance,
) -> Expr:
    """p(x_j) = Σ_k p(y = k) p(x_j | y = k), where y has finitely many values."""
    (statement, family), *others = known
    (condition,) = statement.lhs.given
    domain = m.scope.variables.get(condition.lhs.name) if isinstance(condition, Eq) else None
    if others or domain is None or not isinstance(condition.rhs, Symbol):
        raise Beyond("one feature by itself", node.place)
    variable, value = RandomVariable(condition.lhs.name, *sample), condition.rhs
    weight = Probability([Eq(variable, value, evaluate=False)], [])
    density = density_at(statement, family, value, sample, index, taken)
    m.variables.setdefault(condition.lhs.name, domain)
    return Sum(Mul(weight, density, evaluate=False), (value, domain.lower, domain.upper))


def _valued(m: Context, key: str, event: Node) -> Expr | None:
    """The number at which the density is taken, as in p(x_i = 1 | y); None for the observed value.

    Raises Beyond where the density is that of observed values only.
    """
    if not isinstance(event, Relation):
        return None
    if event.sign != "=" or m.scope.model is not None or not stated_features(m, key):
        raise Beyond(f"one feature of {key} at a value", event.place)
    return m.number(event.right)


def _name(m: Context, node: Node) -> Name | None:
    return None if isinstance(node, (Relation, Complement, Dots)) else name_of(node, m.scope)


def _indices(m: Context, name: Name, node: Node) -> list[Expr] | None:
    """[i] for x_i, [n, i] for x_i^{(n)}; None for a sample x^{(n)} and for what is no name with indices."""
    model = m.scope.model
    node = node.left if isinstance(node, Relation) else node
    if not isinstance(node, Scripted) or name.power is not None or len(name.indices) not in (1, 2):
        return None
    found = [m.index(index) for index in name.indices]
    if len(found) == 2:
        return found
    within = m.scope.index_sets.get(str(found[0])) or m.over.get(str(found[0]))
    if model is None:
        return found if not name.above and (within is None or within != m.scope.samples) else None
    ours = model.samples is not None and within != model.samples
    return found if not node.bracketed and ours and within is not None else None


def _value(
    m: Context, given: Sequence[Node], condition: Basic, sample: Sequence[Expr], letters: set[str], name: Name
) -> Expr:
    """The value of the variable behind the bar; the other names there are parameters, at these indices."""
    variable = (condition.lhs if isinstance(condition, Eq) else condition).name
    found: list[Expr] = []
    indices: list[Node] = []
    for each in (m.alias(node, m.scope.events) or node for node in given):
        other = _name(m, each.left if isinstance(each, Relation) else each)
        if other is not None and not other.indices and _is_value(m, other, variable):
            found.append(m.index(each))
        elif other is not None and other.key == variable and other.power is None:
            if [m.index(index) for index in other.indices] != [*sample] and (
                other.indices or not isinstance(each, Relation)
            ):
                raise Beyond("a feature of one sample beside another sample", each.place)
            found.append(m.index(each.right) if isinstance(each, Relation) else _observed(m, variable, sample))
        elif other is not None and other.key in m.scope.parameters and other.power is None:
            indices += other.indices
        elif other is None or other.key not in m.scope.parameters:
            raise Beyond(f"one feature of a sample of {name.key} beside this", each.place)
    if len(found) != 1:
        raise Beyond(
            f"one feature of a sample of {name.key} without {variable}", given[0].place if given else name.place
        )
    if any(str(m.index(index)) not in letters | {str(found[0])} for index in indices):
        raise Beyond("a parameter with another index behind the bar", given[0].place)
    return found[0]


def _is_value(m: Context, name: Name, variable: str) -> bool:
    """An index c, or c' in a sum, that stands for the value of the variable c."""
    return (
        name.power is None
        and name.key.rstrip("'") == variable
        and (name.key in m.scope.index_sets or name.key in m.bound)
    )


def _observed(m: Context, variable: str, sample: Sequence[Expr]) -> Expr:
    family = m.scope.kinds.get(f"{variable}[]")
    if sample:
        return Indexed(m.base(variable, family), *sample)
    return m.plain(variable, m.scope.kinds.get(variable) or family)


def _variable(m: Context, name: str) -> Variable:
    assert m.scope.model is not None
    return next(each for each in m.scope.model.variables if each.variable.name == name)


def density_at(
    statement: Eq, family: IndexedBase, value: Expr, sample: Sequence[Expr], index: Expr, taken: Expr | None
) -> Expr:
    """What is said of it at this class, feature and sample; taken: at this value in place of the observed one."""
    (own,), (condition,) = statement.lhs.events, statement.lhs.given
    placeholder = own.indices[0]
    inner = statement.rhs.xreplace({family[placeholder]: family[(*sample, index)] if taken is None else taken})
    stated = condition.rhs if isinstance(condition, Eq) else value
    return inner.xreplace({placeholder: index, stated: value})
