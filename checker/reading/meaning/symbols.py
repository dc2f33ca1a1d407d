"""What a name stands for: a symbol, a member of a family, a vector or matrix by its components."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import sympy
from sympy import Eq, Expr, Indexed, IndexedBase, Integer, Pow, Symbol

from checker.expressions import Indicator, Unknown
from checker.reading.known.indices import is_outside
from checker.reading.known.letters import has_arities, keys, letter_in
from checker.reading.known.names import Name, is_transpose, name_of
from checker.reading.known.scope import SIZE, Definition, Kind
from checker.reading.layout.phrases import says_all, says_class_and_which
from checker.reading.meaning import arrays
from checker.reading.meaning.arrays import Array, Value
from checker.reading.meaning.context import Context
from checker.reading.meaning.tallies import frequency, labels, samples_of
from checker.reading.syntax import Bracket, Expectation, Letter, Node, Number, Scripted, children, walk
from checker.reading.tex.tokens import Beyond, Unreadable


def symbol_of(m: Context, name: Name) -> Value:
    """What a name without indices stands for."""
    key, scope = name.key, m.scope
    if key in m.bound:
        return m.bound[key]
    if has_arities(scope, key):
        raise Beyond(f"{key} without arguments, which is defined with several numbers of them", name.place)
    if m.bound:
        definition = scope.definition_of(key)
        if definition is not None and not definition.parameters and m.mentions(definition.body):
            return m.inlined(definition)
    if m.random:
        outcome = _at_outcome(m, key)
        if outcome is not None:
            return outcome
    if key in scope.index_sets and key not in scope.kinds:
        return m.index_symbol(key)
    kind = scope.kinds.get(key)
    if name.words and kind is None and scope.definition_of(key) is None:
        if says_all(name.letter) and (size := samples_of(scope)) is not None:
            return size
        if " " in name.letter:
            raise Unreadable(f"the words '{name.letter}' are not declared as a quantity", name.place)
        m.abstracted.append(f"'{name.letter}'")
    if kind is not None and kind.shape:
        return _array(m, name, kind)
    if _is_identity(m, name):
        return arrays.identity()
    family = scope.kinds.get(f"{key}[]")
    if kind is None and family is not None and not family.shape and (name.bold or key in m.vectors_by_place()):
        return _whole(m, name, family)
    if kind is None and key == "pi" and not name.bold:
        return sympy.pi
    if kind is None and key == "infinity":
        return sympy.oo
    if kind is None and key in scope.sizes and scope.definition_of(key) is None:
        kind = SIZE
    if kind is None and name.letter in scope.lexicon.indices and scope.definition_of(key) is None:
        return m.index_symbol(key)
    return m.plain(key, kind)


def _at_outcome(m: Context, key: str) -> Value | None:
    """A random name at the outcome ω, and what is defined by such names; None for what is not random."""
    if key in m.random:
        return m.random[key]
    definition = m.scope.definition_of(key)
    return m.inlined(definition) if definition is not None and _is_random(m, definition) else None


def _is_random(m: Context, definition: Definition) -> bool:
    """A random name stands in the definition, or in those of the names in it, outside of expectations."""
    waiting, seen = [definition], {definition.family}
    while waiting:
        names = {key for each in _outside_expectations(waiting.pop().body) for key in keys(each)}
        if names & set(m.random):
            return True
        further = [each for each in m.scope.definitions if each.key in names and each.family not in seen]
        seen |= {each.family for each in further}
        waiting += further
    return False


def _outside_expectations(node: Node) -> Iterator[Node]:
    if not isinstance(node, Expectation):
        yield node
        for child in children(node):
            yield from _outside_expectations(child)


def _component_at_outcome(m: Context, name: Name) -> Value:
    """x_i of a random vector x; beside a random number x it may be a sample of it, or a number of its own."""
    whole = m.random[name.key]
    if not isinstance(whole, Array):
        raise Beyond(f"{name.key} with an index where {name.key} is random", name.place)
    return arrays.member(whole, tuple(m.index(index) for index in name.indices), name.place)


_INDICATORS = frozenset(("1_bb", "1_cal", "1", "I_bb"))
"""Signs of an indicator, which stand before a condition."""


def indexed(m: Context, name: Name) -> Value:
    """A member of a family."""
    key = name.key
    if key == "delta" and len(name.indices) == 2 and not m.scope.is_known("delta[]"):
        left, right = (m.index(index) for index in name.indices)
        return Indicator(Eq(left, right, evaluate=False))
    whole = m.bound.get(key)
    if isinstance(whole, Array):
        return arrays.member(whole, tuple(m.index(index) for index in name.indices), name.place)
    if key in m.random:
        return _component_at_outcome(m, name)
    kind = m.scope.kinds.get(f"{key}[]")
    if name.words and kind is None and m.scope.definition_of(name.family) is None:
        if says_class_and_which(name.letter) and (count := _in_class(m, name)) is not None:
            return m.value(count)
        raise Unreadable(f"the words '{name.letter}' are not declared as a quantity", name.place)
    if key in _INDICATORS and kind is None and m.scope.definition_of(name.family) is None:
        m.abstracted.append(f"the indicator {name.letter} with indices, whose condition is not said")
    indices = tuple(m.index(index) for index in name.indices)
    if len(indices) == 1 and _is_identity(m, name) and (indices[0].is_number or str(indices[0]) in m.scope.sizes):
        return arrays.identity(indices[0])
    shaped = m.scope.kinds.get(key)
    if kind is None and shaped is not None and shaped.shape and len(indices) == len(shaped.shape):
        return arrays.member(_array(m, name, shaped), indices, name.place)
    if kind is not None and kind.shape and _of_any_sample(m, name) and len(indices) == len(kind.shape):
        return arrays.member(_array(m, name, kind), indices, name.place)
    arities = {arity for known, arity, _ in m.scope.places if known == key}
    if arities == {1} and len(indices) == 2 and isinstance(name.indices[0], Number):
        raise Unreadable(f"'{key}' with two indices, the first of them a number, may be a product below", name.place)
    if kind is not None and kind.shape:
        more = len(indices) - m.arity(key)
        if not more:
            return _array(m, name, kind, indices)
        kind = Kind(kind.assumptions)
    vector = _row(m, name, kind, indices)
    if vector is not None:
        return vector
    m.note_places(key, indices)
    definition = m.scope.definition_of(name.family)
    if definition is not None:
        _require_inside(m, name, definition, indices)
        if m.random and _is_random(m, definition):
            raise Beyond(f"members of {key}, which are defined by what is random", name.place)
        if m.calls and m.mentions(definition.body):  # a family's own indices are put in by the kernel
            letters = [
                (letter, index) for letter, index in zip(map(letter_in, definition.indices), indices, strict=True)
            ]
            with m.binding(letters):
                return m.inlined(definition)
    base = m.base(key, kind)
    return Indexed(base, *indices)


def _in_class(m: Context, name: Name) -> Node | None:
    """The number of samples in class k, where it is certain what has classes."""
    known, (index,) = labels(m.scope), name.indices
    return frequency(m.scope, known[0], index) if len(known) == 1 and isinstance(index, Letter) else None


def _of_any_sample(m: Context, name: Name) -> bool:
    """x_d where the samples are x^{(n)}: a component of an x that has their shape."""
    return name.key in m.scope.superscripts and not name.above


def _is_identity(m: Context, name: Name) -> bool:
    """An I of which nothing is said, where the text speaks of matrices, is the identity matrix."""
    if name.key != "I" or not m.scope.is_undeclared("I") or not m.scope.is_undeclared(name.family):
        return False
    return any(len(kind.shape) == 2 for kind in m.scope.kinds.values())


def _require_inside(m: Context, name: Name, definition: Definition, indices: tuple[Expr, ...]) -> None:
    """A definition holds for the set of its index. Raises Beyond where an index is surely outside."""
    if len(indices) != len(definition.indices):
        raise Beyond(
            f"{name.key} with {len(indices)} indices; it is defined with {len(definition.indices)}", name.place
        )
    for place, index in zip(definition.indices, indices, strict=True):
        index_set = m.scope.index_sets.get(letter_in(place))
        if index_set is not None and any(is_outside(end, index_set) for end in _ends(m, index)):
            raise Beyond(f"{name.key} at an index outside the set for which it is defined", name.place)


def _ends(m: Context, index: Expr) -> tuple[Expr, ...]:
    """The index, or its first and last value under the sums that bind a letter in it."""
    spans = {symbol: m.spans[symbol] for symbol in index.free_symbols & m.bound_symbols & m.spans.keys()}
    if not spans:
        return (index,)
    return tuple(index.xreplace({symbol: span[end] for symbol, span in spans.items()}) for end in (0, 1))


def _array(m: Context, name: Name, kind: Kind, indices: tuple[Expr, ...] = ()) -> Array:
    """A declared vector or matrix, or a member of a family of such."""
    shape, special = kind.shape, dict(kind.assumptions)
    if special.get("identity"):
        return arrays.identity(shape[0])
    if special.get("row of"):
        matrix = next(key for key in special if key != "row of")
        rows = IndexedBase(matrix, real=True)
        return Array(shape[0], Integer(1), lambda i, j: Indexed(rows, *indices, i))
    base = IndexedBase(name.key, **special)
    if len(shape) == 1:
        return Array(shape[0], Integer(1), lambda i, j: Indexed(base, *indices, i))
    if f"{name.key}=T" in m.scope.plain:
        m.symmetric.add(base)
        if f"{name.key}>0" in m.scope.plain:
            m.definite.add(base)
    return Array(shape[0], shape[1], lambda i, j: Indexed(base, *indices, i, j))


def _row(m: Context, name: Name, kind: Kind | None, indices: tuple[Expr, ...]) -> Array | None:
    """μ_k for the vector of all μ_ki: in bold in a statement that multiplies vectors, or where a vector stands.

    None for a number.
    """
    count = len(indices)
    place = m.scope.places.get((name.key, count + 1, count))
    if kind is None or kind.shape or place is None or place.lower != 1:
        return None
    if not (name.family in m.vectors_by_place() or name.bold and _has_vectors(m)):
        return None
    if (name.key, count, count - 1) in m.scope.places and indices[0].name not in _samples(m):
        return None  # x_i may be one number of x, or one x of several
    base = m.base(name.key, kind)
    return Array(place.upper, Integer(1), lambda i, j: Indexed(base, *indices, i))


def _samples(m: Context) -> set[str]:
    """The letters of indices that run over the samples."""
    samples = m.scope.model.samples if m.scope.model is not None else m.scope.samples
    return {letter for letter, index_set in {**m.scope.index_sets, **m.over}.items() if index_set == samples}


def _has_vectors(m: Context) -> bool:
    """A transpose, a norm or a known Σ stands in what is read."""
    return any(
        isinstance(each, Bracket) and each.kind == "‖‖"
        or isinstance(each, Scripted) and each.sup is not None and is_transpose(each.sup, m.scope)
        or isinstance(each, Letter) and each.name == "Sigma" and m.alias(each, m.scope.aliases) is not None
        for statement in m.statements
        for each in walk(statement)
    )  # fmt: skip


def _whole(m: Context, name: Name, family: Kind) -> Value:
    """A family that is written in bold, or where a vector stands, is the vector of its members."""
    place = m.scope.places.get((name.key, 1, 0))
    is_vector = m.arity(name.key) == 1 or name.key in m.vectors_by_place() or _has_vectors(m)
    if place is None or place.lower != 1 or not is_vector:
        return Unknown(f"the whole of {name.key}", Symbol(name.key))
    base = m.base(name.key, family)
    return Array(place.upper, Integer(1), lambda i, j: Indexed(base, i))


def members(m: Context, node: Node) -> tuple[Expr, Callable[[Expr], Expr]] | None:
    """How many members the family of a bare σ² has, and the square of each; None for anything else."""
    name = name_of(node, m.scope) if isinstance(node, (Letter, Scripted)) else None
    if name is None or name.indices or name.power is not None and not isinstance(name.power, Number):
        return None
    kind, place = m.scope.kinds.get(f"{name.key}[]"), m.scope.places.get((name.key, 1, 0))
    known = name.key in m.scope.kinds or m.scope.definition_of(name.key) is not None
    if kind is None or kind.shape or place is None or place.lower != 1 or known or m.arity(name.key) != 1:
        return None
    base, power = m.base(name.key, kind), m.number(name.power) if name.power is not None else Integer(1)

    def member(index: Expr) -> Expr:
        own = Indexed(base, index)
        return own if power == 1 else Pow(own, power, evaluate=False)

    return place.upper, member
