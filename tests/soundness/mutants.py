"""Changes the kernel's source by small mutations, and asks the kernel's own tests whether they notice.

    python -m tests.soundness.mutants [--count N] [--seed N] [--only MODULE …] [--workers N] [--list]

The modules are those of the kernel; `--only check` is for checker/check.py, with the tests of that.

Each mutant has one change: a comparison, `and` for `or`, a sign, a number, a condition turned round, a statement left
out. They are drawn by the seed from all that there are, from each module in proportion to its lines. Each is tried
against the tests that call the function in which it stands. The survivors are printed, each with its place and what
stands there now; the exit status is 0. `--list` runs nothing.
"""

from __future__ import annotations

import argparse
import ast
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

from tests.soundness.planting import ROOT, SURVIVES, Change, line_starts, tried

CHECK = "check"
TESTS = {False: ("tests/kernel",), True: ("tests/test_check.py", "tests/soundness/test_conditions.py")}
"""For the kernel, and for `check`."""

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


def mutants(path: str) -> list[Change]:
    """Every mutant of a file."""
    source = (ROOT / path).read_bytes()
    starts = line_starts(source)
    found = []
    for node in _nodes(ast.parse(source)):
        if not hasattr(node, "lineno"):
            continue
        found += [Change(path, *_span(node, starts), new) for new in changed(node)]
        if isinstance(node, (ast.If, ast.While, ast.IfExp)):
            found.append(Change(path, *_span(node.test, starts), f"(not ({ast.unparse(node.test)}))"))
    return list(dict.fromkeys(found))


def _span(node: Any, starts: list[int]) -> tuple[int, int]:
    return starts[node.lineno - 1] + node.col_offset, starts[node.end_lineno - 1] + node.end_col_offset


def paths(only: list[str]) -> list[str]:
    if only == [CHECK]:
        return ["checker/check.py"]
    kernel = sorted((ROOT / "checker" / "kernel").glob("*.py"))
    return [str(path.relative_to(ROOT)) for path in kernel if not only or path.stem in only]


def sample(count: int, seed: int, only: list[str]) -> list[Change]:
    """So many mutants, from each module in proportion to its lines."""
    lines = {path: len((ROOT / path).read_bytes().splitlines()) for path in paths(only)}
    found: list[Change] = []
    for path, own in lines.items():
        every = mutants(path)
        wanted = min(len(every), round(count * own / sum(lines.values())))
        found += random.Random(f"{seed} {path}").sample(every, wanted)
    random.Random(seed).shuffle(found)  # so that a run that is stopped is a sample too
    return found


def shown(mutant: Change) -> str:
    return f"{mutant.path}:{mutant.line}: {' '.join(mutant.old.split())}  →  {mutant.new}"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=310)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="+", default=[], metavar="MODULE")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args(arguments)
    chosen = sample(options.count, options.seed, options.only)
    if options.list:
        print(*map(shown, chosen), sep="\n")
        return 0
    start = time.monotonic()
    counts: Counter[str] = Counter()

    def tell(mutant: Change, outcome: str) -> None:
        counts[outcome] += 1
        print(f"{counts.total()} of {len(chosen)}", end="\r", file=sys.stderr, flush=True)
        if outcome == SURVIVES:
            print(shown(mutant), flush=True)

    if not tried(chosen, TESTS[options.only == [CHECK]], tell, options.workers):
        print("the tests fail without any mutant", file=sys.stderr)
        return 2
    words = ", ".join(f"{count} {said}" for said, count in sorted(counts.items()))
    print(f"{len(chosen)} mutants: {words}, in {time.monotonic() - start:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
