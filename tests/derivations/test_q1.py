"""q1 has the whole table of AlexNet, and its numbers are those of an independent count."""

from __future__ import annotations

from fractions import Fraction

import pytest
from sympy import Symbol

from checker.check import decide
from checker.verdict import Proved
from tests.derivations.loaded import label, parts, steps

STEPS = steps("q1")

LAYERS = {  # (side of the output, kernel, channels and maps of one half, halves), or (inputs, outputs)
    1: (55, 11, 3, 96, 1), 2: (27, 5, 48, 128, 2), 3: (13, 3, 256, 384, 1), 4: (13, 3, 192, 192, 2),
    5: (13, 3, 192, 128, 2), 6: (9216, 4096), 7: (4096, 4096), 8: (4096, 1000),
}  # fmt: skip


def counted(layer: int) -> tuple[int, int, int]:
    """Units, weights and connections, counted position by position rather than by the formulas."""
    if len(LAYERS[layer]) == 2:
        inputs, outputs = LAYERS[layer]
        return outputs, sum(inputs for _ in range(outputs)), sum(inputs for _ in range(outputs))
    side, kernel, channels, maps, halves = LAYERS[layer]
    positions = sum(1 for _ in range(side) for _ in range(side))
    window = sum(channels for _ in range(kernel) for _ in range(kernel))
    return halves * positions * maps, halves * window * maps, halves * positions * window * maps


def chain_ends(part: str) -> dict[str, object]:
    """What each chain of a part begins and ends with."""
    ends: dict[str, object] = {}
    start = None
    for before, after in zip((None, *parts("q1")[part].transitions), parts("q1")[part].transitions, strict=False):
        if before is None or before.rhs != after.lhs:
            start = after.lhs
        ends[str(start)] = after.rhs
    return ends


@pytest.mark.parametrize("layer", LAYERS)
def test_the_table_has_the_counts_of_each_layer(layer):
    ends = chain_ends("a")
    found = tuple(int(ends[f"{letter}_{layer}"]) for letter in "NPU")
    assert found == counted(layer)


def test_a_cell_goes_from_the_formula_over_the_sizes_to_the_number():
    units = [t for _, t in STEPS if t.lhs == Symbol("N_2", integer=True, positive=True)]
    assert len(units) == 1
    chain = parts("q1")["a"].transitions[units[0].number - 1 : units[0].number + 2]
    assert [t.rule for t in chain] == ["definition", "definition", "arithmetic"]
    assert chain[-1].rhs == 186624
    assert chain[1].rhs.args == (2, 27, 27, 128)


def test_every_cell_has_a_transition():
    assert len(chain_ends("a")) == 24


def test_the_shares_are_the_fractions_of_the_totals_in_lowest_terms():
    totals = [sum(counted(layer)[i] for layer in LAYERS) for i in range(3)]
    connected = Fraction(sum(counted(layer)[1] for layer in (6, 7, 8)), totals[1])
    convolved = Fraction(sum(counted(layer)[2] for layer in range(1, 6)), totals[2])
    numbers = [t.rhs for t in parts("q1")["b"].transitions if t.rhs.is_Rational and not t.rhs.is_Integer]
    assert [(n.p, n.q) for n in numbers] == [f.as_integer_ratio() for f in (connected, convolved)]
    assert (connected, convolved) == (Fraction(1831936, 1904833), Fraction(20805777, 22637713))


def test_a_larger_kernel_has_more_weights_and_more_connections():
    greater = [t for t in parts("q1")["b"].transitions if t.relation == ">"]
    assert [(t.rhs, t.rule) for t in greater] == [(0, "positivity")] * 2


@pytest.mark.parametrize("step", STEPS, ids=label)
def test_every_step_is_proved_by_its_rule(step):
    part, transition = step
    outcome = decide(transition, part.givens)
    assert isinstance(outcome.verdict, Proved), outcome
    assert outcome.rule_ok, outcome.message
    assert outcome.verdict.conditions == ()
