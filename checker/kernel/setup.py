"""The givens as a context: index sets, definitions and inequalities as forms; equations as hypotheses."""

from __future__ import annotations

from collections import OrderedDict

from sympy import Add, And, Basic, Eq, Ge, Gt, Indexed, IndexedBase, Integer, Le, Lt, Mul, Ne, Or, Symbol
from sympy.logic.boolalg import BooleanTrue

from checker.derivation import Givens, IndexSet
from checker.kernel.context import FACTS, Context, using
from checker.kernel.definitions import Definition
from checker.kernel.dispatch import form_of
from checker.kernel.form import Form, OutsideTheories
from checker.kernel.indices import always_at_least
from checker.kernel.positivity import integer, nonnegative, positive
from checker.kernel.probability import sum_of_unknown_factor
from checker.kernel.values import few, few_by_fact, split


def context_of(givens: Givens, theories: frozenset[str]) -> Context:
    """A fresh context. Raises OutsideTheories for a given that no theory knows."""
    ctx = Context(givens, theories)
    with using(ctx):
        for definition in givens.definitions:
            _define(ctx, definition)
        for symbol, index_set in givens.index_sets.items():
            if index_set.only:
                raise OutsideTheories(f"an index {symbol} whose set is not a range")
            ctx.ranges[ctx.name("s", symbol)] = _bounds(ctx, index_set)
            ctx.free_indices.add(ctx.name("s", symbol))
        for name, index_set in givens.value_sets.items():
            table, key = _values_of(ctx, name)
            table[key] = _bounds(ctx, index_set)
        for fact in givens.facts:
            tie(ctx, fact)
        ctx.given_ties = len(ctx.ties)
        for fact in givens.facts:
            assume_sign(ctx, fact)
        for fact in givens.facts:
            _keep_apart(ctx, fact)
        _find_few(ctx)
        if givens.model is not None:
            for variable in givens.model.variables:
                if variable.domain is not None and variable.domain.only:
                    raise OutsideTheories(f"a random variable {variable.variable.name} whose values are no range")
            ctx.sum_facts.append(sum_of_unknown_factor)
        ctx.assumed = False
        ctx.given_signs = (len(ctx.positives), len(ctx.nonnegatives), len(ctx.nonzeros))
    return ctx


_RECENT: OrderedDict[tuple[int, frozenset[str]], tuple[Givens, Context]] = OrderedDict()
MAX_CONTEXTS = 64


def recent_context(givens: Givens, theories: frozenset[str]) -> Context:
    """The context last used with these very givens and theories, with the forms of its lines; else a fresh one."""
    key = (id(givens), theories)
    known = _RECENT.get(key)
    if known is None or known[0] is not givens:
        known = _RECENT[key] = (givens, context_of(givens, theories))
        while len(_RECENT) > MAX_CONTEXTS:
            _RECENT.popitem(last=False)
    _RECENT.move_to_end(key)
    return known[1]


def forget(givens: Givens, theories: frozenset[str]) -> None:
    """Drop the context, which an error may have left in the middle of something."""
    _RECENT.pop((id(givens), theories), None)


def line(ctx: Context, expression: Basic) -> Form:
    """The form of a whole line, made once as long as the signs that are assumed stay the same."""
    if not ctx.split_values:
        return ctx.recall(("line", expression, ctx.closed_forms), lambda: form_of(ctx, expression))
    return ctx.recall(("split line", expression, ctx.closed_forms), lambda: split(ctx, form_of(ctx, expression)))


def _bounds(ctx: Context, index_set: IndexSet) -> tuple[Form, Form]:
    return form_of(ctx, index_set.lower), form_of(ctx, index_set.upper)


def _define(ctx: Context, definition: Basic) -> None:
    name, expression = definition.args
    if isinstance(name, Symbol):
        key = ctx.name("s", name)
        ctx.definitions[key] = Definition(key, name, (), expression)
    elif isinstance(name, Indexed) and all(isinstance(i, Symbol) for i in name.indices):
        key = ctx.name("f", name.base.label)
        ctx.definitions[key] = Definition(key, name.base.label, tuple(name.indices), expression)
    else:
        raise OutsideTheories(f"a definition of {name}, which is neither a symbol nor a family with index symbols")


