"""What a chain states is decided once for all its members that are proved to be equal."""

from __future__ import annotations

import pytest

from checker.grading import recognition
from tests.grading.answered import text_marked

ANSWER = r"""
## (d)
$$L = \ell + \lambda \left( \sum_{k=1}^K \alpha_k - 1 \right)$$

$$\frac{\partial L}{\partial \alpha_k} = -\sum_{n=1}^N \frac{\mathbb{1}[y_n = k]}{\alpha_k} + \lambda = 0,$$

and so

$$\alpha_k = \frac{1}{\lambda} \sum_{n=1}^N \mathbb{1}[y_n = k].$$

The $\alpha_k$ sum to one, hence $$\lambda = N, \qquad \alpha_k = \frac{1}{N} \sum_{n=1}^N \mathbb{1}[y_n = k]MORE.$$
"""
SAME, OTHER = r" = \sum_{n=1}^N \frac{\mathbb{1}[y_n = k]}{N}", r" = \sum_{n=1}^N \frac{\mathbb{1}[y_n = k]}{2 N}"


@pytest.fixture
def decided(monkeypatch):
    """How many equalities are decided while an answer with this at its end is marked, and its marks."""
    calls = []
    real = recognition.decide

    def decide(transition, givens, **options):
        calls.append(transition)
        return real(transition, givens, **options)

    monkeypatch.setattr(recognition, "decide", decide)

    def run(more):
        calls.clear()
        marks = text_marked(ANSWER.replace("MORE", more))["d"].marked.marks
        return len(calls), marks

    return run


def test_a_member_that_is_proved_equal_to_the_one_before_is_not_decided_again(decided):
    assert decided(SAME) == decided("")
    assert decided("")[1] == 4


def test_a_member_that_differs_from_the_one_before_is(decided):
    (once, marks), (more, fewer) = decided(""), decided(OTHER)
    assert more > once
    assert fewer < marks
