"""The command on texts: documents, one equality, answers; formats, exit statuses, streams. Reading is a stand-in."""

from __future__ import annotations

import io
import json
import re
import sys
import xml.etree.ElementTree as ElementTree

import pytest

from checker import progress
from checker.cli import main
from checker.run import Progress
from checker.subject import SUFFIXES
from tests import fake_session

GOOD = "# Sums\na + b = b + a ; proved\nn := 2 ; assumed ; definition\n"
BAD = "x = x ; proved ; identity\nx = 2x ; refuted ; claim\n2x = 3 ; undecided\n"


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder with derivations and documents, in which the command runs."""
    (tmp_path / "derivations").mkdir()
    for name in ("q1", "q2"):
        (tmp_path / "derivations" / f"{name}.py").write_text("")
    for name, text in {"good.md": GOOD, "bad.tex": BAD, "empty.ipynb": "# Nothing\n", "q2.txt": GOOD}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setitem(sys.modules, "checker.reading.session", fake_session)
    monkeypatch.setitem(sys.modules, "checker.grading.session", fake_session)
    return tmp_path


@pytest.fixture
def run(place, capsys):
    def run(*arguments):
        status = main(["--in-process", *arguments], place / "derivations")
        return status, *capsys.readouterr()

    return run


def entries(out):
    return [(each["name"], each["source"], each["verdict"]) for each in json.loads(out)["derivations"]]


def test_documents_are_derivations_named_by_their_stems(run):
    status, out, err = run("good.md", "./bad.tex", "--format", "json")
    assert entries(out) == [("good", "good.md", "proved"), ("bad", "./bad.tex", "refuted")]
    assert (status, err) == (1, "")
    first = json.loads(out)["derivations"][0]["parts"][0]
    assert first["name"] == "Sums"
    assert [(each["number"], each["source_line"]) for each in first["transitions"]] == [(1, 2), (2, 3)]


def test_json_holds_no_field_beyond_the_contract(run):
    step = json.loads(run("good.md", "--format", "json")[1])["derivations"][0]["parts"][0]["transitions"][0]
    assert {"role", "understood", "column"}.isdisjoint(step)


def test_two_documents_of_one_stem_are_both_checked_and_one_named_twice_once(run, place):
    (place / "other").mkdir()
    (place / "other" / "good.md").write_text(GOOD)
    assert len(entries(run("good.md", "other/good.md", "good.md", "--format", "json")[1])) == 2


def test_a_suffix_makes_a_document_of_what_is_also_a_derivations_name(run):
    assert entries(run("q2.txt", "--format", "json")[1]) == [("q2", "q2.txt", "proved")]


@pytest.mark.parametrize(
    ("document", "status"),
    [(GOOD, 0), (BAD, 1), ("x = 3 ; undecided\n", 3), ("x = 3 ; unreadable\n", 3), ("n := 2 ; assumed\n", 3), ("", 3)],
)
@pytest.mark.parametrize("style", ["rich", "json", "html", "markdown", "junit"])
def test_the_exit_status_says_how_it_went(run, place, document, status, style):
    (place / "notes.md").write_text(document)
    assert run("notes.md", "--format", style)[0] == status


def test_headings_without_formulas_do_not_spoil_the_rest(run, place):
    (place / "notes.md").write_text("# Introduction\n" + GOOD)
    status, out, _ = run("notes.md")
    assert status == 0
    assert "Introduction" not in out


@pytest.mark.parametrize("style", ["rich", "json"])
def test_a_document_without_a_step_says_so(run, style):
    status, _, err = run("empty.ipynb", "--format", style)
    assert (status, err) == (3, "empty.ipynb: nothing to check\n")
    assert run("good.md", "empty.ipynb")[0] == 3


def test_what_cannot_be_read_is_said_with_its_place(run, place):
    (place / "notes.md").write_text("no end !\n")
    status, out, err = run("notes.md", "--format", "json")
    assert (status, err) == (3, "notes.md:1:1: no end !\n")
    assert entries(out) == [("notes", "notes.md", "unreadable")]
    assert json.loads(out)["derivations"][0]["parts"] == []


def test_what_cannot_be_read_does_not_hide_what_is_refuted(run, place):
    (place / "notes.md").write_text("no end !\nx = 2x ; refuted\n")
    assert run("notes.md")[0] == 1
    (place / "notes.md").write_text("no end !\nx = x ; proved\n")
    assert run("notes.md")[0] == 3


@pytest.mark.parametrize("style", ["rich", "json"])
@pytest.mark.parametrize(
    ("argument", "message"),
    [
        ("god.md", "there is no file 'god.md'; did you mean good.md?"),
        ("nowhere/x.tex", "there is no file 'nowhere/x.tex'"),
        ("derivations", "'derivations' is a folder; name the documents in it"),
        (".", "'.' is a folder"),
        ("derivations/q7.py", "a derivation is called by its name, as in: python -m checker q2"),
        ("./scan.pdf", "'./scan.pdf' cannot be read; a document's name ends in .md, .markdown, .tex, .ipynb or .txt"),
        ("good", "there is no derivation 'good'"),
    ],
)
def test_what_is_not_there_is_said_and_the_others_are_checked(run, style, argument, message):
    status, out, err = run(argument, "good.md", "--format", style)
    assert status == 2
    assert message in err
    assert len(err.splitlines()) == 1
    assert "proved" in out


def test_only_missing_files_print_nothing(run):
    assert run("nowhere.md")[:2] == (2, "")


def test_options_may_stand_between_the_names(run):
    assert len(entries(run("good.md", "--format", "json", "bad.tex")[1])) == 2


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_document_of_every_suffix_is_read(tmp_path, capsys, suffix):
    text = "# Sums\n\n$$a + b = b + a$$\n\n$$a = 2 a$$\n"
    tex = "\\begin{document}\n\\[a + b = b + a\\]\n\\[a = 2 a\\]\n\\end{document}\n"
    cells = [{"cell_type": "markdown", "metadata": {}, "source": [text]}]
    notebook = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    file = tmp_path / f"notes{suffix}"
    file.write_text({".tex": tex, ".ipynb": notebook}.get(suffix, text))
    assert main(["--in-process", str(file), "--format", "json"]) == 1
    out, err = capsys.readouterr()
    assert [step["verdict"] for step in json.loads(out)["derivations"][0]["parts"][0]["transitions"]] == [
        "proved",
        "refuted",
    ]
    assert err == ""


# One equality


@pytest.mark.parametrize(
    ("sides", "status"),
    [(["x", "x"], 0), (["x", "y"], 1), (["-x", "-x"], 0), (["-x", "0-x"], 1), (["--", "--x", "--x"], 0)],
)
def test_an_equality_may_begin_with_a_minus_sign(run, sides, status):
    got, out, err = run("equal", *sides, "--format", "json") if sides[0] != "--" else run("equal", *sides)
    assert (got, err) == (status, "")
    if sides[0] != "--":
        assert entries(out)[0][:2] == ("equal", "")
        (part,) = json.loads(out)["derivations"][0]["parts"]
        assert (part["name"], part["transitions"][0]["lhs"]) == ("", sides[0])


@pytest.mark.parametrize("style", ["rich", "html", "markdown", "junit"])
def test_an_equality_stands_in_no_line_of_any_file(run, style):
    out = run("equal", "x", "y", "--format", style)[1]
    assert not re.search(r":1\b|\(\)| line |class=\"line\"|line=", out)
    assert re.search(r":2\b", run("bad.tex", "--format", style)[1])


def test_the_givens_of_an_equality_are_read(run):
    given = ["--given", r"n \in \{1,\dots,N\}", "--given", "-1 < x"]
    out = run("--format", "json", "equal", *given, "x", "x", "--seed", "3")[1]
    message = json.loads(out)["derivations"][0]["parts"][0]["transitions"][0]["message"]
    assert message == r"n \in \{1,\dots,N\} -1 < x"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["x"], "required: rhs"), ([], "required: lhs, rhs"), (["x", "y", "z"], "z"), (["x", "y", "--nope"], "--nope")],
)
def test_an_equality_has_two_sides(run, capsys, arguments, said):
    with pytest.raises(SystemExit) as info:
        run("equal", *arguments)
    assert info.value.code == 2
    assert said in capsys.readouterr().err


# Answers


def test_an_answer_is_checked_once_for_each_question(run):
    status, out, err = run("q1", "q2", "--answer", "good.md", "--format", "json")
    assert entries(out) == [("q1", "good.md", "proved"), ("q2", "good.md", "proved")]
    assert (status, err) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--answer", "good.md"], "--answer needs the question that it answers"),
        (["q3", "--answer", "good.md"], "there is no question 'q3'; did you mean"),
        (["q2.c", "--answer", "good.md"], "an answer is to a whole question: q2, not q2.c"),
        (["bad.tex", "--answer", "good.md"], "there is no question 'bad.tex'"),
        (["q2", "--answer", "nobody.tex"], "there is no file 'nobody.tex'"),
        (["q2", "--answer", "good.md", "--answer", "bad.tex"], "--answer takes one file, not 2"),
    ],
)
def test_an_answer_without_its_question_or_its_file_is_a_wrong_command(run, arguments, said):
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert said in err


# The terminal


def test_the_terminal_shows_formulas_as_written_with_line_verdict_and_role(run):
    _, out, _ = run("good.md", "bad.tex")
    rows = [line.split() for line in out.splitlines()]
    assert ["1", "2", "=", "b", "+", "a", "✓", "proved", "4.0", "ms"] in rows
    assert ["2", "3", ":=", "2", "definition", "·", "assumed", "4.0", "ms"] in rows
    assert "first wrong step: bad, step 2" in out
    assert "bad.tex:2" in out
    assert "the left side is 1/4" in out
    assert "5 steps: 2 proved, 1 refuted, 1 undecided, 1 assumed" in out


def test_a_refuted_step_says_its_message_in_every_format(run, place):
    rows = ("x = 2x ; refuted ; claim ;  ; first said", "x = 3x ; refuted ; claim ;  ; then said")
    (place / "notes.md").write_text("\n".join(rows))
    for style in ("rich", "html", "markdown", "junit", "json"):
        out = run("notes.md", "--format", style)[1]
        assert "first said" in out
        assert "then said" in out


def test_a_refuted_proportionality_says_that_its_numbers_are_ratios(run, place):
    (place / "notes.md").write_text("x \\propto 2x ; refuted\n")
    for style in ("rich", "html", "markdown", "junit"):
        out = run("notes.md", "--format", style)[1]
        said = " ".join(out.replace("│", " ").lower().split())
        assert "left/right is 1/4, and -1/4 at another value of the variables" in said
        assert "the left side" not in said


def test_explain_says_how_a_statement_was_understood(run):
    assert "read as a + b is b + a" in run("good.md", "--explain")[1]
    assert "read as" not in run("good.md")[1]


def test_long_formulas_are_cut_unless_all_is_to_be_said(run, place):
    terms = "+".join(rf"\alpha_{{{n}}}" for n in range(100))
    (place / "notes.md").write_text(f"x \\propto {terms} ; proved\n")
    short, long = run("notes.md")[1], run("notes.md", "--explain")[1]
    assert r"\alpha_{99}" not in short
    assert "…" in short
    assert "∝" in short
    assert r"\alpha_{99}" in long


def test_escapes_and_markup_come_out_inert(run, place):
    (place / "notes.md").write_text("# [red]a\x1b[31m\nx\x1b]0;evil\x07 = [bold]\x1b[2J\u202e\x9b ; refuted ; claim\n")
    for style in ("rich", "html", "markdown", "junit", "json"):
        out = run("notes.md", "--format", style)[1]
        assert not {"\x1b", "\x07", "\x9b", "\u202e"}.intersection(out)
        assert "[bold]" in out.replace("\\", "")
        if style != "json":
            assert "␛" in out
    (place / "notes.md").write_text("\x1b[31m !\n")
    assert "\x1b" not in run("notes.md")[2]


def test_parts_are_printed_as_they_are_done(run, place, monkeypatch):
    printed = []
    monkeypatch.setattr(fake_session, "judge", watched(fake_session.judge, printed))
    (place / "notes.md").write_text("# One\nx = x ; proved\n# Two\ny = y ; proved\n")
    out = io.StringIO()
    monkeypatch.setattr(sys, "stdout", out)
    printed.append(out)
    main(["--in-process", "notes.md"], place / "derivations")
    before_first, before_second = printed[1:]
    assert "notes" in before_first
    assert "One" not in before_first
    assert "One" in before_second
    assert "Two" not in before_second


def watched(judge, printed):
    def watching(*arguments, **options):
        printed.append(printed[0].getvalue())
        return judge(*arguments, **options)

    return watching


def test_the_bar_counts_the_steps_and_keeps_to_one_line(monkeypatch):
    stream = io.StringIO()
    stream.isatty = lambda: True
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "60")
    with progress.shown() as bar:
        bar.show(Progress("notes.\x1b[2JA very long heading" + "!" * 90 + " step 7", 6, 12))
    drawn = stream.getvalue().split("\r\x1b[K")[1]
    assert drawn.startswith("[==========          ] 7 of 12  notes.␛[2JA very")
    assert len(drawn) < 60
    assert stream.getvalue().endswith("\r\x1b[K")


def test_a_derivation_is_reported_in_every_format(run, place):
    source = (
        "from sympy import *\nfrom checker.derivation import Derivation, Givens\nx = Symbol('x')\n"
        "q = Derivation('q1', 'A title', Givens())\na = q.part('a', 'A part')\na.start(x + x)\na.equals(3*x)\n"
    )
    (place / "derivations" / "q1.py").write_text(source)
    status, out, _ = run("q1", "good.md", "--format", "html")
    assert status == 1
    assert "<math" in out
    assert "✗" in run("q1", "--format", "markdown")[1]
    assert ElementTree.fromstring(run("q1", "--format", "junit")[1]).get("failures") == "1"
