"""Vectors whose components are independent given a class: what words and equations say so, and what then holds."""

import pytest

from tests.reading.test_declarations import after

CLASSES = r"Let $y \in \{1,\dots,K\}$. "
POSTERIOR = r"p(y=k|x) = \frac{p(y=k) \prod_{i=1}^D p(x_i|y=k)}{\sum_{j=1}^K p(y=j) \prod_{i=1}^D p(x_i|y=j)}"
LOG = r"\log p(y=k|x) = \log p(y=k) + \sum_{i=1}^{D} \log p(x_{i}|y=k)"
EVIDENCE = LOG + r" - \log p(x)"

SAYINGS = {
    "a list": CLASSES + r"Suppose the features $x_1, \dots, x_D$ are conditionally independent given $y$.",
    "a list that is": CLASSES + r"Let $x_1, \dots, x_D$ be conditionally independent given $y$.",
    "the class": CLASSES + r"Assume that $x_1,\dots,x_D$ are independent given the class.",
    "the components": CLASSES + r"Let $x \in \mathbb{R}^D$. Assume the components of $x$ are independent given $y$.",
    "naive Bayes": CLASSES
    + r"Let $x \in \mathbb{R}^D$. Naive Bayes assumes the features are independent given the class.",
    "an equation": CLASSES + r"Assume $p(x|y) = \prod_{i=1}^D p(x_i|y)$.",
    "an equation at a value": CLASSES + r"Assume that $p(x|y=k) = \prod_{i=1}^D p(x_i|y=k)$.",
    "under an assumption": CLASSES + r"Under the naive Bayes assumption, $p(x|y) = \prod_{i=1}^D p(x_i|y)$.",
}


@pytest.mark.parametrize("saying", SAYINGS.values(), ids=SAYINGS)
def test_the_posterior_is_of_the_components(saying):
    assert after(saying, POSTERIOR, EVIDENCE, LOG) == "proved proved refuted"


@pytest.mark.parametrize(
    "saying",
    [
        CLASSES + r"Let the features be $x_1, \dots, x_D$.",
        CLASSES + r"Suppose the features $x_1, \dots, x_D$ are not independent given $y$.",
        CLASSES + r"Is it true that $x_1, \dots, x_D$ are independent given $y$?",
        CLASSES + r"Assume $p(x|y) = \sum_{i=1}^D p(x_i|y)$.",
        CLASSES + r"Assume $p(x|y=1) = \prod_{i=1}^D p(x_i|y=1)$.",
        CLASSES + r"Suppose some of the features $x_1, \dots, x_D$ are independent given $y$.",
        CLASSES + r"Suppose the features $x_1, \dots, x_D$ are pairwise independent given $y$.",
        CLASSES + r"Suppose the features $x_1, \dots, x_D$ are independent given $y$ and $z$.",
        CLASSES + r"Suppose the features $x_1, \dots, x_D$ are independent given the class and $z$.",
        CLASSES + r"Suppose the features $x_1, \dots, x_D$ are independent given $y = 1$.",
        CLASSES + r"Suppose the features $x_1, \dots, x_D$ are independent of $y$.",
        CLASSES + r"Let $x_1, \dots, x_D$ be such that the labels are independent given $y$.",
        CLASSES + r"Let $x_1, \dots, x_D$ be features of pixels that are independent given $z$.",
        CLASSES + r"If the features $x_1, \dots, x_D$ are independent given $y$, then",
        CLASSES + r"Assume $p(x|y) = \prod_{i=2}^D p(x_i|y)$.",
    ],
)
def test_where_it_is_not_said_the_posterior_is_not_proved(saying):
    assert "proved" not in after(saying, POSTERIOR, EVIDENCE)


