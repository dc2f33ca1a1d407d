"""What a syntax tree means in a scope: SymPy expressions, built without evaluation.

An undeclared name is a real number, restricted by its use: under a logarithm or a root it is positive, which is said.
Vectors and matrices are read by components. What no theory knows becomes an Unknown that names it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import sympy
from sympy import (
    Add,
    And,
    Basic,
    Eq,
    Expr,
    Ge,
    Gt,
    Indexed,
    IndexedBase,
    Integer,
    Le,
    Lt,
    Mul,
    Ne,
    Or,
    Pow,
    Rational,
    Sum,
    Symbol,
)

from checker.derivation import IndexSet
from checker.expressions import Indicator, Partial, Unknown
from checker.reading import arrays, dots
from checker.reading.arrays import Array, Value
from checker.reading.names import Name, is_transpose, letter_key, name_of
from checker.reading.scope import INTEGER, POSITIVE, REAL, SIZE, Definition, Kind, Scope, Shorthand
from checker.reading.syntax import (
    INCIDENTAL,
    Applied,
    Big,
    Bracket,
    Call,
    CaseList,
    Chance,
    Complement,
    Derivative,
    Dots,
    Expectation,
    Gradient,
    IndicatorOf,
    Letter,
    Matrix,
    Node,
    Number,
    Phrase,
    Postfix,
    Product,
    Quotient,
    Relation,
    Scripted,
    Several,
    Total,
    children,
    same,
    spelled,
    walk,
)
from checker.reading.tokens import Beyond, Place, Unreadable

RELATIONS: dict[str, type] = {"=": Eq, "!=": Ne, "<": Lt, ">": Gt, "<=": Le, ">=": Ge, ":=": Eq}
MAX_DIGITS = 400
MAX_EXPONENT = 10_000

_FUNCTIONS: dict[str, Any] = {
    "log": sympy.log, "exp": sympy.exp, "sin": sympy.sin, "cos": sympy.cos, "tan": sympy.tan, "cot": sympy.cot,
    "sec": sympy.sec, "csc": sympy.csc, "sinh": sympy.sinh, "cosh": sympy.cosh, "tanh": sympy.tanh,
    "coth": sympy.coth, "arcsin": sympy.asin, "arccos": sympy.acos, "arctan": sympy.atan, "arsinh": sympy.asinh,
    "arcosh": sympy.acosh, "artanh": sympy.atanh, "sgn": sympy.sign,
}  # fmt: skip


class Meaning:
    """Reads trees in a scope, and keeps what the reading assumed.

    restricted: names taken to be positive since they stand under a logarithm or a root. conditions: relations that
    hold since what stands there is used. inverses: what is known of the inverses
    met. unsaid: bound indices of which no set is known. names: the kinds of free names met, by their SymPy symbol. read_as: remarks.
    """

    def __init__(self, scope: Scope, restricted: frozenset[str] = frozenset()) -> None:
        self.scope, self.restricted = scope, set(restricted)
        self.conditions: list[Basic] = []
        self.free: dict[str, Symbol] = {}
        self.parameters: set[Basic] = set()
        self.variables: dict[str, IndexSet | None] = {}
        self.abstracted: list[str] = []
        self.quantities: dict[str, frozenset[str]] = {}
        self.bound: dict[str, Value] = {}
        self.ranges: dict[str, tuple[Expr, Expr] | None] = {}
        self.calls = 0
        self.pairs = False
        self.random: dict[str, Value] = {}
        self.over: dict[str, IndexSet] = {}
        self.weighted = False
        self.nested = 0
        self.inverses: dict[Expr, Basic] = {}
        self.unsaid: set[str] = set()
        self.depth = 0
        self.statements: list[Node] = []
        arrays.restart()

    # --- statements

    def relation(self, node: Node) -> Basic:
        """A relation, or several joined by "and" or "or", as SymPy has it. Raises Unreadable for anything else."""
        if isinstance(node, Several):
            parts = [self.relation(part) for part in node.parts]
            return (And if node.word == "and" else Or)(*parts, evaluate=False)
        if not isinstance(node, Relation):
            raise Unreadable("a relation is expected here, as in a = b", node.place)
        if node.sign not in RELATIONS:
            raise Unreadable(f"the sign '{node.sign}' is not read inside a formula", node.place)
        if self.depth == 0:
            self.statements = [node]
        pairs = self.sides(node.left, node.right, node.place)
        relations = [RELATIONS[node.sign](left, right, evaluate=False) for left, right in pairs]
        if len(relations) == 1:
            return relations[0]
        return (And if self.pairs else Or)(*relations, evaluate=False)

    def sides(self, left: Node, right: Node, place: Place) -> list[tuple[Expr, Expr]]:
        """Both sides as numbers; ± makes pairs, which both hold where ± stands on both sides; arrays are compared at
        free indices.

        Raises Unreadable where their shapes differ.
        """
        if _has_plus_minus(left) or _has_plus_minus(right):
            self.pairs = _has_plus_minus(left) and _has_plus_minus(right)
            return [
                pair for sign in (1, -1) for pair in self.sides(_with_sign(left, sign), _with_sign(right, sign), place)
            ]
        values = self.value(left), self.value(right)
        return [self.compared(*values, place)]

    def compared(self, left: Value, right: Value, place: Place) -> tuple[Expr, Expr]:
        if isinstance(left, Expr) and isinstance(right, Expr):
            return left, right
        shapes = [side.shape for side in (left, right) if isinstance(side, Array)]
        if len(shapes) == 2 and shapes[0] != shapes[1]:
            raise Unreadable(f"the sides are arrays of {shapes[0]} and {shapes[1]}", place)
        for side in (left, right):
            if isinstance(side, Expr) and side != 0:
                raise Beyond("an array beside a name that is not declared as one", place)
        rows, columns = shapes[0]
        i, j = self.position("row", rows), self.position("col", columns)
        entries = [side.entry(i, j) if isinstance(side, Array) else side for side in (left, right)]
        return entries[0], entries[1]

    def position(self, name: str, size: Expr) -> Expr:
        """A free index that runs over 1, …, size."""
        if size == 1:
            return Integer(1)
        symbol = Symbol(name, integer=True, positive=True)
        self.free[name] = symbol
        self.ranges[name] = (Integer(1), size)
        return symbol

    def outside(self, inner: Node) -> set[str]:
        """The letters of the statement that stand free outside a tree."""
        return {key for node in self.statements for key in _letters_outside(node, inner, self.scope)}

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
            return _READERS[type(node)](self, node)
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

    # --- names

    def symbol(self, name: Name) -> Value:
        """What a name without indices stands for."""
        key, scope = name.key, self.scope
        if key in self.bound:
            return self.bound[key]
        if self.bound:
            definition = scope.definition_of(key)
            if definition is not None and not definition.parameters and self.mentions(definition.body):
                return self.inlined(definition)
        if self.random:
            outcome = self.at_outcome(key)
            if outcome is not None:
                return outcome
        if key in scope.index_sets and key not in scope.kinds:
            return self.index_symbol(key)
        kind = scope.kinds.get(key)
        if name.words and kind is None and scope.definition_of(key) is None:
            if " " in name.letter:
                raise Unreadable(f"the words '{name.letter}' are not declared as a quantity", name.place)
            self.abstracted.append(f"'{name.letter}'")
        if kind is not None and kind.shape:
            return self.array(name, kind)
        family = scope.kinds.get(f"{key}[]")
        if name.bold and kind is None and family is not None and not family.shape:
            return self.whole(name, family)
        if kind is None and key == "pi":
            return sympy.pi
        if kind is None and key == "infinity":
            return sympy.oo
        if kind is None and key in scope.sizes and scope.definition_of(key) is None:
            kind = SIZE
        if kind is None and name.letter in scope.lexicon.indices and scope.definition_of(key) is None:
            return self.index_symbol(key)
        return self.plain(key, kind)

    def at_outcome(self, key: str) -> Value | None:
        """A random name at the outcome ω, and what is defined by such names; None for what is not random."""
        if key in self.random:
            return self.random[key]
        definition = self.scope.definition_of(key)
        if definition is None or definition.parameters or definition.indices:
            return None
        letters = {name for each in walk(definition.body) for name in _keys(each)}
        if any(isinstance(each, Expectation) for each in walk(definition.body)) or not letters & set(self.random):
            return None
        return self.value(definition.body)

    @contextmanager
    def randomising(self, names: Iterable[str], outcome: Symbol) -> Iterator[None]:
        """Names are random variables at an outcome."""
        before = self.random
        self.random = {key: self.outcomes(key, outcome) for key in names}
        self.nested += 1
        try:
            yield
        finally:
            self.random, self.nested = before, self.nested - 1

    def outcomes(self, key: str, outcome: Symbol) -> Value:
        """The value of a random name at an outcome."""
        base, kind = IndexedBase(f"{key}_ω", real=True), self.scope.kinds.get(key)
        if kind is None or not kind.shape:
            return Indexed(base, outcome)
        if len(kind.shape) == 1:
            return Array(kind.shape[0], Integer(1), lambda i, j: Indexed(base, i, outcome))
        return Array(kind.shape[0], kind.shape[1], lambda i, j: Indexed(base, i, j, outcome))

    def mentions(self, body: Node) -> bool:
        """Whether a tree has a letter that a sum around it binds; inside the body of a function, whether it, or what
        is defined in it, has a letter that stands for an argument."""
        if not self.bound:
            return False
        if not self.calls:
            return bool(free_letters(body, self.scope) & set(self.bound))
        waiting, seen = [body], set()
        while waiting:
            for each in walk(waiting.pop()):
                for key in _keys(each):
                    if key in self.bound:
                        return True
                    for definition in self.scope.definitions:
                        if definition.key == key and definition.family not in seen:
                            seen.add(definition.family)
                            waiting.append(definition.body)
        return False

    def inlined(self, definition: Definition) -> Value:
        """A defined name inside the body of a function, in terms of its arguments."""
        if self.calls > 40:
            raise Unreadable(f"{definition.key} is defined in terms of itself")
        self.calls += 1
        try:
            return self.value(definition.body)
        finally:
            self.calls -= 1

    def plain(self, key: str, kind: Kind | None) -> Symbol:
        if kind is None:
            kind = POSITIVE if key in self.restricted else REAL
        symbol = Symbol(key, **dict(kind.assumptions))
        self.free[key] = symbol
        return symbol

    def index_symbol(self, key: str) -> Symbol:
        """A free index."""
        index_set = self.scope.index_sets.get(key)
        symbol = Symbol(key, **index_assumptions(index_set.lower if index_set else Integer(1)))
        self.free[key] = symbol
        return symbol

    def indexed(self, name: Name) -> Value:
        """A member of a family."""
        key = name.key
        if key == "delta" and len(name.indices) == 2 and "delta[]" not in self.scope.kinds:
            left, right = (self.index(index) for index in name.indices)
            return Indicator(Eq(left, right, evaluate=False))
        whole = self.bound.get(key)
        if isinstance(whole, Array):
            return _entry(whole, tuple(self.index(index) for index in name.indices), name.place)
        kind = self.scope.kinds.get(f"{key}[]")
        if name.words and kind is None and self.scope.definition_of(name.family) is None:
            raise Unreadable(f"the words '{name.letter}' are not declared as a quantity", name.place)
        indices = tuple(self.index(index) for index in name.indices)
        shaped = self.scope.kinds.get(key)
        if kind is None and shaped is not None and shaped.shape and len(indices) == len(shaped.shape):
            return _entry(self.array(name, shaped), indices, name.place)
        arities = {arity for known, arity, _ in self.scope.places if known == key}
        if arities == {1} and len(indices) == 2 and isinstance(name.indices[0], Number):
            raise Unreadable(f"'{key}' with two indices, the first of them a number, may be a product below", name.place)
        if kind is not None and kind.shape:
            more = len(indices) - self.arity(key)
            if not more:
                return self.array(name, kind, indices)
            kind = Kind(kind.assumptions)
        self.note_places(key, indices)
        definition = self.scope.definition_of(name.family)
        if definition is not None:
            self.require_inside(name, definition, indices)
            if self.calls and self.mentions(definition.body):  # a family's own indices are put in by the kernel
                letters = [(letter, index) for letter, index in zip(map(_letter, definition.indices), indices, strict=True)]
                with self.binding(letters):
                    return self.inlined(definition)
        base = self.base(key, kind)
        return Indexed(base, *indices)

    def require_inside(self, name: Name, definition: Definition, indices: tuple[Expr, ...]) -> None:
        """A definition holds for the set of its index. Raises Beyond where an index is surely outside."""
        if len(indices) != len(definition.indices):
            raise Beyond(f"{name.key} with {len(indices)} indices; it is defined with {len(definition.indices)}", name.place)
        for place, index in zip(definition.indices, indices, strict=True):
            index_set = self.scope.index_sets.get(_letter(place))
            if index_set is not None and is_outside(index, index_set):
                raise Beyond(f"{name.key} at an index outside the set for which it is defined", name.place)

    def arity(self, key: str) -> int:
        """How many indices a family has; of arrays, before those of their components."""
        kind = self.scope.kinds.get(f"{key}[]")
        choose = min if kind is not None and kind.shape else max
        return choose((arity for name, arity, _ in self.scope.places if name == key), default=1)

    def base(self, key: str, kind: Kind | None) -> IndexedBase:
        if kind is None:
            kind = POSITIVE if f"{key}[]" in self.restricted else REAL
        return IndexedBase(key, **dict(kind.assumptions))

    def note_places(self, key: str, indices: Sequence[Expr]) -> None:
        """A free index runs over the set of the place where it stands."""
        for number, index in enumerate(indices):
            place = place_of(self.scope, key, len(indices), number)
            is_free = isinstance(index, Symbol) and index.name in self.free and index.name not in self.scope.sizes
            if place is not None and is_free:
                self.stands_in(index.name, (place.lower, place.upper))

    def stands_in(self, name: str, bounds: tuple[Expr, Expr]) -> None:
        """A free index stands where it runs over these bounds.

        Of two places that differ its declared set decides; where there is none, nothing is known of it.
        """
        declared = self.scope.index_sets.get(name)
        if self.ranges.setdefault(name, bounds) != bounds:
            self.ranges[name] = (declared.lower, declared.upper) if declared is not None else None

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
                value = self.symbol(name)
                if isinstance(value, Expr):
                    return value
            return self.index_symbol(name.key)
        return self.number(node)

    def array(self, name: Name, kind: Kind, indices: tuple[Expr, ...] = ()) -> Array:
        """A declared vector or matrix, or a member of a family of such."""
        shape, special = kind.shape, dict(kind.assumptions)
        if special.get("identity"):
            return Array(shape[0], shape[1], lambda i, j: Indicator(Eq(i, j, evaluate=False)))
        if special.get("row of"):
            matrix = next(key for key in special if key != "row of")
            rows = IndexedBase(matrix, real=True)
            return Array(shape[0], Integer(1), lambda i, j: Indexed(rows, *indices, i))
        base = IndexedBase(name.key, **special)
        if len(shape) == 1:
            return Array(shape[0], Integer(1), lambda i, j: Indexed(base, *indices, i))
        if name.key in self.scope.plain and f"{name.key}=T" in self.scope.plain:
            half = Rational(1, 2)

            def symmetric(i: Expr, j: Expr) -> Expr:
                pair = Add(Indexed(base, *indices, i, j), Indexed(base, *indices, j, i), evaluate=False)
                return Mul(half, pair, evaluate=False)

            return Array(shape[0], shape[1], symmetric)
        return Array(shape[0], shape[1], lambda i, j: Indexed(base, *indices, i, j))

    def whole(self, name: Name, family: Kind) -> Value:
        """A family written in bold stands for the vector of its members."""
        place = self.scope.places.get((name.key, 1, 0))
        if place is None or self.arity(name.key) > 1 or place.lower != 1:
            return Unknown(f"the whole of {name.key}", Symbol(name.key))
        base = self.base(name.key, family)
        return Array(place.upper, Integer(1), lambda i, j: Indexed(base, i))

    def quantity(self, what: str, node: Node, *parts: Expr, positive: bool = False) -> Expr:
        """A number of which no theory knows more than that equal formulas are equal: a symbol named by its formula.

        Where it stands under an index it is an Unknown; so it is below a derivative by what stands in it (`read`).
        """
        letters = {key for each in walk(node) for key in _keys(each)}
        if letters & set(self.bound):
            return Unknown(what, *parts)
        name = spelled(node)
        self.quantities[name] = frozenset(letters)
        self.abstracted.append(what)
        return Symbol(name, **{"positive" if positive else "real": True})

    def quantities_of(self, what: str, node: Node, like: Array) -> Value:
        """An array of numbers of which no theory knows more than that equal formulas are equal."""
        entry = self.quantity(what, node)
        if isinstance(entry, Unknown):
            return entry
        base = IndexedBase(spelled(node), real=True)
        if like.columns == 1:
            return Array(like.rows, like.columns, lambda i, j: Indexed(base, i))
        return Array(like.rows, like.columns, lambda i, j: Indexed(base, i, j))

    # --- binders

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
        if any(symbol.name in _free_names(value) for value in inside):
            return Symbol(f"{arrays.fresh_index().name}_{key}", **index_assumptions(lower))
        return symbol


def _letter(node: Node) -> str:
    return letter_key(node) if isinstance(node, Letter) else ""


def is_outside(index: Expr, index_set: IndexSet) -> bool:
    """Surely no member of the set."""
    above, below = sympy.expand(index - index_set.upper), sympy.expand(index_set.lower - index)
    return bool(above.is_Integer and above > 0 or below.is_Integer and below > 0)


def _free_names(value: Value) -> set[str]:
    """The names of the symbols that are free in a value."""
    if isinstance(value, Array):
        value = value.entry(Integer(1), Integer(1))
    return {symbol.name for symbol in value.free_symbols if isinstance(symbol, Symbol)}


def _entry(array: Array, indices: tuple[Expr, ...], place: Place) -> Value:
    if array.columns == 1 and len(indices) == 1:
        return array.entry(indices[0], Integer(1))
    if len(indices) == 2:
        return array.entry(*indices)
    raise Unreadable("an array with the wrong number of indices", place)


def index_assumptions(lower: Expr) -> dict[str, bool]:
    """The assumptions of an index symbol, by where its set begins."""
    if isinstance(lower, Integer):
        if lower >= 1:
            return {"integer": True, "positive": True}
        if lower == 0:
            return {"integer": True, "nonnegative": True}
        return {"integer": True}
    return {"integer": True, "positive": True} if lower.is_positive else {"integer": True}


# --- matching of shorthands -------------------------------------------------------------------------------------


def matches(pattern: Any, node: Any, scope: Scope, mapping: dict[str, Node]) -> bool:
    """Whether the node is an instance of the pattern, whose index letters are placeholders in its indices."""
    if isinstance(pattern, Letter) and isinstance(node, Node) and pattern.name in scope.lexicon.indices and not pattern.accents:
        known = mapping.setdefault(pattern.name, node)
        return same(known, node)
    if isinstance(pattern, Node):
        if type(pattern) is not type(node):
            return False
        if isinstance(pattern, Letter):
            return letter_key(pattern) == letter_key(node)
        names = [f for f in pattern.__dataclass_fields__ if f not in INCIDENTAL]
        return all(matches(getattr(pattern, f), getattr(node, f), scope, mapping) for f in names)
    if isinstance(pattern, tuple):
        return (
            isinstance(node, tuple)
            and len(pattern) == len(node)
            and all(matches(p, n, scope, mapping) for p, n in zip(pattern, node, strict=True))
        )
    return bool(pattern == node)


def instance(node: Node, mapping: dict[str, Node]) -> Node:
    """The node with placeholders replaced."""
    if isinstance(node, Letter) and not node.accents and node.name in mapping:
        return mapping[node.name]
    return dots.mapped(node, lambda child: instance(child, mapping))


# --- ± ------------------------------------------------------------------------------------------------------------


def _has_plus_minus(node: Node) -> bool:
    return any(isinstance(each, Total) and any(abs(sign) == 2 for sign, _ in each.terms) for each in walk(node))


def _with_sign(node: Node, sign: int) -> Node:
    def change(child: Node) -> Node:
        return _with_sign(child, sign)

    if isinstance(node, Total):
        terms = tuple((sign * s // 2 if abs(s) == 2 else s, change(term)) for s, term in node.terms)
        return replace(node, terms=terms)
    return dots.mapped(node, change)


# --- the readers, one a kind of node ------------------------------------------------------------------------------


def _number(m: Meaning, node: Number) -> Expr:
    whole, _, part = node.text.partition(".")
    if len(node.text) > MAX_DIGITS:
        raise Unreadable(f"a number of {len(node.text)} digits; at most {MAX_DIGITS} are read", node.place)
    value = Integer(int(whole or "0"))
    return value if not part else Rational(int((whole or "0") + part), 10 ** len(part))


def _name(m: Meaning, node: Node) -> Value:
    name = name_of(node, m.scope)
    if name is None:
        assert isinstance(node, Scripted)
        return _raised(m, m.value(node.base), node)
    if name.power is None:
        if name.key == "e" and not name.indices and is_undeclared(m.scope, "e") and "e" not in m.bound:
            m.abstracted.append("e, which may be Euler's number")
        return m.indexed(name) if name.indices else m.symbol(name)
    if name.key == "e" and not name.indices:
        return sympy.exp(_exponent(m, name.power), evaluate=False)
    bare = without_power(node)
    alias = m.alias(bare, m.scope.aliases)
    if alias is not None:
        return _power(m, m.value(alias), name.power, node.place)
    base = m.indexed(name) if name.indices else m.symbol(name)
    return _power(m, base, name.power, node.place)


def without_power(node: Node) -> Node:
    """The name alone."""
    if not isinstance(node, Scripted):
        return node
    return replace(node, sup=None) if node.sub or node.primes else node.base


def _raised(m: Meaning, base: Value, node: Scripted) -> Value:
    """A base that is no name with its scripts."""
    if node.primes:
        return _primed(m, node)
    if node.sub and isinstance(node.base, Bracket) and node.base.kind == "‖‖":
        return _norm(m, node)
    if node.sub:
        return _component(m, base, node) if isinstance(base, Array) else Unknown("an index behind brackets", base)
    if node.sup is None:
        return base
    return _power(m, base, node.sup, node.place)


def _norm(m: Meaning, node: Scripted) -> Value:
    """‖x‖_2; other norms are known to no theory."""
    if len(node.sub) != 1 or not isinstance(node.sub[0], Number) or node.sub[0].text != "2":
        return Unknown("a norm other than the Euclidean one")
    norm = m.value(node.base)
    return norm if node.sup is None else _power(m, norm, node.sup, node.place)


def _component(m: Meaning, base: Array, node: Scripted) -> Value:
    entry = _entry(base, tuple(m.index(index) for index in node.sub), node.place)
    return entry if node.sup is None else _power(m, entry, node.sup, node.place)


def _primed(m: Meaning, node: Scripted) -> Value:
    raise Unreadable("a prime behind something that is no name", node.place)


def _exponent(m: Meaning, node: Node) -> Expr:
    return m.number(node)


def _power(m: Meaning, base: Value, power: Node, place: Place) -> Value:
    if is_transpose(power, m.scope):
        if isinstance(base, Array):
            return arrays.collapsed(arrays.transposed(base))
        if _is_scalar(base):
            return base
        return Unknown("a transpose of what is not declared a vector or matrix", base)
    if isinstance(power, Letter) and power.name in ("plus", "minus", "pm", "dagger", "star", "complement"):
        raise Unreadable("this superscript is not read; name the quantity by a subscript", power.place)
    if isinstance(power, Relation | Several):
        return Pow(_scalar(base, place), Indicator(m.relation(power)), evaluate=False)
    if isinstance(base, Array):
        return _array_power(m, base, power, place)
    exponent = _exponent(m, power)
    if any(abs(number) > MAX_EXPONENT for number in exponent.atoms(Integer)):
        raise Unreadable(f"an exponent above {MAX_EXPONENT}", place)
    if not isinstance(exponent, Integer) and not _surely_integer(exponent):
        _restrict(m, base)
    return Pow(base, exponent, evaluate=False)


def _is_scalar(base: Value) -> bool:
    """Made of numbers and products of vectors, so that a transpose changes nothing."""
    return isinstance(base, Expr) and (base.has(Sum) or base.is_number)


def _surely_integer(exponent: Expr) -> bool:
    if isinstance(exponent, Indicator):
        return True
    return all(s.is_integer for s in exponent.free_symbols if isinstance(s, Symbol)) and not exponent.atoms(
        Rational
    ).difference(exponent.atoms(Integer)) and not any(isinstance(p, Pow) for p in sympy.preorder_traversal(exponent))


def _scalar(value: Value, place: Place) -> Expr:
    if isinstance(value, Array):
        raise Unreadable("a vector or matrix stands where a number is expected", place)
    return value


def _array_power(m: Meaning, base: Array, power: Node, place: Place) -> Value:
    if isinstance(power, Number) and power.text.isdigit() and 1 <= int(power.text) <= 4:
        if base.rows != base.columns:
            raise Unreadable("a power of an array that is not square", place)
        return arrays.product([base] * int(power.text), place)
    minus = isinstance(power, Total) and len(power.terms) == 1 and power.terms[0][0] == -1
    if minus and isinstance(power, Total):
        last = power.terms[0][1]
        inverse = _inverse(m, base, place)
        if isinstance(last, Number) and last.text == "1":
            return inverse
        if is_transpose(last, m.scope):
            return arrays.transposed(inverse)
    raise Unreadable("this power of a vector or matrix is not read", place)


def _inverse(m: Meaning, base: Array, place: Place) -> Array:
    """G = A⁻¹ as a family with the facts Σ_l G_il A_lj = Σ_l A_il G_lj = 1[i = j], which say that A is invertible."""
    if base.rows != base.columns:
        raise Unreadable("the inverse of an array that is not square", place)
    size = base.rows
    i, j, inner = (Symbol(f"{name}_of_inverse", integer=True, positive=True) for name in ("row", "column", "l"))
    arrays.restart()
    entry = base.entry(i, j)
    if entry.free_symbols & _bound_symbols(m):
        return Array(size, size, lambda a, b: Unknown("an inverse under an index"))
    family = IndexedBase(f"({sympy.srepr(entry)})^-1", real=True)
    inverse = Array(size, size, lambda a, b: Indexed(family, a, b))
    m.ranges |= {i.name: (Integer(1), size), j.name: (Integer(1), size)}
    factors = [(Indexed(family, i, inner), base.entry(inner, j)), (base.entry(i, inner), Indexed(family, inner, j))]
    if _symmetric(entry, i, j):
        factors.append((Indexed(family, inner, i), base.entry(inner, j)))
    unit = Indicator(Eq(i, j, evaluate=False))
    for pair in factors:
        product = Sum(Mul(*pair, evaluate=False), (inner, 1, size))
        m.inverses[product] = Eq(product, unit, evaluate=False)
    return inverse


def _symmetric(entry: Expr, i: Symbol, j: Symbol) -> bool:
    """The entry does not change when its indices change places, up to the order of factors and terms."""
    swapped = entry.xreplace({i: j, j: i})
    return bool(_sorted(entry) == _sorted(swapped))


def _sorted(node: Any) -> Any:
    parts = [_sorted(arg) for arg in node.args] if node.args else []
    if isinstance(node, (Add, Mul)):
        parts = sorted(parts, key=str)
    return (type(node).__name__, str(node) if not node.args else "", tuple(map(str, parts)))


def _keys(node: Node) -> list[str]:
    """The names that a node is or may be."""
    if isinstance(node, Letter):
        return [letter_key(node)]
    if isinstance(node, Scripted) and isinstance(node.base, Letter) and node.primes:
        return [letter_key(node.base) + "'" * node.primes]
    return []


def _total(m: Meaning, node: Total) -> Value:
    terms = list(node.terms)
    if any(isinstance(term, Dots) for _, term in terms):
        return _dotted_sum(m, node)
    return arrays.total([(sign, m.value(term)) for sign, term in terms], node.place)


def _dotted_sum(m: Meaning, node: Total) -> Value:
    run = dots.run_of([term for _, term in node.terms])
    if run is None or len(run.block) != 1 or any(sign != 1 for sign, _ in node.terms[run.start : run.end]):
        raise Unreadable("no rule is seen in what the dots stand for, as in a_1 + a_2 + \\dots + a_N", node.place)
    parts = [(sign, m.value(term)) for sign, term in node.terms[: run.start]]
    parts.append((1, _summed(m, "sum", run, run.block[0])))
    parts += [(sign, m.value(term)) for sign, term in node.terms[run.end :]]
    return arrays.total(parts, node.place)


def _summed(m: Meaning, sign: str, run: dots.Run, block: Node) -> Value:
    symbol = arrays.fresh_index()
    bounds = [(symbol, Integer(run.lower), m.index(run.upper))]
    with m.binding([(dots.INDEX, symbol)]):
        return _binder(sign, m.value(block), bounds)


def _product(m: Meaning, node: Product) -> Value:
    if any(isinstance(factor, Dots) for factor in node.factors):
        return _dotted_product(m, node)
    return arrays.product([m.value(factor) for factor in node.factors], node.place, node.dots)


def _dotted_product(m: Meaning, node: Product) -> Value:
    run = dots.run_of(node.factors)
    if run is None:
        raise Unreadable("no rule is seen in what the dots stand for, as in p_1 p_2 \\cdots p_N", node.place)
    values = [m.value(factor) for factor in node.factors[: run.start]]
    values.append(_summed(m, "product", run, Product(run.block, node.place) if len(run.block) > 1 else run.block[0]))
    values += [m.value(factor) for factor in node.factors[run.end :]]
    return arrays.product(values, node.place)


def _quotient(m: Meaning, node: Quotient) -> Value:
    above, below = m.value(node.above), m.value(node.below)
    divisor = Pow(_scalar(below, node.below.place), Integer(-1), evaluate=False)
    if isinstance(above, Array):
        return arrays.scaled(divisor, above)
    if isinstance(above, Integer) and isinstance(below, Integer) and below != 0:
        return Rational(above, below) if above != 1 or True else divisor
    return divisor if above == 1 else Mul(above, divisor, evaluate=False)


def _bracket(m: Meaning, node: Bracket) -> Value:
    if node.kind in ("||", "‖‖"):
        return _bars(m, node)
    if node.kind == "⟨⟩" and len(node.items) == 2:
        pair = [m.value(item) for item in node.items]
        if all(isinstance(each, Array) and each.columns == 1 for each in pair):
            return arrays.product([arrays.transposed(pair[0]), pair[1]], node.place)  # type: ignore[arg-type]
    if len(node.items) == 1 and node.kind in ("()", "[]", "{}"):
        item = node.items[0]
        if isinstance(item, Relation | Several):
            raise Unreadable("a relation in brackets is no number; an indicator is written \\mathbb{1}[y = k]", node.place)
        return m.value(item)
    if node.kind in ("()", "[]") and len(node.items) > 1 and not any(isinstance(i, Dots) for i in node.items):
        return _literal([[m.number(item) for item in node.items]])
    raise Beyond({"⟨⟩": "an inner product", "{}": "a set", "": "a list"}.get(node.kind, "a list"), node.place)


def _bars(m: Meaning, node: Bracket) -> Value:
    value = m.value(node.items[0])
    if node.kind == "‖‖":
        if isinstance(value, Array) and value.columns == 1:
            square = arrays.product([arrays.transposed(value), value], node.place)
            return sympy.Pow(_scalar(square, node.place), Rational(1, 2), evaluate=False)
        return Unknown("a norm", *([value] if isinstance(value, Expr) else []))
    if isinstance(value, Array):
        return _determinant(m, node.items[0], value)
    return sympy.Abs(value, evaluate=False)


def _determinant(m: Meaning, node: Node, array: Array) -> Expr:
    name = name_of(node, m.scope)
    return m.quantity("a determinant", node, positive=name is not None and f"{name.key}>0" in m.scope.plain)


def _literal(rows: list[list[Expr]]) -> Array:
    def entry(i: Expr, j: Expr) -> Expr:
        if not isinstance(i, Integer) or not isinstance(j, Integer):
            return Unknown("an entry of a matrix at a symbolic place")
        return rows[int(i) - 1][int(j) - 1]

    return Array(Integer(len(rows)), Integer(len(rows[0])), entry)


def _matrix(m: Meaning, node: Matrix) -> Value:
    if any(isinstance(cell, Dots) for row in node.rows for cell in row):
        return Unknown("a matrix with dots")
    rows = [[m.value(cell) for cell in row] for row in node.rows]
    if len({len(row) for row in rows}) != 1 or any(isinstance(cell, Array) for row in rows for cell in row):
        raise Unreadable("a matrix of blocks, or with rows of different length, is not read", node.place)
    return arrays.collapsed(_literal(rows))  # type: ignore[arg-type]


def _applied(m: Meaning, node: Applied) -> Value:
    if node.function == "sqrt":
        return _root(m, node)
    if node.function == "binomial":
        above, below = (m.number(a) for a in node.arguments)
        return sympy.binomial(above, below, evaluate=False)
    if node.function == "tr":
        value = m.value(node.arguments[0])
        return arrays.trace(value, node.place) if isinstance(value, Array) else value
    if node.function in ("det", "rank", "dim"):
        value = m.value(node.arguments[0])
        return _determinant(m, node, value) if isinstance(value, Array) else Unknown(node.function, value)
    if node.function in ("max", "min"):
        parts = [m.number(a) for a in node.arguments]
        return m.quantity(f"a {node.function}imum", node, *parts)
    known = _FUNCTIONS.get(node.function)
    if known is None or len(node.arguments) != 1:
        return Unknown(f"the function {node.function}", *[m.number(a) for a in node.arguments])
    argument = m.number(node.arguments[0])
    if node.function == "log":
        _restrict(m, argument)
        if node.sub:
            base = m.number(node.sub[0])
            below = Pow(sympy.log(base, evaluate=False), Integer(-1), evaluate=False)
            return Mul(sympy.log(argument, evaluate=False), below, evaluate=False)
    elif node.sub:
        raise Unreadable(f"a subscript of {node.function} is not read", node.place)
    return known(argument, evaluate=False)


def _root(m: Meaning, node: Applied) -> Expr:
    inside = m.number(node.arguments[0])
    _restrict(m, inside)
    if len(node.arguments) == 1:
        return Pow(inside, Rational(1, 2), evaluate=False)
    return Pow(inside, Pow(m.number(node.arguments[1]), Integer(-1), evaluate=False), evaluate=False)


def _restrict(m: Meaning, inside: Value) -> None:
    """Undeclared names that are factors of what stands under a logarithm or a root are positive."""
    if not isinstance(inside, Expr):
        return
    for factor in _factors(inside):
        while isinstance(factor, Pow):
            factor = factor.base
        if isinstance(factor, sympy.Product):
            _restrict(m, factor.function)
        key = None
        if isinstance(factor, Symbol) and factor not in _bound_symbols(m):
            key = factor.name
        elif isinstance(factor, Indexed):
            key = f"{factor.base.label}[]"
        if key is not None and is_undeclared(m.scope, key):
            m.restricted.add(key)
        elif key is None and isinstance(factor, Add) and any(
            is_undeclared(m.scope, s.name) for s in factor.free_symbols if isinstance(s, Symbol) and s.name in m.free
        ) and not factor.free_symbols & _bound_symbols(m) and not factor.has(Indexed):
            m.conditions.append(Gt(factor, Integer(0), evaluate=False))


def _bound_symbols(m: Meaning) -> set[Basic]:
    return {value for value in m.bound.values() if isinstance(value, Symbol)}


def is_undeclared(scope: Scope, key: str) -> bool:
    """Nothing is said of the name: neither its kind, nor a definition, nor that it is an index or a size."""
    bare = key.removesuffix("[]")
    return (
        key not in scope.kinds
        and bare not in scope.index_sets
        and bare not in scope.sizes
        and scope.definition_of(key) is None
        and bare not in scope.lexicon.indices
    )


def _factors(expression: Expr) -> Iterator[Expr]:
    if isinstance(expression, Mul):
        for arg in expression.args:
            yield from _factors(arg)
    else:
        yield expression


def _postfix(m: Meaning, node: Postfix) -> Expr:
    return sympy.factorial(m.number(node.base), evaluate=False)


# --- calls ----------------------------------------------------------------------------------------------------------


def _call(m: Meaning, node: Call) -> Value:
    alias = m.alias(node.function, m.scope.aliases)
    if isinstance(alias, (Letter, Scripted)):
        node = replace(node, function=alias)
    name = name_of(node.function, m.scope)
    if name is None:
        raise Unreadable("brackets behind something that is no name", node.place)
    if node.kind == "[]" and name.key in ("V", "V_bb") and not name.indices:
        moment = Expectation("Var", node.arguments, (), node.place)
        return _expectation(m, moment)
    if node.kind == "[]":
        return m.indexed(replace(name, indices=(*name.indices, *node.arguments)))
    order = len(name.key) - len(name.key.rstrip("'"))
    definition = function_of(m, name)
    if order and definition is not None:
        return _derived(m, node, name, order)
    if definition is None:
        if name.key in m.scope.lexicon.functions or name.letter in m.scope.lexicon.functions:
            return _undefined_call(m, node, name)
        kind = m.scope.kinds.get(name.key)
        if kind is not None and len(node.arguments) == 1:
            return arrays.product([m.value(node.function), m.value(node.arguments[0])], node.place)
        return _undefined_call(m, node, name)
    if not definition.parameters:
        return m.symbol(name) if not name.indices else m.indexed(name)
    letters = _index_bindings(m, definition, name)
    return called(m, definition, node.arguments, node.place, letters)


def function_of(m: Meaning, name: Name) -> Definition | None:
    """The definition of a function with these indices; of a name, where it is no function."""
    key = name.key.rstrip("'")
    for definition in m.scope.functions_of(key):
        if len(definition.indices) == len(name.indices) and all(
            matches(p, i, m.scope, {}) for p, i in zip(definition.indices, name.indices, strict=True)
        ):
            return definition
    return m.scope.definition_of(f"{key}[]" if name.indices else key)


def _index_bindings(m: Meaning, definition: Definition, name: Name) -> list[tuple[str, Value]]:
    mapping: dict[str, Node] = {}
    for pattern, index in zip(definition.indices, name.indices, strict=True):
        if not same(pattern, index):
            matches(pattern, index, m.scope, mapping)
    return [(letter, m.index(index)) for letter, index in mapping.items()]


def _undefined_call(m: Meaning, node: Call, name: Name) -> Value:
    """A function of which nothing is known: an unknown smooth function of its arguments."""
    if name.indices or name.power is not None or any(isinstance(a, Dots) for a in node.arguments):
        return Unknown(f"the function {name.key} with indices")
    if name.key in m.scope.kinds:
        raise Beyond(f"{name.key}(…), where {name.key} is declared as a quantity", node.place)
    arguments = []
    for argument in node.arguments:
        value = m.value(argument)
        if isinstance(value, Array):
            return Unknown(f"the function {name.key} of a vector")
        arguments.append(value)
    order = len(name.key) - len(name.key.rstrip("'"))
    if order and (len(arguments) != 1 or not isinstance(arguments[0], Symbol)):
        return Unknown(f"the derivative of {name.key.rstrip(chr(39))} at another place")
    value = sympy.Function(name.key.rstrip("'"), real=True)(*arguments, evaluate=False)
    return Partial(value, *arguments * order) if order else value


def _whole_name(m: Meaning, node: Node) -> bool:
    """A letter that stands for a whole family, a parameter or a data set, and not for a number."""
    name = name_of(node, m.scope)
    return name is not None and not name.indices and name.power is None


def called(
    m: Meaning, definition: Definition, arguments: Sequence[Node], place: Place, indices: Sequence[tuple[str, Value]] = ()
) -> Value:
    """A defined function at arguments: its name where they are its own, else its body with them put in."""
    own = len(arguments) == len(definition.parameters) and all(
        same(a, p) for a, p in zip(arguments, definition.parameters, strict=True)
    )
    named = own or all(any(_same_whole(m, a, p) for p in definition.parameters) for a in arguments)
    inlined = bool(definition.indices) or depends_on_indices(m.scope, definition) or m.mentions(definition.body)
    inlined |= any(key in m.bound for p in definition.parameters for each in walk(p) for key in _keys(each))
    if own and not inlined:
        return m.plain(definition.key, m.scope.kinds.get(definition.key))
    if not inlined and not any(occurs(p, definition.body) for p in definition.parameters):
        if named and all(_whole_name(m, a) for a in arguments):
            return m.plain(definition.key, m.scope.kinds.get(definition.key))
        if not any(occurs_through(m.scope, p, definition.body) for p in definition.parameters):
            raise Beyond(f"{definition.key} at other arguments than those of its definition", place)
    if len(arguments) != len(definition.parameters):
        if named and all(_whole_name(m, a) for a in arguments) and not inlined:
            return m.plain(definition.key, m.scope.kinds.get(definition.key))
        raise Unreadable(f"{definition.key} is defined with {len(definition.parameters)} arguments", place)
    letters = [*indices]
    for parameter, argument in zip(definition.parameters, arguments, strict=True):
        letters += _bindings(m, definition, parameter, argument)
    if m.calls > 40:
        raise Unreadable(f"{definition.key} is defined in terms of itself", place)
    m.calls += 1
    try:
        with m.binding(letters, alone=True):
            return m.value(definition.body)
    finally:
        m.calls -= 1


def _bindings(m: Meaning, definition: Definition, parameter: Node, argument: Node) -> list[tuple[str, Value]]:
    """What the letters of a parameter stand for in a call: x for f(x), n for K(x_n)."""
    if isinstance(parameter, Letter):
        return [(letter_key(parameter), m.value(argument))]
    mapping: dict[str, Node] = {}
    if isinstance(parameter, Scripted) and matches(parameter, argument, m.scope, mapping):
        return [(letter, m.index(index)) for letter, index in mapping.items()]
    raise Beyond(f"{definition.key} at arguments of another form than those of its definition", argument.place)


def depends_on_indices(scope: Scope, definition: Definition) -> bool:
    """Whether the body has an index of a parameter free, so that the name alone is not its value: K(x_n, x_i)."""
    letters = {
        letter_key(each)
        for p in definition.parameters
        for each in walk(p)
        if isinstance(each, Letter) and each.name in scope.lexicon.indices
    }
    return bool(letters) and bool(letters & free_letters(definition.body, scope, frozenset({definition.key})))


def free_letters(node: Node, scope: Scope, inside: frozenset[str] = frozenset()) -> set[str]:
    """The letters in a tree that no sum in it binds; the arguments of a function that is a value by its name are none."""
    if isinstance(node, Letter):
        return {letter_key(node)}
    if isinstance(node, Big):
        bound = {letter_key(each) for below in node.below for each in walk(below) if isinstance(each, Letter)}
        outside = free_letters(node.above, scope, inside) if node.above is not None else set()
        return (free_letters(node.body, scope, inside) - bound) | outside
    if isinstance(node, Call) and isinstance(node.function, Letter) and letter_key(node.function) not in inside:
        definition = scope.definition_of(letter_key(node.function))
        if definition is not None and definition.parameters and not _depends(scope, definition, inside):
            if len(node.arguments) == len(definition.parameters) and all(map(same, node.arguments, definition.parameters)):
                return set()
    return {letter for child in children(node) for letter in free_letters(child, scope, inside)}


def _depends(scope: Scope, definition: Definition, inside: frozenset[str]) -> bool:
    letters = {letter_key(each) for p in definition.parameters for each in walk(p) if isinstance(each, Letter)}
    return bool(letters & scope.lexicon.indices & free_letters(definition.body, scope, inside | {definition.key}))


def _same_whole(m: Meaning, argument: Node, parameter: Node) -> bool:
    """Both name the same, perhaps one of them in bold."""
    one, other = name_of(argument, m.scope), name_of(parameter, m.scope)
    return one is not None and other is not None and one.family == other.family and not one.indices


def occurs_through(scope: Scope, parameter: Node, body: Node) -> bool:
    """Whether a parameter stands in a tree, or in what is defined by the names in it."""
    waiting, seen = [body], set()
    while waiting:
        for each in walk(waiting.pop()):
            if same(parameter, each):
                return True
            for key in _keys(each):
                definition = scope.definition_of(key) or scope.definition_of(f"{key}[]")
                if definition is not None and definition.family not in seen:
                    seen.add(definition.family)
                    waiting.append(definition.body)
    return False


def occurs(parameter: Node, body: Node) -> bool:
    return any(same(parameter, node) for node in walk(body))


def _derived(m: Meaning, node: Call, name: Name, order: int) -> Value:
    definition = m.scope.definition_of(name.key.rstrip("'"))
    assert definition is not None
    if len(definition.parameters) != 1 or len(node.arguments) != 1:
        raise Unreadable("a prime on a function of several arguments", node.place)
    if not same(definition.parameters[0], node.arguments[0]):
        return Unknown(f"the derivative of {definition.key} at another place")
    variable = m.number(definition.parameters[0])
    return Partial(m.plain(definition.key, None), *[variable] * order)


# --- big operators --------------------------------------------------------------------------------------------------


def _big(m: Meaning, node: Big) -> Value:
    if node.sign in ("sum", "product"):
        return _sum(m, node)
    if node.sign == "integral":
        return _integral(m, node)
    names = {"limit": "a limit", "max": "a maximum", "min": "a minimum", "argmax": "an argmax", "argmin": "an argmin"}
    what = names.get(node.sign, node.sign)
    if node.sign in ("limit", "max", "min"):
        return m.quantity(what, node)
    return Unknown(what)


def _integral(m: Meaning, node: Big) -> Value:
    variable = name_of(node.below[0], m.scope)
    if variable is None or variable.indices:
        return Unknown("an integral")
    symbol = Symbol(variable.key, real=True)
    limits: tuple[Expr, ...] = (symbol,)
    if len(node.below) == 2 and node.above is not None:
        limits = (symbol, m.number(node.below[1]), m.number(node.above))
    with m.binding([(variable.key, symbol)]):
        body = m.number(node.body)
    if len(limits) == 1:
        return Unknown("an integral without bounds", body)
    return sympy.Integral(body, limits)


class _OverSet(Unreadable):
    """A sum over a set of which nothing is known."""

    def __init__(self, place: Place) -> None:
        super().__init__("a sum over a set that is not written out, as in \\{1,\\dots,N\\}", place)


def _sum(m: Meaning, node: Big) -> Value:
    try:
        bounds, conditions = _bounds(m, node)
    except _OverSet as over:
        return Unknown(over.message.partition(",")[0])
    letters = [(key, symbol) for key, symbol, _, _ in bounds]
    m.over |= {key: IndexSet(lower, upper) for key, _, lower, upper in bounds}
    with m.binding(letters):
        factors = [Indicator(m.relation(condition)) for condition in conditions]
        body = m.value(node.body)
    if factors:
        body = _where(node.sign, body, factors, node.place)
    return _binder(node.sign, body, [(symbol, lower, upper) for _, symbol, lower, upper in bounds])


def _where(sign: str, body: Value, factors: list[Expr], place: Place) -> Value:
    if sign == "sum":
        return arrays.product([*factors, body], place)
    exponent = factors[0] if len(factors) == 1 else Mul(*factors, evaluate=False)
    return Pow(_scalar(body, place), exponent, evaluate=False)


def _binder(sign: str, body: Value, bounds: list[tuple[Symbol, Expr, Expr]]) -> Value:
    head: Callable[..., Expr] = sympy.Sum if sign == "sum" else sympy.Product

    def bind(entry: Expr) -> Expr:
        for limits in reversed(bounds):
            entry = head(entry, limits)
        return entry

    if isinstance(body, Array):
        if sign != "sum":
            raise Unreadable("a product of matrices over an index is not read")
        return arrays.mapped(body, bind)
    return bind(body)


Bound = tuple[str, Symbol, Expr, Expr]


def _bounds(m: Meaning, node: Big) -> tuple[list[Bound], list[Node]]:
    """The indices of a sum with their bounds, and the conditions on them."""
    letters: list[tuple[str, Node, Node | None, Node | None]] = []
    conditions: list[Node] = []
    upper = node.above.right if isinstance(node.above, Relation) and node.above.sign == "=" else node.above
    for part in node.below:
        _below(m, part, upper, letters, conditions)
    if not letters and len(conditions) >= 1:
        letter = _index_of_condition(m, conditions, node)
        letters.append((letter, Letter(letter, node.place), None, None))
    if not letters:
        raise Unreadable("the sum names no index, as in \\sum_{n=1}^N", node.place)
    if len(letters) > 1 and upper is not None and any(low is None for _, _, low, _ in letters):
        letters = [(key, letter, low or Number("1", node.place), up or upper) for key, letter, low, up in letters]
    found = [_bound(m, key, letter, low, up, node) for key, letter, low, up in letters]
    for condition in conditions:
        if not _mentions(condition, {key for key, _, _, _ in found}):
            raise Unreadable("the condition below the sign does not mention its index", condition.place)
    return found, conditions


def _below(
    m: Meaning, part: Node, upper: Node | None, letters: list[tuple[str, Node, Node | None, Node | None]],
    conditions: list[Node],
) -> None:  # fmt: skip
    if isinstance(part, Several) and part.word == "where":
        conditions.extend(part.parts)
        return
    if isinstance(part, Several) and part.word == "and":
        links = part.parts
        if len(links) == 2 and all(isinstance(p, Relation) and p.sign in ("<=", "<") for p in links):
            low, high = links
            assert isinstance(low, Relation) and isinstance(high, Relation)
            letter = _letter_of(m, low.right)
            if letter is not None and same(low.right, high.left) and low.sign == high.sign == "<=":
                letters.append((letter, low.right, low.left, high.right))
                return
        conditions.extend(links)
        return
    if isinstance(part, Relation) and part.sign == "=" and not _taken(part.left, letters):
        letter = _letter_of(m, part.left)
        if letter is not None:
            letters.append((letter, part.left, part.right, upper))
            return
    if isinstance(part, Relation) and part.sign == "in":
        letter = _letter_of(m, part.left)
        ends = _range(part.right)
        if letter is None or ends is None:
            raise _OverSet(part.place)
        letters.append((letter, part.left, *ends))
        return
    if isinstance(part, Relation | Several):
        conditions.append(part)
        return
    for each in part.factors if isinstance(part, Product) else (part,):
        letter = _letter_of(m, each)
        if letter is None and isinstance(each, (Letter, Scripted)):
            raise Beyond("a sum over the values of a variable", each.place)
        if letter is None:
            raise Unreadable("an index is expected below the sign", each.place)
        letters.append((letter, each, None, upper))


def _letters_outside(node: Node, inner: Node, scope: Scope) -> set[str]:
    """The letters that stand free in a tree, apart from one tree in it."""
    if node is inner:
        return set()
    if isinstance(node, Letter):
        return {letter_key(node)}
    if isinstance(node, Big):
        bound = {letter_key(each) for below in node.below for each in walk(below) if isinstance(each, Letter)}
        return _letters_outside(node.body, inner, scope) - bound
    return {letter for child in children(node) for letter in _letters_outside(child, inner, scope)}


def _taken(node: Node, letters: list[tuple[str, Node, Node | None, Node | None]]) -> bool:
    return any(same(node, letter) for _, letter, _, _ in letters)


def _letter_of(m: Meaning, node: Node) -> str | None:
    name = name_of(node, m.scope)
    return name.key if name is not None and not name.indices and name.power is None else None


def _range(node: Node) -> tuple[Node, Node] | None:
    """The ends of {1, …, N} or of {a, a+1, …}."""
    if not isinstance(node, Bracket) or node.kind != "{}":
        return None
    items = node.items
    if len(items) >= 3 and isinstance(items[-2], Dots):
        return items[0], items[-1]
    values = [int(i.text) for i in items if isinstance(i, Number) and i.text.isdigit()]
    if len(values) == len(items) and values == list(range(values[0], values[0] + len(values))):
        return items[0], items[-1]
    return None


def _index_of_condition(m: Meaning, conditions: list[Node], node: Big) -> str:
    """The index of Σ_{k ≠ j}: the letter that is not bound outside, or the one on the left."""
    names: list[str] = []
    for condition in conditions:
        for each in walk(condition):
            if isinstance(each, Letter) and each.name in m.scope.lexicon.indices:
                names.append(letter_key(each))
            elif isinstance(each, Scripted) and each.primes and isinstance(each.base, Letter):
                names.append(letter_key(each.base) + "'" * each.primes)
    free = [name for name in dict.fromkeys(names) if name not in m.bound]
    if len(free) == 1:
        return free[0]
    first = conditions[0]
    if isinstance(first, Relation) and first.sign == "!=" and len(free) == 2:
        letter, other = _letter_of(m, first.left), _letter_of(m, first.right)
        inside = {key for each in walk(node.body) for key in _keys(each)}
        if letter is not None and letter in free and (not {letter, other} <= inside or other in m.outside(node)):
            return letter
    raise Unreadable("it is not certain over which index the sum runs", node.place)


def _mentions(condition: Node, keys: set[str]) -> bool:
    for each in walk(condition):
        if isinstance(each, Letter) and letter_key(each) in keys:
            return True
        if isinstance(each, Scripted) and isinstance(each.base, Letter):
            if letter_key(each.base) + "'" * each.primes in keys:
                return True
    return False


def _bound(m: Meaning, key: str, letter: Node, low: Node | None, up: Node | None, node: Big) -> Bound:
    if low is None and up is not None:
        known = _set_of(m, key, node)
        lower, upper = known.lower if known is not None else Integer(1), m.index(up)
    elif low is None or up is None:
        found = _set_of(m, key, node)
        if found is None:
            key, found = _by_size(m, key, node) or (key, None)
        if found is None:
            m.unsaid.add(key)
            found = some_set(key)
        lower = found.lower if low is None else m.index(low)
        upper = found.upper
    else:
        lower, upper = m.index(low), m.index(up)
    return key, m.binder(key, lower), lower, upper


def _set_of(m: Meaning, key: str, node: Big) -> IndexSet | None:
    """The set of an index whose bounds are left out: of the places where it stands, or its declared one."""
    found = (place_of(m.scope, *place) for place in _places_of(m.scope, key, node.body))
    sets = {place for place in found if place is not None}
    sets |= {s for s in [_value_set(m, each) for c in (node.body, *node.below) for each in _compared_with(c, key)] if s}
    if len(sets) == 1:
        return next(iter(sets))
    bare = key.rstrip("'")
    for name in (key, bare):
        if name in m.scope.index_sets:
            return m.scope.index_sets[name]
        kind = m.scope.kinds.get(name)
        if kind is not None and kind.values is not None:
            return kind.values
        if name in m.scope.variables and m.scope.variables[name] is not None:
            return m.scope.variables[name]
    return None


def _places_of(scope: Scope, key: str, body: Node) -> Iterator[tuple[str, int, int]]:
    """Where the index stands as an index of a family."""
    for node in walk(body):
        if isinstance(node, (Scripted, Call)):
            name = name_of(node, scope) if isinstance(node, Scripted) else None
            if name is not None:
                for number, index in enumerate(name.indices):
                    inner = name_of(index, scope)
                    if inner is not None and inner.key == key and not inner.indices:
                        yield name.key, len(name.indices), number


def _compared_with(node: Node, key: str) -> Iterator[Node]:
    """What an index is compared with in an indicator or a condition."""
    for each in walk(node):
        if isinstance(each, Relation) and each.sign in ("=", "!="):
            for here, there in ((each.left, each.right), (each.right, each.left)):
                if isinstance(here, Letter) and letter_key(here) == key:
                    yield there


def _value_set(m: Meaning, node: Node) -> IndexSet | None:
    name = name_of(node, m.scope)
    if name is None:
        return None
    kind = m.scope.kinds.get(name.family)
    if kind is not None and kind.values is not None:
        return kind.values
    if name.key in m.scope.variables:
        return m.scope.variables[name.key]
    return m.scope.index_sets.get(name.key) if not name.indices else None


def place_of(scope: Scope, key: str, arity: int, number: int) -> IndexSet | None:
    """The set over which an index of a family, or of a vector's component, runs."""
    known = scope.places.get((key, arity, number))
    kind = scope.kinds.get(key)
    if known is None and kind is not None and len(kind.shape) == arity:
        return IndexSet(1, kind.shape[number])
    family = scope.kinds.get(f"{key}[]")
    if known is None and family is not None and family.shape and number >= arity - len(family.shape):
        return IndexSet(1, family.shape[number - arity + len(family.shape)])
    return known


