"""What the words of a command stand for: derivations, parts of them, documents, answers.

Complains of what is not there.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from typing import TypeAlias

from checker.catalogue import near, near_or_all
from checker.run import Request, TextRequest
from checker.subject import SUFFIXES, Subject

_Wish: TypeAlias = frozenset[str] | TextRequest | None
"""Parts of a derivation, a text, or a whole derivation."""
_READABLE = f"{', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}"


def named(
    names: Iterable[str], files: Mapping[str, Path], complain: Callable[[str], None]
) -> list[Request | TextRequest]:
    """What to check, each derivation and document once, in the order in which they are named first."""
    wanted: dict[str, _Wish] = {}
    for given in names:
        name, _, part = given.partition(".")
        if given == "all":
            wanted |= dict.fromkeys(files)
        elif _is_document(given, files):
            if problem := _problem(given, files):
                complain(problem)
            else:
                wanted[given] = TextRequest(Path(given).stem, given, Subject("document", Path(given)))
        elif name not in files:
            complain(f"there is no derivation {name!r}; {near_or_all(name, files)}")
        else:
            wanted[name] = _parts(part, wanted.get(name, frozenset()))
    return [
        wish if isinstance(wish, TextRequest) else Request(name, files[name], wish) for name, wish in wanted.items()
    ]


def answered(
    names: Collection[str], answers: list[str], files: Mapping[str, Path], complain: Callable[[str], None]
) -> list[Request | TextRequest]:
    """The answer, once as an answer to each question named."""
    if len(answers) > 1:
        complain(f"--answer takes one file, not {len(answers)}")
        return []
    (answer,) = answers
    if problem := _problem(answer, files):
        complain(problem)
    asked = questions(names, files, complain)
    if not names:
        complain("--answer needs the question that it answers, as in: q2 --answer alice.tex")
    if problem:
        return []
    all_asked = tuple(files[name] for name in asked)
    return [
        TextRequest(name, answer, Subject("answer", Path(answer), question=files[name], asked=all_asked))
        for name in asked
    ]


def questions(names: Iterable[str], files: Mapping[str, Path], complain: Callable[[str], None]) -> list[str]:
    """The questions that are named, each once."""
    asked: dict[str, None] = {}
    for name in names:
        if name == "all":
            asked |= dict.fromkeys(files)
        elif name in files:
            asked[name] = None
        elif name.partition(".")[0] in files:
            complain(f"an answer is to a whole question: {name.partition('.')[0]}, not {name}")
        else:
            complain(f"there is no question {name!r}; {near_or_all(name, files)}")
    return list(asked)


def equality(lhs: str, rhs: str, givens: Iterable[str]) -> list[Request | TextRequest]:
    """One equality, which the command line states itself."""
    return [TextRequest("equal", "", Subject("equality", lhs=lhs, rhs=rhs, givens=tuple(givens)))]


def _parts(part: str, before: _Wish) -> frozenset[str] | None:
    """The parts wanted of a derivation, None for all, when `part` is added to those wanted before."""
    return before | {part} if part and isinstance(before, frozenset) else None


def _is_document(name: str, files: Mapping[str, Path]) -> bool:
    """Whether the name is a file's: by its suffix, or a folder in it, or since it is there and no derivation's."""
    if Path(name).suffix.lower() in SUFFIXES or "/" in name or os.sep in name:
        return True
    return name.partition(".")[0] not in files and Path(name).exists()


def _problem(name: str, files: Mapping[str, Path]) -> str:
    """Why the file cannot be read, "" where it can."""
    path = Path(name)
    if path.is_dir():
        return f"{name!r} is a folder; name the documents in it, as in {path / '*.md'}"
    if path.suffix == ".py":
        known = path.stem if path.stem in files else "q2"
        return f"{name!r} is no document; a derivation is called by its name, as in: python -m checker {known}"
    if path.suffix.lower() not in SUFFIXES:
        return f"{name!r} cannot be read; a document's name ends in {_READABLE}"
    if not path.exists():
        beside = [file.name for file in path.parent.glob("*") if file.suffix.lower() in SUFFIXES]
        return "; ".join(filter(None, (f"there is no file {name!r}", near(path.name, beside))))
    if not path.is_file() or not os.access(path, os.R_OK):
        return f"{name!r} may not be read"
    return ""
