"""E[f | A]: the mean of the body over the joint values of the random variables in it.

At each combination of values, a variable stands for its value: as a number, as an index, and where it stands alone
inside a probability or behind the bar of an expectation inside this one.
"""

from __future__ import annotations

from itertools import product
from typing import Any

from checker.evaluate import functions
from checker.evaluate.arithmetic import ONE, ZERO, Number, integer
from checker.evaluate.compiling import Closure, Compiler, builds
from checker.evaluate.errors import Refused, ZeroDenominator
from checker.evaluate.events import conditions, declared, outcome
from checker.evaluate.joints import merged
from checker.evaluate.probabilities import law
from checker.evaluate.state import State
from checker.expressions import Expectation, Probability, RandomVariable


@builds(RandomVariable)
def value(compiler: Compiler, variable: Any) -> Closure:
    """The value of a variable inside an expectation."""
    slot = compiler.scope.get(outcome(variable.name))
    if slot is None or variable.indices:
        raise Refused(f"the random variable {variable.name} outside of an expectation over it")
    compiler.text.append(variable.name)
    return lambda e: integer(e.slots[slot])


@builds(Expectation)
def expectation(compiler: Compiler, expression: Any) -> Closure:
    names = list(dict.fromkeys(_depends_on(expression.body)))
    if not names and not expression.given:
        return compiler.number(expression.body)
    if not names:
        raise Refused("a conditional expectation of what mentions no random variable")
    behind = conditions(compiler, expression.given)
    distribution = law(compiler, expression)
    before, slots = compiler.scope, {}
    for name in names:
        slots[name] = compiler.new_slot()
        compiler.usage.ranges["bound", slots[name]] = _values(compiler, name)
        compiler.bind(outcome(name), slots[name])
    start = compiler.nodes
    body = compiler.number(expression.body)
    weight = compiler.nodes - start
    compiler.scope = before
    ranges = [(slots[name], ("variable", name, ()), compiler.usage.ranges["bound", slots[name]]) for name in names]

    def run(e: State) -> Number:
        given = merged(behind(e))
        if given is None:
            raise ZeroDenominator
        joint = distribution(e)
        total: Number = ZERO
        for values in product(*(within.values(e) for _, _, within in ranges)):
            e.budget.spend(weight)
            for (slot, _, _), number in zip(ranges, values, strict=True):
                e.slots[slot] = number
            taken = [(atom, frozenset([number])) for (_, atom, _), number in zip(ranges, values, strict=True)]
            both = merged([*given.items(), *taken])
            if both is not None:
                total = total + body(e) * joint.probability(e, both)
        return total * functions.reciprocal(joint.probability(e, given) if given else ONE)

    return run


def _values(compiler: Compiler, name: str) -> Any:
    known = declared(compiler, name)
    if known is None or known.domain is None:
        raise Refused(f"an expectation over {name}, whose values are not declared to be finitely many")
    return compiler.range(known.domain)


def _depends_on(tree: Any) -> list[str]:
    """The names of the variables that are free in the tree: not those that an expectation inside it is over."""
    if isinstance(tree, RandomVariable):
        if tree.indices:
            raise Refused(f"an expectation over a sample of {tree.name}")
        return [tree.name]
    parts = tree.args
    if isinstance(tree, Expectation):
        parts = tree.given
    elif isinstance(tree, Probability):
        parts = (*tree.events, *tree.given)
    found = []
    for part in parts:
        inside = isinstance(tree, Expectation | Probability) and getattr(part, "is_Relational", False)
        found += _depends_on(part.args[1] if inside else part)
    return found
