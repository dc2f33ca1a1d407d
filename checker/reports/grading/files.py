"""Names of files for students with any name, and files that are written whole or not at all."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

LONGEST = 48
"""Characters of a name that are kept: of four bytes each and with a hash and an ending they stay below 255 bytes."""

_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""Devices on Windows, whatever their ending."""


def file_names(names: Sequence[str]) -> list[str]:
    """A name of a file for each student, without an ending: safe, and no two alike, also where case does not count.

    It says only the student's name, so it stays the same whoever else is in the class; but where two names come to
    the same file, both get a part of their hash, and equal names are numbered.
    """
    plain = [_plain(name) for name in names]
    crowded = {key for key, count in Counter(name.casefold() for name in plain).items() if count > 1}
    chosen: list[str] = []
    taken: set[str] = set()
    for name, file in zip(names, plain, strict=True):
        free = _free(_hashed(file, name) if file.casefold() in crowded else file, taken)
        taken.add(free.casefold())
        chosen.append(free)
    return chosen


def _plain(name: str) -> str:
    composed = unicodedata.normalize("NFC", name)
    kept = "".join(character if character.isalnum() or character in "-_." else " " for character in composed)
    cleaned = "-".join(kept.split()).strip("-.")[:LONGEST].rstrip("-.")
    if _RESERVED.fullmatch(cleaned):
        return _hashed(cleaned.replace(".", "-"), name)
    same = cleaned and cleaned == composed.replace(" ", "-")
    return cleaned if same else _hashed(cleaned or "student", name)


def _hashed(file: str, name: str) -> str:
    return f"{file}-{hashlib.sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def _free(file: str, taken: set[str]) -> str:
    tried, count = file, 1
    while tried.casefold() in taken:
        count += 1
        tried = f"{file}-{count}"
    return tried


def put(folder: Path, name: str, pieces: Iterable[str]) -> None:
    """Write a file of the folder, in UTF-8 and with the line ends as they are; a reader sees the old one or the new.

    Raises ValueError for a name that is not the name of a file in the folder, and OSError where writing fails; then
    the old file is as it was.
    """
    if Path(name).name != name or name in ("", ".", "..") or folder.is_symlink():
        raise ValueError(f"{folder / name} may lie outside {folder}")
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / f".{name}.part"
    unfinished.unlink(missing_ok=True)
    try:
        with unfinished.open("x", encoding="utf-8", errors="replace", newline="") as stream:
            stream.writelines(pieces)
        os.replace(unfinished, folder / name)
    finally:
        unfinished.unlink(missing_ok=True)
