"""Vectors whose components are independent, given what stands behind the bar: naive Bayes.

    p(x | y) = Π_j p(x_j | y)

The vector is one random variable with this factor. Of the density of a component nothing more is known than that it
depends on the component's value, on which one it is, and on what stands behind the bar, unless the text states it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sympy import Basic, Eq, Expr, Function, IndexedBase, Pow, Product, Symbol

from checker.derivation import IndexSet
from checker.expressions import P, RandomVariable
from checker.reading.known.indices import index_assumptions
from checker.reading.known.letters import letters_in
from checker.reading.known.names import Name, letter_key, name_of, single
from checker.reading.known.scope import Factor, Scope
from checker.reading.meaning import dots
from checker.reading.meaning.context import Context
from checker.reading.syntax import Letter, Node, Number, Relation, Scripted, same, walk


def is_component_factor(scope: Scope, factor: Factor) -> bool:
    """A stated p(x_j | y = k) of one component: of a vector of such, or with a formula that is another for each j."""
    return _component(scope, factor) is not None


def _component(scope: Scope, factor: Factor) -> Name | None:
    chance = factor.left
    if len(chance.events) != 1 or len(chance.given) != 1 or not isinstance(chance.given[0], Relation):
        return None
    event = chance.events[0]
    node = event.left if isinstance(event, Relation) else event
    name = name_of(node, scope) if isinstance(node, Scripted) else None
    if name is None or len(name.indices) != 1 or name.above or not isinstance(chance.given[0].left, Letter):
        return None
    index = single(name.indices[0])
    others = [each for each in walk(factor.right) if isinstance(each, Scripted) and not same(each, node)]
    differs = any(index in letters_in(each) for each in others)
    return name if index and (scope.vector_of(name.key) is not None or differs) else None


def whole_of(m: Context, nodes: Sequence[Node]) -> str:
    """The vector that a list x_1, …, x_D of all its components, or a name of it, stands for; "" for anything else."""
    if len(nodes) == 1:
        key = m.scope.wholes.get(single(nodes[0]), "")
        return key if m.scope.vector_of(key) is not None else ""
    run = dots.run_of(nodes)
    if run is None or run.start or run.end != len(nodes) or len(run.block) != 1:
        return ""
    member = run.block[0]
    key = letter_key(member.base) if isinstance(member, Scripted) and isinstance(member.base, Letter) else ""
    known = m.scope.vector_of(key)
    return key if known is not None and IndexSet(run.lower, m.index(run.upper)) == known.members else ""


def stated_features(m: Context, key: str) -> list[Eq]:
    """The densities of components of the family that the text states."""
    return [
        equation
        for factor in m.scope.factors
        if (name := _component(m.scope, factor)) is not None and name.key == key
        for equation in _stated(m, factor, name)
    ]


def features_of(m: Context, key: str) -> list[Eq]:
    """Eq(p(x_j | y = k), its density) for placeholders j and k: as the text states it, or an unknown function."""
    stated = stated_features(m, key)
    return stated or ([_unknown(m, key)] if m.scope.vector_of(key) is not None else [])


def observed_family(scope: Scope, key: str) -> IndexedBase:
    """The family of the observed components."""
    kind = scope.kinds.get(f"{key}[]") or scope.kinds.get(key)
    known = dict(kind.assumptions) if kind is not None else {"real": True}
    return IndexedBase(key, **{name: known[name] for name in known if name not in ("identity", "row of")})


def _stated(m: Context, factor: Factor, name: Name) -> Iterator[Eq]:
    """A stated density of one component; of x_j = 1 for x_j in {0, 1}, what that leaves for both values."""
    scope = m.scope
    event, condition = factor.left.events[0], factor.left.given[0]
    assert isinstance(condition, Relation)
    known = scope.vector_of(name.key)
    if known is not None and single(condition.left) != known.behind:
        return
    place = m.index(name.indices[0])
    value, density = m.index(condition.right), m.number(factor.right)
    member = observed_family(scope, name.key)[place]
    if isinstance(event, Relation):
        kind = scope.kinds.get(f"{name.key}[]") or scope.kinds.get(name.key)
        values = (kind.values or kind.entries) if kind is not None else None
        if not isinstance(event.right, Number) or event.right.text != "1" or values != IndexSet(0, 1):
            return
        density = Pow(density, member, evaluate=False) * Pow(1 - density, 1 - member, evaluate=False)
    own = RandomVariable(name.key, place)
    yield Eq(P(own, given=[Eq(RandomVariable(single(condition.left)), value, evaluate=False)]), density, evaluate=False)


def _unknown(m: Context, key: str) -> Eq:
    known = m.scope.components[key]
    domain = m.scope.variables.get(known.behind)
    place = Symbol("j_", **index_assumptions(known.members.lower))
    member = observed_family(m.scope, key)[place]
    variable = RandomVariable(known.behind)
    value: Expr = Symbol("k_", **index_assumptions(domain.lower)) if domain is not None else m.plain(known.behind, None)
    written = f"{known.behind} = {{2}}" if domain is not None else "{2}"
    density = Function(f"p({{0}} | {written})", positive=True)(member, place, value)
    event: Basic = Eq(variable, value, evaluate=False) if domain is not None else variable
    return Eq(P(RandomVariable(key, place), given=[event]), density, evaluate=False)


def factors_of(m: Context, key: str) -> list[Eq]:
    """The factor of the vector, for each density of a component: p(x | y = k) = Π_j p(x_j | y = k)."""
    members = m.scope.components[key].members
    found = []
    for equation in features_of(m, key):
        (own,) = equation.lhs.events
        place = own.indices[0]
        whole = Product(equation.rhs, (place, members.lower, members.upper))
        found.append(Eq(P(own.bare, given=equation.lhs.given), whole, evaluate=False))
    return found
