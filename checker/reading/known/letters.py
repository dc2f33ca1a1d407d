"""The letters of a tree: which names a node may be, and which of its letters no sum in it binds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.reading.known.names import letter_key
from checker.reading.known.scope import Definition, Scope
from checker.reading.syntax import (
    Big,
    Call,
    Chance,
    Letter,
    Node,
    Number,
    Relation,
    Scripted,
    children,
    chosen,
    same,
    walk,
)


def keys(node: Node) -> list[str]:
    """The names that a node is or may be."""
    if isinstance(node, Letter):
        return [letter_key(node)]
    if isinstance(node, Scripted) and isinstance(node.base, Letter) and node.primes:
        return [letter_key(node.base) + "'" * node.primes]
    if isinstance(node, Scripted) and isinstance(node.base, Letter) and len(node.sub) == 1:
        return [f"{letter_key(node.base)}_{node.sub[0].text}"] if isinstance(node.sub[0], Number) else []
    return []


def letters_in(*nodes: Node) -> frozenset[str]:
    """The letters of trees."""
    return frozenset(letter_key(each) for node in nodes for each in walk(node) if isinstance(each, Letter))


def names_a_family(node: Node) -> bool:
    """x_i or x^{(i)}: its x is the name of a family, and no index or value x."""
    return isinstance(node, Scripted) and isinstance(node.base, Letter) and bool(node.sub or node.bracketed)


def standing(node: Node) -> list[str]:
    """The names in a tree, in their order, but those of families."""
    if isinstance(node, Scripted) and names_a_family(node):
        return [key for child in children(node) if child is not node.base for key in standing(child)]
    return [*keys(node), *(key for child in children(node) for key in standing(child))]


def function_letters(node: Node) -> set[str]:
    """The letters of functions and distributions in a tree: f of f(x), p of p(x) and of x ∼ p."""
    found = [each.function for each in walk(node) if isinstance(each, Call)]
    found += [each.head for each in walk(node) if isinstance(each, Chance)]
    found += [each.right for each in walk(node) if isinstance(each, Relation) and each.sign == "~"]
    return {letter_in(each.base if isinstance(each, Scripted) else each) for each in found} - {""}


def letter_in(node: Node) -> str:
    """The name of a letter; nothing of another node."""
    return letter_key(node) if isinstance(node, Letter) else ""


def free_letters(node: Node, scope: Scope, inside: frozenset[str] = frozenset()) -> set[str]:
    """The letters of a tree that no sum in it binds, but not the arguments of what is a value by its name."""
    if isinstance(node, Letter):
        return {letter_key(node)}
    if isinstance(node, Big):
        bound = letters_in(*node.below)
        outside = free_letters(node.above, scope, inside) if node.above is not None else set()
        return (free_letters(node.body, scope, inside) - bound) | outside
    if (of := chosen(node)) is not None:
        return {letter for child in children(node) for letter in free_letters(child, scope, inside)} - set(keys(of[0]))
    if isinstance(node, Call) and isinstance(node.function, Letter) and letter_key(node.function) not in inside:
        definition = scope.definition_of(letter_key(node.function))
        if definition is not None and definition.parameters and not _depends(scope, definition, inside):
            own = len(node.arguments) == len(definition.parameters)
            if own and all(map(same, node.arguments, definition.parameters)):
                return set()
    return {letter for child in children(node) for letter in free_letters(child, scope, inside)}


def _depends(scope: Scope, definition: Definition, inside: frozenset[str]) -> bool:
    letters = letters_in(*definition.parameters)
    return bool(letters & scope.lexicon.indices & free_letters(definition.body, scope, inside | {definition.key}))


def depends_on_indices(scope: Scope, definition: Definition) -> bool:
    """Whether the body has an index of a parameter free, so that the name alone is not its value: K(x_n, x_i)."""
    letters = {
        letter_key(each)
        for p in definition.parameters
        for each in walk(p)
        if isinstance(each, Letter) and each.name in scope.lexicon.indices
    }
    return bool(letters) and bool(letters & free_letters(definition.body, scope, frozenset({definition.key})))


def has_arities(scope: Scope, key: str) -> bool:
    """The name is that of functions with different numbers of arguments: H(p) and H(p, q)."""
    return len({len(each.parameters) for each in scope.functions_of(key)}) > 1


def definitions_through(scope: Scope, node: Node) -> Iterator[Definition]:
    """What is defined of the names in a tree, and of those in these definitions; one definition of each family."""
    waiting, seen = [node], set()
    while waiting:
        names = {key for each in walk(waiting.pop()) for key in keys(each)}
        for definition in scope.definitions:
            if definition.key in names and definition.family not in seen:
                seen.add(definition.family)
                waiting.append(definition.body)
                yield definition


def letters_through(scope: Scope, node: Node) -> set[str]:
    """The letters that stand free in a tree, or in what is defined of the names in it."""
    found = free_letters(node, scope)
    for definition in definitions_through(scope, node):
        found |= free_letters(definition.body, scope, frozenset({definition.key}))
    return found


def letters_outside(node: Node, inner: Node, scope: Scope) -> set[str]:
    """The letters that stand free in a tree, apart from one tree in it."""
    if node is inner:
        return set()
    if isinstance(node, Letter):
        return {letter_key(node)}
    if isinstance(node, Big):
        bound = letters_in(*node.below)
        return letters_outside(node.body, inner, scope) - bound
    if (of := chosen(node)) is not None:
        return {letter for each in children(node) for letter in letters_outside(each, inner, scope)} - set(keys(of[0]))
    return {letter for child in children(node) for letter in letters_outside(child, inner, scope)}


def families_through(scope: Scope, node: Node, stop: str) -> set[str]:
    """The names and families in a tree, and in what is defined by them; the definition of `stop` is not looked into."""
    waiting, found = [node], set()
    while waiting:
        for each in walk(waiting.pop()):
            for key in keys(each):
                for family in (key, f"{key}[]"):
                    definition = scope.definition_of(family)
                    if family not in found:
                        found.add(family)
                        if definition is not None and family != stop:
                            waiting.append(definition.body)
    return found


def occurs(parameter: Node, body: Node) -> bool:
    """Whether a tree stands in another."""
    return any(same(parameter, node) for node in walk(body))


def occurs_through(scope: Scope, parameter: Node, body: Node) -> bool:
    """Whether a parameter stands in a tree, or in what is defined by the names in it."""
    waiting, seen = [body], set()
    while waiting:
        for each in walk(waiting.pop()):
            if same(parameter, each):
                return True
            for key in keys(each):
                definition = scope.definition_of(key) or scope.definition_of(f"{key}[]")
                if definition is not None and definition.family not in seen:
                    seen.add(definition.family)
                    waiting.append(definition.body)
    return False


def left_outside(sides: Sequence[Node], scope: Scope) -> bool:
    """An index stands outside of its sum in one side, as in Σ_n a_n − b_n, and is free in no other."""
    free = [free_letters(side, scope) for side in sides]
    own = [outside(side, scope) for side in sides]
    return any(
        letters - {letter for other in range(len(sides)) if other != place for letter in free[other] - own[other]}
        for place, letters in enumerate(own)
    )


def outside(side: Node, scope: Scope) -> set[str]:
    """The letters of indices that stand both below a sum and outside of it, in a side or in a product over them."""
    products = [each.body for each in walk(side) if isinstance(each, Big) and each.sign == "product"]
    found = {letter for tree in (side, *products) for letter in _below(tree) & free_letters(tree, scope)}
    return found & scope.lexicon.bound


def _below(tree: Node) -> set[str]:
    """The letters below the sums in a tree."""
    below = [part for each in walk(tree) if isinstance(each, Big) for part in each.below[:1]]
    return {letter_key(each) for part in below for each in walk(part) if isinstance(each, Letter)}
