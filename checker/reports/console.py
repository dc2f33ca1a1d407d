"""A terminal to report on: its width, its colours, and whether it knows only ASCII.

Everything is printed as `Text`, since rich reads the [k, j] of a formula as markup. Formulas are wrapped here and
not by rich, so that they break where a person would break them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TextIO

from rich.console import Console, RenderableType
from rich.text import Text

from checker.notation.names import in_ascii
from checker.notation.plain import ASCII, UNICODE
from checker.reports.words import MARKS, RELATIONS
from checker.reports.wrapping import wrapped
from checker.visible import visible

WIDE, NARROW = 100, 60
"""From WIDE columns on, rule, verdict and time have a column each; from NARROW on they share one."""
MOST_LINES = 4
"""Lines that a formula of a text may take, unless all is to be said."""

COLOURS = {
    "proved": "green", "supported": "cyan", "refuted": "bold red", "undecided": "yellow", "unreadable": "magenta",
    "assumed": "dim",
}  # fmt: skip
_ASCII_MARKS = {"proved": "+", "supported": "~", "refuted": "x", "undecided": "?", "unreadable": "!", "assumed": "."}
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
        return Text(self._plain(text), style)

    def formula(self, formula: str, columns: int, *, source: bool = False) -> Text:
        """A formula in lines of at most `columns`; the LaTeX `source` of one is cut, unless all is to be said."""
        lines = wrapped(self._plain(formula), columns - source, source=source)
        if source and len(lines) > MOST_LINES and not self.explain:
            lines = [*lines[: MOST_LINES - 1], lines[MOST_LINES - 1] + ("~" if self.ascii else "…")]
        return Text("\n".join(lines), no_wrap=True, overflow="fold")

    def name(self, name: str) -> str:
        return (ASCII if self.ascii else UNICODE).name(name)

    def relation(self, relation: str) -> str:
        return (_ASCII_RELATIONS if self.ascii else RELATIONS).get(relation, relation)

    def verdict(self, verdict: str) -> Text:
        mark = (_ASCII_MARKS if self.ascii else MARKS)[verdict]
        return Text(f"{mark} {verdict}", COLOURS[verdict])

    def print(self, *what: RenderableType) -> None:
        for each in what:
            self.console.print(each)

    def _plain(self, text: str) -> str:
        return in_ascii(visible(text)) if self.ascii else visible(text)


def terminal(stream: TextIO, *, explain: bool = False) -> Terminal:
    """A report on this stream, with its colours, width and encoding."""
    return Terminal(_Console(file=stream, highlight=False, emoji=False, markup=False), explain)
