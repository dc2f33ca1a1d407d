"""How a line is judged: what it is, what may be used for it, and what it leaves behind for the lines after it."""

import pytest

from tests.reading.texts import Found, found, verdicts

REAL = r"Given $x, a, b \in \mathbb{R}$."
LOSS = r"Given $n \in \{1,\dots,N\}$ and $x_n \in \mathbb{R}$. Let $\ell = \sum_{n=1}^N (x_n - \mu)^2$."
"""A sum of squares, whose minimum is the mean."""


def page(*blocks: str) -> str:
    """Blocks as paragraphs; what begins with a dollar is a display without its other dollars."""
    return "\n\n".join(f"$$\n{block[1:]}\n$$" if block.startswith("$") else block for block in blocks) + "\n"


def on(*blocks: str) -> Found:
    return found(page(*blocks))


def judged(*blocks: str) -> str:
    """Verdict and role of each line."""
    result = on(*blocks)
    return ", ".join(f"{outcome.verdict.name} {outcome.role}" for outcome in result.outcomes)


def test_several_derivatives_are_set_to_zero_for_all_that_follows():
    loss = (
        r"Given $n \in \{1,\dots,N\}$ and $x_n \in \mathbb{R}$. Let $E = \sum_{n=1}^N ((x_n - u)^2 + (2 x_n - v)^2)$."
    )
    slopes = (
        r"$\frac{\partial E}{\partial u} = -2\sum_n (x_n - u)",
        r"$\frac{\partial E}{\partial v} = -2\sum_n (2 x_n - v)",
    )
    both = on(loss, *slopes, "Setting both to zero,", r"$u = \frac{1}{N} \sum_n x_n", r"$v = \frac{2}{N} \sum_n x_n")
    assert both.verdicts == "proved proved proved proved"
    assert on(
        loss, *slopes, "Setting both to zero,", r"$u = \frac{1}{N} \sum_n x_n", r"$v = \frac{1}{N} \sum_n x_n"
    ).verdicts == ("proved proved proved refuted")
    assert on(loss, *slopes, r"$u = \frac{1}{N} \sum_n x_n").verdicts == "proved proved refuted"


# --- identity, consequence, definition, claim -----------------------------------------------------------------------


def test_a_link_of_a_chain_is_judged_between_its_neighbours():
    assert judged(REAL, "$(a+b)^2 = a^2 + b^2 = b^2 + a^2") == "refuted identity, proved identity"


def test_an_identity_needs_no_hypothesis():
    assert judged(REAL, "Suppose that", "$x = 3", "Then", "$a + b = b + a") == "assumed imposed, proved identity"


def test_a_consequence_names_what_it_trusts():
    result = on(REAL, "Suppose that", "$2x = 6", "Then", "$x = 3")
    assert result.verdicts == "assumed proved"
    assert result.outcomes[1].role == "consequence"
    assert result.outcomes[1].verdict.trusts == ("hypothesis 2x = 6",)


def test_a_new_name_alone_on_the_left_is_defined():
    assert verdicts(page(REAL, "$s = a + b", "$s - a = b", "$s = a")) == "assumed proved refuted"


DEFINITIONS = [
    (r"s = a + b", "assumed"),
    (r"s_k = a_k + b_k", "assumed"),
    (r"f(x) = x^2", "assumed"),
    (r"f(x, y) = x y", "assumed"),
    (r"\hat\mu = 3", "assumed"),
    (r"\text{acc} = \frac{a}{b}", "assumed"),
    (r"s := a + b", "assumed"),
    (r"s \triangleq a", "assumed"),
    # no name alone, no new name, or itself on the right
    (r"2s = a + b", "refuted"),
    (r"s + t = a", "refuted"),
    (r"s^2 = a", "refuted"),
    (r"s = s + 1", "refuted"),
    (r"a = b", "refuted"),
    (r"x = x^2", "refuted"),
    (r"\pi = 3", "refuted"),
    (r"e^s = a", "refuted"),
    (r"3 = s", "refuted"),
]


@pytest.mark.parametrize(("formula", "verdict"), DEFINITIONS, ids=lambda value: value)
def test_only_a_new_name_alone_on_the_left_is_a_definition(formula, verdict):
    assert verdicts(page(REAL, f"${formula}")) == verdict


def test_a_name_that_was_used_is_not_new():
    assert verdicts(page("$u + v = v + u", "$u = 3")) == "proved refuted"
    assert verdicts(page(REAL, "$a = s + b", "$s = 3")) == "refuted refuted"


