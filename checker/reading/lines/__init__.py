"""Displays as lines: each with its place, the scope that it is read in, and the part that it plays.

records      what a text is read as: lines in parts
chains       chains of relations and the arrows between them
givens       the givens of a statement; recurrences, what these say at other places
formulas     all formulas of a document, and the scope in which it begins
course       how far a document has been read
roles        which lines are imposed, given, definitions; solutions, letters with a hat; zeroed, what is set to zero
conditions   which words beside or before a formula condition it, and which only comment
anew         names that are defined again
transitions  the steps of a display as lines
reader       a document from top to bottom
hypotheses   what a claim may use of the lines before it
deciding     one claim under given hypotheses; proportions, what is proportional; members, μ_0 beside a μ that varies
claims       a claim as an identity or as a consequence
judging      how a line is judged, by the part that it plays; rounding, numbers that are written as rounded
"""
