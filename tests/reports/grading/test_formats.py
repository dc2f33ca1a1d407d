"""What other programs read: each format as its readers want it, and no marks that there are not."""

from __future__ import annotations

import json
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from checker.marks import MISSED, Student
from checker.record import as_json
from checker.reports import grading
from tests.reports.grading.students import (
    HOSTILE_NAMES,
    a_class,
    hostile_class,
    of_folder,
    part,
    rows,
    student,
    unread,
    written,
)
from tests.reports.records import HOSTILE

NUMBER = (int, float)


def shaped(found, required, optional=()):
    """Whether an object has these fields with these types, and no others."""
    allowed = dict(required) | dict(optional)
    assert set(required) <= set(found) <= set(allowed), found
    for name, value in found.items():
        assert isinstance(value, allowed[name]), (name, value)
        assert not isinstance(value, bool) or allowed[name] is bool, (name, value)


def gradescope_is_valid(found):
    texts = ("output", "output_format", "test_output_format", "visibility", "stdout_visibility")
    shaped(found, {"score": NUMBER, "tests": list} | dict.fromkeys(texts, str))
    for test in found["tests"]:
        required = {"name": str, "score": NUMBER, "max_score": NUMBER, "output": str}
        shaped(test, required, {"number": str, "status": str, "output_format": str, "tags": list})
        assert test.get("status", "passed") in ("passed", "failed")
        assert test["output_format"] in ("text", "md", "html", "ansi")
    assert found["visibility"] in ("hidden", "after_due_date", "after_published", "visible")


def markus_is_valid(found):
    for each in found:
        if "name" in each:
            shaped(
                each,
                {"name": str, "output": str, "marks_earned": NUMBER, "marks_total": NUMBER, "status": str, "time": int},
            )
            assert each["status"] in ("pass", "partial", "fail", "error")
        elif "annotations" in each:
            places = ("line_start", "line_end", "column_start", "column_end")
            for note in each["annotations"]:
                shaped(note, {"filename": str, "content": str} | dict.fromkeys(places, int))
        elif "tags" in each:
            for tag in each["tags"]:
                shaped(tag, {"name": str, "description": str})
        else:
            shaped(each, {"overall_comment": str})


def prairielearn_is_valid(found):
    required = {"gradable": bool, "format_errors": list, "message": str, "tests": list}
    shaped(found, required, {"score": NUMBER})
    assert ("score" in found) == found["gradable"]
    assert 0 <= found.get("score", 0) <= 1
    for test in found["tests"]:
        shaped(test, {"name": str, "points": NUMBER, "max_points": NUMBER, "message": str, "output": str})


def lines(text):
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize("students", [a_class(), hostile_class()], ids=["usual", "hostile"])
def test_every_file_is_what_its_readers_want(tmp_path, students):
    found = written(students, tmp_path)
    for check, folder in ((gradescope_is_valid, "gradescope"), (prairielearn_is_valid, "prairielearn")):
        documents = of_folder(found, folder)
        assert len(documents) == len(students)
        for each in documents.values():
            check(each)
    streams = [lines(text) for path, text in found.items() if path.startswith("markus/")]
    assert len(streams) == len(students)
    for each in streams:
        markus_is_valid(each)
    ElementTree.fromstring(found["junit.xml"])


# results.json


def test_the_results_have_the_contract_for_each_student(tmp_path):
    students = a_class()
    found = json.loads(written(students, tmp_path)["results.json"])
    assert found["schema"] == 1
    assert [each["name"] for each in found["students"]] == [each.name for each in students]
    for each, one in zip(found["students"], students, strict=True):
        assert each["derivations"] == json.loads(json.dumps(as_json(one.derivations, 0)["derivations"]))
        assert each["person"] == list(one.person)
    ada = found["students"][0]
    assert ada["credits"]["q2"]["b"][0]["outcome"] == "follow-through"
    assert ada["statuses"]["q2"]["b"] == ["wrong", "follow-through"]
    assert (ada["marks"], ada["max_marks"]) == (6.5, 8)
    assert found["students"][2]["overridden"] == {"q2.a": {"comment": "said in words", "given": 1}}
    counts = ("students", "needs_person", "unreadable", "overridden")
    assert [found["summary"][name] for name in counts] == [5, 3, 2, 1]


