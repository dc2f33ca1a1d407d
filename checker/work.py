"""Calls with a limit that always holds: in a worker process, which is killed where it hangs, crashes or eats memory.

A timer inside a process cannot stop FLINT, which computes in C and holds the interpreter's lock, so the clock is kept
out here. This process never imports SymPy: a fork server does, once, while this one prepares its report; a worker is
forked from it, and so is its successor when it has to be killed.

Measured (2 cores, where `import sympy` takes 0.5 s): the first worker is ready after 0.45 s, a call costs 0.15 ms, a
killed worker is replaced in 17 ms. A pool of pebble's keeps the limit too, but a run took 0.11 s longer (its threads
look every 0.1 s) and by its code each hang inside C 3 s longer (it waits for a handler of SIGTERM that cannot run).
"""

from __future__ import annotations

import contextlib
import importlib
import math
import multiprocessing
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Protocol

MEMORY = 2 * 2**30
"""Bytes of address space that a worker may use."""
PATIENCE = 6
"""How many times its limit, by the clock, a call may take where other programs keep the processor."""
_TICK = 0.01
STARTING_SECONDS = 120.0
LOADING_SECONDS = 60.0
_BOOKKEEPING = threading.RLock()
"""Held where processes are started and awaited: of two threads that ask how one ended, one would be told wrongly."""


class Lost(Exception):
    """A call that gave no result: out of time or memory, crashed, or failed; the message says which.

    outside: the cause lies outside the call (something killed the worker, or none could be started), so that the same
    call may answer another time.
    """

    def __init__(self, message: str, *, outside: bool = False) -> None:
        super().__init__(message)
        self.outside = outside


class Caller(Protocol):
    """Calls a function, named as "module:function" since its module may import SymPy, on plain data."""

    def call(self, function: str, seconds: float, *arguments: Any) -> Any:
        """The function's result. Raises Lost where there is none."""
        ...


class InProcess:
    """Calls in this process, for places that forbid child processes.

    A timer ends what computes in Python, in the main thread of Unix; nothing ends what computes in C, or what eats
    memory: there the bounds on work hold alone, those of the reader, the kernel and the evaluator.
    """

    def call(self, function: str, seconds: float, *arguments: Any) -> Any:
        with contextlib.redirect_stdout(sys.stderr):
            try:
                with _at_most(seconds):
                    return _result(_tried(function, arguments))
            except _Late:
                raise Lost(f"no answer within {seconds:g} s; it was stopped") from None


class Worker:
    """Calls in one worker process, started when first needed and replaced, with nothing remembered, when it is lost."""

    def __init__(self, preload: str, memory: int) -> None:
        """Start the fork server, which then imports the module `preload`. Raises OSError where that is forbidden."""
        self._memory, self._preload = memory, preload
        self._process: BaseProcess | None = None
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload([preload])
        forkserver.ensure_running()

    def call(self, function: str, seconds: float, *arguments: Any) -> Any:
        if not self._is_alive():
            self._start()
        return self._answer(function, arguments, seconds)

    def kill(self) -> None:
        """End what the worker computes: the call raises Lost. From any thread, unlike all else."""
        with _BOOKKEEPING:
            if self._process is not None:
                self._process.kill()

    def close(self) -> None:
        """Kill the worker, whatever it does."""
        with _BOOKKEEPING:
            if self._process is not None:
                self._process.kill()
                self._process.join()
                self._pipe.close()
                self._process = None

    def _is_alive(self) -> bool:
        with _BOOKKEEPING:
            return self._process is not None and self._process.is_alive()

    def _start(self) -> None:
        self.close()
        self._pipe, theirs = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(theirs, self._memory), daemon=True)
        try:
            with _BOOKKEEPING:
                process.start()
                self._process = process
        except (OSError, EOFError) as error:
            why = error or "the fork server ended"
            raise Lost(f"no worker process can be started ({why})", outside=True) from error
        theirs.close()
        self._answer("checker.work:prepare", (self._preload,), STARTING_SECONDS)

    def _answer(self, function: str, arguments: tuple[Any, ...], seconds: float) -> Any:
        try:
            self._pipe.send((function, arguments, seconds))
            if self._answers(seconds):
                return _result(self._pipe.recv())
        except (EOFError, ConnectionError):
            raise self._ended() from None
        self.close()
        raise Lost(f"no answer within {seconds:g} s; the worker was stopped")

    def _answers(self, seconds: float) -> bool:
        """Whether an answer comes while the worker computes for so long: on a busy machine the clock says little."""
        start = time.monotonic()
        before = _processor_seconds(self._process)
        left = seconds
        while not self._pipe.poll(left):
            spent = _processor_seconds(self._process) - before
            left = min(seconds - spent, start + PATIENCE * seconds - time.monotonic())
            if left < _TICK:
                return False
        return True

    def _ended(self) -> Lost:
        """How the worker ended."""
        assert self._process is not None
        with _BOOKKEEPING:
            self._process.join()
            code = self._process.exitcode or 0
        self.close()
        if code == -signal.SIGABRT:
            limit = f"the limit is {self._memory >> 20} MiB"
            return Lost(f"the computation aborted, most likely since memory ran out ({limit})")
        how = f"by {signal.Signals(-code).name}" if code < 0 else f"with status {code}"
        return Lost(f"the worker process was ended {how}", outside=code in (-signal.SIGKILL, -signal.SIGTERM))


