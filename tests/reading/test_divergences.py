"""Functions of distributions: H(p) and H(p, q) under one name, D(p ‖ q), and their arguments in another order."""

import pytest

from tests.reading.test_judging import on
from tests.reading.test_near_misses import page
from tests.reading.texts import verdicts

TWO = r"Let $p_k, q_k > 0$ for $k \in \{1,\dots,K\}$ with $\sum_k p_k = 1$ and $\sum_k q_k = 1$."
ENTROPIES = (r"$H(p) = -\sum_k p_k \log p_k", r"$H(p, q) = -\sum_k p_k \log q_k")
DIVERGENCES = [r"D_{KL}(p \| q)", r"\mathrm{KL}(p \| q)", r"D(p \parallel q)", r"D_{KL}(p || q)"]


@pytest.mark.parametrize("divergence", DIVERGENCES)
def test_a_divergence_is_a_function_of_two(divergence):
    defined = f"${divergence} = \\sum_k p_k \\log \\frac{{p_k}}{{q_k}}"
    assert on(TWO, *ENTROPIES, defined, f"${divergence} = H(p, q) - H(p)").verdicts.split()[2:] == ["assumed", "proved"]
    assert on(TWO, *ENTROPIES, defined, f"${divergence} = H(p, q) + H(p)").verdicts.split()[2:] == [
        "assumed",
        "refuted",
    ]
    uniform = "For the uniform distribution $q_k = 1/K$,"
    assert on(TWO, *ENTROPIES, defined, uniform, f"${divergence} = \\log K - H(p)").verdicts.split()[-1] == "proved"


def test_a_name_has_functions_of_one_argument_and_of_two():
    assert on(TWO, *ENTROPIES, r"$H(p, p) = H(p)").verdicts == "assumed assumed proved"
    assert on(TWO, *ENTROPIES, r"$H(p, q) = H(p)").verdicts == "assumed assumed refuted"
    assert (
        on(TWO, *ENTROPIES, r"$\frac{\partial H(p,q)}{\partial q_j} = -\frac{p_j}{q_j}").verdicts.split()[-1]
        == "proved"
    )
    assert on(TWO, *ENTROPIES, r"$H = H(p)").verdicts.split()[-1] == "undecided"


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (r"H(q, p) = -\sum_k q_k \log p_k", "proved"),
        (r"H(q, p) = -\sum_k p_k \log p_k", "refuted"),
        (r"H(q, p) = -\sum_k q_k \log q_k", "refuted"),
        (r"H(q, p) = H(p, q)", "refuted"),
        (r"H(q, q) = -\sum_k q_k \log q_k", "proved"),
    ],
)
def test_arguments_are_put_in_at_once(claim, expected):
    assert on(TWO, ENTROPIES[1], f"${claim}").verdicts == f"assumed {expected}"
    again = on(TWO, ENTROPIES[1], r"$H(q, p) = -\sum_k q_k \log p_k", f"${claim}").verdicts
    assert again == f"assumed proved {expected}"


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


def test_gibbs_inequality_by_the_tangent_of_the_logarithm():
    steps = rf"-{SUM} \leq \sum_{{k=1}}^K p_k\left(\frac{{q_k}}{{p_k}} - 1\right) = \sum_k q_k - \sum_k p_k = 0"
    assert verdicts(page(GIVENS, steps)).split() == ["proved"] * 3
