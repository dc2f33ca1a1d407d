"""A display as pieces, by its signs alone: what it means is not known here.

pieces      members, signs, gaps and remarks
rows        the rows and columns of a display; collecting, the pieces of a row
marks       the signs of a row; beside, its words; lists, what commas took apart
phrases     words that stand for a count: the number of samples in class k
displays    a display as pieces
"""
