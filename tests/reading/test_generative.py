"""Which of the probabilities that a text states are factors of a model: no independence follows from two of them."""

from __future__ import annotations

import pytest

from tests.reading.test_declarations import after
from tests.reading.texts import verdicts

THREE = r"Let $X$, $Y$ and $Z$ be random variables with values in $\{0,1\}$."


def found(declared, formula):
    return verdicts(f"{declared}\n\n$$\n{formula}\n$$\n")


@pytest.mark.parametrize(
    ("said", "formula"),
    [
        ("Let $P(X=1) = p$ and $P(Y=1) = q$.", "P(X=1, Y=1) = p q"),
        ("Let $P(X=1) = p$ and $P(Y=1) = q$.", r"\operatorname{Cov}(X, Y) = 0"),
        (r"Let $P(X=1 \mid Y=1) = a$ and $P(Z=1 \mid Y=1) = b$.", r"P(X=1, Z=1 \mid Y=1) = a b"),
        (r"Let $P(X=1) = p$ and $P(Y=1) = q$.", "P(X=1) = q"),
    ],
)
def test_what_would_need_independence_is_refuted(said, formula):
    assert found(f"{THREE} {said}", formula) == "refuted"


@pytest.mark.parametrize(
    ("said", "formula", "verdict"),
    [
        ("Let $P(X=1) = p$ and $P(Y=1) = q$.", "E[X + Y] = p + q", "supported"),
        (r"Let $P(X=1) = a$ and $P(Y=1 \mid X=i) = b_i$.", "P(Y=1) = b_0 (1 - a) + b_1 a", "proved"),
        (
            r"Suppose that $X$ and $Y$ are independent. Let $P(X=1) = p$ and $P(Y=1) = q$.",
            "P(X=1, Y=1) = p q",
            "proved",
        ),
        (
            r"Let $P(X=1) = a$, $P(Y=1 \mid X=i) = b_i$ and $P(Z=1 \mid Y=i) = c_i$.",  # a network
            r"P(Z=1 \mid X=1, Y=1) = c_1",
            "proved",
        ),
        (
            r"Consider the model $P(X=1 \mid Y=1) = a$ and $P(Z=1 \mid Y=1) = b$.",
            r"P(X=1, Z=1 \mid Y=1) = a b",
            "proved",
        ),
        (
            r"Let $P(X=1) = a$, $P(Y=1 \mid X=i) = b_i$ and $P(Z=1) = c$.",
            "P(Y=1, Z=1) = P(Y=1) c",
            "refuted",
        ),
    ],
)
def test_what_is_said_is_used(said, formula, verdict):
    assert found(f"{THREE} {said}", formula) == verdict


@pytest.mark.parametrize(
    ("said", "formula", "verdict"),
    [
        ("Let $X$ and $Y$ be independent.", "E[X Y] = E[X] E[Y]", "proved"),
        ("Suppose that $X$ is independent of $Y$.", "E[X Y] = E[X] E[Y]", "proved"),
        (
            "Suppose that $X$ and $Y$ are independent given $Z$.",
            r"E[X Y \mid Z=1] = E[X \mid Z=1] E[Y \mid Z=1]",
            "proved",
        ),
        ("Suppose that $X$ and $Y$ are independent given $Z$.", "E[X Y] = E[X] E[Y]", "refuted"),
        ("Suppose that $X$ and $Y$ are independent.", r"E[X Y \mid Z=1] = E[X \mid Z=1] E[Y \mid Z=1]", "refuted"),
        ("Suppose that $X$ and $Y$ are independent.", "E[X Z] = E[X] E[Z]", "refuted"),
        ("Suppose that $X$ and $Y$ are pairwise independent.", "E[X Y] = E[X] E[Y]", "undecided"),
        (r"Suppose that $X \perp Y$.", "E[X Y] = E[X] E[Y]", "undecided"),
    ],
)
def test_independence_is_of_those_that_are_named(said, formula, verdict):
    assert found(f"{THREE} {said}", formula) == verdict


