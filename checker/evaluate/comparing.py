"""The claims that a transition makes: an identity, an inequality, a consequence, an equivalence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from checker.derivation import Givens, Transition
from checker.evaluate.arithmetic import Number
from checker.evaluate.errors import Refused
from checker.evaluate.findings import Agreement, Difference, Finding, Inconclusive
from checker.evaluate.grounding import bound
from checker.evaluate.instances import Contradiction, Demands, Instance, bindings, demands
from checker.evaluate.program import Program, compiled
from checker.evaluate.proportions import Proportion, together, variables
from checker.evaluate.relations import Line, Truth, identical, truth, value
from checker.evaluate.sampling import Style
from checker.evaluate.state import Budget
from checker.evaluate.trials import Trial
from checker.expressions import Probability

WORK = 1_500_000
"""Evaluated nodes a question; about half a second."""

INEQUALITIES = {"<": "Lt", "<=": "Le", ">": "Gt", ">=": "Ge"}
POINTS = 4
"""How many times as many points as instances are sought where a claim may fail at special values only."""

STYLES = (Style.GENERIC, Style.SPECIAL, Style.GENERIC, Style.PLAIN, Style.SPECIAL)
MAX_BINDINGS = 12


def compare(
    transition: Transition, givens: Givens, *, seed: int | None = None, instances: int = 3, confirming: bool = False
) -> Finding:
    """Evaluate a transition at instances that the givens allow.

    The default seed comes from the statement, so that the finding is the same in every run. `confirming`: there is a
    proof, so that no more than `instances` generic ones are tried, and no special values.
    """
    try:
        return _compare(transition, givens, seed, instances, confirming)
    except Refused as refusal:
        return Inconclusive(str(refusal))
    except Contradiction as contradiction:
        return Inconclusive(str(contradiction), contradictory=True)


def _compare(transition: Transition, givens: Givens, seed: int | None, instances: int, confirming: bool) -> Finding:
    relation = transition.relation
    if relation not in ("=", "=>", "<=>", r"\propto", *INEQUALITIES):
        raise Refused(f"no evaluation of {relation!r}")
    program = compiled((transition.lhs, transition.rhs, *transition.hypotheses), givens.facts, givens)
    question = Question(program, Budget(WORK), program.seed if seed is None else seed, instances, confirming)
    found = _answer(question, transition)
    return Inconclusive(program.doubt) if program.doubt and isinstance(found, Agreement) else found


def _answer(question: Question, transition: Transition) -> Finding:
    relation = transition.relation
    left, right, *hypotheses = question.program.lines
    if relation == "=>":
        return question.consequence([left, *hypotheses], right)
    if relation == "<=>":
        return question.equivalence(left, right, hypotheses)
    if left.head or right.head:
        raise Refused("a relation where an expression is expected")
    if relation == "=":
        return question.identity(left, right, hypotheses)
    if relation == r"\propto":
        return question.proportionality(left, right, hypotheses, _varying(transition))
    return question.consequence(hypotheses, _joined(left, right, INEQUALITIES.get(relation, "Eq")))


def _varying(transition: Transition) -> tuple[Any, ...]:
    """What a proportionality is in: what is named, or else what the probability on its left is of."""
    return transition.variables or ((transition.lhs,) if isinstance(transition.lhs, Probability) else ())


def _joined(left: Line, right: Line, head: str) -> Line:
    """The relation between two expressions."""
    symbols = tuple(dict.fromkeys((*left.symbols, *right.symbols)))
    return Line(None, head, (*left.sides, *right.sides), (), left.weight + right.weight, symbols)


@dataclass(frozen=True)
class Question:
    """A compiled statement with its limits."""

    program: Program
    budget: Budget
    seed: int
    instances: int
    confirming: bool = False

    def identity(self, left: Line, right: Line, hypotheses: list[Line]) -> Finding:
        """Both sides have the same complex value wherever both are defined and the hypotheses hold."""
        weight = left.weight + right.weight
        wanted = demands(self.program, [*self.program.facts, *hypotheses])

        agreed = False

        def judge(instance: Instance) -> bool | None:
            # where there is a proof, one close look is enough: that the sides differ, but everywhere by less than an
            # ordinary agreement tells, shows at any instance; and it costs more than all else at ten of them
            nonlocal agreed
            closely = not (self.confirming and agreed)
            found = identical(left.sides[0], right.sides[0], instance.state, weight, closely=closely)
            agreed = agreed or bool(found)
            return None if found is False and not instance.refutes else found

        def sides(instance: Instance) -> tuple[Number | None, Number | None]:
            return value(left.sides[0], instance.state, True), value(right.sides[0], instance.state, True)

        trial = Trial(self.program, wanted, judge, sides, (left, right), self.budget, self.seed)
        trial.confirmed_at, trial.hypotheses = self._confirmed_at, hypotheses
        if any(line.head == "Eq" for line in hypotheses):
            trial.styles = STYLES
            return trial.run(POINTS * self.instances)
        return trial.run(self.instances)

    @property
    def _confirmed_at(self) -> int | None:
        return self.instances if self.confirming else None

    def proportionality(self, left: Line, right: Line, hypotheses: list[Line], to: tuple[Any, ...]) -> Finding:
        """The ratio of both sides does not depend on the variables."""
        wanted = demands(self.program, [*self.program.facts, *hypotheses])
        judge = Proportion(
            self.program, left, right, variables(self.program, to), wanted, together(self.program, left.source)
        )
        trial = Trial(self.program, wanted, judge, judge.sides, (left, right), self.budget, self.seed)
        trial.confirmed_at = self._confirmed_at
        return trial.run(self.instances)

    def consequence(self, hypotheses: Iterable[Line], conclusion: Line, points: int = POINTS) -> Finding:
        """The conclusion holds wherever the hypotheses and the facts do."""
        hypotheses = list(hypotheses)
        wanted = demands(self.program, [*self.program.facts, *hypotheses])
        judge = Conclusion(self.program, wanted, conclusion)
        trial = Trial(
            self.program, wanted, judge, judge.sides, (conclusion,), self.budget, self.seed, STYLES, 2, self.instances
        )
        trial.hypotheses = hypotheses
        solved = any(line.head in ("Eq", "Or") for line in wanted.others)
        trial.confirmed_at = self._confirmed_at
        trial.grid = not solved and conclusion.head not in ("Eq", "Ne")
        return trial.run(points * self.instances)

    def equivalence(self, left: Line, right: Line, hypotheses: list[Line]) -> Finding:
        """Each side follows from the other."""
        forward = self.consequence([left, *hypotheses], right, POINTS // 2)
        if isinstance(forward, Difference):
            return forward
        backward = self.consequence([right, *hypotheses], left, POINTS // 2)
        if isinstance(backward, Difference) or isinstance(forward, Inconclusive) and isinstance(backward, Inconclusive):
            return backward
        for found in (forward, backward):
            if isinstance(found, Inconclusive) and found.unseen:
                return found
        if isinstance(forward, Agreement) and isinstance(backward, Agreement):
            conditions = tuple(dict.fromkeys((*forward.conditions, *backward.conditions)))
            return Agreement(forward.instances + backward.instances, conditions)
        agreed, missing = (forward, backward) if isinstance(forward, Agreement) else (backward, forward)
        assert isinstance(agreed, Agreement)
        assert isinstance(missing, Inconclusive)
        side = "left" if agreed is backward else "right"
        return Agreement(agreed.instances, agreed.conditions, f"no point was found where the {side} side holds")


@dataclass
class Conclusion:
    """Judges a relation at all values of its free indices."""

    program: Program
    wanted: Demands
    line: Line

    def __call__(self, instance: Instance) -> bool | None:
        holds = None
        for relation in bindings(self.line, self.program, self.wanted, instance)[:MAX_BINDINGS]:
            with bound(instance.state, relation.binding):
                found = truth(self.line, instance.state)
            if found is Truth.FALSE or (found is Truth.NOT_REAL and self._declared()):
                if not instance.refutes:
                    return None
                for name, index in relation.binding:
                    instance.state.assign_int(name, index)
                return False
            if found in (Truth.TRUE, Truth.NEAR):
                holds = True
        return holds

    def _declared(self) -> bool:
        """Whether all names are declared: an undeclared one is restricted by its use under a logarithm or root."""
        usage = self.program.compiler.usage
        roles = {*self.program.sizes, *self.program.indices}
        names = [domain for name, domain in usage.symbols.items() if name not in roles]
        return all(domain.declared for domain in (*names, *usage.families.values()))

    def sides(self, instance: Instance) -> tuple[Number | None, Number | None]:
        """The values of the first relation that fails."""
        failing = self._failing(self.line, instance)
        return value(failing.sides[0], instance.state, True), value(failing.sides[1], instance.state, True)

    def _failing(self, line: Line, instance: Instance) -> Line:
        for part in line.parts:
            if truth(part, instance.state) in (Truth.FALSE, Truth.NOT_REAL):
                return self._failing(part, instance)
        return line
