"""Texts for the tests of the reading: what they say, what each line means, and what is found of it."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import sympy

from checker.reading import session
from checker.reading.documents.files import document_of
from checker.reading.grammar.formula import parse
from checker.reading.lexicon import Lexicon
from checker.reading.lines.givens import Read, read
from checker.reading.lines.reader import read_text
from checker.reading.lines.records import Line, Reading
from checker.reading.syntax import Node, shape
from checker.reading.tex.macros import NO_MACROS, expand
from checker.reading.tex.tokens import Place, Source, tokenize
from checker.reading.tex.trees import items_of
from checker.record import Outline
from checker.subject import Subject
from checker.verdict import Outcome

ROOT = Path(__file__).parents[2]
ORIGIN = Place(1, 1)
PLAIN = Lexicon()
"""Nothing is known of names."""

# --- formulas -------------------------------------------------------------------------------------------------------


def node(text: str, lexicon: Lexicon = PLAIN) -> Node:
    """The syntax tree of a formula that stands alone."""
    tokens = expand(tokenize(Source(text, ORIGIN)), NO_MACROS)
    return parse(items_of(tokens, lexicon.names), lexicon, ORIGIN)


def form(text: str, lexicon: Lexicon = PLAIN) -> Any:
    """What a formula says, wherever it stands."""
    return shape(node(text, lexicon))


# --- texts ----------------------------------------------------------------------------------------------------------


def reading(text: str, suffix: str = "md") -> Reading:
    with sympy.evaluate(False):
        return read_text(document_of(text, suffix, "t"))


def lines(text: str) -> list[Line]:
    return reading(text).lines


def signs(text: str) -> list[str]:
    """The relation of each line, as the contract writes it."""
    return [line.shown_sign for line in lines(text)]


def sides(text: str) -> list[tuple[str, str, str]]:
    """Left side, relation and right side of each line, without spaces."""
    return [(line.left.replace(" ", ""), line.shown_sign, line.right.replace(" ", "")) for line in lines(text)]


def roles(text: str) -> list[str]:
    return [line.role for line in lines(text)]


def problems(text: str) -> list[str]:
    """The messages of the lines that cannot be read, "" for the others."""
    return [line.problem.message if line.problem else "" for line in lines(text)]


def understood(line: Line) -> Read:
    """The line's statement with its givens. Raises Unreadable where it has none."""
    if line.problem is not None:
        raise line.problem
    with sympy.evaluate(False):
        return read(line.scope, [line.statement])


def meaning(formula: str, givens: str = "") -> sympy.Expr:
    """The left side of `formula = 0` after a sentence of givens."""
    return understood(lines(f"{givens}\n\n$$\n{formula} = 0\n$$\n")[0]).trees[0].lhs


# --- verdicts -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Found:
    """What is found of a text: its outline, and the outcome of each claim."""

    outline: Outline
    outcomes: tuple[Outcome, ...]

    @property
    def verdicts(self) -> str:
        """The verdicts in the order of the lines, with spaces between."""
        return " ".join(outcome.verdict.name for outcome in self.outcomes)

    @property
    def roles(self) -> list[str]:
        return [outcome.role for outcome in self.outcomes]


@cache
def found(text: str, suffix: str = "md", question: str = "") -> Found:
    """Each line of a text judged after those before it, in this process, as the worker does it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"t.{suffix}"
        path.write_text(text, encoding="utf-8")
        return judged(path, question)


def judged(path: Path, question: str = "") -> Found:
    subject = (
        Subject("answer", path, question=ROOT / "derivations" / f"{question}.py")
        if question
        else Subject("document", path)
    )
    outline = session.outline(subject)
    outcomes: list[Outcome] = []
    for index in range(sum(len(part.claims) for part in outline.parts)):
        history = tuple((outcome.verdict.name, outcome.role) for outcome in outcomes)
        outcomes.append(session.judge(subject, index, history, seed=None, explain=False))
    return Found(outline, tuple(outcomes))


def verdicts(text: str, question: str = "") -> str:
    return found(text, "md", question).verdicts
