"""What stands beside or before a formula: which words condition it, and which only comment on it."""

import pytest

from tests.reading.test_answers import answer
from tests.reading.test_judging import on

GIVEN = (
    r"Given $n \in \{1,\dots,N\}$, $k, j \in \{1,\dots,K\}$, $x_n, a_k \in \mathbb{R}$, $b, c, x \in \mathbb{R}$, "
    r"and $y \in \{1,\dots,K\}$."
)
TOTAL = r"$\sum_{n=1}^N x_n = x_1"


def verdicts(*blocks: str) -> str:
    return on(GIVEN, *blocks).verdicts


UNDERSTOOD = {
    "for a size": (TOTAL + r" \quad \text{for } N = 1", "proved assumed"),
    "for a size in words": (TOTAL + r" \quad \text{for $N = 1$}", "proved"),
    "a size in brackets": (TOTAL + r" \qquad (N = 1)", "proved"),
    "a size behind a space": (TOTAL + r" \qquad N = 1", "proved assumed"),
    "another size": (TOTAL + r" \qquad (N = 2)", "refuted"),
    "indices": (r"$a_k = a_j \quad \text{(but only where k=j)}", "proved"),
    "indices that say too little": (r"$a_k = a_1 \quad \text{(but only where k=j)}", "refuted"),
    "other indices": (r"$\mathbb{1}[k=j] = 0, \quad k \neq j", "proved assumed"),
    "a value": (r"$(b + 1)^2 = b^2 + 1 \text{ at } b = 0", "proved assumed"),
    "all": (r"$\sqrt{x^2} = x \quad \forall x > 0", "proved"),
    "two": (r"$|x| + |b| = x + b \text{ if } x > 0 \text{ and } b > 0", "proved assumed assumed"),
    "one of two": (r"$|x| + |b| = x + b \text{ if } x > 0", "refuted assumed"),
    "a domain": (r"$|x| = x, \quad x \geq 0", "proved assumed"),
    "a wrong line on a domain": (r"$|x| = -x, \quad x \geq 0", "refuted assumed"),
    "of an equivalence": (r"$x^2 = 4 \iff x = 2 \quad \text{for } x > 0", "proved assumed"),
    "of a wrong equivalence": (r"$x^2 = 4 \iff x = 2 \quad \text{for } x < 0", "refuted assumed"),
}


@pytest.mark.parametrize(("formula", "expected"), UNDERSTOOD.values(), ids=UNDERSTOOD)
def test_a_condition_beside_a_formula_that_is_understood_is_assumed(formula, expected):
    assert verdicts(formula) == expected


BEFORE = {
    "for": (r"For $N = 1$,", TOTAL, "proved"),
    "for another": (r"For $N = 2$,", TOTAL, "refuted"),
    "in the case": (r"In the case that $N = 1$,", TOTAL, "proved"),
    "when": (r"When $k = y$, we have", r"$a_k = a_y", "proved"),
    "at the end": (r"This can be written for $k = y$ as", r"$a_k = a_y", "proved"),
    "if": (r"If $b = 0$, then", r"$(b + 1)^2 = b^2 + 1", "proved"),
    "if that does not help": (r"If $b = 0$, then", r"$(b + 1)^2 = b^2 + 2", "refuted"),
    "a sign": (r"If $b > 0$ and $c > 0$, then", r"$|b c| = b c", "proved"),
    "what is solved for": (r"Solving for $b = 0$,", r"$(b + 1)^2 = b^2 + 1", "refuted"),
    "the claim itself": (r"It is smallest when $b = 3$, so", r"$b = 3", "refuted"),
}


@pytest.mark.parametrize(("words", "formula", "expected"), BEFORE.values(), ids=BEFORE)
def test_a_condition_in_the_words_before_a_display_is_assumed(words, formula, expected):
    assert verdicts(words, formula) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("If the classes are balanced, we get", "undecided"),
        ("The two agree when the weights are equal:", "undecided"),
        ("If we differentiate, we get", "refuted"),
        ("When taking logarithms, one finds", "refuted"),
        ("Since the classes are balanced, we get", "refuted"),
    ],
)
def test_a_condition_in_words_that_is_not_understood_refutes_nothing_and_a_comment_is_none(words, expected):
    assert verdicts(words, "$a_1 = a_2") == expected


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        # over what an index runs, reasons and remarks
        (r"$a_k = a_1 \quad \text{for } k = 1, \dots, K", "refuted assumed"),
        (r"$a_k = a_1 \quad \text{since $k = 1$}", "refuted"),
        (r"$a_k = a_1 \quad \text{(by symmetry)}", "refuted"),
        (r"$b + c = c \quad \text{where $c$ only shifts $b$}", "refuted"),
        # the letter that the sum binds: no value of k makes it another claim
        (r"$\sum_{k=1}^K a_k = a_j \quad \text{(but only where k=j)}", "refuted"),
        # what is not understood is named
        (r"$a_k = a_1 \quad \text{only where the classes are balanced}", "undecided"),
    ],
)
def test_a_comment_is_no_condition(formula, expected):
    assert verdicts(formula) == expected


