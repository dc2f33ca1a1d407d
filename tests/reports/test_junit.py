"""The report for build servers: valid XML whatever a text says, with the right counts."""

from __future__ import annotations

import io
from xml.etree import ElementTree

import pytest

from checker.record import DerivationRecord
from checker.reports import junit_report
from tests.reports.records import ALL, HOSTILE_DOCUMENT, document


def report(*derivations, explain=False, encoding=None):
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding) if encoding else io.StringIO()
    junit_report.write(derivations or (document(),), 0.5, stream, explain=explain)
    stream.flush()
    return ElementTree.fromstring(stream.buffer.getvalue() if encoding else stream.getvalue())


def test_a_suite_for_each_part_and_a_case_for_each_step():
    root = report()
    counts = {"tests": "6", "failures": "1", "errors": "0", "skipped": "2"}
    assert {name: root.get(name) for name in counts} == counts
    (suite,) = root
    assert {name: suite.get(name) for name in counts} == counts
    assert suite.get("name") == "notes.Gradients"
    case = suite[0]
    assert (case.get("classname"), case.get("file"), case.get("line")) == ("notes.Gradients", "notes.md", "7")
    assert case.get("name") == r"step 1: \frac{a}{b} = \sum_{n=1}^N c"
    assert float(case.get("time")) == pytest.approx(0.004)


def test_what_is_wrong_fails_and_what_is_open_is_skipped():
    found = {verdict: [child.tag for child in case] for verdict, case in zip(ALL, report()[0], strict=True)}
    assert found["refuted"] == ["failure"]
    assert found["undecided"] == found["unreadable"] == ["skipped"]
    assert {"failure", "skipped"}.isdisjoint(found["proved"] + found["supported"] + found["assumed"])
    failure = report().find(".//failure")
    assert "x_1 = 3/2" in failure.get("message")
    assert "hint: the sides differ by a factor −1" in failure.text
    assert report().find(".//skipped").get("message") == "undecided: no theory for Integral"


def test_explain_puts_the_reasons_out():
    assert "theories: field, sums" in report(explain=True).find(".//system-out").text


@pytest.mark.parametrize("encoding", [None, "ascii", "utf-8"])
def test_it_is_valid_whatever_a_text_says(encoding):
    root = report(HOSTILE_DOCUMENT, explain=True, encoding=encoding)
    assert "<script>" in root[0][0].get("name")
    assert "␛" in root[0][0].get("name")


def test_what_could_not_be_read_is_an_error():
    root = report(DerivationRecord("notes", "", "notes.md", (), unreadable=True, text=True))
    assert (root.get("errors"), root[0][0][0].tag) == ("1", "error")
