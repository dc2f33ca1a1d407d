"""Syntax trees to SymPy expressions in a scope, one module a concern.

usage          how the whole text uses its letters; byuse and shapes, vectors and matrices by theirs
naming         what a = b defines; shorthands, instances of patterns
context        the state of one reading
arrays         vectors and matrices by components; dots, what dots stand for
tallies        counts in words as formulas
symbols        what a name stands for; scripts, with a power; inverses, with the power −1
relations      relations; cases, indicators and cases
arithmetic     sums, products and quotients; brackets, bars and matrices; functions, log and its like
calls          f(x)
bounds         the bounds of a sum; operators, sums, products and integrals; derivatives, derivatives and gradients
components     vectors of independent components; features, p(x_i | y = k); somefeatures, p(x_1, x_2)
distributions  p(x | θ) of what is distributed by name; chances, P(…)
normals        densities of normal distributions, also of vectors
moments        means and variances by distributions; expectations, E[…] and its like
terms          the table of these readers, and Meaning, by which a tree is read
"""
