"""The density of one feature of a sample, p(x_i | y = k), where a question says what it is."""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Basic, Eq, Expr, Indexed

from checker.derivation import Variable
from checker.expressions import Probability, RandomVariable
from checker.reading.context import Context
from checker.reading.names import Name, name_of
from checker.reading.syntax import Chance, Complement, Dots, Node, Relation, Scripted
from checker.reading.tokens import Beyond


def feature(m: Context, node: Chance) -> Expr | None:
    """p(x_i | y = k) by what the question's model says of it; None where the probability is of something else.

    Raises Beyond for one feature beside what the model does not say.
    """
    model = m.scope.model
    if model is None or not model.features or len(node.events) != 1:
        return None
    name = _name(m, node.events[0])
    for statement in model.features:
        assert isinstance(statement, Eq)
        assert isinstance(statement.lhs, Probability)
        (own,), (condition,) = statement.lhs.events, statement.lhs.given
        if name is None or name.key != own.name:
            continue
        whose = _indices(m, name, node.events[0])
        if whose is None:
            continue
        *sample, index = whose
        value = _value(m, node.given, condition, sample, {str(index), *map(str, sample)}, name)
        return _at(m, statement, own, condition, value, sample, index)
    return None


def _name(m: Context, node: Node) -> Name | None:
    return None if isinstance(node, (Relation, Complement, Dots)) else name_of(node, m.scope)


def _indices(m: Context, name: Name, node: Node) -> list[Expr] | None:
    """[i] for x_i, [n, i] for x_i^{(n)}; None for a sample x^{(n)} and for what is no name with indices."""
    model = m.scope.model
    if not isinstance(node, Scripted) or name.power is not None or len(name.indices) not in (1, 2):
        return None
    found = [m.index(index) for index in name.indices]
    if len(found) == 2:
        return found
    within = m.scope.index_sets.get(str(found[0])) or m.over.get(str(found[0]))
    ours = model is not None and model.samples is not None and within != model.samples
    return found if not node.bracketed and ours and within is not None else None


def _value(
    m: Context, given: Sequence[Node], condition: Basic, sample: Sequence[Expr], letters: set[str], name: Name
) -> Expr:
    """The value of the variable behind the bar; the other names there are parameters, at these indices."""
    variable = condition.lhs.name
    found: list[Expr] = []
    indices: list[Node] = []
    for each in given:
        other = _name(m, each.left if isinstance(each, Relation) else each)
        if other is not None and other.key == variable and other.power is None:
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


def _observed(m: Context, variable: str, sample: Sequence[Expr]) -> Expr:
    kind = m.scope.kinds.get(f"{variable}[]")
    return Indexed(m.base(variable, kind), *sample) if sample else m.plain(variable, kind)


def _variable(m: Context, name: str) -> Variable:
    assert m.scope.model is not None
    return next(each for each in m.scope.model.variables if each.variable.name == name)


def _at(
    m: Context, statement: Eq, own: RandomVariable, condition: Basic, value: Expr, sample: Sequence[Expr], index: Expr
) -> Expr:
    """What the model says at this class, feature and sample."""
    family = _variable(m, own.name).value
    placeholder = own.indices[0]
    changes = {family[placeholder]: family[(*sample, index)]}
    inner = statement.rhs.xreplace(changes)
    return inner.xreplace({placeholder: index, condition.rhs: value})
