"""Documents to lines, and lines to what they mean; what cannot be understood is said, and nothing is guessed.

In the order in which a text passes through:

documents      a file as a Document; markdown, latex and notebooks make its blocks
blocks         what a document consists of; outline writes it, sources and plain take its stretches
delimiters     where mathematics begins and ends; spans finds it in Markdown, and code
definitions    the macros that a text defines; customs those that need no definition
macros         what commands stand for, and their expansion within a budget
signs          the tables of commands and characters
tokens         LaTeX mathematics as tokens with their places
trees          tokens as items: groups nested, looks dropped
layout         a display as rows of members, signs and words
lines          rows as chains, links and steps
grammar        items to syntax trees, under what the lexicon says of names
syntax         the syntax trees
usage          how the whole text uses its letters
scope          what is known where a line stands
names          which part of a scripted letter is its name; letters, which letters a tree has free
sentences      whether a sentence declares, and its clauses
naming         what a = b defines
draft          the scope as a sentence changes it
kinds          what it says of types, sets and signs; factors, of probabilities; words and independence, in words
declarations   one declaring sentence after the other
arrays         vectors and matrices by components; dots, what dots stand for
shorthands     instances of patterns; indices, the assumptions of index symbols
context        the state of one reading
symbols        what a name stands for; scripts, with a power; inverses, with the power −1
relations      relations; cases, indicators and cases
arithmetic     sums, products and quotients; brackets, bars and matrices; functions, log and its like
calls          f(x)
bounds         the bounds of a sum; operators, sums, products and integrals; derivatives, derivatives and gradients
chances        P(…); expectations, E[…] and its like
meaning        the table of these readers, and Meaning, by which a tree is read
givens         the givens of a statement
reasons        words that name a rule
reader         a document from top to bottom: its lines, each with its scope and role
judging        what is found of a line
answers        a document read under the givens of a question
session        a text as an outline of claims, for the commands
"""
