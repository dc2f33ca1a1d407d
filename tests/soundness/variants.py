"""Changes that keep a step true, as people write the same thing in other ways.

variants(t)     one change each, in either line: other names of bound indices, another order, sums swapped or
                split, a term added and subtracted, brackets multiplied out, a common factor, sides changed
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from sympy import Add, Basic, Eq, Expr, Indexed, Integer, Mul, Pow, Product, Sum, Symbol, Tuple, evaluate
from sympy.core.relational import Relational

from checker.derivation import Transition
from checker.expressions import Each, Indicator, Partial, Probability, RandomVariable
from tests.slips import bare

Right = Iterator[tuple[str, Basic]]


@dataclass(frozen=True)
class Variant:
    """A step that is as true as the one it was made of, and what was changed."""

    kind: str
    transition: Transition


def _order(node: Basic, line: Basic) -> Right:
    if isinstance(node, (Add, Mul)) and len(node.args) > 1:
        yield "order", node.func(*reversed(node.args))
        yield "order", node.func(*node.args[1:], node.args[0])


def _names(node: Basic, line: Basic) -> Right:
    """Another name for a bound index; that name is nowhere else in the line."""
    if isinstance(node, (Sum, Product)):
        index = node.limits[0][0]
        taken = {s.name for s in line.atoms(Symbol)}
        name = next(name for name in ("r", "q", "s_0", "t_0", "u_0", "v_0") if name not in taken)
        other = Symbol(name, integer=True, positive=True) if index.is_positive else Symbol(name, integer=True)
        yield "bound index renamed", node.xreplace({index: other})


def _sums(node: Basic, line: Basic) -> Right:
    if not isinstance(node, Sum):
        return
    body, limits = bare(node.args[0]), node.args[1:]
    index, lower, upper = limits[0]
    if len(limits) == 2 and index not in limits[1].free_symbols and limits[1][0] not in limits[0].free_symbols:
        yield "sums swapped", Sum(body, limits[1], limits[0])
    if isinstance(body, Sum) and len(limits) == 1 and index not in Tuple(*body.args[1:]).free_symbols:
        yield "sums swapped", Sum(Sum(bare(body.args[0]), *limits), *body.args[1:])
    if isinstance(body, Add):
        yield "sum split", Add(*(Sum(term, *limits) for term in body.args))
    if isinstance(body, Mul):
        outside = [f for f in body.args if not f.free_symbols & {limit[0] for limit in limits}]
        inside = [f for f in body.args if f not in outside]
        if outside and inside:
            yield "factor taken out of a sum", Mul(*outside, Sum(_product(inside), *limits))
    inner = {limit[0] for other in body.atoms(Sum, Product) for limit in other.limits}
    if len(limits) == 1 and lower == 1 and isinstance(upper, Symbol) and index not in inner:
        shifted = {index: Add(index, 1)}
        yield "sum shifted", Sum(_in(body, shifted), (index, 0, Add(upper, -1)))
        yield "last term apart", Add(Sum(body, (index, 1, Add(upper, -1))), _in(body, {index: upper}))


def _in(body: Basic, change: dict[Basic, Basic]) -> Basic:
    return body.xreplace(change)


def _product(factors: list[Basic]) -> Basic:
    return factors[0] if len(factors) == 1 else Mul(*factors)


def _brackets(node: Basic, line: Basic) -> Right:
    if isinstance(node, Mul):
        for position, factor in enumerate(node.args):
            rest = node.args[:position] + node.args[position + 1 :]
            if isinstance(factor, Add) and rest:
                yield "multiplied out", Add(*(Mul(*rest, term) for term in factor.args))
            if isinstance(factor, Sum) and rest and not _bound(factor) & Mul(*rest).free_symbols:
                yield "factor taken into a sum", Sum(Mul(*rest, bare(factor.args[0])), *factor.args[1:])
    if isinstance(node, Pow) and node.exp == 2:
        yield "square as a product", Mul(node.base, node.base)
        if isinstance(node.base, Add) and len(node.base.args) == 2:
            a, b = node.base.args
            yield "square multiplied out", Add(Pow(a, 2), Mul(2, a, b), Pow(b, 2))
    if isinstance(node, Add):
        yield "common factor", Mul(2, Add(*(Mul(Pow(2, -1), term) for term in node.args)))
        yield "minus before brackets", Mul(-1, Add(*(Mul(-1, term) for term in node.args)))


def _bound(node: Sum) -> set[Basic]:
    return {limits[0] for limits in node.limits}


def _added_and_subtracted(node: Basic, line: Basic) -> Right:
    if isinstance(node, (Add, Mul, Sum)) and isinstance(node, Expr):
        for other in _quantities(node)[:2]:
            yield "a term added and subtracted", Add(node, other, Mul(-1, other))
        yield "doubled and halved", Mul(2, node, Pow(2, -1))


def _quantities(node: Basic) -> list[Basic]:
    """Free symbols of the node that are numbers, and no index."""
    free = node.free_symbols
    labels = {i.base.label for i in node.atoms(Indexed)} | {v.args[0] for v in node.atoms(RandomVariable)}
    return sorted((s for s in free if isinstance(s, Symbol) and s not in labels and not s.is_integer), key=str)


def _indicators(node: Basic, line: Basic) -> Right:
    if isinstance(node, Indicator) and isinstance(node.condition, Eq):
        yield "indicator turned", Indicator(Eq(node.condition.rhs, node.condition.lhs))
        yield "indicator squared", Mul(node, node)


_KINDS: tuple[Callable[[Basic, Basic], Right], ...] = (
    _order, _names, _sums, _brackets, _added_and_subtracted, _indicators,
)  # fmt: skip

_CLOSED = (Probability, Each, Tuple, RandomVariable, Indexed, Indicator)


def _everywhere(node: Basic, line: Basic) -> Right:
    for kind in _KINDS:
        yield from kind(node, line)
    if isinstance(node, _CLOSED):
        return
    for position, arg in enumerate(node.args):
        if position and isinstance(node, (Sum, Product, Partial, Pow)) or not isinstance(arg, (Expr, Relational)):
            continue
        for name, right in _everywhere(bare(arg), line):
            yield name, node.func(*node.args[:position], right, *node.args[position + 1 :])


def _sides(transition: Transition) -> Iterator[Variant]:
    """The sides of a step, or of the equation that it ends in, changed."""
    lhs, rhs = transition.lhs, transition.rhs
    if transition.relation in ("=", "<=>"):
        yield Variant("sides exchanged", replace(transition, lhs=rhs, rhs=lhs))
    if transition.relation == "=" and isinstance(lhs, Expr) and isinstance(rhs, Expr):
        yield Variant("all on one side", replace(transition, lhs=Add(lhs, Mul(-1, rhs)), rhs=Integer(0)))
        for other in _quantities(lhs)[:2]:
            changed = replace(transition, lhs=Add(lhs, other), rhs=Add(rhs, other))
            yield Variant("the same added to both sides", changed)
    if isinstance(rhs, Eq):
        yield Variant("sides exchanged", replace(transition, rhs=Eq(rhs.rhs, rhs.lhs)))
        if rhs.rhs != 0:
            yield Variant("all on one side", replace(transition, rhs=Eq(Add(rhs.lhs, Mul(-1, rhs.rhs)), 0)))


def variants(transition: Transition) -> list[Variant]:
    """Every single change that keeps the step true."""
    with evaluate(False):
        found = list(_sides(transition))
        for kind, right in _everywhere(transition.rhs, transition.rhs):
            found.append(Variant(kind, replace(transition, rhs=right)))
        if transition.relation != "=>":
            for kind, right in _everywhere(transition.lhs, transition.lhs):
                found.append(Variant(kind, replace(transition, lhs=right)))
    return found
