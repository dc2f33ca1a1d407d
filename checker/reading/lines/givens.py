"""The givens of a statement: what of its scope has to do with it, as SymPy expressions."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from sympy import Add, Basic, Eq, Expr, Ge, Indexed, IndexedBase, Integer, Sum, Symbol, evaluate, expand
from sympy.core.parameters import global_parameters

from checker.derivation import Givens, IndexSet, Model, Variable
from checker.expressions import Event, Expectation, P, Partial, Probability, RandomVariable
from checker.printing import unicode
from checker.reading.known.generative import Stated, generative, networks, values_of
from checker.reading.known.indices import index_assumptions
from checker.reading.known.letters import depends_on_indices, letter_in, letters_in
from checker.reading.known.scope import COUNT, Content, Definition, Factor, Kind, Scope, Tied, some_set
from checker.reading.lines import recurrences
from checker.reading.meaning.arrays import Array
from checker.reading.meaning.byuse import by_their_shapes
from checker.reading.meaning.components import factors_of, is_component_factor
from checker.reading.meaning.expectations import normalisation, over_finite_sets
from checker.reading.meaning.inverses import note_inverse
from checker.reading.meaning.relations import relation_of
from checker.reading.meaning.terms import Meaning
from checker.reading.syntax import Chance, Node, Relation, Several, placeless, walk
from checker.reading.tex.tokens import Beyond, Unreadable


@dataclass(frozen=True)
class Read:
    """A statement as understood: its trees, its givens, and the conditions that its undeclared names are under.

    abstracted: quantities of which no theory knows more; gap: a declaration of its names that was not understood;
    unsaid: bound indices of which no set is known; inverses: what the facts say that are of inverses of matrices in it.
    """

    trees: tuple[Basic, ...]
    givens: Givens
    conditions: tuple[str, ...]
    abstracted: tuple[str, ...]
    gap: str = ""
    strict: bool = False
    unsaid: frozenset[str] = frozenset()
    inverses: tuple[tuple[Basic, str], ...] = ()


_RECENT: OrderedDict[tuple[Content, Any, bool, bool], Read] = OrderedDict()
MOST_RECENT, MOST_TREES = 2000, 4096
"""What was read lately: a hypothesis is read again for each claim that may use it, a line when it is marked, and what
one answer writes is written by others."""


def read(scope: Scope, nodes: Sequence[Node], invertible: bool = False) -> Read:
    """The nodes (relations and expressions) with their givens. Raises Unreadable where one cannot be understood.

    invertible: also that the matrices of which it is said, and of which they speak, have inverses.
    """
    key = scope.content, placeless(tuple(nodes)), bool(global_parameters.evaluate), invertible
    known = _RECENT.get(key)
    if known is None:
        known = _RECENT[key] = _read(replace(scope, used=frozenset()), nodes, invertible)  # `content` is without `used`
        while len(_RECENT) > MOST_RECENT:
            _RECENT.popitem(last=False)
    else:
        _RECENT.move_to_end(key)
    return known


def _read(scope: Scope, nodes: Sequence[Node], invertible: bool) -> Read:
    restricted: dict[str, Kind] = {}
    for _ in range(4):
        meaning = Meaning(scope, restricted)
        meaning.finite = over_finite_sets(meaning, nodes)
        trees = tuple(tree(meaning, node, nodes) for node in nodes)
        unused = _note_inverses(meaning, trees) if invertible else ""
        builder = _Builder(meaning, trees)
        givens = builder.givens()
        if meaning.restricted == restricted:
            break
        restricted = meaning.restricted
    _require_constant(meaning, (*trees, *givens.definitions))
    known = _names((*trees, *givens.definitions, *givens.facts))
    used = tuple(_restriction(key, restricted[key]) for key in sorted(restricted) if key.removesuffix("[]") in known)
    needed = (each for each in meaning.conditions if each in givens.facts)
    shapes = (f"{unicode(Symbol(key))} is {shape}" for key, shape in by_their_shapes(scope, known).items())
    conditions = (*used, *dict.fromkeys(map(unicode, needed)), *shapes)
    names = {part for name in known for part in name.split("_")} | _families_in(trees) | _spoken_of(nodes)
    gaps = [gap for gap in scope.gaps if gap.letters & names]
    message = next((gap.message for gap in gaps), builder.gap or unused)
    strict = any(gap.strict for gap in gaps)
    return Read(
        trees,
        givens,
        conditions,
        tuple(dict.fromkeys(meaning.abstracted)),
        message,
        strict,
        frozenset(meaning.unsaid) & known,
        tuple(meaning.inverse_words.items()),
    )


def _spoken_of(nodes: Sequence[Node]) -> frozenset[str]:
    """The letters of events before and behind bars, which need be no letters of what they are read as."""
    chances = [each for node in nodes for each in walk(node) if isinstance(each, Chance)]
    return letters_in(*(event for chance in chances for event in (*chance.events, *chance.given)))


def _note_inverses(meaning: Meaning, trees: Sequence[Basic]) -> str:
    """Note that matrices of which it is said, and the trees speak, have inverses; why one could not be noted, or ""."""
    names, problem = _names(trees), ""
    for node in meaning.scope.invertible:
        if names & letters_in(node):
            try:
                note_inverse(meaning, node)
            except Unreadable as found:
                problem = f"what is invertible: {found.message}"
    return problem


def _require_constant(meaning: Meaning, trees: Sequence[Basic]) -> None:
    """No derivative is taken by what an abstracted quantity is made of. Raises Beyond where one is."""
    inside = {name for names in meaning.quantities.values() for name in names}
    for each in trees:
        for derivative in each.atoms(Partial):
            if _names(derivative.variables) & inside:
                what = " and ".join(dict.fromkeys(meaning.abstracted)) or "an inverse"
                raise Beyond(f"a derivative by what stands in {what}")


def tree(meaning: Meaning, node: Node, beside: Sequence[Node] = ()) -> Basic:
    """A relation, or an expression as a number; beside: the other members of its chain, and itself."""
    if isinstance(node, Relation | Several):
        return relation_of(meaning, node)
    meaning.statements = list(beside) or [node]
    return meaning.number(node)


def _restriction(key: str, kind: Kind) -> str:
    """What its use says of a name, in print."""
    name = unicode(Symbol(f"{key[:-2]}_i" if key.endswith("[]") else key))
    return f"{name} is one of 0, 1, 2, …" if kind == COUNT else f"{name} > 0"


class _Builder:
    """Collects definitions, facts and sets that what is read mentions, until nothing new is mentioned."""

    def __init__(self, meaning: Meaning, trees: Sequence[Basic]) -> None:
        self.meaning, self.scope, self.trees = meaning, meaning.scope, list(trees)
        self.names = _names(trees)
        self.extra: list[Basic] = []
        self.values: dict[Symbol, IndexSet] = {}
        self.gap = ""

    def givens(self) -> Givens:
        definitions = self.definitions()
        self.trees += definitions
        model = self.model()
        known = self.facts()
        if model is None and any(fact.atoms(Probability) for fact in known):
            model = self.model(known)
            known = self.facts()
        facts = [*known, *self.meaning.inverses.values(), *self.extra]
        definitions += self.definitions(known={d.lhs for d in definitions})
        return Givens(
            index_sets=self.index_sets([*self.trees, *facts, *definitions]),
            value_sets=self.value_sets(),
            definitions=tuple(definitions),
            facts=(
                *facts,
                *(each for each in self.meaning.conditions if _names([each]) & self.names),
                *([normalisation()] if self.meaning.weighted else []),
            ),
            model=model,
            parameters=frozenset(self.meaning.parameters) | {Symbol(key) for key in self.scope.parameters},
            independence=self.scope.independence,
            exclusive=self.scope.exclusive,
            symmetric=frozenset(self.meaning.symmetric),
            definite=frozenset(self.meaning.definite),
        )

    # --- definitions and facts

    def definitions(self, known: Iterable[Basic] = ()) -> list[Eq]:
        found: dict[str, Eq] = {}
        changed = True
        while changed:
            changed = False
            for definition in self.scope.definitions:
                if definition.key not in self.names or definition.key in found:
                    continue
                try:
                    equation = self.definition(definition)
                except Unreadable as problem:
                    self.gap = f"the definition of {definition.key}: {problem.message}"
                    continue
                if equation is not None and equation.lhs not in set(known):
                    found[definition.key] = equation
                    self.names |= _names([equation.rhs])
                    changed = True
        return list(found.values())

    def definition(self, definition: Definition) -> Eq | None:
        """The defining equation; None for a function whose calls are written out."""
        meaning = self.meaning
        if definition.parameters:
            if definition.indices or depends_on_indices(self.scope, definition):
                return None
            left: Expr = meaning.plain(definition.key, self.scope.kinds.get(definition.key))
            return Eq(left, meaning.number(definition.body), evaluate=False)
        kind = self.scope.kinds.get(f"{definition.key}[]" if definition.indices else definition.key)
        if definition.indices:
            places = [meaning.index(index) for index in definition.indices]
            left = Indexed(meaning.base(definition.key, kind), *places)
        else:
            left = meaning.plain(definition.key, kind)
        value = meaning.value(definition.body)
        if isinstance(value, Array):
            return self.array_definition(definition, value)
        return Eq(left, value, evaluate=False)

    def array_definition(self, definition: Definition, value: Array) -> Eq | None:
        """The equation that defines each entry; None where the name is no array of that shape."""
        meaning = self.meaning
        kind = self.scope.kinds.get(definition.family)
        if kind is None or kind.shape != (value.shape if value.columns != 1 else (value.rows,)):
            return None
        indices = [meaning.index(index) for index in definition.indices]
        places = [meaning.position(name, size) for name, size in zip(("row", "col"), kind.shape, strict=False)]
        left = Indexed(IndexedBase(definition.key, **dict(kind.assumptions)), *indices, *places)
        return Eq(left, value.entry(*places, *[Integer(1)] * (2 - len(places))), evaluate=False)

    def facts(self) -> list[Basic]:
        """The facts that share a name with what is read, or with one another."""
        waiting, unread = [*self.scope.facts, *self.scope.held], []
        found: list[Basic] = [fact for fact in self.scope.fact_trees if _names([fact]) & self.names]
        self.names |= _names(found)
        changed = True
        while changed:
            changed = False
            for node in list(waiting):
                try:
                    fact = relation_of(self.meaning, node)
                except Unreadable as problem:
                    waiting.remove(node)
                    unread.append((letters_in(node), problem))
                    continue
                if _names([fact]) & self.names:
                    waiting.remove(node)
                    found.append(fact)
                    self.names |= _names([fact])
                    changed = True
        self.gap = self.gap or next((f"a fact: {p.message}" for letters, p in unread if letters & self.names), "")
        return [*found, *self.totals(found), *self.totals_of_values(), *self.steps(found)]

    def steps(self, facts: Sequence[Basic]) -> list[Basic]:
        """What recurrences among the facts say at the places of what is read."""

        def endless(index: Symbol) -> bool:
            known = index.name in self.scope.index_sets or index.name in self.meaning.ranges
            return bool(index.is_integer) and not known

        try:
            return recurrences.steps(facts, self.trees, endless)
        except recurrences.TooMany:
            self.gap = self.gap or "a recurrence, which would be used too often"
            return []

    def totals(self, facts: Sequence[Basic]) -> list[Basic]:
        """Σ_k α_k = 1 and α_k ≥ 0 for a factor p(y=k) = α_k, where nothing else is said of α."""
        found: list[Basic] = []
        for factor in self.scope.factors:
            equation = self.factor(factor) if not factor.left.given else None
            event = equation.lhs.events[0] if equation is not None else None
            if equation is None or not isinstance(equation.rhs, Indexed) or not isinstance(event, Eq):
                continue
            domain, value = self.scope.variables.get(event.lhs.name), event.rhs
            family = {str(equation.rhs.base.label)}
            if domain is None or not isinstance(value, Symbol) or not family & self.names or family & _names(facts):
                continue
            total = Sum(equation.rhs, (value, domain.lower, domain.upper))
            found.append(Eq(total, 1, evaluate=False))
            if not equation.rhs.base.is_nonnegative:
                found.append(Ge(equation.rhs, 0, evaluate=False))
        return found

    def totals_of_values(self) -> list[Basic]:
        """q + r = 1 for p(y=1) = q and p(y=0) = r, the same behind their bars, where these are all values of y."""
        whole = [factor for factor in self.scope.factors if not is_component_factor(self.scope, factor)]
        equations = [each for factor in whole if (each := self.factor(factor)) is not None]
        groups: dict[tuple[str, tuple[Basic, ...]], dict[Expr, Expr]] = {}
        for equation in equations:
            event = equation.lhs.events[0]
            if isinstance(event, Eq) and event.rhs.is_Integer and not event.lhs.indices:
                groups.setdefault((event.lhs.name, equation.lhs.given), {})[event.rhs] = equation.rhs
        found: list[Basic] = []
        for (name, _), formulas in groups.items():
            names = _names(formulas.values()) & self.names
            if not names or set(values_of(self.scope.variables.get(name))) != set(formulas):
                continue
            with evaluate(True):
                is_so = expand(Add(*formulas.values()).doit()) == 1
            if not is_so:
                found.append(Eq(Add(*formulas.values(), evaluate=False), 1, evaluate=False))
                found += [Ge(each, 0, evaluate=False) for each in formulas.values() if each.is_nonnegative is None]
        return found

    # --- sets

    def index_sets(self, trees: Sequence[Basic]) -> dict[Symbol, IndexSet]:
        """The sets of the free index symbols."""
        found: dict[Symbol, IndexSet] = {}
        symbols = {s for each in trees for s in _free(each)}
        for definition in trees:
            if isinstance(definition, Eq) and isinstance(definition.lhs, Indexed):
                symbols |= {i for i in definition.lhs.indices if isinstance(i, Symbol)}
        for symbol in sorted(symbols, key=lambda each: each.name):  # in one order, whatever the hashes are
            bounds = self.meaning.ranges.get(symbol.name)
            if symbol in self.values:
                found[symbol] = self.values[symbol]
            elif bounds is not None:
                found[symbol] = IndexSet(*bounds)
            elif symbol.name in self.scope.index_sets and symbol.is_integer:
                found[symbol] = self.scope.index_sets[symbol.name]
            elif symbol.name in self.meaning.tied and symbol.name not in self.meaning.ranges:
                index_set = self.supposed(self.meaning.tied[symbol.name])
                found.update({symbol: index_set} if index_set is not None else {})
        return found

    def supposed(self, tied: Tied) -> IndexSet | None:
        """The set of a free index, where it is known of what ranges over the same, or a bound one was given one."""
        known, some = self.scope.set_of([tied]), some_set(tied.letters[0])
        return some if known is None and some in self.meaning.unsaid.values() else known

    def value_sets(self) -> dict[Symbol | IndexedBase, IndexSet]:
        found: dict[Symbol | IndexedBase, IndexSet] = {}
        for key, kind in self.scope.kinds.items():
            values = kind.values or kind.entries
            if values is None or key.removesuffix("[]") not in self.names:
                continue
            assumptions = dict(kind.assumptions)
            if key.endswith("[]") or kind.shape:
                found[IndexedBase(key.removesuffix("[]"), **assumptions)] = values
            else:
                found[Symbol(key, **assumptions)] = values
        return found

    # --- the model

    def model(self, facts: Sequence[Basic] = ()) -> Model | None:
        """The model, where a probability is mentioned, perhaps by a fact, and something is said of it."""
        scope, meaning = self.scope, self.meaning
        if scope.model is not None:
            defined = {d.key for d in scope.definitions}
            self.names |= _names([factor.rhs for factor in scope.model.factors]) & defined  # in an answer's own letters
            return scope.model
        probabilities = [p for each in (*self.trees, *facts) for p in each.atoms(Probability, Expectation)]
        if not probabilities and not any(d.key in self.names for d in scope.definitions):
            return None
        known = {key: domain for key, domain in scope.variables.items() if domain is not None}
        domains = {**scope.variables, **meaning.variables, **known}
        whole = [factor for factor in scope.factors if not is_component_factor(scope, factor)]
        read = [(f, factor.modelled) for factor in whole if (f := self.factor(factor)) is not None]
        vectors = [key for key in scope.components if key in domains and scope.vector_of(key) is not None]
        read += [(f, False) for key in vectors for f in factors_of(meaning, key)]
        stated = networks([equation for equation, _ in read], domains)
        everything = frozenset((*domains, *(each.head for each in stated)))
        stated = [
            replace(s, network=everything) if by_words else s for s, (_, by_words) in zip(stated, read, strict=True)
        ]
        made = self.independent(domains, {each.head for each in stated})
        equations = [each.equation for each in (*stated, *made)]
        found = generative([*stated, *made], _ordered(equations, domains), scope.independence)
        factors = list(found.factors)
        self.state([fact for fact in found.facts if fact not in [each.equation for each in made]], domains)
        finite = any(domain is not None for domain in domains.values())
        if not factors and scope.samples is None and not finite:
            return None
        if not factors and scope.samples is None and any(p.atoms(Event) for p in probabilities):
            return None
        for factor in factors:
            self.names |= _names([factor.rhs])
        formulas = _names(factor.rhs for factor in factors)
        families = {str(node.base.label) for factor in factors for node in factor.rhs.atoms(Indexed)}
        single = formulas - families
        variables = tuple(self.variable(key, domains.get(key), key in single) for key in found.order)
        return Model(variables, tuple(factors), scope.samples)

    def state(self, equations: Sequence[Eq], domains: dict[str, IndexSet | None]) -> None:
        """Take equations for probabilities for facts, at all values of the variables that they have indices for."""
        if equations and self.scope.samples is not None:
            self.gap = self.gap or "how the variables depend on each other is not said"
            return
        for equation in equations:
            for event in (*equation.lhs.events, *equation.lhs.given):
                domain = domains.get(event.lhs.name) if isinstance(event, Eq) else None
                if domain is not None and isinstance(event.rhs, Symbol):
                    self.values[event.rhs] = domain
            if equation not in self.extra:
                self.extra.append(equation)
            self.names |= _names([equation])

    def independent(self, domains: dict[str, IndexSet | None], known: set[str]) -> list[Stated]:
        """Variables with finitely many values that are independent, or a network, have distributions given others.

        Of the first statement alone; a second one may say more than the distributions of its variables can show.
        known: variables of which a distribution is stated.
        """
        found: list[Stated] = []
        for name, behind in self.tables(domains):
            if name in known:
                continue
            sets = {each: domain for each in (name, *behind) if (domain := domains.get(each)) is not None}
            places = {each: Symbol(f"v_{each}", **index_assumptions(sets[each].lower)) for each in sets}
            self.values |= {places[each]: sets[each] for each in behind}
            given = [Eq(RandomVariable(each), places[each], evaluate=False) for each in behind]
            label = f"P_{name}" if not behind else f"P_{name}|{','.join(behind)}"
            weight = IndexedBase(label, nonnegative=True)[places[name], *(places[each] for each in behind)]
            event = Eq(RandomVariable(name), places[name], evaluate=False)
            network = frozenset(domains) if self.scope.network else frozenset[str]()
            found.append(Stated(Eq(P(event, given=given), weight, evaluate=False), network))
            fact = Eq(Sum(weight, (places[name], sets[name].lower, sets[name].upper)), 1, evaluate=False)
            if fact not in self.extra:
                self.extra.append(fact)
        return found

    def tables(self, domains: Mapping[str, IndexSet | None]) -> list[tuple[str, list[str]]]:
        """Variables with what stands behind the bar of their distributions, where all have finitely many values."""
        found: list[tuple[str, list[str]]] = []
        for statement in self.scope.independence[:1]:
            events = (*statement.events, *statement.given)
            names = [event.name for event in events if isinstance(event, RandomVariable)]
            if len(names) == len(events):
                behind = names[len(statement.events) :]
                found += [(name, behind) for name in names[: len(statement.events)]]
        if self.scope.network:
            keys = [[letter_in(each) for each in (*chance.events, *chance.given)] for chance in self.scope.network]
            found = [(name, behind) for name, *behind in keys]
        return found if all(domains.get(each) is not None for name, behind in found for each in (name, *behind)) else []

    def variable(self, key: str, domain: IndexSet | None, single: bool) -> Variable:
        """The variable; `single`: its factor's formula has its value as a number, and not as components."""
        family = self.scope.kinds.get(f"{key}[]")
        kind = self.scope.kinds.get(key) or family or Kind()
        assumptions = {name: value for name, value in kind.assumptions if name not in ("identity", "row of")}
        many = not single and (
            family is not None
            or self.scope.vector_of(key) is not None
            or key in self.scope.superscripts
            or bool(kind.shape)
        )
        value = IndexedBase(key, **assumptions) if many else Symbol(key, **assumptions)
        return Variable(RandomVariable(key), value, domain)

    def factor(self, factor: Factor) -> Eq | None:
        """A factor as an equation of a single sample."""
        meaning = self.meaning
        left, right = meaning.number(factor.left), meaning.number(factor.right)
        if not isinstance(left, Probability):
            return None
        samples = {event.lhs if isinstance(event, Eq) else event for event in (*left.events, *left.given)}
        indices = {i for each in samples if isinstance(each, RandomVariable) for i in each.indices}
        if not indices:
            return Eq(left, right, evaluate=False)
        if len(indices) > 1:
            return None
        (index,) = indices
        right = right.replace(
            lambda node: isinstance(node, Indexed) and node.indices[0] == index,
            lambda node: _without_first(node),
        )
        if index in right.free_symbols:
            return None
        return Eq(P(*map(_bare, left.events), given=tuple(map(_bare, left.given))), right, evaluate=False)


