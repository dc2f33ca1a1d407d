"""Probabilities: events, joint lists, parameters behind the bar, densities by name, expectations."""

from __future__ import annotations

from collections.abc import Sequence

import sympy
from sympy import Add, Basic, Eq, Expr, Integer, Mul, Pow, Rational, Symbol

from checker.derivation import IndexSet
from checker.expressions import Each, Event, Probability, RandomVariable, Unknown
from checker.reading import dots
from checker.reading.arrays import Array, Value
from checker.reading.grammar import CHANCE
from checker.reading.meaning import Meaning
from checker.reading.names import Name, letter_key, name_of
from checker.reading.syntax import (
    Bracket,
    Chance,
    Complement,
    Dots,
    Expectation,
    Letter,
    Node,
    Number,
    Product,
    Relation,
    Scripted,
)
from checker.reading.tokens import Place, Unreadable

GREEK = frozenset(
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi rho sigma tau "
    "upsilon phi varphi chi psi omega Theta Phi Psi Omega Sigma Lambda Gamma".split()
)


def chance(m: Meaning, node: Chance) -> Value:
    """P(events | given) as a number."""
    alias = m.alias(node, m.scope.chances)
    if alias is not None:
        return m.value(alias)
    head = node.head if isinstance(node.head, Letter) else node.head.base if isinstance(node.head, Scripted) else None
    if not isinstance(head, Letter):
        raise Unreadable("a probability is written p(…)", node.place)
    if head.name == "N" and head.style == "script":
        return _normal(m, node)
    scripted = isinstance(node.head, Scripted)
    if letter_key(head) not in CHANCE or scripted:
        return Unknown(f"the distribution {letter_key(head)}{' with a subscript' if scripted else ''}")
    return Probability(_events(m, node.events, node.place), _given(m, node.given, node.place))


def _events(m: Meaning, nodes: Sequence[Node], place: Place) -> list[Basic]:
    found: list[Basic] = []
    items = list(nodes)
    while any(isinstance(item, Dots) for item in items):
        run = dots.run_of(items)
        if run is None:
            raise Unreadable("no rule is seen in the dots of this list, as in x_1, \\dots, x_N", place)
        found += [_event(m, item) for item in items[: run.start]]
        index = Symbol("n_", integer=True, positive=True)
        with m.binding([(dots.INDEX, index)]):
            members = [_event(m, item) for item in run.block]
        found.append(Each(members, (index, Integer(run.lower), m.index(run.upper))))
        items = items[run.end :]
    return found + [_event(m, item) for item in items]


def _given(m: Meaning, nodes: Sequence[Node], place: Place) -> list[Basic]:
    plain = [node for node in nodes if not _is_parameter(m, node)]
    for node in nodes:
        if node not in plain:
            name = name_of(node, m.scope)
            assert name is not None
            m.parameters.add(Symbol(name.key))
    return _events(m, plain, place)


def _is_parameter(m: Meaning, node: Node) -> bool:
    """A name behind the bar that is no variable: declared as a parameter, a Greek letter, or a declared quantity."""
    name = name_of(node, m.scope)
    if name is None or name.power is not None:
        return False
    key = name.key
    if key in m.scope.outcomes or key in m.scope.variables or key in m.scope.superscripts:
        return False
    if key in m.scope.parameters or name.letter in GREEK:
        return True
    return (key in m.scope.kinds or f"{key}[]" in m.scope.kinds) and key not in m.scope.outcomes


def _event(m: Meaning, node: Node) -> Basic:
    """One event: a variable, a variable with its value, an event by name or its complement."""
    alias = m.alias(node, m.scope.events)
    if alias is not None and not (isinstance(alias, Letter) and isinstance(node, Letter)):
        node = alias
    if isinstance(node, Complement):
        inner = _event(m, node.event)
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
        return _event(m, node.items[0])
    if isinstance(node, Number):
        raise Unreadable("a number is no event; write x = 1", node.place)
    name = name_of(node, m.scope)
    if name is None or name.power is not None:
        if isinstance(node, Product):
            raise Unreadable("events side by side; write P(A, B)", node.place)
        raise Unreadable("an event is a name, or a name with its value", node.place)
    return _named(m, name, node)


