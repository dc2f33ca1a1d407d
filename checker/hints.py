"""What a refuted step looks like: one short sentence, where one small change would make it true.

    a factor     the sides differ by a factor −1, 2, N …, or by a term
    repairs      small changes of the wrong side (checker.repairs), tried at instances

The wrong side is taken apart where that can be undone: of a sum each term is told what it should be, given the others,
so that a repair of one term is tried on that term alone. A hint is a guess from a few instances: it never touches the
verdict. It counts its work, not the clock.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from flint import fmpq
from sympy import Add, Basic, Eq, Indexed, Integer, Mul, Pow, Rational, Sum, Symbol, Tuple, exp, log, preorder_traversal
from sympy import evaluate as sympy_evaluate

from checker.damage import Damage, Surroundings, bare, negated, shown, without
from checker.derivation import Givens, Transition
from checker.evaluate import Difference, Instance, compare, sample
from checker.evaluate.arithmetic import Number, ball, precision, same
from checker.evaluate.errors import Refused
from checker.evaluate.instances import Contradiction
from checker.evaluate.state import Budget
from checker.repairs import HALF, KINDS

INSTANCES = 4
PRECISION = 256
MAX_WORK = 8_000
"""Nodes of the trees that are tried for one hint, over all instances."""

EVALUATED = 400_000
"""Nodes that an instance may evaluate, counting each turn of a sum."""

CONSTANTS = (Integer(-1), Integer(2), HALF, Integer(-2), -HALF, Integer(4), Rational(1, 4), Integer(3), Rational(1, 3))
TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
ZERO = fmpq(0)

Values = list[Number | None]
"""A number for each instance; None where there is none."""


class OutOfWork(Exception):
    """The hint would cost too much."""


@dataclass
class Scene:
    """The instances at which guesses are tried, and what was evaluated there already."""

    instances: list[Instance]
    around: Surroundings
    work: int = 0
    known: dict[Basic, Values] = field(default_factory=dict)

    def values(self, expression: Basic) -> Values:
        if expression not in self.known:
            nodes = _size(expression)
            self.known[expression] = [self.value(expression, instance, nodes) for instance in self.instances]
        return self.known[expression]

    def value(self, expression: Basic, instance: Instance, nodes: int) -> Number | None:
        self.work += nodes
        if self.work > MAX_WORK:
            raise OutOfWork
        try:
            return instance.value(expression)
        except Refused:
            return None


@dataclass(frozen=True)
class Part:
    """A part of the wrong side; were its values the `target`, the sides would agree. `split`: its parts follow."""

    wrong: Basic
    target: Values
    split: bool


def hint(transition: Transition, givens: Givens, finding: Difference) -> str:
    """What the slip in a refuted transition looks like, as a sentence; "" where nothing simple was found."""
    with sympy_evaluate(False), precision(PRECISION):
        try:
            return next(_explanations(transition, givens, finding), "")
        except (OutOfWork, Refused, Contradiction):
            return ""


def _explanations(transition: Transition, givens: Givens, finding: Difference) -> Iterator[str]:
    if transition.relation in ("=>", "<=>"):
        return _of_consequence(transition, givens, finding)
    if transition.relation in TURNED:
        return _of_inequality(transition, givens)
    return _of_sides(transition.lhs, transition.rhs, transition.lhs, givens, _instances(transition, givens))


def _instances(transition: Transition, givens: Givens, finding: Difference | None = None) -> list[Instance]:
    """Instances to try guesses at: generic ones, and where they are few that of the counterexample."""
    found = list[Instance]()
    for seed, count in ((None, INSTANCES), (1, 1), (2, 1)):
        if not found:
            with suppress(Refused):  # too much work to find all at once
                found += sample(transition, givens, seed, count)
    if finding is not None and len(found) < INSTANCES:
        found.append(finding.instance)
    for instance in found:
        instance.state.budget = Budget(EVALUATED)
    return found


# --- two sides that should be equal ------------------------------------------------------------------------------


def _of_sides(left: Basic, wrong: Basic, other: Basic, givens: Givens, instances: list[Instance]) -> Iterator[str]:
    """`other` is where missing pieces may come from."""
    scene = Scene(instances, Surroundings(other, wrong, givens))
    target, values = scene.values(left), scene.values(wrong)
    yield from _constant_factor(target, values)
    yield from _repaired(scene, target, wrong)
    yield from _named_difference(scene, target, values)


def _constant_factor(target: Values, values: Values) -> Iterator[str]:
    ratios = _ratios(target, values)
    for constant in CONSTANTS if ratios else ():
        if all(same(ratio, fmpq(int(constant.p), int(constant.q))) for ratio in ratios):
            yield f"the sides differ by a factor {shown(constant)}{' (a sign)' if constant == -1 else ''}"


def _repaired(scene: Scene, target: Values, wrong: Basic) -> Iterator[str]:
    parts = [part for part in _parts(scene, wrong, target) if _tells_something(part.target)]
    damages = [(part, Damage(part.wrong, scene.around, part.split), _size(part.wrong)) for part in parts]
    try:
        for kind in KINDS:
            for part, damage, nodes in damages:
                for repair in kind(damage):
                    if repair.expression != part.wrong and _would_do(scene, repair.expression, nodes, part.target):
                        yield f"the sides would agree {repair.said}"
    except OutOfWork:
        return


def _tells_something(target: Values) -> bool:
    known = [value for value in target if value is not None]
    return len(known) >= 2 and not all(same(value, ZERO) for value in known)


def _would_do(scene: Scene, expression: Basic, nodes: int, target: Values) -> bool:
    for instance, wanted in zip(scene.instances, target, strict=True):
        if wanted is not None:
            value = scene.value(expression, instance, nodes)
            if value is None or not same(wanted, value):
                return False
    return True


def _named_difference(scene: Scene, target: Values, values: Values) -> Iterator[str]:
    ratios = _ratios(target, values)
    gaps = [ball(a) - ball(b) for a, b in zip(target, values, strict=True) if a is not None and b is not None]
    scene.work = 0
    for name in (*scene.around.sizes, *scene.around.quantities) if ratios else ():
        for power in (name, Pow(name, -1), Pow(name, 2), Pow(name, -2)):
            if _all_same(ratios, scene.values(power)):
                yield f"the sides differ by a factor {shown(power)}"
    for term in (Integer(1), Integer(-1), *scene.around.sizes, *scene.around.terms) if gaps else ():
        if _all_same(gaps, scene.values(term)):
            yield f"the sides differ by the term {shown(term)}"


def _ratios(target: Values, values: Values) -> list[Number]:
    pairs = [(ball(a), ball(b)) for a, b in zip(target, values, strict=True) if a is not None and b is not None]
    if len(pairs) < 2 or any(b.contains(0) for _, b in pairs):
        return []
    return [a / b for a, b in pairs]


def _all_same(numbers: list[Number], others: Values) -> bool:
    return len(numbers) == len(others) and all(
        other is not None and same(number, other) for number, other in zip(numbers, others, strict=True)
    )


def _size(expression: Basic) -> int:
    return sum(1 for _ in preorder_traversal(expression))


# --- taking the wrong side apart ---------------------------------------------------------------------------------


def _parts(scene: Scene, wrong: Basic, target: Values) -> Iterator[Part]:
    inner = list(_inner(scene, bare(wrong), target))
    yield Part(bare(wrong), target, bool(inner))
    for expression, wanted in inner:
        yield from _parts(scene, expression, wanted)


def _inner(scene: Scene, wrong: Basic, target: Values) -> Iterator[tuple[Basic, Values]]:
    """The arguments, each with the values that it should have, given the other ones."""
    if isinstance(wrong, Sum):
        yield from _terms_of_sum(scene, wrong, target)
    elif isinstance(wrong, (Add, Mul)):
        for position, argument in enumerate(wrong.args):
            if argument.free_symbols:
                rest = scene.values(without(wrong, position)) if len(wrong.args) > 1 else [None] * len(target)
                yield argument, _apart(wrong, target, rest)
    elif isinstance(wrong, Pow) and wrong.exp == -1:
        yield wrong.base, [None if value is None or same(value, ZERO) else 1 / ball(value) for value in target]
    elif isinstance(wrong, log):
        yield wrong.args[0], [None if value is None else ball(value).exp() for value in target]
    elif isinstance(wrong, exp):
        yield wrong.args[0], [ball(value).log() if value is not None and ball(value) > 0 else None for value in target]


def _apart(wrong: Basic, target: Values, rest: Values) -> Values:
    found: Values = []
    for value, other in zip(target, rest, strict=True):
        if value is None or other is None or isinstance(wrong, Mul) and ball(other).contains(0):
            found.append(None)
        else:
            found.append(value - other if isinstance(wrong, Add) else ball(value) / ball(other))
    return found


def _terms_of_sum(scene: Scene, wrong: Sum, target: Values) -> Iterator[tuple[Basic, Values]]:
    body, limits = bare(wrong.args[0]), wrong.args[1:]
    if isinstance(body, Mul) and body.args[0] == -1:
        yield Sum(negated(body), *limits), [None if value is None else -value for value in target]
    elif isinstance(body, Add):
        for position, term in enumerate(body.args):
            rest = scene.values(Sum(without(body, position), *limits))
            yield Sum(term, *limits), _apart(body, target, rest)


# --- consequences and inequalities -------------------------------------------------------------------------------


def _of_inequality(transition: Transition, givens: Givens) -> Iterator[str]:
    turned = TURNED[transition.relation]
    for relation, words in ((turned, "it holds the other way round"), ("=", "the sides are equal")):
        claim = Transition(0, relation, transition.lhs, transition.rhs, "", transition.hypotheses)
        if not isinstance(compare(claim, givens), Difference):
            yield words


def _of_consequence(transition: Transition, givens: Givens, finding: Difference) -> Iterator[str]:
    before, after = transition.lhs, transition.rhs
    if not isinstance(after, Eq):
        return
    if transition.relation == "<=>" and _holds(after, finding.instance):
        yield "it holds from left to right only"
    if isinstance(before, Eq) and before.rhs == 0 and after.rhs == 0:
        claim = Transition(0, "=", before.lhs, after.lhs)
        yield from _of_sides(before.lhs, after.lhs, before.lhs, givens, _instances(claim, givens))
        return
    yield from _lost_solution(before, after, finding.instance)
    instances = _instances(transition, givens, finding)
    for left, wrong in (after.args, reversed(after.args)):
        other = Tuple(before, *transition.hypotheses, left)
        yield from _of_sides(left, wrong, other, givens, instances)


def _lost_solution(before: Basic, after: Eq, instance: Instance) -> Iterator[str]:
    """What the counterexample itself says: a solution was lost, a root has two signs, a divisor may be 0."""
    unknown = after.lhs
    if isinstance(unknown, (Symbol, Indexed)) and not after.rhs.has(unknown):
        here, claimed = _value(unknown, instance), _value(after.rhs, instance)
        if here is not None and claimed is not None:
            if same(here, ZERO):
                yield f"the solution {shown(unknown)} = 0 is lost"
            elif same(here, -claimed) and _has_root(before, after):
                yield f"a root has two signs: {shown(unknown)} = {shown(negated(after.rhs))} is possible as well"
    for name in sorted(before.free_symbols - after.free_symbols, key=str):
        if isinstance(name, Symbol) and not name.is_nonzero and _divides(name, before):
            value = _value(name, instance)
            if value is not None and same(value, ZERO):
                yield f"it divides by {shown(name)}, which may be 0"


def _divides(name: Symbol, relation: Basic) -> bool:
    """Whether every term of an equation is a product with the name in it."""
    sides = relation.args if isinstance(relation, Eq) else ()
    terms = [term for side in sides for term in Add.make_args(side) if term != 0]
    return bool(terms) and all(term == name or isinstance(term, Mul) and term.has(name) for term in terms)


def _has_root(before: Basic, after: Eq) -> bool:
    """Whether an even power of the unknown was undone."""
    powers = [node for side in (before, after.rhs) for node in preorder_traversal(side) if isinstance(node, Pow)]
    return any(p.exp == HALF or p.exp == 2 and p.base == after.lhs for p in powers)


def _value(expression: Basic, instance: Instance) -> Number | None:
    try:
        return instance.value(expression)
    except Refused:
        return None


def _holds(relation: Eq, instance: Instance) -> bool:
    left, right = (_value(side, instance) for side in relation.args)
    return left is not None and right is not None and same(left, right)
