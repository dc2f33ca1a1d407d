"""Finding values at which equations hold: exactly where a name occurs so that it can be solved for, else enclosed.

An equation is solved for one name as a fraction of linear functions, which three exact values determine; what that
leaves is solved by Newton's method, and its result made rational or proven by the interval Newton operator. Every exact
result is verified by evaluating the equations; every enclosure contains a solution.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from flint import arb, arb_mat, fmpq
from sympy import Indexed, Symbol

from checker.evaluate.arithmetic import ONE, ZERO, Number, ball, exact, precision, real
from checker.evaluate.errors import Uncertain, Undefined
from checker.evaluate.grounding import Ground, bound, holds
from checker.evaluate.jets import primal, slope
from checker.evaluate.names import Domain, Key, base_name, symbol_name
from checker.evaluate.program import Program
from checker.evaluate.randomness import Stream
from checker.evaluate.relations import residual
from checker.evaluate.sampling import Draws, Style, drawn
from checker.evaluate.state import State

FLOAT_BITS, PROOF_BITS = 64, 400
MAX_UNKNOWNS = 24
TRIES = 2
ROUNDS = 20
MAX_FAILURES = 4


@dataclass
class System:
    """Equations and other relations to satisfy at a state, whose names may be given new values.

    `fixed` are names that keep their values. `proven`: what was solved is shown to hold.
    """

    program: Program
    state: State
    equations: list[Ground]
    others: list[Ground]
    random: Stream
    fixed: set[Key] = field(default_factory=set)
    solved: dict[Key, None] = field(default_factory=dict)
    proven: bool = True
    readers: dict[Key, int] = field(default_factory=dict)
    chain: list[tuple[Ground, Key]] = field(default_factory=list)

    def solve(self) -> bool:
        """Give names values so that everything holds; False where none were found."""
        if self.equations:
            self._count_readers()
        unsolved = [equation for equation in self.equations if not self._solve_one(equation)]
        if not all(self._feed_back(equation) for equation in unsolved) and not self._solve_together():
            return False
        return all(holds(relation, self.state) for relation in self.others)

    def _count_readers(self) -> None:
        for equation in self.equations:
            for key in self._trace(equation):
                self.readers[key] = self.readers.get(key, 0) + 1

    def _free(self, read: Iterable[Key]) -> list[Key]:
        """The names that may still be solved for, those of few equations first, in some runs all at random."""
        free = self.random.shuffled(key for key in read if key not in self.fixed and self._may_change(key))
        if self.random.below(4):
            free.sort(key=lambda key: self.readers.get(key, 0))
        return free

    def names_of(self, equation: Ground) -> list[Key]:
        """The names that an equation reads and that may be given values, in a random order."""
        return self.random.shuffled(key for key in self._trace(equation) if self._may_change(key))

    def _trace(self, equation: Ground) -> dict[Key, None]:
        run = residual(equation.line)
        self.state.real_only = True
        with bound(self.state, equation.binding), precision(FLOAT_BITS):
            found: dict[Key, None] = {}

            def reading(e: State) -> None:
                try:
                    run(e)
                except (Undefined, Uncertain):
                    found.update(e.trace or {})

            found.update(self.state.traced(reading))
        self.state.real_only = False
        return found

    def _may_change(self, key: Key) -> bool:
        if key in self.state.ints or self.program.value_range(key) is not None:
            return False
        name = key if isinstance(key, str) else key[0]
        return name not in self.program.compiler.usage.family_bounds

    def domain(self, key: Key) -> Domain:
        source = self.state.source
        name = key if isinstance(key, str) else key[0]
        if isinstance(source, Draws) and name in source.domains:
            return source.domains[name]
        return self.program.domain(key)

    def value(self, equation: Ground) -> Number | None:
        """lhs − rhs, exact where it can be; None where it is undefined."""
        with bound(self.state, equation.binding), precision(PROOF_BITS):
            self.state.budget.spend(equation.line.weight)
            self.state.real_only = True
            try:
                return real(residual(equation.line)(self.state))
            except (Undefined, Uncertain):
                return None
            finally:
                self.state.real_only = False

    def _solve_one(self, equation: Ground) -> bool:
        """Solve an equation for one name that no solved equation reads, or by scaling all its positive names."""
        read = self._trace(equation)
        if self.vanishes(equation):
            self.fixed |= set(read)
            return True
        free = self._free(read)
        if any(self._isolated(equation, side, free) for side in (0, 1)):
            self.fixed |= set(read)
            return True
        if len(free) > 1 and all(self.domain(key).positive for key in free) and self._scale(equation, free):
            self.fixed |= set(read)
            return True
        for key in free:
            if self._solve_for(equation, key):
                self.solved[key] = None
                self.chain.append((equation, key))
                self.fixed |= set(read)
                return True
        return False

    def _feed_back(self, equation: Ground) -> bool:
        """Solve an equation whose names are all taken for one that was free, the others following it.

        With c_j/α_j = λ solved for every α_j, Σα = 1 is an equation in λ.
        """
        if self.vanishes(equation):
            return True
        positive = [key for key in self._trace(equation) if self._leads(key) and self.domain(key).positive]
        if len(positive) > 1 and self._follow(equation, positive):
            return True
        read = dict.fromkeys(key for solved, _ in self.chain for key in self._trace(solved))
        return any(self._follow(equation, [key]) for key in self.random.shuffled(read) if self._leads(key))

    def _leads(self, key: Key) -> bool:
        """Whether a name was given a random value, which may be changed if those solved for follow."""
        return key not in self.solved and self._may_change(key) and type(self.state.values[key]) is fmpq

    def _follow(self, equation: Ground, keys: list[Key]) -> bool:
        """Solve for one name, or for a factor of several, the names of the chain following."""
        before = dict(self.state.values)
        start = before[keys[0]] if len(keys) == 1 else ONE

        def assign(number: Number) -> None:
            for key in keys:
                self.state.assign(key, number if len(keys) == 1 else number * before[key])
            for solved, name in self.chain:
                # a name that cannot follow keeps its value, which the check at the end finds
                self._solve_for(solved, name)

        root = self._root(equation, assign, start)
        if root is not None:
            assign(root)
            if all(self.domain(key).contains(self.state.values[key]) for key in keys) and all(
                self.vanishes(other) for other in (equation, *(solved for solved, _ in self.chain))
            ):
                self.solved.update(dict.fromkeys(keys))
                return True
        self.state.values.update(before)
        self.state.memo.clear()
        return False

    def vanishes(self, equation: Ground) -> bool:
        """Whether lhs − rhs is exactly zero."""
        value = self.value(equation)
        return value is not None and exact(value) and bool(value == 0)

    def _isolated(self, equation: Ground, side: int, free: list[Key]) -> bool:
        """Give a name that is one side alone the value of the other side, which may be a ball."""
        key = self._name_alone(equation, side)
        if key is None or key not in free:
            return False
        state = self.state
        state.real_only = True
        try:
            with bound(state, equation.binding), precision(PROOF_BITS):
                other = equation.line.sides[1 - side]
                if key in state.traced(other):
                    return False
                found = real(other(state))
        except (Undefined, Uncertain):
            return False
        finally:
            state.real_only = False
        if not self.domain(key).contains(found):
            return False
        state.assign(key, found)
        self.solved[key] = None
        return True

    def _name_alone(self, equation: Ground, side: int) -> Key | None:
        source = equation.line.source
        name = None if source is None else source.args[side]
        if isinstance(name, Symbol):
            return symbol_name(name)
        if not isinstance(name, Indexed):
            return None
        base = base_name(name.base)
        if (base, len(name.indices)) in self.program.compiler.definitions:
            return None
        with bound(self.state, equation.binding):
            read = [key for key in self.state.traced(equation.line.sides[side]) if key[0] == base]
        return read[0] if len(read) == 1 else None

    def _scale(self, equation: Ground, keys: list[Key]) -> bool:
        """Multiply positive names by one factor, as for Σα = 1."""
        start = {key: self.state.values[key] for key in keys}
        if not all(type(value) is fmpq for value in start.values()):
            return False

        def assign(factor: Number) -> None:
            for key, value in start.items():
                self.state.assign(key, factor * value)

        root = self._root(equation, assign, ONE)
        if root is not None and root > 0:
            assign(root)
            if all(self.domain(key).contains(self.state.values[key]) for key in keys):
                self.solved.update(dict.fromkeys(keys))
                return True
        assign(ONE)
        return False

    def _solve_for(self, equation: Ground, key: Key) -> bool:
        start, domain = self.state.values[key], self.domain(key)
        if type(start) is not fmpq:
            return False
        root = self._root(equation, lambda value: self.state.assign(key, value), start)
        if root is not None and domain.contains(root):
            self.state.assign(key, root)
            return True
        self.state.assign(key, start)
        return False

    def _root(self, equation: Ground, assign: Callable[[Number], None], start: Number) -> Number | None:
        """The root, if lhs − rhs is a fraction of linear functions in what `assign` gives a value."""

        def at(step: Number) -> Number | None:
            assign(start + step)
            value = self.value(equation)
            return value if type(value) is fmpq else None

        steps = (fmpq(1), fmpq(1, 2), fmpq(-1, 3))
        y0, y1, y2 = at(ZERO), at(steps[0]), at(steps[1])
        if y2 is None:
            y2 = at(steps[2])
            steps = (steps[0], steps[2], steps[1])
        if y0 is None or y1 is None or y2 is None:
            return None
        # y = (a·h + y0) / (c·h + 1) at the step h from the start
        s1, s2 = (y1 - y0) / steps[0], (y2 - y0) / steps[1]
        if y1 in (y0, y2):
            return None
        c = (s1 - s2) / (y2 - y1)
        a = s1 + c * y1
        if not a:
            return None
        root = start - y0 / a
        value = at(root - start)
        return root if value is not None and not value else None

    def _solve_together(self) -> bool:
        """Newton's method for all equations at once."""
        unknowns = dict.fromkeys(key for equation in self.equations for key in self._trace(equation)
                                 if self._may_change(key))
        if not 0 < len(unknowns) <= MAX_UNKNOWNS:
            return False
        sizes = tuple(self.state.ints[name] for name in self.program.sizes)
        failures = self.program.failures.get(sizes, 0)
        if failures > MAX_FAILURES:
            return False
        if Newton(self, list(unknowns)).solve():
            return True
        self.program.failures[sizes] = failures + 1
        return False


