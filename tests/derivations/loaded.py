"""The derivations of this repository, loaded as the command loads them."""

from __future__ import annotations

from functools import cache

from checker.catalogue import derivation_files
from checker.derivation import Derivation, Part, Transition
from checker.loading import load
from checker.rules import rule_names


@cache
def derivation(name: str) -> Derivation:
    return load(derivation_files()[name], rule_names())


@cache
def parts(name: str) -> dict[str, Part]:
    return {part.name: part for part in derivation(name).parts}


def steps(name: str) -> list[tuple[Part, Transition]]:
    """Every transition with its part, in order."""
    return [(part, transition) for part in parts(name).values() for transition in part.transitions]


def label(step: tuple[Part, Transition]) -> str:
    part, transition = step
    return f"{part.name}{transition.number}-{transition.rule}"
