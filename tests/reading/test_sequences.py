"""Sequences: partial sums and formulas with an index, and recurrences with what follows at other places."""

import pytest

from tests.reading.texts import verdicts

MEAN = r"Let $n \in \{1,\dots,N\}$ and $m_N = \frac1N \sum_{n=1}^N x_n$."
TOWERS = "Let $T_0 = 1$ and $T_{n+1} = 2 T_n + 1$."


def page(givens: str, *formulas: str) -> str:
    return "\n\n".join([givens, *(f"$$\n{formula}\n$$" for formula in formulas)]) + "\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # what ends at its index is a sequence, and holds at others
        (page("", r"S_n = \sum_{k=1}^n x_k", "S_{n+1} = S_n + x_{n+1}", "S_{n+1} = S_n + x_n"),
         "assumed proved refuted"),
        (page(r"Let $r \neq 1$.", r"S_n = \sum_{k=0}^{n-1} a r^k", "S_n - r S_n = a - a r^n"), "assumed proved"),
        (page(r"Let $r \neq 1$.", r"S_n = \sum_{k=0}^{n-1} a r^k", "S_n - r S_n = a - a r^{n-1}"), "assumed refuted"),
        (page(MEAN, r"m_{N+1} = m_N + \frac{x_{N+1} - m_N}{N+1}"), "proved"),
        (page(MEAN, r"m_{N+1} = m_N + \frac{x_{N+1} - m_N}{N}"), "refuted"),
        # one member is no pattern
        (page(r"Let $n \in \{1,\dots,N\}$.", "x_N = 0", "x_1 = 0"), "refuted refuted"),
        (page(r"Let $k \in \{1,\dots,K\}$.", r"a_K = 1 - \sum_{k=1}^{K-1} b_k", "a_1 = 1"), "refuted refuted"),
        # the letter of n + 1 is an integer, also where it stands as a number
        (page("Let $c_n = 2^{n+1} - 1$.", "c_{n+1} = 2^{n+2} - 1", "c_{n+1} = 2 c_n"), "proved refuted"),
        # a recurrence, from its beginning and at letters
        (page(TOWERS, "T_1 = 3", "T_3 = 15", "T_3 = 16"), "proved proved refuted"),
        (page(TOWERS, "T_{m+2} = 4 T_m + 3", "T_{m+2} = 4 T_m + 2"), "proved refuted"),
        (page("Let $w_{t+1} = (1-a) w_t$.", "w_{t+2} = (1-a)^2 w_t", "w_{t+2} = (1-2a) w_t"), "proved refuted"),
        (page("", "F_{n+2} = F_{n+1} + F_n", "F_{n+3} = 2F_{n+1} + F_n", "F_{n+3} = 2F_{n+1}"),
         "assumed proved refuted"),
        (page("", "S_n = S_{n-1} + a_n", "S_{n+1} = S_{n-1} + a_n + a_{n+1}"), "assumed proved"),
        # it says nothing of what is before it begins, and nothing too far away
        (page("Let $T_1 = 1$ and $T_{n+1} = 2 T_n + 1$.", "T_0 = 0"), "refuted"),
        (page(TOWERS, "T_{40} = 1"), "undecided"),
        # the powers of a sum that counts from 0, and of the binomial theorem
        (page("", r"(x+y)^n = \sum_{k=0}^n \binom{n}{k} x^k y^{n-k}"), "supported"),
        (page("", r"(x+y)^n = \sum_{k=0}^n \binom{n}{k} x^k y^n"), "refuted"),
        (page("", r"\sum_{k=1}^n x^k = x \sum_{k=1}^n x^{k-1}"), "unreadable"),
    ],
)  # fmt: skip
def test_a_sequence_is_what_its_formula_or_recurrence_says_at_every_place(text: str, expected: str) -> None:
    assert verdicts(text) == expected
