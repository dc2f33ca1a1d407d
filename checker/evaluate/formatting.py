"""Numbers and names as a person writes them: "3/2", "-0.25", "111974400", "mu_{1,2}"."""

from __future__ import annotations

from flint import acb, arb, fmpq

from checker.evaluate.arithmetic import Number, precision
from checker.evaluate.names import Key

DIGITS = 6
TINY = arb(10) ** -20
LONGEST = 24
"""Beyond so many digits a number is written with an exponent, or rounded."""


def name(key: Key) -> str:
    """x, x_1 or mu_{1,2}; what stands behind # tells bound names apart, and a leading # is the size of an index set."""
    if isinstance(key, str):
        return key[0] + key[1:].split("#")[0] if key else key
    base, *indices = key
    text = ",".join(str(index) for index in indices)
    return f"{base}_{text}" if len(text) == 1 else f"{base}_{{{text}}}"


def exact_text(value: Number) -> str:
    """The exact rational: "3/2"; a ball is rounded."""
    if type(value) is fmpq:
        return str(value.p) if value.q == 1 else f"{value.p}/{value.q}"
    return rounded(value, DIGITS)


def side_text(value: Number | None, digits: int = DIGITS) -> str:
    """One side of a comparison: short decimals exactly, 1/3 as a fraction, others to `digits` digits."""
    if value is None:
        return "undefined"
    if type(value) is not fmpq:
        return rounded(settled(value), digits)
    if value.q == 1 and len(str(value.p)) <= LONGEST:
        return str(value.p)
    places = _decimal_places(int(value.q))
    if places is not None and places <= 6 and abs(value) < 10**9:
        return _decimal(value, places)
    text = f"{value.p}/{value.q}"
    return text if len(text) <= 9 else rounded(value, digits)


def settled(value: Number) -> Number:
    """A ball around zero counts as zero, being very narrow."""
    if type(value) is acb:
        if value.imag.contains(0):
            return settled(value.real)
        return acb(0, value.imag) if value.real.contains(0) else value
    return fmpq(0) if value.contains(0) and value.rad() < TINY else value


def side_texts(left: Number | None, right: Number | None) -> tuple[str, str]:
    """Both sides, to as many digits as it takes to see that they differ."""
    for digits in (6, 9, 12, 18, 30, 60):
        texts = side_text(left, digits), side_text(right, digits)
        if texts[0] != texts[1]:
            return texts
    return texts


def _decimal_places(denominator: int) -> int | None:
    """How many decimals 1/denominator has; None where they do not end."""
    places = 0
    while denominator % 10 == 0:
        denominator, places = denominator // 10, places + 1
    for prime in (2, 5):
        count = 0
        while denominator % prime == 0:
            denominator, count = denominator // prime, count + 1
        if count:
            return places + count if denominator == 1 else None
    return places if denominator == 1 else None


def _decimal(value: Number, places: int) -> str:
    scaled = int((abs(value) * 10**places).p)
    digits = str(scaled).rjust(places + 1, "0")
    text = f"{digits[:-places]}.{digits[-places:]}".rstrip("0").rstrip(".")
    return f"-{text}" if value < 0 else text


def rounded(value: Number, digits: int) -> str:
    """A rounded decimal; complex numbers as a + bi."""
    if type(value) is acb:
        real, imaginary = rounded(value.real, digits), rounded(value.imag, digits)
        if imaginary == "0":
            return real
        joined = f"{real} + {imaginary}i" if not imaginary.startswith("-") else f"{real} - {imaginary[1:]}i"
        return joined if real != "0" else f"{imaginary}i"
    if type(value) is arb and not (value.contains(0) and value.rad() < TINY) and value.rad() > abs(value.mid()) * TINY:
        return f"between {_plain(value.lower().str(3, radius=False))} and {_plain(value.upper().str(3, radius=False))}"
    with precision(64 + 4 * digits):
        middle = value.mid() if type(value) is not fmpq else _ball_middle(value)
        return _plain(middle.str(digits, radius=False))


def _ball_middle(value: Number) -> Number:
    return arb(value).mid()


def _plain(text: str) -> str:
    """A decimal such as 1.25e+3 in plain digits, where these are not too many."""
    negative, text = text.startswith("-"), text.lstrip("-")
    mantissa, _, exponent = text.partition("e")
    whole, _, fraction = mantissa.partition(".")
    shift = int(exponent or 0)
    if not -10 <= shift <= LONGEST:
        return f"{'-' if negative else ''}{text}"
    digits = whole + fraction
    point = len(whole) + shift
    if point <= 0:
        digits, point = "0" * (1 - point) + digits, 1
    digits = digits.ljust(point, "0")
    result = f"{digits[:point]}.{digits[point:]}".rstrip("0").rstrip(".") if digits[point:] else digits[:point]
    result = result.lstrip("0") or "0"
    if result.startswith("."):
        result = f"0{result}"
    return f"-{result}" if negative and result != "0" else result
