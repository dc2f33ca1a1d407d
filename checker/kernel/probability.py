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

from typing import Any

from sympy import Basic

from checker.derivation import Independence, Model, Variable
from checker.expressions import Each, P, Probability
from checker.kernel import dispatch
from checker.kernel.context import CONDITIONING, INDEPENDENCE, MARGINALS, MODEL, Context
from checker.kernel.dispatch import builder, form_of, head, printer
from checker.kernel.events import Item, each_once, item_of, items_of, mapped, one_item, printed, printed_value
from checker.kernel.factors import factor_at, factors_of, needed_for, value_of
from checker.kernel.field import inverse, require_nonzero
from checker.kernel.form import ONE, ZERO, Atom, Form, Mono, OutsideTheories, combined, of, product, total
from checker.kernel.indices import sure_to_differ
from checker.kernel.products import product_over
from checker.kernel.sums import sum_over, within


@head(CONDITIONING, Probability)
def _(ctx: Context, expression: Probability) -> Form:
    given = items_of(ctx, [g for g in expression.given if g not in ctx.givens.parameters])
    events = items_of(ctx, expression.events)
    if not given:
        return joint(ctx, events)
    below = joint(ctx, given)
    require_nonzero(ctx, below, Probability(expression.given))
    direct = _conditional(ctx, events, given)
    return joint(ctx, events + given) * inverse(below) if direct is None else direct


def joint(ctx: Context, items: list[Item | Each]) -> Form:
    """P of all items together."""
    lists = [item for item in items if isinstance(item, Each)]
    plain = [item for item in items if isinstance(item, Item)]
    if len(lists) > 1:
        raise OutsideTheories("a joint list beside another")
    consistent, factor = each_once(plain)
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
        items = items_of(ctx, each.events)
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
    args = tuple(sorted((mapped(i, mapping).args for i in items if isinstance(i, Item)), key=str))
    return _list_atom((args, *bounds, tuple(i.args for i in others)))


def _list_atom(args: tuple[Any, ...]) -> Form:
    return of(Atom("list", args, nonnegative=True, free=Atom("", args).free - {LISTED}))


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
    if len({item.indices for item in items}) > 1 or {v.variable.name for v in needed_for(model, behind)} > behind:
        return None
    consistent, factor = each_once(items)
    names = {item.name for item in consistent}
    missing = [variable for variable in needed_for(model, names) if variable.variable.name not in names]
    if any(variable.domain is None for variable in missing) or missing and not ctx.allows(MARGINALS):
        return None
    return factor * _by_model(ctx, model, consistent, frozenset(behind))


def _by_model(ctx: Context, model: Model, items: list[Item], behind: frozenset[str] = frozenset()) -> Form:
    """P of the items as a sum of products of factors; without those of the variables behind the bar."""
    sample = items[0].indices if items else ()
    assigned = {item.name: item for item in items}
    needed = needed_for(model, set(assigned))
    summed: dict[str, tuple[Form, Form]] = {}
    inside: list[Form] = []
    values: dict[str, Form | None] = {}
    for variable in needed:
        name = variable.variable.name
        if name in assigned:
            values[name] = value_of(ctx, variable, assigned[name])
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
    factors = product(factor_at(ctx, model, variable, values, sample) for variable in own)
    return product([*inside, sum_over(ctx, summed, factors)])


def evidence(items: list[Item]) -> Form:
    """P of the items where a variable with a density is integrated out: a number of which no more is known."""
    return of(Atom("evidence", (tuple(i.args for i in sorted(items, key=lambda i: i.key)),), nonnegative=True))


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
        members = [one_item(ctx, event).subject for event in group]
        if first.subject in members and second.subject in members and first.subject != second.subject:
            return True
    return False


def _summed_out(ctx: Context, items: list[Item]) -> Form | None:
    subjects = {item.subject for item in items}
    for group in ctx.givens.exclusive:
        members = [one_item(ctx, event) for event in group]
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
    events = {one_item(ctx, e).subject for e in statement.events}
    given = [one_item(ctx, e) for e in statement.given]
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
    return joint(ctx, [item_of(item) for item in args[0]])


@builder("factor")
def _(ctx: Context, args: tuple[Any, ...]) -> Form:
    return of(Atom("factor", args, nonnegative=True))


@builder("list")
def _(ctx: Context, args: tuple[Any, ...]) -> Form:
    return _list_atom(args)


@printer("evidence")
@printer("cell")
def _(ctx: Context, atom: Atom) -> Basic:
    return P(*(printed(ctx, item_of(item)) for item in atom.args[0]))


@printer("list")
def _(ctx: Context, atom: Atom) -> Basic:
    members, lower, upper, others = atom.args
    index = dispatch.PRINTERS["sym"](ctx, Atom("sym", (LISTED,)))
    events = [printed(ctx, item_of(item)) for item in members]
    each = Each(events, (index, *(dispatch.to_sympy(ctx, bound) for bound in (lower, upper))))
    return P(each, *(printed(ctx, item_of(item)) for item in others))


@printer("factor")
def _(ctx: Context, atom: Atom) -> Basic:
    (name, value), parents, sample = atom.args
    return P(printed_value(ctx, name, sample, value), given=[printed_value(ctx, n, sample, v) for n, v in parents])


def normalisations(ctx: Context) -> list[Form]:
    """Forms that are zero because probabilities sum to one."""
    if not ctx.allows(MARGINALS):
        return []
    found = []
    for group in ctx.givens.exclusive:
        members = [one_item(ctx, event) for event in group]
        if {m.subject for m in members} & ctx.mentioned:
            found.append(total(joint(ctx, [m]) for m in members) - ONE)
    model = ctx.givens.model or Model(())
    for variable in model.variables:
        if variable.domain is None or variable.variable.name not in ctx.mentioned or factors_of(model, variable):
            continue
        bounds = (form_of(ctx, variable.domain.lower), form_of(ctx, variable.domain.upper))
        name = ctx.fresh(f"s:{variable.variable.name}", bounds)
        item = Item("variable ", variable.variable.name, (), ctx.index(name))
        found.append(sum_over(ctx, {name: bounds}, joint(ctx, [item])) - ONE)
    return found
