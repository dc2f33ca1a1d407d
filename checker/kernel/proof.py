"""Proofs: made here alone, out of forms."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from sympy import And, Basic, Eq, Ge, Gt, Le, Lt, Ne, Or

from checker.derivation import Givens, Transition
from checker.kernel import (
    definitions,
    determinants,
    differentiation,
    dispatch,
    expectation,
    explog,
    factorials,
    functions,
    indicators,
    trigonometry,
)
from checker.kernel.context import FACTS, INDICATORS, POSITIVITY, PROPORTIONALITY, THEORIES, Condition, Context, using
from checker.kernel.equations import Equation, Label, Search, entails, mark_used, positive_given
from checker.kernel.events import mentioned
from checker.kernel.field import reduced
from checker.kernel.form import Form, NoTheory, OutsideTheories, factors, of, product
from checker.kernel.inequalities import not_negative
from checker.kernel.inverses import multiplied
from checker.kernel.positivity import nonnegative, nonzero, positive, real
from checker.kernel.probability import normalisations
from checker.kernel.proportionality import depends, ratio, subject
from checker.kernel.setup import assume_sign, conjuncts, equations, forget, line, recent_context, tie
from checker.kernel.zero import is_zero

TRIES_OF_A_PRODUCT = 60
_KEY = object()
IDENTITIES = ("normal form", "normal form with closed forms of sums")
"""The methods that use nothing but what is written on the two sides."""
_LOADED = (
    definitions,
    determinants,
    differentiation,
    expectation,
    explog,
    factorials,
    functions,
    indicators,
    trigonometry,
)


@dataclass(frozen=True)
class Proof:
    """The claim holds wherever the givens allow, the conditions hold and both sides are defined.

    theories: what was used; conditions: relations to be printed; trusts: facts, definitions and hypotheses used;
    normal_form: makes the SymPy tree of the common form of both sides; None for a consequence.
    """

    theories: tuple[str, ...]
    conditions: tuple[Basic, ...]
    trusts: tuple[Label, ...]
    method: str
    normal_form: Callable[[], Basic] | None = field(default=None, repr=False, compare=False)
    key: object = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.key is not _KEY:
            raise TypeError("only the kernel makes proofs")


@dataclass(frozen=True)
class Unproved:
    """The kernel has no proof, and this is why; it says nothing about the claim."""

    reason: str


def prove(transition: Transition, givens: Givens, theories: frozenset[str] = THEORIES) -> Proof | Unproved:
    """A proof of the transition with these theories, or the reason why there is none."""
    first = _attempt(transition, givens, theories)
    if isinstance(first, Proof):
        return first
    for whole_ranges, split_values in _other_ways(transition, givens, theories):
        again = _attempt(transition, givens, theories, whole_ranges=whole_ranges, split_values=split_values)
        if isinstance(again, Proof):
            return again
    return first


def _other_ways(transition: Transition, givens: Givens, theories: frozenset[str]) -> Iterator[tuple[bool, bool]]:
    """(ranges of numbers are left whole, names of few values are split) for what may yet help."""
    try:
        ctx = recent_context(givens, theories)
    except (OutsideTheories, RecursionError, MemoryError):
        return
    if ctx.met_numbers:
        yield True, False
    if ctx.few and ctx.allows(INDICATORS) and _mentions_few(ctx, transition):
        yield False, True


def _mentions_few(ctx: Context, transition: Transition) -> bool:
    """A name of few values may stand in the forms: it is written, or comes with a definition or the model."""
    if ctx.definitions or ctx.givens.model is not None:
        return True
    sides = (transition.lhs, transition.rhs, *transition.hypotheses)
    written = {str(symbol) for side in sides for symbol in side.free_symbols}
    return any(name[2:].rstrip("~") in written for name in ctx.few)


def _attempt(
    transition: Transition, givens: Givens, theories: frozenset[str], *, whole_ranges: bool = False,
    split_values: bool = False,
) -> Proof | Unproved:  # fmt: skip
    try:
        ctx = recent_context(givens, theories)
        with using(ctx):
            ctx.begin(_mentioned(ctx, transition))
            ctx.whole_ranges, ctx.split_values = whole_ranges, split_values
            result = _prove(ctx, transition)
            return _unless_divided_inside(ctx, result)
    except OutsideTheories as error:
        forget(givens, theories)
        return Unproved(str(error))
    except RecursionError:
        forget(givens, theories)
        return Unproved("the expression is too deeply nested")
    except MemoryError:
        forget(givens, theories)
        return Unproved("the expression is too large for the memory")


def _prove(ctx: Context, transition: Transition) -> Proof | Unproved:
    for side in (transition.lhs, transition.rhs, *transition.hypotheses):
        tie(ctx, side)
    relation = transition.relation
    if relation == "=":
        return _equality(ctx, transition)
    if relation in ("<", ">", "<=", ">="):
        return _inequality(ctx, transition)
    if relation == r"\propto":
        return _proportional(ctx, transition)
    if relation == "=>":
        hypotheses = (transition.lhs, *transition.hypotheses)
        return _consequence(ctx, hypotheses, transition.rhs, premises=(transition.lhs,))
    if relation == "<=>":
        return _equivalence(ctx, transition)
    return Unproved(f"no theory for the relation {relation}")


def _unless_divided_inside(ctx: Context, result: Proof | Unproved) -> Proof | Unproved:
    """Π f = 0 is no reason for Π f · Σ f'/f = 0: what a law divides by inside a sum may be what the equations say."""
    if isinstance(result, Proof) and result.method not in IDENTITIES and any(c.inside for c in ctx.conditions.values()):
        return Unproved("a law divides by what may vanish, inside a sum or product")
    return result


