"""What the words before a display say of it: that it is imposed, supposed, or declared."""

from __future__ import annotations

import re
from collections.abc import Sequence

from checker.reading.sentences import (
    BEFORE_FACT,
    BEFORE_FIRST,
    NO_DECLARATION,
    Clause,
    Said,
    declares,
    opens_declaration,
)

_SETTING = re.compile(
    r"\b(?:set(?:ting|s)?(?!\s+of\b)|equat(?:e|ing)|put(?:ting)?)\s+(?:[\w'-]+\s+){0,4}?"
    r"(?:derivatives?|gradients?|partials?|it|this|them|these|both|that|expressions?|equations?|result|one|each|second|latter|last|"
    r"\$[^$]*(?:partial|nabla|frac\s*\{?d)[^$]*\$)"
    r"[^.;]*?\b(?:to|equal|as|=)\W*(?:be\W+)?(?:equal\W+(?:to\W+)?)?\$?(?:zero\b|0)\$?"
    r"(?:\s+(?:for|and|at)\b[^.;]{0,40})?\W*$"
    r"|\b(?:equat(?:e|ing)|set(?:ting)?|put(?:ting)?)\s+(?:equal\s+)?to\s+\$?(?:zero|0)\$?\W*$"
    r"|\b(?:set(?:ting)?|put(?:ting)?)\s+(?:[\w'-]+\s+){0,4}?\$[^$]*(?:partial|nabla|frac\s*\{?d)[^$]*=\s*0\s*\$\W*$",
    re.IGNORECASE,
)
"""Words that end in setting a derivative to zero."""
_GETTING = re.compile(
    r"[\s,:]{0,9}\b(?:(?:(?:and|we|this|which|solving|then|so)\s+){0,9}"
    r"(?:gives?|yields?|get|obtain|have|gave|find|solve|solving|results? in))\W*(?:us\W*)?$",
    re.IGNORECASE,
)
"""Words behind those: what is displayed is imposed where it has 0 on the right."""
_SUPPOSING = re.compile(
    r"(?:^|[.!?:]\s+|,\s*|\band\s+)(?:now\s+|next\s+|we\s+|let us\s+)*"
    r"(?:suppose|assume|assuming|supposing)\b[^.!?,;]*$",
    re.IGNORECASE,
)
"""Words that end in "suppose that …", with no main clause behind it."""
_CONCLUDING = re.compile(r"\b(?:so|then|hence|therefore|thus|we get|we obtain|gives|yields)\b\W*$", re.IGNORECASE)
_WRITING = re.compile(r"^\W*(?:(?:and|now|then|so|first|next|also)\W+)*(?:we\s+)?(?:can\s+)?write\b", re.IGNORECASE)
"""An opening that defines what is new, and claims of what is not."""
_GIVING = re.compile(
    r"^\W*(?:(?:and|now|then|so|first|next|also)\W+)*(?:we|i|let us)\s+"
    r"(?:are given|are also given|define|let|denote|introduce|know)\b",
    re.IGNORECASE,
)
"""Other openings of a sentence that declares what is displayed behind it."""


def sets_to_zero(words: str) -> bool:
    """Words that end in setting a derivative to zero."""
    return bool(_SETTING.search(words))


def gets_from_zero(words: str) -> bool:
    """Words that end in what setting a derivative to zero gives."""
    return bool(_GETTING.search(words) and _SETTING.search(_GETTING.sub("", words)))


def supposes(words: str) -> bool:
    """Words that end in "suppose that …"."""
    return bool(_SUPPOSING.search(words.rstrip(" :,")))


def denies(words: str) -> bool:
    """Words whose last sentence declares nothing, whatever it says."""
    return bool(NO_DECLARATION.search(_last_sentence(words)))


def concludes(words: str) -> bool:
    """Words that end in "so", "hence", and the like."""
    return bool(_CONCLUDING.search(words.rstrip(" :,")))


def opens(sentence: Sequence[Clause]) -> bool:
    """Whether the sentence opens as one that declares."""
    return bool(sentence) and isinstance(sentence[0], Said) and opens_declaration(sentence[0].text)


def gives(words: str, sentence: Sequence[Clause]) -> bool:
    """Whether a sentence that goes on in the display behind it declares what is displayed."""
    if not sentence or re.search(r"[.!?]\s*$", words) or supposes(words):
        return False
    first, last = sentence[0], sentence[-1]
    if not isinstance(first, Said) or not isinstance(last, Said):
        return False
    declaring = opens(sentence) and not _WRITING.match(first.text) or bool(_GIVING.match(first.text))
    return declaring and declares(sentence) and not _aside(first, last)


def _aside(first: Said, last: Said) -> bool:
    """A sentence with "where", "for", "with" or "here" and words that do not declare what is displayed behind them."""
    begins = re.match(r"^\W*(?:and\W+)?(?:where|for|with|here)\b", first.text, re.IGNORECASE)
    pattern = BEFORE_FIRST if first is last else BEFORE_FACT
    return bool(begins) and not pattern.fullmatch(last.text.lower().rstrip(" :"))


def _last_sentence(words: str) -> str:
    return re.split(r"(?<=[.!?])\s+", words.strip())[-1] if words.strip() else ""
