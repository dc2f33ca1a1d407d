"""Names and their definitions: a defined name is its definition, unless it is the variable of a derivative."""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Basic, Indexed, Symbol

from checker.kernel.context import DEFINITIONS, FIELD, Context, Unfolding
from checker.kernel.dispatch import form_of, head, substitute
from checker.kernel.form import Form, OutsideTheories
from checker.kernel.positivity import integer


@dataclass(frozen=True)
class Definition:
    """name[placeholders] := expression."""

    name: str
    symbol: Symbol
    placeholders: tuple[Symbol, ...]
    expression: Basic

    def unfolded(self, ctx: Context, indices: tuple[Form, ...]) -> Form:
        """The definition at these indices."""
        if len(indices) != len(self.placeholders):
            defined = len(self.placeholders)
            raise OutsideTheories(f"{self.symbol} with {len(indices)} indices; it is defined with {defined}")
        if self.name in ctx.unfolding:
            raise OutsideTheories(f"the definition of {self.symbol} in terms of itself")
        ctx.use(DEFINITIONS)
        ctx.trusts[("definition of", self.symbol)] = None
        if not all(map(integer, indices)):
            raise OutsideTheories(f"{self.symbol} at an index that may not be an integer")
        mapping = {self._place(ctx, p): index for p, index in zip(self.placeholders, indices, strict=True)}
        key = ("definition", self.name, frozenset(ctx.held))
        return ctx.recall(key, lambda: self._formed(ctx), lambda form: substitute(form, mapping))

    def _place(self, ctx: Context, placeholder: Symbol) -> str:
        return f"place:{self.name}:{placeholder.name}"

    def _formed(self, ctx: Context) -> Form:
        before, ctx.bound = ctx.bound, {p: self._place(ctx, p) for p in self.placeholders}
        for p, place in ctx.bound.items():
            ctx.expressions[place] = p
        ctx.unfolding.append(self.name)
        try:
            return form_of(ctx, self.expression)
        finally:
            ctx.bound = before
            ctx.unfolding.pop()


@head(FIELD, Symbol)
def _(ctx: Context, expression: Symbol) -> Form:
    if expression not in ctx.bound:
        definition = _definition(ctx, ctx.name("s", expression))
        if definition is not None:
            return definition.unfolded(ctx, ())
    return ctx.symbol(expression)


@head(FIELD, Indexed)
def _(ctx: Context, expression: Indexed) -> Form:
    indices = tuple(form_of(ctx, index) for index in expression.indices)
    definition = _definition(ctx, ctx.name("f", expression.base.label))
    if definition is not None:
        return definition.unfolded(ctx, indices)
    return ctx.family(expression.base.label, indices)


def _definition(ctx: Context, name: str) -> Unfolding | None:
    if name in ctx.held or not ctx.allows(DEFINITIONS):
        return None
    return ctx.definitions.get(name)
