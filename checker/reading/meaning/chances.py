"""Probabilities: events, joint lists, parameters behind the bar, densities by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sympy import Basic, Eq, Integer, Mul, Symbol

from checker.derivation import IndexSet
from checker.expressions import Each, Event, Probability, RandomVariable, Unknown
from checker.notation.names import LETTERS
from checker.reading.known.families import NAMED, WORDS, families
from checker.reading.known.letters import keys
from checker.reading.known.names import Name, is_normal, letter_key, name_of
from checker.reading.known.scope import Scope
from checker.reading.lexicon import CHANCE
from checker.reading.meaning import dots
from checker.reading.meaning.arrays import Value
from checker.reading.meaning.components import whole_of
from checker.reading.meaning.context import Context
from checker.reading.meaning.distributions import by_distributions, formula
from checker.reading.meaning.features import feature
from checker.reading.meaning.normals import normal
from checker.reading.meaning.somefeatures import some_features
from checker.reading.syntax import (
    Bracket,
    Chance,
    Complement,
    Dots,
    Letter,
    Node,
    Number,
    Product,
    Relation,
    Scripted,
    same,
    spelled,
    walk,
)
from checker.reading.tex.tokens import Beyond, Place, Unreadable

_SAMPLED = frozenset("xyztXYZT")
"""Letters of data, which a text that declares them as numbers does not make parameters of its probabilities."""
_WEIGHTS = frozenset("wW")
"""Letters that, like Greek ones, are parameters by custom."""


def chance(m: Context, node: Chance) -> Value:
    """P(events | given) as a number."""
    alias = m.alias(node, m.scope.chances)
    if alias is not None:
        return m.value(alias)
    if m.scope.required:
        behind = {name.key for each in (*node.events, *node.given) if (name := _name_in(m, each)) is not None}
        if not m.scope.required & behind:
            raise Beyond(
                f"a probability without {', '.join(sorted(m.scope.required))}, given which the samples are independent",
                node.place,
            )
    head = node.head if isinstance(node.head, Letter) else node.head.base if isinstance(node.head, Scripted) else None
    if not isinstance(head, Letter):
        raise Unreadable("a probability is written p(…)", node.place)
    if is_normal(node):
        return normal(m, node)
    if is_density(node) or head.name in NAMED and head.style == "script":
        return _by_name(m, node, head.name)
    scripted = isinstance(node.head, Scripted)
    if letter_key(head) not in CHANCE or scripted:
        return Unknown(f"the distribution {letter_key(head)}{' with a subscript' if scripted else ''}")
    stated = by_distributions(m, node)
    if stated is not None:
        return stated
    node = _in_small_letters(m, node)
    alone = some_features(m, node)
    if alone is None:
        alone = feature(m, node)
    if alone is not None:
        return alone
    node = _of_one_sample(m, node)
    for each in (*node.events, *node.given):
        if isinstance(each, Letter) and _by_components(m.scope, letter_key(each)):
            m.abstracted.append(
                f"the probability of {each.name}, of whose components it is said how they are distributed"
            )
    parameters = [each for each in node.events if _is_declared_parameter(m, each)]
    if not parameters:
        return Probability(events_of(m, node.events, node.place), _given(m, node.given, node.place))
    return _with_parameters(m, node, parameters)


def _by_name(m: Context, node: Chance, name: str) -> Value:
    """Poisson(x | λ), the density of a distribution at x."""
    meant = families(name, len(node.given))
    if len(node.events) != 1 or not meant or any(isinstance(each, Relation) for each in (*node.events, *node.given)):
        return Unknown(f"the distribution {name}")
    custom = isinstance(node.given[-1], Letter) and letter_key(node.given[-1]) in meant[0].letters
    if len(meant) > 1 and not custom:
        raise Beyond(f"a distribution that may be {meant[0].title} or {meant[1].title}", node.place)
    value, *parameters = (m.value(each) for each in (*node.events, *node.given))
    return formula(meant[0], value, parameters)


def _by_components(scope: Scope, key: str) -> bool:
    """The text says how the components x_d are distributed, and not how x is."""
    if scope.vector_of(key) is not None:
        return False
    events = [
        event.left if isinstance(event, Relation) else event for each in scope.factors for event in each.left.events
    ]
    parts = [each for each in events if isinstance(each, Scripted) and each.sub and not each.bracketed]
    whole = any(isinstance(each, Letter) and letter_key(each) == key for each in events)
    return not whole and any(isinstance(each.base, Letter) and letter_key(each.base) == key for each in parts)


def _in_small_letters(m: Context, node: Chance) -> Chance:
    """P(Y = c | X = x), where the model of a question has x and y, of which these are the random variables.

    Only where a capital has a value or is a sample's: else X may be the data. X = x is x, and X = x^{(n)} is x^{(n)}.
    """
    model = m.scope.model
    if model is None:
        return node
    small = {variable.variable.name for variable in model.variables}

    def name_in(each: Node) -> Name | None:
        name = name_of(each.left if isinstance(each, Relation) else each, m.scope) if _is_plain(each) else None
        if name is None or name.key == name.key.lower() or name.key.lower() not in small:
            return None
        return name if m.scope.is_undeclared(name.family) and name.key not in m.scope.variables else None

    chances = [each for statement in m.statements for each in walk(statement) if isinstance(each, Chance)]
    sure = any(
        (name := name_in(each)) is not None and (isinstance(each, Relation) or bool(name.indices))
        for chance in (node, *chances)
        for each in (*chance.events, *chance.given)
    )

    def in_small(each: Node) -> Node:
        if isinstance(each, Relation):
            small_left = replace(each, left=in_small(each.left)) if name_in(each) is not None else each
            return _as_sample(each.right) if small_left is not each and _is_own_value(m, small_left) else small_left
        if name_in(each) is None:
            return each
        if isinstance(each, Scripted):
            return replace(each, base=in_small(each.base))
        return replace(each, name=each.name.lower(), style="") if isinstance(each, Letter) else each

    if not sure:
        return node
    return replace(node, events=tuple(map(in_small, node.events)), given=tuple(map(in_small, node.given)))


def _as_sample(value: Node) -> Node:
    """x^{(n)} for x_n, which is no feature where it is a value of the whole x."""
    if isinstance(value, Scripted) and len(value.sub) == 1 and value.sup is None:
        return replace(value, sub=(), sup=value.sub[0], bracketed=True)
    return value


def _is_own_value(m: Context, event: Relation) -> bool:
    """x = x, or x = x^{(n)}: the variable at the value that is named like it."""
    name, value = name_of(event.left, m.scope), name_of(event.right, m.scope) if _is_plain(event.right) else None
    if event.sign != "=" or name is None or value is None or value.power is not None or value.key in m.bound:
        return False
    return name.key == value.key and (not name.indices or same(name.indices, value.indices))


def _is_plain(node: Node) -> bool:
    """A name, or a name with its value."""
    name = node.left if isinstance(node, Relation) else node
    return isinstance(name, Letter) or isinstance(name, Scripted) and isinstance(name.base, Letter)


_DATA = frozenset(("D", "D_cal", "D_bb", "data", "Data", "dataset"))
"""Names of a data set."""


def _data(m: Context, name: Name) -> Basic | None:
    """All samples, where p(D) can only be of the data set of a question's model: a size is no event."""
    model = m.scope.model
    if name.key not in _DATA or name.indices or model is None or model.samples is None:
        return None
    if m.scope.definition_of(name.key) is not None or name.key in m.scope.kinds or name.key in m.scope.index_sets:
        return None
    index = Symbol("n_", integer=True, positive=True)
    members = [RandomVariable(variable.variable.name, index) for variable in model.variables]
    return Each(members, (index, model.samples.lower, model.samples.upper))


