"""Notebooks: the Markdown cells, with places that count through them."""

import json

import pytest

from checker.reading.documents.files import Display, Document, Heading, document_of
from tests.reading.test_documents import formulas, problems


def notebook(*cells: object) -> str:
    return json.dumps({"cells": list(cells), "nbformat": 4})


def markdown(source: object) -> dict[str, object]:
    return {"cell_type": "markdown", "source": source, "metadata": {}}


def code(source: object) -> dict[str, object]:
    return {"cell_type": "code", "source": source}


def read(text: str) -> Document:
    return document_of(text, "ipynb", "a")


def test_only_markdown_cells_are_read():
    document = read(
        notebook(markdown("# T\n$$x$$"), code("'$$y$$'"), {"cell_type": "raw", "source": "$w$"}, markdown("$z$"))
    )
    assert formulas(document) == ["x", "z"]
    assert document.title == "T"


def test_a_source_may_be_a_list_of_lines():
    assert formulas(read(notebook(markdown(["$$\n", "a\n", "= b\n", "$$"])))) == ["a\n= b"]


def test_lines_count_through_the_markdown_cells():
    document = read(notebook(markdown("one\n\ntwo\n"), code("a\nb\n"), markdown("$$x$$"), markdown("## T\n\n$$y$$")))
    places = [(b.place.line, b.place.column) for b in document.blocks if isinstance(b, Display | Heading)]
    assert places == [(4, 1), (5, 4), (7, 1)]


def test_a_macro_of_one_cell_holds_in_all():
    document = read(notebook(markdown(r"$\E x$"), markdown("$$\\newcommand{\\E}{\\mathbb{E}}$$")))
    assert set(document.macros) == {r"\E"}
    assert formulas(document) == [r"\E x"]


def test_what_is_never_closed_ends_with_its_cell():
    document = read(notebook(markdown("$$ a"), markdown("$$b$$")))
    assert formulas(document) == ["b"]
    assert problems(document) == ["$$ is never closed"]


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, '{"cells": [1,}', "nonsense"])
def test_what_is_no_json_is_a_problem(text):
    (problem,) = problems(read(text))
    assert problem.startswith("the notebook is not JSON")


@pytest.mark.parametrize("text", ["[]", "{}", '{"cells": 5}', '"$x$"', "5"])
def test_a_notebook_without_cells_is_a_problem(text):
    (problem,) = problems(read(text))
    assert problem.startswith("the notebook has no list of cells")


@pytest.mark.parametrize("cell", [5, None, "$x$", markdown(5), markdown(["a", 5]), markdown(None)])
def test_a_broken_cell_is_named_by_its_number(cell):
    document = read(notebook(markdown("$$a$$"), cell, markdown("$$b$$")))
    assert problems(document) == ["cell 2 of the notebook has no text as its source"]
    assert formulas(document) == ["a", "b"]


def test_notebooks_of_format_3_are_read():
    assert formulas(read(json.dumps({"worksheets": [{"cells": [markdown("$x$")]}]}))) == ["x"]