def _mentioned(ctx: Context, transition: Transition) -> set[str]:
    givens = ctx.givens
    if givens.model is None and not givens.exclusive:
        return set()
    shown = (transition.lhs, transition.rhs, *transition.hypotheses, *givens.facts, *givens.definitions)
    return mentioned(shown)


# --- equalities and inequalities -------------------------------------------------------------------------------


def _equality(ctx: Context, transition: Transition) -> Proof | Unproved:
    left, right = line(ctx, transition.lhs), line(ctx, transition.rhs)
    if is_zero(left - right):
        return _proof(ctx, IDENTITIES[0], normal_form=reduced(left))
    if any(atom.head == "sum" and "exp(" in atom.key for atom in left.atoms() | right.atoms()):
        before = dict(ctx.conditions)
        ctx.closed_forms = True
        closed = [line(ctx, side) for side in (transition.lhs, transition.rhs)]
        if is_zero(closed[0] - closed[1]):
            return _proof(ctx, IDENTITIES[1], normal_form=reduced(closed[0]))
        ctx.closed_forms, ctx.conditions = False, before
    written = _nonzero(ctx)
    known = _known(ctx, transition.hypotheses)
    if not known:
        return Unproved("the normal forms of the two sides differ")
    if _entailed(Search(ctx, written), known, left - right):
        return _proof(ctx, "normal form and facts")
    return Unproved("the normal forms of the two sides differ, also by the facts")


def _entailed(search: Search, known: list[Equation], goal: Form) -> bool:
    """Whether a form is zero by what is known, perhaps multiplied by a matrix that has an inverse."""
    ctx = search.ctx
    nonvanishing, used = list(search.nonvanishing), dict(search.used)
    if entails(search, known, goal):
        mark_used(ctx, search)
        return True
    for product_with, inverse in multiplied(ctx, goal):
        shorter = Search(ctx, list(nonvanishing), work=TRIES_OF_A_PRODUCT, used=dict(used))
        if entails(shorter, known, product_with):
            inverse.trust(ctx)
            mark_used(ctx, shorter)
            return True
    return False


def _proportional(ctx: Context, transition: Transition) -> Proof | Unproved:
    if not ctx.allows(PROPORTIONALITY):
        return Unproved("proportionality is not to be used")
    on = subject(ctx, transition.variables)
    quotient = ratio(ctx, transition.lhs, transition.rhs)
    if depends(ctx, quotient, on):
        return Unproved("the quotient of the two sides may depend on what they are proportional in")
    return _proof(ctx, "normal form of the quotient", normal_form=quotient)


def _known(ctx: Context, hypotheses: tuple[Basic, ...]) -> list[Equation]:
    """Facts and hypotheses as equations; that they are defined is theirs, and what only a law needs is a condition."""
    found: list[Equation] = []
    if not ctx.allows(FACTS):
        return found
    before = dict(ctx.conditions)
    for kind, relations in (("fact", ctx.givens.facts), ("hypothesis", hypotheses)):
        for relation in relations:
            for equation in equations(relation):
                try:
                    form = line(ctx, equation.lhs) - line(ctx, equation.rhs)
                except NoTheory:
                    if kind != "fact":
                        raise
                    continue  # a fact less proves less
                found.append(Equation(form, (kind, equation), pointwise=ctx.tied(equation, form)))
    found += [Equation(form, "probabilities sum to one") for form in normalisations(ctx)]
    ctx.conditions = before | {key: c for key, c in ctx.conditions.items() if c.kind != "nonzero" or c.law}
    return found


def _nonzero(ctx: Context) -> list[Form]:
    return [c.form for c in ctx.conditions.values() if c.kind == "nonzero"]


