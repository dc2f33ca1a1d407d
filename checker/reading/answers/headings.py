"""Which row or column of a question's table a heading in an answer's table means.

A heading is its words and numbers: case, signs, "layer" and "number of" do not count. What stands in brackets or behind
a colon may add to it, but must not say something else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from checker.tables import Heading

_SILENT = frozenset("layer layers the of number numbers no num nr count counts total a an all in".split())
_DOUBTFUL = frozenset(
    "per each half halves gpu gpus one single only k m thousand thousands million millions both two split "
    "log percent ratio first second".split()
)
"""Words in brackets that may change what is counted."""
_ORDINALS = {"first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "one": "1", "two": "2",
             "three": "3", "four": "4", "five": "5"}  # fmt: skip
_ASIDE = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|[:;]\s*(.*)$")
_EACH_LAYER = re.compile(r"\b(?:in|of|per|for|at)\s+(?:the|each|every|a|this)?\s*layer\b")
LONGEST, TEXTS_KEPT = 120, 1000
"""How long a heading may be, and of how many texts the words are remembered: a question's are asked for often."""


@lru_cache(maxsize=TEXTS_KEPT)
def words_of(text: str) -> tuple[str, ...]:
    """Words in lower case and numbers, signs left out; numbers come last, since "first layer" and "layer 1" are one."""
    plain = re.sub(r"\\[A-Za-z]+", " ", text).lower()
    plain = re.sub(r"(\d)(?:st|nd|rd|th)\b", r"\1", _EACH_LAYER.sub(" ", plain))
    found = [_ORDINALS.get(each, each) for each in re.findall(r"[^\W\d_]+|\d+", plain) if each not in _SILENT]
    return (*(each for each in found if not each.isdigit()), *(each for each in found if each.isdigit()))


def meant(text: str, headings: Sequence[Heading]) -> Heading | None:
    """The heading that a text names for certain, else None."""
    if len(text) > LONGEST:
        return None
    asides = [next(filter(None, match.groups()), "") for match in _ASIDE.finditer(text)]
    whole, outside = _named(words_of(text), headings), _named(words_of(_ASIDE.sub(" ", text)), headings)
    found = whole or outside
    if found is None or whole is not None and outside not in (None, whole):
        return None
    for aside in asides:
        words = words_of(aside)
        other = _named(words, headings)
        if (
            other not in (None, found)
            or other is None
            and whole is None
            and _DOUBTFUL.intersection(aside.lower().split())
        ):
            return None
    return found


def _named(words: tuple[str, ...], headings: Sequence[Heading]) -> Heading | None:
    found = [heading for heading in headings if words and any(words == words_of(name) for name in heading.names)]
    return found[0] if len(found) == 1 else None


def says(text: str, phrases: Sequence[str]) -> bool:
    """Whether one of the phrases stands in a text, its words side by side, and no word before it denies it."""
    for sentence in re.split(r"(?<!\bincl)[.!?;]\s|\n", text):
        words = re.findall(r"[^\W\d_]+", sentence.lower())
        for phrase in phrases:
            wanted = phrase.lower().split()
            for at in range(len(words) - len(wanted) + 1):
                if words[at : at + len(wanted)] == wanted and not _DENIALS.intersection(words[max(at - 4, 0) : at]):
                    return True
    return False


_DENIALS = frozenset(
    "not no without never nor neither don doesn didn isn aren excluding except ignoring ignore".split()
)
