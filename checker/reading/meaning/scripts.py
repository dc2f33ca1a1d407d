"""Names and brackets with what stands above and below them: indices, powers, transposes."""

from __future__ import annotations

from dataclasses import replace

import sympy
from sympy import Expr, Integer, Pow, Rational, Sum, Symbol

from checker.expressions import Indicator, Unknown
from checker.reading.known.letters import letter_in
from checker.reading.known.names import Name, is_transpose, letter_key, name_of
from checker.reading.meaning import arrays
from checker.reading.meaning.arrays import Array, Value
from checker.reading.meaning.context import Context
from checker.reading.meaning.inverses import inverse_of
from checker.reading.meaning.relations import relation_of
from checker.reading.meaning.symbols import indexed, symbol_of
from checker.reading.syntax import Bracket, Letter, Node, Number, Relation, Scripted, Several, Total, spelled, walk
from checker.reading.tex.tokens import Place, Unreadable

MAX_EXPONENT = 10_000


def named(m: Context, node: Node) -> Value:
    name = name_of(node, m.scope)
    if name is None:
        assert isinstance(node, Scripted)
        return _raised(m, m.value(node.base), node)
    _require_one_form(m, name, node)
    if name.power is None:
        if name.key == "e" and not name.indices and m.scope.is_undeclared("e") and "e" not in m.bound:
            m.abstracted.append("e, which may be Euler's number")
        return indexed(m, name) if name.indices else symbol_of(m, name)
    if name.key == "e" and not name.indices:
        return sympy.exp(m.number(name.power), evaluate=False)
    bare = without_power(node)
    _require_one_meaning(m, bare, name.power)
    _require_power(m, name)
    alias = m.alias(bare, m.scope.aliases)
    if alias is not None:
        return powered(m, m.value(alias), name.power, node.place, spelled(alias))
    base = indexed(m, name) if name.indices else symbol_of(m, name)
    return powered(m, base, name.power, node.place, spelled(bare))


def _require_one_form(m: Context, name: Name, node: Node) -> None:
    """x^{(i)} is a sample, and x_j beside it one of its components, or a sample too.

    Raises Unreadable for both at once, but of the labels of a question's model, which have no components.
    """
    if not isinstance(node, Scripted) or name.key not in m.scope.superscripts or len(name.indices) != 1:
        return
    if m.scope.model is not None and m.scope.variables.get(name.key) is not None:
        return
    if m.written.setdefault(name.key, node.bracketed) != node.bracketed:
        index = "j" if isinstance(name.indices[0], Number) else letter_in(name.indices[0])
        raise Unreadable(f"{name.key}_{index} beside {name.key}^{{(i)}} may be a component or a sample", node.place)


def without_power(node: Node) -> Node:
    """The name alone."""
    if not isinstance(node, Scripted):
        return node
    return replace(node, sup=None) if node.sub or node.primes else node.base


def _raised(m: Context, base: Value, node: Scripted) -> Value:
    """A base that is no name with its scripts."""
    if node.primes:
        raise Unreadable("a prime behind something that is no name", node.place)
    if node.sub and isinstance(node.base, Bracket) and node.base.kind == "‖‖":
        return _norm(m, node)
    if node.sub:
        return _component(m, base, node) if isinstance(base, Array) else _entry(m, base, node)
    if node.sup is None:
        return base
    _require_one_meaning(m, node.base, node.sup)
    return powered(m, base, node.sup, node.place, spelled(node.base))


def _norm(m: Context, node: Scripted) -> Value:
    """‖x‖_2 and ‖x‖_1 of vectors, ‖A‖_F of matrices; other norms are known to no theory."""
    assert isinstance(node.base, Bracket)
    mark = node.sub[0] if len(node.sub) == 1 else None
    inside = m.value(node.base.items[0])
    if isinstance(mark, Letter) and mark.name == "F" and isinstance(inside, Array):
        norm: Value = arrays.frobenius(inside)
    elif isinstance(mark, Number) and mark.text == "1" and isinstance(inside, Array) and inside.columns == 1:
        norm = arrays.summed_size(inside)
    elif isinstance(mark, Number) and mark.text == "2":
        norm = m.value(node.base)
    else:
        return Unknown("a norm other than the Euclidean one")
    return norm if node.sup is None else powered(m, norm, node.sup, node.place)


def _component(m: Context, base: Array, node: Scripted) -> Value:
    entry = arrays.member(base, tuple(m.index(index) for index in node.sub), node.place)
    return entry if node.sup is None else powered(m, entry, node.sup, node.place)


def _entry(m: Context, base: Expr, node: Scripted) -> Value:
    """(μ_k)_i of a μ_k that is not known to be an array: a number by its formula; brackets around more, as in
    [F(x)]_a^b, may mean anything."""
    inner = node.base.items[0] if isinstance(node.base, Bracket) and node.base.kind == "()" else node
    if not isinstance(inner, Letter | Scripted) or name_of(inner, m.scope) is None:
        return Unknown("an index behind brackets", base)
    entry = m.quantity("an index behind brackets", replace(node, sup=None), base)
    return entry if node.sup is None else powered(m, entry, node.sup, node.place, spelled(node.base))


