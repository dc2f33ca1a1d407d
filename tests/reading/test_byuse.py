"""Vectors of which nothing is said but that the text uses them as such."""

import pytest

from tests.reading.test_judging import on

DATA = r"Let $n \in \{1,\dots,N\}$ and $t_n \in \mathbb{R}$. Define $E = \frac{1}{2}\sum_{n=1}^N (t_n - w^T x_n)^2$."


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"\nabla_w E = -\sum_{n=1}^N (t_n - w^T x_n) x_n", "proved"),
        (r"\nabla_w E = \sum_{n=1}^N (t_n - w^T x_n) x_n", "refuted"),
        (r"\frac{\partial E}{\partial w_j} = -\sum_{n=1}^N (t_n - w^T x_n) x_{nj}", "proved"),
        (r"\frac{\partial E}{\partial w_j} = -\sum_{n=1}^N (t_n - w^T x_n) x_n", "undecided"),
        (r"\|u - v\|^2 = u^T u - 2 u^T v + v^T v", "proved"),
        (r"\|u - v\|^2 = u^T u + v^T v", "refuted"),
        (r"(u^T v)^2 = u^T u \, v^T v", "refuted"),
    ],
)
def test_what_is_transposed_before_a_vector_is_one(claim, verdict):
    assert on(DATA, f"${claim}").verdicts == verdict


def test_the_dimension_is_that_which_is_declared_of_one_of_them():
    text = r"Let $w \in \mathbb{R}^3$."
    assert on(text, r"$w^T u = w_1 u_1 + w_2 u_2 + w_3 u_3").verdicts == "proved"
    assert on(text, r"$w^T u = w_1 u_1 + w_2 u_2").verdicts == "refuted"


def test_nothing_is_known_beside_an_unknown_capital_or_a_number():
    assert on(r"$a^T B a = B a^T a").verdicts == "undecided"
    assert on(r"Let $u \in \mathbb{R}$.", r"$u^T v = u v").verdicts in ("undecided", "unreadable")


def test_such_a_vector_may_still_be_defined():
    text = r"Let $x_n \in \mathbb{R}^D$ for $n \in \{1,\dots,N\}$ and $\alpha_n \in \mathbb{R}$."
    uses = r"$w^T x_m = \sum_{n=1}^N \alpha_n x_n^T x_m"
    assert on(text, r"$w = \sum_{n=1}^N \alpha_n x_n", uses).verdicts == "assumed proved"


def test_what_holds_at_a_place_holds_not_everywhere():
    text = r"Let $x, y \in \mathbb{R}$. Consider the boundary $B$, where $x = 0$."
    assert on(text, r"$x y = 0").verdicts != "proved"
    assert on(r"Let $x, y \in \mathbb{R}$. Consider the loss $L = x y$, where $x = 0$.", r"$L = 0").verdicts == "proved"


@pytest.mark.parametrize("number", [r"x^2 + x = x(x+1)", r"(x + 1)^2 = x^2 + 2x + 1", r"\nabla_x (3 x) = 3"])
def test_what_stands_as_a_number_somewhere_is_no_vector(number):
    assert (
        on(r"Let $n \in \{1,\dots,N\}$.", r"$(w^T x)(x + 1) = (x + 1)(w^T x)", f"${number}").verdicts.split()[1]
        == "proved"
    )
