"""The kernel proves the true statements of each theory and none of their near misses."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest
from sympy import Symbol, evaluate, exp

from checker.derivation import Givens, Transition
from checker.kernel import EXP_LOG, INDICATORS, SUMS, THEORIES, Proof, Unproved, prove
from tests.kernel.statements import ENTAILED, FALSE, NOT_ENTAILED, REFUSED, TRUE
from tests.notation import GIVENS, NAMES, read


def rows(table):
    return [pytest.param(*row, id=f"{theory}: {row[0]} = {row[1]}") for theory, rows in table.items() for row in rows]


def claim(relation, lhs, rhs):
    return Transition(1, relation, read(lhs), read(rhs))


@pytest.mark.parametrize(("lhs", "rhs"), rows(TRUE))
def test_a_true_statement_is_proved(lhs, rhs):
    assert isinstance(prove(claim("=", lhs, rhs), GIVENS), Proof)


@pytest.mark.parametrize(("lhs", "rhs"), rows(TRUE))
def test_swapping_the_sides_changes_nothing(lhs, rhs):
    assert isinstance(prove(claim("=", rhs, lhs), GIVENS), Proof)


@pytest.mark.parametrize(("lhs", "rhs"), rows(TRUE))
def test_twice_the_right_side_is_not_proved(lhs, rhs):
    doubled = claim("=", lhs, f"2*({rhs})")
    if rhs != "0":
        assert isinstance(prove(doubled, GIVENS), Unproved)


@pytest.mark.parametrize(("lhs", "rhs"), rows(TRUE))
def test_renaming_the_bound_indices_changes_nothing(lhs, rhs):
    statement = claim("=", lhs, rhs)
    swapped = {NAMES["n"]: NAMES["m"], NAMES["m"]: NAMES["n"], NAMES["k"]: NAMES["l"], NAMES["l"]: NAMES["k"]}
    with evaluate(False):
        renamed = replace(statement, rhs=statement.rhs.xreplace(swapped), lhs=statement.lhs.xreplace(swapped))
    assert isinstance(prove(renamed, GIVENS), Proof)


@pytest.mark.parametrize(("lhs", "rhs"), rows(FALSE))
def test_a_near_miss_is_not_proved(lhs, rhs):
    assert isinstance(prove(claim("=", lhs, rhs), GIVENS), Unproved)


@pytest.mark.parametrize(("lhs", "rhs", "reason"), REFUSED)
def test_what_no_theory_knows_is_refused_by_name(lhs, rhs, reason):
    answer = prove(claim("=", lhs, rhs), GIVENS)
    assert isinstance(answer, Unproved)
    assert reason in answer.reason


@pytest.mark.parametrize(("lhs", "rhs"), ENTAILED)
def test_an_equivalence_is_proved_both_ways(lhs, rhs):
    assert isinstance(prove(claim("<=>", lhs, rhs), GIVENS), Proof)
    assert isinstance(prove(claim("=>", lhs, rhs), GIVENS), Proof)
    assert isinstance(prove(claim("=>", rhs, lhs), GIVENS), Proof)


@pytest.mark.parametrize(("lhs", "rhs"), NOT_ENTAILED)
def test_what_does_not_follow_is_not_proved(lhs, rhs):
    assert isinstance(prove(claim("=>", lhs, rhs), GIVENS), Unproved)
    assert isinstance(prove(claim("<=>", lhs, rhs), GIVENS), Unproved)


def test_squaring_gives_a_consequence_and_no_equivalence():
    assert isinstance(prove(claim("=>", "Eq(x, z)", "Eq(x**2, z**2)"), GIVENS), Proof)
    assert isinstance(prove(claim("<=>", "Eq(x, z)", "Eq(x**2, z**2)"), GIVENS), Unproved)


def test_summing_needs_a_hypothesis_that_is_free_in_the_index():
    summed = "Eq(Sum(A[n], (n, 1, N)), Sum(B[n], (n, 1, N)))"
    assert isinstance(prove(claim("=>", "Eq(A[n], B[n])", summed), GIVENS), Proof)
    assert isinstance(prove(claim("=>", "Eq(A[1], B[1])", summed), GIVENS), Unproved)


@pytest.mark.parametrize(
    ("lhs", "rhs", "conditions"),
    [
        ("x/x", "1", ["Ne(x, 0)"]),
        ("(a - b)/(a - b)", "1", ["Ne(a - b, 0)"]),
        ("a/a", "1", []),
        ("exp(log(x))", "x", ["Ne(x, 0)"]),
        ("exp(log(a))", "a", []),
        ("Sum(A[n], (n, 1, N - 2)) + A[N - 1]", "Sum(A[n], (n, 1, N - 1))", ["-2 + N >= 0"]),
        ("Sum(A[n], (n, 1, N - 1)) + A[N]", "Sum(A[n], (n, 1, N))", []),
        ("tan(theta)*cos(theta)", "sin(theta)", ["Ne(cos(theta), 0)"]),
        ("x/x + z/z", "2", ["Ne(x, 0)", "Ne(z, 0)"]),
        ("x**n*x**(-n)", "1", ["Ne(x, 0)"]),
        ("x**mu*x", "x**(mu + 1)", ["Ne(x, 0)"]),
        ("Sum(a**n, (n, 0, N))*(1 - a)", "1 - a**(N + 1)", ["Ne(a - 1, 0)"]),
    ],
)
def test_conditions_come_from_what_is_written_and_only_where_the_givens_do_not_imply_them(lhs, rhs, conditions):
    proof = prove(claim("=", lhs, rhs), GIVENS)
    assert isinstance(proof, Proof)
    assert sorted(map(str, proof.conditions)) == sorted(str(read(c)) for c in conditions)


def test_an_index_without_a_set_carries_membership_as_a_condition():
    proof = prove(claim("=", "Sum(KroneckerDelta(n, k)*A[n], (n, 1, N))", "A[k]"), Givens())
    assert isinstance(proof, Proof)
    assert [str(c) for c in proof.conditions] == ["(1 <= k) & (k <= N)"]


def test_facts_hold_at_the_point_and_never_inside_a_derivative():
    simplex = replace(GIVENS, facts=(read("Eq(Sum(Al[k], (k, 1, K)), 1)"),))
    assert isinstance(prove(claim("=", "lam*Sum(Al[k], (k, 1, K))", "lam"), simplex), Proof)
    derivative = "Partial(lam*(Sum(Al[k], (k, 1, K)) - 1), Al[l])"
    assert isinstance(prove(claim("=", derivative, "lam"), simplex), Proof)
    assert isinstance(prove(claim("=", derivative, "0"), simplex), Unproved)


def test_definitions_are_unfolded_inside_a_derivative():
    defined = replace(GIVENS, definitions=(read("Eq(h, Sum((X[n] - mu)**2, (n, 1, N)))"),))
    assert isinstance(prove(claim("=", "Partial(h, mu)", "-2*Sum(X[n] - mu, (n, 1, N))"), defined), Proof)
    assert isinstance(prove(claim("=", "Partial(h, mu)", "0"), defined), Unproved)


def test_a_definition_in_terms_of_itself_is_refused():
    circular = replace(GIVENS, definitions=(read("Eq(h, h + 1)"),))
    assert "in terms of itself" in prove(claim("=", "h", "h + 1"), circular).reason


@pytest.mark.parametrize(("rhs", "holds"), [("A[1]*B[2]", True), ("A[2]*B[1]", False)])
def test_a_definition_puts_each_index_in_its_place(rhs, holds):
    defined = replace(GIVENS, definitions=(read("Eq(F[i, j], A[i]*B[j])"),))
    answer = prove(claim("=", "F[1, 2]", rhs), defined)
    assert isinstance(answer, Proof) is holds
    assert not holds or answer.trusts == (("definition of", NAMES["F"].label),)


@pytest.mark.parametrize(("rhs", "holds"), [("u", True), ("2*u", False)])
def test_the_derivative_by_a_defined_name_keeps_it_apart_from_its_definition(rhs, holds):
    defined = replace(GIVENS, definitions=(read("Eq(h, u)"),))
    assert isinstance(prove(claim("=", "Partial(h*u, h)", rhs), defined), Proof) is holds


@pytest.mark.parametrize(
    ("relation", "lhs", "rhs", "holds"),
    [
        (">", "a*b + c", "0", True),
        (">", "Integer(1)", "0", True),
        (">", "Integer(0)", "0", False),
        (">=", "Integer(-1)", "0", False),
        (">", "(x - z)**2", "0", False),
        (">=", "x**2 + z**2", "0", True),
        (">", "x**2", "0", False),
        ("<", "-a", "0", True),
        (">", "Sum(Pn[n]**2, (n, 1, N))", "0", True),
        (">", "a - b", "0", False),
        (">=", "Sum(Indicator(Eq(Y[n], k)), (n, 1, N))", "0", True),
        (">", "Sum(Indicator(Eq(Y[n], k)), (n, 1, N))", "0", False),
        (">", "Partial(p**2*q, p)", "0", True),
    ],
)
def test_inequalities_follow_from_the_signs_of_the_parts(relation, lhs, rhs, holds):
    assert isinstance(prove(claim(relation, lhs, rhs), GIVENS), Proof) is holds


def test_a_given_inequality_settles_a_sign():
    bounded = replace(GIVENS, facts=(read("Lt(p, 1)"),))
    assert isinstance(prove(claim("=", "log(p/(1 - p))", "log(p) - log(1 - p)"), bounded), Proof)
    assert isinstance(prove(claim("=", "log(p/(1 - p))", "log(p) - log(1 - p)"), GIVENS), Unproved)


@pytest.mark.parametrize(
    ("relation", "lhs", "fact", "holds"),
    [
        (">", "(x - z)**2", "Ne(x, z)", True),
        ("<", "a*(x - z)", "Lt(x, z)", True),
        (">", "a*(x - z)", "Lt(x, z)", False),
        (">", "(x - z)*(u - v)", "And(Lt(x, z), Lt(u, v))", True),
        ("<", "(x - z)*(u - v)", "And(Lt(x, z), Lt(u, v))", False),
    ],
)
def test_the_sign_of_a_product_is_that_of_its_factors(relation, lhs, fact, holds):
    given = replace(GIVENS, facts=(read(fact),))
    assert isinstance(prove(claim(relation, lhs, "0"), given), Proof) is holds


def test_symbols_of_one_name_and_other_assumptions_are_two_symbols():
    other = Transition(1, "=", NAMES["x"], Symbol("x", positive=True))
    assert isinstance(prove(other, GIVENS), Unproved)


def test_what_does_not_commute_is_refused():
    left, right = (Symbol(name, commutative=False) for name in "LR")
    with evaluate(False):
        answer = prove(Transition(1, "=", left * right, right * left), GIVENS)
    assert isinstance(answer, Unproved)
    assert "commute" in answer.reason


def test_what_does_not_commute_does_not_inside_what_is_not_looked_into_either():
    left, right = (exp(Symbol(name, commutative=False)) for name in "LR")
    with evaluate(False):
        statement = Transition(1, "=", left * right, right * left)
    assert isinstance(prove(statement, GIVENS, THEORIES - {EXP_LOG}), Unproved)


@pytest.mark.parametrize(
    ("theory", "lhs", "rhs"),
    [
        (SUMS, "Sum(c, (n, 1, N))", "N*c"),
        (EXP_LOG, "log(a*b)", "log(a) + log(b)"),
        (INDICATORS, "Indicator(Eq(Y[n], k))**2", "Indicator(Eq(Y[n], k))"),
    ],
)
def test_a_theory_that_is_switched_off_proves_nothing(theory, lhs, rhs):
    assert isinstance(prove(claim("=", lhs, rhs), GIVENS, THEORIES - {theory}), Unproved)
    assert isinstance(prove(claim("=", lhs, lhs), GIVENS, THEORIES - {theory}), Proof)


def test_nobody_else_makes_a_proof():
    with pytest.raises(TypeError, match="only the kernel"):
        Proof(theories=(), conditions=(), trusts=(), method="")


def test_nobody_else_makes_a_proof_under_optimisation_either():
    source = "from checker.kernel import Proof\ntry: Proof((), (), (), '')\nexcept TypeError: print('refused')"
    run = subprocess.run([sys.executable, "-O", "-c", source], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "refused"
