"""What p(…) = … declares: a factor of the model, another spelling of a probability, or a fact."""

from __future__ import annotations

from dataclasses import replace

from checker.reading.known.letters import letters_in
from checker.reading.known.names import Name, letter_key, name_of
from checker.reading.known.scope import Factor, Scope, Shorthand
from checker.reading.meaning.chances import domain_of, is_density
from checker.reading.meaning.naming import is_new, plain_name
from checker.reading.syntax import Applied, Bracket, Chance, Dots, Letter, Node, Number, Product, Relation, same, walk
from checker.reading.words.componentwise import product_of_components
from checker.reading.words.draft import Draft


def probability(draft: Draft, left: Chance, right: Node) -> None:
    """p(y=k) = α_k as a factor of the model; p(y) = p(y=k) as a shorthand; P(A) = 1/2 as a fact."""
    left = _of_indices(draft, left)
    spelling = isinstance(right, Chance) and not is_density(right)
    if draft.answering and not (spelling and isinstance(right, Chance) and _allowed(draft, left, right)):
        draft.add_fact(Relation("=", left, right, left.place))
        return
    if product_of_components(draft, left, right):
        return
    if spelling and isinstance(right, Chance):
        if len(left.events) == len(right.events):
            pairs = list(zip(left.events, right.events, strict=True))
            if all(isinstance(r, Relation) or same(e, r) for e, r in pairs) and not all(same(e, r) for e, r in pairs):
                short = tuple(Shorthand(e, r) for e, r in pairs if not same(e, r))
                draft.scope = replace(draft.scope, events=(*draft.scope.events, *short))
                for _, r in pairs:
                    outcome(draft, r)
                return
            if all(same(e, r) for e, r in pairs):
                _extra_parameters(draft, left, right)
                return
        draft.scope = replace(draft.scope, chances=(*draft.scope.chances, Shorthand(left, right)))
        return
    if any(isinstance(each, Chance) and not is_density(each) for each in walk(right)):
        draft.add_fact(Relation("=", left, right, left.place))
        network = _network(draft.scope, left, right)
        draft.scope = replace(draft.scope, network=network or draft.scope.network)
        return
    if len(left.events) == 1 and outcome(draft, left.events[0]):
        for event in left.given:
            if isinstance(event, Relation):
                outcome(draft, event)
        if any(same(each.left, left) or _covers(draft.scope, each.left, left) for each in draft.scope.factors):
            draft.add_fact(Relation("=", left, right, left.place))  # P(X=1) = p beside P(X=k) = α_k, or said before
            return
        for factor in draft.scope.factors:
            if _covers(draft.scope, left, factor.left):
                kept = tuple(each for each in draft.scope.factors if each is not factor)
                draft.scope = replace(draft.scope, factors=kept)
                draft.add_fact(Relation("=", factor.left, factor.right, factor.left.place))
        draft.scope = replace(draft.scope, factors=(*draft.scope.factors, Factor(left, right, draft.modelled)))
        _conditioned(draft, left)
        return
    if is_of_new_data(left, right, draft.scope):
        draft.scope = replace(draft.scope, chances=(*draft.scope.chances, Shorthand(left, right)))
        return
    draft.add_fact(Relation("=", left, right, left.place))


def density_of(relation: Relation) -> tuple[Chance, Node] | None:
    """The density that an equation is for, with its formula: p(D | θ) = f, or log p(D | θ) = log f."""
    left, right = relation.left, relation.right
    if isinstance(left, Chance):
        return left, right
    if isinstance(left, Applied) and left.function in ("log", "ln") and not left.sub:
        inside = left.arguments[0]
        while isinstance(inside, Bracket) and len(inside.items) == 1:
            inside = inside.items[0]
        return (inside, Applied("exp", (right,), right.place)) if isinstance(inside, Chance) else None
    return None


def is_of_new_data(left: Chance, right: Node, scope: Scope) -> bool:
    """p(D | θ) = a formula of the parameters θ, for data D of which nothing is said and which are a new name."""
    name = plain_name(left.events[0], scope) if len(left.events) == 1 else None
    if name is None or name.indices or not is_new(name, scope) or not left.given:
        return False
    given = {name.key for event in left.given for name in [plain_name(event, scope)] if name is not None}
    return bool(given & letters_in(right)) and name.key not in letters_in(right)


