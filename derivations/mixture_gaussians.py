"""A mixture of Gaussians: responsibilities, gradients of the log-likelihood, and the M-step.

C. M. Bishop, Pattern Recognition and Machine Learning (2006), eqs. (9.13), (9.14) and (9.16) to (9.22), in one
dimension; g_nk is the density of component k at x_n, and R_k is N_k of eq. (9.18).
"""

from sympy import Eq, IndexedBase, Rational, Sum, exp, log, pi, symbols

from checker.derivation import Derivation, Givens, IndexSet
from checker.expressions import Partial

N, K = symbols("N K", integer=True, positive=True)
n, k, j = symbols("n k j", integer=True, positive=True)
samples, components = IndexSet(1, N), IndexSet(1, K)

x, mu = IndexedBase("x", real=True), IndexedBase("mu", real=True)
sigma, w = IndexedBase("sigma", positive=True), IndexedBase("w", positive=True)
g, r, R = IndexedBase("g", positive=True), IndexedBase("r", positive=True), IndexedBase("R", positive=True)
rho = IndexedBase("rho", positive=True)
ell, L, lam = symbols("ell L lambda", real=True)

derivation = Derivation(
    "mixture_gaussians",
    "Mixture of Gaussians: responsibilities, gradients and the M-step",
    Givens(
        index_sets={n: samples, k: components, j: components},
        definitions=(
            Eq(
                g[n, k],
                (2 * pi * sigma[k] ** 2) ** Rational(-1, 2) * exp(-((x[n] - mu[k]) ** 2) / (2 * sigma[k] ** 2)),
            ),
            Eq(r[n, k], w[k] * g[n, k] / Sum(w[j] * g[n, j], (j, 1, K))),
            Eq(R[k], Sum(rho[n, k], (n, 1, N))),
            Eq(ell, Sum(log(Sum(w[k] * g[n, k], (k, 1, K))), (n, 1, N))),
            Eq(L, ell + lam * (Sum(w[k], (k, 1, K)) - 1)),
        ),
        facts=(Eq(Sum(w[k], (k, 1, K)), 1), Eq(Sum(rho[n, k], (k, 1, K)), 1)),
    ),
)

a = derivation.part("responsibilities", "The responsibilities of a sample sum to one")

a.start(Sum(r[n, k], (k, 1, K)))
a.equals(Sum(w[k] * g[n, k] / Sum(w[j] * g[n, j], (j, 1, K)), (k, 1, K)), by="definition")
a.equals(Sum(w[k] * g[n, k], (k, 1, K)) / Sum(w[j] * g[n, j], (j, 1, K)), by="expand-sums")
a.equals(1, by="cancel")

b = derivation.part("means", "The means")

b.start(Partial(ell, mu[j]))
b.equals(Sum(w[j] * Partial(g[n, j], mu[j]) / Sum(w[k] * g[n, k], (k, 1, K)), (n, 1, N)), by="differentiate")
b.equals(
    Sum(w[j] * g[n, j] / Sum(w[k] * g[n, k], (k, 1, K)) * (x[n] - mu[j]) / sigma[j] ** 2, (n, 1, N)),
    by="differentiate",
)
b.equals(Sum(r[n, j] * (x[n] - mu[j]) / sigma[j] ** 2, (n, 1, N)), by="definition")

b.start(Eq(Partial(ell, mu[j]), 0))
b.implies(Eq(Sum(r[n, j] * (x[n] - mu[j]) / sigma[j] ** 2, (n, 1, N)), 0), by="set-to-zero")

c = derivation.part("variances", "The variances")

c.start(Partial(ell, sigma[j] ** 2))
c.equals(
    Sum(r[n, j] * ((x[n] - mu[j]) ** 2 / (2 * sigma[j] ** 4) - 1 / (2 * sigma[j] ** 2)), (n, 1, N)),
    by="differentiate",
)

d = derivation.part("weights", "The mixing weights, with a multiplier")

d.start(Partial(L, w[j]))
d.equals(Sum(g[n, j] / Sum(w[k] * g[n, k], (k, 1, K)), (n, 1, N)) + lam, by="differentiate")
d.equals(Sum(r[n, j], (n, 1, N)) / w[j] + lam, by="definition")

m = derivation.part("m_step", "The M-step: the gradients vanish with responsibilities ρ_nk that are held fixed")

m.start(Eq(Sum(rho[n, j] * (x[n] - mu[j]) / sigma[j] ** 2, (n, 1, N)), 0))
m.implies(Eq(Sum(rho[n, j] * x[n], (n, 1, N)), R[j] * mu[j]), by="rearrange")
m.implies(Eq(mu[j], Sum(rho[n, j] * x[n], (n, 1, N)) / R[j]), by="solve")

m.start(Eq(Sum(rho[n, j] * ((x[n] - mu[j]) ** 2 / (2 * sigma[j] ** 4) - 1 / (2 * sigma[j] ** 2)), (n, 1, N)), 0))
m.implies(Eq(sigma[j] ** 2, Sum(rho[n, j] * (x[n] - mu[j]) ** 2, (n, 1, N)) / R[j]), by="solve")

m.start(Eq(Sum(rho[n, j], (n, 1, N)) / w[j] + lam, 0))
m.implies(Eq(R[j], -lam * w[j]), by="rearrange")
m.implies(Eq(Sum(R[j], (j, 1, K)), Sum(-lam * w[j], (j, 1, K))), by="sum-both-sides")
m.implies(Eq(Sum(R[j], (j, 1, K)), -lam), by="constraint")

m.start(Sum(R[j], (j, 1, K)))
m.equals(Sum(Sum(rho[n, j], (j, 1, K)), (n, 1, N)), by="definition")
m.equals(Sum(1, (n, 1, N)), by="constraint")
m.equals(N, by="expand-sums")

m.start(Eq(Sum(R[j], (j, 1, K)), -lam))
m.implies(Eq(lam, -N), by="solve")

m.start(Eq(Sum(rho[n, j], (n, 1, N)) / w[j] + lam, 0))
m.implies(Eq(w[j], R[j] / N), by="substitute", using=[Eq(lam, -N)])
