"""Entropy, cross-entropy, KL divergence and mutual information of discrete variables.

C. M. Bishop, Pattern Recognition and Machine Learning (2006), eqs. (1.98), (1.112), (1.113), (1.120) and (1.121);
p_ij is the joint probability of x_i and y_j, with the marginals a_i and b_j; q_i is another distribution of x.
"""

from sympy import Eq, Ge, IndexedBase, Le, Sum, log, symbols

from checker.derivation import Derivation, Givens, IndexSet

K, M = symbols("K M", integer=True, positive=True)
i, j = symbols("i j", integer=True, positive=True)

p, a, b, q, r = (IndexedBase(name, positive=True) for name in "pabqr")
HX, HY, HXY, HYgX, MI, C, D = symbols("H_x H_y H_xy H_y|x I C D", real=True)

derivation = Derivation(
    "information",
    "Entropy, cross-entropy, KL divergence and mutual information",
    Givens(
        index_sets={i: IndexSet(1, K), j: IndexSet(1, M)},
        definitions=(
            Eq(a[i], Sum(p[i, j], (j, 1, M))),
            Eq(b[j], Sum(p[i, j], (i, 1, K))),
            Eq(HX, -Sum(a[i] * log(a[i]), (i, 1, K))),
            Eq(HY, -Sum(b[j] * log(b[j]), (j, 1, M))),
            Eq(HXY, -Sum(Sum(p[i, j] * log(p[i, j]), (j, 1, M)), (i, 1, K))),
            Eq(HYgX, -Sum(Sum(p[i, j] * log(p[i, j] / a[i]), (j, 1, M)), (i, 1, K))),
            Eq(MI, Sum(Sum(p[i, j] * log(p[i, j] / (a[i] * b[j])), (j, 1, M)), (i, 1, K))),
            Eq(C, -Sum(r[i] * log(q[i]), (i, 1, K))),
            Eq(D, Sum(r[i] * log(r[i] / q[i]), (i, 1, K))),
        ),
        facts=(
            Eq(Sum(r[i], (i, 1, K)), 1),
            Eq(Sum(q[i], (i, 1, K)), 1),
            Le(log(q[i] / r[i]), q[i] / r[i] - 1),
        ),
    ),
)

chain = derivation.part("chain", "The chain rule H[x, y] = H[x] + H[y|x]")

chain.start(HXY)
chain.equals(-Sum(Sum(p[i, j] * log(p[i, j]), (j, 1, M)), (i, 1, K)), by="definition")
chain.equals(-Sum(Sum(p[i, j] * (log(a[i]) + log(p[i, j] / a[i])), (j, 1, M)), (i, 1, K)), by="log-of-product")
chain.equals(
    -Sum(Sum(p[i, j], (j, 1, M)) * log(a[i]), (i, 1, K))
    - Sum(Sum(p[i, j] * log(p[i, j] / a[i]), (j, 1, M)), (i, 1, K)),
    by="expand-sums",
)  # fmt: skip
chain.equals(-Sum(a[i] * log(a[i]), (i, 1, K)) + HYgX, by="definition")
chain.equals(HX + HYgX, by="definition")

mutual = derivation.part("mutual", "Mutual information as a difference of entropies")

mutual.start(MI)
mutual.equals(Sum(Sum(p[i, j] * log(p[i, j] / (a[i] * b[j])), (j, 1, M)), (i, 1, K)), by="definition")
mutual.equals(
    Sum(Sum(p[i, j] * (log(p[i, j] / a[i]) - log(b[j])), (j, 1, M)), (i, 1, K)),
    by="log-of-product",
)
mutual.equals(-HYgX - Sum(Sum(p[i, j], (i, 1, K)) * log(b[j]), (j, 1, M)), by="definition")
mutual.equals(HY - HYgX, by="definition")
mutual.equals(HX + HY - HXY, by="definition")

cross = derivation.part("cross_entropy", "Cross-entropy is entropy plus divergence")

cross.start(C)
cross.equals(-Sum(r[i] * log(q[i]), (i, 1, K)), by="definition")
cross.equals(-Sum(r[i] * (log(r[i]) - log(r[i] / q[i])), (i, 1, K)), by="log-of-product")
cross.equals(-Sum(r[i] * log(r[i]), (i, 1, K)) + Sum(r[i] * log(r[i] / q[i]), (i, 1, K)), by="expand-sums")
cross.equals(-Sum(r[i] * log(r[i]), (i, 1, K)) + D, by="definition")

gibbs = derivation.part("gibbs", "The divergence is not negative, by log t ≤ t − 1")

gibbs.start(-D)
gibbs.equals(Sum(r[i] * log(q[i] / r[i]), (i, 1, K)), by="definition")
gibbs.at_most(Sum(r[i] * (q[i] / r[i] - 1), (i, 1, K)), by="inequality")
gibbs.equals(Sum(q[i], (i, 1, K)) - Sum(r[i], (i, 1, K)), by="expand-sums")
gibbs.equals(0, by="constraint")

gibbs.start(Le(-D, 0))
gibbs.implies(Ge(D, 0), by="rearrange")
