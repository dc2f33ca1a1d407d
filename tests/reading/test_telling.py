"""Sentences that declare by what they say, however they open."""

import pytest

from tests.reading.test_declarations import after

PRODUCT = r"P(A, B) = P(A) P(B)"
TOTAL = r"P(R) = P(R|A) P(A) + P(R|B) P(B)"
POISSON = r"p(x_1, \dots, x_N | \lambda) = \prod_{n=1}^N \frac{\lambda^{x_n} e^{-\lambda}}{x_n!}"


@pytest.mark.parametrize(
    ("saying", "claim"),
    [
        (r"$A$ and $B$ are independent.", PRODUCT),
        (r"The events $A$ and $B$ are mutually independent.", PRODUCT),
        (r"$A$ and $B$ are independent given $C$.", r"P(A, B | C) = P(A|C) P(B|C)"),
        (r"Exactly one of $A$ and $B$ occurs.", TOTAL),
        (r"Exactly one of the urns $A$ and $B$ is chosen.", TOTAL),
        (r"We put a prior on it, $q \sim \mathrm{Beta}(2, 2)$.", r"p(q) = 6 q (1-q)"),
        (r"The test satisfies $P(R|A) = 0.9$ and $P(R|\neg A) = 0.2$. A disease hits 1% of us, so $P(A) = 0.01$.",
         r"P(R) = 0.207"),
        (r"Urn $A$ is chosen with probability $P(A) = \frac{1}{3}$.", r"P(\neg A) = \frac{2}{3}"),
        (r"The labels $y_1, \dots, y_N \in \{0,1\}$ are given. Let $p(y=1) = \phi$.", r"p(y=0) = 1 - \phi"),
        (r"$x_1, \dots, x_N$ are i.i.d. samples from a Poisson distribution with rate $\lambda > 0$.", POISSON),
    ],
)  # fmt: skip
def test_it_is_declared(saying, claim):
    assert after(saying, claim, claim + " + 1") == "proved refuted"


@pytest.mark.parametrize(
    "saying",
    [
        r"So $A$ and $B$ are independent.",
        r"Are $A$ and $B$ independent?",
        r"If $A$ and $B$ are independent, we may multiply.",
        r"$A$ and $B$ are not independent.",
        r"Pairwise, $A$ and $B$ are independent by the table above.",
        r"$A$ and $B$ are independent of $C$.",
        r"We show that $A$ and $B$ are independent.",
    ],
)
def test_of_events_it_is_not_said(saying):
    assert "proved" not in after(saying, PRODUCT)


@pytest.mark.parametrize(
    ("saying", "claim"),
    [
        (r"Not exactly one of $A$ and $B$ occurs.", TOTAL),
        (r"Hence $q \sim \mathrm{Beta}(2, 2)$.", r"p(q) = 6 q (1-q)"),
        (r"If $q \sim \mathrm{Beta}(2, 2)$, it is easy.", r"p(q) = 6 q (1-q)"),
        (r"Would it be right with $P(A) = \frac{1}{3}$?", r"P(\neg A) = \frac{2}{3}"),
        (r"From the numbers above we get $P(A) = \frac{1}{3}$.", r"P(\neg A) = \frac{2}{3}"),
    ],
)
def test_it_is_not_declared(saying, claim):
    assert "proved" not in after(saying, claim)


def test_a_number_of_a_probability_in_passing_is_no_reason_to_refute():
    saying = r"Given $P(S) = 0.5$. Then the chance of rain is $P(R) = 0.3$, as we saw."
    assert after(saying, r"P(R) P(S) = 0.15", r"P(R) P(S) = 0.2") == "undecided refuted"


def test_the_results_of_a_test_are_complements():
    saying = r"Given $P(+ | D) = 0.9$ and $P(+ | \neg D) = 0.1$ and $P(D) = 0.5$."
    assert after(saying, r"P(-|D) = 0.1", r"P(+) = 0.5", r"P(D|+) = 0.9", r"P(D|-) = 0.9") == (
        "proved proved proved refuted"
    )
