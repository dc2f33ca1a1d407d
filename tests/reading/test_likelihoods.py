"""Densities of data by a formula: what a display or a sentence says that they are, and what is judged by that."""

import pytest

from tests.reading.test_judging import on
from tests.reading.texts import verdicts

DATA = r"Let $x_n \in \mathbb{R}$ for $n \in \{1,\dots,N\}$ and $\sigma > 0$."
NORMAL = r"p(D|\mu,\sigma) = \prod_{n=1}^N \frac{1}{\sqrt{2\pi}\sigma} e^{-\frac{(x_n-\mu)^2}{2\sigma^2}}"
LOG = r"\log p(D|\mu,\sigma) = -\frac N2 \log(2\pi) - N\log\sigma - \frac{1}{2\sigma^2}\sum_{n=1}^N (x_n-\mu)^2"


def found(*formulas: str, words: str = DATA) -> str:
    return verdicts("\n\n".join([words, *(f"$$\n{formula}\n$$" for formula in formulas)]) + "\n")


@pytest.mark.parametrize(
    ("formula", "verdict"),
    [
        (LOG, "proved"),
        (LOG.replace(r"N\log\sigma", r"\log\sigma"), "refuted"),
        (r"\frac{\partial}{\partial\mu} \log p(D|\mu,\sigma) = \frac{1}{\sigma^2}\sum_{n=1}^N (x_n-\mu)", "proved"),
        (r"\frac{\partial}{\partial\mu} \log p(D|\mu,\sigma) = \frac{1}{\sigma}\sum_{n=1}^N (x_n-\mu)", "refuted"),
        (r"p(D|\mu,\sigma) = \sum_{n=1}^N \frac{1}{\sqrt{2\pi}\sigma} e^{-\frac{(x_n-\mu)^2}{2\sigma^2}}", "refuted"),
        (r"p(\mu|D,\sigma) = \frac{p(D|\mu,\sigma) p(\mu|\sigma)}{p(D|\sigma)}", "proved"),
        (r"p(\mu|D,\sigma) = p(D|\mu,\sigma) p(\mu|\sigma)", "undecided"),  # the density of D is no more than written
        (r"p(D) = 3", "undecided"),
    ],
)
def test_a_likelihood_is_what_its_first_display_says(formula, verdict):
    assert found(NORMAL, formula) == found(LOG, formula) == f"assumed {verdict}"


def test_a_number_for_a_probability_defines_none():
    assert found(r"P(A) = \frac12", r"P(B|A) = \frac12", words="") == "undecided undecided"


@pytest.mark.parametrize("said", ["Let", "Suppose that"])
def test_a_sentence_says_what_a_log_likelihood_is(said):
    words = (
        r"Let $x_n \in \{0,1\}$ for $n \in \{1,\dots,N\}$ and $0<\theta<1$. "
        rf"{said} $\log p(D|\theta) = \sum_{{n=1}}^N x_n\log\theta + (1-x_n)\log(1-\theta)$."
    )
    true = r"p(D|\theta) = \theta^{\sum_n x_n}(1-\theta)^{N-\sum_n x_n}"
    slope = r"\frac{\partial}{\partial\theta} \log p(D|\theta) = \sum_n (\frac{x_n}{\theta} - \frac{1-x_n}{1-\theta})"
    assert found(true, slope, slope.replace("-", "+", 1), words=words) == "proved proved refuted"


@pytest.mark.parametrize(
    ("formula", "verdict"),
    [
        (r"S = N + 1", "refuted"),
        (r"S = \sum_{n=1}^N (x_n + 1)", "proved"),
    ],
)
def test_a_declared_sum_goes_on_to_where_its_index_stands(formula, verdict):
    words = DATA + r" Let $S = \sum_{n=1}^N x_n + \frac{x_n}{x_n}$ and $x_n \neq 0$."
    assert found(formula, words=words) == verdict


def test_samples_that_are_not_said_to_be_independent_give_no_product():
    text = (
        r"Let $y, c \in \{0, 1\}$ and $x_j \in \{0, 1\}$ for $j \in \{1, \dots, D\}$. Let $p(y = c) = \pi_c$. "
        r"The features are not independent."
    )
    for claim in (
        r"$p(x_1, \dots, x_D \mid y = c) = \prod_{j=1}^D p(x_j \mid y = c)",
        r"$p(x_1, x_2 \mid y = c) = p(x_1 \mid y = c) p(x_2 \mid y = c)",
    ):
        assert on(text, claim).verdicts == "undecided"


def test_a_probability_that_is_stated_twice_is_a_fact_too():
    text = r"Let $x, y \in \{0, 1\}$ and $p(x = 1) = p(y = 1)$ and $p(x = 1) = \frac{1}{2}$"
    assert on(text + ".", r"$p(y = 1) = \frac{1}{2}").verdicts in ("proved", "supported")
    assert on(text + r" and $p(x = 1) = \frac{1}{3}$.", r"$p(y = 1) = \frac{1}{2}").verdicts == "undecided"
