"""What a = b defines: a name that is new, or another name for one that is known."""

from __future__ import annotations

from dataclasses import replace

from sympy import Basic, Eq, Indexed, Mul, Sum

from checker.derivation import IndexSet
from checker.reading.known.letters import free_letters
from checker.reading.known.names import Name, letter_key, name_of
from checker.reading.known.scope import Definition, Scope, Shorthand
from checker.reading.layout.phrases import says_count
from checker.reading.meaning.shorthands import instance
from checker.reading.syntax import (
    Applied,
    Big,
    Bracket,
    Call,
    Dots,
    Letter,
    Node,
    Number,
    Quotient,
    Relation,
    Scripted,
    chosen,
    is_set,
    names_in,
    same,
    spelled,
    walk,
)
from checker.reading.tex.tokens import Unreadable

OWN = "₀"
"""Behind the letter of a set by a condition, which stands for no index outside."""


def definition_of(left: Node, right: Node, scope: Scope) -> Definition | Shorthand | None:
    """What left = right defines, where the left side is a name alone that is new; None otherwise."""
    while isinstance(left, Bracket) and left.kind == "()" and len(left.items) == 1:
        left = left.items[0]
    if chosen(right) is not None:
        return _set_by_condition(left, right, scope)
    if same(left, right) or is_set(right):
        return None
    if isinstance(left, Call) and left.kind == "()":
        name = name_of(left.function, scope)
        if name is None or name.power is not None:
            return None
        if any(_is_arithmetic(a) for a in left.arguments):
            return None
        if not is_new(name, scope) and not _has_other_arity(name, left, scope):
            return None
        if occurs_in(name.family, right, scope):
            return None
        if name.indices and (scope.functions_of(name.key) or any(isinstance(i, Number) for i in name.indices)):
            return None
        return Definition(name.key, left, right, parameters=left.arguments, indices=name.indices)
    name = name_of(left, scope)
    if name is None or name.power is not None:
        return None
    if not is_new(name, scope):
        return None
    if _is_alias(left, right, scope) or _is_diagonal(right) and not occurs_in(name.family, right, scope):
        return Shorthand(left, right)
    if name.indices and not _placeholders(name, scope) and not _is_of_size(name, right, scope):
        return None
    if occurs_in(name.family, right, scope):
        return None
    return Definition(name.key, left, right, indices=name.indices)


def softmax_of(node: Relation, scope: Scope) -> tuple[Definition, Basic] | None:
    """α_k = e^{w_k} / Σ_j e^{w_j} of new letters w as a definition of the α, and the fact that it makes true: that they
    sum to 1; None for anything else."""
    family, right = name_of(node.left, scope), node.right
    if family is None or len(family.indices) != 1 or not isinstance(right, Quotient):
        return None
    fact = next((fact for fact in scope.fact_trees if _sums_to_one(fact, family.key)), None)
    below, index, weight = right.below, family.indices[0], _exponent(right.above)
    name = name_of(weight, scope) if weight is not None else None
    if fact is None or name is None or name.power is not None or not is_new(name, scope):
        return None
    if len(name.indices) != 1 or not same(name.indices[0], index) or not _placeholders(family, scope):
        return None
    assert isinstance(index, Letter)
    if not isinstance(below, Big) or below.sign != "sum" or len(below.below) != 1:
        return None
    bound = _bound_over(below, scope.place_of(family.key, 1, 0))
    if bound is None or not same(instance(right.above, {index.name: bound}), below.body):
        return None
    return Definition(family.key, node.left, right, indices=family.indices), fact


def _bound_over(total: Big, whole: IndexSet | None) -> Letter | None:
    """The index of a sum that runs over the whole set: without bounds, or with those of the set."""
    below, above = total.below[0], total.above
    if isinstance(below, Letter):
        return below if above is None else None
    if not isinstance(below, Relation) or below.sign != "=" or not isinstance(below.left, Letter) or whole is None:
        return None
    ends = (below.right, IndexSet(1, 1).lower), (above, whole.upper)
    written = all(isinstance(end, (Letter, Number)) and spelled(end) == str(value) for end, value in ends)
    return below.left if written and whole.lower == 1 else None


