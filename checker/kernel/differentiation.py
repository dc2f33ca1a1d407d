"""Partial derivatives, on forms.

    ∂x/∂x = 1,  ∂μ_ab/∂μ_kj = 1[a=k] 1[b=j],  ∂y/∂x = 0 for every other name
    ∂/∂σ² = (1/2σ) ∂/∂σ for σ > 0, and so for every power of one positive name
    sums, products and functions by the chain rule of their own theory; ∂A⁻¹ = −A⁻¹ (∂A) A⁻¹

By an index or a size there is no derivative: that is refused. Definitions are unfolded first; facts are never
used inside.
"""

from __future__ import annotations

from sympy import Basic, Derivative, Indexed, IndexedBase, Symbol

from checker.expressions import Partial
from checker.kernel import dispatch
from checker.kernel.context import DIFFERENTIATION, Context
from checker.kernel.dispatch import form_of, head
from checker.kernel.field import inverse
from checker.kernel.form import (
    ONE,
    ZERO,
    Atom,
    Form,
    Mono,
    OutsideTheories,
    combined,
    number,
    of,
    product,
    total,
    whole,
)
from checker.kernel.inverses import Inverse, inverses
from checker.kernel.sums import sum_over

MAX_ORDER = 20


@head(DIFFERENTIATION, Partial)
def _(ctx: Context, expression: Partial) -> Form:
    return _derivatives(ctx, expression.expression, expression.variables)


@head(DIFFERENTIATION, Derivative)
def _(ctx: Context, expression: Derivative) -> Form:
    counts = [(v, form_of(ctx, count).integer_value) for v, count in expression.variable_count]
    if any(count is None or not 0 < count <= MAX_ORDER for _, count in counts):
        raise OutsideTheories(f"a derivative whose order is not a number up to {MAX_ORDER}")
    variables = [v for v, count in counts for _ in range(count or 0)]
    return _derivatives(ctx, expression.expr, tuple(variables))


def _derivatives(ctx: Context, inside: Basic, variables: tuple[Basic, ...]) -> Form:
    held = {name for v in variables if (name := _definition_name(ctx, v)) is not None}
    before = ctx.held
    ctx.held = before | held
    try:
        form = form_of(ctx, inside)
        by = [form_of(ctx, v) for v in variables]
    finally:
        ctx.held = before
    for variable in by:
        form = by_variable(ctx, form, variable)
    if held:
        form = dispatch.rewrite(form, lambda atom: _unheld(ctx, atom, held))
    return form


def _definition_name(ctx: Context, variable: Basic) -> str | None:
    if isinstance(variable, Symbol):
        name = ctx.name("s", variable)
    elif isinstance(variable, Indexed):
        name = ctx.name("f", variable.base.label)
    else:
        return None
    return name if name in ctx.definitions else None


def _unheld(ctx: Context, atom: Atom, held: set[str]) -> Form | None:
    if atom.head in ("sym", "idx") and atom.args[0] in held:
        return ctx.definitions[atom.args[0]].unfolded(ctx, atom.args[1] if atom.head == "idx" else ())
    return None


def by_variable(ctx: Context, form: Form, variable: Form) -> Form:
    """∂form/∂variable, for a name or a power of a positive name."""
    single = variable.single
    if single is None or len(single[0]) != 1:
        raise OutsideTheories("a derivative by an expression that is not a name or a power of one")
    ((atom, exponent),) = single[0]
    if atom.head not in ("sym", "idx"):
        raise OutsideTheories("a derivative by what is not a name")
    if atom.integer:
        raise OutsideTheories("a derivative by an integer, an index or a size")
    plain = derived(ctx, form, atom)
    if exponent == 1:
        return plain.scale(1 / single[1])
    if not atom.positive:
        raise OutsideTheories("a derivative by a power of what may be negative")
    slope = of(atom, exponent - 1).scale(number(exponent).number * single[1])
    return plain * inverse(slope)


UNKNOWN = {
    "cell": "a probability without a model",
    "factor": "a probability that the model leaves open",
    "list": "a probability whose independence is not used",
    "opaque": "what this rule does not look into",
}
"""Atoms that may depend on any name."""


