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
    return {file.stem: file for file in files if not file.stem.startswith(("_", "test_")) and file.stem != "conftest"}


def folders(paths: Iterable[str | Path] = ()) -> list[Path]:
    """Where derivations are looked for, the nearest first: `paths`, ./derivations, and those beside the package."""
    found: dict[Path, None] = {}
    for folder in (*map(Path, paths), Path("derivations"), FOLDER):
        if folder.is_dir():
            found[folder.resolve()] = None
    return list(found)


def found_in(places: Iterable[Path]) -> tuple[dict[str, Path], dict[str, list[Path]]]:
    """The file of each derivation, and all files of a name that stands in several folders; the nearest is taken."""
    by_name: dict[str, list[Path]] = {}
    for folder in places:
        for name, file in derivation_files(folder).items():
            by_name.setdefault(name, []).append(file)
    twice = {name: files for name, files in by_name.items() if len(files) > 1}
    return {name: by_name[name][0] for name in sorted(by_name)}, twice


def by_file(names: Iterable[str]) -> tuple[list[str], dict[str, Path]]:
    """The names, derivations/q2.py being q2, and the files that are so named, by derivation."""
    files = {Path(name).stem: Path(name).resolve() for name in names if name.endswith(".py") and Path(name).is_file()}
    return [Path(name).stem if name.endswith(".py") and Path(name).is_file() else name for name in names], files


def source_of(file: Path) -> str:
    """How messages and records name a derivation's file: derivations/q2.py, or from the current folder on."""
    try:
        return file.resolve().relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError):
        return f"{file.parent.name}/{file.name}"


def near(name: str, known: Iterable[str]) -> str:
    """A question for the known names that look like `name`, "" where none does."""
    close = difflib.get_close_matches(name, list(known), n=3, cutoff=0.5)
    return f"did you mean {' or '.join(close)}?" if close else ""


def near_or_all(name: str, known: Iterable[str]) -> str:
    """A question for the known names that look like `name`, or a list of all where none does."""
    names = list(known)
    return near(name, names) or (f"there are {', '.join(names)}" if names else "there are none")
