"""What is counted over a class."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.marks import MISSED, REACHED
from checker.reports.grading.survey import MOST_COLUMNS, Group, histogram, part_names, surveyed
from tests.reports.grading.students import a_class, part, student, unread


@given(st.lists(st.integers(0, 400).map(lambda quarters: quarters / 4)), st.sampled_from([1, 4, 16, 30, 100, 1000]))
def test_every_student_stands_in_one_column(marks, most):
    columns = histogram(marks, most)
    assert len(columns) <= MOST_COLUMNS + 1
    assert sum(column.count for column in columns) == len(marks)
    for column in columns[:-1]:
        assert column.count == sum(column.low <= mark < column.high for mark in marks)
    assert all(before.high == after.low for before, after in pairwise(columns))


def test_all_marks_have_a_column_of_their_own():
    assert [column.count for column in histogram([0, 15.5, 16, 17], 16)][-2:] == [1, 2]
    assert histogram([2.9999999999999996], 3)[-1].count == 1


@pytest.mark.parametrize(("marks", "most"), [([], 10), ([0.0], 0)])
def test_no_marks_are_no_columns(marks, most):
    assert histogram(marks, most) == []


def test_parts_come_in_the_order_of_the_questions():
    assert part_names([unread(), *a_class()]) == ["q2.a", "q2.b"]
    assert part_names([]) == []


def test_a_part_says_where_students_go_wrong_first():
    wrong = ("proved", "refuted", "refuted")
    students = [
        student("A", part("a", marks=1.0, outcome=MISSED, wrong=2, verdicts=wrong)),
        student("B", part("a", marks=2.0, outcome=MISSED, wrong=2, verdicts=wrong)),
        student("C", part("a", outcome=REACHED)),
        student("D", part("b")),
    ]
    first, second = surveyed(students)
    assert (first.name, first.marks) == ("q2.a", (1.0, 2.0, 4.0))
    assert first.targets == (Group("The posterior: wrong", (0, 1)), Group("every target reached", (2,)))
    assert first.steps == (Group("step 2", (0, 1)), Group("no wrong step", (2,)))
    assert first.slips == (Group("the sides differ by a factor −1", (0, 1)),)
    assert second.marks == (4.0,)


def test_what_is_recorded_of_a_part_twice_counts_a_student_once():
    (found,) = surveyed([student("A", part("a", marks=1.0), part("a", marks=2.0))])
    assert found.marks == (3.0,)
    assert found.targets == (Group("every target reached", (0,)),)
