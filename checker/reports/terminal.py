"""The record on a terminal, by rich: a table for each part, and the first wrong step in a panel.

Everything is printed as `Text`, since rich reads the [k, j] of a formula as markup. Formulas are wrapped here and
not by rich, so that they break where a person would break them. On a narrow terminal rule, verdict and time share a
column, on a very narrow one they stand below the formula; on one that knows only ASCII all is spelled out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TextIO

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from checker.notation.names import in_ascii
from checker.notation.plain import ASCII, UNICODE
from checker.record import DerivationRecord, Outline, PartRecord, Step, summary
from checker.reports.wrapping import wrapped

WIDE, NARROW = 100, 60
"""From WIDE columns on, rule, verdict and time have a column each; from NARROW on they share one."""
MOST_KEPT = 8
LONGEST_NORMAL_FORM = 2000
_SHARED = 19
"""Columns of verdict and time, where they share one."""
_ASCII_HEAD = box.Box("    \n    \n -- \n    \n    \n    \n    \n    \n", ascii=True)

_COLOURS = {
    "proved": "green", "supported": "cyan", "refuted": "bold red", "undecided": "yellow", "unreadable": "magenta",
    "assumed": "dim",
}  # fmt: skip
_MARKS = {"proved": "✓", "supported": "≈", "refuted": "✗", "undecided": "?", "unreadable": "!", "assumed": "·"}
_ASCII_MARKS = {"proved": "+", "supported": "~", "refuted": "x", "undecided": "?", "unreadable": "!", "assumed": "."}
_RELATIONS = {
    "=>": "⇒", "<=>": "⇔", "<=": "≤", ">=": "≥", r"\propto": "∝", r"\approx": "≈", r"\sim": "∼", r"\in": "∈",
    r"\neq": "≠",
}  # fmt: skip
_ASCII_RELATIONS = {r"\propto": "~", r"\approx": "~=", r"\sim": "~", r"\in": "in", r"\neq": "!="}


class _Console(Console):
    """A console that leaves it to the command to say how it ends when its reader goes away (rich exits with 1)."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


@dataclass(frozen=True)
class Terminal:
    """Where the report goes and how much it says."""

    console: Console
    explain: bool = False

    @property
    def ascii(self) -> bool:
        return not self.console.encoding.lower().startswith("utf")

    @property
    def wide(self) -> bool:
        return self.console.width >= WIDE

    @property
    def narrow(self) -> bool:
        return self.console.width < NARROW

    def text(self, text: str, style: str = "") -> Text:
        return Text(in_ascii(text) if self.ascii else text, style)

    def formula(self, formula: str, columns: int) -> Text:
        plain = in_ascii(formula) if self.ascii else formula
        return Text("\n".join(wrapped(plain, columns)), no_wrap=True, overflow="fold")

    def name(self, name: str) -> str:
        return (ASCII if self.ascii else UNICODE).name(name)

    def relation(self, relation: str) -> str:
        return (_ASCII_RELATIONS if self.ascii else _RELATIONS).get(relation, relation)

    def verdict(self, verdict: str) -> Text:
        mark = (_ASCII_MARKS if self.ascii else _MARKS)[verdict]
        return Text(f"{mark} {verdict}", _COLOURS[verdict])

    def print(self, *what: RenderableType) -> None:
        for each in what:
            self.console.print(each)


def terminal(stream: TextIO, *, explain: bool = False) -> Terminal:
    """A report on this stream, with its colours, width and encoding."""
    return Terminal(_Console(file=stream, highlight=False, emoji=False, markup=False), explain)


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
    head = Text.assemble(out.text(derivation.name, "bold"), "  ", out.text(derivation.title), "  ")
    out.print(Text.assemble(head, out.verdict(derivation.verdict), "  ", out.text(derivation.source, "dim")))
    refuted = [(part, step) for part in derivation.parts for step in part.steps if step.record.verdict == "refuted"]
    wrong = refuted[0][1] if refuted else None
    for part in derivation.parts:
        out.print(Text(), *_part(part, wrong, out))
    if refuted:
        out.print(Text(), _first_wrong(derivation, *refuted[0], out))
    out.print(Text())


def show_summary(derivations: Iterable[DerivationRecord], seconds: float, out: Terminal) -> None:
    """One line: how many steps there are of each verdict, and the time."""
    counts = summary(derivations)
    steps = sum(counts.values())
    line = Text.assemble((f"{steps} step{'' if steps == 1 else 's'}: ", "bold"))
    shown = [(verdict, count) for verdict, count in counts.items() if count]
    line.append_text(Text(", ").join(Text(f"{count} {verdict}", _COLOURS[verdict]) for verdict, count in shown))
    out.print(line + Text(f"{' ' if shown else 'nothing to check '}in {seconds:.2f} s", "dim"))


# A part


def _part(part: PartRecord, wrong: Step | None, out: Terminal) -> Iterator[RenderableType]:
    yield Text.assemble(" ", out.text(part.name, "bold"), " " if part.name else "", out.text(part.title, "underline"))
    yield _table(part, wrong, out) if part.steps else Padding(Text("no steps, so nothing is checked"), (0, 0, 0, 4))
    if not out.explain:
        for label, kept in (("if", _kept(part, "conditions")), ("trusting", _kept(part, "trusts"))):
            if kept:
                yield Padding(out.text(f"{label} {kept}", "dim"), (0, 0, 0, 4))


