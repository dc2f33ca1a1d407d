"""Right results by other routes, and steps that stand apart: what they earn, and that false ones earn nothing."""

from __future__ import annotations

import pytest

from checker.marks import ALONE, FOLLOWS, MISSED, PERSON, REACHED
from tests.grading.answered import text_marked
from tests.grading.test_gaming import NLL, PRIOR, WRONG_NLL, page

SLOPE = r"\frac{\partial\ell}{\partial\mu_{ki}} = -\sum_{n=1}^N \mathbb{1}[y_n=k] \frac{x_{ni}-\mu_{ki}}{\sigma_i^2}"
MEAN = r"\mu_{ki} \sum_n \mathbb{1}[y_n=k] = \sum_n \mathbb{1}[y_n=k] x_{ni}"
COUNT = r"Let $N_k = \sum_{n=1}^N \mathbb{1}[y_n=k]$."


def part(name: str, *blocks: str):
    """The part of that name of an answer to q2."""
    return text_marked(page(name, *blocks))[name].marked


def outcomes(found) -> dict[str, str]:
    return {credit.title: credit.outcome for credit in found.credits}


# --- before ⇔ ---------------------------------------------------------------------------------------------------------


def test_a_gradient_before_an_equivalence_earns_its_marks():
    found = part("c", f"${SLOPE} = 0 \\iff {MEAN}")
    assert found.marks == 2
    assert outcomes(found)["the gradient by the means"] == REACHED


def test_a_wrong_gradient_before_an_equivalence_earns_nothing():
    found = part("c", f"${SLOPE.replace('= -', '=')} = 0 \\iff {MEAN}")
    assert found.marks == 0
    assert outcomes(found)["the gradient by the means"] == MISSED


def test_what_follows_from_an_equivalence_has_its_condition():
    lagrangian = r"$L = \sum_n \log\alpha_{y_n} + \nu (1 - \sum_k \alpha_k)"
    slope = r"\frac{\partial L}{\partial\alpha_k} = \frac{N_k}{\alpha_k} - \nu = 0"
    rest = r"$\nu = N", r"$\alpha_k = \frac{N_k}{N}"
    assert part("d", COUNT, lagrangian, f"${slope} \\iff \\alpha_k = \\frac{{N_k}}{{\\nu}}", *rest).marks == 4
    assert part("d", COUNT, lagrangian, f"${slope} \\iff \\alpha_k = \\frac{{\\nu}}{{N_k}}", *rest).marks < 4


@pytest.mark.parametrize(("estimate", "marks"), [("N_k", 4), ("\\nu N_k / N", 1)])
def test_a_multiplier_may_be_the_inverse_of_the_one_of_the_solution(estimate, marks):
    lagrangian = r"$L = \sum_n \log\alpha_{y_n} - \frac{1}{\nu} (\sum_k \alpha_k - 1)"
    slope = r"$\frac{\partial L}{\partial\alpha_k} = \frac{N_k}{\alpha_k} - \frac{1}{\nu} = 0"
    rest = rf"$\alpha_k = \nu {estimate}", r"$\nu = \frac{1}{N}", r"$\alpha_k = \frac{N_k}{N}"
    assert (part("d", COUNT, lagrangian, slope, *rest).marks == 4) == (marks == 4)


# --- steps apart ------------------------------------------------------------------------------------------------------

JOINT = r"$p(y=k|x) = \frac{p(y=k, x)}{p(x)}"
EVIDENCE = r"$p(x) = \sum_{j=1}^K p(x|y=j) p(y=j)"
EXPONENT = r"\exp(-\sum_{i=1}^D (x_i-\mu_{Ki})^2/2\sigma_i^2)"
POSTERIOR = (
    r"$p(y=k|x) = \frac{\alpha_k "
    + EXPONENT.replace("K", "k")
    + r"}{\sum_{j=1}^K \alpha_j "
    + EXPONENT.replace("K", "j")
    + "}"
)


@pytest.mark.parametrize("step", [JOINT, EVIDENCE])
def test_a_result_behind_valid_steps_in_displays_of_their_own_is_reached(step):
    assert part("a", step, POSTERIOR).marks == 4


EMPTY = {
    "nothing": (),
    "a given": (r"$p(y=k) = \alpha_k",),
    "itself": (r"$p(y=k|x) = p(y=k|x)",),
    "itself, moved": (r"$p(y=k|x) - p(y=k|x) = 0",),
    "arithmetic": (r"$p(y=k|x) = 2 p(y=k|x) - p(y=k|x)",),
    "what is beside the point": (r"$\log 2 + \log 3 = \log 6",),
    "a sum that is one": (r"$\sum_{k=1}^K p(y=k) = 1",),
    "itself times a sum that is one": (r"$p(x) = p(x) \sum_{k=1}^K \alpha_k",),
    "itself in another order": (r"$p(y=k, x) = p(x, y=k)",),
    "the exponential of a logarithm": (r"$\log e^{p(x)} = p(x)",),
    "the result": (POSTERIOR,),
}