def _inequality(ctx: Context, transition: Transition) -> Proof | Unproved:
    left, right = line(ctx, transition.lhs), line(ctx, transition.rhs)
    gap = left - right
    if transition.relation in ("<", "<="):
        gap = -gap
    for hypothesis in transition.hypotheses:
        assume_sign(ctx, hypothesis)
    ctx.use(POSITIVITY)
    gap = reduced(gap)
    reason = _not_real(ctx, left, right)
    if reason:
        return Unproved(reason)
    if (
        positive(gap)
        or transition.relation in ("<=", ">=")
        and (is_zero(gap) or not_negative(ctx, gap, transition.hypotheses))
    ):
        return _proof(ctx, "positivity", normal_form=gap)
    return Unproved("the sign of the difference does not follow from the signs of its parts")


def _not_real(ctx: Context, left: Form, right: Form) -> str:
    """Why an inequality may compare what is not real, or ""."""
    if not all(positive(inside) for inside, _ in ctx.logs):
        return "the logarithm of what may not be positive stands in an inequality"
    if not all(nonnegative(inside) for inside, _ in ctx.roots) or not real(left) or not real(right):
        return "what may not be real stands in an inequality"
    return ""


# --- consequences ----------------------------------------------------------------------------------------------


def _consequence(
    ctx: Context, hypotheses: tuple[Basic, ...], conclusion: Basic, premises: tuple[Basic, ...] = ()
) -> Proof | Unproved:
    """The conclusion from the hypotheses; `premises` are those that the claim itself names, and are not trusted."""
    for hypothesis in hypotheses:
        assume_sign(ctx, hypothesis)
    _assume_logs(ctx, hypotheses)
    known = _known(ctx, hypotheses)
    defined = [c.form for c in _defined_by(ctx, hypotheses) if c.kind == "nonzero" and c.certain and not c.law]
    laws = {key: c for key, c in ctx.conditions.items() if c.law}
    ctx.conditions = {key: c for key, c in ctx.conditions.items() if c.kind != "nonzero"}
    ctx.logs.clear()
    ctx.roots.clear()
    reason = _follows(ctx, known, defined, conclusion)
    if reason:
        return Unproved(reason)
    implied = {f.key for form in defined for f in _parts(form)}
    ctx.conditions = {
        k: c for k, c in (laws | ctx.conditions).items()
        if not (c.kind == "nonzero" and (nonzero(c.form) or {f.key for f in _parts(c.form)} <= implied))
    }  # fmt: skip
    own = {("hypothesis", equation) for premise in premises for equation in equations(premise)}
    ctx.trusts = {trust: None for trust in ctx.trusts if trust not in own}
    return _proof(ctx, "consequence")


def _parts(form: Form) -> list[Form]:
    _, mono, parts = factors(reduced(form))
    return [of(a) for a, _ in mono if not a.nonzero] + [p for p, _ in parts if not nonzero(p)]


def _form_sides(ctx: Context, hypotheses: tuple[Basic, ...]) -> None:
    """Make the forms of what surely holds with the hypotheses, for what making them records."""
    for hypothesis in hypotheses:
        for equation in conjuncts(hypothesis):
            line(ctx, equation.lhs), line(ctx, equation.rhs)


def _assume_logs(ctx: Context, hypotheses: tuple[Basic, ...]) -> None:
    """A hypothesis is real and defined: what stands under its logarithms is positive, under its roots not negative."""
    ctx.logs.clear()
    ctx.roots.clear()
    _form_sides(ctx, hypotheses)
    for inside, certain in list(ctx.logs):
        if certain and not positive(inside) and not any(ctx.tied(h, inside) for h in hypotheses):
            ctx.positives.append(inside)
            ctx.assumed = True
    for inside, certain in list(ctx.roots):
        if certain and not nonnegative(inside) and not any(ctx.tied(h, inside) for h in hypotheses):
            ctx.nonnegatives.append(inside)
            ctx.assumed = True
    if ctx.assumed:
        ctx.cache.clear()


def _defined_by(ctx: Context, hypotheses: tuple[Basic, ...]) -> list[Condition]:
    before, ctx.conditions = ctx.conditions, {}
    _form_sides(ctx, hypotheses)
    found, ctx.conditions = list(ctx.conditions.values()), before
    return found


