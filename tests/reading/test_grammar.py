"""The grammar: spellings that say the same are one tree, near misses are not, and what is no formula is refused."""

import pytest

from checker.reading.lexicon import Lexicon
from checker.reading.syntax import Big, walk
from checker.reading.tex.tokens import Beyond, Unreadable
from tests.reading.texts import form, node

KNOWN = Lexicon(
    functions=frozenset(("f", "g", "J")),
    bracketed=frozenset("T"),
    numbers=frozenset(("mu", "sigma", "alpha", "theta")),
    indices=frozenset(("i", "j", "k", "n", "d")),
)


def said(text: str):
    return form(text, KNOWN)


# --- the same ---------------------------------------------------------------------------------------------------------

INDICES = [
    (r"x^{(i)}_j", r"x_j^{(i)}"),
    (r"x_{j}^{\left(i\right)}", r"x_j^{(i)}"),
    (r"\mu_{ki}", r"\mu_{k,i}"),
    (r"\mu_{k i}", r"\mu_{k,\,i}"),
    (r"z_{nk}", r"z_{n,k}"),
    (r"\mu_{0i}", r"\mu_{0,i}"),
    (r"\mu^{ML}_{ki}", r"\mu_{k,i,\text{ML}}"),
    (r"(\sigma_i^2)^{MLE}", r"\sigma_{i,\text{MLE}}^2"),
    (r"\vb{x}", r"\mathbf{x}"),
    (r"\mu_{y^{(n)}i}", r"\mu_{y^{(n)},i}"),
    (r"\mu_{y_n i}", r"\mu_{y_n,i}"),
    (r"\alpha_{y_i}", r"\alpha_{{y}_{i}}"),
    (r"{x}^{(i)}_j", r"x_j^{(i)}"),
    (r"\sigma_i^{-2}", r"\sigma^{-2}_i"),
    (r"k'", r"k^\prime"),
    (r"k''", r"k^{\prime\prime}"),
    (r"x_{k'}", r"x_{k^{\prime}}"),
    (r"θ_k", r"\theta_k"),
    (r"Σ_k", r"\Sigma_k"),
    (r"a − b", r"a - b"),
    (r"σ²", r"\sigma^2"),
    (r"x₁", r"x_1"),
    (r"\mu_{\text{new}}", r"\mu_{new}"),
    (r"\mu_{\mathrm{ML}}", r"\mu_{ML}"),
]

DECORATIONS = [
    (r"\boldsymbol{\mu}", r"\bm{\mu}"),
    (r"\mathbf x", r"\mathbf{x}"),
    (r"\mathbf x^T", r"\mathbf{x}^T"),
    (r"\mathbf{x_i}", r"\mathbf{x}_i"),
    (r"\vec{x}", r"\mathbf{x}"),
    (r"\vec x_i", r"\mathbf{x}_i"),
    (r"\hat{\theta}", r"\widehat\theta"),
    (r"\hat{\theta_k}", r"\hat\theta_k"),
    (r"\bar x", r"\overline{x}"),
    (r"\tilde{c}", r"\widetilde c"),
    (r"\theta^*", r"\theta^{\star}"),
    (r"\theta^{*}_k", r"\theta_k^*"),
    (r"\mathbf{\hat{w}}", r"\hat{\mathbf{w}}"),
    (r"\boxed{a + b} c", r"(a + b) c"),
    (r"\cancel{a} b", r"a b"),
    (r"\underbrace{a + b}_{\text{why}} c", r"(a + b) c"),
    (r"\color{red} a", r"a"),
    (r"\textcolor{red}{a} b", r"a b"),
    (r"a \label{eq:1}", r"a"),
    (r"a \tag{1}", r"a"),
    (r"\left(a\right)", r"(a)"),
    (r"\bigl( a + b \bigr)", r"(a + b)"),
    (r"\Big[ a + b \Big]", r"[a + b]"),
    (r"a\,b\;c\!d", r"a b c d"),
    (r"{a}{b}", r"a b"),
    (r"\displaystyle a", r"a"),
]

