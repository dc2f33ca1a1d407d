"""Texts that are nearly something else: what must never be passed, and what must never be refuted.

Each case is a text and, for each line, the verdicts that are wrong for it.
"""

import pytest

from tests.reading.texts import verdicts

PASSED = ("proved", "supported", "assumed")
CLAIM = ("assumed",)


def page(givens: str, *formulas: str) -> str:
    return "\n\n".join([givens, *(f"$$\n{formula}\n$$" for formula in formulas)]) + "\n"


NEVER = [
    # words that declare nothing
    (page("Assume that $A$ and $B$ are not independent.", "P(A,B)=P(A)P(B)"), [PASSED]),
    (page("The samples are not i.i.d.", "P(A,B)=P(A)P(B)"), [PASSED]),
    (page("Here $A$ and $B$ are conditionally independent.", "P(A,B)=P(A)P(B)"), [PASSED]),
    (page("Let $v$ and $w$ be linearly independent.", "P(v,w)=P(v)P(w)"), [PASSED]),
    (page("Here $A$ and $B$ fail to be independent.", "P(A,B)=P(A)P(B)"), [PASSED]),
    (page("Let us compute", "1+1=3"), [PASSED]),
    (page("Here we see that", "1+1=3"), [PASSED]),
    (page("Given this, we obtain", "1+1=3"), [PASSED]),
    (page("Now we write the likelihood as", "1+1=3"), [PASSED]),
    (page("For $y = 4$ this gives", "1+1=3"), [PASSED]),
    (page("Where this leads is", "1+1=3"), [PASSED]),
    (page("Where does $ab=1$ come from?", "ab=1"), [PASSED]),
    (page("For all $c$: $ab=1$.", "ab=1"), [PASSED]),
    (page("Here is a lemma: $ab=1$.", "ab=1"), [PASSED]),
    (page("Let $c>0$, so that $ab=1$.", "ab=1"), [PASSED]),
    (page("Suppose we had $ab=1$.", "ab=1"), [PASSED]),
    (page("Suppose $ab=1$ were true.", "ab=1"), [PASSED]),
    (page("Consider the case $ab=1$.", "ab=1"), [PASSED]),
    (page("Let $E$ be the event $ab=1$.", "ab=1"), [PASSED]),
    (page("Let $c=2$ when $ab=1$.", "ab=1"), [PASSED]),
    (page("Let $c>0$; students often write $ab=1$.", "ab=1"), [PASSED]),
    # only the first display belongs to the words before it
    (page(r"Let $x\in\mathbb{R}$. We define the loss", "L=x", "L=3", "L=x+1"), [(), PASSED, PASSED]),
    # what was said of a name and not understood keeps it from being new
    (page(r"Given $x \in \{a : a > 0\}$.", "x=1"), [PASSED]),
    (page(r"Let $x \sim \mathcal{N}(0,1)$.", "x=1"), [PASSED]),
    (page(r"Given $x \in S$.", "x=1"), [PASSED]),
    (page("Let $x$ be a random variable.", "x=1"), [PASSED]),
    # a name of which nothing is said is some function of what it is differentiated by
    (page("", r"\frac{\partial L}{\partial w} = 3 \frac{\partial L}{\partial y}"), [PASSED]),
    (page("", r"\frac{dy}{dx} = \frac{dz}{dx}"), [PASSED]),
    (page("", r"\nabla_w L = 5 \nabla_w J"), [PASSED]),
    (page("", r"\frac{\partial}{\partial h_i} \log p_i = 0"), [PASSED]),
    # a function is no factor
    (page("", "f(x+y) = f(x) + f(y)"), [PASSED]),
    (page("", r"\sigma(a+b) = \sigma(a) + \sigma(b)"), [PASSED]),
    (page("", r"\text{softmax}(2x) = 2\text{softmax}(x)"), [PASSED]),
    (page(r"Let $f\in\mathbb{R}$ and $x,y\in\mathbb{R}$.", "f(x,y)=f(y,x)"), [PASSED]),
    # functions at other arguments, and inside sums
    (page(r"Given $i\in\{1,\dots,n\}$. Define $J(w) = \sum_i w_i x_i$.", "J(v) = J(w)"), [PASSED]),
    (page("Define $g = xt$. Define $f(x) = g+1$.", "f(y) = f(x)"), [PASSED]),
    (page(r"Let $m\in\mathbb{N}$. Define $S(m) = \sum_{i=1}^m i$.", r"\sum_{m=1}^3 S(m) = 3S(m)"), [PASSED]),
    (page(r"Let $x\in\mathbb{R}$. Define $f(x)=x^2+1$.", "f^{(2)}(x) = 7", "f^{(1)}(x)=7"), [PASSED, PASSED]),
    # an accent over a power is no power of the accented name
    (page("", r"\overline{x^2} = \bar x^2"), [PASSED]),
    # a slip beside an imposed equation
    (page(r"Let $x\in\mathbb{R}$. Define $f=x^2$.", r"\frac{\partial f}{\partial x} = 0 = 1"), [(), PASSED]),
    (
        page(
            r"Let $\mu,x\in\mathbb{R}$. Define $f=(x-\mu)^2$.",
            r"\frac{\partial f}{\partial \mu} = 0",
            r"\hat\mu_{MLE}=x+1",
        ),
        [(), PASSED],
    ),
    # a solution is not the variable where both stand
    (
        page(
            r"Let $\mu,x\in\mathbb{R}$. Define $f=(x-\mu)^2$.",
            r"\frac{\partial f}{\partial \mu} = 0",
            r"\hat\mu - \mu = 0",
            r"\mu_{MAP} = \mu_{ML}",
            r"\hat\mu = \mu + x - x",
        ),
        [(), PASSED, PASSED, PASSED],
    ),
    # of two formulas for one function it is not certain which is meant
    (
        page(r"Let $x, y\in\mathbb{R}$.", "f(x) = x^2", "f(x) = x^3", "f(2) = 4", "f(y) = y^2"),
        [(), PASSED, PASSED, PASSED],
    ),
    (
        page(
            r"Let $x, \lambda \in\mathbb{R}$.",
            r"L(x, \lambda) = x^2 + \lambda x",
            r"L(v, \lambda) = uv + \lambda v",
            r"\frac{\partial}{\partial v} L(v, \lambda) = u + \lambda",
        ),
        [(), ("proved", "supported", "assumed", "refuted"), ("proved", "supported", "assumed", "refuted")],
    ),
    # a link of a chain that is refuted leaves nothing behind
    (page(r"Let $x,a\in\mathbb{R}$. Suppose that $a=1$.", "x=x+a", "=x+1", "a=0"), [PASSED, (), PASSED]),
    # one member says nothing of the others, and a condition does not go away
    (
        page(r"Given $k\in\{1,\dots,K\}$, $\sigma_k\in\mathbb{R}$ and $\sigma_1>0$.", r"\sqrt{\sigma_2^2}=\sigma_2"),
        [PASSED],
    ),
    (page(r"Given $k\in\{1,\dots,K\}$ and $a_k\in\mathbb{R}$ with $a_k=3$ for $k>1$.", "a_k=3"), [PASSED]),
    # signs that stand for nothing
    (page("", r"\sum_x + \sum_y a_{xy} = \sum_x\sum_y a_{xy}"), [PASSED]),
    (page("", r"\frac35\cdot + \frac25=\frac{6}{25}"), [PASSED]),
]

