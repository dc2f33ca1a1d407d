"""Every rule: its example is proved by it, its near miss is refuted, and it tells the examples of other rules apart."""

from __future__ import annotations

import pytest

from checker.check import decide
from checker.kernel import Proof, prove
from checker.rules import rules
from checker.verdict import Proved, Refuted

RULES = list(rules().values())

ALSO = {
    "algebra": {"arithmetic", "expand-sums", "cancel", "positivity"},
    "definition": {"lagrangian"},
    "substitute": {"solve", "sum-both-sides", "constraint", "rearrange", "inequality"},
    "collect": {"algebra", "definition", "cancel"},
    "rearrange": {"solve", "set-to-zero", "sum-both-sides", "substitute"},
    "expand-sums": {"log-of-product", "indicator-sum", "inequality"},
    "inequality": {"positivity"},
    "positivity": {"inequality"},
    "constraint": set(),
    "independence": {"model"},
}
"""The rules whose examples a more general rule accepts as well."""


def named(rule):
    return rule.name


@pytest.mark.parametrize("rule", RULES, ids=named)
def test_its_example_is_proved_by_it(rule):
    example = rule.example
    proof = prove(example.transition, example.givens)
    assert isinstance(proof, Proof)
    assert rule.objection(example.transition, example.givens, proof) == ""


@pytest.mark.parametrize("rule", RULES, ids=named)
def test_its_example_is_confirmed_and_its_near_miss_is_refuted(rule):
    assert isinstance(decide(rule.example.transition, rule.example.givens).verdict, Proved)
    assert isinstance(decide(rule.near_miss.transition, rule.near_miss.givens).verdict, Refuted)


@pytest.mark.parametrize("rule", RULES, ids=named)
def test_a_true_step_of_another_rule_is_not_by_it(rule):
    refused = []
    for other in RULES:
        if other is rule:
            continue
        example = other.example
        proof = prove(example.transition, example.givens)
        assert isinstance(proof, Proof)
        if rule.objection(example.transition, example.givens, proof):
            refused.append(other.name)
    accepted = {other.name for other in RULES} - {rule.name} - set(refused)
    assert accepted <= ALSO.get(rule.name, set())
    assert len(refused) >= 10
