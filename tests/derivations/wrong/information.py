"""Topic 7: entropies, divergence and mutual information."""

from __future__ import annotations

from sympy import Eq, Integer, Le, Sum, exp, log

from tests.derivations.wrong import Wrong

WRONG = {
    "information": (
        Wrong("chain", 5, "the marginal entropy of y", lambda q: q.HY + q.HYgX),
        Wrong("mutual", 4, "sign of the conditional entropy", lambda q: q.HY + q.HYgX),
        Wrong("mutual", 5, "joint entropy added", lambda q: q.HX + q.HY + q.HXY),
        Wrong("cross_entropy", 4, "entropy lost", lambda q: q.D),
        Wrong("gibbs", 2, "weights lost", lambda q: Sum(q.q[q.i] / q.r[q.i] - 1, (q.i, 1, q.K))),
        Wrong("gibbs", 1, "quotient upside down", lambda q: Sum(
            q.r[q.i] * log(q.r[q.i] / q.q[q.i]), (q.i, 1, q.K))),
        Wrong("gibbs", 5, "the other direction", lambda q: Le(q.D, Integer(0))),
    ),
    "maximum_entropy": (
        Wrong("a", 5, "a factor lost in the sum", lambda q: Eq(
            Sum(q.p[q.j], (q.j, 1, q.K)), Sum(exp(q.mu * q.f[q.j]), (q.j, 1, q.K)))),
        Wrong("a", 6, "the sum lost", lambda q: Eq(1, exp(q.lam - 1) * exp(q.mu * q.f[q.j]))),
        Wrong("a", 8, "sign of the multiplier", lambda q: Eq(q.p[q.j], exp(-q.mu * q.f[q.j]) / q.Z)),
        Wrong("b", 2, "sign of the normaliser", lambda q: -q.mu * q.m - log(q.Z)),
    ),
}  # fmt: skip