def some_set(key: str) -> IndexSet:
    """The set of an index of which nothing is said: 1, …, #k for some size #k."""
    return IndexSet(1, Symbol(f"#{key.rstrip(chr(39))}", **dict(SIZE.assumptions)))


def _by_size(m: Meaning, key: str, node: Big) -> tuple[str, IndexSet] | None:
    """Σ_K with a size below the sign: over the one index in the body whose set ends at K."""
    if key not in m.scope.sizes:
        return None
    letters = {letter_key(each) for each in walk(node.body) if isinstance(each, Letter)}
    fitting = [
        (name, index_set) for name, index_set in m.scope.index_sets.items()
        if name in letters and isinstance(index_set.upper, Symbol) and index_set.upper.name == key
    ]  # fmt: skip
    return fitting[0] if len(fitting) == 1 else None


# --- derivatives ------------------------------------------------------------------------------------------------------


def _derivative(m: Meaning, node: Derivative) -> Value:
    if _some_function(m, node.body, node.variables):
        return m.quantity("the derivative of a name of which nothing is said", node)
    variables = [m.value(_unbracketed(v)) for v in node.variables]
    _require_no_capture(m, variables, node)
    body = m.value(node.body)
    if any(isinstance(v, Array) for v in variables):
        if len(variables) != 1 or isinstance(body, Array):
            return Unknown("a derivative of a vector by a vector")
        return _gradient_of(body, variables[0])
    if isinstance(body, Array):
        return arrays.mapped(body, lambda entry: Partial(entry, *variables))
    return Partial(body, *variables)


