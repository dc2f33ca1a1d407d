"""Changes in the source of the checker, one at a time, and what tests say of each, fast.

The tests are collected once. For each change the process forks: the child compiles the module with the change, gives
the function in which it stands its new code, in place, and runs the tests that call this function, the quickest first,
up to the first that fails. Which test calls which function is asked before, with the stores of earlier questions
emptied before each test. A change in what runs while modules are loaded, or in what no test calls, is put into a copy
of the checkout, where all tests start anew.
"""

from __future__ import annotations

import ast
import contextlib
import functools
import gc
import marshal
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import CodeType, FunctionType

import pytest
from _pytest.runner import runtestprotocol

ROOT = Path(__file__).resolve().parents[2]
CHECKER = str(ROOT / "checker")
LIMIT = 300
"""Seconds of work; tests that do not end have found the change. Of time it may be ten times as much."""
FOUND, SURVIVES, BROKEN = "found", "survives", "cannot be loaded"
OUTCOMES = {0: SURVIVES, 1: FOUND}
"""By exit status; another one says that the tests could not begin."""


@dataclass(frozen=True)
class Change:
    """A span of a file's bytes, and what is put there."""

    path: str
    start: int
    end: int
    new: str

    @property
    def source(self) -> bytes:
        return (ROOT / self.path).read_bytes()

    @property
    def old(self) -> str:
        return self.source[self.start : self.end].decode()

    @property
    def line(self) -> int:
        return self.source[: self.start].count(b"\n") + 1

    def made(self, source: bytes) -> bytes:
        return source[: self.start] + self.new.encode() + source[self.end :]


# --- functions and their code ------------------------------------------------------------------------------------

Key = tuple[str, int]
"""Of a function: its file, and the line where it begins, with its decorators."""


def _functions(tree: ast.Module) -> list[ast.FunctionDef]:
    """The functions of a module and the methods of its classes, in order; not those inside functions."""
    found: list[ast.FunctionDef] = []
    for node in tree.body:
        for inner in node.body if isinstance(node, ast.ClassDef) else [node]:
            if isinstance(inner, ast.FunctionDef):
                found.append(inner)
    return found


def _first_line(function: ast.FunctionDef) -> int:
    return min([function.lineno, *(d.lineno for d in function.decorator_list)])


def _place(change: Change) -> int | None:
    """Which of the functions of its module the change stands in, after the line of its name."""
    source = change.source
    starts = line_starts(source)
    for place, function in enumerate(_functions(ast.parse(source))):
        first = starts[function.body[0].lineno - 1]
        last = starts[(function.end_lineno or 0) - 1] + (function.end_col_offset or 0)
        if first <= change.start and change.end <= last + 1:
            return place
    return None


def line_starts(source: bytes) -> list[int]:
    """Where each line begins."""
    starts = [0]
    for line in source.split(b"\n"):
        starts.append(starts[-1] + len(line) + 1)
    return starts


def _codes(module: CodeType) -> dict[tuple[str, int], CodeType]:
    """The code of every function of a module, by name and first line."""
    found: dict[tuple[str, int], CodeType] = {}
    todo = [module]
    while todo:
        inner = [each for each in todo.pop().co_consts if isinstance(each, CodeType)]
        found |= {(each.co_name, each.co_firstlineno): each for each in inner}
        todo += inner
    return found


def _code(path: str, source: bytes, place: int) -> CodeType:
    """The code of that function of a module's source."""
    function = _functions(ast.parse(source))[place]
    return _codes(compile(source, str(ROOT / path), "exec"))[function.name, _first_line(function)]


def _key(change: Change, place: int) -> Key:
    return str(ROOT / change.path), _first_line(_functions(ast.parse(change.source))[place])


def _live() -> dict[Key, list[FunctionType]]:
    """The function objects of the checker."""
    found: dict[Key, list[FunctionType]] = {}
    for each in gc.get_objects():
        if isinstance(each, FunctionType) and each.__code__.co_filename.startswith(CHECKER):
            found.setdefault((each.__code__.co_filename, each.__code__.co_firstlineno), []).append(each)
    return found


# --- tests -------------------------------------------------------------------------------------------------------


class _Stores:
    """What the checker keeps of earlier questions."""

    def __init__(self) -> None:
        from checker.kernel import setup  # pytest wants to be the first that imports the checker, which is its plugin

        self.contexts = setup._RECENT
        caches = [each for each in gc.get_objects() if isinstance(each, functools._lru_cache_wrapper)]
        self.caches = [each for each in caches if (each.__module__ or "").startswith("checker.")]

    def empty(self) -> None:
        self.contexts.clear()
        for cache in self.caches:
            cache.cache_clear()


