"""Decides one transition: prove, evaluate, reconcile. The only place that makes a verdict of what is claimed."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, lru_cache, partial
from time import perf_counter

from sympy import And, Basic, Derivative, Eq, Indexed, Ne, Symbol

from checker.canonical import bearing, in_canonical_letters
from checker.derivation import Givens, Transition
from checker.evaluate import Agreement, Difference, Finding, Inconclusive, compare
from checker.expressions import Expectation, Partial, Probability, Unknown
from checker.kernel import Proof, Unproved, prove
from checker.printing import unicode
from checker.rules import rules
from checker.verdict import NOT_SHOWN, Assumed, Outcome, Proved, Refuted, Supported, Undecided, Verdict

NOTHING_GIVEN = Givens()
CLAIMS_KEPT, GIVENS_KEPT, PROOFS_KEPT = 4000, 64, 64
"""How many claims are remembered with their outcomes, how many givens with the kernel's forms of their lines, and how
many claims with their proofs."""
UNWITNESSED = "no instance was found at which the hypotheses hold, nor shown that there is none"
NO_INSTANCE_OF_FACTS = "no instance was found at which the facts hold, nor shown that there is none"
CONTRADICTION = "the givens and hypotheses contradict each other"
DISAGREE = "the kernel and the evaluator disagree; this is a bug in the checker, please report it"


def decide(
    transition: Transition, givens: Givens, *, seed: int | None = None, explain: bool = False, show: bool = True
) -> Outcome:
    """The verdict on a transition under the givens, whether its rule is the reason, and the seconds it took.

    explain: a proof says its common normal form. show: a refutation has a counterexample for a reader and says what the
    slip looks like; where it need not yet, `shown` adds that.
    """
    start = perf_counter()
    if transition.relation == ":=":
        return Outcome(Assumed("a definition"), seconds=perf_counter() - start)
    outcome = _decided(_claim(transition), _same(bearing(transition, givens)), seed, explain)
    outcome = replace(outcome, seconds=perf_counter() - start)
    return shown(outcome) if show else outcome


@lru_cache(maxsize=GIVENS_KEPT)
def _same(givens: Givens) -> Givens:
    """One object for equal givens, by which the kernel knows the forms that it has made.

    Without the facts that all distributions obey, as p(x) = Σ_k p(x | y=k) p(y=k): numbers do not show them exactly.
    """
    for fact in givens.facts:
        if isinstance(fact, Eq) and fact.has(Probability):
            others = replace(givens, facts=tuple(other for other in givens.facts if other is not fact))
            if isinstance(prove(Transition(0, "=", fact.lhs, fact.rhs), others), Proof):
                givens = others
    return givens


def _claim(transition: Transition) -> Transition:
    """The transition wherever it stands."""
    return replace(transition, number=0, source_line=0)


@lru_cache(maxsize=CLAIMS_KEPT)
def _decided(transition: Transition, givens: Givens, seed: int | None, explain: bool) -> Outcome:
    """The outcome, without its time. It follows from the claim, so that what many answers say is decided once."""
    proof = _proof(transition, givens)
    conditions = proof.conditions if isinstance(proof, Proof) else ()
    finding = compare(_under(transition, conditions), givens, seed=seed, confirming=isinstance(proof, Proof))
    if isinstance(finding, Difference) and isinstance(proof, Unproved):
        showing = cache(partial(_refuted, transition, givens, finding))
        return Outcome(Refuted(NOT_SHOWN, instances=finding.instances), showing=showing)
    verdict = reconcile(proof, finding)
    if _unconfirmed(proof, finding) and (general := _without_definitions(transition, givens)) is not None:
        proof, finding = _with_any_values(transition, general, seed) or (proof, finding)
        verdict = reconcile(proof, finding)
    if explain and isinstance(verdict, Proved) and isinstance(proof, Proof) and proof.normal_form is not None:
        verdict = replace(verdict, normal_form=unicode(proof.normal_form()))
    objection = _objection(transition, givens, proof) if isinstance(verdict, Proved) else ""
    unwitnessed = isinstance(verdict, Proved) and isinstance(finding, Inconclusive)
    message = "; ".join(text for text in (objection, UNWITNESSED if unwitnessed else "") if text)
    return Outcome(verdict, rule_ok=not objection, message=message)


@lru_cache(maxsize=PROOFS_KEPT)
def _proof(transition: Transition, givens: Givens) -> Proof | Unproved:
    return prove(transition, givens)


def provable(transition: Transition, givens: Givens) -> bool:
    """Whether there is a proof: without one the verdict is never `proved`, and is not known as quickly."""
    return _provable(_claim(transition), _same(bearing(transition, givens)))


@lru_cache(maxsize=CLAIMS_KEPT)
def _provable(transition: Transition, givens: Givens) -> bool:
    return isinstance(_proof(transition, givens), Proof)


def _unconfirmed(proof: Proof | Unproved, finding: Finding) -> bool:
    """There is a proof, and no instance was found at which the claim has a meaning."""
    return (
        isinstance(proof, Proof)
        and isinstance(finding, Inconclusive)
        and not (finding.contradictory or finding.unwitnessed)
    )


def _without_definitions(transition: Transition, givens: Givens) -> Givens | None:
    """The givens without what names for numbers are defined as, where the claim says more without it; else None.

    Below a derivative or in a probability a name that nothing is said of would be a constant, which says less.
    """
    parts = (transition.lhs, transition.rhs, *transition.hypotheses)
    dependent = (Partial, Derivative, Probability, Expectation, Unknown)
    if not givens.definitions or any(part.has(*dependent) for part in parts):
        return None
    named = all(isinstance(definition.lhs, Symbol | Indexed) for definition in givens.definitions)
    return replace(givens, definitions=()) if named else None


def _with_any_values(transition: Transition, givens: Givens, seed: int | None) -> tuple[Proof, Finding] | None:
    """A proof that is confirmed whatever values the names have; None where there is none."""
    proof = prove(transition, givens)
    if not isinstance(proof, Proof):
        return None
    finding = compare(_under(transition, proof.conditions), givens, seed=seed, confirming=True)
    return (proof, finding) if isinstance(finding, Agreement) else None


def shown(outcome: Outcome) -> Outcome:
    """The outcome, where it is a refutation with its counterexample and what the slip looks like."""
    if outcome.showing is None or not isinstance(outcome.verdict, Refuted):
        return outcome
    return replace(outcome, verdict=outcome.showing(), showing=None)


def holds(transition: Transition, givens: Givens) -> bool:
    """Whether the verdict on a transition is `proved`, also without the conditions that an equality's proof may need.

    Quicker than `decide` where it is not: no proof is sought of an equality that fails at an instance.
    """
    return _held(_claim(transition), _same(bearing(transition, givens)))


def holds_by(transition: Transition, theories: frozenset[str], givens: Givens = NOTHING_GIVEN) -> bool:
    """Whether the kernel proves a transition by some of its theories alone."""
    return isinstance(prove(_claim(transition), givens, theories), Proof)


@lru_cache(maxsize=CLAIMS_KEPT)
def _held(transition: Transition, givens: Givens) -> bool:
    claim, known = in_canonical_letters(transition, givens)
    return _held_so(claim, _same(known))


@lru_cache(maxsize=CLAIMS_KEPT)
def _held_so(transition: Transition, givens: Givens) -> bool:
    first = compare(transition, givens, confirming=True) if transition.relation == "=" else None
    if isinstance(first, Difference):
        return False
    proof = _proof(transition, givens)
    if not isinstance(proof, Proof):
        return False
    claim = _under(transition, proof.conditions)
    finding = first if first is not None and claim == transition else compare(claim, givens, confirming=True)
    return isinstance(reconcile(proof, finding), Proved)


def _refuted(transition: Transition, givens: Givens, finding: Difference) -> Refuted:
    return Refuted(finding.counterexample, _hint(transition, givens, finding), finding.instances)


def _hint(transition: Transition, givens: Givens, finding: Difference) -> str:
    """What the slip looks like; a hint that fails costs itself, and not the verdict."""
    from checker.hints import hint  # only what is refuted needs it, and importing it costs as much as some steps

    try:
        return hint(transition, givens, finding)
    except (ArithmeticError, LookupError, RecursionError, TypeError, ValueError):
        return ""


def _under(transition: Transition, conditions: tuple[Basic, ...]) -> Transition:
    """The claim where the conditions of its proof hold: it is not refuted by what is printed beside it.

    An equality is not judged where a side is undefined, so that what must not vanish need not be said again.
    """
    if transition.relation == "=":
        conditions = tuple(condition for condition in conditions if not isinstance(condition, Ne))
    return replace(transition, hypotheses=transition.hypotheses + conditions) if conditions else transition


def reconcile(proof: Proof | Unproved, finding: Finding) -> Verdict:
    """What the kernel's proof, or its absence, and the evaluator's finding say together."""
    if isinstance(proof, Proof):
        return _with_proof(proof, finding)
    if isinstance(finding, Difference):
        return Refuted(finding.counterexample, instances=finding.instances)
    if isinstance(finding, Agreement):
        excused = f", where {' and '.join(finding.conditions)}" if finding.conditions else ""
        return Supported(finding.instances, proof.reason + excused)
    if finding.contradictory:
        return Undecided(f"{CONTRADICTION}: {finding.reason}")
    return Undecided(f"not proved: {proof.reason}; not refuted: {finding.reason}")


def _with_proof(proof: Proof, finding: Finding) -> Verdict:
    if isinstance(finding, Difference):
        at = ", ".join(f"{name} = {value}" for name, value in finding.counterexample.values.items())
        return Undecided(f"{DISAGREE}: there is a proof, and a counterexample at {at}")
    if isinstance(finding, Agreement):
        known = tuple(_shown(condition) for condition in proof.conditions)
        extra = tuple(c for c in finding.conditions if c not in known)
        if extra and not known:
            return Undecided(f"{DISAGREE}: there is a proof, and it fails unless {' and '.join(extra)}")
        return _proved(proof, finding.instances)
    if finding.contradictory:
        return Undecided(f"{CONTRADICTION}: {finding.reason}")
    if finding.unwitnessed and finding.of_facts and any(trust[0] == "fact" for trust in proof.trusts):
        return Undecided(f"there is a proof from the facts, but {NO_INSTANCE_OF_FACTS}")
    if finding.unwitnessed:
        return _proved(proof, 0)
    return Undecided(f"the kernel has a proof, which the evaluator could not confirm: {finding.reason}")


def _proved(proof: Proof, instances: int) -> Proved:
    return Proved(
        theories=proof.theories,
        conditions=tuple(dict.fromkeys(_shown(condition) for condition in proof.conditions)),
        trusts=tuple(trust if isinstance(trust, str) else f"{trust[0]} {unicode(trust[1])}" for trust in proof.trusts),
        method=proof.method,
        instances=instances,
    )


def _shown(condition: Basic) -> str:
    if isinstance(condition, And):
        lower, upper = condition.args
        if lower.rhs == upper.lhs:
            return f"{unicode(lower)} ≤ {unicode(upper.rhs)}"
    return unicode(condition)


def _objection(transition: Transition, givens: Givens, proof: Proof | Unproved) -> str:
    """Why the named rule is not the reason, or "" where it is, or none is named."""
    if not transition.rule or isinstance(proof, Unproved):
        return ""
    rule = rules().get(transition.rule)
    if rule is None:
        return f"there is no rule {transition.rule!r}"
    reason = rule.objection(transition, givens, proof)
    return f"true, but not by {rule.name}: {reason}" if reason else ""


__all__ = ["Inconclusive", "decide", "holds", "reconcile", "shown"]
