"""What formulas mean in their scope: names, indices and powers, bounds left out, dots, expectations, arrays."""

import pytest

from checker.printing import unicode
from checker.reading.tex.tokens import Unreadable
from tests.reading.texts import found, lines, meaning, verdicts

CLASSES = (
    r"Given $n \in \{1,\dots,N\}$, $k, j \in \{1,\dots,K\}$, $x_n, \mu_k \in \mathbb{R}$, $\sigma_k > 0$ "
    r"and $y_n \in \{1,\dots,K\}$."
)
"""N samples of K classes."""


def text(*formulas: str, givens: str = "") -> str:
    return givens + "".join(f"\n\n$$\n{formula}\n$$\n" for formula in formulas)


# --- the same meaning -------------------------------------------------------------------------------------------------

SAME = [
    # a bound that is left out is filled in from the index's set
    (r"\sum_k \mu_k", r"\sum_{k=1}^K \mu_k"),
    (r"\sum_n x_n", r"\sum_{n=1}^N x_n"),
    (r"\sum_{n,k} x_n \mu_k", r"\sum_{n=1}^N \sum_{k=1}^K x_n \mu_k"),
    (r"\sum_n^N x_n", r"\sum_{n=1}^N x_n"),
    (r"\sum^N_{n=1} x_n", r"\sum_{n=1}^N x_n"),
    (r"\sum_{n=1}^{n=N} x_n", r"\sum_{n=1}^N x_n"),
    (r"\sum_{1 \le n \le N} x_n", r"\sum_{n=1}^N x_n"),
    (r"\sum_{n \in \{1,\dots,N\}} x_n", r"\sum_{n=1}^N x_n"),
    (r"\sum_{k'} \mu_{k'}", r"\sum_{k'=1}^K \mu_{k'}"),
    (r"\sum_i x_i", r"\sum_{i=1}^N x_i"),  # the letter is free: the set is that of the place
    (r"\sum_i \mu_i", r"\sum_{i=1}^K \mu_i"),
    (r"\sum_i \mathbb{1}[y_n = i]", r"\sum_{i=1}^K \mathbb{1}[y_n = i]"),
    # conditions
    (r"\sum_{k \neq j} \mu_k", r"\sum_{k=1}^K \mathbb{1}[k \neq j] \mu_k"),
    (r"\sum_{n : y_n = k} x_n", r"\sum_{n=1}^N \mathbb{1}[y_n = k] x_n"),
    (r"\sum_{n | y_n = k} x_n", r"\sum_{n=1}^N \mathbb{1}[y_n = k] x_n"),
    (r"\prod_{n : y_n = k} x_n", r"\prod_{n=1}^N x_n^{\mathbb{1}[y_n = k]}"),
    # the scope of a sum
    (r"\sum_n x_n \mu_k + 1", r"\left(\sum_{n=1}^N (x_n \mu_k)\right) + 1"),
    (r"\sum_n (x_n - \mu_k)", r"\sum_{n=1}^N \left[x_n - \mu_k\right]"),
    # exponents
    (r"\sigma_k^{-2}", r"{\sigma_k}^{-2}"),
    (r"\frac{\partial}{\partial \sigma_k^2} \log \sigma_k", r"\frac{\partial \log \sigma_k}{\partial {\sigma_k}^2}"),
    (r"\mu_k^{y_n = k}", r"\mu_k^{\mathbb{1}[y_n = k]}"),
    (r"\delta_{jk}", r"\mathbb{1}[j = k]"),
    (r"\delta_{y_n k}", r"\mathbb{1}[y_n = k]"),
    # functions without brackets
    (r"\log 2 \pi \sigma_k", r"\log(2 \pi \sigma_k)"),
    (r"\log \sigma_k^2", r"\log(\sigma_k^2)"),
    (r"\log \sigma_k \sum_n x_n", r"(\log \sigma_k) \sum_{n=1}^N x_n"),
    (r"\log \sum_n x_n^2", r"\log(\sum_{n=1}^N x_n^2)"),
    (r"\log \sigma_k - \mu_k", r"\log(\sigma_k) - \mu_k"),
    (r"\log \frac{\mu_k}{\sigma_k} \sigma_j", r"\log\left(\frac{\mu_k}{\sigma_k} \sigma_j\right)"),
    (r"x_n/2\sigma_k^2", r"\frac{x_n}{2 \sigma_k^2}"),
    # dots
    (r"\mu_1 + \dots + \mu_K", r"\mu_1 + \mu_2 + \dots + \mu_K"),
    (r"x_1 x_2 \cdots x_N", r"x_1 \cdot \ldots \cdot x_N"),
    # numbers
    (r"0.5", r"\frac12"),
    (r"1.25 x_n", r"\frac54 x_n"),
    (r"1{,}000 x_n", "1000 x_n"),
    # e and π
    (r"e^{x_n}", r"\exp(x_n)"),
    (r"\mathrm{e}^{x_n}", r"\exp(x_n)"),
]


