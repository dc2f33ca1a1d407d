"""Whatever a file holds, the command ends in little time, with a line that says what was wrong, and shows nothing raw.

Each text goes through the whole command, in a process of its own. Large ones are made here.
"""

from __future__ import annotations

import codecs
import json
from pathlib import Path

import pytest

from tests.hostile.command import Result, run

TEXT = "Let $x > 0$.\n\n$$\nx = x\n$$\n\n"


def checked(folder: Path, name: str, data: bytes, *words: str) -> tuple[Result, list[dict]]:
    """The result of checking a file that holds the bytes, and the transitions in its record."""
    (folder / name).write_bytes(data)
    before = {path.relative_to(folder) for path in folder.rglob("*")}
    result = run([name, "--format", "json", "--timeout", "2", *words], folder)
    assert not result.problems, (result.problems, result.said)
    assert {path.relative_to(folder) for path in folder.rglob("*")} == before, "a check writes no file"
    record = json.loads(result.out)
    return result, [step for part in record["derivations"][0]["parts"] for step in part["transitions"]]


def display(formula: str) -> str:
    return f"$$\n{formula} = 1\n$$\n\n"


# --- what computes without end ----------------------------------------------------------------------------------------

DOUBLING = "".join(rf"\def\{chr(97 + n)}{{\{chr(98 + n)}\{chr(98 + n)}}}" for n in range(25)) + r"\def\z{x+}"
BOMBS = {
    "macros that double": DOUBLING + "\n\n" + display(r"\a x"),
    "a macro of itself": "\\newcommand{\\x}[1]{\\x{\\x{#1}}}\n\n" + display(r"\x{a}"),
    "macros of each other": "\\def\\x{\\y\\y}\\def\\y{\\x\\x}\n\n" + display(r"\x"),
    "a tower of powers": display("9^{9^{9^9}}"),
    "a tower with a name on top": display("9^{9^{9^{9^n}}}"),
    "powers side by side": display(" ".join(["9^{9999}"] * 300)),
    "a number of a million digits": display("7" * 1_000_000),
    "a decimal of a million digits": display("0." + "7" * 1_000_000),
    "the factorial of a large number": display("(10^{18})!"),
    "a factorial of a factorial": display("((99!)!)!"),
    "a large binomial": display(r"\binom{10^9}{5 \cdot 10^8}"),
    "a hundred thousand brackets": display("(" * 100_000 + "a" + ")" * 100_000),
    "a hundred thousand groups": display("{" * 100_000 + "a" + "}" * 100_000),
    "a sum to 10^18": display(r"\sum_{n=1}^{10^{18}} \frac{1}{n}"),
    "a sum of powers to 10^18": display(r"\sum_{n=1}^{1000000000000000000} n^{50} x^n"),
    "sums in sums to 10^18": display(r"\sum_{i=1}^{10^{18}} \sum_{j=1}^{i} \sum_{k=1}^{j} \frac{1}{i+j+k}"),
    "a product to 10^18": display(r"\prod_{n=1}^{10^{18}} (n+x)"),
    "a power of millions of terms": display("(a+b+c+d+e+f+g+h)^{60}"),
    "a product of many sums": display("".join(f"(a_{{{i}}}+b_{{{i}}}+c_{{{i}}})" for i in range(40))),
    "a power of a power": display("((a+b+c+d)^{200})^{200}"),
    "quotients of millions of terms": display(
        "+".join(rf"\frac{{a_{{{i}}}}}{{b_{{{i}}}+c_{{{i}}}+d_{{{i}}}}}" for i in range(40))
    ),
    "derivatives of derivatives": display(r"\frac{\partial^6}{\partial x^6} " * 8 + r"\exp(x^5 \sin(x^3 \log x))"),
    "exponentials of exponentials": display(r"\exp(" * 40 + "x" + ")" * 40),
    "an exponential that is too large": display(r"\exp(\exp(\exp(\exp(99))))"),
    "a small difference": display(r"10^{-2000} + 1"),
    "an order of a derivative": display(r"\frac{\partial^{" + "9" * 5_000 + r"}}{\partial x} x"),
    "numbers in words": "Let $\\text{count of class 1} = 3$.\n\n" + display(r"\text{count of class ²}"),
    "a number with many points": display(".1.2.3..4"),
    "a division by zero": display("1/0"),
}


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS)
def test_a_bomb_costs_its_own_step(tmp_path, text):
    result, steps = checked(tmp_path, "t.md", (TEXT + text + display("x/x")).encode())
    verdicts = [step["verdict"] for step in steps]
    assert (verdicts[0], verdicts[-1]) == ("proved", "proved")
    assert set(verdicts[1:-1]) <= {"undecided", "unreadable", "refuted", "assumed"}
    assert all(step["message"] or step["verdict"] != "undecided" for step in steps)
    assert result.seconds < 10


