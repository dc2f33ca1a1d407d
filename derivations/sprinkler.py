"""A small Bayesian network: rain, sprinkler and wet grass, by total probability and Bayes' rule.

Rain R and sprinkler S are independent; the grass is wet, W = 1, with probability w_rs. After J. Pearl, Probabilistic
Reasoning in Intelligent Systems (1988).
"""

from sympy import Eq, IndexedBase, Lt, Sum, symbols

from checker.derivation import Derivation, Givens, IndexSet, Model, Variable
from checker.expressions import P, RandomVariable

i, j = symbols("i j", integer=True, nonnegative=True)
bits = IndexSet(0, 1)
r, s, v = symbols("r s v", integer=True, nonnegative=True)
rho, tau = IndexedBase("rho", positive=True), IndexedBase("tau", positive=True)
w = IndexedBase("w", positive=True)
R, S, W = RandomVariable("R"), RandomVariable("S"), RandomVariable("W")

derivation = Derivation(
    "sprinkler",
    "Rain, sprinkler and wet grass",
    Givens(
        index_sets={i: bits, j: bits},
        model=Model(
            variables=(Variable(R, r, bits), Variable(S, s, bits), Variable(W, v, bits)),
            factors=(
                Eq(P(Eq(R, i)), rho[i]),
                Eq(P(Eq(S, j)), tau[j]),
                Eq(P(Eq(W, 1), given=[Eq(R, i), Eq(S, j)]), w[i, j]),
                Eq(P(Eq(W, 0), given=[Eq(R, i), Eq(S, j)]), 1 - w[i, j]),
            ),
        ),
        facts=(Eq(rho[0] + rho[1], 1), Eq(tau[0] + tau[1], 1), Lt(w[i, j], 1)),
    ),
)

wet, rain, on = Eq(W, 1), Eq(R, 1), Eq(S, 1)

a = derivation.part("wet", "The probability that the grass is wet")

a.start(P(wet))
a.equals(Sum(Sum(P(wet, Eq(R, i), Eq(S, j)), (j, 0, 1)), (i, 0, 1)), by="total-probability")
a.equals(
    Sum(Sum(P(wet, given=[Eq(R, i), Eq(S, j)]) * P(Eq(R, i)) * P(Eq(S, j)), (j, 0, 1)), (i, 0, 1)),
    by="model",
)
a.equals(Sum(Sum(w[i, j] * rho[i] * tau[j], (j, 0, 1)), (i, 0, 1)), by="model")
a.equals(
    w[0, 0] * rho[0] * tau[0] + w[0, 1] * rho[0] * tau[1] + w[1, 0] * rho[1] * tau[0] + w[1, 1] * rho[1] * tau[1],
    by="expand-sums",
)

b = derivation.part("rain", "Rain, given that the grass is wet")

b.start(P(rain, given=wet))
b.equals(P(wet, given=rain) * P(rain) / P(wet), by="bayes")
b.equals(
    Sum(P(wet, Eq(S, j), given=rain), (j, 0, 1)) * P(rain)
    / Sum(Sum(P(wet, Eq(R, i), Eq(S, j)), (j, 0, 1)), (i, 0, 1)),
    by="total-probability",
)  # fmt: skip
b.equals(
    Sum(w[1, j] * tau[j], (j, 0, 1)) * rho[1] / Sum(Sum(w[i, j] * rho[i] * tau[j], (j, 0, 1)), (i, 0, 1)),
    by="model",
)

c = derivation.part("explained", "Rain, given wet grass and that the sprinkler was on: it is explained away")

c.start(P(rain, given=[wet, on]))
c.equals(P(wet, rain, on) / P(wet, on), by="product-rule")
c.equals(P(wet, rain, on) / Sum(P(wet, Eq(R, i), on), (i, 0, 1)), by="total-probability")
c.equals(w[1, 1] * rho[1] * tau[1] / Sum(w[i, 1] * rho[i] * tau[1], (i, 0, 1)), by="model")
c.equals(w[1, 1] * rho[1] * tau[1] / (w[0, 1] * rho[0] * tau[1] + w[1, 1] * rho[1] * tau[1]), by="expand-sums")
c.equals(w[1, 1] * rho[1] / (w[0, 1] * rho[0] + w[1, 1] * rho[1]), by="cancel")
