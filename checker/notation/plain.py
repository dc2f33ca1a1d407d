"""One-line notation for terminals, in Unicode or ASCII; the two differ in their tables only."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from checker.notation.layout import Level, Text
from checker.notation.names import ACCENTS, LETTERS, MARKS, taken_apart

_BRACKETS = {"()": ("(", ")"), "[]": ("[", "]"), "||": ("|", "|")}


@dataclass(frozen=True)
class Plain:
    """A `Style` for one line of text; letters, accents and superscripts without an entry are spelled out."""

    signs: Mapping[str, str]
    letters: Mapping[str, str] = field(default_factory=dict)
    accents: Mapping[str, str] = field(default_factory=dict)
    superscripts: Mapping[str, str] = field(default_factory=dict)
    functions: Mapping[str, str] = field(default_factory=dict)
    root_sign: str = ""
    tight_numbers: bool = False

    def name(self, name: str) -> str:
        parts = taken_apart(name)
        spelled = [accent for accent in parts.accents if accent not in self.accents]
        text = self.letters.get(parts.letter, parts.letter) + "".join(f"_{accent}" for accent in spelled)
        text += "".join(self.accents[accent] for accent in parts.accents if accent in self.accents)
        return self.indexed(text, [self.letters.get(piece, piece) for piece in parts.subscripts])

    def indexed(self, base: str, indices: Sequence[str]) -> str:
        if not indices:
            return base
        single = all(len(index) == 1 and index.isalpha() for index in indices)
        if base.endswith("}"):  # x_{1} with the index n: x_{1,n}
            return f"{base[:-1]},{','.join(indices)}}}"
        if single or (len(indices) == 1 and len(indices[0]) == 1):
            return f"{base}_{''.join(indices)}"
        return f"{base}_{{{','.join(indices)}}}"

    def sample(self, base: str, indices: Sequence[str]) -> str:
        return f"{base}^({','.join(indices)})" if indices else base

    def function(self, name: str) -> str:
        return self.functions.get(name, name)

    def bracketed(self, inside: str, kind: str = "()") -> str:
        left, right = _BRACKETS[kind]
        return f"{left}{inside}{right}"

    def quotient(self, numerator: Text, denominator: Text) -> Text:
        above = numerator.fitted(Level.PRODUCT, self)
        below = denominator.fitted(Level.POWER, self)
        return Text(f"{above}/{below}", Level.QUOTIENT)

    def rational(self, numerator: str, denominator: str) -> Text:
        return Text(f"{numerator}/{denominator}", Level.QUOTIENT)

    def power(self, base: str, exponent: Text) -> str:
        if all(character in self.superscripts for character in exponent.text):
            return base + "".join(self.superscripts[character] for character in exponent.text)
        simple = re.fullmatch(r"\w|\d+", exponent.text) is not None
        return f"{base}^{exponent.text if simple else self.bracketed(exponent.text)}"

    def root(self, inside: Text) -> Text:
        if self.root_sign:
            return Text(self.root_sign + inside.fitted(Level.ATOM, self), Level.POWER)
        return Text(f"sqrt({inside.text})")

    def big(self, sign: str, index: str, lower: str, upper: str) -> str:
        start = f"{{{index}={lower}}}" if lower else index
        top = upper if re.fullmatch(r"\w*", upper) else f"{{{upper}}}"
        return f"{self.signs[sign]}_{start}" + (f"^{top}" if top else "")

    def integral(self, variable: str, lower: str, upper: str, body: str) -> str:
        bounds = f"_{{{lower}}}^{{{upper}}}" if upper else ""
        return f"{self.signs['integral']}{bounds} {body} d{variable}"

    def complement(self, event: str) -> str:
        return f"{self.signs['not']}{event}"

    def binomial(self, upper: str, lower: str) -> str:
        return f"binomial({upper}, {lower})"

    def differential(self, sign: str, order: str, what: str) -> str:
        mark = self.signs[sign] if not order else self.power(self.signs[sign], Text(order))
        gap = " " if mark[-1].isascii() and what[1:2].isalpha() else ""  # d mu, but dx and ∂μ
        return f"{mark}{gap}{what}"

    def joined(self, left: str, right: str, *, left_is_number: bool) -> str:
        if right[0].isdigit():
            return f"{left}{self.signs['times']}{right}"
        tight = self.tight_numbers and left_is_number and (right[0] == "(" or not right[1:2].isalpha())
        return f"{left}{right}" if tight and right[0] not in "∑∏∫" else f"{left} {right}"


UNICODE = Plain(
    signs={
        "minus": "−", "plus": "+", "times": "·", "=": "=", "!=": "≠", "<": "<", ">": ">", "<=": "≤", ">=": "≥",
        "and": "∧", "or": "∨", "not": "¬", "in": "∈", "given": " | ",
        "mean": "E", "dots": "…", "d": "d", "partial": "∂",
        "infinity": "∞", "pi": "π", "e": "e", "i": "ⅈ", "sum": "∑", "product": "∏", "integral": "∫", "one": "1",
        "true": "true", "false": "false", "reals": "ℝ", "integers": "ℤ",
    },
    letters=LETTERS,
    accents=ACCENTS | {mark: form[1] for mark, form in MARKS.items()},
    superscripts=dict(zip("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True)),
    functions={"Gamma": "Γ"},
    root_sign="√",
    tight_numbers=True,
)  # fmt: skip

ASCII = Plain(
    signs={
        "minus": "-", "plus": "+", "times": "*", "=": "=", "!=": "!=", "<": "<", ">": ">", "<=": "<=", ">=": ">=",
        "and": "and", "or": "or", "not": "not ", "in": "in", "given": " | ",
        "mean": "E", "dots": "...", "d": "d", "partial": "d",
        "infinity": "oo", "pi": "pi", "e": "e", "i": "I", "sum": "sum", "product": "prod", "integral": "int",
        "one": "1", "true": "true", "false": "false", "reals": "R", "integers": "Z",
    },
    accents={"prime": "'", "star": "*"},
)  # fmt: skip
