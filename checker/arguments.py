"""The words of the command line: which command, and its options. Imports nothing that takes time."""

from __future__ import annotations

import argparse
import itertools
import sys
from collections.abc import Sequence

from checker import __version__

TIMEOUT, TEXT_TIMEOUT = 10.0, 600.0
MEMORY, LEAST_MEMORY = 2048, 256
"""In MiB; SymPy and FLINT need some of it by themselves."""
FORMATS = ("rich", "json", "html", "markdown", "junit", "github")
REPORT_FORMATS = ("gradescope", "markus", "prairielearn", "junit")
_VALUED = (
    "--format", "--timeout", "--text-timeout", "--memory", "--seed", "--given", "--answer", "--answers", "--out",
    "--roster", "--assignment", "--overrides", "--jobs", "--path", "--title", "--from",
)  # fmt: skip
"""The options that the next word belongs to."""
_STATUS = (
    "exit status: 0 all steps pass, 1 a step is refuted, 3 a step is undecided or unreadable or there is "
    "nothing to check, 2 the command is wrong"
)


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The options of the command, which is `command`; leaves by SystemExit where they are wrong, and after --help."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    place = _first_name(words)
    if place is not None and words[place] == "equal":
        return _equal_parser().parse_args(_sides_last(words[:place] + words[place + 1 :]))
    if place is not None and words[place] == "grade":
        return _grade_parser().parse_intermixed_args(words[:place] + words[place + 1 :])
    if place is not None and words[place] in _AUTHORS:
        return _AUTHORS[words[place]]().parse_intermixed_args(words[:place] + words[place + 1 :])
    return _check_parser().parse_intermixed_args(words)


def _first_name(words: Sequence[str]) -> int | None:
    """Where the first word stands that is neither an option nor an option's value."""
    place = 0
    while place < len(words) and words[place].startswith("-"):
        place += 2 if words[place] in _VALUED else 1
    return place if place < len(words) else None


def _sides_last(words: Sequence[str]) -> list[str]:
    """The options, then the two sides behind `--`, so that both a side and a given may begin with a minus sign."""
    options: list[str] = []
    sides: list[str] = []
    rest = iter(words)
    for word in rest:
        if word == "--":
            sides += rest
        elif word in _VALUED:
            options.append("=".join((word, *itertools.islice(rest, 1))))
        elif word.startswith("--") or word == "-h":
            options.append(word)
        else:
            sides.append(word)
    return [*options, "--", *sides]


def _check_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m checker",
        description="Checks derivations step by step. Without a name it lists the derivations. "
        "Other commands, each with its own --help: `equal` checks one equality, `grade` marks a folder of answers, "
        "`new` starts a derivation file, `rules` lists the reasons that a step can name, `explain` shows why a step "
        "holds.",
        epilog=_STATUS,
        parents=[_printed(), _common()],
        allow_abbrev=False,
    )
    parser.set_defaults(command="check")
    parser.add_argument(
        "names", nargs="*", metavar="name",
        help="a derivation (q2), a part of one (q2.c), all, or a document (notes.md, paper.tex, homework.ipynb)",
    )  # fmt: skip
    parser.add_argument("--watch", action="store_true", help="check again whenever a file changes, until interrupted")
    parser.add_argument(
        "--answer", action="append", metavar="FILE", help="check this answer to the derivations named, instead of them"
    )
    parser.add_argument(
        "--jobs", type=_count, metavar="N", help="derivations and documents checked at a time (default: one a core)"
    )
    return parser


def _equal_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m checker equal",
        description="Checks one equality, written in LaTeX, "
        r"as in: equal '\sum_{n=1}^N c' 'N c' --given 'n \in \{1,\dots,N\}'",
        epilog=_STATUS,
        parents=[_printed(), _common()],
        allow_abbrev=False,
    )
    parser.set_defaults(command="equal", names=(), watch=False, jobs=1)
    parser.add_argument("lhs", help="the left side; it may begin with a minus sign")
    parser.add_argument("rhs", help="the right side")
    parser.add_argument(
        "--given",
        action="append",
        default=[],
        metavar="DECLARATION",
        help="what may be used, a formula such as 'x > 0', or a sentence such as '$A$ and $B$ are independent'; can be "
        "repeated",
    )
    return parser


