"""Answers: what the question gives is known, what an answer adds to it does not count, and new names may be defined."""

import pytest

from checker.loading import load
from checker.reading.answers.answer import scope_of_question
from checker.rules import rule_names
from tests.reading.texts import ROOT, found, verdicts


def answer(*blocks: str) -> str:
    """The verdicts on an answer to q2; what begins with a dollar is a display."""
    return verdicts(_text(*blocks), "q2")


def _text(*blocks: str) -> str:
    return "\n\n".join(f"$$\n{block[1:]}\n$$" if block.startswith("$") else block for block in blocks) + "\n"


def parts(*blocks: str) -> list[tuple[str, int]]:
    """The names of the parts with the number of their transitions."""
    return [(part.name, len(part.claims)) for part in _in_order(_text(*blocks))]


def _in_order(text: str):
    """The parts of an answer as they stand in it."""
    return sorted(found(text, "md", "q2").outline.parts, key=lambda part: part.position)


# --- what is given ----------------------------------------------------------------------------------------------------


def test_the_scope_of_a_question_knows_its_symbols():
    scope = scope_of_question(load(ROOT / "derivations" / "q2.py", rule_names()))
    assert {"sigma[]", "mu[]", "alpha[]", "x[]", "y[]"} <= set(scope.kinds)
    assert dict(scope.kinds["sigma[]"].assumptions)["positive"]
    assert scope.kinds["y[]"].values is not None
    assert {"N", "K", "D"} <= scope.sizes
    assert [definition.key for definition in scope.definitions] == ["ell"]
    assert scope.model is not None
    assert scope.samples is not None


GIVEN = [
    r"p(y=k) = \alpha_k",
    r"p(y=k | \theta) = \alpha_k",
    r"\sum_{k=1}^K \alpha_k = 1",
    r"\sum_k \alpha_k = 1",
    r"\ell(\theta; D) = -\log p(y^{(1)}, x^{(1)}, \dots, y^{(N)}, x^{(N)} | \theta)",
    r"\ell = -\log \prod_{n=1}^N p(y^{(n)}, x^{(n)} | \theta)",
    r"p(\mathbf{x} | y=k, \mu, \sigma) = \left(\prod_{i=1}^D 2\pi\sigma_i^2\right)^{-1/2} "
    r"\exp\left\{-\sum_{i=1}^D \frac{1}{2\sigma_i^2} (x_i-\mu_{ki})^2\right\}",
]


@pytest.mark.parametrize("formula", GIVEN)
@pytest.mark.parametrize("words", ["We are given", "", "Let", "Recall that"])
def test_a_restated_given_is_proved(formula, words):
    assert answer(*filter(None, [words]), f"${formula}") == "proved"


CHANGED = [
    r"p(y=k) = 2 \alpha_k",
    r"\sum_{k=1}^K \alpha_k = 2",
    r"\sum_{k=1}^K \alpha_k^2 = 1",
    r"\ell = -\log \sum_{n=1}^N p(y^{(n)}, x^{(n)} | \theta)",
    r"p(\mathbf{x} | y=k, \mu, \sigma) = \exp\left\{-\sum_{i=1}^D \frac{1}{2\sigma_i^2} (x_i-\mu_{ki})^2\right\}",
]


@pytest.mark.parametrize("formula", CHANGED)
@pytest.mark.parametrize("words", ["We are given", "", "Let", "Recall that"])
def test_a_given_that_is_restated_wrongly_is_refuted(formula, words):
    assert answer(*filter(None, [words]), f"${formula}") == "refuted"


# --- what counts and what does not ----------------------------------------------------------------------------------

FALSE = r"$\frac{\partial \ell}{\partial \mu_{ki}} = 0 \cdot \mu_{ki} + 1"
"""A wrong result."""

ADDED = [
    r"Assume that $\mu_{ki} = 0$.",
    r"Let $\sigma_i = 1$.",
    r"Given $\alpha_k = \frac{1}{K}$.",
    r"Suppose $K = 1$.",
    r"Assume that $x^{(n)}_i = 0$.",
    r"Let $\ell = \sum_{k} \sum_i \mu_{ki}$.",
    r"Define $\ell = 3$.",
    r"Let $\ell(\theta; D) = \mu_{11}$.",
    r"Given $p(y=k) = 1$.",
    r"Assume that $p(x | y=k) = 1$.",
    r"Given $\sigma_i < 0$.",
    r"Given $1 = 2$.",
]


@pytest.mark.parametrize("sentence", ADDED)
def test_what_an_answer_adds_to_the_givens_changes_no_verdict(sentence):
    claims = (r"$\sum_k \alpha_k = 1", r"$\mu_{ki} = 0", r"$\alpha_k = \frac{1}{K}", r"$\sigma_i = 1", FALSE)
    assert answer(sentence, *claims).split() == answer(*claims).split()


@pytest.mark.parametrize(
    ("sentence", "claim"),
    [
        (r"Assume that $\mu_{ki} = 0$.", r"\mu_{ki} = 0"),
        (r"Let $\sigma_i = 1$.", r"\sigma_i = 1"),
        (r"Given $\alpha_k = \frac{1}{K}$.", r"\alpha_k = \frac{1}{K}"),
        (r"Let $\ell = 3$.", r"\ell = 3"),
        (r"Given $p(y=k) = 1$.", r"p(y=k) = 1"),
        (r"Given $1 = 2$.", r"1 = 2"),
        (r"Let $K = 1$.", r"K = 1"),
        (r"Let $\alpha_k = \frac{1}{K}$ for $k \in \{1,\dots,K\}$.", r"\alpha_k = \frac{1}{K}"),
    ],
)
def test_an_assumption_about_what_is_given_proves_nothing(sentence, claim):
    assert answer(sentence, f"${claim}") in ("refuted", "undecided", "unreadable")


@pytest.mark.parametrize("words", ["Let", "where", "We define", "Given"])
@pytest.mark.parametrize("formula", [r"\mu_{ki} = 0", r"\ell = 3", r"\alpha_k = \frac{1}{K}", r"\sigma_i = 1", "1 = 2"])
def test_a_displayed_assumption_about_what_is_given_is_a_claim(words, formula):
    assert answer(words, f"${formula}") != "assumed"


