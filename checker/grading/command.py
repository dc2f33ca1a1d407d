"""`python -m checker grade q1 q2 --answers submissions/ --out report/`: marks a folder of answers."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Protocol

from checker.crew import cores
from checker.grading import overrides, roster, stamps
from checker.grading.answers import Marked, Question, student_of
from checker.grading.bar import shown
from checker.grading.batch import Interrupted, Task, marked
from checker.grading.store import Store, opened
from checker.grading.submissions import File, Submission, submissions
from checker.grading.summary import listed, summary
from checker.marks import Student
from checker.reading.documents.files import LARGEST, decoded
from checker.requested import questions as asked
from checker.run import Options, Run
from checker.visible import one_line, visible
from checker.work import InProcess, started

DONE, WRONG_COMMAND, INTERRUPTED = 0, 2, 130
ROSTER = "roster.csv"


class Write(Protocol):
    """Writes the pages and files of a report."""

    def __call__(
        self,
        students: Sequence[Student],
        out: Path,
        *,
        title: str,
        formats: Sequence[str] = (),
        givens: Mapping[str, Sequence[str]] = ...,
    ) -> None: ...


class Wrong(Exception):
    """The command cannot be carried out; the message says why."""


def grade(
    options: argparse.Namespace,
    settings: Options,
    files: Mapping[str, Path],
    preload: str,
    say: Callable[[str], None],
    write: Write | None = None,
) -> int:
    """Carry out the command; returns the exit status.

    `files` are the derivation files by name, `preload` is the module that workers import, `say` is told what a person
    should know; `write` writes the report, `checker.reports.grading.write` where none is given.
    """
    grading = _Grading(options, settings, files, preload, say, write or import_module("checker.reports.grading").write)
    try:
        lines = grading.run()
    except Wrong as wrong:
        say(str(wrong))
        return WRONG_COMMAND
    except Interrupted as stopped:
        say(f"interrupted: {stopped.done} of {stopped.wanted} answers are marked; the same command goes on from there")
        return INTERRUPTED
    for line in lines:
        print(_printable(line))
    return WRONG_COMMAND if grading.wrong else DONE


@dataclass
class _Grading:
    """One run of the command, which remembers whether anything was wrong with it."""

    options: argparse.Namespace
    settings: Options
    files: Mapping[str, Path]
    preload: str
    say: Callable[[str], None]
    write: Write
    wrong: bool = field(default=False, init=False)

    def run(self) -> list[str]:
        """Mark and report; returns the summary. Raises Wrong and Interrupted."""
        options = self.options
        names = asked(options.names, self.files, self._complain)
        if self.wrong or not names:
            raise Wrong("grade needs the questions to mark, as in: grade q1 q2 --answers submissions --out report")
        answers, out = Path(options.answers), Path(options.out)
        _check_folders(answers, out)
        gradebook = _read(options.roster) if options.roster else b""
        by_hand = _read(options.overrides) if options.overrides else b""
        if options.roster:
            _usable(gradebook, options)
        try:
            with opened(out) as store:
                return self._report(self._students(names, answers, store), gradebook, by_hand, store)
        except OSError as error:
            kept = f"what was marked is kept in {out}, and the same command goes on from there"
            raise Wrong(f"cannot write to {out}: {error.strerror or error}; {kept}") from error

    def _students(self, names: Sequence[str], answers: Path, store: Store) -> _Class:
        handed = _submissions(answers, self.files, Path(self.options.out))
        options = self.options
        begin = partial(started, self.preload, self.say, in_process=options.in_process, memory=options.memory << 20)
        with begin() as caller:
            run = Run(caller, self.settings, self._complain)
            questions = [self._question(run, name) for name in names]
            alone = isinstance(caller, InProcess)
        texts = _Texts()
        tasks = _tasks(handed, questions, self.settings, texts)
        with shown() as progress:
            found = marked(
                list(tasks.values()),
                self.settings,
                store,
                begin,
                1 if alone else self.options.jobs or cores(),
                progress,
            )
        of_files = {place: found[task.key] for place, task in tasks.items()}
        return _Class(
            tuple(questions), tuple(handed), tuple(_student(each, questions, of_files, texts) for each in handed)
        )

    def _question(self, run: Run, name: str) -> Question:
        outline = run.outline(self.files[name])
        if outline.problems:
            raise Wrong("\n".join(outline.problems))
        return Question(name, outline.title, self.files[name], outline.parts, outline.givens)

    def _report(self, whole: _Class, gradebook: bytes, by_hand: bytes, store: Store) -> list[str]:
        """Write everything; returns what to say of it."""
        options, out = self.options, Path(self.options.out)
        students = self._by_hand(whole.students, by_hand)
        more: list[str] = []
        with store.written_at_once(out) as staged:
            title = "; ".join(f"{question.name}: {question.title}" for question in whole.questions)
            givens = {question.name: question.givens for question in whole.questions}
            self.write(students, staged, title=title, formats=tuple(options.format), givens=givens)
            if options.roster:
                filled = _filled(students, whole.submissions, gradebook, options.assignment)
                (staged / ROSTER).write_bytes(filled.data)
                more = list(_of_roster(filled, students, out / ROSTER))
        replaced = [name for submission in whole.submissions for name in submission.replaced]
        return [*summary(students, out), *listed("not read, since they were handed in again", replaced), *more]

    def _by_hand(self, students: Sequence[Student], data: bytes) -> list[Student]:
        if not self.options.overrides:
            return list(students)
        rows, unread = overrides.read(decoded(data)[0])
        changed, unfit = overrides.applied(students, rows)
        for problem in sorted([*unread, *unfit], key=lambda each: each.line):
            self._complain(f"{self.options.overrides}:{problem.line}: {problem.message}")
        return changed

    def _complain(self, message: str) -> None:
        self.wrong = True
        self.say(message)


@dataclass(frozen=True)
class _Class:
    """All that was handed in, and the students, in the same order."""

    questions: tuple[Question, ...]
    submissions: tuple[Submission, ...]
    students: tuple[Student, ...]


class _Texts:
    """The files' bytes by their names, each read once, and why some could not be."""

    def __init__(self) -> None:
        self.data: dict[str, bytes] = {}
        self.problems: dict[str, str] = {}

    def read(self, file: File) -> bytes | None:
        if file.name not in self.data and file.name not in self.problems:
            try:
                if file.path.stat().st_size > LARGEST:
                    self.problems[file.name] = f"cannot be read; it is larger than {LARGEST // 1_000_000} MB"
                else:
                    self.data[file.name] = file.path.read_bytes()
            except OSError as error:
                self.problems[file.name] = f"cannot be read; {error.strerror or error}"
        return self.data.get(file.name)


