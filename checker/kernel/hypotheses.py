"""Equations that hold at the point, what may be divided by, and equations solved for an atom.

h = p·t + q = 0, p ≠ 0, t in neither p nor q      t = −q/p, for a family at every index of its set where h is general
p·t^e + q = 0, e an integer above 1               t^e = −q/p, put in where t occurs in powers of t^e alone
Σ_k g(k, n) = v(n)                                Σ_n Σ_k g(k, n) f(n) = Σ_n v(n) f(n)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import permutations

from flint import fmpq
from sympy import Basic

from checker.kernel import dispatch
from checker.kernel.binding import Variables, opened
from checker.kernel.context import Context, is_bound
from checker.kernel.field import denominators, factored, inverse, over, reduced
from checker.kernel.form import ONE, Atom, Exponent, Form, Mono, combined, factors, mono_of, of
from checker.kernel.indices import sure_to_differ
from checker.kernel.positivity import holds_at, nonzero
from checker.kernel.sums import sum_over

Label = str | tuple[str, Basic]
"""Where an equation comes from: words, or a kind and the relation as it was written."""

MAX_TRIES = 200
MAX_SUMMED = 3
MAX_MATCHED = 6
TERMS_OF_A_TRY = 12
STEPS_OF_A_TRY = 40


@dataclass(frozen=True)
class Equation:
    """form = 0, for every value of the free index symbols; only for the one that is meant, where it is `pointwise`.

    basis: the labels of the equations that were put into it.
    """

    form: Form
    label: Label = ""
    pointwise: bool = False
    basis: frozenset[Label] = frozenset()

    def general(self, ctx: Context) -> bool:
        """The equation may be used at other values of its index symbols."""
        return not self.pointwise and bool(self.form.free & ctx.free_indices)

    def tied(self, ctx: Context) -> bool:
        """The equation speaks of index symbols, and only of their values at the point."""
        return self.pointwise and bool(self.form.free & ctx.free_indices)

    @property
    def labels(self) -> frozenset[Label]:
        return self.basis | {self.label}


@dataclass
class Search:
    """What may be divided by, how much work is left, and what was used."""

    ctx: Context
    nonvanishing: list[Form] = field(default_factory=list)
    work: float = MAX_TRIES
    used: dict[Label, None] = field(default_factory=dict)
    failed: dict[str, int] = field(default_factory=dict)
    cut: bool = False
    rewritten: bool = False
    names: dict[Form, frozenset[str]] = field(default_factory=dict)
    _steps: int = 0
    _parts: dict[Form, tuple[fmpq, Mono, list[tuple[Form, int]]]] = field(default_factory=dict)
    _low: dict[Form, tuple[Form, list[Form]]] = field(default_factory=dict)
    _signed: dict[tuple[Form, str], bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._steps = self.ctx.steps

    def spend(self, terms: int) -> bool:
        """Count work, in units of a small try, with the steps of rewriting since last time; whether enough was left."""
        steps, self._steps = self.ctx.steps - self._steps, self.ctx.steps
        self.work -= 1 + terms / TERMS_OF_A_TRY + steps / STEPS_OF_A_TRY
        return self.work >= 0

    def may_divide(self, form: Form) -> bool:
        """The form does not vanish: by the givens, or because it stands in a denominator."""
        if self.nonzero(form):
            return True
        if not form or not self.nonvanishing:
            return False
        _, mono, parts = self.factored(form)
        known = {factor.key for below in self.nonvanishing for factor in self._irreducible(below)}
        atoms = all(a.nonzero or self.nonzero(of(a)) or of(a).key in known or self._is_power(a) for a, e in mono)
        return atoms and all(self.nonzero(p) or p.key in known for p, _ in parts)

    def _is_power(self, atom: Atom) -> bool:
        """An exponential, as a^N, of logarithms of what does not vanish."""
        if atom.head != "exp":
            return False
        inside = [each for each in atom.args[0].atoms() if "log(" in each.key]
        return all(each.head == "log" and self.may_divide(each.args[0]) for each in inside)

    def nonzero(self, form: Form) -> bool:
        """The form does not vanish, by the givens and by what was learnt to be positive."""
        key = form, "|".join(known.key for signs in (self.ctx.positives, self.ctx.nonnegatives) for known in signs)
        known = self._signed.get(key)
        if known is None:
            known = self._signed[key] = nonzero(form)
        return known

    def _irreducible(self, form: Form) -> list[Form]:
        _, mono, parts = self.factored(form)
        return [of(a) for a, _ in mono] + [p for p, _ in parts]

    def factored(self, form: Form) -> tuple[fmpq, Mono, list[tuple[Form, int]]]:
        known = self._parts.get(form)
        if known is None:
            known = self._parts[form] = factored(form) if denominators(form) else factors(form)
        return known

    def numerator(self, form: Form) -> Form:
        """The form times its denominators."""
        return self._lowered(form)[0]

    def below(self, form: Form) -> list[Form]:
        """What the form is divided by: it may have been divided by a law, and not by the author."""
        return self._lowered(form)[1]

    def _lowered(self, form: Form) -> tuple[Form, list[Form]]:
        known = self._low.get(form)
        if known is None:
            known = self._low[form] = _lowered(form)
        return known

    def unknown_factors(self, form: Form, *, anywhere: bool = False) -> list[Form]:
        """The irreducible factors that may vanish; the equation says that one of them does.

        `anywhere`: also at other values of the index symbols, where only the givens tell that a factor does not vanish.
        """

        def vanishes(form: Form) -> bool:
            return not (self.nonzero(form) if anywhere else self.may_divide(form))

        _, mono, parts = self.factored(form)
        found = [of(a) for a, e in mono if not a.nonzero and vanishes(of(a))]
        return found + [p for p, _ in parts if vanishes(p)]


def _lowered(form: Form) -> tuple[Form, list[Form]]:
    low = reduced(form)
    divisors = {a: None for mono in low.terms for a, e in mono if e < 0}
    above = over(low, denominators(low))
    below: dict[Atom, Exponent] = {}
    for mono in above.terms:
        for atom, exponent in mono:
            if exponent < 0:
                below[atom] = min(below.get(atom, 0), exponent)
    above = above * Form({mono_of({a: -e for a, e in below.items()}): ONE.number}) if below else above
    return above, [a.args[0] if a.head == "poly" else of(a) for a in divisors]


# --- rules -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Rule:
    """target = value; for a family with free index symbols, at every value of these in their sets.

    step: where it is above 1, target^step = value, and the rule is for forms with no other powers of the target.
    """

    ctx: Context
    target: Atom
    value: Form
    places: tuple[str, ...]
    general: bool = False
    step: int = 1

    @property
    def key(self) -> str:
        return f"{self.target.key}^{self.step}={self.value.key}:{self.places}{self.general}"

    def apply(self, form: Form) -> Form:
        if self.target.head == "sum":
            families = {mark(atom) for atom in deep_atoms(of(self.target)) if atom.head == "idx"}
            inside = "sum(" in form.key and all(family in form.key for family in families)
            return self._apply_inside_sums(form) if inside else form
        if mark(self.target) not in form.key:
            return form
        if self.step == 1:
            return dispatch.rewrite(form, self._replacement)
        if not self._in_steps(form):
            return form
        # t = u^(1/step) and then u = value: of t there are powers t^(step·k) alone, so that no root stays
        rooted = dispatch.rewrite(form, lambda atom: None if self._found(atom) is None else self._rooted(atom))
        back = replace(self, target=self._power(self.target), step=1)
        return dispatch.rewrite(rooted, back._replacement)

    def _power(self, atom: Atom) -> Atom:
        """The step-th power of a member of the target's family, as an atom."""
        name = f"power:{self.step}:{atom.args[0]}"
        self.ctx.expressions.setdefault(name, self.ctx.expressions[atom.args[0]])
        flags = {"real": atom.real, "nonzero": atom.nonzero, "positive": atom.positive}
        return Atom(atom.head, (name, *atom.args[1:]), free=atom.free, **flags)

    def _rooted(self, atom: Atom) -> Form:
        return Form({((self._power(atom), Fraction(1, self.step)),): ONE.number})

    def leaves(self, form: Form) -> bool:
        """The form, after the rule, may still speak of the target: at other indices, or in other powers."""
        return mark(self.target) in form.key and any(self._may_meet(atom) for atom in deep_atoms(form))

    def _may_meet(self, atom: Atom) -> bool:
        if self.target.head != "idx":
            return atom == self.target
        if atom.head != "idx" or atom.args[0] != self.target.args[0] or len(atom.args[1]) != len(self.target.args[1]):
            return False
        pairs = zip(self.target.args[1], atom.args[1], strict=True)
        return not any(self._place(want) is None and sure_to_differ(self.ctx, want, have) for want, have in pairs)

    def _in_steps(self, form: Form) -> bool:
        """Whether the target occurs only in powers that are multiples of the step."""
        return all(isinstance(e, int) and e % self.step == 0 for atom, e in deep_powers(form) if self._may_meet(atom))

    def _replacement(self, atom: Atom) -> Form | None:
        mapping = self._found(atom)
        return None if mapping is None else dispatch.substitute(self.value, mapping)

    def _found(self, atom: Atom) -> dict[str, Form] | None:
        """Which indices are put in for the free ones of the target where the atom is a member that the rule is for."""
        if atom.head != self.target.head:
            return None
        if not self.places:
            return {} if atom == self.target else None
        if atom.args[0] != self.target.args[0] or len(atom.args[1]) != len(self.target.args[1]):
            return None
        mapping: dict[str, Form] = {}
        for want, have in zip(self.target.args[1], atom.args[1], strict=True):
            place = self._place(want)
            if place is None and want != have or place is not None and mapping.setdefault(place, have) != have:
                return None
        return mapping if self._in_sets(mapping) else None

    def _place(self, index: Form) -> str | None:
        lone = index.lone_atom
        return lone.args[0] if lone is not None and lone.head == "sym" and lone.args[0] in self.places else None

    def _in_sets(self, mapping: dict[str, Form]) -> bool:
        """Every index that is put in for a free one of the hypothesis lies in its set."""
        new = {name: index for name, index in mapping.items() if index != self.ctx.index(name)}
        return holds_at(self.ctx, self.target.free | self.value.free, new)

    # --- inside sums ---------------------------------------------------------------------------------------

    def _apply_inside_sums(self, form: Form) -> Form:
        """Σ_k g(k, n) = v(n) also where the sum over k is part of a larger one."""
        self.ctx.sum_facts.append(self._inner_sum)
        try:
            return dispatch.rewrite(form, self._replacement)
        finally:
            self.ctx.sum_facts.pop()

    def _inner_sum(self, ctx: Context, variables: Variables, mono: Mono) -> Form | None:
        """The sum with the part of it that is the target replaced, or None where no part is."""
        own, body = opened(ctx, self.target)
        if len(own) > min(len(variables), MAX_SUMMED):
            return None
        for names in permutations(variables, len(own)):
            named = {mine: ctx.index(name) for mine, name in zip(own, names, strict=True)}
            if not _same_ranges(own, named, variables, names):
                continue
            pattern = dispatch.substitute(body, named)
            part = tuple(p for p in mono if p[0].free & set(names))
            for mapping in self._matches(pattern, part):
                if any(index.free & set(names) for index in mapping.values()) or not self._in_sets(mapping):
                    continue
                if dispatch.substitute(pattern, mapping) == combined(part):
                    rest = combined(tuple(p for p in mono if p not in part))
                    value = dispatch.substitute(self.value, mapping)
                    return sum_over(ctx, {n: b for n, b in variables.items() if n not in names}, rest * value)
        return None

    def _matches(self, pattern: Form, part: Mono) -> Iterator[dict[str, Form]]:
        """What may be put in for the free indices of the target so that it becomes the part of the sum."""
        single = pattern.single
        if single is None or len(single[0]) != len(part) or len(part) > MAX_MATCHED:
            return
        free = pattern.free & self.ctx.free_indices if self.general else frozenset()
        yield from _matched(single[0], part, free, {})


