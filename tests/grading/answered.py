"""An answer to a question of this checkout, marked as the commands mark it."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from checker.record import PartRecord
from checker.run import Options, Run, TextRequest
from checker.subject import Subject
from checker.work import InProcess

ROOT = Path(__file__).parents[2]
ANSWERS = ROOT / "tests" / "answers"


def marked(path: Path, question: str = "q2", asked: tuple[str, ...] = ()) -> dict[str, PartRecord]:
    """The parts of the answer in a file, each with its marks; "" what stands in no part.

    asked: the questions that it answers, this one where none are named.
    """
    file, *files = (ROOT / "derivations" / f"{name}.py" for name in (question, *(asked or (question,))))
    subject = Subject("answer", path=path, question=file, asked=tuple(files))
    run = Run(InProcess(), Options(10.0), _fail)
    record = run.check_text(TextRequest(question, path.name, subject))
    return {part.name: part for part in record.parts}


@cache
def of(name: str) -> dict[str, PartRecord]:
    """The parts of a synthetic answer."""
    return marked(ANSWERS / name)


def text_marked(text: str, suffix: str = "md") -> dict[str, PartRecord]:
    """The parts of an answer with this text."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"answer.{suffix}"
        path.write_text(text, encoding="utf-8")
        return marked(path)


def _fail(problem: str) -> None:
    raise AssertionError(problem)
