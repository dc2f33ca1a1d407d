"""Proportionality: a ∝ b in the variables before the bar of the head, or by an identity from which it follows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from checker.check import decide
from checker.derivation import Transition
from checker.expressions import Probability
from checker.printing import unicode
from checker.reading.lines.deciding import decided, of_chance, unless_unsaid, with_conditions
from checker.reading.lines.givens import Read, read
from checker.reading.lines.members import apart
from checker.reading.lines.records import Line
from checker.reading.meaning.distributions import MARGINAL
from checker.reading.meaning.shorthands import instance
from checker.reading.syntax import Chance, Letter, Node, Product, Relation, Scripted
from checker.reading.tex.tokens import Unreadable
from checker.verdict import Outcome, Proved

PRIMES = 3
"""How many primes name another value of a variable: more than anybody writes."""


def proportional(line: Line, seed: int | None, explain: bool) -> Outcome:
    """a ∝ b in the variables before the bar of the head, or by an identity from which it follows."""
    statement = line.statement
    assert isinstance(statement, Relation)
    found = read(line.scope, [statement.left, statement.right, *_in(line)])
    trees, givens = apart(found.trees, found.trees[2:], found.givens)
    found = replace(found, trees=trees, givens=givens)
    transition = Transition(
        line.number, r"\propto", found.trees[0], found.trees[1], variables=found.trees[2:], rule=line.rule
    )
    outcome = decide(transition, found.givens, seed=seed, explain=explain)
    if line.head:  # what is integrated over, or given, does not depend on what stands before the bar
        found = replace(found, abstracted=tuple(each for each in found.abstracted if each != MARGINAL))
    if isinstance(outcome.verdict, Proved):
        return _shown_proportion(outcome, found)
    for sides in _crossed(statement.left, statement.right):
        identity = replace(line, sign="=", statement=Relation("=", *sides, statement.place))
        try:
            proof = decided(identity, [], seed, explain)
        except Unreadable:
            continue
        if isinstance(proof.verdict, Proved):
            return replace(proof, role="claim")
    shown = _shown_proportion(outcome, found)
    return shown if line.scope.distributions and not of_chance(found.trees[0]) else unless_unsaid(shown, line)


def _in(line: Line) -> tuple[Node, ...]:
    """What a proportionality is in: where p(θ | x) is a formula, the θ before the bar, and not the probability."""
    head = line.head[0] if line.head else None
    if not isinstance(head, Chance) or read(line.scope, [head]).trees[0].has(Probability):
        return line.head
    return tuple(each.left if isinstance(each, Relation) else each for each in head.events)


def _shown_proportion(outcome: Outcome, found: Read) -> Outcome:
    shown = f"{unicode(found.trees[0])} ∝ {unicode(found.trees[1])}"
    return replace(with_conditions(outcome, found, found.trees[0]), understood=shown, role="claim")


def _crossed(left: Node, right: Node) -> Iterator[tuple[Node, Node]]:
    """The equations that each make left/right the same for all values of what stands before the bar of `left`.

    p(v|w) = b; p(v|w) p(w) = b; and a(v) b(v′) = a(v′) b(v), where v is observed at a value that is a name.
    """
    if not isinstance(left, Chance):
        return
    yield left, right
    if left.given:
        yield Product((left, replace(left, events=left.given, given=())), left.place), right
    names = [event.right for event in left.events if isinstance(event, Relation) and event.sign == "="]
    if names and len(names) == len(left.events) and all(isinstance(each, Letter) for each in names):
        primed: dict[str, Node] = {
            name.name: Scripted(name, (), None, name.place, primes=PRIMES) for name in names if isinstance(name, Letter)
        }
        yield (
            Product((left, instance(right, primed)), left.place),
            Product((instance(left, primed), right), left.place),
        )
