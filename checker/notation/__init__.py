"""How formulas are written: in LaTeX, or on one line of Unicode or ASCII. Strings only; does not import SymPy.

names    what a name says: letter, accents, subscripts          (tables)
layout   what a notation is; how tightly a text holds together, which decides brackets
latex    how a fraction, a power, a sum … is laid out in LaTeX
plain    … and on one line, in Unicode or ASCII
"""
