"""new, rules, explain and --watch, as an author calls them."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys

import pytest

from checker.authoring.watching import watched
from checker.cli import main
from checker.rules import rule_names

NOTES = r"""# Mixed

Let $n \in \{1,\dots,N\}$, $k \in \{1,\dots,K\}$ and $y_n \in \{1,\dots,K\}$. Let $\alpha_k > 0$ with
$\sum_k \alpha_k = 1$. Define $N_k = \sum_n \mathbb{1}[y_n = k]$.

## (a) Sums

$$\sum_{k=1}^K N_k = \sum_{n=1}^N \sum_{k=1}^K \mathbb{1}[y_n=k] = N$$

$$u^2 \ge 0$$

## (b) Estimates

By Bayes' rule

$$P(A|B) = \frac{P(B|A) P(A)}{P(B)}$$

$$L = \sum_k N_k \log \alpha_k + \lambda(1-\sum_k \alpha_k)$$

$$\frac{\partial L}{\partial \alpha_k} = \frac{N_k}{\alpha_k} - \lambda = 0 \Rightarrow \alpha_k = \frac{N_k}{\lambda}$$

$$\lambda = N$$

$$\alpha_k = N_k/N$$
"""


@pytest.fixture
def run(tmp_path, monkeypatch, capfd):
    """Runs a command in an empty folder; gives the status and both streams."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        status = main(arguments)
        captured = capfd.readouterr()
        return status, captured.out, captured.err

    return run


def test_a_new_derivation_is_proved_and_so_is_its_test(run, tmp_path):
    status, out, err = run("new", "q3", "--title", 'A "line", \\through')
    assert (status, err) == (0, "")
    assert "wrote derivations/q3.py\nwrote derivations/test_q3.py\n" in out
    status, out, _ = run("q3")
    assert status == 0
    assert "3 steps: 3 proved" in out
    command = [sys.executable, "-m", "pytest", "-q", "-W", "error", "-p", "no:cacheprovider", "derivations"]
    found = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, env=_plain())
    assert found.returncode == 0, found.stdout
    assert "4 passed" in found.stdout


def _plain():
    return {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": ""}


def test_a_new_derivation_has_the_looks_that_this_repository_asks_for(run, tmp_path):
    run("new", "q3")
    command = [sys.executable, "-m", "ruff", "format", "--check", "--line-length", "120", "derivations"]
    found = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout


def test_nothing_is_overwritten(run, tmp_path):
    (tmp_path / "derivations").mkdir()
    (tmp_path / "derivations" / "test_q3.py").write_text("mine")
    (tmp_path / "derivations" / "q4.py").write_text("mine")
    for name in ("q3", "q4"):
        status, _, err = run("new", name)
        assert status == 2
        assert "is there already, and is not overwritten" in err
    assert sorted(file.name for file in (tmp_path / "derivations").iterdir()) == ["q4.py", "test_q3.py"]
    assert {file.read_text() for file in (tmp_path / "derivations").iterdir()} == {"mine"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("q 3",), "'q 3' cannot be a derivation's name"),
        (("all",), "'all' cannot be a derivation's name"),
        (("test_q3",), "is what tests are named"),
        (("q1",), "there is a derivation 'q1' already"),
        (("q3", "--from", "notes.pdf"), "'notes.pdf' cannot be read; a document's name ends in"),
        (("q3", "--from", "note.md"), "there is no file 'note.md'; did you mean notes.md?"),
    ],
)
def test_a_wrong_command_writes_nothing(run, tmp_path, arguments, message):
    (tmp_path / "notes.md").write_text(NOTES)
    status, _, err = run("new", *arguments)
    assert (status, message in err) == (2, True), err
    assert not (tmp_path / "derivations").exists()


def test_a_document_becomes_a_derivation_that_is_proved_where_it_is(run, tmp_path):
    (tmp_path / "notes.md").write_text(NOTES)
    status, out, err = run("new", "q3", "--from", "notes.md", "--path", "mine")
    assert (status, err) == (0, "")
    status, out, _ = run("q3", "--path", "mine")
    assert status == 0, out
    assert "8 steps: 8 proved" in out
    assert "bayes" in out