def test_new_names_may_be_defined():
    assert (
        answer(r"Let $N_k = \sum_{n=1}^N \mathbb{1}[y^{(n)}=k]$.", r"$N_k = \sum_{n=1}^N \mathbb{1}[y^{(n)}=k]")
        == "proved"
    )
    assert answer(r"$N_k = \sum_{n=1}^N \mathbb{1}[y^{(n)}=k]", r"$\sum_k N_k = N") == "assumed proved"
    assert answer(r"$N_k = \sum_{n=1}^N \mathbb{1}[y^{(n)}=k]", r"$\sum_k N_k = K") == "assumed refuted"


def test_another_name_for_what_is_given_may_be_introduced():
    assert answer("Let $a_k = \\alpha_k$.", r"$\sum_k a_k = 1") == "proved"
    assert answer("Let $a_k = \\alpha_k$.", r"$\sum_k a_k = 2") == "refuted"
    assert answer("Let $d = D$.", r"$\sum_{i=1}^d 1 = D") == "proved"
    assert answer("Let $J = \\ell$.", r"$J = \ell", r"$J = 2 \ell") == "proved refuted"


def test_an_alias_does_not_change_what_is_given():
    assert answer(r"Let $\alpha_k = a_k$.", r"$\sum_k \alpha_k = 1") == "proved"
    assert answer(r"Let $\mu_{ki} = \alpha_k$.", r"$\mu_{ki} = \alpha_k") != "proved"


def test_the_letters_of_indices_are_the_answer_s_own():
    assert answer(r"$\sum_{c=1}^K \alpha_c = 1") == "proved"
    assert answer(r"$\frac{\partial}{\partial \mu_{cj}} \sum_{m=1}^K \sum_{d=1}^D \mu_{md}^2 = 2 \mu_{cj}") == "proved"
    assert answer(r"$\frac{\partial}{\partial \mu_{cj}} \sum_{m=1}^K \sum_{d=1}^D \mu_{md}^2 = 2 \mu_{jc}") != "proved"


def test_an_imposed_equation_is_a_hypothesis_of_its_part_only():
    imposed = (
        "## (c)",
        "Setting the derivative to zero,",
        r"$\sum_{n=1}^N (x_i^{(n)} - \mu_{ki}) = 0",
        "so",
        r"$N \mu_{ki} = \sum_{n=1}^N x_i^{(n)}",
    )
    assert answer(*imposed) == "assumed proved"
    assert answer(*imposed, "## (d)", r"$N \mu_{ki} = \sum_{n=1}^N x_i^{(n)}") == "assumed proved refuted"


# --- parts ------------------------------------------------------------------------------------------------------------

HEADINGS = [
    "(a)",
    "a)",
    "a.",
    "Part a",
    "Part (a)",
    "Question 2 (a)",
    "2a",
    "2(a)",
    "(a) Bayes' rule",
    "a",
    "A",
    "**(a)**",
]


@pytest.mark.parametrize("heading", HEADINGS)
def test_a_heading_names_its_part(heading):
    assert parts(f"## {heading}", r"$\sum_k \alpha_k = 1")[0] == ("a", 1)


# "A remark"
@pytest.mark.parametrize(
    "heading", ["Answer", "Introduction", "About classes", "z", "Because", "A remark", "Bayes", "An aside"]
)
def test_a_heading_that_names_none_makes_a_part_without_name(heading):
    assert parts(f"## {heading}", r"$\sum_k \alpha_k = 1")[0] == ("", 1)


def test_parts_stand_in_the_answer_s_order_then_the_missing_ones():
    assert parts("## (c)", r"$\sum_k \alpha_k = 1", "## (a)", r"$\sum_k \alpha_k = 1") == [
        ("c", 1),
        ("a", 1),
        ("b", 0),
        ("d", 0),
    ]


def test_every_display_stands_in_exactly_one_part():
    text = (r"$\sum_k \alpha_k = 1", "# Question 2", "$1 = 1", "## (b)", "$2 = 2", "## An aside", "$3 = 3")
    found_ = parts(*text)
    assert sum(count for _, count in found_) == 4
    assert [name for name, count in found_ if count] == ["", "", "b", ""]


def test_a_question_that_does_not_load_is_refused(tmp_path):
    from checker.loading import Refused
    from checker.reading import session
    from checker.subject import Subject

    (tmp_path / "bad.py").write_text("derivation = 3\n")
    (tmp_path / "a.md").write_text("$$1 = 1$$\n")
    try:
        outline = session.outline(Subject("answer", tmp_path / "a.md", question=tmp_path / "bad.py"))
    except Refused:
        return
    assert outline.problems


# --- names that a sentence defines in passing -------------------------------------------------------------------------

SLOPE = r"$\frac{\partial L}{\partial \alpha_k} = \frac{1}{\alpha_k} \sum_{n=1}^N \mathbb{1}[y^{(n)}=k] - \lambda"
LAGRANGIAN = r"\sum_n \log \alpha_{y^{(n)}} - \lambda (\sum_k \alpha_k - 1)"


@pytest.mark.parametrize(
    "sentence",
    [
        f"The Lagrangian is $L = {LAGRANGIAN}$.",
        f"Our Lagrangian becomes $L(\\alpha, \\lambda) = {LAGRANGIAN}$, which we differentiate below.",
        f"So $L = {LAGRANGIAN}$ with a multiplier $\\lambda$.",
    ],
)
def test_an_answer_may_define_its_own_names_in_passing(sentence):
    assert answer(sentence, SLOPE) == "proved"
    assert answer(sentence, SLOPE.replace("- \\lambda", "+ \\lambda")) == "refuted"


@pytest.mark.parametrize(
    "sentence",
    [
        f"We want to show that $L = {LAGRANGIAN}$.",
        f"Is it true that $L = {LAGRANGIAN}$?",
        f"If $L = {LAGRANGIAN}$ were the Lagrangian, all would be easy.",
        f"It is not $L = {LAGRANGIAN}$.",
    ],
)
def test_what_is_only_spoken_of_defines_nothing(sentence):
    assert answer(sentence, SLOPE) not in ("proved", "supported")


def test_a_name_of_the_question_is_not_defined_in_passing():
    assert answer(r"The priors are $\alpha_k = \frac{1}{K}$.", r"$\alpha_k = \frac{1}{K}") == "refuted"
    assert answer(r"The loss is $\ell = 0$.", r"$\ell = 0") == "refuted"
    assert answer(r"The loss is $\ell = 0$.", r"$2 \ell = 0") == "refuted"