MATRICES = r"Let $A, B \in\mathbb{R}^{n\times n}$, $u\in\mathbb{R}^n$ and $c\in\mathbb{R}$."
RANDOM = "Let $X, Y$ be random variables."
LATER = [
    # what is random is no constant
    (page(RANDOM, "E[E[X|Y]] = E[X|Y]", r"\mathrm{Var}(E[X|Y]) = 0", "E[X E[Y|X]] = E[X]E[Y|X]"), [PASSED] * 3),
    (page(RANDOM + " Let $m(Y)=E[X|Y]$.", "E[m(Y)]=m(Y)"), [PASSED]),
    # words about one matrix say nothing of another
    (
        page(r"Let $A \in\mathbb{R}^{n\times n}$, where $A$ is symmetric and $I$ is the identity matrix.", "A^2 = A"),
        [PASSED],
    ),
    # an inverse depends on what stands in it
    (page(MATRICES, r"\frac{\partial}{\partial A} u^TA^{-1}u = A - A"), [PASSED]),
    (page(MATRICES, r"\frac{d}{dc} u^T(A+cB)^{-1}u = 1 - 1"), [PASSED]),
    (
        page(r"Given $k\in\{1,\dots,K\}$ and $\Sigma_k\in\mathbb{R}^{D\times D}$.", r"\Sigma_k^{-1} = \Sigma_1^{-1}"),
        [PASSED],
    ),
    (page(MATRICES, r"(AB)^{-1} = A^{-1}B^{-1}"), [PASSED]),
    (page(MATRICES + " Suppose that", "Au = cu", "A^{-1}u = cu"), [(), PASSED]),
    # functions by words
    (page("", r"\mathrm{Std}(-X) = -\mathrm{Std}(X)"), [PASSED]),
    (page("", r"\text{trace}(ABC) = \text{trace}(ACB)"), [PASSED]),
    (page(r"We use $q_\phi(z|x)$.", r"\phi(2x) = 2\phi(x)"), [PASSED]),
    (page("", r"V^{\pi}(2s) = 2V^{\pi}(s)"), [PASSED]),
    # an index of two letters, and a sum over values
    (page("", r"y^{(pr)} = y^{(rp)}"), [PASSED]),
    # a number behind the bar that is no parameter
    (page(r"Let $x \in \mathbb{R}$.", "p(c|x) = p(c)"), [PASSED]),
    (page(r"Let $x_n \in \mathbb{R}$ for $n \in \{1,\dots,N\}$.", "p(c|x) = p(c)"), [PASSED]),
    (page("", r"q = \mathbf w^T \mathbf x", r"p(c|\mathbf x) = p(c)"), [(), PASSED]),
    (page(r"Let $a, b > 0$.", "p(y|a,b) = p(y|a)"), [PASSED]),
    (page(r"Let $x \in \mathbb{R}$, $y \in \{0,1\}$ and $p(y=1|x) = e^{-x^2}$.", "p(y=1|x) = p(y=1)"), [PASSED]),
    # the gamma function without brackets
    (page("", r"q = \Gamma(a)", r"1 + \Gamma{a} b = 1 + \Gamma{b} a"), [(), PASSED]),
    # labels that differ in a sign only
    (page("", r"1 + x_{\text{a+}} = 1 + x_{\text{a-}}"), [PASSED]),
    (page("", r"1 + \Sigma_{xx|z} = 1 + \Sigma_{xxz}"), [PASSED]),
    (page("", r"1 + \Sigma_{xx|z} = 1 + \Sigma_{x|xz}"), [PASSED]),
    # a chain that ends in 0 imposes its last link only
    (
        page(r"Let $x\in\mathbb{R}$. Define $f=x^2-2x$. Setting its derivative to zero,", r"\frac{df}{dx} = 2x-3 = 0"),
        [PASSED, ()],
    ),
]
ANSWERS = [
    (page("# (c)", r"\nabla_{\mu_k}\ell = 1 - 1"), [PASSED]),
    (page("# (c)", r"\mu = 1"), [PASSED]),
    (page("# (b)", r"\prod_n p(x^{(n)}) = \prod_{n=1}^D p(x^{(n)})"), [PASSED]),
    (page("# (c)", r"\frac{\partial\ell}{\partial\mu} = 1 - 1"), [PASSED]),
    (page("# (c)", r"\frac{\partial\ell}{\partial\mu_k} = 1 - 1"), [PASSED]),
    (page("# (c)", r"\ell(\mu+1) = \ell(\mu)"), [PASSED]),
    (page("# (c)\n\nLet $v_i=\\sigma_i^2$.", r"\frac{\partial\ell}{\partial v_i} = 1 - 1"), [PASSED]),
    (page("# (a)", r"p(y=k|x^{(n)}) = \alpha_k", r"p(x_1,x_2) = p(x_1)p(x_2)"), [PASSED, PASSED]),
    (page("# (d)\n\nWe get", r"\hat\alpha_k = \frac1K"), [PASSED]),
    (page("# (c)\n\nSetting this to zero:", r"\hat\mu_{ki} = \frac1N\sum_n x_i^{(n)}"), [PASSED]),
    # a true one
    (page("# (b)", r"\ell = -\sum_n\sum_k\mathbb{1}[y^{(n)}=k]\log(\alpha_k p(x^{(n)}|y=k))"), [("refuted",)]),
]