def derived(ctx: Context, form: Form, variable: Atom) -> Form:
    """∂form/∂variable for a name."""
    for unknown in UNKNOWN:
        if f"{unknown}(" in form.key:
            raise OutsideTheories(f"the derivative of {UNKNOWN[unknown]}")
    if "evidence(" in form.key and not _integrated_out(ctx, form, variable):
        raise OutsideTheories("the derivative of a probability where a density is integrated out")
    mark = f"{variable.head}({variable.args[0]}" + (")" if variable.head == "sym" else ",")
    dependent = _dependent_inverses(ctx, mark)
    marks = (mark, *(f"idx({family}," for family in dependent))

    def of_form(inside: Form) -> Form:
        ctx.step()
        return total(of_mono(mono).scale(c) for mono, c in inside)

    def of_mono(mono: Mono) -> Form:
        parts = []
        for position, (atom, exponent) in enumerate(mono):
            if not any(each in atom.key for each in marks):
                continue
            inner = of_atom(atom)
            if not inner:
                continue
            rest = combined(mono[:position] + mono[position + 1 :])
            lowered = of(atom, whole(exponent - 1))
            parts.append(product([rest, lowered, inner]).scale(number(exponent).number))
        return total(parts)

    def of_atom(atom: Atom) -> Form:
        if atom.head == variable.head == "sym":
            return ONE if atom == variable else ZERO
        if atom.head == variable.head == "idx" and atom.args[0] == variable.args[0]:
            return _same_member(ctx, atom, variable, mark)
        if atom.head == "idx" and atom.args[0] in dependent:
            return _of_inverse(ctx, dependent[atom.args[0]], atom, of_form)
        if atom.head not in dispatch.DERIVERS:
            raise OutsideTheories(f"the derivative of {atom.head}")
        return dispatch.DERIVERS[atom.head](ctx, atom, of_form)

    return of_form(form)


def _dependent_inverses(ctx: Context, mark: str) -> dict[str, Inverse]:
    """The inverses of matrices in which what is marked occurs, perhaps through other inverses."""
    waiting = list(inverses(ctx)) if ctx.givens.facts else []
    found: dict[str, Inverse] = {}
    marks = [mark]
    while marks:
        marks, before = [], marks
        for known in waiting:
            if known.family not in found and any(each in known.entry.key for each in before):
                if f"idx({known.family}," == mark:
                    continue  # the variable is an inverse itself, and free to vary
                found[known.family] = known
                marks.append(f"idx({known.family},")
    return found


def _of_inverse(ctx: Context, known: Inverse, atom: Atom, of_form: dispatch.Derivation) -> Form:
    """∂G_ij = −Σ_rc G_ir ∂A_rc G_cj"""
    *leading, i, j = atom.args[1]
    names = [ctx.fresh(f"s:{letter}", (ONE, known.size)) for letter in "rc"]
    row, column = map(ctx.index, names)
    entry = known.matrix_at(ctx, tuple(leading), row, column)
    if entry is None:
        raise OutsideTheories("the derivative of an inverse")
    known.trust(ctx)
    around = ctx.member(known.family, (*leading, i, row)) * ctx.member(known.family, (*leading, column, j))
    return -sum_over(ctx, dict.fromkeys(names, (ONE, known.size)), around * of_form(entry))


def _integrated_out(ctx: Context, form: Form, variable: Atom) -> bool:
    """The name is the observed value of a random variable of which no probability in the form speaks."""
    for each in ctx.givens.model.variables if ctx.givens.model is not None else ():
        label = each.value.label if isinstance(each.value, IndexedBase) else each.value
        if variable.args[0] in (ctx.name("s", label), ctx.name("f", label)):
            return f"[variable ,{each.variable.name}," not in form.key
    return False


def _same_member(ctx: Context, atom: Atom, variable: Atom, mark: str) -> Form:
    if len(atom.args[1]) != len(variable.args[1]):
        return ZERO
    if any(mark in index.key for index in atom.args[1]):
        raise OutsideTheories("a derivative by what an index depends on")
    straight = _same_indices(ctx, atom.args[1], variable.args[1])
    if atom.args[0] not in ctx.symmetric or len(atom.args[1]) < 2:
        return straight
    # S_ij and S_ji are one variable: [(a, b) = (i, j)] + [(a, b) = (j, i)], which on the diagonal is one of them
    *leading, i, j = variable.args[1]
    crossed = _same_indices(ctx, atom.args[1], (*leading, j, i))
    return straight + crossed - straight * dispatch.rebuild(ctx, "eq", (i, j))


def _same_indices(ctx: Context, one: tuple[Form, ...], other: tuple[Form, ...]) -> Form:
    return product(dispatch.rebuild(ctx, "eq", pair) for pair in zip(one, other, strict=True))
