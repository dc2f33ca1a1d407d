"""What authors of derivations call: new, rules, explain, and --watch.

commands    what each command does
template    the derivation that `new` begins with, and its test
converting  a document as a derivation file; source, expressions as Python; layout, how the file looks
trials      whether a new file loads, and what is found of its steps
evidence    the instances at which a step was compared
watching    the files that a run read, and when they change
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

COMMANDS = ("new", "rules", "explain")


def run(options: argparse.Namespace, files: Mapping[str, Path], say: Callable[[str], None]) -> int:
    """Carry out one of COMMANDS; returns the exit status. `say` prints what is no result."""
    from checker.authoring import commands

    return commands.COMMANDS[options.command](options, files, say)


def watch(options: argparse.Namespace, files: Mapping[str, Path], once: Callable[[], int]) -> int:
    """Check, and again whenever what was checked changes, until interrupted; returns the last exit status."""
    from checker.authoring.watching import watched

    return watched(options, files, once)