ATTACKS = [
    "__import__('os').system('touch owned')",
    r"\mathrm{\_\_import\_\_}('os').system('touch owned')",
    "exec(open('owned','w'))",
    r"\input{/etc/passwd}",
    r"\include{t.md}",
    r"\write18{touch owned}",
    r"\immediate\write18{touch owned}",
    r"\openout\x=owned",
    r"\lstinputlisting{/etc/passwd}",
    r"\catcode`\@=11",
    r"\csname end\endcsname",
    r"\text{$(touch owned)} + `touch owned`",
    "{{7*7}} + ${7*7} + %s%n",
    r"\special{ps: owned}",
    r"\href{javascript:alert(1)}{x}",
]


def test_nothing_is_run_or_read_that_a_text_names(tmp_path):
    text = "".join(f"Let ${each}$.\n\n$$\n{each} = 1\n$$\n\n" for each in ATTACKS)
    for name in ("t.md", "t.tex"):
        result, steps = checked(tmp_path, name, text.encode())
        assert "root:" not in result.out
        assert not {"proved", "supported"} & {step["verdict"] for step in steps}


REGULAR_EXPRESSIONS = {
    "blanks": "Let" + " " * 5_000 + "x $x$.",
    "new lines": "Let\n \n" * 2_500,
    "words": "we and then now " * 5_000 + "$x=1$",
    "quotes": ">" * 5_000,
    "quotes with blanks": "> " * 2_500 + "a",
    "tabs": ("a\t" * 50 + "\n") * 400,
    "tabs on one line": "a\t" * 5_000,
    "brackets": "[" * 5_000,
    "links": "[a](" * 2_000,
    "marks of lists": "- " * 2_500 + "a",
    "numbers": "1," * 2_500 + "$",
    "back ticks": "".join("`" * n + "a" for n in range(1, 250)),
    "stars": "*a **b " * 5_000,
    "tags": "<a " * 2_500,
    "comments": "<!--" * 2_000,
    "backslashes": "\\" * 5_001,
    "commands": "\\a" * 4_000,
    "options": "\\begin{tabular}[" * 2_000,
    "titles": "\\title [" * 1_000,
    "definitions": "\\def" * 2_500 + "\\newcommand{" * 2_000,
    "front matter": "---\n" + "a: b\n\n" * 500,
    "entities": "&" + "#" * 5_000 + "&lt" * 5_000,
}


@pytest.mark.parametrize("suffix", ["md", "tex"])
def test_no_text_makes_the_reading_slow(tmp_path, suffix):
    for name, bait in REGULAR_EXPRESSIONS.items():
        (tmp_path / f"{name.replace(' ', '_')}.{suffix}").write_text(f"{TEXT}{bait}\n\n{TEXT}")
    names = sorted(path.name for path in tmp_path.iterdir())
    result = run([*names, "--format", "json", "--timeout", "2"], tmp_path)
    assert not result.problems
    for name, record in zip(names, json.loads(result.out)["derivations"], strict=True):
        assert record["parts"], f"{name} was not read"
        assert record["parts"][0]["transitions"][0]["verdict"] == "proved", name


