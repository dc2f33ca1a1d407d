"""What a text is read as: lines in parts, with what could not be read."""

from __future__ import annotations

from dataclasses import dataclass, field

from checker.derivation import Givens, Transition
from checker.reading.known.scope import Scope
from checker.reading.syntax import Node, Relation
from checker.reading.tex.tokens import Place, Unreadable

SIGNS = {
    "=": "=", "<": "<", ">": ">", "<=": "<=", ">=": ">=", "!=": r"\neq", ":=": ":=", "~=": r"\approx", "~": r"\sim",
    "in": r"\in", "prop": r"\propto", "=>": "=>", "<=>": "<=>",
}  # fmt: skip
"""The relations of the contract; any other sign is shown as ∼."""

CHECKED = frozenset(("=", ":=", "<", ">", "<=", ">=", "!=", "prop"))
"""The signs of lines whose sides are read; a line with another sign is undecided."""


@dataclass(frozen=True)
class Cell:
    """Which count of the question's table a line states, by the titles of row and column; "" where it is none of them.

    also: others that it states too, as P_6 = U_6 = 6·6 does. claim: what it says, None where that was not read; givens:
    under which. hint: what a wrong count looks like. note: what else is to be known. of_table: it stands in a table.
    ends: the line ends with the count; right: which is the right one, whatever stands before it.
    """

    row: str
    column: str
    also: tuple[tuple[str, str], ...] = ()
    claim: Transition | None = None
    givens: Givens = field(default_factory=Givens)
    hint: str = ""
    note: str = ""
    of_table: bool = False
    ends: bool = False
    right: bool = False

    def states(self, row: str, column: str) -> bool:
        """The line is about that count."""
        return (row, column) in ((self.row, self.column), *self.also)


@dataclass(frozen=True)
class Zeroed:
    """What words set to zero, the letters by which it is the derivative, and the lines of its part before them."""

    equation: Relation
    letters: frozenset[str]
    after: int


@dataclass(frozen=True)
class Condition:
    """The words of a condition and its relations; none where it is not understood."""

    words: str
    relations: tuple[Relation, ...] = ()


@dataclass(frozen=True)
class Restriction:
    """The condition under which a line is said to hold: its relations, those of them that are equations, and the scope
    in which the others are known.

    words: as it is said. counts: the line is judged under it; else it only keeps the line from being refuted.
    """

    words: str
    relations: tuple[Relation, ...]
    equations: tuple[Relation, ...]
    scope: Scope
    counts: bool


@dataclass(frozen=True)
class Line:
    """One transition of a text.

    role: "" for a claim, or "definition", "imposed", "given", "equivalence". alone: it stands alone between its sides,
    so that it may be a hypothesis even where it is wrong. premise: E1 of E1 ⇒ E2. imposed: what is imposed by "= 0".
    standing: what words before it have set to zero in its part. vanishing: what an answer may have set to zero for it
    without saying so, tried where it is false without that; solving: its words or marks say that it is a solution.
    head: what a proportionality is in, or the probability that its chain begins with.
    second: the statement read in another way that is as likely. whole: read with its sums up to the last + behind which
    their indices stand, where an index stands outside of its sum as it is read. cell: it states a count of the
    question's table. restriction: the condition under which it is said to hold.
    """

    part: int
    number: int
    place: Place
    sign: str
    left: str
    right: str
    scope: Scope
    statement: Node
    role: str = ""
    alone: bool = False
    premise: Node | None = None
    imposed: Node | None = None
    standing: tuple[Zeroed, ...] = ()
    vanishing: Node | None = None
    solving: bool = False
    rule: str = ""
    arrow: bool = False
    chain: int = 0
    head: tuple[Node, ...] = ()
    second: Node | None = None
    whole: Node | None = None
    problem: Unreadable | None = None
    cell: Cell | None = None
    restriction: Restriction | None = None

    @property
    def zeroed(self) -> tuple[Node, ...]:
        """What words before it have set to zero in its part, or what an answer has without saying so."""
        unsaid = () if self.vanishing is None else (self.vanishing,)
        return (*(each.equation for each in self.standing), *unsaid)

    @property
    def shown_sign(self) -> str:
        """The relation as the contract writes it."""
        if self.role == "equivalence":
            return "<=>"
        return "=>" if self.arrow else SIGNS.get(self.sign, r"\sim")


@dataclass(frozen=True)
class Judged:
    """A line with the verdict and the role that it was found to have, and the numbers of the lines that it uses.

    The numbers count all lines of the text from 0.
    """

    line: Line
    verdict: str
    role: str
    uses: tuple[int, ...] = ()


@dataclass(frozen=True)
class PartText:
    """A heading and its lines.

    missing: a part of the question that the answer does not have. foreign: it answers another question.
    position: where it stands in the answer; parts are read and judged in the order of the question.
    """

    name: str
    title: str
    lines: tuple[Line, ...]
    missing: bool = False
    foreign: bool = False
    position: int = 0


@dataclass(frozen=True)
class Reading:
    """A text read: its parts, and what could not be read at all, each with its place."""

    title: str
    parts: tuple[PartText, ...]
    problems: tuple[Unreadable, ...] = ()

    @property
    def lines(self) -> list[Line]:
        return [line for part in self.parts for line in part.lines]
