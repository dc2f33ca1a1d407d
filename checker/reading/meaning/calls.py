"""Calls: f(x) of functions that are defined in the text, of those of which nothing is known, and of derivatives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import sympy
from sympy import Eq, Indexed, Symbol

from checker.expressions import Indicator, Partial, Unknown
from checker.reading.known.families import WORDS
from checker.reading.known.letters import (
    depends_on_indices,
    families_through,
    has_arities,
    keys,
    letter_in,
    occurs,
    occurs_through,
)
from checker.reading.known.names import Name, letter_key, name_of
from checker.reading.known.scope import Definition
from checker.reading.meaning import arrays
from checker.reading.meaning.arrays import Array, Value
from checker.reading.meaning.context import Context
from checker.reading.meaning.dots import mapped
from checker.reading.meaning.expectations import expectation
from checker.reading.meaning.naming import occurs_in
from checker.reading.meaning.shorthands import instance, matches
from checker.reading.meaning.symbols import indexed, symbol_of
from checker.reading.syntax import (
    Big,
    Bracket,
    Call,
    Chance,
    Dots,
    Expectation,
    Letter,
    Node,
    Scripted,
    names_in,
    same,
    walk,
)
from checker.reading.tex.tokens import Beyond, Place, Unreadable

SIGNS = ("positive", "negative", "nonnegative", "nonpositive", "nonzero")


def call(m: Context, node: Call) -> Value:
    alias = m.alias(node.function, m.scope.aliases)
    if isinstance(alias, (Letter, Scripted)):
        node = replace(node, function=alias)
    name = name_of(node.function, m.scope)
    if name is None:
        raise Unreadable("brackets behind something that is no name", node.place)
    if node.kind == "[]" and name.key in ("V", "V_bb") and not name.indices:
        moment = Expectation("Var", node.arguments, (), node.place)
        return expectation(m, moment)
    if node.kind == "[]":
        return indexed(m, replace(name, indices=(*name.indices, *node.arguments)))
    order = len(name.key) - len(name.key.rstrip("'"))
    definition = function_of(m, name, len(node.arguments))
    if order and definition is not None:
        return _derived(m, node, name, order)
    if definition is None:
        if name.key in m.scope.lexicon.functions or name.letter in m.scope.lexicon.functions:
            return _undefined_call(m, node, name)
        kind = m.scope.kinds.get(name.key)
        if kind is not None and len(node.arguments) == 1:
            return arrays.product([m.value(node.function), m.value(node.arguments[0])], node.place)
        return _undefined_call(m, node, name)
    if not definition.parameters:
        if not all(isinstance(each, Letter) and not each.accents for each in node.arguments):
            raise Beyond(f"{definition.key} at other arguments than its own", node.place)
        return symbol_of(m, name) if not name.indices else indexed(m, name)
    letters = _index_bindings(m, definition, name)
    return called(m, definition, node.arguments, node.place, letters)


def function_of(m: Context, name: Name, arguments: int) -> Definition | None:
    """The definition of a function with these indices, of that many arguments where there are several; of a name,
    where it is no function."""
    key = name.key.rstrip("'")
    functions = m.scope.functions_of(key)
    alike = [each for each in functions if len(each.parameters) == arguments]
    for definition in alike if has_arities(m.scope, key) and alike else functions:
        if len(definition.indices) == len(name.indices) and all(
            _stands_for(m, p, i, {}) for p, i in zip(definition.indices, name.indices, strict=True)
        ):
            return definition
    return m.scope.definition_of(f"{key}[]" if name.indices else key)


def _index_bindings(m: Context, definition: Definition, name: Name) -> list[tuple[str, Value]]:
    mapping: dict[str, Node] = {}
    for pattern, index in zip(definition.indices, name.indices, strict=True):
        if not same(pattern, index) and not _stands_for(m, pattern, index, mapping):
            raise Beyond(f"{definition.key} at other indices than those of its definition", name.place)
    return [(letter, m.index(index)) for letter, index in mapping.items()]


def _stands_for(m: Context, pattern: Node, index: Node, mapping: dict[str, Node]) -> bool:
    """The index is one that the definition is for: a letter in it stands for any, but for a size."""
    if isinstance(pattern, Letter) and not pattern.accents and pattern.name not in m.scope.sizes:
        return same(mapping.setdefault(pattern.name, index), index)
    return matches(pattern, index, m.scope, mapping)


_MOMENTS = {"E": "an expectation", "V": "a variance"}
"""Letters of functions that may be operators: E(2X) = 2E(X), and V(2X) = 4V(X) of a random X."""


def _is_capital(arguments: Sequence[Node]) -> bool:
    """One argument, of a name with a capital."""
    return len(arguments) == 1 and any(
        letter_in(getattr(each, "base", each)).isupper() for each in names_in(arguments[0])
    )


_FUNCTIONS = {"Gamma", "Beta"}
"""Names of distributions that are names of functions too."""
_DIFFERENTIATED = frozenset("f g h F G phi varphi psi".split())
"""Letters whose prime is a derivative, where nothing is said of the function."""


def _undefined_call(m: Context, node: Call, name: Name) -> Value:
    """A function of which nothing is known: an unknown smooth function of its arguments."""
    if name.key == "delta" and len(node.arguments) == 2 and not name.indices and name.power is None:
        left, right = (m.index(argument) for argument in node.arguments)
        return Indicator(Eq(left, right, evaluate=False))  # Kronecker's δ(i, j)
    if name.key == "Gamma" and len(node.arguments) == 1 and not name.indices and name.power is None:
        argument = m.number(node.arguments[0])
        m.restrict(argument)
        return sympy.gamma(argument, evaluate=False)
    if name.indices or name.power is not None or any(isinstance(a, Dots) for a in node.arguments):
        return Unknown(f"the function {name.key} with indices")
    if name.key == "N_cal" and len(node.arguments) > 1 or name.letter in WORDS - _FUNCTIONS:
        raise Beyond(f"the distribution {name.letter}(…), which without its variable is no number", node.place)
    moment = _MOMENTS.get(name.key)
    if moment is not None and (name.key == "E" or _is_capital(node.arguments)):
        raise Beyond(f"{name.key}(…), which may be {moment} or a function's value", node.place)
    if name.key in m.scope.kinds:
        raise Beyond(f"{name.key}(…), where {name.key} is declared as a quantity", node.place)
    arguments = []
    for argument in node.arguments:
        value = m.value(argument)
        if isinstance(value, Array):
            return Unknown(f"the function {name.key} of a vector")
        arguments.append(value)
    order = len(name.key) - len(name.key.rstrip("'"))
    if order and name.letter not in _DIFFERENTIATED:
        raise Beyond(f"{name.key}(…), which may be a derivative or another function", node.place)
    if order and (len(arguments) != 1 or not isinstance(arguments[0], Symbol)):
        return Unknown(f"the derivative of {name.key.rstrip(chr(39))} at another place")
    if order:
        m.abstracted.append(name.key)  # which function it is the derivative of is not said
    value = sympy.Function(name.key.rstrip("'"), real=True)(*arguments, evaluate=False)
    return Partial(value, *arguments * order) if order else value


def _derived(m: Context, node: Call, name: Name, order: int) -> Value:
    definition = m.scope.definition_of(name.key.rstrip("'"))
    assert definition is not None
    if len(definition.parameters) != 1 or len(node.arguments) != 1:
        raise Unreadable("a prime on a function of several arguments", node.place)
    if not same(definition.parameters[0], node.arguments[0]):
        return _derived_at(m, definition, node, order)
    variable = m.number(definition.parameters[0])
    return Partial(m.plain(definition.key, None), *[variable] * order)


def _derived_at(m: Context, definition: Definition, node: Call, order: int) -> Value:
    """f'(x_n): the derivative of f(x_n) by x_n, where f has no x_n of its own, and x_n is no other quantity."""
    place = m.value(node.arguments[0])
    name = name_of(node.arguments[0], m.scope)
    free = isinstance(place, (Symbol, Indexed)) and name is not None and m.scope.definition_of(name.family) is None
    within = families_through(m.scope, definition.body, "")
    bodies = [definition.body, *(d.body for d in m.scope.definitions if d.family in within)]
    if not free or name is None or any(occurs_in(name.family, body, m.scope) for body in bodies):
        return Unknown(f"the derivative of {definition.key} at another place")
    value = called(m, definition, node.arguments, node.place)
    return value if isinstance(value, Array) else Partial(value, *[place] * order)