# --- how students write ----------------------------------------------------------------------------------------------

FRACTION = r"\frac{p(x|y=k)p(y=k)}{"
WRITTEN = {
    "a primed index of a sum without bounds": (
        rf"{FRACTION}p(x)}} = {FRACTION}\sum_{{k'}} p(y=k', x)}}",
        rf"{FRACTION}p(x)}} = {FRACTION}\sum_{{k'}} p(x | y=k')}}",
    ),
    "a sum over the values of the label": (
        r"p(x) = \sum_{y'} p(x|y')p(y')",
        r"p(x) = \sum_{y'} p(x|y')",
    ),
    "capitals for the random variables": (
        r"P(Y=k|X) = \frac{\alpha_k P(X|Y=k)}{\sum_{j=1}^K \alpha_j P(X|Y=j)}",
        r"P(Y=k|X) = \frac{\alpha_k P(X|Y=k)}{\sum_{j=1}^K P(X|Y=j)}",
    ),
    "capitals with the number of the sample": (
        r"\ell = -\sum_{n=1}^N \log P(X^{(n)}, Y^{(n)})",
        r"\ell = \sum_{n=1}^N \log P(X^{(n)}, Y^{(n)})",
    ),
    "the data": (
        r"\log p(D|\theta) = \sum_{n=1}^N \log p(x^{(n)}, y^{(n)}|\theta)",
        r"\log p(D|\theta) = \sum_{n=1}^N \log p(x^{(n)}|\theta)",
    ),
    "the data in another style": (
        r"\ell = -\log p(\mathcal{D}|\theta)",
        r"\ell = \log p(\mathcal{D}|\theta)",
    ),
    "Kronecker's delta": (
        r"\sum_{k=1}^K \delta(y^{(n)}, k) \mu_{ki} = \mu_{y^{(n)} i}",
        r"\sum_{k=1}^K \delta(y^{(n)}, k) \mu_{ki} = \mu_{ki}",
    ),
}


@pytest.mark.parametrize(("right", "wrong"), WRITTEN.values(), ids=WRITTEN)
def test_what_students_write_is_read(right, wrong):
    assert answer(f"${right}") == "proved"
    assert answer(f"${wrong}") == "refuted"


def test_a_capital_that_may_be_the_data_is_no_random_variable():
    assert answer(r"$p(X | \theta) = \prod_{n=1}^N p(x^{(n)} | \theta)") == "undecided"


def test_events_of_which_the_question_says_nothing_are_any():
    assert answer(r"$P(A|B) = \frac{P(B|A)P(A)}{P(B)}") == "proved"
    assert answer(r"$P(C_k|x) = \frac{\alpha_k p(x|C_k)}{p(x)}") == "undecided"


def test_a_label_above_a_name_is_that_of_a_solution():
    slope = (
        r"$\frac{\partial \ell}{\partial \sigma_i^2} = \frac{N}{2\sigma_i^2} - "
        r"\frac{1}{2\sigma_i^4} \sum_n (x_i^{(n)} - \mu_{y^{(n)}i})^2"
    )
    solution = r"\frac{1}{N} \sum_n (x_i^{(n)} - \mu_{y^{(n)}i})^2"
    for name in (r"(\sigma_i^2)^{ML}", r"\hat\sigma_i^2"):
        assert answer(slope, "Setting it to zero gives the maximum likelihood estimate", f"${name} = {solution}") == (
            "proved proved"
        )
        assert (
            answer(slope, "Setting it to zero gives the estimate", rf"${name} = 2 \cdot {solution}") == "proved refuted"
        )


def test_a_count_in_words_is_of_the_samples_as_the_answer_writes_them():
    words = "where $N_k$ is the number of training examples in class $k$."
    assert answer(r"$\sum_{n=1}^N \mathbb{1}[y^{(n)}=k] = N_k", words) == "proved"
    assert answer(r"$\sum_{n=1}^N \mathbb{1}[y^{(n)}=k] = 2 N_k", words) == "refuted"


def test_the_priors_follow_from_their_total_without_the_multiplier_in_a_line():
    lagrangian = r"$J = -\sum_{n=1}^N \log\alpha_{y_n} + \lambda\left(\sum_k\alpha_k - 1\right)"
    slope = r"$\frac{\partial J}{\partial\alpha_k} = -\frac{\sum_n \mathbb{1}[y_n=k]}{\alpha_k} + \lambda = 0"
    assert answer(lagrangian, slope, r"$\alpha_k = \frac{1}{N}\sum_n \mathbb{1}[y_n=k]").split()[-1] == "proved"
    assert answer(lagrangian, slope, r"$\alpha_k = \frac{1}{K}\sum_n \mathbb{1}[y_n=k]").split()[-1] == "refuted"


def test_a_symbol_of_the_question_with_a_number_is_no_member_of_a_family():
    assert verdicts("## Q1\n\n$$U_2 = 2 \\cdot 27 \\cdot 27 \\cdot 25 \\cdot 48 \\cdot 128$$\n", "q1") == "proved"
    assert verdicts("## Q1\n\n$$U_2 = 27 \\cdot 27 \\cdot 25 \\cdot 48 \\cdot 128$$\n", "q1") == "refuted"


def test_a_function_of_the_question_may_be_an_index_of_the_answer():
    posterior = r"$p(y=k|x) = \frac{\alpha_k p(x|y=k)}{\sum_{\ell=1}^K \alpha_\ell p(x|y=\ell)}"
    assert answer(posterior) == "proved"
    assert answer(posterior.replace(r"\alpha_\ell", r"\alpha_k")) == "refuted"
    slope = r"$\frac{\partial NLL}{\partial \mu_{ki}} = -\sum_{n=1}^N 1[y_n=k] \frac{x_{ni}-\mu_{ki}}{\sigma_i^2}"
    assert answer(posterior.replace(r"\alpha", r"\pi"), slope) == "proved proved"
    assert answer(posterior.replace(r"\alpha", r"\pi"), slope.replace("-\\sum", "\\sum")) == "proved refuted"


