"""A hidden Markov model: one step of the forward recursion, from the model's factors.

C. M. Bishop, Pattern Recognition and Machine Learning (2006), eqs. (13.34) and (13.36). U stands for all observations
before this step; Z is the state at its beginning and S the state at its end, where X is observed.
"""

from sympy import Eq, IndexedBase, Sum, symbols

from checker.derivation import Derivation, Givens, IndexSet, Model, Variable
from checker.expressions import P, RandomVariable

K = symbols("K", integer=True, positive=True)
i, j, k = symbols("i j k", integer=True, positive=True)
states = IndexSet(1, K)

z, s = symbols("z s", integer=True, positive=True)
u, x = symbols("u x", real=True)
A, b = IndexedBase("A", positive=True), IndexedBase("b", positive=True)
f, g = IndexedBase("f", positive=True), IndexedBase("g", positive=True)
U, Z, S, X = (RandomVariable(name) for name in "uzsx")

derivation = Derivation(
    "hidden_markov",
    "Hidden Markov model: the forward recursion",
    Givens(
        index_sets={j: states, k: states, i: states},
        model=Model(
            variables=(Variable(U, u), Variable(Z, z, states), Variable(S, s, states), Variable(X, x)),
            factors=(Eq(P(Eq(S, k), given=Eq(Z, j)), A[j, k]), Eq(P(X, given=Eq(S, k)), b[k])),
        ),
        definitions=(Eq(f[j], P(U, Eq(Z, j))), Eq(g[k], P(U, X, Eq(S, k)))),
    ),
)

a = derivation.part("forward", "The recursion g_k = b_k Σ_j A_jk f_j")

a.start(g[k])
a.equals(P(U, X, Eq(S, k)), by="definition")
a.equals(Sum(P(U, Eq(Z, j), Eq(S, k), X), (j, 1, K)), by="total-probability")
a.equals(Sum(b[k] * A[j, k] * P(U, Eq(Z, j)), (j, 1, K)), by="model")
a.equals(b[k] * Sum(A[j, k] * P(U, Eq(Z, j)), (j, 1, K)), by="expand-sums")
a.equals(b[k] * Sum(A[j, k] * f[j], (j, 1, K)), by="definition")

c = derivation.part("likelihood", "The likelihood, and the posterior of the state")

c.start(P(U, X))
c.equals(Sum(P(U, X, Eq(S, k)), (k, 1, K)), by="total-probability")
c.equals(Sum(g[k], (k, 1, K)), by="definition")

c.start(P(Eq(S, k), given=[U, X]))
c.equals(P(U, X, Eq(S, k)) / P(U, X), by="product-rule")
c.equals(P(U, X, Eq(S, k)) / Sum(P(U, X, Eq(S, i)), (i, 1, K)), by="total-probability")
c.equals(g[k] / Sum(g[i], (i, 1, K)), by="definition")
