"""Students to report, and the files of a report."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

from checker.marks import (
    ABSENT,
    FOLLOWED,
    FOLLOWS,
    MISSED,
    OPEN,
    PERSON,
    REACHED,
    VALID,
    WRONG,
    Credit,
    PartMarks,
    Student,
    Support,
)
from checker.record import DerivationRecord, PartRecord
from checker.reports import grading
from tests.reports.records import HOSTILE, step

SOURCE = "# (a)\n$$\\frac{a}{b} = c$$\n$$d = e$$\n# (b)\n$$f = g$$\n"
HOSTILE_NAMES = [
    "../../etc/passwd", "/etc/passwd", "..", ".", "...", "", " ", "a/b", "a\\b", "a\nb", "C:\\x", "nul", "NUL.txt",
    "<script>alert(1)</script>", '"><b>', "=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "x" * 300, "é" * 300, "王小明",
    "\x1b[31mred", "a\u202eb", "\ud800", "Alice", "alice", "a b", "a-b", "a  b", "twin", "twin", "-rf", ".hidden",
    "%2e%2e", "a#b?c", "a'b", "a,b", "&lt;b&gt;",
]  # fmt: skip


def part(
    name="a", *, marks=4.0, most=4.0, outcome=REACHED, person=(), wrong=None, verdicts=("proved", "proved"), **more
):
    """A part whose steps stand on lines 2, 3, …; of which `wrong` is the first wrong one."""
    steps = tuple(step(verdict, number, line=number + 1) for number, verdict in enumerate(verdicts, start=1))
    statuses = {"refuted": WRONG, "undecided": OPEN, "unreadable": OPEN}
    found = [
        FOLLOWS if wrong and number > wrong and verdict == "proved" else statuses.get(verdict, VALID)
        for number, verdict in enumerate(verdicts, start=1)
    ]
    supports = tuple(Support(name, each.record.number, each.record.source_line) for each in steps)
    up_to = most if person else marks
    credits = (
        Credit("The posterior", r"\frac{a}{b}", outcome, marks, most, up_to, supports, "because"),
        Credit("Bayes' rule", "p(x)", outcome, 0, 0, 0, supports[:1], "", "The posterior"),
    )
    marked = PartMarks(marks, most, up_to, credits, tuple(found), wrong, tuple(person), **more)
    return PartRecord(name, f"Title of {name}", steps, most, marked)


def student(name="Ada", *parts, problems=(), files=("ada.md",), sources=None, question="q2"):
    parts = parts or (part("a"), part("b", marks=2.5, outcome=FOLLOWED, wrong=1, verdicts=("refuted", "proved")))
    derivation = DerivationRecord(question, "A question", files[0] if files else "", parts, text=True)
    return Student(name, files, (derivation,), problems, {files[0]: SOURCE} if sources is None else sources)


def unread(name="Eve"):
    """A student whose only file could not be read."""
    return Student(name, ("eve.pdf",), (), ("eve.pdf: not a text",))


def a_class():
    """Of each kind one."""
    return [
        student("Ada"),
        student("Bob", part("a", marks=0.0, outcome=PERSON, person=("1 line is undecided",), verdicts=("undecided",))),
        student(
            "Cy", part("a", marks=3.0, outcome=MISSED, overridden="said in words", given=1.0), part("b", marks=0.0)
        ),
        student("Di", part("a", marks=0.0, outcome=ABSENT, verdicts=()), problems=("di.pdf: not a text",)),
        unread(),
    ]


def hostile_class():
    """Names, titles, formulas, reasons and texts that others wrote, all of them hostile."""
    found = [student(name) for name in HOSTILE_NAMES]
    everything = part(
        "a", person=(HOSTILE,), wrong=1, verdicts=("refuted", "unreadable"), overridden=HOSTILE, given=1.0
    )
    credit = replace(everything.marked.credits[0], title=HOSTILE, formula=HOSTILE, message=HOSTILE)
    steps = (
        step("refuted", 1, HOSTILE, HOSTILE, rule=HOSTILE, message=HOSTILE, understood=HOSTILE, notes=(HOSTILE,)),
        step("unreadable", 2, HOSTILE, HOSTILE, message=HOSTILE),
    )
    marked = replace(everything.marked, credits=(credit,))
    parts = (replace(everything, title=HOSTILE, steps=steps, marked=marked), part(HOSTILE))
    file = HOSTILE
    return [
        *found,
        student(HOSTILE, *parts, problems=(HOSTILE,), files=(file,), sources={file: HOSTILE * 50}, question=HOSTILE),
    ]


def written(students, out: Path, formats=grading.FORMATS, title="Homework 4"):
    """Write the report; the texts of its files by their paths."""
    grading.write(students, out, title=title, formats=formats)
    files = [path for path in out.rglob("*") if path.is_file()]
    return {path.relative_to(out).as_posix(): path.read_bytes().decode() for path in files}


def rows(text):
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def of_folder(found, folder):
    """The JSON documents in a folder of the report."""
    return {path: json.loads(text) for path, text in found.items() if path.startswith(f"{folder}/")}
