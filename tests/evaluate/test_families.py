"""Facts that are linear in the entries of an array are met exactly, as those of an inverse; and claims on them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checker.check import decide
from checker.derivation import Transition
from checker.verdict import Proved, Refuted
from tests.kernel.test_equations import GRAM, INVERSES, NO_INVERSES, PLAIN, RIDGE, RIGHT, SOLUTION, inverse, times
from tests.notation import GIVENS, read


def outcome(relation, lhs, rhs, entry, seed=None):
    givens = replace(GIVENS, facts=tuple(map(read, inverse(entry))))
    return decide(Transition(1, relation, read(lhs), read(rhs)), givens, seed=seed)


@pytest.mark.parametrize(("relation", "lhs", "rhs", "entry"), INVERSES)
def test_a_claim_on_an_inverse_is_confirmed_where_there_is_one(relation, lhs, rhs, entry):
    verdict = outcome(relation, lhs, rhs, entry).verdict
    assert isinstance(verdict, Proved)
    assert verdict.instances > 0


@pytest.mark.parametrize(("relation", "lhs", "rhs", "entry"), NO_INVERSES)
def test_a_false_claim_on_an_inverse_is_refuted(relation, lhs, rhs, entry):
    assert isinstance(outcome(relation, lhs, rhs, entry).verdict, Refuted)


@pytest.mark.parametrize("seed", range(6))
def test_the_seed_changes_neither(seed):
    assert isinstance(outcome("=>", f"Eq({times(GRAM)}, {RIGHT})", SOLUTION, GRAM, seed).verdict, Proved)
    assert isinstance(outcome("=>", f"Eq({times(RIDGE)}, {RIGHT})", SOLUTION, RIDGE, seed).verdict, Proved)
    transposed = "Eq(A[i], Sum(T[j, i]*B[j], (j, 1, D)))"
    assert isinstance(outcome("=>", f"Eq({times(PLAIN)}, B[i])", transposed, PLAIN, seed).verdict, Refuted)
