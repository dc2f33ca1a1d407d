"""True steps with their givens: of the derivations, the rules' examples, and of files that are named.

A file of equalities (equalities.jsonl) gives those that it says are true; a folder of documents the steps in them that
are proved. Whoever uses a step asks the second opinion first.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from checker.check import decide
from checker.derivation import Givens, Transition
from checker.reading.lines import deciding, judging, proportions
from checker.rules import rules
from checker.verdict import Outcome, Proved
from tests.bench.cases import cases
from tests.derivations.loaded import label, steps
from tests.reading.texts import judged

NAMES = ("q1", "q2")


@dataclass(frozen=True, eq=False)
class Source:
    """A true step, and where it is from."""

    name: str
    transition: Transition
    givens: Givens


def own() -> list[Source]:
    """The steps of the derivations and the examples of the rules."""
    found = [
        Source(f"{name}.{label((part, transition))}", transition, part.givens)
        for name in NAMES
        for part, transition in steps(name)
    ]
    examples = ((f"rule {rule.name}", rule.example) for rule in rules().values())
    return found + [Source(name, example.transition, example.givens) for name, example in examples]


def sources(paths: Iterable[str]) -> list[Source]:
    """The own ones, and those of the files and folders."""
    found = own()
    for path in map(Path, paths):
        found += _of_folder(path) if path.is_dir() else _of_equalities(path)
    return found


def _of_equalities(path: Path) -> list[Source]:
    return [Source(case.id, case.transition, case.givens) for case in cases(path)[0] if case.truth]


def _of_folder(path: Path) -> list[Source]:
    documents = sorted(each for each in path.iterdir() if each.suffix in (".md", ".tex", ".ipynb"))
    return [source for document in documents for source in of_document(document)]


def of_document(path: Path) -> list[Source]:
    """The claims of a document that are proved, as they were put to the decision."""
    found: dict[Any, Source] = {}

    def noting(transition: Transition, givens: Givens, **options: Any) -> Outcome:
        outcome = decide(transition, givens, **options)
        if isinstance(outcome.verdict, Proved):
            key = transition.relation, transition.lhs, transition.rhs, transition.hypotheses
            found.setdefault(key, Source(f"{path.stem}:{len(found) + 1}", transition, givens))
        return outcome

    with ExitStack() as stack:
        for module in (deciding, judging, proportions):
            stack.enter_context(patch.object(module, "decide", noting))
        judged(path)
    return list(found.values())
