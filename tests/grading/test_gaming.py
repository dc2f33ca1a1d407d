"""What an answer cannot earn: marks by its own declarations, by circles, by hidden text, or by saying everything."""

from __future__ import annotations

import pytest

from tests.grading.answered import text_marked

PRIOR = r"\alpha_k = \frac{1}{N} \sum_{n=1}^N \mathbb{1}[y_n=k]"
WRONG_PRIOR = r"\alpha_k = \frac{2}{N} \sum_{n=1}^N \mathbb{1}[y_n=k]"
LAGRANGIAN = r"L = \ell + \lambda \left(\sum_{k=1}^K \alpha_k - 1\right)"
SLOPE = r"\frac{\partial L}{\partial \alpha_k} = -\frac{1}{\alpha_k} \sum_{n=1}^N \mathbb{1}[y_n=k] + \lambda"
SOLVED = r"\alpha_k = \frac{1}{\lambda} \sum_{n=1}^N \mathbb{1}[y_n=k]"
NLL = (
    r"\frac{N}{2} \sum_{i=1}^D \log(2\pi\sigma_i^2) + \sum_{n=1}^N \sum_{i=1}^D \frac{(x_{ni}-\mu_{y_n i})^2}{2\sigma_i^2}"
    r" - \sum_{n=1}^N \log\alpha_{y_n}"
)
WRONG_NLL = NLL.replace(r"\frac{N}{2}", "N")
SLOPE_MU = r"\frac{\partial\ell}{\partial\mu_{kj}} = -\sum_{n=1}^N \mathbb{1}[y_n=k] \frac{x_{nj}-\mu_{kj}}{\sigma_j^2}"
WRONG_SLOPE_MU = SLOPE_MU.replace("-\\sum", "-2\\sum")
WRONG_SLOPE_VAR = r"\frac{\partial\ell}{\partial\sigma_j^2} = \frac{N}{2\sigma_j^2}"
EXPONENT = r"\exp\left(-\sum_{i=1}^D \frac{(x_i-\mu_{KK i})^2}{2\sigma_i^2}\right)"
POSTERIOR = (
    r"p(y=k|x,\mu,\sigma) = \frac{\alpha_k " + EXPONENT.replace("KK", "k") + r"}{\sum_{j=1}^K \alpha_j "
    + EXPONENT.replace("KK", "j") + "}"
)  # fmt: skip
WRONG_POSTERIOR = POSTERIOR.replace(r"\sum_{j=1}^K \alpha_j ", r"\sum_{j=1}^K ")


def page(part: str, *blocks: str) -> str:
    """Blocks of a part as paragraphs; what begins with a dollar is a display without its other dollars."""
    text = "\n\n".join(f"$$\n{block[1:]}\n$$" if block.startswith("$") else block for block in blocks)
    return f"## ({part})\n\n{text}\n"


def d(*blocks: str) -> tuple[str, str]:
    return "d", page("d", *blocks)


def c(*blocks: str) -> tuple[str, str]:
    return "c", page("c", *blocks)


def b(*blocks: str) -> tuple[str, str]:
    return "b", page("b", *blocks)


def a(*blocks: str) -> tuple[str, str]:
    return "a", page("a", *blocks)


