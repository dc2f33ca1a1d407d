"""The record: every field of the contract, from verdicts; the worst verdict; the exit status."""

from __future__ import annotations

import json

import pytest

from checker.record import (
    Claim,
    DerivationRecord,
    Judgement,
    PartRecord,
    as_json,
    exit_status,
    judged,
    step_of,
    summary,
    worst,
)
from checker.verdict import (
    WORST_FIRST,
    Assumed,
    Counterexample,
    Outcome,
    Proved,
    Refuted,
    Supported,
    Undecided,
    Unreadable,
)

CLAIM = Claim(1, 12, "=", r"\frac{a}{b}", "c", "bayes", "a/b", "c")
OUTCOMES = [
    Outcome(Proved(("field",), ("b ≠ 0",), ("the model",), instances=3, normal_form="a b"), seconds=0.0040001),
    Outcome(Supported(5, "no theory for Integral")),
    Outcome(Refuted(Counterexample({"N": "2", "x_1": "3/2"}, "1/4", "-1/4"), "a factor −1", 3)),
    Outcome(Undecided("no theory for Integral")),
    Outcome(Unreadable("a bracket is missing", 41, 17)),
    Outcome(Assumed("a definition")),
]
FIELDS = [
    "number", "source_line", "relation", "lhs", "rhs", "rule", "rule_ok", "verdict", "method", "theories",
    "conditions", "trusts", "instances", "counterexample", "message", "hint", "seconds",
]  # fmt: skip


def derivation(*outcomes, strict=False):
    steps = tuple(step_of(CLAIM, judged(outcome, strict=strict)) for outcome in outcomes)
    return DerivationRecord("q9", "A title", "derivations/q9.py", (PartRecord("a", "A part", steps, max_marks=4),))


def transition(outcome, **options):
    record = as_json([derivation(outcome, **options)], 0.5)
    return json.loads(json.dumps(record))["derivations"][0]["parts"][0]["transitions"][0]


@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda outcome: outcome.verdict.name)
def test_every_field_is_always_there_in_order_and_strings_are_never_null(outcome):
    record = transition(outcome)
    assert list(record) == FIELDS
    nulls = [name for name, value in record.items() if value is None]
    assert nulls == ([] if outcome.verdict.name == "refuted" else ["counterexample"])


def test_a_proof_is_recorded_with_what_it_rests_on():
    record = transition(OUTCOMES[0])
    assert record | {"lhs": "", "rhs": ""} == {
        "number": 1, "source_line": 12, "relation": "=", "lhs": "", "rhs": "", "rule": "bayes", "rule_ok": True,
        "verdict": "proved", "method": "normal form", "theories": ["field"], "conditions": ["b ≠ 0"],
        "trusts": ["the model"], "instances": 3, "counterexample": None, "message": "", "hint": "", "seconds": 0.004,
    }  # fmt: skip


def test_a_refutation_is_recorded_with_its_counterexample():
    record = transition(OUTCOMES[2])
    assert record["counterexample"] == {"values": {"N": "2", "x_1": "3/2"}, "lhs": "1/4", "rhs": "-1/4"}
    assert record["hint"] == "a factor −1"


def test_messages():
    assert [transition(outcome)["message"] for outcome in OUTCOMES] == [
        "", "no theory for Integral", "", "no theory for Integral", "41:17: a bracket is missing", "a definition",
    ]  # fmt: skip
    by_another = Outcome(Proved(("field",)), rule_ok=False, message="true, but not by 'bayes'")
    assert transition(by_another)["message"] == "true, but not by 'bayes'"


def test_strict_takes_supported_for_undecided():
    record = transition(OUTCOMES[1], strict=True)
    assert record["verdict"] == "undecided"
    assert "not proved" in record["message"]
    assert record["instances"] == 5
    assert transition(OUTCOMES[0], strict=True)["verdict"] == "proved"


def test_the_whole_record():
    record = as_json([derivation(*OUTCOMES)], 0.61234)
    assert list(record) == ["schema", "derivations", "summary", "seconds"]
    assert record["schema"] == 1
    assert record["seconds"] == 0.612
    assert list(record["summary"].items()) == [
        (name, 1) for name in ("proved", "supported", "refuted", "undecided", "unreadable", "assumed")
    ]
    (entry,) = record["derivations"]
    assert list(entry) == ["name", "title", "source", "verdict", "parts"]
    assert {name: value for name, value in entry["parts"][0].items() if name != "transitions"} == {
        "name": "a", "title": "A part", "verdict": "refuted", "marks": None, "max_marks": 4,
    }  # fmt: skip


def test_the_worst_verdict_counts():
    for place, name in enumerate(WORST_FIRST):
        assert worst(reversed(WORST_FIRST[place:])) == name


def test_nothing_checked_is_undecided():
    assert worst([]) == "undecided"
    assert PartRecord("a", "", ()).verdict == "undecided"
    assert DerivationRecord("q", "", "", ()).verdict == "undecided"
    assert DerivationRecord("q", "", "", (), unreadable=True).verdict == "unreadable"


PROVED, SUPPORTED, REFUTED, UNDECIDED, UNREADABLE, ASSUMED = OUTCOMES


@pytest.mark.parametrize(
    ("outcomes", "status"),
    [
        ([PROVED], 0),
        ([SUPPORTED], 0),
        ([PROVED, SUPPORTED, ASSUMED], 0),
        ([PROVED, REFUTED], 1),
        ([REFUTED, UNDECIDED, UNREADABLE], 1),
        ([PROVED, UNDECIDED], 3),
        ([PROVED, UNREADABLE], 3),
        ([ASSUMED], 3),
        ([], 3),
    ],
)
def test_exit_status(outcomes, status):
    assert exit_status([derivation(*outcomes)]) == status


def test_exit_status_of_nothing():
    assert exit_status([]) == 3


def test_strict_changes_the_exit_status():
    assert exit_status([derivation(SUPPORTED, strict=True)]) == 3


def test_summary_counts_each_verdict():
    assert summary([derivation(PROVED, PROVED), derivation(REFUTED)])["proved"] == 2


def test_a_lost_step_is_undecided():
    assert Judgement(message="no answer within 10 s").verdict == "undecided"
