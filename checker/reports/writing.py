"""Writes text to a stream that may not know all characters."""

from __future__ import annotations

from typing import TextIO


def write_references(text: str, stream: TextIO) -> None:
    """Write text of HTML, XML or Markdown; on a stream without Unicode in ASCII, the rest as character references."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    if not encoding.lower().startswith("utf"):
        text = text.encode("ascii", "xmlcharrefreplace").decode("ascii")
    stream.write(text)
