"""A limit on how long something may take, for tests and scripts that go on with the next thing."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager


class Late(BaseException):
    """The time is over. Not an Exception, so that nothing takes it for a failure of its own."""


@contextmanager
def at_most(seconds: float, *, computing: bool = False) -> Iterator[None]:
    """Raises Late after so many seconds, by the clock or of this process's `computing`; not inside C code."""
    number, timer = (signal.SIGPROF, signal.ITIMER_PROF) if computing else (signal.SIGALRM, signal.ITIMER_REAL)

    def stop(*_: object) -> None:
        raise Late(f"not done after {seconds:g} s")

    before = signal.signal(number, stop)
    signal.setitimer(timer, seconds)
    try:
        yield
    finally:
        signal.setitimer(timer, 0)
        signal.signal(number, before)
