"""Small changes to a wrong expression, each of which undoes one slip: what the author may have meant.

Nothing is judged here: a repair is a guess in words with the tree that it leads to, the likely ones first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from sympy import (
    Add, Basic, Eq, Expr, Indexed, IndexedBase, Integer, Mul, Pow, Product, Rational, Sum, Symbol, exp, log,
)  # fmt: skip
from sympy.core.relational import Relational

from checker.derivation import Givens, IndexSet
from checker.expressions import Event, Indicator, Partial, Probability, RandomVariable
from checker.printing import unicode

HALF = Rational(1, 2)
LONGEST = 48


@dataclass(frozen=True)
class Repair:
    """`said` completes "the sides would agree …"."""

    said: str
    expression: Basic


@dataclass(frozen=True)
class Place:
    """A node of a tree, the role that it plays there, the indices bound around it, and the tree around it."""

    node: Basic
    role: str
    bound: tuple[Symbol, ...]
    put: Callable[[Basic], Basic]


@dataclass(frozen=True)
class Damage:
    """The wrong side, and where its missing pieces may be found: the other side and the givens."""

    wrong: Basic
    other: Basic
    givens: Givens

    @cached_property
    def places(self) -> list[Place]:
        return list(_places(Place(self.wrong, "side", (), lambda new: new)))

    @cached_property
    def sets(self) -> dict[Symbol, IndexSet]:
        """The index symbols with their sets: declared, or bound on either side."""
        found = dict(self.givens.index_sets)
        for side in (self.wrong, self.other):
            for index, lower, upper in _limits(side):
                found.setdefault(index, IndexSet(lower, upper))
        return found

    @cached_property
    def sizes(self) -> list[Symbol]:
        uppers = [s.upper for s in (*self.sets.values(), *self.givens.value_sets.values())]
        return _unique(upper for upper in uppers if isinstance(upper, Symbol))

    @cached_property
    def conditions(self) -> list[Basic]:
        """The conditions of indicators that may be missing: those of the other side, and y[n] = k of the givens."""
        found = [node.condition for node in _sorted(self.other.atoms(Indicator))]
        for base, values in self.givens.value_sets.items():
            classes = [index for index, own in self.sets.items() if own == values]
            samples = [index for index, own in self.sets.items() if own != values]
            if isinstance(base, IndexedBase):
                found += [Eq(base[n], k) for k in classes for n in samples]
        return found

    @cached_property
    def quantities(self) -> list[Basic]:
        """What a lost factor may be: names, priors and derivatives of the other side, and names of this one."""
        return _unique(
            node
            for side in (self.other, self.wrong)
            for node in _sorted(side.atoms(Probability, Partial, Indexed, Symbol))
            if node not in self.sets and not isinstance(node, IndexedBase) and not _is_label(node, side)
        )

    @cached_property
    def terms(self) -> list[Basic]:
        """What a lost term may be: the terms of the other side's sums."""
        return _unique(term for node in _sorted(self.other.atoms(Add)) for term in node.args)


def repairs(wrong: Basic, other: Basic, givens: Givens) -> Iterator[Repair]:
    """Candidates for what `wrong` should be, the likely ones first; each tree once."""
    damage = Damage(wrong, other, givens)
    seen: set[Basic] = {wrong}
    for kind in KINDS:
        for repair in kind(damage):
            if repair.expression not in seen:
                seen.add(repair.expression)
                yield repair


def shown(expression: Basic) -> str:
    """The expression on one line, cut where it is long."""
    text = unicode(expression)
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()}…"


# --- places ------------------------------------------------------------------------------------------------------

_ROLES: dict[type, tuple[str, str]] = {
    Add: ("term", "term"), Mul: ("factor", "factor"), Pow: ("base", "exponent"), Sum: ("body", ""),
    Product: ("body", ""), Indexed: ("", "index"), RandomVariable: ("", "index"), Partial: ("argument", "variable"),
    Indicator: ("condition", ""), exp: ("argument", ""), log: ("inside", ""),
}  # fmt: skip
"""By head the role of the first argument, and of the others; what has no role is left alone."""

