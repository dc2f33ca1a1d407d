"""Topic 8: expectation and variance over finite sets."""

from __future__ import annotations

from sympy import Sum

from tests.derivations.wrong import Wrong


def _second_moment(q):
    return Sum(Sum(q.p[q.i, q.j] * q.x[q.i] ** 2, (q.i, 1, q.K)), (q.j, 1, q.M))


WRONG = {
    "expectation": (
        Wrong("variance", 4, "sign of the squared mean", lambda q: _second_moment(q) + q.m**2),
        Wrong("variance", 3, "mean not squared", lambda q: _second_moment(q) - 2 * q.m + q.m**2),
        Wrong("scaling", 2, "factor not squared", lambda q: q.a * q.v),
        Wrong("total", 7, "variance of the means lost", lambda q: _second_moment(q) - q.m**2 + q.v),
    ),
    "bias_variance": (
        Wrong("noise", 2, "noise lost", lambda q: Sum(q.p[q.d] * (q.y[q.d] - q.h) ** 2, (q.d, 1, q.D))),
        Wrong("bias", 3, "bias not squared", lambda q: Sum(
            q.p[q.d] * (q.y[q.d] - q.m) ** 2, (q.d, 1, q.D)) + (q.m - q.h)),
        Wrong("bias", 3, "sign", lambda q: Sum(
            q.p[q.d] * (q.y[q.d] - q.m) ** 2, (q.d, 1, q.D)) - (q.m - q.h) ** 2),
    ),
}  # fmt: skip
