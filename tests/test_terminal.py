"""The report on a terminal: readable at every width, without colour, in ASCII; nothing of a formula is lost."""

from __future__ import annotations

import io
import re

import pytest
from rich.console import Console

from checker.notation.names import in_ascii
from checker.record import Claim, DerivationRecord, Outline, PartOutline, PartRecord, judged, step_of
from checker.reports.terminal import Terminal, show, show_list, show_summary
from checker.reports.wrapping import width, wrapped
from checker.verdict import Counterexample, Outcome, Proved, Refuted, Undecided

LONG = "−∑_{n=1}^N log(α_{y_n}) + (N/2) ∑_{i=1}^D log(2π σ_i²) + ∑_{n=1}^N ∑_{i=1}^D (x_ni − μ_{y_n,i})²/(2σ_i²)"
FORMULAS = ["∂ℓ/∂μ_kj", "∂/∂μ_kj (" + LONG + ")", "−∑_{n=1}^N 1[y_n = k] (x_nj − μ_kj)/σ_j²", "f[k, j] [bold]"]
REFUTED = Refuted(Counterexample({"N": "1", "mu_{2,1}": "3/2"}, "1/4", "-1/4"), "the sides differ by a factor −1")
OUTCOMES = [
    Outcome(Proved(("field", "sums"), ("N_k ≠ 0",), ("definition of ℓ",), normal_form="a[k, j]", instances=3)),
    Outcome(REFUTED, seconds=0.0123),
    Outcome(Proved(("field",)), rule_ok=False, message="true, but not by 'bayes': no probability is inverted"),
]


def derivation(outcomes=OUTCOMES):
    steps = []
    for number, outcome in enumerate(outcomes, start=1):
        before, after = FORMULAS[number - 1 : number + 1]
        claim = Claim(number, 10 + number, "=", "", "", "total-probability", before, after)
        steps.append(step_of(claim, judged(outcome)))
    part = PartRecord("c", "The gradient [of ℓ]", tuple(steps))
    return DerivationRecord("q9", "A title [sic]", "derivations/q9.py", (part,))


def report(columns=120, *, encoding="utf-8", explain=False, what=None, **console):
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    out = Terminal(Console(file=stream, width=columns, highlight=False, markup=False, **console), explain)
    show(what or derivation(), out)
    show_summary([what or derivation()], 0.61, out)
    stream.flush()
    return stream.buffer.getvalue().decode(encoding)


def squeezed(text):
    return re.sub(r"[\s│|╭╮╰╯─+-]", "", text)


@pytest.mark.parametrize("columns", [30, 40, 59, 60, 80, 99, 100, 140, 250])
def test_no_line_is_too_long_and_no_formula_loses_a_character(columns):
    text = report(columns)
    assert max(map(len, text.splitlines())) <= columns
    one_column = re.sub(r"\s|[│╭╮╰╯─]", "", report(250))
    for formula in FORMULAS:
        assert re.sub(r"\s", "", formula) in one_column
    if columns >= 40:
        for formula in FORMULAS:
            for token in formula.split():
                assert token in text, token


@pytest.mark.parametrize("columns", [50, 80, 140])
def test_everything_is_said_without_colour(columns):
    text = squeezed(report(columns))
    for said in (
        "q9", "A title [sic]", "The gradient [of ℓ]", "✓ proved", "✗ refuted", "total", "12 ms",
        "first wrong step: q9.c, step 2", "derivations/q9.py:12", "at N = 1, μ_{2,1} = 3/2",
        "the left side is 1/4", "hint: the sides differ by a factor −1",
        "true, but not by 'bayes'", "if N_k ≠ 0 (1)", "trusting definition of ℓ (1)",
        "3 steps: 2 proved, 1 refuted in 0.61 s",
    ):  # fmt: skip
        assert squeezed(said) in text, said


def test_no_colour_where_it_is_not_wanted(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[3" not in report(force_terminal=True)
    monkeypatch.delenv("NO_COLOR")
    assert "\x1b[32m" in report(force_terminal=True, color_system="standard")


@pytest.mark.parametrize("columns", [40, 80, 140])
@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_an_ascii_terminal_gets_ascii(columns, encoding):
    text = report(columns, encoding=encoding, explain=True)
    assert text.isascii()
    assert "+ proved" in text
    assert "x refuted" in text


def test_explain_says_why():
    text = report(explain=True)
    for said in ("field, sums", "if N_k ≠ 0", "trusting definition of ℓ", "common form a[k, j]", "instances 3"):
        assert said in text
    assert "theories" not in report()


def test_every_wrong_step_but_the_first_shows_its_counterexample_beside_it():
    text = report(what=derivation([OUTCOMES[1], OUTCOMES[1]]))
    assert text.count("the left side is 1/4") == 2
    assert text.count("first wrong step") == 1


def test_no_panel_where_nothing_is_wrong():
    assert "first wrong step" not in report(what=derivation([OUTCOMES[0], Outcome(Undecided("no theory"))]))


def test_a_part_without_steps_says_so():
    assert "nothing is checked" in report(what=DerivationRecord("q9", "", "", (PartRecord("a", "Empty", ()),)))


def test_the_list_has_a_line_for_each_derivation():
    stream = io.StringIO()
    parts = tuple(PartOutline(name, "", None, ()) for name in "ab")
    outlines = {"q1": Outline("Counts [k]", parts), "q3": Outline(problems=("derivations/q3.py:1: broken",))}
    show_list(outlines, Terminal(Console(file=stream, width=80)))
    assert [line.split() for line in stream.getvalue().splitlines()] == [
        ["q1", "Counts", "[k]", "parts", "a,", "b"],
        ["q3", "cannot", "be", "loaded"],
    ]


def test_formulas_break_before_plus_and_minus_outside_brackets():
    assert wrapped(LONG, 53) == [
        "−∑_{n=1}^N log(α_{y_n})",
        "  + (N/2) ∑_{i=1}^D log(2π σ_i²)",
        "  + ∑_{n=1}^N ∑_{i=1}^D (x_ni − μ_{y_n,i})²/(2σ_i²)",
    ]


@pytest.mark.parametrize("columns", [5, 20, 33, 80])
@pytest.mark.parametrize("formula", [LONG, "x" * 70, "", "a b", "μ\u0302 " * 30])
def test_wrapping_keeps_to_the_columns_and_loses_nothing(formula, columns):
    lines = wrapped(formula, columns)
    assert all(width(line) <= columns for line in lines)
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", formula)


def test_ascii_spelling():
    assert in_ascii("∂ℓ/∂μ_kj ≤ σ²·α … é 漢") == "dell/dmu_kj <= sigma^2*alpha ... e ?"
