"""What the words before a display say of it: that it is imposed, supposed, or declared."""

from __future__ import annotations

import re
from collections.abc import Sequence

from checker.reading.words.sentences import (
    BEFORE_FACT,
    BEFORE_FIRST,
    CONCLUSION,
    NO_DECLARATION,
    SPOKEN_OF,
    Clause,
    Said,
    declares,
    opens_declaration,
)

_SETTING = re.compile(
    r"\b(?:set(?:ting|s)?(?!\s+of\b)|equat(?:e|ing)|put(?:ting)?|let(?:ting)?"
    r"|mak(?:e|ing)(?!\s+sure)|requir(?:e|ing))\s+(?:[\w'-]+\s+){0,4}?"
    r"(?:derivatives?|gradients?|partials?|it|this|them|these|both|that|expressions?|equations?|result|one|each|second|latter|last|"
    r"\$[^$]*(?:partial|nabla|frac\s*\{?d|'|prime)[^$]*\$)"
    r"[^.;]*?\b(?:to|equal|as|be|=)\W*(?:be\W+)?(?:equal\W+(?:to\W+)?)?\$?(?:zero\b|0)\$?"
    r"(?:\s+(?:for|and|at)\b[^.;]{0,40})?\W*$"
    r"|\b(?:equat(?:e|ing)|set(?:ting)?|put(?:ting)?)\s+(?:equal\s+)?to\s+\$?(?:zero|0)\$?\W*$"
    r"|\b(?:set(?:ting)?|put(?:ting)?)\s+(?:[\w'-]+\s+){0,4}?\$[^$]*(?:partial|nabla|frac\s*\{?d|'|prime)[^$]*=\s*0\s*\$\W*$",
    re.IGNORECASE,
)
"""Words that end in setting a derivative to zero."""
_ZERO_WHERE = re.compile(
    r"(?:^|\b(?:which|this|that|these|they|both|it|derivatives?|gradients?|partials?|expressions?)\b)\s*"
    r"(?:(?:is|are|equals?|becomes?)\s+(?:equal\s+to\s+)?\$?(?:zero|0)\$?"
    r"|vanish(?:es)?)\s+(?:for|when|if|at|where|iff|exactly when|if and only if)\W*$",
    re.IGNORECASE,
)
"""Words that end in where a derivative is zero: "which vanishes for"."""
_GETTING = re.compile(
    r"[\s,:]{0,9}\b(?:(?:(?:and|we|this|which|it|solving|solve|rearranging|simplifying|then|so|can|now|for|easily)\s{1,9}"
    r"|\$[^$]{0,200}\$[^\w$]{1,9}){0,12}"
    r"(?:gives?|yields?|get|obtain|have|gave|find|solve|solving|results? in|leads? to|implies))"
    r"(?:[^\w$]{1,9}(?:us|that|the|an?|for|our|these|following|normal|linear|system|of|equations?|estimates?|estimators?|"
    r"updates?|rules?|solutions?|mles?|maximum|likelihood|conditions?|results?|optimal|optimum|closed|form|expressions?|"
    r"first|order|stationary|points?|values?|parameters?)\b|[^\w$]{1,9}\$[^$=]{0,200}\$){0,20}[^\w$]{0,9}$",
    re.IGNORECASE,
)
"""Words behind those: what is displayed is imposed where it has 0 on the right."""
_ZERO = re.compile(r"(?:\bzero\b|(?<![\w.])0(?![\w.]))\s*\$?", re.IGNORECASE)
_SETTING_WHAT_IS_DISPLAYED = re.compile(
    r"\b(?:set(?:ting|s)?|equat(?:e|ing)|put(?:ting)?)(?:\s+(?:the|this|each|our|partial|first)|\s+(?:derivative|gradient))*"
    r"\W*$",
    re.IGNORECASE,
)
"""Words that end in "setting", with what is set to something displayed behind them."""
_TO_ZERO = re.compile(r"^\W*(?:(?:is\s+)?equal\s+)?(?:to\s+)\$?(?:zero\b|0(?![\w.]))", re.IGNORECASE)
_WHEN = re.compile(r"\b(?:iff|if|when|whenever|unless)[\s:,]*$", re.IGNORECASE)
"""Words that end in what a condition stands behind."""
_STATIONARY = re.compile(
    r"\bat\s+(?:an?|the|any|each|every|its|our|this)\s+(?:stationary|critical)\s+points?\b"
    r"|\bat\s+(?:an?|the|its|our|this)\s+(?:minimum|maximum|optimum|extremum|minimizer|maximizer|optimal\s+\w+)\b",
    re.IGNORECASE,
)
"""Words for where derivatives are zero."""
_VANISHING = re.compile(r"\$[^$]*(?:partial|nabla|frac\s*\{?d)[^$]*=\s*0\s*\$", re.IGNORECASE)
"""A derivative that is zero, in a sentence."""
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
_FOR = re.compile(r"^\W*(?:(?:and|now|also|then|first|next)\W+)*for\b", re.IGNORECASE)
_STATING = re.compile(r"\b(?:with|where|such that|subject to|satisfying|given|assum\w+|let)\b", re.IGNORECASE)
"""Words behind "for …" that state a fact."""