def _some_function(m: Meaning, body: Node, variables: Sequence[Node]) -> bool:
    """A name that is neither declared nor defined, and not the variable: differentiated, it is some function."""
    name = name_of(body, m.scope)
    if name is None or name.power is not None or name.key in m.bound or name.key in m.random:
        return False
    if m.alias(body, m.scope.aliases) is not None or m.scope.definition_of(name.family) is not None:
        return False
    by = [name_of(_unbracketed(variable), m.scope) for variable in variables]
    if any(each is None or each.key == name.key for each in by):
        return False
    return is_undeclared(m.scope, name.family) and name.key not in m.scope.kinds and name.letter not in ("pi", "e")


def _require_no_capture(m: Meaning, variables: Sequence[Value], node: Node) -> None:
    """In the body of a function, no argument has the variable of a derivative in it. Raises Beyond where one has."""
    if not m.calls:
        return
    letters = {key for each in walk(node) for key in _keys(each)}
    for variable in variables:
        if not isinstance(variable, Expr) or not isinstance(variable, (Symbol, Indexed)):
            raise Beyond("a derivative at another place", node.place)
        names = _free_names(variable)
        inside = [value for key, value in m.bound.items() if key in letters and value != variable]
        if any(names & _free_names(value) for value in inside):
            raise Beyond("a derivative at another place", node.place)
        if any(value == variable for value in m.bound.values()) and not _own_letter(m, variable):
            raise Beyond("a derivative at another place", node.place)


