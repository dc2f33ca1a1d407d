"""A student's answer: a document read under the givens of a question."""

from __future__ import annotations

from pathlib import Path

from checker.reading.blocks import Document
from checker.reading.reader import Reading, read_text


def read_answer(document: Document, question: Path) -> Reading:
    return read_text(document)
