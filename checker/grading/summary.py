"""What a batch came to, in a few lines for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path
from statistics import mean

from checker.marks import Student
from checker.visible import one_line

_BINS = 5
MOST_NAMED = 20
"""People that a list names; the report has them all."""


def summary(students: Sequence[Student], report: Path) -> Iterable[str]:
    """How many students, their marks, who needs a person, where the report is."""
    yield f"{_counted(len(students), 'student')}{_marks(students)}"
    person = [student for student in students if student.person]
    if person:
        yield f"{_counted(len(person), 'student')} for a person to look at:"
        yield from (f"  {student.name}: {_first(student.person)}" for student in person[:MOST_NAMED])
        if len(person) > MOST_NAMED:
            yield f"  and {len(person) - MOST_NAMED} more"
    else:
        yield "nobody needs a person"
    yield f"the report is {report / 'index.html'}"


def listed(what: str, names: Sequence[str]) -> Iterable[str]:
    """What is said of these, and the first of them, a line each; nothing where there are none."""
    if names:
        more = [f"and {len(names) - MOST_NAMED} more"] if len(names) > MOST_NAMED else []
        yield f"{what}:"
        yield from (f"  {one_line(name)}" for name in chain(names[:MOST_NAMED], more))


def _marks(students: Sequence[Student]) -> str:
    """Mean and distribution; nothing where nothing is worth marks."""
    most = max((student.max_marks for student in students), default=0)
    if not most:
        return "; no part has marks to give"
    marks = [student.marks for student in students]
    counts = [0] * _BINS
    for each in marks:
        counts[min(int(_BINS * each / most), _BINS - 1)] += 1
    edges = [f"{most * number / _BINS:.4g}" for number in range(_BINS + 1)]
    bins = (f"{low}-{high}: {count}" for low, high, count in zip(edges, edges[1:], counts, strict=False))
    return f"; marks: mean {mean(marks):.4g} of {most:g}; {', '.join(bins)}"


def _first(reasons: Sequence[str]) -> str:
    more = f" (and {len(reasons) - 1} more)" if len(reasons) > 1 else ""
    return one_line(reasons[0]) + more


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