@pytest.mark.parametrize("steps", EMPTY.values(), ids=EMPTY)
def test_a_result_behind_what_is_no_step_stands_alone(steps):
    assert part("a", *steps, POSTERIOR).marks == 2
    assert part("a", POSTERIOR, JOINT).marks == 2


def test_a_result_behind_a_wrong_step_is_not_reached():
    assert part("a", JOINT, EVIDENCE.replace("p(y=j)", ""), POSTERIOR).marks == 2


def test_the_logarithm_of_the_likelihood_is_on_the_way():
    steps = r"$\log p(D|\theta) = \sum_n \log p(x_n, y_n|\theta) = \sum_n (\log p(x_n|y_n, \theta) + \log p(y_n))"
    assert part("b", steps).marks == 2
    assert part("b", steps, "$\\ell = " + NLL).marks == 4
    assert part("b", steps, "$\\ell = " + WRONG_NLL).marks == 2
    likelihood = r"$L(\theta) = \prod_n p(x_n|y_n) p(y_n)"
    assert part("b", likelihood, r"$-\log L(\theta) = -\sum_n \log p(x_n|y_n) - \sum_n \log p(y_n)").marks == 2


@pytest.mark.parametrize(
    "step",
    [
        r"$\ell = \ell + \log 1",
        r"$\ell = \log e^\ell",
        r"$\ell = \frac{1}{N} \sum_{n=1}^N \ell",
        r"$\ell = \ell \sum_{k=1}^K \alpha_k",
        r"$\log p(D|\theta) = \log p(D|\theta) + \log 1",
    ],
)
def test_the_likelihood_in_another_dress_is_no_step(step):
    assert part("b", step, "$\\ell = " + NLL).marks == part("b", "$\\ell = " + NLL).marks


# --- names of the answer's own ----------------------------------------------------------------------------------------


def test_what_follows_from_a_wrong_line_on_a_name_of_its_own_is_no_error():
    own = "$NLL = -\\log \\prod_n p(x_n, y_n) = " + WRONG_NLL
    slope = (
        r"$\frac{\partial NLL}{\partial\sigma_i^2} = \frac{N}{\sigma_i^2} - "
        r"\sum_n \frac{(x_{ni}-\mu_{y_n i})^2}{2\sigma_i^4}"
    )
    found = text_marked(page("b", own) + page("c", slope))
    assert found["c"].marked.statuses == (FOLLOWS,)
    assert found["c"].marked.first_wrong is None
    found = text_marked(page("b", own) + page("c", slope.replace("{2\\sigma_i^4}", "{\\sigma_i^4}")))
    assert found["c"].marked.first_wrong == 1


# --- other routes to the priors ---------------------------------------------------------------------------------------


def test_the_last_prior_may_be_eliminated():
    rest = r"N_K \log\left(1 - \sum_{j=1}^{K-1} \alpha_j\right)"
    slope = (
        r"$\frac{\partial}{\partial\alpha_k}\left(\sum_{j=1}^{K-1} N_j \log\alpha_j + REST\right) = "
        r"\frac{N_k}{\alpha_k} - \frac{N_K}{\alpha_K}"
    )
    slope = slope.replace("REST", rest)
    steps = "For $k < K$", slope, "Setting this to zero we get", r"$\alpha_k = \alpha_K \frac{N_k}{N_K}"
    end = r"$\alpha_K = \frac{N_K}{N}", r"$\alpha_k = \frac{N_k}{N}"
    assert part("d", COUNT, *steps, *end).marks == 4
    other = (
        slope.replace("N_j", "N_j^2")
        .replace(rest, "N_K^2" + rest[3:])
        .replace("{N_k}{", "{N_k^2}{")
        .replace("{N_K}{", "{N_K^2}{")
    )
    found = part(
        "d",
        COUNT,
        steps[0],
        other,
        steps[2],
        r"$\alpha_k = \alpha_K \frac{N_k^2}{N_K^2}",
        r"$\alpha_k = \frac{N_k^2}{\sum_j N_j^2}",
    )
    assert found.marks == 0