def test_what_a_document_has_wrong_or_unread_is_said_and_the_rest_is_there(run, tmp_path):
    wrong = NOTES.replace(r"\alpha_k = N_k/N", r"\alpha_k = N_k/K")
    wrong += "\n$$ a = \\lim_{x\\to 0} \\frac{x}{x} $$\n\n$$ \\frac{1 = 2 $$\n"
    (tmp_path / "notes.md").write_text(wrong)
    status, out, err = run("new", "q3", "--from", "notes.md")
    assert status == 0
    assert "8 steps from notes.md: 7 proved, 1 refuted" in out
    assert "q3.b.5 is refuted" in err
    assert "not in the derivation: line 26: " in err
    assert "not in the derivation: line 28: " in err
    text = (tmp_path / "derivations" / "q3.py").read_text()
    assert r"\lim" in text
    assert r"\frac{1 = 2" in text
    assert run("q3")[0] == 1


def test_the_rules_are_listed_and_one_is_explained(run):
    status, out, _ = run("rules")
    assert status == 0
    assert all(any(line.startswith(f"{name} ") for line in out.splitlines()) for name in rule_names())
    status, out, err = run("rules", "bayes", "bays")
    assert status == 2
    assert "P(A | B)  =  P(B | A) P(A)/P(B)" in out
    assert "Bishop" in out
    assert err == "there is no rule 'bays'; did you mean bayes?\n"


def test_a_step_is_explained(run):
    assert "trusting" in run("explain", "q2.c.1")[1]
    status, out, _ = run("explain", "q2.c.3")
    assert status == 0
    assert out.startswith("q2.c.3  proved\n")
    for label in ("rule ", "theories ", "common form ", "compared at "):
        assert label in out
    assert sum("mu_{" in line or "μ" in line for line in out.splitlines()) >= 3
    assert "q2.c.2" not in out


@pytest.mark.parametrize(
    ("step", "message"),
    [
        ("q22.c.3", "there is no derivation 'q22'; did you mean q2"),
        ("q2.x.3", "q2 has no part 'x'"),
        ("q2.c.99", "q2.c has no step 99"),
        ("q2.c.3.1", "'q2.c.3.1' names no step"),
        ("q2.c.x", "'q2.c.x' names no step"),
    ],
)
def test_what_names_no_step_is_said(run, step, message):
    status, _, err = run("explain", step)
    assert (status, message in err) == (2, True), err


def test_derivations_of_the_current_folder_are_found_and_twins_are_named(run, tmp_path):
    (tmp_path / "mine").mkdir()
    run("new", "q3", "--title", "Mine", "--path", "mine")
    status, _, err = run("q1", "--path", "nowhere")
    assert (status, "there is no folder 'nowhere'" in err) == (2, True)
    assert "q3" not in run()[1]
    status, out, _ = run("--path", "mine")
    assert (status, "q3" in out) == (0, True)
    (tmp_path / "derivations").mkdir()
    (tmp_path / "derivations" / "q3.py").write_text("x = 1\n")
    status, out, err = run("q3", "--path", "mine")
    assert status == 2
    assert "there are two derivations named 'q3': mine/q3.py and derivations/q3.py; rename one" in err
    assert "3 steps: 3 proved" in out
    assert run("mine/q3.py")[0] == 0


def test_it_is_checked_again_after_each_change_and_only_then(tmp_path):
    file = tmp_path / "notes.md"
    file.write_text("one")
    checked = []

    def once():
        checked.append(file.read_text() if file.exists() else "")
        return len(checked)

    def looks():
        yield
        file.write_text("two!")
        yield
        yield
        file.unlink()
        yield
        file.write_text("three")
        yield

    options = argparse.Namespace(names=[str(file)], answer=None)
    assert watched(options, {}, once, looks()) == 4
    assert checked == ["one", "two!", "", "three"]


def test_help_lists_the_commands_without_sympy():
    program = (
        "import sys\nfrom checker.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "sys.exit('sympy' in sys.modules)"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert found.returncode == 0
    assert all(f"`{name}`" in found.stdout for name in ("equal", "new", "rules", "explain"))
