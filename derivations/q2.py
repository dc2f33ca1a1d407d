"""The Gaussian classifier with a variance for each feature, shared by all classes.

N samples (x^(n), y^(n)) of D features and one of K classes; x_i^(n) is `x[n, i]`, and x_i of a sample alone `x[i]`.
"""

from sympy import Eq, IndexedBase, Product, Rational, Sum, exp, log, pi, symbols

from checker.derivation import Derivation, Givens, IndexSet, Model, Variable
from checker.expressions import Each, P, Partial, RandomVariable, indicator

N, K, D = symbols("N K D", integer=True, positive=True)
n, k, j, i = symbols("n k j i", integer=True, positive=True)
samples, classes, features = IndexSet(1, N), IndexSet(1, K), IndexSet(1, D)

x = IndexedBase("x", real=True)
y = IndexedBase("y", integer=True, positive=True)
X, Y = RandomVariable("x"), RandomVariable("y")

mu = IndexedBase("mu", real=True)
sigma = IndexedBase("sigma", positive=True)
alpha = IndexedBase("alpha", positive=True)
theta, ell, L, lam = symbols("theta ell L lambda", real=True)

density = Product(2 * pi * sigma[i] ** 2, (i, 1, D)) ** Rational(-1, 2) * exp(
    -Sum((x[i] - mu[k, i]) ** 2 / (2 * sigma[i] ** 2), (i, 1, D))
)

derivation = Derivation(
    "q2",
    "Gaussian classifier with shared variances",
    Givens(
        index_sets={n: samples, k: classes, i: features},
        value_sets={y: classes},
        model=Model(
            variables=(Variable(Y, y, classes), Variable(X, x)),
            factors=(Eq(P(Eq(Y, k)), alpha[k]), Eq(P(X, given=Eq(Y, k)), density)),
            samples=samples,
            features=(
                Eq(
                    P(X[i], given=Eq(Y, k)),
                    (2 * pi * sigma[i] ** 2) ** Rational(-1, 2) * exp(-((x[i] - mu[k, i]) ** 2) / (2 * sigma[i] ** 2)),
                ),
            ),
        ),
        parameters=frozenset({mu, sigma, alpha, theta}),
        definitions=(Eq(ell, -log(P(Each((Y[n], X[n]), (n, 1, N)), given=theta))),),
        facts=(Eq(Sum(alpha[k], (k, 1, K)), 1),),
    ),
    spellings={alpha: (r"\pi", "a", r"\phi"), ell: ("L", r"\mathcal{L}", "NLL", "J", "l")},
)


# --- a -----------------------------------------------------------------------------------------------------------

a = derivation.part("a", "The posterior of a class", index_sets={j: classes})

a.start(P(Eq(Y, k), given=[X, mu, sigma]))
a.equals(
    P(X, given=[Eq(Y, k), mu, sigma]) * P(Eq(Y, k)) / P(X, given=[mu, sigma]),
    by="bayes",
)
a.milestone("Bayes' rule", marks=1)
a.equals(
    P(X, given=[Eq(Y, k), mu, sigma]) * P(Eq(Y, k))
    / Sum(P(X, given=[Eq(Y, j), mu, sigma]) * P(Eq(Y, j)), (j, 1, K)),
    by="total-probability",
)  # fmt: skip
a.milestone("the evidence by total probability", marks=1)
a.equals(
    Product(2 * pi * sigma[i] ** 2, (i, 1, D)) ** Rational(-1, 2)
    * exp(-Sum((x[i] - mu[k, i]) ** 2 / (2 * sigma[i] ** 2), (i, 1, D))) * alpha[k]
    / Sum(
        Product(2 * pi * sigma[i] ** 2, (i, 1, D)) ** Rational(-1, 2)
        * exp(-Sum((x[i] - mu[j, i]) ** 2 / (2 * sigma[i] ** 2), (i, 1, D))) * alpha[j],
        (j, 1, K),
    ),
    by="model",
)  # fmt: skip
a.equals(
    exp(-Sum((x[i] - mu[k, i]) ** 2 / (2 * sigma[i] ** 2), (i, 1, D))) * alpha[k]
    / Sum(exp(-Sum((x[i] - mu[j, i]) ** 2 / (2 * sigma[i] ** 2), (i, 1, D))) * alpha[j], (j, 1, K)),
    by="cancel",
)  # fmt: skip
a.target("the posterior in terms of the parameters", marks=4)


