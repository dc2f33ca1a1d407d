"""A statement compiled for evaluation: its sides, the facts it stands under, and the roles of its names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

from checker.derivation import Givens
from checker.evaluate import algebra, binders, conditions, derivatives  # noqa: F401  (they register their heads)
from checker.evaluate.compiling import Compiler
from checker.evaluate.errors import Refused
from checker.evaluate.names import Domain, Key
from checker.evaluate.relations import Line, compile_line
from checker.evaluate.usage import Range

REAL = Domain()
LAST_RESORT = (1, 3)


@dataclass
class Program:
    """The compiled statement.

    `sizes` and `indices` are the free sizes and index symbols, in order of appearance. `failures` counts how often
    Newton's method found nothing at some sizes; `extra` are expressions that were compiled later.
    """

    compiler: Compiler
    lines: list[Line]
    facts: list[Line]
    sizes: list[str] = field(default_factory=list)
    indices: dict[str, Range | None] = field(default_factory=dict)
    seed: int = 0
    failures: dict[tuple[int, ...], int] = field(default_factory=dict)
    extra: dict[Any, Line] = field(default_factory=dict)

    def domain(self, key: Key) -> Domain:
        """The declared domain of a symbol or a family's entries."""
        usage = self.compiler.usage
        if isinstance(key, str):
            return usage.symbols.get(key, REAL)
        return usage.families.get(key[0], REAL)

    def value_range(self, key: Key) -> Range | tuple[int, int] | None:
        """The range of a name whose values are indices; None for other names."""
        usage = self.compiler.usage
        if isinstance(key, str):
            return usage.range_of(("symbol", key)) or LAST_RESORT if key in self.indices else None
        if not usage.index_family(key[0]):
            return None
        return usage.range_of(("value", key[0])) or LAST_RESORT


def compiled(lines: Iterable[Any], facts: Iterable[Any], givens: Givens) -> Program:
    """Compile a statement: `lines` are expressions or relations. Raises Refused for what is not known."""
    compiler = Compiler(givens)
    read = [compile_line(compiler, line) for line in lines]
    seed = crc32("\n".join(compiler.text).encode())
    program = Program(compiler, read, [compile_line(compiler, fact) for fact in facts], seed=seed)
    settle(program)
    return program


def settle(program: Program) -> None:
    """Tell sizes, indices and other names apart, once everything is compiled."""
    usage = program.compiler.usage
    program.sizes = usage.sizes(())
    program.indices = usage.index_symbols(program.sizes)
    for name in usage.differentiated:
        if name in program.sizes or name in program.indices:
            raise Refused(f"a derivative with respect to {name}, which is an index or a size")
        if usage.symbols[name].integer:
            raise Refused(f"a derivative with respect to {name}, which is an integer")
