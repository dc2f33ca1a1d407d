"""Prints trees as LaTeX, or on one line of Unicode or ASCII. Never evaluates, never simplifies.

The trees come unevaluated, so `x − μ` arrives as Add(x, Mul(−1, μ)) and is printed as an author writes it. Signs,
fractions and brackets are decided here, how they are written by a `Style` of `checker.notation`. A row of `_NODES`
prints one head. Brackets come from levels alone: every text knows how tightly it holds together, and a place that
needs more than that brackets it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import sympy
from sympy import S
from sympy.core.function import AppliedUndef

from checker.expressions import (
    ComplementEvent,
    Determinant,
    Each,
    Event,
    Expectation,
    Indicator,
    Partial,
    Probability,
    RandomVariable,
)
from checker.notation.latex import LATEX
from checker.notation.layout import Level, Style, Text
from checker.notation.plain import ASCII, UNICODE

STYLES: Mapping[str, Style] = {"latex": LATEX, "unicode": UNICODE, "ascii": ASCII}
PRINTED = 4096
"""How many texts of trees are kept: what a goal is called, what is trusted and understood, is said again and again."""


@lru_cache(maxsize=PRINTED, typed=True)
def latex(expression: object) -> str:
    """`expression` as LaTeX for mathematics mode."""
    return to_text(expression, LATEX)


@lru_cache(maxsize=PRINTED, typed=True)
def unicode(expression: object) -> str:
    """`expression` on one line of Unicode, indices kept: μ_kj, ∑_{n=1}^N, ∂ℓ/∂μ_kj."""
    return to_text(expression, UNICODE)


@lru_cache(maxsize=PRINTED, typed=True)
def ascii(expression: object) -> str:
    """`expression` on one line of ASCII: mu_kj, sum_{n=1}^N."""
    return to_text(expression, ASCII)


def to_text(expression: object, style: Style) -> str:
    """`expression`, a tree or an int, in that style. Heads unknown here are printed as functions of their arguments."""
    return _Walk(style)(sympy.Integer(expression) if isinstance(expression, int) else expression).text


@dataclass(frozen=True)
class _Walk:
    """One walk over a tree. `renamed` holds what stands for an index where a list is written out (n as 1, then N)."""

    style: Style
    renamed: Mapping[Any, Any] = field(default_factory=dict)

    def __call__(self, node: Any) -> Text:
        if node in self.renamed:
            return _Walk(self.style)(self.renamed[node])
        for head in type(node).__mro__:
            if head in _NODES:
                return _NODES[head](self, node)
        return _call(self, self.style.function(type(node).__name__), node.args)

    def text(self, node: Any) -> str:
        return self(node).text

    def texts(self, nodes: Iterable[Any]) -> list[str]:
        return [self.text(node) for node in nodes]

    def fitted(self, node: Any, level: Level) -> str:
        return self(node).fitted(level, self.style)


# Sums and products


def _is_minus(node: Any) -> bool:
    return bool(node.is_Rational and node < 0)


def _factors(node: Any) -> list[Any]:
    """The factors of a product of products, in the author's order."""
    return [factor for argument in node.args for factor in _factors(argument)] if node.is_Mul else [node]


def _terms(node: Any) -> list[Any]:
    return [term for argument in node.args for term in _terms(argument)] if node.is_Add else [node]


def _unsigned(node: Any) -> tuple[bool, list[Any]]:
    """Whether a minus stands before `node`, and its factors without signs and ones."""
    negative, factors = False, []
    for factor in _factors(node):
        if _is_minus(factor):
            negative, factor = not negative, -factor
        if factor is not S.One:
            factors.append(factor)
    return negative, factors


def _sum(walk: _Walk, node: Any) -> Text:
    signs, text = walk.style.signs, ""
    for term in _terms(node):
        negative, factors = _unsigned(term)
        body = _product_of(walk, factors).fitted(Level.OPEN, walk.style)
        if text:
            text += f" {signs['minus' if negative else 'plus']} {body}"
        else:
            text = signs["minus"] * negative + body
    return Text(text, Level.SUM)


