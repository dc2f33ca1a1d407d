"""Expectations in documents: over declared finite sets by the declared distribution, else over any distribution."""

from __future__ import annotations

import pytest

from tests.reading.texts import meaning, verdicts

COIN = r"Let $X \in \{0,1\}$ be a random variable with $P(X=1) = p$ and $0 < p < 1$."
DIE = (
    r"Let $X$ be a random variable with values in $\{1,\dots,6\}$ and $P(X=k) = \frac{1}{6}$ for $k \in \{1,\dots,6\}$."
)
CLASSES = r"Let $x, k \in \{1,\dots,K\}$ and $p(x = k) = \alpha_k$, and $f_k \in \mathbb{R}$."
TWO = r"Let $X$ and $Y$ be random variables with values in $\{1,\dots,K\}$ and $\{1,\dots,M\}$."
APART = TWO + r" Suppose that $X$ and $Y$ are independent."
"""What is declared."""


def found(declared, formula):
    return verdicts(f"{declared}\n\n$$\n{formula}\n$$\n")


@pytest.mark.parametrize(
    ("declared", "formula"),
    [
        (COIN, r"\mathbb{E}[X] = p"),
        (COIN, r"\mathrm{Var}(X) = p(1-p)"),
        (DIE, r"\mathbb{E}[X] = \sum_{k=1}^6 k P(X=k)"),
        (DIE, r"\mathbb{E}[X^2] - \mathbb{E}[X]^2 = \frac{35}{12}"),
        (CLASSES, r"\mathbb{E}[x^2] = \sum_{k=1}^K k^2 \alpha_k"),
        (TWO, r"\mathbb{E}[X] = \mathbb{E}[\mathbb{E}[X \mid Y]]"),
        (TWO, r"\mathbb{E}[X \mid Y = j] = \sum_{k=1}^K k P(X = k \mid Y = j)"),
        (TWO, r"\mathbb{E}[X] = \sum_{j=1}^M \mathbb{E}[X \mid Y = j] P(Y = j)"),
        (TWO, r"\mathrm{Var}(X + Y) = \mathrm{Var}(X) + \mathrm{Var}(Y) + 2 \mathrm{Cov}(X, Y)"),
        (APART, r"\mathbb{E}[XY] = \mathbb{E}[X] \mathbb{E}[Y]"),
        (APART, r"\mathrm{Var}(X + Y) = \mathrm{Var}(X) + \mathrm{Var}(Y)"),
    ],
)
def test_what_holds_of_the_declared_distribution_is_proved(declared, formula):
    assert found(declared, formula) == "proved"


@pytest.mark.parametrize(
    ("declared", "formula"),
    [
        (COIN, r"\mathbb{E}[X^2] = p^2"),
        (DIE, r"\mathbb{E}[X] = 3"),
        (CLASSES, r"\mathbb{E}[x^2] = \sum_{k=1}^K k \alpha_k"),
        (TWO, r"\mathbb{E}[\mathbb{E}[X \mid Y]] = \mathbb{E}[Y]"),
        (TWO, r"\mathbb{E}[X \mid Y = j] = \mathbb{E}[X]"),
        (TWO, r"\mathbb{E}[XY] = \mathbb{E}[X] \mathbb{E}[Y]"),
        (APART, r"\mathrm{Var}(XY) = \mathrm{Var}(X) \mathrm{Var}(Y)"),
    ],
)
def test_what_fails_for_it_is_refuted(declared, formula):
    assert found(declared, formula) == "refuted"


@pytest.mark.parametrize(
    "formula",
    [
        r"\mathbb{E}[X + Z] = \mathbb{E}[X] + \mathbb{E}[Z]",
        r"\mathrm{Var}(X) + \mathbb{E}[Z] = \mathbb{E}[X^2] - \mathbb{E}[X]^2 + \mathbb{E}[Z]",
    ],
)
def test_beside_a_variable_of_which_no_values_are_known_any_distribution_is_meant(formula):
    assert found(COIN + " Let $Z$ be a random variable.", formula) == "proved"


SAMPLES = (
    r"Let $n \in \{1,\dots,N\}$, $k \in \{1,\dots,K\}$, and let $x_n \in \{1,\dots,K\}$ with $p(x_n = k) = \alpha_k$."
)
DENSITY = r"Let $x \in \{0,1\}$ with $p(x=1) = \theta$, and $y \in \mathbb{R}$ with $p(y \mid x) = e^{-(y-x)^2}$."


