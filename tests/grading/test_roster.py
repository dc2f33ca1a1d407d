"""The column is filled in, everything else stays byte for byte, and nobody is guessed."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.grading.roster import Person, Unusable, filled

HEADER = "Student,ID,SIS User ID,SIS Login ID,Section,Homework 3 (111),Homework 4 (67890),Current Score,Final Score"
POINTS = "    Points Possible,,,,,10,12,(read only),(read only)"
JANE = '"Doe, Jane",12345,s1,jdoe@school.edu,"L01 ""A""",7.5,,81.2,80'
ROE = '"Roe, Ríchard",777,s2,rroe,L02,,,,'
TEST = "Student, Test,,,,,,,,"


def roster(*rows, header=HEADER, points=POINTS, end="\r\n", mark="\ufeff"):
    return (mark + end.join([header, *([points] if points else []), *rows]) + end).encode()


def column(data, number=6):
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    return {row[0]: row[number] for row in rows[2:]}


def test_the_column_is_filled_and_all_else_is_as_it_was():
    result = filled(roster(JANE, ROE), {Person("doejane", "12345"): "8.5"})
    assert result.data == roster(JANE.replace("7.5,,81.2", "7.5,8.5,81.2"), ROE)
    assert (result.column, result.points, result.matched) == ("Homework 4 (67890)", "12", ("doejane",))
    assert (result.absent, result.lost, result.replaced) == (("Roe, Ríchard",), (), ())


@pytest.mark.parametrize(
    "person",
    [
        Person("doejane", "12345"), Person("x", "12345"), Person("12345"), Person("s1"),
        Person("JDoe@school.edu"), Person("jdoe"), Person("Jane Doe"), Person("jane_doe"),
        Person("Doe, Jane"), Person("doe-jane"),
    ],
)  # fmt: skip
def test_a_person_is_found_by_id_login_or_name(person):
    assert column(filled(roster(JANE, ROE), {person: "3"}).data) == {"Doe, Jane": "3", "Roe, Ríchard": ""}


@pytest.mark.parametrize("name", ["richard roe", "Ríchard Roe", "roerichard", "RoeRíchard"])
def test_accents_and_capitals_do_not_matter(name):
    assert column(filled(roster(JANE, ROE), {Person(name): "3"}).data)["Roe, Ríchard"] == "3"


@pytest.mark.parametrize(
    "person", [Person("Jane"), Person("doe"), Person("Jane Does"), Person("1234"), Person("s"), Person("Jane Q Doe")]
)
def test_nobody_is_guessed(person):
    data = roster(JANE, ROE)
    result = filled(data, {person: "3"})
    assert result.data == data
    assert result.lost == (f"{person.name}: neither an ID, a login nor a name in the roster",)


def test_an_id_that_is_not_there_is_not_made_good_by_a_name():
    data = roster(JANE, ROE)
    result = filled(data, {Person("doejane", "999"): "3"})
    assert result.data == data
    (lost,) = result.lost
    assert lost == "doejane: the ID 999 is not in the roster; by name it could be Doe, Jane (ID 12345)"


def test_two_rows_that_fit_are_listed():
    data = roster(JANE, '"Doe, Jane",888,s9,jane,L01,,,,', '"Doe, J",s1,,,L01,,,,')
    result = filled(data, {Person("Jane Doe"): "3", Person("s1"): "4"})
    assert result.data == data
    assert result.lost == (
        "Jane Doe: 2 rows fit: Doe, Jane (ID 12345); Doe, Jane (ID 888)",
        "s1: 2 rows fit: Doe, Jane (ID 12345); Doe, J (ID s1)",
    )


def test_two_people_who_fit_one_row_are_listed():
    data = roster(JANE, ROE)
    result = filled(data, {Person("jdoe"): "3", Person("Jane Doe"): "4", Person("rroe"): "5"})
    assert column(result.data) == {"Doe, Jane": "", "Roe, Ríchard": "5"}
    assert result.lost == ("jdoe, Jane Doe: all of them fit Doe, Jane (ID 12345)",)


