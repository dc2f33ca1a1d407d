"""How many of the cases in equalities.jsonl are decided rightly, and how fast, beside SymPy's simplify.

    python -m tests.bench.equalities [PATH-TO-equalities.jsonl]

A true case is wanted `proved`, a false one `refuted`. Each time is that of the first decision on a case, in a process
that has decided others. SymPy is asked in the same run whether `simplify(lhs - rhs) == 0`, of expressions that it
evaluated as it built them, for the families whose sides are expressions; a question that takes longer than LIMIT
counts as LIMIT.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import sympy

from checker.check import decide
from checker.derivation import Givens, Transition
from checker.verdict import Verdict
from tests.bench.cases import EQUATIONS, Case, cases
from tests.bench.timing import summary
from tests.limits import Late, at_most

LIMIT = 10.0
"""Seconds that SymPy may take for a case."""


@dataclass(frozen=True)
class Decided:
    """A case, what was said of it, the seconds that took (proof and evaluation), and those for the hint."""

    case: Case
    verdict: Verdict
    seconds: float
    hinting: float

    @property
    def as_wanted(self) -> bool:
        return self.verdict.name == ("proved" if self.case.truth else "refuted")


def main(arguments: list[str]) -> int:
    file = Path(arguments[0]) if arguments else None
    if file is None or not file.is_file():
        print(f"there are no cases to measure: {file or 'nothing'} is not a file; name one as the argument")
        return 0
    found, skipped = cases(file)
    _warm_up()
    decided = [_decided(case) for case in found]
    _report(decided)
    if skipped:
        print(f"skipped, for want of a form with our heads: {', '.join(skipped)}")
    _compare(decided)
    return 0


def _warm_up() -> None:
    x, y = sympy.symbols("x y", positive=True)
    n, N = sympy.symbols("n N", integer=True, positive=True)
    for lhs, rhs in (
        (sympy.log(x * y) + sympy.sin(x), sympy.log(x) + sympy.log(y) + sympy.sin(x)),
        (sympy.Sum(x**n, (n, 1, N)), sympy.Sum(x ** (n + 1), (n, 0, N - 1))),
        (sympy.Derivative(sympy.exp(x * y), x), x * sympy.exp(x * y)),
    ):
        decide(Transition(1, "=", lhs, rhs), Givens())


def _decided(case: Case) -> Decided:
    start = time.perf_counter()
    outcome = decide(case.transition, case.givens)
    return Decided(case, outcome.verdict, outcome.seconds, time.perf_counter() - start - outcome.seconds)


# --- what was decided ------------------------------------------------------------------------------------------


def _report(decided: list[Decided]) -> None:
    print("family   true: proved   refuted   false: refuted   proved or supported")
    for family in sorted({d.case.family for d in decided}):
        _row(str(family), [d for d in decided if d.case.family == family])
    _row("all", decided)
    for d in decided:
        if not d.as_wanted:
            print(f"{d.case.id} ({d.case.truth}, {d.case.note}): {_said(d.verdict)}")


def _row(name: str, decided: list[Decided]) -> None:
    true = [d.verdict.name for d in decided if d.case.truth]
    false = [d.verdict.name for d in decided if not d.case.truth]
    accepted = sum(name in ("proved", "supported") for name in false)
    proved, refuted = f"{true.count('proved')}/{len(true)}", f"{false.count('refuted')}/{len(false)}"
    print(f"{name:6}   {proved:>12}   {true.count('refuted'):>7}   {refuted:>14}   {accepted:>19}")


def _said(verdict: Verdict) -> str:
    reason = getattr(verdict, "reason", "")
    counterexample: Any = getattr(verdict, "counterexample", None)
    if counterexample is not None:
        values = ", ".join(f"{name} = {value}" for name, value in counterexample.values.items())
        reason = f"{counterexample.lhs} and {counterexample.rhs} at {values}"
    return f"{verdict.name}: {reason}" if reason else verdict.name


# --- how fast --------------------------------------------------------------------------------------------------


def _compare(decided: list[Decided]) -> None:
    print(f"deciding, all cases: {summary([d.seconds for d in decided])}")
    print(f"    and finding the hints of the false ones: {summary([d.hinting for d in decided if not d.case.truth])}")
    for truth, what in ((True, "true"), (False, "false")):
        print(f"    the {what} ones: {summary([d.seconds for d in decided if d.case.truth is truth])}")
    both = [d for d in decided if d.case.evaluated is not None and d.case.family != EQUATIONS]
    ours, theirs = [d.seconds for d in both], []
    shown = wrong = late = 0
    for d in both:
        zero, seconds = _simplified(d.case)
        theirs.append(seconds)
        late += zero is None
        shown += bool(zero) and d.case.truth
        wrong += bool(zero) and not d.case.truth
    print(f"deciding, the {len(both)} equalities of expressions: {summary(ours)}")
    print(f"simplify(lhs - rhs) == 0 of these: {summary(theirs)}")
    true = sum(d.case.truth for d in both)
    print(f"    {shown}/{true} true ones shown, {wrong} false ones accepted, {late} not answered in {LIMIT:g} s")
    print(f"ratio of the medians: {median(theirs) / median(ours):.1f}")


def _simplified(case: Case) -> tuple[bool | None, float]:
    """Whether SymPy simplifies the difference to zero (None: out of time, or it fails), and the seconds it took."""
    assert case.evaluated is not None
    lhs, rhs = case.evaluated()
    start = time.perf_counter()
    zero: bool | None = None
    try:
        with at_most(LIMIT):
            zero = bool(sympy.simplify(lhs - rhs) == 0)
    except (Late, Exception):  # whatever SymPy raises, it gave no answer
        zero = None
    return zero, time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
