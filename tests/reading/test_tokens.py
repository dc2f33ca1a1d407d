"""Tokens: what a stretch of mathematics consists of, and where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.reading.tex.tokens import (
    ALIGN,
    BEGIN,
    COMMAND,
    DIGIT,
    END,
    LETTER,
    ROW,
    SPACE,
    SUB,
    SUP,
    SYMBOL,
    WORDS,
    Place,
    Source,
    Unreadable,
    tokenize,
)


def read(text: str):
    return tokenize(Source(text, Place(1, 1)))


def kinds(text: str) -> list[tuple[str, str]]:
    return [(token.kind, token.text) for token in read(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\alpha_1^x", [(COMMAND, r"\alpha"), (SUB, "_"), (DIGIT, "1"), (SUP, "^"), (LETTER, "x")]),
        (r"a &= b \\[2pt] c", [(LETTER, "a"), (ALIGN, "&"), (SYMBOL, "="), (LETTER, "b"), (ROW, r"\\"), (LETTER, "c")]),
        (r"a \, b \quad c", [(LETTER, "a"), (SPACE, r"\,"), (LETTER, "b"), (SPACE, r"\quad"), (LETTER, "c")]),
        (r"\text{by {B}ayes} x", [(WORDS, "by {B}ayes"), (LETTER, "x")]),
        (r"\begin{align*} \end{align*}", [(BEGIN, "align*"), (END, "align*")]),
        ("a % b\n  c", [(LETTER, "a"), (LETTER, "c")]),
        (r"5\% \{\}", [(DIGIT, "5"), (COMMAND, r"\%"), (COMMAND, r"\{"), (COMMAND, r"\}")]),
        ("αβ∑", [(LETTER, "α"), (LETTER, "β"), (SYMBOL, "∑")]),
    ],
)
def test_tokens_are_of_these_kinds(text, expected):
    assert kinds(text) == expected


def test_tokens_know_whether_space_stands_before_them():
    assert [token.spaced for token in read("a b~c d\\ne")] == [False, True, True, True, False]


@pytest.mark.parametrize("text", ["a\\", r"\text{a", r"\begin{a", r"\begin a"])
def test_what_is_cut_off_is_unreadable(text):
    with pytest.raises(Unreadable):
        read(text)


def test_places_follow_the_starts_of_cut_lines():
    source = Source("ab\ncd\nef", Place(3, 5), (7, 2))
    places = [(token.place.line, token.place.column) for token in tokenize(source)]
    assert places == [(3, 5), (3, 6), (4, 7), (4, 8), (5, 2), (5, 3)]
    assert [source.place_of(offset) for offset in (0, 1, 3, 4, 6, 7)] == [token.place for token in tokenize(source)]


@given(st.text(alphabet="ab1\\{}_^&%$ \n~=[]\u03b1", max_size=40))
def test_every_token_stands_where_it_says(text):
    try:
        tokens = read(text)
    except Unreadable:
        return
    lines = text.split("\n")
    for token in tokens:
        shown = lines[token.place.line - 1][token.place.column - 1 :]
        assert shown.startswith(token.text) or (token.kind in (ROW, SPACE) and shown.startswith("\\"))
