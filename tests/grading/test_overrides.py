"""Marks set by hand win, are seen to, and what is wrong with a row is said with its line."""

from __future__ import annotations

import pytest

from checker.grading.overrides import applied, read
from tests.grading.records import marks, part, record, student

GOOD = 'student,part,marks,comment\nalice,q2.a,2.5,"a slip,\nno more"\n'


def alice(**fields):
    return student("alice", record(part("a", marked=marks(3, person=["look"])), part("b", marked=marks(1))), **fields)


def set_by(text, *students):
    rows, unread = read(text)
    changed, unfit = applied(students or [alice()], rows)
    return changed, [(each.line, each.message) for each in (*unread, *unfit)]


def test_an_override_wins_is_shown_and_needs_no_person():
    (changed,), problems = set_by(GOOD)
    assert problems == []
    first, second = changed.derivations[0].parts
    assert (first.marked.marks, first.marked.given, first.marked.overridden) == (2.5, 3, "a slip,\nno more")
    assert (first.marked.up_to, first.marked.person, first.marked.credits) == (2.5, (), marks().credits)
    assert second == alice().derivations[0].parts[1]
    assert alice().person
    assert not changed.person
    assert changed.marks == 3.5


@pytest.mark.parametrize(
    "header", ["comment,marks,part,student", "Student , other, PART,marks,Comment", "\ufeffstudent,part,marks,comment"]
)
def test_the_columns_come_in_any_order(header):
    cells = {"student": "Alice", "part": "q2.b", "marks": "0", "comment": "", "other": "x"}
    row = ",".join(cells[name.strip().strip("\ufeff").lower()] for name in header.split(","))
    (changed,), problems = set_by(f"{header}\r\n\r\n{row}\r\n")
    assert problems == []
    assert changed.derivations[0].parts[1].marked.overridden == ""
    assert changed.marks == 3


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("bob,q2.a,1,", "there is no student 'bob'; marks.csv names all"),
        ("alicia,q2.a,1,", "there is no student 'alicia'; did you mean alice?"),
        ("alice,q2.e,1,", "there is no part 'q2.e'; did you mean"),
        ("alice,a,1,", "there is no part 'a'; "),
        ("alice,q2.,1,", "there is no part 'q2.'; "),
        ("alice,q2.a,4.5,", "4.5 marks are more than q2.a is worth, which is 4"),
        ("alice,q2.a,-1,", "the marks '-1' are no number from 0 up, as in 2.5"),
        ("alice,q2.a,full,", "the marks 'full' are no number"),
        ("alice,q2.a,nan,", "the marks 'nan' are no number"),
        ("alice,q2.a,1e3,", "the marks '1e3' are no number"),
        ("alice,q2.a,1_0,", "the marks '1_0' are no number"),
        ("alice,q2.a,,", "the marks '' are no number"),
        ("alice", "the marks '' are no number"),
        ("alice,q2.b,1,again", "line 2 sets q2.b of alice already"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_line_and_the_rest_applies(row, message):
    (changed,), problems = set_by(f'student,part,marks,comment\nalice,q2.b,2,"two\nlines"\n{row}\n')
    ((line, said),) = problems
    assert (line, said[: len(message)]) == (4, message)
    assert changed.derivations[0].parts[1].marked.marks == 2
    assert changed.derivations[0].parts[0] == alice().derivations[0].parts[0]


@pytest.mark.parametrize("text", ["", "\n\n", "alice,q2.a,1,x\n", "student,part,comment\nalice,q2.a,1\n"])
def test_without_a_header_nothing_is_taken(text):
    (changed,), ((line, said),) = set_by(text)
    assert changed == alice()
    assert "the first row must name the columns student, part, marks, comment" in said
    assert line >= 1


def test_a_part_that_was_not_marked_can_be():
    unmarked = student("bob", record(part("a", most=None), part("b", most=4)))
    (changed,), problems = set_by("student,part,marks,comment\nbob,q2.a,7,x\nbob,q2.b,3,y\n", unmarked)
    assert problems == []
    assert [(each.marks, each.marked.max_marks) for each in changed.derivations[0].parts] == [(7, 7), (3, 4)]


def test_a_part_that_is_there_twice_counts_once():
    twice = student("bob", record(part("a", marked=marks(3)), part("a", marked=marks(2, person=["look"]))))
    (changed,), problems = set_by("student,part,marks,comment\nbob,q2.a,1,x\n", twice)
    assert (problems, changed.marks, changed.max_marks, changed.person) == ([], 1, 4, ())


def test_an_override_is_of_one_student():
    changed, _ = set_by(GOOD, alice(), student("bob"))
    assert changed[1] == student("bob")