CAPITALS = [
    (r"P(Y=k|X=x) = \frac{P(X=x|Y=k) P(Y=k)}{\sum_{j=1}^K P(X=x|Y=j) P(Y=j)}", "proved"),
    (r"P(Y=k|X=x) = \frac{P(X=x|Y=k) P(Y=k)}{\sum_{j=1}^K P(X=x|Y=j)}", "refuted"),
    (r"\ell = -\sum_{n=1}^N \log P(X = x^{(n)}, Y = y^{(n)})", "proved"),
    (r"\ell = -\sum_{n=1}^N \log P(X = x^{(n)})", "refuted"),
    (r"P(X = x^{(n)} | Y = y^{(n)}) P(Y = y^{(n)}) = \alpha_{y^{(n)}} P(X = x^{(n)} | Y = y^{(n)})", "proved"),
    (r"P(X = x^{(n)} | Y = k) = P(X = x | Y = k)", "refuted"),
    (r"\ell = -\sum_{i=1}^N \log P(X=x_i, Y=y_i)", "proved"),
    (r"\ell = -\sum_{i=1}^N \left(\log\alpha_{y_i} + \log P(X=x_i \mid Y=y_i)\right)", "proved"),
    (r"\ell = -\sum_{i=1}^N \log P(X=x_i \mid Y=y_i)", "refuted"),
]


@pytest.mark.parametrize(("formula", "verdict"), CAPITALS)
def test_a_random_variable_at_the_value_that_is_named_like_it(formula, verdict):
    assert answer(f"${formula}") == verdict


def test_a_definition_behind_what_it_is_for():
    slope = (
        r"$\frac{\partial \ell}{\partial \tau_j} = \frac{N}{2\tau_j} - "
        r"\frac{1}{2\tau_j^2} \sum_{n=1}^N (x_{nj} - \mu_{y_n j})^2"
    )
    assert (
        answer(r"For the variances write $\tau_j = \sigma_j^2$, so that $\log\sigma_j = \frac12\log\tau_j$:", slope)
        == "proved"
    )
    wrong = slope.replace("{N}{2", "{N}{")
    assert answer(r"For the variances write $\tau_j = \sigma_j^2$:", wrong) == "refuted"


def test_a_condition_that_brings_its_multiplier_is_imposed():
    g = r"Let $g = \sum_k \alpha_k - 1$."
    solved = r"$\alpha_k = -\frac{1}{\lambda} \sum_{n=1}^N 1[y_n=k]"
    for condition in (
        r"$\frac{\partial \ell}{\partial \alpha_k} = \lambda \frac{\partial g}{\partial \alpha_k}",
        r"$\frac{\partial \ell}{\partial \alpha_k} = \lambda",
        r"$\frac{\partial \ell}{\partial \alpha_k} - \lambda \frac{\partial g}{\partial \alpha_k} = 0",
    ):
        assert answer(g, condition, solved) == "assumed proved"
        assert answer(g, condition, solved.replace("-", "")) == "assumed refuted"
        assert answer(g, r"$\lambda = N", condition).split()[-1] == "refuted"
    assert answer(g, r"$\frac{\partial \ell}{\partial \alpha_k} = \alpha_k") == "refuted"


CONSTRAINED = [
    r"\min_{\alpha}\ -\sum_{n=1}^N \log\alpha_{y_n} \quad \text{s.t. } TOTAL",
    r"\min_{\alpha} \ell(\alpha) \text{ subject to } TOTAL",
    r"\begin{aligned} \min_{\alpha}\ & \ell(\theta) \\ \text{s.t. } & TOTAL \end{aligned}",
]


@pytest.mark.parametrize("problem", CONSTRAINED)
def test_the_constraint_of_what_is_minimised_is_a_line(problem):
    assert answer("$" + problem.replace("TOTAL", r"\sum_{k=1}^K \alpha_k = 1")) == "proved"
    assert answer("$" + problem.replace("TOTAL", r"\sum_{k=1}^K \alpha_k = 2")) == "refuted"
    given = r"Let $n \in \{1,\dots,N\}$, $k \in \{1,\dots,K\}$, $y_n \in \{1,\dots,K\}$ and $\alpha_k > 0$."
    assert verdicts(_text(given, "$" + problem.replace("TOTAL", r"\sum_{k=1}^K \alpha_k = 1"))) == "assumed"


def test_as_many_hypotheses_are_kept_as_hold_together():
    counted = r"Let $m_k = \sum_{n=1}^N 1[y_n=k]$."
    lagrangian = r"$F = \sum_{k=1}^K m_k \log\alpha_k + \lambda (\sum_{k=1}^K \alpha_k - 1)"
    slope = r"$\frac{\partial F}{\partial \alpha_k} = \frac{m_k}{\alpha_k} + \lambda = 0"
    rest = (
        r"$\alpha_k = -\lambda m_k",
        r"$\sum_k \alpha_k = -\lambda \sum_k m_k = -\lambda N = 1",
        r"$\lambda = -\frac{1}{N}",
    )
    before = "assumed proved assumed refuted proved proved proved proved"
    assert answer(counted, lagrangian, slope, *rest, r"$\alpha_k = \frac{m_k}{N}") == f"{before} proved"
    assert answer(counted, lagrangian, slope, *rest, r"$\alpha_k = \frac{2m_k}{N}").split()[-1] != "proved"


def test_an_index_outside_of_its_sum_is_not_guessed_to_be_inside():
    sums = r"$\ell = \sum_{n=1}^N -\log p(x_n|y_n) SIGN \log p(y_n)"
    assert answer(sums.replace("SIGN", "-")) == "undecided"
    assert answer(sums.replace("SIGN", "+")) == "refuted"
    assert answer(r"$\sum_{j=1}^K \alpha_j - \alpha_k = 1 - \alpha_k") == "proved"
    assert answer(r"$\sum_{k=1}^K \alpha_k - \alpha_k = 1") == "refuted"
    assert answer(r"$\sum_{k=1}^K \alpha_k - \frac{1}{K} = 0") == "refuted"


@pytest.mark.parametrize(
    "words", ["At a stationary point", "so that at the optimum we have", "It holds at the minimum that"]
)
def test_where_derivatives_are_zero(words):
    slope = r"$\frac{\partial \ell}{\partial \mu_{ki}} = -\sum_n 1[y_n=k] \frac{x_{ni}-\mu_{ki}}{\sigma_i^2}"
    mean = r"$\mu_{ki} = \frac{\sum_n 1[y_n=k] x_{ni}}{\sum_n 1[y_n=k]}"
    assert answer(slope, words, mean) == "proved proved"
    assert answer(slope, words, mean.replace(r"\frac", r"2\frac")) == "proved refuted"
    assert answer(slope, words, r"$\mu_{ki} - x_{1i} = 0") == "proved refuted"
    assert answer(slope, f"{words} or not, we do not know:", mean) == "proved refuted"


