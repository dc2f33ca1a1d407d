"""The whole process `python -m checker q2` against `python -c "import sympy"`: `python -m tests.bench.process`.

Both run alternately, so that a change in the machine's load falls on both.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from tests.bench.timing import summary

CHECKOUT = Path(__file__).resolve().parents[2]
CHECKING = ("-m", "checker", "q2")
IMPORTING = ("-c", "import sympy")
ROUNDS = 11


def main() -> int:
    seconds: dict[tuple[str, ...], list[float]] = {CHECKING: [], IMPORTING: []}
    for command in seconds:
        _run(command)
    for _ in range(ROUNDS):
        for command, measured in seconds.items():
            measured.append(_run(command))
    for command, measured in seconds.items():
        print(f"python {' '.join(command)}: {summary(measured)}")
    print(f"ratio of the medians: {median(seconds[CHECKING]) / median(seconds[IMPORTING]):.2f}")
    return 0


def _run(arguments: tuple[str, ...]) -> float:
    start = time.perf_counter()
    done = subprocess.run([sys.executable, *arguments], cwd=CHECKOUT, capture_output=True, check=False)
    if done.returncode:
        print(f"python {' '.join(arguments)} ended with exit status {done.returncode}", file=sys.stderr)
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
