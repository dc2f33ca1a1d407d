"""Stands in for `checker.reading.session`: each line of a text says itself what is to be found about it.

`# a heading` begins a part; `a + b = b + a ; proved ; claim ; rule ; message` is a step, of which all but the formula
can be left out; a line that ends in ! cannot be read at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from checker.marks import VALID, WRONG, PartMarks
from checker.record import Claim, Outline, PartOutline
from checker.verdict import Assumed, Counterexample, Outcome, Proved, Refuted, Supported, Undecided, Unreadable

_STATEMENT = re.compile(r"(.*) (&?=|\\propto|:=|<=>|=>|<=|\\in|\\approx) (.*)")
COUNTEREXAMPLE = Counterexample({"N": "1", "x_1": "3/2", "mu_{2,1}": "1"}, "1/4", "-1/4")
VERDICTS = {
    "proved": Proved(("field", "sums"), ("N ≥ 2",), ("definition of ℓ",), instances=3, normal_form="a[k, j]"),
    "supported": Supported(5, "no theory for Integral"),
    "refuted": Refuted(COUNTEREXAMPLE, "the sides differ by a factor −1", 1),
    "undecided": Undecided("no theory for Integral"),
    "unreadable": Unreadable(r"'\mathbb{1}' needs a condition, as in \mathbb{1}[y = k]", 3, 17),
    "assumed": Assumed(),
}


@dataclass(frozen=True)
class Row:
    claim: Claim
    verdict: str
    role: str
    message: str


def outline(subject):
    parts, problems = _read(subject)
    outlines = tuple(PartOutline(name, "", None, tuple(row.claim for row in rows)) for name, rows in parts)
    return Outline("", outlines, tuple(problems))


def judge(subject, index, history, *, seed, explain):
    rows = [row for _, rows in _read(subject)[0] for row in rows]
    assert len(history) == index
    if rows[index].verdict == "history":
        return Outcome(Undecided(repr(history)))
    if rows[index].verdict == "fails":
        raise ValueError("a fault")
    understood = f"{rows[index].claim.lhs} is {rows[index].claim.rhs}"
    verdict = VERDICTS[rows[index].verdict]
    return Outcome(verdict, message=rows[index].message, seconds=0.004, role=rows[index].role, understood=understood)


def marked(subject, history):
    """A mark for each proved step of a part, of as many as it has steps."""
    found, marks = list(history), []
    for _, rows in _read(subject)[0]:
        earned = sum(verdict == "proved" for verdict, *_ in found[: len(rows)])
        statuses = tuple(WRONG if verdict == "refuted" else VALID for verdict, *_ in found[: len(rows)])
        marks.append(PartMarks(earned, len(rows), earned, statuses=statuses))
        found = found[len(rows) :]
    return tuple(marks)


def _read(subject):
    if subject.kind == "equality":
        verdict = "proved" if subject.lhs == subject.rhs else "refuted"
        claim = Claim(1, 1, "=", subject.lhs, subject.rhs, "")
        return [("", [Row(claim, verdict, "identity", " ".join(subject.givens))])], []
    parts, problems = [("", [])], []
    for number, line in enumerate(subject.path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("# "):
            parts.append((line[2:], []))
        elif line.endswith("!"):
            problems.append(f"{subject.path}:{number}:1: {line}")
        elif line.strip():
            parts[-1][1].append(_row(line, number, len(parts[-1][1]) + 1))
    return [part for part in parts if part[0] or part[1]], problems


def _row(line, number, count):
    formula, verdict, role, rule, message, *_ = [*(cell.strip() for cell in line.split(" ; ")), "", "", "", ""]
    match = _STATEMENT.fullmatch(formula)
    lhs, relation, rhs = match.groups() if match else (formula, "=", "")
    claim = Claim(count, number, relation.strip("&"), lhs, rhs, rule, column=1)
    return Row(claim, verdict or "proved", role, message)