COUNTED = [
    "The first part is $-\\sum_c n_c \\log\\alpha_c$, where $n_c$ is how many times class $c$ appears in the data.",
    "Let $n_c$ be the number of times class $c$ occurs.",
    "We use counts $n_c$ where $n_c = \\sum_{n=1}^N 1[y_n=c]$.",
]


@pytest.mark.parametrize("sentence", COUNTED)
def test_counts_are_said_in_a_sentence(sentence):
    assert answer(sentence, r"$\sum_{n=1}^N 1[y_n=c] = n_c") == "proved"
    assert answer(sentence, r"$\sum_{n=1}^N 1[y_n=c] = n_c + 1") == "refuted"


def test_what_is_only_spoken_of_where_is_not_declared():
    assert answer(r"We wish to show that $n_c = 2$ where $n_c = 2$.", r"$n_c = 2") != "proved"


@pytest.mark.parametrize(
    "words", ["with equality if and only if", "This is the case iff", "The bound is tight exactly when"]
)
def test_what_a_condition_says_is_not_refuted(words):
    assert answer(words, r"$\alpha_k = \frac{1}{K}") == "undecided"
    assert answer(words, r"$\sum_k \alpha_k = 1") == "proved"
    assert answer(f"{words} the classes are equally likely:", r"$\alpha_k = \frac{1}{K}") in ("undecided", "refuted")


DENSITY = (
    r"Denote $\phi_k(x) = \prod_{i=1}^D \frac{1}{\sqrt{2\pi}\sigma_i} \exp(-\frac{(x_i-\mu_{ki})^2}{2\sigma_i^2})$"
    " the density of class $k$."
)


@pytest.mark.parametrize("sample", ["x_n", "x^{(n)}"])
def test_a_function_of_a_vector_has_values_at_samples(sample):
    label = sample.replace("x", "y")
    assert answer(DENSITY, rf"$\ell = -\sum_n \log(\alpha_{{{label}}} \phi_{{{label}}}({sample}))") == "proved"
    assert answer(DENSITY, rf"$\ell = -\sum_n \log(\alpha_{{{label}}} \phi_{{{label}}}({sample})^2)") == "refuted"
    assert answer(DENSITY, rf"$\ell = -\sum_n \log \phi_{{{label}}}({sample})") == "refuted"


def test_the_index_of_a_sample_is_not_caught_by_a_sum_of_the_function():
    assert answer(DENSITY, r"$\ell = -\sum_i \log(\alpha_{y^{(i)}} \phi_{y^{(i)}}(x^{(i)}))") == "undecided"


COORDINATES = [
    (
        r"\tau_j = 1/\sigma_j^2",
        r"-\frac{N}{2\tau_j} + \frac{1}{2} SQUARES",
        r"-\frac{N}{2\tau_j} - \frac{1}{2} SQUARES",
    ),
    (r"\tau_j = \log\sigma_j^2", r"\frac{N}{2} - \frac{1}{2\sigma_j^2} SQUARES", r"N - \frac{1}{2\sigma_j^2} SQUARES"),
    (
        r"\tau_j = 2\sigma_j^{-2}",
        r"-\frac{N}{2\tau_j} + \frac{1}{4} SQUARES",
        r"-\frac{N}{2\tau_j} + \frac{1}{2} SQUARES",
    ),
]


@pytest.mark.parametrize(("definition", "right", "wrong"), COORDINATES)
@pytest.mark.parametrize("words", ["Let", "For the variances, use the precision"])
def test_a_derivative_by_another_coordinate(definition, right, wrong, words):
    slope = r"$\frac{\partial\ell}{\partial\tau_j} = "
    squares = r"\sum_n (x_{nj}-\mu_{y_n j})^2"
    assert answer(f"{words} ${definition}$:", slope + right.replace("SQUARES", squares)) == "proved"
    assert answer(f"{words} ${definition}$:", slope + wrong.replace("SQUARES", squares)) == "refuted"


def test_a_derivative_by_what_is_defined_by_several_names_is_undecided():
    assert (
        answer(r"Let $\tau_j = \sigma_j^2 + \mu_{1j}$.", r"$\frac{\partial\ell}{\partial\tau_j} = 0 \cdot N + 1")
        == "undecided"
    )


def test_the_multiplier_of_a_lagrangian_that_is_written_out_is_new():
    condition = r"$\frac{\partial}{\partial\alpha_k}\left(\ell + \gamma \sum_j \alpha_j\right) = 0"
    solved = r"$\gamma \alpha_k = \sum_n 1[y_n=k]"
    assert answer(condition, solved) == "assumed proved"
    assert answer(condition, solved.replace("=", "= -", 1)) == "assumed refuted"
    assert answer(r"$\gamma = N", condition).split()[-1] == "refuted"
    assert answer(condition.replace(r"\gamma", "2")) == "refuted"


def test_a_function_may_be_defined_behind_an_arrow():
    constraint = r"$\sum_k \alpha_k = 1 \quad\to\quad g(\alpha) = 1 - \sum_k \alpha_k"
    assert answer(f"{constraint} = 0") == "proved assumed proved"
    assert answer(f"{constraint} = 1") == "proved assumed refuted"
    assert answer(constraint.replace(r"g(\alpha) = 1", r"\sum_k \alpha_k^2 = 1")) == "proved refuted"


def test_a_name_may_be_explained_behind_where_in_its_display():
    shown = r"$\sum_n \log \alpha_{y_n} = \sum_k N_k \log \alpha_k \quad \text{where } N_k = \sum_n 1[y_n=k]"
    assert answer(shown) == "proved assumed"
    turned = r"$N_k + 1 = 1 + \sum_n 1[y_n=k] \quad \text{where } N_k = \sum_n 1[y_n=k]"
    assert answer(turned) == "proved assumed"
    assert answer(turned.replace("1 +", "2 +")) == "refuted assumed"


