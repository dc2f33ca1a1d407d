"""Which derivations there are, found without importing SymPy."""

from __future__ import annotations

import subprocess
import sys

from checker.catalogue import FOLDER, derivation_files, folders, found_in, near, near_or_all, source_of


def test_files_by_name_without_those_that_begin_with_an_underscore(tmp_path):
    for name in ("q2.py", "q10.py", "__init__.py", "_common.py", "test_q2.py", "conftest.py", "notes.txt"):
        (tmp_path / name).write_text("")
    assert derivation_files(tmp_path) == {"q10": tmp_path / "q10.py", "q2": tmp_path / "q2.py"}


def test_a_source_is_named_from_its_folder_on(tmp_path):
    assert source_of(tmp_path / "derivations" / "q2.py") == "derivations/q2.py"


def test_a_source_in_the_current_folder_is_named_from_there_on(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert source_of(tmp_path / "course" / "week1" / "q2.py") == "course/week1/q2.py"


def test_the_nearest_folder_comes_first_and_each_once(tmp_path, monkeypatch):
    (tmp_path / "derivations").mkdir()
    (tmp_path / "mine").mkdir()
    monkeypatch.chdir(tmp_path)
    assert folders(["mine", "derivations", "not-there"]) == [tmp_path / "mine", tmp_path / "derivations", FOLDER]
    monkeypatch.chdir(FOLDER.parent)
    assert folders() == [FOLDER]


def test_of_two_files_of_one_name_the_nearest_is_taken_and_both_are_known(tmp_path):
    for place in ("near/q1.py", "far/q1.py", "far/q2.py"):
        (tmp_path / place).parent.mkdir(exist_ok=True)
        (tmp_path / place).write_text("")
    files, twice = found_in([tmp_path / "near", tmp_path / "far"])
    assert files == {"q1": tmp_path / "near" / "q1.py", "q2": tmp_path / "far" / "q2.py"}
    assert twice == {"q1": [tmp_path / "near" / "q1.py", tmp_path / "far" / "q1.py"]}


def test_near_names_come_first_and_else_all():
    assert near("q22", ["q1", "q2", "sums"]) == "did you mean q2?"
    assert near("zebra", ["q1", "q2"]) == ""
    assert near_or_all("q22", ["q1", "q2", "sums"]) == "did you mean q2?"
    assert near_or_all("zebra", ["q1", "q2"]) == "there are q1, q2"
    assert near_or_all("zebra", []) == "there are none"


def test_the_command_line_imports_no_sympy():
    program = (
        "import sys, checker.cli, checker.reports.terminal, checker.reports.json_report\n"
        "sys.exit('sympy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