def _named(m: Meaning, name: Name, node: Node) -> Basic:
    key = name.key
    if not name.indices and (key in m.bound or key in m.scope.index_sets) and key not in m.scope.variables:
        variable = key.upper() if key.upper() in m.scope.variables else key
        return Eq(RandomVariable(variable), m.index(node), evaluate=False)
    if not name.indices and key in m.bound:
        return Eq(RandomVariable(key), m.bound[key], evaluate=False)
    if is_variable(m, name):
        _note(m, key)
        return RandomVariable(key, *[m.index(index) for index in name.indices])
    return Event(key, *[m.index(index) for index in name.indices])


def is_variable(m: Meaning, name: Name) -> bool:
    """A random variable rather than an event: declared, of samples, or a declared quantity."""
    key = name.key
    return (
        key in m.scope.variables
        or key in m.scope.superscripts
        or key in m.scope.bare_superscripts
        or key in m.scope.kinds
        or f"{key}[]" in m.scope.kinds
        or name.bold
    )


def _note(m: Meaning, key: str) -> None:
    domain = m.scope.variables.get(key) or _domain(m, key)
    m.variables.setdefault(key, domain)


def _domain(m: Meaning, key: str) -> IndexSet | None:
    for name in (key, f"{key}[]"):
        kind = m.scope.kinds.get(name)
        if kind is not None and kind.values is not None:
            return kind.values
    return None


def _valued(m: Meaning, node: Relation) -> Basic:
    if node.sign != "=":
        raise Unreadable(f"an event by the sign '{node.sign}' is not read", node.place)
    name = name_of(node.left, m.scope)
    if name is None or name.power is not None:
        raise Unreadable("an event y = k names its variable on the left", node.place)
    _note(m, name.key)
    indices = [m.index(index) for index in name.indices]
    return Eq(RandomVariable(name.key, *indices), m.index(node.right), evaluate=False)


def _normal(m: Meaning, node: Chance) -> Value:
    """N(x | μ, σ²), the density of the normal distribution with that mean and variance.

    Source: Bishop, Pattern Recognition and Machine Learning (2006), eq. (1.46).
    """
    if len(node.events) != 1 or len(node.given) != 2 or any(isinstance(n, Relation) for n in (*node.events, *node.given)):
        return Unknown("a normal density of several variables")
    values = [m.value(part) for part in (*node.events, *node.given)]
    if any(isinstance(value, Array) for value in values):
        return Unknown("a normal density of a vector")
    x, mean, variance = (value for value in values if isinstance(value, Expr))
    gap = Add(x, Mul(Integer(-1), mean, evaluate=False), evaluate=False)
    exponent = Mul(
        Rational(-1, 2), Pow(gap, Integer(2), evaluate=False), Pow(variance, Integer(-1), evaluate=False), evaluate=False
    )
    scale = Pow(Mul(Integer(2), sympy.pi, variance, evaluate=False), Rational(-1, 2), evaluate=False)
    return Mul(scale, sympy.exp(exponent, evaluate=False), evaluate=False)


def expectation(m: Meaning, node: Expectation) -> Value:
    """E[x | y]: what no theory decides yet; the same trees are the same quantity."""
    words = {"E": "an expectation", "Var": "a variance", "Cov": "a covariance"}.get(node.operator, "a moment")
    parts: list[Expr] = []
    for argument in node.arguments:
        value = m.value(argument)
        if isinstance(value, Array):
            return Unknown(f"{words} of a vector")
        parts.append(value)
    label = "" if not (node.sub or node.given) else f" {_shape_text((node.sub, node.given))}"
    return Unknown(words, Symbol(f"{node.operator}{label}"), *parts)


def _shape_text(value: object) -> str:
    from checker.reading.syntax import shape

    return str(shape(value))