# --- b -----------------------------------------------------------------------------------------------------------

b = derivation.part("b", "The negative log-likelihood")

b.start(ell)
b.equals(-log(P(Each((Y[n], X[n]), (n, 1, N)), given=theta)), by="definition")
b.equals(-log(Product(P(Y[n], X[n], given=theta), (n, 1, N))), by="independence")
b.equals(-Sum(log(P(Y[n], X[n], given=theta)), (n, 1, N)), by="log-of-product")
b.milestone("a sum over the samples", marks=1)
b.equals(-Sum(log(P(X[n], given=[Y[n], theta]) * P(Y[n], given=theta)), (n, 1, N)), by="product-rule")
b.equals(-Sum(log(P(X[n], given=[Y[n], theta])) + log(P(Y[n], given=theta)), (n, 1, N)), by="log-of-product")
b.milestone("class-conditional and prior apart", marks=1)
b.equals(
    -Sum(
        log(
            Product(2 * pi * sigma[i] ** 2, (i, 1, D)) ** Rational(-1, 2)
            * exp(-Sum((x[n, i] - mu[y[n], i]) ** 2 / (2 * sigma[i] ** 2), (i, 1, D)))
        )
        + log(alpha[y[n]]),
        (n, 1, N),
    ),
    by="model",
)  # fmt: skip
b.equals(
    -Sum(
        -Sum(log(2 * pi * sigma[i] ** 2), (i, 1, D)) / 2
        - Sum((x[n, i] - mu[y[n], i]) ** 2 / (2 * sigma[i] ** 2), (i, 1, D))
        + log(alpha[y[n]]),
        (n, 1, N),
    ),
    by="log-of-product",
)  # fmt: skip
b.equals(
    -Sum(log(alpha[y[n]]), (n, 1, N))
    + N / 2 * Sum(log(2 * pi * sigma[i] ** 2), (i, 1, D))
    + Sum(Sum((x[n, i] - mu[y[n], i]) ** 2 / (2 * sigma[i] ** 2), (i, 1, D)), (n, 1, N)),
    by="expand-sums",
)  # fmt: skip
b.target("the negative log-likelihood in terms of the parameters", marks=4)


# --- c -----------------------------------------------------------------------------------------------------------

c = derivation.part("c", "Gradients of the negative log-likelihood, and where they vanish", index_sets={j: features})

# Only the last of the three sums depends on the means.
c.start(Partial(ell, mu[k, j]))
c.equals(
    Sum(Sum(Partial((x[n, i] - mu[y[n], i]) ** 2 / (2 * sigma[i] ** 2), mu[k, j]), (i, 1, D)), (n, 1, N)),
    by="differentiate",
)
c.equals(
    -Sum(Sum((x[n, i] - mu[y[n], i]) / sigma[i] ** 2 * Partial(mu[y[n], i], mu[k, j]), (i, 1, D)), (n, 1, N)),
    by="differentiate",
)
c.equals(
    -Sum(Sum((x[n, i] - mu[y[n], i]) / sigma[i] ** 2 * indicator(y[n], k) * indicator(i, j), (i, 1, D)), (n, 1, N)),
    by="differentiate",
)
c.equals(-Sum((x[n, j] - mu[y[n], j]) / sigma[j] ** 2 * indicator(y[n], k), (n, 1, N)), by="indicator-sum")
c.equals(-Sum(indicator(y[n], k) * (x[n, j] - mu[k, j]) / sigma[j] ** 2, (n, 1, N)), by="indicator-sum")
c.target("the gradient by the means", marks=2, alone=2)

# The variance σ_j² is the variable, not σ_j.
c.start(Partial(ell, sigma[j] ** 2))
c.equals(
    N / 2 * Sum(Partial(log(2 * pi * sigma[i] ** 2), sigma[j] ** 2), (i, 1, D))
    + Sum(Sum(Partial((x[n, i] - mu[y[n], i]) ** 2 / (2 * sigma[i] ** 2), sigma[j] ** 2), (i, 1, D)), (n, 1, N)),
    by="differentiate",
)
c.equals(
    N / 2 * Sum(indicator(i, j) / sigma[i] ** 2, (i, 1, D))
    - Sum(Sum(indicator(i, j) * (x[n, i] - mu[y[n], i]) ** 2 / (2 * sigma[i] ** 4), (i, 1, D)), (n, 1, N)),
    by="differentiate",
)
c.equals(
    N / (2 * sigma[j] ** 2) - Sum((x[n, j] - mu[y[n], j]) ** 2 / (2 * sigma[j] ** 4), (n, 1, N)),
    by="indicator-sum",
)
c.target("the gradient by the variances", marks=2, alone=2)

