"""Loads derivation files: Python modules, executed while SymPy evaluates nothing, so that x/x stays x/x.

A file is accepted or refused as a whole; a refusal names every problem with its line and what would be right.
"""

from __future__ import annotations

import ast
import sys
import traceback
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import ModuleType
from typing import Any

import sympy

from checker import wellformed
from checker.advice import advice
from checker.catalogue import near, near_or_all, source_of
from checker.derivation import Derivation, Givens, PartBuilder, Transition


@dataclass(frozen=True)
class Problem:
    """Why a file is refused; line 0 is the file as a whole."""

    source: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.source}:{self.line}: {self.message}" if self.line else f"{self.source}: {self.message}"


class Refused(Exception):
    """A derivation file that cannot be used, and all that is wrong with it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def load(file: Path, rules: Collection[str]) -> Derivation:
    """The derivation in `file`; `rules` are the names that a step may give as its reason.

    Raises Refused where the file does not run, holds no single derivation, or the derivation is not well formed.
    """
    return load_with_notices(file, rules)[0]


def load_with_notices(file: Path, rules: Collection[str]) -> tuple[Derivation, tuple[Problem, ...]]:
    """As `load`, and what may be a slip but is no reason to refuse the file: givens that no step uses."""
    source = source_of(file)
    module = _executed(file)
    tree = ast.parse(file.read_bytes())
    derivation = _only_derivation(module, tree, source)
    found = [*_problems(derivation, file, rules), *wellformed.problems(derivation, tree, vars(module))]
    if found:
        raise Refused(Problem(source, line, message) for line, message in found)
    unused = wellformed.unused(derivation, tree, vars(module))
    return derivation, tuple(Problem(source, line, message) for line, message in unused)


def _executed(file: Path) -> ModuleType:
    module = ModuleType(f"{file.parent.name}.{file.stem}")
    module.__file__ = str(file)
    sys.modules[module.__name__] = module
    try:
        code = compile(file.read_bytes(), str(file), "exec")
        with sympy.evaluate(False):
            exec(code, vars(module))
    except Exception as error:  # an author's file may raise anything, and the other files still run
        del sys.modules[module.__name__]
        raise Refused([_problem_of(error, file, vars(module))]) from error
    return module


def _problem_of(error: Exception, file: Path, names: Mapping[str, Any]) -> Problem:
    """The error at the deepest line of the file that led to it."""
    message = f"{type(error).__name__}: {error}"
    if isinstance(error, SyntaxError) and error.filename == str(file):
        return Problem(source_of(file), error.lineno or 0, f"{type(error).__name__}: {error.msg}")
    if isinstance(error, NameError) and error.name:
        what = f"{error.name!r} is not declared; declare it, or import it, at the top of the file"
        message = "; ".join(filter(None, (what, near(error.name, names))))
    elif what := advice(error):
        message = f"{message}; {what}"
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(file)]
    line = (lines[-1] if lines else 0) or 0
    if part := _part_in_a_formula(file, line, names):
        message = f"{part!r} is a part here and no symbol; give one of the two another Python name"
    return Problem(source_of(file), line, message.replace("\n", " "))


def _part_in_a_formula(file: Path, line: int, names: Mapping[str, Any]) -> str:
    """The name of a part that the statement at that line calculates with: a symbol's name until the part took it."""
    for statement in ast.parse(file.read_bytes()).body:
        if statement.lineno <= line <= (statement.end_lineno or line):
            called = {id(node.value) for node in ast.walk(statement) if isinstance(node, ast.Attribute)}
            for node in ast.walk(statement):
                if (
                    isinstance(node, ast.Name)
                    and isinstance(node.ctx, ast.Load)
                    and id(node) not in called
                    and isinstance(names.get(node.id), PartBuilder)
                ):
                    return node.id
    return ""


def _only_derivation(module: ModuleType, tree: ast.Module, source: str) -> Derivation:
    named = getattr(module, "derivation", None)
    if isinstance(named, Derivation):
        return named
    found = {id(value): value for value in vars(module).values() if isinstance(value, Derivation)}
    if len(found) == 1:
        return next(iter(found.values()))
    lines = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Derivation"
    ]
    what, line = ("several derivations", max(lines, default=0)) if found else ("no derivation", 0)
    raise Refused([Problem(source, line, f"holds {what}; give the one to check the module-level name 'derivation'")])


def _problems(derivation: Derivation, file: Path, rules: Collection[str]) -> Iterator[tuple[int, str]]:
    if derivation.name != file.stem:
        yield 0, f"the derivation is named {derivation.name!r}; name it {file.stem!r} as the file, or rename the file"
    transitions = [transition for part in derivation.parts for transition in part.transitions]
    for transition in transitions:
        if transition.rule and transition.rule not in rules:
            yield transition.source_line, f"there is no rule {transition.rule!r}; {near_or_all(transition.rule, rules)}"
    yield from _floats(derivation, transitions, file)


# Floats


def _floats(derivation: Derivation, transitions: list[Transition], file: Path) -> Iterator[tuple[int, str]]:
    """Each float once, where the source writes it, or else at the step that holds it."""
    held: dict[float, int] = {}
    for line, tree in _trees(derivation.givens, transitions):
        for number in tree.atoms(sympy.Float):
            held.setdefault(float(number), line)
    if held:
        written = _written_floats(file)
        for value, line in held.items():
            for place, text, exact in written.get(value) or [(line, repr(value), _exact(value))]:
                rational = f"Rational({exact.numerator}, {exact.denominator})"
                yield place, f"{text} is a float, which is not exact; write {rational}"


def _trees(givens: Givens, transitions: list[Transition]) -> Iterator[tuple[int, sympy.Basic]]:
    for transition in transitions:
        for tree in (transition.lhs, transition.rhs, *transition.hypotheses):
            yield transition.source_line, tree
    sets = [*givens.index_sets.values(), *givens.value_sets.values()]
    model = givens.model.factors if givens.model else ()
    bounds = [bound for index_set in sets for bound in (index_set.lower, index_set.upper)]
    for tree in (*bounds, *givens.definitions, *givens.facts, *model):
        yield 0, tree


def _written_floats(file: Path) -> dict[float, list[tuple[int, str, Fraction]]]:
    """The floats that the source writes, by value: a literal 0.5, or a division 1/3 of two ints."""
    written: dict[float, list[tuple[int, str, Fraction]]] = {}
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        match node:
            case ast.Constant(value=float() as value):
                written.setdefault(value, []).append((node.lineno, ast.unparse(node), _exact(value)))
            case ast.BinOp(ast.Constant(value=int() as above), ast.Div(), ast.Constant(value=int() as below)) if below:
                fraction = Fraction(above, below)
                written.setdefault(above / below, []).append((node.lineno, ast.unparse(node), fraction))
    return written


def _exact(value: float) -> Fraction:
    """The fraction that was most likely meant: a small one where it is the same float, else the decimal digits."""
    small = Fraction(value).limit_denominator(1000)
    return small if float(small) == value else Fraction(repr(value))
