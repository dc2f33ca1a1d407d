"""What a name says: `mu_hat_1` is the letter μ with a hat and the subscript 1. Does not import SymPy.

Names are read as they stand in SymPy symbols (`sigma_0`, `N_k`, `x_{1,2}`, `μ`) and in counterexamples.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_GREEK_LOWER = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ϵ", "zeta": "ζ", "eta": "η", "theta": "θ",
    "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ",
    "tau": "τ", "upsilon": "υ", "phi": "ϕ", "chi": "χ", "psi": "ψ", "omega": "ω",
    "varepsilon": "ε", "vartheta": "ϑ", "varphi": "φ", "varrho": "ϱ", "varsigma": "ς", "varpi": "ϖ",
}  # fmt: skip
_GREEK_UPPER = {
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Upsilon": "Υ",
    "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
}  # fmt: skip
LETTERS = _GREEK_LOWER | _GREEK_UPPER | {"ell": "ℓ"}
"""Letters with a LaTeX command of that name, and their Unicode form."""

LETTERS_TO_NAMES = {form: name for name, form in LETTERS.items()}
_SPELLINGS = {"lam": "lambda", "lamda": "lambda", "eps": "epsilon"} | LETTERS_TO_NAMES

ACCENTS = {"hat": "\u0302", "bar": "\u0304", "tilde": "\u0303", "dot": "\u0307"}
"""Accents with a LaTeX command of that name, and the Unicode character that combines with the letter before it."""

MARKS = {"prime": ("'", "′"), "star": (r"^{*}", "*"), "inverse": ("^{-1}", "⁻¹")}
"""Marks behind a letter, in LaTeX and in Unicode."""

_NAME = re.compile(r"(?P<letter>\\?[^\W\d_]+)(?P<digits>\d*)(?P<primes>'*)(?P<rest>(?:_(?:\{[^{}]*\}|[^_{}]+))*)")
_INVERSE = "^-1"
_SUBSCRIPT = re.compile(r"_(?:\{([^{}]*)\}|([^_{}]+))")


@dataclass(frozen=True)
class Name:
    """A name taken apart; `letter` is a Greek letter's English name, or the name as it stands."""

    letter: str
    accents: tuple[str, ...] = ()
    subscripts: tuple[str, ...] = ()


def taken_apart(name: str) -> Name:
    """The parts of `name`; a name that follows no pattern is its own letter."""
    if name.endswith(_INVERSE) and _NAME.fullmatch(name[: -len(_INVERSE)]):
        matrix = taken_apart(name[: -len(_INVERSE)])
        return Name(matrix.letter, (*matrix.accents, "inverse"), matrix.subscripts)
    match = _NAME.fullmatch(name)
    if match is None:
        return Name(name)
    pieces = [piece.strip() for group in _SUBSCRIPT.findall(match["rest"]) for piece in "".join(group).split(",")]
    accents = [piece for piece in pieces if piece in ACCENTS or piece in MARKS] + ["prime"] * len(match["primes"])
    subscripts = [piece for piece in pieces if piece not in ACCENTS and piece not in MARKS]
    digits = [match["digits"]] if match["digits"] else []
    letter = match["letter"]
    return Name(_SPELLINGS.get(letter, letter), tuple(accents), tuple(digits + subscripts))


_SPELLED_OUT = LETTERS_TO_NAMES | {
    "−": "-", "·": "*", "×": "*", "≤": "<=", "≥": ">=", "≠": "!=", "≈": "~=", "∼": "~", "∝": "prop. to", "⇒": "=>",
    "⇔": "<=>", "→": "->", "∈": "in", "∧": "and", "∨": "or", "¬": "not ", "∑": "sum", "∏": "prod", "∫": "int",
    "√": "sqrt", "∂": "d", "∞": "oo", "…": "...", "–": "-", "—": "-", "’": "'", "‘": "'", "“": '"', "”": '"',
    "ℝ": "R", "ℤ": "Z", "ⅈ": "I", "′": "'", "𝟙": "1",
}  # fmt: skip
_SUPERSCRIPTS = {form: f"^{digit}" for digit, form in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}
_TO_ASCII = str.maketrans(_SPELLED_OUT | _SUPERSCRIPTS)


def in_ascii(text: str) -> str:
    """The text spelled out in ASCII: μ as mu, ≤ as <=; what has no spelling becomes a question mark."""
    decomposed = unicodedata.normalize("NFKD", text.replace("⁻¹", _INVERSE).translate(_TO_ASCII))
    plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    return plain.encode("ascii", "replace").decode("ascii")
