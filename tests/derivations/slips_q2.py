"""Wrong variants of every step of q2: of each kind of slip the first place where it makes the step false."""

from __future__ import annotations

from checker.derivation import Part, Transition
from tests.slips import Slip, false_slips

WORDS = {
    "sign": ("sign",),
    "factor 2": ("factor 2", "factor 1/2"),
    "factor 1/2": ("factor 2", "factor 1/2"),
    "root for square": ("² for", "⁴ for", "factor"),
    "exponent off": (" for ", "factor"),
    "upside down": (" for ", "factor", "divided"),
    "index replaced": (" for ", "index"),
    "index swapped": (" for ",),
    "sum dropped": ("with the sum over", "factor N", "factor K"),
    "sum added": ("without the sum", "factor"),
    "product for sum": ("∑ for ∏",),
    "sum for product": ("∏ for ∑",),
    "bound off by one": ("sum over", " for "),
    "wrong bound": ("sum over", " for "),
    "wrong size": (" for ", "factor"),
    "off by one": (" for ", "term"),
    "indicator dropped": ("indicator", "factor", "1["),
    "indicator added": ("indicator", "sum over", "factor"),
    "prior dropped": ("prior", "factor"),
    "conditioning swapped": (" for ",),
    "conditioning dropped": (" for ",),
    "joint for conditional": (" for ", "factor"),
    "conditional for joint": (" for ", "factor"),
    "log of a sum split": ("logarithm",),
    "log dropped": ("logarithm",),
    "inner derivative lost": ("factor",),
}
"""For a kind of slip the words of which the hint has at least one."""


def wrong_variants(part: Part, transition: Transition) -> list[Slip]:
    """Of each kind of slip the first that makes the step false."""
    firsts: dict[str, Slip] = {}
    for slip in false_slips(transition, part.givens):
        if slip.kind in WORDS:
            firsts.setdefault(slip.kind, slip)
    return list(firsts.values())
