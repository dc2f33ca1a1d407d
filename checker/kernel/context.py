"""What a normal form is taken under: the givens as forms, the theories switched on, and what the work has used.

One context is current while a question is decided; the laws of combining atoms find it there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any, Protocol

from sympy import Basic, Symbol

from checker.derivation import Givens
from checker.kernel.form import Atom, Form, OutsideTheories, of

FIELD, EXP_LOG, TRIGONOMETRY = "field", "exp-log", "trigonometry"
SUMS, INDICATORS, DIFFERENTIATION = "finite-sums", "indicators", "differentiation"
CONDITIONING, MARGINALS, MODEL, INDEPENDENCE = "conditioning", "total-probability", "model", "independence"
DEFINITIONS, FACTS, POSITIVITY, FACTORIALS = "definitions", "facts", "positivity", "factorials"
PROPORTIONALITY, DETERMINANTS, EXPECTATION = "proportionality", "determinants", "expectation"
PROBABILITY = frozenset({CONDITIONING, MARGINALS, MODEL, INDEPENDENCE})
THEORIES = frozenset({FIELD, EXP_LOG, TRIGONOMETRY, SUMS, INDICATORS, DIFFERENTIATION, DEFINITIONS, FACTS, POSITIVITY})
THEORIES |= PROBABILITY | {FACTORIALS, PROPORTIONALITY, DETERMINANTS, EXPECTATION}

MAX_STEPS = 30_000


@dataclass(frozen=True)
class Condition:
    """What must hold for a form to equal what was written.

    `written` is the author's expression, where there is one; not `certain`: it stands in a sum that may be empty;
    `law`: a law needs it, and what is written may be defined without; `inside`: at a bound index, which excuses an
    identity and nothing that rests on equations.

    kind: "nonzero" (form ≠ 0), "member" (lower ≤ form ≤ upper, forms in `bounds`), "least" (form ≥ 0).
    """

    kind: str
    form: Form
    bounds: tuple[Form, ...] = ()
    written: Basic | None = None
    certain: bool = True
    law: bool = False
    inside: bool = False

    @property
    def key(self) -> str:
        return f"{self.kind}{self.law}:{self.form.key}:{[b.key for b in self.bounds]}"


Argument = tuple[Form, bool]
"""What stands under a logarithm or root, and whether what is written is real only where it is not negative."""


@dataclass(frozen=True)
class Recalled:
    """A form with what making it recorded."""

    form: Form
    conditions: dict[str, Condition]
    used: frozenset[str]
    trusts: tuple[Any, ...]
    logs: tuple[Argument, ...]
    roots: tuple[Argument, ...]


class Unfolding(Protocol):
    """A definition, as far as the theories that meet it need to know."""

    def unfolded(self, ctx: Context, indices: tuple[Form, ...]) -> Form: ...


class Context:
    """The state of one question. `ranges` maps names of index symbols, free or opened, to (lower, upper)."""

    def __init__(self, givens: Givens, theories: frozenset[str] = THEORIES) -> None:
        self.givens = givens
        self.theories = theories
        self.used: set[str] = set()
        self.trusts: dict[Any, None] = {}
        self.conditions: dict[str, Condition] = {}
        self.ranges: dict[str, tuple[Form, Form]] = {}
        self.value_sets: dict[str, tuple[Form, Form]] = {}
        self.positives: list[Form] = []
        self.nonnegatives: list[Form] = []
        self.nonzeros: list[Form] = []
        self.few: dict[str, Any] = {}
        self.apart: dict[Form, Basic] = {}
        self.ties: list[frozenset[str]] = []
        self.held: set[str] = set()
        self.bound: dict[Symbol, str] = {}
        self.expressions: dict[str, Basic] = {}
        self.sum_facts: list[Any] = []
        self._names: dict[tuple[str, Basic], str] = {}
        self._flags: dict[str, dict[str, Any]] = {}
        self._symbols: dict[str, Form] = {}
        self._fresh = 0
        self._steps = 0
        self.recording = True
        self.sealed = False
        self.maybe_empty = 0
        self.cache: dict[Any, Recalled] = {}
        self.unfolding: list[str] = []
        self.free_indices: set[str] = set()
        self.logs: list[Argument] = []
        self.roots: list[Argument] = []
        self.mentioned: set[str] = set()
        self.opaque: dict[Basic, int] = {}
        self.assumed = False
        self.closed_forms = False
        self.whole_ranges = self.split_values = self.met_numbers = False
        self.given_signs = (0, 0, 0)
        self.given_ties = 0
        self.definitions: dict[str, Unfolding] = {}
        self.symmetric = frozenset(self.name("f", base.label) for base in givens.symmetric)
        self.definite = frozenset(self.name("f", base.label) for base in givens.definite)

    def begin(self, mentioned: set[str]) -> None:
        """Forget what the last question recorded, and keep the forms of its lines."""
        self._forget()
        if mentioned != self.mentioned:
            self.mentioned = mentioned
            self.cache.clear()
        self.recording, self.sealed, self.maybe_empty = True, False, 0
        self._steps, self.closed_forms = 0, False
        self.bound, self.held, self.unfolding = {}, set(), []
        del self.ties[self.given_ties :]
        for known, count in zip((self.positives, self.nonnegatives, self.nonzeros), self.given_signs, strict=True):
            del known[count:]
        if self.assumed:
            self.assumed = False
            self.cache.clear()

    def recall(self, key: Any, make: Callable[[], Form], change: Callable[[Form], Form] | None = None) -> Form:
        """The form made under this key before, or now, changed; what making it recorded is recorded again, changed."""
        key = (key, self.whole_ranges)
        known = self.cache.get(key)
        if known is None:
            outer = self.conditions, self.used, self.trusts, self.logs, self.roots, self.maybe_empty
            self._forget()
            self.maybe_empty = 0
            try:
                form = make()
                known = Recalled(
                    form, self.conditions, frozenset(self.used), tuple(self.trusts), tuple(self.logs), tuple(self.roots)
                )
            finally:
                self.conditions, self.used, self.trusts, self.logs, self.roots, self.maybe_empty = outer
            self.cache[key] = known
        self._record(known, change or (lambda form: form))
        return change(known.form) if change else known.form

    def _record(self, known: Recalled, change: Callable[[Form], Form]) -> None:
        certain = not self.maybe_empty
        for condition in known.conditions.values() if self.recording else ():
            bounds = tuple(map(change, condition.bounds))
            again = replace(
                condition, form=change(condition.form), bounds=bounds, certain=condition.certain and certain
            )
            self.conditions[again.key] = again
        self.used |= known.used
        self.trusts |= dict.fromkeys(known.trusts)
        self.logs += [(change(form), sure and certain) for form, sure in known.logs]
        self.roots += [(change(form), sure and certain) for form, sure in known.roots]

    def _forget(self) -> None:
        self.conditions, self.used, self.trusts, self.logs, self.roots = {}, set(), {}, [], []

    def learn_nonnegative(self, form: Form) -> None:
        """The form is a probability, and so not negative."""
        if all(known != form for known in self.nonnegatives):
            self.nonnegatives.insert(0, form)
            self.given_signs = (self.given_signs[0], self.given_signs[1] + 1, self.given_signs[2])

    def allows(self, theory: str) -> bool:
        return theory in self.theories

    def use(self, theory: str) -> None:
        self.used.add(theory)

    @property
    def steps(self) -> int:
        """The work counted so far."""
        return self._steps

    def step(self, weight: int = 1) -> None:
        """Count work; raises OutsideTheories past the limit, so that a verdict does not depend on the clock."""
        self._steps += weight
        if self._steps > MAX_STEPS:
            raise OutsideTheories(f"more than {MAX_STEPS} rewriting steps")

    def require(self, condition: Condition) -> None:
        """Record that a form does not vanish; where it was defined already (`quiet`) there is nothing to record."""
        if self.recording:
            self.conditions[condition.key] = replace(condition, certain=not self.maybe_empty)

    def apart_by(self, gap: Form) -> Basic | None:
        """The fact i ≠ j that says of these very symbols that the gap is not zero."""
        fact = self.apart.get(gap, self.apart.get(-gap))
        if fact is not None:
            self.use(FACTS)
            self.trusts[("fact", fact)] = None
        return fact

    def tied(self, relation: Basic, form: Form) -> bool:
        """The relation, of that form, is about index symbols that are tied, so that it holds at their values only."""
        if not self.ties:
            return False
        names = form.free.union(*map(self.indices_in, (relation, *self.givens.definitions)))
        used = [gap.free for gap, fact in self.apart.items() if ("fact", fact) in self.trusts]
        return any(tie <= names for tie in self.ties) or any(free & form.free for free in used)

    def indices_in(self, tree: Basic) -> frozenset[str]:
        """The names of the declared index symbols that are free in a tree."""
        return frozenset(self.name("s", symbol) for symbol in tree.free_symbols if symbol in self.givens.index_sets)

    def grant(self, condition: Condition) -> bool:
        """Record a condition under which a law holds; False where it is none that a statement may be excused by.

        Then the law must not be used. A condition on a bound index is no condition on the statement; an index that is
        declared takes every value of its set; a size may be required to be large enough, and not to be small.
        """
        names = condition.form.free.union(*(bound.free for bound in condition.bounds))
        if self.sealed or any(is_bound(name) or name in self.ranges for name in names):
            return False
        if condition.kind == "least" and all(c < 0 for mono, c in condition.form if mono):
            return False
        self.conditions[condition.key] = condition
        return True

    def as_written(self, expression: Basic | None) -> Basic | None:
        """The expression, where it stands outside of the definitions and the model."""
        return None if self.unfolding else expression

    @contextmanager
    def seal(self) -> Iterator[None]:
        """No condition can be recorded at all: canonical names are given, and no law may need one."""
        before, self.sealed = self.sealed, True
        try:
            with self.quiet():
                yield
        finally:
            self.sealed = before

    @contextmanager
    def quiet(self) -> Iterator[None]:
        """No conditions are recorded: what is built here was defined where it was written."""
        before, self.recording = self.recording, False
        try:
            yield
        finally:
            self.recording = before

    # --- names -------------------------------------------------------------------------------------------------

    def name(self, kind: str, label: Symbol) -> str:
        """The name of a symbol or family; two labels of one name but other assumptions are two names."""
        known = self._names.get((kind, label))
        if known is None:
            known = f"{kind}:{label.name}"
            while known in self.expressions:
                known += "~"
            self._names[(kind, label)] = known
            self.expressions[known] = label
        return known

    def fresh(self, like: str, bounds: tuple[Form, Form]) -> str:
        """A new index name, ranging over `bounds`."""
        self._fresh += 1
        name = f"{like.split('#')[0]}#{self._fresh}"
        self.ranges[name] = bounds
        return name

    def index(self, name: str) -> Form:
        """The form of an opened index."""
        return of(Atom("sym", (name,), free=frozenset({name}), real=True, integer=True, **self._sign_of_index(name)))

    def _sign_of_index(self, name: str) -> dict[str, Any]:
        bounds = self.ranges.get(name)
        lower = bounds[0].integer_value if bounds else None
        if lower is None or lower < 0:
            return {}
        return {"positive": True} if lower >= 1 else {"nonnegative": True}

    def symbol(self, symbol: Symbol) -> Form:
        """The form of a symbol, bound or free."""
        if symbol in self.bound:
            return self.index(self.bound[symbol])
        if not symbol.is_commutative:
            raise OutsideTheories(f"the symbol {symbol} does not commute")
        name = self.name("s", symbol)
        form = self._symbols.get(name)
        if form is None:
            form = self._symbols[name] = of(Atom("sym", (name,), free=frozenset({name}), **signs(symbol)))
        return form

    def family(self, label: Symbol, indices: tuple[Form, ...]) -> Form:
        """The form of a member of the family with that label."""
        return self.member(self.name("f", label), indices)

    def member(self, name: str, indices: tuple[Form, ...]) -> Form:
        """The form of a member of a family, by its name here; of a symmetric one with its last indices in order."""
        if name in self.symmetric and len(indices) > 1 and indices[-1].key < indices[-2].key:
            indices = (*indices[:-2], indices[-1], indices[-2])
        flags = self._flags.get(name)
        if flags is None:
            flags = self._flags[name] = self._family_flags(name)
        return of(Atom("idx", (name, indices), **flags))

    def _family_flags(self, name: str) -> dict[str, Any]:
        flags = signs(self.expressions[name])
        if name in self.value_sets:
            lower = self.value_sets[name][0].integer_value
            flags |= {"integer": True, "real": True, "positive": flags["positive"] or lower is not None and lower >= 1}
        return flags


def signs(symbol: Symbol) -> dict[str, Any]:
    """What SymPy's assumptions say of a symbol, in the kernel's words."""
    return {
        "positive": bool(symbol.is_positive),
        "nonnegative": bool(symbol.is_nonnegative),
        "real": bool(symbol.is_real) or symbol.is_real is None and symbol.is_complex is None,
        "nonzero": bool(symbol.is_nonzero),
        "integer": bool(symbol.is_integer),
    }


def is_bound(name: str) -> bool:
    """The name is of an opened index, of one inside a sum's atom, or of a definition's placeholder."""
    return "#" in name or ":" not in name or name.startswith("place:")


_CURRENT: ContextVar[Context] = ContextVar("context")


def current() -> Context:
    return _CURRENT.get()


@contextmanager
def using(context: Context) -> Iterator[Context]:
    """Make `context` the current one."""
    token = _CURRENT.set(context)
    try:
        yield context
    finally:
        _CURRENT.reset(token)
