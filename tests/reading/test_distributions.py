"""What "x_n ∼ Poisson(λ)" and "with mean μ and variance σ²" say of probabilities and expectations."""

import pytest

from checker.reading.known.families import FAMILIES, TITLED
from tests.reading.test_judging import on

SAMPLES = r"Let $x_1, \dots, x_N$ be i.i.d. with $x_n \sim "
LIKELIHOODS = {
    "Poisson": (
        r"\mathrm{Poisson}(\lambda)", r"\frac{\lambda^{x_n} e^{-\lambda}}{x_n!}", r"\frac{\lambda^{x_n}}{x_n!}"),
    "Bernoulli": (r"\text{Bernoulli}(q)", r"q^{x_n}(1-q)^{1-x_n}", r"q^{x_n}(1-q)^{x_n}"),
    "exponential": (r"\mathrm{Exp}(\lambda)", r"\lambda e^{-\lambda x_n}", r"e^{-\lambda x_n}"),
    "normal": (
        r"\mathcal{N}(\mu, \sigma^2)",
        r"\frac{1}{\sqrt{2\pi\sigma^2}} e^{-\frac{(x_n-\mu)^2}{2\sigma^2}}",
        r"\frac{1}{2\pi\sigma} e^{-\frac{(x_n-\mu)^2}{2\sigma^2}}",
    ),
    "beta": (
        r"\mathrm{Beta}(a, b)",
        r"\frac{\Gamma(a+b)}{\Gamma(a)\Gamma(b)} x_n^{a-1}(1-x_n)^{b-1}",
        r"\frac{\Gamma(a+b)}{\Gamma(a)\Gamma(b)} x_n^{a}(1-x_n)^{b}",
    ),
    "gamma": (
        r"\mathrm{Gamma}(a, b)",
        r"\frac{b^a}{\Gamma(a)} x_n^{a-1} e^{-b x_n}",
        r"\frac{b}{\Gamma(a)} x_n^{a-1} e^{-b x_n}",
    ),
    "binomial": (r"\mathrm{Bin}(m, q)", r"\binom{m}{x_n} q^{x_n}(1-q)^{m-x_n}", r"q^{x_n}(1-q)^{m-x_n}"),
}  # fmt: skip


@pytest.mark.parametrize(("law", "density", "slip"), LIKELIHOODS.values(), ids=LIKELIHOODS)
def test_a_likelihood_is_the_product_of_the_densities(law, density, slip):
    left = r"p(x_1, \dots, x_N \mid \lambda, q, \mu, \sigma, a, b) = \prod_{n=1}^N "
    left = left.replace(r" \mid \lambda, q, \mu, \sigma, a, b", "")
    assert on(f"{SAMPLES}{law}$.", f"${left}{density}").verdicts == "proved"
    assert on(f"{SAMPLES}{law}$.", f"${left}{slip}").verdicts == "refuted"


def test_the_law_may_stand_over_the_sign_or_in_bare_letters():
    claim = r"$p(x_1, \dots, x_N \mid \lambda) = \prod_{n=1}^N \frac{\lambda^{x_n} e^{-\lambda}}{x_n!}"
    for law in (r"\overset{iid}{\sim} \mathrm{Poisson}(\lambda)", r"\stackrel{\text{i.i.d.}}{\sim} Poisson(\lambda)"):
        assert on(rf"Let $x_1, \dots, x_N {law}$.", claim).verdicts == "proved"


def test_what_is_not_said_to_be_independent_has_no_joint_density():
    claim = r"$p(x_1, \dots, x_N \mid \lambda) = \prod_{n=1}^N \frac{\lambda^{x_n} e^{-\lambda}}{x_n!}"
    assert on(r"Let $x_n \sim \mathrm{Poisson}(\lambda)$ for $n = 1, \dots, N$.", claim).verdicts == "undecided"
    assert on(r"Let $x_n \sim \mathrm{Poisson}(\lambda)$, not independent.", claim).verdicts == "undecided"


def test_of_a_rate_or_a_scale_the_first_formula_for_the_density_says_which():
    law, rate, scale = (
        r"Let $x \sim \mathrm{Exponential}(\theta)$.", r"$p(x \mid \theta) = \theta e^{-\theta x}",
        r"$p(x \mid \theta) = \frac{1}{\theta} e^{-x/\theta}",
    )  # fmt: skip
    mean = r"$\mathbb{E}[x] = \theta"
    assert on(law, mean).verdicts == "undecided"
    assert on(law, rate, mean).verdicts == "proved refuted"
    assert on(law, scale, mean).verdicts == "proved proved"
    assert on(law, r"$p(x \mid \theta) = e^{-x/\theta}").verdicts == "refuted"
    assert on(law.replace("$.", "$ with scale $\\theta$."), mean).verdicts == "proved"