@pytest.mark.parametrize(("spelling", "other"), SAME, ids=lambda formula: formula)
def test_two_spellings_mean_the_same(spelling, other):
    assert unicode(meaning(spelling, CLASSES)) == unicode(meaning(other, CLASSES))


DIFFERENT = [
    (r"\mu_k", r"\mu"),
    (r"N_k", r"N"),
    (r"\pi_k", r"\pi"),
    (r"\hat\mu_k", r"\mu_k"),
    (r"\tilde\mu_k", r"\mu_k"),
    (r"\mathcal{L}", r"L"),
    (r"\mu_k'", r"\mu_k"),
    (r"\sum_{n=0}^N x_n", r"\sum_n x_n"),
    (r"\sum_{n=2}^N x_n", r"\sum_n x_n"),
    (r"\sum_n x_n - \mu_k", r"\sum_n (x_n - \mu_k)"),
    (r"\mu_{nk}", r"\mu_{kn}"),
    (r"x_{n+1}", r"x_n + 1"),
    (r"e_k", r"e"),
    (r"\mu_{y_n}", r"\mu_{n}"),
]


@pytest.mark.parametrize(("spelling", "other"), DIFFERENT, ids=lambda formula: formula)
def test_a_near_miss_means_something_else(spelling, other):
    assert unicode(meaning(spelling, CLASSES)) != unicode(meaning(other, CLASSES))


@pytest.mark.parametrize(
    ("spelling", "other"),
    [(r"\mathbf{x}", "x"), (r"\vec{x}", "x"), (r"\bm{\mu}", r"\mu"), (r"\boldsymbol\theta", r"\theta")],
)
def test_bold_and_arrows_make_no_new_name(spelling, other):
    assert meaning(spelling) == meaning(other)


# --- power or index -------------------------------------------------------------------------------------------------

SUPERSCRIPTS = [
    (r"x^2", "", "x²"),
    (r"x^n", "", "x^n"),
    (r"x_i^2", "", "x_i²"),
    (r"x^{(2)}", "", "x_2"),
    (r"x^{(i)}", r"Given $i \in \{1,\dots,N\}$.", "x_i"),
    (r"x^{(i)}_d", "", "x_{i,d}"),
    (r"x^{(i+1)} - x^{(i)}", r"Given $i \in \{1,\dots,N\}$.", "x_{i+1} − x_i"),
    (r"x^{i} - x^{j}", r"Given $i, j \in \{1,\dots,N\}$ and $x^i \in \mathbb{R}$.", "x_i − x_j"),
    (r"x^{i} - x^{j}", r"Given $x^i \in \mathbb{R}$ and $i, j \in \{1,\dots,N\}$.", "x_i − x_j"),
    (r"r^n", r"Given $r \in \mathbb{R}$ and $n \in \{1,2,\dots\}$.", "r^n"),
    (r"\sum_{i=1}^N r^i", r"Given $r \in \mathbb{R}$.", "∑_{i=1}^N r^i"),
    (r"(1+r)^n", "", "(1 + r)^n"),
]


@pytest.mark.parametrize(("formula", "givens", "shown"), SUPERSCRIPTS, ids=lambda value: value)
def test_a_superscript_is_a_power_or_an_index_by_declaration_and_use(formula, givens, shown):
    assert unicode(meaning(formula, givens)).replace("x_id", "x_{i,d}") == shown


BOTH_FIT = [
    (r"\sum_i x^i", ""),
    (r"\sum_{i=1}^N (x^i - y^i)^2 - \sum_{i=1}^N x^i", ""),
    (r"x + y + \sum_{i=1}^N e^{-y^i x^i}", ""),
    (r"2^i + x + \sum_{i=1}^N (y^i - x^i) + \sum_{i=1}^N y^i", ""),
    (r"x^i + y_i", r"Given $i \in \{1,\dots,N\}$."),
]


