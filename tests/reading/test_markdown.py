"""Markdown: every formula is found once, where it stands; what is code is none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.reading.documents.files import (
    Display,
    Document,
    Formula,
    Heading,
    Paragraph,
    Problem,
    Table,
    Words,
    document_of,
)
from tests.reading.test_documents import formulas, problems


def read(text: str) -> Document:
    return document_of(text, "md", "a")


def displays(text: str) -> list[str]:
    return [block.source.text for block in read(text).blocks if isinstance(block, Display)]


def inline(text: str) -> list[str]:
    return [
        piece.source.text
        for block in read(text).blocks
        if isinstance(block, Paragraph)
        for piece in block.pieces
        if isinstance(piece, Formula)
    ]


def words(text: str) -> str:
    """All that stands in the paragraphs, formulas in brackets, paragraphs parted by bars."""
    shown = []
    for block in read(text).blocks:
        if isinstance(block, Paragraph):
            pieces = (p.text if isinstance(p, Words) else f"<{p.source.text}>" for p in block.pieces)
            shown.append(block.marker + "".join(pieces))
    return "|".join(shown)


DISPLAYS = {
    "on lines of its own": "Words\n\n$$\na = b\n$$\n\nmore",
    "without blank lines around": "Words\n$$\na = b\n$$\nmore",
    "on the delimiters' line": "$$a = b$$",
    "behind the delimiter": "$$ a = b\n$$",
    "at the end of words": "Thus $$ a = b $$",
    "within words": "Thus $$ a = b $$ and so on",
    "opened within a line": "Thus $$\na = b\n$$ and so on",
    "square brackets": "\\[\na = b\n\\]",
    "square brackets in a line": "Thus \\[ a = b \\] and",
    "doubled square brackets": "\\\\[ a = b \\\\]",
    "in a list item": "- x\n\n  $$\n  a = b\n  $$\n",
    "as a list item": "- $$a = b$$\n",
    "in a nested list": "1. one\n   - two $$a = b$$\n",
    "in a quoted block": "> Words\n>\n> $$\n> a = b\n> $$\n",
    "in a quoted list": "> - Words\n>   $$\n>   a = b\n>   $$\n",
    "in a heading": "# Title $$a = b$$\n",
    "in HTML": "<div>\n$$a = b$$\n</div>\n",
    "indented": "Words\n\n    $$\n    a = b\n    $$\n",
    "in a table": "| x | y |\n|---|---|\n| $$a = b$$ | 2 |\n",
    "beside a digit": "1$$a = b$$2",
    "with a blank line": "$$\n\na = b\n\n$$",
    "with a footnote's mark": "[^1]: $$a = b$$",
    "in a link": "[$$a = b$$](address)",
    "in a link's address": "[x]($$a = b$$)",
}


@pytest.mark.parametrize("text", DISPLAYS.values(), ids=DISPLAYS)
def test_a_display_is_found_once_at_its_place(text):
    document = read(text)
    found = [block for block in document.blocks if isinstance(block, Display)]
    assert [block.source.text for block in found] == ["a = b"]
    place = found[0].source.place
    assert text.splitlines()[place.line - 1][place.column - 1 :].startswith("a = b")
    assert not problems(document)


@pytest.mark.parametrize(
    "environment", ["align", "align*", "equation", "gather*", "alignat", "flalign", "multline", "eqnarray", "split"]
)
def test_an_environment_is_a_display(environment):
    argument = "{2}" if environment == "alignat" else ""
    text = f"Words\n\\begin{{{environment}}}{argument}\n  a &= b \\\\\n  &= c\n\\end{{{environment}}}\nmore"
    (display,) = [block for block in read(text).blocks if isinstance(block, Display)]
    assert display.environment == environment
    assert display.source.text == "a &= b \\\\\n  &= c"
    assert (display.source.place.line, display.source.place.column) == (3, 3)
    assert words(text) == "Words|more"


def test_dollars_keep_the_environment_inside():
    assert displays("$$\\begin{aligned}a&=b\\end{aligned}$$") == ["\\begin{aligned}a&=b\\end{aligned}"]


def test_consecutive_displays_are_separate():
    assert displays("$$a$$\n$$b$$\n$$\nc\n$$\n$$ d $$ $$ e $$") == ["a", "b", "c", "d", "e"]


def test_lines_of_a_display_are_no_markdown():
    text = "Words\n$$\na\n- b\n+ c\n= d\n===\n# e\n> f\n* g\n1. h\n$$\nend"
    assert displays(text) == ["a\n- b\n+ c\n= d\n===\n# e\n> f\n* g\n1. h"]
    assert words(text) == "Words|end"


INLINE = {
    "words": "where $a_b$ is",
    "emphasis": "where *$a_b$* and **bold**",
    "brackets": r"where \(a_b\) is",
    "doubled brackets": r"where \\(a_b\\) is",
    "spaces": "where $ a_b $ is",
    "a list item": "- item $a_b$",
    "a nested list": "1. one\n\n   - two\n     lines, $a_b$",
    "a quoted block": "> quoted\n> $a_b$",
    "a quoted list": "> 1. quoted\n>    and $a_b$",
    "a lazy line": "> quoted\nlazy $a_b$",
    "a tab": "-\titem $a_b$",
    "HTML": "<b>$a_b$</b>",
    "a link": "[the $a_b$](http://x.y/z_w)",
    "an escaped dollar before": r"costs \$5, with $a_b$",
    "an amount before": "costs $5, with $a_b$",
    "code before": "`$` and $a_b$",
}


@pytest.mark.parametrize("text", INLINE.values(), ids=INLINE)
def test_an_inline_formula_is_found_once_at_its_place(text):
    (piece,) = [p for b in read(text).blocks if isinstance(b, Paragraph) for p in b.pieces if isinstance(p, Formula)]
    assert piece.source.text == "a_b"
    place = piece.source.place
    assert text.splitlines()[place.line - 1][place.column - 1 :].startswith("a_b")


def test_a_formula_over_two_quoted_lines_knows_both_columns():
    text = "> > with $a +\n> >   b$ here"
    (piece,) = [p for b in read(text).blocks if isinstance(b, Paragraph) for p in b.pieces if isinstance(p, Formula)]
    assert piece.source.text == "a +\nb"
    assert piece.source.place_of(4).column == 7


@pytest.mark.parametrize(
    "text",
    [
        "it costs $5 and $10",
        "it costs $5, or $10 with x",
        "from $5 million to $7 million",
        r"it costs \$5 and \$x",
        "`$x$` and ``$$ ` y$$``",
        "```\n$$a = b$$\n```",
        "~~~ python\nx = '$a$'\n~~~",
        "- item\n  ```\n  $$a = b$$\n  ```",
        "> ```\n> $$a = b$$\n> ```",
        "<!-- $x$ and $$y$$ -->",
        "<!--\n\n$$y$$\n\n-->",
        "<pre>\n$$y$$\n</pre>",
        "    x = cost('$a$')\n",
        r"see \[1\] and \[2, 3\] \(not mathematics\)",
        "$ alone",
        "a $ at the end $",
    ],
)
def test_this_is_no_mathematics(text):
    found = formulas(read(text))
    assert found == [] or text == "a $ at the end $"


def test_a_formula_ends_with_its_item_heading_and_paragraph():
    assert inline("- costs $5 each\n- with $x$\n\n# in $\n\nand $y$") == ["x", "y"]


def test_mathematics_within_the_words_of_a_formula_belongs_to_it():
    assert inline(r"so $a \text{ if $b > 0$} = c$ holds") == [r"a \text{ if $b > 0$} = c"]


def test_markup_is_removed_from_words():
    text = "**Given** a _set_ of `code`, [a link](x) &amp; more\\* <br> on\nthe next line"
    assert words(text) == "Given a set of code, a link & more* on the next line"


def test_words_know_where_they_begin():
    text = "First $x$ then\n\n- item\n\n> quoted $y$\n> more"
    pieces = [p for b in read(text).blocks if isinstance(b, Paragraph) for p in b.pieces if isinstance(p, Words)]
    assert [(p.text, p.place.line, p.place.column) for p in pieces] == [
        ("First ", 1, 1),
        (" then", 1, 11),
        ("item", 3, 3),
        ("quoted ", 5, 3),
        (" more", 6, 3),
    ]


def test_headings_have_levels_and_keep_their_mathematics():
    blocks = read("# One *two* $x_1$\n\nText\n---\n\n### b) ###\n").blocks
    assert [(b.title, b.level, b.place.line) for b in blocks if isinstance(b, Heading)] == [
        ("One two x_1", 1, 1),
        ("Text", 2, 3),
        ("b)", 3, 6),
    ]


def test_list_items_have_markers():
    assert words("1. one\n2. two\n   - $x$\n3) other\n\n- $$z$$") == "1.one|2.two|-<x>|3)other|-"


def test_a_part_is_marked_by_its_letter():
    text = "(a) one\n\n**(b)** $y$\n\nb) more\n\n(a) and (b) are no parts"
    assert words(text) == "(a)one|(b)<y>|b)more|(a) and (b) are no parts"
    assert words("Words\n(a)\none $x$\n(b)\ntwo") == "Words|(a)one <x>|(b)two"


def test_a_table_has_rows_of_text():
    text = "| Layer | $n_k$ |\n|---|:-:|\n| *one* | $|x|$ |\n| two | |\n"
    (table,) = [block for block in read(text).blocks if isinstance(block, Table)]
    assert table.rows == (("Layer", "n_k"), ("one", "|x|"), ("two", ""))


@pytest.mark.parametrize(
    "text",
    [
        "$$ a = b\n\nThese words here are not mathematics.\n\n$$ c = d $$",
        "$$ a = b\nand so\n$$ c = d $$",
        "\\[ a = b\n\n\\[ c = d \\]",
        "\\begin{align} a = b\n\n$$c = d$$",
        "$$c = d$$\n\n$$ a = b",
        "<!-- never closed\n\n$$c = d$$",
    ],
)
def test_what_is_never_closed_is_a_problem_and_the_rest_is_read(text):
    assert displays(text) == ["c = d"]
    (problem,) = problems(read(text))
    assert "never closed" in problem


def test_a_problem_stands_where_it_opens():
    (problem,) = [block for block in read("Words\n\n> $$ a = b\n").blocks if isinstance(block, Problem)]
    assert (problem.place.line, problem.place.column) == (3, 3)


def test_definitions_are_no_blocks():
    text = "$$\n\\newcommand{\\E}{\\mathbb{E}}\n\\def\\v#1{\\mathbf{#1}}\n$$\n\nWords $\\E x$\n"
    document = read(text)
    assert formulas(document) == [r"\E x"]
    assert set(document.macros) == {r"\E", r"\v"}
    assert not read("```\n\\newcommand{\\E}{x}\n```").macros


def test_front_matter_is_no_text():
    assert words("---\ntitle: x\ntags:\n  - y\n---\nWords") == "Words"
    assert words("---\n\nWords\n\n---\n\nmore") == "Words|more"


WRAPPINGS = ["{}", "> {}", "- {}", "1. {}", "**{}**", "Words {} words", "> - {}", "# {}", "| x | {} |", "<i>{}</i>"]
MATHEMATICS = ["$f_{}$", "$$f_{}$$", r"\(f_{}\)", r"\[f_{}\]", r"\\[f_{}\\]", "`code`", "costs 5", "word*"]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(WRAPPINGS), st.sampled_from(MATHEMATICS), st.booleans()), max_size=12))
def test_no_formula_is_lost_or_doubled(lines):
    text, expected = "", []
    for number, (wrapping, mathematics, blank) in enumerate(lines):
        text += wrapping.format(mathematics.replace("f_{}", f"f_{number}")) + ("\n\n" if blank else "\n")
        kept_as_text = wrapping.startswith(("#", "|")) and mathematics.startswith(("$f", r"\("))
        if "f_" in mathematics and not kept_as_text:
            expected.append(f"f_{number}")
    document = read(text)
    titles = [b.title for b in document.blocks if isinstance(b, Heading)]
    cells = [cell for b in document.blocks if isinstance(b, Table) for row in b.rows for cell in row]
    found = [name for name in formulas(document) if name in expected]
    assert sorted(found) == sorted(expected), (titles, cells)
