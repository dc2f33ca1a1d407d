"""Finite products over index sets whose sizes are symbols.

Π f g      = Π f · Π g;   Π f^k = (Π f)^k;   Π c = c^{size}       c free of the index
Π f        = exp Σ log f                                          f > 0;   Π exp f = exp Σ f
log Π f    = Σ log f                                              f ≥ 0
Π_{i=1}^{n+1} f(i) = f(n+1) Π_{i=1}^{n} f(i)
"""

from __future__ import annotations

from sympy import Basic, Product

from checker.kernel import dispatch
from checker.kernel.binding import Variables, bound_name, changed, explicit_range, limits_of, opened, printed_body
from checker.kernel.context import SUMS, Context
from checker.kernel.dispatch import binder, deriver, head, logarithm, printer, substitute
from checker.kernel.field import factored, inverse, require_denominators
from checker.kernel.form import ONE, ZERO, Atom, Exponent, Form, OutsideTheories, number, of, product
from checker.kernel.indices import always_at_least, granted_least
from checker.kernel.positivity import nonnegative, nonzero, positive, real
from checker.kernel.ranges import steps_past
from checker.kernel.sums import bind, sum_over


@head(SUMS, Product)
def _(ctx: Context, expression: Product) -> Form:
    return bind(ctx, expression, list(expression.limits), product_over)


def product_over(ctx: Context, variables: Variables, form: Form) -> Form:
    """Π over one opened index of a form."""
    ((name, bounds),) = variables.items()
    explicit = explicit_range(bounds)
    if explicit is not None:
        return product(substitute(form, {name: number(i)}) for i in explicit)
    if not form and granted_least(ctx, bounds[1] - bounds[0]):
        return ZERO
    if not form:
        raise OutsideTheories("a product of zeros that may be empty")
    c, mono, parts = factored(form)
    found = [dispatch.rebuild(ctx, "power of forms", (number(1).scale(c), sum_over(ctx, variables, ONE)))]
    bases = [(of(atom), exponent) for atom, exponent in mono] + list(parts)
    return product([*found, *(_product_of(ctx, variables, base, exponent) for base, exponent in bases)])


def _product_of(ctx: Context, variables: Variables, base: Form, exponent: Exponent) -> Form:
    atom = base.lone_atom
    if atom is not None and atom.head == "exp":
        inside = atom.args[0].scale(number(exponent).number)
        return dispatch.rebuild(ctx, "exp", (sum_over(ctx, variables, inside),))
    name, bounds = next(iter(variables.items()))
    if positive(base):
        logarithm = dispatch.rebuild(ctx, "log", (base,)).scale(number(exponent).number)
        return dispatch.rebuild(ctx, "exp", (sum_over(ctx, variables, logarithm),))
    if name not in base.free:
        size = sum_over(ctx, variables, ONE).scale(number(exponent).number)
        return dispatch.rebuild(ctx, "power of forms", (base, size))
    steps = steps_past(bounds[1])
    divides = steps is not None and steps[0] < 0 and not nonzero(base)
    if (
        steps is not None
        and not divides
        and always_at_least(ctx, (steps[1] if steps[0] > 0 else bounds[1]) - bounds[0] + ONE, 0)
    ):
        extra, end, places = steps
        ends = product(substitute(base, {name: place}) for place in places)
        new = ctx.fresh(name, (bounds[0], end))
        whole = _product_of(ctx, {new: (bounds[0], end)}, substitute(base, {name: ctx.index(new)}), exponent)
        return whole * dispatch.power(ctx, ends, exponent if extra > 0 else -exponent)
    level = 1 + max(base.level, bounds[0].level, bounds[1].level)
    bound = f"b{level}_0"
    with ctx.seal():
        body = substitute(base, {name: bound_name(ctx, bound, bounds)})
    free = (base.free | bounds[0].free | bounds[1].free) - {name}
    atom = Atom(
        "product", (((bound, *bounds),), body), free=free, level=level,
        nonnegative=nonnegative(base), real=real(base), nonzero=nonzero(base),
    )  # fmt: skip
    return dispatch.power(ctx, of(atom), exponent)


@logarithm("product")
def _(ctx: Context, atom: Atom) -> Form | None:
    """log Π f = Σ log f for f ≥ 0: where the product is positive every factor is."""
    variables, body = opened(ctx, atom)
    return sum_over(ctx, variables, dispatch.rebuild(ctx, "log", (body,))) if nonnegative(body) else None


@binder("product")
def _(ctx: Context, atom: Atom, change: dispatch.Derivation) -> Form:
    return product_over(ctx, *changed(ctx, atom, change))


@deriver("product")
def _(ctx: Context, atom: Atom, derive: dispatch.Derivation) -> Form:
    variables, body = opened(ctx, atom)
    quotient = sum_over(ctx, variables, derive(body) * inverse(body))
    if not nonzero(body):
        require_denominators(ctx, quotient)
    return of(atom) * quotient


@printer("product")
def _(ctx: Context, atom: Atom) -> Basic:
    return Product(printed_body(ctx, atom), *limits_of(ctx, atom))
