"""Vectors and matrices by components: identities, inverses, arrays that the text defines, free positions."""

import pytest

from tests.reading.texts import found, lines, verdicts


def page(givens: str, *formulas: str) -> str:
    return "\n\n".join([givens, *(f"$$\n{formula}\n$$" for formula in formulas)]) + "\n"


TALL = r"Given $X \in \mathbb{R}^{n \times p}$ with $X^T X$ invertible, $y \in \mathbb{R}^n$, $w \in \mathbb{R}^p$."
HAT = rf"{TALL} Let $H = X (X^T X)^{{-1}} X^T$ and $\hat\beta = (X^T X)^{{-1}} X^T y$."
SQUARE = r"Given invertible $A, B \in \mathbb{R}^{n \times n}$, $x \in \mathbb{R}^n$, $c > 0$."
SPREAD = r"Given $S \in \mathbb{R}^{n \times n}$ with $S \succ 0$, $x, \mu \in \mathbb{R}^n$."
SMALL = r"Given $a, b, c, d \in \mathbb{R}$ with $ad \neq bc$."
WRITTEN = r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}"

TRUE = [
    # a name defined as a matrix or vector is one, also where nothing else says so
    (HAT, "H X = X"),
    (HAT, "H^2 = H"),
    (HAT, r"X \hat\beta = H y"),
    (HAT, r"X^T (y - X \hat\beta) = 0"),
    (rf"{TALL} Let $G = X^T X$.", "G = G^T"),
    # an identity matrix of which nothing is said has the size of what stands beside it
    (TALL, r"\|Xw\|^2 + c \|w\|^2 = w^T (X^T X + c I) w"),
    (TALL, r"w^T (X^T X + c I_p) w = w^T X^T X w + c w^T I w"),
    (SQUARE, "A I = A"),
    (SQUARE, "(I + A)(I - A) = I - A^2"),
    (SQUARE, r"(c I)^{-1} A = \frac{1}{c} A"),
    (SQUARE, "A^{-1} A = I"),
    # inverses: of symmetric matrices they are symmetric
    (HAT, "H^T = H"),
    (SQUARE, "(A^{-1})^T A^T = I"),
    (SPREAD, r"\nabla_\mu \left( -\frac{1}{2} (x-\mu)^T S^{-1} (x-\mu) \right) = S^{-1} (x - \mu)"),
    (SPREAD, r"(x-\mu)^T S^{-1} (x-\mu) = x^T S^{-1} x - 2 \mu^T S^{-1} x + \mu^T S^{-1} \mu"),
    (SPREAD, r"S^{-1} (x - \mu) = 0 \iff x = \mu"),
    # determinants
    (SPREAD, r"\log |2 \pi S| = n \log (2\pi) + \log |S|"),
    (SPREAD, r"\log |S^{-1}| = -\log |S|"),
    (SQUARE, r"\det(A B A^{-1}) = \det B"),
    (SQUARE, r"\frac{\partial}{\partial A} \log \det A = (A^{-1})^T"),
    (SQUARE, r"\frac{\partial}{\partial A} x^T A^{-1} x = -(A^{-1})^T x x^T (A^{-1})^T"),
    # matrices that are written out
    (SMALL, r"\det \begin{pmatrix} a & b \\ c & d \end{pmatrix} = ad - bc"),
    (SMALL, rf"{WRITTEN}^{{-1}} = \frac{{1}}{{ad - bc}} \begin{{pmatrix}} d & -b \\ -c & a \end{{pmatrix}}"),
    (SMALL, rf"{WRITTEN} \begin{{pmatrix}} 1 \\ 1 \end{{pmatrix}} = \begin{{pmatrix}} a + b \\ c + d \end{{pmatrix}}"),
    (SMALL, rf"\mathrm{{tr}} {WRITTEN} = a + d"),
    # norms and second derivatives
    (TALL, r"\|X\|_F^2 = \mathrm{tr}(X^T X)"),
    (TALL, r"\|w\|_1 = \sum_{j=1}^p |w_j|"),
    (TALL, r"\nabla_w^2 \|y - Xw\|^2 = 2 X^T X"),
    # inverses are unique
    (SQUARE, "(AB)^{-1} = B^{-1} A^{-1}"),
    (TALL, r"X^T X w = X^T y \iff w = (X^T X)^{-1} X^T y"),
    (
        r"Given $k \in \{1,\dots,K\}$, $S_k \in \mathbb{R}^{n \times n}$ with $S_k \succ 0$.",
        r"\sum_{k=1}^K \log |S_k^{-1}| = -\sum_{k=1}^K \log |S_k|",
    ),
    # what is positive definite is symmetric
    (r"Given $S \in \mathbb{R}^{n \times n}$, where $S$ is symmetric positive definite.", r"\log|S^{-1}| = -\log|S|"),
    (r"Given $S \in \mathbb{R}^{n \times n}$ with $S \succ 0$.", "S^T = S"),
    # by a symmetric matrix: the gradient among symmetric matrices
    (SPREAD, r"\nabla_S \log |S| = S^{-1}"),
    (SPREAD, r"\frac{\partial}{\partial S} \log |S^{-1}| = -S^{-1}"),
    (SPREAD, r"\frac{\partial}{\partial S} (x^T S^{-1} x) = -S^{-1} x x^T S^{-1}"),
    (SPREAD, r"\frac{\partial}{\partial S^{-1}} \log |S| = -S"),
    (SPREAD, r"\frac{\partial}{\partial S} \mathrm{tr}(S^2) = 2 S"),
    (SPREAD, r"\nabla_S (x^T S \mu) = \frac{1}{2} (x \mu^T + \mu x^T)"),
    (r"Given $k \in \{1,\dots,K\}$, $S_k \in \mathbb{R}^{n \times n}$ with $S_k \succ 0$.", "S_k^T = S_k"),
]

