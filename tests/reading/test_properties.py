"""What words say of names: signs, integers, matrices with inverses; and what is not understood refutes nothing."""

from __future__ import annotations

import pytest

from tests.reading.texts import verdicts

MATRICES = r"Let $A, B, C \in \mathbb{R}^{D \times D}$ and $v, w \in \mathbb{R}^D$."


def follows(declared, first, then):
    return verdicts(f"{declared} Suppose that\n\n$$\n{first}\n$$\n\nThen\n\n$$\n{then}\n$$\n")


def found(declared, formula):
    return verdicts(f"{declared}\n\n$$\n{formula}\n$$\n")


@pytest.mark.parametrize("said", ["$A$ is invertible", "$A$ is nonsingular", "$A$ has full rank"])
@pytest.mark.parametrize(("first", "then"), [("A w = 0", "w = 0"), ("A w = A v", "w = v"), ("A B = A C", "B = C")])
def test_an_invertible_matrix_cancels(said, first, then):
    assert follows(f"{MATRICES} Suppose that {said}.", first, then) == "assumed proved"


@pytest.mark.parametrize(
    ("said", "first", "then"),
    [
        ("", "A w = 0", "w = 0"),
        ("Suppose that $B$ is invertible.", "A B = A C", "B = C"),
        ("Suppose that $A$ is invertible.", "A w = v", "w = A v"),
    ],
)
def test_no_other_matrix_does(said, first, then):
    assert follows(f"{MATRICES} {said}", first, then) == "assumed refuted"


def test_one_that_is_written_out_has_a_determinant_that_is_not_zero():
    said = r"Let $A \in \mathbb{R}^{2 \times 2}$ be invertible and $w \in \mathbb{R}^2$."
    assert follows(said, "A w = 0", "w = 0") == "assumed supported"


@pytest.mark.parametrize("said", ["with $X^T X$ invertible", "have full column rank"])
def test_a_matrix_of_full_column_rank_maps_nothing_else_to_zero(said):
    declared = (
        rf"Let $X \in \mathbb{{R}}^{{N \times D}}$ {said}, and let $w \in \mathbb{{R}}^D$ and $u \in \mathbb{{R}}^N$."
    )
    assert follows(declared, "X w = 0", "w = 0") == "assumed undecided"
    assert follows(declared, "X^T u = 0", "u = 0") == "assumed refuted"


@pytest.mark.parametrize(
    ("said", "formula", "verdict"),
    [
        ("Let $a$ and $b$ be positive constants.", r"\sqrt{a^2 b^2} = a b", "proved"),
        ("Let $a$ and $b$ be positive constants.", r"\log(a + b) = \log a + \log b", "refuted"),
        ("Let $x$ be a negative number.", r"\sqrt{x^2} = -x", "supported"),
        ("Let $x$ be negative.", "|x| = x", "refuted"),
        ("Let $m$ be an integer.", r"\cos(m \pi) = (-1)^m", "proved"),
        ("Let $m$ be a positive integer.", r"\sum_{i=1}^m 1 = m", "proved"),
        ("Consider a nonnegative real number $x$.", r"\sqrt{x^2} = x", "proved"),
    ],
)
def test_a_sign_is_declared_in_words(said, formula, verdict):
    assert found(said, formula) == verdict


def test_what_is_not_zero_cancels():
    assert follows(r"Let $a$ be nonzero.", "a b = a c", "b = c") == "assumed proved"
    assert follows(r"Let $a$ be nonnegative.", "a b = a c", "b = c") == "assumed refuted"


@pytest.mark.parametrize(
    ("said", "formula"),
    [
        ("Suppose that $A$ and $B$ commute.", "A B = B A"),
        (r"Suppose that $v$ is an eigenvector of $A$ with eigenvalue $\lambda$.", r"A v = \lambda v"),
        ("Suppose that $A$ is traceless.", r"\operatorname{tr}(A) = 0"),
        ("Suppose that $A$ is an involution.", "A A = I"),
        (r"Suppose that $v \perp w$.", "v^T w = 0"),
        (r"Suppose that $A \succeq 0$.", "v^T A v \\geq 0"),
        ("Suppose that $A$ has rows that sum to one.", r"\sum_{j=1}^D A_{ij} = 1"),
    ],
)
def test_nothing_is_refuted_for_want_of_what_is_not_understood(said, formula):
    assert found(f"{MATRICES} {said}", formula) == "undecided"
    assert found(MATRICES, formula) == "refuted"


@pytest.mark.parametrize(
    "said",
    ["where $c$ is a constant", "for a scalar $c$", "with the weights $c$", "where $c$ is the slope of the line"],
)
def test_what_only_names_a_quantity_says_nothing_of_it(said):
    assert found(f"Let $x \\in \\mathbb{{R}}$, {said}.", "c (x + 1) = c x + 1") == "refuted"
