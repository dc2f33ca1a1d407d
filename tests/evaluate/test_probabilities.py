"""Probabilities: of a model's factors, or of an unknown joint distribution that obeys what is given."""

from __future__ import annotations

import pytest
from sympy import Eq, IndexedBase, Product, Rational, Sum, Symbol, evaluate, exp, log, pi, symbols

from checker.derivation import Givens, Independence, IndexSet, Model, Variable
from checker.evaluate import Inconclusive
from checker.expressions import Each, Event, P, Partial, RandomVariable, indicator
from tests.evaluate.claims import NOTHING, agrees, differs, found, open_because

A, B, C, H = (Event(name) for name in "ABCH")
X, Y = RandomVariable("x"), RandomVariable("y")
i, j, k, n = symbols("i j k n", integer=True, positive=True)
N, K, D = symbols("N K D", integer=True, positive=True)
SETS = {n: IndexSet(1, N), k: IndexSet(1, K), j: IndexSet(1, K), i: IndexSet(1, D)}

with evaluate(False):
    ROWS = [
        (P(A, given=B), P(B, given=A) * P(A) / P(B), P(B, given=A)),
        (P(A, given=B), P(A, B) / P(B), P(A, B) / P(A)),
        (P(A, B, C), P(A) * P(B, given=A) * P(C, given=[A, B]), P(A) * P(B, given=A) * P(C, given=A)),
        (P(B), P(B, given=A) * P(A) + P(B, given=~A) * P(~A), P(B, given=A) + P(B, given=~A)),
        (P(A, given=[B, C]), P(B, given=[A, C]) * P(A, given=C) / P(B, given=C), P(A, given=C)),
        (P(A) + P(~A), 1 + 0 * P(A), P(B)),
        (P(A, A), P(A), P(A) ** 2),
        (P(A, ~A), 0 * P(A), P(A)),
        (P(A, B) + P(A, ~B), P(A), P(B)),
    ]


@pytest.mark.parametrize(("lhs", "rhs", "slip"), ROWS, ids=[str(place) for place in range(len(ROWS))])
def test_laws_hold_for_unknown_events_and_their_near_misses_do_not(lhs, rhs, slip):
    assert agrees(found("=", lhs, rhs, NOTHING))
    assert differs(found("=", lhs, slip, NOTHING))


def test_a_counterexample_lists_the_probabilities_it_is_made_of():
    finding = found("=", P(A, given=B), P(B, given=A), NOTHING)
    assert differs(finding)
    assert {"P(B)", "P(A|B)", "P(A|~B)"} == set(finding.counterexample.values)


def test_independence_is_used_only_where_it_is_given():
    with evaluate(False):
        product, joint = P(A) * P(B), P(A, B)
        product_c, joint_c = P(A, given=C) * P(B, given=C), P(A, B, given=C)
    plain = Givens(independence=(Independence((A, B)),))
    behind = Givens(independence=(Independence((A, B), (C,)),))
    assert agrees(found("=", joint, product, plain))
    assert differs(found("=", joint, product, NOTHING))
    assert differs(found("=", joint_c, product_c, plain))
    assert agrees(found("=", joint_c, product_c, behind))
    assert differs(found("=", joint, product, behind))


def test_what_has_probability_zero_behind_the_bar_is_undefined():
    assert "defined" in open_because(found("=", P(A, given=[B, ~B]), P(A), NOTHING))


HYPOTHESES = Givens(
    exclusive=((H[1], H[2], H[3]),),
    independence=tuple(Independence((A, B), (H[number],)) for number in (1, 2, 3)),
    facts=(
        *(Eq(P(H[number]), Rational(1, value)) for number, value in ((1, 2), (2, 3), (3, 6))),
        *(Eq(P(A, given=H[number]), value) for number, value in ((1, Rational(1, 4)), (2, Rational(1, 2)), (3, 1))),
        *(Eq(P(B, given=H[number]), Rational(1, value)) for number, value in ((1, 2), (2, 4), (3, 2))),
    ),
)


@pytest.mark.parametrize(
    ("probability", "value"),
    [
        (P(A), Rational(11, 24)),
        (P(H[1], given=A), Rational(3, 11)),
        (P(B, given=A), Rational(9, 22)),
        (P(H[1], given=[A, B]), Rational(1, 3)),
        (P(H[3], given=[A, B]), Rational(4, 9)),
    ],
)
def test_stated_probabilities_determine_the_others(probability, value):
    assert agrees(found("=", probability, value, HYPOTHESES))
    assert differs(found("=", probability, value + Rational(1, 100), HYPOTHESES))