INDICATORS = [
    (r"\mathbb{1}\{y = k\}", r"\mathbb{1}[y = k]"),
    (r"\mathbb{1}(y = k)", r"\mathbb{1}[y = k]"),
    (r"\mathbb{1}_{y = k}", r"\mathbb{1}[y = k]"),
    (r"\mathbb{1}_{\{y = k\}}", r"\mathbb{1}[y = k]"),
    (r"\mathbb{1}_{[y = k]}", r"\mathbb{1}[y = k]"),
    (r"\mathbb{I}[y = k]", r"\mathbb{1}[y = k]"),
    (r"\mathbb{I}\left(y = k\right)", r"\mathbb{1}[y = k]"),
    (r"\mathbf{1}[y = k]", r"\mathbb{1}[y = k]"),
    (r"\mathbf 1_{y = k}", r"\mathbb{1}[y = k]"),
    (r"\mathbbm{1}(y = k)", r"\mathbb{1}[y = k]"),
    (r"1(y = k)", r"\mathbb{1}[y = k]"),
    (r"1\{y = k\}", r"\mathbb{1}[y = k]"),
    (r"1[y = k]", r"\mathbb{1}[y = k]"),
    (r"I\{y = k\}", r"\mathbb{1}[y = k]"),
    (r"I(y = k)", r"\mathbb{1}[y = k]"),
    (r"[[y = k]]", r"\mathbb{1}[y = k]"),
    (r"[y = k]", r"\mathbb{1}[y = k]"),
    (r"\1[y = k]", r"\mathbb{1}[y = k]"),
    (r"\mathds{1}_{\{y = k\}}", r"\mathbb{1}[y = k]"),
    (r"\mathrm{1}\{y = k\}", r"\mathbb{1}[y = k]"),
    (r"\alpha_k^{1(y = k)}", r"\alpha_k^{\mathbb{1}[y = k]}"),
    (r"\alpha_k^{\mathbb{1}_{y=k}}", r"\alpha_k^{\mathbb{1}[y = k]}"),
    (r"\mathbb{1}[y = k] x", r"\mathbb{1}(y = k) \cdot x"),
    (r"\mathbb{1}(y \neq k)", r"\mathbb{1}[y \ne k]"),
    (r"\mathbb{1}[y^{(n)}=k]", r"\mathbb{I}(y^{(n)} = k)"),
]

PROBABILITY = [
    (r"p(y \mid x)", r"p(y | x)"),
    (r"p(y \vert x)", r"p(y | x)"),
    (r"p(y \,\big|\, x)", r"p(y | x)"),
    (r"p(y \given x)", r"p(y | x)"),
    (r"p(y ; \phi)", r"p(y | \phi)"),
    (r"p(y | x ; \phi)", r"p(y | x, \phi)"),
    (r"p\left(y \middle| x\right)", r"p(y | x)"),
    (r"\Pr(A \mid B)", r"\Pr (A|B)"),
    (r"\mathrm{Pr}(A)", r"\Pr(A)"),
    (r"\mathbb{P}(A)", r"\mathrm{P}(A)"),
    (r"P(A \cap B)", r"P(A, B)"),
    (r"P(A \wedge B)", r"P(A, B)"),
    (r"P(A^c)", r"P(\neg A)"),
    (r"P(A^{\complement})", r"P(\lnot A)"),
    (r"\mathbb{E}[x]", r"\operatorname{E}[x]"),
    (r"\mathbb{E}\left[x\right]", r"\mathbb{E}(x)"),
    (r"\E[x]", r"\mathbb{E}[x]"),
    (r"\mathrm{Var}(x)", r"\Var(x)"),
    (r"\text{Var}(x)", r"\operatorname{Var}[x]"),
    (r"\text{Cov}(x, y)", r"\Cov(x, y)"),
]

