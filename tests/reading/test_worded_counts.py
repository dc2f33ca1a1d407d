"""Counts in words: inside formulas, beside them in brackets, and in sentences."""

import pytest

from tests.reading.texts import verdicts

TAIL = "\n$$\\sum_k N_k = N$$\n$$\\sum_k N_k = 2 N$$\n"


@pytest.mark.parametrize(
    "words",
    [
        r"\text{number of samples in class } k",
        r"\text{number of samples in class $k$}",
        r"\text{no. of samples in class k}",
        r"\text{\# of examples with label }k",
        r"\#\text{ of points in class } k",
        r"(\text{count of class k in D})",
    ],
)
@pytest.mark.parametrize(("total", "verdict"), [("N", "proved"), ("2N", "refuted"), ("K", "refuted")])
def test_words_in_a_formula_count_the_samples_in_a_class(words, total, verdict):
    assert verdicts(rf"(d) $$\sum_k \frac{{{words}}}{{{total}}} = 1$$", "q2") == verdict


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("number of samples", "proved"),
        ("total number of training examples", "proved"),
        ("sum of all class counts", "proved"),
        ("number of features", "unreadable"),
        ("number of samples without a class", "unreadable"),
    ],
)
def test_words_in_a_formula_count_all_samples(words, verdict):
    formula = rf"\sum_k\sum_n \mathbb{{1}}[y^{{(n)}}=k] = \text{{{words}}}"
    assert verdicts(f"(d) $${formula}$$\n", "q2") == verdict


def test_words_alone_on_the_left_are_read():
    assert verdicts(r"(d) $$\text{number of samples in class } k = N \alpha_k$$", "q2") == "refuted"


@pytest.mark.parametrize(
    "sentence",
    [
        "Let $N_k$ = no. of samples in class k.",
        r"Let $N_k$ be the number of samples in class k (so $\sum_k N_k = N$).",
        "Let $N_k$ = the number of times class k appears.",
    ],
)
def test_a_sentence_says_what_is_counted(sentence):
    assert verdicts(f"(d) {sentence}{TAIL}", "q2") == "proved refuted"


@pytest.mark.parametrize(
    "sentence", ["Let $N_k$ = #(samples in class k).", "Let $N_k$ be the number of odd samples of class k."]
)
def test_of_a_count_that_is_not_understood_nothing_is_refuted(sentence):
    assert verdicts(f"(d) {sentence}{TAIL}", "q2") == "undecided undecided"


def test_a_name_that_is_called_in_words_is_not_known():
    text = (
        "(d) This ratio is the same for all classes, call it $c$. Then\n$$\\sum_k \\alpha_k = c \\sum_k \\alpha_k$$\n"
    )
    assert verdicts(text, "q2") == "undecided"
    assert verdicts(text.replace("call it $c$", "whatever $c$"), "q2") == "refuted"


@pytest.mark.parametrize(
    ("words", "expected"),
    [("number of samples in class", "proved refuted"), ("number of odd samples in class", "undecided undecided")],
)
def test_a_count_is_named_in_brackets_beside_a_formula(words, expected):
    display = rf"0 = N_k - N_k \quad (N_k = \text{{{words}}} k)"
    assert verdicts(f"(d) $${display}$${TAIL}", "q2").removeprefix("proved ") == expected
