"""The wrong side of a step taken as a thing to be mended: its places, and where missing pieces may be found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from sympy import (
    Add,
    Basic,
    Eq,
    Expr,
    Indexed,
    IndexedBase,
    Mul,
    Pow,
    Product,
    Sum,
    Symbol,
    exp,
    log,
    preorder_traversal,
)
from sympy.core.relational import Relational

from checker.derivation import Givens, IndexSet
from checker.expressions import Event, Indicator, Partial, Probability, RandomVariable
from checker.printing import unicode

LONGEST = 48


@dataclass(frozen=True)
class Repair:
    """A guess: the tree, and the words that complete "the sides would agree …", with expressions for its gaps."""

    words: str
    expression: Basic
    about: tuple[Basic, ...] = ()

    @property
    def said(self) -> str:
        return self.words.format(*map(shown, self.about))


@dataclass(frozen=True)
class Place:
    """A node of a tree, the role that it plays there, the indices bound around it, and the tree around it."""

    node: Basic
    role: str
    bound: tuple[Symbol, ...]
    put: Callable[[Basic], Basic]


@dataclass(frozen=True)
class Surroundings:
    """Where missing pieces may be found: the other side, the whole wrong side, and the givens."""

    other: Basic
    wrong: Basic
    givens: Givens

    @cached_property
    def sets(self) -> dict[Symbol, IndexSet]:
        """The index symbols with their sets: declared, or bound on either side."""
        found = dict(self.givens.index_sets)
        for side in (self.wrong, self.other):
            for index, lower, upper in limits_of(side):
                found.setdefault(index, IndexSet(lower, upper))
        return found

    @cached_property
    def sizes(self) -> list[Symbol]:
        uppers = [s.upper for s in (*self.sets.values(), *self.givens.value_sets.values())]
        return unique(upper for upper in uppers if isinstance(upper, Symbol))

    @cached_property
    def free_indices(self) -> list[Symbol]:
        """The indices that are free on the other side, so that they may be free on this one."""
        return [index for index in self.sets if index in self.other.free_symbols]

    @cached_property
    def conditions(self) -> list[Basic]:
        """The conditions of indicators that may be missing: those of the other side, and y[n] = k of the givens."""
        found = [node.condition for node in nodes_of(self.other, Indicator)]
        for base, values in self.givens.value_sets.items():
            classes = [index for index, own in self.sets.items() if own == values]
            samples = [index for index, own in self.sets.items() if own != values]
            if isinstance(base, IndexedBase):
                found += [Eq(base[n], k) for k in classes for n in samples]
        for free in self.free_indices:
            found += [Eq(index, free) for index, own in self.sets.items() if index != free and own == self.sets[free]]
        return unique(found)

    @cached_property
    def quantities(self) -> list[Basic]:
        """What a lost factor may be: pieces of the other side, and names of this one."""
        pieces = nodes_of(self.other, Probability, Partial, Indexed, Symbol, Add, Pow)
        labels = _labels(self.other) | set(self.sets)
        found = [node for node in pieces if node not in labels and node.free_symbols]
        for free in self.free_indices:
            bound = [index for index, own in self.sets.items() if index != free and own == self.sets[free]]
            found += [node.xreplace({index: free}) for index in bound for node in found if index in node.free_symbols]
        return unique(found)

    @cached_property
    def terms(self) -> list[Basic]:
        """What a lost term may be: the terms of the other side's sums."""
        return unique(term for node in nodes_of(self.other, Add) for term in node.args)

    @cached_property
    def priors(self) -> list[Basic]:
        """The model's unconditional factors, α_k and P(y=k), at every index."""
        model = self.givens.model
        values = [base[n] for base in self.givens.value_sets for n in self.sets if isinstance(base, IndexedBase)]
        found: list[Basic] = []
        for factor in model.factors if model is not None else ():
            if isinstance(factor, Eq) and isinstance(factor.lhs, Probability) and not conditions_of(factor.lhs):
                families = [node.base for node in nodes_of(factor.rhs, Indexed)]
                variables = [event.lhs for event in factor.lhs.events if isinstance(event, Eq)]
                found += [base[index] for base in families for index in (*self.sets, *values)]
                found += [Probability((Eq(v, index, evaluate=False),)) for v in variables for index in self.sets]
        return found


@dataclass(frozen=True)
class Damage:
    """A wrong part of a side. `shallow`: only as a whole, since its own parts are other damages."""

    wrong: Basic
    around: Surroundings
    shallow: bool = False

    @cached_property
    def places(self) -> list[Place]:
        every = _places(Place(self.wrong, "side", (), lambda new: new))
        return list(islice(every, 2 if isinstance(self.wrong, Sum) else 1) if self.shallow else every)

    def indices(self, place: Place) -> list[Symbol]:
        """What may stand as an index at a place."""
        return unique((*place.bound, *self.around.free_indices))


def shown(expression: Basic) -> str:
    """The expression on one line, cut where it is long."""
    text = unicode(expression)
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()}…"


# --- trees -------------------------------------------------------------------------------------------------------

_ROLES: dict[type, tuple[str, str]] = {
    Add: ("term", "term"), Mul: ("factor", "factor"), Pow: ("base", "exponent"), Sum: ("body", ""),
    Product: ("body", ""), Indexed: ("", "index"), RandomVariable: ("", "index"), Partial: ("argument", "variable"),
    Indicator: ("condition", ""), exp: ("argument", ""), log: ("inside", ""),
}  # fmt: skip
"""By head the role of the first argument, and of the others; what has no role is left alone."""

QUANTITY = ("side", "term", "argument", "body")
"""Roles in which a factor or a sign may have been lost."""


def bare(node: Basic) -> Basic:
    """The node without the factor 1 that SymPy puts before the body of an unevaluated sum."""
    return node.args[1] if isinstance(node, Mul) and len(node.args) == 2 and node.args[0] == 1 else node


def negated(node: Basic) -> Basic:
    positive = without_sign(node)
    return Mul(-1, node) if positive == node else positive


def conditions_of(probability: Probability) -> list[Basic]:
    """What stands behind the bar, without parameters."""
    return [g for g in probability.given if isinstance(g, (Eq, RandomVariable, Event))]


def without(node: Expr, position: int) -> Basic:
    """A sum or product without one of its parts."""
    rest = node.args[:position] + node.args[position + 1 :]
    return rest[0] if len(rest) == 1 else node.func(*rest)


def without_sign(node: Basic) -> Basic:
    return without(node, 0) if isinstance(node, Mul) and len(node.args) > 1 and node.args[0] == -1 else node


def _places(place: Place) -> Iterator[Place]:
    yield place
    node = place.node
    bound = place.bound + tuple(index for index, *_ in node.limits) if isinstance(node, (Sum, Product)) else place.bound
    for position, role in _children(node, place.role):
        yield from _places(Place(bare(node.args[position]), role, bound, _putting(place, position)))


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


def nodes_of(tree: Basic, *heads: type) -> list[Basic]:
    """The nodes of these heads, in the order of reading."""
    return unique(node for node in preorder_traversal(tree) if isinstance(node, heads))


def limits_of(tree: Basic) -> list[tuple[Symbol, Expr, Expr]]:
    return [tuple(limits) for node in nodes_of(tree, Sum, Product) for limits in node.limits]


def unique(nodes: Iterable[Basic]) -> list[Basic]:
    return list(dict.fromkeys(nodes))


def _labels(side: Basic) -> set[Basic]:
    """Symbols that are only the name of a family or of a variable."""
    return {node.base.label for node in nodes_of(side, Indexed)} | {
        node.args[0] for node in nodes_of(side, RandomVariable, Event)
    }
