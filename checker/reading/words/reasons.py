"""Words that name a rule: "by Bayes' rule", "(law of total probability)"; or what varies: "as a function of $w$"."""

from __future__ import annotations

import re

_WORDS = (
    ("bayes", r"\bbayes"),
    ("total-probability", r"total probability|\bmarginali[sz]"),
    ("product-rule", r"product rule|chain rule (?:of|for) probabilit"),
    ("independence", r"\bindependen|\bi\.?i\.?d\b"),
)


_VARYING = re.compile(
    r"\b(?:proportional in|as (?:a )?functions? of|not depend on|independent of)\s+\$([^$]+)\$", re.IGNORECASE
)


def varying(words: str) -> str:
    """The name, as written, in which the words say that something is proportional; "" where they say none."""
    found = _VARYING.findall(words)
    return found[-1].strip() if len(set(found)) == 1 else ""


def reason(words: str) -> str:
    """The one rule that the words name, or "" where they name none or several."""
    last = re.split(r"(?<=[.!?])\s+", words.strip())[-1] if words.strip() else ""
    found = [name for name, pattern in _WORDS if re.search(pattern, last, re.IGNORECASE)]
    return found[0] if len(found) == 1 else ""
