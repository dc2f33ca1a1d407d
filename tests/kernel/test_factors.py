"""Factors of forms: they multiply to the form, none can be factored further, also where that is seen at once."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from sympy import Add, Mul, Pow, Rational, factor_list, symbols, sympify

from checker.kernel.form import Atom, factors, number, of, product, total

SYMBOLS = symbols("x y z")
ATOMS = {symbol: of(Atom("sym", (symbol.name,), free=frozenset({symbol.name}), real=True)) for symbol in SYMBOLS}


def form_of(tree):
    match tree:
        case Add(args=args):
            return total(map(form_of, args))
        case Mul(args=args):
            return product(map(form_of, args))
        case Pow(base=base, exp=exponent):
            return form_of(base) ** int(exponent)
    return ATOMS[tree] if tree in ATOMS else number(int(tree))


def drawn(chosen):
    """A product of a few sums of a few terms, written out."""
    found = Rational(chosen.choice((1, -2, 3)))
    for _ in range(chosen.randint(1, 3)):
        terms = [chosen.choice((1, 2, -3)) * Mul(*chosen.choices(SYMBOLS, k=chosen.randint(0, 2))) for _ in range(3)]
        found *= Add(*terms)
    return found.expand()


def test_they_are_those_of_another_program():
    chosen, seen = random.Random(5), Counter()
    for _ in range(300):
        tree = drawn(chosen)
        if tree == 0:
            continue
        form = form_of(tree)
        coefficient, mono, parts = factors(form)
        again = product([of(atom) ** exponent for atom, exponent in mono] + [part**times for part, times in parts])
        assert again.scale(coefficient) == form
        theirs = sum(times for _, times in factor_list(tree)[1])
        assert theirs == sum(times for _, times in parts) + sum(exponent for _, exponent in mono)
        seen[len(parts)] += 1
    assert min(seen[1], seen[2], seen[3]) > 20


@pytest.mark.parametrize(
    ("tree", "count"),
    [
        ("x*y + z", 1),
        ("x*y + x", 1),
        ("x*y + x + y + 1", 2),
        ("x**2 + 3*x + 2", 2),
        ("x**2 - y**2", 2),
        ("x**2*z - y**2*z", 2),
        ("2*x + 4", 1),
    ],
)
def test_what_is_in_one_term_only_leaves_nothing_to_factor(tree, count):
    _, _, parts = factors(form_of(sympify(tree)))
    assert len(parts) == count
    assert all(times == 1 for _, times in parts)
