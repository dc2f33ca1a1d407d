"""The softmax: its Jacobian as the gradient of the log-sum-exp's gradient, and the gradient of the cross-entropy.

C. M. Bishop, Pattern Recognition and Machine Learning (2006), eqs. (4.104) and (4.106).
"""

from sympy import Eq, IndexedBase, Sum, exp, log, symbols

from checker.derivation import Derivation, Givens, IndexSet
from checker.expressions import Partial, indicator

K = symbols("K", integer=True, positive=True)
k, j, i = symbols("k j i", integer=True, positive=True)
classes = IndexSet(1, K)

a, t = IndexedBase("a", real=True), IndexedBase("t", real=True)
p = IndexedBase("p", positive=True)
m, E = symbols("m E", real=True)

derivation = Derivation(
    "softmax",
    "Softmax: Jacobian and cross-entropy",
    Givens(
        index_sets={k: classes, j: classes, i: classes},
        definitions=(
            Eq(m, log(Sum(exp(a[k]), (k, 1, K)))),
            Eq(p[k], exp(a[k]) / Sum(exp(a[i]), (i, 1, K))),
            Eq(E, -Sum(t[k] * log(p[k]), (k, 1, K))),
        ),
        facts=(Eq(Sum(t[k], (k, 1, K)), 1),),
    ),
)

lse = derivation.part("logsumexp", "The gradient of the log-sum-exp is the softmax")

lse.start(Partial(m, a[j]))
lse.equals(Sum(indicator(k, j) * exp(a[k]), (k, 1, K)) / Sum(exp(a[i]), (i, 1, K)), by="differentiate")
lse.equals(exp(a[j]) / Sum(exp(a[i]), (i, 1, K)), by="indicator-sum")
lse.equals(p[j], by="definition")

lse.start(Sum(p[k], (k, 1, K)))
lse.equals(Sum(exp(a[k]) / Sum(exp(a[i]), (i, 1, K)), (k, 1, K)), by="definition")
lse.equals(Sum(exp(a[k]), (k, 1, K)) / Sum(exp(a[i]), (i, 1, K)), by="expand-sums")
lse.equals(1, by="cancel")

jacobian = derivation.part("jacobian", "The Jacobian of the softmax")

jacobian.start(Partial(p[k], a[j]))
jacobian.equals(
    indicator(k, j) * exp(a[k]) / Sum(exp(a[i]), (i, 1, K))
    - exp(a[k]) * exp(a[j]) / Sum(exp(a[i]), (i, 1, K)) ** 2,
    by="differentiate",
)  # fmt: skip
jacobian.equals(indicator(k, j) * p[k] - p[k] * p[j], by="definition")
jacobian.equals(p[k] * (indicator(k, j) - p[j]), by="algebra")

gradient = derivation.part("gradient", "The gradient of the cross-entropy with targets that sum to one")

gradient.start(Partial(E, a[j]))
gradient.equals(-Sum(t[k] / p[k] * Partial(p[k], a[j]), (k, 1, K)), by="differentiate")
gradient.equals(-Sum(t[k] * (indicator(k, j) - p[j]), (k, 1, K)), by="differentiate")
gradient.equals(-t[j] + p[j] * Sum(t[k], (k, 1, K)), by="indicator-sum")
gradient.equals(p[j] - t[j], by="constraint")
