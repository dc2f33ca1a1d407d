"""What each line of an answer is worth to what rests on it.

valid          it holds, and so does all that it rests on
wrong          it does not hold, and does not follow from what is wrong before it either
follow-through a right step that rests on a wrong line: behind it in its chain, from it as a hypothesis, or true of what
               the answer found for a quantity of the question, where that is wrong
open           it could not be read or decided, or rests on such a line

A condition that the text imposes is valid where the question says it, or where it follows from one that the question's
own solution imposes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sympy import Basic, Eq, Expr, Indexed

from checker.check import holds
from checker.derivation import Derivation, Givens, Transition
from checker.expressions import Partial
from checker.grading.chains import Chain
from checker.grading.goals import Condition
from checker.grading.recognition import Meaning, Recognition
from checker.marks import FOLLOWS, OPEN, VALID, WRONG
from checker.reading.known.scope import Definition
from checker.reading.lines.claims import follows
from checker.reading.lines.givens import Read, read
from checker.reading.lines.hypotheses import Hypothesis, hypotheses_of
from checker.reading.lines.records import Judged, Line
from checker.reading.lines.zeroed import found_in
from checker.reading.syntax import Node, Number, Relation, Several, same
from checker.reading.tex.tokens import Unreadable

MOST_ENDS = 3
"""Of how many chains before a line, the nearest first, what they end in is tried."""
NOT_ASKED = "it imposes what does not follow from what the question sets to zero"


@dataclass(frozen=True)
class Standing:
    """The status of a line, and the numbers of the lines that it rests on directly; why, where that needs saying."""

    status: str
    rests: tuple[int, ...] = ()
    why: str = ""


class Standings:
    """The standing of each line, in order. `found` has those so far."""

    def __init__(
        self,
        derivation: Derivation,
        parts: Sequence[tuple[Recognition, Sequence[Meaning]]],
        judged: Sequence[Judged],
        chains: Sequence[Chain],
    ) -> None:
        self.derivation, self.parts, self.judged, self.chains = derivation, parts, judged, chains
        self.chain_of = {number: chain for chain in chains for number in chain.lines}
        self.found: list[Standing] = []
        for number, each in enumerate(judged):
            self.found.append(self._standing(number, each))

    def closure(self, lines: Sequence[int]) -> tuple[int, ...]:
        """The lines, and all that they rest on, in order."""
        reached: set[int] = set()
        waiting = list(lines)
        while waiting:
            number = waiting.pop()
            if number not in reached:
                reached.add(number)
                waiting += self.found[number].rests
        return tuple(sorted(reached))

    # --- a line

    def _standing(self, number: int, each: Judged) -> Standing:
        if each.verdict in ("undecided", "unreadable"):
            return Standing(OPEN)
        if each.line.cell is not None:
            return Standing(WRONG if each.verdict == "refuted" else VALID)
        if each.role == "imposed":
            return self._imposed(number, each.line)
        if each.verdict == "assumed":
            return Standing(VALID)
        if each.line.role == "equivalence" and each.line.imposed is not None and each.verdict != "refuted":
            imposed = self._imposed(number, each.line)
            if imposed.status != VALID:
                return imposed
        before = self._links_before(number)
        if each.verdict == "refuted":
            return self._refuted(number, each, before)
        rests = each.uses if each.role != "identity" else ()
        zeroed = self._set_to_zero(number, each) if rests else ()
        rests = tuple(sorted({*rests, *zeroed}))
        status = self._worst((*rests, *before))
        if status == VALID and not all(self._is_asked(at) for at in zeroed):
            return Standing(OPEN, rests, NOT_ASKED)
        return Standing(status, rests)

    def _set_to_zero(self, number: int, each: Judged) -> tuple[int, ...]:
        """The lines that found what words set to zero for the line; of several those for what it solves for."""
        premise = None if each.line.arrow else each.line.premise
        found = [
            at
            for at in range(number)
            if premise is not None
            and found_in(premise, self.judged[at].line)
            or at in each.uses
            and any(found_in(node, self.judged[at].line) for node in each.line.zeroed)
        ]
        chain = self.chain_of.get(number)
        names = _bases(chain.head.tree) if chain is not None and chain.head.tree is not None else set()
        own = [at for at in found if names & self._differentiated_by(at)]
        return tuple(own or found)

    def _differentiated_by(self, number: int) -> set[Basic]:
        chain = self.chain_of.get(number)
        head = chain.head.tree if chain is not None else None
        return {base for v in head.variables for base in _bases(v)} if isinstance(head, Partial) else set()

    def _is_asked(self, number: int) -> bool:
        """A line finds a derivative that the question sets to zero, or what is zero where the question's are."""
        chain = self.chain_of.get(number)
        if chain is None or self._begins_with_asked(chain):
            return chain is not None
        found = next((member.tree for member in chain.members if member.line == number), None)
        return isinstance(found, Expr) and self._follows(Eq(found, 0, evaluate=False), chain.givens)

    def _follows(self, equation: Basic, givens: Givens) -> bool:
        """It follows from what the question's own solution sets to zero."""
        return any(
            recognition.follows_from(condition, equation, givens, meanings)
            for recognition, condition, meanings in self._conditions()
        )

    def _begins_with_asked(self, chain: Chain) -> bool:
        """The chain begins with a derivative that the question sets to zero."""
        head = chain.head.tree
        return head is not None and any(
            recognition.is_derivative_of(condition, head, chain.givens, meanings)
            for recognition, condition, meanings in self._conditions()
        )

    def _links_before(self, number: int) -> tuple[int, ...]:
        """The lines of the chain that lead to the left side of a line."""
        chain = self.chain_of.get(number)
        return () if chain is None else tuple(line for line in chain.lines if line < number)

    def _worst(self, numbers: Sequence[int]) -> str:
        statuses = {self.found[number].status for number in numbers if number < len(self.found)}
        if OPEN in statuses:
            return OPEN
        return FOLLOWS if statuses & {WRONG, FOLLOWS} else VALID

    def _any_wrong(self, numbers: Sequence[int]) -> bool:
        """One of the lines is wrong, or rests on a wrong one, whatever else is open."""
        return any(self.found[number].status in (WRONG, FOLLOWS) for number in numbers)

    # --- what is imposed

    def _imposed(self, number: int, line: Line) -> Standing:
        before = self._links_before(number)
        chain = self.chain_of.get(number)
        if before and chain is not None and self._begins_with_asked(chain):
            return Standing(self._worst(before), before)
        found = _imposed_by(line)
        if found is None:
            return Standing(OPEN, before, "what is imposed could not be read")
        (equation,) = found.trees
        if isinstance(equation, Eq) and holds(Transition(1, "=", *equation.args), found.givens):
            return Standing(VALID)  # ∂L/∂λ = 0 says what the question does
        if self._follows(equation, found.givens):
            return Standing(VALID)
        rests = self._wrong_derivative(number, equation)
        if rests:
            return Standing(FOLLOWS, rests, "it sets to zero what was found by a wrong step")
        return Standing(OPEN, before, NOT_ASKED)

    def _conditions(self) -> list[tuple[Recognition, Condition, Sequence[Meaning]]]:
        return [
            (recognition, condition, meanings)
            for recognition, meanings in self.parts
            for condition in recognition.asked.conditions
        ]

    def _wrong_derivative(self, number: int, equation: Basic) -> tuple[int, ...]:
        """The lines of a chain, one of them wrong, that finds what the equation says is zero."""
        for chain in self.chains:
            lines = tuple(line for line in chain.lines if line < number)
            if not lines or not self._any_wrong(lines) or not isinstance(chain.head.tree, Partial):
                continue
            sides = set(equation.args)
            if any(member.tree in sides for member in chain.members[1:]):
                return lines
        return ()

    # --- what is refuted

    def _refuted(self, number: int, each: Judged, before: tuple[int, ...]) -> Standing:
        line = each.line
        overridden, lines = self._with_own_results(number, line)
        hypotheses, more = self._own_hypotheses(number, line)
        ends, ending = self._ends(number, line)
        if lines or more or ending:
            for trial, used, rests in (
                (overridden, hypotheses_of(line, self.judged[:number]), lines),
                (line, hypotheses, more),
                (line, [*ends, *hypotheses], (*ending, *more)),
                (overridden, hypotheses, (*lines, *more)),
            ):
                if rests and follows(trial, used):
                    return Standing(FOLLOWS, tuple(sorted({*rests, *before})), "it is right for what was found before")
        return Standing(WRONG, before)

    def _ends(self, number: int, line: Line) -> tuple[list[Hypothesis], tuple[int, ...]]:
        """What chains of the part with a wrong link end in, λ = K of λ = Σ_k n_k = K, and their lines."""
        found: list[Hypothesis] = []
        lines: tuple[int, ...] = ()
        for chain in reversed(self.chains):
            before = all(each < number for each in chain.lines) and chain.part == line.part
            last = chain.members[-1]
            readable = chain.head.tree is not None and last.tree is not None
            if before and readable and len(chain.members) > 2 and self._any_wrong(chain.lines) and not last.imposed:
                node = Relation("=", chain.head.node, last.node, last.node.place)
                found.append(Hypothesis(node, chain.lines[-1]))
                lines = (*lines, *chain.lines)
        return found[:MOST_ENDS], lines

    def _with_own_results(self, number: int, line: Line) -> tuple[Line, tuple[int, ...]]:
        """The line where a function is what the answer found for it by wrong steps; those lines."""
        definitions = list(line.scope.definitions)
        lines: tuple[int, ...] = ()
        for at, definition in enumerate(definitions):
            for chain in self.chains:
                links = tuple(each for each in chain.lines if each < number)
                if not links or links != chain.lines or not self._any_wrong(links):
                    continue
                if self._is_named(chain, definition) and chain.members[-1].tree is not None:
                    definitions[at] = replace(definition, body=chain.members[-1].node)
                    lines = (*lines, *links)
        if not lines:
            return line, ()
        return replace(line, scope=replace(line.scope, definitions=tuple(definitions))), lines

    def _is_named(self, chain: Chain, definition: Definition) -> bool:
        """The chain begins with what the question defines under that name, or with its definition; or it begins with a
        name that the answer defines itself."""
        if same(chain.head.node, definition.left):
            return True
        if definition.indices or definition.parameters:
            return False
        head = chain.head.tree
        stated = {str(each.args[0]): each for each in self.derivation.givens.definitions}
        equation = stated.get(definition.key)
        return equation is not None and head in equation.args

    def _own_hypotheses(self, number: int, line: Line) -> tuple[list[Hypothesis], tuple[int, ...]]:
        """The hypotheses of a line where what is imposed on a derivative is imposed on what was found for it."""
        hypotheses = hypotheses_of(line, self.judged[:number])
        lines: tuple[int, ...] = ()
        changed: list[Hypothesis] = []
        for each in hypotheses:
            replaced = self._found_for(each, number)
            changed.append(replaced[0] if replaced else each)
            lines = (*lines, *(replaced[1] if replaced else ()))
        return changed, lines

    def _found_for(self, hypothesis: Hypothesis, number: int) -> tuple[Hypothesis, tuple[int, ...]] | None:
        node = hypothesis.node
        if not isinstance(node, Relation) or node.sign != "=":
            return None
        for chain in self.chains:
            lines = tuple(each for each in chain.lines if each < number and self.judged[each].role != "imposed")
            if not lines or not self._any_wrong(lines) or not isinstance(chain.head.tree, Partial):
                continue
            last = next(m for m in reversed(chain.members) if m.line == lines[-1] and not m.imposed)
            if last.tree is None:
                continue
            for side, other in ((node.left, node.right), (node.right, node.left)):
                if _is_zero(other) and self._tree(side, chain) == chain.head.tree:
                    return replace(hypothesis, node=Relation("=", last.node, other, node.place)), lines
        return None

    def _tree(self, node: Node, chain: Chain) -> Basic | None:
        try:
            return read(chain.scope, [node]).trees[0]
        except (Unreadable, RecursionError):
            return None


def _imposed_by(line: Line) -> Read | None:
    """The equation that a line imposes, as it is read; None where that cannot be."""
    node = line.imposed or line.statement
    if isinstance(node, Several):
        return None
    try:
        return read(line.scope, [node])
    except (Unreadable, RecursionError):
        return None


def _bases(tree: Basic) -> set[Basic]:
    """The families, and the names alone, in a tree."""
    families = {node.base for node in tree.atoms(Indexed)}
    return families or set(tree.free_symbols)


def _is_zero(node: Node) -> bool:
    return isinstance(node, Number) and node.text == "0"
