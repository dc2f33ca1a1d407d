"""Sentences that declare, and what words say of the formulas beside them.

sentences      whether a sentence declares, and its clauses; telling, by what it says, however it opens
draft          the scope as a sentence changes it
kinds          what it says of types, sets and signs; factors, of probabilities; said and independence, in words
properties     signs, symmetry and the like of a name
frequencies    names that are counts in words: N_k is the number of samples in class k
indicating     indicators in words: 1 if y = k, and 0 otherwise
componentwise  independence of the components of a vector, in words or as an equation
distributing   what "x ∼ Poisson(λ)" declares
declarations   one declaring sentence after the other
cues           what the words before a display say of it; reasons, words that name a rule
"""
