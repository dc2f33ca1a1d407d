"""The data: what a derivation, a part, a transition and the givens are. No decisions are made here.

An author builds a derivation so:

    q = Derivation("q9", "A title", Givens(index_sets={n: IndexSet(1, N)}, ...))
    a = q.part("a", "A part")
    a.start(Partial(loss, w))                      # a line
    a.equals(-2 * x * (t - w * x), by="differentiate")     # a transition from the line before
    a.implies(Eq(w, t / x), by="solve", given=[Eq(Partial(loss, w), 0)])
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any

from sympy import Basic, Expr, IndexedBase, Symbol, sympify

from checker.expressions import Probability, RandomVariable
from checker.tables import Convention, CountTable, LayerKind, Slip, count_table


@dataclass(frozen=True)
class IndexSet:
    """The integers lower, …, upper (both included); of these only the ones listed in `only`, where it is not empty.

    A set with a list is one of values, as y in {-1, 1}: it stands in `Givens.value_sets` and nowhere else.
    """

    lower: Expr
    upper: Expr
    only: tuple[int, ...] = ()

    def __init__(self, lower: Any, upper: Any, only: Iterable[int] = ()) -> None:
        object.__setattr__(self, "lower", sympify(lower, strict=True))
        object.__setattr__(self, "upper", sympify(upper, strict=True))
        object.__setattr__(self, "only", tuple(sorted(set(only))))
        if self.only and (self.lower, self.upper) != (self.only[0], self.only[-1]):
            raise ValueError(f"a set of {self.only} from {self.lower} to {self.upper}")

    @classmethod
    def of(cls, *values: int) -> IndexSet:
        """The set of these integers: IndexSet.of(-1, 1)."""
        whole = range(min(values), max(values) + 1)
        return cls(whole[0], whole[-1], () if set(values) == set(whole) else values)


@dataclass(frozen=True)
class Variable:
    """A random variable of the model.

    `value` names its observed value: a symbol y, or a family x for a vector with components x[i]. The value of the
    n-th sample is y[n] for both (a family of that name), or x[n, i]. `domain` is the finite set of its values, or
    None where it takes real values (then P is a density).
    """

    variable: RandomVariable
    value: Symbol | IndexedBase
    domain: IndexSet | None = None


@dataclass(frozen=True)
class Model:
    """How the data arise: variables in generative order, and factors as equations with index symbols as placeholders.

    factors: Eq(P(Eq(Y, k)), alpha[k]), Eq(P(X, given=Eq(Y, k)), density of k and x[i]). A variable without a factor
    has an unknown one. `samples`: the index set of independent samples, or None. `features`: what the factors imply
    for one component, Eq(P(X[i], given=Eq(Y, k)), density of k and x[i]), for answers that write p(x_i | y = k); it is
    taken from the author and not checked.
    """

    variables: tuple[Variable, ...]
    factors: tuple[Basic, ...] = ()
    samples: IndexSet | None = None
    features: tuple[Basic, ...] = ()


@dataclass(frozen=True)
class Independence:
    """The events or variables are mutually independent, given others (or not: the empty tuple)."""

    events: tuple[Basic, ...]
    given: tuple[Basic, ...] = ()


def _frozen(mapping: Mapping[Any, Any]) -> Mapping[Any, Any]:
    return MappingProxyType(dict(mapping))


@dataclass(frozen=True)
class Givens:
    """What may be used. Types and signs are the assumptions of the SymPy symbols themselves; sizes are integers >= 1.

    index_sets: for index symbols (k, j in 1..K); a name not listed ranges over the places where it is used, and a
        proof that needs that prints it as a condition.
    value_sets: for families or symbols whose values are indices (y[n] in 1..K), by their base; IndexSet.of(-1, 1)
        for a few values that are no range.
    definitions: Eq(name, expression); the name is a symbol, or a family with index symbols as placeholders (Nk[k]).
    facts: relations that hold (Eq(Sum(alpha[k], (k, 1, K)), 1), Lt(p, 1)); a free index runs over its whole set.
    symmetric: families that do not change when their last two indices change places (A[i, j] and A[j, i]), which are
        one variable of a derivative.
    definite: those of the symmetric families that are positive definite matrices in their last two indices.
    parameters: names that may stand behind the bar of a probability, or not.
    exclusive: tuples of events of which exactly one occurs.
    """

    index_sets: Mapping[Symbol, IndexSet] = field(default_factory=dict)
    value_sets: Mapping[Symbol | IndexedBase, IndexSet] = field(default_factory=dict)
    definitions: tuple[Basic, ...] = ()
    facts: tuple[Basic, ...] = ()
    model: Model | None = None
    parameters: frozenset[Basic] = frozenset()
    independence: tuple[Independence, ...] = ()
    exclusive: tuple[tuple[Basic, ...], ...] = ()
    symmetric: frozenset[IndexedBase] = frozenset()
    definite: frozenset[IndexedBase] = frozenset()

    def __post_init__(self) -> None:
        object.__setattr__(self, "index_sets", _frozen(self.index_sets))
        object.__setattr__(self, "value_sets", _frozen(self.value_sets))
        for name in ("definitions", "facts", "independence", "exclusive"):
            object.__setattr__(self, name, tuple(getattr(self, name)))
        for name in ("parameters", "symmetric", "definite"):
            object.__setattr__(self, name, frozenset(getattr(self, name)))
        if not self.definite <= self.symmetric:
            raise ValueError("a definite family that is not listed as symmetric")

    @cached_property
    def _hash(self) -> int:
        return hash((frozenset(self.index_sets.items()), self.definitions, self.facts, self.parameters))

    def __hash__(self) -> int:
        return self._hash


@dataclass(frozen=True)
class Transition:
    """One claim.

    relation "=", "<", …: `lhs` and `rhs` are expressions. "=>", "<=>": both are relations (or And/Or of such), `lhs`
    being what is imposed or known here. "\\propto": lhs/rhs does not depend on `variables`: names, or the probabilities
    whose variables before the bar are meant. `hypotheses` are earlier equations of the part that may be used as well.
    `number` counts within the part, `source_line` is the line in the author's file (0: unknown).
    """

    number: int
    relation: str
    lhs: Basic
    rhs: Basic
    rule: str = ""
    hypotheses: tuple[Basic, ...] = ()
    source_line: int = 0
    variables: tuple[Basic, ...] = ()


@dataclass(frozen=True)
class Milestone:
    """A line on the way to a target, worth some of its marks; transition number `step` reaches it."""

    title: str
    step: int
    marks: float


@dataclass(frozen=True)
class Target:
    """A result that an answer has to reach: the line that transition `step` reaches, from where its chain begins.

    alone: the marks of the right result where no steps lead to it. follow: the share of what the milestones leave that
    is earned where the result follows from a wrong line by valid steps. covers: titles of earlier targets that an
    answer has reached as well where it reaches this one.
    """

    title: str
    step: int
    marks: float
    alone: float
    follow: float
    milestones: tuple[Milestone, ...] = ()
    covers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """Lines under one heading, as their transitions, with the givens that hold there.

    targets: what an answer to the part has to reach. table: the counts that it has to state. words: the marks for what
    only a person can judge.
    """

    name: str
    title: str
    transitions: tuple[Transition, ...]
    givens: Givens = field(default_factory=Givens)
    targets: tuple[Target, ...] = ()
    words: float = 0
    table: CountTable | None = None

    @property
    def max_marks(self) -> float | None:
        """What an answer to the part can earn; None where nothing is marked."""
        counts = self.table.max_marks if self.table is not None else 0
        return sum(target.marks for target in self.targets) + counts + self.words or None


class PartBuilder:
    """What an author writes a part with; every call that claims something adds a transition."""

    def __init__(self, name: str, title: str, givens: Givens | None = None, words: float = 0) -> None:
        self.name, self.title, self.givens, self.words = name, title, givens or Givens(), words
        self._transitions: list[Transition] = []
        self._line: Basic | None = None
        self._targets: list[Target] = []
        self._milestones: list[Milestone] = []
        self._table: CountTable | None = None
        self._head: Basic | None = None

    def start(self, line: Any) -> None:
        """Begin a new chain at `line` (an expression, or a relation that the part imposes)."""
        self._line = self._head = sympify(line, strict=True)

    def equals(self, line: Any, by: str = "", using: Iterable[Any] = ()) -> None:
        """The line before equals `line`, wherever the relations in `using` hold."""
        self._add("=", line, by, using)

    def less(self, line: Any, by: str = "", using: Iterable[Any] = ()) -> None:
        """The line before is less than `line`, wherever the relations in `using` hold."""
        self._add("<", line, by, using)

    def greater(self, line: Any, by: str = "", using: Iterable[Any] = ()) -> None:
        """The line before is greater than `line`, wherever the relations in `using` hold."""
        self._add(">", line, by, using)

    def at_most(self, line: Any, by: str = "", using: Iterable[Any] = ()) -> None:
        """The line before is at most `line`, wherever the relations in `using` hold."""
        self._add("<=", line, by, using)

    def at_least(self, line: Any, by: str = "", using: Iterable[Any] = ()) -> None:
        """The line before is at least `line`, wherever the relations in `using` hold."""
        self._add(">=", line, by, using)

    def proportional(self, line: Any, by: str = "", to: Iterable[Any] = ()) -> None:
        """The line before is `line` times what does not depend on the names `to`.

        Without them the chain begins with a probability p(v | w), and v is meant. Raises ValueError where it does not.
        """
        names = tuple(to) or ((self._head,) if isinstance(self._head, Probability) else ())
        if not names:
            raise ValueError("proportional to that in what? name it, as in proportional(…, to=[theta])")
        self._add(r"\propto", line, by, (), names)

    def implies(self, line: Any, by: str = "", using: Iterable[Any] = ()) -> None:
        """The relation before, with those in `using`, has `line` as a consequence."""
        self._add("=>", line, by, using)

    def iff(self, line: Any, by: str = "", using: Iterable[Any] = ()) -> None:
        """The relation before is equivalent to `line`, given those in `using`."""
        self._add("<=>", line, by, using)

    def milestone(self, title: str, marks: float) -> None:
        """The last line is worth marks to an answer that does not reach the next target."""
        self._milestones.append(Milestone(title, self._last("milestone", title, marks), marks))

    def target(
        self, title: str, marks: float, alone: float | None = None, follow: float = 0.5, covers: Iterable[str] = ()
    ) -> None:
        """The last line is a result that an answer to this part has to reach; see `Target`.

        alone: half the marks where it is not given. Raises ValueError where the marks do not fit together.
        """
        step = self._last("target", title, marks)
        milestones, self._milestones = tuple(self._milestones), []
        alone = marks / 2 if alone is None else alone
        before = [target.title for target in self._targets]
        if title in before:
            raise ValueError(f"part {self.name!r} has the target {title!r} twice")
        if unknown := [each for each in covers if each not in before]:
            raise ValueError(f"the target {title!r} covers {unknown[0]!r}, which is no target before it")
        if sum(milestone.marks for milestone in milestones) > marks:
            raise ValueError(f"the milestones of the target {title!r} are worth more than its {marks:g} marks")
        if not 0 <= alone <= marks or not 0 <= follow <= 1:
            raise ValueError(f"the target {title!r}: alone is from 0 to {marks:g} marks, follow is a share from 0 to 1")
        self._targets.append(Target(title, step, marks, alone, follow, milestones, tuple(covers)))

    def table(
        self,
        rows: Mapping[tuple[str, ...], Sequence[Symbol]],
        columns: Iterable[tuple[str, ...]],
        marks: float,
        conventions: Iterable[Convention] = (),
        slips: Iterable[Slip] = (),
        kinds: Iterable[LayerKind] = (),
        beside: Iterable[str] = (),
    ) -> None:
        """A table of counts that an answer to this part has to state; see `count_table`. Its marks are those of a cell.

        Raises ValueError where the part has a table, or a cell has no definition in the givens.
        """
        if self._table is not None:
            raise ValueError(f"part {self.name!r} has a table already")
        self._table = count_table(rows, columns, marks, conventions, slips, kinds, beside)
        defined = {equation.args[0] for equation in self.givens.definitions}
        if unknown := [str(each) for each in self._table.cells.values() if each not in defined]:
            raise ValueError(f"the table has the quantity {unknown[0]}, which the givens do not define")

    def _last(self, what: str, title: str, marks: float) -> int:
        if not self._transitions:
            raise ValueError(f"the {what} {title!r} stands before the first line of part {self.name!r}")
        if marks < 0:
            raise ValueError(f"the {what} {title!r} has {marks:g} marks; give it 0 or more")
        return len(self._transitions)

    def built(self) -> Part:
        if self._milestones:
            raise ValueError(
                f"the milestone {self._milestones[0].title!r} of part {self.name!r} has no target after it"
            )
        targets = tuple(self._targets)
        return Part(self.name, self.title, tuple(self._transitions), self.givens, targets, self.words, self._table)

    def _add(self, relation: str, line: Any, rule: str, using: Iterable[Any], to: Iterable[Any] = ()) -> None:
        if self._line is None:
            raise ValueError(f"part {self.name!r} has no line yet; begin it with start(…)")
        rhs = sympify(line, strict=True)
        where = sys._getframe(2).f_lineno
        self._transitions.append(
            Transition(len(self._transitions) + 1, relation, self._line, rhs, rule, tuple(using), where, tuple(to))
        )
        self._line = rhs


class Derivation:
    """A named piece of work: its givens and its parts, in order."""

    def __init__(
        self, name: str, title: str, givens: Givens, spellings: Mapping[Basic, Sequence[str]] | None = None
    ) -> None:
        """spellings: other letters, as LaTeX, that answers write for a symbol or family of the givens."""
        self.name, self.title, self.givens = name, title, givens
        self.spellings: Mapping[Basic, Sequence[str]] = _frozen(spellings or {})
        self._builders: list[PartBuilder] = []

    def part(
        self,
        name: str,
        title: str,
        words: float = 0,
        index_sets: Mapping[Symbol, IndexSet] | None = None,
        definitions: Iterable[Basic] = (),
    ) -> PartBuilder:
        """A new part of that name; raises ValueError where there is one already.

        words: marks for what is asked in words, which a person judges.
        index_sets: of index symbols that mean something else in another part (j a feature here, a class there).
        definitions: names that this solution introduces in the part, and that the question does not state.
        """
        if any(builder.name == name for builder in self._builders):
            raise ValueError(f"{self.name}: part {name!r} is there twice")
        givens = replace(
            self.givens,
            index_sets={**self.givens.index_sets, **(index_sets or {})},
            definitions=(*self.givens.definitions, *definitions),
        )
        builder = PartBuilder(name, title, givens, words)
        self._builders.append(builder)
        return builder

    @property
    def parts(self) -> Sequence[Part]:
        return tuple(builder.built() for builder in self._builders)

    def _repr_html_(self) -> str:
        """The derivation checked and typeset, as a notebook shows it."""
        from checker.api import verify  # what shows a derivation is above it

        return verify(self)._repr_html_()
