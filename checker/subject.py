"""What is read rather than loaded: a document, one equality, an answer to a question. Plain data, without SymPy.

The reading side takes a `Subject`, and gives what it says as an `Outline` and what is found about a claim of it as an
`Outcome`; see `checker.worker`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

SUFFIXES = (".md", ".markdown", ".tex", ".ipynb", ".txt")
"""The files that can be read; a .txt is read as Markdown."""


@dataclass(frozen=True)
class Subject:
    """What is read rather than loaded: a document, one equality, or an answer to a question."""

    kind: str
    """"document", "equality" or "answer"."""
    path: Path | None = None
    """The document or answer."""
    lhs: str = ""
    rhs: str = ""
    givens: tuple[str, ...] = ()
    question: Path | None = None
    """The derivation file of the question that an answer answers."""
    asked: tuple[Path, ...] = ()
    """The derivation files of all questions that the answer may answer, this one among them."""
