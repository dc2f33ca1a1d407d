"""Two classes: the posterior as a sigmoid, naive Bayes, and Gaussians with a shared variance.

C. M. Bishop, Pattern Recognition and Machine Learning (2006), eqs. (4.57), (4.58) and (4.65) to (4.67). Bits b_i of
probability θ_ki in class k for naive Bayes; features x_i with means m_ki and one variance s² for the Gaussians.
"""

from sympy import Eq, IndexedBase, Lt, Product, Rational, Sum, exp, log, pi, symbols

from checker.derivation import Derivation, Givens, IndexSet, Model, Variable
from checker.expressions import P, RandomVariable

D = symbols("D", integer=True, positive=True)
i, k = symbols("i k", integer=True, positive=True)
features, classes = IndexSet(1, D), IndexSet(1, 2)

b = IndexedBase("b", integer=True, nonnegative=True)
x, m = IndexedBase("x", real=True), IndexedBase("m", real=True)
theta, alpha = IndexedBase("theta", positive=True), IndexedBase("alpha", positive=True)
y = symbols("y", integer=True, positive=True)
s = symbols("s", positive=True)
a = symbols("a", real=True)
B, X, Y = RandomVariable("b"), RandomVariable("x"), RandomVariable("y")

derivation = Derivation(
    "class_posteriors",
    "Two classes: sigmoid, naive Bayes and shared variances",
    Givens(
        index_sets={i: features, k: classes},
        value_sets={b: IndexSet(0, 1)},
        model=Model(
            variables=(Variable(Y, y, classes), Variable(B, b), Variable(X, x)),
            factors=(
                Eq(P(Eq(Y, k)), alpha[k]),
                Eq(P(B, given=Eq(Y, k)), Product(theta[k, i] ** b[i] * (1 - theta[k, i]) ** (1 - b[i]), (i, 1, D))),
                Eq(
                    P(X, given=Eq(Y, k)),
                    Product((2 * pi * s**2) ** Rational(-1, 2) * exp(-((x[i] - m[k, i]) ** 2) / (2 * s**2)), (i, 1, D)),
                ),
            ),
        ),
        facts=(Lt(theta[k, i], 1), Eq(alpha[1] + alpha[2], 1)),
    ),
)

one, two = Eq(Y, 1), Eq(Y, 2)

sigmoid = derivation.part(
    "sigmoid",
    "The posterior is the sigmoid of the log-odds a",
    definitions=[Eq(a, log(P(X, given=one) * P(one) / (P(X, given=two) * P(two))))],
)

sigmoid.start(P(one, given=X))
sigmoid.equals(P(X, given=one) * P(one) / P(X), by="bayes")
sigmoid.equals(P(X, given=one) * P(one) / (P(X, given=one) * P(one) + P(X, given=two) * P(two)), by="total-probability")
sigmoid.equals(1 / (1 + P(X, given=two) * P(two) / (P(X, given=one) * P(one))), by="cancel")
sigmoid.equals(1 / (1 + exp(-a)), by="definition")

bayes = derivation.part("naive_bayes", "The log-odds of naive Bayes are linear in the bits")

bayes.start(log(P(B, given=one) * P(one) / (P(B, given=two) * P(two))))
bayes.equals(
    log(alpha[1] / alpha[2])
    + log(Product(theta[1, i] ** b[i] * (1 - theta[1, i]) ** (1 - b[i]), (i, 1, D)))
    - log(Product(theta[2, i] ** b[i] * (1 - theta[2, i]) ** (1 - b[i]), (i, 1, D))),
    by="model",
)
bayes.equals(
    log(alpha[1] / alpha[2])
    + Sum(
        b[i] * log(theta[1, i] / theta[2, i]) + (1 - b[i]) * log((1 - theta[1, i]) / (1 - theta[2, i])),
        (i, 1, D),
    ),
    by="log-of-product",
)
bayes.equals(
    Sum(b[i] * log(theta[1, i] * (1 - theta[2, i]) / (theta[2, i] * (1 - theta[1, i]))), (i, 1, D))
    + log(alpha[1] / alpha[2])
    + Sum(log((1 - theta[1, i]) / (1 - theta[2, i])), (i, 1, D)),
    by="log-of-product",
)

gauss = derivation.part(
    "shared_variance", "The log-odds of Gaussians with one variance are linear: logistic regression"
)

gauss.start(log(P(X, given=one) * P(one) / (P(X, given=two) * P(two))))
gauss.equals(
    log(alpha[1] / alpha[2]) - Sum((x[i] - m[1, i]) ** 2 - (x[i] - m[2, i]) ** 2, (i, 1, D)) / (2 * s**2),
    by="model",
)
gauss.equals(
    Sum((m[1, i] - m[2, i]) / s**2 * x[i], (i, 1, D))
    - Sum(m[1, i] ** 2 - m[2, i] ** 2, (i, 1, D)) / (2 * s**2)
    + log(alpha[1] / alpha[2]),
    by="expand-sums",
)
