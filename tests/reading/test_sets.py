"""Sets by a condition, {n : y_n = k}: sums over them, and how many there are."""

import pytest

from tests.reading.texts import verdicts

GIVENS = (
    r"Let $n \in \{1,\dots,N\}$, $k \in \{1,\dots,K\}$, $y_n \in \{1,\dots,K\}$ and $x_n \in \mathbb{R}$. "
    r"Define $C_k = \{i : y_i = k\}$ and $m_k = \frac{1}{|C_k|}\sum_{i\in C_k} x_i$."
)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (r"\sum_{i \in C_k} (x_i - m_k) = 0", "proved"),
        (r"\sum_{i \in C_k} (x_i - m_k) = m_k", "refuted"),
        (r"\sum_k |C_k| = N", "proved"),
        (r"\sum_k |C_k| = N + 1", "refuted"),
        (r"|C_k| = \sum_n \mathbb{1}[y_n = k]", "proved"),
        (r"\sum_k \sum_{i\in C_k} x_i = \sum_n x_n", "proved"),
        (r"\#\{j : y_j = k\} = |C_k|", "proved"),
        (r"|C_{y_n}| = N", "refuted"),  # the i of the set is no n of y_n
        (r"|C_{y_i}| = N", "refuted"),
    ],
)
def test_a_sum_over_a_set_by_a_condition(formula, expected):
    assert verdicts(f"{GIVENS}\n\n$$\n{formula}\n$$\n") == expected


@pytest.mark.parametrize("written", [r"I_k = \{n : y^{(n)} = k\}", r"I_k = \{n \in \{1,\dots,N\} \mid y^{(n)}=k\}"])
def test_an_answer_counts_a_class_by_its_set(written):
    text = (
        f"(d) Let ${written}$ and $N_k = |I_k|$.\n\n"
        "$$\\sum_{n=1}^N \\frac{1[y^{(n)} = k]}{\\alpha_k} = \\frac{N_k}{\\alpha_k}$$\n\n$$\\sum_k N_k = 2N$$\n"
    )
    assert verdicts(text, "q2") == "proved refuted"


@pytest.mark.parametrize(
    "indicator",
    [r"\mathbf{1}_{\{y^{(n)}=k\}}", r"\delta(y^{(n)}=k)", r"\delta_{y^{(n)}=k}", r"\mathbb{I}_{\{y^{(n)}=k\}}"],
)
def test_an_indicator_is_written_so(indicator):
    gradient = rf"\frac{{\partial \ell}}{{\partial \mu_{{ki}}}} = -\sum_{{n=1}}^N {indicator} %s \sigma_i^{{-2}}"
    for residual, verdict in ((r"(x_i^{(n)} - \mu_{ki})", "proved"), (r"(\mu_{ki} - x_i^{(n)})", "refuted")):
        assert verdicts(f"$$\n{gradient % residual}\n$$\n", "q2") == verdict


@pytest.mark.parametrize("words", ["counts the samples with $y^{(n)}=k$", "is how many samples have $y^{(n)} = k$"])
def test_words_say_what_is_counted(words):
    text = f"(d) $$\\sum_n \\log \\alpha_{{y^{{(n)}}}} = \\sum_j N_j \\log \\alpha_j$$\nwhere $N_k$ {words}.\n"
    assert verdicts(text, "q2") == "proved"
