"""Credits, and the marks of each part of an answer.

A target that is stated rightly, by lines that are valid and rest on valid ones, earns its marks; one that is stated
rightly without steps what results alone are worth. Where a line before it is wrong, or where it is wrong only since one
is, it earns its milestones and a share of what they leave. What rests on an open line is left to a person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import sympy

from checker.derivation import Derivation, Target
from checker.grading.chains import Chain, chains_of
from checker.grading.goals import Asked, Goal, Wanted, Word, asked
from checker.grading.recognition import Recognition, Statement
from checker.grading.standing import Standings
from checker.grading.tables import table_credits
from checker.marks import (
    ABSENT,
    ALONE,
    COMPENSATED,
    FOLLOWED,
    FOLLOWS,
    MISSED,
    OPEN,
    PARTLY,
    PERSON,
    REACHED,
    VALID,
    WRONG,
    Credit,
    PartMarks,
    Support,
)
from checker.printing import latex, unicode
from checker.reading.lines.records import Judged, PartText, Reading

_BEST = (REACHED, ALONE, PERSON, COMPENSATED, FOLLOWED, PARTLY, MISSED, ABSENT)
"""The best outcome first, of several places that state one goal."""
_RIGHT = (REACHED, ALONE, COMPENSATED, PERSON)
DISPUTED = "it is stated rightly in one place and wrongly in another"
FOR_A_PERSON = "whether it is reached is for a person"


def mark(reading: Reading, judged: Sequence[Judged], derivation: Derivation) -> tuple[PartMarks, ...]:
    """The marks of each part of the reading, in its order. `judged` are all its lines, in order."""
    with sympy.evaluate(False):
        return _Marking(reading, judged, derivation).parts()


class _Marking:
    def __init__(self, reading: Reading, judged: Sequence[Judged], derivation: Derivation) -> None:
        self.reading, self.judged, self.derivation = reading, judged, derivation
        self.asked = {each.part.name: each for each in asked(derivation)}
        self.numbers = _numbers(reading)
        self.chains = chains_of(judged)
        self.recognitions = {name: Recognition(derivation, each) for name, each in self.asked.items()}
        self.meanings = {
            name: recognition.meanings(self._chains(name)) for name, recognition in self.recognitions.items()
        }
        self.standings = Standings(
            derivation,
            [(recognition, self.meanings[name]) for name, recognition in self.recognitions.items()],
            judged,
            self.chains,
        )
        self.places = {
            number: Support(part.name, line.number, line.place.line)
            for part in reading.parts
            for number, line in zip(self.numbers[id(part)], part.lines, strict=True)
        }

    def parts(self) -> tuple[PartMarks, ...]:
        return tuple(self._part(part) for part in self.reading.parts)

    def _chains(self, name: str) -> list[Chain]:
        """The chains of a part, and those that stand in no part."""
        inside = {n for part in self._texts(name) for n in self.numbers[id(part)]}
        return [chain for chain in self.chains if inside.issuperset(chain.lines)]

    def _texts(self, name: str) -> list[PartText]:
        """What answers a part: the part, and what stands in no part, unless it answers another question."""
        return [part for part in self.reading.parts if part.name in (name, "") and not part.foreign]

    def _lines(self, name: str) -> list[tuple[Judged, Support]]:
        """The lines of a part, and those that stand in no part, with their places."""
        numbers = [n for part in self._texts(name) for n in self.numbers[id(part)]]
        return [(self.judged[number], self.places[number]) for number in numbers]

    def _part(self, part: PartText) -> PartMarks:
        numbers = self.numbers[id(part)]
        statuses = tuple(self.standings.found[number].status for number in numbers)
        false = [line.number for line, status in zip(part.lines, statuses, strict=True) if status == WRONG]
        wrong = false[0] if false else None
        asked = self.asked.get(part.name)
        if asked is None:
            person = [] if part.foreign else self._person(part, numbers)
            return PartMarks(0, 0, 0, (), statuses, wrong, tuple(person))
        credits = [*self._credits(asked), *table_credits(asked.part, self._lines(part.name))]
        wrong = next((number for number in false if number not in _without_steps(part, credits)), None)
        person = self._person(part, numbers)
        if part.lines and not person and wrong is None and all(credit.outcome == ABSENT for credit in credits):
            person.append("none of what is asked for was found in it, and no step is wrong")
        if not part.missing and not part.lines and (asked.part.targets or asked.part.table):
            person.append("nothing is displayed; what is said in words is for a person")
        if asked.part.words and not part.missing:
            person.append("what is asked in words is for a person")
        if part.missing and any(each.lines for each in self._texts("")):
            person.append("the part was not found, and formulas stand in no part")
        top = [credit for credit in credits if not credit.milestone_of]
        told = [each for each in top if each.outcome == PERSON and each.max_marks and each.message != FOR_A_PERSON]
        person += [f"{each.title}: {each.message}" for each in told]
        marks = round(sum(credit.marks for credit in top), 4)
        up_to = sum(credit.up_to for credit in top) + (0 if part.missing else asked.part.words)
        return PartMarks(
            marks, asked.part.max_marks or 0, round(up_to, 4), tuple(credits), statuses, wrong, tuple(person)
        )

    def _person(self, part: PartText, numbers: Sequence[int]) -> list[str]:
        """Why a person has to look at the part: its lines that are open by themselves."""
        found = []
        for number, line in zip(numbers, part.lines, strict=True):
            standing, verdict = self.standings.found[number], self.judged[number].verdict
            if verdict in ("undecided", "unreadable"):
                found.append(f"step {line.number} (line {line.place.line}) is {verdict}")
            elif standing.status == OPEN and standing.why:
                found.append(f"step {line.number} (line {line.place.line}): {standing.why}")
        return found

    # --- credits

    def _credits(self, asked: Asked) -> list[Credit]:
        credits: list[Credit] = []
        for wanted in asked.wanted:
            milestones = [self._milestone(asked, wanted, number) for number in range(len(wanted.milestones))]
            target = self._target(asked, wanted, milestones)
            if target.message == DISPUTED:
                milestones = [_left_to_a_person(each, target) for each in milestones]
                target = self._target(asked, wanted, milestones)
            if target.outcome == REACHED:
                milestones = [_granted(each, target) for each in milestones]
                credits = [_granted(each, target) if each.title in wanted.target.covers else each for each in credits]
            credits += [*milestones, target]
        return credits

    def _milestone(self, asked: Asked, wanted: Wanted, number: int) -> Credit:
        goal, milestone = wanted.milestones[number], wanted.target.milestones[number]
        found = self._best(asked, goal, milestone=True)
        marks = milestone.marks if found.outcome in (REACHED, ALONE) else 0
        up_to = milestone.marks if found.outcome in (REACHED, ALONE, PERSON) else 0
        outcome = REACHED if found.outcome == ALONE else found.outcome
        return replace(
            found, outcome=outcome, marks=marks, max_marks=milestone.marks, up_to=up_to,
            milestone_of=wanted.target.title,
        )  # fmt: skip

    def _target(self, asked: Asked, wanted: Wanted, milestones: Sequence[Credit]) -> Credit:
        target = wanted.target
        found = self._with_steps(asked, wanted.goal, self._best(asked, wanted.goal), milestones)
        on_the_way = sum(each.marks for each in milestones)
        hoped = sum(each.up_to for each in milestones)
        share = on_the_way + target.follow * (target.marks - on_the_way)
        marks, up_to, outcome = on_the_way, hoped, found.outcome
        if outcome == REACHED:
            marks = up_to = target.marks
        elif outcome == ALONE:
            marks = up_to = max(target.alone, on_the_way)
        elif outcome in (COMPENSATED, FOLLOWED):
            marks = up_to = share
        elif outcome == PERSON or outcome == ABSENT and self._is_open(asked):
            up_to = target.marks
        if outcome == ALONE and target.alone >= target.marks:
            outcome = REACHED
        elif outcome == ABSENT and on_the_way:
            outcome = PARTLY
        return replace(
            found, outcome=outcome, marks=round(marks, 4), max_marks=target.marks, up_to=round(up_to, 4),
            message=found.message or _said(target, outcome),
        )  # fmt: skip

    def _is_open(self, asked: Asked) -> bool:
        """A line of the part is open, so that a person may find there what we did not."""
        return any(
            self.standings.found[number].status == OPEN
            for part in self._texts(asked.part.name)
            for number in self.numbers[id(part)]
        )

    def _best(self, asked: Asked, goal: Goal, *, milestone: bool = False) -> Credit:
        """The best of the places where the goal is stated, of equally good ones the first.

        Of a chain that ends in a wrong form of a target no earlier form counts; a milestone may be any form.
        """
        name = asked.part.name
        statements = self.recognitions[name].statements(goal, self._chains(name), self.meanings[name])
        counted = statements if milestone else _final(statements)
        found = [self._credit(goal, statement, counted, milestone) for statement in counted]
        if not milestone and _disputed(counted):
            found = [replace(each, outcome=PERSON, message=DISPUTED) for each in found if each.outcome in _RIGHT]
        if not statements and (other := self._denial(goal, name) or self._by_another(goal, name)):
            found.append(other)
        nothing = Credit(goal.title, _formula(goal), ABSENT, 0, 0, 0)
        return min([*found, nothing], key=lambda credit: (_rank(credit, milestone), _place(credit)))

    def _with_steps(self, asked: Asked, goal: Goal, found: Credit, milestones: Sequence[Credit]) -> Credit:
        """A result that stands alone has its steps where milestones were reached before it, or where valid lines of its
        part, none of them wrong, lead to it."""
        if found.outcome != ALONE:
            return found
        before = {s for each in milestones if each.outcome == REACHED for s in each.supports}
        before |= self._leading(asked, goal, found)
        in_order = sorted(before, key=lambda s: (s.source_line, s.number))
        steps = tuple(s for s in in_order if s not in found.supports)
        return replace(found, outcome=REACHED, supports=(*steps, *found.supports)) if steps else found

    def _leading(self, asked: Asked, goal: Goal, found: Credit) -> set[Support]:
        """The valid lines that lead to a result that holds by itself, where no line before it is wrong."""
        number = next(number for number, place in self.places.items() if place == found.supports[-1])
        if self.standings.found[number].status != VALID or self._wrong_before(number):
            return set()
        name = asked.part.name
        recognition = self.recognitions[name]
        stated = {id(each.chain) for each in recognition.statements(goal, self._chains(name), self.meanings[name])}
        proportions = {
            self.places[line]
            for text in self._texts(name)
            for line in self.numbers[id(text)]
            if line < number and self.standings.found[line].status == VALID
            if recognition.is_proportion(goal, self.judged[line].line)
        }
        return proportions | {
            self.places[line]
            for chain in self._chains(name)
            if id(chain) not in stated and chain.lines[-1] < number
            if all(self.standings.found[line].status == VALID for line in chain.lines)
            if recognition.leads_to(goal, chain)
            for line in chain.lines
        }

    def _denial(self, goal: Goal, name: str) -> Credit | None:
        """Where a wrong line says something else of what the goal is about, in other words than it asks for."""
        for chain in self._chains(name):
            wrong = [number for number in chain.lines if self.standings.found[number].status == WRONG]
            if wrong and self.recognitions[name].is_about(goal, chain, self.meanings[name]):
                return Credit(goal.title, _formula(goal), MISSED, 0, 0, 0, (self.places[wrong[0]],))
        return None

    def _by_another(self, goal: Goal, name: str) -> Credit | None:
        """Where the derivative is found by a variable of the same family, as by σ_i and not by σ_i²."""
        for chain in self._chains(name):
            variable = self.recognitions[name].by_another(goal, chain)
            wrong = any(self.standings.found[number].status == WRONG for number in chain.lines)
            if variable is not None and not wrong:
                place = self.places[chain.lines[-1]]
                return Credit(
                    goal.title, _formula(goal), PERSON, 0, 0, 0, (place,), f"the derivative is by {unicode(variable)}"
                )
        return None

    def _credit(self, goal: Goal, statement: Statement, others: Sequence[Statement], milestone: bool) -> Credit:
        lines = self.standings.closure(statement.lines)
        supports = tuple(self.places[number] for number in lines)
        outcome = self._outcome(goal, statement, lines, others, milestone)
        return Credit(goal.title, _formula(goal), outcome, 0, 0, 0, supports)

    def _outcome(
        self, goal: Goal, statement: Statement, lines: Sequence[int], others: Sequence[Statement], milestone: bool
    ) -> str:
        statuses = [self.standings.found[number].status for number in lines]
        if statement.wrong:
            own = self.standings.found[statement.lines[-1]].status
            if own == FOLLOWS:
                return FOLLOWED if self._has_substance(goal, statement, lines, others) else MISSED
            return MISSED if own in (WRONG, VALID) else PERSON
        if not statement.right:
            return PERSON
        if OPEN in statuses:
            return PERSON
        if set(statuses) == {VALID}:
            return ALONE if len(lines) == 1 else REACHED
        last = self.standings.found[statement.lines[-1]].status
        first_wrong = self._wrong_before(statement.lines[0])
        if last == WRONG and not first_wrong and statuses.count(VALID) + 1 == len(statuses):
            return ABSENT if milestone else ALONE  # right, but what it follows from is not shown
        return COMPENSATED

    def _has_substance(
        self, goal: Goal, statement: Statement, lines: Sequence[int], others: Sequence[Statement]
    ) -> bool:
        """A wrong result by valid steps is more than a wrong claim said again: it is about what the right one is about,
        but for one thing that the wrong steps lost, and does not rest on another place that states it wrongly."""
        again = {each.lines[-1] for each in others if each.wrong and each.chain is not statement.chain}
        said = any(number in again and self.standings.found[number].status == WRONG for number in lines)
        if said or not statement.goes_on:
            return False
        lacking = self.recognitions[goal.part].lacking(goal, statement)
        return not lacking or len(lacking) == 1 and lacking <= self._lost(goal, lines)

    def _lost(self, goal: Goal, lines: Sequence[int]) -> frozenset[Word]:
        """What the wrong ones of these lines lost."""
        recognition = self.recognitions[goal.part]
        wrong = [number for number in lines if self.standings.found[number].status == WRONG]
        return frozenset().union(
            *(recognition.lost(chain, number) for chain in self.chains for number in wrong if number in chain.lines)
        )

    def _wrong_before(self, number: int) -> bool:
        """A line before it in its part is wrong."""
        part = self.judged[number].line.part
        return any(
            self.judged[at].line.part == part and self.standings.found[at].status == WRONG for at in range(number)
        )


def _formula(goal: Goal) -> str:
    return latex(goal.shown)


def _numbers(reading: Reading) -> dict[int, range]:
    """The numbers of the lines of each part, counted over the text, by the part's identity."""
    found: dict[int, range] = {}
    at = 0
    for part in reading.parts:
        found[id(part)] = range(at, at + len(part.lines))
        at += len(part.lines)
    return found


