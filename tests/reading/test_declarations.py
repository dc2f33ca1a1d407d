"""Sentences that declare: what may be used after them, and what may not; and sentences that declare nothing."""

import pytest

from tests.reading.texts import found, lines, reading, verdicts


def after(declaration: str, *formulas: str) -> str:
    """The verdicts on formulas displayed after a sentence, each on its own."""
    return " ".join(verdicts(f"{declaration}\n\n$$\n{formula}\n$$\n").split()[-1] for formula in formulas)


# --- types and signs --------------------------------------------------------------------------------------------------

# declaration, what then holds, what does not
TYPES = {
    "positive": (r"Given $x > 0$.", r"\sqrt{x^2} = x", r"\sqrt{x^2} = 2x"),
    "positive, the other way round": (r"Given $0 < x$.", r"\sqrt{x^2} = x", r"\sqrt{x^2} = 2x"),
    "negative": (r"Given $x < 0$.", r"\sqrt{x^2} = -x", r"\sqrt{x^2} = x"),
    "nonnegative": (r"Given $x \geq 0$.", r"\sqrt{x^2} = x", r"x = x^2"),
    "not zero": (r"Given $x \neq 0$.", r"\frac{x}{x} = 1", r"\sqrt{x^2} = x"),
    "real": (r"Given $x \in \mathbb{R}$.", r"x + x = 2x", r"\sqrt{x^2} = x"),
    "real by a macro": (r"Given $x \in \R$.", r"x + x = 2x", r"\sqrt{x^2} = x"),
    "real by a sign": (r"Given $x \in ℝ$.", r"x + x = 2x", r"\sqrt{x^2} = x"),
    "positive real": (r"Given $x \in \mathbb{R}_{+}$.", r"\sqrt{x^2} = x", r"x = 1"),
    "positive real above": (r"Given $x \in \mathbb{R}^{+}$.", r"\sqrt{x^2} = x", r"x = 1"),
    "between": (r"Given $0 < p < 1$.", r"\sqrt{(1-p)^2} = 1 - p", r"\sqrt{(p-1)^2} = p - 1"),
    "an open interval": (r"Given $p \in (0, 1)$.", r"\sqrt{(1-p)^2} = 1 - p", r"\sqrt{(p-1)^2} = p - 1"),
    "an interval without end": (r"Given $p \in (0, \infty)$.", r"\sqrt{p^2} = p", r"\sqrt{(1-p)^2} = 1 - p"),
    "an interval around zero": (r"Given $p \in (-1, 1)$.", r"\sqrt{(1-p)^2} = 1 - p", r"\sqrt{p^2} = p"),
    "plus or minus one": (r"Given $y \in \{-1,1\}$.", r"y^2 = 1", r"y = 1"),
    "plus or minus one, signed": (r"Given $y \in \{-1,+1\}$.", r"y^2 = 1", r"y = 1"),
    "a natural number": (r"Given $n \in \{1,2,\dots\}$.", r"\sqrt{n^2} = n", r"n = n^2"),
    "naturals": (r"Given $n \in \mathbb{N}$.", r"\sqrt{n^2} = n", r"n = n^2"),
    "an integer": (r"Given $m \in \mathbb{Z}$.", r"m + m = 2m", r"\sqrt{m^2} = m"),
    "several names": (r"Given $a, b > 0$.", r"\log(a b) = \log a + \log b", r"\log(a b) = \log a"),
    "several names of a set": (r"Given $a, b \in \mathbb{R}$.", r"a b = b a", r"\log(a b) = \log a + \log b"),
    "a family": (
        r"Given $k \in \{1,\dots,K\}$ and $a_k > 0$.",
        r"\log \prod_k a_k = \sum_k \log a_k",
        r"\log \sum_k a_k = \sum_k \log a_k",
    ),
    "a set without dots at the end": (
        r"Given $k \in \{1,2,3\}$ and $a_k \in \mathbb{R}$.",
        r"\sum_k a_k = a_1 + a_2 + a_3",
        r"\sum_k a_k = a_1 + a_2",
    ),
    "from zero": (r"Given $k \in \{0,1\}$ and $a_k \in \mathbb{R}$.", r"\sum_k a_k = a_0 + a_1", r"\sum_k a_k = a_1"),
    "over commas and and": (
        r"Let $a > 0$, $b > 0$ and $c > 0$.",
        r"\log(a b c) = \log a + \log b + \log c",
        r"\log(a b c) = \log a",
    ),
    "with words between": (
        r"Let $a$ and $b$ be numbers with $a > 0$ and $b > 0$.",
        r"\log(a b) = \log a + \log b",
        r"\log(a b) = \log a",
    ),
    "a hat": (r"Given $0 < \hat{y} < 1$.", r"\sqrt{\hat y^2} = \hat y", r"\sqrt{(\hat y - 1)^2} = \hat y - 1"),
    "a condition between families": (
        r"Given $a, b > 0$ with $a < b$.",
        r"\sqrt{(b - a)^2} = b - a",
        r"\sqrt{(a - b)^2} = a - b",
    ),
}


@pytest.mark.parametrize(("declaration", "right", "wrong"), TYPES.values(), ids=TYPES)
def test_what_is_declared_may_be_used(declaration, right, wrong):
    assert after(declaration, right) in ("proved", "supported")
    assert after(declaration, wrong) == "refuted"


OPENERS = [
    "Given",
    "Let",
    "Assume",
    "Assume that",
    "Suppose",
    "Suppose that",
    "Define",
    "Denote",
    "Write",
    "Consider",
    "Here",
    "where",
    "with",
    "for",
    "Now let",
    "Also assume",
    "We assume that",
    "Assuming",
]


