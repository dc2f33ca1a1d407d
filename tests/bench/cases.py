"""The cases of equalities.jsonl as transitions with their givens.

The strings are trusted test data, evaluated in the namespace that the namespace.py beside the file makes. Of family 8
there are no strings: `probabilities` reads them from their LaTeX.
"""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType
from typing import Any

import sympy
from sympy import Basic, sympify

from checker.derivation import Givens, IndexSet, Transition
from tests.bench import probabilities

EQUATIONS = 7
PROBABILITIES = 8


@dataclass(frozen=True)
class Case:
    """A statement of known truth; `evaluated` makes both sides anew as SymPy evaluates them, where it has a source."""

    id: str
    family: int
    truth: bool
    note: str
    transition: Transition
    givens: Givens
    evaluated: Callable[[], tuple[Basic, Basic]] | None = None


def cases(file: Path) -> tuple[list[Case], list[str]]:
    """The cases of the file, and the ids of those whose model is not known here."""
    found: list[Case] = []
    skipped: list[str] = []
    names = _names(file.with_name("namespace.py"))
    for row in _rows(file):
        case = _probability(row) if row["family"] == PROBABILITIES else _from_source(row, names)
        if case is None:
            skipped.append(row["id"])
        else:
            found.append(case)
    return found, skipped


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    with file.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _names(file: Path) -> dict[str, Any]:
    spec = importlib.util.spec_from_file_location("namespace", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return dict(module.NS())


def _from_source(row: dict[str, Any], names: dict[str, Any]) -> Case:
    sources = [compile(row[side], row["id"], "eval") for side in ("sympy_lhs", "sympy_rhs")]
    with sympy.evaluate(False):
        lhs, rhs = (_value(source, names) for source in sources)
    sets = {names[index]: IndexSet(1, names[size]) for index, size in row.get("ranges", {}).items()}
    relation = "<=>" if row["family"] == EQUATIONS else "="

    def evaluated() -> tuple[Basic, Basic]:
        left, right = (_value(source, names) for source in sources)
        return left, right

    transition = Transition(1, relation, lhs, rhs)
    return Case(row["id"], row["family"], row["truth"], row["note"], transition, Givens(index_sets=sets), evaluated)


def _value(source: CodeType, names: dict[str, Any]) -> Basic:
    return sympify(eval(source, {"__builtins__": {}}, names))


def _probability(row: dict[str, Any]) -> Case | None:
    written = probabilities.statement(row)
    if written is None:
        return None
    lhs, rhs, givens = written
    return Case(row["id"], row["family"], row["truth"], row["note"], Transition(1, "=", lhs, rhs), givens)
