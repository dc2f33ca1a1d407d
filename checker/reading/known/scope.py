"""What is known where a line stands: index sets, types, definitions, the model, and what names are.

A scope is never changed; each declaration makes a new one (`knowing`), so that a line keeps the one it was read in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sympy import Basic, Expr, Symbol

from checker.derivation import Independence, IndexSet, Model
from checker.reading.lexicon import Lexicon
from checker.reading.syntax import Chance, Letter, Node, placeless
from checker.reading.tex.tokens import Beyond

if TYPE_CHECKING:
    from checker.reading.known.families import Family


def _empty() -> Mapping[Any, Any]:
    return MappingProxyType({})


@dataclass(frozen=True)
class Kind:
    """What a name stands for: assumptions of SymPy, and the set of its values where that is a range of integers.

    shape: () for a number, (n,) for a vector, (n, m) for a matrix; sizes as SymPy expressions. entries: the set of the
    values of each entry of an array, where that is one. indices: how many indices the members of a family of arrays
    have, where it was declared with them.
    """

    assumptions: tuple[tuple[str, bool], ...] = (("real", True),)
    values: IndexSet | None = None
    shape: tuple[Expr, ...] = ()
    entries: IndexSet | None = None
    indices: int = 0


REAL = Kind()
POSITIVE = Kind((("positive", True),))
SIZE = Kind((("integer", True), ("positive", True)))
COUNT = Kind((("integer", True), ("nonnegative", True)))


UNSAID = "#"
"""Before the name of a size that stands for one of which nothing is said."""


def some_set(key: str) -> IndexSet:
    """The set of an index of which nothing is said: 1, …, #k for some size #k."""
    return IndexSet(1, Symbol(f"{UNSAID}{key.rstrip(chr(39))}", **dict(SIZE.assumptions)))


@dataclass(frozen=True)
class Definition:
    """name(parameters) or name_indices = body, all as read. `key` is the name's; a family has indices."""

    key: str
    left: Node
    body: Node
    parameters: tuple[Node, ...] = ()
    indices: tuple[Node, ...] = ()

    @cached_property
    def lasting(self) -> Content:
        """What it says, wherever it stands."""
        return _said_by(self)

    @property
    def family(self) -> str:
        """The name, with "[]" where it has indices: N and N_k are two names."""
        return f"{self.key}[]" if self.indices else self.key


@dataclass(frozen=True)
class Shorthand:
    """An event, a probability or another formula written for another: wherever `short` stands, `long` is meant.

    Its index letters are placeholders.
    """

    short: Node
    long: Node

    @cached_property
    def lasting(self) -> Content:
        """What it says, wherever it stands."""
        return _said_by(self)


@dataclass(frozen=True)
class Factor:
    """A factor of the model as read: a probability and its formula; modelled: the words speak of a model."""

    left: Chance
    right: Node
    modelled: bool = False

    @cached_property
    def lasting(self) -> Content:
        """What it says, wherever it stands."""
        return _said_by(self)


@dataclass(frozen=True)
class Components:
    """A vector of independent components: the set of their index, and the variable given which they are independent."""

    members: IndexSet
    behind: str


@dataclass(frozen=True)
class Distribution:
    """A name, or the members of a family, and how it is distributed: x_n ∼ Poisson(λ), for the placeholder n.

    families: what the distribution's name may mean, what is custom first; sure: that it is the first is custom.
    independent: so are the members of one another. moments: its mean and variance, where no more is said of it.
    density: its formula at the name itself, where that is what is said.
    """

    key: str
    indices: tuple[Node, ...]
    families: tuple[Family, ...]
    parameters: tuple[Node, ...]
    sure: bool = True
    independent: bool = False
    moments: tuple[Node, Node] | None = None
    density: Node | None = None

    @cached_property
    def lasting(self) -> Content:
        """What it says, wherever it stands."""
        return _said_by(self)


@dataclass(frozen=True)
class Tied:
    """Positions of families (its name, how many indices it has, which one it is) at which indices of one set stand.

    letters: the indices that stand there, the first one first. No positions: sums over several sets stand there.
    """

    letters: tuple[str, ...]
    positions: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class Shaped:
    """Names that the text uses as matrices and vectors: each with its rows and columns, equal where they must be.

    beside: capitals that must be numbers for it.
    """

    names: tuple[tuple[str, str, str], ...]
    beside: frozenset[str]


@dataclass(frozen=True)
class Gap:
    """A declaration that was not understood, and the letters in it: what is said of them is not known in full.

    strict: it says what they are, so that not even a proof counts.
    """

    letters: frozenset[str]
    message: str
    strict: bool = False