@pytest.mark.parametrize(("formula", "givens"), BOTH_FIT, ids=lambda value: value)
def test_where_both_fit_it_is_refused_or_every_sample_has_a_superscript(formula, givens):
    try:
        shown = unicode(meaning(formula, givens))
    except Unreadable as problem:
        shown = problem.message
    assert "x_i" in shown or "may be a power" in shown


ABOVE_AN_INDEX = [
    # (formula, others in the text, shown; None where a power and an index both fit)
    (r"\sum_{i=1}^n x^i_1", "", None),
    (r"\sum_{i=1}^n \mathbb{1}[x^i_1 = c]", "$x$", None),
    (r"\sum_{i=1}^n x^i_1 - x_1^2", r"$\sum_{i=1}^n x^i_2$", None),  # with a square it may be a power
    (r"\sum_{i=0}^n x^i_1", r"$\sum_{i=0}^n x^i_2$", None),  # samples have no number 0
    (r"x^i_1 x^j_1 - x^{i+j}_1", r"$\sum_{i=1}^n x^i_1$", None),  # j is no index
    (r"x^{i+j}_1", r"$\sum_{i=1}^n x^i_1$", None),
    (r"\sum_{i=1}^n x^i_1 + x_1^1", r"$\sum_{i=1}^n x^i_2$", "∑_{i=1}^n x_i1 + x_11"),
    (r"\sum_{i=1}^n x^i_1", r"Given $k \in \{1,2\}$ and $x_k \in \mathbb{R}$.", "∑_{i=1}^n x_1^i"),
    (r"x^i_1 x^j_1 - x^{i+j}_1", "", "x_1^i x_1^j − x_1^(i + j)"),
    (r"\beta_2^k \beta_1 - \sum_{k=1}^K u_k", "", None),
    (r"\beta_2^k \beta_1^{2k} - \beta_1 \sum_{k=1}^K u_k", "", "β_2^k β_1^(2k) − β_1 ∑_{k=1}^K u_k"),
]  # fmt: skip


@pytest.mark.parametrize(("formula", "others", "shown"), ABOVE_AN_INDEX, ids=lambda value: value)
def test_above_an_index_stands_a_power_or_an_index_by_declaration_and_use(formula, others, shown):
    if shown is None:
        with pytest.raises(Unreadable, match="may be a power or a sample"):
            meaning(formula, others)
    else:
        assert unicode(meaning(formula, others)).replace("x_{i,1}", "x_i1").replace("x_{1,1}", "x_11") == shown


NO_POWER = [
    # a label is no condition
    (r"n_c^{d=1}", "", "a relation above a name may be a label"),
    (r"\sum_d x_d + n_c^{d=1}", "", "a relation above a name may be a label"),
    # T is a size here, and so may x^T be a power
    (r"\sum_{t=1}^T u_t + \eta^T x", "", "may be a power or a transpose"),
    (r"\sum_{t=1}^T u_t + (x - \mu)^T x", "", "may be a power or a transpose"),
    # a separator was forgotten
    (r"\begin{bmatrix} a - b \end{bmatrix}", "", "an array with one entry"),
]


@pytest.mark.parametrize(("formula", "givens", "message"), NO_POWER, ids=lambda value: value)
def test_what_is_written_for_something_else_is_refused(formula, givens, message):
    with pytest.raises(Unreadable, match=message):
        meaning(formula, givens)


POWERS = [
    (r"n_c^{d=1}", r"Given $d \in \{1,\dots,D\}$.", "n_c^(1[d = 1])"),
    (r"n_c^{\mathbb{1}[d=1]}", "", "n_c^(1[d = 1])"),
    (r"\prod_{d=1}^D n_d^{d=1}", "", "∏_{d=1}^D n_d^(1[d = 1])"),
    (r"\sum_{t=1}^T u_t + \eta^T x", r"Let $\eta, x \in \mathbb{R}$.", "∑_{t=1}^T u_t + η^T x"),
    (r"\sum_{t=1}^T u_t + (1 - q)^T", "", "∑_{t=1}^T u_t + (1 − q)^T"),
    (r"\begin{bmatrix} a \end{bmatrix}", "", "a"),
]


@pytest.mark.parametrize(("formula", "givens", "shown"), POWERS, ids=lambda value: value)
def test_a_power_by_declaration_is_one(formula, givens, shown):
    assert unicode(meaning(formula, givens)) == shown


