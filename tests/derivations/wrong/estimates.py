"""Topic 1: maximum likelihood."""

from __future__ import annotations

from sympy import Eq, Sum, log, pi

from tests.derivations.wrong import Wrong

WRONG = {
    "bernoulli": (
        Wrong("a", 3, "N sums lost", lambda q: log(q.mu) * Sum(q.x[q.n], (q.n, 1, q.N)) + log(1 - q.mu) * (
            1 - Sum(q.x[q.n], (q.n, 1, q.N)))),
        Wrong("b", 1, "inner derivative lost", lambda q: Sum(q.x[q.n], (q.n, 1, q.N)) / q.mu
              + (q.N - Sum(q.x[q.n], (q.n, 1, q.N))) / (1 - q.mu)),
        Wrong("c", 2, "not divided by N", lambda q: Eq(q.mu, Sum(q.x[q.n], (q.n, 1, q.N)))),
    ),
    "poisson": (
        Wrong("a", 2, "logarithm of the factorial lost", lambda q: Sum(q.x[q.n] * log(q.rate) - q.rate, (q.n, 1, q.N))),
        Wrong("b", 1, "rate summed once", lambda q: Sum(q.x[q.n], (q.n, 1, q.N)) / q.rate - 1),
        Wrong("b", 3, "sign", lambda q: Sum(q.x[q.n], (q.n, 1, q.N)) / q.rate**2),
        Wrong("c", 2, "upside down", lambda q: Eq(q.rate, q.N / Sum(q.x[q.n], (q.n, 1, q.N)))),
    ),
    "exponential": (
        Wrong("a", 2, "logarithm lost", lambda q: Sum(q.rate - q.rate * q.x[q.n], (q.n, 1, q.N))),
        Wrong("b", 2, "sign", lambda q: q.N / q.rate**2),
        Wrong("c", 2, "upside down", lambda q: Eq(q.rate, Sum(q.x[q.n], (q.n, 1, q.N)) / q.N)),
    ),
    "categorical": (
        Wrong("a", 3, "indicator lost", lambda q: Sum(Sum(log(q.mu[q.k]), (q.k, 1, q.K)), (q.n, 1, q.N))),
        Wrong("b", 3, "multiplier summed", lambda q: q.m[q.j] / q.mu[q.j] + q.K * q.lam),
        Wrong("c", 4, "sign", lambda q: Eq(q.N, q.lam)),
        Wrong("c", 6, "sum over the categories", lambda q: Eq(q.mu[q.j], q.m[q.j] / q.K)),
    ),
    "gaussian": (
        Wrong("a", 3, "samples counted once", lambda q: -log(2 * pi) / 2 - log(q.sigma**2) / 2
              - Sum((q.x[q.n] - q.mu) ** 2, (q.n, 1, q.N)) / (2 * q.sigma**2)),
        Wrong("b", 1, "sign", lambda q: -Sum(q.x[q.n] - q.mu, (q.n, 1, q.N)) / q.sigma**2),
        Wrong("c", 1, "derivative by σ", lambda q: -q.N / q.sigma
              + Sum((q.x[q.n] - q.mu) ** 2, (q.n, 1, q.N)) / q.sigma**3),
        Wrong("c", 4, "one less than N", lambda q: Eq(
            q.sigma**2, Sum((q.x[q.n] - q.mu) ** 2, (q.n, 1, q.N)) / (q.N - 1))),
    ),
}  # fmt: skip