class Content:
    """A key that is hashed once."""

    __slots__ = ("_hash", "_value")

    def __init__(self, value: Any) -> None:
        self._value, self._hash = value, hash(value)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return isinstance(other, Content) and self._hash == other._hash and self._value == other._value


def _said_by(record: Any) -> Content:
    """All fields of a record as a key, wherever it stands."""
    return Content(placeless(tuple(getattr(record, each.name) for each in fields(record))))


def _lasting(value: Any) -> Any:
    """What a field of a scope says, as a key: without places, the entries of a mapping in their order."""
    if isinstance(value, Mapping):
        return tuple(value.items())
    if isinstance(value, tuple):
        return tuple(map(_lasting, value))
    if isinstance(value, (Definition, Shorthand, Factor, Distribution)):
        return value.lasting
    return placeless(value)


@dataclass(frozen=True)
class Scope:
    """All that is known at a line.

    index_sets: by letter. kinds: by name; of a family by its name with "[]". places: the set of each index of a
    family, by its name, how many indices it has, and which one it is. inferred: those of places that sums with written
    bounds say. tied: by the same what ranges over one set.
    superscripts: families whose first index is
    written as x^{(i)}; bare_superscripts: as x^i. unclear: names above which
    stand indices as well as letters that are none.
    exponents: letters in exponents that are no letter alone, as in p^{n-k}.
    vectors: names that the text uses as vectors of one dimension; transposed: names that it transposes
    somewhere; matrices: names that a display uses as matrices; by_use: the kinds that they
    have by that alone.
    held: what names that the text holds fixed were defined as.
    spoken: equations by which sentences that do not declare say what a new name is.
    network: probabilities of single variables given others, of which the joint probability is the product.
    variables: random variables with the set of their values. random: those that are declared in words. domains: sets of
    values by the sums over them. required: names given which the
    samples are independent, so that no probability is without them. model: that of
    a question, which the text does not state itself. restated: functions for which the text gives another formula, so
    that it is not certain which is meant. overloaded: families that are defined with so many indices beside one with
    another number of them: N_dc beside N_c. invertible: matrices that are said to have an inverse. sizes: letters that
    are upper bounds somewhere. numbered: letters that have numbers for indices and nothing else, so that z_1 is a name.
    distributed: letters of which the text says by ∼ what is not understood. distributions: what is. components:
    vectors whose components are independent, by the name of the family; wholes: that name by each name of the vector.
    """

    index_sets: Mapping[str, IndexSet] = field(default_factory=_empty)
    kinds: Mapping[str, Kind] = field(default_factory=_empty)
    places: Mapping[tuple[str, int, int], IndexSet] = field(default_factory=_empty)
    inferred: Mapping[tuple[str, int, int], IndexSet] = field(default_factory=_empty)
    tied: Mapping[tuple[str, int, int], Tied] = field(default_factory=_empty)
    superscripts: frozenset[str] = frozenset()
    bare_superscripts: frozenset[str] = frozenset()
    unclear: frozenset[str] = frozenset()
    exponents: frozenset[str] = frozenset()
    plain: frozenset[str] = frozenset()
    definitions: tuple[Definition, ...] = ()
    aliases: tuple[Shorthand, ...] = ()
    events: tuple[Shorthand, ...] = ()
    chances: tuple[Shorthand, ...] = ()
    facts: tuple[Node, ...] = ()
    fact_trees: tuple[Basic, ...] = ()
    factors: tuple[Factor, ...] = ()
    network: tuple[Chance, ...] = ()
    model: Model | None = None
    gaps: tuple[Gap, ...] = ()
    spoken: tuple[Node, ...] = ()
    held: tuple[Node, ...] = ()
    vectors: tuple[frozenset[str], ...] = ()
    transposed: frozenset[str] = frozenset()
    matrices: tuple[Shaped, ...] = ()
    by_use: Mapping[str, Kind] = field(default_factory=_empty)
    distributed: frozenset[str] = frozenset()
    components: Mapping[str, Components] = field(default_factory=_empty)
    wholes: Mapping[str, str] = field(default_factory=_empty)
    distributions: tuple[Distribution, ...] = ()
    variables: Mapping[str, IndexSet | None] = field(default_factory=_empty)
    domains: Mapping[str, IndexSet] = field(default_factory=_empty)
    random: frozenset[str] = frozenset()
    parameters: frozenset[str] = frozenset()
    samples: IndexSet | None = None
    required: frozenset[str] = frozenset()
    independence: tuple[Independence, ...] = ()
    exclusive: tuple[tuple[Basic, ...], ...] = ()
    invertible: tuple[Node, ...] = ()
    sizes: frozenset[str] = frozenset()
    outcomes: frozenset[str] = frozenset()
    numbered: frozenset[str] = frozenset()
    used: frozenset[str] = frozenset()
    restated: frozenset[str] = frozenset()
    overloaded: frozenset[tuple[str, int]] = frozenset()
    lexicon: Lexicon = field(default_factory=Lexicon)

    @cached_property
    def content(self) -> Content:
        """All that is known but for the names that were used before, and for where it stands in a text."""
        return Content(tuple(_lasting(getattr(self, each.name)) for each in fields(self) if each.name != "used"))

    def knowing(self, **changes: Any) -> Scope:
        """A scope with these fields changed; mappings are added to."""
        merged: dict[str, Any] = {}
        for name, value in changes.items():
            before = getattr(self, name)
            merged[name] = MappingProxyType({**before, **value}) if isinstance(before, Mapping) else value
        return replace(self, **merged)

    @property
    def sets(self) -> tuple[IndexSet, ...]:
        """The sets that are declared for indices, numbers and variables."""
        kinds = (kind.values for kind in self.kinds.values())
        found = (*self.index_sets.values(), *kinds, *self.variables.values())
        return tuple(dict.fromkeys(each for each in found if each is not None))

    def distribution_of(self, key: str, arity: int) -> Distribution | None:
        """How a name, or the members of a family, is distributed; what is said last counts.

        Raises Beyond where it is declared to have other values than what is distributed so.
        """
        found = (each for each in reversed(self.distributions) if (each.key, len(each.indices)) == (key, arity))
        of = next(found, None)
        declared = (kind := self.kinds.get(f"{key}[]" if arity else key)) and kind.values
        own = of.families[0].values.values if of is not None and of.families else None
        if of is not None and declared and own and (declared.lower, declared.upper) != (own.lower, own.upper):
            raise Beyond(f"{key}, which is said to have other values than {of.families[0].title} has")
        return of

    def functions_of(self, key: str) -> tuple[Definition, ...]:
        """The definitions of functions of a name, the last one first: f(x), f_i(x), h_θ(x)."""
        return tuple(d for d in reversed(self.definitions) if d.key == key and d.parameters)

    def definition_of(self, key: str) -> Definition | None:
        """The last definition of a name, or of a family by its name with "[]"."""
        return next((d for d in reversed(self.definitions) if d.family == key), None)

    def is_undeclared(self, key: str) -> bool:
        """Nothing is said of the name: neither its kind, nor a definition, nor that it is an index or a size."""
        bare = key.removesuffix("[]")
        return (
            (key not in self.kinds or key in self.by_use)
            and bare not in self.index_sets
            and bare not in self.sizes
            and self.definition_of(key) is None
            and bare not in self.lexicon.indices
        )

    def is_known(self, key: str) -> bool:
        """The name is declared or defined."""
        return key in self.kinds or self.definition_of(key) is not None

    def vector_of(self, key: str) -> Components | None:
        """What is said of the components of a vector; None where the text says how the name itself is distributed."""
        found = self.components.get(key)
        heads = [each.left.events for each in self.factors] if found is not None else []
        whole = any(len(events) == 1 and isinstance(events[0], Letter) and events[0].name == key for events in heads)
        return None if whole else found

    def place_of(self, key: str, arity: int, number: int) -> IndexSet | None:
        """The set over which an index of a family, or of a vector's component, runs."""
        return self.places.get((key, arity, number)) or self.shaped(key, arity, number)

    def shaped(self, key: str, arity: int, number: int) -> IndexSet | None:
        """The set of an index of what is declared as a vector or matrix, or as a family of them."""
        kind = self.kinds.get(key)
        if kind is not None and len(kind.shape) == arity:
            return IndexSet(1, kind.shape[number])
        family = self.kinds.get(f"{key}[]")
        own = family is not None and arity <= family.indices and key not in self.superscripts
        if family is not None and family.shape and not own and number >= arity - len(family.shape):
            return IndexSet(1, family.shape[number - arity + len(family.shape)])
        return None

    def set_of(self, classes: Sequence[Tied]) -> IndexSet | None:
        """The one set that is known of what ranges over the same; None where there is none, or several."""
        if not all(tied.positions for tied in classes):
            return None
        sets = {self.place_of(*place) for tied in classes for place in tied.positions if place[1]}
        sets |= {self.index_sets.get(letter) for tied in classes for letter in tied.letters}
        known = [each for each in sets if each is not None]
        return known[0] if len(known) == 1 else None
