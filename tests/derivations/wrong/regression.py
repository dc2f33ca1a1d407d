"""Topics 3 and 4: linear and logistic regression, softmax."""

from __future__ import annotations

from sympy import Eq, Sum, exp

from checker.expressions import indicator
from tests.derivations.wrong import Wrong

WRONG = {
    "linear_regression": (
        Wrong("a", 3, "sign", lambda q: Sum(q.residual * q.x[q.n, q.j], (q.n, 1, q.N))),
        Wrong("a", 5, "one sum lost", lambda q: Eq(
            Sum(q.x[q.n, q.j] ** 2, (q.n, 1, q.N)) * q.w[q.j], Sum(q.x[q.n, q.j] * q.t[q.n], (q.n, 1, q.N)))),
        Wrong("b", 4, "factor two", lambda q: -q.N / 2 * _log(q) - 2 * q.E / q.s**2),
        Wrong("c", 3, "weight not negative", lambda q: Sum(
            q.residual * q.x[q.n, q.j], (q.n, 1, q.N)) / q.s**2 + q.w[q.j] / q.r**2),
        Wrong("c", 6, "ratio upside down", lambda q: Eq(
            Sum((Sum(q.x[q.n, q.i] * q.x[q.n, q.j], (q.n, 1, q.N)) + q.r**2 / q.s**2 * indicator(q.i, q.j)) * q.w[q.i],
                (q.i, 1, q.D)),
            Sum(q.x[q.n, q.j] * q.t[q.n], (q.n, 1, q.N)))),
    ),
    "logistic_regression": (
        Wrong("sigmoid", 1, "sign", lambda q: -exp(-q.z) / (1 + exp(-q.z)) ** 2),
        Wrong("sigmoid", 4, "not one minus", lambda q: q.sigma * (1 + q.sigma)),
        Wrong("gradient", 6, "sign", lambda q: Sum((q.t[q.n] - q.y[q.n]) * q.x[q.n, q.j], (q.n, 1, q.N))),
        Wrong("hessian", 3, "one feature squared", lambda q: Sum(
            q.y[q.n] * (1 - q.y[q.n]) * q.x[q.n, q.j] ** 2, (q.n, 1, q.N))),
    ),
    "softmax": (
        Wrong("logsumexp", 2, "not normalised", lambda q: exp(q.a[q.j])),
        Wrong("jacobian", 3, "the other class", lambda q: q.p[q.j] * (indicator(q.k, q.j) - q.p[q.j])),
        Wrong("jacobian", 2, "diagonal only", lambda q: indicator(q.k, q.j) * (q.p[q.k] - q.p[q.k] ** 2)),
        Wrong("gradient", 4, "sign", lambda q: q.t[q.j] - q.p[q.j]),
    ),
}  # fmt: skip


def _log(q):
    return q.log(2 * q.pi * q.s**2)
