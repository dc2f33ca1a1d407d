"""Expectations, variances and covariances, as sums over finitely many outcomes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from sympy import Add, Basic, Eq, Expr, Indexed, IndexedBase, Integer, Mul, Sum, Symbol

from checker.derivation import IndexSet
from checker.expressions import Covariance, RandomVariable, Unknown, Variance
from checker.expressions import Expectation as Mean
from checker.reading.known.letters import definitions_through, function_letters
from checker.reading.known.names import letter_key, name_of
from checker.reading.meaning import arrays
from checker.reading.meaning.arrays import Array, Value
from checker.reading.meaning.chances import events_of
from checker.reading.meaning.context import Context
from checker.reading.meaning.moments import moment
from checker.reading.syntax import Expectation, Letter, Node, names_in, walk
from checker.reading.tex.tokens import Beyond

OUTCOME = "ω"
OUTCOMES = Symbol("Ω", integer=True, positive=True)
WEIGHTS = IndexedBase("P_ω", positive=True)


def expectation(m: Context, node: Expectation) -> Value:
    """E[f], Var(f), Cov(f, g) over the random names in them, as sums over finitely many outcomes ω = 1, …, Ω.

        E[f] = Σ_ω P_ω f(X_ω),  Σ_ω P_ω = 1        Var(f) = E[(f − E f)²]        Cov(f, g) = E[(f − E f)(g − E g)]

    What holds for all finite probability spaces by linearity holds for all; a counterexample in one is one. Where
    nothing is said to be random, or there is a condition, it is a quantity of which nothing is known.
    """
    if m.finite:
        found = _over_values(m, node)
        if found is not None:
            return found
    known = moment(m, node)
    if known is not None:
        return known
    words = {"E": "an expectation", "Var": "a variance", "Cov": "a covariance"}.get(node.operator, "a moment")
    random = random_names(m, node)
    wanted = {"E": 1, "Var": 1, "Cov": 2}.get(node.operator)
    if m.random and node.given:
        raise Beyond("a conditional expectation inside an expectation", node.place)
    if not random or node.given or wanted != len(node.arguments) or not _constants_known(m, node, random):
        parts = [m.value(argument) for argument in node.arguments]
        if len(parts) == 1 and isinstance(parts[0], Array) and node.operator == "E":
            return m.quantities_of(words, node, parts[0])
        if any(isinstance(part, Array) for part in parts):
            return Unknown(f"{words} of a vector")
        return m.quantity(words, node, *(part for part in parts if isinstance(part, Expr)))
    if m.random and node.sub:
        raise Beyond("an expectation over some of the variables inside an expectation", node.place)
    symbol = Symbol(OUTCOME + "'" * m.nested, integer=True, positive=True)
    m.weighted = True
    if (
        any(m.scope.variables.get(key) is not None for key in random)
        or m.scope.independence
        or m.scope.samples is not None
    ):
        m.abstracted.append("the distribution of what is random")
    with randomising(m, random, symbol):
        values = [m.value(argument) for argument in node.arguments]
    if isinstance(values[0], Array) and node.operator == "E":
        return arrays.mapped(values[0], lambda entry: _mean(entry, symbol))
    if any(isinstance(value, Array) for value in values):
        return Unknown(f"{words} of a vector")
    return _moment(node.operator, [value for value in values if isinstance(value, Expr)], symbol)


def over_finite_sets(m: Context, nodes: Iterable[Node]) -> bool:
    """Whether every expectation in the nodes is over variables with finitely many declared values.

    A statement speaks of one distribution: of the declared one in all of its expectations, or of any in all of them.
    """
    found = [each for node in nodes for each in walk(node) if isinstance(each, Expectation)]
    return bool(found) and all(_domains(m, each) is not None for each in found)


def _domains(m: Context, node: Expectation) -> dict[str, IndexSet] | None:
    """The sets of values of the variables in an expectation; None where one has none, or a name may be random."""
    inside = {key for argument in node.arguments for each in walk(argument) for key in _key(each)}
    inside |= {key for given in node.given for each in walk(given) for key in _key(each)}
    random = {key for key in inside if key in m.scope.random or key in m.scope.variables}
    over = {key for each in node.sub for key in _key(each)}
    names = [name_of(each, m.scope) for part in (*node.arguments, *node.given) for each in names_in(part)]
    if any(name is None or name.indices and name.key in random for name in names):
        return None  # a sample x_n is a variable of its own
    sets: dict[str, IndexSet] = {}
    for key in random:
        kind = m.scope.kinds.get(key)
        found = m.scope.variables.get(key) or (kind.values if kind is not None else None) or m.scope.domains.get(key)
        if found is None:
            return None
        sets[key] = found
    wanted = {"E": 1, "Var": 1, "Cov": 2}.get(node.operator)
    known = _constants_known(m, node, frozenset(random))
    if not random or wanted != len(node.arguments) or not known or (node.sub and over != random):
        return None
    return sets


def _over_values(m: Context, node: Expectation) -> Expr | None:
    """The expectation over the values that its variables are declared to have."""
    domains = _domains(m, node)
    if domains is None:
        return None
    before, m.random = m.random, {**m.random, **{key: RandomVariable(key) for key in domains}}
    for key, domain in domains.items():
        m.variables[key] = domain
    try:
        parts = [m.value(argument) for argument in node.arguments]
        given = events_of(m, node.given, node.place)
    finally:
        m.random = before
    if not all(isinstance(part, Expr) for part in parts):
        return None
    if node.operator == "Cov":
        return Covariance(parts[0], parts[1], given)
    return Variance(parts[0], given) if node.operator == "Var" else Mean(parts[0], given)


@contextmanager
def randomising(m: Context, names: Iterable[str], outcome: Symbol) -> Iterator[None]:
    """Names are random variables at an outcome."""
    before = m.random
    m.random = {key: _outcomes(m, key, outcome) for key in names}
    m.nested += 1
    try:
        yield
    finally:
        m.random, m.nested = before, m.nested - 1


def _outcomes(m: Context, key: str, outcome: Symbol) -> Value:
    """The value of a random name at an outcome."""
    base, kind = IndexedBase(f"{key}_ω", real=True), m.scope.kinds.get(key)
    if kind is None or not kind.shape:
        return Indexed(base, outcome)
    if len(kind.shape) == 1:
        return Array(kind.shape[0], Integer(1), lambda i, j: Indexed(base, i, outcome))
    return Array(kind.shape[0], kind.shape[1], lambda i, j: Indexed(base, i, j, outcome))


def _moment(operator: str, values: Sequence[Expr], symbol: Symbol) -> Expr:
    means = [_mean(value, symbol) for value in values]
    if operator == "E":
        return means[0]
    gaps = [Add(v, Mul(Integer(-1), e, evaluate=False), evaluate=False) for v, e in zip(values, means, strict=True)]
    return _mean(Mul(gaps[0], gaps[-1], evaluate=False), symbol)


def _mean(value: Expr, symbol: Symbol) -> Expr:
    return Sum(Mul(WEIGHTS[symbol], value, evaluate=False), (symbol, 1, OUTCOMES))


def normalisation() -> Basic:
    """Σ_ω P_ω = 1."""
    symbol = Symbol(OUTCOME, integer=True, positive=True)
    return Eq(Sum(WEIGHTS[symbol], (symbol, 1, OUTCOMES)), Integer(1), evaluate=False)


def random_names(m: Context, node: Expectation) -> frozenset[str]:
    """The random names in an expectation: those that it is taken over, or that are declared as random variables."""
    if node.sub:
        if not all(isinstance(each, Letter) for each in node.sub):
            return frozenset()
        over, inside = {key for each in node.sub for key in _key(each)}, _varied(m, node)
        others = (each for statement in m.statements for each in walk(statement) if isinstance(each, Expectation))
        known = inside.union(m.scope.random, *(_varied(m, each) for each in others))
        return frozenset(over & inside) if over <= known else frozenset()
    found: set[str] = set()
    waiting = [each for argument in node.arguments for each in walk(argument)]
    seen: set[str] = set()
    while waiting:
        each = waiting.pop()
        for key in _key(each):
            if key in m.scope.random:
                found.add(key)
            definition = m.scope.definition_of(key)
            if definition is not None and key not in seen and not definition.parameters:
                seen.add(key)
                waiting += list(walk(definition.body))
    return frozenset(found)


def _varied(m: Context, node: Expectation) -> set[str]:
    """The names in what an expectation is of, and in what is defined by them, but those of functions and densities."""
    trees: list[Node] = [*node.arguments]
    trees += [definition.body for argument in node.arguments for definition in definitions_through(m.scope, argument)]
    inside = {key for tree in trees for each in walk(tree) for key in _key(each)}
    return inside - {letter for tree in trees for letter in function_letters(tree)}


def _constants_known(m: Context, node: Expectation, random: frozenset[str]) -> bool:
    """Every other name in an expectation is declared, so that it is no random one."""
    for argument in node.arguments:
        for each in names_in(argument):
            name = name_of(each, m.scope)
            if name is None or name.key in random or name.key in m.bound:
                continue
            if name.indices and m.scope.definition_of(name.family) is not None:
                return False
            known = (
                name.family in m.scope.kinds or name.key in m.scope.index_sets or name.key in m.scope.sizes
                or m.scope.definition_of(name.family) is not None or name.key in ("e", "pi", "T", "top")
                or name.key in m.scope.kinds or name.key in m.scope.lexicon.indices
            )  # fmt: skip
            if not known:
                return False
    return True


def _key(node: Node) -> list[str]:
    return [letter_key(node)] if isinstance(node, Letter) else []
