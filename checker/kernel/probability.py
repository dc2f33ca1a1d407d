"""Probabilities, as quotients of sums of products of a model's factors, or of joint atoms where there is no model.

    P(A | B)      = P(A, B) / P(B)                                     conditioning
    P(A)          = Σ_k P(A, Y=k);  P(A, ¬B) = P(A) − P(A, B)          total probability
    P(v₁, …, v_m) = Π P(v_i | parents), the model's factors            model
    P(v | w)      = the factors of v alone, where w has all that w depends on
    P(x⁽¹⁾, …)    = Π_n P(x⁽ⁿ⁾);  P(A, B | C) = P(A|C) P(B|C)           independence, where it is given

A variable that no event mentions is summed out, or dropped where nothing depends on it; where it would have to be
integrated out, the probability is an atom.
Parameters behind the bar are dropped. A joint list whose samples are not given as independent, or that stands beside
other events, is a joint atom with them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from itertools import product as product_of
from typing import Any

from sympy import Add, Basic, Eq, IndexedBase, Integer, Mul, Symbol, evaluate

from checker.derivation import Independence, Model, Variable
from checker.expressions import ComplementEvent, Each, Event, P, Probability, RandomVariable
from checker.kernel import dispatch
from checker.kernel.context import CONDITIONING, INDEPENDENCE, MARGINALS, MODEL, Context, current
from checker.kernel.dispatch import builder, form_of, head, printer, rewrite, substitute
from checker.kernel.field import inverse, require_nonzero
from checker.kernel.form import ONE, ZERO, Atom, Form, Mono, OutsideTheories, combined, of, product, total
from checker.kernel.indices import sure_to_differ
from checker.kernel.products import product_over
from checker.kernel.sums import sum_over, within

OBSERVED = "·"


@dataclass(frozen=True)
class Item:
    """One thing that happens: a variable takes a value (None: its observed one), or an event does or does not occur."""

    kind: str
    name: str
    indices: tuple[Form, ...]
    value: Form | None
    occurs: bool = True

    @property
    def args(self) -> tuple[Any, ...]:
        return self.kind, self.name, self.indices, OBSERVED if self.value is None else self.value, self.occurs

    @property
    def key(self) -> str:
        value = OBSERVED if self.value is None else self.value.key
        return f"{self.kind}{self.name}{[i.key for i in self.indices]}={value}{self.occurs}"

    @property
    def subject(self) -> str:
        return f"{self.kind}{self.name}{[i.key for i in self.indices]}"


def _item(args: tuple[Any, ...]) -> Item:
    kind, name, indices, value, occurs = args
    return Item(kind, name, indices, None if value == OBSERVED else value, occurs)


@head(CONDITIONING, Probability)
def _(ctx: Context, expression: Probability) -> Form:
    given = _items(ctx, [g for g in expression.given if g not in ctx.givens.parameters])
    events = _items(ctx, expression.events)
    if not given:
        return joint(ctx, events)
    below = joint(ctx, given)
    require_nonzero(ctx, below, Probability(expression.given))
    direct = _conditional(ctx, events, given)
    return joint(ctx, events + given) * inverse(below) if direct is None else direct


def _items(ctx: Context, events: Iterable[Basic]) -> list[Item | Each]:
    found: list[Item | Each] = []
    for event in events:
        if isinstance(event, Each):
            found.append(event)
            continue
        found.append(_one_item(ctx, event))
    return found


def _one_item(ctx: Context, event: Basic) -> Item:
    value: Form | None = None
    if isinstance(event, Eq):
        event, value = event.lhs, form_of(ctx, event.rhs)
    occurs = not isinstance(event, ComplementEvent)
    if isinstance(event, ComplementEvent):
        event = event.event
    if isinstance(event, (RandomVariable, Event)):
        kind = "variable " if isinstance(event, RandomVariable) else "event "
        return Item(kind, event.name, tuple(form_of(ctx, i) for i in event.indices), value, occurs)
    raise OutsideTheories(f"{event} inside a probability, which is no variable, no event and no declared parameter")


def joint(ctx: Context, items: list[Item | Each]) -> Form:
    """P of all items together."""
    lists = [item for item in items if isinstance(item, Each)]
    plain = [item for item in items if isinstance(item, Item)]
    if len(lists) > 1:
        raise OutsideTheories("a joint list beside another")
    consistent, factor = _consistent(plain)
    if not factor:
        return ZERO
    if lists:
        return factor * _samples(ctx, lists[0], consistent)
    groups: dict[str, list[Item]] = {}
    for item in consistent:
        sample = item.indices if item.kind == "variable " and _variable(ctx, item) is not None else ()
        groups.setdefault(str([i.key for i in sample]), []).append(item)
    if len(groups) > 1:
        _require_samples(ctx, list(groups.values()))
    return product([factor, *(_of_one_sample(ctx, group) for group in groups.values())])


def _samples(ctx: Context, each: Each, others: list[Item]) -> Form:
    """P of a joint list and other items: a product over independent samples, where nothing stands beside them."""
    symbol, lower, upper = each.limits
    bounds = (form_of(ctx, lower), form_of(ctx, upper))
    name = ctx.fresh(ctx.name("s", symbol), bounds)
    before = ctx.bound
    ctx.bound = {**before, symbol: name}
    try:
        items = _items(ctx, each.events)
        if any(not isinstance(i, Item) or i.indices != (ctx.index(name),) for i in items):
            raise OutsideTheories("a joint list whose members are not the samples of its own index")
        model = ctx.givens.model
        if others or not ctx.allows(INDEPENDENCE) or model is None or model.samples is None:
            return _listed(ctx, items, name, bounds, others)
        ctx.use(INDEPENDENCE)
        return product_over(ctx, {name: bounds}, joint(ctx, items))
    finally:
        ctx.bound = before


LISTED = "b0_0"
"""The index of a joint list inside its atom."""


def _listed(ctx: Context, items: list[Item | Each], name: str, bounds: tuple[Form, Form], others: list[Item]) -> Form:
    """The joint list and what stands beside it as an atom, where independence is not given or not to be used."""
    ctx.ranges[LISTED] = bounds
    mapping = {name: ctx.index(LISTED)}
    args = tuple(sorted((_mapped(i, mapping).args for i in items if isinstance(i, Item)), key=str))
    return _list_atom((args, *bounds, tuple(i.args for i in others)))


def _list_atom(args: tuple[Any, ...]) -> Form:
    return of(Atom("list", args, nonnegative=True, free=Atom("", args).free - {LISTED}))


def _mapped(item: Item, mapping: dict[str, Form]) -> Item:
    value = None if item.value is None else substitute(item.value, mapping)
    return Item(item.kind, item.name, tuple(substitute(i, mapping) for i in item.indices), value, item.occurs)


def _consistent(items: list[Item]) -> tuple[list[Item], Form]:
    """Each subject once; P(A, ¬A) = 0 and P(Y=a, Y=b) = 1[a=b] P(Y=a)."""
    kept: dict[str, Item] = {}
    factor = ONE
    for item in items:
        known = kept.setdefault(item.subject, item)
        if known.occurs != item.occurs:
            return [], ZERO
        if known.value is not None and item.value is not None and known.value != item.value:
            factor = factor * dispatch.BUILDERS["eq"](current(), (known.value, item.value))
        elif (known.value is None) != (item.value is None):
            raise OutsideTheories("a variable with its observed and another value in one probability")
    return sorted(kept.values(), key=lambda item: item.key), factor


def _require_samples(ctx: Context, groups: list[list[Item]]) -> None:
    model = ctx.givens.model
    if model is None or model.samples is None or not ctx.allows(INDEPENDENCE):
        raise OutsideTheories("several samples whose independence is not given")
    for i, first in enumerate(groups):
        for second in groups[:i]:
            pairs = zip(first[0].indices, second[0].indices, strict=False)
            if not any(sure_to_differ(ctx, a, b) for a, b in pairs):
                raise OutsideTheories("samples that may be one and the same")
    ctx.use(INDEPENDENCE)


def _variable(ctx: Context, item: Item) -> Variable | None:
    model = ctx.givens.model
    if model is None:
        return None
    return next((v for v in model.variables if v.variable.name == item.name), None)


def _of_one_sample(ctx: Context, items: list[Item]) -> Form:
    model = ctx.givens.model
    if model is not None and ctx.allows(MODEL) and all(i.kind == "variable " and _variable(ctx, i) for i in items):
        return _by_model(ctx, model, items)
    return cells(ctx, items)


# --- by the model's factors ------------------------------------------------------------------------------------


def _conditional(ctx: Context, events: list[Item | Each], given: list[Item | Each]) -> Form | None:
    """P(events | given) by the factors of what is not given; None where more than these is in it.

    The factors of what is given stand above and below, where they depend on nothing that is not given.
    """
    model, items = ctx.givens.model, [item for item in (*given, *events) if isinstance(item, Item)]
    if model is None or not ctx.allows(MODEL) or len(items) < len(events) + len(given):
        return None
    if any(item.kind != "variable " or _variable(ctx, item) is None for item in items):
        return None
    behind = {item.name for item in given if isinstance(item, Item)}
    if len({item.indices for item in items}) > 1 or {v.variable.name for v in _needed(model, behind)} > behind:
        return None
    consistent, factor = _consistent(items)
    names = {item.name for item in consistent}
    missing = [variable for variable in _needed(model, names) if variable.variable.name not in names]
    if any(variable.domain is None for variable in missing) or missing and not ctx.allows(MARGINALS):
        return None
    return factor * _by_model(ctx, model, consistent, frozenset(behind))


def _needed(model: Model, names: set[str]) -> list[Variable]:
    """The variables of these names and all that they depend on, in generative order."""
    needed: list[Variable] = []
    wanted = set(names)
    for variable in reversed(model.variables):
        if variable.variable.name in wanted:
            needed.insert(0, variable)
            wanted |= _parents(model, variable)
    return needed


def _by_model(ctx: Context, model: Model, items: list[Item], behind: frozenset[str] = frozenset()) -> Form:
    """P of the items as a sum of products of factors; without those of the variables behind the bar."""
    sample = items[0].indices if items else ()
    assigned = {item.name: item for item in items}
    needed = _needed(model, set(assigned))
    summed: dict[str, tuple[Form, Form]] = {}
    inside: list[Form] = []
    values: dict[str, Form | None] = {}
    for variable in needed:
        name = variable.variable.name
        if name in assigned:
            values[name] = _value(ctx, variable, assigned[name])
            value = values[name]
            if variable.domain is not None and value is not None and name not in behind:
                domain = (form_of(ctx, variable.domain.lower), form_of(ctx, variable.domain.upper))
                inside.append(within(ctx, value, domain))
        elif variable.domain is None:
            return evidence(items)
        else:
            if not ctx.allows(MARGINALS):
                return cells(ctx, items)
            ctx.use(MARGINALS)
            bounds = (form_of(ctx, variable.domain.lower), form_of(ctx, variable.domain.upper))
            index = ctx.fresh(f"s:{name}", bounds)
            summed[index] = bounds
            values[name] = ctx.index(index)
    ctx.use(MODEL)
    own = [variable for variable in needed if variable.variable.name not in behind]
    factors = product(_factor(ctx, model, variable, values, sample) for variable in own)
    return product([*inside, sum_over(ctx, summed, factors)])


def evidence(items: list[Item]) -> Form:
    """P of the items where a variable with a density is integrated out: a number of which no more is known."""
    return of(Atom("evidence", (tuple(i.args for i in sorted(items, key=lambda i: i.key)),), nonnegative=True))


def _value(ctx: Context, variable: Variable, item: Item) -> Form | None:
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
    equations = _factors_of(model, variable)
    if not equations:
        earlier = model.variables[: model.variables.index(variable)]
        return {v.variable.name for v in earlier}
    return {_subject(event)[0] for equation in equations for event in equation.lhs.given if _subject(event)[0]}


def _factors_of(model: Model, variable: Variable) -> list[Eq]:
    return [
        f for f in model.factors
        if isinstance(f, Eq) and isinstance(f.lhs, Probability) and len(f.lhs.events) == 1
        and _subject(f.lhs.events[0])[0] == variable.variable.name
    ]  # fmt: skip


def _subject(event: Basic) -> tuple[str, Basic | None]:
    if isinstance(event, Eq):
        return event.lhs.name, event.rhs
    return (event.name, None) if isinstance(event, RandomVariable) else ("", None)


def _factor(
    ctx: Context, model: Model, variable: Variable, values: dict[str, Form | None], sample: tuple[Form, ...]
) -> Form:
    equations = _factors_of(model, variable)
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


# --- by joint atoms --------------------------------------------------------------------------------------------


def cells(ctx: Context, items: list[Item]) -> Form:
    """P of the items in terms of joint atoms of what occurs, over the finite variables that the question mentions."""
    if not items:
        return ONE
    ctx.step()
    if ctx.allows(INDEPENDENCE):
        for statement in ctx.givens.independence:
            independent = _by_independence(ctx, items, statement)
            if independent is not None:
                ctx.use(INDEPENDENCE)
                return independent
    if ctx.allows(MARGINALS):
        for item in items:
            if not item.occurs:
                ctx.use(MARGINALS)
                rest = [i for i in items if i is not item]
                without = cells(ctx, rest) - joint(ctx, [*rest, Item(item.kind, item.name, item.indices, item.value)])
                ctx.learn_nonnegative(without)
                return without
        summed = _summed_out(ctx, items)
        if summed is not None:
            ctx.use(MARGINALS)
            return summed
    if any(_clash(a, b, ctx) for a in items for b in items):
        return ZERO
    return of(Atom("cell", (tuple(i.args for i in sorted(items, key=lambda i: i.key)),), nonnegative=True))


def _clash(first: Item, second: Item, ctx: Context) -> bool:
    """Two different members of an exclusive family."""
    if first is second or first.kind != "event ":
        return False
    for group in ctx.givens.exclusive:
        members = [_one_item(ctx, event).subject for event in group]
        if first.subject in members and second.subject in members and first.subject != second.subject:
            return True
    return False


def _summed_out(ctx: Context, items: list[Item]) -> Form | None:
    subjects = {item.subject for item in items}
    for group in ctx.givens.exclusive:
        members = [_one_item(ctx, event) for event in group]
        mine = {member.subject for member in members}
        if mine & ctx.mentioned and not mine & subjects:
            return total(joint(ctx, [*items, member]) for member in members)
    model = ctx.givens.model
    sample = next((i.indices for i in items if i.kind == "variable "), ())
    for variable in model.variables if model is not None else ():
        member = Item("variable ", variable.variable.name, sample, None)
        if variable.domain is None or member.name not in ctx.mentioned or member.subject in subjects:
            continue
        bounds = (form_of(ctx, variable.domain.lower), form_of(ctx, variable.domain.upper))
        name = ctx.fresh(f"s:{member.name}", bounds)
        valued = Item("variable ", member.name, sample, ctx.index(name))
        return sum_over(ctx, {name: bounds}, cells(ctx, sorted([*items, valued], key=lambda i: i.key)))
    return None


def _by_independence(ctx: Context, items: list[Item], statement: Independence) -> Form | None:
    """P(E₁, …, E_r, Z) = Π P(E_i, Z) / P(Z)^{r−1} for mutually independent E_i given Z."""
    events = {_one_item(ctx, e).subject for e in statement.events}
    given = [_one_item(ctx, e) for e in statement.given]
    mine = [i for i in items if i.subject in events]
    others = [i for i in items if i.subject not in events]
    if len(mine) < 2:
        return None
    if {i.key for i in others} != {i.key for i in given}:
        return _both_ways(ctx, mine, others, given)
    below = joint(ctx, list(others))
    above = product(joint(ctx, [item, *others]) for item in mine)
    return above * inverse(below) ** (len(mine) - 1) if others else above


def _both_ways(ctx: Context, mine: list[Item], others: list[Item], given: list[Item]) -> Form | None:
    """P(A, B) = P(A, B, C) + P(A, B, ¬C), where A and B are independent given ¬C."""
    if len(given) != 1 or given[0].occurs or others or not ctx.allows(MARGINALS):
        return None
    absent = given[0]
    present = Item(absent.kind, absent.name, absent.indices, absent.value)
    below = joint(ctx, [absent])
    without = product(joint(ctx, [item, absent]) for item in mine) * inverse(below) ** (len(mine) - 1)
    return joint(ctx, [*mine, present]) + without


def sum_of_unknown_factor(ctx: Context, variables: dict[str, tuple[Form, Form]], mono: Mono) -> Form | None:
    """Σ_v P(V = v | parents) = 1 for a factor that the model leaves open."""
    model = ctx.givens.model or Model(())
    if not ctx.allows(MARGINALS):
        return None
    for name, bounds in variables.items():
        mine = [(atom, e) for atom, e in mono if name in atom.free]
        if len(mine) != 1 or mine[0][0].head != "factor" or mine[0][1] != 1:
            continue
        (label, value), parents, _ = mine[0][0].args
        domain = next((v.domain for v in model.variables if v.variable.name == label), None)
        inner = any(name in b.free for b in (*(b for n in variables.values() for b in n),))
        if domain is None or value != ctx.index(name) or inner or name in Atom("", (parents,)).free:
            continue
        if bounds == (form_of(ctx, domain.lower), form_of(ctx, domain.upper)):
            ctx.use(MARGINALS)
            rest = combined(tuple(p for p in mono if p not in mine))
            return sum_over(ctx, {n: b for n, b in variables.items() if n != name}, rest)
    return None


@builder("evidence")
@builder("cell")
def _(ctx: Context, args: tuple[Any, ...]) -> Form:
    return joint(ctx, [_item(item) for item in args[0]])


@builder("factor")
def _(ctx: Context, args: tuple[Any, ...]) -> Form:
    return of(Atom("factor", args, nonnegative=True))


@builder("list")
def _(ctx: Context, args: tuple[Any, ...]) -> Form:
    return _list_atom(args)


@printer("evidence")
@printer("cell")
def _(ctx: Context, atom: Atom) -> Basic:
    return P(*(_printed(ctx, _item(item)) for item in atom.args[0]))


@printer("list")
def _(ctx: Context, atom: Atom) -> Basic:
    members, lower, upper, others = atom.args
    index = dispatch.PRINTERS["sym"](ctx, Atom("sym", (LISTED,)))
    events = [_printed(ctx, _item(item)) for item in members]
    each = Each(events, (index, *(dispatch.to_sympy(ctx, bound) for bound in (lower, upper))))
    return P(each, *(_printed(ctx, _item(item)) for item in others))


@printer("factor")
def _(ctx: Context, atom: Atom) -> Basic:
    (name, value), parents, sample = atom.args
    return P(_valued(ctx, name, sample, value), given=[_valued(ctx, n, sample, v) for n, v in parents])


def _valued(ctx: Context, name: str, sample: tuple[Form, ...], value: Any) -> Basic:
    variable = RandomVariable(name, *(dispatch.to_sympy(ctx, i) for i in sample))
    return variable if value == OBSERVED else Eq(variable, dispatch.to_sympy(ctx, value), evaluate=False)


def _printed(ctx: Context, item: Item) -> Basic:
    if item.kind == "variable ":
        return _valued(ctx, item.name, item.indices, OBSERVED if item.value is None else item.value)
    event = Event(item.name, *(dispatch.to_sympy(ctx, i) for i in item.indices))
    return event if item.occurs else ~event


def mentioned(expressions: Iterable[Basic]) -> set[str]:
    """The names of variables, and the subjects of events, in the probabilities of some expressions."""
    return set().union(*map(_mentioned, expressions))


@lru_cache(maxsize=512)
def _mentioned(expression: Basic) -> frozenset[str]:
    found = {node.name for node in expression.atoms(RandomVariable)}
    return frozenset(found | {subject_of(node) for node in expression.atoms(Event)})


def subject_of(event: Event) -> str:
    """What names an event with numbers, or no indices, as `Item.subject` does."""
    return f"event {event.name}{[f'{i}*1' for i in event.indices]}"


def normalisations(ctx: Context) -> list[Form]:
    """Forms that are zero because probabilities sum to one."""
    if not ctx.allows(MARGINALS):
        return []
    found = []
    for group in ctx.givens.exclusive:
        members = [_one_item(ctx, event) for event in group]
        if {m.subject for m in members} & ctx.mentioned:
            found.append(total(joint(ctx, [m]) for m in members) - ONE)
    model = ctx.givens.model or Model(())
    for variable in model.variables:
        if variable.domain is None or variable.variable.name not in ctx.mentioned or _factors_of(model, variable):
            continue
        bounds = (form_of(ctx, variable.domain.lower), form_of(ctx, variable.domain.upper))
        name = ctx.fresh(f"s:{variable.variable.name}", bounds)
        item = Item("variable ", variable.variable.name, (), ctx.index(name))
        found.append(sum_over(ctx, {name: bounds}, joint(ctx, [item])) - ONE)
    return found