FALSE = [
    (HAT, "H X = 2X"),
    (SPREAD, r"\nabla_S \log |S| = 2 S^{-1}"),
    (SPREAD, r"\nabla_S \log |S| = S"),
    (SPREAD, r"\frac{\partial}{\partial S} (x^T S^{-1} x) = S^{-1} x x^T S^{-1}"),
    (SPREAD, r"\frac{\partial}{\partial S^{-1}} \log |S| = 0"),
    (HAT, r"X^T (y - 2 X \hat\beta) = 0"),
    (TALL, r"\|Xw\|^2 + c \|w\|^2 = w^T (X^T X + I) w"),
    (SQUARE, "A I = I"),
    (SQUARE, "(I + A)(I - B) = I - AB"),
    (SQUARE, "(c I)^{-1} A = c A"),
    (SQUARE, "(A^{-1})^T A = I"),
    (SQUARE, "(AB)^{-1} = A^{-1} B^{-1}"),
    (SQUARE, "A^T B = B^T A"),
    (SPREAD, r"\log |2 \pi S| = \log (2\pi) + \log |S|"),
    (SPREAD, r"\log |S| = n"),
    (SQUARE, r"\det(A + B) = \det A + \det B"),
    (SQUARE, r"\frac{\partial}{\partial A} \log \det A = A^{-1}"),
    (SQUARE, r"\frac{\partial}{\partial A} x^T A^{-1} x = 0"),
    (SMALL, r"\det \begin{pmatrix} a & b \\ c & d \end{pmatrix} = ad + bc"),
    (TALL, r"\|X\|_F^2 = (\mathrm{tr} (X^T X))^2"),
    (TALL, r"\nabla_w^2 \|y - Xw\|^2 = X^T X"),
    (TALL, r"X^T X w = X^T y \iff w = 2(X^T X)^{-1} X^T y"),
    (SPREAD, r"(x-\mu)^T S^{-1} (x-\mu) = x^T S^{-1} x - \mu^T S^{-1} x + \mu^T S^{-1} \mu"),
    (SPREAD, r"\nabla_\mu \left( -\frac{1}{2} (x-\mu)^T S^{-1} (x-\mu) \right) = S (x - \mu)"),
    (r"Given $S \in \mathbb{R}^{n \times n}$.", "S^T = S"),
]


@pytest.mark.parametrize(("givens", "formula"), TRUE)
def test_what_holds_of_arrays_is_proved(givens, formula):
    assert found(page(givens, formula)).verdicts == "proved"


