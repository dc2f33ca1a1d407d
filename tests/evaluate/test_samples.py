"""Instances for hints: expressions can be evaluated at them, and compared."""

from __future__ import annotations

from flint import fmpq

from checker.evaluate import agree, sample
from tests.evaluate.claims import claim, with_facts
from tests.notation import GIVENS, read


def test_samples_satisfy_the_facts_and_the_left_side_of_an_arrow():
    givens = with_facts("Eq(Sum(Al[k], (k, 1, K)), 1)")
    instances = sample(claim("=>", "Eq(lam*Al[k], C[k])", "Eq(lam, 1)"), givens, count=4)
    assert len(instances) == 4
    assert agree(read("lam"), read("Sum(C[k], (k, 1, K))"), instances) is True
    assert agree(read("lam"), read("2*Sum(C[k], (k, 1, K))"), instances) is False


def test_an_instance_evaluates_any_expression():
    instance = sample(claim("=", "Sum(X[n], (n, 1, N))", "X[1]"), GIVENS)[0]
    entries = [instance.value(read(f"X[{n}]")) for n in range(1, instance.sizes["N"] + 1)]
    assert instance.value(read("Sum(X[n], (n, 1, N))")) == sum(entries, fmpq(0))
    assert instance.value(read("Sum(T[n, k], (k, 1, K))")) is not None
    assert instance.value(read("1/(X[1] - X[1])")) is None


def test_nothing_is_said_where_nothing_is_defined():
    instances = sample(claim("=", "a", "b"), GIVENS)
    assert agree(read("1/(a - a)"), read("1"), instances) is None
    assert agree(read("a + b"), read("b + a"), instances) is True
