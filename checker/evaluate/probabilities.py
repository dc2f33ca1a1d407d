"""P(… | …): from the factors of a model, or from an unknown joint distribution that obeys what is given."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations, product
from typing import Any

import sympy
from sympy import IndexedBase, Symbol

from checker.derivation import Independence, Model
from checker.evaluate import functions
from checker.evaluate.arithmetic import ONE, ZERO, Number, integer
from checker.evaluate.compiling import Closure, Compiler, builds
from checker.evaluate.errors import Refused, ZeroDenominator
from checker.evaluate.events import Atom, Happenings, Point, conditions, declared, happenings
from checker.evaluate.joints import Factor, Generative, Joint, Statement, merged
from checker.evaluate.names import base_name, symbol_name
from checker.evaluate.state import State
from checker.expressions import Event, Probability, RandomVariable


@builds(Probability)
def probability(compiler: Compiler, expression: Any) -> Closure:
    before = happenings(compiler, expression.events)
    behind = conditions(compiler, expression.given)
    joint = law(compiler, expression)

    def run(e: State) -> Number:
        given = merged(behind(e))
        if given is None:
            raise ZeroDenominator
        both = merged([*given.items(), *before(e)])
        distribution = joint(e)
        below = distribution.probability(e, given) if given else ONE
        if both is None:
            functions.reciprocal(below)  # an event of probability zero behind the bar leaves nothing defined
            return ZERO
        above = distribution.probability(e, both)
        return above * functions.reciprocal(below) if given else above

    return run


def law(compiler: Compiler, expression: Any) -> Any:
    """The function that gives an instance's joint distribution of what the probability speaks of."""
    names = {variable.name for variable in expression.atoms(RandomVariable)}
    modelled = {name for name in names if declared(compiler, name) is not None}
    if not modelled:
        return unknown(compiler)
    if modelled != names or expression.atoms(Event):
        raise Refused("a probability of what the model has and of what it has not")
    return generative(compiler)


def generative(compiler: Compiler) -> Any:
    """The model's joint distribution, compiled once."""
    found = compiler.laws.get("model")
    if found is None:
        model = compiler.givens.model
        assert model is not None
        variables = [variable.variable.name for variable in model.variables]
        found = Generative(compiler, variables, {name: [] for name in variables}, {})
        _add_factors(compiler, model, found)
        for statement in compiler.givens.independence:
            if not _is_shown(compiler, statement, found):
                raise Refused("variables of a model that are independent in a way that it does not show")
        compiler.laws["model"] = found
    return lambda e: found


def _is_shown(compiler: Compiler, statement: Independence, law: Generative) -> bool:
    """Whether the model's variables have the independence that is stated; what is said of other events is no matter.

    They have where all that they depend on is behind the bar, as is all that this depends on.
    """
    events, given = (
        [event.name if isinstance(event, RandomVariable) and not event.indices else None for event in each]
        for each in (statement.events, statement.given)
    )
    if not any(
        atom.name in law.variables
        for each in (*statement.events, *statement.given)
        for atom in each.atoms(RandomVariable)
    ):
        return True
    if None in events or None in given:
        return False
    return all(set(law.parents.get(name, ())) <= set(given) for name in (*events, *given) if name in law.variables)


def _add_factors(compiler: Compiler, model: Model, law: Generative) -> None:
    outer, compiler.scope = compiler.scope, {}
    for equation in model.factors:
        if not isinstance(equation, sympy.Eq) or not isinstance(equation.args[0], Probability):
            raise Refused("a factor that is not an equation for a probability")
        name, factor, parents = _factor(compiler, *equation.args)
        law.factors[name].append(factor)
        law.parents.setdefault(name, []).extend(parents)
    for place, name in enumerate(law.variables):
        # an unknown factor may depend on everything before it
        law.parents.setdefault(name, law.variables[:place])
    compiler.scope = outer