ALONE_D = 1.5
"""What the class priors alone are worth, without steps."""
ATTACKS = {
    # redefining the question's symbols
    "the loss is what suits": (b(r"Let $\ell = " + WRONG_NLL + "$.", "$\\ell = " + WRONG_NLL), 0),
    "the loss is defined in a display": (b(r"Define", "$\\ell := " + WRONG_NLL, "$\\ell = " + WRONG_NLL), 0),
    "the loss is zero": (c(r"Let $\ell = 0$.", r"$\frac{\partial\ell}{\partial\mu_{kj}} = 0"), 0),
    "the loss in another spelling": (b(r"Let $J = " + WRONG_NLL + "$.", "$J = " + WRONG_NLL), 0),
    "priors are what suits": (d(r"Let $\alpha_k = \frac{2 N_k}{N}$ with $N_k = \sum_n \mathbb{1}[y_n=k]$.", "$" + WRONG_PRIOR), 0),
    "N is another number": (d(r"Let $N = 2 N_0$.", "$" + WRONG_PRIOR), 0),
    "y is redefined": (c(r"Let $y_n = k$.", "$" + WRONG_SLOPE_MU), 0),
    "the model is redefined": (a(r"Let $p(y=k) = 1$.", "$" + WRONG_POSTERIOR), 0),
    "priors of one": (a(r"Given $\alpha_k = 1$.", "$" + WRONG_POSTERIOR), 0),
    "the indicator is redefined": (c(r"Let $\mathbb{1}[y_n=k] = 2$.", "$" + WRONG_SLOPE_MU), 0),
    "p is redefined": (a(r"Let $p(y=k|x,\mu,\sigma) = \alpha_k$.", r"$p(y=k|x,\mu,\sigma) = \alpha_k"), 0),
    "a macro for a symbol": (
        c(r"$$\newcommand{\mu}{\nu}$$", "$" + WRONG_SLOPE_MU), 0,
    ),
    # declaring the claim
    "the claim is assumed": (d("Assume that", "$" + WRONG_PRIOR, "Then", "$" + WRONG_PRIOR), 0),
    "the claim is given": (d(f"Given ${WRONG_PRIOR}$.", "$" + WRONG_PRIOR), 0),
    "the right claim is given": (d(f"Given ${PRIOR}$.", "$" + PRIOR), ALONE_D),
    "the right claim is supposed": (d("Suppose that", "$" + PRIOR, "Then", "$" + PRIOR), ALONE_D),
    "we know that": (d("We know that", "$" + PRIOR, "and so", "$" + PRIOR), ALONE_D),
    "the slope is given": (c(f"Given ${WRONG_SLOPE_MU}$.", "$" + WRONG_SLOPE_MU), 0),
    "the loss is supposed": (b("Suppose that", "$\\ell = " + WRONG_NLL, "Then", "$\\ell = " + WRONG_NLL), 0),
    # circles
    "the claim twice": (d("$" + PRIOR, "Hence", "$" + PRIOR), ALONE_D),
    "the claim turned round": (d("$" + PRIOR, "Hence", r"$N \alpha_k = \sum_{n=1}^N \mathbb{1}[y_n=k]", "so", "$" + PRIOR), ALONE_D),
    "the claim as an arrow": (d("$" + PRIOR + r" \Rightarrow " + PRIOR), ALONE_D),
    "a wrong claim, then derived": (d("$" + WRONG_PRIOR, r"$\alpha_k N = 2\sum_{n=1}^N \mathbb{1}[y_n=k]", "$" + WRONG_PRIOR), 0),
    "from the multiplier that suits": (d("$" + r"\lambda = N", "$" + SOLVED, "$" + PRIOR), ALONE_D + 1),
    # imposed
    "imposing that it is zero": (d("Setting to zero", r"$\alpha_k - \frac{1}{N}\sum_{n=1}^N \mathbb{1}[y_n=k] = 0", "$" + PRIOR), ALONE_D),
    "imposing it on a derivative": (
        d(r"Setting the derivative to zero", r"$\alpha_k = \frac{1}{N}\sum_{n=1}^N \mathbb{1}[y_n=k]", "$" + PRIOR), ALONE_D,
    ),
    "where the claim holds": (d(rf"$1 = 1 \text{{ if }} {PRIOR}", rf"$1 = 1 \text{{ if ${PRIOR}$}}", rf"If ${PRIOR}$, then", "$1 = 1"), 0),
    "where nothing holds": (d("If $N = 1$ and $N = 2$, then", "$" + WRONG_PRIOR), 0),
    "imposing what is false": (d("Setting this to zero gives", r"$\frac{2}{N}\sum_{n=1}^N \mathbb{1}[y_n=k] - \alpha_k = 0", "$" + WRONG_PRIOR), 0),
    "a slope that is zero": (c(r"$\frac{\partial\ell}{\partial\mu_{kj}} = 0"), 0),
    "a function to suit": (
        d(
            r"$F = \frac12 \sum_{k=1}^K (\alpha_k - \frac{1}{N}\sum_{n=1}^N \mathbb{1}[y_n=k])^2",
            r"$\frac{\partial F}{\partial\alpha_k} = \alpha_k - \frac{1}{N}\sum_{n=1}^N \mathbb{1}[y_n=k] = 0", "$" + PRIOR,
        ),
        ALONE_D,
    ),
    "a function to suit, set to zero in words": (
        d(
            r"$F = \frac12 \sum_{k=1}^K (\alpha_k - \frac{1}{N}\sum_{n=1}^N \mathbb{1}[y_n=k])^2",
            r"$\frac{\partial F}{\partial\alpha_k} = \alpha_k - \frac{1}{N}\sum_{n=1}^N \mathbb{1}[y_n=k]",
            "Setting it to zero gives", "$" + PRIOR,
        ),
        ALONE_D,
    ),
    "a Lagrangian to suit": (
        d(
            r"$L = \sum_{k=1}^K (\log\alpha_k \cdot N_k - N \alpha_k) + \lambda(\sum_{k=1}^K \alpha_k - 1)",
            r"where $N_k = \sum_{n=1}^N \mathbb{1}[y_n=k]$.",
            r"$\frac{\partial L}{\partial\alpha_k} = \frac{N_k}{\alpha_k} - N + \lambda = 0", r"$\lambda = 0", "$" + PRIOR,
        ),
        ALONE_D + 1,
    ),
    "a Lagrangian with twice the loss, and a wrong result": (
        d(
            r"$L = 2\ell + \lambda(\sum_{k=1}^K \alpha_k - 1)",
            r"$\frac{\partial L}{\partial\alpha_k} = -\frac{2}{\alpha_k}\sum_{n=1}^N \mathbb{1}[y_n=k] + \lambda = 0",
            r"$\alpha_k = \frac{2}{N}\sum_{n=1}^N \mathbb{1}[y_n=k]",
        ),
        1,
    ),
    "a Lagrangian with twice the loss, whose derivative forgets it": (
        d(
            r"$L = 2\ell + \lambda(\sum_{k=1}^K \alpha_k - 1)",
            r"$\frac{\partial L}{\partial\alpha_k} = -\frac{1}{\alpha_k}\sum_{n=1}^N \mathbb{1}[y_n=k] + \lambda = 0",
            r"$\alpha_k = \frac{2}{N}\sum_{n=1}^N \mathbb{1}[y_n=k]",
        ),
        0,
    ),
    # hidden
    "a result in a comment": (("d", page("d", "$" + LAGRANGIAN, "<!-- $$" + PRIOR + "$$ -->")), 0),
    "a result in a comment of LaTeX": (d("$" + LAGRANGIAN + "\n% " + PRIOR + "\n"), 0),
    "a phantom factor": (d("$" + WRONG_PRIOR.replace(r"\frac{2}", r"\frac{2\phantom{/2}}")), 0),
    "a phantom result": (d("$" + WRONG_PRIOR + r"\phantom{" + "= 1}" + r"\phantom{" + PRIOR + "}"), 0),
    "a white result": (d("$" + WRONG_PRIOR + r"\quad {\color{white} " + PRIOR + "}"), ALONE_D),
    "a white factor": (d("$" + WRONG_PRIOR.replace(r"\frac{2}", r"\frac{2{\color{white}\cdot\frac12}}")), 0),
    "a white factor in an argument": (d("$" + WRONG_PRIOR.replace(r"\frac{2}", r"\frac{2\textcolor{white}{\frac12}}")), 0),
    "a factor nearly white": (d("$" + WRONG_PRIOR.replace(r"\frac{2}", r"\frac{2\textcolor{black!1}{\frac12}}")), 0),
    "a factor white by numbers": (d("$" + WRONG_PRIOR.replace(r"\frac{2}", r"\frac{2\textcolor[rgb]{1,1,1}{\frac12}}")), 0),
    "a factor of a colour of its own": (d("$" + WRONG_PRIOR.replace(r"\frac{2}", r"\frac{2\textcolor{mine}{\frac12}}")), 0),
    "black on black": (d("$" + WRONG_PRIOR.replace(r"\frac{2}", r"\frac{2\colorbox{black}{$\frac12$}}")), 0),
    "an override of the direction": (d("$" + WRONG_PRIOR.replace("{2}", "{2\u202e\\cdot\\frac12\u202c}")), 0),
    "a tiny factor": (d("$" + WRONG_PRIOR.replace(r"\frac{2}", r"\frac{2{\fontsize{0}{0}\selectfont\cdot\frac12}}")), 0),
    "a factor of no size": (d("$" + WRONG_PRIOR.replace(r"\frac{2}", r"\frac{2\scalebox{0}{$\cdot\frac12$}}")), 0),
    "a factor that takes no room": (d("$" + WRONG_PRIOR.replace(r"\frac{2}", r"\frac{2\rlap{\cdot\frac12}}")), 0),
    "a factor with vanishing colour": (d("$" + WRONG_PRIOR.replace(r"\frac{2}", r"\frac{2\textcolor{white}{\cdot\frac12}}")), 0),
    # nothing
    "nothing is nothing": (d("$0 = 0"), 0),
    "the target is the target": (d(r"$\alpha_k = \alpha_k"), 0),
    "the loss is the loss": (b(r"$\ell = \ell"), 0),
    "the slope is the slope": (c(r"$\frac{\partial\ell}{\partial\mu_{kj}} = \frac{\partial\ell}{\partial\mu_{kj}}"), 0),
    "the posterior is itself": (a(r"$p(y=k|x,\mu,\sigma) = p(y=k|x,\mu,\sigma)"), 0),
    "the result is the result": (d(r"$\frac{1}{N} \sum_{n=1}^N \mathbb{1}[y_n=k] = \frac{1}{N} \sum_{n=1}^N \mathbb{1}[y_n=k]"), 0),
    # new names
    "a wrong result under a hat": (d("$" + WRONG_PRIOR.replace(r"\alpha", r"\hat\alpha")), 0),
    "a wrong slope of a new loss": (c("$" + WRONG_SLOPE_MU.replace(r"\ell", r"\tilde\ell")), 0),
    "a new loss": (b("$" + r"\tilde\ell = " + NLL), 2),
    "a wrong new loss": (b("$" + r"\tilde\ell = " + WRONG_NLL), 0),
    "a right result under a prime": (d("$" + WRONG_PRIOR.replace(r"\alpha_k", r"\alpha_k'")), 0),
    "the result is inside a definition": (d(r"Let $R_k = \frac{1}{N} \sum_{n=1}^N \mathbb{1}[y_n=k]$.", "Then", r"$\alpha_k = R_k"), ALONE_D),
    "the result is inside a displayed definition": (d(r"$R_k = \frac{1}{N} \sum_{n=1}^N \mathbb{1}[y_n=k]", r"$\alpha_k = R_k"), ALONE_D),
    "the loss is inside a definition": (b(r"Let $R = \ell$.", r"$\ell = R"), 0),
    "the slope is inside a definition": (c(r"Let $R_{kj} = \frac{\partial\ell}{\partial\mu_{kj}}$.", r"$\frac{\partial\ell}{\partial\mu_{kj}} = R_{kj}"), 0),
    # homoglyphs
    "a Greek that is Cyrillic": (d("$" + WRONG_PRIOR.replace(r"\alpha", "а")), 0),
    "a Cyrillic N": (d("$" + WRONG_PRIOR.replace("{N}", "{Ν}", 1)), 0),
    "a Latin letter for the loss": (b("$" + "l = " + WRONG_NLL), 0),
    "a fullwidth equals sign": (d("$" + WRONG_PRIOR.replace("=", "＝", 1)), 0),
    "a modified equals sign": (d("$" + WRONG_PRIOR.replace("=", "꞊", 1)), 0),
    # indices
    "shadowed: k is bound": (
        c(r"$\frac{\partial\ell}{\partial\mu_{kj}} = -\sum_{n=1}^N \sum_{k=1}^K \mathbb{1}[y_n=k] \frac{x_{nj}-\mu_{kj}}{\sigma_j^2}"), 0,
    ),
    "shadowed: n is bound twice": (c("$" + SLOPE_MU.replace(r"\sum_{n=1}^N", r"\sum_{n=1}^N \sum_{n=1}^N")), 0),
    "one class alone": (d(r"Let $K = 1$.", r"$\alpha_k = 1"), 0),
    "one sample alone": (c(r"Let $N = 1$.", r"$\frac{\partial\ell}{\partial\mu_{kj}} = -\mathbb{1}[y_1=k] \frac{x_{1j}-\mu_{kj}}{\sigma_j^2}"), 0),
    "a class by its number": (c("$" + SLOPE_MU.replace(r"\mu_{kj}", r"\mu_{1j}").replace("y_n=k", "y_n=1")), 2),
    # everything
    "a right and a wrong prior": (d("$" + PRIOR, "$" + WRONG_PRIOR), 0),
    "a wrong and a right prior": (d("$" + WRONG_PRIOR, "$" + PRIOR), 0),
    "a right and a wrong slope": (c("$" + SLOPE_MU, "$" + WRONG_SLOPE_MU), 0),
    "a wrong and a right slope": (c("$" + WRONG_SLOPE_MU, "$" + SLOPE_MU), 0),
    "a right and a wrong loss": (b("$\\ell = " + NLL, "$\\ell = " + WRONG_NLL), 0),
    "right and wrong posteriors": (a("$" + WRONG_POSTERIOR, "$" + POSTERIOR), 0),
    "beside one another": (c("$" + SLOPE_MU + r" \quad\text{or}\quad " + WRONG_SLOPE_MU), 0),
    "with a comma": (d("$" + PRIOR + ", " + WRONG_PRIOR), 0),
}  # fmt: skip
"""An attack: the part, the text, and the marks of the part that it may still have."""


