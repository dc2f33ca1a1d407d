"""A verdict is what the kernel and the evaluator say together, and nothing turns a doubt into a pass."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sympy import Symbol

from checker.check import _decided, decide, holds, reconcile, shown
from checker.derivation import Givens, Transition
from checker.evaluate import Agreement, Difference, Inconclusive, compare
from checker.kernel import Unproved, prove
from checker.verdict import NOT_SHOWN, Assumed, Counterexample, Proved, Refuted, Supported, Undecided
from tests.kernel.statements import ENTAILED, FALSE, NOT_ENTAILED, TRUE
from tests.notation import GIVENS, NAMES, read


def claim(relation, lhs, rhs, **more):
    return Transition(1, relation, read(lhs), read(rhs), **more)


PROOF = prove(claim("=", "a + a", "2*a"), GIVENS)
FROM_A_FACT = prove(claim("=", "a", "b"), Givens(facts=(read("Eq(a, b)"),)))
NO_FACTS = Inconclusive("no instance satisfies the facts", unwitnessed=True, of_facts=True)
UNPROVED = Unproved("the normal forms of the two sides differ")
DIFFERENCE = Difference(lambda: (Counterexample({"N": "2"}, "1", "2"), None), instances=3)


@pytest.mark.parametrize(
    ("proof", "finding", "verdict"),
    [
        (PROOF, Agreement(3), Proved),
        (PROOF, DIFFERENCE, Undecided),
        (PROOF, Agreement(3, conditions=("N >= 2",)), Undecided),
        (PROOF, Inconclusive("no value for a matrix"), Undecided),
        (PROOF, Inconclusive("x > 0 and x < 0", contradictory=True), Undecided),
        (PROOF, Inconclusive("no instance satisfies the hypotheses", unwitnessed=True), Proved),
        (PROOF, NO_FACTS, Proved),
        (FROM_A_FACT, NO_FACTS, Undecided),
        (UNPROVED, Agreement(3), Supported),
        (UNPROVED, DIFFERENCE, Refuted),
        (UNPROVED, Inconclusive("nowhere both defined"), Undecided),
        (UNPROVED, Inconclusive("x > 0 and x < 0", contradictory=True), Undecided),
    ],
)
def test_proof_and_finding_make_the_verdict(proof, finding, verdict):
    assert isinstance(reconcile(proof, finding), verdict)


def test_what_no_instance_shows_has_no_instances():
    assert reconcile(PROOF, Agreement(3)).instances == 3
    assert reconcile(PROOF, Inconclusive("no instance", unwitnessed=True)).instances == 0


def decided(monkeypatch, statement, givens, *findings):
    """The verdict where the evaluator finds this, one after the other; nothing of it is remembered."""
    found = iter(findings)
    monkeypatch.setattr("checker.check.compare", lambda *args, **more: next(found))
    monkeypatch.setattr("checker.check._decided", _decided.__wrapped__)
    return decide(statement, givens).verdict


DEFINED = replace(GIVENS, definitions=(read("Eq(v, exp(u**2))"),))
NO_VALUE, UNWITNESSED = Inconclusive("no value"), Inconclusive("no instance", unwitnessed=True)


def test_what_has_a_proof_is_not_refuted(monkeypatch):
    assert isinstance(decided(monkeypatch, claim("=", "a + a", "2*a"), GIVENS, DIFFERENCE), Undecided)


@pytest.mark.parametrize(
    ("lhs", "findings", "verdict"),
    [
        ("v - v", [NO_VALUE, Agreement(3)], Proved),
        ("v - v", [NO_VALUE, UNWITNESSED], Undecided),
        ("v - v", [NO_VALUE, DIFFERENCE], Undecided),
        ("v - v", [Inconclusive("v > 0 and v < 0", contradictory=True), Agreement(3)], Undecided),
        ("v - v", [UNWITNESSED, DIFFERENCE], Proved),
        ("Partial(u*v, w)", [NO_VALUE, Agreement(3)], Undecided),
    ],
)
def test_other_values_of_what_is_defined_confirm_only_where_they_say_more(monkeypatch, lhs, findings, verdict):
    assert isinstance(decided(monkeypatch, claim("=", lhs, "0"), DEFINED, *findings), verdict)


def test_a_proof_that_is_confirmed_needs_no_words():
    assert decide(claim("=", "a + a", "2*a"), GIVENS).message == ""


@pytest.mark.parametrize(("rhs", "held"), [("2*a", True), ("3*a", False)])
def test_what_holds_is_what_is_proved(rhs, held):
    assert holds(claim("=", "a + a", rhs), GIVENS) is held


def test_no_proof_is_sought_of_an_equality_that_fails_at_an_instance(monkeypatch):
    monkeypatch.setattr("checker.check.prove", lambda transition, givens: pytest.fail("a proof was sought"))
    assert not holds(claim("=", "a + a + a", "2*a + 7"), GIVENS)


def test_only_a_refutation_gets_a_hint():
    outcome = decide(claim("=", "a + a", "3*a"), GIVENS, show=False)
    assert isinstance(outcome.verdict, Refuted)
    assert not outcome.verdict.hint
    found = shown(outcome).verdict
    assert isinstance(found, Refuted)
    assert found.hint
    other = replace(outcome, verdict=Undecided("nothing"))
    assert shown(other) is other


def test_a_disagreement_asks_for_a_report():
    verdict = reconcile(PROOF, DIFFERENCE)
    assert isinstance(verdict, Undecided)
    assert "bug in the checker" in verdict.reason
    assert "N = 2" in verdict.reason


def test_a_true_step_is_proved_and_a_false_one_refuted_with_small_numbers():
    assert isinstance(decide(claim("=", "Sum(c, (n, 1, N))", "N*c"), GIVENS).verdict, Proved)
    refuted = decide(claim("=", "Sum(c, (n, 1, N))", "c"), GIVENS).verdict
    assert isinstance(refuted, Refuted)
    assert refuted.counterexample.values["N"] in ("2", "3")
    assert len(refuted.counterexample.values["c"]) == 1


def test_what_is_true_by_another_rule_is_proved_and_says_so():
    outcome = decide(claim("=", "a + b", "b + a", rule="bayes"), GIVENS)
    assert isinstance(outcome.verdict, Proved)
    assert not outcome.rule_ok
    assert "bayes" in outcome.message
    assert decide(claim("=", "a + b", "b + a", rule="algebra"), GIVENS).rule_ok


WEIGHTED = "Eq(Sum((A[n] - x)*B[n], (n, 1, N)), 0)", "Eq(x, Sum(A[n]*B[n], (n, 1, N))/Sum(B[n], (n, 1, N)))"
WEIGHTS = "Eq(B[n], exp(-(A[n] - x)**2)/Sum(exp(-(A[n] - W[k])**2), (k, 1, K)))"


def test_what_follows_whatever_a_name_is_defined_as_is_tried_with_other_values():
    givens = replace(GIVENS, definitions=(read(WEIGHTS),))
    assert isinstance(decide(claim("=>", *WEIGHTED), givens).verdict, Proved)
    assert not isinstance(decide(claim("=>", WEIGHTED[0], "Eq(x, Sum(A[n], (n, 1, N))/N)"), givens).verdict, Proved)


@pytest.mark.parametrize(
    ("definition", "lhs", "rhs"),
    [
        ("Eq(v, exp(u**2))", "Partial(v, u)", "0"),
        ("Eq(v, log(-1 - u**2))", "Partial(v, u)", "0"),
        ("Eq(B[n], log(-1 - A[n]**2))", "Partial(Sum(B[n], (n, 1, N)), A[m])", "0"),
    ],
)
def test_what_a_definition_depends_on_is_not_forgotten(definition, lhs, rhs):
    givens = replace(GIVENS, definitions=(read(definition),))
    assert not isinstance(decide(claim("=", lhs, rhs), givens).verdict, (Proved, Supported))


def test_a_definition_is_assumed():
    assert isinstance(decide(claim(":=", "h", "a + b"), GIVENS).verdict, Assumed)


def test_an_unknown_relation_is_undecided():
    assert isinstance(decide(claim(r"\approx", "a", "a"), GIVENS).verdict, Undecided)


@pytest.mark.parametrize(
    ("relation", "lhs", "rhs", "condition"),
    [
        ("=", "x/x", "1", "x ≠ 0"),
        ("=", "Sum(A[n], (n, 1, N - 2)) + A[N - 1]", "Sum(A[n], (n, 1, N - 1))", "N"),
        ("=>", "Eq(lam*x, a)", "Eq(x, a/lam)", "λ ≠ 0"),
        ("<=>", "Eq(lam*x, z)", "Eq(x, z/lam)", "λ ≠ 0"),
    ],
)
def test_a_condition_that_the_givens_do_not_imply_is_printed(relation, lhs, rhs, condition):
    verdict = decide(claim(relation, lhs, rhs), GIVENS).verdict
    assert isinstance(verdict, Proved), verdict
    assert any(condition in printed for printed in verdict.conditions)


@pytest.mark.parametrize(
    "facts",
    [["Gt(x, 0)", "Lt(x, 0)"], ["Eq(Sum(Al[k], (k, 1, K)), 1)", "Eq(Sum(Al[k], (k, 1, K)), 2)"], ["Lt(p, 0)"]],
)
def test_from_contradictory_givens_nothing_is_proved(facts):
    givens = replace(GIVENS, facts=tuple(map(read, facts)))
    verdict = decide(claim("=", "x*Sum(Al[k], (k, 1, K)) + p", "x + p"), givens).verdict
    assert not isinstance(verdict, (Proved, Supported)), verdict


@pytest.mark.parametrize("source", ["0.5*x", "x*0.1 + 1"])
def test_a_float_is_refused_with_the_rational_to_write(source):
    verdict = decide(claim("=", source, source), GIVENS).verdict
    assert isinstance(verdict, Undecided)
    assert "write 1/" in verdict.reason


@pytest.mark.parametrize("seed", [0, 1, 2, 12345])
def test_another_seed_changes_no_verdict(seed):
    assert isinstance(decide(claim("=", "sin(x)**2 + cos(x)**2", "1"), GIVENS, seed=seed).verdict, Proved)
    assert isinstance(
        decide(claim("=", "Sum(A[n]**2, (n, 1, N))", "Sum(A[n], (n, 1, N))**2"), GIVENS, seed=seed).verdict, Refuted
    )


def test_symbols_that_do_not_commute_are_undecided():
    left, right = Symbol("L", commutative=False), Symbol("R", commutative=False)
    verdict = decide(Transition(1, "=", left * right, right * left), Givens()).verdict
    assert isinstance(verdict, Undecided)


def test_explaining_adds_the_common_normal_form():
    statement = claim("=", "(a + b)**2", "a**2 + 2*a*b + b**2")
    assert decide(statement, GIVENS).verdict.normal_form == ""
    assert "a²" in decide(statement, GIVENS, explain=True).verdict.normal_form
    assert NAMES["a"].name in decide(statement, GIVENS, explain=True).verdict.normal_form


@pytest.mark.parametrize(("lhs", "rhs"), ENTAILED)
def test_an_equivalence_is_proved_and_confirmed(lhs, rhs):
    assert isinstance(decide(claim("<=>", lhs, rhs), GIVENS).verdict, Proved)
    assert isinstance(decide(claim("=>", lhs, rhs), GIVENS).verdict, Proved)


@pytest.mark.parametrize(("lhs", "rhs"), NOT_ENTAILED)
def test_what_does_not_follow_is_refuted(lhs, rhs):
    assert isinstance(decide(claim("=>", lhs, rhs), GIVENS).verdict, Refuted)
    assert isinstance(decide(claim("<=>", lhs, rhs), GIVENS).verdict, Refuted)


@pytest.mark.parametrize(("lhs", "rhs"), [row for rows in TRUE.values() for row in rows])
def test_a_true_statement_is_proved_and_confirmed(lhs, rhs):
    assert isinstance(decide(claim("=", lhs, rhs), GIVENS).verdict, Proved)


@pytest.mark.parametrize(("lhs", "rhs"), [row for rows in FALSE.values() for row in rows])
def test_a_near_miss_is_refuted(lhs, rhs):
    assert isinstance(decide(claim("=", lhs, rhs), GIVENS).verdict, Refuted)


def test_a_refutation_that_nobody_sees_gets_its_counterexample_when_it_is_shown():
    step = claim("=", "a + b", "a - b")
    unseen = decide(step, GIVENS, show=False)
    assert unseen.verdict == Refuted(NOT_SHOWN, instances=unseen.verdict.instances)
    assert shown(unseen).verdict == decide(step, GIVENS).verdict
    assert shown(unseen).verdict.counterexample.values


@pytest.mark.parametrize("tiny", ["exp(-300)", "exp(-3000)"])
def test_a_proof_is_not_confirmed_where_the_sides_differ_by_very_little(tiny):
    step = claim("=", f"a*exp(b)*(1 + {tiny})", "a*exp(b)")
    assert isinstance(compare(step, GIVENS, confirming=True), Difference)
    assert isinstance(compare(claim("=", "a*exp(b)", "exp(b)*a"), GIVENS, confirming=True), Agreement)
