"""Names that are used before it is said what they are, or with numbers for indices, or described in words."""

from checker.printing import unicode
from tests.reading.test_judging import on, page
from tests.reading.texts import lines, understood

NETWORK = (
    r"Consider the network with input $x$, hidden unit $h = \tanh(z_1)$, $z_1 = w_1 x + b_1$, output "
    r"$\hat y = w_2 h + b_2$ and loss $L = \frac12(\hat y - t)^2$."
)


def test_letters_that_have_only_numbers_for_indices_are_names():
    right = r"$\frac{\partial L}{\partial w_1} = \frac{\partial L}{\partial h}\frac{\partial h}{\partial z_1}"
    right += r"\frac{\partial z_1}{\partial w_1} = (\hat y - t) w_2 (1 - h^2) x"
    assert on(NETWORK, right).verdicts == "proved proved"
    assert on(NETWORK, right.replace("w_2 (1", "(1")).verdicts == "proved refuted"


def test_members_of_a_family_are_none():
    total = r"$\sum_{i=1}^2 w_i = w_1 + w_2"
    assert on(r"Let $w_1 = 3$.", total).verdicts == "proved"
    assert on(r"Let $w_1 = 3$.", total.replace("w_1 + w_2", "3 + w_2")).verdicts == "proved"
    assert on(r"Let $w \in \mathbb{R}^2$ with $w_1 = 1$.", r"$w^T w = 1 + w_2^2").verdicts == "proved"


def test_a_function_is_defined_behind_the_line_that_uses_it():
    text = r"$y = s(a), \qquad s(z) = \frac{1}{1 + e^{-z}}", r"$1 - s(z) = s(-z)"
    assert on(*text).verdicts == "assumed assumed proved"
    assert on(text[0], r"$1 - s(z) = s(z)").verdicts == "assumed assumed refuted"


def test_what_is_claimed_of_a_function_defines_none():
    text = r"Let $x \in \mathbb{R}$.", r"$f(x) + 1 = 1 + f(x)", r"$f(x) = x"
    assert on(*text).verdicts.split()[-1] == "refuted"


def test_a_name_is_held_fixed_by_words_behind_it():
    text = r"Let $i \in \{1,\dots,N\}$ and $a, x_i \in \mathbb{R}$. Define $r_i = a x_i$ and $Q = \sum_i r_i a$."
    slope = r"$\frac{\partial Q}{\partial a} = \sum_{i=1}^N r_i"
    assert on(text + " The $r_i$ are held fixed.", slope).verdicts == "proved"
    assert on(text, slope).verdicts == "refuted"


EVENTS = (
    r"Let $D$ be the event that a patient is ill and $T$ that the test is positive. Given $P(D) = 0.1$, "
    r"$P(T \mid D) = 0.9$ and $P(T \mid \bar D) = 0.2$."
)
SECOND = (
    r"Let $S$ be a second test, independent of $T$ given $D$ and given $\bar D$, with $P(S \mid D) = 0.9$ and "
    r"$P(S \mid \bar D) = 0.2$."
)


def test_what_an_event_is_says_nothing_of_its_name():
    assert on(EVENTS, r"$P(T) = 0.27").verdicts == "proved"
    assert on(EVENTS, r"$P(T) = 0.28").verdicts == "refuted"


def test_independence_given_one_event_and_given_another():
    both = r"$P(S, T) = 0.81 \cdot 0.1 + 0.04 \cdot 0.9"
    assert on(EVENTS, SECOND, both).verdicts == "proved"
    assert on(EVENTS, SECOND, r"$P(S, T) = P(S) P(T)").verdicts == "refuted"
    assert on(EVENTS, SECOND.replace(r" and given $\bar D$", ""), both).verdicts != "proved"


def test_a_list_of_members_is_signed():
    text = r"Let $p_1, \dots, p_K$ be positive numbers with $\sum_k p_k = 1$."
    assert on(text, r"$\sum_{k=1}^K \log p_k^2 = 2 \sum_{k=1}^K \log p_k").verdicts == "proved"


def test_only_the_first_equation_behind_set_it_to_zero_and_solve_is_imposed():
    text = r"Let $f(x) = x^2 - 4x$.", r"$f'(x) = 2x - 4", r"We set it to zero and solve:"
    assert on(*text, "$2x = 4", r"$x = 2").verdicts == "proved assumed proved"
    assert on(*text, "$2x = 4", r"$x = 3").verdicts == "proved assumed refuted"


