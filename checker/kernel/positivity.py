"""Signs of forms, from the signs of their atoms and from the given inequalities.

    products and powers of positives are positive; even powers of reals are non-negative
    a sum of non-negatives with one positive among them is positive
    a form is positive where it is a given positive form, up to non-negative terms and positive factors

A given inequality with free index symbols holds at every member of their sets, those that other families take too.
False means "not known", never "negative".
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.kernel import dispatch
from checker.kernel.context import POSITIVITY, Context, current
from checker.kernel.form import Atom, Form, Mono, content, factors, of
from checker.kernel.indices import is_member, mono_sign

MAX_MATCHES = 24


def positive(form: Form) -> bool:
    """Known to be > 0 wherever the givens allow and it is defined."""
    return _sign(form, strict=True)


def nonnegative(form: Form) -> bool:
    """Known to be >= 0."""
    return not form or _sign(form, strict=False)


def real(form: Form) -> bool:
    """Known to be real."""
    return all(atom.real for atom in form.atoms())


def nonzero(form: Form) -> bool:
    """Known not to vanish: signed, or a product of what does not vanish."""
    single = form.single
    if single is not None:
        return all(atom.nonzero or known_nonzero(atom) for atom, _ in single[0])
    if not form:
        return False
    if positive(form) or positive(-form):
        return True
    if _given_nonzero(form):
        return True
    _, mono, parts = factors(form)
    if len(parts) == 1 and parts[0][1] == 1 and not mono:
        return False
    return all(a.nonzero or known_nonzero(a) for a, _ in mono) and all(nonzero(factor) for factor, _ in parts)


def known_nonzero(atom: Atom) -> bool:
    return _given_nonzero(of(atom)) or any(
        atom in given.atoms() and (positive(of(atom)) or positive(-of(atom))) for given in current().positives
    )


def integer(form: Form) -> bool:
    """Known to take integer values."""
    return all(c.q == 1 and all(atom.integer and isinstance(e, int) and e > 0 for atom, e in mono) for mono, c in form)


def _sign(form: Form, *, strict: bool) -> bool:
    if form.is_number:
        return form.number > 0 if strict else form.number >= 0
    if _terms_sign(form, strict=strict):
        return True
    ctx = current()
    if not ctx.allows(POSITIVITY) or len(form) > 40:
        return False
    if _by_givens(ctx, form, strict=strict):
        return True
    c, mono, parts = factors(form)
    if len(parts) == 1 and parts[0][1] == 1 and not mono:
        return False
    return _product_sign(c > 0, mono, parts, strict=strict)


def _product_sign(sign: bool, mono: Mono, parts: list[tuple[Form, int]], *, strict: bool) -> bool:
    for atom, exponent in mono:
        single = ((atom, exponent),)
        known = mono_sign(single)
        if known[0] or known[1] and not strict:
            continue
        if _by_givens(current(), of(atom), strict=strict):
            continue
        if isinstance(exponent, int) and _by_givens(current(), -of(atom), strict=strict):
            sign ^= exponent % 2 == 1
            continue
        return False
    for factor, multiplicity in parts:
        if positive(factor) or not strict and nonnegative(factor):
            continue
        if positive(-factor) or not strict and nonnegative(-factor):
            sign ^= multiplicity % 2 == 1
        elif not (multiplicity % 2 == 0 and real(factor) and (nonzero(factor) or not strict)):
            return False
    return sign


def _terms_sign(form: Form, *, strict: bool) -> bool:
    found = False
    for mono, c in form:
        if c < 0:
            return False
        is_positive, is_nonnegative = mono_sign(mono)
        if not is_nonnegative:
            return False
        found = found or is_positive
    return found or not strict


def _by_givens(ctx: Context, form: Form, *, strict: bool) -> bool:
    for given, given_strict in instances(ctx, form):
        for mono, c in given:
            have = form.terms.get(mono)
            if have is None or have / c <= 0:
                continue
            rest = form - given.scale(have / c)
            if not rest:
                if given_strict or not strict:
                    return True
            elif _terms_sign(rest, strict=False) and (given_strict or not strict or _terms_sign(rest, strict=True)):
                return True
    return False


def _given_nonzero(form: Form) -> bool:
    ctx = current()
    unit = content(form)
    wanted = form.scale(1 / unit)
    return any(given.scale(1 / content(given)) == wanted for given in _matched(ctx, ctx.nonzeros, form))


def instances(ctx: Context, form: Form) -> Iterator[tuple[Form, bool]]:
    """The given inequalities, at the indices that occur in `form`, each with whether it is strict."""
    for given in _matched(ctx, ctx.positives, form):
        yield given, True
    for given in _matched(ctx, ctx.nonnegatives, form):
        yield given, False


def _matched(ctx: Context, givens: list[Form], form: Form) -> Iterator[Form]:
    for given in givens:
        yield given
        for mapping in index_matches(ctx, given, form):
            if holds_at(ctx, given.free, mapping):
                yield dispatch.substitute(given, mapping)


def holds_at(ctx: Context, names: frozenset[str], mapping: dict[str, Form]) -> bool:
    """What holds for all values of the index symbols among these names holds where these are put in."""
    for name in names & ctx.free_indices:
        bounds = ctx.ranges[name]
        if name in mapping or any(bound.free & mapping.keys() for bound in bounds):
            lower, upper = (dispatch.substitute(bound, mapping) for bound in bounds)
            index = mapping.get(name, ctx.index(name))
            if is_member(ctx, index, (lower, upper)) is not True:
                return False
    return mapping.keys() <= ctx.free_indices


def index_matches(ctx: Context, pattern: Form, form: Form) -> Iterator[dict[str, Form]]:
    """Values of the pattern's index symbols that carry its family members to some that occur in `form`."""
    free = pattern.free & ctx.free_indices
    if not free:
        return
    found: dict[str, dict[str, Form]] = {}
    theirs = sorted((atom for atom in form.atoms() if atom.head == "idx"), key=lambda a: a.key)
    for mine in sorted((atom for atom in pattern.atoms() if atom.head == "idx"), key=lambda a: a.key):
        carried = [mapping for atom in theirs if (mapping := _carried(mine, atom, free))]
        joint = [{**before, **new} for before in found.values() for new in carried if _agree(before, new)]
        for mapping in [*carried, *joint][:MAX_MATCHES]:
            found.setdefault(str(sorted((name, index.key) for name, index in mapping.items())), mapping)
    yield from found.values()


def _carried(mine: Atom, other: Atom, free: frozenset[str]) -> dict[str, Form] | None:
    """The values of index symbols that make one member of a family the other."""
    if other.args[0] != mine.args[0] or len(other.args[1]) != len(mine.args[1]):
        return None
    mapping: dict[str, Form] = {}
    for want, have in zip(mine.args[1], other.args[1], strict=True):
        atom = want.lone_atom
        if atom is not None and atom.head == "sym" and atom.args[0] in free:
            if mapping.setdefault(atom.args[0], have) != have:
                return None
        elif want != have:
            return None
    return mapping


def _agree(one: dict[str, Form], other: dict[str, Form]) -> bool:
    return all(one[name] == other[name] for name in one.keys() & other.keys())
