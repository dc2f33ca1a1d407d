"""Names that take a few values, which are no range: drawn among these, and refuted at these."""

from __future__ import annotations

import pytest

from checker.derivation import IndexSet
from checker.evaluate import Difference, sample
from tests.evaluate.claims import agrees, claim, found
from tests.kernel.statements import FALSE_OF_FEW, TRUE_OF_FEW
from tests.notation import FEW, read


@pytest.mark.parametrize(("lhs", "rhs"), TRUE_OF_FEW)
def test_what_holds_at_each_of_the_values_agrees(lhs, rhs):
    assert agrees(found("=", lhs, rhs, FEW))


@pytest.mark.parametrize(("lhs", "rhs"), FALSE_OF_FEW)
def test_what_fails_at_one_of_the_values_is_refuted(lhs, rhs):
    assert isinstance(found("=", lhs, rhs, FEW), Difference)


def test_no_other_value_is_drawn():
    instances = sample(claim("=", "Sum(Sgn[n], (n, 1, N))", "sgn"), FEW, count=6)
    drawn = {instance.value(read(name)) for instance in instances for name in ("sgn", "Sgn[1]", "Sgn[2]")}
    assert drawn == {-1, 1}


def test_a_set_of_values_without_a_gap_is_a_range():
    assert IndexSet.of(0, 1) == IndexSet(0, 1)
    assert IndexSet.of(1, -1) == IndexSet(-1, 1, (-1, 1)) != IndexSet(-1, 1)
    with pytest.raises(ValueError, match="from 0 to 1"):
        IndexSet(0, 1, (-1, 1))
