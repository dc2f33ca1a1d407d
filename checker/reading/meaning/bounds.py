"""The bounds of a sum or product: its indices, their sets, and the conditions below the sign."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from sympy import Expr, Integer, Symbol

from checker.derivation import IndexSet
from checker.reading.known.letters import keys, letters_in, letters_outside
from checker.reading.known.names import letter_key, name_of, single
from checker.reading.known.scope import SIZE, Scope, Tied, some_set
from checker.reading.meaning.context import Context
from checker.reading.meaning.naming import OWN
from checker.reading.meaning.shorthands import instance
from checker.reading.syntax import (
    Big,
    Bracket,
    Call,
    Chance,
    Dots,
    Letter,
    Node,
    Number,
    Product,
    Relation,
    Scripted,
    Several,
    chosen,
    same,
    walk,
)
from checker.reading.tex.tokens import Beyond, Place, Unreadable

Bound = tuple[str, Symbol, Expr, Expr]


class OverSet(Unreadable):
    """A sum over a set of which nothing is known."""

    def __init__(self, place: Place) -> None:
        super().__init__("a sum over a set that is not written out, as in \\{1,\\dots,N\\}", place)


def bounds_of(m: Context, node: Big) -> tuple[list[Bound], list[Node]]:
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
    if _is_variable({key for key, *_ in letters}, node.body):
        raise Beyond("a sum over the values of a variable", node.place)
    node = replace(node, below=(*node.below, *conditions))
    found = [_bound(m, key, low, up, node) for key, _, low, up in letters]
    for condition in conditions:
        if not _mentions(condition, {key for key, _, _, _ in found}):
            raise Unreadable("the condition below the sign does not mention its index", condition.place)
    return found, conditions


def _is_variable(keys_below: set[str], body: Node) -> bool:
    """Σ_Y of p(Y = y): what stands below the sign is a variable, and its value another letter."""
    return any(
        isinstance(event, Relation) and isinstance(event.left, Letter) and letter_key(event.left) in keys_below
        for each in walk(body)
        if isinstance(each, Chance)
        for event in (*each.events, *each.given)
    )


def _below(
    m: Context, part: Node, upper: Node | None, letters: list[tuple[str, Node, Node | None, Node | None]],
    conditions: list[Node],
) -> None:  # fmt: skip
    if isinstance(part, Several) and part.word == "where":
        conditions.extend(part.parts)
        return
    if isinstance(part, Several) and part.word == "and":
        links = part.parts
        if len(links) == 2 and all(isinstance(p, Relation) and p.sign in ("<=", "<") for p in links):
            low, high = links
            assert isinstance(low, Relation)
            assert isinstance(high, Relation)
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
        if upper is not None:
            raise Beyond("a sum over the values of a variable", part.place)
    if isinstance(part, Relation) and part.sign == "in":
        letter = _letter_of(m, part.left)
        of = chosen(m.alias(part.right, m.scope.aliases) or part.right)
        if letter is not None and of is not None and isinstance(of[0], Letter):
            conditions.append(instance(of[2], {of[0].name: part.left}))
        ends = _range(of[1] if of is not None and of[1] is not None else part.right)
        if letter is None or ends is None and (of is None or of[1] is not None):
            raise OverSet(part.place)
        letters.append((letter, part.left, *(ends or (None, None))))
        return
    if isinstance(part, Relation | Several):
        conditions.append(part)
        return
    factors = part.factors if isinstance(part, Product) else (part,)
    if any(isinstance(each, Letter) and each.name in ("epsilon", "varepsilon") for each in factors[1:]):
        raise Unreadable("an \\epsilon below the sign; an index of a set is written i \\in I", part.place)
    for each in factors:
        letter = _letter_of(m, each)
        if letter is None and isinstance(each, (Letter, Scripted)):
            raise Beyond("a sum over the values of a variable", each.place)
        if letter is None:
            raise Unreadable("an index is expected below the sign", each.place)
        letters.append((letter, each, None, upper))


def _taken(node: Node, letters: list[tuple[str, Node, Node | None, Node | None]]) -> bool:
    return any(same(node, letter) for _, letter, _, _ in letters)


def _letter_of(m: Context, node: Node) -> str | None:
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


def _index_of_condition(m: Context, conditions: list[Node], node: Big) -> str:
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
        inside = {key for each in walk(node.body) for key in keys(each)}
        if letter is not None and letter in free and (not {letter, other} <= inside or other in _outside(m, node)):
            return letter
    raise Unreadable("it is not certain over which index the sum runs", node.place)


def _outside(m: Context, inner: Node) -> set[str]:
    """The letters of the statement that stand free outside a tree."""
    return {key for node in m.statements for key in letters_outside(node, inner, m.scope)}


def _mentions(condition: Node, names: set[str]) -> bool:
    for each in walk(condition):
        if isinstance(each, Letter) and letter_key(each) in names:
            return True
        if (
            isinstance(each, Scripted)
            and isinstance(each.base, Letter)
            and letter_key(each.base) + "'" * each.primes in names
        ):
            return True
    return False


def _bound(m: Context, key: str, low: Node | None, up: Node | None, node: Big) -> Bound:
    if low is None and up is not None:
        known = _set_of(m, key, node)
        lower, upper = known.lower if known is not None else Integer(1), m.index(up)
    elif low is None or up is None:
        found = _set_of(m, key, node)
        if found is None:
            key, found = _by_size(m, key, node) or (key, None)
        if found is None and key not in {name for each in walk(node.body) for name in keys(each)}:
            raise Unreadable(f"the index {key} does not stand behind the sign", node.place)
        if found is None:
            found = some_set(next((tied.letters[0] for tied in _tied(m.scope, key, node)), key))
            m.unsaid[key] = found
        lower = found.lower if low is None else m.index(low)
        upper = found.upper
    else:
        lower, upper = m.index(low), m.index(up)
    symbol = m.binder(key, lower)
    m.spans[symbol] = lower, upper
    return key, symbol, lower, upper


def _set_of(m: Context, key: str, node: Big) -> IndexSet | None:
    """The set of an index whose bounds are left out: of the places where it stands, or its declared one."""
    trees = (node.body, *node.below)
    found = (_set_at(m.scope, *place) for tree in trees for place in _places_of(m.scope, key, tree))
    sets = {place for place in found if place is not None}
    sets |= {s for s in [_value_set(m, each) for c in trees for each in _compared_with(c, key)] if s}
    if len(sets) == 1:
        only = next(iter(sets))
        if _is_denied(m.scope, key, trees, only):
            raise Unreadable(f"the sums of the text say of {key} another set than what is declared", node.place)
        return only
    bare = key.rstrip(f"'{OWN}")
    for name in (key, bare):
        if name in m.scope.index_sets:
            return m.scope.index_sets[name]
        kind = m.scope.kinds.get(name)
        if kind is not None and kind.values is not None:
            return kind.values
        if name in m.scope.variables and m.scope.variables[name] is not None:
            return m.scope.variables[name]
    samples = m.scope.model.samples if m.scope.model is not None else m.scope.samples
    if samples is not None and any(_is_of_samples(m.scope, key, tree) for tree in trees):
        return samples
    return m.scope.set_of(_tied(m.scope, key, node))


def _is_denied(scope: Scope, key: str, trees: Iterable[Node], index_set: IndexSet) -> bool:
    """Only sums with written bounds say that an index has this set where it stands, and a declaration says another."""
    places = [place for tree in trees for place in _places_of(scope, key, tree) if scope.place_of(*place) == index_set]
    if not places or any(scope.inferred.get(place) != index_set for place in places):
        return False
    shapes = [scope.shaped(*place) for place in places]
    declared = [*shapes, scope.index_sets.get(key.rstrip(f"'{OWN}")) if not any(shapes) else None]
    return any(each is not None and each != index_set for each in declared)


def _tied(scope: Scope, key: str, node: Big) -> list[Tied]:
    """The classes of the positions where a bound index stands."""
    positions = (place for tree in (node.body, *node.below) for place in _places_of(scope, key, tree, samples=True))
    return [scope.tied[place] for place in positions if place in scope.tied]


def _set_at(scope: Scope, family: str, arity: int, number: int) -> IndexSet | None:
    """The set of an index of a family; of a defined one, that of its placeholder."""
    definition = scope.definition_of(f"{family}[]")
    known = scope.place_of(family, arity, number)
    if known is not None or definition is None or definition.parameters or len(definition.indices) != arity:
        return known
    return scope.index_sets.get(single(definition.indices[number]))


def _is_of_samples(scope: Scope, key: str, body: Node) -> bool:
    """The index stands as that of a sample, in x^{(m)}."""
    return any(
        isinstance(node, Scripted)
        and node.bracketed
        and isinstance(node.base, Letter)
        and letter_key(node.base) in scope.superscripts
        and node.sup is not None
        and single(node.sup) == key
        for node in walk(body)
    )


def _places_of(scope: Scope, key: str, body: Node, samples: bool = False) -> Iterator[tuple[str, int, int]]:
    """Where the index stands as an index of a family; of samples x^{(m)} where they are wanted."""
    for node in walk(body):
        if isinstance(node, (Scripted, Call)):
            name = name_of(node, scope) if isinstance(node, Scripted) else None
            sample = name is not None and name.key in scope.superscripts and len(name.indices) == 1
            of_sample = sample and isinstance(node, Scripted) and node.bracketed
            if name is not None and (samples or not of_sample):
                for number, index in enumerate(name.indices):
                    inner = name_of(index, scope)
                    if inner is not None and inner.key == key and not inner.indices:
                        yield name.key, 0 if of_sample else len(name.indices), number


def _compared_with(node: Node, key: str) -> Iterator[Node]:
    """What an index is compared with in an indicator or a condition."""
    for each in walk(node):
        if isinstance(each, Relation) and each.sign in ("=", "!="):
            for here, there in ((each.left, each.right), (each.right, each.left)):
                if single(here) == key:
                    yield there


def _value_set(m: Context, node: Node) -> IndexSet | None:
    name = name_of(node, m.scope)
    if name is None:
        return None
    kind = m.scope.kinds.get(name.family)
    if kind is not None and kind.values is not None:
        return kind.values
    if name.key in m.scope.variables:
        return m.scope.variables[name.key]
    return m.scope.index_sets.get(name.key) if not name.indices else None


def _by_size(m: Context, key: str, node: Big) -> tuple[str, IndexSet] | None:
    """Σ_K with a size below the sign: over the one index in the body whose set ends at K, or over k."""
    letters = letters_in(node.body)
    small = key.lower()
    if key not in m.scope.sizes and (key in letters or not key.isupper()):
        return None
    fitting = [
        (name, index_set) for name, index_set in m.scope.index_sets.items()
        if name in letters and isinstance(index_set.upper, Symbol) and index_set.upper.name == key
    ]  # fmt: skip
    if not fitting and small != key and small in letters and small not in {*m.bound, *m.scope.index_sets}:
        return small, IndexSet(1, Symbol(key, **dict(SIZE.assumptions)))
    return fitting[0] if len(fitting) == 1 else None
