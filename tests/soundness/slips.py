"""Wrong steps made of right ones, each shown to be wrong by numbers of its own: none may be proved or supported.

    python -m tests.soundness.slips [--count 1000] [--seed 1] [--jobs 2] [--resume FILE] [FILE-OR-FOLDER …]
    python -m tests.soundness.slips --table FILE

Of each true step, or of another way to write it that is as true, one thing is changed. No kind of slip and no step is
more than a twentieth of the wrong steps made so far, so that a run that is stopped has its shares too, and no two are
the same up to the order of terms and factors. Each is written to FILE as it is judged; a run with the same file goes on
where the last one ended, and --table counts what is there.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
import traceback
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from tests.plain import closure
from tests.soundness.ledger import ACCEPTED, Entry, Failure, Ledger
from tests.soundness.sources import Source, sources
from tests.soundness.wrong import BARREN, CONDITIONAL, Pool, judged, pool, turn

SHARE = 0.05
DEADLINE = 300.0
"""Seconds without a word after which a process is ended: it hangs inside C code."""
MANY_TURNS = 2000
"""After as many turns a process makes place for a fresh one."""
MORE = 1.2
"""How much more there must be room for before a step of which nothing more was made is tried again."""
GUESS = 0.005
"""Seconds that a wrong step is taken to need where none was made yet."""
HOPELESS = 3
"""After as many failures, or decisions that took too long, a step is used up."""
FIRST = 2000
"""Wrong steps before which shares are those of so many."""
TURN = 1.0
"""Seconds of computing after which a turn is over."""


# --- a process that makes and judges them ------------------------------------------------------------------------


def _serve(asked: Connection, found: Sequence[Source], ledger: Ledger) -> None:
    """Take turns as asked: a step's number, the counts by kind, their cap and the seed."""
    kept: dict[int, Pool | None] = {}
    starter = os.getppid()
    while True:
        while not asked.poll(5):
            if os.getppid() != starter:
                return
        number, kinds, cap, seed = asked.recv()
        source = found[number]
        start = time.process_time()
        try:
            if number not in kept:
                kept[number] = pool(source, ledger.keys[source.name], ledger.made[source.name])
            here = kept[number]
            for entry in _entries(here, kinds, cap, seed) if here else ():
                asked.send(entry)
                if time.process_time() - start > TURN:
                    break
        except Exception:  # a step that fails is counted, and the run goes on
            here = kept.setdefault(number, None)
            asked.send(Failure(source.name, traceback.format_exc(limit=-6)))
        closure.cache_clear()
        asked.send((time.process_time() - start, here is not None))


def _entries(here: Pool, kinds: Mapping[str, int], cap: int, seed: int) -> Iterator[Entry]:
    for key, slip in turn(here, kinds, cap, seed):
        given = judged(here, slip.transition)
        claim = slip.transition
        shown = f"{claim.lhs} {claim.relation} {claim.rhs}" if given.verdict != "refuted" else ""
        yield Entry(here.source.name, slip.kind, given.verdict, key, shown, given.why)


# --- the run -----------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class Process:
    """A process with the steps that are its own, and what it is at."""

    process: BaseProcess
    pipe: Connection
    at: int = -1
    turns: int = 0
    heard: float = field(default_factory=time.monotonic)


