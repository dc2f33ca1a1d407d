"""Maximum likelihood for the categorical distribution, with a Lagrange multiplier: the share of each category.

C. M. Bishop, Pattern Recognition and Machine Learning (2006), eqs. (2.29) to (2.33); m_k is eq. (2.30).
"""

from sympy import Eq, IndexedBase, Product, Sum, log, symbols

from checker.derivation import Derivation, Givens, IndexSet
from checker.expressions import Partial, indicator

N, K = symbols("N K", integer=True, positive=True)
n, k, j = symbols("n k j", integer=True, positive=True)
samples, categories = IndexSet(1, N), IndexSet(1, K)

x = IndexedBase("x", integer=True, positive=True)
mu = IndexedBase("mu", positive=True)
m = IndexedBase("m", integer=True, nonnegative=True)
ell, L = symbols("ell L", real=True)
lam = symbols("lambda", real=True)

derivation = Derivation(
    "categorical",
    "Categorical: maximum likelihood with a multiplier",
    Givens(
        index_sets={n: samples, k: categories, j: categories},
        value_sets={x: categories},
        definitions=(
            Eq(m[k], Sum(indicator(x[n], k), (n, 1, N))),
            Eq(ell, log(Product(mu[x[n]], (n, 1, N)))),
            Eq(L, ell + lam * (Sum(mu[k], (k, 1, K)) - 1)),
        ),
        facts=(Eq(Sum(mu[k], (k, 1, K)), 1),),
    ),
)

a = derivation.part("a", "The log-likelihood depends on the counts alone")

a.start(ell)
a.equals(log(Product(mu[x[n]], (n, 1, N))), by="definition")
a.equals(Sum(log(mu[x[n]]), (n, 1, N)), by="log-of-product")
a.equals(Sum(Sum(indicator(x[n], k) * log(mu[k]), (k, 1, K)), (n, 1, N)), by="indicator-sum")
a.equals(Sum(Sum(indicator(x[n], k), (n, 1, N)) * log(mu[k]), (k, 1, K)), by="expand-sums")
a.equals(Sum(m[k] * log(mu[k]), (k, 1, K)), by="definition")

b = derivation.part("b", "The Lagrangian and its derivative")

b.start(L)
b.equals(Sum(m[k] * log(mu[k]), (k, 1, K)) + lam * (Sum(mu[k], (k, 1, K)) - 1), by="lagrangian")

b.start(Partial(L, mu[j]))
b.equals(
    Sum(m[k] * indicator(k, j) / mu[k], (k, 1, K)) + lam * Sum(indicator(k, j), (k, 1, K)),
    by="differentiate",
)
b.equals(m[j] / mu[j] + lam, by="indicator-sum")

c = derivation.part("c", "The estimate, where the derivative vanishes")

c.start(Eq(Partial(L, mu[j]), 0))
c.implies(Eq(m[j] / mu[j] + lam, 0), by="set-to-zero")
c.implies(Eq(m[j], -lam * mu[j]), by="solve")
c.implies(Eq(Sum(m[j], (j, 1, K)), Sum(-lam * mu[j], (j, 1, K))), by="sum-both-sides")
c.implies(Eq(N, -lam), by="constraint")
c.implies(Eq(lam, -N), by="solve")

c.start(Eq(m[j] / mu[j] + lam, 0))
c.implies(Eq(mu[j], m[j] / N), by="substitute", using=[Eq(lam, -N)])