SUMS = [
    (r"\sum^N_{i=1} x_i", r"\sum_{i=1}^N x_i"),
    (r"\sum_{i=1}^{N} x_i", r"\sum_{i = 1}^N x_i"),
    (r"\sum\limits_{i=1}^N x_i", r"\sum_{i=1}^N x_i"),
    (r"\Sigma_{i=1}^N x_i", r"\sum_{i=1}^N x_i"),
    (r"\Pi_{i=1}^N x_i", r"\prod_{i=1}^N x_i"),
    (r"Σ_{i=1}^N x_i", r"\sum_{i=1}^N x_i"),
    (r"∑_{i=1}^N x_i", r"\sum_{i=1}^N x_i"),
    (r"\sum_i {x_i}", r"\sum_i x_i"),
    (r"\sum_i x_i y_i", r"\sum_i x_i \cdot y_i"),
    (r"\sum_{i: y_i = k} x_i", r"\sum_{i \colon y_i = k} x_i"),
    (r"\sum_{i | y_i = k} x_i", r"\sum_{i \mid y_i = k} x_i"),
    (r"\sum_{i,j} x_{ij}", r"\sum_{i, j}x_{i,j}"),
    (r"\sum_{\substack{i=1 \\ i \neq j}}^N x_i", r"\sum_{i=1, i \ne j}^N x_i"),
    (r"\prod_k \alpha_k^{y_k}", r"\prod\nolimits_{k} \alpha_k^{y_k}"),
]

FUNCTIONS = [
    (r"\log x", r"\log(x)"),
    (r"\ln x", r"\log x"),
    (r"log(x)", r"\log x"),
    (r"log x", r"\log x"),
    (r"exp(x)", r"\exp x"),
    (r"\exp\{x\}", r"\exp(x)"),
    (r"\exp\left[x\right]", r"\exp(x)"),
    (r"\exp \left\{ a + b \right\}", r"\exp(a + b)"),
    (r"\text{log}\, x", r"\log x"),
    (r"\mathrm{log}(x)", r"\log x"),
    (r"\operatorname{log} x", r"\log x"),
    (r"\log 2 \pi \sigma", r"\log(2 \pi \sigma)"),
    (r"\log \alpha_k", r"\log(\alpha_k)"),
    (r"\log \alpha x + b", r"\log(\alpha x) + b"),
    (r"\log \alpha - \log b", r"\log(\alpha) - \log(b)"),
    (r"\log \alpha \log b", r"\log(\alpha) \log(b)"),
    (r"\log a \cdot b", r"\log(a \cdot b)"),
    (r"\log \lambda \sum_n x_n", r"\log(\lambda) \sum_n x_n"),
    (r"\log \sum_n x_n", r"\log(\sum_n x_n)"),
    (r"\log \prod_n x_n", r"\log(\prod_n x_n)"),
    (r"\log \frac{a}{b} c", r"\log(\frac{a}{b} c)"),
    (r"\sqrt x", r"\sqrt{x}"),
    (r"\frac12", r"\frac{1}{2}"),
    (r"\tfrac 1 2", r"\frac{1}{2}"),
    (r"\dfrac{a}{b}", r"a/b"),
    (r"\frac ab", r"\frac{a}{b}"),
    (r"{a \over b}", r"\frac{a}{b}"),
    (r"a/b", r"\frac{a}{b}"),
    (r"x/2\sigma^2", r"\frac{x}{2\sigma^2}"),
    (r"1/2x", r"\frac{1}{2x}"),
    (r"a/b \cdot c", r"\frac{a}{b} \cdot c"),
    (r"a/b + c", r"\frac{a}{b} + c"),
    (r"a/b/c", r"\frac{a/b}{c}"),
    (r"a/(b c)", r"\frac{a}{(b c)}"),
    (r"a \div b", r"a/b"),
    (r"(a)(b)", r"(a) \cdot (b)"),
    (r"a (b + c)", r"a \cdot (b + c)"),
    (r"\mu (x - y)", r"\mu \times (x - y)"),
    (r"2\pi\sigma", r"2 \cdot \pi \cdot \sigma"),
    (r"x(1-x)", r"x \cdot (1 - x)"),
    (r"(1-p)p", r"(1 - p) \cdot p"),
    (r"\theta(1-\theta)", r"\theta \cdot (1-\theta)"),
    (r"\binom{n}{k}", r"{n \choose k}"),
    (r"a * b", r"a \cdot b"),
    (r"a \times b", r"a b"),
    (r"|x|", r"\lvert x \rvert"),
    (r"\left| x \right|", r"|x|"),
    (r"\abs{x}", r"|x|"),
    (r"\|x\|", r"\lVert x \rVert"),
    (r"||x||", r"\|x\|"),
    (r"\norm{x}^2", r"\|x\|^2"),
    (r"\|x - y\|_2^2", r"\left\|x - y\right\|_2^2"),
    (r"x^T y", r"x^{T} y"),
    (r"x^\top y", r"x^{\top}y"),
    (r"x^\intercal", r"x^\top"),
    (r"\max(a, b)", r"\max\{a, b\}"),
    (r"\operatorname{argmax}_k a_k", r"\arg\max_k a_k"),
    (r"\argmax_k a_k", r"\underset{k}{\arg\max} a_k"),
    (r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}", r"\begin{bmatrix} a & b \\ c & d \\ \end{bmatrix}"),
    (
        r"\begin{cases} a & \text{if } x = 1 \\ b & \text{otherwise} \end{cases}",
        r"\begin{cases} a, & x = 1, \\ b & \text{else.} \end{cases}",
    ),
    (r"1{,}000", r"1000"),
    (r"--a", r"+a"),
    (r"f(x)", r"f\left(x\right)"),
    (r"f (x)", r"f(x)"),
    (r"f(x ; y)", r"f(x, y)"),
    (r"T[i,k]", r"T\left[i, k\right]"),
    (r".5 x", r".5x"),
]

