"""How much of what people write is read: rows of displays, by group, with the reasons for the others.

    python -m tests.bench.rows ROWS.jsonl                 the table
    python -m tests.bench.rows ROWS.jsonl --sample 100 --seed 7   rows that are read, and what they were understood as

Each line of the file is an object with source, group, block_no, row_no, env and latex. The blocks of a source are read
as one text, without declarations; a row is read where each of its relations is.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import sympy

from checker.printing import unicode
from checker.reading.documents.blocks import Display, Document
from checker.reading.lines.givens import read
from checker.reading.lines.reader import read_text
from checker.reading.lines.records import CHECKED, Line
from checker.reading.syntax import Relation
from checker.reading.tex.macros import NO_MACROS
from checker.reading.tex.tokens import Beyond, Place, Source, Unreadable


@dataclass(frozen=True)
class Row:
    """A row, and what became of it: "" where it is read, else why not; None where it shows no relation."""

    source: str
    group: str
    latex: str
    understood: tuple[str, ...]
    reason: str | None


def documents(rows: Iterable[dict[str, str]]) -> Iterator[tuple[str, str, list[str], Document]]:
    """source, group, its rows, and the document they make: each row a line, each block a display."""
    sources: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        sources[row["source"]].append(row)
    for source, own in sources.items():
        blocks: dict[str, list[str]] = defaultdict(list)
        for row in own:
            blocks[row["block_no"]].append(" ".join(row["latex"].split()))
        displays, line = [], 1
        for texts in blocks.values():
            place = Place(line, 1)
            displays.append(Display("align*", Source(" \\\\\n".join(texts), place), place))
            line += len(texts)
        rows_in_order = [text for texts in blocks.values() for text in texts]
        yield source, own[0]["group"], rows_in_order, Document(source, source, tuple(displays), NO_MACROS)


def read_rows(document: Document, texts: list[str], source: str, group: str, second: bool = False) -> list[Row]:
    """What became of each row of a source; second: with the other reading of a row that has one."""
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for line in read_text(document).lines:
        found[line.place.line].append(_outcome(line, second))
    return [_row(source, group, text, found.get(number, [])) for number, text in enumerate(texts, start=1)]


def _outcome(line: Line, second: bool) -> tuple[str, str]:
    """(why it is not read or "", what was understood)."""
    if isinstance(line.problem, Beyond):
        return "", f"({line.problem.message})"
    if line.problem is not None:
        return line.problem.message, ""
    if line.sign not in CHECKED:
        return "", "(a sign that is not checked)"
    try:
        if line.sign == "prop" and isinstance(line.statement, Relation):
            return "", " ∝ ".join(map(unicode, read(line.scope, [line.statement.left, line.statement.right]).trees))
        tree = read(line.scope, [line.statement]).trees[0]
    except Beyond as beyond:
        return "", f"({beyond.message})"
    except Unreadable as problem:
        return problem.message, ""
    return "", unicode(tree) + (_second(line, unicode(tree)) if second else "")


def _second(line: Line, shown: str) -> str:
    """The reading by which the line is judged too, where it means something else."""
    if line.second is None:
        return ""
    try:
        other = unicode(read(line.scope, [line.second]).trees[0])
    except Unreadable:
        return ""
    return "" if other == shown else f"\n    or, which the verdict says where it matters: {other}"


def _row(source: str, group: str, text: str, outcomes: list[tuple[str, str]]) -> Row:
    if not outcomes:
        return Row(source, group, text, (), None)
    reason = next((reason for reason, _ in outcomes if reason), "")
    return Row(source, group, text, tuple(shown for _, shown in outcomes), reason)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    lines = [json.loads(line) for line in options.file.read_text(encoding="utf-8").splitlines()]
    rows: list[Row] = []
    seconds: list[float] = []
    with sympy.evaluate(False):
        for source, group, texts, document in documents(lines):
            start = time.perf_counter()
            rows += read_rows(document, texts, source, group, second=bool(options.sample))
            seconds.append((time.perf_counter() - start) / len(texts))
    if options.sample:
        _show_sample([row for row in rows if row.reason == ""], options.sample, options.seed)
    else:
        _show_table(rows, seconds)


def _show_table(rows: list[Row], seconds: list[float]) -> None:
    for group in sorted({row.group for row in rows}):
        own = [row for row in rows if row.group == group and row.reason is not None]
        done = sum(row.reason == "" for row in own)
        print(f"group {group}: {done} of {len(own)} rows with a relation read ({100 * done / len(own):.1f} %)")
    print(f"a row: median {1000 * statistics.median(seconds):.2f} ms (of the means of the sources)")
    reasons = Counter(_kind(row.reason) for row in rows if row.reason)
    for reason, count in reasons.most_common(40):
        print(f"{count:5}  {reason}")


def _kind(reason: str) -> str:
    """The reason without the names in it."""
    return re.sub(r"'[^']*'", "'…'", re.sub(r"\d+", "n", reason))


def _show_sample(rows: list[Row], count: int, seed: int) -> None:
    for number, row in enumerate(random.Random(seed).sample(rows, min(count, len(rows))), start=1):
        print(f"--- {number} ({row.source})\n{row.latex}")
        for shown in row.understood:
            print(f"    {shown}")


if __name__ == "__main__":
    main()
