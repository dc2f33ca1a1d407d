"""How far a document has been read: its lines, the scope that they are in, and what the words before a display say."""

from __future__ import annotations

from dataclasses import replace

from checker.reading.grammar.formula import parse_list
from checker.reading.known.scope import Scope
from checker.reading.layout.pieces import Member
from checker.reading.lexicon import Lexicon
from checker.reading.lines.chains import Lines
from checker.reading.lines.records import Condition, Line, Restriction, Zeroed
from checker.reading.syntax import Bracket, Node, Number
from checker.reading.tex.tokens import Place

NOTHING = Number("0", Place(1, 1))
"""The statement of a line that is not read."""


class Course:
    """The state of a document being read. foreign: the numbers of parts that answer another question.

    question: the scope of a question that the document answers. claims: whatever is displayed is a claim. words: those
    before the next display; imposing: it is imposed, or imposing_zero: it is where it has 0 on the right; setting: the
    same, where nothing else is; giving: it is
    declared, and giving_on: by the words before the display before it. imposed_letters: the letters of what is imposed.
    standing: what words have set to zero in the part. marked: where the item (b) of a list begins in which the text is.
    before: the words before the last display.
    ahead: the places of links that define a name which is used before them. condition: under which the words
    lead to the next display; case: that under which the text stands; lingering: of a display before, which may
    still be meant. partial: names that are defined under a condition. restrictions: of lines, by their chains.
    """

    def __init__(self, scope: Scope, question: Scope | None, claims: bool) -> None:
        self.scope, self.question, self.claims = scope, question, claims
        self.flow = Lines()
        self.parts: list[tuple[str, str, list[Line]]] = []
        self.foreign: set[int] = set()
        self.words = ""
        self.imposing = self.imposing_zero = self.setting = self.giving = self.giving_on = False
        self.imposed_letters: frozenset[str] = frozenset()
        self.standing: tuple[Zeroed, ...] = ()
        self.before = ""
        self.marked: Place | None = None
        self.ahead: frozenset[Place] = frozenset()
        self.condition: Condition | None = None
        self.case: Condition | None = None
        self.lingering: Condition | None = None
        self.partial: frozenset[str] = frozenset()
        self.restrictions: dict[int, Restriction] = {}
        self._trees: dict[int, tuple[Member, Lexicon, Node]] = {}

    @property
    def lines(self) -> list[Line]:
        """The lines of the part that is being read."""
        return self.parts[-1][2]

    def begin_part(self, name: str, title: str, *, foreign: bool = False) -> None:
        """A new part, of which nothing has been said."""
        if foreign:
            self.foreign.add(len(self.parts))
        self.parts.append((name, title, []))
        self.flow.begin_part()
        self.words, self.imposing, self.imposing_zero, self.giving = "", False, False, False
        self.imposed_letters, self.standing, self.before = frozenset(), (), ""
        self.case = self.lingering = None
        self.restrictions = {}

    def begin_part_quietly(self) -> None:
        """A part without a heading, of which the words so far are said."""
        before = self.words, self.imposing, self.imposing_zero, self.giving, self.case
        self.begin_part("", "")
        self.words, self.imposing, self.imposing_zero, self.giving, self.case = before

    def add(self, line: Line) -> None:
        number = len(self.lines) + 1
        self.lines.append(replace(line, part=len(self.parts) - 1, number=number, standing=self.standing))
        if line.restriction is not None:
            self.restrictions[line.chain] = line.restriction

    def no_longer_alone(self, chain: int) -> None:
        """A line that the next display goes on with is a link of a chain."""
        for at in range(len(self.lines) - 1, -1, -1):
            line = self.lines[at]
            if line.chain == chain:
                if not line.alone:
                    break  # it was gone on with before
                self.lines[at] = replace(line, alone=False)

    def is_distribution(self, chain: int) -> bool:
        """What the chain has come to stands behind a ∼."""
        last = next((line for line in reversed(self.lines) if line.chain == chain), None)
        return last is not None and last.sign == "~"

    def member(self, member: Member) -> Node:
        """The tree of a member."""
        known = self._trees.get(id(member))
        if known is not None and known[0] is member and known[1] is self.scope.lexicon:
            return known[2]
        nodes = parse_list(member.items, self.scope.lexicon, member.place)
        tree = Bracket("", nodes, member.place) if len(nodes) > 1 else nodes[0]
        self._trees[id(member)] = member, self.scope.lexicon, tree
        return tree

    def premise(self) -> Node | None:
        """The statement before the arrow."""
        for line in reversed(self.lines):
            if line.problem is None and line.role != "equivalence":
                return line.imposed or line.statement
        return None
