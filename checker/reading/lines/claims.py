"""A claim as an identity, or as a consequence of the hypotheses before it.

The hypotheses are taken the nearest first, as far back as an instance can satisfy them together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from checker.check import CONTRADICTION, provable
from checker.reading.lines.deciding import decided, stated
from checker.reading.lines.hypotheses import Hypothesis
from checker.reading.lines.records import Line
from checker.verdict import Outcome, Proved, Refuted, Supported, Undecided

UNSATISFIED = "no instance was found that satisfies what is given"
"""How the evaluator says so."""
USUAL_COUNTS = (1, 2, 3, 5)
"""How many of the nearest hypotheses are tried besides all; others only where all leave it undecided."""


def claimed(
    line: Line,
    hypotheses: Sequence[Hypothesis],
    seed: int | None = None,
    explain: bool = False,
    under: tuple[Hypothesis, ...] = (),
) -> Outcome:
    """The verdict on a claim as an identity, or else as a consequence of the hypotheses, the nearest first.

    under: what is known in any case. What has no proof is evaluated only where that may say more than that under all
    hypotheses it is refuted.
    """
    proved, last = _nearest_or_all(line, hypotheses, seed, explain, under)
    if proved is not None:
        return proved
    if last is not None and isinstance(last.verdict, Refuted):
        return replace(last, role="claim")
    alone = best = decided(line, under, seed, explain)
    refuted: list[Outcome] = []
    contradictory = undecided = False
    for count in _counts(len(hypotheses)):
        if count not in USUAL_COUNTS and count < len(hypotheses) and not undecided:
            continue
        outcome = decided(line, [*hypotheses[:count], *under], seed, explain)
        if isinstance(outcome.verdict, Proved):
            return replace(outcome, role="consequence")
        wrong = any(each.wrong for each in hypotheses) and _unsatisfied(outcome)
        contradictory |= count == len(hypotheses) and (_contradictory(outcome) or wrong)
        undecided |= count == len(hypotheses) and isinstance(outcome.verdict, Undecided)
        if isinstance(outcome.verdict, Supported) and not isinstance(best.verdict, Supported):
            best = replace(outcome, role="consequence")
        if isinstance(outcome.verdict, Refuted):
            refuted.append(outcome)
        if (
            isinstance(outcome.verdict, Undecided)
            and count == len(hypotheses)
            and not isinstance(best.verdict, Supported)
        ):
            best = outcome
    if isinstance(best.verdict, Supported):
        return replace(best, role=best.role or "identity")
    if contradictory and refuted:
        return replace(refuted[-1], role="claim")
    if hypotheses:
        return replace(best, role="claim")
    return replace(alone, role="identity")


def _nearest_or_all(
    line: Line, hypotheses: Sequence[Hypothesis], seed: int | None, explain: bool, under: Sequence[Hypothesis]
) -> tuple[Outcome | None, Outcome | None]:
    """The outcome where the claim is proved alone, from the nearest hypothesis or from all, in this order.

    Else that under all hypotheses, where there are any.
    """
    for count in dict.fromkeys((0, min(1, len(hypotheses)), len(hypotheses))):
        used = [*hypotheses[:count], *under]
        if _may_be_proved(line, used):
            outcome = decided(line, used, seed, explain)
            if isinstance(outcome.verdict, Proved):
                return replace(outcome, role="consequence" if count else "identity"), None
    return None, decided(line, [*hypotheses, *under], seed, explain) if hypotheses else None


def follows(line: Line, hypotheses: Sequence[Hypothesis]) -> bool:
    """Whether the verdict on a claim is `proved`, as `claimed` says."""
    counts = (0, *_counts(len(hypotheses)))
    usual = all(count in (0, *USUAL_COUNTS, len(hypotheses)) for count in counts)
    if usual and not any(_may_be_proved(line, hypotheses[:count]) for count in counts):
        return False
    return isinstance(claimed(line, hypotheses).verdict, Proved)


def _may_be_proved(line: Line, hypotheses: Sequence[Hypothesis]) -> bool:
    """There is a proof under these hypotheses, perhaps since matrices are invertible."""
    return any(
        provable(transition, found.givens)
        for invertible in ((False, True) if line.scope.invertible else (False,))
        for transition, found in [stated(line, [each.node for each in hypotheses], invertible)]
    )


def _counts(most: int) -> list[int]:
    """How many hypotheses may be tried, in this order: the nearest one, all, and the numbers between."""
    return list(dict.fromkeys((1, most, *range(2, most)))) if most else []


def _contradictory(outcome: Outcome) -> bool:
    return isinstance(outcome.verdict, Undecided) and outcome.verdict.reason.startswith(CONTRADICTION)


def _unsatisfied(outcome: Outcome) -> bool:
    """No instance was found at which all hypotheses hold: beside a wrong line they hardly do."""
    return isinstance(outcome.verdict, Undecided) and outcome.verdict.reason.endswith(UNSATISFIED)