MOST_WORDS = 600
"""How many characters before "to zero" may say that something is set."""


def sets_to_zero(words: str) -> bool:
    """Words that end in setting a derivative to zero."""
    return bool(_SETTING.search(words) or _ZERO_WHERE.search(words))


def gets_from_zero(words: str) -> bool:
    """Words that end in what setting a derivative to zero gives."""
    return bool(_GETTING.search(words) and _SETTING.search(_GETTING.sub("", words)))


def sets_what_follows(words: str) -> bool:
    """Words that end in "setting": what is displayed behind them is set to what it says."""
    return bool(_SETTING_WHAT_IS_DISPLAYED.search(words)) and not denies(words)


def goes_on_to_zero(before: str, words: str) -> bool:
    """Words between two displays that go on with "equal to zero" where those before the first end in "setting"."""
    return sets_what_follows(before) and bool(_TO_ZERO.match(words))


def settings(words: str) -> list[str]:
    """The sentences that set a derivative to zero, whatever else they say behind it, each up to that."""
    found = []
    for sentence in re.split(r"(?<=[.!?])\s+", words.strip()):
        if _ZERO_WHERE.search(sentence):
            found.append(sentence)
            continue
        if SPOKEN_OF.search(sentence):
            continue
        ends = (match.end() for match in _ZERO.finditer(sentence))
        end = next((end for end in ends if sets_to_zero(sentence[max(0, end - MOST_WORDS) : end])), None)
        if end is not None:
            found.append(sentence[:end])
    return found


def tells_when(words: str) -> bool:
    """Words that end in "if and only if", "exactly when": what is displayed is when something holds."""
    return bool(_WHEN.search(words))


def stationary(words: str) -> list[str]:
    """The sentences that speak of a point at which derivatives are zero, of which they say no more than that."""
    sentences = re.split(r"(?<=[.!?])\s+", words.strip())
    return [each for each in sentences if _STATIONARY.search(each) and not SPOKEN_OF.search(each)]


def vanishing(words: str) -> list[str]:
    """The formulas, without their signs, that say in a sentence that a derivative is zero."""
    sentences = re.split(r"(?<=[.!?])\s+", words.strip())
    return [m[0].strip("$ ") for each in sentences if not SPOKEN_OF.search(each) for m in _VANISHING.finditer(each)]


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
    """Words that do not declare what is displayed behind them: "let $c > 0$; then", "for constants $a$ and $b$,"."""
    if first is not last and (
        CONCLUSION.search(last.text) or _FOR.match(first.text) and not _STATING.search(last.text)
    ):
        return True
    if first is not last and first.text.lower().startswith("subject to") and not re.search(r"\w", last.text):
        return True  # "we maximise $f$ subject to $g = 0$:"
    begins = re.match(r"^\W*(?:and\W+)?(?:where|for|with|here|under|subject)\b", first.text, re.IGNORECASE)
    pattern = BEFORE_FIRST if first is last else BEFORE_FACT
    return bool(begins) and not pattern.fullmatch(last.text.lower().rstrip(" :"))


def _last_sentence(words: str) -> str:
    return re.split(r"(?<=[.!?])\s+", words.strip())[-1] if words.strip() else ""
