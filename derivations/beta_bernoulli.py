"""A Bernoulli parameter with a beta prior: the posterior is a beta distribution again, and its mode.

C. M. Bishop, Pattern Recognition and Machine Learning (2006), eqs. (2.13) and (2.17); Z is the beta function B(a, b).
"""

from sympy import Eq, IndexedBase, Lt, Product, Sum, log, symbols

from checker.derivation import Derivation, Givens, IndexSet, Model, Variable
from checker.expressions import P, Partial, RandomVariable

N, n = symbols("N n", integer=True, positive=True)
x = IndexedBase("x", integer=True, nonnegative=True)
mu, a, b, Z = symbols("mu a b Z", positive=True)
m, f = symbols("m f", real=True)
M, X = RandomVariable("mu"), RandomVariable("x")

derivation = Derivation(
    "beta_bernoulli",
    "Beta prior, Bernoulli observations: posterior and mode",
    Givens(
        index_sets={n: IndexSet(1, N)},
        value_sets={x: IndexSet(0, 1)},
        model=Model(
            variables=(Variable(M, mu), Variable(X, x)),
            factors=(
                Eq(P(M), mu ** (a - 1) * (1 - mu) ** (b - 1) / Z),
                Eq(P(X, given=M), Product(mu ** x[n] * (1 - mu) ** (1 - x[n]), (n, 1, N))),
            ),
        ),
        definitions=(Eq(m, Sum(x[n], (n, 1, N))),),
        facts=(Lt(mu, 1),),
    ),
)

posterior = derivation.part("posterior", "The posterior up to a factor")

posterior.start(P(M, given=X))
posterior.equals(P(X, given=M) * P(M) / P(X), by="bayes")
posterior.proportional(P(X, given=M) * P(M), by="proportional")
posterior.equals(
    Product(mu ** x[n] * (1 - mu) ** (1 - x[n]), (n, 1, N)) * mu ** (a - 1) * (1 - mu) ** (b - 1) / Z,
    by="model",
)
posterior.proportional(
    Product(mu ** x[n] * (1 - mu) ** (1 - x[n]), (n, 1, N)) * mu ** (a - 1) * (1 - mu) ** (b - 1),
    by="proportional",
)
posterior.equals(mu**m * (1 - mu) ** (N - m) * mu ** (a - 1) * (1 - mu) ** (b - 1), by="definition")
posterior.equals(mu ** (m + a - 1) * (1 - mu) ** (N - m + b - 1), by="collect")

mode = derivation.part(
    "mode",
    "The most probable value: where the derivative of the logarithm vanishes",
    definitions=[Eq(f, log(mu ** (m + a - 1) * (1 - mu) ** (N - m + b - 1)))],
)

mode.start(f)
mode.equals(log(mu ** (m + a - 1) * (1 - mu) ** (N - m + b - 1)), by="definition")
mode.equals((m + a - 1) * log(mu) + (N - m + b - 1) * log(1 - mu), by="log-of-product")

mode.start(Partial(f, mu))
mode.equals((m + a - 1) / mu - (N - m + b - 1) / (1 - mu), by="differentiate")

mode.start(Eq(Partial(f, mu), 0))
mode.implies(Eq((m + a - 1) / mu - (N - m + b - 1) / (1 - mu), 0), by="set-to-zero")
mode.implies(Eq((m + a - 1) * (1 - mu), (N - m + b - 1) * mu), by="rearrange")
mode.implies(Eq(mu * (N + a + b - 2), m + a - 1), by="rearrange")
mode.implies(Eq(mu, (m + a - 1) / (N + a + b - 2)), by="solve")