def _factor(compiler: Compiler, head: Any, body: Any) -> tuple[str, Factor, list[str]]:
    """The variable that a factor is for, its closure, and the variables behind its bar."""
    if len(head.events) != 1:
        raise Refused("a factor for several events at once")
    given = [event for event in head.given if _speaks_of_variable(event)]
    scope: dict[str, int | None] = {}
    patterns = [_pattern(compiler, event, scope) for event in (head.events[0], *given)]
    before, compiler.scope = compiler.scope, scope
    sampled, compiler.sampled = compiler.sampled, _vectors(compiler)
    run = compiler.number(body)
    compiler.scope, compiler.sampled = before, sampled

    def value(e: State, sample: tuple[int, ...], config: dict[str, Any]) -> Number | None:
        bound: dict[str, Number] = {}
        for name, pattern, slot, numeric in patterns:
            actual = config.get(name)
            if actual is None:
                return None
            if isinstance(pattern, int):
                if actual != pattern:
                    return None
            elif numeric is not None:
                bound[numeric] = _numeric(name, actual)
            elif slot is not None:
                e.slots[slot] = actual
        locals_before, sample_before = e.locals, e.sample
        e.locals, e.sample = {**e.locals, **bound}, sample
        try:
            return run(e)
        finally:
            e.locals, e.sample = locals_before, sample_before

    return patterns[0][0], value, [pattern[0] for pattern in patterns[1:]]


def _numeric(name: str, actual: Any) -> Number:
    """The number at which a factor is taken; raises Refused for a vector, which has none."""
    if not isinstance(actual, Point):
        return integer(actual)
    if actual.value is None:
        raise Refused(f"a factor that takes {name}, a vector, for a number")
    return actual.value


def _speaks_of_variable(event: Any) -> bool:
    return isinstance(event, RandomVariable) or (isinstance(event, sympy.Eq) and isinstance(event.lhs, RandomVariable))


def _vectors(compiler: Compiler) -> frozenset[str]:
    model = compiler.givens.model
    assert model is not None
    return frozenset(base_name(v.value) for v in model.variables if isinstance(v.value, IndexedBase))


Pattern = tuple[str, int | None, int | None, str | None]
"""A variable's name with a literal value, or the slot or the local name that its value is bound to."""


def _pattern(compiler: Compiler, event: Any, scope: dict[str, int | None]) -> Pattern:
    variable, value = (event.args[0], event.args[1]) if isinstance(event, sympy.Eq) else (event, None)
    if not isinstance(variable, RandomVariable):
        raise Refused(f"a factor for {type(variable).__name__}")
    known = declared(compiler, variable.name)
    if known is None:
        raise Refused(f"a factor for {variable.name}, which is no variable of the model")
    for index in variable.indices:
        if not isinstance(index, Symbol):
            raise Refused("a factor for one sample only")
    if value is None:
        value = known.value
    if isinstance(value, IndexedBase):
        return variable.name, None, None, None
    if value.is_Integer:
        return variable.name, int(value), None, None
    if not isinstance(value, Symbol):
        raise Refused(f"a factor at {value}")
    name = symbol_name(value)
    if known.domain is None:
        scope[name] = None
        return variable.name, None, None, name
    scope[name] = compiler.new_slot()
    compiler.usage.ranges["bound", scope[name]] = compiler.range(known.domain)
    return variable.name, None, scope[name], None


def unknown(compiler: Compiler) -> Any:
    """The unknown joint distribution of an instance."""
    if "unknown" not in compiler.laws:
        groups = [_members(compiler, events) for events in compiler.givens.exclusive]
        compiler.laws["unknown"] = groups, [_statement(compiler, item) for item in compiler.givens.independence]
    return lambda e: _joint(compiler, e)


def _joint(compiler: Compiler, e: State) -> Joint:
    found: Joint | None = e.store.get("joint")
    if found is None:
        groups, statements = compiler.laws["unknown"]
        found = _made(compiler, e, groups, statements)
        e.store["joint"] = found
        trace, e.trace = e.trace, {}  # what the check reads is not what the expression reads
        obeys = found.obeys(e)
        e.trace = trace
        if not obeys:
            raise Refused("independence statements that the evaluator cannot satisfy together")
    return found


