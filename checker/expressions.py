"""The heads that derivations need and SymPy lacks; inert data, which neither evaluate nor simplify.

Indicator(condition)            1[condition]: 1 where the condition holds, else 0
Partial(f, v, w, ...)           ∂…∂f/∂w∂v; a variable may be a symbol, an indexed symbol, or a power of one (σ_j²)
RandomVariable("y")             y, and RandomVariable("y")[n] its n-th sample y^(n)
Event("A"), ~Event("A")         an event and its complement
P(y, Eq(x, v), given=[A, θ])    a probability or density; parameters may stand behind the bar
Each([x[n], y[n]], (n, 1, N))   inside P: the joint list x^(1), y^(1), …, x^(N), y^(N)
Determinant(A[i, j], i, j, n)   the determinant of the matrix with these entries, i and j from 1 to n
Unknown("the determinant", A)   what is read and no theory knows
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sympy import Basic, Eq, Expr, IndexedBase, Symbol, Tuple, sympify


def _strict(value: Any) -> Any:
    """A number or expression as SymPy has it; text is refused, and never evaluated."""
    return sympify(value, strict=True)


class Indicator(Expr):  # type: ignore[misc]
    """1[condition]; `condition` is a relation (Eq, Ne, Lt, …) between indices, or And/Or/Not of such."""

    is_commutative = True
    is_real = True

    def __new__(cls, condition: Basic) -> Indicator:
        return Expr.__new__(cls, _strict(condition))  # type: ignore[no-any-return]

    @property
    def condition(self) -> Basic:
        return self.args[0]


class Partial(Expr):  # type: ignore[misc]
    """The partial derivative of `expression` by `variables`, one after the other (the first one first)."""

    is_commutative = True

    def __new__(cls, expression: Expr, *variables: Expr) -> Partial:
        if not variables:
            raise ValueError("a partial derivative needs a variable, as in Partial(f, x)")
        return Expr.__new__(cls, _strict(expression), *map(_strict, variables))  # type: ignore[no-any-return]

    @property
    def expression(self) -> Expr:
        return self.args[0]

    @property
    def variables(self) -> tuple[Expr, ...]:
        return tuple(self.args[1:])


class Determinant(Expr):  # type: ignore[misc]
    """The determinant of the matrix whose entry at (row, column) is `entry`; both indices run from 1 to `size`."""

    is_commutative = True

    def __new__(cls, entry: Any, row: Symbol, column: Symbol, size: Any) -> Determinant:
        if not (isinstance(row, Symbol) and isinstance(column, Symbol)) or row == column:
            raise ValueError("a determinant needs two different index symbols, as in Determinant(A[i, j], i, j, n)")
        return Expr.__new__(cls, _strict(entry), row, column, _strict(size))  # type: ignore[no-any-return]

    @property
    def entry(self) -> Expr:
        return self.args[0]

    @property
    def places(self) -> tuple[Symbol, Symbol]:
        """The symbols of the row and of the column, which are bound."""
        return self.args[1], self.args[2]

    @property
    def size(self) -> Expr:
        return self.args[3]

    @property
    def free_symbols(self) -> set[Basic]:
        return (self.entry.free_symbols - set(self.places)) | self.size.free_symbols  # type: ignore[no-any-return]


class RandomVariable(Expr):  # type: ignore[misc]
    """A random variable, or with an index its sample: RandomVariable("y")[n] is y^(n).

    Standing alone in P(…) it means "takes its observed value", which the model names.
    """

    is_commutative = True

    def __new__(cls, name: str | Symbol, *indices: Any) -> RandomVariable:
        symbol = name if isinstance(name, Symbol) else Symbol(name)
        return Expr.__new__(cls, symbol, *map(_strict, indices))  # type: ignore[no-any-return]

    def __getitem__(self, indices: Any) -> RandomVariable:
        more = indices if isinstance(indices, tuple) else (indices,)
        return RandomVariable(self.args[0], *self.args[1:], *more)

    @property
    def name(self) -> str:
        return str(self.args[0].name)

    @property
    def indices(self) -> tuple[Expr, ...]:
        return tuple(self.args[1:])

    @property
    def bare(self) -> RandomVariable:
        """The variable without its sample indices."""
        return RandomVariable(self.args[0])


class Event(Expr):  # type: ignore[misc]
    """An event by name, perhaps with indices (H_i); `~Event("A")` is its complement."""

    is_commutative = True

    def __new__(cls, name: str | Symbol, *indices: Any) -> Event:
        symbol = name if isinstance(name, Symbol) else Symbol(name)
        return Expr.__new__(cls, symbol, *map(_strict, indices))  # type: ignore[no-any-return]

    def __getitem__(self, indices: Any) -> Event:
        more = indices if isinstance(indices, tuple) else (indices,)
        return Event(self.args[0], *self.args[1:], *more)

    def __invert__(self) -> ComplementEvent:
        return ComplementEvent(self)

    @property
    def name(self) -> str:
        return str(self.args[0].name)

    @property
    def indices(self) -> tuple[Expr, ...]:
        return tuple(self.args[1:])


class ComplementEvent(Expr):  # type: ignore[misc]
    """The complement of an event."""

    is_commutative = True

    def __new__(cls, event: Event) -> ComplementEvent:
        return Expr.__new__(cls, event)  # type: ignore[no-any-return]

    def __invert__(self) -> Event:
        return self.event

    @property
    def event(self) -> Event:
        return self.args[0]  # type: ignore[no-any-return]


class Each(Basic):  # type: ignore[misc]
    """Inside P(…): the listed events for every value of an index, limits = (index, lower, upper)."""

    def __new__(cls, events: Iterable[Basic], limits: Iterable[Any]) -> Each:
        return Basic.__new__(cls, Tuple(*events), Tuple(*limits))  # type: ignore[no-any-return]

    @property
    def events(self) -> tuple[Basic, ...]:
        return tuple(self.args[0])

    @property
    def limits(self) -> tuple[Expr, Expr, Expr]:
        return tuple(self.args[1])


class Probability(Expr):  # type: ignore[misc]
    """P(events | given): a probability, or a density at the observed values.

    An event is a RandomVariable (at its observed value), Eq(RandomVariable, value), an Event, a
    ComplementEvent, or Each(…). Behind the bar the names of parameters may stand too.
    """

    is_commutative = True
    is_real = True

    def __new__(cls, events: Iterable[Basic], given: Iterable[Basic] = ()) -> Probability:
        return Expr.__new__(cls, Tuple(*events), Tuple(*given))  # type: ignore[no-any-return]

    @property
    def events(self) -> tuple[Basic, ...]:
        return tuple(self.args[0])

    @property
    def given(self) -> tuple[Basic, ...]:
        return tuple(self.args[1])


def P(*events: Basic, given: Basic | Iterable[Basic] = ()) -> Probability:  # noqa: N802
    """P(y, x, given=[A]) for p(y, x | A); one event behind the bar needs no list."""
    single = isinstance(given, (Expr, IndexedBase, Each)) or isinstance(given, Basic) and not isinstance(given, Tuple)
    return Probability(events, (given,) if single else given)


def indicator(left: Any, right: Any) -> Indicator:
    """1[left = right]."""
    return Indicator(Eq(left, right, evaluate=False))


class Unknown(Expr):  # type: ignore[misc]
    """What is read as what it is and no theory knows: an expectation, a determinant. `what` says it in words.

    args: the words as a symbol, then the expressions in it. The kernel and the evaluator refuse it by name.
    """

    is_commutative = True

    def __new__(cls, what: str | Symbol, *args: Any) -> Unknown:
        symbol = what if isinstance(what, Symbol) else Symbol(what)
        return Expr.__new__(cls, symbol, *map(_strict, args))  # type: ignore[no-any-return]

    @property
    def what(self) -> str:
        return str(self.args[0].name)
