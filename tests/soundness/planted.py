"""Plants faults in the kernel, one at a time, and asks the kernel's own tests whether they find it.

    python -m tests.soundness.planted [--only WORD …] [--tests PATH …] [--workers N]

A fault that no test finds is a survivor, and the exit status is then 1, unless it is judged to let nothing false
through: then the reason is printed. A fault whose module cannot be loaded counts as no fault: it is named, and the exit
status is 1 too; so is one that is judged harmless and yet is found.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter

from tests.soundness.faults import FAULTS, Fault
from tests.soundness.planting import FOUND, SURVIVES, Change, tried

HARMLESS = "harmless"


def change_of(fault: Fault) -> Change:
    """The fault as a change of its module. Raises ValueError where its place is no longer there."""
    path = f"checker/kernel/{fault.module}.py"
    whole = Change(path, 0, 0, "").source
    start = whole.find(fault.old.encode())
    if start < 0:
        raise ValueError(f"{fault.module}: the place of the fault '{fault.what}' is gone: {fault.old!r}")
    return Change(path, start, start + len(fault.old.encode()), fault.new)


def judged(fault: Fault, said: str) -> str:
    """The outcome beside what the fault itself says of its harm."""
    if fault.harmless:
        return HARMLESS if said == SURVIVES else f"{said}, though judged harmless"
    return said


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", metavar="WORD", help="faults whose module or words have this in them")
    parser.add_argument("--tests", nargs="+", default=["tests/kernel"], metavar="PATH")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args(arguments)
    chosen = [f for f in FAULTS if any(word in f"{f.module}: {f.what}" for word in options.only or [""])]
    faults = {change_of(fault): fault for fault in chosen}
    counts: Counter[str] = Counter()
    start = time.monotonic()

    def tell(change: Change, outcome: str) -> None:
        fault = faults[change]
        said = judged(fault, outcome)
        counts[said] += 1
        print(f"{counts.total()} of {len(chosen)}", end="\r", file=sys.stderr, flush=True)
        if said != FOUND:
            print(f"{said}: {fault.module}: {fault.what}" + f" ({fault.harmless})" * (said == HARMLESS), flush=True)

    if not tried(list(faults), options.tests, tell, options.workers):
        print("the tests fail without any fault", file=sys.stderr)
        return 2
    words = ", ".join(f"{count} {said}" for said, count in sorted(counts.items()))
    print(f"{len(chosen)} faults: {words}, in {time.monotonic() - start:.0f} s")
    return int(any(said not in (FOUND, HARMLESS) for said in counts))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
