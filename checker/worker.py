"""What a worker does: outlines derivations and texts, decides their transitions. Imports SymPy.

Arguments and results are plain data (paths, strings, numbers, records), since expressions and proofs stay here.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from sympy import Basic
from sympy.core.parameters import global_parameters

from checker.check import decide as decide_transition
from checker.derivation import Derivation, Part, Transition
from checker.loading import Refused, load, load_with_notices
from checker.marks import PartMarks
from checker.printing import STYLES, latex, to_text
from checker.record import Claim, Found, Judgement, Outline, PartOutline, judged
from checker.rules import rule_names
from checker.stated import stated
from checker.subject import Subject

_loaded: dict[Path, Derivation] = {}
_alone = False


def alone() -> None:
    """Say that nobody else builds expressions in this process.

    Texts are read and judged without evaluation, and SymPy empties its caches with each change of that; so from now on
    the process stays as the last call needed it. Elsewhere (a notebook, a test) each call puts back what it found.
    """
    global _alone
    _alone = True


def _evaluating(whether: bool) -> None:
    if _alone:
        global_parameters.evaluate = whether


def outline(file: Path, style: str) -> Outline:
    """What the derivation in `file` says; formulas in LaTeX, and on one line in that style ("unicode", "ascii")."""
    _evaluating(True)
    try:
        derivation, notices = load_with_notices(file, rule_names())
    except Refused as refused:
        return Outline(problems=tuple(map(str, refused.problems)))
    _loaded[file] = derivation
    parts = tuple(_part_outline(part, style) for part in derivation.parts)
    return Outline(derivation.title, parts, notices=tuple(map(str, notices)), givens=stated(derivation.givens))


def decide(file: Path, part: str, number: int, seed: int | None, strict: bool, explain: bool) -> Judgement:
    """Judge one transition. The derivation is loaded again where this process has not outlined it."""
    _evaluating(True)
    derivation = _loaded.get(file) or load(file, rule_names())
    chosen = next(each for each in derivation.parts if each.name == part)
    outcome = decide_transition(chosen.transitions[number - 1], chosen.givens, seed=seed, explain=explain)
    return judged(outcome, strict=strict)


def outline_text(subject: Subject, style: str) -> Outline:
    """What a text says, its formulas as they are written; its problems where it cannot be read."""
    from checker.reading.session import outline as read

    _evaluating(False)
    said = read(subject)
    return replace(said, parts=tuple(_on_one_line_each(part) for part in said.parts))


def judge_text(
    subject: Subject,
    index: int,
    history: tuple[Found, ...],
    seed: int | None,
    strict: bool,
    explain: bool,
) -> Judgement:
    """Judge one claim of a text, counted over all its parts; `history` has (verdict, role, uses) of each one before."""
    from checker.reading.session import judge

    _evaluating(False)
    return judged(judge(subject, index, history, seed=seed, explain=explain), strict=strict)


def mark_text(subject: Subject, history: tuple[Found, ...]) -> tuple[PartMarks, ...]:
    """The marks of each part of an answer; `history` has (verdict, role, uses) of all its claims."""
    from checker.grading.session import marked

    _evaluating(False)
    return marked(subject, history)


def _on_one_line_each(part: PartOutline) -> PartOutline:
    """The part with the one-line form of each formula filled in: its source, where the reading gives no other."""
    claims = (
        replace(
            claim,
            lhs_text=claim.lhs_text or " ".join(claim.lhs.split()),
            rhs_text=claim.rhs_text or " ".join(claim.rhs.split()),
        )
        for claim in part.claims
    )
    return replace(part, claims=tuple(claims))


def _part_outline(part: Part, style: str) -> PartOutline:
    claims = tuple(claim_of(transition, style) for transition in part.transitions)
    return PartOutline(part.name, part.title, part.max_marks, claims)


def claim_of(transition: Transition, style: str) -> Claim:
    """What a transition says, in LaTeX and on one line in that style ("unicode", "ascii")."""
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