def _signed_product(walk: _Walk, node: Any) -> Text:
    negative, factors = _unsigned(node)
    product = _product_of(walk, factors)
    if not negative:
        return product
    return Text(walk.style.signs["minus"] + product.fitted(Level.OPEN, walk.style), Level.SUM)


def _product_of(walk: _Walk, factors: list[Any]) -> Text:
    """The factors up to the last one that divides as a fraction, and the rest behind it: (1/2) a, but a/2."""
    dividing = [_divided(factor) for factor in factors]
    last = max((place for place, (_, below) in enumerate(dividing) if below is not None), default=-1)
    above = [node for node, _ in dividing[: last + 1] if node is not None]
    below = [node for _, node in dividing[: last + 1] if node is not None]
    rest = factors[last + 1 :]
    if not below:
        return _row(walk, rest)
    fraction = _fraction(walk, above, below)
    return _row(walk, rest, first=fraction) if rest else fraction


def _divided(factor: Any) -> tuple[Any, Any]:
    """What of a factor stands above the line, and what below; None for nothing."""
    if factor.is_Rational and factor.q != 1:
        return (sympy.Integer(factor.p) if factor.p != 1 else None), sympy.Integer(factor.q)
    if factor.is_Pow and _is_minus(factor.exp) and factor.exp.is_Integer:
        below = factor.base if factor.exp == -1 else sympy.Pow(factor.base, -factor.exp, evaluate=False)
        return None, below
    return factor, None


def _fraction(walk: _Walk, above: list[Any], below: list[Any]) -> Text:
    if all(len(nodes) <= 1 and all(node.is_Integer for node in nodes) for nodes in (above, below)):
        return walk.style.rational(walk.text(above[0]) if above else "1", walk.text(below[0]))
    lower = [factor for node in below for factor in _factors(node)]
    return walk.style.quotient(_row(walk, above), _under_the_line(walk, lower))


def _under_the_line(walk: _Walk, factors: list[Any]) -> Text:
    negative, unsigned = _unsigned_factors(factors)
    text = _product_of(walk, unsigned)
    return Text(walk.style.signs["minus"] + text.fitted(Level.OPEN, walk.style), Level.SUM) if negative else text


def _unsigned_factors(factors: list[Any]) -> tuple[bool, list[Any]]:
    return _unsigned(sympy.Mul(*factors, evaluate=False)) if len(factors) != 1 else _unsigned(factors[0])


def _row(walk: _Walk, factors: Sequence[Any], first: Text | None = None) -> Text:
    """Factors side by side; one that reaches to the right (∑) needs brackets unless it stands last."""
    texts = ([first] if first else []) + [walk(factor) for factor in factors]
    numbers = [first is not None and first.text.isdigit()] * bool(first) + [factor.is_Integer for factor in factors]
    if not texts:
        return Text("1")
    if len(texts) == 1:
        return texts[0]
    row = texts[0].fitted(Level.PRODUCT, walk.style)
    for place, text in enumerate(texts[1:], start=1):
        is_last = place == len(texts) - 1
        fits = is_last and text.level is Level.OPEN
        right = text.text if fits else text.fitted(Level.PRODUCT, walk.style)
        row = walk.style.joined(row, right, left_is_number=numbers[place - 1])
    return Text(row, min(Level.PRODUCT, texts[-1].level) if texts[-1].level is Level.OPEN else Level.PRODUCT)


def _power(walk: _Walk, node: Any) -> Text:
    base, exponent = node.args
    if exponent == S.Half:
        return walk.style.root(walk(base))
    if _is_minus(exponent) and exponent.is_Integer:
        return _product_of(walk, [node])
    return Text(walk.style.power(walk.fitted(base, Level.ATOM), walk(exponent)), Level.POWER)


