"""The commands for authors. Results go to standard output; SymPy is imported by the worker only."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from checker.catalogue import near, near_or_all, source_of
from checker.run import Options, Request, Run
from checker.subject import SUFFIXES
from checker.visible import one_line, visible
from checker.work import LOADING_SECONDS, Lost, started

WRONG_COMMAND = 2
CONVERTING_SECONDS = 600.0
PRELOAD = "checker.preload"
Say = Callable[[str], None]


# --- new


def _new(options: argparse.Namespace, files: Mapping[str, Path], say: Say) -> int:
    folder = Path(options.path[0]) if options.path else Path("derivations")
    file, test = folder / f"{options.name}.py", _test_file(folder, options.name)
    if problem := _new_problem(options, files, file, test):
        say(problem)
        return WRONG_COMMAND
    from checker.authoring import template

    parents, path = _way(test, file)
    title = options.title or f"Derivation {options.name}"
    if not options.document:
        text, test_text, status = (
            template.derivation(options.name, title),
            template.test(options.name, parents, path, slip=True),
            0,
        )
    else:
        found = _converted(options, say)
        if found is None:
            return WRONG_COMMAND
        text, status = found
        test_text = template.test(options.name, parents, path, slip=False)
    folder.mkdir(parents=True, exist_ok=True)
    test.parent.mkdir(parents=True, exist_ok=True)
    for target, content in ((file, text), (test, test_text)):
        try:
            with target.open("x", encoding="utf-8") as stream:
                stream.write(content)
        except OSError as error:
            say(f"{target}: cannot be written: {error.strerror or error}")
            return WRONG_COMMAND
        print(f"wrote {target}")
    where = f" --path {options.path[0]}" if options.path else ""
    print(f"check it: python -m checker {options.name}{where}")
    return status


def _new_problem(options: argparse.Namespace, files: Mapping[str, Path], file: Path, test: Path) -> str:
    name = options.name
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name) or name in ("all", "equal", "grade", "new", "rules", "explain"):
        return (
            f"{name!r} cannot be a derivation's name; take a letter, then letters, digits or _, and no command's name"
        )
    if name.startswith("test_") or name == "conftest":
        return f"{name!r} is what tests are named; take another name"
    for path in (file, test):
        if path.exists():
            return f"{path} is there already, and is not overwritten; take another name"
    if name in files:
        return f"there is a derivation {name!r} already, {source_of(files[name])}; take another name"
    if options.document and Path(options.document).suffix.lower() not in SUFFIXES:
        return f"{options.document!r} cannot be read; a document's name ends in {', '.join(SUFFIXES)}"
    if options.document and not Path(options.document).is_file():
        beside = [each.name for each in Path(options.document).parent.glob("*") if each.suffix.lower() in SUFFIXES]
        return "; ".join(filter(None, (f"there is no file {options.document!r}", near(options.document, beside))))
    return ""


def _test_file(folder: Path, name: str) -> Path:
    """Beside the tests of the other derivations where there are such; else beside the derivation."""
    tests = folder.parent / "tests" / "derivations"
    return (tests if tests.is_dir() else folder) / f"test_{name}.py"


def _way(test: Path, file: Path) -> tuple[int, str]:
    """How many folders above the test's the way to the file begins, and the way."""
    if test.parent == file.parent:
        return 0, file.name
    return 2, f"{file.parent.name}/{file.name}"


def _converted(options: argparse.Namespace, say: Say) -> tuple[str, int] | None:
    with started(PRELOAD, say) as caller:
        try:
            trial = caller.call(
                "checker.authoring.trials:from_document",
                CONVERTING_SECONDS,
                options.name,
                options.title,
                Path(options.document),
            )
        except Lost as lost:
            say(f"{options.document}: could not be read: {lost}")
            return None
    if not trial.text:
        say(trial.problem)
        return None
    for each in trial.lost:
        say(f"{options.document}: not in the derivation: {each}")
    if trial.problem:
        say(f"the file does not load yet: {trial.problem}")
    for each in trial.wrong:
        say(each)
    counts = ", ".join(f"{count} {verdict}" for verdict, count in trial.verdicts)
    print(f"{sum(count for _, count in trial.verdicts)} steps from {options.document}: {counts or 'none'}")
    return trial.text, 0


# --- rules