@dataclass
class Run:
    """The steps still in use, by the time spent on them, and what came of them."""

    found: Sequence[Source]
    ledger: Ledger
    count: int
    seed: int
    jobs: int
    share: float = SHARE
    spent: dict[int, float] = field(default_factory=dict)
    before: dict[int, int] = field(default_factory=dict)
    barren: dict[int, int] = field(default_factory=dict)
    opinions: set[int] = field(default_factory=set)
    resting: dict[int, tuple[float, int]] = field(default_factory=dict)
    """Steps of which nothing more was made, with the time spent on them, and the cap at which that was."""
    began: float = field(default_factory=time.monotonic)

    def go(self, end: float) -> None:
        """Until there are enough, or the time is over, or all steps are used up."""
        self.spent = {n: 0.0 for n, source in enumerate(self.found) if self._usable(source)}
        self.before = {n: self.ledger.made[source.name] for n, source in enumerate(self.found)}
        running = [self._start(shard) for shard in range(self.jobs)]
        try:
            busy = {shard for shard in range(self.jobs) if self._ask(running[shard], shard)}
            while busy and len(self.ledger) < self.count and time.monotonic() < end:
                ready = wait([running[shard].pipe for shard in busy], timeout=1)
                for shard in sorted(busy):
                    one = running[shard]
                    if one.pipe in ready and not self._hear(one) or self._hangs(one):
                        running[shard] = one = self._start(shard, one)
                    if one.at < 0 and not self._ask(one, shard):
                        busy.discard(shard)
        finally:
            for one in running:
                one.process.kill()

    @property
    def cap(self) -> int:
        """How many there may be of a kind, and of a step, at this time."""
        return max(1, int(self.share * min(self.count, max(FIRST, len(self.ledger)))))

    def _usable(self, source: Source) -> bool:
        name = source.name
        return (
            self.ledger.made[name] < max(1, int(self.share * self.count))
            and self.ledger.failures[name] + self.ledger.late[name] < HOPELESS
        )

    def _start(self, shard: int, before: Process | None = None) -> Process:
        if before is not None:
            before.process.kill()
            before.process.join()
        ours, theirs = get_context("fork").Pipe()
        process = get_context("fork").Process(target=_serve, args=(theirs, self.found, self.ledger), daemon=True)
        process.start()
        theirs.close()
        return Process(process, ours)

    def _ask(self, one: Process, shard: int) -> bool:
        """Give the process a turn with the step whose turn it is; False where there is none."""
        for number, (spent, cap) in list(self.resting.items()):
            if self.cap > MORE * cap:  # there is room for more of the kinds that can be made of it
                del self.resting[number]
                self.spent[number], self.barren[number] = spent, 0
        mine = [n for n in self.spent if n % self.jobs == shard and self.ledger.made[self.found[n].name] < self.cap]
        if not mine:
            return False
        one.at = min(mine, key=self._priority)
        one.turns += 1
        one.heard = time.monotonic()
        self.barren[one.at] = self.barren.get(one.at, 0) + 1
        one.pipe.send((one.at, dict(self.ledger.kinds), self.cap, self.seed))
        return True

    def _priority(self, number: int) -> float:
        """What was made of a step, by the square of what each wrong step costs: the quick ones get more turns."""
        made = self.ledger.made[self.found[number].name]
        cost = (GUESS + self.spent[number]) / (1 + made - self.before[number])
        return (1 + made) * cost**2

    def _hear(self, one: Process) -> bool:
        """Take what the process says; False where it is to be replaced."""
        one.heard = time.monotonic()
        try:
            said: Any = one.pipe.recv()
        except (EOFError, ConnectionError):
            self._failed(one, "the process died")
            return False
        if isinstance(said, Entry):
            self._take(one.at, said)
        elif isinstance(said, Failure):
            self.ledger.add(said)
        else:
            seconds, usable = said
            self.spent[one.at] += seconds
            if usable:
                self.opinions.add(one.at)
            source = self.found[one.at]
            if not usable or not self._usable(source):
                del self.spent[one.at]
            elif self.barren[one.at] >= BARREN:
                self.resting[one.at] = self.spent.pop(one.at), self.cap
            one.at = -1
            return one.turns < MANY_TURNS
        return True

    def _take(self, number: int, entry: Entry) -> None:
        full = self.ledger.kinds[entry.kind] >= self.cap or self.ledger.made[entry.source] >= self.cap
        if entry.key in self.ledger or full or len(self.ledger) >= self.count:
            return
        self.barren[number] = 0
        self.ledger.add(entry)
        if entry.verdict in (*ACCEPTED, "crashed", CONDITIONAL):
            why = f" ({entry.why})" if entry.why else ""
            print(f"{entry.verdict}: {entry.kind} in {entry.source}: {entry.claim}{why}", flush=True)
        if len(self.ledger) % 500 == 0:
            print(f"{len(self.ledger)} after {time.monotonic() - self.began:.0f} s", file=sys.stderr, flush=True)

    def _hangs(self, one: Process) -> bool:
        if one.at < 0 or time.monotonic() - one.heard < DEADLINE:
            return False
        self._failed(one, f"no answer in {DEADLINE:.0f} s")
        return True

    def _failed(self, one: Process, how: str) -> None:
        source = self.found[one.at]
        self.ledger.add(Failure(source.name, how))
        if not self._usable(source):
            self.spent.pop(one.at, None)
        one.at = -1


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", metavar="FILE-OR-FOLDER")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--minutes", type=float, default=1e9)
    parser.add_argument("--resume", type=Path, metavar="FILE")
    parser.add_argument("--table", type=Path, metavar="FILE")
    options = parser.parse_args(arguments)
    if options.table is not None:
        print(Ledger(options.table).table())
        return 0
    end = time.monotonic() + 60 * options.minutes
    found = sources(options.paths)
    run = Run(found, Ledger(options.resume), options.count, options.seed, options.jobs)
    before = len(run.ledger)
    print(f"{len(run.found)} true steps, {before} wrong steps so far", flush=True)
    run.go(end)
    print(run.ledger.table())
    speed = (len(run.ledger) - before) / (time.monotonic() - run.began)
    print(f"{len(run.opinions)} steps with a second opinion; {speed:.1f} wrong steps a second")
    return int(run.ledger.accepted > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
