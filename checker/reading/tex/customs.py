"""Macros that people use without declaring them, because their preamble or their course did.

Only those whose meaning is certain; a text's own definition always goes first.
"""

from __future__ import annotations

import re
from functools import lru_cache

_GREEK = (
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi rho sigma tau "
    "upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega ell"
).split()
_NOT_BOLD = frozenset(("beta", "bm", "bf"))

_NAMES = {
    "R": r"\mathbb{R}",
    "N": r"\mathbb{N}",
    "Z": r"\mathbb{Z}",
    "C": r"\mathbb{C}",
    "Q": r"\mathbb{Q}",
    "RR": r"\mathbb{R}",
    "NN": r"\mathbb{N}",
    "ZZ": r"\mathbb{Z}",
    "CC": r"\mathbb{C}",
    "QQ": r"\mathbb{Q}",
    "EE": r"\mathbb{E}",
    "reals": r"\mathbb{R}",
    "Reals": r"\mathbb{R}",
    "E": r"\mathbb{E}",
    "P": "P",
    "PP": "P",
    "Prob": r"\Pr",
    "prob": r"\Pr",
    "Var": r"\operatorname{Var}",
    "var": r"\operatorname{Var}",
    "Cov": r"\operatorname{Cov}",
    "cov": r"\operatorname{Cov}",
    "argmax": r"\operatorname{argmax}",
    "argmin": r"\operatorname{argmin}",
    "1": r"\mathbb{1}",
    "ind": r"\mathbb{1}",
    "indicator": r"\mathbb{1}",
    "Ind": r"\mathbb{1}",
    "given": r"\mid",
    "dd": r"\mathrm{d}",
    "tr": r"\operatorname{tr}",
    "Tr": r"\operatorname{tr}",
    "trace": r"\operatorname{tr}",
    "rank": r"\operatorname{rank}",
    "sgn": r"\operatorname{sgn}",
    "sign": r"\operatorname{sgn}",
    "diag": r"\operatorname{diag}",
    "KL": r"\operatorname{KL}",
    "half": r"\frac{1}{2}",
    "eps": r"\epsilon",
    "lt": "<",
    "gt": ">",
    "bold": r"\mathbf",
    "v": r"\mathbf",
    "Arrowvert": r"\Vert",
    "Bar": r"\bar",
    "Hat": r"\hat",
    "Tilde": r"\tilde",
    "mathbbm": r"\mathbb",
    "mathds": r"\mathbb",
}
"""Commands without arguments."""

_WITH_ARGUMENTS = {
    "norm": (1, r"\lVert #1 \rVert"),
    "Norm": (1, r"\lVert #1 \rVert"),
    "abs": (1, r"\lvert #1 \rvert"),
    "set": (1, r"\{ #1 \}"),
    "Set": (1, r"\{ #1 \}"),
    "cbr": (1, r"\{ #1 \}"),
    "paren": (1, "( #1 )"),
    "del": (1, "( #1 )"),
    "brac": (1, "[ #1 ]"),
    "brk": (1, "[ #1 ]"),
    "sbr": (1, "[ #1 ]"),
    "ceil": (1, r"\lceil #1 \rceil"),
    "floor": (1, r"\lfloor #1 \rfloor"),
    "ip": (1, r"\langle #1 \rangle"),
    "vect": (1, r"\mathbf{#1}"),
    "mat": (1, r"\mathbf{#1}"),
    "mb": (1, r"\mathbf{#1}"),
    "vb": (1, r"\mathbf{#1}"),
    "va": (1, r"\mathbf{#1}"),
    "vu": (1, r"\mathbf{#1}"),
    "mbf": (1, r"\mathbf{#1}"),
    "bs": (1, r"\boldsymbol{#1}"),
    "mc": (1, r"\mathcal{#1}"),
    "pd": (2, r"\frac{\partial #1}{\partial #2}"),
}
"""Commands that take their arguments in braces; without the braces they stay as they are."""

_DERIVATIVES = {"dv": "d", "odv": "d", "pdv": r"\partial", "deriv": "d", "pderiv": r"\partial"}

_BOLD = re.compile(
    rf"(?P<letter>(?:b|v|bold)(?P<before>[A-Za-z])|(?P<after>[A-Za-z])v)"
    rf"|(?:b|v|bold)(?P<greek>{'|'.join(_GREEK)})|(?P<greek_after>{'|'.join(_GREEK)})v"
)
_CALLIGRAPHIC = re.compile(r"(?:mc|c)([A-Z])|([A-Z])c")


def takes_arguments(command: str) -> bool:
    """Whether what `command` customarily means depends on what follows it."""
    return command[1:] in _WITH_ARGUMENTS or command[1:] in _DERIVATIVES


@lru_cache(maxsize=4096)
def custom(command: str, groups: int, optional: bool, script: bool) -> tuple[int, str | None, str] | None:
    """Number of arguments, default and body of a customary command; None for others.

    groups: how many brace groups follow the command; optional: behind an option in square brackets; script: whether it
    is the first thing in a superscript.
    """
    name = command[1:]
    if name == "T":
        return (0, None, r"\top") if script else None
    if name in _NAMES:
        return 0, None, _NAMES[name]
    if name in _WITH_ARGUMENTS:
        count, body = _WITH_ARGUMENTS[name]
        if optional and count == 1 and groups:
            return 2, "", body.replace("#1", "#2")
        return (count, None, body) if groups >= count else None
    if name in _DERIVATIVES:
        return _derivative(_DERIVATIVES[name], groups, optional)
    letter = _letter_style(name)
    return None if letter is None else (0, None, letter)


def _derivative(d: str, groups: int, optional: bool) -> tuple[int, str | None, str] | None:
    """\\dv{x}, \\dv{f}{x}, \\dv[n]{f}{x} and \\pdv{f}{x}{y} as the physics package has them."""
    if optional:
        return {
            1: (2, "", rf"\frac{{{d}^{{#1}}}}{{{d} #2^{{#1}}}}"),
            2: (3, "", rf"\frac{{{d}^{{#1}} #2}}{{{d} #3^{{#1}}}}"),
        }.get(min(groups, 2))
    return {
        1: (1, None, rf"\frac{{{d}}}{{{d} #1}}"),
        2: (2, None, rf"\frac{{{d} #1}}{{{d} #2}}"),
        3: (3, None, rf"\frac{{{d}^2 #1}}{{{d} #2 {d} #3}}"),
    }.get(groups if d != "d" else min(groups, 2))


def _letter_style(name: str) -> str | None:
    """\\bX, \\vX, \\boldX and \\Xv for a bold letter, \\cX and \\mcX for a calligraphic one."""
    if name in _NOT_BOLD:
        return None
    if bold := _BOLD.fullmatch(name):
        letter, greek = bold["before"] or bold["after"], bold["greek"] or bold["greek_after"]
        return rf"\mathbf{{{letter}}}" if letter else rf"\boldsymbol{{\{greek}}}"
    if calligraphic := _CALLIGRAPHIC.fullmatch(name):
        return rf"\mathcal{{{calligraphic[1] or calligraphic[2]}}}"
    return None
