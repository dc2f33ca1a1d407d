"""Topic 7: entropies, divergence and mutual information."""

from __future__ import annotations

from sympy import Integer, Le, Sum, log

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
}  # fmt: skip
