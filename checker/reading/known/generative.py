"""What order a model's variables have, and which of the probabilities that a text states are its factors.

    P(V₁, …, V_n) = Π_i P(V_i | V₁, …, V_{i−1})

A stated P(V_i | G) is a factor where G is all that comes before V_i, where V_i is said to be independent of the rest
given G, or where the rest belongs to one model with it: by words, or as a network of variables that hang together, each
of which is stated at all values of those behind its bar. Else it is a fact on a distribution that is unknown: of
P(X=1) = p and P(Y=1) = q it does not follow that X and Y are independent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from sympy import Basic, Eq

from checker.derivation import Independence, IndexSet
from checker.expressions import RandomVariable

MOST_VALUES = 20
"""Of a variable, whose values stand behind a bar one by one."""


@dataclass(frozen=True)
class Stated:
    """An equation for the probability of one variable; network: the variables of its model."""

    equation: Eq
    network: frozenset[str] = frozenset()

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


def networks(equations: Sequence[Eq], domains: Mapping[str, IndexSet | None]) -> list[Stated]:
    """Probabilities that are stated, each with the network that it belongs to."""
    stated = [Stated(equation) for equation in equations]
    groups: list[frozenset[str]] = []
    for each in stated:
        mine = each.parents | {each.head}
        touching = [group for group in groups if group & mine]
        groups = [group for group in groups if not group & mine] + [mine.union(*touching)]
    heads = {each.head for each in stated}
    whole = {head for head in heads if _at_all_values([each for each in stated if each.head == head], domains)}
    known = [group for group in groups if group & heads <= whole]
    return [replace(e, network=next((group for group in known if e.head in group), frozenset())) for e in stated]


def _at_all_values(stated: Sequence[Stated], domains: Mapping[str, IndexSet | None]) -> bool:
    """Whether a variable has one set of variables behind its bar, and is stated at all their values."""
    if len({each.parents for each in stated}) > 1:
        return False
    choices = [values_of(domains.get(name)) for name in sorted(stated[0].parents)]
    return all(any(_is_for(each, case) for each in stated) for case in product(*choices))


def values_of(domain: IndexSet | None) -> Sequence[object]:
    """The values of a variable, or one that is none of them where there are too many or not known how many."""
    if domain is None or not (domain.lower.is_Integer and domain.upper.is_Integer):
        return ["any"]
    values = domain.only or range(int(domain.lower), int(domain.upper) + 1)
    return values if len(values) <= MOST_VALUES else ["any"]


def _is_for(stated: Stated, case: Sequence[object]) -> bool:
    """It is stated where the variables behind the bar, by name, have these values."""
    given = sorted(stated.equation.lhs.given, key=lambda event: str(variable_of(event)))
    events = [event for event in given if variable_of(event) is not None]
    return all(
        not isinstance(event, Eq) or not event.rhs.is_number or event.rhs == value
        for event, value in zip(events, case, strict=True)
    )


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
    return others <= stated.network or any(_independent(stated, others, each) for each in independence)


def _independent(stated: Stated, others: frozenset[str], independence: Independence) -> bool:
    events = {variable_of(event) for event in independence.events}
    given = {variable_of(event) for event in independence.given if not isinstance(event, Eq)}
    said = len(given) == len(independence.given) and given == stated.parents
    return said and stated.head in events and others <= events - {stated.head}
