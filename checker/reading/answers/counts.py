"""A cell of a table as the count that it states: `290,400`, `2.9 \\times 10^5`, `55*55*96 = 290400`, `290400 units`.

Numbers only, exactly as they are written: a thousands separator is one where groups of three digits follow, and what
may be a decimal or a thousand (`290.400`) is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from sympy import Add, Expr, Integer, Mul, Pow, Rational

from checker.printing import latex

LONGEST = 200
"""Characters of the longest cell that is read."""
MOST_DIGITS = 40
LARGEST_POWER = 40


class NotACount(Exception):
    """Why a cell states no count that can be read for certain."""


@dataclass(frozen=True)
class Member:
    """A member of a chain in a cell: as it is written (LaTeX, plain digits for a number), its tree, its value."""

    shown: str
    tree: Expr
    value: Fraction


@dataclass(frozen=True)
class Count:
    """What a cell states: members that are said to be equal, the last of them the count. about: it is rounded."""

    members: tuple[Member, ...]
    about: bool = False

    @property
    def value(self) -> Fraction:
        """The count itself."""
        return self.members[-1].value


def read_count(cell: str, units: Iterable[str] = ()) -> Count | None:
    """The count in a cell, None where it is empty. `units` are words that may stand behind it.

    Raises NotACount where it holds anything else.
    """
    text = _plain(cell)
    if not text.strip(" -–—*"):
        return None
    if any(character.isdigit() and not character.isascii() for character in text):
        raise NotACount("a count is written in the digits 0 to 9")
    if len(text) > LONGEST:
        raise NotACount(f"a cell of {len(text)} characters is not read as a count")
    about, text = _without_about(text)
    text = _without_units(text, units)
    members = tuple(_member(each) for each in text.split("="))
    return Count(members, about)


# --- what is written for one thing in several ways --------------------------------------------------------------------

_WRITTEN = {
    r"\times": "*", r"\cdot": "*", r"\ast": "*", "×": "*", "·": "*", "⋅": "*", "∗": "*", "✕": "*", "**": "^",
    r"\left": "", r"\right": "", r"\,": " ", r"\;": " ", r"\:": " ", "\\ ": " ", r"\!": "", r"\quad": " ",
    r"\approx": "≈", r"\sim": "≈", r"\simeq": "≈", "≃": "≈", "∼": "≈", "’": "'", "−": "-", "\u00a0": " ", "\u202f": " ",
    "\u2009": " ", r"\textbf": "", r"\mathbf": "", r"\boldsymbol": "", r"\bm": "", r"\bf": "", r"\mathrm": "",
    r"\text": "", r"\num": "", r"\boxed": "", r"\%": "%", "{,}": ",", "{.}": ".",
}  # fmt: skip
_SPELLED = re.compile("|".join(re.escape(each) + (r"(?![A-Za-z])" if each[-1:].isalpha() else "")
                               for each in sorted(_WRITTEN, key=len, reverse=True)))  # fmt: skip
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_POWER = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+")
_RAISING = re.compile(r"\^\s*\{([^{}]*)\}")
_BRACED = re.compile(r"\{([^{}]*)\}")


def _plain(cell: str) -> str:
    """The cell with one way to write each sign; groups without their braces, a power in round brackets."""
    text = _POWER.sub(lambda match: f"^{match[0].translate(_RAISED)}", cell)
    text = _SPELLED.sub(lambda match: _WRITTEN[match[0]], text).replace("$", "")
    text = _RAISING.sub(r"^(\1)", text)
    text = _BRACED.sub(lambda match: match[1].strip(), text)
    return " ".join(text.split())


def _without_about(text: str) -> tuple[bool, str]:
    match = re.match(r"\s*(?:≈|~|about|approximately|approx\.?|ca\.?|circa|roughly)\s*", text, re.IGNORECASE)
    return (True, text[match.end() :]) if match else (False, text.replace("~", " "))


def _without_units(text: str, units: Iterable[str]) -> str:
    match = re.search(r"(?<=[\d) ])\s*([A-Za-z]{3,})\.?\s*$", text)
    known = {unit.lower() for unit in units}
    return text[: match.start()] if match and match[1].lower() in known else text


# --- numbers and products ------------------------------------------------------------------------------------------

_THOUSANDS = re.compile(
    r"\d{1,3}(?:,\d{3})+(?![\d,])|\d{1,3}(?: \d{3})+(?!\d)|\d{1,3}(?:'\d{3})+(?!\d)|\d{1,3}(?:\.\d{3}){2,}(?!\d)"
)
_NUMBER = re.compile(r"(?P<digits>\d+(?:\.\d+)?)(?:[eE](?P<exponent>[+-]?\d{1,3})(?!\d)|(?P<suffix>[kKM])(?![A-Za-z])"
                     r"|\s?(?P<word>thousand|million)\b)?")  # fmt: skip
_SUFFIXES = {"k": 3, "K": 3, "M": 6, "thousand": 3, "million": 6}


def _member(text: str) -> Member:
    text = text.strip().removesuffix(".").strip()
    if not text:
        raise NotACount("nothing stands beside the '='")
    if re.fullmatch(r"\d{1,3}\.\d{3}", text):
        raise NotACount(
            f"'{text}' may be {text.replace('.', '')} or {text.rstrip('0').rstrip('.')}; write the digits alone"
        )
    parser = _Parser(text)
    tree, value = parser.total()
    parser.end()
    if isinstance(tree, Rational) or parser.scaled_only:
        return Member(digits(value), Rational(value.numerator, value.denominator), value)
    return Member(latex(tree), tree, value)


def digits(value: Fraction) -> str:
    """A number in plain digits: 290400, 2.5; a fraction where its decimals do not end soon."""
    if (value * 10**6).denominator == 1 and value.denominator > 1:
        return f"{float(value):.6f}".rstrip("0") if abs(value) < 10**6 else str(value)
    return str(value)


class _Parser:
    """Sums, products and powers of numbers. scaled_only: it is one number times a power of ten."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.scaled_only = bool(re.fullmatch(r"-?\s*[\d.]+\s*[*x]\s*10\s*\^\s*\(?-?\d+\)?", text))
        scientific = re.search(r"[*x]\s*10\s*\^", text)
        if scientific and re.search(r"\d,\d", text):
            raise NotACount("a comma in a number before a power of ten may be a decimal or a thousand")

    def total(self, depth: int = 0) -> tuple[Expr, Fraction]:
        """A sum. Raises NotACount for anything that is none."""
        if depth > 10:
            raise NotACount("the brackets are nested too deeply")
        negative = self.takes("-")
        terms = [self.negated(self.product(depth)) if negative else self.product(depth)]
        while sign := self.takes("+") or self.takes("-"):
            term = self.product(depth)
            terms.append(self.negated(term) if sign == "-" else term)
        if len(terms) == 1:
            return terms[0]
        return Add(*(tree for tree, _ in terms), evaluate=False), _limited(
            sum((value for _, value in terms), Fraction(0))
        )

    def negated(self, term: tuple[Expr, Fraction]) -> tuple[Expr, Fraction]:
        tree, value = term
        return (-tree if isinstance(tree, Rational) else Mul(Integer(-1), tree, evaluate=False)), -value

    def product(self, depth: int) -> tuple[Expr, Fraction]:
        trees, value = [], Fraction(1)
        divides = False
        while True:
            tree, factor = self.power(depth)
            if divides and not factor:
                raise NotACount("it divides by 0")
            trees.append(Pow(tree, Integer(-1), evaluate=False) if divides else tree)
            value = _limited(value / factor if divides else value * factor)
            if self.takes("*") or self.takes("x") or self.takes("X"):
                divides = False
            elif self.takes("/"):
                divides = True
            elif self.follows("("):
                divides = False
            else:
                break
        return (trees[0] if len(trees) == 1 else Mul(*trees, evaluate=False)), value

    def power(self, depth: int) -> tuple[Expr, Fraction]:
        if self.takes("("):
            tree, value = self.total(depth + 1)
            if not self.takes(")"):
                raise NotACount("a bracket is never closed")
        else:
            tree, value = self.number()
        if not self.takes("^"):
            return tree, value
        match = re.compile(r"\s*(-?\d{1,3})(?!\d)|\s*\(\s*(-?\d{1,3})\s*\)").match(self.text, self.at)
        if match is None:
            raise NotACount("a power is not a small whole number")
        self.at = match.end()
        exponent = int(match[1] or match[2])
        if abs(exponent) > LARGEST_POWER or not value and exponent < 0:
            raise NotACount(f"the power {exponent} is not read")
        return Pow(tree, Integer(exponent), evaluate=False), _limited(value**exponent)

    def number(self) -> tuple[Expr, Fraction]:
        self.skip()
        thousands = _THOUSANDS.match(self.text, self.at)
        if thousands and not re.match(r"\.\d", self.text[thousands.end() :]):
            self.at = thousands.end()
            return self.made(re.sub(r"\D", "", thousands[0]), 0)
        match = _NUMBER.match(self.text, self.at)
        if match is None:
            rest = self.text[self.at : self.at + 20]
            raise NotACount(f"'{rest}' is no number" if rest else "a number is missing at the end")
        self.at = match.end()
        if re.match(r"[\d.,']", self.text[self.at :]):
            raise NotACount(f"'{self.text[match.start() :][:20]}' is not read as one number")
        return self.made(match["digits"], int(match["exponent"] or _SUFFIXES.get(match["suffix"] or match["word"], 0)))

    def made(self, digits: str, exponent: int) -> tuple[Expr, Fraction]:
        if len(digits) > MOST_DIGITS or abs(exponent) > LARGEST_POWER:
            raise NotACount("a number of so many digits is not read")
        value = _limited(Fraction(digits) * Fraction(10) ** exponent)
        return Rational(value.numerator, value.denominator), value

    def skip(self) -> None:
        while self.at < len(self.text) and self.text[self.at] == " ":
            self.at += 1

    def follows(self, sign: str) -> bool:
        self.skip()
        return self.text.startswith(sign, self.at)

    def takes(self, sign: str) -> str:
        """The sign where it comes next, and it is passed; else nothing."""
        if not self.follows(sign):
            return ""
        self.at += len(sign)
        return sign

    def end(self) -> None:
        self.skip()
        if self.at < len(self.text):
            raise NotACount(f"'{self.text[self.at : self.at + 20]}' behind the number is not read")


def _limited(value: Fraction) -> Fraction:
    """The value. Raises NotACount where it is larger than any count."""
    if abs(value.numerator) >= 10**MOST_DIGITS or value.denominator >= 10**MOST_DIGITS:
        raise NotACount("a number of so many digits is not read")
    return value
