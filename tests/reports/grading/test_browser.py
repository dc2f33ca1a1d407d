"""The pages in a real browser: the table of the class sorts and filters, by what a person clicks and types."""

from __future__ import annotations

import json
import re
import shutil
import subprocess

import pytest

from tests.reports.grading.students import a_class, hostile_class, part, student, written
from tests.reports.test_html import Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --allow-file-access-from-files"
).split()

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")

DRIVER = """<!DOCTYPE html><body><iframe id="page" src="{page}"></iframe><pre id="found"></pre><script>
const frame = document.getElementById("page");
frame.addEventListener("load", () => {{
  const page = frame.contentDocument;
  const names = () => [...page.querySelectorAll("#class tbody tr")].filter(row => !row.hidden)
    .map(row => row.cells[0].textContent);
  const click = header => page.querySelectorAll("#class thead button")[header].click();
  const sorted = () => [...page.querySelectorAll("#class thead th")].map(each => each.getAttribute("aria-sort"));
  const type = text => {{
    page.getElementById("words").value = text;
    page.getElementById("words").dispatchEvent(new Event("input"));
  }};
  const found = [];
  {steps}
  document.getElementById("found").textContent = JSON.stringify(found);
}});
</script></body>"""


def browse(tmp_path, page, steps):
    """What the steps, which push to `found`, have found on a page of the report."""
    driver = tmp_path / "driver.html"
    driver.write_text(DRIVER.format(page=f"report/{page}", steps=steps), encoding="utf-8")
    (found,) = re.findall(r'<pre id="found">(.*?)</pre>', dumped(tmp_path, driver), re.DOTALL)
    return json.loads(found)


def dumped(tmp_path, path):
    command = [CHROMIUM, *FLAGS, f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", path.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout


def test_it_sorts_by_each_column_both_ways(tmp_path):
    written(a_class(), tmp_path / "report", ())
    steps = "for (const header of [0, 0, 1, 1, 2, 3, 4]) { click(header); found.push(names(), sorted()); }"
    found = browse(tmp_path, "index.html", steps)
    assert found[0::2] == [
        ["Ada", "Bob", "Cy", "Di", "Eve"],
        ["Eve", "Di", "Cy", "Bob", "Ada"],
        ["Bob", "Di", "Cy", "Ada", "Eve"],
        ["Ada", "Cy", "Bob", "Di", "Eve"],
        ["Cy", "Ada", "Bob", "Di", "Eve"],
        ["Bob", "Di", "Eve", "Cy", "Ada"],
        ["Di", "Eve", "Bob", "Cy", "Ada"],
    ]
    up, down = "ascending", "descending"
    assert [next(each for each in header if each) for header in found[1::2]] == [up, down, up, down, up, up, down]
    assert all(header.count(None) == 4 for header in found[1::2])


def test_it_filters_by_text_and_by_who_needs_a_person(tmp_path):
    written([*a_class(), student("Émilie", part("a"))], tmp_path / "report", ())
    steps = """
      const said = () => found.push(names(), page.getElementById("shown").textContent);
      said(); type("emil"); said(); type("NEEDS a"); said(); type("");
      page.getElementById("person").click(); said(); type("di"); said(); type("nobody"); said();
    """
    found = browse(tmp_path, "index.html", steps)
    assert found[0::2] == [
        ["Ada", "Bob", "Cy", "Di", "Eve", "Émilie"],
        ["Émilie"],
        ["Bob", "Di", "Eve"],
        ["Bob", "Di", "Eve"],
        ["Di"],
        [],
    ]
    assert found[1] == "6 of 6 students shown"
    assert found[-1] == "0 of 6 students shown"


def test_printing_unfolds_what_is_folded(tmp_path):
    written([student()], tmp_path / "report", ())
    steps = """
      const open = () => found.push([...page.querySelectorAll("details")].map(each => each.open));
      open(); frame.contentWindow.dispatchEvent(new Event("beforeprint")); open();
      frame.contentWindow.dispatchEvent(new Event("afterprint")); open();
    """
    before, printed, after = browse(tmp_path, "students/Ada.html", steps)
    assert len(printed) == 4
    assert all(printed)
    assert not any(before + after)


def test_the_header_of_the_table_is_plain_on_paper_and_sorts_again_after_it(tmp_path):
    written(a_class(), tmp_path / "report", ())
    steps = """
      const header = page.querySelector("#class thead");
      const send = name => frame.contentWindow.dispatchEvent(new Event(name));
      const said = () => found.push([header.querySelectorAll("button").length, header.textContent]);
      said(); send("beforeprint"); said(); send("afterprint"); said(); click(0); click(0); found.push(names());
    """
    before, printed, after, order = browse(tmp_path, "index.html", steps)
    assert (before[0], printed[0]) == (5, 0)
    assert before == after
    assert printed[1].split() == ["student", "q2.a", "/4", "q2.b", "/4", "totalflags"]
    assert order == ["Eve", "Di", "Cy", "Bob", "Ada"]


def test_a_browser_finds_no_markup_in_what_somebody_wrote(tmp_path):
    found = written(hostile_class(), tmp_path / "report", ())
    worst = next(path for path in found if re.match("students/script-alert.*bold", path))
    page = dumped(tmp_path, tmp_path / "report" / worst)
    tags = set(re.findall(r"<([a-z][\w-]*)", page))
    assert page.count("<script") == 1
    assert tags <= Page(found[worst]).tags | {"tbody"}