QUANTITY = ("side", "term", "argument", "body")
"""Roles in which a factor or a sign may have been lost."""


def _places(place: Place) -> Iterator[Place]:
    yield place
    node = place.node
    bound = place.bound + tuple(index for index, *_ in node.limits) if isinstance(node, (Sum, Product)) else place.bound
    for position, role in _children(node, place.role):
        yield from _places(Place(_bare(node.args[position]), role, bound, _putting(place, position)))


def _bare(node: Basic) -> Basic:
    """The node without the factor 1 that SymPy puts before the body of an unevaluated sum."""
    return node.args[1] if isinstance(node, Mul) and len(node.args) == 2 and node.args[0] == 1 else node


def _children(node: Basic, role: str) -> Iterator[tuple[int, str]]:
    for position in range(len(node.args)):
        if isinstance(node, Relational):
            yield position, "index" if role == "condition" else "side"
        else:
            found = _ROLES.get(type(node), ("", ""))[min(position, 1)]
            if found:
                yield position, found


def _putting(place: Place, position: int) -> Callable[[Basic], Basic]:
    node = place.node

    def put(new: Basic) -> Basic:
        return place.put(node.func(*node.args[:position], new, *node.args[position + 1 :]))

    return put


def _limits(tree: Basic) -> list[tuple[Symbol, Expr, Expr]]:
    return [tuple(limits) for node in _sorted(tree.atoms(Sum, Product)) for limits in node.limits]  # type: ignore[misc]


def _sorted(nodes: Iterable[Basic]) -> list[Basic]:
    return sorted(nodes, key=str)


def _unique(nodes: Iterable[Basic]) -> list[Basic]:
    return list(dict.fromkeys(nodes))


def _is_label(node: Basic, side: Basic) -> bool:
    """Whether a symbol is only the name of a family or variable."""
    return isinstance(node, Symbol) and node not in side.free_symbols - _labels(side)


def _labels(side: Basic) -> set[Basic]:
    families = {node.base.label for node in side.atoms(Indexed)}
    return families | {node.args[0] for node in side.atoms(RandomVariable, Event)}


# --- the kinds of repair -----------------------------------------------------------------------------------------


def _signs(damage: Damage) -> Iterator[Repair]:
    for place in damage.places:
        if place.role in ("side", "term", "argument") and isinstance(place.node, Expr):
            yield Repair(f"with the other sign of {shown(_without_sign(place.node))}", place.put(_negated(place.node)))


def _negated(node: Basic) -> Basic:
    return _without_sign(node) if _without_sign(node) != node else Mul(-1, node)


def _without_sign(node: Basic) -> Basic:
    return _product(node.args[1:]) if isinstance(node, Mul) and node.args[0] == -1 else node


def _indices(damage: Damage) -> Iterator[Repair]:
    """One name with its indices for another, everywhere or at one place."""
    for node in _sorted(damage.wrong.atoms(Indexed, RandomVariable)):
        for new in _reindexed(damage, node):
            yield Repair(f"with {shown(new)} for {shown(node)}", damage.wrong.xreplace({node: new}))
    for place in damage.places:
        if isinstance(place.node, Indexed):
            for new in _reindexed(damage, place.node):
                yield Repair(f"with {shown(new)} for {shown(place.node)}", place.put(new))
        if isinstance(place.node, Indicator) and isinstance(place.node.condition, Eq):
            left, right = place.node.condition.args
            for new in (*_with_other(damage, left, right), *((b, a) for a, b in _with_other(damage, right, left))):
                indicator = Indicator(Eq(*new, evaluate=False))
                yield Repair(f"with {shown(indicator)} for {shown(place.node)}", place.put(indicator))
        if isinstance(place.node, Probability):
            yield from _in_probability(damage, place)