DERIVATIVES = [
    (r"\frac{\partial}{\partial x} f(x)", r"\frac{\partial f(x)}{\partial x}"),
    (r"\frac{\partial}{\partial x} (a + b)", r"\frac{\partial (a + b)}{\partial x}"),
    (r"\frac{\partial}{\partial x} \left[a + b\right]", r"\frac{\partial [a + b]}{\partial x}"),
    (r"\frac{\partial a b}{\partial x}", r"\frac{\partial}{\partial x} a b"),
    (r"\frac{\partial}{\partial x} a b + c", r"\frac{\partial a b}{\partial x} + c"),
    (r"\frac{\partial}{\partial x} \sum_n x_n", r"\frac{\partial \sum_n x_n}{\partial x}"),
    (r"\frac{\partial f}{\partial x}", r"\dfrac{\partial f}{\partial{x}}"),
    (r"\partial f/\partial x", r"\frac{\partial f}{\partial x}"),
    (r"\frac{d}{dx} f(x)", r"\frac{d f(x)}{d x}"),
    (r"\frac{df}{dx}", r"\frac{\mathrm{d}f}{\mathrm{d}x}"),
    (r"\frac{\mathrm d}{\mathrm d x} f", r"\frac{df}{dx}"),
    (r"\frac{\partial \ell}{\partial \mu_{kj}}", r"\frac{\partial\ell}{\partial{\mu_{k,j}}}"),
    (r"\frac{\partial \ell}{\partial \sigma_i^2}", r"\frac{\partial}{\partial \sigma_i^2} \ell"),
    (r"\frac{\partial^2 f}{\partial x^2}", r"\frac{\partial^2}{\partial x^2} f"),
    (r"\frac{\partial^2 f}{\partial x \partial y}", r"\frac{\partial^2}{\partial x\,\partial y} f"),
    (r"\frac{d^2 f}{dx^2}", r"\frac{d^2}{dx^2} f"),
    (r"\frac{\partial^2}{\partial^2 x} f", r"\frac{\partial^2 f}{\partial x^2}"),
    (r"\nabla_w f", r"\nabla_{w} f"),
    (r"\nabla_\theta J(\theta)", r"\nabla_{\theta}\, J(\theta)"),
    (r"\pdv{f}{x}", r"\frac{\partial f}{\partial x}"),
    (r"\pd{f}{x}", r"\frac{\partial f}{\partial x}"),
    (r"\dv{x} f", r"\frac{d}{dx} f"),
]

