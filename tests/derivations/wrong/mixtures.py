"""Topic 6: mixtures."""

from __future__ import annotations

from sympy import Eq, Sum, log

from tests.derivations.wrong import Wrong

WRONG = {
    "mixture_gaussians": (
        Wrong("responsibilities", 3, "their number", lambda q: q.K),
        Wrong("means", 3, "responsibility of the weights", lambda q: Sum(
            q.w[q.j] * (q.x[q.n] - q.mu[q.j]) / q.sigma[q.j] ** 2, (q.n, 1, q.N))),
        Wrong("variances", 1, "sign of the normaliser", lambda q: Sum(q.r[q.n, q.j] * (
            (q.x[q.n] - q.mu[q.j]) ** 2 / (2 * q.sigma[q.j] ** 4) + 1 / (2 * q.sigma[q.j] ** 2)), (q.n, 1, q.N))),
        Wrong("m_step", 2, "divided by N", lambda q: Eq(
            q.mu[q.j], Sum(q.rho[q.n, q.j] * q.x[q.n], (q.n, 1, q.N)) / q.N)),
        Wrong("m_step", 11, "divided by K", lambda q: Eq(q.w[q.j], q.R[q.j] / q.K)),
    ),
    "mixture_bernoullis": (
        Wrong("m_step", 2, "logarithm of the weight lost", lambda q: Sum(Sum(q.rho[q.n, q.k] * Sum(
            q.x[q.n, q.i] * log(q.mu[q.k, q.i]) + (1 - q.x[q.n, q.i]) * log(1 - q.mu[q.k, q.i]),
            (q.i, 1, q.D)), (q.k, 1, q.K)), (q.n, 1, q.N))),
        Wrong("m_step", 3, "inner derivative lost", lambda q: Sum(q.rho[q.n, q.j] * (
            q.x[q.n, q.h] / q.mu[q.j, q.h] + (1 - q.x[q.n, q.h]) / (1 - q.mu[q.j, q.h])), (q.n, 1, q.N))),
        Wrong("m_step", 6, "divided by N", lambda q: Eq(
            q.mu[q.j, q.h], Sum(q.rho[q.n, q.j] * q.x[q.n, q.h], (q.n, 1, q.N)) / q.N)),
    ),
}  # fmt: skip