@contextlib.contextmanager
def started(
    preload: str, notice: Callable[[str], None], *, in_process: bool = False, memory: int = MEMORY
) -> Iterator[Caller]:
    """A caller, closed at the end; `preload` is the module to import beforehand.

    It calls in this process where that is asked for and, with a notice, where no other can be started.
    """
    worker = None if in_process else _worker(preload, memory, notice)
    if worker is None:
        yield InProcess()
        return
    try:
        yield worker
    finally:
        worker.close()


def _worker(preload: str, memory: int, notice: Callable[[str], None]) -> Worker | None:
    try:
        return Worker(preload, memory)
    except OSError as error:
        notice(f"no worker process can be started ({error}); checking in this process, where no limit is sure")
        return None


def _serve(pipe: Connection, memory: int) -> None:
    """The worker: answers calls until the other end of the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory(memory)
    os.dup2(2, 1)  # what a derivation prints is no result
    while True:
        try:
            function, arguments, seconds = pipe.recv()
        except EOFError:
            return
        _limit_processor(seconds)
        pipe.send(_tried(function, arguments))


def prepare(module: str) -> None:
    """Import the module, before any clock runs; quick where the fork server has done so."""
    importlib.import_module(module)


def _result(answer: tuple[bool, Any]) -> Any:
    is_result, value = answer
    if not is_result:
        raise Lost(value)
    return value


class _Late(BaseException):
    """Time is up. Not an Exception, so that nothing takes it for a failure of its own."""


@contextlib.contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    """Raise _Late in this thread when time is up, where that can be done and nobody else uses the timer; 0: never."""
    here = threading.current_thread() is threading.main_thread() and hasattr(signal, "setitimer")
    if not seconds or not here or signal.getitimer(signal.ITIMER_REAL)[0]:
        yield
        return

    def stop(*_: object) -> None:
        raise _Late

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _tried(function: str, arguments: tuple[Any, ...]) -> tuple[bool, Any]:
    """Whether the function answered, and its answer, or else why not."""
    module, _, name = function.partition(":")
    try:
        return True, getattr(importlib.import_module(module), name)(*arguments)
    except MemoryError:
        return False, "out of memory"
    except RecursionError:
        return False, "nested too deeply"
    except Exception as error:  # a fault of ours costs one step, and is said aloud, rather than the run
        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{place.filename.rpartition('/')[2]}:{place.lineno}"
        return False, f"the checker failed, please report this: {type(error).__name__}: {error} ({where})"


def _processor_seconds(process: BaseProcess | None) -> float:
    """What a process has computed; where the system does not say, by the clock."""
    try:
        with open(f"/proc/{process.pid if process else 0}/stat", encoding="ascii", errors="replace") as stat:
            fields = stat.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError):
        return time.monotonic()


def _limit_memory(size: int) -> None:
    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        limit = size if hard == resource.RLIM_INFINITY else min(size, hard)
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def _limit_processor(seconds: float) -> None:
    """Have the system end a worker that computes for long after nobody waits for it (this program was killed)."""
    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        limit = math.ceil(time.process_time() + seconds) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))
