"""A sample of the wrong and the right steps that the scripts make, and the places of the faults."""

from __future__ import annotations

from itertools import islice

import pytest

from tests.soundness.faults import FAULTS, KERNEL
from tests.soundness.slips import ACCEPTED, judged, pools, wrong_steps
from tests.soundness.sources import own
from tests.soundness.truths import right_steps, verdict


@pytest.fixture(scope="module")
def kept():
    return pools([source for source in own() if source.name.startswith("rule")])


def test_no_wrong_step_is_accepted(kept):
    given = [judged(pool, slip.transition) for pool, slip in islice(wrong_steps(kept, 150, 3), 150)]
    assert len(given) == 150
    assert not set(given) & set(ACCEPTED)
    assert given.count("refuted") >= 0.98 * len(given)


def test_no_right_step_is_refuted(kept):
    given = [verdict(truth.source, truth.transition) for truth in right_steps(kept, 80, 3)]
    assert len(given) == 80
    assert "refuted" not in given
    assert given.count("proved") >= 0.95 * len(given)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.module}: {fault.what}")
def test_the_place_of_a_fault_is_there(fault):
    source = (KERNEL / f"{fault.module}.py").read_text(encoding="utf-8")
    assert fault.planted(source) != source
