"""Whose file is it, and which question does it answer?"""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.grading.submissions import submissions

QUESTIONS = ("q1", "q2", "q3")


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "submissions"


def hand_in(folder, *names):
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return {each.student: each for each in submissions(folder, QUESTIONS)}


def names(files):
    return [file.name for file in files]


@pytest.mark.parametrize(
    "name",
    [
        "alice.tex", "alice_q1.tex", "alice-q2.md", "alice q2 (1).md", "alice (2).ipynb", "q1_alice.tex",
        "alice.q1.txt",
        "alice_question1.tex", "alice_Question_2.MD", "alice - problem 3.tex", "alice_q1_q2.md", "alice/hw.md",
        "alice/a/b/q1.tex", "alice_Q2b.tex", "alice_12345_67890_hw.tex", "alice_LATE_12345_67890_q1.tex",
        "alice_123456_assignsubmission_file_/hw.tex", "alice_123456_assignsubmission_onlinetext/hw.md",
        "alice_123456_assignsubmission_file_hw.tex",
    ],
)  # fmt: skip
def test_a_name_names_its_student(folder, name):
    assert list(hand_in(folder, name)) == ["alice"]


@pytest.mark.parametrize(
    "name", ["alice_2.tex", "alice.final.tex", "alice_quick.tex", "exalice.tex", "alice_hw4.tex", "alice_question.tex"]
)
def test_what_names_no_question_stays_part_of_the_name(folder, name):
    assert list(hand_in(folder, name)) == [name.rpartition(".")[0]]


def test_a_file_named_for_a_question_alone_is_its_own_student(folder):
    assert list(hand_in(folder, "q1.tex")) == ["q1"]


def test_several_files_are_one_students_whatever_the_case(folder):
    (alice,) = hand_in(folder, "Alice_q1.tex", "alice-q2.md", "alice q2 (1).md", "alice/notes.md").values()
    assert len(alice.files) == 4


def test_files_named_for_a_question_answer_it_alone(folder):
    (alice,) = hand_in(folder, "alice_q1.tex", "alice-q2.md", "alice q2 (1).md", "alice.md").values()
    assert names(alice.answering("q1")) == ["alice_q1.tex"]
    assert names(alice.answering("q2")) == ["alice q2 (1).md", "alice-q2.md"]
    assert names(alice.answering("q3")) == ["alice.md"]


def test_where_no_file_can_be_meant_all_are_looked_at(folder):
    (alice,) = hand_in(folder, "alice_q1.tex", "alice_q2.tex").values()
    assert names(alice.answering("q3")) == ["alice_q1.tex", "alice_q2.tex"]


def test_folders_name_questions_but_the_students_does_not(folder):
    found = hand_in(folder, "bob/q1/main.tex", "bob/q2/main.tex", "q1/main.tex")
    assert names(found["bob"].answering("q2")) == ["bob/q2/main.tex"]
    assert found["q1"].files[0].questions == frozenset()


def test_canvas_gives_an_identity_and_keeps_students_of_one_name_apart(folder):
    found = hand_in(folder, "doejane_12345_1_hw4.tex", "doejane_777_2_hw4.tex", "roe_5_3_hw.tex")
    assert {each.student: each.identity for each in found.values()} == {
        "doejane (12345)": "12345", "doejane (777)": "777", "roe": "5",
    }  # fmt: skip


def test_moodle_keeps_students_of_one_name_apart(folder):
    found = hand_in(folder, "Jo Doe_1_assignsubmission_file_/a.md", "Jo Doe_2_assignsubmission_file_/a.md")
    assert list(found) == ["Jo Doe", "Jo Doe (2)"]


def test_a_resubmission_replaces_what_was_handed_in_before(folder):
    (jane,) = hand_in(
        folder, "jane_1_10_hw4.tex", "jane_1_11_hw4-1.tex", "jane_1_12_hw4-2.tex", "jane_1_13_other.tex"
    ).values()
    assert names(jane.files) == ["jane_1_12_hw4-2.tex", "jane_1_13_other.tex"]
    assert sorted(jane.replaced) == ["jane_1_10_hw4.tex", "jane_1_11_hw4-1.tex"]


