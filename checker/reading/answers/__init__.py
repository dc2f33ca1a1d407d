"""A student's answer to a question: a document read under what the question states.

cutting     an answer cut into the parts of its question
othernames  the letters that an answer writes for those of its question
headings    which row or column of a question's table a heading means
counts      a cell as the count that it states; tables, a table as lines, one for each cell
layers      formulas for the counts of a kind of layer, as lines
counted     the lines of an answer to a question with a table of counts
answer      a document read under the givens of a question
"""
