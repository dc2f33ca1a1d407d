"""`grade` as a command: what it makes of a folder, says, and how it ends. Reading and the report are stand-ins."""

from __future__ import annotations

import json
import os
import shutil
import sys
import types

import pytest

from checker import catalogue
from checker.cli import main
from checker.grading.plain import from_plain
from checker.grading.store import FOLDER
from checker.marks import Student
from tests import fake_session
from tests.grading.records import write_plainly

ANSWER = "# a\nx = 1 ; proved ; claim\n# b\nx = 2 ; {} ; claim\n"
ROSTER = 'Student,ID,Homework (5)\nPoints Possible,,9\n"Doe, Jane",17,\nbob,18,\n'


@pytest.fixture
def place(tmp_path, monkeypatch):
    reports = types.ModuleType("checker.reports.grading")
    reports.write = write_plainly
    monkeypatch.setitem(sys.modules, "checker.reports.grading", reports)
    monkeypatch.setitem(sys.modules, "checker.reading.session", fake_session)
    monkeypatch.setitem(sys.modules, "checker.grading.session", fake_session)
    monkeypatch.chdir(tmp_path)
    for name in ("alice_q1.md", "alice_q2.md", "doejane_17_99_hw.md", "bob/q2.md", "bob/scan.pdf"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(ANSWER.format("refuted" if "bob" in name else "supported"))
    return tmp_path


@pytest.fixture
def run(place, capsys):
    def run(*arguments, questions=("q2",)):
        status = main(["grade", *questions, "--answers", "in", "--out", "out", "--in-process", *arguments])
        return status, *capsys.readouterr()

    return run


def students(place):
    data = json.loads((place / "out" / "results.json").read_text())
    return {each["name"]: from_plain(Student, each) for each in data["students"]}


def test_a_folder_is_marked_and_summed_up(run, place):
    status, out, err = run(questions=("q1", "q2"))
    assert (status, err) == (0, "")
    found = students(place)
    assert list(found) == ["alice", "bob", "doejane"]
    assert [(each.name, each.source, each.verdict) for each in found["alice"].derivations] == [
        ("q1", "alice_q1.md", "supported"), ("q2", "alice_q2.md", "supported"),
    ]  # fmt: skip
    assert found["bob"].derivations[1].verdict == "refuted"
    assert found["bob"].files == ("bob/q2.md",)
    assert found["bob"].sources == {"bob/q2.md": ANSWER.format("refuted")}
    lines = out.splitlines()
    assert lines[0].startswith("3 students")
    assert any(line.startswith("  bob: bob/scan.pdf: cannot be read; ") for line in lines)
    assert lines[-1] == "the report is out/index.html"


def test_formats_and_title_reach_the_report(run, place):
    assert run("--format", "markus", "--format", "junit")[0] == 0
    assert json.loads((place / "out" / "results.json").read_text())["formats"] == ["markus", "junit"]
    assert (place / "out" / "index.html").read_text().startswith("q2: Gaussian")


def marked_again(run, monkeypatch, *arguments, **more):
    """Which answers a run marks."""
    seen = []

    def outline(subject, real=fake_session.outline):
        seen.append(f"{subject.question.stem}:{subject.path.name}")
        return real(subject)

    with monkeypatch.context() as patch:
        patch.setattr(fake_session, "outline", outline)
        assert run(*arguments, **more)[0] == 0
    return seen


def test_a_second_run_marks_what_changed(run, place, monkeypatch):
    assert sorted(marked_again(run, monkeypatch, questions=("q1", "q2"))) == [
        "q1:alice_q1.md", "q1:doejane_17_99_hw.md", "q1:q2.md", "q2:alice_q2.md", "q2:doejane_17_99_hw.md", "q2:q2.md",
    ], "doejane's is not named for a question, and cut among both"  # fmt: skip
    before = students(place)
    assert marked_again(run, monkeypatch, questions=("q1", "q2")) == []
    assert students(place) == before
    (place / "in" / "alice_q2.md").write_text(ANSWER.format("undecided"))
    os.utime(place / "in" / "bob" / "q2.md", (1, 1))
    shutil.copy(place / "in" / "alice_q2.md", place / "in" / "zoe.md")
    assert marked_again(run, monkeypatch, questions=("q2",)) == ["q2:alice_q2.md"]
    assert students(place)["alice"].derivations[0].verdict == "undecided"
    assert students(place)["zoe"].derivations[0].parts == students(place)["alice"].derivations[0].parts


@pytest.mark.parametrize("option", [("--seed", "3"), ("--strict",), ("--timeout", "5")])
def test_another_option_marks_anew(run, monkeypatch, option):
    marked_again(run, monkeypatch)
    assert len(marked_again(run, monkeypatch, *option)) == 2, "two answers differ"
    assert marked_again(run, monkeypatch, *option) == []


def test_another_version_marks_anew(run, monkeypatch):
    marked_again(run, monkeypatch)
    monkeypatch.setattr("checker.grading.stamps.__version__", "0.0.1")
    assert len(marked_again(run, monkeypatch)) == 2


def test_another_question_file_or_rubric_marks_anew(run, place, monkeypatch, capsys):
    own = place / "derivations"
    shutil.copytree(catalogue.FOLDER, own, ignore=shutil.ignore_patterns("__pycache__"))

    def run_own(*arguments, **more):
        status = main(["grade", "q2", "--answers", "in", "--out", "out", "--in-process"], own)
        return status, *capsys.readouterr()

    assert len(marked_again(run_own, monkeypatch)) == 2
    (own / "q1.py").write_text((own / "q1.py").read_text() + "# of another question\n")
    assert marked_again(run_own, monkeypatch) == []
    for file, text in [("q2.py", (own / "q2.py").read_text() + "# new\n"), ("q2.toml", "a = 1"), ("_shared.py", "")]:
        (own / file).write_text(text)
        assert len(marked_again(run_own, monkeypatch)) == 2, file


def test_a_roster_is_filled_in(run, place):
    (place / "canvas.csv").write_bytes(ROSTER.encode())
    (place / "over.csv").write_text("student,part,marks,comment\ndoejane,q2.a,3,fine\n")
    status, out, err = run("--roster", "canvas.csv", "--overrides", "over.csv")
    assert (status, err) == (0, "")
    assert (place / "out" / "roster.csv").read_text() == ROSTER.replace("17,", "17,3").replace("18,", "18,1")
    lines = out.splitlines()
    assert "out/roster.csv has the marks of 2 students under 'Homework (5)'" in lines
    place_of = lines.index("not in the roster for certain:")
    assert lines[place_of + 1] == "  alice: neither an ID, a login nor a name in the roster"


def test_who_handed_in_nothing_that_can_be_read_gets_no_zero(run, place):
    (place / "in" / "bob" / "q2.md").unlink()
    (place / "canvas.csv").write_text(ROSTER)
    _, out, _ = run("--roster", "canvas.csv")
    assert (place / "out" / "roster.csv").read_text() == ROSTER.replace("17,", "17,1")
    lines = out.splitlines()
    assert lines[lines.index("without marks, since nothing of theirs could be read:") + 1] == "  bob"


def test_a_wrong_row_of_the_overrides_is_an_error_and_the_rest_is_done(run, place):
    (place / "over.csv").write_text("student,part,marks,comment\nbob,q2.a,2,x\nnobody,q2.a,2,x\nbob,q2.b,lots,x\n")
    status, out, err = run("--overrides", "over.csv")
    assert status == 2
    assert err.splitlines() == [
        "over.csv:3: there is no student 'nobody'; marks.csv names all",
        "over.csv:4: the marks 'lots' are no number from 0 up, as in 2.5",
    ]
    assert students(place)["bob"].derivations[0].parts[0].marks == 2
    assert "the report is out/index.html" in out


@pytest.mark.parametrize(
    ("arguments", "questions", "message"),
    [
        ((), (), "grade needs the questions to mark"),
        ((), ("q7",), "there is no question 'q7'; did you mean"),
        ((), ("q2.a",), "an answer is to a whole question: q2, not q2.a"),
        (("--answers", "nowhere"), ("q2",), "there is no folder 'nowhere'"),
        (("--answers", "in/alice_q1.md"), ("q2",), "'in/alice_q1.md' is no folder"),
        (("--answers", "empty"), ("q2",), "there are no answers in 'empty'"),
        (("--out", "in"), ("q2",), "--out must be another folder than --answers"),
        (("--out", "file"), ("q2",), "'file' is a file; --out names the folder of the report"),
        (("--out", "file/out"), ("q2",), "cannot write to file/out: Not a directory"),
        (("--roster", "none.csv"), ("q2",), "'none.csv' cannot be read: No such file or directory"),
        (("--roster", "file"), ("q2",), "file: the first row must begin with Student and ID"),
        (("--overrides", "none.csv"), ("q2",), "'none.csv' cannot be read"),
    ],
)
def test_a_wrong_command_says_what_is_wrong_and_marks_nothing(run, place, arguments, questions, message):
    (place / "file").write_text("text")
    (place / "empty").mkdir()
    status, out, err = run(*arguments, questions=questions)
    assert (status, out) == (2, "")
    assert message in err
    assert not list((place / "out").rglob("*.json"))


@pytest.mark.parametrize("words", [("--jobs", "0"), ("--jobs", "x"), ("--format", "html"), ("--explain",)])
def test_words_that_are_wrong_are_refused(run, words):
    with pytest.raises(SystemExit) as ended:
        run(*words)
    assert ended.value.code == 2


def test_the_words_come_in_any_order(place, capsys):
    assert main(["--in-process", "--answers", "in", "grade", "--out", "out", "q2"]) == 0


def test_a_question_that_does_not_load_ends_the_command(place, capsys):
    (place / "derivations").mkdir()
    (place / "derivations" / "q9.py").write_text("x = 1 +\n")
    assert main(["grade", "q9", "--answers", "in", "--out", "out", "--in-process"], place / "derivations") == 2
    assert "derivations/q9.py:1: SyntaxError" in capsys.readouterr().err


def test_a_report_that_cannot_be_written_loses_no_marks(run, place, monkeypatch):
    def write(students, out, *, title, formats=(), givens=()):
        (out / "index.html").write_text("half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sys.modules["checker.reports.grading"], "write", write)
    status, out, err = run()
    assert (status, out) == (2, "")
    assert err.startswith("cannot write to out: No space left on device; what was marked is kept in out")
    assert not (place / "out" / "index.html").exists()
    monkeypatch.setattr(sys.modules["checker.reports.grading"], "write", write_plainly)
    assert marked_again(run, monkeypatch) == []


def test_the_report_may_lie_in_the_folder_of_answers(place, capsys):
    for _ in range(2):
        assert main(["grade", "q2", "--answers", "in", "--out", "in/report", "--in-process"]) == 0
        assert "3 students" in capsys.readouterr().out
    assert (place / "in" / "report" / FOLDER).is_dir()


def test_names_that_are_not_safe_reach_no_terminal(run, place):
    (place / "in" / "e\x1b[31mve\n.md").write_text(ANSWER)
    (place / "in" / "e\x1b[31mve.zip").write_text("")
    status, out, err = run()
    assert status == 0
    assert "\x1b" not in out + err