def test_independence_is_also_said_of_variables_in_the_sentence_that_declares_them():
    apart = r"Let $X$ and $Y$ be independent random variables with values in $\{0,1\}$."
    assert found(apart, "E[X Y] = E[X] E[Y]") == "proved"
    given = f"{THREE[:-1]}, where $X$ and $Y$ are independent given $Z$."
    assert found(given, r"P(X=1, Y=1 \mid Z=1) = P(X=1 \mid Z=1) P(Y=1 \mid Z=1)") == "proved"
    assert found(given, "P(X=1, Y=1) = P(X=1) P(Y=1)") == "refuted"


@pytest.mark.parametrize("names", ["XYZ", "ABC"])
@pytest.mark.parametrize(
    "formula", ["P({0}, {1}, {2}) = P({0}) P({1}) P({2})", "P({0}, {2}) = P({0}) P({2})"]
)  # fmt: skip
def test_several_independences_in_pairs_are_not_mutual(names, formula):
    declared = THREE if names == "XYZ" else ""
    events = [f"{name}=1" if names == "XYZ" else name for name in names]
    first, second, third = names
    said = f"${first}$ and ${second}$ are independent. Suppose that ${second}$ and ${third}$ are independent."
    assert found(f"{declared} Suppose that {said}", formula.format(*events)) in ("refuted", "undecided")


def test_words_behind_the_values_of_a_variable_are_said_of_it():
    said = r"Let $X$ be a random variable with values in $\{-1,0,1\}$ and zero mean."
    assert found(said, r"\operatorname{Var}(X) = E[X^2]") == "undecided"


# what is assumed, what then holds, what does not
STATED = [
    (r"$P(A,B|C) = P(A|C)P(B|C)$", r"P(C|A,B) = \frac{P(C)P(A|C)P(B|C)}{P(A,B)}", r"P(A,B) = P(A)P(B)"),
    (r"$P(x|C) = P(a|C)P(b|C)$", r"P(C|x) = \frac{P(C)P(a|C)P(b|C)}{P(x)}", r"P(C|x) = P(C)P(a|C)P(b|C)"),
    (
        r"$j \in \{1,\dots,K\}$ and $P(x|C_j) = \prod_{i=1}^D P(x_i|C_j)$",
        r"\log P(C_j|x) = \log P(C_j) + \sum_{i=1}^D \log P(x_i|C_j) - \log P(x)",
        r"\log P(C_j|x) = \log P(C_j) + \sum_{i=1}^D \log P(x_i|C_j)",
    ),
    (
        r"$j \in \{1,\dots,K\}$ and $P(x) = \sum_{l=1}^K P(x|C_l)P(C_l)$",
        r"P(C_j|x) = \frac{P(x|C_j)P(C_j)}{\sum_{k=1}^K P(x|C_k)P(C_k)}",
        r"P(C_j|x) = \frac{P(x|C_j)}{\sum_{k=1}^K P(x|C_k)}",
    ),
    (
        r"$P(x|\theta) = \prod_{n=1}^N P(x_n|\theta)$",
        r"\log P(x|\theta) = \sum_{n=1}^N \log P(x_n|\theta)",
        r"P(x|\theta) = \sum_{n=1}^N P(x_n|\theta)",
    ),
]


@pytest.mark.parametrize(("assumed", "true", "false"), STATED)
def test_an_equation_between_probabilities_is_a_fact_on_all_that_they_imply(assumed, true, false):
    assert found(f"Assume {assumed}.", true) == "proved"
    assert found(f"Assume {assumed}.", false) in ("refuted", "undecided")


def test_probabilities_of_all_values_sum_to_one():
    two = r"Let $y \in \{0,1\}$ with $p(y=1) = q$ and $p(y=0) = r$."
    assert after(two, "q + r = 1", "r = 1 - q", "q + r = 2", "q = r") == "proved proved refuted refuted"
    behind = r"Let $y, z \in \{0,1\}$ with $p(y=1|z=1) = a$ and $p(y=0|z=1) = b$ and $p(y=1|z=0) = c$."
    assert after(behind, "a + b = 1", "a + c = 1") == "proved refuted"


def test_a_label_with_a_value_takes_those_of_its_samples():
    given = r"Let $y_1, \dots, y_N \in \{0,1\}$, $0 < q < 1$ and $p(y=1) = q$."
    assert after(given, "p(y=0) = 1 - q", "p(y=0) = q") == "proved refuted"