def test_a_family_is_defined_at_any_index_and_not_at_one():
    assert verdicts(page("$s_k = 2 k", "$s_3 = 6")) in ("assumed proved", "assumed supported")
    assert verdicts(page("$s_k = 2 k", "$s_3 = 7")) == "assumed refuted"
    assert verdicts(page(REAL, "$s_3 = 6", "$s_3 = 7")).split()[1] != "proved"


def test_a_definition_may_be_used_in_the_next_part():
    assert verdicts(page("# one", REAL, "$s = a + b", "# two", "$s - a = b")) == "assumed proved"


def test_a_claim_that_stands_alone_is_refuted_by_a_counterexample():
    result = on(REAL, "$a = 2 b")
    assert result.verdicts == "refuted"
    assert result.outcomes[0].verdict.counterexample.values


# --- hypotheses -------------------------------------------------------------------------------------------------------


def test_hypotheses_end_with_their_part():
    assert verdicts(page(REAL, "Suppose that", "$x = 3", "# two", "$x^2 = 9")) == "assumed refuted"
    assert verdicts(page(REAL, "Suppose that", "$x = 3", "Then", "$x^2 = 9")) == "assumed proved"


def test_a_refuted_link_is_no_hypothesis():
    assert verdicts(page(REAL, "$(x+1)^2 = x^2 + 1 = 1 + x^2", "so", "$2x = 0")) == "refuted proved refuted"


def test_a_refuted_link_that_goes_on_in_the_next_display_is_no_hypothesis():

    assert verdicts(page(REAL, "Suppose that", "$a = 1", "Then", "$x = x + a", "$= x + 1", "so", "$a = 0")) == (
        "assumed refuted proved refuted"
    )


def test_a_refuted_identity_is_no_hypothesis():
    assert verdicts(page(REAL, "$x = x + 1", "so", "$0 = 1")) == "refuted refuted"
    assert verdicts(page(REAL, "$a + b = a b", "so", "$0 = 1")) == "refuted refuted"


def test_a_wrong_conclusion_is_a_hypothesis_that_is_named():
    result = on(REAL, "Suppose that", "$2x = 6", "Then", "$x = 4", "so", "$x^2 = 16")
    assert result.verdicts == "assumed refuted proved"
    assert result.outcomes[2].verdict.trusts == ("hypothesis x = 4",)


def test_hypotheses_are_kept_as_far_back_as_they_hold_together():
    # 2x = 6 and x = 4 never hold together: only the nearer one is kept
    result = on(REAL, "Suppose that", "$2x = 6", "Then", "$x = 4", "so", "$x = 3")
    assert result.verdicts == "assumed refuted refuted"


def test_a_refutation_holds_all_hypotheses():
    result = on(REAL, "Suppose that", "$a + b = 5", "$a - b = 1", "Then", "$a = 4")
    assert result.outcomes[-1].verdict.name == "refuted"
    values = result.outcomes[-1].verdict.counterexample.values
    assert int(values["a"]) + int(values["b"]) == 5


def test_a_free_index_of_a_hypothesis_runs_over_its_set():
    givens = r"Given $k \in \{1,\dots,K\}$ and $\alpha_k, N_k \in \mathbb{R}$."
    assert verdicts(
        page(givens, "Suppose that", r"$\lambda \alpha_k = N_k", "Then", r"$\lambda \sum_k \alpha_k = \sum_k N_k")
    ) == ("assumed proved")
    assert (
        verdicts(
            page(givens, "Suppose that", r"$\lambda \alpha_k = N_k", "Then", r"$\lambda \sum_k \alpha_k = N_k")
        ).split()[1]
        != "proved"
    )


def test_contradicting_hypotheses_prove_nothing():
    assert (
        "proved"
        not in verdicts(page(REAL, "Suppose that", "$x = 1", "Suppose that", "$x = 2", "Then", "$a = b")).split()
    )


# --- solutions --------------------------------------------------------------------------------------------------------

IMPOSED = (LOSS, r"$\frac{\partial \ell}{\partial \mu} = -2 \sum_n (x_n - \mu) = 0", "so")

# the marks that come together
SOLUTIONS = [
    r"\mu",
    r"\hat\mu",
    r"\hat{\mu}",
    r"\mu^*",
    r"\mu^\star",
    r"\mu_{ML}",
    r"\mu_{\text{MLE}}",
    r"\hat\mu_{MLE}",
    r"\mu_{MAP}",
    r"\mu^{\text{MLE}}",
]


@pytest.mark.parametrize("name", SOLUTIONS)
def test_a_marked_letter_after_an_imposed_equation_is_its_solution(name):
    assert verdicts(page(*IMPOSED, rf"${name} = \frac{{1}}{{N}} \sum_n x_n")) == "proved assumed proved"
    assert verdicts(page(*IMPOSED, rf"${name} = \frac{{2}}{{N}} \sum_n x_n")) == "proved assumed refuted"


