"""Topic 9: backpropagation."""

from __future__ import annotations

from sympy import Sum

from tests.derivations.wrong import Wrong

WRONG = {
    "backpropagation": (
        Wrong("output", 2, "derivative of the output lost", lambda m: m.indicator(m.k, m.r) * m.z[m.q]),
        Wrong("output", 6, "the input for the unit", lambda m: m.d[m.r] * m.a[m.q]),
        Wrong("hidden", 3, "all outputs", lambda m: m.y[m.k] * (1 - m.y[m.k]) * m.z[m.q] * (1 - m.z[m.q]) * m.x[m.p]),
        Wrong("hidden", 6, "derivative of the unit lost", lambda m: Sum(
            m.d[m.k] * m.v[m.k, m.q], (m.k, 1, m.K)) * m.x[m.p]),
    ),
}  # fmt: skip
