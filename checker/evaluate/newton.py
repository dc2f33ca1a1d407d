"""Newton's method for equations of a system, and the interval Newton operator that shows a solution to exist."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flint import arb, arb_mat, fmpq

from checker.evaluate.arithmetic import ZERO, Number, ball, precision, real
from checker.evaluate.errors import TooLarge, Uncertain, Undefined
from checker.evaluate.grounding import Ground
from checker.evaluate.names import Key

if TYPE_CHECKING:
    from checker.evaluate.solving import System

FLOAT_BITS, PROOF_BITS = 64, 400
ROUNDS, PATIENCE, REFINEMENTS = 16, 4, 3
FAILURES = (Undefined, Uncertain, TooLarge, ZeroDivisionError, OverflowError)


@dataclass
class Newton:
    """Newton's method for equations with a name for each."""

    system: System
    pairs: list[tuple[Ground, Key]]

    @classmethod
    def independent(cls, system: System, equations: list[Ground], names: list[Key]) -> Newton | None:
        """Equations with independent gradients at the present values, with a name for each; None if there are none."""
        names, wanted = system.random.shuffled(names), set(names)
        try:
            with precision(FLOAT_BITS):
                slopes = [system.slopes(equation, wanted)[1] for equation in equations]
                rows = [[_float(row.get(key, ZERO)) for key in names] for row in slopes]
        except FAILURES:
            return None
        pairs: list[tuple[Ground, Key]] = []
        for i, equation in enumerate(equations):
            size = max(map(abs, rows[i]), default=0.0)
            if size < 1e-9:
                continue
            pivot = next(j for j, entry in enumerate(rows[i]) if abs(entry) > 1e-6 * size)
            pairs.append((equation, names[pivot]))
            for k in range(i + 1, len(rows)):
                factor = rows[k][pivot] / rows[i][pivot]
                rows[k] = [_difference(a, factor * b) for a, b in zip(rows[k], rows[i], strict=True)]
        return cls(system, pairs) if pairs else None

    def converges(self) -> bool:
        """Whether the steps end in numbers, then held to PROOF_BITS and without radius."""
        try:
            with precision(FLOAT_BITS):
                if not any(self._converged(number) for number in range(ROUNDS)):
                    return False
            with precision(PROOF_BITS):
                for _ in range(REFINEMENTS):
                    last = self._step()
                return last < 1e-40
        except FAILURES:
            return False

    def _converged(self, number: int) -> bool:
        """Whether the steps have become short; raises Undefined where they stay long or leave the domains."""
        length = self._step()
        if number >= PATIENCE and length > 0.2:
            raise Undefined
        if any(self.system.domain(key).excludes(self.system.state.values[key]) for _, key in self.pairs):
            raise Undefined
        return length < 1e-12

    def _step(self) -> float:
        """One step; returns its relative length, and raises Undefined where the numbers run away."""
        state, names = self.system.state, [key for _, key in self.pairs]
        values, jacobian = _linearised(self.system, self.pairs)
        step = jacobian.solve(values)
        largest = 0.0
        for i, key in enumerate(names):
            new = ball(state.values[key]) - step[i, 0]
            largest = max(largest, _float(abs(step[i, 0])) / (1 + _float(abs(new))))
            state.assign(key, new.mid())
        if largest > 1e9:
            raise Undefined
        return largest

    def rational(self) -> bool:
        """Round to simple rationals, if the equations hold exactly at these."""
        state, before = self.system.state, {key: self.system.state.values[key] for _, key in self.pairs}
        for key, value in before.items():
            state.assign(key, _simplest(value))
        if all(self.system.domain(key).contains(state.values[key]) for key in before) and all(
            self.system.vanishes(equation) for equation, _ in self.pairs
        ):
            return True
        for key, value in before.items():
            state.assign(key, value)
        return False


def proven(system: System, pairs: list[tuple[Ground, Key]]) -> bool:
    """Whether balls around the values contain a solution of all these equations; the names are given these balls.

    The interval Newton operator maps the balls into themselves; the other names have any values in their own balls.
    """
    state = system.state
    try:
        with precision(PROOF_BITS):
            middle = {key: ball(state.values[key]).mid() for _, key in pairs}
            for key, number in middle.items():
                state.assign(key, number)
            values, _ = _linearised(system, pairs)
            wide = {key: number + arb(0, 2.0**-200) * (1 + abs(number)) for key, number in middle.items()}
            for key, number in wide.items():
                state.assign(key, number)
            _, jacobian = _linearised(system, pairs)
            step = jacobian.solve(values)
            balls = {key: middle[key] - step[i, 0] for i, (_, key) in enumerate(pairs)}
            for key, number in balls.items():
                state.assign(key, number)
            return len(balls) == len(pairs) and all(wide[key].contains_interior(balls[key]) for key in balls)
    except FAILURES:
        return False


def _linearised(system: System, pairs: list[tuple[Ground, Key]]) -> tuple[Number, Number]:
    """The values of the equations as a column, and their slopes in the names as a matrix."""
    names = [key for _, key in pairs]
    wanted, values, rows = set(names), [], []
    for equation, _ in pairs:
        value, slopes = system.slopes(equation, wanted)
        values.append([ball(value)])
        rows.append([ball(slopes.get(key, ZERO)) for key in names])
    return arb_mat(values), arb_mat(rows)


def _difference(a: float, b: float) -> float:
    """a − b, or zero where only rounding is left."""
    return a - b if abs(a - b) > 1e-9 * (abs(a) + 1e-9) else 0.0


def _float(value: Number) -> float:
    number = float(ball(real(value)).mid())
    if number != number or abs(number) == float("inf"):
        raise Undefined
    return number


def _simplest(value: Number) -> Number:
    """The simplest rational near a number: the last convergent of its continued fraction before a huge term."""
    rest, (p0, q0, p1, q1) = _float(value), (0, 1, 1, 0)
    for _ in range(12):
        term = int(rest // 1)
        p0, q0, p1, q1 = p1, q1, term * p1 + p0, term * q1 + q0
        rest -= term
        if rest < 1e-7:
            break
        if rest > 1 - 1e-7:
            p1, q1 = p1 + p0, q1 + q0
            break
        rest = 1 / rest
        if q1 > 10**4:
            break
    return fmpq(p1, q1)
