"""Maximum likelihood for the exponential distribution: the rate is one over the mean, and it is a maximum."""

from sympy import Eq, IndexedBase, Product, Sum, exp, log, symbols

from checker.derivation import Derivation, Givens, IndexSet
from checker.expressions import Partial

N, n = symbols("N n", integer=True, positive=True)
x = IndexedBase("x", positive=True)
rate = symbols("lambda", positive=True)
ell = symbols("ell", real=True)

derivation = Derivation(
    "exponential",
    "Exponential: maximum likelihood",
    Givens(
        index_sets={n: IndexSet(1, N)},
        definitions=(Eq(ell, log(Product(rate * exp(-rate * x[n]), (n, 1, N)))),),
    ),
)

a = derivation.part("a", "The log-likelihood")

a.start(ell)
a.equals(log(Product(rate * exp(-rate * x[n]), (n, 1, N))), by="definition")
a.equals(Sum(log(rate) - rate * x[n], (n, 1, N)), by="log-of-product")
a.equals(N * log(rate) - rate * Sum(x[n], (n, 1, N)), by="expand-sums")

b = derivation.part("b", "Its derivatives")

b.start(Partial(ell, rate))
b.equals(N / rate - Sum(x[n], (n, 1, N)), by="differentiate")

b.start(Partial(ell, rate, rate))
b.equals(-N / rate**2, by="differentiate")
b.less(0, by="positivity")

c = derivation.part("c", "The estimate, where the derivative vanishes")

c.start(Eq(Partial(ell, rate), 0))
c.implies(Eq(N / rate - Sum(x[n], (n, 1, N)), 0), by="set-to-zero")
c.implies(Eq(rate, N / Sum(x[n], (n, 1, N))), by="solve")
