"""Means, variances and covariances, up to the second degree, of names that have a mean and a variance.

E[a f + b g] = a E[f] + b E[g]        E[Σ_n f_n] = Σ_n E[f_n]        Var(f) = E[f²] − E[f]²
E[x_i x_j]   = E[x_i] E[x_j] + 1[i = j] Var(x_i)                     where the x_n are independent
Cov(f, g)    = E[f g] − E[f] E[g]
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import count

import sympy
from sympy import Add, And, Eq, Expr, Indexed, Integer, Mul, Pow, Sum, Symbol

from checker.expressions import Indicator
from checker.reading.known.letters import keys, letters_in
from checker.reading.known.names import name_of
from checker.reading.known.scope import Distribution
from checker.reading.meaning.arrays import Array
from checker.reading.meaning.context import Context
from checker.reading.meaning.distributions import are_independent, parameters_at
from checker.reading.meaning.dots import mapped
from checker.reading.meaning.naming import plain_name
from checker.reading.syntax import Bracket, Call, Chance, Expectation, Letter, Node, Scripted, names_in, walk

_TIMES = {"E": 1, "Var": 1, "Cov": 2}


class _NoMoment(Exception):
    """The expression is of a higher degree, or it is not said how its names hang together."""


def moment(m: Context, node: Expectation) -> Expr | None:
    """E, Var or Cov by what is said of the distributions of the names in it; None where that does not tell."""
    if _TIMES.get(node.operator) != len(node.arguments) or m.random or m.scope.model is not None:
        return None
    arguments = [_unfolded(m, argument) for argument in node.arguments]
    known = _distributions(m, node, arguments)
    if known is None:
        return None
    try:
        values = [m.value(argument) for argument in arguments]
        if any(isinstance(value, Array) for value in values):
            return None
        with sympy.evaluate(False):
            return _Moments(m, known).of(node.operator, values)
    except _NoMoment:
        return None


def _unfolded(m: Context, node: Node, depth: int = 0) -> Node:
    """The tree with what is defined by what has a distribution written out: x̄ = Σ_n x_n/N."""
    name = plain_name(node, m.scope) if isinstance(node, (Letter, Scripted)) else None
    definition = m.scope.definition_of(name.family) if name is not None and not name.indices else None
    if definition is not None and not definition.parameters and depth < 9:
        if _random_in(m, definition.body, 0):
            return Bracket("()", (_unfolded(m, definition.body, depth + 1),), node.place)
        return node
    return mapped(node, lambda child: _unfolded(m, child, depth))


def _random_in(m: Context, node: Node, depth: int) -> bool:
    """Names with a distribution stand in a tree, or in what is defined in it."""
    for each in names_in(node):
        name = plain_name(each, m.scope)
        if name is None:
            continue
        definition = m.scope.definition_of(name.family)
        if m.scope.distribution_of(name.key, len(name.indices)) is not None:
            return True
        if definition is not None and depth < 9 and _random_in(m, definition.body, depth + 1):
            return True
    return False


def _distributions(m: Context, node: Expectation, arguments: Iterable[Node]) -> dict[str, Distribution] | None:
    """Of each random name in an expectation how it is distributed; None where a name may be random without that."""
    found: dict[str, Distribution] = {}
    for argument in arguments:
        if any(isinstance(each, (Call, Chance, Expectation)) for each in walk(argument)):
            return None
        for each in names_in(argument):
            name = name_of(each, m.scope)
            if name is None:
                return None
            of = m.scope.distribution_of(name.key, len(name.indices))
            if of is not None:
                found[name.key] = of
            elif not _is_constant(m, name.key, name.family):
                return None
    behind = {key for each in node.given for key in keys(each)}
    over = {key for each in node.sub for key in keys(each)}
    random = {each.key for each in m.scope.distributions}
    parameters = {key for each in found.values() for key in letters_in(*each.parameters)}
    if not found or node.sub and over != set(found) or len(behind) < len(node.given):
        return None
    if behind & set(found) or behind - parameters or (parameters & random) - behind:
        return None
    return found


def _is_constant(m: Context, key: str, family: str) -> bool:
    scope = m.scope
    return (
        family in scope.kinds or key in scope.kinds or key in scope.index_sets or key in scope.sizes
        or key in scope.lexicon.indices or key in m.bound or key in ("e", "pi") or key in scope.parameters
        or any(key in letters_in(*each.parameters) for each in scope.distributions)
        or scope.definition_of(family) is not None
    )  # fmt: skip


class _Moments:
    """Expectations of SymPy trees in which names have the distributions that are known."""

    def __init__(self, m: Context, known: Mapping[str, Distribution]) -> None:
        self.m, self.known, self.numbers = m, known, count(1)

    def of(self, operator: str, values: list[Expr]) -> Expr:
        if operator == "E":
            return self.mean(values[0])
        f, g = values[0], values[-1]
        return Add(self.second(f, g), Mul(Integer(-1), self.mean(f), self.mean(g)))

    def mean(self, tree: Expr) -> Expr:
        """E[tree]."""
        if not self.is_random(tree):
            return tree
        if self.is_name(tree):
            return self.moments(tree)[0]
        if isinstance(tree, Add):
            return Add(*map(self.mean, tree.args))
        if isinstance(tree, Sum):
            return self.inside(tree, self.mean)
        constant, random = self.parted(tree)
        if len(random) == 1 and (constant or not isinstance(random[0], Pow)):
            return Mul(*constant, self.mean(random[0]))
        if len(random) == 1 and isinstance(random[0], Pow) and random[0].exp == 2:
            return self.second(random[0].base, random[0].base)
        if len(random) == 2:
            return Mul(*constant, self.second(*random))
        raise _NoMoment

    def second(self, f: Expr, g: Expr) -> Expr:
        """E[f g]."""
        if not self.is_random(f):
            return Mul(f, self.mean(g))
        if not self.is_random(g):
            return Mul(g, self.mean(f))
        for one, other in ((f, g), (g, f)):
            if isinstance(one, Add):
                return Add(*(self.second(each, other) for each in one.args))
            if isinstance(one, Sum):
                return self.inside(one, lambda body, other=other: self.second(body, other))
            if not self.is_name(one):
                constant, random = self.parted(one)
                if len(random) != 1 or not constant:
                    raise _NoMoment
                return Mul(*constant, self.second(random[0], other))
        return self.product_of_names(f, g)

    def product_of_names(self, f: Expr, g: Expr) -> Expr:
        (mean, variance), (other, _) = self.moments(f), self.moments(g)
        product = Mul(mean, other)
        if f == g:
            return Add(product, variance)
        one, two = self.distribution(f), self.distribution(g)
        if one is not two:
            if are_independent(self.m.scope, one.key, two.key):
                return product
            raise _NoMoment
        if not one.independent:
            raise _NoMoment
        alike = [Eq(i, j, evaluate=False) for i, j in zip(f.indices, g.indices, strict=True)]
        return Add(product, Mul(Indicator(alike[0] if len(alike) == 1 else And(*alike)), variance))

    def inside(self, tree: Sum, change) -> Expr:  # type: ignore[no-untyped-def]
        """Σ of what the body is changed into, under new letters: another sum may have the same."""
        body, limits = tree.function, list[tuple[Expr, ...]]()
        for letter, *bounds in tree.limits:
            if any(self.is_random(each) for each in bounds):
                raise _NoMoment
            new = Symbol(f"{letter.name}{next(self.numbers)}_", **letter.assumptions0)
            body = body.xreplace({letter: new})
            limits = [(each[0], *(bound.xreplace({letter: new}) for bound in each[1:])) for each in limits]
            limits.append((new, *bounds))
        return Sum(change(body), *limits)

    def parted(self, tree: Expr) -> tuple[list[Expr], list[Expr]]:
        """The factors that are constants, and those that are random."""
        factors: list[Expr] = []
        waiting = [tree]
        while waiting:
            each = waiting.pop(0)
            if isinstance(each, Mul):
                waiting = [*each.args, *waiting]
            else:
                factors.append(each)
        return [f for f in factors if not self.is_random(f)], [f for f in factors if self.is_random(f)]

    def is_random(self, tree: Expr) -> bool:
        return any(self.is_name(each) for each in sympy.preorder_traversal(tree))

    def is_name(self, tree: Expr) -> bool:
        if isinstance(tree, Indexed):
            name, arity = str(tree.base.label), len(tree.indices)
        elif isinstance(tree, Symbol):
            name, arity = tree.name, 0
        else:
            return False
        return name in self.known and len(self.known[name].indices) == arity

    def distribution(self, tree: Expr) -> Distribution:
        return self.known[str(tree.base.label) if isinstance(tree, Indexed) else tree.name]

    def moments(self, tree: Expr) -> tuple[Expr, Expr]:
        """The mean and the variance of a name."""
        of = self.distribution(tree)
        indices = tree.indices if isinstance(tree, Indexed) else ()
        values = parameters_at(self.m, of, indices)
        if values is None:
            raise _NoMoment
        if of.moments is not None:
            return values[0], values[1]
        return of.families[0].mean(*values), of.families[0].variance(*values)
