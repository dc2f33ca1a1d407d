"""Documents to lines, and lines to what they mean; what cannot be understood is said, and nothing is guessed.

In the order in which a text passes through:

documents      a file as a Document; markdown, latex and notebooks make its blocks
blocks         what a document consists of; outline writes it, sources and plain take its stretches
hidden         where no reader may see what is written
delimiters     where mathematics begins and ends; spans finds it in Markdown, and code
definitions    the macros that a text defines; customs those that need no definition
macros         what commands stand for, and their expansion within a budget
signs          the tables of commands and characters
tokens         LaTeX mathematics as tokens with their places
items          tokens, groups and environments, and small questions on them
spellings      other spellings of a sign made one; looks, looks alone, and colours; runs, letters in a row
trees          tokens as items, by these
pieces         members, signs, gaps and remarks
rows           the rows and columns of a display; collecting, the pieces of a row
marks          the signs of a row; beside, its words; lists, what commas took apart
layout         a display as pieces
lines          rows as chains, links and steps
syntax         the syntax trees
grammar/       items to syntax trees, under what the lexicon says of names
vocabulary     the names, functions and families of the whole text
usage          how the whole text uses its letters
byuse          vectors of which nothing is said but that the text uses them so
scope          what is known where a line stands; places, which positions of families range over one set
names          which part of a scripted letter is its name; letters, which letters a tree has free
sentences      whether a sentence declares, and its clauses
naming         what a = b defines
draft          the scope as a sentence changes it
frequencies    counts in words: the number of samples in class k
indicating     indicators in words: 1 if y = k, and 0 otherwise
kinds          what it says of types, sets and signs; factors, of probabilities; words and independence, in words
families       the table of distributions by name; distributing, what "x ∼ Poisson(λ)" declares
componentwise  independence of the components of a vector, in words or as an equation
declarations   one declaring sentence after the other
arrays         vectors and matrices by components; dots, what dots stand for
shorthands     instances of patterns; indices, the assumptions of index symbols
context        the state of one reading
symbols        what a name stands for; scripts, with a power; inverses, with the power −1
relations      relations; cases, indicators and cases
arithmetic     sums, products and quotients; brackets, bars and matrices; functions, log and its like
calls          f(x)
bounds         the bounds of a sum; operators, sums, products and integrals; derivatives, derivatives and gradients
components     vectors of independent components; features, p(x_i | y = k); distributions, p(x | θ) by them
chances        P(…)
moments        means and variances by distributions; expectations, E[…] and its like
meaning        the table of these readers, and Meaning, by which a tree is read
givens         the givens of a statement
reasons        words that name a rule
records        lines in parts
formulas       all formulas of a document, and the scope in which it begins
course         how far a document has been read
cues           what the words before a display say of it
roles          which lines are imposed, given, definitions; solutions, letters with a hat
conditions     which words beside or before a formula condition it, and which only comment
transitions    the steps of a display as lines
reader         a document from top to bottom: its lines, each with its scope and role
judging        what is found of a line
othernames     the letters that an answer writes for those of its question
headings       which row or column of a question's table a heading means
counts         a cell as the count that it states
tables         a table of an answer as lines, one for each cell
layers         formulas for the counts of a kind of layer, as lines
counted        the lines of an answer to a question with a table of counts
answers        a document read under the givens of a question
session        a text as an outline of claims, for the commands
"""