def test_a_rate_by_custom_is_one_where_the_line_holds():
    law = r"Let $x \sim \mathrm{Exponential}(\lambda)$."
    assert on(law, r"$\mathbb{E}[x] = \frac{1}{\lambda}").verdicts == "proved"
    assert on(law, r"$\mathbb{E}[x] = \lambda").verdicts == "undecided"
    assert on(law, r"$\mathbb{E}[x] = \lambda^2").verdicts == "refuted"


def test_a_geometric_distribution_begins_where_its_values_do():
    law, mean = r"with $x \sim \mathrm{Geometric}(q)$.", r"$\mathbb{E}[x] = \frac{1}{q}"
    assert on(r"Let $x \in \{1, 2, \dots\}$ " + law, mean).verdicts == "proved"
    assert on(r"Let $x \in \{0, 1, 2, \dots\}$ " + law, mean).verdicts == "refuted"
    assert on("Consider a trial " + law, mean).verdicts == "undecided"


MOMENTS = (
    r"Let $x_1, \dots, x_N$ be i.i.d. with mean $\mu$ and variance $\sigma^2$. Define $m = \frac{1}{N}\sum_n x_n$."
)


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"\mathbb{E}[x_n] = \mu", "proved"),
        (r"\mathbb{E}[x_n^2] = \mu^2 + \sigma^2", "proved"),
        (r"\mathbb{E}[x_n^2] = \sigma^2", "refuted"),
        (r"\mathbb{E}[m] = \mu", "proved"),
        (r"\mathrm{Var}(m) = \frac{\sigma^2}{N}", "proved"),
        (r"\mathrm{Var}(m) = \sigma^2", "refuted"),
        (r"\mathbb{E}\left[\sum_{n=1}^N (x_n - m)^2\right] = (N-1)\sigma^2", "proved"),
        (r"\mathbb{E}\left[\frac{1}{N}\sum_{n=1}^N (x_n - m)^2\right] = \sigma^2", "refuted"),
        (r"\mathrm{Cov}(x_1, x_2) = 0", "proved"),
        (r"\mathrm{Var}(2 x_1 - x_2) = 5\sigma^2", "proved"),
        (r"\mathrm{Var}(2 x_1 - x_2) = 3\sigma^2", "refuted"),
        (r"\mathbb{E}[x_n^3] = \mu^3", "undecided"),
        (r"\mathbb{E}[e^{x_n}] = e^\mu", "undecided"),
    ],
)
def test_a_mean_and_a_variance_give_those_of_sums(claim, verdict):
    assert on(MOMENTS, f"${claim}").verdicts == verdict


def test_without_independence_nothing_is_known_of_products():
    text = MOMENTS.replace("i.i.d. with", "random variables with")
    assert on(text, r"$\mathbb{E}[m] = \mu").verdicts == "proved"
    assert on(text, r"$\mathrm{Var}(m) = \frac{\sigma^2}{N}").verdicts == "undecided"


def test_a_posterior_is_proportional_to_likelihood_and_prior():
    text = (
        r"Let $x_1, \dots, x_N$ be i.i.d. samples with $x_n \sim \mathrm{Bernoulli}(\theta)$, where "
        r"$\theta \sim \mathrm{Beta}(a, b)$. Define $s = \sum_n x_n$."
    )
    posterior = r"$p(\theta \mid x_1, \dots, x_N) \propto \theta^{s + a - 1}(1-\theta)^{N - s + b - 1}"
    assert on(text, posterior).verdicts == "proved"
    assert on(text, posterior.replace("+ a - 1", "+ a")).verdicts == "refuted"
    bayes = r"$p(\theta \mid x_1, \dots, x_N) = \frac{p(x_1, \dots, x_N \mid \theta) p(\theta)}{p(x_1, \dots, x_N)}"
    assert on(text, bayes).verdicts == "proved"
    marginal = r"$p(x_1, \dots, x_N) = \theta^s (1-\theta)^{N-s}"
    assert on(text, marginal).verdicts == "undecided"


