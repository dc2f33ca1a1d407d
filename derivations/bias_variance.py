"""The bias–variance decomposition of the expected squared error of a prediction, over finite sets.

Data set d occurs with probability p_d and leads to the prediction y_d; the target t_e = h + ε_e has independent noise
of mean zero, ε_e with probability q_e. C. M. Bishop, Pattern Recognition and Machine Learning (2006), section 3.2.
"""

from sympy import Eq, IndexedBase, Sum, symbols

from checker.derivation import Derivation, Givens, IndexSet

D, M = symbols("D M", integer=True, positive=True)
d, e = symbols("d e", integer=True, positive=True)

p, q = IndexedBase("p", positive=True), IndexedBase("q", positive=True)
y, eps = IndexedBase("y", real=True), IndexedBase("epsilon", real=True)
h, m = symbols("h m", real=True)

derivation = Derivation(
    "bias_variance",
    "Bias, variance and noise",
    Givens(
        index_sets={d: IndexSet(1, D), e: IndexSet(1, M)},
        definitions=(Eq(m, Sum(p[d] * y[d], (d, 1, D))),),
        facts=(
            Eq(Sum(p[d], (d, 1, D)), 1),
            Eq(Sum(q[e], (e, 1, M)), 1),
            Eq(Sum(q[e] * eps[e], (e, 1, M)), 0),
        ),
    ),
)

noise = derivation.part("noise", "The noise separates")

noise.start(Sum(Sum(p[d] * q[e] * (y[d] - h - eps[e]) ** 2, (e, 1, M)), (d, 1, D)))
noise.equals(
    Sum(p[d] * (y[d] - h) ** 2, (d, 1, D)) * Sum(q[e], (e, 1, M))
    - 2 * Sum(p[d] * (y[d] - h), (d, 1, D)) * Sum(q[e] * eps[e], (e, 1, M))
    + Sum(p[d], (d, 1, D)) * Sum(q[e] * eps[e] ** 2, (e, 1, M)),
    by="expand-sums",
)
noise.equals(Sum(p[d] * (y[d] - h) ** 2, (d, 1, D)) + Sum(q[e] * eps[e] ** 2, (e, 1, M)), by="constraint")

bias = derivation.part("bias", "Squared bias plus variance")

bias.start(Sum(p[d] * (y[d] - h) ** 2, (d, 1, D)))
bias.equals(Sum(p[d] * ((y[d] - m) + (m - h)) ** 2, (d, 1, D)), by="algebra")
bias.equals(
    Sum(p[d] * (y[d] - m) ** 2, (d, 1, D))
    + 2 * (m - h) * Sum(p[d] * (y[d] - m), (d, 1, D))
    + (m - h) ** 2 * Sum(p[d], (d, 1, D)),
    by="expand-sums",
)
bias.equals(Sum(p[d] * (y[d] - m) ** 2, (d, 1, D)) + (m - h) ** 2, by="constraint")