def test_a_condition_on_all_of_a_family():
    text = r"Let $q_1, \dots, q_K$ be positive numbers. If $q_k = \frac{1}{K}$ for all $k$, then"
    assert on(text, r"$\sum_{k=1}^K q_k^2 = \frac{1}{K}").verdicts == "proved"
    assert on(text, r"$\sum_{k=1}^K q_k^2 = 1").verdicts == "refuted"


def test_a_condition_on_indices_before_a_display():
    text = r"Let $k, j \in \{1,\dots,K\}$ and $z_k \in \mathbb{R}$.", "and for $k \\neq j$"
    assert on(*text, r"$z_k \delta_{kj} + z_j = z_j").verdicts == "proved"
    assert on(*text, r"$z_k \delta_{kj} + z_j = z_k").verdicts == "refuted"


def test_what_a_name_tells_is_no_condition():
    text = r"Let $x_{nd} \in \{0,1\}$ say whether word $d$ occurs, for $n \in \{1,\dots,N\}$ and $d \in \{1,\dots,D\}$."
    text = text.replace("Let", "Given that").replace("say whether", "says whether")
    assert on(text, r"$\sum_{n=1}^N x_{nd}^2 = \sum_{n=1}^N x_{nd}").verdicts == "proved"


def test_a_function_at_a_marked_letter_is_a_value():
    text = r"Let $f(w) = w^2 - 2w$ and $w^\star = 1$.", r"$f(w^\star) = -1", r"$f(w) - f(w^\star) = (w - w^\star)^2"
    assert on(*text).verdicts == "proved proved"
    assert on(*text[:2], text[2].replace("^2", "^3")).verdicts == "proved refuted"


def test_the_index_of_a_family_of_vectors_does_not_run_over_their_components():
    text = r"Let $n \in \{1,\dots,N\}$ and $x_n, u \in \mathbb{R}^D$. Define $J = \sum_{n=1}^N u^T x_n$."
    assert on(text, r"$J = u^T \sum_n x_n").verdicts == "proved"


def test_a_label_of_random_variables():
    text = (
        r"Let $X$ and $Y$ be random variables with values in $\{1,\dots,A\}$ and $\{1,\dots,B\}$. Let $H_X = 2$, "
        r"$H_Y = 3$ and $H_{XY} = 4$."
    )
    assert on(text, r"$H_X + H_Y - H_{XY} = 1").verdicts == "proved"


def test_the_matrix_is_called_something_and_has_full_rank():
    text = r"Let $X \in \mathbb{R}^{N \times D}$ be the design matrix with full column rank."
    assert on(text, r"$X(X^TX)^{-1}X^TX = X").verdicts == "proved"
    assert on(text, r"$X(X^TX)^{-1}X^TX = 2X").verdicts == "refuted"


def test_a_greek_quantity_below_a_name_is_a_label_also_beside_an_index():
    """τ_{β,i} has the index i alone where β stands for a quantity."""
    used = r"$q = \beta \tau_{\beta,o} + \sum_{i=1}^N \tau_{\beta,i}"
    (line,) = lines(page(used))
    assert unicode(understood(line).trees[0]) == "q = β τ_β_o + ∑_{i=1}^N τ_β_i"
    assert on(used, r"$\frac{\partial q}{\partial \beta} = \tau_{\beta,o}").verdicts == "assumed proved"
    summed = r"$q = \sum_{\beta=1}^K \sum_{i=1}^N \tau_{\beta,i}"
    (line,) = lines(page(summed))
    assert unicode(understood(line).trees[0]) == "q = ∑_{β=1}^K ∑_{i=1}^N τ_βi"


def test_the_index_of_a_definition_is_none_of_what_uses_the_name():
    """p_i = w_i/Z says nothing of the p in x ∼ p, and gives the expectation no index i."""
    expectation = r"\mathbb{E}_{x \sim p}[f(x)]"
    text = (r"Let $p_i = w_i / Z$ for $i \in \{1,\dots,N\}$.", rf"$\sum_{{i=1}}^N {expectation} = N {expectation}")
    assert on(*text).verdicts in ("proved", "undecided")
    (line,) = lines(page(*text))
    assert "i" not in unicode(understood(line).trees[0]).split("=")[-1]