def test_what_is_not_understood_is_named():
    outcome = on(GIVEN, r"$a_k = a_1 \quad \text{only where the classes are balanced}").outcomes[0]
    assert "only where the classes are balanced" in outcome.verdict.reason


def test_the_verdict_prints_the_condition():
    outcome = on(GIVEN, "For $N = 1$,", TOTAL).outcomes[0]
    assert outcome.verdict.conditions == ("N = 1",)


LATER = {
    "beside a formula": ([r"$b c = 0 \text{ if } b = 0", r"$b c = 0"], "proved assumed refuted"),
    "a conclusion under a condition": ([r"$c = 1 \text{ if } b = 0", "$c = 1"], "refuted assumed refuted"),
    "before a display": (["If $b = 0$, then", "$b c = 0", "But", "$b c = 0"], "proved refuted"),
    "in the same case": (["If $b = 0$, then", "$b c = 0", "and so", "$b c + 1 = 1"], "proved proved"),
    "in the next sentence": (["If $b = 0$, then", "$b c = 0", "Then", "$b c + 1 = 1"], "proved undecided"),
    "in the same case, and wrong": (["If $b = 0$, then", "$b c = 0", "and so", "$b c + 1 = 2"], "proved refuted"),
    "in another part": (["If $b = 0$, then", "$b c = 0", "## Next", "$b c = 0"], "proved refuted"),
    "cases": (
        [
            "Case 1: $x > 0$. Then",
            "$|x| = x",
            "and",
            "$|x| + 1 = x + 1",
            "Case 2: $x < 0$. Then",
            "$|x| = -x",
            "$|x| = x",
        ],
        "proved proved proved refuted",
    ),
}


@pytest.mark.parametrize(("blocks", "expected"), LATER.values(), ids=LATER)
def test_a_condition_is_no_given_for_what_follows(blocks, expected):
    assert verdicts(*blocks) == expected


def test_a_condition_for_is_no_declaration():
    assert verdicts("For $b = 0$,", "$(b + 1)^2 = b^2 + 1", "For $b = 1$,", "$(b + 1)^2 = b^2 + 3") == "proved proved"
    assert verdicts("For $b = 0$,", "$(b + 1)^2 = b^2 + 1", "## Next", "$b = 0") == "proved refuted"


def test_what_is_defined_under_a_condition_is_not_defined_without_it():
    assert verdicts(r"$w = 3 \text{ if } b = 0", "$w + 1 = 4") == "assumed assumed undecided"
    assert verdicts(r"$f(t) = 2 t, \quad t \geq 0", "$f(3) = 6", "$f(3) = 5") == "assumed assumed proved refuted"


def test_a_function_that_is_defined_in_cases_has_no_certain_values():
    cases = r"$f(t) = t \text{ if } t \geq 0", r"$f(t) = -t \text{ if } t < 0"
    assert verdicts(*cases, "$f(-1) = 1", "$f(-1) = -1") == "assumed assumed undecided assumed undecided undecided"


def test_contradictory_conditions_decide_nothing():
    assert verdicts(r"$x = x + 1 \text{ if } x > 2 \text{ and } x < 1").split()[0] == "undecided"


PRIOR = r"\alpha_k = \frac{1}{N} \sum_{n=1}^N \mathbb{1}[y_n=k]"


@pytest.mark.parametrize(
    "line",
    [
        r"\alpha_k = 1 \quad (N = 1)",
        r"\alpha_k = 1 \quad \text{if } \alpha_k = 1",
        r"\alpha_k = \frac{2}{N} \quad \text{if } N = 1 \text{ and } N = 2",
        rf"1 = 1 \quad \text{{if }} {PRIOR}",
    ],
)
def test_an_answer_gains_nothing_by_a_condition(line):
    found = answer("## (d)", f"${line}").split()
    assert not {"proved", "supported", "assumed"} & set(found[line.startswith("1 = 1") :])


def test_a_condition_on_the_members_of_a_sum_is_one():
    assert verdicts("When $a_n = 0$,\n\n$$\n\\sum_{n=1}^N a_n = 0\n$$\n") == "undecided"
    assert verdicts("When $x_n = 0$,\n\n$$\n\\sum_{n=1}^N x_n = 0\n$$\n") == "proved"
    assert verdicts("When $x_n = 1$,\n\n$$\n\\sum_{n=1}^N x_n = 1\n$$\n") == "refuted"
    assert verdicts("When $n = 1$,\n\n$$\n\\sum_{n=1}^N a_n = 0\n$$\n") == "refuted"
