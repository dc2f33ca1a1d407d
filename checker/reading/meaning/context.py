"""The state of one reading: the scope, what letters stand for, and what the reading assumed.

Whatever is read gets it first; `meaning` says how a node of each kind is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any, ClassVar

import sympy
from sympy import Add, Basic, Expr, Gt, Indexed, IndexedBase, Integer, Mul, Pow, Symbol

from checker.derivation import IndexSet
from checker.expressions import Unknown
from checker.reading.known.indices import index_assumptions, is_outside, is_shifted
from checker.reading.known.letters import (
    definitions_through,
    free_letters,
    function_letters,
    keys,
    letters_in,
    letters_through,
    standing,
)
from checker.reading.known.names import letter_key, name_of
from checker.reading.known.scope import COUNT, POSITIVE, REAL, Definition, Kind, Scope, Shorthand, Tied
from checker.reading.meaning import arrays
from checker.reading.meaning.arrays import Array, Value
from checker.reading.meaning.byuse import vectors_by_place
from checker.reading.meaning.shorthands import instance, matches, with_indices
from checker.reading.syntax import Letter, Node, spelled, walk
from checker.reading.tex.tokens import Beyond, Unreadable

Reader = Callable[["Context", Any], Value]
"""How a node of one kind is read in a context."""


class Context:
    """Reads trees in a scope, and keeps what the reading assumed.

    readers: how a node of each kind is read; they are put together in `meaning`.
    restricted: names taken to be positive since they stand under a logarithm or a root, or to be counts since their
    factorial is taken. conditions: relations that
    hold since what stands there is used. inverses: what is known of the inverses met, and inverse_words: in words.
    unsaid: bound indices of which no set is known, with the set of some size that stands for it. tied: free indices of
    which none is known, with what ranges over the same. symmetric, definite: the families of such matrices met. free:
    the symbols of the free names met. abstracted: what no theory knows more of.
    """

    readers: ClassVar[Mapping[type, Reader]]

    def __init__(self, scope: Scope, restricted: Mapping[str, Kind] = MappingProxyType({})) -> None:
        self.scope, self.restricted = scope, dict(restricted)
        self.conditions: list[Basic] = []
        self.free: dict[str, Symbol] = {}
        self.parameters: set[Basic] = set()
        self.variables: dict[str, IndexSet | None] = {}
        self.abstracted: list[str] = []
        self.quantities: dict[str, frozenset[str]] = {}
        self.bound: dict[str, Value] = {}
        self.ranges: dict[str, tuple[Expr, Expr] | None] = {}
        self.spans: dict[Basic, tuple[Expr, Expr]] = {}
        self.calls = 0
        self.pairs = False
        self.random: dict[str, Value] = {}
        self.over: dict[str, IndexSet] = {}
        self.weighted = False
        self.finite = False
        self.nested = 0
        self.inverses: dict[Expr, Basic] = {}
        self.inverse_names: dict[str, Expr] = {}
        self.inverse_words: dict[Basic, str] = {}
        self.symmetric: set[IndexedBase] = set()
        self.definite: set[IndexedBase] = set()
        self.unsaid: dict[str, IndexSet] = {}
        self.tied: dict[str, Tied] = {}
        self.written: dict[str, bool] = {}
        self.depth = 0
        self.statements: list[Node] = []
        self._by_place: tuple[list[Node], frozenset[str]] = (self.statements, frozenset())
        arrays.restart()

    # --- expressions

    def number(self, node: Node) -> Expr:
        """The tree as a number. Raises Unreadable where it is an array."""
        value = self.value(node)
        if isinstance(value, Array):
            raise Unreadable("a vector or matrix stands where a number is expected", node.place)
        return value

    def value(self, node: Node) -> Value:
        """The tree as a number or an array."""
        self.depth += 1
        if self.depth > 150:
            raise Unreadable("the formula is nested too deeply", node.place)
        try:
            alias = self.alias(node, self.scope.aliases)
            if alias is not None:
                return self.value(alias)
            return self.readers[type(node)](self, node)
        finally:
            self.depth -= 1

    def alias(self, node: Node, shorthands: Iterable[Shorthand]) -> Node | None:
        """What the node is short for, or None."""
        for shorthand in shorthands:
            mapping: dict[str, Node] = {}
            if isinstance(shorthand.short, Letter):
                if isinstance(node, Letter) and letter_key(node) == letter_key(shorthand.short):
                    return shorthand.long
            elif matches(shorthand.short, node, self.scope, mapping):
                for letter, index in mapping.items():
                    known = self.scope.index_sets.get(letter)
                    if known is not None and is_outside(self.index(index), known):
                        raise Beyond("a name at an index outside the set for which it is declared", node.place)
                return instance(shorthand.long, mapping)
        return None

    # --- letters that stand for values

    @contextmanager
    def binding(self, letters: Iterable[tuple[str, Value]], alone: bool = False) -> Iterator[None]:
        """Letters stand for values; `alone`: and no other letter is bound, as in the body of a function."""
        before = self.bound
        self.bound = {**({} if alone else before), **dict(letters)}
        try:
            yield
        finally:
            self.bound = before

    def binder(self, key: str, lower: Expr) -> Symbol:
        """A symbol for a bound index; another one where what a letter stands for has that name free."""
        symbol = Symbol(key, **index_assumptions(lower))
        inside = [value for name, value in self.bound.items() if name != key]
        if any(symbol.name in free_names(value) for value in inside):
            return Symbol(f"{arrays.fresh_index().name}_{key}", **index_assumptions(lower))
        return symbol

    @property
    def bound_symbols(self) -> set[Basic]:
        """The symbols that letters around what is read stand for."""
        return {value for value in self.bound.values() if isinstance(value, Symbol)}

    def mentions(self, body: Node) -> bool:
        """Whether a tree has a letter that a sum around it binds; inside the body of a function, whether it, or what
        is defined in it, has a letter that stands for an argument."""
        if not self.bound:
            return False
        if not self.calls:
            return bool(free_letters(body, self.scope) & set(self.bound))
        bodies = (body, *(definition.body for definition in definitions_through(self.scope, body)))
        return any(key in self.bound for each in bodies for node in walk(each) for key in keys(node))

    def inlined(self, definition: Definition) -> Value:
        """A defined name inside the body of a function, in terms of its arguments."""
        if self.calls > 40:
            raise Unreadable(f"{definition.key} is defined in terms of itself")
        self.calls += 1
        try:
            return self.value(definition.body)
        finally:
            self.calls -= 1

    # --- symbols

    def plain(self, key: str, kind: Kind | None) -> Symbol:
        """The symbol of a name without indices."""
        if kind is None:
            kind = self.restricted.get(key, REAL)
        symbol = Symbol(key, **dict(kind.assumptions))
        self.free[key] = symbol
        return symbol

    def index(self, node: Node) -> Expr:
        """An index: a letter is an index symbol, whatever else it might be."""
        name = name_of(node, self.scope)
        if name is not None and not name.indices and name.power is None:
            alias = self.alias(node, self.scope.aliases)
            if alias is not None:
                return self.index(alias)
            known = self.bound.get(name.key)
            if isinstance(known, Expr):
                return known
            if name.key in self.scope.kinds or name.key in self.scope.sizes or name.key in ("infinity",):
                value = self.value(node)
                if isinstance(value, Expr):
                    return value
            return self.index_symbol(name.key)
        return self.number(node)

    def index_symbol(self, key: str) -> Symbol:
        """A free index."""
        index_set = self.scope.index_sets.get(key)
        symbol = Symbol(key, **index_assumptions(index_set.lower if index_set else Integer(1)))
        self.free[key] = symbol
        return symbol

    def position(self, name: str, size: Expr) -> Expr:
        """A free index that runs over 1, …, size: of that name, with primes where that runs over another range."""
        if size == 1:
            return Integer(1)
        bounds = (Integer(1), size)
        while self.ranges.setdefault(name, bounds) != bounds:
            name += "'"
        symbol = Symbol(name, integer=True, positive=True)
        self.free[name] = symbol
        return symbol

    def vectors_by_place(self) -> frozenset[str]:
        """The families that stand as vectors in what is read."""
        if self._by_place[0] is not self.statements:
            self._by_place = (self.statements, vectors_by_place(self.statements, self.scope))
        return self._by_place[1]

    def arity(self, key: str) -> int:
        """How many indices a family has; of arrays, before those of their components."""
        kind = self.scope.kinds.get(f"{key}[]")
        if kind is not None and kind.indices:
            return kind.indices
        choose = min if kind is not None and kind.shape else max
        return choose((arity for name, arity, _ in self.scope.places if name == key), default=1)

    def base(self, key: str, kind: Kind | None) -> IndexedBase:
        """The base of a family."""
        if kind is None:
            kind = self.restricted.get(f"{key}[]", REAL)
        return IndexedBase(key, **dict(kind.assumptions))

    # --- what is said of free indices

    def note_places(self, key: str, indices: Sequence[Expr]) -> None:
        """A free index runs over the set of the place where it stands."""
        for number, index in enumerate(indices):
            place = self.scope.place_of(key, len(indices), number)
            is_free = isinstance(index, Symbol) and index.name in self.free and index.name not in self.scope.sizes
            tied = self.scope.tied.get((key, len(indices), number))
            if place is not None and is_free:
                self.stands_in(index.name, (place.lower, place.upper))
            elif tied is not None and is_free:
                self.tied[index.name] = tied

    def stands_in(self, name: str, bounds: tuple[Expr, Expr]) -> None:
        """A free index stands where it runs over these bounds.

        Of two places that differ its declared set decides; where there is none, nothing is known of it. It also decides
        where the place has a part of it, or more: Σ_{k=2}^K a_k says of a_y that y is in 2..K, and y may be 1.
        """
        declared = self.scope.index_sets.get(name)
        if declared is not None and is_shifted(bounds, declared):
            bounds = (declared.lower, declared.upper)
        if self.ranges.setdefault(name, bounds) != bounds:
            self.ranges[name] = (declared.lower, declared.upper) if declared is not None else None

    # --- what no theory knows

    def quantity(self, what: str, node: Node, *parts: Expr, positive: bool = False) -> Expr:
        """A number of which no theory knows more than that equal formulas are equal: a symbol named by its formula.

        With indices it is a member of a family, named by the formula with places for them: g_k(x_n) is one for each k
        and n. Under a letter that is no index it is an Unknown; so it is below a derivative by what stands in it
        (`read`).
        """
        found = self._indices_in(node)
        if found is None or self.random:  # at an outcome, or under what is no index, it is not one number
            return Unknown(what, *parts)
        places = {key: Letter(f"⟨{number}⟩", node.place) for number, key in enumerate(found, start=1)}
        name = spelled(with_indices(node, dict(places)))
        self.quantities[name] = frozenset(key for each in walk(node) for key in keys(each))
        self.abstracted.append(what)
        assumptions = {"positive" if positive else "real": True}
        return Indexed(IndexedBase(name, **assumptions), *found.values()) if found else Symbol(name, **assumptions)

    def _indices_in(self, node: Node) -> dict[str, Expr] | None:
        """The index letters on which a tree depends, by themselves or by what is defined, with what they stand for.

        In their order in the tree. None where it depends on a bound letter that is no index, or where one may be a
        function of that name: p(x^{(p)}) below a sum over p.
        """
        definitions = list(definitions_through(self.scope, node))
        bodies = [each.body for each in definitions]
        functions = {letter for tree in (node, *bodies) for letter in function_letters(tree)}
        if functions & set(self.bound):
            return None
        stand = {key for each in definitions for key in set(standing(each.body)) - letters_in(*each.indices)}
        letters = letters_through(self.scope, node) & (stand | set(standing(node))) - functions
        ordered = dict.fromkeys([*standing(node), *sorted(letters)])
        found: dict[str, Expr] = {}
        for key in ordered:
            if key in self.bound:
                value = self.bound[key]
                if not isinstance(value, Expr) or not value.is_integer:
                    return None
                found[key] = value
            elif key in letters and key in self.scope.lexicon.indices and key not in self.scope.kinds:
                found[key] = self.index_symbol(key)
        return found

    def quantities_of(self, what: str, node: Node, like: Array) -> Value:
        """An array of numbers of which no theory knows more than that equal formulas are equal."""
        entry = self.quantity(what, node)
        if isinstance(entry, Unknown):
            return entry
        base, leading = (
            (entry.base, entry.indices) if isinstance(entry, Indexed) else (IndexedBase(entry.name, real=True), ())
        )
        if like.columns == 1:
            return Array(like.rows, like.columns, lambda i, j: Indexed(base, *leading, i))
        return Array(like.rows, like.columns, lambda i, j: Indexed(base, *leading, i, j))

    # --- what must be positive, or a count

    def count(self, inside: Expr) -> None:
        """An undeclared name of which the factorial is taken is a number that counts."""
        base = inside.base.label if isinstance(inside, Indexed) else inside
        key = f"{base}[]" if isinstance(inside, Indexed) else str(base)
        if isinstance(base, Symbol) and base not in self.bound_symbols and self.scope.is_undeclared(key):
            self.restricted[key] = COUNT

    def restrict(self, inside: Value) -> None:
        """Undeclared names that are factors of what stands under a logarithm or a root are positive."""
        if not isinstance(inside, Expr):
            return
        for factor in factors(inside):
            while isinstance(factor, Pow):
                factor = factor.base
            if isinstance(factor, sympy.Product):
                self.restrict(factor.function)
            key = None
            if isinstance(factor, Symbol) and factor not in self.bound_symbols:
                key = factor.name
            elif isinstance(factor, Indexed):
                key = f"{factor.base.label}[]"
            if key is not None and self.scope.is_undeclared(key):
                self.restricted.setdefault(key, POSITIVE)
            elif (
                key is None
                and isinstance(factor, Add)
                and any(
                    self.scope.is_undeclared(s.name)
                    for s in factor.free_symbols
                    if isinstance(s, Symbol) and s.name in self.free
                )
                and not factor.free_symbols & self.bound_symbols
                and not factor.has(Indexed)
                and not _positive(factor)
            ):
                self.conditions.append(Gt(factor, Integer(0), evaluate=False))


def _positive(total: Add) -> bool:
    """A positive number with even powers of names added: 1 + x²."""
    squares = (
        isinstance(each, Pow) and isinstance(each.base, Symbol) and each.base.is_real and each.exp.is_Integer
        and each.exp.p % 2 == 0
        for each in total.args if not each.is_Rational
    )  # fmt: skip
    numbers = [each for each in total.args if each.is_Rational]
    return bool(numbers) and all(number.p > 0 for number in numbers) and all(squares)


def free_names(value: Value) -> set[str]:
    """The names of the symbols that are free in a value."""
    if isinstance(value, Array):
        value = value.entry(Integer(1), Integer(1))
    return {symbol.name for symbol in value.free_symbols if isinstance(symbol, Symbol)}


def factors(expression: Expr) -> Iterator[Expr]:
    """The factors, those of products among them too."""
    if isinstance(expression, Mul):
        for arg in expression.args:
            yield from factors(arg)
    else:
        yield expression