@pytest.mark.parametrize("spread", [r"\Sigma", r"\Sigma_k", r"\boldsymbol{\Sigma}"])
def test_a_normal_density_with_a_covariance_is_that_of_a_vector(spread):
    assert "of a vector" in unicode(meaning(rf"\mathcal{{N}}(x | \mu, {spread})"))
    assert "of a vector" not in unicode(meaning(r"\mathcal{N}(x | \mu, v)"))


def test_a_sum_goes_on_over_a_sum_with_its_index_in_the_second_reading():
    within, outside = (
        lines(f"\n\n$$\n{formula} = 0\n$$\n")[0].second is not None
        for formula in (r"\sum_j a_j + \sum_i x_{ij}", r"\sum_j a_j + \sum_j x_j")
    )
    assert within
    assert not outside


def test_a_logarithm_may_take_the_exponential_behind_a_factor():
    line = lines("\n\n$$\n\\log \\frac{1}{a} \\exp(b) = 0\n$$\n")[0]
    assert line.second is not None
    line = lines("\n\n$$\n\\log \\frac{1}{a} \\sin(b) = 0\n$$\n")[0]
    assert line.second is None


def test_words_behind_a_therefore_are_the_left_side():
    """They do not let the sign go on with the row above."""
    above = "a &= b \\\\ "
    for begin, sides in ((r"\therefore \text{their number}", 2), (r"\text{so }", 2), (r"\therefore \text{so } c", 2)):
        found_lines = lines(f"\n\n$$\n\\begin{{aligned}} {above}{begin} &= k^9 \\end{{aligned}}\n$$\n")
        assert len(found_lines) == sides
        assert (found_lines[1].left == "b") == (begin == r"\text{so }")


@pytest.mark.parametrize("sign", [r"\Rightarrow", r"\le", r"\propto", r"\perp"])
def test_a_sign_behind_not_is_no_inequality(sign):
    assert any(line.problem for line in lines(rf"{chr(10)}$$ a = b \not {sign} c = d $$"))
    assert not any(line.problem for line in lines(rf"{chr(10)}$$ a \not \equiv c $$"))


def test_capitals_with_a_letter_twice_are_a_name():
    assert unicode(meaning("NLL + N + L")) == "NLL + N + L"
    assert unicode(meaning("NL + N + L")) == "N L + N + L"


def test_a_bold_pi_is_not_the_number():
    assert meaning(r"\boldsymbol{\pi}") != meaning(r"\pi")


def test_a_transposed_inverse_of_what_is_not_declared_is_no_power():
    assert "a transposed inverse" in unicode(meaning(r"X^{-\top} a"))
    assert "a transposed inverse" in unicode(meaning(r"X^{-T} a"))
    assert unicode(meaning(r"X^{-t} a")) == "X^(−t) a"


def test_factors_without_the_index_may_stand_behind_a_product():
    """The verdict says where the scope of a product matters, and only there."""
    givens = r"Let $n \in \{1,\dots,N\}$, $x_n, t > 0$."
    wide, narrow, either = (
        found(text(formula, givens=givens)).outcomes[0]
        for formula in (
            r"\prod_{n=1}^N x_n t = t^N \prod_{n=1}^N x_n",
            r"\prod_{n=1}^N x_n t = t \cdot (\prod_{n=1}^N x_n)",
            r"\prod_{n=1}^N t x_n = t^N \prod_{n=1}^N x_n",
        )
    )
    assert [each.verdict.name for each in (wide, narrow, either)] == ["proved", "refuted", "proved"]
    assert "read in another way" in wide.message
    assert "it would be proved" in narrow.message
    assert "read in another way" not in either.message


# --- who is bound ---------------------------------------------------------------------------------------------------


def test_a_bound_letter_may_be_free_outside():
    assert verdicts(text(r"\mu_k \sum_k \mu_k = \sum_j \mu_k \mu_j", givens=CLASSES)) == "proved"
    assert verdicts(text(r"\mu_k \sum_k \mu_k = \sum_k \mu_k^2", givens=CLASSES)) == "refuted"


def test_a_derivative_by_a_free_index_leaves_the_bound_one_alone():
    assert verdicts(text(r"\frac{\partial}{\partial \mu_k} \sum_k \mu_k^2 = 2 \mu_k", givens=CLASSES)) == "proved"
    assert (
        verdicts(text(r"\frac{\partial}{\partial \mu_k} \sum_j \mu_j^2 = 2 \sum_j \mu_j", givens=CLASSES)) == "refuted"
    )


