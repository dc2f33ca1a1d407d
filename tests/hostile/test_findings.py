"""What the fuzz script found: each once ended in an exception, and is now a verdict or a problem with its place."""

from __future__ import annotations

import pytest

from tests.limits import at_most
from tests.reading.texts import reading, verdicts

TEXTS = {
    "a number with two points": ("$$ 0.3.5 = 1 $$", "unreadable"),
    "a number that begins with a point": ("$$ .75.75 = .75 $$", "unreadable"),
    "an order of a derivative": (rf"$$ \frac{{\partial^{{{'9' * 5000}}} f}}{{\partial x}} = 1 $$", "unreadable"),
    "a raised digit in words": (r"$$ \text{count of class 1} + \dots + \text{count of class ²} = 3 $$", "unreadable"),
    "a raised digit in a colour": (r"$$ \colorbox{black!²}{a = a} $$", "unreadable"),
    "an empty set, declared": ("Let $y = \\{\\}$.\n\n$$ y = 1 $$", "undecided"),
    "sums within sums": ("$$ 1 = " + r"-\sum_{n=1}" * 40 + "^N x_n $$", "undecided"),
    "a sum that begins below its size": (r"$$ 2 x = \sum_{j=1 - K}^K a_j $$", "refuted"),
    "a division by zero, printed": (r"$$ (1/0^T X + \lambda I) \beta = X^T $$", "unreadable"),
    "an index that is a quotient": (r"$$ x_1 = x_\frac{a}{b} $$", "refuted"),
    "what takes too long to be shown": (
        r"$$ \log(\sum_{c}^{k} \pi_c \prod_{d=1}^{784}\theta_{cd}^{x_d}(1-\theta_{cd})^{(1-x_d)}) = F $$",
        "refuted",
    ),
}


@pytest.mark.parametrize(("text", "verdict"), TEXTS.values(), ids=TEXTS)
def test_a_text_that_once_broke_the_reading_gets_a_verdict(text, verdict):
    assert verdicts(text) == verdict


def test_a_sentence_that_cannot_be_gone_through_costs_itself():
    found = reading("Assume $x_\\dots, x_N$ are i.i.d. given $\\theta$.\n\n$$\nx = x\n$$\n")
    assert [problem.message for problem in found.problems] == ["an index that is a range or a condition"]
    assert [line.problem for line in found.lines] == [None]


@pytest.mark.parametrize("words", ["Assume $x$ is known given", "Let $p(y=k) = \\alpha_k$ for", "so $x$"])
def test_words_full_of_empty_formulas_are_read_at_once(words):
    """What was looked for in them took twice as long for each."""
    with at_most(5, computing=True):
        assert verdicts(f"{words} {'$ ' * 80}$\\theta$.\n\n$$\nx = x\n$$\n") == "proved"


@pytest.mark.parametrize(
    "formula",
    [
        r"p(c | \pi) p(x | c, \theta_c) = p(c | \pi) \prod_{d=1}^{784} p(x_d | c, \theta_{cd})",
        rf"\lambda = -N{'^2' * 40} $$" + "\n\n$$" + r"\lambda = -N^2",
    ],
)
def test_what_would_take_long_is_given_up_by_its_work(formula):
    """Joint distributions of many events, and powers of powers below a gradient."""
    with at_most(20, computing=True):
        assert set(verdicts(f"$$ {formula} $$").split()) <= {"undecided", "assumed", "refuted"}


@pytest.mark.parametrize("small", [r"\exp(-200)", r"\exp(-1000)", r"10^{-2000}", r"e^{-\exp(7)}"])
def test_a_small_difference_is_one(small):
    """At the precision of an ordinary agreement 1 and what differs from it so little are the same."""
    assert verdicts(f"$$ {small} + 1 = 1 $$") == "refuted"
    assert verdicts(f"$$ {small} + x = x $$") == "refuted"
    assert verdicts(f"$$ {small} + 1 = 1 + {small} $$") == "proved"
    assert verdicts(f"$$ \\log(1 + {small}) + 1 > 1 $$") in ("proved", "supported", "undecided")
