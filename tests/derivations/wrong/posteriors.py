"""Topic 2: posteriors up to a factor, and their modes."""

from __future__ import annotations

from sympy import Eq, Product, Sum

from checker.expressions import P
from tests.derivations.wrong import Wrong

WRONG = {
    "beta_bernoulli": (
        Wrong("posterior", 3, "prior lost", lambda q: P(q.X, given=q.M)),
        Wrong("posterior", 4, "a factor that depends on μ lost", lambda q: Product(
            q.mu ** q.x[q.n] * (1 - q.mu) ** (1 - q.x[q.n]), (q.n, 1, q.N)) * q.mu ** (q.a - 1)),
        Wrong("posterior", 6, "one in the exponent", lambda q: q.mu ** (q.m + q.a) * (
            1 - q.mu) ** (q.N - q.m + q.b - 1)),
        Wrong("mode", 7, "the mean for the mode", lambda q: Eq(q.mu, (q.m + q.a) / (q.N + q.a + q.b))),
    ),
    "dirichlet_categorical": (
        Wrong("posterior", 3, "prior lost", lambda q: Product(q.mu[q.x[q.n]], (q.n, 1, q.N))),
        Wrong("posterior", 7, "exponents multiplied", lambda q: Product(
            q.mu[q.k] ** (q.m[q.k] * (q.alpha[q.k] - 1)), (q.k, 1, q.K))),
        Wrong("mode", 6, "K lost", lambda q: Eq(-q.lam, q.N + Sum(q.alpha[q.j], (q.j, 1, q.K)))),
        Wrong("mode", 7, "the mean for the mode", lambda q: Eq(
            q.mu[q.j], (q.m[q.j] + q.alpha[q.j]) / (q.N + Sum(q.alpha[q.k], (q.k, 1, q.K))))),
    ),
}  # fmt: skip