@pytest.mark.parametrize(
    ("declared", "formula"),
    [
        (SAMPLES, r"\mathbb{E}[x_1 x_2] = \mathbb{E}[x_1^2]"),
        (SAMPLES, r"\mathbb{E}[x_n] = \sum_k k \alpha_k"),
        (DENSITY, r"\mathbb{E}[xy] = y \mathbb{E}[x]"),
        (COIN, r"\mathbb{E}[XW] = W \mathbb{E}[X]"),
    ],
)
def test_samples_and_what_may_be_random_too_are_not_decided(declared, formula):
    assert found(declared, formula) == "undecided"


REAL = r"Let $X$ and $Y$ be random variables and $a, b \in \mathbb{R}$."


def displays(declared, *formulas):
    return verdicts("\n\n".join([declared, *(f"$$\n{formula}\n$$" for formula in formulas)]) + "\n")


@pytest.mark.parametrize(
    ("formula", "wanted"),
    [
        (r"E(aX + Y + b) = aE(X) + E(Y) + b", "proved"),
        (r"E(2X) = 3E(X)", "refuted"),
        (r"E(X^2) = E(X)^2", "refuted"),
        (r"E^2[X] = (E(X))^2", "proved"),
        (r"E^2[X] = E[X]", "refuted"),
        (r"E^{(1)}[X] = E[X]", "undecided"),
    ],
)
def test_e_in_round_brackets_beside_a_variance_is_the_expectation(formula, wanted):
    assert displays(REAL, r"\mathrm{Var}(X) = E(X^2) - (E(X))^2", formula) == f"proved {wanted}"


@pytest.mark.parametrize(
    ("formulas", "wanted"),
    [
        (["Var(X) = E(X^2) - E(X)^2", "E(2X) = 2E(X)", "E(X) = E(X)"], "undecided undecided proved"),
        ([r"E(\bar X) = \frac{1}{n} E(n \bar X)", "E(2X) = 2E(X)", "V(2X) = 4V(X)"], "undecided undecided undecided"),
        (["E(w) = w^2", "E(2w) = 4E(w)", "E(2w) = 2E(w)"], "assumed proved refuted"),
        (["V(2x) = 4V(x)"], "refuted"),
    ],
)
def test_an_e_of_which_nothing_is_said_is_no_arbitrary_function(formulas, wanted):
    assert displays("", *formulas) == wanted


PAIRS = r"\mathbb{E}_{(y^{(p)}, z^{(p)}) \sim Q_p}[\log p(y^{(p)}, z^{(p)})]"
"""The density p beside an index p."""


@pytest.mark.parametrize(
    ("formula", "wanted"),
    [
        (rf"\sum_{{p=1}}^P {PAIRS} = \sum_{{q=1}}^P {PAIRS.replace('p', 'q')}", "undecided"),
        (
            rf"\sum_{{p=1}}^P {PAIRS} = \sum_{{i=1}}^P {PAIRS.replace('{(p)}', '{(i)}').replace('Q_p', 'Q_i')}",
            "undecided",
        ),
        (r"\sum_{p=1}^P \mathbb{E}[p_i + x_p] = \sum_{q=1}^P \mathbb{E}[q_i + x_q]", "undecided"),
        (r"\sum_{p=1}^P \mathbb{E}_{x \sim p}[x] = P \mathbb{E}_{x \sim p}[x]", "undecided"),
        (r"\sum_{p=1}^P \mathbb{E}[c_i + x_p] = \sum_{q=1}^P \mathbb{E}[c_i + x_q]", "proved"),
        (r"\sum_{i=1}^P \mathbb{E}[\log p(x^{(i)})] = \sum_{j=1}^P \mathbb{E}[\log p(x^{(j)})]", "proved"),
        (r"\sum_{i=1}^P \mathbb{E}_{x \sim p}[a_i x] = \sum_{j=1}^P \mathbb{E}_{x \sim p}[a_j x]", "proved"),
    ],
)
def test_the_name_of_a_density_or_family_is_no_index_of_an_expectation(formula, wanted):
    assert displays("", formula) == wanted


def test_a_density_that_is_an_index_elsewhere_is_none_of_an_expectation():
    names = {symbol.name for symbol in meaning(r"\mathbb{E}_{x \sim p(x)}[x]", r"$\sum_{p=1}^P a_p$").free_symbols}
    assert len(names) == 1
    assert "p" not in names
