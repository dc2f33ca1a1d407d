"""The files of a folder of answers, by student, as people and learning platforms name them.

    alice.tex, alice_q1.tex, "alice q2 (1).md"        alice
    alice/hw/q1.md, alice/scan.pdf                    alice
    doejane_LATE_12345_67890_hw4.tex                  doejane, ID 12345      (Canvas)
    Jane Doe_123456_assignsubmission_file_/hw.tex     Jane Doe               (Moodle)

Every file is somebody's: what cannot be read is named with its reason.
"""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from checker.subject import SUFFIXES
from checker.visible import one_line

_SEPARATORS = r"[\s_\-.,()\[\]]+"
_COPY = re.compile(r"\s*\(\d+\)$")
"""What a browser adds to the name of a second download."""
_CANVAS = re.compile(r"(?P<name>[^_]+?)(?:_LATE)?_(?P<id>\d+)_(?P<file>\d+)_(?P<rest>.+)", re.DOTALL)
_MOODLE = re.compile(r"(?P<name>.+?)_(?P<id>\d+)_assignsubmission_(?:file|onlinetext)_?(?P<rest>.*)", re.DOTALL)
_RESUBMITTED = re.compile(r"(?P<stem>.+)-(?P<number>\d+)", re.DOTALL)
_QUESTION = re.compile(r"(?:q|question|problem|exercise|ex)(?P<number>\d+)[a-z]?")
_QUESTION_WORDS = ("q", "question", "problem", "exercise", "ex")
_IGNORED = ("__macosx",)
DEEPEST = 20
"""Folders within folders that are looked into."""


@dataclass(frozen=True)
class File:
    """A file that was handed in; `name` is safe to show, and `questions` those that its name names."""

    name: str
    path: Path
    questions: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Submission:
    """What one student handed in, files in the order of their names.

    student: a name that no other submission has. identity: the ID that Canvas gave the student, "" elsewhere.
    problems: what could not be read, a line each. replaced: files that a later resubmission replaced.
    """

    student: str
    identity: str = ""
    files: tuple[File, ...] = ()
    problems: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()

    def answering(self, question: str) -> tuple[File, ...]:
        """The files that answer this question: those named for it, else those named for none, else all."""
        named = tuple(file for file in self.files if question.casefold() in file.questions)
        return named or tuple(file for file in self.files if not file.questions) or self.files


@dataclass(frozen=True)
class _Found:
    """An entry of the folder: whose it is, and the file, or why it cannot be read."""

    name: str
    """Of the student."""
    identity: str
    file: File | None
    problem: str = ""
    platform: str = ""
    """What tells students of one name apart, besides the ID that Canvas gives."""
    rest: str = ""
    """The name that the student gave the file, where the platform put others before it."""


def submissions(folder: Path, questions: Iterable[str], without: Path | None = None) -> list[Submission]:
    """The submissions in `folder`, sorted by student; `without` is a folder in it that is no submission.

    `questions` are the names of all questions there are. Raises OSError where the folder cannot be listed.
    """
    root = folder.resolve()
    known = frozenset(name.casefold() for name in questions)
    skipped = without.resolve() if without else None
    groups: dict[tuple[str, str, str], list[_Found]] = {}
    for entry in _listed(root):
        if Path(entry.path) != skipped:
            for found in _of_entry(entry, root, known, skipped):
                groups.setdefault((_folded(found.name), found.identity, found.platform), []).append(found)
    return _named([_submission(group) for _, group in sorted(groups.items())])


# --- one entry of the folder --------------------------------------------------------------------------------------


def _of_entry(entry: os.DirEntry[str], root: Path, known: frozenset[str], skipped: Path | None) -> Iterator[_Found]:
    if entry.is_dir(follow_symlinks=False):
        moodle = _MOODLE.fullmatch(entry.name)
        student, platform = (moodle["name"], moodle["id"]) if moodle else (entry.name, "")
        found = False
        for path, problem in _inside(Path(entry.path), skipped, DEEPEST):
            found = True
            yield _found(student, "", path, root, known, problem, platform)
        if not found:
            yield _Found(student, "", None, f"{_shown(entry.name)}: an empty folder", platform)
        return
    stem, suffix = os.path.splitext(entry.name)
    problem = _problem(entry)
    path = Path(entry.path)
    if canvas := _CANVAS.fullmatch(entry.name):
        yield _found(canvas["name"], canvas["id"], path, root, known, problem, rest=canvas["rest"])
    elif moodle := _MOODLE.fullmatch(entry.name):
        yield _found(moodle["name"], "", path, root, known, problem, moodle["id"], moodle["rest"])
    else:
        yield _found(_student(stem if suffix else entry.name, known), "", path, root, known, problem)


def _found(
    student: str, identity: str, path: Path, root: Path, known: frozenset[str], problem: str, platform: str = "",
    rest: str = "",
) -> _Found:  # fmt: skip
    inside = path.relative_to(root)
    name = _shown(inside.as_posix())
    if problem:
        return _Found(student, identity, None, f"{name}: {problem}", platform)
    folders = inside.parts[1:-1]  # the first is the student's
    last = rest or path.name
    named = {name for part in (*folders, os.path.splitext(last)[0]) for name in _question_places(part, known).values()}
    return _Found(student, identity, File(name, path, frozenset(named - {""})), platform=platform, rest=rest)