# --- bytes ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [(b"", "utf-8"), (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
     (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be")],
)  # fmt: skip
def test_a_text_with_the_mark_of_its_encoding_is_read(tmp_path, mark, encoding):
    _, steps = checked(tmp_path, "t.md", mark + TEXT.replace("x = x", "α = α").encode(encoding))
    assert [step["verdict"] for step in steps] == ["proved"]


BYTES = {
    "UTF-16 without a mark": (TEXT.encode("utf-16-le"), "binary"),
    "UTF-32 without a mark": (TEXT.encode("utf-32-be"), "binary"),
    "a null byte": (TEXT.encode() + b"\0", "binary"),
    "Latin-1": (TEXT.encode() + "é = é".encode("latin-1"), "is not UTF-8"),
    "half a character": (TEXT.encode() + "α".encode()[:1], "is not UTF-8"),
    "a surrogate": (TEXT.encode() + "\ud800".encode("utf-8", "surrogatepass"), "is not UTF-8"),
    "a character that is too long": (TEXT.encode() + b"\xc0\xaf\xf5\x80\x80\x80", "is not UTF-8"),
    "half a UTF-16 character": (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le") + b"\x00", "is not UTF-16"),
    "beyond Unicode": (codecs.BOM_UTF32_LE + b"\xff" * 8, "is not UTF-32"),
    "nothing": (b"", "nothing to check"),
    "only a mark": (codecs.BOM_UTF8, "nothing to check"),
}


@pytest.mark.parametrize(("data", "said"), BYTES.values(), ids=BYTES)
def test_bytes_that_are_no_text_are_named(tmp_path, data, said):
    result, _ = checked(tmp_path, "t.md", data)
    assert said in result.err


def cell(source: object, **more: object) -> str:
    return json.dumps({"cells": [{"cell_type": "markdown", "source": source, **more}]})


NOTEBOOKS = {
    "no JSON": "{cells: []}",
    "half of it": '{"cells": [{"cell_type": "markdown", "sou',
    "a list": "[]",
    "a number": "1e999999",
    "a long number": "9" * 100_000,
    "null": "null",
    "not a number": "NaN",
    "cells that are none": '{"cells": 3}',
    "cells in a cell": json.dumps({"cells": [[{"cell_type": "markdown", "source": "a"}]]}),
    "a source that is a number": cell(3),
    "a source of numbers": cell([3, None]),
    "a source that is a text in lists": cell([["a"]]),
    "deep lists": '{"cells": ' + "[" * 100_000 + "]" * 100_000 + "}",
    "deep objects": '{"a":' * 100_000 + "1" + "}" * 100_000,
    "surrogates": '{"cells": [{"cell_type": "markdown", "source": "$$ \\ud800 = \\udfff $$"}]}',
    "a null character": cell("$$ \0 = 1 $$"),
    "escape sequences": cell("$$ \x1b[31m = 1 $$ \x1b]0;owned\x07"),
    "twice the same key": '{"cells": [], "cells": 3}',
}


@pytest.mark.parametrize("text", NOTEBOOKS.values(), ids=NOTEBOOKS)
def test_a_notebook_that_is_none_is_named(tmp_path, text):
    result, steps = checked(tmp_path, "t.ipynb", text.encode())
    assert result.status == 3
    assert result.err.strip() or steps


def test_a_huge_file_is_not_read(tmp_path):
    with (tmp_path / "huge.md").open("wb") as file:
        file.write(TEXT.encode())
        file.truncate(100_000_000)
    result = run(["huge.md", "--format", "json"], tmp_path)
    assert (result.status, result.problems) == (3, [])
    assert "larger than 20 MB" in result.err


@pytest.mark.parametrize("unit", ["$$x=x$$\n\n", "a ", "$", "\n", "$$\nx = x"], ids=repr)
def test_a_large_file_is_read_as_far_as_is_sensible(tmp_path, unit):
    result, steps = checked(tmp_path, "t.md", (unit * (60_000 // len(unit))).encode(), "--text-timeout", "3")
    assert result.err.strip() or steps
    assert result.status in (0, 3)
    assert result.seconds < 20
