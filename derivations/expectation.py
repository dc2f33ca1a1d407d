"""Expectation and variance over finite sets, as sums: linearity, and the laws of total expectation and variance.

C. M. Bishop, Pattern Recognition and Machine Learning (2006), eqs. (1.33) and (1.38) to (1.40), and exercise 2.8; a
random variable X takes the value x_i, and f_i and g_i are functions of it; p_ij is the joint probability of x_i and the
j-th value of Y.
"""

from sympy import Eq, IndexedBase, Sum, symbols

from checker.derivation import Derivation, Givens, IndexSet

K, M = symbols("K M", integer=True, positive=True)
i, j = symbols("i j", integer=True, positive=True)

p = IndexedBase("p", positive=True)
x, f, g = (IndexedBase(name, real=True) for name in "xfg")
a, b, m, v = symbols("a b m v", real=True)
q, c, d = IndexedBase("q", positive=True), IndexedBase("c", real=True), IndexedBase("d", real=True)

derivation = Derivation(
    "expectation",
    "Expectation and variance over finite sets",
    Givens(
        index_sets={i: IndexSet(1, K), j: IndexSet(1, M)},
        definitions=(
            Eq(q[j], Sum(p[i, j], (i, 1, K))),
            Eq(m, Sum(Sum(p[i, j] * x[i], (i, 1, K)), (j, 1, M))),
            Eq(v, Sum(Sum(p[i, j] * (x[i] - m) ** 2, (i, 1, K)), (j, 1, M))),
            Eq(c[j], Sum(p[i, j] / q[j] * x[i], (i, 1, K))),
            Eq(d[j], Sum(p[i, j] / q[j] * (x[i] - c[j]) ** 2, (i, 1, K))),
        ),
        facts=(Eq(Sum(Sum(p[i, j], (i, 1, K)), (j, 1, M)), 1),),
    ),
)

linearity = derivation.part("linearity", "Expectation is linear")

linearity.start(Sum(Sum(p[i, j] * (a * f[i] + b * g[j]), (i, 1, K)), (j, 1, M)))
linearity.equals(
    Sum(Sum(a * p[i, j] * f[i] + b * p[i, j] * g[j], (i, 1, K)), (j, 1, M)),
    by="algebra",
)
linearity.equals(
    a * Sum(Sum(p[i, j] * f[i], (i, 1, K)), (j, 1, M)) + b * Sum(Sum(p[i, j] * g[j], (i, 1, K)), (j, 1, M)),
    by="expand-sums",
)
linearity.equals(
    a * Sum(Sum(p[i, j] * f[i], (i, 1, K)), (j, 1, M)) + b * Sum(q[j] * g[j], (j, 1, M)),
    by="definition",
)

variance = derivation.part("variance", "Var X = E X² − (E X)²")

variance.start(v)
variance.equals(Sum(Sum(p[i, j] * (x[i] - m) ** 2, (i, 1, K)), (j, 1, M)), by="definition")
variance.equals(
    Sum(Sum(p[i, j] * x[i] ** 2, (i, 1, K)), (j, 1, M))
    - 2 * m * Sum(Sum(p[i, j] * x[i], (i, 1, K)), (j, 1, M))
    + m**2 * Sum(Sum(p[i, j], (i, 1, K)), (j, 1, M)),
    by="expand-sums",
)
variance.equals(Sum(Sum(p[i, j] * x[i] ** 2, (i, 1, K)), (j, 1, M)) - 2 * m * m + m**2, by="constraint")
variance.equals(Sum(Sum(p[i, j] * x[i] ** 2, (i, 1, K)), (j, 1, M)) - m**2, by="algebra")

scaled = derivation.part("scaling", "Var(aX + b) = a² Var X")

scaled.start(Sum(Sum(p[i, j] * (a * x[i] + b - (a * m + b)) ** 2, (i, 1, K)), (j, 1, M)))
scaled.equals(Sum(Sum(p[i, j] * (a * (x[i] - m)) ** 2, (i, 1, K)), (j, 1, M)), by="algebra")
scaled.equals(a**2 * v, by="definition")

tower = derivation.part("total", "Total expectation and total variance, with E[X|Y=j] = c_j and Var[X|Y=j] = d_j")

tower.start(Sum(q[j] * c[j], (j, 1, M)))
tower.equals(Sum(q[j] * Sum(p[i, j] / q[j] * x[i], (i, 1, K)), (j, 1, M)), by="definition")
tower.equals(Sum(Sum(p[i, j] * x[i], (i, 1, K)), (j, 1, M)), by="cancel")
tower.equals(m, by="definition")

tower.start(d[j])
tower.equals(Sum(p[i, j] / q[j] * (x[i] - c[j]) ** 2, (i, 1, K)), by="definition")
tower.equals(Sum(p[i, j] / q[j] * x[i] ** 2, (i, 1, K)) - c[j] ** 2, by="definition")

tower.start(Sum(q[j] * d[j], (j, 1, M)) + Sum(q[j] * (c[j] - m) ** 2, (j, 1, M)))
tower.equals(
    Sum(q[j] * (Sum(p[i, j] / q[j] * x[i] ** 2, (i, 1, K)) - c[j] ** 2), (j, 1, M))
    + Sum(q[j] * (c[j] - m) ** 2, (j, 1, M)),
    by="definition",
)
tower.equals(
    Sum(Sum(p[i, j] * x[i] ** 2, (i, 1, K)), (j, 1, M))
    - 2 * m * Sum(q[j] * c[j], (j, 1, M))
    + m**2 * Sum(q[j], (j, 1, M)),
    by="expand-sums",
)
tower.equals(Sum(Sum(p[i, j] * x[i] ** 2, (i, 1, K)), (j, 1, M)) - 2 * m**2 + m**2, by="constraint")
tower.equals(v, by="constraint")