def test_a_distribution_given_a_class_is_a_factor_of_the_model():
    text = (
        r"Let $z, k \in \{1, \dots, K\}$, $\pi_k > 0$ and $p(z = k) = \pi_k$, with "
        r"$x \mid z = k \sim \mathcal{N}(\mu_k, \sigma^2)$."
    )
    assert on(text, r"$p(x) = \sum_{k=1}^K \pi_k \mathcal{N}(x \mid \mu_k, \sigma^2)").verdicts in (
        "proved",
        "supported",
    )
    assert on(text, r"$p(x) = \sum_{k=1}^K \mathcal{N}(x \mid \mu_k, \sigma^2)").verdicts == "refuted"


def test_a_prior_may_be_a_formula():
    text = (
        r"Let $t_1, \dots, t_n$ be independent with $t_i \sim \mathrm{Exp}(\lambda)$. With the prior "
        r"$p(\lambda) = \beta e^{-\beta\lambda}$, $\beta > 0$, we get"
    )
    posterior = r"$p(\lambda \mid t_1, \dots, t_n) \propto \lambda^n e^{-\lambda(\beta + \sum_i t_i)}"
    assert on(text, posterior).verdicts == "proved"
    assert on(text, posterior.replace(r"\lambda^n", r"\lambda^{n+1}")).verdicts == "refuted"


def test_a_normal_distribution_in_words():
    text = (
        r"Assume $x_1, \dots, x_N$ are drawn i.i.d. from a Gaussian with unknown mean $\mu$ and known variance "
        r"$\sigma^2 > 0$. Let $m = \frac{1}{N}\sum_n x_n$ and, for a number $c$, the estimator $T = c m$."
    )
    density = r"$p(x_n \mid \mu) = \frac{1}{\sqrt{2\pi\sigma^2}} e^{-\frac{(x_n - \mu)^2}{2\sigma^2}}"
    assert on(text, density, r"$\mathrm{Var}(T) = \frac{c^2\sigma^2}{N}").verdicts == "proved proved"
    assert on(text, density.replace("2\\pi", "\\pi"), r"$\mathbb{E}[T] = \mu").verdicts == "refuted refuted"


CHAIN = r"Let $x, y, z$ be random variables with values in $\{1,\dots,K\}$, and let $p(x,y,z) = p(x)p(y|x)p(z|y)$."


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"p(z|x) = \sum_y p(y|x)p(z|y)", "proved"),
        (r"p(z|x,y) = p(z|y)", "proved"),
        (r"p(x|y,z) = p(x|y)", "proved"),
        (r"p(x|z) = p(x)", "refuted"),
        (r"p(z|x,y) = p(z|x)", "refuted"),
    ],
)
def test_a_joint_probability_that_is_a_product_is_a_network(claim, verdict):
    assert on(CHAIN, f"${claim}").verdicts == verdict


def test_a_product_that_says_nothing_of_dependence_is_none():
    text = CHAIN.replace("p(z|y)$", "p(z|x,y)$")
    assert on(text, r"$p(z|x,y) = p(z|y)").verdicts != "proved"


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.title)
def test_each_row_of_the_table_has_its_other_one(family):
    assert family.also in ("", *TITLED)
    assert not family.also or len(TITLED[family.also].within) == len(family.within)


@pytest.mark.parametrize(
    "claim", [r"p(x, y) = p(x) p(y)", r"p(x \mid y) = p(x)", r"p(x, y) = \frac{a^x b^y e^{-a-b}}{x! y!}"]
)
def test_two_names_with_distributions_have_no_joint_one_unless_they_are_independent(claim):
    text = r"Let $x \sim \mathrm{Poisson}(a)$ and $y \sim \mathrm{Poisson}(b)$."
    assert on(text, f"${claim}").verdicts == "undecided"


def test_two_members_of_a_family_have_no_joint_distribution_unless_they_are_independent_and_apart():
    text, claim = (
        r"Let $x_n \sim \mathrm{Poisson}(\lambda)$ for $n, m \in \{1, \dots, N\}$.",
        "$p(x_1, x_2) = p(x_1) p(x_2)",
    )
    assert on(text, claim).verdicts == "undecided"
    text = text.replace("for", "be i.i.d. for")
    assert on(text, claim).verdicts == "proved"
    assert on(text, "$p(x_1, x_1) = p(x_1) p(x_1)").verdicts == "undecided"
    assert on(text, "$p(x_n, x_m) = p(x_n) p(x_m)").verdicts == "undecided"


