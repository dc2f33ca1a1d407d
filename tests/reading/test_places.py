"""Bounds that are left out, of sums over indices of families that are tied to others."""

import pytest

from tests.reading.test_near_misses import page
from tests.reading.texts import found, verdicts

SOFTMAX = r"""
Let $p_{nk} = \frac{\exp(a_{nk})}{\sum_{j=1}^K \exp(a_{nj})}$ with $a_{nk} = \sum_{d=1}^D w_{kd} x_{nd}$, and let
$t_{nk}\in\{0,1\}$ with $\sum_k t_{nk} = 1$. The loss is
$$
E(w) = -\sum_{n=1}^N \sum_{k=1}^K t_{nk} \log p_{nk}
$$
"""
MIXTURE = r"""
Let $\gamma_{nk} = \frac{\pi_k \mathcal{N}(x_n\mid\mu_k,\sigma_k^2)}{\sum_j \pi_j \mathcal{N}(x_n\mid\mu_j,\sigma_j^2)}$
and $\ell = \sum_n \log \sum_k \pi_k \mathcal{N}(x_n\mid\mu_k,\sigma_k^2)$. Then
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (page(SOFTMAX, r"E(w) = -\sum_n \sum_k t_{nk} a_{nk} + \sum_n \log \sum_j e^{a_{nj}}"), "assumed proved"),
        (page(SOFTMAX, r"E(w) = -\sum_n \sum_k t_{nk} a_{nk} + \sum_i \log \sum_j e^{a_{ij}}"), "assumed proved"),
        (page(SOFTMAX, r"E(w) = -\sum_n \sum_k t_{nk} a_{nk} - \sum_n \log \sum_j e^{a_{nj}}"), "assumed refuted"),
        (page(SOFTMAX, r"\frac{\partial E}{\partial w_{kd}} = \sum_n (p_{nk} - t_{nk}) x_{nd}"), "assumed proved"),
        (page(SOFTMAX, r"\frac{\partial E}{\partial w_{kd}} = \sum_n (p_{nk} - t_{nk}) x_{nk}"), "assumed refuted"),
        (
            page(MIXTURE, r"\frac{\partial\ell}{\partial\mu_k} = \sum_n \gamma_{nk}\frac{x_n-\mu_k}{\sigma_k^2}"),
            "proved",
        ),
        (page(MIXTURE, r"\frac{\partial\ell}{\partial\mu_k} = \sum_n \frac{x_n-\mu_k}{\sigma_k^2}"), "refuted"),
        (
            page(
                "Let $c\\in\\mathbb{R}$.", r"\sum_{n=1}^N c x_n = c\sum_{n=1}^N x_n", r"\sum_i x_i = \sum_{n=1}^N x_n"
            ),
            "proved proved",
        ),
    ],
)
def test_a_bound_that_is_left_out_is_that_of_what_ranges_over_the_same(text, expected):
    assert verdicts(text) == expected


def test_where_sums_over_one_family_differ_no_set_is_inferred():
    sums = r"\sum_{n=1}^N x_n - \sum_{n=1}^M x_n = \sum_{n=1}^N x_n - \sum_{m=1}^M x_m"
    assert verdicts(page("Let $N > M$.", sums, r"\sum_i x_i = \sum_{n=1}^N x_n")) == "proved undecided"


def test_a_wrong_reading_of_a_bound_refutes_nothing():
    text = page(
        r"Let $c\in\mathbb{R}$.", r"S = \sum_{n=1}^N x_n", r"\sum_i (y_i + z_i) = \sum_{n=1}^N y_n + \sum_i z_i"
    )
    assert "refuted" not in verdicts(text)


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        (page(r"Let $f(x)=\frac{1}{2}\log(1+x^2)$. Then", r"f'(x) = \frac{x}{1+x^2}"), ()),
        (
            page(
                r"Let $\log\lambda_i = \beta_0 + \beta_1 x_i$. Let $f(z)=\frac{1}{2}\log(1+z^2)$. Then",
                r"f'(z) = \frac{z}{1+z^2}",
            ),
            (),
        ),
        (page(r"Let $g(x) = \log(x - b)$. Then", r"g'(x) = \frac{1}{x - b}"), ("x − b > 0",)),
        (page(r"Let $a\in\mathbb{R}$.", r"\frac{2\pi a^2}{2\pi a^2} = 1"), ("a ≠ 0",)),
    ],
)
def test_a_condition_is_said_where_it_is_one_of_this_line(text, conditions):
    (outcome,) = found(text).outcomes
    assert outcome.verdict.conditions == conditions


NAIVE = r"""
We have $N$ samples $(x^{(i)}, t^{(i)})$ where $x^{(i)} \in \{0,1\}^D$ and $t^{(i)} \in \{1,\ldots,K\}$. The model is
$p(t = k) = \pi_k$ and $p(x_d = 1 \mid t = k) = \theta_{kd}$.
$$
\ell(\theta,\pi) = \sum_{i=1}^N \sum_{k=1}^K \mathbb{1}[t^{(i)}=k] \left(
\log \pi_k + \sum_{d=1}^D x_d^{(i)} \log\theta_{kd} \right)
$$
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (page(NAIVE, r"(x_d^{(i)})^2 = x_d^{(i)}"), "assumed proved"),
        (page(NAIVE, r"x_d^2 = x_d"), "assumed proved"),
        (page(NAIVE, r"2 x_d = x_d"), "assumed refuted"),
        (page(NAIVE, r"\sum_i x_d^{(i)} = \sum_{n=1}^N x_d^{(n)}"), "assumed proved"),
        (page(NAIVE, r"\sum_i \mathbb{1}[t^{(i)}=k] = \sum_{n=1}^N \mathbb{1}[t^{(n)}=k]"), "assumed proved"),
        (page(NAIVE, r"\sum_{k=1}^K \sum_i \mathbb{1}[t^{(i)}=k] = N"), "assumed proved"),
        (page(NAIVE, r"p(x \mid t=k) = \prod_{d=1}^D \theta_{kd}^{x_d} (1-\theta_{kd})^{1-x_d}"), "assumed undecided"),
        (page(NAIVE, r"p(t=k \mid x) = \frac{\pi_k p(x \mid t=k)}{\sum_j \pi_j p(x \mid t=j)}"), "assumed proved"),
    ],
)
def test_samples_and_their_components_are_told_apart(text, expected):
    assert verdicts(text) == expected


