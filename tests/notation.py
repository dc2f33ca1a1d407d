"""Symbols for statements in tests, and `read`, which builds a statement from its source without evaluation."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sympy
from sympy import Basic, IndexedBase, Symbol, evaluate, sympify

from checker.derivation import Givens, IndexSet
from checker.expressions import Indicator, Partial

NAMES: dict[str, Any] = {
    name: getattr(sympy, name)
    for name in (
        "Abs And Derivative E Eq Ge Gt I Indexed Integer KroneckerDelta Le Lt Ne Or Product Rational Sum acos asin "
        "atan binomial cos cosh exp factorial gamma log pi sin sinh sqrt tan tanh"
    ).split()
}
NAMES |= {"Indicator": Indicator, "Partial": Partial}
NAMES |= {name: Symbol(name, positive=True) for name in "a b c d p q r s t".split()}
NAMES |= {name: Symbol(name, real=True) for name in "u v w x z g h lam theta mu".split()}
NAMES |= {name: Symbol(name, integer=True, positive=True) for name in "N K D n m i j k l".split()}
NAMES |= {name: IndexedBase(name, real=True) for name in "A B W X T Z Mu".split()}
NAMES |= {name: IndexedBase(name, positive=True) for name in "Pn Qn Sg Al C G".split()}
NAMES |= {"xn": Symbol("xn", nonnegative=True), "M": Symbol("M", integer=True, positive=True)}
NAMES |= {"mi": Symbol("mi", integer=True), "ix": Symbol("ix", integer=True)}
NAMES |= {"M0": Symbol("M0", integer=True, nonnegative=True)}
NAMES |= {"U": IndexedBase("U", nonnegative=True), "F": IndexedBase("F")}
NAMES |= {"Y": IndexedBase("Y", integer=True, positive=True)}
NAMES |= {"bit": Symbol("bit", integer=True, nonnegative=True), "sgn": Symbol("sgn", integer=True)}
NAMES |= {"Bit": IndexedBase("Bit", integer=True, nonnegative=True), "Sgn": IndexedBase("Sgn", integer=True)}
NAMES |= {"dig": Symbol("dig", integer=True, nonnegative=True)}

N, K, D = (NAMES[name] for name in "NKD")
SETS = {"n": N, "m": N, "k": K, "l": K, "i": D, "j": D}
GIVENS = Givens(
    index_sets={NAMES[name]: IndexSet(1, size) for name, size in SETS.items()},
    value_sets={NAMES["Y"]: IndexSet(1, K)},
)
"""n, m in 1..N; k, l in 1..K; i, j in 1..D; Y_n in 1..K."""

FEW = replace(
    GIVENS,
    value_sets={
        **GIVENS.value_sets,
        **{NAMES[name]: IndexSet(0, 1) for name in ("bit", "Bit")},
        **{NAMES[name]: IndexSet.of(-1, 1) for name in ("sgn", "Sgn")},
        NAMES["dig"]: IndexSet(0, 9),
    },
)
"""Also bit, Bit_n in {0, 1}; sgn, Sgn_n in {-1, 1}; dig in 0..9."""


def read(source: str) -> Basic:
    """The expression of a source line of a test, built as written."""
    with evaluate(False):
        return sympify(eval(source, {"__builtins__": {}}, NAMES))
