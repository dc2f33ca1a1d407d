"""What holds of some members of a family, at some points, or is taken back by its words is no declaration."""

import pytest

from tests.reading.texts import verdicts


def after(declaration: str, formula: str) -> str:
    """The verdict on a formula displayed after a sentence."""
    return verdicts(f"{declaration}\n\n$$\n{formula}\n$$\n")


RANGE = r"Let $n \in \{1,\dots,N\}$"


@pytest.mark.parametrize(
    ("condition", "verdict"),
    [
        ("", "proved"),
        (" for all $n$", "proved"),
        (" for $n = 1, \\dots, N$", "proved"),
        (" for $n \\geq 1$", "proved"),
        (", $n > 1$", "undecided"),
        (" ($n \\geq 2$)", "undecided"),
        (" with $n > 1$", "undecided"),
        (" provided $n > 1$", "undecided"),
        (" for $n \\in \\{2, \\dots, N\\}$", "undecided"),
        (" for some $n$", "undecided"),
        (" for at least one $n$", "undecided"),
        (" for even $n$", "undecided"),
        (" for $n$ even", "undecided"),
    ],
)
def test_what_holds_of_some_members_is_not_said_of_all(condition, verdict):
    assert after(rf"{RANGE} and $x_n > 0${condition}.", r"|x_n| = x_n") == verdict
    assert after(rf"{RANGE} and $x_n = 0${condition}.", r"x_1 = 0") == verdict


@pytest.mark.parametrize("words", ["some", "most", "at least one", "there is", "there exists $n$ with"])
def test_what_some_member_is_no_other_need_be(words):
    assert after(rf"{RANGE}, where {words} $x_n > 0$.", r"|x_n| = x_n") == "undecided"


@pytest.mark.parametrize("opening", [r"For $n \geq 2$", r"For all $n \neq N$"])
def test_a_condition_before_a_definition_is_kept(opening):
    assert after(rf"{RANGE}. {opening}, define $x_n = 2$.", r"\sum_{n=1}^N x_n = 2N") == "undecided"
    assert after(rf"{RANGE}. Define $x_n = 2$.", r"\sum_{n=1}^N x_n = 2N") == "proved"


def test_a_matrix_that_is_zero_beside_its_diagonal_is_not_zero():
    text = r"Let $i, j \in \{1,\dots,N\}$ and $M_{ij} = 0$ for $i \neq j$."
    assert after(text, r"M_{ij} = 0") == "undecided"


@pytest.mark.parametrize(
    "sentence",
    [
        r"Let $x$ be real, where possibly $x > 0$.",
        r"Let $x$ be real (in general $x > 0$ fails).",
        r"Let $x$ be a number without $x > 0$.",
        r"Let $x > 0$ almost always.",
        r"Let $x > 0$ with probability $p$.",
        r"Let $x$ be such that typically $x > 0$.",
        r"Assume that $x > 0$ is yet to be shown.",
        r"Consider the negation of $x > 0$.",
        r"Suppose $x > 0$ is violated.",
        r"Suppose we relax $x > 0$.",
        r"Let $x$ be real, rather than $x > 0$.",
        r"Let $x$ be real. Where $x > 0$, the left one is larger.",
    ],
)
def test_words_that_take_back_what_a_formula_says_declare_nothing(sentence):
    assert after(sentence, r"|x| = x") in ("undecided", "refuted")


def test_where_curves_meet_is_not_everywhere():
    assert after(r"Let $x, y$ be real. Where $x = y$ the curves meet. Then", "x = y") in ("undecided", "refuted")


@pytest.mark.parametrize(
    "sentence",
    [
        r"Let $x > 0$ be the rate.",
        r"Let $x > 0$, without loss of generality.",
        r"Let $x > 0$ almost surely.",
        r"Given $N$ samples drawn without replacement, let $x > 0$.",
    ],
)
def test_words_that_leave_it_standing_declare(sentence):
    assert after(sentence, r"|x| = x") == "proved"


@pytest.mark.parametrize(
    ("said", "known"),
    [
        (r"Let $n \in \{1,\dots,N\}$ and let $x_n = 0$ for $n = 2, \dots, N$.", False),
        (r"Let $n = 1,\dots,N$ and $x_n = 0$ for $n = 2, \dots, N$.", False),
        (r"Let $x_n = 0$ for $n = 2, \dots, N$.", False),
        (r"Let $x_n = 0$ for $n = 1, \dots, N$.", True),
    ],
)
def test_what_holds_from_the_second_member_on_is_not_known_of_the_first(said, known):
    assert verdicts(f"{said}\n\n$$\nx_1 = 0\n$$\n") == ("proved" if known else "undecided")
    assert verdicts(f"{said}\n\n$$\n\\sum_{{n=1}}^N x_n = 0\n$$\n") == ("proved" if known else "undecided")


def test_a_sum_within_the_set_of_a_definition_is_by_it():
    said = r"Let $x_n = 0$ for $n = 2, \dots, N$."
    assert verdicts(f"{said}\n\n$$\n\\sum_{{n=2}}^N x_n = 0\n$$\n") == "proved"
    assert verdicts(f"{said}\n\n$$\n\\sum_{{n=2}}^{{N-1}} x_{{n+1}} = 0\n$$\n") == "proved"
    assert verdicts(f"{said}\n\n$$\n\\sum_{{n=2}}^{{N}} x_{{n-1}} = 0\n$$\n") == "undecided"


def test_a_function_is_known_where_it_is_defined():
    said = "Let $f(x) = x^2$ for $x > 0$, and $a > 0$."
    for claim, verdict in (
        ("f(-1) = 1", "undecided"), ("f(2a + 1) = 4a^2 + 4a + 1", "proved"), ("f(a - 1) = a^2 - 2a + 1", "undecided"),
        ("f(3) = 9", "proved"), ("f(3) = 8", "refuted"), ("f'(x) = 2x", "proved"),
    ):  # fmt: skip
        assert verdicts(f"{said}\n\n$$\n{claim}\n$$\n") == verdict, claim


@pytest.mark.parametrize(
    ("said", "claim", "verdict"),
    [
        (r"Let $X \sim \mathcal N(\mu, v)$, where the second argument is the standard deviation.",
         r"\mathrm{Var}(X) = v", "undecided"),
        (r"Let $X \sim \mathcal N(\mu, v)$ with standard deviation $v$.", r"\mathrm{Var}(X) = v", "undecided"),
        (r"Let $X \sim \mathcal N(\mu, \sigma^2)$ with standard deviation $\sigma$.",
         r"\mathrm{Var}(X) = \sigma^2", "proved"),
        (r"Let $X \sim \mathrm{Bernoulli}(p)$ with $X \in \{-1, 1\}$.", "E[X] = p", "undecided"),
        (r"Let $X \sim \mathrm{Bernoulli}(p)$ with $X \in \{0, 1\}$.", "E[X] = p", "proved"),
    ],
)  # fmt: skip
def test_words_and_values_that_a_distribution_does_not_have_make_it_another(said, claim, verdict):
    assert verdicts(f"{said}\n\n$$\n{claim}\n$$\n") == verdict