@pytest.mark.parametrize(
    ("words", "claim"),
    [
        (r"Let $n \in \{1,\dots,N\}$, $d \in \{1,\dots,D\}$.", r"\sum_d x_d = \sum_{n=1}^N x_n"),
        (r"Let $n \in \{1,\dots,N\}$ and $x^{(n)} \in \mathbb{R}^D$.", r"\sum_n x^{(n)}_d = \sum_{n=1}^D x^{(n)}_d"),
        (r"Let $A \in \mathbb{R}^{M \times N}$.", r"\sum_i \sum_j A_{ij} = \sum_{i=1}^N \sum_{j=1}^M A_{ij}"),
    ],
)
def test_a_bound_left_out_is_not_what_a_sum_says_against_a_declaration(words, claim):
    assert found(f"{words}\n\n$$\n{claim}\n$$\n").verdicts == "unreadable"


def test_a_bound_left_out_is_what_is_declared():
    text = r"Let $A \in \mathbb{R}^{M \times N}$."
    claim = r"\sum_i \sum_j A_{ij} = \sum_{i=1}^M \sum_{j=1}^N A_{ij}"
    assert found(f"{text}\n\n$$\n{claim}\n$$\n").verdicts == "proved"


@pytest.mark.parametrize(
    ("declared", "verdict"),
    [(r"y \in \{1,\dots,K\}", "refuted"), (r"y \in \{2,\dots,K\}", "proved"), (r"a_1 \in \mathbb{R}", "proved")],
)
def test_a_declared_set_is_kept_where_a_sum_takes_a_part_of_it(declared, verdict):
    declaration = rf"Let $k \in \{{1,\dots,K\}}$ and ${declared}$."
    assert verdicts(page(declaration, r"\sum_{k=2}^K \mathbb{1}[y=k] a_k = a_y")) == verdict


def test_a_derivative_by_a_member_that_the_sum_leaves_out_is_zero():
    text = page(r"Let $k \in \{1,\dots,K\}$.", r"\frac{\partial}{\partial a_k} \sum_{i=2}^K a_i^2 = 2 a_k")
    assert verdicts(text) == "refuted"