def called(
    m: Context,
    definition: Definition,
    arguments: Sequence[Node],
    place: Place,
    indices: Sequence[tuple[str, Value]] = (),
) -> Value:
    """A defined function at arguments: its name where they are its own, else its body with them put in."""
    own = len(arguments) == len(definition.parameters) and all(
        same(a, p) for a, p in zip(arguments, definition.parameters, strict=True)
    )
    named = own or all(any(_same_whole(m, a, p) for p in definition.parameters) for a in arguments)
    inlined = bool(definition.indices) or depends_on_indices(m.scope, definition) or m.mentions(definition.body)
    inlined |= has_arities(m.scope, definition.key)  # the name alone says not which
    inlined |= bool(m.random)  # what a function is of a random name is random
    inlined |= any(key in m.bound for p in definition.parameters for each in walk(p) for key in keys(each))
    if own and not inlined:
        return m.plain(definition.key, m.scope.kinds.get(definition.key))
    if not inlined and not any(occurs(p, definition.body) for p in definition.parameters):
        if named and all(_whole_name(m, a) for a in arguments):
            return m.plain(definition.key, m.scope.kinds.get(definition.key))
        if not any(occurs_through(m.scope, p, definition.body) for p in definition.parameters):
            raise Beyond(f"{definition.key} at other arguments than those of its definition", place)
    if len(arguments) != len(definition.parameters):
        if named and all(_whole_name(m, a) for a in arguments) and not inlined:
            return m.plain(definition.key, m.scope.kinds.get(definition.key))
        raise Unreadable(f"{definition.key} is defined with {len(definition.parameters)} arguments", place)
    if not own and definition.key in m.scope.restated:
        raise Beyond(f"{definition.key} at other arguments, where the text gives more than one formula for it", place)
    letters = [*indices]
    body, families, samples = definition.body, dict[str, Node](), list[tuple[Letter, Scripted]]()
    for parameter, argument in zip(definition.parameters, arguments, strict=True):
        if isinstance(parameter, Letter) and same(parameter, argument) and letter_key(parameter) not in m.bound:
            continue  # it stands for itself
        sample = isinstance(argument, Scripted) and _is_whole_sample(m, argument)
        whole = sample and any(isinstance(each, Chance) for each in walk(body))
        if isinstance(parameter, Letter) and (whole or _has_members(parameter, body)):
            if sample and isinstance(argument, Scripted):
                samples.append((parameter, argument))
            else:
                families |= _family(m, definition, parameter, argument)
        else:
            letters += _bindings(m, definition, parameter, argument)
    body = instance(body, families)  # all at once, so that F(q, p) is not F(p, p)
    body = _at_samples(definition, body, samples, {letter_in(each) for each in families.values()})
    if m.calls > 40:
        raise Unreadable(f"{definition.key} is defined in terms of itself", place)
    m.calls += 1
    try:
        with m.binding(letters, alone=True):
            return m.value(body)
    finally:
        m.calls -= 1


