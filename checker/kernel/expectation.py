"""Expectations over random variables with finitely many values.

    E[f(X, Y) | A]   = Σ_x Σ_y f(x, y) P(X=x, Y=y, A) / P(A)
    E[c]             = c
    E[g(E[f | Y])]   = Σ_y g(E[f | Y=y]) P(Y=y)                    Y behind the bar, or in P(Y), takes its value

The sums run over the sets of the variables that stand in the body; what these probabilities are, and that they sum to
one, is known to the theory of probability. A variable whose values are not declared, or are not finitely many, and
samples are refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sympy import Basic, Dummy, Eq, Mul, Sum, Symbol, evaluate

from checker.expressions import Event, Expectation, Probability, RandomVariable
from checker.kernel.context import EXPECTATION, Context
from checker.kernel.dispatch import form_of, head
from checker.kernel.field import inverse, require_nonzero
from checker.kernel.form import Form, OutsideTheories


@head(EXPECTATION, Expectation)
def _(ctx: Context, expression: Expectation) -> Form:
    variables = list(dict.fromkeys(_random(expression.body)))
    limits = {variable: _limits(ctx, variable) for variable in variables}
    given = [each for each in expression.given if each not in ctx.givens.parameters]
    if not variables and not given:
        return form_of(ctx, expression.body)
    if not variables:
        raise OutsideTheories("a conditional expectation of what mentions no random variable")
    with evaluate(False):
        events = [Eq(variable, limit[0]) for variable, limit in limits.items()]
        body = _at(expression.body, {variable: limit[0] for variable, limit in limits.items()})
        total = form_of(ctx, Sum(Mul(body, Probability([*events, *given])), *limits.values()))
    if not given:
        return total
    known = Probability(given)
    below = form_of(ctx, known)
    require_nonzero(ctx, below, known)
    return total * inverse(below)


def _limits(ctx: Context, variable: RandomVariable) -> tuple[Symbol, Basic, Basic]:
    """A new symbol for the values of a variable, and their bounds."""
    if variable.indices:
        raise OutsideTheories(f"an expectation over a sample of {variable.name}")
    known = ctx.givens.model.variables if ctx.givens.model is not None else ()
    domain = next((each.domain for each in known if each.variable == variable), None)
    if domain is None or domain.only:
        raise OutsideTheories(f"an expectation over {variable.name}, whose values are no range of integers")
    return Dummy(variable.name.lower(), integer=True), domain.lower, domain.upper


def _random(tree: Basic) -> Iterator[RandomVariable]:
    """The variables whose values the tree depends on: as numbers, or alone in a probability or behind an inner bar."""
    if isinstance(tree, RandomVariable):
        yield tree
    elif isinstance(tree, (Probability, Expectation)):
        events = (*tree.events, *tree.given) if isinstance(tree, Probability) else tree.given
        for event in events:
            yield from [event] if isinstance(event, RandomVariable) else _random_values(event)
    elif not isinstance(tree, Event):
        for arg in tree.args:
            yield from _random(arg)


def _random_values(event: Basic) -> Iterator[RandomVariable]:
    """The variables in the value of an event X = g(Y)."""
    if isinstance(event, Eq):
        yield from _random(event.rhs)


def _at(tree: Basic, values: Mapping[Basic, Symbol]) -> Basic:
    """The tree where the variables take these values."""
    if isinstance(tree, RandomVariable):
        return values.get(tree, tree)
    if isinstance(tree, Probability):
        return Probability(*([_event_at(event, values) for event in events] for events in (tree.events, tree.given)))
    if isinstance(tree, Expectation):
        return Expectation(tree.body, [_event_at(event, values) for event in tree.given])
    if not tree.args or isinstance(tree, Event):
        return tree
    return tree.func(*(_at(arg, values) for arg in tree.args))


def _event_at(event: Basic, values: Mapping[Basic, Symbol]) -> Basic:
    if isinstance(event, RandomVariable):
        return Eq(event, values[event]) if event in values else event
    return Eq(event.lhs, _at(event.rhs, values)) if isinstance(event, Eq) else event
