"""Which derivations there are: names and files. Loads nothing, and does not import SymPy."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "derivations"
"""The derivations beside the package: in a checkout, and where both are installed."""


def derivation_files(folder: Path = FOLDER) -> dict[str, Path]:
    """The file of each derivation by its name, sorted; files that begin with _ are not derivations."""
    files = sorted(folder.glob("*.py"), key=lambda file: file.stem)
    return {file.stem: file for file in files if not file.stem.startswith("_")}


def source_of(file: Path) -> str:
    """How messages and records name a derivation's file: derivations/q2.py."""
    return f"{file.parent.name}/{file.name}"


def near(name: str, known: Iterable[str]) -> str:
    """A question for the known names that look like `name`, "" where none does."""
    close = difflib.get_close_matches(name, list(known), n=3, cutoff=0.5)
    return f"did you mean {' or '.join(close)}?" if close else ""


def near_or_all(name: str, known: Iterable[str]) -> str:
    """A question for the known names that look like `name`, or a list of all where none does."""
    names = list(known)
    return near(name, names) or (f"there are {', '.join(names)}" if names else "there are none")
