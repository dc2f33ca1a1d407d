"""How words say what is counted: the samples in a class, or all samples."""

from __future__ import annotations

import re

SAMPLES = (
    r"(?:training\s+|data\s+|labell?ed\s+)*(?:samples?|examples?|points?|data\s?points?|data|observations?|instances?|cases|"
    r"inputs?|images?|elements?|members?|items?|vectors?|rows?|x'?s)"
)
COUNT = r"(?:(?:total|whole)\s+)?(?:(?:number|count|amount|no\.|nr\.)\s+of|\\?#\s*(?:of)?)"
IS = r"\W*(?:is|be|are|denotes?|counts?|equals?|for|as|represents?|means)?\W*(?:the\s+)?"
NUMBER = (
    rf"\W*(?:counts?\s+(?:the\s+|all\s+)?|(?:is|be|denotes?|says|counts?)\s+how\s+many\s+){SAMPLES}"
    rf"|{IS}{COUNT}\s+(?:the\s+|all\s+)?{SAMPLES}"
)
BELONGING = (
    r"(?:\s+(?:that|which|are|is|belong(?:s|ing)?|labell?ed|assigned|fall(?:s|ing)?|have|has|having|with|in|of|from|to|"
    r"as|into|by|the|a|our|this|training|data|set|dataset|whose|equal(?:s|ling)?|being|corresponding))*"
)
TIMES = r"\W*(?:(?:is|be|are|denotes?|counts?|equals?)\s+)?(?:how\s+(?:many\s+times|often)|the\s+number\s+of\s+times)"
_CLASS = r"\s+(?:class|label|category)\W*"
_OF_CLASS = re.compile(rf"(?:(?:{NUMBER}){BELONGING}|{TIMES}(?:\s+(?:that|the|a))*){_CLASS}")
_SIZE_OF_CLASS = re.compile(
    rf"{IS}(?:total\s+)?(?:sizes?|counts?|cardinality|frequency|(?:number|count)\s+of\s+(?:occurrences|instances|appearances))"
    rf"\s+(?:of|for)(?:\s+(?:the|each))?{_CLASS}"
)
_ALL = re.compile(
    rf"(?:the\s+)?(?:{COUNT}\s+(?:all\s+)?(?:the\s+)?(?:training\s+|labell?ed\s+)*"
    r"(?:samples?|examples?|(?:data\s?)?points?|observations?|instances?|cases)"
    r"|sizes? of (?:the |our )?(?:training |data )*set"
    r"|(?:sum|total) of (?:all |the |all the )?(?:class|per-class) counts)"
    r"(?:\s+in\s+(?:total|all|D|(?:the\s+)?(?:training\s+|data\s?)*set|all\s+classes))?\W*"
)
_NAMED_CLASS = re.compile(
    r"(?P<before>.*\b(?:class|label|category)\W*)(?P<index>\w)(?:\s+in\s+(?:D|the\s+(?:training|data)\s?set))?\W*"
)


def says_class(words: str) -> bool:
    """ "the number of samples in class", before the class."""
    return bool(_OF_CLASS.fullmatch(words) or _SIZE_OF_CLASS.fullmatch(words))


def says_class_and_which(words: str) -> bool:
    """ "the number of samples in class k"."""
    match = _NAMED_CLASS.fullmatch(words)
    return match is not None and says_class(match["before"].lower())


def says_all(words: str) -> bool:
    """ "the number of samples"."""
    return bool(_ALL.fullmatch(words))


def says_count(words: str) -> bool:
    """Words that stand for a count, perhaps with the class behind them."""
    plain = words.replace("\\#", "#")
    return says_class(plain.lower()) or says_class_and_which(plain) or says_all(plain)
