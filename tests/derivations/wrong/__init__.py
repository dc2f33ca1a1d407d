"""Wrong variants of steps of the derivations, a module for each topic of the course."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any

Make = Callable[[ModuleType], Any]


@dataclass(frozen=True)
class Wrong:
    """The step of that number in a part, with another right side, made from the names of the derivation's module."""

    part: str
    number: int
    slip: str
    rhs: Make
