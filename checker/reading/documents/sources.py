"""Stretches of a file as Sources: white space at the ends left out, the marks of quoted blocks cut from their lines."""

from __future__ import annotations

import re

from checker.reading.documents.delimiters import Lines
from checker.reading.tex.tokens import Source

_COMMENT = re.compile(r"(?<!\\)%[^\n]*")


def source_of(text: str, first: int, last: int, lines: Lines, quotes: int = 0) -> Source:
    """The mathematics between two offsets. quotes: how many `>` open each further line."""
    inside = text[first:last]
    if not inside.strip():
        return Source("", lines.place(first))
    if quotes and "\n" in inside:
        return _cut(text, first, last, lines, quotes)
    first += len(inside) - len(inside.lstrip())
    last -= len(inside) - len(inside.rstrip())
    return Source(text[first:last], lines.place(first))


def _cut(text: str, first: int, last: int, lines: Lines, quotes: int) -> Source:
    mark = re.compile(rf"(?:[ \t]*>){{0,{quotes}}}[ \t]*")
    kept: list[tuple[str, int]] = []
    at = first
    for number, line in enumerate(text[first:last].split("\n")):
        cut = mark.match(line).end() if number else len(line) - len(line.lstrip())  # type: ignore[union-attr]
        kept.append((line[cut:].rstrip(), at + cut))
        at += len(line) + 1
    while kept and not kept[0][0]:
        kept.pop(0)
    while kept and not kept[-1][0]:
        kept.pop()
    if not kept:
        return Source("", lines.place(first))
    starts = tuple(lines.place(offset).column for _, offset in kept[1:])
    return Source("\n".join(line for line, _ in kept), lines.place(kept[0][1]), starts)


def has_mathematics(source: Source) -> bool:
    """Whether anything but white space and comments stands in it."""
    return bool(_COMMENT.sub("", source.text).strip())
