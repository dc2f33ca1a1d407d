"""Values of two distributions: D(p‖q), KL(p‖q)."""

import pytest

from tests.reading.test_near_misses import page
from tests.reading.texts import verdicts

GIVENS = r"Let $p_k, q_k > 0$ for $k=1,\dots,K$ with $\sum_k p_k = \sum_k q_k = 1$."
SUM = r"\sum_{k=1}^K p_k \log\frac{p_k}{q_k}"


@pytest.mark.parametrize("name", ["D", "D_{KL}", r"\mathrm{KL}", r"\operatorname{KL}", r"\text{KL}", "d"])
@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"%s(p\|q) = \sum_k p_k \log p_k - \sum_k p_k \log q_k", "proved"),
        (r"%s(q\|p) = \sum_k q_k \log q_k - \sum_k q_k \log p_k", "proved"),
        (r"%s(q\|p) = \sum_k p_k \log p_k - \sum_k p_k \log q_k", "refuted"),
        (r"%s(p\|q) = \sum_k p_k \log q_k - \sum_k p_k \log p_k", "refuted"),
        (r"%s(p\|q) \geq 0", "supported"),
    ],
)
def test_a_divergence_is_what_the_text_says_it_is(name, claim, verdict):
    text = page(GIVENS, rf"{name}(p\|q) = {SUM}", claim % name)
    assert verdicts(text).split() == ["assumed", verdict]


def test_a_divergence_is_defined_in_a_sentence():
    text = page(rf"{GIVENS} Define $D(p\|q) = {SUM}$.", r"D(p\|q) = \sum_k p_k (\log p_k - \log q_k)")
    assert verdicts(text) == "proved"


def test_of_a_divergence_of_which_nothing_is_said_nothing_is_decided():
    assert verdicts(page(GIVENS, r"D(p\|q) + 1 = D(q\|p) + 1")) == "undecided"


def test_gibbs_inequality_by_the_tangent_of_the_logarithm():
    steps = rf"-{SUM} \leq \sum_{{k=1}}^K p_k\left(\frac{{q_k}}{{p_k}} - 1\right) = \sum_k q_k - \sum_k p_k = 0"
    assert verdicts(page(GIVENS, steps)).split() == ["proved"] * 3