SAME = {
    "indices": INDICES,
    "decorations": DECORATIONS,
    "indicators": INDICATORS,
    "probability": PROBABILITY,
    "sums": SUMS,
    "functions": FUNCTIONS,
    "derivatives": DERIVATIVES,
}


@pytest.mark.parametrize(
    ("spelling", "other"), [pair for pairs in SAME.values() for pair in pairs], ids=lambda text: text
)
def test_two_spellings_say_the_same(spelling, other):
    assert said(spelling) == said(other)


# --- not the same -----------------------------------------------------------------------------------------------------

DIFFERENT = [
    (r"x_{ij}", r"x_{ji}"),
    (r"x^{(i)}_j", r"x^{(j)}_i"),
    (r"x^{(2)}", r"x^2"),
    (r"x^{(i)}", r"x_i"),
    (r"x_{n+1}", r"x_n + 1"),
    (r"x_{n-1}", r"x_{n,-1}"),
    (r"\mu_{y_n,i}", r"\mu_{y_{n,i}}"),
    (r"\sigma_i^2", r"\sigma_{i^2}"),
    (r"\mu_{nk}", r"\mu_{\text{nk}}"),
    (r"k'", r"k"),
    (r"\hat\theta", r"\theta"),
    (r"\bar x", r"\tilde x"),
    (r"\mathcal{L}", r"L"),
    (r"\theta^*", r"\theta"),
    (r"\Sigma", r"\sigma"),
    (r"\Sigma_k", r"\sum_k 1"),
    (r"\mathbb{1}[y = k]", r"\mathbb{1}[y \neq k]"),
    (r"\mathbb{1}[y = k] x", r"\mathbb{1}[y = k x]"),
    (r"1(y - k)", r"1(y = k)"),
    (r"p(x | y)", r"p(y | x)"),
    (r"p(x | y)", r"p(x, y)"),
    (r"P(A, B)", r"P(A) P(B)"),
    (r"P(\bar A)", r"P(A)"),
    (r"\sum_n x_n y + z", r"\sum_n (x_n y + z)"),
    (r"\sum_n x_n - y", r"\sum_n (x_n - y)"),
    (r"\sum_n x_n (y + z)", r"(\sum_n x_n) + y + z"),
    (r"\sum_{i \neq j} x_i", r"\sum_i x_i"),
    (r"\sum_{i=0}^N x_i", r"\sum_{i=1}^N x_i"),
    (r"\log x + y", r"\log(x + y)"),
    (r"\log \lambda \sum_n x_n", r"\log(\lambda \sum_n x_n)"),
    (r"\log x^2", r"(\log x)^2"),
    (r"\log a \log b", r"\log(a \log b)"),
    (r"\frac12 x", r"\frac{1}{2x}"),
    (r"x/2\sigma^2", r"\frac{x}{2}\sigma^2"),
    (r"a/b \cdot c", r"a/(b c)"),
    (r"a/b + c", r"a/(b + c)"),
    (r"-x^2", r"(-x)^2"),
    (r"2x!", r"(2x)!"),
    (r"a b^2", r"(a b)^2"),
    (r"e^x y", r"e^{x y}"),
    (r"\frac{\partial}{\partial x} a + b", r"\frac{\partial}{\partial x} (a + b)"),
    (r"\frac{\partial f}{\partial x}", r"\frac{\partial x}{\partial f}"),
    (r"\frac{\partial^2 f}{\partial x^2}", r"\left(\frac{\partial f}{\partial x}\right)^2"),
    (r"\frac{\partial \ell}{\partial \sigma_i^2}", r"\frac{\partial \ell}{\partial \sigma_i}"),
    (r"\frac{d x}{d y}", r"\frac{x}{y}"),
    (r"dx/dy", r"\frac{x}{y}"),
    (r"\frac{d_k}{d_j}", r"\frac{k}{j}"),
    (r"x^T y", r"x y^T"),
    (r"\|x\|", r"|x|"),
    (r"\|x\|_1", r"\|x\|_2"),
    (r"\max(a, b)", r"\min(a, b)"),
    (r"f(x)", r"f x"),
    (r"10", r"1 \cdot 0"),
]