def _watch(live: dict[Key, list[FunctionType]], called: set[Key]) -> None:
    """Have each function say when it is called."""
    for path in {path for path, _ in live}:
        tree = ast.parse(Path(path).read_bytes())
        for function in _functions(tree):
            says = ast.parse(f"__called__.add(({path!r}, {_first_line(function)}))").body
            function.body = [*says, *function.body]
        codes = _codes(compile(ast.fix_missing_locations(tree), path, "exec"))
        for function in _functions(tree):
            for each in live.get((path, _first_line(function)), ()):
                code = codes[function.name, _first_line(function)]
                if code.co_freevars == each.__code__.co_freevars:
                    each.__code__ = code
                    each.__globals__["__called__"] = called


def _fails(item: pytest.Item) -> bool:
    return any(report.failed for report in runtestprotocol(item, log=False, nextitem=None))


def _calls(items: list[pytest.Item], live: dict[Key, list[FunctionType]], file: Path) -> int:
    """Write which functions of the checker each test calls, and for how long it runs; 1 where one fails."""
    called: set[Key] = set()
    _watch(live, called)
    stores = _Stores()
    found = []
    for item in items:
        stores.empty()
        called.clear()
        start = time.perf_counter()
        if _fails(item):
            file.write_text(item.nodeid, encoding="utf-8")
            return 1
        found.append((set(called), time.perf_counter() - start))
    file.write_bytes(marshal.dumps(found))
    return 0


def _start(work: Callable[[], int]) -> int:
    """The process in which the work is done; its exit status is what the work gives."""
    child = os.fork()
    if child:
        return child
    resource.setrlimit(resource.RLIMIT_CPU, (LIMIT, LIMIT))
    status = 2
    with contextlib.suppress(BaseException), open(os.devnull, "w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
        status = work()
    os._exit(status)


def _ended(child: int, since: float) -> int | None:
    """The exit status of a process that has ended; 1 for one that was stopped at the limit; None for one that runs."""
    done, status = os.waitpid(child, os.WNOHANG)
    if done:
        ended = os.waitstatus_to_exitcode(status)
        return 1 if ended in (-signal.SIGXCPU, -signal.SIGKILL) else ended
    if time.monotonic() - since < 10 * LIMIT:
        return None
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return 1


class _Plugin:
    """In place of running the tests once: tries all changes with them."""

    def __init__(
        self, changes: Sequence[Change], tests: Sequence[str], tell: Callable[[Change, str], None], workers: int
    ) -> None:
        self.changes, self.tests, self.tell, self.workers = changes, tests, tell, workers

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.items, self.live = session.items, _live()
        with tempfile.TemporaryDirectory() as name:
            file = Path(name) / "calls"
            _, status = os.waitpid(_start(lambda: _calls(self.items, self.live, file)), 0)
            if status:
                raise pytest.UsageError(f"without any change fails {file.read_text(encoding='utf-8')}")
            self.calls: list[tuple[set[Key], float]] = marshal.loads(file.read_bytes())
        running: dict[int, tuple[Change, float]] = {}
        todo = list(self.changes)
        while todo or running:
            while todo and len(running) < self.workers:
                change = todo.pop(0)
                running[_start(partial(self._try, change))] = change, time.monotonic()
            time.sleep(0.01)
            for child, (change, since) in list(running.items()):
                status = _ended(child, since)
                if status is not None:
                    del running[child]
                    self.tell(change, OUTCOMES.get(status, BROKEN))
        return True

    def _try(self, change: Change) -> int:
        place = _place(change)
        mine = [] if place is None else self._tests_of(_key(change, place))
        if place is None or not mine:
            return _outside(change, self.tests)
        code = _code(change.path, change.made(change.source), place)
        for function in self.live[_key(change, place)]:
            function.__code__ = code
        return int(any(map(_fails, mine)))

    def _tests_of(self, key: Key) -> list[pytest.Item]:
        timed = [
            (seconds, item) for item, (called, seconds) in zip(self.items, self.calls, strict=True) if key in called
        ]
        return [item for _, item in sorted(timed, key=lambda pair: pair[0])]


def tried(
    changes: Sequence[Change], tests: Sequence[str], tell: Callable[[Change, str], None], workers: int = 1
) -> bool:
    """Try the changes and tell of each what became of it. False where the tests fail without any."""
    arguments = ["-q", "-s", "-p", "no:cacheprovider", "--no-header", "--no-summary", "--rootdir", str(ROOT)]
    ended = pytest.main(
        [*arguments, *(str(ROOT / test) for test in tests)], plugins=[_Plugin(changes, tests, tell, workers)]
    )
    return ended in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)


def _outside(change: Change, tests: Sequence[str]) -> int:
    """The exit status of the tests, in a copy of the checkout with the change."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("checker", "derivations", "tests"):
            shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "pyproject.toml", folder)
        (folder / change.path).write_bytes(change.made(change.source))
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests]
        return subprocess.run(command, cwd=folder, check=False).returncode
