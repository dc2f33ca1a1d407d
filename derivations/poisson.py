"""Maximum likelihood for the Poisson distribution: the rate is the mean of the counts, and it is a maximum."""

from sympy import Eq, IndexedBase, Product, Sum, exp, factorial, log, symbols

from checker.derivation import Derivation, Givens, IndexSet
from checker.expressions import Partial

N, n = symbols("N n", integer=True, positive=True)
x = IndexedBase("x", integer=True, nonnegative=True)
rate = symbols("lambda", positive=True)
ell = symbols("ell", real=True)

derivation = Derivation(
    "poisson",
    "Poisson: maximum likelihood",
    Givens(
        index_sets={n: IndexSet(1, N)},
        definitions=(Eq(ell, log(Product(rate ** x[n] * exp(-rate) / factorial(x[n]), (n, 1, N)))),),
    ),
)

a = derivation.part("a", "The log-likelihood")

a.start(ell)
a.equals(log(Product(rate ** x[n] * exp(-rate) / factorial(x[n]), (n, 1, N))), by="definition")
a.equals(Sum(x[n] * log(rate) - rate - log(factorial(x[n])), (n, 1, N)), by="log-of-product")
a.equals(
    log(rate) * Sum(x[n], (n, 1, N)) - N * rate - Sum(log(factorial(x[n])), (n, 1, N)),
    by="expand-sums",
)

b = derivation.part("b", "Its derivatives")

b.start(Partial(ell, rate))
b.equals(Sum(x[n], (n, 1, N)) / rate - N, by="differentiate")

b.start(Partial(ell, rate, rate))
b.equals(Partial(Sum(x[n], (n, 1, N)) / rate - N, rate), by="differentiate")
b.equals(-Sum(x[n], (n, 1, N)) / rate**2, by="differentiate")

c = derivation.part("c", "The estimate, where the derivative vanishes")

c.start(Eq(Partial(ell, rate), 0))
c.implies(Eq(Sum(x[n], (n, 1, N)) / rate - N, 0), by="set-to-zero")
c.implies(Eq(rate, Sum(x[n], (n, 1, N)) / N), by="solve")
