"""Expressions as the Python source that an author would write, and the declarations of their names.

Sums and products are written with operators; a number that Python would compute with by itself is an Integer. The
source is by name: of two symbols of one name the declaration has the assumptions of both.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterable
from enum import IntEnum
from typing import Any

import sympy
from sympy import IndexedBase, S, Symbol
from sympy.core.function import AppliedUndef

from checker.derivation import IndexSet
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


class NoForm(Exception):
    """What is read and has no form in a derivation file; the message names it."""


class Level(IntEnum):
    SUM = 1
    PRODUCT = 2
    POWER = 3
    ATOM = 4


_CONSTANTS = {
    S.Pi: "pi", S.Exp1: "E", S.ImaginaryUnit: "I", S.Infinity: "oo", S.true: "true", S.false: "false",
}  # fmt: skip
_OURS = ("Each", "Indicator", "P", "Partial", "RandomVariable", "Event", "indicator")
_HEADS = (
    sympy.Eq, sympy.Ne, sympy.Lt, sympy.Le, sympy.Gt, sympy.Ge, sympy.And, sympy.Or, sympy.Not, sympy.Sum,
    sympy.Product, sympy.Integral,
)  # fmt: skip
_RELATIONS = {sympy.Eq: "Eq", sympy.Ne: "Ne", sympy.Lt: "Lt", sympy.Le: "Le", sympy.Gt: "Gt", sympy.Ge: "Ge"}
TAKEN = frozenset((*keyword.kwlist, *_OURS, *_CONSTANTS.values(), "derivation", "Derivation", "Givens", "IndexSet"))


class Names:
    """The Python names of symbols and families, and what has to be imported to declare and use them."""

    def __init__(self, kept: Iterable[str] = ()) -> None:
        """kept: names of sizes and indices, which are not given to families (N and N_k)."""
        self.variables: dict[tuple[str, str], str] = {}
        self.assumptions: dict[tuple[str, str], dict[str, bool]] = {}
        self.sympy: set[str] = set()
        self.ours: set[str] = set()
        self._taken = set(TAKEN)
        self._kept = frozenset(kept)

    def of(self, kind: str, name: str, assumptions: dict[str, bool]) -> str:
        """The variable of a "Symbol", "IndexedBase", "RandomVariable", "Event" or "Function"."""
        key = kind, name
        known = self.assumptions.setdefault(key, {})
        for assumption, value in assumptions.items():
            known.setdefault(assumption, value)
        if key not in self.variables:
            self.variables[key] = self._free(kind, name)
        return self.variables[key]

    def _free(self, kind: str, name: str) -> str:
        plain = re.sub(r"\W+", "_", name, flags=re.ASCII).strip("_") or "x"
        plain = f"v_{plain}" if plain[0].isdigit() else plain
        upper = plain[0].upper() + plain[1:]
        wishes = {
            "RandomVariable": [upper, f"{plain}_variable"],
            "IndexedBase": [*([] if name in self._kept else [plain]), f"{plain}_of"],
        }
        more = (f"{plain}_{number}" for number in range(2, 1000))
        for wish in (*wishes.get(kind, [plain, f"{plain}_"]), *more):
            if wish not in self._taken and not hasattr(sympy, wish) or len(wish) == 1 and wish not in self._taken:
                self._taken.add(wish)
                return wish
        raise NoForm(f"a name for {name}")

    def declarations(self) -> list[str]:
        """The lines that declare the names, those of one kind and type together."""
        groups: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for (kind, name), variable in self.variables.items():
            said = "".join(
                f", {each}={value}" for each, value in sorted(_shortest(self.assumptions[kind, name]).items())
            )
            groups.setdefault((kind, said), []).append((variable, name))
        lines = []
        for (kind, said), members in groups.items():
            plain = [(variable, name) for variable, name in members if re.fullmatch(r"\w+", name)]
            if kind == "Symbol" and len(plain) > 1:
                self.sympy.add("symbols")
                left, names = (", ".join(v for v, _ in plain), " ".join(n for _, n in plain))
                lines.append(f'{left} = symbols("{names}"{said})')
                members = [each for each in members if each not in plain]
            for variable, name in members:
                (self.sympy if kind in ("Symbol", "IndexedBase", "Function") else self.ours).add(kind)
                typed = said if kind in ("Symbol", "IndexedBase", "Function") else ""
                lines.append(f"{variable} = {kind}({quoted(name)}{typed})")
        return lines


class Writer:
    """Writes expressions as source, and notes the names that they need."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self._among_numbers = False

    def __call__(self, node: Any) -> str:
        """The source of an expression, relation or limits. Raises NoForm."""
        return self._written(node)[0]

    def index_set(self, index_set: IndexSet) -> str:
        self.names.ours.add("IndexSet")
        if index_set.only:
            return f"IndexSet.of({', '.join(map(str, index_set.only))})"
        return f"IndexSet({self(index_set.lower)}, {self(index_set.upper)})"

    def fitted(self, node: Any, level: Level) -> str:
        text, own = self._written(node)
        return text if own >= level else f"({text})"

    def _written(self, node: Any) -> tuple[str, Level]:
        if node in _CONSTANTS:
            self.names.sympy.add(_CONSTANTS[node])
            return _CONSTANTS[node], Level.ATOM
        if node.is_Number:
            return self._number(node)
        if isinstance(node, (sympy.Add, sympy.Mul, sympy.Pow)):
            return self._computed(node)
        if isinstance(node, ComplementEvent):
            return f"~{self(node.event)}", Level.POWER
        return self._call(node), Level.ATOM

    def _computed(self, node: Any) -> tuple[str, Level]:
        """What Python computes; of numbers alone each is an Integer, since Python would compute floats."""
        before, self._among_numbers = self._among_numbers, bool(node.is_number)
        try:
            return self._with_operators(node)
        finally:
            self._among_numbers = before

    def _with_operators(self, node: Any) -> tuple[str, Level]:
        if isinstance(node, sympy.Add):
            return self._sum(node), Level.SUM
        if isinstance(node, sympy.Mul):
            negative, factors = _unsigned(node)
            return ("-" if negative else "") + self._product(factors, negative), Level.PRODUCT
        return self._power(node)

    # --- numbers and operators

    def _number(self, node: Any) -> tuple[str, Level]:
        if node.is_Integer and self._among_numbers:
            return self._integer(str(node)), Level.ATOM
        if node.is_Integer:
            return str(node), Level.ATOM if node >= 0 else Level.SUM
        if not node.is_Rational:
            raise NoForm(f"the number {node}")
        self.names.sympy.add("Rational")
        return f"Rational({node.p}, {node.q})", Level.ATOM

    def _integer(self, text: str) -> str:
        self.names.sympy.add("Integer")
        return f"Integer({text})"

    def _sum(self, node: Any) -> str:
        text = ""
        for term in _terms(node):
            negative, factors = _unsigned(term)
            written = self._product(factors, negative=True)
            if not text:
                text = (
                    self._integer(f"-{written}" if negative else written)
                    if written.isdigit()
                    else (f"-{written}" if negative else written)
                )
            else:
                text += f" {'-' if negative else '+'} {written}"
        return text

    def _product(self, factors: list[Any], negative: bool = False) -> str:
        """Factors side by side; behind a minus a single one is bracketed where it is a sum."""
        if len(factors) == 1:
            return self.fitted(factors[0], Level.PRODUCT if negative else Level.SUM)
        return self._product_of(factors)

    def _product_of(self, factors: list[Any]) -> str:
        text = ""
        for factor in factors:
            below = factor.base if isinstance(factor, sympy.Pow) and factor.exp == -1 else None
            if text and below is not None:
                text += f"/{self.fitted(below, Level.POWER)}"
            elif text:
                text += f"*{self.fitted(factor, Level.POWER)}"
            else:
                text = self.fitted(factor, Level.PRODUCT)
                text = self._integer(text) if text.isdigit() and len(factors) > 1 and _numeric(factors[1]) else text
        return text

    def _power(self, node: Any) -> tuple[str, Level]:
        base, exponent = node.base, node.exp
        if exponent == S.Half:
            self.names.sympy.add("sqrt")
            return f"sqrt({self(base)})", Level.ATOM
        if exponent == -1 and not base.is_number:
            return f"1/{self.fitted(base, Level.POWER)}", Level.PRODUCT
        written = self.fitted(base, Level.ATOM)
        if base.is_Integer and exponent.is_number:
            written = self._integer(str(base))
        if exponent.is_Integer:
            return f"{written}**{exponent}", Level.POWER
        return f"{written}**{self.fitted(exponent, Level.ATOM)}", Level.POWER

    # --- names and calls

    def _call(self, node: Any) -> str:
        match node:
            case Symbol():
                return self.names.of("Symbol", node.name, _said(node))
            case IndexedBase():
                return self.names.of("IndexedBase", str(node.label), _said(node))
            case sympy.Indexed():
                return f"{self(node.base)}[{', '.join(map(self, node.indices))}]"
            case RandomVariable() | Event():
                name = self.names.of(type(node).__name__, node.name, {})
                return f"{name}[{', '.join(map(self, node.indices))}]" if node.indices else name
            case AppliedUndef():
                name = self.names.of("Function", node.func.__name__, _said(node.func))
                return f"{name}({', '.join(map(self, node.args))})"
            case Partial():
                return self._ours("Partial", map(self, node.args))
            case Indicator():
                if isinstance(node.condition, sympy.Eq):
                    return self._ours("indicator", map(self, node.condition.args))
                return self._ours("Indicator", [self(node.condition)])
            case Each():
                return self._ours("Each", [self(node.args[0]), self(node.args[1])])
            case Probability():
                given = [f"given=[{', '.join(map(self, node.given))}]"] if node.given else []
                return self._ours("P", [*map(self, node.events), *given])
            case Expectation():
                given = [f"given=[{', '.join(map(self, node.given))}]"] if node.given else []
                return self._ours("Expectation", [self(node.body), *given])
            case Determinant():
                return self._ours("Determinant", [self(arg) for arg in node.args])
            case sympy.Tuple():
                return f"({', '.join(map(self, node.args))}{',' if len(node.args) == 1 else ''})"
        return self._of_sympy(node)

    def _ours(self, name: str, arguments: Iterable[str]) -> str:
        self.names.ours.add(name)
        return f"{name}({', '.join(arguments)})"

    def _of_sympy(self, node: Any) -> str:
        name = _RELATIONS.get(type(node), type(node).__name__)
        known = isinstance(node, (*_HEADS, sympy.Function))
        if not known or getattr(sympy, name, None) is not type(node):
            raise NoForm(getattr(node, "what", "") or type(node).__name__)
        self.names.sympy.add(name)
        return f"{name}({', '.join(map(self, node.args))})"


