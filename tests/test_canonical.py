"""What holds does not depend on its letters, nor on what is given of names that it does not speak of."""

from __future__ import annotations

import pytest
from sympy import Eq, IndexedBase, Sum, Symbol, evaluate, symbols

from checker import check
from checker.canonical import bearing, in_canonical_letters
from checker.check import holds
from checker.derivation import Givens, IndexSet, Model, Transition, Variable
from checker.expressions import P, RandomVariable
from tests.kernel.statements import FALSE, TRUE
from tests.notation import GIVENS, read

i, j, k = symbols("i j k", integer=True, positive=True)
K, M = symbols("K M", integer=True, positive=True)
a, b, x, y = symbols("a b x y", real=True)
alpha = IndexedBase("alpha", positive=True)


def test_other_letters_are_the_same_claim():
    with evaluate(False):
        claims = [
            (Transition(0, "=>", Eq(s - t, 0), Eq(Sum(alpha[n], (n, 1, K)) * s, t)), Givens({n: IndexSet(1, K)}))
            for s, t, n in ((a, b, i), (x, y, k), (y, a, j))
        ]
        assert len({in_canonical_letters(*each) for each in claims}) == 1


def test_two_letters_stay_two_and_one_stays_one():
    with evaluate(False):
        different = Transition(0, "=", a + b, b + a)
        alike = Transition(0, "=", a + a, a + a)
    assert in_canonical_letters(different, Givens())[0].lhs != in_canonical_letters(alike, Givens())[0].lhs
    assert len(in_canonical_letters(different, Givens())[0].lhs.free_symbols) == 2


def test_a_letter_keeps_what_is_assumed_of_it():
    positive = Symbol("x", positive=True)
    with evaluate(False):
        claims = [Transition(0, "=", s**2, s) for s in (positive, x)]
    first, second = (in_canonical_letters(each, Givens())[0].rhs for each in claims)
    assert first.is_positive
    assert not second.is_positive
    assert first != second


def test_what_is_written_is_not_simplified():
    with evaluate(False):
        quotient = x / x
    claim, _ = in_canonical_letters(Transition(0, "=", quotient, quotient), Givens())
    assert claim.lhs.has(Symbol("r1", real=True))


def test_what_the_facts_the_model_and_the_values_speak_of_keeps_its_name():
    variable = Variable(RandomVariable("y"), y, IndexSet(1, K))
    givens = Givens(
        value_sets={a: IndexSet(1, K)},
        facts=(Eq(b, 2),),
        model=Model((variable,), (Eq(P(Eq(variable.variable, k)), x),)),
    )
    claim = Transition(0, "=", a * b * x * y * k * K * j, a)
    assert claim.lhs.free_symbols - in_canonical_letters(claim, givens)[0].lhs.free_symbols == {j}


def test_a_name_of_several_letters_keeps_it():
    row = Symbol("row", integer=True)
    assert in_canonical_letters(Transition(0, "=", row, row), Givens())[0].lhs == row


def test_what_the_claim_comes_to_speak_of_bears_on_it():
    with evaluate(False):
        givens = Givens(
            index_sets={i: IndexSet(1, M), j: IndexSet(1, K)},
            definitions=(Eq(a, b + alpha[i]), Eq(M, K - 1), Eq(b, 2), Eq(x, y)),
        )
        kept = bearing(Transition(0, "=", a, a), givens)
    assert kept.definitions == givens.definitions[:3]
    assert set(kept.index_sets) == {i, j}  # K, of which M is made, is a size of it
    assert bearing(Transition(0, "=", x, j), givens).definitions == givens.definitions[3:]


def statements(table):
    return [pytest.param(*sides, id=f"{theory}: {sides[0]}") for theory, rows in table.items() for sides in rows[::3]]


@pytest.mark.parametrize(("left", "right"), [*statements(TRUE), *statements(FALSE)])
def test_a_claim_holds_in_canonical_letters_where_it_holds_in_its_own(left, right):
    with evaluate(False):
        claim = Transition(0, "=", read(left), read(right))
        assert holds(claim, GIVENS) == check._held_so.__wrapped__(claim, GIVENS)
