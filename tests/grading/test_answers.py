"""Synthetic answers to q2 as students write them, with the marks, the first wrong steps, and who must look.

The marks were decided from the rubric in derivations/q2.py; three answers were changed after a first run, so that they
show what they are there for. Three answer q1 as well.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass

import pytest

from checker.marks import ALONE, COMPENSATED, FOLLOWED, FOLLOWS, MISSED
from tests.grading.answered import ANSWERS, marked, of, text_marked

PARTS = "abcd"


@dataclass(frozen=True)
class Row:
    """What an answer should get: the marks of (a) to (d), the first wrong step of each part that has one, and the
    parts that a person must look at."""

    marks: tuple[float, float, float, float]
    wrong: dict[str, int]
    person: str = ""


ALL_RIGHT = Row((4, 4, 4, 4), {})
TABLE = {
    "terse.md": ALL_RIGHT,
    "verbose.tex": ALL_RIGHT,
    "letters.md": ALL_RIGHT,
    "macros.tex": ALL_RIGHT,
    "exam.tex": ALL_RIGHT,
    "one_hot.tex": ALL_RIGHT,
    "handwritten.md": ALL_RIGHT,
    "route.md": ALL_RIGHT,
    "eliminated.tex": ALL_RIGHT,
    "inline_head.md": ALL_RIGHT,
    "scaled.tex": ALL_RIGHT,
    "eqnarray.tex": Row((4, 0, 4, 4), {}),
    "substituted.tex": Row((0, 4, 0, 4), {}),
    "own_variance.tex": Row((0, 0, 4, 4), {}),
    "results.md": Row((2, 2, 4, 1.5), {}),
    "prior_missing.md": Row((2.5, 0, 2, 0), {"a": 2, "c": 2}),
    "sign.md": Row((0, 2.5, 2, 4), {"b": 2}),
    "sum_kept.tex": Row((0, 4, 0, 0), {"c": 1}),
    "half_lost.md": Row((0, 2, 3, 0), {"b": 3}),
    "inverted.md": Row((0, 0, 0, 2.5), {"d": 4}),
    "sigma.md": Row((2, 0, 0, 0), {"a": 2, "c": 1}),
    "compensating.md": Row((0, 2.5, 0, 1.5), {"b": 2, "d": 2}),
    "two_questions.tex": Row((4, 4, 2, 4), {"c": 2}),
    "bare_numbers.md": Row((4, 4, 2, 1.5), {}, "c"),
    "sign_in_sum.md": Row((4, 2, 2, 4), {"b": 4}),
    "likelihood_first.md": ALL_RIGHT,
    "softmax.md": ALL_RIGHT,
    "words_between.md": ALL_RIGHT,
    "plain_vectors.tex": Row((4, 4, 2, 4), {"c": 2}),
    "onehot_words.md": Row((4, 4, 3, 4), {"c": 1}),
    "constants.md": Row((4, 2, 4, 4), {"b": 3}),
    "messy.md": Row((4, 2, 2, 4), {"b": 5}),
    "class_sets.md": Row((4, 2, 2, 4), {"c": 3}, "d"),
    "subsections.tex": Row((4, 4, 2, 4), {"c": 4}),
    "evidence_for_joint.tex": Row((4, 1, 2, 2), {"b": 4}),
    "inverse_twice.tex": Row((2, 4, 4, 2.5), {"d": 3}, "a"),
    "ratio.md": Row((4, 0, 4, 4), {"b": 1}, "d"),
}


def test_every_answer_has_its_row():
    assert {path.name for path in ANSWERS.iterdir()} == set(TABLE)


@pytest.mark.parametrize("name", TABLE)
def test_it_gets_its_marks(name):
    row, parts = TABLE[name], of(name)
    assert tuple(parts[part].marked.marks for part in PARTS) == row.marks
    assert {part: n for part in PARTS if (n := parts[part].marked.first_wrong) is not None} == row.wrong
    assert "".join(part for part in PARTS if parts[part].marked.person) == row.person


COUNTS = {"two_questions.tex": 11.5, "bare_numbers.md": 11.5, "sign_in_sum.md": 12}


@pytest.mark.parametrize("name", COUNTS)
def test_of_two_questions_in_one_file_the_table_gets_its_marks(name):
    assert marked(ANSWERS / name, "q1", ("q1", "q2"))["a"].marked.marks == COUNTS[name]


OUTCOMES = [
    ("sign.md", "c", "the gradient by the means", FOLLOWED),
    ("half_lost.md", "c", "the gradient by the variances", FOLLOWED),
    ("half_lost.md", "c", "the estimate of the variances", FOLLOWED),
    ("half_lost.md", "b", "the negative log-likelihood in terms of the parameters", MISSED),
    ("prior_missing.md", "c", "the gradient by the variances", MISSED),
    ("compensating.md", "b", "the negative log-likelihood in terms of the parameters", COMPENSATED),
    ("compensating.md", "d", "the class priors", COMPENSATED),
    ("results.md", "d", "the class priors", ALONE),
    ("sign_in_sum.md", "c", "the gradient by the means", FOLLOWED),
    ("sign_in_sum.md", "c", "the gradient by the variances", FOLLOWED),
    ("inverted.md", "d", "the class priors", FOLLOWED),
]


@pytest.mark.parametrize(("name", "part", "title", "outcome"), OUTCOMES)
def test_it_is_said_how_a_result_was_reached(name, part, title, outcome):
    credits = {credit.title: credit for credit in of(name)[part].marked.credits}
    assert credits[title].outcome == outcome


def test_what_follows_from_a_wrong_line_is_no_error_of_its_own():
    assert of("sign.md")["c"].marked.statuses == (FOLLOWS, FOLLOWS)


def test_a_person_is_told_why_a_step_is_open():
    (reason,) = of("class_sets.md")["d"].marked.person
    assert reason.startswith(
        "step 4 (line 23) is undecided: not proved: a proportionality of which it is not said in what"
    )


# --- the order of parts ---------------------------------------------------------------------------------------------


def _blocks(name: str, mark: str) -> tuple[str, list[str]]:
    """What stands before the parts of an answer, and the parts, each from its mark on."""
    first, *rest = (ANSWERS / name).read_text(encoding="utf-8").split(f"\n{mark}")
    return first, [mark + each for each in rest]


ORDERS = [("terse.md", None), ("letters.md", "## Part"), ("route.md", "### "), ("sign.md", "## 2"), ("results.md", "(")]


@pytest.mark.parametrize(("name", "mark"), [row for row in ORDERS if row[1]])
def test_marks_do_not_depend_on_the_order_of_parts(name, mark):
    first, parts = _blocks(name, mark)
    assert len(parts) > 1
    expected = {part: record.marked.marks for part, record in of(name).items()}
    for turn in range(1, len(parts)):
        for order in (parts[turn:] + parts[:turn], parts[::-1]):
            found = text_marked(first + "\n" + "\n\n".join(order) + "\n")
            assert {part: record.marked.marks for part, record in found.items()} == expected


def test_what_is_found_does_not_depend_on_the_hashes_of_names():
    found = []
    for seed in ("0", "1"):
        command = [
            sys.executable,
            "-m",
            "checker",
            "q2",
            "--answer",
            str(ANSWERS / "prior_missing.md"),
            "--format",
            "json",
        ]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        found.append(re.sub(r'"seconds": [0-9.e-]+', "", done.stdout))
    assert found[0] == found[1]
    assert '"refuted"' in found[0]
