"""A model's factors at given values: p(v | parents) as the model states it, or as an atom where it leaves it open.

What is stated for numbers, p(y=1 | x) = …, must be stated once for each of them; the last is what the others leave.
"""

from __future__ import annotations

from itertools import combinations
from itertools import product as product_of

from sympy import Add, Basic, Eq, IndexedBase, Integer, Mul, Symbol, evaluate

from checker.derivation import Model, Variable
from checker.expressions import P, Probability, RandomVariable
from checker.kernel import dispatch
from checker.kernel.context import Context
from checker.kernel.dispatch import form_of, rewrite, substitute
from checker.kernel.events import OBSERVED, Item
from checker.kernel.form import ONE, ZERO, Atom, Form, OutsideTheories, of, product, total


def needed_for(model: Model, names: set[str]) -> list[Variable]:
    """The variables of these names and all that they depend on, in generative order."""
    needed: list[Variable] = []
    wanted = set(names)
    for variable in reversed(model.variables):
        if variable.variable.name in wanted:
            needed.insert(0, variable)
            wanted |= _parents(model, variable)
    return needed


def value_of(ctx: Context, variable: Variable, item: Item) -> Form | None:
    """The value that the item gives the variable; its observed one is y, or y[n] in a sample. None for a density."""
    if item.value is not None and variable.domain is None:
        raise OutsideTheories(f"the density of {item.name} at a value that is not the observed one")
    if item.value is not None:
        return item.value
    if variable.domain is None:
        return None
    label = _label(variable)
    return ctx.family(label, item.indices) if item.indices else ctx.symbol(label)


def _parents(model: Model, variable: Variable) -> set[str]:
    equations = factors_of(model, variable)
    if not equations:
        earlier = model.variables[: model.variables.index(variable)]
        return {v.variable.name for v in earlier}
    return {_subject(event)[0] for equation in equations for event in equation.lhs.given if _subject(event)[0]}


def factors_of(model: Model, variable: Variable) -> list[Eq]:
    return [
        f for f in model.factors
        if isinstance(f, Eq) and isinstance(f.lhs, Probability) and len(f.lhs.events) == 1
        and _subject(f.lhs.events[0])[0] == variable.variable.name
    ]  # fmt: skip


def _subject(event: Basic) -> tuple[str, Basic | None]:
    if isinstance(event, Eq):
        return event.lhs.name, event.rhs
    return (event.name, None) if isinstance(event, RandomVariable) else ("", None)


def factor_at(
    ctx: Context, model: Model, variable: Variable, values: dict[str, Form | None], sample: tuple[Form, ...]
) -> Form:
    equations = factors_of(model, variable)
    if not equations:
        parents = tuple(
            (name, OBSERVED if values[name] is None else values[name]) for name in sorted(_parents(model, variable))
        )
        value = values[variable.variable.name]
        own = (variable.variable.name, OBSERVED if value is None else value)
        return of(Atom("factor", (own, parents, sample), nonnegative=True))
    equations = list(dict.fromkeys(equations))
    if any(not _apart(_pattern(one), _pattern(other)) for one, other in combinations(equations, 2)):
        raise OutsideTheories(f"a factor of {variable.variable.name} that is stated twice for some values")
    equations = _completed(variable, equations)
    if not _stated_for_all(model, equations, values):
        raise OutsideTheories(f"a factor of {variable.variable.name} that is not stated for all values")
    ctx.trusts["model"] = None
    return total(_instance(ctx, model, equation, values, sample) for equation in equations)


def _completed(variable: Variable, equations: list[Eq]) -> list[Eq]:
    """With what all other values leave for the one that is not stated, as p(y=0 | x) = 1 − p(y=1 | x) for y in {0, 1}.

    No two of the equations may be for the same values.
    """
    domain = variable.domain
    if domain is None or not (domain.lower.is_Integer and domain.upper.is_Integer):
        return equations
    patterns = list(map(_pattern, equations))
    values = range(int(domain.lower), int(domain.upper) + 1)
    groups: dict[frozenset[Basic], dict[Basic, Basic]] = {}
    for equation, pattern in zip(equations, patterns, strict=True):
        groups.setdefault(frozenset(equation.lhs.given), {})[pattern[variable.variable.name]] = equation.rhs
    found = list(equations)
    for given, stated in groups.items():
        missing = [value for value in map(Integer, values) if value not in stated]
        if len(missing) == 1 and all(isinstance(value, Integer) for value in stated):
            with evaluate(False):
                rest = Add(1, *(Mul(-1, part) for part in stated.values()))
                found.append(Eq(P(Eq(variable.variable, missing[0]), given=given), rest))
    return found


