"""The density of one feature, p(x_i | y = k), in answers to a question that says what it is."""

import pytest

from tests.grading.answered import text_marked
from tests.reading.texts import verdicts

LOG = r"\ell = -\sum_{n=1}^N \log p(y^{(n)}) - \sum_{n=1}^N\sum_{i=1}^D \log "


def said(formula: str) -> str:
    return verdicts(f"$$\n{formula}\n$$\n", "q2")


@pytest.mark.parametrize(
    ("formula", "verdict"),
    [
        (r"p(x|y=k,\mu,\sigma) = \prod_{i=1}^D p(x_i|y=k,\mu_{ki},\sigma_i)", "proved"),
        (r"p(x|y=k,\mu,\sigma) = \sum_{i=1}^D p(x_i|y=k,\mu_{ki},\sigma_i)", "refuted"),
        (LOG + r"p(x_i^{(n)}|y^{(n)},\theta)", "proved"),
        (LOG + r"p(x_{ni}|y_n)", "proved"),
        (LOG + r"p(x_i^{(n)}|y^{(n)}=1)", "refuted"),
        (LOG + r"p(x_i|y^{(n)})", "undecided"),  # of which sample?
        (LOG + r"p(x_i^{(n)},y^{(n)})", "undecided"),
        (r"p(x|y=k) = \prod_{i=1}^D p(x_i|y=k,\mu_{1i})", "undecided"),
    ],
)
def test_a_feature_has_the_density_that_the_question_says(formula, verdict):
    assert said(formula) == verdict


def test_a_posterior_in_densities_of_features_is_not_one_in_terms_of_the_parameters():
    given = r"\alpha_{%s} \prod_{i=1}^D p(x_i|y=%s)"
    text = rf"(a) $$p(y=k|x) = \frac{{{given % ('k', 'k')}}}{{\sum_{{j=1}}^K {given % ('j', 'j')}}}$$"
    (part,) = [part for name, part in text_marked(text).items() if name == "a"]
    assert part.verdict == "proved"
    assert part.marks < 4
