"""Consequences of many facts: order, powers, general inequalities, inverse arrays; and what must not be concluded."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sympy import Eq, Rational, Symbol, evaluate

from checker.derivation import Independence, IndexSet, Transition
from checker.expressions import Event, P
from checker.kernel import Proof, Unproved, prove
from checker.kernel.hypotheses import Rule
from tests.notation import GIVENS, NAMES, read


def answer(relation, lhs, rhs, facts=(), hypotheses=(), givens=GIVENS):
    statement = Transition(1, relation, read(lhs), read(rhs), hypotheses=tuple(map(read, hypotheses)))
    return prove(statement, replace(givens, facts=tuple(map(read, facts))))


def proved(*args, **more):
    return isinstance(answer(*args, **more), Proof)


# --- many facts ------------------------------------------------------------------------------------------------

H = [Event("H", number) for number in (1, 2, 3)]
A, B = Event("A"), Event("B")
s, q = Symbol("s", real=True), Symbol("q", real=True)


def two_stages():
    """Exactly one H_i occurs, A and B are independent given each, and nine probabilities are numbers."""
    with evaluate(False):
        rows = zip(H, ("1/2", "1/3", "1/6"), ("1/4", "1/2", "1"), ("1/2", "1/4", "1/2"), strict=True)
        facts = [
            Eq(probability, Rational(value))
            for h, *values in rows
            for probability, value in zip((P(h), P(A, given=[h]), P(B, given=[h])), values, strict=True)
        ]
        return replace(
            GIVENS,
            exclusive=(tuple(H),),
            independence=tuple(Independence(events=(A, B), given=(h,)) for h in H),
            facts=tuple(facts),
            definitions=(Eq(q, P(H[2], given=[A, B])),),
        )


def stages_rows():
    with evaluate(False):
        posterior = P(B, given=[H[0]]) * P(H[0], given=[A]) / P(B, given=[A])
        evidence = sum((P(B, given=[h]) * P(h, given=[A]) for h in H[1:]), P(B, given=[H[0]]) * P(H[0], given=[A]))
        odds = Eq(s / (1 - s), q / (1 - q))
        return [
            ("=", evidence, Rational(9, 22), (), True),
            ("=", evidence, Rational(9, 20), (), False),
            ("=", posterior, P(H[0], given=[A, B]), (), True),
            ("=", posterior, Rational(1, 3), (), True),
            ("=", posterior, Rational(1, 2), (), False),
            ("=>", odds, Eq(s, q), (), True),
            ("=>", odds, Eq(s, 1 - q), (), False),
            ("<=>", Eq(s, q), Eq(9 * s, 4), (odds,), True),
            ("<=>", Eq(s, q), Eq(9 * s, 5), (odds,), False),
        ]


@pytest.mark.parametrize(("relation", "lhs", "rhs", "hypotheses", "holds"), stages_rows())
def test_probabilities_that_are_numbers_are_put_in(relation, lhs, rhs, hypotheses, holds):
    statement = Transition(1, relation, lhs, rhs, hypotheses=hypotheses)
    assert isinstance(prove(statement, two_stages()), Proof) is holds


FACTS = ["Eq(a*u + b*v, c)", "Eq(u*v, w)", "Eq(w**2 + x, z)", "Eq(p*x, q*z)", "Eq(log(a), u)", "Eq(a + b + c, 1)",
         "Eq(r*Sum(A[n], (n, 1, N)), s)", "Eq(A[n]*t, B[n])", "Eq(d*x + p, r*z)", "Eq(x*z*w, u + v)"]  # fmt: skip
HYPOTHESES = ["Eq(lam*a, N*t)", "Eq(exp(mu), d)", "Eq(mu*theta, g)", "Eq(g*h, u)", "Eq(h + x, v*w)", "Eq(theta, p*x)",
              "Eq(Sum(B[n], (n, 1, N)), lam)", "Eq(X[n]*Z[n], B[n])"]  # fmt: skip


def test_a_hopeless_goal_under_many_facts_and_hypotheses_costs_little(monkeypatch):
    applied = []
    apply = Rule.apply
    monkeypatch.setattr(Rule, "apply", lambda rule, form: applied.append(1) or apply(rule, form))
    assert isinstance(answer("=", "x + lam", "theta*b - T[1]", FACTS, HYPOTHESES), Unproved)
    assert len(applied) < 6000


def test_what_was_not_used_is_not_trusted():
    proof = answer("=>", "Eq(a*x, b)", "Eq(x, b/a)", facts=["Eq(u, 3)", "Eq(v, u + w)"])
    assert isinstance(proof, Proof)
    assert proof.trusts == ()


def test_what_was_put_in_is_trusted():
    proof = answer("=", "x*z", "12", facts=["Eq(z, u + 1)", "Eq(u, 2)", "Eq(x, 4)"])
    assert isinstance(proof, Proof)
    assert {str(trust[1]) for trust in proof.trusts} == {"Eq(z, u + 1)", "Eq(u, 2)", "Eq(x, 4)"}


@pytest.mark.parametrize(
    ("relation", "lhs", "rhs", "facts", "holds"),
    [
        # solved for what varies with the index, not for what does not
        ("=>", "Eq(lam*Al[k], C[k])", "Eq(Al[k], C[k]/Sum(C[l], (l, 1, K)))", ["Eq(Sum(Al[k], (k, 1, K)), 1)"], True),
        ("=>", "Eq(lam*Al[k], C[k])", "Eq(Al[l]*C[k], Al[k]*C[l])", [], True),
        ("=>", "Eq(lam*Al[k], C[k])", "Eq(Al[l]*C[l], Al[k]*C[k])", [], False),
        # at two indices, without what may vanish
        ("=>", "Eq(A[k]/Al[k] - lam, 0)", "Eq(A[k]/Al[k] - A[l]/Al[l], 0)", [], True),
        ("=>", "Eq(A[k]/Al[k] - lam, 0)", "Eq(A[k]/Al[k] - A[K]/Al[K], 0)", [], True),
        ("=>", "Eq(A[k]/Al[k] - lam, 0)", "Eq(A[k]/Al[k] + A[l]/Al[l], 0)", [], False),
        ("=>", "Eq(A[k]/Al[k] - lam*C[k], 0)", "Eq(A[k]/Al[k] - A[l]/Al[l], 0)", [], False),
        ("=>", "Eq(A[k]/Al[k] - lam, 0)", "Eq(A[k]/Al[k] - A[K + 1]/Al[K + 1], 0)", [], False),
        ("=>", "Eq(A[1], x)", "Eq(A[n], x)", [], False),
        ("=>", "Eq(A[n], x)", "Eq(A[1], x)", [], True),
        ("=>", "Eq(A[n], x)", "Eq(A[N + 1], x)", [], False),
        ("=>", "Eq(W[1, j], W[2, j])", "Eq(W[1, 1], W[2, 1])", [], True),
        ("=>", "Eq(W[1, j], W[2, j])", "Eq(W[1, 1], W[2, 2])", [], False),
        ("=>", "Eq(W[1, j], W[2, j])", "Eq(W[1, D + 1], W[2, D + 1])", [], False),
        # what the goal is divided by does not vanish by the facts, or is a condition
        ("=", "x/u", "x/2", ["Eq(u, 2)"], True),
        ("=", "x/u", "x/2", ["Eq(u**2, 4)"], False),
        ("=>", "Eq(x*z, z)", "Eq(x, 1)", ["Eq(z, 3)"], True),
        ("=>", "Eq(x*z, z)", "Eq(x, 1)", ["Eq(z, u)"], False),
        ("=>", "Eq(x*z, z)", "Eq(x, 1)", ["Eq(z, u)", "Eq(u, 0)"], False),
    ],
)
def test_equations_are_put_in_where_they_hold(relation, lhs, rhs, facts, holds):
    assert proved(relation, lhs, rhs, facts) is holds


@pytest.mark.parametrize(
    ("lhs", "rhs"),
    [
        ("Sum(W[m, m], (m, 1, N))", "1"),
        ("Sum(W[m, m]*A[k], (m, 1, N), (k, 1, K))", "Sum(A[k], (k, 1, K))"),
        ("Sum(W[m, n], (m, 1, N))", "1"),
        ("Sum(W[n, m], (m, 1, N + 1))", "1 + W[1, N + 1]"),
        ("Sum(W[n, m]*A[m], (m, 1, N))", "Sum(A[m], (m, 1, N))"),
        ("Sum(W[N + 1, m], (m, 1, N))", "1"),
        ("Sum(W[k, m]*A[k], (m, 1, N), (k, 1, K))", "Sum(A[k], (k, 1, K))"),
    ],
)
def test_a_sum_that_is_given_for_every_row_is_not_put_in_for_what_is_no_row(lhs, rhs):
    """Of a square whose rows sum to one, the diagonal, a column, or another row need not."""
    assert not proved("=", lhs, rhs, ["Eq(Sum(W[n, m], (m, 1, N)), 1)"])


def test_a_sum_that_is_given_for_every_row_is_put_in_inside_others():
    rows = ["Eq(Sum(W[n, m], (m, 1, N)), 1)"]
    assert proved("=", "Sum(W[n, m]*A[n], (m, 1, N), (n, 1, N))", "Sum(A[n], (n, 1, N))", rows)
    assert not proved("=", "Sum(W[n, m]*A[m], (m, 1, N), (n, 1, N))", "Sum(A[n], (n, 1, N))", rows)


# --- inequalities at other members -----------------------------------------------------------------------------

mi, F, U = NAMES["mi"], NAMES["F"], NAMES["U"]
BINARY = replace(
    GIVENS,
    index_sets={**GIVENS.index_sets, mi: IndexSet(0, 1)},
    value_sets={F: IndexSet(0, 1), U: IndexSet(0, 2)},
)
"""mi and F_n in 0..1, U_n in 0..2."""


@pytest.mark.parametrize(
    ("inside", "holds"),
    [
        ("1 - Pn[mi, i]", True),
        ("1 - Pn[1, i]", True),
        ("1 - Pn[0, j]", True),
        ("1 - Pn[0, 1]", True),
        ("1 - Pn[F[n], i]", True),
        ("1 - Pn[F[n], D]", True),
        ("1 - Pn[2, i]", False),
        ("1 - Pn[U[n], i]", False),
        ("1 - Pn[m, i]", False),
        ("1 - Pn[1, D + 1]", False),
        ("1 - Pn[1, 0]", False),
        ("Pn[1, i] - 1", False),
    ],
)
def test_an_inequality_for_all_members_holds_at_each(inside, holds):
    facts = ["Lt(Pn[mi, i], 1)"]
    assert proved(">", inside, "0", facts, givens=BINARY) is holds
    logs = f"log(({inside})*x)", f"log({inside}) + log(x)"
    assert proved("=", *logs, facts, givens=BINARY) is holds


@pytest.mark.parametrize(
    ("lower", "holds"), [("1", True), ("2", True), ("0", False)], ids=["the set", "inside the set", "outside the set"]
)
def test_an_inequality_for_all_members_holds_under_a_bound_index_in_their_set(lower, holds):
    sum_of = f"Sum(log((1 - Pn[F[n], j])*A[j]), (j, {lower}, D))"
    apart = f"Sum(log(1 - Pn[F[n], j]) + log(A[j]), (j, {lower}, D))"
    assert proved("=", sum_of, apart, ["Lt(Pn[mi, i], 1)"], givens=BINARY) is holds


@pytest.mark.parametrize(
    ("relation", "lhs", "rhs", "fact", "holds"),
    [
        (">=", "A[1]", "0", "Ge(A[mi], 0)", True),
        (">=", "Sum(A[F[n]], (n, 1, N))", "0", "Ge(A[mi], 0)", True),
        (">=", "A[2]", "0", "Ge(A[mi], 0)", False),
        (">", "A[1]", "0", "Ge(A[mi], 0)", False),
        (">", "Qn[1] - Pn[i]", "0", "Gt(Qn[mi], Pn[i])", True),
        (">", "Qn[1] - Pn[1]", "0", "Gt(Qn[mi], Pn[i])", True),
        (">", "Qn[1] - Pn[0]", "0", "Gt(Qn[mi], Pn[i])", False),
        (">", "Qn[2] - Pn[1]", "0", "Gt(Qn[mi], Pn[i])", False),
        ("=>", "Eq(A[1]*x, A[1])", "Eq(x, 1)", "Ne(A[mi], 0)", True),
        ("=>", "Eq(A[F[n]]*x, A[F[n]])", "Eq(x, 1)", "Ne(A[mi], 0)", True),
        ("=>", "Eq((1 - A[F[n]])*x, 1 - A[F[n]])", "Eq(x, 1)", "Ne(1 - A[mi], 0)", True),
        ("=>", "Eq(A[2]*x, A[2])", "Eq(x, 1)", "Ne(A[mi], 0)", False),
        ("=>", "Eq((1 - A[U[n]])*x, 1 - A[U[n]])", "Eq(x, 1)", "Ne(1 - A[mi], 0)", False),
        ("=>", "Eq(Pn[1, i], Pn[0, i])", "Eq(log(Pn[1, i]*(1 - Pn[0, i])/(Pn[0, i]*(1 - Pn[1, i]))), 0)",
         "Lt(Pn[mi, i], 1)", True),
        ("=>", "Eq(Pn[1, i], Pn[0, i])", "Eq(log(Pn[1, i]*(1 - Pn[0, i])/(Pn[0, i]*(1 + Pn[1, i]))), 0)",
         "Lt(Pn[mi, i], 1)", False),
    ],
)  # fmt: skip
def test_other_inequalities_for_all_members_hold_at_each(relation, lhs, rhs, fact, holds):
    assert proved(relation, lhs, rhs, [fact], givens=BINARY) is holds


def test_a_set_that_depends_on_another_index_is_heeded():
    """From W_nm > 0 for m ≤ n nothing follows of W_12, nor from W_nm = 0 for m ≤ n of all the sum."""
    n, m = NAMES["n"], NAMES["m"]
    below = replace(GIVENS, index_sets={**GIVENS.index_sets, m: IndexSet(1, n)})
    assert proved(">", "W[n, m]", "0", ["Gt(W[n, m], 0)"], givens=below)
    assert not proved(">", "W[1, 2]", "0", ["Gt(W[n, m], 0)"], givens=below)
    assert not proved("=", "W[1, m]", "0", ["Eq(W[n, m], 0)"], givens=below)
    assert not proved("=>", "Eq(W[n, m], 0)", "Eq(Sum(W[l, m], (l, 1, N)), 0)", givens=below)


# --- powers ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("relation", "lhs", "rhs", "fact", "holds"),
    [
        ("=>", "Eq(mu/g**2, N*u/s)", "Eq(mu, (N*u/s)/(1/t + N/s))", "Eq(g**2, 1/(1/t + N/s))", True),
        ("=>", "Eq(mu/g**2, N*u/s)", "Eq(mu, (N*u/s)*(1/t + N/s))", "Eq(g**2, 1/(1/t + N/s))", False),
        ("=", "x*g**4 + g**2", "x*(u + v)**2 + u + v", "Eq(g**2, u + v)", True),
        ("=", "exp(-x**2/(2*g**2))", "exp(-x**2/(2*(u + v)))", "Eq(g**2, u + v)", True),
        ("=", "log(a + g**2)", "log(a + b + c)", "Eq(g**2, b + c)", True),
        ("=", "g**3", "(u + v)**2", "Eq(g**2, u + v)", False),
        ("=", "g", "sqrt(b)", "Eq(g**2, b)", False),
        ("=", "Abs(g)*g**2", "b*sqrt(b)*1", "Eq(g**3, b)", False),
        ("=", "x*g**2*h", "x*(u + v)", "Eq(g**2*h**2, u + v)", False),
        ("=", "Sum(A[n]**2*B[n], (n, 1, N))", "Sum(B[n], (n, 1, N))", "Eq(A[n]**2, 1)", True),
        ("=", "Sum((B[n] - A[n]*x)**2, (n, 1, N))", "Sum((A[n]*B[n] - x)**2, (n, 1, N))", "Eq(A[n]**2, 1)", True),
        ("=", "A[m]**4 + A[1]**2", "2", "Eq(A[n]**2, 1)", True),
        ("=", "Sum(A[n]**2*A[m]**2, (n, 1, N))", "N", "Eq(A[n]**2, 1)", True),
        ("=", "Sum(A[n]**3*B[n], (n, 1, N))", "Sum(B[n], (n, 1, N))", "Eq(A[n]**2, 1)", False),
        ("=", "Sum(A[n]*B[n], (n, 1, N))**2", "Sum(B[n], (n, 1, N))**2", "Eq(A[n]**2, 1)", False),
        ("=", "Sum(A[n], (n, 1, N))**2", "N**2", "Eq(A[n]**2, 1)", False),
        ("=", "A[N + 5]**2", "1", "Eq(A[n]**2, 1)", False),
        ("=", "A[m]*A[n]", "1", "Eq(A[n]**2, 1)", False),
        ("=>", "Eq(x/g**2, 1)", "Eq(x, 0)", "Eq(g**2, 0)", False),
        ("=>", "Eq(x*g**2, g**2)", "Eq(x, 1)", "Eq(g**2, u)", False),
    ],
)
def test_a_power_is_put_in_for_itself_alone(relation, lhs, rhs, fact, holds):
    assert proved(relation, lhs, rhs, [fact]) is holds


def test_the_power_of_a_name_is_no_name_that_looks_like_it():
    g = NAMES["g"]
    with evaluate(False):
        facts = (Eq(g**2, 3),)
        for name in ("g^2", "2:s:g", "power:2:s:g", "s:g^2"):
            statement = Transition(1, "=", Symbol(name, real=True) + g**2, read("6"))
            assert isinstance(prove(statement, replace(GIVENS, facts=facts)), Unproved)


# --- inverse arrays --------------------------------------------------------------------------------------------


def inverse(entry):
    """T is the inverse of the array with these entries, a text with {i} and {j}, as facts for every i and j."""
    left, right = entry.format(i="mi", j="j"), entry.format(i="i", j="mi")
    sums = f"Sum(T[i, mi]*{left}, (mi, 1, D))", f"Sum({right}*T[mi, j], (mi, 1, D))"
    return [f"Eq({total}, KroneckerDelta(i, j))" for total in sums]


PLAIN = "W[{i}, {j}]"
GRAM = "Sum(X[n, {i}]*X[n, {j}], (n, 1, N))"
RIDGE = "(Sum(X[n, {i}]*X[n, {j}], (n, 1, N)) + lam*KroneckerDelta({i}, {j}))"
WEIGHTED = "Sum(C[n]*X[n, {i}]*X[n, {j}], (n, 1, N))"
SYMMETRIC = "((W[{i}, {j}] + W[{j}, {i}])/2)"


def times(entry, vector="A"):
    return f"Sum({entry.format(i='i', j='j')}*{vector}[j], (j, 1, D))"


RIGHT = "Sum(X[n, i]*B[n], (n, 1, N))"
SOLUTION = "Eq(A[i], Sum(T[i, j]*Sum(X[n, j]*B[n], (n, 1, N)), (j, 1, D)))"
LEAST_SQUARES = "Sum(T[i, j]*Sum(X[n, j]*(Sum(X[n, k]*A[k], (k, 1, D)) + B[n]), (n, 1, N)), (j, 1, D))"

INVERSES = [
    ("=", LEAST_SQUARES, "A[i] + Sum(T[i, j]*Sum(X[n, j]*B[n], (n, 1, N)), (j, 1, D))", GRAM),
    ("<=>", f"Eq({times(GRAM)}, {RIGHT})", SOLUTION, GRAM),
    ("<=>", f"Eq({times(RIDGE)}, {RIGHT})", SOLUTION, RIDGE),
    ("<=>", f"Eq({times(WEIGHTED)}, Sum(C[n]*X[n, i]*B[n], (n, 1, N)))",
     "Eq(A[i], Sum(T[i, j]*Sum(C[n]*X[n, j]*B[n], (n, 1, N)), (j, 1, D)))", WEIGHTED),
    ("<=>", f"Eq({times(PLAIN)}, B[i])", "Eq(A[i], Sum(T[i, j]*B[j], (j, 1, D)))", PLAIN),
    ("<=>", f"Eq({times(SYMMETRIC)}, B[i])", "Eq(A[i], Sum(T[i, j]*B[j], (j, 1, D)))", SYMMETRIC),
    ("=>", "Eq(Sum(W[i, m]*X[m, j], (m, 1, D)), KroneckerDelta(i, j))", "Eq(X[i, j], T[i, j])", PLAIN),
    ("=", "Sum(A[i]*T[i, j]*W[j, k]*B[k], (i, 1, D), (j, 1, D), (k, 1, D))", "Sum(A[i]*B[i], (i, 1, D))", PLAIN),
    ("=", "Sum(T[i, j]*W[j, i], (i, 1, D), (j, 1, D))", "D", PLAIN),
]  # fmt: skip

NO_INVERSES = [
    ("=", LEAST_SQUARES, "A[i] + Sum(T[i, j]*B[j], (j, 1, D))", GRAM),
    ("=", LEAST_SQUARES, "A[i] + Sum(T[i, j]*Sum(X[n, j]*B[n], (n, 1, N)), (j, 1, D))", RIDGE),
    ("=>", f"Eq({times(GRAM)}, {RIGHT})", "Eq(A[i], Sum(T[i, j]*B[j], (j, 1, D)))", GRAM),
    ("=>", f"Eq({times(GRAM)}, {RIGHT})", "Eq(A[i], Sum(X[n, i]*B[n], (n, 1, N)))", GRAM),
    ("=>", f"Eq({times(RIDGE)}, {RIGHT})", SOLUTION, GRAM),
    ("=>", f"Eq({times(GRAM)}, {RIGHT})", SOLUTION, RIDGE),
    ("=>", f"Eq({times(PLAIN)}, B[i])", "Eq(A[i], Sum(T[j, i]*B[j], (j, 1, D)))", PLAIN),
    ("=>", f"Eq({times(PLAIN)}, B[i])", "Eq(B[i], Sum(T[i, j]*A[j], (j, 1, D)))", PLAIN),
    ("=>", "Eq(Sum(W[i, m]*X[m, j], (m, 1, D)), KroneckerDelta(i, j))", "Eq(X[i, j], T[j, i])", PLAIN),
    ("=>", "Eq(Sum(W[1, j]*A[j], (j, 1, D)), B[1])", "Eq(A[1], Sum(T[1, j]*B[j], (j, 1, D)))", PLAIN),
    ("=", "Sum(A[i]*T[j, i]*W[j, k]*B[k], (i, 1, D), (j, 1, D), (k, 1, D))", "Sum(A[i]*B[i], (i, 1, D))", PLAIN),
    ("=", "Sum(T[i, i]*W[i, i], (i, 1, D))", "D", PLAIN),
    ("=", "Sum(T[i, j]*W[j, j], (j, 1, D))", "1", PLAIN),
    ("=", "Sum(T[i, j]*W[j, k], (j, 1, D - 1))", "KroneckerDelta(i, k)", PLAIN),
    ("=", "Sum(T[i, j]*W[j, D + 1], (j, 1, D))", "0", PLAIN),
]


@pytest.mark.parametrize(("relation", "lhs", "rhs", "entry"), INVERSES)
def test_an_inverse_array_is_one_by_its_components(relation, lhs, rhs, entry):
    assert proved(relation, lhs, rhs, inverse(entry))


@pytest.mark.parametrize(("relation", "lhs", "rhs", "entry"), NO_INVERSES)
def test_what_is_no_consequence_of_an_inverse_is_not_proved(relation, lhs, rhs, entry):
    assert not proved(relation, lhs, rhs, inverse(entry))


# --- a fact on a sum, and an equation for each of its members ------------------------------------------------------


@pytest.mark.parametrize(
    ("conclusion", "holds"),
    [
        ("Eq(Sum(Pn[k], (k, 1, K)), Sum(lam*exp(A[k]), (k, 1, K)))", True),
        ("Eq(1, lam*Sum(exp(A[k]), (k, 1, K)))", True),
        ("Eq(1, Sum(exp(A[k]), (k, 1, K)))", False),
        ("Eq(1, lam*exp(A[k]))", False),
    ],
)
def test_members_are_summed_also_where_a_fact_tells_their_sum(conclusion, holds):
    facts = ["Eq(Sum(Pn[k], (k, 1, K)), 1)", "Eq(Sum(Pn[k]*A[k], (k, 1, K)), u)"]
    assert proved("=>", "Eq(Pn[k], lam*exp(A[k]))", conclusion, facts) is holds


# --- an equation at every index, and its total ------------------------------------------------------------------

COUNTED = "Sum(Indicator(Eq(Y[n], k)), (n, 1, N))"


@pytest.mark.parametrize(
    ("conclusion", "holds"),
    [
        (f"Eq(Al[k], {COUNTED}/N)", True),
        (f"Eq(Al[k], {COUNTED}/K)", False),
        (f"Eq(Al[k], N*{COUNTED})", False),
        ("Eq(lam, N)", True),
        ("Eq(Al[k], Rational(1, 1)/K)", False),
    ],
)
def test_a_total_tells_the_multiplier_also_where_the_conclusion_has_the_index(conclusion, holds):
    facts = ("Eq(Sum(Al[k], (k, 1, K)), 1)",)
    assert proved("=>", f"Eq(lam*Al[k], {COUNTED})", conclusion, facts) is holds


@pytest.mark.parametrize(("tie", "holds"), [("Ge(l, 1)", True), ("Ne(l, 1)", False), ("Ge(l, 2)", False)])
def test_an_inverse_solves_equations_that_hold_for_every_row(tie, holds):
    givens = replace(GIVENS, index_sets={**GIVENS.index_sets, NAMES["l"]: IndexSet(1, NAMES["D"])})
    rows = "Eq(Sum(W[l, j]*A[j], (j, 1, D)), B[l])"
    solved = "Eq(A[i], Sum(T[i, j]*B[j], (j, 1, D)))"
    assert proved("=>", rows, solved, inverse(PLAIN), [tie], givens=givens) is holds