def test_exactly_one_of_a_family_of_events_occurs():
    for exclusive in ((H[k],), (Each([H[k]], (k, 1, K)),)):
        givens = Givens(SETS, exclusive=(exclusive,))
        with evaluate(False):
            posterior = P(A, given=H[j]) * P(H[j]) / Sum(P(A, given=H[k]) * P(H[k]), (k, 1, K))
            slip = P(A, given=H[j]) / Sum(P(A, given=H[k]), (k, 1, K))
            assert agrees(found("=", Sum(P(H[k]), (k, 1, K)), 1, givens))
        assert agrees(found("=", P(H[j], given=A), posterior, givens))
        assert differs(found("=", P(H[j], given=A), slip, givens))


def test_variables_without_a_model_obey_total_probability():
    with evaluate(False):
        total = Sum(P(X, given=Eq(Y, k)) * P(Eq(Y, k)), (k, 1, K))
        slip = Sum(P(X, given=Eq(Y, k)), (k, 1, K))
    assert agrees(found("=", P(X), total, Givens(SETS)))
    assert differs(found("=", P(X), slip, Givens(SETS)))


x, mu = IndexedBase("x", real=True), IndexedBase("mu", real=True)
sigma, alpha = IndexedBase("sigma", positive=True), IndexedBase("alpha", positive=True)
y, theta = IndexedBase("y", integer=True, positive=True), Symbol("theta")
with evaluate(False):
    DENSITY = Product(
        exp(-((x[i] - mu[k, i]) ** 2) / (2 * sigma[i] ** 2)) * (2 * pi * sigma[i] ** 2) ** Rational(-1, 2), (i, 1, D)
    )
    MODEL = Model(
        (Variable(Y, y, IndexSet(1, K)), Variable(X, x)),
        (Eq(P(Eq(Y, k)), alpha[k]), Eq(P(X, given=Eq(Y, k)), DENSITY)),
        IndexSet(1, N),
    )
    GAUSSIAN = Givens(
        SETS,
        {y: IndexSet(1, K)},
        facts=(Eq(Sum(alpha[k], (k, 1, K)), 1),),
        model=MODEL,
        parameters=frozenset({mu, sigma, theta}),
    )
    POSTERIOR = DENSITY * alpha[k] / Sum(DENSITY * alpha[k], (k, 1, K))
    JOINT = P(Each([Y[n], X[n]], (n, 1, N)), given=theta)


def test_bayes_rule_with_the_factors_of_a_model():
    assert agrees(found("=", P(Eq(Y, k), given=[X, mu, sigma]), POSTERIOR, GAUSSIAN))
    with evaluate(False):
        assert differs(found("=", P(Eq(Y, k), given=X), DENSITY / Sum(DENSITY, (k, 1, K)), GAUSSIAN))


def test_independent_samples_have_a_product_for_a_likelihood():
    with evaluate(False):
        rhs = Sum(log(P(X[n], given=[Y[n], theta])) + log(P(Y[n], given=theta)), (n, 1, N))
        slip = Sum(log(P(X[n], given=theta)) + log(P(Y[n], given=theta)), (n, 1, N))
        assert agrees(found("=", log(JOINT), rhs, GAUSSIAN))
        assert differs(found("=", log(JOINT), slip, GAUSSIAN))


def test_the_gradient_of_a_likelihood_goes_through_the_factors():
    with evaluate(False):
        gradient = Sum(indicator(y[n], k) * (x[n, j] - mu[k, j]) / sigma[j] ** 2, (n, 1, N))
        slip = Sum((x[n, j] - mu[k, j]) / sigma[j] ** 2, (n, 1, N))
        likelihood = Partial(log(JOINT), mu[k, j])
    givens = Givens(
        {**SETS, j: IndexSet(1, D)},
        GAUSSIAN.value_sets,
        facts=GAUSSIAN.facts,
        model=MODEL,
        parameters=GAUSSIAN.parameters,
    )
    assert agrees(found("=", likelihood, gradient, givens))
    assert differs(found("=", likelihood, slip, givens))


