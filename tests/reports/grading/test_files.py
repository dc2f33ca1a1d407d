"""Names of files, and files that are whole or not there."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.reports.grading.files import file_names, put
from tests.reports.grading.students import HOSTILE_NAMES


@given(st.lists(st.text() | st.sampled_from(HOSTILE_NAMES), max_size=12))
def test_names_are_safe_and_differ_whatever_students_are_called(names):
    found = file_names(names)
    assert len({name.casefold() for name in found}) == len(names)
    for name in found:
        assert name.strip("-. ") == name
        assert not set(name) & set('/\\:*?"<>|% \0\n\t')
        assert all(character.isalnum() or character in "-_." for character in name)
        assert len(name.encode()) < 230
        assert not re.fullmatch(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", name, re.IGNORECASE)


@given(st.lists(st.text(), unique=True, max_size=6), st.randoms())
def test_a_name_does_not_depend_on_the_order_of_the_class(names, random):
    shuffled = random.sample(names, len(names))
    assert dict(zip(names, file_names(names), strict=True)) == dict(zip(shuffled, file_names(shuffled), strict=True))


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["Ada Lovelace", "bob.smith", "王小明"], ["Ada-Lovelace", "bob.smith", "王小明"]),
        (["twin", "twin"], ["twin-f6ac8e0f", "twin-f6ac8e0f-2"]),
    ],
)
def test_names_are_readable_where_they_can_be(names, found):
    assert [re.sub("[0-9a-f]{8}", "HASH", name) for name in file_names(names)] == [
        re.sub("[0-9a-f]{8}", "HASH", name) for name in found
    ]


def test_alice_is_not_written_over_alice_where_case_does_not_count():
    first, second = file_names(["Alice", "alice"])
    assert first.casefold() != second.casefold()
    assert file_names(["Alice"]) == ["Alice"]


@pytest.mark.parametrize("name", ["../x", "a/b", "", ".", "..", "/etc/x"])
def test_nothing_is_written_outside_the_folder(tmp_path, name):
    with pytest.raises(ValueError, match="outside"):
        put(tmp_path / "out", name, ["text"])
    assert not list(tmp_path.rglob("*x*"))


def test_nothing_is_written_through_a_link(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ValueError, match="outside"):
        put(tmp_path / "out", "x", ["text"])
    (tmp_path / "real").mkdir()
    (tmp_path / "target").write_text("old")
    (tmp_path / "real" / "x").symlink_to(tmp_path / "target")
    put(tmp_path / "real", "x", ["new"])
    assert (tmp_path / "target").read_text() == "old"
    assert (tmp_path / "real" / "x").read_text() == "new"


def test_a_file_is_whole_or_as_it_was(tmp_path):
    def pieces():
        yield "half"
        raise RuntimeError

    put(tmp_path, "x", ["old"])
    with pytest.raises(RuntimeError):
        put(tmp_path, "x", pieces())
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("x", "old")]


def test_what_a_killed_run_left_is_written_over(tmp_path):
    (tmp_path / ".x.part").write_text("half")
    put(tmp_path, "x", ["whole"])
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("x", "whole")]
