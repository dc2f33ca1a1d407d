"""Wrong steps made of one right step, each shown to be wrong by numbers of its own, and what is said of them.

pool(source)            the step, where the second opinion finds it true, and quickly
turn(pool, kinds, …)    the slips in one form of the step that are false
judged(pool, t)         the verdict on one of them
"""

from __future__ import annotations

import random
import time
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from itertools import islice

from checker.check import decide
from checker.derivation import Transition
from checker.kernel import Proof, prove
from checker.verdict import Supported, Undecided
from tests.limits import Late, at_most
from tests.soundness.letters import Slip, shape, slips
from tests.soundness.opinion import Opinion
from tests.soundness.sources import Source
from tests.soundness.variants import variants

PATIENCE = 2.0
"""Seconds of computing that the second opinion on a true step may take; on slower ones it is not asked again."""
LIMIT = 10.0
"""Seconds of computing that the decision may take."""
OF_A_KIND = 3
"""How many slips of one kind are taken from one form of a step."""
MANY_POINTS = 100
"""Sets of points that are kept of a step: each other hypothesis has its own."""

CONDITIONAL = "under a condition"
TOO_SLOW = "too slow"


@dataclass(eq=False)
class Pool:
    """A true step, with what was made of it so far."""

    source: Source
    opinion: Opinion
    made: int = 0
    turns: int = 0
    seen: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Judged:
    """What is said of a wrong step; why, where it is not refuted."""

    verdict: str
    why: str = ""


def pool(source: Source, seen: Collection[str] = (), made: int = 0) -> Pool | None:
    """The step with its second opinion, if that finds it true and is quick enough with it."""
    start = time.process_time()
    opinion = Opinion(source.transition, source.givens)
    true = opinion.is_false(source.transition) is False
    if not true or time.process_time() - start > PATIENCE:
        return None
    return Pool(source, opinion, made, made, set(seen))


def pools(found: Sequence[Source]) -> list[Pool]:
    """Those of the steps that have a second opinion."""
    return [kept for kept in map(pool, found) if kept is not None]


def key(transition: Transition) -> str:
    """The same for two steps that differ in the order of terms and factors alone."""
    sides = (transition.lhs, transition.rhs, *transition.hypotheses)
    text = " ; ".join([transition.relation, *map(shape, sides)])
    return blake2b(text.encode(), digest_size=12).hexdigest()


def turn(pool: Pool, kinds: Mapping[str, int], cap: int, seed: int) -> Iterator[tuple[str, Slip]]:
    """New slips in one form of the step that are false, a few of each kind that has not come to the cap, with keys."""
    draw = random.Random(f"{seed} {pool.source.name} {pool.turns}")
    step = _form(pool.source.transition, draw) if pool.turns else pool.source.transition
    pool.turns += 1
    pool.opinion.forget(MANY_POINTS)
    by_kind: dict[str, list[Slip]] = defaultdict(list)
    for slip in slips(step, pool.source.givens):
        if kinds.get(slip.kind, 0) < cap:
            by_kind[slip.kind].append(slip)
    for kind in sorted(by_kind, key=lambda kind: kinds.get(kind, 0)):
        draw.shuffle(by_kind[kind])
        new = ((name, slip) for slip in by_kind[kind] if (name := key(slip.transition)) not in pool.seen)
        for name, slip in islice(new, OF_A_KIND):
            pool.seen.add(name)
            if pool.opinion.is_false(slip.transition) is True:
                pool.made += 1
                yield name, slip


def _form(step: Transition, draw: random.Random) -> Transition:
    """The step, changed once or twice so that it is as true as before."""
    for _ in range(draw.randint(0, 2)):
        others = variants(step)
        if others:
            step = draw.choice(others).transition
    return step


def wrong_steps(kept: Sequence[Pool], count: int, seed: int, share: float = 0.05) -> Iterator[tuple[Pool, Slip]]:
    """Distinct wrong steps, up to `count`, of all pools in turn; no kind and no pool is more than its share."""
    cap = max(1, int(share * count))
    kinds: Counter[str] = Counter()
    made = 0
    alive = dict.fromkeys(kept, 0)
    while alive and made < count:
        for pool in list(alive):
            before = pool.made
            for _, slip in islice(turn(pool, kinds, cap, seed), min(cap - pool.made, count - made)):
                kinds[slip.kind] += 1
                made += 1
                yield pool, slip
            alive[pool] = 0 if pool.made > before else alive[pool] + 1
            if pool.made == cap or alive[pool] == BARREN:
                del alive[pool]


BARREN = 3
"""After as many forms without a new slip a step is used up."""


# --- the verdict -------------------------------------------------------------------------------------------------


def decided(source: Source, transition: Transition) -> Judged:
    """The verdict; nobody sees the rule, the hint, or the counterexample."""
    try:
        with at_most(LIMIT, computing=True):
            verdict = decide(replace(transition, rule=""), source.givens, show=False).verdict
    except Late:
        return Judged(TOO_SLOW)
    except Exception as error:  # whatever it is, it is counted, and the run goes on
        return Judged("crashed", f"{type(error).__name__}: {error}")
    return Judged(verdict.name, verdict.reason if isinstance(verdict, (Supported, Undecided)) else "")


def judged(pool: Pool, transition: Transition) -> Judged:
    """The verdict; where it is `proved` and the step is right by the numbers under what is printed with it, so."""
    given = decided(pool.source, transition)
    proof = prove(replace(transition, rule=""), pool.source.givens) if given.verdict == "proved" else None
    if not isinstance(proof, Proof) or not proof.conditions:
        return given
    under = replace(transition, hypotheses=transition.hypotheses + proof.conditions)
    why = "; ".join(map(str, proof.conditions))
    return Judged("proved" if pool.opinion.is_false(under) is True else CONDITIONAL, why)
