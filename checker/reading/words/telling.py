"""Sentences that declare by what they say, however they open.

$A$ and $B$ are independent given $C$.            $x_1, \\dots, x_N$ are i.i.d.
Exactly one of $A$ and $B$ occurs.                We put a prior on $\\theta$, $\\theta \\sim \\mathrm{Beta}(a, b)$.
The test satisfies $P(+ | D) = 0.9$.              A disease affects 1 % of us, so $P(D) = 0.01$.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from checker.reading.tex.items import letters_in, text_of
from checker.reading.tex.signs import BARS
from checker.reading.words.sentences import CONCLUSION, DOUBT, NO_DECLARATION, SPOKEN_OF, Chain, Clause, Said

_FORMULA = "$"
_LIST = r"\$(?:\s*(?:,|and|,\s*and)?\s*\$){0,6}"
_INDEPENDENT = re.compile(
    r"\W{0,8}(?:(?:here|also|moreover|further|furthermore|again)\W{1,4})?(?:(?:the|all|both|these|those|our|different|given)\s{1,3}){0,4}"
    rf"(?:[a-z][\w'-]*\s+){{0,4}}(?:{_LIST}\s*)?(?:of\s+(?:an?|each|the)\s+\w+\s+)?(?:are|is)\s+"
    r"(?:(?:all|also|assumed|taken|to be|mutually|conditionally|statistically)\s{1,3}){0,4}"
    r"(?:independent(?:,?\s+and\s+identically\s+distributed)?|i\.?\s?i\.?\s?d\b\.?)"
    r"(?:\s+(?:random\s+)?(?:variables|samples|draws|events|observations))?(?:\s+of\s+(?:each other|one another))?"
    rf"(?:\s+(?:given|conditional(?:ly)?\s+on)\s+(?:(?:the|its|their|each)\s+)?(?:\w{{1,30}}\s{{1,3}}){{0,2}}?(?:\w{{1,30}}|{_LIST})"
    rf"(?:\s{{0,3}}(?:,\s?and|and|,)\s{{0,3}}given\s{{1,3}}{_LIST}){{0,2}})?\W{{0,8}}",
    re.IGNORECASE,
)
"""The words of a whole sentence, `$` for a formula, that says no more than that something is independent."""
_IDENTICAL = re.compile(
    rf"\W*(?:here\W+)?(?:(?:the|our)\s+)?(?:[a-z][\w'-]*\s+){{0,3}}{_LIST}\s*(?:are|is)\s+(?:all\s+)?i\.?\s?i\.?\s?d\b.*",
    re.IGNORECASE | re.DOTALL,
)
_EXCLUSIVE = re.compile(
    rf"\W*exactly\s+one\s+(?:of|among)\s+(?:(?:the|these)\s+)?(?:\w+\s+){{0,2}}{_LIST}\s*"
    r"(?:occurs?|happens?|holds?|is\s+(?:true|the case|chosen|drawn|picked|selected)|takes place)\W*",
    re.IGNORECASE,
)
_STATES_NUMBER = re.compile(
    r"(?:\b(?:with|has|have|satisf(?:y|ies)|obeys?|we\s+know(?:\s+that)?|(?:are|is)\s+told(?:\s+that)?|it\s+is\s+known\s+that)"
    r"(?:\s+(?:the\s+|a\s+)?(?:[\w-]+\s+){0,2}probabilit(?:y|ies))?"
    r"|\b(?:prior|prevalence|sensitivity|specificity|base\s+rate|rate|probability)(?:\s+(?:of|that)\s+(?:[\w-]+\s+){1,6}?)?\s*(?:is|are)?)"
    r"\W*$|^\W*and\W*$",
    re.IGNORECASE,
)
"""Words right before a probability of which a sentence tells the number."""
_IN_WORDS = re.compile(
    r"\d\s*\\?%|\bper\s?cent\b|\b(?:\d+|one|two|three)\s+(?:in|out\s+of)\s+(?:\d|an?\b|\w+\b)", re.IGNORECASE
)
_THAT_IS = re.compile(r",?\s*(?:so|that is|i\.e\.|thus|hence)\W*$", re.IGNORECASE)
"""A number in words, and what leads over to its formula."""
_TELLS_OF_DATA = re.compile(
    r"^\W*each\s+(?:[\w-]+\s+){1,3}(?:has|have|consists\s+of|comes\s+with|is\s+described\s+by)\b", re.IGNORECASE
)
_GIVEN = re.compile(
    r"\W*(?:the|our|all)\s+(?:(?:[a-z][a-z-]*\s|\$)[\s,]*){1,16}?(?:is|are)\s+(?:given|observed|known|fixed)\W*",
    re.IGNORECASE,
)
"""The words of a whole sentence that names what is given, with its sets."""
_NUMERIC = {r"\frac", r"\tfrac", r"\dfrac", r"\%"}
"""Commands in numbers that are written out."""


def told(clauses: Sequence[Clause]) -> list[Clause]:
    """What of a sentence declares, as one that opens so; [] where nothing does."""
    words = " ".join(clause.text if isinstance(clause, Said) else _FORMULA for clause in clauses)
    plain = not _is_doubtful(words) and not any(isinstance(each, Chain) and _equates(each) for each in clauses)
    if plain and (
        _EXCLUSIVE.fullmatch(words)
        or _INDEPENDENT.fullmatch(words)
        or _IDENTICAL.fullmatch(words)
        or _TELLS_OF_DATA.match(words)
        or _GIVEN.fullmatch(words)
    ):
        return [Said("assume"), *clauses]
    return _distributing(clauses) or _numbers(clauses)


def _is_doubtful(words: str) -> bool:
    return any(each.search(words) for each in (SPOKEN_OF, NO_DECLARATION, DOUBT, CONCLUSION))


def _equates(chain: Chain) -> bool:
    return any(sign.sign not in ("in", "<", ">", "<=", ">=", "~") for sign in chain.signs) and not _is_range(chain)


def _is_range(chain: Chain) -> bool:
    """i = 1, …, N."""
    signs = [sign.sign for sign in chain.signs]
    return signs == ["="] and any("dots" in text_of(item) for item in chain.members[-1].items)


def _distributing(clauses: Sequence[Clause]) -> list[Clause]:
    """A sentence that says of names without a bar how they are distributed, and does not conclude it."""
    chains = [each for each in clauses if isinstance(each, Chain) and [sign.sign for sign in each.signs] == ["~"]]
    words = " ".join(clause.text for clause in clauses if isinstance(clause, Said))
    barred = any(text_of(item) in BARS for chain in chains for item in chain.members[0].items)
    others = any(isinstance(each, Chain) and _equates(each) for each in clauses)
    if not chains or barred or others or any(each.search(words) for each in (SPOKEN_OF, NO_DECLARATION, CONCLUSION)):
        return []
    return [Said("assume"), *clauses]


def _numbers(clauses: Sequence[Clause]) -> list[Clause]:
    """The numbers of probabilities that a sentence tells: each P(…) = 0.9 up to the first that is found from others."""
    words, found = "", list[Clause]()
    for at, clause in enumerate(clauses):
        if isinstance(clause, Said):
            words += clause.text
            continue
        if not clause.signs:
            words += _FORMULA
            continue
        in_words = not found and bool(_IN_WORDS.search(words)) and bool(_THAT_IS.search(words))
        before = _THAT_IS.sub("", words) if in_words else words
        if not _tells_number(clause) or _is_doubtful(before) or not (in_words or _STATES_NUMBER.search(words)):
            break
        found += [Said(" and " if found else "assume "), clause]
        after = clauses[at + 1] if at + 1 < len(clauses) else None
        if isinstance(after, Said) and after.text.rstrip().endswith("?"):
            return []
        words = ""
    return found


def _tells_number(chain: Chain) -> bool:
    """P(…) = a number that is written out."""
    if [sign.sign for sign in chain.signs] != ["="]:
        return False
    left, right = (member.items for member in chain.members)
    numeric = bool(right) and not any(
        letters_in(item)
        or text_of(item).startswith("\\")
        and text_of(item) not in (r"\frac", r"\tfrac", r"\dfrac", r"\%")
        for item in right
    )
    return numeric and text_of(left[0]) in ("P", "p", r"\Pr", r"\mathbb", r"\mathrm", r"\operatorname")