BELOW = [
    r"1_{\{y_n = k\}}",
    r"1_{[y_n = k]}",
    r"1_{y_n = k}",
    r"I_{\{y_n = k\}}",
    r"\mathbb{1}_{\{y_n = k\}}",
    r"\mathbf{1}_{(y_n = k)}",
]


@pytest.mark.parametrize("indicator", BELOW)
def test_the_condition_of_an_indicator_may_stand_below_it(indicator):
    assert answer(rf"$\sum_{{k=1}}^K {indicator} = 1") == "proved"
    assert answer(rf"$\sum_{{n=1}}^N {indicator} = 1") == "refuted"


def test_a_function_may_stand_for_a_density():
    given = r"Let me call $f_k(x) = p(x \mid y=k, \mu, \sigma)$."
    posterior = r"$p(y=k \mid x) = \frac{\alpha_k f_k(x)}{\sum_c \alpha_c f_c(x)}"
    assert answer(given, posterior) == "proved"
    assert answer(given, posterior.replace(r"\alpha_c", "")) == "refuted"
    assert answer(given, r"$\ell = -\sum_n \log(\alpha_{y_n} f_{y_n}(x_n))") == "proved"
    assert answer(given, r"$\ell = -\sum_n \log f_{y_n}(x_n)") == "refuted"


def test_what_letters_are_by_which_an_answer_writes_something_else_is_not_known():
    words = r"Because $\sum_j \alpha_j = 1$ we can write $\alpha_j = \frac{w_j}{\sum_i w_i}$ with $w_j > 0$:"
    assert answer(words, r"$\sum_n \log\alpha_{y_n} = \sum_n \log w_{y_n} - N \log\sum_i w_i") == "undecided"
    assert answer(words, r"$\sum_n \log\alpha_{y_n} = 1") == "refuted"


def test_what_is_said_in_a_sentence_that_opens_otherwise_is_defined_once():
    words = r"With $z_{ni} = (x_{ni} - \mu_{y_n i})/\sigma_i$,"
    slope = r"$\frac{\partial \ell}{\partial \mu_{ki}} = -\sum_{n: y_n = k} \frac{z_{ni}}{\sigma_i}"
    assert answer(words, slope) == "proved"
    assert answer(words, slope.replace("= -", "= ")) == "refuted"


# --- what is zero though no words set it to zero ----------------------------------------------------------------------

VARIANCE_SLOPE = (
    r"$\frac{\partial \ell}{\partial \sigma_i^2} = \frac{N}{2\sigma_i^2} - "
    r"\frac{1}{2\sigma_i^4} \sum_n (x_i^{(n)} - \mu_{y^{(n)}i})^2"
)
VARIANCE = r"\frac{1}{N} \sum_n (x_i^{(n)} - \mu_{y^{(n)}i})^2"


@pytest.mark.parametrize(
    "words",
    [
        "Let it equal to zero, we get",
        "It vanishes when",
        "vanishes for",
        "Making this equal to 0 gives",
        "We require this to be zero:",
        "so the maximum likelihood estimate is",
        "which is zero at the empirical variance",
        "Solving for it,",
    ],
)
def test_a_solution_is_where_the_derivative_before_it_is_zero(words):
    assert answer(VARIANCE_SLOPE, words, rf"$\sigma_i^2 = {VARIANCE}") == "proved proved"
    assert answer(VARIANCE_SLOPE, words, rf"$\sigma_i^2 = \frac{{1}}{{2}} \cdot {VARIANCE}") == "proved refuted"


def test_a_mark_says_that_it_is_a_solution():
    assert answer(VARIANCE_SLOPE, rf"$\hat\sigma_i^2 = {VARIANCE}") == "proved proved"
    assert answer(VARIANCE_SLOPE, rf"$\hat\sigma_i^2 = 2 \cdot {VARIANCE}") == "proved refuted"


@pytest.mark.parametrize("words", ["Hence", "We have", ""])
def test_where_nothing_says_that_it_is_a_solution_it_is_not_certain(words):
    assert answer(VARIANCE_SLOPE, words, rf"$\sigma_i^2 = {VARIANCE}") == "proved undecided"
    assert answer(VARIANCE_SLOPE, words, rf"$\sigma_i^2 = 2 \cdot {VARIANCE}") == "proved refuted"
    assert answer(f"{VARIANCE_SLOPE} \\Rightarrow \\sigma_i^2 = {VARIANCE}") == "proved undecided"
    assert answer(f"{VARIANCE_SLOPE} \\Rightarrow \\sigma_i^2 = 2 \\cdot {VARIANCE}").split()[-1] != "proved"


@pytest.mark.parametrize(
    ("words", "mean"), [("This is not zero, and the estimate is not", VARIANCE), ("Let it be known that", VARIANCE)]
)
def test_words_that_deny_it_set_nothing_to_zero(words, mean):
    assert answer(VARIANCE_SLOPE, words, rf"$\sigma_i^2 = {mean}").split()[-1] != "proved"


def test_a_derivative_by_another_letter_says_nothing_of_it():
    slope = r"$\frac{\partial \ell}{\partial \mu_{ki}} = -\sum_n 1[y_n=k] \frac{x_{ni}-\mu_{ki}}{\sigma_i^2}"
    assert answer(slope, "Solving for the optimum:", rf"$\sigma_i^2 = {VARIANCE}") == "proved refuted"


def test_a_multiplier_before_an_equivalence_is_imposed():
    where = r"Let $g = \sum_{k=1}^K \alpha_k - 1$."
    slopes = r"$\frac{\partial \ell}{\partial \alpha_k} = \lambda \frac{\partial g}{\partial \alpha_k}"
    solved = r" \iff \alpha_k = -\frac{1}{\lambda} \sum_n 1[y_n=k]"
    rest = r"$-\frac{1}{\lambda} \sum_{k=1}^K \sum_n 1[y_n=k] = 1", r"$\lambda = -N"
    assert answer(where, slopes + solved, *rest, r"$\alpha_k = \frac{1}{N} \sum_n 1[y_n=k]") == " ".join(["proved"] * 4)
    assert answer(where, slopes + solved, *rest, r"$\alpha_k = \frac{2}{N} \sum_n 1[y_n=k]").split()[-1] != "proved"
    assert answer(where, slopes + solved.replace("-", ""), *rest).split()[0] == "refuted"


# --- names of other parts, and other letters --------------------------------------------------------------------------