@pytest.mark.parametrize("opener", OPENERS)
def test_a_sentence_that_opens_so_declares(opener):
    assert after(f"{opener} $x < 0$.", r"\sqrt{x^2} = x") == "refuted"


SILENT = [
    "We have $x < 0$.",
    "Note that $x < 0$.",
    "Hence $x < 0$.",
    "It follows that $x < 0$.",
    "The value $x < 0$ is small.",
    "We see, given $x < 0$, that it is small.",
    "Is $x < 0$?",
    "Recall $x < 0$.",
    "$x < 0$.",
    "If $x < 0$, then all is well.",
    "Letting go of $x < 0$ is hard.",
    "Forget $x < 0$.",
    "Therefore $x < 0$.",
    "Whereas $x < 0$.",
    "```\nGiven $x < 0$.\n```",
    "<!-- Given $x < 0$. -->",
]


@pytest.mark.parametrize("sentence", SILENT)
def test_any_other_sentence_declares_nothing(sentence):
    assert after(sentence, r"\sqrt{x^2} = x") == "proved"  # where x > 0, as it stands under a root


def test_a_declaration_ends_with_its_sentence():
    assert after(r"Given $y > 0$. It is said that $x < 0$.", r"\sqrt{x^2} = x") == "proved"


def test_declarations_hold_to_the_end_of_the_document():
    text = "# one\n\nGiven $x < 0$.\n\n# two\n\n$$\n\\sqrt{x^2} = x\n$$\n"
    assert verdicts(text) == "refuted"


def test_they_do_not_hold_before():
    text = "$$\n\\sqrt{x^2} = x\n$$\n\nGiven $x < 0$.\n"
    assert verdicts(text) == "proved"


# --- facts ------------------------------------------------------------------------------------------------------------

WEIGHTS = r"$k \in \{1,\dots,K\}$, $\alpha_k > 0$"

FACTS = {
    "and": f"Given {WEIGHTS} and $\\sum_{{k=1}}^K \\alpha_k = 1$.",
    "with": f"Given {WEIGHTS} with $\\sum_k \\alpha_k = 1$.",
    "such that": f"Given {WEIGHTS} such that $\\sum_{{k}} \\alpha_{{k}} = 1$.",
    "another sentence": f"Given {WEIGHTS}. Assume that $\\sum_k \\alpha_k = 1$.",
    "the other way round": f"Given {WEIGHTS} and $1 = \\sum_k \\alpha_k$.",
    "displayed": f"Given {WEIGHTS} with\n\n$$\n\\sum_k \\alpha_k = 1\n$$\n",
}


@pytest.mark.parametrize("declaration", FACTS.values(), ids=FACTS)
def test_a_fact_may_be_used(declaration):
    assert after(declaration, r"\sum_{j=1}^K 3 \alpha_j = 3") == "proved"
    assert after(declaration, r"\sum_{j=1}^K \alpha_j^2 = 1") == "refuted"


def test_without_the_fact_it_does_not_hold():
    assert after(f"Given {WEIGHTS}.", r"\sum_{j=1}^K 3 \alpha_j = 3") == "refuted"


# --- definitions ------------------------------------------------------------------------------------------------------

DEFINED = {
    "a name": (r"Let $s = a + b$.", r"s^2 = a^2 + 2ab + b^2", r"s^2 = a^2 + b^2"),
    "by a sign": (r"Define $s := a + b$.", r"s - a = b", r"s = a"),
    "a sum": (
        r"Given $n \in \{1,\dots,N\}$. Let $\bar{x} = \frac{1}{N} \sum_{n=1}^N x_n$.",
        r"\sum_n (x_n - \bar x) = 0",
        r"\bar x = 0",
    ),
    "a family": (
        r"Given $k \in \{1,\dots,K\}$, $n \in \{1,\dots,N\}$, $y_n \in \{1,\dots,K\}$. Let $N_k = \sum_n "
        r"\mathbb{1}[y_n=k]$.",
        r"\sum_k N_k = N",
        r"\sum_k N_k = K",
    ),
    "for an index after it": (
        r"Given $n \in \{1,\dots,N\}$, $y_n \in \{0,1\}$. Let $N_k = \sum_n \mathbb{1}[y_n=k]$ for $k \in \{0,1\}$.",
        r"N_1 = \sum_n \mathbb{1}[y_n = 1]",
        r"N_1 = \sum_n \mathbb{1}[y_n = 0]",
    ),
    "a function": (r"Let $f(x) = x^2$.", r"f(a + b) = a^2 + 2ab + b^2", r"f(a + b) = f(a) + f(b)"),
    "a function of two": (r"Let $f(x, y) = x - y$.", r"f(3, 1) = 2", r"f(1, 3) = 2"),
    "its derivative": (r"Let $f(x) = x^3$.", r"f'(x) = 3 x^2", r"f'(x) = x^2"),
    "its value by its name": (
        r"Let $\ell(\mu) = -\mu^2$.",
        r"\frac{\partial \ell}{\partial \mu} = -2\mu",
        r"\frac{\partial \ell}{\partial \mu} = 2\mu",
    ),
    "with arguments that are not values": (
        r"Let $\ell(\theta; D) = \theta^2$.",
        r"\frac{\partial \ell(\theta; D)}{\partial \theta} = 2 \theta",
        r"\ell(\theta; D) = \theta",
    ),
    "a softmax": (
        r"Given $i, j, k \in \{1,\dots,K\}$, $h_k \in \mathbb{R}$ and $p_i = \frac{e^{h_i}}{\sum_{k=1}^K e^{h_k}}$.",
        r"\sum_i p_i = 1",
        r"p_i = e^{h_i}",
    ),
    "of several letters": (r"Let $NLL = -\log a$ with $a > 0$.", r"e^{-NLL} = a", r"NLL = \log a"),
    "two in one sentence": (r"Let $s = a + b$ and $d = a - b$.", r"s + d = 2a", r"s = d"),
    "one by another": (r"Let $s = a + b$. Let $t = 2 s$.", r"t = 2a + 2b", r"t = a + b"),
    "written as words": (
        r"Define $\text{acc} = \frac{a}{b}$ with $b > 0$.",
        r"b \cdot \text{acc} = a",
        r"\text{acc} = a",
    ),
}