def _sums_to_one(fact: Basic, family: str) -> bool:
    if not isinstance(fact, Eq) or not isinstance(fact.lhs, Sum) or fact.rhs != 1:
        return False
    factors = [factor for factor in Mul.make_args(fact.lhs.function) if factor != 1]
    return len(factors) == 1 and isinstance(factors[0], Indexed) and str(factors[0].base.label) == family


def _exponent(node: Node) -> Node | None:
    """w of e^w and exp(w)."""
    if isinstance(node, Applied) and node.function == "exp" and len(node.arguments) == 1:
        found = node.arguments[0]
        return found.items[0] if isinstance(found, Bracket) and len(found.items) == 1 else found
    if isinstance(node, Scripted) and isinstance(node.base, Letter) and node.base.name == "e" and not node.sub:
        return node.sup
    return None


def _has_other_arity(name: Name, left: Call, scope: Scope) -> bool:
    """H(p, q) beside H(p): all functions of the name have another number of arguments."""
    functions = scope.functions_of(name.key)
    distinct = not any(same(a, b) for n, a in enumerate(left.arguments) for b in left.arguments[:n])
    return (
        bool(functions)
        and distinct
        and not name.indices
        and all(len(each.parameters) != len(left.arguments) and not each.indices for each in functions)
        and not any(same(alias.short, left.function) for alias in scope.aliases)
    )


def _set_by_condition(left: Node, right: Node, scope: Scope) -> Shorthand | None:
    """I_k = {n : y_n = k}; the letter in the set is one that no index of I takes: I_{y_n} is of another n."""
    name, of = name_of(left, scope), chosen(right)
    if of is None or name is None or name.power is not None or not is_new(name, scope):
        return None
    if not isinstance(of[0], Letter) or of[0].accents or not _placeholders(name, scope):
        return None
    return Shorthand(left, instance(right, {of[0].name: replace(of[0], name=of[0].name + OWN)}))


def overloading(left: Node, scope: Scope) -> Scope:
    """The scope in which a family with index letters is another than that of its letter with fewer or more indices."""
    name = name_of(left, scope) if isinstance(left, Scripted) else None
    if name is None or name.power is not None or not 0 < len(name.indices) < 10 or not _placeholders(name, scope):
        return scope
    before = scope.definition_of(name.family)
    if before is None or before.parameters or len(before.indices) == len(name.indices) or name.family in scope.kinds:
        return scope
    return replace(scope, overloaded=scope.overloaded | {(name.key, len(name.indices))})


def occurs_in(family: str, node: Node, scope: Scope) -> bool:
    """Whether a name, or a member of a family, stands in a tree."""
    for each in names_in(node):
        try:
            name = name_of(each, scope)
        except Unreadable:
            continue
        if name is not None and name.family == family:
            return True
    return False


def is_new(name: Name, scope: Scope) -> bool:
    """Nothing is said yet of the name, and no line has used it."""
    key, family = name.key, name.family
    if key.endswith("'") and (scope.definition_of(key.rstrip("'")) or key.rstrip("'") in scope.lexicon.functions):
        return False
    return (
        (family not in scope.kinds or family in scope.by_use)
        and not (key in scope.kinds and scope.kinds[key].shape and key not in scope.by_use)
        and not (name.bold and f"{key}[]" in scope.kinds)
        and family not in scope.index_sets
        and scope.definition_of(family) is None
        and family not in scope.used
        and not any(name_of(s.short, scope) and name_of(s.short, scope).family == family for s in scope.aliases)  # type: ignore[union-attr]
        and not (key == "pi" and not name.indices)
        and not any(_is_meant(name, gap.letters) for gap in scope.gaps)
        and key not in scope.variables
        and key not in scope.random
    )


