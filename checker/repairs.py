"""Small changes to a wrong expression, each of which undoes one slip: what the author may have meant.

Nothing is judged here: a repair is a guess in words with the tree that it leads to. A row of KINDS is a kind of slip.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

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
    exp,
    log,
)

from checker.damage import (
    QUANTITY,
    Damage,
    Place,
    Repair,
    bare,
    conditions_of,
    limits_of,
    negated,
    nodes_of,
    unique,
    without,
    without_sign,
)
from checker.expressions import Event, Indicator, Probability, RandomVariable

HALF = Rational(1, 2)


def _signs(damage: Damage) -> Iterator[Repair]:
    for place in damage.places:
        if place.role in ("side", "term", "argument") and isinstance(place.node, Expr):
            new = place.put(negated(place.node))
            yield Repair("with the other sign of {}", new, (without_sign(place.node),))


def _factors_of_two(damage: Damage) -> Iterator[Repair]:
    for place in damage.places:
        if place.role in QUANTITY and isinstance(place.node, Expr):
            for factor in (Integer(2), HALF):
                yield Repair("with a factor {} before {}", place.put(Mul(factor, place.node)), (factor, place.node))


def _powers(damage: Damage) -> Iterator[Repair]:
    for place in damage.places:
        node = place.node
        if isinstance(node, Pow) and isinstance(node.exp, Rational):
            yield from (_instead(place, new) for new in _other_powers(node))
        elif place.role in ("side", "factor", "body", "term", "base", "variable") and _may_have_power(damage, node):
            yield _instead(place, Pow(node, 2))
            yield _instead(place, Pow(node, -1))


def _may_have_power(damage: Damage, node: Basic) -> bool:
    if isinstance(node, (Symbol, Indexed)):
        return node not in damage.around.sizes and not node.is_integer
    return isinstance(node, (Add, Sum))


def _other_powers(node: Pow) -> Iterator[Basic]:
    degree = Fraction(int(node.exp.p), int(node.exp.q))
    for other in (-degree, 2 * degree, degree / 2, degree + 1, degree - 1):
        if other != 0 and other.denominator <= 2:
            yield node.base if other == 1 else Pow(node.base, Rational(other.numerator, other.denominator))


def _instead(place: Place, new: Basic) -> Repair:
    return Repair("with {} for {}", place.put(new), (new, place.node))


def _indices(damage: Damage) -> Iterator[Repair]:
    for place in damage.places:
        if isinstance(place.node, Indexed):
            yield from (_instead(place, new) for new in _reindexed(damage, place))
        elif isinstance(place.node, Indicator) and isinstance(place.node.condition, Eq):
            yield from (_instead(place, Indicator(new)) for new in _other_conditions(damage, place))
        elif isinstance(place.node, Probability):
            for index in (i for i in damage.around.sets if i in place.node.free_symbols):
                for other in damage.indices(place):
                    if other != index:
                        yield _instead(place, place.node.xreplace({index: other}))


def _reindexed(damage: Damage, place: Place) -> Iterator[Basic]:
    base, *indices = place.node.args
    if len(indices) == 2:
        yield Indexed(base, *reversed(indices))
    for position, index in enumerate(indices):
        for new in _other_indices(damage, place, index):
            yield Indexed(base, *indices[:position], new, *indices[position + 1 :])


def _other_indices(damage: Damage, place: Place, index: Basic) -> Iterator[Basic]:
    allowed = damage.indices(place)
    yield from (other for other in allowed if other != index)
    for base in damage.around.givens.value_sets:
        if isinstance(base, IndexedBase) and base not in _bases(place.node):
            yield from (base[other] for other in allowed if base[other] != index)


def _bases(node: Basic) -> set[Basic]:
    return {node.base} if isinstance(node, Indexed) else set()


def _other_conditions(damage: Damage, place: Place) -> Iterator[Basic]:
    left, right = place.node.condition.args
    pairs = [(left, new) for new in _other_indices(damage, place, right)]
    pairs += [(new, right) for new in _other_indices(damage, place, left)]
    yield from (Eq(a, b, evaluate=False) for a, b in pairs if a != b)


def _everywhere(damage: Damage) -> Iterator[Repair]:
    """The same index wrong at every place: μ_ki for μ_{y_n,i} throughout."""
    whole = Place(damage.wrong, "side", tuple(index for index, *_ in limits_of(damage.wrong)), lambda new: new)
    for node in nodes_of(damage.wrong, Indexed):
        for new in _reindexed(damage, Place(node, "", whole.bound, whole.put)):
            yield Repair("with {} for {}", damage.wrong.xreplace({node: new}), (new, node))


def _extra_indicators(damage: Damage) -> Iterator[Repair]:
    for place in damage.places:
        if isinstance(place.node, Indicator):
            yield Repair("without the indicator {}", place.put(Integer(1)), (place.node,))


def _lost_indicators(damage: Damage) -> Iterator[Repair]:
    for place in damage.places:
        if place.role in QUANTITY and isinstance(place.node, Expr):
            allowed = set(damage.indices(place))
            for condition in damage.around.conditions:
                indices = condition.free_symbols & set(damage.around.sets)
                if indices <= allowed and (not place.bound or indices & set(place.bound[-1:])):
                    new = Indicator(condition)
                    yield Repair("with the indicator {}", place.put(Mul(new, place.node)), (new,))


def _lost_sums(damage: Damage) -> Iterator[Repair]:
    for place in damage.places:
        node = place.node
        if place.role in (*QUANTITY, "factor", "base", "inside") and isinstance(node, Expr):
            for index, within in damage.around.sets.items():
                if index in node.free_symbols and index not in damage.indices(place):
                    new = place.put(Sum(node, (index, within.lower, within.upper)))
                    yield Repair("with the sum over {} of {}", new, (index, node))


def _other_sums(damage: Damage) -> Iterator[Repair]:
    for place in damage.places:
        node = place.node
        if isinstance(node, (Sum, Product)):
            body, limits = bare(node.args[0]), list(node.args[1:])
            other, words = (Product, "with ∏ for ∑ over {}") if isinstance(node, Sum) else (Sum, "with ∑ for ∏ over {}")
            yield Repair(words, place.put(other(body, *limits)), (limits[0][0],))
            for position, (index, *bounds) in enumerate(limits):
                rest = limits[:position] + limits[position + 1 :]
                yield Repair("without the sum over {}", place.put(node.func(body, *rest) if rest else body), (index,))
                for low, high in _other_bounds(damage, *bounds):
                    new = [*limits[:position], (index, low, high), *limits[position + 1 :]]
                    words = "with the sum over {} from {} to {}"
                    yield Repair(words, place.put(node.func(body, *new)), (index, low, high))


def _other_bounds(damage: Damage, lower: Expr, upper: Expr) -> Iterator[tuple[Expr, Expr]]:
    yield from ((lower, high) for high in (_plus(upper, 1), _plus(upper, -1)))
    yield from ((low, upper) for low in (_plus(lower, -1), _plus(lower, 1)))
    yield from ((lower, size) for size in damage.around.sizes if size != upper)


def _plus(bound: Expr, step: int) -> Expr:
    """The bound moved by a step: N − 1 by 1 is N."""
    number = sum(int(term) for term in Add.make_args(bound) if term.is_Integer) + step
    names = [term for term in Add.make_args(bound) if not term.is_Integer]
    parts = [*names, *([Integer(number)] if number or not names else [])]
    return parts[0] if len(parts) == 1 else Add(*parts)


def _probabilities(damage: Damage) -> Iterator[Repair]:
    for place in damage.places:
        if isinstance(place.node, Probability):
            given, parameters = _behind_the_bar(place.node)
            if given:
                yield _instead(place, Probability(given, place.node.events + parameters))
                prior = Probability(given, parameters)
                yield Repair("with the prior {} beside {}", place.put(Mul(place.node, prior)), (prior, place.node))
            yield from (_instead(place, new) for new in _other_probabilities(damage, place.node))


def _behind_the_bar(node: Probability) -> tuple[tuple[Basic, ...], tuple[Basic, ...]]:
    """The events and values behind the bar, and the parameters."""
    given = tuple(conditions_of(node))
    return given, tuple(g for g in node.given if g not in given)


def _other_probabilities(damage: Damage, node: Probability) -> Iterator[Basic]:
    given, parameters = _behind_the_bar(node)
    if given:
        yield Probability(node.events, parameters)
    for event in _events(damage):
        if event not in (*node.events, *node.given):
            yield Probability(node.events, (event, *node.given))
            yield Probability((*node.events, event), node.given)
    for event in node.events if len(node.events) > 1 else ():
        rest = tuple(e for e in node.events if e != event)
        yield Probability(rest, (event, *node.given))
        yield Probability(rest, node.given)


def _events(damage: Damage) -> list[Basic]:
    both = [p for side in (damage.around.other, damage.wrong) for p in nodes_of(side, Probability)]
    return unique(e for p in both for e in (*p.events, *p.given) if isinstance(e, (Eq, RandomVariable, Event)))


LOG_OF_SUM = "with the logarithm of the sum, which is not the sum of the logarithms"
SUM_OF_LOGS = "with the sum of the logarithms, which is not the logarithm of the sum"


def _logarithms(damage: Damage) -> Iterator[Repair]:
    for place in damage.places:
        node = place.node
        inside = node.args[0] if isinstance(node, log) else None
        if isinstance(inside, Sum):
            yield Repair(SUM_OF_LOGS, place.put(Sum(log(bare(inside.args[0])), *inside.args[1:])))
        if isinstance(inside, Add):
            yield Repair(SUM_OF_LOGS, place.put(Add(*map(log, inside.args))))
        if isinstance(node, Sum) and isinstance(bare(node.args[0]), log):
            yield Repair(LOG_OF_SUM, place.put(log(Sum(bare(node.args[0]).args[0], *node.args[1:]))))
        if isinstance(node, (Add, Mul)) and len(node.args) > 1 and all(isinstance(arg, log) for arg in node.args):
            if isinstance(node, Mul):
                yield Repair("with the sum of the logarithms for their product", place.put(Add(*node.args)))
            else:
                yield Repair(LOG_OF_SUM, place.put(log(Add(*(arg.args[0] for arg in node.args)))))


def _lost_functions(damage: Damage) -> Iterator[Repair]:
    for place in damage.places:
        if place.role in (*QUANTITY, "factor") and isinstance(place.node, Expr) and place.node.free_symbols:
            yield Repair("with the logarithm of {}", place.put(log(place.node)), (place.node,))
            yield Repair("with the exponential of {}", place.put(exp(place.node)), (place.node,))


def _extra(damage: Damage) -> Iterator[Repair]:
    for place in damage.places:
        if isinstance(place.node, (Add, Mul)) and len(place.node.args) > 1:
            words = "without the term {}" if isinstance(place.node, Add) else "without the factor {}"
            for position, part in enumerate(place.node.args):
                if part != -1:
                    yield Repair(words, place.put(without(place.node, position)), (part,))


def _lost_priors(damage: Damage) -> Iterator[Repair]:
    for place in damage.places:
        if place.role in ("body", "side", "base") and isinstance(place.node, Expr) and place.node.has(exp, Probability):
            for prior in damage.around.priors:
                if prior.free_symbols & set(damage.around.sets) <= set(damage.indices(place)):
                    yield Repair("with the prior {}", place.put(Mul(prior, place.node)), (prior,))


def _lost_factors(damage: Damage) -> Iterator[Repair]:
    for place in damage.places:
        if place.role in QUANTITY and isinstance(place.node, Expr):
            for quantity in _fitting(damage, place, damage.around.quantities):
                yield Repair("with the factor {}", place.put(Mul(place.node, quantity)), (quantity,))
                yield Repair("divided by {}", place.put(Mul(place.node, Pow(quantity, -1))), (quantity,))


def _lost_terms(damage: Damage) -> Iterator[Repair]:
    for place in damage.places:
        if place.role in ("side", "body", "argument", "factor", "inside", "base") and isinstance(place.node, Expr):
            for term in _fitting(damage, place, damage.around.terms):
                for new in (term, negated(term)):
                    yield Repair("with the term {}", place.put(Add(place.node, new)), (new,))


def _fitting(damage: Damage, place: Place, pieces: list[Basic]) -> list[Basic]:
    """The pieces whose indices mean something at the place."""
    allowed = set(damage.indices(place))
    return [piece for piece in pieces if piece.free_symbols & set(damage.around.sets) <= allowed]


def _sizes_and_numbers(damage: Damage) -> Iterator[Repair]:
    for place in damage.places:
        node = place.node
        if node in damage.around.sizes and place.role not in ("index", "condition"):
            others = [size for size in damage.around.sizes if size != node]
            yield from (_instead(place, new) for new in (*others, _plus(node, 1), _plus(node, -1)))
        if isinstance(node, Add) and node.free_symbols <= set(damage.around.sizes):
            yield from (_instead(place, new) for new in (_plus(node, 1), _plus(node, -1)))
        if isinstance(node, Integer) and place.role in ("side", "term", "factor") and abs(int(node)) > 2:
            yield from (_instead(place, Integer(int(node) + step)) for step in (-1, 1))


KINDS: tuple[Callable[[Damage], Iterator[Repair]], ...] = (
    _signs, _probabilities, _powers, _sizes_and_numbers, _extra_indicators, _lost_sums, _indices, _logarithms, _extra,
    _factors_of_two, _lost_indicators, _other_sums, _lost_priors, _lost_functions, _everywhere, _lost_terms,
    _lost_factors,
)  # fmt: skip
"""The likely and the cheap ones first."""
