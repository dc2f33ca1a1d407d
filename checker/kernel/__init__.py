"""The kernel: the only code that may say proved.

form             sums of monomials over canonical atoms; FLINT multiplies and factors
context          the state of one question: givens, theories, conditions, what was used
dispatch         SymPy trees to forms; tables that the theories fill
positivity, indices              signs of forms; membership in index sets
binding          bound indices: their canonical names, sums opened and closed
summation, ranges                laws of sums; ranges in normal position
field, explog, trigonometry, factorials, functions, indicators, values, sums, products, determinants, differentiation,
definitions, probability, expectation         the theories
inequalities     differences that given inequalities, or the signs of all summands, show not to be negative
proportionality  whether a quotient depends on what is proportional
events, factors  what stands in a probability; a model's factors at given values
zero             whether a form is zero
inverses         families that facts say are inverses of matrices
setup            the givens as a context
hypotheses, operations            equations that hold at the point, solved for an atom; what else one gives
equations        consequences of hypotheses, by certificates
proof            prove(transition, givens): a Proof, or why not
"""

from checker.kernel.context import (
    CONDITIONING,
    DEFINITIONS,
    DETERMINANTS,
    DIFFERENTIATION,
    EXP_LOG,
    EXPECTATION,
    FACTORIALS,
    FACTS,
    FIELD,
    INDEPENDENCE,
    INDICATORS,
    MARGINALS,
    MODEL,
    POSITIVITY,
    PROPORTIONALITY,
    SUMS,
    THEORIES,
    TRIGONOMETRY,
)
from checker.kernel.dispatch import nodes
from checker.kernel.proof import Proof, Unproved, prove

__all__ = [
    "CONDITIONING", "DEFINITIONS", "DETERMINANTS", "DIFFERENTIATION", "EXPECTATION", "EXP_LOG", "FACTORIALS",
    "FACTS", "FIELD", "INDEPENDENCE", "INDICATORS", "MARGINALS", "MODEL", "POSITIVITY", "PROPORTIONALITY", "SUMS",
    "THEORIES", "TRIGONOMETRY", "Proof", "Unproved", "nodes", "prove",
]  # fmt: skip
