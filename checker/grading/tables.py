"""What the counts of a question's table earn, cell by cell.

A cell earns its marks where all that the answer states of it holds, half of them where the count is right and a step to
it is not. Of a cell that could not be read a person decides.
"""

from __future__ import annotations

from collections.abc import Sequence

from checker.derivation import Part
from checker.marks import ABSENT, COMPENSATED, MISSED, PERSON, REACHED, Credit, Support
from checker.printing import latex
from checker.reading.lines.records import Judged
from checker.tables import CountTable

OPEN_VERDICTS = ("undecided", "unreadable", "supported")
RIGHT_ALONE = 0.5
"""The share of a right count to which a wrong step leads."""


def table_credits(part: Part, judged: Sequence[tuple[Judged, Support]]) -> tuple[Credit, ...]:
    """The credit of each cell of the part's table, row by row; none where it has no table.

    judged: the lines that may state its counts, in order, with their places.
    """
    table = part.table
    if table is None:
        return ()
    vague = any(_is_vague(each) for each, _ in judged)
    return tuple(
        _credit(table, row.title, column.title, judged, vague) for row in table.rows for column in table.columns
    )


def _is_vague(each: Judged) -> bool:
    """A line of the table of which it is not clear what it counts."""
    cell = each.line.cell
    return cell is not None and not cell.row and each.verdict in OPEN_VERDICTS and cell.of_table


def _credit(table: CountTable, row: str, column: str, judged: Sequence[tuple[Judged, Support]], vague: bool) -> Credit:
    own = [(each, place) for each, place in judged if (cell := each.line.cell) and cell.states(row, column)]
    outcome = _outcome([each for each, _ in own])
    if outcome == ABSENT and vague:
        outcome = PERSON
    shares = {REACHED: (1.0, 1.0), COMPENSATED: (RIGHT_ALONE, RIGHT_ALONE), PERSON: (0.0, 1.0)}
    marks, up_to = shares.get(outcome, (0.0, 0.0))
    return Credit(
        title=f"{column} of {row}",
        formula=latex(table.cells[row, column]),
        outcome=outcome,
        marks=marks * table.marks,
        max_marks=table.marks,
        up_to=up_to * table.marks,
        supports=tuple(place for _, place in own),
        message=_message(outcome, [each for each, _ in own]),
    )


def _outcome(own: Sequence[Judged]) -> str:
    """How a cell fared, by all lines that state it: a table twice over, or a chain of several members."""
    verdicts = [each.verdict for each in own]
    if not own:
        return ABSENT
    if any(verdict in OPEN_VERDICTS for verdict in verdicts):
        return PERSON
    if all(verdict == "proved" for verdict in verdicts):
        return REACHED
    ends = [each for each in own if each.line.cell is not None and each.line.cell.ends]
    return COMPENSATED if ends and all(each.line.cell and each.line.cell.right for each in ends) else MISSED


def _message(outcome: str, own: Sequence[Judged]) -> str:
    if outcome == COMPENSATED:
        return "the count is right, but a step to it is wrong"
    if outcome == PERSON:
        return "whether it is right is for a person"
    notes = [each.line.cell.note for each in own if each.line.cell and outcome == REACHED]
    hints = [each.line.cell.hint for each in own if each.line.cell and each.verdict == "refuted"]
    return next(filter(None, (*hints, *notes)), "")