def test_the_square_of_a_symbol_is_the_variable_of_its_derivative():
    formula = r"\frac{\partial}{\partial \sigma_k^2} \log \sigma_k = \frac{1}{2 \sigma_k^2}"
    assert verdicts(text(formula, givens=CLASSES)) == "proved"
    assert verdicts(text(formula.replace("2 \\sigma", "\\sigma"), givens=CLASSES)) == "refuted"


# --- dots -------------------------------------------------------------------------------------------------------------

DOTS = [
    (r"a_1 + \dots + a_n = \sum_{i=1}^n a_i", "proved"),
    (r"a_1 + a_2 + \cdots + a_n = \sum_{i=1}^n a_i", "proved"),
    (r"a_0 + a_1 + \dots + a_n = \sum_{i=0}^n a_i", "proved"),
    (r"a_1 + \dots + a_n = \sum_{i=1}^{n-1} a_i", "refuted"),
    (r"a_1 \cdots a_n = \prod_{i=1}^n a_i", "proved"),
    (r"b + a_1 + \dots + a_n = b + \sum_{i=1}^n a_i", "proved"),
    (r"x_1 y_1 + \dots + x_n y_n = \sum_{i=1}^n x_i y_i", "proved"),
    (r"1 + 2 + \dots + n = \sum_{i=1}^n i", "proved"),
]


@pytest.mark.parametrize(("formula", "verdict"), DOTS, ids=lambda value: value)
def test_dots_are_a_sum_or_product(formula, verdict):
    assert verdicts(text(formula)) == verdict


NO_RULE = [
    r"1 + 3 + \dots + n",
    r"2 + 4 + \dots + 2n",
    r"a_1 + a_3 + \dots + a_n",
    r"a_2 + a_4 + \dots + a_{2n}",
    r"2 + \dots + 2n",
    r"1 + 4 + 9 + \dots + n",
    r"a_1 - a_2 + \dots + a_n",
    r"a + b + \dots + z",
    r"\dots + a_n",
    r"1 \cdot 3 \cdots n",
]


@pytest.mark.parametrize("formula", NO_RULE)
def test_dots_without_a_rule_are_refused(formula):
    with pytest.raises(Unreadable):  # 17
        meaning(formula)


def test_dots_in_a_list_are_the_samples_between():
    givens = r"Given $n \in \{1,\dots,N\}$. Assume that $x^{(1)}, \dots, x^{(N)}$ are i.i.d."
    assert verdicts(text(r"p(x^{(1)}, \dots, x^{(N)}) = \prod_{n=1}^N p(x^{(n)})", givens=givens)) == "proved"
    assert verdicts(text(r"p(x^{(1)}, \dots, x^{(N)}) = \sum_{n=1}^N p(x^{(n)})", givens=givens)) in (
        "refuted",
        "undecided",
    )


# --- undeclared names -------------------------------------------------------------------------------------------------

RESTRICTED = [
    (r"\log(x y) = \log x + \log y", ("x > 0", "y > 0")),
    (r"\sqrt{x^2} = x", ("x > 0",)),
    (r"\frac{x}{x} = 1", ("x ≠ 0",)),
    (r"\sum_{n=1}^N \log x_n = \log \prod_{n=1}^N x_n", ("x_i > 0",)),
    (r"x + x = 2x", ()),
    (r"\log (x y!) = \log x + \log y!", ("x > 0", "y is one of 0, 1, 2, …")),
    (r"\log \prod_{n=1}^N x_n! = \sum_{n=1}^N \log x_n!", ("x_i is one of 0, 1, 2, …",)),
]


@pytest.mark.parametrize(("formula", "conditions"), RESTRICTED, ids=lambda value: str(value))
def test_an_undeclared_name_is_restricted_by_its_use_in_print(formula, conditions):
    (outcome,) = found(text(formula)).outcomes
    assert outcome.verdict.name == "proved"
    assert outcome.verdict.conditions == conditions


@pytest.mark.parametrize(
    "formula", [r"\log(x y) = \log x + \log y", r"\sqrt{x^2} = x", r"\log x^2 = 2 \log x"], ids=lambda value: value
)
def test_a_declared_name_is_not_restricted(formula):
    givens = r"Given $x \in \mathbb{R}$ and $y \in \mathbb{R}$."
    assert verdicts(text(formula, givens=givens)) != "proved"