def assume_sign(ctx: Context, fact: Basic) -> None:
    """Use a given inequality for signs; equations are hypotheses, and not for here."""
    if isinstance(fact, And):
        for part in fact.args:
            assume_sign(ctx, part)
    elif isinstance(fact, (Lt, Gt, Le, Ge, Ne)):
        with ctx.quiet():
            gap = form_of(ctx, fact.lhs) - form_of(ctx, fact.rhs)
        if isinstance(fact, Ne):
            if not (fact.atoms(Indexed) and ctx.tied(fact, gap)):
                ctx.nonzeros.append(gap)
        else:
            gap = gap if isinstance(fact, (Gt, Ge)) else -gap
            if positive(-gap) or isinstance(fact, (Lt, Gt)) and nonnegative(-gap):
                raise OutsideTheories(f"inequalities that contradict each other, {fact} among them")
            if not (fact.atoms(Indexed) and ctx.tied(fact, gap)):
                (ctx.positives if isinstance(fact, (Lt, Gt)) else ctx.nonnegatives).append(gap)
        ctx.assumed = True
        ctx.cache.clear()


def _values_of(ctx: Context, name: Symbol | IndexedBase) -> tuple[dict[str, tuple[Form, Form]], str]:
    """Where the value set of a name is kept, and under which key."""
    if isinstance(name, IndexedBase):
        return ctx.value_sets, ctx.name("f", name.label)
    return ctx.ranges, ctx.name("s", name)


def _find_few(ctx: Context) -> None:
    """The names that take few values, by their sets or by a fact."""
    for fact in ctx.givens.facts if ctx.allows(FACTS) else ():
        ctx.few.update(few_by_fact(ctx, fact))
    for name, index_set in [*ctx.givens.index_sets.items(), *ctx.givens.value_sets.items()]:
        table, key = _values_of(ctx, name)
        known = few(table[key], index_set.only)
        if known is not None:
            ctx.few[key] = known


def tie(ctx: Context, relation: Basic) -> None:
    """Keep the index symbols that an inequality ties to one another, as i ≠ j and m ≤ n do."""
    if isinstance(relation, And):
        for part in relation.args:
            tie(ctx, part)
    elif isinstance(relation, (Lt, Gt, Le, Ge, Ne)) and not relation.atoms(Indexed):
        names = ctx.indices_in(relation)
        if names and not _by_the_sets(ctx, relation):
            ctx.ties.append(names)


def _by_the_sets(ctx: Context, relation: Basic) -> bool:
    """An inequality between indices that their sets imply, and which excludes nothing."""
    if isinstance(relation, Ne):
        return False
    try:
        with ctx.quiet():
            gap = form_of(ctx, relation.gts) - form_of(ctx, relation.lts)
    except OutsideTheories:
        return False
    return always_at_least(ctx, gap, 1 if isinstance(relation, (Lt, Gt)) else 0)


def _keep_apart(ctx: Context, fact: Basic) -> None:
    """Keep i ≠ j for indicators of these very symbols, where both are integers."""
    if isinstance(fact, And):
        for part in fact.args:
            _keep_apart(ctx, part)
    elif isinstance(fact, Ne):
        with ctx.quiet():
            gap = form_of(ctx, fact.lhs) - form_of(ctx, fact.rhs)
        if integer(gap) and not gap.is_number:
            ctx.apart[gap] = fact


def _product_gap(relation: Basic) -> Basic:
    """An expression that is zero where the relation holds."""
    if not isinstance(relation, Eq):
        raise OutsideTheories(f"an alternative that is a {type(relation).__name__}")
    return Add(relation.lhs, Mul(Integer(-1), relation.rhs, evaluate=False), evaluate=False)


def conjuncts(relation: Basic) -> list[Eq]:
    """The equations that hold with a relation one by one; none from alternatives."""
    if isinstance(relation, And):
        return [equation for part in relation.args for equation in conjuncts(part)]
    return [relation] if isinstance(relation, Eq) else []


def equations(relation: Basic) -> list[Eq]:
    """The equations that a fact or hypothesis consists of; alternatives become a product that is zero."""
    if isinstance(relation, Eq):
        return [relation]
    if isinstance(relation, And):
        return [equation for part in relation.args for equation in equations(part)]
    if isinstance(relation, Or):
        gaps = [_product_gap(part) for part in relation.args]
        return [Eq(Mul(*gaps, evaluate=False), Integer(0), evaluate=False)]
    if isinstance(relation, (Lt, Gt, Le, Ge, Ne, BooleanTrue)):
        return []
    raise OutsideTheories(f"a hypothesis that is a {type(relation).__name__}")