def _same_ranges(own: Variables, named: dict[str, Form], variables: Variables, names: tuple[str, ...]) -> bool:
    """Whether the indices of a pattern range over what those of a larger sum do, and no other range depends on them."""
    ranges = [tuple(dispatch.substitute(bound, named) for bound in bounds) for bounds in own.values()]
    if ranges != [variables[name] for name in names]:
        return False
    return not any(bound.free & variables.keys() for bounds in variables.values() for bound in bounds)


def _matched(pattern: Mono, part: Mono, free: frozenset[str], mapping: dict[str, Form]) -> Iterator[dict[str, Form]]:
    if not pattern:
        yield mapping
        return
    (atom, exponent), rest = pattern[0], pattern[1:]
    for position, (other, power) in enumerate(part):
        if power != exponent:
            continue
        more = _unified(atom, other, free, mapping)
        if more is not None:
            yield from _matched(rest, part[:position] + part[position + 1 :], free, more)


def _unified(atom: Atom, other: Atom, free: frozenset[str], mapping: dict[str, Form]) -> dict[str, Form] | None:
    """The mapping, with what carries the indices of one member of a family to those of another."""
    if atom.head != "idx" or other.head != "idx":
        return mapping if atom.head == other.head else None
    if atom.args[0] != other.args[0] or len(atom.args[1]) != len(other.args[1]):
        return None
    found = dict(mapping)
    for want, have in zip(atom.args[1], other.args[1], strict=True):
        lone = want.lone_atom
        if lone is not None and lone.head == "sym" and lone.args[0] in free:
            if found.setdefault(lone.args[0], have) != have:
                return None
        elif want != have and not want.free & free:
            return None
    return found


