"""The pytest plugin: steps as tests, of what the command line names and of nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = """\
import sympy
from checker import Derivation, Givens
x = sympy.Symbol("x", real=True)
q9 = Derivation("q9", "Squares", Givens())
a = q9.part("a", "One")
a.start((x + 1)**2)
a.equals(x**2 + 2*x + 1)
a.equals(x**2 + x + 1)
"""
NOTES = "# Squares\n\n$$(x+1)^2 = x^2 + 2x + 1$$\n\nLet $y > 0$.\n\n$$\\log y^2 = 3 \\log y$$\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "derivations").mkdir()
    (tmp_path / "derivations" / "q9.py").write_text(SOURCE)
    (tmp_path / "derivations" / "helper.py").write_text("raise SystemExit('imported')\n")
    (tmp_path / "notes.md").write_text(NOTES)
    (tmp_path / "README.md").write_text(NOTES)
    (tmp_path / "test_own.py").write_text("def test_own():\n    pass\n")
    (tmp_path / "pyproject.toml").write_text("[tool.pytest.ini_options]\nfilterwarnings = ['error']\n")
    return tmp_path


def run(folder: Path, *arguments: str):
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments]
    environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": ""}
    plugins = ["-p", "checker.plugin"] + (["-p", "xdist"] if "-n" in arguments else [])
    found = subprocess.run(
        [*command, *plugins], cwd=folder, capture_output=True, text=True, check=False, env=environment
    )
    return found.returncode, found.stdout + found.stderr


def test_every_step_is_a_test_and_a_wrong_one_says_why(folder):
    status, out = run(folder, "derivations")
    assert status == 1
    assert "1 failed, 1 passed" in out
    assert "derivations/q9.py::a::2" in out
    assert "q9.py:8: refuted" in out
    assert "the left side is" in out


def test_a_document_is_collected_where_it_is_named(folder):
    status, out = run(folder, "notes.md")
    assert status == 1
    assert "1 failed, 1 passed" in out
    assert "notes.md:7: refuted" in out


@pytest.mark.parametrize("arguments", [(), (".",), ("test_own.py",)])
def test_nothing_else_is_collected(folder, arguments):
    status, out = run(folder, *arguments)
    assert (status, "1 passed" in out) == (0, True), out


def test_steps_are_listed_and_chosen_by_their_names(folder):
    status, out = run(folder, "--collect-only", "derivations", "notes.md")
    assert status == 0
    assert [line for line in out.splitlines() if "::" in line] == [
        "derivations/q9.py::a::1", "derivations/q9.py::a::2", "notes.md::Squares::1", "notes.md::Squares::2",
    ]  # fmt: skip
    assert run(folder, "derivations/q9.py::a::1")[0] == 0
    assert run(folder, "derivations/q9.py::a::2")[0] == 1


def test_steps_are_shared_among_processes(folder):
    status, out = run(folder, "-n", "2", "derivations", "notes.md")
    assert status == 1
    assert "2 failed, 2 passed" in out


def test_a_file_that_is_refused_is_an_error_with_its_line(folder):
    (folder / "derivations" / "q9.py").write_text(SOURCE.replace("2*x + 1", "2*y + 1"))
    status, out = run(folder, "derivations")
    assert status == 2
    assert "q9.py:7: 'y' is not declared" in out


def test_other_plugins_may_ask_for_obj(folder):
    (folder / "conftest.py").write_text(
        "def pytest_collection_modifyitems(items):\n    assert all(callable(item.obj) for item in items)\n"
    )
    assert "1 failed, 1 passed" in run(folder, "derivations")[1]
