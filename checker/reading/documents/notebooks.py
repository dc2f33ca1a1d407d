"""Notebooks: their Markdown cells, one after the other.

Lines count through the Markdown cells alone: the first line of the second Markdown cell follows the last of the first.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from checker.reading.documents.blocks import Problem
from checker.reading.tex.tokens import Place


@dataclass(frozen=True)
class Cell:
    """A Markdown cell: its text and the number of its first line."""

    text: str
    first_line: int


def cells_of(text: str) -> tuple[tuple[Cell, ...], tuple[Problem, ...]]:
    """The Markdown cells of a notebook, and what is wrong with it."""
    try:
        notebook = json.loads(text)
    except (ValueError, RecursionError) as error:
        place = Place(error.lineno, error.colno) if isinstance(error, json.JSONDecodeError) else Place(1, 1)
        return (), (Problem(f"the notebook is not JSON ({_reason(error)})", place),)
    found = _cells(notebook)
    if found is None:
        return (), (Problem('the notebook has no list of cells, as in {"cells": […]}', Place(1, 1)),)
    cells: list[Cell] = []
    problems: list[Problem] = []
    line = 1
    for number, cell in enumerate(found, start=1):
        source = _source(cell)
        if source is None:
            problems.append(Problem(f"cell {number} of the notebook has no text as its source", Place(line, 1)))
        elif source:
            cells.append(Cell(source, line))
            line += source.count("\n") + (not source.endswith("\n"))
    return tuple(cells), tuple(problems)


def _reason(error: Exception) -> str:
    return error.msg.lower() if isinstance(error, json.JSONDecodeError) else "it is nested too deep"


def _cells(notebook: object) -> list[object] | None:
    """The list of cells, also as notebooks of format 3 had it."""
    if not isinstance(notebook, dict):
        return None
    cells = notebook.get("cells")
    if cells is None and isinstance(sheets := notebook.get("worksheets"), list):
        cells = [cell for sheet in sheets if isinstance(sheet, dict) for cell in _listed(sheet.get("cells"))]
    return cells if isinstance(cells, list) else None


def _listed(value: object) -> Iterator[object]:
    return iter(value) if isinstance(value, list) else iter(())


def _source(cell: object) -> str | None:
    """The text of a Markdown cell, "" for other cells, None where there is none to read."""
    if not isinstance(cell, dict):
        return None
    if cell.get("cell_type") != "markdown":
        return ""
    source = cell.get("source")
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    return source.replace("\r\n", "\n").replace("\r", "\n") if isinstance(source, str) else None
