"""Loading derivation files: without evaluation, and with every problem named by file and line."""

from __future__ import annotations

import pytest
from sympy import Mul, Pow, Symbol

from checker.loading import Refused, load, load_with_notices

RULES = ("algebra", "bayes", "total-probability")
HEAD = """\
from sympy import *
from checker.derivation import Derivation, Givens
x = Symbol("x")
q = Derivation("q9", "A title", Givens())
a = q.part("a", "A part")
a.start(x)
"""


@pytest.fixture
def written(tmp_path):
    def write(text, name="q9"):
        folder = tmp_path / "derivations"
        folder.mkdir(exist_ok=True)
        file = folder / f"{name}.py"
        file.write_text(text, encoding="utf-8")
        return file

    return write


def problems(file):
    with pytest.raises(Refused) as info:
        load(file, RULES)
    return [str(problem) for problem in info.value.problems]


def test_nothing_is_evaluated(written):
    derivation = load(written(HEAD + "a.equals(x/x, by='algebra')\n"), RULES)
    (transition,) = derivation.parts[0].transitions
    x = Symbol("x")
    assert transition.rhs == Mul(x, Pow(x, -1, evaluate=False), evaluate=False)
    assert Symbol("x") + Symbol("x") == 2 * Symbol("x"), "evaluation is on again"


def test_transitions_know_their_line(written):
    derivation = load(written(HEAD + "a.equals(\n    x + 0,\n    by='algebra',\n)\na.equals(x)\n"), RULES)
    assert [transition.source_line for transition in derivation.parts[0].transitions] == [7, 11]


def test_the_name_derivation_says_which_one_is_meant(written):
    second = "derivation = Derivation('q9', 'The one', Givens())\n"
    assert load(written(HEAD + second), RULES).title == "The one"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x = (1\n", "derivations/q9.py:1: SyntaxError: '(' was never closed"),
        (HEAD + "a.equals(Symbl)\n",
         "derivations/q9.py:7: 'Symbl' is not declared; declare it, or import it, at the top of the file; "
         "did you mean Symbol or symbols or NumberSymbol?"),
        (HEAD + "import no_module\n",
         "derivations/q9.py:7: ModuleNotFoundError: No module named 'no_module'"),
        (HEAD + "q.part('a', 'B')\n", "derivations/q9.py:7: ValueError: q9: part 'a' is there twice"),
        (HEAD + "q.part('b', 'B').equals(x)\n",
         "derivations/q9.py:7: ValueError: part 'b' has no line yet; begin it with start(…)"),
        (HEAD.replace('"q9"', '"q8"'),
         "derivations/q9.py: the derivation is named 'q8'; name it 'q9' as the file, or rename the file"),
        (HEAD + "a.equals(x + 0, by='algebar')\n",
         "derivations/q9.py:7: there is no rule 'algebar'; did you mean algebra?"),
        (HEAD + "a.equals(0.5*x)\n",
         "derivations/q9.py:7: 0.5 is a float, which is not exact; write Rational(1, 2)"),
        (HEAD + "half = 0.1\n\na.equals(half*x)\n",
         "derivations/q9.py:7: 0.1 is a float, which is not exact; write Rational(1, 10)"),
        (HEAD + "a.equals(1/3*x)\n",
         "derivations/q9.py:7: 1 / 3 is a float, which is not exact; write Rational(1, 3)"),
        (HEAD + "a.equals(float('0.25')*x)\n",
         "derivations/q9.py:7: 0.25 is a float, which is not exact; write Rational(1, 4)"),
        (HEAD.replace("Givens()", "Givens(facts=[Eq(x, 1.5)])"),
         "derivations/q9.py:4: 1.5 is a float, which is not exact; write Rational(3, 2)"),
        ("", "derivations/q9.py: holds no derivation; give the one to check the module-level name 'derivation'"),
        (HEAD + "p = Derivation('q9', 'Another', Givens())\n",
         "derivations/q9.py:7: holds several derivations; give the one to check the module-level name 'derivation'"),
        (HEAD + "y = Symbol('x', real=True)\n",
         "derivations/q9.py:7: the symbol 'x' is declared twice, as any number and as real; "
         "declare it once, at the top"),
        (HEAD + "u, y = symbols('u x')\n",
         "derivations/q9.py:7: the symbol 'x' is declared twice, here and on line 3; declare it once, at the top"),
        (HEAD + "a.equals(Symbol('x', real=True))\n",
         "derivations/q9.py:7: 'x' is declared twice, and differently: here and at the top; "
         "declare it once, at the top"),
        (HEAD + "weight = Symbol('weight')\na.equals(Symbol('wieght'))\n",
         "derivations/q9.py:8: the symbol 'wieght' is not declared at the top of the file; did you mean weight?"),
        (HEAD + "a.equals(x)\n",
         "derivations/q9.py:7: the step is equal to the line before it; leave it out, or mend it"),
        (HEAD + "b = Symbol('a')\na.start(b)\na.equals(a + 1)\n",
         "derivations/q9.py:9: 'a' is a part here and no symbol; give one of the two another Python name"),
        (HEAD + "a.proportional(x + 0)\n",
         "derivations/q9.py:7: ValueError: proportional to that in what? "
         "name it, as in proportional(…, to=[theta])"),
        (HEAD + "a.start(x**2 == 0)\na.implies(Eq(x, 0))\n",
         "derivations/q9.py:8: a line is True or False, since Python compares with == and !=; an equation is Eq(a, b)"),
        (HEAD + "a.implies(Eq(x, 0))\n",
         "derivations/q9.py:7: what follows, and from what, is a relation, as in implies(Eq(a, b))"),
        (HEAD + "a.equals(Eq(x, 0))\n",
         "derivations/q9.py:7: an equation goes on with implies(…) or iff(…); equals(…) goes on with an expression"),
        (HEAD + "a.equals(x + 0, using=[x])\n",
         "derivations/q9.py:7: what stands in using=[…] is a relation, as Eq(a, b)"),
        (HEAD + "a.equal(x + 0)\n",
         "derivations/q9.py:7: AttributeError: 'PartBuilder' object has no attribute 'equal'; did you mean equals?"),
        (HEAD + "a.equals(x[1])\n",
         "derivations/q9.py:7: TypeError: 'Symbol' object is not subscriptable; "
         "a symbol has no index; declare the family as IndexedBase"),
        (HEAD + "a.equals(IndexedBase('t')(1))\n",
         "derivations/q9.py:7: TypeError: 'IndexedBase' object is not callable; "
         "a family takes its index in square brackets, as in x[n]"),
        (HEAD + "a.start(0 < x < 1)\n",
         "derivations/q9.py:7: TypeError: cannot determine truth value of Relational: x > 0; "
         "Python asks whether a relation is true, as in 0 < p < 1; give each relation on its own: p > 0, p < 1"),
        (HEAD + "a.equals(sum(range(x)))\n",
         "derivations/q9.py:7: TypeError: 'Symbol' object cannot be interpreted as an integer; "
         "a sum over n = 1..N is Sum(x[n], (n, 1, N))"),
        (HEAD + "import math\na.equals(math.log(x))\n",
         "derivations/q9.py:8: TypeError: Cannot convert expression to float; "
         "functions of formulas come from sympy: from sympy import log, exp"),
        (HEAD + "a.equals(Sum(x, x, 1, 2))\n",
         "derivations/q9.py:7: ValueError: Invalid limits given: (x, 1, 2); "
         "the index and its bounds stand in brackets, as in Sum(x[n], (n, 1, N))"),
        (HEAD + "a.equals('x')\n",
         "derivations/q9.py:7: SympifyError: SympifyError: 'x'; a line is an expression of symbols, and no text"),
        (HEAD + "a.start(Eq(x, 0))\na.implies(Eq(x, 1), using=Eq(x, 2))\n",
         "derivations/q9.py:8: TypeError: 'Equality' object is not iterable; using=[…] takes a list of relations"),
    ],
)  # fmt: skip
def test_a_problem_is_named_with_its_place_and_what_would_be_right(written, text, expected):
    assert problems(written(text)) == [expected]