def _grade_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m checker grade",
        description="Marks a folder of answers: a file or a folder for each student, as people and learning platforms "
        "name them (alice_q1.tex, alice/q1.md, the downloads of Canvas and Moodle). What has been marked before is "
        "marked again only where something changed; a run that was stopped goes on where it stopped.",
        epilog="exit status: 0 the answers are marked, 2 the command, or a row of the overrides, is wrong",
        parents=[_common()],
        allow_abbrev=False,
    )
    parser.set_defaults(command="grade", watch=False)
    parser.add_argument("names", nargs="*", metavar="question", help="a question (q2), or all")
    parser.add_argument("--answers", required=True, metavar="FOLDER", help="what the students handed in")
    parser.add_argument("--out", required=True, metavar="FOLDER", help="where the report goes")
    parser.add_argument("--roster", metavar="FILE", help="a gradebook of Canvas, to be filled in: FOLDER/roster.csv")
    parser.add_argument(
        "--assignment", default="", metavar="NAME", help="the column of the gradebook (default: the only empty one)"
    )
    parser.add_argument("--overrides", metavar="FILE", help="marks set by hand: student,part,marks,comment")
    parser.add_argument(
        "--format", action="append", choices=REPORT_FORMATS, default=[], help="write this too; can be repeated"
    )
    parser.add_argument("--jobs", type=_count, metavar="N", help="answers marked at a time (default: one a core)")
    return parser


def _printed() -> argparse.ArgumentParser:
    printed = argparse.ArgumentParser(add_help=False)
    printed.add_argument("--format", choices=FORMATS, default="rich", help="default: rich, for a terminal")
    printed.add_argument("--explain", action="store_true", help="say of each step why it holds")
    return printed


def _common() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--timeout",
        type=_seconds,
        metavar="SECONDS",
        help=f"time limit of one step, of the processor (default: {TIMEOUT:g})",
    )
    common.add_argument(
        "--text-timeout",
        type=_seconds,
        default=TEXT_TIMEOUT,
        metavar="SECONDS",
        help="time limit of all steps of one document or answer (default: %(default)g)",
    )
    common.add_argument(
        "--memory",
        type=_memory,
        default=MEMORY,
        metavar="MIB",
        help="memory limit of a process that decides, in MiB (default: %(default)s)",
    )
    common.add_argument("--path", action="append", default=[], metavar="FOLDER", help=_PATH)
    common.add_argument("--seed", type=int, help="choose other random instances")
    common.add_argument("--strict", action="store_true", help="take a step that is only supported for undecided")
    common.add_argument(
        "--in-process",
        action="store_true",
        help="start no other process; then memory is not limited, and time only where Python computes, not C",
    )
    common.add_argument("--version", action="version", version=f"checker {__version__}")
    return common


def _new_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m checker new",
        description="Starts a derivation: a small one that is complete and proved, to be changed, and its test; or "
        "with --from what a document says. They go into --path, or ./derivations; nothing is overwritten.",
        allow_abbrev=False,
    )
    parser.set_defaults(command="new", watch=False)
    parser.add_argument("name", help="the derivation's name, as in q3; its file will be q3.py")
    parser.add_argument("--title", default="", help="what it is about")
    parser.add_argument("--from", dest="document", metavar="FILE", help="a document (.md, .tex, .ipynb) to begin with")
    parser.add_argument("--path", action="append", default=[], metavar="FOLDER", help=_PATH)
    return parser


def _rules_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m checker rules",
        description="Lists the named rules, the reasons that a step can give; of those that are named it says more.",
        allow_abbrev=False,
    )
    parser.set_defaults(command="rules", watch=False, path=[])
    parser.add_argument("names", nargs="*", metavar="rule")
    return parser


def _explain_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m checker explain",
        description="Shows why a step holds: theories, conditions, trusted facts, the common normal form, and the "
        "instances at which both sides were compared.",
        epilog=_STATUS,
        allow_abbrev=False,
    )
    parser.set_defaults(command="explain", watch=False)
    parser.add_argument("names", nargs="+", metavar="step", help="a step (q2.c.3), a part (q2.c) or a derivation")
    parser.add_argument("--seed", type=int, help="choose other random instances")
    parser.add_argument("--path", action="append", default=[], metavar="FOLDER", help=_PATH)
    return parser


_PATH = "look for derivations here as well; ./derivations is looked into anyway. Can be repeated"
_AUTHORS = {"new": _new_parser, "rules": _rules_parser, "explain": _explain_parser}


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds above 0")
    return seconds


def _memory(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 10) or int(text) < LEAST_MEMORY:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of MiB from {LEAST_MEMORY} up")
    return int(text)


def _count(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of processes from 1 up")
    return int(text)
