"""Medians and the like of measured seconds, in milliseconds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median


def p95(seconds: Sequence[float]) -> float:
    """The smallest measurement that at least 95 % of them do not exceed."""
    return sorted(seconds)[math.ceil(0.95 * len(seconds)) - 1]


def summary(seconds: Sequence[float]) -> str:
    """Median, p95 and maximum, in words."""
    shown = (f"{what} {1000 * of(seconds):.1f} ms" for what, of in (("median", median), ("p95", p95), ("max", max)))
    return ", ".join(shown)
