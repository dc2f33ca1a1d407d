"""What one student handed in, as a Student: for each question the records of the files that answer it.

A part counts once. Where several files have steps of it the first one counts, the steps of the others are kept in a
part without a name, and a person is asked to look.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from checker.grading.submissions import File, Submission
from checker.marks import PartMarks, Student
from checker.record import DerivationRecord, PartOutline, PartRecord

NOTHING = ": nothing to check"
"""What is said of a file in which there is nothing of a question."""


@dataclass(frozen=True)
class Question:
    """A question as its derivation file says it; `givens` as LaTeX."""

    name: str
    title: str
    file: Path
    parts: tuple[PartOutline, ...]
    givens: tuple[str, ...] = ()


@dataclass(frozen=True)
class Marked:
    """A file as an answer to a question, the same for all files that hold the same.

    The record has no source, and no title where that would be the file's name; `notices` go without the file's name.
    """

    record: DerivationRecord
    notices: tuple[str, ...] = ()


def student_of(
    submission: Submission,
    questions: Sequence[Question],
    marked: Mapping[tuple[str, str], Marked],
    sources: Mapping[str, str],
    problems: Sequence[str] = (),
) -> Student:
    """The student; `marked` is by the names of file and question, `sources` by the file's.

    `problems` are those met since the folder was listed; a file that is not in `marked` could not be read.
    """
    records: list[DerivationRecord] = []
    found = [*submission.problems, *problems]
    for question in questions:
        files = [file for file in submission.answering(question.name) if (file.name, question.name) in marked]
        answers = [marked[file.name, question.name] for file in files]
        for file, answer in zip(files, answers, strict=True):
            answers_another = file.name in _answering(marked, but=question.name)
            found += [f"{file.name}{each}" for each in answer.notices if each != NOTHING or not answers_another]
        read = [_of_file(answer.record, file, question) for file, answer in zip(files, answers, strict=True)]
        own, loose = _answer(question, files, read)
        records += own
        found += loose
    names = tuple(file.name for file in submission.files)
    return Student(submission.student, names, tuple(records), tuple(dict.fromkeys(found)), sources)


def _answering(marked: Mapping[tuple[str, str], Marked], but: str) -> set[str]:
    """The files that have steps of a question other than this one."""
    return {
        file
        for (file, question), answer in marked.items()
        if question != but and any(part.steps for part in answer.record.parts)
    }


def _answer(
    question: Question, files: Sequence[File], read: Sequence[DerivationRecord]
) -> tuple[list[DerivationRecord], list[str]]:
    """The answer to a question from what was read of its files; and why a person has to look at parts without marks."""
    if not read:
        return [_missing(question)], []
    misnamed = all(file.questions and question.name.casefold() not in file.questions for file in files)
    holders = _holders(read, question)
    records, loose = [], []
    for record in _counted(read, holders):
        parts = []
        for part in record.parts:
            again = [read[number].source for number in holders.get(part.name, ())[1:]]
            reasons = _reasons(part, record, again, misnamed)
            parts.append(_with_reasons(part, reasons))
            if part.marked is None:
                loose += [f"{question.name}.{part.name}: {reason}" for reason in reasons]
        records.append(replace(record, parts=tuple(parts)))
    return records, loose


def _of_file(record: DerivationRecord, file: File, question: Question) -> DerivationRecord:
    """The record under the file's name, its parts with the question's maximal marks."""
    maximal = {part.name: part.max_marks for part in question.parts}
    parts = []
    for part in record.parts:
        most = maximal.pop(part.name, None)  # a part that is there twice is worth its marks once
        parts.append(part if part.max_marks is not None else replace(part, max_marks=most))
    return replace(record, source=file.name, title=record.title or file.path.stem, parts=tuple(parts))


def _holders(records: Sequence[DerivationRecord], question: Question) -> dict[str, list[int]]:
    """The numbers of the records that have steps of each part."""
    return {
        part.name: [n for n, record in enumerate(records) if any(p.name == part.name and p.steps for p in record.parts)]
        for part in question.parts
    }


def _counted(records: Sequence[DerivationRecord], holders: Mapping[str, Sequence[int]]) -> Iterator[DerivationRecord]:
    """The records, each part of the question in the first that has steps of it, or else in the first of all."""
    owners = {name: numbers[0] if numbers else 0 for name, numbers in holders.items()}
    for number, record in enumerate(records):
        yield replace(record, parts=tuple(_parts_of(record, number, owners)))


def _parts_of(record: DerivationRecord, number: int, owners: Mapping[str, int]) -> Iterator[PartRecord]:
    for part in record.parts:
        if owners.get(part.name, number) == number:
            yield part
        elif part.steps:
            yield PartRecord("", f"({part.name}) again, not counted", part.steps)


def _reasons(part: PartRecord, record: DerivationRecord, again: Sequence[str], misnamed: bool) -> list[str]:
    """Why a person has to look at a part, because of the files it is in; `again` are others with steps of it."""
    reasons = [f"{source} has steps of this part too, which do not count" for source in again]
    if misnamed and part.steps and part.name:
        reasons.append(f"read from {record.source}, which is named for another question")
    return reasons


def _with_reasons(part: PartRecord, reasons: Sequence[str]) -> PartRecord:
    if part.marked is None or not reasons:
        return part
    return replace(part, marked=replace(part.marked, person=(*part.marked.person, *reasons)))


def _missing(question: Question) -> DerivationRecord:
    """What is said of a question for which no file could be read: a person may find up to all marks in them."""
    parts = tuple(
        PartRecord(part.name, part.title, (), part.max_marks, _unread(part.max_marks)) for part in question.parts
    )
    return DerivationRecord(question.name, question.title, "", parts, text=True)


def _unread(most: float | None) -> PartMarks | None:
    return None if most is None else PartMarks(0, most, up_to=most, person=("no file of it could be read",))
