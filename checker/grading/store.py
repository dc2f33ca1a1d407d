"""What has been marked before, in a folder of the report: a file for each answer to a question.

A file is there whole or not at all, since it is written beside its place and then moved there; so a run may be killed
at any time, and several may share the folder. What is damaged counts as not there.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from checker.grading.plain import SCHEMA, Damaged, from_plain, to_plain

FOLDER = ".checker"
_RUN = "run-"
_WRITTEN = "written"
"""The files of the report, each with the digest of what was written: a file of another's is never removed."""
_LOCK = "lock"

T = TypeVar("T")


@dataclass(frozen=True)
class Store:
    """The folder, and the place in it where this run writes what it then moves. OSError says that a write failed."""

    folder: Path
    scratch: Path
    rights: int
    """Those of a new file."""

    def get(self, key: str, kind: type[T]) -> T | None:
        """What was put under this key, None where nothing is, or nothing sound."""
        try:
            return from_plain(kind, _sound((self.folder / f"{key}.json").read_bytes()))
        except (OSError, ValueError, RecursionError):  # Damaged, and what json and utf-8 raise, are ValueErrors
            return None

    def put(self, key: str, value: Any) -> None:
        """Keep the value under this key."""
        payload = json.dumps(to_plain(value), ensure_ascii=True, separators=(",", ":"))
        entry = f'{{"schema":{SCHEMA},"digest":"{_digest(payload.encode())}","value":{payload}}}'
        self.write(self.folder / f"{key}.json", entry.encode())

    def write(self, path: Path, data: bytes) -> None:
        """Write a file such that it is never seen half-written."""
        handle, name = tempfile.mkstemp(dir=self.scratch)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            os.chmod(name, self.rights)
            os.replace(name, path)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(name)
            raise

    @contextlib.contextmanager
    def written_at_once(self, folder: Path) -> Iterator[Path]:
        """A folder to write files into, each of which is moved to `folder` at the end, where nothing was raised.

        In the folders below `folder` that get files, those of an earlier run are removed that have no place any more,
        as the page of a student who left; what somebody else wrote or changed stays.
        """
        with tempfile.TemporaryDirectory(dir=self.scratch) as staged:
            yield Path(staged)
            files = {path.relative_to(staged): path for path in sorted(Path(staged).rglob("*")) if path.is_file()}
            written = {name.as_posix(): _digest(path.read_bytes()) for name, path in files.items()}
            before = self._written()
            self._keep_written({**before, **written})
            for name, path in files.items():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                os.chmod(path, self.rights)
                os.replace(path, folder / name)
            used = {name.parent for name in files} - {Path()}
            for left in before.keys() - written.keys():
                if Path(left).parent in used:
                    _remove(folder / left, before[left])
                else:
                    written[left] = before[left]
            self._keep_written(written)

    def _written(self) -> dict[str, str]:
        try:
            known = json.loads((self.folder / _WRITTEN).read_bytes())
        except (OSError, ValueError, RecursionError):
            return {}
        return known if isinstance(known, dict) else {}

    def _keep_written(self, written: Mapping[str, str]) -> None:
        self.write(self.folder / _WRITTEN, json.dumps(written, indent=0, sort_keys=True).encode())


@contextlib.contextmanager
def opened(report: Path) -> Iterator[Store]:
    """The store in the folder of a report, both made where they are not there. Raises OSError where that fails."""
    folder = report / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    mask = os.umask(0)
    os.umask(mask)
    with contextlib.ExitStack() as held:
        with _locked(folder / _LOCK, wait=True):  # so that nobody sweeps this run before it holds its lock
            _sweep(folder)
            scratch = Path(tempfile.mkdtemp(prefix=_RUN, dir=folder))
            held.callback(shutil.rmtree, scratch, ignore_errors=True)
            held.enter_context(_locked(scratch / _LOCK))
        yield Store(folder, scratch, 0o666 & ~mask)


def _sound(data: bytes) -> Any:
    """The value in an entry. Raises ValueError where it is not what was written."""
    text = data.decode()
    entry = json.loads(text)
    if not isinstance(entry, dict) or entry.get("schema") != SCHEMA:
        raise Damaged("another schema")
    _, _, payload = text.partition(',"value":')
    if entry.get("digest") != _digest(payload[:-1].encode()):
        raise Damaged("not what was written")
    return entry["value"]


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _remove(path: Path, digest: str) -> None:
    """Remove a file that holds what was written, and is no link."""
    with contextlib.suppress(OSError):
        if not path.is_symlink() and not path.parent.is_symlink() and _digest(path.read_bytes()) == digest:
            path.unlink()


def _sweep(folder: Path) -> None:
    """Remove what runs that were killed have left; a run that lives holds its lock."""
    if os.name != "posix":
        return
    for scratch in folder.glob(f"{_RUN}*"):
        with contextlib.suppress(OSError), _locked(scratch / _LOCK):
            shutil.rmtree(scratch)


@contextlib.contextmanager
def _locked(path: Path, *, wait: bool = False) -> Iterator[None]:
    """Hold a lock on the file, until the end or the death of this process.

    Where another one holds it, wait for it, or else raise OSError.
    """
    with path.open("ab") as file:
        if os.name == "posix":
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
