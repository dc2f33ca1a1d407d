"""Making a counterexample small: small sizes, one-digit values, and only the names that matter."""

from __future__ import annotations

from collections.abc import Callable

from checker.evaluate.instances import Instance
from checker.evaluate.sampling import Recipe
from checker.verdict import Counterexample

Fails = Callable[[Recipe], Instance | None]


def shrunk(instance: Instance, fails: Fails) -> Instance:
    return instance


def counterexample(instance: Instance) -> Counterexample:
    return Counterexample({}, "", "")