def _integer(walk: _Walk, node: Any) -> Text:
    return Text(str(node)) if node >= 0 else Text(f"{walk.style.signs['minus']}{-node}", Level.SUM)


def _rational(walk: _Walk, node: Any) -> Text:
    fraction = walk.style.rational(str(abs(node.p)), str(node.q))
    return fraction if node > 0 else Text(walk.style.signs["minus"] + fraction.text, Level.SUM)


# Names and functions


def _symbol(walk: _Walk, node: Any) -> Text:
    return Text(walk.style.name(node.name))


def _family(walk: _Walk, node: Any) -> Text:
    return Text(walk.style.name(str(node.label)))


def _indexed(walk: _Walk, node: Any) -> Text:
    return Text(walk.style.indexed(walk.text(node.args[0]), _indices(walk, node.args[1:])))


def _indices(walk: _Walk, indices: Iterable[Any]) -> list[str]:
    """Indices as they stand below a name: n+1 without spaces."""
    return [re.sub(r" ([-−+]) ", r"\1", text) for text in walk.texts(indices)]


def _constant(sign: str) -> _Node:
    return lambda walk, node: Text(walk.style.signs[sign])


def _call(walk: _Walk, name: str, arguments: Iterable[Any]) -> Text:
    return Text(name + walk.style.bracketed(", ".join(walk.texts(arguments))))


def _function(name: str) -> _Node:
    def print_function(walk: _Walk, node: Any) -> Text:
        call = _call(walk, walk.style.function(name), node.args)
        return Text(call.text, Level.POWER)  # log(x)² might be read as the log of a square

    return print_function


def _undeclared_function(walk: _Walk, node: Any) -> Text:
    """f(x), or by the name where that has places for the arguments, as p({0} | y = {2})."""
    name = node.func.__name__
    if "{0}" in name:
        return Text(name.format(*walk.texts(node.args)))
    return _call(walk, walk.style.name(name), node.args)


def _absolute(walk: _Walk, node: Any) -> Text:
    return Text(walk.style.bracketed(walk.text(node.args[0]), "||"))


def _determinant(walk: _Walk, node: Any) -> Text:
    """|A| where the entry is A_rc, else det_rc(…)."""
    entry = node.entry
    if isinstance(entry, sympy.Indexed) and tuple(entry.indices[-2:]) == node.places:
        leading = entry.indices[:-2]
        base = sympy.Indexed(entry.base, *leading) if leading else entry.base
        return Text(walk.style.bracketed(walk.text(base), "||"))
    name = walk.style.indexed(walk.style.function("det"), _indices(walk, node.places))
    return Text(name + walk.style.bracketed(walk.text(entry)), Level.POWER)


def _factorial(walk: _Walk, node: Any) -> Text:
    return Text(walk.fitted(node.args[0], Level.ATOM) + "!", Level.POWER)


def _binomial(walk: _Walk, node: Any) -> Text:
    return Text(walk.style.binomial(*walk.texts(node.args)))


def _kronecker(walk: _Walk, node: Any) -> Text:
    return Text(walk.style.indexed(walk.style.name("delta"), _indices(walk, node.args)))


# Binders


def _big(sign: str) -> _Node:
    def print_big(walk: _Walk, node: Any) -> Text:
        body = walk.fitted(node.args[0], Level.OPEN)
        for limits in node.args[1:]:  # the first limits belong to the innermost sign
            index, lower, upper = _limits(walk, limits)
            body = f"{walk.style.big(sign, index, lower, upper)} {body}"
        return Text(body, Level.OPEN)

    return print_big


def _limits(walk: _Walk, limits: Any) -> tuple[str, str, str]:
    """The index, and its bounds: "" for those left out."""
    texts = walk.texts(limits)
    return texts[0], texts[1] if len(texts) == 3 else "", texts[2] if len(texts) == 3 else ""


