"""No slip is accepted, wherever it is made. CHECKER_SLIPS=5000 tries more of them."""

from __future__ import annotations

import os
from itertools import islice

import pytest

from tests.random_slips import random_slips, verdict

COUNT = int(os.environ.get("CHECKER_SLIPS", "240"))


@pytest.mark.parametrize("seed", range(8))
def test_no_random_slip_is_proved_or_supported(seed):
    tried = list(islice(random_slips(seed), COUNT // 8))
    verdicts = [(slip.kind, verdict(part, slip).name, part.name, slip.transition) for part, slip in tried]
    assert [line for line in verdicts if line[1] in ("proved", "supported")] == []
    refuted = sum(line[1] == "refuted" for line in verdicts)
    assert refuted >= 0.95 * len(verdicts)
