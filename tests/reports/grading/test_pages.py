"""The pages: complete, on their own, accessible; nothing that somebody wrote becomes markup."""

from __future__ import annotations

import re
from urllib.parse import unquote, urldefrag

import pytest

from checker.reports.grading import write
from checker.reports.grading.style import GRADING_CSS
from checker.reports.html_report import CSS
from tests.reports.grading.students import a_class, hostile_class, part, student, unread, written
from tests.reports.test_html import Page


def pages(students, out):
    return {path: Page(text) for path, text in written(students, out, ()).items() if path.endswith(".html")}


def attributes(page, name, tag=None):
    return [found[name] for each, found in page.elements if name in found and tag in (None, each)]


@pytest.fixture(params=["usual", "hostile", "one", "unread", "nobody"])
def report(request, tmp_path):
    students = {
        "usual": a_class,
        "hostile": hostile_class,
        "one": lambda: [student()],
        "unread": lambda: [unread()],
        "nobody": list,
    }
    return pages(students[request.param](), tmp_path)


def test_every_link_leads_to_a_place_of_the_report(report, tmp_path):
    for path, page in report.items():
        for address in attributes(page, "href"):
            file, place = urldefrag(address)
            target = (tmp_path / path).parent / unquote(file) if file else tmp_path / path
            assert target.is_file(), address
            assert target.resolve().is_relative_to(tmp_path.resolve())
            if place:
                there = report[target.resolve().relative_to(tmp_path.resolve()).as_posix()]
                assert unquote(place) in attributes(there, "id"), address


def test_nothing_comes_from_elsewhere(report, tmp_path):
    for path, page in report.items():
        assert {"img", "iframe", "object", "base"}.isdisjoint(page.tags)
        assert page.tags & {"script"} == {"script"}
        assert attributes(page, "src") == []
        assert not re.search(r"url\(|@import|https?:", (tmp_path / path).read_text(encoding="utf-8"))
        assert "default-src 'none'" in " ".join(attributes(page, "content", "meta"))


def test_the_pages_are_accessible(report):
    for page in report.values():
        elements = page.elements
        assert ("html", {"lang": "en"}) in elements
        assert [tag for tag, _ in elements].count("h1") == 1
        names = attributes(page, "id")
        assert len(names) == len(set(names))
        for name in ("aria-labelledby", "for"):
            assert {each for said in attributes(page, name) for each in said.split()} <= set(names)
        assert all("scope" in found for tag, found in elements if tag == "th")
        for tag, found in elements:
            if tag == "svg":
                assert found.get("aria-label") or found.get("aria-labelledby")
            if tag == "a":
                assert found["href"]
            if tag == "math":
                assert found["alttext"]
        tables = [tag for tag, found in elements if tag == "table" and "aria-label" not in found]
        assert len(tables) == [tag for tag, _ in elements].count("caption")


def test_a_student_without_a_name_can_be_found(tmp_path):
    found = pages([student("")], tmp_path)
    assert "(no name) 4 2.5" in found["index.html"].text
    assert "(no name) 6.5 of 8 marks" in found["students/student-e3b0c442.html"].text


def test_nothing_that_somebody_wrote_becomes_markup(tmp_path):
    found = written(hostile_class(), tmp_path)
    for path, text in found.items():
        if not path.endswith(".html"):
            continue
        page = Page(text)
        assert [tag for tag, _ in page.elements].count("script") == 1
        assert not {"\x1b", "\x00", "\u202e", "\ufffe"}.intersection(text)
        assert not [name for _, each in page.elements for name in each if name.startswith("on") or name == "style"]
    worst = next(Page(text) for path, text in found.items() if re.match("students/script-alert.*bold", path))
    assert worst.text.count("alert(") > 50


def test_the_table_of_the_class_says_marks_and_flags(tmp_path):
    page = pages(a_class(), tmp_path)["index.html"]
    for said in (
        "5 students",
        "mean 1.9, median 0 of 8",
        "3 need a person",
        "2 have what could not be read",
        "1 with marks set by hand",
        "needs a person: q2.a",
        "overridden: q2.a",
        "6.5 /8",
    ):
        assert said in page.text, said
    assert attributes(page, "data-person", "tr") == ["no", "yes", "no", "yes", "yes"]


def test_the_pictures_say_their_numbers_in_words(tmp_path):
    page = pages(a_class(), tmp_path)["index.html"]
    assert "Marks of 5 students: 3 students with 0 to below 0.5; 1 student with 3 to below 3.5;" in page.text
    for said in (
        "The posterior: follow-through",
        "every target reached",
        "no wrong step",
        "step 1",
        "the sides differ by a factor −1",
        "1 of 2 students",
    ):
        assert said in page.text, said