HIDDEN = {
    "iffalse": ("tex", r"\iffalse" + "\n\\[ " + PRIOR + " \\]\n" + r"\fi"),
    "a comment environment": ("tex", r"\begin{comment}" + "\n\\[ " + PRIOR + " \\]\n" + r"\end{comment}"),
    "a white group": ("tex", r"{\color{white} \[ " + PRIOR + r" \]}"),
    "a white colour of its own": ("tex", r"\definecolor{mine}{rgb}{1,1,0.99} \color{mine} \[ " + PRIOR + r" \]"),
    "one in ink of none": ("tex", r"\definecolor{mine}{cmyk}{0,0,0.1,0} \color{mine} \[ " + PRIOR + r" \]"),
    "red that is white": ("tex", r"\definecolor{red}{gray}{1} \textcolor{red}{\[ " + PRIOR + r" \]}"),
    "red that is white inside": ("tex", r"\definecolor{red}{gray}{1} \[ \textcolor{red}{" + PRIOR + r"} \]"),
    "white first and black later": (
        "tex", r"\definecolor{mine}{gray}{1} \textcolor{mine}{\[ " + PRIOR + r" \]} \definecolor{mine}{gray}{0}",
    ),
    "the colour of the paper": (
        "tex", r"\definecolor{mine}{gray}{0.2} \pagecolor{mine} \textcolor{mine}{\[ " + PRIOR + r" \]}",
    ),
    "a colour in an unknown model": ("tex", r"\definecolor{mine}{wave}{400} \color{mine} \[ " + PRIOR + r" \]"),
    "a white argument": ("tex", r"\textcolor{white}{\[ " + PRIOR + r" \]}"),
    "white from here on": ("tex", "\\color{white}\n\\[ " + PRIOR + " \\]\n"),
    "a macro that drops its argument": ("tex", "\\newcommand{\\hide}[1]{}\n\\hide{\\[ " + PRIOR + " \\]}\n"),
    "behind the end": ("tex", "\\end{document}\n\\[ " + PRIOR + " \\]\n"),
    "a box that is not set": ("tex", r"\setbox0=\hbox{$\displaystyle " + PRIOR + "$}"),
    "a saved box": ("tex", r"\sbox{0}{$$" + PRIOR + "$$}"),
    "text of no size": ("tex", r"{\fontsize{0}{0}\selectfont \[ " + PRIOR + r" \]}"),
    "a phantom": ("tex", r"\phantom{\[ " + PRIOR + r" \]}"),
    "a comment of HTML": ("md", "<!--\n\n$$" + PRIOR + "$$\n\n-->"),
    "a hidden element": ("md", '<div hidden>\n\n$$' + PRIOR + "$$\n\n</div>"),
    "an element not displayed": ("md", '<div style="display:none">\n\n$$' + PRIOR + "$$\n\n</div>"),
    "a white element": ("md", '<span style="color:white">$$' + PRIOR + "$$</span>"),
    "a link nobody sees": ("md", "[//]: # ($$" + PRIOR + "$$)"),
    "code": ("md", "```\n$$" + PRIOR + "$$\n```"),
}  # fmt: skip
"""A right result where no reader sees it."""


