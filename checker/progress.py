"""How far the run has come, on one line of a terminal's standard error, and nothing elsewhere."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from collections.abc import Iterator

from checker.run import Progress
from checker.visible import one_line

_BAR = 20


class NoBar:
    """Progress that nobody watches."""

    def show(self, progress: Progress) -> None:
        """Nothing."""

    def clear(self) -> None:
        """Nothing."""


class Bar:
    """A bar, the number of steps, and the step that is being checked."""

    def show(self, progress: Progress) -> None:
        """Draw it over what it was."""
        full = _BAR * progress.done // max(progress.steps, 1)
        bar = f"[{'=' * full}{' ' * (_BAR - full)}] {progress.done + 1} of {progress.steps}  {one_line(progress.step)}"
        self._draw(bar[: shutil.get_terminal_size().columns - 1])

    def clear(self) -> None:
        """Leave an empty line, which results may then be written on."""
        self._draw("")

    def _draw(self, line: str) -> None:
        sys.stderr.write(f"\r\x1b[K{line}")
        sys.stderr.flush()


@contextlib.contextmanager
def shown() -> Iterator[Bar | NoBar]:
    """A bar, cleared at the end, where standard error is a terminal that can draw it."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield NoBar()
        return
    bar = Bar()
    try:
        yield bar
    finally:
        bar.clear()
