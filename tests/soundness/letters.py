"""Further slips of the pen, beside those of tests.slips: other letters, lost brackets, derivatives, shifted indices.

slips(t, givens)    every single slip of all kinds, in either line of a transition
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache

from sympy import Abs, Add, Basic, Expr, Indexed, Mul, Pow, Product, Sum, Symbol, Tuple, evaluate

from checker.derivation import Givens, Transition
from checker.expressions import Each, Indicator, Partial, Probability, RandomVariable
from tests import slips as first
from tests.slips import Slip, bare

Wrong = Iterator[tuple[str, Basic]]
Kind = Callable[[Basic, Basic], Wrong]
"""A node and the whole line, to wrong nodes."""


def _other_letters(node: Basic, line: Basic) -> Wrong:
    if isinstance(node, Symbol) and not node.is_integer:
        others = (s for s in _symbols(line) if s != node and not s.is_integer)
        yield from (("another letter", other) for other in others)
    if isinstance(node, Indexed):
        others = {f.base for f in line.atoms(Indexed) if f.base != node.base and len(f.indices) == len(node.indices)}
        for base in sorted(others, key=str):
            yield "another family", Indexed(base, *node.indices)


def _symbols(line: Basic) -> list[Symbol]:
    labels = {node.base.label for node in line.atoms(Indexed)}
    return sorted(line.free_symbols.intersection(line.atoms(Symbol)) - labels, key=str)


def _sums_of_two(node: Basic, line: Basic) -> Wrong:
    if not isinstance(node, Add):
        return
    for position, term in enumerate(node.args):
        rest = node.args[:position] + node.args[position + 1 :]
        minus = Mul(*term.args[1:]) if isinstance(term, Mul) and term.args[0] == -1 else Mul(-1, term)
        yield "sign of a term", Add(*rest, minus)
        yield "term doubled", Add(*node.args, term)
    yield "product for a sum of terms", Mul(*node.args)


def _brackets(node: Basic, line: Basic) -> Wrong:
    if isinstance(node, Mul):
        for position, factor in enumerate(node.args):
            rest = node.args[:position] + node.args[position + 1 :]
            if isinstance(factor, Add) and rest:
                yield "brackets lost", Add(Mul(*rest, factor.args[0]), *factor.args[1:])
                yield "brackets lost", Add(*factor.args[:-1], Mul(*rest, factor.args[-1]))
            if factor.is_number is False and not isinstance(factor, (Indicator, Add)):
                yield "factor doubled", Mul(*node.args, factor)
    if isinstance(node, Pow) and isinstance(node.base, Add):
        kind = "reciprocal of a sum split" if node.exp.is_negative else "power of a sum split"
        yield kind, Add(*(Pow(term, node.exp) for term in node.base.args))
    if isinstance(node, Pow) and node.exp == 2:
        yield "absolute value for a square", Abs(node.base)


def _terms_added(node: Basic, line: Basic) -> Wrong:
    if isinstance(node, (Add, Mul, Sum, Product)) and isinstance(node, Expr):
        yield "term added", Add(node, 1)
        sizes = [s for s in _symbols(line) if s.is_integer and s.is_positive and s.name.isupper()]
        for size in sizes:
            yield "factor of a size", Mul(size, node)
            yield "divided by a size", Mul(node, Pow(size, -1))


def _sums_of_others(node: Basic, line: Basic) -> Wrong:
    if not isinstance(node, (Sum, Product)):
        return
    body, limits = bare(node.args[0]), node.args[1:]
    index, lower, upper = limits[0]
    yield "bound shifted", node.func(body, (index, Add(lower, 1), Add(upper, 1)), *limits[1:])
    inner = {limit[0] for other in body.atoms(Sum, Product) for limit in other.limits}
    if not limits[1:] and index not in inner:
        yield "last term twice", Add(node, body.xreplace({index: upper}))
    if isinstance(body, Add):
        yield "sum of the first term only", Add(node.func(body.args[0], *limits), *body.args[1:])
    if isinstance(body, Mul) and len(body.args) > 1:
        head, rest = body.args[0], Mul(*body.args[1:])
        if index in head.free_symbols and index in rest.free_symbols:
            yield "sum of a product split", Mul(node.func(head, *limits), node.func(rest, *limits))
    if isinstance(body, Pow):
        yield "power out of a sum", Pow(node.func(body.base, *limits), body.exp)


def _derivatives(node: Basic, line: Basic) -> Wrong:
    if isinstance(node, Partial):
        yield "derivative dropped", node.expression
        others = (s for s in _symbols(line) if s.is_integer is not True and s not in node.variables)
        yield from (("derivative by another", Partial(node.expression, other)) for other in others)
        if isinstance(bare(node.expression), Mul):
            yield "product of derivatives", Mul(*(Partial(f, *node.variables) for f in bare(node.expression).args))


def _conditions(node: Basic, line: Basic) -> Wrong:
    if isinstance(node, Indicator):
        yield "complement of an indicator", Add(1, Mul(-1, node))


_KINDS: tuple[Kind, ...] = (
    _other_letters, _sums_of_two, _brackets, _terms_added, _sums_of_others, _derivatives, _conditions,
)  # fmt: skip

_CLOSED = (Probability, Each, Tuple, RandomVariable)
"""What is not entered."""


def _everywhere(node: Basic, line: Basic) -> Wrong:
    for kind in _KINDS:
        yield from kind(node, line)
    if isinstance(node, _CLOSED):
        return
    for position, arg in enumerate(node.args):
        if (
            position
            and isinstance(node, (Sum, Product, Partial, Indexed))
            or isinstance(arg, (Symbol, Tuple))
            and isinstance(node, Indexed)
        ):
            continue
        if isinstance(node, Indicator) or isinstance(node, Pow) and position:
            continue
        inner = bare(arg)
        for name, wrong in _everywhere(inner, line):
            yield name, node.func(*node.args[:position], wrong, *node.args[position + 1 :])


def _later(transition: Transition, givens: Givens) -> Iterator[Slip]:
    yield from first.slips(transition, givens)
    with evaluate(False):
        for kind, wrong in _everywhere(transition.rhs, transition.rhs):
            yield Slip(kind, replace(transition, rhs=wrong))


def slips(transition: Transition, givens: Givens) -> list[Slip]:
    """Every single slip in either line; one that happens to change nothing is left out."""
    found = dict.fromkeys(s for s in _later(transition, givens))
    if transition.relation in ("=", "<=>"):
        turned = replace(transition, lhs=transition.rhs, rhs=transition.lhs)
        for slip in _later(turned, givens):
            back = replace(slip.transition, lhs=slip.transition.rhs, rhs=slip.transition.lhs)
            found.setdefault(Slip(slip.kind, back))
    return [
        slip
        for slip in found
        if (slip.transition.lhs, slip.transition.rhs) != (transition.lhs, transition.rhs)
        or slip.transition.relation != transition.relation
    ]


_ORDERLESS = (Add, Mul)


@lru_cache(maxsize=20_000)
def shape(tree: Basic) -> str:
    """The tree without the order of its terms and factors: two slips of one shape are one slip."""
    if isinstance(tree, Symbol):
        return tree.name
    if not tree.args:
        return f"{type(tree).__name__} {tree}"
    parts = [shape(arg) for arg in tree.args if not (isinstance(tree, Mul) and arg == 1)]
    if isinstance(tree, _ORDERLESS):
        if len(parts) == 1:
            return parts[0]
        parts.sort()
    return f"{type(tree).__name__}({', '.join(parts)})"


__all__ = ["Slip", "shape", "slips"]
