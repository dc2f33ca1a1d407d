"""What order a model's variables have, and which of the probabilities that a text states are its factors.

    P(V₁, …, V_n) = Π_i P(V_i | V₁, …, V_{i−1})

A stated P(V_i | G) is a factor where G is all that comes before V_i, where V_i is said to be independent of the rest
given G, or where the words call what is stated a model. Else it is a fact on a distribution that is unknown: of
P(X=1) = p and P(Y=1) = q it does not follow that X and Y are independent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sympy import Basic, Eq

from checker.derivation import Independence
from checker.expressions import RandomVariable


@dataclass(frozen=True)
class Stated:
    """An equation for the probability of one variable; modelled: by words that speak of a model."""

    equation: Eq
    modelled: bool = False

    @property
    def head(self) -> str:
        """The variable before the bar."""
        return str(variable_of(self.equation.lhs.events[0]))

    @property
    def parents(self) -> frozenset[str]:
        """The variables behind the bar."""
        names = map(variable_of, self.equation.lhs.given)
        return frozenset(name for name in names if name is not None)


@dataclass(frozen=True)
class Generative:
    """The variables in generative order, what the model consists of, and what is stated beside it."""

    order: tuple[str, ...]
    factors: tuple[Eq, ...]
    facts: tuple[Eq, ...]


def variable_of(event: Basic) -> str | None:
    """The name of the random variable that an event speaks of."""
    subject = event.lhs if isinstance(event, Eq) else event
    return subject.name if isinstance(subject, RandomVariable) else None


def generative(stated: Sequence[Stated], names: Sequence[str], independence: Sequence[Independence] = ()) -> Generative:
    """The model of variables `names`, in the order preferred, of which these probabilities are stated."""
    placed: list[str] = []
    factors: list[Eq] = []
    facts: list[Eq] = []
    waiting = list(stated)
    while waiting:
        found = next((each for each in waiting if _fits(each, placed, independence)), None)
        if found is None:
            nearest = min(waiting, key=lambda each: len(each.parents.difference(placed)))
            missing = [name for name in names if name in nearest.parents.difference(placed)]
            head, mine = (missing or [nearest.head])[0], []
        else:
            head = found.head
            mine = [
                e for e in waiting if (e.head, e.parents) == (head, found.parents) and _fits(e, placed, independence)
            ]
        placed.append(head)
        factors += [each.equation for each in mine]
        facts += [each.equation for each in waiting if each.head == head and each not in mine]
        waiting = [each for each in waiting if each.head != head]
    order = (*placed, *(name for name in names if name not in placed))
    return Generative(order, tuple(factors), tuple(facts))


def _fits(stated: Stated, placed: Sequence[str], independence: Sequence[Independence]) -> bool:
    """It says how the variable depends on all that come before it."""
    others = frozenset(placed) - stated.parents
    if stated.head in placed or not stated.parents <= frozenset(placed):
        return False
    return not others or stated.modelled or any(_independent(stated, others, each) for each in independence)


def _independent(stated: Stated, others: frozenset[str], independence: Independence) -> bool:
    events = {variable_of(event) for event in independence.events}
    given = {variable_of(event) for event in independence.given if not isinstance(event, Eq)}
    said = len(given) == len(independence.given) and given == stated.parents
    return said and stated.head in events and others <= events - {stated.head}
