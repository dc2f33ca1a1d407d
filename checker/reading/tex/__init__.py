"""Mathematics in LaTeX as tokens that know where they stand, and tokens as items.

signs       the tables of commands and characters
tokens      tokens with their places
macros      what commands stand for, and their expansion within a budget; customs, those that need no definition
items       tokens, groups and environments, and small questions on them
spellings   other spellings of a sign made one; looks, looks alone; colours; runs, letters in a row
trees       tokens as items, by these
"""
