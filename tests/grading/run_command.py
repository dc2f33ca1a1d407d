"""The command with a plain report, as a process of its own: `python -m tests.grading.run_command grade q2 …`."""

from __future__ import annotations

import sys
import types

from checker.cli import main
from tests.grading.records import write_plainly


def run() -> int:
    reports = types.ModuleType("checker.reports.grading")
    reports.write = write_plainly
    sys.modules[reports.__name__] = reports
    return main()


if __name__ == "__main__":
    sys.exit(run())