def test_a_condition_of_lagrange_without_a_lagrangian_is_what_the_question_imposes():
    g = r"Let $g = \sum_k \alpha_k - 1$. The gradients are parallel:"
    condition = r"$\frac{\partial \ell}{\partial \alpha_k} = \lambda \frac{\partial g}{\partial \alpha_k}"
    solved = r"$\alpha_k = -\frac{1}{\lambda} \sum_{n=1}^N \mathbb{1}[y_n=k]", r"$\lambda = -N", "$" + PRIOR
    found = part("d", g, condition, *solved)
    assert found.marks == 4
    assert found.person == ()
    false = part(
        "d", condition.replace(r"\frac{\partial g}{\partial \alpha_k}", "2").replace("ell", "ell^2"), "$" + PRIOR
    )
    assert false.marks <= 1.5


def test_the_constraint_as_a_derivative_by_the_multiplier_is_what_the_question_says():
    lagrangian = r"$L = -\sum_k N_k \log\alpha_k + \beta (\sum_k \alpha_k - 1)"
    slopes = (
        r"$\frac{\partial L}{\partial\alpha_k} = -\frac{N_k}{\alpha_k} + \beta = 0",
        r"$\frac{\partial L}{\partial\beta} = \sum_k \alpha_k - 1 = 0",
    )
    found = part(
        "d",
        COUNT,
        lagrangian,
        *slopes,
        r"$\Rightarrow \alpha_k = \frac{N_k}{\beta}, \quad \beta = \sum_k N_k = N",
        "$" + PRIOR,
    )
    assert found.marks == 4
    assert found.person == ()
    wrong = lagrangian.replace("- 1)", "- 2)"), slopes[0], slopes[1].replace("- 1", "- 2")
    found = part("d", COUNT, *wrong, r"$\beta = \frac{N}{2}", r"$\alpha_k = \frac{2 N_k}{N}")
    assert outcomes(found)["the class priors"] in (MISSED, PERSON)
    assert found.marks <= 1


def test_a_prior_alone_is_alone():
    assert outcomes(part("d", "$" + PRIOR))["the class priors"] == ALONE


# --- a result in pieces -----------------------------------------------------------------------------------------------


def test_a_result_may_be_said_in_pieces():
    assert part("a", r"$p(y=k|x) = \frac{p(x|y=k) p(y=k)}{p(x)}", EVIDENCE).marks == 2
    below = r"p(x) (2\pi)^{D/2} \prod_i \sigma_i"
    ratio = r"$p(y=k|x) = \frac{\alpha_k " + EXPONENT.replace("K", "k") + "}{" + below + "}"
    density = EXPONENT.replace("K", "j") + r"(2\pi)^{-D/2} \left(\prod_i \sigma_i\right)^{-1}"
    whole = r"$p(x) = \sum_{j=1}^K \alpha_j " + density
    assert part("a", ratio, whole).marks == 4
    assert part("a", ratio, whole.replace(r"\alpha_j", "")).marks < 4
    assert part("a", ratio.replace(r"\alpha_k", ""), whole).marks < 4


def test_a_derivative_by_another_power_is_for_a_person():
    slope = (
        r"\frac{\partial\ell}{\partial\sigma_i} = \frac{N}{\sigma_i} - \sum_n \frac{(x_{ni}-\mu_{y_n i})^2}{\sigma_i^3}"
    )
    found = part("c", f"${slope}")
    assert outcomes(found)["the gradient by the variances"] == PERSON
    assert (found.marks, found.up_to) == (0, 2)
    assert found.person
    wrong = part("c", "$" + slope.replace(r"\frac{N}", r"\frac{2N}"))
    assert (wrong.marks, wrong.up_to) == (0, 0)


def test_minus_the_loss_says_what_the_loss_is():
    minus = (
        NLL.replace(r"\frac{N}{2}", r"-\frac{N}{2}", 1)
        .replace(r" + \sum", r" - \sum")
        .replace(r" - \sum_{n=1}^N \log", r" + \sum_{n=1}^N \log")
    )
    chain = r"$-\ell = \sum_n \log p(x_n, y_n) = " + minus
    assert part("b", chain).marks == 4
    assert part("b", chain.replace(r"\frac{N}{2}", "N")).marks < 4
    slope = SLOPE.replace(r"\frac{\partial\ell}", r"-\frac{\partial\ell}").replace("= -", "=")
    assert part("c", "$" + slope).marks == 2
    assert part("c", "$" + slope.replace(r"=\sum", r"=-\sum")).marks == 0


