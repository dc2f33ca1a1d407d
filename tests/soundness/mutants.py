"""Changes the kernel's source by small mutations, and asks the kernel's own tests whether they notice.

    python -m tests.soundness.mutants [--count N] [--seed N] [--only MODULE …] [--workers N] [--list]

Each mutant has one change: a comparison, `and` for `or`, a sign, a number, a condition turned round, a statement left
out. They are drawn by the seed from all that there are, from each module in proportion to its lines. Each is tried in a
copy of the checkout, against the tests nearest to the module first and then all of tests/kernel, up to the first that
fails. The survivors are printed, each with its place and what stands there now; the exit status is 0. `--list` runs
nothing.
"""

from __future__ import annotations

import argparse
import ast
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

from tests.soundness.planted import ROOT, TESTS, copied, outcome, tests_for

CHECK_TESTS = ("tests/test_check.py", "tests/soundness/test_conditions.py", *TESTS)
"""For checker/check.py, which the tests of the kernel use as well."""


@dataclass(frozen=True)
class Mutant:
    """A span of a file's bytes, and what is put there."""

    path: str
    line: int
    start: int
    end: int
    old: str
    new: str

    def planted(self, source: bytes) -> bytes:
        return source[: self.start] + self.new.encode() + source[self.end :]

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {' '.join(self.old.split())}  →  {self.new}"


# --- what is changed ---------------------------------------------------------------------------------------------

COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr, ast.BitXor: ast.BitOr,
}  # fmt: skip
CALLS = {"all": "any", "any": "all", "min": "max", "max": "min"}
LEFT_OUT = (ast.Expr, ast.Continue, ast.Raise, ast.AugAssign, ast.Delete)
"""Statements that may be left out; a docstring is none."""
UNCHANGED = (ast.JoinedStr, ast.arguments)


def changed(node: ast.AST) -> Iterator[str]:
    """The source of what may stand in place of a node."""
    if isinstance(node, ast.Compare):
        for place, operator in enumerate(node.ops):
            operators = [*node.ops[:place], COMPARISONS[type(operator)](), *node.ops[place + 1 :]]
            yield f"({ast.unparse(ast.Compare(node.left, operators, node.comparators))})"
    elif isinstance(node, ast.BoolOp):
        yield f"({ast.unparse(ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values))})"
        for place in range(len(node.values)):
            rest = [*node.values[:place], *node.values[place + 1 :]]
            yield f"({ast.unparse(rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest))})"
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.Not, ast.USub)):
        yield f"({ast.unparse(node.operand)})"
    elif isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
        yield f"({ast.unparse(ast.BinOp(node.left, OPERATORS[type(node.op)](), node.right))})"
    elif isinstance(node, ast.Constant) and isinstance(node.value, (bool, int)):
        yield str(not node.value if isinstance(node.value, bool) else node.value + 1)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
        yield ast.unparse(ast.Call(ast.Name(CALLS[node.func.id]), node.args, node.keywords))
    elif isinstance(node, LEFT_OUT) and not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
        yield "pass"


def _nodes(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes that may be changed; conditions of `if` and `while` may be turned round."""
    for field, value in ast.iter_fields(node):
        if field in ("annotation", "returns", "decorator_list", "bases"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not isinstance(child, UNCHANGED) and not _is_limit(child):
                yield child
                yield from _nodes(child)


def _is_limit(node: ast.AST) -> bool:
    """MAX_STEPS = 30_000 says how much work is done, and not what is true."""
    targets = node.targets if isinstance(node, ast.Assign) else []
    return any(isinstance(t, ast.Name) and t.id.startswith("MAX_") for t in targets)


def mutants(path: str) -> list[Mutant]:
    """Every mutant of a file."""
    source = (ROOT / path).read_bytes()
    starts = [0]
    for line in source.split(b"\n"):
        starts.append(starts[-1] + len(line) + 1)
    found = []
    for node in _nodes(ast.parse(source)):
        if not hasattr(node, "lineno"):
            continue
        start, end = starts[node.lineno - 1] + node.col_offset, starts[node.end_lineno - 1] + node.end_col_offset
        old = source[start:end].decode()
        found += [Mutant(path, node.lineno, start, end, old, new) for new in changed(node)]
        if isinstance(node, (ast.If, ast.While, ast.IfExp)):
            test = node.test
            start, end = starts[test.lineno - 1] + test.col_offset, starts[test.end_lineno - 1] + test.end_col_offset
            old = source[start:end].decode()
            found.append(Mutant(path, test.lineno, start, end, old, f"(not ({ast.unparse(test)}))"))
    return list(dict.fromkeys(found))


def paths() -> list[str]:
    kernel = sorted((ROOT / "checker" / "kernel").glob("*.py"))
    return [str(p.relative_to(ROOT)) for p in (*kernel, ROOT / "checker" / "check.py")]


def sample(count: int, seed: int, only: list[str]) -> list[Mutant]:
    """So many mutants, from each module in proportion to its lines."""
    chosen = [path for path in paths() if not only or Path(path).stem in only]
    lines = {path: len((ROOT / path).read_bytes().splitlines()) for path in chosen}
    found: list[Mutant] = []
    for path, own in lines.items():
        every = mutants(path)
        wanted = min(len(every), round(count * own / sum(lines.values())))
        found += random.Random(f"{seed} {path}").sample(every, wanted)
    return found


# --- trying them -------------------------------------------------------------------------------------------------


def tried(mutant: Mutant, folders: SimpleQueue[Path]) -> str:
    """What the tests say of a mutant, in a copy that nobody else uses meanwhile."""
    folder = folders.get()
    file = folder / mutant.path
    before = file.read_bytes()
    stem = Path(mutant.path).stem
    try:
        file.write_bytes(mutant.planted(before))
        return outcome(folder, CHECK_TESTS if stem == "check" else tests_for(stem, TESTS))
    finally:
        file.write_bytes(before)
        folders.put(folder)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="+", default=[], metavar="MODULE")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args(arguments)
    chosen = sample(options.count, options.seed, options.only)
    if options.list:
        print(*chosen, sep="\n")
        return 0
    start = time.monotonic()
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(options.workers) as pool:
        folders: SimpleQueue[Path] = SimpleQueue()
        for worker in range(options.workers):
            folder = Path(name) / str(worker)
            copied(folder)
            folders.put(folder)
        for mutant, said in zip(chosen, pool.map(lambda m: tried(m, folders), chosen), strict=True):
            counts[said] += 1
            if said == "survives":
                print(mutant, flush=True)
    words = ", ".join(f"{count} {said}" for said, count in sorted(counts.items()))
    print(f"{len(chosen)} mutants: {words}, in {time.monotonic() - start:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
