"""What every report says in the same words: signs for verdicts and relations, durations, counterexamples, places."""

from __future__ import annotations

from collections.abc import Callable

from checker.marks import FOLLOWS
from checker.record import DerivationRecord, PartRecord, Step, TransitionRecord

LONGEST_NORMAL_FORM = 2000

MARKS = {"proved": "✓", "supported": "≈", "refuted": "✗", "undecided": "?", "unreadable": "!", "assumed": "·"}
RELATIONS = {
    "=>": "⇒", "<=>": "⇔", "<=": "≤", ">=": "≥", r"\propto": "∝", r"\approx": "≈", r"\sim": "∼", r"\in": "∈",
    r"\neq": "≠",
}  # fmt: skip
_SHOWN_BY = {r"\propto": "left/right is {lhs}, and {rhs} at another value of the variables"}
"""What a counterexample's two numbers are, where they are not the two sides."""
_ROLES = {"definition": "definition", "imposed": "imposed", "given": "given", "consequence": "follows"}


def duration(seconds: float) -> str:
    """4.0 ms, 12 ms, 1.5 s."""
    if seconds >= 1:
        return f"{seconds:.1f} s"
    return f"{seconds * 1000:.0f} ms" if seconds >= 0.01 else f"{seconds * 1000:.1f} ms"


def counterexample(record: TransitionRecord, name: Callable[[str], str] = str) -> str:
    """At N = 2, x_1 = 3/2: the left side is 1/4 and the right side is −1/4; `name` spells the names."""
    witness = record.counterexample
    if not witness:
        return ""
    values = ", ".join(f"{name(each)} = {value}" for each, value in witness["values"].items())
    found = _SHOWN_BY.get(record.relation, "the left side is {lhs} and the right side is {rhs}").format(**witness)
    return f"at {values}: {found}" if values else found


def reason(step: Step) -> str:
    """The rule that is named, and what the line is where it is no plain claim: a definition, imposed, …"""
    return ", ".join(filter(None, (step.record.rule, _ROLES.get(step.shown.role, ""))))


def message(step: Step) -> str:
    """The message, unless it says only what the reason says."""
    repeated = step.record.verdict == "assumed" and step.shown.role and reason(step) in step.record.message
    return "" if repeated else step.record.message


def evidence(step: Step) -> list[tuple[str, str]]:
    """Why a step holds, as labels and what they label."""
    record, shown = step.record, step.shown
    rows = {
        "read as": shown.understood,
        "by": record.method,
        "theories": ", ".join(record.theories),
        "if": "; ".join(record.conditions),
        "trusting": "; ".join(record.trusts),
        "common form": _shortened(shown.normal_form),
        "instances": str(record.instances or ""),
        "note": "; ".join(shown.notes),
    }
    return [(label, value) for label, value in rows.items() if value]


def kept(part: PartRecord, what: str) -> list[str]:
    """The "conditions" or "trusts" of a part's proofs, each once, with the steps that have it: N ≥ 2 (3, 4)."""
    steps: dict[str, list[str]] = {}
    for step in part.steps:
        for each in getattr(step.record, what):
            steps.setdefault(each, []).append(str(step.record.number))
    return [f"{each} ({', '.join(numbers)})" for each, numbers in steps.items()]


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_NORMAL_FORM else text[:LONGEST_NORMAL_FORM] + " …"


def place(derivation: DerivationRecord, record: TransitionRecord) -> str:
    """Where the step stands: notes.md:47; "" where it stands nowhere, as one equality does."""
    if not derivation.source or not record.source_line:
        return derivation.source
    return f"{derivation.source}:{record.source_line}"


def numbered(derivation: DerivationRecord, part: PartRecord) -> bool:
    """Whether each step of the part has a line of its own in a file."""
    return derivation.text and bool(derivation.source) and any(step.record.source_line for step in part.steps)


def where(derivation: DerivationRecord, part: PartRecord) -> str:
    """What a part is called: q2.c, or of a text by its heading."""
    if derivation.text and part.marked is None:
        return part.name or derivation.name
    return f"{derivation.name}.{part.name}" if part.name else derivation.name


def first_refuted(derivation: DerivationRecord) -> tuple[PartRecord, Step] | None:
    """The first wrong step, and its part. What only follows from a wrong step is none of its own."""
    steps = ((part, step) for part in derivation.parts for step in part.steps)
    wrong = ((part, step) for part, step in steps if step.record.verdict == "refuted")
    return next(((part, step) for part, step in wrong if status(part, step) != FOLLOWS), None)


def status(part: PartRecord, step: Step) -> str:
    """What a step of a marked answer is worth: valid, wrong, follow-through or open; "" where nothing is marked."""
    if part.marked is None:
        return ""
    return part.marked.statuses[step.record.number - 1]


def marks_of(part: PartRecord) -> str:
    """2.5 of 4, up to 4: what a part earned, and what it may come to when a person has looked; "" of no marks."""
    marked = part.marked
    if marked is None or part.max_marks is None:
        return ""
    hoped = f", up to {number(marked.up_to)}" if marked.up_to > marked.marks else ""
    return f"{number(marked.marks)} of {number(part.max_marks)}{hoped}"


def number(value: float) -> str:
    """3, 2.5, 1.25."""
    return f"{round(value, 2):.2f}".rstrip("0").rstrip(".")


def heading(part: PartRecord) -> str:
    """The name and the title of a part, which a text's heading may give as one, and the marks of an answer's."""
    title = part.title if part.title.startswith(part.name) else f"{part.name} {part.title}".strip()
    return " – ".join(filter(None, (title, marks_of(part))))


def silent(derivation: DerivationRecord, part: PartRecord) -> bool:
    """Whether the part is a heading of a text that has nothing to check under it, and so nothing to report."""
    return derivation.text and not part.steps and part.marked is None


def several(count: int, noun: str) -> str:
    """1 step, 2 steps."""
    return f"{count} {noun}{'' if count == 1 else 's'}"