@pytest.mark.parametrize(("declaration", "right", "wrong"), DEFINED.values(), ids=DEFINED)
def test_a_definition_may_be_unfolded(declaration, right, wrong):
    assert after(declaration, right) in ("proved", "supported")
    assert after(declaration, wrong) == "refuted"


@pytest.mark.parametrize(
    "words",
    [
        "Let us compute",
        "Let us now show that",
        "Given this, we obtain",
        "Here we see that",
        "For $y = 4$ this gives",
        "With $y = 4$ we get",
        "Let us compute the sum:",
        "Where this leads is",
        "Let's expand:",
        "For clarity, note that",
        "Here it follows that",
        "We write this out:",
        "So we can write",
        "With this we find",
    ],
)
def test_words_that_lead_to_a_claim_do_not_give_it(words):

    assert verdicts(f"{words}\n\n$$\n1 + 1 = 3\n$$\n") == "refuted"


@pytest.mark.parametrize(
    ("words", "role"), [("where", "given"), ("with", "given"), ("Let", "given"), ("Define", "given")]
)
def test_words_that_declare_give_the_first_display_behind_them(words, role):
    text = f"$$\na = u + v\n$$\n\n{words}\n\n$$\nu = 2 v\n$$\n\n$$\nu = 3 v\n$$\n"
    assert [line.role for line in lines(text)][1] in (role, "definition")
    assert verdicts(text).split()[1:] == ["assumed", "refuted"]


def test_a_second_definition_of_a_name_is_a_claim():
    text = "Let $s = a + b$.\n\n$$\ns = a + b + 1\n$$\n"
    assert verdicts(text) == "refuted"


def test_a_later_definition_in_words_does_not_change_the_first():
    assert after("Let $s = a + b$. Let $s = a - b$.", "b = 0") != "assumed"


# --- the model and words about probability ----------------------------------------------------------------------------

MIXTURE = (
    r"Given $k, j \in \{1,\dots,K\}$, $y \in \{1,\dots,K\}$, $x \in \mathbb{R}$, $\alpha_k > 0$ with $\sum_k "
    r"\alpha_k = 1$, "
    r"$\mu_k \in \mathbb{R}$ and the model $p(y=k) = \alpha_k$ and $p(x | y=k, \mu) = \frac{1}{\sqrt{2\pi}} "
    r"e^{-(x - \mu_k)^2/2}$."
)

IN_WORDS = {
    "a model": (
        MIXTURE,
        r"p(y=k | x) = \frac{p(x | y=k) \alpha_k}{\sum_j p(x | y=j) \alpha_j}",
        r"p(y=k | x) = p(x | y=k) \alpha_k",
    ),
    "total probability in a model": (MIXTURE, r"p(x) = \sum_k p(x | y=k) p(y=k)", r"p(x) = \sum_k p(x | y=k)"),
    "parameters may stand there or not": (MIXTURE, r"p(x | y=k) = p(x | y=k, \mu)", r"p(x | y=k) = p(x, y=k)"),
    "independent": ("Assume that $A$ and $B$ are independent.", "P(A, B) = P(A) P(B)", "P(A, C) = P(A) P(C)"),
    "independent, with let": ("Let $A$ and $B$ be independent events.", "P(A | B) = P(A)", "P(A | C) = P(A)"),
    "independent given": (
        "Assume that $A$ and $B$ are independent given $C$.",
        "P(A, B | C) = P(A | C) P(B | C)",
        "P(A, B) = P(A) P(B)",
    ),
    "conditionally independent": (
        "Assume that $A$ and $B$ are conditionally independent given $C$.",
        "P(A | B, C) = P(A | C)",
        "P(A | B) = P(A)",
    ),
    "exactly one": ("Assume that exactly one of $A$, $B$ and $C$ occurs.", "P(A) + P(B) + P(C) = 1", "P(A) + P(B) = 1"),
    "exactly one of a family": (
        r"Assume that exactly one of $C_1, \dots, C_K$ occurs.",
        r"\sum_{k=1}^K P(C_k) = 1",
        r"P(A) = \sum_{k=1}^K P(A | C_k)",
    ),
    "total probability of a family": (
        r"Assume that exactly one of $C_1, \dots, C_K$ occurs.",
        r"P(A) = \sum_{k=1}^K P(A | C_k) P(C_k)",
        r"P(C_1) = 1",
    ),
    "i.i.d.": (
        r"Given $n \in \{1,\dots,N\}$. Assume that the samples $x^{(n)}$ are i.i.d.",
        r"p(x^{(1)}, \dots, x^{(N)}) = \prod_{n=1}^N p(x^{(n)})",
        r"p(x^{(1)}, \dots, x^{(N)}) = p(x^{(1)})",
    ),
    "pairs that are i.i.d.": (
        r"Given $i \in \{1,\dots,N\}$ and $y^{(i)} \in \{1,\dots,K\}$. Assume that the pairs "
        r"$(y^{(i)},x^{(i)})$ are i.i.d. given $\theta$.",
        r"p(y^{(1)},x^{(1)},\dots,y^{(N)},x^{(N)} | \theta) = \prod_{i=1}^N p(y^{(i)},x^{(i)} | \theta)",
        r"p(y^{(1)},x^{(1)},\dots,y^{(N)},x^{(N)} | \theta) = \prod_{i=1}^N p(y^{(i)} | \theta)",
    ),
    "samples independent given": (
        r"Given $y^{(n)} \in \{1,\dots,K\}$ for $n \in \{1,\dots,N\}$. Assume that the samples "
        r"$(x^{(1)},y^{(1)}),\dots,(x^{(N)},y^{(N)})$ are independent given $\theta$.",
        r"p(x^{(1)},y^{(1)},\dots,x^{(N)},y^{(N)} | \theta) = \prod_{n=1}^N p(x^{(n)},y^{(n)} | \theta)",
        r"p(x^{(1)},y^{(1)},\dots,x^{(N)},y^{(N)} | \theta) = \prod_{n=1}^N p(x^{(n)} | \theta)",
    ),
    "no word at all": ("Consider $A$ and $B$.", "P(A, B) = P(A | B) P(B)", "P(A, B) = P(A) P(B)"),
    "a value of a probability": (
        r"Given $P(A) = \frac{1}{4}$.",
        r"P(\bar A) = \frac{3}{4}",
        r"P(\bar A) = \frac{1}{4}",
    ),
}


