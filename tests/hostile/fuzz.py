"""Texts that nobody wrote, through the reader and the decision, and through the whole command, until something breaks.

    python -m tests.hostile.fuzz reader  [--count N] [--seconds S] [--seed I] [--out FOLDER] [FILE-OR-FOLDER …]
    python -m tests.hostile.fuzz atheris [the same]      guided by what lines are reached; needs `pip install atheris`
    python -m tests.hostile.fuzz command [the same]      each text a run of `python -m checker` of its own

The rows to begin with are those of the files that are named, else of the texts in tests/. A finding is an exception, a
verdict that is none, the death of the process, or a text that takes longer than the limit of a step; it is written to
FOLDER with the text, once for each place in the program. Exit status 1 where there is any.
"""

from __future__ import annotations

import argparse
import hashlib
import mmap
import multiprocessing
import os
import resource
import struct
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.hostile.mutations import OWN, changed, rows_of, text_of, written
from tests.limits import Late, at_most

SECONDS = 10.0
"""Of the processor, so that other programs do not matter: the limit of a step, which a text should keep as a whole."""
SLOW = 2.0
"""What takes longer is counted and kept, though it is no fault."""
HANGING = 20.0
"""Seconds of the processor after which a process that does not answer even to a timer is ended from outside."""
MEMORY = 3 * 2**30
_ROOM = 1 << 20


# --- one text ---------------------------------------------------------------------------------------------------------


def judge_text(data: bytes, kind: str) -> list[str]:
    """The verdicts on all that a text claims, as the worker comes to them. Raises what breaks."""
    import sympy

    from checker.reading.documents.files import decoded, document_of
    from checker.reading.lines.judging import judge
    from checker.reading.lines.reader import read_text
    from checker.reading.lines.records import Judged

    text, problems = decoded(data)
    judged: list[Judged] = []
    with sympy.evaluate(False):
        for line in read_text(document_of(text, kind, "t", problems)).lines:
            outcome = judge(line, judged, seed=None, explain=False)
            name = outcome.verdict.name
            if name not in VERDICTS:
                raise AssertionError(f"no verdict: {name!r}")
            if name == "unreadable" and not (outcome.verdict.line >= 1 and outcome.verdict.column >= 1):
                raise AssertionError("what is unreadable has no place")
            judged.append(Judged(line, name, outcome.role, outcome.uses))
    return [each.verdict for each in judged]


VERDICTS = frozenset(("proved", "supported", "refuted", "undecided", "unreadable", "assumed"))


# --- findings ---------------------------------------------------------------------------------------------------------


@dataclass
class Findings:
    """The folder where they are kept, a file for each place in the program."""

    folder: Path
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, kind: str, place: str, data: bytes, suffix: str, said: str = "") -> None:
        self.counts[f"{kind} {place}"] += 1
        if self.counts[f"{kind} {place}"] <= 3:
            name = f"{kind}-{hashlib.sha256(place.encode() + data).hexdigest()[:12]}"
            (self.folder / f"{name}.{suffix}").write_bytes(data)
            (self.folder / f"{name}.why").write_text(f"{place}\n{said}", encoding="utf-8", errors="replace")


class Shared:
    """What a process that works tells the one that watches it: how many texts are done, and the one at hand."""

    def __init__(self) -> None:
        self._room, self._watching = mmap.mmap(-1, _ROOM), os.getpid()

    def begin(self, count: int, data: bytes, kind: str) -> None:
        if os.getppid() != self._watching:  # nobody watches any more
            os._exit(1)
        head = struct.pack("<QQ8s", count, len(data), kind.encode())
        self._room[: len(head) + len(data)] = head + data

    def now(self) -> tuple[int, bytes, str]:
        count, length, kind = struct.unpack("<QQ8s", self._room[:24])
        return count, self._room[24 : 24 + length], kind.rstrip(b"\0").decode()


def tried(data: bytes, kind: str, findings: Findings, verdicts: Counter[str]) -> None:
    """Judge a text, and keep what breaks."""
    start = time.process_time()
    try:
        with at_most(SECONDS, computing=True):
            verdicts.update(judge_text(data, kind) or ["nothing to check"])
    except Late:
        findings.add("late", _hash(data), data, kind)
    except MemoryError:
        findings.add("memory", _hash(data), data, kind)
    except Exception as error:
        findings.add("exception", _place(error), data, kind, traceback.format_exc())
    spent = time.process_time() - start
    if SLOW < spent < SECONDS:
        findings.add("slow", _hash(data), data, kind, f"{spent:.1f} s")


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:12]


def _place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "checker" in frame.filename] or frames
    return f"{type(error).__name__} {Path(own[-1].filename).name}:{own[-1].lineno} {own[-1].name}"


# --- a process that works, and the one that watches it ----------------------------------------------------------------


@dataclass(frozen=True)
class Plan:
    rows: list[str]
    count: int
    until: float
    seed: int
    folder: Path


def watched(plan: Plan, work: Callable[[Plan, Shared, int], None]) -> Findings:
    """Have a process work; what ends or hangs it is a finding, and another one goes on from there."""
    findings, shared = Findings(plan.folder), Shared()
    begun, said = 0, time.monotonic()
    while begun < plan.count and time.monotonic() < plan.until:
        process = multiprocessing.get_context("fork").Process(target=work, args=(plan, shared, begun))
        process.start()
        last, since = -1, 0.0
        while process.is_alive():
            process.join(0.5)
            begun = shared.now()[0]
            if begun != last:
                last, since = begun, _processor(process.pid)
            if _processor(process.pid) - since > HANGING:
                process.kill()
            if time.monotonic() - said > 60:
                said = time.monotonic()
                print(f"{begun} texts", file=sys.stderr, flush=True)
        if process.exitcode:
            begun, data, kind = shared.now()
            findings.add("death", f"exit {process.exitcode}", data, kind)
            begun += 1
    return findings