# --- expectations -----------------------------------------------------------------------------------------------------

RANDOM = "Let $X$ and $Y$ be random variables and $a \\in \\mathbb{R}$."

MOMENTS = [
    (r"\mathbb{E}[X + Y] = \mathbb{E}[X] + \mathbb{E}[Y]", "proved"),
    (r"\mathbb{E}[a X] = a \mathbb{E}[X]", "proved"),
    (r"\mathbb{E}[X^2] = \mathbb{E}[X]^2", "refuted"),
    (r"\mathbb{E}[X Y] = \mathbb{E}[X] \mathbb{E}[Y]", "refuted"),
    (r"\mathrm{Var}(X) = \mathbb{E}[X^2] - \mathbb{E}[X]^2", "proved"),
    (r"\mathrm{Var}(a X) = a^2 \mathrm{Var}(X)", "proved"),
    (r"\mathrm{Var}(a X) = a \mathrm{Var}(X)", "refuted"),
    (r"\mathrm{Var}(X + Y) = \mathrm{Var}(X) + \mathrm{Var}(Y) + 2 \mathrm{Cov}(X, Y)", "proved"),
    (r"\mathrm{Var}(X + Y) = \mathrm{Var}(X) + \mathrm{Var}(Y)", "refuted"),
    (r"\mathbb{E}[\mathbb{E}[X]] = \mathbb{E}[X]", "proved"),
    (r"\mathbb{E}[X - \mathbb{E}[X]] = 0", "proved"),
    (r"\mathrm{Var}(X) = \mathbb{E}[(X - \mathbb{E}[X])^2]", "proved"),
    (r"\mathrm{Var}(X) = \mathbb{E}[X - \mathbb{E}[X]]", "refuted"),
]


@pytest.mark.parametrize(("formula", "verdict"), MOMENTS, ids=lambda value: value)
def test_an_expectation_is_read_by_outcomes(formula, verdict):
    assert verdicts(text(formula, givens=RANDOM)) == verdict


@pytest.mark.parametrize(
    "formula",
    [r"\mathbb{E}[X Y] = \mathbb{E}[X] \mathbb{E}[Y]", r"\mathrm{Var}(X + Y) = \mathrm{Var}(X) + \mathrm{Var}(Y)"],
    ids=lambda value: value,
)
def test_what_holds_of_independent_variables_is_not_refuted(formula):

    givens = "Let $X$ and $Y$ be independent random variables."
    assert verdicts(text(formula, givens=givens)) in ("proved", "undecided", "supported")


def test_an_expectation_of_what_is_not_said_to_be_random_is_undecided():
    assert verdicts(text(r"\mathbb{E}[X] = 3")) in ("undecided", "refuted")
    assert verdicts(text(r"\mathbb{E}[u + v] = \mathbb{E}[u] + \mathbb{E}[v]")) == "undecided"


# --- arrays -----------------------------------------------------------------------------------------------------------

VECTORS = r"Given $w, x \in \mathbb{R}^D$ and $A, S \in \mathbb{R}^{D \times D}$ with $S^T = S$."

ARRAYS = [
    (r"w^T x = \sum_{d=1}^D w_d x_d", "proved"),
    (r"w^\top x = x^\top w", "proved"),
    (r"\langle w, x \rangle = w^T x", "proved"),
    (r"w \cdot x = \sum_{d=1}^D w_d x_d", "proved"),
    (r"\|x\|^2 = x^T x", "proved"),
    (r"\|w - x\|^2 = \|w\|^2 - 2 w^T x + \|x\|^2", "proved"),
    (r"\|w - x\|^2 = \|w\|^2 + \|x\|^2", "refuted"),
    (r"w x^T = x w^T", "refuted"),
    (r"(A x)^T = x^T A^T", "proved"),
    (r"(A S)^T = A^T S^T", "refuted"),
    (r"(A S)^T = S A^T", "proved"),
    (r"A S = S A", "refuted"),
    (r"\nabla_w w^T x = x", "proved"),
    (r"\nabla_w w^T w = w", "refuted"),
    (r"\frac{\partial}{\partial x} x^T S x = 2 S x", "proved"),
    (r"\frac{\partial}{\partial x} x^T A x = 2 A x", "refuted"),
    (r"\frac{\partial}{\partial x} x^T A x = (A + A^T) x", "proved"),
    (r"\mathrm{tr}(A S) = \mathrm{tr}(S A)", "proved"),
    (r"(A + S) x = A x + S x", "proved"),
    (r"(w + x)_k = w_k + x_k", "proved"),
]