def _of_one_sample(m: Context, node: Chance) -> Chance:
    """p(x^{(n)} | y = k) is about the label of the same sample: y^{(n)} = k."""
    names = [
        (each, name)
        for each in (*node.events, *node.given)
        if (name := _name_in(m, each.left if isinstance(each, Relation) else each)) is not None
        and name.key in m.scope.superscripts
    ]
    indices = [name.indices[0] for each, name in names if len(name.indices) == 1 and _is_sample(each)]
    bare = [each for each, name in names if isinstance(each, Relation) and not name.indices and name.power is None]
    if len({spelled(index) for index in indices}) != 1 or not bare:
        return node
    index = indices[0]

    def sampled(each: Node) -> Node:
        if each not in bare:
            return each
        assert isinstance(each, Relation)
        return replace(each, left=Scripted(each.left, (), index, each.place, bracketed=True))

    return replace(node, events=tuple(map(sampled, node.events)), given=tuple(map(sampled, node.given)))


def _is_sample(node: Node) -> bool:
    """x^{(n)}, perhaps with its value."""
    name = node.left if isinstance(node, Relation) else node
    return isinstance(name, Scripted) and name.bracketed


def is_density(node: Chance) -> bool:
    """The density of a distribution by its name at x: N(x | μ, σ²), Poisson(x | λ)."""
    return is_normal(node) or isinstance(node.head, Letter) and node.head.name in WORDS


def _name_in(m: Context, node: Node) -> Name | None:
    return None if isinstance(node, (Relation, Complement, Dots)) else name_of(node, m.scope)


def _is_declared_parameter(m: Context, node: Node) -> bool:
    name = name_of(node, m.scope) if not isinstance(node, (Relation, Complement, Dots)) else None
    return name is not None and name.key in m.scope.parameters and name.power is None