# --- solving ---------------------------------------------------------------------------------------------------


def rules(search: Search, equation: Equation) -> Iterator[Rule]:
    """Every way to solve an equation for an atom in it that occurs linearly."""
    for atom in linear_atoms(equation.form):
        rule = _solved(search, equation, atom)
        if rule is not None:
            yield rule


def power_rules(search: Search, equation: Equation) -> Iterator[Rule]:
    """Every way to solve an equation for a power t^e, e > 1 an integer, of an atom that occurs in no other power."""
    for atom in sorted(equation.form.atoms(), key=lambda a: a.key):
        powers = {e for mono in equation.form.terms for a, e in mono if a == atom}
        step = next(iter(powers))
        if atom.head not in ("sym", "idx") or len(powers) != 1 or not isinstance(step, int) or step < 2:
            continue
        rule = _solved(search, equation, atom)
        if rule is not None:
            rule = replace(rule, step=step)
            if not rule.leaves(rule.value):
                yield rule


def mark(atom: Atom) -> str:
    """What stands in the key of every form that mentions the atom, or another member of its family."""
    return f"idx({atom.args[0]}," if atom.head == "idx" else atom.key


def linear_atoms(form: Form) -> list[Atom]:
    """Atoms with exponent one, wherever they occur in the form, and inside no other atom."""
    found = []
    atoms = sorted(form.atoms(), key=lambda a: a.key)
    for atom in atoms:
        if atom.head not in ("sym", "idx", "sum", "cell", "log", "exp", "poly"):
            continue
        exponents = [e for mono in form.terms for a, e in mono if a == atom]
        if all(e == 1 for e in exponents) and not any(_inside(atom, a) for a in atoms if a != atom):
            found.append(atom)
    return found


