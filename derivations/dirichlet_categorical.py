"""Category probabilities with a Dirichlet prior: the posterior is a Dirichlet distribution again, and its mode.

C. M. Bishop, Pattern Recognition and Machine Learning (2006), eqs. (2.38) and (2.40); Z is the prior's normaliser.
"""

from sympy import Eq, IndexedBase, Product, Sum, log, symbols

from checker.derivation import Derivation, Givens, IndexSet, Model, Variable
from checker.expressions import P, Partial, RandomVariable, indicator

N, K = symbols("N K", integer=True, positive=True)
n, k, j = symbols("n k j", integer=True, positive=True)
samples, categories = IndexSet(1, N), IndexSet(1, K)

x = IndexedBase("x", integer=True, positive=True)
mu, alpha = IndexedBase("mu", positive=True), IndexedBase("alpha", positive=True)
m = IndexedBase("m", integer=True, nonnegative=True)
Z = symbols("Z", positive=True)
L, lam = symbols("L lambda", real=True)
M, X = RandomVariable("mu"), RandomVariable("x")

derivation = Derivation(
    "dirichlet_categorical",
    "Dirichlet prior, categorical observations: posterior and mode",
    Givens(
        index_sets={n: samples, k: categories, j: categories},
        value_sets={x: categories},
        model=Model(
            variables=(Variable(M, mu), Variable(X, x)),
            factors=(
                Eq(P(M), Product(mu[k] ** (alpha[k] - 1), (k, 1, K)) / Z),
                Eq(P(X, given=M), Product(mu[x[n]], (n, 1, N))),
            ),
        ),
        definitions=(Eq(m[k], Sum(indicator(x[n], k), (n, 1, N))),),
        facts=(Eq(Sum(mu[k], (k, 1, K)), 1),),
    ),
)

posterior = derivation.part("posterior", "The posterior up to a factor")

posterior.start(P(M, given=X))
posterior.equals(P(X, given=M) * P(M) / P(X), by="bayes")
posterior.proportional(P(X, given=M) * P(M), by="proportional")
posterior.proportional(Product(mu[x[n]], (n, 1, N)) * Product(mu[k] ** (alpha[k] - 1), (k, 1, K)), by="proportional")
posterior.equals(
    Product(Product(mu[k] ** indicator(x[n], k), (k, 1, K)), (n, 1, N)) * Product(mu[k] ** (alpha[k] - 1), (k, 1, K)),
    by="indicator-sum",
)
posterior.equals(
    Product(mu[k] ** Sum(indicator(x[n], k), (n, 1, N)), (k, 1, K)) * Product(mu[k] ** (alpha[k] - 1), (k, 1, K)),
    by="collect",
)
posterior.equals(Product(mu[k] ** m[k], (k, 1, K)) * Product(mu[k] ** (alpha[k] - 1), (k, 1, K)), by="definition")
posterior.equals(Product(mu[k] ** (m[k] + alpha[k] - 1), (k, 1, K)), by="collect")

mode = derivation.part(
    "mode",
    "The most probable value, under the constraint that the probabilities sum to one",
    definitions=[Eq(L, log(Product(mu[k] ** (m[k] + alpha[k] - 1), (k, 1, K))) + lam * (Sum(mu[k], (k, 1, K)) - 1))],
)

mode.start(L)
mode.equals(Sum((m[k] + alpha[k] - 1) * log(mu[k]), (k, 1, K)) + lam * (Sum(mu[k], (k, 1, K)) - 1), by="lagrangian")

mode.start(Partial(L, mu[j]))
mode.equals((m[j] + alpha[j] - 1) / mu[j] + lam, by="differentiate")

mode.start(Eq(Partial(L, mu[j]), 0))
mode.implies(Eq((m[j] + alpha[j] - 1) / mu[j] + lam, 0), by="set-to-zero")
mode.implies(Eq(-lam * mu[j], m[j] + alpha[j] - 1), by="rearrange")
mode.implies(Eq(Sum(-lam * mu[j], (j, 1, K)), Sum(m[j] + alpha[j] - 1, (j, 1, K))), by="sum-both-sides")
mode.implies(Eq(-lam, N + Sum(alpha[j], (j, 1, K)) - K), by="constraint")

mode.start(Eq(-lam * mu[j], m[j] + alpha[j] - 1))
mode.implies(
    Eq(mu[j], (m[j] + alpha[j] - 1) / (N + Sum(alpha[k], (k, 1, K)) - K)),
    by="substitute",
    using=[Eq(-lam, N + Sum(alpha[k], (k, 1, K)) - K)],
)