def _processor(pid: int | None) -> float:
    """The seconds that a process has computed."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _reader(plan: Plan, shared: Shared, begun: int) -> None:
    import checker.preload  # noqa: F401

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    findings, verdicts = Findings(plan.folder), Counter[str]()
    start, first = time.monotonic(), begun
    for number in range(begun, plan.count):
        if time.monotonic() > plan.until:
            break
        text, kind = text_of(Random(f"{plan.seed}:{number}"), plan.rows)
        data = text.encode("utf-8", "surrogatepass")
        shared.begin(number, data, kind)
        tried(data, kind, findings, verdicts)
        if number % 20_000 == 0 or number == plan.count - 1:
            _report(number + 1 - first, start, verdicts, findings)
    else:
        number = plan.count
    shared.begin(number, b"", "md")
    _report(number - first, start, verdicts, findings)


def _report(done: int, start: float, verdicts: Counter[str], findings: Findings) -> None:
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    spent = time.monotonic() - start
    shown = ", ".join(f"{count} {name}" for name, count in verdicts.most_common())
    found = "; ".join(f"{count} x {what}" for what, count in findings.counts.most_common(20)) or "none"
    print(f"{done} texts in {spent:.0f} s, at most {memory} MiB; verdicts: {shown}; findings: {found}", flush=True)


# --- guided by what is reached ----------------------------------------------------------------------------------------


def _atheris(plan: Plan, shared: Shared, begun: int) -> None:
    import atheris

    with atheris.instrument_imports(include=["checker"]):
        import checker.reading.documents.files
        import checker.reading.lines.judging
        import checker.reading.lines.reader  # noqa: F401
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    findings, verdicts = Findings(plan.folder), Counter[str]()
    start, done = time.monotonic(), 0

    def one(data: bytes) -> None:
        nonlocal done
        if time.monotonic() > plan.until or done >= plan.count - begun:
            shared.begin(plan.count, b"", "md")
            _report(done, start, verdicts, findings)
            os._exit(0)
        shared.begin(begun + done, data[:4000], "md")
        tried(data[:4000], "md", findings, verdicts)
        done += 1
        if done % 20_000 == 0:
            _report(done, start, verdicts, findings)

    def mutated(data: bytes, largest: int, seed: int) -> bytes:
        random = Random(seed)
        if not random.randrange(8):
            return atheris.Mutate(data, largest)
        text = data.decode("utf-8", "replace")
        head, sign, rest = text.partition("$$")
        body, _, tail = rest.partition("$$")
        if sign and random.randrange(8):
            text = written(head.strip(), [changed(body.strip(), random, plan.rows)], "md") + tail
        else:
            text = changed(text, random, plan.rows)
        return text.encode("utf-8", "replace")[:largest]

    corpus = plan.folder / "corpus"
    corpus.mkdir(exist_ok=True)
    if not begun:
        for number, row in enumerate(Random(plan.seed).sample(plan.rows, min(400, len(plan.rows)))):
            (corpus / f"seed{number}").write_text(written("", [row], "md"), encoding="utf-8")
    words = [sys.argv[0], "-handle_alrm=0", "-handle_abrt=0", "-rss_limit_mb=0", "-max_len=1200", "-timeout=3600",
             f"-seed={plan.seed + begun + 1}", "-verbosity=0", "-close_fd_mask=0", f"-artifact_prefix={plan.folder}/",
             str(corpus)]  # fmt: skip
    atheris.Setup(words, one, custom_mutator=mutated)
    atheris.Fuzz()


# --- the whole command ------------------------------------------------------------------------------------------------


def _command(plan: Plan, shared: Shared, begun: int) -> None:
    from tests.hostile.command import forked

    findings, statuses = Findings(plan.folder), Counter[str]()
    start = time.monotonic()
    number = begun
    for number in range(begun, plan.count):
        if time.monotonic() > plan.until:
            break
        random = Random(f"{plan.seed}:command:{number}")
        text, kind = text_of(random, plan.rows)
        data = text.encode("utf-8", "surrogatepass")
        shared.begin(number, data, kind)
        result = forked(data, kind, random)
        statuses[str(result.status)] += 1
        for problem in result.problems:
            findings.add("command", problem.splitlines()[0], data, kind, f"{result.words}\n{problem}\n{result.said}")
        if number % 1000 == 0:
            _report(number + 1 - begun, start, statuses, findings)
    else:
        number = plan.count
    shared.begin(number, b"", "md")
    _report(number - begun, start, statuses, findings)


WORKS = {"reader": _reader, "atheris": _atheris, "command": _command}


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("engine", choices=WORKS)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=float("inf"), help="stop after so long")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path("fuzz"), metavar="FOLDER")
    parser.add_argument("seeds", nargs="*", type=Path, metavar="file-or-folder")
    options = parser.parse_intermixed_args()
    options.out.mkdir(parents=True, exist_ok=True)
    rows = rows_of(options.seeds or OWN)
    plan = Plan(rows, options.count, time.monotonic() + options.seconds, options.seed, options.out)
    print(f"{len(rows)} rows to begin with", flush=True)
    before = len(list(options.out.glob("*.why")))
    findings = watched(plan, WORKS[options.engine])
    del findings
    found = [each for each in options.out.glob("*.why") if not each.name.startswith("slow")]
    print(f"{len(found)} findings in {options.out}" if found else "nothing found")
    return 1 if len(found) > before else 0


if __name__ == "__main__":
    sys.exit(main())