def test_nothing_gets_lost_of_a_part_that_is_recorded_twice(tmp_path):
    found = written([student("Ada", part("a", marks=1.0), part("a", marks=2.0))], tmp_path)
    (ada,) = json.loads(found["results.json"])["students"]
    assert [credit["marks"] for credit in ada["credits"]["q2"]["a"]] == [1, 0, 2, 0]
    assert rows(found["marks.csv"])[1][:4] == ["Ada", "3", "3", "8"]
    assert 'data-value="3">3</td>' in found["index.html"]


def test_thirds_add_up(tmp_path):
    thirds = [part(name, marks=1 / 3, most=1 / 3) for name in "abcdefghi"]
    found = written([student("Ada", *thirds)], tmp_path)
    assert json.loads(found["results.json"])["students"][0]["marks"] == 3
    assert rows(found["marks.csv"])[1][-4:-2] == ["3", "3"]
    assert "<strong>3 of 3</strong>" in found["students/Ada.html"]
    assert "2.999" not in "".join(found.values())


# marks.csv


def test_one_row_a_student(tmp_path):
    text = written(a_class(), tmp_path)["marks.csv"]
    assert text.count("\r\n") == text.count("\n") == 6
    found = rows(text)
    assert found[0] == ["student", "q2.a", "q2.b", "total", "max", "needs person", "comment"]
    assert found[1] == ["Ada", "4", "2.5", "6.5", "8", "", ""]
    assert found[2] == ["Bob", "0", "", "0", "4", "yes", "q2.a: 1 line is undecided"]
    assert found[3][-1] == "q2.a: Marks set by hand, 3 instead of 1: said in words"
    assert found[5] == ["Eve", "", "", "0", "0", "yes", "eve.pdf: not a text"]


def test_no_cell_is_a_formula(tmp_path):
    problem = ("=cmd|' /C calc'!A0",)
    found = rows(written([*hostile_class(), student("Ada", problems=problem)], tmp_path)["marks.csv"])
    cells = [cell for row in found for cell in row]
    assert not [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert {len(row) for row in found} == {len(found[0])}
    names = [row[0] for row in found]
    assert {"'=1+1", "'+1", "'-1", "'@x", "'=1"} <= set(names)
    assert found[-1][-1].startswith("'=cmd")


# Programs that count with the marks


def test_a_part_for_a_person_is_neither_passed_nor_failed(tmp_path):
    found = of_folder(written(a_class(), tmp_path), "gradescope")
    (test,) = found["gradescope/Bob.json"]["tests"]
    assert "status" not in test
    assert test["tags"] == ["needs a person"]
    assert [test["status"] for test in found["gradescope/Ada.json"]["tests"]] == ["passed", "failed"]
    assert "status" not in found["gradescope/Di.json"]["tests"][0]


def test_nothing_earned_fails(tmp_path):
    found = written([student("Ada", part("a", marks=0.0, outcome=MISSED), part("b", marks=1.0), part("c"))], tmp_path)
    tests = [each for each in lines(found["markus/Ada.jsonl"]) if "name" in each]
    assert [(each["marks_earned"], each["status"]) for each in tests] == [(0, "fail"), (1, "partial"), (4, "pass")]
    scores = json.loads(found["gradescope/Ada.json"])["tests"]
    assert [each["status"] for each in scores] == ["failed", "failed", "passed"]


def test_markus_is_shown_where_the_first_wrong_step_stands(tmp_path):
    notes = [each for each in lines(written(a_class(), tmp_path)["markus/Ada.jsonl"]) if "annotations" in each]
    (note,) = notes[0]["annotations"]
    assert (note["filename"], note["line_start"]) == ("ada.md", 2)
    assert note["content"] == "q2.b: the first wrong step; the sides differ by a factor −1"


def test_what_could_not_be_read_is_not_gradable(tmp_path):
    found = of_folder(written(a_class(), tmp_path), "prairielearn")
    assert found["prairielearn/Eve.json"]["gradable"] is False
    assert found["prairielearn/Eve.json"]["format_errors"] == ["eve.pdf: not a text"]
    assert found["prairielearn/Ada.json"]["score"] == pytest.approx(6.5 / 8)


def test_prairielearn_gets_no_more_than_it_takes(tmp_path):
    long = replace(part().marked, credits=(replace(part().marked.credits[0], message="m" * 900_000),) * 3)
    found = written([student("Ada", replace(part(), marked=long))], tmp_path, ["prairielearn"])
    assert len(found["prairielearn/Ada.json"].encode()) <= 1_000_000
    prairielearn_is_valid(json.loads(found["prairielearn/Ada.json"]))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (student("Ada", replace(part(), marked=None)), "Ada: q2.a was not marked"),
        (student("Ada", part(marks=float("nan"))), "the marks of q2.a are nan"),
        (student("Ada", part(marks=-1.0)), "the marks of q2.a are -1.0"),
    ],
)
def test_marks_that_there_are_not_are_not_written(tmp_path, wrong, said):
    for name in ("gradescope", "markus", "prairielearn"):
        with pytest.raises(ValueError, match=said):
            grading.write([student("Bob"), wrong], tmp_path, title="", formats=[name])
    assert not list(tmp_path.iterdir())