REFUTED = ("refuted",)

NEVER_REFUTED = [
    (page(r"Let $x, w \in \mathbb{R}$ and $p(y=1|x) = e^{-x^2}$.", "p(y=1) = e^{-x^2}"), [REFUTED]),
    (page("", r"\frac{\partial f}{\partial x} = 2x"), [REFUTED]),
    (page("Let $f(x)$ be a function of $x$.", r"\frac{d}{dx} f(x) = f'(x)"), [REFUTED]),
    (page("", r"\log e = 1"), [REFUTED]),
    (
        page(r"Let $X$ and $Y$ be independent random variables.", r"\mathbb{E}[XY] = \mathbb{E}[X]\mathbb{E}[Y]"),
        [REFUTED],
    ),
    (
        page(r"Given $i,j\in\{1,\dots,n\}$.", r"\sum_{i\neq j} a_i b_j = \sum_i\sum_j a_i b_j - \sum_i a_i b_i"),
        [REFUTED],
    ),
    (
        page(
            r"Let $x\in\mathbb{R}$, $y\in\{1,\dots,K\}$, $\theta>0$ and the model $p(y=k)=\alpha_k$ and"
            r" $p(x|y=k,\theta)=\theta e^{-kx}$. Given $k\in\{1,\dots,K\}$.",
            r"p(y=k|x) = \frac{\alpha_k e^{-kx}}{\sum_j\alpha_j e^{-jx}}",
        ),
        [REFUTED],
    ),
]


