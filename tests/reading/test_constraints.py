"""What holds "subject to" a constraint, and signs with words over or below them."""

import pytest

from tests.reading.texts import verdicts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We maximise $a b$ subject to $a + b = c$.\n\n$$a = c - b$$\n", "proved"),
        ("We maximise $a b$ subject to $a + b = c$.\n\n$$a = c + b$$\n", "refuted"),
        ("We want to minimise $a b$ under the constraint $a + b = c$:\n\n$$a = c + b$$\n", "refuted"),
        ("We maximise $a b$ subject to\n\n$$a + b = c$$\n\n$$a = c - b$$\n", "assumed proved"),
        # a constraint holds at no derivative
        ("Maximise $a b$ subject to $a + b = 1$. Let $L = ab - \\mu (a + b - 1)$.\n\n"
         "$$\\frac{\\partial L}{\\partial \\mu} = 1 - a - b$$\n\n$$\\frac{\\partial L}{\\partial a} = b$$\n",
         "proved refuted"),
        # one that is not posed holds nowhere
        ("If we maximise $a b$ subject to $a + b = c$, is $a < c$?\n\n$$a + b = c + 0$$\n", "refuted"),
        ("We maximise $a b$, not subject to $a + b = c$.\n\n$$a + b = c + 0$$\n", "refuted"),
        ("The paper is subject to $a + b = c$.\n\n$$a + b = c + 0$$\n", "undecided"),
        # signs
        ("$$2 \\overset{(1)}{=} 3$$\n", "refuted"),
        ("$$2 \\underset{(1)}{=} 3$$\n", "refuted"),
        ("$$f(x) \\underset{x \\to 0}{=} x + 1$$\n", "undecided"),
        ("$$c - d \\overset{!}{=} 0$$\n\n$$c = d$$\n\n$$c = 2d$$\n", "assumed proved refuted"),
        ("$$c - d \\stackrel{\\text{why}}{=} 0$$\n", "refuted"),
    ],
)  # fmt: skip
def test_a_constraint_that_is_posed_holds(text: str, expected: str) -> None:
    assert verdicts(text) == expected
