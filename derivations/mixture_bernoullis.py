"""A mixture of Bernoulli vectors: responsibilities, and the M-step for the means.

C. M. Bishop, Pattern Recognition and Machine Learning (2006), section 9.3.3; x_ni is a bit of sample n, and b_nk the
probability of sample n in component k.
"""

from sympy import Eq, IndexedBase, Lt, Product, Sum, log, symbols

from checker.derivation import Derivation, Givens, IndexSet
from checker.expressions import Partial

N, K, D = symbols("N K D", integer=True, positive=True)
n, k, j, i, h = symbols("n k j i h", integer=True, positive=True)
samples, components, bits = IndexSet(1, N), IndexSet(1, K), IndexSet(1, D)

x = IndexedBase("x", integer=True, nonnegative=True)
mu, w = IndexedBase("mu", positive=True), IndexedBase("w", positive=True)
b, r, R = IndexedBase("b", positive=True), IndexedBase("r", positive=True), IndexedBase("R", positive=True)
Q = symbols("Q", real=True)
rho = IndexedBase("rho", positive=True)

derivation = Derivation(
    "mixture_bernoullis",
    "Mixture of Bernoullis: responsibilities and the M-step",
    Givens(
        index_sets={n: samples, k: components, j: components, i: bits, h: bits},
        value_sets={x: IndexSet(0, 1)},
        definitions=(
            Eq(b[n, k], Product(mu[k, i] ** x[n, i] * (1 - mu[k, i]) ** (1 - x[n, i]), (i, 1, D))),
            Eq(r[n, k], w[k] * b[n, k] / Sum(w[j] * b[n, j], (j, 1, K))),
            Eq(R[k], Sum(rho[n, k], (n, 1, N))),
            Eq(Q, Sum(Sum(rho[n, k] * log(w[k] * b[n, k]), (k, 1, K)), (n, 1, N))),
        ),
        facts=(Lt(mu[k, i], 1),),
    ),
)

a = derivation.part("responsibilities", "The responsibilities of a sample sum to one")

a.start(Sum(r[n, k], (k, 1, K)))
a.equals(Sum(w[k] * b[n, k], (k, 1, K)) / Sum(w[j] * b[n, j], (j, 1, K)), by="definition")
a.equals(1, by="cancel")

m = derivation.part("m_step", "The M-step: the responsibilities ρ_nk are fixed")

m.start(Q)
m.equals(Sum(Sum(rho[n, k] * log(w[k] * b[n, k]), (k, 1, K)), (n, 1, N)), by="definition")
m.equals(
    Sum(
        Sum(
            rho[n, k] * (log(w[k]) + Sum(x[n, i] * log(mu[k, i]) + (1 - x[n, i]) * log(1 - mu[k, i]), (i, 1, D))),
            (k, 1, K),
        ),
        (n, 1, N),
    ),
    by="log-of-product",
)

m.start(Partial(Q, mu[j, h]))
m.equals(
    Sum(rho[n, j] * (x[n, h] / mu[j, h] - (1 - x[n, h]) / (1 - mu[j, h])), (n, 1, N)),
    by="differentiate",
)
m.equals(Sum(rho[n, j] * (x[n, h] - mu[j, h]), (n, 1, N)) / (mu[j, h] * (1 - mu[j, h])), by="algebra")

m.start(Eq(Partial(Q, mu[j, h]), 0))
m.implies(
    Eq(Sum(rho[n, j] * (x[n, h] - mu[j, h]), (n, 1, N)) / (mu[j, h] * (1 - mu[j, h])), 0),
    by="set-to-zero",
)
m.implies(Eq(mu[j, h], Sum(rho[n, j] * x[n, h], (n, 1, N)) / R[j]), by="solve")
