"""What stands beside a formula and explains it: a name behind "where", a reason behind "since"."""

import pytest

from tests.reading.texts import verdicts

POSTERIOR = r"p(y=k|x) = \frac{p(x|y=k)\alpha_k}{Z}"
EVIDENCE = r"\sum_{c=1}^K p(x|y=c)\alpha_c"
NEXT = rf"\frac{{p(x|y=k)\alpha_k}}{{{EVIDENCE}}}"


@pytest.mark.parametrize("gap", [r"\quad\text{where } ", r", \qquad ", r"\text{ where }"])
@pytest.mark.parametrize(
    ("evidence", "expected"),
    [(EVIDENCE, "proved assumed proved"), (r"\sum_{c=1}^K p(x|y=c)", "refuted assumed refuted")],
)
def test_a_row_goes_on_with_the_formula_and_not_with_what_explains_it(gap, evidence, expected):
    text = POSTERIOR.replace("=", "&=", 2).replace("&=", "=", 1)
    display = rf"\begin{{aligned}} {text}{gap}Z = {evidence} \\ &= {NEXT} \end{{aligned}}"
    assert verdicts(f"(a) $${display}$$\n", "q2") == expected


def test_a_row_that_may_go_on_with_either_of_two_formulas_is_not_read():
    display = rf"\begin{{gathered}} {POSTERIOR}, \quad Z = {EVIDENCE} \\ = {NEXT} \end{{gathered}}"
    assert verdicts(f"(a) $${display}$$\n", "q2").split()[-1] == "unreadable"


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [(EVIDENCE, "proved assumed"), (r"\sum_{c=1}^K p(x|y=c)", "refuted assumed")],
)
def test_a_name_may_be_explained_in_the_next_display(evidence, expected):
    assert verdicts(f"(a) $${POSTERIOR}$$\nwhere\n$$Z = {evidence}.$$\n", "q2") == expected


def test_a_known_name_is_not_explained_away():
    text = "(a) $$p(x) = 2 p(x)$$\nwhere\n$$p(x) = 0.$$\n"
    assert verdicts(text, "q2") == "refuted refuted"


@pytest.mark.parametrize("reason", [r"\text{since }P(y=k)=\alpha_k", r"\text{as } p(y=k)=\alpha_k"])
@pytest.mark.parametrize(("row", "verdict"), [(NEXT, "proved"), (r"p(x|y=k)\alpha_k", "refuted")])
def test_a_reason_with_a_formula_is_no_line(reason, row, verdict):
    display = rf"p(y=k|x) &= \frac{{p(x|y=k)p(y=k)}}{{p(x)}} \qquad{reason} \\ &= {row}"
    assert verdicts(f"(a) $$\\begin{{aligned}} {display} \\end{{aligned}}$$\n", "q2") == f"proved {verdict}"


def test_what_follows_a_reason_is_a_line():
    display = r"p(y=k|x) = \frac{p(x|y=k)p(y=k)}{p(x)}\text{ as } p(y=k)=\alpha_k, \text{ so } p(y=k|x) = \alpha_k"
    assert verdicts(f"(a) $${display}$$\n", "q2") == "proved refuted"


@pytest.mark.parametrize(("first", "verdict"), [(r"\frac{p(x|y=k)\alpha_k}{p(x)}", "proved"), (r"p(x|y=k)", "refuted")])
def test_a_formula_in_the_words_that_ends_with_a_sign_goes_on_in_the_display(first, verdict):
    text = f"(a) The posterior is $p(y=k|x) =$\n$${first} = {first} + 0$$\n"
    assert verdicts(text, "q2") == f"{verdict} proved"
    assert verdicts(text.replace("=$\n", "=$ this:\n"), "q2") == "proved"
