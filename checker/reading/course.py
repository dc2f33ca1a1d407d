"""How far a document has been read: its lines, the scope that they are in, and what the words before a display say."""

from __future__ import annotations

from dataclasses import replace

from checker.reading.grammar.formula import parse_list
from checker.reading.lines import Lines
from checker.reading.names import letter_key
from checker.reading.naming import leads_to
from checker.reading.pieces import Member
from checker.reading.records import Line, Zeroed
from checker.reading.scope import Scope
from checker.reading.syntax import Bracket, Derivative, Gradient, Letter, Node, Number, Relation, walk
from checker.reading.tokens import Place

NOTHING = Number("0", Place(1, 1))
"""The statement of a line that is not read."""


class Course:
    """The state of a document being read. foreign: the numbers of parts that answer another question.

    question: the scope of a question that the document answers. claims: whatever is displayed is a claim. words: those
    before the next display; imposing: it is imposed, or imposing_zero: it is where it has 0 on the right; giving: it is
    declared, and giving_on: by the words before the display before it. lines_before: how many lines of the part stood before
    the last display, and the scope there; None where none was displayed. imposed_letters: the letters of what is imposed. zeroed: the derivatives that words have set to zero.
    """

    def __init__(self, scope: Scope, question: Scope | None, claims: bool) -> None:
        self.scope, self.question, self.claims = scope, question, claims
        self.flow = Lines()
        self.parts: list[tuple[str, str, list[Line]]] = []
        self.foreign: set[int] = set()
        self.words = ""
        self.imposing = self.imposing_zero = self.giving = self.giving_on = False
        self.lines_before: tuple[int, Scope] | None = None
        self.imposed_letters: frozenset[str] = frozenset()
        self.zeroed: tuple[Zeroed, ...] = ()

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
        self.imposed_letters, self.zeroed = frozenset(), ()
        self.lines_before = None

    def begin_part_quietly(self) -> None:
        """A part without a heading, of which the words so far are said."""
        before = self.words, self.imposing, self.imposing_zero, self.giving
        self.begin_part("", "")
        self.words, self.imposing, self.imposing_zero, self.giving = before

    def add(self, line: Line) -> None:
        self.lines.append(replace(line, part=len(self.parts) - 1, number=len(self.lines) + 1, zeroed=self.zeroed))

    def new_names(self) -> frozenset[str]:
        """The names that the last display is the first to use, and of which it says nothing."""
        if self.lines_before is None:
            return frozenset()
        before = self.lines_before[1]
        return frozenset(name for name in self.scope.used - before.used if not self.scope.is_known(name))

    def is_circular(self, scope: Scope) -> bool:
        """A name that the scope defines in addition leads back to itself."""
        more = scope.definitions[len(self.scope.definitions) :]
        return any(leads_to(each.family, each.body, scope) for each in more)

    def define_in_display(self, scope: Scope) -> None:
        """The lines of the last display know what the scope defines in addition."""
        assert self.lines_before is not None
        start, more = self.lines_before[0], scope.definitions[len(self.scope.definitions) :]
        for at in range(start, len(self.lines)) if more else ():
            known = self.lines[at].scope
            self.lines[at] = replace(self.lines[at], scope=replace(known, definitions=(*known.definitions, *more)))

    def no_longer_alone(self, chain: int) -> None:
        """A line that the next display goes on with is a link of a chain."""
        for at, line in enumerate(self.lines):
            if line.chain == chain and line.alone:
                self.lines[at] = replace(line, alone=False)

    def member(self, member: Member) -> Node:
        """The tree of a member."""
        nodes = parse_list(member.items, self.scope.lexicon, member.place)
        if len(nodes) > 1:
            return Bracket("", nodes, member.place)
        return nodes[0]

    def set_to_zero(self, *, several: bool) -> None:
        """Words set the derivatives displayed so far to zero, or the last one alone."""
        found: dict[int, Zeroed] = {}
        heads: dict[int, Node] = {}
        for line in self.lines:
            if isinstance(line.statement, Relation) and line.problem is None and line.sign == "=" and not line.role:
                head = heads.setdefault(line.chain, line.statement.left)
                if isinstance(head, (Derivative, Gradient)):
                    by = head.variables[0] if isinstance(head, Derivative) else head.variable
                    equation = Relation("=", line.statement.right, NOTHING, line.place)
                    found[line.chain] = Zeroed(equation, by, line.place)
        chosen = list(found.values()) if several else list(found.values())[-1:]
        self.zeroed = (*self.zeroed, *(each for each in chosen if each not in self.zeroed))
        self.imposed_letters |= {letter_key(node) for each in chosen for node in walk(each.equation) if isinstance(node, Letter)}

    def premise(self) -> Node | None:
        """The statement before the arrow."""
        for line in reversed(self.lines):
            if line.problem is None and line.role != "equivalence":
                return line.imposed or line.statement
        return None