def _made(compiler: Compiler, e: State, groups: Any, statements: Any) -> Joint:
    joint = Joint(compiler, (), {}, {})
    for number, members in enumerate(groups):
        events = list(dict.fromkeys(atom for atom, _ in _all_values(compiler, e, *members)))
        group: Atom = ("group", f"group {number}", ())
        joint.sizes[group] = len(events)
        joint.groups.update({event: (group, place) for place, event in enumerate(events)})
    ground = [item for statement in statements for item in _ground_statement(compiler, e, joint, statement)]
    if not _in_turn(ground):
        compiler.narrow = "the distributions that were tried have more independence than is given"
    joint.statements = tuple(ground)
    first = [atom for statement in ground for atom, _ in statement.given]
    second = [atom for statement in ground for member in statement.members for atom in member]
    joint.order = list(dict.fromkeys((*first, *second)))
    return joint


def _in_turn(statements: Sequence[Statement]) -> bool:
    """Whether no two statements speak of one case, so that a chain can have every distribution that obeys them."""
    return all(
        set(one.members) == set(other.members)
        and dict(one.given).keys() == dict(other.given).keys()
        and any(_disjoint(values, dict(other.given)[atom]) for atom, values in one.given)
        for one, other in combinations(statements, 2)
    )


def _disjoint(one: frozenset[Any] | None, other: frozenset[Any] | None) -> bool:
    return one is not None and other is not None and not one & other


Collected = tuple[Happenings, list[str]]
"""Events with the free indices that they are written in."""


def _members(compiler: Compiler, events: Iterable[Any]) -> Collected:
    outer, compiler.used = compiler.used, {}
    scope, compiler.scope = compiler.scope, {}
    run = happenings(compiler, events)
    used, compiler.used, compiler.scope = list(compiler.used), outer, scope
    return run, used


def _all_values(compiler: Compiler, e: State, run: Happenings, names: list[str]) -> list[Any]:
    """The events at all values of their free indices."""
    return [item for state in _bindings(compiler, e, names) for item in run(state)]


def _bindings(compiler: Compiler, e: State, names: list[str]) -> Iterable[State]:
    """The state at all values of some free indices; it has its old values back at the end."""
    ranges = {name: compiler.usage.range_of(("symbol", name)) for name in names if name not in compiler.usage.bounds}
    free = {name: within for name, within in ranges.items() if within is not None}
    before = {name: (e.ints.get(name), e.values.get(name)) for name in free}
    for values in product(*(within.values(e) for within in free.values())):
        for name, value in zip(free, values, strict=True):
            e.assign_int(name, value)
        yield e
    for name, (index, number) in before.items():
        if index is None:
            e.ints.pop(name, None)
            e.values.pop(name, None)
        else:
            e.ints[name], e.values[name] = index, number


def _statement(compiler: Compiler, independence: Independence) -> Any:
    outer, compiler.used = compiler.used, {}
    scope, compiler.scope = compiler.scope, {}
    members = [(happenings(compiler, [event]), hasattr(event, "limits")) for event in independence.events]
    given = conditions(compiler, independence.given)
    open_variables = {event.name for event in independence.given if isinstance(event, RandomVariable)}
    used, compiler.used, compiler.scope = list(compiler.used), outer, scope
    return members, given, open_variables, used


def _ground_statement(compiler: Compiler, e: State, joint: Joint, statement: Any) -> Iterable[Statement]:
    members, given, open_variables, used = statement
    for state in _bindings(compiler, e, used):
        sets: list[frozenset[Atom]] = []
        for run, each in members:
            atoms = [joint.groups.get(atom, (atom, 0))[0] for atom, _ in run(state)]
            if each:
                # the members of Each are those of one index
                samples = dict.fromkeys(atom[2] for atom in atoms)
                sets += [frozenset(atom for atom in atoms if atom[2] == sample) for sample in samples]
            else:
                sets.append(frozenset(atoms))
        known = joint.in_groups(dict(given(state))) or {}
        yield Statement(
            tuple(sets),
            tuple(
                (atom, None if atom[1] in open_variables or isinstance(values, Point) else values)
                for atom, values in known.items()
            ),
        )
