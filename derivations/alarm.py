"""Burglary, earthquake, alarm and call: how likely a burglary is after a call, by total probability from the factors.

The alarm A has two causes, burglary B and earthquake E, which are independent; a call C has the alarm as its cause.
After J. Pearl, Probabilistic Reasoning in Intelligent Systems (1988), section 2.3.
"""

from sympy import Eq, IndexedBase, Lt, Sum, symbols

from checker import Derivation, Givens, IndexSet, Model, P, RandomVariable, Variable

i, j, m = symbols("i j m", integer=True, nonnegative=True)
bits = IndexSet(0, 1)
b, e, a, c = symbols("b e a c", integer=True, nonnegative=True)
beta, epsilon = symbols("beta epsilon", positive=True)
w, g = IndexedBase("w", positive=True), IndexedBase("g", positive=True)
B, E, A, C = RandomVariable("B"), RandomVariable("E"), RandomVariable("A"), RandomVariable("C")

derivation = Derivation(
    "alarm",
    "Burglary, earthquake, alarm and call",
    Givens(
        index_sets={i: bits, j: bits, m: bits},
        model=Model(
            variables=(Variable(B, b, bits), Variable(E, e, bits), Variable(A, a, bits), Variable(C, c, bits)),
            factors=(  # what is not stated is the rest: P(B = 0) = 1 - beta
                Eq(P(Eq(B, 1)), beta),
                Eq(P(Eq(E, 1)), epsilon),
                Eq(P(Eq(A, 1), given=[Eq(B, i), Eq(E, j)]), w[i, j]),
                Eq(P(Eq(C, 1), given=Eq(A, m)), g[m]),
            ),
        ),
        facts=(Lt(beta, 1), Lt(epsilon, 1), Lt(w[i, j], 1), Lt(g[m], 1)),
    ),
)

burglary, earthquake, alarm, call = Eq(B, 1), Eq(E, 1), Eq(A, 1), Eq(C, 1)

cause = derivation.part("alarm", "The alarm, given what happened to the house")

cause.start(P(alarm, given=Eq(B, i)))
cause.equals(Sum(P(alarm, Eq(E, j), given=Eq(B, i)), (j, 0, 1)), by="total-probability")
cause.equals(w[i, 1] * epsilon + w[i, 0] * (1 - epsilon), by="model")

effect = derivation.part("call", "The call, given a burglary")

effect.start(P(call, given=burglary))
effect.equals(Sum(Sum(P(call, Eq(A, m), Eq(E, j), given=burglary), (j, 0, 1)), (m, 0, 1)), by="total-probability")
effect.equals(Sum((g[1] * w[1, j] + g[0] * (1 - w[1, j])) * P(Eq(E, j)), (j, 0, 1)), by="model")
effect.equals(
    (g[1] * w[1, 1] + g[0] * (1 - w[1, 1])) * epsilon + (g[1] * w[1, 0] + g[0] * (1 - w[1, 0])) * (1 - epsilon),
    by="model",
)

posterior = derivation.part("posterior", "The burglary, given the call")

posterior.start(P(burglary, given=call))
posterior.equals(P(call, given=burglary) * P(burglary) / P(call), by="bayes")
posterior.equals(
    P(call, given=burglary)
    * P(burglary)
    / (P(call, given=burglary) * P(burglary) + P(call, given=Eq(B, 0)) * P(Eq(B, 0))),
    by="total-probability",
)
posterior.equals(
    P(call, given=burglary) * beta / (P(call, given=burglary) * beta + P(call, given=Eq(B, 0)) * (1 - beta)),
    by="model",
)