def test_every_problem_is_named(written):
    found = problems(written(HEAD + "a.equals(0.5*x, by='bays')\na.equals(0.25*x, by='algebar')\n"))
    assert len(found) == 4


def test_a_float_that_the_derivation_does_not_hold_is_no_problem(written):
    assert load(written(HEAD + "width = 0.5\na.equals(x + 0)\n"), RULES).name == "q9"


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "y = IndexedBase('x')\na.equals(x + y[x] - y[x])\n",
        HEAD + "u, y = symbols('u y')\na.equals(x + u - u + 0*y)\n",
        HEAD + "several = {'u': symbols('u:3')}\na.equals(x + several['u'][1] - several['u'][1])\n",
        HEAD + "a.equals(x + 0)\na.equals(x)\n",
    ],
)
def test_near_what_is_refused_there_is_what_is_not(written, text):
    assert load(written(text), RULES).name == "q9"


GIVENS = """\
from sympy import *
from checker.derivation import Derivation, Givens, IndexSet
N, k = symbols("N k", integer=True, positive=True)
x, y, z, unused = symbols("x y z unused", real=True)
q = Derivation("q9", "A title", Givens(
    index_sets={k: IndexSet(1, N)},
    definitions=[Eq(y, z + 1)],
    facts=[Eq(z, 2), Eq(unused, 1)],
))
a = q.part("a", "A part")
"""


def test_a_given_that_no_step_has_to_do_with_is_noticed_and_no_reason_to_refuse(written):
    file = written(GIVENS + "a.start(y)\na.equals(z + 1)\n")
    _, notices = load_with_notices(file, RULES)
    assert [str(notice) for notice in notices] == [
        "derivations/q9.py:6: the index set of k is given and not used; use it, or leave it out",
        "derivations/q9.py:8: the fact of unused = 1 is given and not used; use it, or leave it out",
    ]


def test_what_a_used_definition_mentions_is_used(written):
    file = written(GIVENS.replace(", Eq(unused, 1)", "") + "a.start(Sum(y, (k, 1, N)))\na.equals(k * 0 + N * y)\n")
    assert load_with_notices(file, RULES)[1] == ()