def test_without_an_imposed_equation_it_is_a_new_name():
    assert verdicts(page(LOSS, r"$\hat\mu = \frac{2}{N} \sum_n x_n")) == "assumed"


def test_another_mark_is_a_new_name():
    assert verdicts(page(*IMPOSED, r"$\tilde\mu = \frac{2}{N} \sum_n x_n")) == "proved assumed assumed"


def test_an_imposed_equation_of_another_part_makes_no_solution():
    assert (
        verdicts(page("# one", *IMPOSED[:-1], "# two", r"$\hat\mu = \frac{2}{N} \sum_n x_n"))
        == "proved assumed assumed"
    )


# --- = 0 --------------------------------------------------------------------------------------------------------------

F = r"Let $f = x^2 - 2x$."

IMPOSING = {
    "setting to zero": (REAL, "Setting this to zero,", "$a x - b = 0"),
    "set to 0": (REAL, "We set it to $0$:", "$a x - b = 0"),
    "set equal to zero": (REAL, "Set the derivative equal to zero:", "$a x - b = 0"),
    "setting the derivative as zero": (REAL, "By setting the derivative to be zero", "$a x - b = 0"),
    "equate": (REAL, "Equating to zero:", "$a x - b = 0"),
    "suppose that": (REAL, "Suppose that", "$a x - b = 0"),
    "suppose, any equation": (REAL, "Suppose that", "$a x = b"),
    "setting to zero, any equation": (REAL, "Setting the derivative to zero gives", "$a x = b"),
    "assume": (REAL, "Assume", "$a x = b"),
    "(ii) closes a chain that begins with a derivative": (F, r"$\frac{\partial f}{\partial x} = 2x - 2 = 0"),
    "(ii) over rows": (F, r"$\frac{\partial f}{\partial x} &= 2x - 2 \\ &= 0"),
    "(ii) over displays": (F, r"$\frac{\partial f}{\partial x} = 2x - 2", "$= 0"),
    "(ii) with an operator": (F, r"$\frac{\partial}{\partial x} (x^2 - 2x) = 2x - 2 = 0"),
    "(ii) with d": (F, r"$\frac{df}{dx} = 2x - 2 = 0"),
    "(iii) of a named function": (F, r"$\frac{\partial f}{\partial x} = 0"),
    "(iii) of a function with arguments": (r"Let $f(x) = x^2 - 2x$.", r"$\frac{\partial f(x)}{\partial x} = 0"),
    "(iii) turned round": (F, r"$0 = \frac{\partial f}{\partial x}"),
    "setting what is displayed": (REAL, "Setting", "$a x - b = 0"),
    "setting the derivative that is displayed": (REAL, "We set the derivative", "$a x - b = 0"),
    "setting gives an equation of a kind": (
        REAL,
        "Setting the derivative to zero gives the normal equations:",
        "$a x = b",
    ),
}


@pytest.mark.parametrize("blocks", IMPOSING.values(), ids=IMPOSING)
def test_what_is_imposed_is_assumed(blocks):
    assert judged(*blocks).endswith("assumed imposed")


CLAIMED = {
    "alone": (REAL, "$a x - b = 0"),
    "after words that do not impose": (REAL, "We find", "$a x - b = 0"),
    "after so": (REAL, "so", "$a x - b = 0"),
    "after hence": (F, "Hence", r"$\frac{\partial f}{\partial x} = 0"),
    "after then": (F, "Then", r"$\frac{\partial f}{\partial x} = 0"),
    "after therefore": (F, "Therefore", r"$\frac{\partial f}{\partial x} = 0"),
    "after an arrow": (F, r"$x = x \Rightarrow \frac{\partial f}{\partial x} = 0"),
    "of a formula and no name": (F, r"$\frac{\partial}{\partial x} (x^2 - 2x) = 0"),
    "a chain that begins with no derivative": (F, r"$2x - 2 = 2(x - 1) = 0"),
    "a chain that goes on behind it": (F, r"$\frac{\partial f}{\partial x} = 0 = 1"),
    "not zero": (F, r"$\frac{\partial f}{\partial x} = 2x - 2 = 1"),
    "nothing is set": (F, "The set of zeros is found as follows.", "$2x - 2 = 0"),
    "setting what is displayed to something else": (REAL, "Setting", "$a x = b"),
    "setting in a sentence before": (REAL, "This is a good setting. We find", "$a x - b = 0"),
    "two sentences before": (F, "Set this to zero. It is known that", "$2x - 2 = 0", "$2x = 3"),
    "the second display after the words": (F, "Set this to zero:", "$2x - 2 = 0", "$x = 2"),
    "supposed in a part before": ("# one", REAL, "Suppose that", "# two", "$a = b"),
}


