"""What is in several files: a part counts once, in the first that has steps, and a person is asked."""

from __future__ import annotations

from pathlib import Path

from checker.grading.answers import Marked, Question, student_of
from checker.grading.submissions import File, Submission
from checker.record import PartOutline
from tests.grading.records import marks, part, record

QUESTION = Question(
    "q2", "Gaussians", Path("q2.py"), (PartOutline("a", "first", 4.0, ()), PartOutline("b", "second", 2.0, ()))
)


def file(name, *questions):
    return File(name, Path("/folder") / name, frozenset(questions))


def made(files, records, *, problems=(), questions=(QUESTION,)):
    submission = Submission("alice", "", tuple(files), tuple(problems))
    marked = {
        (each.name, question.name): value if isinstance(value, Marked) else Marked(value)
        for each, value in zip(files, records, strict=True)
        for question in questions
        if value is not None
    }
    return student_of(submission, questions, marked, {each.name: "text" for each in files})


def parts(student):
    return [(r.source, p.name, len(p.steps), p.marks) for r in student.derivations for p in r.parts]


def test_one_file_is_one_record_under_its_name():
    student = made([file("alice.md")], [record(part("a", "proved", marked=marks(3)), part("b"), source="", title="")])
    assert parts(student) == [("alice.md", "a", 1, 3), ("alice.md", "b", 0, None)]
    assert student.derivations[0].title == "alice"
    assert (student.name, student.files, student.problems, student.person) == ("alice", ("alice.md",), (), ())


def test_each_part_counts_in_the_first_file_that_has_steps_of_it():
    first = record(part("a", "proved", marked=marks(3)), part("b", marked=marks(0)))
    second = record(part("b", "proved", "refuted", marked=marks(1)), part("a", marked=marks(0)))
    student = made([file("1.md"), file("2.md")], [first, second])
    assert parts(student) == [("1.md", "a", 1, 3), ("2.md", "b", 2, 1)]
    assert student.person == ()
    assert (student.marks, student.max_marks) == (4, 8)


def test_a_part_in_two_files_counts_once_and_is_for_a_person():
    first = record(part("b", marked=marks(0)), part("a", "refuted", marked=marks(1, person=["before"])))
    second = record(part("a", "proved", "proved", marked=marks(4)), part("b", marked=marks(0)))
    student = made([file("1.md"), file("2.md")], [first, second])
    assert parts(student) == [("1.md", "b", 0, 0), ("1.md", "a", 1, 1), ("2.md", "", 2, None)]
    assert student.person == (
        "q2.a: before",
        "q2.a: 2.md has steps of this part too, which do not count",
    )
    assert (student.marks, student.max_marks) == (1, 8), "what does not count adds nothing"


def test_unmarked_parts_lose_no_reason():
    student = made([file("1.md"), file("2.md")], [record(part("a", "proved")), record(part("a", "proved"))])
    assert student.person == ("q2.a: 2.md has steps of this part too, which do not count",)


def test_steps_that_fit_no_part_stay_where_they_are():
    stray = record(part("", "proved", most=None), part("a", "proved", marked=marks(2)), part("", "refuted", most=None))
    assert [name for _, name, *_ in parts(made([file("1.md"), file("2.md")], [stray, record(part("", "proved"))]))] == [
        "", "a", "", "",
    ]  # fmt: skip


def test_files_named_for_another_question_are_for_a_person():
    student = made(
        [file("alice_q1.md", "q1")], [record(part("a", "proved", marked=marks(2)), part("b", marked=marks(0)))]
    )
    assert student.person == ("q2.a: read from alice_q1.md, which is named for another question",)


def test_maximal_marks_come_from_the_question_and_count_once():
    student = made([file("1.md")], [record(part("a", "proved", most=None), part("a", "proved", most=None))])
    assert [each.max_marks for each in student.derivations[0].parts] == [4, None]


def test_where_nothing_can_be_read_a_person_may_give_all_marks():
    student = made([], [], problems=["scan.pdf: cannot be read"])
    (whole,) = student.derivations
    assert [(each.name, each.marks, each.max_marks, each.marked.up_to) for each in whole.parts] == [
        ("a", 0, 4, 4), ("b", 0, 2, 2),
    ]  # fmt: skip
    assert whole.source == ""
    assert student.person[0] == "scan.pdf: cannot be read"
    assert len(student.person) == 3


def test_a_file_that_vanished_is_passed_over():
    student = made([file("1.md"), file("2.md")], [None, record(part("a", "proved", marked=marks(2)))])
    assert parts(student) == [("2.md", "a", 1, 2)]


def test_notices_bear_the_files_name_and_stand_once():
    said = Marked(record(part("a")), (":3:1: a brace is missing", ": nothing to check"))
    student = made([file("1.md")], [said], questions=(QUESTION, Question("q1", "", Path("q1.py"), ())))
    assert student.problems == ("1.md:3:1: a brace is missing", "1.md: nothing to check")