def _with_parameters(m: Context, node: Chance, parameters: Sequence[Node]) -> Value:
    """p(x, θ) = p(x | θ) p(θ) for parameters θ, which p(x) is conditioned on anyhow."""
    others = [each for each in node.events if each not in parameters]
    if any(not _is_parameter(m, each) for each in node.given):
        return Unknown("a distribution of parameters given data")
    names = sorted({name.key for each in parameters if (name := name_of(each, m.scope)) is not None})
    behind = sorted({name.key for each in node.given if (name := name_of(each, m.scope)) is not None})
    label = f"p({','.join(names)}" + (f"|{','.join(behind)})" if behind else ")")
    prior = Symbol(label, positive=True)
    m.parameters.update(Symbol(key) for key in names)
    return Mul(Probability(events_of(m, others, node.place)), prior, evaluate=False) if others else prior


def events_of(m: Context, nodes: Sequence[Node], place: Place) -> list[Basic]:
    found: list[Basic] = []
    items = list(nodes)
    whole = whole_of(m, items) if len(items) > 1 else ""
    if whole:
        return [_vector(m, whole)]
    while any(isinstance(item, Dots) for item in items):
        run = dots.run_of(items)
        if run is None:
            raise Unreadable("no rule is seen in the dots of this list, as in x_1, \\dots, x_N", place)
        found += [event_of(m, item) for item in items[: run.start]]
        index = Symbol("n_", integer=True, positive=True)
        with m.binding([(dots.INDEX, index)]):
            members = [event_of(m, item) for item in run.block]
        found.append(Each(members, (index, Integer(run.lower), m.index(run.upper))))
        items = items[run.end :]
    return found + [event_of(m, item) for item in items]


def _is_bound(m: Context, key: str) -> bool:
    return key in m.bound and key not in m.scope.variables


def _vector(m: Context, key: str) -> RandomVariable:
    """The random vector of independent components."""
    m.variables.setdefault(key, None)
    return RandomVariable(key)


def _given(m: Context, nodes: Sequence[Node], place: Place) -> list[Basic]:
    plain = [node for node in nodes if not _is_parameter(m, node)]
    for node in nodes:
        if node not in plain:
            name = name_of(node, m.scope)
            assert name is not None
            beside = {key for each in nodes if isinstance(each, Relation) for key in keys(each.right)}
            if any(not set(keys(index)) <= beside for index in name.indices):
                raise Beyond(f"a parameter {name.key} with an index behind the bar", node.place)
            if not _is_surely_parameter(m, name):
                raise Beyond(f"a number {name.key} behind the bar of some probabilities and not of others", node.place)
            m.parameters.add(Symbol(name.key))
    return events_of(m, plain, place)


def _is_parameter(m: Context, node: Node) -> bool:
    """A name behind the bar that is no variable: declared as a parameter, or as a number or family of numbers."""
    name = name_of(node, m.scope)
    if name is None or name.power is not None or name.key in m.scope.variables or name.key in m.bound:
        return False
    key = name.key
    if key in m.scope.parameters:
        return True
    if key in m.scope.outcomes or key in m.scope.superscripts or key in m.scope.index_sets:
        return False
    return key not in _SAMPLED and (key in m.scope.kinds or f"{key}[]" in m.scope.kinds)


def _is_surely_parameter(m: Context, name: Name) -> bool:
    """Declared so or one by custom; else where no probability of the statement is without it."""
    declared = name.key in m.scope.parameters and name.key not in _SAMPLED  # p(y | x) = f(x) alone makes x one
    if declared or name.letter in LETTERS or name.letter in _WEIGHTS:
        return True
    chances = [each for statement in m.statements for each in walk(statement) if isinstance(each, Chance)]
    return all(
        any((given := _name_in(m, each)) is not None and given.key == name.key for each in chance.given)
        for chance in chances
    )


def event_of(m: Context, node: Node) -> Basic:
    """One event: a variable, a variable with its value, an event by name or its complement."""
    alias = m.alias(node, m.scope.events)
    if alias is not None and not (isinstance(alias, Letter) and isinstance(node, Letter)):
        node = alias
    if isinstance(node, Complement):
        inner = event_of(m, node.event)
        if not isinstance(inner, Event):
            raise Unreadable("the complement of what is no event", node.place)
        return ~inner
    if isinstance(node, Relation):
        return _valued(m, node)
    if isinstance(node, Letter) and node.accents[-1:] == ("bar",) and letter_key(node) not in m.scope.variables:
        bare = Letter(node.name, node.place, node.accents[:-1], node.style)
        return ~Event(letter_key(bare))
    if isinstance(node, Scripted) and isinstance(node.base, Letter) and node.base.accents[-1:] == ("bar",):
        bare = Letter(node.base.name, node.place, node.base.accents[:-1], node.base.style)
        return ~Event(letter_key(bare), *[m.index(i) for i in node.sub])
    if isinstance(node, Bracket) and len(node.items) == 1:
        return event_of(m, node.items[0])
    if isinstance(node, Number):
        raise Unreadable("a number is no event; write x = 1", node.place)
    name = name_of(node, m.scope)
    if name is None or name.power is not None:
        if isinstance(node, Product):
            raise Unreadable("events side by side; write P(A, B)", node.place)
        raise Beyond("an event that is no name with its value", node.place)
    return _named(m, name, node)