@pytest.mark.parametrize("blocks", CLAIMED.values(), ids=CLAIMED)
def test_everywhere_else_it_is_a_claim(blocks):
    assert judged(*blocks).split(", ")[-1].startswith(("refuted", "undecided"))


def test_the_member_directly_left_of_zero_is_what_is_zero():
    result = on(F, r"$\frac{\partial f}{\partial x} = 2x - 3 = 0", "so", r"$x = \frac{3}{2}")
    assert result.verdicts == "refuted assumed proved"
    assert result.outcomes[2].verdict.trusts == ("hypothesis 2x − 3 = 0",)


def test_an_imposed_equation_is_a_hypothesis():
    assert verdicts(page(REAL, "Set it to zero:", "$2x - 6 = 0", "so", "$x = 3")) == "assumed proved"
    assert verdicts(page(REAL, "Set it to zero:", "$2x - 6 = 0", "so", "$x = 4")) == "assumed refuted"


# --- ⇒ and ⇔ ----------------------------------------------------------------------------------------------------------

ARROWS = [
    (r"2x = 6 \Rightarrow x = 3", "refuted proved"),
    (r"2x = 6 \Rightarrow x = 4", "refuted refuted"),
    (r"2x = 6 \Rightarrow x = 3 \Rightarrow x^2 = 9", "refuted proved proved"),
    (r"2x = 6 \Rightarrow x = 3 = 4", "refuted proved refuted"),
    (r"x = 3 \Rightarrow x^2 = 9", "refuted proved"),
    (r"x^2 = 9 \Rightarrow x = 3", "refuted refuted"),
    (r"x < 3 \Rightarrow x < 4", "refuted proved"),
    (r"x^2 = 9 \Leftrightarrow x = 3", "refuted"),
    (r"2x = 6 \iff x = 3", "proved"),
    (r"x^2 = 9 \iff x = 3 \text{ or } x = -3", "proved"),
    (r"x = 1 \iff x^2 = 1", "refuted"),
    (r"x + 1 = 2 \iff x = 1 \iff 2x = 2", "proved proved"),
    (r"a x = b x \iff a = b", "refuted"),
    (r"a x = b x \Rightarrow a = b", "refuted refuted"),
]


@pytest.mark.parametrize(("formula", "expected"), ARROWS, ids=lambda value: value)
def test_an_arrow_claims_what_follows_from_what(formula, expected):
    found_ = verdicts(page(REAL, f"${formula}"))
    assert found_.replace("supported", "proved") == expected


def test_an_equivalence_leaves_no_hypothesis():
    assert verdicts(page(REAL, r"$2x = 6 \iff x = 3", "$x = 3")) == "proved refuted"


def test_the_arrow_after_an_imposed_equation():
    assert verdicts(page(F, r"$\frac{\partial f}{\partial x} = 0 \Rightarrow x = 1")) == "assumed proved"
    assert (
        verdicts(page(F, r"$\frac{\partial f}{\partial x} = 2x - 2 = 0 \Rightarrow x = 2")) == "proved assumed refuted"
    )


# --- systems and alternatives -----------------------------------------------------------------------------------------


def test_alternatives_follow_together():
    assert verdicts(page(REAL, "Suppose that", "$x^2 = 9", "so", r"$x = 3 \text{ or } x = -3")) == "assumed proved"
    assert verdicts(page(REAL, "Suppose that", "$x^2 = 9", "so", r"$x = 3 \text{ or } x = 4")) == "assumed refuted"


def test_two_equations_are_two_hypotheses():
    system = ("Suppose that", r"$a + b = 5 \text{ and } a - b = 1")
    assert verdicts(page(REAL, *system, "Then", "$a = 3")).split()[-1] in ("proved", "refuted")


# --- signs ------------------------------------------------------------------------------------------------------------

INEQUALITIES = [
    (r"x^2 \geq 0", "proved"),
    (r"x^2 > 0", "refuted"),
    (r"x \leq x + 1", "proved"),
    (r"x < x", "refuted"),
    (r"2ab \leq a^2 + b^2", "proved"),
    (r"x \neq 3", "undecided"),
    (r"x \approx 3", "undecided"),
    (r"x \sim a", "undecided"),
    (r"x \in \mathbb{R}", "undecided"),
    (r"x \propto a", "undecided"),
    (r"x \ll a", "undecided"),
    (r"x \to a", ""),
]