def _inside(folder: Path, skipped: Path | None, deeper: int) -> Iterator[tuple[Path, str]]:
    """All files below the folder, each with the reason why it cannot be read, "" where it can."""
    try:
        entries = _listed(folder)
    except OSError as error:
        yield folder, f"cannot be read; {error.strerror}"
        return
    for entry in entries:
        path = Path(entry.path)
        if path == skipped:
            continue
        if not entry.is_dir(follow_symlinks=False):
            yield path, _problem(entry)
        elif deeper:
            yield from _inside(path, skipped, deeper - 1)
        else:
            yield path, f"cannot be read; more than {DEEPEST} folders deep"


def _listed(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        kept = [e for e in entries if not e.name.startswith(".") and e.name.casefold() not in _IGNORED]
    return sorted(kept, key=lambda entry: entry.name)


def _problem(entry: os.DirEntry[str]) -> str:
    """Why a file cannot be read, "" where it can."""
    suffix = os.path.splitext(entry.name)[1].lower()
    if entry.is_symlink():
        return "cannot be read; it is a link, which may lead out of the folder"
    if not stat.S_ISREG(entry.stat(follow_symlinks=False).st_mode):
        return "cannot be read; it is no ordinary file"
    if suffix not in SUFFIXES:
        what = f"a {_shown(suffix)} file is not read" if suffix else "a file without a suffix is not read"
        return f"cannot be read; {what}, only {', '.join(SUFFIXES)}"
    if not os.access(entry.path, os.R_OK):
        return "cannot be read; permission denied"
    return ""


# --- names --------------------------------------------------------------------------------------------------------


def _student(stem: str, known: frozenset[str]) -> str:
    """The name without the questions it names and a download's number; the whole name where no other is left."""
    stem = _COPY.sub("", stem)
    taken = _question_places(stem, known)
    if not taken:
        return stem
    gone = {*taken, *(place - 1 for place in taken)}
    kept = "".join(word for place, word in enumerate(_words(stem)) if place not in gone)
    return re.sub(rf"^{_SEPARATORS}|{_SEPARATORS}$", "", kept) or stem


def _words(name: str) -> list[str]:
    """Words and the separators between them, alternately."""
    return re.split(f"({_SEPARATORS})", name)


def _question_places(name: str, known: frozenset[str]) -> dict[int, str]:
    """The question that each of the words at these places names, or helps to name; "" of the latter."""
    words = [word.casefold() for word in _words(name)]
    found: dict[int, str] = {}
    for place in range(0, len(words), 2):
        match = _QUESTION.fullmatch(words[place])
        if words[place] in known:
            found[place] = words[place]
        elif match:
            found[place] = f"q{match['number']}"
        elif words[place] in _QUESTION_WORDS and place + 2 < len(words) and words[place + 2].isdecimal():
            found |= {place: f"q{words[place + 2]}", place + 1: "", place + 2: ""}
    return found


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _shown(name: str) -> str:
    return one_line(name) or "(no name)"


# --- submissions --------------------------------------------------------------------------------------------------


def _submission(group: list[_Found]) -> Submission:
    replaced = _replaced(group)
    files = [found.file for found in group if found.file is not None and found not in replaced]
    return Submission(
        _shown(group[0].name),
        group[0].identity,
        tuple(sorted(files, key=lambda file: file.path)),
        tuple(found.problem for found in group if found.problem),
        tuple(found.file.name for found in replaced if found.file),
    )


def _replaced(group: list[_Found]) -> list[_Found]:
    """Files of Canvas that were handed in again: hw4.tex where there is hw4-1.tex, both where there is hw4-2.tex."""
    readable = [found for found in group if found.file is not None and found.rest]
    names = {found.rest for found in readable}
    newest: dict[tuple[str, str], tuple[int, _Found]] = {}
    replaced = []
    for found in readable:
        stem, suffix = os.path.splitext(found.rest)
        match = _RESUBMITTED.fullmatch(stem)
        number = 0
        if match and match["stem"] + suffix in names:  # hw4-1.tex alone may be the answer to question 4.1
            stem, number = match["stem"], int(match["number"])
        before = newest.get((stem, suffix))
        if before is None or number > before[0]:
            newest[stem, suffix] = (number, found)
            replaced += [before[1]] if before else []
        else:
            replaced.append(found)
    return replaced


def _named(found: list[Submission]) -> list[Submission]:
    """The submissions under names that are all different, and so are those of their files."""
    counts = Counter(_folded(each.student) for each in found)
    students, files = _Names(), _Names()
    named = []
    for each in found:
        identity = f" ({each.identity})" if each.identity and counts[_folded(each.student)] > 1 else ""
        own = tuple(replace(file, name=files.new(file.name)) for file in each.files)
        named.append(replace(each, student=students.new(each.student + identity), files=own))
    return named


class _Names:
    """Names that have been given."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def new(self, name: str) -> str:
        """The name, with a number where it has been given; names are shown alike where they are not the same."""
        number, different = 1, name
        while _folded(different) in self._given:
            number += 1
            different = f"{name} ({number})"
        self._given.add(_folded(different))
        return different