def _is_meant(name: Name, letters: frozenset[str]) -> bool:
    """The name, or that of which it is a member, is among the letters; a letter with a hat is another name."""
    marked = name.key.startswith(f"{name.letter}_") and not name.key.removeprefix(f"{name.letter}_")[:1].isdigit()
    return name.key in letters or name.letter in letters and not marked


def _is_arithmetic(node: Node) -> bool:
    return not isinstance(node, (Letter, Scripted, Bracket, Dots))


def _is_alias(left: Node, right: Node, scope: Scope) -> bool:
    """a_k = α_k, y^j = y^{(j)}, d = D: one name for another, with the same indices."""
    a, b = name_of(left, scope), name_of(right, scope)
    if a is None or b is None or b.power is not None or a.family == b.family or b.words and says_count(b.letter):
        return False
    if _stands_for(right, a.family, scope):
        return False
    if len(a.indices) != len(b.indices) or not all(map(same, a.indices, b.indices)):
        return False
    return bool(a.indices) and _placeholders(a, scope) or not a.indices and not b.indices


def _is_diagonal(node: Node) -> bool:
    return isinstance(node, Applied) and node.function == "diag"


def _stands_for(node: Node, family: str, scope: Scope) -> bool:
    """Whether a name leads to another through the names that it is short for."""
    for _ in scope.aliases:
        name = name_of(node, scope)
        if name is None:
            return False
        longer = [s.long for s in scope.aliases if (short := name_of(s.short, scope)) and short.family == name.family]
        if not longer:
            return name.family == family
        node = longer[0]
    name = name_of(node, scope)
    return name is not None and name.family == family


def _placeholders(name: Name, scope: Scope) -> bool:
    """The indices are different index letters."""
    keys = []
    for index in name.indices:
        letter = name_of(index, scope)
        if letter is None or letter.indices or letter.power is not None or letter.key in scope.sizes:
            return False
        keys.append(letter.key)
    return len(set(keys)) == len(keys)


def _is_of_size(name: Name, right: Node, scope: Scope) -> bool:
    """S_n = Σ_{k=1}^n x_k is a sequence: it ends at a sum's bound, or is a formula of a bound that is declared nowhere.

    x_N = 0 is no pattern: it says something of the last member alone.
    """
    letter = name.indices[0] if len(name.indices) == 1 else None
    if not isinstance(letter, Letter) or letter_key(letter) not in scope.sizes:
        return False
    if any(isinstance(each, Big) and each.above is not None and same(each.above, letter) for each in walk(right)):
        return True
    declared = {str(s) for index_set in scope.sets for s in index_set.upper.free_symbols}
    return letter_key(letter) in free_letters(right, scope) and letter_key(letter) not in declared


def plain_name(node: Node, scope: Scope) -> Name | None:
    try:
        if isinstance(node, Call) and node.kind == "[]":
            inner = name_of(node.function, scope)
            return inner and replace(inner, indices=(*inner.indices, *node.arguments))
        name = name_of(node, scope)
    except Unreadable:
        return None
    return name if name is not None and name.power is None else None


def is_name(node: Node, scope: Scope) -> bool:
    return plain_name(node, scope) is not None


def using(scope: Scope, *nodes: Node) -> Scope:
    """The scope in which the names of these trees are no longer new."""
    used: set[str] = set()
    for node in nodes:
        for each in names_in(node):
            try:
                name = name_of(each, scope)
            except Unreadable:
                continue
            if name is not None:
                used.add(name.family)
    return scope if used <= scope.used else replace(scope, used=scope.used | used)


def known_names(scope: Scope) -> frozenset[str]:
    """The names of which a scope says something."""
    defined = {definition.family for definition in scope.definitions}
    return frozenset(set(scope.kinds) | defined | set(scope.variables) | set(scope.sizes))