def _rules(options: argparse.Namespace, files: Mapping[str, Path], say: Say) -> int:
    with started(PRELOAD, say) as caller:
        rows = caller.call("checker.authoring.reasons:rows", LOADING_SECONDS, _style())
    if not options.names:
        width = max(len(row.name) for row in rows)
        for row in rows:
            print(f"{row.name:{width}}  {row.title}")
            print(f"{'':{width}}  {row.example}")
            print(f"{'':{width}}  by {', '.join(row.theories)}")
        return 0
    known = {row.name: row for row in rows}
    status = 0
    for name in options.names:
        if name not in known:
            say(f"there is no rule {name!r}; {near_or_all(name, known)}")
            status = WRONG_COMMAND
            continue
        _print_rule(known[name])
    return status


def _print_rule(row: Any) -> None:
    print(f"{row.name}: {row.title}")
    _table(
        {
            "a step by it": row.example, "no step by it": row.near_miss, "may use": ", ".join(row.theories),
            "takes one of": ", ".join(row.needs), "source": row.source, "in a file": f'by="{row.name}"',
        }.items()
    )  # fmt: skip


def _table(rows: Iterable[tuple[str, str]]) -> None:
    said = [(label, value) for label, value in rows if value]
    width = max((len(label) for label, _ in said), default=0)
    for label, value in said:
        print(f"  {label:{width}}  {visible(value)}")


def _style() -> str:
    return "unicode" if (sys.stdout.encoding or "").lower().startswith("utf") else "ascii"


# --- explain


def _explain(options: argparse.Namespace, files: Mapping[str, Path], say: Say) -> int:
    from checker.record import exit_status

    wrong: list[str] = []

    def complain(message: str) -> None:
        wrong.append(message)
        say(message)

    checked = []
    with started(PRELOAD, say) as caller:
        run = Run(caller, Options(10.0, options.seed, explain=True, style=_style()), complain, say)
        for each in options.names:
            request = _step_request(each, files, complain)
            if request is not None:
                record = run.check(request)
                checked.append(record)
                if request.step is not None and not record.steps and not record.unreadable and not wrong:
                    complain(f"{request.name}.{min(request.parts or ())} has no step {request.step}")
                for part in record.parts:
                    for step in part.steps:
                        _print_step(
                            record.name, part.name, step, _instances(caller, request, part.name, step, options.seed)
                        )
    if wrong:
        return WRONG_COMMAND
    return exit_status(checked)


def _step_request(text: str, files: Mapping[str, Path], complain: Say) -> Request | None:
    name, *rest = text.split(".")
    if name not in files:
        complain(f"there is no derivation {name!r}; {near_or_all(name, files)}")
        return None
    if len(rest) > 2 or len(rest) == 2 and not rest[1].isdecimal():
        complain(f"{text!r} names no step; write the derivation, the part and the step's number, as in {name}.a.1")
        return None
    parts = frozenset(rest[:1]) or None
    return Request(name, files[name], parts, int(rest[1]) if len(rest) == 2 else None)


def _instances(caller: Any, request: Request, part: str, step: Any, seed: int | None) -> tuple[str, ...]:
    arguments = (request.file, part, step.record.number, seed)
    try:
        found: tuple[str, ...] = caller.call("checker.authoring.evidence:instances", 10.0, *arguments)
    except Lost as lost:
        return (f"none within the limits: {lost}",)
    return found


def _print_step(name: str, part: str, step: Any, instances: tuple[str, ...]) -> None:
    from checker.reports import words

    record, shown = step.record, step.shown
    relation = words.RELATIONS.get(record.relation, record.relation)
    print(f"{name}.{part}.{record.number}  {record.verdict}")
    print(f"    {visible(shown.lhs)}\n  {relation} {visible(shown.rhs)}")
    rows = [("rule", f"{record.rule}{'' if record.rule_ok else ' (not by this rule)'}" if record.rule else "")]
    rows += [
        ("message", record.message),
        *((label, value) for label, value in words.evidence(step) if label != "instances"),
    ]
    rows += [("counterexample", words.counterexample(record)), ("hint", record.hint)]
    rows += [("compared at", f"{record.instances} instances, such as" if record.instances else "")]
    _table(rows)
    if record.instances:
        for each in instances:
            print(f"    {one_line(each)}")
    print()


COMMANDS: Mapping[str, Callable[[argparse.Namespace, Mapping[str, Path], Say], int]] = {
    "new": _new, "rules": _rules, "explain": _explain,
}  # fmt: skip
