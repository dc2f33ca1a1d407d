"""What the marking of an answer depends on, as short texts that change when it does."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from checker import __version__
from checker.grading.plain import SCHEMA
from checker.run import Options

_PACKAGE = Path(__file__).resolve().parent.parent
_REPORTS = _PACKAGE / "reports"
_LIBRARIES = ("sympy", "python-flint")


def of_bytes(*parts: bytes | str) -> str:
    """A digest of the parts, each with its length, so that no two lists of parts share one."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogateescape") if isinstance(part, str) else part
        digest.update(b"%d:" % len(data))
        digest.update(data)
    return digest.hexdigest()


def of_checker() -> str:
    """This version: the code of the checker, apart from its reports, and what it runs on."""
    files = sorted(path for path in _PACKAGE.rglob("*.py") if _REPORTS not in path.parents)
    versions = (__version__, str(SCHEMA), sys.version, *(f"{name} {version(name)}" for name in _LIBRARIES))
    return of_bytes(*versions, *_contents(files, _PACKAGE))


def of_question(file: Path) -> str:
    """The question: its file, what stands beside it under its name (a rubric), and what such files share (_*)."""
    beside = (path for path in file.parent.iterdir() if path.stem == file.stem or path.name.startswith("_"))
    return of_bytes(*_contents(sorted(path for path in beside if path.is_file()), file.parent))


def of_options(options: Options) -> str:
    """The options that a record depends on."""
    return repr(options)


def _contents(files: Iterable[Path], folder: Path) -> Iterable[bytes | str]:
    for file in files:
        yield file.relative_to(folder).as_posix()
        yield file.read_bytes()