def test_data_of_which_nothing_is_said_are_no_parameter_behind_the_bar():
    text = r"Let $\lambda \sim \mathrm{Gamma}(a, b)$ and $z_1 > 0$."
    assert on(text, r"$p(\lambda \mid z_1) = p(\lambda)").verdicts == "undecided"
    assert on(text, r"$p(\lambda \mid a, b) = p(\lambda)").verdicts == "proved"


@pytest.mark.parametrize("law", [r"\mathrm{Poisson}(\theta)", r"\text{Poisson}(\theta)", r"G(\theta)", "F"])
def test_what_stands_behind_the_tilde_is_no_number(law):
    """`p = f ∼ Poisson(θ)`, and in the next row `= g`: the distribution is not a number that is g."""
    density = r"\frac{1}{x!} \theta^x e^{-\theta}"
    shown = on(r"Let $\theta > 0$.", rf"$p(x|\theta) &= {density} \sim {law} \\ &= {density}")
    assert shown.verdicts == "assumed undecided undecided"
    assert on(r"Let $\theta > 0$.", rf"$p(x|\theta) &= {density} \\ &= {density}").verdicts == "assumed proved"


def test_a_distribution_without_its_variable_is_no_number():
    """p(c) = N(0, τ²) says how c is distributed; N(0, τ²) is no value that p(c) has at each c."""
    for law in (r"\mathcal{N}(0, \tau^2)", r"\mathrm{Poisson}(\tau)"):
        assert on(r"Let $\tau > 0$.", f"$p(c) = {law}", f"$p(c) + 1 = {law} + 1").verdicts == "undecided undecided"


DRAWS = {
    "a rate": (r"a Poisson distribution with rate $\lambda > 0$", LIKELIHOODS["Poisson"]),
    "its mean": (r"a Poisson distribution with mean $\lambda$", LIKELIHOODS["Poisson"]),
    "a probability": (r"a Bernoulli distribution with success probability $0 < q < 1$", LIKELIHOODS["Bernoulli"]),
    "an exponential rate": (r"the exponential distribution with rate $\lambda$", LIKELIHOODS["exponential"]),
    "two parameters": (r"a Beta distribution with parameters $a$ and $b$", LIKELIHOODS["beta"]),
    "a formula": (r"$\mathcal{N}(\mu, \sigma^2)$", LIKELIHOODS["normal"]),
    "a named formula": (r"the distribution $\mathrm{Poisson}(\lambda)$", LIKELIHOODS["Poisson"]),
}


@pytest.mark.parametrize(("law", "densities"), DRAWS.values(), ids=DRAWS)
def test_samples_are_drawn_from_what_the_words_say(law, densities):
    _, density, slip = densities
    claim, said = r"$p(x_1, \dots, x_N) = \prod_{n=1}^N ", rf"Let $x_1, \dots, x_N$ be i.i.d. samples from {law}."
    assert on(said, claim + density).verdicts == "proved"
    assert on(said, claim + slip).verdicts == "refuted"
    assert on(said.replace("i.i.d. samples", "values"), claim + density).verdicts == "undecided"


def test_an_exponential_distribution_by_its_mean_has_a_scale():
    said = r"Let $t$ be drawn from the exponential distribution with mean $\theta$."
    assert on(said, r"$p(t|\theta) = \frac{1}{\theta} e^{-t/\theta}").verdicts == "proved"
    assert on(said, r"$p(t|\theta) = \theta e^{-\theta t}").verdicts == "refuted"


def test_a_member_by_its_number_does_not_vary_with_the_bare_letter():
    said = r"Let $w \sim \mathcal{N}(w_0, s^2)$ with $s > 0$."
    claim = r"$p(w) \propto \exp\left(-\frac{w^2}{2 s^2} + \frac{@ w_0 w}{s^2}\right)"
    assert on(said, claim.replace("@", "")).verdicts == "proved"
    assert on(said, claim.replace("@", "2")).verdicts == "refuted"


def test_behind_the_bar_a_parameter_may_stand_with_a_power():
    said = r"Let $x \sim \mathcal{N}(\mu, \sigma^2)$."
    claim = r"$p(x|\mu,\sigma^2) = \frac{1}{\sqrt{2\pi\sigma^2}} e^{-\frac{(x-\mu)^2}{2\sigma^2}}"
    assert on(said, claim).verdicts == "proved"
    assert on(said, claim.replace("2\\sigma^2}}", "\\sigma^2}}")).verdicts == "refuted"
