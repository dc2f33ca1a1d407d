"""Diagonal matrices written with dots, and vectors in bold where a statement multiplies them."""

import pytest

from tests.reading.texts import verdicts

GIVENS = (
    r"Let $x, \mu \in \mathbb{R}^D$, $\sigma_i > 0$ and let $\Sigma = \mathrm{diag}(\sigma_1^2, \dots, \sigma_D^2)$."
)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (r"(x-\mu)^T\Sigma^{-1}(x-\mu) = \sum_{i=1}^D \frac{(x_i-\mu_i)^2}{\sigma_i^2}", "proved"),
        (r"(x-\mu)^T\Sigma^{-1}(x-\mu) = \sum_{i=1}^D \frac{(x_i-\mu_i)^2}{\sigma_i}", "refuted"),
        (r"x^T\Sigma x = \sum_{i=1}^D \sigma_i^2 x_i^2", "proved"),
        (r"|\Sigma| = \prod_{i=1}^D \sigma_i^2", "proved"),
        (r"\det\Sigma = \prod_{i=1}^D \sigma_i", "refuted"),
        (r"|2\pi\Sigma| = (2\pi)^D\prod_{i=1}^D \sigma_i^2", "proved"),
        (r"|2\pi\Sigma| = 2\pi\prod_{i=1}^D \sigma_i^2", "refuted"),
        (r"\mathcal{N}(x|\mu,\Sigma) = \prod_{i=1}^D \mathcal{N}(x_i|\mu_i,\sigma_i^2)", "proved"),
        (r"\mathcal{N}(x|\mu,\Sigma) = \prod_{i=1}^D \mathcal{N}(x_i|\mu_i,\sigma_i)", "undecided"),
    ],
)
def test_a_diagonal_matrix_is_written_with_dots(formula, expected):
    assert verdicts(f"{GIVENS}\n\n$${formula}$$\n") == expected


DENSITY = (
    r"|2\pi\Sigma|^{-1/2}\exp\left(%s(\mathbf{x}-\boldsymbol{\mu}_k)^T\Sigma^{-1}(\mathbf{x}-\boldsymbol{\mu}_k)\right)"
)


@pytest.mark.parametrize(("factor", "verdict"), [(r"-\frac12", "proved"), ("-", "refuted")])
def test_an_answer_writes_the_density_with_a_diagonal_covariance(factor, verdict):
    text = rf"""
(a) $$p(\mathbf{{x}}|y=k) = {DENSITY % factor}$$
where $\Sigma = \mathrm{{diag}}(\sigma_1^2,\dots,\sigma_D^2)$.
"""
    assert verdicts(text, "q2") == verdict


def test_bold_letters_are_numbers_where_nothing_multiplies_vectors():
    formula = (
        r"\sum_{i=1}^D (\mathbf{x}_i - \boldsymbol{\mu}_{ki}) = \sum_i \mathbf{x}_i - \sum_i \boldsymbol{\mu}_{ki}"
    )
    assert verdicts(f"$${formula}$$\n", "q2") == "proved"


@pytest.mark.parametrize("bold", [r"\vec", r"\mathbf"])
def test_an_answer_writes_the_normal_density_of_a_vector(bold):
    text = rf"""
(a) $$p({bold}{{x}}|y=k) = \mathcal{{N}}({bold}{{x}}; {bold}{{\mu}}_k, \Sigma)$$
where $\Sigma = \text{{diag}}(\sigma_1^2,\ldots,\sigma_D^2)$.
$$p({bold}{{x}}|y=k) = \mathcal{{N}}({bold}{{x}}; {bold}{{\mu}}_1, \Sigma)$$
"""
    assert verdicts(text, "q2") == "proved refuted"


@pytest.mark.parametrize(
    ("density", "verdict"),
    [
        (r"\mathcal{N}(x | \mu_k, \Sigma)", "proved"),
        (r"\mathcal{N}(x | \mu_j, \Sigma)", "refuted"),
        (r"\mathcal{N}(x; \mu_k, \sigma^2)", "proved"),
        (r"\mathcal{N}(x; \mu_j, \sigma^2)", "refuted"),
        (r"\mathcal{N}(x | \mu_k, \mathrm{diag}(\sigma^2))", "proved"),
        (r"\mathcal{N}(x | \mu_k, \mathrm{diag}(\sigma))", "refuted"),
        (r"\mathcal{N}(x; \mu_k, \sigma)", "undecided"),
        (r"\mathcal{N}(x; \mu_k, \sigma^2 I)", "undecided"),
        (r"\prod_i \mathcal{N}(x_i; \mu_{ki}, \sigma_i^2)", "proved"),
        (r"\prod_i \mathcal{N}(x_i; \mu_{ki}, \sigma_i)", "undecided"),
        (r"(2\pi)^{-D/2}|\Sigma|^{-1/2} e^{-\frac{1}{2}(x-\mu_k)^T\Sigma^{-1}(x-\mu_k)}", "proved"),
        (r"(2\pi)^{-D/2}|\Sigma|^{-1} e^{-\frac{1}{2}(x-\mu_k)^T\Sigma^{-1}(x-\mu_k)}", "refuted"),
    ],
)
def test_plain_letters_are_vectors_where_vectors_stand(density, verdict):
    text = rf"""
Let $j, k \in \{{1,\dots,K\}}$ and $\Sigma = \text{{diag}}(\sigma_1^2,\ldots,\sigma_D^2)$.

(a) $$p(x|y=k) = {density}$$
"""
    assert verdicts(text, "q2") == verdict
