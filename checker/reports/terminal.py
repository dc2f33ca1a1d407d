"""The record on a terminal, by rich: a table for each part, and the first wrong step in a panel.

On a narrow terminal rule, verdict and time share a column, on a very narrow one they stand below the formula; on one
that knows only ASCII all is spelled out. A text is shown while it is checked, a part at a time, its formulas in the
LaTeX in which they are written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from checker.marks import FOLLOWS
from checker.record import DerivationRecord, Outline, PartRecord, Step, summary
from checker.reports.console import COLOURS, Terminal, terminal
from checker.reports.marks_table import marks_of_answer
from checker.reports.words import (
    counterexample,
    duration,
    evidence,
    first_refuted,
    kept,
    message,
    numbered,
    place,
    reason,
    several,
    silent,
    status,
    where,
)

MOST_KEPT = 8
_SHARED = 19
"""Columns of verdict and time, where they share one."""
_ASCII_HEAD = box.Box("    \n    \n -- \n    \n    \n    \n    \n    \n", ascii=True)

__all__ = ["Growing", "Terminal", "show", "show_list", "show_summary", "terminal"]


def show_list(outlines: Mapping[str, Outline], out: Terminal) -> None:
    """A line for each derivation: its name, its title, its parts."""
    grid = Table.grid(padding=(0, 2))
    for name, outline in outlines.items():
        parts = ", ".join(part.name for part in outline.parts)
        what = out.text("cannot be loaded", "magenta") if outline.problems else out.text(outline.title)
        grid.add_row(out.text(name, "bold"), what, out.text(f"parts {parts}" if parts else "", "dim"))
    out.print(grid)


def show(derivation: DerivationRecord, out: Terminal) -> None:
    """A derivation: its parts as tables, then the first wrong step."""
    if derivation.text:
        growing = Growing(out)
        growing.show(derivation)
        growing.end(derivation)
        return
    out.print(Text.assemble(_head(derivation, out), "  ", out.verdict(derivation.verdict), _source(derivation, out)))
    for part in derivation.parts:
        out.print(Text(), *_part(derivation, part, out))
    out.print(*_first_wrong(derivation, out), Text())


class Growing:
    """A text on the terminal while it is being checked; `before` is called before anything is printed."""

    def __init__(self, out: Terminal, before: Callable[[], None] = lambda: None) -> None:
        self._out, self._before = out, before
        self._parts: int | None = None

    def show(self, derivation: DerivationRecord) -> None:
        """Print what the record has more than when it was last shown."""
        self._before()
        if self._parts is None:
            self._out.print(Text.assemble(_head(derivation, self._out), _source(derivation, self._out)))
        for part in derivation.parts[self._parts or 0 :]:
            if not silent(derivation, part):
                self._out.print(Text(), *_part(derivation, part, self._out))
        self._parts = len(derivation.parts)

    def end(self, derivation: DerivationRecord) -> None:
        """Print the first wrong step and the verdict."""
        self._before()
        verdict = Text.assemble(self._out.verdict(derivation.verdict), _source(derivation, self._out))
        marks = marks_of_answer(derivation, self._out)
        self._out.print(*_first_wrong(derivation, self._out), *marks, Text(), verdict, Text())


def show_summary(derivations: Iterable[DerivationRecord], seconds: float, out: Terminal) -> None:
    """One line: how many steps there are of each verdict, and the time."""
    counts = summary(derivations)
    line = Text.assemble((f"{several(sum(counts.values()), 'step')}: ", "bold"))
    shown = [(verdict, count) for verdict, count in counts.items() if count]
    line.append_text(Text(", ").join(Text(f"{count} {verdict}", COLOURS[verdict]) for verdict, count in shown))
    out.print(line + Text(f"{' ' if shown else 'nothing to check '}in {seconds:.2f} s", "dim"))


def _head(derivation: DerivationRecord, out: Terminal) -> Text:
    title = f"  {derivation.title}" if derivation.title else ""
    return Text.assemble(out.text(derivation.name, "bold"), out.text(title))


def _source(derivation: DerivationRecord, out: Terminal) -> Text:
    return out.text(f"  {derivation.source}" if derivation.source else "", "dim")


# A part


def _part(derivation: DerivationRecord, part: PartRecord, out: Terminal) -> Iterator[RenderableType]:
    title = "" if part.title == part.name else part.title
    if title or part.name:
        yield Text.assemble(" ", out.text(part.name, "bold"), " " if part.name else "", out.text(title, "underline"))
    nothing = Padding(Text("no steps, so nothing is checked"), (0, 0, 0, 4))
    yield _Rows(derivation, part, out).table() if part.steps else nothing
    if not out.explain:
        for label, what in (("if", kept(part, "conditions")), ("trusting", kept(part, "trusts"))):
            if what:
                yield Padding(out.text(f"{label} {'; '.join(_most(what))}", "dim"), (0, 0, 0, 4))


def _most(what: list[str]) -> list[str]:
    if len(what) <= MOST_KEPT:
        return what
    return [*what[:MOST_KEPT], f"and {len(what) - MOST_KEPT} more, which --explain shows"]


class _Rows:
    """The table of one part: where a chain begins its first line alone, then a numbered row for each transition."""

    def __init__(self, derivation: DerivationRecord, part: PartRecord, out: Terminal) -> None:
        self.part, self.out, self.text = part, out, derivation.text
        wrong = first_refuted(derivation)
        self.wrong = wrong[1] if wrong else None
        last = max(step.record.source_line for step in part.steps) if numbered(derivation, part) else 0
        self.columns = self._columns(len(str(last)) if last else 0)

    def table(self) -> Table:
        head = _ASCII_HEAD if self.out.ascii else box.SIMPLE_HEAD
        table = Table(
            box=head, show_header=self.out.wide, show_edge=False, padding=(0, 1, 0, 0), header_style="dim"
        )  # fmt: skip
        for name, size in self.columns.items():
            right = name in ("#", "time", "line")
            table.add_column(name, width=size, justify="right" if right else "left")
        line_before = None
        for step in self.part.steps:
            if step.shown.lhs != line_before and step.shown.rhs:
                if line_before is not None:
                    table.add_row()
                table.add_row(*self._beginning, self._formula(step.shown.lhs))
            line_before = step.shown.rhs or step.shown.lhs
            table.add_row(*self._row(step))
        return table

    def _columns(self, digits: int) -> dict[str, int]:
        reasons = max((len(reason(step)) for step in self.part.steps), default=0)
        if any(status(self.part, step.record.number - 1) == FOLLOWS for step in self.part.steps):
            reasons = max(reasons, len("after a wrong step"))
        number = max([3, *(len(str(step.record.number)) for step in self.part.steps)])
        columns = {"#": number, **({"line": max(digits, 4)} if digits else {}), "": 3, "formula": 0}
        if self.out.wide:
            columns |= {"reason" if self.text else "rule": max(reasons, 4 + 2 * self.text), "verdict": 12, "time": 6}
        elif not self.out.narrow:
            columns |= {"verdict": max(reasons, _SHARED)}
        columns["formula"] = max(self.out.console.width - sum(columns.values()) - 2 * len(columns), 12)
        return columns

    @property
    def _beginning(self) -> list[str]:
        """The cells before a formula that begins a chain."""
        return [""] * list(self.columns).index("formula")

    def _formula(self, formula: str) -> Text:
        return self.out.formula(formula, self.columns["formula"], source=self.text)

    def _row(self, step: Step) -> list[RenderableType]:
        record, shown, out = step.record, step.shown, self.out
        standing = _standing(step, out, follows=status(self.part, step.record.number - 1) == FOLLOWS)
        below = [*standing, *self._remarks(step)] if out.narrow else self._remarks(step)
        formula = Group(self._formula(shown.rhs or shown.lhs), *below)
        line = [Text(str(record.source_line or ""), "dim")] if "line" in self.columns else []
        relation = Text(out.relation(record.relation) if shown.rhs else "")
        return [Text(str(record.number), "dim"), *line, relation, formula, *([] if out.narrow else standing)]

    def _remarks(self, step: Step) -> Iterator[Text]:
        """What stands below a formula: the message, a counterexample, and with --explain the evidence.

        What is to be said of the first wrong step has a panel to itself.
        """
        record, out = step.record, self.out
        if step is self.wrong:
            yield out.text("see below", "red")
        elif message(step):
            yield out.text(message(step), "yellow" if record.verdict == "proved" else COLOURS[record.verdict])
        if record.verdict == "refuted" and status(self.part, step.record.number - 1) == FOLLOWS:
            yield out.text("right for what was found by a wrong step before", "yellow")
        if step is not self.wrong and record.counterexample and status(self.part, step.record.number - 1) != FOLLOWS:
            yield out.text("; ".join(filter(None, (counterexample(record, out.name), record.hint))), "red")
        if out.explain:
            for label, value in evidence(step):
                yield Text.assemble((f"{label} ", "dim"), out.text(value))


def _standing(step: Step, out: Terminal, *, follows: bool) -> list[RenderableType]:
    """Reason, verdict and time: a cell each, or on a narrow terminal one cell.

    follows: the step rests on a wrong one, and none of its own verdicts is shown as an error.
    """
    record = step.record
    why = out.text(reason(step), ("" if record.rule else "dim") if record.rule_ok else "yellow")
    verdict, time = out.verdict(record.verdict), Text(duration(record.seconds), "dim")
    if follows:
        verdict.stylize("yellow")
        verdict = Text("~ follows" if out.ascii else "↪ follows", "yellow") if record.verdict == "refuted" else verdict
        why = out.text(", ".join(filter(None, (reason(step), "after a wrong step"))), "yellow")
    if out.wide:
        return [why, verdict, time]
    if out.narrow:
        return [Text("  ").join([verdict, time, why])]
    gap = " " * max(_SHARED - len(verdict) - len(time), 1)
    return [Group(Text.assemble(verdict, gap, time), *([why] if why else []))]


# A wrong step


def _first_wrong(derivation: DerivationRecord, out: Terminal) -> Iterator[RenderableType]:
    wrong = first_refuted(derivation)
    if wrong is None:
        return
    part, step = wrong
    record, shown = step.record, step.shown
    columns = out.console.width - 12
    sides = Table.grid(padding=(0, 1))
    sides.add_row("", out.formula(shown.lhs, columns, source=derivation.text))
    relation = Text(out.relation(record.relation), "red")
    sides.add_row(relation, out.formula(shown.rhs, columns, source=derivation.text))
    lines: list[RenderableType] = [sides, Text(), out.text(counterexample(record, out.name))]
    if message(step):
        lines.append(out.text(message(step)))
    for label, said in (("hint", record.hint), ("read as", shown.understood)):
        if said:
            lines.append(Text.assemble((f"{label}: ", "bold"), out.text(said)))
    title = out.text(f"first wrong step: {where(derivation, part)}, step {record.number}", "bold red")
    subtitle = out.text(place(derivation, record), "dim")
    yield Text()
    yield Panel(Group(*lines), title=title, subtitle=subtitle, title_align="left", border_style="red")
