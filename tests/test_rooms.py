"""Imports point one way: each room imports only from those before it, and what proves from nothing that refutes."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import checker

CHECKER = Path(checker.__file__).parent
READING = (
    "tex",
    "documents",
    "layout",
    "syntax",
    "lexicon",
    "known",
    "grammar",
    "meaning",
    "words",
    "lines",
    "answers",
    "session",
)
"""In the order in which a text passes through them, as `checker/reading/__init__.py` says."""


def imports(folder: Path) -> Iterator[tuple[Path, str]]:
    """Each file below a folder with each name of the checker's that it imports, wherever in the file it does."""
    for file in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("checker"):
                yield from ((file, f"{node.module}.{name.name}") for name in node.names)
            elif isinstance(node, ast.Import):
                yield from ((file, name.name) for name in node.names if name.name.startswith("checker"))


def test_reading_is_the_rooms_that_are_listed():
    assert {path.stem for path in (CHECKER / "reading").iterdir() if path.suffix in ("", ".py")} - {
        "__init__",
        "__pycache__",
    } == set(READING)


@pytest.mark.parametrize("room", READING[:-1])
def test_a_room_of_reading_imports_only_from_those_before_it(room):
    later = READING[READING.index(room) + 1 :]
    path = CHECKER / "reading" / room
    folder = path if path.is_dir() else CHECKER / "reading"
    wrong = [
        (file.name, name)
        for file, name in imports(folder)
        if (path.is_dir() or file.stem == room)
        and name.startswith(tuple(f"checker.reading.{other}." for other in later))
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("room", "strangers"),
    [
        ("kernel", ("evaluate", "reading", "grading", "reports", "check")),
        ("evaluate", ("kernel", "reading", "grading", "reports", "check")),
        ("reading", ("grading", "reports", "cli")),
        ("grading", ("reports", "cli")),
    ],
)
def test_a_room_of_the_checker_imports_nothing_above_it(room, strangers):
    """The kernel and the evaluator share no code, so that one may confirm what the other says."""
    wrong = [
        (file.name, name)
        for file, name in imports(CHECKER / room)
        if name.startswith(tuple(f"checker.{other}." for other in strangers))
    ]
    assert wrong == []
