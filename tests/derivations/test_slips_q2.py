"""Every step of q2 with a slip in it is refuted, by a small counterexample and with a hint that names the slip."""

from __future__ import annotations

import re

import pytest

from checker.check import decide
from checker.verdict import Refuted, Verdict
from tests.derivations.loaded import label, steps
from tests.derivations.slips_q2 import WORDS, wrong_variants

STEPS = steps("q2")
SIZES = ("N", "K", "D")
ONE_DIGIT = re.compile(r"-?\d(/\d)?")


@pytest.mark.parametrize("step", STEPS, ids=label)
def test_its_slips_are_refuted_with_a_small_counterexample_and_a_hint(step):
    part, transition = step
    verdicts = {s.kind: decide(s.transition, part.givens).verdict for s in wrong_variants(part, transition)}
    assert len(verdicts) >= 5
    assert {kind: v.name for kind, v in verdicts.items() if not isinstance(v, Refuted)} == {}
    assert {kind: sizes(v) for kind, v in verdicts.items() if max(sizes(v), default=1) > 3} == {}
    simple = [v for v in verdicts.values() if all(map(ONE_DIGIT.fullmatch, v.counterexample.values.values()))]
    assert len(simple) >= 0.9 * len(verdicts)
    named = [kind for kind, v in verdicts.items() if any(word in v.hint for word in WORDS[kind])]
    assert len(named) >= 5, {kind: v.hint for kind, v in verdicts.items()}
    assert len(named) >= 0.6 * len(verdicts), {kind: v.hint for kind, v in verdicts.items() if kind not in named}


def sizes(verdict: Verdict) -> list[int]:
    values = verdict.counterexample.values if isinstance(verdict, Refuted) else {}
    return [int(values[name]) for name in SIZES if name in values]
