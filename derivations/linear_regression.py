"""Linear regression by indices: the gradient, the normal equations, and ridge regression as MAP estimation.

C. M. Bishop, Pattern Recognition and Machine Learning (2006), eqs. (3.10) to (3.15), (3.27), (3.28) and (3.55); here
x_ni is a feature φ_i(x_n), with noise of variance s² and a prior of variance r² for each weight.
"""

from sympy import Eq, IndexedBase, Product, Rational, Sum, exp, log, pi, symbols

from checker.derivation import Derivation, Givens, IndexSet
from checker.expressions import Partial, indicator

N, D = symbols("N D", integer=True, positive=True)
n, i, j = symbols("n i j", integer=True, positive=True)
samples, features = IndexSet(1, N), IndexSet(1, D)

x, t, w = IndexedBase("x", real=True), IndexedBase("t", real=True), IndexedBase("w", real=True)
E, ell, F = symbols("E ell F", real=True)
lam, s, r = symbols("lambda s r", positive=True)


def gaussian(value, variance):
    """The density of a Gaussian with mean zero."""
    return 1 / (2 * pi * variance) ** Rational(1, 2) * exp(-(value**2) / (2 * variance))


residual = t[n] - Sum(w[i] * x[n, i], (i, 1, D))

derivation = Derivation(
    "linear_regression",
    "Linear regression: least squares, maximum likelihood and ridge",
    Givens(
        index_sets={n: samples, i: features, j: features},
        definitions=(
            Eq(E, Sum(residual**2, (n, 1, N)) / 2),
            Eq(ell, log(Product(gaussian(residual, s**2), (n, 1, N)))),
            Eq(
                F,
                log(Product(gaussian(residual, s**2), (n, 1, N)) * Product(gaussian(w[i], r**2), (i, 1, D))),
            ),
        ),
    ),
)

a = derivation.part("a", "The gradient of the squared error, and the normal equations")

a.start(Partial(E, w[j]))
a.equals(Sum(residual * Partial(residual, w[j]), (n, 1, N)), by="differentiate")
a.equals(-Sum(residual * Sum(indicator(i, j) * x[n, i], (i, 1, D)), (n, 1, N)), by="differentiate")
a.equals(-Sum(residual * x[n, j], (n, 1, N)), by="indicator-sum")

a.start(Eq(Partial(E, w[j]), 0))
a.implies(Eq(-Sum(residual * x[n, j], (n, 1, N)), 0), by="set-to-zero")
a.implies(
    Eq(Sum(Sum(x[n, i] * x[n, j], (n, 1, N)) * w[i], (i, 1, D)), Sum(x[n, j] * t[n], (n, 1, N))),
    by="rearrange",
)

b = derivation.part("b", "Gaussian noise: the log-likelihood is the squared error, up to constants")

b.start(ell)
b.equals(log(Product(gaussian(residual, s**2), (n, 1, N))), by="definition")
b.equals(Sum(-log(2 * pi * s**2) / 2 - residual**2 / (2 * s**2), (n, 1, N)), by="log-of-product")
b.equals(-N / 2 * log(2 * pi * s**2) - Sum(residual**2, (n, 1, N)) / (2 * s**2), by="expand-sums")
b.equals(-N / 2 * log(2 * pi * s**2) - E / s**2, by="definition")

b.start(Partial(ell, w[j]))
b.equals(-Partial(E, w[j]) / s**2, by="differentiate")

c = derivation.part("c", "A Gaussian prior: the MAP estimate is ridge regression")

c.start(F)
c.equals(
    log(Product(gaussian(residual, s**2), (n, 1, N)) * Product(gaussian(w[i], r**2), (i, 1, D))),
    by="definition",
)
c.equals(
    -N / 2 * log(2 * pi * s**2) - Sum(residual**2, (n, 1, N)) / (2 * s**2)
    - D / 2 * log(2 * pi * r**2) - Sum(w[i] ** 2, (i, 1, D)) / (2 * r**2),
    by="log-of-product",
)  # fmt: skip

c.start(Partial(F, w[j]))
c.equals(Sum(residual * x[n, j], (n, 1, N)) / s**2 - w[j] / r**2, by="differentiate")

c.start(Eq(Partial(F, w[j]), 0))
c.implies(Eq(Sum(residual * x[n, j], (n, 1, N)) / s**2 - w[j] / r**2, 0), by="set-to-zero")
c.implies(Eq(Sum(residual * x[n, j], (n, 1, N)), s**2 / r**2 * w[j]), by="rearrange")
c.implies(
    Eq(
        Sum((Sum(x[n, i] * x[n, j], (n, 1, N)) + s**2 / r**2 * indicator(i, j)) * w[i], (i, 1, D)),
        Sum(x[n, j] * t[n], (n, 1, N)),
    ),
    by="rearrange",
)