def _follows(ctx: Context, known: list[Equation], defined: list[Form], conclusion: Basic) -> str:
    """Why the conclusion was not shown, or "" where it was."""
    if isinstance(conclusion, And):
        return next((reason for part in conclusion.args if (reason := _follows(ctx, known, defined, part))), "")
    if isinstance(conclusion, (Eq, Or)):
        goal = _goal(ctx, conclusion)
        search = Search(ctx, defined + _nonzero(ctx))
        if not all(positive(inside) or positive_given(search, known, inside) for inside, _ in ctx.logs):
            return "the logarithm of what may not be positive stands in the conclusion"
        if not all(nonnegative(inside) or positive_given(search, known, inside) for inside, _ in ctx.roots):
            return "the root of what may be negative stands in the conclusion"
        if is_zero(goal):
            return ""
        if _entailed(search, known, goal):
            return ""
        return "no certificate was found that the conclusion follows"
    if isinstance(conclusion, (Lt, Gt, Le, Ge)):
        left, right = line(ctx, conclusion.lhs), line(ctx, conclusion.rhs)
        gap = left - right
        gap = reduced(gap if isinstance(conclusion, (Gt, Ge)) else -gap)
        reason = _not_real(ctx, left, right)
        if reason:
            return reason
        if positive(gap) or isinstance(conclusion, (Le, Ge)) and not_negative(ctx, gap):
            return ""
        return "the sign of the difference does not follow"
    return f"no theory for a conclusion that is a {type(conclusion).__name__}"


def _goal(ctx: Context, conclusion: Basic) -> Form:
    if isinstance(conclusion, Or):
        return product(_goal(ctx, part) for part in conclusion.args)
    if not isinstance(conclusion, Eq):
        raise OutsideTheories(f"an alternative that is a {type(conclusion).__name__}")
    return line(ctx, conclusion.lhs) - line(ctx, conclusion.rhs)


def _equivalence(ctx: Context, transition: Transition) -> Proof | Unproved:
    conditions: dict[str, Condition] = {}
    trusts: dict[Label, None] = {}
    used: set[str] = set()
    for start, end in ((transition.lhs, transition.rhs), (transition.rhs, transition.lhs)):
        ctx.begin(ctx.mentioned)
        result = _consequence(ctx, (start, *transition.hypotheses), end, premises=(start,))
        if isinstance(result, Unproved):
            arrow = "⇒" if start is transition.lhs else "⇐"
            return Unproved(f"{arrow}: {result.reason}")
        conditions |= ctx.conditions
        trusts |= ctx.trusts
        used |= ctx.used
    ctx.conditions, ctx.used = conditions, used
    ctx.trusts = trusts
    return _proof(ctx, "consequence in both directions")


# --- what a proof says -----------------------------------------------------------------------------------------


def _proof(ctx: Context, method: str, normal_form: Form | None = None) -> Proof:
    return Proof(
        theories=tuple(sorted(ctx.used)),
        conditions=tuple(dict.fromkeys(_relation(ctx, condition) for condition in _needed(ctx))),
        trusts=tuple(ctx.trusts),
        method=method,
        normal_form=None if normal_form is None else partial(dispatch.to_sympy, ctx, normal_form),
        key=_KEY,
    )


def _needed(ctx: Context) -> list[Condition]:
    """The conditions, without those that say again that the same factors do not vanish, or follow from n ≥ 0."""
    kept: list[Condition] = []
    said: set[str] = set()
    least = [c.form for c in ctx.conditions.values() if c.kind == "least"]
    ctx.nonnegatives += least
    parts = {key: {f.key for f in _parts(c.form)} for key, c in ctx.conditions.items() if c.kind == "nonzero"}
    del ctx.nonnegatives[len(ctx.nonnegatives) - len(least) :]
    for key, condition in sorted(ctx.conditions.items(), key=lambda item: len(parts.get(item[0], ()))):
        if condition.kind == "nonzero":
            if parts[key] <= said:
                continue
            said |= parts[key]
        kept.append(condition)
    return kept


def _vanishing(ctx: Context, condition: Condition) -> Basic:
    """What must not be zero, as it is written, or in fewer words: of 2πσ² it is σ."""
    parts = _parts(condition.form)
    alone = len(parts) == 1 and parts[0] not in (condition.form, -condition.form)
    if condition.written is not None and not (alone and parts[0].lone_atom is not None):
        return condition.written
    return dispatch.to_sympy(ctx, parts[0] if alone else condition.form)


def _relation(ctx: Context, condition: Condition) -> Any:
    if condition.kind == "nonzero":
        return Ne(_vanishing(ctx, condition), 0, evaluate=False)
    shown = condition.written if condition.written is not None else dispatch.to_sympy(ctx, condition.form)
    if condition.kind == "least":
        return Ge(shown, 0, evaluate=False)
    lower, upper = (dispatch.to_sympy(ctx, bound) for bound in condition.bounds)
    return And(Le(lower, shown, evaluate=False), Le(shown, upper, evaluate=False), evaluate=False)