@pytest.mark.parametrize(("formula", "verdict"), ARRAYS, ids=lambda value: value)
def test_arrays_are_read_by_components(formula, verdict):
    assert verdicts(text(formula, givens=VECTORS)) == verdict


MISSHAPEN = [r"A x = x^T A", r"x + A = A", r"x x = 1", r"A A^T x = x^T", r"x + 1 = x", r"\log x = 1", r"1/x = 2"]


@pytest.mark.parametrize("formula", MISSHAPEN)
def test_arrays_that_do_not_fit_are_no_claim(formula):
    (outcome,) = found(text(formula, givens=VECTORS)).outcomes
    assert outcome.verdict.name in ("unreadable", "undecided")


# --- numbers ----------------------------------------------------------------------------------------------------------


def test_a_number_too_long_is_refused():
    with pytest.raises(Unreadable, match="digits"):
        meaning("1" * 500)


@pytest.mark.parametrize("formula", [r"x^{100000}", r"x^{-100000}"])
def test_an_exponent_too_large_is_refused(formula):
    with pytest.raises(Unreadable, match="exponent"):
        meaning(formula)


# --- plus or minus ----------------------------------------------------------------------------------------------------


def test_plus_or_minus_after_a_square_is_an_alternative():

    after = "Suppose that\n\n$$\nx^2 = 9\n$$\n\nso\n\n$$\nx = {}\n$$\n"
    assert verdicts(after.replace("{}", r"\pm 3")) == "assumed proved"
    assert verdicts(after.replace("{}", r"\pm 2")) == "assumed refuted"
    assert verdicts(after.replace("{}", "3")) == "assumed refuted"


def test_a_bare_family_in_bold_is_the_vector_of_its_members():
    givens = r"Given $d \in \{1,\dots,D\}$ and $w_d, x_d \in \mathbb{R}$."
    assert verdicts(text(r"\mathbf{w}^T \mathbf{x} = \sum_d w_d x_d", givens=givens)) == "proved"
    assert verdicts(text(r"\mathbf{w}^T \mathbf{x} = \sum_d w_d", givens=givens)) == "refuted"


def test_a_line_keeps_the_scope_in_which_it_stands():
    root = r"\sqrt{u^2} = u"
    assert (
        verdicts(text(root, givens=r"Given $u \in \mathbb{R}$.") + "\n" + text(root, givens="Given $u > 0$."))
        == "refuted proved"
    )


OPAQUE = r"Given $n \in \{1,\dots,N\}$, $k \in \{1,\dots,K\}$, $x_n \in \mathbb{R}$, $w_k > 0$."


def test_what_no_theory_knows_is_a_family_under_indices():
    swapped = r"\sum_{n=1}^N \sum_{k=1}^K w_k \max(x_n, w_k) = \sum_{k=1}^K w_k \sum_{m=1}^N \max(x_m, w_k)"
    assert found(f"{OPAQUE}\n\n$$\n{swapped}\n$$\n").verdicts == "proved"
    other = r"\sum_{n=1}^N \max(x_n, w_1) = N \max(x_1, w_1)"
    assert found(f"{OPAQUE}\n\n$$\n{other}\n$$\n").verdicts == "undecided"


def test_what_no_theory_knows_depends_on_the_indices_in_what_is_defined():
    """s is another number for each n, so that max(s, 0) is."""
    text = f"{OPAQUE} Let $s = x_n + 1$.\n\n$$\n\\sum_{{n=1}}^N \\max(s, 0) = N \\max(s, 0)\n$$\n"
    assert found(text).verdicts == "undecided"


def test_an_array_that_no_theory_knows_is_another_one_at_each_index():
    text = r"Given $n \in \{1,\dots,N\}$, $x_n \in \mathbb{R}^D$, $w \in \mathbb{R}^D$."
    summed = r"\sum_{n=1}^N w^T \mathbb{E}[x_n]"
    assert found(f"{text}\n\n$$\n{summed} = w^T \\sum_{{n=1}}^N \\mathbb{{E}}[x_n]\n$$\n").verdicts == "proved"
    assert found(f"{text}\n\n$$\n{summed} = N w^T \\mathbb{{E}}[x_n]\n$$\n").verdicts == "undecided"