@pytest.mark.parametrize(("formula", "verdict"), INEQUALITIES, ids=lambda value: value)
def test_each_sign_has_its_own_judgement(formula, verdict):
    result = verdicts(page(REAL, f"${formula}"))
    assert result.replace("supported", "proved") == verdict


# --- functions that nothing is said of --------------------------------------------------------------------------------

UNKNOWN = [
    r"\frac{\partial L}{\partial w} = 3 \frac{\partial L}{\partial v}",
    r"\frac{\partial L}{\partial w} = \frac{\partial L}{\partial v}",
    r"\nabla_w L = 5 \nabla_w J",
    r"\frac{dy}{dx} = \frac{dz}{dx}",
    r"\frac{\partial \ell}{\partial w} + 1 = 1",
    r"\frac{\partial \ell}{\partial w} = 2w",
]


@pytest.mark.parametrize("formula", UNKNOWN)
def test_a_derivative_of_what_nothing_is_said_of_is_undecided(formula):
    # it is not 0
    assert verdicts(page(f"${formula}")) == "undecided"


# --- the report -------------------------------------------------------------------------------------------------------


def test_each_line_is_shown_as_it_was_understood():
    result = on(REAL, r"$\log(x^2/2a) = b", r"$\foo = 3")
    assert result.outcomes[0].understood == "log(x²/(2a)) = b"
    assert result.outcomes[1].understood == ""


def test_an_unreadable_line_says_where():
    (outcome,) = on(REAL, r"$a = \foo").outcomes
    assert (outcome.verdict.name, outcome.verdict.line, outcome.verdict.column) == ("unreadable", 4, 5)


def test_the_rest_of_the_document_goes_on():
    assert verdicts(page(REAL, r"$a = \foo = a", "$a + b = b + a")) == "unreadable unreadable proved"


def test_a_line_is_judged_alike_whatever_was_asked_before():
    text = page(REAL, "Suppose that", "$2x = 6", "Then", "$x = 3")
    first = found(text)
    found.cache_clear()
    assert found(text) == first or found(text).verdicts == first.verdicts


# --- what words set to zero -------------------------------------------------------------------------------------------

ERROR = (
    r"Let $n \in \{1,\dots,N\}$ and $x_n, t_n \in \mathbb{R}$. Let $E(w) = \sum_n (t_n - w x_n)^2$ and "
    r"$F(w, b) = \sum_n (t_n - w - b)^2 + b^2 - 2 b$."
)
SLOPE = r"\frac{dE}{dw} = -2 \sum_n x_n (t_n - w x_n)"
WRONG_SLOPE = r"\frac{dE}{dw} = -2 \sum_n x_n (t_n - w)"


@pytest.mark.parametrize(
    "words",
    [
        "Setting this to zero gives",
        "Setting the derivative to zero, we get",
        "Set it to 0:",
        "We set this equal to zero and obtain",
        "Equating to zero yields",
    ],
)
@pytest.mark.parametrize(
    ("slope", "solution", "verdict"),
    [
        (SLOPE, r"w = \frac{\sum_n x_n t_n}{\sum_n x_n^2}", "proved proved"),
        (SLOPE, r"\hat w = \frac{\sum_n x_n t_n}{\sum_n x_n^2}", "proved proved"),
        (SLOPE, r"w = \frac{\sum_n x_n t_n}{\sum_n x_n}", "proved refuted"),
        (SLOPE, r"\hat w = \frac{\sum_n t_n}{\sum_n x_n}", "proved refuted"),
        (WRONG_SLOPE, r"w = \frac{\sum_n x_n t_n}{\sum_n x_n}", "refuted proved"),
    ],
)
def test_a_solution_behind_words_that_set_the_derivative_to_zero_follows_from_it(words, slope, solution, verdict):
    assert verdicts(f"{ERROR}\n\n$$\n{slope}\n$$\n{words}\n\n$$\n{solution}\n$$\n") == verdict


def test_it_is_the_last_derivative_and_them_are_all():
    slopes = (
        r"$$\frac{\partial F}{\partial w} = -2 \sum_n (t_n - w - b)$$" + "\n\nand\n\n"
        r"$$\frac{\partial F}{\partial b} = -2 \sum_n (t_n - w - b) + 2 b - 2$$" + "\n\n"
    )
    solution = "\n\n$$b = 1$$\n"
    assert verdicts(f"{ERROR}\n\n{slopes}Setting them to zero gives{solution}").split()[-1] == "proved"
    assert verdicts(f"{ERROR}\n\n{slopes}Setting it to zero gives{solution}").split()[-1] != "proved"


