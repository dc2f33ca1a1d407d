"""Functions of distributions: H(p) and H(p, q) under one name, D(p ‖ q), and their arguments in another order."""

import pytest

from tests.reading.test_judging import on

TWO = r"Let $p_k, q_k > 0$ for $k \in \{1,\dots,K\}$ with $\sum_k p_k = 1$ and $\sum_k q_k = 1$."
ENTROPIES = (r"$H(p) = -\sum_k p_k \log p_k", r"$H(p, q) = -\sum_k p_k \log q_k")
DIVERGENCES = [r"D_{KL}(p \| q)", r"\mathrm{KL}(p \| q)", r"D(p \parallel q)", r"D_{KL}(p || q)"]


@pytest.mark.parametrize("divergence", DIVERGENCES)
def test_a_divergence_is_a_function_of_two(divergence):
    defined = f"${divergence} = \\sum_k p_k \\log \\frac{{p_k}}{{q_k}}"
    assert on(TWO, *ENTROPIES, defined, f"${divergence} = H(p, q) - H(p)").verdicts.split()[2:] == ["assumed", "proved"]
    assert on(TWO, *ENTROPIES, defined, f"${divergence} = H(p, q) + H(p)").verdicts.split()[2:] == [
        "assumed",
        "refuted",
    ]
    uniform = "For the uniform distribution $q_k = 1/K$,"
    assert on(TWO, *ENTROPIES, defined, uniform, f"${divergence} = \\log K - H(p)").verdicts.split()[-1] == "proved"


def test_a_name_has_functions_of_one_argument_and_of_two():
    assert on(TWO, *ENTROPIES, r"$H(p, p) = H(p)").verdicts == "assumed assumed proved"
    assert on(TWO, *ENTROPIES, r"$H(p, q) = H(p)").verdicts == "assumed assumed refuted"
    assert (
        on(TWO, *ENTROPIES, r"$\frac{\partial H(p,q)}{\partial q_j} = -\frac{p_j}{q_j}").verdicts.split()[-1]
        == "proved"
    )
    assert on(TWO, *ENTROPIES, r"$H = H(p)").verdicts.split()[-1] == "undecided"


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (r"H(q, p) = -\sum_k q_k \log p_k", "proved"),
        (r"H(q, p) = -\sum_k p_k \log p_k", "refuted"),
        (r"H(q, p) = -\sum_k q_k \log q_k", "refuted"),
        (r"H(q, p) = H(p, q)", "refuted"),
        (r"H(q, q) = -\sum_k q_k \log q_k", "proved"),
    ],
)
def test_arguments_are_put_in_at_once(claim, expected):
    assert on(TWO, ENTROPIES[1], f"${claim}").verdicts == f"assumed {expected}"
    again = on(TWO, ENTROPIES[1], r"$H(q, p) = -\sum_k q_k \log p_k", f"${claim}").verdicts
    assert again == f"assumed proved {expected}"