@pytest.mark.parametrize(("declaration", "right", "wrong"), IN_WORDS.values(), ids=IN_WORDS)
def test_what_is_said_in_words_may_be_used(declaration, right, wrong):
    assert after(declaration, right) in ("proved", "supported")
    assert after(declaration, wrong) in ("refuted", "undecided")


DENIED = [
    ("Assume that $A$ and $B$ are not independent.", "P(A, B) = P(A) P(B)"),
    ("Assume that $A$ and $B$ need not be independent.", "P(A, B) = P(A) P(B)"),
    ("Assume that $A$ and $B$ are not necessarily independent.", "P(A, B) = P(A) P(B)"),
    ("Assume that $A$ and $B$ are dependent.", "P(A, B) = P(A) P(B)"),
    ("Assume that neither $A$ nor $B$ is independent of $C$.", "P(A, C) = P(A) P(C)"),
    ("Let $A$ and $B$ be events that are not mutually exclusive.", "P(A, B) = 0"),
    (
        r"Given $n \in \{1,\dots,N\}$. Assume that the samples $x^{(n)}$ are not i.i.d.",
        r"p(x^{(1)}, \dots, x^{(N)}) = \prod_{n=1}^N p(x^{(n)})",
    ),
    ("Suppose that $A$ and $B$ are independent only if $C$ holds.", "P(A, B) = P(A) P(B)"),
]


@pytest.mark.parametrize(("declaration", "formula"), DENIED, ids=lambda value: value)
def test_what_is_denied_is_not_declared(declaration, formula):

    assert after(declaration, formula) != "proved"


@pytest.mark.parametrize("word", ["mutually exclusive", "pairwise disjoint"])
def test_mutually_exclusive_events_need_not_cover_everything(word):
    declaration = f"Assume that $A$, $B$ and $C$ are {word}."
    assert after(declaration, "P(A) + P(B) + P(C) = 1") != "proved"


# --- arrays -----------------------------------------------------------------------------------------------------------

ARRAYS = {
    "a matrix": (
        r"Given $X \in \mathbb{R}^{n \times p}$ and $b \in \mathbb{R}^p$.",
        r"(X b)^T X b = b^T X^T X b",
        r"X b = b",
    ),
    "symmetric": (r"Given $A \in \mathbb{R}^{n \times n}$ with $A^T = A$.", r"(A A)^T = A A", r"A = 2 A"),
    "symmetric, the other way round": (
        r"Given $A \in \mathbb{R}^{n \times n}$ with $A = A^\top$.",
        r"A^\top A = A A",
        r"A = 2 A",
    ),
    "the identity": (
        r"Given $b \in \mathbb{R}^p$, where $I$ is the $p \times p$ identity matrix.",
        r"I b = b",
        r"I b = 2 b",
    ),
    "a row": (
        r"Given $i \in \{1,\dots,n\}$, $X \in \mathbb{R}^{n \times p}$ and $b \in \mathbb{R}^p$, where $x_i^T$ "
        r"is the $i$-th row of $X$.",
        r"\|X b\|^2 = \sum_{i=1}^n (x_i^T b)^2",
        r"\|X b\|^2 = \sum_{i=1}^n x_i^T b",
    ),
    "samples that are vectors": (
        r"Given $i \in \{1,\dots,m\}$ and $x^{(i)}, \theta \in \mathbb{R}^n$.",
        r"\sum_{i=1}^m \theta^T x^{(i)} = \sum_{i=1}^m \sum_{j=1}^n \theta_j x^{(i)}_j",
        r"\theta^T x^{(i)} = \theta_1 x^{(i)}_1 + 1",
    ),
}


@pytest.mark.parametrize(("declaration", "right", "wrong"), ARRAYS.values(), ids=ARRAYS)
def test_arrays_are_declared_with_their_sizes(declaration, right, wrong):
    assert after(declaration, right) in ("proved", "supported")
    assert after(declaration, wrong) in ("refuted", "undecided", "unreadable")
    assert after(declaration, wrong) != "proved"