def test_a_share_of_no_marks_is_no_score(tmp_path):
    nothing = Student("Ada", ("ada.md",), ())
    with pytest.raises(ValueError, match="no marks to be had"):
        grading.write([nothing], tmp_path, title="", formats=["prairielearn"])


def test_an_unknown_format_is_refused(tmp_path):
    with pytest.raises(ValueError, match="there is no format canvas"):
        grading.write(a_class(), tmp_path, title="", formats=["canvas"])
    assert not list(tmp_path.iterdir())


def test_junit_has_a_suite_for_each_part_with_its_marks(tmp_path):
    root = ElementTree.fromstring(written(a_class(), tmp_path)["junit.xml"])
    suites = {suite.get("name"): suite for suite in root}
    assert {"Ada.q2.a", "Ada.q2.b", "Bob.q2.a", "Di", "Eve"} <= set(suites)
    values = {each.get("name"): each.get("value") for each in suites["Bob.q2.a"].iter("property")}
    assert values == {"marks": "0", "max_marks": "4", "needs a person": "1 line is undecided"}
    assert suites["Ada.q2.b"].get("tests") == "2"
    assert [case[0].tag for case in suites["Bob.q2.a"].iter("testcase")] == ["skipped"]
    assert suites["Eve"].get("errors") == "1"


@pytest.mark.parametrize("students", [[], [student()], [unread()]], ids=["nobody", "one", "unread"])
def test_a_class_may_be_small(tmp_path, students):
    found = written(students, tmp_path)
    assert len(rows(found["marks.csv"])) == len(students) + 1
    assert json.loads(found["results.json"])["summary"]["students"] == len(students)


def test_nobody_gets_lost_whatever_they_are_called(tmp_path):
    found = written(hostile_class(), tmp_path / "a" / "b" / "out")
    assert {path.name for path in tmp_path.iterdir()} == {"a"}
    assert [path.name for path in (tmp_path / "a" / "b").iterdir()] == ["out"]
    for folder in ("students", "gradescope", "markus", "prairielearn"):
        assert sum(path.startswith(f"{folder}/") for path in found) == len(HOSTILE_NAMES) + 1
    assert HOSTILE in json.loads(found["results.json"])["students"][-1]["name"].replace("?", "\ud800", 1)
