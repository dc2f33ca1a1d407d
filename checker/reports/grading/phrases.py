"""What is said of a part, its credits and its flags, in words; the same on pages and in other graders' programs."""

from __future__ import annotations

from collections.abc import Iterator

from checker.marks import (
    ABSENT,
    ALONE,
    COMPENSATED,
    FOLLOWED,
    MISSED,
    PARTLY,
    PERSON,
    REACHED,
    Credit,
    PartMarks,
    Student,
    Support,
)
from checker.notation.plain import UNICODE
from checker.record import DerivationRecord, PartRecord, Step
from checker.reports import words
from checker.visible import one_line

SIGNS = {
    REACHED: "✓", ALONE: "≈", COMPENSATED: "≈", FOLLOWED: "↳", PARTLY: "½", MISSED: "✗", ABSENT: "–", PERSON: "?",
}  # fmt: skip
"""The sign of an outcome, which never stands without its words."""


def of(marks: float, most: float) -> str:
    """2.5 of 4."""
    return f"{words.marks(marks)} of {words.marks(most)}"


def earned(marked: PartMarks | Credit) -> str:
    """2 of 4, and what they may come to where a person has to look: 2 of 4 (up to 3)."""
    more = f" (up to {words.marks(marked.up_to)})" if words.number(marked.up_to) > words.number(marked.marks) else ""
    return of(marked.marks, marked.max_marks) + more


def name(student: Student) -> str:
    """What the student is called, on one line."""
    return one_line(student.name) or "(no name)"


def total(student: Student) -> str:
    """2.5 of 16, over all parts."""
    return of(student.marks, student.max_marks)


def needs_person(student: Student) -> bool:
    """Whether a person has to look at anything of the student's."""
    return bool(student.person)


def unreadable(student: Student) -> bool:
    """Whether a file, or a place in one, could not be read."""
    return bool(student.problems) or any(derivation.unreadable for derivation in student.derivations)


def parts(student: Student) -> Iterator[tuple[DerivationRecord, PartRecord]]:
    """All parts, each with its question."""
    for derivation in student.derivations:
        for part in derivation.parts:
            yield derivation, part


def keyed(student: Student) -> Iterator[tuple[str, DerivationRecord, PartRecord]]:
    """The same, each with its place on the student's page."""
    for question, derivation in enumerate(student.derivations, start=1):
        for place, part in enumerate(derivation.parts, start=1):
            yield f"d{question}-{place}", derivation, part


def full_name(derivation: DerivationRecord, part: PartRecord) -> str:
    """q2.a; of what fits no part q2."""
    return f"{derivation.name}.{part.name}" if part.name else derivation.name


def marks_by_part(student: Student) -> dict[str, float]:
    """The marks of each part that was marked, by its full name; what is recorded of one part twice is added up."""
    found: dict[str, float] = {}
    for derivation, part in parts(student):
        if part.marked is not None:
            name = full_name(derivation, part)
            found[name] = found.get(name, 0) + part.marked.marks
    return found


def overrides(student: Student) -> list[tuple[str, PartMarks]]:
    """The parts whose marks somebody set by hand, by their full names."""
    return [
        (full_name(derivation, part), part.marked)
        for derivation, part in parts(student)
        if part.marked is not None and part.marked.overridden is not None
    ]


def override(marked: PartMarks) -> str:
    """Marks set by hand, 3 instead of 2.5, and the comment."""
    instead = f" instead of {words.marks(marked.given)}" if marked.given is not None else ""
    comment = f": {marked.overridden}" if marked.overridden else ""
    return f"Marks set by hand, {words.marks(marked.marks)}{instead}{comment}"


def first_wrong(part: PartRecord) -> Step | None:
    """The step that the marking names as the first wrong one."""
    return next((step for step in part.steps if words.is_first_wrong(part, step)), None)


def support(derivation: DerivationRecord, part: PartRecord, support: Support) -> str:
    """Step 4, line 17; with its part where that is another one."""
    other = f"{derivation.name}.{support.part} " if support.part != part.name else ""
    line = f", line {support.source_line}" if support.source_line else ""
    return f"{other}step {support.number}{line}"


def account(derivation: DerivationRecord, part: PartRecord) -> list[str]:
    """The part in plain lines: what a person has to look at, each credit, and the first wrong step."""
    marked = part.marked
    if marked is None:
        return []
    lines = [one_line(override(marked))] if marked.overridden is not None else []
    lines += [f"for a person: {one_line(reason)}" for reason in marked.person]
    lines += [_credit(derivation, part, credit) for credit in marked.credits]
    wrong = first_wrong(part)
    return lines if wrong is None else [*lines, *_wrong(derivation, wrong)]


def _credit(derivation: DerivationRecord, part: PartRecord, credit: Credit) -> str:
    bullet = "  -" if credit.milestone_of else "-"
    rests = " and ".join(support(derivation, part, each) for each in credit.supports)
    said = [f"{credit.outcome}, {earned(credit)}", one_line(credit.message), f"rests on {rests}" if rests else ""]
    return f"{bullet} {one_line(credit.title)}: {'; '.join(filter(None, said))}"


def _wrong(derivation: DerivationRecord, step: Step) -> Iterator[str]:
    record, shown = step.record, step.shown
    stands = one_line(words.place(derivation, record))
    yield f"first wrong step: step {record.number}{f' ({stands})' if stands else ''}"
    relation = words.RELATIONS.get(record.relation, record.relation)
    sides = (shown.lhs or record.lhs, relation if record.rhs else "", (shown.rhs or record.rhs) if record.rhs else "")
    yield one_line("  " + " ".join(filter(None, sides)))
    witness, message = words.counterexample(record, UNICODE.name), words.message(step)
    hint = f"hint: {record.hint}" if record.hint else ""
    yield from (f"  {one_line(each)}" for each in (message, witness, hint) if each)
