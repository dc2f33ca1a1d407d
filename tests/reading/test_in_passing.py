"""What texts say in passing: names, distributions and prior densities in sentences and displays of other kinds."""

import pytest

from tests.reading.test_judging import on

DATA = r"Let $n \in \{1,\dots,N\}$, $k \in \{1,\dots,K\}$, and $x_n, y_n, w, a \in \mathbb{R}$."


def verdicts(*blocks: str) -> str:
    return on(DATA, *blocks).verdicts


def test_a_name_in_passing_that_a_definition_uses_refutes_nothing():
    text = r"The rate is $\lambda_n = e^{w x_n}$.", r"$F = \sum_n (y_n - \lambda_n)"
    assert verdicts(*text, r"$F = \sum_n (y_n - e^{w x_n})") == "assumed undecided"
    assert verdicts(*text, r"$F = \sum_n (y_n - 2 e^{w x_n})") == "assumed refuted"


def test_a_function_in_passing_refutes_nothing():
    text = r"The log posterior is, up to a constant, $g(a) = 3 \log a + \log(1 - a)$, and"
    assert verdicts(text, r"$\frac{d g}{d a} = \frac{3}{a} - \frac{1}{1-a}") == "undecided"


DESCRIBED = (
    r"The responsibilities are $r_{nk} \geq 0$ with $\sum_{k=1}^K r_{nk} = 1$ and $R_k = \sum_{n=1}^N r_{nk} > 0$."
)


def test_what_describes_a_name_that_is_declared_nowhere_refutes_nothing():
    assert verdicts(DESCRIBED, r"$\sum_{k=1}^K R_k = N") == "undecided"
    assert verdicts(DESCRIBED, r"$\sum_{k=1}^K R_k = 2 N") == "refuted"


@pytest.mark.parametrize(
    "words", ["With the loss {} we get", "(iii) With our loss {}, we get", "For the squared loss {} we get"]
)
def test_with_the_loss_names_it(words):
    sentence = words.format(r"$L = \sum_n (y_n - w)^2$")
    assert verdicts(sentence, r"$\frac{d L}{d w} = -2 \sum_n (y_n - w)") == "proved"
    assert verdicts(sentence, r"$\frac{d L}{d w} = 2 \sum_n (y_n - w)") == "refuted"


def test_an_event_or_a_case_is_not_named():
    assert verdicts(r"Using the identity $a = w + 1$ we get", r"$a - w = 1") != "proved"


def test_a_display_defines_behind_a_comma_what_it_uses():
    assert verdicts(r"$a^2 - 1 = u v, \quad u = a - 1, \quad v = a + 1") == "proved assumed assumed"
    assert verdicts(r"$a^2 - 1 = u v, \quad u = a - 1, \quad v = a + 2") == "refuted assumed assumed"
    assert "assumed" not in verdicts(r"$a - \lambda = 0, \quad \lambda = w").split()[1:]


def test_a_positive_number_may_be_nought_where_a_condition_says_so():
    penalty = "Let $c > 0$.", "If $c = 0$, then"
    assert verdicts(*penalty, "$(w + c)^2 = w^2") == "proved"
    assert verdicts(*penalty, "$(w + c)^2 = w^2 + 1") == "refuted"


def test_an_index_may_be_compared_in_words():
    softmax = "Let $z_k \\in \\mathbb{R}$ and", r"$s_k = \frac{e^{z_k}}{\sum_{j=1}^K e^{z_j}}."
    claims = "When $i = k$,", r"$\frac{\partial s_k}{\partial z_i} = s_k (1 - s_k)"
    assert verdicts(*softmax, *claims).split()[1] == "proved"
    wrong = "When $i = k$,", r"$\frac{\partial s_k}{\partial z_i} = -s_k s_i"
    assert verdicts(*softmax, *wrong).split()[1] == "refuted"


COINS = r"Let $\theta \in (0,1)$, $a, b > 0$, $m \in \{1,\dots,M\}$ and $c_m \in \{0,1\}$."
MODEL = (
    r"$p(c \mid \theta) = \prod_{m=1}^M \theta^{c_m} (1-\theta)^{1-c_m}, \qquad "
    r"p(\theta) = \theta^{a-1} (1-\theta)^{b-1}"
)
POSTERIOR = r"$p(\theta \mid c) \propto \theta^{\sum_m c_m + a - 1} (1-\theta)^{M - \sum_m c_m + b - 1}"


def test_likelihood_and_prior_are_displayed_together():
    assert on(COINS, MODEL, POSTERIOR).verdicts == "assumed assumed proved"
    assert on(COINS, MODEL, POSTERIOR.replace("+ a - 1", "+ a")).verdicts == "assumed assumed refuted"


def test_a_marginal_a_posterior_or_a_prediction_is_found_and_not_given():
    for claim in (r"$p(c) = \theta", r"$p(\theta \mid c) = \theta^a", r"$p(c' \mid c) = \theta"):
        assert on(COINS, MODEL, claim).verdicts.split()[-1] != "assumed"


def test_a_distribution_by_a_tilde_that_is_not_understood_refutes_nothing_of_its_density():
    normal = r"Let $x_i \in \mathbb{R}$ with $x_i \sim \mathcal{N}(\mu, 1)$ and $\mu \sim G(0, 1)$."
    assert on(normal, r"$p(\mu) = e^{-\mu^2}").verdicts == "undecided"
    assert on(normal, r"$(x_1 + 1)^2 = x_1^2 + 1").verdicts == "refuted"


@pytest.mark.parametrize("formula", [r"w := w + a (y_1 - w x_1) x_1", r"x_n := x_n - a y_n"])
def test_an_update_is_no_equation(formula):
    assert verdicts(f"${formula}") == "undecided"
    assert verdicts(f"${formula.replace(':=', '=')}") == "refuted"


def test_what_is_considered_is_defined():
    unit = (
        r"Let $t, v, b \in \mathbb{R}$. Consider one hidden unit: $s = w a + b$, $h = \tanh(s)$, and the loss "
        r"$E = (v h - t)^2$."
    )
    slope = r"$\frac{\partial E}{\partial w} = 2 (v h - t) v (1 - h^2) a"
    assert verdicts(unit, slope) == "proved"
    assert verdicts(unit, slope.replace("1 - h^2", "1 - h")) == "refuted"
    assert verdicts("Consider the equation $a = w + 1$.", "$a - w = 1") != "proved"
