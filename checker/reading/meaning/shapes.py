"""Matrices by use: what is transposed, or added to what is a vector, beside capitals of which nothing is said.

    (Y − Xβ)ᵀ(Y − Xβ)     X is n × m, β is m × 1, and Y, which is added to Xβ, is n × 1

The shapes are the most general ones with which all formulas of the text can be built, so that what is proved holds for
all, and says so as a condition; what is false for them is only undecided, since no words say them. Small letters are
columns. A formula in which an array stands as a number says nothing of them, and nothing is concluded beside a capital
that may be a matrix.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from checker.reading.known.names import is_transpose, name_of
from checker.reading.known.scope import Scope, Shaped
from checker.reading.syntax import (
    Applied,
    Big,
    Bracket,
    Call,
    Letter,
    Node,
    Number,
    Product,
    Quotient,
    Scripted,
    Total,
    children,
    walk,
)
from checker.reading.tex.tokens import Unreadable

ONE = "1"
Shape = tuple[str, str]
NUMBER: Shape = (ONE, ONE)
_OF_SQUARES = ("tr", "trace", "det")


def shapes_in(chains: Sequence[Sequence[Node]], scope: Scope) -> tuple[Shaped, ...]:
    """The names that are matrices and vectors together, with their shapes. chains: members that are equal."""
    trees = [tree for chain in chains for tree in chain]
    if not any(name[:1].isupper() for name in transposed_in(trees, scope)):
        return ()
    arrays, left_out = set(scope.transposed), set[int]()
    while True:  # with each array that is found, and each formula that is left out, the shapes are others
        found = _Shapes(scope, set(arrays))
        for _ in range(3):
            for chain in chains:
                found.equal([tree for tree in chain if id(tree) not in left_out])
        against = {tree for shape, tree in found.numbers if not found.is_number(shape)}
        if found.arrays == arrays and not against:
            return tuple(found.groups())
        arrays, left_out = found.arrays, left_out | (against if found.arrays == arrays else set())


def transposed_in(trees: Iterable[Node], scope: Scope) -> frozenset[str]:
    """The names that are transposed, alone or as terms of a sum."""
    found: set[str] = set()
    for tree in trees:
        for each in walk(tree):
            base = _transposed(each, scope)
            while isinstance(base, Bracket) and base.kind == "()" and len(base.items) == 1:
                base = base.items[0]
            terms = [term for _, term in base.terms] if isinstance(base, Total) else [base] if base is not None else []
            found |= {key for term in terms if (key := _key(term, scope))}
    return frozenset(found)


def _transposed(node: Node, scope: Scope) -> Node | None:
    if isinstance(node, Scripted) and node.sup is not None and not node.bracketed and is_transpose(node.sup, scope):
        return replace(node, sup=None) if node.sub else node.base
    return None


def _key(node: Node, scope: Scope) -> str:
    """The name of a letter, or of a family with one index; "" for anything else."""
    if not isinstance(node, Letter | Scripted):
        return ""
    try:
        name = name_of(node, scope)
    except Unreadable:
        return ""
    if name is None or name.power is not None or len(name.indices) > 1:
        return ""
    return name.family if not any(isinstance(index, Number) for index in name.indices) else ""


@dataclass
class _Shapes:
    """Dimensions that are equal.

    numbers: shapes that must be those of a number, each with the formula that says so; beside: capitals beside arrays;
    seen: names of which it was asked.
    """

    scope: Scope
    arrays: set[str]
    dimensions: dict[str, str] = field(default_factory=dict)
    numbers: list[tuple[Shape, int]] = field(default_factory=list)
    formula: int = 0
    beside: dict[str, set[str]] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

    def find(self, dimension: str) -> str:
        while (parent := self.dimensions.get(dimension, dimension)) != dimension:
            dimension = parent
        return dimension

    def join(self, one: str, other: str) -> None:
        a, b = self.find(one), self.find(other)
        if a != b:
            a, b = (b, a) if a == ONE else (a, b)
            self.dimensions[a] = b

    def of(self, key: str) -> Shape:
        self.seen.add(key)
        return f"rows {key}", f"columns {key}" if key[:1].isupper() else ONE

    def is_number(self, shape: Shape) -> bool:
        return self.find(shape[0]) == self.find(shape[1]) == ONE

    def shape(self, node: Node) -> Shape | None:
        """The shape of what a tree stands for, after what it says of those of its parts; None where none is known."""
        base = _transposed(node, self.scope)
        if base is not None:
            found = self.shape(base)
            return found and (found[1], found[0])
        if isinstance(node, Letter | Scripted):
            return self._scripted(node)
        if isinstance(node, Number):
            return NUMBER
        if isinstance(node, Bracket) and len(node.items) == 1 and node.kind in ("()", "[]", "{}"):
            return self.shape(node.items[0])
        if isinstance(node, Total):
            return self._total([term for _, term in node.terms])
        if isinstance(node, Product):
            return self._product(node.factors)
        if isinstance(node, Call) and len(node.arguments) == 1 and _key(node.function, self.scope) in self.arrays:
            return self._product((node.function, node.arguments[0]))
        if isinstance(node, Quotient):
            self._require_number(node.below)
            return self.shape(node.above)
        if isinstance(node, Big) and node.sign == "sum":
            return self.shape(node.body)
        if isinstance(node, Applied) and node.function in _OF_SQUARES:
            self._square(self.shape(node.arguments[0]) if len(node.arguments) == 1 else None)
            return NUMBER
        if isinstance(node, Applied) and node.function in ("log", "exp", "sin", "cos", "sqrt"):
            for each in node.arguments:
                self._require_number(each)
            return NUMBER
        for each in children(node):
            self.shape(each)
        return NUMBER if isinstance(node, Bracket) and node.kind in ("‖‖", "||") else None

    def equal(self, members: Sequence[Node]) -> None:
        """What it says of the shapes that these are equal; a name alone that is no array by its use may be any."""
        shapes = []
        for each in members:
            self.formula = id(each)
            shapes.append(self.shape(each))
        known = [
            found
            for each, found in zip(members, shapes, strict=True)
            if found is not None and not isinstance(each, Number) and (found != NUMBER or not _key(each, self.scope))
        ]
        for found in known[1:]:
            self.join(found[0], known[0][0])
            self.join(found[1], known[0][1])

    def _scripted(self, node: Letter | Scripted) -> Shape | None:
        key = _key(node, self.scope)
        if key in self.arrays:
            return self.of(key)
        if isinstance(node, Scripted) and node.sup is not None:
            base = replace(node, sup=None) if node.sub else node.base
            found = self.shape(base)
            if _is_inverse(node.sup):
                self._square(found)
                return found
            if found is not None:
                self.numbers.append((found, self.formula))
            self.shape(node.sup)
            return NUMBER
        if isinstance(node, Letter) and node.name == "I":
            return f"size {node.place}", f"size {node.place}"
        return NUMBER

    def _square(self, found: Shape | None) -> None:
        if found is not None:
            self.join(*found)

    def _require_number(self, node: Node) -> None:
        found = self.shape(node)
        if found is not None:
            self.numbers.append((found, self.formula))

    def _total(self, terms: Sequence[Node]) -> Shape | None:
        shapes = [self.shape(term) for term in terms]
        arrays = [each for each in shapes if each is not None and not self.is_number(each)]
        if not arrays:
            return NUMBER if all(shapes) else None
        for term, found in zip(terms, shapes, strict=True):
            key = _key(term, self.scope)
            if found == NUMBER and key and isinstance(term, Letter) and self.scope.is_undeclared(key):
                self.arrays.add(key)
                found = self.of(key)
            if found is None or isinstance(term, Number) and term.text == "0":
                continue
            if self.is_number(found):
                self.numbers.append((arrays[0], self.formula))
            else:
                self.join(found[0], arrays[0][0])
                self.join(found[1], arrays[0][1])
        return arrays[0]

    def _product(self, factors: Sequence[Node]) -> Shape | None:
        shapes = [self.shape(factor) for factor in factors]
        result: Shape | None = NUMBER
        for found in shapes:
            if found is None or result is None:
                result = None
            elif self.is_number(result):
                result = found
            elif not self.is_number(found):
                self.join(result[1], found[0])
                result = result[0], found[1]
        for factor in factors:
            base = factor.base if isinstance(factor, Scripted) else factor
            key = _key(base, self.scope)
            if key[:1].isupper() and key not in self.arrays and key != "I":
                for found in shapes:
                    for dimension in found or ():
                        self.beside.setdefault(dimension, set()).add(key)
        return result

    def groups(self) -> Iterator[Shaped]:
        """The names whose dimensions hang together, where nothing speaks against it and a capital is among them."""
        waiting = sorted(self.arrays & self.seen)
        if any(self.find(self.of(key)[0]) == ONE for key in waiting if not key[:1].isupper()):
            return  # what is a vector elsewhere would be a number: a formula is wrong, and it is not known which
        while waiting:
            group, dimensions = [waiting.pop(0)], set[str]()
            changed = True
            while changed:
                dimensions |= {self.find(d) for key in group for d in self.of(key)} - {ONE}
                more = [key for key in waiting if dimensions & set(map(self.find, self.of(key)))]
                group += more
                waiting = [key for key in waiting if key not in more]
                changed = bool(more)
            if any(self.find(self.of(key)[0]) == ONE for key in group):
                continue
            if any(key[:1].isupper() for key in group):
                beside = {name for d, names in self.beside.items() if self.find(d) in dimensions for name in names}
                names = tuple((key, self.find(self.of(key)[0]), self.find(self.of(key)[1])) for key in sorted(group))
                yield Shaped(names, frozenset(beside))


def _is_inverse(sup: Node) -> bool:
    terms = sup.terms if isinstance(sup, Total) else ()
    return len(terms) == 1 and terms[0][0] == -1 and isinstance(terms[0][1], Number) and terms[0][1].text == "1"
