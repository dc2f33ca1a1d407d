"""Types, sets and signs of names: what "x ∈ ℝ", "σ > 0" and "i = 1, …, N" declare."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from sympy import Expr, Integer

from checker.derivation import IndexSet
from checker.reading.known.indices import index_assumptions
from checker.reading.known.names import Name, is_transpose, letter_key, name_of, single
from checker.reading.known.scope import POSITIVE, REAL, SIZE, Definition, Kind, Scope
from checker.reading.lexicon import CHANCE
from checker.reading.meaning.arrays import Array
from checker.reading.meaning.dots import INDEX, run_of
from checker.reading.meaning.naming import is_name, plain_name
from checker.reading.meaning.terms import Meaning
from checker.reading.syntax import (
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
    Total,
    walk,
)
from checker.reading.tex.tokens import Unreadable
from checker.reading.words.draft import Draft, listed

NONNEGATIVE = Kind((("nonnegative", True),))
NEGATIVE = Kind((("negative", True),))
_TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "!=": "!="}
_NOT_DECLARED = frozenset(
    ("perp", "prop", "~=", "notin", "superset", "<<", ">>", "succeq", "prec", "preceq", "nle", "nge")
)
"""Signs of relations that say something of names which is not understood."""

Members = tuple[Kind, IndexSet | None, list[Callable[[Node], Relation]]]
"""The members of a set: their kind, the set where it is a range of integers, and the facts on each of them."""


def kinds_in(draft: Draft, node: Node) -> None:
    """The types, sets and signs that a relation declares."""
    try:
        if isinstance(node, Relation) and node.sign == "=" and is_range(node):
            assert isinstance(node.right, Bracket)
            _membership(draft, replace(node, sign="in", right=replace(node.right, kind="{}")))
        elif isinstance(node, Relation) and node.sign == "in":
            _membership(draft, node)
        elif isinstance(node, Relation) and node.sign in ("<", ">", "<=", ">=", "!="):
            _sign(draft, node)
        elif isinstance(node, Relation) and node.sign in ("=", ":="):
            _symmetry(draft, node)
        elif isinstance(node, Relation) and node.sign == "succ":
            name = name_of(node.left, draft.scope)
            if name is not None:
                positive_definite(draft, name.key)
        elif isinstance(node, Relation) and node.sign in _NOT_DECLARED:
            raise Unreadable("this relation is not understood in a declaration", node.place)
    except Unreadable as problem:
        draft.gap_in(node, problem)


def _membership(draft: Draft, node: Relation) -> None:
    for left in listed(node.left):
        if isinstance(left, Dots):
            continue
        name = name_of(left, draft.scope)
        if isinstance(left, Call) and left.kind == "[]":
            inner = name_of(left.function, draft.scope)
            name = inner and replace(inner, indices=(*inner.indices, *left.arguments))
        if name is None or name.power is not None and not _becomes_index(draft, left):
            draft.pending.append(replace(node, left=left))
            continue
        if name.power is not None:
            name = name_of(left, draft.scope) or name
        _declare(draft, name, node.right, left)


def _becomes_index(draft: Draft, node: Node) -> bool:
    """x^i ∈ …: the superscript is an index, since a power is not declared."""
    if not isinstance(node, Scripted) or not isinstance(node.base, Letter) or node.sup is None:
        return False
    if not isinstance(node.sup, Letter):
        return False
    draft.scope = replace(draft.scope, bare_superscripts=draft.scope.bare_superscripts | {letter_key(node.base)})
    return True


def _declare(draft: Draft, name: Name, within: Node, left: Node) -> None:
    if name.family in draft.known:
        return
    found = _kind_of(draft, within)
    if found is None:
        draft.pending.append(Relation("in", left, within, left.place))
        return
    kind, index_set, facts = found
    key = name.family
    if index_set is not None and not index_set.only and not name.indices and draft.is_index(name):
        draft.scope = draft.scope.knowing(index_sets={name.key: index_set})
        kinds = {k: v for k, v in draft.scope.kinds.items() if k != name.key}
        draft.scope = replace(draft.scope, kinds=kinds)
        if name.letter not in draft.scope.lexicon.indices:
            lexicon = replace(draft.scope.lexicon, indices=draft.scope.lexicon.indices | {name.key})
            draft.scope = replace(draft.scope, lexicon=lexicon)
    else:
        if index_set is not None:
            kind = replace(kind, values=index_set)
        draft.set_kind(key, replace(kind, indices=len(name.indices)) if kind.shape else kind)
    for fact in facts:
        draft.add_fact(fact(left))
    if name.letter in CHANCE and not name.indices:
        draft.number(name.letter)


def _kind_of(draft: Draft, node: Node) -> Members | None:
    """The kind of the members of a set, the set where it is a range of integers, and facts on each member."""
    blackboard = _blackboard(node)
    if blackboard is not None:
        return _numbers_of(draft, *blackboard)
    if isinstance(node, Bracket) and node.kind == "{}":
        return _written_out(draft, node)
    if isinstance(node, Bracket) and node.kind in ("[]", "()", "[)", "(]") and len(node.items) == 2:
        return _interval(node)
    if isinstance(node, Scripted) and isinstance(node.base, Bracket) and node.sup is not None and not node.sub:
        return _arrays_of(draft, node.base, node.sup)
    return None


def _arrays_of(draft: Draft, entries: Bracket, size: Node) -> Members | None:
    r"""The arrays whose entries are in a set of integers: \{0,1\}^D."""
    found = _kind_of(draft, entries)
    if found is None or found[1] is None:
        return None
    kind, index_set, _ = found
    return replace(kind, shape=shape_of(draft, size), entries=index_set), None, []


def _numbers_of(draft: Draft, letter: str, sup: Node | None, sub: Node | None) -> Members | None:
    if letter == "R":
        marks = [n for n in (sup, sub) if n is not None]
        positive = any(isinstance(n, Letter) and n.name == "plus" for n in marks) or isinstance(sub, Total | Relation)
        shape = () if sup is None or isinstance(sup, Letter) and sup.name == "plus" else shape_of(draft, sup)
        assumptions = NONNEGATIVE.assumptions if positive else REAL.assumptions
        return Kind(assumptions, None, shape), None, []
    if letter == "N":
        return SIZE, None, []
    if letter == "Z":
        return Kind((("integer", True),)), None, []
    return None


def shape_of(draft: Draft, node: Node) -> tuple[Expr, ...]:
    """The sizes n × p of an array; their letters are sizes from now on."""
    sizes = node.factors if isinstance(node, Product) else (node,)
    for size in sizes:
        for each in walk(size):
            if isinstance(each, Letter):
                draft.size(letter_key(each))
    meaning = Meaning(draft.scope)
    if len(sizes) > 2:
        raise Unreadable("an array of more than two dimensions is not read", node.place)
    return tuple(meaning.index(size) for size in sizes)


def array_defined(scope: Scope, definition: Definition) -> Kind | None:
    """The kind of a name that is defined as a vector or matrix; None for a number, a function, or what is not read."""
    if definition.parameters or not any(kind.shape for kind in scope.kinds.values()):
        return None
    try:
        value = Meaning(scope).value(definition.body)
    except Unreadable:
        return None
    if not isinstance(value, Array):
        return None
    return Kind(REAL.assumptions, None, value.shape if value.columns != 1 else (value.rows,))


def _written_out(draft: Draft, node: Bracket) -> Members | None:
    items = node.items
    if items and isinstance(items[-1], Dots) and len(items) >= 2:
        first = items[0]
        if isinstance(first, Number) and first.text == "0":
            return Kind((("integer", True), ("nonnegative", True))), None, []
        return SIZE, None, []
    if len(items) >= 3 and isinstance(items[-2], Dots):
        for each in walk(items[-1]):
            if isinstance(each, Letter):
                draft.size(letter_key(each))
        meaning = Meaning(draft.scope)
        index_set = IndexSet(meaning.index(items[0]), meaning.index(items[-1]))
        return Kind(tuple(index_assumptions(index_set.lower).items())), index_set, []
    values = [_integer(item) for item in items]
    if not values or any(value is None for value in values):
        return None
    numbers = sorted(value for value in values if value is not None)
    if numbers == list(range(numbers[0], numbers[0] + len(numbers))):
        index_set = IndexSet(Integer(numbers[0]), Integer(numbers[-1]))
        return Kind(tuple(index_assumptions(index_set.lower).items())), index_set, []
    if len(numbers) <= 4:
        return Kind((("integer", True),)), IndexSet.of(*numbers), []
    return None


def _interval(node: Bracket) -> Members:
    low, high = node.items
    strict_low, strict_high = node.kind[0] == "(", node.kind[1] == ")"
    kind = REAL
    if isinstance(low, Number) and float(low.text) >= 0:
        kind = POSITIVE if strict_low or float(low.text) > 0 else NONNEGATIVE

    def below(left: Node) -> Relation:
        return Relation("<" if strict_high else "<=", left, high, node.place)

    def above(left: Node) -> Relation:
        return Relation(">" if strict_low else ">=", left, low, node.place)

    infinite = any(isinstance(n, Letter) and n.name == "infinity" for n in walk(high))
    facts: list[Callable[[Node], Relation]] = [] if infinite else [below]
    unbounded = any(isinstance(n, Letter) and n.name == "infinity" for n in walk(low))
    if not unbounded and not (isinstance(low, Number) and low.text == "0"):
        facts.append(above)
    return kind, None, facts


def _sign(draft: Draft, node: Relation) -> None:
    """σ > 0, 0 < p, a ≠ 0 for names; anything else is a fact."""
    for left in listed(node.left):
        relation = replace(node, left=left)
        if is_name(relation.right, draft.scope) and not is_name(relation.left, draft.scope):
            relation = Relation(_TURNED[node.sign], relation.right, relation.left, node.place)
        name = plain_name(relation.left, draft.scope)
        bound = relation.right
        size = relation.left
        if name is None and isinstance(size, Bracket) and size.kind == "||" and len(size.items) == 1:
            _quantity(draft, size.items[0])
        if name is None or not isinstance(bound, Number):
            draft.pending.append(relation)
            continue
        _signed(draft, name, relation, float(bound.text))


def _quantity(draft: Draft, node: Node) -> None:
    """What has an absolute value is a real number, where nothing else is said of it."""
    name = plain_name(node, draft.scope)
    if name is not None and draft.scope.is_undeclared(name.family) and name.family not in draft.known:
        draft.set_kind(name.family, REAL)


def _signed(draft: Draft, name: Name, relation: Relation, bound: float) -> None:
    key, sign = name.family, relation.sign
    if name.family in draft.known:
        draft.pending.append(relation)
        return
    if any(isinstance(index, Number) for index in name.indices):
        draft.pending.append(relation)
        return
    before = draft.scope.kinds.get(key)
    defined = draft.scope.definition_of(name.family) is not None
    positive = sign == ">" and bound >= 0 or sign == ">=" and bound > 0
    if name.key in draft.scope.index_sets or defined or before is not None and (before.values or before.shape):
        draft.pending.append(relation)
        return
    if before is None and key in draft.scope.sizes and (sign, bound) in ((">=", 1), (">", 0)):
        return  # as sizes are
    if positive:
        draft.set_kind(key, _joined(before, POSITIVE))
    elif sign == ">=" and bound == 0:
        draft.set_kind(key, _joined(before, NONNEGATIVE))
    elif sign == "<" and bound <= 0 and before is None:
        draft.set_kind(key, NEGATIVE)
    elif before is None:
        draft.set_kind(key, REAL)
    elif bound == 0 and sign != "!=":
        draft.pending.append(relation)  # x > 0 and x < 0
    if bound != 0 or sign in ("!=", "<="):
        draft.pending.append(relation)


def _symmetry(draft: Draft, node: Relation) -> None:
    """A^T = A makes A symmetric."""
    for one, other in ((node.left, node.right), (node.right, node.left)):
        if isinstance(one, Scripted) and one.sup is not None and is_transpose(one.sup, draft.scope):
            name = name_of(other, draft.scope)
            inner = name_of(one, draft.scope)
            if name is not None and inner is not None and name.key == inner.key and name.power is None:
                symmetric(draft, name.key)


def positive_definite(draft: Draft, key: str) -> None:
    """A declared square matrix is positive definite, and so symmetric."""
    draft.scope = replace(draft.scope, plain=draft.scope.plain | {f"{key}>0"})
    symmetric(draft, key)


def symmetric(draft: Draft, key: str) -> None:
    """A declared square matrix is symmetric, as one that is positive definite is; or each of a family of such."""
    kind = draft.scope.kinds.get(key) or draft.scope.kinds.get(f"{key}[]")
    if kind is not None and len(kind.shape) == 2 and kind.shape[0] == kind.shape[1]:
        draft.scope = replace(draft.scope, plain=draft.scope.plain | {key, f"{key}=T"})


def places_in(draft: Draft, node: Node) -> None:
    """The set of each index of a declared family."""
    if isinstance(node, Relation):
        for side in (node.left, node.right):
            for left in listed(side):
                _place(draft, left)
        if isinstance(node.left, Chance):
            _places_of_values(draft, node.left, node.right)


def _places_of_values(draft: Draft, chance: Chance, formula: Node) -> None:
    """In p(y = c) = α_c the index is a value of y, where its letter is not declared."""
    values: dict[str, IndexSet] = {}
    for event in (*chance.events, *chance.given):
        if isinstance(event, Relation) and event.sign == "=" and isinstance(event.left, Letter):
            kind, letter = draft.scope.kinds.get(letter_key(event.left)), single(event.right)
            if kind is not None and kind.values is not None and letter not in draft.scope.index_sets:
                values[letter] = kind.values
    names = [name_of(each, draft.scope) for each in walk(formula) if isinstance(each, Scripted)] if values else []
    for name in names:
        for number, index in enumerate(name.indices if name is not None else ()):
            assert name is not None
            place = (name.key, len(name.indices), number)
            if single(index) in values and place not in draft.scope.places:
                draft.scope = draft.scope.knowing(places={place: values[single(index)]})


def members_in(draft: Draft, nodes: Sequence[Node]) -> None:
    """The set of the index of a family that is named by its members: x_1, …, x_N."""
    within = [listed(node.left) if isinstance(node, Relation) and node.sign == "in" else [node] for node in nodes]
    items = [each for part in within for each in part]
    while (run := run_of(items)) is not None:
        items = items[run.end :]
        block = run.block[0]
        if len(run.block) > 1 or not isinstance(block, Scripted) or not isinstance(run.upper, Letter | Number):
            continue
        name = name_of(block, draft.scope)
        if name is None or [single(index) for index in name.indices] != [INDEX]:
            continue
        if isinstance(run.upper, Letter):
            draft.size(letter_key(run.upper))
        index_set = IndexSet(Integer(run.lower), Meaning(draft.scope).index(run.upper))
        draft.scope = draft.scope.knowing(places={(name.key, 1, 0): index_set})


def _place(draft: Draft, node: Node) -> None:
    name = None
    try:
        if isinstance(node, Call) and node.kind == "[]":
            inner = name_of(node.function, draft.scope)
            name = inner and replace(inner, indices=(*inner.indices, *node.arguments))
        else:
            name = name_of(node, draft.scope)
    except Unreadable:
        return
    if name is None:
        return
    for number, index in enumerate(name.indices):
        letter = name_of(index, draft.scope)
        if letter is not None and letter.key in draft.scope.index_sets:
            draft.scope = draft.scope.knowing(
                places={(name.key, len(name.indices), number): draft.scope.index_sets[letter.key]}
            )


def _joined(before: Kind | None, kind: Kind) -> Kind:
    """A sign beside what was said of the name before."""
    if before is None:
        return kind
    kept = tuple(a for a in before.assumptions if a[0] != "real" and a not in kind.assumptions)
    return replace(before, assumptions=(*kept, *kind.assumptions))


def _blackboard(node: Node) -> tuple[str, Node | None, Node | None] | None:
    """(letter, superscript, subscript) of ℝ^{n × p} and its like."""
    if isinstance(node, Letter) and (node.style == "blackboard" or node.name == "R" and node.style == "bold"):
        return node.name, None, None
    if isinstance(node, Scripted) and isinstance(node.base, Letter) and node.base.style in ("blackboard", "bold"):
        letter = node.base.name
        return (letter, node.sup, node.sub[0] if node.sub else None) if letter in "RNZ" else None
    return None


def _integer(node: Node) -> int | None:
    if isinstance(node, Number) and node.text.isdigit():
        return int(node.text)
    if isinstance(node, Total) and len(node.terms) == 1 and node.terms[0][0] == -1:
        value = _integer(node.terms[0][1])
        return None if value is None else -value
    return None


def ranged(node: Relation, scope: Scope) -> Relation:
    """i = 1 … N without commas as i = 1, …, N: of an index it is no product."""
    left, right = node.left, node.right
    if node.sign != "=" or not isinstance(left, Letter) or not isinstance(right, Product) or len(right.factors) != 3:
        return node
    first, dots, last = right.factors
    index = letter_key(left) in scope.lexicon.indices or left.name in "ijklmnt"
    if not index or not isinstance(first, Number) or not isinstance(dots, Dots) or not isinstance(last, Letter):
        return node
    return replace(node, right=Bracket("", right.factors, right.place))


def is_range(node: Relation) -> bool:
    """i = 1, …, N"""
    right = node.right
    return isinstance(right, Bracket) and right.kind == "" and any(isinstance(item, Dots) for item in right.items)
