"""What notes say in words and by the form of their displays: sequences, densities, names that are held fixed."""

import pytest

from tests.reading.texts import verdicts

NEWTON = r"""Let $a > 0$ and $f(x) = x^2 - a$. Define $e_n = x_n - \sqrt{a}$.

$$x_{n+1} = x_n - \frac{f(x_n)}{f'(x_n)} = \frac12\left(x_n + \frac{a}{x_n}\right)$$

$$%s$$
"""
HELD = r"""Let $k \in \{1,\dots,K\}$ and $a_k \in \mathbb{R}$. Define $s_k = \frac{e^{a_k}}{\sum_j e^{a_j}}$ and
$J = \sum_k s_k a_k$. %s

$$%s$$
"""
DENSITY = "$$p(x) = \\lambda e^{-\\lambda x}$$\n\n$$%s$$\n"
NAMED = "Let $x_n \\in \\mathbb{R}$. The error $e_n = x_n - 1$ is small.\n\n$$%s$$\n"
PASSING = "Let $x_n \\in \\mathbb{R}$. Note that $e_n = x_n - 1$ is small.\n\n$$%s$$\n"
MEAN = "With $\\bar x = \\frac1N \\sum_{n=1}^N x_n$, %s\n\n$$%s$$\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (NEWTON % r"e_{n+1} = \frac{e_n^2}{2x_n}", "assumed proved proved"),
        (NEWTON % r"e_{n+1} = \frac{e_n^2}{x_n}", "assumed proved refuted"),
        (NEWTON % r"x_{n+1} = x_n", "assumed proved refuted"),  # a sequence is said once what it is
        (NEWTON % r"x_{n+2} = \frac12\left(x_{n+1} + \frac{a}{x_{n+1}}\right)", "assumed proved proved"),
        (NEWTON % r"f'(x_n) = x_n", "assumed proved refuted"),
        (NEWTON % r"f'(a) = 2a - 1", "assumed proved undecided"),
        (HELD % ("", r"\frac{\partial J}{\partial a_k} = s_k"), "refuted"),
        (HELD % ("We treat the $s_k$ as constants.", r"\frac{\partial J}{\partial a_k} = s_k"), "proved"),
        (HELD % ("We hold $s_k$ fixed.", r"\sum_k s_k = 1"), "proved"),
        (HELD % ("We hold $s_k$ fixed.", r"\sum_k s_k = 2"), "refuted"),
        (HELD % ("We do not hold $s_k$ fixed.", r"\frac{\partial J}{\partial a_k} = s_k"), "refuted"),
        (DENSITY % r"\log p(x) = \log\lambda - \lambda x", "assumed proved"),
        (DENSITY % r"\log p(x) = \log\lambda + \lambda x", "assumed refuted"),
        (DENSITY % "p(y) = y", "assumed refuted"),
        ("$$p(x) = \\sum_{k=1}^K p(x \\mid k)$$\n", "refuted"),
        (NAMED % "e_n^2 = (x_n - 1)^2", "proved"),
        (NAMED % "e_n + 2 = x_n", "refuted"),
        (PASSING % "e_n + 1 = x_n", "undecided"),
        (PASSING % "e_n + 2 = x_n", "refuted"),
        (PASSING % "e_n^2 = (x_n - 1)^2", "undecided"),
        (PASSING % "e_n + 1 = x_n$$\n\n$$e_n^2 = (x_n - 1)^2", "undecided undecided"),
        ("For independent events $A$ and $B$,\n\n$$P(A, B) = P(A) P(B)$$\n", "undecided"),
        ("$$a b = a$$\n\nWith $b = 1$, we get\n\n$$a b = a$$\n", "refuted proved"),
        ("$$a b = a$$\n\nwith $b = 1$.\n", "proved"),
        ("Let $n \\in \\{1,\\dots,N\\}$ and $x_n \\in \\mathbb{R}$.\n\n$$x_{n+1} = x_n + 1$$\n", "refuted"),
        (MEAN % ("we get", r"\sum_{n=1}^N (x_n - \bar x) = 0"), "proved"),
        (MEAN % ("the sum becomes", r"\sum_{n=1}^N (x_n - \bar x) = 1"), "refuted"),
        ("Let $x \\in \\mathbb{R}$. For $x > 0$ we get\n\n$$|x| = x$$\n", "undecided"),
        ("Let $n \\geq 1$.\n\n$$\\sum_{k=1}^n k = \\frac{n(n+1)}{2}$$\n", "proved"),
    ],
)
def test_it_is_judged_by_what_is_said(text, expected):
    assert verdicts(text) == expected


SUMS = r"Let $n \in \{1,\dots,N\}$ and $a_n, w \in \mathbb{R}$."


@pytest.mark.parametrize(
    ("definition", "claim", "verdict"),
    [
        (r"L(w) = \sum_{n=1}^N w a_n + a_n^2", r"\frac{dL}{dw} = \sum_n a_n", "proved"),  # L has no n of its own
        (r"L_n = \sum_{m=1}^N a_m + a_n", r"\sum_{n=1}^N L_n = (N+1) \sum_n a_n", "proved"),
        (r"L = \sum_{n=1}^N a_n + 1", r"L - 1 = \sum_{n=1}^N a_n", "proved"),
        (r"L = \sum_{n=1}^N a_n + 1", r"L - N = \sum_{n=1}^N a_n", "refuted"),
    ],
)
def test_a_sum_in_a_definition_goes_on_where_its_index_does(definition, claim, verdict):
    assert verdicts(f"{SUMS}\n\n$${definition}$$\n\n$${claim}$$\n") == f"assumed {verdict}"


def test_a_name_of_words_is_a_function_where_the_text_defines_it_so():
    text = "$$\\text{NLL}(w) = w^2$$\n\n$$\\frac{\\partial\\,\\text{NLL}}{\\partial w} = %s$$\n"
    assert verdicts(text % "2w") == "assumed proved"
    assert verdicts(text.replace("text", "mathrm") % "w") == "assumed refuted"


@pytest.mark.parametrize(("verdict", "sign"), [("proved", ""), ("refuted", "-")])
def test_an_answer_says_what_its_letter_for_the_priors_is(verdict, sign):
    text = rf"""
(a) $$p(y=k) = {sign}\pi_k$$
(b) We write $\pi_k = P(y=k)$.
"""
    assert verdicts(text, "q2") == verdict


def test_what_is_zero_for_a_value_has_it_as_a_consequence():
    text = "The derivative is\n\n$$\\frac{d}{dx} (x-a)^2 = 2(x-a)$$\n\nwhich is zero for\n\n$$x = %s$$\n"
    assert verdicts(text % "a") == "proved proved"
    assert verdicts(text % "2a") == "proved refuted"