def test_without_a_derivative_before_it_nothing_follows():
    assert verdicts(f"{ERROR}\n\nSetting it to zero gives\n\n$$w = 1$$\n") not in ("proved", "supported", "assumed")


def test_a_derivative_of_another_part_is_not_meant():
    solution = r"$$w = \frac{\sum_n x_n t_n}{\sum_n x_n^2}$$"
    text = f"{ERROR}\n\n## A\n\n$$\n{SLOPE}\n$$\n\n## B\n\nSetting it to zero gives\n\n{solution}\n"
    assert verdicts(text).split()[-1] != "proved"


CONDITIONAL = "Given $x, a, b \\in \\mathbb{R}$."


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        # a condition beside a formula is assumed, and the formula judged under it
        (r"|x| = x \quad \text{if } x \geq 0", "proved assumed"),
        (r"\sqrt{x^2} = -x \quad \text{if } x \geq 0", "refuted assumed"),
        (r"x^2 > 0 \text{ when } x > 0", "proved assumed"),
        # one that is not understood keeps a formula from being refuted, and not from being proved
        (r"a^2 - ab + b^2 > 0 \quad \text{for all non-zero $a$}", "undecided"),
        (r"x^2 > 0 \text{ unless $x$ vanishes}", "undecided"),
        (r"(a + b)^2 = a^2 + 2ab + b^2 \quad \text{if you like}", "proved"),
        # what only says over what an index runs is no condition
        (r"(a + b)^2 = a^2 + b^2 \quad \text{for all } k", "refuted"),
    ],
)
def test_words_beside_a_formula_may_restrict_it(formula, expected):
    assert found(f"{CONDITIONAL}\n\n$$\n{formula}\n$$\n").verdicts == expected


def test_a_condition_holds_for_its_own_line_only():
    text = f"{CONDITIONAL}\n\n$$\n|x| = x \\quad \\text{{if }} x \\geq 0\n$$\n\nBut\n\n$$\n|x| = x\n$$\n"
    assert found(text).verdicts == "proved assumed refuted"


@pytest.mark.parametrize("formula", [r"X_F = \{D\}", r"p(x) = \sum_Y p(X=x, Y=y)"])
def test_a_set_is_not_its_element_and_a_variable_no_index(formula):
    assert found(f"Here is a claim.\n\n$$\n{formula}\n$$\n").verdicts == "undecided"


SLOPES = (
    r"$\frac{\partial F}{\partial w} = -2 \sum_n (t_n - w - b)",
    r"$\frac{\partial F}{\partial b} = -2 \sum_n (t_n - w - b) + 2 b - 2",
)
STANDING = {
    "a conclusion in the same sentence": (
        SLOPES[1:],
        "Setting it to zero gives $b = 1$ where the sum is 0, and",
        False,
    ),
    "both, and a conclusion in the same sentence": (SLOPES, "Setting both to zero gives two equations. So", True),
    "in a sentence before": (SLOPES, "We set both derivatives to zero. Then", True),
    "a derivative in a sentence": (
        (),
        r"At the minimum $\frac{\partial F}{\partial w} = 0$ and $\frac{\partial F}{\partial b} = 0$.",
        True,
    ),
    "one derivative by its variable": (SLOPES, "Set the derivative with respect to $w$ to zero. Then", False),
    "what is denied": (SLOPES, "We do not set both derivatives to zero. Then", False),
    "what is supposed": (SLOPES, "If we set both derivatives to zero, a minimum is found. Then", False),
}


@pytest.mark.parametrize(("slopes", "words", "follows"), STANDING.values(), ids=STANDING)
def test_what_words_set_to_zero_holds_for_what_follows_wherever_they_say_it(slopes, words, follows):
    assert (on(ERROR, *slopes, words, "$b = 1").verdicts.split()[-1] == "proved") is follows
    assert on(ERROR, *slopes, words, "$b = 2").verdicts.split()[-1] != "proved"


def test_what_stands_between_setting_and_to_zero_is_set_to_zero():
    solution = r"$w = \frac{\sum_n x_n t_n}{\sum_n x_n^2}"
    wrong = r"$w = \frac{\sum_n x_n t_n}{\sum_n x_n}"
    for words in ("equal to zero,", "to $0$ we obtain"):
        assert on(ERROR, "Setting", f"${SLOPE}", words, solution).verdicts == "proved proved"
        assert on(ERROR, "Setting", f"${SLOPE}", words, wrong).verdicts == "proved refuted"
    assert on(ERROR, "Computing", f"${SLOPE}", "equal to zero,", solution).verdicts.split()[-1] != "proved"


