"""A folder of answers, marked. Imports no SymPy: what needs it happens in workers.

submissions  the files of a folder, by student
plain        marks and records as JSON, and back
store        what has been marked before, on disk
stamps       what a marking depends on
overrides    marks set by hand
roster       the column of a gradebook
answers      what one student handed in, as a Student
batch        all answers, marked by several workers
command      `python -m checker grade`
"""
