"""Whether a form is zero: one common denominator, inside sums over one range too.

True means zero wherever everything is defined; False means not known to be.
"""

from __future__ import annotations

from checker.kernel.binding import opened, sum_atom
from checker.kernel.context import Context, current
from checker.kernel.dispatch import substitute
from checker.kernel.field import denominators, over, reduced
from checker.kernel.form import ONE, Atom, Form, Mono, combined, mono_of, of, product, total
from checker.kernel.indices import always_at_least


def is_zero(form: Form) -> bool:
    if not form:
        return True
    low = reduced(form)
    if not low:
        return True
    ctx = current()
    with ctx.quiet():
        aligned = _aligned(ctx, low)
    return aligned is not None and not reduced(aligned)


def _aligned(ctx: Context, form: Form) -> Form | None:
    """The form with all sums over one range written over one denominator; None where no sum has a denominator."""
    sums = sorted({a for a in form.atoms() if a.head == "sum" and len(a.args[0]) == 1}, key=lambda a: a.key)
    groups: dict[tuple[str, str], list[Atom]] = {}
    for atom in sums:
        _, lower, upper = atom.args[0][0]
        groups.setdefault((lower.key, upper.key), []).append(atom)
    written: dict[Atom, Form] = {}
    for atoms in groups.values():
        if any(denominators(atom.args[1]) for atom in atoms):
            written.update(_over_one(ctx, atoms))
    if not written:
        return None
    parts = []
    for mono, c in form:
        factors = [written[a] ** int(e) if a in written and _natural(e) else of(a, e) for a, e in mono]
        parts.append(product(factors).scale(c))
    return total(parts)


def _natural(exponent: object) -> bool:
    return isinstance(exponent, int) and exponent > 0


def _over_one(ctx: Context, atoms: list[Atom]) -> dict[Atom, Form]:
    """Sums over one range, and its size, which is the sum of ones, over one denominator."""
    bodies: list[Form] = []
    name = ""
    bounds: tuple[Form, Form] | None = None
    for atom in atoms:
        variables, body = opened(ctx, atom)
        ((own, own_bounds),) = variables.items()
        if bounds is None:
            name, bounds = own, own_bounds
        elif own != name:
            body = substitute(body, {own: ctx.index(name)})
        bodies.append(body)
    if bounds is None:
        return {}
    below: dict[Atom, int] = {}
    for body in bodies:
        for p, k in denominators(body).items():
            if name in p.free:
                below[p] = max(below.get(p, 0), k)
    divisor = mono_of({p: -k for p, k in below.items()})
    size = (bounds[1] - bounds[0] + ONE).lone_atom
    if size is not None and always_at_least(ctx, of(size), 0):
        atoms, bodies = [*atoms, size], [*bodies, ONE]
    return {
        atom: total(_raw(ctx, name, bounds, mono, divisor).scale(c) for mono, c in over(body, below))
        for atom, body in zip(atoms, bodies, strict=True)
    }


def _raw(ctx: Context, name: str, bounds: tuple[Form, Form], mono: Mono, divisor: Mono) -> Form:
    """Σ mono/divisor as an atom, not reduced: its numerator may cancel only together with the others."""
    outer = combined(tuple(p for p in mono if name not in p[0].free))
    inner = dict(p for p in mono if name in p[0].free)
    inner.update(divisor)
    return outer * of(sum_atom(ctx, {name: bounds}, mono_of(inner)))
