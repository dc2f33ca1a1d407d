"""What a text and its name say comes out of every report as text: no markup, no escape sequence, no command."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest
from markdown_it import MarkdownIt

from tests.hostile.command import run
from tests.hostile.test_folders import Elements

SAID = (
    "<script>owned()</script>", "<img src=x onerror=owned()>", "[red]x[/red]", "[link=file:///etc/passwd]y[/link]",
    "\x1b[31mz\x1b]8;;http://x\x07", "::error file=a,line=1::owned", "\u202eowned\u202c", "]]><owned/>", "<!--", "-->",
    "</style></title><owned>", "&lt;owned&gt; &#60;owned&#62;", "`owned` **bold** [a](javascript:owned())", "| a | b |",
)  # fmt: skip
TEXT = (
    "# HERE\n\nHERE HERE\n\n## (a) HERE\n\n$$\n\\text{HERE} = 1 \\quad \\text{(HERE)}\n$$\n\n$$\nx = x + 1 & HERE\n$$\n"
)
NAME = "::error::[red]<owned>&\x1b[31m\n.md"


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """What each format makes of a text that holds all of it, and of a file with such a name."""
    folder = tmp_path_factory.mktemp("reports")
    text = "\n\n".join(TEXT.replace("HERE", said) for said in SAID)
    (folder / NAME).write_text(text, encoding="utf-8")
    found = {}
    for form in ("rich", "json", "html", "markdown", "junit", "github"):
        result = run([f"./{NAME}", "--format", form, "--explain", "--timeout", "5"], folder)
        assert (result.status, result.problems) == (1, []), (form, result.said)
        found[form] = result.out
    return found


def test_the_page_has_no_element_of_the_text(shown):
    elements = Elements()
    elements.feed(shown["html"])
    assert not {"owned", "img", "script"} & elements.names
    assert not {name for name in elements.attributes if name.startswith("on")}
    assert "default-src 'none'" in shown["html"]


def test_the_terminal_shows_markup_as_it_is(shown):
    assert "[red]" in shown["rich"]


def test_no_line_is_a_command_that_the_text_gave(shown):
    lines = shown["github"].splitlines()
    assert any(line.startswith("::error file=") for line in lines)
    for line in lines:
        assert line.startswith(("::error file=", "::warning file=", "::notice "))
        assert "::owned" not in line.partition("::")[2].partition("::")[0]


def test_the_others_are_well_formed(shown):
    assert json.loads(shown["json"])["schema"] == 1
    assert ElementTree.fromstring(shown["junit"]).iter("testcase")
    page = Elements()
    page.feed(MarkdownIt("commonmark", {"html": True}).enable("table").render(shown["markdown"]))
    assert not {"owned", "img", "script"} & page.names