def _tasks(
    handed: Sequence[Submission], questions: Sequence[Question], settings: Options, texts: _Texts
) -> dict[tuple[str, str], Task]:
    """What there is to mark, by the names of file and question."""
    checker, options = stamps.of_checker(), stamps.of_options(settings)
    of_questions = {question.name: stamps.of_question(question.file) for question in questions}
    tasks = {}
    for submission in handed:
        for question in questions:
            for file in submission.answering(question.name):
                if (data := texts.read(file)) is not None:
                    suffix = file.path.suffix.lower()
                    named = [q for q in questions if q.name.casefold() in file.questions]
                    among = tuple(named) if question in named else tuple(questions)
                    asked = ",".join(f"{q.name}:{of_questions[q.name]}" for q in among)
                    key = stamps.of_bytes(checker, options, question.name, asked, suffix, data)
                    tasks[file.name, question.name] = Task(key, question, file.path, among)
    return tasks


def _student(
    submission: Submission, questions: Sequence[Question], of_files: Mapping[tuple[str, str], Marked], texts: _Texts
) -> Student:
    names = [file.name for file in submission.files]
    sources = {name: decoded(texts.data[name])[0] for name in names if name in texts.data}
    problems = [f"{name}: {texts.problems[name]}" for name in names if name in texts.problems]
    return student_of(submission, questions, of_files, sources, problems)


def _check_folders(answers: Path, out: Path) -> None:
    if not answers.is_dir():
        raise Wrong(
            f"there is no folder {str(answers)!r}" if not answers.exists() else f"{str(answers)!r} is no folder"
        )
    if out.exists() and not out.is_dir():
        raise Wrong(f"{str(out)!r} is a file; --out names the folder of the report")
    if out.resolve() == answers.resolve():
        raise Wrong("--out must be another folder than --answers")


def _submissions(answers: Path, files: Mapping[str, Path], out: Path) -> list[Submission]:
    try:
        found = submissions(answers, files, without=out)
    except OSError as error:
        raise Wrong(f"{str(answers)!r} cannot be read: {error.strerror or error}") from error
    if not found:
        raise Wrong(f"there are no answers in {str(answers)!r}")
    return found


def _read(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise Wrong(f"{name!r} cannot be read: {error.strerror or error}") from error


def _usable(gradebook: bytes, options: argparse.Namespace) -> None:
    """Find the column before anything is marked."""
    try:
        roster.filled(gradebook, {}, options.assignment)
    except roster.Unusable as problem:
        raise Wrong(f"{options.roster}: {problem}") from problem


def _filled(
    students: Sequence[Student], handed: Sequence[Submission], gradebook: bytes, assignment: str
) -> roster.Filled:
    """The gradebook with the marks of those of whom something could be read."""
    marks = {
        roster.Person(submission.student, submission.identity): f"{student.marks:.2f}".rstrip("0").rstrip(".")
        for student, submission in zip(students, handed, strict=True)
        if _is_marked(student)
    }
    return roster.filled(gradebook, marks, assignment)


def _is_marked(student: Student) -> bool:
    """Whether anything could be read, or was marked by hand: who handed in a scan alone has no 0 yet."""
    parts = [part for record in student.derivations for part in record.parts]
    return any(record.source for record in student.derivations) or any(
        part.marked is not None and part.marked.overridden is not None for part in parts
    )


def _of_roster(filled: roster.Filled, students: Sequence[Student], path: Path) -> list[str]:
    unmarked = [student.name for student in students if not _is_marked(student)]
    most = max((student.max_marks for student in students), default=0)
    lines = [f"{path} has the marks of {len(filled.matched)} students under {one_line(filled.column)!r}"]
    if filled.points and filled.points != f"{most:g}":
        lines.append(f"it is out of {one_line(filled.points)} there, and the questions give {most:g}")
    lines += listed("not in the roster for certain", filled.lost)
    lines += listed("without marks, since nothing of theirs could be read", unmarked)
    lines += listed("in the roster, and nothing filled in", filled.absent)
    lines += listed("other marks stood there before", filled.replaced)
    return lines


def _printable(line: str) -> str:
    """The line as standard output can show it."""
    encoding = sys.stdout.encoding or "utf-8"
    return visible(line).encode(encoding, "replace").decode(encoding)
