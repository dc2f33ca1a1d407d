"""Consequences: what equations that hold at the point entail.

    h solved for t, t nowhere else                    the same without t: nothing is lost, and no other order is tried
    f · g = 0, f ≠ 0                                  g = 0;  otherwise a case for each factor
    c = u·g                                           c = 0 wherever g = 0 and u is defined

A certificate is the list of these steps, with those of `hypotheses` and `operations`; each is checked as it is taken,
so that any order of trying them is safe. What is divided by is non-zero by the givens, by the hypotheses (they are
defined, so their denominators do not vanish), or is a denominator of the conclusion.

First what loses nothing is done, in one order; what is left is searched, short certificates first, with a limit that
counts work, and no state twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from checker.kernel.context import FACTS, Context
from checker.kernel.field import divided, reduced
from checker.kernel.form import Form, of, product
from checker.kernel.hypotheses import Equation, Label, Rule, Search, deep_atoms, mark, names_in, power_rules, rules
from checker.kernel.operations import Learnt, consequences
from checker.kernel.positivity import nonnegative, positive
from checker.kernel.zero import is_zero

__all__ = ["Equation", "Label", "Search", "entails", "mark_used", "positive_given"]

DEPTHS = (1, 2, 3, 5)
MAX_CASES = 4
MAX_VALUE = 8
"""Terms of a value that is put in for an atom before anything is searched; longer ones are left to the search."""


@dataclass(frozen=True)
class State:
    """What is known, what is to be shown to be zero, and on what that rests.

    owed: what the goal was divided by, and is not yet known not to vanish. done: rules, for what is learnt later.
    """

    known: tuple[Equation, ...]
    goal: Form
    owed: tuple[Form, ...] = ()
    basis: frozenset[Label] = frozenset()
    done: tuple[tuple[Rule, Equation], ...] = ()

    @property
    def key(self) -> str:
        known = sorted(f"{e.form.key}{e.pointwise}" for e in self.known)
        return "|".join([*known, *(form.key for form in (self.goal, *self.owed)), *(rule.key for rule, _ in self.done)])

    @property
    def contracted(self) -> frozenset[str]:
        return frozenset(rule.target.key for rule, _ in self.done if rule.target.head == "sum")

    @property
    def size(self) -> int:
        return len(self.goal) + sum(map(len, self.owed)) + sum(len(e.form) for e in self.known)


def entails(search: Search, known: list[Equation], goal: Form) -> bool:
    """Whether goal = 0 wherever all the known equations hold and the goal is defined."""
    if is_zero(goal):
        return True
    work, search.rewritten = search.work / 2, False
    for longest in (MAX_VALUE, 0):
        search.work = work
        search.failed.clear()
        if _tried(search, State(tuple(known), goal), DEPTHS, longest):
            return True
        if not search.rewritten:
            break
    return False


def _tried(search: Search, state: State, depths: tuple[int, ...], longest: int, more: Form | None = None) -> bool:
    """As `_shown`, with one more form that is positive; what is learnt and used on the way to nothing is forgotten."""
    ctx = search.ctx
    signs, nonvanishing = [(known, len(known)) for known in (ctx.positives, ctx.nonnegatives)], search.nonvanishing
    conditions, used = dict(ctx.conditions), dict(search.used)
    found = False
    try:
        if more is not None:
            _learn_positive(search, more)
        found = _shown(search, state, depths, longest)
    finally:
        for known, count in signs:
            del known[count:]
        search.nonvanishing = nonvanishing
        if not found:
            ctx.conditions, search.used = conditions, used
    return found


def _shown(search: Search, state: State, depths: tuple[int, ...], longest: int) -> bool:
    """Whether the goal of the state is zero, by so many steps at most that may have to be taken back: each in turn."""
    tidied = _tidied(search, state)
    while tidied is not None:
        state = tidied
        if _closed(search, state):
            return True
        following = _eliminated(search, state, longest)
        if following is None:
            break
        tidied = _tidied(search, following)
    if tidied is None or not state.known or state.goal.is_number and state.goal:
        return False
    for depth in depths:
        search.cut = search.cut and len(depths) == 1
        if _searched(search, state, depth, longest):
            return True
        if search.work < 0 or not search.cut:
            break
    return False


def _searched(search: Search, state: State, depth: int, longest: int) -> bool:
    """As `_shown`, of a state in which nothing is left to be done that loses nothing."""
    if depth == 0:
        search.cut = True
        return False
    key = f"{state.key}|{[form.key for form in search.nonvanishing]}{len(search.ctx.positives)}"
    if search.failed.get(key, 0) >= depth or not search.spend(state.size):
        return False
    for way in (_by_cases, _by_rules, _by_operations):
        if way(search, state, depth - 1, longest):
            return True
        if search.work < 0:
            return False
    search.failed[key] = depth
    return False


def _closed(search: Search, state: State) -> bool:
    """Whether the goal is zero now, or a multiple of what one equation says is zero."""
    if state.owed:
        return False
    if is_zero(state.goal):
        search.used |= dict.fromkeys(state.basis)
        return True
    for equation in state.known:
        if all(_divides(factor, state.goal) for factor in search.unknown_factors(equation.form)):
            search.used |= dict.fromkeys(state.basis | equation.labels)
            return True
    return False


def _divides(factor: Form, goal: Form) -> bool:
    """goal = u · factor; over common roots, so that x² − a is divided by x − √a."""
    lone = factor.lone_atom
    if lone is not None:
        return all(any(a == lone and e > 0 for a, e in mono) for mono in goal.terms)
    return factor.atoms() <= goal.atoms() and divided(goal, factor) is not None


# --- what loses nothing ----------------------------------------------------------------------------------------


def _tidied(search: Search, state: State) -> State | None:
    """The state without denominators, without factors that do not vanish, and without what has no bearing on the goal.

    None where an equation has no solution: from a contradiction nothing is concluded.
    """
    known: dict[tuple[str, bool], Equation] = {}
    for equation in state.known:
        equation = _radical(search, replace(equation, form=search.numerator(equation.form)))
        if not equation.form:
            continue
        if not search.unknown_factors(equation.form):
            return None
        known.setdefault((equation.form.key, equation.pointwise), equation)
    owed = [form for form in (*state.owed, *search.below(state.goal)) if not search.may_divide(form)]
    tidied = replace(state, goal=search.numerator(state.goal), owed=tuple(dict.fromkeys(owed)))
    return replace(tidied, known=_relevant(search, tidied, list(known.values())))


def _radical(search: Search, equation: Equation) -> Equation:
    """The equation without the factors that do not vanish, and each of the others once."""
    remaining = search.unknown_factors(equation.form, anywhere=equation.general(search.ctx))
    return replace(equation, form=product(remaining)) if remaining else equation


def _relevant(search: Search, state: State, known: list[Equation]) -> tuple[Equation, ...]:
    """The equations that share a name with the goal, or with one that does, without those that tell a new name."""
    aim = (state.goal, *state.owed, *search.nonvanishing)
    kept = known
    while True:
        dropped = [e for e in kept if _tells_only(search, e, [*aim, *(o.form for o in kept if o is not e)])]
        if not dropped:
            break
        kept = [e for e in kept if e is not dropped[0]]
    reached: set[str] = set().union(*(names_in(search, form) for form in aim))
    bearing: list[Equation] = []
    while True:
        more = [
            e for e in kept if e not in bearing and (not names_in(search, e.form) or names_in(search, e.form) & reached)
        ]
        if not more:
            return tuple(e for e in kept if e in bearing)
        bearing += more
        reached |= set().union(*(names_in(search, e.form) for e in more))


def _tells_only(search: Search, equation: Equation, others: list[Form]) -> bool:
    """The equation can be solved for a name that occurs nowhere else."""
    atoms = equation.form.atoms()
    for rule in rules(search, equation):
        if rule.target.head != "sum" and _tells_all(search.ctx, equation, rule):
            own = mark(rule.target)
            if not any(own in form.key for form in others) and sum(own in atom.key for atom in atoms) == 1:
                return True
    return False


def _eliminated(search: Search, state: State, longest: int) -> State | None:
    """The state after one equation is solved for an atom that then occurs nowhere, the shortest value first.

    Or for a sum at every index, by a simpler value; that equation stays.
    """
    found = []
    for equation in state.known:
        for rule in (*rules(search, equation), *power_rules(search, equation)):
            length = len(reduced(rule.value))
            stays = _simplifies(search, state, equation, rule) or _shared(state, equation, rule)
            if (stays or _tells_all(search.ctx, equation, rule)) and (rule.value.is_number or length <= longest):
                rank = (not rule.value.is_number, length, not rule.places, *_usefulness(rule, state.goal))
                found.append((stays, rank, equation, rule))
    found.sort(key=lambda item: item[:2])
    for stays, _, equation, rule in found:
        if not search.spend(state.size):
            return None
        following = _put_in(search, state, equation, rule)
        forms = (following.goal, *following.owed, *(e.form for e in following.known))
        if stays:
            return replace(following, known=(*following.known, equation), done=(*following.done, (rule, equation)))
        if not any(rule.leaves(form) for form in forms):
            _learn_signs(search, rule)
            search.rewritten |= not rule.value.is_number
            return replace(following, done=(*following.done, (rule, equation)))
    return None


def _simplifies(search: Search, state: State, equation: Equation, rule: Rule) -> bool:
    """A sum, at every value of the free index symbols, by sums over fewer indices, which was not put in yet."""
    if rule.target.head != "sum" or not rule.general or equation.pointwise or rule.target.key in state.contracted:
        return False
    return all(len(a.args[0]) <= len(rule.target.args[0]) for a in deep_atoms(rule.value) if a.head == "sum")


def _shared(state: State, equation: Equation, rule: Rule) -> bool:
    """A sum over what another equation speaks of: Σ_k α_k = 1 still tells of the α_k in λα_k = c_k."""
    if rule.target.head != "sum" or equation.pointwise or rule.target.key in state.contracted:
        return False
    families = {mark(atom) for atom in deep_atoms(of(rule.target)) if atom.head == "idx"}
    return any(family in e.form.key for e in state.known if e is not equation for family in families)


def _tells_all(ctx: Context, equation: Equation, rule: Rule) -> bool:
    """The rule tells all that its equation does, at every value of the free index symbols.

    λα_n = c_n for every n, solved for λ at one n, would not.
    """
    indices = equation.form.free & ctx.free_indices
    if rule.target.head not in ("sym", "idx", "cell", "sum"):
        return False
    return not indices or rule.general and not equation.pointwise and indices <= set(rule.places)


def _put_in(search: Search, state: State, equation: Equation, rule: Rule) -> State:
    """The state with the rule applied to everything, and without its equation; what changes, by earlier rules too."""
    tied = equation.pointwise or not rule.general and bool(equation.form.free & search.ctx.free_indices)
    steps = [(rule, equation), *((r, e) for r, e in state.done if r.target.head == "sum")]
    known = tuple(_applied(steps, e, tied) for e in state.known if e is not equation)
    rest = [Equation(form) for form in (state.goal, *state.owed, *search.nonvanishing)]
    changed = [_applied(steps, e, tied) for e in rest]
    search.nonvanishing = [e.form for e in changed[1 + len(state.owed) :] if not e.form.is_number]
    goal, *owed = changed[: 1 + len(state.owed)]
    basis = state.basis.union(*(e.basis for e in changed))
    return replace(state, known=known, goal=goal.form, owed=tuple(e.form for e in owed), basis=basis)


def _applied(steps: Sequence[tuple[Rule, Equation]], equation: Equation, tied: bool) -> Equation:
    """The equation after a rule, and where that changes it after others; it holds at one place if the rule does."""
    for rule, source in steps:
        if rule.target.head == "sum" and source.label == equation.label:
            continue
        form = rule.apply(equation.form)
        if form != equation.form:
            pointwise = equation.pointwise or tied
            equation = replace(equation, form=form, pointwise=pointwise, basis=equation.basis | source.labels)
        elif (rule, source) == steps[0]:
            break
    return equation


def _learn_signs(search: Search, rule: Rule) -> None:
    """A value has the sign of what it is put in for, at every value of the index symbols (see `_tells_all`)."""
    atom, even = rule.target, rule.step % 2 == 0
    if atom.positive or even and atom.real and atom.nonzero:
        if not positive(rule.value):
            _learn_positive(search, rule.value)
    elif (atom.nonnegative or even and atom.real) and not nonnegative(rule.value):
        search.ctx.assumed = True
        search.ctx.nonnegatives.append(rule.value)


def _learn_positive(search: Search, form: Form) -> None:
    search.ctx.assumed = True
    search.ctx.positives.append(form)
    search.nonvanishing = [*search.nonvanishing, form]


# --- what may have to be taken back ----------------------------------------------------------------------------


def _by_cases(search: Search, state: State, depth: int, longest: int) -> bool:
    """A product is zero: each factor that may vanish is a case, at the point."""
    for equation in state.known:
        remaining = search.unknown_factors(equation.form)
        general = equation.general(search.ctx)
        if 1 < len(remaining) <= MAX_CASES or general and product(remaining) != equation.form and len(remaining) == 1:
            rest = tuple(e for e in state.known if e is not equation)
            pointwise = general or equation.pointwise
            cases = [replace(equation, form=factor, pointwise=pointwise) for factor in remaining]
            conditions, used = dict(search.ctx.conditions), dict(search.used)
            if all(_tried(search, replace(state, known=(*rest, case)), (depth,), longest) for case in cases):
                return True
            search.ctx.conditions, search.used = conditions, used
    return False


def _by_rules(search: Search, state: State, depth: int, longest: int) -> bool:
    """An equation solved for an atom, what the goal mentions first."""
    found = [(rule, equation) for equation in state.known for rule in rules(search, equation)]
    found.sort(key=lambda item: _usefulness(item[0], state.goal))
    for rule, equation in found:
        own = mark(rule.target)
        if (
            own in state.contracted
            or rule.target.head != "sum"
            and not any(own in f.key for f in _others(search, state, equation))
        ):
            continue
        if not search.spend(state.size):
            return False
        nonvanishing = search.nonvanishing
        found_here = _tried(search, _put_in(search, state, equation, rule), (depth,), longest)
        search.nonvanishing = nonvanishing
        if found_here:
            return True
    return False


def _others(search: Search, state: State, equation: Equation) -> Iterator[Form]:
    yield from (state.goal, *state.owed, *search.nonvanishing)
    yield from (e.form for e in state.known if e is not equation)


def _usefulness(rule: Rule, goal: Form) -> tuple[int, int, str]:
    atom = rule.target
    return (0 if mark(atom) in goal.key else 1, {"sum": 1, "idx": 0, "sym": 0}.get(atom.head, 2), atom.key)


def _by_operations(search: Search, state: State, depth: int, longest: int) -> bool:
    """A named operation on one equation."""
    for equation in sorted(state.known, key=lambda e: e.label[:1] == ("fact",)):
        rest = tuple(e for e in state.known if e is not equation)
        for learnt in consequences(search, equation, list(state.known), state.goal):
            if not search.spend(state.size):
                return False
            more = _after_all(state, learnt)
            if not more.form or any(more.form == e.form for e in state.known):
                continue
            if learnt.weighted and more.form == learnt.equation.form:
                continue
            if _tried(search, replace(state, known=(*rest, more)), (depth,), longest, learnt.positive):
                return True
    return False


def _after_all(state: State, learnt: Learnt) -> Equation:
    """What was learnt, with the rules that were put in everywhere before, other than the one of the same equation."""
    equation = learnt.equation
    for step in state.done:
        equation = _applied([step], equation, tied=False)
    return equation


# --- for proofs ------------------------------------------------------------------------------------------------


def positive_given(search: Search, known: list[Equation], form: Form) -> bool:
    """The form is positive once one known equation, solved for an atom, is put in."""
    return any(positive(reduced(rule.apply(form))) for equation in known for rule in rules(search, equation))


def mark_used(ctx: Context, search: Search) -> None:
    """Record the facts and hypotheses that the proof rests on."""
    for label in sorted(search.used, key=str):  # in one order, whatever the hashes are
        if label:
            ctx.trusts[label] = None
    if search.used:
        ctx.use(FACTS)
