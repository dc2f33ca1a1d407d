"""What a worker does: loads derivations, describes them, decides their transitions. Imports SymPy.

Arguments and results are plain data (paths, strings, numbers, records), since expressions and proofs stay here.
"""

from __future__ import annotations

from pathlib import Path

from sympy import Basic

from checker.check import decide as decide_transition
from checker.derivation import Derivation, Part, Transition
from checker.loading import Refused, load
from checker.printing import STYLES, latex, to_text
from checker.record import Claim, Judgement, Outline, PartOutline, judged
from checker.rules import rule_names

_loaded: dict[Path, Derivation] = {}


def outline(file: Path, style: str) -> Outline:
    """What the derivation in `file` says; formulas in LaTeX, and on one line in that style ("unicode", "ascii")."""
    try:
        derivation = _loaded[file] = load(file, rule_names())
    except Refused as refused:
        return Outline(problems=tuple(map(str, refused.problems)))
    parts = tuple(_part_outline(part, style) for part in derivation.parts)
    return Outline(derivation.title, parts)


def decide(file: Path, part: str, number: int, seed: int | None, strict: bool, explain: bool) -> Judgement:
    """Judge one transition. The derivation is loaded again where this process has not outlined it."""
    derivation = _loaded.get(file) or load(file, rule_names())
    chosen = next(each for each in derivation.parts if each.name == part)
    outcome = decide_transition(chosen.transitions[number - 1], chosen.givens, seed=seed, explain=explain)
    return judged(outcome, strict=strict)


def _part_outline(part: Part, style: str) -> PartOutline:
    claims = tuple(_claim(transition, style) for transition in part.transitions)
    return PartOutline(part.name, part.title, part.max_marks, claims)


def _claim(transition: Transition, style: str) -> Claim:
    return Claim(
        number=transition.number,
        source_line=transition.source_line,
        relation=transition.relation,
        lhs=latex(transition.lhs),
        rhs=latex(transition.rhs),
        rule=transition.rule,
        lhs_text=_on_one_line(transition.lhs, style),
        rhs_text=_on_one_line(transition.rhs, style),
    )


def _on_one_line(expression: Basic, style: str) -> str:
    return to_text(expression, STYLES[style])
