"""Topics 5 and 10: two classes, a small Bayesian network, and a hidden Markov model."""

from __future__ import annotations

from sympy import Eq, Sum, exp, log

from checker.expressions import P
from tests.derivations.wrong import Wrong

WRONG = {
    "class_posteriors": (
        Wrong("sigmoid", 2, "priors lost", lambda q: P(q.X, given=q.one) * P(q.one) / (
            P(q.X, given=q.one) + P(q.X, given=q.two))),
        Wrong("sigmoid", 4, "sign", lambda q: 1 / (1 + exp(q.a))),
        Wrong("naive_bayes", 3, "constant lost", lambda q: log(q.alpha[1] / q.alpha[2]) + Sum(q.b[q.i] * log(
            q.theta[1, q.i] * (1 - q.theta[2, q.i]) / (q.theta[2, q.i] * (1 - q.theta[1, q.i]))), (q.i, 1, q.D))),
        Wrong("shared_variance", 2, "sign of the constant", lambda q: Sum(
            (q.m[1, q.i] - q.m[2, q.i]) / q.s**2 * q.x[q.i], (q.i, 1, q.D)) + Sum(
            q.m[1, q.i] ** 2 - q.m[2, q.i] ** 2, (q.i, 1, q.D)) / (2 * q.s**2) + log(q.alpha[1] / q.alpha[2])),
    ),
    "sprinkler": (
        Wrong("wet", 1, "not joint", lambda q: Sum(Sum(
            P(q.wet, given=[Eq(q.R, q.i), Eq(q.S, q.j)]), (q.j, 0, 1)), (q.i, 0, 1))),
        Wrong("wet", 3, "prior of the sprinkler lost", lambda q: Sum(Sum(
            q.w[q.i, q.j] * q.rho[q.i], (q.j, 0, 1)), (q.i, 0, 1))),
        Wrong("rain", 1, "turned around", lambda q: P(q.wet, given=q.rain)),
        Wrong("explained", 5, "prior lost", lambda q: q.w[1, 1] / (q.w[0, 1] + q.w[1, 1])),
    ),
    "alarm": (
        Wrong("alarm", 1, "not joint", lambda q: Sum(P(q.alarm, given=[Eq(q.B, q.i), Eq(q.E, q.j)]), (q.j, 0, 1))),
        Wrong("alarm", 2, "the other cause turned around", lambda q: q.w[q.i, 0] * q.epsilon + q.w[q.i, 1] * (
            1 - q.epsilon)),
        Wrong("call", 3, "a call without an alarm lost", lambda q: q.g[1] * (
            q.w[1, 1] * q.epsilon + q.w[1, 0] * (1 - q.epsilon))),
        Wrong("posterior", 1, "turned around", lambda q: P(q.call, given=q.burglary)),
        Wrong("posterior", 2, "prior lost", lambda q: P(q.call, given=q.burglary) / (
            P(q.call, given=q.burglary) + P(q.call, given=Eq(q.B, 0)))),
    ),
    "hidden_markov": (
        Wrong("forward", 3, "emission lost", lambda q: Sum(
            q.A[q.j, q.k] * P(q.U, Eq(q.Z, q.j)), (q.j, 1, q.K))),
        Wrong("forward", 5, "transition turned around", lambda q: q.b[q.k] * Sum(
            q.A[q.k, q.j] * q.f[q.j], (q.j, 1, q.K))),
        Wrong("likelihood", 2, "the states before", lambda q: Sum(q.f[q.j], (q.j, 1, q.K))),
        Wrong("likelihood", 5, "not normalised", lambda q: q.g[q.k]),
    ),
}  # fmt: skip
