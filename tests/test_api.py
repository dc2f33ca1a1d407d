"""What a program or a notebook calls: the public names, results, and how they show themselves."""

from __future__ import annotations

import subprocess
import sys

import pytest
import sympy

import checker
from checker import Derivation, Givens, decide, equal, load, notebook, verify
from checker.catalogue import FOLDER
from checker.loading import Refused

x = sympy.Symbol("x", real=True)
NOTES = "# A square\n\n$$(x+1)^2 = x^2 + 2x + 1$$\n"
WRONG = NOTES.replace("2x", "x")


def derivation(rhs):
    made = Derivation("square", "A square", Givens())
    part = made.part("a", "Expanded")
    with sympy.evaluate(False):
        part.start((x + 1) ** 2)
        part.equals(rhs(x))
    return made


TRUE, FALSE = derivation(lambda x: x**2 + 2 * x + 1), derivation(lambda x: x**2 + x + 1)


@pytest.mark.parametrize("name", checker.PUBLIC)
def test_every_public_name_is_there_and_documented(name):
    assert getattr(checker, name).__doc__.strip()


def test_the_public_names_are_imported_when_they_are_asked_for():
    program = "import sys, checker, checker.plugin; sys.exit(bool({'sympy', 'flint', 'rich'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_there_is_no_other_name():
    with pytest.raises(AttributeError, match="no attribute 'Derivatoin'"):
        _ = checker.Derivatoin


def test_a_derivation_is_verified_step_by_step():
    found = verify(TRUE)
    assert (found.verdict, [step.verdict for step in found.steps]) == ("proved", ["proved"])
    assert verify(FALSE).verdict == "refuted"
    assert verify(FALSE).steps[0].counterexample


def test_a_file_of_either_kind_is_verified(tmp_path):
    for text, verdict in ((NOTES, "proved"), (WRONG, "refuted")):
        (tmp_path / "notes.md").write_text(text)
        assert verify(tmp_path / "notes.md").verdict == verdict
    assert verify(FOLDER / "q1.py", seed=3).verdict == "proved"


def test_what_cannot_be_verified_is_said(tmp_path):
    with pytest.raises(ValueError, match=r"neither a derivation \(\.py\) nor a document"):
        verify("notes.pdf")
    with pytest.raises(ValueError, match="cannot be read"):
        verify(tmp_path / "none.md")
    (tmp_path / "q9.py").write_text("x = 1\n")
    with pytest.raises(Refused, match="holds no derivation"):
        load(tmp_path / "q9.py")


def test_one_equality():
    assert equal(r"\log x^2", r"2 \log x", given=["x > 0"]).verdict == "proved"
    assert equal(r"\log x^2", r"2 \log x", given=[r"x \in \mathbb{R}"]).verdict == "refuted"


@pytest.mark.parametrize(
    ("given", "verdict"),
    [
        ("$A$ and $B$ are independent given $C$", "proved"),
        ("Let $A$ and $B$ be independent given $C$.", "proved"),
        ("$A$ and $B$ are independent", "refuted"),
    ],
)
def test_a_given_may_be_a_sentence(given, verdict):
    assert equal("P(A,B|C)", "P(A|C)P(B|C)", given=[given]).verdict == verdict


def test_decide_is_the_same_as_the_command_s():
    (part,) = FALSE.parts
    assert decide(part.transitions[0], part.givens).verdict.name == "refuted"


@pytest.mark.parametrize(("made", "verdict"), [(TRUE, "proved"), (FALSE, "refuted")])
def test_derivations_and_results_show_themselves_typeset(made, verdict):
    for shown in (made._repr_html_(), verify(made)._repr_html_()):
        assert "<math" in shown
        assert f'class="verdict {verdict}"' in shown
        assert "<script" not in shown
    assert verdict in str(verify(made))


class FakeShell:
    def __init__(self):
        self.magics = {}

    def register_magic_function(self, func, magic_kind="line", magic_name=None):
        self.magics[magic_kind, magic_name] = func


def test_a_cell_of_markdown_is_checked():
    shell = FakeShell()
    notebook.load_ipython_extension(shell)
    magic = shell.magics["cell", "derivation"]
    assert magic("", NOTES).verdict == "proved"
    shown = magic("My try", WRONG)
    assert shown.verdict == "refuted"
    assert "My try" in shown._repr_html_()