# --- what is not understood -------------------------------------------------------------------------------------------

GAPS = [
    # x is not new, so that x = 1 is no definition
    (r"Given $x \in S$.", r"x = 1"),
    (r"Given $x \in \{a : a > 0\}$.", r"x = 1"),
    (r"Given $x \foo 3$.", r"x = 1"),
]


@pytest.mark.parametrize(("declaration", "formula"), GAPS, ids=lambda value: value)
def test_a_declaration_that_is_not_understood_is_reported_and_refutes_nothing(declaration, formula):
    text = f"{declaration}\n\n$$\n{formula}\n$$\n"
    assert reading(text).problems
    assert verdicts(text) in ("undecided", "unreadable")


@pytest.mark.parametrize(
    "declaration",
    [
        r"Given $x \sim \mathcal{N}(0, 1)$.",
        r"Given $x \subset y$.",
        "Let $x$ be a random variable.",
        r"Given $x \in \mathbb{R}$.",
    ],
)
def test_a_declared_name_is_not_new(declaration):
    assert after(declaration, "x = 1") in ("refuted", "undecided")


def test_its_problem_says_where():
    outline = found("Given $y > 0$ and $x \\foo 3$.\n\n$$\ny = y\n$$\n").outline
    assert [problem.split(": ", 1)[0].split(":")[1:] for problem in outline.problems] == [["1", "22"]]


def test_what_is_not_understood_does_not_touch_other_names():
    assert after(r"Given $y > 0$ and $x \foo 3$.", r"\sqrt{y^2} = 2y") == "refuted"


# --- contradictions ---------------------------------------------------------------------------------------------------


def test_from_givens_that_contradict_themselves_nothing_is_proved_or_refuted():
    assert after("Given $x > 0$ and $x < 0$.", "1 = 2") in ("undecided", "refuted")
    assert after("Given $x = 3$ and $x = 4$.", "x = 5") == "undecided"


QUALIFIED = [
    r"Assume $x > 0$ or $x < -1$.",
    r"Assume that $x > 0$ does not hold.",
    r"Suppose that $x > 0$ is false.",
    r"Assume it is not true that $x > 0$.",
    r"Assume $x > 0$ if $y > 0$.",
    r"Assume that if $y > 0$ then $x > 0$.",
    r"Assume $x > 0$ unless $y > 0$.",
    r"Let $f(y) = 1$ when $x > 0$.",
    r"Let $f(y) = 1$ whenever $x > 0$.",
    r"Let $f(y) = y$, so $x > 0$.",
    r"Let $f(y) = y$, hence $x > 0$.",
    r"Here $x > 0$ would be wrong.",
    r"Consider whether $x > 0$.",
    r"Let us prove that $x > 0$.",
    r"With this we get $x > 0$.",
    r"For the sum we obtain $x > 0$.",
    r"For $x > 0$ we have all we need.",
]


@pytest.mark.parametrize("sentence", QUALIFIED)
def test_what_is_said_under_a_condition_or_as_a_conclusion_is_not_declared(sentence):
    assert after(r"Given $x, y \in \mathbb{R}$. " + sentence, r"\sqrt{x^2} = x") != "proved"


def test_what_is_said_of_one_member_is_not_said_of_all():

    family = r"Given $k \in \{1,\dots,K\}$, $s_k \in \mathbb{R}$ and "
    assert after(family + "$s_1 > 0$.", r"\sqrt{s_1^2} = s_1") in ("proved", "supported")
    assert after(family + "$s_1 > 0$.", r"\sqrt{s_2^2} = s_2") == "refuted"
    assert after(family + "$s_k > 0$.", r"\sqrt{s_2^2} = s_2") == "proved"
    assert after(family + "$s_1 = 3$.", "s_1 = 3") == "proved"
    assert after(family + "$s_1 = 3$.", "s_2 = 3") == "refuted"


def test_what_holds_for_some_indices_does_not_hold_for_all():

    declaration = r"Given $k \in \{1,\dots,K\}$ and $a_k \in \mathbb{R}$ with $a_k = 3$ for $k > 1$."
    assert after(declaration, "a_1 = 3") != "proved"
    assert after(declaration, "a_k = 3") != "proved"


# --- "where" behind a display -----------------------------------------------------------------------------------------

MEAN = r"$\bar{x} = \frac{1}{N} \sum_n x_n$"
SAMPLES = r"Let $n \in \{1,\dots,N\}$ and $x_n \in \mathbb{R}$."


@pytest.mark.parametrize(
    ("formula", "verdict"),
    [
        (r"\sum_n (x_n - \bar{x})^2 = \sum_n x_n^2 - N \bar{x}^2", "proved"),
        (r"\sum_n (x_n - \bar{x})^2 = \sum_n x_n^2 + N \bar{x}^2", "refuted"),
        (r"N \bar{x} = \sum_n x_n", "proved"),
        (r"2 \bar{x} = \sum_n x_n", "refuted"),
    ],
)
@pytest.mark.parametrize("behind", ["where {}.", "where {}. It is used below.", "Where {}."])
def test_what_is_defined_behind_a_display_in_its_sentence_is_known_in_it(formula, verdict, behind):
    assert verdicts(f"{SAMPLES}\n\n$$\n{formula}\n$$\n{behind.format(MEAN)}\n") == verdict


def test_what_is_defined_in_a_sentence_of_its_own_is_known_behind_it_only():
    text = f"{SAMPLES}\n\n$$\nN \\bar{{x}} = \\sum_n x_n\n$$\n\nLet {MEAN}.\n"
    assert verdicts(text) != "proved"