@pytest.mark.parametrize(("givens", "formula"), FALSE)
def test_what_does_not_hold_is_refuted(givens, formula):
    assert found(page(givens, formula)).verdicts == "refuted"


@pytest.mark.parametrize(
    ("givens", "formula"),
    [
        (TALL, "X + I = X"),  # X is not square
        (SQUARE, "I = I"),  # of no size
        (SQUARE, r"\mathrm{tr}(I) = n"),
        ("Given $a, b > 0$.", "I a = a"),  # no matrices: a number
    ],
)
def test_an_identity_matrix_that_fits_nothing_is_never_passed(givens, formula):
    assert set(found(page(givens, formula)).verdicts.split()) <= {"unreadable", "undecided", "refuted"}


def test_off_the_diagonal_of_a_symmetric_matrix_people_mean_two_things():
    """Such a gradient is neither passed nor called wrong where its diagonal is right."""
    assert found(page(SPREAD, r"\nabla_S (x^T S \mu) = x \mu^T")).verdicts == "undecided"


def test_free_positions_of_different_sizes_are_different_indices():
    """H_{row,col} in a definition is n × n, and X_{row,col} in the claim n × p: col of the claim ends at p."""
    givens = rf"{TALL} Let $H = X (X^T X)^{{-1}} X^T$, where $H \in \mathbb{{R}}^{{n \times n}}$."
    assert found(page(givens, "H X = X")).verdicts == "proved"


def test_functions_are_shown_as_latex_has_them():
    """Letters in a row are one name, which no command of LaTeX has to be."""
    (line,) = lines(page(SQUARE, r"\mathrm{tr}(A) = \operatorname{tr}(A) + tr(A) + \mathrm{\mu} + \mathrm{exp}(c)"))
    assert line.left == r"\mathrm{tr}(A)"
    assert line.right == r"\operatorname{tr}(A) + \operatorname{tr}(A) + \mathrm{\mu} + \mathrm{exp}(c)"


SCATTER = r"\sum_{i=1}^N (x_i - \mu)(x_i - \mu)^T"
SAMPLES = r"Given $i \in \{1,\dots,N\}$, $x_i, \mu \in \mathbb{R}^n$, $S \in \mathbb{R}^{n \times n}$ with $S \succ 0$."


@pytest.mark.parametrize(
    ("found_matrix", "verdict"),
    [(rf"\frac{{1}}{{N}} {SCATTER}", "proved"), (SCATTER, "refuted"), (rf"\frac{{2}}{{N}} {SCATTER}", "refuted")],
)
def test_a_definite_matrix_is_solved_for(found_matrix, verdict):
    text = (
        page(f"{SAMPLES}\n\nSetting the derivative to zero,", rf"\frac{{N}}{{2}} S - \frac{{1}}{{2}} {SCATTER} = 0")
        + f"so\n\n$$\nS = {found_matrix}\n$$\n"
    )
    assert found(text).verdicts == f"assumed {verdict}"


def test_from_a_matrix_that_cannot_be_definite_nothing_follows():
    text = page(f"{SAMPLES}\n\nSuppose that", r"\mu^T S \mu = -\mu^T \mu - 1") + "so\n\n$$\nN = n\n$$\n"
    assert "proved" not in found(text).verdicts


RIDGE = r"""
Let $X\in\mathbb{R}^{N\times D}$, $y\in\mathbb{R}^N$, $w\in\mathbb{R}^D$ and $\lambda>0$.
$$
J(w) = \|Xw - y\|^2 + \lambda \|w\|^2
$$
"""


@pytest.mark.parametrize(
    ("formula", "verdict"),
    [
        (r"\nabla J(w) = 2X^\top X w - 2X^\top y + 2\lambda w", "proved"),
        (r"\nabla J = 2X^\top X w - 2X^\top y + 2\lambda w", "proved"),
        (r"\nabla J(w) = 2X^\top X w - 2X^\top y + \lambda w", "refuted"),
        (r"\nabla^2 J(w) = 2 (X^\top X + \lambda I)", "proved"),
        (r"\nabla^2 J(w) = X^\top X + \lambda I", "refuted"),
        (r"\nabla^2 J(w) = 2 \sum_{n=1}^N \sum_{d=1}^D X_{nd}^2 + 2 D \lambda", "undecided"),  # the Laplacian
        (r"\nabla^2 f = 2 (X^\top X + \lambda I)", "undecided"),
    ],
)
def test_a_gradient_without_a_variable_is_by_the_argument_of_the_function(formula, verdict):
    assert verdicts(f"{RIDGE}\n$$\n{formula}\n$$\n").split() == ["assumed", verdict]


