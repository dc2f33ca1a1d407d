"""The distribution of largest entropy with a given mean.

K. P. Murphy, Machine Learning: a Probabilistic Perspective (2012), section 9.2.6.
"""

from sympy import Eq, IndexedBase, Sum, exp, log, symbols

from checker import Derivation, Givens, IndexSet, Partial

K = symbols("K", integer=True, positive=True)
j, k = symbols("j k", integer=True, positive=True)
p = IndexedBase("p", positive=True)
f = IndexedBase("f", real=True)
L, H, m, lam, mu, Z = symbols("L H m lambda mu Z", real=True)

derivation = Derivation(
    "maximum_entropy",
    "Maximum entropy under a constraint on the mean",
    Givens(
        index_sets={k: IndexSet(1, K), j: IndexSet(1, K)},
        definitions=(
            Eq(H, -Sum(p[k] * log(p[k]), (k, 1, K))),
            Eq(L, H + lam * (Sum(p[k], (k, 1, K)) - 1) + mu * (Sum(p[k] * f[k], (k, 1, K)) - m)),
            Eq(Z, Sum(exp(mu * f[k]), (k, 1, K))),
        ),
        facts=(Eq(Sum(p[k], (k, 1, K)), 1), Eq(Sum(p[k] * f[k], (k, 1, K)), m)),
    ),
)

a = derivation.part("a", "The stationary point of the Lagrangian")
a.start(Partial(L, p[j]))
a.equals(-log(p[j]) - 1 + lam + mu * f[j], by="differentiate")
a.start(Eq(Partial(L, p[j]), 0))
a.implies(Eq(-log(p[j]) - 1 + lam + mu * f[j], 0), by="set-to-zero")
a.implies(Eq(log(p[j]), lam - 1 + mu * f[j]), by="rearrange")
a.implies(Eq(p[j], exp(lam - 1) * exp(mu * f[j])), by="solve")
a.implies(Eq(Sum(p[j], (j, 1, K)), Sum(exp(lam - 1) * exp(mu * f[j]), (j, 1, K))), by="sum-both-sides")
a.implies(Eq(1, exp(lam - 1) * Sum(exp(mu * f[j]), (j, 1, K))), by="constraint")
a.implies(Eq(exp(lam - 1), 1 / Z), by="rearrange")
a.implies(Eq(p[j], exp(mu * f[j]) / Z), by="substitute", using=[Eq(p[j], exp(lam - 1) * exp(mu * f[j]))])

b = derivation.part("b", "Its entropy")
b.start(H)
b.equals(-Sum(p[k] * (mu * f[k] - log(Z)), (k, 1, K)), by="substitute", using=[Eq(p[j], exp(mu * f[j]) / Z)])
b.equals(-mu * m + log(Z), by="constraint")