def test_what_stands_behind_a_display_is_said_once():
    text = f"{SAMPLES}\n\n$$\nS = N \\bar{{x}}\n$$\nwhere {MEAN}.\n\n$$\nS = \\sum_n x_n\n$$\n"
    assert verdicts(text) == "assumed proved"


# --- counts in words -------------------------------------------------------------------------------------------------

LABELS = r"Let $n \in \{1,\dots,N\}$, $k \in \{1,\dots,K\}$ and $y_n \in \{1,\dots,K\}$."


@pytest.mark.parametrize(
    "words",
    [
        "Let $N_k$ be the number of samples in class $k$.",
        "Let $N_k$ denote the number of training examples of class $k$.",
        "Here $N_k$ is the number of data points that belong to class $k$.",
        "Here $N_k$ is the total number of observations labelled as class $k$.",
        "Let $N_k$ be the number of samples with $y_n = k$.",
        "Let $N_k$ be the count of examples for which $y_n = k$.",
        "Let $M_k$ be the number of points with label $k$.",
    ],
)
def test_a_count_in_words_is_a_definition(words):
    letter = "M" if "M_k" in words else "N"
    count = f"{letter}_k"
    right = (rf"{count} = \sum_n \mathbb{{1}}[y_n = k]", rf"\sum_k {count} = N")
    wrong = (rf"{count} = \sum_n \mathbb{{1}}[y_n \neq k]", rf"\sum_k {count} = K", rf"{count} = N")
    assert after(f"{LABELS} {words}", *right) == "proved proved"
    assert after(f"{LABELS} {words}", *wrong) == "refuted refuted refuted"


@pytest.mark.parametrize(
    "words",
    [
        "Let $N_k$ be the number of samples not in class $k$.",
        "Let $N_k$ be the number of samples in class $j$.",
        "Let $N_k$ be the number of features in class $k$.",
        "Let $N_k$ be the number of samples in every class but $k$.",
        "Let $N_k$ be the number of samples before class $k$.",
        "Let $N_k$ be twice the number of samples in class $k$.",
        "Let $N_k$ be the average number of samples in class $k$.",
        "Let $N_k$ be the number of samples with $x_n = k$.",
        "The number of samples in class $k$ is not $N_k$.",
    ],
)
def test_other_words_define_no_count(words):
    assert "proved" not in after(f"{LABELS} {words}", r"\sum_k N_k = N", r"N_k = \sum_n \mathbb{1}[y_n = k]").split()[0]


def test_a_count_is_of_the_only_labels():
    two = r"Let $n \in \{1,\dots,N\}$, $k \in \{1,\dots,K\}$, $y_n \in \{1,\dots,K\}$ and $z_n \in \{1,\dots,K\}$."
    assert after(f"{two} Let $N_k$ be the number of samples in class $k$.", r"\sum_k N_k = N") != "proved"
    assert after(f"{two} Let $N_k$ be the number of samples with $z_n = k$.", r"\sum_k N_k = N") == "proved"


def test_what_a_defined_name_is_called_says_no_more_of_it():
    declared = rf"{SAMPLES} Let {MEAN} be the sample mean."
    called = rf"{SAMPLES} Here {MEAN} is the sample mean."
    for words in (declared, called):
        assert after(words, r"N \bar{x} = \sum_n x_n", r"\bar{x} = \sum_n x_n") == "proved refuted"


def test_what_is_said_besides_of_a_defined_name_is_not_forgotten():
    words = rf"{SAMPLES} Here {MEAN} is the maximum."
    assert after(words, r"\bar{x} = \sum_n x_n") == "undecided"


def test_a_fact_goes_on_behind_the_noun_of_what_is_declared():
    text = "Let $i \\in \\{1,\\dots,K\\}$. Let $p_i > 0$ be the joint probabilities, with $\\sum_i p_i = 1$.\n\n"
    assert verdicts(text + "$$\\sum_{i=1}^K p_i = 1$$") == "proved"
    assert verdicts(text.replace(", with", ", not with") + "$$\\sum_{i=1}^K p_i = 1$$") in ("refuted", "undecided")


# --- indicators in words, definitions behind an opening clause, families by their indices -----------------------------

LABELLED = r"Let $n \in \{1,\dots,N\}$, $k \in \{1,\dots,K\}$ and $y_n \in \{1,\dots,K\}$."


@pytest.mark.parametrize(
    "words",
    [
        r"Let $t_{nk}$ be 1 if $y_n = k$ and 0 otherwise.",
        r"Let $t_{nk}$ be $1$ if $y_n = k$ and $0$ otherwise.",
        r"Let $t_{nk} = 1$ if $y_n = k$, and $t_{nk} = 0$ otherwise.",
        r"Let $t_{nk} = 1$ when $y_n = k$, else $0$.",
        r"Define $t_{nk}$ to be the labels, where $t_{nk}$ is the indicator of $y_n = k$.",
        r"For the likelihood, let $t_{nk} = \mathbb{1}[y_n = k]$.",
        r"Throughout I write $t_{nk} = \mathbb{1}[y_n = k]$ for the one-hot label.",
        r"With $N$ samples, let $t_{nk} = \mathbb{1}[y_n = k]$.",
    ],
)
def test_an_indicator_is_defined_in_words(words):
    assert after(f"{LABELLED} {words}", r"\sum_{k=1}^K t_{nk} = 1", r"\sum_{n=1}^N t_{nk} = 1") == "proved refuted"