def powered(m: Context, base: Value, power: Node, place: Place, text: str = "") -> Value:
    """A value to a power; `text` is the base as plain text, to name its inverse."""
    if is_transpose(power, m.scope):
        if isinstance(base, Array):
            return arrays.collapsed(arrays.transposed(base))
        if _is_scalar(base):
            return base
        return Unknown("a transpose of what is not declared a vector or matrix", base)
    inverted = isinstance(power, Total) and len(power.terms) == 1 and is_transpose(power.terms[0][1], m.scope)
    if inverted and not isinstance(base, Array):
        return Unknown("a transposed inverse of what is not declared a matrix", base)
    if isinstance(power, Letter) and power.name in ("plus", "minus", "pm", "dagger", "star", "complement"):
        raise Unreadable("this superscript is not read; name the quantity by a subscript", power.place)
    if isinstance(power, Relation) and _is_label(m, power):
        raise Unreadable("a relation above a name may be a label; an indicator is written \\mathbb{1}[y = k]", place)
    if isinstance(power, Relation | Several):
        return Pow(arrays.scalar(base, place), Indicator(relation_of(m, power)), evaluate=False)
    if isinstance(base, Array):
        return _array_power(m, base, power, place, text)
    exponent = m.number(power)
    if any(abs(number) > MAX_EXPONENT for number in exponent.atoms(Integer)):
        raise Unreadable(f"an exponent above {MAX_EXPONENT}", place)
    if not isinstance(exponent, Integer) and not _surely_integer(exponent):
        m.restrict(base)
    return Pow(base, exponent, evaluate=False)


def _require_one_meaning(m: Context, base: Node, power: Node) -> None:
    """Where T is a size, x^T of an undeclared x may be a power or a transpose. Raises Unreadable there."""
    if not isinstance(power, Letter) or power.name != "T" or is_transpose(power, m.scope):
        return
    inner = base.items[0] if isinstance(base, Bracket) and base.items else base
    if isinstance(inner, Total) and any(isinstance(term, Number) for _, term in inner.terms):
        return  # what a number is added to is one
    names = [name for each in walk(inner) if isinstance(each, Letter | Scripted) and (name := name_of(each, m.scope))]
    if any(m.scope.is_undeclared(name.family) and name.key not in (*m.bound, "e", "pi") for name in names):
        raise Unreadable(
            "'^T' may be a power or a transpose; write ^\\top, or declare what stands before it", power.place
        )


def _require_power(m: Context, name: Name) -> None:
    """Under a sum over i, x^i of an undeclared x may be a power or a sample. Raises Unreadable there.

    It is a power where x stands as a number, and i in other exponents, as in y^{n-i}, or counts from 0.
    """
    power = name.power
    if isinstance(power, Letter) and name.key in m.scope.plain and not m.scope.bare_superscripts:
        over = m.over.get(letter_key(power))
        if letter_key(power) in m.scope.exponents or over is not None and over.lower == 0:
            return
    if (
        isinstance(power, Letter) and letter_key(power) in m.over and letter_key(power) in m.bound
        and m.scope.is_undeclared(name.key) and m.scope.is_undeclared(name.family)
        and name.key not in (*m.bound, "e", "pi")
    ):  # fmt: skip
        raise Unreadable(
            f"'{name.key}^{power.name}' may be a power or a sample; write {name.key}^{{({power.name})}} or declare it",
            name.place,
        )


def _is_label(m: Context, power: Relation) -> bool:
    """n^{d=1} says which n is meant, where nothing else says what d is."""
    left, scope = name_of(power.left, m.scope), m.scope
    if left is None or left.indices or not isinstance(power.right, Number):
        return False
    known = (m.bound, scope.kinds, scope.index_sets, scope.variables)
    return not any(left.key in each for each in known) and scope.definition_of(left.key) is None


def _is_scalar(base: Value) -> bool:
    """Made of numbers and products of vectors, so that a transpose changes nothing."""
    return isinstance(base, Expr) and (base.has(Sum) or base.is_number)


def _surely_integer(exponent: Expr) -> bool:
    if isinstance(exponent, Indicator):
        return True
    return (
        all(s.is_integer for s in exponent.free_symbols if isinstance(s, Symbol))
        and not exponent.atoms(Rational).difference(exponent.atoms(Integer))
        and not any(isinstance(p, Pow) for p in sympy.preorder_traversal(exponent))
    )


def _array_power(m: Context, base: Array, power: Node, place: Place, text: str) -> Value:
    if isinstance(power, Number) and power.text.isdigit() and 1 <= int(power.text) <= 4:
        if base.rows != base.columns:
            raise Unreadable("a power of an array that is not square", place)
        return arrays.product([base] * int(power.text), place)
    minus = isinstance(power, Total) and len(power.terms) == 1 and power.terms[0][0] == -1
    if minus and isinstance(power, Total):
        last = power.terms[0][1]
        inverse = inverse_of(m, base, place, text)
        if isinstance(last, Number) and last.text == "1":
            return inverse
        if is_transpose(last, m.scope):
            return arrays.transposed(inverse)
    raise Unreadable("this power of a vector or matrix is not read", place)
