"""Finding values at which equations hold: exactly where a name occurs so that it can be solved for, else enclosed.

An equation is solved for one name as a fraction of linear functions, which three exact values determine, or by Newton's
method. Names are chosen so that equations already solved keep holding, or follow. How values were found does not
matter: in the end every equation is evaluated at them, and holds if lhs − rhs is exactly zero, or if the interval
Newton operator shows that the balls contain a solution.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from flint import arb, fmpq
from sympy import Indexed, Symbol

from checker.evaluate.arithmetic import ONE, ZERO, Number, ball, exact, precision, real, same
from checker.evaluate.errors import TooLarge, Uncertain, Undefined
from checker.evaluate.grounding import Ground, bound
from checker.evaluate.inequalities import satisfied
from checker.evaluate.jets import primal
from checker.evaluate.linear import solved_families
from checker.evaluate.names import Domain, Key, base_name, symbol_name
from checker.evaluate.newton import FLOAT_BITS, PROOF_BITS, Newton, proven
from checker.evaluate.program import REAL, Program
from checker.evaluate.randomness import Stream
from checker.evaluate.relations import residual
from checker.evaluate.sampling import Draws, Style, drawn
from checker.evaluate.state import State

MAX_UNKNOWNS = 24
MAX_FAILURES = 4
STARTS = 3
TINY = arb(10) ** -50
POSITIVE = Domain(lower=fmpq(0), lower_open=True)


@dataclass
class System:
    """Equations and other relations to satisfy at a state, whose names may be given new values.

    fixed: names of solved equations. solved: names that were given values. pairs: equations that hold at balls, with
    the names solved for. chain: the same of exact values. `proven`: every equation is shown to hold.
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
    depends: list[list[Key]] = field(default_factory=list)
    chain: list[tuple[Ground, Key]] = field(default_factory=list)
    pairs: list[tuple[Ground, Key]] = field(default_factory=list)

    def solve(self) -> bool:
        """Give names values so that everything holds; False where none were found."""
        if not self.equations:
            return self._others_hold()
        satisfied(self.others, self.state, self.random, self.names_of, self.restart)  # a start at which they hold
        self._plan()
        solved_families(self)
        rows = zip(self.equations, self.depends, strict=True)
        unsolved = [equation for equation, names in rows if not self._solve_one(equation, names)]
        if unsolved:
            self._release(unsolved)
            unsolved = [equation for equation in unsolved if not self._solve_released(equation)]
        if all(self._feed_back(equation) for equation in unsolved) and self._verified():
            return self._others_hold()
        return self._solve_together() and self._verified() and self._others_hold()

    def _others_hold(self) -> bool:
        return satisfied(self.others, self.state, self.random, self._changeable, self.restart)

    def _changeable(self, relation: Ground) -> list[Key]:
        """The names that a relation reads which no equation does, and for which no value is asked.

        None where an inverse is missing: that of XᵀX, where X has more columns than rows, exists for no numbers.
        """
        if relation.line.source in self.program.existing:
            return []
        read = (key for key in self.names_of(relation) if key not in self._held and key[0] not in self.program.definite)
        return [key for key in read if type(self.state.values[key]) is fmpq]

    @cached_property
    def _held(self) -> set[Key]:
        source = self.state.source
        asked = source.recipe.overrides if isinstance(source, Draws) else {}
        return {*asked, *(key for equation in self.equations for key in self.trace(equation))}

    def _plan(self) -> None:
        """Find what each equation depends on; put those of few names first, and last those that scaling solves.

        The others are then solved for other names where they can be, which follow when all is scaled.
        """
        rows = [(equation, self._dependencies(equation)) for equation in self.equations]
        rows.sort(key=lambda row: (self._scalable(row[1]), len(row[1])))
        self.equations = [equation for equation, _ in rows]
        self.depends = [keys for _, keys in rows]
        for keys in self.depends:
            for key in keys:
                self.readers[key] = self.readers.get(key, 0) + 1

    def _dependencies(self, equation: Ground) -> list[Key]:
        """The names that an equation depends on here; those it reads, where its slopes are not known."""
        read = [key for key in self.trace(equation) if self._may_change(key)]
        if len(read) <= 3:
            return read
        try:
            with precision(FLOAT_BITS):
                slopes = self.slopes(equation, set(read))[1]
        except (Undefined, Uncertain, TooLarge):
            return read
        return [key for key in read if key in slopes and not _negligible(slopes[key])]

    def _scalable(self, keys: list[Key]) -> bool:
        """Whether these are several positive names that may be multiplied by one factor."""
        return len(keys) > 1 and all(
            self.domain(key).positive and not str(key).startswith(("P(", "p(")) for key in keys
        )

    def names_of(self, equation: Ground) -> list[Key]:
        """The names that an equation reads and that may be given values."""
        return [key for key in self.trace(equation) if self._may_change(key)]

    def trace(self, equation: Ground) -> dict[Key, None]:
        """The names that an equation reads, as far as it can be evaluated."""
        run = residual(equation.line)
        found: dict[Key, None] = {}

        def reading(e: State) -> None:
            try:
                run(e)
            except (Undefined, Uncertain, TooLarge):
                found.update(e.trace or {})

        self.state.real_only = True
        with bound(self.state, equation.binding), precision(FLOAT_BITS):
            found.update(self.state.traced(reading))
        self.state.real_only = False
        return found

    def slopes(self, equation: Ground, keys: set[Key]) -> tuple[Number, dict[Key, Number]]:
        """lhs − rhs and its slopes; raises Undefined and Uncertain as evaluation does."""
        self.state.budget.spend(3 * equation.line.weight)
        self.state.real_only = True
        try:
            with bound(self.state, equation.binding):
                value, slopes = self.state.gradient(residual(equation.line), keys)
        finally:
            self.state.real_only = False
        return real(primal(value)), {key: real(primal(number)) for key, number in slopes.items()}

    def _may_change(self, key: Key) -> bool:
        if key in self.state.ints or self.program.value_range(key) is not None:
            return False
        name = key if isinstance(key, str) else key[0]
        return name not in self.program.compiler.usage.family_bounds

    def domain(self, key: Key) -> Domain:
        """The domain of a name here; of a definite matrix's entry by itself, the matrix being checked in the end."""
        if key[0] in self.program.definite:
            return POSITIVE if key[-1] == key[-2] else REAL
        source = self.state.source
        return source.domain(key) if isinstance(source, Draws) else self.program.domain(key)

    def value(self, equation: Ground) -> Number | None:
        """lhs − rhs, exact where it can be; None where it is undefined."""
        with bound(self.state, equation.binding), precision(PROOF_BITS):
            self.state.budget.spend(equation.line.weight)
            self.state.memo.clear()
            self.state.real_only = True
            try:
                return real(residual(equation.line)(self.state))
            except (Undefined, Uncertain, TooLarge):
                return None
            finally:
                self.state.real_only = False

    def vanishes(self, equation: Ground) -> bool:
        """Whether lhs − rhs is exactly zero."""
        value = self.value(equation)
        return value is not None and exact(value) and bool(value == 0)

    def _free(self, names: Iterable[Key]) -> list[Key]:
        """The names that may still be solved for, those of few equations first, in some runs all at random."""
        free = self.random.shuffled(key for key in names if key not in self.fixed)
        if self.random.below(4):
            free.sort(key=lambda key: self.readers.get(key, 0))
        return free

    def _solve_one(self, equation: Ground, names: list[Key]) -> bool:
        """Solve an equation for one name that no solved equation depends on, or by scaling its positive names."""
        found = self.vanishes(equation) or self._solve_for_any(equation, self._free(names))
        if found:
            self.fixed |= set(names)
        return found

    def _release(self, unsolved: Sequence[Ground]) -> None:
        """Free the names on which no solved equation depends where it holds: σ in Σ(x − μ)/σ² = 0, solved for μ.

        Equations are so solved in triangular order; whether they all hold in the end is checked anyway.
        """
        needed: set[Key] = set()
        for equation in self.equations:
            if not any(equation is each for each in unsolved):
                try:
                    with precision(FLOAT_BITS):
                        slopes = self.slopes(equation, self.fixed)[1]
                except (Undefined, Uncertain, TooLarge):
                    return
                needed |= {key for key, slope in slopes.items() if not _negligible(slope)}
        self.fixed &= needed

    def _solve_released(self, equation: Ground) -> bool:
        """Solve an equation for one of its names that are free, also where the root is not rational."""
        names = self.names_of(equation)
        free = self._free(key for key in names if key not in self.solved)
        if self._solve_for_any(equation, free) or any(self._near(equation, key, exact_values=False) for key in free):
            self.solved.update(dict.fromkeys(key for solved, key in self.pairs if solved is equation))
            self.fixed |= set(names)
            return True
        return False

    def _solve_for_any(self, equation: Ground, free: list[Key]) -> bool:
        if any(self._isolated(equation, side, free) for side in (0, 1)):
            return True
        if self._scalable(free) and self._scale(equation, free):
            return True
        rational = type(self.value(equation)) is fmpq
        for key in free:
            if rational and self.solve_for(equation, key):
                self.chain.append((equation, key))
            elif not self._near(equation, key, exact_values=rational):
                continue
            self.solved[key] = None
            return True
        return False

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
        except (Undefined, Uncertain, TooLarge):
            return False
        finally:
            state.real_only = False
        if not self.domain(key).contains(found):
            return False
        self._settle(equation, key, found)
        self.solved[key] = None
        return True

    def _settle(self, equation: Ground, key: Key, value: Number) -> None:
        self.state.assign(key, value if type(value) is fmpq else value.mid())
        (self.chain if type(value) is fmpq else self.pairs).append((equation, key))

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

    def solve_for(self, equation: Ground, key: Key) -> bool:
        """Give a name the exact value that solves an equation, if lhs − rhs is a fraction of linear functions of it."""
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

    def _near(self, equation: Ground, key: Key, exact_values: bool) -> bool:
        """Solve an equation for one name by Newton's method; with exact values only a rational root counts."""
        before = dict(self.state.values)
        newton = Newton(self, [(equation, key)])
        for start in range(STARTS if not exact_values else 1):
            if start:
                self.restart(key)
            if newton.converges() and self.domain(key).contains(self.state.values[key]):
                if newton.rational():
                    self.chain.append((equation, key))
                    return True
                if not exact_values:
                    self.pairs.append((equation, key))
                    return True
            self._put_back(before)
        return False

    def restart(self, key: Key) -> None:
        """Give a name another random value."""
        style = Style.GENERIC if self.random.below(2) else Style.SPECIAL
        self.state.assign(key, drawn(self.domain(key), self.random, style))

    def _put_back(self, values: dict[Key, Number]) -> None:
        self.state.values.update(values)
        self.state.memo.clear()

    def _feed_back(self, equation: Ground) -> bool:
        """Solve an equation whose names are all taken for one that was free, the others following it.

        With c_j/α_j = λ solved for every α_j, Σα = 1 is an equation in λ.
        """
        if self.vanishes(equation):
            return True
        read = self.trace(equation)
        names, chain = self._behind(read)
        leading = [key for key in read if self._leads(key)]
        if self._scalable(leading) and self._follow(equation, leading, chain):
            return True
        return any(self._follow(equation, [key], chain) for key in self.random.shuffled(names) if self._leads(key))

    def _behind(self, read: Iterable[Key]) -> tuple[dict[Key, None], list[tuple[Ground, Key]]]:
        """The names on which these depend through the chain, and the part of the chain by which they do."""
        names = dict.fromkeys(read)
        traces = [(pair, self.trace(pair[0])) for pair in self.chain]
        while more := [trace for (_, key), trace in traces if key in names and not names.keys() >= trace.keys()]:
            names |= dict.fromkeys(key for trace in more for key in trace)
        return names, [pair for pair, _ in traces if pair[1] in names]

    def _leads(self, key: Key) -> bool:
        """Whether a name was given a random value, which may be changed if those solved for follow."""
        return key not in self.solved and self._may_change(key) and type(self.state.values[key]) is fmpq

    def _follow(self, equation: Ground, keys: list[Key], chain: list[tuple[Ground, Key]]) -> bool:
        """Solve for one name, or for a factor of several, the names of this part of the chain following."""
        before = dict(self.state.values)
        start = before[keys[0]] if len(keys) == 1 else ONE

        def assign(number: Number, following: Sequence[tuple[Ground, Key]] = chain) -> None:
            for key in keys:
                self.state.assign(key, number if len(keys) == 1 else number * before[key])
            for solved, name in following:
                # a name that cannot follow keeps its value, which the check at the end finds
                self.solve_for(solved, name)

        root = self._root(equation, assign, start)
        if root is not None:
            assign(root, self.chain)
            if all(self.domain(key).contains(self.state.values[key]) for key in keys) and all(
                self.vanishes(other) for other in (equation, *(solved for solved, _ in self.chain))
            ):
                self.solved.update(dict.fromkeys(keys))
                return True
        self._put_back(before)
        return False

    def _solve_together(self) -> bool:
        """Newton's method for all equations at once, in as many names as there are independent equations."""
        unknowns = list(dict.fromkeys(key for keys in self.depends for key in keys))
        sizes = tuple(self.state.ints[name] for name in self.program.sizes)
        failures = self.program.failures.get(sizes, 0)
        if not 0 < len(unknowns) <= MAX_UNKNOWNS or failures > MAX_FAILURES:
            return False
        before = dict(self.state.values)
        for start in range(STARTS - 1):
            if start:
                self._put_back(before)
                for key in unknowns:
                    self.restart(key)
            newton = Newton.independent(self, self.equations, unknowns)
            if newton is not None and newton.converges():
                names = [key for _, key in newton.pairs]
                if all(self.domain(key).contains(self.state.values[key]) for key in names):
                    self.pairs = [] if newton.rational() else newton.pairs
                    self.solved.update(dict.fromkeys(names))
                    return True
        self._put_back(before)
        self.program.failures[sizes] = failures + 1
        return False

    def _verified(self) -> bool:
        """Whether every equation holds at the values found; `proven` says whether that is shown of all of them."""
        open_equations = [equation for equation in self.equations if not self.vanishes(equation)]
        if not open_equations:
            return self._definite()
        # what is zero in the middle of balls alone is open too: p + x where p = -x came of a rounded x
        pairs = [pair for pair in self.pairs if type(self.value(pair[0])) is not fmpq or not self.vanishes(pair[0])]
        shown = bool(pairs) and proven(self, pairs)
        if not all(self.domain(key).contains(self.state.values[key]) for _, key in pairs):
            return False
        extra = [equation for equation in open_equations if not any(equation is solved for solved, _ in pairs)]
        for equation in self.equations:
            value = self.value(equation)
            if value is None or not ball(value).contains(0) or not same(value, value):
                return False
            # earlier lines are often given again in another form: such an equation, which holds at the solution of
            # the others to fifty digits, counts as shown
            if any(equation is other for other in extra) and not value.rad() < TINY:
                shown = False
        self.proven = shown
        return self._definite()

    def _definite(self) -> bool:
        source = self.state.source
        return not self.program.definite or not isinstance(source, Draws) or source.still_definite(self.state)


def _negligible(slope: Number) -> bool:
    return not slope if type(slope) is fmpq else bool(slope.contains(0))
