"""Proportionalities in texts: in what stands before the bar at the head of the chain, or in what the words name."""

from __future__ import annotations

import pytest

from tests.reading.texts import verdicts

GIVENS = r"""Let $n \in \{1,\dots,N\}$, $x_n > 0$ and $a, b, t > 0$. Let $p(t) = t^{a-1} e^{-bt}$ and
$p(x \mid t) = \prod_{n=1}^N t e^{-t x_n}$.

"""
POSTERIOR = r"t^{N+a-1} e^{-t(b + \sum_n x_n)}"


def test_a_chain_is_in_what_its_head_is_of():
    assert verdicts(GIVENS + rf"$$p(t \mid x) \propto p(x \mid t) p(t) \propto {POSTERIOR}$$") == "proved proved"


def test_a_factor_that_depends_on_it_is_not_lost():
    wrong = POSTERIOR.replace("N+a-1", "N+a")
    assert verdicts(GIVENS + rf"$$p(t \mid x) \propto p(x \mid t) p(t) \propto {wrong}$$") == "proved refuted"


def test_the_order_of_prior_and_likelihood_does_not_matter():
    swapped = r"Let $n \in \{1,\dots,N\}$, $x_n > 0$ and $a, b, t > 0$. " + (
        r"Let $p(x \mid t) = \prod_{n=1}^N t e^{-t x_n}$ and $p(t) = t^{a-1} e^{-bt}$." + "\n\n"
    )
    assert verdicts(swapped + rf"$$p(t \mid x) \propto {POSTERIOR}$$") == "proved"


def test_the_words_may_name_what_it_is_in():
    words = "Let $a, t > 0$.\n\nAs a function of $t$,\n\n"
    assert verdicts(words + r"$$a t^2 \propto t^2$$") == "proved"
    assert verdicts(words + r"$$a t^2 \propto a$$") == "refuted"
    assert verdicts(words.replace("$t$,", "$a$,") + r"$$a t^2 \propto a$$") == "proved"


def test_without_either_it_is_not_decided():
    assert verdicts("Let $a, t > 0$.\n\n" + r"$$t \propto t^2$$") == "undecided"


def test_nothing_is_proportional_to_nought():
    aside = r"\begin{aligned} p(t) &\propto e^{-bt} \\ & \quad a - a = 0 \\ &\propto 2 e^{-bt} \end{aligned}"
    assert (
        verdicts(rf"Let $a, b, t > 0$.{chr(10) * 2}As a function of $t$,{chr(10) * 2}$${aside}$$").split()[-1]
        == "unreadable"
    )


@pytest.mark.parametrize(
    ("formula", "verdict"),
    [
        (r"p(x|\mu) \propto_\mu (1+\mu^2)(1+x^2)e^{\mu x}", "refuted"),
        (r"p(x|\mu) \propto (1+\mu^2)(1+x^2)e^{\mu x}", "proved"),  # in x, before the bar
        (r"p(x|\mu) \propto_\mu e^{\mu x}", "proved"),
        (r"p(x|\mu) \propto_{\mu} e^{\mu x}", "proved"),
        (r"p(x|\mu) \propto_{x,\mu} e^{\mu x}", "unreadable"),
        (r"p(x|\mu) \propto e^{\mu x}", "refuted"),
    ],
)
def test_the_name_below_the_sign_is_what_it_is_proportional_in(formula, verdict):
    given = r"Let $x \in \mathbb{R}$ and $\mu \in \mathbb{R}$. Let $p(x|\mu) = (1+x^2)e^{\mu x}$."
    assert verdicts(f"{given}\n\n$$\n{formula}\n$$\n") == verdict
