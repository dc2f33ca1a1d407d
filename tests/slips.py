"""Slips of the pen, made on purpose: wrong variants of a transition, each with the name of its kind.

    slips(t, givens)        every single slip in the later line of t; a few of them happen to be true still
    false_slips(t, givens)  those that the plain second opinion shows to be false

A kind is a row of `_KINDS`: a function from a node of the tree, and the role it plays there, to wrong nodes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from sympy import (
    Add,
    Basic,
    Eq,
    Expr,
    Indexed,
    IndexedBase,
    Integer,
    Mul,
    Pow,
    Product,
    Rational,
    Sum,
    Symbol,
    Tuple,
    evaluate,
    exp,
)
from sympy import log as logarithm
from sympy.core.relational import Relational

from checker.derivation import Givens, IndexSet, Transition
from checker.expressions import Each, Event, Indicator, Partial, Probability, RandomVariable
from tests.plain import is_false

HALF = Rational(1, 2)


@dataclass(frozen=True)
class Slip:
    """A wrong variant, and what kind of slip it is."""

    kind: str
    transition: Transition


@dataclass(frozen=True)
class Scene:
    """What a slip may take a wrong index, size or indicator from."""

    givens: Givens
    line: Basic

    @cached_property
    def indices(self) -> tuple[Symbol, ...]:
        bound = {limits[0] for node in self.line.atoms(Sum, Product) for limits in node.limits}
        return tuple(sorted(set(self.givens.index_sets) | bound, key=str))

    @cached_property
    def sizes(self) -> tuple[Symbol, ...]:
        sets = [*self.givens.index_sets.values(), *self.givens.value_sets.values()]
        return tuple(sorted({s.upper for s in sets if isinstance(s.upper, Symbol)}, key=str))

    def set_of(self, index: Symbol) -> IndexSet | None:
        return self.givens.index_sets.get(index)


Wrong = Iterator[tuple[str, Basic]]
VALUES = ("side", "term", "argument")
"""The roles of what is a quantity of its own: a sign or a factor 2 goes wrong there."""


# --- the kinds ---------------------------------------------------------------------------------------------------


def _signs_and_factors(node: Basic, role: str, scene: Scene) -> Wrong:
    if role not in VALUES or not isinstance(node, Expr):
        return
    if isinstance(node, Mul) and node.args[0] == -1:
        yield "sign", _product(node.args[1:])
    else:
        yield "sign", Mul(-1, node)
    yield "factor 2", Mul(2, node)
    yield "factor 1/2", Mul(HALF, node)


def _lost_factors(node: Basic, role: str, scene: Scene) -> Wrong:
    if isinstance(node, Mul) and len(node.args) > 1:
        for position, factor in enumerate(node.args):
            rest = node.args[:position] + node.args[position + 1 :]
            yield _name_of_lost(factor, node, scene), _product(rest)


def _name_of_lost(factor: Basic, node: Mul, scene: Scene) -> str:
    if factor == -1:
        return "sign"
    if factor in (2, HALF) or isinstance(factor, Pow) and factor.base == 2:
        return "factor 2"
    if isinstance(factor, Indicator):
        return "indicator dropped"
    if isinstance(factor, Partial):
        return "inner derivative lost"
    if isinstance(factor, Probability) and not any(isinstance(g, (Eq, RandomVariable, Event)) for g in factor.given):
        return "prior dropped"
    if isinstance(factor, Indexed) and factor.base in _priors(scene.givens) and node.has(exp):
        return "prior dropped"
    return "factor lost"


def _priors(givens: Givens) -> set[Basic]:
    factors = givens.model.factors if givens.model else ()
    return {base for factor in factors if not factor.lhs.given for base in _bases(factor.rhs)}


def _bases(tree: Basic) -> set[Basic]:
    return {node.base for node in tree.atoms(Indexed)}


def _lost_terms(node: Basic, role: str, scene: Scene) -> Wrong:
    if isinstance(node, Add) and len(node.args) > 1:
        for position in range(len(node.args)):
            rest = node.args[:position] + node.args[position + 1 :]
            yield "term lost", rest[0] if len(rest) == 1 else Add(*rest)


def _exponents(node: Basic, role: str, scene: Scene) -> Wrong:
    if not isinstance(node, Pow) or not isinstance(node.exp, Rational) or not node.base.free_symbols:
        return
    if node.exp in (2, 4) and isinstance(node.base, (Symbol, Indexed)) and node.base.is_positive:
        yield "root for square", node.base if node.exp == 2 else Pow(node.base, 2)
    top, bottom = int(node.exp.p), int(node.exp.q)
    for kind, new in (("exponent off", top + bottom), ("exponent off", top - bottom), ("upside down", -top)):
        if new:
            yield kind, node.base if new == bottom else Pow(node.base, Rational(new, bottom))


def _numbers(node: Basic, role: str, scene: Scene) -> Wrong:
    if isinstance(node, Rational) and role in ("side", "term", "factor") and abs(node.p) > 2:
        yield "number off by one", Rational(node.p + 1, node.q)
        if node.q != 1:
            yield "number off by one", Rational(node.p, node.q + 1)


def _sizes(node: Basic, role: str, scene: Scene) -> Wrong:
    if node in scene.sizes and role not in ("index", "bound"):
        yield from (("wrong size", size) for size in scene.sizes if size != node)
        yield "off by one", Add(node, -1)


def _sums(node: Basic, role: str, scene: Scene) -> Wrong:
    if not isinstance(node, (Sum, Product)):
        return
    body, limits = bare(node.args[0]), node.args[1:]
    yield "sum dropped", node.func(body, *limits[1:]) if limits[1:] else body
    yield "product for sum" if isinstance(node, Sum) else "sum for product", _other(node)(body, *limits)
    index, lower, upper = limits[0]
    yield "bound off by one", node.func(body, (index, lower, Add(upper, -1)), *limits[1:])
    later = Integer(int(lower) + 1) if lower.is_Integer else Add(lower, 1)
    yield "bound off by one", node.func(body, (index, later, upper), *limits[1:])
    for size in scene.sizes:
        if size != upper:
            yield "wrong bound", node.func(body, (index, lower, size), *limits[1:])
    if isinstance(node, Sum):
        for condition in _conditions(index, scene):
            yield "indicator added", Sum(Mul(body, Indicator(condition)), *limits)


def _other(node: Basic) -> type:
    return Product if isinstance(node, Sum) else Sum


def _conditions(index: Symbol, scene: Scene) -> Iterator[Basic]:
    """Conditions y[n] = k that a summand over n might be given by mistake."""
    for base, values in scene.givens.value_sets.items():
        for other in scene.indices:
            if (
                isinstance(base, IndexedBase)
                and other != index
                and scene.set_of(other) == values
                and scene.set_of(index) != values
            ):
                yield Eq(base[index], other)


def _added_sums(node: Basic, role: str, scene: Scene) -> Wrong:
    if role == "side" and isinstance(node, Expr):
        for index in sorted(node.free_symbols & set(scene.givens.index_sets), key=str):
            bounds = scene.givens.index_sets[index]
            yield "sum added", Sum(node, (index, bounds.lower, bounds.upper))


def _indices(node: Basic, role: str, scene: Scene) -> Wrong:
    if role == "index" and isinstance(node, (Symbol, Indexed)):
        yield from (("index replaced", index) for index in scene.indices if index != node)
    if isinstance(node, Indexed) and len(node.indices) == 2:
        yield "index swapped", Indexed(node.base, *reversed(node.indices))


def _indicators(node: Basic, role: str, scene: Scene) -> Wrong:
    if isinstance(node, Indicator):
        yield "indicator dropped", Integer(1)


def _logs(node: Basic, role: str, scene: Scene) -> Wrong:
    if isinstance(node, logarithm):
        inside = node.args[0]
        yield "log dropped", inside
        if isinstance(inside, Add):
            yield "log of a sum split", Add(*(logarithm(arg) for arg in inside.args))
        if isinstance(inside, Mul):
            yield "log of a product as a product", Mul(*(logarithm(arg) for arg in inside.args))
    if isinstance(node, Sum) and isinstance(bare(node.args[0]), logarithm):
        yield "log of a sum split", logarithm(Sum(bare(node.args[0]).args[0], *node.args[1:]))
    if isinstance(node, Add) and len(node.args) == 2 and all(isinstance(arg, logarithm) for arg in node.args):
        yield "log of a sum split", logarithm(Add(*(arg.args[0] for arg in node.args)))
    if isinstance(node, exp):
        yield "exp dropped", node.args[0]


def _probabilities(node: Basic, role: str, scene: Scene) -> Wrong:
    if not isinstance(node, Probability):
        return
    given = tuple(g for g in node.given if isinstance(g, (Eq, RandomVariable, Event)))
    parameters = tuple(g for g in node.given if g not in given)
    if given:
        yield "conditioning swapped", Probability(given, node.events + parameters)
        yield "conditioning dropped", Probability(node.events, parameters)
        yield "joint for conditional", Probability(node.events + given, parameters)
    elif len(node.events) > 1:
        yield "conditional for joint", Probability(node.events[:1], node.events[1:] + parameters)
        yield "event lost", Probability(node.events[1:], parameters)
    for index in sorted(node.free_symbols & set(scene.indices), key=str):
        for other in scene.indices:
            if other != index and scene.set_of(other) == scene.set_of(index):
                yield "index replaced", node.xreplace({index: other})


_KINDS: tuple[Callable[[Basic, str, Scene], Wrong], ...] = (
    _signs_and_factors, _lost_factors, _lost_terms, _exponents, _numbers, _sizes, _sums, _added_sums, _indices,
    _indicators, _logs, _probabilities,
)  # fmt: skip


def bare(node: Basic) -> Basic:
    """The node without the factor 1 that SymPy puts before the body of an unevaluated sum."""
    return node.args[1] if isinstance(node, Mul) and len(node.args) == 2 and node.args[0] == 1 else node


def _product(factors: tuple[Basic, ...]) -> Basic:
    return factors[0] if len(factors) == 1 else Mul(*factors)


# --- everywhere in a tree ----------------------------------------------------------------------------------------

_CLOSED = (Probability, Each, Tuple)
"""What is not entered: its own kinds change it as a whole."""

_ROLES: dict[type, tuple[str, ...]] = {
    Add: ("term", "term"), Mul: ("factor", "factor"), Pow: ("base", "exponent"), Sum: ("body", ""),
    Product: ("body", ""), Indexed: ("", "index"), RandomVariable: ("", "index"), Partial: ("argument", "variable"),
    Indicator: ("condition", ""), exp: ("argument", ""), logarithm: ("inside", ""),
}  # fmt: skip
"""By head the role of the first argument, and of the others; what has no role is left alone."""


def _children(node: Basic, role: str) -> Iterator[tuple[int, str]]:
    if isinstance(node, _CLOSED):
        return
    for position in range(len(node.args)):
        if isinstance(node, Relational):
            yield position, "index" if role == "condition" else "side"
        else:
            first, others = _ROLES.get(type(node), ("", ""))
            found = others if position else first
            if found:
                yield position, found


def _everywhere(node: Basic, role: str, scene: Scene) -> Wrong:
    for kind in _KINDS:
        yield from kind(node, role, scene)
    for position, below in _children(node, role):
        for name, wrong in _everywhere(bare(node.args[position]), below, scene):
            yield name, node.func(*node.args[:position], wrong, *node.args[position + 1 :])


def slips(transition: Transition, givens: Givens) -> list[Slip]:
    """Every single slip in the later line of a transition."""
    with evaluate(False):
        role = "" if isinstance(transition.rhs, Relational) else "side"
        found = dict[Any, Slip]()
        for kind, wrong in _everywhere(transition.rhs, role, Scene(givens, transition.rhs)):
            if wrong != transition.rhs:
                found.setdefault(wrong, Slip(kind, replace(transition, rhs=wrong)))
        turned = {">": "<", "<": ">", ">=": "<=", "<=": ">="}.get(transition.relation)
        if turned:
            found[None] = Slip("inequality turned", replace(transition, relation=turned))
    return list(found.values())


def false_slips(transition: Transition, givens: Givens) -> list[Slip]:
    """The slips that are false: some sizes and values show it."""
    return [slip for slip in slips(transition, givens) if is_false(slip.transition, givens) is True]
