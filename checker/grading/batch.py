"""All answers, marked by several workers at once; what has been marked before is taken from the store.

A thread hands answers to a worker process of its own, an answer at a time. Answers that hold the same are marked once.
What is found of one depends on nothing but its bytes, the question, the options and this version of the checker.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from checker.grading.answers import Marked, Question
from checker.grading.store import Store
from checker.run import Options, Run, TextRequest
from checker.subject import Subject
from checker.work import Caller, Lost

ANSWERS_OF_A_WORKER = 50
"""After so many a worker is replaced, so that what its libraries remember does not add up."""
_LOOKS_EVERY = 0.2
"""Seconds within which an interruption is noticed."""


@dataclass(frozen=True)
class Task:
    """A file to be marked as an answer to a question; what has the same key is the same.

    asked: all questions that the file may answer, among which it is cut.
    """

    key: str
    question: Question
    path: Path
    asked: tuple[Question, ...] = ()


class Stopped(Exception):
    """The run was stopped while this answer was marked."""


class Interrupted(Exception):
    """The run was stopped from outside; `done` answers of `wanted` are in the store."""

    def __init__(self, done: int, wanted: int) -> None:
        super().__init__(done, wanted)
        self.done, self.wanted = done, wanted


Started = Callable[[], AbstractContextManager[Caller]]
"""Starts a worker, as `checker.work.started` does."""


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
    with _Crew(left, options, store, started, min(jobs, len(left))) as crew:
        try:
            for key, answer in crew.results():
                found[key] = answer
                progress(len(found), len(wanted))
        except KeyboardInterrupt:
            raise Interrupted(len(found), len(wanted)) from None
    return found


class _Crew:
    """Threads that take tasks from a queue, until it is empty or they are told to stop."""

    def __init__(self, tasks: Sequence[Task], options: Options, store: Store, started: Started, jobs: int) -> None:
        self._options, self._store, self._started = options, store, started
        self._tasks: queue.SimpleQueue[Task] = queue.SimpleQueue()
        for task in tasks:
            self._tasks.put(task)
        self._results: queue.SimpleQueue[tuple[str, Marked] | BaseException] = queue.SimpleQueue()
        self._left = len(tasks)
        self._stop = threading.Event()
        self._callers: dict[int, Caller] = {}
        self._threads = [threading.Thread(target=self._work, args=(number,)) for number in range(jobs)]

    def __enter__(self) -> _Crew:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        """Wait for the threads; where work is left, end what their workers compute."""
        if self._left:
            self._stop.set()
        for thread in self._threads:
            while thread.is_alive():
                if self._stop.is_set():
                    self._end_computing()
                thread.join(_LOOKS_EVERY)

    def results(self) -> Iterator[tuple[str, Marked]]:
        """What was found, as it is found. Raises what a thread could not cope with."""
        while self._left:
            try:
                result = self._results.get(timeout=_LOOKS_EVERY)  # an untimed wait may not be interrupted
            except queue.Empty:
                continue
            if isinstance(result, BaseException):
                raise result
            self._left -= 1
            yield result

    def _work(self, number: int) -> None:
        try:
            while not (self._stop.is_set() or self._tasks.empty()):
                with self._started() as caller:
                    self._callers[number] = caller
                    self._several(_Stoppable(caller, self._stop))
        except Stopped:
            pass
        except BaseException as error:  # to be raised where it is seen
            self._results.put(error)

    def _several(self, caller: _Stoppable) -> None:
        for _ in range(ANSWERS_OF_A_WORKER):
            try:
                task = self._tasks.get_nowait()
            except queue.Empty:
                return
            caller.lost = False
            answer = _marked(task, self._options, caller)
            if not caller.lost:  # else the next run marks it again
                self._store.put(task.key, answer)
            self._results.put((task.key, answer))

    def _end_computing(self) -> None:
        for caller in tuple(self._callers.values()):
            if kill := getattr(caller, "kill", None):
                kill()


@dataclass
class _Stoppable:
    """A caller that raises Stopped where the run has been stopped; `lost`: a call was lost by what was outside it."""

    caller: Caller
    stop: threading.Event
    lost: bool = False

    def call(self, function: str, seconds: float, *arguments: Any) -> Any:
        self._look()
        try:
            return self.caller.call(function, seconds, *arguments)
        except Lost as lost:
            self._look()
            self.lost |= lost.outside
            raise

    def _look(self) -> None:
        if self.stop.is_set():
            raise Stopped


def _marked(task: Task, options: Options, caller: Caller) -> Marked:
    notices: list[str] = []
    run = Run(caller, options, notices.append, notices.append)
    path = str(task.path)
    asked = tuple(question.file for question in task.asked or (task.question,))
    subject = Subject("answer", task.path, question=task.question.file, asked=asked)
    record = run.check_text(TextRequest(task.question.name, path, subject))
    title = "" if record.title == task.path.stem else record.title
    return Marked(replace(record, source="", title=title), tuple(notice.removeprefix(path) for notice in notices))
