"""The marks of an answer on a terminal: what each target and milestone of a part earned, and by which steps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from checker.marks import ABSENT, ALONE, COMPENSATED, FOLLOWED, MISSED, PARTLY, PERSON, REACHED, Credit, Support
from checker.record import DerivationRecord, PartRecord
from checker.reports.console import Terminal
from checker.reports.words import marks_of, number

_COLOURS = {
    REACHED: "green", ALONE: "cyan", COMPENSATED: "yellow", FOLLOWED: "yellow", PARTLY: "yellow", MISSED: "bold red",
    ABSENT: "dim", PERSON: "magenta",
}  # fmt: skip


def marks_of_answer(derivation: DerivationRecord, out: Terminal) -> Iterator[RenderableType]:
    """Nothing where nothing is marked."""
    parts = [part for part in derivation.parts if part.marked is not None and part.max_marks is not None]
    if not parts:
        return
    earned = sum(part.marked.marks for part in parts if part.marked)
    total = sum(part.max_marks or 0 for part in parts)
    yield Text()
    yield Text.assemble(("marks  ", "bold"), (f"{number(earned)} of {number(total)}", "bold"))
    for part in parts:
        yield from _part(part, out)


def _part(part: PartRecord, out: Terminal) -> Iterator[RenderableType]:
    marked = part.marked
    assert marked is not None
    absent = not part.steps and all(credit.outcome == ABSENT for credit in marked.credits)
    said = "" if not absent else "  nothing displayed" if marked.person else "  not in the answer"
    yield Text.assemble(" ", out.text(part.name, "bold"), f"  {marks_of(part)}", (said, "dim"))
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for _ in range(3):
        table.add_column()
    shown = [credit for credit in marked.credits if credit.max_marks or credit.outcome != ABSENT]
    for credit in shown:
        table.add_row(*_row(credit, part, out))
    if shown and not absent:
        yield Padding(table, (0, 0, 0, 4))
    for reason in marked.person:
        yield Padding(out.text(f"for a person: {reason}", "magenta"), (0, 0, 0, 4))


def _row(credit: Credit, part: PartRecord, out: Terminal) -> list[Text]:
    marks = f"{number(credit.marks)}/{number(credit.max_marks)}" if credit.max_marks else ""
    title = f"  {credit.title}" if credit.milestone_of else credit.title
    outcome = out.text(credit.outcome, _COLOURS[credit.outcome])
    if credit.supports and credit.outcome != ABSENT:
        outcome.append(f" by {steps(credit.supports, part.name)}", "dim")
    return [Text(marks, "dim" if credit.milestone_of else ""), out.text(title), outcome]


def steps(supports: Sequence[Support], part: str) -> str:
    """Steps 1–3 and b 5: the lines that a result rests on, those of other parts with their part's name."""
    runs: list[tuple[str, int, int]] = []
    for each in supports:
        if runs and runs[-1][0] == each.part and runs[-1][2] == each.number - 1:
            runs[-1] = (each.part, runs[-1][1], each.number)
        else:
            runs.append((each.part, each.number, each.number))
    named = [_run(*run, part) for run in runs]
    if len(supports) == 1:
        return f"step {named[0]}"
    return f"steps {' and '.join(filter(None, (', '.join(named[:-1]), named[-1])))}"


def _run(name: str, first: int, last: int, part: str) -> str:
    """3 or 3–5, with the name of another part before it."""
    numbers = str(first) if first == last else f"{first}–{last}"
    return numbers if name == part else f"{name} {numbers}".strip()