@pytest.mark.parametrize(("spelling", "other"), DIFFERENT, ids=lambda text: text)
def test_a_near_miss_says_something_else(spelling, other):
    try:
        near = said(other)
    except Unreadable:
        return
    assert said(spelling) != near


# --- refused ----------------------------------------------------------------------------------------------------------

REFUSED = [
    (r"\mathbb{1}(y)", 1, "needs a condition"),
    (r"a + \mathbb{1}[y]", 5, "needs a condition"),
    (r"a + \foo", 5, r"\foo is not known"),
    (r"-\Sigma_j y_j \log p_j", 2, r"written \sum"),
    (r"\Pi_i p_i^{y_i}", 1, r"written \prod"),
    (r"a + ", 3, "missing"),
    (r"\frac{a}{}", 1, "nothing above or below"),
    (r"\frac{a}", 6, "needs an argument"),
    (r"a + (b", 5, "never closed"),
    (r"a + b)", 6, "cannot be read here"),
    (r"(a]", 1, "is closed by"),
    (r"a + + ", 5, "missing"),
    (r"a \cdot", 3, "missing"),
    (r"x^{}", 3, "empty"),
    (r"x_{i,}", 3, "index is missing"),
    (r"|a + b", 1, "never closed"),
    (r"\log", 1, "needs an argument"),
    (r"\log + 1", 6, "needs an argument"),
    (r"\sin^{-1} x", 1, "inverse"),
    (r"2 3", 3, "two numbers"),
    (r"x 2", 3, "number right behind"),
    (r"x2", 2, "number right behind"),
    (r"loss", 1, "word"),
    (r"a \text{some words} b", 3, "words"),
    (r"\partial f", 1, r"\partial"),
    (r"\frac{\partial^2 f}{\partial x \partial y \partial z}", 20, "order"),
    (r"\frac{\partial}{\partial x}", 1, "of nothing"),
    (r"\int f(x)", 1, "names no variable"),
    (r"\begin{cases} a & b \\ c \end{cases}", None, ""),
    (r"\begin{tikz} a \end{tikz}", 1, "tikz"),
    (r"p(x | )", None, ""),
    (r"P(A, , B)", None, "event is missing"),
    (r"P(\neg )", None, ""),
    (r"P(A | \neg)", None, ""),
    (r"\mathbb{E}", 1, "needs an argument"),
    (r"\bar{a + b}", 6, "more than one"),
    (r"{ab}^2", 1, "braces"),
    (r"\arg x", 1, r"\max"),
    (r"a \choose b", 3, ""),
    (r"a \circ b", 3, ""),
    (r"a \otimes b", 3, ""),
    (r"a ? b", 3, ""),
    (r"a @ b", 3, ""),
    (r"a \neg b", 3, ""),
]


@pytest.mark.parametrize(("text", "column", "message"), REFUSED, ids=lambda value: str(value))
def test_what_is_no_formula_is_refused_with_its_place(text, column, message):
    with pytest.raises(Unreadable) as caught:
        said(text)
    assert message in caught.value.message
    assert caught.value.place is not None
    assert caught.value.place.line == 1
    assert column is None or caught.value.place.column == column


