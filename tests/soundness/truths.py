"""Right steps made of right ones, changed in ways that keep them true: none may be refuted, and most are proved.

    python -m tests.soundness.truths [--count 500] [--seed 1] [--show] [FILE-OR-FOLDER …]

The steps are those that are proved, and true in the second opinion; each is changed up to three times, and the second
opinion is asked of the outcome too. --show prints what is not proved.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from checker.derivation import Transition
from tests.plain import closure
from tests.soundness.letters import shape
from tests.soundness.sources import Source, sources
from tests.soundness.variants import variants
from tests.soundness.wrong import TOO_SLOW, Pool, decided, pools

CHANGES = 3


@dataclass(frozen=True)
class Truth:
    """A step that is true, what it was made of, and by which changes."""

    source: Source
    kinds: tuple[str, ...]
    transition: Transition


def proved(kept: list[Pool]) -> list[Pool]:
    return [pool for pool in kept if decided(pool.source, pool.source.transition).verdict == "proved"]


def right_steps(kept: list[Pool], count: int, seed: int) -> Iterator[Truth]:
    """Distinct true steps, up to `count`, of all steps in turn."""
    draw = random.Random(seed)
    seen: set[object] = set()
    made = turn = 0
    while kept and made < count and turn < 20 * count:
        pool = kept[turn % len(kept)]
        turn += 1
        try:
            truth = _changed(pool.source, draw)
            key = (pool.source.name, shape(truth.transition.lhs), shape(truth.transition.rhs))
        except Exception:  # a step that fails is said, and the run goes on
            print(f"no change of {pool.source.name}: {traceback.format_exc(limit=-3)}", file=sys.stderr, flush=True)
            continue
        if truth.kinds and key not in seen and pool.opinion.is_false(truth.transition) is False:
            seen.add(key)
            made += 1
            yield truth


def _changed(source: Source, draw: random.Random) -> Truth:
    step, kinds = source.transition, list[str]()
    for _ in range(draw.randint(1, CHANGES)):
        others = variants(step)
        if not others:
            break
        kind = draw.choice(sorted({other.kind for other in others}))
        step = draw.choice([other for other in others if other.kind == kind]).transition
        kinds.append(kind)
    return Truth(source, tuple(kinds), step)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", metavar="FILE-OR-FOLDER")
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=1e9)
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args(arguments)
    kept = proved(pools(sources(options.paths)))
    print(f"{len(kept)} true steps that are proved", flush=True)
    table: Counter[tuple[str, str]] = Counter()
    verdicts: Counter[str] = Counter()
    start = time.monotonic()
    for number, truth in enumerate(right_steps(kept, options.count, options.seed), 1):
        given = decided(truth.source, truth.transition).verdict
        verdicts[given] += 1
        table.update((kind, given) for kind in truth.kinds)
        if given == "refuted" or options.show and given != "proved":
            claim = truth.transition
            print(f"{given}: {', '.join(truth.kinds)} in {truth.source.name}: {claim.lhs} {claim.relation} {claim.rhs}")
        if number % 500 == 0:
            closure.cache_clear()
            print(f"{number}: {dict(verdicts)}", file=sys.stderr, flush=True)
        if time.monotonic() - start > 60 * options.minutes:
            break
    _show(table, verdicts)
    return int(verdicts["refuted"] > 0)


def _show(table: Counter[tuple[str, str]], verdicts: Counter[str]) -> None:
    names = ("proved", "supported", "undecided", TOO_SLOW, "crashed", "refuted")
    print(f"{'changed by':32}" + "".join(f"{name:>11}" for name in names))
    for kind in sorted({kind for kind, _ in table}):
        print(f"{kind:32}" + "".join(f"{table[kind, name]:11}" for name in names))
    total = sum(verdicts.values())
    print(f"{'steps':32}" + "".join(f"{verdicts[name]:11}" for name in names))
    if total:
        print(f"{total} right steps, proved {100 * verdicts['proved'] / total:.2f} %")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