def _kept(part: PartRecord, what: str) -> str:
    """What the proofs of a part rest on, each once, with the steps that do: N >= 2 (3, 4); λ != 0 (7)."""
    steps: dict[str, list[str]] = {}
    for step in part.steps:
        for each in getattr(step.record, what):
            steps.setdefault(each, []).append(str(step.record.number))
    kept = [f"{each} ({', '.join(numbers)})" for each, numbers in steps.items()]
    if len(kept) > MOST_KEPT:
        kept = [*kept[:MOST_KEPT], f"and {len(kept) - MOST_KEPT} more, which --explain shows"]
    return "; ".join(kept)


def _table(part: PartRecord, wrong: Step | None, out: Terminal) -> Table:
    rules = max((len(step.record.rule) for step in part.steps), default=0)
    columns = {"#": 3, "": 3, "formula": 0}
    if out.wide:
        columns |= {"rule": max(rules, 4), "verdict": 12, "time": 6}
    elif not out.narrow:
        columns |= {"verdict": max(rules, _SHARED)}
    columns["formula"] = max(out.console.width - sum(columns.values()) - 2 * len(columns), 12)
    head = _ASCII_HEAD if out.ascii else box.SIMPLE_HEAD
    table = Table(box=head, show_header=out.wide, show_edge=False, padding=(0, 1, 0, 0), header_style="dim")
    for name, size in columns.items():
        table.add_column(name, width=size, justify="right" if name in ("#", "time") else "left")
    for row in _rows(part, columns["formula"], wrong, out):
        table.add_row(*row)
    return table


def _rows(part: PartRecord, columns: int, wrong: Step | None, out: Terminal) -> Iterator[list[RenderableType]]:
    """The lines of the part: where a chain begins its first line alone, then a numbered row for each transition."""
    line_before = None
    for step in part.steps:
        record, shown = step.record, step.shown
        if shown.lhs != line_before:
            if line_before is not None:
                yield []
            yield ["", "", out.formula(shown.lhs, columns)]
        line_before = shown.rhs
        standing = _standing(step, out)
        below = [*standing, *_remarks(step, wrong, out)] if out.narrow else _remarks(step, wrong, out)
        formula = Group(out.formula(shown.rhs, columns), *below)
        beside = [] if out.narrow else standing
        yield [Text(str(record.number), "dim"), Text(out.relation(record.relation)), formula, *beside]


def _standing(step: Step, out: Terminal) -> list[RenderableType]:
    """Rule, verdict and time: a cell each, or on a narrow terminal one cell."""
    record = step.record
    rule = out.text(record.rule, "" if record.rule_ok else "yellow")
    verdict, time = out.verdict(record.verdict), Text(_duration(record.seconds), "dim")
    if out.wide:
        return [rule, verdict, time]
    if out.narrow:
        return [Text("  ").join([verdict, time, rule])]
    gap = " " * max(_SHARED - len(verdict) - len(time), 1)
    return [Group(Text.assemble(verdict, gap, time), *([rule] if record.rule else []))]


def _duration(seconds: float) -> str:
    if seconds >= 1:
        return f"{seconds:.1f} s"
    return f"{seconds * 1000:.0f} ms" if seconds >= 0.01 else f"{seconds * 1000:.1f} ms"


def _remarks(step: Step, wrong: Step | None, out: Terminal) -> Iterator[Text]:
    """What stands below a formula: the message, a counterexample, and with --explain the evidence.

    The first wrong step's counterexample has a panel to itself.
    """
    record = step.record
    if record.message:
        yield out.text(record.message, "yellow" if record.verdict == "proved" else _COLOURS[record.verdict])
    if step is wrong:
        yield out.text("see below", "red")
    elif record.counterexample:
        yield out.text("; ".join(filter(None, (_counterexample(step, out), record.hint))), "red")
    if out.explain:
        for label, value in _evidence(step):
            yield Text.assemble((f"{label} ", "dim"), out.text(value))


def _evidence(step: Step) -> Iterator[tuple[str, str]]:
    record, shown = step.record, step.shown
    rows = {
        "by": record.method,
        "theories": ", ".join(record.theories),
        "if": "; ".join(record.conditions),
        "trusting": "; ".join(record.trusts),
        "common form": _shortened(shown.normal_form),
        "instances": str(record.instances or ""),
        "note": "; ".join(shown.notes),
    }
    return ((label, value) for label, value in rows.items() if value)


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_NORMAL_FORM else text[:LONGEST_NORMAL_FORM] + " …"


# A wrong step


def _first_wrong(derivation: DerivationRecord, part: PartRecord, step: Step, out: Terminal) -> Panel:
    record, shown = step.record, step.shown
    columns = out.console.width - 12
    sides = Table.grid(padding=(0, 1))
    sides.add_row("", out.formula(shown.lhs, columns))
    sides.add_row(Text(out.relation(record.relation), "red"), out.formula(shown.rhs, columns))
    lines: list[RenderableType] = [sides, Text(), out.text(_counterexample(step, out))]
    if record.hint:
        lines.append(Text.assemble(("hint: ", "bold"), out.text(record.hint)))
    place = f"{derivation.source}:{record.source_line}" if record.source_line else derivation.source
    where = f"{derivation.name}.{part.name}" if part.name else derivation.name
    title = out.text(f"first wrong step: {where}, step {record.number}", "bold red")
    return Panel(Group(*lines), title=title, subtitle=out.text(place, "dim"), title_align="left", border_style="red")


def _counterexample(step: Step, out: Terminal) -> str:
    """At N = 2, x_1 = 3/2: the left side is 1/4 and the right side is −1/4."""
    witness = step.record.counterexample or {"values": {}, "lhs": "", "rhs": ""}
    values = ", ".join(f"{out.name(name)} = {value}" for name, value in witness["values"].items())
    sides = f"the left side is {witness['lhs']} and the right side is {witness['rhs']}"
    return f"at {values}: {sides}" if values else sides