BEYOND = [
    (r"P(A \cup B)", "union"),
    (r"\partial_i f", "index"),
    # a name alone in brackets is an argument as likely as a factor
    (r"h(x)", "'h(…)', which may be a function's value or a product"),
    (r"R(s) + 1", "'R(…)', which may be"),
    (r"V(s')", "'V(…)', which may be"),
    (r"V^{(t)}[s]", "'V(…)', which may be"),
    (r"n(x)", "'n(…)', which may be"),
    (r"B(V)(s)", "'B(…)', which may be"),
    (r"B^\pi(V)(s)", "'B(…)', which may be"),
    (r"\tilde p(x)/Z", "'p(…)', which may be"),
    (r"\lambda(\mathbf{x}_i)", "'lambda(…)', which may be"),
    (r"\Pi_C(x + a)", "'Pi(…)', which may be"),
    (r"S_{\lambda/\rho}(x + a)", "'S(…)', which may be"),
    # names of several letters
    (r"W + KL(P(Y|X) || Q(Y|X))", "a function whose name ends in 'L'"),
    (r"W + KL(P || Q)", "a function whose name ends in 'L'"),
    (r"W + KL(p \| q)", "a function whose name ends in 'L'"),
    (r"Wi(p+1, q)", "a function whose name ends in 'i'"),
    # integrals
    (r"\int_B 1 dx \ dy", "an integral over several variables"),
    (r"\int dx \, x^2", "an integral whose variable stands before"),
    # what a minimum is of
    (r"\min_\beta (X\beta-y)^2 + \lambda\beta^2", "a min over a sum"),
    (r"\max_b cb - b^2", "a max over a sum"),
    (r"\sup_{v_i \in \mathbb{R}} z_i v_i - \log(1 + v_i)", "a sup over a sum"),
    (r"\frac{\delta}{\delta y} J", "a functional derivative"),
    (r"\frac{\delta J}{\delta y}", "a functional derivative"),
]


@pytest.mark.parametrize(("text", "message"), BEYOND, ids=lambda text: text)
def test_what_no_theory_knows_is_named(text, message):
    with pytest.raises(Beyond) as caught:
        said(text)
    assert message in caught.value.message


# --- what a letter before a bracket is ------------------------------------------------------------------------------

HEADS = [
    (r"f(x)", "Call"),
    (r"f(x)(y)", "Product"),
    (r"h(x, y)", "Call"),
    (r"h(x + 1)", "Product"),
    (r"h (x)", "Product"),
    (r"\mu(x)", "Product"),
    (r"\lambda(x + 1)", "Product"),
    (r"xf(x, y)", "Product"),
    (r"\theta[x]", "Product"),
    (r"W_1(x + a)", "Product"),
    (r"\frac{\delta}{2}", "Quotient"),
    (r"\frac{1}{\delta y}", "Quotient"),
    (r"p(x)", "Chance"),
    (r"p(x | y)", "Chance"),
    (r"q(x | y)", "Chance"),
    (r"\mu(1 - x)", "Product"),
    (r"\Pr(x)", "Chance"),
    (r"P(X = 1)", "Chance"),
    (r"T[i,k]", "Call"),
    (r"a[b + c]", "Product"),
    (r"E[x]", "Expectation"),
    (r"\mathcal{N}(x | \mu, \sigma^2)", "Chance"),
    (r"\log(x)", "Applied"),
    (r"\delta_{ij}", "Scripted"),
    (r"x'", "Scripted"),
    (r"n!", "Postfix"),
    (r"x^T", "Scripted"),
]


@pytest.mark.parametrize(("text", "kind"), HEADS, ids=lambda text: text)
def test_a_letter_before_a_bracket_is_a_call_a_probability_or_a_factor(text, kind):
    assert said(text)[0] == kind


def test_a_declared_number_before_a_bracket_is_a_factor():
    known = Lexicon(numbers=frozenset(("p",)))
    assert form("p(1-p)", known)[0] == "Product"
    assert form("p(x | y)", known)[0] == "Chance"
    assert form("p(y = 1)", known)[0] == "Chance"
    assert form("p(y ; x)", known)[0] == "Chance"


@pytest.mark.parametrize(
    "formula", [r"\Sigma_k^{-1} x_k", r"\log |\Sigma_k| + c_k", r"\Sigma_k + \Sigma_j", r"\Sigma_k x"]
)
def test_a_name_of_a_matrix_is_no_sign(formula):
    assert not any(isinstance(each, Big) for each in walk(node(formula)))