def _inside(atom: Atom, other: Atom) -> bool:
    """Whether the other atom mentions this one, or a member of its family that may be the same."""
    if mark(atom) not in other.key:
        return False
    return other.head != "idx" or other.args[0] != atom.args[0] or mark(atom) in str(other.args[1])


def _solved(search: Search, equation: Equation, atom: Atom) -> Rule | None:
    """The equation solved for an atom: at every value of its index symbols, if the slope vanishes for none."""
    slope, rest = split_off(equation.form, atom)
    if not search.may_divide(slope):
        return None
    value = -rest * inverse(slope)
    places: tuple[str, ...] = ()
    ctx = search.ctx
    general = equation.general(ctx) and search.nonzero(slope)
    if atom.head == "idx" and general:
        lone = [index.lone_atom for index in atom.args[1]]
        names = [a.args[0] for a in lone if a is not None and a.head == "sym" and a.args[0] in ctx.free_indices]
        if len(set(names)) == len(names):
            places = tuple(names)
        outside = (value.free & ctx.free_indices) - set(places)
        if outside:
            places = ()
    return Rule(ctx, atom, value, places, general)


def split_off(form: Form, atom: Atom) -> tuple[Form, Form]:
    """(p, q) with form = p · atom^e + q, for an atom that occurs with one exponent."""
    slope = {tuple(p for p in m if p[0] != atom): c for m, c in form if any(a == atom for a, _ in m)}
    return Form(slope), Form({m: c for m, c in form if not any(a == atom for a, _ in m)})


# --- what stands inside ----------------------------------------------------------------------------------------


def deep_powers(form: Form) -> Iterator[tuple[Atom, Exponent]]:
    """The atoms of a form with their exponents, and those inside them."""
    for mono in form.terms:
        for atom, exponent in mono:
            yield atom, exponent
            yield from _inner_powers(atom.args)


def _inner_powers(args: tuple[object, ...]) -> Iterator[tuple[Atom, Exponent]]:
    for arg in args:
        if isinstance(arg, Form):
            yield from deep_powers(arg)
        elif isinstance(arg, tuple):
            yield from _inner_powers(arg)


def deep_atoms(form: Form) -> Iterator[Atom]:
    return (atom for atom, _ in deep_powers(form))


def names_in(search: Search, form: Form) -> frozenset[str]:
    """The names that a form speaks of: symbols, families, unknown probabilities; index symbols are not told apart."""
    known = search.names.get(form)
    if known is None:
        known = search.names[form] = frozenset(_names(search.ctx, form))
    return known


def _names(ctx: Context, form: Form) -> Iterator[str]:
    for atom in deep_atoms(form):
        if atom.head == "idx":
            yield mark(atom)
        elif atom.head == "sym":
            if not is_bound(atom.args[0]) and atom.args[0] not in ctx.free_indices:
                yield atom.key
        elif atom.head not in ("sum", "log", "exp", "poly"):
            yield atom.key