def _own_letter(m: Meaning, variable: Expr) -> bool:
    """The variable is what its own letter stands for: f(x) called at x."""
    return isinstance(variable, Symbol) and m.bound.get(variable.name) == variable


def _gradient_of(body: Expr, variable: Value) -> Value:
    assert isinstance(variable, Array)

    def entry(i: Expr, j: Expr) -> Expr:
        by = variable.entry(i, j)
        return Partial(body, by) if isinstance(by, Indexed) else Unknown("a derivative by a symmetric matrix")

    return Array(variable.rows, variable.columns, entry)


def _unbracketed(node: Node) -> Node:
    while isinstance(node, Bracket) and node.kind == "()" and len(node.items) == 1:
        node = node.items[0]
    return node


def _gradient(m: Meaning, node: Gradient) -> Value:
    if node.variable is None:
        return Unknown("a gradient by a variable that is not named")
    if _some_function(m, node.body, [node.variable]):
        return Unknown("the gradient of a name of which nothing is said")
    variable, body = m.value(node.variable), m.value(node.body)
    if isinstance(body, Array):
        return Unknown("a gradient of a vector")
    if isinstance(variable, Array):
        return _gradient_of(body, variable)
    name = name_of(node.variable, m.scope)
    if name is not None and not name.indices and f"{name.key}[]" in m.scope.kinds:
        return _family_gradient(m, body, name)
    return Partial(body, variable)