def _network(scope: Scope, left: Chance, right: Node) -> tuple[Chance, ...]:
    """The factors of p(x, y, z) = p(x) p(y|x) p(z|y), each of one variable given some before it; else ()."""
    factors = right.factors if isinstance(right, Product) else ()
    chances = [each for each in factors if isinstance(each, Chance) and len(each.events) == 1]
    if len(chances) < len(factors) or len(chances) != len(left.events) or left.given:
        return ()
    heads = [_variable_key(scope, each.events[0]) for each in chances]
    if "" in heads or set(heads) != {_variable_key(scope, each) for each in left.events}:
        return ()
    parents = [{_variable_key(scope, given) for given in each.given} for each in chances]
    before = [set(heads[:number]) for number in range(len(heads))]
    return tuple(chances) if all(map(set.issubset, parents, before)) else ()


def _variable_key(scope: Scope, node: Node) -> str:
    name = plain_name(node, scope) if not isinstance(node, Relation) else None
    return name.key if name is not None and not name.indices and name.key in scope.variables else ""


def _covers(scope: Scope, general: Chance, special: Chance) -> bool:
    """P(X = k) for an index k says what P(X = 1) is, given the same."""
    if len(general.events) != 1 or len(special.events) != 1 or not all(map(same, general.given, special.given)):
        return False
    one, other = general.events[0], special.events[0]
    if not isinstance(one, Relation) or not isinstance(other, Relation) or not same(one.left, other.left):
        return False
    letter = name_of(one.right, scope)
    return (
        len(general.given) == len(special.given) and isinstance(other.right, Number)
        and letter is not None and not letter.indices and letter.power is None
    )  # fmt: skip


def _allowed(draft: Draft, left: Chance, right: Chance) -> bool:
    """Other spellings that an answer may use: p(y) for p(y = k), p(x, y) for the list of all samples."""
    bare = all(isinstance(event, Letter) for event in left.events)
    if any(isinstance(event, Dots) for event in right.events):
        return bare and len(left.given) == len(right.given) and all(map(same, left.given, right.given))
    if len(left.events) != len(right.events) or not all(map(same, left.given, right.given)):
        return False
    return all(
        same(a, b) or isinstance(b, Relation) and (same(a, b.left) or _is_new_event(draft, a))
        for a, b in zip(left.events, right.events, strict=True)
    )


def _is_new_event(draft: Draft, node: Node) -> bool:
    name = plain_name(node, draft.scope)
    return name is not None and name.family not in draft.known


def _conditioned(draft: Draft, left: Chance) -> None:
    """A name behind the bar of a factor that is no variable is a parameter."""
    for node in left.given:
        name = name_of(node, draft.scope) if not isinstance(node, Relation) else None
        if name is not None and not name.indices and name.power is None and name.key not in draft.scope.variables:
            draft.scope = replace(draft.scope, parameters=draft.scope.parameters | {name.key})


def _extra_parameters(draft: Draft, left: Chance, right: Chance) -> None:
    """P(y) = P(y | θ): θ may stand behind the bar or not."""
    for node in (*left.given, *right.given):
        name = name_of(node, draft.scope)
        if name is not None and not any(
            same(node, other) for other in (*left.given, *right.given) if other is not node
        ):
            draft.scope = replace(draft.scope, parameters=draft.scope.parameters | {name.key})


def _of_indices(draft: Draft, chance: Chance) -> Chance:
    """p(c | x) for an index c says that the variable c has the value c."""

    def valued(event: Node) -> Node:
        key = letter_key(event) if isinstance(event, Letter) else ""
        is_index = key in draft.scope.index_sets and key not in draft.scope.random
        return Relation("=", event, event, event.place) if is_index else event

    return replace(chance, events=tuple(map(valued, chance.events)), given=tuple(map(valued, chance.given)))


def outcome(draft: Draft, event: Node) -> bool:
    """Note the variable of y = k or x; False for an event by name."""
    value = event.right if isinstance(event, Relation) else None
    node = event.left if isinstance(event, Relation) else event
    name = name_of(node, draft.scope)
    if name is None or name.power is not None:
        return False
    kind = draft.scope.kinds.get(name.key) or draft.scope.kinds.get(f"{name.key}[]")
    domain = domain_of(name, draft.scope, valued=value is not None)
    if domain is None and value is not None:
        letter = name_of(value, draft.scope)
        if letter is not None and letter.key in draft.scope.index_sets:
            domain = draft.scope.index_sets[letter.key]
    known = (
        value is not None or kind is not None or name.bold or name.key in draft.scope.superscripts
        or name.key in draft.scope.variables or _component_kind(name, draft.scope)
    )  # fmt: skip
    if not known:
        return False
    before = draft.scope.variables.get(name.key)
    if draft.scope.vector_of(name.key) is not None:
        domain = before = None  # that of a component, and not of the vector
    draft.scope = draft.scope.knowing(variables={name.key: domain or before})
    draft.scope = replace(draft.scope, parameters=draft.scope.parameters - {name.key})
    return True


def _component_kind(name: Name, scope: Scope) -> bool:
    return f"{name.key}[]" in scope.kinds
