"""How long it takes to decide each transition of q2: `python -m tests.bench.q2_steps`.

Each round decides all transitions in order, in givens that are new in every round; a transition's time is the median
over the rounds, of which the first is not counted.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from statistics import median

from checker.catalogue import derivation_files
from checker.check import decide
from checker.derivation import Derivation
from checker.loading import load
from checker.rules import rule_names
from tests.bench.timing import summary

ROUNDS = 5


def main() -> int:
    derivation = load(derivation_files()["q2"], rule_names())
    rounds = [_round(derivation) for _ in range(ROUNDS + 1)][1:]
    names = list(rounds[0])
    seconds = {name: median(timed[name] for timed in rounds) for name in names}
    for name in names:
        print(f"{name:12} {1000 * seconds[name]:7.1f} ms")
    print(f"{len(names)} transitions: {summary(list(seconds.values()))}")
    return 0


def _round(derivation: Derivation) -> dict[str, float]:
    timed: dict[str, float] = {}
    for part in derivation.parts:
        givens = replace(part.givens)
        for transition in part.transitions:
            outcome = decide(transition, givens)
            timed[f"{part.name} {transition.number} {outcome.verdict.name}"] = outcome.seconds
    return timed


if __name__ == "__main__":
    sys.exit(main())