def _without_first(node: Indexed) -> Expr:
    rest = node.indices[1:]
    return Indexed(node.base, *rest) if rest else Symbol(str(node.base.label), **_assumptions(node.base))


def _assumptions(base: IndexedBase) -> dict[str, bool]:
    return {
        name: value for name, value in base.assumptions0.items() if name in ("real", "positive", "integer") and value
    }


def _bare(event: Basic) -> Basic:
    if isinstance(event, Eq):
        return Eq(event.lhs.bare, event.rhs, evaluate=False)
    return event.bare if isinstance(event, RandomVariable) else event


def _ordered(factors: Sequence[Eq], domains: dict[str, IndexSet | None]) -> list[str]:
    """The variables in generative order: what stands behind the bar before what stands in front of it."""
    order: list[str] = []
    waiting = list(factors)

    def subject(event: Basic) -> str:
        return (event.lhs if isinstance(event, Eq) else event).name  # type: ignore[no-any-return]

    for factor in waiting:
        for event in factor.lhs.given:
            if subject(event) not in order:
                order.append(subject(event))
    for factor in waiting:
        for event in factor.lhs.events:
            if subject(event) not in order:
                order.append(subject(event))
    finite = [key for key in domains if key not in order and domains[key] is not None]
    return order + finite + [key for key in domains if key not in order and key not in finite]


def _names(trees: Iterable[Basic]) -> set[str]:
    """The names of symbols and families in trees."""
    return {name for each in trees for name in _names_in(each)}


def _families_in(trees: Iterable[Basic]) -> set[str]:
    """The families in trees as scopes name them: N[]."""
    return {f"{base.label}[]" for each in trees for base in each.atoms(IndexedBase)}


@lru_cache(maxsize=MOST_TREES)
def _names_in(tree: Basic) -> frozenset[str]:
    return frozenset(symbol.name for symbol in tree.atoms(Symbol))


@lru_cache(maxsize=MOST_TREES)
def _free(tree: Basic) -> frozenset[Symbol]:
    return frozenset(symbol for symbol in tree.free_symbols if isinstance(symbol, Symbol))