def test_a_student_sees_what_each_mark_rests_on(tmp_path):
    page = pages(a_class(), tmp_path)["students/Ada.html"]
    for said in (
        "6.5 of 8 marks",
        "q2.b Title of b 2.5 of 4",
        "First wrong step: q2.b, step 1 ada.md:2",
        "At N = 1, x_1 = 3/2",
        "Hint: the sides differ by a factor −1",
        "↳ follow-through because 2.5 of 4",
        "on the way to The posterior: Bayes' rule",
        "step 2, line 3",
        "✗ refuted wrong (first)",
        "✓ proved follow-through",
        "The answer as it was written",
        "Next: Bob",
        "Previous: none",
    ):
        assert said in page.text, said
    rows = [each.get("class") for tag, each in page.elements if tag == "tr" and each.get("id", "").startswith("d1-2-")]
    assert rows == ["refuted first begins", "follow-through begins"]
    links = attributes(page, "href", "a")
    assert {"#d1-2-1", "#d1-2-2", "#f1-2", "#f1-3", "../index.html", "Bob.html"} <= set(links)


def test_a_way_leads_from_each_student_who_needs_a_person_to_the_next(tmp_path):
    found = pages(a_class(), tmp_path)
    chain, at = [], "students/Ada.html"
    while "Next for a person: none" not in found[at].text:
        place = [text.strip() for text in found[at].said if text.strip()].index("Next for a person:")
        name = [text.strip() for text in found[at].said if text.strip()][place + 1]
        chain.append(name)
        at = f"students/{name}.html"
    assert chain == ["Bob", "Di", "Eve"]


def test_what_a_person_has_to_look_at_and_what_one_has_set_is_said(tmp_path):
    found = pages(a_class(), tmp_path)
    assert "For a person: 1 line is undecided" in found["students/Bob.html"].text
    assert "0 of 4 (up to 4)" in found["students/Bob.html"].text
    assert "(provisional)" in found["students/Bob.html"].text
    assert "Marks set by hand, 3 instead of 1: said in words" in found["students/Cy.html"].text
    assert "not read: eve.pdf: not a text" in found["students/Eve.html"].text
    assert "For a person" not in found["students/Ada.html"].text.replace("Next for a person", "")


def test_a_line_that_the_page_does_not_show_is_no_link(tmp_path):
    page = pages([student("Ada", part("a"), sources={"ada.md": "one line"})], tmp_path)["students/Ada.html"]
    assert not [address for address in attributes(page, "href") if address.startswith("#f1-")]


def test_a_large_class_is_written_and_its_table_is_whole(tmp_path):
    students = [student(f"student {number}", part("a", marks=number % 5 / 1.0)) for number in range(200)]
    found = pages(students, tmp_path)
    assert len(found) == 201
    assert len(attributes(found["index.html"], "data-person", "tr")) == 200
    assert "40 of 200 students with all marks" in found["index.html"].text


def test_the_styles_take_their_colours_from_the_one_palette():
    assert not re.search(r"#[0-9a-f]{3,8}\b(?![^{]*\{)", GRADING_CSS.split("{", 1)[1].replace("#class", ""))
    assert set(re.findall(r"var\(--(\w+)\)", GRADING_CSS)) <= set(re.findall(r"--(\w+):", CSS))
    for media in ("max-width: 640px", "print", "prefers-color-scheme: dark"):
        assert media in CSS + GRADING_CSS


GIVENS = {"q2": (r"k \in \{1, \dots, K\}", r"\sum_{k=1}^{K} \alpha_{k} = 1"), "q9": (r"x > 0",)}


def test_a_page_has_the_givens_of_its_questions_once(tmp_path):
    write([student("Ann"), student("Bob")], tmp_path, title="q2: a title", givens=GIVENS)
    for name in ("Ann", "Bob"):
        source = (tmp_path / "students" / f"{name}.html").read_text(encoding="utf-8")
        page = Page(source)
        assert [each for each in attributes(page, "alttext") if each in GIVENS["q2"]] == list(GIVENS["q2"])
        assert GIVENS["q9"][0] not in attributes(page, "alttext")
        assert source.count('<details class="givens">') == 1


def test_a_page_without_givens_says_nothing_of_them(tmp_path):
    write([student("Ann")], tmp_path, title="q2: a title")
    assert "What is given" not in (tmp_path / "students" / "Ann.html").read_text(encoding="utf-8")