@dataclass
class Newton:
    """Newton's method for the equations of a system, in as many of the names as there are independent equations."""

    system: System
    names: list[Key]

    def solve(self) -> bool:
        state = self.system.state
        before = dict(state.values)
        state.real_only = True
        try:
            for _ in range(TRIES):
                self.system.proven = True
                if self._from_here():
                    return True
                state.values.update(before)
                for key in self.names:
                    self._restart(key)
        finally:
            state.real_only = False
        state.values.update(before)
        state.memo.clear()
        return False

    def _restart(self, key: Key) -> None:
        random = self.system.random
        style = Style.GENERIC if random.below(2) else Style.SPECIAL
        self.system.state.assign(key, drawn(self.system.domain(key), random, style))

    def _from_here(self) -> bool:
        try:
            with precision(FLOAT_BITS):
                chosen = self._independent()
                if chosen is None or not self._iterate(*chosen):
                    return False
            return self._rational(*chosen) or self._enclosed(*chosen)
        except (Undefined, Uncertain, ZeroDivisionError, OverflowError):
            return False

    def _values(self, equations: list[Ground]) -> list[Number]:
        return [self._value(equation) for equation in equations]

    def _value(self, equation: Ground) -> Number:
        state = self.system.state
        state.budget.spend(equation.line.weight)
        with bound(state, equation.binding):
            return real(primal(residual(equation.line)(state)))

    def _slope(self, equation: Ground, key: Key) -> Number:
        state = self.system.state
        state.budget.spend(2 * equation.line.weight)
        level = state.move(key, ONE)
        try:
            with bound(state, equation.binding):
                found = slope(residual(equation.line)(state), level)
        finally:
            state.rest(key)
        return ZERO if found is None else real(found)

    def _independent(self) -> tuple[list[Ground], list[Key]] | None:
        """Equations with independent gradients, and a name for each; None where there are none."""
        equations, names = list(self.system.equations), self.system.random.shuffled(self.names)
        rows = [[_float(self._slope(equation, key)) for key in names] for equation in equations]
        chosen: list[tuple[Ground, Key]] = []
        for i, equation in enumerate(equations):
            row = rows[i]
            size = max(map(abs, row), default=0.0)
            pivot = next((j for j, entry in enumerate(row) if abs(entry) > 1e-6 * max(size, 1e-3)), None)
            if pivot is None or size < 1e-9:
                self.system.proven = False
                continue
            chosen.append((equation, names[pivot]))
            for k in range(i + 1, len(rows)):
                factor = rows[k][pivot] / row[pivot]
                rows[k] = [a - factor * b if abs(a - factor * b) > 1e-9 * (abs(a) + 1e-9) else 0.0
                           for a, b in zip(rows[k], row, strict=True)]
        if not chosen:
            return None
        return [equation for equation, _ in chosen], [key for _, key in chosen]

    def _step(self, equations: list[Ground], names: list[Key]) -> list[Number]:
        jacobian = arb_mat([[ball(self._slope(equation, key)) for key in names] for equation in equations])
        values = arb_mat([[ball(value)] for value in self._values(equations)])
        step = jacobian.solve(values)
        return [step[i, 0] for i in range(len(names))]

    def _iterate(self, equations: list[Ground], names: list[Key], rounds: int = ROUNDS) -> bool:
        """Newton steps, in numbers without radius; whether they converge."""
        state = self.system.state
        for _ in range(rounds):
            step = self._step(equations, names)
            largest = 0.0
            for key, change in zip(names, step, strict=True):
                new = ball(state.values[key]) - change
                largest = max(largest, _float(abs(change)) / (1 + _float(abs(new))))
                state.assign(key, new.mid())
            if largest < 1e-12:
                return True
            if largest > 1e9:
                return False
        return False

    def _rational(self, equations: list[Ground], names: list[Key]) -> bool:
        """Round to simple rationals, and verify."""
        state, before = self.system.state, {key: self.system.state.values[key] for key in names}
        for key in names:
            state.assign(key, _simplest(before[key]))
        zero = all(self.system.vanishes(equation) for equation in self.system.equations)
        if zero and self._inside(names):
            self.system.proven = True
            self.system.solved.update(dict.fromkeys(names))
            return True
        for key, value in before.items():
            state.assign(key, value)
        return False

    def _inside(self, names: Iterable[Key]) -> bool:
        return all(self.system.domain(key).contains(self.system.state.values[key]) for key in names)

    def _enclosed(self, equations: list[Ground], names: list[Key]) -> bool:
        """Balls that are shown to contain a solution: the interval Newton operator maps them into themselves."""
        state = self.system.state
        with precision(PROOF_BITS):
            # each step doubles the digits that the lower precision left
            if not self._iterate(equations, names, 6):
                return False
            for _ in range(4):
                self._iterate(equations, names, 1)
            middle = {key: state.values[key] for key in names}
            values = arb_mat([[ball(value)] for value in self._values(equations)])
            wide = {key: value + arb(0, 2.0**-150) * (1 + abs(value)) for key, value in middle.items()}
            for key, value in wide.items():
                state.assign(key, value)
            jacobian = arb_mat([[ball(self._slope(equation, key)) for key in names] for equation in equations])
            step = jacobian.solve(values)
            for i, key in enumerate(names):
                state.assign(key, middle[key] - step[i, 0])
            if not all(wide[key].contains_interior(state.values[key]) for key in names):
                return False
        if not self._inside(names):
            return False
        self.system.solved.update(dict.fromkeys(names))
        return all(self._vanishes(equation) for equation in self.system.equations)

    def _vanishes(self, equation: Ground) -> bool:
        value = self.system.value(equation)
        return value is not None and bool(ball(value).contains(0))


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
