"""What is wrong with a derivation file that runs: its symbols, its steps, its givens. Each problem has its line.

Symbols are declared once, at the top of the module; a step claims something; a given is used.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from sympy import Basic, IndexedBase, Symbol
from sympy.core.function import AppliedUndef
from sympy.core.relational import Relational
from sympy.logic.boolalg import BooleanAtom

from checker.catalogue import near
from checker.derivation import Derivation, Givens, Part, Transition
from checker.expressions import Event, Probability, RandomVariable

_DECLARING = {"Symbol": "symbol", "symbols": "symbol", "IndexedBase": "family"}
TREES_KEPT = 1000
"""How many trees are remembered with their names: a line stands in two steps, a definition is asked for each."""
_WRITTEN_OUT = set(":()")
"""What SymPy's symbols() expands: x:3 is three names."""


def problems(derivation: Derivation, tree: ast.Module, names: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    """Lines and messages; `tree` is the module's source, `names` its variables after it ran."""
    yield from _declared_twice(tree)
    yield from _undeclared(derivation, names)
    for part in derivation.parts:
        for transition in part.transitions:
            if transition.lhs == transition.rhs:
                yield transition.source_line, "the step is equal to the line before it; leave it out, or mend it"
            if what := _misplaced(transition):
                yield transition.source_line, what


def unused(derivation: Derivation, tree: ast.Module, names: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    """Givens that no step has to do with: likely a slip, though an answer may use them."""
    used = _used_names(derivation.parts)
    called = {id(value): name for name, value in names.items() if isinstance(value, Basic)}
    for what, given in _givens(derivation.parts):
        key = given.lhs if what == "definition" else given
        if _names([key]) & used:
            continue
        variables = {called[id(each)] for each in (key, *key.free_symbols, *key.atoms(Symbol)) if id(each) in called}
        yield _line_of(tree, variables), f"the {what} of {_short(key)} is given and not used; use it, or leave it out"


def _misplaced(transition: Transition) -> str:
    """A side of the wrong kind: what `==` gives in Python, an equation in a chain, or none in a conclusion."""
    sides = (transition.lhs, transition.rhs, *transition.hypotheses)
    if any(isinstance(side, BooleanAtom) for side in sides):
        return "a line is True or False, since Python compares with == and !=; an equation is Eq(a, b)"
    left, right, *using = (isinstance(side, Relational) for side in sides)
    if not all(using):
        return "what stands in using=[…] is a relation, as Eq(a, b)"
    if transition.relation in ("=>", "<=>"):
        return "" if left and right else "what follows, and from what, is a relation, as in implies(Eq(a, b))"
    return (
        "an equation goes on with implies(…) or iff(…); equals(…) goes on with an expression" if left or right else ""
    )


# Symbols


def _declared_twice(tree: ast.Module) -> Iterator[tuple[int, str]]:
    first: dict[tuple[str, str], tuple[int, str]] = {}
    for call in _declarations(tree):
        kind, how = _DECLARING[_called(call)], _assumptions(call)
        for name in _declared_names(call):
            if (kind, name) in first:
                line, before = first[kind, name]
                types = f"as {before} and as {how}" if before != how else f"here and on line {line}"
                yield call.lineno, f"the {kind} {name!r} is declared twice, {types}; declare it once, at the top"
            else:
                first[kind, name] = call.lineno, how


def _declarations(tree: ast.Module) -> Iterator[ast.Call]:
    """The calls at module level whose value gets a name."""
    for statement in tree.body:
        if isinstance(statement, ast.Assign):
            for node in ast.walk(statement.value):
                if isinstance(node, ast.Call) and _called(node) in _DECLARING:
                    yield node


def _called(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _declared_names(call: ast.Call) -> list[str]:
    match call.args:
        case [ast.Constant(value=str() as text), *_] if not _WRITTEN_OUT & set(text):
            return text.replace(",", " ").split()
    return []


def _assumptions(call: ast.Call) -> str:
    said = [word.arg for word in call.keywords if word.arg and ast.unparse(word.value) == "True"]
    return " ".join(said) or "any number"


def _undeclared(derivation: Derivation, names: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    """Symbols that a step makes for itself, each once: a typing slip would be a new name, of which all is true."""
    declared = set(_symbols_in(names.values(), set()))
    known = {_name(symbol) for symbol in declared}
    said: set[Basic] = set()
    for part in derivation.parts:
        for transition in part.transitions:
            for symbol in _free(transition):
                if symbol in declared or symbol in said:
                    continue
                said.add(symbol)
                name = _name(symbol)
                if name in known:
                    why = (
                        f"{name!r} is declared twice, and differently: here and at the top; declare it once, at the top"
                    )
                else:
                    hint = near(name, known)
                    why = f"the symbol {name!r} is not declared at the top of the file" + (f"; {hint}" if hint else "")
                yield transition.source_line, why


def _symbols_in(values: Iterable[Any], seen: set[int]) -> Iterator[Basic]:
    for value in values:
        if id(value) in seen:
            continue
        seen.add(id(value))
        if isinstance(value, Basic):
            yield from value.atoms(Symbol, IndexedBase)
        elif isinstance(value, Mapping):
            yield from _symbols_in([*value.keys(), *value.values()], seen)
        elif isinstance(value, (list, tuple, set, frozenset)):
            yield from _symbols_in(value, seen)
        elif isinstance(value, Derivation):
            yield from _symbols_in([tree for part in value.parts for tree in _trees(part.givens)], seen)


def _free(transition: Transition) -> list[Basic]:
    """The symbols and families that stand free in a step, in a fixed order."""
    sides = (transition.lhs, transition.rhs, *transition.hypotheses)
    return sorted(set().union(*map(_free_in, sides)), key=str)


@lru_cache(maxsize=TREES_KEPT)
def _free_in(side: Basic) -> frozenset[Basic]:
    hidden = {name.args[0] for name in side.atoms(RandomVariable, Event)}
    families = side.atoms(IndexedBase)
    labels = {base.label for base in families}
    return frozenset({s for s in side.free_symbols if isinstance(s, Symbol)} - hidden - labels | families)


def _name(symbol: Any) -> str:
    return str(symbol.label if isinstance(symbol, IndexedBase) else symbol.name)


# Givens


def _trees(givens: Givens) -> list[Basic]:
    sets = [*givens.index_sets.values(), *givens.value_sets.values()]
    bounds = [bound for index_set in sets for bound in (index_set.lower, index_set.upper)]
    factors = givens.model.factors if givens.model else ()
    values = [variable.value for variable in givens.model.variables] if givens.model else []
    keys = [*givens.index_sets, *givens.value_sets, *values, *givens.parameters]
    return [*keys, *bounds, *givens.definitions, *givens.facts, *factors]


def _givens(parts: Iterable[Part]) -> Iterator[tuple[str, Any]]:
    """What is declared beside the model, in words, each once."""
    seen: set[tuple[str, Basic]] = set()
    for part in parts:
        givens = part.givens
        rows: list[tuple[str, Basic]] = [("index set", index) for index in givens.index_sets]
        rows += [("set of values", key) for key in givens.value_sets]
        rows += [("definition", definition) for definition in givens.definitions]
        rows += [("fact", fact) for fact in givens.facts]
        for row in rows:
            if row not in seen:
                seen.add(row)
                yield row


def _used_names(parts: Iterable[Part]) -> set[str]:
    """The names in the steps, and in the definitions, facts and model that have to do with them."""
    used: set[str] = set()
    for part in parts:
        givens = part.givens
        trees = [side for t in part.transitions for side in (t.lhs, t.rhs, *t.hypotheses)]
        names = _names(trees)
        rest = [*givens.definitions, *givens.facts]
        grown = True
        while grown:
            touched = [tree for tree in rest if _names([getattr(tree, "lhs", tree)]) & names]
            more = names | _names(touched)
            if givens.model and any(tree.atoms(Probability) for tree in (*trees, *touched)):
                more |= _names([*givens.model.factors, *(variable.value for variable in givens.model.variables)])
            grown, names = more != names, more
        used |= names
    return used


def _names(trees: Iterable[Basic]) -> set[str]:
    return set().union(*map(_names_in, trees))


@lru_cache(maxsize=TREES_KEPT)
def _names_in(tree: Basic) -> frozenset[str]:
    found = set()
    for node in tree.atoms(Symbol, IndexedBase, AppliedUndef):
        if isinstance(node, AppliedUndef):
            found.add(node.func.__name__)
        else:
            found.add(_name(node))
    return frozenset(found)


def _short(given: Basic) -> str:
    from checker.printing import unicode

    return unicode(given)


def _line_of(tree: ast.Module, variables: set[str]) -> int:
    """The first line inside a call of Givens (or of part) that mentions one of these variables; 0 where none does."""
    lines = [
        name.lineno
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and _called(call) in ("Givens", "part", "Derivation")
        for name in ast.walk(call)
        if isinstance(name, ast.Name) and name.id in variables
    ]
    return min(lines, default=0)
