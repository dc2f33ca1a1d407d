"""What a text holds fixed, as the responsibilities in an M step."""

from tests.reading.test_judging import on

MIXTURE = (
    r"Let $n \in \{1,\dots,N\}$, $k, j \in \{1,\dots,K\}$, $x_n, \mu_k \in \mathbb{R}$, $\pi_k > 0$ and "
    r"$\sum_{k=1}^K \pi_k = 1$. Define $r_{nk} = \frac{\pi_k e^{\mu_k x_n}}{\sum_{j=1}^K \pi_j e^{\mu_j x_n}}$ and "
    r"$N_k = \sum_n r_{nk}$."
)
ONE = r"$\sum_{k=1}^K r_{nk} = 1"
HELD = r"The $r_{nk}$ are held fixed. Let $Q = \sum_n \sum_k r_{nk}\log\pi_k + \lambda(1 - \sum_k \pi_k)$."
ZERO = r"$\frac{\partial Q}{\partial \pi_k} = \frac{N_k}{\pi_k} - \lambda = 0"


def test_what_was_found_before_of_what_is_held_fixed_may_be_used():
    found = on(MIXTURE, ONE, HELD, ZERO, "so", r"$\lambda = N", r"$\pi_k = \frac{N_k}{N}").verdicts
    assert found == "proved proved assumed proved proved"


def test_it_is_used_for_nothing_that_is_false():
    assert on(MIXTURE, ONE, HELD, ZERO, "so", r"$\lambda = K").verdicts.split()[-1] != "proved"
    assert on(MIXTURE, HELD, r"$r_{nk} = 1").verdicts == "refuted"


def test_a_wrong_line_before_does_not_keep_a_later_one_from_being_refuted():
    wrong = r"Let $x, y > 0$.", "Suppose that", "$2 x = y", "So", "$x = 2 y", r"$x y = 3"
    assert on(*wrong).verdicts == "assumed refuted refuted"