def _named(m: Context, name: Name, node: Node) -> Basic:
    key = name.key
    whole = whole_of(m, [node])
    if whole:
        return _vector(m, whole)
    if name.indices and not name.above and m.scope.vector_of(key) is not None:
        raise Beyond(f"one component of {key} beside other events", node.place)
    if not name.indices and key not in m.scope.random and (key in m.scope.index_sets or _is_bound(m, key)):
        variable = next((each for each in (key.upper(), key.rstrip("'")) if each in m.scope.variables), key)
        return Eq(RandomVariable(variable), m.index(node), evaluate=False)
    if not name.indices and key in m.bound:
        return Eq(RandomVariable(key), m.bound[key], evaluate=False)
    if is_variable(m, name):
        _require_sample(m, name, node)
        _note(m, name)
        return RandomVariable(key, *[m.index(index) for index in name.indices])
    data = _data(m, name)
    if data is not None:
        return data
    if m.scope.model is not None:
        m.abstracted.append(f"the event {key}")  # of which the question says nothing
    return Event(key, *[m.index(index) for index in name.indices])


def _require_sample(m: Context, name: Name, node: Node) -> None:
    """Where samples are x^{(n)}, the subscript of x_n is a sample's only where it runs over the samples.

    Raises Beyond where it may be a feature's.
    """
    samples = m.scope.model.samples if m.scope.model is not None else m.scope.samples
    if name.key not in m.scope.superscripts or not isinstance(node, Scripted) or not node.sub:
        return
    if node.bracketed:
        raise Beyond(f"one feature of a sample of {name.key}", node.place)
    index = m.index(node.sub[0])
    if isinstance(index, Symbol) and samples is not None and m.scope.index_sets.get(index.name) == samples:
        return
    raise Beyond(f"one feature of a sample of {name.key}", node.place)


def is_variable(m: Context, name: Name) -> bool:
    """A random variable rather than an event: declared, of samples, or a declared quantity."""
    key = name.key
    return (
        key in m.scope.variables
        or key in m.scope.superscripts
        or key in m.scope.bare_superscripts
        or key in m.scope.kinds
        or f"{key}[]" in m.scope.kinds
        or name.bold
        or bool(m.scope.variables)
        and name.letter.islower()
    )


def _note(m: Context, name: Name) -> None:
    domain = m.scope.variables.get(name.key) or domain_of(name, m.scope)
    m.variables.setdefault(name.key, domain)


def domain_of(name: Name, scope: Scope, valued: bool = False) -> IndexSet | None:
    """The values of a variable, where they are a range of integers; a vector with such components has none.

    valued: in y = 1, which is no vector, so that y takes the values of its samples y_n.
    """
    kind = scope.kinds.get(name.key)
    valued = valued and scope.vector_of(name.key) is None and name.key not in scope.index_sets
    if kind is None and (valued or name.indices or name.key in scope.superscripts | scope.bare_superscripts):
        arities = {arity for key, arity, _ in scope.places if key == name.key}
        kind = scope.kinds.get(f"{name.key}[]") if arities <= {max(len(name.indices), 1)} else None
    if kind is None or kind.values is None:
        return scope.domains.get(name.key)
    return kind.values


def _valued(m: Context, node: Relation) -> Basic:
    if node.sign != "=":
        raise Beyond(f"an event by the sign '{node.sign}'", node.place)
    name = name_of(node.left, m.scope)
    if name is not None and not name.above and m.scope.vector_of(name.key) is not None:
        raise Beyond(f"a vector or a component of {name.key} at a value", node.place)
    if name is None or name.power is not None:
        raise Unreadable("an event y = k names its variable on the left", node.place)
    m.variables.setdefault(name.key, m.scope.variables.get(name.key) or domain_of(name, m.scope, valued=True))
    value = name_of(node.right, m.scope)
    if value is not None and m.variables.get(name.key) is None and value.key in m.over:
        m.variables[name.key] = m.over[value.key]
    indices = [m.index(index) for index in name.indices]
    return Eq(RandomVariable(name.key, *indices), m.index(node.right), evaluate=False)