def test_what_follows_from_the_wrong_end_of_a_chain_is_no_error():
    lagrangian = r"$L = \sum_k N_k \log\alpha_k - \eta (\sum_k \alpha_k - 1)"
    slope = r"$\frac{\partial L}{\partial\alpha_k} = \frac{N_k}{\alpha_k} - \eta = 0"
    steps = lagrangian, slope, r"$\alpha_k = \frac{N_k}{\eta}", r"$\eta = \sum_k N_k = K"
    found = part("d", COUNT, *steps, r"$\alpha_k = \frac{N_k}{K}")
    assert found.statuses[-1] == FOLLOWS
    assert found.marks == 2.5
    assert part("d", COUNT, *steps, r"$\alpha_k = \frac{N_k}{2K}").marks == 1


def test_what_probabilities_say_is_no_step_to_a_derivative():
    found = part(
        "d", EVIDENCE, r"$L = \sum_k N_k \log\alpha_k - \eta (\sum_k \alpha_k - 1)", r"$\alpha_k = \frac{1}{N}"
    )
    assert found.marks == 0


# --- a Lagrangian by another factor, and a posterior in another form --------------------------------------------------


@pytest.mark.parametrize(
    ("loss", "slope", "solved", "multiplier"),
    [
        (r"2\ell", r"-\frac{2N_k}{\alpha_k}", r"\frac{2N_k}{\eta}", "2N"),
        (r"\frac{1}{N}\ell", r"-\frac{N_k}{N\alpha_k}", r"\frac{N_k}{N\eta}", "1"),
        (r"\frac{1}{2}\ell", r"-\frac{N_k}{2\alpha_k}", r"\frac{N_k}{2\eta}", r"\frac{N}{2}"),
    ],
)
def test_a_multiple_of_the_loss_may_be_minimised(loss, slope, solved, multiplier):
    def steps(derivative: str, result: str):
        return part(
            "d", COUNT, rf"$L = {loss} + \eta (\sum_k \alpha_k - 1)",
            rf"$\frac{{\partial L}}{{\partial\alpha_k}} = {derivative} + \eta = 0", rf"$\alpha_k = {solved}",
            rf"$\eta = {multiplier}", rf"$\alpha_k = {result}",
        )  # fmt: skip

    assert steps(slope, r"\frac{N_k}{N}").marks == 4
    assert steps(slope, r"\frac{2N_k}{N}").marks < 4
    assert steps(slope.replace("-", "-3"), r"\frac{N_k}{N}").marks < 4


def test_another_constraint_is_no_multiple_of_the_loss():
    found = part(
        "d", COUNT, r"$L = 2\ell + \eta (\sum_k \alpha_k^2 - 1)",
        r"$\frac{\partial L}{\partial\alpha_k} = -\frac{2N_k}{\alpha_k} + 2\eta\alpha_k = 0", "$" + PRIOR,
    )  # fmt: skip
    assert found.marks < 3


def test_the_posterior_with_one_plus_the_other_classes_below():
    ratio = r"\exp\left(\sum_{i=1}^D \frac{(x_i-\mu_{ki})^2 - (x_i-\mu_{li})^2}{2\sigma_i^2}\right)"
    chain = (
        r"$p(y=k|x) = \frac{\alpha_k p(x|y=k)}{\sum_l \alpha_l p(x|y=l)} = "
        r"\left[1 + \sum_{l\neq k} \frac{\alpha_l}{\alpha_k} " + ratio + r"\right]^{-1}"
    )
    assert part("a", chain).marks == 4
    assert part("a", chain.replace(r"\sum_{l\neq k}", r"\sum_l")).marks == 2


def test_what_the_posterior_is_proportional_to_is_a_step():
    weights = r"$p(y=k|x) \propto p(x|y=k) p(y=k)"
    assert part("a", weights, "Normalise:", POSTERIOR).marks == 4
    assert part("a", r"$p(y=k|x) \propto p(y=k|x)", "Normalise:", POSTERIOR).marks == 2
    assert part("a", r"$p(y=k|x) \propto p(x|y=k)", "Normalise:", POSTERIOR).marks < 4


def test_a_multiplier_is_known_where_the_derivative_is_set_to_zero_in_words():
    steps = (
        r"$L = -\sum_k N_k \log\alpha_k + \eta (\sum_k \alpha_k - 1)",
        r"Setting $\partial L/\partial\alpha_k = 0$ gives",
        r"$\eta = \frac{N_k}{\alpha_k}",
    )
    found = part("d", COUNT, *steps, r"$1 = \sum_k \frac{N_k}{\eta} = \frac{N}{\eta}", r"$\eta = N", "$" + PRIOR)
    assert found.marks == 4
    assert part("d", COUNT, *steps, r"$\eta = K", "$" + PRIOR).marks < 4
