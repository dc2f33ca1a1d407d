"""Maximum likelihood for the Bernoulli distribution: the mean of the observations.

C. M. Bishop, Pattern Recognition and Machine Learning (2006), eqs. (2.5) to (2.7).
"""

from sympy import Eq, IndexedBase, Lt, Product, Sum, log, symbols

from checker.derivation import Derivation, Givens, IndexSet
from checker.expressions import Partial

N, n = symbols("N n", integer=True, positive=True)
x = IndexedBase("x", integer=True, nonnegative=True)
mu = symbols("mu", positive=True)
ell = symbols("ell", real=True)

derivation = Derivation(
    "bernoulli",
    "Bernoulli: maximum likelihood",
    Givens(
        index_sets={n: IndexSet(1, N)},
        value_sets={x: IndexSet(0, 1)},
        definitions=(Eq(ell, log(Product(mu ** x[n] * (1 - mu) ** (1 - x[n]), (n, 1, N)))),),
        facts=(Lt(mu, 1),),
    ),
)

a = derivation.part("a", "The log-likelihood")

a.start(ell)
a.equals(log(Product(mu ** x[n] * (1 - mu) ** (1 - x[n]), (n, 1, N))), by="definition")
a.equals(Sum(x[n] * log(mu) + (1 - x[n]) * log(1 - mu), (n, 1, N)), by="log-of-product")
a.equals(log(mu) * Sum(x[n], (n, 1, N)) + log(1 - mu) * (N - Sum(x[n], (n, 1, N))), by="expand-sums")

b = derivation.part("b", "Its derivative")

b.start(Partial(ell, mu))
b.equals(Sum(x[n], (n, 1, N)) / mu - (N - Sum(x[n], (n, 1, N))) / (1 - mu), by="differentiate")
b.equals((Sum(x[n], (n, 1, N)) - N * mu) / (mu * (1 - mu)), by="algebra")

c = derivation.part("c", "The estimate, where the derivative vanishes")

c.start(Eq(Partial(ell, mu), 0))
c.implies(Eq((Sum(x[n], (n, 1, N)) - N * mu) / (mu * (1 - mu)), 0), by="set-to-zero")
c.implies(Eq(mu, Sum(x[n], (n, 1, N)) / N), by="solve")
