"""Both derivatives set to zero at once, and both estimates concluded from that, as students write it."""

from __future__ import annotations

import pytest
from sympy import And, Eq, Sum, evaluate

from checker.check import decide
from checker.derivation import Transition
from checker.expressions import indicator
from derivations.q2 import N, derivation, i, k, mu, n, sigma, x, y

with evaluate(False):
    OWN = indicator(y[n], k)
    BY_MEANS = Eq(-Sum(OWN * (x[n, i] - mu[k, i]) / sigma[i] ** 2, (n, 1, N)), 0)
    SQUARES = Sum((x[n, i] - mu[y[n], i]) ** 2, (n, 1, N))
    BY_VARIANCES = Eq(N / (2 * sigma[i] ** 2) - SQUARES / (2 * sigma[i] ** 4), 0)
    SHARED = {
        "the mean of the class": Eq(mu[k, i], Sum(OWN * x[n, i], (n, 1, N)) / Sum(OWN, (n, 1, N))),
        "the shared variance": Eq(sigma[i] ** 2, SQUARES / N),
    }
    SLIPS = {
        "the mean over all samples": Eq(mu[k, i], Sum(OWN * x[n, i], (n, 1, N)) / N),
        "the variance by one less": Eq(sigma[i] ** 2, SQUARES / (N - 1)),
        "half the variance": Eq(sigma[i] ** 2, SQUARES / (2 * N)),
        "the variance of a class": Eq(sigma[i] ** 2, Sum(OWN * (x[n, i] - mu[k, i]) ** 2, (n, 1, N)) / N),
    }


def verdict(conclusion, *hypotheses):
    with evaluate(False):
        claim = Transition(1, "=>", hypotheses[0], conclusion, hypotheses=hypotheses[1:])
        return decide(claim, derivation.givens).verdict


@pytest.mark.parametrize("name", SHARED)
def test_both_follow_from_both_and_an_instance_shows_it(name):
    with evaluate(False):
        both = And(BY_MEANS, BY_VARIANCES, evaluate=False)
    for found in (verdict(SHARED[name], both), verdict(SHARED[name], BY_VARIANCES, BY_MEANS)):
        assert found.name == "proved"
        assert found.instances


@pytest.mark.parametrize("name", SLIPS)
def test_what_is_near_them_is_refuted(name):
    assert verdict(SLIPS[name], BY_MEANS, BY_VARIANCES).name == "refuted"
