"""A person reads a counterexample: small sizes, one-digit values, plain digits."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from flint import acb, arb, fmpq

from checker.evaluate import Difference, formatting
from checker.evaluate.arithmetic import precision
from tests.evaluate.claims import differs, found, with_facts

SMALL = [
    ("=", "(a + b)**2", "a**2 + b**2"),
    ("=", "Sum((X[n] - u)**2, (n, 1, N))", "Sum(X[n]**2, (n, 1, N)) - 2*u*Sum(X[n], (n, 1, N)) + u**2"),
    ("=", "Partial(Sum((T[n, 1] - Sum(W[i]*X[n, i], (i, 1, D)))**2, (n, 1, N)), W[j])", "-2*X[1, j]"),
    ("=", "Sum(Indicator(Eq(Y[n], k))*X[n], (n, 1, N))", "Sum(X[n], (n, 1, N))"),
    ("=>", "Eq(Sum(G[n, k]*(X[n] - Z[k]), (n, 1, N)), 0)", "Eq(Z[k], Sum(G[n, k]*X[n], (n, 1, N))/N)"),
    ("=>", "Eq(x*z, x)", "Eq(z, 1)"),
]


@pytest.mark.parametrize("row", SMALL, ids=lambda row: f"{row[1]} {row[0]} {row[2]}")
def test_sizes_and_values_are_small(row):
    finding = found(*row)
    assert isinstance(finding, Difference)
    values = finding.counterexample.values
    assert all(int(values[size]) <= 3 for size in ("N", "K", "D") if size in values)
    assert all(len(value.lstrip("-")) <= 3 for value in values.values()), values


def test_only_names_that_matter_are_listed_and_indices_are_written_as_subscripts():
    finding = found("=", "Sum(Mu[k, i]*X[n, i], (i, 1, D))", "0", with_facts("Eq(Sum(Al[k], (k, 1, K)), 1)"))
    assert differs(finding)
    names = set(finding.counterexample.values)
    assert {"D", "k", "n"} <= names
    assert not any(name.startswith("Al") for name in names)
    assert any(name.startswith("Mu_{") for name in names)


def test_real_sides_are_preferred_to_complex_ones():
    finding = found("=", "Partial(-x*log(x) - (1 - x)*log(1 - x), x)", "log(x/(1 - x))")
    assert differs(finding)
    assert "i" not in finding.counterexample.lhs + finding.counterexample.rhs


def test_the_sides_of_a_violated_relation_are_shown():
    finding = found(">", "x", "x**2 + 1")
    assert differs(finding)
    assert float(finding.counterexample.lhs) <= float(finding.counterexample.rhs)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (fmpq(111974400), "111974400"),
        (fmpq(-1, 4), "-0.25"),
        (fmpq(3, 2), "1.5"),
        (fmpq(1, 3), "1/3"),
        (fmpq(-1, 80), "-0.0125"),
        (fmpq(5), "5"),
        (fmpq(0), "0"),
        (fmpq(123456789, 1000007), "123.456"),
        (lambda: arb(4).log(), "1.38629"),
        (lambda: arb(10) ** 8 + arb(1) / 3, "100000000"),
        (lambda: arb(2).sqrt() - arb(2).sqrt(), "0"),
        (lambda: acb(-1).log(), "3.14159i"),
        (lambda: arb(0, 1), "between -1 and 1"),
        (None, "undefined"),
    ],
)
def test_numbers_are_written_in_plain_digits(value, text):
    with precision(128):
        assert formatting.side_text(value() if callable(value) else value) == text


def test_sides_that_differ_late_get_more_digits():
    with precision(128):
        left, right = formatting.side_texts(arb(1) / 3, arb(1) / 3 + arb(10) ** -8)
    assert left != right


KEYS = [("N", "N"), (("x", 1), "x_1"), (("mu", 1, 2), "mu_{1,2}"), (("x", 12), "x_{12}")]


@pytest.mark.parametrize(("key", "text"), KEYS)
def test_names_are_written_with_their_indices(key, text):
    assert formatting.name(key) == text


SCRIPT = """
from tests.evaluate.claims import found
f = found("=", "Sum(Indicator(Eq(Y[n], k))*X[n]*a, (n, 1, N))", "b*Sum(X[n], (n, 1, N))")
print(dict(f.counterexample.values), f.counterexample.lhs, f.counterexample.rhs, f.instances)
"""


def test_a_finding_is_the_same_in_every_process():
    def run(hash_seed):
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
        return subprocess.run(
            [sys.executable, "-c", SCRIPT], env=environment, capture_output=True, text=True, check=True
        ).stdout

    assert run("1") == run("2")
