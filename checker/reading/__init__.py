"""Documents to lines, and lines to what they mean; what cannot be understood is said, and nothing is guessed.

A text passes through the rooms in this order, and each imports only from those before it:

tex         mathematics in LaTeX as tokens, and tokens as items: groups, environments, macros expanded
documents   files as blocks in order: paragraphs, displays, tables, headings, each with its place
layout      a display as pieces: members, signs, gaps and remarks
syntax      the syntax trees, which say what is written before it is known what its names mean
lexicon     what the grammar must know of names
known       what is known where a line stands: the scope, what names are, which families of distributions there are
grammar     items to syntax trees, under what the lexicon says of names
meaning     syntax trees to SymPy expressions, in a scope
words       sentences that declare, and what they change in the scope
lines       displays as lines with their scopes and roles, and how a line is judged
answers     a student's answer to a question: its parts, tables and letters
session     a text as an outline of claims, for the commands
"""
