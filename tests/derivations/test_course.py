"""Every step of every derivation is proved by its rule, its wrong variants are not, and its text is read and proved."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from sympy import evaluate

from checker.catalogue import derivation_files
from checker.check import decide
from checker.verdict import Assumed, Proved, Refuted
from tests.derivations.loaded import label, parts, steps
from tests.derivations.wrong import (
    Wrong,
    estimates,
    expectations,
    graphs,
    information,
    mixtures,
    networks,
    posteriors,
    regression,
)
from tests.reading.texts import judged

HERE = Path(__file__).parent
NAMES = [name for name in derivation_files() if not (HERE / f"test_{name}.py").is_file()]
TOPICS = (estimates, posteriors, regression, mixtures, expectations, information, graphs, networks)
WRONG: dict[str, tuple[Wrong, ...]] = {name: rows for topic in TOPICS for name, rows in topic.WRONG.items()}
DOCUMENTS = HERE.parent / "documents"


@pytest.mark.parametrize("name", NAMES)
def test_every_step_is_proved_by_its_rule(name):
    assert len(steps(name)) >= 3
    for part, transition in steps(name):
        outcome = decide(transition, part.givens)
        assert isinstance(outcome.verdict, Proved), (label((part, transition)), outcome)
        assert transition.rule, label((part, transition))
        assert outcome.rule_ok, (label((part, transition)), outcome.message)


@pytest.mark.parametrize("name", NAMES)
def test_it_has_three_wrong_variants_and_a_text(name):
    assert len(WRONG.get(name, ())) >= 3
    assert (DOCUMENTS / f"{name}.md").is_file()


@pytest.mark.parametrize(
    ("name", "wrong"),
    [pytest.param(name, wrong, id=f"{name}.{wrong.part}.{wrong.number}-{wrong.slip}")
     for name, rows in WRONG.items() for wrong in rows],
)  # fmt: skip
def test_a_wrong_variant_is_refuted(name, wrong):
    part = parts(name)[wrong.part]
    transition = part.transitions[wrong.number - 1]
    with evaluate(False):
        rhs = wrong.rhs(sys.modules[f"derivations.{name}"])
    assert rhs != transition.rhs
    verdict = decide(replace(transition, rhs=rhs), part.givens).verdict
    assert isinstance(verdict, Refuted), verdict


@pytest.mark.parametrize("document", sorted(DOCUMENTS.glob("*.md")), ids=lambda path: path.stem)
def test_every_step_of_a_text_is_proved(document):
    found = judged(document)
    assert not found.outline.problems
    verdicts = [outcome.verdict for outcome in found.outcomes]
    assert [v for v in verdicts if not isinstance(v, (Proved, Assumed))] == []
    assert sum(isinstance(v, Proved) for v in verdicts) >= 3
