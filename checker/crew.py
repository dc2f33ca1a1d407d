"""Several tasks at a time: threads that each hand tasks to a worker process of their own, until none is left."""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from checker.work import Caller, Lost

TASKS_OF_A_WORKER = 500
"""After so many a worker is replaced, so that what its libraries remember does not add up."""
_LOOKS_EVERY = 0.2
"""Seconds within which an interruption is noticed."""

Started = Callable[[], AbstractContextManager[Caller]]
"""Starts a worker, as `checker.work.started` does."""
Task = TypeVar("Task")
Found = TypeVar("Found")


def cores() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Stopped(Exception):
    """The run was stopped while this task was worked on."""


class Crew(Generic[Task, Found]):
    """Threads that take tasks in their order, until none is left or the block that they are used in is left.

    work: what is done with a task through a caller, in any of the threads.
    """

    def __init__(
        self, tasks: Sequence[Task], work: Callable[[Task, Caller], Found], started: Started, jobs: int
    ) -> None:
        self._do, self._started = work, started
        self._tasks: queue.SimpleQueue[tuple[int, Task]] = queue.SimpleQueue()
        for numbered in enumerate(tasks):
            self._tasks.put(numbered)
        self._results: queue.SimpleQueue[tuple[int, Found] | BaseException] = queue.SimpleQueue()
        self._left = len(tasks)
        self._stop = threading.Event()
        self._callers: dict[int, Caller] = {}
        jobs = min(jobs, len(tasks))
        self._threads = [threading.Thread(target=self._work, args=(number,)) for number in range(jobs)]

    def __enter__(self) -> Crew[Task, Found]:
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

    def results(self) -> Iterator[tuple[int, Found]]:
        """The number of a task and what was found of it, as it is found. Raises what a thread could not cope with."""
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

    def _several(self, caller: Caller) -> None:
        for _ in range(TASKS_OF_A_WORKER):
            try:
                number, task = self._tasks.get_nowait()
            except queue.Empty:
                return
            self._results.put((number, self._do(task, caller)))

    def _end_computing(self) -> None:
        for caller in tuple(self._callers.values()):
            if kill := getattr(caller, "kill", None):
                kill()


@dataclass(frozen=True)
class _Stoppable:
    """A caller that raises Stopped where the run has been stopped."""

    caller: Caller
    stop: threading.Event

    def call(self, function: str, seconds: float, *arguments: Any) -> Any:
        self._look()
        try:
            return self.caller.call(function, seconds, *arguments)
        except Lost:
            self._look()
            raise

    def _look(self) -> None:
        if self.stop.is_set():
            raise Stopped
