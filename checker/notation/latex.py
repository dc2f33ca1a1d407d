"""LaTeX notation; what it prints is meant to be typeset and to be read back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from checker.notation.layout import Level, Text
from checker.notation.names import LETTERS, MARKS, taken_apart

_TALL = re.compile(r"\\(?:frac|sum|prod|int|binom|left)")
_COMMAND_AT_END = re.compile(r"\\[A-Za-z]+$")

_FUNCTIONS = {
    name: rf"\{name}"
    for name in ("log", "exp", "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan",
                 "sinh", "cosh", "tanh", "coth", "max", "min", "Gamma")
}  # fmt: skip
_BRACKETS = {"()": ("(", ")"), "[]": ("[", "]"), "||": ("|", "|")}


class Latex:
    """A `Style` for mathematics mode."""

    signs: Mapping[str, str] = {
        "minus": "-", "plus": "+", "times": r"\cdot", "=": "=", "!=": r"\neq", "<": "<", ">": ">", "<=": r"\le",
        ">=": r"\ge", "and": r"\land", "or": r"\lor", "not": r"\lnot ", "in": r"\in", "given": r" \mid ",
        "mean": r"\mathbb{E}", "dots": r"\dots", "d": "d", "partial": r"\partial",
        "infinity": r"\infty", "pi": r"\pi", "e": "e",
        "i": r"\mathrm{i}", "sum": r"\sum", "product": r"\prod", "integral": r"\int", "one": r"\mathbb{1}",
        "true": r"\mathrm{true}", "false": r"\mathrm{false}", "reals": r"\mathbb{R}", "integers": r"\mathbb{Z}",
    }  # fmt: skip

    def name(self, name: str) -> str:
        parts = taken_apart(name)
        text = _letter(parts.letter)
        for accent in parts.accents:
            text = text + MARKS[accent][0] if accent in MARKS else rf"\{accent}{{{text}}}"
        return self.indexed(text, [_letter(piece) for piece in parts.subscripts])

    def indexed(self, base: str, indices: Sequence[str]) -> str:
        if not indices:
            return base
        if base.endswith("}") and "_{" in base:  # N_{k} with the index n: N_{k,n}
            return f"{base[:-1]},{','.join(indices)}}}"
        return f"{base}_{{{_side_by_side(indices)}}}"

    def sample(self, base: str, indices: Sequence[str]) -> str:
        return f"{base}^{{({','.join(indices)})}}" if indices else base

    def function(self, name: str) -> str:
        return _FUNCTIONS.get(name, rf"\operatorname{{{name}}}")

    def bracketed(self, inside: str, kind: str = "()") -> str:
        left, right = _BRACKETS[kind]
        if kind == "||" or _TALL.search(inside):
            return rf"\left{left}{inside}\right{right}"
        return f"{left}{inside}{right}"

    def quotient(self, numerator: Text, denominator: Text) -> Text:
        return Text(rf"\frac{{{numerator.text}}}{{{denominator.text}}}", Level.POWER)

    def rational(self, numerator: str, denominator: str) -> Text:
        return self.quotient(Text(numerator), Text(denominator))

    def power(self, base: str, exponent: Text) -> str:
        flat = re.sub(r"^(-?)\\frac\{(\d+)\}\{(\d+)\}$", r"\1\2/\3", exponent.text)
        return f"{base}^{{{flat}}}"

    def root(self, inside: Text) -> Text:
        return Text(rf"\sqrt{{{inside.text}}}")

    def big(self, sign: str, index: str, lower: str, upper: str) -> str:
        start = f"{index}={lower}" if lower else index
        return f"{self.signs[sign]}_{{{start}}}" + (f"^{{{upper}}}" if upper else "")

    def integral(self, variable: str, lower: str, upper: str, body: str) -> str:
        bounds = f"_{{{lower}}}^{{{upper}}}" if upper else ""
        return rf"\int{bounds} {body} \, d{variable}"

    def complement(self, event: str) -> str:
        return rf"\bar{{{event}}}"

    def binomial(self, upper: str, lower: str) -> str:
        return rf"\binom{{{upper}}}{{{lower}}}"

    def differential(self, sign: str, order: str, what: str) -> str:
        power = f"^{{{order}}}" if order else ""
        return f"{self.signs[sign]}{power} {what}".rstrip()

    def joined(self, left: str, right: str, *, left_is_number: bool) -> str:
        return rf"{left} \cdot {right}" if right[0].isdigit() else f"{left} {right}"


def _letter(letter: str) -> str:
    if letter in LETTERS:
        return rf"\{letter}"
    single = len(letter) == 1 or letter.isdigit() or letter.startswith("\\")
    return letter if single else rf"\mathrm{{{letter}}}"


def _side_by_side(indices: Sequence[str]) -> str:
    """Indices of one letter stand side by side (\\mu_{kj}), others between commas (x_{y_{n},i}, x_{1,2})."""
    if not all(re.fullmatch(r"[^\W\d]|\\[A-Za-z]+", index) for index in indices):
        return ",".join(indices)
    text = ""
    for index in indices:
        gap = " " if _COMMAND_AT_END.search(text) and not index.startswith("\\") else ""
        text += gap + index
    return text


LATEX = Latex()
