"""What a grader gets: a folder that says what each student earned and why. Pure functions of `checker.marks`.

files          names of files for students with any name; files written whole or not at all
survey         the class: its marks, where it goes wrong first, its slips
phrases        what is said of a part, its credits and its flags, in words
charts         pictures of numbers, as SVG with the numbers in words
page           what the pages share; style and script, what they look like and do
index_page     the page of the class
credits        the credits of a part, as a table
answer         the answer's files as they were written
student_page   the page of a student
marks_csv      one row a student
results        the contract's JSON of each student
scores         the marks of a part, for programs that count with them
gradescope, markus, prairielearn, junit   what other graders' programs read
folder         all of these, written into a folder
"""

from checker.reports.grading.folder import FORMATS, write

__all__ = ["FORMATS", "write"]
