"""Marks: what an answer states of what its question asks for, and whether valid steps lead there.

goals          what an answer has to state: targets, milestones, conditions that may be imposed
chains         what the chains of an answer say, as SymPy expressions
recognition    which goals a chain states, rightly or wrongly; an answer's own names for the solution's
standing       what each line is worth to what rests on it: valid, wrong, follow-through, open
tables         what the counts of a question's table earn, cell by cell
marking        credits, and the marks of each part
session        the marks of an answer that has been judged, for the commands

A folder of answers, marked; these import no SymPy, since what needs it happens in workers:

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