# formula, verdict, where the features of SAYINGS["a list"] are independent given y
CLAIMS = [
    (r"p(x_1,\dots,x_D|y=k) = \prod_{j=1}^D p(x_j|y=k)", "proved"),
    (r"p(x_1,\dots,x_D) = \sum_{k=1}^K p(y=k) \prod_{i=1}^D p(x_i|y=k)", "proved"),
    (r"p(x,y=k) = p(y=k)\prod_{i=1}^D p(x_i|y=k)", "proved"),
    (r"p(x_i) = \sum_{k=1}^K p(y=k) p(x_i|y=k)", "proved"),
    (r"p(x|y=k) = \sum_{i=1}^D p(x_i|y=k)", "refuted"),
    (r"p(x) = \prod_{i=1}^D p(x_i)", "refuted"),
    (r"p(x|y=k) = \prod_{i=1}^D p(x_i)", "refuted"),
    (r"p(x|y=k) = \prod_{i=1}^D p(x_1|y=k)", "refuted"),
    (r"p(x_1|y=k) = p(x_2|y=k)", "refuted"),
    (r"p(y=k|x) = p(y=k) \prod_{i=1}^D p(x_i|y=k)", "refuted"),
    (r"p(x_i=1|y=k) = 1", "undecided"),  # of other values than the observed one nothing is known
    (r"p(x_1,\dots,x_{D-1}|y=k) = \prod_{i=1}^{D-1} p(x_i|y=k)", "undecided"),
    (r"p(x_i,x_j|y=k) = p(x_i|y=k)p(x_j|y=k)", "undecided"),  # i and j may be one
]


@pytest.mark.parametrize(("formula", "verdict"), CLAIMS)
def test_what_holds_of_independent_components(formula, verdict):
    assert after(SAYINGS["a list"], formula) == verdict


STATED = (
    r"Let $y \in \{0,1\}$, $x \in \{0,1\}^D$, $p(y=1)=\pi$ with $0<\pi<1$, and $p(x_j=1|y=c)=\theta_{jc}$ with "
    r"$0<\theta_{jc}<1$. Assume the features are conditionally independent given $y$."
)
ODDS = (
    r"\log\frac{p(y=1|x)}{p(y=0|x)} = \log\frac{\pi}{1-\pi} + \sum_{j=1}^D \left[x_j\log\frac{\theta_{j1}}{\theta_{j0}}"
)


@pytest.mark.parametrize(
    ("formula", "verdict"),
    [
        (r"p(x_j|y=c) = \theta_{jc}^{x_j}(1-\theta_{jc})^{1-x_j}", "proved"),
        (r"p(x|y=c) = \prod_{j=1}^D \theta_{jc}^{x_j}(1-\theta_{jc})^{1-x_j}", "proved"),
        (ODDS + r" + (1-x_j)\log\frac{1-\theta_{j1}}{1-\theta_{j0}}\right]", "proved"),
        (r"p(x_j=0|y=c) = 1 - \theta_{jc}", "proved"),
        (r"p(x_j|y=c) = \theta_{jc}^{x_j}(1-\theta_{jc})^{x_j}", "refuted"),
        (r"p(x|y=c) = \prod_{j=1}^D \theta_{jc}(1-\theta_{jc})^{1-x_j}", "refuted"),
        (ODDS + r"\right]", "refuted"),
    ],
)
def test_the_density_of_a_component_is_the_one_that_is_stated(formula, verdict):
    assert after(STATED, formula) == verdict


def test_of_a_stated_density_without_independence_only_the_components_are_known():
    text = r"Let $d \in \{1,\dots,D\}$, $x_d \in \{0,1\}$ and $c \in \{1,\dots,C\}$. Let $p(x_d=1|c)=\theta_{cd}$."
    product = r"\prod_{d=1}^D \theta_{cd}^{x_d}(1-\theta_{cd})^{1-x_d}"
    assert after(text, rf"\prod_{{d=1}}^D p(x_d|c) = {product}", rf"p(x|c) = {product}") == "proved undecided"


