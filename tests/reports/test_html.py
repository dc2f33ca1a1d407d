"""The web page: complete, on its own, accessible; nothing that a text says becomes markup."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser

import pytest

from checker.record import DerivationRecord
from checker.reports import html_report
from checker.reports.mathml import typeset
from checker.reports.style import CSS
from tests.reports.records import ALL, HOSTILE_DOCUMENT, document, step

VOID = {"meta", "link", "input"}


class Page(HTMLParser):
    """The elements of a page, and whether each that is opened is closed."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.open, self.said = [], [], []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.said.append(data)

    @property
    def tags(self):
        return {tag for tag, _ in self.elements}

    @property
    def text(self):
        return " ".join(" ".join(self.said).split())


def report(*derivations, explain=False):
    stream = io.StringIO()
    html_report.write(derivations or (document(),), 0.5, stream, explain=explain)
    return stream.getvalue()


def test_it_says_every_verdict_in_words_and_the_first_wrong_step_with_its_witness():
    page = Page(report())
    for said in (
        *ALL,
        "First wrong step:",
        "Gradients, step 3",
        "notes.md:7",
        "At N = 1, x_1 = 3/2",
        "factor −1",
        "if",
    ):
        assert said in page.text, said


def test_it_stands_on_its_own():
    text = report()
    page = Page(text)
    assert {"script", "link", "img", "iframe", "form"}.isdisjoint(page.tags)
    assert not re.search(r"(?:src|href)=\"(?!#)|url\(|@import|https?:", text)


def test_it_is_accessible():
    text = report(document(), document())
    page = Page(text)
    elements = page.elements
    assert ("html", {"lang": "en"}) in elements
    headings = [int(tag[1]) for tag, _ in elements if re.fullmatch("h[1-6]", tag)]
    assert headings == [1, 2, 3, 2, 3]
    assert all("scope" in attributes for tag, attributes in elements if tag == "th")
    names = [attributes["id"] for _, attributes in elements if "id" in attributes]
    assert len(names) == len(set(names))
    targets = {attributes["href"][1:] for tag, attributes in elements if tag == "a"}
    targets |= {attributes["aria-labelledby"] for _, attributes in elements if "aria-labelledby" in attributes}
    assert targets <= set(names)
    assert all(attributes["alttext"] for tag, attributes in elements if tag == "math")


def luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("palette", [0, 1], ids=["light", "dark"])
def test_the_colours_have_contrast_enough(palette):
    colours = dict(re.findall(r"--(\w+): (#\w{6});", CSS.split("prefers-color-scheme: dark")[palette]))
    for name in ("text", "quiet", "link", *ALL):
        for ground in ("page", "wrong"):
            light, dark = sorted((luminance(colours[name]), luminance(colours[ground])), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 4.5, (name, ground)


def test_nothing_that_a_text_says_becomes_markup():
    text = report(HOSTILE_DOCUMENT, explain=True)
    page = Page(text)
    assert "script" not in page.tags
    assert not {"\x1b", "\x00", "\ud800", "\ufffe"}.intersection(text)
    assert page.text.count("alert(") > 10


def test_reasons_are_folded_unless_all_is_to_be_said():
    assert "<details open>" not in report()
    assert "<details open>" in report(explain=True)
    assert "common form" in report(explain=True)


def test_what_could_not_be_read_and_what_is_empty_say_so():
    unreadable = DerivationRecord("notes", "", "notes.md", (), unreadable=True, text=True)
    assert "! unreadable" in Page(report(unreadable)).text
    assert "nothing to check" in Page(report(unreadable)).text


def test_an_unreadable_row_is_shown_as_it_is_written():
    text = report(document(step("unreadable", lhs=r"\frac{a}{b", rhs="")))
    assert r"<code>\frac{a}{b</code>" in text
    assert "<math" not in text


def test_a_stream_without_unicode_gets_references():
    stream = io.TextIOWrapper(io.BytesIO(), encoding="latin-1")
    html_report.write([document()], 0.5, stream)
    stream.flush()
    assert b"&#10007;" in stream.buffer.getvalue()


# Formulas


@pytest.mark.parametrize(
    ("latex", "part"),
    [
        (r"\mathbb{1}[y_n = k]", "𝟙"),
        (r"\mathbbm{1}", "𝟙"),
        (r"a &\label{eq:1} b \tag{3} \nonumber \color{red}", "<mi>a</mi><mi>b</mi>"),
        (r"\textcolor{red}{x}", "<mi>x</mi>"),
        (r"\sum_{n=1}^N x_n", "<munderover>"),
        (r"a < b", "<mo>&lt;</mo>"),
        (r"\boxed{x}", '<mrow class="boxed">'),
        (r"\cancel{x}", '<mrow class="struck">'),
        (r"\log x", '<mi>log</mi><mspace width="0.17em"></mspace><mi>x</mi>'),
    ],
)
def test_formulas_are_typeset(latex, part):
    assert part in typeset(latex)


@pytest.mark.parametrize("latex", [r"\frac{a", r"\nosuch{x}", "a_1_2", "}", "^" * 999, "{" * 5000, "x+" * 9000])
def test_what_cannot_be_typeset_is_shown_as_it_is_written(latex):
    assert typeset(latex).startswith("<code>") or latex in (r"\frac{a", "}")
    Page(typeset(latex))


@pytest.mark.parametrize(
    "latex",
    [
        r"\text{<script>alert(1)</script>}", r"\text{&lt;script&gt;}", r"\href{javascript:alert(1)}{x}",
        r"\style{position:fixed}{x}", r"\class{wrong}{x}", r"\mathrm{<img src=x onerror=alert(1)>}", '\\text{"><b>}',
        r"\rule{100em}{100em}", r"\hspace{9999em}", r"\unicode{x3c}script\unicode{x3e}",
    ],
)  # fmt: skip
def test_no_formula_makes_an_element_or_an_attribute_of_its_own(latex):
    page = Page(typeset(latex))
    assert {"script", "img", "b", "a"}.isdisjoint(page.tags)
    assert {name for _, attributes in page.elements for name in attributes} <= {
        "displaystyle", "alttext", "stretchy", "mathvariant",
    }  # fmt: skip
