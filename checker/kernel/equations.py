"""Consequences: what equations that hold at the point entail.

    h = p·t + q = 0, p ≠ 0, t in neither p nor q      t may be replaced by −q/p everywhere (for a family: at every
                                                      index of its set, where the hypothesis has a free index)
    h_j = 0 for every j in S                          Σ_{j∈S} h_j = 0
    a = b, both positive                              log a = log b;  log a = b gives a = exp b
    f · g = 0, f ≠ 0                                  g = 0;  otherwise a case for each factor
    c = u·g                                           c = 0 wherever g = 0 and u is defined

A certificate is the list of these steps; each is checked as it is taken, so that any order of trying them is safe.
What is divided by is non-zero by the givens, by the hypotheses (they are defined, so their denominators do not
vanish), or is a denominator of the conclusion.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction

from sympy import Basic

from checker.kernel import dispatch
from checker.kernel.context import FACTS, Context
from checker.kernel.field import denominators, divided, factored, inverse, over, reduced
from checker.kernel.form import ONE, Atom, Exponent, Form, Mono, combined, factors, mono_of, of, product
from checker.kernel.indices import is_member
from checker.kernel.positivity import index_matches, nonzero, positive
from checker.kernel.sums import Variables, opened, sum_over
from checker.kernel.zero import is_zero

Label = str | tuple[str, Basic]
"""Where an equation comes from: words, or a kind and the relation as it was written."""

MAX_DEPTH = 5
MAX_TRIES = 400


@dataclass(frozen=True)
class Equation:
    """form = 0, for every value of the free index symbols; only for the one that is meant, where it is `pointwise`."""

    form: Form
    label: Label = ""
    pointwise: bool = False

    def general(self, ctx: Context) -> bool:
        """The equation may be used at other values of its index symbols."""
        return not self.pointwise and bool(self.form.free & ctx.free_indices)


@dataclass
class Search:
    """What may be divided by, how many tries are left, and what was used."""

    ctx: Context
    nonvanishing: list[Form] = field(default_factory=list)
    tries: int = MAX_TRIES
    used: list[Label] = field(default_factory=list)

    def may_divide(self, form: Form) -> bool:
        """The form does not vanish: by the givens, or because it stands in a denominator."""
        if nonzero(form):
            return True
        if not form or not self.nonvanishing:
            return False
        _, mono, parts = factored(form)
        known = {factor.key for below in self.nonvanishing for factor in _irreducible(below)}
        atoms = all(a.nonzero or nonzero(of(a)) or of(a).key in known for a, e in mono)
        return atoms and all(nonzero(p) or p.key in known for p, _ in parts)


def _irreducible(form: Form) -> list[Form]:
    _, mono, parts = factored(form)
    return [of(a) for a, _ in mono] + [p for p, _ in parts]


def entails(search: Search, known: list[Equation], goal: Form, depth: int = MAX_DEPTH) -> bool:
    """Whether goal = 0 wherever all the known equations hold and the goal is defined."""
    if is_zero(goal):
        return True
    search.tries -= 1
    if search.tries < 0:
        return False
    known = [replace(e, form=_numerator(e.form)) for e in known]
    known = [_radical(search, e) for e in known if e.form]
    if not all(search.may_divide(below) for below in _below(goal)):
        return False
    goal = _numerator(goal)
    if not goal:
        return True
    for equation in known:
        remaining = unknown_factors(search, equation.form)
        if not remaining:
            return False
        if all(_divides(factor, goal) for factor in remaining):
            search.used.append(equation.label)
            return True
    if depth == 0:
        return False
    for equation in known:
        remaining = unknown_factors(search, equation.form)
        general = equation.general(search.ctx)
        if 1 < len(remaining) <= 4 or general and product(remaining) != equation.form and len(remaining) == 1:
            rest = [e for e in known if e is not equation]
            search.used.append(equation.label)
            cases = [Equation(f, equation.label, pointwise=general or equation.pointwise) for f in remaining]
            if all(_case(search, [*rest, case], goal, depth - 1) for case in cases):
                return True
            search.used.pop()
    for equation, rule in _rules(search, known, goal):
        tied = equation.pointwise or not rule.general and bool(equation.form.free & search.ctx.free_indices)
        rest = [_applied(rule, e, tied) for e in known if e is not equation]
        used, conditions = len(search.used), dict(search.ctx.conditions)
        if entails(search, [e for e in rest if e.form], rule.apply(goal), depth - 1):
            search.used.append(equation.label)
            return True
        del search.used[used:]
        search.ctx.conditions = conditions
    for equation in list(known):
        for more in _consequences(search, equation, goal):
            if any(more.equation.form == e.form for e in known):
                continue
            used, conditions = len(search.used), dict(search.ctx.conditions)
            rest = [e for e in known if e is not equation]
            if _case(search, [*rest, more.equation], goal, depth - 1, more.positive):
                return True
            del search.used[used:]
            search.ctx.conditions = conditions
    return False


def _case(search: Search, known: list[Equation], goal: Form, depth: int, positive: Form | None = None) -> bool:
    """As `entails`; what is learnt to be positive in this case is forgotten after it."""
    positives, nonvanishing = len(search.ctx.positives), len(search.nonvanishing)
    if positive is not None:
        search.ctx.assumed = True
        search.ctx.positives.append(positive)
        search.nonvanishing.append(positive)
    try:
        return entails(search, known, goal, depth)
    finally:
        del search.ctx.positives[positives:]
        del search.nonvanishing[nonvanishing:]


def _applied(rule: Rule, equation: Equation, tied: bool) -> Equation:
    """The equation after a rule; it holds at one place only if the rule does."""
    form = rule.apply(equation.form)
    return replace(equation, form=form, pointwise=equation.pointwise or tied and form != equation.form)


def _below(form: Form) -> list[Form]:
    """What the form is divided by: it may have been divided by a law, and not by the author."""
    powers = [(a, e) for mono in reduced(form).terms for a, e in mono if e < 0]
    return [a.args[0] if a.head == "poly" else of(a) for a, _ in powers]


def _numerator(form: Form) -> Form:
    """The form times its denominators."""
    low = reduced(form)
    above = over(low, denominators(low))
    below: dict[Atom, Exponent] = {}
    for mono in above.terms:
        for atom, exponent in mono:
            if exponent < 0:
                below[atom] = min(below.get(atom, 0), exponent)
    return above * Form({mono_of({a: -e for a, e in below.items()}): ONE.number}) if below else above


def _radical(search: Search, equation: Equation) -> Equation:
    """The equation without the factors that do not vanish, and each of the others once."""
    remaining = unknown_factors(search, equation.form, anywhere=equation.general(search.ctx))
    return replace(equation, form=product(remaining)) if remaining else equation


def unknown_factors(search: Search, form: Form, *, anywhere: bool = False) -> list[Form]:
    """The irreducible factors that may vanish; the equation says that one of them does.

    `anywhere`: also at other values of the index symbols, where only the givens tell that a factor does not vanish.
    """

    def vanishes(form: Form) -> bool:
        return not (nonzero(form) if anywhere else search.may_divide(form))

    _, mono, parts = factors(form)
    found = [of(a) for a, e in mono if not a.nonzero and vanishes(of(a))]
    return found + [p for p, _ in parts if vanishes(p)]


def _divides(factor: Form, goal: Form) -> bool:
    """goal = u · factor; over common roots, so that x² − a is divided by x − √a."""
    lone = factor.lone_atom
    if lone is not None:
        return all(any(a == lone and e > 0 for a, e in mono) for mono in goal.terms)
    return divided(goal, factor) is not None


# --- substitution ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Rule:
    """target = value; for a family with free index symbols, at every value of these in their sets."""

    ctx: Context
    target: Atom
    value: Form
    places: tuple[str, ...]
    general: bool = False

    def apply(self, form: Form) -> Form:
        if self.target.head == "sum" and len(self.target.args[0]) == 1 and "sum(" in form.key:
            return self._apply_inside_sums(form)
        return dispatch.rewrite(form, self._replacement) if _mark(self.target) in form.key else form

    def _apply_inside_sums(self, form: Form) -> Form:
        """Σ_k g(k, n) = v(n) also where the sum over k stands inside another: Σ_n Σ_k g(k, n) f(n) = Σ_n v(n) f(n)."""
        self.ctx.sum_facts.append(self._inner_sum)
        try:
            return dispatch.rewrite(form, self._replacement)
        finally:
            self.ctx.sum_facts.pop()

    def _inner_sum(self, ctx: Context, variables: Variables, mono: Mono) -> Form | None:
        ((own, (low, high)),) = (inner := opened(ctx, self.target))[0].items()
        for name, bounds in variables.items():
            mine = tuple(p for p in mono if name in p[0].free)
            if (low, high) != bounds or any(name in b.free for v in variables.values() for b in v):
                continue
            pattern = dispatch.substitute(inner[1], {own: ctx.index(name)})
            for mapping in ({}, *(index_matches(ctx, pattern, combined(mine)) if self.general else ())):
                if dispatch.substitute(pattern, mapping) == combined(mine) and self._in_sets(mapping):
                    rest = combined(tuple(p for p in mono if p not in mine))
                    value = dispatch.substitute(self.value, mapping)
                    return sum_over(ctx, {n: b for n, b in variables.items() if n != name}, rest * value)
        return None

    def _in_sets(self, mapping: dict[str, Form]) -> bool:
        """Every index that is put in for a free one of the hypothesis lies in its set."""
        return all(
            index == self.ctx.index(place)
            or place in self.ctx.free_indices
            and is_member(self.ctx, index, self.ctx.ranges[place]) is True
            for place, index in mapping.items()
        )

    def _replacement(self, atom: Atom) -> Form | None:
        if atom.head != self.target.head:
            return None
        if not self.places:
            return self.value if atom == self.target else None
        if atom.args[0] != self.target.args[0] or len(atom.args[1]) != len(self.target.args[1]):
            return None
        mapping: dict[str, Form] = {}
        for want, have in zip(self.target.args[1], atom.args[1], strict=True):
            lone = want.lone_atom
            if lone is not None and lone.head == "sym" and lone.args[0] in self.places:
                if mapping.setdefault(lone.args[0], have) != have:
                    return None
            elif want != have:
                return None
        return dispatch.substitute(self.value, mapping) if self._in_sets(mapping) else None


def _rules(search: Search, known: list[Equation], goal: Form) -> Iterator[tuple[Equation, Rule]]:
    """Every way to solve a known equation for an atom in it, those that the goal mentions first."""
    found = []
    for equation in known:
        for atom in _linear_atoms(equation.form):
            rule = _solved(search, equation, atom)
            if rule is not None:
                found.append((_usefulness(atom, goal), equation, rule))
    found.sort(key=lambda item: item[0])
    for _, equation, rule in found:
        yield equation, rule


def _mark(atom: Atom) -> str:
    """What stands in the key of every form that mentions the atom, or another member of its family."""
    return f"idx({atom.args[0]}," if atom.head == "idx" else atom.key


def _usefulness(atom: Atom, goal: Form) -> tuple[int, int, str]:
    return (0 if _mark(atom) in goal.key else 1, {"sum": 1, "idx": 0, "sym": 0}.get(atom.head, 2), atom.key)


def _linear_atoms(form: Form) -> list[Atom]:
    """Atoms with exponent one, wherever they occur in the form, and inside no other atom."""
    found = []
    for atom in sorted(form.atoms(), key=lambda a: a.key):
        if atom.head not in ("sym", "idx", "sum", "cell", "log", "exp", "poly"):
            continue
        exponents = [e for mono in form.terms for a, e in mono if a == atom]
        others = [a for a in form.atoms() if a != atom]
        if all(e == 1 for e in exponents) and not any(_mark(atom) in a.key for a in others):
            found.append(atom)
    return found


def _solved(search: Search, equation: Equation, atom: Atom) -> Rule | None:
    """The equation solved for an atom: at every value of its index symbols, if the slope vanishes for none."""
    slope, rest = _split(equation.form, atom)
    if not search.may_divide(slope):
        return None
    value = -rest * inverse(slope)
    places: tuple[str, ...] = ()
    ctx = search.ctx
    general = equation.general(ctx) and nonzero(slope)
    if atom.head == "idx" and general:
        lone = [index.lone_atom for index in atom.args[1]]
        names = [a.args[0] for a in lone if a is not None and a.head == "sym" and a.args[0] in ctx.free_indices]
        if len(set(names)) == len(names):
            places = tuple(names)
        outside = (value.free & ctx.free_indices) - set(places)
        if outside:
            places = ()
    return Rule(ctx, atom, value, places, general)


def positive_given(search: Search, known: list[Equation], form: Form) -> bool:
    """The form is positive once one known equation, solved for an atom, is put in."""
    return any(positive(reduced(rule.apply(form))) for _, rule in _rules(search, known, form))


# --- named operations ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Learnt:
    """A new equation, and what it shows to be positive."""

    equation: Equation
    positive: Form | None = None


def _consequences(search: Search, equation: Equation, goal: Form) -> Iterator[Learnt]:
    ctx = search.ctx
    form = equation.form
    for name in sorted(form.free & ctx.free_indices):
        if name in goal.free or equation.pointwise:
            continue
        summed = sum_over(ctx, *_opened(ctx, name, form))
        yield Learnt(replace(equation, form=summed))
    yield from _exponentials(search, equation)
    yield from _logarithms(search, equation, goal)
    yield from _roots(search, equation, goal)


def _opened(ctx: Context, name: str, form: Form) -> tuple[dict[str, tuple[Form, Form]], Form]:
    bounds = ctx.ranges[name]
    new = ctx.fresh(name, bounds)
    return {new: bounds}, dispatch.substitute(form, {name: ctx.index(new)})


def _exponentials(search: Search, equation: Equation) -> Iterator[Learnt]:
    """c·log a + b = 0 gives a = exp(−b/c): the line is real and defined, so a > 0."""
    logs = [a for a in equation.form.atoms() if a.head == "log"]
    for log in logs[:3]:
        single = [(m, c) for m, c in equation.form if any(a == log for a, _ in m)]
        if len(single) == 1 and len(single[0][0]) == 1 and single[0][0][0][1] == 1:
            rest = equation.form - Form(dict(single))
            scaled = rest.scale(-1 / single[0][1])
            if positive(log.args[0]) or log.real:
                exponential = dispatch.BUILDERS["exp"](search.ctx, (scaled,))
                yield Learnt(replace(equation, form=log.args[0] - exponential))
    if len(logs) > 1:
        collected = [(m, c) for m, c in equation.form if len(m) == 1 and m[0][0].head == "log" and m[0][1] == 1]
        if collected and all(m[0][0].real for m, _ in collected):
            inside = Form(dict(collected))
            rest = equation.form - inside
            both = [dispatch.BUILDERS["exp"](search.ctx, (side,)) for side in (inside, -rest)]
            gap = both[0] - both[1]
            yield Learnt(replace(equation, form=gap))


def _logarithms(search: Search, equation: Equation, goal: Form) -> Iterator[Learnt]:
    """a = b with both sides positive gives log a = log b."""
    if not any(a.head == "exp" for a in equation.form.atoms()) and "log(" not in goal.key:
        return
    above = Form({m: c for m, c in equation.form if c > 0})
    below = -Form({m: c for m, c in equation.form if c < 0})
    if above and below and positive(above) and positive(below):
        log = dispatch.BUILDERS["log"]
        yield Learnt(replace(equation, form=log(search.ctx, (above,)) - log(search.ctx, (below,))))


def _roots(search: Search, equation: Equation, goal: Form) -> Iterator[Learnt]:
    """a t² = b with t positive and a ≠ 0 gives t = √(b/a), which is positive; and so for other powers.

    An odd power is one to one on the reals, so that t³ = b³ gives t = b for any real t and b.
    """
    if equation.pointwise:
        return
    yield from _odd_roots(search, equation)
    for atom in sorted(equation.form.atoms(), key=lambda a: a.key):
        if atom.head not in ("sym", "idx", "sum", "exp") or not atom.positive:
            continue
        powers = {e for m in equation.form.terms for a, e in m if a == atom}
        if len(powers) != 1 or next(iter(powers)) == 1:
            continue
        slope, rest = _split(equation.form, atom)
        if not nonzero(slope) or any(atom.key in a.key for a in (slope.atoms() | rest.atoms())):
            continue
        value = -rest * inverse(slope)
        search.ctx.positives.append(value)
        try:
            rooted = dispatch.power(search.ctx, value, 1 / Fraction(next(iter(powers))))
        finally:
            search.ctx.positives.pop()
        yield Learnt(replace(equation, form=of(atom) - rooted), value)


def _odd_roots(search: Search, equation: Equation) -> Iterator[Learnt]:
    for atom in sorted(equation.form.atoms(), key=lambda a: a.key):
        powers = {e for m in equation.form.terms for a, e in m if a == atom}
        exponent = next(iter(powers))
        if not atom.real or len(powers) != 1 or not isinstance(exponent, int) or exponent % 2 == 0 or exponent < 3:
            continue
        slope, rest = _split(equation.form, atom)
        value = reduced(-rest * inverse(slope)).single if nonzero(slope) else None
        if value is None:
            continue
        if positive(Form(dict([value]))):
            rooted = dispatch.power(search.ctx, Form(dict([value])), Fraction(1, exponent))
            yield Learnt(replace(equation, form=of(atom) - rooted))
            continue
        if not all(a.real and isinstance(e, int) and e % exponent == 0 for a, e in value[0]):
            continue
        c, whole = value[1], Fraction(1, exponent)
        size = dispatch.power(search.ctx, ONE.scale(abs(c)), whole)
        base = combined(tuple((a, e // exponent) for a, e in value[0]))
        yield Learnt(replace(equation, form=of(atom) - base * (size if c > 0 else -size)))


def _split(form: Form, atom: Atom) -> tuple[Form, Form]:
    """(p, q) with form = p · atom^e + q, for an atom that occurs with one exponent."""
    slope = {tuple(p for p in m if p[0] != atom): c for m, c in form if any(a == atom for a, _ in m)}
    return Form(slope), Form({m: c for m, c in form if not any(a == atom for a, _ in m)})


def mark_used(ctx: Context, search: Search) -> None:
    """Record the facts and hypotheses that the proof rests on."""
    for label in search.used:
        if label:
            ctx.trusts[label] = None
    if search.used:
        ctx.use(FACTS)
