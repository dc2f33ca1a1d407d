"""Breaking a line that a credit rests on loses the credit, or a part of it."""

from __future__ import annotations

import pytest

from tests.grading.answered import ANSWERS, of, text_marked


def _lines(name: str, part: str) -> list[tuple[int, str, float]]:
    """The line of the file, the target, and its marks, for each line that a credit of the part rests on."""
    record = of(name)[part]
    return [
        (support.source_line, credit.title, credit.marks)
        for credit in record.marked.credits
        if not credit.milestone_of and credit.marks
        for support in credit.supports
        if support.part == part
    ]


def _broken(text: str) -> str:
    """The line of a file with a term too many behind its last equals sign."""
    head, sign, tail = text.rpartition("=")
    return f"{head}{sign} 2 + {tail.lstrip('&')}" if sign else text


CASES = [
    (name, part)
    for name, parts in (("letters.md", "bc"), ("handwritten.md", "abc"), ("route.md", "ac"))
    for part in parts
]


@pytest.mark.parametrize(("name", "part"), CASES)
def test_a_broken_line_loses_the_credit_that_rests_on_it(name, part):
    rows = (ANSWERS / name).read_text(encoding="utf-8").split("\n")
    tried = 0
    for number, title, marks in dict.fromkeys(_lines(name, part)):
        broken = _broken(rows[number - 1])
        if broken == rows[number - 1] or "{n=1}^N 2 + " in broken:
            continue
        text = "\n".join([*rows[: number - 1], broken, *rows[number:]])
        after = {credit.title: credit for credit in text_marked(text)[part].marked.credits}
        assert after[title].marks < marks, f"line {number}: {broken}"
        tried += 1
    assert tried
