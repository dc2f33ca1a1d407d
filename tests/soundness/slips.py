"""Wrong steps made of right ones, each shown to be wrong by numbers of its own: none may be proved or supported.

    python -m tests.soundness.slips [--count 1000] [--seed 1] [FILE-OR-FOLDER …]

Of each true step, or of another way to write it that is as true, one thing is changed. No kind of slip and no step is
more than a twentieth of the wrong steps, and no two are the same up to the order of terms and factors. Where the time
is short, --minutes ends the run.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from unittest.mock import patch

from checker.check import decide
from checker.derivation import Transition
from checker.evaluate import trials
from checker.kernel import Proof, prove
from tests.plain import closure
from tests.soundness.letters import Slip, shape, slips
from tests.soundness.opinion import Opinion
from tests.soundness.sources import Source, sources
from tests.soundness.variants import variants

ACCEPTED = ("proved", "supported")
SHARE = 0.05
AT_ONCE = 8
"""How many slips are taken from one form of a step."""
PATIENCE = 2.0
"""Seconds that the second opinion on a true step may take; on slower ones it is not asked again."""
EMPTY = 3
"""After as many forms without a new slip a step is used up."""


@dataclass(eq=False)
class Pool:
    """A true step, with what was made of it so far."""

    source: Source
    opinion: Opinion
    made: int = 0
    barren: int = 0
    seconds: float = 0.0
    seen: set[object] = field(default_factory=set)


def pools(found: Sequence[Source]) -> list[Pool]:
    """The steps that are true in the second opinion too, which is quick enough with them."""
    kept: list[Pool] = []
    for source in found:
        pool = Pool(source, Opinion(source.transition, source.givens))
        start = time.perf_counter()
        if pool.opinion.is_false(source.transition) is False and time.perf_counter() - start < PATIENCE:
            kept.append(pool)
    return kept


def wrong_steps(kept: list[Pool], count: int, seed: int) -> Iterator[tuple[Pool, Slip]]:
    """Distinct slips that are false, up to `count`; those steps come first with which the least time was spent."""
    draw = random.Random(seed)
    cap = max(1, int(SHARE * count))
    kinds: Counter[str] = Counter()
    alive = list(kept)
    made = 0
    while alive and made < count:
        pool = min(alive, key=lambda p: p.seconds + 0.002 * p.made)
        start = time.perf_counter()
        before = pool.made
        for slip in _some(pool, kinds, cap, draw):
            if pool.made == cap or made == count:
                break
            if kinds[slip.kind] < cap and pool.opinion.is_false(slip.transition) is True:
                kinds[slip.kind] += 1
                pool.made += 1
                made += 1
                yield pool, slip  # what is done with it counts as spent on it
        pool.seconds += time.perf_counter() - start
        pool.barren = 0 if pool.made > before else pool.barren + 1
        if pool.made == cap or pool.barren == EMPTY:
            alive.remove(pool)


def _some(pool: Pool, kinds: Counter[str], cap: int, draw: random.Random) -> list[Slip]:
    """New slips in one form of a step, the rarer kinds first."""
    step = _form(pool.source.transition, draw) if pool.made else pool.source.transition
    found: dict[object, Slip] = {}
    for slip in slips(step, pool.source.givens):
        key = (slip.transition.relation, shape(slip.transition.lhs), shape(slip.transition.rhs))
        if key not in pool.seen and kinds[slip.kind] < cap:
            found.setdefault(key, slip)
    order = sorted(found, key=lambda key: (kinds[found[key].kind], draw.random()))
    by_kind: dict[str, list[object]] = defaultdict(list)
    for key in order:
        by_kind[found[key].kind].append(key)
    chosen = [keys[0] for keys in by_kind.values()][: AT_ONCE if pool.made else None]
    pool.seen.update(chosen)
    return [found[key] for key in chosen]


def _form(step: Transition, draw: random.Random) -> Transition:
    """The step, changed once or twice so that it is as true as before."""
    for _ in range(draw.randint(0, 2)):
        others = variants(step)
        if others:
            step = draw.choice(others).transition
    return step


def verdict(source: Source, transition: Transition) -> str:
    """The name of the verdict; nobody sees the rule, the hint, or the counterexample, which is not made simpler."""
    with patch.object(trials, "shrunk", lambda instance, fails: instance):
        try:
            return decide(replace(transition, rule=""), source.givens, hints=False).verdict.name
        except Exception as error:  # whatever it is, it is counted, and the run goes on
            return f"crashed: {type(error).__name__}"


CONDITIONAL = "under a condition"


def judged(pool: Pool, transition: Transition) -> str:
    """The verdict; where it is `proved` and the step is right by the numbers under what is printed with it, so."""
    given = verdict(pool.source, transition)
    proof = prove(replace(transition, rule=""), pool.source.givens) if given == "proved" else None
    if not isinstance(proof, Proof) or not proof.conditions:
        return given
    under = replace(transition, hypotheses=transition.hypotheses + proof.conditions)
    return given if pool.opinion.is_false(under) is True else CONDITIONAL


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", metavar="FILE-OR-FOLDER")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=1e9)
    options = parser.parse_args(arguments)
    say = partial(print, flush=True)
    start = time.monotonic()
    found = sources(options.paths)
    kept = pools(found)
    say(f"{len(found)} true steps, of which {len(kept)} have a second opinion ({time.monotonic() - start:.0f} s)")
    table: Counter[tuple[str, str]] = Counter()
    made: Counter[str] = Counter()
    for number, (pool, slip) in enumerate(wrong_steps(kept, options.count, options.seed), 1):
        given = judged(pool, slip.transition)
        table[slip.kind, given] += 1
        made[pool.source.name] += 1
        if given not in ("refuted", "undecided"):
            claim = slip.transition
            say(f"{given}: {slip.kind} in {pool.source.name}: {claim.lhs} {claim.relation} {claim.rhs}")
        if number % 500 == 0:
            closure.cache_clear()
            print(f"{number} in {time.monotonic() - start:.0f} s", file=sys.stderr, flush=True)
        if time.monotonic() - start > 60 * options.minutes:
            break
    _show(table, made)
    return int(any(given in ACCEPTED for _, given in table))


def _show(table: Counter[tuple[str, str]], made: Counter[str]) -> None:
    total = sum(table.values())
    verdicts = ("refuted", "undecided", CONDITIONAL, "supported", "proved")
    verdicts += tuple(sorted({given for _, given in table} - set(verdicts)))
    print(f"{'kind':32}" + "".join(f"{name:>19}" for name in verdicts))
    kinds = Counter[str]()
    for (kind, _), number in table.items():
        kinds[kind] += number
    for kind, _ in kinds.most_common():
        print(f"{kind:32}" + "".join(f"{table[kind, name]:19}" for name in verdicts))
    sums = [sum(n for (_, given), n in table.items() if given == name) for name in verdicts]
    print(f"{'all':32}" + "".join(f"{number:19}" for number in sums))
    if total:
        print(f"{total} wrong steps of {len(made)} steps; refuted {100 * sums[0] / total:.2f} %")
        print(f"most of one kind {100 * kinds.most_common(1)[0][1] / total:.1f} %", end=", ")
        print(f"of one step {100 * made.most_common(1)[0][1] / total:.1f} %")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
