"""Backpropagation through a network of two layers with sigmoid units, by indices, for one sample.

C. M. Bishop, Pattern Recognition and Machine Learning (2006), section 5.3.1 and eq. (5.56); the loss is the squared
error, z_j is a hidden unit and y_k an output.
"""

from sympy import Eq, IndexedBase, Sum, exp, symbols

from checker.derivation import Derivation, Givens, IndexSet
from checker.expressions import Partial, indicator

D, H, K = symbols("D H K", integer=True, positive=True)
i, j, k, p, q, r = symbols("i j k p q r", integer=True, positive=True)
inputs, hidden, outputs = IndexSet(1, D), IndexSet(1, H), IndexSet(1, K)

x, t, u, v = (IndexedBase(name, real=True) for name in "xtuv")
a, b, d = (IndexedBase(name, real=True) for name in "abd")
z, y = IndexedBase("z", positive=True), IndexedBase("y", positive=True)
E = symbols("E", real=True)

derivation = Derivation(
    "backpropagation",
    "Backpropagation in two layers of sigmoid units",
    Givens(
        index_sets={i: inputs, p: inputs, j: hidden, q: hidden, k: outputs, r: outputs},
        definitions=(
            Eq(a[j], Sum(u[j, i] * x[i], (i, 1, D))),
            Eq(z[j], 1 / (1 + exp(-a[j]))),
            Eq(b[k], Sum(v[k, j] * z[j], (j, 1, H))),
            Eq(y[k], 1 / (1 + exp(-b[k]))),
            Eq(E, Sum((y[k] - t[k]) ** 2, (k, 1, K)) / 2),
            Eq(d[k], (y[k] - t[k]) * y[k] * (1 - y[k])),
        ),
    ),
)

outer = derivation.part("output", "The weights of the output layer, with the errors d_k")

outer.start(Partial(y[k], v[r, q]))
outer.equals(y[k] * (1 - y[k]) * Partial(b[k], v[r, q]), by="differentiate")
outer.equals(y[k] * (1 - y[k]) * indicator(k, r) * z[q], by="differentiate")

outer.start(Partial(E, v[r, q]))
outer.equals(Sum((y[k] - t[k]) * Partial(y[k], v[r, q]), (k, 1, K)), by="differentiate")
outer.equals(Sum((y[k] - t[k]) * y[k] * (1 - y[k]) * indicator(k, r) * z[q], (k, 1, K)), by="differentiate")
outer.equals((y[r] - t[r]) * y[r] * (1 - y[r]) * z[q], by="indicator-sum")
outer.equals(d[r] * z[q], by="definition")

inner = derivation.part("hidden", "The weights of the hidden layer: the errors go back through the output weights")

inner.start(Partial(z[j], u[q, p]))
inner.equals(z[j] * (1 - z[j]) * indicator(j, q) * x[p], by="differentiate")

inner.start(Partial(y[k], u[q, p]))
inner.equals(y[k] * (1 - y[k]) * Sum(v[k, j] * Partial(z[j], u[q, p]), (j, 1, H)), by="differentiate")
inner.equals(y[k] * (1 - y[k]) * v[k, q] * z[q] * (1 - z[q]) * x[p], by="differentiate")

inner.start(Partial(E, u[q, p]))
inner.equals(Sum((y[k] - t[k]) * Partial(y[k], u[q, p]), (k, 1, K)), by="differentiate")
inner.equals(
    Sum((y[k] - t[k]) * y[k] * (1 - y[k]) * v[k, q] * z[q] * (1 - z[q]) * x[p], (k, 1, K)),
    by="differentiate",
)
inner.equals(z[q] * (1 - z[q]) * Sum(d[k] * v[k, q], (k, 1, K)) * x[p], by="definition")