def _family_gradient(m: Meaning, body: Expr, name: Name) -> Value:
    """∇_w for a family w: the derivative by each of its members."""
    kind = m.scope.kinds[f"{name.key}[]"]
    arity = m.arity(name.key)
    sets = [m.scope.places.get((name.key, arity, n)) for n in range(arity)]
    if arity > 2 or any(s is None for s in sets):
        return Unknown(f"a gradient by the family {name.key}")
    return _member_gradient(m, body, name, kind, [s for s in sets if s is not None])


def _member_gradient(m: Meaning, body: Expr, name: Name, kind: Kind, sets: list[IndexSet]) -> Value:
    """The derivative by any member of a family, at free indices."""
    indices: list[Expr] = []
    for n, index_set in enumerate(sets):
        symbol = Symbol(f"g_{n}", **index_assumptions(index_set.lower))
        m.free[symbol.name], m.ranges[symbol.name] = symbol, (index_set.lower, index_set.upper)
        indices.append(symbol)
    indices += [m.position(f"h_{n}", size) for n, size in enumerate(kind.shape)]
    return Partial(body, Indexed(m.base(name.key, Kind(kind.assumptions)), *indices))


# --- indicators, cases, probabilities -----------------------------------------------------------------------------


def _indicator(m: Meaning, node: IndicatorOf) -> Expr:
    return Indicator(m.relation(node.condition))