@pytest.mark.parametrize(
    "words",
    [
        r"Let $t_{nk}$ be 1 if $y_n = k$.",  # and elsewhere?
        r"Let $t_{nk}$ be 1 if $y_n = k$ and 2 otherwise.",
        r"If the labels were known, let $t_{nk} = \mathbb{1}[y_n = k]$.",
        r"It would be wrong, let $t_{nk} = \mathbb{1}[y_n = k]$ or not.",
    ],
)
def test_other_words_define_no_indicator(words):
    assert after(f"{LABELLED} {words}", r"\sum_{k=1}^K t_{nk} = 1") not in ("proved", "supported")


def test_families_of_one_letter_are_told_by_the_number_of_their_indices():
    both = (
        rf"{LABELLED} Let $d \in \{{1,\dots,D\}}$ and $x_{{nd}} \in \mathbb{{R}}$. "
        r"Let $N_k = \sum_n \mathbb{1}[y_n=k]$ and $N_{dk} = \sum_n \mathbb{1}[y_n=k] x_{nd}$."
    )
    assert after(both, r"\sum_n \mathbb{1}[y_n=k] (1 - x_{nd}) = N_k - N_{dk}", r"N_{dk} = N_k") == "proved refuted"
    again = rf"{LABELLED} Let $N_k = \sum_n \mathbb{{1}}[y_n=k]$. Let $N_k = 3$."
    assert after(again, "N_k = 3") != "proved"


@pytest.mark.parametrize(
    ("words", "stated"),
    [
        (r"Let $q_k \in \{0,1\}$ be a one-hot target, $\sum_k q_k = 1$.", True),
        (r"Let $q_k > 0$ be the weights of a mixture, with $\sum_k q_k = 1$.", True),
        (r"Let $q_k > 0$ be weights that should not be confused, $\sum_k q_k = 1$.", False),
        (r"Let $q_k > 0$ be weights for which nobody claims, $\sum_k q_k = 1$.", False),
    ],
)
def test_a_fact_stands_behind_what_a_name_is_called(words, stated):
    text = rf"Let $k \in \{{1,\dots,K\}}$ and $c \in \mathbb{{R}}$. {words}"
    assert (after(text, r"\sum_k c q_k = c") == "proved") is stated


def test_an_index_that_begins_with_zero_is_no_number():
    numbers = r"Let $w_{01}, w_{10}, w_1 > 0$."
    assert after(numbers, "w_{01} = w_1", "w_{01} = w_{10}", "w_{01} = w_{0,1}") == "refuted refuted proved"


def test_a_bar_in_a_label_makes_a_name():
    assert after(r"Let $H_{y|x} = a^2$ and $a > 0$.", r"\sqrt{H_{y|x}} = a", "H_{y|x} = a") == "proved refuted"
    summed = r"Let $x, y \in \{1,\dots,M\}$ and $a_y \in \mathbb{R}$."
    assert after(summed, r"\sum_y p_{y|x} a_y = p_{y|x} \sum_y a_y") not in ("proved", "supported")


def test_a_distribution_is_no_function_of_its_letter():
    text = (
        r"Let $i \in \{1,\dots,N\}$ and $x_i \in \mathbb{R}$. They come from $\mathcal{N}(\mu, v)$. "
        r"Let $a = \frac{1}{N} \sum_i x_i$."
    )
    assert after(text, r"\sum_i (x_i - \mu)^2 = \sum_i (x_i - a)^2 + N(a - \mu)^2") == "proved"


@pytest.mark.parametrize(
    ("words", "stated"),
    [
        (r"With the constraint $\sum_k q_k = 1$ we have the following.", True),
        (r"Under the constraint that $\sum_k q_k = 1$, the function is maximised.", True),
        (r"With the wrong $\sum_k q_k = 1$ we have the following.", False),
        (r"Under no constraint $\sum_k q_k = 1$ we would get this.", False),
    ],
)
def test_a_constraint_is_a_fact_whatever_its_sentence_goes_on_with(words, stated):
    text = rf"Let $k \in \{{1,\dots,K\}}$ and $c, q_k \in \mathbb{{R}}$. {words}"
    assert (after(text, r"\sum_k c q_k = c") == "proved") is stated


def test_a_negative_log_likelihood_is_a_name_and_no_property():
    """Nothing is said of J but what it is called, so that what is false of it is refuted."""
    text = "Let $J = a^2 + b$ be the negative log-likelihood.\n\n$$\nJ = a^2 - b\n$$\n"
    assert found(text).verdicts.split()[-1] == "refuted"


@pytest.mark.parametrize(
    "sentence",
    [
        r"We have $N$ samples $(x_n, y_n)$ where $y_n \in \{1,\dots,K\}$.",
        r"We observe data points $x_1, \dots, x_N$ with $y_n \in \{1,\dots,K\}$.",
        r"There are $K$ classes, with $y_n \in \{1,\dots,K\}$ for $n = 1,\dots,N$.",
        r"The data consist of $N$ pairs with $y_n \in \{1,\dots,K\}$.",
    ],
)
def test_a_sentence_that_introduces_data_declares(sentence):
    text = f"{sentence}\n\n$$\n\\sum_{{k=1}}^K \\mathbb{{1}}[y_n=k] = 1\n$$\n"
    assert verdicts(text) == "proved"


@pytest.mark.parametrize(
    "sentence",
    [
        r"The line $\ell$ where $x = y$ is drawn dashed.",
        r"Points $(x, y)$ where $x = y$ are on the diagonal.",
        "Compare $x^2$ and $xy$ where $x = 1$ and $y = 1$.",
        "There are points $x$ where $x = y$.",
        "There are pairs with $x = y$.",
        "There are two points $x$ with $x = y$.",
    ],
)
def test_a_place_where_something_holds_is_not_all_that_there_is(sentence):
    text = f"Let $x, y \\in \\mathbb{{R}}$. {sentence}\n\n$$\nx^2 = x y\n$$\n"
    assert verdicts(text) == "refuted"