def test_a_model_without_factors_still_has_independent_samples():
    givens = Givens(SETS, model=Model(MODEL.variables, (), IndexSet(1, N)))
    with evaluate(False):
        product = Product(P(Y[n], X[n]), (n, 1, N))
        slip = Product(P(Y[n]) * P(X[n]), (n, 1, N))
    assert agrees(found("=", P(Each([Y[n], X[n]], (n, 1, N))), product, givens))
    assert differs(found("=", P(Each([Y[n], X[n]], (n, 1, N))), slip, givens))


def test_one_stated_value_of_two_leaves_the_other():
    p = Symbol("p", positive=True)
    coin = Model((Variable(Y, Symbol("y", integer=True), IndexSet(0, 1)),), (Eq(P(Eq(Y, 1)), p),))
    givens = Givens(facts=(p < 1,), model=coin)
    assert agrees(found("=", P(Eq(Y, 0)), 1 - p, givens))
    assert differs(found("=", P(Eq(Y, 0)), p, givens))


def test_a_proportionality_drops_only_what_does_not_depend_on_the_variable():
    with evaluate(False):
        unnormalised = P(X, given=Eq(Y, k)) * alpha[k]
        kernel = exp(-Sum((x[i] - mu[k, i]) ** 2 / (2 * sigma[i] ** 2), (i, 1, D)))
    assert agrees(found(r"\propto", P(Eq(Y, k), given=X), unnormalised, GAUSSIAN))
    assert differs(found(r"\propto", P(Eq(Y, k), given=X), P(X, given=Eq(Y, k)), GAUSSIAN))
    assert agrees(found(r"\propto", P(X, given=Eq(Y, k)), kernel, GAUSSIAN))
    assert differs(found(r"\propto", P(X, given=Eq(Y, k)), P(Eq(Y, k), given=X), GAUSSIAN))
    assert "proportionality" in open_because(found(r"\propto", alpha[k], alpha[k], GAUSSIAN))


def test_what_is_not_known_of_probabilities_is_refused():
    z = Symbol("z")
    assert "z" in open_because(found("=", P(A, given=z), P(A), NOTHING))
    assert "derivative" in open_because(found("=", Partial(P(A), z), 0, NOTHING))
    assert isinstance(found("=", P(X, given=A), P(X), GAUSSIAN), Inconclusive)
    assert "Symbol" in open_because(found("=", P(z), z, NOTHING))


def test_a_factor_that_takes_a_vector_for_a_number_is_refused():
    x, w = IndexedBase("x", real=True), Symbol("w", integer=True)
    factors = (Eq(P(Eq(Y, k)), alpha[k]), Eq(P(Eq(X, w), given=Eq(Y, k)), x[w] + alpha[k]))
    model = Model((Variable(Y, Symbol("y"), IndexSet(1, K)), Variable(X, x)), factors)
    assert "vector" in open_because(found("=", P(X), 2 * P(X), Givens(SETS, model=model)))


def test_inequalities_between_probabilities():
    assert agrees(found("<=", P(A, B), P(A), NOTHING))
    assert differs(found("<=", P(A), P(A, B), NOTHING))
    assert agrees(found("=>", Eq(P(A), P(B)), Eq(P(A, given=B), P(B, given=A)), NOTHING))
    assert differs(found("=>", Eq(P(A, given=B), P(B, given=A)), Eq(P(A, B), P(A) * P(B)), NOTHING))


def test_independence_in_pairs_supports_no_mutual_independence():
    pairs = Givens(independence=tuple(Independence(pair) for pair in ((A, B), (B, C), (A, C))))
    with evaluate(False):
        claim = P(A, B, C), P(A) * P(B) * P(C)
    assert "more independence" in open_because(found("=", *claim, pairs))
    assert agrees(found("=", *claim, Givens(independence=(Independence((A, B, C)),))))


def test_a_model_is_not_asked_what_it_does_not_show():
    x, y = RandomVariable("X"), RandomVariable("Y")
    domain = IndexSet(0, 1)
    model = Model((Variable(x, Symbol("x", integer=True), domain), Variable(y, Symbol("y", integer=True), domain)))
    with evaluate(False):
        claim = P(Eq(x, 1), Eq(y, 1)), P(Eq(x, 1)) * P(Eq(y, 1))
    assert differs(found("=", *claim, Givens(model=model)))
    assert "independent" in open_because(found("=", *claim, Givens(model=model, independence=(Independence((x, y)),))))
