"""What a wrong count looks like: one short sentence, where it is off by something simple.

In the order in which they are tried: a convention that the answer does not go by, a slip that the question names,
another cell's count, a factor (a size of the layer and its square, 2, 4, powers of ten), rounding, digits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from sympy import Basic, Symbol

from checker.conventions import under, values_of
from checker.derivation import Givens
from checker.printing import unicode
from checker.tables import Convention, CountTable

_TIMES = {
    Fraction(1, 2): "half of", Fraction(2): "twice", Fraction(1, 4): "a quarter of", Fraction(4): "four times",
    Fraction(1, 3): "a third of", Fraction(3): "three times", Fraction(-1): "minus",
}  # fmt: skip
LARGEST_POWER_OF_TEN = 12


class Slips:
    """What the counts of a table may be mistaken for, under the conventions that the answer goes by.

    usual: the question's own givens. stated: all conventions that the answer states.
    """

    def __init__(
        self, table: CountTable, usual: Givens, chosen: Sequence[Convention], stated: Sequence[Convention]
    ) -> None:
        self.table, self.givens, self.stated, self.chosen = table, under(usual, chosen), stated, chosen
        self.usual = values_of(usual)
        self.values = values_of(self.givens)
        self.bodies = {equation.args[0]: equation.args[1] for equation in self.givens.definitions}

    def hint(self, row: str, column: str, stated: Fraction) -> str:
        """What a wrong count in a cell looks like; "" where nothing simple was found."""
        quantity = self.table.cells[row, column]
        right = self.values.get(quantity)
        if right is None or right == stated:
            return ""
        return next(self._explanations(row, column, quantity, right, stated), "")

    def _explanations(
        self, row: str, column: str, quantity: Symbol, right: Fraction, stated: Fraction
    ) -> Iterator[str]:
        yield from self._conventions(quantity, stated)
        yield from self._named(row, right, stated)
        yield from self._neighbours(row, column, stated)
        yield from self._factors(quantity, right, stated)
        yield from _rounded(right, stated)
        yield from _digits(right, stated)

    def _named(self, row: str, right: Fraction, stated: Fraction) -> Iterator[str]:
        for slip in self.table.slips:
            factor = Fraction(int(slip.factor.p), int(slip.factor.q))
            if row in slip.rows and stated == factor * right:
                yield f"{_times(factor)} {right}: {slip.reason}"

    def _conventions(self, quantity: Symbol, stated: Fraction) -> Iterator[str]:
        for convention in self.table.conventions:
            value = values_of(under(self.givens, [convention])).get(quantity)
            if convention not in self.stated and value == stated:
                yield f"right with {convention.title}, which the answer does not state"
            elif convention not in self.chosen and value == stated:
                yield f"right with {convention.title}, which other counts of the answer are without"
        if self.chosen and self.usual.get(quantity) == stated:
            titles = " and ".join(each.title for each in self.chosen)
            yield f"right as the question counts, but the answer states and goes by: {titles}"

    def _neighbours(self, row: str, column: str, stated: Fraction) -> Iterator[str]:
        cells = sorted(self.table.cells, key=lambda cell: (cell[0] != row, cell[1] != column))
        for other in cells:
            beside = other[0] == row or other[1] == column
            if other != (row, column) and beside and self.values.get(self.table.cells[other]) == stated:
                yield f"the count of {other[1]} of {other[0]}"

    def _factors(self, quantity: Symbol, right: Fraction, stated: Fraction) -> Iterator[str]:
        if not right or not stated:
            return
        ratio = stated / right
        for size, value in self._sizes(quantity):
            square = value * value
            for power, shown in ((square, f"{unicode(size)}² = {square}"), (value, f"{unicode(size)} = {value}")):
                if power not in (1, 2, 4) and ratio == 1 / power:
                    yield f"{right} without a factor {shown}"
                elif power not in (1, 2, 4) and ratio == power:
                    yield f"{right} with a factor {shown} too many"
        if ratio in _TIMES:
            yield f"{_times(ratio)} {right}"
        for ten in (int("1" + "0" * zeros) for zeros in range(1, LARGEST_POWER_OF_TEN + 1)):
            if ratio == ten:
                yield f"{ten} times {right}"
            elif ratio == Fraction(1, ten):
                yield f"{right} divided by {ten}"

    def _sizes(self, quantity: Symbol) -> list[tuple[Basic, Fraction]]:
        """What the quantity is made of, with its values; squares are tried of each."""
        body = self.bodies.get(quantity)
        names = sorted(body.free_symbols, key=str) if body is not None else []
        return [(name, self.values[name]) for name in names if name in self.values]


def _times(factor: Fraction) -> str:
    return _TIMES.get(factor, f"{factor} times")


def _rounded(right: Fraction, stated: Fraction) -> Iterator[str]:
    """The right count to fewer digits, at least one."""
    if right.denominator != 1 or stated.denominator != 1:
        return
    length = len(str(abs(right.numerator)))
    for kept in range(1, length):
        unit = 10 ** (length - kept)
        if stated in (right // unit * unit, (right + unit // 2) // unit * unit):
            yield f"{right} to {kept} digit{'s' if kept > 1 else ''}; the count is exact"


def _digits(right: Fraction, stated: Fraction) -> Iterator[str]:
    """Digits that were swapped, lost, added or mistaken."""
    if right.denominator != 1 or stated.denominator != 1:
        return
    wanted, written = str(right), str(stated)
    if len(wanted) == len(written):
        differing = [at for at in range(len(wanted)) if wanted[at] != written[at]]
        if len(differing) == 2:
            first, second = differing
            if wanted[first] == written[second] and wanted[second] == written[first]:
                yield f"{right} with two digits swapped"
        if len(differing) == 1 and len(wanted) > 2:
            yield f"{right} with one digit wrong"
    elif len(written) == len(wanted) - 1 and _is_without_one(wanted, written):
        yield f"{right} with a digit lost"
    elif len(written) == len(wanted) + 1 and _is_without_one(written, wanted):
        yield f"{right} with a digit too many"


def _is_without_one(longer: str, shorter: str) -> bool:
    return len(shorter) > 1 and any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))
