"""The derivation that `new` begins with: complete, proved, and commented where an author will change it."""

from __future__ import annotations

from checker.authoring.source import quoted

_DERIVATION = '''\
"""@TITLE@

Symbols and givens once, at the top; then the parts, line by line, each with the rule that leads to it. Nothing is
evaluated while this file is loaded: every line stays as it is written.

    python -m checker @NAME@
        checks it; with --watch again whenever it is saved
    python -m checker explain @NAME@.a.1
        says why step 1 of part a holds
    python -m checker rules
        lists what may stand behind by=
"""

from sympy import Eq, IndexedBase, Sum, symbols

from checker import Derivation, Givens, IndexSet, Partial

# Sizes and indices are positive integers; what has no sign is real. A family x_1, …, x_N is an IndexedBase: x[n].
N, n = symbols("N n", integer=True, positive=True)
w, E = symbols("w E", real=True)
x, t = IndexedBase("x", positive=True), IndexedBase("t", real=True)

derivation = Derivation(
    "@NAME@",
    @QUOTED@,
    Givens(
        index_sets={n: IndexSet(1, N)},  # n in 1..N
        definitions=(Eq(E, Sum((t[n] - w * x[n]) ** 2, (n, 1, N)) / 2),),  # what a name stands for
        # facts=(Eq(Sum(alpha[k], (k, 1, K)), 1),),  what else is known of the symbols
    ),
)

a = derivation.part("a", "The derivative of the error")

# A chain: start(…) is its first line, each equals(…) the next one, which claims that it equals the line before.
a.start(Partial(E, w))  # ∂E/∂w
a.equals(-Sum(x[n] * (t[n] - w * x[n]), (n, 1, N)), by="differentiate")

b = derivation.part("b", "Where it vanishes")

# An equation that is imposed, and what follows from it.
b.start(Eq(Partial(E, w), 0))
b.implies(Eq(-Sum(x[n] * (t[n] - w * x[n]), (n, 1, N)), 0), by="set-to-zero")
b.implies(Eq(w, Sum(x[n] * t[n], (n, 1, N)) / Sum(x[n] ** 2, (n, 1, N))), by="solve")
'''

_TEST = '''\
"""@NAME@: every step is proved by its rule@AND@."""

@DATACLASSES@from pathlib import Path

import pytest

from checker import @DECIDE@load, verify

FILE = Path(__file__).resolve().parent@PARENTS@ / @PATH@
DERIVATION = load(FILE)


@pytest.mark.parametrize("step", verify(DERIVATION).steps, ids=lambda step: f"{step.number}-{step.rule}")
def test_every_step_is_proved_by_its_rule(step):
    assert step.verdict == "proved", step
    assert step.rule_ok, step.message
'''
_SLIP = """

def test_with_a_wrong_sign_the_derivative_is_refuted():
    part = DERIVATION.parts[0]
    right = part.transitions[0]
    wrong = replace(right, rhs=-right.rhs)
    assert decide(wrong, part.givens).verdict.name == "refuted"
"""


def derivation(name: str, title: str) -> str:
    """The source of a derivation of that name."""
    shown = title.replace('"""', "'").replace("\\", "\\\\")
    return _filled(_DERIVATION, NAME=name, TITLE=shown, QUOTED=quoted(title))


def test(name: str, parents: int, path: str, *, slip: bool) -> str:
    """The source of its test, which finds the file at `path` from `parents` folders above itself.

    slip: also a wrong variant of the first step, which the template's derivation has.
    """
    return _filled(
        _TEST + (_SLIP if slip else ""),
        NAME=name,
        AND=", and a slip is refuted" if slip else "",
        DATACLASSES="from dataclasses import replace\n" if slip else "",
        DECIDE="decide, " if slip else "",
        PARENTS=".parent" * parents,
        PATH=" / ".join(quoted(piece) for piece in path.split("/")),
    )


def _filled(text: str, **values: str) -> str:
    for name, value in values.items():
        text = text.replace(f"@{name}@", value)
    return text
