"""What the grammar must know of names."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Any

CHANCE = {"p", "P", "Pr"}
EXPECTATIONS = {"E": "E", "Var": "Var", "Cov": "Cov", "var": "Var", "cov": "Cov", "Corr": "Corr"}


@dataclass(frozen=True)
class Lexicon:
    """What the grammar must know of names.

    functions: letters that are functions; bracketed: families written with square brackets, T[i,k]; numbers: letters
    that are declared as quantities, so that p(1−p) is a product; names: names of several letters.
    indices: letters that are indices, so that μ_{new} is a label and μ_{nkj} has three indices. values: letters that
    stand alone for a quantity somewhere, so that p(1−p) may be a product. twofold: letters that are used as functions
    are, and also alone, so that σ(a) may be a value or a product. other: read what can be read in two ways in
    the second way: a function without brackets ends at · and / and takes the exponential behind its factors, a power
    behind its brackets is that of the function's value, a slash between numbers divides by the next factor only, a sum
    goes on over + where its index does, a product ends behind the last factor with its index. whole: read sums alone in
    that way. digitwise: letters with
    an index as 01 somewhere, which is two indices, as all their digits are. bound: indices of sums. means: E stands
    before brackets beside other signs of moments, so that E(X) is an expectation.
    """

    functions: frozenset[str] = frozenset()
    bracketed: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    indices: frozenset[str] = frozenset()
    values: frozenset[str] = frozenset()
    twofold: frozenset[str] = frozenset()
    other: bool = False
    whole: bool = False
    digitwise: frozenset[str] = frozenset()
    bound: frozenset[str] = frozenset()
    means: bool = False

    def among(self, words: frozenset[str], letters: frozenset[str]) -> Lexicon:
        """What it says of these words, and of what consists of these letters or of more than letters."""
        return _among(self, words, letters)


NARROWED = 4096
"""How many narrowed lexicons are kept."""
_SETS = tuple(each.name for each in fields(Lexicon) if each.type == "frozenset[str]")


@lru_cache(maxsize=NARROWED)
def _among(lexicon: Lexicon, words: frozenset[str], letters: frozenset[str]) -> Lexicon:
    narrowed: dict[str, Any] = {}
    for field in _SETS:
        names: frozenset[str] = getattr(lexicon, field)
        narrowed[field] = frozenset(n for n in names if n in words or letters.issuperset(n) or not n.isalpha())
    return replace(lexicon, **narrowed)