USED = r"$\sum_n 1[y_n=k] (x_{ni} - \mu_{ki}) = \sum_n 1[y_n=k] x_{ni} - N_k \mu_{ki}"


@pytest.mark.parametrize(
    "defined", [r"Let $N_k = \sum_n 1[y_n=k]$.", r"$N_k = \sum_n 1[y_n=k]"], ids=["sentence", "display"]
)
def test_what_a_part_defines_is_known_in_a_part_that_stands_behind_it(defined):
    before = answer("## (d)", defined, r"$\sum_k N_k = N", "## (c)", USED).split()
    assert before == ["assumed"] * (defined[0] == "$") + ["proved", "proved"] or before[-1] == "proved"
    assert "refuted" not in before
    assert answer("## (d)", defined.replace("y_n=k", "y_n=k+1"), "## (c)", USED).split()[0] == "refuted"
    assert answer("## (c)", USED, "## (d)", defined).split()[0] == "refuted"


@pytest.mark.parametrize(
    "said",
    [
        r"As they sum to one, $\alpha_K = 1 - \sum_{j=1}^{K-1} \alpha_j$.",
        r"Let $\alpha_K = 1 - \sum_{j=1}^{K-1} \alpha_j$.",
        r"Let $\theta = \{\alpha, \mu, \sigma\}$.",
        r"Let $\sum_k \alpha_k = 1$.",
    ],
)
def test_what_follows_from_the_givens_needs_no_notice(said):
    outline = found(_text("## (d)", said, r"$\sum_k \alpha_k = 1"), "md", "q2").outline
    assert not outline.problems


@pytest.mark.parametrize(
    "said", [r"Let $\alpha_k = \frac{1}{K}$.", r"Let $\mu_{ki} = 0$.", r"Let $\sigma_i = \sigma_j$."]
)
def test_what_adds_to_the_givens_is_noticed(said):
    outline = found(_text("## (d)", said, r"$\sum_k \alpha_k = 1"), "md", "q2").outline
    assert "what an answer adds" in " ".join(outline.problems)


SOFTMAX = r"We use weights instead, $\alpha_k = e^{w_k} / \sum_{j=1}^K e^{w_j}$."


def test_the_priors_may_be_a_softmax_of_new_letters():
    slope = r"$\frac{\partial \ell}{\partial w_k} = -\sum_n 1[y_n=k] + N \alpha_k"
    assert answer(SOFTMAX, slope) == "proved"
    assert answer(SOFTMAX, slope.replace("N ", "")) == "refuted"
    assert answer(SOFTMAX, r"$\alpha_k = \frac{1}{K}") == "refuted"
    assert answer(SOFTMAX, r"$\sum_k \alpha_k = 1", r"$w_k = \log\alpha_k").split()[0] == "proved"


@pytest.mark.parametrize(
    "said",
    [
        SOFTMAX.replace(r"e^{w_j}", r"e^{v_j}"),
        SOFTMAX.replace(r"\sum_{j=1}^K ", ""),
        SOFTMAX.replace(r"\sum_{j=1}^K", r"\sum_{j=1}^{K-1}"),
        SOFTMAX.replace(r"\sum_{j=1}^K", r"\sum_{j=2}^K"),
        SOFTMAX.replace(r"e^{w_k} /", r"e^{w_1} /"),
        r"We use weights instead, $\alpha_k = w_k$.",
        SOFTMAX.replace(r"\alpha_k", r"\mu_k"),
    ],
)
def test_what_is_no_softmax_says_nothing_of_the_priors(said):
    assert answer(said, r"$\frac{\partial \ell}{\partial w_k} = -\sum_n 1[y_n=k] + N \alpha_k") in (
        "undecided",
        "refuted",
    )
    assert answer(said, r"$\alpha_k = \alpha_1") == "refuted"


def test_a_function_of_names_with_dots_between_them():
    function = r"$f(\alpha_1, \dots, \alpha_{K-1}) = -N \log\Bigl(1 - \sum_{j=1}^{K-1} \alpha_j\Bigr)"
    slope = r"$\frac{\partial f}{\partial \alpha_1} = \frac{N}{1 - \sum_{j=1}^{K-1} \alpha_j}"
    assert answer(function, "For $K > 1$,", slope).split()[0] == "assumed"
    assert answer(function, slope.replace("N}", "K}")).split() == ["assumed", "refuted"]


# --- counts in words, and names that are explained behind their use ---------------------------------------------------

SIZE = r"$N_k = \sum_{n=1}^N 1[y^{(n)}=k]"


@pytest.mark.parametrize(
    "words",
    [
        "Here $N_k$ is the size of class $k$.",
        "Let $N_k$ denote the number of $y^{(n)}$ equal to $k$.",
        "Let $N_k$ be the number of times $y^{(n)}=k$.",
        "($N_k$: number of data points in class $k$)",
        "($N_k$ is the number of examples belonging to class k.)",
        "Let $N_k$ be the number of samples in the $k$-th class.",
        "Let $N_k$ be the class counts.",
        "Let $N_k$ be the number of $n$ with $y^{(n)}=k$.",
        "Let $N_k$ be the number of labels equal to $k$, and $N$ the number of all.",
        "Let $N_k$ be the number of $x^{(n)}$ in class $k$.",
    ],
)
def test_what_a_count_is_may_be_said_in_many_words(words):
    assert answer("## (d)", words, SIZE).split()[-1] == "proved"
    assert answer("## (d)", words, SIZE.replace("=k]", "=1]")).split()[-1] == "refuted"
    behind = answer("## (d)", SIZE.replace("N_k", r"\frac{N_k}{1}"), words, r"$\sum_k N_k = N").split()
    assert behind[-1] == "proved"


@pytest.mark.parametrize(
    "words",
    [
        "Here $N_k$ is the number of samples in class $k$ divided by $N$.",
        "Let $N_k$ be the number of samples not in class $k$.",
        "Let $N_k$ be the number of samples in class $k$ with $x > 0$.",
        "Let $N_k$ be the number of misclassified samples in class $k$.",
        "Let $N_k$ be the number of features in class $k$.",
    ],
)
def test_words_that_say_more_are_no_count_of_a_class(words):
    assert answer("## (d)", words, SIZE) != "proved"


