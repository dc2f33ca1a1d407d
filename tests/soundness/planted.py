"""Plants faults in the kernel, one at a time, and asks the kernel's own tests whether they find it.

    python -m tests.soundness.planted [--only WORD …] [--tests PATH …]

In a copy of the checkout, the tests that are nearest to the module first. A fault that no test finds is a survivor, and
the exit status is then 1, unless it is judged to let nothing false through: then the reason is printed. A fault whose
module cannot be loaded counts as no fault: it is named, and the exit status is 1 too; so is one that is judged
harmless and yet is found.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.soundness.faults import FAULTS, Fault

ROOT = Path(__file__).resolve().parents[2]
TESTS = ("tests/kernel",)
LIMIT = 600
"""Seconds; tests that do not end have found the fault."""

NEAREST = {
    "equations": "equations", "hypotheses": "equations", "operations": "equations", "inequalities": "inequalities",
    "positivity": "theories", "probability": "probability", "proportionality": "proportionality", "values": "values",
    "setup": "soundness", "proof": "soundness",
}  # fmt: skip
"""module of the kernel -> the test module that says most of it, where that is not the one of the theories."""


def tests_for(module: str, tests: tuple[str, ...]) -> tuple[str, ...]:
    """The tests in the order in which they are to be asked."""
    if tests != TESTS:
        return tests
    return (f"tests/kernel/test_{NEAREST.get(module, 'theories')}.py", *tests)


def copied(folder: Path) -> None:
    """What the tests of the kernel need, in a folder."""
    for name in ("checker", "derivations", "tests"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)


OUTCOMES = {0: "survives", 1: "found"}
"""By the exit status of pytest; another one says that the tests could not begin."""


def outcome(folder: Path, tests: tuple[str, ...]) -> str:
    """What the tests in the copy say of it."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, timeout=LIMIT, check=False)
    except subprocess.TimeoutExpired:
        return "found"
    return OUTCOMES.get(done.returncode, "cannot be loaded")


def verdict(folder: Path, fault: Fault, tests: tuple[str, ...]) -> str:
    """What becomes of a fault: found, survives, or cannot be loaded."""
    module = folder / "checker" / "kernel" / f"{fault.module}.py"
    before = module.read_text(encoding="utf-8")
    module.write_text(fault.planted(before), encoding="utf-8")
    try:
        return outcome(folder, tests_for(fault.module, tests))
    finally:
        module.write_text(before, encoding="utf-8")


HARMLESS = "harmless"


def judged(fault: Fault, said: str) -> str:
    """The outcome beside what the fault itself says of its harm."""
    if fault.harmless:
        return HARMLESS if said == "survives" else f"{said}, though judged harmless"
    return said


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", metavar="WORD", help="faults whose module or words have this in them")
    parser.add_argument("--tests", nargs="+", default=list(TESTS))
    options = parser.parse_args(arguments)
    tests = tuple(options.tests)
    chosen = [f for f in FAULTS if any(word in f"{f.module}: {f.what}" for word in options.only or [""])]
    counts: Counter[str] = Counter()
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copied(folder)
        if outcome(folder, tests) != "survives":
            print("the tests fail without any fault", file=sys.stderr)
            return 2
        for fault in chosen:
            said = judged(fault, verdict(folder, fault, tests))
            counts[said] += 1
            if said != "found":
                print(f"{said}: {fault.module}: {fault.what}" + f" ({fault.harmless})" * (said == HARMLESS), flush=True)
    words = ", ".join(f"{count} {said}" for said, count in sorted(counts.items()))
    print(f"{len(chosen)} faults: {words}, in {time.monotonic() - start:.0f} s")
    return int(any(said not in ("found", HARMLESS) for said in counts))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
