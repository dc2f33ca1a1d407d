"""The named rules as plain data, for a list of them. Runs in a worker; imports SymPy."""

from __future__ import annotations

from dataclasses import dataclass

from checker.printing import STYLES, to_text
from checker.rules import Example, rules

_SIGNS = {"=>": "⇒", "<=>": "⇔", "<=": "≤", ">=": "≥", r"\propto": "∝"}


@dataclass(frozen=True)
class Row:
    """A rule: its theories, those it needs at least one of, a true step by it and a false one."""

    name: str
    title: str
    theories: tuple[str, ...]
    needs: tuple[str, ...]
    example: str
    near_miss: str
    source: str


def rows(style: str) -> tuple[Row, ...]:
    """All rules; formulas on one line in that style ("unicode", "ascii")."""
    return tuple(
        Row(
            rule.name, rule.title, tuple(sorted(rule.theories)), tuple(sorted(rule.needs)),
            _shown(rule.example, style), _shown(rule.near_miss, style), rule.source,
        )
        for rule in rules().values()
    )  # fmt: skip


def _shown(example: Example, style: str) -> str:
    step = example.transition
    sign = step.relation if style == "ascii" else _SIGNS.get(step.relation, step.relation)
    definitions = [f"where {to_text(each, STYLES[style])}" for each in example.givens.definitions]
    facts = [f"given {to_text(each, STYLES[style])}" for each in example.givens.facts]
    line = f"{to_text(step.lhs, STYLES[style])}  {sign}  {to_text(step.rhs, STYLES[style])}"
    return ", ".join([line, *definitions, *facts])