def _without_steps(part: PartText, credits: Sequence[Credit]) -> set[int]:
    """The numbers of lines that state a right result, and are refuted since what it follows from is not shown."""
    right = (credit for credit in credits if credit.outcome in (REACHED, ALONE) and credit.supports)
    return {credit.supports[-1].number for credit in right if credit.supports[-1].part == part.name}


def _final(statements: Sequence[Statement]) -> list[Statement]:
    """Of each chain the last form of the goal; the form before it too, where they agree and it takes fewer lines."""
    by_chain: dict[int, list[Statement]] = {}
    for statement in statements:
        by_chain.setdefault(id(statement.chain), []).append(statement)
    found: list[Statement] = []
    for each in by_chain.values():
        last = max(each, key=lambda statement: statement.lines[-1])
        found += [s for s in each if s.right] if last.right else [last]
    return found


def _disputed(statements: Sequence[Statement]) -> bool:
    """One chain ends in the right result, and another one in a wrong one."""
    return any(each.right for each in statements) and any(each.wrong for each in statements)


def _place(credit: Credit) -> int:
    return credit.supports[-1].source_line if credit.supports else 0


def _rank(credit: Credit, milestone: bool) -> int:
    """How good an outcome is, 0 the best; a milestone needs no steps before it."""
    return _BEST.index(REACHED if milestone and credit.outcome == ALONE else credit.outcome)


def _left_to_a_person(credit: Credit, target: Credit) -> Credit:
    """A milestone of a disputed target, where no other line reaches it than the result itself."""
    if credit.outcome != REACHED or not set(credit.supports) & set(target.supports[-1:]):
        return credit
    return replace(credit, outcome=PERSON, marks=0, message=DISPUTED)


def _granted(credit: Credit, target: Credit) -> Credit:
    """A milestone, or an earlier target, of a target that is reached."""
    if credit.outcome in (REACHED, ALONE):
        return credit if credit.outcome == REACHED else replace(credit, marks=credit.max_marks, up_to=credit.max_marks)
    return replace(
        credit, outcome=REACHED, marks=credit.max_marks, up_to=credit.max_marks, supports=target.supports,
        message=f"on the way to {target.title}",
    )  # fmt: skip


def _said(target: Target, outcome: str) -> str:
    if outcome == ALONE and target.alone < target.marks:
        return "the result is right, but no steps lead to it"
    if outcome == COMPENSATED:
        return "the result is right, but a step before it is wrong"
    if outcome == FOLLOWED:
        return "the result is wrong only since a step before it is"
    if outcome == PERSON:
        return FOR_A_PERSON
    return ""