def _has_members(parameter: Letter, body: Node) -> bool:
    """The parameter is a whole family, whose members stand in the body: J(w) = Σ_i w_i x_i."""
    return any(isinstance(each, Scripted) and each.sub and same(each.base, parameter) for each in walk(body))


def _family(m: Context, definition: Definition, parameter: Letter, argument: Node) -> dict[str, Node]:
    """The family in the place of one that is a parameter."""
    if same(parameter, argument):
        return {}
    if not isinstance(argument, Letter) or letter_key(argument) in m.bound or _whole_name(m, parameter) is False:
        raise Beyond(f"{definition.key} of what is no family by its name", argument.place)
    return {parameter.name: argument}


def _keys_in(node: Node) -> set[str]:
    return {key for each in walk(node) for key in keys(each)}


def _is_whole_sample(m: Context, argument: Scripted) -> bool:
    """x_n or x^{(n)}, of a family whose members have a component too."""
    name = name_of(argument, m.scope)
    if name is None or len(name.indices) != 1 or name.power is not None or not isinstance(argument.base, Letter):
        return False
    return m.scope.place_of(name.key, 2, 1) is not None


def _at_samples(
    definition: Definition, body: Node, samples: Sequence[tuple[Letter, Scripted]], put_in: set[str]
) -> Node:
    """The body with samples in the place of parameters. Raises Beyond where one would be put into another."""
    for parameter, sample in samples:
        others = {letter_in(each) for each, _ in samples if each is not parameter} | put_in
        indices = {key for index in (*sample.sub, sample.sup) if index is not None for key in _keys_in(index)}
        bound = {key for each in walk(body) if isinstance(each, Big) for b in each.below for key in _keys_in(b)}
        if letter_in(sample.base) in others or letter_key(parameter) in put_in or indices & bound:
            raise Beyond(f"{definition.key} at an index that its formula sums over", sample.place)
        body = _of_sample(body, parameter, sample)
    return body


