"""Whether verdicts depend on what they should not: the hashes of names, the number of workers, other random instances.

    python -m tests.soundness.same [--hashes 5] [--seeds 3] [NAME-OR-FILE …]

Checks the derivations and documents that are named (else all derivations) under each value of PYTHONHASHSEED, where
nothing may differ but seconds; then under each --seed, where what is proved must stay proved, and nothing may go from
proved or supported to refuted. With --answers FOLDER it also grades the folder with 1 and with 8 workers. Exit status
1 where anything differs that must not.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

Steps = dict[tuple[str, str, int], dict[str, Any]]


def checked(names: Sequence[str], hashes: int | None = None, *words: str) -> Steps:
    """Each step of what is named, without its seconds."""
    environment = dict(os.environ) | ({} if hashes is None else {"PYTHONHASHSEED": str(hashes)})
    command = [sys.executable, "-m", "checker", *names, "--format", "json", "--timeout", "120", *words]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    return dict(_steps(json.loads(done.stdout)))


def _steps(record: dict[str, Any]) -> Iterator[tuple[tuple[str, str, int], dict[str, Any]]]:
    for derivation in record["derivations"]:
        for part in derivation["parts"]:
            for step in part["transitions"]:
                said = {key: value for key, value in step.items() if key != "seconds"}
                yield (derivation["source"], part["name"], step["number"]), said


def differing(one: Steps, other: Steps) -> list[str]:
    """The steps that differ, with the fields that do."""
    found = []
    for step in sorted(one.keys() | other.keys()):
        before, after = one.get(step, {}), other.get(step, {})
        fields = [key for key in before.keys() | after.keys() if before.get(key) != after.get(key)]
        if fields:
            changed = ", ".join(f"{key}: {before.get(key)!r} → {after.get(key)!r}" for key in sorted(fields))
            found.append(f"{' '.join(map(str, step))}: {changed}")
    return found


def moved(one: Steps, other: Steps) -> Counter[tuple[str, str]]:
    """How many steps went from one verdict to another."""
    pairs = ((before["verdict"], other[step]["verdict"]) for step, before in one.items())
    return Counter(pair for pair in pairs if pair[0] != pair[1])


def forbidden(pair: tuple[str, str]) -> bool:
    return pair[0] == "proved" or set(pair) in ({"supported", "refuted"}, {"proved", "refuted"}) or pair[1] == "proved"


def graded(folder: Path, jobs: int) -> Any:
    """What is found of a folder of answers to q2, without seconds."""
    with tempfile.TemporaryDirectory() as out:
        words = ["grade", "q2", "--answers", str(folder), "--out", out, "--jobs", str(jobs), "--timeout", "120"]
        subprocess.run([sys.executable, "-m", "checker", *words], check=True, capture_output=True)
        return _untimed(json.loads((Path(out) / "results.json").read_text(encoding="utf-8")))


def _untimed(found: Any) -> Any:
    if isinstance(found, dict):
        return {key: _untimed(value) for key, value in found.items() if key != "seconds"}
    return [_untimed(each) for each in found] if isinstance(found, list) else found


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("names", nargs="*", default=["all"])
    parser.add_argument("--hashes", type=int, default=5, help="how many values of PYTHONHASHSEED")
    parser.add_argument("--seeds", type=int, default=3, help="how many other --seed")
    parser.add_argument("--answers", type=Path, metavar="FOLDER", help="grade these with 1 and 8 workers")
    options = parser.parse_intermixed_args()
    names = options.names or ["all"]
    usual = checked(names, 0)
    print(len(usual), "steps:", dict(Counter(step["verdict"] for step in usual.values())), flush=True)
    wrong = 0
    for hashes in range(1, options.hashes):
        found = differing(usual, checked(names, hashes))
        wrong += len(found)
        print(f"PYTHONHASHSEED={hashes}: {len(found)} steps differ", *found, sep="\n  ", flush=True)
    for seed in range(1, options.seeds + 1):
        counts = moved(usual, checked(names, 0, "--seed", str(seed)))
        bad = {pair: count for pair, count in counts.items() if forbidden(pair)}
        wrong += sum(bad.values())
        shown = ", ".join(f"{count} from {a} to {b}" for (a, b), count in counts.items()) or "no verdict differs"
        print(f"--seed {seed}: {shown}", flush=True)
    if options.answers:
        alike = graded(options.answers, 1) == graded(options.answers, 8)
        wrong += not alike
        print("graded by 1 and by 8 workers:", "the same" if alike else "not the same")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
