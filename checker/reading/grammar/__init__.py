"""The grammar of formulas: items to syntax trees, by precedence climbing over what is printed.

    expression = ['+'|'−'] product (('+'|'−') product)*
    product    = factor ((· | × | * | / | side by side) factor)*
    factor     = atom scripts* brackets?

A sum's body is the product behind it, a function without brackets takes the factors that follow, and a slash divides by
the factors that follow it side by side. What cannot be read raises Unreadable with its place.

parser         items one after the other; sums, products and factors
statements     relations and what joins them
indicators     1 before a condition
scripts        indices, labels, powers
brackets       brackets, bars, matrices and cases
functions      functions and their arguments
operators      sums, products and integrals, with what stands below them
derivatives    derivatives and gradients
chances        what a bracket behind a name makes: P(…), E[…], f(x)
names          numbers, letters and words, styles and accents
commands       commands
formula        the tables of these readers, and the entry points
vocabulary     the names, functions and families of the whole text
"""
