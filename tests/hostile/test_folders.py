"""A folder of answers from people who mean harm: everybody is marked or named, and the report shows nothing raw."""

from __future__ import annotations

import csv
import json
import os
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.hostile.command import CONTROLS, run

MARKUP = '"><script src=x onerror=owned()></script><img src=x onerror="owned()"><owned>'
ANSWER = r"""\section*{(a) HERE}
\[ p(y=k \mid x) = p(x \mid y=k)\, p(y=k) / p(x) \]
\[ \text{HERE} = 1 \]
"""
NAMES = (
    "<owned>.tex", "a\nb.tex", "c\x1b[31md.tex", "\u202egnp.tex", "-rf.tex", "--out.tex", "=cmd|' calc'!A0.tex",
    "@SUM(1+1).tex", "[red]bold[-red].tex", "..tex", "...tex", "%2e%2e%2fx.tex", "::error file=x::owned.tex",
    "a'b\"c&d.tex", "CON.tex", "x" * 200 + ".tex", "q2.tex", "index.html.tex", "é.tex", "e\u0301.tex",
)  # fmt: skip
SAID = {
    "markup": MARKUP, "escape": "\x1b]0;owned\x07\x1b[31m", "formula": "=1+1", "rich": "[red]x[/]",
    "error": "\n::error::owned\n", "python": "__import__('os').system('touch owned')",
}  # fmt: skip


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    place = tmp_path_factory.mktemp("hostile")
    answers = place / "in"
    answers.mkdir()
    for name in NAMES:
        (answers / name).write_text(ANSWER.replace("HERE", ""), encoding="utf-8")
    for name, said in SAID.items():
        (answers / f"{name}.tex").write_text(ANSWER.replace("HERE", said), encoding="utf-8")
    (place / "secret.tex").write_text("secret")
    (answers / "link.tex").symlink_to(place / "secret.tex")
    (answers / "links").symlink_to(place)
    (answers / "loop").symlink_to(answers)
    os.mkfifo(answers / "pipe.tex")
    with zipfile.ZipFile(answers / "zip.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../owned.tex", "0" * 10_000_000)
    with (answers / "huge.tex").open("wb") as file:
        file.truncate(100_000_000)
    (answers / "notebook.ipynb").write_text("[" * 100_000)
    (answers / "bytes.md").write_bytes(bytes(range(256)) * 10)
    (answers / os.fsdecode(b"f\xff.tex")).write_text(ANSWER.replace("HERE", ""))
    before = {path: path.lstat().st_mtime_ns for path in place.rglob("*")}
    words = [f"--format={name}" for name in ("gradescope", "markus", "prairielearn", "junit")]
    result = run(["grade", "q2", "--answers", "in", "--out", "out", "--jobs", "2", "--timeout", "5", *words], place)
    after = {
        path: path.lstat().st_mtime_ns for path in place.rglob("*") if (place / "out") not in (path, *path.parents)
    }
    return place, result, before, after


def written(place: Path) -> list[Path]:
    return [path for path in (place / "out").rglob("*") if path.is_file() and ".checker" not in path.parts]


def test_the_class_is_graded_and_nothing_is_written_elsewhere(graded):
    place, result, before, after = graded
    assert result.status == 0, result.said
    assert not result.problems, result.said
    assert {path.name for path in set(after) ^ set(before)} <= {"out"}
    assert {path: time for path, time in after.items() if path.is_file()} == {
        path: time for path, time in before.items() if path.is_file()
    }
    assert all((place / "out").resolve() in path.resolve().parents for path in written(place))


def test_everybody_has_a_row_and_what_was_not_read_says_why(graded):
    place, *_ = graded
    students = json.loads((place / "out" / "results.json").read_text())["students"]
    hidden, one_name = 2, 1  # ..tex and ...tex; é is written in two ways
    assert len(students) == len(NAMES) - hidden - one_name + len(SAID) + 9
    said = (place / "out" / "results.json").read_text() + "".join(page.read_text() for page in written(place))
    for reason in ("it is a link", "no ordinary file", "a .zip file is not read", "larger than 20 MB"):
        assert reason in said
    assert '"secret"' not in said


class Elements(HTMLParser):
    """The elements and attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}
        assert not any(
            (value or "").strip().lower().startswith(("javascript:", "data:", "http:")) for _, value in attrs
        )


def test_no_page_has_an_element_that_a_student_wrote(graded):
    place, *_ = graded
    pages = [path for path in written(place) if path.suffix == ".html"]
    assert len(pages) > len(NAMES)
    for page in pages:
        elements = Elements()
        elements.feed(source := page.read_text(encoding="utf-8"))
        assert not {"owned", "img", "iframe", "object", "embed"} & elements.names
        assert not {name for name in elements.attributes if name.startswith("on")}
        assert "Content-Security-Policy" in source
        assert "script-src 'sha256-" in source


def test_no_file_holds_an_escape_sequence_or_a_broken_character(graded):
    place, *_ = graded
    for path in written(place):
        text = path.read_bytes().decode("utf-8")
        assert not CONTROLS.search(text.replace("\r\n", "\n")), path
        assert not CONTROLS.search(path.name), path


def test_no_cell_of_the_marks_is_a_formula(graded):
    place, *_ = graded
    rows = list(csv.reader((place / "out" / "marks.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) > len(NAMES)
    for cell in (cell for row in rows for cell in row):
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")) or cell.lstrip("+-").replace(".", "").isdigit()
