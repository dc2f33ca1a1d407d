"""Annotations of a workflow."""

from __future__ import annotations

from io import StringIO

import pytest

from checker.record import Claim, DerivationRecord, Judgement, PartRecord, step_of
from checker.reports.github_report import write


def shown(judgement, explain=False, source="derivations/q2.py"):
    claim = Claim(3, 41, "=", "a", "b, c", "algebra")
    out = StringIO()
    write(
        [DerivationRecord("q2", "T", source, (PartRecord("c", "P", (step_of(claim, judgement),)),))],
        1.5,
        out,
        explain=explain,
    )
    return out.getvalue().splitlines()


@pytest.mark.parametrize(
    ("verdict", "level"), [("refuted", "error"), ("undecided", "warning"), ("unreadable", "warning")]
)
def test_a_step_that_does_not_pass_is_annotated_at_its_line(verdict, level):
    line, last = shown(Judgement(verdict=verdict, message="100% wrong,\nas said: here"))
    assert line == (
        f"::{level} file=derivations/q2.py,line=41,title=q2.c%2C step 3%3A {verdict}"
        "::a = b, c%0A100%25 wrong,%0Aas said: here"
    )
    assert last == f"::notice title=checker::1 {verdict} in 1.50 s"


def test_a_step_that_passes_is_annotated_only_on_demand():
    assert len(shown(Judgement(verdict="proved"))) == 1
    assert shown(Judgement(verdict="proved"), explain=True)[0].startswith("::notice file=derivations/q2.py,line=41,")


def test_text_of_others_is_no_command():
    lines = shown(Judgement(verdict="refuted", message="x\n::set-output name=a::b\r\n::error::"), source="a,b::c.md")
    assert len(lines) == 2
    assert "file=a%2Cb%3A%3Ac.md," in lines[0]