def _cases(m: Meaning, node: CaseList) -> Value:
    """Cases as sums over indicators, where every value is defined in every case."""
    values = [m.number(value) for value, _ in node.rows]
    if any(not _total_function(value) for value in values):
        return Unknown("cases with values that are not defined everywhere")
    rest: Expr = Integer(1)
    terms: list[Expr] = []
    for (_, condition), value in zip(node.rows, values, strict=True):
        if condition is None:
            terms.append(Mul(rest, value, evaluate=False))
            return Add(*terms, evaluate=False) if len(terms) > 1 else terms[0]
        here = Indicator(m.relation(condition))
        terms.append(Mul(rest, here, value, evaluate=False))
        rest = Mul(rest, Add(Integer(1), Mul(Integer(-1), here, evaluate=False), evaluate=False), evaluate=False)
    return Unknown("cases without an otherwise")


def _total_function(value: Expr) -> bool:
    return all(
        isinstance(node, (Add, Mul, Symbol, Indexed, IndexedBase, Rational, sympy.Tuple, Sum, Indicator))
        or isinstance(node, Pow) and isinstance(node.exp, Integer) and node.exp > 0
        or isinstance(node, sympy.core.relational.Relational)
        for node in sympy.preorder_traversal(value)
    )


def _expectation(m: Meaning, node: Expectation) -> Value:
    from checker.reading.chances import expectation

    return expectation(m, node)


def _chance(m: Meaning, node: Chance) -> Value:
    from checker.reading.chances import chance

    return chance(m, node)


def _no_number(m: Meaning, node: Any) -> Value:
    what = {"Dots": "dots", "Complement": "a complement", "Relation": "a relation", "Several": "a relation"}
    raise Unreadable(f"{what.get(type(node).__name__, 'this')} stands where a number is expected", node.place)


_READERS: dict[type, Callable[[Meaning, Any], Value]] = {
    Number: _number, Letter: _name, Phrase: _name, Scripted: _name, Total: _total, Product: _product,
    Quotient: _quotient, Bracket: _bracket, Matrix: _matrix, Applied: _applied, Postfix: _postfix, Call: _call,
    Big: _big, Derivative: _derivative, Gradient: _gradient, IndicatorOf: _indicator, CaseList: _cases,
    Expectation: _expectation, Chance: _chance, Dots: _no_number, Complement: _no_number, Relation: _no_number,
    Several: _no_number,
}  # fmt: skip

__all__ = ["INTEGER", "Meaning", "called", "index_assumptions", "instance", "is_undeclared", "matches"]