def _said(node: Any) -> dict[str, bool]:
    """The assumptions that a symbol, family or function was declared with."""
    label = node.label if isinstance(node, IndexedBase) else node
    said = getattr(label, "_assumptions_orig", None) or getattr(label, "_kwargs", None) or {}
    return {name: bool(value) for name, value in dict(said).items() if value is not None and name in _ASSUMED}


def quoted(text: str) -> str:
    """The text as a Python string, between double quotes."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'


_ASSUMED = ("integer", "positive", "nonnegative", "real", "nonzero", "negative", "nonpositive", "complex")
_IMPLIES = {
    "positive": ("nonnegative", "nonzero", "real", "complex", "negative", "nonpositive"),
    "negative": ("nonpositive", "nonzero", "real", "complex", "positive", "nonnegative"),
    "integer": ("real", "complex"),
    "nonnegative": ("real", "complex", "negative"),
    "nonpositive": ("real", "complex", "positive"),
    "nonzero": ("real", "complex"),
    "real": ("complex",),
}


def _shortest(said: dict[str, bool]) -> dict[str, bool]:
    """The assumptions without those that others imply."""
    implied = {each for name, value in said.items() if value for each in _IMPLIES.get(name, ())}
    return {name: value for name, value in said.items() if name not in implied}


def _factors(node: Any) -> list[Any]:
    """The factors of a product of products, without ones."""
    if not node.is_Mul:
        return [node]
    found = [factor for argument in node.args for factor in _factors(argument)]
    return [factor for factor in found if factor is not S.One] or [S.One]


def _terms(node: Any) -> list[Any]:
    return [term for argument in node.args for term in _terms(argument)] if node.is_Add else [node]


def _unsigned(node: Any) -> tuple[bool, list[Any]]:
    """Whether a minus stands before a term, and its factors without it."""
    factors = _factors(node)
    first = factors[0]
    if first.is_Rational and first < 0:
        rest = factors[1:]
        return True, rest if first == -1 and rest else [-first, *rest]
    return False, factors


def _numeric(factor: Any) -> bool:
    return bool(factor.is_number)
