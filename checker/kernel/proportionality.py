"""Proportionality: a ∝ b in v, where the normal form of a/b does not depend on v.

v is a name, or what stands before the bar of a probability p(v | w): the observed value of v, or the name it is
given. An atom depends on v where v is written in it; a probability of which nothing is known where v's variable is one
of its events, or where v is no random variable at all, so that the distribution may depend on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sympy import Basic, Eq, Indexed, IndexedBase, Symbol

from checker.derivation import Variable
from checker.expressions import Probability, RandomVariable
from checker.kernel.context import PROPORTIONALITY, Context
from checker.kernel.field import inverse, reduced
from checker.kernel.form import Atom, Form, OutsideTheories
from checker.kernel.hypotheses import deep_atoms
from checker.kernel.setup import equations, line


@dataclass(frozen=True)
class Subject:
    """What a proportionality is in: names of symbols and families here, and the random things whose values they are."""

    symbols: frozenset[str] = frozenset()
    families: frozenset[str] = frozenset()
    random: frozenset[str] = frozenset()

    def __or__(self, other: Subject) -> Subject:
        return Subject(self.symbols | other.symbols, self.families | other.families, self.random | other.random)


def ratio(ctx: Context, left: Basic, right: Basic) -> Form:
    """left/right, where the right side does not vanish."""
    ctx.use(PROPORTIONALITY)
    above, below = line(ctx, left), line(ctx, right)
    if not below:
        raise OutsideTheories("a proportionality to zero")
    with ctx.quiet():
        return reduced(above * inverse(below))


def subject(ctx: Context, variables: Iterable[Basic]) -> Subject:
    """The names that may vary. Raises OutsideTheories where they are not names, or do not vary freely."""
    found = Subject()
    for variable in variables:
        found |= _subject(ctx, variable)
    if not found.symbols | found.families:
        raise OutsideTheories("a proportionality of which it is not said in what")
    names = found.symbols | found.families
    if names & ctx.definitions.keys():
        raise OutsideTheories("a proportionality in a name that has a definition")
    for fact in ctx.givens.facts:
        for equation in equations(fact):
            _refuse_tied(ctx, equation, names)
    return found


def depends(ctx: Context, form: Form, on: Subject) -> bool:
    """The form may have other values where only the subject has."""
    return any(_atom_depends(ctx, atom, on) for atom in deep_atoms(form))


def _subject(ctx: Context, variable: Basic) -> Subject:
    if isinstance(variable, Probability):
        return _before_the_bar(ctx, variable)
    if isinstance(variable, (IndexedBase, Symbol)):
        label = variable.label if isinstance(variable, IndexedBase) else variable  # x may be said of x and of x[n]
        names = frozenset({ctx.name("s", label)}), frozenset({ctx.name("f", label)})
        return Subject(*names, random=_variable_of(ctx, variable))
    raise OutsideTheories(f"a proportionality in {variable}, which is no name")


def _before_the_bar(ctx: Context, probability: Probability) -> Subject:
    found = Subject()
    for event in probability.events:
        variable, value = (event.lhs, event.rhs) if isinstance(event, Eq) else (event, None)
        if not isinstance(variable, RandomVariable):
            raise OutsideTheories(f"a proportionality in {event}, which is no random variable")
        known = next((v for v in _variables(ctx) if v.variable == variable.bare), None)
        value = value if value is not None or known is None else known.value
        if isinstance(value, Indexed):
            value = value.base
        if not isinstance(value, (Symbol, IndexedBase)):
            raise OutsideTheories(f"a proportionality in {event}, whose value is not a name")
        own = _subject(ctx, value)
        found |= Subject(own.symbols, own.families, frozenset({variable.name}))
    return found


def _variables(ctx: Context) -> tuple[Variable, ...]:
    return ctx.givens.model.variables if ctx.givens.model is not None else ()


def _variable_of(ctx: Context, value: Basic) -> frozenset[str]:
    """The variable of the model whose observed value has that name."""
    return frozenset(v.variable.name for v in _variables(ctx) if v.value == value)


def _refuse_tied(ctx: Context, equation: Eq, names: frozenset[str]) -> None:
    """A fact that ties the subject to another name would let that one vary with it."""
    symbols = {ctx.name("s", s) for s in equation.free_symbols if isinstance(s, Symbol)}
    families = {ctx.name("f", i.base.label) for i in equation.atoms(Indexed)}
    sizes = {ctx.name("s", s) for s in equation.free_symbols if s.is_integer}
    labels = {ctx.name("s", i.base.label) for i in equation.atoms(Indexed)}
    mentioned = (symbols - sizes - labels) | families
    if mentioned & names and not mentioned <= names:
        raise OutsideTheories("a proportionality in a name that a fact ties to another")


def _atom_depends(ctx: Context, atom: Atom, on: Subject) -> bool:
    if atom.head == "opaque":
        return True
    if atom.head in ("sym", "idx"):
        return atom.args[0] in (on.symbols if atom.head == "sym" else on.families) or atom.args[0] in ctx.definitions
    if atom.head in ("cell", "evidence", "factor", "list"):
        return not on.random or not on.random.isdisjoint(_words(atom.args))
    return False


def _words(args: Iterable[object]) -> Iterator[str]:
    """The names in what an atom of a probability is made of."""
    for arg in args:
        if isinstance(arg, str):
            yield arg
        elif isinstance(arg, tuple):
            yield from _words(arg)
