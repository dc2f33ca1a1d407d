"""How long it takes to decide each transition of q2: `python -m tests.bench.q2_steps`.

Each round decides all transitions in order, in a process of its own that has decided those of q1, since what was
decided is remembered; a transition's time is the median over the rounds.
"""

from __future__ import annotations

import multiprocessing
import sys
from statistics import median

from checker.catalogue import derivation_files
from checker.check import decide
from checker.loading import load
from checker.rules import rule_names
from tests.bench.timing import summary

ROUNDS = 5


def main() -> int:
    with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        rounds = pool.map(_round, range(ROUNDS), chunksize=1)
    names = list(rounds[0])
    seconds = {name: median(timed[name] for timed in rounds) for name in names}
    for name in names:
        print(f"{name:12} {1000 * seconds[name]:7.1f} ms")
    print(f"{len(names)} transitions: {summary(list(seconds.values()))}")
    return 0


def _round(_: int) -> dict[str, float]:
    _timed("q1")
    return _timed("q2")


def _timed(name: str) -> dict[str, float]:
    timed: dict[str, float] = {}
    for part in load(derivation_files()[name], rule_names()).parts:
        for transition in part.transitions:
            outcome = decide(transition, part.givens)
            timed[f"{part.name} {transition.number} {outcome.verdict.name}"] = outcome.seconds
    return timed


if __name__ == "__main__":
    sys.exit(main())
