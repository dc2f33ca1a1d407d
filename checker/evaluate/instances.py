"""Instances: sizes, indices and values that the givens allow, made from a recipe so that they can be made again.

An instance is filled as expressions ask for names; facts (and for a consequence the hypotheses) are solved first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

from sympy import Indexed, Integer, Symbol

from checker.evaluate.arithmetic import Number
from checker.evaluate.errors import Refused, Uncertain, Undefined
from checker.evaluate.grounding import Ground, ground, index_names, simple
from checker.evaluate.names import Domain, Key, base_name, symbol_name
from checker.evaluate.program import Program
from checker.evaluate.randomness import stream
from checker.evaluate.relations import Line, Truth, compile_line, truth, value
from checker.evaluate.sampling import Draws, Recipe, blank, choices, index_choices, size_choices
from checker.evaluate.solving import System
from checker.evaluate.state import Budget, State

MAX_MEMBERS = 10_000
"""Of a family, which have bounds of their own: each of 784 pixels for each of ten classes."""


class Contradiction(Exception):
    """The givens are shown to have no instance at these sizes; the message says which."""


@dataclass(frozen=True, eq=False)
class Instance:
    """One instance: `state` holds what was drawn; `proven` says that all it had to satisfy is shown to hold."""

    program: Program
    recipe: Recipe
    state: State
    solved: tuple[Key, ...] = ()
    proven: bool = True

    @property
    def refutes(self) -> bool:
        """Whether what fails here is false: all that the instance had to satisfy is shown to hold.

        Raises Refused where a random number stood in for an integral: with its value the claim may well hold.
        """
        if self.state.integrated is not None:
            raise Refused("an integral, for which a random number stands in")
        if self.state.doubt:
            self.program.doubt = self.state.doubt
            return False
        return self.proven

    @property
    def drawn(self) -> list[Key]:
        """The names that got random values, in order."""
        source = self.state.source
        return list(source.drawn) if isinstance(source, Draws) else []

    def domain(self, key: Key) -> Domain:
        """The domain of a name here."""
        source = self.state.source
        return source.domain(key) if isinstance(source, Draws) else self.program.domain(key)

    def may_be_negative(self, key: Key) -> bool:
        """Whether a name that was drawn and not solved for may have either sign."""
        if key in self.solved or self.program.value_range(key) is not None:
            return False
        domain = self.domain(key)
        return (domain.lower is None or domain.lower < 0) and (domain.upper is None or domain.upper > 0)

    @property
    def sizes(self) -> dict[str, int]:
        """The sizes by name."""
        return {name: self.state.ints[name] for name in self.program.sizes}

    def value(self, expression: Any) -> Number | None:
        """The value of any expression here, exact (fmpq) or a ball (arb, acb); None where it is undefined.

        Names that the statement does not hold are drawn like its own. Raises Refused for what is not known.
        """
        line = self.program.extra.get(expression)
        if line is None:
            line = self.program.extra[expression] = compile_line(self.program.compiler, expression)
            self.program.grow()
        missing = self.program.compiler.slot_count - len(self.state.slots)
        self.state.slots.extend([0] * missing)
        for name in self.program.sizes:
            if name not in self.state.ints:
                self.state.assign_int(name, 2)
        if line.head:
            raise Refused("a relation where an expression is expected")
        return value(line.sides[0], self.state)


@dataclass(frozen=True)
class Demands:
    """What instances must satisfy: facts and hypotheses, sorted by what they speak of."""

    sizes: tuple[Line, ...]
    indices: tuple[Line, ...]
    bounds: tuple[Line, ...]
    others: tuple[Line, ...]


NOTHING = Demands((), (), (), ())


def demands(program: Program, lines: Iterable[Line]) -> Demands:
    """Sort relations: those on sizes alone, on indices alone, bounds of one name by a number, and others."""
    parts: dict[str, list[Line]] = {"sizes": [], "indices": [], "bounds": [], "others": []}
    for line in _conjuncts(lines):
        parts[_kind(program, line)].append(line)
    return Demands(*(tuple(parts[kind]) for kind in ("sizes", "indices", "bounds", "others")))


def _conjuncts(lines: Iterable[Line]) -> Iterator[Line]:
    for line in lines:
        if line.head == "And":
            yield from _conjuncts(line.parts)
        else:
            yield line


def _kind(program: Program, line: Line) -> str:
    free = {str(name) for name in line.source.free_symbols}
    if not line.head:
        raise Refused(f"{type(line.source).__name__} is not a relation")
    if free and free <= set(program.sizes):
        return "sizes"
    if free and free <= {*program.sizes, *program.indices} and (line.head not in ("Eq", "") or _names_index(line)):
        return "indices"
    if line.head in ("Lt", "Le", "Gt", "Ge") and _bounded(program, line) is not None:
        return "bounds"
    return "others"


def _names_index(line: Line) -> bool:
    """k = 1 or k = j says which index is meant, and not that all are the same."""
    sides = line.source.args
    return any(isinstance(side, Symbol) for side in sides) and all(
        isinstance(side, (Symbol, Integer)) for side in sides
    )


def _bounded(program: Program, line: Line) -> tuple[str, int] | None:
    """The name that an inequality bounds by a number, and on which side it stands; None for other shapes."""
    for side, other in ((0, 1), (1, 0)):
        one, number = line.source.args[side], line.source.args[other]
        if not {str(name) for name in number.free_symbols} <= set(program.sizes):
            continue
        definitions = program.compiler.definitions
        if isinstance(one, Symbol) and (symbol_name(one), 0) not in definitions:
            return symbol_name(one), side
        if isinstance(one, Indexed) and all(isinstance(index, Symbol) for index in one.indices):
            name = base_name(one.base)
            return None if (name, len(one.indices)) in definitions else (name, side)
    return None


def _domains(program: Program, wanted: Demands, state: State) -> dict[Key, Domain]:
    """The domains of names, and of members of families, narrowed by the bounds that the facts put on them."""
    found: dict[Key, Domain] = {}
    rows = [(line, *bounded) for line in wanted.bounds if (bounded := _bounded(program, line)) is not None]
    rows_of_members = [(row, _members(program, row[0], row[2], wanted, state)) for row in rows]
    for (line, name, side), members in sorted(rows_of_members, key=lambda row: row[1] is not None):
        bound_value = value(line.sides[1 - side], state)
        if bound_value is None or not hasattr(bound_value, "p"):
            raise Refused(f"the bound {line.source}")
        below = (line.head in ("Lt", "Le")) == (side == 0)
        strict = line.head in ("Lt", "Gt")
        usage = program.compiler.usage
        declared = usage.symbols.get(name) or usage.families.get(name, Domain())
        before = narrowed = None  # of the members of a large family most have one domain
        for key in [name] if members is None else members:
            domain = found.get(key) or found.get(name) or declared
            if narrowed is None or domain is not before:
                before = domain
                narrowed = domain.below(bound_value, strict) if below else domain.above(bound_value, strict)
                if narrowed.empty:
                    raise Contradiction(f"no value of {name} satisfies its bounds")
            found[key] = narrowed
    return found


def _members(program: Program, line: Line, side: int, wanted: Demands, state: State) -> list[Key] | None:
    """The members of a family that a bound is about; None for all, where no set of its index is known."""
    one = line.source.args[side]
    if not isinstance(one, Indexed):
        return None
    names = [symbol_name(index) for index in one.indices]
    free = [name for name in index_names(line, program) if program.indices[name] is not None]
    if not {*names} <= {*free, *program.sizes}:
        return None
    bindings = [dict(each.binding) for each in ground(line, program, state, _between(wanted), MAX_MEMBERS)]
    family, ints = base_name(one.base), [state.ints.get(name) for name in names]
    return [(family, *(each.get(name, known) for name, known in zip(names, ints, strict=True))) for each in bindings]


def _between(wanted: Demands) -> list[Line]:
    """The relations between indices that restrict what is given; k = j only says at which k the claim is meant."""
    return [line for line in wanted.indices if line.head != "Eq"]


def size_rows(program: Program, wanted: Demands, budget: Budget, smallest: int = 2) -> list[dict[str, int]]:
    """Sizes that the facts on sizes allow, the usual choices first; the largest is 6."""
    hard = any(line.symbols and line.head == "Eq" for line in wanted.others if not _is_fact(program, line))
    usual = [size_choices(program, number, hard) for number in range(4)]
    if not wanted.sizes:
        return usual
    names = program.sizes[:4]
    rest = dict.fromkeys(program.sizes[4:], 2)
    rows = [{**dict(zip(names, row, strict=True)), **rest} for row in product(range(1, 7), repeat=len(names))]
    rows.sort(key=lambda row: (min(row.values()) < smallest, sum(row.values())))
    allowed = [row for row in [*usual, *rows] if _sizes_hold(program, wanted, row, budget)]
    if not allowed:
        raise Contradiction("no sizes satisfy what is given of them")
    return allowed[:6]


def _is_fact(program: Program, line: Line) -> bool:
    return any(line is fact for fact in _conjuncts(program.facts))


def _sizes_hold(program: Program, wanted: Demands, row: dict[str, int], budget: Budget) -> bool:
    state = blank(program, Recipe(0, row), budget)
    return all(truth(line, state) is Truth.TRUE for line in wanted.sizes)


def prepared(program: Program, wanted: Demands, recipe: Recipe, budget: Budget) -> State | None:
    """A state with sizes, indices and domains, before equations are solved; None where they are not allowed.

    Raises Contradiction where a name's bounds leave nothing, and Undefined where an index has no value.
    """
    state = blank(program, recipe, budget)
    source = state.source
    assert isinstance(source, Draws)
    source.domains = _domains(program, wanted, state)
    if not all(truth(line, state) is Truth.TRUE for line in wanted.sizes):
        return None
    for name, index in _indices(program, wanted, state, recipe).items():
        state.assign_int(name, index)
    return state if all(truth(line, state) is Truth.TRUE for line in wanted.indices) else None


def _indices(program: Program, wanted: Demands, state: State, recipe: Recipe) -> dict[str, int]:
    """Values of the free indices, among those that the relations between them allow.

    Raises Undefined where there are none.
    """
    if any(index not in choices(program.indices.get(name), state) for name, index in recipe.indices.items()):
        raise Undefined
    if not wanted.indices:
        return {**index_choices(program, state, recipe.pattern, recipe.seed), **recipe.indices}
    allowed = ground(_all_indices(program), program, state, list(wanted.indices), names=list(program.indices))
    asked = set(recipe.indices.items())
    allowed = [found for found in allowed if asked <= set(found.binding)] or allowed
    if not allowed:
        raise Undefined
    if recipe.pattern == 1:
        return dict(allowed[-1].binding)
    return dict(allowed[0 if recipe.pattern == 0 else stream(recipe.seed, "indices").below(len(allowed))].binding)


def _all_indices(program: Program) -> Line:
    return Line(None, "", (), (), 0, tuple(program.indices))


def realise(program: Program, wanted: Demands, recipe: Recipe, budget: Budget) -> Instance | None:
    """The instance of a recipe; None where it cannot satisfy what is wanted. Raises Refused for what is not known."""
    try:
        state = prepared(program, wanted, recipe, budget)
        if state is None:
            return None
        system = system_of(program, wanted, state, recipe)
        if system is None:
            return Instance(program, recipe, state)
        if not system.solve():
            return None
    except (Undefined, Uncertain, Contradiction):
        return None
    return Instance(program, recipe, state, tuple(system.solved), system.proven)


def system_of(program: Program, wanted: Demands, state: State, recipe: Recipe) -> System | None:
    """The equations and other relations to satisfy, or None where there are none."""
    if not wanted.others:
        return None
    random = stream(recipe.seed, "system")
    equations: list[Ground] = []
    others: list[Ground] = []
    for line in wanted.others:
        for relation in simple(line, random):
            grounded = ground(relation, program, state, _between(wanted))
            (equations if relation.head == "Eq" else others).extend(grounded)
    # facts last in one run of three: hypotheses are then solved for what they alone read
    if recipe.seed % 3 == 1:
        equations.reverse()
    return System(program, state, equations, others, random)


def bindings(line: Line, program: Program, wanted: Demands, instance: Instance) -> list[Ground]:
    """A line at all values of its free indices that the relations between indices allow."""
    return ground(line, program, instance.state, list(wanted.indices))