def test_a_proof_says_in_words_which_inverse_it_trusts():
    text = r"""Let $X \in \mathbb{R}^{N \times D}$ with $X^T X$ invertible, $w \in \mathbb{R}^D$, $t \in \mathbb{R}^N$.

Suppose that

$$X^T X w = X^T t$$

Then

$$w = (X^T X)^{-1} X^T t$$
"""
    (outcome,) = [each for each in found(text).outcomes if each.role == "consequence"]
    assert outcome.verdict.trusts == ("(X^T X)⁻¹ is the inverse of X^T X", "hypothesis X^T X w = X^T t")


def table(columns: str, body: str, brackets: str = "[]") -> str:
    left, right = brackets
    return rf"\left{left} \begin{{array}}{{{columns}}} {body} \end{{array}} \right{right}"


NUMBERS = r"Given $a, b, c, d, u, v \in \mathbb{R}$."
MATRIX, VECTOR = table("cc", r"a & b \\ c & d"), table("c", r"u \\ v")

WRITTEN_AS_ARRAY = [
    # once the rows were run together: [u; v] was the product u v
    (f"{MATRIX} {VECTOR} = " + table("c", r"a u + b v \\ c u + d v"), "proved"),
    (f"{MATRIX} {VECTOR} = " + table("c", r"a u + b v \\ c u - d v"), "refuted"),
    (f"{VECTOR} = " + table("l", r"u \\ v", "()"), "proved"),
    (f"{VECTOR} = " + table("c", r"v \\ u"), "refuted"),
    (f"{VECTOR} = u v", "undecided"),
    (f"{VECTOR} - 1 = u v - 1", "unreadable"),
    (table("cc", r"a & b \\ c & d", "||") + " = a d - b c", "proved"),
    (table("cc", r"a & b \\ c & d", "||") + " = a b c d", "refuted"),
    (table("c", r"n \\ k", "()") + " = n k", "undecided"),
    (r"2 \begin{array}{c} u \\ v \end{array} = \begin{array}{c} 2 u \\ 2 v \end{array}", "proved"),
    # rows that an operator joins are one formula
    (r"a b + a c = a " + table("l", r"b + \\ c", "()"), "proved"),
    (r"a b + a c = a " + table("l", r"b \\ + c", "()"), "proved"),
    (r"a b + a c = a \left( \begin{aligned} & b \\ & + c \end{aligned} \right)", "proved"),
    # others are none
    (r"a b = \left( \begin{aligned} a \\ b \end{aligned} \right)", "unreadable"),
    (r"a b = \left[ \begin{gathered} a \\ b \end{gathered} \right]", "unreadable"),
]


@pytest.mark.parametrize(("claim", "verdict"), WRITTEN_AS_ARRAY, ids=lambda text: text)
def test_an_array_in_a_formula_is_a_matrix(claim, verdict):
    assert verdicts(page(NUMBERS, claim)) == verdict


def test_an_array_behind_a_brace_gives_cases():
    two = r"\left\{ \begin{array}{ll} a & %s \\ -a & %s \end{array} \right."
    otherwise = two % (r"\text{if } a \geq 0,", r"\text{otherwise}.")
    assert verdicts(page(NUMBERS, "|a| = " + otherwise)) == "supported"
    assert verdicts(page(NUMBERS, "a = " + otherwise)) == "refuted"
    chain = r"\begin{aligned} |a| &= " + otherwise + r" \\ &= |-a| \end{aligned}"
    assert verdicts(page(NUMBERS, chain)) == "supported supported"
    assert verdicts(page(NUMBERS, "|a| = " + two % (r"a \geq 0", "a < 0"))) == "undecided"  # as of `cases`
