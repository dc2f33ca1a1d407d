"""Maximum likelihood for the mean and the variance of a Gaussian.

C. M. Bishop, Pattern Recognition and Machine Learning (2006), eqs. (1.53) to (1.56).
"""

from sympy import Eq, IndexedBase, Product, Sum, exp, log, pi, sqrt, symbols

from checker.derivation import Derivation, Givens, IndexSet
from checker.expressions import Partial

N, n = symbols("N n", integer=True, positive=True)
x = IndexedBase("x", real=True)
mu, ell = symbols("mu ell", real=True)
sigma = symbols("sigma", positive=True)

derivation = Derivation(
    "gaussian",
    "Gaussian: maximum likelihood for mean and variance",
    Givens(
        index_sets={n: IndexSet(1, N)},
        definitions=(
            Eq(
                ell,
                log(Product(1 / sqrt(2 * pi * sigma**2) * exp(-((x[n] - mu) ** 2) / (2 * sigma**2)), (n, 1, N))),
            ),
        ),
    ),
)

a = derivation.part("a", "The log-likelihood")

a.start(ell)
a.equals(
    log(Product(1 / sqrt(2 * pi * sigma**2) * exp(-((x[n] - mu) ** 2) / (2 * sigma**2)), (n, 1, N))),
    by="definition",
)
a.equals(
    Sum(-log(2 * pi * sigma**2) / 2 - (x[n] - mu) ** 2 / (2 * sigma**2), (n, 1, N)),
    by="log-of-product",
)
a.equals(
    -N / 2 * log(2 * pi) - N / 2 * log(sigma**2) - Sum((x[n] - mu) ** 2, (n, 1, N)) / (2 * sigma**2),
    by="log-of-product",
)

b = derivation.part("b", "The mean")

b.start(Partial(ell, mu))
b.equals(Sum(x[n] - mu, (n, 1, N)) / sigma**2, by="differentiate")
b.equals((Sum(x[n], (n, 1, N)) - N * mu) / sigma**2, by="expand-sums")

b.start(Eq(Partial(ell, mu), 0))
b.implies(Eq((Sum(x[n], (n, 1, N)) - N * mu) / sigma**2, 0), by="set-to-zero")
b.implies(Eq(mu, Sum(x[n], (n, 1, N)) / N), by="solve")

c = derivation.part("c", "The variance")

# The variance σ² is the variable, not σ.
c.start(Partial(ell, sigma**2))
c.equals(-N / (2 * sigma**2) + Sum((x[n] - mu) ** 2, (n, 1, N)) / (2 * sigma**4), by="differentiate")

c.start(Eq(Partial(ell, sigma**2), 0))
c.implies(
    Eq(-N / (2 * sigma**2) + Sum((x[n] - mu) ** 2, (n, 1, N)) / (2 * sigma**4), 0),
    by="set-to-zero",
)
c.implies(Eq(N * sigma**2, Sum((x[n] - mu) ** 2, (n, 1, N))), by="rearrange")
c.implies(Eq(sigma**2, Sum((x[n] - mu) ** 2, (n, 1, N)) / N), by="solve")