def test_zero_before_a_chain_that_begins_with_a_derivative_is_imposed():
    assert judged(F, r"$0 = \frac{\partial f}{\partial x} = 2x - 2", "$x = 1") == (
        "assumed imposed, proved identity, proved consequence"
    )
    assert on(F, r"$0 = \frac{\partial f}{\partial x} = 2x - 2", "$x = 2").verdicts.split()[-1] == "refuted"
    assert on(F, "$0 = 2x - 2 = 2(x - 1)", "$x = 1").verdicts.split()[0] == "refuted"


def test_a_derivative_that_is_zero_left_of_an_equivalence_is_imposed():
    chain = r"\frac{\partial f}{\partial x} = 2x - 2 = 0 \quad\Leftrightarrow\quad 2x = 2"
    assert on(F, f"${chain}", "$x = 1").verdicts == "proved proved"
    assert on(F, f"${chain}", "$x = 2").verdicts == "proved refuted"
    assert on(F, r"$2x - 2 = 0 \Leftrightarrow 2x = 2", "$x = 1").verdicts == "proved refuted"
    wrong = r"\frac{\partial f}{\partial x} = 2x - 3 = 0 \quad\Leftrightarrow\quad 2x = 3"
    assert on(F, f"${wrong}", r"$x = \frac{3}{2}").verdicts.split()[-1] == "refuted"


def test_the_derivative_of_a_function_of_which_nothing_is_said_is_not_refuted():
    assert verdicts(page("The slope is", "$f'(x) = 2x + 1")) == "undecided"
    assert verdicts(page("Let $f(x) = x^2 + x$.", "$f'(x) = 2x + 1")) == "proved"
    assert verdicts(page("Let $f(x) = x^2 + x$.", "$f'(x) = 2x + 2")) == "refuted"


def test_what_a_display_names_behind_its_use_is_known_in_it():
    data = r"Let $n \in \{1,\dots,N\}$ and $x_n \in \mathbb{R}$. Let $k \in \{1,2\}$."
    assert judged(data, r"$\sum_n k x_n = s_k, \quad s_k = k \sum_n x_n") == "proved identity, assumed definition"
    assert on(data, r"$\sum_n k x_n = s_k, \quad s_k = \sum_n x_n").verdicts == "refuted assumed"
    assert on(data, r"$\sum_n x_n = s, \quad s = 3").verdicts != "proved assumed"
    assert on(data, r"$s_k = \sum_n x_n^2, \quad s_k = \sum_n x_n").verdicts.split()[-1] == "refuted"


def test_a_product_ends_before_what_binds_its_index_again():
    data = r"Let $i \in \{1,\dots,N\}$, $a_i > 0$ and $b_i \in \mathbb{R}$."
    assert on(data, r"$\prod_i a_i \exp(\sum_i b_i) = \exp(\sum_i b_i) \prod_i a_i").verdicts == "proved"
    assert on(data, r"$\prod_i a_i \exp(b_i) = \exp(\sum_i b_i) \prod_i a_i").verdicts == "proved"
    assert on(data, r"$\prod_i a_i \exp(\sum_i b_i) a_i = \exp(\sum_i b_i) \prod_i a_i^2").verdicts == "refuted"
    gaussian = r"$\prod_{{i=1}}^N c^2 {} \exp(\sum_{{i=1}}^N {}) = c^{{2N}} \exp(\sum_{{i=1}}^N ({}))"
    data += r" Let $c > 0$."
    assert on(data, gaussian.format("", "a_i", "a_i")).verdicts == "proved"
    assert on(data, gaussian.format("", "a_i", "N a_i")).verdicts == "refuted"
    assert on(data, gaussian.format("a_i c", "b_i", "b_i + \\log a_i + \\log c")).verdicts == "proved"
    either = on(data, gaussian.format("", "-a_i + b_i", "-a_i + b_i"))  # the sum ends at the +, or goes on
    assert either.verdicts == "undecided"
    assert "an index stands outside of its sum" in either.outcomes[0].verdict.reason
    assert on(data, gaussian.format("", "-a_i + b_i", "b_i")).verdicts == "refuted"


@pytest.mark.parametrize("stated", ["$P(X=k) = \\alpha_k$ and $P(X=1) = p$", "$P(X=1) = p$ and $P(X=k) = \\alpha_k$"])
def test_a_probability_of_one_value_beside_that_of_all_is_a_fact(stated):
    data = (
        f"Let $k \\in \\{{1,\\dots,K\\}}$. Let $X$ be a random variable with values in $\\{{1,\\dots,K\\}}$, {stated}."
    )
    assert on(data, "$P(X=1) = \\alpha_1", "$P(X=1) = p", "$p = \\alpha_1").verdicts == "proved proved proved"
    assert on(data, "$P(X=1) = p + \\alpha_1", "$\\sum_k P(X=k) = 1 + p").verdicts == "refuted refuted"