def _reindexed(damage: Damage, node: Basic) -> Iterator[Basic]:
    head, *indices = node.args
    if len(indices) == 2:
        yield node.func(head, *reversed(indices))
    for position, index in enumerate(indices):
        for new in _other_indices(damage, index):
            yield node.func(head, *indices[:position], new, *indices[position + 1 :])


def _other_indices(damage: Damage, index: Basic) -> Iterator[Basic]:
    yield from (other for other in damage.sets if other != index)
    for base in damage.givens.value_sets:
        if isinstance(base, IndexedBase):
            yield from (base[other] for other in damage.sets if base[other] != index)


def _with_other(damage: Damage, kept: Basic, index: Basic) -> Iterator[tuple[Basic, Basic]]:
    return ((kept, other) for other in _other_indices(damage, index) if other != kept)


def _in_probability(damage: Damage, place: Place) -> Iterator[Repair]:
    for index in _sorted(place.node.free_symbols & set(damage.sets)):
        for other in damage.sets:
            if other != index:
                yield Repair(f"with the index {other} for {index}", place.put(place.node.xreplace({index: other})))


def _powers(damage: Damage) -> Iterator[Repair]:
    for place in damage.places:
        node = place.node
        if isinstance(node, (Symbol, Indexed)) and node.is_positive and place.role not in ("index", "condition"):
            if node not in damage.sizes and not node.is_integer:
                yield Repair(f"with {shown(Pow(node, 2))} for {shown(node)}", place.put(Pow(node, 2)))
        if isinstance(node, Pow) and isinstance(node.exp, Rational):
            yield from _other_powers(place, node)
        elif place.role in ("factor", "body", "term") and isinstance(node, (Add, Indexed, Sum)):
            yield Repair(f"with {shown(Pow(node, 2))} for {shown(node)}", place.put(Pow(node, 2)))


def _other_powers(place: Place, node: Pow) -> Iterator[Repair]:
    degree = Fraction(int(node.exp.p), int(node.exp.q))
    for other in (-degree, 2 * degree, degree / 2, degree + 1, degree - 1):
        if other != 0 and other.denominator <= 2:
            new = node.base if other == 1 else Pow(node.base, Rational(other.numerator, other.denominator))
            yield Repair(f"with {shown(new)} for {shown(node)}", place.put(new))


def _indicators(damage: Damage) -> Iterator[Repair]:
    for place in damage.places:
        if isinstance(place.node, Indicator):
            yield Repair(f"without the indicator {shown(place.node)}", place.put(Integer(1)))
    for place in damage.places:
        if place.role in ("body", "side", "argument", "term"):
            for condition in damage.conditions:
                if condition.free_symbols & set(place.bound) or not place.bound:
                    new = Indicator(condition)
                    yield Repair(f"with the indicator {shown(new)}", place.put(Mul(new, place.node)))


def _sums(damage: Damage) -> Iterator[Repair]:
    for place in damage.places:
        node = place.node
        if place.role in (*QUANTITY, "factor", "base", "inside") and isinstance(node, Expr):
            for index, within in damage.sets.items():
                if index in node.free_symbols and index not in place.bound:
                    limits = (index, within.lower, within.upper)
                    yield Repair(f"with the sum over {index}, ∑_{index}", place.put(Sum(node, limits)))
    for place in damage.places:
        if isinstance(place.node, (Sum, Product)):
            yield from _other_sums(damage, place, place.node)