def test_the_density_of_the_name_itself_is_the_one_that_is_stated():
    text = CLASSES + r"Let $p(x|y=k) = \mathcal{N}(x|\mu_k, 1)$ and let $x_1, \dots, x_D$ be independent given $y$."
    assert after(text, r"p(x|y=k) = \prod_{i=1}^D p(x_i|y=k)") != "proved"


def test_the_components_of_samples():
    text = (
        r"Let $y^{(n)} \in \{1,\dots,K\}$ for $n \in \{1,\dots,N\}$, $d \in \{1,\dots,D\}$. Assume that "
        r"$p(x^{(n)}|y^{(n)}) = \prod_{d=1}^D p(x_d^{(n)}|y^{(n)})$ and that the pairs $(x^{(n)},y^{(n)})$ are i.i.d."
    )
    left = r"\log \prod_{n=1}^N p(x^{(n)},y^{(n)}) = \sum_{n=1}^N \left[\log p(y^{(n)}) + "
    right = left + r"\sum_{d=1}^D \log p(x_d^{(n)}|y^{(n)})\right]"
    wrong = left + r"\log p(x_1^{(n)}|y^{(n)})\right]"
    assert after(text, right, wrong) == "proved refuted"


# formula, verdict, where the features are independent given y
SOME = [
    (r"p(x_1, x_2 | y) = p(x_1|y) p(x_2|y)", "proved"),
    (r"p(x_1, x_2 | y=k) = p(x_1|y=k) p(x_2|y=k)", "proved"),
    (r"p(x_1, x_2 | y) = p(x_1|y) p(x_1|y)", "refuted"),
    (r"p(x_1, x_2) = p(x_1) p(x_2)", "refuted"),
    (r"p(x_1, x_2) = \sum_{k=1}^K p(y=k) p(x_1|y=k) p(x_2|y=k)", "proved"),
    (r"p(y=k | x_1) = \frac{p(y=k) p(x_1|y=k)}{p(x_1)}", "proved"),
    (r"p(y=k | x_1) = \frac{p(x_1|y=k)}{p(x_1)}", "refuted"),
    (r"p(x_1, y=k) = p(y=k) p(x_1|y=k)", "proved"),
    (r"p(x_2 | x_1) = \frac{\sum_{k=1}^K p(y=k) p(x_1|y=k) p(x_2|y=k)}{p(x_1)}", "proved"),
    (r"p(x_2 | x_1) = p(x_2)", "refuted"),
    (r"p(x_1, x_2 | x_3, y) = p(x_1|y) p(x_2|y)", "proved"),
    (r"p(x | y) = \prod_{j=1}^D p(x_j | y)", "proved"),
    (r"p(x | y) = \sum_{j=1}^D p(x_j | y)", "refuted"),
    (r"p(x_i, x_j | y) = p(x_i|y) p(x_j|y)", "undecided"),
]


@pytest.mark.parametrize(("claim", "verdict"), SOME, ids=[claim for claim, _ in SOME])
def test_some_features_by_themselves(claim, verdict):
    assert after(SAYINGS["a list"], claim) == verdict


def test_the_values_of_a_binary_feature_are_not_those_of_all():
    given = (
        r"Each mail has a label $y \in \{0,1\}$ and $D$ binary features $x_1,\dots,x_D$. "
        r"The features are conditionally independent given $y$. "
        r"Write $p(x_j = 1|y=c) = \theta_{jc}$ with $0 < \theta_{jc} < 1$."
    )
    one = r"p(x_j|y=c) = \theta_{jc}^{x_j}(1-\theta_{jc})^{1-x_j}"
    whole = r"p(x|y=c) = \prod_{j=1}^D \theta_{jc}^{x_j}(1-\theta_{jc})^{1-x_j}"
    slip = r"p(x|y=c) = \prod_{j=1}^D \theta_{jc}^{x_j}"
    assert after(given, one, whole, r"p(x|y) = \prod_{j=1}^D p(x_j|y)", slip) == "proved proved proved refuted"
