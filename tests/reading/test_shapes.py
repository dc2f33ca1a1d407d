"""Matrices of which nothing is said but that a display uses them so."""

import pytest

from tests.reading.texts import found, verdicts

SQUARE = r"(Y-X\beta)^T(Y-X\beta)"


@pytest.mark.parametrize(
    ("formulas", "expected"),
    [
        ([rf"{SQUARE} = Y^TY - 2\beta^TX^TY + \beta^TX^TX\beta"], "proved"),
        ([rf"{SQUARE} = Y^TY - \beta^TX^TY + \beta^TX^TX\beta"], "undecided"),
        ([r"(X^TX)^{-1}X^T(X\beta + \epsilon) = \beta + (X^TX)^{-1}X^T\epsilon"], "proved"),
        ([r"(X^TX)^{-1}X^T(X\beta + \epsilon) = \beta + X^T\epsilon"], "undecided"),
        ([r"\frac{\partial}{\partial\beta} \beta^TX^TX\beta = 2X^TX\beta"], "proved"),
        (["(AB)^T = B^TA^T", "(AB)^T = A^TB^T"], "proved undecided"),
        ([r"\operatorname{tr}(A^TB) = \operatorname{tr}(B^TA)"], "proved"),
        # a formula in which what is a vector elsewhere would be a number has no reading
        ([rf"{SQUARE} = Y^TY - 2\beta^TX^TY + \beta^TX^TX\beta", r"X^TX\beta = \beta X^TX"], "proved undecided"),
        ([rf"{SQUARE} = Y^TY - 2\beta^TX^TY + \beta^TX^TX\beta", r"\beta^TX^TY = X^TY\beta^T"], "proved undecided"),
        # a capital that is transposed nowhere may be a matrix or a number
        (["A^T N = N A^T"], "undecided"),
    ],
)  # fmt: skip
def test_what_holds_for_all_matrices_that_fit_is_proved_and_nothing_is_refuted(formulas, expected) -> None:
    assert verdicts("\n\n".join(f"$$\n{formula}\n$$" for formula in formulas) + "\n") == expected


def test_the_shapes_are_conditions() -> None:
    outcome = found(f"$$\n{SQUARE} = Y^TY - 2\\beta^TX^TY + \\beta^TX^TX\\beta\n$$\n").outcomes[0]
    assert outcome.verdict.conditions == ("X is rows(Y) × rows(beta)", "Y is rows(Y) × 1", "β is rows(beta) × 1")


def test_the_components_of_a_vector_by_use_are_as_many_as_a_sum_of_them_has_terms() -> None:
    assert verdicts("$$x^T y = \\sum_{i=1}^m x_i y_i$$\n\n$$x^T y = \\sum_{i=1}^{m} x_i$$\n") == "proved refuted"


def test_words_on_a_letter_that_are_not_understood_do_not_concern_it_with_a_hat() -> None:
    text = "Let $b$ be in $S$, $b \\in S$.\n\n$$\\hat b = a + 1$$\n\n$$b = a + 2$$\n"
    assert verdicts(text) == "assumed undecided"
