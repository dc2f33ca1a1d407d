"""Checks again when what was checked changes. Looks at the files' times, which works on every system and share."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

PAUSE = 0.2
"""Seconds between two looks."""


def watched(
    options: argparse.Namespace, files: Mapping[str, Path], once: Callable[[], int], looks: Iterable[None] | None = None
) -> int:
    """Run `once`, and again after each change, until interrupted or `looks` ends; returns the last exit status."""
    paths = _paths(options, files)
    seen = _stamps(paths)
    status = once()
    try:
        for _ in _looks() if looks is None else looks:
            now = _stamps(paths)
            if now != seen:
                seen = now
                print(f"\n{'─' * 20} {time.strftime('%H:%M:%S')}, changed {'─' * 20}\n", file=sys.stderr)
                status = once()
                sys.stdout.flush()
    except KeyboardInterrupt:
        print(file=sys.stderr)
    return status


def _looks() -> Iterable[None]:
    print("watching; interrupt with Ctrl-C", file=sys.stderr)
    while True:
        time.sleep(PAUSE)
        yield


def _paths(options: argparse.Namespace, files: Mapping[str, Path]) -> list[Path]:
    """The files that the names stand for, and an answer."""
    found: list[Path] = [Path(answer) for answer in options.answer or ()]
    for name in options.names or ["all"]:
        if name == "all":
            found += files.values()
        else:
            found.append(files.get(name.partition(".")[0], Path(name)))
    return found


def _stamps(paths: Iterable[Path]) -> list[tuple[int, int] | None]:
    """When each was changed, and its size; None for one that is not there (an editor may be replacing it)."""
    return [_stamp(path) for path in paths]


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