def named(value: object) -> str:
    return value if isinstance(value, str) else ""


def check(got: str, wrong: list[tuple[str, ...]]) -> None:
    found = got.split()
    assert len(found) == len(wrong)
    assert not [verdict for verdict, forbidden in zip(found, wrong, strict=True) if verdict in forbidden]


@pytest.mark.parametrize(("text", "wrong"), NEVER + LATER + NEVER_REFUTED, ids=named)
def test_no_line_gets_a_wrong_verdict(text, wrong):
    check(verdicts(text), wrong)


@pytest.mark.parametrize(("text", "wrong"), ANSWERS, ids=named)
def test_no_line_of_an_answer_gets_a_wrong_verdict(text, wrong):
    check(verdicts(text, "q2"), wrong)


HOLDS = [
    (page(r"Let $x, y\in\mathbb{R}$.", "f(x) = x^2", "f(2) = 4", "f(y) = y^2"), "assumed proved proved"),
    (page(r"Let $\sigma,D>0$. Let $s=\sigma$, $d=D$.", r"s^2=\sigma^2", "d^2=D^2"), "proved proved"),
    (page(r"Let $x\in\mathbb{R}$.", r"x^2 = 9 \iff x = 3 \text{ or } x = -3"), "proved"),
    (page("Given $x\\in ℝ$.", "x+x=2x"), "proved"),
    (page(r"Given $x^i \in \mathbb{R}$ and $i, j \in \{1,\dots,N\}$.", "x^i-x^j = -(x^j-x^i)"), "proved"),
    (page(r"Given $w,x\in\mathbb{R}^D$.", r"w\cdot x = \sum_{d=1}^D w_d x_d", r"w\cdot x = x\cdot w"), "proved proved"),
    (
        page("Let $X$ be a random variable.", r"\mathbb{E}[(X-\mathbb{E}[X])^2] = \mathbb{E}[X^2]-\mathbb{E}[X]^2"),
        "proved",
    ),
    (page(r"Let $\mu,x\in\mathbb{R}$. Equating to zero:", r"-2(x-\mu)=0", r"\mu=x"), "assumed proved"),
    (
        page(r"Given $X\in\mathbb{R}^{n\times p}$, $\beta\in\mathbb{R}^p$ and $y\in\mathbb{R}^n$. Suppose that",
             r"X^TX\beta = X^Ty", r"\beta = (X^TX)^{-1}X^Ty", r"\beta = (X^TX)^{-1}X^Ty + \beta"),
        "assumed proved refuted",
    ),
    (
        page(r"Given $A\in\mathbb{R}^{n\times n}$ and $x\in\mathbb{R}^n$.", "A^{-1}Ax = x", "A^{-1}x = x"),
        "proved refuted",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), HOLDS, ids=lambda value: value)
def test_a_true_line_is_proved(text, expected):
    assert verdicts(text) == expected


BAYES = (
    r"Let $k, j \in \{1,\dots,K\}$, $y \in \{1,\dots,K\}$, $\alpha_k > 0$, $x, \mu_k \in \mathbb{R}$, $\sigma > 0$ and"
    r" the model $p(y=k) = \alpha_k$ and $p(x|y=k) = \exp(-(x-\mu_k)^2/(2\sigma^2))/\sqrt{2\pi\sigma^2}$."
)


def test_a_proportionality_leaves_out_what_the_variable_before_the_bar_does_not_change():
    text = page(
        BAYES,
        r"p(y=k|x) \propto p(x|y=k)p(y=k)",
        r"p(y=k|x) \propto \alpha_k \exp(-(x-\mu_k)^2/(2\sigma^2))",
        r"p(y=k|x) \propto \exp(-(x-\mu_k)^2/(2\sigma^2))",
        r"p(y=k|x) \propto \alpha_k \exp(\mu_k x/\sigma^2 - \mu_k^2/(2\sigma^2))",
    )
    assert verdicts(text) == "proved proved refuted proved"