def _of_sample(node: Node, parameter: Letter, sample: Scripted, event: bool = False) -> Node:
    """A body of the components x_i, with those of the sample, x_{ni} or x^{(n)}_i, in their place.

    event: in a probability, where y = k beside x^{(n)} is about the same sample.
    """
    if same(node, parameter):
        index = sample.sup if sample.sup is not None else sample.sub[0]
        return Scripted(sample.base, (), index, sample.place, bracketed=True) if event else sample
    if not isinstance(node, Scripted) or not node.sub or not same(node.base, parameter):
        event |= isinstance(node, Chance)
        return mapped(node, lambda child: _of_sample(child, parameter, sample, event))
    if node.bracketed:
        raise Beyond("a sample in the place of another one's component", node.place)
    member = replace(sample, sub=(*sample.sub, *node.sub))
    if node.sup is None or sample.sup is None:
        return member if node.sup is None else replace(member, sup=node.sup)
    return Scripted(Bracket("()", (member,), node.place), (), node.sup, node.place)


def _bindings(m: Context, definition: Definition, parameter: Node, argument: Node) -> list[tuple[str, Value]]:
    """What the letters of a parameter stand for in a call: x for f(x), n for K(x_n)."""
    if isinstance(parameter, Letter):
        value = m.value(argument)
        _require_in_domain(m, definition, parameter, value, argument.place)
        return [(letter_key(parameter), value)]
    mapping: dict[str, Node] = {}
    if isinstance(parameter, Scripted) and matches(parameter, argument, m.scope, mapping):
        return [(letter, m.index(index)) for letter, index in mapping.items()]
    raise Beyond(f"{definition.key} at arguments of another form than those of its definition", argument.place)


def _require_in_domain(m: Context, definition: Definition, parameter: Letter, value: Value, place: Place) -> None:
    """f(x) = x² for x > 0 says nothing of f(−1). Raises Beyond where the argument may have another sign."""
    kind = m.scope.kinds.get(letter_key(parameter))
    for assumption, holds in kind.assumptions if kind is not None and not kind.shape else ():
        if assumption in SIGNS and holds and getattr(value, f"is_{assumption}", None) is not True:
            raise Beyond(f"{definition.key} at other arguments than {assumption} ones, for which it is defined", place)


def _whole_name(m: Context, node: Node) -> bool:
    """A letter that stands for a whole family, a parameter or a data set, and not for a number."""
    name = name_of(node, m.scope)
    return name is not None and not name.indices and name.power is None


def _same_whole(m: Context, argument: Node, parameter: Node) -> bool:
    """Both name the same, perhaps one of them in bold."""
    one, other = name_of(argument, m.scope), name_of(parameter, m.scope)
    return one is not None and other is not None and one.family == other.family and not one.indices
