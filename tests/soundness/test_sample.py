"""A sample of the wrong and the right steps that the scripts make, and the places of the faults."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from itertools import islice

import pytest

from checker.check import decide
from tests.reading.texts import verdicts
from tests.soundness import wrong
from tests.soundness.faults import FAULTS
from tests.soundness.ledger import ACCEPTED, Ledger
from tests.soundness.letters import slips
from tests.soundness.planted import change_of
from tests.soundness.planting import ROOT
from tests.soundness.slips import Run
from tests.soundness.sources import own
from tests.soundness.truths import right_steps
from tests.soundness.wrong import decided, judged, pools, wrong_steps

MULTINOMIAL = r"""
Given $0 < \theta_{cd} < 1$ and $N_{cd}, N_c \in \{0,1,\dots\}$ with $N_{cd} \leq N_c$.

$$
\theta_{cd}^{N_{cd}}(1-\theta_{cd})^{N_c-N_{cd}}\theta_{cd}(1-\theta_{cd})
    = \theta_{cd}^{N_{cd}+1}(1-\theta_{cd})^{N_c-N_{dc} + 1}
$$
"""

COUNTS = r"""
Given $0 < \theta_{cd} < 1$ and $N_{cd}, N_c \in \{0,1,\dots\}$ with $N_{cd} \leq N_c$.

$$
\frac{d}{d\theta_{cd}}((%s)\log(\theta_{cd}) + (N_c-N_{cd}+1)\log(1-\theta_{cd})) = \frac{N_{cd}+1}{\theta_{cd}} - %s
$$
"""
"""At random hardly any counts have N_cd ≤ N_c for all c and d, and those that do are mostly zero."""


@pytest.fixture(scope="module")
def kept():
    return pools([source for source in own() if source.name.startswith("rule")])


def test_no_wrong_step_is_accepted(kept):
    given = [judged(pool, slip.transition).verdict for pool, slip in islice(wrong_steps(kept, 150, 3), 150)]
    assert len(given) >= 120  # no kind and no step is more than a twentieth, so that these few steps may not do for all
    assert not set(given) & set(ACCEPTED)
    assert given.count("refuted") >= 0.98 * len(given)


def test_no_right_step_is_refuted(kept):
    given = [decided(truth.source, truth.transition).verdict for truth in right_steps(kept, 80, 3)]
    assert len(given) == 80
    assert "refuted" not in given
    assert given.count("proved") >= 0.95 * len(given)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.module}: {fault.what}")
def test_the_place_of_a_fault_is_there(fault):
    change = change_of(fault)
    assert change.made(change.source) != change.source


def planted(*faults):
    """The exit status and the last line of the script, for these faults and the tests of probabilities."""
    command = [sys.executable, "-m", "tests.soundness.planted", "--tests", "tests/kernel/test_probability.py"]
    run = subprocess.run([*command, "--only", *faults], cwd=ROOT, capture_output=True, text=True, check=False)
    return run.returncode, run.stdout


def test_planted_faults_are_found():
    status, said = planted("P(B) = 0 is", "two values of a", "an integral is left", "a factor of one value")
    assert status == 0, said
    assert "4 faults: 4 found" in said


def test_a_fault_that_no_test_finds_survives():
    status, said = planted("the inverse tangent of one")
    assert status == 1, said
    assert "survives: trigonometry: the inverse tangent of one" in said


def test_what_agrees_at_the_only_instance_that_was_found_is_not_supported():
    assert verdicts(MULTINOMIAL) in ("undecided", "refuted")


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("N_{cd}+1", r"\frac{N_c-N_{cd}+1}{1-\theta_{cd}}", "proved"),
        ("N_{cd}+1", r"(\frac{N_c}{1-\theta_{cd}}-N_{cd}+1)", "refuted"),
        ("2N_{cd}+1", r"\frac{N_c-N_{cd}+1}{1-\theta_{cd}}", "refuted"),
    ],
)
def test_counts_that_are_bounded_by_others_are_told_apart(first, last, expected):
    assert verdicts(COUNTS % (first, last)) == expected


def test_a_consequence_is_not_supported_at_one_size_of_the_classes_alone():
    """Σ_j Σ_n (1 − 1[y_n=j]) is N (K − 1), and so N where there are two classes."""
    step = next(source for source in own() if source.name.startswith("q2.d7"))
    wrong = [s for s in slips(step.transition, step.givens) if s.kind == "complement of an indicator"]
    assert wrong
    assert {decide(s.transition, step.givens).verdict.name for s in wrong} == {"refuted"}


def test_a_run_of_slips_survives_a_step_that_fails_and_goes_on_where_it_ended(monkeypatch, tmp_path):
    found = [source for source in own() if source.name in ("rule bayes", "rule indicator-sum", "rule product-rule")]
    broken = found[0].transition

    def failing(transition, givens):
        if transition is broken:
            raise KeyError("no slips here")
        return slips(transition, givens)

    monkeypatch.setattr(wrong, "slips", failing)
    file = tmp_path / "slips.jsonl"
    for count, expected in ((8, 8), (20, 20)):
        run = Run(found, Ledger(file), count, seed=1, jobs=2, share=0.5)
        run.go(time.monotonic() + 60)
        assert len(run.ledger) == len(Ledger(file)) == expected
        assert (
            len({entry["key"] for entry in map(json.loads, file.read_text().splitlines()) if "key" in entry}) == count
        )
    assert set(run.ledger.made) == {source.name for source in found[1:]}
    assert set(run.ledger.failures) == {found[0].name}
    assert "20 wrong steps of 2 steps" in run.ledger.table()
