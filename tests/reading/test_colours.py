"""The colours that a text defines: seen on white paper or not."""

from __future__ import annotations

import pytest

from checker.reading.tex.colours import is_seen, own_colours, resolved

SEEN = [
    r"\definecolor{c}{rgb}{0,0,1}", r"\definecolor{c}{RGB}{200,30,30}", r"\definecolor{c}{HTML}{1f77b4}",
    r"\definecolor{c}{gray}{0.5}", r"\definecolor{c}{cmyk}{0,1,1,0.2}", r"\colorlet{c}{blue!60!black}",
    r"\definecolor{d}{gray}{0} \colorlet{c}{d!80}", r"\providecolor{c}{rgb}{0.5, 0, 0.5}",
]  # fmt: skip
UNSEEN = [
    r"\definecolor{c}{rgb}{1,1,1}", r"\definecolor{c}{RGB}{250,250,240}", r"\definecolor{c}{HTML}{FFFFF0}",
    r"\definecolor{c}{gray}{0.98}", r"\definecolor{c}{cmyk}{0,0,0,0}", r"\colorlet{c}{blue!5}",
    r"\definecolor{d}{gray}{1} \colorlet{c}{d}", r"\definecolor{c}{rgb}{0,0}", r"\definecolor{c}{HTML}{zz0000}",
    r"\definecolor{c}{rgb}{nan,0,0}", r"\definecolor{c}{rgb}{2,0,0}", r"\definecolor{c}{hsb}{0,0,0}", "",
]  # fmt: skip


@pytest.mark.parametrize("text", SEEN)
def test_it_is_seen(text):
    assert is_seen(resolved("c", own_colours(text)))


@pytest.mark.parametrize("text", UNSEEN)
def test_it_may_not_be_seen(text):
    assert not is_seen(resolved("c", own_colours(text)))


def test_a_mixture_with_much_white_of_an_own_colour_may_not_be_seen():
    own = own_colours(SEEN[0])
    assert is_seen(resolved("c!50", own))
    assert not is_seen(resolved("c!5", own))