def test_a_function_that_is_declared_twice_has_no_certain_values():
    text = "Let $f(x) = x^2$.\n\n$$\nf(2) = 4\n$$\n\nLet $f(x) = x^3$.\n\n$$\nf(2) = 4\n$$\n"
    assert verdicts(text) == "proved undecided"


def test_what_is_set_to_zero_and_not_displayed_refutes_nothing():
    said = "Let $E(w) = (w - 3)^2$.\n\n{}Setting the derivative of $E$ to zero gives\n\n$$\nw = {}\n$$\n"
    assert verdicts(said.format("", 3)) == "undecided"
    shown = "$$\n\\frac{dE}{dw} = 2 (w - 3)\n$$\n\n"
    assert verdicts(said.format(shown, 3)) == "proved proved"
    assert verdicts(said.format(shown, 4)) == "proved refuted"


SAMPLES = "The labels are\n\n$$\ny(i) \\in \\{-1,1\\}\n$$\n"


@pytest.mark.parametrize(
    "formula", [r"y(b + c) = y b + y c", r"y(b + c) = y(c) + y(b)", r"e^{-y(w^T x)} = e^{-(w^T x) y}"]
)
def test_a_letter_of_samples_in_brackets_is_neither_called_nor_multiplied_elsewhere(formula):
    assert found(f"{SAMPLES}\n\n$$\n{formula}\n$$\n").verdicts.split()[-1] == "undecided"


def test_a_sample_in_brackets_is_one_value_and_a_function_of_a_number_is_called():
    assert found(f"{SAMPLES}\n\n$$\n3 y(i) = y(i) + 2 y(i)\n$$\n").verdicts.split()[-1] in ("proved", "supported")
    assert found(f"{SAMPLES}\n\n$$\ny(i) = y(i + 1)\n$$\n").verdicts.split()[-1] not in ("proved", "supported")
    assert found("$$\ny(x) = x^2\n$$\n\n$$\ny(b + c) = (b + c)^2\n$$\n").verdicts == "assumed proved"


@pytest.mark.parametrize(
    ("formula", "verdict"),
    [
        ("g_2(3) = 11", "proved"),
        ("g_K(3) = 9 + K", "proved"),
        ("g_K(3) = 9 + k", "refuted"),
        ("g_2(3) = 9 + k", "refuted"),
        ("f_1(3) = 10", "undecided"),
        ("f_2(3) = 9", "undecided"),
    ],
)
def test_the_index_of_a_function_stands_for_any(formula, verdict):
    given = r"Let $f_1(x) = x^2$ and $g_k(x) = x^2 + k$ for $k \in \{1,\dots,K\}$. The $k$ is an index."
    assert on(given, f"${formula}").verdicts == verdict


NORMAL = r"""
Let $x_1,\ldots,x_n \in \mathbb{R}$, $\sigma > 0$ and
$\ell(\mu,\sigma^2) = -\frac{n}{2}\log\sigma^2 - \frac{1}{2\sigma^2}\sum_{i=1}^n (x_i-\mu)^2$.

$$
\hat\mu = \frac1n \sum_{i=1}^n x_i
$$
$$
\frac{\partial \ell}{\partial\sigma^2} = -\frac{n}{2\sigma^2} + \frac{1}{2\sigma^4}\sum_{i=1}^n (x_i-\mu)^2 = 0
$$
$$
\implies %s
$$
"""


@pytest.mark.parametrize(
    ("solution", "verdict"),
    [
        (r"\hat\sigma^2 = \frac1n \sum_{i=1}^n (x_i-\hat\mu)^2", "proved"),
        (r"\hat\sigma^2 = \frac1n \sum_{i=1}^n (x_i-\mu)^2", "proved"),
        (r"\hat\sigma^2 = \sum_{i=1}^n (x_i-\hat\mu)^2", "refuted"),
        (r"\sigma^2 = \frac1n \sum_{i=1}^n (x_i-\hat\mu)^2", "refuted"),
    ],
)
def test_what_is_solved_before_stands_for_its_letter_in_another_solution(solution, verdict):
    result = found(NORMAL % solution)
    assert result.verdicts.split()[-1] == verdict
    if "hat" in solution.partition("=")[2] and verdict == "proved":
        assert "μ = μ̂" in result.outcomes[-1].verdict.conditions
