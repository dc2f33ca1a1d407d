"""What the words before a display say of it: what they give is assumed, and all else is a claim."""

import pytest

from tests.reading.texts import verdicts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Let $X$ be a random variable. For constants $a$ and $b$,\n\n$$a b = a$$\n", "refuted"),
        ("Let $m = 3$; then\n\n$$m = 4$$\n", "refuted"),
        ("For $f(x) = x^2$:\n\n$$f'(x) = 2x$$\n\n$$f'(x) = 3x$$\n", "proved refuted"),
        ("Consider the function $f(x) = x^2$:\n\n$$f'(x) = x$$\n", "refuted"),
        ("Let $f(x) = x^2$, with derivative\n\n$$f'(x) = x$$\n", "refuted"),
        ("For $c > 0$ with\n\n$$c = 4$$\n", "assumed"),
        ("Let $c > 0$ with\n\n$$c = 4$$\n", "assumed"),
    ],
)
def test_a_display_is_given_only_where_the_words_give_it(text, expected):
    assert verdicts(text) == expected


@pytest.mark.parametrize("opening", ["where", "with", "Here", "where we write"])
def test_what_names_mean_is_said_behind_the_display(opening):
    text = rf"""
(d) $$\sum_{{n=1}}^N \log \alpha_{{y^{{(n)}}}} = \sum_k N_k \log \alpha_k$$
{opening} $N_k = \sum_n \mathbb{{1}}[y^{{(n)}}=k]$.
"""
    assert verdicts(text, "q2") == "proved"
