"""The cases of family 8 (probability with symbols), which have no SymPy source, by their ids.

Classes C_1, …, C_K are the values of a variable Y. Under naive Bayes P(x | C_k) is a product over the components x_i,
each an event F_i.
"""

from __future__ import annotations

import sympy
from sympy import Basic, Eq, Product, Sum, log, symbols

from checker.derivation import Givens, Independence, IndexSet, Model, Variable
from checker.expressions import Event, P, RandomVariable

K, D = symbols("K D", integer=True, positive=True)
i, j, k = symbols("i j k", integer=True, positive=True)
A, B, C, F = map(Event, "ABCF")
X, Y = RandomVariable("x"), RandomVariable("y")

CLASSES = IndexSet(1, K)
VARIABLES = (Variable(Y, symbols("y", integer=True, positive=True), CLASSES), Variable(X, symbols("x", real=True)))

JOINT = Givens()
CONDITIONALLY_INDEPENDENT = Givens(independence=(Independence((A, B), (C,)),))
OF_CLASSES = Givens({j: CLASSES, k: CLASSES}, model=Model(VARIABLES))


def _naive_bayes() -> Givens:
    components = Eq(P(X, given=Eq(Y, k)), Product(P(F[i], given=Eq(Y, k)), (i, 1, D)))
    return Givens({j: CLASSES, k: CLASSES, i: IndexSet(1, D)}, model=Model(VARIABLES, (components,)))


def _statements() -> dict[str, tuple[Basic, Basic, Givens]]:
    posterior = P(Eq(Y, j), given=X)
    naive_bayes = log(P(Eq(Y, j))) + Sum(log(P(F[i], given=Eq(Y, j))), (i, 1, D))
    evidence = P(B, given=A) * P(A) + P(B, given=~A) * P(~A)
    weighted = Sum(P(X, given=Eq(Y, k)) * P(Eq(Y, k)), (k, 1, K))
    return {
        "f8-01": (P(A, given=B), P(B, given=A) * P(A) / P(B), JOINT),
        "f8-03": (P(A, B, C), P(A) * P(B, given=A) * P(C, given=[A, B]), JOINT),
        "f8-05": (P(A, given=B), P(B, given=A) * P(A) / evidence, JOINT),
        "f8-07": (P(A, given=B) / P(~A, given=B), P(B, given=A) / P(B, given=~A) * P(A) / P(~A), JOINT),
        "f8-09": (P(A, given=[B, C]), P(B, given=[A, C]) * P(A, given=C) / P(B, given=C), JOINT),
        "f8-11": (
            P(C, given=[A, B]), P(C) * P(A, given=C) * P(B, given=C) / P(A, B), CONDITIONALLY_INDEPENDENT,
        ),
        "f8-13": (posterior, P(X, given=Eq(Y, j)) * P(Eq(Y, j)) / weighted, OF_CLASSES),
        "f8-15": (log(posterior), naive_bayes - log(P(X)), _naive_bayes()),
        "f8-16": (P(A, given=B), P(B, given=A), JOINT),
        "f8-18": (P(A, given=B), P(B, given=A) * P(A), JOINT),
        "f8-20": (P(B), P(B, given=A) + P(B, given=~A), JOINT),
        "f8-22": (P(A, B), P(A) * P(B), JOINT),
        "f8-24": (P(A, given=[B, C]), P(A, given=C), JOINT),
        "f8-26": (P(A, B, given=C), P(A, given=C) * P(B, given=C), JOINT),
        "f8-28": (posterior, P(X, given=Eq(Y, j)) / Sum(P(X, given=Eq(Y, k)), (k, 1, K)), OF_CLASSES),
        "f8-30": (log(posterior), naive_bayes, _naive_bayes()),
    }  # fmt: skip


with sympy.evaluate(False):
    STATEMENTS = _statements()
"""id -> left side, right side, givens"""
