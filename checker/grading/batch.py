"""All answers, marked by several workers at once; what has been marked before is taken from the store.

A thread hands answers to a worker process of its own, an answer at a time. Answers that hold the same are marked once.
What is found of one depends on nothing but its bytes, the question, the options and this version of the checker.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from checker.crew import Crew, Started
from checker.grading.answers import Marked, Question
from checker.grading.store import Store
from checker.run import Options, Run, TextRequest
from checker.subject import Subject
from checker.work import Caller, Lost


@dataclass(frozen=True)
class Task:
    """A file to be marked as an answer to a question; what has the same key is the same.

    asked: all questions that the file may answer, among which it is cut.
    """

    key: str
    question: Question
    path: Path
    asked: tuple[Question, ...] = ()


class Interrupted(Exception):
    """The run was stopped from outside; `done` answers of `wanted` are in the store."""

    def __init__(self, done: int, wanted: int) -> None:
        super().__init__(done, wanted)
        self.done, self.wanted = done, wanted


def marked(
    tasks: Sequence[Task],
    options: Options,
    store: Store,
    started: Started,
    jobs: int,
    progress: Callable[[int, int], None] = lambda done, wanted: None,
) -> dict[str, Marked]:
    """What is found of each task, by its key; `progress` is told how many keys of all are done, as soon as they are.

    Raises Interrupted after SIGINT, and OSError where the store cannot be written. All that was found is in the store
    then, and the next call goes on from there.
    """
    wanted: dict[str, Task] = {}
    for task in tasks:
        wanted.setdefault(task.key, task)
    found = {key: kept for key in wanted if (kept := store.get(key, Marked)) is not None}
    progress(len(found), len(wanted))
    left = [task for key, task in wanted.items() if key not in found]

    def work(task: Task, caller: Caller) -> Marked:
        watched = _Watched(caller)
        answer = _marked(task, options, watched)
        if not watched.lost:  # else the next run marks it again
            store.put(task.key, answer)
        return answer

    with Crew(left, work, started, jobs) as crew:
        try:
            for number, answer in crew.results():
                found[left[number].key] = answer
                progress(len(found), len(wanted))
        except KeyboardInterrupt:
            raise Interrupted(len(found), len(wanted)) from None
    return found


@dataclass
class _Watched:
    """A caller that remembers whether a call was lost by what was outside it."""

    caller: Caller
    lost: bool = False

    def call(self, function: str, seconds: float, *arguments: Any) -> Any:
        try:
            return self.caller.call(function, seconds, *arguments)
        except Lost as lost:
            self.lost |= lost.outside
            raise


def _marked(task: Task, options: Options, caller: Caller) -> Marked:
    notices: list[str] = []
    run = Run(caller, options, notices.append, notices.append)
    path = str(task.path)
    asked = tuple(question.file for question in task.asked or (task.question,))
    subject = Subject("answer", task.path, question=task.question.file, asked=asked)
    record = run.check_text(TextRequest(task.question.name, path, subject))
    title = "" if record.title == task.path.stem else record.title
    return Marked(replace(record, source="", title=title), tuple(notice.removeprefix(path) for notice in notices))