def test_a_number_replaces_nothing_where_nothing_bears_the_name_without_it(folder):
    (jane,) = hand_in(folder, "jane_1_11_hw4-1.tex", "jane_1_12_hw4-2.tex").values()
    assert len(jane.files) == 2
    (bob, *_) = hand_in(folder, "bob/hw4.tex", "bob/hw4-1.tex").values()
    assert len(bob.files) == 2, "only Canvas names resubmissions so"


@pytest.mark.parametrize(
    ("name", "reason"),
    [("bob.pdf", "a .pdf file"), ("bob.ZIP", "a .zip file"), ("bob", "without a suffix"), ("bob/scan.jpeg", ".jpeg")],
)
def test_what_cannot_be_read_is_somebodys_and_says_why(folder, name, reason):
    (bob,) = hand_in(folder, name).values()
    assert bob.student == "bob"
    assert not bob.files
    (problem,) = bob.problems
    assert problem.startswith(f"{name}: cannot be read; ")
    assert reason in problem


def test_an_empty_folder_is_not_lost(folder):
    (folder / "bob" / "drafts").mkdir(parents=True)
    (bob,) = submissions(folder, QUESTIONS)
    assert (bob.student, bob.files, bob.problems) == ("bob", (), ("bob: an empty folder",))


def test_hidden_files_are_ignored(folder):
    assert list(hand_in(folder, ".DS_Store", "__MACOSX/alice.tex", "bob/.git/x.md", "bob/hw.md")) == ["bob"]
    assert names(submissions(folder, QUESTIONS)[0].files) == ["bob/hw.md"]


def test_links_and_what_is_no_file_are_refused(folder, tmp_path):
    (tmp_path / "secret.md").write_text("x")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "more.md").write_text("x")
    hand_in(folder, "bob/hw.md")
    (folder / "eve.md").symlink_to(tmp_path / "secret.md")
    (folder / "bob" / "link.md").symlink_to("hw.md")
    (folder / "mallory").symlink_to(tmp_path / "outside")
    (folder / "bob" / "far").symlink_to(tmp_path / "outside")
    os.mkfifo(folder / "pipe.md")
    found = {each.student: each for each in submissions(folder, QUESTIONS)}
    assert {name: names(each.files) for name, each in found.items() if each.files} == {"bob": ["bob/hw.md"]}
    for student, number, reason in [
        ("eve", 1, "link"),
        ("mallory", 1, "link"),
        ("bob", 2, "link"),
        ("pipe", 1, "file"),
    ]:
        assert len(found[student].problems) == number
        assert all(reason in problem for problem in found[student].problems)


def test_names_are_safe_to_show_and_all_different(folder):
    found = hand_in(folder, "a\nb.md", "a b.md", "c\x1b[31m.md", "\u202ed.pdf")
    broken = os.fsencode(folder) + b"/e\xff.md"
    with open(broken, "wb"):
        pass
    found = submissions(folder, QUESTIONS)
    assert len({each.student for each in found}) == 5
    for each in found:
        for text in (each.student, *names(each.files), *each.problems):
            assert text.isprintable(), repr(text)
            text.encode()
    assert all(file.path.exists() for each in found for file in each.files)


def test_two_files_that_look_alike_keep_names_of_their_own(folder):
    (bob,) = hand_in(folder, "bob/a\nb.md", "bob/a b.md").values()
    assert len(set(names(bob.files))) == 2
    hand_in(folder, "c\nd.md", "c d.md")
    files = [file for each in submissions(folder, QUESTIONS) for file in each.files]
    assert len({file.name for file in files}) == len(files) == 4


def test_the_report_inside_the_folder_is_no_submission(folder):
    hand_in(folder, "alice.md", "report/index.md", "bob/report/x.md", "bob/a.md")
    found = submissions(folder, QUESTIONS, without=folder / "report")
    assert [each.student for each in found] == ["alice", "bob"]


@given(st.permutations(["alice_q1.tex", "b/q2.md", "b/x.md", "c_1_2_h.md", "c_1_3_h-1.md", "d.pdf"]))
def test_the_order_in_which_files_came_to_be_does_not_matter(tmp_path_factory, order):
    first, second = tmp_path_factory.mktemp("in"), tmp_path_factory.mktemp("in")

    def described(folder):
        return [(s.student, names(s.files), s.problems, s.replaced) for s in submissions(folder, QUESTIONS)]

    hand_in(first, *order)
    hand_in(second, *sorted(order))
    assert described(first) == described(second)