def _pattern(equation: Eq) -> dict[str, Basic | None]:
    """The values for which a factor is stated, by the names of the variables."""
    return dict(map(_subject, (*equation.lhs.events, *equation.lhs.given)))


def _apart(one: dict[str, Basic | None], other: dict[str, Basic | None]) -> bool:
    """Some variable has a number in both, and not the same."""
    return any(
        isinstance(value, Integer) and isinstance(other.get(name), Integer) and other[name] != value
        for name, value in one.items()
    )


def _stated_for_all(model: Model, equations: list[Eq], values: dict[str, Form | None]) -> bool:
    """Whether some equation is for every combination of values; where only p(y=1) is stated, p(y=0) is not zero."""
    patterns = list(map(_pattern, equations))
    literal = sorted({name for each in patterns for name, stated in each.items() if isinstance(stated, Integer)})
    choices = [_possible(model, name, values.get(name)) for name in literal]
    cases = [dict(zip(literal, numbers, strict=True)) for numbers in product_of(*choices)]
    return all(choices) and all(any(_is_for(pattern, case) for pattern in patterns) for case in cases)


def _is_for(pattern: dict[str, Basic | None], case: dict[str, int]) -> bool:
    return all(not isinstance(pattern.get(name), Integer) or pattern[name] == number for name, number in case.items())


def _possible(model: Model, name: str, value: Form | None) -> range:
    """The values to be covered: the one that is taken, or all of the domain; none where they are not known."""
    taken = None if value is None else value.integer_value
    if taken is not None:
        return range(taken, taken + 1)
    domain = next(v.domain for v in model.variables if v.variable.name == name)
    if domain is None or not (domain.lower.is_Integer and domain.upper.is_Integer):
        return range(0)
    return range(int(domain.lower), int(domain.upper) + 1)


def _instance(
    ctx: Context, model: Model, equation: Eq, values: dict[str, Form | None], sample: tuple[Form, ...]
) -> Form:
    """A factor's formula at these values; where it is stated for one number only, times an indicator of that."""
    mapping: dict[str, Form] = {}
    places: dict[Symbol, str] = {}
    matches = [ONE]
    for event in (*equation.lhs.events, *equation.lhs.given):
        name, stated = _subject(event)
        value = values.get(name)
        if value is None:
            if stated is not None:
                raise OutsideTheories(f"a factor that is stated for a value of the density {name}")
            continue
        if stated is None:
            stated = _label(next(v for v in model.variables if v.variable.name == name))
        if isinstance(stated, Symbol):
            place = places.setdefault(stated, f"place:{equation.lhs}:{stated.name}")
            if place in mapping:
                matches.append(dispatch.BUILDERS["eq"](ctx, (mapping[place], value)))
            mapping[place] = value
            ctx.expressions[place] = stated
            domain = next(v.domain for v in model.variables if v.variable.name == name)
            if domain is not None:
                ctx.ranges[place] = (form_of(ctx, domain.lower), form_of(ctx, domain.upper))
        else:
            matches.append(dispatch.BUILDERS["eq"](ctx, (form_of(ctx, stated), value)))
    if any(not m for m in matches):
        return ZERO

    def instance(form: Form) -> Form:
        return substitute(_sampled(ctx, model, form, sample), mapping)

    return product([*matches, ctx.recall(("factor", equation), lambda: _formula(ctx, equation, places), instance)])


def _label(variable: Variable) -> Symbol:
    return variable.value.label if isinstance(variable.value, IndexedBase) else variable.value


def _formula(ctx: Context, equation: Eq, places: dict[Symbol, str]) -> Form:
    before, ctx.bound = ctx.bound, dict(places)
    try:
        return form_of(ctx, equation.rhs)
    finally:
        ctx.bound = before


def _sampled(ctx: Context, model: Model, form: Form, sample: tuple[Form, ...]) -> Form:
    """The observed values x[i], y of a formula as those of a sample, x[n, i], y[n]."""
    if not sample:
        return form
    labels = list(map(_label, model.variables))
    families = {ctx.name("f", label): label for label in labels}
    scalars = {ctx.name("s", label): label for label in labels}

    def shifted(atom: Atom) -> Form | None:
        if atom.head == "idx" and atom.args[0] in families:
            return ctx.family(families[atom.args[0]], sample + atom.args[1])
        if atom.head == "sym" and atom.args[0] in scalars:
            return ctx.family(scalars[atom.args[0]], sample)
        return None

    return rewrite(form, shifted)