c.start(Eq(Partial(ell, mu[k, j]), 0))
c.implies(Eq(-Sum(indicator(y[n], k) * (x[n, j] - mu[k, j]) / sigma[j] ** 2, (n, 1, N)), 0), by="set-to-zero")
c.implies(
    Eq(mu[k, j], Sum(indicator(y[n], k) * x[n, j], (n, 1, N)) / Sum(indicator(y[n], k), (n, 1, N))),
    by="solve",
)
c.target("the estimate of the means", marks=0)  # not asked for, but many go on to it

c.start(Eq(Partial(ell, sigma[j] ** 2), 0))
c.implies(
    Eq(N / (2 * sigma[j] ** 2) - Sum((x[n, j] - mu[y[n], j]) ** 2 / (2 * sigma[j] ** 4), (n, 1, N)), 0),
    by="set-to-zero",
)
c.implies(Eq(sigma[j] ** 2, Sum((x[n, j] - mu[y[n], j]) ** 2, (n, 1, N)) / N), by="solve")
c.target("the estimate of the variances", marks=0)


# --- d -----------------------------------------------------------------------------------------------------------

d = derivation.part(
    "d",
    "The class priors, under the constraint that they sum to one",
    index_sets={j: classes},
    definitions=[Eq(L, Sum(log(alpha[y[n]]), (n, 1, N)) - lam * (Sum(alpha[k], (k, 1, K)) - 1))],
)

d.start(L)
d.equals(Sum(log(alpha[y[n]]), (n, 1, N)) - lam * (Sum(alpha[k], (k, 1, K)) - 1), by="lagrangian")

d.start(Partial(L, alpha[j]))
d.equals(
    Sum(Partial(alpha[y[n]], alpha[j]) / alpha[y[n]], (n, 1, N)) - lam * Sum(Partial(alpha[k], alpha[j]), (k, 1, K)),
    by="differentiate",
)
d.equals(
    Sum(indicator(y[n], j) / alpha[y[n]], (n, 1, N)) - lam * Sum(indicator(k, j), (k, 1, K)),
    by="differentiate",
)
d.equals(Sum(indicator(y[n], j) / alpha[j], (n, 1, N)) - lam, by="indicator-sum")
d.target("the derivative of the Lagrangian", marks=1, alone=1)

d.start(Eq(Partial(L, alpha[j]), 0))
d.implies(Eq(Sum(indicator(y[n], j) / alpha[j], (n, 1, N)) - lam, 0), by="set-to-zero")
d.implies(Eq(alpha[j], Sum(indicator(y[n], j), (n, 1, N)) / lam), by="solve")
d.implies(
    Eq(Sum(alpha[j], (j, 1, K)), Sum(Sum(indicator(y[n], j), (n, 1, N)), (j, 1, K)) / lam),
    by="sum-both-sides",
)
d.implies(Eq(1, Sum(Sum(indicator(y[n], j), (n, 1, N)), (j, 1, K)) / lam), by="constraint")
d.implies(Eq(lam, Sum(Sum(indicator(y[n], j), (n, 1, N)), (j, 1, K))), by="solve")

d.start(Sum(Sum(indicator(y[n], j), (n, 1, N)), (j, 1, K)))
d.equals(Sum(Sum(indicator(y[n], j), (j, 1, K)), (n, 1, N)), by="expand-sums")
d.equals(Sum(1, (n, 1, N)), by="indicator-sum")
d.equals(N, by="expand-sums")

d.start(Eq(lam, Sum(Sum(indicator(y[n], j), (n, 1, N)), (j, 1, K))))
d.implies(Eq(lam, N), by="indicator-sum")
d.milestone("the multiplier", marks=1)

d.start(Eq(alpha[j], Sum(indicator(y[n], j), (n, 1, N)) / lam))
d.implies(Eq(alpha[j], Sum(indicator(y[n], j), (n, 1, N)) / N), by="substitute", using=[Eq(lam, N)])
d.target("the class priors", marks=3, covers=["the derivative of the Lagrangian"])
