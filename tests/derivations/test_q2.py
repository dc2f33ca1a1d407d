"""q2 has every result that the question asks for, and every step is proved by its rule."""

from __future__ import annotations

import sys

import pytest
from sympy import Eq, Sum, evaluate
from sympy import log as logarithm

from checker.check import decide
from checker.expressions import P, Partial, indicator
from checker.verdict import Proved
from tests.derivations.loaded import label, parts, steps
from tests.plain import is_false

STEPS = steps("q2")
q2 = sys.modules["derivations.q2"]
"""The module as it was loaded, for its symbols."""


def ends(part: str) -> list[tuple[object, object]]:
    """The first and last member of each chain of a part."""
    found: list[tuple[object, object]] = []
    for transition in parts("q2")[part].transitions:
        if found and found[-1][1] == transition.lhs:
            found[-1] = (found[-1][0], transition.rhs)
        else:
            found.append((transition.lhs, transition.rhs))
    return found


def in_symbols(make):
    """Build an expression as the derivation does: without evaluation, in its own symbols."""
    with evaluate(False):
        return make(q2)


RESULTS = {
    "posterior": ("a", lambda q: P(Eq(q.Y, q.k), given=[q.X, q.mu, q.sigma])),
    "likelihood": ("b", lambda q: q.ell),
    "gradient by a mean": ("c", lambda q: Partial(q.ell, q.mu[q.k, q.j])),
    "gradient by a variance": ("c", lambda q: Partial(q.ell, q.sigma[q.j] ** 2)),
    "stationary in the mean": ("c", lambda q: Eq(Partial(q.ell, q.mu[q.k, q.j]), 0)),
    "stationary in the variance": ("c", lambda q: Eq(Partial(q.ell, q.sigma[q.j] ** 2), 0)),
    "Lagrangian": ("d", lambda q: q.L),
    "its derivative": ("d", lambda q: Partial(q.L, q.alpha[q.j])),
    "stationary in the prior": ("d", lambda q: Eq(Partial(q.L, q.alpha[q.j]), 0)),
}


@pytest.mark.parametrize("name", RESULTS)
def test_a_chain_begins_at(name):
    part, make = RESULTS[name]
    assert in_symbols(make) in [start for start, _ in ends(part)]


ESTIMATES = {
    "mean": ("c", lambda q: Eq(
        q.mu[q.k, q.j],
        Sum(indicator(q.y[q.n], q.k) * q.x[q.n, q.j], (q.n, 1, q.N)) / Sum(indicator(q.y[q.n], q.k), (q.n, 1, q.N)),
    )),
    "variance": ("c", lambda q: Eq(
        q.sigma[q.j] ** 2, Sum((q.x[q.n, q.j] - q.mu[q.y[q.n], q.j]) ** 2, (q.n, 1, q.N)) / q.N
    )),
    "multiplier": ("d", lambda q: Eq(q.lam, q.N)),
    "prior": ("d", lambda q: Eq(q.alpha[q.j], Sum(indicator(q.y[q.n], q.j), (q.n, 1, q.N)) / q.N)),
}  # fmt: skip


@pytest.mark.parametrize("name", ESTIMATES)
def test_a_chain_ends_in_the_estimate_of_the(name):
    part, make = ESTIMATES[name]
    assert in_symbols(make) in [end for _, end in ends(part)]


def test_the_likelihood_ends_in_its_three_sums():
    (_, end), *_ = ends("b")
    priors = in_symbols(lambda q: -Sum(logarithm(q.alpha[q.y[q.n]]), (q.n, 1, q.N)))
    assert len(_terms(end)) == 3
    assert priors in _terms(end)


def _terms(expression):
    return [leaf for arg in expression.args for leaf in (_terms(arg) if arg.is_Add else [arg])]


def test_there_are_at_least_twenty_steps_in_four_parts():
    assert list(parts("q2")) == ["a", "b", "c", "d"]
    assert len(STEPS) >= 20
    assert all(transition.rule for _, transition in STEPS)


@pytest.mark.parametrize("step", STEPS, ids=label)
def test_every_step_is_proved_by_its_rule(step):
    part, transition = step
    outcome = decide(transition, part.givens)
    assert isinstance(outcome.verdict, Proved), outcome
    assert outcome.rule_ok, outcome.message


@pytest.mark.parametrize("step", STEPS, ids=label)
def test_the_plain_second_opinion_agrees(step):
    part, transition = step
    assert is_false(transition, part.givens) is False