def _integral(walk: _Walk, node: Any) -> Text:
    body = walk.fitted(node.args[0], Level.OPEN)
    for limits in node.args[1:]:
        body = walk.style.integral(*_limits(walk, limits), body)
    return Text(body, Level.OPEN)


def _partial(walk: _Walk, node: Any) -> Text:
    return _differentiated(walk, "partial", node.args[0], list(node.args[1:]))


def _derivative(walk: _Walk, node: Any) -> Text:
    variables = [variable for variable, count in node.variable_count for _ in range(int(count))]
    sign = "d" if len(node.args[0].free_symbols) <= 1 else "partial"
    return _differentiated(walk, sign, node.args[0], variables)


_NAMED = (sympy.Symbol, sympy.Indexed, sympy.IndexedBase, AppliedUndef)


def _differentiated(walk: _Walk, sign: str, expression: Any, variables: list[Any]) -> Text:
    """∂f/∂x for a named f; ∂/∂x (…) for what is written out. The first variable is the last one below the line."""
    style, order = walk.style, str(len(variables)) if len(variables) > 1 else ""
    runs = _runs(variables)
    below = " ".join(_differential(walk, sign, *run) for run in reversed(runs))
    named = isinstance(expression, _NAMED)
    above = style.differential(sign, order, walk.text(expression) if named else "")
    operator = style.quotient(Text(above), Text(below, Level.PRODUCT if len(runs) > 1 else Level.ATOM))
    if named:
        return operator
    body = walk(expression)
    fits = body.level in (Level.ATOM, Level.OPEN) or type(expression) in _FUNCTIONS
    return Text(f"{operator.text} {body.text if fits else style.bracketed(body.text)}", Level.OPEN)


def _runs(variables: list[Any]) -> list[tuple[Any, int]]:
    """Equal neighbours counted together: x, x, y as (x, 2), (y, 1)."""
    runs: list[tuple[Any, int]] = []
    for variable in variables:
        if runs and runs[-1][0] == variable:
            runs[-1] = (variable, runs[-1][1] + 1)
        else:
            runs.append((variable, 1))
    return runs


def _differential(walk: _Walk, sign: str, variable: Any, count: int) -> str:
    text = walk(variable)
    if count > 1:
        text = Text(walk.style.power(text.fitted(Level.ATOM, walk.style), Text(str(count))))
    return walk.style.differential(sign, "", text.text)


# Relations, conditions, indicators


def _relation(sign: str) -> _Node:
    def print_relation(walk: _Walk, node: Any) -> Text:
        left, right = (walk.fitted(side, Level.SUM) for side in node.args)
        return Text(f"{left} {walk.style.signs[sign]} {right}", Level.RELATION)

    return print_relation


def _connected(sign: str, level: Level) -> _Node:
    def print_connected(walk: _Walk, node: Any) -> Text:
        between = f" {walk.style.signs[sign]} "
        return Text(between.join(walk.fitted(side, Level(level + 1)) for side in node.args), level)

    return print_connected


def _not(walk: _Walk, node: Any) -> Text:
    return Text(walk.style.signs["not"] + walk.fitted(node.args[0], Level.ATOM), Level.RELATION)


def _indicator(walk: _Walk, node: Any) -> Text:
    return Text(walk.style.signs["one"] + walk.style.bracketed(walk.text(node.args[0]), "[]"))


def _tuple(walk: _Walk, node: Any) -> Text:
    return Text(walk.style.bracketed(", ".join(walk.texts(node.args))))


# Probability


def _random_variable(walk: _Walk, node: Any) -> Text:
    return Text(walk.style.sample(walk.style.name(node.name), walk.texts(node.indices)))


def _event(walk: _Walk, node: Any) -> Text:
    return Text(walk.style.indexed(walk.style.name(node.name), _indices(walk, node.indices)))


def _complement(walk: _Walk, node: Any) -> Text:
    return Text(walk.style.complement(walk.text(node.event)))