@pytest.mark.parametrize(("suffix", "text"), HIDDEN.values(), ids=HIDDEN.keys())
def test_what_no_reader_sees_earns_nothing(suffix, text):
    heading = "## (d)" if suffix == "md" else r"\section*{(d)}"
    part = text_marked(f"{heading}\n\nWe find the following.\n\n{text}\n", suffix)["d"]
    assert part.marked.marks == 0


SEEN = {
    "blue from here on": ("tex", "\\color{blue}\n\\[ " + PRIOR + " \\]\n"),
    "a red argument": ("tex", r"\textcolor{red!80!black}{\[ " + PRIOR + r" \]}"),
    "a macro that shows its argument": ("tex", "\\newcommand{\\show}[1]{#1}\n\\show{\\[ " + PRIOR + " \\]}\n"),
    "a dark colour of its own": ("tex", r"\definecolor{mine}{rgb}{0.1,0.2,0.6} \color{mine} \[ " + PRIOR + r" \]"),
    "one in hexadecimal": ("tex", r"\definecolor{mine}{HTML}{B03060} \textcolor{mine}{\[ " + PRIOR + r" \]}"),
    "one of 255": ("tex", r"\definecolor{mine}{RGB}{20, 90, 20} \[ \textcolor{mine}{" + PRIOR.replace("=", "} = {", 1) + r"} \]"),
    "a mixture of its own": ("tex", r"\colorlet{mine}{red!70!black} \color{mine!90} \[ " + PRIOR + r" \]"),
    "behind white words": ("tex", r"{\color{white} Nothing.} \[ " + PRIOR + r" \]"),
    "small letters": ("tex", r"{\fontsize{9}{11}\selectfont \[ " + PRIOR + r" \]}"),
    "an element": ("md", "<div>\n\n$$" + PRIOR + "$$\n\n</div>"),
    "behind a hidden element": ("md", "<div hidden>\n\nNothing.\n\n</div>\n\n$$" + PRIOR + "$$"),
    "a red formula": ("md", "$$" + PRIOR.replace("=", r"\color{red}{=}", 1) + "$$"),
}  # fmt: skip


@pytest.mark.parametrize(("suffix", "text"), SEEN.values(), ids=SEEN.keys())
def test_what_is_seen_counts(suffix, text):
    heading = "## (d)" if suffix == "md" else r"\section*{(d)}"
    assert text_marked(f"{heading}\n\nWe find the following.\n\n{text}\n", suffix)["d"].marked.marks == ALONE_D


def test_hidden_words_declare_nothing():
    text = page(
        "d", "<span hidden>Let $R_k = \\frac{1}{N} \\sum_{n=1}^N \\mathbb{1}[y_n=k]$.</span>", r"$\alpha_k = R_k"
    )
    assert text_marked(text)["d"].marked.marks == 0


@pytest.mark.parametrize(("answer", "most"), ATTACKS.values(), ids=ATTACKS.keys())
def test_it_earns_nothing_that_it_should_not(answer, most):
    part, text = answer
    assert text_marked(text)[part].marked.marks <= most