def _other_sums(damage: Damage, place: Place, node: Basic) -> Iterator[Repair]:
    body, *limits = _bare(node.args[0]), *node.args[1:]
    other, sign = (Product, "∏ for ∑") if isinstance(node, Sum) else (Sum, "∑ for ∏")
    yield Repair(f"with {sign} over {limits[0][0]}", place.put(other(body, *limits)))
    for position, (index, lower, upper) in enumerate(limits):
        rest = [*limits[:position], *limits[position + 1 :]]
        yield Repair(f"without the sum over {index}", place.put(node.func(body, *rest) if rest else body))
        bounds = [(lower, upper + 1), (lower, upper - 1), (lower - 1, upper), (lower + 1, upper)]
        bounds += [(lower, size) for size in damage.sizes if size != upper]
        for low, high in bounds:
            new = [*limits[:position], (index, low, high), *limits[position + 1 :]]
            text = f"from {shown(low)}" if low != lower else f"up to {shown(high)}"
            yield Repair(f"with the sum over {index} {text}", place.put(node.func(body, *new)))


def _factors_of_two(damage: Damage) -> Iterator[Repair]:
    for place in damage.places:
        if place.role in QUANTITY and isinstance(place.node, Expr):
            for factor in (Integer(2), HALF):
                said = f"with a factor {shown(factor)} before {shown(place.node)}"
                yield Repair(said, place.put(Mul(factor, place.node)))


def _probabilities(damage: Damage) -> Iterator[Repair]:
    for place in damage.places:
        if isinstance(place.node, Probability):
            for new in _other_probabilities(place.node, damage):
                yield Repair(f"with {shown(new)} for {shown(place.node)}", place.put(new))


def _other_probabilities(node: Probability, damage: Damage) -> Iterator[Basic]:
    given = tuple(g for g in node.given if isinstance(g, (Eq, RandomVariable, Event)))
    parameters = tuple(g for g in node.given if g not in given)
    if given:
        yield Probability(given, node.events + parameters)
        yield Probability(node.events, parameters)
        yield Probability(node.events + given, parameters)
    for event in _events(damage):
        if event not in (*node.events, *node.given):
            yield Probability(node.events, (event, *node.given))
            yield Probability((*node.events, event), node.given)
    for event in node.events if len(node.events) > 1 else ():
        rest = tuple(e for e in node.events if e != event)
        yield Probability(rest, (event, *node.given))
        yield Probability(rest, node.given)


def _events(damage: Damage) -> list[Basic]:
    both = [p for side in (damage.other, damage.wrong) for p in _sorted(side.atoms(Probability))]
    return _unique(e for p in both for e in (*p.events, *p.given) if isinstance(e, (Eq, RandomVariable, Event)))


def _logarithms(damage: Damage) -> Iterator[Repair]:
    for place in damage.places:
        node = place.node
        if isinstance(node, log) and isinstance(node.args[0], Sum):
            inner = node.args[0]
            moved = Sum(log(_bare(inner.args[0])), *inner.args[1:])
            yield Repair("with the sum of the logarithms for the logarithm of the sum", place.put(moved))
        if isinstance(node, Sum) and isinstance(_bare(node.args[0]), log):
            moved = log(Sum(_bare(node.args[0]).args[0], *node.args[1:]))
            yield Repair("with the logarithm of the sum, which is not the sum of the logarithms", place.put(moved))
        if isinstance(node, (Add, Mul)) and len(node.args) > 1 and all(isinstance(arg, log) for arg in node.args):
            inside = [arg.args[0] for arg in node.args]
            if isinstance(node, Mul):
                yield Repair("with the sum of the logarithms for their product", place.put(Add(*node.args)))
            else:
                joined = place.put(log(Add(*inside)))
                yield Repair("with the logarithm of the sum, which is not the sum of the logarithms", joined)
        if isinstance(node, log) and isinstance(node.args[0], Add):
            split = place.put(Add(*(log(arg) for arg in node.args[0].args)))
            yield Repair("with the sum of the logarithms for the logarithm of the sum", split)
        if place.role in ("side", "term", "body", "factor", "argument") and isinstance(node, Expr):
            yield Repair(f"with the logarithm of {shown(node)}", place.put(log(node)))
            yield Repair(f"with the exponential of {shown(node)}", place.put(exp(node)))


