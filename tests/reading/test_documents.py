"""Any file becomes a document, and what cannot be read in it is said."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.reading.documents.files import (
    LARGEST,
    MOST_LINES,
    Display,
    Document,
    Formula,
    Paragraph,
    Problem,
    document_of,
    read_document,
)
from checker.reading.tex.tokens import Place


def problems(document: Document) -> list[str]:
    return [block.message for block in document.blocks if isinstance(block, Problem)]


def formulas(document: Document) -> list[str]:
    """The sources of all displays and inline formulas, in order."""
    found = []
    for block in document.blocks:
        if isinstance(block, Display):
            found.append(block.source.text)
        elif isinstance(block, Paragraph):
            found += [piece.source.text for piece in block.pieces if isinstance(piece, Formula)]
    return found


def written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_the_name_is_the_stem_and_the_title_the_first_heading(tmp_path):
    document = read_document(written(tmp_path, "notes.md", b"## Later\n\n# The title of $x$\n\n# Another\n"))
    assert (document.name, document.title) == ("notes", "The title of x")


def test_a_document_without_heading_is_titled_by_its_stem(tmp_path):
    assert read_document(written(tmp_path, "notes.md", b"$x$")).title == "notes"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_read_with_and_without_its_mark(tmp_path, encoding):
    document = read_document(written(tmp_path, "a.md", "größer $α$".encode(encoding)))
    assert formulas(document) == ["α"]
    assert not problems(document)


def test_a_broken_byte_is_named_with_its_line_and_the_rest_is_read(tmp_path):
    document = read_document(written(tmp_path, "a.md", b"one\ntwo \xff $x$\n\n$$y$$\n"))
    assert problems(document) == ["byte 0xff in line 2 is not UTF-8; save the file as UTF-8"]
    assert document.blocks[0].place == Place(2, 5)
    assert formulas(document) == ["x", "y"]


def test_a_binary_file_is_one_problem(tmp_path):
    document = read_document(written(tmp_path, "a.tex", b"\x7fELF\0\0$x$"))
    assert problems(document) == ["this is a binary file, not text"]
    assert len(document.blocks) == 1


def test_a_file_that_is_too_large_is_one_problem(tmp_path):
    path = tmp_path / "a.md"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)
    assert problems(read_document(path)) == ["the file is larger than 20 MB and was not read"]


def test_a_text_of_too_many_lines_is_cut_and_says_so():
    document = document_of("$x$" + "\n" * MOST_LINES + "$y$", "tex", "a")
    assert formulas(document) == ["x"]
    assert problems(document) == [f"the text has more than {MOST_LINES} lines; the rest was not read"]
    assert not problems(document_of("$x$" + "\n" * MOST_LINES, "tex", "a"))


def test_other_suffixes_are_refused(tmp_path):
    with pytest.raises(ValueError, match=r"\.md, \.tex or \.ipynb"):
        read_document(written(tmp_path, "a.pdf", b""))


@pytest.mark.parametrize("kind", ["md", "tex"])
def test_line_ends_of_other_systems_change_nothing(kind):
    text = "One $x$\nmore\n\n$$\na\n= b\n$$\n\nend\n"
    unix = document_of(text, kind, "a")
    assert document_of(text.replace("\n", "\r\n"), kind, "a") == unix
    assert document_of(text.replace("\n", "\r"), kind, "a") == unix


FRAGMENTS = [
    *("$", "$$", r"\(", r"\)", r"\[", r"\]", r"\\[", r"\\]", r"\begin{align}", r"\end{align}", r"\begin{equation*}"),
    *("\n", "\n\n", " ", "`", "```\n", "<!--", "-->", "- ", "1. ", "> ", "# ", "| a | b |\n", "|-|-|\n", "    ", "%"),
    *(r"\newcommand{\a}{b}", r"\newcommand", "{", "}", r"\item", r"\section{", r"\begin{itemize}", r"\verb|", "[", "]"),
    *(r"\begin{verbatim}", r"\begin{tabular}{l}", "&", r"\\", r"\let", r"\def\x#1", "a = b", "words", "*", "_", "\t"),
    *("<b>", "</b>", "---\n", "===\n", "](", "\\", "\ue000", "\ue0011\ue001", "5", "\r\n", "\x0c", "\u2028", "é"),
]


@pytest.mark.parametrize("kind", ["md", "tex", "ipynb"])
@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=60).map("".join))
def test_any_text_gives_a_document_within_a_second(kind, text):
    start = time.process_time()
    document = document_of(text, kind, "a")
    assert time.process_time() - start < 1
    assert isinstance(document, Document)


@pytest.mark.parametrize("suffix", ["md", "tex", "ipynb"])
@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=2000))
def test_any_bytes_give_a_document_within_a_second(tmp_path_factory, suffix, data):
    path = written(tmp_path_factory.mktemp("any"), f"a.{suffix}", data)
    start = time.process_time()
    assert isinstance(read_document(path), Document)
    assert time.process_time() - start < 1


@pytest.mark.parametrize("kind", ["md", "tex"])
@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=60).map("".join))
def test_every_place_is_where_the_formula_stands(kind, text):
    for other in ("\ue000", "\ue001", r"\let"):  # shown as another sign; gives commands other names
        text = text.replace(other, "")
    document = document_of(text, kind, "a")
    lines = text.replace("\r\n", "\n").split("\n")
    for block in document.blocks:
        pieces = block.pieces if isinstance(block, Paragraph) else [block]
        for piece in pieces:
            if isinstance(piece, Formula | Display):
                shown = piece.source.text.split("\n")
                for offset, line in enumerate(shown):
                    at = piece.source.place_of(sum(len(before) + 1 for before in shown[:offset]))
                    assert lines[at.line - 1][at.column - 1 :].startswith(line) or r"\newcommand" in text


@pytest.mark.parametrize(
    "opening", ["$", "$$", r"\[", r"\begin{align}", r"\newcommand{\a}{", r"\section{", "`", "<!--"]
)
@pytest.mark.parametrize("kind", ["md", "tex"])
def test_a_long_row_of_what_is_never_closed_is_no_hang(kind, opening):
    start = time.process_time()
    document_of(opening * 4000, kind, "a")
    assert time.process_time() - start < 5
