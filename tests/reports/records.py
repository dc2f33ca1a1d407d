"""Records to report, made of what is said and found of each step."""

from __future__ import annotations

from checker.record import Claim, DerivationRecord, PartRecord, judged, step_of
from checker.verdict import Outcome
from tests.fake_session import VERDICTS

ALL = tuple(VERDICTS)
HOSTILE = '<script>alert("1")</script> & \x1b[31m \x00 \ud800 \ufffe [bold] $x$ `y` | ]]> -->'


def step(verdict, number=1, lhs=r"\frac{a}{b}", rhs=r"\sum_{n=1}^N c", relation="=", rule="bayes", line=7, **outcome):
    claim = Claim(number, line, relation, lhs, rhs, rule, lhs, rhs)
    return step_of(claim, judged(Outcome(VERDICTS[verdict], seconds=0.004, **outcome)))


def document(*steps, name="Gradients", source="notes.md", **fields):
    numbered = steps or tuple(step(verdict, number) for number, verdict in enumerate(ALL, start=1))
    return DerivationRecord("notes", "A title", source, (PartRecord(name, "", numbered),), text=True, **fields)


HOSTILE_DOCUMENT = document(
    *(
        step(verdict, n, HOSTILE, HOSTILE, rule=HOSTILE, message=HOSTILE, understood=HOSTILE, notes=(HOSTILE,))
        for n, verdict in enumerate(ALL, start=1)
    ),
    name=HOSTILE,
    source=HOSTILE,
)
