"""The givens as a context: index sets, definitions and inequalities as forms; equations as hypotheses."""

from __future__ import annotations

from collections import OrderedDict

from sympy import Add, And, Basic, Eq, Ge, Gt, Indexed, IndexedBase, Integer, Le, Lt, Mul, Ne, Or, Symbol
from sympy.logic.boolalg import BooleanTrue

from checker.derivation import Givens, IndexSet
from checker.kernel.context import Context, using
from checker.kernel.definitions import Definition
from checker.kernel.dispatch import form_of
from checker.kernel.form import Form, OutsideTheories
from checker.kernel.positivity import nonnegative, positive
from checker.kernel.probability import sum_of_unknown_factor


def context_of(givens: Givens, theories: frozenset[str]) -> Context:
    """A fresh context. Raises OutsideTheories for a given that no theory knows."""
    ctx = Context(givens, theories)
    with using(ctx):
        for definition in givens.definitions:
            _define(ctx, definition)
        for symbol, index_set in givens.index_sets.items():
            ctx.ranges[ctx.name("s", symbol)] = _bounds(ctx, index_set)
            ctx.free_indices.add(ctx.name("s", symbol))
        for name, index_set in givens.value_sets.items():
            if isinstance(name, IndexedBase):
                ctx.value_sets[ctx.name("f", name.label)] = _bounds(ctx, index_set)
            else:
                ctx.ranges[ctx.name("s", name)] = _bounds(ctx, index_set)
        for fact in givens.facts:
            assume_sign(ctx, fact)
        if givens.model is not None:
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
    return ctx.recall(("line", expression, ctx.closed_forms), lambda: form_of(ctx, expression))


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
            ctx.nonzeros.append(gap)
        else:
            gap = gap if isinstance(fact, (Gt, Ge)) else -gap
            if positive(-gap) or isinstance(fact, (Lt, Gt)) and nonnegative(-gap):
                raise OutsideTheories(f"inequalities that contradict each other, {fact} among them")
            (ctx.positives if isinstance(fact, (Lt, Gt)) else ctx.nonnegatives).append(gap)
        ctx.assumed = True
        ctx.cache.clear()


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