@pytest.mark.parametrize("name", ["Homework 3 (111)", "homework 3", "111", " Homework 3 "])
def test_a_column_is_named_by_header_name_or_id(name):
    result = filled(roster(JANE, ROE), {Person("jdoe"): "3"}, name)
    assert column(result.data, 5) == {"Doe, Jane": "3", "Roe, Ríchard": ""}
    assert result.replaced == ("Doe, Jane",), "7.5 stood there"


@pytest.mark.parametrize(
    ("header", "assignment", "message"),
    [
        (HEADER, "Homework 5", "no assignment is named 'Homework 5'; name one of these by --assignment: "),
        (HEADER.replace("Homework 4 (67890)", "Homework 3 (2)"), "Homework 3", "more than one assignment is named"),
        (HEADER.replace("Current Score", "Quiz (5)"), "", "no assignment is empty"),
        (HEADER.replace("Homework 3 (111)", "x").replace("Homework 4 (67890)", "y"), "", "none at all"),
        (HEADER.replace("ID", "Number"), "", "must begin with Student and ID"),
        ("a,b", "", "must begin with Student and ID"),
        ("", "", "must begin with Student and ID"),
    ],
)  # fmt: skip
def test_where_the_column_is_not_certain_the_candidates_are_named(header, assignment, message):
    full = '"Doe, Jane",12345,s1,jdoe,L01,7.5,8,81.2,80'
    with pytest.raises(Unusable) as problem:
        filled(roster(full, header=header), {}, assignment)
    assert message in str(problem.value)


def test_of_two_empty_columns_none_is_chosen():
    with pytest.raises(
        Unusable, match=r"more than one assignment is empty.*'Homework 3 \(111\)', 'Homework 4 \(67890\)'"
    ):
        filled(roster(ROE), {})


def test_a_read_only_column_is_no_candidate():
    points = POINTS.replace("10,12", "(read only),12")
    assert filled(roster(ROE, points=points), {}).column == "Homework 4 (67890)"


def test_rows_above_the_points_are_no_students():
    manual = ",,,,,,Manual Posting,,"
    data = roster(POINTS, JANE, points=manual)
    result = filled(data, {Person("jdoe"): "3"})
    assert result.data == data.replace(b"7.5,,81.2", b"7.5,3,81.2")
    assert result.absent == ()


def test_semicolons_work_as_well():
    data = b"Student;ID;Hw (1)\nPoints Possible;;5\nDoe, Jane;1;\n"
    assert filled(data, {Person("Jane Doe"): "2.5"}).data == data.replace(b"1;\n", b"1;2.5\n")


def test_bytes_that_are_no_utf8_and_quoted_empty_cells_stay():
    data = b'Student,ID,"Hw (1)"\n"D\xe9e, Jo",1,""\n\xff,2,\n"x",3'
    assert filled(data, {Person("1"): "4", Person("3"): "5"}).data == data.replace(b'""', b'"4"') + b",5"


FIELD = st.text(st.sampled_from('a",;\n\r é(1)\t'), max_size=6)


@given(
    st.lists(st.lists(FIELD, min_size=0, max_size=5), max_size=5),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["", "\ufeff"]),
    st.booleans(),
)
def test_whatever_the_cells_hold_they_stay(rows, end, mark, ends):
    def quoted(field):
        plain = not set('",\n\r').intersection(field)
        return field if plain else '"' + field.replace('"', '""') + '"'

    lines = ["Student,ID,Hw (1)", "Points Possible,,", *(",".join(["x", "0", "", *map(quoted, row)]) for row in rows)]
    data = (mark + end.join(lines) + (end if ends else "")).encode()
    assert filled(data, {}).data == data
    jane = (mark + end.join(["Student,ID,Hw (1)", *lines[2:], "jane,5,,z"])).encode()
    assert filled(jane, {Person("jane"): "1"}).data == jane.removesuffix(b",z") + b"1,z"


def test_binary_data_are_refused():
    with pytest.raises(Unusable, match="no CSV file in UTF-8"):
        filled("Student,ID".encode("utf-16"), {})