def _lost(damage: Damage) -> Iterator[Repair]:
    places = [p for p in damage.places if p.role in (*QUANTITY, "factor") and isinstance(p.node, Expr)]
    for quantity in damage.quantities:
        prior = isinstance(quantity, Probability) and not _conditions(quantity)
        name = f"the prior {shown(quantity)}" if prior else f"the factor {shown(quantity)}"
        for place in places:
            for degree in (1, -1):
                new = quantity if degree == 1 else Pow(quantity, -1)
                above = f"with {name}" if degree == 1 else f"divided by {shown(quantity)}"
                if place.role != "factor":
                    yield Repair(f"{above} in {shown(place.node)}", place.put(Mul(place.node, new)))


def _conditions(probability: Probability) -> list[Basic]:
    return [g for g in probability.given if isinstance(g, (Eq, RandomVariable, Event))]


def _lost_priors(damage: Damage) -> Iterator[Repair]:
    """A model's unconditional factor, α_k, with every index that is bound or free there."""
    model = damage.givens.model
    for factor in model.factors if model is not None else ():
        if isinstance(factor, Eq) and isinstance(factor.lhs, Probability) and not _conditions(factor.lhs):
            for family in _sorted(factor.rhs.atoms(Indexed)):
                for index in _other_indices(damage, family):
                    prior = family.base[index]
                    yield from _multiplied(damage, prior, f"with the prior {shown(prior)}")
            for event in factor.lhs.events:
                if isinstance(event, Eq):
                    for index in damage.sets:
                        prior = Probability((Eq(event.lhs, index, evaluate=False),))
                        yield from _multiplied(damage, prior, f"with the prior {shown(prior)}")


def _multiplied(damage: Damage, factor: Basic, said: str) -> Iterator[Repair]:
    for place in damage.places:
        if place.role in ("body", "side", "base") and isinstance(place.node, Expr) and place.node.has(exp, Probability):
            yield Repair(said, place.put(Mul(factor, place.node)))


def _extra(damage: Damage) -> Iterator[Repair]:
    for place in damage.places:
        node = place.node
        if isinstance(node, (Add, Mul)) and len(node.args) > 1:
            word = "term" if isinstance(node, Add) else "factor"
            for position, part in enumerate(node.args):
                rest = node.args[:position] + node.args[position + 1 :]
                new = rest[0] if len(rest) == 1 else node.func(*rest)
                yield Repair(f"without the {word} {shown(part)}", place.put(new))


def _lost_terms(damage: Damage) -> Iterator[Repair]:
    for place in damage.places:
        if place.role in ("side", "body", "argument", "factor", "inside") and isinstance(place.node, Expr):
            for term in damage.terms:
                for new in (term, _negated(term)):
                    yield Repair(f"with the term {shown(new)}", place.put(Add(place.node, new)))


def _sizes_and_numbers(damage: Damage) -> Iterator[Repair]:
    for place in damage.places:
        node = place.node
        if node in damage.sizes and place.role not in ("index", "condition"):
            for size in (*(s for s in damage.sizes if s != node), Add(node, 1), Add(node, -1)):
                yield Repair(f"with {shown(size)} for {shown(node)}", place.put(size))
        if isinstance(node, Integer) and place.role in ("side", "term", "factor") and abs(node.p) > 2:
            for number in (node - 1, node + 1):
                yield Repair(f"with {number} for {node}", place.put(number))


def _product(factors: tuple[Basic, ...]) -> Basic:
    return factors[0] if len(factors) == 1 else Mul(*factors)


KINDS: tuple[Callable[[Damage], Iterator[Repair]], ...] = (
    _signs, _probabilities, _powers, _indices, _logarithms, _extra, _factors_of_two, _sums, _indicators, _sizes_and_numbers,
    _lost_priors, _lost_terms, _lost,
)  # fmt: skip
