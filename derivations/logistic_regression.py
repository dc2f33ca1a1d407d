"""Logistic regression: the derivative of the sigmoid, and the gradient and Hessian of the cross-entropy.

C. M. Bishop, Pattern Recognition and Machine Learning (2006), eqs. (4.88) to (4.91) and (4.97); here a_n = Σ_i w_i x_ni
and y_n = σ(a_n).
"""

from sympy import Eq, IndexedBase, Sum, exp, log, symbols

from checker.derivation import Derivation, Givens, IndexSet
from checker.expressions import Partial

N, D = symbols("N D", integer=True, positive=True)
n, i, j, k = symbols("n i j k", integer=True, positive=True)
samples, features = IndexSet(1, N), IndexSet(1, D)

x, w, a = (IndexedBase(name, real=True) for name in "xwa")
t = IndexedBase("t", integer=True, nonnegative=True)
y = IndexedBase("y", positive=True)
z, E = symbols("z E", real=True)
sigma = symbols("sigma", positive=True)

derivation = Derivation(
    "logistic_regression",
    "Logistic regression: sigmoid, gradient and Hessian",
    Givens(
        index_sets={n: samples, i: features, j: features, k: features},
        value_sets={t: IndexSet(0, 1)},
        definitions=(
            Eq(sigma, 1 / (1 + exp(-z))),
            Eq(a[n], Sum(w[i] * x[n, i], (i, 1, D))),
            Eq(y[n], 1 / (1 + exp(-a[n]))),
            Eq(E, -Sum(t[n] * log(y[n]) + (1 - t[n]) * log(1 - y[n]), (n, 1, N))),
        ),
    ),
)

sigmoid = derivation.part("sigmoid", "The derivative of the sigmoid")

sigmoid.start(Partial(sigma, z))
sigmoid.equals(exp(-z) / (1 + exp(-z)) ** 2, by="differentiate")
sigmoid.equals(1 / (1 + exp(-z)) * (exp(-z) / (1 + exp(-z))), by="algebra")
sigmoid.equals(1 / (1 + exp(-z)) * (1 - 1 / (1 + exp(-z))), by="algebra")
sigmoid.equals(sigma * (1 - sigma), by="definition")

gradient = derivation.part("gradient", "The gradient of the cross-entropy")

gradient.start(Partial(y[n], w[j]))
gradient.equals(y[n] * (1 - y[n]) * Partial(a[n], w[j]), by="differentiate")
gradient.equals(y[n] * (1 - y[n]) * x[n, j], by="differentiate")

gradient.start(Partial(E, w[j]))
gradient.equals(
    -Sum(t[n] / y[n] * Partial(y[n], w[j]) - (1 - t[n]) / (1 - y[n]) * Partial(y[n], w[j]), (n, 1, N)),
    by="differentiate",
)
gradient.equals(
    -Sum((t[n] / y[n] - (1 - t[n]) / (1 - y[n])) * (y[n] * (1 - y[n]) * x[n, j]), (n, 1, N)),
    by="differentiate",
)
gradient.equals(-Sum((t[n] * (1 - y[n]) - (1 - t[n]) * y[n]) * x[n, j], (n, 1, N)), by="cancel")
gradient.equals(Sum((y[n] - t[n]) * x[n, j], (n, 1, N)), by="algebra")

hessian = derivation.part("hessian", "The Hessian")

hessian.start(Partial(E, w[j], w[k]))
hessian.equals(Partial(Sum((y[n] - t[n]) * x[n, j], (n, 1, N)), w[k]), by="differentiate")
hessian.equals(Sum(Partial(y[n], w[k]) * x[n, j], (n, 1, N)), by="differentiate")
hessian.equals(Sum(y[n] * (1 - y[n]) * x[n, j] * x[n, k], (n, 1, N)), by="differentiate")