@pytest.mark.parametrize(
    ("sentence", "formula", "verdict"),
    [
        ("There are examples with $a > 0$.", "|a| = a", "refuted"),
        ("There are pairs with $a = b$.", "a^2 = ab", "undecided"),
        (r"There are $K = 3$ classes in the example.", r"\sum_{k=1}^K k = 6", "undecided"),
        (r"There are $K = 3$ classes.", r"\sum_{k=1}^K k = 6", "proved"),
        ("Let $x$ be a number with $x = 3$ in the worst case.", "x^2 = 9", "undecided"),
        ("The old density $q = 2$ is used by some.", "q^2 = 4", "undecided"),
        ("The density $q = 2$ is used.", "q^2 = 4", "proved"),
        (r"The loss is $L = a x$ where $a = 2$.", "L = 2 x", "proved"),
        (r"The loss is $L = a x$ where $a = 2$.", "L = 3 x", "refuted"),
    ],
)
def test_what_some_have_is_not_said_of_all(sentence, formula, verdict):
    assert verdicts(f"{sentence}\n\n$$\n{formula}\n$$\n") == verdict


@pytest.mark.parametrize(
    "sentence",
    [
        "We have $x^2 = x$.",
        "There are several ways to see that $x^2 = x$.",
        "The data show that $x^2 = x$.",
        "We have the sum $x^2 = x$.",
    ],
)
def test_a_sentence_that_claims_declares_nothing(sentence):
    assert verdicts(f"{sentence}\n\n$$\nx^2 = x\n$$\n") == "refuted"


@pytest.mark.parametrize(
    ("sentence", "formula", "verdict"),
    [
        (r"Show that the sigmoid $\sigma(a) = \frac{1}{1+e^{-a}}$ satisfies $\sigma(-a) = 1-\sigma(a)$.",
         r"\sigma(-a) = 1 - \sigma(a)", "proved"),
        (r"Show that the sigmoid $\sigma(a) = \frac{1}{1+e^{-a}}$ satisfies $\sigma(-a) = \sigma(a)$.",
         r"\sigma(-a) = \sigma(a)", "refuted"),
        (r"The logistic loss $g(z) = \log(1+e^{-z})$ is convex.", r"g'(z) = -\frac{1}{1+e^z}", "proved"),
        (r"Verify whether the identity $g(z) = z^2$ is true.", r"g(3) = 9", "undecided"),
        (r"Show that the derivative $g(z) = z^2$ is positive.", r"g(3) = 9", "undecided"),
    ],
)  # fmt: skip
def test_the_formula_of_a_noun_defines_whatever_is_said_of_it(sentence, formula, verdict):
    assert verdicts(f"{sentence}\n\n$$\n{formula}\n$$\n") == verdict


NETWORK = r"""
Consider a network with hidden units $h_j = \sigma(a_j)$, $a_j = \sum_{i=1}^D w_{ji} x_i$ and output
$\hat y = \sum_{j=1}^H v_j h_j$, where $\sigma(a) = 1/(1+e^{-a})$. The loss is $L = \frac12 (\hat y - t)^2$.
"""


@pytest.mark.parametrize(
    ("formula", "verdict"),
    [
        (r"\frac{\partial L}{\partial h_j} = (\hat y - t) v_j", "proved"),
        (r"\frac{\partial L}{\partial a_j} = (\hat y - t) v_j h_j (1-h_j)", "proved"),
        (r"\frac{\partial L}{\partial w_{ji}} = (\hat y - t) v_j h_j (1-h_j) x_i", "proved"),
        (r"\frac{\partial L}{\partial w_{ji}} = (\hat y - t) v_j h_j x_i", "refuted"),
        (r"\frac{\partial L}{\partial w_{ji}} = (\hat y - t) v_j (1-h_j) x_i", "refuted"),
    ],
)
def test_what_a_sentence_considers_is_defined_name_by_name(formula, verdict):
    assert verdicts(f"{NETWORK}\n$$\n{formula}\n$$\n") == verdict


@pytest.mark.parametrize(
    "sentence",
    [
        "The answer is $m = 3$.",
        "The estimate is $m = 3$.",
        "The loss is not $m = 3$.",
        "We claim the loss is $m = 3$.",
        "Consider the case with $m = 3$.",
        "Consider whether the output $m = 3$ is right.",
    ],
)
def test_a_result_or_a_case_in_a_sentence_defines_nothing(sentence):
    assert verdicts(f"{sentence}\n\n$$\nm^2 = 9\n$$\n") in ("undecided", "refuted")


def test_the_main_clause_behind_what_is_declared_says_what_a_noun_is():
    opening = r"With $r = w x + b - y$, the loss is $\ell = r^2$."
    assert verdicts(f"{opening}\n\n$$\n\\frac{{\\partial\\ell}}{{\\partial w}} = 2 r x\n$$\n") == "proved"
    assert verdicts(f"{opening}\n\n$$\n\\frac{{\\partial\\ell}}{{\\partial r}} = 2 r\n$$\n") == "proved"
    assert verdicts(f"{opening}\n\n$$\n\\frac{{\\partial\\ell}}{{\\partial w}} = r x\n$$\n") == "refuted"
    assert verdicts("With $r = 2$, we get $m = 3$.\n\n$$\nm + r = 5\n$$\n") in ("undecided", "refuted")
