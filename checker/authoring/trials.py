"""Whether a new derivation file loads, and what is found of its steps. Runs in a worker; imports SymPy."""

from __future__ import annotations

import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from checker.authoring.converting import Converted, converted
from checker.check import decide
from checker.loading import Refused, load
from checker.rules import rule_names

MOST_TRIALS = 8


@dataclass(frozen=True)
class Trial:
    """A file's text; what the document has and it has not; the verdicts of its steps; why it does not load."""

    text: str
    lost: tuple[str, ...] = ()
    verdicts: tuple[tuple[str, int], ...] = ()
    wrong: tuple[str, ...] = ()
    """Each step that is not proved, with its verdict."""
    problem: str = ""


def from_document(name: str, title: str, document: Path) -> Trial:
    """The document as a derivation file that loads; what would keep it from loading is left out, and said."""
    left_out: frozenset[int] = frozenset()
    try:
        for _ in range(MOST_TRIALS):
            found = converted(name, title, document, left_out)
            refused = _tried(name, found)
            if isinstance(refused, Trial):
                return refused
            lines = _document_lines(found.text, refused)
            if not lines - left_out:
                return Trial(found.text, found.lost, problem=str(refused))
            left_out |= lines
    except OSError as error:
        return Trial("", problem=f"{document}: cannot be read: {error.strerror or error}")
    except ValueError as error:
        return Trial("", problem=str(error))
    return Trial(found.text, found.lost, problem=str(refused))


def _tried(name: str, found: Converted) -> Trial | Refused:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{name}.py"
        file.write_text(found.text, encoding="utf-8")
        try:
            derivation = load(file, rule_names())
        except Refused as refused:
            return refused
    counts: Counter[str] = Counter()
    wrong = []
    for part in derivation.parts:
        for transition in part.transitions:
            verdict = decide(transition, part.givens).verdict.name
            counts[verdict] += 1
            if verdict != "proved":
                wrong.append(f"{name}.{part.name}.{transition.number} is {verdict}")
    return Trial(found.text, found.lost, tuple(counts.items()), tuple(wrong))


def _document_lines(text: str, refused: Refused) -> frozenset[int]:
    """The lines of the document whose steps are what the file is refused for."""
    rows = text.split("\n")
    found = set()
    for problem in refused.problems:
        for row in rows[max(problem.line - 1, 0) :]:
            if "  # line " in row:
                found.add(int(row.rpartition("  # line ")[2]))
                break
    return frozenset(found)
