"""What a refuted step looks like: one short sentence, where one small change would make it true.

    signature    the sides differ by a factor −1, 2, N …, or by a term
    repairs      small changes of the wrong side (see checker.repairs), tried at instances

A hint is a guess from a few instances. It never touches the verdict, and counts its work, not the clock.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain

from flint import fmpq
from sympy import Add, Basic, Eq, Expr, Indexed, Integer, Mul, Pow, Rational, Symbol, Tuple, preorder_traversal
from sympy import evaluate as sympy_evaluate

from checker.derivation import Givens, Transition
from checker.evaluate import Difference, Instance, compare, sample
from checker.evaluate.arithmetic import Number, ball, same
from checker.evaluate.errors import Refused
from checker.repairs import HALF, repairs, shown

INSTANCES = 3
MAX_NODES = 12_000
"""Nodes of the trees that are evaluated for one hint, over all instances."""

CONSTANTS = (Integer(-1), Integer(2), HALF, Integer(-2), -HALF, Integer(4), Rational(1, 4), Integer(3), Rational(1, 3))
TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}


class OutOfWork(Exception):  # noqa: N818
    """The hint would cost too much."""


@dataclass
class Question:
    """`left` should be `wrong`, at these instances. `context` is where missing pieces may come from."""

    left: Basic
    wrong: Basic
    context: Basic
    givens: Givens
    instances: list[Instance]
    work: int = 0
    _known: dict[Basic, list[Number | None]] = field(default_factory=dict)

    def values(self, expression: Basic) -> list[Number | None]:
        if expression not in self._known:
            self._known[expression] = [self._value(expression, instance) for instance in self.instances]
        return self._known[expression]

    def _value(self, expression: Basic, instance: Instance) -> Number | None:
        self.work += sum(1 for _ in preorder_traversal(expression))
        if self.work > MAX_NODES:
            raise OutOfWork
        try:
            return instance.value(expression)
        except Refused:
            return None

    def would_do(self, expression: Basic) -> bool:
        """Whether `left` equals the expression at every instance where both have values, two at least."""
        met = 0
        for known, instance in zip(self.values(self.left), self.instances, strict=True):
            if known is None:
                continue
            value = self._value(expression, instance)
            if value is None or not same(known, value):
                return False
            met += 1
        return met >= 2


def hint(transition: Transition, givens: Givens, finding: Difference) -> str:
    """What the slip in a refuted transition looks like, as a sentence; "" where nothing simple was found."""
    with sympy_evaluate(False):
        try:
            return next(_explanations(transition, givens, finding), "")
        except (OutOfWork, Refused):
            return ""


def _explanations(transition: Transition, givens: Givens, finding: Difference) -> Iterator[str]:
    if transition.relation in ("=>", "<=>"):
        yield from _of_consequence(transition, givens, finding)
    elif transition.relation in TURNED:
        yield from _of_inequality(transition, givens)
    else:
        yield from _of_sides(Question(
            transition.lhs, transition.rhs, transition.lhs, givens, sample(transition, givens, INSTANCES)
        ))  # fmt: skip


# --- equalities --------------------------------------------------------------------------------------------------


def _of_sides(question: Question) -> Iterator[str]:
    yield from _constant_factor(question)
    yield from _repaired(question)
    yield from _named_difference(question)


def _constant_factor(question: Question) -> Iterator[str]:
    ratios = _ratios(question)
    for constant in CONSTANTS if ratios else ():
        if all(same(ratio, fmpq(int(constant.p), int(constant.q))) for ratio in ratios):
            sign = " (a sign)" if constant == -1 else ""
            yield f"the sides differ by a factor {shown(constant)}{sign}"


def _repaired(question: Question) -> Iterator[str]:
    for repair in repairs(question.wrong, question.context, question.givens):
        if question.would_do(repair.expression):
            yield f"the sides would agree {repair.said}"


def _named_difference(question: Question) -> Iterator[str]:
    ratios, gaps = _ratios(question), _gaps(question)
    for name in _names(question):
        for power in (name, Pow(name, 2)):
            values = question.values(power)
            if ratios and _all_same(ratios, values):
                yield f"the sides differ by a factor {shown(power)}"
            if ratios and _all_same([1 / ratio for ratio in ratios], values):
                yield f"the sides differ by a factor {shown(Pow(power, -1))}"
    for term in _terms(question):
        if gaps and _all_same(gaps, question.values(term)):
            yield f"the sides differ by the term {shown(term)}"


def _all_same(numbers: list[Number], others: list[Number | None]) -> bool:
    return len(numbers) == len(others) and all(
        other is not None and same(number, other) for number, other in zip(numbers, others, strict=True)
    )


def _pairs(question: Question) -> list[tuple[Number, Number]]:
    pairs = zip(question.values(question.left), question.values(question.wrong), strict=True)
    return [(ball(a), ball(b)) for a, b in pairs if a is not None and b is not None]


def _ratios(question: Question) -> list[Number]:
    pairs = _pairs(question)
    if len(pairs) < 2 or any(b.contains(0) or a.contains(0) for a, b in pairs):
        return []
    return [a / b for a, b in pairs]


def _gaps(question: Question) -> list[Number]:
    pairs = _pairs(question)
    return [a - b for a, b in pairs] if len(pairs) >= 2 else []


def _names(question: Question) -> list[Basic]:
    """Sizes and names that the sides may differ by as a factor."""
    sizes = [s.upper for s in (*question.givens.index_sets.values(), *question.givens.value_sets.values())]
    symbols = [node for side in (question.context, question.wrong) for node in sorted(side.atoms(Symbol, Indexed), key=str)]
    labels = {node.base.label for node in symbols if isinstance(node, Indexed)}
    return list(dict.fromkeys(node for node in (*sizes, *symbols) if node not in labels and not node.is_Integer))


def _terms(question: Question) -> list[Basic]:
    found: list[Basic] = [Integer(1), Integer(-1)]
    for side in (question.context, question.wrong):
        for node in sorted(side.atoms(Add), key=str):
            found += [*node.args, *(Mul(-1, term) for term in node.args)]
    return list(dict.fromkeys(found))


# --- consequences and inequalities -------------------------------------------------------------------------------


def _of_inequality(transition: Transition, givens: Givens) -> Iterator[str]:
    turned = Transition(0, TURNED[transition.relation], transition.lhs, transition.rhs, "", transition.hypotheses)
    if not isinstance(compare(turned, givens), Difference):
        yield "the inequality holds the other way round"
    equal = Transition(0, "=", transition.lhs, transition.rhs, "", transition.hypotheses)
    if not isinstance(compare(equal, givens), Difference):
        yield "the two sides are equal"


def _of_consequence(transition: Transition, givens: Givens, finding: Difference) -> Iterator[str]:
    before, after = transition.lhs, transition.rhs
    if not isinstance(after, Eq):
        return
    if transition.relation == "<=>" and not _fails(after, finding.instance):
        yield "it holds from left to right only"
    yield from _lost_solution(before, after, finding.instance)
    if isinstance(before, Eq) and before.rhs == 0 and after.rhs == 0:
        yield from _of_expressions(before.lhs, after.lhs, givens)
        return
    context, instances = Tuple(before, *transition.hypotheses, after.lhs), sample(transition, givens, INSTANCES)
    yield from _of_sides(Question(after.lhs, after.rhs, context, givens, instances))
    yield from _repaired(Question(after.rhs, after.lhs, context, givens, instances))


def _of_expressions(left: Expr, right: Expr, givens: Givens) -> Iterator[str]:
    """Of two equations "… = 0" the left sides are compared."""
    claim = Transition(0, "=", left, right)
    yield from _of_sides(Question(left, right, left, givens, sample(claim, givens, INSTANCES)))


def _lost_solution(before: Basic, after: Eq, instance: Instance) -> Iterator[str]:
    """What the counterexample itself says: a solution was lost, a root has two signs."""
    unknown = after.lhs
    if isinstance(unknown, (Symbol, Indexed)) and not after.rhs.has(unknown):
        here, claimed = instance.value(unknown), instance.value(after.rhs)
        if here is None or claimed is None:
            return
        if same(ball(here), fmpq(0)):
            yield f"the solution {shown(unknown)} = 0 is lost"
        elif same(ball(here), -ball(claimed)) and any(node.is_Pow for node in chain(*map(preorder_traversal, (before, after)))):
            yield f"the root has two signs: {shown(unknown)} = {shown(Mul(-1, after.rhs))} is possible as well"
    for name in sorted(before.free_symbols - after.free_symbols, key=str) if isinstance(before, Eq) else ():
        if isinstance(name, Symbol) and not name.is_nonzero:
            value = _value_of(name, instance)
            if value is not None and same(ball(value), fmpq(0)):
                yield f"it divides by {shown(name)}, which may be 0"


def _value_of(expression: Basic, instance: Instance) -> Number | None:
    try:
        return instance.value(expression)
    except Refused:
        return None


def _fails(relation: Eq, instance: Instance) -> bool:
    left, right = (_value_of(side, instance) for side in relation.args)
    return left is None or right is None or not same(ball(left), ball(right))
