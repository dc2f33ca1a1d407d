"""The report in Markdown: whole tables, formulas in mathematics, nothing of a text that is markup."""

from __future__ import annotations

import io
import re

from checker.record import DerivationRecord
from checker.reports import markdown_report
from tests.reports.records import ALL, HOSTILE_DOCUMENT, document, step


def report(*derivations, explain=False):
    stream = io.StringIO()
    markdown_report.write(derivations or (document(),), 0.5, stream, explain=explain)
    return stream.getvalue()


def rows(text):
    return [line for line in text.splitlines() if line.startswith("|")]


def cells(row):
    return re.split(r"(?<!\\)\|", row)[1:-1]


def test_a_part_is_a_table_with_a_row_for_each_step():
    text = report()
    assert "### Gradients: ✗ refuted" in text
    table = rows(text)
    assert len(table) == len(ALL) + 2
    assert len({len(cells(row)) for row in table}) == 1
    assert r"| 1 | 7 | $\frac{a}{b} = \sum_{n=1}^N c$ | bayes | ✓ proved |" in table[2]
    assert "First wrong step:** Gradients, step 3 (notes.md:7)" in text
    assert r"x\_1 = 3/2" in text


def test_a_chain_goes_on_without_its_left_side():
    text = report(document(step("proved", 1, "a", "b"), step("proved", 2, "b", "c")))
    assert "| $a = b$ |" in text
    assert "| ${} = c$ |" in text


def test_bars_and_angles_do_not_break_the_table():
    (_, _, row) = rows(report(document(step("proved", 1, r"p(x|y) < \|x\|", "a > b", r"\propto"))))
    assert len(cells(row)) == 6
    assert r"p(x\vert y) \lt  \Vert x\Vert \propto a \gt  b" in row


def test_nothing_that_a_text_says_is_markup():
    text = report(HOSTILE_DOCUMENT, explain=True)
    assert not {"\x1b", "\x00", "\ud800", "\ufffe"}.intersection(text)
    assert len({len(cells(row)) for row in rows(text)}) == 1
    without_code = re.sub(r"(`+) .*? \1", "", text)
    assert not re.search(r"(?<!\\)<|(?<!\\)`|(?<!\\)\[", without_code)


def test_explain_lists_the_reasons():
    assert "- step 1: by normal form; theories field, sums" in report(explain=True)
    assert "- step" not in report()


def test_what_could_not_be_read_says_so():
    assert r"\! unreadable" in report(DerivationRecord("notes", "", "notes.md", (), unreadable=True, text=True))