def _probability(walk: _Walk, node: Any) -> Text:
    """p for densities and values of random variables, P for events."""
    letter = "P" if node.atoms(Event) else "p"
    inside = ", ".join(walk.texts(node.events))
    if node.given:
        inside += walk.style.signs["given"] + ", ".join(walk.texts(node.given))
    return Text(letter + walk.style.bracketed(inside))


def _expectation(walk: _Walk, node: Any) -> Text:
    inside = walk.text(node.body)
    if node.given:
        inside += walk.style.signs["given"] + ", ".join(walk.texts(node.given))
    return Text(walk.style.signs["mean"] + walk.style.bracketed(inside, "[]"))


def _each(walk: _Walk, node: Any) -> Text:
    """y^(1), x^(1), …, y^(N), x^(N)."""
    index, lower, upper = node.limits
    ends = [_Walk(walk.style, {**walk.renamed, index: bound}) for bound in (lower, upper)]
    first, last = (", ".join(end.texts(node.events)) for end in ends)
    return Text(f"{first}, {walk.style.signs['dots']}, {last}", Level.RELATION)


_Node = Callable[[_Walk, Any], Text]

_FUNCTIONS = {
    sympy.log: "log", sympy.exp: "exp", sympy.sin: "sin", sympy.cos: "cos", sympy.tan: "tan", sympy.cot: "cot",
    sympy.sec: "sec", sympy.csc: "csc", sympy.asin: "arcsin", sympy.acos: "arccos", sympy.atan: "arctan",
    sympy.sinh: "sinh", sympy.cosh: "cosh", sympy.tanh: "tanh", sympy.coth: "coth", sympy.asinh: "arsinh",
    sympy.acosh: "arcosh", sympy.atanh: "artanh", sympy.Max: "max", sympy.Min: "min", sympy.gamma: "Gamma",
    sympy.sign: "sgn", sympy.re: "Re", sympy.im: "Im",
}  # fmt: skip
_CONSTANTS = {
    S.Pi: "pi", S.Exp1: "e", S.ImaginaryUnit: "i", S.Infinity: "infinity", S.true: "true", S.false: "false",
    S.Reals: "reals", S.Integers: "integers",
}  # fmt: skip
_RELATIONS = {
    sympy.Eq: "=", sympy.Ne: "!=", sympy.Lt: "<", sympy.Gt: ">", sympy.Le: "<=", sympy.Ge: ">=", sympy.Contains: "in",
}  # fmt: skip

_NODES: dict[type, _Node] = {
    sympy.Add: _sum, sympy.Mul: _signed_product, sympy.Pow: _power,
    sympy.Integer: _integer, sympy.Rational: _rational, sympy.Float: lambda walk, node: Text(str(node)),
    sympy.Symbol: _symbol, sympy.IndexedBase: _family, sympy.Indexed: _indexed,
    AppliedUndef: _undeclared_function, sympy.Abs: _absolute, sympy.factorial: _factorial, sympy.binomial: _binomial,
    sympy.KroneckerDelta: _kronecker,
    sympy.Sum: _big("sum"), sympy.Product: _big("product"), sympy.Integral: _integral,
    sympy.Derivative: _derivative, Partial: _partial,
    sympy.And: _connected("and", Level.AND), sympy.Or: _connected("or", Level.OR), sympy.Not: _not,
    sympy.Tuple: _tuple, Indicator: _indicator,
    RandomVariable: _random_variable, Event: _event, ComplementEvent: _complement,
    Probability: _probability, Each: _each, Determinant: _determinant, Expectation: _expectation,
}  # fmt: skip
_NODES |= {head: _function(name) for head, name in _FUNCTIONS.items()}
_NODES |= {type(constant): _constant(sign) for constant, sign in _CONSTANTS.items()}
_NODES |= {head: _relation(sign) for head, sign in _RELATIONS.items()}