def test_words_in_a_display_say_what_its_names_are():
    counted = r"$N_k = \text{number of samples in class } k"
    assert answer(counted, SIZE) == "assumed proved"
    assert answer(counted.replace("in class", "not in class")) == "unreadable"
    formula = r"$\sum_{n=1}^N 1[y^{(n)}=k] = N_k \quad "
    assert answer(formula + r"\text{where } N_k \text{ is the number of samples in class } k") == "proved"
    assert answer(formula + r"\text{where $N_k$ is the number of samples in class $k$}") == "proved"
    assert answer(formula + r"\text{where $N_k$ is the number of samples not in class $k$}") == "refuted"


def test_a_constraint_names_its_function_in_a_sentence():
    words = r"Minimise $\ell$ subject to $h(\alpha) = \sum_k \alpha_k - 1 = 0$."
    slopes = r"$\frac{\partial \ell}{\partial \alpha_k} + \lambda \frac{\partial h}{\partial \alpha_k} = 0"
    zero = r"$-\frac{1}{\alpha_k} \sum_n 1[y_n=k] + \lambda = 0"
    assert answer(words, slopes, zero) == "assumed proved"
    assert answer(words, slopes, zero.replace("+", "-")).split()[-1] != "proved"


def test_zero_may_stand_before_the_derivative_of_a_sum_with_a_multiplier():
    chain = (
        r"$0 = \frac{\partial}{\partial \alpha_k} \Big(\ell + \lambda \big(\sum_j \alpha_j - 1\big)\Big)"
        r" = -\frac{1}{\alpha_k} \sum_n 1[y_n=k] + \lambda"
    )
    assert answer(chain, r"$\alpha_k = \frac{1}{\lambda} \sum_n 1[y_n=k]") == "assumed proved proved"
    assert answer(chain, r"$\alpha_k = \lambda \sum_n 1[y_n=k]") == "assumed proved refuted"
    assert answer(r"$0 = \frac{\partial}{\partial \alpha_k} (\ell + \alpha_k) = 1") == "refuted refuted"


# --- cases ------------------------------------------------------------------------------------------------------------


def _cases(first: str, second: str, value: str = "1") -> str:
    slope = r"\frac{\partial \mu_{y_n i}}{\partial \mu_{kj}}"
    return rf"${slope} = \begin{{cases}} {value} & {first} \\ 0 & {second} \end{{cases}}"


def test_the_words_between_the_conditions_of_a_case_are_read():
    assert answer(_cases(r"\text{if } y_n=k \text{ and } i=j", r"\text{otherwise}")) == "proved"
    assert answer(_cases(r"y_n=k, \ i=j", r"\text{else}")) == "proved"
    assert answer(_cases(r"\text{if } y_n=k \text{ or } i=j", r"\text{otherwise}")) == "refuted"
    assert answer(_cases(r"\text{unless } y_n=k, i=j", r"\text{otherwise}")) == "unreadable"
    assert answer(_cases(r"y_n=k \text{ while } i=j", r"\text{otherwise}")) == "unreadable"


def test_two_cases_that_exclude_one_another_need_no_otherwise():
    slope = (
        r"$\frac{\partial \log\alpha_{y_n}}{\partial \alpha_k} = "
        r"\begin{cases} FIRST & y_n = k \\ 0 & y_n \neq k \end{cases}"
    )
    assert answer(slope.replace("FIRST", r"\frac{1}{\alpha_k}")) == "proved"
    assert answer(slope.replace("FIRST", r"\frac{2}{\alpha_k}")) == "refuted"
    assert answer(slope.replace("FIRST", "1").replace(r"y_n \neq k", "y_n = 1")) == "undecided"


# --- where a chain begins, and letters that usually mean something else -----------------------------------------------


def test_a_formula_in_the_words_may_be_what_a_display_goes_on_with():
    assert answer("## (a)", r"the posterior $p(y=k|x)$", r"$= \frac{p(x|y=k) p(y=k)}{p(x)}") == "proved"
    assert answer("## (a)", r"the posterior $p(y=k|x)$", r"$= \frac{p(x|y=k)}{p(x)}") == "refuted"
    assert answer("## (a)", r"the posterior $p(y=k|x)$ is", r"$= \frac{p(x|y=k) p(y=k)}{p(x)}") == "unreadable"
    assert answer("## (a)", r"with $\alpha_k = p(y=k)$", r"$= \frac{p(x|y=k) p(y=k)}{p(x)}") == "unreadable"
    assert answer("## (a)", "$p(x) = p(x)", r"and $p(y=k|x)$", r"$= \sum_k \alpha_k p(x|y=k)") == "proved proved"


def test_a_delta_is_what_the_words_say():
    slope = r"$\frac{\partial \ell}{\partial \alpha_k} = -\sum_{j=1}^N \frac{\delta_{jk}}{\alpha_k}"
    assert answer("Let $\\delta_{jk}=1$ if $y^{(j)}=k$ and $0$ otherwise.", slope) == "proved"
    assert answer("Let $\\delta_{jk}=1$ if $y^{(j)}=1$ and $0$ otherwise.", slope) == "refuted"
    assert answer("Let $\\delta_{jk}=1$ if $j=k$ and $0$ otherwise.", slope) == "refuted"
    assert answer(slope) == "refuted"


def test_a_gradient_of_a_sum_with_a_multiplier_is_imposed():
    count = r"Let $n_k = \sum_n 1[y_n=k]$."
    zero = r"$\nabla_{\alpha_k} \left(\sum_k n_k \log\alpha_k + \lambda (1 - \sum_k \alpha_k)\right) = 0"
    assert answer(count, zero, r"$\frac{n_k}{\alpha_k} - \lambda = 0") == "assumed proved"
    assert answer(count, zero, r"$\frac{n_k}{\alpha_k} + \lambda = 0").split()[-1] != "proved"
    assert answer(count, zero.replace(r"\lambda (", "("), r"$\frac{n_k}{\alpha_k} = 1").split()[0] == "refuted"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (r"l(\theta;D)", "proved refuted"),
        (r"l(\theta)", "assumed assumed"),
        (r"l", "assumed assumed"),
    ],
)
def test_a_letter_that_looks_like_the_questions_is_it_with_its_arguments(head, expected):
    joint = r"\sum_{n=1}^N \log p(x^{(n)},y^{(n)}|\theta)"
    found = [verdicts(f"(b) $${head} = {sign} {joint}$$\n", "q2") for sign in ("-", "")]
    assert " ".join(found) == expected
