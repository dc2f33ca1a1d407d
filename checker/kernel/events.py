"""What stands in a probability: variables with their values, and events that occur or do not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sympy import Basic, Eq

from checker.expressions import ComplementEvent, Each, Event, RandomVariable
from checker.kernel import dispatch
from checker.kernel.context import Context, current
from checker.kernel.dispatch import form_of, substitute
from checker.kernel.form import ONE, ZERO, Form, OutsideTheories

OBSERVED = "·"


@dataclass(frozen=True)
class Item:
    """One thing that happens: a variable takes a value (None: its observed one), or an event does or does not occur."""

    kind: str
    name: str
    indices: tuple[Form, ...]
    value: Form | None
    occurs: bool = True

    @property
    def args(self) -> tuple[Any, ...]:
        return self.kind, self.name, self.indices, OBSERVED if self.value is None else self.value, self.occurs

    @property
    def key(self) -> str:
        value = OBSERVED if self.value is None else self.value.key
        return f"{self.kind}{self.name}{[i.key for i in self.indices]}={value}{self.occurs}"

    @property
    def subject(self) -> str:
        return f"{self.kind}{self.name}{[i.key for i in self.indices]}"


def item_of(args: tuple[Any, ...]) -> Item:
    kind, name, indices, value, occurs = args
    return Item(kind, name, indices, None if value == OBSERVED else value, occurs)


def items_of(ctx: Context, events: Iterable[Basic]) -> list[Item | Each]:
    found: list[Item | Each] = []
    for event in events:
        if isinstance(event, Each):
            found.append(event)
            continue
        found.append(one_item(ctx, event))
    return found


def one_item(ctx: Context, event: Basic) -> Item:
    value: Form | None = None
    if isinstance(event, Eq):
        event, value = event.lhs, form_of(ctx, event.rhs)
    occurs = not isinstance(event, ComplementEvent)
    if isinstance(event, ComplementEvent):
        event = event.event
    if isinstance(event, (RandomVariable, Event)):
        kind = "variable " if isinstance(event, RandomVariable) else "event "
        return Item(kind, event.name, tuple(form_of(ctx, i) for i in event.indices), value, occurs)
    raise OutsideTheories(f"{event} inside a probability, which is no variable, no event and no declared parameter")


def mapped(item: Item, mapping: dict[str, Form]) -> Item:
    value = None if item.value is None else substitute(item.value, mapping)
    return Item(item.kind, item.name, tuple(substitute(i, mapping) for i in item.indices), value, item.occurs)


def each_once(items: list[Item]) -> tuple[list[Item], Form]:
    """Each subject once; P(A, ¬A) = 0 and P(Y=a, Y=b) = 1[a=b] P(Y=a)."""
    kept: dict[str, Item] = {}
    factor = ONE
    for item in items:
        known = kept.setdefault(item.subject, item)
        if known.occurs != item.occurs:
            return [], ZERO
        if known.value is not None and item.value is not None and known.value != item.value:
            factor = factor * dispatch.BUILDERS["eq"](current(), (known.value, item.value))
        elif (known.value is None) != (item.value is None):
            raise OutsideTheories("a variable with its observed and another value in one probability")
    return sorted(kept.values(), key=lambda item: item.key), factor


def printed_value(ctx: Context, name: str, sample: tuple[Form, ...], value: Any) -> Basic:
    variable = RandomVariable(name, *(dispatch.to_sympy(ctx, i) for i in sample))
    return variable if value == OBSERVED else Eq(variable, dispatch.to_sympy(ctx, value), evaluate=False)


def printed(ctx: Context, item: Item) -> Basic:
    if item.kind == "variable ":
        return printed_value(ctx, item.name, item.indices, OBSERVED if item.value is None else item.value)
    event = Event(item.name, *(dispatch.to_sympy(ctx, i) for i in item.indices))
    return event if item.occurs else ~event


def mentioned(expressions: Iterable[Basic]) -> set[str]:
    """The names of variables, and the subjects of events, in the probabilities of some expressions."""
    return set().union(*map(_mentioned, expressions))


@lru_cache(maxsize=512)
def _mentioned(expression: Basic) -> frozenset[str]:
    found = {node.name for node in expression.atoms(RandomVariable)}
    return frozenset(found | {subject_of(node) for node in expression.atoms(Event)})


def subject_of(event: Event) -> str:
    """What names an event with numbers, or no indices, as `Item.subject` does."""
    return f"event {event.name}{[f'{i}*1' for i in event.indices]}"
